"""The value of finding out: which single judgement, if it were known, would settle a yes/no question most often.

The range of a judgement is cut into bins of equally many draws (each word is a bin of its own), and whoever knows the
bin calls the answer that most draws of the bin have.  Bins are formed and answers called on one half of the draws and
tried on the other half, and the other way round: otherwise a judgement that matters nothing would seem to help, for
among few draws some answer always leads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.exploration.intervals import Floats, tail_of

BINS: Final = 10
RESAMPLES: Final = 200
CELLS: Final = 2**18  # of one block of resamples: some 10 MB, which stay near the processor

Counts = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What knowing one judgement would do for a yes/no question, with everything else as open as it is.

    Attributes
    ----------
    key : str
        The judgement.
    settled : float
        Share of draws that fall in a settled bin.
    called_right : float
        Share of draws in which the answer is called right by whoever knows the bin.
    gain : float
        How much more that is than without knowing anything; below 0 only by its error.
    settled_error, called_right_error, gain_error : float
        Standard errors from resampling.
    settled_interval, called_right_interval, gain_interval : tuple of float
        Lowest and highest, from the percentiles of the resamples.
    draws : int
        Of how many draws.
    """

    key: str
    settled: float
    settled_error: float
    settled_interval: tuple[float, float]
    called_right: float
    called_right_error: float
    called_right_interval: tuple[float, float]
    gain: float
    gain_error: float
    gain_interval: tuple[float, float]
    draws: int


def rank_findings(
    answers: NDArray[np.bool_],
    judgements: Mapping[str, NDArray[Any]],
    generator: np.random.Generator,
    *,
    words: frozenset[str] = frozenset(),
    bins: int = BINS,
    settled_at: float = 0.95,
    level: float = 0.95,
    resamples: int = RESAMPLES,
) -> tuple[Finding, ...]:
    """Return what finding out each judgement would do, the largest gain first, then by key.

    Parameters
    ----------
    answers : ndarray of bool, shape (draws,)
        The answer in each draw.
    judgements : mapping of str to ndarray of shape (draws,)
        What each judgement was drawn as: numbers, or codes of words.
    generator : numpy.random.Generator
        Chooses the resamples, the same for all judgements, so that adding or leaving out one changes nothing for
        the others.
    words : frozenset of str
        Keys of the judgements that are codes of words, each a bin of its own.
    bins : int
        Bins for the numbers; equal numbers stay in one bin, so there may be fewer.
    settled_at : float
        Part of the draws of a bin that must have the same answer for it to count as settled, in both halves.
    level : float
        Of the intervals.
    resamples : int
        How many.

    Returns
    -------
    tuple of Finding

    Raises
    ------
    ValueError
        As ``find_out``, or when ``words`` names a judgement that is not there.

    Notes
    -----
    The first of many is first also by luck: judgements whose intervals overlap are not to be told apart.
    """
    if unknown := words - set(judgements):
        raise ValueError(f"no such judgement among those drawn: {', '.join(sorted(unknown))}")
    weights = _resampled(len(answers), generator, resamples)
    found = [
        _finding(key, answers, values, weights, None if key in words else bins, settled_at, level)
        for key, values in judgements.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.gain, one.key)))


def find_out(
    key: str,
    answers: NDArray[np.bool_],
    values: NDArray[Any],
    generator: np.random.Generator,
    *,
    words: bool = False,
    bins: int = BINS,
    settled_at: float = 0.95,
    level: float = 0.95,
    resamples: int = RESAMPLES,
) -> Finding:
    """Return what finding out one judgement would do for a yes/no question.

    Parameters
    ----------
    key : str
        The judgement.
    answers : ndarray of bool, shape (draws,)
        The answer in each draw.
    values : ndarray of shape (draws,)
        What the judgement was drawn as: numbers, or codes of words.
    generator : numpy.random.Generator
        Chooses the resamples; the figures themselves do not depend on it.
    words, bins, settled_at, level, resamples
        As in ``rank_findings``.

    Returns
    -------
    Finding
        ``gain`` is the expected value of perfect information about the bin when a wrong call costs 1 and a right one
        nothing.  Knowing the number itself can only be worth more, so bins understate it: where the answer turns
        inside a bin, by up to half the draws of that bin.

    Raises
    ------
    ValueError
        When lengths differ, there are fewer than four draws, a value is missing, or ``bins``, ``resamples``,
        ``settled_at`` or ``level`` is out of its range.

    Notes
    -----
    Even and odd draws are the halves; with interleaved scrambles of a Sobol' sequence (draw k belongs to scramble k
    modulo an even number) each scramble lies in one half.  A bin without a majority is called like the whole; where the whole
    has none either, half of the draws count as right.  Yes and no are thus treated alike.  Each half is resampled by
    itself, and bins are formed anew in each resample.  Where the answers of a bin are close to even, resamples call it
    now one way and now the other, which makes the errors rather too large than too small.

    References
    ----------
    Raiffa and Schlaifer (1961) for the value of information; Felli and Hazen (1998) for its use as sensitivity.
    """
    weights = _resampled(len(answers), generator, resamples)
    return _finding(key, answers, values, weights, None if words else bins, settled_at, level)


