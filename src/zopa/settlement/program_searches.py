"""Largest sums and largest smallest gains over a zone that is a program, proven in whole numbers.

The solver errs by about a millionth, more than two nearly equal products differ by.  So whatever comes near the
largest value is collected, each vector barred in its turn, until the solver finds nothing more near it; which of
them is largest is then for exact arithmetic.  A largest smallest gain is proven by asking for a little more of
everybody in whole steps, which nobody can have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor, gcd, inf, lcm
from typing import Final

from zopa.settlement.integer_program import Answer, Program, Vector

TOLERANCE: Final = 1e-4  # of a sum in units of its finest step; the solver errs by far less
MARGIN: Final = 1e-2  # how near the largest counts as near
STEEPEST: Final = (
    1000  # how many times more one party's step may count than another's where only the order of finding hangs on it
)
WIDEST: Final = 10**6  # steps between the least and the largest level that one run of the solver is trusted with
FINE_STEP: Final = 1e-3  # the least difference between two sums that the solver can be trusted to tell apart


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a search may go.

    Attributes
    ----------
    seconds : float
        Time of each run of the solver.
    vectors : int
        How many equally good vectors are looked for.
    near : int
        How many nearly equal vectors are compared before the result is only bounded.
    """

    seconds: float = 10.0
    vectors: int = 1
    near: int = 200


@dataclass(slots=True)
class Found:
    """What a search has come to.

    Attributes
    ----------
    packages : list of tuple of int
        One for each vector looked at, as option numbers.
    proven : bool
        Nothing is better than the best of them.
    efficient : bool
        No package beats any of them, proven.
    complete : bool
        No other efficient vector is as good as the best of them.
    bound : float or Fraction
        No package has a larger value, in the unit of the search.
    none : bool
        There is surely no package at all.
    """

    packages: list[Vector] = field(default_factory=list)
    proven: bool = False
    efficient: bool = True
    complete: bool = False
    bound: float | Fraction = inf
    none: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """What a party's steps are worth: ``slope * steps + offset``, exactly."""

    slope: Fraction
    offset: Fraction

    def of(self, steps: int) -> Fraction:
        """Return the worth of so many steps."""
        return self.slope * steps + self.offset

    def reaching(self, worth: Fraction) -> int:
        """Return the fewest steps worth at least this."""
        return -floor((self.offset - worth) / self.slope)

    def above(self, worth: Fraction) -> int:
        """Return the fewest steps worth more than this."""
        return floor((worth - self.offset) / self.slope) + 1


def is_tolerably_below(bound: float, value: float) -> bool:
    """Return whether a bound of the solver is surely below a value."""
    return bound == -inf or bound + TOLERANCE + 1e-9 * abs(bound) < value


def made_efficient(program: Program, package: Vector, limits: Limits) -> tuple[Vector, bool]:
    """Return a package that gives every seat at least as much and that no other beats, and whether that is proven."""
    while True:
        steps = program.steps(package)
        better = program.copy()
        for seat in range(program.problem.seats):
            better.require(seat, steps[seat])
        better.exclude(steps)
        answer = better.maximise({better.points_column(seat): 1.0 for seat in range(program.problem.seats)}, limits.seconds)
        if answer.package is None:
            return package, answer.state == "none"
        package = answer.package


def most_steps(program: Program, party: int, seconds: float) -> tuple[Answer, int]:
    """Return a package with the most points for one party, and the most steps that it can have at all."""
    working, best = program, None
    while True:
        answer = working.maximise({program.points_column(party): program.shrink[party]}, seconds)
        if answer.package is None:
            if best is None:
                return answer, program.scales[party].width
            bound = best.steps[party] if answer.state == "none" else program.scales[party].width
            return best, bound
        best = answer
        bound = min(floor(answer.bound + TOLERANCE + 1e-6 * program.scales[party].width), program.scales[party].width)
        if answer.state == "open" or bound <= best.steps[party]:
            return best, max(bound, best.steps[party])
        working = program.copy()
        working.require(party, best.steps[party] + 1)


