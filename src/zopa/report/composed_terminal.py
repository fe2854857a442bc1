"""The answer on a terminal where packages are too many to list."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table

from zopa.report.answer import opening_words, packages_words, vote_words, who_agrees
from zopa.report.findings import text
from zopa.report.plain import (
    CONCEPT_NAMES,
    CONCEPT_SAYS,
    conflict_words,
    package_short,
    party_name,
    short,
    signed,
    thousands,
    ties_words,
)
from zopa.report.terminal_parts import add_row, head_part, heading, missing_lines, plain_table, text_part
from zopa.report.voting_words import range_sentences
from zopa.settlement import ComposedSettlement, LargePoint, scale_notes


def composed_summary(settlement: ComposedSettlement) -> Group:
    """Return the whole answer: what the text alone decides, then zone, frontier and solution points of the base scenario."""
    parts = head_part(settlement)
    parts.extend(text_part(settlement))
    parts.append(heading("Zone, frontier and solution points of the base scenario"))
    parts.append(text(zone_sentence(settlement), "bold"))
    if vote_words(settlement.case):
        parts.append(text(vote_words(settlement.case)))
    parts.extend(_shut_part(settlement))
    parts.extend(_named_part(settlement))
    parts.extend(_points_part(settlement))
    parts.extend(text(f"  {note}", "dim") for note in (*settlement.notes, *scale_notes(settlement)))
    if settlement.missing:
        parts.append(heading("Missing"))
        parts.extend(missing_lines(settlement.missing))
    return Group(*parts)


def zone_sentence(settlement: ComposedSettlement) -> str:
    """Return whether there is a zone, and how large it is, in one sentence."""
    case = settlement.case
    agree = who_agrees(case)
    if settlement.undecided:
        return (
            "Whether there is a zone of possible agreement cannot be said: what agreements, or no agreement, are worth to a "
            "signatory is not known."
        )
    if not settlement.zone_open:
        sure = "for sure " if settlement.possibly_open else ""
        return f"With the numbers given, no package is {sure}acceptable to {agree}."
    least, most = settlement.zone_bounds()
    size = packages_words(least) if least == most else f"at least {packages_words(least)} and at most {thousands(most)}"
    return f"With the numbers given, there is a zone of possible agreement: {size} acceptable to {agree}."


def _shut_part(settlement: ComposedSettlement) -> list[RenderableType]:
    case = settlement.case
    if settlement.zone_open:
        return []
    parts: list[RenderableType] = []
    if settlement.conflict:
        parts.append(text("No zone, because these together exclude every deal:"))
        parts.extend(text(f"  {item.id}: {conflict_words(case, item)}") for item in settlement.conflict)
    opening = [
        party_name(case, name) + ("" if one.size is None else f" ({thousands(one.size)})")
        for name, one in settlement.opens.items()
        if one.open
    ]
    if not settlement.undecided:
        parts.append(text(opening_words(opening)))
    return parts


def _named_part(settlement: ComposedSettlement) -> list[RenderableType]:
    case = settlement.case
    if not case.packages:
        return []
    table = plain_table("Package", "refused by", "some form of it acceptable to all asked")
    for name, package in case.packages.items():
        acceptable = settlement.acceptable(name)
        views = [] if acceptable else [settlement.view(one) for one in settlement.members(name).packages[:50]]
        who = dict.fromkeys(party_name(case, party) for view in views for party in view.blockers())
        said = {True: "yes", False: "no", None: "not known"}[acceptable]
        add_row(table, f"{name} {package.name}" if package.name != name else name, "\n".join(who) or "–", said)
    return [heading("Named packages"), table]


def _points_part(settlement: ComposedSettlement) -> list[RenderableType]:
    parts: list[RenderableType] = []
    frontier = settlement.frontier
    if frontier is not None:
        count = len(frontier.vectors)
        outcomes = "1 outcome" if count == 1 else f"{thousands(count)} different outcomes"
        meaning = "none is better for one signatory without being worse for another"
        parts.append(text(f"Frontier: {outcomes}, reached by {packages_words(sum(frontier.counts))} ({meaning})."))
    if settlement.points:
        parts.append(_points_table(settlement))
        parts.extend(
            text(f"  {CONCEPT_NAMES[name]}: {CONCEPT_SAYS[name]}.", "dim") for name in CONCEPT_NAMES if _has(settlement, name)
        )
        parts.extend(text(words) for words in range_sentences(settlement))
    return parts


def _points_table(settlement: ComposedSettlement) -> Table:
    case, seats = settlement.case, settlement.seats
    table = plain_table("Point", *(f"{party_name(case, name)}: points (gain)" for name in seats), "ties", "first package")
    for concept, title in CONCEPT_NAMES.items():
        if not _has(settlement, concept):
            continue
        point = settlement.points[concept]
        view = settlement.view(point.packages[0])
        cells = [f"{short(view.points[name], 1)} ({signed(view.gains[name])})" for name in seats]
        named = title if point.exact else f"{title} (at least; {_bound_words(point)})"
        ties = "not counted" if point.ties is None else ties_words(point.ties, len(point.vectors))
        add_row(table, named, *cells, ties, package_short(case, settlement.scenarios.space, view.index))
    return table


def _has(settlement: ComposedSettlement, concept: str) -> bool:
    point = settlement.points.get(concept)
    return point is not None and bool(point.packages)


def _bound_words(point: LargePoint) -> str:
    if point.bound is None or point.value is None:
        return "how far above is not known"
    return f"its value is {short(point.value, 2)} and cannot exceed {short(point.bound, 2)}"
