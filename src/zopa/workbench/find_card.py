"""The card of a package: what each party gets and says, what every analysis says on it, and its shares of the assumptions."""

from __future__ import annotations

from typing import Any

from zopa.case import RedLine
from zopa.exploration import CardPart, LineShare, PackageShares, card_parts
from zopa.report.answer import base_caveat
from zopa.report.plain import (
    condition_words,
    issue_name,
    needed,
    option_name,
    party_row,
    percent,
    percent_range,
    red_line_words,
    short,
    signed,
)
from zopa.settlement import PackageView, Settlement
from zopa.workbench.find_columns import Columns
from zopa.workbench.find_state import Addresses
from zopa.workbench.find_words import basis_words, exact, gain_bar, package_link, package_title, point_words

ANSWERS = {"yes": "accepts", "no": "refuses", "not known": "not known what it would accept"}
MOST_BETTER = 4


def card_view(settlement: Settlement, found: Columns, to: Addresses, package: int | None = None) -> dict[str, Any]:
    """Return what the card of a package shows.

    Parameters
    ----------
    settlement : Settlement
        The base scenario.
    found : Columns
        Its packages.
    to : Addresses
        Where links lead.
    package : int, optional
        The package; by default the one that is looked at.

    Returns
    -------
    dict
        ``id``, ``title``, ``options``; ``parts``, what every analysis says; ``parties``, each with points, gain, answer and
        the red lines crossed; ``blockers``; ``caveat`` of the base scenario.
    """
    index = to.state.package if package is None else package
    view, case = settlement.view(index), settlement.case
    now = {issue.id: issue.now for issue in settlement.space.issues}
    parties = [party_view(settlement, found, view, name) for name in case.parties]
    return {
        "id": index,
        "spelt": to.spelt(index),
        "title": package_title(case, found, index),
        "names": found.names(index),
        "points": point_words(found, index),
        "options": [
            {
                "issue": issue,
                "issue_name": issue_name(case, issue),
                "option": option,
                "name": option_name(case, issue, option),
                "in_force": now[issue] == option,
            }
            for issue, option in view.options.items()
        ],
        "parts": [_part(settlement, found, to, part, index) for part in card_parts(settlement, view)],
        "parties": parties,
        "blockers": [one["name"] for one in parties if one["blocks"]],
        "vote": "" if case.agreement.need is None else f"An agreement needs votes of {case.agreement.need} in all.",
        "caveat": base_caveat(case) if settlement.scenarios.case.assumptions else "",
    }


def _part(settlement: Settlement, found: Columns, to: Addresses, part: CardPart, start: int) -> dict[str, Any]:
    case = settlement.case
    because = []
    for name in part.because:
        rule = case.rules.get(name)
        words = condition_words(case, rule.condition) if rule is not None else ""
        because.append({"id": name, "words": words, "basis": basis_words(case, rule.basis) if rule is not None else []})
    return {
        "key": part.key,
        "title": part.title,
        "verdict": part.verdict,
        "lines": list(part.lines),
        "because": because,
        "packages": [package_link(settlement, found, to, one, start) for one in part.packages[:MOST_BETTER]],
        "count": part.count,
    }


