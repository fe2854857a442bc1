"""GENIUS files out: what the format holds comes back the same, the rest is changed as it says."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.formats.sheets import decimals, efficient, fractions, same, sheets, there_and_back, zone
from zopa.formats import FormatError, Sheet, SheetIssue, SheetParty, genius_files, read_genius


@pytest.mark.property
@given(sheets(decimals()))
def test_what_the_format_holds_comes_back_the_same(sheet: Sheet) -> None:
    export = genius_files(sheet)
    assert export.lost == ()
    same(sheet, there_and_back(sheet, genius_files, read_genius))


@pytest.mark.property
@given(sheets(fractions()))
def test_any_points_keep_zone_and_efficient_packages(sheet: Sheet) -> None:
    back = there_and_back(sheet, genius_files, read_genius)
    assert back.issues == sheet.issues
    assert zone(back) == zone(sheet)
    assert efficient(back) == efficient(sheet)
    told = "\n".join(genius_files(sheet).lost)
    for first, second in zip(sheet.parties, back.parties, strict=True):
        best = sum(max(one for one in row if one is not None) for row in second.points)
        assert best <= 1 + Fraction(1, 100)
        if first.points != second.points:
            assert first.name in told


@pytest.mark.property
@given(st.sampled_from([1, 2, 4, 5, 8, 10]), st.integers(-9, 9), st.integers(0, 40), st.integers(0, 40))
def test_whole_numbers_on_a_line_are_an_integer_issue(steps: int, low: int, first: int, last: int) -> None:
    assume(max(first, last) > 0)
    values = range(low, low + steps + 1)
    issue = SheetIssue("Days", tuple(map(str, values)), tuple(map(Fraction, values)))
    ends = Fraction(first, 100), Fraction(last, 100)
    row = tuple(ends[0] + (ends[1] - ends[0]) * Fraction(at, steps) for at in range(steps + 1))
    sheet = Sheet("Line", "test", (issue,), (SheetParty("a", "", (row,), Fraction(0)),))
    back = there_and_back(sheet, genius_files, read_genius)
    assert back.parties[0].points == sheet.parties[0].points
    if 'type="integer"' in genius_files(sheet).files["Line.xml"].decode():
        same(sheet, back)
    else:
        assert "Days is written as a list of options" in genius_files(sheet).lost[0]


def test_names_that_xml_cannot_hold_are_replaced_and_said() -> None:
    issue = SheetIssue("a\x00b", ("x\x1b[31m", "y\ud800"))
    sheet = Sheet("T", "test", (issue,), (SheetParty("p", "", ((Fraction(0), Fraction(1)),), Fraction(0)),))
    back = there_and_back(sheet, genius_files, read_genius)
    sign = "\N{REPLACEMENT CHARACTER}"
    assert back.issues == (SheetIssue(f"a{sign}b", (f"x{sign}[31m", f"y{sign}")),)
    assert sum("control signs" in one for one in genius_files(sheet).lost) == 3


def test_what_is_not_known_is_named_and_never_filled() -> None:
    issue = SheetIssue("i", ("x", "y"))
    known = SheetParty("known", "", ((Fraction(0), Fraction(1)),), None)
    open_one = SheetParty("open", "", ((None, Fraction(1)),), Fraction(0))
    export = genius_files(Sheet("T", "test", (issue,), (known, open_one)))
    assert list(export.files) == ["T.xml", "known.xml"]
    assert b"reservation" not in export.files["known.xml"]
    assert any("open is left out: its points are unknown on i" in one for one in export.lost)
    assert any("the no-deal value of known is unknown" in one for one in export.lost)
    with pytest.raises(FormatError, match="nothing can be written: open is left out"):
        genius_files(Sheet("T", "test", (issue,), (open_one,)))
    with pytest.raises(FormatError, match="there is no issue"):
        genius_files(Sheet("T", "test", (), (SheetParty("p", "", (), Fraction(0)),)))
