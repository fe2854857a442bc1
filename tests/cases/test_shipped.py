"""The shipped cases: no faults, quick answers, and the numbers that are published or known."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from zopa.case import Case, load_case, parse_amount, read_case
from zopa.cases import shipped_case, shipped_cases
from zopa.settlement import Settlement, sample, settle
from zopa.space import check_packages, draw_scenarios, readings_of


def with_value(case: Case, name: str, value: str) -> Case:
    """Return a case in which an assumption has another value."""
    amount = parse_amount(value)
    return replace(case, assumptions={**case.assumptions, name: replace(case.assumptions[name], amount=amount, sweep=())})


def test_the_shipped_cases_are_named() -> None:
    assert shipped_cases() == ("labour-contract", "panama-1977", "ukraine-2025")
    for name in shipped_cases():
        assert shipped_case(name).is_dir()
    with pytest.raises(KeyError):
        shipped_case("none-of-them")


@pytest.mark.parametrize("name", shipped_cases())
def test_every_shipped_case_passes_the_check_with_no_finding_but_those_meant(name: str) -> None:
    reading = read_case(shipped_case(name))
    assert reading.case is not None
    # The deadlock of the Ukraine case is what the report is about: guarantees before talks, talks before guarantees.
    assert [(one.code, one.text) for one in reading.findings] == ([("ZC053", "talks")] if name == "ukraine-2025" else [])
    assert check_packages(reading.case) == ()


@pytest.mark.parametrize("name", shipped_cases())
def test_every_shipped_case_opens_somewhere_and_closes_somewhere(name: str) -> None:
    """The levels of the no-deal value reach from a zone in every draw to a zone in none, or nearly so."""
    drawn = sample(load_case(shipped_case(name)), draws=16, seed=1)
    by_level = [one.span.highest / drawn.draws for one in drawn.levels if one.assumption in {"A9", "no_deal", "no_contract"}]
    assert by_level[0] == 1
    assert by_level[-1] <= 0.25
    assert by_level == sorted(by_level, reverse=True)


# Panama: the table of Raiffa 1982 as the Adjusted Winner project at New York University has it. ---------


def panama(no_deal: str) -> Settlement:
    case = load_case(shipped_case("panama-1977"))
    return settle(with_value(case, "no_deal", no_deal))


def points_at(found: Settlement, index: int) -> list[object]:
    return [found.party_points(party, index) for party in ("USA", "PAN")]


@pytest.mark.published
def test_panama_with_nothing_to_lose_gives_the_published_table() -> None:
    found = panama("0")
    assert found.space.size == len(found.zone) == 1024
    assert found.frontier is not None
    assert (len(found.frontier.vectors), len(found.frontier.rows)) == (20, 26)
    assert found.tied_packages("nash").tolist() == [175]
    assert found.tied_packages("kalai_smorodinsky").tolist() == [175]
    assert found.tied_packages("egalitarian").tolist() == [175]
    assert found.tied_packages("utilitarian").tolist() == [47, 175]
    assert points_at(found, 175) == [64, 68]
    assert found.points["nash"].value == 64 * 68


@pytest.mark.published
def test_the_named_packages_of_panama_are_those_of_the_adjusted_winner_procedure() -> None:
    found = panama("0")
    assert found.members("stronger_USA") == [47]
    assert points_at(found, 47) == [79, 53]  # the totals before anything is divided
    assert found.members("stronger_PAN") == [175]
    # The division itself gives the United States 2/15 of land and water, so that both have 66.
    share = Fraction(2, 15)
    assert [share * 79 + (1 - share) * 64, share * 53 + (1 - share) * 68] == [66, 66]
    assert 175 in found.members("signed")
    assert len(found.members("signed")) == 16


@pytest.mark.published
@pytest.mark.parametrize(("no_deal", "zone"), [("60", 7), ("64", 1), ("64.01", 0)])
def test_the_zone_of_panama_closes_at_64_points(no_deal: str, zone: int) -> None:
    assert len(panama(no_deal).zone) == zone


def test_the_outcome_of_panama_bears_no_number() -> None:
    case = load_case(shipped_case("panama-1977"))
    assert case.packages["signed"].basis.assume == "later"
    assert "later" not in {one.basis.assume for one in case.preferences.values()}
    assert not any(statement.said and statement.said > case.as_of for statement in case.statements.values())
    words = (shipped_case("panama-1977") / "sources" / "briefing.md").read_text(encoding="utf-8")
    assert "1999" not in words


# Labour: points of our own; the counts are those of an enumeration by hand of the same table. -----------


def labour(fund: int) -> Settlement:
    case = load_case(shipped_case("labour-contract"))
    reading = next(one for one in readings_of(case) if one == {"fund": fund, "firm_health": 0})
    return settle(case, scenarios=draw_scenarios(case, reading=reading))


@pytest.mark.golden
@pytest.mark.parametrize(("fund", "no_deal", "zone", "product"), [(0, 35, 51, 672), (1, 45, 36, 432)])
def test_a_strike_fund_takes_contracts_away_and_leaves_the_nash_point(fund: int, no_deal: int, zone: int, product: int) -> None:
    found = labour(fund)
    assert found.space.size == 81
    assert found.no_deal("bakers") == no_deal
    assert found.no_deal("bakery") == 35
    assert len(found.zone) == zone
    assert found.points["nash"].value == product
    (nash,) = found.tied_packages("nash")
    assert found.space.options(int(nash)) == {"pay": "6", "term": "three", "health": "more", "notice": "quarter"}
    assert found.members("pay_for_time") == [int(nash)]


@pytest.mark.golden
def test_a_strike_fund_moves_the_egalitarian_point() -> None:
    empty, full = labour(0), labour(1)
    assert [points_of(one) for one in (empty, full)] == [[63, 59], [67, 54]]
    assert [len(one.frontier.rows) if one.frontier else 0 for one in (empty, full)] == [8, 6]


def points_of(found: Settlement) -> list[object]:
    (index,) = found.tied_packages("egalitarian")
    return [found.party_points(party, int(index)) for party in ("bakers", "bakery")]


def test_the_strike_fund_is_a_lever_that_adds_only_what_is_missing() -> None:
    case = load_case(shipped_case("labour-contract"))
    (amount,) = case.levers["strike_fund"].moves.values()
    assert amount.amount == parse_amount("10 - fund")


def test_the_cases_stand_beside_their_sources() -> None:
    for name in shipped_cases():
        folder = shipped_case(name)
        for source in load_case(folder).sources.values():
            assert source.file is not None
            assert (folder / Path(source.file)).is_file()
