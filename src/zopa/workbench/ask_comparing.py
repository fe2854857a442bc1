"""What a what-if moves: the answer and the named packages, as the case is written and as it would stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from zopa.case import Case
from zopa.report.answer import package_standing, unknown_parties
from zopa.report.plain import party_row, thousands
from zopa.settlement import PackageView, Settlement

MOST_FORMS: Final = 24  # forms of a family of packages that are looked at one by one


def compared(written: Settlement | None, now: Settlement | None) -> dict[str, Any]:
    """Return what stood and what would stand, side by side.

    Parameters
    ----------
    written, now : Settlement or None
        In the base scenario; None where there is none.

    Returns
    -------
    dict
        ``figures`` (name, before, after, moved), ``packages`` (id, name, before, after, moved, and the parties that
        ``turned`` to refuse or accept).
    """
    figures = [
        _figure("Packages in the zone", _zone(written), _zone(now)),
        _figure("Packages that may be in it", _possible(written), _possible(now)),
        _figure("Efficient packages", _efficient(written), _efficient(now)),
    ]
    names = dict.fromkeys(name for one in (written, now) if one is not None for name in one.case.packages)
    return {"figures": figures, "packages": [_package(written, now, name) for name in names]}


def _figure(name: str, before: str, after: str) -> dict[str, Any]:
    return {"name": name, "before": before, "after": after, "moved": before != after}


def _zone(one: Settlement | None) -> str:
    size = None if one is None else one.zone_count()
    return "–" if one is None else "not known" if size is None else thousands(size)


def _possible(one: Settlement | None) -> str:
    return "–" if one is None else thousands(len(one.possible))


def _efficient(one: Settlement | None) -> str:
    return "–" if one is None or one.frontier is None else thousands(len(one.frontier.rows))


def _package(written: Settlement | None, now: Settlement | None, name: str) -> dict[str, Any]:
    before, after = _state(written, name), _state(now, name)
    case = next(one.case for one in (now, written) if one is not None and name in one.case.packages)
    started = [party for party in after["blocks"] if party not in before["blocks"]]
    stopped = [party for party in before["blocks"] if party not in after["blocks"]]
    both = before["known"] and after["known"]
    return {
        "id": name,
        "name": case.packages[name].name,
        "before": {"says": before["says"], "blocks": _rows(case, before["blocks"])},
        "after": {"says": after["says"], "blocks": _rows(case, after["blocks"])},
        "refuses": _rows(case, started) if both else [],
        "accepts": _rows(case, stopped) if both else [],
        "moved": before != after,
    }


def _rows(case: Case, parties: Sequence[str]) -> list[dict[str, Any]]:
    return [party_row(case, party) for party in parties if party in case.parties]


def _state(one: Settlement | None, name: str) -> dict[str, Any]:
    if one is None:
        return {"says": "–", "blocks": [], "known": False}
    if name not in one.case.packages:
        return {"says": "not there any more", "blocks": [], "known": False}
    members = one.members(name)
    views = [one.view(index) for index in members[:MOST_FORMS]]
    standing = package_standing(views, levers_chosen=one.scenarios.levers is not None)
    if standing is not None:
        return {"says": standing, "blocks": [], "known": False}
    surely = any(
        bool(one.verdicts.adopted.surely[0, index if one.verdicts.adopted.surely.shape[1] > 1 else 0]) for index in members
    )
    blocks = _always_blocking(views)
    if surely:
        return {"says": "acceptable", "blocks": [], "known": True}
    if blocks:
        return {"says": "blocked", "blocks": blocks, "known": True}
    if unknown_parties(views):
        return {"says": "not known", "blocks": [], "known": True}
    return {"says": "blocked, each form by somebody", "blocks": [], "known": True}


def _always_blocking(views: Sequence[PackageView]) -> list[str]:
    """Return the parties that refuse every form of a package that is a deal and can be had."""
    asked = [view.blockers() for view in views if view.deal and view.available]
    return [party for party in asked[0] if all(party in one for one in asked)] if asked else []
