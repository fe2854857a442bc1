"""Settlement of one scenario without listing packages: composed, or by integer programming where that is too wide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

import numpy as np

from zopa.case import Case, Moment, at
from zopa.settlement.composition import ComposedFrontier, compose_frontier
from zopa.settlement.concepts import CONCEPTS, PointsRange, solution_points
from zopa.settlement.conflict_items import ConflictItem, deal_item, lever_item, no_deal_item, red_line_item, rule_item
from zopa.settlement.deal_sets import family_predicate
from zopa.settlement.listing import Listing, first_adopted, first_packages, index_of, package_of
from zopa.settlement.posing import Posing, pose
from zopa.settlement.problem import Problem, in_coarse_steps
from zopa.settlement.settle import PackageView, Refusal, influence_of, settlement_notes
from zopa.settlement.showing import Outcome, Shown
from zopa.settlement.states import TooWide
from zopa.settlement.text_alone import TextAlone, text_alone
from zopa.settlement.zone_size import allowed_size, extremes, zone_size
from zopa.space import Missing, Predicate, Scenarios, draw_scenarios, meets, pull_levers

Method = Literal["composition", "integer programming"]
LISTED: Final = 100
OPENING_VISITS: Final = 30_000_000  # cells for the zone of one party that accepts everything
OPENING_ROWS: Final = 5_000  # partial packages kept where only one package is looked for; beyond, a program finds it


@dataclass(frozen=True, slots=True)
class LargePoint:
    """A solution point of a zone whose packages are not listed.

    Attributes
    ----------
    concept : str
        Name of the concept.
    exact : bool
        False where the value is only known to be at least ``value`` and at most ``bound``.
    value, bound : Fraction or None
        What is maximised, and what it cannot exceed (None: not known, or too long to write).
    vectors : tuple of tuple of int
        Maximising efficient vectors of the seats, as numerators, largest first.
    packages : tuple of tuple of int
        Packages that attain one of them, as option numbers, by index; at most 100.
    ties : int or None
        How many packages do; None where they were not counted.
    complete : bool
        False when other vectors may attain the value, too.
    gainers : int or None
        For both kinds of Nash: how many parties gain something.
    compares : bool
        True when the choice hangs on how points of different parties compare.
    ascending : tuple of Fraction
        For leximin: all gains, the smallest first.
    """

    concept: str
    exact: bool
    value: Fraction | None
    bound: Fraction | None
    vectors: tuple[tuple[int, ...], ...]
    packages: tuple[tuple[int, ...], ...]
    ties: int | None
    complete: bool
    gainers: int | None
    compares: bool
    ascending: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Opens:
    """Whether a zone would open if one party accepted everything; ``size`` is None where it was not counted."""

    open: bool
    size: int | None


@dataclass(frozen=True)
class ComposedSettlement(Shown):
    """The settlement of one scenario whose packages are too many to list.

    Attributes
    ----------
    case, scenarios, moment
        What it was computed from.
    text : TextAlone
        What the text alone decides.
    posing : Posing
        The scenario as whole numbers and predicates.
    method : str
        ``composition`` or ``integer programming``.
    allowed, deals : int
        Packages that meet the rules; those of them that count as agreement.
    asked_in : mapping of str to int
        For each party that signs or may be asked, the packages that meet the rules and need its yes.
    zone_open, possibly_open : bool
        Whether some package is surely adopted, and whether one is if nothing unknown stands in the way.
    size : int or None
        How many packages are surely adopted; None where they were not counted.
    frontier : ComposedFrontier or None
        Efficient vectors of the zone; None when points are missing, there is no zone, or by programming.
    points : mapping of str to LargePoint
        Solution points; without an entry where an input is missing.
    conflict : tuple of ConflictItem
        When there is no zone: one minimal set of items that exclude every package.
    opens : mapping of str to Opens
        For each party asked, the zone if it accepted everything.
    missing : tuple of Missing
        Inputs that are not there.
    notes : tuple of str
        What a reader must know about the method.
    """

    case: Case
    scenarios: Scenarios
    moment: Moment
    text: TextAlone
    posing: Posing
    method: Method
    allowed: int
    deals: int
    asked_in: Mapping[str, int]
    zone_open: bool
    possibly_open: bool
    size: int | None
    frontier: ComposedFrontier | None
    points: Mapping[str, LargePoint]
    conflict: tuple[ConflictItem, ...]
    opens: Mapping[str, Opens]
    missing: tuple[Missing, ...]
    notes: tuple[str, ...]

    @property
    def seats(self) -> tuple[str, ...]:
        """The parties that sign."""
        return self.posing.seats

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of options of each issue."""
        return self.posing.shape

    @property
    def undecided(self) -> bool:
        """True when a signatory lacks points or a no-deal value, so that the zone hangs on it."""
        return self.posing.undecided and self.possibly_open

    @property
    def exact(self) -> bool:
        """True when every figure that is given is exact."""
        return all(point.exact for point in self.points.values())

    def zone_count(self) -> int | None:
        """Return the size of the zone; None when it hangs on something missing, or was not counted."""
        return None if self.undecided else self.size

    def zone_bounds(self) -> tuple[int, int]:
        """Return two numbers between which the size of the zone lies: efficient packages at least, deals at most."""
        if self.size is not None:
            return self.size, self.size
        least = sum(self.frontier.counts) if self.frontier is not None else int(self.zone_open)
        return least, self.deals if self.zone_open else 0

    def outcomes(self) -> dict[str, Outcome]:
        """Return the figures of this scenario by name, as :meth:`~zopa.settlement.settle.Settlement.outcomes` does."""
        open_zone = True if self.zone_open else None if self.possibly_open else False
        found: dict[str, Outcome] = {
            "zone.open": open_zone,
            "zone.count": self.zone_count(),
            "frontier.vectors": None if self.frontier is None else len(self.frontier.vectors),
            "frontier.packages": None if self.frontier is None else sum(self.frontier.counts),
        }
        for concept, point in self.points.items():
            if point.packages:
                view = self.view(point.packages[0])
                found.update({f"gain.{concept}.{party}": view.gains[party] for party in self.seats})
        for name in self.case.packages:
            found[f"acceptable.{name}"] = self.acceptable(name)
        return found

    def points_range(self) -> PointsRange | None:
        """Return what the solution points give to each signatory, from the least to the most."""
        chosen = {vector for point in self.points.values() for vector in point.vectors}
        if not chosen:
            return None
        columns = list(zip(*chosen, strict=True))
        counts = None if self.frontier is None else self._count_of
        return PointsRange(
            tuple(concept for concept, point in self.points.items() if point.vectors),
            tuple(Fraction(min(column), unit) for column, unit in zip(columns, self.posing.units, strict=False)),
            tuple(Fraction(max(column), unit) for column, unit in zip(columns, self.posing.units, strict=False)),
            len(chosen),
            None if counts is None else sum(counts[vector] for vector in chosen),
        )

    @cached_property
    def _count_of(self) -> dict[tuple[int, ...], int]:
        assert self.frontier is not None
        rows = (tuple(int(value) for value in row) for row in self.frontier.vectors.tolist())
        return dict(zip(rows, self.frontier.counts, strict=True))

    @cached_property
    def sure(self) -> Problem:
        """The problem in which whatever is unknown stands in the way."""
        return self.posing.problem()

    @cached_property
    def granted(self) -> Problem:
        """The problem in which nothing unknown stands in the way."""
        return self.posing.problem(granted=True)

    @cached_property
    def zone_packages(self) -> Listing:
        """The first packages of the zone, by index."""
        return first_adopted(self.sure, LISTED) if self.zone_open else Listing((), complete=True)

    def no_deal(self, party: str) -> Fraction | None:
        """Return the no-deal value in points of a party that may be asked; None where it is not known."""
        place = self.posing.parties.index(party)
        bound = self.posing.thresholds[place]
        return None if bound is None else bound / self.posing.units[place]

    def members(self, name: str) -> Listing:
        """Return the first packages of a named package that meet the rules (of all its forms when none does)."""
        family = family_predicate(self.scenarios.space, self.case.packages[name])
        found = first_packages([family, *self.posing.rules.values()], self.shape, LISTED)
        return found if found.packages else first_packages([family], self.shape, LISTED)

    def acceptable(self, name: str) -> bool | None:
        """Return whether some form of a named package is adopted; None when that hangs on something unknown."""
        family = family_predicate(self.scenarios.space, self.case.packages[name])
        if _is_open(_also(self.sure, [family])):
            return True
        return None if _is_open(_also(self.granted, [family])) else False

    def package(self, index: int) -> tuple[int, ...]:
        """Return the option numbers of the package with an index."""
        return package_of(index, self.shape)

    def view(self, package: Sequence[int]) -> PackageView:
        """Return everything about one package, given as option numbers; parties that are never asked are left out."""
        posing, space = self.posing, self.scenarios.space
        scores = self.sure.scores(package)
        points = {
            name: Fraction(scores[place], posing.units[place]) if posing.known[place] else None
            for place, name in enumerate(posing.parties)
        }
        gains = {
            name: None if value is None or (bound := self.no_deal(name)) is None else value - bound
            for name, value in points.items()
        }
        order = posing.file_order
        asked = tuple(posing.parties[place] for place in order if meets(posing.asked[place].possibly, package))
        surely, possibly = self.sure.adopts(package), self.granted.adopts(package)
        return PackageView(
            index_of(package, self.shape),
            {issue.id: issue.options[option].id for issue, option in zip(space.issues, package, strict=True)},
            all(meets(rule, package) for rule in posing.rules.values()),
            meets(posing.deal, package),
            all(meets(left, package) for _, left in posing.shut.values()),
            points,
            gains,
            asked,
            tuple(one for place in order for one in self._refusals(place, package, gains[posing.parties[place]])),
            True if surely else None if possibly else False,
            surely and self.frontier is not None and tuple(scores[: len(self.seats)]) in self._count_of,
        )

    def _refusals(self, place: int, package: Sequence[int], gain: Fraction | None) -> list[Refusal]:
        party = self.posing.parties[place]
        found = [
            Refusal(party, "red_line", line, meets(where.surely, package))
            for line, (whose, where) in self.posing.lines.items()
            if whose == place and meets(where.possibly, package)
        ]
        if gain is None:
            found.append(Refusal(party, "missing", f"preferences.{party}", certain=False))
        elif gain < 0:
            found.append(Refusal(party, "no_deal", f"preferences.{party}.no_deal", certain=True, short=-gain))
        return found


