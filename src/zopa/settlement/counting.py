"""Counting draws: in how many a package is in the zone, is blocked, and in how many there is any zone.

Flags come with eight draws in a byte (see :func:`zopa.space.packed`), or, under a voting rule, one in a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case
from zopa.space import Scenarios, Verdict, Verdicts, certain, packed, reading_words, signing_truth


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
    """

    reading: Mapping[str, str]
    open_draws: int
    possible_draws: int
    opens: Mapping[str, int]
    acceptable: NDArray[np.int64]
    possible: NDArray[np.int64]
    blocked_by: Mapping[str, NDArray[np.int64]]
    undecided: bool = False


@dataclass(slots=True)
class Tally:
    """Counts draws; what one party says is counted once for all readings that leave it as it is."""

    case: Case
    available: NDArray[np.bool_]
    draws: int
    blocked: dict[int, tuple[NDArray[np.int64], Verdict]] = field(default_factory=dict)
    yes: dict[int, tuple[NDArray[Any], Verdict]] = field(default_factory=dict)

    def shares(self, drawn: Scenarios, verdicts: Verdicts) -> ReadingShares:
        """Return the counts of one reading."""
        adopted = verdicts.adopted
        acceptable = _count_draws(adopted.surely, self.draws)
        return ReadingShares(
            reading_words(self.case, drawn.reading),
            count_open(adopted.surely, self.draws),
            count_open(adopted.possibly, self.draws),
            self._opens(verdicts),
            acceptable,
            acceptable if adopted.decided else _count_draws(adopted.possibly, self.draws),
            {name: self._blocked(verdict, len(verdicts.indices)) for name, verdict in verdicts.parties.items()},
            any(
                drawn.parties[name].missing and bool(signing_truth(drawn, party).possibly.any())
                for name, party in self.case.parties.items()
            ),
        )

    def _blocked(self, verdict: Verdict, count: int) -> NDArray[np.int64]:
        known = self.blocked.get(id(verdict))
        if known is None:
            counts = _count_draws(verdict.asked.surely & ~verdict.accepts.possibly, self.draws)
            # The verdict is held as well, so that its identity stays its own.
            known = (np.broadcast_to(counts, (count,)), verdict)
            self.blocked[id(verdict)] = known
        return known[0]

    def _opens(self, verdicts: Verdicts) -> dict[str, int]:
        """Return the draws with a zone if one party accepted everything, for each party whose answers are known."""
        if self.case.agreement.need is not None:
            return {}
        asked = [name for name, verdict in verdicts.parties.items() if verdict.asked.possibly.any()]
        fit = packed(certain(verdicts.allowed & verdicts.deals & self.available[None, :])).surely
        says = [self._says_yes(verdicts.parties[name]) for name in asked]
        # What all after a party say, from the last to the first; what all before it say grows on the way.
        after = [fit]
        for yes in reversed(says[1:]):
            after.append(after[-1] & yes)
        found: dict[str, int] = {}
        before = None
        for name, yes, rest in zip(asked, says, reversed(after), strict=True):
            found[name] = count_open(rest if before is None else rest & before, self.draws)
            before = yes if before is None else before & yes
        return found

    def _says_yes(self, verdict: Verdict) -> NDArray[Any]:
        """Return where a party is not asked, or surely accepts; made once for all readings that leave it as it is."""
        known = self.yes.get(id(verdict))
        if known is None:
            known = (~verdict.asked.possibly | verdict.accepts.surely, verdict)
            self.yes[id(verdict)] = known
        return known[0]


def _rows(flags: NDArray[Any], draws: int) -> NDArray[Any]:
    """Return flags or packed bytes with every draw in a row (or byte) of its own."""
    rows = -(-draws // 8) if flags.dtype == np.uint8 else draws
    return np.broadcast_to(flags, (rows, flags.shape[1]))


def _any_package(flags: NDArray[Any], draws: int) -> NDArray[np.bool_]:
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
    return int(_any_package(flags, draws).sum())


def _count_draws(flags: NDArray[Any], draws: int) -> NDArray[np.int64]:
    """Return for each package in how many draws it is flagged."""
    if flags.dtype != np.uint8:
        return np.asarray(_rows(flags, draws).sum(axis=0, dtype=np.int64))
    rows = _rows(flags, draws)
    if draws % 8:
        rows = rows.copy()
        rows[-1] &= np.uint8(0xFF << (8 - draws % 8) & 0xFF)
    return np.asarray(np.bitwise_count(rows).sum(axis=0, dtype=np.int64))
