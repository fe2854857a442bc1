"""Settlement over many scenarios: in which share of assumptions there is a zone, and what each package meets.

A share is a share of assumptions, never a chance.  Readings of the text and stances are never averaged:
every combination is sampled by itself, with the same draws of everything else, and the lowest and the
highest share stand beside each other.  What hangs on something unknown (the consent of a party of which
nothing is known) is counted apart: as what is sure, and as what would be if the unknown were granted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zopa.case import Amount, Case, Number, Range, Triangular, format_amount
from zopa.settlement.counting import ReadingShares
from zopa.settlement.ensemble import Arrays, Plan, Totals, counted, run_block
from zopa.settlement.showing import Outcome, Shown
from zopa.space import Streams, anything_varies, count_readings, hang_on, levers_vary, listable_space, readings_of

MOST_READINGS = 4096
PILOT = 128  # draws after which the readings that are looked at closely are chosen
TRIED = 16  # readings under which bands and levels are run when there are more
LEVELS = 9  # places on a swept range at which the share is shown
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers of draws over readings: the fewest and the most for sure, and the most if the unknown were granted."""

    lowest: int
    highest: int
    possible: int


@dataclass(frozen=True, slots=True)
class Band:
    """Draws with a zone when an assumption is taken from one band, or at one level, for every party that has it.

    The span is over the readings that were tried (``Sample.tried``): all of them when they are few, else
    those with the fewest and the most draws with a zone among the first draws, and an even choice of others.
    """

    assumption: str
    amount: Amount
    span: Span

    @property
    def band(self) -> str:
        """The band as written."""
        return format_amount(self.amount)

    @property
    def value(self) -> Fraction:
        """The value of a level; the middle of a band."""
        if isinstance(self.amount, Number):
            return self.amount.value
        assert isinstance(self.amount, Range | Triangular)
        return (self.amount.low + self.amount.high) / 2


