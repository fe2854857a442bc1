"""One scenario as whole numbers and predicates: what composition and integer programming work on.

Nothing here grows with the number of packages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import gcd, prod

from zopa.space import (
    Predicate,
    meets,
)


@dataclass(frozen=True, slots=True)
class Ballot:
    """A voting rule over the seats.

    Attributes
    ----------
    need : int
        Votes needed.
    votes : tuple of int
        Votes of each seat, in the same unit.
    vetoes : tuple of int
        Seats, by place, without whose yes nothing is adopted.
    """

    need: int
    votes: tuple[int, ...]
    vetoes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """Points that a party gets when a condition over several issues holds."""

    party: int
    when: Predicate
    points: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One scenario, ready to be settled without listing packages.

    Attributes
    ----------
    shape : tuple of int
        Number of options of each issue.
    parties : tuple of str
        First the seats (those who sign), then others whose consent may be asked, each in file order.
    seats : int
        How many of them sign; frontier and solution points run over these.
    points : tuple
        ``points[party][issue][option]``, whole numerators over the party's unit.
    units : tuple of int
        ``points / units`` are points.
    extras : tuple of Extra
        Points on combinations, in the same numerators.
    minimums : tuple of int or None
        Least numerator that reaches the no-deal value; None when it is not known: the party then never surely
        agrees (or, when the unknown is granted, is not held back by points).
    required : tuple of Predicate
        What every adopted package meets: rules, what counts as agreement, what can be had, and (without a
        ballot) no red line of a party that is asked.
    asked : tuple of Predicate
        Where each party has to say yes; True for a seat without a ballot.
    refused : tuple of Predicate
        Where a red line of each party is crossed.
    ballot : Ballot or None
        The voting rule, when not all seats have to agree.
    """

    shape: tuple[int, ...]
    parties: tuple[str, ...]
    seats: int
    points: tuple[tuple[tuple[int, ...], ...], ...]
    units: tuple[int, ...]
    extras: tuple[Extra, ...]
    minimums: tuple[int | None, ...]
    required: tuple[Predicate, ...]
    asked: tuple[Predicate, ...]
    refused: tuple[Predicate, ...]
    ballot: Ballot | None = None

    @property
    def size(self) -> int:
        """Number of packages, allowed or not."""
        return prod(self.shape)

    def scores(self, package: Sequence[int]) -> tuple[int, ...]:
        """Return the numerators of every party in one package, given as option numbers."""
        found = [sum(rows[axis][option] for axis, option in enumerate(package)) for rows in self.points]
        for extra in self.extras:
            if meets(extra.when, package):
                found[extra.party] += extra.points
        return tuple(found)

    def adopts(self, package: Sequence[int]) -> bool:
        """Return whether a package, given as option numbers, is adopted."""
        if not all(meets(predicate, package) for predicate in self.required):
            return False
        reached = [
            minimum is not None and value >= minimum for minimum, value in zip(self.minimums, self.scores(package), strict=True)
        ]
        accepts = [enough and not meets(line, package) for enough, line in zip(reached, self.refused, strict=True)]
        return self.carried(accepts, [meets(predicate, package) for predicate in self.asked])

    def carried(self, accepts: Sequence[bool], asked: Sequence[bool]) -> bool:
        """Return whether these acceptances adopt a package."""
        if self.ballot is None:
            return all(yes or not needed for yes, needed in zip(accepts, asked, strict=True))
        voted = sum(votes for votes, yes in zip(self.ballot.votes, accepts[: self.seats], strict=True) if yes)
        if voted < self.ballot.need or not all(accepts[seat] for seat in self.ballot.vetoes):
            return False
        return all(yes or not needed for yes, needed in zip(accepts[self.seats :], asked[self.seats :], strict=True))

    def only_rules(self, rules: Sequence[Predicate]) -> Problem:
        """Return the same points under rules alone: nobody is asked."""
        never: tuple[Predicate, ...] = (False,) * len(self.parties)
        return Problem(
            self.shape,
            self.parties,
            self.seats,
            self.points,
            self.units,
            self.extras,
            (None,) * len(self.parties),
            tuple(rules),
            never,
            never,
        )


def in_steps(problem: Problem) -> tuple[Problem, tuple[int, ...], tuple[int, ...]]:
    """Return the same zone with points in the coarsest whole steps of each party, counted from its worst options.

    Returns
    -------
    tuple of (Problem, tuple of int, tuple of int)
        The problem, and for each party ``base`` and ``step``: numerators are ``base + step * steps``.
    """
    bases, steps, points, minimums = [], [], [], []
    for party, (rows, minimum) in enumerate(zip(problem.points, problem.minimums, strict=True)):
        base = sum(min(row) for row in rows)
        extras = [extra.points for extra in problem.extras if extra.party == party]
        step = gcd(*(value - min(row) for row in rows for value in row), *extras) or 1
        bases.append(base)
        steps.append(step)
        points.append(tuple(tuple((value - min(row)) // step for value in row) for row in rows))
        minimums.append(None if minimum is None else -((base - minimum) // step))
    extras_in_steps = tuple(Extra(one.party, one.when, one.points // steps[one.party]) for one in problem.extras)
    found = replace(problem, points=tuple(points), minimums=tuple(minimums), extras=extras_in_steps)
    return found, tuple(bases), tuple(steps)


def in_coarse_steps(problem: Problem, *, up: bool, bits: int = 20) -> Problem:
    """Return a problem whose points are rounded, option by option, to at most about 2**bits steps for each party.

    Parameters
    ----------
    problem : Problem
        With points of any size.
    up : bool
        Round points up instead of down; no-deal values stay what they are.
    bits : int
        How fine the steps stay.

    Returns
    -------
    Problem
        With numerators over the same units.  No package has more points than in ``problem`` when rounded down, and
        none has fewer when rounded up.
    """
    points, steps = [], []
    for party, rows in enumerate(problem.points):
        extras = sum(abs(extra.points) for extra in problem.extras if extra.party == party)
        step = max(1, (sum(max(row) - min(row) for row in rows) + extras) >> bits)
        steps.append(step)
        # Counted from the worst option of each issue, so that a large base does not move with the rounding.
        points.append(tuple(tuple(min(row) + _rounded(value - min(row), step, up=up) for value in row) for row in rows))
    extras_in_steps = tuple(Extra(one.party, one.when, _rounded(one.points, steps[one.party], up=up)) for one in problem.extras)
    return replace(problem, points=tuple(points), extras=extras_in_steps)


def _rounded(value: int, step: int, *, up: bool) -> int:
    return -(-value // step) * step if up else value // step * step
