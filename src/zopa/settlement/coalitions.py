"""Coalitions that carry a package, what they would choose, and what those left outside would lose.

Under a voting rule each coalition that is just enough has a Nash point of its own, over the adopted packages
that all its members accept.  For each signatory: what could the others agree on if it were not asked, what
would they choose, and what would it get there?  Under unanimity the others are all other signatories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.conflict_items import ConflictItem, conflict_items
from zopa.settlement.conflicts import minimal_conflict_sets, minimal_removals, one_minimal_conflict
from zopa.settlement.frontier import find_frontier
from zopa.settlement.settle import Settlement
from zopa.settlement.solutions import SolutionPoint, nash
from zopa.settlement.voting_rule import VotingRule, smallest_coalitions, voting_rule
from zopa.space import Truth, Verdicts, certain

Flags = NDArray[np.bool_]
Span = tuple[Fraction, Fraction]
MOST_COALITIONS: Final = 100
FEW_COALITIONS: Final = 10
MOST_CELLS: Final = 100_000_000  # packages looked at for all coalitions together, beyond the first ten


@dataclass(frozen=True, slots=True)
class CoalitionNash:
    """The Nash point of some parties over packages that all of them accept.

    ``packages`` are all that attain it, ascending.
    """

    point: SolutionPoint
    packages: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class CoalitionConflict:
    """Why a coalition has no package.

    Attributes
    ----------
    conflict : tuple of ConflictItem
        One minimal set of items that together exclude every package.
    sets : tuple of tuple of str
        All minimal sets among what could be given up, beside what stands anyway, smallest first.
    removals : tuple of tuple of str
        The minimal sets of items without which there is a package.
    complete : bool
        False when there are more sets than were looked for.
    """

    conflict: tuple[ConflictItem, ...]
    sets: tuple[tuple[str, ...], ...]
    removals: tuple[tuple[str, ...], ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Coalition:
    """Seats that are just enough to carry a package, and what they would choose.

    Attributes
    ----------
    members : tuple of str
        In file order.
    packages : ndarray
        Packages they can carry that all of them accept, ascending.
    nash : CoalitionNash or None
        Their Nash point; None without a package.
    conflict : CoalitionConflict or None
        Where no coalition at all can carry a package: what stands in the way of this one.
    """

    members: tuple[str, ...]
    packages: NDArray[np.intp]
    nash: CoalitionNash | None
    conflict: CoalitionConflict | None


@dataclass(frozen=True, slots=True)
class Without:
    """What the other seats can do without one, and what that one gets then; spans are (least, most) points.

    Attributes
    ----------
    party : str
        The signatory that is not asked.
    packages : ndarray
        What the others can surely adopt, ascending.
    perhaps : bool
        Whether something is left that they can adopt if nothing unknown stands in the way.
    coalitions : tuple of Coalition
        The coalitions of others that are just enough.
    complete : bool
        False when there are more coalitions.
    no_deal : Fraction or None
        What the party has without an agreement.
    points : tuple of Fraction or None
        Its points over all packages that the others can adopt.
    at_nash : tuple of Fraction or None
        Its points at the packages the others would choose: their Nash points.
    with_it : tuple of Fraction or None
        Its points at the Nash points of those who count it in.
    """

    party: str
    packages: NDArray[np.intp]
    perhaps: bool
    coalitions: tuple[Coalition, ...]
    complete: bool
    no_deal: Fraction | None
    points: Span | None
    at_nash: Span | None
    with_it: Span | None

    @property
    def possible(self) -> bool | None:
        """Whether the others can adopt something; None when that hangs on what is not known."""
        return True if len(self.packages) else None if self.perhaps else False

    @property
    def loss(self) -> Span | None:
        """Points the party has less at the others' choice than without an agreement, least and most; below 0 it gains."""
        if self.at_nash is None or self.no_deal is None:
            return None
        return self.no_deal - self.at_nash[1], self.no_deal - self.at_nash[0]

    @property
    def loss_by_exclusion(self) -> Span | None:
        """Points the party has less at the others' choice than at a choice that counts it in, least and most."""
        if self.at_nash is None or self.with_it is None:
            return None
        return self.with_it[0] - self.at_nash[1], self.with_it[1] - self.at_nash[0]