def compose_settlement(
    case: Case, *, day: date | None = None, scenarios: Scenarios | None = None, levers: Collection[str] | None = None
) -> ComposedSettlement:
    """Return the settlement of one scenario, whatever the number of packages.

    Parameters
    ----------
    case, day, scenarios, levers
        As for :func:`~zopa.settlement.settle.settle`, whose figures it equals wherever both are computed.

    Returns
    -------
    ComposedSettlement
        Exact by composition.  Where points are too fine or parties too many for that, solution points come
        from integer programming, and say whether they are exact or bounded.

    Raises
    ------
    ValueError
        When an issue has no options, the case has no such lever, or rules and red lines couple too many issues.

    Notes
    -----
    Frontier and counts of ties: :mod:`~zopa.settlement.composition`.  The size of the zone:
    :mod:`~zopa.settlement.zone_size`, up to a bound of work.  Coalitions and levers are not compared here.
    """
    drawn = scenarios if scenarios is not None else draw_scenarios(case)
    if levers is not None:
        drawn = pull_levers(drawn, levers)
    moment = at(case, day)
    try:
        posing = pose(drawn, moment)
        text = text_alone(case, drawn.space, composed=True)
        ruled = posing.under_rules()
        allowed, deals = allowed_size(ruled), allowed_size(_also(ruled, [posing.deal]))
        sure = posing.problem()
        size = zone_size(sure)
        asked_in = {
            posing.parties[place]: allowed_size(_also(ruled, [posing.asked[place].possibly])) for place in posing.file_order
        }
        heard = [name for name, number in asked_in.items() if number]
        zone_open = bool(size) if size is not None else _is_open(sure)
        possibly_open = zone_open or (not posing.decided and _is_open(posing.problem(granted=True)))
        opens = {name: _opens(posing, name) for name in heard}
    except TooWide as error:
        raise ValueError(f"rules and red lines couple too many issues: {error}") from error
    weights, lacking = influence_of(drawn, posing.seats)
    frontier: ComposedFrontier | None = None
    points: dict[str, LargePoint] = {}
    method: Method = "composition"
    if zone_open and posing.seats and all(posing.known[: len(posing.seats)]):
        frontier, points, method = _efficient(posing, sure, weights)
    voting = case.agreement.need is not None
    conflict = () if possibly_open or voting else _conflict(posing)
    missing = tuple(one for name in heard for one in drawn.parties[name].missing)
    if points and not voting:
        missing += lacking
    notes = settlement_notes(case, points, moment, coalitions=False)
    return ComposedSettlement(
        case,
        drawn,
        moment,
        text,
        posing,
        method,
        allowed,
        deals,
        asked_in,
        zone_open,
        possibly_open,
        size,
        frontier,
        points,
        conflict,
        opens,
        missing,
        notes,
    )


