"""Partial packages after each issue: the best points of one seat for every vector of the others, state by state.

Dense tables: one cell for each vector of all parties but one (the seat with the widest range), holding the most
that this seat can have.  Only cells from which every no-deal value can still be reached are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from operator import add, sub
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.states import Move, StateGraph, Step, TooWide

MOST_BYTES: Final = 160_000_000  # of all layers together
SAFE: Final = 2**61
Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Ranges:
    """Points of each party in a graph, moved so that every step adds at least 0.

    Attributes
    ----------
    least : tuple of int
        Sum of the least points of each step, which was taken away.
    most : tuple of tuple of int
        ``most[step][party]``, the most that a step adds after that.
    needs : tuple of int
        Points, moved likewise, that a party must reach in every adopted package; 0 where it need not.
    """

    least: tuple[int, ...]
    shifts: tuple[tuple[int, ...], ...]
    most: tuple[tuple[int, ...], ...]
    needs: tuple[int, ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """The most that each party can reach, moved likewise."""
        return tuple(map(sum, zip(*self.most, strict=True))) if self.most else (0,) * len(self.least)

    @property
    def wide(self) -> bool:
        """True when points do not fit into 64 bits with room to spare."""
        return max((*self.widths, *self.needs, *map(abs, self.least)), default=0) >= SAFE

    def bounds(self) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Return for each number of steps taken the least and the most points worth keeping, party by party."""
        found = []
        sofar, rest = (0,) * len(self.least), self.widths
        for step in (*self.most, (0,) * len(self.least)):
            lows = tuple(max(0, need - more) for need, more in zip(self.needs, rest, strict=True))
            found.append((lows, sofar))
            sofar = tuple(map(add, sofar, step))
            rest = tuple(map(sub, rest, step))
        return found


def ranges_of(graph: StateGraph, needs: Sequence[int | None], parties: int) -> Ranges:
    """Return the ranges of a graph; ``needs`` are numerators that must be reached, None where nothing must."""
    shifts = []
    most = []
    for step in graph.steps:
        columns = list(zip(*(move.vector for move in step.moves), strict=True))
        shifts.append(tuple(min(column) for column in columns))
        most.append(tuple(max(column) - min(column) for column in columns))
    least = tuple(sum(shift[party] for shift in shifts) for party in range(parties))
    moved = tuple(0 if need is None else max(0, need - base) for need, base in zip(needs, least, strict=True))
    return Ranges(least, tuple(shifts), tuple(most), moved)


@dataclass(frozen=True, slots=True, eq=False)
class DenseLayer:
    """One table: ``best[state, cell…]`` is the most of the seat left out, negative where nothing leads there."""

    best: NDArray[Any]
    low: tuple[int, ...]

    def find(self, states: Numbers, vectors: NDArray[Any], last: NDArray[Any]) -> tuple[NDArray[np.bool_], Numbers]:
        """Return which partial packages are held with exactly these points, and their flat cells."""
        extents = self.best.shape[1:]
        flat = states.astype(np.int64)
        inside = np.ones(len(states), dtype=np.bool_)
        for axis, (start, extent) in enumerate(zip(self.low, extents, strict=True)):
            place = vectors[:, axis] - start
            inside &= (place >= 0) & (place < extent)
            flat = flat * extent + place
        flat = np.where(inside, flat, 0)
        inside &= self.best.reshape(-1)[flat] == last
        return inside, flat.astype(np.intp)

    def split(self, flat: Numbers) -> tuple[Numbers, NDArray[Any], NDArray[Any]]:
        """Return states, vectors and the seat's points of flat cells."""
        places = np.unravel_index(flat, self.best.shape)
        vectors = np.empty((len(flat), len(self.low)), dtype=np.int64)
        for axis, start in enumerate(self.low):
            vectors[:, axis] = places[axis + 1] + start
        return places[0], vectors, self.best.reshape(-1)[flat].astype(np.int64)


