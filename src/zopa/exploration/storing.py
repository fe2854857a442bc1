"""Parts of a long run, kept in a folder beside the file to come, so that a run that was stopped goes on.

One file for each finished task, put in place in one step, and a page that says what the parts were made with.  A run
with other settings never mixes with them, and a part that does not read whole is made again.
"""

from __future__ import annotations

import contextlib
import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.lib.format import read_array, write_array
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]
SETTINGS: Final = "settings.json"
LONGEST_NAME: Final = 200
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_DAMAGED: Final = (OSError, ValueError, EOFError, KeyError, NotImplementedError, zipfile.BadZipFile, zlib.error)


class StoreMismatch(ValueError):
    """The parts that lie in the folder were made with other settings."""


@dataclass(frozen=True, slots=True)
class PartStore:
    """The folder of finished parts of one run.

    Attributes
    ----------
    folder : Path
        Where the parts lie: the name of the file to come, and ``.parts``.
    """

    folder: Path

    @classmethod
    def open(cls, target: Path, fingerprint: Mapping[str, str]) -> PartStore:
        """Return the store beside a file, made if it is not there.

        Parameters
        ----------
        target : Path
            The file that the run is going to write.
        fingerprint : mapping of str to str
            Everything that the parts depend on, by names fit for a message: ``seed``, ``draws``, ``case``.

        Raises
        ------
        StoreMismatch
            When parts of other settings lie there; the message says which differ.
        """
        store = cls(target.with_name(f"{target.name}.parts"))
        store.folder.mkdir(parents=True, exist_ok=True)
        settings = store.folder / SETTINGS
        if settings.exists():
            _compare(store.folder, _settings_of(settings), fingerprint)
        elif any(not path.name.startswith(".") for path in store.folder.iterdir()):
            # The settings are written before any part, so this folder is somebody else's.
            raise StoreMismatch(f"{store.folder} holds files that no run of Zopa made; give another file name, or delete it")
        else:
            text = json.dumps(dict(fingerprint), ensure_ascii=False, indent=1, sort_keys=True)
            made = _beside(settings)
            made.write_text(f"{text}\n", encoding="utf-8")
            made.replace(settings)
        return store

    def read(self, key: str) -> Arrays | None:
        """Return the arrays of a finished task, or None when it has to be run.

        Every byte of the arrays is checked by the sums in the file; a damaged part counts as not there.
        """
        try:
            with zipfile.ZipFile(self._path(key)) as archive:
                return {name.removesuffix(".npy"): _array(archive, name) for name in archive.namelist()}
        except _DAMAGED:
            return None

    def write(self, key: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep the arrays of a finished task, whole or not at all.

        Parameters
        ----------
        key : str
            Name of the task.
        arrays : mapping of str to ndarray
            Numbers, truth values or text; no Python objects.
        """
        path = self._path(key)
        made = _beside(path)
        try:
            with zipfile.ZipFile(made, "w") as archive:
                for name, array in arrays.items():
                    with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                        write_array(member, np.asarray(array), allow_pickle=False)
            made.replace(path)
        finally:
            made.unlink(missing_ok=True)

    def finish(self) -> None:
        """Remove the parts, once the file that they were made for is written; files of others stay."""
        # The settings go last: parts without them could not be told from a stranger's files.
        ours = (path for pattern in ("part-*", ".part-*", f".{SETTINGS}.*") for path in self.folder.glob(pattern))
        for path in [*ours, self.folder / SETTINGS]:
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.folder.rmdir()

    def _path(self, key: str) -> Path:
        return self.folder / f"{file_name(key)}.npz"


def file_name(key: str) -> str:
    """Return a name for the file of a task: another one for every key, on every file system.

    Small letters, digits and hyphens stay; every other byte of the key is written as ``_`` and two hexadecimal digits, so that
    keys that differ in capitals only keep apart where file names do not.

    Raises
    ------
    ValueError
        When the key is too long for a file name.
    """
    written = "".join(letter if letter in _PLAIN else "".join(f"_{byte:02x}" for byte in letter.encode()) for letter in key)
    if len(written) > LONGEST_NAME:
        raise ValueError(f"the task name {key[:40]}… is too long for a file name; give tasks shorter names")
    return f"part-{written}"


def _array(archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    with archive.open(name) as member:
        array: NDArray[Any] = read_array(member, allow_pickle=False)
    return array


def _settings_of(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise StoreMismatch(f"{path} cannot be read; give another file name, or delete the folder {path.parent}")
    return found


def _compare(folder: Path, before: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Raise when settings differ, and say which."""
    names = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    if names:
        # Another case differs in everything that hangs on it: that alone says enough.
        names = ["case"] if "case" in names else names
        told = "; ".join(f"{name} {_short(before, name)}, now {_short(now, name)}" for name in names)
        raise StoreMismatch(f"the parts in {folder} were made with {told}; give another file name, or delete the folder")


def _short(settings: Mapping[str, str], name: str) -> str:
    """Return a setting for a message; of a digest its beginning."""
    return settings.get(name, "not given")[: 12 if name == "case" else 40]


def _beside(path: Path) -> Path:
    """Return a temporary name beside a file; two processes that write the same file do not meet."""
    return path.with_name(f".{path.name}.{os.getpid()}")
