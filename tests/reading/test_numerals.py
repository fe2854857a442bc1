"""Numbers in words and digits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.numerals import ANY_NUMBER, ONES, Numerals

SPELT = [*ONES][1:]


def number(text: str) -> tuple[Fraction, int] | None:
    """Return the number that opens a text and how many tokens it takes."""
    found = Numerals(text, 0, len(text)).number(0)
    return None if found is None else (found.base * found.scale, found.last)


@pytest.mark.parametrize(
    ("text", "value", "tokens"),
    [
        ("1,200", 1200, 1),
        ("1 200 000", 1_200_000, 1),
        ("2½", Fraction(5, 2), 2),
        ("5m", 5_000_000, 2),
        ("3.5 billion", 3_500_000_000, 2),
        ("half a million", 500_000, 3),
        ("two and a half", Fraction(5, 2), 4),
        ("forty-two thousand", 42_000, 4),
        ("three hundred and six", 306, 4),
        ("nine hundred thousand", 900_000, 3),
        ("two dozen", 24, 2),
        ("two-thirds", Fraction(200, 3), 3),
        ("twenty thirty", 20, 1),
    ],
)
def test_value_and_length(text: str, value: Fraction, tokens: int) -> None:
    assert number(text) == (value, tokens)


@pytest.mark.parametrize("text", ["boat", "1,20,3", "a boat", "one" * 3, "9" * 40, "million", "and"])
def test_what_is_no_number(text: str) -> None:
    assert number(text) is None


def test_how_a_number_is_put() -> None:
    share, article, digits = (Numerals(text, 0, len(text)).number(0) for text in ("a third of it", "a year", "7"))
    assert share is not None
    assert (share.spelt, share.share, share.article) == (True, True, False)
    assert article is not None
    assert (article.spelt, article.share, article.article) == (True, False, True)
    assert digits is not None
    assert (digits.spelt, digits.share, digits.article) == (False, False, False)


@pytest.mark.property
@given(st.integers(1, 999), st.sampled_from([("thousand", 10**3), ("million", 10**6), ("billion", 10**9)]))
def test_digits_with_a_scale(count: int, scale: tuple[str, int]) -> None:
    assert number(f"{count} {scale[0]}") == (Fraction(count * scale[1]), 2)


@pytest.mark.property
@given(
    st.lists(st.sampled_from([*SPELT, "hundred", "thousand", "and", "-", "a", "half", "boats", "3", ","]), max_size=12).map(
        " ".join
    )
)
def test_every_number_is_within_the_text_and_announced(text: str) -> None:
    words = Numerals(text, 0, len(text))
    for at in range(len(words.tokens)):
        found = words.number(at)
        if found is not None:
            assert at < found.last <= len(words.tokens)
            assert found.base * found.scale >= 0
            assert found.article or ANY_NUMBER.search(text) is not None
