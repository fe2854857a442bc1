"""Named packages over an ensemble: how often they are acceptable and efficient, how parties rank them, and regret."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zopa.exploration.answers import Across, NamedPackage, across_counts
from zopa.settlement import Plan, ReadingShares, Sample
from zopa.space import package_space

Floats = NDArray[np.float64]


def named_packages(plan: Plan, sample: Sample, traces: Mapping[str, Floats]) -> tuple[NamedPackage, ...]:
    """Return what an ensemble says about the packages that the case names; those that break the rules are left out.

    Parameters
    ----------
    plan, sample
        What was counted, and the counts.
    traces : mapping of str to ndarray of shape (tried, draws)
        With ``points.PARTY.PACKAGE``: percent of the way from a party's worst to its best package.
    """
    case, space = plan.case, package_space(plan.case)
    allowed = np.zeros(space.size, dtype=np.bool_)
    allowed[plan.indices] = True
    rows = {
        name: np.searchsorted(plan.indices, members)
        for name, package in case.packages.items()
        if len(members := np.flatnonzero(space.flat(space.family(package)) & allowed))
    }
    ranks, regrets = _ranked(traces, list(case.parties), list(rows))
    found = []
    for name, at in rows.items():
        accepted = {
            party: _over(sample, lambda one, who=party, at=at: int(one.accepted_by[who][at].max()))  # type: ignore[misc]
            for party in case.parties
            if f"points.{party}.{name}" in traces
        }
        acceptable = efficient = None
        if not sample.undecided:
            acceptable = _over(sample, lambda one, at=at: int(one.acceptable[at].max()))  # type: ignore[misc]
            efficient = _over(sample, lambda one, at=at: _most(one.efficient, at))  # type: ignore[misc]
        found.append(
            NamedPackage(
                name,
                tuple(int(index) for index in plan.indices[at]),
                acceptable,
                efficient,
                {party: one for party, one in accepted.items() if one is not None},
                {party: spread for party in case.parties if (spread := ranks.get((party, name))) is not None},
                {party: spread for party in case.parties if (spread := regrets.get((party, name))) is not None},
            )
        )
    return tuple(found)


def _most(counts: NDArray[Any] | None, at: NDArray[np.intp]) -> int | None:
    return None if counts is None else int(counts[at].max())


def _over(sample: Sample, count: Callable[[ReadingShares], int | None]) -> Across | None:
    """Return a share over the readings that have it; None where none has."""
    counts = {}
    for number, one in enumerate(sample.readings):
        value = count(one) if not one.undecided or sample.undecided else None
        if value is not None:
            counts[number] = value
    return across_counts(counts, sample.draws, varied=sample.varied > 0) if counts else None


Spread = tuple[float, float, float]


def _ranked(
    traces: Mapping[str, Floats], parties: list[str], names: list[str]
) -> tuple[dict[tuple[str, str], Spread], dict[tuple[str, str], Spread]]:
    """Return the spread of ranks and of regrets, by party and package."""
    ranks: dict[tuple[str, str], Spread] = {}
    regrets: dict[tuple[str, str], Spread] = {}
    for party in parties:
        rows = [traces[f"points.{party}.{name}"] for name in names if f"points.{party}.{name}" in traces]
        if not rows or len(rows) != len(names):
            continue
        points = np.stack(rows)
        for number, name in enumerate(names):
            # Points come from whole numbers, so equal ones are equal as doubles too.
            ranks[party, name] = _spread(1.0 + (points > points[number]).sum(axis=0))
            regrets[party, name] = _spread(points.max(axis=0) - points[number])
    return ranks, regrets


def _spread(rows: Floats) -> Spread:
    """Return the tenth percentile (lowest over readings), the middle of the first reading, the ninetieth (highest)."""
    low, middle, high = np.percentile(rows, [10, 50, 90], axis=1)
    return float(low.min()), float(middle[0]), float(high.max())