def _also(problem: Problem, required: Iterable[Predicate]) -> Problem:
    """Return a problem in which packages meet further conditions."""
    return replace(problem, required=(*problem.required, *required))


def _is_open(problem: Problem) -> bool:
    """Return whether a problem has an adopted package.

    Raises
    ------
    TooWide
        When that could not be found out.
    """
    if not problem.seats:
        return zone_size(problem) != 0
    try:
        return bool(len(compose_frontier(problem, most_rows=OPENING_ROWS).vectors))
    except TooWide:
        from zopa.settlement.integer_program import TooFine
        from zopa.settlement.programmed_points import zone_package

        try:
            status, _ = zone_package(problem)
            found = None if status == "unknown" else status != "no_zone"
        except TooFine:
            found = _coarsely_open(problem)
        if found is None:
            raise
        return found


def _coarsely_open(problem: Problem) -> bool | None:
    """Return whether a problem whose points are too fine for the solver has an adopted package; None where it stays open.

    Points rounded down are less than there are, so that what is adopted with them is; rounded up they are more,
    so that where nothing is adopted with them nothing is.
    """
    from zopa.settlement.programmed_points import zone_package

    if zone_package(in_coarse_steps(problem, up=False))[1] is not None:
        return True
    status, _ = zone_package(in_coarse_steps(problem, up=True))
    return False if status == "no_zone" else None


