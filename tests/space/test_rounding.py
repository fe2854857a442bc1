"""Groups on a grid: bounds, orders, ties and sums are kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.space.groups import broken, group_of, groups, uniform_of
from zopa.space.polytope import Group, feasible_points
from zopa.space.rounding import round_group
from zopa.space.sampling import draw_group


@pytest.mark.property
@given(groups(), st.integers(0, 1000), st.booleans())
def test_rounding_keeps_everything(group: Group, seed: int, base: bool) -> None:
    values = feasible_points(group) if base else draw_group(group, uniform_of(seed, 4)).values
    found = round_group(group, values)
    alone = all(size == 1 for size in group.sizes)
    for row, numbers in enumerate(found.tolist()):
        assert not broken(group, numbers, row, slack=0, total=alone)
        if group.total is not None:
            miss = group.total - sum(size * number for size, number in zip(group.sizes, numbers, strict=True))
            assert abs(miss) < max(group.sizes)
    if alone:
        # One unit for rounding, one for each order that a rounded number may have to make way for.
        assert np.abs(found - values).max() <= 2 + sum(gap for _, _, gap in group.pairs)


@pytest.mark.property
@given(st.integers(2, 6), st.integers(0, 10_000))
def test_rounding_without_orders_moves_nothing_by_more_than_a_unit(count: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    low = generator.integers(0, 10, count)
    high = low + generator.integers(0, 200, count)
    total = int(generator.integers(low.sum(), high.sum() + 1))
    assume(high.sum() > low.sum())
    group = group_of(low.tolist(), high.tolist(), total, 2)
    values = feasible_points(group)
    found = round_group(group, values)
    assert (found.sum(axis=1) == total).all()
    assert ((found >= low) & (found <= high)).all()
    assert np.abs(found - values).max() <= 1 + 1e-9


def test_halves_go_up_and_the_largest_remainders_first() -> None:
    assert round_group(group_of([0] * 4, [9] * 4), np.array([[0.5, 1.5, 2.5, 2.49]])).tolist() == [[1, 2, 3, 2]]
    assert round_group(group_of([0] * 3, [9] * 3, 10), np.array([[3.3, 3.3, 3.4]])).tolist() == [[3, 3, 4]]
    assert round_group(group_of([0] * 3, [9] * 3, 10), np.array([[10 / 3] * 3])).tolist() == [[4, 3, 3]]


def test_the_unit_that_makes_up_the_sum_goes_where_an_order_leaves_room() -> None:
    """Two equal weights: the unit would go to the first, but the second is above it."""
    group = group_of([0] * 3, [9] * 3, 10, pairs=((1, 0, 0),))
    assert round_group(group, np.array([[3.41, 3.41, 3.18]])).tolist() == [[3, 4, 3]]
    strict = group_of([0] * 3, [9] * 3, 10, pairs=((1, 0, 1),))
    assert round_group(strict, np.array([[2.7, 3.7, 3.6]])).tolist() == [[3, 4, 3]]
    assert round_group(strict, np.array([[2.9, 3.9, 3.2]])).tolist() == [[3, 4, 3]]


def test_ties_go_before_the_sum() -> None:
    three = group_of([0], [100], 100, sizes=[3])
    assert round_group(three, np.array([[100 / 3]])).tolist() == [[33]]
    both = group_of([0, 0], [100, 100], 100, sizes=[3, 2])
    assert round_group(both, np.array([[33.0, 0.5]])).tolist() == [[33, 0]]
    assert round_group(both, np.array([[20.8, 18.8]])).tolist() == [[22, 17]]


def test_numbers_finer_than_doubles_still_make_up_the_sum() -> None:
    huge = 10**40
    group = group_of([0, 0, 0], [huge, huge, huge], huge, pairs=((0, 1, 1),), kind=object)
    found = round_group(group, np.array([[0.4, 0.4 - 1e-17, 0.2]]) * 1e40)[0].tolist()
    assert sum(found) == huge
    assert found[0] > found[1]
    assert abs(found[2] / huge - 0.2) < 1e-9
