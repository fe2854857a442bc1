"""The answer that stands on every page: the zone, the frontier, the shares, in numbers and one sentence."""

from __future__ import annotations

from typing import Any

from zopa.report.answer import base_caveat, unknown_consents, who_agrees
from zopa.report.plain import conflict_words, party_row, percent, percent_range, thousands
from zopa.settlement import Settlement
from zopa.space import anything_varies, count_readings
from zopa.workbench.answers import Counted
from zopa.workbench.context import Asked


def bar_view(asked: Asked, counted: Counted | None) -> dict[str, Any]:
    """Return what the answer shows.

    Parameters
    ----------
    asked : Asked
        The case as it would stand.
    counted : Counted or None
        The shares, where they have been counted.

    Returns
    -------
    dict
        ``sentence``; ``state`` of the zone in the base scenario (open, shut, unknown, missing); ``figures`` (a name, a
        number, a note); ``opens`` (parties whose accepting everything would open an empty zone); ``conflict`` in
        words; ``shares`` in words or None; ``missing``.
    """
    settled = asked.settled
    if settled is None:
        missing = getattr(asked.settlement, "missing", ())
        return {
            "state": "missing",
            "sentence": "Settlement cannot be computed for this case yet.",
            "figures": [],
            "opens": [],
            "conflict": [],
            "shares": None,
            "closing": None,
            "caveat": "",
            "missing": [{"what": one.what, "remedy": one.remedy, "path": one.path} for one in missing],
        }
    shares = None if counted is None else share_words(settled, counted)
    return {
        "state": _state(settled),
        "sentence": _sentence(settled),
        "figures": _figures(settled),
        "opens": _opens(settled),
        "conflict": [conflict_words(settled.case, item) for item in settled.conflict],
        "shares": shares,
        "closing": None if counted is None else counted.closing,
        "caveat": base_caveat(settled.case) if settled.scenarios.case.assumptions else "",
        "missing": [],
    }


def _state(settled: Settlement) -> str:
    size = settled.zone_count()
    if size:
        return "open"
    return "shut" if size == 0 and not len(settled.possible) else "unknown"


def _sentence(settled: Settlement) -> str:
    """Return the answer, and that it is one of the base scenario, which is a point of reference and no finding."""
    case = settled.case
    varies = anything_varies(case) or count_readings(case) > 1
    given = "In the base scenario," if varies else "With the numbers given,"
    who, size, possible = who_agrees(case), settled.zone_count(), len(settled.possible)
    if size is None:
        words = "is" if possible == 1 else "are"
        return (
            f"{given} the zone cannot be counted: too little is known. {thousands(possible)} {words} refused by nobody for sure."
        )
    if size:
        return f"{given} {_packages(size)} acceptable to {who}."
    if possible:
        return f"{given} no package is acceptable for sure to {who}; {thousands(possible)} hang on what is not known."
    return f"{given} no package is acceptable to {who}."


def _packages(number: int) -> str:
    return "1 package is" if number == 1 else f"{thousands(number)} packages are"


def _figures(settled: Settlement) -> list[dict[str, str]]:
    size = settled.zone_count()
    deals = int((settled.verdicts.allowed & settled.verdicts.deals)[0].sum())
    frontier = settled.frontier
    zone = "not known" if size is None else thousands(size)
    return [
        {"name": "in the zone", "value": zone, "note": f"of {thousands(deals)} deals"},
        {
            "name": "efficient",
            "value": "–" if frontier is None else thousands(len(frontier.rows)),
            "note": "" if frontier is None else _outcomes(len(frontier.vectors)),
        },
    ]


def _outcomes(number: int) -> str:
    return "1 outcome" if number == 1 else f"{thousands(number)} outcomes"


def _opens(settled: Settlement) -> list[dict[str, Any]]:
    """Return the parties whose accepting everything would open an empty zone, with the size it would have."""
    if len(settled.zone):
        return []
    return [{**party_row(settled.case, name), "count": thousands(count)} for name, count in settled.opens.items() if count]


def share_words(settled: Settlement, counted: Counted) -> dict[str, Any]:
    """Return the share of assumptions with a zone, in words, with what it rests on."""
    table = counted.table
    if not table.spread:
        return {"share": "", "says": "Nothing in this case is a range: with the numbers given there is one answer.", "basis": ""}
    if table.undecided:
        return {"share": "", "says": "The zone cannot be counted: too little is known of somebody who signs.", "basis": ""}
    draws, zone = table.draws, table.zone
    share = percent_range(zone.lowest / draws, zone.highest / draws)
    unknown = " and ".join(unknown_consents(settled)) or "those of whom nothing is known"
    granted = f", up to {percent(zone.possible, draws)} if {unknown} agreed, which is not known"
    more = granted if zone.possible > zone.highest else ""
    error = f"a share may be off by {100 / draws**0.5:.0f} points."  # twice the largest standard error
    basis = f"{thousands(draws)} scenarios under {_readings(table.readings, table.complete)}; {error}"
    return {"share": share, "says": f"A zone in {share} of the assumptions{more}.", "basis": basis}


def _readings(number: int, complete: bool) -> str:
    if number == 1:
        return "the one reading that is open"
    return f"each of {thousands(number)} readings{'' if complete else ', which are not all'}"
