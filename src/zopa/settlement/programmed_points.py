"""Solution points of a problem for many parties, by mixed-integer programming instead of a frontier.

The definitions are those of :mod:`zopa.settlement.solutions`: what the searches find is judged by the same
functions, in whole numbers.  A result says whether it is exact, bounded, or whether there is no zone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from math import inf, log
from typing import Final, Literal

import numpy as np

from zopa.settlement.asymmetric_nash import asymmetric_nash, whole_weights
from zopa.settlement.concepts import BY_COALITION, CONCEPTS
from zopa.settlement.integer_program import Program, Vector, always_accepting
from zopa.settlement.problem import Problem
from zopa.settlement.program_logarithms import LOG_UNIT, largest_product
from zopa.settlement.program_searches import (
    TOLERANCE,
    Found,
    Limits,
    Share,
    largest_least,
    largest_sum,
    leximin_search,
    made_efficient,
    most_steps,
)
from zopa.settlement.solutions import (
    Integers,
    SolutionPoint,
    egalitarian,
    kalai_smorodinsky,
    leximin,
    nash,
    relative_welfare,
    utilitarian,
)
from zopa.space import Predicate

Status = Literal["exact", "bounded", "no_zone", "unknown"]
Judge = Callable[[Integers, Sequence[int]], SolutionPoint]
MOST_DIGITS: Final = 1000  # of a bound that is written out


@dataclass(frozen=True, slots=True)
class ProgrammedPoint:
    """A solution point found by programming.

    Attributes
    ----------
    concept : str
        Name of the concept, as in ``CONCEPTS``.
    status : str
        ``exact``: value and vectors are proven.  ``bounded``: the packages are adopted, and none has a value above
        ``bound``, as far as that is known.  ``no_zone``: no package is adopted, proven.  ``unknown``: no package was
        found in time, nor shown not to exist.
    value : Fraction or None
        What is maximised, as in :class:`~zopa.settlement.solutions.SolutionPoint`.
    bound : Fraction or None
        The value where it is exact; None when it is not known, or has more than a thousand digits.
    vectors : tuple of tuple of int
        Efficient vectors of the seats that attain the value, as numerators over the units of the problem, in falling
        lexicographic order.
    packages : tuple of tuple of int
        One package for each vector, as option numbers.  Others may attain it too, and earlier ones.
    complete : bool
        True when no other efficient vector attains the value, proven.
    gainers : int or None
        For both kinds of Nash: how many parties gain something.
    compares : bool
        As in :class:`~zopa.settlement.solutions.SolutionPoint`.
    ascending : tuple of Fraction
        For leximin: all gains, the smallest first.
    """

    concept: str
    status: Status
    value: Fraction | None = None
    bound: Fraction | None = None
    vectors: tuple[Vector, ...] = ()
    packages: tuple[Vector, ...] = ()
    complete: bool = False
    gainers: int | None = None
    compares: bool = False
    ascending: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class MostPoints:
    """The most points that a party can have.

    Attributes
    ----------
    status : str
        As for :class:`ProgrammedPoint`.
    points : Fraction or None
        The most found.
    bound : Fraction or None
        No package gives it more; the same as ``points`` where it is exact.
    package : tuple of int or None
        A package that gives it ``points``.
    """

    status: Status
    points: Fraction | None
    bound: Fraction | None
    package: Vector | None


def zone_package(problem: Problem, *, seconds: float = 10.0) -> tuple[Status, Vector | None]:
    """Return whether a problem has an adopted package, and one.

    Returns
    -------
    tuple of (str, tuple of int or None)
        ``exact`` with a package, ``no_zone``, or ``unknown`` when the time ran out.
    """
    answer = Program(problem).maximise({}, seconds)
    if answer.package is not None:
        return "exact", answer.package
    return ("no_zone" if answer.state == "none" else "unknown"), None


def opens_by(problem: Problem, party: int, *, seconds: float = 10.0) -> tuple[Status, Vector | None]:
    """Return whether there is an adopted package if one party, by place, accepts everything; as :func:`zone_package`."""
    return zone_package(always_accepting(problem, party), seconds=seconds)


def most_points(problem: Problem, *, seconds: float = 10.0) -> tuple[MostPoints, ...]:
    """Return for each seat the most points it has in any adopted package: its ideal.

    For the best over all packages that meet the rules give ``problem.only_rules(rules)``.
    """
    return _most_points(Program(problem), seconds)


def _most_points(program: Program, seconds: float) -> tuple[MostPoints, ...]:
    found = []
    for seat in range(program.problem.seats):
        answer, most = most_steps(program, seat, seconds)
        scale, unit = program.scales[seat], program.problem.units[seat]
        bound = Fraction(scale.base + scale.step * most, unit)
        if answer.package is None:
            nowhere = answer.state == "none"
            found.append(MostPoints("no_zone" if nowhere else "unknown", None, None if nowhere else bound, None))
            continue
        points = Fraction(scale.base + scale.step * answer.steps[seat], unit)
        found.append(MostPoints("exact" if points == bound else "bounded", points, bound, answer.package))
    return tuple(found)


def programmed_points(
    problem: Problem,
    no_deal: Sequence[Fraction] | None,
    *,
    rules: Sequence[Predicate] | None = None,
    influence: Sequence[Fraction] | None = None,
    concepts: Sequence[str] = CONCEPTS,
    limits: Limits | None = None,
) -> dict[str, ProgrammedPoint]:
    """Return solution points by concept.

    Parameters
    ----------
    problem : Problem
        The zone, with whole points.
    no_deal : sequence of Fraction or None
        No-deal value of each seat in points; None where one is not known, which leaves only the utilitarian point.
    rules : sequence of Predicate, optional
        What every allowed package meets; without it there is no ``kalai_smorodinsky_global``.
    influence : sequence of Fraction, optional
        Weight of each seat; without it there is no asymmetric Nash point.
    concepts : sequence of str
        Which concepts are asked for.
    limits : Limits, optional
        Time of each run of the solver, and how many equal or nearly equal vectors are looked for.

    Returns
    -------
    dict of str to ProgrammedPoint
        In the order of ``CONCEPTS``; a concept that lacks an input, or has no single point where votes decide, has
        no entry.

    Raises
    ------
    TooFine
        When points have too many digits for the solver's doubles.
    ValueError
        When nobody signs, a weight is below 0, or a party's best points are below its no-deal value.

    References
    ----------
    Huangfu and Hall (2018), Parallelizing the dual revised simplex method, for the solver HiGHS; Sylva and Crema
    (2004), A method for finding the set of non-dominated vectors for multiple objective integer linear programs,
    for the rows that bar a vector.
    """
    if not problem.seats:
        raise ValueError("nobody signs, so that there is nobody whose points could be weighed")
    limits = limits or Limits()
    program = Program(problem)
    found: dict[str, ProgrammedPoint] = {}
    wanted = [concept for concept in CONCEPTS if concept in concepts and (problem.ballot is None or concept not in BY_COALITION)]
    if no_deal is None:
        wanted = [concept for concept in wanted if concept == "utilitarian"]
    if influence is None:
        wanted = [concept for concept in wanted if concept != "asymmetric_nash"]
    if rules is None:
        wanted = [concept for concept in wanted if concept != "kalai_smorodinsky_global"]
    ideal: tuple[MostPoints, ...] | None = None
    for concept in wanted:
        if concept == "utilitarian":
            found[concept] = programmed_utilitarian(program, limits)
            continue
        assert no_deal is not None
        if concept in {"egalitarian", "leximin"}:
            found[concept] = programmed_least(program, no_deal, concept, limits)
        elif concept in {"nash", "asymmetric_nash"}:
            found[concept] = programmed_nash(program, no_deal, influence if concept == "asymmetric_nash" else None, limits)
        elif concept == "kalai_smorodinsky_global":
            assert rules is not None
            best = _most_points(Program(problem.only_rules(rules)), limits.seconds)
            found[concept] = programmed_shares(program, no_deal, best, concept, limits)
        else:
            ideal = _most_points(program, limits.seconds) if ideal is None else ideal
            found[concept] = programmed_shares(program, no_deal, ideal, concept, limits)
    return found


def _worth(program: Program, no_deal: Sequence[Fraction]) -> list[Share]:
    """Return the gain of each seat in points, by steps."""
    units = program.problem.units
    return [
        Share(Fraction(scale.step, units[seat]), Fraction(scale.base, units[seat]) - value)
        for seat, (scale, value) in enumerate(zip(program.scales, no_deal, strict=False))
    ]


def programmed_utilitarian(program: Program, limits: Limits) -> ProgrammedPoint:
    """Return the utilitarian point: the largest sum of the seats' points."""
    worth = _worth(program, [Fraction(0)] * program.problem.seats)
    search, unit = largest_sum(program, [share.slope for share in worth], limits)
    base = sum((share.offset for share in worth), Fraction(0))
    bound = _sum_bound(search.bound, base, unit)
    return _judged(program, "utilitarian", search, bound, utilitarian, limits)