def party_view(settlement: Settlement, found: Columns, view: PackageView, name: str) -> dict[str, Any]:
    """Return what one party gets from a package and says to it; the same for every party."""
    case, verdict = settlement.case, settlement.verdicts.parties[name]
    points, gain = view.points[name], view.gains[name]
    asked = _three(verdict.asked.surely, verdict.asked.possibly, view.index)
    accepts = _three(verdict.accepts.surely, verdict.accepts.possibly, view.index)
    short_of = next((one.short for one in view.refusals if one.party == name and one.kind == "no_deal"), None)
    fit = view.allowed and view.deal and view.available
    heard = {"yes": "", "no": "Not asked", "not known": "Not known whether it is asked"}[asked]
    would = {"yes": "would accept", "no": "would refuse", "not known": "not known what it would accept"}[accepts]
    said = (
        ANSWERS[accepts].capitalize()
        if not heard
        else f"{heard}; {would}"
        if verdict.values is not None or accepts == "no"
        else heard
    )
    lines = [
        _line(settlement, line, certain=one.certain)
        for one in view.refusals
        if one.party == name and one.kind == "red_line"
        for line in case.preferences[name].red_lines
        if line.id == one.item
    ]
    reach = found.reach.get(name)
    return {
        **party_row(case, name),
        "points": exact(points),
        "points_words": "not known" if points is None else f"{short(points, 1)} points",
        "gain": exact(gain),
        "gain_words": "not known" if gain is None else signed(gain),
        "no_deal": exact(settlement.no_deal(name)),
        "bar": None if gain is None or reach is None else gain_bar(reach, gain, list(case.parties).index(name)),
        "asked": asked,
        "accepts": accepts,
        "says": said,
        "blocks": fit and asked == "yes" and accepts == "no",
        "short": exact(short_of),
        "short_words": "" if short_of is None else f"{needed(short_of)} points are missing to its no-deal value",
        "red_lines": lines,
    }


def _line(settlement: Settlement, line: RedLine, *, certain: bool) -> dict[str, Any]:
    case = settlement.case
    return {
        "id": line.id,
        "name": line.name,
        "says": red_line_words(case, line),
        "certain": certain,
        "when": "" if line.binds is None else condition_words(case, line.binds),
        "basis": basis_words(case, line.basis),
    }


def _three(surely: Any, possibly: Any, index: int) -> str:
    at = (0, index if surely.shape[1] > 1 else 0)
    maybe = (0, index if possibly.shape[1] > 1 else 0)
    return "yes" if surely[at] else "not known" if possibly[maybe] else "no"


# Shares of the assumptions --------------------------------------------------------------------------------


def share_view(settlement: Settlement, shares: PackageShares | None, lines: dict[str, LineShare]) -> dict[str, Any] | None:
    """Return in which share of the assumptions each thing holds for a package; None for one that breaks a rule."""
    if shares is None:
        return None
    case, draws = settlement.case, shares.draws

    def span(ends: tuple[int, int]) -> dict[str, Any]:
        return {"lowest": ends[0], "highest": ends[1], "words": percent_range(ends[0] / draws, ends[1] / draws)}

    asked = {name for name, verdict in settlement.verdicts.parties.items() if verdict.asked.possibly.any()}
    parties = []
    for name in case.parties:
        known = settlement.verdicts.parties[name].values is not None and settlement.no_deal(name) is not None
        crossed = []
        for line in case.preferences[name].red_lines if name in case.preferences else ():
            if line.id in lines and lines[line.id].possible:
                crossed.append({"id": line.id, "name": line.name, **_line_span(lines[line.id])})
        parties.append(
            {
                **party_row(case, name),
                "known": known,
                "accepts": span(shares.accepted[name]),
                "blocks": span(shares.blocked[name]) if name in asked else None,
                "red_lines": crossed,
            }
        )
    acceptable = span(shares.acceptable)
    if shares.possible > shares.acceptable[1]:
        acceptable["words"] += f" (up to {percent(shares.possible, draws)} if the unknown agreed)"
    return {
        "draws": draws,
        "acceptable": {**acceptable, "possible": shares.possible},
        "efficient": None if shares.efficient is None else span(shares.efficient),
        "parties": parties,
    }


def _line_span(one: LineShare) -> dict[str, Any]:
    words = percent_range(one.lowest / one.draws, one.highest / one.draws)
    if one.possible > one.highest:
        words += f", up to {percent(one.possible, one.draws)} if it binds, which is not known"
    return {"lowest": one.lowest, "highest": one.highest, "possible": one.possible, "exact": one.exact, "words": words}
