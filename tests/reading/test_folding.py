"""Folding with a way back to the original."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zopa.reading.folding import fold

# Accents, format characters, Hangul parts, signs that change under NFC, letters beyond the basic plane.
ALPHABET = (
    "abN \n\t'’“”\"—-.,:15é\u0301\u0323\u0327\u00a0\u2003\u200b\u200d\u00ad\u1112\u1161\u11ab\u212b\u09c7\u09be\u0958𝒜\U000113c5"
)
hostile = st.text(alphabet=ALPHABET, max_size=40) | st.text(max_size=20)


def folded_whole(text: str) -> str:
    """Return the folded text by the shortest definition, without a map."""
    shaped = unicodedata.normalize("NFC", text)
    for shapes, plain in (("“”„‟«»″", '"'), ("‘’‚‛′`´", "'"), ("‐‑‒–—―−", "-")):
        shaped = "".join(plain if character in shapes else character for character in shaped)
    return re.sub(r"\s+", " ", shaped)


@pytest.mark.oracle
@given(hostile)
@example("\u1112\u1161\u11ab and \u1112\u1161 \u11ab")
@example("e\u0323\u0301 \u0301x  \n\u0301")
@example("e\u0301\u0301\u0301\u0301\u0323")
@example("\u09c7\u09be\u09c7\u0301\u09be")
def test_the_folded_text_is_that_of_the_whole(text: str) -> None:
    assert fold(text).text == folded_whole(text)


@pytest.mark.property
@given(hostile)
def test_the_map_covers_the_original_in_order(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends) == len(folded.cuts) - 1
    assert all(start < end for start, end in zip(folded.starts, folded.ends, strict=True))
    covered = sorted({*zip(folded.starts, folded.ends, strict=True)})
    assert [start for start, _ in covered] == [0, *[end for _, end in covered]][: len(covered)]
    assert not covered or covered[-1][1] == len(text)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("farms", "arms"),
        ("rates of 61.4 billion", "4 billion"),
        ("1,500 tonnes", "500 tonnes"),
        ("by 10:30", "by 10"),
        ("20–30 per cent", "30 per cent"),
        ("they can’t agree", "they can"),
        ("they don't agree", "t agree"),
        ("f\u00adarms", "arms"),
        ("cafe\u0301", "cafe"),
        ("e\u0323\u0301t", "ẹ"),
    ],
)
def test_words_and_numbers_are_not_split(text: str, inside: str) -> None:
    folded = fold(text)
    wanted = fold(inside).text
    assert wanted in unicodedata.normalize("NFD", folded.text) + folded.text
    assert list(folded.places(wanted)) == []


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("the port’s owners", "the port"),
        ("800-mile line", "mile line"),
        ("$5 a day", "5"),
        ("“Never,” she said", "Never"),
        ("at 5.", "5"),
        ("the mayor'll go", "the mayor"),
        ("cafe\u0301 talks", "café"),
        ("two\n  lines", "two lines"),
    ],
)
def test_words_end_where_people_end_them(text: str, inside: str) -> None:
    folded = fold(text)
    ((start, end),) = folded.places(fold(inside).text)
    assert fold(text[start:end]).text == fold(inside).text


def test_endless_marks_are_ordered_in_small_pieces() -> None:
    text = "e" + "\u0301\u0323" * 500 + " t"
    folded = fold(text)
    assert max(end - start for start, end in zip(folded.starts, folded.ends, strict=True)) <= 32
    ((start, end),) = folded.places("t")
    assert text[start:end] == "t"


def test_long_texts_are_folded_alike() -> None:
    text = "so “it” went  on. " * 4_000
    assert fold(text).text == folded_whole(text)


def test_no_occurrence_of_nothing() -> None:
    assert list(fold("some words").places("")) == []
    assert fold("").cuts == (True,)