def _opens(posing: Posing, party: str) -> Opens:
    problem = posing.problem(accepting=party)
    size = zone_size(problem, most_visited=OPENING_VISITS)
    return Opens(_is_open(problem) if size is None else size > 0, size)


def _conflict(posing: Posing) -> tuple[ConflictItem, ...]:
    """Return one minimal conflict by the deletion filter, the last item first (Chinneck and Dravnieks 1991)."""
    items = _items(posing)
    left = list(items)
    for name in reversed(list(items)):
        without = [one for one in items if one not in left or one == name]
        if not _is_open(posing.problem(granted=True, without=without)):
            left.remove(name)
    return tuple(items[name] for name in left)


def _items(posing: Posing) -> dict[str, ConflictItem]:
    """Return everything that can exclude a package: first what could be given up, then what stands."""
    drawn = posing.scenarios
    case = drawn.case
    rules = {one.id: rule_item(one) for one in case.rules.values()}
    found = {name: item for name, item in rules.items() if not item.stands}
    for place in posing.file_order:
        party = posing.parties[place]
        preferences = case.preferences.get(party)
        for line in preferences.red_lines if preferences is not None else ():
            found[line.id] = red_line_item(line)
        if posing.thresholds[place] is not None:
            item = no_deal_item(case, party)
            found[item.id] = item
    found |= {name: item for name, item in rules.items() if item.stands}
    found |= {name: lever_item(case, name, options, drawn.levers) for name, (options, _) in posing.shut.items()}
    found["deal"] = deal_item(case)
    return found


