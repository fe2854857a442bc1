"""Whom a pronoun stands for."""

from __future__ import annotations

import pytest

from tests.reading.test_parsing import article, sentences
from zopa.reading.actors import NO_ACTORS
from zopa.reading.pipeline import Settings, read_article
from zopa.reading.pronouns import PRONOUNS, kind_of

RUIZ = "Peruvian minister Ana Ruiz"
SOTO = "Chilean minister Luis Soto"


def speaker(text: str, pronoun: str, content: str) -> tuple[str, str | None]:
    """Return party and speaker of the statement that a pronoun makes, found by a word of its content."""
    found = read_article(article(text), Settings(actors=NO_ACTORS)).statements
    (one,) = [
        one for one in found if one.source is not None and one.source.of(text) == pronoun and content in one.content.of(text)
    ]
    return one.party, one.speaker


@pytest.mark.parametrize(
    ("text", "pronoun", "content", "wanted"),
    [
        # Who spoke last, or who the sentence before is about.
        (f"{RUIZ} said the dam is full. She added that the river is low.", "She", "river", ("PER", "Ana Ruiz")),
        (f"{RUIZ} left the hall. She said that the river is low.", "She", "river", ("PER", "Ana Ruiz")),
        (f"{RUIZ} met {SOTO}. She said that the river is low.", "She", "river", ("PER", "Ana Ruiz")),
        # The same sentence: a clause inside what somebody says.
        (f"{RUIZ} said that she wants to visit the dam.", "she", "dam", ("PER", "Ana Ruiz")),
        (f"“The dam is full,” {RUIZ} said, and she promised to visit it.", "she", "visit", ("PER", "Ana Ruiz")),
        # A clause in front of its subject.
        (f"While she declined to name a date, {RUIZ} said that the dam is full.", "she", "name a date", ("PER", "Ana Ruiz")),
        # It: an institution, not a person.
        (
            "The teachers' union left the talks. It said that the offer is old.",
            "It",
            "offer",
            ("TEACHERS_UNION", "Teachers' union"),
        ),
        # They: several people.
        ("The dockers left the talks. They said that the offer is old.", "They", "offer", ("DOCKERS", "Dockers")),
        # I and we are who speaks.
        (f"“We want a new bridge,” {RUIZ} said.", "We", "bridge", ("PER", "Ana Ruiz")),
        # A person is not "it", an institution is not "she".
        ("The teachers' union left. She said that the offer is old.", "She", "offer", ("unresolved", None)),
        (f"{RUIZ} left. It said that the offer is old.", "It", "offer", ("unresolved", None)),
        # Not over a heading, not over two sentences, not where two are left.
        (
            f"{RUIZ} left the hall.\nWater prices rise again\nShe said that the river is low.",
            "She",
            "river",
            ("unresolved", None),
        ),
        (f"{RUIZ} left the hall. The boats sank. She said that the river is low.", "She", "river", ("unresolved", None)),
        (
            f"{RUIZ} and {SOTO} left, and {SOTO} sang while {RUIZ} read. She said the river is low.",
            "She",
            "river",
            ("unresolved", None),
        ),
        ("She said that the river is low.", "She", "river", ("unresolved", None)),
    ],
)
def test_pronouns(text: str, pronoun: str, content: str, wanted: tuple[str, str | None]) -> None:
    assert speaker(text, pronoun, content) == wanted


def test_how_it_was_found_is_told() -> None:
    text = f"{RUIZ} left the hall.\n\nShe said that the river is low."
    (one,) = read_article(article(text), Settings(actors=NO_ACTORS)).statements
    assert one.party_note is not None
    assert f"“She” stands for {RUIZ}, line 1" in one.party_note


@pytest.mark.parametrize(
    ("word", "kind"), [("She", "person"), ("it", "thing"), ("They", "many"), ("We", "speaker"), ("Ruiz", None)]
)
def test_kinds(word: str, kind: str | None) -> None:
    (sentence,) = sentences(f"{word} left the hall.")
    start = sentence.tokens.start
    assert kind_of(sentence, (start, start)) == kind
    assert kind_of(sentence, (start, start + 1)) is None


def test_every_pronoun_has_a_kind() -> None:
    assert set(PRONOUNS.values()) == {"person", "thing", "many", "speaker"}
    assert all(word == word.lower() for word in PRONOUNS)
