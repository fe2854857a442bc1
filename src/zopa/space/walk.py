"""A walk through the set of numbers that keep bounds, a sum and orders (a Markov chain).

Each step takes one number (or, with a sum, a pair) and draws it anew, uniformly from all that the others
leave it (Gibbs steps).  All draws walk at once, each with random numbers of its own, over the same sequence
of numbers; so a draw does not depend on which others walk beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from zopa.space.polytope import Flags, Floats, Room

FEWEST_STEPS: Final = 2000
AT_ONCE: Final = 256  # draws that walk together; bounds the memory for their random numbers


def walk(room: Room, points: Floats, seeds: Sequence[Sequence[int]], steps: int | None = None) -> Floats:
    """Return where walks from points that keep everything end.

    Parameters
    ----------
    room : Room
        Bounds, sum and orders of these draws.
    points : ndarray of shape (draws, numbers)
        Where they start.
    seeds : sequence of sequences of int
        The seed of each draw.
    steps : int, optional
        How long they are; as long as a draw takes (``steps_for``) where it is not given.

    Returns
    -------
    ndarray of shape (draws, numbers)
        They keep everything.  ``zopa.space.mixing`` checks whether they have forgotten where they started.
    """
    found = points.copy()
    count = points.shape[1]
    steps = steps_for(count) if steps is None else steps
    picks = _picks(room.total is not None, count, steps)
    for start in range(0, len(points), AT_ONCE):
        rows = slice(start, start + AT_ONCE)
        chances = np.stack([np.random.default_rng(list(seed)).random(steps) for seed in seeds[rows]], axis=1)
        _walk(room, room.low[rows], room.high[rows], found[rows], picks, chances)
    return found


def steps_for(count: int) -> int:
    """Return how many steps a draw of some numbers takes."""
    return max(FEWEST_STEPS, 40 * count * count)


def _picks(in_pairs: bool, count: int, steps: int) -> list[tuple[int, int]]:
    """Return which number, or pair, each step takes: in random order, the same for everybody."""
    generator = np.random.default_rng(0)
    first = generator.integers(count, size=steps)
    second = (first + 1 + generator.integers(max(count - 1, 1), size=steps)) % count if in_pairs else first
    return list(zip(first.tolist(), second.tolist(), strict=True))


def _walk(room: Room, low: Floats, high: Floats, point: Floats, picks: Sequence[tuple[int, int]], chances: Floats) -> None:
    """Walk in place."""
    lower: dict[int, list[tuple[int, int]]] = {}
    upper: dict[int, list[tuple[int, int]]] = {}
    for above, below, gap in room.pairs:
        lower.setdefault(above, []).append((below, gap))
        upper.setdefault(below, []).append((above, gap))

    def interval(one: int, without: int) -> tuple[Floats, Floats]:
        floor, ceiling = low[:, one], high[:, one]
        for other, gap in lower.get(one, ()):
            if other != without:
                floor = np.maximum(floor, point[:, other] + gap)
        for other, gap in upper.get(one, ()):
            if other != without:
                ceiling = np.minimum(ceiling, point[:, other] - gap)
        return floor, ceiling

    fixed = np.asarray((high <= low).all(axis=0)).tolist()
    for (first, second), share in zip(picks, chances, strict=True):
        if fixed[first] or fixed[second]:
            continue
        floor, ceiling = interval(first, second)
        if first == second:
            moved = floor + (ceiling - floor) * share
            _keep(room, point, {first: moved})
            continue
        # The first number rises by step / size, the second falls by as much of the sum.
        one, other = room.sizes[first], room.sizes[second]
        least, most = (floor - point[:, first]) * one, (ceiling - point[:, first]) * one
        floor, ceiling = interval(second, first)
        least = np.maximum(least, (point[:, second] - ceiling) * other)
        most = np.minimum(most, (point[:, second] - floor) * other)
        both = 1 / one + 1 / other
        apart = point[:, first] - point[:, second]
        for below, gap in lower.get(first, ()):
            if below == second:
                least = np.maximum(least, (gap - apart) / both)
        for above, gap in upper.get(first, ()):
            if above == second:
                most = np.minimum(most, (-gap - apart) / both)
        least, most = np.minimum(least, 0.0), np.maximum(most, 0.0)  # standing still is always allowed
        step = least + (most - least) * share
        _keep(room, point, {first: point[:, first] + step / one, second: point[:, second] - step / other})


def _keep(room: Room, point: Floats, moved: dict[int, Floats]) -> None:
    """Take a step where it leaves few enough numbers above those that must be in the top."""
    if not room.in_top:
        for number, column in moved.items():
            point[:, number] = column
        return
    tried = point.copy()
    for number, column in moved.items():
        tried[:, number] = column
    good: Flags = room.few_above(tried)
    point[good] = tried[good]
