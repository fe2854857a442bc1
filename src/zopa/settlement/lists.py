"""Partial packages after each issue as lists of points that no other one beats, state by state.

The form for fine scales and many parties: nothing grows with the range of the points, only with the number of
different efficient ones.  Points beyond 64 bits are Python integers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.frontier import nondominated
from zopa.settlement.layers import Ranges
from zopa.settlement.states import StateGraph, Step, TooWide

MOST_ROWS: Final = 150_000  # after one issue
MOST_LAYERS: Final = 8  # as many rows in all, beyond which memory and time run away
SAFE: Final = 2**62
Numbers = NDArray[np.intp]


@dataclass(slots=True, eq=False)
class ListLayer:
    """Partial packages after some issues: ``states`` ascending, and the points of every party in a row each.

    The columns of ``rows`` are the parties that span the vectors, and at the end the party left out.
    """

    states: Numbers
    rows: NDArray[Any]
    _places: dict[tuple[int, ...], int] = field(default_factory=dict)
    _keys: NDArray[np.int64] | None = None
    _spans: tuple[int, ...] = ()

    def find(self, states: Numbers, vectors: NDArray[Any], last: NDArray[Any]) -> tuple[NDArray[np.bool_], Numbers]:
        """Return which partial packages are held with exactly these points, and their rows."""
        if not len(states) or not len(self.rows):
            return np.zeros(len(states), dtype=np.bool_), np.zeros(len(states), dtype=np.intp)
        if self._keys is None and not self._places:
            self._index()
        wanted = np.concatenate([vectors, last[:, None]], axis=1)
        if self._keys is not None:
            inside = np.asarray(((wanted >= 0) & (wanted < np.array(self._spans))).all(axis=1), dtype=np.bool_)
            keys = self._packed(states, np.where(inside[:, None], wanted, 0))
            order = np.argsort(self._keys)
            at = np.minimum(np.searchsorted(self._keys[order], keys), len(order) - 1)
            place = order[at]
            return inside & (self._keys[place] == keys), place
        found = [self._places.get((state, *row), -1) for state, row in zip(states.tolist(), wanted.tolist(), strict=True)]
        places = np.array(found, dtype=np.intp)
        return places >= 0, np.maximum(places, 0)

    def split(self, flat: Numbers) -> tuple[Numbers, NDArray[Any], NDArray[Any]]:
        """Return states, vectors and the last party's points of some rows."""
        return self.states[flat], self.rows[flat, :-1], self.rows[flat, -1]

    def _index(self) -> None:
        spans = [int(self.rows[:, column].max()) + 1 for column in range(self.rows.shape[1])]
        cells = int(self.states.max()) + 1
        for span in spans:
            cells *= span
        if self.rows.dtype != object and cells < SAFE:
            self._spans = tuple(spans)
            self._keys = self._packed(self.states, self.rows)
        else:
            rows = zip(self.states.tolist(), self.rows.tolist(), strict=True)
            self._places = {(state, *row): number for number, (state, row) in enumerate(rows)}

    def _packed(self, states: Numbers, rows: NDArray[Any]) -> NDArray[np.int64]:
        keys = states.astype(np.int64)
        for column, span in enumerate(self._spans):
            keys = keys * span + rows[:, column]
        return keys


def list_layers(
    graph: StateGraph, ranges: Ranges, left_out: int, seats: int, most_rows: int = MOST_ROWS
) -> list[ListLayer] | None:
    """Return the lists after each issue; None when no package can give everybody what it needs.

    Parameters
    ----------
    graph : StateGraph
        Steps whose dominated moves may have been taken out.
    ranges : Ranges
        Its points.
    left_out : int
        The seat that stands in the last column.
    seats : int
        How many parties are compared; the others are those whose consent may be asked.
    most_rows : int
        Most rows after one issue; eight times as many in all.

    Raises
    ------
    TooWide
        When the lists grow longer.
    """
    parties = [party for party in range(len(ranges.least)) if party != left_out] + [left_out]
    compared = [column for column, party in enumerate(parties) if party < seats]
    kind: Any = object if ranges.wide else np.int64
    layers = [ListLayer(np.zeros(1, dtype=np.intp), np.zeros((1, len(parties)), dtype=kind))]
    bounds = ranges.bounds()
    held = 0
    for taken, step in enumerate(graph.steps, 1):
        lows = [bounds[taken][0][party] for party in parties]
        states, rows = _extended(step, ranges.shifts[taken - 1], layers[-1], parties, lows, kind, most_rows)
        if not len(rows):
            return None
        kept = _kept(states, rows, compared)
        states, rows = states[kept], rows[kept]
        held += len(rows)
        if len(rows) > most_rows or held > MOST_LAYERS * most_rows:
            raise TooWide("the lists of partial packages grow too long")
        layers.append(ListLayer(states, rows))
    return layers


def _extended(
    step: Step, shift: tuple[int, ...], before: ListLayer, parties: list[int], lows: list[int], kind: Any, most: int
) -> tuple[Numbers, NDArray[Any]]:
    """Return every partial package one issue further, sorted by state, each vector once."""
    floor = np.array(lows, dtype=kind)
    states, rows = [], []
    total = 0
    for move in step.moves:
        vector = np.array([move.vector[party] - shift[party] for party in parties], dtype=kind)
        target_of = np.full(step.before, -1, dtype=np.intp)
        target_of[move.sources] = move.targets
        whole = len(move.sources) == step.before
        picked = slice(None) if whole else np.flatnonzero(target_of[before.states] >= 0)
        after = before.rows[picked] + vector
        good = np.asarray((after >= floor).all(axis=1), dtype=np.bool_)
        states.append(target_of[before.states[picked]][good])
        rows.append(after[good])
        total += len(rows[-1])
        if total > MOST_LAYERS * most:
            raise TooWide("the lists of partial packages grow too long")
    return _distinct(np.concatenate(states), np.concatenate(rows))


def _distinct(states: Numbers, rows: NDArray[Any]) -> tuple[Numbers, NDArray[Any]]:
    if rows.dtype == object:
        found = sorted({(state, *row) for state, row in zip(states.tolist(), rows.tolist(), strict=True)})
        whole = np.array([row[1:] for row in found], dtype=object).reshape(len(found), rows.shape[1])
        return np.array([row[0] for row in found], dtype=np.intp), whole
    joined = np.unique(np.concatenate([states[:, None].astype(np.int64), rows], axis=1), axis=0)
    return joined[:, 0].astype(np.intp), np.ascontiguousarray(joined[:, 1:])


def _kept(states: Numbers, rows: NDArray[Any], compared: list[int]) -> NDArray[np.bool_]:
    """Return which partial packages are not beaten in their own state.

    One that is beaten for the seats alone, by one that gives no less to those whose consent may be asked, cannot
    become efficient.  One with equal points for the seats can: it is another package of the same vector.
    """
    kept = np.zeros(len(rows), dtype=np.bool_)
    others = [column for column in range(rows.shape[1]) if column not in compared]
    starts = np.flatnonzero(np.r_[True, states[1:] != states[:-1]])
    for start, end in zip(starts, [*starts[1:], len(states)], strict=True):
        block = rows[start:end]
        if not others:
            kept[start:end] = nondominated(block)
            continue
        asked = [tuple(row) for row in block[:, others].tolist()]
        for one in set(asked):
            no_less = np.array([all(more >= less for more, less in zip(other, one, strict=True)) for other in asked])
            within = np.flatnonzero(no_less)
            good = within[nondominated(block[within][:, compared])]
            same = np.array([asked[place] == one for place in good.tolist()], dtype=np.bool_)
            kept[start + good[same]] = True
    return kept
