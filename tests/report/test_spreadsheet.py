"""Files for spreadsheets: no text becomes a formula, numbers stay numbers, the same tables give the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.report.spreadsheet import csv_bytes, sheet_names, table_files, workbook_bytes, write_files
from zopa.report.tables import Cell, Table

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\u202e=1",
    "\x07=cmd|' /C calc'!A0",
    "＝1",
    "\u200b@x",
    "https://example.org",
]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def table(*rows: tuple[Cell, ...]) -> Table:
    width = len(rows[0]) if rows else 1
    return Table("some", "Some table", tuple(f"c{number}" for number in range(width)), rows)


def read_csv(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cells(data: bytes) -> list[tuple[str, str]]:
    """The type and content of each cell of the first sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter(f"{MAIN}f"))
    assert not list(sheet.iter(f"{MAIN}hyperlink"))
    return [(cell.get("t", "n"), "".join(cell.itertext())) for cell in sheet.iter(f"{MAIN}c")]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_a_formula(text: str) -> None:
    (_, (shown,)) = read_csv(csv_bytes(table((text,))))
    assert shown[0] not in "=+-@\t\r＝＋－＠"
    kind, stored = cells(workbook_bytes([table((text,))], "t"))[1]
    assert kind == "inlineStr"
    assert "\u202e" not in stored
    assert "\x07" not in stored


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_text(text: str) -> None:
    rows = read_csv(csv_bytes(table((text, "x"))))
    assert len(rows) == 2
    assert not rows[1][0].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert all(kind == "inlineStr" for kind, _ in cells(workbook_bytes([table((text, "x"))], "t")))


def test_column_names_are_text_too() -> None:
    bad = Table("some", "Some", ("=1+1",), ((1,),))
    assert read_csv(csv_bytes(bad))[0] == ["'=1+1"]
    assert cells(workbook_bytes([bad], "t"))[0] == ("inlineStr", "=1+1")


def test_numbers_stay_numbers() -> None:
    row: tuple[Cell, ...] = (-5, Fraction(-7), Fraction(71, 100), Fraction(-1, 3), Decimal("-0.710000"), None, 2**60, 'a,b"c\nd')
    assert read_csv(csv_bytes(table(row)))[1] == ["-5", "-7", "71/100", "-1/3", "-0.71", "", str(2**60), 'a,b"c\nd']
    found = cells(workbook_bytes([table(row)], "t"))[len(row) :]
    assert found[:5] == [("n", "-5"), ("n", "-7"), ("inlineStr", "71/100"), ("inlineStr", "-1/3"), ("n", "-0.71")]
    assert found[5] == ("inlineStr", str(2**60))  # None leaves no cell


def test_lines_end_as_the_standard_says() -> None:
    assert csv_bytes(table(("a", "b"))) == "\ufeffc0,c1\r\na,b\r\n".encode()


def test_the_same_tables_give_the_same_bytes() -> None:
    tables = [table(("a", 1)), Table("other", "Other: [x]", ("c",), ())]
    first = table_files(tables, "A title")
    assert first == table_files(tables, "A title")
    assert list(first) == ["some.csv", "other.csv", "tables.xlsx"]
    with zipfile.ZipFile(io.BytesIO(first["tables.xlsx"])) as book:
        assert b"2000-01-01T00:00:00Z" in book.read("docProps/core.xml")
        assert {info.date_time[0] for info in book.infolist()} == {1980}


def test_a_very_long_text_is_cut_and_not_lost() -> None:
    (_, (_, stored)) = cells(workbook_bytes([table(("x" * 40_000,))], "t"))
    assert len(stored) == 32_767
    assert stored.endswith("…")


def test_sheet_names_are_allowed_and_different() -> None:
    names = sheet_names(["A: [b]/c?*\\", "x" * 40, "x" * 50, "X" * 33, "''", "Points, in words"])
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    workbook_bytes([Table("t", name, ("c",), ()) for name in names], "t")


def test_files_go_into_a_folder_that_is_made(tmp_path: Path) -> None:
    written = write_files(tmp_path / "a" / "b", {"x.csv": b"1", "y.csv": b"2"})
    assert [file.read_bytes() for file in written] == [b"1", b"2"]
    assert sorted(file.name for file in (tmp_path / "a" / "b").iterdir()) == ["x.csv", "y.csv"]
