"""YAML text to located nodes.

The case file is read from the parser's events, not from constructed values, so that ``no`` stays a
word, ``0.29`` stays exact, doubled keys are seen, and every value knows its line, its column and its
place in the text (which is what saving by splicing needs).  Building from events also means that the
depth is bounded by us and not by Python's stack, and that aliases never expand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from zopa.case.faults import Fault, Place

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 30
MAX_NODES: Final = 200_000


@dataclass(slots=True)
class Node:
    """Base of the three kinds of node; ``start`` and ``end`` are offsets in the text."""

    path: str
    line: int
    column: int
    start: int
    end: int


@dataclass(slots=True)
class Scalar(Node):
    """A single value as written, without interpretation."""

    text: str = ""
    plain: bool = True

    @property
    def empty(self) -> bool:
        """True when nothing (or YAML's null) stands there."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True)
class Mapping(Node):
    """Keys with values, in file order; doubled keys are reported and the first one is kept."""

    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    flow: bool = False

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        found = self.entries.get(key)
        return None if found is None else found[1]

    def key(self, key: str) -> Scalar:
        """Return the node of the key itself."""
        return self.entries[key][0]

    def items(self) -> Iterator[tuple[str, Node]]:
        """Yield (key, value) pairs in file order."""
        for key, (_, value) in self.entries.items():
            yield key, value


@dataclass(slots=True)
class Sequence(Node):
    """A list of nodes."""

    items: list[Node] = field(default_factory=list)
    flow: bool = False


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been seen yet."""

    node: Mapping | Sequence
    key: Scalar | None = None


def join_path(base: str, part: str | int) -> str:
    """Return the dotted path of a part; the root has the empty path."""
    return f"{base}.{part}" if base else str(part)


def compose(text: str, file: str, report: Callable[[Fault], None]) -> Node | None:
    """Return the root node of a YAML text, reporting what is wrong.

    Parameters
    ----------
    text : str
        The whole file.
    file : str
        The name shown in faults.
    report : callable
        Takes each :class:`~zopa.case.faults.Fault`.

    Returns
    -------
    Node or None
        None when the text is not well formed, too deep, or empty.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    def place(line: int, column: int) -> Place:
        return Place(file, line + 1, column + 1)

    composer = _Composer(file, report)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if not composer.take(event):
                return None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark is not None else (0, 0)
        problem = " ".join(str(error.problem or error.context or "cannot be read").split())
        report(Fault("ZC004", place(line, column), f"the YAML is not well formed: {problem}", _yaml_remedy(problem)))
        return None
    except (YAMLError, ValueError, RecursionError, KeyError, AssertionError, IndexError, TypeError, AttributeError) as error:
        # The parser raises plain exceptions on some malformed directives; none may reach the user.
        problem = " ".join(str(error).split())[:200]
        report(Fault("ZC004", place(0, 0), f"the YAML cannot be read: {problem}", "Save the file as plain YAML text."))
        return None
    if composer.root is None:
        report(Fault("ZC056", place(0, 0), "the case file is empty", "`zopa new FOLDER` writes a starter case."))
    return composer.root


def _last_end(node: Mapping | Sequence) -> int:
    children = node.items if isinstance(node, Sequence) else [value for _, value in node.entries.values()]
    return max((child.end for child in children), default=node.end)


def _yaml_remedy(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "Put text that contains a colon into quotation marks."
    if "\\t" in problem or "tab" in problem:
        return "Indent with spaces, not with tabs."
    if "expected ',' or" in problem or "end of stream" in problem:
        return "Close every bracket, brace and quotation mark, and put prose into quotation marks."
    if "block end" in problem or "block mapping" in problem:
        return "Give the keys of one block the same indentation."
    return "Compare the indentation and quotation marks with the starter case of `zopa new`."


class _Composer:
    """Builds the tree from events with a stack of its own."""

    def __init__(self, file: str, report: Callable[[Fault], None]) -> None:
        self.file = file
        self.report = report
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.count = 0
        self.documents = 0

    def _fault(self, event: Any, code: str, message: str, remedy: str, text: str = "") -> None:
        mark = event.start_mark
        self.report(Fault(code, Place(self.file, mark.line + 1, mark.column + 1), message, remedy, text))

    def take(self, event: Any) -> bool:
        """Take one event; False means that reading cannot go on."""
        kind = type(event).__name__
        if kind == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                self._fault(
                    event, "ZC006", "the file holds several YAML documents", "Keep one case in one file: remove the line ---."
                )
                return False
            return True
        if kind == "AliasEvent":
            self._fault(
                event,
                "ZC006",
                "an alias (*name) is refused",
                "Name the shared number in `assumptions` and use its name instead.",
            )
            self._add(
                Scalar("", event.start_mark.line + 1, event.start_mark.column + 1, event.start_mark.index, event.end_mark.index)
            )
            return True
        if kind not in {"ScalarEvent", "MappingStartEvent", "SequenceStartEvent", "MappingEndEvent", "SequenceEndEvent"}:
            return True
        if kind in {"MappingEndEvent", "SequenceEndEvent"}:
            node = self.stack.pop().node
            # The parser ends a block where the next token starts, behind comments; its last value ends it.
            node.end = event.end_mark.index if node.flow else _last_end(node)
            return True
        return self._start(event, kind)

    def _start(self, event: Any, kind: str) -> bool:
        start, end = event.start_mark, event.end_mark
        self.count += 1
        if self.count > MAX_NODES or len(self.stack) >= MAX_DEPTH:
            what = "nested too deeply" if len(self.stack) >= MAX_DEPTH else "too long"
            self._fault(
                event,
                "ZC005",
                f"the file is {what}",
                f"A case has at most {MAX_DEPTH} levels and {MAX_NODES:,} values; look for an unclosed bracket.",
            )
            return False
        if getattr(event, "anchor", None):
            self._fault(
                event, "ZC006", "an anchor (&name) is refused", "Name the shared number in `assumptions`.", f"&{event.anchor}"
            )
        tag = getattr(event, "ctag", None) or getattr(event, "tag", None)
        if tag is not None and str(tag) not in {"", "None"}:
            self._fault(
                event, "ZC006", "a tag (!name) is refused", "Write the value without the exclamation mark.", str(tag)[:60]
            )
        where = ("", start.line + 1, start.column + 1, start.index, end.index)
        if kind == "ScalarEvent":
            style = getattr(event, "style", None)
            self._add(Scalar(*where, text=str(event.value), plain=style not in {"'", '"', "|", ">"}))
            return True
        flow = bool(getattr(event, "flow_style", False))
        node: Mapping | Sequence = Mapping(*where, flow=flow) if kind == "MappingStartEvent" else Sequence(*where, flow=flow)
        self._add(node)
        self.stack.append(_Open(node))
        return True

    def _add(self, node: Node) -> None:
        if not self.stack:
            if self.root is None:
                self.root = node
            return
        top = self.stack[-1]
        if isinstance(top.node, Sequence):
            node.path = join_path(top.node.path, len(top.node.items))
            top.node.items.append(node)
            return
        if top.key is None:
            if isinstance(node, Scalar):
                top.key = node
            else:
                self.report(
                    Fault(
                        "ZC010",
                        Place(self.file, node.line, node.column),
                        "a key must be a single word",
                        "Write `key: value`; lists and blocks cannot be keys.",
                    )
                )
                top.key = Scalar("", node.line, node.column, node.start, node.end, text=f"?{len(top.node.entries)}")
            return
        key, top.key = top.key, None
        node.path = join_path(top.node.path, key.text)
        key.path = node.path
        if isinstance(node, Scalar) and node.empty and node.start == node.end:
            # The parser puts a value that is not there where the next token starts, lines further down.
            node.line, node.column = key.line, key.column
            node.start = node.end = key.end
            if top.node.flow and " " in key.text.strip():
                self.report(
                    Fault(
                        "ZC011",
                        Place(self.file, key.line, key.column),
                        "a piece of prose stands where a key should: a comma splits unquoted text inside braces",
                        "Put the whole text into quotation marks.",
                        key.text,
                    )
                )
                return
        known = top.node.entries.get(key.text)
        if known is not None:
            self.report(
                Fault(
                    "ZC007",
                    Place(self.file, key.line, key.column),
                    f"the key {key.text} stands twice in this block (first in line {known[0].line})",
                    "Keep one of the two.",
                    key.text,
                )
            )
            return
        top.node.entries[key.text] = (key, node)
