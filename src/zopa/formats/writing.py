"""From a sheet to a case: the text of ``case.yaml``, with the files read kept as its sources.

Every number rests on the file it stands in (``because:``, a source of kind table).  Ids are made from the names,
which are kept beside them.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Final

from zopa.case import NotationError, Severity, format_number, parse_number, read_case, write_whole
from zopa.formats.model import FormatError, FormatFault, Sheet, SheetIssue, SheetParty
from zopa.formats.naming import Ids, file_names
from zopa.formats.numbers import shortened

FINEST: Final = 10**100
_MOST_COMMENTS: Final = 60


@dataclass(frozen=True, slots=True)
class WrittenCase:
    """A case made from a sheet.

    Attributes
    ----------
    text : str
        The text of its ``case.yaml``.
    sources : mapping of str to bytes
        The files beside it, by path inside the case folder.
    defects : tuple of FormatFault
        What the case format cannot hold as the files write it, and how it was written.
    """

    text: str
    sources: dict[str, bytes]
    defects: tuple[FormatFault, ...]


def write_case(sheet: Sheet, folder: Path, *, as_of: date, title: str | None = None) -> WrittenCase:
    """Write a sheet as a case folder and return what was written.

    Parameters
    ----------
    sheet : Sheet
        What the files say.
    folder : Path
        A folder that does not exist yet or is empty.
    as_of : date
        The as-of date of the case; formats of other programs have none.
    title : str, optional
        Title of the case; by default that of the sheet.

    Raises
    ------
    FileExistsError
        When the folder holds something already; nothing is overwritten.
    FormatError
        When a case cannot hold the sheet: nothing to decide, or too much.
    OSError
        When the folder cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(not entry.name.startswith(".") for entry in folder.iterdir())):
        raise FileExistsError(f"{folder} is not empty")
    made = case_of_sheet(sheet, as_of=as_of, title=title)
    with tempfile.TemporaryDirectory() as name:
        _write(made, Path(name))  # checked there, so that the folder stays untouched when something is wrong
        faults = [one for one in read_case(Path(name)).findings if one.severity is Severity.FAULT]
    if faults:
        remedy = "Give a smaller domain." if len(made.text) > 1_000_000 else "Leave out or rename what the message names."
        raise FormatError(*(FormatFault(sheet.title, "", f"no case can hold it: {one.message}", remedy) for one in faults[:20]))
    _write(made, folder)
    return made


def _write(made: WrittenCase, folder: Path) -> None:
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    for path, data in made.sources.items():
        write_whole(folder / path, data)
    write_whole(folder / "case.yaml", made.text.encode("utf-8"))


def case_of_sheet(sheet: Sheet, *, as_of: date, title: str | None = None) -> WrittenCase:
    """Return the case that a sheet makes, without writing it.

    Raises
    ------
    FormatError
        When no issue has two options, there is no party, or a number is too large.
    """
    return _Writer(sheet, as_of, title).written()