def dense_cost(graph: StateGraph, ranges: Ranges, left_out: int) -> tuple[int, int]:
    """Return the bytes that all layers would take, and the cells that would be visited."""
    size = 8 if ranges.widths[left_out] >= 2**30 else 4 if ranges.widths[left_out] >= 2**14 else 2
    held = visited = 0
    bounds = ranges.bounds()
    for taken, step in enumerate(graph.steps, 1):
        lows, highs = bounds[taken]
        cells = prod(
            max(0, high - low + 1) for party, (low, high) in enumerate(zip(lows, highs, strict=True)) if party != left_out
        )
        held += cells * step.after * size
        visited += cells * sum(len(move.sources) for move in step.moves)
    return held, visited


def _kind(width: int) -> np.dtype[Any]:
    for kind in (np.int16, np.int32, np.int64):
        if 2 * (width + 1) < np.iinfo(kind).max:
            return np.dtype(kind)
    raise TooWide("points are too large for tables")


def dense_layers(graph: StateGraph, ranges: Ranges, left_out: int) -> list[DenseLayer] | None:
    """Return all tables, the first before any issue; None when no package can give everybody what it needs.

    Parameters
    ----------
    graph : StateGraph
        Steps whose dominated moves may have been taken out.
    ranges : Ranges
        Its points.
    left_out : int
        The seat whose points the cells hold.

    Raises
    ------
    TooWide
        When the tables would take more than 160 MB.
    """
    if dense_cost(graph, ranges, left_out)[0] > MOST_BYTES:
        raise TooWide("the tables would take too much memory")
    width = ranges.widths[left_out]
    empty = -(width + 1)
    kind = _kind(width)
    bounds = ranges.bounds()
    parties = [party for party in range(len(ranges.least)) if party != left_out]
    if any(low > high for low, high in zip(*bounds[-1], strict=True)):
        return None
    lows, highs = ([bounds[0][end][party] for party in parties] for end in (0, 1))
    if any(low > high for low, high in zip(lows, highs, strict=True)):
        return None
    table = np.zeros((1,) + (1,) * len(parties), dtype=kind)
    layers = [DenseLayer(table, tuple(lows))]
    for taken, step in enumerate(graph.steps, 1):
        new_lows, new_highs = ([bounds[taken][end][party] for party in parties] for end in (0, 1))
        extents = [high - low + 1 for low, high in zip(new_lows, new_highs, strict=True)]
        if min(extents, default=1) <= 0:
            return None
        after = np.full((step.after, *extents), empty, dtype=kind)
        shift = ranges.shifts[taken - 1]
        for move in step.moves:
            vector = [value - base for value, base in zip(move.vector, shift, strict=True)]
            own = [vector[party] for party in parties]
            windows = [
                _window(low, table.shape[axis + 1], more, new_low, extent)
                for axis, (low, more, new_low, extent) in enumerate(zip(lows, own, new_lows, extents, strict=True))
            ]
            if any(start >= end for _, start, end in windows):
                continue
            source = tuple(slice(start - offset, end - offset) for offset, start, end in windows)
            target = tuple(slice(start, end) for _, start, end in windows)
            for sources, targets in _rounds(move, step):
                best = table[(sources, *source)] + kind.type(vector[left_out])
                if isinstance(targets, slice):
                    np.maximum(after[(targets, *target)], best, out=after[(targets, *target)])
                else:
                    after[(targets, *target)] = np.maximum(after[(targets, *target)], best)
        table, lows = after, new_lows
        layers.append(DenseLayer(table, tuple(lows)))
    return layers


def _window(low: int, before: int, more: int, new_low: int, after: int) -> tuple[int, int, int]:
    """Return how far cells move along one axis, and which cells after the move they fill."""
    offset = low + more - new_low
    return offset, max(0, offset), min(after, before + offset)


def _rounds(move: Move, step: Step) -> Iterator[tuple[Any, Any]]:
    """Return pairs of states such that no target occurs twice in a round; slices where that is everything."""
    whole = len(move.sources) == step.before == step.after
    if whole and (move.sources == move.targets).all():
        yield slice(None), slice(None)
        return
    order = np.argsort(move.targets, kind="stable")
    sources, targets = move.sources[order], move.targets[order]
    starts = np.flatnonzero(np.r_[True, targets[1:] != targets[:-1]])
    turn = np.arange(len(targets)) - np.repeat(starts, np.diff(np.r_[starts, len(targets)]))
    for number in range(int(turn.max(initial=-1)) + 1):
        chosen = turn == number
        yield sources[chosen], targets[chosen]
