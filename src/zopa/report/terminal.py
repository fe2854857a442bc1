"""The answers as readable tables on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from zopa.case import Case, Moment
from zopa.report.answer import (
    acceptable_words,
    answer_sentence,
    base_caveat,
    blocked_words,
    condition_note,
    opening_words,
    package_standing,
    packages_words,
    reading_sentences,
    sampling_error,
    span_words,
    tried_words,
    unknown_consents,
    unknown_parties,
    vote_words,
)
from zopa.report.findings import text
from zopa.report.lever_words import HEADING, lever_cells, lever_columns, lever_rows, lever_sentences, point_sentences
from zopa.report.moving_words import opening_sentences
from zopa.report.plain import (
    CONCEPT_NAMES,
    CONCEPT_SAYS,
    conflict_words,
    issue_name,
    package_short,
    party_name,
    short,
    signed,
    thousands,
    ties_words,
)
from zopa.report.terminal_parts import add_row, head_part, heading, missing_lines, plain_table, text_part
from zopa.report.voting_words import range_sentences, voting_sentences
from zopa.settlement import LeverComparison, PackageView, Sample, Settlement, voting


def moment_lines(case: Case, moment: Moment) -> list[Text]:
    """Return what holds on a date: gates passed and ahead, who is in office, which levers can be pulled."""
    gates, levers = case.gates, case.levers
    office = [
        party_name(case, f"{party}.{who}") if who else f"{party_name(case, party)}: nobody named"
        for party, who in moment.in_office.items()
    ]
    rows = [
        ("gates passed", [gates[name].name for name in moment.passed]),
        ("gates ahead", [gates[name].name for name in moment.ahead]),
        ("in office", office),
        ("levers that can be pulled", [levers[name].name for name in moment.ready]),
        ("levers that cannot", [levers[name].name for name in moment.waiting]),
    ]
    return [text(f"On {moment.day}:"), *(text(f"  {what}: {', '.join(names) or 'none'}") for what, names in rows)]


def summary(settlement: Settlement, drawn: Sample | None, levers: LeverComparison | None = None) -> Group:
    """Return the whole answer: first what the text alone decides, then what hangs on assumptions."""
    parts = head_part(settlement)
    parts.extend(text_part(settlement))
    parts.extend(_answer_part(settlement, drawn))
    parts.extend(_named_part(settlement, drawn))
    parts.extend(_base_part(settlement, drawn))
    parts.extend(_levers_part(levers))
    if settlement.missing:
        parts.append(heading("Missing"))
        parts.extend(missing_lines(settlement.missing))
    return Group(*parts)


def _answer_part(settlement: Settlement, drawn: Sample | None) -> list[RenderableType]:
    case = settlement.case
    parts: list[RenderableType] = [heading("Over the assumptions"), text(answer_sentence(case, settlement, drawn), "bold")]
    parts.extend(text(words) for words in reading_sentences(case, settlement, drawn))
    if drawn is None:
        parts.append(text("No sample was drawn: this is the answer of the base scenario."))
        return parts
    if not drawn.spread:
        parts.append(text("Every number is fixed, so there is nothing to sample."))
        return parts
    if drawn.undecided:
        return parts
    under = f" under each of {thousands(len(drawn.readings))} readings" if len(drawn.readings) > 1 else ""
    error = f"a share may be off by {sampling_error(drawn)} points because scenarios are drawn"
    parts.append(text(f"{thousands(drawn.draws)} scenarios{under}, seed {drawn.seed}; {error}."))
    parts.append(text("A share counts assumptions; it is not the chance of an agreement.", "italic"))
    if vote_words(case):
        parts.append(text(vote_words(case)))
    if tried_words(drawn):
        parts.append(text(tried_words(drawn)))
    unknown = unknown_consents(settlement)
    for band in drawn.bands:
        parts.append(text(f"  with {issue_name(case, band.assumption)} in {band.band}: {span_words(band.span, drawn, unknown)}"))
    if not drawn.complete:
        parts.append(text("  There are more readings than were sampled; the ends may lie further apart.", "yellow"))
    if drawn.approximate_draws:
        parts.append(text(f"  {drawn.approximate_draws} draws come from a Markov chain and are approximate.", "yellow"))
    return parts


def _named_part(settlement: Settlement, drawn: Sample | None) -> list[RenderableType]:
    case = settlement.case
    if not case.packages:
        return []
    sampled = drawn if drawn is not None and drawn.spread and not drawn.undecided else None
    who = "who blocks it, share of the assumptions" if sampled is not None else "refused by"
    agreed = "acceptable to all asked" + (", share of the assumptions" if sampled is not None else "")
    table = plain_table("Package", "against stated conditions", "leaves unmet", who, agreed)
    for name, package in case.packages.items():
        members = settlement.members(name)
        said = settlement.text.named[name]
        views = [settlement.view(index) for index in members[:50]]
        standing = package_standing(views, levers_chosen=settlement.scenarios.levers is not None)
        add_row(
            table,
            f"{name} {package.name}" if package.name != name else name,
            "\n".join(condition_note(case, line) for line in said["conditions"]) or ("none" if standing is None else "–"),
            ", ".join(said["wishes"]) or "–",
            standing or _blockers(settlement, sampled, members, views),
            "–" if standing else acceptable_words(settlement, drawn, members, views),
        )
    return [heading("Named packages"), table]


def _blockers(settlement: Settlement, drawn: Sample | None, members: Sequence[int], views: Sequence[PackageView]) -> str:
    """Return who blocks a package, over the assumptions where there is a sample, and of whom it is not known."""
    case = settlement.case
    if drawn is not None:
        shares = [blocked_words(case, drawn, party, members) for party in case.parties]
        lines = [share for share in shares if share is not None]
    else:
        lines = list(dict.fromkeys(party_name(case, party) for view in views for party in view.blockers()))
    lines += [f"not known: {party_name(case, party)}" for party in unknown_parties(views)]
    return "\n".join(lines) or "nobody"


def _base_part(settlement: Settlement, drawn: Sample | None) -> list[RenderableType]:
    case = settlement.case
    varied = drawn is not None and drawn.spread
    title = "The base scenario (a point of reference, not a finding)" if varied else "Zone, frontier and solution points"
    parts: list[RenderableType] = [heading(title)]
    if varied:
        parts.append(text(base_caveat(case)))
    size = settlement.zone_count()
    if size is None:
        words = packages_words(len(settlement.possible))
        parts.append(text(f"The zone cannot be counted. Refused by nobody for sure: {words}."))
    else:
        more = len(settlement.possible) - size
        hang = f", {thousands(more)} more hang on what is unknown" if more else ""
        parts.append(text(f"Zone: {packages_words(size)}{hang}."))
    if settlement.conflict:
        parts.append(text("No zone, because these together exclude every deal:"))
        parts.extend(text(f"  {item.id}: {conflict_words(case, item)}") for item in settlement.conflict)
    if settlement.opens and size == 0:
        moves = [f"{party_name(case, name)} ({thousands(count)})" for name, count in settlement.opens.items() if count]
        parts.append(text(opening_words(moves)))
    parts.extend(text(words) for words in opening_sentences(settlement))
    if settlement.frontier is not None:
        parts.extend(_points(settlement, drawn if varied else None))
    parts.extend(text(words) for words in voting_sentences(settlement, voting(settlement)))
    parts.extend(text(f"  {note}", "dim") for note in settlement.notes)
    return parts


def _levers_part(found: LeverComparison | None) -> list[RenderableType]:
    """Return what the levers do, one by one and together."""
    if found is None:
        return []
    table = plain_table(*lever_columns(found))
    for row in lever_rows(found):
        add_row(table, *lever_cells(found, row))
    points = [text(f"  {line}") for line in point_sentences(found)]
    return [heading(HEADING), *(text(line) for line in lever_sentences(found)), table, *points]


def _points(settlement: Settlement, drawn: Sample | None) -> list[RenderableType]:
    case, frontier = settlement.case, settlement.frontier
    assert frontier is not None
    count = len(frontier.vectors)
    outcomes = "1 outcome" if count == 1 else f"{thousands(count)} different outcomes"
    reached = packages_words(len(frontier.rows))
    meaning = "none is better for one signatory without being worse for another"
    parts: list[RenderableType] = [text(f"Frontier: {outcomes}, reached by {reached} ({meaning}).")]
    seats = settlement.seats
    share = ["acceptable in, share of the assumptions"] if drawn is not None else []
    table = plain_table("Point", *(f"{party_name(case, name)}: points (gain)" for name in seats), "ties", *share, "first package")
    for concept, title in CONCEPT_NAMES.items():
        point = settlement.points.get(concept)
        if point is None or not point.vectors:
            continue
        tied = settlement.tied_packages(concept)
        view = settlement.view(int(tied[0]))
        cells = [f"{short(view.points[name], 1)} ({signed(view.gains[name])})" for name in seats]
        if drawn is not None:
            share = [acceptable_words(settlement, drawn, [view.index], [view])]
        ties = ties_words(len(tied), len(point.vectors))
        add_row(table, title, *cells, ties, *share, package_short(case, settlement.space, view.index))
    parts.append(table)
    parts.extend(
        text(f"  {CONCEPT_NAMES[name]}: {CONCEPT_SAYS[name]}.", "dim")
        for name in CONCEPT_NAMES
        if name in settlement.points and settlement.points[name].vectors
    )
    parts.extend(text(words) for words in range_sentences(settlement))
    return parts
