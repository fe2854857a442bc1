"""The judgements that settlement draws on, and how fine and how large their numbers are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm, log2

from zopa.case import (
    Alternatives,
    Amount,
    Assumption,
    Binary,
    Breakpoints,
    Case,
    Direction,
    Issue,
    Judgement,
    Name,
    Negative,
    Number,
    OrderOnly,
    Preferences,
    Range,
    ScoreTable,
    Triangular,
)

EXACT_BITS = 53  # sums of products stay exact in doubles, and far from the end of 64-bit integers
LARGEST_BITS = 62
MOST_BITS = 1000


def judgements_of(case: Case) -> list[Judgement]:
    """Return the judgements that settlement draws on: weights, scores, points, bonuses, no-deal values."""
    return [judgement for preferences in case.preferences.values() for judgement in judgements_of_party(preferences)]


def judgements_of_party(preferences: Preferences) -> list[Judgement]:
    """Return the judgements of one party that settlement draws on."""
    found = judgements_of_points(preferences)
    if preferences.no_deal is not None and preferences.no_deal.judgement is not None:
        found.append(preferences.no_deal.judgement)
    return found


def judgements_of_points(preferences: Preferences) -> list[Judgement]:
    """Return the judgements behind a party's points: weights, scores, bonuses."""
    found = list(preferences.weights.values())
    for score in preferences.scores.values():
        if isinstance(score, ScoreTable):
            found.extend(score.values.values())
        elif isinstance(score, Breakpoints):
            found.extend(judgement for _, judgement in score.points)
        elif isinstance(score, Direction):
            found.extend(judgement for judgement in (score.value, score.shape) if judgement is not None)
    found.extend(bonus.points for bonus in preferences.bonuses)
    return found


# How fine ------------------------------------------------------------------------------------------


def constant(amount: Amount, assumptions: Mapping[str, Assumption]) -> Fraction | None:
    """Return the exact value of an amount that is never drawn; None for others, and beyond 1,000 binary digits."""
    return _constant(amount, assumptions, {})


def _constant(amount: Amount, assumptions: Mapping[str, Assumption], known: dict[str, Fraction | None]) -> Fraction | None:
    if isinstance(amount, Number):
        return amount.value
    if isinstance(amount, Name):
        base = amount.id.partition(".")[0]
        if base not in known:
            inner = assumptions[base].amount if base in assumptions else None
            known[base] = None if inner is None else _constant(inner, assumptions, known)
        return known[base]
    if isinstance(amount, Negative):
        value = _constant(amount.of, assumptions, known)
        return None if value is None else -value
    if not isinstance(amount, Binary):
        return None
    left, right = _constant(amount.left, assumptions, known), _constant(amount.right, assumptions, known)
    if left is None or right is None or (amount.op == "/" and not right):
        return None
    value = left / right if amount.op == "/" else {"+": left + right, "-": left - right, "*": left * right}[amount.op]
    return value if max(value.numerator.bit_length(), value.denominator.bit_length()) <= MOST_BITS else None


def between(score: Breakpoints, at: Fraction) -> tuple[Judgement, Judgement, Fraction]:
    """Return the breakpoints around a place, and the share of the way from the first to the second."""
    low, first = max((point for point in score.points if point[0] <= at), key=lambda point: point[0])
    high, last = min((point for point in score.points if point[0] >= at), key=lambda point: point[0])
    return first, last, (at - low) / (high - low) if high > low else Fraction(0)


def straight(score: Direction, issue: Issue, assumptions: Mapping[str, Assumption]) -> list[Fraction] | None:
    """Return the exact scores of a straight line up the scale of an issue; None when it is bent or has no places."""
    if score.shape is not None and constant(score.shape.amount, assumptions) != 1:
        return None
    places = [option.at for option in issue.options if option.at is not None]
    if len(places) != len(issue.options) or not places:
        return None
    low, high = min(places), max(places)
    return [100 * (place - low) / (high - low) if high > low else Fraction(0) for place in places]


def _denominators(case: Case) -> set[int]:
    found = {case.grain.denominator}
    known: dict[str, Fraction | None] = {}
    # Influence weighs gains and is no part of any sum, but is drawn on the same grid.
    for amount in (judgement.amount for judgement in [*judgements_of(case), *case.influence.values()]):
        _take(amount, case.assumptions, found, known)
    for assumption in case.assumptions.values():
        for value in (assumption.amount, *assumption.sweep):
            if value is not None:
                _take(value, case.assumptions, found, known)
    for preferences in case.preferences.values():
        if preferences.weight_sum is not None:
            found.add(preferences.weight_sum.denominator)
        for name, score in preferences.scores.items():
            issue = case.issues[name]
            if isinstance(score, Breakpoints):
                found.update(value.denominator for value in _line_values(score, issue, case.assumptions))
            elif isinstance(score, Direction):
                found.update(value.denominator for value in straight(score, issue, case.assumptions) or ())
    return found


def denominators_of(amounts: Iterable[Amount], assumptions: Mapping[str, Assumption]) -> set[int]:
    """Return the denominators of the numbers written in some amounts."""
    found: set[int] = set()
    known: dict[str, Fraction | None] = {}
    for amount in amounts:
        _take(amount, assumptions, found, known)
    return found


