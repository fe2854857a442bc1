"""Numbers of other programs: exact fractions in, exact decimals out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.formats.numbers import NotANumber, decimal, exact, has_decimal, odd_part, shortened, whole_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.28812635027374", Fraction(28812635027374, 10**14)),
        (" 1. ", Fraction(1)),
        (".5", Fraction(1, 2)),
        ("-3", Fraction(-3)),
        ("+2.50", Fraction(5, 2)),
        ("5.551115123125783E-17", Fraction(5551115123125783, 10**32)),
        ("1e3", Fraction(1000)),
        ("123456789012345678901234567890.5", Fraction(246913578024691357802469135781, 2)),
    ],
)
def test_numbers_are_the_fractions_they_write(text: str, value: Fraction) -> None:
    assert exact(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "NaN",
        "Infinity",
        "-.inf",
        "1e999",
        "1e-999",
        "1_000",
        "٣",
        "½",
        "1,5",
        "0x10",
        "1 2",
        "--1",
        "1e",
        "e5",
        "9" * 101,
        "1d",
    ],
)
def test_everything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(NotANumber, match=r"number|digits"):
        exact(text)


def test_whole_numbers() -> None:
    assert whole_number("-12") == -12
    assert whole_number("3.0") == 3
    with pytest.raises(NotANumber, match="whole"):
        whole_number("2.5")


@pytest.mark.property
@given(st.integers(-(10**40), 10**40), st.integers(0, 45))
def test_decimals_read_back_exactly(digits: int, places: int) -> None:
    value = Fraction(digits, 10**places)
    assert has_decimal(value)
    assert exact(decimal(value)) == value
    assert "e" not in decimal(value)


def test_endless_decimals_are_not_cut() -> None:
    assert not has_decimal(Fraction(1, 3))
    assert odd_part(60) == 3
    with pytest.raises(ValueError, match="never end"):
        decimal(Fraction(1, 3))


def test_texts_in_messages_are_short_and_harmless() -> None:
    assert shortened("a\x1b[31m\u202eb") == "a\N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER}b"
    assert len(shortened("x" * 100)) == 40
