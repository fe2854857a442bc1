"""All packages of a settlement as columns: what the table sorts and filters, and how far each party's gains reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zopa.settlement import Settlement
from zopa.workbench.context import Asked, Context

Flags = NDArray[np.bool_]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Columns:
    """The packages that keep the rules, ascending, and what is known of each; rows follow ``indices``.

    Attributes
    ----------
    indices : ndarray of shape (packages,)
        The packages.
    zone, unknown, efficient : ndarray of bool, shape (packages,)
        In the zone; hanging on what is not known; efficient within the zone.
    blocked : mapping of str to ndarray of bool
        By party: it has to say yes and surely does not.
    blockers : ndarray of shape (packages,)
        How many parties block.
    named : mapping of str to ndarray
        Rows of each named package, ascending.
    points : mapping of str to ndarray
        Packages of each solution point, by index, ascending.
    reach : mapping of str to (Fraction, Fraction)
        The least and the most that each party gains over no deal, in points; parties of whom it is not known are left out.
    """

    indices: Indices
    zone: Flags
    unknown: Flags
    efficient: Flags
    blocked: Mapping[str, Flags]
    blockers: NDArray[np.int16]
    named: Mapping[str, Indices]
    points: Mapping[str, Indices]
    reach: Mapping[str, tuple[Fraction, Fraction]]

    def row(self, package: int) -> int | None:
        """Return the row of a package, None for one that breaks a rule."""
        row = int(np.searchsorted(self.indices, package))
        return row if row < len(self.indices) and self.indices[row] == package else None

    def names(self, package: int) -> list[str]:
        """Return the named packages that a package belongs to, by id."""
        row = self.row(package)
        if row is None:
            return []
        return [name for name, rows in self.named.items() if (at := np.searchsorted(rows, row)) < len(rows) and rows[at] == row]

    def solution_points(self, package: int) -> list[str]:
        """Return the solution points that a package belongs to."""
        return [
            concept
            for concept, packages in self.points.items()
            if (at := np.searchsorted(packages, package)) < len(packages) and packages[at] == package
        ]


def columns(settlement: Settlement) -> Columns:
    """Return the columns of a settlement."""
    verdicts, size = settlement.verdicts, settlement.space.size
    indices = np.flatnonzero(verdicts.allowed[0])
    zone, possible, efficient = (np.zeros(size, dtype=np.bool_) for _ in range(3))
    zone[settlement.zone] = True
    possible[settlement.possible] = True
    if settlement.frontier is not None:
        efficient[settlement.zone[settlement.frontier.rows]] = True
    fit = (verdicts.deals[0] & settlement.available)[indices]
    blocked: dict[str, Flags] = {}
    blockers = np.zeros(len(indices), dtype=np.int16)
    for name, verdict in verdicts.parties.items():
        stops = verdict.asked.surely & ~verdict.accepts.possibly
        blocked[name] = np.broadcast_to(stops, (1, size))[0][indices] & fit
        blockers += blocked[name]
    named = {
        name: np.flatnonzero(settlement.space.flat(settlement.space.family(package))[indices])
        for name, package in settlement.case.packages.items()
    }
    return Columns(
        indices,
        zone[indices],
        (possible & ~zone)[indices],
        efficient[indices],
        blocked,
        blockers,
        named,
        {concept: settlement.tied_packages(concept) for concept, point in settlement.points.items() if point.vectors},
        _reach(settlement, indices),
    )


def _reach(settlement: Settlement, indices: Indices) -> dict[str, tuple[Fraction, Fraction]]:
    found = {}
    for name, verdict in settlement.verdicts.parties.items():
        bound = settlement.no_deal(name)
        if verdict.values is None or bound is None or not len(indices):
            continue
        values, unit = verdict.values[0, indices], int(settlement.scenarios.parties[name].unit[0])
        found[name] = (Fraction(int(values.min()), unit) - bound, Fraction(int(values.max()), unit) - bound)
    return found


def columns_of(context: Context, asked: Asked, settlement: Settlement) -> Columns:
    """Return the columns of the case as it would stand, made once for each settlement that is kept."""
    return context.answers.once("columns", asked.posed.key, lambda: columns(settlement))
