"""The picture of packages as columns for its script: points of the two parties of the axes, the zone, the frontier, names."""

from __future__ import annotations

from typing import Any

import numpy as np

from zopa.report.answer import base_caveat
from zopa.report.cleaning import clean
from zopa.report.package_data import hundredths, listed_packages, row_names
from zopa.report.plain import option_name
from zopa.settlement import Settlement
from zopa.workbench.find_state import FindState


def picture_columns(settlement: Settlement, state: FindState) -> dict[str, Any]:
    """Return what moves with the numbers: the points of the two axes, the zone, the frontier; rows are packages.

    Returns
    -------
    dict
        As :func:`~zopa.report.package_data.package_columns`, with points of the two parties of the axes alone.
    """
    indices, whole = listed_packages(settlement)
    zone, possible, efficient = (np.zeros(settlement.space.size, dtype=np.bool_) for _ in range(3))
    zone[settlement.zone] = True
    possible[settlement.possible] = True
    if settlement.frontier is not None:
        efficient[settlement.zone[settlement.frontier.rows]] = True
    names, labels = row_names(settlement, indices)
    signs = np.where(zone[indices], b"y", np.where(possible[indices], b"u", b"n"))
    axes = {state.x, state.y}
    return {
        "id": indices.tolist(),
        "whole": whole,
        "parties": [{"name": clean(party.name)} for party in settlement.case.parties.values()],
        "axes": [list(settlement.case.parties).index(name) for name in (state.x, state.y) if name is not None],
        "points": [hundredths(settlement, name, indices) if name in axes else None for name in settlement.case.parties],
        "no_deal": [
            None if name not in axes or (bound := settlement.no_deal(name)) is None else round(bound * 100)
            for name in settlement.case.parties
        ],
        "zone": signs.tobytes().decode("ascii"),
        "efficient": (efficient[indices].astype(np.uint8) + 48).tobytes().decode("ascii"),
        "names": names,
        "labels": labels,
        "chosen": state.package,
    }


def picture_issues(settlement: Settlement) -> list[dict[str, Any]]:
    """Return the issues with their options by id and name: from these and the number of a package its words follow."""
    case = settlement.case
    return [
        {
            "id": issue.id,
            "name": clean(issue.name),
            "options": [{"id": option.id, "name": clean(option_name(case, issue.id, option.id))} for option in issue.options],
        }
        for issue in settlement.space.issues
    ]


def picture_caveat(settlement: Settlement) -> str:
    """Return what the base scenario takes, to be read beside the picture."""
    return base_caveat(settlement.case) if settlement.case.assumptions else ""
