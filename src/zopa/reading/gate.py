"""The verbatim gate: nothing is kept whose words are not in the text, in the sentence that is named.

Every backend's proposals pass here. A proposal names words; the gate finds them in that one sentence and keeps the places,
never the backend's string, offsets or numbers. Numbers, negations and modal words are read again from the text by rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import islice
from typing import Final, Literal, get_args
from unicodedata import category

from zopa.reading.amounts import amounts
from zopa.reading.articles import Article, Line, Span
from zopa.reading.folding import fold
from zopa.reading.governing import denied_between, governors, has_negation, is_refusal, negated_source
from zopa.reading.hedges import triggers
from zopa.reading.statements import PREDICATES, Amount, Reject, StanceCode, Trigger

Reason = Literal[
    "not in sentence",
    "crosses sentences",
    "heading",
    "empty",
    "unknown word",
    "no source",
    "roles overlap",
    "dropped negation",
    "negated source",
    "stance against its words",
    "cuts a number",
]

_STANCES: Final = frozenset(get_args(StanceCode))
_REFUSING: Final = frozenset("decline reject oppose resist deny doubt".split())
_NEUTRAL: Final = frozenset("say stress report fact fact-claim assess consequence".split())
_ACCEPTING: Final = frozenset(
    "want willing intend aim propose offer consider support sympathise admire agree concede".split(),
)
_OCCURRENCES: Final = 12  # of each quotation that are weighed against those of the others; more are not looked at


@dataclass(frozen=True)
class Candidate:
    """A statement as a backend proposes it: words, no offsets and no numbers.

    Attributes
    ----------
    sentence_id
        Number of the sentence as it was given to the backend.
    source_quote
        The words that name the source; None for the narrator.
    cue_quote, content_quote
        The words that say that something is said, and what is said.
    predicate, stance_code
        Words of the closed lists.
    issue_hint
        A name for the matter, for people; never used as evidence.
    """

    sentence_id: int
    source_quote: str | None
    cue_quote: str
    content_quote: str
    predicate: str
    stance_code: str
    issue_hint: str | None = None


@dataclass(frozen=True)
class Admitted:
    """What the gate lets through: places in the text and what rules read from them.

    Attributes
    ----------
    article, line, sentence
        Where it stands.
    source, cue, content
        Spans inside the sentence; the cue includes the negation or modal word that governs it.
    predicate, stance_code
        As proposed, from the closed lists.
    negated
        Whether a negation stands inside the cue.
    hedges
        Trigger words inside cue and content.
    quantities
        Amounts inside the content.
    issue_hint
        As proposed.
    """

    article: str
    line: int
    sentence: Span
    source: Span | None
    cue: Span
    content: Span
    predicate: str
    stance_code: StanceCode
    negated: bool
    hedges: tuple[Trigger, ...]
    quantities: tuple[Amount, ...]
    issue_hint: str | None = None


def find_quote(text: str, sentence: Span, quote: str, near: Span | None = None, then: Span | None = None) -> Span | Reason:
    """Find a quotation in one sentence.

    Sentence and quotation are folded (:func:`zopa.reading.folding.fold`) and the folded quotation is looked for,
    case-sensitive, with word boundaries at both ends.

    Parameters
    ----------
    text
        The stored text.
    sentence
        The only place where the quotation may stand.
    quote
        The words as a backend gives them.
    near, then
        Of several places the nearest to ``near`` is taken, then the nearest to ``then``, then the first.

    Returns
    -------
    Span or str
        The place in the stored text, or why there is none: ``empty`` (nothing that can be seen), ``crosses sentences`` (it
        stands in the text but not wholly inside the sentence), ``not in sentence``.
    """
    found = min(
        _occurrences(text, sentence, quote),
        key=lambda span: (_distance(span, near), _distance(span, then), span.start),
        default=None,
    )
    return _why_not(text, sentence, quote) if found is None else found


def _occurrences(text: str, sentence: Span, quote: str) -> Iterator[Span]:
    for start, end in fold(sentence.of(text)).places(_wanted(quote)):
        yield Span(sentence.start + start, sentence.start + end)


def _wanted(quote: str) -> str:
    """Return the folded words of a quotation, or an empty text when nothing of it can be seen."""
    return fold(quote).text.strip() if any(category(character)[0] not in "CMZ" for character in quote) else ""


def _why_not(text: str, sentence: Span, quote: str) -> Reason:
    wanted = _wanted(quote)
    if not wanted:
        return "empty"
    # Marks and white space may take more room in the text than in the quotation; few lengths, so that folds are used again.
    reach = 1_000 * (1 + len(quote) // 400)
    start = max(0, sentence.start - reach)
    for first, last in islice(fold(text[start : sentence.end + reach]).places(wanted), _OCCURRENCES):
        if sentence.touches(Span(start + first, start + last)):
            return "crosses sentences"
    return "not in sentence"


def _distance(span: Span, other: Span | None) -> int:
    if other is None:
        return 0
    return max(0, other.start - span.end, span.start - other.end)


def line_of(article: Article, sentence: Span) -> Line | None:
    """Return the line of an article that a sentence lies in, or None when it lies in no single one."""
    at = bisect_right(article.lines, sentence.start, key=lambda line: line.span.start) - 1
    return article.lines[at] if at >= 0 and sentence.within(article.lines[at].span) else None


def admit(candidate: Candidate, article: Article, sentence: Span, level: int | None = None) -> Admitted | Reject:
    """Let a proposal through the gate, or say why not.

    Parameters
    ----------
    candidate
        The proposal.
    article
        The text it speaks of.
    sentence
        The sentence it names.
    level
        Level of indirectness where it is known already; at 0 to 2 a source is needed.

    Returns
    -------
    Admitted or Reject
        Spans that slice to words of the sentence, or the proposal with a reason.

    Notes
    -----
    A negation or modal word that governs the cue from outside extends it. A negation that was left out turns most
    proposals into their contrary: they are rejected (``dropped negation``) unless what was proposed reads the same with
    it ("didn't provide" as ``decline``). Content widens over a modal word or the rest of an amount that it cuts.
    """
    line = line_of(article, sentence)
    if line is None or line.kind != "text":
        return _reject("heading", candidate)
    if candidate.predicate not in PREDICATES or candidate.stance_code not in _STANCES:
        return _reject("unknown word", candidate)
    if candidate.source_quote is None and level is not None and level <= 2:
        return _reject("no source", candidate)
    roles = _places(candidate, article.text, sentence)
    if not isinstance(roles, _Roles):
        return _reject(roles, candidate)
    reason = _negations(candidate, article.text, sentence, roles)
    widened = reason or _widened(article.text, sentence, roles)
    if not isinstance(widened, _Roles):
        return _reject(widened, candidate)
    return _admitted(candidate, article, line, sentence, widened)


@dataclass(frozen=True)
class _Roles:
    source: Span | None
    cue: Span
    content: Span


def _reject(reason: str, candidate: Candidate) -> Reject:
    return Reject(reason, asdict(candidate))


def _places(candidate: Candidate, text: str, sentence: Span) -> _Roles | Reason:
    """Return where the words of a proposal stand: of several places those that lie closest together."""
    for words in (candidate.content_quote, candidate.source_quote):
        if words is not None and not any(character.isalnum() for character in words):
            return "empty"  # a colon or dash may be a cue, but it is nobody's name and says nothing
    found: list[list[Span]] = []
    for quote in (candidate.content_quote, candidate.cue_quote, candidate.source_quote):
        if quote is not None:
            places = list(islice(_occurrences(text, sentence, quote), _OCCURRENCES))
            if not places:
                return _why_not(text, sentence, quote)
            found.append(places)
    contents, cues, *others = found
    together = [
        _Roles(source, cue, content)
        for content in contents
        for cue in cues
        if not cue.touches(content)
        for source in (others[0] if others else [None])
        if source is None or not source.touches(content)
    ]
    if not together:
        return "roles overlap"
    return min(together, key=_spread)


def _spread(roles: _Roles) -> tuple[int, int, Span, Span]:
    """Return how far roles lie apart: the content from the others, then source and cue, then from left to right."""
    source = roles.source or roles.cue
    apart = _distance(roles.cue, roles.content) + _distance(source, roles.content)
    return apart, _distance(source, roles.cue), roles.content, roles.cue


def _negations(candidate: Candidate, text: str, sentence: Span, roles: _Roles) -> Reason | None:
    """Return why a proposal says the contrary of the sentence, if it does."""
    cue, content = roles.cue, roles.content
    if roles.source is not None and negated_source(text, sentence.start, roles.source):
        return "negated source"
    if cue.end <= content.start and denied_between(text, cue.end, content.start):
        return "dropped negation"
    if governors(text, _floor(sentence, content, cue), content.start).negated:
        return "dropped negation"
    if governors(text, _floor(sentence, cue, content), cue.start).negated:
        same = candidate.predicate in _REFUSING and not is_refusal(cue.of(text))
        silent = candidate.predicate in _NEUTRAL and candidate.stance_code in {"none", "against"}
        return None if same or silent else "dropped negation"
    if has_negation(text, cue) and candidate.predicate in _ACCEPTING and candidate.stance_code in {"for", "open"}:
        return "stance against its words"
    return None


def _floor(sentence: Span, span: Span, other: Span) -> int:
    """Return how far to the left of a span words may be looked at: not into the other one."""
    return other.end if other.end <= span.start else sentence.start


def _widened(text: str, sentence: Span, roles: _Roles) -> _Roles | Reason:
    """Return the roles with the cue, and where needed the content, widened over what governs them."""
    cue, content = roles.cue, roles.content
    start = governors(text, _floor(sentence, cue, content), cue.start).start
    cue = cue if start is None else Span(start, cue.end)
    start = governors(text, _floor(sentence, content, cue), content.start).start
    content = content if start is None else Span(start, content.end)
    for amount in _amounts(text, sentence):
        if amount.span.touches(content) and not amount.span.within(content):
            content = Span(min(content.start, amount.span.start), max(content.end, amount.span.end))
            if content.touches(cue):
                return "cuts a number"
    if roles.source is not None and roles.source.touches(content):
        return "roles overlap"
    return _Roles(roles.source, cue, content)


@lru_cache(maxsize=4)
def _amounts(text: str, sentence: Span) -> tuple[Amount, ...]:
    """Return the amounts of a sentence, kept while its proposals are judged one after another."""
    return amounts(text, sentence.start, sentence.end)


def _admitted(candidate: Candidate, article: Article, line: Line, sentence: Span, roles: _Roles) -> Admitted:
    text, cue, content = article.text, roles.cue, roles.content
    stance = next(code for code in get_args(StanceCode) if code == candidate.stance_code)
    return Admitted(
        article=article.name,
        line=line.number,
        sentence=sentence,
        source=roles.source,
        cue=cue,
        content=content,
        predicate=candidate.predicate,
        stance_code=stance,
        negated=has_negation(text, cue),
        hedges=triggers(text, content.start, content.end, cue=cue),
        quantities=tuple(one for one in _amounts(text, sentence) if one.span.within(content)),
        issue_hint=candidate.issue_hint,
    )
