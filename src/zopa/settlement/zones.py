"""The frontiers and solution points of all readings over a block of draws, counted package by package."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case
from zopa.settlement.fronts import Bargain, Flags, efficient_in, same_points, solution_points
from zopa.space import (
    PackageSpace,
    PartyNumbers,
    Scenarios,
    Threshold,
    VerdictCache,
    Verdicts,
    package_values,
    packed,
    party_halves,
    signing_truth,
)

CONCEPTS: Final = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
WAITING: Final = 1_000_000  # cells that wait to be counted together
Bytes = NDArray[np.uint8]
Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Signatory:
    """What a party brings: its points in a draw (None when not known), what one point is, and its no-deal value."""

    party: str
    points: Callable[[int, NDArray[np.intp]], NDArray[Any]] | None
    unit: NDArray[Any]
    threshold: Threshold | None

    def no_deal(self, draw: int) -> Fraction | None:
        """Return the no-deal value in points."""
        bound = self.threshold
        return None if bound is None else Fraction(int(bound.numerator[draw]), bound.denominator * int(self.unit[draw]))


@dataclass(frozen=True, slots=True)
class Table:
    """Who signs, draw by draw, and with which points: what the frontiers of several zones share."""

    parties: tuple[Signatory, ...]
    signs: Flags  # (draws, parties)

    @property
    def unknown(self) -> Flags:
        """The draws in which somebody signs of whom no points are known."""
        return np.asarray((self.signs & np.array([one.points is None for one in self.parties])).any(axis=1))


@dataclass(frozen=True, slots=True)
class _Brings:
    """In which draws a party signs, and what its points and no-deal values are known by."""

    signs: Flags
    key: tuple[object, ...]
    numbers: PartyNumbers  # held, so that its identity stays its own


@dataclass(slots=True)
class Fronts:
    """Collects the different zones of a block, then finds all their frontiers and solution points.

    Parameters
    ----------
    case, space
        The case and its packages.
    indices : ndarray of shape (packages,)
        The packages looked at, ascending.
    draws : int
        Draws of the block.
    """

    case: Case
    space: PackageSpace
    indices: NDArray[np.intp]
    draws: int
    known: dict[tuple[object, ...], int] = field(default_factory=dict)
    tables: dict[tuple[object, ...], Table] = field(default_factory=dict)
    brings: dict[int, _Brings] = field(default_factory=dict)
    table_of: list[Table] = field(default_factory=list)
    zone_of: list[tuple[int, ...]] = field(default_factory=list)
    says: list[dict[int, Bytes]] = field(default_factory=list)
    traced: set[int] = field(default_factory=set)

    def add(self, drawn: Scenarios, verdicts: Verdicts, cache: VerdictCache, *, trace: bool = False) -> int:
        """Take up the zone of one reading and return the number of its front; -1 where points are missing."""
        table_key, table = self._table(drawn, verdicts, cache)
        if table is None:
            return -1
        key = (verdicts.key, table_key)
        if key not in self.known:
            self.known[key] = len(self.known)
            self.table_of.append(table)
            self.zone_of.append(self._zone(verdicts))
        if trace:
            self.traced.add(self.known[key])
        return self.known[key]

    def _zone(self, verdicts: Verdicts) -> tuple[int, ...]:
        """Return where the parts of a zone stand: what fits and each party's yes, or under a vote the zone itself."""
        if self.case.agreement.need is not None:
            self.says = self.says or [{}]
            number = len(self.says[0])
            self.says[0][number] = packed(verdicts.adopted).surely
            return (number,)
        self.says = self.says or [{} for _ in verdicts.key]
        parts = [verdicts.fits, *(verdict.yes for verdict in verdicts.parties.values())]
        for known, number, part in zip(self.says, verdicts.key, parts, strict=True):
            known.setdefault(number, part.surely)
        return verdicts.key

    def _table(self, drawn: Scenarios, verdicts: Verdicts, cache: VerdictCache) -> tuple[tuple[object, ...], Table | None]:
        """Return the table of a reading, with a key that equal tables share."""
        brings = [self._brings(drawn, verdicts, party) for party in self.case.parties]
        seats = [name for name, one in zip(self.case.parties, brings, strict=True) if one.signs.any()]
        always = [name for name, one in zip(self.case.parties, brings, strict=True) if one.signs.all()]
        if not seats or any(drawn.parties[name].points is None for name in always):
            return (), None
        key = tuple(one.key for one in brings if one.signs.any())
        if key not in self.tables:
            parties = tuple(
                Signatory(name, self._points(drawn, name, cache), drawn.parties[name].unit, verdicts.parties[name].threshold)
                for name in seats
            )
            self.tables[key] = Table(parties, np.stack([one.signs for one in brings if one.signs.any()], axis=1))
        return key, self.tables[key]

    def _brings(self, drawn: Scenarios, verdicts: Verdicts, party: str) -> _Brings:
        """Return what a party brings; looked up where a reading leaves its numbers as they are."""
        numbers = drawn.parties[party]
        known = self.brings.get(id(numbers))
        if known is None:
            rows = signing_truth(drawn, self.case.parties[party]).possibly[:, 0]
            signs = np.broadcast_to(rows, (self.draws,))
            bound = _bound_key(verdicts.parties[party].threshold)
            known = _Brings(signs, (party, signs.tobytes(), id(numbers.points), bound), numbers)
            self.brings[id(numbers)] = known
        return known

    def _points(
        self, drawn: Scenarios, party: str, cache: VerdictCache
    ) -> Callable[[int, NDArray[np.intp]], NDArray[Any]] | None:
        numbers = drawn.parties[party]
        if numbers.points is None:
            return None
        parts = party_halves(numbers, self.space, cache)
        if parts is not None:
            return lambda draw, columns: parts.values(draw, self.indices[columns])
        values = package_values(numbers, drawn, self.indices)
        assert values is not None
        return lambda draw, columns: np.asarray(values[draw][columns])

    # Counting ------------------------------------------------------------------------------------

    def counts(self) -> Arrays:
        """Return for each front the draws in which each package is efficient, and attains each solution point.

        Returns
        -------
        dict of str to ndarray
            ``efficient`` and ``solution.CONCEPT``, shape (fronts, packages).  For traced fronts also rows draw
            by draw, ``trace_of`` (traced,) saying which: ``trace.frontier.vectors``, ``trace.frontier.packages`` and
            ``trace.gain.CONCEPT.PARTY`` (a signatory's gain over no deal at the first package of the point; nan where
            there is none), shape (traced, draws).
        """
        packages = len(self.indices)
        concepts = CONCEPTS if self.case.agreement.need is None else ("egalitarian", "utilitarian")
        names = ("efficient", *(f"solution.{concept}" for concept in concepts))
        found = {name: _Tally(len(self.known), packages) for name in names}
        fronts = sorted(self.traced)
        traces = _Traces(fronts, self.draws, [self.table_of[front].unknown for front in fronts])
        groups: dict[int, list[int]] = {}
        for number, table in enumerate(self.table_of):
            groups.setdefault(id(table), []).append(number)
        members = [np.array(numbers) for numbers in groups.values()]
        which = np.array(self.zone_of, dtype=np.intp).reshape(len(self.zone_of), len(self.says))
        for row in range(-(-self.draws // 8)):
            columns, zones = self._zones(row, which)
            if not len(columns):
                continue
            # Most readings come to few different zones, and those of eight draws to fewer still in one of them.
            zones, zone_of = _different(zones)
            for numbers in members:
                used, place = np.unique(zone_of[numbers], return_inverse=True)
                for draw in range(row * 8, min(row * 8 + 8, self.draws)):
                    flags = (zones[used] & np.uint8(128 >> draw % 8)) != 0
                    front = self._front(self.table_of[numbers[0]], draw, columns, flags, place.reshape(-1))
                    if front is None:
                        continue
                    for name, where in front.flags.items():
                        at, package = _spread(where, front.zone_of)
                        found[name].add(numbers[at] * packages + front.columns[package])
                    traces.note(draw, numbers, front)
        return {name: tally.counts() for name, tally in found.items()} | traces.arrays()

    def _zones(self, row: int, which: NDArray[np.intp]) -> tuple[NDArray[np.intp], Bytes]:
        """Return the packages that are in any zone in eight draws, and the zones as bytes over these packages."""
        count = len(self.indices)
        held: list[tuple[NDArray[np.intp], Bytes]] = []
        union = np.full(count, 255, dtype=np.uint8)
        for part, known in enumerate(self.says):
            place = {number: at for at, number in enumerate(known)}
            rows = np.stack([np.broadcast_to(flags[_row(flags, row)], (count,)) for flags in known.values()])
            held.append((np.array([place[number] for number in which[:, part]], dtype=np.intp), rows))
            union = union & np.bitwise_or.reduce(rows, axis=0)
        columns = np.flatnonzero(union)
        zones = np.full((len(which), len(columns)), 255, dtype=np.uint8)
        for at, rows in held:
            zones &= rows[:, columns][at]
        return columns, zones

    def _front(
        self, table: Table, draw: int, columns: NDArray[np.intp], flags: Flags, zone_of: NDArray[np.intp]
    ) -> _Front | None:
        """Return the frontiers of one draw; None where nothing is in any zone, nobody signs, or points are missing."""
        inside = np.flatnonzero(flags.any(axis=0))
        parties = [one for one, signs in zip(table.parties, table.signs[draw], strict=True) if signs]
        readers = [one.points for one in parties if one.points is not None]
        if not len(inside) or not parties or len(readers) < len(parties):
            return None
        zones, inverse = _different(flags[:, inside])
        points = np.stack([read(draw, columns[inside]) for read in readers])
        efficient = efficient_in(points, zones)
        # Only efficient packages matter from here on; each party's best is among them.
        kept = np.flatnonzero(efficient.any(axis=0))
        no_deal = [one.no_deal(draw) for one in parties]
        known = tuple(one for one in no_deal if one is not None)
        bargain = Bargain(
            points[:, kept], tuple(int(one.unit[draw]) for one in parties), known if len(known) == len(no_deal) else None
        )
        efficient = efficient[:, kept]
        chosen = solution_points(bargain, efficient, voting=self.case.agreement.need is not None)
        named = {"efficient": efficient, **{f"solution.{concept}": where for concept, where in chosen.items()}}
        return _Front(tuple(one.party for one in parties), bargain, columns[inside[kept]], named, inverse[zone_of])


@dataclass(frozen=True, slots=True)
class _Front:
    """The frontiers of one draw: what is efficient in each zone, and which zone each front has."""

    parties: tuple[str, ...]
    bargain: Bargain
    columns: NDArray[np.intp]
    flags: dict[str, Flags]  # (zones, packages)
    zone_of: NDArray[np.intp]


def _spread(where: Flags, zone_of: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return every (front, package) for which a package is flagged in the zone of a front."""
    zones, packages = np.nonzero(where)
    order = np.argsort(zone_of, kind="stable")
    sizes = np.bincount(zone_of, minlength=len(where))
    starts = np.cumsum(sizes) - sizes
    each = sizes[zones]
    within = np.arange(int(each.sum())) - np.repeat(np.cumsum(each) - each, each)
    return order[np.repeat(starts[zones], each) + within], np.repeat(packages, each)


def _row(flags: Bytes, row: int) -> int:
    return row if len(flags) > 1 else 0


def _bound_key(bound: Threshold | None) -> object:
    return None if bound is None else (bound.denominator, tuple(bound.numerator.tolist()))


def _different(rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """Return the different rows in the order they come, and which of them each row is."""
    known: dict[bytes, int] = {}
    inverse = np.array([known.setdefault(row.tobytes(), len(known)) for row in rows], dtype=np.intp)
    first = np.unique(inverse, return_index=True)[1]
    return rows[first], inverse


class _Tally:
    """Counts how often each cell of a table is named; many at a time, which is far quicker than one by one."""

    def __init__(self, rows: int, columns: int) -> None:
        self.shape = (rows, columns)
        self.total = np.zeros(rows * columns, dtype=np.int32)
        self.waiting: list[NDArray[np.intp]] = []
        self.held = 0

    def add(self, cells: NDArray[np.intp]) -> None:
        """Count some cells."""
        self.waiting.append(cells)
        self.held += len(cells)
        if self.held > max(WAITING, len(self.total)):
            self._flush()

    def _flush(self) -> None:
        if self.waiting:
            self.total += np.bincount(np.concatenate(self.waiting), minlength=len(self.total)).astype(np.int32)
            self.waiting, self.held = [], 0

    def counts(self) -> NDArray[np.int32]:
        """Return the counts."""
        self._flush()
        return self.total.reshape(self.shape)


@dataclass(slots=True)
class _Traces:
    """Figures draw by draw of some fronts."""

    fronts: list[int]
    draws: int
    unknown: list[Flags]
    rows: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # In every block, also where no zone comes up.
        for name in ("frontier.packages", "frontier.vectors"):
            row = self._row(name, 0.0)
            for at, unknown in enumerate(self.unknown):
                row[at, unknown] = np.nan

    def note(self, draw: int, numbers: NDArray[np.intp], front: _Front) -> None:
        """Write down the figures of one draw."""
        places = np.minimum(np.searchsorted(numbers, self.fronts), len(numbers) - 1)  # numbers rise
        found = enumerate(zip(self.fronts, places, strict=True))
        wanted = [(at, front.zone_of[place]) for at, (one, place) in found if numbers[place] == one]
        rows_of: dict[int, list[int]] = {}
        for at, zone in wanted:
            rows_of.setdefault(int(zone), []).append(at)
        if not rows_of:
            return
        same = same_points(front.bargain.points)
        gains = None if front.bargain.no_deal is None else front.bargain.gains()
        for zone, rows in rows_of.items():
            packages = np.flatnonzero(front.flags["efficient"][zone])
            self._row("frontier.packages", 0.0)[rows, draw] = len(packages)
            self._row("frontier.vectors", 0.0)[rows, draw] = len(set(same[packages].tolist()))
            for name, where in front.flags.items():
                first = int(np.argmax(where[zone]))
                if gains is not None and name != "efficient" and where[zone, first]:
                    for party, gained in zip(front.parties, gains[:, first], strict=True):
                        self._row(f"gain.{name.removeprefix('solution.')}.{party}", np.nan)[rows, draw] = gained

    def _row(self, name: str, empty: float) -> NDArray[np.float64]:
        if name not in self.rows:
            self.rows[name] = np.full((len(self.fronts), self.draws), empty)
        return self.rows[name]

    def arrays(self) -> Arrays:
        """Return the rows with which front each is."""
        named = {f"trace.{name}": rows for name, rows in self.rows.items()}
        return {**named, "trace_of": np.array(self.fronts, dtype=np.int32)} if self.fronts else {}