@dataclass(frozen=True, slots=True)
class Change:
    """What the answer to one question does: the change in draws with a zone when only that answer changes.

    ``lowest`` and ``highest`` are over all readings of everything else; nothing is averaged.
    """

    key: str
    start: str
    end: str
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Sample(Shown):
    """Settlement over a seeded sample.

    Attributes
    ----------
    draws, seed : int
        Number of draws for each reading, and the seed.
    indices : ndarray
        The packages looked at (all that meet the rules), by index.
    readings : tuple of ReadingShares
        One for each combination of readings.
    bands : tuple of Band
        Zone shares by band, for assumptions that are to be shown so.
    levels : tuple of Band
        Zone shares at single values of the same assumptions, rising: where the zone opens and closes.
    complete : bool
        False when there were too many readings and only some were sampled.
    approximate_draws : int
        Draws in which numbers came from a Markov chain.
    varied : int
        Judgements that differ from draw to draw; 0 means that every draw is the same.
    undecided : bool
        True when a signatory lacks an input under every reading, so that no zone can be counted.
    tried : int
        Readings under which bands and levels were run: all when they are few, else the extreme ones and an
        even choice of others.
    """

    draws: int
    seed: int
    indices: NDArray[np.intp]
    readings: tuple[ReadingShares, ...]
    bands: tuple[Band, ...]
    levels: tuple[Band, ...]
    complete: bool
    approximate_draws: int
    varied: int
    undecided: bool
    tried: int

    @property
    def spread(self) -> bool:
        """True when anything differs between draws or readings."""
        return self.varied > 0 or len(self.readings) > 1

    @property
    def counted(self) -> tuple[ReadingShares, ...]:
        """The readings under which a zone can be counted (all when there is none)."""
        return _counted(self.readings)

    def outcomes(self) -> dict[str, Outcome]:
        """Return the shares by name: ``zone_share.lowest`` and ``.highest`` over all readings, and by band."""
        found = self._outcomes("zone_share", self.zone_span())
        for band in (*self.bands, *self.levels):
            found.update(self._outcomes(f"zone_share.{band.assumption}.{band.band}", band.span))
        return found

    def _outcomes(self, name: str, span: Span) -> dict[str, Outcome]:
        return {
            f"{name}.lowest": None if self.undecided else span.lowest / self.draws,
            f"{name}.highest": None if self.undecided else span.highest / self.draws,
            f"{name}.if_unknown_were_granted": span.possible / self.draws,
        }

    def zone_span(self) -> Span:
        """Return the draws with a zone over all readings."""
        return _span(self.readings)

    def by_word(self) -> dict[str, dict[str, Span]]:
        """Return, for each word of each split assumption, the draws with a zone over its readings."""
        found: dict[str, dict[str, list[ReadingShares]]] = {}
        for one in self.readings:
            for name, word in one.reading.items():
                found.setdefault(name, {}).setdefault(word, []).append(one)
        kept = {
            name: {word: ones for word, ones in words.items() if self.undecided or not all(one.undecided for one in ones)}
            for name, words in found.items()
        }
        return {name: {word: _span(ones) for word, ones in words.items()} for name, words in kept.items()}

    def changes(self) -> tuple[Change, ...]:
        """Return for each split judgement what going from its first word to each other one does to the draws with a zone.

        Where only some readings were sampled, pairs of which one is missing are left out.
        """
        opened = {tuple(one.reading.items()): one.open_draws for one in self.counted}
        found: list[Change] = []
        words: dict[str, dict[str, None]] = {}
        for one in self.readings:
            for key, word in one.reading.items():
                words.setdefault(key, {})[word] = None
        for key, known in words.items():
            start, *others = known
            for end in others:
                moved = [
                    opened[other] - draws
                    for reading, draws in opened.items()
                    if (key, start) in reading
                    and (other := tuple((name, end if name == key else word) for name, word in reading)) in opened
                ]
                if moved:
                    found.append(Change(key, start, end, min(moved), max(moved)))
        return tuple(found)

    def extremes(self) -> tuple[ReadingShares, ReadingShares]:
        """Return the readings with the fewest and with the most draws with a zone (the first of ties)."""
        lowest = min(self.counted, key=lambda one: one.open_draws)
        highest = max(self.counted, key=lambda one: one.open_draws)
        return lowest, highest

    def acceptable_span(self, indices: Iterable[int]) -> Span | None:
        """Return the draws in which packages are in the zone: the span over the readings and the packages."""
        rows = self._rows_of(indices)
        if not len(rows):
            return None
        sure = [one.acceptable[rows] for one in self.counted]
        return Span(
            min(int(counts.min()) for counts in sure),
            max(int(counts.max()) for counts in sure),
            max(int(one.possible[rows].max()) for one in self.readings),
        )

    def blocked_span(self, party: str, indices: Iterable[int]) -> tuple[int, int] | None:
        """Return the fewest and most draws, over readings and packages, in which a party is asked and refuses."""
        rows = self._rows_of(indices)
        if not len(rows):
            return None
        counts = [one.blocked_by[party][rows] for one in self.readings]
        return min(int(one.min()) for one in counts), max(int(one.max()) for one in counts)

    def _rows_of(self, indices: Iterable[int]) -> NDArray[np.intp]:
        wanted = np.asarray(list(indices), dtype=np.intp)
        rows = np.minimum(np.searchsorted(self.indices, wanted), max(len(self.indices) - 1, 0))
        return np.asarray(rows[self.indices[rows] == wanted]) if len(self.indices) else rows[:0]


def _counted(readings: Iterable[ReadingShares]) -> tuple[ReadingShares, ...]:
    known = tuple(readings)
    return tuple(one for one in known if not one.undecided) or known


def _span(readings: Iterable[ReadingShares]) -> Span:
    kept = list(readings)
    counts = [one.open_draws for one in _counted(kept)]
    return Span(min(counts), max(counts), max(one.possible_draws for one in kept))


