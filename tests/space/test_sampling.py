"""Drawing groups: what is drawn keeps everything, and is uniform over all that does."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.space.groups import broken, group_of, groups, uniform_of
from zopa.space.polytope import Floats, Group, feasible_points, in_order, room_of
from zopa.space.sampling import draw_group
from zopa.space.walk import walk

DRAWS = 20_000


def by_rejection(group: Group, count: int = 400_000, seed: int = 5) -> Floats:
    """Numbers that keep everything, drawn from the box; with a sum the last free one makes it up."""
    low, high = group.low[0].astype(float), group.high[0].astype(float)
    box = np.random.default_rng(seed).uniform(low, high, (count, len(low)))
    sizes = np.array(group.sizes, dtype=float)
    if group.total is not None:
        last = int(np.flatnonzero(high > low)[-1])
        box[:, last] = 0
        box[:, last] = (group.total - (box * sizes).sum(axis=1)) / sizes[last]
    good = ((box >= low) & (box <= high)).all(axis=1)
    for above, below, gap in group.pairs:
        good &= box[:, above] - box[:, below] >= gap
    for one, most in group.in_top:
        good &= ((box > box[:, [one]]) * sizes).sum(axis=1) < most
    kept: Floats = box[good]
    return kept


def assert_alike(mine: Floats, other: Floats, spread: float = 6.0) -> None:
    """Means, variances and the mean product of every pair agree within their sampling errors."""
    assert len(other) > 2000
    for one, two in zip(measures(mine), measures(other), strict=True):
        error = np.sqrt(one.var() / len(one) + two.var() / len(two)) + 1e-9
        assert abs(one.mean() - two.mean()) < spread * error


def measures(rows: Floats) -> list[Floats]:
    """Every number, every product of two, the largest and the smallest."""
    columns = range(rows.shape[1])
    products = [rows[:, one] * rows[:, other] for one in columns for other in columns if one <= other]
    return [*rows.T, *products, rows.max(axis=1), rows.min(axis=1)]


@pytest.mark.property
@given(groups(), st.integers(0, 1000))
def test_what_is_drawn_keeps_everything(group: Group, seed: int) -> None:
    drawn = draw_group(group, uniform_of(seed, 4))
    for row, numbers in enumerate(drawn.values):
        assert not broken(group, numbers, row)


@pytest.mark.property
@given(groups(), st.integers(0, 1000))
def test_a_draw_does_not_depend_on_the_others(group: Group, seed: int) -> None:
    whole = draw_group(group, uniform_of(seed, 4))
    for row in range(4):
        alone = draw_group(group.part(np.array([row])), uniform_of(seed, 1, row))
        assert np.array_equal(alone.values[0], whole.values[row])
        assert alone.approximate[0] == whole.approximate[row]


UNIFORM = {
    "a sum and an order": group_of([1000, 1000, 0], [8000, 6000, 6000], 10_000, pairs=((0, 1, 0),)),
    "a chain with a sum": group_of([0, 0, 0], [6000, 6000, 6000], 10_000, pairs=in_order([(0, 1, 0), (1, 2, 0)])),
    "a chain without a sum": group_of([0] * 4, [100] * 4, pairs=in_order([(0, 1, 0), (1, 2, 0), (2, 3, 0)])),
    "a strict chain of few units": group_of([0] * 3, [12] * 3, pairs=in_order([(0, 1, 3), (1, 2, 3)])),
    "a strict chain with a sum": group_of([0] * 3, [30] * 3, 40, pairs=in_order([(0, 1, 5), (1, 2, 2)])),
    "a chain beside others": group_of([0, 0, 10, 5], [60, 60, 40, 5], 90, pairs=((1, 0, 0),)),
    "a chain with other bounds": group_of([20, 0, 10], [100, 70, 50], pairs=in_order([(0, 1, 0), (1, 2, 0)])),
    "a branch": group_of([0, 0, 0], [100, 100, 100], pairs=in_order([(0, 1, 0), (0, 2, 10)])),
    "ties with a sum": group_of([0, 10], [40, 60], 100, sizes=[2, 1]),
    "ties with a sum and an order": group_of([0, 0, 0], [50, 50, 50], 100, pairs=((0, 1, 0),), sizes=[2, 1, 1]),
    "two ties in an order": group_of([0, 0, 0], [50, 50, 50], 100, pairs=((0, 1, 0),), sizes=[2, 2, 1]),
    "near the upper bounds": group_of([0] * 4, [30] * 4, 110),
    "in the top": group_of([0] * 4, [60] * 4, 100, in_top=((2, 2),)),
    "in the top beside a chain": group_of([0] * 4, [60] * 4, 100, pairs=((0, 1, 0),), in_top=((2, 2),)),
    "in the top of a chain": group_of([0] * 4, [60] * 4, pairs=((0, 1, 0),), in_top=((1, 2),)),
    "some fixed": group_of([30, 0, 0, 20], [30, 60, 60, 20], 100, pairs=((1, 0, 0),)),
}


@pytest.mark.oracle
@pytest.mark.parametrize("name", UNIFORM)
def test_draws_are_uniform_over_the_allowed_set(name: str) -> None:
    """Against plain rejection from the box."""
    group = UNIFORM[name]
    many = replace(group, low=np.repeat(group.low, DRAWS, axis=0), high=np.repeat(group.high, DRAWS, axis=0))
    drawn = draw_group(many, uniform_of(3, DRAWS))
    assert not drawn.approximate.any()
    assert_alike(drawn.values, by_rejection(group))


@pytest.mark.oracle
def test_cells_are_hit_alike() -> None:
    """Three weights with a sum and an order, compared cell by cell with rejection."""
    group = UNIFORM["a sum and an order"]
    many = replace(group, low=np.repeat(group.low, DRAWS, axis=0), high=np.repeat(group.high, DRAWS, axis=0))
    mine, other = draw_group(many, uniform_of(3, DRAWS)).values, by_rejection(group)
    bins = [np.linspace(1000, 8000, 6), np.linspace(1000, 6000, 6)]
    cells = [np.histogram2d(rows[:, 0], rows[:, 1], bins=bins)[0] / len(rows) for rows in (mine, other)]
    assert np.abs(cells[0] - cells[1]).max() < 0.012


@pytest.mark.published
def test_the_parts_of_a_broken_stick_in_order() -> None:
    """The largest, middle and smallest of three uniform shares: means 11/18, 5/18 and 2/18 (Renyi 1953)."""
    group = group_of([0] * 3, [90_000] * 3, 90_000, 10_000, in_order([(0, 1, 0), (1, 2, 0)]))
    drawn = draw_group(group, uniform_of(2, 10_000))
    assert np.allclose(drawn.values.mean(axis=0), [55_000, 25_000, 10_000], atol=500)
    assert not drawn.approximate.any()


def walked_of(group: Group) -> Floats:
    return walk(room_of(group), feasible_points(group), [[11, row] for row in range(len(group.low))])


MOMENTS_DRAWS = 4000


def assert_moments(rows: Floats, means: Floats, variances: Floats) -> None:
    """Means within five standard errors, variances within a tenth: the error that 4,000 draws leave."""
    assert (np.abs(rows.mean(axis=0) - means) < 5 * np.sqrt(variances / len(rows))).all()
    assert np.allclose(rows.var(axis=0), variances, rtol=0.15)


@pytest.mark.published
@pytest.mark.parametrize("how", ["drawn", "walked"])
def test_moments_of_a_simplex_above_lower_bounds(how: str) -> None:
    """Shares of what is left are Dirichlet(1, ..., 1): mean 1/n, variance (n - 1) / (n^2 (n + 1)) (Devroye 1986)."""
    low, total = [0, 500, 1000, 0, 2000], 10_000
    group = group_of(low, [total] * 5, total, MOMENTS_DRAWS)
    rows = draw_group(group, uniform_of(9, MOMENTS_DRAWS)).values if how == "drawn" else walked_of(group)
    left = total - sum(low)
    assert_moments(rows, np.array(low) + left / 5, np.full(5, left**2 * 4 / (25 * 6)))


@pytest.mark.published
@pytest.mark.parametrize("how", ["drawn", "walked"])
def test_moments_of_a_simplex_in_order(how: str) -> None:
    """The k-th largest of n spacings: with h = 1/k + ... + 1/n and q the same of squares, it is distributed like
    E_k/k + ... + E_n/n over a sum of n exponentials, so its mean is h/n and its second moment (h^2 + q) / (n (n + 1))
    (Holst 1980; David and Nagaraja 2003, section 6.4)."""
    count, total = 5, 10_000
    pairs = in_order([(one, one + 1, 0) for one in range(count - 1)])
    group = group_of([0] * count, [total] * count, total, MOMENTS_DRAWS, pairs)
    rows = draw_group(group, uniform_of(9, MOMENTS_DRAWS)).values if how == "drawn" else walked_of(group)
    parts = 1 / np.arange(1, count + 1)
    sums, squares = parts[::-1].cumsum()[::-1], (parts**2)[::-1].cumsum()[::-1]
    means, second = sums / count, (sums**2 + squares) / (count * (count + 1))
    assert_moments(rows, total * means, total**2 * (second - means**2))


@pytest.mark.oracle
@pytest.mark.parametrize("name", [name for name in UNIFORM if name != "near the upper bounds"])
def test_the_walk_visits_the_whole_set_alike(name: str) -> None:
    group = UNIFORM[name]
    many = replace(group, low=np.repeat(group.low, 2000, axis=0), high=np.repeat(group.high, 2000, axis=0))
    walked = walk(room_of(many), feasible_points(many), [[7, row] for row in range(2000)])
    for row, numbers in enumerate(walked[:50]):
        assert not broken(many, numbers, row)
    assert_alike(walked, by_rejection(group))


def test_a_narrow_set_falls_back_to_the_walk_and_says_so() -> None:
    count = 12
    pairs = in_order([(one, one + 1, 0) for one in range(count - 1)])
    low, high = list(range(count)), [1000 - one for one in range(count)]
    low[3], high[7] = 0, 990
    group = group_of(low, high, 1000, 3, pairs)
    drawn = draw_group(group, uniform_of(1, 3))
    assert drawn.approximate.all()
    for row, numbers in enumerate(drawn.values):
        assert not broken(group, numbers, row)
    alone = draw_group(group.part(np.array([1])), uniform_of(1, 1, 1))
    assert np.array_equal(alone.values[0], drawn.values[1])


def test_a_long_order_is_drawn_at_once() -> None:
    pairs = in_order([(one, one + 1, 1) for one in range(29)])
    start = perf_counter()
    drawn = draw_group(group_of([0] * 30, [10_000] * 30, None, 1000, pairs), uniform_of(1, 1000))
    assert perf_counter() - start < 2
    assert not drawn.approximate.any()


def test_draws_with_nothing_left_are_refused() -> None:
    group = group_of([0, 5], [4, 9], None, 2, ((0, 1, 0),))
    with pytest.raises(ValueError, match="no numbers keep"):
        draw_group(group, uniform_of(1, 2))
