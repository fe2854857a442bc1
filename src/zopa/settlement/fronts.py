"""Frontiers and solution points of many zones at once.

Under one draw the zones of all readings share the points of the parties; they differ only in which packages
are in them.  So packages are put in order once for each draw, and the frontier of every zone is read off
together.  Solution points are found among doubles, and wherever two different packages come within a hair of
each other the exact functions of :mod:`zopa.settlement.solutions` decide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.settlement.frontier import nondominated
from zopa.settlement.solutions import SolutionPoint, egalitarian, kalai_smorodinsky, nash, utilitarian

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Decide = Callable[[Integers, int], SolutionPoint]
CLOSE: Final = 1e-9  # relative; far above the error of a few products of doubles, far below any real difference
MATRIX: Final = 1200  # packages up to which all pairs are compared


def efficient_in(points: Integers, zones: Flags) -> Flags:
    """Return which packages of each zone are efficient in it.

    Parameters
    ----------
    points : ndarray of shape (parties, packages)
        Exact numerators, larger is better.
    zones : ndarray of bool, shape (zones, packages)
        The packages in each zone.

    Returns
    -------
    ndarray of bool, shape (zones, packages)
        Exact; packages with the same points are efficient together.
    """
    parties, count = points.shape
    if not count or not parties:
        return zones.copy()
    if points.dtype == object:
        points = np.stack([_ranks(row) for row in points])
    if parties == 1:
        return _best(points[0], zones)
    if parties == 2:
        return _staircases(points, zones)
    # Packages with the same points are efficient together, so each set of them is looked at once.
    same = same_points(points)
    first = np.unique(same, return_index=True)[1]
    order = np.argsort(same, kind="stable")
    starts = np.searchsorted(same[order], np.arange(len(first)))
    merged = np.logical_or.reduceat(zones[:, order], starts, axis=1)
    return np.asarray(zones & _undominated(points[:, first], merged)[:, same])


def _undominated(points: Integers, zones: Flags) -> Flags:
    """Return the same for packages that all have different points."""
    filled = zones[zones.any(axis=1)]
    core = np.flatnonzero(filled.all(axis=0))
    if len(core):
        # What a package of every zone dominates is efficient in none.
        front = core[nondominated(points[:, core].T)]
        no_less: Flags = np.logical_and.reduce(points[:, front, None] >= points[:, None, :], axis=0)
        no_less[np.arange(len(front)), front] = False
        left = np.flatnonzero(~no_less.any(axis=0))
        found = np.zeros_like(zones)
        found[:, left] = _compared(points[:, left], zones[:, left])
        return found
    return _compared(points, zones)


def _compared(points: Integers, zones: Flags) -> Flags:
    """Compare all pairs at once, or zone by zone where there are too many."""
    count = points.shape[1]
    if count > MATRIX:
        found = np.zeros_like(zones)
        for row, zone in enumerate(zones):
            inside = np.flatnonzero(zone)
            found[row, inside] = nondominated(points[:, inside].T)
        return found
    no_less = np.ones((count, count), dtype=np.bool_)
    for one in points:
        no_less &= one[:, None] >= one[None, :]
    np.fill_diagonal(no_less, False)
    return np.asarray(zones & ~(zones.astype(np.float32) @ no_less.astype(np.float32) > 0.5))


def _best(row: Integers, zones: Flags) -> Flags:
    lowest = row.min() - 1
    best = np.where(zones, row[None, :], lowest).max(axis=1, keepdims=True)
    return np.asarray(zones & (row[None, :] == best))


def _staircases(points: Integers, zones: Flags) -> Flags:
    """Two parties: going down the first party's points, a package stands where the second party's best rises."""
    order = np.lexsort((-points[1], -points[0]))
    first, second = points[0][order], points[1][order]
    lowest = second.min() - 1
    inside = zones[:, order]
    best = np.maximum.accumulate(np.where(inside, second[None, :], lowest), axis=1)
    starts = np.flatnonzero(np.r_[True, first[1:] != first[:-1]])
    group = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(first)]))
    after = best[:, np.r_[starts[1:], len(first)] - 1][:, group]
    before = np.concatenate([np.full((len(zones), 1), lowest), best[:, starts[1:] - 1]], axis=1)[:, group]
    good = inside & (second[None, :] == after) & (second[None, :] > before)
    found = np.empty_like(zones)
    found[:, order] = good
    return found


@dataclass(frozen=True, slots=True)
class Bargain:
    """What the signatories bring to one draw.

    Attributes
    ----------
    points : ndarray of shape (parties, packages)
        Numerators of the points.
    units : tuple of int
        Denominator of each party's points.
    no_deal : tuple of Fraction or None
        No-deal values in points; None when one is missing.
    """

    points: Integers
    units: tuple[int, ...]
    no_deal: tuple[Fraction, ...] | None

    def gains(self) -> Floats:
        """Return gains over no deal in points, shape (parties, packages), as doubles."""
        assert self.no_deal is not None
        rows = [
            (row * value.denominator - value.numerator * unit) / float(unit * value.denominator)
            if abs(value.numerator * unit) + int(np.abs(row).max(initial=0)) * value.denominator < 2**62
            else np.array([float(Fraction(int(one), unit) - value) for one in row])
            for row, unit, value in zip(self.points, self.units, self.no_deal, strict=True)
        ]
        return np.stack(rows).astype(np.float64)


def solution_points(bargain: Bargain, efficient: Flags, *, voting: bool = False) -> dict[str, Flags]:
    """Return the packages of each solution point in each zone, with all ties.

    Parameters
    ----------
    bargain : Bargain
        Points and no-deal values of one draw.
    efficient : ndarray of bool, shape (zones, packages)
        What is efficient in each zone; what is efficient in none may be left out.
    voting : bool
        Under a voting rule the Nash and Kalai-Smorodinsky points hang on the coalition and are left out.

    Returns
    -------
    dict of str to ndarray of bool, shape (zones, packages)
        By concept, as :func:`zopa.settlement.settle` finds them one by one; a row without a package where a
        concept has no point.
    """
    points, units, no_deal = bargain.points, bargain.units, bargain.no_deal
    same = same_points(points)
    shares = np.stack([_in_points(row, unit) for row, unit in zip(points, units, strict=True)])
    sums, size = shares.sum(axis=0), float(np.abs(shares).sum(axis=0).max(initial=0.0))
    found = {"utilitarian": _largest(sums, efficient, same, points, lambda vectors, _: utilitarian(vectors, units), size=size)}
    if no_deal is None:
        return found
    gained = bargain.gains()
    found["egalitarian"] = _largest(
        gained.min(axis=0), efficient, same, points, lambda vectors, _: egalitarian(vectors, units, no_deal)
    )
    if voting:
        return found
    positive = gained > 0
    number = positive.sum(axis=0)
    most = np.where(efficient, number[None, :], -1).max(axis=1, keepdims=True)
    products = np.where(positive, gained, 1.0).prod(axis=0)
    found["nash"] = _largest(
        products, efficient & (number[None, :] == most), same, points, lambda vectors, _: nash(vectors, units, no_deal)
    )
    found["kalai_smorodinsky"] = _kalai_smorodinsky(bargain, gained, efficient, same)
    return found


def _kalai_smorodinsky(bargain: Bargain, gained: Floats, efficient: Flags, same: NDArray[np.intp]) -> Flags:
    """Return where the smallest share of the best gains is largest; whoever can gain nothing is left out."""
    no_deal = bargain.no_deal
    assert no_deal is not None
    best = np.stack([np.where(efficient, row[None, :], -np.inf).max(axis=1) for row in gained])
    smallest = np.full(efficient.shape, np.inf)
    counted = np.zeros(len(efficient), dtype=np.bool_)
    for row, most in zip(gained, best, strict=True):
        some = (most != 0) & np.isfinite(most)
        smallest[some] = np.minimum(smallest[some], row[None, :] / most[some][:, None])
        counted |= some

    def decide(vectors: Integers, zone: int) -> SolutionPoint:
        inside = bargain.points[:, efficient[zone]]
        ideal = [Fraction(int(row.max()), unit) for row, unit in zip(inside, bargain.units, strict=True)]
        return kalai_smorodinsky(vectors, bargain.units, no_deal, ideal)

    return _largest(smallest, efficient & counted[:, None], same, bargain.points, decide)


def _in_points(row: Integers, unit: int) -> Floats:
    if row.dtype != object:
        return np.asarray(row / float(unit))
    return np.array([float(Fraction(int(one), unit)) for one in row])


def same_points(points: Integers) -> NDArray[np.intp]:
    """Return a number for each package that packages with equal points share, shape (packages,)."""
    number = np.zeros(points.shape[1], dtype=np.int64)
    span = 1
    for row in points:
        low, high = row.min(), row.max()
        width = int(high - low) + 1
        if row.dtype == object or span * width >= 2**62:
            number, row = _ranks(number), _ranks(row)
            low, span, width = 0, len(row), len(row)
        number = number * width + (row - low)
        span *= width
    return _ranks(number)


def _ranks(row: NDArray[Any]) -> NDArray[np.intp]:
    return np.asarray(np.unique(row, return_inverse=True)[1].reshape(-1), dtype=np.intp)


def _largest(
    values: Floats, among: Flags, same: NDArray[np.intp], points: Integers, decide: Decide, *, size: float = 1e-3
) -> Flags:
    """Return where a value is largest, exactly: doubles choose the candidates, integers among different ones.

    ``size`` is that of what was added up, where sums may nearly cancel.
    """
    table: Floats = np.where(among, values if values.ndim == 2 else values[None, :], -np.inf)
    best = table.max(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):  # rows without a candidate hold only minus infinity
        near: Flags = among & (table >= best - CLOSE * np.maximum(np.abs(best), size))
    first = np.where(near, same[None, :], len(same)).min(axis=1)
    last = np.where(near, same[None, :], -1).max(axis=1)
    for row in np.flatnonzero(last > first):
        columns = np.flatnonzero(near[row])
        kept = columns[np.unique(same[columns], return_index=True)[1]]
        chosen = decide(points[:, kept].T, int(row)).vectors
        near[row] &= np.isin(same, same[kept[list(chosen)]])
    return near
