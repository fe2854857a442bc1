"""Numbers as people write them: each notation, and what is refused rather than guessed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.formats.numbers import NotANumber, decimal
from zopa.formats.score_sheet_grid import Cell, letters
from zopa.formats.score_sheet_numbers import Notation, has_percent, is_unknown, looks_like_date, notation_of, number_in

NEITHER, COMMA, POINT, BOTH = Notation(False, False), Notation(True, False), Notation(False, True), Notation(True, True)


@pytest.mark.parametrize(
    ("text", "notation", "value"),
    [
        ("12", NEITHER, "12"),
        ("-12.5", NEITHER, "-25/2"),
        ("\u22123", NEITHER, "-3"),
        ("+3", NEITHER, "3"),
        ("12,5", NEITHER, "25/2"),
        ("0,125", NEITHER, "1/8"),
        (".5", NEITHER, "1/2"),
        ("1.234", NEITHER, "1234/1000"),
        ("1.234", POINT, "1234/1000"),
        ("1.234", COMMA, "1234"),
        ("1,234", COMMA, "1234/1000"),
        ("1,234", POINT, "1234"),
        ("1,234.5", NEITHER, "12345/10"),
        ("1.234,5", NEITHER, "12345/10"),
        ("1,234,567", NEITHER, "1234567"),
        ("1.234.567", NEITHER, "1234567"),
        ("1 234", NEITHER, "1234"),
        ("1\u00a0234\u202f567,5", NEITHER, "12345675/10"),
        ("1'234.5", NEITHER, "12345/10"),
        ("25%", NEITHER, "25"),
        ("2,5 %", NEITHER, "5/2"),
        ("1e3", NEITHER, "1000"),
        ("'5", NEITHER, "5"),
        ("1234,567", NEITHER, "1234567/1000"),
    ],
)
def test_what_texts_mean(text: str, notation: Notation, value: str) -> None:
    assert number_in(Cell(text), notation) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        *(
            (one, NEITHER)
            for one in ("ten", "5 pts", "$5", "1/2", "(5)", "1,23,456", "1.2.3", "1,2,3", "٣", "5%%", "1..2", ",", "1e")
        ),
        ("1,234", NEITHER),
        ("1,234", BOTH),
        ("1.234", BOTH),
    ],
)
def test_what_is_refused(text: str, notation: Notation) -> None:
    with pytest.raises(NotANumber):
        number_in(Cell(text), notation)


@pytest.mark.parametrize(
    ("texts", "notation"),
    [
        (["1,234", "5"], NEITHER),
        (["1,234", "2,5", "word, word"], COMMA),
        (["1,234", "2.5"], POINT),
        (["2,5", "2.5"], BOTH),
        (["1.234,5"], COMMA),
        (["1,234,567"], POINT),
        (["1.234.567"], COMMA),
        (["0,125"], COMMA),
        (["1.234"], NEITHER),
    ],
)
def test_what_a_file_shows_of_its_notation(texts: list[str], notation: Notation) -> None:
    assert notation_of(map(Cell, texts)) == notation


def test_other_cells_of_workbooks() -> None:
    assert number_in(Cell("0.1", "number"), COMMA) == Fraction(1, 10)
    assert number_in(Cell("25%", "percent"), NEITHER) == 25
    assert number_in(Cell("1E-7", "number"), NEITHER) == Fraction(1, 10**7)
    assert notation_of([Cell("0.1", "number")]) == NEITHER
    for kind, words in (("date", "a date"), ("formula", "not stored"), ("error", "the error"), ("flag", "not a number")):
        with pytest.raises(NotANumber, match=words):
            number_in(Cell("x", kind), NEITHER)  # type: ignore[arg-type]


def test_unknown_percent_and_dates() -> None:
    assert all(is_unknown(Cell(text)) for text in ("", "n/a", "N/A", "-", "–", "?", "Not  known"))
    assert is_unknown(Cell("#N/A", "error"))
    assert not any(is_unknown(Cell(text)) for text in ("0", "not", "a", "x"))
    assert not is_unknown(Cell("#REF!", "error"))
    assert has_percent(Cell("5%"))
    assert not has_percent(Cell("5"))
    assert looks_like_date("1-Feb")
    assert looks_like_date("2025-02-01")
    assert not looks_like_date("1-2")


@pytest.mark.property
@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_every_decimal_comes_back_in_every_notation(digits: int, places: int) -> None:
    value = Fraction(digits, 10**places)
    text = decimal(value)
    assert number_in(Cell(text), POINT) == value
    assert number_in(Cell(text.replace(".", ",")), COMMA) == value
    whole, _, behind = text.partition(".")
    grouped = f"{int(whole):,}" if whole not in {"-0", "0"} else whole
    assert number_in(Cell(f"{grouped}.{behind or '0'}"), POINT) == value
    swiss = f"{grouped}.{behind or '0'}".replace(",", "’")
    assert number_in(Cell(swiss), POINT) == value


def test_letters_of_columns() -> None:
    assert [letters(one) for one in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
