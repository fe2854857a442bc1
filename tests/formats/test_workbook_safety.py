"""Workbooks that are none, that are too large unpacked, or that hide something: refused in words, each before it is opened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.sheets import case_or_refused, fractions_of, mutated, taken_or_refused
from zopa.formats import FormatError, Sheet, SheetIssue, SheetParty
from zopa.formats.findings import Findings
from zopa.formats.gathering import Gathered
from zopa.formats.score_sheet import read_score_xlsx
from zopa.formats.workbook_safety import is_safe
from zopa.formats.workbook_writing import score_xlsx_files

PARTY = SheetParty("Anna", "", fractions_of((1, 2)), None)
(GOOD,) = score_xlsx_files(Sheet("T", "test", (SheetIssue("x", ("p", "q")),), (PARTY,))).files.values()
POINTS = "xl/worksheets/sheet1.xml"


def changed(change: Callable[[dict[str, bytes]], None], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the good workbook with some of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return changed(change)


def fault_of(data: bytes) -> str:
    found = Findings()
    assert not is_safe(Gathered("book.xlsx", "book", data, True), found)
    (fault,) = found.faults
    assert fault.remedy
    assert fault.file == "book.xlsx"
    return fault.what


def test_a_good_workbook_is_safe() -> None:
    found = Findings()
    assert is_safe(Gathered("book.xlsx", "book", GOOD, True), found)
    assert not found.faults
    assert not found.not_taken


def test_what_is_no_workbook() -> None:
    assert "old Excel file" in fault_of(b"\xd0\xcf\x11\xe0rest")
    assert "no Excel workbook" in fault_of(b"Issue,Option,Anna\n")
    assert "no Excel workbook" in fault_of(b"")
    assert "no Excel workbook" in fault_of(GOOD[: len(GOOD) // 2])
    assert "binary Excel workbook" in fault_of(changed(lambda parts: parts.update({"xl/workbook.bin": b""})))
    assert "OpenDocument" in fault_of(changed(lambda parts: parts.update({"content.xml": b""})))


def test_bombs_are_refused_by_their_size_unpacked() -> None:
    bomb = changed(lambda parts: parts.update({"xl/media/a.png": bytes(41_000_000)}))
    assert len(bomb) < 1_000_000
    assert "unpacked it has 41,0" in fault_of(bomb)
    many = changed(lambda parts: parts.update({f"xl/{at}": b"" for at in range(2_001)}))
    assert "parts" in fault_of(many)


def test_a_size_that_lies_does_not_help() -> None:
    bomb = changed(lambda parts: parts.update({"xl/big.xml": b"<a>" + bytes(1_000_000) + b"</a>"}))
    lying = bomb.replace((1_000_007).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert lying != bomb
    assert "damaged" in fault_of(lying)


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE a [<!ENTITY b "ha">]>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
    ],
)
@pytest.mark.parametrize("part", [POINTS, "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml", "_rels/.rels"])
def test_document_types_and_entities_are_refused_in_every_part(doctype: bytes, part: str) -> None:
    assert "document type" in fault_of(replaced(part, b"?>", b"?>" + doctype))


def test_parts_in_other_encodings_hide_nothing() -> None:
    def change(parts: dict[str, bytes]) -> None:
        text = parts[POINTS].decode("utf-8").replace("UTF-8", "UTF-16").replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1)
        parts[POINTS] = text.encode("utf-16")

    assert "document type" in fault_of(changed(change))


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.png", "picture", "xl/media/Sheet1.XML"])
def test_sheets_under_other_names_are_looked_through_too(name: str) -> None:
    def change(parts: dict[str, bytes], doctype: bytes = b"", far: bytes = b'<c r="A1"') -> None:
        text = parts.pop(POINTS).replace(b"?>", b"?>" + doctype, 1)
        parts[name] = text.replace(b'<c r="A1"', far, 1)
        rels = "xl/_rels/workbook.xml.rels"
        parts[rels] = parts[rels].replace(b"worksheets/sheet1.xml", b"/" + name.encode())

    assert "document type" in fault_of(changed(lambda parts: change(parts, doctype=b'<!DOCTYPE a [<!ENTITY b "c">]>')))
    assert "column 16,384" in fault_of(changed(lambda parts: change(parts, far=b'<c r="XFD1"')))


def test_cells_far_away_and_too_many() -> None:
    assert "row 1,048,576" in fault_of(replaced(POINTS, b'<c r="A1"', b'<c r="A1048576"'))
    assert "column 16,384" in fault_of(replaced(POINTS, b'<c r="A1"', b'<c r="XFD1"'))
    assert "outside any sheet" in fault_of(replaced(POINTS, b'<c r="A1"', b'<c r="ZZZ1"'))
    assert "without a name" in fault_of(replaced(POINTS, b'<c r="A1"', b'<c r="1A"'))
    cells = b"".join(b'<c r="A1"><v>1</v></c>' for _ in range(200_001))
    assert "more than 200,000 cells" in fault_of(replaced(POINTS, b'<c r="A1"', cells + b'<c r="A1"'))


def test_parts_twice_locked_parts_and_damaged_xml() -> None:
    made = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(made, "a") as archive:
        archive.writestr(POINTS, b"<a/>")
    assert "same name" in fault_of(made.getvalue())
    locked = bytearray(GOOD)
    at = locked.rindex(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert "password" in fault_of(bytes(locked))
    assert "damaged" in fault_of(replaced(POINTS, b"</worksheet>", b"</worksheep>"))


def test_macros_and_links_are_named_and_never_followed() -> None:
    found = Findings()
    data = changed(lambda parts: parts.update({"xl/vbaProject.bin": b"", "xl/externalLinks/a.bin": b""}))
    assert is_safe(Gathered("book.xlsm", "book", data, True), found)
    assert found.not_taken == [
        "book.xlsm: macros; they were not run",
        "book.xlsm: links to other workbooks; they were not followed",
    ]


def test_all_files_are_looked_at(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(b"nothing")
    with pytest.raises(FormatError) as caught:
        read_score_xlsx([tmp_path])
    assert [one.file for one in caught.value.faults] == ["a.xlsx", "b.xlsx"]


@pytest.mark.property
@given(st.integers(0, 10**9))
def test_wounded_workbooks_are_taken_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("wounded")
    if seed % 3:
        data = mutated(GOOD, seed)
    else:

        def change(parts: dict[str, bytes]) -> None:
            name = sorted(parts)[seed % len(parts)]
            parts[name] = mutated(parts[name], seed)

        data = changed(change, zipfile.ZIP_STORED)
    (folder / "book.xlsx").write_bytes(data)
    case_or_refused(taken_or_refused(read_score_xlsx, [folder / "book.xlsx"]), folder / "case")
