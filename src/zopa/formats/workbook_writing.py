"""Score sheets as workbooks: a table of points, a page that says how to fill it, and a role sheet for each party.

The role sheets hold formulas only, so that they follow the table; the reader passes them over.  Texts from a case are
stored as texts and can never become formulas.  The same content gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from zopa.formats.exporting import Export
from zopa.formats.model import Sheet
from zopa.formats.naming import file_names
from zopa.formats.numbers import decimal, odd_part
from zopa.formats.score_sheet_grid import MAX_CELLS, letters
from zopa.formats.score_sheet_writing import NO_DEAL, Score, empty_score, score_of, without_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS: Final = "Points"
HELP: Final = "How to fill"
_CREATED: Final = datetime(2000, 1, 1)  # a constant, so that the same content gives the same bytes
_DIGITS: Final = 15  # what a spreadsheet holds of a number
_MARGIN: Final = 10  # rows for headings, spare ones and the no-deal values
_SPARE: Final = 3  # rows left free below a table that is to be filled
_HOW: Final = (
    "Fill in the sheet Points. Nothing else needs to be touched.",
    "Write each issue in the column Issue and its options in the column Option. An empty cell below an issue means the same.",
    "Write the name of each party above its column. Remove the heading of a column that you do not need.",
    "Write the points that each option is worth to each party. The points of a package are added up over the issues.",
    "Leave a cell empty where the points are not known. An empty cell is not a zero.",
    "In the row No deal, write what each party gets without an agreement, in the same points.",
    "Rows that stay empty do no harm. Add rows above the row No deal, and columns to the right, as you need them.",
    "Each role sheet copies the points of one party for printing. It follows the sheet Points; do not write into it.",
    "The workbook holds the points of all parties. Give a party its printed role sheet, never the workbook.",
    "Take the filled workbook back with: zopa import xlsx FILE.xlsx -o CASE",
)


def score_xlsx_files(sheet: Sheet) -> Export:
    """Return a sheet as a workbook with all its points, and a role sheet for each party.

    Numbers with more than 15 digits are stored as texts, because a spreadsheet would round them.

    Raises
    ------
    FormatError
        When there is no issue or no party.
    """
    lost: list[str] = []
    score = score_of(sheet, lost)
    numbers = [one for rows, bound in zip(score.points, score.no_deal, strict=True) for one in (*_flat(rows), bound)]
    long = sum(one is not None and not _fits(one) for one in numbers)
    if long:
        count, stand = ("one number has", "it is") if long == 1 else (f"{long} numbers have", "they are")
        lost.append(f"{count} more digits than a spreadsheet holds; {stand} written as text, and read back exactly")
    if not _has_room(score):
        lost.append("role sheets are left out, because the workbook would be larger than an import takes")
    (name,) = file_names([sheet.title], ".xlsx")
    return Export({name: _workbook(score, sheet.title, filled=True)}, tuple(dict.fromkeys(lost)))


def score_xlsx_template(sheet: Sheet | None = None) -> Export:
    """Return a workbook to be filled in.

    Parameters
    ----------
    sheet : Sheet, optional
        Its issues, options and parties are filled in, its numbers are not.  Without one there is room for three
        parties and five issues.

    Raises
    ------
    FormatError
        When the sheet has no issue or no party.
    """
    if sheet is None:
        return Export({"template.xlsx": _workbook(empty_score(), "Score sheet", filled=False)}, ())
    score = score_of(without_numbers(sheet), [])
    (name,) = file_names([sheet.title], ".xlsx")
    return Export({name: _workbook(score, sheet.title, filled=False)}, ())


def _flat(rows: Sequence[Sequence[Fraction | None]]) -> Iterator[Fraction | None]:
    for row in rows:
        yield from row


def _has_room(score: Score) -> bool:
    """Return whether the table and the role sheets together stay within the cells that the reader takes."""
    rows = sum(len(options) for _, options in score.issues) + _MARGIN
    return rows * (2 + 4 * len(score.parties)) <= MAX_CELLS


def _fits(value: Fraction) -> bool:
    """Return whether a spreadsheet holds a number exactly: as a decimal of at most 15 digits."""
    digits = decimal(abs(value)).replace(".", "").strip("0")
    return odd_part(value.denominator) == 1 and len(digits) <= _DIGITS


def _workbook(score: Score, title: str, *, filled: bool) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": _plain(title)[:200], "author": "Zopa", "created": _CREATED})
        _Book(book, score, _plain(title), filled).write()
    return file.getvalue()


class _Book:
    def __init__(self, book: Any, score: Score, title: str, filled: bool) -> None:
        self.book, self.score, self.title, self.filled = book, score, title, filled
        base = {"valign": "top", "border": 1, "border_color": "#9a9a9a"}
        self.head = book.add_format({**base, "bold": True, "text_wrap": True, "bg_color": "#e8edf2"})
        self.text = book.add_format({**base, "text_wrap": True})
        self.first = book.add_format({**base, "text_wrap": True, "top": 2})
        self.number = book.add_format({**base, "num_format": "General", "align": "right"})
        self.topped = book.add_format({**base, "num_format": "General", "align": "right", "top": 2})
        self.name = book.add_format({"bold": True, "font_size": 16, "text_wrap": True})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})

    def write(self) -> None:
        names = _sheet_names(self.score.parties)
        points = self.book.add_worksheet(POINTS)
        last = self._points(points)
        self._help(self.book.add_worksheet(HELP))
        for party, name in enumerate(names if _has_room(self.score) else []):
            self._role(self.book.add_worksheet(name), party, last)

    # The table -------------------------------------------------------------------------------------

    def _points(self, page: Any) -> int:
        """Write the table and return the row of the no-deal values, from 0."""
        score = self.score
        for column, words in enumerate(("Issue", "Option", *score.parties)):
            page.write_string(0, column, words, self.head)
        page.set_column(0, 1, 28)
        page.set_column(2, max(2, len(score.parties) + 1), 14)
        page.freeze_panes(1, 2)
        row = 1
        for at, (issue, options) in enumerate(score.issues):
            for place, option in enumerate(options):
                top = place == 0
                self._text(page, row, 0, issue, top)
                self._text(page, row, 1, option, top)
                for party, rows in enumerate(score.points):
                    self._amount(page, row, party + 2, rows[at][place], top)
                row += 1
        for spare in range(0 if self.filled else _SPARE):
            for column in range(len(score.parties) + 2):
                page.write_blank(row, column, None, self.first if not spare else self.text)
            row += 1
        page.write_string(row, 0, NO_DEAL, self.head)
        page.write_blank(row, 1, None, self.head)
        for party, value in enumerate(score.no_deal):
            self._amount(page, row, party + 2, value, True)
        self._validate(page, row)
        self._print(page, landscape=len(score.parties) > 4)
        return row

    def _text(self, page: Any, row: int, column: int, text: str, top: bool) -> None:
        if text:
            page.write_string(row, column, text, self.first if top else self.text)
        else:
            page.write_blank(row, column, None, self.first if top else self.text)

    def _amount(self, page: Any, row: int, column: int, value: Fraction | None, top: bool) -> None:
        look = self.topped if top else self.number
        if value is None or not self.filled:
            page.write_blank(row, column, None, look)
        elif _fits(value):
            page.write_number(row, column, float(value), look)
        else:
            page.write_string(row, column, decimal(value), look)

    def _validate(self, page: Any, last: int) -> None:
        page.data_validation(
            1,
            2,
            last,
            len(self.score.parties) + 1,
            {
                "validate": "decimal",
                "criteria": "between",
                "minimum": -1e15,
                "maximum": 1e15,
                "ignore_blank": True,
                "input_title": "Points",
                "input_message": "A number. Leave the cell empty where it is not known.",
                "error_title": "Not a number",
                "error_message": "Write a number, or leave the cell empty.",
            },
        )

    def _print(self, page: Any, *, landscape: bool) -> None:
        page.set_paper(9)  # A4
        if landscape:
            page.set_landscape()
        else:
            page.set_portrait()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_footer("&CPage &P of &N")

    def _help(self, page: Any) -> None:
        page.set_column(0, 0, 90)
        page.write_string(0, 0, HELP, self.name)
        for row, words in enumerate(_HOW, 1):
            page.write_string(row, 0, f"{row}. {words}", self.words)
        page.set_paper(9)
        page.set_portrait()
        page.fit_to_pages(1, 0)

    # Role sheets -----------------------------------------------------------------------------------

    def _role(self, page: Any, party: int, last: int) -> None:
        """Write the printable sheet of one party: each cell copies the table."""
        column = letters(party + 2)
        page.set_column(0, 1, 34)
        page.set_column(2, 2, 16)
        page.write_string(0, 0, "Party", self.words)
        page.write_formula(0, 1, f'=IF({POINTS}!{column}1="","",{POINTS}!{column}1)', self.name, self.score.parties[party])
        page.write_string(1, 0, "Your points. Keep this sheet to yourself.", self.words)
        for at, words in enumerate(("Issue", "Option", POINTS)):
            page.write_string(2, at, words, self.head)
        for row, (top, *shown) in enumerate(self._shown(party), 1):
            for at, source in enumerate(("A", "B", column)):
                look = (self.topped if top else self.number) if at == 2 else self.first if top else self.text
                cell = f"{POINTS}!{source}{row + 1}"
                page.write_formula(row + 2, at, f'=IF({cell}="","",{cell})', look, shown[at])
        page.set_paper(9)
        page.set_portrait()
        page.fit_to_pages(1, 0)
        page.repeat_rows(2)
        page.print_area(0, 0, last + 2, 2)
        page.set_footer("&CPage &P of &N")

    def _shown(self, party: int) -> Iterator[tuple[bool, str, str, str | float]]:
        """Yield what each row of a role sheet shows before a spreadsheet reckons it anew, and whether it begins an issue."""
        score = self.score
        for at, (issue, options) in enumerate(score.issues):
            for place, option in enumerate(options):
                yield place == 0, issue, option, self._value(score.points[party][at][place])
        for spare in range(0 if self.filled else _SPARE):
            yield spare == 0, "", "", ""
        yield True, NO_DEAL, "", self._value(score.no_deal[party])

    def _value(self, value: Fraction | None) -> str | float:
        if value is None or not self.filled:
            return ""
        return float(value) if _fits(value) else decimal(value)


def _plain(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)


def _sheet_names(parties: Sequence[str]) -> list[str]:
    """Return names that a workbook allows for the sheets of parties: at most 31 characters, all different."""
    taken = {POINTS.casefold(), HELP.casefold(), "history"}
    found = []
    for party in parties:
        stem = re.sub(r"[\[\]:*?/\\]", " ", _plain(party)).strip("' ")[:24].strip("' ") or "Party"
        name, number = f"Role {stem}", 2
        while name.casefold() in taken:
            name = f"Role {stem[:20].strip()} {number}"
            number += 1
        taken.add(name.casefold())
        found.append(name)
    return found
