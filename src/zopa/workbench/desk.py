"""The case on the disk, with undo: one truth, which others may change too.

Every save reads the file anew, applies the change there, checks the whole case and puts it in its place in one step.
What others write meanwhile is never overwritten: it is taken over, or the change is refused.
"""

from __future__ import annotations

import hashlib
import stat
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from zopa.case import (
    Case,
    CaseFaults,
    Fault,
    Place,
    case_file,
    encoded,
    holding,
    raw_at,
    read_case,
    read_data,
    remove_leftovers,
    same_value,
    values_of,
    write_whole,
)
from zopa.workbench.edit import Edit, EditConflict, inverse, made_edits

__all__ = ["Desk", "DeskFault", "Edit", "EditConflict", "NothingToUndo", "Standing"]
KEPT: Final = 200  # changes that can be undone
LONGEST_WORDS: Final = 200
_TRIES: Final = 5  # while others write the file again and again
_FRESH: Final = 2_000_000_000  # nanoseconds in which a file may change again without another time stamp


class NothingToUndo(ValueError):
    """Raised when there is nothing to undo, or nothing to do again."""


class DeskFault(CaseFaults):
    """Raised when the case cannot be opened or saved where it is: a link that leads outside, a folder without rights."""

    def __init__(self, file: Path, message: str, remedy: str) -> None:
        super().__init__([Fault("ZC001", Place(str(file), 1, 1), message, remedy)])


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the case stands.

    Attributes
    ----------
    case : Case
        The case; the last whole one while the file has faults.
    revision : str
        SHA-256 of the bytes on the disk, in hexadecimal.
    count : int
        How many changes have been seen since the start, by whomever.
    faults : tuple of Fault
        What is wrong with the file now, if somebody outside broke it; nothing is saved until it is mended.
    undo, redo : str or None
        What would be undone, and done again, in words.
    outside : str or None
        The last change made outside this program, in words; None when there was none since the start.
    """

    case: Case
    revision: str
    count: int
    faults: tuple[Fault, ...]
    undo: str | None
    redo: str | None
    outside: str | None


@dataclass(frozen=True, slots=True)
class _Change:
    """A change that can be taken back.

    ``edits`` take it back path by path; where the bytes are still those with the digest ``left``, the cut does it
    exactly: the bytes from ``start`` on as long as ``new`` become ``old``.
    """

    words: str
    edits: tuple[Edit, ...]
    left: str
    start: int
    old: bytes
    new: bytes


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was found on the disk: time, size and number of each file, and the digest of what stands in it."""

    stamps: dict[Path, tuple[int, ...]] = field(default_factory=dict)
    digests: dict[Path, str] = field(default_factory=dict)
    settled: bool = False


class _Moved(Exception):
    """Somebody wrote the file between reading and writing it."""


