"""The exact words that are said: what belongs to them, what trails them, and how they fall into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.test_parsing import article, sentences
from zopa.reading.articles import Span
from zopa.reading.contents import clauses, pieces
from zopa.reading.extraction import extract


def contents(text: str) -> dict[str, list[str]]:
    """Return the pieces of each content by the words of its cue, in the order of the text."""
    return {
        one.cue_span.of(text): [span.of(text) for span in sorted(one.contents)] for one in extract(article(text), sentences(text))
    }


@pytest.mark.parametrize(
    ("text", "cue", "wanted"),
    [
        # "That", conditions and exchanges stay.
        ("The union said that crews will strike if pay is cut.", "said", ["that crews will strike if pay is cut"]),
        ("The union said talks must wait until the board has met.", "said", ["talks must wait until the board has met"]),
        ("Chile proposed a quota in exchange for new boats.", "proposed", ["a quota in exchange for new boats"]),
        ("The union wants a raise of 4 percent.", "wants", ["a raise of 4 percent"]),
        ("The board asked for $40 million.", "asked for", ["$40 million"]),
        # A participle with a cue of its own goes.
        ("The owner said the roof leaks, adding that the tenants must wait.", "said", ["the roof leaks"]),
        ("The union said the pay is low, describing the offer as a joke.", "said", ["the pay is low"]),
        # So does a relative clause after a comma.
        ("The union rejected the offer, which was made on Monday.", "rejected", ["the offer"]),
        ("Peru has pushed for a seat in the club, which would pay for the dam.", "has pushed for", ["a seat in the club"]),
        # And the words of attribution, before, behind and between.
        ("Talks will fail, the dockers' union said.", "said", ["Talks will fail"]),
        ("Talks will fail, the dockers' union said on Monday.", "said", ["Talks will fail"]),
        ("The museum, the director said, will open in May.", "said", ["The museum", "will open in May"]),
        # Times of the cue are none of it; times of what is said are.
        ("The union said on Monday that talks end in May.", "said", ["that talks end in May"]),
        # Marks at both ends go, a mark that closes inside words stays.
        ('The nurses called the pay "a very bad joke".', "called", ['the pay "a very bad joke"']),
        ("The nurses called the pay “a very bad joke.”", "called", ["the pay “a very bad joke.”"]),
        ("The union proposed a fund (for the crews).", "proposed", ["a fund (for the crews)"]),
    ],
)
def test_contents(text: str, cue: str, wanted: list[str]) -> None:
    assert contents(text)[cue] == wanted


@pytest.mark.parametrize(
    ("text", "cue", "wanted"),
    [
        ("According to the Water Board, the dam is safe.", "According to", ["the dam is safe"]),
        ("In the judge's view, the contract is void.", "view", ["the contract is void"]),
        ("The dam is safe, according to the Water Board.", "according to", ["The dam is safe"]),
        ("The dam, according to the Water Board, is safe.", "according to", ["The dam", "is safe"]),
        ("The dam is full, but the river is low, according to the Water Board.", "according to", ["the river is low"]),
    ],
)
def test_according_to_and_in_somebodys_view(text: str, cue: str, wanted: list[str]) -> None:
    assert contents(text)[cue] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the dam is full and the river is rising", ["the dam is full", "the river is rising"]),
        ("that the dam is full and that the river is rising", ["that the dam is full", "that the river is rising"]),
        ("the dam is full, but the river is low", ["the dam is full", "the river is low"]),
        ("the dam is full and safe", []),
        ("the dam and the river are full", []),
        ("the dam is full", []),
    ],
)
def test_coordinated_clauses(text: str, wanted: list[str]) -> None:
    whole = f"The ministry said {text}."
    (sentence,) = sentences(whole)
    start = whole.index(text)
    found = clauses(sentence, Span(start, start + len(text)))
    assert [sentence.over(*one).of(whole) for one in found] == wanted


def test_a_content_without_words_has_no_clauses() -> None:
    (sentence,) = sentences("The union left.")
    assert clauses(sentence, Span(3, 3)) == []


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("the pier , and", ["the pier"]),
        (", the pier ;", ["the pier"]),
        ("", []),
    ],
)
def test_pieces_end_in_words(words: str, wanted: list[str]) -> None:
    text = f"Crews left {words} boats stayed." if words else "Crews left."
    (sentence,) = sentences(text)
    start, end = text.index("left") + 4, text.index(" boats") if words else 10
    places = {token.i for token in sentence.tokens if start <= sentence.offset(token.idx) < end and not token.is_space}
    assert [span.of(text) for span in pieces(sentence, places)] == wanted


LONG = "The union said (twice) that “the old pier” must close, and asked for $40 million; nobody answered."


@pytest.mark.property
@given(st.sets(st.integers(0, 20)))
def test_pieces_of_any_places_are_words_of_the_sentence(places: set[int]) -> None:
    (sentence,) = sentences(LONG)
    reach = 0
    for span in pieces(sentence, {place for place in places if place < len(sentence.tokens)}):
        words = span.of(LONG)
        assert span.within(sentence.span)
        assert reach <= span.start < span.end
        assert words == words.strip(" ,;:.“‘")
        reach = span.start
