"""Named packages over an ensemble: how often they are acceptable and efficient, how parties rank them, and regret."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from zopa.exploration.answers import Across, NamedPackage, across_counts
from zopa.settlement import Plan, Sample, named_members
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
    case, indices = plan.case, plan.indices
    named = named_members(case, package_space(case), indices)
    rows = {name: np.searchsorted(indices, members) for name, members in named.items()}
    ranks, regrets = _ranked(traces, list(case.parties), list(rows))
    found = []
    for name, at in rows.items():
        accepted = {
            party: _over(sample, [one.accepted_by[party] for one in sample.readings], at)
            for party in case.parties
            if f"points.{party}.{name}" in traces
        }
        acceptable = efficient = None
        if not sample.undecided:
            acceptable = _over(sample, [one.acceptable for one in sample.readings], at)
            efficient = _over(sample, [one.efficient for one in sample.readings], at)
        found.append(
            NamedPackage(
                name,
                tuple(int(index) for index in named[name]),
                acceptable,
                efficient,
                {party: one for party, one in accepted.items() if one is not None},
                {party: spread for party in case.parties if (spread := ranks.get((party, name))) is not None},
                {party: spread for party in case.parties if (spread := regrets.get((party, name))) is not None},
            )
        )
    return tuple(found)


def _over(sample: Sample, rows: Sequence[NDArray[np.int32] | None], at: NDArray[np.intp]) -> Across | None:
    """Return the share of the best of some packages over the readings that have it; None where none has."""
    counts = {
        number: int(row[at].max())
        for number, (one, row) in enumerate(zip(sample.readings, rows, strict=True))
        if row is not None and (sample.undecided or not one.undecided)
    }
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
