"""How far a judgement reaches: what its amount spans, where it stands in the base scenario, how long its slider is."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor

from zopa.case import (
    Alternatives,
    Amount,
    Binary,
    Case,
    Name,
    Negative,
    Number,
    Placed,
    Range,
    Triangular,
    judgements,
)

Interval = tuple[Fraction, Fraction]


def hull(case: Case, amount: Amount, depth: int = 20) -> Interval | None:
    """Return the smallest and largest number that an amount may be, as if parts of it were free; None for no number."""
    if depth == 0:
        return None
    if isinstance(amount, Number):
        return amount.value, amount.value
    if isinstance(amount, Range | Triangular):
        return amount.low, amount.high
    if isinstance(amount, Alternatives):
        known = [hull(case, item, depth - 1) for item in amount.items]
        return around(one for one in known if one is not None) if None not in known else None
    if isinstance(amount, Negative):
        inner = hull(case, amount.of, depth - 1)
        return None if inner is None else (-inner[1], -inner[0])
    if isinstance(amount, Name):
        assumption = case.assumptions.get(amount.id.partition(".")[0])
        if assumption is None or assumption.amount is None or assumption.words:
            return None
        return hull(case, assumption.amount, depth - 1)
    if isinstance(amount, Binary):
        left, right = hull(case, amount.left, depth - 1), hull(case, amount.right, depth - 1)
        if left is None or right is None or (amount.op == "/" and right[0] <= 0 <= right[1]):
            return None
        return around((value, value) for one in left for other in right for value in [_reckoned(amount.op, one, other)])
    return None


def around(intervals: Iterable[Interval]) -> Interval | None:
    """Return the smallest interval around some; None around none."""
    found = list(intervals)
    return (min(low for low, _ in found), max(high for _, high in found)) if found else None


def middle(case: Case, amount: Amount, depth: int = 20) -> Fraction | None:
    """Return what an amount is in the base scenario: midpoints, modes and first alternatives; None for no number."""
    if depth == 0:
        return None
    if isinstance(amount, Number):
        return amount.value
    if isinstance(amount, Range):
        # The base scenario rounds halves upwards, as every draw.
        return floor((amount.low + amount.high) / 2 / case.grain + Fraction(1, 2)) * case.grain
    if isinstance(amount, Triangular):
        return amount.mode
    if isinstance(amount, Alternatives):
        return middle(case, amount.items[0], depth - 1)
    if isinstance(amount, Negative):
        inner = middle(case, amount.of, depth - 1)
        return None if inner is None else -inner
    if isinstance(amount, Name):
        assumption = case.assumptions.get(amount.id.partition(".")[0])
        held = None if assumption is None or assumption.words else assumption.amount
        return None if held is None else middle(case, held, depth - 1)
    if isinstance(amount, Binary):
        left, right = middle(case, amount.left, depth - 1), middle(case, amount.right, depth - 1)
        if left is None or right is None or (amount.op == "/" and right == 0):
            return None
        return _reckoned(amount.op, left, right)
    return None


def _reckoned(op: str, left: Fraction, right: Fraction) -> Fraction:
    if op == "/":
        return left / right
    return {"+": left + right, "-": left - right, "*": left * right}[op]


def span(case: Case, placed: Placed) -> Interval:
    """Return from where to where the slider of a number goes: its bounds where it has some, else beyond its range.

    An assumption that stands alone for numbers with bounds, such as shares, has the bounds of those; one that is shown
    over bands goes over all of them.
    """
    reach = [one for one in (hull(case, placed.amount),) if one is not None]
    low, high = _limits(case, placed)
    if placed.kind == "assumption":
        assumption = case.assumptions[placed.path.partition(".")[2]]
        reach += [one for one in (hull(case, band) for band in assumption.sweep) if one is not None]
        users = [
            other for other in judgements(case) if isinstance(other.amount, Name) and _stands_for(other.amount, assumption.id)
        ]
        limits = [_limits(case, other) for other in users]
        lows, highs = [one for one, _ in limits if one is not None], [one for _, one in limits if one is not None]
        low, high = max(lows, default=None), min(highs, default=None)
    known = around(reach) or (Fraction(0), Fraction(100))
    if low is None:
        low = known[0] - (known[1] - known[0]) / 2 if known[0] < 0 else Fraction(0)
    if high is None:
        most = known[1] if placed.kind == "weight" else known[1] + (known[1] - min(known[0], low)) / 2
        floor_of = {"shape": 4, "weight": 100}.get(placed.kind, 0)
        high = max(most, Fraction(floor_of)) if most > low else low + 1
    grain = case.grain
    return min(floor(low / grain) * grain, known[0]), max(ceil(high / grain) * grain, known[1])


def _stands_for(name: Amount, assumption: str) -> bool:
    return isinstance(name, Name) and name.id.partition(".")[0] == assumption


def _limits(case: Case, placed: Placed) -> tuple[Fraction | None, Fraction | None]:
    high = None if placed.high is None else Fraction(placed.high)
    if placed.kind == "weight" and placed.party is not None:
        high = case.preferences[placed.party].weight_sum
    return None if placed.low is None else Fraction(placed.low), high
