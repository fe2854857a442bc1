"""What the given members of a group can be together: the corners of everything that is drawn before the rest.

In a group with a sum or orders only plain ranges are drawn together.  All other members (numbers, triangles,
alternatives, assumptions, sums over them) are given: drawn before, each from its own stream.  What they
can be together lies between the corners found here, in which every drawn number is at one of its ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Final

from zopa.case.model import Assumption, Judgement
from zopa.case.notation import Alternatives, Amount, Binary, Name, Negative, Number, Range, Triangular, names_in_amount

MOST_CORNERS: Final = 4096


def assumption_key(assumption: Assumption, name: str, party: str | None, path: str) -> str:
    """Return the key of the draw that a reference to an assumption means.

    Parameters
    ----------
    assumption : Assumption
        The assumption referred to.
    name : str
        The reference as written, such as ``A2`` or ``A2.city``.
    party : str or None
        The party whose judgement refers to it.
    path : str
        The path of that judgement.
    """
    part = name.partition(".")[2]
    if assumption.per_parties:
        return f"{assumption.id}.{part or party}"
    return f"{assumption.id}@{path}" if assumption.per_place else assumption.id


def fits_grain(amount: Amount, grain: Fraction, assumptions: Mapping[str, Assumption]) -> bool:
    """Return whether whatever is drawn for an amount is sure to be a multiple of the grain."""
    if isinstance(amount, Number):
        return (amount.value / grain).denominator == 1
    if isinstance(amount, Range | Triangular):
        return -(-amount.low // grain) <= amount.high // grain
    if isinstance(amount, Negative):
        return fits_grain(amount.of, grain, assumptions)
    if isinstance(amount, Alternatives):
        return all(fits_grain(item, grain, assumptions) for item in amount.items)
    if isinstance(amount, Name):
        assumption = assumptions.get(amount.id.partition(".")[0])
        values = () if assumption is None else (assumption.amount, *assumption.sweep)
        return all(fits_grain(value, grain, assumptions) for value in values if value is not None)
    if isinstance(amount, Binary) and amount.op in {"+", "-"}:
        return fits_grain(amount.left, grain, assumptions) and fits_grain(amount.right, grain, assumptions)
    if isinstance(amount, Binary) and amount.op == "*":
        return any(
            isinstance(one, Number) and one.value.denominator == 1 and fits_grain(other, grain, assumptions)
            for one, other in ((amount.left, amount.right), (amount.right, amount.left))
        )
    return False


def corners(given: Sequence[Judgement], party: str, assumptions: Mapping[str, Assumption]) -> list[tuple[Fraction, ...]] | None:
    """Return the values of judgements in every corner of what is drawn behind them.

    Parameters
    ----------
    given : sequence of Judgement
        Judgements that are numbers.
    party : str
        The party that holds them.
    assumptions : mapping of str to Assumption
        All assumptions of the case.

    Returns
    -------
    list of tuple, or None
        One value for each judgement, each combination once; corners in which something is unknown or divided
        by zero are left out.  None when there are more than 4,096 corners, or an assumption could not be read.
    """
    drawn = _Drawn(assumptions)
    for judgement in given:
        drawn.visit(judgement.path, (judgement.amount,), party, judgement.path)
    if not drawn.complete or prod(len(ends) for ends in drawn.ends.values()) > MOST_CORNERS:
        return None
    found: dict[tuple[Fraction, ...], None] = {}
    for picked in product(*drawn.ends.values()):
        chosen = dict(zip(drawn.ends, picked, strict=True))
        made = [drawn.value(chosen[judgement.path], party, judgement.path, chosen) for judgement in given]
        known = tuple(value for value in made if value is not None)
        if len(known) == len(made):
            found[known] = None
    return list(found)


class _Drawn:
    """Everything drawn behind some judgements, by key, with its ends and alternatives."""

    def __init__(self, assumptions: Mapping[str, Assumption]) -> None:
        self.assumptions = assumptions
        self.ends: dict[str, tuple[Amount, ...]] = {}
        self.complete = True

    def visit(self, key: str, amounts: Sequence[Amount | None], party: str | None, path: str) -> None:
        """Note the ends of an amount (of an assumption with its bands), and of all that it refers to."""
        if key in self.ends:
            return
        found: dict[Amount, None] = {}
        for amount in amounts:
            for item in amount.items if isinstance(amount, Alternatives) else (amount,):
                if isinstance(item, Range | Triangular):
                    found.update({Number(item.low): None, Number(item.high): None})
                elif item is not None:
                    found[item] = None
        self.ends[key] = tuple(found)
        for item in found:
            for name in names_in_amount(item):
                assumption = self.assumptions.get(name.id.partition(".")[0])
                if assumption is None or assumption.amount is None or assumption.words:
                    self.complete = False  # it has a fault of its own
                    continue
                inner = assumption_key(assumption, name.id, party, path)
                whose = name.id.partition(".")[2] or party
                self.visit(inner, (assumption.amount, *assumption.sweep), whose, path)

    def value(self, amount: Amount, party: str | None, path: str, chosen: Mapping[str, Amount]) -> Fraction | None:
        """Return what an amount comes to in one corner."""
        if isinstance(amount, Number):
            return amount.value
        if isinstance(amount, Name):
            key = assumption_key(self.assumptions[amount.id.partition(".")[0]], amount.id, party, path)
            return self.value(chosen[key], amount.id.partition(".")[2] or party, path, chosen)
        if isinstance(amount, Negative):
            inner = self.value(amount.of, party, path, chosen)
            return None if inner is None else -inner
        if not isinstance(amount, Binary):
            return None
        left = self.value(amount.left, party, path, chosen)
        right = self.value(amount.right, party, path, chosen)
        if left is None or right is None or (amount.op == "/" and not right):
            return None
        if amount.op == "/":
            return left / right
        return {"+": left + right, "-": left - right, "*": left * right}[amount.op]
