"""How a party was found is told in words; clashes name both."""

from __future__ import annotations

import pytest

from tests.reading.test_parties import Text


@pytest.mark.parametrize(
    ("text", "source", "note"),
    [
        ("The Kremlin refused.", "The Kremlin", "Kremlin: seat of the president, for Russia"),
        ("Lima refused.", "Lima", "Lima: capital, for Peru"),
        ("The Kremlin spokesman Ivan Moe refused.", "The Kremlin spokesman Ivan Moe", "Kremlin spokesman"),
        ("A Peruvian refused.", "A Peruvian", "unnamed, of Peru"),
        ("Kari Moe refused.", "Kari Moe", "no party stands in the text for Kari Moe: name it in an actors file"),
        ("NATO met. The alliance refused.", "The alliance", "“the alliance”: NATO"),
        (
            "Peru waits. Finance minister Ada Obi left.",
            "Finance minister Ada Obi",
            "Finance minister; assumed: the only government named",
        ),
        ("Acme Motors waits. The chairman left.", "The chairman", "chairman; assumed: the only company named"),
        ("Acme Motors waits. The companies left.", "The companies", "companies, not specified"),
        ("The teachers’ union met. Members left.", "Members", "unnamed, Members of Teachers' union"),
        ("Bolt refused.", "Bolt", "assumed: an organisation, as the text gives no first name"),
    ],
)
def test_notes(text: str, source: str, note: str) -> None:
    assert Text(text).of(source).note == note


def test_a_title_alone_stands_for_the_one_person_who_has_it() -> None:
    text = Text("Norwegian minister Kari Dahl left. The minister was angry.")
    assert text.of("The minister").speaker == "Kari Dahl"
    two = Text("Norwegian minister Kari Dahl met Danish minister Ole Holm. The minister was angry.")
    assert two.of("The minister").note == "may be Kari Dahl or Ole Holm"
    office = Text("Norwegian minister Kari Dahl left. The Norwegian minister was angry.")
    assert office.of("The Norwegian minister").speaker == "Kari Dahl"


def test_a_noun_with_two_bodies_behind_it_is_not_resolved() -> None:
    text = Text("The Teamsters met the United Auto Workers. The union refused.")
    assert text.of("The union").party == "unresolved"
    assert text.of("The union").note == "may be Teamsters or United Auto Workers"