class _Writer:
    def __init__(self, sheet: Sheet, as_of: date, title: str | None) -> None:
        self.sheet, self.as_of, self.title = sheet, as_of, title or sheet.title
        self.defects: list[FormatFault] = []
        self.faults: list[FormatFault] = []
        ids = Ids()
        self.files = dict(zip(sheet.files, file_names(list(sheet.files)), strict=True))
        self.parties = [ids.take(party.name, f"party_{number}") for number, party in enumerate(sheet.parties, 1)]
        self.chosen = [number for number, issue in enumerate(sheet.issues) if len(issue.options) > 1]
        self.issues = {number: ids.take(sheet.issues[number].name, f"issue_{number + 1}") for number in self.chosen}
        self.sources = {name: ids.take(f"{Path(name).stem} file", f"file_{at}") for at, name in enumerate(sheet.files, 1)}
        self.packages = {
            at: ids.take(f"no deal {party.name}", f"no_deal_{at}")
            for at, party in enumerate(sheet.parties, 1)
            if party.no_deal_package is not None
        }
        self.options = {number: _option_ids(sheet.issues[number]) for number in self.chosen}

    def written(self) -> WrittenCase:
        sheet = self.sheet
        if not self.chosen:
            remedy = "Give an issue at least two options."
            raise FormatError(FormatFault(sheet.title, "", "no issue has two options, so there is nothing to decide", remedy))
        if not sheet.parties:
            raise FormatError(FormatFault(sheet.title, "", "there is no party", "Add what at least one party wants."))
        for number, issue in enumerate(sheet.issues):
            if number not in self.issues:
                what = "it has only one option, so it decides nothing"
                told = f"Left out; its points were added to each option of {shortened(sheet.issues[self.chosen[0]].name)}."
                self.defects.append(FormatFault("", f"issue {shortened(issue.name)}", what, told))
        kept, sources = self._source_lines()
        body = [
            *sources,
            "",
            "parties:",
            *(f"  {one}: {{name: {quoted(party.name, one)}}}" for one, party in zip(self.parties, sheet.parties, strict=True)),
            "",
            "issues:",
            *(line for number in self.chosen for line in self._issue_lines(number)),
            "",
            "preferences:",
            *(line for at in range(len(sheet.parties)) for line in self._party_lines(at)),
            *self._package_lines(),
        ]
        if self.faults:
            raise FormatError(*dict.fromkeys(self.faults))
        head = [
            f"# Imported from files of {_comment(sheet.program)}. Each number stands in the file that its `because:` names.",
            *self._notes(),
            "zopa: 1",
            f"title: {quoted(self.title, 'Imported')}",
            f"as_of: {self.as_of.isoformat()}",
            "",
        ]
        return WrittenCase("\n".join([*head, *body]) + "\n", kept, tuple(self.defects))

    def _notes(self) -> list[str]:
        told = [str(one) for one in (*self.sheet.defects, *self.defects)]
        left = [f"Not taken: {one}." for one in self.sheet.not_taken]
        notes = [f"#   {_comment(one)}" for one in (*told, *left)]
        more = len(notes) - _MOST_COMMENTS
        shown = [*notes[:_MOST_COMMENTS], f"#   and {more} more"] if more > 0 else notes
        return ["# What was odd in them, and how it was read:", *shown] if shown else []

    # Sources ---------------------------------------------------------------------------------------

    def _source_lines(self) -> tuple[dict[str, bytes], list[str]]:
        kept: dict[str, bytes] = {}
        lines = ["sources:"] if self.sheet.files else []
        for name, data in self.sheet.files.items():
            path = f"sources/{self.files[name]}"
            text, told = _as_text(data)
            if told:
                self.defects.append(FormatFault(name, "", "it is not UTF-8 text", told))
            kept[path] = data if text is None else text
            shown = quoted(f"{name} ({self.sheet.program})", name)
            file = f"file: {quoted(path, path)}, " if text is not None else ""
            lines.append(f"  {self.sources[name]}: {{{file}title: {shown}, kind: table}}")
        return kept, lines

    # Issues ----------------------------------------------------------------------------------------

    def _issue_lines(self, number: int) -> list[str]:
        issue, name = self.sheet.issues[number], self.issues[number]
        step = _step(issue)
        if step is not None and issue.numbers is not None:
            low, high = format_number(issue.numbers[0]), format_number(issue.numbers[-1])
            scale = f"scale: {low}..{high}, step: {format_number(step)}"
            return [f"  {name}: {{name: {quoted(issue.name, name)}, {scale}, now: unknown}}"]
        pairs = zip(self.options[number], issue.options, strict=True)
        options = [f"      {one}: {quoted(option, one)}" for one, option in pairs]
        return [f"  {name}:", f"    name: {quoted(issue.name, name)}", "    options:", *options, "    now: unknown"]

    # Preferences -----------------------------------------------------------------------------------

    def _party_lines(self, at: int) -> list[str]:
        party, name = self.sheet.parties[at], self.parties[at]
        basis = f"assume: {quoted(party.file, 'a file')}"
        if party.file in self.sources:
            basis = f"because: {self.sources[party.file]}"
        spare = sum((_fixed(party, number) for number in range(len(self.sheet.issues)) if number not in self.issues), Fraction(0))
        lost = any(None in party.points[number] for number in range(len(self.sheet.issues)) if number not in self.issues)
        lines = [f"  {name}:", f"    {basis}", "    points:"]
        for number in self.chosen:
            row: list[Fraction | None] = list(party.points[number])
            if number == self.chosen[0]:
                row = [None if one is None or lost else one + spare for one in row]
            lines.append(f"      {self.issues[number]}: {self._row(party, number, row)}")
        return [*lines, *self._no_deal(at)]

    def _row(self, party: SheetParty, number: int, row: Sequence[Fraction | None]) -> str:
        issue = self.sheet.issues[number]
        known = [one for one in row if one is not None]
        if not known:
            return "unknown"
        if _step(issue) is not None and issue.numbers is not None and len(known) == len(row):
            corners = _corners(issue.numbers, known)
            if len(corners) < len(row) // 2:
                pairs = (f"{format_number(issue.numbers[one])}: {self._amount(party, number, known[one])}" for one in corners)
                return f"{{{', '.join(pairs)}}}"
        return f"[{', '.join('unknown' if one is None else self._amount(party, number, one) for one in row)}]"

    def _amount(self, party: SheetParty, number: int | None, value: Fraction) -> str:
        text = format_number(value)
        try:
            parse_number(text)
        except NotationError:
            rounded = Fraction(round(value * FINEST), FINEST)
            text = format_number(rounded)
            where = "no-deal value" if number is None else f"issue {shortened(self.sheet.issues[number].name)}"
            if abs(value) >= FINEST:
                what = "a number is larger than a case holds"
                self.faults.append(FormatFault(party.file, where, what, "Write the numbers of this party in a larger unit."))
                return "0"
            what = "a number has more digits than a case holds"
            fault = FormatFault(party.file, where, what, "Rounded to 100 digits behind the point.")
            if fault not in self.defects:
                self.defects.append(fault)
        return text

    def _no_deal(self, at: int) -> list[str]:
        party = self.sheet.parties[at]
        if at + 1 in self.packages:
            return [f"    no_deal: {{package: {self.packages[at + 1]}}}"]
        if party.no_deal is None:
            return ["    # no_deal: the file gives none; write one, or what needs it stays open"]
        value = self._amount(party, None, party.no_deal)
        if party.no_deal_note:
            return [f"    no_deal: {{value: {value}, assume: {quoted(party.no_deal_note, 'read so')}}}"]
        return [f"    no_deal: {value}"]

    def _package_lines(self) -> list[str]:
        lines = ["", "packages:"] if self.packages else []
        for at, name in self.packages.items():
            party = self.sheet.parties[at - 1]
            terms = []
            for number in self.chosen:
                issue = self.sheet.issues[number]
                option = (party.no_deal_package or {}).get(issue.name)
                if option is not None:
                    place = issue.options.index(option)
                    word = self.options[number][place] if _step(issue) is None else option
                    terms.append(f"{self.issues[number]}: {word}")
            basis = f", because: {self.sources[party.file]}" if party.file in self.sources else ""
            shown = quoted(f"Without an agreement: {party.name}", name)
            lines.append(f"  {name}: {{name: {shown}, terms: {{{', '.join(terms)}}}{basis}}}")
        return lines


