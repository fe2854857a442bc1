"""Restrictions in the units of their inputs: thresholds rounded to friendly numbers, and who keeps them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zopa.exploration.peeling import MARGIN, Cells, Side, Sides, harmonic, put_in_cells, tune

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Numbers = Mapping[str, Floats]
Words = Mapping[str, tuple[tuple[str, ...], NDArray[np.integer]]]

STEPS: Final = 50  # a range is rounded to no fewer steps of a power of ten
FINE: Final = 30  # cells that two neighbouring cells are split into about a threshold
FINER: Final = 3  # times a step may be divided by ten


@dataclass(frozen=True, slots=True)
class Bound:
    """One input and what a rule lets it be.

    Attributes
    ----------
    key : str
        Of the input.
    at_least, at_most : Fraction or None
        Ends of a number, both included; None where that end is open.
    words : tuple of str or None
        Words the rule lets stand, in the order handed in; None for a number.
    """

    key: str
    at_least: Fraction | None
    at_most: Fraction | None
    words: tuple[str, ...] | None


def within(bounds: Sequence[Bound], numbers: Numbers, words: Words, rows: int) -> Flags:
    """Return which rows keep all bounds, every row where there are none."""
    found = np.ones(rows, dtype=np.bool_)
    for bound in bounds:
        if bound.words is not None:
            known, which = words[bound.key]
            found &= np.array([word in bound.words for word in known])[which]
        if bound.at_least is not None:
            found &= numbers[bound.key] >= float(bound.at_least)
        if bound.at_most is not None:
            found &= numbers[bound.key] <= float(bound.at_most)
    return found


def sharpened(sides: Sides, cells: Cells, numbers: Numbers, words: Words) -> tuple[Sides, Cells, Numbers, Words]:
    """Return a box with its thresholds set more finely, and the inputs it restricts in cells that allow it.

    The two cells that meet at a threshold are split into 30 cells that hold about as many rows each, and
    the sides are moved among these.  Sides and cells returned count only the inputs the box restricts.
    """
    keys, own = (*numbers, *words), sorted({side.number for side in sides})
    some_numbers = {keys[number]: numbers[keys[number]] for number in own if keys[number] in numbers}
    some_words = {keys[number]: words[keys[number]] for number in own if keys[number] in words}
    starts, moved = [], []
    for place, number in enumerate(own):
        coarse = cells.starts[number] if number < len(cells.starts) else None
        cuts = [side for side in sides if side.number == number]
        if coarse is None:
            moved += [Side(place, side.end, side.kept) for side in cuts]
            continue
        at = [_cut(side) for side in cuts]
        values = some_numbers[keys[number]]
        fine = np.unique(np.concatenate([coarse[:1], *(_about(values, coarse, cut) for cut in at)]))
        starts.append(fine)
        for side, cut in zip(cuts, at, strict=True):
            above = np.arange(len(side.kept)) >= np.searchsorted(fine, coarse[cut])
            moved.append(Side(place, side.end, tuple((above if side.end == "least" else ~above).tolist())))
    known = [(len(vocabulary), which) for vocabulary, which in some_words.values()]
    finer = put_in_cells(list(some_numbers.values()), starts, known, cells.yes)
    return tune(finer, tuple(moved)), finer, some_numbers, some_words


def _cut(side: Side) -> int:
    """Return the first cell above a threshold."""
    return side.kept.index(True) if side.end == "least" else side.kept.index(False)


def _about(values: Floats, starts: Floats, cut: int) -> Floats:
    """Return first values of cells that split the two cells below and above a threshold."""
    above = starts[cut + 1] if cut + 1 < len(starts) else np.inf
    near = np.sort(values[(values >= starts[cut - 1]) & (values < above)])
    split = near[np.arange(FINE - 1) * len(near) // (FINE - 1)]
    return np.concatenate([split, starts[cut : cut + 2]])


def rounded(sides: Sides, cells: Cells, numbers: Numbers, words: Words, grains: Mapping[str, Fraction]) -> tuple[Bound, ...]:
    """Return the sides of a box as bounds with friendly numbers, one per input.

    An end is the multiple of the step nearest to the outermost value kept; where values are farther apart
    than steps, a multiple between that value and the first one left out.  The step is the grain of the
    input, else the largest power of ten of which its range has at least 50.  Where that loses more than
    ``MARGIN`` of the harmonic mean of coverage and density, all steps are divided by ten, at most three
    times.  Ends that leave nothing out are dropped.

    Parameters
    ----------
    sides : Sides
        Found by ``search`` on ``cells``.
    cells : Cells
    numbers, words : mapping
        The rows the cells were made of, in the same order of keys.
    grains : mapping of str to Fraction
        Steps of the numbers that have one of their own.
    """
    yes, rows = cells.yes, len(cells.yes)
    inside = np.ones(rows, dtype=np.bool_)
    for side in sides:
        inside &= np.array(side.kept)[cells.codes[side.number] >> 1]
    aim = _mean_of(inside, yes) - MARGIN
    keys = (*numbers, *words)
    steps = {key: grains.get(key) or _step(numbers[key]) for key in (keys[side.number] for side in sides) if key in numbers}
    for finer in range(FINER + 1):
        bounds = []
        for number in sorted({side.number for side in sides}):
            key = keys[number]
            own = {side.end: side for side in sides if side.number == number}
            if key in words:
                known, which = words[key]
                seen = set(which.tolist())
                stay = tuple(word for place, word in enumerate(known) if own["words"].kept[place] and place in seen)
                bounds.append(Bound(key, None, None, stay))
                continue
            values, starts, step = numbers[key], cells.starts[number], steps[key] / 10**finer
            ends: dict[str, Fraction | None] = {"least": None, "most": None}
            for end, side in own.items():
                above = starts[_cut(side)]
                below = values[values < above].max()
                least = end == "least"
                threshold = _friendly(float(above if least else below), float(below if least else above), step)
                cuts = values < float(threshold) if least else values > float(threshold)
                ends[end] = threshold if cuts.any() else None
            if any(end is not None for end in ends.values()):
                bounds.append(Bound(key, ends["least"], ends["most"], None))
        if finer == FINER or _mean_of(within(bounds, numbers, words, rows), yes) >= aim:
            break
    return tuple(bounds)


def _mean_of(inside: Flags, yes: Flags) -> float:
    return float(harmonic(np.array((inside & yes).sum()), np.array(inside.sum()), float(yes.sum())))


def _step(values: Floats) -> Fraction:
    spread = float(values.max()) - float(values.min())
    return Fraction(10) ** math.floor(math.log10(spread / STEPS))


def _friendly(kept: float, left_out: float, step: Fraction) -> Fraction:
    """Return a multiple of the step near the last value kept, if possible on its side of what is left out."""
    near = round(Fraction(kept) / step) * step
    outward = (math.ceil if left_out > kept else math.floor)(Fraction(kept) / step) * step
    low, high = sorted((Fraction(kept), Fraction(left_out)))
    for threshold in (near, outward):
        if low <= threshold <= high and threshold != Fraction(left_out):
            return threshold
    return near