def programmed_least(program: Program, no_deal: Sequence[Fraction], concept: str, limits: Limits) -> ProgrammedPoint:
    """Return the egalitarian or the leximin point.

    Parameters
    ----------
    program : Program
        The zone.
    no_deal : sequence of Fraction
        No-deal value of each seat in points.
    concept : str
        ``egalitarian`` or ``leximin``.
    limits : Limits
        Time and numbers.
    """
    shares = dict(enumerate(_worth(program, no_deal)))
    search = (largest_least if concept == "egalitarian" else leximin_search)(program, shares, limits)
    judge = egalitarian if concept == "egalitarian" else leximin
    bound = _sum_bound(search.bound)
    return _judged(program, concept, search, bound, lambda vectors, units: judge(vectors, units, no_deal), limits)


def programmed_shares(
    program: Program, no_deal: Sequence[Fraction], best: Sequence[MostPoints], concept: str, limits: Limits
) -> ProgrammedPoint:
    """Return the point of a concept that measures gains by the party's best gain.

    Parameters
    ----------
    program : Program
        The zone.
    no_deal : sequence of Fraction
        No-deal value of each seat in points.
    best : sequence of MostPoints
        Best points of each seat, in the zone or over all allowed packages.
    concept : str
        ``kalai_smorodinsky``, ``kalai_smorodinsky_global`` or ``relative_welfare``.
    limits : Limits
        Time and numbers.

    Raises
    ------
    ValueError
        When a party's best points are below its no-deal value: shares then have no meaning.
    """
    if any(one.status == "no_zone" for one in best):
        return ProgrammedPoint(concept, "no_zone")
    tops = [one.points for one in best if one.status == "exact" and one.points is not None]
    if len(tops) < len(best):
        return ProgrammedPoint(concept, "unknown")  # what shares are shares of is not known
    if any(top < value for top, value in zip(tops, no_deal, strict=True)):
        empty = _without_point(program, concept, limits)
        if empty.status == "no_zone":
            return empty
        raise ValueError("the best points of a party are below its no-deal value: shares of its best gain have no meaning")
    gains = [top - value for top, value in zip(tops, no_deal, strict=True)]
    worth = _worth(program, no_deal)
    shares = {
        seat: Share(share.slope / gain, share.offset / gain)
        for seat, (share, gain) in enumerate(zip(worth, gains, strict=True))
        if gain
    }
    if not shares:
        return _without_point(program, concept, limits)

    def judge(vectors: Integers, units: Sequence[int]) -> SolutionPoint:
        if concept == "relative_welfare":
            return relative_welfare(vectors, units, no_deal, tops)
        return kalai_smorodinsky(vectors, units, no_deal, tops, concept)

    if concept != "relative_welfare":
        search = largest_least(program, shares, limits)
        return _judged(program, concept, search, _sum_bound(search.bound), judge, limits)
    slopes = [shares[seat].slope if seat in shares else Fraction(0) for seat in range(len(gains))]
    search, unit = largest_sum(program, slopes, limits)
    base = sum((share.offset for share in shares.values()), Fraction(0))
    return _judged(program, concept, search, _sum_bound(search.bound, base, unit), judge, limits)


