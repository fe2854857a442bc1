"""What a text has introduced so far: people with their offices, and bodies with the nouns that refer back to them.

Whoever is introduced before a place counts there; what comes later counts only where nothing came before, so that a
paragraph added at the end changes nothing above it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from zopa.reading.actors import folded
from zopa.reading.countries import country_words
from zopa.reading.metonyms import Kind, organisations
from zopa.reading.phrases import Phrase
from zopa.reading.titles import nouns, plural_forms, words

_GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LEGAL: Final = frozenset("corp corporation inc ltd limited llc plc gmbh ag co".split())
_TRADES: Final = frozenset("worker teacher nurse docker dockworker steelworker driver pilot miner cleaner".split())
# Last words of a name that its short form leaves out: "Lakeside" for "Lakeside Hospital".
_LEFT_OUT: Final = frozenset(
    "hospital center centre medical clinic university college school institute bank foundation theatre museum airport".split()
)
# Nations of a state that have branches of bodies and no word in the table of states.
_NATIONS: Final = frozenset({"England", "Scotland", "Wales", "Northern Ireland", "Europe", "Africa", "Asia"})
_WITH_MEMBERS: Final = frozenset({"union", "association", "federation", "guild"})
_ASSOCIATIONS: Final = frozenset("association federation guild brotherhood confederation alliance".split())
_LABOUR: Final = (
    _TRADES
    | {f"{trade}s" for trade in _TRADES}
    | frozenset(
        "workers employees education educators labour labor staff professionals faculty players pilots physicians".split()
    )
)
# What texts call a body whose name ends so.
_CALLED: Final = {"front": ("movement",), "army": ("movement",), "brotherhood": ("movement",), "coalition": ("bloc",)}
_FORMER: Final = frozenset({"former", "ex", "late", "retired", "onetime", "ex-president", "ex-minister"})
_INCOMING: Final = frozenset({"elect", "incoming", "designate", "president-elect", "minister-designate"})


@dataclass
class PersonFound:
    """A person named in full: the name, where first, and the titles given, each with its place."""

    name: str
    at: int
    offices: list[tuple[Phrase, int]] = field(default_factory=list)


@dataclass
class BodyFound:
    """A body or group of its own: key, name, kind, where it is named first, and whether by a common noun alone."""

    key: str
    name: str
    kind: Kind
    at: int
    assumed: bool = False
    common: bool = False


T = TypeVar("T", PersonFound, BodyFound)


def seen(found: Iterable[T], at: int) -> list[T]:
    """Return what is introduced up to a place; all of it where nothing is."""
    every = list(found)
    return [one for one in every if one.at <= at] or every


def plain(name: str) -> str:
    """Return a name without "Mr.", "Dr." and the like."""
    parts = name.split()
    while len(parts) > 1 and parts[0].rstrip(".").casefold() in words("honorific"):
        parts.pop(0)
    return " ".join(parts)


def surname_of(name: str) -> str:
    """Return the surname of a full name, without "Jr." and particles, folded."""
    parts = [part for part in name.replace(",", " ").split() if part.rstrip(".").casefold() not in _GENERATIONS]
    return folded(parts[-1]) if parts else ""


def status_of(title: str) -> str:
    """Return what the words of a title say about its term: ``former``, ``incoming``, ``outgoing`` or ``incumbent``."""
    small = title.casefold().split()
    if _FORMER.intersection(small) or any(word.startswith("ex-") for word in small):
        return "former"
    if _INCOMING.intersection(small) or any(word.endswith(("-elect", "-designate")) for word in small):
        return "incoming"
    return "outgoing" if "outgoing" in small else "incumbent"


def key_of(name: str, taken: Iterable[str]) -> str:
    """Return a key for a party made from its name: capital letters, digits and ``_``, none of those taken."""
    parts = [part for part in name.replace(",", " ").split() if part.rstrip(".").casefold() not in _LEGAL] or name.split()
    text = unicodedata.normalize("NFKD", "_".join(parts).replace("'", "").replace("’", ""))
    stem = "".join(one if one.isascii() and one.isalnum() else "_" for one in text if not unicodedata.combining(one)).upper()
    stem = "_".join(part for part in stem.split("_") if part) or "PARTY"
    stem = stem if stem[0].isalpha() else f"PARTY_{stem}"
    key, number, used = stem, 2, set(taken)
    while key in used:
        key, number = f"{stem}_{number}", number + 1
    return key


def is_outlet(name: str) -> bool:
    """Return whether a name is that of a news organisation."""
    small = folded(name).split()
    return bool(small) and (small[-1] in words("outlet") or folded(name) in words("outlet"))


def _is_branch(name: str) -> bool:
    """Return whether a name is an abbreviation with a country behind it: "WWF Norway"."""
    first, _, place = name.partition(" ")
    return first.isupper() and first.isalpha() and len(first) > 2 and (place in country_words() or place in _NATIONS)


def corporate(name: str) -> bool:
    """Return whether a name is that of a body by its words or by being an abbreviation."""
    parts = [part.rstrip(".").casefold() for part in name.replace(",", " ").split()]
    if _is_branch(name):
        return True
    return (len(parts) > 1 and not words("corporate").isdisjoint(parts)) or "&" in name


class People:
    """The people a text names in full."""

    def __init__(self) -> None:
        self.by_name: dict[str, PersonFound] = {}
        self.by_surname: dict[str, list[PersonFound]] = {}
        self.by_first: dict[str, list[PersonFound]] = {}

    def add(self, name: str, at: int) -> PersonFound:
        """Take a full name; a name known already keeps its first place."""
        known = self.by_name.get(folded(name))
        if known is not None:
            return known
        person = PersonFound(name, at)
        self.by_name[folded(name)] = person
        self.by_surname.setdefault(surname_of(name), []).append(person)
        self.by_first.setdefault(folded(name.split()[0]), []).append(person)
        return person

    def called(self, name: str, at: int) -> list[PersonFound]:
        """Return the people a name may stand for at a place: by full name, by surname, else by the first word."""
        small = folded(name)
        exact = self.by_name.get(small)
        if exact is not None:
            return [exact]
        found = [one for one in self.by_surname.get(surname_of(name), ()) if f" {folded(one.name)} ".find(f" {small} ") >= 0]
        found = found or [one for one in self.by_surname.get(small, ()) if " " not in small]
        return seen(found or (self.by_first.get(small, ()) if " " not in small else ()), at)


class Bodies:
    """The bodies and groups that are parties of their own, by name, and the common nouns that refer back to them."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.by_key: dict[str, BodyFound] = {}
        self._taken = set(taken)
        self._by_name: dict[str, BodyFound] = {}
        self._by_noun: dict[str, list[tuple[int, str]]] = {}
        self._by_last: dict[str, list[BodyFound]] = {}
        self._represented: dict[str, tuple[int, str]] = {}

    def add(self, name: str, at: int, kind: Kind, refer: Iterable[str] = (), assumed: bool = False) -> BodyFound:
        """Take a body; a name known already keeps its key."""
        known = self.named(name)
        if known is None and (short := self._short(name)) is not None:
            known = short
            self.alias(name, known)
        refer = tuple(refer)
        if known is None and (known := self._announced(name, refer)) is not None:
            known.name, known.common = name, False
            for alias in _aliases(name):
                self.alias(alias, known)
        if known is None:
            known = BodyFound(key_of(name, self._taken), name, kind, at, assumed)
            self._taken.add(known.key)
            self.by_key[known.key] = known
            for alias in _aliases(name):
                self._by_name.setdefault(folded(alias), known)
            last = folded(name).rsplit(" ", 1)[-1]
            if " " in name and last in words("corporate") - words("firm"):
                self._by_last.setdefault(last, []).append(known)
        elif known.assumed and not assumed:
            known.assumed = False
        for noun in refer:
            self.refer(noun, known.key, at)
        return known

    def named(self, name: str) -> BodyFound | None:
        """Return the body of a name or of a short form of it; of its last word ("the Front"), where only one ends so."""
        small = folded(name)
        found = self._by_name.get(small)
        ends = () if found is not None else self._by_last.get(small, ())
        return ends[0] if len(ends) == 1 and name[:1].isupper() else found

    def short_of(self, name: str) -> BodyFound | None:
        """Return the body that one word is short for: the only one whose name ends so, the only company that begins so."""
        small = folded(name)
        if " " in small or not name[:1].isupper() or small in self._by_name or _says_little(small):
            return None
        firms = self.ever("company")
        found = [
            body
            for body in self.by_key.values()
            if not body.common and body.kind == "organisation" and " " in body.name
            if folded(body.name).endswith(f" {small}") or (folded(body.name).startswith(f"{small} ") and body.key in firms)
        ]
        return found[0] if len(found) == 1 else None

    def of_no_kind(self, at: int) -> list[str]:
        """Return the keys of the bodies named before a place of which nothing tells what they are, no common noun and no name."""
        told = {key for entries in self._by_noun.values() for place, key in entries if place < at}
        return [
            body.key
            for body in self.by_key.values()
            if body.at < at
            and body.kind == "organisation"
            and not (body.common or body.assumed)
            and body.key not in told
            and not corporate(body.name)
        ]

    def _announced(self, name: str, refer: Iterable[str]) -> BodyFound | None:
        """Return the body that a common noun has named before its proper name comes: "the union", then "Seafarers Union"."""
        for noun in refer if " " in name else ():
            keys = self.ever(noun) if noun in _WITH_MEMBERS else []
            body = self.by_key.get(keys[0]) if len(keys) == 1 else None
            if body is not None and body.common and folded(body.name) == noun:
                return body
        return None

    def _short(self, name: str) -> BodyFound | None:
        """Return the body whose name is a short form of this one, "Lakeside" for "Lakeside Hospital", "NHS" for "NHS England"."""
        parts = folded(name).split()
        if _is_branch(name):
            return self._by_name.get(parts[0])
        last = self._by_name.get(parts[-1]) if len(parts) > 1 and not _says_little(parts[-1]) else None
        if last is not None and last.kind == "organisation" and not last.common:
            return last
        while len(parts) > 1 and parts[-1] in _LEFT_OUT:
            parts.pop()
            found = self._by_name.get(" ".join(parts))
            if found is not None:
                return found
        return None

    def alias(self, name: str, body: BodyFound) -> None:
        """Take another name for a body; a name that is taken stays where it is."""
        self._by_name.setdefault(folded(name), body)

    def ending(self, words_at_end: str) -> list[BodyFound]:
        """Return the bodies whose names end with these words: "Elm Street Tenants' Association" for "tenants' association"."""
        return [body for body in self.by_key.values() if folded(body.name).endswith(f" {folded(words_at_end)}")]

    def refer(self, noun: str, key: str, at: int) -> None:
        """Note that a common noun may stand for a party from a place on."""
        entries = self._by_noun.setdefault(noun, [])
        if all(key != other for _, other in entries):
            entries.append((at, key))

    def represent(self, noun: str, key: str, at: int) -> None:
        """Note that a group speaks through a body from a place on: "the nurses, represented by the Caregivers' League"."""
        self._represented.setdefault(noun, (at, key))

    def is_represented(self, noun: str, at: int) -> bool:
        """Return whether a body speaks for a group at a place; not every nurse speaks for it."""
        return noun in self._represented and self._represented[noun][0] < at

    def ever(self, noun: str) -> list[str]:
        """Return the keys of all parties that a common noun stands for anywhere in the text."""
        return [key for _, key in self._by_noun.get(noun, ())]

    def referred(self, noun: str, at: int) -> list[str]:
        """Return the keys of the parties that a common noun may stand for at a place, first first."""
        if self.is_represented(noun, at):
            return [self._represented[noun][1]]
        return [key for place, key in self._by_noun.get(noun, ()) if place < at]


