"""The record of a statement, as ``zopa read`` keeps it: who says what about what, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from zopa.reading.articles import Span

PREDICATES: Final[tuple[str, ...]] = tuple(
    (
        "say stress fact-claim report fact assess "
        "want willing intend aim demand condition "
        "propose offer consider option consequence "
        "support sympathise admire agree concede "
        "oppose reject resist decline deny doubt fear threaten"
    ).split()
)
PSEUDO_PARTIES: Final[tuple[str, ...]] = ("narrator", "anonymous", "unnamed", "unresolved")

StanceCode = Literal["for", "against", "open", "none"]
Firmness = Literal["firm", "plain", "soft"]
Bound = Literal["min", "max", "approx"]
TimeRole = Literal["said", "about"]


@dataclass(frozen=True)
class Trigger:
    """A word that firms up or softens a statement, and where it stands.

    Attributes
    ----------
    text, span
        The word as written and its place in the article.
    force
        ``firm``, ``soft``, ``conditional`` or ``negated``.
    """

    text: str
    span: Span
    force: Literal["firm", "soft", "conditional", "negated"]


@dataclass(frozen=True)
class Amount:
    """A quantity with its bound, read by rules from the text.

    Attributes
    ----------
    text, span
        The words, bound words included ("at least 20 years"), and their place.
    value
        A whole number where the words give one, else a float; 20 for "up to 20%".
    unit
        ``percent``, an ISO 4217 currency code, a singular noun such as ``year`` or ``mile``, or None for a bare number.
    bound
        None for an exact amount, ``min``, ``max`` or ``approx``; a range is two amounts.
    """

    text: str
    span: Span
    value: int | float
    unit: str | None
    bound: Bound | None


@dataclass(frozen=True)
class TimeExpression:
    """An expression of time and what it comes to.

    Attributes
    ----------
    text, span
        The words, preposition included where it decides the direction ("On Friday"), and their place.
    norm
        ISO date, interval ``a/b``, ``a/..``, ``../b``, or duration such as ``P20Y``; None where unresolved.
    kind
        ``point``, ``interval``, ``duration`` or ``unresolved``.
    needs
        What would resolve it, or what it was resolved by: ``document date``, ``event``, ``previous date``, or None.
    fuzzy
        Whether the norm is a convention about a vague word ("early 2025").
    bound
        For a duration: ``min``, ``max`` or ``approx``.
    """

    text: str
    span: Span
    norm: str | None
    kind: Literal["point", "interval", "duration", "unresolved"]
    needs: Literal["document date", "event", "previous date"] | None = None
    fuzzy: bool = False
    bound: Bound | None = None


@dataclass(frozen=True)
class Statement:
    """Something said, wanted, offered or claimed, with the words that prove it.

    Attributes
    ----------
    id
        Hash of the sentence, of the places inside it and of the predicate: the same statement keeps its id when the
        text around it changes.
    article, line, sentence
        Name of the article, line counted from 1, and the span of the sentence.
    source, cue, content, time
        Spans inside the sentence; ``source`` is None for the narrator.
    further
        More pieces of a quotation, which may lie in the sentences that follow.
    speaker
        Person or institution that speaks, resolved from the source ("Peskov" for "He"); None for the narrator.
    party
        Key of the party spoken for (``RUS``), or one of :data:`PSEUDO_PARTIES`.
    party_note
        How the party was found, in words.
    about
        Key of the party the content is about, when it is another one.
    predicate
        One of :data:`PREDICATES`.
    issue
        Id of the cluster of contents it belongs to; set by the draft.
    stance_code, stance
        Towards the content, and the option in words.
    hedges, firmness
        Trigger words with places; how firm the whole is put.
    level
        Indirectness: 0 quoted, 1 reported, 2 about another party, 3 unnamed or told, 4 narration.
    nested_in
        Id of the statement that contains it.
    own_words
        Whether it may count as said by ``party`` itself.
    quoted
        Whether the content stands in quotation marks.
    time_norm, time_role
        The time in ISO form, and whether it is when it was said or what it is about.
    quantities
        Amounts inside content.
    addressee
        Party or audience addressed.
    relative
        Place of the relative pronoun between source and cue ("the owner, **who** refuses"), where there is one.
    by
        ``rules`` or ``model``.
    """

    id: str
    article: str
    line: int
    sentence: Span
    source: Span | None
    cue: Span
    content: Span
    predicate: str
    party: str
    level: int
    own_words: bool
    further: tuple[Span, ...] = ()
    speaker: str | None = None
    party_note: str | None = None
    about: str | None = None
    issue: str | None = None
    stance_code: StanceCode = "none"
    stance: str | None = None
    hedges: tuple[Trigger, ...] = ()
    firmness: Firmness = "plain"
    nested_in: str | None = None
    quoted: bool = False
    time: Span | None = None
    time_norm: str | None = None
    time_role: TimeRole | None = None
    quantities: tuple[Amount, ...] = ()
    addressee: str | None = None
    relative: Span | None = None
    by: Literal["rules", "model"] = "rules"


@dataclass(frozen=True)
class Reject:
    """A proposal that was not kept, and why.

    Attributes
    ----------
    reason
        ``not in sentence``, ``crosses sentences``, ``heading``, ``empty``, ``unknown word``, ``no source`` or another
        short reason.
    proposal
        What was proposed, as given, for people to look at.
    """

    reason: str
    proposal: dict[str, object] = field(default_factory=dict)