def programmed_nash(
    program: Program, no_deal: Sequence[Fraction], influence: Sequence[Fraction] | None, limits: Limits
) -> ProgrammedPoint:
    """Return the Nash point, or with weights the asymmetric one.

    Parameters
    ----------
    program : Program
        The zone.
    no_deal : sequence of Fraction
        No-deal value of each seat in points.
    influence : sequence of Fraction or None
        Weight of each seat; None gives the Nash point.
    limits : Limits
        Time and numbers.

    Raises
    ------
    ValueError
        When a weight is below 0.
    """
    concept = "nash" if influence is None else "asymmetric_nash"
    powers = [1] * program.problem.seats if influence is None else whole_weights(influence)
    if any(power < 0 for power in powers):
        raise ValueError("a weight below 0 has no meaning in a Nash product")
    if not any(powers):
        return _without_point(program, concept, limits)
    largest = max(powers)
    products = largest_product(program, _worth(program, no_deal), [power / largest for power in powers], limits)
    products.found.proven = products.found.proven and products.counted
    bound = _exponential(products.found.bound, largest) if products.counted else None

    def judge(vectors: Integers, units: Sequence[int]) -> SolutionPoint:
        return nash(vectors, units, no_deal) if influence is None else asymmetric_nash(vectors, units, no_deal, influence)

    return _judged(program, concept, products.found, bound, judge, limits, compares=products.compares)


