"""The packages of a report: the picture and table, solution points, the frontier, and who blocks what."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from zopa.case import Case
from zopa.report.answer import acceptable_words, condition_note, package_standing, packages_words, who_agrees
from zopa.report.charts import Dot, scatter
from zopa.report.fairness_view import fairness_view
from zopa.report.package_data import data_block, package_columns
from zopa.report.plain import (
    CONCEPT_NAMES,
    package_short,
    package_words,
    party_name,
    party_row,
    percent_range,
    red_line,
    short,
    signed,
    thousands,
)
from zopa.settlement import PackageView, Sample, Settlement

MOST_ROWS = 40
MOST_FORMS = 60


def package_view(case: Case, settlement: Settlement, drawn: Sample | None, view_of: str | None = None) -> dict[str, Any]:
    """Return what the sections on packages, on who blocks what, and on the view of one party show."""
    sampled = drawn if drawn is not None and drawn.spread else None
    columns = package_columns(settlement, drawn)
    if view_of is not None and settlement.verdicts.parties[view_of].values is not None:
        columns["first"] = list(case.parties).index(view_of)
    shows = len(columns["id"]) > 0 and any(points is not None for points in columns["points"])
    return {
        "data_block": data_block(columns) if shows else None,
        "whole": columns["whole"],
        "base": _base_words(settlement),
        "frontier_words": _frontier_words(settlement),
        "picture": still_picture(case, settlement),
        "seats": [party_row(case, name) for name in settlement.seats],
        **fairness_view(case, settlement, sampled),
        **_frontier_rows(case, settlement),
        "view": None if view_of is None else party_view(case, settlement, sampled, view_of),
        **_named(case, settlement, sampled if sampled is not None and not sampled.undecided else None),
    }


def party_view(case: Case, settlement: Settlement, drawn: Sample | None, name: str) -> dict[str, Any]:
    """Return what a case looks like from one party's place: what each named package gives it, and what stops it."""
    rows = []
    for package in case.packages.values():
        members = settlement.members(package.id)
        family = _Family(package.id, tuple(members), tuple(settlement.view(index) for index in members[:MOST_FORMS]))
        gains = [view.gains[name] for view in family.views]
        known = [gain for gain in gains if gain is not None]
        standing = package_standing(family.views)
        others = [] if standing is not None else [other for other in case.parties if other != name]
        others = [other for other in others if any(other in view.asked for view in family.views)]
        rows.append(
            {
                "id": package.id,
                "name": package.name if package.name != package.id else "",
                "gain": "not known" if not known or len(known) < len(gains) else _between(signed(min(known)), signed(max(known))),
                "own": standing or _blocked(drawn, name, family),
                "others": [(party_row(case, other), _blocked(drawn, other, family)) for other in others]
                if standing is None
                else [],
            }
        )
    return {**party_row(case, name), "rows": rows, "best": _best_for(case, settlement, drawn, name), "sampled": drawn is not None}


