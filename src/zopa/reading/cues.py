"""Cues: the words that announce a statement, and the part of the sentence that is its content.

Verbs ("said that", "called for"), adjectives ("is open to"), nouns with a possessor or after a light verb ("the
union's opposition to", "voiced concern about") and the phrases "according to" and "in X's view". What may follow each
word is in the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zopa.reading.grammar import (
    CALENDAR,
    RELATIVE,
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
            if clause.i > clear.i and _is_clause(clause):
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
        content = _with_condition(token, content)
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


def complement(token: Token, frame: str) -> tuple[frozenset[int], int] | None:
    """Return the places of what follows a cue in a frame, and the last place of the cue; None where it does not follow."""
    if frame == "clause":
        for child in children(token, "ccomp", "acl", "advcl"):
            if child.dep_ == "ccomp" and _is_clause(child):
                return frozenset(subtree(child) | _further_clauses(token, child)), token.i
            if child.dep_ == "acl" and first_child(child, "mark") is not None and _is_clause(child):
                return frozenset(subtree(child)), token.i
        return _clause_as_relative(token)
    if frame == "infinitive":
        for child in children(token, "xcomp", "acl", "ccomp", "advcl"):
            # "prepared a report to stop them" has a purpose, not a wish, hence no advcl beside an object.
            if (
                is_infinitive(child)
                and subject(child) is None
                and not (child.dep_ == "advcl" and (first_child(token, "dobj") or child.i > token.i + 2))
            ):
                return frozenset(subtree(child) | _coordinated(token, child)), token.i
        return None
    if frame == "object":
        held = first_child(token, "dobj")
        if held is not None and held.i < token.i and held.lower_ == "what":
            named = first_child(token, "oprd", "attr")  # "what the mayor called a mistake"
            if named is not None and named.i > token.i:
                return frozenset(subtree(named)), token.i
        if held is not None and held.i > token.i:
            extra: set[int] = set()
            for other in children(token, "oprd", "prep"):
                if other.dep_ == "oprd" or (other.lower_ == "as" and other.i > held.i):
                    extra |= subtree(other)
            return frozenset(_with_list(token, _with_exchange(token, subtree(held) | extra))), token.i
        named = first_child(token, "oprd")
        if held is None and named is not None and named.i > token.i + 1:
            return frozenset(subtree(named)), token.i  # "called the rejection disappointing"
        small = first_child(token, "ccomp")
        if (
            small is not None
            and small.i > token.i
            and small.pos_ in {"NOUN", "ADJ", "PROPN"}
            and first_child(small, "nsubj") is not None
        ):
            return frozenset(subtree(small)), token.i
        return None
    if frame in {"person", "on_person"}:
        return _person(token, on=frame == "on_person")
    if frame == "gerund":
        for child in children(token, "xcomp", "ccomp", "pcomp"):
            perfect = any(one.dep_ == "aux" and one.lower_ == "having" for one in child.children)
            if (child.tag_ == "VBG" or perfect) and child.i > token.i and not is_infinitive(child):
                return frozenset(subtree(child)), token.i
        return None
    if frame.startswith("x+"):
        return _object_and(token, frame[2:])
    return _preposition(token, frame)


def _clause_as_relative(token: Token) -> tuple[frozenset[int], int] | None:
    """Return a clause with "that" which the grammar took for a relative clause ("a warning that the dam could break")."""
    noun: Token | None = token
    if token.pos_ not in {"NOUN", "PROPN"}:
        noun = first_child(token, "dobj", "dative") if token.lemma_ in TELLING else None
    if noun is None:
        return None
    for clause in children(noun, "relcl"):
        inside = subtree(clause)
        own = subject(clause)
        if own is not None and own.lower_ not in RELATIVE and token.doc[min(inside)].lower_ == "that":
            return frozenset(inside), token.i
    return None


def _further_clauses(token: Token, clause: Token) -> set[int]:
    """Return the clauses with "that" which go on after a first one but hang on their governor."""
    end = max(subtree(clause))
    found: set[int] = set()
    if clause.i < token.i:
        return found
    for other in token.conjuncts:
        mark = first_child(other, "mark")
        if other.i > end and mark is not None and mark.lower_ in {"that", "whether"} and subject(other) is not None:
            found |= subtree(other) | set(range(end + 1, other.i))
    return found


def _coordinated(token: Token, verb: Token) -> set[int]:
    """Return bare infinitives that go on after an infinitive but hang on its governor ("to build a port, grow fish")."""
    end = max(subtree(verb))
    found: set[int] = set()
    for other in token.conjuncts:
        if (
            other.head.i == token.i
            and other.i > end
            and other.tag_ == "VB"
            and subject(other) is None
            and first_child(other, "aux") is None
        ):
            found |= subtree(other) | set(range(end + 1, other.i))
    return found


def _with_exchange(token: Token, places: set[int]) -> set[int]:
    """Return an object with the phrases right behind it that belong to what is meant, though they hang on the verb.

    "proposed a contract in exchange for new rules", "ruled out any change to the rota"; not where and when.
    """
    for prep in children(token, "prep"):
        inside = subtree(prep)
        held = first_child(prep, "pobj")
        if held is None or not places or min(inside) != max(places) + 1:
            continue
        exchange = prep.lower_ == "in" and held.lower_ in {"exchange", "return", "writing", "full", "advance"}
        timed = prep.lower_ in {"over", "within", "until", "by", "before"} and any(one.lemma_ in SPANS for one in prep.subtree)
        if exchange or timed or (prep.lower_ in {"to", "for", "of", "between"} and held.text not in CALENDAR):
            places = places | inside
    return places


def _with_condition(token: Token, places: frozenset[int]) -> frozenset[int]:
    """Return a content with the condition right behind it ("a lower rent only if the tenants drop their suit")."""
    if not places:
        return places
    last = max(places)
    for clause in children(token, "advcl"):
        inside = subtree(clause)
        mark = first_child(clause, "mark")
        if mark is not None and mark.lower_ in CONDITIONS and last < min(inside) <= last + 2:
            return places | frozenset(range(last + 1, max(inside) + 1))
    return places


def _with_list(token: Token, places: set[int]) -> set[int]:
    """Return an object with the rest of a list that the grammar lost ("the release of all, the withdrawal of A and a share").

    Only where commas and "and" join noun phrases up to the end of the sentence and no other verb stands there.
    """
    doc, end = token.doc, token.sent.end
    start = max(places, default=-1) + 1
    if not 0 < start < end or doc[start].text != ",":
        return places
    while end > start and doc[end - 1].is_punct:
        end -= 1
    rest = doc[start:end]
    joined = any(one.lower_ == "and" for one in rest)
    after = doc[start + 1].pos_ in {"DET", "NOUN", "PROPN", "ADJ", "NUM"} if start + 1 < end else False
    acting = any(one.pos_ in {"VERB", "AUX"} or one.tag_ in {"WP", "WDT"} or one.lower_ in {"but", "while"} for one in rest)
    return places | set(range(start, end)) if joined and after and not acting else places


def _is_clause(verb: Token) -> bool:
    """Return whether a complement is a finite clause rather than an infinitive or a participle."""
    if is_infinitive(verb):
        return False
    if subject(verb) is not None or first_child(verb, "expl", "mark") is not None:
        return True
    return verb.tag_ in {"VBD", "VBZ", "VBP", "MD"} or first_child(verb, "aux") is not None


def _person(token: Token, *, on: bool) -> tuple[frozenset[int], int] | None:
    if on:
        prep = next((one for one in children(token, "prep") if one.lower_ in {"on", "upon"}), None)
        held = first_child(prep, "pobj") if prep is not None else None
        if prep is None or held is None:
            return None
        for verb in [*children(token, "xcomp", "advcl"), *children(held, "acl", "relcl"), *children(prep, "pcomp", "xcomp")]:
            if is_infinitive(verb) and verb.i > held.i:
                return frozenset(subtree(held) | subtree(verb)), prep.i
        return frozenset(subtree(held)), prep.i
    held = first_child(token, "dobj")
    if held is not None and held.i > token.i:
        for verb in [*children(token, "xcomp", "ccomp", "advcl"), *children(held, "acl")]:
            if is_infinitive(verb) and verb.i > held.i:
                return frozenset(subtree(held) | subtree(verb)), token.i
    for verb in children(token, "ccomp"):
        if (
            subject(verb) is not None
            and verb.i > token.i
            and (is_infinitive(verb) or (verb.tag_ == "VBN" and not first_child(verb, "aux")))
        ):
            return frozenset(subtree(verb)), token.i  # "wants the owner to leave", "wants the force disarmed"
    return None


def _object_and(token: Token, word: str) -> tuple[frozenset[int], int] | None:
    held = first_child(token, "dobj")
    if held is None or held.i < token.i:
        return None
    for prep in [*children(token, "prep"), *children(held, "prep")]:
        if prep.lower_ == word and prep.i > held.i:
            if word in {"as", "to"}:
                return frozenset(subtree(held) | subtree(prep)), token.i
            return frozenset(subtree(prep) - {prep.i}), prep.i
    return None


def _preposition(token: Token, word: str) -> tuple[frozenset[int], int] | None:
    for particle in children(token, "prt"):
        if particle.lower_ == word and particle.i <= token.i + 2:
            for child in children(token, "ccomp", "dobj", "xcomp"):
                if child.i > token.i:
                    return frozenset(_with_exchange(token, subtree(child))), particle.i
    for prep in children(token, "prep", "agent"):
        if prep.lower_ == word and prep.i > token.i:
            held = [child for child in prep.children if child.dep_ in {"pobj", "pcomp"}]
            if held:
                places = subtree(prep) - {prep.i}
                places |= _gerund_after(token, max(places))
                for verb in children(token, "xcomp", "advcl"):
                    if is_infinitive(verb) and subject(verb) is None and min(subtree(verb)) == max(places) + 1:
                        places |= subtree(verb)  # "called for tenants to pay"
                return frozenset(places), prep.i
    return None


def _gerund_after(token: Token, last: int) -> set[int]:
    """Return a participle clause right after a noun phrase ("opposition to the city selling land") that hangs elsewhere."""
    doc = token.doc
    if (
        last + 1 < len(doc)
        and doc[last + 1].tag_ == "VBG"
        and doc[last].pos_ in {"NOUN", "PROPN", "PRON"}
        and doc[last + 1].dep_ in {"pcomp", "advcl", "acl", "xcomp", "ccomp"}
    ):
        return {place for place in subtree(doc[last + 1]) if place > last}
    return set()


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
        content = _with_condition(copula, content)
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


CONDITIONS: Final = frozenset({"if", "unless", "provided", "until", "once"})
TELLING: Final = frozenset({"tell", "inform", "warn", "remind", "assure", "advise", "notify", "reassure", "persuade"})
# "a raise over three years", "an answer by the end of the month": terms of what is offered or asked for.
SPANS: Final = frozenset("day week month year decade quarter season end start".split())
HANGING: Final = frozenset({"at", "over", "about"})  # "voiced anger at the cut": the phrase hangs on the verb
VIEW: Final = Entry("noun", "view", "assess", "none", "clause")
NEUTRAL: Final = Entry("verb", "neither", "say", "open", "object")
MADE_CLEAR: Final = Entry("verb", "make", "stress", "none", "clause")
CLEAR: Final = frozenset({"clear", "plain", "known", "public", "explicit"})
ACCORDING: Final = Entry("verb", "according", "say", "none", "clause")
