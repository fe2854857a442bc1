"""Saving by splicing: only the characters of the changed value change, comments and layout stay.

A save never leaves half a file: the new text is checked first, written to a temporary file beside the
old one, flushed to the disk, and put in its place in one step.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import tempfile
from pathlib import Path

from zopa.case.composing import compose, unwritable
from zopa.case.faults import CaseFaults, Fault, Place
from zopa.case.loading import Reading, case_file, read_case, read_text
from zopa.case.nodes import Mapping, Node, Scalar, Sequence, children


def find_node(root: Node, path: str) -> Node | None:
    """Return the node at a dotted path such as ``preferences.UKR.no_deal`` or ``rules.R1``."""
    found = _find_entry(root, path)
    return None if found is None else found[1]


def _find_entry(root: Node, path: str) -> tuple[Scalar | None, Node] | None:
    """Return the key (None in a list) and the value at a dotted path."""
    key: Scalar | None = None
    node = root
    for part in path.split("."):
        if isinstance(node, Mapping) and part in node:
            key, node = node.entries[part]
        elif isinstance(node, Sequence) and part.isdecimal() and int(part) < len(node.items):
            key, node = None, node.items[int(part)]
        else:
            return None
    return key, node


def replace_value(text: str, path: str, value: str) -> str:
    """Return a case text with the value at a path replaced; every other value and every comment stays.

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
        When the value is empty, spans several lines or would change more than what stands at the path, or
        when comments stand inside the old value, which one line cannot keep.
    """
    written = _one_line(value)
    root = compose(text, "case.yaml", lambda _fault: None)
    found = None if root is None else _find_entry(root, path)
    if root is None or found is None:
        raise KeyError(path)
    key, node = found
    start, end = node.start, node.end
    if key is not None and (start == end or (isinstance(node, Mapping | Sequence) and not node.flow)):
        # Nothing stands there yet, or a block that begins on a line of its own: the value goes behind the colon.
        start = text.index(":", key.end) + 1
        end = max(end, start)
        written = f" {written}"
    elif start == end:
        written = f" {written}"  # behind the dash of a list
    comment = _comment_within(text, node, start, end)
    if comment is not None:
        line = text.count("\n", 0, comment) + 1
        raise ValueError(f"a comment stands inside {path} (line {line}), which one line cannot keep: move it above {path} first")
    tail = "\n" if text[start:end].endswith("\n") else ""
    changed = text[:start] + written + tail + text[end:]
    _check_only(root, changed, path, value)
    return changed


def _one_line(value: str) -> str:
    """Return a value without the blanks around it, after checking that it is one line of plain text."""
    if not value.strip() or value.splitlines() != [value] or unwritable(value) is not None:
        raise ValueError("the new value must be one line of YAML, such as 40..60 or {share: 20..40}")
    return value.strip()


def _comment_within(text: str, node: Node, start: int, end: int) -> int | None:
    """Return where the first comment stands between two offsets, outside the values of a node."""
    values = [(one.start, one.end) for one in _leaves(node)]
    if isinstance(node, Scalar) and text[node.start : node.start + 1] in {"|", ">"}:
        # The line that opens a block of text may carry a comment; its content may hold any sign.
        end = text.find("\n", node.start, node.end)
        values = []
    for at in range(start, end):
        if text[at] == "#" and text[at - 1 : at].isspace() and not any(first <= at < last for first, last in values):
            return at
    return None


def _leaves(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    keys = [key for key, _ in node.entries.values()] if isinstance(node, Mapping) else []
    return keys + [leaf for child in children(node) for leaf in _leaves(child)]


def _check_only(before: Node, changed: str, path: str, value: str) -> None:
    """Check that a changed text differs from what it was at one path alone, and holds the wanted value there."""
    after = compose(changed, "case.yaml", lambda _fault: None)
    wanted = compose(value, "case.yaml", lambda _fault: None)
    node = None if after is None else find_node(after, path)
    if after is None or wanted is None or node is None or not (_same(before, after, path) and _same(wanted, node, None)):
        raise ValueError(f"the new value would change more than {path}: put text into quotation marks")


def _same(one: Node, other: Node, but: str | None) -> bool:
    """Return whether two nodes say the same, leaving out what stands at a path."""
    if one.path == but and but is not None:
        return True
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return (one.text, one.plain) == (other.text, other.plain)
    if isinstance(one, Sequence) and isinstance(other, Sequence) and len(one.items) == len(other.items):
        return all(_same(*pair, but) for pair in zip(one.items, other.items, strict=True))
    if isinstance(one, Mapping) and isinstance(other, Mapping) and list(one.entries) == list(other.entries):
        return all(_same(value, other.entries[key][1], but) for key, value in one.items())
    return False


def insert_entry(text: str, path: str, key: str, value: str) -> str:
    """Return a case text with a key added to the block at a path (the empty path is the whole case).

    Raises
    ------
    KeyError
        When no block stands at the path.
    ValueError
        When the key is there already, or the value is not one line of YAML.
    """
    root = compose(text, "case.yaml", lambda _fault: None)
    node = root if not path else None if root is None else find_node(root, path)
    if root is None or not isinstance(node, Mapping):
        raise KeyError(path)
    if key in node:
        raise ValueError(f"{path or 'the case'} has the key {key} already; replace its value instead")
    entry = f"{key}: {_one_line(value)}"
    if node.flow:
        inside = text[node.start + 1 : node.end - 1].rstrip()
        glue = ", " if inside.strip() and not inside.rstrip().endswith(",") else " " if inside.strip() else ""
        changed = text[: node.start + 1] + inside + glue + entry + text[node.end - 1 :]
    else:
        column = next(iter(node.entries.values()))[0].column - 1 if node.entries else 0
        before = text[: node.end].rstrip("\n")
        rest = text[len(before) :]
        line_end = rest.find("\n")
        comment = rest if line_end < 0 else rest[:line_end]
        after = "" if line_end < 0 else rest[line_end:]
        changed = f"{before}{comment}\n{' ' * column}{entry}{after or chr(10)}"
    _check_added(node, changed, path, key, value)
    return changed


def _check_added(before: Mapping, changed: str, path: str, key: str, value: str) -> None:
    after = compose(changed, "case.yaml", lambda _fault: None)
    block = after if not path else None if after is None else find_node(after, path)
    wanted = compose(value, "case.yaml", lambda _fault: None)
    added = block.entries.pop(key, None) if isinstance(block, Mapping) else None
    if added is None or wanted is None or block is None or not (_same(before, block, None) and _same(wanted, added[1], None)):
        raise ValueError(f"the new value would change more than {key}: put text into quotation marks")


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
    before = re.split(r"(\r\n|\r|\n)", old.decode("utf-8-sig", "replace"))
    text = _with_line_ends(text.replace("\r\n", "\n").replace("\r", "\n"), before)
    return (codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b"") + text.encode("utf-8")


def _with_line_ends(text: str, old: list[str]) -> str:
    """Return a text in which unchanged lines keep their line ends, and new ones get those that the old text has most of.

    ``old`` holds the lines of the old text and what ends each, in turn.
    """
    lines, ends = old[::2], old[1::2]
    usual = max(["\n", "\r\n", "\r"], key=ends.count)
    new = text.split("\n")
    least = min(len(new), len(lines)) - 1
    head = next((number for number in range(least) if new[number] != lines[number]), least)
    tail = next((number for number in range(least - head) if new[-1 - number] != lines[-1 - number]), least - head)
    count = len(new) - 1
    kept = [*ends[:head], *[usual] * (count - head - tail), *ends[len(ends) - tail :]]
    return "".join(line + end for line, end in zip(new, [*kept, ""], strict=True))


def set_value(folder: Path | str, path: str, value: str) -> Reading:
    """Replace one value of a case on the disk; comments and layout stay.

    Raises
    ------
    CaseFaults
        When the case has faults already or would have them, nothing stands at the path, the value is not
        one line of YAML, or comments stand inside the old value; the file is then unchanged.
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
        raise CaseFaults([Fault("ZC010", Place(str(file), 1, 1), str(error), "Nothing was changed.", value)]) from None
    return save_text(folder, changed)
