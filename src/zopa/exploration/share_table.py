"""What a sample says about every package, small enough to keep, to send and to look up while somebody thinks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.settlement import Sample, Span

Counts = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Counted:
    """Draws in which something holds for each package, under the reading with the fewest and with the most."""

    low: Counts
    high: Counts

    def at(self, row: int) -> tuple[int, int]:
        """Return the fewest and the most draws for one row."""
        return int(self.low[row]), int(self.high[row])


@dataclass(frozen=True, slots=True)
class PackageShares:
    """In how many of ``draws`` something holds for one package: fewest and most over the readings.

    Attributes
    ----------
    acceptable : tuple of int
        Everybody asked surely accepts it.
    possible : int
        The most if the unknown agreed.
    efficient : tuple of int or None
        It is in the zone and efficient there, over the readings that were looked at closely.
    accepted, blocked : mapping of str to tuple of int
        Each party would surely accept it; each party has to say yes and surely does not.
    """

    draws: int
    acceptable: tuple[int, int]
    possible: int
    efficient: tuple[int, int] | None
    accepted: Mapping[str, tuple[int, int]]
    blocked: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ShareTable:
    """The counts of a sample, over its readings, for every package that may be allowed.

    Attributes
    ----------
    draws, seed : int
        Draws under each reading, and the seed.
    readings, tried : int
        How many readings were counted, and how many looked at closely (for efficiency).
    complete : bool
        False when there were too many readings and only some were counted.
    spread, undecided : bool
        As in :class:`~zopa.settlement.Sample`.
    zone : Span
        Draws with a zone.
    indices : ndarray of shape (packages,)
        The packages, ascending; the rows of everything below.
    acceptable : Counted
        Draws in which everybody asked accepts.
    possible : ndarray of shape (packages,)
        The most draws if the unknown agreed.
    efficient : Counted or None
        None when it was not counted.
    accepted, blocked : mapping of str to Counted
        By party.
    """

    draws: int
    seed: int
    readings: int
    tried: int
    complete: bool
    spread: bool
    undecided: bool
    zone: Span
    indices: NDArray[np.intp]
    acceptable: Counted
    possible: Counts
    efficient: Counted | None
    accepted: Mapping[str, Counted]
    blocked: Mapping[str, Counted]

    def row(self, package: int) -> int | None:
        """Return the row of a package, None for one that breaks a rule."""
        row = int(np.searchsorted(self.indices, package))
        return row if row < len(self.indices) and self.indices[row] == package else None

    def of(self, package: int) -> PackageShares | None:
        """Return the shares of one package, None for one that breaks a rule."""
        row = self.row(package)
        if row is None:
            return None
        return PackageShares(
            self.draws,
            self.acceptable.at(row),
            int(self.possible[row]),
            None if self.efficient is None else self.efficient.at(row),
            {party: counted.at(row) for party, counted in self.accepted.items()},
            {party: counted.at(row) for party, counted in self.blocked.items()},
        )


def share_table(sample: Sample) -> ShareTable:
    """Return the counts of a sample, the fewest and the most over its readings; no reading is averaged away.

    Readings under which somebody signs of whom too little is known are left out of what is acceptable and
    efficient, as in :class:`~zopa.settlement.Sample`; what parties say is counted over all.
    """
    counted = sample.counted
    parties = sample.readings[0].blocked_by
    fronts = [one.efficient for one in counted if one.efficient is not None]
    return ShareTable(
        sample.draws,
        sample.seed,
        len(sample.readings),
        sample.tried,
        sample.complete,
        sample.spread,
        sample.undecided,
        sample.zone_span(),
        sample.indices,
        _ends([one.acceptable for one in counted]),
        np.max([one.possible for one in sample.readings], axis=0),
        _ends(fronts) if fronts else None,
        {party: _ends([one.accepted_by[party] for one in sample.readings]) for party in parties},
        {party: _ends([one.blocked_by[party] for one in sample.readings]) for party in parties},
    )


def _ends(rows: list[Counts]) -> Counted:
    """Return the smallest and the largest of rows; equal rows, which readings share, are looked at once."""
    # A thousand readings mostly share a few rows, in memory as well.
    distinct = list({row.__array_interface__["data"][0]: row for row in rows}.values())
    return Counted(np.min(distinct, axis=0), np.max(distinct, axis=0))
