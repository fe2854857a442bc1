"""Asserted or not: whether a sentence says that somebody wants something, or only supposes, asks, denies or orders it.

"If the union accepts", "whether the owner agrees", "denied that it had offered", "failed to agree", "urged Peru to reject",
"neither supports nor opposes" and "write that Chile agrees" report nobody's position.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zopa.reading.grammar import children, first_child, is_infinitive, is_passive, subject
from zopa.reading.lexicon import entries

if TYPE_CHECKING:
    from spacy.tokens import Token

# What is written down or put forward: what it "would" do is its content. A zone or a ceasefire is the thing itself.
DOCUMENTS: Final = frozenset(
    "proposal plan draft idea scheme compromise formula initiative blueprint option text bill offer paper document".split()
)
_SUPPOSING: Final = frozenset({"if", "unless", "whether", "until", "till", "once", "lest"})
_INVERTED: Final = frozenset({"had", "should", "were"})
_FAILING: Final = frozenset("fail neglect hesitate struggle pretend manage".split())
_ENABLING: Final = frozenset("give allow let enable help permit leave prompt".split())
_EXPECTED: Final = frozenset(
    "expect schedule suppose rumour rumor poise set urge ask tell order force compel oblige require due".split()
)
_DENYING: Final = frozenset("deny doubt dispute disprove question".split())
_RUMOURS: Final = frozenset(
    "claim report allegation suggestion rumour rumor notion idea speculation accusation possibility chance".split()
)


def is_asserted(verb: Token) -> bool:
    """Return whether the clause of a verb is asserted by whoever speaks in it.

    Parameters
    ----------
    verb
        The verb (or copula) that carries a cue.
    """
    return not (
        _supposed(verb)
        or _in_neither_nor(verb)
        or _governed(verb)
        or _is_ordered(verb)
        or _under_a_plan(verb)
        or _is_spurned(verb)
    )


def _supposed(verb: Token) -> bool:
    if is_passive(verb) and any(child.tag_ == "MD" for child in children(verb, "aux")):
        return True  # "any sale must be approved by the league"
    if any(child.dep_ == "mark" and child.lower_ in _SUPPOSING for child in verb.children):
        return True
    own = subject(verb)
    before = [child for child in children(verb, "aux", "auxpass") if own is not None and child.i < own.i]
    if not before:
        return False
    asked = verb.sent[-1].text == "?" or any(token.text == "?" for token in verb.sent[-3:])
    return asked or any(child.lower_ in _INVERTED for child in before)


def _is_spurned(verb: Token) -> bool:
    """Return whether something else is preferred ("would rather strike than accept")."""
    start = min(one.i for one in verb.subtree)
    before = [verb.doc[place].lower_ for place in (start - 1, start) if place >= 0]
    return "than" in before or any(child.lower_ == "than" for child in children(verb, "mark", "prep"))


def _under_a_plan(verb: Token) -> bool:
    """Return whether only a plan has it so ("Under one idea, the tenants would accept")."""
    under = next((child for child in children(verb, "prep") if child.lower_ == "under" and child.i < verb.i), None)
    held = first_child(under, "pobj") if under is not None else None
    return held is not None and held.lemma_.lower() in DOCUMENTS and any(child.tag_ == "MD" for child in children(verb, "aux"))


def _in_neither_nor(verb: Token) -> bool:
    words = {child.lower_ for child in children(verb, "preconj", "cc", "advmod", "neg")}
    if "neither" in words:
        return True
    # "neither supports nor opposes": the second verb is a conjunct behind "nor".
    return (
        verb.dep_ == "conj"
        and any(child.lower_ == "nor" and child.i < verb.i for child in children(verb.head, "cc"))
        and subject(verb) is None
    )


def _governed(verb: Token) -> bool:
    above = verb.head
    if above.i == verb.i:
        return False
    if verb.dep_ in {"xcomp", "advcl", "acl", "relcl", "ccomp"} and is_infinitive(verb) and subject(verb) is None:
        if (
            above.lemma_ in _FAILING | _ENABLING
            or (above.lemma_ in _EXPECTED and is_passive(above))
            or above.lower_ in {"likely", "unlikely", "due"}
        ):
            return True
        if above.lemma_ == "have" and any(child.lower_ == "yet" for child in above.children):
            return True
        # Who "asked not to be named" asks for himself.
        if above.lemma_ == "ask" and verb.lemma_ in {"name", "identify", "quote"}:
            return True
        # "called on Peru to reject": what somebody is asked to do is not done.
        person = [entry for entry in entries("verb", above.lemma_) if entry.frame in {"person", "on_person"}]
        if person and (
            first_child(above, "dobj") is not None or any(child.lower_ in {"on", "upon"} for child in children(above, "prep"))
        ):
            return True
    if is_infinitive(verb) and subject(verb) is not None and verb.dep_ == "ccomp" and entries("verb", above.lemma_):
        return True  # "wants the buyer to promise": it is demanded of him
    perfect = any(child.dep_ == "aux" and child.lower_ == "having" for child in verb.children)
    if (verb.tag_ == "VBG" or perfect) and verb.dep_ in {"xcomp", "ccomp", "pcomp"} and not is_infinitive(verb):
        governor = above.head if verb.dep_ == "pcomp" else above
        if any(entry.stance == "against" for entry in entries("verb", governor.lemma_)):
            return True  # "denies seeking a bomb"
    if verb.dep_ == "acl" and is_infinitive(verb) and above.dep_ == "pobj" and above.head.lower_ in {"on", "upon"}:
        return True
    if verb.dep_ == "ccomp" and not is_infinitive(verb):
        if above.lemma_ in _DENYING:
            return True
        return first_child(above, "neg") is not None and any(entry.frame == "clause" for entry in entries("verb", above.lemma_))
    if verb.dep_ in {"acl", "ccomp", "relcl"} and above.lemma_ in _RUMOURS and above.i + 1 < len(verb.doc):
        # "reports that Peru had agreed", which the grammar may take for a relative clause.
        return verb.doc[above.i + 1].lower_ == "that" and first_child(above, "poss") is None
    return False


def _is_ordered(verb: Token) -> bool:
    """Return whether a verb stands below an imperative ("Please write that Chile agrees")."""
    token = verb
    while token.head.i != token.i:
        token = token.head
    if token.tag_ != "VB" or subject(token) is not None or any(child.dep_ in {"aux", "auxpass"} for child in token.children):
        return False
    return token.i != verb.i
