"""What the page "Change the numbers" shows: one party at a time, the shared assumptions, influence; the same for everybody."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from zopa.case import (
    Case,
    Leaning,
    Number,
    OrderOnly,
    Placed,
    Preferences,
    RedLine,
    ScoreTable,
    UnknownScore,
    format_condition,
    format_number,
    judgements,
)
from zopa.report.plain import condition_words, issue_name, option_name, party_name, red_line_words
from zopa.workbench.context import Asked
from zopa.workbench.numbers_rows import basis_view, fault_of, row_view
from zopa.workbench.numbers_spans import hull
from zopa.workbench.whatif import WhatIf

SHARED: Final = "shared"
INFLUENCE: Final = "influence"
IN_THE_FILE: Final = "It is edited in the case file, not yet here."
ORDER_WORDS: Final = {
    ">": "weighs more than",
    ">=": "weighs at least as much as",
    "=": "weighs as much as",
    ">>": "weighs much more than",
    "<": "weighs less than",
    "<=": "weighs at most as much as",
}
# What a part of the page shows, where it has nothing of it.
NOTHING: Final[dict[str, Any]] = {
    "silent": "",
    "sections": [],
    "weights": [],
    "sum": None,
    "orders": [],
    "scores": [],
    "bonuses": [],
    "no_deal": None,
    "red_lines": None,
    "pointed": False,
}


def pages_of(case: Case) -> list[dict[str, str]]:
    """Return the parts of the page: a party each, in the order of the case, then what they share, then influence."""
    found = [{"key": name, "name": party.name} for name, party in case.parties.items()]
    if any(one.amount is not None for one in case.assumptions.values()):
        found.append({"key": f"*{SHARED}", "name": "Shared assumptions"})
    if case.influence:
        found.append({"key": f"*{INFLUENCE}", "name": "Influence"})
    return found


def wanted_amounts(query: dict[str, list[str]]) -> dict[str, str]:
    """Return the amounts that an address sets, those included that the case cannot have."""
    return dict(WhatIf.parse(query)[0].set)


def numbers_view(asked: Asked, wanted: dict[str, str], part: str) -> dict[str, Any]:
    """Return one part of the page.

    Parameters
    ----------
    asked : Asked
        The case as it would stand.
    wanted : dict
        The amounts that the address sets, by path.
    part : str
        A party, ``*shared`` or ``*influence``; the first party for anything else.
    """
    case = asked.posed.written
    pages = pages_of(case)
    part = part if any(one["key"] == part for one in pages) else pages[0]["key"]
    rows = Rows(asked, wanted)
    title = next(one["name"] for one in pages if one["key"] == part)
    shown: dict[str, Any] = {**NOTHING, "parts": pages, "part": part, "title_of_part": title}
    if part == f"*{SHARED}":
        return {**shown, "sections": [{"id": "shared", "title": "Shared assumptions", "rows": rows.of_kind("assumption")}]}
    if part == f"*{INFLUENCE}":
        return {**shown, "sections": [{"id": "influence", "title": "Influence", "rows": rows.of_kind("influence")}]}
    return {**shown, **_party_view(case, part, rows)}


class Rows:
    """The rows of a case as it would stand."""

    def __init__(self, asked: Asked, wanted: dict[str, str]) -> None:
        self.asked = asked
        self.wanted = wanted
        self.case = asked.posed.written
        self.made = dict(asked.posed.whatif.set)
        self.known = judgements(self.case)

    def row(self, placed: Placed) -> dict[str, Any]:
        """Return one row."""
        pending = self.wanted.get(placed.path)
        fault = ""
        if pending is not None and placed.path not in self.made:
            alone = fault_of(self.case, placed.path, pending)
            fault = alone or "Together with the other changes the case cannot have this amount."
        return row_view(self.case, self.asked.case, placed, pending, fault)

    def at(self, path: str) -> dict[str, Any] | None:
        """Return the row of a path; None where there is no such judgement."""
        placed = next((one for one in self.known if one.path == path), None)
        return None if placed is None else self.row(placed)

    def of_kind(self, kind: str, party: str | None = None) -> list[dict[str, Any]]:
        """Return the rows of one kind, in the order of the case."""
        return [self.row(one) for one in self.known if one.kind == kind and (party is None or one.party == party)]

    def of_issue(self, party: str, issue: str) -> list[dict[str, Any]]:
        """Return the rows of a party's scores on one issue."""
        kinds = {"score", "points", "direction", "shape"}
        return [self.row(one) for one in self.known if one.party == party and one.issue == issue and one.kind in kinds]


def _party_view(case: Case, party: str, rows: Rows) -> dict[str, Any]:
    preferences = case.preferences.get(party)
    if preferences is None or preferences.kind == "unknown":
        nothing = "The case says nothing about what this party wants."
        said = nothing if preferences is None else "The case says that what this party wants is not known."
        return {"silent": f"{said} Preferences are begun in the case file, not yet here."}
    weights = rows.of_kind("weight", party)
    return {
        "silent": _elsewhere(preferences),
        "weights": weights,
        "sum": sum_view(case, preferences, rows),
        "orders": [_order_words(case, one.that) for one in preferences.weight_orders],
        "scores": [_issue_view(case, preferences, issue, rows) for issue in preferences.scores],
        "bonuses": rows.of_kind("bonus", party),
        "no_deal": _no_deal_view(case, preferences, rows),
        "red_lines": [red_line_view(case, one) for one in preferences.red_lines],
        "pointed": preferences.kind == "points",
    }


