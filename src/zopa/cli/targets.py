"""Where pages may be written: never over a text, a case or anything else that is not a page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_START = (b"<!doctype html", b"<html")


def not_writable(target: Path, inputs: Iterable[Path] = ()) -> str | None:
    """Return why a page must not be written there, in words; None where it may.

    Parameters
    ----------
    target
        The file to write.
    inputs
        Files that were read; none of them is ever overwritten.
    """
    if target.is_dir():
        return f"{target} is a folder; name a file"
    if not target.exists():
        return None
    if any(target.resolve() == one.resolve() for one in inputs):
        return f"{target} is what was read; name another file"
    try:
        with target.open("rb") as stream:
            start = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    except OSError as error:
        return f"{target} cannot be read: {(error.strerror or str(error)).lower()}"
    if start and not start.startswith(_START):
        return f"{target} holds something that is not a page; nothing is written over it: name another file"
    return None
