"""Complements: the part of the sentence that a cue announces, by what the lexicon says may follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zopa.reading.grammar import CALENDAR, RELATIVE, children, first_child, is_infinitive, subject, subtree

if TYPE_CHECKING:
    from spacy.tokens import Token

CONDITIONS: Final = frozenset({"if", "unless", "provided", "until", "once"})
TELLING: Final = frozenset({"tell", "inform", "warn", "remind", "assure", "advise", "notify", "reassure", "persuade"})
# "a raise over three years", "an answer by the end of the month": terms of what is offered or asked for.
SPANS: Final = frozenset("day week month year decade quarter season end start".split())


def complement(token: Token, frame: str) -> tuple[frozenset[int], int] | None:
    """Return the places of what follows a cue in a frame, and the last place of the cue; None where it does not follow."""
    if frame == "clause":
        for child in children(token, "ccomp", "acl", "advcl"):
            if child.dep_ == "ccomp" and is_clause(child):
                return frozenset(subtree(child) | _further_clauses(token, child)), token.i
            if child.dep_ == "acl" and first_child(child, "mark") is not None and is_clause(child):
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


def with_condition(token: Token, places: frozenset[int]) -> frozenset[int]:
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


def is_clause(verb: Token) -> bool:
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
