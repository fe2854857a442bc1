"""Groups of numbers that must keep bounds, a sum and orders: what is possible, and a point of it.

Bounds are whole numbers of grid units.  What keeps bounds and orders is a lattice: it has a least and a
greatest group, found by carrying bounds along the orders, and everything between them on a straight line keeps
the orders too.  So a sum can be met when it lies between the sums of these two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]
Whole = NDArray[Any]  # of int64, or of Python integers where 64 bits do not suffice
MOST_CHOICES: Final = 10_000
NOTHING: Final = "no numbers keep these bounds, their sum and their orders"


@dataclass(frozen=True, slots=True)
class Group:
    """What a group of numbers must keep, in whole grid units, for each draw.

    Attributes
    ----------
    low, high : ndarray of shape (draws, numbers)
        Bounds; equal where a number is fixed.
    sizes : tuple of int
        How often each number counts in the sum (tied numbers are one).
    total : int or None
        What the numbers add up to.
    pairs : tuple of (int, int, int)
        Pairs (a, b, gap): number a is at least ``gap`` above number b.  Those with a low b stand first, and
        there are no circles (see ``zopa.case.Ordering``).
    in_top : tuple of (int, int)
        Pairs (a, n): fewer than n other numbers, counted by size, are above number a.
    """

    low: Whole
    high: Whole
    sizes: tuple[int, ...]
    total: int | None = None
    pairs: tuple[tuple[int, int, int], ...] = ()
    in_top: tuple[tuple[int, int], ...] = ()

    def part(self, rows: Rows | Flags) -> Group:
        """Return the group for some of the draws."""
        return replace(self, low=self.low[rows], high=self.high[rows])


def lattice(group: Group) -> tuple[Whole, Whole]:
    """Return the least and the greatest numbers that keep bounds and orders.

    Both keep them in all places at once: what keeps bounds and differences is closed under taking the
    smaller, or the larger, of two groups place by place.  The sum and ``in_top`` are left out.
    """
    low, high = group.low.copy(), group.high.copy()
    for above, below, gap in group.pairs:
        low[:, above] = np.maximum(low[:, above], low[:, below] + gap)
    for above, below, gap in reversed(group.pairs):
        high[:, below] = np.minimum(high[:, below], high[:, above] - gap)
    return low, high


def possible(group: Group, low: Whole, high: Whole) -> Flags:
    """Return the draws in which something keeps bounds, sum and orders, given the lattice."""
    good: Flags = np.asarray((low <= high).all(axis=1), dtype=np.bool_)
    if group.total is not None:
        sizes = np.array(group.sizes)
        least, most = (low * sizes).sum(axis=1), (high * sizes).sum(axis=1)
        good &= np.asarray((least <= group.total) & (most >= group.total), dtype=np.bool_)
    return good


@dataclass(frozen=True, slots=True)
class Room:
    """Bounds in floating point that orders and sum imply, for each draw, with what must be kept inside them."""

    low: Floats
    high: Floats
    sizes: Floats
    total: float | None
    pairs: tuple[tuple[int, int, int], ...]
    in_top: tuple[tuple[int, int], ...]

    def few_above(self, values: Floats) -> Flags:
        """Return the rows in which few enough numbers are above those that must be in the top."""
        good = np.ones(len(values), dtype=np.bool_)
        for one, count in self.in_top:
            good &= ((values > values[:, [one]]) * self.sizes).sum(axis=1) < count
        return good


def _ends(group: Group) -> tuple[Whole, Whole]:
    """Return the least and the greatest numbers that keep the orders, or refuse where nothing keeps everything."""
    least, greatest = lattice(group)
    if not possible(group, least, greatest).all():
        raise ValueError(NOTHING)
    return least, greatest


def room_of(group: Group) -> Room:
    """Return the room of a group.

    Raises
    ------
    ValueError
        When in some draw nothing keeps bounds, sum and orders.
    """
    least, greatest = _ends(group)
    low, high, sizes = least.astype(np.float64), greatest.astype(np.float64), np.array(group.sizes, dtype=np.float64)
    total = None if group.total is None else float(group.total)
    if total is not None:
        # All at once, so that numbers with equal bounds keep equal bounds.
        for _ in range(3):
            parts = low * sizes
            high = np.minimum(high, (total - (parts.sum(axis=1, keepdims=True) - parts)) / sizes)
            parts = high * sizes
            low = np.maximum(low, (total - (parts.sum(axis=1, keepdims=True) - parts)) / sizes)
        high = np.maximum(high, low)
    return Room(low, high, sizes, total, group.pairs, group.in_top)


# A point -------------------------------------------------------------------------------------------


def feasible_points(group: Group) -> Floats:
    """Return for each draw a point that keeps everything.

    It is as even a share of the room between bounds as the sum allows.  Where that breaks an order it is a
    point between the least and the greatest numbers that keep the orders: the middle, or where the sum is met.

    Raises
    ------
    ValueError
        When in some draw nothing keeps bounds, sum and orders.
    """
    least, greatest = _ends(group)
    points = _between(group, group.low.astype(np.float64), group.high.astype(np.float64))
    bad = ~keeps(group, points)
    if bad.any():
        points[bad] = _between(group, least[bad].astype(np.float64), greatest[bad].astype(np.float64))
    bad = ~few_above(group, points)
    if bad.any():
        late = np.flatnonzero(bad)
        for rows, placed in chosen(group.part(late)):
            points[late[rows]] = feasible_points(placed)
    return points


def _between(group: Group, low: Floats, high: Floats) -> Floats:
    """Return the point between two groups that meets the sum, or the middle."""
    if group.total is None:
        return np.asarray((low + high) / 2)
    sizes = np.array(group.sizes, dtype=np.float64)
    room = ((high - low) * sizes).sum(axis=1, keepdims=True)
    share = (float(group.total) - (low * sizes).sum(axis=1, keepdims=True)) / np.where(room > 0, room, 1.0)
    return np.asarray(low + (high - low) * np.clip(share, 0.0, 1.0))


def keeps(group: Group, points: NDArray[Any]) -> Flags:
    """Return the draws whose numbers keep orders, to the last bit."""
    good = few_above(group, points)
    for high, low, gap in group.pairs:
        good &= np.asarray(points[:, high] - points[:, low] >= gap, dtype=np.bool_)
    return good


def few_above(group: Group, values: NDArray[Any]) -> Flags:
    """Return the draws in which few enough numbers are above those that must be in the top."""
    good = np.ones(len(values), dtype=np.bool_)
    sizes = np.array(group.sizes)
    for one, count in group.in_top:
        good &= np.asarray(((values > values[:, [one]]) * sizes).sum(axis=1) < count, dtype=np.bool_)
    return good


def chosen(group: Group) -> Iterator[tuple[Rows, Group]]:
    """Yield draws with the group that says by pairs which numbers may be above those in the top.

    It is the first such choice that leaves something.

    Raises
    ------
    ValueError
        When in some draw no choice does.
    """
    todo = np.arange(len(group.low))
    for pairs in islice(_choices(group, group.pairs, sorted(group.in_top, key=lambda top: top[1])), MOST_CHOICES):
        if pairs is None:
            continue
        placed = replace(group.part(todo), pairs=in_order(pairs), in_top=())
        good = possible(placed, *lattice(placed))
        if good.any():
            yield todo[good], placed.part(good)
        todo = todo[~good]
        if not len(todo):
            return
    raise ValueError(NOTHING)


Pairs = tuple[tuple[int, int, int], ...]


def _choices(group: Group, pairs: Pairs, tops: Sequence[tuple[int, int]]) -> Iterator[Pairs | None]:
    """Yield pairs that say which numbers may be above those in the top; None for each dead end."""
    if not tops:
        yield pairs
        return
    one, count = tops[0]
    must = above(pairs, one)
    others = [other for other in ranked(group) if other != one and other not in must]
    room = count - 1 - sum(group.sizes[other] for other in must)
    for many in range(min(room, len(others)), -1, -1):
        for may in combinations(others, many):
            more = tuple((one, other, 0) for other in others if other not in may)
            # A circle would leave only ties.
            if sum(group.sizes[other] for other in may) > room or any(low in above((*pairs, *more), low) for _, low, _ in more):
                yield None
            else:
                yield from _choices(group, (*pairs, *more), tops[1:])


def ranked(group: Group) -> list[int]:
    """Return the numbers in an order that fits all pairs: those that must be highest up first."""
    places = {number: float(len(group.sizes) + 1) for number in range(len(group.sizes))}
    for one, count in group.in_top:
        places[one] = min(places[one], count)
        for other in above(group.pairs, one):
            places[other] = min(places[other], count - 0.5)
    return sorted(places, key=lambda number: (places[number], len(above(group.pairs, number)), number))


def above(pairs: Sequence[tuple[int, int, int]], one: int) -> set[int]:
    """Return the numbers that pairs put above a number, or level with it."""
    found: set[int] = set()
    todo = [one]
    while todo:
        low = todo.pop()
        more = [high for high, below, _ in pairs if below == low and high not in found]
        found.update(more)
        todo.extend(more)
    return found


def in_order(pairs: Sequence[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    """Return pairs sorted so that those with a low lower number stand first."""
    depth = {number: len(above(pairs, number)) for _, number, _ in pairs}
    return tuple(sorted(pairs, key=lambda pair: -depth[pair[1]]))
