"""The answers as readable tables on a terminal."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from zopa.case import Case, Fault, Moment, Severity, speaking_sources
from zopa.report.answer import answer_sentence, package_standing, shares_sure, unknown_parties
from zopa.report.plain import (
    CONCEPT_NAMES,
    CONCEPT_SAYS,
    clean,
    conflict_words,
    issue_name,
    package_short,
    party_name,
    percent_range,
    reading_label,
    red_line,
    red_line_words,
    short,
    signed,
    thousands,
)
from zopa.settlement import Sample, Settlement
from zopa.space import Missing


def text(words: str, style: str = "") -> Text:
    """Return words as they are: no markup, no control characters."""
    return Text(clean(words), style=style)


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(
        title=None if title is None else text(title), title_justify="left", header_style="bold", box=None, pad_edge=False
    )
    for column in columns:
        table.add_column(text(column), overflow="fold")
    return table


def _row(table: Table, *cells: str) -> None:
    table.add_row(*(text(cell) for cell in cells))


def print_findings(findings: tuple[Fault, ...], console: Console) -> None:
    """Print findings, each with its place, what is wrong and how to mend it."""
    styles = {Severity.FAULT: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
    for finding in findings:
        head = Text.assemble(
            text(f"{finding.place}: "),
            text(f"{finding.severity} {finding.code}: ", styles[finding.severity]),
            text(finding.message),
        )
        console.print(head, soft_wrap=True)
        if finding.text:
            console.print(Text.assemble(text("    "), text(finding.text, "dim")), soft_wrap=True)
        console.print(Text.assemble(text("    "), text(finding.remedy, "green")), soft_wrap=True)


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


def summary(settlement: Settlement, drawn: Sample | None) -> Group:
    """Return the whole answer: first what the text alone decides, then what hangs on assumptions."""
    case = settlement.case
    parts: list[RenderableType] = [text(case.title, "bold underline")]
    if case.question:
        parts.append(text(case.question))
    when = f"As of {case.as_of}; nothing later counts."
    if settlement.moment.day is not None:
        when += f" Looked at on {settlement.moment.day}."
        if settlement.moment.waiting:
            when += f" Not to be had on that day: {', '.join(case.levers[name].name for name in settlement.moment.waiting)}."
    elif settlement.moment.passed:
        names = ", ".join(case.gates[name].name for name in settlement.moment.passed)
        when += f" All dated gates count as passed ({names})."
    parts.append(text(when))
    parts.extend(text(f"! {caveat}", "yellow") for caveat in speaking_sources(case))
    parts.extend(_text_part(settlement))
    parts.extend(_answer_part(settlement, drawn))
    parts.extend(_named_part(settlement, drawn))
    parts.extend(_base_part(settlement))
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
    parts: list[RenderableType] = [_heading("What the text alone decides (no assumption used)")]
    parts.append(
        text(
            f"{thousands(found.total)} combinations of options; {thousands(found.allowed)} meet the rules; "
            f"{thousands(found.deals)} of them count as agreement."
        )
    )
    if found.conditions:
        table = _table("Stated condition of", "rests on", "says", "if read as", "deals against it")
        for one in found.conditions:
            words = red_line_words(case, red_line(case, one.line))
            _row(
                table,
                party_name(case, one.party),
                ", ".join(one.because),
                words,
                reading_label(case, dict(one.reading)) or "always",
                thousands(one.contradicting),
            )
        parts.append(table)
    else:
        parts.append(text("No party states a condition that excludes a deal."))
    if found.strictest is not None and found.conditions:
        counts = [one.compatible for one in found.readings]
        left = thousands(min(counts))
        depends = "."
        if min(counts) < max(counts):
            left += f" to {thousands(max(counts))}"
            depends = f", depending on how {len(found.strictest.reading)} sentences are read."
        parts.append(text(f"Deals that contradict nobody's stated condition: {left} of {thousands(found.deals)}{depends}"))
        if not found.complete:
            tried = thousands(len(found.readings))
            parts.append(
                text(f"There are more readings than the {tried} that were tried; the ends may lie further apart.", "yellow")
            )
    silent = {
        issue: [party for party, ids in row.items() if not ids and case.parties[party].seat != "observer"]
        for issue, row in found.positions.items()
    }
    nobody = [
        issue
        for issue, parties in silent.items()
        if len(parties) == len([p for p in case.parties.values() if p.seat != "observer"])
    ]
    if nobody and case.statements:
        parts.append(text(f"No party states a position of its own on: {', '.join(issue_name(case, issue) for issue in nobody)}."))
    for wait in found.waits:
        names = " and ".join(case.gates[name].name for name in wait.gates)
        under = f" under the reading {reading_label(case, dict(wait.reading))}" if wait.reading else ""
        parts.append(text(f"Steps that wait for each other{under}: {names}."))
    if case.absent:
        parts.append(text(f"Not in the text at all: {', '.join(case.absent)}."))
    return parts


def _answer_part(settlement: Settlement, drawn: Sample | None) -> list[RenderableType]:
    case = settlement.case
    parts: list[RenderableType] = [_heading("Over the assumptions"), text(answer_sentence(case, settlement, drawn))]
    if drawn is None:
        parts.append(text("No sample was drawn: this is the answer at the midpoints."))
        return parts
    if drawn.varied == 0:
        parts.append(text("Every number is fixed, so there is nothing to sample."))
        return parts
    under = f" under each of {thousands(len(drawn.readings))} readings" if len(drawn.readings) > 1 else ""
    parts.append(text(f"{thousands(drawn.draws)} scenarios{under}, seed {drawn.seed}."))
    parts.append(text("A share counts assumptions; it is not the chance of an agreement.", "italic"))
    if settlement.undecided:
        return parts
    for band in drawn.bands:
        shown = percent_range(band.lowest / drawn.draws, band.highest / drawn.draws)
        parts.append(text(f"  with {issue_name(case, band.assumption)} in {band.band}: {shown}"))
    if not drawn.complete:
        parts.append(text("  There are more readings than were sampled; the ends may lie further apart.", "yellow"))
    if drawn.approximate_draws:
        parts.append(text(f"  {drawn.approximate_draws} draws come from a Markov chain and are approximate.", "yellow"))
    return parts


def _named_part(settlement: Settlement, drawn: Sample | None) -> list[RenderableType]:
    case = settlement.case
    if not case.packages:
        return []
    table = _table("Package", "against stated conditions", "refused at the midpoints by", "acceptable to all asked")
    for name, package in case.packages.items():
        members = settlement.members(name)
        conditions = settlement.text.named[name]["conditions"]
        views = [settlement.view(index) for index in members[:50]]
        blockers = list(dict.fromkeys(party for view in views for party in view.blockers()))
        unknown = unknown_parties(views)
        words = ", ".join(blockers) or "nobody"
        if unknown:
            words += f" (unknown: {', '.join(unknown)})"
        standing = package_standing(views)
        _row(
            table,
            f"{name} {package.name}" if package.name != name else name,
            ", ".join(conditions) or ("none" if standing is None else "–"),
            standing or words,
            "–" if standing else shares_sure(settlement, drawn, members, views),
        )
    return [_heading("Named packages"), table]


def _base_part(settlement: Settlement) -> list[RenderableType]:
    case = settlement.case
    parts: list[RenderableType] = [_heading("At the midpoints (a point of reference, not a finding)")]
    if settlement.undecided:
        parts.append(
            text(f"The zone cannot be counted: {thousands(len(settlement.possible))} packages are refused by nobody for sure.")
        )
    else:
        more = len(settlement.possible) - len(settlement.zone)
        hang = f", {thousands(more)} more hang on what is unknown" if more else ""
        parts.append(text(f"Zone: {thousands(len(settlement.zone))} packages{hang}."))
    if settlement.conflict:
        parts.append(text("No zone, because these together exclude every deal:"))
        parts.extend(text(f"  {item.id}: {conflict_words(case, item)}") for item in settlement.conflict)
    if settlement.opens and not len(settlement.zone) and not settlement.undecided:
        moves = [f"{party_name(case, name)} ({thousands(size)})" for name, size in settlement.opens.items() if size]
        parts.append(text(f"A zone would open if one party accepted everything: {', '.join(moves) or 'for no single party'}."))
    if settlement.frontier is None:
        return parts
    frontier = settlement.frontier
    parts.append(
        text(
            f"Frontier: {thousands(len(frontier.vectors))} different outcomes, reached by "
            f"{thousands(len(frontier.rows))} packages (none is better for one signatory without being worse for another)."
        )
    )
    seats = settlement.seats
    table = _table("Point", *(f"{party_name(case, name)}: points (gain)" for name in seats), "ties", "first package")
    for concept, title in CONCEPT_NAMES.items():
        point = settlement.points.get(concept)
        if point is None or not point.vectors:
            continue
        tied = settlement.tied_packages(concept)
        view = settlement.view(int(tied[0]))
        cells = [f"{short(view.points[name], 1)} ({signed(view.gains[name])})" for name in seats]
        _row(table, title, *cells, str(len(tied)), package_short(case, settlement.space, view.index))
    parts.append(table)
    parts.extend(
        text(f"  {CONCEPT_NAMES[name]}: {CONCEPT_SAYS[name]}.", "dim") for name in CONCEPT_NAMES if name in settlement.points
    )
    return parts
