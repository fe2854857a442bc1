"""All solution concepts of one frontier, and how far apart their packages lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from zopa.settlement.asymmetric_nash import asymmetric_nash
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

CONCEPTS: Final = (
    "nash",
    "asymmetric_nash",
    "kalai_smorodinsky",
    "kalai_smorodinsky_global",
    "egalitarian",
    "leximin",
    "utilitarian",
    "relative_welfare",
)
# What hangs on who carries a package, and so has no one point where votes decide.
BY_COALITION: Final = ("nash", "asymmetric_nash", "kalai_smorodinsky", "kalai_smorodinsky_global", "relative_welfare")


def solution_points(
    vectors: Integers,
    denominators: Sequence[int],
    no_deal: Sequence[Fraction] | None,
    ideal: Sequence[Fraction],
    best_allowed: Sequence[Fraction],
    influence: Sequence[Fraction] | None = None,
    *,
    voting: bool = False,
) -> dict[str, SolutionPoint]:
    """Return the solution points of a frontier by concept.

    Parameters
    ----------
    vectors : ndarray of shape (vectors, parties)
        Numerators of the points of the efficient vectors.
    denominators : sequence of int
        Denominator of each party's points.
    no_deal : sequence of Fraction or None
        No-deal values in points; None where one is not known, which leaves only the utilitarian point.
    ideal : sequence of Fraction
        Best points of each party in the zone.
    best_allowed : sequence of Fraction
        Best points of each party over all packages that meet the rules.
    influence : sequence of Fraction, optional
        Weight of each party; without it there is no asymmetric Nash point.
    voting : bool
        Votes decide: only the points that run over all seats are given.

    Returns
    -------
    dict of str to SolutionPoint
        In the order of ``CONCEPTS``; a concept that lacks an input has no entry.
    """
    found = {"utilitarian": utilitarian(vectors, denominators)}
    if no_deal is not None:
        found["egalitarian"] = egalitarian(vectors, denominators, no_deal)
        found["leximin"] = leximin(vectors, denominators, no_deal)
    if no_deal is not None and not voting:
        found["nash"] = nash(vectors, denominators, no_deal)
        found["kalai_smorodinsky"] = kalai_smorodinsky(vectors, denominators, no_deal, ideal)
        found["kalai_smorodinsky_global"] = kalai_smorodinsky(
            vectors, denominators, no_deal, best_allowed, "kalai_smorodinsky_global"
        )
        found["relative_welfare"] = relative_welfare(vectors, denominators, no_deal, ideal)
        if influence is not None:
            found["asymmetric_nash"] = asymmetric_nash(vectors, denominators, no_deal, influence)
    return {concept: found[concept] for concept in CONCEPTS if concept in found}


@dataclass(frozen=True, slots=True)
class PointsRange:
    """What the solution points give to each party, from the least to the most.

    Attributes
    ----------
    concepts : tuple of str
        The concepts that have a point.
    lowest, highest : tuple of Fraction
        Points of each party.
    vectors : int
        How many different outcomes the concepts choose.
    packages : int or None
        How many packages attain one of them; None where they were not counted.
    """

    concepts: tuple[str, ...]
    lowest: tuple[Fraction, ...]
    highest: tuple[Fraction, ...]
    vectors: int
    packages: int | None


def points_range(
    points: Mapping[str, SolutionPoint], vectors: Integers, denominators: Sequence[int], counts: Sequence[int]
) -> PointsRange | None:
    """Return the range between the solution points; None when there is none.

    Parameters
    ----------
    points : mapping of str to SolutionPoint
        On the frontier ``vectors`` (numerators over ``denominators``).
    counts : sequence of int
        How many packages attain each vector.
    """
    concepts = tuple(concept for concept, point in points.items() if point.vectors)
    chosen = sorted({vector for concept in concepts for vector in points[concept].vectors})
    if not chosen:
        return None
    columns = [[int(value) for value in vectors[chosen, party].tolist()] for party in range(len(denominators))]
    return PointsRange(
        concepts,
        tuple(Fraction(min(column), unit) for column, unit in zip(columns, denominators, strict=True)),
        tuple(Fraction(max(column), unit) for column, unit in zip(columns, denominators, strict=True)),
        len(chosen),
        sum(int(counts[vector]) for vector in chosen),
    )
