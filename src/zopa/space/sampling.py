"""Drawing groups of numbers uniformly from all that keep their bounds, their sum and their orders.

Without a sum the numbers are drawn independently within their bounds; with a sum they are drawn
uniformly from the simplex by normalised exponentials above the lower bounds, or below the upper ones
where these are nearer (Devroye 1986, chapter XI).  Numbers of one order that have the same bounds are
sorted, which is the same as drawing until they come in order.  Groups that break another order or a bound
are drawn again, which keeps the distribution exact.  Where that would take too long, a Markov chain goes
on from a point that keeps everything (``zopa.space.walk``); such draws are counted and reported as approximate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from zopa.space.polytope import Flags, Floats, Group, Room, Rows, feasible_points, lattice, room_of
from zopa.space.walk import walk

ATTEMPTS: Final = 400


@dataclass(frozen=True, slots=True)
class Drawn:
    """Numbers drawn (draws, numbers), in grid units, and which draws came from the Markov chain."""

    values: Floats
    approximate: Flags


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

    Raises
    ------
    ValueError
        When in some draw nothing keeps bounds, sum and orders; the check of the case sees to that.
    """
    room = room_of(group)
    draws, count = room.low.shape
    values = room.low.copy()
    free = [number for number in range(count) if (room.high[:, number] > room.low[:, number]).any()]

    def shares(attempt: int) -> Floats:
        made = np.zeros((draws, count))
        for number in free:
            made[:, number] = uniform(number, attempt)
        return made

    plans = list(_plans(group, room))
    for attempt in range(ATTEMPTS):
        waiting = [plan for plan in plans if any(map(len, plan.waiting))]
        if not waiting:
            break
        made = shares(attempt)
        for plan in waiting:
            plan.attempt(room, made, values)
    left = sorted({int(row) for plan in plans for rows in plan.waiting for row in rows})
    approximate = np.zeros(draws, dtype=np.bool_)
    if left:
        late = np.array(left, dtype=np.intp)
        approximate[late] = True
        made = np.where(room.high > room.low, shares(ATTEMPTS), 0.0)
        seeds = [[int(share * 2**53) for share in made[row]] for row in left]
        walked = walk(replace(room, low=room.low[late], high=room.high[late]), feasible_points(group.part(late)), seeds)
        for plan in plans:
            for block, rest in zip(plan.blocks, plan.waiting, strict=True):
                columns = np.array(block)
                values[rest[:, None], columns] = walked[np.searchsorted(late, rest)[:, None], columns]
    return Drawn(values, approximate)


@dataclass(slots=True)
class _Plan:
    """How the draws that share it are drawn.

    Numbers in ``chains`` (from top to bottom, with their distances) are sorted; ``pairs`` are tested.
    ``blocks`` do not touch each other, and each waits until its numbers keep everything.
    """

    chains: list[tuple[list[int], Floats]]
    pairs: list[tuple[int, int, int]]
    blocks: list[list[int]]
    waiting: list[Rows]

    def attempt(self, room: Room, shares: Floats, values: Floats) -> None:
        """Draw once for all rows that wait, and keep what keeps everything."""
        rows = np.unique(np.concatenate(self.waiting))
        made = _propose(room, shares[rows], rows)
        for members, steps in self.chains:
            made[:, members] = steps - np.sort(steps - made[:, members], axis=1)
        slack = 1e-9 + 1e-12 * np.abs(room.high[rows]).max(axis=1)
        good = room.few_above(made) if room.in_top else np.ones(len(rows), dtype=np.bool_)
        if room.total is not None:
            inside = (made >= room.low[rows] - slack[:, None]) & (made <= room.high[rows] + slack[:, None])
            good &= inside.all(axis=1)
        for number, block in enumerate(self.blocks):
            kept = good.copy()
            for above, below, gap in self.pairs:
                if above in block:
                    kept &= made[:, above] - made[:, below] >= gap - slack
            at = np.searchsorted(rows, self.waiting[number])
            kept = kept[at]
            columns = np.array(block)
            values[self.waiting[number][kept][:, None], columns] = made[at[kept][:, None], columns]
            self.waiting[number] = self.waiting[number][~kept]


