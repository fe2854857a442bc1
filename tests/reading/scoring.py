"""Scoring a reading against one by hand: which rows are hit, one to one (the measure of the shared scorer)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from zopa.reading import ArticleReading, Span, Statement

_WORD: Final = re.compile(r"\w+(?:[’'.,\-]\w+)*|[%$]")
_EDGE: Final = " \t\r\n\"“”‘’'`.,;:!?—–-()[]"


@dataclass(frozen=True)
class Item:
    """A statement as sets of words, each word known by its place."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


def covered(text: str, spans: list[Span]) -> frozenset[int]:
    """Return the places of the words that spans touch, marks at their ends aside."""
    places: set[int] = set()
    for span in spans:
        words = span.of(text)
        start = span.start + len(words) - len(words.lstrip(_EDGE))
        end = span.end - len(words) + len(words.rstrip(_EDGE))
        places.update(found.start() for found in _WORD.finditer(text) if found.start() < end and start < found.end())
    return frozenset(places)


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the Jaccard index."""
    return len(one & other) / len(one | other) if one | other else 0.0


def hits(reading: ArticleReading, gold: Sequence[Mapping[str, Any]], pieces: str = "further_spans") -> dict[int, Statement]:
    """Return the statement found for each gold row that is hit, by number of the row.

    Pairs have contents with a Jaccard index of at least one half and sources that share a word or are both empty;
    best content first, then best cue, one to one. A quotation in pieces counts as a whole.
    """
    text = reading.article.text
    rows = [
        Item(
            covered(text, [Span(*row["source_span"])] if row["source_span"] else []),
            covered(text, [Span(*row["cue_span"])]),
            covered(text, [Span(*row["content_span"]), *(Span(*piece) for piece in row[pieces])]),
        )
        for row in gold
    ]
    statements = reading.statements
    items = [
        Item(
            covered(text, [one.source] if one.source else []),
            covered(text, [one.cue]),
            covered(text, [one.content, *one.further]),
        )
        for one in statements
    ]
    pairs = [
        (overlap(row.content, item.content), overlap(row.cue, item.cue), -number, -place)
        for number, row in enumerate(rows)
        for place, item in enumerate(items)
        if overlap(row.content, item.content) >= 0.5 and (row.source & item.source or not (row.source or item.source))
    ]
    chosen: dict[int, int] = {}
    for _, _, number, place in sorted(pairs, reverse=True):
        if -number not in chosen and -place not in chosen.values():
            chosen[-number] = -place
    return {number: statements[place] for number, place in chosen.items()}
