"""The frontier: packages that no other package matches for everybody and beats for somebody.

Efficiency in the sense of Pareto, weak domination by equal vectors not counting: packages with the same
points for everybody are efficient together.  All comparisons are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.int64]  # or an array of Python integers
SMALL: Final = 64
DENSE_CELLS: Final = 2**24
EXACT_IN_DOUBLE: Final = 2**53


@dataclass(frozen=True, slots=True)
class Frontier:
    """Efficient vectors and the packages that attain them.

    Attributes
    ----------
    vectors : ndarray of shape (vectors, parties)
        Distinct efficient vectors, in falling lexicographic order.
    counts : ndarray of shape (vectors,)
        How many packages attain each.
    rows : ndarray
        Rows of the input that attain one of them, ascending.
    vector_of_row : ndarray
        For each of ``rows`` the vector it attains.
    """

    vectors: Vectors
    counts: NDArray[np.int64]
    rows: NDArray[np.intp]
    vector_of_row: NDArray[np.intp]

    def rows_of(self, vector: int) -> NDArray[np.intp]:
        """Return the rows that attain one vector, ascending."""
        return np.asarray(self.rows[self.vector_of_row == vector])


def find_frontier(scores: Vectors) -> Frontier:
    """Return the frontier of packages.

    Rows are packed into one integer each where the ranges allow; among rows that agree in all parties
    but the last only the best can be efficient, which leaves few candidates for the filter.

    Parameters
    ----------
    scores : ndarray of shape (packages, parties)
        Exact points, larger is better: 64-bit or Python integers.

    Returns
    -------
    Frontier
        Exact, with all ties.  Without packages or parties every array is empty (no party: every row
        ties).

    References
    ----------
    Kung, Luccio and Preparata (1975) for the filter used on the candidates.
    """
    count, parties = scores.shape
    if count == 0 or parties == 0:
        rows = np.arange(count if parties == 0 else 0)
        vectors = np.zeros((1 if len(rows) else 0, parties), dtype=np.int64)
        return Frontier(
            vectors, np.array([len(rows)] if len(rows) else [], dtype=np.int64), rows, np.zeros(len(rows), dtype=np.intp)
        )
    ranked = scores if scores.dtype != object else _ranks(scores)
    low = [int(ranked[:, party].min()) for party in range(parties)]
    spans = [int(ranked[:, party].max()) - low[party] + 1 for party in range(parties)]
    cells = 1
    for span in spans:
        cells *= span
    if cells >= 2**62:
        ranked = _ranks(ranked)
        low = [0] * parties
        spans = [int(ranked[:, party].max()) + 1 for party in range(parties)]
        cells = 1
        for span in spans:
            cells *= span
    if cells >= 2**62:
        return _unpacked(scores, ranked)
    keys = np.zeros(count, dtype=np.int64)
    for party in range(parties):
        keys *= spans[party]
        keys += ranked[:, party]
        keys -= low[party]
    efficient, counts = _efficient_keys(keys, spans, cells)
    if cells <= DENSE_CELLS:
        number = np.full(cells, -1, dtype=np.int32)
        number[efficient] = np.arange(len(efficient), dtype=np.int32)
        attained = number[keys]
    else:
        at = np.minimum(np.searchsorted(efficient, keys), len(efficient) - 1)
        attained = np.where(efficient[at] == keys, at, -1).astype(np.int32)
    rows = np.flatnonzero(attained >= 0)
    # Keys rise with the vectors, so the falling order is the reverse.
    vector_of_row = (len(efficient) - 1 - attained[rows]).astype(np.intp)
    first = np.zeros(len(efficient), dtype=np.intp)
    first[vector_of_row[::-1]] = rows[::-1]
    return Frontier(scores[first], counts[::-1].copy(), rows, vector_of_row)


def _efficient_keys(keys: NDArray[np.int64], spans: list[int], cells: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the packed efficient vectors, ascending, and how many rows attain each."""
    if cells <= DENSE_CELLS:
        held = np.bincount(keys, minlength=cells)
        distinct = np.flatnonzero(held)
        counts = held[distinct]
    else:
        distinct, counts = np.unique(keys, return_counts=True)
    last = np.ones(len(distinct), dtype=np.bool_)
    last[:-1] = distinct[1:] // spans[-1] != distinct[:-1] // spans[-1]
    distinct, counts = distinct[last], counts[last]
    rest, columns = distinct.copy(), []
    for span in reversed(spans):
        columns.append(rest % span)
        rest //= span
    good = nondominated(np.stack(columns[::-1], axis=1))
    return distinct[good], counts[good].astype(np.int64)


