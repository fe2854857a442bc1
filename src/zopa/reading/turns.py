"""Turns: transcripts and collections of voices, where a name and a sign stand instead of a verb of speech.

"MAYOR: We are ready to talk." and "“We were never asked.” — Ana Ruiz".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from zopa.reading.articles import Article, Span
from zopa.reading.cues import Cue
from zopa.reading.lexicon import Entry
from zopa.reading.parsing import Sentence

_TURN: Final = re.compile(r"[\"“]?((?:[A-Z][\w.’'-]*)(?: [A-Z][\w.’'-]*){0,3})(:)\s")
_SIGNED: Final = re.compile(r"[”\"]\s*([—–―]|--)\s*([A-Z][\w.’'-]*(?: [\w.’'-]+){0,4})\.?\s*$")
SPOKEN: Final = Entry("verb", "say", "say", "none", "clause")
_MOST: Final = 400  # characters at the end of a line in which a signature may stand


def turns(article: Article, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Cue, tuple[int, int], tuple[Span, ...]]]:
    """Yield sentence, cue, source and contents of each turn of a transcript and each signed quotation.

    A name before a colon counts when it is in capitals, or opens at least two lines: "Note:" opens one.
    """
    text = article.text
    by_line: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        by_line.setdefault(sentence.line.number, []).append(sentence)
    openings = {number: _TURN.match(text, here[0].span.start, here[-1].span.end) for number, here in by_line.items()}
    names = Counter(found.group(1) for found in openings.values() if found is not None)
    for number, here in by_line.items():
        start, end = here[0].span.start, here[-1].span.end
        found = openings[number]
        if found is not None and ((found.group(1).isupper() and len(found.group(1)) > 1) or names[found.group(1)] > 1):
            made = _made(here, found.span(1), found.span(2), Span(found.end(), end))
            if made is not None:
                yield made
            continue
        signed = _SIGNED.search(text, max(start, end - _MOST), end)
        if signed is not None and text[start] in '“"”':
            made = _made(here, signed.span(2), signed.span(1), Span(start + 1, signed.start()))
            if made is not None:
                yield made


def _made(
    here: Sequence[Sentence], name: tuple[int, int], sign: tuple[int, int], spoken: Span
) -> tuple[Sentence, Cue, tuple[int, int], tuple[Span, ...]] | None:
    sentence = next((one for one in here if one.span.start <= sign[0] < one.span.end), None)
    if sentence is None:
        return None
    cue = [
        token.i
        for token in sentence.tokens
        if sentence.offset(token.idx) < sign[1] and sentence.offset(token.idx) + len(token.text) > sign[0]
    ]
    who = [
        token.i
        for token in sentence.tokens
        if sentence.offset(token.idx) < name[1] and sentence.offset(token.idx) + len(token.text) > name[0]
    ]
    spans = [Span(max(one.span.start, spoken.start), min(one.span.end, spoken.end)) for one in here]
    contents = tuple(
        span for span in spans if span.start < span.end and any(letter.isalnum() for letter in span.of(sentence.article.text))
    )
    inside = [span for span in contents if span.touches(sentence.span)]
    if not cue or not who or not contents:
        return None
    first = inside or [contents[0]]
    ordered = (first[0], *(span for span in contents if span != first[0]))
    return sentence, Cue(cue[0], "turn", SPOKEN, cue[0], cue[-1], frozenset(), cue[0]), (who[0], who[-1]), ordered
