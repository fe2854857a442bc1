"""Nouns for people and bodies: number and class."""

from __future__ import annotations

import pytest

from zopa.reading.titles import nouns, plural_forms, plural_of, short_titles, words


@pytest.mark.parametrize(
    ("form", "singular", "plural", "kind"),
    [
        ("spokeswomen", "spokeswoman", True, "voice"),
        ("prime ministers", "prime minister", True, "voice"),
        ("attorneys general", "attorney general", True, "voice"),
        ("lawmaker", "lawmaker", False, "member"),
        ("people", "person", True, "staff"),
        ("ministries", "ministry", True, "organ"),
        ("union", "union", False, "body"),
        ("fishermen", "fisherman", True, "group"),
        ("reports", "report", True, "anonymous"),
        ("proposal", "proposal", False, "thing"),
    ],
)
def test_forms(form: str, singular: str, plural: bool, kind: str) -> None:
    noun = nouns()[form]
    assert (noun.singular, noun.plural, noun.is_a(kind)) == (singular, plural, True)


@pytest.mark.parametrize(
    ("one", "many"),
    [("agency", "agencies"), ("essay", "essays"), ("church", "churches"), ("boss", "bosses"), ("miner", "miners")],
)
def test_regular_plurals(one: str, many: str) -> None:
    assert plural_of(one) == many


def test_short_titles_stand_for_titles_of_the_table() -> None:
    assert short_titles()["sen"] == "senator"
    assert set(short_titles().values()) <= set(nouns())


@pytest.mark.parametrize("name", ["outlet", "corporate", "firm", "portfolio", "honorific"])
def test_plain_lists_are_small_letters_and_no_nouns_of_their_own(name: str) -> None:
    assert words(name)
    assert all(word == word.casefold() for word in words(name))


def test_plurals_of_the_table_and_firms_among_bodies() -> None:
    assert plural_forms()["fisherman"] == "fishermen"
    assert plural_forms()["union"] == "unions"
    assert words("firm") < words("corporate")
