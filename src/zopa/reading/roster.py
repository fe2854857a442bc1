"""The table of the parties of a text: who is named where, who speaks for whom, and who heads a party.

What only a common noun names ("boards", "delegations") is no party of the table until it acts as one: as the subject of a
verb of will or speech, addressed, with somebody who speaks for it, or as the source of a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from zopa.reading.articles import Span
from zopa.reading.evidence import WILLS
from zopa.reading.mentions import Piece
from zopa.reading.metonyms import Kind
from zopa.reading.parsing import Sentence
from zopa.reading.phrases import Phrase
from zopa.reading.registry import Bodies, People, status_of
from zopa.reading.resolving import Resolver
from zopa.reading.titles import PEOPLE

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLACES: Final = frozenset({"in", "at", "to", "from", "near", "outside", "into"})
_PRINCIPALS: Final = frozenset(
    "president|premier|chancellor|king|queen|emir|sultan|pope|taoiseach|president-elect|leader|chairman|chair|chairwoman|ceo|"
    "governor|mayor|secretary-general|prime minister|vice president|chief executive|secretary general|head of state|"
    "managing director".split("|")
)
# What a group does that acts as a party.
ACTS: Final = frozenset(
    "demand reject refuse strike vote accept want insist sign oppose offer propose agree threaten appeal sue urge seek "
    "boycott petition".split()
)
_ATTITUDES: Final = frozenset(
    "opposed willing ready eager open keen worried concerned unwilling reluctant prepared determined skeptical sceptical angry "
    "furious confident hopeful divided against".split()
)
_ADDRESSES: Final = frozenset("tell urge ask warn invite press call order accuse beg implore remind assure promise".split())
_SOURCES: Final = frozenset({"by", "among", "within", "to"})
_Placed = tuple[Phrase, int, int]


@dataclass(frozen=True)
class PartyMention:
    """Words that name a party or somebody who speaks for it, with their place."""

    text: str
    span: Span
    line: int


@dataclass(frozen=True)
class PrincipalFound:
    """Somebody who heads a party.

    Attributes
    ----------
    name, role
        Name and title in words.
    status
        ``incumbent``, ``incoming``, ``outgoing`` or ``former``, by the words of the title.
    """

    name: str
    role: str
    status: str


@dataclass(frozen=True)
class PartyFound:
    """A party of a text.

    Attributes
    ----------
    key, name, kind
        Key, name, and ``state``, ``organisation``, ``group`` or ``person``.
    mentions
        Where the text names it, in order.
    voices
        Names of the people who speak for it.
    principals
        Those who head it; a state with two administrations stays one party.
    assumed
        Whether that it is a party at all is only assumed: a bare name that nothing introduces.
    """

    key: str
    name: str
    kind: Kind
    mentions: tuple[PartyMention, ...]
    voices: tuple[str, ...]
    principals: tuple[PrincipalFound, ...]
    assumed: bool = False


@dataclass
class _Gathered:
    mentions: list[PartyMention] = field(default_factory=list)
    voices: dict[str, None] = field(default_factory=dict)
    principals: dict[tuple[str, str], PrincipalFound] = field(default_factory=dict)


@dataclass(frozen=True)
class Roster:
    """Makes the table of the parties of one text from what is known of its people and bodies."""

    resolver: Resolver
    people: People
    bodies: Bodies
    phrases: Callable[[Sentence], tuple[list[Piece], list[_Placed]]]

    def table(self, sentences: Sequence[Sentence]) -> tuple[dict[str, PartyFound], frozenset[str]]:
        """Return every party named, in order of the text, and the keys of those that do not act as parties."""
        found: dict[str, _Gathered] = {}
        acting: set[str] = set()
        for sentence in sentences:
            pieces, phrases = self.phrases(sentence)
            base = sentence.line.span.start
            ends = acting_ends(sentence.tokens) if self.bodies.by_key else frozenset()
            for phrase, first, last in phrases:
                before = pieces[first - 1].text.casefold() if first else ""
                head = pieces[last].end if phrase.owner is None else phrase.end
                for part, party in self._of_parts(phrase, base, before):
                    span = Span(base + part.start, base + part.end)
                    mention = PartyMention(span.of(sentence.article.text), span, sentence.line.number)
                    found.setdefault(party, _Gathered()).mentions.append(mention)
                    spoken_for = part is not phrase and phrase.noun is not None and phrase.noun.is_a(*PEOPLE)
                    if spoken_for or part.end in ends or (part is phrase and head in ends):
                        acting.add(party)
        for person in self.people.by_name.values():
            self._gather_person(person.name, person.offices, person.at, found)
        table = {
            key: PartyFound(
                key,
                self.resolver.name(key),
                self.resolver.kind(key),
                tuple(sorted(one.mentions, key=lambda mention: mention.span)),
                tuple(one.voices),
                tuple(one.principals.values()),
                key in self.bodies.by_key and self.bodies.by_key[key].assumed,
            )
            for key, one in found.items()
        }
        common = (key for key, one in table.items() if key in self.bodies.by_key and self.bodies.by_key[key].common)
        return table, frozenset(key for key in common if key not in acting and not table[key].voices)

    def _of_parts(self, phrase: Phrase, base: int, before: str) -> Iterator[tuple[Phrase, str]]:
        last = None
        for part in phrase.parts():
            if part.noun is not None and part.noun.is_a("thing"):
                continue  # "the union's proposal" names the union, not itself
            if part.known is not None and part.known.form in {"capital", "seat"} and before in _PLACES and part is phrase:
                continue
            result = self.resolver.resolve(part, base + part.start)
            if result.found and result.party != last:
                last = result.party
                yield part, result.party

    def _gather_person(self, name: str, offices: Sequence[tuple[Phrase, int]], at: int, found: dict[str, _Gathered]) -> None:
        result = self.resolver.named(name, at, 0, None)
        if result.found and result.party in found and result.speaker is not None:
            found[result.party].voices[result.speaker] = None
        for office, place in offices:
            noun = office.noun
            if noun is None or noun.singular not in _PRINCIPALS:
                continue
            owner = self.resolver.office_party(office, place, 0)
            party = owner.party if owner is not None and owner.found else result.party
            if party in found:
                principal = PrincipalFound(name, office.title, status_of(office.title))
                found[party].principals.setdefault((name, office.title), principal)


def acting_ends(tokens: Iterable[Token]) -> frozenset[int]:
    """Return where the words end that act as a party does: that want, say or fear something, are addressed or are a source."""
    found: set[int] = set()
    for token in tokens:
        verb = token.head.lemma_
        joined = token.dep_ == "conj" and token.head.dep_ == "nsubj"
        if joined:
            verb = token.head.head.lemma_
        if (token.dep_ == "nsubj" or joined) and (
            verb in WILLS or verb in ACTS or (not joined and any(child.lower_ in _ATTITUDES for child in token.head.children))
        ):
            acts = True
        elif token.dep_ in {"dobj", "iobj", "dative"}:
            acts = verb in _ADDRESSES
        else:
            acts = token.dep_ == "pobj" and token.head.lower_ in _SOURCES
        if acts:
            found.add(token.idx + len(token.text))
    return frozenset(found)
