"""A case as of an earlier day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from zopa.case import Case, as_of, load_case, without_statements
from zopa.cases import shipped_case, shipped_cases
from zopa.space import draw_scenarios


def shipped(name: str) -> Case:
    return load_case(shipped_case(name))


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
@pytest.mark.parametrize("back", [1, 10, 1300, 20_000])
def test_nothing_in_it_is_later_than_its_day(name: str, back: int) -> None:
    case = shipped(name)
    day = case.as_of - timedelta(days=back)
    found = as_of(case, day)
    assert found.case.as_of == day
    assert found.case.digest != case.digest
    days = [one.said for one in found.case.statements.values()] + [one.date for one in found.case.sources.values()]
    assert all(one is None or one <= day for one in days)
    # Whatever stays names nothing that has gone, and whatever is late is gone.
    assert set(found.later) == (set(case.statements) | set(case.sources)) - set(found.case.statements) - set(found.case.sources)
    for one in found.case.statements.values():
        assert one.source in found.case.sources
    for name_of in found.undated:
        assert found.case.statements[name_of].said is None
    draw_scenarios(found.case, 1, draws=3)


def test_principles_of_1974_are_no_evidence_for_1973() -> None:
    case = shipped("panama-1977")
    found = as_of(case, date(1974, 2, 6))
    assert found.later == ("principles", *(f"{side}{number}" for side in "pq" for number in range(1, 9)))
    assert found.undated == tuple(f"b{number}" for number in range(1, 11))
    assert found.says == "16 of 26 statements were made, or published, after 1974-02-06 and are set aside"
    assert {one.what for one in found.gone} == {"tension T1", "tension T2", "gate agreed"}
    assert found.gone == without_statements(case, found.later).gone
    the_day_itself = as_of(case, date(1974, 2, 7))
    assert the_day_itself.later == ()
    assert the_day_itself.case.statements == case.statements


def test_what_was_said_before_but_published_later_is_hindsight_too() -> None:
    """s5 was said on 9 January; the only source is of the day after."""
    case = shipped("ukraine-2025")
    assert case.statements["s5"].said == date(2025, 1, 9)
    found = as_of(case, date(2025, 1, 9))
    assert found.case.statements == {}
    assert found.later == ("briefing", *case.statements)


@pytest.mark.parametrize("name", shipped_cases())
@pytest.mark.parametrize("ahead", [0, 1, 400])
def test_a_day_that_is_not_earlier_changes_nothing_and_says_so(name: str, ahead: int) -> None:
    case = shipped(name)
    day = case.as_of + timedelta(days=ahead)
    found = as_of(case, day)
    assert found.case is case
    assert (found.gone, found.later) == ((), ())
    assert found.says == f"the case knows nothing after {case.as_of}, so as of {day} it is the same"
