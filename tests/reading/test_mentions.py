"""Pieces of a sentence: what is a name, a title, a phrase of the tables."""

from __future__ import annotations

import pytest

from tests.reading.test_parties import sentences_of
from zopa.reading.mentions import pieces_of, words_of


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("Jean-Luc de la Cruz Jr. met Ola van der Berg.", "name", ["Jean-Luc de la Cruz Jr.", "Ola van der Berg"]),
        ("The Washington Post met British Airways in New Mexico.", "name", ["Washington Post", "British Airways", "New Mexico"]),
        ("Theresa May spoke in May, J. P. Moe in March.", "name", ["Theresa May", "J. P. Moe"]),
        ("The Bank of Oslo met General Motors and Stephen King.", "name", ["Bank of Oslo", "General Motors", "Stephen King"]),
        ("Norwegian Fisheries Minister Kari Dahl met Acme Chief Executive Tom Poe.", "name", ["Kari Dahl", "Acme", "Tom Poe"]),
        ("The Norwegian Defence Ministry met Sen. Ann Lee.", "noun", ["Defence Ministry", "Sen."]),
        (
            "The U.S. and Côte d’Ivoire met the New Zealanders in Washington, D.C. today.",
            "known",
            ["U.S.", "Côte d'Ivoire", "New Zealanders", "Washington, D.C."],
        ),
        (
            "The Elm Street Tenants’ Association met Acme’s Workers Union.",
            "name",
            ["Elm Street Tenants' Association", "Acme", "Workers Union"],
        ),
        (
            "The Island States Alliance met the Movement for a Free Coast.",
            "name",
            ["Island States Alliance", "Movement for a Free Coast"],
        ),
        ("The Coast Guard Officers Union met Saltby-based Delta Lines.", "name", ["Coast Guard Officers Union", "Delta Lines"]),
        (
            "The Board for Health and Care Quality met the Food and Water Commission, the Trust for Science and Kai Holt.",
            "name",
            ["Board for Health and Care Quality", "Food and Water Commission", "Trust for Science", "Kai Holt"],
        ),
        ("The Bank of Trade and Kestrel met.", "name", ["Bank of Trade", "Kestrel"]),
        (
            "The Ministry of Trade and Industry met Minister for Health Ada Obi and the Department of the Environment.",
            "noun",
            ["Ministry of Trade and Industry", "Minister for Health", "Department of the Environment"],
        ),
        ("However, Monday and October are no names.", "name", []),
    ],
)
def test_pieces(text: str, kind: str, wanted: list[str]) -> None:
    (sentence,) = sentences_of(text)
    assert [piece.text for piece in pieces_of(sentence) if piece.kind == kind] == wanted


def test_words_keep_their_places() -> None:
    text = "“The workers’ union,” said O’Neil’s aide in the U.S. on Monday."
    (sentence,) = sentences_of(text)
    listed = words_of(sentence)
    assert all(text[word.start : word.end].replace("’", "'") == word.text for word in listed)
    assert [word.text for word in listed][:4] == ["The", "workers", "'", "union"]
    assert "U.S." in {word.text for word in listed}


def test_the_first_word_is_a_name_when_it_is_one_elsewhere() -> None:
    (sentence,) = sentences_of("Will met them.")
    assert pieces_of(sentence, frozenset({"Hope"}))[0].kind != "name" or sentence.tokens[0].tag_ == "NNP"
    (other,) = sentences_of("Hope met them.")
    assert pieces_of(other, frozenset({"Hope"}))[0].kind == "name"
