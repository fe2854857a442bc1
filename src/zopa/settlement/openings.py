"""What would open an empty zone: the fewest items, the fewest points, and what each party could do alone.

The measures differ, and none of them is the right one, so all are given.  Shortfalls are points a party
lacks to its no-deal value; adding them up, or comparing them, compares points between parties.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.conflict_items import ConflictItem, conflict_items
from zopa.settlement.conflicts import WORD, distinct_sets, minimal_masks, minimal_transversals, violation_words
from zopa.settlement.ground import Ground
from zopa.settlement.settle import Settlement

Flags = NDArray[np.bool_]
Whole = NDArray[Any]
LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class Opening:
    """Packages that come closest by one measure, and what the parties lack there.

    Attributes
    ----------
    points : Fraction
        The measure: points in total, or of the one that lacks most.
    packages : tuple of int
        Packages that attain it, by index, at most 100.
    count : int
        How many there are.
    short : mapping of str to Fraction
        In the first of them, the points each party lacks; parties that lack nothing are left out.
    """

    points: Fraction
    packages: tuple[int, ...]
    count: int
    short: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Removal:
    """A minimal set of items whose removal opens the zone, and the points this takes.

    Attributes
    ----------
    items : tuple of str
        The items.
    count : int
        Packages that nothing would exclude any longer.
    points : Opening or None
        When no-deal values are among the items: the fewest points in total by which they have to be
        lowered, given that the other items are gone; None when no no-deal value is among them.
    packages : tuple of int
        Packages that get in, at most 100.
    """

    items: tuple[str, ...]
    count: int
    points: Opening | None
    packages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conflicts:
    """All minimal conflict sets and minimal removals, up to a limit.

    Attributes
    ----------
    items : mapping of str to ConflictItem
        What could be given up, and what stands anyway, by id.
    conflicts : tuple of tuple of str
        Minimal sets of items that together leave no package beside what stands anyway, smallest first.
    complete : bool
        True when these are all.
    removals : tuple of Removal
        The smallest first, at most as many as asked for.
    removal_count : int
        How many minimal removals there are.
    stands : bool
        True when what nobody can give up leaves no package: then no removal helps.
    """

    items: Mapping[str, ConflictItem]
    conflicts: tuple[tuple[str, ...], ...]
    complete: bool
    removals: tuple[Removal, ...]
    removal_count: int
    stands: bool

    @property
    def fewest(self) -> tuple[Removal, ...]:
        """The listed removals with the fewest items."""
        return tuple(one for one in self.removals if len(one.items) == len(self.removals[0].items))


@dataclass(frozen=True, slots=True)
class Sweetener:
    """A payment tied to one option: what the option has to be worth more to a party to open the zone.

    Attributes
    ----------
    party : str
        Who would be paid.
    issue, option : int
        The option, by number.
    points : Fraction
        The least that the payment has to be worth to the party, in its own points.
    count : int
        Packages that it brings in.
    package : int
        The first of them.
    """

    party: str
    issue: int
    option: int
    points: Fraction
    count: int
    package: int


@dataclass(frozen=True, slots=True)
class Pooled:
    """What payments from party to party could do if a point of one were as good as a point of another.

    Attributes
    ----------
    points : Fraction
        The largest sum of the gains of everybody asked, over clear packages; below nought when no payment
        between the parties is enough.
    packages : tuple of int
        Packages that attain it, at most 100.
    count : int
        Clear packages in which the gains add up to nought or more.
    """

    points: Fraction
    packages: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Openings:
    """The points that would open the zone, over packages clear of rules and red lines.

    Attributes
    ----------
    clear : int
        How many packages are clear: allowed deals that cross no red line of anybody asked.
    least_total : Opening or None
        Fewest points in total; None without a clear package.
    least_largest : Opening or None
        Fewest points for the party that lacks most.
    concessions : mapping of str to Opening or None
        For each party asked, how far it alone has to lower its no-deal value (or its hopes) until a
        package is in the zone; None when it cannot open the zone alone by points.
    sweeteners : mapping of str to tuple of Sweetener
        For each party asked, what a payment tied to one option has to be worth to it, cheapest first;
        options with which it cannot open the zone alone are left out.
    pooled : Pooled or None
        Payments between parties, point for point; None without a clear package.
    lacking : tuple of str
        Parties of whom an input is missing; packages that need them are left out.
    """

    clear: int
    least_total: Opening | None
    least_largest: Opening | None
    concessions: Mapping[str, Opening | None]
    sweeteners: Mapping[str, tuple[Sweetener, ...]]
    pooled: Pooled | None
    lacking: tuple[str, ...]


def openings(ground: Ground, limit: int = LISTED) -> Openings:
    """Return what would open the zone in points.

    Where the zone is open, every shortfall is nought.

    Parameters
    ----------
    ground : Ground
        Who is asked where, and what each party gains.
    limit : int
        Most packages listed of each kind.

    Returns
    -------
    Openings
        Exact; ties by index.
    """
    rows = ground.clear_packages()
    short = shortfalls(ground, rows)
    total, largest = (np.zeros(len(rows), dtype=np.int64) for _ in range(2))
    for lack in short.values():
        total = total + lack
        largest = np.maximum(largest, lack)
    alone = {name: _alone(ground, name) for name in ground.heard}
    return Openings(
        len(rows),
        _least(ground, total, rows, short, limit),
        _least(ground, largest, rows, short, limit),
        {name: _least(ground, lack, some, {name: lack}, limit) for name, (some, lack) in alone.items()},
        {name: _sweeteners(ground, name, some, lack) for name, (some, lack) in alone.items()},
        _pooled(ground, rows, limit),
        ground.lacking,
    )


def shortfalls(ground: Ground, rows: NDArray[np.intp]) -> dict[str, Whole]:
    """Return how many points each party lacks in some packages, as numerators; nought where it is not asked."""
    return {name: _shortfall(ground, name, rows) for name, gain in ground.gains.items() if gain is not None}


def _shortfall(ground: Ground, party: str, rows: NDArray[np.intp]) -> Whole:
    gain = ground.gains[party]
    assert gain is not None
    lack = -gain[rows]
    lack[(lack < 0) | ~ground.asked[party][rows]] = 0
    return lack


def _alone(ground: Ground, party: str) -> tuple[NDArray[np.intp], Whole]:
    """Return the packages that hang on one party's points alone, and what it lacks in each."""
    if ground.gains[party] is None:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.int64)
    kept = ground.fit & (ground.clear[party] | ~ground.asked[party])
    for name, asked in ground.asked.items():
        if name != party:
            kept = kept & (~asked | ground.accepts(name))
    rows = np.flatnonzero(kept)
    return rows, _shortfall(ground, party, rows)


