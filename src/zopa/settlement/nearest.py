"""The nearest package that does: fewest issues changed, over the whole grid at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.settle import Settlement

Flags = NDArray[np.bool_]
LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class Nearest:
    """The packages that meet a wish with the fewest changes.

    Attributes
    ----------
    distance : Fraction
        Number of issues changed, or the sum of their weights; nought when the package itself does.
    packages : tuple of int
        Packages at that distance, by index, at most as many as were asked for.
    count : int
        How many there are.
    """

    distance: Fraction
    packages: tuple[int, ...]
    count: int


def distances(shape: Sequence[int], package: int, weights: Sequence[Fraction] | None = None) -> tuple[NDArray[Any], int]:
    """Return how far every package lies from one: the issues in which they differ (Hamming 1950).

    Parameters
    ----------
    shape : sequence of int
        Number of options of each issue.
    package : int
        Index of the package to start from.
    weights : sequence of Fraction, optional
        What changing each issue counts; 1 by default, never negative.

    Returns
    -------
    tuple of (ndarray of shape (packages,), int)
        Distances as whole numbers over one denominator.

    Raises
    ------
    ValueError
        When a weight is negative, or their number is not that of the issues.

    References
    ----------
    Hamming (1950), Error detecting and error correcting codes.
    """
    used = [Fraction(1)] * len(shape) if weights is None else list(weights)
    if len(used) != len(shape) or any(weight < 0 for weight in used):
        raise ValueError("distances need one weight for each issue, none below nought")
    common = lcm(*(weight.denominator for weight in used))
    whole = [int(weight * common) for weight in used]
    kind: Any = np.uint8 if sum(whole) < 2**8 else np.int64 if sum(whole) < 2**62 else object
    digits = np.unravel_index(package, tuple(shape)) if shape else ()
    total = np.zeros((1,) * len(shape), dtype=kind)
    for axis, (digit, weight) in enumerate(zip(digits, whole, strict=True)):
        apart = np.full(shape[axis], weight, dtype=kind)
        apart[int(digit)] = 0
        total = total + apart.reshape([-1 if one == axis else 1 for one in range(len(shape))])
    return total.reshape(-1), common


def nearest(apart: tuple[NDArray[Any], int], wanted: Flags, limit: int = LISTED) -> Nearest | None:
    """Return the wanted packages at the least distance, ties by index; None when no package is wanted.

    Parameters
    ----------
    apart : tuple of (ndarray of shape (packages,), int)
        From :func:`distances`.
    wanted : ndarray of bool, shape (packages,)
        Which packages would do.
    limit : int
        Most packages listed.
    """
    steps, common = apart
    rows = np.flatnonzero(wanted)
    if not len(rows):
        return None
    there = steps[rows]
    least = there.min()
    ties = rows[there == least]
    return Nearest(Fraction(int(least), common), tuple(int(index) for index in ties[:limit]), len(ties))


@dataclass(frozen=True, slots=True)
class Nearby:
    """What lies nearest to a package: for each party, in the zone, on the frontier.

    ``parties`` holds, for each party looked at, the nearest allowed deal that it surely accepts; a missing
    one (None) does not exist, or is not known because an input is missing.
    """

    package: int
    parties: Mapping[str, Nearest | None]
    zone: Nearest | None
    efficient: Nearest | None


def nearby(
    settlement: Settlement,
    package: int,
    parties: Sequence[str] | None = None,
    weights: Sequence[Fraction] | None = None,
    *,
    limit: int = LISTED,
) -> Nearby:
    """Return the nearest packages that would do for somebody, and for all.

    Parameters
    ----------
    settlement : Settlement
        By enumeration.
    package : int
        Where to start.
    parties : sequence of str, optional
        The parties looked at; by default those that are asked and refuse the package, surely or possibly.
    weights : sequence of Fraction, optional
        What changing each issue counts.
    limit : int
        Most packages listed of each kind.
    """
    verdicts, size = settlement.verdicts, settlement.space.size
    apart = distances(settlement.space.shape, package, weights)
    fit = (verdicts.allowed & verdicts.deals)[0] & settlement.available
    looked = parties
    if looked is None:
        view = settlement.view(package)
        looked = tuple(dict.fromkeys(one.party for one in view.refusals if one.party in view.asked))
    found = {}
    for name in looked:
        accepts = np.broadcast_to(verdicts.parties[name].accepts.surely, (1, size))[0]
        found[name] = nearest(apart, fit & accepts, limit)
    zone: Flags = np.zeros(size, dtype=np.bool_)
    zone[settlement.zone] = True
    efficient: Flags = np.zeros(size, dtype=np.bool_)
    if settlement.frontier is not None:
        efficient[settlement.zone[settlement.frontier.rows]] = True
    return Nearby(package, found, nearest(apart, zone, limit), nearest(apart, efficient, limit))


def package_changes(settlement: Settlement, package: int, other: int) -> dict[str, tuple[str, str]]:
    """Return the issues in which two packages differ, each with the option of the one and of the other."""
    one, two = settlement.space.options(package), settlement.space.options(other)
    return {issue: (option, two[issue]) for issue, option in one.items() if option != two[issue]}
