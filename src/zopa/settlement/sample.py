"""Settlement over many scenarios: in which share of assumptions there is a zone, and what each package meets.

A share is a share of assumptions, never a chance.  Readings of the text and stances are never averaged:
every combination is sampled by itself, with the same draws of everything else, and the lowest and the
highest share stand beside each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.case import Amount, Case, at, format_amount
from zopa.settlement.settle import available_packages
from zopa.settlement.showing import Outcome, Shown
from zopa.space import (
    Cache,
    PartyNumbers,
    Scenarios,
    Verdicts,
    certain,
    count_readings,
    draw_scenarios,
    fixed_rules,
    judge,
    judgements_of,
    package_space,
    packed,
    reading_words,
    readings_of,
)

MOST_READINGS = 4096
CELLS = 8_000_000  # draws times packages held at once
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ReadingShares:
    """What a sample says under one reading.

    Attributes
    ----------
    reading : mapping of str to str
        The word (or amount) that each split assumption takes.
    open_draws, possible_draws : int
        Draws with a zone; draws with a zone if everything unknown were granted.
    opens : mapping of str to int
        Draws with a zone if one party accepted everything.
    acceptable : ndarray of shape (packages,)
        Draws in which each allowed package is in the zone.
    accepted_by : mapping of str to ndarray
        Draws in which each party surely accepts each allowed package.
    """

    reading: Mapping[str, str]
    open_draws: int
    possible_draws: int
    opens: Mapping[str, int]
    acceptable: NDArray[np.int64]
    accepted_by: Mapping[str, NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Band:
    """Draws with a zone when an assumption is taken from one band.

    ``lowest`` and ``highest`` are for the readings with the fewest and the most draws with a zone over
    the whole range.
    """

    assumption: str
    band: str
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
    complete : bool
        False when there were too many readings and only the first were sampled.
    approximate_draws : int
        Draws in which numbers came from a Markov chain.
    varied : int
        Judgements that differ from draw to draw; 0 means that every draw is the same.
    """

    draws: int
    seed: int
    indices: NDArray[np.intp]
    readings: tuple[ReadingShares, ...]
    bands: tuple[Band, ...]
    complete: bool
    approximate_draws: int
    varied: int

    def outcomes(self) -> dict[str, Outcome]:
        """Return the shares by name: ``zone_share.lowest`` and ``.highest`` over all readings, and by band."""
        lowest, highest = self.extremes()
        found: dict[str, Outcome] = {
            "zone_share.lowest": lowest.open_draws / self.draws,
            "zone_share.highest": highest.open_draws / self.draws,
        }
        for band in self.bands:
            found[f"zone_share.{band.assumption}.{band.band}.lowest"] = band.lowest / self.draws
            found[f"zone_share.{band.assumption}.{band.band}.highest"] = band.highest / self.draws
        return found

    def by_word(self) -> dict[str, dict[str, dict[str, float]]]:
        """Return, for each word of each split assumption, the lowest and highest zone share of its readings."""
        found: dict[str, dict[str, list[int]]] = {}
        for one in self.readings:
            for name, word in one.reading.items():
                found.setdefault(name, {}).setdefault(word, []).append(one.open_draws)
        return {
            name: {
                word: {"lowest": min(counts) / self.draws, "highest": max(counts) / self.draws} for word, counts in words.items()
            }
            for name, words in found.items()
        }

    def extremes(self) -> tuple[ReadingShares, ReadingShares]:
        """Return the readings with the fewest and with the most draws with a zone (the first of ties)."""
        lowest = min(self.readings, key=lambda one: one.open_draws)
        highest = max(self.readings, key=lambda one: one.open_draws)
        return lowest, highest

    def acceptable_range(self, index: int) -> tuple[int, int] | None:
        """Return the lowest and highest number of draws, over readings, in which a package is in the zone."""
        at_row = int(np.searchsorted(self.indices, index))
        if at_row >= len(self.indices) or self.indices[at_row] != index:
            return None
        counts = [int(one.acceptable[at_row]) for one in self.readings]
        return min(counts), max(counts)

    def accepted_range(self, party: str, index: int) -> tuple[int, int] | None:
        """Return the lowest and highest number of draws in which one party accepts a package."""
        at_row = int(np.searchsorted(self.indices, index))
        if at_row >= len(self.indices) or self.indices[at_row] != index:
            return None
        counts = [int(one.accepted_by[party][at_row]) for one in self.readings if party in one.accepted_by]
        return (min(counts), max(counts)) if counts else None