def _fixed(party: SheetParty, number: int) -> Fraction:
    """Return the points of an issue with a single option."""
    return party.points[number][0] or Fraction(0) if party.points[number] else Fraction(0)


def _option_ids(issue: SheetIssue) -> tuple[str, ...]:
    if issue.numbers is not None and _step(issue) is not None:
        return tuple(format_number(one) for one in issue.numbers)
    ids = Ids()
    return tuple(ids.take(option, f"option_{number}") for number, option in enumerate(issue.options, 1))


def _step(issue: SheetIssue) -> Fraction | None:
    """Return the distance of the numbers of an issue where it is the same everywhere and upwards, else None."""
    numbers = issue.numbers
    if numbers is None or len(numbers) < 2:
        return None
    step = numbers[1] - numbers[0]
    even = all(second - first == step for first, second in pairwise(numbers))
    named = all(format_number(number) == option for number, option in zip(numbers, issue.options, strict=True))
    return step if step > 0 and even and named else None


def _corners(numbers: Sequence[Fraction], values: Sequence[Fraction]) -> list[int]:
    """Return the places between which the values lie on straight lines, exactly."""
    slopes = [
        (second - first) / (right - left)
        for first, second, left, right in zip(values, values[1:], numbers, numbers[1:], strict=False)
    ]
    inner = [place for place in range(1, len(values) - 1) if slopes[place - 1] != slopes[place]]
    return [0, *inner, len(values) - 1]


# Text ------------------------------------------------------------------------------------------------------


def quoted(text: str, spare: str) -> str:
    """Return a name in double quotation marks, with everything escaped that a YAML reader or a terminal could take for its own.

    ``spare`` stands in where the name is blank.
    """
    plain = "".join("\N{REPLACEMENT CHARACTER}" if _forbidden(one) else one for one in re.sub(r"[\t\n\r\x85]+", " ", text))
    written = json.dumps(plain if plain.strip() else spare, ensure_ascii=False)
    return "".join(
        one if one.isprintable() else f"\\u{ord(one):04x}" if ord(one) < 0x10000 else f"\\U{ord(one):08x}" for one in written
    )


def _forbidden(one: str) -> bool:
    return unicodedata.category(one) in {"Cc", "Cs"}


def _comment(text: str) -> str:
    """Return words as they may stand behind a comment sign."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _as_text(data: bytes) -> tuple[bytes | None, str]:
    """Return a file as the UTF-8 text that a source must be, and what was done to it; None for what is no text.

    What is no text (a workbook) is kept beside the case, but the case cannot quote it.
    """
    try:
        return (data, "") if "\0" not in data.decode("utf-8-sig") else _converted(data)
    except UnicodeDecodeError:
        return _converted(data)


def _converted(data: bytes) -> tuple[bytes | None, str]:
    start = data[:200]
    declared = re.search(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']", start.replace(b"\0", b""))
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    code = "utf-16" if wide else declared.group(1).decode("ascii") if declared else None
    try:
        text = data.decode(code) if code is not None else None
    except (LookupError, UnicodeError):
        text = None
    if text is None or "\0" in text:
        return None, ""
    text = re.sub(r"(encoding\s*=\s*[\"'])[A-Za-z0-9._-]+", r"\1UTF-8", text, count=1)
    return text.encode("utf-8"), "Kept beside the case as UTF-8 text, with the same content."