def _plans(group: Group, room: Room) -> Iterator[_Plan]:
    """Yield a plan for each set of draws in which the same orders are open (not yet implied by the bounds)."""
    least, greatest = lattice(group)
    columns = []
    for above, below, gap in group.pairs:
        columns.append(least[:, above] < greatest[:, below] + gap)
        level = (least[:, above] == least[:, below] + gap) & (greatest[:, above] == greatest[:, below] + gap)
        columns.append(level & (group.sizes[above] == group.sizes[below]))
    draws = len(least)
    if not columns:
        yield _plan(group, room, [], [], np.arange(draws))
        return
    signs = np.stack(columns, axis=1).astype(np.int8)
    kinds, which = np.unique(signs, axis=0, return_inverse=True)
    for number, kind in enumerate(kinds):
        opened = [pair for pair, sign in zip(group.pairs, kind[::2], strict=True) if sign]
        level = [pair for pair, sign in zip(group.pairs, kind[1::2], strict=True) if sign]
        yield _plan(group, room, opened, level, np.flatnonzero(which.reshape(-1) == number))


def _plan(group: Group, room: Room, opened: list[tuple[int, int, int]], level: list[tuple[int, int, int]], rows: Rows) -> _Plan:
    chains, tested, calm, blocks = [], [], [], []
    for members in _connected(len(group.sizes), opened):
        inside = [pair for pair in opened if pair[0] in members]
        chain = _chain(members, inside) if all(pair in level for pair in inside) else None
        if len(members) == 1:
            calm += members
        elif chain is not None and not any(one in members for one, _ in group.in_top):
            # Numbers with the same bounds that nothing else tells apart: sorting loses and adds nothing.
            chains.append(chain)
            calm += members
        else:
            tested += inside
            blocks.append(members)
    if room.total is not None or room.in_top:
        calm, blocks = sorted(calm + [member for block in blocks for member in block]), []
    blocks = [block for block in (calm, *blocks) if block]
    return _Plan(chains, tested, blocks, [rows] * len(blocks))


def _connected(count: int, pairs: Sequence[tuple[int, int, int]]) -> list[list[int]]:
    """Return the numbers in sets that no pair connects."""
    sets = [{number} for number in range(count)]
    for above, below, _ in pairs:
        if sets[above] is not sets[below]:
            sets[above] |= sets[below]
            for member in sets[below]:
                sets[member] = sets[above]
    return [sorted(members) for number, members in enumerate(sets) if min(members) == number]


def _chain(members: list[int], pairs: list[tuple[int, int, int]]) -> tuple[list[int], Floats] | None:
    """Return numbers from top to bottom with their distances above the last one, or None when they branch."""
    below = {above: (low, gap) for above, low, gap in pairs}
    tops = set(members) - {low for _, low, _ in pairs}
    if len(below) != len(pairs) or len(tops) != 1 or len({low for _, low, _ in pairs}) != len(pairs):
        return None
    found, steps = [tops.pop()], [0]
    while found[-1] in below:
        low, gap = below[found[-1]]
        found.append(low)
        steps.append(steps[-1] + gap)
    return found, np.array([float(steps[-1] - step) for step in steps])


def _propose(room: Room, shares: Floats, rows: Rows) -> Floats:
    low, high = room.low[rows], room.high[rows]
    if room.total is None:
        return np.asarray(low + (high - low) * shares)
    above = room.total - (low * room.sizes).sum(axis=1, keepdims=True)
    beneath = (high * room.sizes).sum(axis=1, keepdims=True) - room.total
    down = beneath < above
    rest = np.maximum(np.where(down, beneath, above), 0.0)
    exponentials = np.where(high > low, -np.log1p(-shares), 0.0)
    whole = np.maximum(exponentials.sum(axis=1, keepdims=True), 1e-300)
    steps = exponentials / room.sizes * rest / whole
    return np.asarray(np.where(down, high - steps, low + steps))
