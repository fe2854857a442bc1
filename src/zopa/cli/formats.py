"""``zopa import`` and ``zopa export``: files of other programs to a case, and a case to them."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterable
from datetime import date
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from zopa.case import Case
    from zopa.formats import Export, FormatFault, Sheet

FAULTY, WRONG_USE = 1, 2
IMPORTED = "genius, geniusweb, negmas, negolog, csv, xlsx"
EXPORTED = "genius, geniusweb, negmas, csv, xlsx; or roles, a page to print for each party"
ROLES = "roles"


def import_files(
    program: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {IMPORTED}.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Domain and profiles, or a folder that holds them.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="CASE", help="A folder that does not exist yet, or is empty.")
    ],
    title: Annotated[str | None, typer.Option("--title", help="Title of the case.")] = None,
    day: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="As-of date of the case (default: today; the files have none).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """Make a case from files of another program; what is odd in them is reported, never silently taken."""
    from zopa.formats import READERS, FormatError, write_case

    if program not in READERS:
        _stop(f"there is no format called {_clean(program)}. There are: {', '.join(READERS)}", WRONG_USE)
    as_of = _day(day)
    if output.exists() and (not output.is_dir() or any(not entry.name.startswith(".") for entry in output.iterdir())):
        _stop(f"{_clean(str(output))} is not empty; choose another folder, nothing was changed", WRONG_USE)
    try:
        sheet = READERS[program](files)
        made = write_case(sheet, output, as_of=as_of, title=title)
    except FormatError as error:
        _refuse(error.faults, as_json=as_json)
    except OSError as error:
        _stop(f"{_clean(str(output))} cannot be written: {(error.strerror or str(error)).lower()}", WRONG_USE)
    defects = (*sheet.defects, *made.defects)
    file = (output / "case.yaml").resolve()
    if as_json:
        _print_json(
            {"case": str(file), **_contents(sheet), "defects": [_plain(one) for one in defects], "not_taken": sheet.not_taken}
        )
        return
    parties = _count(len(sheet.parties), "party", "parties")
    issues = _count(len(sheet.issues), "issue", "issues")
    packages = prod(len(issue.options) for issue in sheet.issues)
    print(f"Imported from {sheet.program}: {parties}, {issues}, {_count(packages, 'package', 'packages')}.")
    _list("Odd in the files, and how it was read:", map(str, defects))
    _list("Not taken, because a case has no place for it:", sheet.not_taken)
    print(f"Case: {_clean(str(file))}\nNext: zopa check {_clean(str(output))}   then   zopa settle {_clean(str(output))}")


def export_files(
    program: Annotated[str | None, typer.Argument(metavar="FORMAT", help=f"One of {EXPORTED}.")] = None,
    case: Annotated[Path | None, typer.Argument(metavar="CASE", help="Case folder, or its case.yaml.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FOLDER", help="A folder that does not exist yet, or is empty.")
    ] = None,
    template: Annotated[
        str | None,
        typer.Option("--template", metavar="csv|xlsx", help="An empty score sheet; with a CASE its parties, issues and options."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """Write a case as files of another program; what they cannot hold is listed."""
    from zopa.formats import WRITERS, FormatError, write_export

    if output is None:
        _stop("say where to write: -o FOLDER", WRONG_USE)
    if template is not None:
        if case is not None:
            _stop(f"with --template write no FORMAT: zopa export --template {_clean(template)} CASE -o FOLDER", WRONG_USE)
        program, case = template, None if program is None else Path(program)
    elif program is None or case is None:
        _stop("write a FORMAT and a CASE: zopa export FORMAT CASE -o FOLDER", WRONG_USE)
    known = _templates() if template is not None else (*WRITERS, ROLES)
    if program not in known:
        word = "template" if template is not None else "format"
        _stop(f"there is no {word} called {_clean(program)}. There are: {', '.join(known)}", WRONG_USE)
    loaded = None if case is None else _load(case, as_json=as_json)
    try:
        if template is None and loaded is not None:
            sheet, export, lost = _exported(program, loaded)
        else:
            sheet, export, lost = _template(program, loaded)
        written = write_export(export, output)
    except FormatError as error:
        _refuse(error.faults, as_json=as_json)
    except FileExistsError:
        _stop(f"{_clean(str(output))} is not empty; choose another folder, nothing was changed", WRONG_USE)
    except OSError as error:
        _stop(f"{_clean(str(output))} cannot be written: {(error.strerror or str(error)).lower()}", WRONG_USE)
    names = [one.name for one in written]
    if as_json:
        contents = {} if sheet is None else _contents(sheet)
        _print_json({"folder": str(output.resolve()), "files": names, **contents, "lost": lost})
        return
    where = _clean(str(output.resolve()))
    print(f"Wrote {_count(len(names), 'file', 'files')} to {where}: {_clean(', '.join(names))}")
    _list("What these files do not hold, or hold otherwise:", lost)
    if template is not None:
        print(f"Next: fill it in, then   zopa import {program} {_clean(shlex.quote(str(output / names[0])))} -o CASE")


def _templates() -> tuple[str, ...]:
    from zopa.formats import TEMPLATES

    return tuple(TEMPLATES)


def _template(kind: str, case: Case | None) -> tuple[Sheet | None, Export, list[str]]:
    """Return an empty score sheet, with the parties, issues and options of a case where there is one."""
    from zopa.formats import TEMPLATES, blank_sheet_of_case

    sheet = None if case is None else blank_sheet_of_case(case)
    export = TEMPLATES[kind](sheet)
    return sheet, export, list(export.lost)


def _exported(program: str, case: Case) -> tuple[Sheet | None, Export, list[str]]:
    """Return a case as files of another program or as role sheets, and in words what they do not hold."""
    from zopa.formats import WRITERS, Export, blank_sheet_of_case, sheet_of_case

    if program != ROLES:
        made = sheet_of_case(case)
        export = WRITERS[program](made.sheet)
        return made.sheet, export, [*made.lost, *export.lost]
    from zopa.formats.naming import file_names
    from zopa.report.role_sheet import role_sheets

    sheet = blank_sheet_of_case(case)  # refuses issues without options in words
    sheets = role_sheets(case)
    names = file_names([name for name, _ in sheets.pages], ".html")
    files = {name: html.encode("utf-8") for name, (_, html) in zip(names, sheets.pages, strict=True)}
    return sheet, Export(files, sheets.left), list(sheets.left)


def _contents(sheet: Sheet) -> dict[str, Any]:
    """Return what a sheet holds, for other programs; a count too large for theirs is text."""
    packages = prod(len(issue.options) for issue in sheet.issues)
    return {
        "program": sheet.program,
        "title": sheet.title,
        "parties": [party.name for party in sheet.parties],
        "issues": [{"name": issue.name, "options": len(issue.options)} for issue in sheet.issues],
        "packages": packages if packages < 2**53 else str(packages),
    }


def _plain(fault: FormatFault) -> dict[str, str]:
    return {"file": fault.file, "where": fault.where, "what": fault.what, "remedy": fault.remedy}


def _refuse(faults: Iterable[FormatFault], *, as_json: bool) -> NoReturn:
    """End because files or a case cannot be taken: all reasons at once."""
    found = list(faults)
    if as_json:
        _print_json({"faults": [_plain(one) for one in found]})
    else:
        for one in found:
            print(f"zopa: {_clean(str(one))}", file=sys.stderr)
        print(f"zopa: {_count(len(found), 'fault', 'faults')}; nothing was written", file=sys.stderr)
    raise typer.Exit(FAULTY)


def _load(path: Path, *, as_json: bool) -> Case:
    """Return a case, or print its faults and end with exit code 1."""
    from zopa.case import read_case

    reading = read_case(path)
    if reading.case is not None:
        return reading.case
    if as_json:
        _print_json({"faults": [fault.as_json() for fault in reading.faults]})
    else:
        from rich.console import Console

        from zopa.report.findings import print_findings

        print_findings(reading.faults, Console(stderr=True, width=None if sys.stderr.isatty() else 160, highlight=False))
        print(f"zopa: the case has {_count(len(reading.faults), 'fault', 'faults')}; nothing was written", file=sys.stderr)
    raise typer.Exit(FAULTY)


def _day(written: str | None) -> date:
    from zopa.case import NotationError, parse_date

    if written is None:
        return date.today()
    try:
        return parse_date(written)
    except NotationError as error:
        _stop(f"--date: {error.message}. {error.remedy}", WRONG_USE)


def _list(heading: str, lines: Iterable[str]) -> None:
    found = list(lines)
    if found:
        print(heading)
        for line in found:
            print(f"  {_clean(line)}")


def _count(number: int, word: str, words: str) -> str:
    return f"{number:,} {word if number == 1 else words}"


def _clean(text: str) -> str:
    """Return words from files on one line, without signs that a terminal could take for its own."""
    from zopa.report.cleaning import clean

    return clean(" ".join(text.split()))


def _print_json(data: Any) -> None:
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(data, ensure_ascii=plain, indent=2))


def _stop(words: str, code: int) -> NoReturn:
    print(f"zopa: {words}", file=sys.stderr)
    raise typer.Exit(code)
