"""What holds at a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from zopa.case import Case, at, load_case
from zopa.cases import shipped_case

TEXT = """\
zopa: 1
title: Dates
as_of: 2025-01-01
assume: made up
parties:
  a:
    name: A
    principals: {old: {name: Old, until: 2025-01-20}, new: {name: New, from: 2025-01-20, until: 2029-01-20}}
  b: B
issues: {i: {options: [p, q], now: p}}
gates:
  start: {on: 2025-01-20}
  vote: {on: 2026-11-03 every P4Y}
  later: {on: signature + P1Y}
levers:
  early: {by: a.old, until: start, allow: i = p}
  late: {by: a.new, from: start, allow: i = q}
  dated: {by: b, from: 2025-03-01, until: 2025-04-01, allow: i = q}
"""


@pytest.fixture
def case(make_case: Callable[..., Path]) -> Case:
    return load_case(make_case(TEXT))


@pytest.mark.parametrize(
    ("day", "passed", "acting", "ready"),
    [
        (date(2025, 1, 19), (), "old", {"early"}),
        (date(2025, 1, 20), ("start",), "new", {"late"}),
        (date(2025, 3, 1), ("start",), "new", {"late", "dated"}),
        (date(2025, 4, 1), ("start",), "new", {"late"}),
        (date(2029, 1, 20), ("start",), None, set()),
    ],
)
def test_offices_gates_and_levers_change_on_their_day(
    case: Case, day: date, passed: tuple[str, ...], acting: str | None, ready: set[str]
) -> None:
    moment = at(case, day)
    assert moment.passed == passed
    assert moment.in_office == {"a": acting}
    assert set(moment.ready) == ready
    assert set(moment.ready) | set(moment.waiting) == set(case.levers)
    assert "vote" not in moment.passed
    assert "later" not in moment.ahead


def test_without_a_date_all_dated_gates_have_passed(case: Case) -> None:
    moment = at(case, None)
    assert moment.passed == ("start",)
    assert "early" in moment.waiting


def test_the_office_in_washington_changes_hands_on_20_january_2025() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    (party,) = [name for name, one in case.parties.items() if one.principals]
    before, after = at(case, date(2025, 1, 19)).in_office[party], at(case, date(2025, 1, 20)).in_office[party]
    assert before != after
    assert None not in {before, after}
