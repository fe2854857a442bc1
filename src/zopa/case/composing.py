"""YAML text to located nodes.

The case file is read from the parser's events, not from constructed values, so that doubled keys are
seen and every value keeps its place.  Building from events also means that the depth is bounded by us
and not by Python's stack, and that aliases never expand.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from zopa.case.faults import Fault, Place
from zopa.case.nodes import Mapping, Node, Scalar, Sequence, children, join_path

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 30
SHORT: Final = 2_000  # single values are composed anew, so that they push no whole case out of the cache
MAX_NODES: Final = 200_000
_CLOSING: Final = {"[": "]", "{": "}"}


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been seen yet."""

    node: Mapping | Sequence
    key: Scalar | None = None


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
        None when the text is not well formed, too deep, or empty.  The same text may give the same nodes again, so
        nobody changes them.
    """
    root, faults = (_composed if len(text) >= SHORT else _composed.__wrapped__)(text)
    for fault in faults:
        report(replace(fault, place=Place(file, fault.place.line, fault.place.column)))
    return root


# A save reads the text before and after it, and then the whole case from the same text.  Nodes are never changed
# once they have been composed.
@lru_cache(maxsize=4)
def _composed(text: str) -> tuple[Node | None, tuple[Fault, ...]]:
    faults: list[Fault] = []
    return _root(text, faults.append), tuple(faults)


def _root(text: str, report: Callable[[Fault], None]) -> Node | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    composer = _Composer(text, "", report)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if not composer.take(event):
                return None
    except MarkedYAMLError as error:
        report(composer.syntax_fault(error))
        return None
    except (YAMLError, ValueError, RecursionError, KeyError, AssertionError, IndexError, TypeError, AttributeError) as error:
        # The parser raises plain exceptions on some malformed directives; none may reach the user.
        problem = " ".join(str(error).split())[:200]
        report(Fault("ZC004", Place("", 1, 1), f"the YAML cannot be read: {problem}", "Save the file as plain YAML text."))
        return None
    if composer.root is None:
        report(Fault("ZC056", Place("", 1, 1), "the case file is empty", "`zopa new FOLDER` writes a starter case."))
    return composer.root


def _last_end(node: Mapping | Sequence) -> int:
    return max((child.end for child in children(node)), default=node.end)


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


def unwritable(text: str) -> str | None:
    """Return the first character of a value that no plain text file holds: a control or half a character."""
    if text.isprintable():
        return None
    kept = "\t\n\r\x85"
    return next((one for one in text if one not in kept and unicodedata.category(one) in {"Cc", "Cs"}), None)


class _Composer:
    """Builds the tree from events with a stack of its own."""

    def __init__(self, text: str, file: str, report: Callable[[Fault], None]) -> None:
        self.text = text
        self.file = file
        self.report = report
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.count = 0
        self.documents = 0
        self.last: Scalar | None = None
        # The parser also counts rare line separators as lines, which editors do not.
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, at: int) -> Place:
        """Return the place of a character of the file."""
        return Place(self.file, *self._line_and_column(at))

    def _line_and_column(self, at: int) -> tuple[int, int]:
        number = bisect_right(self.lines, at)
        return number, at - self.lines[number - 1] + 1

    def _fault(self, at: int, code: str, message: str, remedy: str, text: str = "") -> None:
        self.report(Fault(code, self.place(at), message, remedy, text))

    # What is not well formed -------------------------------------------------------------------

    def syntax_fault(self, error: Any) -> Fault:
        """Return the fault for text that is no YAML: at the mark that was never closed where that is the reason."""
        mark = error.problem_mark or error.context_mark
        at = min(mark.index, len(self.text)) if mark is not None else 0
        problem = " ".join(str(error.problem or error.context or "cannot be read").split())
        opened = self._opened(error, at)
        if opened is None:
            return Fault("ZC004", self.place(at), f"the YAML is not well formed: {problem}", _yaml_remedy(problem))
        sign, line, until = self.text[opened], self.place(opened).line, self.place(at).line
        if sign in _CLOSING:
            if self._indented_below(opened, at):
                where = f", in the {sign} opened in line {line}" if until != line else ""
                message = f"the YAML is not well formed: {problem}{where}"
                return Fault("ZC004", self.place(at), message, _yaml_remedy(problem))
            what, closing = "bracket" if sign == "[" else "brace", _CLOSING[sign]
        else:
            what, closing = "quotation mark", sign
        message = f"the {what} {sign} opened in line {line} is not closed: the text stops making sense in line {until}"
        remedy = f"Close it with {closing} where it ends."
        if " #" in self._line(opened) and sign in _CLOSING:
            remedy = f"Close it with {closing}; behind a blank, # begins a comment: put such text into quotation marks."
        return Fault("ZC004", self.place(opened), message, remedy, self._line(opened)[:60])

    def _opened(self, error: Any, at: int) -> int | None:
        """Return where the quotation mark or bracket stands that a syntax error is about."""
        last = self.last
        if last is not None and not last.plain and self.text[last.start] in "'\"" and last.end == at:
            if "\n" in self.text[last.start : last.end]:
                return last.start  # it ran on to the next quotation mark, lines further down
            return None
        context = error.context_mark
        if context is None or context.index >= len(self.text) or self.text[context.index] not in "'\"[{":
            return None
        quoted = "quoted" in str(error.context) and "unexpected" in str(error.problem)
        return context.index if quoted or "flow" in str(error.context) else None

    def _indented_below(self, opened: int, at: int) -> bool:
        """Return whether the line of a mistake still belongs to what was opened above it."""
        if at >= len(self.text.rstrip()):
            return False
        first, here = self.place(opened).line, self.place(at).line
        return first == here or self._indent(here) > self._indent(first)

    def _indent(self, line: int) -> int:
        rest = self.text[self.lines[line - 1] :].split("\n", 1)[0]
        return len(rest) - len(rest.lstrip(" "))

    def _line(self, at: int) -> str:
        """Return the rest of a line."""
        return self.text[at : self.text.find("\n", at) if "\n" in self.text[at:] else None]

    # Events ------------------------------------------------------------------------------------

    def take(self, event: Any) -> bool:
        """Take one event; False means that reading cannot go on."""
        kind = type(event).__name__
        start = event.start_mark.index
        if kind == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                remedy = "Keep one case in one file: remove the line ---."
                self._fault(start, "ZC006", "the file holds several YAML documents", remedy)
                return False
            return True
        if kind == "AliasEvent":
            remedy = "Name the shared number in `assumptions` and use its name instead."
            self._fault(start, "ZC006", "an alias (*name) is refused", remedy)
            self._add(Scalar(*self._where(event), refused=True))
            return True
        if kind not in {"ScalarEvent", "MappingStartEvent", "SequenceStartEvent", "MappingEndEvent", "SequenceEndEvent"}:
            return True
        if kind in {"MappingEndEvent", "SequenceEndEvent"}:
            node = self.stack.pop().node
            # The parser ends a block where the next token starts, behind comments; its last value ends it.
            node.end = event.end_mark.index if node.flow else _last_end(node)
            return True
        return self._start(event, kind)

    def _where(self, event: Any) -> tuple[str, int, int, int, int]:
        start = event.start_mark.index
        return "", *self._line_and_column(start), start, event.end_mark.index

    def _start(self, event: Any, kind: str) -> bool:
        start = event.start_mark.index
        self.count += 1
        if self.count > MAX_NODES or len(self.stack) >= MAX_DEPTH:
            what = "nested too deeply" if len(self.stack) >= MAX_DEPTH else "too long"
            remedy = f"A case has at most {MAX_DEPTH} levels and {MAX_NODES:,} values; look for an unclosed bracket."
            self._fault(start, "ZC005", f"the file is {what}", remedy)
            return False
        if getattr(event, "anchor", None):
            remedy = "Name the shared number in `assumptions`."
            self._fault(start, "ZC006", "an anchor (&name) is refused", remedy, f"&{event.anchor}")
        tag = getattr(event, "ctag", None) or getattr(event, "tag", None)
        if tag is not None and str(tag) not in {"", "None"}:
            self._fault(
                start, "ZC006", "a tag (!name) is refused", "Write the value without the exclamation mark.", str(tag)[:60]
            )
        if kind == "ScalarEvent":
            self.last = self._scalar(event)
            self._add(self.last)
            return True
        flow = bool(getattr(event, "flow_style", False))
        where = self._where(event)
        node: Mapping | Sequence = Mapping(*where, flow=flow) if kind == "MappingStartEvent" else Sequence(*where, flow=flow)
        self._add(node)
        self.stack.append(_Open(node))
        return True

    def _scalar(self, event: Any) -> Scalar:
        plain = getattr(event, "style", None) not in {"'", '"', "|", ">"}
        node = Scalar(*self._where(event), text=str(event.value), plain=plain)
        wrong = unwritable(node.text)
        if wrong is not None:
            from zopa.case.spots import spot

            at = node.start + spot(self.text[node.start : node.end], node.text, node.text.index(wrong))
            what = "half a character" if unicodedata.category(wrong) == "Cs" else "a control character"
            self._fault(at, "ZC002", f"an escape stands for {what}, which no text file holds", "Remove it.", wrong)
            node.refused = True
            node.text = "".join(one for one in node.text if unwritable(one) is None)
        return node

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
                remedy = "Write `key: value`; lists and blocks cannot be keys."
                self._fault(node.start, "ZC010", "a key must be a single word", remedy)
                top.key = Scalar("", node.line, node.column, node.start, node.end, refused=True)
            return
        key, top.key = top.key, None
        self._put(top.node, key, node)

    def _put(self, block: Mapping, key: Scalar, node: Node) -> None:
        if key.refused:
            return
        if isinstance(node, Scalar) and node.empty and node.start == node.end and not node.refused:
            # The parser puts a value that is not there where the next token starts, lines further down.
            node.line, node.column = key.line, key.column
            node.start = node.end = key.end
            if block.flow and " " in key.text.strip():
                what = "a piece of prose stands where a key should: a comma splits unquoted text inside braces"
                self._fault(key.start, "ZC011", what, "Put the whole text into quotation marks.", key.text)
                return
            name, colon, rest = key.text.partition(":")
            if block.flow and colon and key.plain:
                what = f"a blank is missing behind the colon of {name}" if rest else f"nothing stands behind {name}:"
                remedy = f"Write `{name}: {rest}`." if rest else f"Write a value behind `{name}: `, or remove it."
                self._fault(key.start, "ZC012", what, remedy, key.text)
                key.text, node.refused = name, True
        node.path = key.path = join_path(block.path, key.text)
        known = block.entries.get(key.text)
        if known is not None:
            message = f"the key {key.text} stands twice in this block (first in line {known[0].line})"
            self._fault(key.start, "ZC007", message, "Keep one of the two.", key.text)
            return
        block.entries[key.text] = (key, node)
