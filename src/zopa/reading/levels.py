"""Levels and predicates: how directly a statement is somebody's own, and what kind of act it is.

Level 0 quoted, 1 reported by a named source, 2 about another party, 3 unnamed or told without words, 4 narration and
what is taken for granted. Only levels 0 and 1 are a party's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from zopa.reading.statements import StanceCode

# Attitudes and acts which the narrator sees from outside; nobody's words are reported.
_TOLD: Final = frozenset({"sympathise", "admire", "fear", "doubt", "resist", "consider", "assess", "decline", "aim"})
_CONDITION: Final = re.compile(
    r"\b(?:would need|essential|require[sd]?|have to wait|has to wait|only if|only (?:once|when|after)|unless|until|"
    r"not before|provided that|provided (?:the|he|she|it|they)|on condition|as long as|prerequisite|precondition|"
    r"indispensable|depends? on|"
    r"without (?:a|an|any))\b",
    re.IGNORECASE,
)
_INADEQUATE: Final = re.compile(
    r"\b(?:not be enough|not enough|not be sufficient|insufficient|not sufficient|inadequate|fall(?:s|ing)? short|not work|"
    r"unlikely|doubtful)\b",
    re.IGNORECASE,
)
_AGAINST: Final = re.compile(
    r"\b(?:unacceptable|out of the question|will not accept|will never accept|would never accept|"
    r"won[’']t accept|cannot accept|can[’']t accept|"
    r"not acceptable|no way|off the table|red line|non-starter|too (?:high|low|long|short|little|late|far))\b",
    re.IGNORECASE,
)
_MUST: Final = re.compile(r"\b(?:must|needs?|has to|have to)\b", re.IGNORECASE)
_COULD: Final = re.compile(r"\b(?:could|may|might)\b", re.IGNORECASE)
# What the speakers themselves will not do: "we will not give up", "that it cannot pay".
_REFUSING: Final = re.compile(
    r"^[\"“‘']?(?:that )?(?:we|i|he|she|it|they)\b[^,.;]{0,20}?"
    r"\b(?:will not|won[’']t|would not|wouldn[’']t|cannot|can[’']t|will never)\b",
    re.IGNORECASE,
)
_NEEDING: Final = re.compile(r"^(?:the )?(?:need|necessity|demand|call)\b", re.IGNORECASE)
_FOR: Final = frozenset({"support", "agree", "demand", "propose", "concede", "condition"})
_AGAINST_ACTS: Final = frozenset({"oppose", "reject", "resist", "decline", "deny", "doubt", "fear", "threaten"})
_FOR_ANY: Final = _FOR | {"want", "willing", "offer"}
_NOTHING: Final = re.compile(r"^(?:neither|no)\b(?! (?:more|less|later|fewer|longer|sooner|doubt|one|fewer))", re.IGNORECASE)
_UNTIL: Final = re.compile(r"\b(?:unless|until|only if|except if)\b", re.IGNORECASE)
_SPEECH: Final = frozenset({"say", "stress", "fact-claim", "report"})


@dataclass(frozen=True)
class Standing:
    """How a statement stands: its level, and whether it may count as the party's own words.

    Attributes
    ----------
    level
        Indirectness from 0 to 4.
    own_words
        True for levels 0 and 1 of a party that is known.
    """

    level: int
    own_words: bool


def standing(
    *,
    kind: str,
    predicate: str,
    named: bool,
    narrated: bool,
    quoted: bool,
    spoken: bool,
    parent: Standing | None,
    same_party: bool,
    same_voice: bool,
) -> Standing:
    """Return the level of a statement.

    Parameters
    ----------
    kind
        Kind of the cue: ``verb``, ``adjective``, ``noun``, ``light``, ``according``, ``narrator``.
    predicate
        What it makes of its content.
    named
        Whether a person, office or institution is named as its source.
    narrated
        Whether the narrator speaks.
    quoted
        Whether words in quotation marks are given, also in part.
    spoken
        Whether the cue is a word of speech ("warned that"), whatever attitude it tells.
    parent
        Standing of the statement it lies in, None outside any.
    same_party
        Whether it has the party of that statement.
    same_voice
        Whether nobody else's words are told: the same speaker, or an institution of the same party. What the palace
        says about the king is not said by the king.
    """
    if narrated:
        return Standing(4, own_words=False)
    told = 3 if not named else _outer(kind, predicate, quoted=quoted, spoken=spoken)
    if parent is None:
        level = told
    elif parent.level >= 3:
        level = 4 if kind == "noun" else parent.level
    elif same_party and same_voice and parent.own_words:
        level = 1 if named else 3
    else:
        level = 4 if kind == "noun" else 2 if named else 3
    return Standing(level, own_words=level <= 1 and named)


def _outer(kind: str, predicate: str, *, quoted: bool, spoken: bool) -> int:
    if quoted:
        return 0
    if kind == "according":
        return 1
    if kind == "noun":
        return 4
    return 3 if predicate in _TOLD and not spoken else 1


def turned(predicate: str, stance: StanceCode) -> tuple[str, StanceCode]:
    """Return predicate and stance of a cue that is denied: "would not accept" rejects, "did not rule out" leaves open."""
    if predicate in _FOR:
        return "reject", "against"
    if predicate in {"admire", "sympathise"}:
        return "doubt", "against"
    if predicate in _AGAINST_ACTS:
        return "consider", "open"
    if predicate in {"willing", "intend", "aim", "offer", "want", "consider"}:
        return "decline", "against"
    if predicate in _SPEECH:
        return "decline", "none"  # would not say
    return predicate, stance


def refined(
    predicate: str,
    stance: StanceCode,
    content: str,
    *,
    denied: bool,
    refusing: bool = False,
    warned: bool = False,
    past: bool = False,
) -> tuple[str, StanceCode]:
    """Return predicate and stance after a look at the cue's negation and at the content.

    A verb of speech says little: "said that talks would need a guarantee" is a condition, "suggested that this might
    not be enough" a doubt, "stressed the need for" a demand. What is said about other things stays as it is.
    """
    if (denied or refusing) and _UNTIL.search(content):
        return "condition", "for"  # "will not sign unless"
    if denied and past and predicate in {"demand", "propose", "offer", "agree", "threaten", "intend"}:
        return "deny", "none"  # "had never demanded" refuses nothing
    if not denied and predicate in _FOR_ANY and _NOTHING.search(content):
        return "reject", "against"  # "wants neither a quota nor a ban"
    if denied and content.lower().startswith("whether"):
        return "consider", "open"  # has not decided whether
    if denied:
        return turned(predicate, stance)
    if predicate == "fear" and warned:
        return ("fear", "against") if _COULD.search(content) else ("threaten", "none")
    if predicate not in _SPEECH:
        return predicate, stance
    if _NEEDING.search(content):
        return "demand", "for"
    if _INADEQUATE.search(content):
        return "doubt", "against"
    if _AGAINST.search(content):
        return "reject", "against"
    if _REFUSING.search(content) and not _UNTIL.search(content):
        return predicate, "none"  # what is refused is the inner statement's, which knows the verb
    if _CONDITION.search(content):
        return "condition", "for"
    if _MUST.search(content):
        return "demand", "for"
    return predicate, stance
