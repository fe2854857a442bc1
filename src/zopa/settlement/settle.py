"""Settlement of one scenario: packages, acceptance, zone, frontier, solution points, or why there is none."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case, Moment, at, bases_of
from zopa.settlement.available import available_packages
from zopa.settlement.concepts import PointsRange, points_range, solution_points
from zopa.settlement.conflict_items import ConflictItem, conflict_items
from zopa.settlement.conflicts import one_minimal_conflict
from zopa.settlement.frontier import Frontier, find_frontier
from zopa.settlement.showing import Outcome, Shown
from zopa.settlement.solutions import SolutionPoint
from zopa.settlement.text_alone import TextAlone, text_alone
from zopa.space import (
    Missing,
    PackageSpace,
    Scenarios,
    Verdict,
    Verdicts,
    draw_scenarios,
    judge,
    listable_space,
    pull_levers,
    signatories,
    unlisted_issues,
)

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a party does not accept a package: an item, and whether that is certain.

    ``kind`` is red_line, no_deal or missing; ``short`` is how many points are missing to the no-deal
    value.
    """

    party: str
    kind: str
    item: str
    certain: bool
    short: Fraction | None = None


@dataclass(frozen=True, slots=True)
class PackageView:
    """One package: points and gains over no deal of each party, and who does not accept it.

    ``adopted`` is True, False, or None when it hangs on something unknown; ``asked`` are the parties
    that have to say yes.
    """

    index: int
    options: Mapping[str, str]
    allowed: bool
    deal: bool
    available: bool
    points: Mapping[str, Fraction | None]
    gains: Mapping[str, Fraction | None]
    asked: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    adopted: bool | None
    efficient: bool

    def blockers(self) -> tuple[str, ...]:
        """Return the parties that have to say yes and surely do not."""
        return tuple(dict.fromkeys(one.party for one in self.refusals if one.certain and one.party in self.asked))


