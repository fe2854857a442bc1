"""Score sheets as negotiation teachers keep them, from CSV files and workbooks: points by issue and option.

A file may hold a table with a column for each party, a table for one party (its name is the sheet's or the file's), or
lines of numbers without names.  Several tables are put together where they have the same issues and options.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zopa.formats.findings import Findings
from zopa.formats.gathering import gather
from zopa.formats.model import Sheet, SheetIssue, SheetParty
from zopa.formats.numbers import shortened
from zopa.formats.score_sheet_columns import Column, Table
from zopa.formats.score_sheet_csv import grid_of_csv
from zopa.formats.score_sheet_grid import Grid
from zopa.formats.score_sheet_layout import header_row, only_copies, table_of
from zopa.formats.score_sheet_lines import lines_of
from zopa.formats.workbook_reading import grids_of_workbook

PROGRAM = "score sheets"
_EXPECTED = (
    "Expected is a row of headings Issue, Option and the name of each party with points below; or Issue, Option, Points for "
    "one party; or lines of numbers, the last with the points without an agreement."
)


def read_score_csv(paths: Sequence[Path]) -> Sheet:
    """Return what score sheets in CSV files say.

    Parameters
    ----------
    paths : sequence of Path
        One file with all parties or one file for each; or a folder that holds them.

    Raises
    ------
    FormatError
        With every fault of every file and the cell it stands in.
    """
    found = Findings()
    grids: list[Grid] = []
    files: dict[str, bytes] = {}
    for file in gather(paths, {".csv", ".tsv", ".txt"}, found):
        files[file.name] = file.data
        grid = grid_of_csv(file, found)
        grids += [] if grid is None else [grid]
    return _sheet(grids, files, paths, found)


def read_score_xlsx(paths: Sequence[Path]) -> Sheet:
    """Return what score sheets in workbooks say.

    Parameters
    ----------
    paths : sequence of Path
        Workbooks (.xlsx), or a folder that holds them.  Formulas are not reckoned: their stored results are read.
        Sheets that only copy another sheet are passed over, so that a filled template comes back.

    Raises
    ------
    FormatError
        With every fault of every file and the cell it stands in.
    """
    found = Findings()
    grids: list[Grid] = []
    files: dict[str, bytes] = {}
    for file in gather(paths, {".xlsx", ".xlsm"}, found):
        files[file.name] = file.data
        grids += grids_of_workbook(file, found)
    return _sheet(grids, files, paths, found)


def _sheet(grids: Sequence[Grid], files: dict[str, bytes], paths: Sequence[Path], found: Findings) -> Sheet:
    tables = _with_numbers(_tables(grids, found), found)
    if not tables and not found.faults:
        found.fault(str(paths[0]) if paths else "", "", "no score sheet was found", _EXPECTED)
    for table in tables:
        _say_layout(table, found)
    _same_names(tables, found)
    issues = _issues(tables, found)
    found.stop_at_faults()
    parties = [_party(table, column, issues, found) for table in tables for column in table.columns]
    title = tables[0].grid.file.stem
    return Sheet(title, PROGRAM, issues, tuple(parties), files, tuple(found.defects), tuple(found.not_taken))


# Layouts ---------------------------------------------------------------------------------------------------


def _tables(grids: Sequence[Grid], found: Findings) -> list[Table]:
    """Return the tables of all files; of a workbook, sheets that are none are named and left out."""
    tables: list[Table] = []
    by_file: dict[str, list[Grid]] = {}
    for grid in grids:
        by_file.setdefault(grid.file.name, []).append(grid)
    for name, own in by_file.items():
        heads = {grid.sheet: header_row(grid) for grid in own}
        copies = [grid for grid in own if (head := heads[grid.sheet]) is not None and only_copies(grid, head)]
        if len(copies) == len([one for one in heads.values() if one is not None]):
            copies = []  # nothing that they could copy is here, so their stored results are what there is
        if copies:
            sheets = ", ".join(shortened(grid.sheet) for grid in copies[:5])
            more = f" and {len(copies) - 5} more" if len(copies) > 5 else ""
            found.left(f"{name}: what only copies another sheet by formulas ({sheets}{more})")
        read, unread = [], []
        for grid in own:
            if grid in copies or not any(cell.text for row in grid.rows for cell in row):
                continue
            head = heads[grid.sheet]
            table = table_of(grid, head, _party_name(grid), found) if head is not None else None
            if table is None and not any(one is not None for one in heads.values()):
                table = lines_of(grid, _party_name(grid), found)
            read += [] if table is None else [table]
            unread += [grid] if table is None else []
        if read:
            for grid in unread:
                found.left(f"{name}: sheet {shortened(grid.sheet)}, which is no table of points")
        else:
            _not_recognised(own, unread, found)
        tables += read
    return tables


def _with_numbers(tables: Sequence[Table], found: Findings) -> list[Table]:
    """Return the tables without those that were left empty, where others are filled: of a template, the role sheets may be."""
    filled = [table for table in tables if any(_numbers(column) for column in table.columns)]
    if not filled:
        return list(tables)
    for table in tables:
        if not any(table is one for one in filled):
            place = f"{table.grid.file.name}: sheet {shortened(table.grid.sheet)}" if table.grid.sheet else table.grid.file.name
            found.left(f"{place}, which holds no numbers")
    return filled


def _numbers(column: Column) -> bool:
    """Return whether a party has any number in a table, also one that is refused elsewhere."""
    values = [value for value, _ in (*column.points.values(), *([column.no_deal] if column.no_deal else []))]
    return any(value is not None for value in values)


def _not_recognised(grids: Sequence[Grid], unread: Sequence[Grid], found: Findings) -> None:
    """Note a fault for each sheet of a file none of which is a score sheet, with what stands in its first cell."""
    for grid in unread:
        row, at = next((row, at) for row, cells in enumerate(grid.rows) for at, cell in enumerate(cells) if cell.text)
        what = f"the layout is not known; {shortened(grid.at(row, at).text)} stands in the first cell"
        found.fault(grid.file.name, grid.where(row, at), what, _EXPECTED)
    if not unread and grids:
        found.fault(grids[0].file.name, "", "it holds nothing", _EXPECTED)


def _party_name(grid: Grid) -> str:
    return grid.sheet or grid.file.stem


def _say_layout(table: Table, found: Findings) -> None:
    """Say how lines of bare numbers were read; the other layouts name their parties and issues themselves."""
    if table.layout == "lines":
        names = ", ".join(shortened(column.name) for column in table.columns)
        how = f"Each line was read as an issue, the last as the no-deal value of {names}; issues and options are numbered."
        found.defect(table.grid.file.name, table.grid.sheet, "it is lines of numbers without names", how)


# Putting together ----------------------------------------------------------------------------------------


def _same_names(tables: Sequence[Table], found: Findings) -> None:
    seen: dict[str, tuple[Table, Column]] = {}
    for table in tables:
        for column in table.columns:
            first = seen.setdefault(column.name, (table, column))
            if first[0] is not table:
                other = f"{first[0].grid.file.name} {first[0].grid.sheet}".strip()
                what = f"the party {shortened(column.name)} also stands in {other}"
                found.fault(table.grid.file.name, table.grid.sheet, what, "Name one of the two, or rename a party.")


def _issues(tables: Sequence[Table], found: Findings) -> tuple[SheetIssue, ...]:
    """Return the issues of the first table; others that do not have the same are faults, with the cells."""
    if not tables:
        return ()
    first = tables[0]
    for table in tables[1:]:
        for one, other, back in ((first, table, False), (table, first, True)):
            for issue, options in one.issues.items():
                _compare(issue, options, one, other, back, found)
    for issue, options in first.issues.items():
        if not options:
            found.fault(
                first.grid.file.name, first.grid.sheet, f"the issue {shortened(issue)} has no options", "Write them below it."
            )
    return tuple(SheetIssue(name, tuple(options)) for name, options in first.issues.items())


def _compare(issue: str, options: dict[str, str], one: Table, other: Table, back: bool, found: Findings) -> None:
    """Note what of an issue another table lacks; the cell named is the one that stands alone."""
    place = f"{other.grid.file.name} {other.grid.sheet}".strip()
    if issue not in other.issues:
        where = next(iter(options.values()), one.grid.sheet)
        remedy = "Give all parties the same issues."
        found.fault(one.grid.file.name, where, f"the issue {shortened(issue)} is missing in {place}", remedy)
        return
    for option, where in options.items():
        if option not in other.issues[issue]:
            what = f"the option {shortened(option)} of {shortened(issue)} is missing in {place}"
            remedy = "Give all parties the same options, written alike." if not back else "Write it there too, or remove it here."
            found.fault(one.grid.file.name, where, what, remedy)


def _party(table: Table, column: Column, issues: Sequence[SheetIssue], found: Findings) -> SheetParty:
    file = table.grid.file.name
    points = tuple(tuple(column.points[issue.name, option][0] for option in issue.options) for issue in issues)
    no_deal = None if column.no_deal is None else column.no_deal[0]
    if no_deal is None:
        where = table.grid.sheet if column.no_deal is None else column.no_deal[1]
        what = f"no no-deal value is given for {shortened(column.name)}"
        found.defect(file, where, what, "It is unknown; nothing was put in its place.")
    return SheetParty(column.name, file, points, no_deal)
