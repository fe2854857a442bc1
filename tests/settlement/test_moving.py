"""What would move a case: where it starts, which package is meant, and what is left out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.voted import Voted, voted
from tests.strategies import Spec, specs
from zopa.case import load_case, read_text
from zopa.cases import shipped_case
from zopa.settlement import Settlement, chosen_package, grounds, moving, package_moves, settle, trades, zone_openings

TEXT = """\
zopa: 1
title: Two issues
as_of: 2025-01-01
assume: test
parties: {a: A, b: B}
issues:
  price: {scale: 0..20, step: 10NOW_PRICE}
  term: {scale: ordered, options: [short, long]NOW_TERM}
preferences:
  a: {points: {price: [0, 5, 10], term: [4, 0]}, no_deal: 0}
  b: {points: {price: [10, 5, 0], term: [0, 4]}, no_deal: 0}
"""


def made(now: str = "", packages: str = "") -> Settlement:
    text = TEXT.replace("NOW_PRICE", ", now: 10" if now else "").replace("NOW_TERM", ", now: long" if now == "whole" else "")
    reading = read_text(text + packages, Path("t/case.yaml"))
    assert reading.case is not None, reading.findings
    return settle(reading.case)


@pytest.mark.parametrize(
    ("now", "packages", "starts"),
    [
        ("whole", "packages: {offer: {terms: {price: 0, term: long}}}\n", [("now", None, 3)]),
        ("part", "packages: {open: {terms: {price: any, term: long}}, offer: {terms: {price: 0, term: long}}}\n",
         [("named", "offer", 1)]),
        ("", "packages: {open: {terms: {price: any, term: long}}}\n", [("nash", None, 2)]),
    ],
)  # fmt: skip
def test_moves_start_where_something_is_known(now: str, packages: str, starts: list[tuple[str, str | None, int]]) -> None:
    found = moving(made(now, packages))
    assert [(one.kind, one.name, one.moves.package) for one in found.starts] == starts
    assert found.skipped is None
    assert found.openings == ()


@pytest.mark.property
@given(voted())
def test_the_parts_are_those_found_one_by_one(spec: Voted) -> None:
    settlement = settle(spec.case())
    found = moving(settlement)
    assert found.complete
    coalitions = [one.coalition for one in grounds(settlement).list]
    assert [one.members for one in found.openings] == ([] if len(settlement.zone) else coalitions)
    for one in found.openings:
        assert (one.conflicts is None) == bool(len(settlement.possible))
    if found.openings:
        assert zone_openings(settlement) == found.openings
    if "nash" in settlement.points:
        (start,) = found.starts
        assert start.moves.package == settlement.tied_packages("nash")[0]
        assert start.moves.view.efficient
        # Nothing good for everybody leads away from an efficient package.
        assert start.moves.trades is not None
        assert start.moves.trades.by_issues[2].count == 0
    else:
        assert not found.starts


@pytest.mark.property
@given(specs(), st.data())
def test_moves_from_a_package(spec: Spec, data: st.DataObject) -> None:
    settlement = settle(spec.case())
    package = data.draw(st.sampled_from(list(spec.packages())))
    party = data.draw(st.sampled_from([None, *spec.parties]))
    index = spec.index(package)
    found = package_moves(settlement, index, party, issues=3)
    refusing = {one for one in spec.parties if spec.asked(one, package) and not spec.accepts(one, package)}
    assert set(found.nearby.parties) == refusing | ({party} if party is not None else set())
    assert list(found.nearby.parties) == [one for one in spec.parties if one in found.nearby.parties]
    assert found.trades == trades(settlement, index, issues=3)
    assert set(found.view.blockers()) == refusing
    assert len(found.payments) == len(spec.shape)


def test_a_million_packages_are_looked_through_and_more_only_when_asked() -> None:
    settlement = made()
    found = moving(settlement, largest=5)
    assert found.skipped is not None
    assert "6 packages are more than the 5" in found.skipped
    assert (found.starts, found.adjusted_winner) == ((), None)
    assert package_moves(settlement, 0).trades is not None


def test_two_sides_weigh_issues_differently() -> None:
    text = TEXT.replace("NOW_PRICE", "").replace("NOW_TERM", "").replace("term: [4, 0]", "term: [40, 0]")
    reading = read_text(text, Path("t/case.yaml"))
    assert reading.case is not None
    found = moving(settle(reading.case))
    (one,) = found.leanings
    assert (one.first_issue, one.second_issue, one.ratio) == ("term", "price", Fraction(10))
    assert found.adjusted_winner is not None
    assert found.adjusted_winner.agree


@pytest.mark.parametrize(
    ("written", "package", "name", "members"),
    [
        ("offer", 1, "offer", 1),
        ("open", 1, "open", 3),
        ("4", 4, None, 1),
        ("price=20,term=short", 4, None, 1),
        (" term = short , price = 20.0", 4, None, 1),
    ],
)
def test_a_package_is_chosen(written: str, package: int, name: str | None, members: int) -> None:
    settlement = made(packages="packages: {open: {terms: {price: any, term: long}}, offer: {terms: {price: 0, term: long}}}\n")
    found = chosen_package(settlement, written)
    assert (found.package, found.name, found.members) == (package, name, members)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("ofer", "Did you mean offer?"),
        ("6", "numbered from 0 to 5"),
        ("9" * 5000, "numbered from 0 to 5"),
        ("-1", "no package called -1"),
        ("", "no package called"),
        ("price=0", "say term, too"),
        ("price=0,term=shrt", "Did you mean short?"),
        ("price=5,term=short", "price has no option called 5"),
        ("prize=0,term=short", "Did you mean price?"),
        ("price=0,price=10,term=short", "price is given twice"),
        ("price=0,term=short,", "no issue called ."),
    ],
)
def test_a_package_that_is_not_there(written: str, words: str) -> None:
    settlement = made(packages="packages: {offer: {terms: {price: 0, term: long}}}\n")
    with pytest.raises(ValueError, match=r"package|issue|option|twice") as error:
        chosen_package(settlement, written)
    assert words in str(error.value)


def test_without_levers_nothing_opens_the_talks_about_ukraine_but_a_condition() -> None:
    found = moving(settle(load_case(shipped_case("ukraine-2025")), levers=[]))
    assert [one.kind for one in found.starts] == ["now"]
    (one,) = found.openings
    assert one.conflicts is not None
    assert [some.items for some in one.conflicts.fewest] == [("R1",)]
    assert one.points.lacking == ("NATO",)
