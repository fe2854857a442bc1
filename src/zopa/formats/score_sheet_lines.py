"""Lines of numbers without names: the points of an issue in each, the threshold in the last."""

from __future__ import annotations

from collections.abc import Sequence

from zopa.formats.findings import Findings
from zopa.formats.score_sheet_columns import Column, Numbers, Table, is_words
from zopa.formats.score_sheet_grid import Cell, Grid
from zopa.formats.score_sheet_numbers import is_unknown, notation_of


def lines_of(grid: Grid, party: str, found: Findings) -> Table | None:
    """Return a grid of numbers without names: points of an issue in each line, the threshold in the last.

    Returns None where a cell is no number, so that the grid has another layout or none.
    """
    rows = [(number, row) for number, row in enumerate(grid.rows) if any(cell.text for cell in row)]
    cells = [cell for _, row in rows for cell in row if cell.text]
    if len(rows) < 2 or any(is_words(cell) and not is_unknown(cell) for cell in cells):
        return None
    file, last = grid.file.name, rows[-1][0]
    column = Column(party, 0)
    notation = notation_of(cells)
    numbers = Numbers(grid, [column], notation, found)
    ends = [_filled(row) for _, row in rows]
    if ends[-1] != 1:
        what = f"the last line has {ends[-1]} numbers, and one was expected: the points without an agreement"
        found.fault(file, grid.where(last, 0), what, "Write the threshold alone in the last line.")
    issues: dict[str, dict[str, str]] = {}
    for count, ((number, _), end) in enumerate(zip(rows[:-1], ends[:-1], strict=True), 1):
        issue = f"Issue {count}"
        issues[issue] = {}
        for at in range(end):
            option = f"Option {at + 1}"
            issues[issue][option] = grid.where(number, at)
            column.points[issue, option] = (numbers.value(number, column, at), grid.where(number, at))
    column.no_deal = (numbers.value(last, column, no_deal=True), grid.where(last, 0))
    numbers.finish()
    return Table(grid, "lines", issues, [column])


def _filled(row: Sequence[Cell]) -> int:
    """Return how many cells of a row there are up to its last that is not empty."""
    return max((at for at, cell in enumerate(row, 1) if cell.text), default=0)
