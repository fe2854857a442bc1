"""Score sheets as workbooks: what is written, what comes back, templates, and the copies for the parties."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests.conftest import CASES
from tests.formats.sheets import decimals, fractions_of, same, sheets, there_and_back
from zopa.case import load_case
from zopa.formats import FormatError, Sheet, SheetIssue, SheetParty, sheet_of_case, write_case, write_export
from zopa.formats.naming import distinct
from zopa.formats.score_sheet import read_score_xlsx
from zopa.formats.score_sheet_template import blank_sheet_of_case
from zopa.formats.workbook_writing import score_xlsx_files, score_xlsx_template
from zopa.settlement import settle

ISSUES = (SheetIssue("Wage", ("10", "12.5", "15")), SheetIssue("Holiday", ("20 days", "25 days")))
ANNA = SheetParty("Anna", "", fractions_of((0, "25/2", 40), (10, 30)), Fraction(35))
BEN = SheetParty("Ben", "", fractions_of((40, 20, 0), ("1/8", None)), None)
TALKS = Sheet("Talks", "test", ISSUES, (ANNA, BEN))


def opened(data: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data))


def only(files: dict[str, bytes]) -> bytes:
    (data,) = files.values()
    return data


def test_what_stands_in_the_workbook() -> None:
    export = score_xlsx_files(TALKS)
    assert list(export.files) == ["Talks.xlsx"]
    book = opened(only(export.files))
    assert book.sheetnames == ["Points", "How to fill", "Role Anna", "Role Ben"]
    rows = list(book["Points"].iter_rows(values_only=True))
    assert rows[0] == ("Issue", "Option", "Anna", "Ben")
    assert rows[1:3] == [("Wage", "10", 0, 40), ("Wage", "12.5", 12.5, 20)]
    assert rows[4:] == [("Holiday", "20 days", 10, 0.125), ("Holiday", "25 days", 30, None), ("No deal", None, 35, None)]
    assert book["Role Ben"]["C4"].value == '=IF(Points!D2="","",Points!D2)'
    assert export.lost == (
        "one number of Ben for options is unknown and left empty",
        "the no-deal value of Ben is unknown and was left out; its cell is empty",
    )
    assert only(score_xlsx_files(TALKS).files) == only(export.files)


def test_it_comes_back() -> None:
    back = there_and_back(TALKS, score_xlsx_files, read_score_xlsx)
    same(TALKS, back)
    assert back.title == "Talks"
    assert {one.file for one in back.parties} == {"Talks.xlsx"}
    assert any("only copies another sheet by formulas (Role Anna, Role Ben)" in one for one in back.not_taken)


def test_numbers_that_a_spreadsheet_would_round_come_back_exactly() -> None:
    long = Fraction(12345678901234567890123, 10**7)
    party = SheetParty("A", "", ((long, Fraction(1, 10**20)),), Fraction("1e30"))
    sheet = Sheet("T", "test", (SheetIssue("x", ("p", "q")),), (party,))
    export = score_xlsx_files(sheet)
    assert any("one number has more digits than a spreadsheet holds" in one for one in export.lost)
    same(sheet, there_and_back(sheet, score_xlsx_files, read_score_xlsx))


def test_thirds_are_multiplied_and_that_is_said() -> None:
    party = SheetParty("A", "", fractions_of(("1/3", "1/2")), Fraction(1, 3))
    sheet = Sheet("T", "test", (SheetIssue("x", ("p", "q")),), (party,))
    assert "the points of A are multiplied by 3" in "\n".join(score_xlsx_files(sheet).lost)
    back = there_and_back(sheet, score_xlsx_files, read_score_xlsx)
    assert (back.parties[0].points, back.parties[0].no_deal) == (fractions_of((1, "3/2")), Fraction(1))


def test_texts_never_become_formulas_or_links() -> None:
    names = ("=1+1", "+1", "-1", "@SUM(A1)", "{=A1}", "http://example.org", "mailto:a@b.org", "_x0041_", "'x", "\u202e")
    party = SheetParty("=cmd|' /C calc'!A0", "", (tuple(map(Fraction, range(10))),), Fraction(0))
    sheet = Sheet("=T", "test", (SheetIssue("=x", names),), (party,))
    book = opened(only(score_xlsx_files(sheet).files))
    for row in book["Points"].iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert cell.hyperlink is None
    back = there_and_back(sheet, score_xlsx_files, read_score_xlsx)
    assert (back.issues, back.parties[0].name) == (sheet.issues, party.name)


def test_names_of_sheets_are_allowed_and_differ() -> None:
    names = ("a/b:c*?[d]", "x" * 60, "x" * 59 + "y", "'", "POINTS", "points")
    parties = tuple(replace(ANNA, name=name) for name in names)
    book = opened(only(score_xlsx_files(replace(TALKS, parties=parties)).files))
    assert len({one.casefold() for one in book.sheetnames}) == len(book.sheetnames) == 8
    assert all(len(one) <= 31 for one in book.sheetnames)


def test_a_workbook_too_large_with_role_sheets_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "role sheets" not in " ".join(score_xlsx_files(TALKS).lost)
    monkeypatch.setattr("zopa.formats.workbook_writing.MAX_CELLS", 100)
    export = score_xlsx_files(TALKS)
    assert any("role sheets are left out" in one for one in export.lost)
    assert opened(only(export.files)).sheetnames == ["Points", "How to fill"]
    same(TALKS, there_and_back(TALKS, score_xlsx_files, read_score_xlsx))


# Templates -----------------------------------------------------------------------------------------------


def test_an_empty_template_says_how_to_fill_it_and_is_refused_while_empty(tmp_path: Path) -> None:
    export = score_xlsx_template()
    (name,) = write_export(export, tmp_path / "out")
    book = opened(only(export.files))
    assert [cell.value for cell in book["Points"][1]] == ["Issue", "Option", "Party A", "Party B", "Party C"]
    words = " ".join(str(cell.value) for row in book["How to fill"].iter_rows() for cell in row)
    assert "zopa import xlsx" in words
    with pytest.raises(FormatError, match="Points!A2: no issue stands below the headings"):
        read_score_xlsx([name])


def fill(data: bytes, target: Path, numbers: dict[str, float | str]) -> Path:
    """Write into cells of the sheet Points, as a teacher does."""
    book = opened(data)
    for cell, value in numbers.items():
        book["Points"][cell] = value
    book.save(target)
    return target


def test_a_filled_template_comes_back(tmp_path: Path) -> None:
    numbers: dict[str, float | str] = {"C1": "Anna", "D1": "Ben", "E1": ""}
    numbers |= {"A2": "Wage", "B2": "10", "B3": "12", "C2": 1.5, "D2": 3, "C3": 2, "D3": 0}
    numbers |= {"A7": "Holiday", "B7": "20", "B8": "25", "C7": 0, "D7": 4, "C8": 7, "D8": 1}
    filled = fill(only(score_xlsx_template().files), tmp_path / "filled.xlsx", numbers)
    book = opened(filled.read_bytes())
    last = next(row for row in range(1, 60) if book["Points"].cell(row, 1).value == "No deal")
    filled = fill(filled.read_bytes(), filled, {f"C{last}": 2, f"D{last}": 1})
    sheet = read_score_xlsx([filled])
    assert sheet.issues == (SheetIssue("Wage", ("10", "12")), SheetIssue("Holiday", ("20", "25")))
    assert [(one.name, one.points) for one in sheet.parties] == [
        ("Anna", fractions_of(("3/2", 2), (0, 7))),
        ("Ben", fractions_of((3, 0), (4, 1))),
    ]
    assert [one.no_deal for one in sheet.parties] == [2, 1]


def test_the_template_of_a_case_has_its_names_and_no_numbers(tmp_path: Path) -> None:
    case = load_case(CASES / "labour.yaml")
    export = score_xlsx_template(blank_sheet_of_case(case))
    rows = list(opened(only(export.files))["Points"].iter_rows(values_only=True))
    assert rows[0] == ("Issue", "Option", "The union", "The employer")
    assert [row[:2] for row in rows[1:4]] == [("Wage rise", "2"), ("Wage rise", "4"), ("Wage rise", "6")]
    assert all(value is None for row in rows[1:] for value in row[2:])
    original = sheet_of_case(case).sheet
    numbers: dict[str, float | str] = {}
    for letter, party in zip("CD", original.parties, strict=True):
        flat = [one for row in party.points for one in row if one is not None]
        assert party.no_deal is not None
        numbers |= {f"{letter}{row}": float(one) for row, one in enumerate(flat, 2)}
        numbers[f"{letter}{len(rows)}"] = float(party.no_deal)
    back = read_score_xlsx([fill(only(export.files), tmp_path / "filled.xlsx", numbers)])
    assert [(one.name, one.points, one.no_deal) for one in back.parties] == [
        (one.name, one.points, one.no_deal) for one in original.parties
    ]


def test_a_case_without_preferences_has_a_template_and_watchers_no_column(tmp_path: Path) -> None:
    text = "zopa: 1\ntitle: T\nas_of: 2025-01-01\nparties: {a: A, w: {name: W, seat: observer}}\nissues: {x: {options: [p, q]}}\n"
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    sheet = blank_sheet_of_case(load_case(tmp_path))
    assert [one.name for one in sheet.parties] == ["A"]
    assert sheet.parties[0].points == ((None, None),)
    with pytest.raises(FormatError, match="plants has no options"):
        blank_sheet_of_case(load_case(CASES / "directive.yaml"))


def test_nothing_to_write_is_said() -> None:
    for bare in (replace(TALKS, issues=()), replace(TALKS, parties=())):
        for write in (score_xlsx_files, score_xlsx_template):
            with pytest.raises(FormatError, match="to write"):
                write(bare)


# Proof ---------------------------------------------------------------------------------------------------


@pytest.mark.property
@settings(max_examples=25)
@given(sheets(decimals(-240)))
def test_a_sheet_goes_out_and_comes_back_exactly(drawn: Sheet) -> None:
    names = distinct([one.name.strip() for one in drawn.issues])
    options = [tuple(distinct([option.strip() for option in one.options])) for one in drawn.issues]
    sheet = replace(drawn, issues=tuple(map(SheetIssue, names, options)))
    same(sheet, there_and_back(sheet, score_xlsx_files, read_score_xlsx))


@pytest.mark.published
def test_a_reference_domain_through_a_workbook_gives_the_published_numbers(shared: Path, tmp_path: Path) -> None:
    one = json.loads((shared / "reference" / "settlement.json").read_text(encoding="utf-8"))["cases"]["PanamaCanal"]
    issues = tuple(SheetIssue(issue, tuple(options)) for issue, options in one["issues"])
    parties = tuple(
        SheetParty(name, "", fractions_of(*one["scores"][name]), Fraction(one["no_deal"][name])) for name in one["parties"]
    )
    back = there_and_back(Sheet("Panama", "test", issues, parties), score_xlsx_files, read_score_xlsx)
    write_case(back, tmp_path / "case", as_of=date(2025, 1, 1))
    settled = settle(load_case(tmp_path / "case"))
    published = one["results"]["base"]
    assert len(settled.zone) == published["zone_size"]
    assert settled.frontier is not None
    assert settled.zone[settled.frontier.rows].tolist() == published["frontier_package_indices"]
