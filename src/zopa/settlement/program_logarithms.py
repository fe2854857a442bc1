"""The Nash point over a zone that is a program: logarithms as chords that are exact at every whole number of steps.

A logarithm lies below the line through two neighbouring values at every other whole number, so that these lines
bound it from above and meet it where it matters.  First the number of parties that can gain at once is settled,
then the product.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, lcm, log, log1p
from typing import Final

from zopa.settlement.integer_program import Program, Vector
from zopa.settlement.program_searches import TOLERANCE, Found, Limits, Share, collected, equally_good

LOG_UNIT: Final = 1e-3  # logarithms are given to the solver in thousandths
MOST_CHORDS: Final = 200  # of one party's logarithm at the start; more are added where they are needed


@dataclass(frozen=True, slots=True)
class Products:
    """What a search for the largest product of gains has come to.

    Attributes
    ----------
    found : Found
        Packages near the largest product; its bound is a sum of logarithms in thousandths.
    counted : bool
        The number of gainers is proven to be the largest.
    compares : bool
        Packages with most gainers differ in who gains; True also when that could not be settled.
    """

    found: Found
    counted: bool
    compares: bool


class _Logarithm:
    """The logarithm of one party's gain in points, times its weight, as a column below chords."""

    def __init__(self, share: Share, weight: float, start: int, width: int) -> None:
        common = lcm(share.slope.denominator, share.offset.denominator)
        self._slope, self._offset, self._unit = int(share.slope * common), int(share.offset * common), log(common)
        self.weight, self.start, self.width = weight, start, width
        count = width - start
        if count <= MOST_CHORDS:
            self.chords = list(range(start, width))
        else:
            # Gains that grow by equal factors: chords lie closest where the logarithm bends most.
            gain, factor = self._gain(start), (self._gain(width) / self._gain(start)) ** (1 / MOST_CHORDS)
            steps = {start + round(gain * (factor**power - 1) / self._slope) for power in range(MOST_CHORDS)}
            self.chords = sorted(step for step in steps if start <= step < width)

    def _gain(self, steps: int) -> int:
        return self._slope * steps + self._offset

    def value(self, steps: int) -> float:
        """Return the true value; 0 without a gain."""
        gain = self._gain(steps)
        return self.weight * (log(gain) - self._unit) / LOG_UNIT if gain > 0 else 0.0

    def rise(self, steps: int) -> float:
        """Return by how much the next step raises it."""
        return self.weight * log1p(self._slope / self._gain(steps)) / LOG_UNIT

    def above(self, steps: int) -> float:
        """Return how far the chords lie above the true value."""
        lines = (self.value(chord) + self.rise(chord) * (steps - chord) for chord in self.chords)
        return min(lines, default=self.value(steps)) - self.value(steps)


class _Product:
    """The objective: a column for the logarithm of each party that has weight."""

    def __init__(self, program: Program, shares: Sequence[Share], weights: Sequence[float], gaining: Mapping[int, int]) -> None:
        """Add the columns; ``gaining`` has the column that is 1 where a party gains, and is empty where all do."""
        self.objective: dict[int, float] = {}
        self._gaining = gaining
        self._logs: dict[int, tuple[_Logarithm, int]] = {}
        for seat, (share, weight) in enumerate(zip(shares, weights, strict=True)):
            start, width = share.above(Fraction(0)), program.scales[seat].width
            if weight and start <= width:
                one = _Logarithm(share, weight, max(start, program.least(seat)), width)
                low, high = one.value(one.start), one.value(width)
                column = program.column(min(low, 0.0), max(high, 0.0))
                self.objective[column] = 1.0
                self._logs[seat] = (one, column)
                entries = {column: 1.0} | ({gaining[seat]: -high} if gaining else {})
                program.row(entries, high=0.0 if gaining else high)
                for chord in one.chords:
                    self._add_chord(program, seat, chord)

    def _add_chord(self, program: Program, seat: int, chord: int) -> None:
        one, column = self._logs[seat]
        rise = one.rise(chord)
        level = one.value(chord) - rise * chord
        entries = {column: 1.0, program.points_column(seat): -rise * program.shrink[seat]}
        if self._gaining:
            # Without a gain the column is 0, which the chord must not forbid.
            slack = max(0.0, -(level + rise * program.least(seat)))
            entries[self._gaining[seat]] = slack
            level += slack
        program.row(entries, high=level)

    def value(self, steps: Vector) -> float:
        """Return the sum of the true logarithms."""
        return sum(one.value(steps[seat]) for seat, (one, _) in self._logs.items())

    def sharpen(self, program: Program, steps: Vector) -> bool:
        """Add chords around a vector where they lie too far above it."""
        added = False
        for seat, (one, _) in self._logs.items():
            if steps[seat] >= one.start and one.above(steps[seat]) > TOLERANCE / 10:
                for chord in (steps[seat] - 1, steps[seat]):
                    if one.start <= chord < one.width and chord not in one.chords:
                        one.chords.append(chord)
                        self._add_chord(program, seat, chord)
                        added = True
        return added


def largest_product(program: Program, shares: Sequence[Share], weights: Sequence[float], limits: Limits) -> Products:
    """Return packages with most gainers and, among these, a product of gains to the power of weights near the largest.

    Parameters
    ----------
    program : Program
        The zone.
    shares : sequence of Share
        Gain of each seat in points, by steps.
    weights : sequence of float
        Weight of each seat, at least 0; the largest is 1.
    limits : Limits
        Time and numbers.
    """
    starts = [share.above(Fraction(0)) for share in shares]
    everybody = program.copy()
    for seat, start in enumerate(starts):
        everybody.require(seat, start)
    if not everybody.impossible:
        product = _Product(everybody, shares, weights, {})
        found = collected(everybody, product.objective, product.value, limits, sharpen=product.sharpen)
        if not found.none:
            return Products(found, counted=True, compares=False)
    counting, gaining = _gainers(program, starts)
    answer = counting.maximise(dict.fromkeys(gaining.values(), 1.0), limits.seconds)
    if answer.package is None:
        return Products(Found(none=answer.state == "none"), counted=False, compares=False)
    gained = {seat for seat, start in enumerate(starts) if answer.steps[seat] >= start}
    most = len(gained)
    counted = answer.bound < most + 0.5
    if not most:
        slopes = [share.slope for share in shares]
        return Products(equally_good(program, slopes, counted, Fraction(0), answer.package, limits), counted, compares=False)
    chosen, gaining = _gainers(program, starts)
    chosen.row(dict.fromkeys(gaining.values(), 1.0), most, most)
    others = chosen.copy()
    outside = [column for seat, column in gaining.items() if seat not in gained]
    others.row(dict.fromkeys(outside, 1.0), low=1)
    compares = others.maximise({}, limits.seconds).state != "none"
    product = _Product(chosen, shares, weights, gaining)
    found = collected(chosen, product.objective, product.value, limits, sharpen=product.sharpen)
    if not found.packages:
        found = Found([answer.package], bound=found.bound if found.bound < inf else inf)
    return Products(found, counted, compares)


def _gainers(program: Program, starts: Sequence[int]) -> tuple[Program, dict[int, int]]:
    """Return a copy with a column for each seat that can only be 1 where the seat gains."""
    copied = program.copy()
    gaining = {seat: copied.column(0, 1, integer=True) for seat in range(len(starts))}
    for seat, column in gaining.items():
        copied.require_if(seat, starts[seat], column)
    return copied, gaining
