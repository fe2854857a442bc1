"""The answers as readable tables on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from zopa.case import Case, Moment, speaking_sources
from zopa.report.answer import (
    acceptable_words,
    answer_sentence,
    base_caveat,
    blocked_words,
    condition_note,
    depends_words,
    listed_words,
    package_standing,
    packages_words,
    reading_sentences,
    sampling_error,
    silence_lines,
    span_words,
    text_left,
    tried_words,
    unknown_consents,
    unknown_parties,
    vote_words,
)
from zopa.report.findings import text
from zopa.report.lever_words import HEADING, lever_cells, lever_columns, lever_rows, lever_sentences, point_sentences
from zopa.report.plain import (
    CONCEPT_NAMES,
    CONCEPT_SAYS,
    conflict_words,
    issue_name,
    package_short,
    party_name,
    reading_label,
    red_line,
    red_line_words,
    short,
    signed,
    thousands,
)
from zopa.report.voting_words import range_sentences, voting_sentences
from zopa.settlement import LeverComparison, PackageView, Sample, Settlement, voting
from zopa.space import Missing


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(
        title=None if title is None else text(title), title_justify="left", header_style="bold", box=None, pad_edge=False
    )
    for column in columns:
        table.add_column(text(column), overflow="fold")
    return table


def _row(table: Table, *cells: str) -> None:
    table.add_row(*(text(cell) for cell in cells))


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


def _heading(words: str) -> Text:
    return text(f"\n{words}", "bold")


def summary(settlement: Settlement, drawn: Sample | None, levers: LeverComparison | None = None) -> Group:
    """Return the whole answer: first what the text alone decides, then what hangs on assumptions."""
    case = settlement.case
    parts: list[RenderableType] = [text(case.title, "bold underline")]
    if case.question:
        parts.append(text(case.question))
    when = f"As of {case.as_of}; nothing later counts."
    if settlement.moment.day is not None:
        when += f" Looked at on {settlement.moment.day}."
        if settlement.moment.waiting:
            names = ", ".join(case.levers[name].name for name in settlement.moment.waiting)
            when += f" Levers that cannot be pulled on that day: {names}."
    elif settlement.moment.passed:
        names = ", ".join(case.gates[name].name for name in settlement.moment.passed)
        when += f" Dates that lie ahead count as passed ({names})."
    if settlement.scenarios.levers is not None:
        pulled = ", ".join(lever.name for name, lever in case.levers.items() if name in settlement.scenarios.levers)
        when += f" Levers pulled: {pulled}; no other." if pulled else " No lever is pulled."
    parts.append(text(when))
    parts.extend(text(f"! {caveat}", "yellow") for caveat in speaking_sources(case))
    parts.extend(_text_part(settlement))
    parts.extend(_answer_part(settlement, drawn))
    parts.extend(_named_part(settlement, drawn))
    parts.extend(_base_part(settlement, drawn))
    parts.extend(_levers_part(levers))
    if settlement.missing:
        parts.append(_heading("Missing"))
        parts.extend(_missing_lines(settlement.missing))
    return Group(*parts)


def missing_only(case: Case, missing: tuple[Missing, ...]) -> Group:
    """Return the answer when packages cannot be listed."""
    return Group(text(case.title, "bold underline"), text("Settlement cannot be computed:"), *_missing_lines(missing))


def _missing_lines(missing: tuple[Missing, ...]) -> list[Text]:
    return [text(f"  {one.what}. {one.remedy} ({one.path})") for one in missing]


def _text_part(settlement: Settlement) -> list[RenderableType]:
    case, found = settlement.case, settlement.text
    parts: list[RenderableType] = [_heading("What the text alone decides (no weight, score or no-deal value is used)")]
    parts.append(
        text(
            f"{thousands(found.total)} combinations of options; {thousands(found.allowed)} meet the rules; "
            f"{thousands(found.deals)} of them count as agreement."
        )
    )
    if case.statements:
        parts.append(text(listed_words(case, found)))
    if found.conditions:
        table = _table("Condition of", "read from", "says", "if read as", "deals against it")
        for one in found.conditions:
            _row(
                table,
                party_name(case, one.party),
                ", ".join(one.because) + ("" if one.own_words else " (told, no speaker named)"),
                red_line_words(case, red_line(case, one.line)),
                reading_label(case, dict(one.reading)) or "always",
                thousands(one.contradicting),
            )
        parts.append(table)
    else:
        parts.append(text("No party states a condition that excludes a deal."))
    if found.strictest is not None and found.conditions:
        depends = depends_words(found)
        words = f"Deals that contradict nobody's stated condition: {text_left(found)} of {thousands(found.deals)}"
        parts.append(text(f"{words}{f', {depends}' if depends else ''}."))
        if not found.complete:
            tried = thousands(len(found.readings))
            parts.append(
                text(f"There are more readings than the {tried} that were tried; the ends may lie further apart.", "yellow")
            )
    if case.statements:
        silent = silence_lines(case, found)
        if silent:
            parts.append(text("On these issues the source gives no stand of a party:"))
            parts.extend(text(f"  {line}") for line in silent)
        parts.append(text("It does not rank the deals that contradict nobody: what follows rests on assumptions."))
    for tension in case.tensions.values():
        parts.append(text(f"Pulls in two directions: {tension.says} ({', '.join(tension.because)})."))
    for wait in found.waits:
        names = " and ".join(case.gates[name].name for name in wait.gates)
        under = f" under the reading {reading_label(case, dict(wait.reading))}" if wait.reading else ""
        parts.append(text(f"Steps that wait for each other{under}: {names}."))
    if case.absent:
        parts.append(text(f"Not in the text at all: {', '.join(case.absent)}."))
    return parts


def _answer_part(settlement: Settlement, drawn: Sample | None) -> list[RenderableType]:
    case = settlement.case
    parts: list[RenderableType] = [_heading("Over the assumptions"), text(answer_sentence(case, settlement, drawn), "bold")]
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
    table = _table("Package", "against stated conditions", "leaves unmet", who, agreed)
    for name, package in case.packages.items():
        members = settlement.members(name)
        said = settlement.text.named[name]
        views = [settlement.view(index) for index in members[:50]]
        standing = package_standing(views, levers_chosen=settlement.scenarios.levers is not None)
        _row(
            table,
            f"{name} {package.name}" if package.name != name else name,
            "\n".join(condition_note(case, line) for line in said["conditions"]) or ("none" if standing is None else "–"),
            ", ".join(said["wishes"]) or "–",
            standing or _blockers(settlement, sampled, members, views),
            "–" if standing else acceptable_words(settlement, drawn, members, views),
        )
    return [_heading("Named packages"), table]


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
    parts: list[RenderableType] = [_heading(title)]
    if varied:
        parts.append(text(base_caveat(case)))
    size = settlement.zone_count()
    if size is None:
        parts.append(
            text(f"The zone cannot be counted: {thousands(len(settlement.possible))} packages are refused by nobody for sure.")
        )
    else:
        more = len(settlement.possible) - size
        hang = f", {thousands(more)} more hang on what is unknown" if more else ""
        parts.append(text(f"Zone: {packages_words(size)}{hang}."))
    if settlement.conflict:
        parts.append(text("No zone, because these together exclude every deal:"))
        parts.extend(text(f"  {item.id}: {conflict_words(case, item)}") for item in settlement.conflict)
    if settlement.opens and size == 0:
        moves = [f"{party_name(case, name)} ({thousands(count)})" for name, count in settlement.opens.items() if count]
        parts.append(text(f"A zone would open if one party accepted everything: {', '.join(moves) or 'for no single party'}."))
    if settlement.frontier is not None:
        parts.extend(_points(settlement, drawn if varied else None))
    parts.extend(text(words) for words in voting_sentences(settlement, voting(settlement)))
    parts.extend(text(f"  {note}", "dim") for note in settlement.notes)
    return parts


def _levers_part(found: LeverComparison | None) -> list[RenderableType]:
    """Return what the levers do, one by one and together."""
    if found is None:
        return []
    table = _table(*lever_columns(found))
    for row in lever_rows(found):
        _row(table, *lever_cells(found, row))
    points = [text(f"  {line}") for line in point_sentences(found)]
    return [_heading(HEADING), *(text(line) for line in lever_sentences(found)), table, *points]


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
    table = _table("Point", *(f"{party_name(case, name)}: points (gain)" for name in seats), "ties", *share, "first package")
    for concept, title in CONCEPT_NAMES.items():
        point = settlement.points.get(concept)
        if point is None or not point.vectors:
            continue
        tied = settlement.tied_packages(concept)
        view = settlement.view(int(tied[0]))
        cells = [f"{short(view.points[name], 1)} ({signed(view.gains[name])})" for name in seats]
        if drawn is not None:
            share = [acceptable_words(settlement, drawn, [view.index], [view])]
        _row(table, title, *cells, str(len(tied)), *share, package_short(case, settlement.space, view.index))
    parts.append(table)
    parts.extend(
        text(f"  {CONCEPT_NAMES[name]}: {CONCEPT_SAYS[name]}.", "dim") for name in CONCEPT_NAMES if name in settlement.points
    )
    parts.extend(text(words) for words in range_sentences(settlement))
    return parts
