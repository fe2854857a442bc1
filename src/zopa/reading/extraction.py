"""Extraction: from parsed sentences to statements as spans, before parties, levels and times are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from zopa.reading.articles import Article, Span
from zopa.reading.asserted import is_asserted
from zopa.reading.attribution import beside, going_on, is_whole
from zopa.reading.contents import according_content, around_attribution, clauses, items, pieces, trimmed
from zopa.reading.cues import Cue, cues
from zopa.reading.grammar import subject, verb_group
from zopa.reading.parsing import Sentence
from zopa.reading.quotations import Quotation, covering, quotations
from zopa.reading.sources import is_inherited, noun_phrase, relative_pronoun, source
from zopa.reading.turns import SPOKEN, turns

# Words in marks below this number are an expression that somebody uses, not speech of their own.
SPEECH_WORDS = 6
# Acts whose objects are terms, each of which may be met or not.
LISTING = frozenset({"demand", "want", "propose", "offer", "reject", "oppose", "support", "condition", "agree"})
NOBODY = frozenset({"nobody", "no one", "none", "nothing", "neither"})


@dataclass(frozen=True)
class Found:
    """A statement as spans.

    Attributes
    ----------
    sentence
        The sentence that holds source, cue and the first piece of the content.
    cue
        The cue.
    source
        First and last place of the source's words, or None.
    contents
        Pieces of the content; the first lies in the sentence.
    quoted
        Whether the content is a whole quotation.
    inside_quotation
        Whether the cue itself stands in a quotation long enough to be speech.
    relative
        Place of the relative pronoun that stands for the source ("who"), where there is one.
    narrated
        Whether the narrator says it and nobody in the text.
    part_of
        For one conjunct of a content, the number of the whole in the list.
    by
        Who found it.
    exact
        Source and cue where they need not end where words of the grammar end.
    """

    sentence: Sentence
    cue: Cue
    source: tuple[int, int] | None
    contents: tuple[Span, ...]
    quoted: bool = False
    inside_quotation: bool = False
    relative: int | None = None
    narrated: bool = False
    part_of: int | None = None
    by: Literal["rules", "model"] = "rules"
    exact: tuple[Span | None, Span] | None = None

    @property
    def cue_span(self) -> Span:
        """Place of the cue."""
        if self.exact is not None:
            return self.exact[1]
        return self.sentence.over(self.cue.first, self.cue.last)

    @property
    def source_span(self) -> Span | None:
        """Place of the source."""
        if self.exact is not None:
            return self.exact[0]
        return None if self.source is None else self.sentence.over(*self.source)


def extract(article: Article, sentences: Sequence[Sentence]) -> list[Found]:
    """Return the statements of an article in text order, nested ones included.

    What stands in a quotation whose speaker is not found is left out: nobody knows who "I" is there.
    """
    marks = {line.number: quotations(article.text, line) for line in article.lines if line.kind == "text"}
    found: list[Found] = []
    for sentence in sentences:
        for cue in cues(sentence):
            one = _statement(sentence, cue, marks[sentence.line.number])
            if one is not None:
                found.append(one)
    found += _after_colons(sentences, marks, found)
    found = _with_rest_of_quotations(article, found, marks)
    spoken = [Found(sentence, cue, who, contents, quoted=True) for sentence, cue, who, contents in turns(article, sentences)]
    # In a transcript the grammar takes the name before the colon for part of the sentence.
    found = [one for one in found if not any(_swallows(one, turn) for turn in spoken)] + spoken
    found = [replace(one, contents=_without_commas(article.text, one.contents)) for one in found]
    return [one for one in found if not one.inside_quotation or is_held(one, found)]


def _swallows(one: Found, turn: Found) -> bool:
    name = turn.source_span
    spans = (*one.contents, *([one.source_span] if one.source_span else []))
    return name is not None and any(name.touches(span) for span in spans)


def _without_commas(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans without the comma that belongs to the attribution ("We walked out," she said)."""
    return tuple(Span(span.start, span.end - 1) if text[span.end - 1 : span.end] == "," else span for span in spans)


def parts(found: Sequence[Found]) -> list[Found]:
    """Return one more statement for each coordinated clause under one cue, unless the clause has a cue of its own.

    "He said that A and that B" is one statement and two parts of it, with the same source and cue.
    """
    result = []
    for number, one in enumerate(found):
        doc = one.sentence.tokens.doc
        if one.quoted or one.cue.kind not in {"verb", "according"} or len(one.contents) > 1:
            continue
        if one.cue.entry.frame == "clause":
            conjuncts = clauses(one.sentence, one.contents[0])
        else:
            conjuncts = items(one.sentence, one.contents[0]) if one.cue.entry.predicate in LISTING else []
        for clause in conjuncts:
            span = one.sentence.over(*clause)
            owned = any(other is not one and other.sentence is one.sentence and other.cue_span.within(span) for other in found)
            if not owned and doc[clause[0]].i != doc[clause[1]].i:
                result.append(replace(one, contents=(span,), part_of=number))
    return result