class Desk:
    """The case of a folder, as one program works on it; all methods may be called from several threads.

    Parameters
    ----------
    folder : Path
        The case folder, or its file.

    Raises
    ------
    CaseFaults
        When the case has faults.
    DeskFault
        When its file is a link that leads outside the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._file = case_file(folder).absolute()
        self._folder = self._file.parent.resolve()
        self._lock = threading.RLock()
        self._undo: deque[_Change] = deque(maxlen=KEPT)
        self._redo: deque[_Change] = deque(maxlen=KEPT)
        self._check_place()
        with suppress(OSError), holding(self._folder):
            remove_leftovers(self._file.resolve())
        self._data, self._seen = self._sight([self._file])
        reading = read_case(self._file) if self._data is None else read_data(self._data, self._file)
        if reading.case is None:
            raise CaseFaults(reading.faults)
        self._whole = self._data or b""  # the bytes of the last whole case
        self._standing = Standing(reading.case, _digest(self._data), 0, (), None, None, None)

    # Looking -----------------------------------------------------------------------------------------

    def look(self) -> Standing:
        """Return where the case stands, after noticing what others changed; quick when nothing did.

        While another thread saves, this is where the case stood before.
        """
        if self._lock.acquire(blocking=False):
            try:
                self._notice()
            finally:
                self._lock.release()
        return self._standing

    def _check_place(self) -> None:
        """Refuse a case file that is a link leading outside its folder."""
        if not _within(self._file, self._folder):
            raise DeskFault(
                self._file,
                "the case file is a link that leads outside the case folder",
                "Put the file itself into the folder; nothing outside is read or written.",
            )

    def _sight(self, files: Sequence[Path]) -> tuple[bytes | None, _Seen]:
        """Return the bytes of the case file, None where it cannot be read, and what was found of it and of its sources.

        ``files`` begins with the case file; that they are those that the case names is seen to here.
        """
        for _ in range(_TRIES):
            seen = self._looked_at(files)
            data = self._read(self._file)
            wanted = self._files(data)
            if wanted == list(files) and self._sign(data) == seen.digests[self._file]:
                return data, seen
            files = wanted
        return data, replace(seen, settled=False)

    def _looked_at(self, files: Sequence[Path]) -> _Seen:
        stamps = {path: self._stamp(path) for path in files}
        now = time.time_ns()
        digests = {path: self._sign(self._read(path)) for path in files}
        return _Seen(stamps, digests, all(now - stamp[0] > _FRESH for stamp in stamps.values()))

    def _files(self, data: bytes | None) -> list[Path]:
        """Return the case file and the files that its sources name."""
        values = values_of(_text(data))
        names = [text for path, text in values.items() if path.startswith("sources.") and path.endswith(".file")]
        return list(dict.fromkeys([self._file, *(self._folder / name for name in names if "\0" not in name)]))

    def _stamp(self, path: Path) -> tuple[int, ...]:
        """Return time, size and numbers of a file; of what is none, or lies outside the folder, only that."""
        if not _within(path, self._folder):
            return (-1,)
        try:
            found = path.stat()
        except (OSError, ValueError):
            return (0,)
        if not stat.S_ISREG(found.st_mode):
            return (0,)
        return found.st_mtime_ns, found.st_size, found.st_ino, found.st_dev

    def _read(self, path: Path) -> bytes | None:
        """Return what stands in a file, None where it is none, or lies outside the folder, or cannot be read."""
        if len(self._stamp(path)) == 1:
            return None
        try:
            return path.read_bytes()
        except OSError:
            return None

    @staticmethod
    def _sign(data: bytes | None) -> str:
        return "" if data is None else _digest(data)

    def _notice(self) -> None:
        """Take over what others changed on the disk."""
        seen = self._seen
        if seen.settled and all(self._stamp(path) == stamp for path, stamp in seen.stamps.items()):
            return
        data, now = self._sight(list(seen.stamps))
        outside = {path: stamp == (-1,) for path, stamp in seen.stamps.items()}
        if now.digests == seen.digests and outside == {path: stamp == (-1,) for path, stamp in now.stamps.items()}:
            self._seen = now
            return
        self._take_over(data, now)

    def _take_over(self, data: bytes | None, now: _Seen) -> None:
        """Make what stands on the disk the case, or keep the last whole one where it has faults."""
        try:
            self._check_place()
            reading = read_case(self._file) if data is None else read_data(data, self._file)
            case, faults = reading.case, reading.faults
        except DeskFault as fault:
            case, faults = None, fault.faults
        files = [path for path, digest in now.digests.items() if digest != self._seen.digests.get(path)]
        said = self._said(files, _text(self._whole), _text(data), len(faults))
        self._data, self._seen = data, now
        if data is None:
            case = None  # it came back since: the next look reads it
        elif case is not None:
            self._whole = data
        self._stand(replace(self._standing, case=case or self._standing.case, faults=faults, outside=said))

    def _said(self, files: Sequence[Path], old: str, new: str, faults: int) -> str:
        """Return a change made outside in words."""
        at = f"{datetime.now():%H:%M:%S}"
        if faults:
            found = "one fault" if faults == 1 else f"{faults} faults"
            return f"The case was changed outside this program (seen at {at}) and has {found}; the last whole case is shown."
        if files and self._file not in files:
            names = ", ".join(path.name for path in files)
            return f"The source {names} was changed outside this program (seen at {at})."
        before, after = values_of(old), values_of(new)
        count = sum(before.get(path) != after.get(path) for path in before | after)
        words = "no value, only layout or comments" if not count else "one value" if count == 1 else f"{count} values"
        return f"The case file was changed outside this program (seen at {at}): {words}."

    def _stand(self, standing: Standing) -> None:
        """Make this where the case stands, after one more change."""
        undo, redo = (stack[-1].words if stack else None for stack in (self._undo, self._redo))
        self._standing = replace(standing, revision=_digest(self._data), count=standing.count + 1, undo=undo, redo=redo)

    # Saving ------------------------------------------------------------------------------------------

    def save(self, edits: Sequence[Edit], words: str) -> Standing:
        """Write edits to the case file, and return where the case stands then.

        Parameters
        ----------
        edits : sequence of Edit
            What changes; they are applied to the file as it is on the disk now.
        words : str
            What this is, for undo.

        Raises
        ------
        EditConflict
            When somebody changed one of the values meanwhile; nothing is written.
        CaseFaults
            When the case would have faults or has them already, or a value cannot be written; nothing is written.
        DeskFault
            When the folder cannot be written; the file is as it was.
        """

        def change(data: bytes) -> tuple[bytes, _Change]:
            text, made = made_edits(_text(data), edits)
            new = encoded(text, data) if made else data
            return new, _change(words[:LONGEST_WORDS], inverse(made), new, data)

        def keep(done: _Change) -> None:
            self._undo.append(done)
            self._redo.clear()

        return self._write(change, keep)

    def undo(self) -> Standing:
        """Take the last change back.  Where others changed other values since, those stay.

        Raises
        ------
        NothingToUndo
            When nothing was changed.
        EditConflict, CaseFaults, DeskFault
            As for :meth:`save`; the change can then still be undone later.
        """
        return self._turn(self._undo, self._redo, "There is nothing to undo.")

    def redo(self) -> Standing:
        """Do the last change again that was undone; raises as :meth:`undo` does."""
        return self._turn(self._redo, self._undo, "There is nothing to do again.")

    def _turn(self, stack: deque[_Change], other: deque[_Change], empty: str) -> Standing:
        def change(data: bytes) -> tuple[bytes, _Change]:
            if not stack:
                raise NothingToUndo(empty)
            last = stack[-1]
            if _digest(data) == last.left:
                new = data[: last.start] + last.old + data[last.start + len(last.new) :]
                return new, _change(last.words, inverse(last.edits), new, data)
            text = _text(data)
            text, made = made_edits(text, [one for one in last.edits if not same_value(raw_at(text, one.path), one.after)])
            if not made:  # others did so already
                return data, _Change(last.words, inverse(last.edits), "", 0, b"", b"")
            new = encoded(text, data)
            return new, _change(last.words, inverse(made), new, data)

        def keep(done: _Change) -> None:
            stack.pop()
            other.append(done)

        return self._write(change, keep)

    def _write(self, change: Callable[[bytes], tuple[bytes, _Change]], keep: Callable[[_Change], None]) -> Standing:
        with self._lock, self._held():
            for _ in range(_TRIES):
                self._notice()
                if self._standing.faults or self._data is None:
                    raise CaseFaults(self._standing.faults)
                try:
                    new, done = change(self._data)
                except ValueError as error:
                    if isinstance(error, CaseFaults | NothingToUndo):
                        raise
                    fault = Fault("ZC010", Place(str(self._file), 1, 1), str(error).rstrip("."), "Nothing was changed.")
                    raise CaseFaults([fault]) from None
                if not done.edits:
                    return self._standing  # it says so already
                with suppress(_Moved):
                    if new != self._data:
                        self._put(new)
                    keep(done)
                    self._stand(self._standing)
                    return self._standing
            raise DeskFault(self._file, "another program writes the case file all the time", "Nothing was changed; try again.")

    def _put(self, new: bytes) -> None:
        """Check a new file and put it in its place, unless somebody wrote there meanwhile."""
        seen = self._looked_at(self._files(new))
        reading = read_data(new, self._file)
        if reading.case is None:
            raise CaseFaults(reading.faults)
        self._check_place()
        if self._read(self._file) != self._data:
            self._seen = replace(self._seen, settled=False)
            raise _Moved
        write_whole(self._file, new)
        self._data = self._whole = new
        # Not settled: the next look compares what stands there, also where somebody wrote it again at once.
        self._seen = replace(seen, digests={**seen.digests, self._file: _digest(new)}, settled=False)
        self._standing = replace(self._standing, case=reading.case)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the folder against other programs, and say in words what the system refuses."""
        try:
            with holding(self._folder):
                yield
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise DeskFault(
                self._file, f"the case cannot be saved: {why}", "Nothing was changed; the file is as it was."
            ) from error


def _change(words: str, edits: tuple[Edit, ...], new: bytes, old: bytes) -> _Change:
    """Return the change that leads from new bytes back to old ones."""
    start = _alike(new, old)
    tail = _alike(new[start:][::-1], old[start:][::-1])
    return _Change(words, edits, _digest(new), start, old[start : len(old) - tail], new[start : len(new) - tail])


def _alike(one: bytes, other: bytes) -> int:
    """Return how many bytes two texts have in common from the start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _digest(data: bytes | None) -> str:
    return hashlib.sha256(data or b"").hexdigest()


def _text(data: bytes | None) -> str:
    """Return the text of a case file, with the line ends that its nodes are counted in."""
    return (data or b"").decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _within(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder)
    except (OSError, ValueError, RuntimeError):
        return False
