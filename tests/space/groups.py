"""Groups of numbers for tests: made by hand, or drawn so that something keeps them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import strategies as st

from zopa.space.polytope import Group, in_order
from zopa.space.streams import uniforms

Floats = np.ndarray


def uniform_of(seed: int, draws: int, start: int = 0) -> Callable[[int, int], Floats]:
    def uniform(number: int, attempt: int) -> Floats:
        return uniforms(seed, f"{number}#{attempt}", start, draws)[:, 1]

    return uniform


def group_of(
    low: Sequence[int],
    high: Sequence[int],
    total: int | None = None,
    draws: int = 1,
    pairs: tuple[tuple[int, int, int], ...] = (),
    in_top: tuple[tuple[int, int], ...] = (),
    sizes: Sequence[int] = (),
    kind: Any = np.int64,
) -> Group:
    both = [np.tile(np.array(ends, dtype=kind), (draws, 1)) for ends in (low, high)]
    return Group(both[0], both[1], tuple(sizes) or (1,) * len(low), total, pairs, in_top)


def broken(group: Group, numbers: Any, row: int, slack: float = 1e-6, *, total: bool = True) -> list[str]:
    """What one group of numbers breaks, in words."""
    found = []
    for place, number in enumerate(numbers):
        if not group.low[row][place] - slack <= number <= group.high[row][place] + slack:
            found.append(f"bounds of {place}: {number}")
    for above, below, gap in group.pairs:
        if numbers[above] - numbers[below] < gap - slack:
            found.append(f"{above} above {below}")
    for one, count in group.in_top:
        if sum(size for size, other in zip(group.sizes, numbers, strict=True) if other > numbers[one] + slack) >= count:
            found.append(f"{one} in top {count}")
    whole = sum(size * number for size, number in zip(group.sizes, numbers, strict=True))
    if total and group.total is not None and abs(whole - group.total) > slack:
        found.append(f"sum {whole}")
    return found


@st.composite
def groups(draw: st.DrawFn, most: int = 6, spread: int = 60, top: bool = True, sizes: bool = True) -> Group:
    """Groups around a point that keeps everything, so that something can be drawn; bounds differ by draw."""
    count, draws = draw(st.integers(2, most)), 4
    point = [draw(st.integers(0, 3 * spread)) for _ in range(count)]
    low, high = (np.empty((draws, count), dtype=np.int64) for _ in range(2))
    for row in range(draws):
        for place, value in enumerate(point):
            low[row, place] = value - draw(st.integers(0, spread))
            high[row, place] = value + draw(st.integers(0, spread))
    if draw(st.booleans()):
        low[:], high[:] = low.min(), high.max()
    weights = tuple(draw(st.integers(1, 3)) if sizes and draw(st.integers(0, 3)) == 0 else 1 for _ in range(count))
    total = sum(value * weight for value, weight in zip(point, weights, strict=True)) if draw(st.booleans()) else None
    order = sorted(range(count), key=lambda place: -point[place])
    pairs = []
    for first, second in pairwise(order):
        if draw(st.booleans()):
            pairs.append((first, second, draw(st.integers(0, 2)) if point[first] - point[second] >= 2 else 0))
    in_top = []
    for one in range(count):
        higher = sum(weight for value, weight in zip(point, weights, strict=True) if value > point[one])
        levels = any(other == point[one] for place, other in enumerate(point) if place != one)
        if top and not levels and draw(st.integers(0, 4)) == 0:
            in_top.append((one, higher + 1))
    return Group(low, high, weights, total, in_order(pairs), tuple(in_top))