def _efficient(
    posing: Posing, sure: Problem, weights: list[Fraction] | None
) -> tuple[ComposedFrontier | None, dict[str, LargePoint], Method]:
    """Return the frontier and its solution points; by integer programming where the frontier is too large."""
    seats = len(posing.seats)
    units = posing.units[:seats]
    known = [bound / unit for bound, unit in zip(posing.thresholds, units, strict=False) if bound is not None]
    no_deal = known if len(known) == seats else None
    try:
        frontier = compose_frontier(sure)
    except TooWide:
        return None, _programmed(posing, sure, no_deal, weights), "integer programming"
    ruled = posing.under_rules()
    best = [(extremes(ruled, seat) or (0, 0))[1] for seat in range(seats)]
    ideal = [int(frontier.vectors[:, seat].max()) for seat in range(seats)]
    found = solution_points(
        frontier.vectors,
        units,
        no_deal,
        [Fraction(value, unit) for value, unit in zip(ideal, units, strict=True)],
        [Fraction(value, unit) for value, unit in zip(best, units, strict=True)],
        weights,
        voting=posing.ballot is not None,
    )
    points = {}
    for concept, point in found.items():
        vectors = tuple(tuple(int(value) for value in frontier.vectors[number].tolist()) for number in point.vectors)
        packages = sorted(one for number in point.vectors for one in frontier.packages(number, LISTED))[:LISTED]
        ties = sum(frontier.counts[number] for number in point.vectors)
        points[concept] = LargePoint(
            concept,
            True,
            point.value,
            point.value,
            vectors,
            tuple(packages),
            ties,
            True,
            point.gainers,
            point.compares,
            point.ascending,
        )
    return frontier, points, "composition"


def _programmed(
    posing: Posing, sure: Problem, no_deal: list[Fraction] | None, weights: list[Fraction] | None
) -> dict[str, LargePoint]:
    from zopa.settlement.integer_program import TooFine
    from zopa.settlement.programmed_points import programmed_points

    try:
        found = programmed_points(sure, no_deal, rules=tuple(posing.rules.values()), influence=weights)
    except TooFine:
        return _coarse_points(posing, sure, no_deal, weights)
    return {
        concept: LargePoint(
            concept,
            point.status == "exact",
            point.value,
            point.bound,
            point.vectors,
            tuple(sorted(point.packages)),
            None,
            point.complete,
            point.gainers,
            point.compares,
            point.ascending,
        )
        for concept, point in found.items()
        if concept in CONCEPTS and point.status in {"exact", "bounded"}
    }


def _coarse_points(
    posing: Posing, sure: Problem, no_deal: list[Fraction] | None, weights: list[Fraction] | None
) -> dict[str, LargePoint]:
    """Return packages that are good by each concept where points are too fine for the solver: values, without a bound.

    They are found with points rounded down, and then worth what they are worth exactly.  Concepts that measure gains
    against the best package need that package exactly, and are left out.
    """
    from zopa.settlement.programmed_points import programmed_points

    seats = len(posing.seats)
    units = posing.units[:seats]
    rounded = in_coarse_steps(sure, up=False)
    found: dict[str, LargePoint] = {}
    for concept in ("nash", "asymmetric_nash", "egalitarian", "leximin", "utilitarian"):
        near = programmed_points(rounded, no_deal, influence=weights, concepts=(concept,)).get(concept)
        packages = () if near is None else tuple(one for one in near.packages if sure.adopts(one))
        if not packages:
            continue
        package = packages[0]
        vector = sure.scores(package)[:seats]
        rows = np.array([vector], dtype=object)
        exactly = [Fraction(value, unit) for value, unit in zip(vector, units, strict=True)]
        point = solution_points(rows, units, no_deal, exactly, exactly, weights, voting=posing.ballot is not None)[concept]
        found[concept] = LargePoint(
            concept,
            False,
            point.value,
            None,
            (vector,),
            (package,),
            None,
            False,
            point.gainers,
            point.compares,
            point.ascending,
        )
    return found
