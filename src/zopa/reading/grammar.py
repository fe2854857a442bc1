"""Small questions about parsed English: subjects, verb groups, subtrees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
CALENDAR = frozenset(
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday today yesterday tomorrow tonight".split()
)
_EDGES = frozenset("\"“”„«»'‘’`.,;:!?—–-…()[]")


def children(token: Token, *relations: str) -> list[Token]:
    """Return the dependents of a word that stand in one of the relations, in text order."""
    return [child for child in token.children if child.dep_ in relations]


def first_child(token: Token, *relations: str) -> Token | None:
    """Return the first dependent that stands in one of the relations."""
    return next((child for child in token.children if child.dep_ in relations), None)


def subject(token: Token) -> Token | None:
    """Return a verb's own subject."""
    found = [child for child in token.children if child.dep_ in SUBJECTS]
    if not found:  # some parses hang the subject on the auxiliary
        found = [one for child in token.children if child.dep_ in AUXILIARIES for one in child.children if one.dep_ in SUBJECTS]
    return found[-1] if found else None


def subtree(token: Token) -> set[int]:
    """Return the places of a word and of all that depends on it."""
    return {one.i for one in token.subtree}


def is_edge(token: Token) -> bool:
    """Return whether a token is a mark that no span begins or ends with."""
    return token.is_space or all(letter in _EDGES for letter in token.text)


def runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the unbroken runs of token places, first and last included."""
    start: int | None = None
    last = -2
    for place in sorted(places):
        if start is None or place != last + 1:
            if start is not None:
                yield start, last
            start = place
        last = place
    if start is not None:
        yield start, last


def is_infinitive(token: Token) -> bool:
    """Return whether a verb stands with ``to``."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)


def is_passive(token: Token) -> bool:
    """Return whether a verb is passive, reduced forms ("injections intended to calm") included."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in token.children):
        return True
    if token.tag_ != "VBN" or token.dep_ not in {"acl", "advcl", "relcl", "amod"} or first_child(token, "aux") is not None:
        return False
    # "The mayor, who had kept silent, called on both sides": a past tense that the grammar takes for a participle.
    after_comma = token.i > 0 and token.doc[token.i - 1].text == ","
    return not (token.dep_ == "acl" and token.head.dep_ == "ROOT" and after_comma and first_child(token, "agent") is None)


def verb_group(token: Token) -> tuple[int, int]:
    """Return the first and last place of a verb with its auxiliaries, negation and particle ("has not ruled out").

    Adverbs between them and directly before them ("repeatedly said") are inside; adverbs after them are not.
    """
    first = last = token.i
    for child in token.children:
        if child.dep_ in AUXILIARIES and child.i < token.i:
            # An auxiliary before the subject ("Would the owner agree") would drag the subject in.
            between = token.doc[child.i + 1 : token.i]
            if not any(one.dep_ in SUBJECTS and one.head.i == token.i for one in between):
                first = min(first, child.i)
        elif child.dep_ == "prt":
            last = max(last, child.i) if child.i <= token.i + 2 else last
    while first > token.sent.start:
        before = token.doc[first - 1]
        if before.dep_ != "advmod" or before.head.i != token.i or before.pos_ != "ADV" or before.tag_ == "WRB":
            break
        first -= 1
    if first > token.sent.start and token.doc[first].lower_ == "longer" and token.doc[first - 1].lower_ == "no":
        first -= 1
    return first, last
