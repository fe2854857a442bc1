"""Levers one by one and together: what each does to the zone, to no-deal values and to the solution points.

Two states are the ground of comparison: no lever pulled, and every lever pulled that only makes options
possible.  From the first each lever is pulled alone; in the second each lever is turned, pulled where it was
not and left alone where it was pulled.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case, Lever, Moment, OnDate, Recurring, at, did_you_mean
from zopa.settlement.lever_shares import LeverShares, lever_shares
from zopa.settlement.settle import Settlement, settle
from zopa.settlement.showing import Outcome, Shown
from zopa.space import Missing, Scenarios, draw_scenarios, lever_amount, no_deal_unit, pull_levers, unused_targets

Why = Literal["not_before", "ended", "not_in_office"]


@dataclass(frozen=True, slots=True)
class LeverPoint:
    """A solution point: its first package, how many packages attain it, and what it gives to each signatory."""

    concept: str
    package: int
    ties: int
    points: Mapping[str, Fraction | None]
    gains: Mapping[str, Fraction | None]


@dataclass(frozen=True, slots=True, eq=False)
class LeverState:
    """The settlement with some levers pulled and all others not.

    Attributes
    ----------
    pulled : tuple of str
        The levers that are pulled, in file order.
    zone : ndarray
        Packages surely adopted, by index.
    count : int or None
        Their number; None when it hangs on a signatory of whom an input is missing.
    possible : int
        Packages adopted surely or possibly.
    no_deal : mapping of str to Fraction or None
        No-deal value of each party, in points.
    solutions : mapping of str to LeverPoint
        Solution points by concept.
    acceptable : mapping of str to bool or None
        For each named package whether some form of it is adopted; None is not known.
    missing : tuple of Missing
        Inputs that are not there.
    """

    pulled: tuple[str, ...]
    zone: NDArray[np.intp] = field(repr=False)
    count: int | None
    possible: int
    no_deal: Mapping[str, Fraction | None]
    solutions: Mapping[str, LeverPoint]
    acceptable: Mapping[str, bool | None]
    missing: tuple[Missing, ...]

    @property
    def open(self) -> bool | None:
        """Whether there is a zone; None when that is not known."""
        return bool(len(self.zone)) or (None if self.possible else False)


@dataclass(frozen=True, slots=True)
class LeverChange:
    """What differs between two states.

    Attributes
    ----------
    zone, gained, lost : int or None
        Change in the size of the zone; packages that join it and that leave it.  None when not known.
    becomes, stops : tuple of str
        Named packages that become acceptable, and that surely stop being so.
    no_deal : mapping of str to Fraction or None
        Change of the no-deal values that change, in points; None for one that is no longer known.
    points, gains : mapping of str to mapping of str to Fraction
        For each solution concept that both states have, the change for each signatory.
    """

    zone: int | None
    gained: int | None
    lost: int | None
    becomes: tuple[str, ...]
    stops: tuple[str, ...]
    no_deal: Mapping[str, Fraction | None]
    points: Mapping[str, Mapping[str, Fraction]]
    gains: Mapping[str, Mapping[str, Fraction]]


@dataclass(frozen=True, slots=True)
class LeverMove:
    """One amount of a lever in the scenario looked at: added to its target, or multiplied with it.

    ``unit`` is that in which the no-deal value is written: points, share (per cent of the way from worst to
    best) or package (points beside that package); None where there is no such value.
    """

    target: str
    times: bool
    unit: str | None
    amount: Fraction | None


@dataclass(frozen=True, slots=True)
class LeverFacts:
    """One lever: who pulls it, whether it can be pulled on the day, and what it moves.

    Attributes
    ----------
    why : str or None
        Why it cannot be pulled: not_before, ended or not_in_office; None when it can.
    when : date or None
        The day from which it can, or up to which it could.
    unused : tuple of str
        Targets that settlement does not use: no no-deal value, one that the case does not give, or that of a
        party that is never asked.
    unknown : tuple of str
        Paths of amounts that nobody has given.
    """

    id: str
    by: str
    why: Why | None
    when: date | None
    moves: tuple[LeverMove, ...]
    unused: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def available(self) -> bool:
        """True when it can be pulled on the day."""
        return self.why is None


@dataclass(frozen=True, slots=True, eq=False)
class LeverComparison(Shown):
    """Levers one by one and together, in one scenario, and over the assumptions where draws were asked for.

    Attributes
    ----------
    case, moment
        The case, and the date looked at.
    facts : mapping of str to LeverFacts
        Every lever, in file order.
    nothing : LeverState
        No lever pulled.
    options : LeverState
        Every lever pulled that can be and only makes options possible.
    alone : mapping of str to LeverState
        Each lever that can be pulled, alone.
    turned : mapping of str to LeverState
        ``options`` with one lever turned: pulled where it was not, not pulled where it was.
    together : LeverState
        All levers pulled that can be.
    sized : LeverState
        All levers pulled that can be and whose size is known; ``together`` when that is all of them.
    chosen : LeverState or None
        The levers asked for.
    shares : LeverShares or None
        Shares of scenarios with a zone, for all these states.
    """

    case: Case = field(repr=False)
    moment: Moment
    facts: Mapping[str, LeverFacts]
    nothing: LeverState
    options: LeverState
    alone: Mapping[str, LeverState]
    turned: Mapping[str, LeverState]
    together: LeverState
    sized: LeverState
    chosen: LeverState | None = None
    shares: LeverShares | None = None

    def states(self) -> dict[str, LeverState]:
        """Return all states by name: nothing, options, alone.LEVER, turned.LEVER, sized, together, chosen."""
        found = {"nothing": self.nothing, "options": self.options}
        found |= {f"alone.{name}": state for name, state in self.alone.items()}
        found |= {f"turned.{name}": state for name, state in self.turned.items()}
        found |= {"sized": self.sized, "together": self.together}
        return found if self.chosen is None else {**found, "chosen": self.chosen}

    def ground(self, name: str) -> LeverState:
        """Return the state with which a named state is compared: ``options`` for a turned lever, else ``nothing``."""
        return self.options if name.startswith("turned.") else self.nothing

    def outcomes(self) -> dict[str, Outcome]:
        """Return the figures by name: STATE.zone.count, .zone.open, .zone.gained, .zone.lost, .no_deal.PARTY,
        .gain.CONCEPT.PARTY and .acceptable.PACKAGE; with draws also .zone_share.lowest and .highest.
        """
        found: dict[str, Outcome] = {}
        for name, state in self.states().items():
            change = lever_change(self.ground(name), state)
            found |= {
                f"{name}.zone.count": state.count,
                f"{name}.zone.open": state.open,
                f"{name}.zone.gained": change.gained,
                f"{name}.zone.lost": change.lost,
            }
            found |= {f"{name}.no_deal.{party}": value for party, value in state.no_deal.items()}
            for concept, point in state.solutions.items():
                found |= {f"{name}.gain.{concept}.{party}": gain for party, gain in point.gains.items()}
            found |= {f"{name}.acceptable.{package}": value for package, value in state.acceptable.items()}
            if self.shares is not None:
                span = self.shares.span(state.pulled)
                found[f"{name}.zone_share.lowest"] = None if span is None else span.lowest / self.shares.draws
                found[f"{name}.zone_share.highest"] = None if span is None else span.highest / self.shares.draws
        return found


def compare_levers(
    case: Case,
    *,
    day: date | None = None,
    scenarios: Scenarios | None = None,
    chosen: Collection[str] | None = None,
    draws: int = 0,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> LeverComparison:
    """Return what the levers of a case do, one by one and together.

    Parameters
    ----------
    case : Case
        A case whose packages can be listed.
    day : date, optional
        The date looked at; by default every dated gate has passed.  Levers that cannot be pulled then are
        named and left out.
    scenarios : Scenarios, optional
        An ensemble of one draw in which no lever is pulled; by default the base scenario.
    chosen : collection of str, optional
        A further set of levers to look at, whatever the date.
    draws, seed : int
        Draws under each reading for the shares of scenarios with a zone, 0 for none; and their seed.
    progress : callable, optional
        Called with (done, total) while draws are made.

    Returns
    -------
    LeverComparison
        Exact: every state is a settlement of its own.

    Raises
    ------
    ValueError
        As :func:`~zopa.settlement.settle`, or when the case has no such lever.
    """
    base = scenarios if scenarios is not None else draw_scenarios(case)
    moment = at(case, day)
    plain = settle(case, day=day, scenarios=base)
    heard = _heard(plain)
    facts = {name: _facts(base, lever, moment, heard) for name, lever in case.levers.items()}
    ready = frozenset(name for name, one in facts.items() if one.available)
    opening = frozenset(name for name in ready if only_opens(case.levers[name]))
    sized = frozenset(name for name in ready if not facts[name].unknown)
    known: dict[frozenset[str], LeverState] = {}

    def state(pulled: Collection[str]) -> LeverState:
        wanted = frozenset(pulled)
        if wanted not in known:
            known[wanted] = _state(settle(case, day=day, scenarios=base, levers=wanted, text=plain.text), wanted)
        return known[wanted]

    nothing, options = state(()), state(opening)
    alone = {name: state({name}) for name in case.levers if name in ready}
    turned = {name: state(opening ^ {name}) for name in case.levers if name in ready}
    together, without_unknown = state(ready), state(sized)
    asked = None if chosen is None else state(chosen)
    shares = lever_shares(case, known, draws=draws, seed=seed, day=day, progress=progress) if draws else None
    return LeverComparison(case, moment, facts, nothing, options, alone, turned, together, without_unknown, asked, shares)


def lever_change(before: LeverState, after: LeverState) -> LeverChange:
    """Return what differs between two states of the same scenario."""
    counted = before.count is not None and after.count is not None
    gained = len(np.setdiff1d(after.zone, before.zone, assume_unique=True))
    lost = len(np.setdiff1d(before.zone, after.zone, assume_unique=True))
    no_deal: dict[str, Fraction | None] = {}
    for party, value in after.no_deal.items():
        old = before.no_deal[party]
        if value != old:
            no_deal[party] = None if value is None or old is None else value - old
    both = [concept for concept in after.solutions if concept in before.solutions]
    pairs = {concept: (before.solutions[concept], after.solutions[concept]) for concept in both}
    return LeverChange(
        gained - lost if counted else None,
        gained if counted else None,
        lost if counted else None,
        tuple(name for name, value in after.acceptable.items() if value is True and before.acceptable[name] is not True),
        tuple(name for name, value in after.acceptable.items() if value is False and before.acceptable[name] is True),
        no_deal,
        {concept: _difference(one.points, other.points) for concept, (one, other) in pairs.items()},
        {concept: _difference(one.gains, other.gains) for concept, (one, other) in pairs.items()},
    )


def _difference(before: Mapping[str, Fraction | None], after: Mapping[str, Fraction | None]) -> dict[str, Fraction]:
    pairs = {party: (before.get(party), value) for party, value in after.items()}
    return {party: new - old for party, (old, new) in pairs.items() if old is not None and new is not None}


def _state(settlement: Settlement, pulled: frozenset[str]) -> LeverState:
    outcomes = settlement.outcomes()
    solutions = {}
    for concept, point in settlement.points.items():
        if point.vectors:
            tied = settlement.tied_packages(concept)
            view = settlement.view(int(tied[0]))
            points, gains = ({name: row[name] for name in settlement.seats} for row in (view.points, view.gains))
            solutions[concept] = LeverPoint(concept, view.index, len(tied), points, gains)
    acceptable: dict[str, bool | None] = {}
    for name in settlement.case.packages:
        found = outcomes[f"acceptable.{name}"]
        acceptable[name] = None if found is None else bool(found)
    return LeverState(
        tuple(name for name in settlement.case.levers if name in pulled),
        settlement.zone,
        settlement.zone_count(),
        len(settlement.possible),
        {name: settlement.no_deal(name) for name in settlement.case.parties},
        solutions,
        acceptable,
        settlement.missing,
    )


# When a lever can be pulled ------------------------------------------------------------------------


def only_opens(lever: Lever) -> bool:
    """Return whether a lever makes options possible and does nothing else."""
    return lever.allow is not None and lever.block is None and not lever.moves and not lever.times


def _heard(settlement: Settlement) -> frozenset[str]:
    """Return the parties that may be asked about some package that meets the rules."""
    verdicts = settlement.verdicts
    return frozenset(name for name, one in verdicts.parties.items() if (one.asked.possibly & verdicts.allowed).any())


def _facts(base: Scenarios, lever: Lever, moment: Moment, heard: frozenset[str]) -> LeverFacts:
    case = base.case
    why, when = lever_wait(case, lever.id, moment)
    without = unused_targets(case, lever.id)
    targets = dict.fromkeys([*lever.moves, *lever.times])
    unused = tuple(target for target in targets if target in without or target.partition(".")[0] not in heard)
    moves = [
        LeverMove(
            target,
            times,
            None if target in without else no_deal_unit(case, target.partition(".")[0]),
            lever_amount(base, lever.id, target, times=times),
        )
        for times, written in ((True, lever.times), (False, lever.moves))
        for target in written
    ]
    unknown = tuple(
        one.path
        for name, numbers in pull_levers(base, {lever.id}).parties.items()
        if name in heard
        for one in numbers.missing[len(base.parties[name].missing) :]
    )
    return LeverFacts(lever.id, lever.by, why, when, tuple(moves), unused, unknown)


def lever_wait(case: Case, name: str, moment: Moment) -> tuple[Why | None, date | None]:
    """Return why a lever cannot be pulled on the day looked at, with the day it hangs on; (None, None) when it can.

    Where no day is looked at, every dated gate has passed, and a lever with an end is over.
    """
    if name in moment.ready:
        return None, None
    lever = case.levers[name]
    start, end = _day(case, lever.start), _day(case, lever.end)
    if end is not None and (moment.day is None or moment.day >= end):
        return "ended", end
    if start is not None and moment.day is not None and moment.day < start:
        return "not_before", start
    return "not_in_office", None


def _day(case: Case, moment: date | str | None) -> date | None:
    if not isinstance(moment, str):
        return moment
    timing = case.gates[moment].timing if moment in case.gates else None
    return timing.date if isinstance(timing, OnDate | Recurring) else None


def lever_fault(case: Case, names: Collection[str], day: date | None) -> str | None:
    """Return why levers cannot be pulled, in words: there is no such lever, or not on that day; None when they can."""
    moment = at(case, day)
    for name in names:
        if name not in case.levers:
            if not case.levers:
                return f"there is no lever called {name}: the case has no levers"
            return f"there is no lever called {name}. {did_you_mean(name, case.levers, 'levers')}"
        why, when = lever_wait(case, name, moment)
        on = f" on {day}" if day is not None else ", with all dates passed"
        if why == "not_before":
            return f"the lever {name} cannot be pulled{on}: it can from {when}. Look at a later day with --at."
        if why == "ended":
            return f"the lever {name} cannot be pulled{on}: it could until {when}. Look at an earlier day with --at."
        if why is not None:
            return f"the lever {name} cannot be pulled{on}: who holds it, {case.levers[name].by}, is not in office."
    return None
