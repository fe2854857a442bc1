"""Complements: what follows a cue in each frame, with the terms that belong to it and without where and when."""

from __future__ import annotations

import pytest

from zopa.reading import language
from zopa.reading.complements import complement, is_clause


def words(sentence: str, word: str, frame: str) -> str | None:
    doc = language()(sentence)
    found = complement(next(token for token in doc if token.text == word), frame)
    return None if found is None else " ".join(doc[place].text for place in sorted(found[0]))


@pytest.mark.parametrize(
    ("sentence", "word", "frame", "wanted"),
    [
        ("The port offered a contract in exchange for new rules.", "offered", "object", "a contract in exchange for new rules"),
        ("The port offered a raise over three years.", "offered", "object", "a raise over three years"),
        ("The port offered a raise on Monday.", "offered", "object", "a raise"),
        (
            "The front demands the release of all prisoners, the withdrawal of the army and a share of the revenue.",
            "demands",
            "object",
            "the release of all prisoners , the withdrawal of the army and a share of the revenue",
        ),
        ("The bloc wants the force disarmed.", "wants", "person", "the force disarmed"),
        ("The mayor called on both sides to talk.", "called", "on_person", "both sides to talk"),
        ("Peru plans to build a port.", "plans", "infinitive", "to build a port"),
        ("Peru ruled out signing a treaty.", "ruled", "out", "signing a treaty"),
        ("The union accused the company of stalling.", "accused", "x+of", "stalling"),
        ("Peru left.", "left", "object", None),
    ],
)
def test_what_follows(sentence: str, word: str, frame: str, wanted: str | None) -> None:
    assert words(sentence, word, frame) == wanted


def test_only_a_finite_clause_is_one() -> None:
    doc = language()("The mayor said the port closed. She wants to close it.")
    assert is_clause(next(token for token in doc if token.text == "closed"))
    assert not is_clause(next(token for token in doc if token.text == "close"))