def _finding(
    key: str, answers: NDArray[np.bool_], values: NDArray[Any], weights: Counts, bins: int | None, settled_at: float, level: float
) -> Finding:
    """Return the finding of one judgement from resamples; without a number of bins every value is one."""
    tail = tail_of(level)
    draws = len(answers)
    if answers.shape != values.shape or answers.ndim != 1:
        raise ValueError(f"{key}: needs one value and one answer for each draw, not {values.shape} and {answers.shape}")
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        raise ValueError(f"{key}: some draws have no value; leave out the draws in which it is not drawn")
    if bins is not None and bins < 1:
        raise ValueError(f"there must be at least one bin, not {bins}")
    if not 0.5 < settled_at <= 1:
        raise ValueError(f"a bin is settled when more than half of its draws agree, up to all (1), not {settled_at}")
    once = np.ones((1, draws), dtype=weights.dtype)
    settled, right, gain = _figures(answers, values, once, bins, settled_at)[:, 0].tolist()
    rows = max(1, CELLS // draws)
    blocks = [weights[start : start + rows] for start in range(0, len(weights), rows)]
    made = np.concatenate([_figures(answers, values, block, bins, settled_at) for block in blocks], axis=1)
    errors = made.std(axis=1, ddof=1).tolist()
    low, high = np.quantile(made, [tail, 1 - tail], axis=1).tolist()
    return Finding(
        key=key,
        settled=settled,
        settled_error=errors[0],
        settled_interval=(low[0], high[0]),
        called_right=right,
        called_right_error=errors[1],
        called_right_interval=(low[1], high[1]),
        gain=gain,
        gain_error=errors[2],
        gain_interval=(low[2], high[2]),
        draws=draws,
    )


def _resampled(draws: int, generator: np.random.Generator, resamples: int) -> Counts:
    """Return how often each draw comes in each resample (resamples, draws), each half drawn again from itself."""
    if draws < 4 or resamples < 2:
        raise ValueError("finding out needs at least four draws and two resamples; draw more")
    weights = np.empty((resamples, draws), dtype=np.int32)
    for half in (0, 1):
        size = (draws + 1 - half) // 2
        chosen = generator.integers(size, size=(resamples, size)) + size * np.arange(resamples)[:, None]
        weights[:, half::2] = np.bincount(chosen.reshape(-1), minlength=resamples * size).reshape(resamples, size)
    return weights


def _figures(answers: NDArray[np.bool_], values: NDArray[Any], weights: Counts, bins: int | None, settled_at: float) -> Floats:
    """Return settled, called right and gain (3, samples): called on one half, tried on the other, both ways averaged."""
    order = np.argsort(values, kind="stable")
    ordered, sorted_weights = values[order], weights[:, order]
    ends = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]) + 1, len(order))
    # Of each half, how many draws (no, then yes) have come up to each place in the order of values.
    sums = [
        [_summed(sorted_weights * ((order % 2 == half) & (answers[order] == answer))) for answer in (False, True)]
        for half in (0, 1)
    ]
    ways = []
    for half in (0, 1):
        cuts = np.tile(ends[:-1], (len(weights), 1)) if bins is None else _cuts(sums[half][0] + sums[half][1], ends, bins)
        known, held = (np.stack([_between(sums[one][answer], cuts) for answer in (0, 1)], axis=2) for one in (half, 1 - half))
        ways.append(_tried(known, held, settled_at))
    return np.asarray((ways[0] + ways[1]) / 2)


def _summed(weights: Counts) -> Counts:
    """Return running sums (samples, draws + 1) that begin with 0."""
    sums = np.zeros((len(weights), weights.shape[1] + 1), dtype=np.int32)
    np.cumsum(weights, axis=1, out=sums[:, 1:])
    return sums


def _cuts(sums: Counts, ends: NDArray[np.intp], bins: int) -> Counts:
    """Return after how many draws in the order of values each bin but the last ends (samples, bins - 1).

    ``sums`` are running sums over the known half, ``ends`` the places where one value gives way to the next: a bin
    ends with the last draw of a value, so that equal values are never parted.
    """
    samples, places = sums.shape
    total = sums[0, -1]
    wanted = -(-np.arange(1, bins) * total // bins)
    # One search for all samples: each stands above the one before it.
    lift = (total + 1) * np.arange(samples)[:, None]
    at = np.searchsorted((sums + lift).reshape(-1), (wanted + lift).reshape(-1)).reshape(samples, -1)
    at -= places * np.arange(samples)[:, None]
    return np.asarray(ends[np.searchsorted(ends, at)], dtype=np.int64)


def _between(sums: Counts, cuts: Counts) -> Counts:
    """Return what comes between one cut and the next (samples, bins)."""
    at = np.take_along_axis(sums, cuts, axis=1)
    return np.diff(at, axis=1, prepend=0, append=sums[:, -1:])


def _tried(known: Counts, held: Counts, settled_at: float) -> Floats:
    """Return the three figures (3, samples) of one way from draws (samples, bins, answers) called and held out."""
    whole = np.sign(known[..., 1].sum(axis=1) - known[..., 0].sum(axis=1))[:, None]
    call = np.sign(known[..., 1] - known[..., 0])
    called = np.where(call == 0, whole, call)
    right, blind = _right(called, held), _right(whole, held)
    sizes = held.sum(axis=2)
    # An answer must lead in both halves, or bins with few draws would be settled by luck; without a majority in the
    # known half neither answer does.
    settled = np.ones(sizes.shape, dtype=np.bool_)
    for half in (known, held):
        settled &= np.where(call > 0, half[..., 1], half[..., 0]) / np.maximum(half.sum(axis=2), 1) >= settled_at
    figures = np.stack([(sizes * settled).sum(axis=1), right, right - blind])
    return np.asarray(figures / sizes.sum(axis=1))


def _right(called: Counts, held: Counts) -> Floats:
    """Return how many held-out draws have the answer called; where none is called, half of them."""
    return np.asarray(((held[..., 1] * (1 + called) + held[..., 0] * (1 - called)) / 2).sum(axis=1))
