"""Dated events that a user names, so that "since the flood" or "her second term" become dates.

None is built in: which invasion or which term a text means is knowledge about the world, and the user's to give.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zopa.case import CaseFaults, Fault, NotationError, Place, did_you_mean, parse_date
from zopa.reading.articles import Span

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

MAX_BYTES: Final = 1_000_000
_KEYS: Final = ("name", "aliases", "from", "until")
_WORD: Final = re.compile(r"\w+")
_BETWEEN_WORDS: Final = re.compile(r"[\s'’‘\-‐‑]{1,3}")
_EXAMPLE: Final = (
    "Write `events:` and below it a list such as `- {name: the flood, aliases: [the great flood], from: 2021-07-14}`."
)


@dataclass(frozen=True)
class Event:
    """Something that happened at a known time.

    Attributes
    ----------
    name, aliases
        The words that stand for it in a text; case and the form of apostrophes do not matter.
    start, end
        First and last day; ``end`` is None while it lasts or where it is not known.
    """

    name: str
    aliases: tuple[str, ...]
    start: date
    end: date | None = None


@dataclass(frozen=True)
class Events:
    """A table of dated events."""

    events: tuple[Event, ...] = ()

    @cached_property
    def _by_first_word(self) -> dict[str, list[tuple[tuple[str, ...], Event]]]:
        table: dict[str, list[tuple[tuple[str, ...], Event]]] = {}
        for event in self.events:
            for name in (event.name, *event.aliases):
                words = _words(name)
                table.setdefault(words[0], []).append((words, event))
        for names in table.values():
            names.sort(key=lambda entry: -len(entry[0]))  # the fullest name wins
        return table

    def mentions(self, text: str, start: int, end: int) -> Iterator[tuple[Span, Event]]:
        """Yield where a part of a text names an event, the fullest name first and none overlapping."""
        if not self.events:
            return
        words = list(_WORD.finditer(text, start, end))
        at = 0
        while at < len(words):
            for names, event in self._by_first_word.get(words[at].group().casefold(), ()):
                found = words[at : at + len(names)]
                if tuple(word.group().casefold() for word in found) == names and _joined(text, found):
                    yield Span(found[0].start(), found[-1].end()), event
                    at += len(names) - 1
                    break
            at += 1


NO_EVENTS: Final = Events()


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(name))


def _joined(text: str, words: list[re.Match[str]]) -> bool:
    return all(_BETWEEN_WORDS.fullmatch(text, one.end(), other.start()) for one, other in pairwise(words))


def read_events(path: Path | str) -> Events:
    """Return the dated events of a YAML file.

    The file holds ``events:``, a list of blocks with ``name``, ``from`` and, where wanted, ``aliases`` and ``until``;
    dates are written 2025-01-31.

    Parameters
    ----------
    path : Path or str
        The file.

    Raises
    ------
    CaseFaults
        With every fault of the file, each with its place and remedy.
    """
    return _Reader(Path(path)).read()


class _Reader:
    """Reads one file and gathers its faults."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.lines: list[int] = [0]
        self.known: dict[tuple[str, ...], str] = {}

    def read(self) -> Events:
        text = self._load()
        root = None if text is None else self._compose(text)
        events = [] if root is None else list(self._events(root))
        if self.faults:
            raise CaseFaults(self.faults)
        return Events(tuple(events))

    # The file ----------------------------------------------------------------------------------

    def _fault(self, at: int, code: str, message: str, remedy: str, text: str = "") -> None:
        line = bisect_right(self.lines, at)
        self.faults.append(Fault(code, Place(str(self.path), line, at - self.lines[line - 1] + 1), message, remedy, text[:60]))

    def _load(self) -> str | None:
        try:
            size = self.path.stat().st_size
            data = self.path.read_bytes() if size <= MAX_BYTES else b""
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            self._fault(0, "ZC001", f"the events file cannot be read: {why}", "Check its name and its rights.")
            return None
        if size > MAX_BYTES:
            self._fault(0, "ZC003", f"the events file has {size:,} bytes", f"Keep it below {MAX_BYTES:,} bytes.")
            return None
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            place = Place(str(self.path), line, 1)
            self.faults.append(Fault("ZC002", place, "the events file is not UTF-8 text", "Save it as UTF-8 text."))
            return None
        self.lines = [0, *(found.end() for found in re.finditer("\n", text))]
        control = next((at for at, character in enumerate(text) if ord(character) < 32 and character not in "\t\n"), None)
        if control is not None:
            self._fault(control, "ZC002", "the events file holds a control character", "Remove it.", text[control])
            return None
        return text

    def _compose(self, text: str) -> Node | None:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        remedy = "Compare its indentation, brackets and quotation marks with the example. " + _EXAMPLE
        try:
            root: Node | None = YAML(typ="safe", pure=True).compose(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = " ".join(str(error.problem or error.context or "it cannot be read").split())
            self._fault(min(mark.index, len(text)) if mark else 0, "ZC004", f"the YAML is not well formed: {problem}", remedy)
            return None
        except (YAMLError, ValueError, RecursionError, KeyError, AssertionError, IndexError, TypeError, AttributeError):
            # The parser raises plain exceptions on some malformed or very deep files; none may reach the user.
            self._fault(0, "ZC004", "the YAML cannot be read", remedy)
            return None
        if root is None:
            self._fault(0, "ZC056", "the events file is empty", _EXAMPLE)
        return root

    # Its blocks --------------------------------------------------------------------------------

    def _events(self, root: Node) -> Iterator[Event]:
        block = self._block(root, ("events",), "the events file")
        if block is None:
            return
        if "events" not in block:
            self._fault(root.start_mark.index, "ZC012", "the events file names no events", _EXAMPLE)
            return
        for node in self._list(block["events"], "events", _EXAMPLE):
            event = self._event(node)
            if event is not None:
                yield event

    def _event(self, node: Node) -> Event | None:
        block = self._block(node, _KEYS, "an event")
        if block is None:
            return None
        for key, remedy in (("name", "Write `name: the flood`."), ("from", "Write `from: 2021-07-14`.")):
            if key not in block:
                self._fault(node.start_mark.index, "ZC012", f"an event has no `{key}`", remedy)
        name = self._name(block["name"]) if "name" in block else None
        aliases = (
            [self._name(one) for one in self._list(block["aliases"], "aliases", "Write `aliases: [one, another]`.")]
            if ("aliases" in block)
            else []
        )
        start = self._date(block["from"], "from") if "from" in block else None
        end = self._date(block["until"], "until") if "until" in block else None
        if start is not None and end is not None and end < start:
            at = block["until"].start_mark.index
            self._fault(at, "ZC040", "an event ends before it begins", "Exchange `from` and `until`.", end.isoformat())
        if name is None or start is None:
            return None
        return Event(name, tuple(alias for alias in aliases if alias is not None), start, end)

    def _block(self, node: Node, keys: tuple[str, ...], what: str) -> dict[str, Any] | None:
        from ruamel.yaml.nodes import MappingNode, ScalarNode

        if not isinstance(node, MappingNode):
            self._fault(node.start_mark.index, "ZC010", f"{what} must be a block of keys and values", _EXAMPLE)
            return None
        found: dict[str, Any] = {}
        for key, value in node.value:
            at = key.start_mark.index
            word = str(key.value) if isinstance(key, ScalarNode) else ""
            if word not in keys:
                self._fault(at, "ZC011", f"{what} has no such key", did_you_mean(word, keys, "keys"), word)
            elif word in found:
                self._fault(at, "ZC007", f"the key {word} stands twice in this block", "Keep one of the two.", word)
            else:
                found[word] = value
        return found

    def _list(self, node: Node, what: str, remedy: str) -> list[Node]:
        from ruamel.yaml.nodes import SequenceNode

        if isinstance(node, SequenceNode):
            return list(node.value)
        self._fault(node.start_mark.index, "ZC010", f"{what} must be a list", remedy)
        return []

    def _scalar(self, node: Node, what: str, remedy: str) -> str | None:
        from ruamel.yaml.nodes import ScalarNode

        if isinstance(node, ScalarNode) and str(node.value).strip():
            return str(node.value).strip()
        self._fault(node.start_mark.index, "ZC010", f"{what} must be words", remedy)
        return None

    def _name(self, node: Node) -> str | None:
        """Return a name; two events may not share one, since the text could not tell them apart."""
        name = self._scalar(node, "a name", "Write the words as they stand in texts.")
        if name is None:
            return None
        words = _words(name)
        at = node.start_mark.index
        if not words:
            self._fault(at, "ZC010", "a name must hold a letter or digit", "Write the words as they stand in texts.", name)
            return None
        if words in self.known:
            remedy = "Name each event once, with words that fit it alone, such as whose term it is."
            self._fault(at, "ZC015", "these words already name an event", remedy, name)
            return None
        self.known[words] = name
        return name

    def _date(self, node: Node, key: str) -> date | None:
        words = self._scalar(node, f"`{key}`", "Write it as 2025-01-31.")
        try:
            return None if words is None else parse_date(words)
        except NotationError as error:
            remedy = error.remedy or "Write it as 2025-01-31."
            self._fault(node.start_mark.index, "ZC017", f"`{key}` is not a date: {error.message}", remedy, words or "")
            return None
