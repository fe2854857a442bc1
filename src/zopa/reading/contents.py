"""Contents: the exact words that a cue announces, trimmed, in one or more pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zopa.reading.articles import Span
from zopa.reading.cues import Cue
from zopa.reading.grammar import RELATIVE, is_edge, runs, subject, subtree
from zopa.reading.lexicon import entries
from zopa.reading.parsing import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def around_attribution(sentence: Sentence, cue: Cue, who: tuple[int, int], places: set[int]) -> set[int]:
    """Return a content into which, or after which, its attribution is put.

    In "They had a permit, but the city took it back, the source added" the grammar attaches only one of the clauses,
    and in "The museum, he said, would make visitors think" sometimes none: the commas decide.
    """
    doc = sentence.tokens.doc
    start, end = sentence.tokens.start, sentence.tokens.end
    first, last = min(cue.first, who[0]), max(cue.last, who[1])
    if first == start or last - first > 12 + who[1] - who[0] or doc[first - 1].text not in {",", "”", '"', "?", "!", "''"}:
        return places
    if places and max(places) < first:
        return set(range(start, first))
    if places or first - start < 2:
        return places
    rest = last + 1
    while rest < end and doc[rest].dep_ in {"npadvmod", "advmod"} and not is_edge(doc[rest]):
        rest += 1
    if rest >= end or doc[rest].text == "." or (doc[rest].is_punct and rest == end - 1):
        return set(range(start, first))
    if doc[rest].text == ",":
        return set(range(start, first)) | set(range(rest + 1, end))
    return places


def trimmed(doc: Doc, cue: Cue, places: frozenset[int] | set[int]) -> set[int]:
    """Return the places of a content without what trails it but is not part of it.

    Dropped at the end: participles after a comma that are cues of their own (", adding that"), non-restrictive
    relative clauses, and a coordinated clause with its own subject and cue.
    """
    kept = set(places)
    if not kept:
        return kept
    for place in sorted(kept):
        token = doc[place]
        if place not in kept or place == min(kept):
            continue
        before = doc[place - 1] if place > 0 else None
        start = min(subtree(token))
        comma = start > 0 and doc[start - 1].text in {",", "–", "—", "--"}
        if token.dep_ == "advcl" and token.tag_ == "VBG" and comma and start > min(kept) and _announces(token):
            kept -= {one for one in kept if one >= start}
        elif token.dep_ == "relcl" and comma and cue.entry.frame != "clause" and before is not None:
            tail = subtree(token)
            if max(tail) >= max(kept) - 1:
                kept -= tail
    return kept


def _announces(token: Token) -> bool:
    return bool(entries("verb", token.lemma_)) and subject(token) is None


def clauses(sentence: Sentence, content: Span) -> list[tuple[int, int]]:
    """Return the coordinated finite clauses of a content, first and last place each; none where there is only one.

    Each has a subject of its own; a "that" before it belongs to it.
    """
    inside = [token for token in sentence.tokens if content.start <= sentence.offset(token.idx) < content.end]
    if not inside:
        return []
    first, last = inside[0].i, inside[-1].i
    starts = [first]
    for token in inside:
        if token.dep_ == "cc" and token.lower_ in {"and", "but"} and token.i + 1 <= last:
            after = [other for other in inside if other.i > token.i]
            verb = next(
                (
                    other
                    for other in after
                    if other.dep_ == "conj" and other.pos_ in {"VERB", "AUX"} and subject(other) is not None
                ),
                None,
            )
            if verb is not None and min(subtree(verb)) == token.i + 1 and token.i > starts[-1]:
                starts.append(token.i + 1)
    if len(starts) < 2:
        return []
    found = []
    for place, start in enumerate(starts):
        end = starts[place + 1] - 2 if place + 1 < len(starts) else last
        while end > start and is_edge(sentence.tokens.doc[end]):
            end -= 1
        found.append((start, end))
    return found


def items(sentence: Sentence, content: Span) -> list[tuple[int, int]]:
    """Return the noun phrases of a list, first and last place each; none where fewer than two have three words.

    "the release of all prisoners, the withdrawal of the army and a share of the revenue" has three.
    """
    doc = sentence.tokens.doc
    inside = [token.i for token in sentence.tokens if content.start <= sentence.offset(token.idx) < content.end]
    if not inside or any(doc[one].pos_ in {"VERB", "AUX"} and subject(doc[one]) is not None for one in inside):
        return []
    cuts = [
        one for one in inside if (doc[one].text == "," or doc[one].lower_ == "and") and one + 1 in inside and _opens(doc[one + 1])
    ]
    found = []
    start = inside[0]
    for cut in [*cuts, inside[-1] + 1]:
        last = cut - 1
        while last > start and (is_edge(doc[last]) or doc[last].dep_ == "cc"):
            last -= 1
        if cut > start:
            found.append((start, last))
        start = cut + 1
    return found if len(found) > 1 and all(last - first >= 2 for first, last in found) else []


def _opens(token: Token) -> bool:
    """Return whether a word opens a noun phrase with a determiner, a number or a preposition of its own."""
    return (
        token.pos_ in {"DET", "NUM"} or token.tag_ in {"PRP$", "CD"} or (token.dep_ in {"prep", "conj"} and token.pos_ == "ADP")
    )


def pieces(sentence: Sentence, places: set[int]) -> list[Span]:
    """Return the spans of a content: its unbroken runs, without marks and conjunctions at their ends."""
    doc = sentence.tokens.doc
    found: list[Span] = []
    for first, last in runs(places):
        while first <= last and is_edge(doc[first]):
            first += 1
        while last >= first and is_edge(doc[last]):
            last -= 1
        while last >= first and doc[last].dep_ == "cc" and last not in {first}:
            last -= 1
            while last >= first and is_edge(doc[last]):
                last -= 1
        # A relative "that" left over from a clause inside is no words of a content.
        if first <= last and not (first == last and doc[first].lower_ in RELATIVE):
            found.append(_with_marks(sentence.article.text, sentence.over(first, last), sentence.span))
    return found


def _with_marks(text: str, span: Span, sentence: Span) -> Span:
    """Return a span with the closing mark of a quotation or bracket that opens inside it ('as "excellent."')."""
    words = span.of(text)
    if words.count("“") > words.count("”") or words.count('"') % 2:
        for place in range(span.end, min(span.end + 3, sentence.end)):
            if text[place] in '”"':
                return Span(span.start, place + 1)
            if text[place] not in ".,!?":
                break
    if words.count("(") > words.count(")") and text[span.end : span.end + 1] == ")":
        return Span(span.start, span.end + 1)
    return span


def according_content(sentence: Sentence, cue: Cue, source: tuple[int, int]) -> set[int]:
    """Return what "according to X" reports: the clause before it, or the rest of the sentence when it comes first."""
    doc = sentence.tokens.doc
    first, last = _opening(doc, cue), max(source[1], cue.last)
    start, end = sentence.tokens.start, sentence.tokens.end - 1
    before = [one for one in range(start, first) if not is_edge(doc[one]) and doc[one].dep_ != "cc"]
    if len(before) < 2:
        stop = next((one for one in range(last + 1, end + 1) if doc[one].text == ";"), end + 1)
        return set(range(last + 1, stop))
    # Put into the clause ("The lease, according to the mayor, is dead"): what follows belongs to it as well.
    verb = next((one for one in doc[cue.head].ancestors if one.pos_ in {"VERB", "AUX"}), None)
    behind: set[int] = set()
    if verb is not None and verb.i > last and last + 1 <= end and doc[last + 1].text == ",":
        behind = set(range(last + 2, end + 1))
    begin = start
    # A clause of its own before the phrase ("..., but X, according to Y") bounds what it reports.
    head = doc[cue.head].head
    while head.head.i != head.i and head.dep_ != "conj":
        head = head.head
    opposed = any(child.dep_ == "cc" and child.lower_ in {"but", "while", "yet"} for child in head.head.children)
    if head.dep_ == "conj" and head.i < first and subject(head) is not None and opposed:
        begin = min(subtree(head))
    return set(range(begin, first)) | behind


def _opening(doc: Doc, cue: Cue) -> int:
    """Return where "according to" or "in somebody's view" begins."""
    return cue.first if cue.kind == "according" else doc[cue.head].head.i
