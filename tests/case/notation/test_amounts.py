"""Amounts: reading, writing, exact numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import (
    Alternatives,
    Amount,
    Binary,
    Name,
    Negative,
    NotationError,
    Number,
    Range,
    Triangular,
    Unknown,
    format_amount,
    format_number,
    names_in_amount,
    parse_amount,
    parse_number,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12", Number(Fraction(12))),
        ("0.1", Number(Fraction(1, 10))),
        ("-1/3", Number(Fraction(-1, 3))),
        ("40..60", Range(Fraction(40), Fraction(60))),
        ("(30 - 50)", Number(Fraction(-20))),
        ("A - (30 - 50)", Binary("-", Name("A"), Number(Fraction(-20)))),
        ("-1 .. 1/2", Range(Fraction(-1), Fraction(1, 2))),
        ("0..5..20", Triangular(Fraction(0), Fraction(5), Fraction(20))),
        ("unknown", Unknown()),
        ("A12.RUS", Name("A12.RUS")),
        ("-A4", Negative(Name("A4"))),
        ("2 * A4 + 1", Binary("+", Binary("*", Number(Fraction(2)), Name("A4")), Number(Fraction(1)))),
        ("2 * (A4 + 1)", Binary("*", Number(Fraction(2)), Binary("+", Name("A4"), Number(Fraction(1))))),
        ("A - B - C", Binary("-", Binary("-", Name("A"), Name("B")), Name("C"))),
        ("precondition | stand_in", Alternatives((Name("precondition"), Name("stand_in")))),
        ("0..10 | 20..30", Alternatives((Range(Fraction(0), Fraction(10)), Range(Fraction(20), Fraction(30))))),
    ],
)
def test_amounts_are_read(text: str, wanted: Amount) -> None:
    assert parse_amount(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10...20",
        "10–20",
        "20%",
        "1_000",
        "1,5",
        "A..B",
        "1..2..3..4",
        "unknown + 1",
        "1/0",
        "(1",
        "1e5",
        "1..",
        "| 2",
        "5 5",
        "'a'",
    ],
)
def test_slips_are_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(NotationError) as found:
        parse_amount(text)
    assert found.value.remedy


NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=60)
PARTS: st.SearchStrategy[Amount] = st.one_of(NUMBERS.map(Number), st.sampled_from(["A1", "A2.RUS"]).map(Name))


def _reckoned(inner: st.SearchStrategy[Amount]) -> st.SearchStrategy[Amount]:
    named = st.sampled_from(["A1", "A2.RUS"]).map(Name)
    # Two numbers fold into one, so at least one side holds a name.
    return st.one_of(
        st.builds(Binary, st.sampled_from("+-*"), named, inner),
        st.builds(Binary, st.sampled_from("+-*/"), inner, named),
        st.builds(Negative, named),
    )


SINGLE: st.SearchStrategy[Amount] = st.one_of(
    st.recursive(PARTS, _reckoned, max_leaves=6),
    st.builds(Range, NUMBERS, NUMBERS),
    st.builds(Triangular, NUMBERS, NUMBERS, NUMBERS),
    st.just(Unknown()),
)
AMOUNTS: st.SearchStrategy[Amount] = st.one_of(
    SINGLE, st.lists(SINGLE, min_size=2, max_size=3).map(lambda items: Alternatives(tuple(items)))
)


@pytest.mark.property
@given(AMOUNTS)
def test_written_and_read_again_is_the_same(amount: Amount) -> None:
    assert parse_amount(format_amount(amount)) == amount


@pytest.mark.property
@given(st.fractions(min_value=-(10**20), max_value=10**20, max_denominator=10**9))
def test_numbers_are_exact(number: Fraction) -> None:
    assert parse_number(format_number(number)) == number


def test_decimals_stay_decimals() -> None:
    assert [format_number(Fraction(text)) for text in ["1/8", "-1/2", "7", "1/3", "100", "-1/40"]] == [
        "0.125",
        "-0.5",
        "7",
        "1/3",
        "100",
        "-0.025",
    ]


def test_names_stand_in_order() -> None:
    assert [name.id for name in names_in_amount(parse_amount("B + 2 * A - -C | D"))] == ["B", "A", "C", "D"]


@pytest.mark.property
@given(st.text(alphabet="0123456789./-+*() |AB", max_size=20))
def test_any_text_is_an_amount_or_a_slip(text: str) -> None:
    try:
        amount = parse_amount(text)
    except NotationError:
        return
    assert parse_amount(format_amount(amount)) == amount


@pytest.mark.parametrize("text", ["30-50", "30 - 50", "0 | 30-50", "10..30-50", "50-30"])
def test_a_hyphen_between_two_numbers_is_no_range(text: str) -> None:
    with pytest.raises(NotationError, match="subtraction") as found:
        parse_amount(text)
    assert ".." in found.value.remedy
    assert "(" in found.value.remedy


def test_huge_numbers_and_depth_are_refused() -> None:
    assert parse_amount("9" * 100) == Number(Fraction(10**100 - 1))
    many = " * ".join(["9" * 100] * 100)
    for text in ["9" * 101, f"{'9' * 100} * 10", "9" * 5000, "-" * 5000 + "1", "(" * 200 + "1" + ")" * 200, many]:
        with pytest.raises(NotationError):
            parse_amount(text)
