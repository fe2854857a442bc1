"""Drawing numbers that must keep bounds, a sum and orders.

A group of numbers (the weights of a party, the scores of an issue) is drawn uniformly from the set of
all groups that keep their bounds, their sum and their orders.  Without a sum the numbers are drawn
independently within their bounds; with a sum they are drawn uniformly from the simplex by normalised
exponentials above the lower bounds (Devroye 1986, chapter XI).  Groups that break a bound or an order
are drawn again, which keeps the distribution exact.  Where that would take too long, a Markov chain
(Gibbs steps on single numbers or on pairs) goes on from a point that keeps everything; such draws are
counted and reported as approximate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ATTEMPTS: Final = 400
CHAIN_STEPS: Final = 2000


@dataclass(frozen=True, slots=True)
class Group:
    """What a group of numbers must keep, in floating point, for each draw.

    Attributes
    ----------
    low, high : ndarray of shape (draws, numbers)
        Bounds; equal where a number is fixed.
    total : float or None
        What the numbers add up to.
    not_below : tuple of (int, int)
        Pairs (a, b): number a is not below number b.
    in_top : tuple of (int, int)
        Pairs (a, n): fewer than n other numbers are above number a.
    """

    low: Floats
    high: Floats
    total: float | None
    not_below: tuple[tuple[int, int], ...]
    in_top: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Numbers drawn (draws, numbers) and which draws came from the Markov chain."""

    values: Floats
    approximate: NDArray[np.bool_]


def keeps(group: Group, values: Floats, rows: NDArray[np.intp], slack: float = 1e-9) -> NDArray[np.bool_]:
    """Return which rows keep bounds and orders; ``values`` has one row for each of ``rows``."""
    good: NDArray[np.bool_] = np.asarray(((values >= group.low[rows] - slack) & (values <= group.high[rows] + slack)).all(axis=1))
    for above, below in group.not_below:
        good &= values[:, above] >= values[:, below] - slack
    for one, count in group.in_top:
        good &= (values > values[:, [one]] + slack).sum(axis=1) < count
    return good


def tightened(group: Group) -> Group:
    """Return the group with bounds that the orders imply: nothing allowed is lost."""
    low, high = group.low.copy(), group.high.copy()
    for _ in range(low.shape[1]):
        for above, below in group.not_below:
            low[:, above] = np.maximum(low[:, above], low[:, below])
            high[:, below] = np.minimum(high[:, below], high[:, above])
    if group.total is not None:
        for _ in range(3):
            high = np.minimum(high, group.total - (low.sum(axis=1, keepdims=True) - low))
            low = np.maximum(low, group.total - (high.sum(axis=1, keepdims=True) - high))
    return Group(low, np.maximum(high, low), group.total, group.not_below, group.in_top)


def draw_group(group: Group, uniform: Callable[[int, int], Floats]) -> Drawn:
    """Return one group of numbers per draw.

    Parameters
    ----------
    group : Group
        Bounds, sum and orders.
    uniform : callable
        ``uniform(number, attempt)`` gives one uniform per draw for a number of the group; every attempt
        has a stream of its own, so that a draw does not depend on how often others were repeated.

    Returns
    -------
    Drawn
        Values within bounds; the flag marks draws made by the Markov chain.

    Notes
    -----
    Assumes that something keeps all bounds, sum and orders; the check of the case sees to that.
    """
    draws, count = group.low.shape
    narrow = tightened(group)
    values = np.zeros((draws, count))
    todo = np.arange(draws)
    for attempt in range(ATTEMPTS):
        shares = np.stack([uniform(number, attempt)[todo] for number in range(count)], axis=1)
        proposal = _propose(narrow, shares, todo)
        good = keeps(narrow, proposal, todo)
        values[todo[good]] = proposal[good]
        todo = todo[~good]
        if not len(todo):
            break
    approximate = np.zeros(draws, dtype=np.bool_)
    for row in todo:
        approximate[row] = True
        seeds = [int(uniform(number, ATTEMPTS)[row] * 2**53) for number in range(count)]
        values[row] = _chain(narrow, int(row), np.random.default_rng(seeds))
    return Drawn(values, approximate)


def _propose(group: Group, shares: Floats, rows: NDArray[np.intp]) -> Floats:
    low, high = group.low[rows], group.high[rows]
    if group.total is None:
        return np.asarray(low + (high - low) * shares)
    free = high > low
    exponentials = np.where(free, -np.log1p(-shares), 0.0)
    rest = np.maximum(group.total - low.sum(axis=1, keepdims=True), 0.0)
    whole = np.maximum(exponentials.sum(axis=1, keepdims=True), 1e-300)
    return np.asarray(low + exponentials * rest / whole)