@dataclass(frozen=True, slots=True)
class Settlement(Shown):
    """The settlement of one scenario of a case.

    Attributes
    ----------
    case, scenarios, verdicts
        What it was computed from.
    moment : Moment
        The date looked at.
    text : TextAlone
        What the text alone decides.
    seats : tuple of str
        The parties that sign; frontier and solution points run over them.
    zone : ndarray
        Packages surely adopted, by index.
    possible : ndarray
        Packages adopted surely or possibly.
    frontier : Frontier or None
        Efficient packages of the zone, rows counting within ``zone``; None when points are missing.
    points : mapping of str to SolutionPoint
        Solution points; without an entry where an input is missing.
    conflict : tuple of ConflictItem
        When the zone is empty: one minimal set of items that exclude every package.
    opens : mapping of str to int
        For each party asked, the size of the zone if it accepted everything.
    available : ndarray of bool
        Packages that can be had on the date looked at.
    missing : tuple of Missing
        Inputs that are not there.
    notes : tuple of str
        What a reader must know about the method.
    """

    case: Case
    scenarios: Scenarios
    verdicts: Verdicts
    moment: Moment
    text: TextAlone
    seats: tuple[str, ...]
    zone: NDArray[np.intp]
    possible: NDArray[np.intp]
    frontier: Frontier | None
    points: Mapping[str, SolutionPoint]
    conflict: tuple[ConflictItem, ...]
    opens: Mapping[str, int]
    available: Flags
    missing: tuple[Missing, ...]
    notes: tuple[str, ...]

    @property
    def space(self) -> PackageSpace:
        """The packages."""
        return self.scenarios.space

    @property
    def undecided(self) -> bool:
        """True when a signatory lacks points or a no-deal value, so that the zone cannot be counted."""
        return any(
            self.verdicts.parties[name].values is None or self.verdicts.parties[name].threshold is None for name in self.seats
        )

    def zone_count(self) -> int | None:
        """Return the size of the zone; None when it hangs on a signatory of whom an input is missing."""
        return None if self.undecided and len(self.possible) else len(self.zone)

    def outcomes(self) -> dict[str, Outcome]:
        """Return the figures of this scenario by name.

        ``zone.open`` and ``zone.count``; ``frontier.vectors`` and ``frontier.packages``;
        ``gain.CONCEPT.PARTY``, a signatory's gain over no deal at the first package of a solution point;
        ``acceptable.PACKAGE``, whether some form of a named package is adopted.  None is not known.
        """
        found: dict[str, Outcome] = {
            "zone.open": bool(len(self.zone)) or (None if len(self.possible) else False),
            "zone.count": self.zone_count(),
            "zone.possible": len(self.possible),
            "frontier.vectors": None if self.frontier is None else len(self.frontier.vectors),
            "frontier.packages": None if self.frontier is None else len(self.frontier.rows),
        }
        for concept, point in self.points.items():
            if point.vectors:
                view = self.view(int(self.tied_packages(concept)[0]))
                found.update({f"gain.{concept}.{party}": view.gains[party] for party in self.seats})
        for name in self.case.packages:
            members = self.members(name)
            surely = any(_at(self.verdicts.adopted.surely, index) for index in members)
            possibly = any(_at(self.verdicts.adopted.possibly, index) for index in members)
            found[f"acceptable.{name}"] = True if surely else None if possibly else False
        return found

    def tied_packages(self, concept: str) -> NDArray[np.intp]:
        """Return all packages of a solution point, ascending."""
        assert self.frontier is not None
        rows = [self.frontier.rows_of(vector) for vector in self.points[concept].vectors]
        return np.sort(self.zone[np.concatenate(rows)]) if rows else np.array([], dtype=np.intp)

    def points_range(self) -> PointsRange | None:
        """Return what the solution points give to each signatory, from the least to the most."""
        if self.frontier is None:
            return None
        units = [int(self.scenarios.parties[name].unit[0]) for name in self.seats]
        return points_range(self.points, self.frontier.vectors, units, self.frontier.counts.tolist())

    def members(self, name: str) -> list[int]:
        """Return the packages of a named package that meet the rules, by index (all when none does)."""
        family = self.space.flat(self.space.family(self.case.packages[name]))
        kept = np.flatnonzero(family & self.verdicts.allowed[0])
        return [int(index) for index in (kept if len(kept) else np.flatnonzero(family))]

    def party_points(self, party: str, index: int) -> Fraction | None:
        """Return a party's points in a package."""
        verdict = self.verdicts.parties[party]
        if verdict.values is None:
            return None
        unit = int(self.scenarios.parties[party].unit[0])
        # The base scenario is judged on the whole space, so that an index is its own column.
        return Fraction(int(verdict.values[0, index]), unit)

    def no_deal(self, party: str) -> Fraction | None:
        """Return a party's no-deal value in points."""
        bound = self.verdicts.parties[party].threshold
        if bound is None:
            return None
        unit = int(self.scenarios.parties[party].unit[0])
        return Fraction(int(bound.numerator[0]), bound.denominator * unit)

    def view(self, index: int) -> PackageView:
        """Return everything about one package."""
        verdicts = self.verdicts
        points = {name: self.party_points(name, index) for name in verdicts.parties}
        gains: dict[str, Fraction | None] = {}
        for name, value in points.items():
            bound = self.no_deal(name)
            gains[name] = None if value is None or bound is None else value - bound
        asked = tuple(name for name, verdict in verdicts.parties.items() if _at(verdict.asked.possibly, index))
        adopted = True if _at(verdicts.adopted.surely, index) else None if _at(verdicts.adopted.possibly, index) else False
        efficient = False
        if self.frontier is not None:
            at_row = int(np.searchsorted(self.zone, index))
            within = at_row < len(self.zone) and self.zone[at_row] == index
            efficient = bool(within and at_row in self.frontier.rows)
        return PackageView(
            index,
            self.space.options(index),
            _at(verdicts.allowed, index),
            _at(verdicts.deals, index),
            bool(self.available[index]),
            points,
            gains,
            asked,
            tuple(one for name, verdict in verdicts.parties.items() for one in self._refusals(name, verdict, index, gains[name])),
            adopted,
            efficient,
        )

    def _refusals(self, party: str, verdict: Verdict, index: int, gain: Fraction | None) -> list[Refusal]:
        found = [
            Refusal(party, "red_line", line, _at(where.surely, index))
            for line, where in verdict.crossed.items()
            if _at(where.possibly, index)
        ]
        if gain is None:
            found.append(Refusal(party, "missing", f"preferences.{party}", certain=False))
        elif gain < 0:
            found.append(Refusal(party, "no_deal", f"preferences.{party}.no_deal", certain=True, short=-gain))
        return found


