"""Searching for a short rule: peel a box patiently, shorten it, then move what is left.

Inputs are put into at most 64 cells each, so that a search works on counts in cells and never sorts again:
every row is counted once and taken off once, when it is peeled.  Only the order of numbers plays a part, so
that a strictly rising transformation of an input changes nothing.

References
----------
Friedman and Fisher (1999) for peeling and pasting; Bryant and Lempert (2010) for coverage, density and
short boxes in scenario discovery; Kwakkel and Jaxa-Rozen (2016) for inputs of different kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Codes = NDArray[np.uint8]
Weights = NDArray[np.int64]
End = Literal["least", "most", "words"]

CELLS: Final = 64
PEELED: Final = 0.05  # part of a box that one step takes off a number, at most where its cells allow
LEAST_LEFT: Final = 0.02  # part of the rows at which peeling stops
STARTS: Final = (0.9, 0.75, 0.6, 0.45, 0.3, 0.15)  # coverages at which peeled boxes are shortened
FLOOR: Final = 0.8  # density that a rule is to reach
LEAST_COVERED: Final = 0.2  # a rule that covers less is not preferred for its density
MARGIN: Final = 0.01  # what a further restriction must bring


@dataclass(frozen=True, slots=True)
class Cells:
    """Inputs in cells, one row per scenario.

    Attributes
    ----------
    codes : ndarray of shape (inputs, rows)
        Twice the cell, and one more where the answer is yes; numbers first, then words.
    sizes : tuple of int
        Cells of each input.
    starts : tuple of ndarray
        For each number the smallest value of each cell, ascending.
    """

    codes: Codes
    sizes: tuple[int, ...]
    starts: tuple[Floats, ...]

    @property
    def yes(self) -> Flags:
        """Return the answers."""
        return np.asarray(self.codes[0] & 1, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Side:
    """One restriction of a box: an input, which end of it is cut, and which cells are kept."""

    number: int
    end: End
    kept: tuple[bool, ...]

    @property
    def place(self) -> tuple[int, End]:
        """Return what is restricted, whatever the threshold."""
        return self.number, self.end


Sides = tuple[Side, ...]


def first_values(values: Floats) -> Floats:
    """Return the smallest value of each cell of a number.

    Each distinct value is a cell where there are no more than 64; else cells hold about as many rows each,
    equal values always together.
    """
    ordered = np.sort(values)
    first = ordered[np.r_[True, ordered[1:] != ordered[:-1]]]
    return first if len(first) <= CELLS else np.unique(ordered[np.arange(CELLS) * len(ordered) // CELLS])


def put_in_cells(
    numbers: Sequence[Floats], starts: Sequence[Floats], words: Sequence[tuple[int, NDArray[np.integer]]], yes: Flags
) -> Cells:
    """Return inputs in cells.

    Parameters
    ----------
    numbers : sequence of ndarray of shape (rows,)
    starts : sequence of ndarray
        Smallest value of each cell of each number, ascending, the first no larger than any value.
    words : sequence of (count, ndarray of shape (rows,))
        How many words there are, at most 64, and each row's word.
    yes : ndarray of bool, shape (rows,)
    """
    codes = np.empty((len(numbers) + len(words), len(yes)), dtype=np.uint8)
    for number, (values, first) in enumerate(zip(numbers, starts, strict=True)):
        codes[number] = np.searchsorted(first, values, side="right") - 1
    for number, (_, which) in enumerate(words, start=len(numbers)):
        codes[number] = which
    codes *= 2
    codes += yes
    return Cells(codes, tuple(map(len, starts)) + tuple(count for count, _ in words), tuple(starts))


def harmonic(found: Floats, inside: Floats, wanted: float) -> Floats:
    """Return the harmonic mean of coverage (found by wanted) and density (found by inside)."""
    return np.asarray(2 * found / (inside + wanted))


def floor_of(base: float) -> float:
    """Return the density a rule is to reach: 0.8, or half-way from the base share to one where that is more."""
    return max(FLOOR, (1 + base) / 2)


def search(cells: Cells, most: int, weights: Weights | None = None) -> Sides:
    """Return the best short rule found, or no side where none is better than no rule.

    A rule scores the harmonic mean of coverage and density, and one more where its density reaches
    ``floor_of`` the base share and it covers a fifth of the yes-rows.  Of the rules within 0.01 of the best
    score the one that restricts the fewest inputs is taken, then the one with the fewest sides.

    Parameters
    ----------
    cells : Cells
    most : int
        Inputs that the rule may restrict.
    weights : ndarray of int64, shape (rows,), optional
        How often each row counts; once where nothing is said.
    """
    if weights is not None:
        held = np.flatnonzero(weights)
        cells, weights = Cells(np.ascontiguousarray(cells.codes[:, held]), cells.sizes, cells.starts), weights[held]
    work = _Search(cells, weights)
    if not work.wanted:
        return ()  # a resample may have lost the few rows that say yes
    candidates: dict[Sides, float] = {(): work.score(())}
    tuned: dict[frozenset[tuple[int, End]], Sides] = {}
    for sides in work.starts():
        for short in work.shortened(sides, most):
            places = frozenset(side.place for side in short)
            if places not in tuned:
                tuned[places] = work.tuned(short)
            candidates[tuned[places]] = work.score(tuned[places])
    best = max(candidates.values())
    near = [sides for sides, score in candidates.items() if score >= best - MARGIN]
    return min(near, key=lambda sides: (inputs_of(sides), len(sides), -candidates[sides]))


def tune(cells: Cells, sides: Sides) -> Sides:
    """Return a box whose sides are moved as long as its score rises, on other cells than it was found on."""
    return _Search(cells, None).tuned(sides)


def inputs_of(sides: Sides) -> int:
    """Return how many inputs a box restricts."""
    return len({side.number for side in sides})


class _Search:
    """One search on one set of rows."""

    def __init__(self, cells: Cells, weights: Weights | None) -> None:
        self.cells = cells
        self.weights = weights
        self.numeric = len(cells.starts)
        counts = self._tally(0, None)
        self.rows, self.wanted = float(counts.sum()), float(counts[:, 1].sum())
        self.floor = floor_of(self.wanted / self.rows)
        self.by_row = np.ascontiguousarray(cells.codes.T)

    def _tally(self, number: int, rows: NDArray[np.intp] | Flags | None) -> Floats:
        """Return how many rows, and yes-rows, lie in each cell of an input: (cells, no and yes)."""
        codes = self.cells.codes[number] if rows is None else self.cells.codes[number][rows]
        weights = self.weights if rows is None or self.weights is None else self.weights[rows]
        return np.bincount(codes, weights, minlength=2 * CELLS).reshape(CELLS, 2).astype(np.float64)

    def _tally_all(self, rows: NDArray[np.intp]) -> Floats:
        """Return the same for all inputs: (inputs, cells, no and yes)."""
        inputs = len(self.cells.sizes)
        places = self.by_row[rows] + np.arange(0, 2 * CELLS * inputs, 2 * CELLS, dtype=np.int32)
        weights = None if self.weights is None else np.repeat(self.weights[rows], inputs)
        counts = np.bincount(places.reshape(-1), weights, minlength=2 * CELLS * inputs)
        return counts.reshape(inputs, CELLS, 2).astype(np.float64)

    def _within(self, side: Side) -> Flags:
        table = np.repeat(np.array(side.kept), 2)
        return np.asarray(table[self.cells.codes[side.number]])

    def _scores(self, found: Floats, inside: Floats) -> Floats:
        good = (found >= self.floor * inside) & (found >= LEAST_COVERED * self.wanted)
        return harmonic(found, inside, self.wanted) + good

    def _counts(self, within: Flags) -> tuple[float, float]:
        """Return how many yes-rows, and rows, are within."""
        counts = self._tally(0, within)
        return float(counts[:, 1].sum()), float(counts.sum())

    def score(self, sides: Sides) -> float:
        """Return the score of a rule."""
        within = np.ones(self.cells.codes.shape[1], dtype=np.bool_)
        for side in sides:
            within &= self._within(side)
        found, inside = self._counts(within)
        return float(self._scores(np.array(found), np.array(inside)))

    def starts(self) -> Iterator[Sides]:
        """Yield peeled boxes: for each of ``STARTS`` the last one that covers as much, and the best one."""
        trail = list(self._peel())
        covered = np.array([found / self.wanted for _, found, _ in trail])
        chosen = {int(np.flatnonzero(covered >= least)[-1]) for least in STARTS if (covered >= least).any()}
        scores = self._scores(np.array([found for _, found, _ in trail]), np.array([inside for _, _, inside in trail]))
        for step in sorted(chosen | {int(scores.argmax())}):
            yield self._sides(trail[step][0])

    def _peel(self) -> Iterator[tuple[Flags, float, float]]:
        """Yield the cells kept (inputs, cells) after each step, with the yes-rows and rows in the box.

        Of all slices that one step may take off, that with the smallest share of yes goes: the criterion of
        Kwakkel and Jaxa-Rozen (gain in density, times rows left, by rows taken) comes to the density minus
        that share, so that a word that holds half of the rows has no advantage over a twentieth of a range.
        Among equals the largest slice goes, then that of the input that was handed in first.
        """
        inputs = len(self.cells.sizes)
        kept = np.arange(CELLS) < np.array(self.cells.sizes)[:, None]
        rows = np.arange(self.cells.codes.shape[1])
        counts = np.stack([self._tally(number, None) for number in range(inputs)])
        while True:
            inside, found = float(counts[0].sum()), float(counts[0, :, 1].sum())
            yield kept.copy(), found, inside
            if found == inside or inside * (1 - PEELED) < LEAST_LEFT * self.rows:
                return
            slices = self._slices(counts, inside)
            if slices is None:
                return
            number, gone = slices
            kept[number] &= ~gone
            leaves = np.repeat(gone, 2)[self.cells.codes[number][rows]]
            out, rows = rows[leaves], rows[~leaves]
            counts -= self._tally_all(out)

    def _slices(self, counts: Floats, inside: float) -> tuple[int, Flags] | None:
        """Return the slice that goes next, as an input and its cells, or None when no input can be cut."""
        sizes, yes = counts.sum(axis=2), counts[:, :, 1]
        taken: list[Floats] = []
        share: list[Floats] = []
        last: list[NDArray[np.intp]] = []
        for way in (1, -1):
            below = sizes[: self.numeric, ::way].cumsum(axis=1)
            # The most cells that hold no more than the part to peel, else the first one with rows.
            fits = (below > 0) & (below <= PEELED * inside)
            reach = np.where(fits.any(axis=1), CELLS - 1 - fits[:, ::-1].argmax(axis=1), (below > 0).argmax(axis=1))
            at = np.arange(self.numeric)
            amount = below[at, reach]
            taken.append(amount)
            share.append(yes[: self.numeric, ::way].cumsum(axis=1)[at, reach] / np.maximum(amount, 1))
            last.append(reach if way == 1 else CELLS - 1 - reach)
        single = sizes[self.numeric :].reshape(-1)
        amounts = np.concatenate([*taken, single])
        shares = np.concatenate([*share, yes[self.numeric :].reshape(-1) / np.maximum(single, 1)])
        number = np.concatenate(
            [np.arange(self.numeric), np.arange(self.numeric), np.repeat(np.arange(self.numeric, len(counts)), CELLS)]
        )
        usable = np.flatnonzero((amounts > 0) & (amounts < inside))
        if not len(usable):
            return None
        chosen = int(usable[np.lexsort((number[usable], -amounts[usable], shares[usable]))[0]])
        cells = np.arange(CELLS)
        if chosen < self.numeric:
            return chosen, cells <= last[0][chosen]
        if chosen < 2 * self.numeric:
            return chosen - self.numeric, cells >= last[1][chosen - self.numeric]
        return int(number[chosen]), cells == (chosen - 2 * self.numeric) % CELLS

    def _sides(self, kept: Flags) -> Sides:
        """Return the sides of a box given by its cells."""
        found: list[Side] = []
        cells = np.arange(CELLS)
        for number, (row, size) in enumerate(zip(kept, self.cells.sizes, strict=True)):
            if row[:size].all():
                continue
            if number >= self.numeric:
                found.append(Side(number, "words", tuple(row.tolist())))
                continue
            inside = np.flatnonzero(row)
            if inside[0] > 0:
                found.append(Side(number, "least", tuple((cells >= inside[0]).tolist())))
            if inside[-1] < size - 1:
                found.append(Side(number, "most", tuple((cells <= inside[-1]).tolist())))
        return tuple(found)

    def shortened(self, sides: Sides, most: int) -> Iterator[Sides]:
        """Yield boxes with ever fewer sides, from the first that restricts at most ``most`` inputs.

        The side goes whose absence leaves the largest harmonic mean.
        """
        if not sides:
            return
        outside = [~self._within(side) for side in sides]
        broken = np.zeros(self.cells.codes.shape[1], dtype=np.int16)
        blamed = np.zeros_like(broken)  # the sum of the broken sides' numbers: the number itself where one is broken
        for number, flags in enumerate(outside):
            broken += flags
            blamed += np.int16(number) * flags
        left = list(range(len(sides)))
        found, inside = self._counts(broken == 0)
        while left:
            short = tuple(sides[one] for one in left)
            if inputs_of(short) <= most:
                yield short
            single = np.flatnonzero(broken == 1)
            codes = 2 * blamed[single] + (self.cells.codes[0][single] & 1)
            weights = None if self.weights is None else self.weights[single]
            freed = np.bincount(codes, weights, minlength=2 * len(sides)).reshape(-1, 2).astype(np.float64)[left]
            founds, insides = found + freed[:, 1], inside + freed.sum(axis=1)
            best = int(harmonic(founds, insides, self.wanted).argmax())
            found, inside, gone = float(founds[best]), float(insides[best]), left.pop(best)
            broken -= outside[gone]
            blamed -= np.int16(gone) * outside[gone]

    def tuned(self, sides: Sides) -> Sides:
        """Return a box whose sides are moved, one input after the other, as long as the score rises.

        This is pasting, and finer peeling, at once: given the other inputs every threshold (every pair of
        them where both ends are cut) and every best set of words is tried.
        """
        best = self.score(sides)
        moved = True
        while moved:
            moved = False
            for number in sorted({side.number for side in sides}):
                others = tuple(side for side in sides if side.number != number)
                own = tuple(side for side in sides if side.number == number)
                within = np.ones(self.cells.codes.shape[1], dtype=np.bool_)
                for side in others:
                    within &= self._within(side)
                score, kept = self._best_cells(number, {side.end for side in own}, self._tally(number, within))
                if score > best + 1e-12:
                    whole = np.arange(CELLS) < np.array(self.cells.sizes)[:, None]
                    whole[number] = kept
                    sides = tuple(sorted((*others, *self._sides(whole)), key=lambda side: (side.number, side.end)))
                    best, moved = score, True
        return sides

    def _best_cells(self, number: int, ends: set[End], counts: Floats) -> tuple[float, Flags]:
        """Return the best score over the cells of one input that may be kept, and those cells."""
        size = self.cells.sizes[number]
        counts = counts[:size]
        cells = np.arange(CELLS)
        if number >= self.numeric:
            # For a mean of this form the best set holds the words with the largest shares of yes.
            order = np.argsort(-counts[:, 1] / np.maximum(counts.sum(axis=1), 1), kind="stable")
            scores = self._scores(counts[order, 1].cumsum(), np.maximum(counts[order].sum(axis=1).cumsum(), 1))
            # Where no row tells, the wider rule stays, here and below.
            kept = np.isin(cells, order[: int(scores.argmax()) + 1]) | np.isin(cells, np.flatnonzero(counts.sum(axis=1) == 0))
            return float(scores.max()), kept
        inside = np.r_[0, counts.sum(axis=1).cumsum()]
        found = np.r_[0, counts[:, 1].cumsum()]
        low = np.arange(size if "least" in ends else 1)[:, None]
        high = (np.arange(size)[::-1] if "most" in ends else np.array([size - 1]))[None, :]
        scores = self._scores(found[high + 1] - found[low], np.maximum(inside[high + 1] - inside[low], 1))
        scores = np.where(low <= high, scores, -1.0)
        first, last = np.unravel_index(int(scores.argmax()), scores.shape)
        top = int(high[0, last])
        return float(scores.max()), (cells >= first) & (cells <= top)
