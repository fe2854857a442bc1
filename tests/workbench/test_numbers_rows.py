"""How far numbers reach, and how one is shown as a slider and a text."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbench.numbers_app import FIXED
from zopa.case import Case, Range, format_number, judgement_at, parse_amount, read_text
from zopa.workbench.numbers_rows import decimal, fault_of, row_id, row_view, slider_step, slider_view
from zopa.workbench.numbers_spans import hull, middle, span

READING = read_text(FIXED, Path("case.yaml"))
assert READING.case is not None
CASE: Case = READING.case


@pytest.mark.parametrize(
    ("amount", "reach", "base"),
    [
        ("5", ("5", "5"), "5"),
        ("20..40", ("20", "40"), "30"),
        ("20..25..40", ("20", "40"), "25"),
        ("1 | 9..11", ("1", "11"), "1"),
        ("own", ("10", "20"), "15"),
        ("100 - own", ("80", "90"), "85"),
        ("-own", ("-20", "-10"), "-15"),
        ("2 * own / 4", ("5", "10"), "7.5"),
        ("1 / (own - 15)", None, None),
        ("unknown", None, None),
        ("nothing", None, None),
    ],
)
def test_the_reach_of_an_amount(amount: str, reach: tuple[str, str] | None, base: str | None) -> None:
    found, at = hull(CASE, parse_amount(amount)), middle(CASE, parse_amount(amount))
    assert found == (None if reach is None else tuple(Fraction(one) for one in reach))
    assert at == (None if base is None else Fraction(base))


@pytest.mark.parametrize(
    ("path", "ends"),
    [
        ("preferences.city.weights.term", (0, 100)),  # the sum
        ("preferences.city.scores.rent.mid", (0, 100)),
        ("preferences.city.no_deal", (0, 100)),  # a share
        ("assumptions.own", (0, 100)),  # it stands for a share
        ("preferences.city.scores.term.shape", (0, 4)),
    ],
)
def test_a_slider_goes_over_the_bounds_of_a_number(path: str, ends: tuple[int, int]) -> None:
    placed = judgement_at(CASE, path)
    assert placed is not None
    assert span(CASE, placed) == (Fraction(ends[0]), Fraction(ends[1]))


def test_an_amount_that_is_looked_at_is_shown_with_what_was() -> None:
    placed = judgement_at(CASE, "preferences.city.scores.rent.mid")
    assert placed is not None
    plain = row_view(CASE, CASE, placed, None)
    assert (plain["amount"], plain["was"], plain["pending"], plain["editor"]) == ("40..60", "40..60", False, "range")
    assert plain["thumbs"] == ["40", "60"]
    wrong = row_view(CASE, CASE, placed, "60..40", "upside down")
    assert (wrong["amount"], wrong["was"], wrong["pending"], wrong["fault"]) == ("60..40", "40..60", True, "upside down")
    assert wrong["stamp"] != plain["stamp"]
    assert row_view(CASE, CASE, placed, None) == plain


def test_faults_are_sentences() -> None:
    assert fault_of(CASE, "preferences.city.scores.rent.mid", "45") == ""
    said = fault_of(CASE, "preferences.city.scores.rent.mid", "60..40")
    assert said[0].isupper()
    assert said.endswith(".")


@pytest.mark.property
@given(st.text(max_size=60))
def test_the_id_of_a_row_holds_nothing_of_the_case(path: str) -> None:
    assert row_id(path).removeprefix("n-").isalnum()


numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=500)


@pytest.mark.property
@given(numbers, numbers)
def test_browsers_can_read_the_numbers_of_a_slider(one: Fraction, other: Fraction) -> None:
    low, high = min(one, other), max(one, other)
    found = slider_view(Range(low, high), (low, high + 1))
    assert abs(Fraction(decimal(one)) - one) < Fraction(1, 10**6)
    assert len(found["thumbs"]) == 2
    assert all(abs(float(shown) - float(end)) < 1e-6 for shown, end in zip(found["thumbs"], (low, high), strict=True))
    step = slider_step((low, high + 1), [low, high])
    assert step == "any" or (high + 1 - low) / Fraction(step) >= 400
    assert "/" not in found["low"] + found["high"]
    assert found["low_text"] == format_number(low)
