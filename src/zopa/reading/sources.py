"""Sources: who is said to say, want or do what a cue announces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zopa.reading.cues import Cue, possessor
from zopa.reading.grammar import CALENDAR, RELATIVE, children, first_child, is_edge, is_passive, subject, subtree
from zopa.reading.lexicon import entries

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def source(doc: Doc, cue: Cue) -> tuple[int, int] | None:
    """Return the first and last place of the source of a cue; None where the sentence names none.

    The subject of the cue's verb; handed down over coordination, participles and infinitives; the noun that a
    relative clause is about; what follows "by" in a passive; the possessor of a noun.
    """
    anchor = doc[cue.anchor]
    if cue.kind == "according":
        held = first_child(anchor, "pobj")
        return None if held is None else noun_phrase(held)
    if cue.kind == "view":
        owner = first_child(anchor, "poss")
        return None if owner is None else _without_case(doc, noun_phrase(owner))
    if cue.kind in {"noun", "held"}:
        owner = possessor(anchor)
        return None if owner is None else _without_case(doc, noun_phrase(owner))
    if is_passive(anchor) and cue.kind != "adjective":
        agent = first_child(anchor, "agent")
        held = first_child(agent, "pobj") if agent is not None else None
        return None if held is None or held.text in CALENDAR else noun_phrase(held)
    found = _speaker(anchor) or _behind(anchor)
    return None if found is None else noun_phrase(found)


def _behind(verb: Token) -> Token | None:
    """Return who stands right behind a verb of speech after a quotation, where the grammar lost it ('"...," said Kim, "...")."""
    doc = verb.doc
    if verb.i == 0 or doc[verb.i - 1].text not in {"”", '"', "''", ","} or verb.i + 1 >= len(doc):
        return None
    head = doc[verb.i + 1]
    if head.pos_ not in {"PROPN", "NOUN", "DET", "PRON", "ADJ"} or not entries("verb", verb.lemma_):
        return None
    while head.head.pos_ in {"PROPN", "NOUN"} and head.i < head.head.i < verb.i + 12:
        head = head.head
    return head if head.pos_ in {"PROPN", "NOUN", "PRON"} else None


def _speaker(verb: Token, depth: int = 0) -> Token | None:
    """Return the word that heads the subject of a verb, its own or one handed down."""
    own = subject(verb)
    if own is not None:
        if (
            own.lower_ in RELATIVE
            and own.dep_ == "nsubj"
            and verb.dep_ in {"relcl", "acl", "ccomp"}
            and own.tag_ in {"WP", "WDT"}
        ):
            return verb.head if verb.dep_ == "relcl" else own
        return own
    for child in children(verb, "parataxis", "advcl", "ccomp"):
        # "The operators, grouped in a federation, have offered": the subject hangs on the participle.
        if child.i < verb.i and child.tag_ in {"VBN", "VBG"} and first_child(child, "mark", "aux") is None and subject(child):
            return subject(child)
    if depth > 6 or verb.head.i == verb.i:
        return None
    above = verb.head
    if verb.dep_ == "conj" and verb.tag_ == "VBZ" and above.dep_ == "ccomp" and _is_plural(subject(above)):
        return _speaker(above.head, depth + 1)  # "said that promises fall short and wants": the number tells whose verb it is
    if (
        verb.dep_ == "advcl"
        and verb.tag_ == "VBG"
        and above.dep_ == "ccomp"
        and above.head.i < above.i
        and entries("verb", above.head.lemma_)
    ):
        # ", stressing that" at the end belongs to the one who speaks, not to the subject of what is said.
        start = min(subtree(verb))
        if start > 0 and verb.doc[start - 1].text == ",":
            return _speaker(above.head, depth + 1)
    if verb.dep_ in {"conj", "advcl", "xcomp", "ccomp", "dep", "parataxis"}:
        if verb.dep_ == "xcomp":
            held = first_child(above, "dobj")
            if held is not None and held.i < verb.i and above.pos_ == "VERB" and above.lemma_ != "promise":
                return held
        if above.pos_ in {"VERB", "AUX", "ADJ"}:
            if above.pos_ == "ADJ" or above.dep_ == "acomp":
                return _speaker(above.head, depth + 1) if above.dep_ == "acomp" else _speaker(above, depth + 1)
            return _speaker(above, depth + 1)
        return None
    if verb.dep_ in {"acl", "relcl"} and above.pos_ in {"NOUN", "PROPN", "PRON"}:
        return above
    if verb.dep_ == "pcomp" and above.dep_ in {"prep", "mark", "advmod"}:
        verb_above = above.head
        return _speaker(verb_above, depth + 1) if verb_above.pos_ in {"VERB", "AUX"} else None
    if verb.dep_ == "acomp":
        return _speaker(above, depth + 1)
    return None


def _is_plural(noun: Token | None) -> bool:
    return noun is not None and noun.tag_ in {"NNS", "NNPS"}


def noun_phrase(head: Token) -> tuple[int, int]:
    """Return the noun phrase of a head without trailing relative clauses and participles."""
    doc = head.doc
    places = subtree(head)
    for child in head.subtree:
        if child.i > head.i and child.dep_ in {"relcl", "acl", "advcl"} and child.head.i <= child.i and child.i in places:
            start = min(subtree(child))
            # "the minister, who ..." ends before the comma; "a report released last year" is one name for the thing.
            if start > head.i and doc[start - 1].text in {",", "–", "—", "(", "-", "--"}:
                places -= {place for place in places if place >= start}
        if child.dep_ == "prep" and child.lower_ == "including" and child.i > head.i and doc[child.i - 1].text == ",":
            places -= {place for place in places if place >= child.i}
    # A parenthesis or an apposition stays where it is whole; a dangling comma does not.
    first = last = head.i
    while first - 1 in places:
        first -= 1
    while last + 1 in places:
        last += 1
    while last > head.i and (is_edge(doc[last]) or doc[last].dep_ == "cc"):
        last -= 1
    while first < head.i and (is_edge(doc[first]) or doc[first].dep_ in {"cc", "preconj"}):
        first += 1
    return first, last


def _without_case(doc: Doc, phrase: tuple[int, int]) -> tuple[int, int]:
    """Return a possessor without its "'s"."""
    first, last = phrase
    return (first, last - 1) if last > first and doc[last].dep_ == "case" else phrase


def is_inherited(doc: Doc, cue: Cue) -> bool:
    """Return whether a cue's verb shares its subject with another verb."""
    return cue.kind == "verb" and subject(doc[cue.anchor]) is None


def relative_pronoun(doc: Doc, cue: Cue) -> int | None:
    """Return the place of the relative pronoun that is the subject of a cue's verb."""
    own = subject(doc[cue.anchor])
    return own.i if own is not None and own.lower_ in RELATIVE and doc[cue.anchor].dep_ == "relcl" else None


def subject_phrase(verb: Token) -> tuple[int, int] | None:
    """Return the noun phrase that is the subject of a verb."""
    found = _speaker(verb)
    return None if found is None else noun_phrase(found)


def addressee(doc: Doc, cue: Cue) -> tuple[int, int] | None:
    """Return whom a verb of speech addresses ("told reporters", "asked the council"), outside its content."""
    for child in children(doc[cue.anchor], "dobj", "dative"):
        if child.i > cue.head and child.i not in cue.content and child.pos_ in {"NOUN", "PROPN", "PRON"}:
            return noun_phrase(child)
    return None
