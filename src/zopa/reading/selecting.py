"""Selecting words of a sentence by their places: what a person may mark as source, cue or content.

Nobody types the text of a statement.  A person points at words of one sentence, and the same rules hold as for
a machine: the words stand there, they end where words end, they cross no sentence and no heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, Protocol

from zopa.reading.articles import Article, Line, Span
from zopa.reading.folding import fold
from zopa.reading.governing import governors
from zopa.reading.quotations import quotations
from zopa.reading.statements import Amount, Reject, Statement, TimeExpression

LEAVES: Final = (
    "The selection leaves its sentence: all words of a statement come from one sentence, or from a quotation that runs beyond it."
)
SILENT: Final = "This line is a heading or a caption: nothing is taken from it."


class ReviewFault(ValueError):
    """A choice of a person that the text does not bear out; the message says why, in words for people."""


class ReadArticle(Protocol):
    """What reading an article gave, as far as a review looks at it."""

    @property
    def article(self) -> Article:
        """The text."""
        ...

    @property
    def document_date(self) -> date | None:
        """The date that times are counted from."""
        ...

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements, in the order of the text."""
        ...

    @property
    def times(self) -> tuple[TimeExpression, ...]:
        """The expressions of time of the whole text."""
        ...

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The quantities of the whole text."""
        ...

    @property
    def rejects(self) -> tuple[Reject, ...]:
        """The proposals that were not kept."""
        ...

    @property
    def party_names(self) -> Mapping[str, str]:
        """The name of each party, by its key."""
        ...


# A word holds its marks (accents written apart), apostrophes, and signs between letters or digits.
_WORD: Final = re.compile(r"\w[\w\u0300-\u036f]*(?:[’'.,\-\u2010\u2011]\w[\w\u0300-\u036f]*)*|[%$€£¥]")
# A run of signs is tried once and never given back, so that no text makes the search slow.
_STOP: Final = re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]]*+\s++(?=[\"'“‘(\[]?[A-Z0-9])")
# A full stop behind these ends no sentence.
_SHORT: Final = frozenset("mr mrs ms dr prof gen sen rep gov lt col sgt capt adm amb st no vs jr sr inc co corp ltd".split())


def sentences_of(reading: ReadArticle) -> tuple[Span, ...]:
    """Return the sentences of an article from which statements may be taken, in order.

    The sentence of a statement is the one the reader found.  What lies between those is cut at full stops, question
    and exclamation marks by rule, because a person must be able to mark words where the reader found nothing.
    """
    text = reading.article.text
    known = sorted({one.sentence for one in reading.statements})
    found: list[Span] = []
    at = 0
    for line in reading.article.lines:
        if line.kind != "text":
            continue
        start = line.span.start
        while at < len(known) and known[at].start < line.span.end:
            sentence = known[at]
            at += 1
            if sentence.start >= start:
                found += [*_cut(text, Span(start, sentence.start)), sentence]
                start = sentence.end
        found += _cut(text, Span(start, line.span.end))
    return tuple(found)


def _cut(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for stop in _STOP.finditer(text, span.start, span.end):
        word = _last_word(text, span.start, stop.start())
        if text[stop.start()] == "." and (word.lower() in _SHORT or (len(word) == 1 and word.isalpha()) or "." in word):
            continue
        yield from _trimmed(text, Span(start, stop.end()))
        start = stop.end()
    yield from _trimmed(text, Span(start, span.end))


def _last_word(text: str, start: int, end: int) -> str:
    at = end
    while at > start and (text[at - 1].isalnum() or text[at - 1] == "."):
        at -= 1
    return text[at:end]


def _trimmed(text: str, span: Span) -> Iterator[Span]:
    one = trimmed(text, span)
    if one.start < one.end:
        yield one


def trimmed(text: str, span: Span) -> Span:
    """Return a span without the blanks at both its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def words_of(text: str, span: Span) -> tuple[Span, ...]:
    """Return the words inside a span, so that a person can name them by number."""
    return tuple(Span(*match.span()) for match in _WORD.finditer(text, span.start, span.end))


def line_at(article: Article, span: Span) -> Line | None:
    """Return the line that holds a span whole, if one does."""
    return next((line for line in article.lines if span.within(line.span)), None)


def reach(statement: Statement) -> Span:
    """Return the part of a text that a statement may be taken from: its sentence, and all of a quotation that runs beyond."""
    spans = [statement.sentence, statement.content, *statement.further]
    return Span(min(one.start for one in spans), max(one.end for one in spans))


def selected(article: Article, statement: Statement, span: Span) -> Span:
    """Return what a person selected for a statement, without blanks at its ends.

    Parameters
    ----------
    article : Article
        The text.
    statement : Statement
        The statement as it was read: all its words come from its sentence, or from the quotation that runs beyond it.
    span : Span
        The selection, in offsets of the text.

    Raises
    ------
    ReviewFault
        When nothing is selected, the selection leaves the sentence or cuts a word or a number, or the line is a heading or
        another line that says nothing.
    """
    if not 0 <= span.start <= span.end <= len(article.text):
        raise ReviewFault("The selection lies outside the text.")
    span = trimmed(article.text, span)
    if span.start == span.end:
        raise ReviewFault("Nothing is selected.")
    beyond = span.within(reach(statement)) and quotation_of(article, span)[0]
    if not span.within(statement.sentence) and not beyond:
        raise ReviewFault(LEAVES)
    line = line_at(article, span)
    if line is None or line.kind != "text":
        raise ReviewFault(SILENT)
    at = (span.start - line.span.start, span.end - line.span.start)
    if at not in fold(line.span.of(article.text)).places(fold(span.of(article.text)).text):
        raise ReviewFault("The selection cuts a word or a number: select whole words.")
    return span


def governed(text: str, sentence: Span, span: Span, other: Span) -> Span:
    """Return a cue or content together with the negations and modal words right before it ("did not | provide").

    ``other`` is the content or cue beside it, into which nothing is widened.
    """
    floor = other.end if other.end <= span.start else sentence.start
    start = governors(text, floor, span.start).start
    return span if start is None else Span(start, span.end)


def with_whole_amounts(span: Span, amounts: Sequence[Amount]) -> Span:
    """Return a content widened over the rest of every amount that it cuts ("up to | 20%")."""
    for amount in amounts:
        if amount.span.touches(span):
            span = Span(min(span.start, amount.span.start), max(span.end, amount.span.end))
    return span


def quotation_of(article: Article, content: Span) -> tuple[bool, bool]:
    """Return whether a content stands whole in quotation marks, and whether any of it does."""
    line = line_at(article, content)
    found = () if line is None else quotations(article.text, line)
    return any(content.within(one.outer) for one in found), any(content.touches(one.inner) for one in found)
