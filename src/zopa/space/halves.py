"""Points of packages as sums of two halves: who reaches a no-deal value, without adding up every package.

A package is a choice on the first issues and a choice on the last ones, and points add up over issues.
So whether ``left + right`` reaches a bound is a comparison of ``right`` with ``bound - left``, made for
all packages at once from two short rows, and the best and worst package come from the best and worst
halves.  That is what makes thousands of scenarios over a hundred thousand packages quick.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.space.packages import PackageSpace

Flags = NDArray[np.bool_]
LARGEST = 2**31


@dataclass(frozen=True, slots=True)
class Halves:
    """Numerators of the points of both halves of every package.

    Attributes
    ----------
    left : ndarray of int64, shape (draws, first halves)
        Points of every choice on the first issues.
    right : ndarray of int64, shape (draws, last halves)
        Points of every choice on the last issues; package ``l * last halves + r`` has ``left[l] + right[r]``.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]

    def values(self, draw: int, indices: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the points of some packages in one draw."""
        first, last = np.divmod(indices, self.right.shape[1])
        return np.asarray(self.left[draw][first] + self.right[draw][last])

    def ends(self, allowed: Flags) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the worst and the best points among allowed packages, for each draw; nought where none is allowed.

        First halves that go with the same last halves are looked at together: rules tie few issues to each
        other, so there are few such sets.

        Parameters
        ----------
        allowed : ndarray of bool, shape (packages,)
            Over the whole space.
        """
        table = allowed.reshape(self.left.shape[1], self.right.shape[1])
        patterns, which = np.unique(table, axis=0, return_inverse=True)
        worst = best = None
        for number, pattern in enumerate(patterns):
            if not pattern.any():
                continue
            rows = np.flatnonzero(which.reshape(-1) == number)
            columns = np.flatnonzero(pattern)
            left, right = self.left[:, rows], self.right[:, columns]
            low, high = left.min(axis=1) + right.min(axis=1), left.max(axis=1) + right.max(axis=1)
            worst = low if worst is None else np.minimum(worst, low)
            best = high if best is None else np.maximum(best, high)
        if worst is None or best is None:
            nothing = np.zeros(len(self.left), dtype=np.int64)
            return nothing, nothing
        return worst, best

    def reaching(self, bound: NDArray[np.int64], indices: NDArray[np.intp]) -> NDArray[np.uint8]:
        """Return which packages reach a bound, eight draws in a byte (the first draw in the highest bit).

        Parameters
        ----------
        bound : ndarray of int64, shape (draws,)
            Whole numerators.
        indices : ndarray of shape (packages,)
            The packages looked at, ascending.
        """
        draws, count = len(bound), self.right.shape[1]
        size = self.left.shape[1] * count
        needed = bound[:, None] - self.left
        right = self.right
        if max(int(np.abs(needed).max(initial=0)), int(np.abs(right).max(initial=0))) < LARGEST:
            needed, right = needed.astype(np.int32), right.astype(np.int32)
        if 2 * len(indices) < size:
            return _reaching_few(needed, right, indices)
        whole = len(indices) == size
        found = np.empty((-(-draws // 8), len(indices)), dtype=np.uint8)
        met = np.empty((self.left.shape[1], count), dtype=np.bool_)
        bits = met.view(np.uint8)
        for row in range(len(found)):
            byte = np.zeros((self.left.shape[1], count), dtype=np.uint8)
            for draw in range(row * 8, row * 8 + 8):
                np.add(byte, byte, out=byte)  # a shift by one; shifts themselves are ten times slower
                if draw < draws:
                    np.greater_equal(right[draw][None, :], needed[draw][:, None], out=met)
                    np.bitwise_or(byte, bits, out=byte)
            flat = byte.reshape(-1)
            found[row] = flat if whole else flat[indices]
        return found


def _reaching_few(needed: NDArray[Any], right: NDArray[Any], indices: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Return the same for few packages of many: each is looked up in both halves."""
    first, last = np.divmod(indices, right.shape[1])
    draws = len(needed)
    found = np.zeros((-(-draws // 8), len(indices)), dtype=np.uint8)
    for row in range(len(found)):
        part = slice(row * 8, min(row * 8 + 8, draws))
        bits = (right[part].take(last, axis=1) >= needed[part].take(first, axis=1)).view(np.uint8)
        for place in range(8):
            np.add(found[row], found[row], out=found[row])
            if place < len(bits):
                found[row] |= bits[place]
    return found


def halves(points: NDArray[np.int64], space: PackageSpace) -> Halves:
    """Return the points of both halves of all packages.

    Parameters
    ----------
    points : ndarray of int64, shape (draws, options)
        Numerators of the points of every option, issues after one another.
    space : PackageSpace
        The packages.
    """
    cut = _cut(space.shape)
    parts = [points[:, start:end] for start, end in pairwise(space.offsets)]
    return Halves(_sums(parts[:cut], len(points)), _sums(parts[cut:], len(points)))


def _cut(shape: tuple[int, ...]) -> int:
    """Return how many issues make the first half: as even a cut as there is."""
    return min(range(len(shape) + 1), key=lambda cut: prod(shape[:cut]) + prod(shape[cut:]))


def _sums(parts: list[NDArray[np.int64]], draws: int) -> NDArray[np.int64]:
    total = np.zeros((draws, 1), dtype=np.int64)
    for part in parts:
        total = (total[:, :, None] + part[:, None, :]).reshape(draws, -1)
    return total
