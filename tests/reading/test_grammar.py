"""Small questions about parsed English, asked of sentences."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.test_parsing import sentences
from zopa.reading.grammar import (
    children,
    first_child,
    is_edge,
    is_infinitive,
    is_passive,
    runs,
    subject,
    subtree,
    verb_group,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


def word(text: str, written: str) -> Token:
    return next(token for one in sentences(text) for token in one.tokens if token.text == written)


def words(token: Token, places: set[int] | range) -> str:
    return " ".join(token.doc[place].text for place in sorted(places))


@pytest.mark.parametrize(
    ("text", "verb", "group"),
    [
        ("The union said the pay is low.", "said", "said"),
        ("The union has not ruled out a strike.", "ruled", "has not ruled out"),
        ("The union has repeatedly asked for more.", "asked", "has repeatedly asked"),
        ("The union would never have agreed.", "agreed", "would never have agreed"),
        ("The union said repeatedly that the pay is low.", "said", "said"),
        ("The union didn’t answer the letter.", "answer", "did n’t answer"),
        ("The lease was signed by the owner.", "signed", "was signed"),
        ("Would the owner agree?", "agree", "agree"),
    ],
)
def test_a_verb_with_its_helpers(text: str, verb: str, group: str) -> None:
    token = word(text, verb)
    first, last = verb_group(token)
    assert words(token, range(first, last + 1)) == group


@pytest.mark.parametrize(
    ("text", "verb", "passive"),
    [
        ("The lease was signed by the owner.", "signed", True),
        ("The owner signed the lease.", "signed", False),
        ("The owner has signed the lease.", "signed", False),
        ("The loans intended to help the port failed.", "intended", True),
        ("The offer will be rejected by the crew.", "rejected", True),
    ],
)
def test_passives(text: str, verb: str, passive: bool) -> None:
    assert is_passive(word(text, verb)) is passive


def test_infinitives() -> None:
    text = "The owner plans to sell the boat and went home."
    assert is_infinitive(word(text, "sell"))
    assert not is_infinitive(word(text, "plans"))
    assert not is_infinitive(word(text, "went"))


@pytest.mark.parametrize(
    ("text", "verb", "head"),
    [
        ("The old union left.", "left", "union"),
        ("The lease was signed.", "signed", "lease"),
        ("Stay at home.", "Stay", None),
    ],
)
def test_subjects(text: str, verb: str, head: str | None) -> None:
    found = subject(word(text, verb))
    assert (None if found is None else found.text) == head


def test_dependents_in_order() -> None:
    verb = word("The board sold the boat in June at night.", "sold")
    assert [one.text for one in children(verb, "prep")] == ["in", "at"]
    found = first_child(verb, "dobj")
    assert found is not None
    assert words(verb, subtree(found)) == "the boat"
    assert first_child(verb, "agent") is None
    assert children(verb, "agent") == []


def test_marks_are_edges() -> None:
    text = "“Yes,” she said (twice) – for $5."
    edges = {token.text for one in sentences(text) for token in one.tokens if is_edge(token)}
    assert edges == {"“", ",", "”", "(", ")", "–", "."}


@pytest.mark.parametrize(
    ("places", "wanted"),
    [([], []), ([0], [(0, 0)]), ([3, 1, 2], [(1, 3)]), ([5, 1, 2, 7, 8], [(1, 2), (5, 5), (7, 8)]), ([0, 2], [(0, 0), (2, 2)])],
)
def test_runs(places: list[int], wanted: list[tuple[int, int]]) -> None:
    assert list(runs(places)) == wanted


@pytest.mark.property
@given(st.sets(st.integers(0, 60)))
def test_runs_cover_exactly_the_places(places: set[int]) -> None:
    found = list(runs(places))
    assert {place for first, last in found for place in range(first, last + 1)} == places
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(found))