def _at(flags: Flags, index: int) -> bool:
    return bool(flags[0, index if flags.shape[1] > 1 else 0])


def settle(
    case: Case,
    *,
    day: date | None = None,
    scenarios: Scenarios | None = None,
    levers: Collection[str] | None = None,
    text: TextAlone | None = None,
) -> Settlement:
    """Return the settlement of one scenario.

    Parameters
    ----------
    case : Case
        A case whose packages can be listed.
    day : date, optional
        The date looked at; by default every dated gate has passed.  Before its date, an option that a
        lever switches on cannot be part of a package.
    scenarios : Scenarios, optional
        An ensemble of one draw; by default the base scenario.
    levers : collection of str, optional
        Exactly these levers are pulled, whatever the date; by default none moves a no-deal value or rules
        anything out, and every option that a lever makes possible on the day is there.
    text : TextAlone, optional
        What the text alone decides, where it is known from another scenario of the same case.

    Returns
    -------
    Settlement
        Exact, by enumeration of every package.

    Raises
    ------
    ValueError
        When an issue has no options, there are more than 20 million packages, or the case has no such lever.

    Notes
    -----
    The zone is the set of allowed deals that everybody asked accepts.  The frontier and the solution
    points run over the signatories.  Under a voting rule, points that hang on the coalition that carries a
    package are left out; see :func:`~zopa.settlement.coalitions.voting`.
    """
    space = listable_space(case)
    drawn = scenarios if scenarios is not None else draw_scenarios(case)
    if levers is not None:
        drawn = pull_levers(drawn, levers)
    moment = at(case, day)
    available = available_packages(case, space, moment, drawn.levers)
    verdicts = judge(drawn, np.arange(space.size), available=available)
    zone = np.flatnonzero(verdicts.adopted.surely[0])
    possible = zone if verdicts.adopted.decided else np.flatnonzero(verdicts.adopted.possibly[0])
    seats = signatories(drawn)
    frontier, points, unweighted = _efficient(drawn, verdicts, seats, zone)
    lacking = tuple(one for name, numbers in drawn.parties.items() if _matters(verdicts, name) for one in numbers.missing)
    conflict: tuple[ConflictItem, ...] = ()
    if not len(possible) and case.agreement.need is None:
        found = conflict_items(case, drawn, verdicts, moment)
        conflict = tuple(found.items[name] for name in one_minimal_conflict(found.masks))
    return Settlement(
        case,
        drawn,
        verdicts,
        moment,
        text if text is not None else text_alone(case, space),
        seats,
        zone,
        possible,
        frontier,
        points,
        conflict,
        _opens(verdicts, available) if case.agreement.need is None else {},
        available,
        lacking + unweighted,
        settlement_notes(case, points, moment),
    )


def unlisted(case: Case) -> tuple[Missing, ...]:
    """Return what settlement lacks when some issue has no options."""
    return tuple(
        Missing(f"issues.{name}.step", f"{name} is a continuous scale, and packages need options", f"Add `step:` to {name}.")
        for name in unlisted_issues(case)
    )


def _matters(verdicts: Verdicts, party: str) -> bool:
    """Return whether a party may be asked about any package that meets the rules."""
    return bool((verdicts.parties[party].asked.possibly & verdicts.allowed).any())


def _efficient(
    drawn: Scenarios, verdicts: Verdicts, seats: tuple[str, ...], zone: NDArray[np.intp]
) -> tuple[Frontier | None, dict[str, SolutionPoint], tuple[Missing, ...]]:
    """Return the frontier, its solution points, and what a point lacks."""
    chosen = [verdicts.parties[name] for name in seats]
    columns = [verdict.values[0] for verdict in chosen if verdict.values is not None]
    if not seats or len(columns) != len(seats) or not len(zone):
        return None, {}, ()
    wide = any(column.dtype == object for column in columns)
    scores = np.empty((len(zone), len(seats)), dtype=object if wide else np.int64)
    for seat, column in enumerate(columns):
        scores[:, seat] = column[zone]  # one party at a time: spaces of millions must fit
    frontier = find_frontier(scores)
    units = [int(drawn.parties[name].unit[0]) for name in seats]
    bounds = [
        Fraction(int(verdict.threshold.numerator[0]), verdict.threshold.denominator * unit)
        for verdict, unit in zip(chosen, units, strict=True)
        if verdict.threshold is not None
    ]
    ideal = [Fraction(int(scores[:, seat].max()), unit) for seat, unit in enumerate(units)]
    allowed = verdicts.allowed[0]
    everything = bool(allowed.all())
    best = [int((column if everything else column[allowed]).max()) for column in columns]
    weights, lacking = influence_of(drawn, seats)
    points = solution_points(
        frontier.vectors,
        units,
        bounds if len(bounds) == len(seats) else None,
        ideal,
        [Fraction(value, unit) for value, unit in zip(best, units, strict=True)],
        weights,
        voting=drawn.case.agreement.need is not None,
    )
    return frontier, points, lacking if drawn.case.agreement.need is None else ()