def feasible_point(group: Group, row: int) -> Floats:
    """Return a point that keeps everything: as even a share of the room between bounds as the sum allows.

    Orders are kept by linear programming only when the even share breaks one.
    """
    low, high = group.low[row], group.high[row]
    rows = np.array([row])
    point: Floats = np.asarray((low + high) / 2)
    if group.total is not None:
        room = float((high - low).sum())
        share = (group.total - float(low.sum())) / room if room > 0 else 0.0
        point = np.asarray(low + (high - low) * share)
    if keeps(group, point[None, :], rows)[0]:
        return point
    return _linear_point(group, row)


def _linear_point(group: Group, row: int) -> Floats:
    """Return the point that keeps all orders by the widest margin (a linear programme)."""
    from scipy.optimize import linprog

    count = group.low.shape[1]
    candidates = [()] if not group.in_top else _top_choices(group, count)
    for extra in candidates:
        pairs = [*group.not_below, *extra]
        rows = np.zeros((len(pairs), count + 1))
        for line, (above, below) in enumerate(pairs):
            rows[line, above], rows[line, below], rows[line, count] = -1.0, 1.0, 1.0
        sums = None if group.total is None else np.array([[1.0] * count + [0.0]])
        solved = linprog(
            np.array([0.0] * count + [-1.0]),
            A_ub=rows if len(pairs) else None,
            b_ub=np.zeros(len(pairs)) if len(pairs) else None,
            A_eq=sums,
            b_eq=None if group.total is None else np.array([group.total]),
            bounds=[*zip(group.low[row], group.high[row], strict=True), (0.0, 1.0)],
        )
        if solved.status == 0:
            return np.asarray(solved.x[:count], dtype=np.float64)
    raise ValueError("no numbers keep these bounds, their sum and their orders")


def _top_choices(group: Group, count: int) -> list[tuple[tuple[int, int], ...]]:
    from itertools import combinations, product

    each: list[list[tuple[tuple[int, int], ...]]] = []
    for one, top in group.in_top:
        others = [other for other in range(count) if other != one]
        each.append(
            [
                tuple((one, other) for other in others if other not in above)
                for above in combinations(others, min(top - 1, len(others)))
            ]
        )
    return [tuple(pair for part in choice for pair in part) for choice in product(*each)]


def _chain(group: Group, row: int, generator: np.random.Generator) -> Floats:
    """Walk from a feasible point by Gibbs steps: one number, or a pair when there is a sum."""
    point = feasible_point(group, row).copy()
    low, high = group.low[row], group.high[row]
    count = len(point)
    rows = np.array([row])
    for _ in range(CHAIN_STEPS):
        first = int(generator.integers(count))
        second = int(generator.integers(count)) if group.total is not None else first
        if group.total is not None and first == second:
            continue
        floor, ceiling = low[first] - point[first], high[first] - point[first]
        if second != first:
            floor, ceiling = max(floor, point[second] - high[second]), min(ceiling, point[second] - low[second])
        step = floor + (ceiling - floor) * float(generator.random())
        moved = point.copy()
        moved[first] += step
        if second != first:
            moved[second] -= step
        if keeps(group, moved[None, :], rows)[0]:
            point = moved
    return point


def round_group(values: Floats, scale: int, low: Sequence[int], high: Sequence[int], total: int | None) -> NDArray[np.int64]:
    """Return drawn numbers on the grid of ``1/scale``: bounds, order and sum are kept.

    Without a sum each number goes to the nearest grid point within its bounds.  With a sum, numbers are
    cut to the grid and the units that are missing go to the largest remainders (Hare's method), ties to
    the first, never above an upper bound.

    Parameters
    ----------
    values : ndarray of shape (draws, numbers)
        Numbers drawn.
    scale : int
        Grid points per unit.
    low, high : sequences of int
        Bounds in grid units.
    total : int or None
        Sum in grid units.
    """
    scaled = values * scale
    floor_bound, ceiling_bound = np.asarray(low, dtype=np.int64), np.asarray(high, dtype=np.int64)
    if total is None:
        return np.asarray(np.clip(np.rint(scaled).astype(np.int64), floor_bound, ceiling_bound))
    whole = np.clip(np.floor(scaled + 1e-7).astype(np.int64), floor_bound, ceiling_bound)
    for _ in range(len(floor_bound) + 1):
        missing = total - whole.sum(axis=1)
        if not missing.any():
            break
        room = np.where(missing[:, None] > 0, whole < ceiling_bound, whole > floor_bound)
        remainder = np.where(room, (scaled - whole) * np.sign(missing)[:, None], -np.inf)
        order = np.argsort(-remainder, axis=1, kind="stable")
        rank = np.empty_like(order)
        np.put_along_axis(rank, order, np.arange(order.shape[1])[None, :], axis=1)
        whole += np.where(room & (rank < np.abs(missing)[:, None]), np.sign(missing)[:, None], 0)
    return whole
