"""Saving by splicing: only the characters of the changed value change, comments and layout stay.

A save never leaves half a file: the new text is checked first, written to a temporary file beside the
old one, flushed to the disk, and put in its place in one step.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import glob
import os
import re
import tempfile
import time
from collections.abc import Iterator
from collections.abc import Mapping as Table
from pathlib import Path

from zopa.case.composing import MAX_BYTES, compose, unwritable
from zopa.case.faults import CaseFaults, Fault, Place
from zopa.case.loading import Reading, case_file, read_case, read_text
from zopa.case.nodes import Mapping, Node, Scalar, Sequence, children
from zopa.case.rewriting import Plan, body, comments_of, on_one_line, said


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


def values_of(text: str) -> dict[str, str]:
    """Return every single value of a case text by its dotted path; nothing where the text is not well formed, or too long."""
    root = _composed(text) if len(text) <= MAX_BYTES else None
    return {} if root is None else {leaf.path: leaf.text for leaf in _leaves(root, keys=False)}


def raw_at(text: str, path: str) -> str | None:
    """Return the value at a dotted path as YAML text on one line, or None when nothing stands there.

    A value on one line is returned as it is written; blocks and long texts are written anew, without comments.
    A key behind which nothing stands has the value ``~``.
    """
    root = _composed(text)
    node = None if root is None else find_node(root, path)
    if node is None:
        return None
    raw = text[node.start : node.end]
    block = isinstance(node, Mapping | Sequence) and not node.flow
    return on_one_line(node) if block or raw.splitlines() != [raw] else raw


def same_value(one: str | None, other: str | None) -> bool:
    """Return whether two values, as YAML text, say the same; layout and quotation marks do not matter."""
    if one is None or other is None or one.strip() == other.strip():
        return (one is None) == (other is None)
    nodes = [_composed(f"value: {text.strip()}\n") for text in (one, other)]
    return all(node is not None for node in nodes) and said(nodes[0]) == said(nodes[1])  # type: ignore[arg-type]


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
    return replace_values(text, {path: value})


def replace_values(text: str, values: Table[str, str]) -> str:
    """Return a case text with the values at several paths replaced at once, as :func:`replace_value` does one.

    Raises
    ------
    KeyError
        When nothing stands at a path.
    ValueError
        As for one value, and when one of the paths lies inside another.
    """
    root = _composed(text)
    cuts = sorted(_cut(text, root, path, value) for path, value in values.items())
    parts: list[str] = []
    at = 0
    for start, end, written in cuts:
        if start < at:
            raise ValueError("two of the new values stand inside each other: change one at a time")
        parts += [text[at:start], written]
        at = end
    changed = "".join([*parts, text[at:]])
    if root is not None:
        _check_only(root, changed, values)
    return changed


def _cut(text: str, root: Node | None, path: str, value: str) -> tuple[int, int, str]:
    """Return what is cut out of a text to replace the value at a path, and what comes in its place."""
    written = _one_line(value)
    found = None if root is None else _find_entry(root, path)
    if found is None:
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
    _keep_comments(text, path, node, start, end)
    return start, end, written + ("\n" if text[start:end].endswith("\n") else "")


def _keep_comments(text: str, path: str, node: Node, start: int, end: int) -> None:
    """Refuse to cut out what comments stand in."""
    comment = _comment_within(text, node, start, end)
    if comment is not None:
        line = text.count("\n", 0, comment) + 1
        raise ValueError(f"a comment stands inside {path} (line {line}), which one line cannot keep: move it above {path} first")


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


def _leaves(node: Node, *, keys: bool = True) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    own = [key for key, _ in node.entries.values()] if keys and isinstance(node, Mapping) else []
    return own + [leaf for child in children(node) for leaf in _leaves(child, keys=keys)]


def _composed(text: str) -> Node | None:
    return compose(text, "case.yaml", lambda _fault: None)


def _check_only(before: Node, changed: str, values: Table[str, str]) -> None:
    """Check that a changed text differs from what it was at some paths alone, and holds the wanted values there."""
    after = _composed(changed)
    if after is None or not _same(before, after, frozenset(values)) or not all(_holds(after, *one) for one in values.items()):
        paths = ", ".join(values)
        raise ValueError(f"the new value would change more than {paths}: put text into quotation marks")


def _holds(root: Node, path: str, value: str) -> bool:
    wanted, node = _composed(value), find_node(root, path)
    return wanted is not None and node is not None and _same(wanted, node)


def _same(one: Node, other: Node, but: frozenset[str] = frozenset()) -> bool:
    """Return whether two nodes say the same, leaving out what stands at some paths."""
    if one.path in but:
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
    root = _composed(text)
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
    after = _composed(changed)
    block = after if not path else None if after is None else find_node(after, path)
    wanted = _composed(value)
    entries = dict(block.entries) if isinstance(block, Mapping) else {}
    added = entries.pop(key, None)
    kept = Mapping(before.path, 0, 0, 0, 0, entries=entries)
    if added is None or wanted is None or not (_same(before, kept) and _same(wanted, added[1])):
        raise ValueError(f"the new value would change more than {key}: put text into quotation marks")


def remove_entry(text: str, path: str) -> str:
    """Return a case text without the key at a path and its value; every other value and every comment stays.

    A block that loses its last entry becomes ``{}``.

    Raises
    ------
    KeyError
        When no key stands at the path.
    ValueError
        When the path leads into a list, or comments stand inside the value, which would go with it.
    """
    root = _composed(text)
    found = None if root is None else _find_entry(root, path)
    if root is None or found is None:
        raise KeyError(path)
    key, node = found
    above, _, name = path.rpartition(".")
    within = _find_entry(root, above) if above else (None, root)
    if key is None or within is None or not isinstance(within[1], Mapping):
        raise ValueError(f"{path} stands in a list, which can only be replaced as a whole")
    opening, block = within[0], within[1]
    if not above and len(block.entries) == 1:
        raise ValueError("nothing would be left of the case")
    _keep_comments(text, path, node, key.end, _end(text, node))
    names = list(block.entries)
    changed = (_without_flow if block.flow else _without_lines)(text, block, names.index(name), opening)
    plan = Plan()
    plan.drop(node)
    after = _composed(changed)
    if after is None or said(after) != said(root, plan) or sorted(comments_of(changed)) != sorted(comments_of(text)):
        raise ValueError(f"more than {path} would go: a comment or another value stands too close")
    return changed


def _without_flow(text: str, block: Mapping, number: int, _opening: Scalar | None) -> str:
    """Return a text without an entry in braces, and without the comma that belongs to it."""
    entries = list(block.entries.values())
    if len(entries) == 1:
        start, end = block.start + 1, block.end - 1
    elif number + 1 < len(entries):
        start, end = entries[number][0].start, entries[number + 1][0].start
    else:
        start, end = entries[number - 1][1].end, entries[number][1].end
    return text[:start] + text[end:]


def _without_lines(text: str, block: Mapping, number: int, opening: Scalar | None) -> str:
    """Return a text without an entry that stands on lines of its own; what stands behind it on its line stays."""
    entries = list(block.entries.values())
    key, node = entries[number]
    start, end = key.start, _end(text, node)
    line = text.rfind("\n", 0, start) + 1
    alone = not text[line:start].strip()
    if len(entries) == 1 and (opening is None or not alone):
        return text[:start] + "{}" + ("\n" if text[start:end].endswith("\n") else "") + text[end:]
    if not alone:  # behind the dash of a list: the next entry takes its place
        return text[:start] + text[entries[number + 1][0].start :]
    if not text[start:end].endswith("\n"):
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop + 1
        behind = text[end:stop].lstrip(" \t")
        start, end = (start, stop - len(behind)) if behind.startswith("#") else (line, stop)
    else:
        start = line
    changed = text[:start] + text[end:]
    if len(entries) > 1 or opening is None:
        return changed
    colon = text.index(":", opening.end) + 1
    return changed[:colon] + " {}" + changed[colon:]


def _end(text: str, node: Node) -> int:
    """Return where the words of a node end, which for a block of text is before the comments below it."""
    if isinstance(node, Scalar):
        return body(text, node)[1]
    flow = isinstance(node, Mapping | Sequence) and node.flow
    return node.end if flow else max((_end(text, child) for child in children(node)), default=node.end)


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
        _settle(target.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _settle(folder: Path) -> None:
    """Flush the entries of a folder to the disk, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def holding(folder: Path, patience: float = 10.0) -> Iterator[None]:
    """Hold a case folder, so that no other program that asks for it writes there meanwhile.

    Where the system has no such locks, nothing is held.  Do not hold a folder twice in one thread.

    Parameters
    ----------
    folder : Path
        The folder; it must exist.
    patience : float
        Seconds to wait for another program.

    Raises
    ------
    OSError
        When the folder cannot be opened; a TimeoutError when another program holds it too long.
    """
    try:
        import fcntl
    except ImportError:  # not on this system
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        last = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > last:
                    raise TimeoutError(errno.ETIMEDOUT, "another program holds the case folder") from None
                time.sleep(0.005)
                continue
            except OSError:
                pass  # a file system without locks
            break
        yield
    finally:
        os.close(descriptor)


def remove_leftovers(file: Path) -> None:
    """Remove what saves of a file that were ended half-way left beside it; hold its folder meanwhile."""
    for path in file.parent.glob(f".{glob.escape(file.name)}.{'?' * 8}.part"):
        with contextlib.suppress(OSError):
            path.unlink()


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
    write_whole(file, encoded(text, file.read_bytes() if file.exists() else b""))
    return reading


def encoded(text: str, old: bytes) -> bytes:
    """Return a text as bytes, with the line ends and the byte order mark of what stood in the file."""
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
    with holding(file.parent) if file.parent.is_dir() else contextlib.nullcontext():
        return _set(file, path, value)


def _set(file: Path, path: str, value: str) -> Reading:
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
    return save_text(file, changed)