def _elsewhere(preferences: Preferences) -> str:
    return {
        "ranking": "This party's preferences are a ranking of packages. It is edited in the case file, not yet here.",
        "priorities": "This party's preferences are prioritised conditions. They are edited in the case file, not yet here.",
        "none": "The case gives no weights or scores for this party, only what stands below.",
    }.get(preferences.kind, "")


def _order_words(case: Case, order: Any) -> str:
    if hasattr(order, "items") and hasattr(order, "relations"):
        said = issue_name(case, order.items[0])
        for relation, name in zip(order.relations, order.items[1:], strict=True):
            said += f" {ORDER_WORDS[relation]} {issue_name(case, name)}"
        return said
    return f"{condition_words(case, order)} by weight"


def sum_view(case: Case, preferences: Preferences, rows: Rows) -> dict[str, Any] | None:
    """Return whether the weights keep their sum, and what each can in fact be; None where there is no sum."""
    total = preferences.weight_sum
    if total is None or not preferences.weights:
        return None
    now = rows.asked.case.preferences[preferences.party]
    fixed = all(isinstance(one.amount, Number) for one in now.weights.values())
    reach = {issue: hull(rows.asked.case, one.amount) for issue, one in now.weights.items()}
    known = {issue: one for issue, one in reach.items() if one is not None}
    narrowed = []
    if not fixed and len(known) == len(reach):
        least, most = (sum((one[end] for one in known.values()), Fraction(0)) for end in (0, 1))
        for issue, (low, high) in known.items():
            lower, upper = max(low, total - (most - high)), min(high, total - (least - low))
            if (lower, upper) != (low, high):
                narrowed.append(f"{issue_name(case, issue)}: {format_number(lower)} to {format_number(upper)}")
    pending = [path for path in rows.wanted if path.startswith(f"preferences.{preferences.party}.weights.")]
    return {"total": format_number(total), "fixed": fixed, "narrowed": narrowed, "pending": bool(pending) and fixed}


def _issue_view(case: Case, preferences: Preferences, issue: str, rows: Rows) -> dict[str, Any]:
    score, says = preferences.scores[issue], ""
    if isinstance(score, UnknownScore):
        says = f"Not known. It stays so until somebody says. {IN_THE_FILE}"
    elif isinstance(score, OrderOnly):
        order = _option_order(case, issue, score.order.items, score.order.relations)
        says = f"Only an order is known: {order}. {IN_THE_FILE}"
    elif isinstance(score, Leaning):
        way = "no worse" if score.stance == "for" else "no better"
        says = f"Only this is known: {option_name(case, issue, score.option)} is {way} than what is in force. {IN_THE_FILE}"
    elif isinstance(score, ScoreTable) and score.order is not None:
        says = f"The scores keep this order: {_option_order(case, issue, score.order.items, score.order.relations)}."
    return {"id": issue, "name": issue_name(case, issue), "rows": rows.of_issue(preferences.party, issue), "says": says}


def _option_order(case: Case, issue: str, items: tuple[str, ...], relations: tuple[str, ...]) -> str:
    said = option_name(case, issue, items[0])
    for relation, item in zip(relations, items[1:], strict=True):
        said += f" {relation} {option_name(case, issue, item)}"
    return said


def _no_deal_view(case: Case, preferences: Preferences, rows: Rows) -> dict[str, Any]:
    no_deal = preferences.no_deal
    if no_deal is None:
        return {"says": "Not known.", "rows": [], "give": True, "scale": ""}
    if no_deal.kind == "package":
        name = "what is in force" if no_deal.package == "now" else case.packages[str(no_deal.package)].name
        return {
            "says": f"As good as a package: {name}.",
            "rows": [],
            "give": True,
            "scale": "",
            **basis_view(case, no_deal.basis),
        }
    scale = (
        "points" if no_deal.kind == "points" else "per cent of the way from the worst to the best package that the rules allow"
    )
    return {"says": "", "rows": rows.of_kind("no_deal", preferences.party), "give": False, "scale": scale}


def red_line_view(case: Case, line: RedLine) -> dict[str, Any]:
    """Return one red line in words, with what it rests on and when it binds."""
    requires = line.requires is not None
    condition = line.requires if line.requires is not None else line.refuses
    binds = "It is not known whether it binds." if line.unknown else ""
    if line.binds is not None:
        binds = f"It binds where: {condition_words(case, line.binds)}."
    return {
        "id": line.id,
        "name": line.name,
        "says": red_line_words(case, line),
        "way": "requires" if requires else "refuses",
        "condition": format_condition(condition),
        "binds": binds,
        **basis_view(case, line.basis),
    }


def reasons_view(case: Case) -> list[dict[str, str]]:
    """Return the statements and tables that a number may rest on."""
    found = [
        {"id": one.id, "words": one.quote, "who": one.speaker or party_name(case, one.party)} for one in case.statements.values()
    ]
    return found + [{"id": one.id, "words": one.title, "who": "table"} for one in case.sources.values() if one.kind == "table"]


def issues_view(case: Case) -> list[dict[str, Any]]:
    """Return the issues and options that a red line may name."""
    return [
        {
            "id": issue.id,
            "name": issue.name,
            "ordered": issue.ordered,
            "options": [{"id": one, "name": option_name(case, issue.id, one)} for one in issue.option_ids()[:400]],
        }
        for issue in case.package_issues()
    ]
