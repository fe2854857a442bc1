"""The numbers of each party in a grid of cells: what a table holds, and what is said once for each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from zopa.formats.findings import Findings
from zopa.formats.numbers import NotANumber, shortened
from zopa.formats.score_sheet_grid import Cell, Grid
from zopa.formats.score_sheet_numbers import Notation, has_percent, is_unknown, number_in

Layout = Literal["table", "party", "lines"]
Value = tuple[Fraction | None, str]  # a number and the cell that it stands in


@dataclass(slots=True)
class Column:
    """The numbers of one party in a grid."""

    name: str
    at: int
    points: dict[tuple[str, str], Value] = field(default_factory=dict)
    no_deal: Value | None = None


@dataclass(slots=True)
class Table:
    """A grid whose layout was recognised.

    Attributes
    ----------
    grid : Grid
        The grid.
    layout : str
        "table", "party" or "lines".
    issues : dict
        Option names of each issue with the cells they stand in, in the order of the grid.
    columns : list of Column
        One for each party.
    """

    grid: Grid
    layout: Layout
    issues: dict[str, dict[str, str]]
    columns: list[Column]


class Numbers:
    """Reads the numbers of a grid, and says once for each column what is unknown, stored oddly or a percentage."""

    def __init__(self, grid: Grid, columns: Sequence[Column], notation: Notation, found: Findings) -> None:
        self.grid, self.columns, self.notation, self.found = grid, columns, notation, found
        self.unknown: dict[int, list[str]] = {one.at: [] for one in columns}
        self.signs: dict[int, tuple[list[str], list[str]]] = {one.at: ([], []) for one in columns}
        self.texts: list[str] = []
        self.reckoned: list[str] = []
        self.commas: list[str] = []

    def value(self, row: int, column: Column, at: int | None = None, *, no_deal: bool = False) -> Fraction | None:
        """Return the number of a party in a row, None where it is unknown or no number; ``at`` for another column."""
        place = column.at if at is None else at
        cell, where = self.grid.at(row, place), self.grid.where(row, place)
        if is_unknown(cell):
            if not no_deal:
                self.unknown[column.at].append(where)
            return None
        try:
            value = number_in(cell, self.notation)
        except NotANumber as error:
            self.found.fault(self.grid.file.name, where, str(error), _remedy(cell, str(error)))
            return None
        if value:
            self.signs[column.at][0 if has_percent(cell) else 1].append(where)
        if cell.kind == "text" and "," in cell.text:
            self.commas.append(where)
        if cell.reckoned:
            self.reckoned.append(where)
        elif cell.kind == "text" and self.grid.sheet:
            self.texts.append(where)
        return value

    def finish(self) -> None:
        """Say what was odd, once for each column or table; a column with and without percent signs is a fault."""
        file = self.grid.file.name
        for one in self.columns:
            empty, (with_sign, without) = self.unknown[one.at], self.signs[one.at]
            if empty:
                points = "the points of one option are" if len(empty) == 1 else f"the points of {len(empty)} options are"
                what = f"{points} not given for {shortened(one.name)} ({_listed(empty)})"
                self.found.defect(file, empty[0], what, "Left unknown; nothing was put in their place.")
            if with_sign and without:
                what = f"it has no percent sign, but {with_sign[0]} has one"
                remedy = "Write all numbers of a party in the same way."
                self.found.fault(file, without[0], what, remedy)
            elif with_sign:
                what = f"the numbers of {shortened(one.name)} carry percent signs"
                self.found.defect(file, with_sign[0], what, "25% was read as 25 points.")
        self._say(self.texts, "stored as text", "Read as the numbers that they write.")
        self._say(self.reckoned, "the results of formulas", "The results stored in the file were read.")
        if self.commas:
            meant = "a decimal comma" if self.notation.comma or not self.notation.point else "a separator of thousands"
            self._say(self.commas, "written with a comma", f"Read as {meant}, as the numbers of this table show.")

    def _say(self, cells: Sequence[str], what: str, how: str) -> None:
        if cells:
            count = "one number is" if len(cells) == 1 else f"{len(cells)} numbers are"
            self.found.defect(self.grid.file.name, cells[0], f"{count} {what} ({_listed(cells)})", how)


def _remedy(cell: Cell, what: str) -> str:
    if cell.kind == "formula":
        return "Open the file in a spreadsheet, save it, and try again."
    if cell.kind == "date":
        return "Format the cell as a number and write it again."
    if "can mean" in what:
        return "Write it without a separator, or with decimals."
    return "Write a number such as 12.5; leave the cell empty where it is not known."


def _listed(cells: Sequence[str]) -> str:
    shown = ", ".join(cells[:5])
    return shown if len(cells) <= 5 else f"{shown} and {len(cells) - 5} more"


def is_words(cell: Cell) -> bool:
    """Return whether a cell holds a text that is no number in any notation."""
    if cell.kind != "text":
        return False
    try:
        number_in(cell, Notation(comma=False, point=True))
    except NotANumber:
        return True
    return False
