"""Cues: the words that announce a statement, and the part of the sentence that is its content.

Verbs ("said that", "called for"), adjectives ("is open to"), nouns with a possessor or after a light verb ("the
union's opposition to", "voiced concern about") and the phrases "according to" and "in X's view". What may follow each
word is in the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zopa.reading.complements import complement, is_clause, with_condition
from zopa.reading.grammar import (
    CALENDAR,
    children,
    first_child,
    is_infinitive,
    is_passive,
    subject,
    subtree,
    verb_group,
)
from zopa.reading.lexicon import Entry, entries
from zopa.reading.parsing import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs that carry a noun which says what is meant: "expressed readiness", "made a promise".
LIGHT_VERBS: Final = frozenset(
    "express voice make give have issue offer show raise reiterate signal state declare announce place hold convey register "
    "lodge harbour harbor repeat reaffirm".split()
)
COPULAS: Final = frozenset("be seem remain become appear feel sound get stay look".split())
# Nouns after "in somebody's": "in the minister's view".
VIEW_NOUNS: Final = frozenset("view opinion account words telling eyes judgment judgement estimation reading assessment".split())
_ORDER: Final = {
    "clause": 0,
    "on_person": 1,
    "person": 1,
    "infinitive": 2,
    "x+as": 3,
    "x+of": 3,
    "x+to": 3,
    "x+for": 3,
    "gerund": 5,
    "object": 6,
}


@dataclass(frozen=True)
class Cue:
    """A cue with its content.

    Attributes
    ----------
    head
        Place of the word that carries it, in the document of its line.
    kind
        ``verb``, ``adjective``, ``noun``, ``light`` (light verb and noun), ``according``, ``view``.
    entry
        What the word makes of its content.
    first, last
        Places of the cue's first and last word.
    content
        Places of the words of the content, before trimming; empty where only a quotation can be it.
    anchor
        Place of the verb or noun whose subject or possessor is the source.
    """

    head: int
    kind: str
    entry: Entry
    first: int
    last: int
    content: frozenset[int]
    anchor: int


def cues(sentence: Sentence) -> Iterator[Cue]:
    """Yield the cues of a sentence in the order of their heads."""
    kept: list[Cue] = []
    for token in sentence.tokens:
        found: Cue | None = None
        if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB"):
            found = _verb(token) or (_adjective(token) if token.tag_ == "VBN" else None)
        elif token.pos_ == "ADJ" or token.dep_ == "acomp":
            found = _adjective(token)
        elif token.pos_ in {"NOUN", "PROPN"}:
            found = _noun(token)
        if found is None and token.lower_ == "according":
            found = _according(token)
        if found is None and token.lower_ == "against":
            found = _against(token)
        if found is None and token.lower_ in VIEW_NOUNS:
            found = _view(token)
        if found is not None:
            kept.append(found)
    light = {one.anchor for one in kept if one.kind == "light"}
    # "reiterated its opposition to": the noun says what is meant, the verb only that it is said.
    yield from (one for one in kept if one.kind != "verb" or one.anchor not in light)


def _neither_nor(token: Token) -> Cue | None:
    """Return the cue "neither supports nor opposes", which leaves open."""
    if not any(child.lower_ == "neither" for child in children(token, "preconj", "cc", "advmod", "neg", "det")):
        return None
    nor = any(child.lower_ == "nor" for child in children(token, "cc"))
    other = next((one for one in token.conjuncts if nor and one.head.i == token.i and one.i > token.i), None)
    if other is None or not (entries("verb", token.lemma_) and entries("verb", other.lemma_)):
        return None
    if first_child(token, "dobj", "ccomp") is not None:
        return None  # each verb has an object of its own
    held = first_child(other, "dobj", "ccomp")
    first = min(child.i for child in token.children if child.lower_ == "neither")
    return None if held is None else Cue(token.i, "neutral", NEUTRAL, first, other.i, frozenset(subtree(held)), token.i)


def _denied_entries(token: Token) -> tuple[Entry, ...]:
    """Return the entries of a verb that refuses something because it is denied with a modal verb."""
    modal = any(child.dep_ == "aux" and child.tag_ == "MD" for child in token.children)
    return entries("denied", token.lemma_) if modal and first_child(token, "neg") is not None else ()


def _made_clear(token: Token) -> Cue | None:
    """Return the cue "made it clear that", which is speech although "make" is not."""
    if token.lemma_ != "make" or is_passive(token):
        return None
    for clear in children(token, "ccomp", "oprd", "acomp", "xcomp"):
        if clear.lower_ not in CLEAR or clear.i < token.i:
            continue
        for clause in [*children(clear, "advcl", "ccomp", "csubj"), *children(token, "ccomp", "advcl")]:
            if clause.i > clear.i and is_clause(clause):
                first, _ = verb_group(token)
                return Cue(token.i, "verb", MADE_CLEAR, first, clear.i, frozenset(subtree(clause)), token.i)
    return None


def _verb(token: Token) -> Cue | None:
    special = _made_clear(token) or _neither_nor(token)
    if special is not None:
        return special
    best: tuple[int, Entry, frozenset[int], int] | None = None
    passive = is_passive(token)
    for entry in (*entries("verb", token.lemma_), *_denied_entries(token)):
        if passive:
            continue
        found = complement(token, entry.frame)
        if found is None:
            continue
        content, last = found
        rank = _ORDER.get(entry.frame, 4)
        if best is None or rank < best[0]:
            best = rank, entry, content, last
    first, last = verb_group(token)
    if best is not None:
        _, entry, content, reach = best
        content = with_condition(token, content)
        gap = _what_it_is(token, content)
        if gap is not None:
            last = reach = max(content)
            content = gap
        return Cue(token.i, "verb", entry, first, max(last, reach), content, token.i)
    if passive:
        return _passive(token)
    # A verb of saying inside what is said ("The deal, he said, is dead"), or beside a quotation that the grammar did
    # not attach.
    for entry in entries("verb", token.lemma_):
        if entry.frame == "clause":
            return Cue(token.i, "verb", entry, first, last, frozenset(_around(token)), token.i)
    return None


def _around(token: Token) -> set[int]:
    """Return the clause into which a verb of saying and its subject are put between commas."""
    own = subject(token)
    if token.dep_ not in {"parataxis", "ccomp", "advcl", "dep"} or own is None or token.head.i == token.i:
        return set()
    if first_child(token, "mark", "advmod") is not None and token.dep_ == "advcl":
        return set()
    inserted = subtree(token)
    first = min(inserted)
    if first == 0 or token.doc[first - 1].text != ",":
        return set()
    return subtree(token.head) - inserted


def _what_it_is(token: Token, content: frozenset[int]) -> frozenset[int] | None:
    """Return what is equated with the object of a relative clause: "one of the things she plans to do is X"."""
    if token.dep_ != "relcl" or len(content) > 2 or not content:
        return None
    noun = token.head
    while noun.dep_ in {"pobj", "prep"} and noun.head.i != noun.i:
        noun = noun.head
    verb = noun.head
    named = first_child(verb, "attr")
    if noun.dep_ != "nsubj" or verb.lemma_ != "be" or named is None or named.i < max(content):
        return None
    return frozenset(subtree(named))


def _passive(token: Token) -> Cue | None:
    agent = first_child(token, "agent")
    if agent is None or first_child(agent, "pobj") is None:
        return None
    held = subject(token)
    if held is None:
        return None
    for entry in entries("verb", token.lemma_):
        if entry.frame in {"object", "clause", "person", "x+as"}:
            first, last = verb_group(token)
            last = agent.i if agent.i == last + 1 else last
            places = subtree(held)
            # "was urged by the captain to stay", "was described by the union as a joke"
            for child in children(token, "xcomp", "prep"):
                if (child.dep_ == "xcomp" and is_infinitive(child)) or child.lower_ == "as":
                    places |= subtree(child)
            return Cue(token.i, "verb", entry, first, last, frozenset(places), token.i)
    return None


def _adjective(token: Token) -> Cue | None:
    verb = token.head
    if token.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in token.children):
        return _participle(token)
    own = subject(verb)
    clauses = [*children(token, "ccomp", "csubj", "xcomp", "advcl"), *children(verb, "ccomp", "csubj", "advcl")]
    if own is not None and own.lower_ == "it" and clauses:
        return None  # "it is clear that": nobody's
    copula = verb if verb.lemma_ in COPULAS and token.dep_ in {"acomp", "attr", "oprd"} else None
    if copula is None:
        return None
    for entry in entries("adjective", token.lower_):
        found = complement(token, entry.frame) or (complement(copula, entry.frame) if entry.frame != "object" else None)
        if found is None:
            continue
        content, last = found
        content = with_condition(copula, content)
        first, _ = verb_group(copula)
        reach = max(token.i, last) if last > token.i else token.i
        return Cue(token.i, "adjective", entry, first, reach, frozenset(one for one in content if one > token.i), copula.i)
    return None


def _participle(token: Token) -> Cue | None:
    """Return the cue of an adjective that the grammar takes for a passive ("are opposed to")."""
    for entry in entries("adjective", token.lower_):
        found = complement(token, entry.frame)
        if found is not None:
            first, last = verb_group(token)
            content, reach = found
            return Cue(token.i, "adjective", entry, first, max(last, reach), content, token.i)
    return None


def _against(token: Token) -> Cue | None:
    """Return the cue "is against", where a preposition is the predicate."""
    if (
        token.dep_ != "prep"
        or token.head.lemma_ not in COPULAS
        or token.head.i > token.i
        or first_child(token.head, "acomp", "attr")
    ):
        return None
    for entry in entries("adjective", token.lower_):
        held = [child for child in token.children if child.dep_ in {"pobj", "pcomp"}]
        if held:
            first, _ = verb_group(token.head)
            return Cue(token.i, "adjective", entry, first, token.i, frozenset(subtree(token) - {token.i}), token.head.i)
    return None


def _view(token: Token) -> Cue | None:
    """Return the cue "in somebody's view"."""
    if (
        token.lower_ not in VIEW_NOUNS
        or token.dep_ != "pobj"
        or token.head.lower_ not in {"in", "to"}
        or first_child(token, "poss") is None
    ):
        return None
    if token.i + 1 >= len(token.doc) or token.doc[token.i + 1].text != ",":
        return None  # "written in its own words" is nobody's view
    return Cue(token.i, "view", VIEW, token.i, token.i, frozenset(), token.i)


def _noun(token: Token) -> Cue | None:
    options = entries("noun", token.lemma_)
    if not options:
        return None
    verb = token.head if token.dep_ == "dobj" and token.head.lemma_ in LIGHT_VERBS else None
    for entry in options:
        found = complement(token, entry.frame)
        if found is None and verb is not None and entry.frame in HANGING:
            found = complement(verb, entry.frame)
        if found is None:
            continue
        content, last = found
        content = frozenset(one for one in content if one > token.i)
        if not content:
            continue
        reach = max(token.i, last)
        if verb is not None and not is_passive(verb):
            first, _ = verb_group(verb)
            return Cue(token.i, "light", entry, first, reach, content, verb.i)
        if possessor(token) is not None:
            # "concerns within the ministry about": the source stands inside, so the cue is the noun alone.
            near = reach if reach <= token.i + 1 else token.i
            # Said of somebody ("there are fears within the ministry") rather than taken for granted ("the ministry's fears").
            kind = "noun" if first_child(token, "poss") is not None else "held"
            return Cue(token.i, kind, entry, token.i, near, content, token.i)
    return None


def possessor(token: Token) -> Token | None:
    """Return whose claim, fear or plan it is: a possessive, or what follows "of", "by", "within", "among", "from"."""
    owner = first_child(token, "poss")
    if owner is not None:
        return owner
    for prep in children(token, "prep", "agent"):
        if prep.lower_ in {"by", "within", "among", "from", "in"}:
            held = first_child(prep, "pobj")
            if held is not None and held.text not in CALENDAR:
                return held
    return None


def _according(token: Token) -> Cue | None:
    to = first_child(token, "prep", "pcomp")
    if to is None or to.lower_ != "to" or first_child(to, "pobj") is None:
        return None
    return Cue(token.i, "according", ACCORDING, token.i, to.i, frozenset(), to.i)


HANGING: Final = frozenset({"at", "over", "about"})  # "voiced anger at the cut": the phrase hangs on the verb
VIEW: Final = Entry("noun", "view", "assess", "none", "clause")
NEUTRAL: Final = Entry("verb", "neither", "say", "open", "object")
MADE_CLEAR: Final = Entry("verb", "make", "stress", "none", "clause")
CLEAR: Final = frozenset({"clear", "plain", "known", "public", "explicit"})
ACCORDING: Final = Entry("verb", "according", "say", "none", "clause")
