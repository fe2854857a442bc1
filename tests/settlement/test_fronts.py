"""Frontiers and solution points of many zones at once: against brute force, and against one at a time."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.settlement import egalitarian, kalai_smorodinsky, nash, utilitarian
from zopa.settlement.fronts import Bargain, efficient_in, same_points, solution_points

Table = np.ndarray


@st.composite
def zones_of_points(draw: st.DrawFn, most: int = 40) -> tuple[Table, Table]:
    """Points of 1 to 4 parties with many ties, and zones: empty, whole, one inside the other, or sharing a core."""
    parties, packages = draw(st.integers(1, 4)), draw(st.integers(1, most))
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    high = draw(st.sampled_from([1, 3, 20, 10**6]))
    points = numbers.integers(-high, high, (parties, packages), endpoint=True)
    if draw(st.booleans()):
        points = points.astype(object) * 10 ** draw(st.sampled_from([0, 18, 25]))
    zones = numbers.random((draw(st.integers(1, 9)), packages)) < draw(st.sampled_from([0.1, 0.5, 0.95]))
    kind = draw(st.sampled_from(["free", "nested", "core", "with an empty one", "all empty"]))
    if kind == "nested":
        zones = np.logical_or.accumulate(zones, axis=0)
    if kind == "core":
        zones = zones | (numbers.random(packages) < 0.3)
    if kind == "with an empty one":
        zones[int(numbers.integers(len(zones)))] = False
    return points, zones & (kind != "all empty")


def undominated(points: Table, zones: Table) -> list[list[bool]]:
    """Return what is efficient, by comparing every package of a zone with every other one."""
    vectors = [tuple(column) for column in points.T.tolist()]

    def beaten(one: int, zone: Table) -> bool:
        mine = vectors[one]
        return any(
            zone[at] and other != mine and all(a >= b for a, b in zip(other, mine, strict=True))
            for at, other in enumerate(vectors)
        )

    return [[bool(zone[one]) and not beaten(one, zone) for one in range(len(vectors))] for zone in zones]


@pytest.mark.oracle
@given(zones_of_points())
def test_efficient_is_what_nothing_in_the_zone_dominates(drawn: tuple[Table, Table]) -> None:
    points, zones = drawn
    before = zones.copy()
    assert efficient_in(points, zones).tolist() == undominated(points, zones)
    assert (zones == before).all()


@pytest.mark.oracle
@given(zones_of_points())
def test_with_too_many_packages_for_all_pairs_each_zone_is_filtered_by_itself(drawn: tuple[Table, Table]) -> None:
    points, zones = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zopa.settlement.fronts.MATRIX", 2)
        assert efficient_in(points, zones).tolist() == undominated(points, zones)


def test_a_thousand_packages_and_more_are_compared_alike() -> None:
    """On both sides of the limit up to which all pairs are compared; nothing is in every zone."""
    numbers = np.random.default_rng(5)
    for packages in (1190, 1400):
        points = numbers.permutation(np.arange(3 * packages).reshape(3, packages), axis=1)
        points = points - points.sum(axis=0) // 3 + numbers.integers(0, 40, packages)
        zones = numbers.random((5, packages)) < 0.5
        found = efficient_in(points, zones)
        for zone, row in zip(zones, found, strict=True):
            inside = points[:, zone]
            beaten = [
                bool(((inside >= one[:, None]).all(axis=0) & (inside > one[:, None]).any(axis=0)).any()) for one in inside.T
            ]
            assert row[zone].tolist() == [not one for one in beaten]
            assert not row[~zone].any()


def test_nobody_and_nothing() -> None:
    zones = np.array([[True, False], [False, False]])
    assert efficient_in(np.zeros((0, 2), dtype=np.int64), zones).tolist() == zones.tolist()
    assert efficient_in(np.zeros((3, 0), dtype=np.int64), np.zeros((2, 0), dtype=np.bool_)).shape == (2, 0)


@given(zones_of_points())
def test_packages_with_the_same_points_have_the_same_number(drawn: tuple[Table, Table]) -> None:
    vectors = [tuple(column) for column in drawn[0].T.tolist()]
    numbers = same_points(drawn[0]).tolist()
    assert [numbers.index(one) for one in numbers] == [vectors.index(one) for one in vectors]
    assert set(numbers) == set(range(len(set(vectors))))


def test_numbers_of_packages_do_not_run_over() -> None:
    """Spans whose product is far above 64 bits, with points that differ in the last place only."""
    far = 2**61
    points = np.array([[0, far, far, 0], [far, 0, 1, far], [-far, far, far, -far], [1, 2, 2, 1]], dtype=np.int64)
    assert same_points(points).tolist() == [0, 1, 2, 0]
    assert same_points(np.array([[1 - 2**62, 2**62 - 1, 2**62 - 2]], dtype=np.int64)).tolist() == [0, 2, 1]


# Solution points -----------------------------------------------------------------------------------------


def one_at_a_time(bargain: Bargain, efficient: Table, voting: bool) -> dict[str, list[list[bool]]]:
    """Return every solution point of every zone from the exact functions."""
    concepts = ["utilitarian"]
    if bargain.no_deal is not None:
        concepts += ["egalitarian"] if voting else ["egalitarian", "nash", "kalai_smorodinsky"]
    found: dict[str, list[list[bool]]] = {}
    for concept in concepts:
        for zone in efficient:
            inside = np.flatnonzero(zone)
            row = np.zeros(len(zone), dtype=np.bool_)
            if len(inside):
                row[inside[list(chosen(concept, bargain, bargain.points[:, inside].T))]] = True
            found.setdefault(concept, []).append(row.tolist())
    return found


def chosen(concept: str, bargain: Bargain, vectors: Table) -> tuple[int, ...]:
    units, no_deal = bargain.units, bargain.no_deal
    if concept == "utilitarian" or no_deal is None:
        return utilitarian(vectors, units).vectors
    if concept == "egalitarian":
        return egalitarian(vectors, units, no_deal).vectors
    if concept == "nash":
        return nash(vectors, units, no_deal).vectors
    ideal = [Fraction(int(row.max()), unit) for row, unit in zip(vectors.T, units, strict=True)]
    return kalai_smorodinsky(vectors, units, no_deal, ideal).vectors


def same_points_of(bargain: Bargain, zones: Table, voting: bool = False) -> None:
    efficient = efficient_in(bargain.points, zones)
    found = solution_points(bargain, efficient, voting=voting)
    assert {name: rows.tolist() for name, rows in found.items()} == one_at_a_time(bargain, efficient, voting)


@st.composite
def bargains(draw: st.DrawFn) -> tuple[Bargain, Table]:
    """Units that differ, no-deal values that are met exactly (gains of nought), missed, or far below."""
    points, zones = draw(zones_of_points(25))
    units = tuple(draw(st.sampled_from([1, 3, 7, 100, 12_345])) for _ in points)
    no_deal = []
    for row, unit in zip(points, units, strict=True):
        met = Fraction(int(draw(st.sampled_from(row.tolist()))), unit)
        no_deal.append(draw(st.sampled_from([met, met, Fraction(int(row.min()), unit), met - Fraction(1, 3), met - 1000])))
    return Bargain(points, units, draw(st.sampled_from([tuple(no_deal), tuple(no_deal), tuple(no_deal), None]))), zones


def acceptable(bargain: Bargain, zones: Table) -> Table:
    """Return zones without the packages that a signatory would not accept: without a vote there are none."""
    if bargain.no_deal is None:
        return zones
    kept = [
        [Fraction(int(one), unit) >= value for one in row]
        for row, unit, value in zip(bargain.points, bargain.units, bargain.no_deal, strict=True)
    ]
    return zones & np.array(kept).all(axis=0)


@pytest.mark.oracle
@given(bargains())
def test_solution_points_are_those_found_one_by_one(drawn: tuple[Bargain, Table]) -> None:
    bargain, zones = drawn
    same_points_of(bargain, acceptable(bargain, zones))


@pytest.mark.oracle
@given(bargains())
def test_under_a_vote_somebody_may_lose(drawn: tuple[Bargain, Table]) -> None:
    same_points_of(*drawn, voting=True)


def bargain_of(rows: list[list[int]], unit: int = 1, no_deal: int = 0, kind: Any = np.int64) -> Bargain:
    return Bargain(np.array(rows, dtype=kind), (unit,) * len(rows), (Fraction(no_deal),) * len(rows))


def test_products_that_differ_by_one_in_a_million_millions_are_told_apart() -> None:
    million = 10**6
    bargain = bargain_of([[million + 1, million, million - 1], [million - 1, million, million + 1]])
    zones = np.array([[True, True, True], [True, False, True], [False, False, True]])
    found = solution_points(bargain, efficient_in(bargain.points, zones))
    assert found["nash"].tolist() == [[False, True, False], [True, False, True], [False, False, True]]
    same_points_of(bargain, zones)


def test_equal_products_of_different_gains_are_ties() -> None:
    """Doubles round the two products apart; the numbers are the same."""
    a, b, c, d = 3 * 10**9 + 7, 10**9 + 9, 3 * (10**9 + 9), 10**9 + 9
    bargain = bargain_of([[a * b, 7 * c], [7 * c, a * b]], unit=7)
    assert solution_points(bargain, np.array([[True, True]]))["nash"].tolist() == [[True, True]]
    thirds = Bargain(np.array([[1, 2 * d], [2 * d, 1]]), (3, 3), (Fraction(0), Fraction(0)))
    same_points_of(thirds, np.array([[True, True]]))


def test_nobody_gains_anything() -> None:
    bargain = bargain_of([[5, 5], [2, 2]])
    even = Bargain(bargain.points, bargain.units, (Fraction(5), Fraction(2)))
    found = solution_points(even, np.array([[True, True], [False, False]]))
    assert found["kalai_smorodinsky"].tolist() == [[False, False], [False, False]]  # there is no point
    assert found["nash"].tolist() == found["egalitarian"].tolist() == [[True, True], [False, False]]
    same_points_of(even, np.array([[True, True], [False, False]]))


def test_points_beyond_64_bits_and_small_ones_side_by_side() -> None:
    """One party's points need Python integers, the other's do not."""
    bargain = bargain_of([[10**22 + 1, 3 * 10**22, 20], [20, 11, 30]], kind=object)
    same_points_of(bargain, np.array([[True, True, True], [True, False, True], [False, False, False]]))


def test_sums_that_nearly_cancel_are_still_ties() -> None:
    """What the buyer pays the seller gets: the sums are a hundredth of a point, out of a thousand millions each."""
    large = 10**11
    bargain = bargain_of([[large + 1, 2 * large + 1, 3 * large + 1], [-large, -2 * large, -3 * large]], 100, -(4 * 10**9))
    assert solution_points(bargain, np.ones((1, 3), dtype=np.bool_))["utilitarian"].tolist() == [[True] * 3]


@given(bargains())
def test_gains_are_points_over_no_deal(drawn: tuple[Bargain, Table]) -> None:
    bargain, _ = drawn
    if bargain.no_deal is None:
        return
    found = bargain.gains()
    assert found.dtype == np.float64
    for row, points, unit, value in zip(found, bargain.points, bargain.units, bargain.no_deal, strict=True):
        assert row.tolist() == pytest.approx([float(Fraction(int(one), unit) - value) for one in points], rel=1e-13, abs=0)