def sample(case: Case, *, draws: int = 1000, seed: int = 1, day: date | None = None, progress: Progress | None = None) -> Sample:
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
    progress : callable, optional
        Called with (done, total).

    Raises
    ------
    ValueError
        For less than one draw, or an issue without options.
    """
    if draws < 1:
        raise ValueError("at least one draw is needed")
    space = package_space(case)
    indices = np.flatnonzero(fixed_rules(space, case))
    available = available_packages(case, space, at(case, day))[indices]
    readings = readings_of(case, MOST_READINGS)
    bands = [
        (assumption.id, band)
        for assumption in case.assumptions.values()
        if len(assumption.sweep) > 1 and _used_in_settlement(case, assumption.id)
        for band in assumption.sweep
    ]
    chunk = max(8, CELLS // max(len(indices), 1) // 8 * 8)
    starts = range(0, draws, chunk)
    work = _Work(case, seed, indices, available, progress, len(starts) * (len(readings) + 2 * len(bands)))
    parts: list[list[ReadingShares]] = [[] for _ in readings]
    for start in starts:
        run = work.run(start, min(chunk, draws - start), readings, {})
        for number, (drawn, verdicts) in enumerate(run):
            parts[number].append(_shares(case, drawn, verdicts, available))
            if number == 0:
                work.varied = max(work.varied, len(drawn.drawer.uniform_cache))
                work.approximate += int(np.any([one.approximate for one in drawn.parties.values()], axis=0).sum())
    shares = tuple(_joined(part) for part in parts)
    opened = [one.open_draws for one in shares]
    ends = [readings[int(np.argmin(opened))], readings[int(np.argmax(opened))]]
    counts = np.zeros((len(bands), 2), dtype=np.int64)
    for start in starts:
        for number, (name, band) in enumerate(bands):
            for end, (drawn, verdicts) in enumerate(work.run(start, min(chunk, draws - start), ends, {name: band})):
                counts[number, end] += _count_open(verdicts.adopted.surely, drawn.draws)
    return Sample(
        draws,
        seed,
        indices,
        shares,
        tuple(
            Band(name, format_amount(band), int(pair.min()), int(pair.max()))
            for (name, band), pair in zip(bands, counts, strict=True)
        ),
        len(readings) == count_readings(case),
        work.approximate,
        work.varied,
    )


@dataclass(slots=True)
class _Work:
    """Runs readings over the same draws and counts progress."""

    case: Case
    seed: int
    indices: NDArray[np.intp]
    available: NDArray[np.bool_]
    progress: Progress | None
    total: int
    done: int = 0
    approximate: int = 0
    varied: int = 0

    def run(
        self, start: int, draws: int, readings: list[dict[str, int]], sweep: dict[str, Amount]
    ) -> Iterator[tuple[Scenarios, Verdicts]]:
        uniform_cache: dict[str, NDArray[np.float64]] = {}
        party_cache: dict[tuple[object, ...], PartyNumbers] = {}
        cache: Cache = {}
        for reading in readings:
            drawn = draw_scenarios(
                self.case,
                self.seed,
                start=start,
                draws=draws,
                reading=reading,
                sweep=sweep,
                uniform_cache=uniform_cache,
                party_cache=party_cache,
            )
            pack = self.case.agreement.need is None
            yield drawn, judge(drawn, self.indices, available=self.available, cache=cache, pack=pack)
            self.done += 1
            if self.progress is not None:
                self.progress(self.done, self.total)


def _used_in_settlement(case: Case, name: str) -> bool:
    from zopa.case import names_in_amount

    return any(
        used.id.partition(".")[0] == name for judgement in judgements_of(case) for used in names_in_amount(judgement.amount)
    )


def _rows(flags: NDArray[Any], draws: int) -> NDArray[Any]:
    """Return flags or packed bytes with every draw in a row (or byte) of its own."""
    rows = -(-draws // 8) if flags.dtype == np.uint8 else draws
    return np.broadcast_to(flags, (rows, flags.shape[1]))


def _any_package(flags: NDArray[Any], draws: int) -> NDArray[np.bool_]:
    """Return for each draw whether any package is flagged."""
    if flags.dtype != np.uint8:
        return np.asarray(_rows(flags, draws).any(axis=1))
    together = np.bitwise_or.reduce(_rows(flags, draws), axis=1)
    return np.unpackbits(together, count=draws).astype(np.bool_)


def _count_open(flags: NDArray[Any], draws: int) -> int:
    return int(_any_package(flags, draws).sum())


def _count_draws(flags: NDArray[Any], draws: int) -> NDArray[np.int64]:
    """Return for each package in how many draws it is flagged."""
    if flags.dtype != np.uint8:
        return np.asarray(_rows(flags, draws).sum(axis=0, dtype=np.int64))
    rows = _rows(flags, draws)
    if draws % 8:
        rows = rows.copy()
        rows[-1] &= np.uint8(0xFF << (8 - draws % 8) & 0xFF)
    return np.asarray(np.bitwise_count(rows).sum(axis=0, dtype=np.int64))


def _shares(case: Case, drawn: Scenarios, verdicts: Verdicts, available: NDArray[np.bool_]) -> ReadingShares:
    draws = drawn.draws
    asked = [name for name, verdict in verdicts.parties.items() if verdict.asked.possibly.any()]
    opens: dict[str, int] = {}
    if case.agreement.need is None:
        fit = packed(certain(verdicts.allowed & verdicts.deals & available[None, :])).surely
        says = {name: ~verdicts.parties[name].asked.possibly | verdicts.parties[name].accepts.surely for name in asked}
        for name in asked:
            others = fit
            for other in asked:
                if other != name:
                    others = others & says[other]
            opens[name] = _count_open(others, draws)
    count = len(verdicts.indices)
    accepted = {
        name: np.broadcast_to(_count_draws(verdict.accepts.surely, draws), (count,))
        for name, verdict in verdicts.parties.items()
        if verdict.values is not None
    }
    return ReadingShares(
        reading_words(case, drawn.reading),
        _count_open(verdicts.adopted.surely, draws),
        _count_open(verdicts.adopted.possibly, draws),
        opens,
        _count_draws(verdicts.adopted.surely, draws),
        accepted,
    )


def _joined(parts: list[ReadingShares]) -> ReadingShares:
    first = parts[0]
    if len(parts) == 1:
        return first
    return ReadingShares(
        first.reading,
        sum(part.open_draws for part in parts),
        sum(part.possible_draws for part in parts),
        {name: sum(part.opens[name] for part in parts) for name in first.opens},
        np.sum([part.acceptable for part in parts], axis=0),
        {name: np.sum([part.accepted_by[name] for part in parts], axis=0) for name in first.accepted_by},
    )
