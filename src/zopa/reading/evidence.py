"""What the text around a name tells: whether it is that of a body or of a person, where its own words do not say.

For a body speak: "which" behind it; a noun such as "company" beside it; a chief executive or workers of its own; the plural
at its end; "its" behind its verb.  For a person: a title, "who", an honorific.  Whoever is called by the last word alone is
a person too, unless the evidence is strong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from zopa.reading.actors import folded
from zopa.reading.mentions import Piece
from zopa.reading.parsing import Sentence
from zopa.reading.phrases import Phrase, describes
from zopa.reading.registry import plain
from zopa.reading.titles import PEOPLE, Noun

if TYPE_CHECKING:
    from spacy.tokens import Token

# Whoever has these is a company, if nothing else says what it is.
OF_FIRMS: Final = frozenset(
    {"executive", "chief executive", "ceo", "managing director", "chairman", "chairwoman", "chairperson", "worker", "shareholder"}
    | {"employee", "boss"}
)
# A body is asked about its lawyer, its leader and its adviser no more often than a person is.
_OF_BOTH: Final = frozenset({"spokesman", "spokeswoman", "spokesperson", "negotiator", "representative"})
_MODALS: Final = frozenset({"will", "would", "could", "can", "cannot", "may", "might"})
# Only somebody with a will does this: "it would sue", but not "it would rain".
_WILFUL: Final = frozenset(
    "sue sign raise pay accept reject appeal close cut offer continue comply consider withdraw stop review cooperate "
    "negotiate challenge respect honour honor buy sell hire dismiss renew publish".split()
)
_BELONGINGS: Final = frozenset(
    "boats ships vessels fleet plants factory factories stores shares bid offer profits silos staff customers fighters".split()
)
# Who is the subject of one of these has a will, or at least a voice.
WILLS: Final = _WILFUL | frozenset(
    "say warn insist announce add tell argue claim deny demand refuse want call urge ask plan intend agree oppose support back "
    "propose threaten promise pledge hope fear expect seek declare vow decline file report state note stress welcome".split()
)
PROPER: Final = frozenset({"NNP", "NNPS"})
_Placed = tuple[Phrase, int, int]


class Tokens(NamedTuple):
    """What the tokens of a sentence tell, read once: offsets and tags, subjects of verbs, names that are not at its start."""

    places: list[tuple[int, str]]
    subjects: list[Token]
    names: list[str]


@dataclass
class Evidence:
    """What a text tells about names of two words and more.

    Attributes
    ----------
    bodies, firms, people
        Names, folded, that are certainly those of bodies, of companies, of people.
    likely
        Names that are those of bodies, unless something says that they are people.
    alone
        Single words that stand as names of their own.
    """

    bodies: set[str] = field(default_factory=set)
    firms: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    likely: set[str] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)

    def is_body(self, name: str) -> bool:
        """Return whether a name is that of a body by what stands around it."""
        small = folded(name)
        if small in self.people:
            return False
        if small in self.bodies or small in self.firms:
            return True
        return small in self.likely and small.rsplit(" ", 1)[-1] not in self.alone

    def learn(self, subjects: Iterable[Token], pieces: Sequence[Piece], phrases: Sequence[_Placed]) -> None:
        """Take what one sentence tells: the subjects of its verbs, its pieces and its phrases."""
        acting = {token.idx + len(token.text): token.tag_ == "NNPS" for token in subjects if token.head.lemma_ in WILLS}
        for index, (phrase, first, last) in enumerate(phrases):
            for part in phrase.parts():
                if part.kind == "person":
                    self._person(part.name)
                elif part.kind == "name":
                    self._name(part, phrase, acting)
            if phrase.kind == "name" and phrase.owner is None:
                self._around(phrase, pieces, first, last, phrase.end in acting)
                self._beside(phrase, pieces[last + 1 : last + 2], phrases[index + 1 : index + 2], last)

    def _person(self, name: str) -> None:
        single = plain(name)
        if " " in single:
            self.people.add(folded(single))
        else:
            self.alone.add(folded(single))

    def _name(self, part: Phrase, whole: Phrase, acting: Mapping[int, bool]) -> None:
        name = plain(part.text)
        if name != part.text:
            self._person(name)
            return
        small = folded(name)
        if " " not in small:
            self.alone.add(small)
            return
        if part.noun is not None and _is_body(part.noun):
            (self.firms if part.noun.singular in FIRM_NOUNS else self.bodies).add(small)
        if acting.get(part.end, False):
            self.likely.add(small)
        for other in whole.parts():
            if other.owner is part and other.noun is not None:
                if other.noun.singular in OF_FIRMS:
                    self.firms.add(small)
                elif other.noun.singular in _OF_BOTH:
                    self.likely.add(small)

    def _around(self, phrase: Phrase, pieces: Sequence[Piece], first: int, last: int, acts: bool) -> None:
        small = folded(plain(phrase.text))
        if " " not in small:
            return
        words = [piece.text.casefold() for piece in pieces[last + 1 : last + 7]]
        if words[:2] == [",", "who"]:
            self.people.add(small)
        elif words[:2] == [",", "which"] and acts:
            self.bodies.add(small)
        if any(piece.text.endswith("-based") for piece in pieces[first:last]):
            self.likely.add(small)
        if words and pieces[last + 1].tag[:1] == "V":
            told = words[2:] if words[1:2] == ["that"] else words[1:]
            if told[:1] == ["its"] and _may_be_a_body_s(pieces, last + 1 + words.index("its") + 1):
                self.likely.add(small)
            elif told[:1] == ["it"] and told[1:2] and told[1] in _MODALS:
                verb = told[3:4] if told[2:3] == ["not"] else told[2:3]
                if verb and verb[0] in _WILFUL:
                    self.likely.add(small)

    def _beside(self, phrase: Phrase, between: Sequence[Piece], following: Sequence[_Placed], last: int) -> None:
        """Take an apposition: "Blue Catch, the largest trawler company,"."""
        small = folded(plain(phrase.text))
        if " " not in small or not following or [piece.kind for piece in between] != ["comma"] or following[0][1] != last + 2:
            return
        other = following[0][0]
        if other.noun is None or not describes(other) or other.noun.plural:
            return
        if _is_body(other.noun):
            (self.firms if other.noun.singular in FIRM_NOUNS else self.bodies).add(small)
        elif other.noun.is_a(*PEOPLE, "personal"):
            self.people.add(small)


# Nouns for a company, whatever its trade.
FIRM_NOUNS: Final = frozenset(
    "company firm operator carrier manufacturer retailer developer employer airline insurer supplier contractor "
    "drugmaker carmaker automaker chipmaker steelmaker planemaker".split()
) | {"drug maker"}


def _may_be_a_body_s(pieces: Sequence[Piece], at: int) -> bool:
    """Return whether "its" stands before what only a body has: people, a fleet, a bid; "its effects" are of anything."""
    if at >= len(pieces):
        return False
    noun = pieces[at].noun
    return pieces[at].text.casefold() in _BELONGINGS or (noun is not None and noun.is_a(*PEOPLE, "group", "organ"))


def _is_body(noun: Noun) -> bool:
    return noun.is_a("body") and not noun.is_a("personal", *PEOPLE)


def tokens_of(sentence: Sentence) -> Tokens:
    """Return what the tokens of a sentence tell; a capitalised name inside it is one at the start of others too."""
    found = Tokens([], [], [])
    shouts = sentence.text.isupper()
    first = sentence.tokens.start
    for token in sentence.tokens:
        tag = token.tag_
        found.places.append((token.idx, tag))
        if token.dep_ == "nsubj":
            found.subjects.append(token)
        if tag in PROPER and not shouts and token.i > first and token.text[:1].isupper():
            found.names.append(token.text)
    return found
