"""The case on the disk, with undo: one truth, which others may change too.

Every save reads the file anew, applies the change there, checks the whole case and puts it in its place in one step.
What others write meanwhile is never overwritten: it is taken over, or the change is refused.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from zopa.case import Case, CaseFaults, Fault, Place, holding, read_case, read_data, remove_leftovers, values_of, write_whole
from zopa.workbench.disk import CaseDisk, DeskFault, Seen, digest_of, text_of
from zopa.workbench.edit import Edit, EditConflict
from zopa.workbench.taking_back import Change, make, take_back

__all__ = ["Desk", "DeskFault", "Edit", "EditConflict", "NothingToUndo", "Standing"]
KEPT: Final = 200  # changes that can be undone
LONGEST_WORDS: Final = 200
_TRIES: Final = 5  # while others write the file again and again


class NothingToUndo(ValueError):
    """Raised when there is nothing to undo, or nothing to do again."""


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
        self._disk = CaseDisk(folder)
        self._file = self._disk.file
        self._lock = threading.RLock()
        self._undo: deque[Change] = deque(maxlen=KEPT)
        self._redo: deque[Change] = deque(maxlen=KEPT)
        self._disk.check_place()
        with suppress(OSError), holding(self._disk.folder):
            remove_leftovers(self._file.resolve())
        self._data, self._seen = self._disk.sight()
        reading = read_case(self._file) if self._data is None else read_data(self._data, self._file)
        if reading.case is None:
            raise CaseFaults(reading.faults)
        self._whole = self._data or b""  # the bytes of the last whole case
        self._standing = Standing(reading.case, digest_of(self._data), 0, (), None, None, None)

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

    def _notice(self) -> None:
        """Take over what others changed on the disk."""
        if self._disk.unchanged(self._seen):
            return
        data, now = self._disk.sight(list(self._seen.stamps))
        if not now.differs(self._seen):
            self._seen = now
            return
        self._take_over(data, now)

    def _take_over(self, data: bytes | None, now: Seen) -> None:
        """Make what stands on the disk the case, or keep the last whole one where it has faults."""
        try:
            self._disk.check_place()
            reading = read_case(self._file) if data is None else read_data(data, self._file)
            case, faults = reading.case, reading.faults
        except DeskFault as fault:
            case, faults = None, fault.faults
        files = [path for path, digest in now.digests.items() if digest != self._seen.digests.get(path)]
        said = self._said(files, text_of(self._whole), text_of(data), len(faults))
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
        self._standing = replace(standing, revision=digest_of(self._data), count=standing.count + 1, undo=undo, redo=redo)

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

        def change(data: bytes) -> tuple[bytes, Change]:
            return make(data, edits, words[:LONGEST_WORDS])

        def keep(done: Change) -> None:
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

    def _turn(self, stack: deque[Change], other: deque[Change], empty: str) -> Standing:
        def change(data: bytes) -> tuple[bytes, Change]:
            if not stack:
                raise NothingToUndo(empty)
            return take_back(data, stack[-1])

        def keep(done: Change) -> None:
            stack.pop()
            other.append(done)

        return self._write(change, keep)

    def _write(self, change: Callable[[bytes], tuple[bytes, Change]], keep: Callable[[Change], None]) -> Standing:
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
        seen = self._disk.seen(self._disk.files(new))
        reading = read_data(new, self._file)
        if reading.case is None:
            raise CaseFaults(reading.faults)
        self._disk.check_place()
        if self._disk.read(self._file) != self._data:
            self._seen = replace(self._seen, settled=False)
            raise _Moved
        write_whole(self._file, new)
        self._data = self._whole = new
        # Not settled: the next look compares what stands there, also where somebody wrote it again at once.
        self._seen = replace(seen, digests={**seen.digests, self._file: digest_of(new)}, settled=False)
        self._standing = replace(self._standing, case=reading.case)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the folder against other programs, and say in words what the system refuses."""
        try:
            with holding(self._disk.folder):
                yield
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise DeskFault(
                self._file, f"the case cannot be saved: {why}", "Nothing was changed; the file is as it was."
            ) from error