@dataclass(frozen=True, slots=True)
class Voting:
    """How the seats of a settlement decide, and what each could do without another.

    Attributes
    ----------
    rule : VotingRule
        Votes, quota and vetoes.
    coalitions : tuple of Coalition
        Coalitions that are just enough, fewest members first.
    complete : bool
        False when there are more coalitions.
    indispensable : tuple of str
        Seats in every coalition that carries.
    never_needed : tuple of str or None
        Seats whose vote never makes a difference; None when that was too much to find out.
    without : mapping of str to Without
        For each seat.
    opens : mapping of str to int
        For each party asked, the size of the zone if it accepted everything.
    """

    rule: VotingRule
    coalitions: tuple[Coalition, ...]
    complete: bool
    indispensable: tuple[str, ...]
    never_needed: tuple[str, ...] | None
    without: Mapping[str, Without]
    opens: Mapping[str, int]


def voting(settlement: Settlement) -> Voting:
    """Return the coalitions of a settlement and what each signatory would lose outside.

    Parameters
    ----------
    settlement : Settlement
        Computed by enumeration.

    Returns
    -------
    Voting
        Exact.  At most 100 coalitions are looked at, fewer (at least 10) where the zone has millions of packages.

    Notes
    -----
    A coalition's packages are those of the zone that all its members accept, so that consent needed from
    outside the seats is given too.  Without a party, under unanimity, the party is not asked at all; under a
    voting rule its vote is not counted, and where it has a veto nothing is possible without it.
    """
    rule = voting_rule(settlement.case, settlement.seats)
    limit = _affordable(len(settlement.zone))
    members, complete = smallest_coalitions(rule, limit)
    hopeless = not rule.unanimous and not len(settlement.possible)
    explained = _affordable(settlement.space.size) if hopeless else 0
    coalitions = tuple(
        _coalition(settlement, one, settlement.zone, explain=number < explained) for number, one in enumerate(members)
    )
    return Voting(
        rule,
        coalitions,
        complete,
        rule.indispensable(),
        rule.never_needed(),
        {name: _without(settlement, rule, name, coalitions) for name in settlement.seats},
        settlement.opens if rule.unanimous else _opens(settlement),
    )


def adopted_without(verdicts: Verdicts, party: str, *, unanimous: bool) -> Truth:
    """Return what is adopted when a party is not asked (unanimity), or its vote is not counted."""
    verdict = verdicts.parties[party]
    one = replace(verdict, accepts=certain(np.zeros((1, 1), dtype=np.bool_)), yes=certain(np.full((1, 1), unanimous)))
    return replace(verdicts, parties={**verdicts.parties, party: one}).adopted


def adopted_if_accepting(verdicts: Verdicts, party: str) -> Flags:
    """Return what is surely adopted when a party accepts everything."""
    verdict = verdicts.parties[party]
    yes = certain(np.ones((1, 1), dtype=np.bool_))
    one = replace(verdict, accepts=yes, yes=yes)
    return np.asarray(replace(verdicts, parties={**verdicts.parties, party: one}).adopted.surely[0])


def nash_of(settlement: Settlement, members: tuple[str, ...], packages: NDArray[np.intp]) -> CoalitionNash | None:
    """Return the Nash point of some parties over some packages; None without packages, points or no-deal values."""
    verdicts = [settlement.verdicts.parties[name] for name in members]
    columns = [verdict.values[0][packages] for verdict in verdicts if verdict.values is not None]
    bounds = [bound for name in members if (bound := settlement.no_deal(name)) is not None]
    if not len(packages) or not members or len(columns) != len(members) or len(bounds) != len(members):
        return None
    wide = any(column.dtype == object for column in columns)
    frontier = find_frontier(np.stack([column.astype(object if wide else np.int64) for column in columns], axis=1))
    units = [int(settlement.scenarios.parties[name].unit[0]) for name in members]
    point = nash(frontier.vectors, units, bounds)
    rows = np.concatenate([frontier.rows_of(vector) for vector in point.vectors])
    return CoalitionNash(point, np.sort(packages[rows]))