def _between(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _best_for(case: Case, settlement: Settlement, drawn: Sample | None, name: str, most: int = 5) -> list[dict[str, str]]:
    """Return the packages of the zone that are worth most to one party, one for each of its highest values."""
    if settlement.verdicts.parties[name].values is None or not len(settlement.zone):
        return []
    seen: dict[Fraction, int] = {}
    for index in settlement.zone.tolist():
        seen.setdefault(settlement.party_points(name, index) or Fraction(0), index)
    best = sorted(seen.items(), reverse=True)[:most]
    return [
        {
            "words": _changes(case, settlement, index),
            "points": short(value, 1),
            "gain": signed(settlement.view(index).gains[name]),
            "share": "" if drawn is None else acceptable_words(settlement, drawn, [index], [settlement.view(index)]),
        }
        for value, index in best
    ]


def _base_words(settlement: Settlement) -> str:
    size, possible = settlement.zone_count(), len(settlement.possible)
    if size is None:
        return f"The zone cannot be counted; {thousands(possible)} packages are refused by nobody for sure."
    hang = f" {thousands(possible - size)} more hang on what is not known." if possible > size else ""
    who = who_agrees(settlement.case)
    if size:
        return f"{packages_words(size)} {'is' if size == 1 else 'are'} acceptable to {who}.{hang}"
    return f"No package is acceptable to {who}.{hang}"


def _frontier_words(settlement: Settlement) -> str:
    if settlement.frontier is None:
        return ""
    count = len(settlement.frontier.vectors)
    outcomes = "1 outcome" if count == 1 else f"{thousands(count)} different outcomes"
    return (
        f"The frontier, the packages that leave nothing on the table, holds {outcomes}, "
        f"reached by {packages_words(len(settlement.frontier.rows))}."
    )


def _named(case: Case, settlement: Settlement, drawn: Sample | None) -> dict[str, Any]:
    asked = [name for name in case.parties if settlement.verdicts.parties[name].asked.possibly.any()]
    rows = []
    for name in case.packages:
        members = settlement.members(name)
        family = _Family(name, tuple(members), tuple(settlement.view(index) for index in members[:MOST_FORMS]))
        rows.append(_package_row(case, settlement, drawn, family, asked if drawn is not None else []))
    return {"named": rows, "rated": [party_row(case, name) for name in asked] if drawn is not None else []}


@dataclass(frozen=True, slots=True)
class _Family:
    """A named package with the packages that belong to it."""

    name: str
    members: tuple[int, ...]
    views: tuple[PackageView, ...]


def _package_row(case: Case, settlement: Settlement, drawn: Sample | None, family: _Family, asked: list[str]) -> dict[str, Any]:
    package = case.packages[family.name]
    said = settlement.text.named[family.name]
    standing = package_standing(family.views)
    deal = standing is None
    return {
        "id": family.name,
        "anchor": family.name,
        "name": package.name if package.name != family.name else "",
        "words": _family_words(case, settlement, family),
        "basis": package.basis,
        "conditions": [condition_note(case, name) for name in said["conditions"]] or ["none stated" if deal else "–"],
        "wishes": said["wishes"],
        "blocks": _block_lines(case, family) if deal else [],
        "none": standing or "nobody",
        "share": acceptable_words(settlement, drawn, family.members, family.views) if deal else "–",
        "blocked": [_blocked(drawn, name, family) if deal else "–" for name in asked],
    }


def _blocked(drawn: Sample | None, party: str, family: _Family) -> str:
    """Return in which share of assumptions a party is asked about a package and refuses; without a sample, whether."""
    asked = any(party in view.asked for view in family.views)
    if drawn is None:
        return "not asked" if not asked else "yes" if any(party in view.blockers() for view in family.views) else "no"
    if asked and any(one.party == party and one.kind == "missing" for view in family.views for one in view.refusals):
        return "not known"
    span = drawn.blocked_span(party, family.members)
    if span is None or (not asked and span[1] == 0):
        return "not asked"
    return percent_range(span[0] / drawn.draws, span[1] / drawn.draws)


def _family_words(case: Case, settlement: Settlement, family: _Family) -> str:
    if len(family.members) == 1:
        return _changes(case, settlement, family.members[0])
    package = case.packages[family.name]
    parts = []
    for issue in settlement.space.issues:
        chosen = package.options.get(issue.id, ())
        names = [option.name for option in issue.options if option.id in chosen] or ["any"]
        if list(chosen) != [issue.now]:
            parts.append(f"{issue.name}: {' or '.join(names)}")
    return f"{'; '.join(parts)} ({len(family.members)} packages)"


def _changes(case: Case, settlement: Settlement, index: int) -> str:
    """Return what a package changes; the whole package where it is not known what is in force."""
    now = {issue.id: issue.now for issue in settlement.space.issues}
    changed = frozenset(issue for issue, option in settlement.space.options(index).items() if option != now[issue])
    if not changed:
        return "nothing changes"
    rest = "; the rest as it is" if len(changed) < len(now) else ""
    return package_words(case, settlement.space, index, only=changed) + rest


def _block_lines(case: Case, family: _Family) -> list[str]:
    """Return who blocks, with the reason, and in how many forms of a family."""
    found: dict[str, list[PackageView]] = {}
    shortest: dict[str, Fraction] = {}
    for view in family.views:
        for one in view.refusals:
            if one.party not in view.asked:
                continue
            if one.kind == "red_line":
                reason = f"{party_name(case, one.party)}: red line “{red_line(case, one.item).name}”" + (
                    "" if one.certain else " (if it binds)"
                )
            elif one.kind == "no_deal":
                reason = f"{party_name(case, one.party)}: worth less than no deal"
                shortest[reason] = max(shortest.get(reason, Fraction(0)), one.short or Fraction(0))
            else:
                reason = f"{party_name(case, one.party)}: not known what it would accept"
            found.setdefault(reason, []).append(view)
    lines = []
    for reason, views in found.items():
        missing = f" (by up to {short(shortest[reason], 1)} points)" if reason in shortest else ""
        forms = "" if len(views) == len(family.views) else f", in {len(views)} of {len(family.views)} forms"
        lines.append(f"{reason}{missing}{forms}")
    return lines


def _frontier_rows(case: Case, settlement: Settlement) -> dict[str, Any]:
    frontier = settlement.frontier
    if frontier is None:
        return {"frontier_rows": [], "frontier_caption": ""}
    rows = []
    for number in range(min(len(frontier.vectors), MOST_ROWS)):
        index = int(settlement.zone[int(frontier.rows_of(number)[0])])
        rows.append(
            {
                "cells": [short(settlement.party_points(seat, index), 1) for seat in settlement.seats],
                "count": thousands(int(frontier.counts[number])),
                "words": package_short(case, settlement.space, index),
            }
        )
    cut = f" (the first {MOST_ROWS} of {thousands(len(frontier.vectors))})" if len(frontier.vectors) > MOST_ROWS else ""
    return {"frontier_rows": rows, "frontier_caption": f"Efficient outcomes with the number of packages that reach each{cut}"}


def still_picture(case: Case, settlement: Settlement) -> Markup | None:
    """Return the zone as a picture for the first two signatories, thinned evenly when it is large."""
    frontier = settlement.frontier
    if frontier is None or len(settlement.seats) < 2:
        return None
    first, second = settlement.seats[:2]
    step = max(1, len(settlement.zone) // 1500)

    def dot(index: int, kind: str, label: str = "") -> Dot:
        x, y = settlement.party_points(first, index), settlement.party_points(second, index)
        return Dot(float(x or 0), float(y or 0), kind, label)

    spots = {(one.x, one.y): one for one in (dot(int(index), "zone") for index in settlement.zone[::step])}
    dots = list(spots.values())
    dots += [
        dot(int(settlement.zone[int(frontier.rows_of(number)[0])]), "frontier")
        for number in range(min(len(frontier.vectors), 500))
    ]
    labels: dict[int, list[str]] = {}
    for concept, name in CONCEPT_NAMES.items():
        if concept in settlement.points and settlement.points[concept].vectors:
            labels.setdefault(int(settlement.tied_packages(concept)[0]), []).append(name)
    dots += [dot(index, "named", ", ".join(names)) for index, names in labels.items()]
    no_deal = (float(settlement.no_deal(first) or 0), float(settlement.no_deal(second) or 0))
    names = (party_name(case, first), party_name(case, second))
    title = f"Packages of the zone by their points for {names[0]} and {names[1]}; the table below holds the same figures"
    return scatter(dots, names[0], names[1], no_deal, title)
