"""Who a noun phrase stands for: names by actors file, titles and surnames; nouns by owner or by what they refer back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from zopa.reading.actors import Actor, Actors, folded
from zopa.reading.countries import countries
from zopa.reading.evidence import FIRM_NOUNS, OF_FIRMS
from zopa.reading.metonyms import Kind, organisations
from zopa.reading.phrases import Phrase
from zopa.reading.registry import Bodies, People, is_outlet, plain, singular_key_name, status_of
from zopa.reading.statements import PSEUDO_PARTIES
from zopa.reading.titles import PEOPLE, Noun, plural_forms, words

_DEPTH: Final = 6
# The noun under which the states that act in a text are kept, and a government without a state.
GOVERNING: Final = "governing state"
_OF_STATES: Final = frozenset({"premier", "taoiseach", "prime minister-designate", "attorney general", "president"})
# What only a state has; "president" and "court" are of bodies too.
STATE_ORGANS: Final = frozenset(
    "government|army|parliament|cabinet|navy|military|treasury|junta|regime|foreign ministry|defence ministry|defense ministry|"
    "finance ministry|central bank|supreme court|coast guard|air force|armed forces".split("|")
)
_WITH_PRESIDENTS: Final = ("company", "union", "association", "federation", "club", "university", "league")
_COUNTRIES: Final = frozenset({"country", "state", "nation"})
# One of these speaks for a body even where no name is given.
_SPOKES: Final = frozenset({"spokesman", "spokeswoman", "spokesperson", "press secretary"})
# "The European commissioner" is of the union; a counterpart is never of whoever "her" stands for.
_OF_THE_UNION: Final = frozenset({"counterpart", "commissioner"})
OWNERS: Final = frozenset({"his", "her", "its", "their"})
# Who has one of these speaks for a body or for nobody: "the Danish chief executive" is no voice of Denmark.
_CIVIL: Final = frozenset(
    "chairman|chairwoman|chairperson|chair|director|executive|chief executive|ceo|founder|owner|co-owner|manager|boss|"
    "general manager|managing director|general secretary|organiser|organizer|steward|shop steward|lawyer|attorney|counsel|"
    "solicitor|treasurer|superintendent|mayor|head coach|captain|activist|board member|employee|staffer".split("|")
)
_DEMONYMS: Final = frozenset({"adjective", "people", "person"})
_MEMBERSHIPS: Final = ("union", "association", "federation", "league", "guild", "confederation", "cooperative")


@dataclass(frozen=True)
class Resolved:
    """What the words of a source come to.

    Attributes
    ----------
    party
        Key of the party spoken for, or ``anonymous``, ``unnamed`` or ``unresolved``.
    speaker
        Person or institution, by its full name where the text or the actors file gives one.
    note
        How the party was found, in words.
    person, plural
        Whether the source is a person, and whether it is several.
    named
        Whether a person, an office with authority to speak, or an institution is named.
    """

    party: str
    speaker: str | None = None
    note: str | None = None
    person: bool = False
    plural: bool = False
    named: bool = False

    @property
    def found(self) -> bool:
        """Whether the party is one of the parties, not a stand-in."""
        return self.party not in PSEUDO_PARTIES


@dataclass(frozen=True)
class Resolver:
    """Resolves phrases by what a text has introduced and by dated offices.

    Attributes
    ----------
    actors, day
        Offices that count more than the text, and the day that decides which of them counts.
    people, bodies
        What the text introduces.
    assumed
        By the place of a title that does not say whose it is: the party it is assumed to belong to, and why.
    possessors
        By the place of an office with "its", "his", "her" or "their": whom that stands for.
    standing
        Nouns of groups that the text treats as known, so that their bare plural names them ("Dockers want").
    home
        State that the dateline names, in a list of one; empty without.
    own
        Keys of the people who are parties of their own, by their full names.
    """

    actors: Actors
    day: date | None
    people: People
    bodies: Bodies
    assumed: dict[int, tuple[str, str]] = field(default_factory=dict)
    possessors: dict[int, Resolved] = field(default_factory=dict)
    standing: set[str] = field(default_factory=set)
    home: list[str] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)

    def name(self, key: str) -> str:
        """Return the name of a party; a stand-in (``anonymous``) is its own name."""
        if key in countries():
            return countries()[key].name
        if key in organisations():
            return organisations()[key].name
        if key in self.bodies.by_key:
            return self.bodies.by_key[key].name
        return self.actors.names().get(key, key)

    def kind(self, key: str) -> Kind:
        """Return the kind of a party."""
        if key in countries():
            return "state"
        if key in organisations():
            return organisations()[key].kind
        body = self.bodies.by_key.get(key)
        return "organisation" if body is None else body.kind

    def resolve(self, phrase: Phrase, at: int, depth: int = 0) -> Resolved:
        """Return what a phrase comes to at a place of the article; ``depth`` counts owners within owners."""
        if depth > _DEPTH:
            return Resolved("unresolved", note="nested too deeply")
        if phrase.kind == "known" and phrase.known is not None:
            return self._known(phrase)
        if phrase.kind == "person":
            return self.named(plain(phrase.name), at, depth, phrase)
        if phrase.kind == "name":
            return self.named(phrase.text, at, depth, None)
        if phrase.kind == "noun" and phrase.noun is not None:
            return self._noun(phrase, at, depth)
        if phrase.kind == "pronoun":
            return Resolved("unresolved", note=f"the pronoun {phrase.text}", person=True)
        return Resolved("unresolved", note=f"no party is known for “{phrase.text}”")

    def _known(self, phrase: Phrase) -> Resolved:
        known = phrase.known
        assert known is not None
        name = self.name(known.key)
        if known.form == "person" or (known.form in {"adjective", "people"} and phrase.indefinite):
            return Resolved(known.key, note=f"unnamed, of {name}", person=True)
        note = {"capital": f"{phrase.text}: capital, for {name}", "seat": f"{phrase.text}: {known.what}, for {name}"}.get(
            known.form
        )
        return Resolved(known.key, phrase.text, note, plural=known.form in {"people", "adjective"}, named=True)

    # Names -----------------------------------------------------------------------------------------

    def named(self, text: str, at: int, depth: int, person: Phrase | None) -> Resolved:
        """Return what a name comes to at a place; ``person`` is the phrase when a title stands with it."""
        name = plain(text)
        candidates = self.people.called(name, at)
        entries = self.actors.named(name)
        if entries:
            own = {folded(one) for actor in entries for one in (actor.name, *actor.aliases)}
            others = [one for one in candidates if folded(one.name) not in own]
            if others and len(others) == len(candidates):
                return self._clash([entries[0].name, *(one.name for one in others)])
            candidates = [one for one in candidates if folded(one.name) in own]
        elif len(candidates) == 1:
            entries = self.actors.named(candidates[0].name)
        if entries:
            found = self._actor(entries)
            if found is not None:
                spoken = self._person(candidates[0].name, candidates[0].offices, depth, ()) if candidates else None
                if spoken is not None and spoken.party == found.party:
                    # The text's own spelling and title, where it gives them.
                    return spoken
                return replace(found, speaker=candidates[0].name) if candidates else found
        body = None if person is not None or entries or any(one.offices for one in candidates) else self.bodies.named(name)
        if body is not None and not body.assumed:
            candidates = []  # "Bolt Marine" after "Bolt Marine Inc."
        if len(candidates) > 1:
            return self._clash([one.name for one in candidates])
        if candidates:
            speaker = entries[0].name if entries and " " not in name else candidates[0].name
            return self._person(speaker, candidates[0].offices, depth, entries)
        if person is not None:
            return self._person(name, [(person, at)], depth, entries)
        return self._body(name, named_person=name != text or bool(entries))

    def _actor(self, entries: Sequence[Actor]) -> Resolved | None:
        """Return the party of an actor on the document date; without one, the party all entries agree on."""
        names = {folded(actor.name) for actor in entries}
        if len(names) > 1 and len({actor.party for actor in entries}) > 1:
            return self._clash(list(dict.fromkeys(actor.name for actor in entries)))
        if self.day is not None:
            valid = [actor for actor in entries if actor.at(self.day)]
            if not valid:
                return None
            actor = valid[-1]
            return Resolved(actor.party, actor.name, f"{actor.role or 'voice'} (actors file)", person=True, named=True)
        if len({actor.party for actor in entries}) > 1:
            return None
        return Resolved(entries[0].party, entries[0].name, "actors file, no document date", person=True, named=True)

    def _clash(self, names: Sequence[str]) -> Resolved:
        return Resolved("unresolved", note=f"may be {' or '.join(names)}", person=True, named=True)

    def _person(self, name: str, offices: Sequence[tuple[Phrase, int]], depth: int, entries: Sequence[Actor]) -> Resolved:
        note = f"no party stands in the text for {name}: name it in an actors file"
        if entries:
            note = f"{name} is in the actors file, but not for the document date"
        for office, place in sorted(offices, key=lambda one: _is_weak(one[0])):
            if status_of(office.title) == "former":
                note = f"{office.title}: speaks for no party"
                continue
            if office.noun is not None and office.noun.is_a("private"):
                note = f"{office.title}: speaks for no party"
                continue
            if office.noun is None and office.owner is not None and is_demonym(office.owner):
                note = f"{office.owner.text}: where {name} is from, not whom {name} speaks for"
                continue
            found = self.office_party(office, place, depth)
            if found is not None and found.found:
                told = self._title(office, found)
                inferred = office.owner is None and (place in self.assumed or place in self.possessors)
                return Resolved(found.party, name, f"{told}; {found.note}" if inferred else told, person=True, named=True)
            if found is not None and office.possessive:
                note = found.note or note
        if not entries and name in self.own:
            told = "assumed: a party of one, as no institution stands in the text"
            return Resolved(self.own[name], name, told, person=True, named=True)
        return Resolved("unresolved", name, note, person=True, named=True)

    def office_party(self, office: Phrase, at: int, depth: int) -> Resolved | None:
        """Return the party that a title belongs to, or None where the title does not say."""
        noun = office.noun
        # "A nurse at the hospital" is of the nurses: she has no authority to speak for the hospital.
        own = noun is not None and noun.is_a("personal", "group") and not noun.is_a(*PEOPLE)
        found = None
        if not own and (office.owner is not None or office.possessive in OWNERS):
            found = self._owner(office, at, depth)
        elif noun is not None and at in self.assumed:
            key, why = self.assumed[at]
            return Resolved(key, note=why, named=True)
        if noun is not None and (found is None or not found.found) and noun.is_a("personal", "group", "body", "role"):
            if self.bodies.is_represented(noun.singular, at):
                return found  # one of them has no authority to speak for their body
            keys = self.bodies.referred(noun.singular, at + 1) or self.bodies.ever(noun.singular)
            return Resolved(keys[0], named=True) if len(keys) == 1 else found
        return found

    def sole(self, noun: Noun, until: int) -> tuple[str, str] | None:
        """Return whose an office is assumed to be that stands alone, and why: of the only company or government named so far."""
        if noun.singular in OF_FIRMS and not noun.is_a("personal"):
            kind, keys = "company", self.bodies.referred("company", until) + self.bodies.referred("employer", until)
        elif noun.singular.endswith(("minister", "ministry")) or noun.singular in _OF_STATES | STATE_ORGANS:
            kind, keys = "government", self.bodies.referred(GOVERNING, until) + self.bodies.referred("government", until)
            if self.home and (not keys or self.home[0] in keys):
                return self.home[0], "assumed: the state of the dateline"
            if noun.singular == "president" and any(self.bodies.referred(body, until) for body in _WITH_PRESIDENTS):
                return None
        else:
            return None
        keys = list(dict.fromkeys(keys))
        return (keys[0], f"assumed: the only {kind} named") if len(keys) == 1 else None

    def may_be_a_role(self, phrase: Phrase, at: int) -> bool:
        """Return whether an office stands for itself: nothing says whose it is, and no two people hold it."""
        noun = phrase.noun
        if (
            noun is None
            or phrase.indefinite
            or phrase.possessive in OWNERS
            or (noun.plural and not (phrase.definite or noun.is_a("neutral")))
        ):
            return False
        if phrase.kind == "noun" and not noun.plural and not phrase.definite:
            return False
        if status_of(phrase.title) == "former" or self.resolve(phrase, at).found:
            return False
        offices = (person for person in self.people.by_name.values() for office, _ in person.offices if _holds(office, noun))
        return len({person.name for person in offices}) <= 1

    def _title(self, office: Phrase, party: Resolved) -> str:
        """Return how a title is told: "Kremlin spokesperson", "fisheries minister"."""
        owner = office.owner
        if owner is None:
            return office.title
        whose = owner.text if owner.kind in {"known", "name"} else self.name(party.party)
        adjective = owner.known is not None and owner.known.form != "name"
        return f"{whose} {office.title}" if adjective else f"{office.title}, {whose}".lstrip(", ")

    def _body(self, name: str, named_person: bool) -> Resolved:
        body = None if named_person else self.bodies.named(name)
        if body is None and is_outlet(name):
            return Resolved("unresolved", name, "a news organisation, not a party", named=True)
        if body is not None:
            note = "assumed: an organisation, as the text gives no first name" if body.assumed else None
            return Resolved(body.key, body.name, note, named=True)
        note = f"no party stands in the text for {name}: name it in an actors file"
        return Resolved("unresolved", name, note, person=named_person or " " in name, named=True)

    # Nouns -----------------------------------------------------------------------------------------

    def _noun(self, phrase: Phrase, at: int, depth: int) -> Resolved:
        noun = phrase.noun
        assert noun is not None
        owner = self._owner(phrase, at, depth)
        if owner is not None and owner.found and noun.is_a("document") and not noun.plural and owner.named:
            return replace(owner, note=f"{noun.singular} of {owner.speaker or self.name(owner.party)}")
        its_state = noun.singular in _COUNTRIES and phrase.possessive and not noun.plural
        if owner is not None and owner.found and its_state and self.kind(owner.party) == "state":
            return Resolved(owner.party, self.name(owner.party), owner.note, named=True)
        if owner is not None and noun.is_a("organ", "follower", "thing"):
            if owner.found and phrase.indefinite and not noun.is_a("thing"):
                return Resolved(owner.party, note=f"unnamed, {phrase.title} of {self.name(owner.party)}", plural=noun.plural)
            if owner.found:
                told = (
                    f"{phrase.title}, {self.name(owner.party)}" if phrase.owner is not None else f"{phrase.title}; {owner.note}"
                )
                return Resolved(owner.party, phrase.text, told, plural=noun.plural, named=True)
            if noun.is_a("thing"):
                return Resolved("unnamed", note=f"the {noun.singular}; its author is not named")
            if owner.person:
                return replace(owner, plural=noun.plural, person=False)
        if noun.is_a("thing"):
            return Resolved("unnamed", note=f"the {noun.singular}; its author is not named")
        if noun.is_a("unnamed") and (owner is None or phrase.possessive) and not noun.is_a(*PEOPLE, "organ", "follower"):
            keys = self.bodies.referred(noun.singular, at) if phrase.definite and not noun.plural else []
            if len(keys) == 1:
                return Resolved(keys[0], self.name(keys[0]), f"“the {noun.singular}”: {self.name(keys[0])}", named=True)
            return Resolved("unnamed", note=f"{phrase.text}, not specified", plural=noun.plural)
        if noun.is_a(*PEOPLE) and not (noun.is_a("group") and owner is None) and not noun.is_a("organ"):
            return self._office(phrase, owner, at, depth)
        if noun.is_a("body", "group", "organ", "echo"):
            return self._common(phrase, at)
        if noun.is_a("unnamed"):
            return Resolved("unnamed", note=f"{phrase.text}, not specified", plural=noun.plural)
        return Resolved("anonymous", note=phrase.text, plural=noun.plural)

    def _owner(self, phrase: Phrase, at: int, depth: int) -> Resolved | None:
        """Return whose an office is: by its owner in words, or whom its possessive stands for."""
        noun = phrase.noun
        if phrase.owner is not None:
            if noun is not None and noun.singular in _CIVIL and is_demonym(phrase.owner):
                return Resolved("unresolved", note=f"{phrase.owner.text}: where the {noun.singular} is from, no party")
            found = self.resolve(phrase.owner, at, depth + 1)
            union = found.party == "EUROPE" and noun is not None and noun.singular in _OF_THE_UNION
            return replace(found, party="EU", speaker=None, note=None) if union else found
        if noun is None or phrase.possessive not in OWNERS:
            return None
        if not (noun.is_a(*PEOPLE, "organ", "follower") or noun.singular in _COUNTRIES) or (noun.is_a("group") and noun.plural):
            return None
        found_before = None if noun.singular == "counterpart" else self.possessors.get(at)
        return found_before or Resolved("unresolved", note=f"whose {noun.singular} is not said")

    def _office(self, phrase: Phrase, owner: Resolved | None, at: int, depth: int) -> Resolved:
        noun = phrase.noun
        assert noun is not None
        crowd = self.bodies.referred(noun.singular, at + 1) if noun.is_a("crowd") and noun.plural else []
        if crowd:
            named = not self._is_bare(phrase)
            return Resolved(crowd[0], self.name(crowd[0]) if named else None, None, plural=True, named=named)
        if phrase.kind == "noun" and (owner is None or not owner.found):
            # "The lawyer, Tom Poe": the name behind the comma.
            here = [one.name for one in self.people.by_name.values() if any(place == at for _, place in one.offices)]
            if len(here) == 1 and depth < _DEPTH:
                return self.named(here[0], at, depth + 1, None)
        if noun.is_a("private"):
            return Resolved("anonymous", note=phrase.text, person=True, plural=noun.plural)
        if owner is None:
            return self._bare_office(phrase, at, depth)
        role = None if owner.found or noun.plural else self._role(noun, phrase, at)
        if role is not None:
            return role
        if not owner.found:
            party = "unresolved" if noun.is_a("voice") else "anonymous"
            return Resolved(party, note=owner.note, person=True, plural=noun.plural)
        if status_of(phrase.title) == "former":
            return Resolved("unresolved", note=f"{phrase.title}: speaks for no party", person=True, plural=noun.plural)
        whose = self.name(owner.party)
        if not noun.is_a("voice") or (phrase.indefinite and noun.singular not in _SPOKES):
            return Resolved(owner.party, note=f"unnamed, {phrase.title} of {whose}", person=True, plural=noun.plural)
        holder = None if noun.plural else self._holder(noun.singular, owner.party, at, depth)
        told = f"{phrase.title}, {whose}" if phrase.owner is not None else f"{phrase.title}; {owner.note}"
        return Resolved(owner.party, holder or phrase.text, told, True, noun.plural, named=True)

    def _bare_office(self, phrase: Phrase, at: int, depth: int) -> Resolved:
        """Return whom "the minister" stands for: the one person with that title named before."""
        noun = phrase.noun
        assert noun is not None
        if phrase.definite and not noun.plural and noun.is_a("voice", "member"):
            found: dict[str, Resolved] = {}
            for person in self.people.by_name.values():
                titles = [office for office, place in person.offices if place < at and status_of(office.title) != "former"]
                if any(title.noun is not None and title.noun.singular == noun.singular for title in titles):
                    found[person.name] = self.named(person.name, at, depth + 1, None)
            if len(found) == 1:
                (one,) = found.values()
                return replace(one, note=f"the {noun.singular}: {one.speaker}")
            if len(found) > 1:
                return self._clash(list(found))
            sole = self.sole(noun, at)
            if sole is not None:
                return Resolved(sole[0], phrase.text, f"{phrase.title}; {sole[1]}", person=True, named=True)
            role = self._role(noun, phrase, at)
            if role is not None:
                return role
            return Resolved("unresolved", note=f"which {noun.singular} is not said", person=True)
        if noun.plural and noun.singular == "member" and not phrase.indefinite:
            keys = list(dict.fromkeys(key for one in _MEMBERSHIPS for key in self.bodies.referred(one, at)))
            if len(keys) == 1:
                return Resolved(keys[0], note=f"unnamed, {phrase.text} of {self.name(keys[0])}", person=True, plural=True)
        if noun.plural and noun.is_a("voice"):
            role = self._role(noun, phrase, at) if noun.is_a("neutral") or phrase.definite else None
            if role is not None:
                return role
            return Resolved("unnamed", note=f"{phrase.text}, not specified", person=True, plural=True)
        return Resolved("anonymous", note=phrase.text, person=True, plural=noun.plural)

    def _is_bare(self, phrase: Phrase) -> bool:
        """Return whether a plural stands for just any of its kind: "Mediators", where the text knows no such group."""
        noun = phrase.noun
        plural = noun is not None and noun.plural and noun.singular not in self.standing
        owner = phrase.owner
        mere = owner is None or (
            owner.kind == "noun" and owner.owner is None and owner.noun is not None and not owner.noun.plural
        )
        return plural and not phrase.definite and mere

    def _role(self, noun: Noun, phrase: Phrase, at: int) -> Resolved | None:
        """Return the party that an office is of its own: "the mediator"."""
        keys = self.bodies.referred(noun.singular, at + 1) if noun.is_a("role") else []
        if len(keys) != 1:
            return None
        named = not self._is_bare(phrase) and not phrase.indefinite
        return Resolved(keys[0], self.name(keys[0]) if named else None, None, not noun.plural, noun.plural, named)

    def _holder(self, noun: str, party: str, at: int, depth: int) -> str | None:
        """Return the one person who holds an office of a party, by the text."""
        found = {
            person.name
            for person in self.people.by_name.values()
            for office, place in person.offices
            if place <= at and office.noun is not None and office.noun.singular == noun and status_of(office.title) == "incumbent"
            if self.named(person.name, at, depth + 1, None).party == party
        }
        return found.pop() if len(found) == 1 else None

    def _common(self, phrase: Phrase, at: int) -> Resolved:
        noun = phrase.noun
        assert noun is not None
        if phrase.indefinite:
            keys = self.bodies.referred(noun.singular, at) if noun.is_a("personal", "group") else []
            if len(keys) == 1:
                return Resolved(keys[0], note=f"unnamed, of the {self.name(keys[0]).lower()}", person=True)
            return Resolved("unnamed", note=f"{phrase.text}, not specified", plural=noun.plural)
        if is_any_of_a_kind(phrase):
            return Resolved("unnamed", note=f"{phrase.text}, not specified", plural=True)
        if noun.is_a("organ") and phrase.possessive in OWNERS:
            return Resolved("unresolved", note=f"whose {noun.singular} is not said", plural=noun.plural)
        if noun.is_a("organ") and phrase.owner is not None and phrase.owner.kind == "other":
            return Resolved("unresolved", note=f"no party is known for “{phrase.owner.text}”")
        name = self.common_name(phrase)
        body = self.bodies.named(name) or self.bodies.named(singular_key_name(noun.singular, noun.plural))
        plain_name = name == noun.singular
        if not plain_name and (body := self.bodies.named(name)) is not None:
            named = not self._is_bare(phrase)
            return Resolved(body.key, body.name if named else None, None, plural=noun.plural, named=named)
        states = self.bodies.referred(GOVERNING, at)
        if (
            not self.bodies.referred(noun.singular, at + 1)
            and noun.singular in STATE_ORGANS
            and len(states) > 1
            and not self.home
        ):
            return Resolved("unresolved", note=f"may be {' or '.join(self.name(key) for key in states)}")
        keys = self.bodies.referred(noun.singular, at + 1)
        if noun.plural and body is None and not noun.is_a("group"):
            keys = []  # "the coal companies" are more than the one company named
        sole = self.sole(noun, at) if not keys and noun.is_a("organ") and phrase.definite else None
        if sole is not None:
            return Resolved(sole[0], phrase.text, f"{phrase.title}; {sole[1]}", plural=noun.plural, named=True)
        if body is not None and body.key in keys:
            keys = [body.key]
        if len(keys) == 1:
            form = plural_forms().get(noun.singular, noun.singular) if noun.plural else noun.singular
            note = None if body is not None else f"“the {form}”: {self.name(keys[0])}"
            named = not self._is_bare(phrase)
            one = noun.is_a("personal") and not noun.plural
            return Resolved(keys[0], self.name(keys[0]) if named else None, note, one, noun.plural, named)
        if keys:
            return Resolved("unresolved", note=f"may be {' or '.join(self.name(key) for key in keys)}", plural=noun.plural)
        return Resolved("unnamed", note=f"{phrase.text}, not specified", plural=noun.plural)

    def common_name(self, phrase: Phrase) -> str:
        """Return "teachers' union" or "Norwegian fishermen": the noun with what sets it apart, else its singular alone."""
        owner, noun = phrase.owner, phrase.noun
        if noun is None or (owner is None and " " not in phrase.title):
            return "" if noun is None else noun.singular
        parts = phrase.title.split()
        while len(parts) > 1 and parts[0].casefold() in words("rankword"):
            parts.pop(0)  # "senior Commission official"
        title = " ".join(parts) if len(parts) > 1 and not noun.is_a("personal") else phrase.text.rsplit(" ", 1)[-1]
        if owner is not None and owner.kind == "known":
            return f"{owner.text} {title}"
        if (
            owner is not None
            and owner.noun is not None
            and owner.noun.is_a("group")
            and noun.is_a("body")
            and not noun.is_a("personal")
        ):
            mark = "'" if owner.noun.plural else "'s"
            return f"{owner.text}{mark} {title}"
        return title if " " in title and _tells_apart(title) else noun.singular


def is_demonym(owner: Phrase) -> bool:
    """Return whether a phrase only tells where somebody is from: "Norwegian", but neither "Norway's" nor "Kremlin"."""
    return owner.known is not None and owner.known.form in _DEMONYMS and owner.known.key in countries() and owner.owner is None


def is_any_of_a_kind(phrase: Phrase) -> bool:
    """Return whether several bodies are no party together: "the two governments", "both companies", "European carmakers"."""
    noun, owner = phrase.noun, phrase.owner
    if noun is None or not noun.plural or noun.is_a("group"):
        return False
    if owner is None:
        return phrase.counted
    return noun.singular in FIRM_NOUNS and owner.known is not None and owner.known.form == "adjective"


def _holds(office: Phrase, noun: Noun) -> bool:
    return office.noun is not None and office.noun.singular == noun.singular and status_of(office.title) != "former"


def _is_weak(office: Phrase) -> bool:
    """Return whether anything else said of a person tells more: a mere rank, or "of Samoa" before "who leads the union"."""
    if office.noun is None:
        return not office.title
    return office.owner is None and office.noun.is_a("rank")


def _tells_apart(title: str) -> bool:
    """Return whether the words before a body tell which one, and are no mere praise: "dockworkers' union", not "big union"."""
    first = title.split()[0]
    return first[:1].isupper() or first.casefold() in words("portfolio") or first.endswith("s")
