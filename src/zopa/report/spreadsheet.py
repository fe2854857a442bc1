"""Tables as files for spreadsheets: CSV (RFC 4180, UTF-8 with its mark) and one XLSX workbook.

Text from a case can never become a formula: in CSV a text that begins with one of their signs gets an
apostrophe, in XLSX texts are stored as texts.  The same tables give the same bytes.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

from zopa.case import write_whole
from zopa.report.cleaning import clean
from zopa.report.tables import Cell, Table

WORKBOOK: Final = "tables.xlsx"
# What begins a formula for some program, signs of full width included.
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
_CREATED: Final = datetime(2000, 1, 1)  # a constant, so that the same case gives the same bytes
_LONGEST: Final = 32_767  # characters in a cell of a workbook
_WIDEST: Final = 60
_EXACT: Final = 2**53
_LARGEST: Final = Decimal("1E300")  # beyond it a spreadsheet has no numbers


def csv_bytes(table: Table) -> bytes:
    """Return a table as a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_safe(name) for name in table.columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return codecs.BOM_UTF8 + text.getvalue().encode("utf-8")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _safe(cell)
    return _decimal(cell) if isinstance(cell, Decimal) else str(cell)


def _safe(text: str) -> str:
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _decimal(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def workbook_bytes(tables: Sequence[Table], title: str) -> bytes:
    """Return tables as one workbook, a sheet for each."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": clean(title)[:200], "author": "Zopa", "created": _CREATED})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for table, name in zip(tables, sheet_names([table.title for table in tables]), strict=True):
            sheet = book.add_worksheet(name)
            for column, width in enumerate(_widths(table)):
                sheet.set_column(column, column, width)
            sheet.freeze_panes(1, 0)
            for column, words in enumerate(table.columns):
                sheet.write_string(0, column, clean(words)[:_LONGEST], head)
            for number, row in enumerate(table.rows, 1):
                for column, cell in enumerate(row):
                    value = _number(cell)
                    if value is not None:
                        sheet.write_number(number, column, value)
                    elif cell is not None and cell != "":
                        sheet.write_string(number, column, _cut(clean(str(cell))))
            if table.rows:
                sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    return file.getvalue()


def _number(cell: Cell) -> int | float | None:
    """Return a cell as a number of a spreadsheet; None for texts and for exact values it cannot hold."""
    if isinstance(cell, Decimal):
        return float(cell) if abs(cell) < _LARGEST else None
    if isinstance(cell, Fraction) and cell.denominator == 1:
        cell = cell.numerator
    return cell if isinstance(cell, int) and abs(cell) < _EXACT else None


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _widths(table: Table) -> list[int]:
    """Return the widths of columns, by the first hundred rows."""
    found = [max(10, len(name) // 2) for name in table.columns]
    for row in table.rows[:100]:
        found = [max(width, len(str(cell or ""))) for width, cell in zip(found, row, strict=True)]
    return [min(width, _WIDEST) for width in found]


def sheet_names(titles: Sequence[str]) -> list[str]:
    """Return names that a workbook allows for its sheets: at most 31 characters, without some signs, all different."""
    found: list[str] = []
    for title in titles:
        name = re.sub(r"[\[\]:*?/\\]", " ", title).split(",")[0].strip("' ")[:31].strip("' ") or "Table"
        number = 2
        while name.casefold() in {one.casefold() for one in found}:
            name = f"{name[:27].strip()} {number}"
            number += 1
        found.append(name)
    return found


def table_files(tables: Sequence[Table], title: str) -> dict[str, bytes]:
    """Return the files of an export by name."""
    files = {f"{table.name}.csv": csv_bytes(table) for table in tables}
    return {**files, WORKBOOK: workbook_bytes(tables, title)}


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder, which is made when it is not there; each is whole or not there.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_whole(folder / name, data)
    return [folder / name for name in files]