def collected(
    program: Program,
    objective: Mapping[int, float],
    value: Callable[[Vector], float],
    limits: Limits,
    *,
    gap: float = 0.0,
    sharpen: Callable[[Program, Vector], bool] | None = None,
) -> Found:
    """Return efficient packages of all vectors that come near the largest sum.

    Vectors found are barred, but for the best of them, which only costs a little from then on: while there is
    always a package, and a good one, the solver proves far more quickly that no other comes near.

    Parameters
    ----------
    program : Program
        The zone, with the columns of the objective.
    objective : mapping of int to float
        What is maximised, by column; in units of its finest step.
    value : callable
        The true value of a vector of steps, no larger than the objective makes it.
    gap : float
        Two values that differ do so by at least this; 0 when that is not known or too little to be told apart.
        With it only ``limits.vectors`` are collected, as the value is proven without others.
    sharpen : callable, optional
        Adds rows that bring the objective nearer to the value around a vector; False when none were needed.
    """
    found, working, objective = Found(), program.copy(), dict(objective)
    best, rest, known, repeated, near = -inf, inf, set[Vector](), 0, MARGIN
    kept: int | None = None
    while len(found.packages) < (limits.vectors if gap else limits.near) and repeated <= limits.near:
        answer = working.maximise(objective, limits.seconds)
        rest = min(rest, answer.bound)
        if answer.package is None:
            found.none = answer.state == "none" and not found.packages
            break
        if is_tolerably_below(rest, best - near):
            break
        if answer.state == "optimal" and sharpen is not None and sharpen(working, answer.steps):
            continue
        if not known:
            slip = TOLERANCE + 1e-9 * abs(answer.bound)
            gap = gap if gap > 8 * slip else 0.0
            near = gap / 2 if gap else max(MARGIN, 10 * slip)
        if any(all(step <= old for step, old in zip(answer.steps, one, strict=True)) for one in known):
            if answer.state == "open":
                break
            # On fine scales a barred vector can slip through within the solver's tolerance; its package cannot.
            working.bar(answer.package)
            repeated += 1
            continue
        package, sure = answer.package, True
        open_to = [seat for seat in range(program.problem.seats) if answer.steps[seat] < program.scales[seat].width]
        raised = [tuple(step + (place == seat) for place, step in enumerate(answer.steps)) for seat in open_to]
        if not all(is_tolerably_below(answer.bound, value(steps)) for steps in raised):
            package, sure = made_efficient(program, package, limits)
        steps = program.steps(package)
        found.packages.append(package)
        found.efficient = found.efficient and sure
        known.add(steps)
        if value(steps) > best:
            if kept is not None:
                working.close(kept)
            best, kept = value(steps), working.column(0, 1, integer=True)
            objective[kept] = -1.5 * near
            working.exclude(steps, unless=kept)
        else:
            working.exclude(steps)
        if answer.state == "open":
            break
    found.complete = is_tolerably_below(rest, best - near)
    settled = found.complete or (gap > 0 and is_tolerably_below(rest, best + gap))
    found.proven = bool(found.packages) and found.efficient and settled
    found.bound = best if found.proven else max(best, rest)
    return found


def largest_sum(program: Program, slopes: Sequence[Fraction], limits: Limits) -> tuple[Found, Fraction]:
    """Return packages of the largest sum of seats' steps times slopes, and the unit in which it is bounded.

    Parameters
    ----------
    program : Program
        The zone.
    slopes : sequence of Fraction
        Worth of a step of each seat, at least 0 and not all 0.
    """
    slopes = [slope if program.scales[seat].width else Fraction(0) for seat, slope in enumerate(slopes)]
    positive = [slope for slope in slopes if slope] or [Fraction(1)]
    unit = min(positive)
    common = lcm(*(slope.denominator for slope in positive))
    gap = float(Fraction(gcd(*(int(slope * common) for slope in positive)), common) / unit)
    weights = [float(slope / unit) for slope in slopes]
    objective = {program.points_column(seat): weight * program.shrink[seat] for seat, weight in enumerate(weights) if weight}

    def value(steps: Vector) -> float:
        return float(sum((slope * step for slope, step in zip(slopes, steps, strict=False)), Fraction(0)) / unit)

    return collected(program, objective, value, limits, gap=gap if gap >= FINE_STEP else 0.0), unit


@dataclass(slots=True)
class _Stage:
    """The largest worth that all but a few seats can have together."""

    worth: Fraction
    package: Vector
    proven: bool
    bound: Fraction