def influence_of(drawn: Scenarios, seats: tuple[str, ...]) -> tuple[list[Fraction] | None, tuple[Missing, ...]]:
    """Return the influence of each signatory, or what is missing of it (nothing, where the case gives none at all)."""
    given = drawn.case.influence
    weights: list[Fraction] = []
    lacking: list[Missing] = []
    for name in seats if given else ():
        numbers = drawn.drawer.number(given[name], name) if name in given else None
        if numbers is None:
            what = f"the influence of {name} is {'unknown' if name in given else 'not given'}"
            lacking.append(Missing(f"influence.{name}", what, f"Write an amount for {name} under `influence:`."))
        else:
            weights.append(Fraction(int(numbers[0]), drawn.scale))
    return (weights if given and not lacking else None), tuple(lacking)


class _Chosen(Protocol):
    """What notes need to know of a solution point."""

    @property
    def vectors(self) -> Collection[object]: ...

    @property
    def compares(self) -> bool: ...


def settlement_notes(case: Case, points: Mapping[str, _Chosen], moment: Moment, *, coalitions: bool = True) -> tuple[str, ...]:
    """Return what a reader must know about solution points, and about who is in office on the date looked at.

    ``coalitions`` says whether coalitions are shown beside them.
    """
    notes = _office_notes(case, moment)
    if case.agreement.need is not None:
        notes.append(
            "Where votes decide, the two Nash points, the two Kalai-Smorodinsky points and relative welfare hang on the "
            "coalition that carries the package, so no single one is given"
            f"{'; Nash points stand beside each coalition' if coalitions else ''}."
        )
    elif points and not case.influence:
        notes.append("The case says nothing about the influence of parties, so there is no Nash point weighted by influence.")
    elif "asymmetric_nash" in points and not points["asymmetric_nash"].vectors:
        notes.append("The influence of every signatory is 0, so there is no Nash point weighted by influence.")
    if any(points[name].compares for name in ("egalitarian", "leximin", "utilitarian") if name in points):
        notes.append("The egalitarian, the leximin and the utilitarian point compare the points of different parties.")
    if any(points[name].compares for name in ("nash", "asymmetric_nash") if name in points):
        notes.append(
            "No package gives every signatory a gain, and the packages with most gainers differ in who gains: "
            "the Nash points then compare the points of different parties."
        )
    return tuple(notes)


def _office_notes(case: Case, moment: Moment) -> list[str]:
    """Say where a party's preferences rest on the words of somebody who is not in office on the day."""
    notes = []
    for party, acting in moment.in_office.items():
        preferences = case.preferences.get(party)
        if preferences is None or moment.day is None:
            continue
        bases = {name for basis in bases_of(preferences) for name in basis.because}
        others = {
            case.statements[name].party
            for name in bases
            if name in case.statements and (case.statements[name].party or "").startswith(f"{party}.")
        } - {f"{party}.{acting}"}
        names = [one.name for one in case.parties[party].principals if f"{party}.{one.id}" in others]
        if names:
            notes.append(
                f"On {moment.day} the preferences of {case.parties[party].name} rest on statements of "
                f"{', '.join(names)}, not in office on that day."
            )
    return notes


def _opens(verdicts: Verdicts, available: Flags) -> dict[str, int]:
    """Return the size of the zone if one party accepted everything, for each party that is asked."""
    fit = (verdicts.allowed & verdicts.deals)[0] & available
    found: dict[str, int] = {}
    for name in verdicts.parties:
        if not _matters(verdicts, name):
            continue
        others = fit
        for other, theirs in verdicts.parties.items():
            if other != name:
                others = others & (~theirs.asked.possibly | theirs.accepts.surely)[0]
        found[name] = int(others.sum())
    return found
