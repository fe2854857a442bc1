"""Levers: what a scenario comes to when some of them are pulled and the others are not.

A lever moves no-deal values, makes options possible, or rules options out.  Its amounts are drawn from the
streams of their own judgements, so that no other number of a scenario changes, and an assumption that a
lever shares with the rest of the case has one value in both.

A no-deal value is first multiplied by the factors of all pulled levers, and then their amounts are added:
so the order in which levers are pulled never matters.  The unit is that in which the no-deal value is
written: points, or per cent of the way from the worst to the best allowed package; where it is a package,
the points of that package are multiplied, and points are added.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import gcd, lcm

import numpy as np

from zopa.case import Case, Condition, Judgement, Lever, names_in_amount
from zopa.space.drawing import Drawer, Integers
from zopa.space.judgements import constant, denominators_of
from zopa.space.missing import Missing
from zopa.space.scenario import Moved, PartyNumbers, Scenarios

NO_DEAL = "no_deal"


@dataclass(slots=True)
class LeverCache:
    """Numbers of parties with levers pulled, so that equal numbers stay one object; for one set of draws.

    The numbers they were made from are held as well, so that their identity stays their own.
    """

    moved: dict[tuple[int, bytes], tuple[PartyNumbers, PartyNumbers]] = field(default_factory=dict)


def pull_levers(scenarios: Scenarios, levers: Collection[str], cache: LeverCache | None = None) -> Scenarios:
    """Return scenarios in which exactly these levers are pulled.

    Parameters
    ----------
    scenarios : Scenarios
        Scenarios of a case, none of whose levers has been pulled yet.
    levers : collection of str
        Ids of levers; dates are not looked at.
    cache : LeverCache, optional
        Shared by several sets of levers and several readings of the same draws.

    Returns
    -------
    Scenarios
        With the no-deal values moved.  Where an amount is unknown the no-deal value it moves is not known
        either, and the amount is named in ``missing``.  Parties without a no-deal value stay as they are.

    Raises
    ------
    ValueError
        When the case has no such lever, or levers have been pulled before.
    """
    case = scenarios.case
    for name in levers:
        if name not in case.levers:
            raise ValueError(f"the case has no lever called {name}")
    if scenarios.levers is not None:
        raise ValueError("levers are pulled in these scenarios already: pull all of them at once")
    chosen = [lever for lever in case.levers.values() if lever.id in levers]
    amounts = _Amounts(scenarios, chosen)
    kept = cache if cache is not None else LeverCache()
    parties = {name: _moved_party(numbers, chosen, amounts, kept) for name, numbers in scenarios.parties.items()}
    return replace(scenarios, parties=parties, levers=frozenset(levers))


def _moved_party(numbers: PartyNumbers, levers: list[Lever], amounts: _Amounts, cache: LeverCache) -> PartyNumbers:
    target, no_deal = f"{numbers.party}.{NO_DEAL}", numbers.no_deal
    times = [(lever, lever.times[target]) for lever in levers if target in lever.times]
    moves = [(lever, lever.moves[target]) for lever in levers if target in lever.moves]
    if no_deal is None or not times + moves:
        return numbers
    lacking = tuple(
        Missing(
            one.path,
            f"how far the lever {lever.id} moves the no-deal value of {numbers.party} is unknown",
            f"Write an amount for {target} in the lever {lever.id}.",
        )
        for lever, one in times + moves
        if amounts.of(one, numbers.party) is None
    )
    moved = None
    if not lacking:
        moved = _composed(
            [amounts.known(one, numbers.party) for _, one in times],
            [amounts.known(one, numbers.party) for _, one in moves],
            amounts.scale,
        )
    key = (id(numbers), moved.key if moved is not None else repr(lacking).encode())
    if key not in cache.moved:
        changed = replace(no_deal, moved=moved) if moved is not None else None
        cache.moved[key] = (replace(numbers, no_deal=changed, missing=(*numbers.missing, *lacking)), numbers)
    return cache.moved[key][0]


def _composed(times: list[Integers], moves: list[Integers], scale: int) -> Moved:
    """Return the product of all factors and the sum of all amounts, each given in units of 1/scale, in lowest terms."""
    draws = len((times + moves)[0])
    factor = np.array([scale] * draws, dtype=object) if not times else times[0]
    for one in times[1:]:
        factor = factor * one
    denominator = scale ** max(len(times), 1)
    added = np.array([0] * draws, dtype=object)
    for one in moves:
        added = added + one * (denominator // scale)
    shared = gcd(denominator, *factor.tolist(), *added.tolist())
    return Moved(factor // shared, added // shared, denominator // shared)


class _Amounts:
    """The amounts of levers in some scenarios, as Python integers in units of 1/scale."""

    def __init__(self, scenarios: Scenarios, levers: list[Lever]) -> None:
        case, drawer = scenarios.case, scenarios.drawer
        written = denominators_of((one.amount for lever in levers for one in _judgements(lever)), case.assumptions)
        self.factor = lcm(drawer.scale, *written) // drawer.scale
        self.scale = drawer.scale * self.factor
        # Assumptions are drawn on the grid of the case, as everywhere else; what a lever writes itself stays as
        # written.  Both start empty, so that the scenarios keep their own values.
        self.near = _fresh(drawer, drawer.scale)
        self.fine = _fresh(drawer, self.scale)
        self.fine.wide = True

    def of(self, judgement: Judgement, party: str) -> Integers | None:
        """Return an amount in every draw; None when it is unknown."""
        for name in names_in_amount(judgement.amount):
            key = self.near.assumption_key(name.id, party, judgement.path)
            if key not in self.fine.values:
                value = self.near.assumption(name.id, party, judgement.path)
                self.fine.values[key] = None if value is None else value.astype(object) * self.factor
        found = self.fine.number(judgement, party)
        return None if found is None else found.astype(object)

    def known(self, judgement: Judgement, party: str) -> Integers:
        """Return an amount that is not unknown."""
        found = self.of(judgement, party)
        assert found is not None
        return found


def _fresh(drawer: Drawer, scale: int) -> Drawer:
    """Return a drawer of the same draws that has drawn nothing yet."""
    return Drawer(
        drawer.case,
        drawer.seed,
        drawer.start,
        drawer.draws,
        drawer.reading,
        drawer.sweep,
        drawer.uniform_cache,
        drawer.streams,
        scale,
    )


def _judgements(lever: Lever) -> list[Judgement]:
    return [*lever.moves.values(), *lever.times.values()]


# What a lever does ---------------------------------------------------------------------------------


def lever_amount(scenarios: Scenarios, lever: str, target: str, *, times: bool = False) -> Fraction | None:
    """Return what a lever adds to (or multiplies) a target in the first draw; None when that is unknown.

    Raises
    ------
    KeyError
        When the lever does not name the target.
    """
    known = scenarios.case.levers[lever]
    judgement = (known.times if times else known.moves)[target]
    amounts = _Amounts(scenarios, [known])
    found = amounts.of(judgement, target.partition(".")[0])
    return None if found is None else Fraction(int(found[0]), amounts.scale)


def no_deal_unit(case: Case, party: str) -> str | None:
    """Return the unit in which levers move a party's no-deal value: points, share or package; None without one."""
    preferences = case.preferences.get(party)
    return None if preferences is None or preferences.no_deal is None else preferences.no_deal.kind


def unused_targets(case: Case, lever: str) -> tuple[str, ...]:
    """Return the targets of a lever that settlement does not use: no no-deal value, or one the case does not give."""
    known = case.levers[lever]
    found = []
    for target in dict.fromkeys([*known.moves, *known.times]):
        party, _, part = target.partition(".")
        if part != NO_DEAL or no_deal_unit(case, party) is None or case.preferences[party].kind == "unknown":
            found.append(target)
    return tuple(found)


def shut_by_levers(case: Case, pulled: Collection[str]) -> list[tuple[str, Condition]]:
    """Return which levers keep options out of reach when exactly some are pulled, with those options.

    A lever that makes options possible shuts them when it is not pulled (an option that several levers make
    possible needs all of them); a lever that rules options out does so while it is pulled.
    """
    found = []
    for name, lever in case.levers.items():
        condition = lever.block if name in pulled else lever.allow
        if condition is not None:
            found.append((name, condition))
    return found


def levers_vary(case: Case, levers: Collection[str]) -> bool:
    """Return whether the amounts of some levers may differ from draw to draw."""
    return any(constant(one.amount, case.assumptions) is None for name in levers for one in _judgements(case.levers[name]))
