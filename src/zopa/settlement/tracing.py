"""Figures of settlement kept draw by draw: what exploration compares from scenario to scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.case import Case
from zopa.settlement.counting import any_package, count_packages
from zopa.space import PackageSpace, Scenarios, VerdictCache, Verdicts, package_values, party_halves, signing_truth

Arrays = dict[str, NDArray[Any]]
Floats = NDArray[np.float64]


def named_members(case: Case, space: PackageSpace, indices: NDArray[np.intp]) -> dict[str, NDArray[np.intp]]:
    """Return the forms of each named package that are among some packages (ascending); names without one are left out."""
    found = {name: indices[space.flat(space.family(package))[indices]] for name, package in case.packages.items()}
    return {name: members for name, members in found.items() if len(members)}


def undecided_draws(drawn: Scenarios) -> NDArray[np.bool_]:
    """Return the draws in which somebody signs of whom an input is missing, so that no zone can be counted."""
    found = np.zeros(drawn.draws, dtype=np.bool_)
    for name, party in drawn.case.parties.items():
        if drawn.parties[name].missing:
            found = found | signing_truth(drawn, party).possibly[:, 0]
    return found


@dataclass(slots=True)
class Tracing:
    """Collects figures draw by draw, one row for each reading.

    Parameters
    ----------
    case, space
        The case and its packages.
    indices : ndarray of shape (packages,)
        The packages looked at, ascending.
    draws : int
        Draws of the block.
    """

    case: Case
    space: PackageSpace
    indices: NDArray[np.intp]
    draws: int
    rows: dict[str, list[NDArray[Any]]] = field(default_factory=dict)
    named: dict[str, NDArray[np.intp]] = field(init=False)
    points: dict[int, tuple[dict[str, Floats], Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.named = named_members(self.case, self.space, self.indices)

    def add(self, drawn: Scenarios, verdicts: Verdicts, cache: VerdictCache) -> None:
        """Write down the figures of one reading."""
        adopted = verdicts.adopted
        opened, granted = any_package(adopted.surely, self.draws), any_package(adopted.possibly, self.draws)
        self._row("zone.open", np.where(opened | ~granted, opened, np.nan))
        counted = count_packages(adopted.surely, self.draws)
        self._row("zone.count", np.where(granted & undecided_draws(drawn), np.nan, counted))
        for name, members in self.named.items():
            at = np.searchsorted(self.indices, members)
            surely, possibly = (any_package(flags[:, at], self.draws) for flags in (adopted.surely, adopted.possibly))
            self._row(f"acceptable.{name}", np.where(surely | ~possibly, surely, np.nan))
        for party, numbers in drawn.parties.items():
            if numbers.points is None:
                continue
            if id(numbers.points) not in self.points:
                # The points are held as well, so that their identity stays their own.
                self.points[id(numbers.points)] = (self._shares(drawn, party, cache), numbers.points)
            for name, row in self.points[id(numbers.points)][0].items():
                self._row(f"points.{party}.{name}", row)

    def _shares(self, drawn: Scenarios, party: str, cache: VerdictCache) -> dict[str, Floats]:
        """Return a party's points of named packages, in percent of the way from its worst to its best package."""
        numbers = drawn.parties[party]
        if not self.named:
            return {}
        parts = party_halves(numbers, self.space, cache)
        if parts is not None:
            allowed = np.zeros(self.space.size, dtype=np.bool_)
            allowed[self.indices] = True
            worst, best = parts.ends(allowed)
        else:
            values = package_values(numbers, drawn, self.indices)
            assert values is not None
            worst, best = values.min(axis=1), values.max(axis=1)
        width = np.maximum((best - worst).astype(np.float64), 1.0)
        found = {}
        for name, members in self.named.items():
            own = package_values(numbers, drawn, members)
            assert own is not None
            found[name] = 100.0 * (own.max(axis=1) - worst).astype(np.float64) / width
        return found

    def take(self, front_of: list[int], counted: Arrays) -> None:
        """Take the figures of the fronts that the readings have; a reading without points has none."""
        if "trace_of" not in counted:
            return
        place = {int(front): at for at, front in enumerate(counted["trace_of"])}
        for name, rows in counted.items():
            if name.startswith("trace."):
                empty = np.full(self.draws, np.nan)
                self.rows[name.removeprefix("trace.")] = [rows[place[one]] if one in place else empty for one in front_of]

    def _row(self, name: str, row: NDArray[Any]) -> None:
        self.rows.setdefault(name, []).append(row)

    def arrays(self) -> Arrays:
        """Return the rows by name, shape (readings, draws)."""
        return {f"trace.{name}": np.stack(rows).astype(np.float64) for name, rows in self.rows.items()}