def _at_least(program: Program, levels: Mapping[int, int], number: int) -> dict[int, int]:
    """Ask that so many seats have at least their steps; return the column of each that is 1 where it has, if not all must."""
    if number == len(levels):
        for seat, steps in levels.items():
            program.require(seat, steps)
        return {}
    columns = {seat: program.column(0, 1, integer=True) for seat in levels}
    for seat, steps in levels.items():
        program.require_if(seat, steps, columns[seat])
    program.row(dict.fromkeys(columns.values(), 1.0), low=number)
    return columns


def _largest_level(program: Program, shares: Mapping[int, Share], number: int, seconds: float) -> _Stage | Answer:
    """Return the largest worth that ``number`` of the seats can have, each as much or more; or why there is none."""
    if program.impossible:
        return program.maximise({}, seconds)
    spans = {seat: (share.of(program.least(seat)), share.of(program.scales[seat].width)) for seat, share in shares.items()}
    # The level lies between what so many seats have anyway and what so many can have at all.
    lowest, highest = (sorted(ends, reverse=True)[number - 1] for ends in zip(*spans.values(), strict=True))
    unit = min((shares[seat].slope for seat, (least, most) in spans.items() if least < most), default=Fraction(1))
    if highest - lowest > WIDEST * unit:
        return _level_by_halves(program, shares, number, seconds, highest)
    best: _Stage | None = None
    while True:
        working = program.copy()
        levels = {seat: 0 if best is None else share.above(best.worth) for seat, share in shares.items()}
        columns = _at_least(working, levels, number)
        level = working.column(0, float((highest - lowest) / unit))
        for seat, share in shares.items():
            _below(working, seat, share, columns.get(seat), level, (lowest, highest, unit))
        answer = working.maximise({level: 1.0}, seconds)
        if answer.package is None:
            if best is None:
                return answer
            best.proven = answer.state == "none"
            best.bound = best.worth if best.proven else best.bound
            return best
        worth = sorted((share.of(answer.steps[seat]) for seat, share in shares.items()), reverse=True)[number - 1]
        bound = highest
        if answer.bound < inf:
            bound = min(bound, lowest + unit * Fraction(answer.bound + TOLERANCE + 1e-9 * abs(answer.bound)))
        following = min(share.of(share.above(worth)) for share in shares.values())
        proven = answer.state == "optimal" and bound < following
        best = _Stage(worth, answer.package, proven, worth if proven else max(bound, worth))
        if proven or answer.state == "open":
            return best


def _level_by_halves(
    program: Program, shares: Mapping[int, Share], number: int, seconds: float, highest: Fraction
) -> _Stage | Answer:
    """Return the same by asking for levels half-way between what is had and what may be had, in whole steps.

    It takes more runs, but holds however far apart the scales of the parties lie.
    """
    best: _Stage | None = None
    wanted = dict.fromkeys(shares, 0)
    while True:
        working = program.copy()
        _at_least(working, wanted, number)
        answer = working.maximise({}, seconds)
        if answer.package is not None:
            worth = sorted((share.of(answer.steps[seat]) for seat, share in shares.items()), reverse=True)[number - 1]
            best = _Stage(worth, answer.package, False, highest)
        elif best is None:
            return answer
        elif answer.state == "open":
            return best
        else:
            # Nobody has so much: less than the least of what was asked for.
            highest = min(highest, max(share.of(wanted[seat] - 1) for seat, share in shares.items()))
        following = min(share.of(share.above(best.worth)) for share in shares.values())
        best.bound, best.proven = max(highest, best.worth), highest < following
        if best.proven:
            best.bound = best.worth
            return best
        middle = max((best.worth + highest) / 2, following)
        wanted = {seat: share.reaching(middle) for seat, share in shares.items()}


