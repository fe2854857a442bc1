"""States by the words that name them: names, adjectives, peoples, capitals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal

Form = Literal["name", "adjective", "people", "person", "capital"]
_PLURAL_IN_S: Final = (
    "an",
    "i",
    "o",
    "ot",
    "ar",
    "ek",
    "ak",
    "ik",
    "ech",
    "eek",
    "ai",
    "ine",
    "in",
    "oat",
    "lav",
    "abe",
    "abé",
    "ene",
    "akh",
)


@dataclass(frozen=True)
class Country:
    """A state and the words for it.

    Attributes
    ----------
    code
        ISO 3166-1 alpha-3 (``XKX``, a code for users, for Kosovo).
    name
        Short name in English.
    names, adjectives, peoples, capitals
        Further names; adjectives ("Norwegian"); plural words for the people ("Danes"); capitals and seats of government.
    """

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    peoples: tuple[str, ...]
    capitals: tuple[str, ...]


def rows(name: str) -> Iterator[list[str]]:
    """Yield the rows of one of our hand-made tables, cells stripped, comments left out."""
    text = (files("zopa.reading") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def listed(cell: str) -> tuple[str, ...]:
    """Return the words of a cell in which semicolons separate them."""
    return tuple(word.strip() for word in cell.split(";") if word.strip())


@cache
def countries() -> Mapping[str, Country]:
    """Return all states of the table by their code."""
    found = {}
    for code, name, names, adjectives, peoples, capitals in rows("countries.txt"):
        words = listed(adjectives)
        plural = listed(peoples) or tuple(f"{word}s" for word in words if word.endswith(_PLURAL_IN_S))
        found[code] = Country(code, name, listed(names), words, plural, listed(capitals))
    return MappingProxyType(found)


@cache
def country_words() -> Mapping[str, tuple[str, Form]]:
    """Return for each word or phrase the code of the state and what kind of word it is.

    Where one word has two readings, a name counts more than an adjective, and an adjective more than a capital.
    """
    found: dict[str, tuple[str, Form]] = {}
    forms: tuple[tuple[Form, str], ...] = (
        ("name", "names"),
        ("adjective", "adjectives"),
        ("people", "peoples"),
        ("capital", "capitals"),
    )
    for country in countries().values():
        found.setdefault(country.name, (country.code, "name"))
    for form, attribute in forms:
        for country in countries().values():
            for word in getattr(country, attribute):
                found.setdefault(word, (country.code, form))
    for country in countries().values():
        for word in country.peoples:
            found.setdefault(_one_of(word), (country.code, "person"))
    return MappingProxyType(found)


def _one_of(people: str) -> str:
    return f"{people[:-3]}man" if people.endswith("men") else people.removesuffix("s")
