"""What every answer on a terminal shares: tables, headings, the head, what the text alone decides, what is missing."""

from __future__ import annotations

from typing import Protocol

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from zopa.case import Case, Moment, speaking_sources
from zopa.report.answer import depends_words, listed_words, silence_lines, text_left
from zopa.report.findings import text
from zopa.report.plain import party_name, reading_label, red_line, red_line_words, thousands
from zopa.settlement import TextAlone
from zopa.space import Missing, Scenarios


def plain_table(*columns: str, title: str | None = None) -> Table:
    """Return a table without lines."""
    table = Table(
        title=None if title is None else text(title), title_justify="left", header_style="bold", box=None, pad_edge=False
    )
    for column in columns:
        table.add_column(text(column), overflow="fold")
    return table


def add_row(table: Table, *cells: str) -> None:
    """Add a row of plain text."""
    table.add_row(*(text(cell) for cell in cells))


def heading(words: str) -> Text:
    """Return a heading."""
    return text(f"\n{words}", "bold")


class _Headed(Protocol):
    """A settlement, with listed packages or without."""

    @property
    def case(self) -> Case: ...

    @property
    def scenarios(self) -> Scenarios: ...

    @property
    def moment(self) -> Moment: ...

    @property
    def text(self) -> TextAlone: ...


def head_part(settlement: _Headed) -> list[RenderableType]:
    """Return title and question, the date looked at, and the caveats of the sources."""
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
    return parts


def missing_only(case: Case, missing: tuple[Missing, ...]) -> Group:
    """Return the answer when packages cannot be listed."""
    return Group(text(case.title, "bold underline"), text("Settlement cannot be computed:"), *missing_lines(missing))


def missing_lines(missing: tuple[Missing, ...]) -> list[Text]:
    """Return what is missing, and how to supply it."""
    return [text(f"  {one.what}. {one.remedy} ({one.path})") for one in missing]


def text_part(settlement: _Headed) -> list[RenderableType]:
    """Return what the text alone decides."""
    case, found = settlement.case, settlement.text
    parts: list[RenderableType] = [heading("What the text alone decides (no weight, score or no-deal value is used)")]
    parts.append(
        text(
            f"{thousands(found.total)} combinations of options; {thousands(found.allowed)} meet the rules; "
            f"{thousands(found.deals)} of them count as agreement."
        )
    )
    if case.statements:
        parts.append(text(listed_words(case, found)))
    if found.conditions:
        table = plain_table("Condition of", "read from", "says", "if read as", "deals against it")
        for one in found.conditions:
            add_row(
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
