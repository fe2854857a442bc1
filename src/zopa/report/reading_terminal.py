"""The summary of a reading on the terminal: who says what, party by party, and what was left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from zopa.report.cleaning import clean

if TYPE_CHECKING:
    from zopa.reading import ArticleReading, Statement

LEVELS = ("quoted", "reported", "about another", "unnamed or told", "narration")


def _flat(words: str) -> str:
    return " ".join(clean(words).split())


def reading_summary(reading: ArticleReading) -> Group:
    """Return a table of the statements of one text, with what they add up to.

    Parameters
    ----------
    reading
        What was read.
    """
    text = reading.article.text
    names = reading.party_names
    parts: list[RenderableType] = [Text(_flat(reading.article.title or reading.article.name), style="bold")]
    if not reading.statements:
        parts.append(Text("No statement was found. Headings, captions and plain narration yield none."))
        return Group(*parts)
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for column in ("line", "party", "act", "level", "words"):
        table.add_column(column, overflow="fold")
    for one in reading.statements:
        inner = "  " if one.nested_in is not None else ""
        party = names.get(one.party, one.party)
        who = party if one.speaker is None or one.speaker == party else f"{party} ({_flat(one.speaker)})"
        words = Text(inner + _flat(one.content.of(text)))
        table.add_row(Text(str(one.line)), Text(_flat(who)), Text(one.predicate), Text(f"{one.level} {LEVELS[one.level]}"), words)
    parts += [table, *_notes(reading)]
    return Group(*parts)


def _notes(reading: ArticleReading) -> list[RenderableType]:
    found = reading.statements
    own = sum(one.own_words for one in found)
    notes = [f"{len(found)} statements by rules, unreviewed; {own} of them a party's own words."]
    if any(one.by == "model" for one in found):
        notes.append(
            f"{sum(one.by == 'model' for one in found)} were proposed by a language model; each stands in the text word for word."
        )
    unresolved = [one for one in found if one.party == "unresolved"]
    if unresolved:
        notes.append(f"{len(unresolved)} have a speaker whose party is not known: {_listed(unresolved, reading)}.")
    if reading.document_date is None:
        notes.append("No date of publication was given (--date): weekdays and dates without a year stay open.")
    if reading.rejects:
        notes.append(f"{len(reading.rejects)} proposals were not kept; --json lists them with the reason.")
    return [Text(note) for note in notes]


def _listed(found: list[Statement], reading: ArticleReading) -> str:
    names = dict.fromkeys(_flat(one.source.of(reading.article.text)) for one in found if one.source is not None)
    shown = list(names)[:5]
    return ", ".join(shown) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
