"""Saving by splicing: only the characters of the changed value change, comments and layout stay.

A save never leaves half a file: the new text is checked first, written to a temporary file beside the
old one, flushed to the disk, and put in its place in one step.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import tempfile
from pathlib import Path

from zopa.case.faults import CaseFaults, Fault, Place
from zopa.case.loading import Reading, case_file, read_case, read_text
from zopa.case.nodes import Mapping, Node, Scalar, Sequence, compose


def find_node(root: Node, path: str) -> Node | None:
    """Return the node at a dotted path such as ``preferences.UKR.no_deal`` or ``rules.R1``."""
    node: Node | None = root
    for part in path.split("."):
        if isinstance(node, Mapping):
            node = node.get(part)
        elif isinstance(node, Sequence) and part.isdigit() and int(part) < len(node.items):
            node = node.items[int(part)]
        else:
            return None
    return node


def replace_value(text: str, path: str, value: str) -> str:
    """Return a case text with the value at a path replaced.

    Parameters
    ----------
    text : str
        Text of a case file.
    path : str
        Dotted path of an existing value.
    value : str
        The new value as YAML text that fits behind a colon, on one line: ``40..60``, ``{share: 20..40}``.

    Raises
    ------
    KeyError
        When nothing stands at the path.
    ValueError
        When the value spans several lines or is empty.
    """
    if not value.strip() or "\n" in value:
        raise ValueError("the new value must be one line of YAML, such as 40..60 or {share: 20..40}")
    faults: list[Fault] = []
    root = compose(text, "case.yaml", faults.append)
    node = None if root is None else find_node(root, path)
    if node is None:
        raise KeyError(path)
    start, end = node.start, node.end
    if isinstance(node, Mapping | Sequence) and not node.flow:
        # A block starts on a line of its own: the new value goes behind the colon instead.
        colon = text.rfind(":", 0, start)
        return f"{text[: colon + 1]} {value.strip()}{text[end:]}"
    if isinstance(node, Scalar) and start == end:
        # Nothing stands there yet: the value goes behind the colon of its key, or the dash of the list.
        colon = text.find(":", start)
        place = start if path.rpartition(".")[2].isdigit() or colon < 0 else colon + 1
        return f"{text[:place].rstrip(' ')} {value.strip()}{text[place:]}"
    tail = "\n" if text[start:end].endswith("\n") else ""
    return text[:start] + value.strip() + tail + text[end:]


def insert_entry(text: str, path: str, key: str, value: str) -> str:
    """Return a case text with a key added to the block at a path (the empty path is the whole case).

    Raises
    ------
    KeyError
        When no block stands at the path.
    ValueError
        When the key is there already.
    """
    faults: list[Fault] = []
    root = compose(text, "case.yaml", faults.append)
    node = root if not path else None if root is None else find_node(root, path)
    if not isinstance(node, Mapping):
        raise KeyError(path)
    if key in node:
        raise ValueError(f"{path or 'the case'} has the key {key} already; replace its value instead")
    entry = f"{key}: {value.strip()}"
    if node.flow:
        inside = text[node.start + 1 : node.end - 1].rstrip()
        glue = ", " if inside.strip() and not inside.rstrip().endswith(",") else " " if inside.strip() else ""
        return text[: node.start + 1] + inside + glue + entry + text[node.end - 1 :]
    column = next(iter(node.entries.values()))[0].column - 1 if node.entries else 0
    before = text[: node.end].rstrip("\n")
    rest = text[len(before) :]
    line_end = rest.find("\n")
    comment = rest if line_end < 0 else rest[:line_end]
    after = "" if line_end < 0 else rest[line_end:]
    return f"{before}{comment}\n{' ' * column}{entry}{after or chr(10)}"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that at every moment either the old or the new content is there, whole.

    Raises
    ------
    OSError
        When the folder cannot be written; the old file is then untouched.
    """
    target = path.resolve() if path.is_symlink() else path
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def save_text(folder: Path | str, text: str) -> Reading:
    """Write the text of a case after checking it.

    Parameters
    ----------
    folder : Path or str
        The case folder, or its file.
    text : str
        The new text of the case file.

    Returns
    -------
    Reading
        The case as it now is on the disk.

    Raises
    ------
    CaseFaults
        When the new text has faults; the file is then unchanged.
    """
    file = case_file(folder)
    reading = read_text(text, file)
    if reading.case is None:
        raise CaseFaults(reading.faults)
    write_whole(file, _encoded(text, file))
    return reading


def _encoded(text: str, file: Path) -> bytes:
    """Return a text as bytes, with the line ends and the byte order mark that the file on the disk has."""
    old = file.read_bytes() if file.exists() else b""
    text = text.replace("\r\n", "\n")
    if b"\r\n" in old:
        text = text.replace("\n", "\r\n")
    return (codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b"") + text.encode("utf-8")


def set_value(folder: Path | str, path: str, value: str) -> Reading:
    """Replace one value of a case on the disk; comments and layout stay.

    Raises
    ------
    CaseFaults
        When the case has faults already or would have them, nothing stands at the path, or the value is
        not one line of YAML; the file is then unchanged.
    """
    file = case_file(folder)
    reading = read_case(file)
    if reading.case is None:
        raise CaseFaults(reading.faults)
    try:
        changed = replace_value(reading.case.text, path, value)
    except KeyError:
        fault = Fault(
            "ZC020", Place(str(file), 1, 1), f"nothing stands at {path}", "Check the path: blocks joined by dots.", path
        )
        raise CaseFaults([fault]) from None
    except ValueError as error:
        raise CaseFaults([Fault("ZC010", Place(str(file), 1, 1), str(error), "Write it on one line.", value)]) from None
    return save_text(folder, changed)
