"""People who are parties of their own: named in full, heard more than once, and of no institution that the text tells.

Whoever is asked for knowledge (experts, journalists, professors) or for an office held before is never one, nor is anybody
whose title or apposition the tables do not know: that may be such a trade, or an institution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from zopa.reading.evidence import WILLS
from zopa.reading.mentions import Piece
from zopa.reading.parsing import Sentence
from zopa.reading.phrases import Phrase
from zopa.reading.registry import People, PersonFound, status_of
from zopa.reading.resolving import Resolved, is_demonym
from zopa.reading.roster import ACTS

if TYPE_CHECKING:
    from spacy.tokens import Token

_KNOWING: Final = frozenset(
    "economist analyst professor journalist reporter author writer historian singer actor actress scientist researcher expert "
    "critic observer commentator pollster doctor philosopher pundit columnist editor lecturer fellow engineer consultant "
    "witness novelist filmmaker".split()
)
# Titles of people who deal for themselves.
_FOR_THEMSELVES: Final = frozenset({"owner", "co-owner", "founder", "landlord", "landlady", "investor", "shareholder"})
# "Ann Lee, who has two children" tells of no institution; "who teaches law" does.
_PRIVATE_LIFE: Final = frozenset("has had owns owned lives lived lost bought rents wants hopes".split())
_LEAST: Final = 2
_Placed = tuple[Phrase, int, int]


def parties_of_their_own(
    people: People,
    sentences: Sequence[Sentence],
    phrases: Callable[[Sentence], tuple[list[Piece], list[_Placed]]],
    of_no_party: Callable[[PersonFound], bool],
    possessors: Mapping[int, Resolved],
) -> list[PersonFound]:
    """Return the people who are parties of their own, in order of the text.

    Parameters
    ----------
    people
        The people named in full.
    sentences
        All sentences of the article, in order.
    phrases
        The pieces and phrases of a sentence.
    of_no_party
        Whether nothing tells a party for somebody.
    possessors
        Whom "his" or "her" before an office stands for, by its place: whose spokesman speaks is heard too.
    """
    heard: dict[str, int] = {}
    barred: set[str] = set()
    for sentence in sentences:
        pieces, placed = phrases(sentence)
        speaking = _speaking(sentence.tokens)
        for phrase, first, last in placed:
            owner = possessors.get(sentence.line.span.start + phrase.start)
            if owner is not None and owner.speaker is not None and phrase.end in speaking and _is_voice(phrase):
                heard[owner.speaker] = heard.get(owner.speaker, 0) + 1
            name = phrase.name if phrase.kind in {"person", "name"} else ""
            called = people.called(name, sentence.line.span.start + phrase.start) if name else []
            if len(called) != 1:
                continue
            person = called[0].name
            heard[person] = heard.get(person, 0) + (phrase.end in speaking)
            if _may_have_an_institution(phrase, pieces, first, last):
                barred.add(person)
    return [
        person
        for person in people.by_name.values()
        if heard.get(person.name, 0) >= _LEAST and person.name not in barred
        if all(_is_private(office) for office, _ in person.offices) and of_no_party(person)
    ]


def _is_voice(phrase: Phrase) -> bool:
    return phrase.kind == "noun" and phrase.noun is not None and phrase.noun.is_a("voice", "follower")


def _speaking(tokens: Iterable[Token]) -> frozenset[int]:
    """Return where the subjects of verbs of will and speech end."""
    return frozenset(
        token.idx + len(token.text)
        for token in tokens
        if token.dep_ == "nsubj" and (token.head.lemma_ in WILLS or token.head.lemma_ in ACTS)
    )


def _is_private(office: Phrase) -> bool:
    """Return whether what is told of somebody leaves the person without an institution."""
    if status_of(office.title) == "former":
        return False
    noun = office.noun
    if noun is None:
        return office.owner is not None and is_demonym(office.owner) and not office.title
    mere = office.owner is None or is_demonym(office.owner)
    return mere and noun.singular not in _KNOWING and (noun.singular in _FOR_THEMSELVES or noun.is_a("private"))


def _may_have_an_institution(phrase: Phrase, pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Return whether words beside a name tell of a trade or an institution that the tables do not know."""
    if phrase.kind == "name" and (any(one.tag.startswith("NN") and one.kind == "word" for one in pieces[first:last])):
        return True
    before = pieces[first - 1] if first else None
    if phrase.kind == "name" and before is not None and before.kind == "word" and before.tag.startswith("NN"):
        return True
    behind = pieces[last + 1 : last + 5]
    words = [piece.text.casefold() for piece in behind]
    if words[:1] and words[0] in {"of", "at", "from", "for", "with"} and phrase.end and behind[0].kind == "preposition":
        return words[0] in {"of", "at", "from"} and len(behind) > 1 and behind[1].kind in {"name", "known", "determiner", "noun"}
    if words[:2] == [",", "who"]:
        return len(words) > 2 and words[2] not in _PRIVATE_LIFE
    if words[:1] in ([","], ["("]) and len(behind) > 1:
        following = behind[1]
        private = [piece.noun for piece in behind[1:] if piece.noun is not None]
        known = bool(private) and private[0].is_a("private") and private[0].singular not in _KNOWING
        opens = following.kind in {"determiner", "preposition", "name", "known", "noun"} or following.tag.startswith(("NN", "JJ"))
        return opens and not known and words[1] not in {"in", "on", "by", "after", "before", "during"}
    return False