def _affordable(packages: int) -> int:
    return max(FEW_COALITIONS, min(MOST_COALITIONS, MOST_CELLS // max(packages, 1)))


def _coalition(
    settlement: Settlement, members: tuple[str, ...], adopted: NDArray[np.intp], *, explain: bool = False
) -> Coalition:
    agreed: Flags = np.ones(len(adopted), dtype=np.bool_)
    for name in members:
        accepts = settlement.verdicts.parties[name].accepts.surely[0]
        agreed &= accepts if len(accepts) == 1 else accepts[adopted]
    packages = adopted[agreed]
    return Coalition(
        members, packages, nash_of(settlement, members, packages), _conflict(settlement, members) if explain else None
    )


def _conflict(settlement: Settlement, members: tuple[str, ...]) -> CoalitionConflict:
    """Return what excludes every package when these seats have to accept, and others where their consent is needed."""
    size = settlement.space.size
    asked: dict[str, Flags] = {name: np.ones(size, dtype=np.bool_) for name in members}
    for name, verdict in settlement.verdicts.parties.items():
        if name not in settlement.seats:
            asked[name] = np.broadcast_to(verdict.asked.surely, (1, size))[0]
    found = conflict_items(settlement.case, settlement.scenarios, settlement.verdicts, settlement.moment, asked)
    one = tuple(found.items[name] for name in one_minimal_conflict(found.masks))
    masks, left = found.without_standing()
    kept = {name: mask[left] for name, mask in masks.items()} if left.any() else {}
    sets, complete = minimal_conflict_sets(kept)
    return CoalitionConflict(one, sets, minimal_removals(kept), complete)


def _without(settlement: Settlement, rule: VotingRule, party: str, coalitions: tuple[Coalition, ...]) -> Without:
    others = rule.without(party)
    packages, perhaps = np.zeros(0, dtype=np.intp), False
    carrying: tuple[Coalition, ...] = ()
    complete = True
    if others is not None and others.seats:
        adopted = adopted_without(settlement.verdicts, party, unanimous=rule.unanimous)
        packages, perhaps = np.flatnonzero(adopted.surely[0]), bool(adopted.possibly.any())
        members, complete = smallest_coalitions(others, _affordable(len(packages)))
        known = {one.members: one for one in coalitions}
        carrying = tuple(known[one] if one in known else _coalition(settlement, one, packages) for one in members)
    chosen = [one.nash.packages for one in carrying if one.nash is not None]
    counted_in = [one.nash.packages for one in coalitions if party in one.members and one.nash is not None]
    return Without(
        party,
        packages,
        perhaps,
        carrying,
        complete,
        settlement.no_deal(party),
        _span(settlement, party, packages),
        _span(settlement, party, np.concatenate(chosen)) if chosen else None,
        _span(settlement, party, np.concatenate(counted_in)) if counted_in else None,
    )


def _span(settlement: Settlement, party: str, packages: NDArray[np.intp]) -> Span | None:
    """Return a party's least and most points over some packages; None without packages or points."""
    values = settlement.verdicts.parties[party].values
    if values is None or not len(packages):
        return None
    unit = int(settlement.scenarios.parties[party].unit[0])
    row = values[0][packages]
    return Fraction(int(row.min()), unit), Fraction(int(row.max()), unit)


def _opens(settlement: Settlement) -> dict[str, int]:
    verdicts = settlement.verdicts
    return {
        name: int(adopted_if_accepting(verdicts, name).sum())
        for name, verdict in verdicts.parties.items()
        if (verdict.asked.possibly & verdicts.allowed).any()
    }
