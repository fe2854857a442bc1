"""Trades (logrolling): changes on several issues that are good for everyone named only together.

A change on one issue that is good for one party and bad for another is no improvement.  Two such changes
may be: each party gives on what matters less to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm, prod
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.settle import Settlement

Flags = NDArray[np.bool_]
Whole = NDArray[Any]
LISTED: Final = 100
MOST_CHANGES: Final = 20_000_000  # combinations of changes looked at
NARROW: Final = 2**62


@dataclass(frozen=True, slots=True)
class Trade:
    """Changes that together give every party named something.

    Attributes
    ----------
    changes : tuple of (int, int)
        Issue and new option of each change, by number, in the order of the issues.
    package : int
        The package they lead to.
    gains : tuple of Fraction
        What each party named gains, in points and in the order named; all above nought.
    """

    changes: tuple[tuple[int, int], ...]
    package: int
    gains: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class TradeList:
    """Trades of one kind: how many there are, and the first of them, largest smallest gain first."""

    count: int
    listed: tuple[Trade, ...]

    @property
    def best(self) -> tuple[Trade, ...]:
        """All listed trades that share the largest smallest gain."""
        return tuple(one for one in self.listed if min(one.gains) == min(self.listed[0].gains))


@dataclass(frozen=True, slots=True)
class Trades:
    """What the parties named could gain together from a package.

    Attributes
    ----------
    package : int
        Where they start.
    parties : tuple of str
        The parties named.
    within_zone : bool
        True when the start is in the zone: then so is every package a trade leads to.
    improvements : TradeList
        One change that is good for all of them.
    by_issues : mapping of int to TradeList
        For each number of issues looked at, from two: changes, each alone good for one of the parties and
        bad for another, together good for all, where no part of them would be enough.
    """

    package: int
    parties: tuple[str, ...]
    within_zone: bool
    improvements: TradeList
    by_issues: Mapping[int, TradeList]


def find_trades(
    points: Sequence[tuple[Whole, int]],
    shape: Sequence[int],
    package: int,
    allowed: Flags,
    *,
    issues: int = 2,
    limit: int = LISTED,
) -> tuple[TradeList, dict[int, TradeList]]:
    """Return single improvements, and trades on two issues and, if asked for, on more.

    Parameters
    ----------
    points : sequence of (ndarray of shape (packages,), int)
        For each party named, numerators of its points and their denominator.
    shape : sequence of int
        Number of options of each issue.
    package : int
        Index of the package to start from.
    allowed : ndarray of bool, shape (packages,)
        Packages a trade may lead to.
    issues : int
        Most issues changed, at least two.
    limit : int
        Most trades listed of each kind.

    Returns
    -------
    tuple of (TradeList, dict of int to TradeList)
        Ranked by the smallest gain, which compares points between parties; ties by issue and option.

    Raises
    ------
    ValueError
        When fewer than two issues are asked for, or there are more than 20 million combinations of changes.

    Notes
    -----
    Points are looked up package by package, so that a bonus on a combination counts.

    References
    ----------
    Froman and Cohen (1970), Compromise and logroll; Raiffa (1982), The art and science of negotiation.
    """
    if issues < 2:
        raise ValueError("a trade changes at least two issues")
    issues = min(issues, max(len(shape), 2))
    # The products of some issues at a time, summed over all choices of issues: elementary symmetric polynomials.
    chosen = [1, *([0] * issues)]
    for count in shape:
        for size in range(issues, 0, -1):
            chosen[size] += chosen[size - 1] * count
    if sum(chosen) > MOST_CHANGES:
        raise ValueError(
            f"changes on up to {issues} issues come to {sum(chosen):,} combinations, more than {MOST_CHANGES:,}: "
            "look at fewer issues at a time"
        )
    walk = _Walk(points, shape, package, allowed)
    axes = range(len(shape))
    improvements = walk.ranked({(one,): walk.good((one,)) for one in axes}, limit)
    trading = {one: walk.mixed((one,)) for one in axes}
    enough: dict[tuple[int, ...], Flags] = {}
    found: dict[int, TradeList] = {}
    for size in range(2, issues + 1):
        kept: dict[tuple[int, ...], Flags] = {}
        for some in combinations(axes, size):
            good = walk.good(some)
            if size < issues:
                enough[some] = good
            for place, one in enumerate(some):
                good = good & _on(trading[one], (place,), size)
            for places in _parts(size):
                good = good & ~_on(enough[tuple(some[place] for place in places)], places, size)
            kept[some] = good
        found[size] = walk.ranked(kept, limit)
    return improvements, found


def _parts(size: int) -> Iterator[tuple[int, ...]]:
    """Yield the places of the parts that could be enough by themselves: two issues or more, but not all."""
    for fewer in range(2, size):
        yield from combinations(range(size), fewer)


def _on(flags: Flags, places: Sequence[int], size: int) -> Flags:
    """Return flags over a few issues as flags over more, with an axis for each."""
    lengths = iter(flags.shape)
    return flags.reshape([next(lengths) if place in places else 1 for place in range(size)])


class _Walk:
    """Points after changes on a few issues, seen from one package."""

    def __init__(self, points: Sequence[tuple[Whole, int]], shape: Sequence[int], package: int, allowed: Flags) -> None:
        self.points, self.shape, self.package, self.allowed = points, shape, package, allowed
        self.strides = [prod(shape[axis + 1 :]) for axis in range(len(shape))]
        self.digits = [package // stride % count for stride, count in zip(self.strides, shape, strict=True)]

    def packages(self, issues: Sequence[int]) -> NDArray[np.intp]:
        """Return the packages that differ from the first in these issues at most, an axis for each."""
        found = np.full((1,) * len(issues), self.package, dtype=np.intp)
        for axis, issue in enumerate(issues):
            steps = (np.arange(self.shape[issue]) - self.digits[issue]) * self.strides[issue]
            found = found + steps.reshape([-1 if one == axis else 1 for one in range(len(issues))])
        return found

    def differences(self, packages: NDArray[np.intp]) -> list[Whole]:
        """Return what each party gains or loses, as numerators over its own denominator."""
        found = []
        for values, _ in self.points:
            there = values[packages]
            wide = there if there.dtype == object else there.astype(np.int64)
            found.append(wide - int(values[self.package]))
        return found

    def good(self, issues: Sequence[int]) -> Flags:
        """Return where everyone named gains and the package is allowed."""
        packages = self.packages(issues)
        found = self.allowed[packages]
        for change in self.differences(packages):
            found = found & np.asarray(change > 0, dtype=np.bool_)
        return found if self.points else np.zeros_like(found)

    def mixed(self, issues: Sequence[int]) -> Flags:
        """Return where somebody named gains and somebody named loses."""
        packages = self.packages(issues)
        gains, loses = (np.zeros(packages.shape, dtype=np.bool_) for _ in range(2))
        for change in self.differences(packages):
            gains |= np.asarray(change > 0, dtype=np.bool_)
            loses |= np.asarray(change < 0, dtype=np.bool_)
        return gains & loses

    def ranked(self, chosen: Mapping[tuple[int, ...], Flags], limit: int) -> TradeList:
        """Return the chosen changes, largest smallest gain first, then by issue and option."""
        packages = {issues: self.packages(issues)[where] for issues, where in chosen.items()}
        count = sum(len(some) for some in packages.values())
        if not count:
            return TradeList(0, ())
        smallest = np.concatenate([self._smallest(some) for some in packages.values()])
        first = np.argsort(-smallest, kind="stable")[:limit]
        starts = np.cumsum([0, *(len(some) for some in packages.values())])
        keys = list(chosen)
        listed = []
        for row in first.tolist():
            at = int(np.searchsorted(starts, row, side="right")) - 1
            issues = keys[at]
            package = int(packages[issues][row - int(starts[at])])
            changes = tuple((issue, package // self.strides[issue] % self.shape[issue]) for issue in issues)
            gains = tuple(Fraction(int(values[package]) - int(values[self.package]), unit) for values, unit in self.points)
            listed.append(Trade(changes, package, gains))
        return TradeList(count, tuple(listed))

    def _smallest(self, packages: NDArray[np.intp]) -> Whole:
        """Return the smallest gain in each package, as numerators over one denominator for all parties."""
        common = lcm(*(unit for _, unit in self.points))
        found: Whole | None = None
        for change, (_, unit) in zip(self.differences(packages), self.points, strict=True):
            largest = max((abs(int(change.max())), abs(int(change.min()))), default=0) if len(change) else 0
            fits = change.dtype != object and largest * (common // unit) < NARROW
            gain = (change if fits else change.astype(object)) * (common // unit)
            found = gain if found is None else np.minimum(found, gain)
        assert found is not None
        return found


def trades(
    settlement: Settlement, package: int, parties: Sequence[str] | None = None, *, issues: int = 2, limit: int = LISTED
) -> Trades | None:
    """Return the trades from a package; None when the points of a party named are missing.

    Parameters
    ----------
    settlement : Settlement
        By enumeration.
    package : int
        Where to start; it need not be allowed.
    parties : sequence of str, optional
        The parties named; by default all that sign.
    issues : int
        Most issues changed, at least two.
    limit : int
        Most trades listed of each kind.

    Raises
    ------
    ValueError
        As :func:`find_trades`.

    Notes
    -----
    A trade leads to an allowed deal that can be had on the date looked at, and crosses no red line of a
    party named: what a party refuses whatever it gets for it is no gain to it.  From a package of the zone it
    leads to a package of the zone.  From elsewhere it need not be accepted by others, nor reach anybody's
    no-deal value.
    """
    named = settlement.seats if parties is None else tuple(dict.fromkeys(parties))
    verdicts, size = settlement.verdicts, settlement.space.size
    surely = verdicts.adopted.surely[0]
    inside = bool(surely[package])
    allowed = surely if inside else (verdicts.allowed & verdicts.deals)[0] & settlement.available
    points = []
    for name in named:
        verdict = verdicts.parties[name]
        if verdict.values is None:
            return None
        points.append((verdict.values[0], int(settlement.scenarios.parties[name].unit[0])))
        for crossed in verdict.crossed.values():
            allowed = allowed & ~np.broadcast_to(crossed.possibly, (1, size))[0]
    improvements, found = find_trades(points, settlement.space.shape, package, allowed, issues=issues, limit=limit)
    return Trades(package, named, inside, improvements, found)


@dataclass(frozen=True, slots=True)
class Leaning:
    """Two issues that two parties weigh very differently.

    Attributes
    ----------
    first, second : str
        The parties.
    first_issue, second_issue : str
        The issue that the first party weighs more than the second does, and the other way round.
    ratio : Fraction
        How many times as much the first party weighs the one issue against the other, compared with the
        second party.
    """

    first: str
    second: str
    first_issue: str
    second_issue: str
    ratio: Fraction


def logrolling_screen(
    scores: Mapping[str, Sequence[Sequence[Fraction]]], issues: Sequence[str], least: Fraction = Fraction(2)
) -> tuple[Leaning, ...]:
    """Return where trades are to be looked for: ratios of weights that lie far apart, furthest first.

    The weight of an issue is the span between its best and its worst option.  Only issues on which the two
    parties want different things are compared.

    Parameters
    ----------
    scores : mapping of str to sequence of sequence of Fraction
        Points of each party for each option of each issue.
    issues : sequence of str
        Names of the issues.
    least : Fraction
        Smallest ratio that counts as far apart.

    References
    ----------
    Froman and Cohen (1970), Compromise and logroll.
    """
    found = []
    for first, second in combinations(scores, 2):
        spans = {name: [max(row) - min(row) for row in scores[name]] for name in (first, second)}
        disputed = [axis for axis in range(len(issues)) if not _wanted(scores[first][axis]) & _wanted(scores[second][axis])]
        for one, two in combinations(disputed, 2):
            here = spans[first][one] * spans[second][two]
            there = spans[first][two] * spans[second][one]
            if here < there:
                one, two, here, there = two, one, there, here
            # Nobody who is indifferent wants anything different, so that spans of disputed issues are above nought.
            ratio = here / there
            if ratio >= least:
                found.append(Leaning(first, second, issues[one], issues[two], ratio))
    return tuple(sorted(found, key=lambda one: -one.ratio))


def _wanted(row: Sequence[Fraction]) -> set[int]:
    best = max(row)
    return {option for option, value in enumerate(row) if value == best}
