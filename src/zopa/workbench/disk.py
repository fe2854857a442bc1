"""The files of a case as they stand on the disk: what changed since they were last seen; nothing outside their folder is read."""

from __future__ import annotations

import hashlib
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from zopa.case import CaseFaults, Fault, Place, case_file, values_of

_TRIES: Final = 5  # while others write the files again and again
_FRESH: Final = 2_000_000_000  # nanoseconds in which a file may change again without another time stamp
_LARGEST: Final = 20_000_000  # bytes that are read of a file; a case and its sources are smaller
_OUTSIDE: Final = (-1,)
_NO_FILE: Final = (0,)


class DeskFault(CaseFaults):
    """Raised when the case cannot be opened or saved where it is: a link that leads outside, a folder without rights."""

    def __init__(self, file: Path, message: str, remedy: str) -> None:
        super().__init__([Fault("ZC001", Place(str(file), 1, 1), message, remedy)])


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found on the disk, for the case file and the files of its sources.

    Attributes
    ----------
    stamps : dict of Path to tuple of int
        Time, size and numbers of each file; a single number for what is no file, or lies outside.
    digests : dict of Path to str
        SHA-256 of what stands in each; empty for what is not read.
    settled : bool
        Whether every later change will show in the stamps.
    """

    stamps: dict[Path, tuple[int, ...]] = field(default_factory=dict)
    digests: dict[Path, str] = field(default_factory=dict)
    settled: bool = False

    def differs(self, other: Seen) -> bool:
        """Return whether the files say something else than at another time."""
        return self.digests != other.digests or self._outside() != other._outside()

    def _outside(self) -> list[Path]:
        return [path for path, stamp in self.stamps.items() if stamp == _OUTSIDE]


class CaseDisk:
    """The file of a case and the files of its sources.

    Parameters
    ----------
    folder : Path
        The case folder, or the case file.

    Attributes
    ----------
    file : Path
        The case file.
    folder : Path
        Its folder, as it really is; what lies elsewhere is not read.
    """

    def __init__(self, folder: Path) -> None:
        self.file = case_file(folder).absolute()
        self.folder = self.file.parent.resolve()

    def check_place(self) -> None:
        """Refuse a case file that leads outside.

        Raises
        ------
        DeskFault
            When it is a link that leads outside the folder.
        """
        if not self._within(self.file):
            raise DeskFault(
                self.file,
                "the case file is a link that leads outside the case folder",
                "Put the file itself into the folder; nothing outside is read or written.",
            )

    def sight(self, files: Sequence[Path] = ()) -> tuple[bytes | None, Seen]:
        """Return the bytes of the case file, None where it cannot be read, and what was found of all files.

        ``files`` are those that the case had when it was last seen.
        """
        files = list(files) or [self.file]
        for _ in range(_TRIES):
            seen = self.seen(files)
            data = self.read(self.file)
            wanted = self.files(data)
            if wanted == files and _sign(data) == seen.digests[self.file]:
                return data, seen
            files = wanted
        return data, replace(seen, settled=False)

    def seen(self, files: Sequence[Path]) -> Seen:
        """Return what is found of files now."""
        stamps = {path: self._stamp(path) for path in files}
        now = time.time_ns()
        digests = {path: _sign(self.read(path)) for path in files}
        return Seen(stamps, digests, all(now - stamp[0] > _FRESH for stamp in stamps.values()))

    def unchanged(self, seen: Seen) -> bool:
        """Return whether the files are surely as they were; quick."""
        return seen.settled and all(self._stamp(path) == stamp for path, stamp in seen.stamps.items())

    def files(self, data: bytes | None) -> list[Path]:
        """Return the case file and the files that its sources name, also where they lie outside."""
        values = values_of(text_of(data))
        names = [text for path, text in values.items() if path.startswith("sources.") and path.endswith(".file")]
        return list(dict.fromkeys([self.file, *(self.folder / name for name in names if "\0" not in name)]))

    def read(self, path: Path) -> bytes | None:
        """Return what stands in a file, None where it is none, or lies outside the folder, or cannot be read."""
        if len(self._stamp(path)) == 1:
            return None
        try:
            with path.open("rb") as file:
                return file.read(_LARGEST)
        except OSError:
            return None

    def _stamp(self, path: Path) -> tuple[int, ...]:
        if not self._within(path):
            return _OUTSIDE
        try:
            found = path.stat()
        except (OSError, ValueError):
            return _NO_FILE
        if not stat.S_ISREG(found.st_mode):
            return _NO_FILE
        return found.st_mtime_ns, found.st_size, found.st_ino, found.st_dev

    def _within(self, path: Path) -> bool:
        try:
            return path.resolve().is_relative_to(self.folder)
        except (OSError, ValueError, RuntimeError):
            return False


def digest_of(data: bytes | None) -> str:
    """Return the SHA-256 of bytes in hexadecimal; that of no bytes where nothing can be read."""
    return hashlib.sha256(data or b"").hexdigest()


def _sign(data: bytes | None) -> str:
    return "" if data is None else digest_of(data)


def text_of(data: bytes | None) -> str:
    """Return the text of a case file, with the line ends that its nodes are counted in."""
    return (data or b"").decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
