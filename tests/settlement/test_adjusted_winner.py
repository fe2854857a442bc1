"""Adjusted winner: the published example, what it promises, and where it does not apply."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.test_settle import toy_text
from tests.strategies import Spec, specs
from zopa.case import load_case, read_text
from zopa.cases import shipped_case
from zopa.settlement import adjusted_winner, adjusted_winner_of, settle


@st.composite
def bids(draw: st.DrawFn) -> tuple[list[Fraction], list[Fraction]]:
    """Points of two parties on one to six issues, with one sum, ties and noughts."""
    count = draw(st.integers(1, 6))
    rows = []
    for _ in range(2):
        row = draw(st.lists(st.integers(0, 6), min_size=count, max_size=count).filter(any))
        rows.append([Fraction(100 * one, sum(row)) for one in row])
    return rows[0], rows[1]


def total(share: tuple[Fraction, ...], row: list[Fraction]) -> Fraction:
    return sum((part * value for part, value in zip(share, row, strict=True)), Fraction(0))


@pytest.mark.property
@given(bids())
def test_the_split_keeps_what_it_promises(rows: tuple[list[Fraction], list[Fraction]]) -> None:
    first, second = rows
    found = adjusted_winner(first, second)
    rest = tuple(1 - part for part in found.share)
    mine, theirs = total(found.share, first), total(rest, second)
    assert found.totals == (mine, theirs)
    assert mine == theirs
    # Free of envy: each has at least half by its own points, and so at least what the other has.
    assert mine >= total(rest, first)
    assert theirs >= total(found.share, second)
    assert sum(0 < part < 1 for part in found.share) <= 1
    # Efficient: some weights make every issue go to whoever values it more; so no other split is better for both.
    for other in product((Fraction(0), Fraction(1, 2), Fraction(1)), repeat=len(first)):
        others = (total(other, first), total(tuple(1 - part for part in other), second))
        assert not (others[0] >= mine and others[1] >= theirs and others != (mine, theirs))


@pytest.mark.property
@given(bids())
def test_parties_exchanged_get_the_same_totals(rows: tuple[list[Fraction], list[Fraction]]) -> None:
    assert adjusted_winner(*rows).totals == adjusted_winner(*reversed(rows)).totals


@pytest.mark.parametrize(
    ("first", "second"),
    [([1, 2], [3]), ([50, 50], [60, 30]), ([0, 0], [0, 0]), ([110, -10], [50, 50]), ([], [])],
)
def test_points_that_do_not_match_are_refused(first: list[int], second: list[int]) -> None:
    with pytest.raises(ValueError, match="the same sum of points"):
        adjusted_winner([Fraction(one) for one in first], [Fraction(one) for one in second])


@pytest.mark.published
def test_the_panama_talks_of_the_reference(shared: Path) -> None:
    reference = json.loads((shared / "reference" / "settlement.json").read_text(encoding="utf-8"))
    one = reference["cases"]["PanamaCanal"]
    reading = read_text(toy_text(one), Path("toy/case.yaml"))
    assert reading.case is not None
    wanted, found = one["adjusted_winner"], adjusted_winner_of(settle(reading.case))
    split = found.splits[found.parties[0]]
    assert [str(value) for value in split.start] == wanted["initial_totals"]
    assert [str(value) for value in split.totals] == wanted["totals"]
    titles = [title for title, _ in one["issues"]]
    assert {titles[number]: str(part) for number, part in enumerate(split.share)} == wanted["US_share"]
    assert [[titles[number], str(part)] for number, part in split.moved] == wanted["moved"]


@pytest.mark.published
def test_the_panama_talks_as_shipped() -> None:
    found = adjusted_winner_of(settle(load_case(shipped_case("panama-1977"))))
    assert found.tied == ("land",)
    assert found.agree
    starts = {"USA": (Fraction(79), Fraction(53)), "PAN": (Fraction(64), Fraction(68))}
    for name, split in found.splits.items():
        assert split.start == starts[name]
        assert split.totals == (Fraction(66), Fraction(66))
        assert split.share[found.issues.index("land")] == Fraction(2, 15)
        assert [found.issues[number] for number, _ in split.moved] == ["land"]


@pytest.mark.property
@given(specs())
def test_a_case_is_split_where_two_sign_and_want_different_things(spec: Spec) -> None:
    found = adjusted_winner_of(settle(spec.case()))
    seats = spec.seats()
    assert found.parties == tuple(seats)
    if len(seats) != 2:
        assert not found.splits
        assert f"{len(seats)} sign" in found.reason
        return
    best = {party: [{at for at, value in enumerate(row) if value == max(row)} for row in spec.points[party]] for party in seats}
    disputed = [issue for issue in range(len(spec.shape)) if not best[seats[0]][issue] & best[seats[1]][issue]]
    assert list(found.issues) == [f"i{issue}" for issue in disputed]
    assert (not found.splits) == (not disputed) == bool(found.reason)
    for issue, option in found.agreed.items():
        axis = int(issue[1:])
        assert int(option[1:]) in best[seats[0]][axis] & best[seats[1]][axis]
    if found.splits:
        assert all(sum(row) == 100 for row in found.points.values())
        for party, row in found.points.items():
            spans = [max(spec.points[party][issue]) - min(spec.points[party][issue]) for issue in disputed]
            assert [value * sum(spans) for value in row] == [span * 100 for span in spans]
        first, second = found.points.values()
        assert found.tied == tuple(name for name, a, b in zip(found.issues, first, second, strict=True) if a == b)
        assert found.tied or found.agree
        for name, split in found.splits.items():
            assert split.totals[0] == split.totals[1] >= 50
            # Before anything moves, all that is tied is with the party that is favoured.
            mine, ahead = (found.points[name], seats.index(name))
            bids = zip(mine, found.points[seats[1 - ahead]], strict=True)
            assert split.start[ahead] == sum(a for a, b in bids if a >= b)
        assert {split.totals for split in found.splits.values()} == {found.splits[seats[0]].totals}


def test_unknown_points_and_bonuses_are_named() -> None:
    text = (
        "zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: test\nparties: {{a: A, b: B}}\nissues: {{i: {{options: [x, y]}}}}\n"
        "preferences:\n  a: {{points: {{i: [0, 5]}}, no_deal: 0}}\n  b: {b}\n"
    )
    for b in ("unknown", "{points: {i: [5, 0]}, no_deal: 0, bonus: {more: {when: i = x, points: 2}}}"):
        reading = read_text(text.format(b=b), Path("t/case.yaml"))
        assert reading.case is not None
        found = adjusted_winner_of(settle(reading.case))
        assert not found.splits
        assert not found.agree
        assert "of b are missing" in found.reason
