"""Solution points: Nash, Kalai-Smorodinsky, egalitarian, leximin, utilitarian and relative welfare.

Each is a set: all efficient vectors that attain the largest value, with every package that attains
them.  Points of a party are whole numerators over its own denominator, no-deal values are fractions,
and every comparison is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]  # or an array of Python integers
SAFE: Final = 2**62


@dataclass(frozen=True, slots=True)
class SolutionPoint:
    """A solution concept on a frontier.

    Attributes
    ----------
    concept : str
        Name of the concept.
    value : Fraction or None
        What is maximised, in points (for Nash the product of the positive gains); None without a point, and
        for asymmetric Nash where it would have more than a thousand digits.
    vectors : tuple of int
        All maximising efficient vectors, by their number on the frontier; the first represents them.
    gainers : int or None
        For both kinds of Nash: how many parties gain something.
    compares : bool
        True when the choice hangs on how points of different parties compare: a positive affine change
        of one party's points might change it.
    ascending : tuple of Fraction
        For leximin: all gains, the smallest first; ``value`` is the first of them.
    """

    concept: str
    value: Fraction | None
    vectors: tuple[int, ...]
    gainers: int | None = None
    compares: bool = False
    ascending: tuple[Fraction, ...] = ()


def gains(scores: Integers, denominators: Sequence[int], no_deal: Sequence[Fraction]) -> tuple[Integers, int]:
    """Return gains over no deal as whole numerators over one common denominator.

    Parameters
    ----------
    scores : ndarray of shape (vectors, parties)
        Numerators of the points.
    denominators : sequence of int
        Denominator of each party's points.
    no_deal : sequence of Fraction
        No-deal value of each party in points.

    Returns
    -------
    tuple of (ndarray of shape (vectors, parties), int)
        The numerators and their denominator; 64-bit where that is exact, else Python integers.
    """
    common = lcm(*denominators, *(value.denominator for value in no_deal))
    factors = [common // denominator for denominator in denominators]
    shifts = [int(value * common) for value in no_deal]
    largest = max(
        (abs(int(scores[:, party].max(initial=0))) + abs(int(scores[:, party].min(initial=0)))) * factor + abs(shift)
        for party, (factor, shift) in enumerate(zip(factors, shifts, strict=True))
    )
    if scores.dtype == object or largest >= SAFE:
        scores = scores.astype(object)
    columns = [scores[:, party] * factors[party] - shifts[party] for party in range(scores.shape[1])]
    return np.stack(columns, axis=1), common


def _largest(values: NDArray[np.int64] | NDArray[np.object_]) -> tuple[int, ...]:
    best = max(values.tolist())
    return tuple(int(index) for index in np.flatnonzero(values == best))


def nash(scores: Integers, denominators: Sequence[int], no_deal: Sequence[Fraction]) -> SolutionPoint:
    """Return the Nash points: most parties with a positive gain, then the largest product of those gains.

    Gains are over the no-deal values as given, even below every attainable score; a party without a
    gain does not make the product zero for the others.

    Where every package leaves somebody without a gain, and the packages with most gainers differ in who
    gains, products over different parties are compared, and ``compares`` is True: the scale invariance
    of Nash's axioms holds only within one set of gainers.

    References
    ----------
    Nash (1950), The bargaining problem; the order by number of gainers makes it defined when somebody
    cannot gain.
    """
    gained, common = gains(scores, denominators, no_deal)
    positive = gained > 0
    number = positive.sum(axis=1)
    most = int(number.max())
    rows = np.flatnonzero(number == most)
    kept = np.where(positive, gained, 1)[rows]
    bound = 1
    for party in range(kept.shape[1]):
        bound *= max(int(kept[:, party].max()), 1)
    if bound >= SAFE:
        kept = kept.astype(object)
    products = kept[:, 0].copy()
    for party in range(1, kept.shape[1]):
        products = products * kept[:, party]
    best = _largest(products)
    value = Fraction(int(products[best[0]]), common**most)
    same_gainers = bool((positive[rows] == positive[rows[0]]).all())
    return SolutionPoint("nash", value, tuple(int(rows[index]) for index in best), most, compares=not same_gainers)


def shares(
    scores: Integers, denominators: Sequence[int], no_deal: Sequence[Fraction], ideal: Sequence[Fraction]
) -> tuple[Integers, int]:
    """Return each gain as a share of the party's best gain, as whole numerators over one denominator.

    Parameters
    ----------
    scores, denominators, no_deal
        As for :func:`gains`.
    ideal : sequence of Fraction
        Best points of each party.  A party that can gain nothing (ideal equal to its no-deal value) is left out.

    Returns
    -------
    tuple of (ndarray of shape (vectors, parties that are left), int)
        64-bit where sums over the parties are exact, else Python integers.
    """
    best_gains = [best - value for best, value in zip(ideal, no_deal, strict=True)]
    counted = [party for party, best in enumerate(best_gains) if best != 0]
    gained, common = gains(scores, denominators, no_deal)
    shared = lcm(*((best_gains[party] * common).numerator for party in counted))
    factors = [int(shared / (best_gains[party] * common)) for party in counted]
    kept = gained[:, counted]
    largest = sum(
        max(abs(int(kept[:, place].max())), abs(int(kept[:, place].min()))) * abs(factor) for place, factor in enumerate(factors)
    )
    if largest >= SAFE:
        kept = kept.astype(object)
    return kept * np.array(factors, dtype=kept.dtype), shared


def kalai_smorodinsky(
    scores: Integers,
    denominators: Sequence[int],
    no_deal: Sequence[Fraction],
    ideal: Sequence[Fraction],
    concept: str = "kalai_smorodinsky",
) -> SolutionPoint:
    """Return the Kalai-Smorodinsky points: the largest smallest share of each party's best gain.

    Parameters
    ----------
    scores, denominators, no_deal
        As for :func:`gains`.
    ideal : sequence of Fraction
        Best points of each party in the zone, or for ``kalai_smorodinsky_global`` over all packages that
        meet the rules.  A party that can gain nothing (ideal equal to its no-deal value) is left out; when
        all are, there is no point.
    concept : str
        Which of the two names the point carries.

    References
    ----------
    Kalai and Smorodinsky (1975), Other solutions to Nash's bargaining problem.
    """
    shared, whole = shares(scores, denominators, no_deal, ideal)
    if not shared.shape[1]:
        return SolutionPoint(concept, None, ())
    smallest = shared.min(axis=1)
    best = _largest(smallest)
    return SolutionPoint(concept, Fraction(int(smallest[best[0]]), whole), best)


def relative_welfare(
    scores: Integers, denominators: Sequence[int], no_deal: Sequence[Fraction], ideal: Sequence[Fraction]
) -> SolutionPoint:
    """Return the points of largest relative welfare: the largest sum of the shares of each party's best gain.

    Each party's points are put on a scale of its own, from its no-deal value to its best in the zone, so
    that no points of different parties are compared.  Parameters as for :func:`kalai_smorodinsky`.

    References
    ----------
    Cao (1982), Preference functions and bargaining solutions; Dhillon and Mertens (1999), Relative utilitarianism.
    """
    shared, whole = shares(scores, denominators, no_deal, ideal)
    if not shared.shape[1]:
        return SolutionPoint("relative_welfare", None, ())
    total = shared.sum(axis=1)
    best = _largest(total)
    return SolutionPoint("relative_welfare", Fraction(int(total[best[0]]), whole), best)


def egalitarian(scores: Integers, denominators: Sequence[int], no_deal: Sequence[Fraction]) -> SolutionPoint:
    """Return the egalitarian points: the largest smallest gain; it compares points between parties.

    References
    ----------
    Kalai (1977), Proportional solutions to bargaining situations.
    """
    gained, common = gains(scores, denominators, no_deal)
    smallest = gained.min(axis=1)
    best = _largest(smallest)
    return SolutionPoint("egalitarian", Fraction(int(smallest[best[0]]), common), best, compares=scores.shape[1] > 1)


def leximin(scores: Integers, denominators: Sequence[int], no_deal: Sequence[Fraction]) -> SolutionPoint:
    """Return the leximin points: the largest smallest gain, then the largest second smallest, and so on.

    It is the egalitarian point carried on where that ties, and compares points between parties as that does.

    References
    ----------
    Sen (1970), Collective choice and social welfare; Imai (1983), Individual monotonicity and lexicographic
    maxmin solution.
    """
    gained, common = gains(scores, denominators, no_deal)
    rising = np.sort(gained, axis=1)
    rows = np.arange(len(rising))
    for place in range(rising.shape[1]):
        column = rising[rows, place]
        rows = rows[column == column.max()]
    ascending = tuple(Fraction(int(value), common) for value in rising[rows[0]].tolist())
    vectors = tuple(int(row) for row in rows)
    return SolutionPoint("leximin", ascending[0], vectors, compares=scores.shape[1] > 1, ascending=ascending)


def utilitarian(scores: Integers, denominators: Sequence[int]) -> SolutionPoint:
    """Return the utilitarian points: the largest sum of points; it compares points between parties.

    References
    ----------
    Harsanyi (1955), Cardinal welfare, individualistic ethics, and interpersonal comparisons of utility.
    """
    points, common = gains(scores, denominators, [Fraction(0)] * len(denominators))
    largest = sum(int(np.abs(points[:, party]).max()) for party in range(points.shape[1]))
    total = (points if largest < SAFE else points.astype(object)).sum(axis=1)
    best = _largest(total)
    return SolutionPoint("utilitarian", Fraction(int(total[best[0]]), common), best, compares=scores.shape[1] > 1)
