"""Names that stand for a party: seats and organs of states, and organisations known by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from zopa.reading.countries import country_words, listed, rows

Kind = Literal["state", "organisation", "group", "person"]
KnownForm = Literal["name", "adjective", "people", "person", "capital", "seat"]


@dataclass(frozen=True)
class Organisation:
    """An organisation or group that is a party of its own.

    Attributes
    ----------
    key, name, kind
        Key of the party, its name, and whether it is an organisation or a looser group.
    nouns
        Common nouns by which texts refer back to it ("the alliance").
    names, adjectives
        Further names and adjectives.
    """

    key: str
    name: str
    kind: Kind
    nouns: tuple[str, ...]
    names: tuple[str, ...]
    adjectives: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """A phrase of the tables: the party it stands for, and how.

    Attributes
    ----------
    key
        Key of the party.
    form
        ``name``, ``adjective``, ``people`` ("Danes"), ``person`` ("a Dane"), ``capital`` or ``seat`` (of government).
    what
        For a seat, what it is.
    """

    key: str
    form: KnownForm
    what: str = ""


@cache
def organisations() -> Mapping[str, Organisation]:
    """Return the organisations and groups of the table by their key."""
    found = {}
    for key, name, kind, nouns, names, adjectives in rows("organisations.txt"):
        sort: Kind = "group" if kind == "group" else "organisation"
        found[key] = Organisation(key, name, sort, listed(nouns), listed(names), listed(adjectives))
    return MappingProxyType(found)


@cache
def known_phrases() -> Mapping[str, Known]:
    """Return every phrase of the tables, apostrophes straight, with the party it stands for.

    Organisations and seats count more than names of states, so that "Brussels" is the European Union.
    """
    found: dict[str, Known] = {}
    for name, key, what in rows("metonyms.txt"):
        found[name] = Known(key, "seat", what)
    for organisation in organisations().values():
        for name in (organisation.name, *organisation.names):
            found.setdefault(name, Known(organisation.key, "name"))
        for adjective in organisation.adjectives:
            found.setdefault(adjective, Known(organisation.key, "adjective"))
    for phrase, (code, form) in country_words().items():
        found.setdefault(phrase, Known(code, form))
    return MappingProxyType({phrase.replace("’", "'"): known for phrase, known in found.items()})
