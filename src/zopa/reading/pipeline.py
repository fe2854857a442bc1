"""Reading: from articles to statements, each with its party, level, time and quantities.

Nothing is kept whose words do not stand, verbatim, in the sentence it names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from zopa.reading.actors import Actors, default_actors
from zopa.reading.articles import Article, Span
from zopa.reading.completing import Completion
from zopa.reading.conditional import conditional_offers
from zopa.reading.cues import Cue
from zopa.reading.draft.words import WordClass
from zopa.reading.events import NO_EVENTS, Events
from zopa.reading.extraction import Found, extract, outermost, parts, repeats_its_holder
from zopa.reading.feared import feared_options
from zopa.reading.gate import Admitted
from zopa.reading.lexicon import Entry
from zopa.reading.model.merging import merge
from zopa.reading.model.propose import Candidates
from zopa.reading.narration import narrated
from zopa.reading.parsing import Sentence, parse
from zopa.reading.parties import Parties
from zopa.reading.statements import Amount, Reject, Statement, TimeExpression

_CLASSES: Final[dict[str, WordClass]] = {"NOUN": "NOUN", "PROPN": "NOUN", "VERB": "VERB", "AUX": "VERB", "ADJ": "ADJ"}


@dataclass(frozen=True)
class Settings:
    """What a reader is told besides the text.

    Attributes
    ----------
    document_date
        Day of publication; None leaves weekdays and dates without a year unresolved.
    actors
        Dated actors; None takes those that are shipped.
    events
        Dated events by name.
    propose
        Asks a language model for more statements; every one passes the same gate. None asks nobody.
    """

    document_date: date | None = None
    actors: Actors | None = None
    events: Events = NO_EVENTS
    propose: Callable[[Article, Sequence[Span]], Candidates] | None = None


@dataclass(frozen=True)
class ArticleReading:
    """What was read from one article.

    Attributes
    ----------
    article, document_date
        The text, and the day it is counted from.
    statements
        In the order of the text.
    times, amounts
        All expressions of time and all quantities of the lines that speak.
    rejects
        Proposals that were not kept, with the reason.
    parties
        The parties found in the text.
    word_classes
        What kind of word each word of the text is, as the grammar tells it.
    """

    article: Article
    document_date: date | None
    statements: tuple[Statement, ...]
    times: tuple[TimeExpression, ...]
    amounts: tuple[Amount, ...]
    rejects: tuple[Reject, ...]
    parties: Parties = field(repr=False)
    word_classes: Mapping[str, WordClass] = field(default_factory=dict, repr=False)

    @property
    def party_names(self) -> Mapping[str, str]:
        """The name of each party by its key."""
        return {key: found.name for key, found in self.parties.table.items()}


def read_articles(articles: Iterable[Article], settings: Settings | None = None) -> Iterator[ArticleReading]:
    """Read articles one after another, in bounded memory.

    Parameters
    ----------
    articles
        The texts.
    settings
        Date, actors and events; the same for all.

    Raises
    ------
    ReadingUnavailable
        When the packages for reading are not installed.
    """
    settings = settings or Settings()
    for article, sentences in parse(articles):
        yield read_parsed(article, sentences, settings)


def read_article(article: Article, settings: Settings | None = None) -> ArticleReading:
    """Read one article; see :func:`read_articles`."""
    return next(read_articles([article], settings))


def read_parsed(article: Article, sentences: Sequence[Sentence], settings: Settings) -> ArticleReading:
    """Read an article whose sentences are parsed already."""
    actors = default_actors() if settings.actors is None else settings.actors
    parties = Parties.read(sentences, actors, settings.document_date)
    work = Completion(article, sentences, parties, settings.document_date, settings.events)
    found, wholes = _all_found(article, sentences)
    statements = work.statements(found, wholes)
    rejects: tuple[Reject, ...] = ()
    if settings.propose is not None:
        candidates = settings.propose(article, [sentence.span for sentence in sentences])
        fresh = merge(statements, candidates.admitted, article.text).fresh
        found = _in_order(
            [*found, *(one for one in (_proposed(sentences, proposal) for proposal in fresh) if one is not None)], sentences
        )
        statements = work.statements(found, wholes)
        rejects = candidates.rejects
    return ArticleReading(
        article,
        settings.document_date,
        tuple(statements),
        tuple(work.all_times()),
        tuple(work.all_amounts()),
        rejects,
        parties,
        _word_classes(sentences),
    )


def _word_classes(sentences: Sequence[Sentence]) -> dict[str, WordClass]:
    """Return the commonest class of each word of the text."""
    counts: dict[str, Counter[WordClass]] = {}
    for sentence in sentences:
        for token in sentence.tokens:
            if token.is_alpha:
                counts.setdefault(token.lower_, Counter())[_CLASSES.get(token.pos_, "OTHER")] += 1
    return {word: max(sorted(kinds), key=lambda kind: kinds[kind]) for word, kinds in counts.items()}


def _proposed(sentences: Sequence[Sentence], proposal: Admitted) -> Found | None:
    """Return a proposal that passed the gate as spans, to be completed by the same rules as all others."""
    sentence = next((one for one in sentences if one.span == proposal.sentence), None)
    if sentence is None:
        return None
    cue = _places(sentence, proposal.cue)
    if cue is None:
        return None
    entry = Entry("verb", "", proposal.predicate, proposal.stance_code, "clause")
    source = None if proposal.source is None else _places(sentence, proposal.source)
    text = sentence.article.text
    quoted = text[max(0, proposal.content.start - 1)] in '“"' and text[proposal.content.end : proposal.content.end + 1] in '”"'
    made = Cue(cue[0], "verb", entry, cue[0], cue[1], frozenset(), cue[0])
    return Found(
        sentence,
        made,
        source,
        (proposal.content,),
        quoted=quoted,
        narrated=source is None,
        by="model",
        exact=(proposal.source, proposal.cue),
    )


def _places(sentence: Sentence, span: Span) -> tuple[int, int] | None:
    inside = [
        token.i
        for token in sentence.tokens
        if Span(sentence.offset(token.idx), sentence.offset(token.idx + len(token.text))).touches(span)
    ]
    return (inside[0], inside[-1]) if inside else None


def _all_found(article: Article, sentences: Sequence[Sentence]) -> tuple[list[Found], dict[int, Found]]:
    """Return every statement as spans in text order, and the whole of each that is a part, by identity."""
    everything = extract(article, sentences)
    spoken = [one for one in everything if not repeats_its_holder(one, everything)]
    wholes: dict[int, Found] = {}
    coordinated = parts(spoken)
    for part in coordinated:
        assert part.part_of is not None
        wholes[id(part)] = spoken[part.part_of]
    offers = conditional_offers(spoken)
    acting = {(id(one.sentence), one.cue.anchor) for one in offers}
    options = [one for one in feared_options(spoken) if (id(one.sentence), one.cue.anchor) not in acting]
    found = [*spoken, *coordinated, *options, *offers]
    covering: dict[int, list[Span]] = {}
    numbers = {id(sentence): number for number, sentence in enumerate(sentences)}
    for one in outermost(spoken):
        spans = [one.cue_span, *one.contents, *([one.source_span] if one.source_span else [])]
        for number in range(numbers[id(one.sentence)], len(sentences)):
            inside = [span for span in spans if span.touches(sentences[number].span)]
            if not inside:
                break
            covering.setdefault(number, []).extend(inside)
    for number, sentence in enumerate(sentences):
        found += narrated(sentence, covering.get(number, []))
    return _in_order(found, sentences), wholes


def _in_order(found: Sequence[Found], sentences: Sequence[Sentence]) -> list[Found]:
    """Return statements in the order of the text, a whole before its parts."""
    numbers = {id(sentence): number for number, sentence in enumerate(sentences)}

    def key(one: Found) -> tuple[int, int, bool, int, int]:
        start = one.contents[0].start
        return numbers[id(one.sentence)], min(start, one.cue_span.start), one.part_of is not None, start, -one.contents[0].end

    return sorted(found, key=key)
