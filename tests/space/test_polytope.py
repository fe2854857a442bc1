"""Groups of numbers with bounds, a sum and orders: what is possible, and a point of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.space.groups import broken, group_of, groups
from zopa.space.polytope import Group, feasible_points, in_order, lattice, possible


def everything(group: Group, row: int = 0) -> list[tuple[int, ...]]:
    """All whole numbers that keep bounds and pairs, by brute force."""
    ranges = [range(int(low), int(high) + 1) for low, high in zip(group.low[row], group.high[row], strict=True)]
    return [one for one in product(*ranges) if all(one[a] - one[b] >= gap for a, b, gap in group.pairs)]


@pytest.mark.oracle
@given(groups(most=4, spread=4, top=False))
def test_the_lattice_has_the_least_and_the_greatest_of_all(group: Group) -> None:
    least, greatest = lattice(group)
    found = everything(group)
    assert least[0].tolist() == [min(column) for column in zip(*found, strict=True)]
    assert greatest[0].tolist() == [max(column) for column in zip(*found, strict=True)]


@pytest.mark.oracle
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4)), min_size=2, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 1)), max_size=4),
    st.one_of(st.none(), st.integers(0, 25)),
)
def test_what_is_possible_is_what_brute_force_finds(
    ends: list[tuple[int, int]], drawn: list[tuple[int, int, int]], total: int | None
) -> None:
    pairs = [(a, b, gap) for a, b, gap in drawn if a < b < len(ends)]
    group = group_of([low for low, _ in ends], [low + width for low, width in ends], total, pairs=in_order(pairs))
    found = [one for one in everything(group) if total is None or sum(one) == total]
    assert bool(possible(group, *lattice(group))[0]) == bool(found)


@pytest.mark.property
@given(groups())
def test_a_feasible_point_keeps_everything(group: Group) -> None:
    for number, point in enumerate(feasible_points(group)):
        assert not broken(group, point, number)


def test_an_even_share_comes_first_and_the_lattice_where_it_breaks_an_order() -> None:
    even = group_of([0, 20], [40, 60], 50)
    assert feasible_points(even).tolist() == [[15, 35]]
    turned = group_of([0, 20], [40, 60], 50, pairs=((0, 1, 0),))
    # The least pair is (20, 20), the greatest (40, 40); the sum is met a quarter of the way.
    assert feasible_points(turned).tolist() == [[25, 25]]
    free = group_of([0, 20], [40, 60], None, pairs=((0, 1, 10),))
    assert feasible_points(free).tolist() == [[35, 25]]


def test_a_number_in_the_top_has_few_above_it() -> None:
    group = group_of([0, 10, 10, 10], [12, 30, 30, 30], 45, in_top=((0, 2),))
    point = feasible_points(group)[0]
    assert sum(point) == pytest.approx(45)
    assert sum(other > point[0] for other in point[1:]) < 2


@pytest.mark.parametrize(
    ("low", "high", "total", "pairs", "in_top"),
    [
        ([0, 50], [10, 60], 65, ((0, 1, 0),), ()),
        ([0, 0], [10, 10], 21, (), ()),
        ([0, 20, 20], [10, 30, 30], None, (), ((0, 2),)),
    ],
)
def test_numbers_that_cannot_be_are_refused(
    low: Sequence[int],
    high: Sequence[int],
    total: int | None,
    pairs: tuple[tuple[int, int, int], ...],
    in_top: tuple[tuple[int, int], ...],
) -> None:
    with pytest.raises(ValueError, match="no numbers keep"):
        feasible_points(group_of(low, high, total, pairs=pairs, in_top=in_top))


def test_one_order_of_many_is_quick() -> None:
    count = 300
    pairs = in_order([(one, one + 1, 1) for one in range(count - 1)])
    least, greatest = lattice(group_of([0] * count, [10_000] * count, pairs=pairs))
    assert least[0].tolist() == list(range(count - 1, -1, -1))
    assert np.array_equal(greatest[0], 10_000 - np.arange(count))
