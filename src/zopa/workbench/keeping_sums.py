"""Weights that are fixed numbers with a sum: when one moves, the others give way, and the sum is kept exactly."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from zopa.case import format_number


class SumRefused(ValueError):
    """The sum cannot be kept; the words say why."""


def keep_sum(
    weights: Mapping[str, Fraction],
    moved: str,
    value: Fraction,
    total: Fraction,
    grain: Fraction,
    held: Collection[str] = (),
) -> dict[str, Fraction]:
    """Return the weights after one of them was set: the others grow or shrink in proportion, so that the sum is kept.

    Parameters
    ----------
    weights : mapping of str to Fraction
        The weights as they are, at least 0.
    moved : str
        The one that is set.
    value : Fraction
        What it is set to.
    total : Fraction
        What the weights add up to.
    grain : Fraction
        The others are whole numbers of this, as far as the sum allows; what is left over by rounding goes to those
        that lost most by it, the first of them where several lost alike.
    held : collection of str
        Those that stay as they are.

    Returns
    -------
    dict of str to Fraction
        All weights, in their order; they add up to ``total`` exactly.

    Raises
    ------
    SumRefused
        When the value is below 0, when it leaves less than the held ones take, or when nothing is left that could
        give way.
    KeyError
        When there is no such weight.
    """
    if moved not in weights:
        raise KeyError(moved)
    if value < 0:
        raise SumRefused("A weight is not below 0.")
    stay = {name: one for name, one in weights.items() if name in held and name != moved}
    free = [name for name in weights if name not in stay and name != moved]
    rest = total - value - sum(stay.values(), Fraction(0))
    if rest < 0:
        most = max(total - sum(stay.values(), Fraction(0)), Fraction(0))
        kept = " with those that are held" if stay else ""
        raise SumRefused(f"The weights add up to {format_number(total)}{kept}: this one is at most {format_number(most)}.")
    if not free and rest:
        left = f"{format_number(rest)} of {format_number(total)}"
        raise SumRefused(f"All others are held, so {left} would go to nobody. Let one go.")
    shares = _shared(rest, [weights[name] for name in free], grain)
    given = dict(zip(free, shares, strict=True))
    return {name: value if name == moved else stay.get(name, given.get(name, Fraction(0))) for name in weights}


def _shared(rest: Fraction, sizes: list[Fraction], grain: Fraction) -> list[Fraction]:
    """Return a whole shared out in proportion to sizes, alike where all are 0, by the largest remainder."""
    if not sizes:
        return []
    together = sum(sizes, Fraction(0))
    exact = [rest * size / together if together else rest / len(sizes) for size in sizes]
    found = [one // grain * grain for one in exact]
    left = rest - sum(found, Fraction(0))
    order = sorted(range(len(sizes)), key=lambda number: (found[number] - exact[number], number))
    for number in order:
        step = min(grain, left)
        found[number] += step
        left -= step
    return found