def _exponential(logarithm: float | Fraction, power: int) -> Fraction | None:
    """Return a number surely above a product of powers whose logarithm is bounded; None beyond a thousand digits."""
    if logarithm in {inf, -inf}:
        return None
    context = Context(prec=40)
    exponent = context.multiply(Decimal(float(_above(logarithm)) * LOG_UNIT), Decimal(power))
    if abs(exponent) > MOST_DIGITS * log(10):
        return None
    return Fraction(context.exp(exponent)) * (1 + Fraction(1, 10**12))


def _sum_bound(bound: float | Fraction, base: Fraction = Fraction(0), unit: Fraction = Fraction(1)) -> Fraction | None:
    """Return the bound of a sum in its own unit; None when nothing is known of it."""
    return None if bound in {inf, -inf} else base + unit * _above(bound)


def _above(bound: float | Fraction) -> Fraction:
    """Return a number that surely is not below what the solver was asked to bound."""
    return bound if isinstance(bound, Fraction) else Fraction(bound + TOLERANCE + 1e-9 * abs(bound))


def _without_point(program: Program, concept: str, limits: Limits) -> ProgrammedPoint:
    """Return a concept that orders nothing, so that it has no point wherever there is a zone."""
    answer = program.maximise({}, limits.seconds)
    if answer.package is not None:
        return ProgrammedPoint(concept, "exact", complete=True)
    return ProgrammedPoint(concept, "no_zone" if answer.state == "none" else "unknown")


def _judged(
    program: Program,
    concept: str,
    search: Found,
    bound: Fraction | None,
    judge: Judge,
    limits: Limits,
    *,
    compares: bool | None = None,
) -> ProgrammedPoint:
    """Return the best of what a search found, compared in whole numbers."""
    if search.none:
        return ProgrammedPoint(concept, "no_zone")
    if not search.packages:
        # Any package at all is better than none; it is not said to be more.
        answer = program.maximise({}, limits.seconds)
        if answer.package is None:
            return ProgrammedPoint(concept, "no_zone" if answer.state == "none" else "unknown", bound=bound)
        search.packages = [made_efficient(program, answer.package, limits)[0]]
    problem = program.problem
    packages: dict[Vector, Vector] = {}
    for package in search.packages:
        packages.setdefault(problem.scores(package)[: problem.seats], package)
    rows = sorted(packages, reverse=True)
    point = judge(np.array(rows, dtype=object).reshape(len(rows), problem.seats), problem.units[: problem.seats])
    vectors = tuple(rows[place] for place in point.vectors)
    if search.proven:
        bound = point.value
    elif bound is not None and point.value is not None:
        bound = max(bound, point.value)
    return ProgrammedPoint(
        concept,
        "exact" if search.proven else "bounded",
        point.value,
        bound,
        vectors,
        tuple(packages[vector] for vector in vectors),
        search.proven and search.complete,
        point.gainers,
        point.compares if compares is None else compares,
        point.ascending,
    )
