"""Side payments on a numeric issue: who can be compensated there, and how much suits everybody.

Between the numbers listed in a case, points go in straight lines, as they do where a case file gives points
at some numbers only.  Beyond the ends of an issue nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.case import Issue
from zopa.settlement.ground import Ground, Grounds
from zopa.settlement.settle import Settlement

Flags = NDArray[np.bool_]
Whole = NDArray[Any]
LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from ``low`` to ``high``, both ends among them."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Payment:
    """What one issue could do for a package whose other issues stay as they are.

    Attributes
    ----------
    issue : str
        A numeric issue, or an ordered one.
    rising, falling : tuple of str
        Parties to which going up the scale gives points, step by step at least as many as before, and those
        from which it takes them: the ones can be paid by the others.  Whoever gains here and loses there,
        or is indifferent, stands in neither.
    rates : mapping of str to Fraction or None
        Points that one unit more is worth to a party, where it is the same all along a numeric issue.
    accepted : mapping of str to tuple of str
        Options with which each party asked accepts the package.
    options : tuple of str
        Options with which the package is in the zone.
    between : bool
        True for a numeric issue: numbers between the listed ones mean something.
    ranges : mapping of str to tuple of Interval
        Numbers with which each party asked accepts the package; empty where ``between`` is False.
    range : tuple of Interval
        Numbers with which the package suits everybody asked.
    """

    issue: str
    rising: tuple[str, ...]
    falling: tuple[str, ...]
    rates: Mapping[str, Fraction | None]
    accepted: Mapping[str, tuple[str, ...]]
    options: tuple[str, ...]
    between: bool
    ranges: Mapping[str, tuple[Interval, ...]]
    range: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class BetweenPackage:
    """Two packages that differ by one step of a numeric issue, and the numbers in between that suit everybody."""

    lower: int
    upper: int
    numbers: Interval


@dataclass(frozen=True, slots=True)
class BetweenOpening:
    """A numeric issue on which a payment between two listed numbers opens the zone.

    Attributes
    ----------
    issue : str
        The issue.
    count : int
        Pairs of packages, one step apart, between which there is something that suits everybody.
    listed : tuple of BetweenPackage
        The first of them.
    """

    issue: str
    count: int
    listed: tuple[BetweenPackage, ...]


def side_payments(settlement: Settlement, grounds: Grounds, package: int) -> tuple[Payment, ...]:
    """Return what each numeric or ordered issue could do for a package.

    Parameters
    ----------
    settlement : Settlement
        By enumeration.
    grounds : Grounds
        Of this settlement.
    package : int
        Whose other issues stay as they are.

    Returns
    -------
    tuple of Payment
        In the order of the issues.

    Notes
    -----
    A number between two options suits a party when its points, on the straight line between them, reach its
    no-deal value and neither option crosses a red line of it; it suits everybody when, besides, both options
    are allowed deals that can be had.  A party is asked between two options when it is asked at either.
    """
    return tuple(
        _payment(settlement, grounds, package, axis, issue)
        for axis, issue in enumerate(settlement.space.issues)
        if issue.ordered and len(issue.options) > 1
    )


def _payment(settlement: Settlement, grounds: Grounds, package: int, axis: int, issue: Issue) -> Payment:
    shape = settlement.space.shape
    stride = prod(shape[axis + 1 :])
    first = package - package // stride % shape[axis] * stride
    rows = first + np.arange(shape[axis]) * stride
    numbers = [option.at or Fraction(0) for option in issue.options]
    upwards = sorted(range(len(numbers)), key=numbers.__getitem__)
    numeric = issue.scale == "numeric"
    rising, falling = [], []
    rates: dict[str, Fraction | None] = {}
    for name, verdict in settlement.verdicts.parties.items():
        if verdict.values is None:
            continue
        points = [settlement.party_points(name, int(row)) or Fraction(0) for row in rows]
        steps = [after - before for before, after in pairwise([points[place] for place in upwards])]
        if any(steps) and all(step >= 0 for step in steps):
            rising.append(name)
        if any(steps) and all(step <= 0 for step in steps):
            falling.append(name)
        if numeric:
            gaps = [after - before for before, after in pairwise(numbers)]
            slopes = {step / gap for step, gap in zip(steps, gaps, strict=True)}
            rates[name] = slopes.pop() if len(slopes) == 1 else None
    ids = issue.option_ids()
    asked = dict.fromkeys(name for one in grounds.list for name in one.asked if one.asked[name][rows].any())
    accepted, ranges = {}, {}
    for name in asked:
        ground = next(one for one in grounds.list if name in one.asked)
        accepts = ground.accepts(name)[rows]
        accepted[name] = tuple(option for option, yes in zip(ids, accepts, strict=True) if yes)
        if numeric:
            ranges[name] = _numbers(ground, (name,), rows, numbers, everywhere=True)
    adopted = settlement.verdicts.adopted.surely[0][rows]
    options = tuple(option for option, yes in zip(ids, adopted, strict=True) if yes)
    together = [part for one in grounds.list for part in _numbers(one, tuple(one.asked), rows, numbers)] if numeric else []
    return Payment(issue.id, tuple(rising), tuple(falling), rates, accepted, options, numeric, ranges, joined(together))


def _numbers(
    ground: Ground, parties: tuple[str, ...], rows: NDArray[np.intp], numbers: list[Fraction], *, everywhere: bool = False
) -> tuple[Interval, ...]:
    """Return the numbers that suit some parties; with ``everywhere``, whether they are asked or not, and allowed or not."""
    places = range(len(rows))
    found = [
        _part(ground, parties, (rows[low], rows[high]), (numbers[low], numbers[high]), everywhere=everywhere)
        for low, high in [(place, place) for place in places] + [(place, place + 1) for place in places[:-1]]
    ]
    return joined(one for one in found if one is not None)


def _part(
    ground: Ground,
    parties: tuple[str, ...],
    rows: tuple[int, int],
    numbers: tuple[Fraction, Fraction],
    *,
    everywhere: bool = False,
) -> Interval | None:
    """Return what suits some parties from one package to another, or at one."""
    low, high = rows
    if not everywhere and not (ground.fit[low] and ground.fit[high]):
        return None
    start, end = Fraction(0), Fraction(1)
    for name in parties:
        if not everywhere and not (ground.asked[name][low] or ground.asked[name][high]):
            continue
        gain = ground.gains[name]
        if gain is None or not (ground.clear[name][low] and ground.clear[name][high]):
            return None
        at, then = int(gain[low]), int(gain[high])
        if at < 0 and then < 0:
            return None
        if at < 0:
            start = max(start, Fraction(-at, then - at))
        if then < 0:
            end = min(end, Fraction(at, at - then))
    width = numbers[1] - numbers[0]
    return Interval(numbers[0] + start * width, numbers[0] + end * width) if start <= end else None


def joined(parts: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return intervals in order, those that touch made one."""
    found: list[Interval] = []
    for one in sorted(parts, key=lambda one: (one.low, one.high)):
        if found and one.low <= found[-1].high:
            found[-1] = Interval(found[-1].low, max(found[-1].high, one.high))
        else:
            found.append(one)
    return tuple(found)