def sample(
    case: Case,
    *,
    draws: int = 1000,
    seed: int = 1,
    day: date | None = None,
    levers: Collection[str] | None = None,
    reading: Mapping[str, int] | None = None,
    fronts: bool = False,
    progress: Progress | None = None,
) -> Sample:
    """Return settlement over a sample of scenarios, for every reading of the case.

    Parameters
    ----------
    case : Case
        The case.
    draws : int
        Draws for each reading.
    seed : int
        Seed; the same seed gives the same draws, whatever else changes in the case.
    day : date, optional
        The date looked at.
    levers : collection of str, optional
        Exactly these levers are pulled; by default the case stays as it stands (see :func:`~zopa.settlement.settle`).
    reading : mapping of str to int, optional
        Answers to questions about the text that are taken as settled: the number of the alternative for each key.
    fronts : bool
        Also count in how many draws each package is efficient, under the readings that are looked at closely.
    progress : callable, optional
        Called with (done, total).

    Raises
    ------
    ValueError
        For less than one draw, or an issue without options.

    Notes
    -----
    Where nothing differs from draw to draw, one draw stands for all.
    """
    plan, made = planned(case, Streams(seed), draws, day, levers, reading)
    if fronts:
        plan = replace(plan, fronts=plan.tried)
    return sample_of(plan, counted(plan, made, progress), draws, draws // made)


def planned(
    case: Case,
    streams: Streams,
    draws: int,
    day: date | None,
    levers: Collection[str] | None = None,
    reading: Mapping[str, int] | None = None,
) -> tuple[Plan, int]:
    """Return what is to be counted, and how many draws have to be made (one, where nothing varies).

    ``reading`` fixes the answers to some questions about the text; all combinations of the others are counted.

    Raises
    ------
    ValueError
        For less than one draw, or an issue without options.
    """
    if draws < 1:
        raise ValueError("at least one draw is needed")
    listable_space(case)
    readings = tuple(readings_of(case, MOST_READINGS, reading))
    made = draws if anything_varies(case) or levers_vary(case, levers or ()) else 1
    plan = Plan(case, streams, readings, day, levers=None if levers is None else frozenset(levers))
    pilot = run_block(plan, 0, min(made, PILOT))
    tried = _tried(pilot)
    return replace(plan, tried=tried, bands=(*_bands(case), *_levels(case))), made


def sample_of(plan: Plan, totals: Totals, draws: int, whole: int) -> Sample:
    """Return a sample from what its blocks add up to; each draw made stands for ``whole`` draws."""
    shares = totals.shares(whole)
    sure = np.array([not shares[number].undecided for number in plan.tried])
    sure = sure if sure.any() else ~sure
    spans = [
        Band(name, amount, Span(int(opened[sure].min()) * whole, int(opened[sure].max()) * whole, int(granted.max()) * whole))
        for (name, amount), opened, granted in zip(plan.bands, totals.band_open, totals.band_granted, strict=True)
    ]
    bands = len(_bands(plan.case))
    return Sample(
        draws,
        plan.streams.seed,
        plan.indices,
        shares,
        tuple(spans[:bands]),
        tuple(spans[bands:]),
        len(plan.readings) == count_readings(plan.case, _settled(plan)),
        totals.approximate,
        totals.varied,
        all(one.undecided for one in shares),
        len(plan.tried),
    )


def _settled(plan: Plan) -> frozenset[str]:
    """Return the questions that have one answer in all readings that were sampled."""
    first = plan.readings[0]
    return frozenset(key for key, number in first.items() if all(one[key] == number for one in plan.readings))


def _tried(pilot: Arrays) -> tuple[int, ...]:
    """Return the readings under which bands and levels are run: all, or the extreme ones and an even choice of others."""
    count = len(pilot["zone_of"])
    if count <= TRIED:
        return tuple(range(count))
    opened, granted = (np.bitwise_count(pilot[name]).sum(axis=1)[pilot["zone_of"]] for name in ("open", "granted"))
    undecided = pilot["undecided"]
    known = np.flatnonzero(~undecided) if not undecided.all() else np.arange(count)
    ends = {int(known[np.argmin(opened[known])]), int(known[np.argmax(opened[known])]), int(np.argmax(granted))}
    # Steps that divide nothing evenly, so that the choice does not hold one answer of a question throughout.
    others = (int(number) for number in np.linspace(0, count - 1, TRIED - len(ends)))
    return tuple(sorted(ends | set(others)))


def _bands(case: Case) -> list[tuple[str, Amount]]:
    used = hang_on(case)
    return [
        (assumption.id, band)
        for assumption in case.assumptions.values()
        if len(assumption.sweep) > 1 and assumption.id in used
        for band in assumption.sweep
    ]


def _levels(case: Case) -> list[tuple[str, Amount]]:
    """Return single values, evenly spaced, of every swept assumption that is a range."""
    used = hang_on(case)
    found: list[tuple[str, Amount]] = []
    for assumption in case.assumptions.values():
        if not assumption.sweep or assumption.id not in used:
            continue
        # Over the range that is assumed; where that is no range, over what the bands cover.
        known = (assumption.amount,) if isinstance(assumption.amount, Range | Triangular) else assumption.sweep
        ranges = [band for band in known if isinstance(band, Range | Triangular)]
        if len(ranges) == len(known):
            low, high = min(band.low for band in ranges), max(band.high for band in ranges)
            found += [
                (assumption.id, Number(low + (high - low) * Fraction(step, LEVELS - 1))) for step in range(LEVELS) if high > low
            ]
    return found
