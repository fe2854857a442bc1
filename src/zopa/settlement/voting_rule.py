"""Who carries an agreement: votes, quota and vetoes, and the coalitions that are just enough."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from typing import Final

from zopa.case import Case

MOST_SUMS: Final = 200_000  # different sums of votes kept while looking for parties that never matter


@dataclass(frozen=True, slots=True)
class VotingRule:
    """How many votes an agreement needs, who has them, and who can stop it alone.

    Attributes
    ----------
    seats : tuple of str
        The parties that sign, in file order.
    votes : mapping of str to Fraction
        Votes of each seat, at least 0.
    need : Fraction
        Votes needed.
    veto : tuple of str
        Seats without whose yes nothing is agreed.
    unanimous : bool
        True when the case asks for the yes of every seat.
    """

    seats: tuple[str, ...]
    votes: Mapping[str, Fraction]
    need: Fraction
    veto: tuple[str, ...]
    unanimous: bool

    def carries(self, members: Collection[str]) -> bool:
        """Return whether these seats together are enough."""
        return set(self.veto) <= set(members) and sum((self.votes[name] for name in members), Fraction(0)) >= self.need

    def without(self, party: str) -> VotingRule | None:
        """Return the rule among the other seats, as if one were not asked; None when it has a veto.

        Under unanimity everybody else is asked; otherwise the votes needed stay what they are.
        """
        seats = tuple(name for name in self.seats if name != party)
        if self.unanimous:
            return replace(self, seats=seats, need=Fraction(len(seats)))
        return None if party in self.veto else replace(self, seats=seats)

    def indispensable(self) -> tuple[str, ...]:
        """Return the seats in every coalition that carries: each could stop an agreement alone."""
        if not self.carries(self.seats):
            return ()
        return tuple(one for one in self.seats if not self.carries([name for name in self.seats if name != one]))

    def never_needed(self) -> tuple[str, ...] | None:
        """Return the seats whose vote never makes a difference; None when there are too many sums of votes to tell.

        A vote makes a difference when some of the others, with all vetoes, fall short without it and reach
        what is needed with it.  Where even all seats together fall short, no vote makes a difference.
        """
        found = []
        for one in self.seats:
            if one in self.veto:
                if not self.carries(self.seats):
                    found.append(one)
                continue
            start = sum((self.votes[name] for name in self.veto), Fraction(0))
            sums = {start} if start < self.need else set()
            for name in self.seats:
                if name != one and name not in self.veto:
                    sums |= {known + self.votes[name] for known in sums if known + self.votes[name] < self.need}
                    if len(sums) > MOST_SUMS:
                        return None
            if not any(known + self.votes[one] >= self.need for known in sums):
                found.append(one)
        return tuple(found)


def voting_rule(case: Case, seats: tuple[str, ...]) -> VotingRule:
    """Return how the seats of a case decide; unanimity counts one vote for each."""
    agreement = case.agreement
    if agreement.need is None:
        return VotingRule(seats, dict.fromkeys(seats, Fraction(1)), Fraction(len(seats)), (), True)
    given = agreement.votes
    votes = {name: Fraction(1) if given is None else given.get(name, Fraction(0)) for name in seats}
    return VotingRule(seats, votes, agreement.need, tuple(name for name in seats if name in agreement.veto), False)


def smallest_coalitions(rule: VotingRule, limit: int) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Return the coalitions that carry and cannot do without any member, and whether they are all.

    Parameters
    ----------
    rule : VotingRule
        Who carries.
    limit : int
        Most coalitions returned.

    Returns
    -------
    tuple of (tuple of coalitions, bool)
        Fewest members first, then in file order.  Where there are more than the limit, those of the size
        at which it is passed are the ones with the heaviest members.

    References
    ----------
    von Neumann and Morgenstern (1944), Theory of games and economic behavior, on minimal winning coalitions.
    """
    found: list[tuple[str, ...]] = []
    place = {name: number for number, name in enumerate(rule.seats)}
    for same_size in _by_size(rule):
        listed: list[tuple[str, ...]] = []
        for members in same_size:
            if len(found) + len(listed) == limit:
                return tuple(found + sorted(listed, key=lambda one: [place[name] for name in one])), False
            listed.append(tuple(sorted(members, key=place.__getitem__)))
        found += sorted(listed, key=lambda one: [place[name] for name in one])
    return tuple(found), True


def _by_size(rule: VotingRule) -> Iterator[Iterator[list[str]]]:
    """Yield the smallest coalitions of one size after another: the vetoes, and votes until they are just enough."""
    start = sum((rule.votes[name] for name in rule.veto), Fraction(0))
    if start >= rule.need:
        if rule.seats:
            yield iter([list(rule.veto)])
        return
    others = sorted(
        (name for name in rule.seats if name not in rule.veto and rule.votes[name]), key=lambda name: -rule.votes[name]
    )
    weights = [rule.votes[name] for name in others]
    upto = [Fraction(0), *accumulate(weights)]

    def grow(members: list[str], held: Fraction, at: int, left: int) -> Iterator[list[str]]:
        # Heaviest first: a coalition is just enough when its last and lightest member is the one that makes it so.
        if left == 0:
            yield members
            return
        for number in range(at, len(others) - left + 1):
            if held + upto[number + left] - upto[number] < rule.need:
                return  # the heaviest that are left do not reach it
            more = held + weights[number]
            if (more >= rule.need) == (left == 1):
                yield from grow([*members, others[number]], more, number + 1, left - 1)

    for size in range(1, len(others) + 1):
        yield grow(list(rule.veto), start, 0, size)
