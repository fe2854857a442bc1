"""Variance-based sensitivity: which judgements an answer hangs on, alone and together with others.

Two independent samples of all judgements, A and B, are answered; then for each group of judgements once more A
with this group taken from B ("pick and freeze").  Judgements that depend on each other, such as weights that
add up to 100, form one group, so that groups are independent; only then do the indices share out the variance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.exploration.intervals import Floats, share_interval, tail_of

RESAMPLES: Final = 200
CELLS: Final = 2**22  # of one block of resampling weights: 32 MB
ROUNDING: Final = 1e-12  # below this part of the whole variance a resample has none, but for rounding


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What part of the variance of an answer comes from each group of judgements.

    Attributes
    ----------
    groups : tuple of str
        Keys of the groups, as handed in.
    first_order : ndarray of shape (groups,)
        Part of the variance that goes, on average, when the group becomes known.
    total_order : ndarray of shape (groups,)
        Part of the variance that is left, on average, when everything but the group is known.
    first_order_error, total_order_error : ndarray of shape (groups,)
        Standard errors from resampling.
    first_order_interval, total_order_interval : ndarray of shape (2, groups)
        Lowest and highest, from the percentiles of the resamples.
    variance : float
        Of the answer, over both samples, in its unit squared.
    draws : int
        Draws in each sample.
    resamples : int
        On how many resamples errors rest; those in which the answer never varied are left out.
    constant : bool
        The answer was the same in all draws of both samples: indices, errors and intervals are not a number.
    """

    groups: tuple[str, ...]
    first_order: Floats
    first_order_error: Floats
    first_order_interval: Floats
    total_order: Floats
    total_order_error: Floats
    total_order_interval: Floats
    variance: float
    draws: int
    resamples: int
    constant: bool


@dataclass(frozen=True, slots=True)
class Flips:
    """In what share of draws a yes/no answer turns when one group of judgements is drawn anew.

    Attributes
    ----------
    groups : tuple of str
        Keys of the groups, as handed in.
    shares, low, high : ndarray of shape (groups,)
        Share of draws whose answer turned, with its interval.
    draws : int
        Of how many draws.
    """

    groups: tuple[str, ...]
    shares: Floats
    low: Floats
    high: Floats
    draws: int


def estimate_sensitivity(
    groups: Sequence[str],
    first: NDArray[Any],
    second: NDArray[Any],
    mixed: NDArray[Any],
    generator: np.random.Generator,
    *,
    by_replicate: NDArray[np.integer[Any]] | None = None,
    level: float = 0.95,
    resamples: int = RESAMPLES,
) -> Sensitivity:
    """Return first-order and total indices of each group, with their errors.

    Parameters
    ----------
    groups : sequence of str
        Keys of the groups.
    first, second : ndarray of shape (draws,)
        The answer on sample A and on sample B: numbers, or yes and no.
    mixed : ndarray of shape (groups, draws)
        The answer on sample A with the judgements of one group taken from sample B.
    generator : numpy.random.Generator
        Chooses the resamples; the indices themselves do not depend on it.
    by_replicate : ndarray of int, shape (draws,), optional
        To which independent scramble of a Sobol' sequence each draw belongs.  Whole scrambles are then
        resampled, because draws of one scramble depend on each other.
    level : float
        Of the intervals.
    resamples : int
        How many.

    Returns
    -------
    Sensitivity
        Indices are not cut to 0 and 1: a small one may come out below 0 by its error.

    Raises
    ------
    ValueError
        When shapes do not fit, an answer is no finite number, there are fewer than two draws (or scrambles) or
        resamples, fewer than two resamples in which the answer varies, or ``level`` is not between 0 and 1.

    Notes
    -----
    Assumes that groups are independent of each other.  Answers are centred first, which changes no index and keeps
    the error of the first order small where the mean is far from 0.  Of the units that are resampled, one fewer
    than there are is chosen, so that the variance of a mean is met without bias also with few scrambles (Rao and
    Wu 1988).

    References
    ----------
    First order: Saltelli et al. (2010), table 2 (b).  Total: Jansen (1999).  Groups: Sobol' (2001).  Resampling
    for indices: Archer, Saltelli and Sobol' (1997).
    """
    _check_shapes(groups, first, second, mixed)
    draws, tail = len(first), tail_of(level)
    values = np.concatenate([first, second]).astype(np.float64)
    if not (np.isfinite(values).all() and np.isfinite(mixed).all()):
        raise ValueError("an answer is missing or infinite; ask only of draws in which the answer is a number")
    units, where = np.arange(draws), np.arange(draws)
    if by_replicate is not None:
        if by_replicate.shape != first.shape:
            raise ValueError(f"{draws} draws need as many numbers of replicates, not {by_replicate.shape}")
        units, where = np.unique(by_replicate, return_inverse=True)
    if len(units) < 2 or resamples < 2:
        raise ValueError("errors need at least two draws, two replicates and two resamples; draw more")
    if values.min() == values.max():
        unknown = np.full(len(groups), np.nan)
        bounds = np.full((2, len(groups)), np.nan)
        return Sensitivity(tuple(groups), unknown, unknown, bounds, unknown, unknown, bounds, 0.0, draws, 0, True)
    centre = values.mean()
    columns = _columns(values[:draws] - centre, values[draws:] - centre, mixed - centre)
    whole, variance = _indices(columns.mean(axis=0)[None], len(groups))
    sizes = np.ones(draws)
    if by_replicate is not None:
        held = np.bincount(where)
        starts = np.cumsum(held) - held
        columns, sizes = np.add.reduceat(columns[np.argsort(where, kind="stable")], starts, axis=0), held.astype(np.float64)
    made, spread = _indices(_resampled(columns, sizes, generator, resamples), len(groups))
    made = made[spread > ROUNDING * variance]
    if len(made) < 2:
        raise ValueError("the answer varies in so few draws that hardly any resample shows it; take more draws or resamples")
    errors = made.std(axis=0, ddof=1)
    bounds = np.quantile(made, [tail, 1 - tail], axis=0)
    return Sensitivity(
        groups=tuple(groups),
        first_order=whole[0, 0],
        first_order_error=errors[0],
        first_order_interval=bounds[:, 0],
        total_order=whole[0, 1],
        total_order_error=errors[1],
        total_order_interval=bounds[:, 1],
        variance=float(variance[0]),
        draws=draws,
        resamples=len(made),
        constant=False,
    )


