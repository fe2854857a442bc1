"""From one scenario of a case to problems of whole numbers and predicates, whatever the number of packages.

Two problems belong to a scenario.  In the sure one whatever is not known stands in the way: its zone holds the
packages that are surely adopted.  In the granted one nothing unknown stands in the way: its zone holds those
that are possibly adopted.  They are the same where everything is known.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import lcm

import numpy as np

from zopa.case import Condition, Moment
from zopa.settlement.available import shut_levers
from zopa.settlement.problem import Ballot, Extra, Problem
from zopa.settlement.voting_rule import voting_rule
from zopa.settlement.zone_size import extremes
from zopa.space import (
    PartyNumbers,
    Predicate,
    Scenarios,
    deal_predicate,
    opposite,
    predicate_of,
    signatories,
    signing_truth,
    some_of,
    threshold,
)


@dataclass(frozen=True, slots=True)
class Where:
    """A condition that may hang on something not known: where it holds surely, and where possibly."""

    surely: Predicate
    possibly: Predicate


@dataclass(frozen=True)
class Posing:
    """One scenario as whole numbers and predicates.

    Attributes
    ----------
    scenarios : Scenarios
        One draw.
    seats : tuple of str
        The parties that sign, in file order; a seat that is not known counts as one that signs.
    parties : tuple of str
        The seats, then other parties whose consent may be asked, in file order.
    points : tuple
        ``points[party][issue][option]``, whole numerators; noughts where an input is missing (``known`` says).
    units : tuple of int
        ``points / units`` are points.
    known : tuple of bool
        Which parties have points.
    extras : tuple of Extra
        Points on combinations of options.
    thresholds : tuple of Fraction or None
        No-deal values as numerators; None where not known.
    rules : mapping of str to Predicate
        What each rule asks for.
    deal : Predicate
        What counts as agreement.
    shut : mapping of str to tuple of (Condition, Predicate)
        Levers that keep options out of reach: those options, and what is left.
    lines : mapping of str to tuple of (int, Where)
        For each red line whose it is (a place among the parties) and where it is crossed.
    asked : tuple of Where
        Where each party has to say yes.
    ballot : Ballot or None
        Votes, quota and vetoes of the seats.
    """

    scenarios: Scenarios
    seats: tuple[str, ...]
    parties: tuple[str, ...]
    points: tuple[tuple[tuple[int, ...], ...], ...]
    units: tuple[int, ...]
    known: tuple[bool, ...]
    extras: tuple[Extra, ...]
    thresholds: tuple[Fraction | None, ...]
    rules: Mapping[str, Predicate]
    deal: Predicate
    shut: Mapping[str, tuple[Condition, Predicate]]
    lines: Mapping[str, tuple[int, Where]]
    asked: tuple[Where, ...]
    ballot: Ballot | None

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of options of each issue."""
        return self.scenarios.space.shape

    @property
    def file_order(self) -> tuple[int, ...]:
        """Places of the parties in the order of the file."""
        names = list(self.scenarios.case.parties)
        return tuple(sorted(range(len(self.parties)), key=lambda place: names.index(self.parties[place])))

    @property
    def undecided(self) -> bool:
        """True when a seat lacks points or a no-deal value."""
        return any(not self.known[seat] or self.thresholds[seat] is None for seat in range(len(self.seats)))

    @cached_property
    def decided(self) -> bool:
        """True when nothing is unknown, so that the sure and the granted problem are one."""
        leanings = [*self.asked, *(where for _, where in self.lines.values())]
        return all(one.surely == one.possibly for one in leanings) and None not in self.thresholds

    def least(self, party: int) -> int:
        """Return a numerator that every package of a party reaches."""
        return sum(min(row) for row in self.points[party]) + sum(min(0, one.points) for one in self.extras if one.party == party)

    def problem(self, *, granted: bool = False, without: Collection[str] = (), accepting: str | None = None) -> Problem:
        """Return the problem of this scenario.

        Parameters
        ----------
        granted : bool
            Nothing unknown stands in the way.
        without : collection of str
            Items left out: rules, red lines and levers by name, ``no_deal:PARTY``, ``deal``.
        accepting : str, optional
            A party that accepts everything.
        """
        order = list(range(len(self.parties)))
        seats = len(self.seats)
        if granted:
            sure = [place for place in order[:seats] if self.asked[place].surely is True]
            order = sure + [place for place in order if place not in sure]
            seats = len(sure)
        free = None if accepting is None else self.parties.index(accepting)
        refused: list[Predicate] = []
        minimums: list[int | None] = []
        for place in order:
            lines = [
                where.surely if granted else where.possibly
                for name, (whose, where) in self.lines.items()
                if whose == place and name not in without and place != free
            ]
            refused.append(some_of(lines))
            bound = self.thresholds[place]
            open_to_all = place == free or f"no_deal:{self.parties[place]}" in without or (granted and bound is None)
            minimums.append(self.least(place) if open_to_all else None if bound is None else _ceiling(bound))
        required = [predicate for name, predicate in self.rules.items() if name not in without]
        required += [predicate for name, (_, predicate) in self.shut.items() if name not in without]
        required += [self.deal] if "deal" not in without else []
        asked = [self.asked[place].surely if granted else self.asked[place].possibly for place in order]
        places = {place: number for number, place in enumerate(order)}
        extras = tuple(Extra(places[one.party], one.when, one.points) for one in self.extras)
        return Problem(
            self.shape,
            tuple(self.parties[place] for place in order),
            seats,
            tuple(self.points[place] for place in order),
            tuple(self.units[place] for place in order),
            extras,
            tuple(minimums),
            tuple(required),
            (*(True for _ in range(seats)), *asked[seats:]),
            tuple(refused),
            self.ballot,
        )

    def under_rules(self) -> Problem:
        """Return the problem in which nobody is asked and only rules bind."""
        return self.problem().only_rules(tuple(self.rules.values()))


