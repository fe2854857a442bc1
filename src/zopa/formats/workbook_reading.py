"""Workbooks (.xlsx) as grids of cells: the values that a person sees, never formulas reckoned by us."""

from __future__ import annotations

import io
import re
import warnings
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from zopa.formats.findings import Findings
from zopa.formats.gathering import Gathered
from zopa.formats.numbers import shortened
from zopa.formats.score_sheet_grid import EMPTY, MAX_COLUMNS, MAX_ROWS, Cell, Grid
from zopa.formats.workbook_safety import is_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

# Control characters only: the reader has undone the escape of "_" already, so that other texts of this form are meant.
_ESCAPED: Final = re.compile("_x(00[01][0-9A-Fa-f])_")
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def grids_of_workbook(file: Gathered, found: Findings) -> list[Grid]:
    """Return the visible sheets of a workbook.

    Parameters
    ----------
    file : Gathered
        The workbook.  It is checked first (:func:`zopa.formats.workbook_safety.is_safe`).
    found : Findings
        Takes faults, and hidden sheets, which are not read.

    Notes
    -----
    A number is taken with the 15 significant digits that spreadsheets show and let people type, so that 0.1 + 0.2, which
    is stored as 0.30000000000000004, is 0.3, exactly.
    """
    if not is_safe(file, found):
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what the reader drops: pictures, validations
            return _grids(file, found)
    except Exception as error:  # damaged workbooks make the reader raise errors of every kind
        what = f"the workbook cannot be read ({shortened(str(error) or type(error).__name__, 80)})"
        found.fault(file.name, "", what, "Open it in a spreadsheet and save it as an Excel workbook (.xlsx).")
        return []


def _grids(file: Gathered, found: Findings) -> list[Grid]:
    from openpyxl import load_workbook

    shown = load_workbook(io.BytesIO(file.data), read_only=True, data_only=True, keep_links=False)
    written = load_workbook(io.BytesIO(file.data), read_only=True, data_only=False, keep_links=False)
    grids = []
    for values, formulas in zip(shown.worksheets, written.worksheets, strict=True):
        if values.sheet_state != "visible":
            found.left(f"{file.name}: the hidden sheet {shortened(values.title)}")
            continue
        values.reset_dimensions()  # what a file says of its own size may be wrong
        formulas.reset_dimensions()
        rows: list[tuple[Cell, ...]] = []
        for own, other in zip_longest(values.iter_rows(), formulas.iter_rows(), fillvalue=()):
            if len(rows) == MAX_ROWS:
                break
            rows.append(_row(own, other))
        while rows and not rows[-1]:
            rows.pop()
        grids.append(Grid(file, values.title, tuple(rows)))
    shown.close()
    written.close()
    return grids


def _row(values: Iterable[Any], formulas: Iterable[Any]) -> tuple[Cell, ...]:
    cells = [_cell(value, formula) for value, formula in zip(values, formulas, strict=False)][:MAX_COLUMNS]
    while cells and not cells[-1].text:
        cells.pop()
    return tuple(cells)


def _cell(shown: Any, written: Any) -> Cell:
    formula = _formula(written)
    value = shown.value
    if value is None and formula is not None and shown.data_type != "str":  # an empty text is a result, too
        return Cell(formula, "formula", "!" in formula)
    if value is None or value == "":
        return EMPTY
    copied, reckoned = formula is not None and "!" in formula, formula is not None
    if isinstance(value, bool):
        return Cell(str(value).upper(), "flag", copied, reckoned)
    if isinstance(value, (datetime, date, time, timedelta)):
        return Cell(_date(value), "date", copied, reckoned)
    if isinstance(value, (int, float)):
        number = _digits(value)
        if _is_percent(shown.number_format):
            return Cell(f"{_digits(value * 100)}%", "percent", copied, reckoned)
        return Cell(number, "number", copied, reckoned)
    text = _ESCAPED.sub(lambda one: chr(int(one.group(1), 16)), str(value)).replace("\r\n", "\n").strip()
    if not text:
        return EMPTY
    return Cell(text, "error" if shown.data_type == "e" else "text", copied, reckoned)


def _formula(cell: Any) -> str | None:
    """Return the formula of a cell, None where it has none."""
    if getattr(cell, "data_type", "") != "f":
        return None
    value = cell.value
    return str(getattr(value, "text", None) or value)


def _digits(value: int | float) -> str:
    """Return a number with the digits that a spreadsheet shows of it at most, 15, without zeros at the end."""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else _digits(float(value))
    return format(value, ".15g")


def _is_percent(number_format: object) -> bool:
    return "%" in _QUOTED.sub("", str(number_format or ""))


def _date(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)
