"""What CSV files and workbooks have in common: a grid of cells as a person sees them, and the names of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from zopa.formats.gathering import Gathered

MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 256
MAX_CELLS: Final = 200_000

Kind = Literal["text", "number", "percent", "date", "flag", "error", "formula"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty.

    Attributes
    ----------
    text : str
        What a person sees in it, without blanks around it; for a formula whose result is not stored the formula.
    kind : str
        "text"; "number" and "percent" for numbers of a workbook; "date", "flag" (true or false), "error"; "formula" for
        one whose result is not stored.  A CSV file holds texts only.
    copied : bool
        True for a formula that refers to another sheet.
    reckoned : bool
        True for the stored result of a formula.
    """

    text: str
    kind: Kind = "text"
    copied: bool = False
    reckoned: bool = False


EMPTY: Final = Cell("")


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of cells.

    Attributes
    ----------
    file : Gathered
        The file that it stands in.
    sheet : str
        The name of the sheet; "" for a file without sheets.
    rows : tuple of tuple of Cell
        From the first row on; ``EMPTY`` where nothing is.
    """

    file: Gathered
    sheet: str
    rows: tuple[tuple[Cell, ...], ...]

    def at(self, row: int, column: int) -> Cell:
        """Return the cell in a row and column, counted from 0."""
        line = self.rows[row] if row < len(self.rows) else ()
        return line[column] if column < len(line) else EMPTY

    def where(self, row: int, column: int) -> str:
        """Return the name of a cell as spreadsheets write it: "Points!C7"."""
        return self.on_sheet(f"{letters(column)}{row + 1}")

    def on_sheet(self, place: str) -> str:
        """Return a place with the name of the sheet before it."""
        return f"{self.sheet}!{place}" if self.sheet else place


def letters(column: int) -> str:
    """Return the letters of a column counted from 0: A to Z, AA and so on."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
