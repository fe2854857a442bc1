"""Parties from the text: who speaks for whom, by titles, apposition, metonyms, common nouns and surnames.

Rules, in this order of weight: entries of an actors file for the document date; what the text says about a person
(title with demonym, country or institution; apposition; "the United States under President X"); names, capitals and
seats of the tables; organisations by proper name; "the union" and other common nouns, which refer back to the one body
of that kind named before, else are a party of their own; people heard more than once, of whom the text tells no institution.
Two answers are none: the source stays unresolved, and the note says which two.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from zopa.reading.actors import NO_ACTORS, Actors
from zopa.reading.countries import countries
from zopa.reading.evidence import FIRM_NOUNS, OF_FIRMS, PROPER, Evidence, Tokens, tokens_of
from zopa.reading.mentions import Piece, pieces_of
from zopa.reading.metonyms import Kind, known_phrases, organisations
from zopa.reading.parsing import Sentence
from zopa.reading.persons import parties_of_their_own
from zopa.reading.phrases import INSIDE, Phrase, abbreviates, attached, links_of, phrases_of
from zopa.reading.possessives import Candidate, possessor
from zopa.reading.registry import Bodies, People, PersonFound, corporate, is_outlet, nouns_for, plain, singular_key_name
from zopa.reading.resolving import GOVERNING, OWNERS, STATE_ORGANS, Resolved, Resolver, is_any_of_a_kind
from zopa.reading.roster import ACTS, Roster
from zopa.reading.roster import PartyFound as PartyFound
from zopa.reading.roster import PrincipalFound as PrincipalFound
from zopa.reading.titles import PEOPLE, Noun, words

_REPRESENTED: Final = frozenset(
    {
        (",", "represented", "by"),
        (",", "grouped", "in"),
        (",", "organised", "in"),
        (",", "organized", "in"),
        (",", "united", "in"),
    }
)
# Parts of a party that are none of their own.
_PARTS: Final = frozenset({"delegation", "team", "leadership", "side", "troops", "forces"})
_Placed = tuple[Phrase, int, int]


class Parties:
    """The parties of one article, and who speaks for them."""

    def __init__(self, actors: Actors = NO_ACTORS, document_date: date | None = None) -> None:
        self._people = People()
        self._bodies = Bodies([*countries(), *organisations(), *(actor.party for actor in actors.entries)])
        self._resolver = Resolver(actors, document_date, self._people, self._bodies)
        self._names: frozenset[str] = frozenset()
        self._evidence = Evidence()
        self._tokens: dict[int, Tokens] = {}
        self._cache: dict[int, tuple[list[Piece], list[_Placed]]] = {}
        self._every: Mapping[str, PartyFound] = {}
        self._silent: frozenset[str] = frozenset()
        self.table: Mapping[str, PartyFound] = MappingProxyType({})

    @classmethod
    def read(cls, sentences: Sequence[Sentence], actors: Actors = NO_ACTORS, document_date: date | None = None) -> Parties:
        """Return the parties of an article.

        Parameters
        ----------
        sentences
            All parsed sentences of one article, in order.
        actors
            Dated offices that count more than the text.
        document_date
            Day the text is dated; decides which office counts.
        """
        parties = cls(actors, document_date)
        parties._tokens = {sentence.span.start: tokens_of(sentence) for sentence in sentences}
        parties._names = actors.words().union(*(seen.names for seen in parties._tokens.values()))
        for sentence in sentences:
            parties._evidence.learn(parties._tokens[sentence.span.start].subjects, *parties._phrases(sentence))
        for sentence in sentences:
            parties._learn_people(sentence)
        parties._resolver.home.extend(_home_of(sentences[:1]))
        parties._learn_standing(sentences)
        for previous, sentence in zip([None, *sentences], sentences, strict=False):
            parties._learn_bodies(sentence)
            parties._learn_possessors(previous, sentence)
        parties._learn_single_parties()
        parties._learn_lone_offices(sentences)
        for sentence in sentences:
            parties._learn_roles(sentence)
        parties._learn_persons(sentences)
        for previous, sentence in zip([None, *sentences], sentences, strict=False):
            parties._learn_possessors(previous, sentence)  # again, now that all offices are known
        roster = Roster(parties._resolver, parties._people, parties._bodies, parties._phrases)
        parties._every, parties._silent = roster.table(sentences)
        parties._table()
        return parties

    def name(self, key: str) -> str:
        """Return the name of a party; a stand-in (``anonymous``) is its own name."""
        return self._resolver.name(key)

    # Learning --------------------------------------------------------------------------------------

    def _phrases(self, sentence: Sentence) -> tuple[list[Piece], list[_Placed]]:
        found = self._cache.get(sentence.span.start)
        if found is None:
            seen = self._tokens.get(sentence.span.start)
            pieces = pieces_of(sentence, self._names, None if seen is None else seen.places)
            found = self._cache[sentence.span.start] = (pieces, attached(pieces, phrases_of(pieces)))
        return found

    def _learn_people(self, sentence: Sentence) -> None:
        pieces, phrases = self._phrases(sentence)
        base = sentence.line.span.start
        owners: set[str] = set()
        for phrase, _, _ in phrases:
            for part in phrase.parts():
                if part.noun is not None and part.noun.is_a(*PEOPLE) and part.owner is not None and part.owner.kind == "name":
                    owners.add(part.owner.text)
        for phrase, _, _ in phrases:
            for part in phrase.parts():
                name = plain(part.text)
                full = part.kind == "name" and _is_full_name(part) and part.text not in owners
                if full and not self._evidence.is_body(name) and not self._people.called(name, base + part.start):
                    self._people.add(name, base + part.start)
        for link in links_of(pieces, phrases):
            name = plain(link.name.text)
            if link.office.noun is None or link.office.noun.is_a(*PEOPLE, "personal"):
                bare = link.office.kind == "name" and (corporate(name) or " " not in name or _is_of_something(link.office))
                if bare or self._evidence.is_body(name):
                    continue
                at = base + link.name.start
                known = self._people.called(name, at)
                person = known[0] if len(known) == 1 else self._people.add(name, at)
                person.offices.append((link.office, base + link.office.start))

    def _learn_bodies(self, sentence: Sentence) -> None:
        pieces, phrases = self._phrases(sentence)
        base = sentence.line.span.start
        for link in links_of(pieces, phrases):
            noun = link.office.noun
            if (
                noun is not None
                and noun.is_a("body")
                and not noun.is_a("personal")
                and not self._people.called(link.name.text, base)
            ):
                self._bodies.add(link.name.text, base + link.name.start, "organisation", (noun.singular,))
        for phrase, _, _ in phrases:
            for part in phrase.parts():
                if part.kind == "name" and part.text.rsplit(" ", 1)[-1].casefold() not in words("place"):
                    self._learn_name(part, phrase, base)
            self._learn_governing(phrase, base)
            self._learn_represented(pieces, phrases, phrase, base)
            for part in phrase.parts():
                at = base + part.start
                if part.kind == "known" and part.known is not None:
                    for back in organisations()[part.known.key].nouns if part.known.key in organisations() else ():
                        self._bodies.refer(back.removesuffix("s"), part.known.key, at)
                elif part.kind == "noun" and not _is_inside_a_name(part, phrase):
                    titled = part is not phrase and phrase.noun is not None and phrase.noun.is_a("voice")
                    self._learn_common(replace(part, definite=True) if titled and not phrase.indefinite else part, at)
        self._learn_brackets(pieces, phrases, base)
        self._learn_subjects(sentence, phrases)

    def _learn_represented(self, pieces: Sequence[Piece], phrases: Sequence[_Placed], phrase: Phrase, base: int) -> None:
        """Take "the nurses, represented by the Caregivers' League" as the league from here on."""
        index = next(place for place, (one, _, _) in enumerate(phrases) if one is phrase)
        if index + 1 == len(phrases) or phrase.noun is None or not phrase.noun.plural or not phrase.definite:
            return
        body, first, _ = phrases[index + 1]
        gap = tuple(piece.text.casefold() for piece in pieces[phrases[index][2] + 1 : first])
        if gap not in _REPRESENTED or body.kind not in {"name", "known"}:
            return
        at = base + phrase.start
        if body.kind == "name":
            self._learn_name(body, body, base)
        found = self._resolver.resolve(body, base + body.start)
        if found.found and not found.person:
            self._bodies.represent(phrase.noun.singular, found.party, at - 1)

    def _learn_governing(self, phrase: Phrase, base: int) -> None:
        """Note which states act in the text: those named as such at the head of a phrase or with a government of their own."""
        for part in phrase.parts():
            known = part.known
            organ = part.noun is not None and part.noun.is_a("organ", "voice")
            if known is None and organ and part.owner is not None and part.owner.known is not None:
                known = part.owner.known
            acts = part is not phrase or organ or (known is not None and known.form == "name")
            if known is not None and known.key in countries() and acts:
                self._bodies.refer(GOVERNING, known.key, base + part.start)

    def _learn_brackets(self, pieces: Sequence[Piece], phrases: Sequence[_Placed], base: int) -> None:
        """Take an abbreviation: "the Island States Alliance (ISA)"."""
        for (phrase, _, last), (short, first, end) in pairwise(phrases):
            closed = end + 1 < len(pieces) and pieces[end + 1].text == ")"
            if not closed or pieces[last + 1].text != "(" or first != last + 2 or short.kind not in {"name", "known"}:
                continue
            name = phrase.text if phrase.kind == "name" else self._resolver.common_name(phrase)
            if phrase.kind not in {"name", "noun"} or not abbreviates(short.text, name):
                continue
            if phrase.kind == "name" and not self._people.called(name, base + phrase.start):
                self._bodies.add(name, base + phrase.start, "organisation", self._nouns_for(name))
            body = self._bodies.named(name)
            if body is not None:
                self._bodies.alias(short.text, body)

    def _learn_name(self, part: Phrase, whole: Phrase, base: int) -> None:
        text = plain(part.text)
        if (
            text != part.text
            or is_outlet(text)
            or self._people.called(text, base + part.start)
            or self._resolver.actors.named(text)
        ):
            return
        firm = state = False
        land = text.rsplit(" ", 1)[-1].casefold() in words("land")
        evident = corporate(text) or (part.definite and part is whole and not land)
        for other in whole.parts():
            noun = other.noun
            if other.owner is part and noun is not None and noun.is_a(*PEOPLE, "group", "body"):
                evident = True
                firm = firm or noun.singular in OF_FIRMS
            if other.owner is part and noun is not None and _is_of_state(noun):
                evident = state = True
        short = None if corporate(text) else self._bodies.short_of(text)
        if short is not None:
            self._bodies.alias(text, short)  # "Rovers" after "Westhaven Rovers"
        elif state and not corporate(text):
            body = self._bodies.add(text, base + part.start, "state")
            self._make_state(body.key, base + part.start)
        elif evident or self._evidence.is_body(text):
            refer = self._nouns_for(text) or (("company", "firm") if firm else ())
            self._bodies.add(text, base + part.start, "organisation", refer)

    def _make_state(self, key: str, at: int) -> None:
        """Take a body of which the text says that it has ministers or an army as a state that no table knows."""
        body = self._bodies.by_key.get(key)
        if body is not None and body.kind in {"organisation", "state"} and not body.common and not corporate(body.name):
            body.kind, body.assumed = "state", False
            self._bodies.refer(GOVERNING, key, at)

    def _learn_standing(self, sentences: Sequence[Sentence]) -> None:
        """Note the groups a text knows: those with "the", or the subject of a verb more than once."""
        counts: dict[str, int] = {}
        for sentence in sentences:
            subjects = {token.idx + len(token.text) for token in self._tokens[sentence.span.start].subjects}
            for phrase, _, _ in self._phrases(sentence)[1]:
                noun = phrase.noun
                if phrase.kind == "noun" and noun is not None and noun.plural and not phrase.indefinite:
                    weight = 2 if phrase.definite and not phrase.possessive else int(phrase.end in subjects)
                    counts[noun.singular] = counts.get(noun.singular, 0) + weight
        self._resolver.standing.update(noun for noun, count in counts.items() if count > 1)

    def _learn_possessors(self, previous: Sentence | None, sentence: Sentence) -> None:
        """Take "its water minister" as of the state before, and what has a minister as a state."""
        base = sentence.line.span.start
        for phrase, _, _ in self._phrases(sentence)[1]:
            for part in phrase.parts():
                if part.possessive in OWNERS and part.owner is None and part.noun is not None:
                    at = base + part.start
                    before = self._candidates(sentence, at)
                    earlier = [] if previous is None or _apart(previous, sentence) else self._candidates(previous, at)
                    found = possessor(part.possessive, before, earlier)
                    if found is not None:
                        if _is_of_state(part.noun) and part.possessive == "its":
                            self._make_state(found.party, at)
                        told = f"“{part.possessive}” stands for {found.speaker or self.name(found.party)}"
                        note = told if found.found or found.note is None else f"{told}; {found.note}"
                        self._resolver.possessors[at] = replace(found, note=note)

    def _candidates(self, sentence: Sentence, until: int) -> list[Candidate]:
        """Return what the phrases of a sentence before a place come to."""
        base = sentence.line.span.start
        subjects = {token.idx + len(token.text) for token in sentence.tokens if token.dep_ in {"nsubj", "nsubjpass"}}
        found: list[Candidate] = []
        for phrase, _, _ in self._phrases(sentence)[1]:
            if phrase.kind in {"pronoun", "other"} or base + phrase.end > until:
                continue
            for part in phrase.parts():
                head = part is phrase or part.kind == "person" or (part.kind == "name" and phrase.kind != "person")
                if head and not (part.noun is not None and part.noun.is_a("thing")):
                    result = self._resolver.resolve(part, base + part.start)
                    found.append(Candidate(result, part is phrase and _last_word_ends(part, subjects)))
        return found

    def _nouns_for(self, name: str) -> tuple[str, ...]:
        """Return the nouns that refer back to a body; one of which nothing else is known is taken for a company."""
        firm = not corporate(name) and self._evidence.is_body(name)
        return nouns_for(name) or (("company", "firm") if firm else ())

    def _learn_single_parties(self) -> None:
        """Take "tenant Maria Lopez" as a party of tenants, where the text has no other word for it."""
        for person in self._people.by_name.values():
            for office, at in person.offices:
                noun = office.noun
                lone = office.owner is None or (noun is not None and not noun.is_a(*PEOPLE))
                if noun is not None and noun.is_a("personal") and lone and not self._bodies.ever(noun.singular):
                    self._learn_common(replace(office, kind="noun", indefinite=False, owner=None), at)

    def _learn_lone_offices(self, sentences: Sequence[Sentence]) -> None:
        """Take "chief executive Tom Poe" as of the only company, "finance minister Ada Obi" as of the only government so far."""
        ends = sorted(sentence.span.end for sentence in sentences)
        for person in self._people.by_name.values():
            for office, at in person.offices:
                if office.owner is None and office.noun is not None and not office.possessive:
                    until = ends[min(bisect_right(ends, at), len(ends) - 1)]
                    found = self._resolver.sole(office.noun, until) or self._elsewhere(sentences, office.noun, at)
                    if found is not None:
                        self._resolver.assumed[at] = found

    def _elsewhere(self, sentences: Sequence[Sentence], noun: Noun, at: int) -> tuple[str, str] | None:
        """Return whose "owner Tom Poe" is: of the one body that "the owner of" names before."""
        found: dict[str, str] = {}
        for sentence in sentences:
            base = sentence.line.span.start
            for phrase, _, _ in self._phrases(sentence)[1]:
                same = phrase.kind == "noun" and phrase.noun == noun and noun.is_a("voice")
                if same and phrase.owner is not None and not phrase.indefinite and base + phrase.start < at:
                    party = self._resolver.resolve(phrase, base + phrase.start)
                    if party.found:
                        found[party.party] = f"assumed: the {noun.singular} of {self.name(party.party)}"
        return found.popitem() if len(found) == 1 else None

    def _learn_roles(self, sentence: Sentence) -> None:
        """Take "the mediator" or "residents" as a party of their own, where nothing else says whose they are."""
        _, phrases = self._phrases(sentence)
        base = sentence.line.span.start
        acting: set[int] | None = None
        for phrase, _, _ in phrases:
            for part in phrase.parts():
                noun = part.noun
                if noun is None or part.kind not in {"noun", "person"}:
                    continue
                at = base + part.start
                if noun.is_a("crowd") and noun.plural and part.owner is None and not part.indefinite:
                    if acting is None:
                        subjects = self._tokens[sentence.span.start].subjects
                        acting = {token.idx + len(token.text) for token in subjects if token.head.lemma_ in ACTS}
                    if part.end in acting:
                        self._add_role(noun, at)
                elif noun.is_a("role") and self._resolver.may_be_a_role(part, at):
                    self._add_role(noun, at)

    def _learn_persons(self, sentences: Sequence[Sentence]) -> None:
        """Take people of whom the text tells no institution, and who speak more than once, as parties of their own."""
        for person in parties_of_their_own(
            self._people, sentences, self._phrases, self._is_of_no_party, self._resolver.possessors
        ):
            body = self._bodies.add(person.name, person.at, "person", assumed=True)
            self._resolver.own[person.name] = body.key

    def _is_of_no_party(self, person: PersonFound) -> bool:
        found = self._resolver.named(person.name, person.at, 0, None)
        return found.party == "unresolved" and found.speaker == person.name and not self._resolver.actors.named(person.name)

    def _add_role(self, noun: Noun, at: int) -> None:
        if not self._bodies.ever(noun.singular):
            body = self._bodies.add(singular_key_name(noun.singular, noun.plural), at, "group")
            body.common = True
            self._bodies.refer(noun.singular, body.key, at)

    def _learn_subjects(self, sentence: Sentence, phrases: Sequence[_Placed]) -> None:
        """Take a bare unknown name that is the subject of a verb as a body: people are introduced by their full names."""
        subjects = {token.idx for token in self._tokens[sentence.span.start].subjects if token.tag_ in PROPER}
        base = sentence.line.span.start
        for phrase, _, _ in phrases:
            text = phrase.text
            if phrase.kind == "name" and phrase.owner is None and " " not in text and phrase.start in subjects and len(text) > 1:
                at = base + phrase.start
                known = self._people.called(text, at) or self._resolver.actors.named(text) or self._bodies.named(text)
                short = None if known else self._bodies.short_of(text)
                if short is not None:
                    self._bodies.alias(text, short)
                elif not known and not is_outlet(text) and text.casefold() not in words("place"):
                    self._bodies.add(text, at, "organisation", assumed=True)

    def _learn_common(self, phrase: Phrase, at: int) -> None:
        """Take "the union" as a party, unless it refers back; note what "the ministry" stands for from here on."""
        noun = phrase.noun
        if noun is None or (noun.is_a("unnamed") and phrase.owner is None):
            return
        if noun.is_a("organ") and phrase.owner is not None:
            owner = self._resolver.resolve(phrase.owner, at)
            if owner.found:
                self._bodies.refer(noun.singular, owner.party, at)
            return
        if not noun.is_a("body", "group", "organ") or (noun.is_a("unnamed", "follower") and not noun.is_a("organ", "body")):
            return
        if noun.is_a("voice", "staff") or phrase.indefinite or (noun.is_a("organ") and not phrase.definite):
            return
        if noun.is_a("organ") and (phrase.possessive in OWNERS or (noun.singular in _PARTS and " " not in phrase.title)):
            return
        if (
            phrase.owner is None
            and noun.singular == "ministry"
            and noun.singular != phrase.title
            and self._resolver.sole(noun, at)
        ):
            return
        if phrase.owner is None and phrase.title.casefold() in STATE_ORGANS:
            sole = self._resolver.sole(noun, at)
            if sole is not None or self._bodies.referred(GOVERNING, at):
                return  # the only state's, or nobody knows which one's
        name = self._resolver.common_name(phrase)
        if name == noun.singular and self._bodies.referred(noun.singular, at):
            return
        ending = self._bodies.ending(name) if " " in name else []
        if len(ending) == 1 and self._bodies.named(name) is None:
            self._bodies.alias(name, ending[0])  # "the tenants' association" after "the Elm Street Tenants' Association"
            self._bodies.refer(noun.singular, ending[0].key, at)
            return
        if is_any_of_a_kind(phrase):
            return
        one = name == noun.singular and not noun.plural
        firms = self._bodies.referred("company", at) if one and noun.singular in FIRM_NOUNS else []
        if one and not firms and (noun.singular in FIRM_NOUNS or noun.singular == "club"):
            firms = self._bodies.of_no_kind(at)
        if len(firms) == 1:
            self._bodies.refer(noun.singular, firms[0], at)
            if noun.singular in FIRM_NOUNS:
                self._bodies.refer("company", firms[0], at)
                self._bodies.refer("firm", firms[0], at)
            return
        plural = noun.plural and noun.is_a("group")
        shown = name if name != noun.singular else singular_key_name(noun.singular, noun.plural)
        kind: Kind = "group" if plural else ("person" if noun.is_a("personal") else "organisation")
        body = self._bodies.add(shown[:1].upper() + shown[1:], at, kind)
        body.common = body.common or body.at == at
        # "The union" after "the teachers' union" refers back to it from the next word on.
        self._bodies.refer(noun.singular, body.key, at)

    # Resolving -------------------------------------------------------------------------------------

    def _table(self) -> None:
        self.table = MappingProxyType({key: one for key, one in self._every.items() if key not in self._silent})

    def of(self, sentence: Sentence, first: int, last: int) -> Resolved:
        """Return what a source comes to; whoever is one is a party of the table from then on.

        Parameters
        ----------
        sentence
            The sentence it stands in.
        first, last
            Its first and last token, as indices of the line's document.  Pronouns are resolved before.
        """
        found = self._source(sentence, first, last)
        if found.party in self._silent:
            self._silent -= {found.party}
            self._table()
        return found

    def _source(self, sentence: Sentence, first: int, last: int) -> Resolved:
        pieces, phrases, before = self._inside(sentence, first, last)
        if not phrases:
            return Resolved("unresolved", note="names nobody")
        base = sentence.line.span.start
        results = [self._alone(pieces, phrases, 0, before, base)]
        for index, (_, start, _) in enumerate(phrases[1:], 1):
            between = {piece.kind for piece in pieces[phrases[index - 1][2] + 1 : start]}
            if ("and" not in between and between != {"comma"}) or between - {"and", "comma", "determiner"}:
                break
            if between == {"comma"} and not any(piece.kind == "and" for piece in pieces[start:]):
                break  # apposition, not a list
            results.append(self._alone(pieces, phrases, index, before, base))
        if len(results) == 1:
            return results[0]
        distinct = list(dict.fromkeys(one.party for one in results))
        if len(distinct) == 1:
            return replace(results[0], plural=True, speaker=None)
        names = " and ".join(self.name(key) for key in distinct)
        return Resolved("unresolved", note=f"several parties: {names}", plural=True, person=all(one.person for one in results))

    def mentioned(self, sentence: Sentence, first: int, last: int) -> tuple[str, ...]:
        """Return the keys of the parties named between two tokens, in order of the text."""
        _, phrases, _ = self._inside(sentence, first, last)
        base = sentence.line.span.start
        found: dict[str, None] = {}
        for phrase, _, _ in phrases:
            for part in reversed(list(phrase.parts())):
                result = self._resolver.resolve(part, base + part.start)
                if result.found:
                    found[result.party] = None
        return tuple(found)

    def addressee(self, sentence: Sentence, first: int, last: int) -> str | None:
        """Return the key of the party addressed: who follows a cue ("told X") or its "to", "with", "on" ("called on X").

        Parameters
        ----------
        sentence
            The sentence of the cue.
        first, last
            First and last token of the cue.
        """
        doc = sentence.tokens.doc
        end = sentence.tokens.end - 1
        at = last + 1
        while at <= end and doc[at].lower_ in {"to", "with", "on", "upon", "against", "the", "a", "both"}:
            at += 1
        if at > end or doc[first].pos_ == "ADP":
            return None
        _, phrases, _ = self._inside(sentence, at, end)
        if not phrases or sentence.line.span.start + phrases[0][0].start > sentence.offset(doc[at].idx):
            return None
        result = self._resolver.resolve(phrases[0][0], sentence.line.span.start + phrases[0][0].start)
        return result.party if result.found else None

    def _inside(self, sentence: Sentence, first: int, last: int) -> tuple[list[Piece], list[_Placed], str]:
        """Return the pieces and phrases between two tokens, and the word before them."""
        doc = sentence.tokens.doc
        start, end = doc[first].idx, doc[last].idx + len(doc[last].text)
        pieces, _ = self._phrases(sentence)
        inside = [piece for piece in pieces if piece.start < end and start < piece.end]
        before = [piece.text.casefold() for piece in pieces if piece.end <= start]
        return inside, attached(inside, phrases_of(inside)), before[-1] if before else ""

    def _alone(self, pieces: Sequence[Piece], phrases: Sequence[_Placed], index: int, before: str, base: int) -> Resolved:
        """Return what one phrase of a source comes to, "within X" and "near X" counted."""
        phrase, first, last = phrases[index]
        result = self._resolver.resolve(phrase, base + phrase.start)
        if first:
            before = pieces[first - 1].text.casefold()
            if pieces[first - 1].kind == "determiner" and first > 1:
                before = pieces[first - 2].text.casefold()
        if before in INSIDE and phrase.kind == "known" and result.found:
            return Resolved(result.party, note=f"unnamed, within {self._resolver.name(result.party)}", plural=True)
        if result.party in {"unresolved", "anonymous"} and index + 1 < len(phrases) and not result.named:
            place, start, _ = phrases[index + 1]
            prepositions = [piece.text.casefold() for piece in pieces[last + 1 : start] if piece.kind != "determiner"]
            inner = self._resolver.resolve(place, base + place.start)
            inwards = len(prepositions) == 1 and prepositions[0] in INSIDE
            if inwards and inner.found and place.kind in {"known", "noun"} and not _is(phrase, "private"):
                return Resolved(inner.party, note=f"unnamed, within {self._resolver.name(inner.party)}", plural=True)
        return result


def _home_of(first: Sequence[Sentence]) -> Iterator[str]:
    """Yield the state that the dateline names by its capital or name ("JAKARTA — "), where there is one."""
    for sentence in first:
        start = sentence.article.lines[sentence.line.number - 1].span.start
        for part in sentence.article.text[start : sentence.line.span.start].replace("(", ",").replace("—", ",").split(","):
            known = known_phrases().get(part.strip()) or known_phrases().get(part.strip().title())
            if known is not None and known.key in countries() and known.form in {"name", "capital"}:
                yield known.key
                return


def _apart(one: Sentence, other: Sentence) -> bool:
    """Return whether a heading stands between two sentences."""
    return any(line.kind == "heading" for line in one.article.lines[one.line.number : other.line.number - 1])


def _last_word_ends(phrase: Phrase, subjects: set[int]) -> bool:
    """Return whether one of the words of a phrase is a subject; a phrase with an owner behind it has its head inside."""
    return any(phrase.start < end <= phrase.end for end in subjects)


def _is_of_state(noun: Noun) -> bool:
    """Return whether only a state has it: a government, a minister, an army."""
    return noun.singular in STATE_ORGANS - {"treasury", "cabinet"} or noun.singular.endswith("minister")


def _is(phrase: Phrase, name: str) -> bool:
    return phrase.noun is not None and phrase.noun.is_a(name)


def _is_of_something(phrase: Phrase) -> bool:
    """Return whether "the" and "of" stand around a name: "the Federal Bureau of Prisons", but not "the Network's Ann Lee"."""
    return phrase.definite and phrase.owner is not None and phrase.owner.kind == "name" and phrase.owner.start > phrase.start


def _is_full_name(phrase: Phrase) -> bool:
    """Return whether a name looks like that of a person: two to six words, none of a body, no "the" before it."""
    text = plain(phrase.text)
    count = len(text.split())
    return 2 <= count <= 6 and not corporate(text) and not is_outlet(text) and not phrase.definite and phrase.noun is None


def _is_inside_a_name(part: Phrase, whole: Phrase) -> bool:
    """Return whether a group only tells which body is meant: the teachers of "the teachers' union"."""
    return any(one.owner is part and _is(one, "body") for one in whole.parts()) and _is(part, "group")
