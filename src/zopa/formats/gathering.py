"""The files of an import: named one by one or as a folder, read whole and with a limit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zopa.formats.findings import Findings

MAX_BYTES: Final = 10_000_000
MAX_FILES: Final = 500


@dataclass(frozen=True, slots=True)
class Gathered:
    """A file that was read.

    Attributes
    ----------
    name : str
        The name by which faults and the case call it: its own, or its path where two have the same.
    stem : str
        Its own name without the ending; a party without a name is called so.
    data : bytes
        All of it.
    asked : bool
        True when the user named it; False when it was found in a folder that the user named.
    """

    name: str
    stem: str
    data: bytes
    asked: bool


def gather(paths: Sequence[Path], endings: Collection[str], found: Findings) -> list[Gathered]:
    """Return the files that paths name.

    Parameters
    ----------
    paths : sequence of Path
        Files; a folder stands for the files in it that have one of the endings, in the order of their names.
    endings : collection of str
        Endings in small letters, with the dot.
    found : Findings
        Takes the faults: files that are not there, not readable, too large or too many.
    """
    wanted: list[tuple[Path, bool]] = []
    for path in paths:
        if path.is_dir():
            visible = (one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
            inside = sorted(visible, key=lambda one: (one.stem, one.name))
            chosen = [one for one in inside if one.suffix.lower() in endings]
            if not chosen:
                found.fault(str(path), "", f"the folder holds no file that ends in {' or '.join(endings)}", "Name the files.")
            wanted += [(one, False) for one in chosen]
        else:
            wanted.append((path, True))
    named = [path for path, asked in wanted if asked]
    for path in dict.fromkeys(one for one in named if named.count(one) > 1):
        found.defect(path.name, "", "it is named more than once", "It was read once.")
    wanted = [(path, asked) for number, (path, asked) in enumerate(wanted) if path not in [one for one, _ in wanted[:number]]]
    if len(wanted) > MAX_FILES:
        found.fault("", "", f"{len(wanted):,} files are more than one case should hold", f"Name at most {MAX_FILES} files.")
        return []
    names = [path.name for path, _ in wanted]
    read = []
    for path, asked in wanted:
        name = path.name if names.count(path.name) == 1 else str(path)
        data = _bytes(path, name, found)
        if data is not None:
            read.append(Gathered(name, path.stem, data, asked))
    return read


def _bytes(path: Path, name: str, found: Findings) -> bytes | None:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            found.fault(name, "", f"the file has {size:,} bytes", f"Files of at most {MAX_BYTES:,} bytes are read.")
            return None
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        found.fault(name, "", f"the file cannot be read: {why}", "Check its name and its rights.")
        return None