def _unpacked(scores: Vectors, ranked: NDArray[np.int64]) -> Frontier:
    """Return the frontier when even ranks do not fit into one integer."""
    distinct, inverse, counts = np.unique(ranked, axis=0, return_inverse=True, return_counts=True)
    good = nondominated(distinct)
    number = np.full(len(distinct), -1, dtype=np.intp)
    number[good] = np.arange(int(good.sum()))[::-1]
    attained = number[inverse.reshape(-1)]
    rows = np.flatnonzero(attained >= 0)
    vector_of_row = attained[rows]
    first = np.zeros(int(good.sum()), dtype=np.intp)
    first[vector_of_row[::-1]] = rows[::-1]
    return Frontier(scores[first], counts[good][::-1].astype(np.int64), rows, vector_of_row)


def _ranks(scores: Vectors) -> NDArray[np.int64]:
    """Return each column's ranks among its distinct values: domination needs only order."""
    columns = [np.unique(scores[:, party], return_inverse=True)[1].reshape(-1) for party in range(scores.shape[1])]
    return np.stack(columns, axis=1).astype(np.int64)


def nondominated(vectors: Vectors) -> NDArray[np.bool_]:
    """Return which rows no other row dominates: nowhere below and somewhere above.

    Parameters
    ----------
    vectors : ndarray of shape (rows, parties)
        Larger is better.  Rows equal to an efficient row are efficient too.

    Returns
    -------
    ndarray of bool, shape (rows,)
    """
    count, parties = vectors.shape
    if count == 0 or parties == 0:
        return np.ones(count, dtype=np.bool_)
    if parties == 1:
        return np.asarray(vectors[:, 0] == vectors[:, 0].max(), dtype=np.bool_)
    if count <= SMALL:
        return _pairwise(vectors)
    if vectors.dtype == object:
        vectors = _ranks(vectors)
    if parties == 2:
        return _staircase(vectors)
    if max(abs(int(vectors.max())), abs(int(vectors.min()))) >= EXACT_IN_DOUBLE:
        vectors = _ranks(vectors)
    try:
        from moocore import is_nondominated
    except ImportError:
        return filter_by_pivots(vectors)
    return np.asarray(is_nondominated(vectors.astype(np.float64), maximise=True, keep_weakly=True), dtype=np.bool_)


def _pairwise(vectors: Vectors) -> NDArray[np.bool_]:
    no_less = (vectors[:, None, :] >= vectors[None, :, :]).all(axis=2)
    more = (vectors[:, None, :] > vectors[None, :, :]).any(axis=2)
    return np.asarray(~(no_less & more).any(axis=0), dtype=np.bool_)


def _staircase(vectors: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Two parties: walk from the best of the first party down and keep what rises for the second."""
    order = np.lexsort((-vectors[:, 1], -vectors[:, 0]))
    ordered = vectors[order]
    best = np.maximum.accumulate(ordered[:, 1])
    # A row stands when nothing before it has more for the second party, and whoever has as much also
    # has as much for the first.
    first_with_best = np.maximum.accumulate(np.where(np.r_[True, best[1:] > best[:-1]], np.arange(len(order)), 0))
    good = (ordered[:, 1] == best) & (ordered[:, 0] == ordered[first_with_best, 0])
    found = np.empty(len(order), dtype=np.bool_)
    found[order] = good
    return found


def filter_by_pivots(vectors: Vectors) -> NDArray[np.bool_]:
    """Return which rows are efficient by repeated comparison with the row of the largest sum.

    Plain NumPy: used when no compiled filter is there, and as an oracle.  The row with the largest sum
    of ranks is efficient; it removes what it dominates, and so on.
    """
    ranked = _ranks(vectors)
    left = np.argsort(-ranked.sum(axis=1), kind="stable")
    found = np.zeros(len(vectors), dtype=np.bool_)
    while len(left):
        pivot = ranked[left[0]]
        rest = ranked[left]
        found[left[(rest == pivot).all(axis=1)]] = True
        left = left[(rest > pivot).any(axis=1)]
    return found