def _statement(sentence: Sentence, cue: Cue, marks: Sequence[Quotation]) -> Found | None:
    doc = sentence.tokens.doc
    who = source(doc, cue)
    if who is None or doc[who[1]].tag_ in {"WP", "WP$"} or sentence.over(*who).of(sentence.article.text).lower() in NOBODY:
        return None  # "who wrote it is not known" asks, and what nobody wants is no position
    if cue.kind in {"verb", "adjective", "light"} and not is_asserted(doc[cue.anchor]):
        return None
    inside = covering(marks, sentence.offset(doc[cue.head].idx))
    speech = inside is not None and len(inside.inner.of(sentence.article.text).split()) >= SPEECH_WORDS
    quoted = False
    if cue.kind in {"according", "view"}:
        spans = pieces(sentence, according_content(sentence, cue, who))
    else:
        places = trimmed(doc, cue, cue.content) - set(range(who[0], who[1] + 1)) - set(range(cue.first, cue.last + 1))
        if cue.entry.frame == "clause" and cue.kind == "verb":
            places = around_attribution(sentence, cue, who, places)
        spans = pieces(sentence, places)
        if cue.entry.frame == "clause" and cue.kind == "verb" and inside is None:
            near = beside(sentence, cue, who, marks, places, following_only=is_inherited(doc, cue))
            if near:
                quoted = True
                spans = _merged([*spans, *near])
            else:
                spans = _to_the_end(sentence, spans, marks)
    if cue.entry.lemma == "ask" and not quoted and any(span.of(sentence.article.text).startswith("not to be ") for span in spans):
        return None  # "who asked not to be named"
    here = [span for span in spans if span.touches(sentence.span)] or (spans if quoted else [])
    if not here:
        return None
    main = max(here, key=lambda span: span.end - span.start)
    rest = tuple(span for span in spans if span != main)
    return Found(sentence, cue, who, (main, *rest), quoted, speech, relative_pronoun(doc, cue))


def _to_the_end(sentence: Sentence, spans: list[Span], marks: Sequence[Quotation]) -> list[Span]:
    """Return a content with the words in marks that close the sentence right behind it ('said it could, "but only if ..."')."""
    if not spans:
        return spans
    text, last = sentence.article.text, max(spans)
    for mark in marks:
        gap = text[last.end : mark.outer.start]
        if mark.outer.start >= last.end and not gap.strip(" ,") and mark.outer.end >= sentence.span.end - 1 and mark.closed:
            return [*(span for span in spans if span != last), Span(last.start, mark.outer.end)]
    return spans


def _after_colons(sentences: Sequence[Sentence], marks: dict[int, tuple[Quotation, ...]], found: Sequence[Found]) -> list[Found]:
    """Return the quotations behind a colon whose sentence has a subject but no word of speech ('The mayor was blunt: "..."')."""
    taken = {span for one in found for span in one.contents}
    result = []
    for sentence in sentences:
        text, doc = sentence.article.text, sentence.tokens.doc
        for mark in marks[sentence.line.number]:
            before = text[sentence.span.start : mark.outer.start].rstrip()
            if not sentence.span.start < mark.outer.start <= sentence.span.end or not before.endswith(":") or mark.inner in taken:
                continue
            colon = sentence.span.start + len(before) - 1
            verbs = [token for token in sentence.tokens if token.pos_ in {"VERB", "AUX"} and sentence.offset(token.idx) < colon]
            verb = next((token for token in verbs if subject(token) is not None), None)
            who = None if verb is None else noun_phrase(subject(verb) or verb)
            if verb is None or who is None or doc[who[1]].lower_ in {"this", "that", "it", "here", "there"}:
                continue
            if is_whole(text, mark) and not any(one.sentence is sentence and one.quoted for one in found):
                first, last = verb_group(verb)
                result.append(
                    Found(
                        sentence, Cue(verb.i, "verb", SPOKEN, first, last, frozenset(), verb.i), who, (mark.inner,), quoted=True
                    )
                )
    return result


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, those that touch as one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(span.end, result[-1].end))
        else:
            result.append(span)
    return result


def _with_rest_of_quotations(article: Article, found: list[Found], marks: dict[int, tuple[Quotation, ...]]) -> list[Found]:
    """Add to quoted statements the quotations that go on after their attribution, also in the following lines."""
    taken = {span for one in found if one.quoted for span in one.contents}
    result = []
    for one in found:
        more = going_on(article, one.sentence, one.contents, marks, taken) if one.quoted else []
        taken.update(more)
        result.append(replace(one, contents=(*one.contents, *more)) if more else one)
    return result


def is_held(one: Found, found: Sequence[Found]) -> bool:
    """Return whether a statement's cue lies in the content of another."""
    place = one.cue_span
    return any(other is not one and any(place.within(span) for span in other.contents) for other in found)


def repeats_its_holder(one: Found, found: Sequence[Found]) -> bool:
    """Return whether a cue is the bare infinitive with which another's content opens ("is willing **to talk about** it")."""
    doc = one.sentence.tokens.doc
    if doc[one.cue.first].lower_ != "to":
        return False
    start = one.cue_span.start
    return any(other is not one and other.contents[0].start == start and other.source == one.source for other in found)


def outermost(found: Sequence[Found]) -> list[Found]:
    """Return the statements that lie in no other's content."""
    return [one for one in found if not is_held(one, found)]
