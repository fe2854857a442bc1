"""Intervals for shares: how far a share may lie from what endless drawing would give.

The error meant here is that of drawing only so many scenarios.  It says nothing about the assumptions from
which they are drawn: a narrow interval is no sign that the ranges of a case are right.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def share_interval(counts: ArrayLike, total: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return an interval for each share of which ``counts`` out of ``total`` independent draws are a sample.

    Exact: whatever the share, the interval holds it in at least ``level`` of all samples, and in more where
    counts are few, because they are whole numbers.

    Parameters
    ----------
    counts : array of int
        In how many draws it was so, one number per share.
    total : array of int
        Of how many draws; one number for all, or one for each.
    level : float
        Least part of all samples in which the interval holds the share.

    Returns
    -------
    low, high : ndarray of float64, shape of ``counts`` with ``total``
        Within 0 and 1; without draws the whole of it.

    Raises
    ------
    ValueError
        When a count is below 0 or above its total, or ``level`` is not between 0 and 1.

    Notes
    -----
    Assumes draws that are independent and alike.  For points of a Sobol' sequence see ``replicate_interval``.

    References
    ----------
    Clopper and Pearson (1934), by the quantiles of the beta distribution.
    """
    from scipy.special import betaincinv

    tail = tail_of(level)
    held, among = np.broadcast_arrays(np.asarray(counts), np.asarray(total))
    if ((held < 0) | (held > among)).any():
        raise ValueError("a count lies below 0 or above the number of draws; counts and total must come from the same draws")
    missed = among - held
    low = np.where(held > 0, betaincinv(np.maximum(held, 1), missed + 1, tail), 0.0)
    high = np.where(missed > 0, betaincinv(held + 1, np.maximum(missed, 1), 1 - tail), 1.0)
    return low, high


def replicate_interval(values: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats, Floats]:
    """Return the mean over independent replicates and an interval for what it estimates.

    Points of one Sobol' sequence depend on each other, so that no interval can be had from them; independent
    scrambles of it do not, and their spread shows the error of their mean.

    Parameters
    ----------
    values : ndarray of shape (replicates, ...)
        One estimate per scramble, each from equally many points.
    level : float
        Part of all samples in which the interval is to hold the true value.

    Returns
    -------
    mean, low, high : ndarray of float64, shape of one replicate
        Not cut to 0 and 1: the values need not be shares.

    Raises
    ------
    ValueError
        With fewer than two replicates, or when ``level`` is not between 0 and 1.

    Notes
    -----
    Student's t is exact for estimates that are normally distributed, and close to it for scrambled sequences.
    Where all replicates agree the interval has no width, which is no proof: a share of 0 in every scramble is
    better told by ``share_interval``.

    References
    ----------
    Owen (1997) for scrambling; L'Ecuyer, Nakayama, Owen and Tuffin (2023) for Student's t over scrambles.
    """
    from scipy.special import stdtrit

    tail = tail_of(level)
    estimates = np.asarray(values, dtype=np.float64)
    replicates = len(estimates) if estimates.ndim else 0
    if replicates < 2:
        raise ValueError("an interval from replicates needs at least two of them; draw more scrambles of the sequence")
    mean = np.asarray(estimates.mean(axis=0))
    half = stdtrit(replicates - 1, 1 - tail) * estimates.std(axis=0, ddof=1) / np.sqrt(replicates)
    return mean, np.asarray(mean - half), np.asarray(mean + half)


def tail_of(level: float) -> float:
    """Return what an interval of a level leaves out on each side."""
    if not 0 < level < 1:
        raise ValueError(f"the level of an interval lies between 0 and 1, such as 0.95, not {level}")
    return (1 - level) / 2
