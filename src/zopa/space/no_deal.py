"""A party's no-deal value as a threshold for its points: a number, a share between worst and best, or a package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zopa.space.drawing import Integers
from zopa.space.partial import meets, predicate_of
from zopa.space.scenario import PartyNumbers, Scenarios

Flags = NDArray[np.bool_]
SAFE: Final = 2**62


@dataclass(frozen=True, slots=True)
class Threshold:
    """The no-deal value per draw as a fraction ``numerator / denominator`` in the party's unit."""

    numerator: Integers
    denominator: int

    @property
    def whole(self) -> Integers:
        """The least whole numerator that reaches it: points are whole, so reaching one is reaching the other."""
        return self.numerator if self.denominator == 1 else -((-self.numerator) // self.denominator)


def points_of(numbers: PartyNumbers, scenarios: Scenarios, options: Mapping[str, str]) -> Integers | None:
    """Return the points of one package in every draw, whatever the number of packages.

    Parameters
    ----------
    numbers : PartyNumbers
        What a party's judgements came to.
    scenarios : Scenarios
        Where they belong.
    options : mapping of str to str
        The option of every issue.

    Returns
    -------
    ndarray of int, shape (draws,), or None
        Python integers over the party's unit; None when an input is missing.
    """
    points, space = numbers.points, scenarios.space
    if points is None:
        return None
    package = [issue.option_ids().index(options[issue.id]) for issue in space.issues]
    total = np.zeros(len(points), dtype=object)
    for start, option in zip(space.offsets, package, strict=False):
        total = total + points[:, start + option].astype(object)
    for when, extra in numbers.bonuses:
        for values, draws in scenarios.condition_values(when):
            if meets(predicate_of(when, space, values, unknown=False), package):
                total = total + np.where(draws, extra, 0).astype(object)
    return total


def threshold(numbers: PartyNumbers, scenarios: Scenarios, ends: Callable[[], tuple[Integers, Integers]]) -> Threshold | None:
    """Return a party's no-deal value in its own unit.

    A share is counted from the worst to the best allowed package (``ends``); a package counts with its own
    points, whether or not it is among the packages looked at.  What levers move is moved in the unit in which
    the value is written.
    """
    no_deal = numbers.no_deal
    if no_deal is None:
        return None
    moved = no_deal.moved
    if no_deal.package is not None:
        own = points_of(numbers, scenarios, no_deal.package)
        if own is None or moved is None:
            return None if own is None else _narrow(own, 1)
        shifted = own * moved.times + moved.added * numbers.unit.astype(object)
        return _narrow(shifted, moved.denominator)
    assert no_deal.values is not None
    values, fineness = no_deal.values, 1
    if moved is not None:
        values, fineness = values.astype(object) * moved.times + moved.added * scenarios.scale, moved.denominator
    if no_deal.kind == "points":
        return _narrow(values * (numbers.unit // scenarios.scale), fineness)
    worst, best = ends()
    whole = 100 * scenarios.scale * fineness
    largest = max(abs(int(worst.min())), abs(int(best.max())), 1) * whole
    largest += max(abs(int(values.max())), abs(int(values.min()))) * int((best - worst).max())
    if largest >= SAFE:
        worst, best = worst.astype(object), best.astype(object)
    return _narrow(worst * whole + values * (best - worst), whole)


def _narrow(numerator: Integers, denominator: int) -> Threshold:
    """Return a no-deal value in 64 bits where levers left Python integers that fit."""
    if numerator.dtype == object and denominator < SAFE and int(np.abs(numerator).max(initial=0)) < SAFE:
        numerator = numerator.astype(np.int64)
    return Threshold(numerator, denominator)


def ends(values: Integers, allowed: Flags) -> tuple[Integers, Integers]:
    """Return the worst and the best allowed points of each draw; nought for a draw that allows nothing."""
    if allowed.size and allowed.all():
        worst, best = values.min(axis=1), values.max(axis=1)
    elif len(allowed) == 1 and allowed.any():
        kept = values[:, allowed[0]]
        worst, best = kept.min(axis=1), kept.max(axis=1)
    else:
        # Where a draw allows no package nobody is asked anything, so that its ends do not matter.
        rows = [row[mask] for row, mask in zip(values, np.broadcast_to(allowed, values.shape), strict=True)]
        worst = np.array([row.min() if len(row) else 0 for row in rows], dtype=values.dtype)
        best = np.array([row.max() if len(row) else 0 for row in rows], dtype=values.dtype)
    return (worst, best) if values.dtype == object else (worst.astype(np.int64), best.astype(np.int64))
