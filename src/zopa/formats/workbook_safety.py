"""What is looked at before a workbook is opened: is it one, is it small enough unpacked, and does it hide anything."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final
from xml.parsers import expat

from zopa.formats.findings import Findings
from zopa.formats.gathering import Gathered
from zopa.formats.score_sheet_grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS

MAX_UNPACKED: Final = 40_000_000
_MAX_PARTS: Final = 2_000
_LAST_ROW: Final = 1_048_576  # what a workbook can have at most
_LAST_COLUMN: Final = 16_384
_ERRORS: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


class _Refused(Exception):
    """A part that is not taken, in words and with a remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


def is_safe(file: Gathered, found: Findings) -> bool:
    """Return whether a file is a workbook that may be opened; otherwise a fault says why not.

    Parameters
    ----------
    file : Gathered
        The file.
    found : Findings
        Takes the fault, and names macros and links to other files, which are never run or followed.

    Notes
    -----
    Sizes are those that the archive declares; unpacking stops there, so that they cannot lie.  Every XML part is gone
    through with the parser of the standard library: document types (and so entities) are refused, and cells beyond
    the limits are found before anything is built from them.
    """
    save = "Save it as an Excel workbook (.xlsx)."
    if file.data.startswith(b"\xd0\xcf\x11\xe0"):
        found.fault(file.name, "", "it is an old Excel file (.xls), or locked with a password", f"{save} Without a password.")
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            _check(archive, file, found)
    except _Refused as error:
        found.fault(file.name, "", str(error), error.remedy)
        return False
    except (expat.ExpatError, LookupError) as error:  # LookupError: an encoding that does not exist
        found.fault(file.name, "", f"a part of the workbook is damaged ({error})", f"Open it in a spreadsheet. {save}")
        return False
    except _ERRORS:
        found.fault(file.name, "", "it is no Excel workbook, or a damaged one", save)
        return False
    return True


def _check(archive: zipfile.ZipFile, file: Gathered, found: Findings) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MAX_PARTS or unpacked > MAX_UNPACKED:
        what = f"unpacked it has {unpacked:,} bytes in {len(parts):,} parts"
        raise _Refused(what, f"Workbooks of at most {MAX_UNPACKED:,} bytes in {_MAX_PARTS:,} parts are read.")
    if len(names) != len(parts):
        raise _Refused("two of its parts have the same name", "Open it in a spreadsheet and save it again.")
    if "xl/workbook.bin" in names or "content.xml" in names:
        kind = "a binary Excel workbook (.xlsb)" if "xl/workbook.bin" in names else "an OpenDocument file"
        raise _Refused(f"it is {kind}", "Save it as an Excel workbook (.xlsx).")
    if any(part.flag_bits & 1 for part in parts):
        raise _Refused("it is locked with a password", "Save it without a password.")
    if any(name.endswith("vbaProject.bin") for name in names):
        found.left(f"{file.name}: macros; they were not run")
    if any(name.startswith("xl/externalLinks/") for name in names):
        found.left(f"{file.name}: links to other workbooks; they were not followed")
    cells = 0
    for part in parts:  # all of them, because a sheet may be kept under any name
        cells += _cells_of(archive.read(part), part.filename.endswith((".xml", ".rels")))
        if cells > MAX_CELLS:
            raise _Refused(f"it has more than {MAX_CELLS:,} cells", "Keep only the sheets with the points.")


def _cells_of(data: bytes, must_be_xml: bool) -> int:
    """Return how many cells with content a part has; none for a picture and other parts that are not XML.

    Raises
    ------
    _Refused
        For a document type, and for cells beyond the rows and columns that a score sheet has.
    """
    parser = expat.ParserCreate()
    cells = 0
    place = (0, 0)
    is_sheet: bool | None = None  # the first element says

    def doctype(*_: object) -> None:
        raise _Refused("a part of it declares a document type, which no spreadsheet writes", "Save it again from a spreadsheet.")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cells, place, is_sheet
        tag = name.rpartition(":")[2]
        if is_sheet is None:
            is_sheet = tag == "worksheet"
        if not is_sheet:
            return
        if tag == "row":
            _place(f"A{attributes.get('r', '1')}")
        elif tag == "c":
            place = _place(attributes.get("r", "A1"))
        elif tag in {"v", "is", "f"}:
            cells += tag != "f"
            if place[0] > MAX_ROWS or place[1] > MAX_COLUMNS:
                what = f"something stands in row {place[0]:,}, column {place[1]:,} of a sheet"
                raise _Refused(what, f"A score sheet has at most {MAX_ROWS:,} rows and {MAX_COLUMNS} columns.")

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError):
        if must_be_xml:
            raise
    return cells


def _place(name: str) -> tuple[int, int]:
    """Return row and column of a cell from 1; both are held to what a workbook can have at most."""
    match = re.fullmatch("([A-Z]{1,3})([0-9]{1,7})", name)
    if match is None:
        raise _Refused("a part of the workbook is damaged (a cell without a name)", "Save it again from a spreadsheet.")
    column = 0
    for one in match.group(1):
        column = column * 26 + ord(one) - 64
    row = int(match.group(2))
    if not 1 <= row <= _LAST_ROW or column > _LAST_COLUMN:
        raise _Refused("a part of the workbook is damaged (a cell outside any sheet)", "Save it again from a spreadsheet.")
    return row, column
