"""Nouns for people and bodies: what a title, a body or a thing tells about who speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from zopa.reading.countries import listed, rows

PEOPLE: Final = frozenset({"voice", "member", "staff", "private"})
_VOWELS: Final = frozenset("aeiou")


@dataclass(frozen=True)
class Noun:
    """A noun of the table.

    Attributes
    ----------
    singular
        Its dictionary form, in small letters.
    plural
        Whether the form found is the plural.
    classes
        The classes of the table it stands in (``voice``, ``staff``, ``body``...).
    """

    singular: str
    plural: bool
    classes: frozenset[str]

    def is_a(self, *classes: str) -> bool:
        """Return whether it stands in one of these classes."""
        return not self.classes.isdisjoint(classes)


def plural_of(noun: str) -> str:
    """Return the regular plural of a noun."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}s"


@cache
def nouns() -> Mapping[str, Noun]:
    """Return every noun of the table, in both numbers, by its form in small letters."""
    forms: dict[str, tuple[str, bool]] = {}
    classes: dict[str, set[str]] = {}
    for name, cell in rows("titles.txt"):
        if name in _LISTS:
            continue
        for entry in listed(cell):
            singular, _, plural = entry.partition("/")
            classes.setdefault(singular, set()).add(name)
            forms.setdefault(singular, (singular, False))
            forms.setdefault(plural or plural_of(singular), (singular, True))
    return MappingProxyType({form: Noun(one, many, frozenset(classes[one])) for form, (one, many) in forms.items()})


@cache
def plural_forms() -> Mapping[str, str]:
    """Return the plural of every noun of the table by its singular."""
    return MappingProxyType({noun.singular: form for form, noun in nouns().items() if noun.plural})


_LISTS: Final = frozenset(
    {"outlet", "corporate", "firm", "portfolio", "honorific", "short", "region", "place", "rankword", "land", "field"}
)


@cache
def words(name: str) -> frozenset[str]:
    """Return a plain list of the table: ``outlet``, ``corporate`` (``firm`` included), ``firm``, ``portfolio``, ``region``..."""
    wanted = {"corporate", "firm"} if name == "corporate" else {name}
    return frozenset(word for kind, cell in rows("titles.txt") if kind in wanted for word in listed(cell))


@cache
def short_titles() -> Mapping[str, str]:
    """Return the abbreviated titles ("Sen.") without their stop, and the titles they stand for."""
    pairs = (entry.partition("/") for kind, cell in rows("titles.txt") if kind == "short" for entry in listed(cell))
    return MappingProxyType({short: title for short, _, title in pairs})
