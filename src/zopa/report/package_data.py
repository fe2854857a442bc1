"""The packages of a report as columns: what the picture and the table of packages are made from.

One block of JSON holds every listed package once; the script beside it draws the picture, fills the table
and puts packages into words.  Points are whole hundredths, shares are counts of draws, so that the same
case and seed give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from zopa.report.cleaning import clean
from zopa.report.plain import CONCEPT_NAMES
from zopa.settlement import Sample, Settlement

MOST_PACKAGES: Final = 4000
MOST_SIGNS: Final = 420_000  # of the data block, so that a whole report stays below one megabyte
_NARROW: Final = 2**62
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def listed_packages(settlement: Settlement) -> tuple[NDArray[np.intp], bool]:
    """Return the packages a report lists, ascending, and whether they are all that meet the rules.

    Named packages, solution points and the frontier come first; then the zone and the other allowed packages, each
    thinned evenly where there are more than 4,000, or more than a report of one megabyte can hold.
    """
    allowed = np.flatnonzero(settlement.verdicts.allowed[0])
    # In the data block an option is one sign, points about six, two counts of draws ten, an index with its flags 25.
    rated = sum(verdict.values is not None for verdict in settlement.verdicts.parties.values())
    signs = len(settlement.space.issues) + 6 * rated + 10 * len(settlement.verdicts.parties) + 25
    most = min(MOST_PACKAGES, MOST_SIGNS // signs)
    if len(allowed) <= most:
        return allowed, True
    frontier = settlement.frontier
    efficient = settlement.zone[frontier.rows] if frontier is not None else settlement.zone[:0]
    kept = {int(index) for index in _thinned(efficient, most // 2)}
    kept |= {index for name in settlement.case.packages for index in settlement.members(name)[:200]}
    kept |= {int(settlement.tied_packages(name)[0]) for name, point in settlement.points.items() if point.vectors}
    for some in (settlement.zone, allowed):
        kept |= {int(index) for index in _thinned(some, max((most - len(kept)) // 2, 0))}
    return np.array(sorted(kept), dtype=np.intp), False


def _thinned(indices: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    if len(indices) <= most:
        return indices
    return indices[np.linspace(0, len(indices) - 1, most).astype(np.intp)] if most else indices[:0]


def package_columns(settlement: Settlement, drawn: Sample | None) -> dict[str, Any]:
    """Return the columns for the script, as plain JSON data.

    Parameters
    ----------
    settlement : Settlement
        The base scenario: points, zone, frontier.
    drawn : Sample or None
        Shares over the assumptions; None (or one in which nothing varies) shows the base scenario alone.
    """
    case, space = settlement.case, settlement.space
    indices, whole = listed_packages(settlement)
    sampled = drawn if drawn is not None and drawn.spread and not drawn.undecided else None
    digits = space.digits(indices)
    efficient = np.isin(indices, settlement.zone[settlement.frontier.rows]) if settlement.frontier is not None else indices < 0
    zone = np.where(np.isin(indices, settlement.zone), "y", np.where(np.isin(indices, settlement.possible), "u", "n"))
    names, labels = row_names(settlement, indices)
    deals = np.broadcast_to(settlement.verdicts.deals, (1, space.size))[0][indices] & settlement.available[indices]
    low, high, possible = _acceptable(settlement, sampled, indices)
    return {
        "id": indices.tolist(),
        "whole": whole,
        "sampled": sampled is not None,
        "draws": sampled.draws if sampled is not None else 1,
        "issues": [
            {
                "name": clean(issue.name),
                "options": [
                    clean(f"{one.name} {issue.unit}" if issue.unit and issue.scale == "numeric" else one.name)
                    for one in issue.options
                ],
            }
            for issue in space.issues
        ],
        "options": [_packed(digits[:, axis].tolist(), len(issue.options)) for axis, issue in enumerate(space.issues)],
        "parties": [{"name": clean(party.name)} for party in case.parties.values()],
        "points": [hundredths(settlement, name, indices) for name in case.parties],
        "no_deal": [None if (bound := settlement.no_deal(name)) is None else round(bound * 100) for name in case.parties],
        "zone": "".join(zone.tolist()),
        "deal": "".join("1" if deal else "0" for deal in deals.tolist()),
        "efficient": "".join("1" if one else "0" for one in efficient.tolist()),
        "names": names,
        "labels": labels,
        "low": low,
        "high": high,
        "possible": possible,
        "blocked": [_blocked(settlement, sampled, name, indices) for name in case.parties],
    }


def data_block(columns: dict[str, Any]) -> Markup:
    """Return columns as JSON that can stand inside a script element: no sign in it can end the element."""
    text = json.dumps(columns, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _packed(digits: Sequence[int], options: int) -> str | list[str]:
    """Return option numbers in base 36: one text where each is one sign, else a list."""
    if options <= len(_DIGITS):
        return "".join(_DIGITS[digit] for digit in digits)
    return [(_DIGITS[digit // 36] if digit >= 36 else "") + _DIGITS[digit % 36] for digit in digits]


def hundredths(settlement: Settlement, party: str, indices: NDArray[np.intp]) -> list[int] | None:
    """Return the points of a party in packages as whole hundredths, half a hundredth to the even side; None where unknown."""
    values = settlement.verdicts.parties[party].values
    if values is None:
        return None
    unit = int(settlement.scenarios.parties[party].unit[0])
    there = values[0, indices]
    fits = there.dtype != object and max(int(np.abs(there).max(initial=0)) * 100, 2 * unit) < _NARROW
    whole, rest = np.divmod(there.astype(np.int64 if fits else object) * 100, unit)
    up = (2 * rest > unit) | ((2 * rest == unit) & (whole % 2 == 1))
    return [int(one) for one in (whole + up).tolist()]


def row_names(settlement: Settlement, indices: NDArray[np.intp]) -> tuple[dict[str, str], dict[str, str]]:
    """Return names of rows for reading, and short labels for the picture, by row number as text."""
    long: dict[int, list[str]] = {}
    short: dict[int, list[str]] = {}
    row_of = {int(index): row for row, index in enumerate(indices)}
    for name, package in settlement.case.packages.items():
        members = settlement.members(name)
        for index in members:
            if index in row_of:
                long.setdefault(row_of[index], []).append(f"{name} {package.name}" if package.name != name else name)
        # The picture names a family once, at its first package; all of them are marked.
        first = next((index for index in members if index in row_of), None)
        if first is not None:
            short.setdefault(row_of[first], []).append(name)
    for concept, title in CONCEPT_NAMES.items():
        point = settlement.points.get(concept)
        if point is not None and point.vectors:
            row = row_of.get(int(settlement.tied_packages(concept)[0]))
            if row is not None:
                long.setdefault(row, []).append(f"{title} point")
                short.setdefault(row, []).append(title)
    return (
        {str(row): clean(" · ".join(words)) for row, words in sorted(long.items())},
        {str(row): clean(", ".join(words)) for row, words in sorted(short.items())},
    )


def _acceptable(
    settlement: Settlement, drawn: Sample | None, indices: NDArray[np.intp]
) -> tuple[list[int], list[int], list[int]]:
    """Return the fewest and the most draws in which each package is in the zone, and the most if the unknown agreed."""
    if drawn is None:
        sure = np.isin(indices, settlement.zone).astype(int).tolist()
        return sure, sure, np.isin(indices, settlement.possible).astype(int).tolist()
    rows, known = _rows(drawn, indices)
    low = np.min([one.acceptable[rows] for one in drawn.counted], axis=0)
    high = np.max([one.acceptable[rows] for one in drawn.counted], axis=0)
    possible = np.max([one.possible[rows] for one in drawn.readings], axis=0)
    return [np.where(known, counts, 0).tolist() for counts in (low, high, possible)]  # type: ignore[return-value]


def _blocked(settlement: Settlement, drawn: Sample | None, party: str, indices: NDArray[np.intp]) -> dict[str, Any]:
    """Return the fewest and the most draws in which a party is asked about each package and refuses."""
    verdict = settlement.verdicts.parties[party]
    asked = bool(verdict.asked.possibly.any())
    if drawn is None:
        size = settlement.space.size
        stops = np.broadcast_to(verdict.asked.surely & ~verdict.accepts.possibly, (1, size))[0][indices].astype(int).tolist()
        return {"asked": asked, "low": stops, "high": stops}
    rows, known = _rows(drawn, indices)
    low = np.min([one.blocked_by[party][rows] for one in drawn.readings], axis=0)
    high = np.max([one.blocked_by[party][rows] for one in drawn.readings], axis=0)
    return {"asked": asked, "low": np.where(known, low, 0).tolist(), "high": np.where(known, high, 0).tolist()}


def _rows(drawn: Sample, indices: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    rows = np.minimum(np.searchsorted(drawn.indices, indices), len(drawn.indices) - 1)
    return rows, drawn.indices[rows] == indices
