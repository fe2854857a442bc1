"""Settlement over a block of draws, for every reading at once.

A block is a run of draws.  What it comes to are plain arrays: counts that add up over blocks, and rows that
stand beside each other, draw by draw.  So blocks can be made anywhere and in any order, and the whole is the
same to the last bit.  Readings that come to the same answers are counted once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.case import Amount, Case, at
from zopa.settlement.available import available_packages
from zopa.settlement.counting import Counts, ReadingShares, any_package, count_draws, count_open, count_packages
from zopa.settlement.tracing import Tracing, undecided_draws
from zopa.settlement.zones import Fronts
from zopa.space import (
    ATTEMPT,
    LeverCache,
    PackageSpace,
    PartyCache,
    PartyNumbers,
    Scenarios,
    Streams,
    Verdict,
    VerdictCache,
    Verdicts,
    draw_scenarios,
    fixed_rules,
    judge,
    package_space,
    pull_levers,
    reading_words,
    simple_points,
)

Arrays = dict[str, NDArray[Any]]
CELLS: Final = 64_000_000  # draws times packages of one block, an eighth of a byte each
PLAIN_CELLS: Final = 8_000_000  # the same where points are added up package by package
LARGEST_BLOCK: Final = 512  # draws; small enough to spread a thousand over two processes


@dataclass(frozen=True, slots=True)
class Plan:
    """What is counted over draws of a case.

    Attributes
    ----------
    case : Case
        The case.
    streams : Streams
        Where the draws come from.
    readings : tuple of mapping
        The readings, each by key of a split judgement and number of the alternative.
    day : date or None
        The date looked at.
    fronts : tuple of int
        Readings whose frontiers and solution points are found as well.
    traced : bool
        Also keep figures draw by draw, for the readings that are tried.
    tried : tuple of int
        Readings under which bands are run and figures are kept, ascending.
    bands : tuple of (str, Amount)
        Assumptions and bands that take the place of their values, one at a time.
    levers : frozenset of str or None
        The levers that are pulled; None leaves the case as it stands (see :func:`~zopa.settlement.settle`).
    """

    case: Case
    streams: Streams
    readings: tuple[Mapping[str, int], ...]
    day: date | None = None
    fronts: tuple[int, ...] = ()
    traced: bool = False
    tried: tuple[int, ...] = ()
    bands: tuple[tuple[str, Amount], ...] = ()
    levers: frozenset[str] | None = None

    @property
    def indices(self) -> NDArray[np.intp]:
        """The packages that meet the rules which hang on no assumption, ascending."""
        return np.flatnonzero(fixed_rules(package_space(self.case), self.case))


def blocks(case: Case, packages: int, draws: int, start: int = 0) -> list[tuple[int, int]]:
    """Return the blocks (start, count) of an ensemble: they hang on the case alone, not on who works on them."""
    cells = CELLS if simple_points(case) and case.agreement.need is None else PLAIN_CELLS
    size = min(LARGEST_BLOCK, max(8, cells // max(packages, 1) // 8 * 8))
    return [(first, min(size, draws - first)) for first in range(start, draws, size)]


def run_block(plan: Plan, start: int, count: int) -> Arrays:
    """Return what one block of draws comes to.

    Parameters
    ----------
    plan : Plan
        What is counted.
    start, count : int
        First draw and number of draws.

    Returns
    -------
    dict of str to ndarray
        ``zone_of`` (readings,): which of the different zones a reading has; for these: ``open`` and
        ``granted`` (zones, bytes; eight draws each), ``acceptable`` and ``possible`` (zones, packages),
        ``opens`` and ``asked`` (zones, parties).  ``says`` (readings, parties): which of
        the different answers each party gives; for these ``accepted`` and ``blocked`` (answers, packages).
        With fronts, ``front_of`` (readings,; -1 for none) and for these ``efficient`` and ``solution.CONCEPT`` (fronts,
        packages).  When traced, ``trace.NAME`` (tried, draws): ``zone.open`` and ``zone.count``,
        ``acceptable.PACKAGE`` for named packages (some form of it is in the zone), ``points.PARTY.PACKAGE`` (the
        party's best form of it, in percent of the way from its worst to its best allowed package), and with
        fronts what :meth:`Fronts.counts` traces.  ``undecided`` (readings,), ``band.open`` and ``band.granted`` (bands, tried),
        ``draws``, ``varied`` and ``approximate`` (1,).
    """
    return _Block(plan, start, count).run()


@dataclass(slots=True)
class _Block:
    plan: Plan
    start: int
    count: int
    uniform_cache: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    party_cache: PartyCache = field(default_factory=PartyCache)
    cache: VerdictCache = field(default_factory=VerdictCache)
    lever_cache: LeverCache = field(default_factory=LeverCache)
    space: PackageSpace = field(init=False)
    indices: NDArray[np.intp] = field(init=False)
    available: NDArray[np.bool_] = field(init=False)
    zones: dict[tuple[int, ...], int] = field(default_factory=dict)
    answers: dict[int, tuple[int, Verdict]] = field(default_factory=dict)
    rows: dict[str, list[NDArray[Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        case = self.plan.case
        self.space = package_space(case)
        self.indices = self.plan.indices
        moment = at(case, self.plan.day)
        self.available = available_packages(case, self.space, moment, self.plan.levers)[self.indices]

    def judged(self, reading: Mapping[str, int], sweep: Mapping[str, Amount]) -> tuple[Scenarios, Verdicts]:
        """Return the scenarios and what everybody says under one reading."""
        case = self.plan.case
        drawn = draw_scenarios(
            case,
            self.plan.streams.seed,
            start=self.start,
            draws=self.count,
            reading=reading,
            sweep=sweep,
            streams=self.plan.streams,
            uniform_cache=self.uniform_cache,
            party_cache=self.party_cache,
        )
        if self.plan.levers is not None:
            drawn = pull_levers(drawn, self.plan.levers, self.lever_cache)
        pack = case.agreement.need is None
        return drawn, judge(drawn, self.indices, available=self.available, cache=self.cache, pack=pack)

    def run(self) -> Arrays:
        plan, case = self.plan, self.plan.case
        zone_of, says, undecided = [], [], []
        fronts = Fronts(case, self.space, self.indices, self.count) if plan.fronts else None
        front_of: list[int] = []
        traces = Tracing(case, self.space, self.indices, self.count) if plan.traced else None
        chained: dict[int, PartyNumbers] = {}
        with_front = frozenset(plan.fronts)
        for number, reading in enumerate(plan.readings):
            drawn, verdicts = self.judged(reading, {})
            zone_of.append(self._zone(verdicts))
            says.append([self._answer(verdict) for verdict in verdicts.parties.values()])
            undecided.append(bool(undecided_draws(drawn).any()))
            if fronts is not None:
                trace = traces is not None and number in plan.tried
                front_of.append(fronts.add(drawn, verdicts, self.cache, trace=trace) if number in with_front else -1)
            if traces is not None and number in plan.tried:
                traces.add(drawn, verdicts, self.cache)
            chained.update((id(one), one) for one in drawn.parties.values())
        found: Arrays = {name: np.stack(rows) for name, rows in self.rows.items()}
        found |= {
            "zone_of": np.array(zone_of, dtype=np.int32),
            "says": np.array(says, dtype=np.int32).reshape(len(says), len(case.parties)),
            "undecided": np.array(undecided, dtype=np.bool_),
            "draws": np.array([self.count]),
            # A repeated attempt of a judgement counts with it.
            "varied": np.array([len({key.partition(ATTEMPT)[0] for key in self.uniform_cache})]),
            "approximate": np.array([int(np.any([one.approximate for one in chained.values()], axis=0).sum())]),
        }
        if fronts is not None:
            counted = fronts.counts()
            found["front_of"] = np.array(front_of, dtype=np.int32)
            if traces is not None:
                traces.take([front_of[number] for number in plan.tried], counted)
            found |= {name: rows for name, rows in counted.items() if not name.startswith("trace")}
        return found | self._bands() | (traces.arrays() if traces is not None else {})

    def _zone(self, verdicts: Verdicts) -> int:
        """Return the number of the zone of a reading, counted when it is a new one."""
        if verdicts.key not in self.zones:
            self.zones[verdicts.key] = len(self.zones)
            adopted = verdicts.adopted
            acceptable = count_draws(adopted.surely, self.count)
            self._row("open", np.packbits(any_package(adopted.surely, self.count)))
            self._row("granted", np.packbits(any_package(adopted.possibly, self.count)))
            self._row("acceptable", acceptable)
            self._row("possible", acceptable if adopted.decided else count_draws(adopted.possibly, self.count))
            opens, asked = self._opens(verdicts)
            self._row("opens", opens)
            self._row("asked", asked)
        return self.zones[verdicts.key]

    def _answer(self, verdict: Verdict) -> int:
        """Return the number of what a party says, counted when it is new."""
        known = self.answers.get(id(verdict))
        if known is None:
            known = (len(self.answers), verdict)  # the verdict is held as well, so that its identity stays its own
            self.answers[id(verdict)] = known
            whole = (len(self.indices),)
            self._row("accepted", np.broadcast_to(count_draws(verdict.accepts.surely, self.count), whole))
            blocked = verdict.asked.surely & ~verdict.accepts.possibly
            self._row("blocked", np.broadcast_to(count_draws(blocked, self.count), whole))
        return known[0]

    def _row(self, name: str, row: NDArray[Any]) -> None:
        self.rows.setdefault(name, []).append(row)

    def _opens(self, verdicts: Verdicts) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """Return the draws with a zone if one party accepted everything, and which parties are asked at all."""
        found = np.full(len(verdicts.parties), count_open(verdicts.adopted.surely, self.count), dtype=np.int32)
        is_asked = np.zeros(len(verdicts.parties), dtype=np.bool_)
        if self.plan.case.agreement.need is not None or not len(self.indices):
            return found, is_asked
        asked = [number for number, one in enumerate(verdicts.parties.values()) if one.asked.possibly.any()]
        says = [one.yes.surely for one in verdicts.parties.values()]
        # What all after a party say, from the last to the first; what all before it say grows on the way.
        after = [verdicts.fits.surely]
        for number in reversed(asked[1:]):
            after.append(after[-1] & says[number])
        is_asked[asked] = True
        before: NDArray[Any] | None = None
        for number, rest in zip(asked, reversed(after), strict=False):
            found[number] = count_open(rest if before is None else rest & before, self.count)
            before = says[number] if before is None else before & says[number]
        return found, is_asked

    def _bands(self) -> Arrays:
        """Return draws with a zone by band: for sure, and if the unknown were granted."""
        tried = [self.plan.readings[number] for number in self.plan.tried]
        sure, granted = (np.zeros((len(self.plan.bands), len(tried)), dtype=np.int64) for _ in range(2))
        for row, (name, band) in enumerate(self.plan.bands):
            for column, reading in enumerate(tried):
                adopted = self.judged(reading, {name: band})[1].adopted
                sure[row, column] = count_open(adopted.surely, self.count)
                granted[row, column] = count_open(adopted.possibly, self.count)
        return {"band.open": sure, "band.granted": granted} if self.plan.bands else {}


def redrawn_block(plan: Plan, start: int, count: int, groups: Sequence[tuple[frozenset[str], frozenset[str]]]) -> Arrays:
    """Return what one block comes to when one group of judgements after another is drawn anew.

    Parameters
    ----------
    plan : Plan
        What is counted; only the readings that are tried.
    start, count : int
        First draw and number of draws.
    groups : sequence of (frozenset of str, frozenset of str)
        Keys of the judgements of each group, and the parties whose answers hang on them.

    Returns
    -------
    dict of str to ndarray
        ``first`` (tried, draws): the size of the zone in the draws as they are; ``second``: in draws that are
        all made anew; ``mixed`` (groups, tried, draws): with one group from the second sample (the design of
        Saltelli et al. 2010).
    """
    readings = [plan.readings[number] for number in plan.tried]
    base = _Block(plan, start, count)
    first = _sizes(base, readings)
    anew = _Block(replace(plan, streams=replace(plan.streams, all_redrawn=True)), start, count)
    second = _sizes(anew, readings)
    mixed = np.empty((len(groups), *first.shape), dtype=np.int32)
    for number, (members, parties) in enumerate(groups):
        block = _Block(
            replace(plan, streams=replace(plan.streams, redrawn=members)),
            start,
            count,
            {key: made for key, made in base.uniform_cache.items() if key.partition(ATTEMPT)[0] not in members},
            base.party_cache.without(parties),
            base.cache.copy(),
        )
        mixed[number] = _sizes(block, readings)
    return {"first": first, "second": second, "mixed": mixed}


def _sizes(block: _Block, readings: Sequence[Mapping[str, int]]) -> NDArray[np.int32]:
    """Return the size of the zone, shape (readings, draws); equal zones are counted once."""
    known: dict[tuple[int, ...], NDArray[np.int32]] = {}
    rows = []
    for reading in readings:
        verdicts = block.judged(reading, {})[1]
        if verdicts.key not in known:
            known[verdicts.key] = count_packages(verdicts.adopted.surely, block.count).astype(np.int32)
        rows.append(known[verdicts.key])
    return np.stack(rows)


def counted(plan: Plan, draws: int, progress: Callable[[int, int], None] | None = None) -> Totals:
    """Return what all blocks of a plan add up to, made here one after another.

    Parameters
    ----------
    plan : Plan
        What is counted.
    draws : int
        Draws to be made.
    progress : callable, optional
        Called with (done, total).
    """
    parts = blocks(plan.case, len(plan.indices), draws)
    totals = Totals(plan)
    for number, (start, count) in enumerate(parts):
        totals.add(start, run_block(plan, start, count))
        if progress is not None:
            progress(number + 1, len(parts))
    return totals


class Grouped:
    """Counts of packages for each reading; readings that have the same counts share one row.

    Parameters
    ----------
    readings : int
        Number of readings.
    packages : int
        Number of packages.
    """

    def __init__(self, readings: int, packages: int) -> None:
        self.which = np.zeros(readings, dtype=np.intp)
        self.rows: Counts = np.zeros((1, packages), dtype=np.int32)

    def add(self, which: NDArray[Any], rows: Counts) -> None:
        """Add counts given in the same way: a row for each reading, -1 for none."""
        padded = np.concatenate([rows, np.zeros((1, self.rows.shape[1]), dtype=np.int32)])
        pairs, inverse = np.unique(self.which * len(padded) + which % len(padded), return_inverse=True)
        self.rows = self.rows[pairs // len(padded)] + padded[pairs % len(padded)]
        self.which = inverse.reshape(-1)

    def of(self, reading: int, whole: int = 1) -> Counts:
        """Return the counts of one reading, each draw standing for ``whole`` draws."""
        row = self.rows[self.which[reading]]
        return row if whole == 1 else np.asarray(row * np.int32(whole))


class Totals:
    """What blocks add up to; they may come in any order.

    Parameters
    ----------
    plan : Plan
        What was counted.

    Attributes
    ----------
    grouped : dict of str to Grouped
        ``acceptable``, ``possible``, ``accepted.PARTY``, ``blocked.PARTY``, ``efficient``, ``solution.CONCEPT``.
    draws : int
        Draws added so far.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.readings, self.packages = len(plan.readings), len(plan.indices)
        self.parties = tuple(plan.case.parties)
        self.undecided = np.zeros(self.readings, dtype=np.bool_)
        self.opens = np.zeros((self.readings, len(self.parties)), dtype=np.int64)
        self.asked = np.zeros((self.readings, len(self.parties)), dtype=np.bool_)
        self.grouped: dict[str, Grouped] = {}
        self.band_open = np.zeros((len(plan.bands), len(plan.tried)), dtype=np.int64)
        self.band_granted = np.zeros((len(plan.bands), len(plan.tried)), dtype=np.int64)
        self.varied = self.approximate = self.draws = 0
        self._opened: dict[int, tuple[NDArray[np.bool_], NDArray[np.bool_]]] = {}
        self._rows: dict[str, dict[int, NDArray[Any]]] = {}

    def add(self, start: int, block: Arrays) -> None:
        """Add the block that begins with a draw."""
        zone_of, count = block["zone_of"], int(block["draws"][0])
        bits = (np.unpackbits(block[name], axis=1, count=count).astype(np.bool_) for name in ("open", "granted"))
        opened, granted = bits
        self._opened[start] = (opened[zone_of], granted[zone_of])
        for name in ("acceptable", "possible"):
            self._add(name, zone_of, block[name])
        for column, party in enumerate(self.parties):
            for name in ("accepted", "blocked"):
                self._add(f"{name}.{party}", block["says"][:, column], block[name])
        for name in block:
            if name == "efficient" or name.startswith("solution."):
                self._add(name, block["front_of"], block[name])
            elif name.startswith("trace."):
                self._rows.setdefault(name.removeprefix("trace."), {})[start] = block[name]
        self.opens += block["opens"][zone_of]
        self.asked |= block["asked"][zone_of]
        self.undecided |= block["undecided"]
        if "band.open" in block:
            self.band_open += block["band.open"]
            self.band_granted += block["band.granted"]
        self.varied = max(self.varied, int(block["varied"][0]))
        self.approximate += int(block["approximate"][0])
        self.draws += count

    def state(self) -> Arrays:
        """Return everything added so far as plain arrays, from which :meth:`load` goes on."""
        readings = range(self.readings)
        return {
            "open": self.open,
            "granted": self.granted,
            "opens": self.opens,
            "asked": self.asked,
            "undecided": self.undecided,
            "band.open": self.band_open,
            "band.granted": self.band_granted,
            "facts": np.array([self.draws, self.varied, self.approximate]),
            **{f"count.{name}": np.stack([counts.of(number) for number in readings]) for name, counts in self.grouped.items()},
            **{f"trace.{name}": rows for name, rows in self.traces().items()},
        }

    def load(self, state: Arrays) -> None:
        """Take up the state of an earlier run of the same plan; its draws begin with the first."""
        self._opened[0] = (state["open"].astype(np.bool_), state["granted"].astype(np.bool_))
        self.opens = self.opens + state["opens"]
        self.asked = self.asked | state["asked"].astype(np.bool_)
        self.undecided = self.undecided | state["undecided"].astype(np.bool_)
        self.band_open = self.band_open + state["band.open"]
        self.band_granted = self.band_granted + state["band.granted"]
        draws, varied, approximate = (int(one) for one in state["facts"])
        self.draws, self.varied, self.approximate = self.draws + draws, max(self.varied, varied), self.approximate + approximate
        for name, rows in state.items():
            if name.startswith("count."):
                known, which = np.unique(rows, axis=0, return_inverse=True)
                self._add(name.removeprefix("count."), which.reshape(-1), known.astype(np.int32))
            elif name.startswith("trace."):
                self._rows.setdefault(name.removeprefix("trace."), {})[0] = rows

    def _add(self, name: str, which: NDArray[Any], rows: Counts) -> None:
        if name not in self.grouped:
            self.grouped[name] = Grouped(self.readings, self.packages)
        self.grouped[name].add(which, rows)

    @property
    def open(self) -> NDArray[np.bool_]:
        """Which draws have a zone under each reading, shape (readings, draws), in the order of the draws."""
        return np.concatenate([self._opened[start][0] for start in sorted(self._opened)], axis=1)

    @property
    def granted(self) -> NDArray[np.bool_]:
        """The same if everything unknown were granted."""
        return np.concatenate([self._opened[start][1] for start in sorted(self._opened)], axis=1)

    def traces(self) -> dict[str, NDArray[np.float64]]:
        """Return the figures kept draw by draw, shape (traced readings, draws).

        Where a block had none they are nan; for a word of an outcome (``NAME=WORD``) nought where the block had
        another word.
        """
        words: dict[str, list[str]] = {}
        for name in self._rows:
            if "=" in name:
                words.setdefault(name.partition("=")[0], []).append(name)
        found = {}
        for name, rows in self._rows.items():
            if name in words:
                continue  # a block in which no word was known; that is nan in every word
            first = next(iter(rows.values()))
            parts = [
                rows[start] if start in rows else self._absent(name, start, words, len(first)) for start in sorted(self._opened)
            ]
            found[name] = np.concatenate(parts, axis=1)
        return found

    def _absent(self, name: str, start: int, words: Mapping[str, list[str]], readings: int) -> NDArray[np.float64]:
        """Return what stands for figures that a block did not have."""
        for other in words.get(name.partition("=")[0], ()):
            if start in self._rows[other]:
                return np.where(np.isnan(self._rows[other][start]), np.nan, 0.0)
        return np.full((readings, self._opened[start][0].shape[1]), np.nan)

    def shares(self, whole: int = 1) -> tuple[ReadingShares, ...]:
        """Return the counts of every reading; each draw added stands for ``whole`` draws."""
        return tuple(self._shares(number, whole) for number in range(self.readings))

    def _shares(self, number: int, whole: int) -> ReadingShares:
        grouped = self.grouped
        opened = [sum(int(pair[kind][number].sum()) for pair in self._opened.values()) for kind in (0, 1)]
        return ReadingShares(
            reading_words(self.plan.case, self.plan.readings[number]),
            opened[0] * whole,
            opened[1] * whole,
            {
                name: int(self.opens[number, column]) * whole
                for column, name in enumerate(self.parties)
                if self.asked[number, column]
            },
            grouped["acceptable"].of(number, whole),
            grouped["possible"].of(number, whole),
            {name: grouped[f"blocked.{name}"].of(number, whole) for name in self.parties},
            {name: grouped[f"accepted.{name}"].of(number, whole) for name in self.parties},
            bool(self.undecided[number]),
            grouped["efficient"].of(number, whole) if number in self.plan.fronts else None,
            {
                name.removeprefix("solution."): counts.of(number, whole)
                for name, counts in grouped.items()
                if name.startswith("solution.") and number in self.plan.fronts
            },
        )
