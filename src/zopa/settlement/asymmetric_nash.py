"""The Nash point when parties carry unequal weight: each gain counts with a power of its own.

Which of two products of powers is larger is decided exactly.  Logarithms only screen: what they leave within
a margin far wider than their error is compared in whole numbers, or, where the powers would have too many
digits, by comparing the two products factor by factor and then by logarithms of rising precision.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from math import gcd, lcm, log, prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.solutions import SAFE, Integers, SolutionPoint, gains

MARGIN: Final = 1e-9  # of logarithms weighted to a sum of 1; their error is below 1e-13
MOST_BITS: Final = 1_000_000  # of products of powers that are written out
VALUE_BITS: Final = 3_300  # about a thousand digits


def asymmetric_nash(
    scores: Integers, denominators: Sequence[int], no_deal: Sequence[Fraction], weights: Sequence[Fraction]
) -> SolutionPoint:
    """Return the weighted Nash points: most parties with a positive gain, then the largest product of powers.

    Each positive gain is raised to the power of its party's weight; weights are scaled to the smallest whole
    numbers in the same proportion.  Equal weights give the points of :func:`~zopa.settlement.solutions.nash`.
    A gain of a party of weight 0 counts among the gainers, but not in the product.

    Parameters
    ----------
    scores, denominators, no_deal
        As for :func:`~zopa.settlement.solutions.gains`.
    weights : sequence of Fraction
        Weight of each party, at least 0.  When all are 0 they order nothing, and there is no point.

    Returns
    -------
    SolutionPoint
        ``value`` is the product of the powers with whole exponents.

    Raises
    ------
    ValueError
        When a weight is below 0.

    References
    ----------
    Harsanyi and Selten (1972), A generalized Nash solution for two-person bargaining games with incomplete
    information; Kalai (1977), Nonsymmetric Nash solutions and replications of 2-person bargaining.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight below 0 has no meaning in a Nash product")
    exponents = whole_weights(weights)
    if not any(exponents):
        return SolutionPoint("asymmetric_nash", None, ())
    gained, common = gains(scores, denominators, no_deal)
    positive = gained > 0
    number = positive.sum(axis=1)
    most = int(number.max())
    rows = np.flatnonzero(number == most)
    if common >= SAFE:
        gained = gained.astype(object)
    # A gain of one point is no factor: with the common denominator in its place a party without a gain is none.
    kept = np.where(positive[rows], gained[rows], common)
    near = _near_the_largest(kept, exponents)
    best: list[int] = []
    for place in near:
        sign = 1 if not best else compare_products(kept[place].tolist(), kept[best[0]].tolist(), exponents)
        if sign > 0:
            best = [place]
        elif sign == 0:
            best.append(place)
    same_gainers = bool((positive[rows] == positive[rows[0]]).all())
    return SolutionPoint(
        "asymmetric_nash",
        _value(kept[best[0]].tolist(), common, exponents),
        tuple(int(rows[place]) for place in best),
        most,
        compares=not same_gainers,
    )


def whole_weights(weights: Sequence[Fraction]) -> list[int]:
    """Return the smallest whole numbers in the proportion of the weights."""
    common = lcm(*(weight.denominator for weight in weights))
    whole = [int(weight * common) for weight in weights]
    shared = gcd(*whole) or 1
    return [weight // shared for weight in whole]


def _near_the_largest(values: Integers, exponents: Sequence[int]) -> list[int]:
    """Return the rows whose weighted sum of logarithms is within the margin of the largest."""
    total = sum(exponents)
    sums: NDArray[np.float64] = np.zeros(len(values))
    largest = 1.0
    for party, exponent in enumerate(exponents):
        if exponent:
            column = values[:, party]
            logs = np.array([log(value) for value in column.tolist()]) if column.dtype == object else np.log(column)
            largest = max(largest, float(np.abs(logs).max()))
            # The share is rounded once; no exponent is ever turned into a double, for it may be too large.
            sums += (exponent / total) * logs
    return [int(place) for place in np.flatnonzero(sums >= sums.max() - MARGIN * largest)]


def compare_products(one: Sequence[int], other: Sequence[int], exponents: Sequence[int]) -> int:
    """Return 1, 0 or -1 as the product of powers of one row is above, equal to or below that of another.

    Parameters
    ----------
    one, other : sequence of int
        Positive whole numbers.
    exponents : sequence of int
        One for each place, at least 0.
    """
    places = zip(one, other, exponents, strict=True)
    parts = [(first, second, power) for first, second, power in places if first != second and power]
    bits = sum(power * max(first, second).bit_length() for first, second, power in parts)
    if bits <= MOST_BITS:
        left = prod(first**power for first, _, power in parts)
        right = prod(second**power for _, second, power in parts)
        return int(left > right) - int(left < right)
    if _equal_products(parts):
        return 0
    precision = 50
    while True:
        context = Context(prec=precision)
        total, size = Decimal(0), Decimal(0)
        for first, second, power in parts:
            term = context.multiply(
                context.create_decimal(power),
                context.subtract(context.ln(context.create_decimal(first)), context.ln(context.create_decimal(second))),
            )
            bound = context.multiply(context.create_decimal(power), context.ln(context.create_decimal(first * second + 1)))
            total, size = context.add(total, term), context.add(size, bound)
        # Every step is rounded once; all of them together err by less than this.
        if abs(total) > context.multiply(size, Decimal(10) ** (3 + len(str(len(parts))) - precision)):
            return 1 if total > 0 else -1
        precision *= 2


def _equal_products(parts: Sequence[tuple[int, int, int]]) -> bool:
    """Return whether both products of powers are one number: over a base of coprime factors the exponents agree."""
    base: list[int] = []
    waiting = [value for first, second, _ in parts for value in (first, second)]
    while waiting:
        value = waiting.pop()
        if value == 1:
            continue
        for place, known in enumerate(base):
            shared = gcd(value, known)
            if shared > 1:
                # Both are taken apart; what is left of them goes round again.
                del base[place]
                waiting += [shared, value // shared, known // shared]
                break
        else:
            base.append(value)
    for factor in base:
        surplus = 0
        for first, second, power in parts:
            surplus += power * (_times(first, factor) - _times(second, factor))
        if surplus:
            return False
    return True


def _times(value: int, factor: int) -> int:
    found = 0
    while value % factor == 0:
        value //= factor
        found += 1
    return found


def _value(row: Sequence[int], common: int, exponents: Sequence[int]) -> Fraction | None:
    bits = sum(power * max(value, common).bit_length() for value, power in zip(row, exponents, strict=True))
    if bits > VALUE_BITS:
        return None
    return Fraction(prod(value**power for value, power in zip(row, exponents, strict=True)), common ** sum(exponents))