def between_openings(settlement: Settlement, ground: Ground, limit: int = LISTED) -> tuple[BetweenOpening, ...]:
    """Return the numeric issues on which a number between two listed ones opens the zone.

    Parameters
    ----------
    settlement : Settlement
        By enumeration.
    ground : Ground
        Whose yes is looked for.
    limit : int
        Most pairs of packages listed for each issue.

    Returns
    -------
    tuple of BetweenOpening
        In the order of the issues; those without such a number are left out.  See :func:`side_payments` for
        what is assumed between two listed numbers.
    """
    found = []
    for axis, issue in enumerate(settlement.space.issues):
        if issue.scale != "numeric" or len(issue.options) < 2:
            continue
        lower = _between(ground, axis)
        if not len(lower):
            continue
        stride, count = prod(ground.shape[axis + 1 :]), ground.shape[axis]
        numbers = [option.at or Fraction(0) for option in issue.options]
        listed = []
        for row in lower[:limit].tolist():
            place = row // stride % count
            ends = (numbers[place], numbers[place + 1])
            interval = _part(ground, tuple(ground.asked), (row, row + stride), ends)
            assert interval is not None
            listed.append(BetweenPackage(row, row + stride, interval))
        found.append(BetweenOpening(issue.id, len(lower), tuple(listed)))
    return tuple(found)


def _between(ground: Ground, axis: int) -> NDArray[np.intp]:
    """Return the packages from which a step up one issue passes numbers that suit everybody asked."""
    count, after = ground.shape[axis], prod(ground.shape[axis + 1 :])

    def ends(flags: Whole) -> tuple[Whole, Whole]:
        whole = flags.reshape(-1, count, after)
        return whole[:, :-1], whole[:, 1:]

    low, high = ends(ground.fit)
    suits = low & high
    gains: dict[str, tuple[Whole, Whole]] = {}
    heard: dict[str, Flags] = {}
    for name, gain in ground.gains.items():
        asked, clear = ends(ground.asked[name]), ends(ground.clear[name])
        heard[name] = asked[0] | asked[1]
        if gain is None:
            suits = suits & ~heard[name]
            continue
        wide = gain.astype(np.int64 if gain.dtype == np.int32 else object)
        gains[name] = at, then = ends(wide)
        suits = suits & (~heard[name] | (clear[0] & clear[1] & np.asarray((at >= 0) | (then >= 0), dtype=np.bool_)))
    for one, (at, then) in gains.items():
        for other, (there, end) in gains.items():
            # One needs at least so much of the step, the other bears at most so much: compare the two parts crosswise.
            crossing = np.asarray((at < 0) & (end < 0), dtype=np.bool_) & heard[one] & heard[other]
            enough = np.asarray(-at * (there - end) <= there * (then - at), dtype=np.bool_)
            suits = suits & (~crossing | enough)
    before = np.arange(len(ground.fit)).reshape(-1, count, after)[:, :-1]
    return np.sort(before[suits])