def _below(
    program: Program, seat: int, share: Share, chosen: int | None, level: int, frame: tuple[Fraction, Fraction, Fraction]
) -> None:
    """Keep a level at or below a seat's worth, where column ``chosen`` is 1 if there is one.

    Parameters
    ----------
    frame : tuple of Fraction
        Least and largest worth that the level stands for, and the worth of one unit of it.
    """
    lowest, highest, unit = frame
    start, slope = program.least(seat), share.slope
    if slope > highest - lowest:
        # One step crosses the whole frame: below the last step under its end nothing is in it.
        start = max(start, share.reaching(highest) - 1)
        start += share.of(start) < lowest
        slope = min(slope, max(highest - share.of(start), Fraction(0)))
        if chosen is None:
            program.require(seat, start)
        else:
            program.require_if(seat, start, chosen)
    at_start = share.of(start)
    if at_start >= highest or start > program.scales[seat].width:
        return
    entries = {program.points_column(seat): float(slope / unit) * program.shrink[seat], level: -1.0}
    low = float((slope * start + lowest - at_start) / unit)
    if chosen is not None:
        # The seat may stay below the level where its column is 0.
        slack = float((highest - at_start + slope * (start - program.least(seat))) / unit)
        entries[chosen] = -slack
        low -= slack
    program.row(entries, low=low)


def largest_least(program: Program, shares: Mapping[int, Share], limits: Limits) -> Found:
    """Return efficient packages in which the smallest worth of the seats is largest.

    Parameters
    ----------
    program : Program
        The zone.
    shares : mapping of int to Share
        The seats that count; a slope is above 0.
    """
    stage = _largest_level(program, shares, len(shares), limits.seconds)
    if isinstance(stage, Answer):
        return Found(none=stage.state == "none")
    plateau = program.copy()
    _at_least(plateau, {seat: share.reaching(stage.worth) for seat, share in shares.items()}, len(shares))
    return equally_good(plateau, _slopes(program, shares), stage.proven, stage.bound, stage.package, limits)


def leximin_search(program: Program, shares: Mapping[int, Share], limits: Limits) -> Found:
    """Return packages whose worths to the seats are largest when compared from the smallest up.

    Stage by stage: the largest worth that all seats can have; keeping it, the largest that all but one can have, and
    so on.  Each stage is proven in whole steps.
    """
    first = _largest_level(program, shares, len(shares), limits.seconds)
    if isinstance(first, Answer):
        return Found(none=first.state == "none")
    working, proven, stage = program.copy(), first.proven, first
    for number in range(len(shares) - 1, -1, -1):
        _at_least(working, {seat: share.reaching(stage.worth) for seat, share in shares.items()}, number + 1)
        following = _largest_level(working, shares, number, limits.seconds) if number else None
        if isinstance(following, _Stage):
            stage, proven = following, proven and following.proven
        elif following is not None:
            proven = False
            break
    return equally_good(working, _slopes(program, shares), proven, first.bound, stage.package, limits)


def _slopes(program: Program, shares: Mapping[int, Share]) -> list[Fraction]:
    return [shares[seat].slope if seat in shares else Fraction(0) for seat in range(program.problem.seats)]


def equally_good(
    plateau: Program, slopes: Sequence[Fraction], proven: bool, bound: Fraction, package: Vector, limits: Limits
) -> Found:
    """Return efficient packages of a program in which all packages are equally good.

    Parameters
    ----------
    plateau : Program
        With every package that gives no seat less than one of its own.
    slopes : sequence of Fraction
        Worth of a step of each seat, at least 0 and not all 0; packages of a large sum are found first.
    proven, bound
        What is known of the value that all these packages have.
    package : tuple of int
        One of them.
    """
    unit: Fraction = min(slope for slope in slopes if slope)
    weights = [float(slope / unit) if slope < unit * STEEPEST else float(STEEPEST) for slope in slopes]
    objective = {plateau.points_column(seat): weight * plateau.shrink[seat] for seat, weight in enumerate(weights) if weight}
    found, working = Found(bound=bound), plateau.copy()
    while len(found.packages) < limits.vectors:
        answer = working.maximise(objective, limits.seconds)
        if answer.package is None:
            found.complete = answer.state == "none"
            break
        value = sum(weight * step for weight, step in zip(weights, answer.steps, strict=False))
        chosen, sure = answer.package, True
        if not all(weights) or not is_tolerably_below(answer.bound, value + 1):
            chosen, sure = made_efficient(plateau, chosen, limits)
        found.packages.append(chosen)
        found.efficient = found.efficient and sure
        working.exclude(plateau.steps(chosen))
    if not found.packages:
        chosen, found.efficient = made_efficient(plateau, package, limits)
        found.packages = [chosen]
    found.proven = proven and found.efficient
    return found
