"""Words that firm up or soften a statement, by a closed list read at word boundaries."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, Literal

from zopa.reading.articles import Span
from zopa.reading.statements import Firmness, Trigger

Force = Literal["firm", "soft", "conditional", "negated"]

# Alternatives, the longer first where they share a beginning; `~` stands for one to three blanks of any kind.
_TABLE: Final[dict[Force, str]] = {
    "soft": r"""
        (?:\bnot|\bnever|n[’']t|\brefus(?:e|es|ed|ing)~to|\bdeclin(?:e|es|ed|ing)~to)~rul(?:e|ed|ing)~out\b
        \bwould~(?:likely|probably|possibly|consider|prefer|like)\b
        \b(?:may|might)\b
        \bcould\b(?!~not\b|n[’']t)
        \b(?:likely|unlikely|reportedly|allegedly|apparently|seemingly|supposedly)\b
        \bsuggest(?:s|ed|ing|ion|ions)?\b
        \b(?:consider|considers|considering|mull|mulls|mulling|weigh|weighs|weighing)\b(?!~[0-9])
        (?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )\bconsidered\b
        \bappear(?:s|ed)?\b(?=~(?:to|that|as|likely|unlikely|ready|willing|set)\b)
        \b(?:seem|seems|seemed)\b
        \b(?:probably|possibly|potential|potentially|perhaps|maybe|tentative|tentatively|uncertain|unclear|somewhat)\b
        (?<!as )\bpossible\b
        \b(?:possibility|in~principle|preferably|ideally|hopefully)\b
        \bopen~to\b(?!~(?:the~public|traffic|visitors|all)\b)
        \bhint(?:s|ed|ing)?\b
        \bsome\b(?=~(?:[a-z]{1,20}~)?(?:sympathy|support|willingness|flexibility|interest|openness|progress)\b)
        \bsome\b(?=~(?:[a-z]{1,20}~)?(?:concerns?|doubts?|reservations?|understanding|hopes?|room)\b)
        \bsome\b(?=~(?:extent|degree|form|kind|sort|measure)\b)
    """,
    "firm": r"""
        \bmust\b
        \bneed(?:s|ed)?\b(?!~not\b|n[’']t)
        \b(?:essential|indispensable|mandatory|imperative|unconditional|unconditionally|categorically|unacceptable)\b
        \bonly~if\b
        \b(?:will|shall)~(?:not|never)\b
        \b(?:wo|sha)n[’']t\b
        \b(?:cannot|can~not|can[’']t|never)\b
        \brul(?:e|es|ed|ing)~out\b
        \bred~lines?\b
        \binsist(?:s|ed|ing|ence)?\b
        \brequir(?:e|es|ed|ing|ement|ements)\b
        \b(?:under~)?no~circumstances\b
        \b(?:non-?negotiable|not~negotiable|non-?starter|out~of~the~question|at~all~costs|ultimatum|prerequisite|precondition)\b
        \b(?:made|makes?|making)~(?:it~)?(?:very~|absolutely~|perfectly~)?clear\b
    """,
    "conditional": r"""
        (?<!as )(?<!even )\bif\b
        \bunless\b
        \bprovid(?:ed|ing)\b(?:~that\b|(?=~(?:the|an?|it|he|she|they|we|no|all|both|its|their)\b))
        \b(?:as|so)~long~as\b(?!~(?:[0-9]|(?:an?|two|three|four|five|six|seven|eight|nine|ten)\b))
        \bon~(?:the~)?condition\b(?!~of~anonymity)
        \b(?:contingent|conditional)~(?:on|upon)\b
        \bsubject~to\b
    """,
    "negated": r"""
        n[’']t\b
        \b(?:not|nor|neither|without|nothing|nobody|none)\b(?!~only\b)
        \bno\b(?!\.?~[0-9]|[0-9]|~(?:more|less|fewer|later|longer|higher|shorter|greater)~than\b)
        \b(?:refus(?:e|es|ed|ing|al)|declin(?:e|es|ed|ing))\b
    """,
}


def _pattern(table: str) -> re.Pattern[str]:
    lines = (line.strip().replace("~", r"[\s\u00a0]{1,3}") for line in table.strip().splitlines())
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)


_PATTERNS: Final = {force: _pattern(table) for force, table in _TABLE.items()}
_ANY: Final = re.compile(r"\bany\b", re.IGNORECASE)
_MODALS: Final = ("may", "might", "could")
# "military might", "the month of May": what a modal is not.
_NOUN_BEFORE: Final = re.compile(r"(?:military|economic|naval|full|financial|political|the|its|their)\s{1,3}$", re.IGNORECASE)
_NEGATOR: Final = re.compile(
    r"(?:n[’']t|\b(?:not|never|cannot|no|without|refuse[sd]?|refusing|declined?|declines))"
    r"(?:[\s\u00a0]{1,3}[^\W\d_]{1,20}){0,2}[\s\u00a0]{1,3}$",
    re.IGNORECASE,
)
_DENIAL: Final = re.compile(r"will|shall|wo|sha|can|never|under|no|red|out|at all|ultimatum|rul")
_BACK: Final = 64


def triggers(text: str, start: int, end: int, *, cue: Span | None = None) -> tuple[Trigger, ...]:
    """Return the trigger words of a part of a text, in order, never overlapping.

    A soft or firm word that is itself denied is none: "is not open to" and "will never consider" are not soft, "need not"
    and "does not require" not firm; "did not rule out" is soft. "Some" counts before attitudes ("some sympathy"), never
    before a number; "any" only beside another firm word. Bare "would" and "have to" are neither.

    Parameters
    ----------
    text : str
        The stored text.
    start, end : int
        The part to read, such as the content of a statement.
    cue : Span, optional
        The cue, read too where it lies outside that part ("has made it clear").
    """
    ranges = [(start, end)]
    if cue is not None and not cue.within(Span(start, end)):
        ranges = [(cue.start, min(cue.end, start)), (start, end), (max(cue.start, end), cue.end)]
    found = [one for first, last in ranges if first < last for one in _read(text, first, last)]
    if any(one.force == "firm" for one in found):
        spans = [one.span for one in found]
        for first, last in ranges:
            for match in _ANY.finditer(text, first, max(first, last)):
                span = Span(match.start(), match.end())
                at = bisect_left(spans, span)
                if not any(span.touches(other) for other in spans[max(0, at - 1) : at + 1]):
                    found.append(Trigger(match.group(), span, "firm"))
    return tuple(sorted(found, key=lambda one: one.span))


def firmness(found: Sequence[Trigger]) -> Firmness:
    """Return how firm a statement with these triggers is put.

    Soft wins: "would likely need" and "may require" leave a way out whatever else stands there. Else one firm word
    makes it firm. Conditions and negations alone leave it plain: they say what is claimed, not how firmly.
    """
    forces = {one.force for one in found}
    return "soft" if "soft" in forces else "firm" if "firm" in forces else "plain"


def _read(text: str, start: int, end: int) -> list[Trigger]:
    matches: list[tuple[Span, Force]] = []
    for force, pattern in _PATTERNS.items():
        for match in pattern.finditer(text, start, end):
            span = Span(match.start(), match.end())
            if not _idle(text, start, span, force):
                matches.append((span, force))
    # Of words that overlap the longer reading holds: "will not" before "not".
    matches.sort(key=lambda one: (one[0].start, -one[0].end))
    kept: list[Trigger] = []
    reach = start
    for span, force in matches:
        if span.start >= reach:
            kept.append(Trigger(span.of(text), span, force))
            reach = span.end
    return kept


def _idle(text: str, start: int, span: Span, force: Force) -> bool:
    """Return whether a word only looks like a trigger here: a month, a noun, or something denied."""
    word = span.of(text).lower()
    before = text[max(start, span.start - _BACK) : span.start]
    if word in _MODALS:
        month = span.of(text) == "May" and before.strip() != ""
        return month or (word == "might" and _NOUN_BEFORE.search(before) is not None)
    own_denial = (force == "soft" and word.endswith("out")) or (force == "firm" and _DENIAL.match(word) is not None)
    return force in {"soft", "firm"} and not own_denial and _NEGATOR.search(before) is not None