def count_flips(groups: Sequence[str], first: NDArray[np.bool_], mixed: NDArray[np.bool_], level: float = 0.95) -> Flips:
    """Return in what share of draws a yes/no answer turns when one group of judgements is drawn anew.

    With *p* the share of yes, the total index of the group is this share divided by *2 p (1 - p)*.

    Parameters
    ----------
    groups : sequence of str
        Keys of the groups.
    first : ndarray of bool, shape (draws,)
        The answer on sample A.
    mixed : ndarray of bool, shape (groups, draws)
        The answer on sample A with the judgements of one group taken from sample B.
    level : float
        Of the intervals (Clopper and Pearson 1934), which take draws to be independent.

    Returns
    -------
    Flips

    Raises
    ------
    ValueError
        When shapes do not fit, or ``level`` is not between 0 and 1.
    """
    _check_shapes(groups, first, first, mixed)
    turned, draws = (mixed != first).sum(axis=1), len(first)
    low, high = share_interval(turned, draws, level)
    return Flips(tuple(groups), turned / max(draws, 1), low, high, draws)


def _check_shapes(groups: Sequence[str], first: NDArray[Any], second: NDArray[Any], mixed: NDArray[Any]) -> None:
    if first.ndim != 1 or first.shape != second.shape or mixed.shape != (len(groups), len(first)):
        raise ValueError(
            f"{len(groups)} groups need two samples of the same length and one mixed sample of that length for each group, "
            f"not {first.shape}, {second.shape} and {mixed.shape}"
        )


def _columns(first: Floats, second: Floats, mixed: Floats) -> Floats:
    """Return per draw (draws, 2 + 2 groups) the terms whose means make up all indices."""
    step = (mixed - first).T
    both = np.stack([(first + second) / 2, (first**2 + second**2) / 2], axis=1)
    return np.concatenate([both, second[:, None] * step, step**2], axis=1)


def _indices(means: Floats, groups: int) -> tuple[Floats, Floats]:
    """Return indices (rows, 2, groups), first order before total, and variances (rows,) from rows of means."""
    variance = means[:, 1] - means[:, 0] ** 2
    product, square = means[:, 2 : 2 + groups], means[:, 2 + groups :]
    # Resamples in which the answer never varied are sorted out by the caller.
    with np.errstate(divide="ignore", invalid="ignore"):
        made = np.stack([product, square / 2], axis=1) / variance[:, None, None]
    return made, variance


def _resampled(sums: Floats, sizes: Floats, generator: np.random.Generator, resamples: int) -> Floats:
    """Return the means of resamples (resamples, columns) from sums over the units that are resampled, and their sizes."""
    units = len(sums)
    block = max(1, CELLS // units)
    made = []
    for start in range(0, resamples, block):
        rows = min(block, resamples - start)
        chosen = generator.integers(units, size=(rows, units - 1)) + units * np.arange(rows)[:, None]
        weights = np.bincount(chosen.reshape(-1), minlength=rows * units).reshape(rows, units).astype(np.float64)
        made.append((weights @ sums) / (weights @ sizes)[:, None])
    return np.concatenate(made)
