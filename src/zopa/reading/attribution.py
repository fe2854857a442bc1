"""Attribution: which quotations a word of speech introduces or follows, and where a quotation goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from zopa.reading.articles import Article, Span
from zopa.reading.cues import Cue
from zopa.reading.lexicon import entries
from zopa.reading.parsing import Sentence
from zopa.reading.quotations import Quotation, quotations

# Between a word of speech and the quotation it introduces may stand an addressee, a place and a time.
INTRODUCTION_WORDS = 14


def beside(
    sentence: Sentence,
    cue: Cue,
    who: tuple[int, int],
    marks: Sequence[Quotation],
    places: set[int],
    *,
    following_only: bool,
) -> list[Span]:
    """Return the quotations that a cue of speech introduces or follows.

    Parameters
    ----------
    sentence, cue, who
        The sentence, the cue and the places of its source.
    marks
        Quotations of the line.
    places
        Places of the content that the grammar found, which a quotation must not contradict.
    following_only
        For a cue that shares its subject with another verb (", adding"): what stands before belongs to that verb.
    """
    text = sentence.article.text
    doc = sentence.tokens.doc
    first = cue.first if following_only else min(cue.first, who[0])
    last = cue.last if following_only else max(cue.last, who[1])
    start, end = sentence.offset(doc[first].idx), sentence.offset(doc[last].idx + len(doc[last].text))
    heads = sorted(sentence.offset(doc[place].idx) for place in places)
    found: list[Span] = []
    following = next((one for one in marks if one.outer.start >= end), None)
    goes_on = following is not None and text[following.inner.start].islower()  # "The canal," he said, "is not for sale."
    if not following_only and not (heads and heads[0] > end and not goes_on):
        for one in marks:
            gap = text[one.outer.end : start]
            if one.outer.end <= start and is_whole(text, one) and not gap.strip(" ,"):
                found.append(one.inner)
    for one in marks:
        if one.outer.start < end:
            continue
        gap = text[end : one.outer.start]
        introduces = gap.rstrip().endswith((":", ",")) or gap.strip() in {"", "that"}
        if not introduces or _holds_stop(gap) or len(gap.split()) > INTRODUCTION_WORDS or _acts(sentence, end, one.outer.start):
            break
        mid_sentence = bool(found) and not gap.rstrip().endswith(":")
        if (is_whole(text, one) or mid_sentence) and (found or not heads or heads[0] >= one.outer.start):
            found.append(one.inner)
        break
    if not found and text[end:].lstrip(" ")[:1] == ":" and not heads:
        below = _next_line(sentence)
        if below is not None:
            found.append(below)
    return found


def _next_line(sentence: Sentence) -> Span | None:
    """Return the quotation that opens the next line, after a line that ends in a colon."""
    text = sentence.article.text
    if text[sentence.span.start : sentence.line.span.end].rstrip()[-1:] != ":":
        return None
    for line in sentence.article.lines[sentence.line.number :]:
        if line.kind == "empty":
            continue
        found = quotations(text, line)
        opens = found and not text[line.span.start : found[0].outer.start].strip()
        return found[0].inner if opens else None
    return None


def is_whole(text: str, one: Quotation) -> bool:
    """Return whether a quotation is a sentence of its own rather than a few words inside another's."""
    inner = one.inner.of(text)
    words = len(inner.split())
    return (inner[:1].isupper() or inner[:1] in "…'‘[(-0123456789" or inner[-1:] in ",!?") and (
        words >= 3 or inner[-1:] in ".,!?…"
    )


def _holds_stop(gap: str) -> bool:
    return any(mark in gap for mark in ".!?;\n")


def _acts(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a verb stands between: then the quotation belongs to that one."""
    inside = [token for token in sentence.tokens if start <= sentence.offset(token.idx) < end and token.pos_ == "VERB"]
    return any(token.tag_ != "VBG" or entries("verb", token.lemma_) for token in inside)


def going_on(
    article: Article,
    sentence: Sentence,
    contents: Sequence[Span],
    marks: Mapping[int, Sequence[Quotation]],
    taken: Collection[Span],
) -> list[Span]:
    """Return the quotations that go on after an attribution, on its line and on those that follow.

    Newspapers leave the mark open at the end of a paragraph when the speech goes on in the next.
    """
    text = article.text
    more: list[Span] = list(_opened_before(article, contents, marks, taken))
    last = max(contents)
    number = next((line.number for line in article.lines if line.span.start <= last.start <= line.span.end), sentence.line.number)
    reach = max(sentence.span.end if number == sentence.line.number else 0, last.end)
    is_open = any(not mark.closed and mark.inner == last for mark in marks.get(number, ()))
    for mark in marks.get(number, ()):
        if mark.outer.start < reach - 2 or mark.inner in taken:
            continue
        if text[reach : mark.outer.start].strip(' ”"’.,\u00a0') or _own_attribution(text, mark):
            return more
        more.append(mark.inner)
        reach, is_open = mark.outer.end, not mark.closed
    if is_open:
        for line in article.lines[number:]:
            if line.kind == "empty":
                continue
            here = marks.get(line.number, ())
            if not here or text[line.span.start : here[0].outer.start].strip() or here[0].inner in taken:
                break
            more.append(here[0].inner)
            if here[0].closed:
                break
    return more


def _opened_before(
    article: Article, contents: Sequence[Span], marks: Mapping[int, Sequence[Quotation]], taken: Collection[Span]
) -> Iterator[Span]:
    """Yield the paragraphs before a quotation whose marks stay open until it: the speaker is named at the end."""
    text = article.text
    first = min(contents)
    number = next((line.number for line in article.lines if line.span.start <= first.start <= line.span.end), 0)
    for line in reversed(article.lines[: max(0, number - 1)]):
        if line.kind == "empty":
            continue
        here = marks.get(line.number, ())
        below = marks.get(number, ())
        opens = below and not text[article.lines[number - 1].span.start : below[0].outer.start].strip()
        if not here or here[-1].closed or here[-1].inner in taken or not opens:
            return
        yield here[-1].inner
        number = line.number


def _own_attribution(text: str, mark: Quotation) -> bool:
    """Return whether a quotation ends in a comma, so that its own attribution follows."""
    return text[mark.inner.end - 1 : mark.inner.end] == "," or text[mark.outer.end : mark.outer.end + 1] == ","
