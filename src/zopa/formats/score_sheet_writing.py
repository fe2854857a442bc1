"""A sheet as a score sheet: the rows that CSV files and workbooks share, and the CSV file itself."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from zopa.formats.exporting import Export, ending, told_factor, told_unknown, writable
from zopa.formats.model import FormatError, FormatFault, Sheet, SheetParty
from zopa.formats.naming import distinct, file_names
from zopa.formats.numbers import decimal, shortened
from zopa.formats.score_sheet_csv import csv_text
from zopa.formats.score_sheet_words import reserved

NO_DEAL = "No deal"
_PARTIES = ("Party A", "Party B", "Party C")
_ROOM = (5, 5)  # issues, and options of each
LONGEST = 32_000  # characters that a cell of a spreadsheet holds, rounded down


@dataclass(frozen=True, slots=True)
class Score:
    """A sheet as rows of a score sheet.

    Attributes
    ----------
    issues : tuple of (str, tuple of str)
        Names of issues and of their options, as they can be written.
    parties : tuple of str
        Headings of the columns.
    points : tuple of tuple of tuple
        ``points[party][issue][option]``; None where unknown.
    no_deal : tuple of Fraction or None
        For each party.
    """

    issues: tuple[tuple[str, tuple[str, ...]], ...]
    parties: tuple[str, ...]
    points: tuple[tuple[tuple[Fraction | None, ...], ...], ...]
    no_deal: tuple[Fraction | None, ...]


def score_of(sheet: Sheet, lost: list[str]) -> Score:
    """Return a sheet as rows; all numbers end as decimals.

    Parameters
    ----------
    sheet : Sheet
        Any sheet; unknown points stay empty.
    lost : list of str
        Takes in words what is written otherwise.

    Raises
    ------
    FormatError
        When there is no issue or no party.
    """
    for things, word in ((sheet.issues, "issue"), (sheet.parties, "party")):
        if not things:
            what = f"there is no {word} to write"
            raise FormatError(
                FormatFault(sheet.title, "", what, f"Give the case {'an issue' if word == 'issue' else 'a party'}.")
            )
    names = distinct([_name(issue.name, f"Issue {at}", lost) for at, issue in enumerate(sheet.issues, 1)])
    issues = []
    for name, issue in zip(names, sheet.issues, strict=True):
        options = distinct([_name(option, f"Option {at}", lost) for at, option in enumerate(issue.options, 1)])
        issues.append((name, tuple(options)))
        if issue.numbers is not None:
            lost.append(f"{name} is written as a list of options, not as a scale of numbers")
    headings = [_heading(_name(party.name, f"Party {at}", lost), lost) for at, party in enumerate(sheet.parties, 1)]
    known = [_party(sheet, party, lost) for party in sheet.parties]
    return Score(tuple(issues), tuple(distinct(headings)), tuple(one for one, _ in known), tuple(one for _, one in known))


def _name(text: str, spare: str, lost: list[str]) -> str:
    """Return a name as a cell can hold it and give it back."""
    lines = writable(text, lost).replace("\r\n", "\n").replace("\r", "\n")
    made = lines.strip()
    if made != lines:
        lost.append(f"blanks around the name {shortened(made)} are left out")
    if len(made) > LONGEST:
        made = made[:LONGEST].strip()
        lost.append(f"the name {shortened(made)} is cut after {LONGEST:,} characters")
    return made or spare


def _heading(name: str, lost: list[str]) -> str:
    if not reserved(name):
        return name
    lost.append(f"the party {name} is written as {name} (party), because {name} is a heading with another meaning")
    return f"{name} (party)"


def _party(sheet: Sheet, party: SheetParty, lost: list[str]) -> tuple[tuple[tuple[Fraction | None, ...], ...], Fraction | None]:
    """Return points and no-deal value of a party in a unit in which all its numbers end."""
    no_deal = party.no_deal
    if party.no_deal_package is not None:
        places = [issue.options.index(party.no_deal_package[issue.name]) for issue in sheet.issues]
        worth = [row[at] for row, at in zip(party.points, places, strict=True)]
        no_deal = None if None in worth else sum((one for one in worth if one is not None), Fraction(0))
        lost.append(f"the no-deal package of {party.name} is written as the points that it is worth")
    gaps = sum(one is None for row in party.points for one in row)
    if gaps:
        count = "one number" if gaps == 1 else f"{gaps} numbers"
        lost.append(f"{count} of {party.name} for options {'is' if gaps == 1 else 'are'} unknown and left empty")
    if no_deal is None:
        lost.append(told_unknown(party.name, "its cell is empty"))
    numbers = [one for row in (*party.points, (no_deal,)) for one in row if one is not None]
    factor = ending(numbers)
    if factor != 1:
        lost.append(told_factor(party.name, Fraction(factor), "so that its decimals end"))
    points = tuple(tuple(None if one is None else one * factor for one in row) for row in party.points)
    return points, None if no_deal is None else no_deal * factor


def score_csv_files(sheet: Sheet) -> Export:
    """Return a sheet as one CSV file: UTF-8 with its mark, commas, decimal points, a column for each party.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, which the reader takes off.

    Raises
    ------
    FormatError
        When there is no issue or no party.
    """
    lost: list[str] = []
    score = score_of(sheet, lost)
    (name,) = file_names([sheet.title], ".csv")
    return Export({name: _csv(score)}, tuple(dict.fromkeys(lost)))


def score_csv_template(sheet: Sheet | None = None) -> Export:
    """Return a CSV file to be filled in: the parties, issues and options of a sheet, or room for them.

    Raises
    ------
    FormatError
        When the sheet has no issue or no party.
    """
    if sheet is None:
        return Export({"template.csv": _csv(empty_score())}, ())
    score = score_of(without_numbers(sheet), [])
    (name,) = file_names([sheet.title], ".csv")
    return Export({name: _csv(score)}, ())


def empty_score() -> Score:
    """Return room for three parties and five issues of five options, without names of issues and options."""
    issues, options = _ROOM
    blank: tuple[Fraction | None, ...] = (None,) * options
    return Score((("", ("",) * options),) * issues, _PARTIES, ((blank,) * issues,) * len(_PARTIES), (None,) * len(_PARTIES))


def without_numbers(sheet: Sheet) -> Sheet:
    """Return a sheet with every number unknown."""
    blank = tuple((None,) * len(issue.options) for issue in sheet.issues)
    parties = [replace(one, points=blank, no_deal=None, no_deal_package=None) for one in sheet.parties]
    return replace(sheet, parties=tuple(parties))


def _csv(score: Score) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["Issue", "Option", *map(csv_text, score.parties)])
    for at, (issue, options) in enumerate(score.issues):
        for place, option in enumerate(options):
            writer.writerow([csv_text(issue), csv_text(option), *_amounts([rows[at][place] for rows in score.points])])
    writer.writerow([NO_DEAL, "", *_amounts(score.no_deal)])
    return codecs.BOM_UTF8 + text.getvalue().encode("utf-8")


def _amounts(values: Sequence[Fraction | None]) -> list[str]:
    return ["" if value is None else decimal(value) for value in values]