def _says_little(word: str) -> bool:
    """Return whether a word is too common to be short for one body alone: "union", "northern", "island"."""
    lists = ("corporate", "portfolio", "region", "place", "land", "field", "honorific")
    return word in nouns() or any(word in words(one) for one in lists)


def _aliases(name: str) -> Iterable[str]:
    yield name
    parts = name.replace(",", " ").split()
    kept = list(parts)
    while len(kept) > 1 and kept[-1].rstrip(".").casefold() in words("firm") | _LEFT_OUT:
        kept.pop()
        yield " ".join(kept)
    initials = "".join(part[0] for part in parts if part[0].isupper())
    if len(initials) >= 3 and len(parts) >= 3:
        yield initials


def nouns_for(name: str) -> tuple[str, ...]:
    """Return the common nouns that refer back to a body of this name: "union" for "Seafarers Union"."""
    found: list[str] = []
    parts = name.replace(",", " ").split()
    for part in parts:
        small = part.rstrip(".").casefold()
        if small in words("firm"):
            found += ["company", "firm"]
        noun = nouns().get(small)
        if noun is None:
            continue
        if noun.is_a("body", "organ", "echo"):
            found.append(noun.singular)
            found += _CALLED.get(noun.singular, ()) if part is parts[-1] else ()
        elif part is parts[-1] and noun.plural and noun.singular in _TRADES:
            found.append("union")
    if parts[-1].casefold() in _ASSOCIATIONS and not _LABOUR.isdisjoint(part.rstrip("'").casefold() for part in parts):
        found.append("union")
    if name in organisations():
        found += organisations()[name].nouns
    return tuple(dict.fromkeys(found))


def singular_key_name(noun: str, plural: bool) -> str:
    """Return a common noun as the name of a party: capital first, in the number of its first use."""
    text = plural_forms().get(noun, noun) if plural else noun
    return text[:1].upper() + text[1:]