def _sweeteners(ground: Ground, party: str, rows: NDArray[np.intp], lack: Whole) -> tuple[Sweetener, ...]:
    found = []
    for axis, count in enumerate(ground.shape):
        digits = rows // prod(ground.shape[axis + 1 :]) % count
        for option in range(count):
            here = np.flatnonzero(digits == option)
            if len(here):
                there = lack[here]
                ties = here[np.flatnonzero(there == there.min())]
                points = ground.points(lack[ties[0]])
                found.append(Sweetener(party, axis, option, points, len(ties), int(rows[ties[0]])))
    return tuple(sorted(found, key=lambda one: one.points))


def _pooled(ground: Ground, rows: NDArray[np.intp], limit: int) -> Pooled | None:
    if not len(rows):
        return None
    total: Whole = np.zeros(len(rows), dtype=np.int64)
    for name, gain in ground.gains.items():
        if gain is not None:
            total = total + np.where(ground.asked[name][rows], gain[rows], 0)
    best = total.max()
    return Pooled(ground.points(best), _first(rows[np.flatnonzero(total == best)], limit), int(np.count_nonzero(total >= 0)))


def _least(ground: Ground, measure: Whole, rows: NDArray[np.intp], short: Mapping[str, Whole], limit: int) -> Opening | None:
    if not len(rows):
        return None
    least = measure.min()
    ties = np.flatnonzero(measure == least)
    first = int(ties[0])
    lacks = {name: ground.points(lack[first]) for name, lack in short.items() if lack[first]}
    return Opening(ground.points(least), _first(rows[ties], limit), len(ties), lacks)


def all_conflicts(settlement: Settlement, ground: Ground, *, limit: int = LISTED) -> Conflicts:
    """Return all minimal conflict sets and removals up to a limit, with the points that removals take.

    Parameters
    ----------
    settlement : Settlement
        In which no package is even possibly adopted by the coalition of the ground.
    ground : Ground
        Whose yes is looked for.
    limit : int
        Most conflict sets, most removals, and most packages of each, returned.
    """
    asked = None
    if settlement.case.agreement.need is not None:
        asked = {name: where if name in ground.coalition else _surely(settlement, name) for name, where in ground.asked.items()}
    found = conflict_items(settlement.case, settlement.scenarios, settlement.verdicts, settlement.moment, asked)
    masks, left = found.without_standing()
    rows = np.flatnonzero(left)
    if not len(rows):
        return Conflicts(found.items, (), True, (), 0, stands=True)
    names = list(masks)
    words = violation_words({name: mask[rows] for name, mask in masks.items()})
    violated = minimal_masks(distinct_sets(words)) if names else (0,)
    transversals, complete = minimal_transversals(violated, limit)
    removals = []
    for one in violated[:limit]:
        # Packages that violate just these: a minimal removal has no smaller one inside it.
        kept = np.ones(len(rows), dtype=np.bool_)
        for number, word in enumerate(words):
            kept &= word == one >> (WORD * number) & ((1 << WORD) - 1)
        inside = rows[kept]
        some = _named(one, names)
        parties = [found.items[name].party or "" for name in some if found.items[name].kind == "no_deal"]
        removals.append(Removal(some, len(inside), _points(ground, parties, inside, limit), _first(inside, limit)))
    sets = tuple(_named(one, names) for one in transversals)
    return Conflicts(found.items, sets, complete, tuple(removals), len(violated), stands=False)


def _surely(settlement: Settlement, party: str) -> Flags:
    return np.asarray(np.broadcast_to(settlement.verdicts.parties[party].asked.surely, (1, settlement.space.size))[0])


def _named(mask: int, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(names) if mask >> bit & 1)


def _points(ground: Ground, parties: Sequence[str], rows: NDArray[np.intp], limit: int) -> Opening | None:
    if not parties:
        return None
    short = {name: _shortfall(ground, name, rows) for name in parties}
    total = sum(short.values(), np.zeros(len(rows), dtype=np.int64))
    return _least(ground, total, rows, short, limit)


def _first(rows: NDArray[np.intp], limit: int) -> tuple[int, ...]:
    return tuple(int(row) for row in rows[:limit])
