"""Groups of numbers with bounds, a sum and orders."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zopa.space.polytope import Group, draw_group, feasible_point, keeps, round_group
from zopa.space.polytope import _chain as chain
from zopa.space.streams import uniforms

Floats = np.ndarray


def uniform_of(seed: int, draws: int) -> Callable[[int, int], Floats]:
    def uniform(number: int, attempt: int) -> Floats:
        return uniforms(seed, f"{number}#{attempt}", 0, draws)[:, 1]

    return uniform


def group_of(
    low: list[float],
    high: list[float],
    total: float | None,
    draws: int = 1,
    not_below: tuple[tuple[int, int], ...] = (),
    in_top: tuple[tuple[int, int], ...] = (),
) -> Group:
    return Group(np.tile(low, (draws, 1)).astype(float), np.tile(high, (draws, 1)).astype(float), total, not_below, in_top)


@st.composite
def groups(draw: st.DrawFn) -> Group:
    """Groups around a point that keeps everything, so that something can be drawn."""
    count = draw(st.integers(2, 5))
    point = [float(draw(st.integers(0, 20))) for _ in range(count)]
    low = [value - draw(st.integers(0, 6)) for value in point]
    high = [value + draw(st.integers(0, 6)) for value in point]
    total = sum(point) if draw(st.booleans()) else None
    pairs = [(a, b) for a in range(count) for b in range(count) if a != b and point[a] >= point[b]]
    not_below = tuple(draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True))) if pairs else ()
    in_top = []
    for one in range(count):
        above = sum(value > point[one] for value in point)
        if draw(st.integers(0, 4)) == 0:
            in_top.append((one, above + 1))
    return group_of(low, high, total, 5, not_below, tuple(in_top))


@pytest.mark.property
@given(groups(), st.integers(0, 1000))
def test_what_is_drawn_keeps_everything(group: Group, seed: int) -> None:
    drawn = draw_group(group, uniform_of(seed, 5))
    assert keeps(group, drawn.values, np.arange(5), slack=1e-6).all()
    if group.total is not None:
        assert np.allclose(drawn.values.sum(axis=1), group.total)


@pytest.mark.property
@given(groups())
def test_a_feasible_point_keeps_everything(group: Group) -> None:
    point = feasible_point(group, 0)
    assert keeps(group, point[None, :], np.array([0]), slack=1e-6)[0]
    if group.total is not None:
        assert np.isclose(point.sum(), group.total)


@pytest.mark.oracle
def test_draws_are_uniform_over_the_allowed_set() -> None:
    """Against plain rejection from the box: three weights with a sum and an order, compared cell by cell."""
    draws = 20_000
    group = group_of([10, 10, 0], [80, 60, 60], 100, draws, ((0, 1),))
    drawn = draw_group(group, uniform_of(3, draws)).values
    generator = np.random.default_rng(5)
    box = generator.uniform([10, 10], [80, 60], (400_000, 2))
    third = 100 - box.sum(axis=1)
    kept = box[(third >= 0) & (third <= 60) & (box[:, 0] >= box[:, 1])]
    bins = [np.linspace(10, 80, 6), np.linspace(10, 60, 6)]
    mine = np.histogram2d(drawn[:, 0], drawn[:, 1], bins=bins)[0] / draws
    other = np.histogram2d(kept[:, 0], kept[:, 1], bins=bins)[0] / len(kept)
    assert np.abs(mine - other).max() < 0.012


@pytest.mark.oracle
def test_the_chain_visits_the_whole_set() -> None:
    group = group_of([0, 0, 0], [100, 100, 100], 100, 1, ((0, 1), (1, 2)))
    visited = np.array([chain(group, 0, np.random.default_rng(seed)) for seed in range(300)])
    # The largest, middle and smallest of three uniform shares: means 11/18, 5/18 and 2/18 (Renyi 1953).
    assert np.allclose(visited.mean(axis=0) / 100, [11 / 18, 5 / 18, 2 / 18], atol=0.03)


def test_a_narrow_set_falls_back_to_the_chain_and_says_so() -> None:
    count = 12
    order = tuple((one, one + 1) for one in range(count - 1))
    group = group_of([0.0] * count, [100.0] * count, 100.0, 3, order)
    drawn = draw_group(group, uniform_of(1, 3))
    assert drawn.approximate.any()
    assert keeps(group, drawn.values, np.arange(3), slack=1e-6).all()


def test_numbers_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="no numbers keep"):
        feasible_point(group_of([0, 50], [10, 60], 65, 1, ((0, 1),)), 0)


@pytest.mark.property
@given(st.integers(2, 6), st.integers(0, 10_000))
def test_rounding_keeps_bounds_and_the_sum(count: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    low = generator.integers(0, 10, count)
    high = low + generator.integers(0, 200, count)
    total = int(generator.integers(low.sum(), high.sum() + 1))
    assume(high.sum() > low.sum())
    share = (total - low.sum()) / (high.sum() - low.sum())
    values = np.tile((low + (high - low) * share) / 100, (2, 1))
    whole = round_group(values, 100, low.tolist(), high.tolist(), total)
    assert (whole.sum(axis=1) == total).all()
    assert ((whole >= low) & (whole <= high)).all()
    assert np.abs(whole / 100 - values).max() <= 0.01 + 1e-9
