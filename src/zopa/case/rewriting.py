"""Changing many values of a case file at once: entries dropped, values and keys replaced.

The text is spliced, so that what does not change keeps its layout and its comments; afterwards it is read
again, and where it does not say what it should, it is written anew from the nodes instead, without comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from collections.abc import Sequence as Series
from dataclasses import dataclass, field
from typing import Final

from zopa.case.composing import compose
from zopa.case.nodes import Mapping, Node, Scalar, Sequence, children

# Text that needs no quotation marks, whether inside braces or not.
_PLAIN: Final = re.compile(r"-?[A-Za-z0-9_.(][A-Za-z0-9_.()<>=|*/+' -]*(?<! )")


@dataclass(slots=True)
class Plan:
    """What changes in a tree of nodes, which must outlive the plan: nodes are told apart by identity.

    Attributes
    ----------
    dropped : set of int
        Values that go, with their keys.
    values : dict of int to str
        Values that become a single text.
    keys : dict of int to str
        New names for the keys of values.
    """

    dropped: set[int] = field(default_factory=set)
    values: dict[int, str] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)

    def drop(self, node: Node) -> None:
        """Leave a value out, with its key."""
        self.dropped.add(id(node))

    def replace(self, node: Node, text: str, key: str | None = None) -> None:
        """Make a value a single text, perhaps under another key."""
        self.values[id(node)] = text
        if key is not None:
            self.keys[id(node)] = key

    def gone(self, node: Node) -> bool:
        """Return whether a value is left out."""
        return id(node) in self.dropped

    def kept(self, node: Mapping) -> dict[str, Node]:
        """Return the entries of a block that stay."""
        return {key: value for key, value in node.items() if not self.gone(value)}

    def touches(self, node: Node) -> bool:
        """Return whether anything changes in a node or inside it."""
        own = id(node) in self.dropped or id(node) in self.values or id(node) in self.keys
        return own or any(self.touches(child) for child in children(node))


def staying(node: Node, plan: Plan) -> list[Node]:
    """Return a node and all nodes inside it that neither go nor become something else, in file order."""
    if plan.gone(node) or id(node) in plan.values:
        return []
    return [node, *(inner for child in children(node) for inner in staying(child, plan))]


def rewritten(text: str, root: Mapping, plan: Plan, keeps: Callable[[str], bool]) -> str:
    """Return a case text after a plan.

    Parameters
    ----------
    text : str
        The text of the case file.
    root : Mapping
        The node it was composed to.
    plan : Plan
        What changes.
    keeps : callable
        Told a comment (from its sign on), says whether it stays; comments inside what goes, go with it.
    """
    wanted = _planned(root, plan)
    spliced = _splice(text, root, plan)
    after = _composed(spliced)
    if after is not None and _planned(after, Plan()) == wanted:
        spliced = _without_comments(spliced, after, keeps)
        again = _composed(spliced)
        if again is not None and _planned(again, Plan()) == wanted:
            return spliced
    return written(root, plan)


def written(root: Mapping, plan: Plan) -> str:
    """Return a case text written anew from its nodes: the same blocks and lists, no comments."""
    return "".join(f"{line}\n" for line in _block_lines(root, plan, ""))


def on_one_line(node: Node) -> str:
    """Return a node as YAML text on one line, without comments."""
    return _flow(node, Plan())


def said(node: Node, plan: Plan | None = None) -> object:
    """Return what a node says, perhaps after a plan, as plain data, whatever its layout and its quotation marks."""
    return _planned(node, plan or Plan())


def comments_of(text: str) -> list[str]:
    """Return the comments of a case text."""
    root = _composed(text)
    return [] if root is None else [text[start:end] for start, end in _comments(text, root)]


def _composed(text: str) -> Node | None:
    faults: list[object] = []
    root = compose(text, "case.yaml", faults.append)
    return None if faults else root


def _planned(node: Node, plan: Plan) -> object:
    """Return what a node says after a plan, as plain data."""
    if id(node) in plan.values:
        return plan.values[id(node)]
    if isinstance(node, Mapping):
        return [(plan.keys.get(id(value), key), _planned(value, plan)) for key, value in plan.kept(node).items()]
    if isinstance(node, Sequence):
        return ["", *(_planned(item, plan) for item in node.items if not plan.gone(item))]
    assert isinstance(node, Scalar)
    return None if node.empty else node.text


# Written anew --------------------------------------------------------------------------------------


def _block_lines(node: Mapping, plan: Plan, indent: str) -> list[str]:
    lines: list[str] = []
    for key, value in plan.kept(node).items():
        name = _flow_text(plan.keys.get(id(value), key))
        opened = id(value) not in plan.values
        if opened and isinstance(value, Mapping) and not value.flow and plan.kept(value):
            lines += [f"{indent}{name}:", *_block_lines(value, plan, indent + "  ")]
        elif opened and isinstance(value, Sequence) and not value.flow and any(not plan.gone(item) for item in value.items):
            lines.append(f"{indent}{name}:")
            lines += [f"{indent}  - {_flow(item, plan)}" for item in value.items if not plan.gone(item)]
        else:
            lines.append(f"{indent}{name}: {_flow(value, plan)}")
    return lines


def _flow(node: Node, plan: Plan) -> str:
    """Return a node on one line."""
    if id(node) in plan.values:
        return _flow_text(plan.values[id(node)])
    if isinstance(node, Mapping):
        entries = plan.kept(node).items()
        return "{" + ", ".join(f"{_flow_text(plan.keys.get(id(one), key))}: {_flow(one, plan)}" for key, one in entries) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(_flow(item, plan) for item in node.items if not plan.gone(item)) + "]"
    assert isinstance(node, Scalar)
    if node.empty:
        return "~" if node.plain else '""'
    return _flow_text(node.text) if node.plain else _quoted(node.text)


def _flow_text(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return "".join(one if one.isprintable() else _escaped(one) for one in written)


def _escaped(one: str) -> str:
    return f"\\u{ord(one):04x}" if ord(one) < 0x10000 else f"\\U{ord(one):08x}"


# Spliced -------------------------------------------------------------------------------------------


def _splice(text: str, root: Mapping, plan: Plan) -> str:
    cuts: list[tuple[int, int, str]] = []
    _cut(text, root, plan, 0, len(text), cuts)
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(cuts):
        parts += [text[at:start], new]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def _cut(text: str, node: Node, plan: Plan, opening: int, limit: int, cuts: list[tuple[int, int, str]]) -> None:
    """Note the cuts inside a node that stands between two offsets."""
    if not plan.touches(node):
        return
    if isinstance(node, Mapping) and not node.flow and node.entries and _alone(text, node.start):
        keys = [key for key, _ in node.entries.values()]
        spans = _chunks(text, [key.start for key in keys], [value.end for value in children(node)], opening, limit)
        for key, value, (begin, stop) in zip(keys, children(node), spans, strict=True):
            if plan.gone(value):
                cuts.append((begin, stop, ""))
            elif id(value) in plan.values or id(value) in plan.keys:
                name = _flow_text(plan.keys.get(id(value), key.text))
                cuts.append((key.start, stop, f"{name}: {_flow(value, plan)}{_tail(text[key.start : stop])}"))
            else:
                _cut(text, value, plan, key.end, stop, cuts)
    elif isinstance(node, Sequence) and not node.flow and node.items:
        dashes = [text.rfind("-", 0, item.start) for item in node.items]
        spans = _chunks(text, dashes, [item.end for item in node.items], opening, limit)
        for item, (begin, stop) in zip(node.items, spans, strict=True):
            if plan.gone(item):
                cuts.append((begin, stop, ""))
            else:
                _cut(text, item, plan, item.start, stop, cuts)
    else:
        tail = "\n" if text[node.start : node.end].endswith("\n") else ""
        cuts.append((node.start, node.end, _flow(node, plan) + tail))


def _alone(text: str, start: int) -> bool:
    """Return whether nothing but blanks stands before an offset on its line."""
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


def _tail(old: str) -> str:
    """Return the line ends at the end of what is replaced, at least one."""
    return "\n" * max(1, len(old) - len(old.rstrip("\n")))


def _chunks(text: str, starts: Series[int], ends: Series[int], opening: int, limit: int) -> list[tuple[int, int]]:
    """Return the span of each entry of a block, with the comments above it."""
    begins = [_begin(text, behind, start) for behind, start in zip([opening, *ends[:-1]], starts, strict=True)]
    return list(zip(begins, [*begins[1:], limit], strict=True))


def _begin(text: str, behind: int, start: int) -> int:
    """Return where an entry begins: at the first of the comments right above it that are not indented deeper."""
    line = text.rfind("\n", 0, start) + 1
    if line <= behind and behind:
        return start if line < behind else line
    begin = line
    while begin > behind:
        above = text.rfind("\n", 0, begin - 1) + 1
        words = text[above:begin]
        if above < behind or not words.lstrip().startswith("#") or len(words) - len(words.lstrip()) > start - line:
            break
        begin = above
    return begin


# Comments ------------------------------------------------------------------------------------------


def _without_comments(text: str, root: Node, keeps: Callable[[str], bool]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in _comments(text, root):
        if keeps(text[start:end]):
            continue
        line = text.rfind("\n", 0, start) + 1
        if not text[line:start].strip():
            start, end = line, min(end + 1, len(text))
        else:
            start = len(text[:start].rstrip(" \t"))
        parts.append(text[at:start])
        at = end
    return "".join([*parts, text[at:]])


def _comments(text: str, root: Node) -> list[tuple[int, int]]:
    """Return where comments stand, in file order."""
    spans = sorted(body(text, leaf) for leaf in _leaves(root))
    found: list[tuple[int, int]] = []
    at, inside = 0, iter([*spans, (len(text), len(text))])
    for first, last in inside:
        while at < first:
            sign = text.find("#", at, first)
            if sign < 0:
                break
            if sign and not text[sign - 1].isspace():
                at = sign + 1
                continue
            end = text.find("\n", sign)
            end = len(text) if end < 0 else end
            found.append((sign, end))
            at = end
        at = max(at, last)
    return found


def body(text: str, leaf: Scalar) -> tuple[int, int]:
    """Return where the words of a scalar stand; of a block of text, the lines indented as its first."""
    if text[leaf.start : leaf.start + 1] not in {"|", ">"}:
        return leaf.start, leaf.end
    start = end = text.find("\n", leaf.start) + 1
    indent = 0
    while 0 < end < leaf.end:
        stop = text.find("\n", end) + 1 or len(text)
        words = text[end:stop]
        if words.strip():
            own = len(words) - len(words.lstrip())
            if own < (indent := indent or own):
                break
        end = stop
    return start or leaf.start, max(end, start)


def _leaves(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    keys = [key for key, _ in node.entries.values()] if isinstance(node, Mapping) else []
    return keys + [leaf for child in children(node) for leaf in _leaves(child)]
