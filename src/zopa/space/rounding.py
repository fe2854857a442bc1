"""Groups of numbers on a grid: bounds and orders are kept, and the sum is made up.

Values are whole grid units.  The steps below never leave the set of whole numbers that keep bounds and
orders: raising everything by the same amount up to its greatest value keeps all distances, and so does
raising one number that nothing above is close to.  Of several numbers not yet at their greatest there is always one
that nothing close stands above, so a sum within reach is always met.  Only tied numbers can miss it, because
they move together; then the tie goes before the sum.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from zopa.space.polytope import (
    Flags,
    Floats,
    Group,
    Rows,
    Whole,
    above,
    chosen,
    feasible_points,
    in_order,
    keeps,
    lattice,
    ranked,
)


def round_group(group: Group, values: Floats) -> Whole:
    """Return drawn numbers on the grid.

    Without a sum each number goes to the nearest whole unit (halves upwards).  With a sum, numbers are cut to
    whole units and the units that are missing go to the largest remainders (Hare's method), ties to the
    first, where bounds and orders leave room.

    Parameters
    ----------
    group : Group
        What must be kept; something must keep it.
    values : ndarray of shape (draws, numbers)
        Numbers that keep it, in grid units.
    """
    if not group.in_top:
        return _rounded(group, values)
    found = _by_places(group, values)
    missed = np.zeros(len(found), dtype=np.bool_)
    if group.total is not None:
        miss = np.abs(group.total - (found * np.array(group.sizes)).sum(axis=1))
        missed = np.asarray(miss >= max(group.sizes), dtype=np.bool_)
    bad = np.flatnonzero(missed | ~keeps(group, found))
    if len(bad):
        # Numbers that are equal by chance and bar each other's way: say which of them may be above.
        for rows, placed in chosen(group.part(bad)):
            found[bad[rows]] = _rounded(placed, feasible_points(placed))
    return found


def _by_places(group: Group, values: Floats) -> Whole:
    """Round with the numbers that are now highest, and no others, allowed above those in the top."""
    places = [_allowed(group, values, one, count) for one, count in group.in_top]
    kinds, which = np.unique(np.concatenate(places, axis=1), axis=0, return_inverse=True)
    found = group.low.copy()
    count = len(group.sizes)
    for number, kind in enumerate(kinds):
        pairs = [
            (one, other, 0)
            for place, (one, _) in enumerate(group.in_top)
            for other in range(count)
            if other != one and not kind[place * count + other]
        ]
        rows: Rows = np.flatnonzero(which.reshape(-1) == number)
        placed = replace(group.part(rows), pairs=in_order((*group.pairs, *pairs)), in_top=())
        found[rows] = _rounded(placed, values[rows])
    return found


def _allowed(group: Group, values: Floats, one: int, count: int) -> Flags:
    """Return which numbers may be above one in the top: the highest; of equal ones those that must be higher up."""
    columns = ranked(group)
    height = values.copy()
    height[:, sorted(above(group.pairs, one))] = np.inf
    height[:, one] = -np.inf
    order = np.array(columns)[np.argsort(-height[:, columns], axis=1, kind="stable")]
    sizes = np.array(group.sizes)
    higher: Flags = np.zeros(values.shape, dtype=np.bool_)
    np.put_along_axis(higher, order, np.cumsum(sizes[order], axis=1) < count, axis=1)
    return higher


def _rounded(group: Group, values: Floats) -> Whole:
    least, greatest = lattice(group)
    # Sums are made up from below; a hair's breadth under a whole unit is that unit.
    cut = np.floor(values + (0.5 if group.total is None else 1e-7))
    exact = [[int(one) for one in row] for row in cut] if group.low.dtype == object else cut
    whole: Whole = np.array(exact, dtype=group.low.dtype)
    whole = np.minimum(np.maximum(whole.reshape(least.shape), least), greatest)
    for high, low, gap in group.pairs:
        whole[:, high] = np.maximum(whole[:, high], whole[:, low] + gap)
    return whole if group.total is None else _made_up(group, values, whole, least, greatest)


def _made_up(group: Group, values: Floats, whole: Whole, least: Whole, greatest: Whole) -> Whole:
    """Return whole numbers that also add up to the total."""
    sizes = np.array(group.sizes)
    total = group.total
    assert total is not None
    while True:
        # What rounding alone cannot explain (numbers finer than doubles) is spread over all with room.
        missing = total - (whole * sizes).sum(axis=1)
        room = np.where(missing[:, None] > 0, whole < greatest, whole > least)
        width = (room * sizes).sum(axis=1)
        bulk = np.abs(missing) // np.maximum(width, 1) * (width > 0)
        if not bulk.any():
            break
        whole = np.minimum(np.maximum(whole + (bulk * np.sign(missing))[:, None], least), greatest)
    todo = np.flatnonzero(missing != 0)
    alone = not group.pairs and all(size == 1 for size in group.sizes)
    while len(todo):
        part = whole[todo]
        missing = total - (part * sizes).sum(axis=1)
        sign = np.sign(missing)
        up = np.asarray(sign > 0, dtype=np.bool_)
        free = np.where(up[:, None], part < greatest[todo], part > least[todo]) & (sizes <= np.abs(missing)[:, None])
        for high, low, gap in group.pairs:
            close = np.asarray(part[:, high] - part[:, low] <= gap, dtype=np.bool_)
            free[:, low] &= ~(close & up)
            free[:, high] &= ~(close & ~up)
        remainder = np.where(free, (values[todo] - part.astype(np.float64)) * np.where(up, 1.0, -1.0)[:, None], -np.inf)
        if alone:
            # Nothing a unit does for one number matters to another, so all go out at once.
            rank = np.argsort(np.argsort(-remainder, axis=1, kind="stable"), axis=1)
            whole[todo] = part + (rank < np.abs(missing)[:, None]) * sign[:, None]
            break
        pick = np.argmax(remainder, axis=1)
        taken = free[np.arange(len(todo)), pick]
        whole[todo[taken], pick[taken]] += sign[taken]
        for row in todo[~taken]:
            whole[row] = _nearest(group, whole[row].tolist(), least[row].tolist(), greatest[row].tolist(), total)
        todo = todo[taken & np.asarray(np.abs(missing) > sizes[pick], dtype=np.bool_)]
    return whole


def _nearest(group: Group, whole: list[int], least: list[int], greatest: list[int], total: int) -> list[int]:
    """Return numbers with a smaller miss of the total, by steps of one number or two; for groups with ties."""
    count = len(whole)
    steps: list[dict[int, int]] = [{one: step} for one, step in product(range(count), (1, -1))]
    steps += [{one: 1, other: -1} for one, other in product(range(count), repeat=2) if one != other]

    def miss(numbers: list[int]) -> int:
        return abs(total - sum(size * number for size, number in zip(group.sizes, numbers, strict=True)))

    while miss(whole):
        tried = [[number + step.get(place, 0) for place, number in enumerate(whole)] for step in steps]
        kept = [
            numbers
            for numbers in tried
            if all(low <= number <= high for low, number, high in zip(least, numbers, greatest, strict=True))
            and all(numbers[high] - numbers[low] >= gap for high, low, gap in group.pairs)
        ]
        best = min(kept, key=miss, default=whole)
        if miss(best) >= miss(whole):
            break
        whole = best
    return whole
