"""What is compared when issues are looked for: a content, or each term of an exchange by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from zopa.reading.articles import Span
from zopa.reading.draft.merging import Said
from zopa.reading.draft.words import weighted_stems

EXCHANGE: Final = re.compile(r",?\s*\b(?:in exchange for|in return for|in exchange|in return|as a swap for)\b\s*", re.IGNORECASE)
_PLUS: Final = re.compile(r",?\s*\b(?:plus|together with|along with|combined with|coupled with)\b\s+", re.IGNORECASE)
_INCLUDES: Final = re.compile(
    r"\b(?:which|that)\s+(?:would\s+)?(?:also\s+)?(?:includes?|contains?|comprises?|foresees?)\s+", re.IGNORECASE
)
_AGAINST: Final = re.compile(r",\s*against\s+", re.IGNORECASE)
_OFFERS: Final = frozenset({"propose", "offer", "consider", "option"})
# Of a proposal that nobody has signed the subject says what it is about; of other acts it only says whose they are.
_WITH_SUBJECT: Final = frozenset({"propose", "offer", "option", "aim", "consider"})
_ONLY_IF: Final = re.compile(
    r",?\s*\b(?:but\s+)?(?:only\s+(?:if|when|once)|on\s+(?:the\s+)?condition\s+that|provided(?:\s+that)?|as\s+long\s+as)\s+",
    re.IGNORECASE,
)
# `that` points back only behind a verb or a preposition and before the end of its clause; at the start it opens a clause.
_BACK: Final = re.compile(r"\b(?:this|these|those|such)(?:\s+(?:a|an))?\s+[\"“'‘]?\w+", re.IGNORECASE)
_THAT: Final = re.compile(r"(?<=\w )(?<!\band )(?<!\bor )(?<!\bbut )that \w+(?=\s*[.,;:!?”\"]|\s*\Z)", re.IGNORECASE)


@dataclass(frozen=True)
class Unit:
    """Something a statement is about.

    Attributes
    ----------
    said
        The statement.
    span
        Where its words stand in the article.
    text
        The words, later pieces of a quotation included.
    stems
        Weighted stems, the subject of an unattributed proposal included.
    back
        Whether it points back: with ``this``, ``that`` or ``such`` and a noun, or because it names nothing ("the demand").
    term
        Whether it is one of several terms of an exchange or a list.
    """

    said: Said
    span: Span
    text: str
    stems: dict[str, int]
    back: bool
    term: bool


def units_of(said: Iterable[Said], names: frozenset[str]) -> list[Unit]:
    """Return the units of statements in their order.

    Background has none.  A statement of which the conjuncts are statements of their own (same cue, standing inside it) has none:
    its issues are those of its conjuncts.
    """
    said = list(said)
    conjuncts = conjuncts_of(said)
    found: list[Unit] = []
    for one in said:
        if one.id in conjuncts or one.background:
            continue
        parts = _with_conditions(one, names) or terms_of(one)
        for part in parts:
            text = part.of(one.read.article.text) if parts != [one.statement.content] else one.content
            subject = one.subject if one.statement.predicate in _WITH_SUBJECT else ""
            stems = weighted_stems(text, names, one.read.word_classes)
            bare = not stems and not any(amount.span.within(part) for amount in one.statement.quantities)
            stems |= {key: max(weight, stems.get(key, 0)) for key, weight in weighted_stems(subject, names).items()}
            back = points_back(text, names) or bool(_BACK.match(subject.lstrip(" \"“'‘"))) or (bare and not stems)
            found.append(Unit(one, part, text, stems, back, len(parts) > 1))
    return found


def conjuncts_of(said: Iterable[Said]) -> dict[str, list[Said]]:
    """Return the statements that are coordinated inside another one: at least two with its cue, each a piece of its content."""
    said = list(said)
    by_id = {one.id: one for one in said}
    found: dict[str, list[Said]] = {}
    for one in said:
        parent = by_id.get(one.statement.nested_in or "")
        if (
            parent is not None
            and parent.read is one.read
            and parent.statement.cue == one.statement.cue
            and one.statement.content.within(parent.statement.content)
            and one.statement.content != parent.statement.content
        ):
            found.setdefault(parent.id, []).append(one)
    return {name: parts for name, parts in found.items() if len(parts) > 1}


def points_back(text: str, names: frozenset[str] = frozenset()) -> bool:
    """Return whether a content points to something said before: ``this approach``, ``cut off that support``.

    One with a noun of its own beside it ("harbour dues, and welcomes this approach") does not.
    """
    rest = _THAT.sub(" ", _BACK.sub(" ", text))
    return rest != text and 2 not in weighted_stems(rest, names).values()


def terms_of(one: Said) -> list[Span]:
    """Return the spans of the terms of an exchange or of a plan, or the whole content where it is neither."""
    start, text = one.statement.content.start, one.statement.content.of(one.read.article.text)
    include = _INCLUDES.search(text) if one.statement.predicate in {*_OFFERS, "say", "report", "assess"} else None
    begin = include.end() if include is not None else 0
    cuts: list[tuple[int, int]] = []
    patterns = [EXCHANGE, _PLUS, *([_AGAINST] if one.statement.predicate in _OFFERS else [])]
    for pattern in patterns:
        cuts += [match.span() for match in pattern.finditer(text, begin)]
    spans: list[Span] = []
    for cut_start, cut_end in [*sorted(cuts), (len(text), len(text))]:
        if cut_start > begin and text[begin:cut_start].strip(" ,;"):
            spans.append(_trimmed(text, begin, cut_start, start))
        begin = max(begin, cut_end)
    return spans if len(spans) > 1 or include is not None else [one.statement.content]


def _with_conditions(one: Said, names: frozenset[str]) -> list[Span] | None:
    """Return what is promised and what for, of "A, but only if B"; B alone where A names nothing ("will sign only if B")."""
    if one.statement.predicate != "condition":
        return None
    start, text = one.statement.content.start, one.statement.content.of(one.read.article.text)
    match = _ONLY_IF.search(text)
    if match is None:
        return None
    wanted = _trimmed(text, match.end(), len(text), start)
    promised = _trimmed(text, 0, match.start(), start)
    head = weighted_stems(promised.of(one.read.article.text), names, one.read.word_classes)
    if wanted.start == wanted.end:
        return None
    return [promised, wanted] if 2 in head.values() else [wanted]


def _trimmed(text: str, begin: int, end: int, offset: int) -> Span:
    while begin < end and text[begin] in " ,;:\t":
        begin += 1
    while begin < end and text[end - 1] in " ,;:\t":
        end -= 1
    return Span(offset + begin, offset + end)
