"""Score sheets in workbooks as people keep them: kinds of cells, several sheets, hidden ones, formulas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.formats.sheets import fractions_of
from zopa.case import load_case
from zopa.formats import FormatError, Sheet, SheetIssue, SheetParty, write_case
from zopa.formats.score_sheet import read_score_xlsx
from zopa.formats.workbook_writing import score_xlsx_template

HEAD = ["Issue", "Option", "Anna", "Ben"]
Rows = list[list[Any]]
ROWS: Rows = [HEAD, ["Wage", 10, 0, 40], [None, 12, 25, 20], ["Holiday", "20 days", 10, 3], [None, "25 days", 30, 0.5]]


def saved(path: Path, sheets: dict[str, Sequence[Sequence[Any]]], **hidden: str) -> Path:
    """Save rows as the sheets of a workbook, as a spreadsheet would."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        page.sheet_state = hidden.get(name, "visible")
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def read(folder: Path, rows: Sequence[Sequence[Any]]) -> Sheet:
    return read_score_xlsx([saved(folder / "talks.xlsx", {"Points": rows})])


def faults(folder: Path, rows: Sequence[Sequence[Any]]) -> dict[str, str]:
    with pytest.raises(FormatError) as caught:
        read(folder, rows)
    assert all(one.remedy and one.file == "talks.xlsx" for one in caught.value.faults)
    return {one.where: one.what for one in caught.value.faults}


def told(sheet: Sheet) -> str:
    return "\n".join([*map(str, sheet.defects), *sheet.not_taken])


def test_a_table_of_all_parties_and_where_its_numbers_stand(tmp_path: Path) -> None:
    sheet = read(tmp_path, [*ROWS, ["No deal", None, 35, 30]])
    assert sheet.issues == (SheetIssue("Wage", ("10", "12")), SheetIssue("Holiday", ("20 days", "25 days")))
    assert sheet.parties[1].points == fractions_of((40, 20), (3, "1/2"))
    write_case(sheet, tmp_path / "case", as_of=date(2025, 1, 1))
    case = load_case(tmp_path / "case")
    (source,) = case.sources
    assert all(one.basis.because == (source,) for one in case.preferences.values())
    assert "talks.xlsx" in case.sources[source].title
    assert (tmp_path / "case" / "sources" / "talks.xlsx").is_file()


def test_one_sheet_for_each_party(tmp_path: Path) -> None:
    anna: Rows = [["Issue", "Option", "Points"], ["Wage", "10", 0], ["Wage", "12", 5], ["BATNA", None, 2]]
    ben: Rows = [
        ["Role", "Benjamin"],
        [],
        ["Issue", "Option", "Score"],
        ["Wage", "12", 1],
        ["Wage", "10", 9],
        ["Threshold", None, 3],
    ]
    sheet = read_score_xlsx([saved(tmp_path / "talks.xlsx", {"Anna": anna, "Sheet2": ben, "Notes": [["to do"]]})])
    assert [(one.name, one.points, one.no_deal) for one in sheet.parties] == [
        ("Anna", fractions_of((0, 5)), Fraction(2)),
        ("Benjamin", fractions_of((9, 1)), Fraction(3)),
    ]
    assert "sheet Notes, which is no table of points" in told(sheet)


def test_numbers_have_the_digits_that_a_person_sees(tmp_path: Path) -> None:
    rows: Rows = [HEAD[:3], ["x", "p", 0.1 + 0.2], ["x", "q", 1e-7], ["x", "r", 123456789012345678]]
    assert read(tmp_path, rows).parties[0].points == ((Fraction("0.3"), Fraction("1e-7"), Fraction(123456789012346000)),)


def test_each_fault_names_its_cell_all_at_once(tmp_path: Path) -> None:
    rows: Rows = [
        HEAD,
        ["x", "p", datetime(2025, 2, 1), True],
        ["x", date(2025, 2, 1), 1, 2],
        ["x", "q", "ten", "=1/0"],
        ["x", "#REF!", 1, 1],
    ]
    found = faults(tmp_path, rows)
    assert "a date stands here (2025-02-01)" in found["Points!C2"]
    assert "TRUE is not a number" in found["Points!D2"]
    assert "a date stands here" in found["Points!B3"]
    assert "“ten” is not a number" in found["Points!C4"]
    assert "the result of the formula =1/0 is not stored" in found["Points!D4"]
    assert "the error #REF!" in found["Points!B5"]


def test_hidden_sheets_are_named_and_not_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "talks.xlsx", {"Points": ROWS, "Secret": ROWS, "Deep": ROWS}, Secret="hidden", Deep="veryHidden")
    sheet = read_score_xlsx([path])
    assert [one.name for one in sheet.parties] == ["Anna", "Ben"]
    assert "the hidden sheet Secret" in told(sheet)
    assert "the hidden sheet Deep" in told(sheet)


def test_percent_formats_and_numbers_stored_as_text(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = saved(tmp_path / "talks.xlsx", {"Points": [HEAD[:3], ["x", "p", 0.25], ["x", "q", 0.5]]})
    book = load_workbook(path)
    book["Points"]["C2"].number_format = book["Points"]["C3"].number_format = "0.0%"
    book.save(path)
    sheet = read_score_xlsx([path])
    assert sheet.parties[0].points == fractions_of((25, 50))
    assert "25% was read as 25 points" in told(sheet)
    text = read(tmp_path, [HEAD[:3], ["x", "p", "2,5"], ["x", "q", 3]])
    assert text.parties[0].points == fractions_of(("5/2", 3))
    assert "one number is stored as text (Points!C2)" in told(text)


def test_role_sheets_that_the_parties_filled_in_themselves(tmp_path: Path) -> None:
    """A template of a case: the table stays empty, each party writes over the copies in its own sheet."""
    from openpyxl import load_workbook

    parties = tuple(SheetParty(name, "", ((None, None),), None) for name in ("Anna", "Ben"))
    (data,) = score_xlsx_template(Sheet("Talks", "test", (SheetIssue("Wage", ("10", "12")),), parties)).files.values()
    book = load_workbook(io.BytesIO(data))
    shown = load_workbook(io.BytesIO(data), data_only=True)
    for name, page in ((one, book[one]) for one in ("Role Anna", "Role Ben")):
        for row in page.iter_rows():
            for cell in row:
                cell.value = shown[name][cell.coordinate].value  # as copied out with "paste values"
        page["C4"], page["C5"] = (1, 2) if name == "Role Anna" else (4, 3)
        last = next(row for row in range(4, 30) if page.cell(row, 1).value == "No deal")
        page.cell(last, 3).value = 1
    book.save(tmp_path / "filled.xlsx")
    sheet = read_score_xlsx([tmp_path / "filled.xlsx"])
    assert [(one.name, one.points, one.no_deal) for one in sheet.parties] == [
        ("Anna", fractions_of((1, 2)), Fraction(1)),
        ("Ben", fractions_of((4, 3)), Fraction(1)),
    ]
    assert "sheet Points, which holds no numbers" in told(sheet)


def test_what_is_no_score_sheet(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"talks\.xlsx, Points!B2: the layout is not known; Dear all"):
        read(tmp_path, [[], [None, "Dear all"]])
    with pytest.raises(FormatError, match="it holds nothing"):
        read(tmp_path, [])
    (tmp_path / "none").mkdir()
    with pytest.raises(FormatError, match="holds no file"):
        read_score_xlsx([tmp_path / "none"])
