"""Copies of a case that leave something out: the numbers of chosen parties, notes, sources.

What a party wants becomes ``unknown``, never zero and never a middle; what others said about it stays.  The
copy says what was left out, by kind and id, never by value.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zopa.case.faults import did_you_mean
from zopa.case.leaving_out import LeavingOut, LeftOut
from zopa.case.loading import FILE_NAME, read_text
from zopa.case.model import Case
from zopa.case.rewriting import comments_of, rewritten, written
from zopa.case.saving import write_whole

NOTICE: Final = "LEFT-OUT.md"


class RedactionError(ValueError):
    """A copy that cannot be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """A copy of a case, not yet on the disk.

    Attributes
    ----------
    text : str
        The case file.
    files : mapping of str to bytes
        The source files by their path in the case folder.
    parties : tuple of str
        Whose numbers were left out.
    notes, sources : bool
        Whether comments and sources are in the copy.
    left_out : tuple of LeftOut
        What was left out, in file order by kind.
    comments : int
        Comments left out.
    look_at : tuple of LeftOut
        What stays and names what was left out: places for a person to look at.
    """

    text: str
    files: Table[str, bytes]
    parties: tuple[str, ...]
    notes: bool
    sources: bool
    left_out: tuple[LeftOut, ...]
    comments: int
    look_at: tuple[LeftOut, ...]

    def as_json(self) -> dict[str, object]:
        """Return what was left out as plain data."""
        return {
            "zopa_copy": 1,
            "without": {"parties": list(self.parties), "notes": not self.notes, "sources": not self.sources},
            "left_out": [{"kind": one.kind, "id": one.id} for one in self.left_out],
            "comments": self.comments,
            "look_at": [{"kind": one.kind, "id": one.id} for one in self.look_at],
        }

    def notice(self) -> str:
        """Return the text of the file that says what was left out."""
        lines = ["# Left out of this copy", "", "This folder is a copy of a case without:", ""]
        if self.parties:
            lines.append(f"- the numbers and red lines of {', '.join(self.parties)}")
        lines += [] if self.notes else ["- notes (the comments of the case file)"]
        lines += [] if self.sources else ["- sources: their files, the statements quoted from them, and tensions between these"]
        lines += ["", "What a party wants is `unknown` in this copy, and answers that need it say so. No value is named here."]
        for kind in dict.fromkeys(one.kind for one in self.left_out):
            ids = [one.id for one in self.left_out if one.kind == kind]
            lines += ["", f"## {kind[0].upper()}{kind[1:]} ({len(ids)})", "", *(f"- `{name}`" for name in ids)]
        if self.comments:
            lines += ["", f"## Comments ({self.comments})", "", "- comments of the case file"]
        if self.look_at:
            lines += ["", f"## Look at these before you pass the copy on ({len(self.look_at)})", ""]
            lines += [f"- {one.kind}: `{one.id}`" for one in self.look_at]
        data = json.dumps(self.as_json(), ensure_ascii=False, indent=2)
        return "\n".join([*lines, "", "## For programs", "", "```json", data, "```", ""])


def redact(case: Case, *, without: Iterable[str] = (), notes: bool = True, sources: bool = True) -> Redaction:
    """Return a copy of a case that leaves something out.

    Parameters
    ----------
    case : Case
        The case.
    without : iterable of str
        Parties whose numbers stay behind: preferences with red lines and no-deal values, positions,
        influence, inputs of holding, moves of levers on their no-deal values, assumptions and tables used
        for nothing else, and correlations with those.
    notes : bool
        False leaves out the comments of the file.
    sources : bool
        False leaves out source files, statements and tensions; what rested on a statement then says that
        one was left out.

    Raises
    ------
    RedactionError
        When there is no such party, or the copy would have faults.

    Notes
    -----
    Names of other judgements, and so their random streams, do not change: what the other parties get from a
    package stays the same.  A correlation that is left out can change joint draws.
    """
    parties = tuple(dict.fromkeys(without))
    for name in parties:
        if name not in case.parties:
            raise RedactionError(f"there is no party called {name}. {did_you_mean(name, case.parties, 'parties')}")
    work = LeavingOut(case, parties)
    for name in parties:
        work.leave_out(name)
    if parties:
        work.leave_out_assumptions()
        work.leave_out_tables()
    if not sources:
        work.leave_out_sources()
    work.look_around()
    body = rewritten(case.text, work.root, work.plan, work.keeps_comment) if notes else written(work.root, work.plan)
    text = _header(parties, notes=notes, sources=sources) + body
    reading = read_text(text, case.file)
    if reading.case is None:
        fault = reading.faults[0]
        raise RedactionError(f"what is left would be no sound case: {fault.message}. {fault.remedy}")
    files = {one.file: one for one in reading.case.sources.values() if one.file is not None}
    if {NOTICE, FILE_NAME} & {Path(file).as_posix() for file in files}:
        raise RedactionError(f"a source is called {NOTICE} or {FILE_NAME}, which the copy needs for itself: rename it")
    return Redaction(
        text,
        {file: (case.folder / file).read_bytes() for file in files},
        parties,
        notes,
        sources,
        tuple(work.left),
        len(comments_of(case.text)) - len(comments_of(body)),
        tuple(work.look),
    )


def _header(parties: tuple[str, ...], *, notes: bool, sources: bool) -> str:
    parts = [f"the numbers and red lines of {', '.join(parties)}"] if parties else []
    parts += [] if notes else ["notes"]
    parts += [] if sources else ["sources"]
    what = "; ".join(parts) or "nothing left out"
    return f"# A copy of a case without: {what}. {NOTICE} lists what was left out.\n"


def write_copy(copy: Redaction, folder: Path) -> Path:
    """Write a copy into a folder that does not exist yet, or is empty, and return its case file.

    All files are written beside it first and put in place together, so that no half of a copy is left.

    Raises
    ------
    FileExistsError
        When the folder holds something already; nothing is overwritten.
    OSError
        When the folder cannot be written.
    """
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise FileExistsError(f"{folder} is there already and not an empty folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    try:
        inside = made / "copy"  # with the rights that any new folder gets
        inside.mkdir()
        for name, data in {**copy.files, NOTICE: copy.notice().encode("utf-8"), FILE_NAME: copy.text.encode("utf-8")}.items():
            (inside / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(inside / name, data)
        if folder.exists():
            folder.rmdir()
        inside.replace(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder / FILE_NAME
