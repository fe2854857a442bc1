"""What the text around a name tells: body or person."""

from __future__ import annotations

import pytest

from tests.reading.test_parties import Text, sentences_of
from zopa.reading.evidence import Evidence, tokens_of
from zopa.reading.mentions import pieces_of
from zopa.reading.phrases import attached, phrases_of


def evidence(text: str) -> Evidence:
    found = Evidence()
    for sentence in sentences_of(text):
        pieces = pieces_of(sentence)
        subjects = [token for token in sentence.tokens if token.dep_ == "nsubj"]
        found.learn(subjects, pieces, attached(pieces, phrases_of(pieces)))
    return found


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("Blue Catch, which owns ten boats, rejected the quota.", "Blue Catch", True),
        ("Eva Lund, who owns ten boats, rejected the quota.", "Eva Lund", False),
        ("Blue Catch, a trawler company, left.", "Blue Catch", True),
        ("Eva Lund, a tenant, left.", "Eva Lund", False),
        ("Blue Catch chief executive Leif Moe left.", "Blue Catch", True),
        ("Blue Catch spokesman Leif Moe left.", "Blue Catch", True),
        ("Eva Lund spokesman Leif Moe left. Then Lund stayed.", "Eva Lund", False),
        ("Blue Catch said it would not sign.", "Blue Catch", True),
        ("Blue Catch said that its boats were safe.", "Blue Catch", True),
        ("Eva Lund said it would be late.", "Eva Lund", False),
        ("Eva Lund said its", "Eva Lund", False),
        ("Polar Trawlers said the season was short.", "Polar Trawlers", True),
        ("The price of Polar Trawlers fell.", "Polar Trawlers", False),
        ("Eva Williams said the season was short.", "Eva Williams", False),
        ("Saltby-based Blue Catch left.", "Blue Catch", True),
        ("President Blue Catch left. Blue Catch, which paid, rejected it.", "Blue Catch", False),
    ],
)
def test_bodies_and_people(text: str, name: str, body: bool) -> None:
    assert evidence(text).is_body(name) is body


def test_the_same_name_is_a_body_in_every_sentence() -> None:
    text = Text("Blue Catch left. On Monday Blue Catch said it would sue. Blue Catch waits.")
    assert [mention.text for mention in text.parties.table["BLUE_CATCH"].mentions] == ["Blue Catch"] * 3


def test_what_tokens_tell_of_a_sentence() -> None:
    (sentence,) = sentences_of("Yesterday Veltrane refused the offer of Kestrel.")
    found = tokens_of(sentence)
    assert [token.text for token in found.subjects] == ["Veltrane"]
    assert {"Veltrane", "Kestrel"} <= set(found.names)
    assert [start for start, _ in found.places] == sorted({start for start, _ in found.places})