def _line_values(score: Breakpoints, issue: Issue, assumptions: Mapping[str, Assumption]) -> list[Fraction]:
    found = []
    for option in issue.options:
        if option.at is not None:
            first, last, share = between(score, option.at)
            low, high = constant(first.amount, assumptions), constant(last.amount, assumptions)
            if low is not None and high is not None:
                found.append(low + (high - low) * share)
    return found


def _take(amount: Amount, assumptions: Mapping[str, Assumption], found: set[int], known: dict[str, Fraction | None]) -> None:
    if isinstance(amount, Number):
        found.add(amount.value.denominator)
    elif isinstance(amount, Range):
        found.update({amount.low.denominator, amount.high.denominator})
    elif isinstance(amount, Triangular):
        found.update({amount.low.denominator, amount.mode.denominator, amount.high.denominator})
    elif isinstance(amount, Negative):
        _take(amount.of, assumptions, found, known)
    elif isinstance(amount, Binary):
        value = _constant(amount, assumptions, known)
        if value is not None:
            found.add(value.denominator)
        _take(amount.left, assumptions, found, known)
        _take(amount.right, assumptions, found, known)
    elif isinstance(amount, Alternatives):
        for item in amount.items:
            _take(item, assumptions, found, known)


# How large -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measure:
    """How fine and how large the numbers of a case are.

    Attributes
    ----------
    scale : int
        Common denominator of everything written.
    wide : bool
        64 bits may not hold sums of products of judgements, so that Python integers are used.
    bits : mapping of str to float
        For each assumption the logarithm (base 2) of a bound on its size, its bands included.
    """

    scale: int
    wide: bool
    bits: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A case known by being the same object: cases hold mappings, and cannot be hashed."""

    case: Case

    def __hash__(self) -> int:
        return id(self.case)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.case is self.case


def measure(case: Case) -> Measure:
    """Return how fine and how large the numbers of a case are; reckoned once for each case."""
    return _measured(_Same(case))


@lru_cache(maxsize=8)
def _measured(same: _Same) -> Measure:
    case = same.case
    scale = lcm(*_denominators(case))
    sizes = _Sizes(case.assumptions, log2(scale))
    wide = False
    for preferences in case.preferences.values():
        most = max((sizes.of(judgement.amount) for judgement in judgements_of_party(preferences)), default=0.0)
        if any(isinstance(score, Direction | OrderOnly) for score in preferences.scores.values()):
            most = max(most, log2(100))
        if preferences.weight_sum is not None:
            most = max(most, bits_of(preferences.weight_sum))
        terms = log2(len(case.issues) + len(preferences.bonuses) + 1)
        factors = 2 if preferences.kind == "weighted" else 1
        wide = wide or terms + factors * (most + log2(scale)) >= EXACT_BITS
    for judgement in case.influence.values():
        wide = wide or sizes.of(judgement.amount) + log2(scale) >= LARGEST_BITS
    for name in case.assumptions:
        wide = wide or sizes.assumption(name) + log2(scale) >= LARGEST_BITS
    return Measure(scale, wide, sizes.known)


def bits_of(value: Fraction) -> float:
    """Return the logarithm (base 2) of the size of a number, at least 0."""
    return max(0.0, log2(abs(value.numerator)) - log2(value.denominator)) if value else 0.0


def largest_band(band: Amount) -> float:
    """Return the logarithm (base 2) of the size of a band or of a single value put in its place."""
    return _Sizes({}, 0.0).of(band)


class _Sizes:
    """Bounds on the size of amounts and of everything reckoned on the way, as logarithms (base 2).

    Logarithms keep this quick where numbers have very many digits.
    """

    def __init__(self, assumptions: Mapping[str, Assumption], scale_bits: float) -> None:
        self.assumptions = assumptions
        self.scale_bits = scale_bits
        self.known: dict[str, float] = {}

    def assumption(self, name: str) -> float:
        base = name.partition(".")[0]
        if base not in self.known:
            assumption = self.assumptions[base]
            self.known[base] = 0.0  # words refer to nothing; circles are faults
            values = () if assumption.words else (assumption.amount, *assumption.sweep)
            self.known[base] = max((self.of(value) for value in values if value is not None), default=0.0)
        return self.known[base]

    def of(self, amount: Amount) -> float:
        if isinstance(amount, Number):
            return bits_of(amount.value)
        if isinstance(amount, Range):
            return max(bits_of(amount.low), bits_of(amount.high))
        if isinstance(amount, Triangular):
            return max(bits_of(amount.low), bits_of(amount.high))
        if isinstance(amount, Name):
            return self.assumption(amount.id) if amount.id.partition(".")[0] in self.assumptions else 0.0
        if isinstance(amount, Negative):
            return self.of(amount.of)
        if isinstance(amount, Alternatives):
            return max(self.of(item) for item in amount.items)
        if not isinstance(amount, Binary):
            return 0.0
        left, right = self.of(amount.left), self.of(amount.right)
        if amount.op in {"+", "-"}:
            return max(left, right) + 1
        # Products and quotients may be rounded to the grain, which adds at most 1.
        if amount.op == "*":
            return max(left + right, 0.0) + 1
        # A divisor is a whole number of units of 1/scale, so it is at least that large.
        return max(left + self.scale_bits, right) + 1
