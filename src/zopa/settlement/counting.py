"""Counting draws: in how many a package is in the zone, is blocked, and in how many there is any zone.

Flags come with eight draws in a byte (see :func:`zopa.space.packed`), or, under a voting rule, one in a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class ReadingShares:
    """What a sample says under one reading.

    Attributes
    ----------
    reading : mapping of str to str
        The word (or amount) that each split assumption takes.
    open_draws, possible_draws : int
        Draws with a zone; draws with a zone if everything unknown were granted.
    opens : mapping of str to int
        Draws with a zone if one party accepted everything.
    acceptable, possible : ndarray of shape (packages,)
        Draws in which each allowed package is in the zone, for sure and possibly.
    undecided : bool
        True when a party signs of which an input is missing, so that no zone can be counted.
    blocked_by : mapping of str to ndarray
        Draws in which each party has to say yes to each allowed package and surely does not.
    accepted_by : mapping of str to ndarray
        Draws in which each party would surely accept each allowed package, asked or not.
    efficient : ndarray of shape (packages,) or None
        Draws in which each allowed package is in the zone and efficient there; None when not counted.
    solutions : mapping of str to ndarray
        For each solution concept the draws in which each allowed package attains it.
    """

    reading: Mapping[str, str]
    open_draws: int
    possible_draws: int
    opens: Mapping[str, int]
    acceptable: Counts
    possible: Counts
    blocked_by: Mapping[str, Counts]
    accepted_by: Mapping[str, Counts]
    undecided: bool = False
    efficient: Counts | None = None
    solutions: Mapping[str, Counts] = field(default_factory=dict)


def _rows(flags: NDArray[Any], draws: int) -> NDArray[Any]:
    """Return flags or packed bytes with every draw in a row (or byte) of its own."""
    rows = -(-draws // 8) if flags.dtype == np.uint8 else draws
    return np.broadcast_to(flags, (rows, flags.shape[1]))


def any_package(flags: NDArray[Any], draws: int) -> NDArray[np.bool_]:
    """Return for each draw whether any package is flagged."""
    if flags.dtype != np.uint8:
        return np.asarray(_rows(flags, draws).any(axis=1))
    rows = _rows(flags, draws)
    whole = rows.shape[1] // 8 * 8
    if flags.shape[0] > 1 and whole:
        # Eight packages at a time, as one long integer each.
        wide = np.ascontiguousarray(rows[:, :whole]).view(np.uint64)
        ends = np.bitwise_or.reduce(wide, axis=1)[:, None].view(np.uint8)
        rows = np.concatenate([ends, rows[:, whole:]], axis=1)
    together = np.bitwise_or.reduce(rows, axis=1)
    return np.unpackbits(together, count=draws).astype(np.bool_)


def count_open(flags: NDArray[Any], draws: int) -> int:
    """Return the number of draws in which any package is flagged."""
    return int(any_package(flags, draws).sum())


def count_packages(flags: NDArray[Any], draws: int) -> NDArray[np.int64]:
    """Return for each draw how many packages are flagged."""
    if flags.dtype != np.uint8:
        return np.asarray(_rows(flags, draws).sum(axis=1, dtype=np.int64))
    rows = _rows(flags, draws)
    bits = [np.count_nonzero(rows & np.uint8(1 << (7 - place)), axis=1) for place in range(8)]
    return np.stack(bits, axis=1).reshape(-1)[:draws].astype(np.int64)


def count_draws(flags: NDArray[Any], draws: int) -> Counts:
    """Return for each package in how many draws it is flagged."""
    if flags.dtype != np.uint8:
        return np.asarray(_rows(flags, draws).sum(axis=0, dtype=np.int32))
    rows = _rows(flags, draws)
    if len(flags) == 1:
        one = _cut(flags, draws) if draws % 8 else flags
        ends = np.bitwise_count(one[0]).astype(np.int32)
        return np.asarray(np.bitwise_count(flags[0]).astype(np.int32) * (len(rows) - 1) + ends)
    if draws % 8:
        rows = _cut(rows, draws)
    counts = np.bitwise_count(rows)
    found = np.zeros(rows.shape[1], dtype=np.int32)
    for start in range(0, len(counts), 31):  # 31 times 8 still fits into a byte
        found += np.add.reduce(counts[start : start + 31], axis=0, dtype=np.uint8)
    return found


def _cut(rows: NDArray[np.uint8], draws: int) -> NDArray[np.uint8]:
    """Return rows of bytes without the bits of draws that do not exist."""
    kept = rows.copy()
    kept[-1] &= np.uint8(0xFF << (8 - draws % 8) & 0xFF)
    return kept
