"""CSV files as grids of cells: the encoding and the delimiter are found out, and what is odd is said."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from zopa.formats.findings import Findings
from zopa.formats.gathering import Gathered
from zopa.formats.numbers import NotANumber
from zopa.formats.score_sheet_grid import EMPTY, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell, Grid
from zopa.formats.score_sheet_numbers import Notation, is_unknown, notation_of, number_in
from zopa.formats.score_sheet_words import is_header

FORMULA: Final = "=+-@\t\r＝＋－＠"  # what begins a formula for some program, signs of full width included
_GUARDED: Final = re.compile(f"'+[{re.escape(FORMULA)}]")
_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines"}
_PACKED: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def grid_of_csv(file: Gathered, found: Findings) -> Grid | None:
    """Return the cells of a CSV file; None with a fault when it is no table of text.

    Parameters
    ----------
    file : Gathered
        UTF-8, UTF-16 with its mark, or else Windows-1252; columns parted by commas, semicolons, tabs or ``|``.
    found : Findings
        Takes what is odd.
    """
    text = _text(file, found)
    if text is None:
        return None
    wished = re.match("sep=(.)\r?\n", text)
    candidates = [wished.group(1)] if wished else list(_DELIMITERS)
    tables: dict[str, list[list[str]]] = {}
    errors: dict[str, str] = {}
    for one in candidates:
        rows, error = _parsed(text, one)
        if error:
            errors[one] = error
        else:
            tables[one] = rows
    if errors and not any(len(row) > 1 for rows in tables.values() for row in rows):
        where, what = next(iter(errors.values())).split(": ", 1)
        found.fault(file.name, where, what, "Save the file again as CSV from a spreadsheet.")
        return None
    chosen = _delimiter(tables)
    if chosen not in {",", *candidates[:1]}:
        found.defect(file.name, "", f"its columns are parted by {_DELIMITERS[chosen]}", "Read so.")
    rows = tables[chosen]
    widest = max(map(len, rows), default=0)
    if len(rows) > MAX_ROWS or widest > MAX_COLUMNS or sum(map(len, rows)) > MAX_CELLS:
        what = f"the table has {len(rows):,} rows and {widest:,} columns"
        remedy = f"A score sheet has at most {MAX_ROWS:,} rows, {MAX_COLUMNS} columns and {MAX_CELLS:,} cells."
        found.fault(file.name, "", what, remedy)
        return None
    cells = tuple(tuple(_cell(one) for one in row) for row in rows)
    return Grid(file, "", ((), *cells) if wished else cells)


def _text(file: Gathered, found: Findings) -> str | None:
    data = file.data
    if data.startswith(_PACKED):
        what = "it is a workbook, not a CSV file"
        found.fault(file.name, "", what, "Take it with `zopa import xlsx`, or save it as CSV.")
        return None
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252") if not wide else "\0"
            found.defect(file.name, "", "it is not UTF-8 text", "Read as Windows-1252, the old Western European encoding.")
        except UnicodeDecodeError:
            text = "\0"
    if "\0" in text:
        found.fault(file.name, "", "it is no text in UTF-8, UTF-16 or Windows-1252", "Save it as CSV in UTF-8.")
        return None
    return text


def _parsed(text: str, delimiter: str) -> tuple[list[list[str]], str]:
    """Return the rows of a text and "", or no rows and what is wrong, the line first."""
    body = re.sub("^sep=.\r?\n", "", text)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MAX_ROWS:
                break
    except csv.Error as error:
        what = "a quotation mark is never closed" if "unexpected end" in str(error) else "quotation marks stand where none may"
        what = "a cell is longer than 130,000 characters" if "field limit" in str(error) else what
        return [], f"line {len(rows) + 1}: {what}"
    return rows, ""


def _delimiter(tables: dict[str, list[list[str]]]) -> str:
    """Return the sign between the columns: the one that shows a heading row, else the one that shows only numbers."""
    heads = {one: max((len(row) for row in rows[:30] if is_header(row)), default=0) for one, rows in tables.items()}
    best = max(heads, key=lambda one: heads[one])
    if heads[best]:
        return best
    for one in ("\t", ";", "|", ","):
        if one in tables and _only_numbers(tables[one]):
            return one
    return max(tables, key=lambda one: sum(len(row) > 1 for row in tables[one]))


def _only_numbers(rows: Sequence[Sequence[str]]) -> bool:
    cells = [_cell(one) for row in rows for one in row]
    notation = notation_of(cells)
    return any(len(row) > 1 for row in rows) and all(is_unknown(one) or _is_number(one, notation) for one in cells)


def _is_number(cell: Cell, notation: Notation) -> bool:
    try:
        number_in(cell, notation)
    except NotANumber as error:
        return "can mean" in str(error)  # a number, but which of two
    return True


def _cell(written: str) -> Cell:
    """Return a cell; the apostrophe that keeps a text from becoming a formula is taken off."""
    text = written[1:] if _GUARDED.match(written) else written
    text = text.replace("\r\n", "\n").strip()
    return Cell(text) if text else EMPTY


def csv_text(text: str) -> str:
    """Return a text so that no spreadsheet takes it for a formula, and the reader gives it back."""
    return f"'{text}" if text.startswith(tuple(FORMULA)) or _GUARDED.match(text) else text
