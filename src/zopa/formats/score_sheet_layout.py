"""A grid of cells with headings as a table of points: its issues and options, and the columns of its parties.

A table has a column for each party, or one column of points (then the party is the sheet or the file).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from zopa.formats.findings import Findings
from zopa.formats.genius_file import MAX_OPTIONS
from zopa.formats.numbers import shortened
from zopa.formats.score_sheet_columns import Column, Numbers, Table, is_words
from zopa.formats.score_sheet_grid import Cell, Grid, letters
from zopa.formats.score_sheet_numbers import looks_like_date, notation_of
from zopa.formats.score_sheet_words import (
    folded,
    is_header,
    is_points,
    is_remark,
    is_weight,
    issue_column,
    kind_of_row,
    option_column,
)

_SEARCHED: Final = 30


def header_row(grid: Grid) -> int | None:
    """Return the first row with headings for issues and options, None where there is none."""
    rows = enumerate(grid.rows[:_SEARCHED])
    return next((number for number, row in rows if is_header([cell.text for cell in row])), None)


def only_copies(grid: Grid, head: int) -> bool:
    """Return whether a sheet holds nothing of its own: it has formulas, and all of them copy another sheet."""
    cells = [cell for row in grid.rows[head + 1 :] for cell in row if cell.text]
    copies = [cell for cell in cells if cell.copied]
    return bool(copies) and not any(cell.kind in {"number", "percent"} and not cell.copied for cell in cells)


def table_of(grid: Grid, head: int, party: str, found: Findings) -> Table:
    """Return the table below a heading row.

    Parameters
    ----------
    grid : Grid
        The cells.
    head : int
        The row of the headings, from 0.
    party : str
        How the party is called when the grid has only one column of points, and says no name.
    found : Findings
        Takes faults and what is odd.
    """
    return _TableReader(grid, head, party, found).read()


class _TableReader:
    def __init__(self, grid: Grid, head: int, party: str, found: Findings) -> None:
        self.grid, self.head, self.party, self.found = grid, head, party, found
        self.file = grid.file.name
        self.titles = [cell.text for cell in grid.rows[head]]
        self.issue_at, self.option_at = issue_column(self.titles) or 0, option_column(self.titles) or 0
        self.issues: dict[str, dict[str, str]] = {}
        self.no_deal_at: int | None = None

    def fault(self, row: int, column: int, what: str, remedy: str) -> None:
        self.found.fault(self.file, self.grid.where(row, column), what, remedy)

    def defect(self, row: int, column: int, what: str, how: str) -> None:
        self.found.defect(self.file, self.grid.where(row, column), what, how)

    def read(self) -> Table:
        columns = self._columns()
        single = len(columns) == 1 and is_points(columns[0].name)
        if single:
            columns[0].name = self._named_above() or self.party
        else:
            self._named_above()
        body = range(self.head + 1, len(self.grid.rows))
        notation = notation_of(self.grid.at(row, one.at) for row in body for one in columns)
        numbers = Numbers(self.grid, columns, notation, self.found)
        current: str | None = None
        ordinary = [row for row in body if self._is_ordinary(row)]
        for row in body:
            current = self._row(row, current, columns, numbers, row > max(ordinary, default=-1))
        numbers.finish()
        if not self.issues:
            self.fault(self.head + 1, self.issue_at, "no issue stands below the headings", "Write an issue and its options.")
        return Table(self.grid, "party" if single else "table", self.issues, columns)

    # Headings --------------------------------------------------------------------------------------

    def _columns(self) -> list[Column]:
        found: list[Column] = []
        width = max(map(len, self.grid.rows))
        for at in range(width):
            title = self.grid.at(self.head, at)
            if at in {self.issue_at, self.option_at}:
                continue
            if not title.text:
                self._untitled(at)
            elif is_remark(title.text) or kind_of_row(title.text).startswith("total"):
                self.found.left(f"{self.file}: column {self.grid.on_sheet(letters(at))} ({shortened(title.text)})")
            elif is_weight(title.text):
                what = f"the heading {shortened(title.text)} promises weights, and a score sheet holds points"
                self.fault(self.head, at, what, "Multiply the points by the weights, and remove the column.")
            elif title.kind not in {"text", "number"}:
                self.fault(self.head, at, "the heading is no name", "Write the name of a party.")
            else:
                self._add(found, title.text, at)
        if not found:
            what = "no column of points stands beside the issues and options"
            self.fault(self.head, self.option_at + 1, what, "Add a column headed with the name of a party.")
        if len(found) > 1:
            for one in found:
                if is_points(one.name):
                    what = f"the heading {shortened(one.name)} stands beside other columns of points and names no party"
                    self.fault(self.head, one.at, what, "Write the name of a party.")
        return found

    def _add(self, found: list[Column], name: str, at: int) -> None:
        same = next((one for one in found if one.name == name), None)
        if same is not None:
            what = f"{shortened(name)} also stands above column {letters(same.at)}"
            self.fault(self.head, at, what, "Give each party its own heading.")
        found.append(Column(name, at))

    def _untitled(self, at: int) -> None:
        rows = [row for row in range(self.head + 1, len(self.grid.rows)) if self.grid.at(row, at).text]
        if rows and any(not is_words(self.grid.at(row, at)) for row in rows):
            self.fault(rows[0], at, "numbers stand in a column without a heading", "Write the name of the party above them.")
        elif rows:
            self.found.left(f"{self.file}: column {self.grid.on_sheet(letters(at))}, remarks without a heading")

    def _named_above(self) -> str:
        """Return the name that stands above the table beside the word "party"; other words there are left out."""
        name = ""
        for number, row in enumerate(self.grid.rows[: self.head]):
            texts = [cell.text for cell in row if cell.text]
            if len(texts) == 2 and folded(texts[0]) in {"party", "role", "player", "side", "name"}:
                name = texts[1]
            elif texts:
                place = self.grid.on_sheet(f"row {number + 1}")
                self.found.left(f"{self.file}: words above the table ({place}: {shortened(texts[0])})")
        return name

    # Rows ------------------------------------------------------------------------------------------

    def _is_ordinary(self, row: int) -> bool:
        """Return whether a row can only be an option."""
        issue, option = self.grid.at(row, self.issue_at).text, self.grid.at(row, self.option_at).text
        return bool(option) and (bool(issue) or not kind_of_row(option))

    def _row(self, row: int, current: str | None, columns: Sequence[Column], numbers: Numbers, behind: bool) -> str | None:
        """Read a row and return the issue that blank cells below it mean."""
        issue, option = self.grid.at(row, self.issue_at), self.grid.at(row, self.option_at)
        filled = any(self.grid.at(row, one.at).text for one in columns)
        if not issue.text and not option.text:
            if filled:
                at = next(one.at for one in columns if self.grid.at(row, one.at).text)
                self.fault(row, at, "a number stands here, but no issue and no option", "Write both, or remove the number.")
            return current
        if not option.text and kind_of_row(issue.text):
            self._special(row, self.issue_at, columns, numbers)
            return None
        if not issue.text and kind_of_row(option.text):
            explicit = current is not None and any(kind_of_row(one) for one in self.issues[current])
            if not explicit:
                return self._special_option(row, current, columns, numbers, behind)
        if issue.text:
            if not self._is_name(row, self.issue_at):
                return current
            current = issue.text
            self.issues.setdefault(current, {})
        if not option.text:
            if filled:
                self.fault(
                    row, self.option_at, f"an option of {shortened(issue.text)} has no name", "Write what its points are for."
                )
            return current
        if current is None:
            what = f"no issue stands beside or above the option {shortened(option.text)}"
            self.fault(row, self.issue_at, what, "Write the issue in this row.")
        elif self._is_name(row, self.option_at):
            self._option(row, current, option, columns, numbers)
        return current

    def _is_name(self, row: int, column: int) -> bool:
        cell = self.grid.at(row, column)
        if cell.kind == "date":
            what = f"a date stands here ({shortened(cell.text)}); spreadsheets make dates of entries such as 1-2"
            self.fault(row, column, what, "Format the cell as text and write the name again.")
        elif cell.kind == "error":
            self.fault(row, column, f"the spreadsheet shows the error {shortened(cell.text)}", "Write the name.")
        elif cell.kind == "formula":
            what = f"the result of the formula {shortened(cell.text)} is not stored in the file"
            self.fault(row, column, what, "Open the file in a spreadsheet, save it, and try again.")
        else:
            if cell.kind == "text" and looks_like_date(cell.text):
                what = f"{shortened(cell.text)} looks like a date that a spreadsheet made of something else"
                self.defect(row, column, what, "Read as it stands.")
            return True
        return False

    def _option(self, row: int, issue: str, option: Cell, columns: Sequence[Column], numbers: Numbers) -> None:
        listed = self.issues[issue]
        first = listed.get(option.text)
        values = [numbers.value(row, one) for one in columns]
        if first is not None:
            same = [value == one.points[issue, option.text][0] for value, one in zip(values, columns, strict=True)]
            what = f"the option {shortened(option.text)} of {shortened(issue)} also stands in {first}"
            if all(same):
                self.defect(row, self.option_at, what, "Read as one option; the points are the same.")
            else:
                self.fault(row, self.option_at, f"{what}, with other points", "Rename one of the two, or remove it.")
            return
        if len(listed) >= MAX_OPTIONS:
            if len(listed) == MAX_OPTIONS:
                what = f"{shortened(issue)} has more than the {MAX_OPTIONS:,} options that a case takes"
                self.fault(row, self.option_at, what, "Give it fewer, in coarser steps.")
            return
        listed[option.text] = self.grid.where(row, self.option_at)
        for value, one in zip(values, columns, strict=True):
            one.points[issue, option.text] = (value, self.grid.where(row, one.at))

    def _special(self, row: int, at: int, columns: Sequence[Column], numbers: Numbers) -> None:
        """Read a row of totals or no-deal values."""
        text = self.grid.at(row, at).text
        if kind_of_row(text).startswith("total"):
            self.defect(row, at, f"{shortened(text)} is a row of totals", "Left out; totals follow from the points.")
            return
        if self.no_deal_at is not None:
            what = f"{shortened(text)} is a second row for the no-deal values; the first is row {self.no_deal_at + 1}"
            self.fault(row, at, what, "Keep one of them.")
            return
        self.no_deal_at = row
        for one in columns:
            one.no_deal = (numbers.value(row, one, no_deal=True), self.grid.where(row, one.at))

    def _special_option(
        self, row: int, current: str | None, columns: Sequence[Column], numbers: Numbers, behind: bool
    ) -> str | None:
        """Read a row whose special word stands where options stand, no issue beside it."""
        text, kind = self.grid.at(row, self.option_at).text, kind_of_row(self.grid.at(row, self.option_at).text)
        if kind == "total" or (kind == "no deal" and behind):
            if kind == "no deal":
                what = f"{shortened(text)} stands among the options, without an issue"
                self.defect(row, self.option_at, what, "Read as the no-deal values of the parties.")
            self._special(row, self.option_at, columns, numbers)
            return current if kind == "total" else None
        meant = "the no-deal value" if kind.startswith("no deal") else "a total"
        what = f"{shortened(text)} stands without an issue: it can be {meant} or an option of {shortened(current or 'an issue')}"
        remedy = "Write the issue beside it, or for the other meaning move the word into the column of issues."
        self.fault(row, self.option_at, what, remedy)
        return current