def _ceiling(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def pose(drawn: Scenarios, moment: Moment) -> Posing:
    """Return one scenario as whole numbers and predicates.

    Parameters
    ----------
    drawn : Scenarios
        An ensemble of one draw.
    moment : Moment
        The date looked at.

    Raises
    ------
    ValueError
        Where votes decide and it is not known whether a party signs.
    TooWide
        When a no-deal value is a share, and the rules couple too many issues to find the worst and the best
        package.
    """
    case, space = drawn.case, drawn.space
    seats = signatories(drawn)
    parties = (*seats, *(name for name, party in case.parties.items() if name not in seats and party.consent_if is not None))
    numbers = [drawn.parties[name] for name in parties]
    ballot = None
    if case.agreement.need is not None:
        if not all(signing_truth(drawn, case.parties[name]).surely.all() for name in seats):
            raise ValueError("where votes decide, packages beyond a million need to know of every party whether it signs")
        rule = voting_rule(case, seats)
        scale = lcm(*(one.denominator for one in [*rule.votes.values(), rule.need]))
        votes = tuple(int(rule.votes[name] * scale) for name in seats)
        ballot = Ballot(int(rule.need * scale), votes, tuple(seats.index(name) for name in rule.veto))
    rules = {one.id: _leaning(drawn, one.condition).surely for one in case.rules.values()}
    shut = {
        name: (condition, opposite(_leaning(drawn, condition).possibly, space.shape))
        for name, condition in shut_levers(case, moment, drawn.levers)
    }
    posing = Posing(
        drawn,
        seats,
        parties,
        tuple(_rows(one, drawn) for one in numbers),
        tuple(int(one.unit[0]) for one in numbers),
        tuple(one.points is not None for one in numbers),
        tuple(
            Extra(place, _leaning(drawn, when).surely, int(points[0]))
            for place, one in enumerate(numbers)
            for when, points in one.bonuses
            if one.points is not None
        ),
        (None,) * len(parties),
        rules,
        deal_predicate(space, case),
        shut,
        {
            line.id: (place, _crossed(drawn, line.refuses, int(numbers[place].binds[line.id][0])))
            for place, name in enumerate(parties)
            if (preferences := case.preferences.get(name)) is not None
            for line in preferences.red_lines
        },
        tuple(_asked(drawn, name) for name in parties),
        ballot,
    )
    ruled = posing.under_rules()
    bounds = tuple(_bound(one, drawn, ruled, place) for place, one in enumerate(numbers))
    return Posing(**{**posing.__dict__, "thresholds": bounds})


def _rows(numbers: PartyNumbers, drawn: Scenarios) -> tuple[tuple[int, ...], ...]:
    offsets = drawn.space.offsets
    if numbers.points is None:
        return tuple((0,) * count for count in drawn.space.shape)
    row = [int(value) for value in numbers.points[0].tolist()]
    return tuple(tuple(row[start:end]) for start, end in pairwise(offsets))


def _leaning(drawn: Scenarios, condition: Condition) -> Where:
    values = drawn.condition_values(condition)[0][0]
    surely, possibly = (predicate_of(condition, drawn.space, values, unknown=unknown) for unknown in (False, True))
    return Where(surely, possibly)


def _crossed(drawn: Scenarios, refuses: Condition, binds: int) -> Where:
    """Return where a red line is crossed; ``binds`` is 1, 0 or, when it is not known, -1."""
    where = _leaning(drawn, refuses)
    return Where(where.surely if binds == 1 else False, where.possibly if binds != 0 else False)


def _asked(drawn: Scenarios, name: str) -> Where:
    party = drawn.case.parties[name]
    signs = signing_truth(drawn, party)
    consent = Where(False, False) if party.consent_if is None else _leaning(drawn, party.consent_if)
    return Where(some_of([bool(signs.surely[0, 0]), consent.surely]), some_of([bool(signs.possibly[0, 0]), consent.possibly]))


def _bound(numbers: PartyNumbers, drawn: Scenarios, ruled: Problem, place: int) -> Fraction | None:
    """Return a no-deal value as a numerator in the party's unit, not yet rounded up; None where it is not known."""
    if numbers.points is None:
        return None

    def ends() -> tuple[np.ndarray, np.ndarray]:
        least, most = extremes(ruled, place) or (0, 0)
        return np.array([least], dtype=object), np.array([most], dtype=object)

    found = threshold(numbers, drawn, ends)
    return None if found is None else Fraction(int(found.numerator[0]), found.denominator)
