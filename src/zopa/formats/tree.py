"""JSON and YAML to one kind of tree: values keep the words and the line they were written with.

Numbers are not read here: ``0.1`` stays the text ``0.1`` until a reader asks for a fraction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal

from zopa.formats.findings import Findings
from zopa.formats.numbers import NotANumber, exact

MAX_DEPTH: Final = 50
MAX_NODES: Final = 500_000
_ENDLESS: Final = frozenset({".inf", "-.inf", "+.inf", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity"})


class TreeFault(ValueError):
    """A file that is no JSON or YAML, or one that is not taken: what is wrong, in which line, how to mend it."""

    def __init__(self, what: str, line: int, remedy: str) -> None:
        super().__init__(what)
        self.line = line
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value: its text, and whether the file wrote it as text, number, word (true, false) or nothing."""

    text: str
    kind: Literal["text", "number", "word", "nothing"]
    line: int

    @property
    def endless(self) -> bool:
        """True for infinity, with or without a sign."""
        return self.kind != "text" and self.text.lower() in _ENDLESS


@dataclass(slots=True)
class Listing:
    """A list."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Branch:
    """Keys with their values; of a key written twice the last value counts."""

    line: int
    entries: dict[str, Node] = field(default_factory=dict)

    def get(self, key: str) -> Node | None:
        """Return the value of a key; None for a key that is not there or holds nothing."""
        found = self.entries.get(key)
        return None if isinstance(found, Leaf) and found.kind == "nothing" else found

    def branch(self, key: str) -> Branch | None:
        """Return the block behind a key, or None."""
        found = self.get(key)
        return found if isinstance(found, Branch) else None

    def text(self, key: str) -> str:
        """Return the single value behind a key as text, or ""."""
        found = self.get(key)
        return found.text if isinstance(found, Leaf) else ""


Node = Leaf | Listing | Branch


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole file: its root, and the keys written twice in one block with the lines of their last values."""

    root: Node
    twice: tuple[tuple[str, int], ...]


class Builder:
    """Puts a tree together from the parts of a file in their order, on a stack of its own."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._twice: list[tuple[str, int]] = []
        self._stack: list[tuple[Branch | Listing, str | None]] = []
        self._count = 0

    @property
    def wants_key(self) -> bool:
        """True when a key of a block is next."""
        return bool(self._stack) and isinstance(self._stack[-1][0], Branch) and self._stack[-1][1] is None

    @property
    def inside(self) -> Branch | Listing | None:
        """The block or list that is open."""
        return self._stack[-1][0] if self._stack else None

    def key(self, text: str) -> None:
        """Take a key."""
        self._stack[-1] = (self._stack[-1][0], text)

    def add(self, node: Node) -> None:
        """Take a value."""
        self._count += 1
        if self._count > MAX_NODES:
            raise TreeFault(f"there are more than {MAX_NODES:,} values", node.line, "Give a smaller domain.")
        if not self._stack:
            self.root = node
            return
        holder, key = self._stack[-1]
        if isinstance(holder, Listing):
            holder.items.append(node)
        else:
            assert key is not None
            if key in holder.entries:
                self._twice.append((key, node.line))
            holder.entries[key] = node
            self._stack[-1] = (holder, None)

    def open(self, node: Branch | Listing) -> None:
        """Take a block or list whose values follow."""
        if len(self._stack) >= MAX_DEPTH:
            raise TreeFault(f"values are nested more than {MAX_DEPTH} deep", node.line, "Give it with fewer levels.")
        self.add(node)
        self._stack.append((node, None))

    def tree(self) -> Tree | None:
        """Return the whole tree; None where there was nothing."""
        return None if self.root is None else Tree(self.root, tuple(self._twice))

    def close(self) -> Node:
        """End the block or list that is open, and return it."""
        return self._stack.pop()[0]


def number_of(node: Node | None, found: Findings, file: str, where: str, what: str) -> Fraction | None:
    """Return the number that a value holds, or note a fault and return None."""
    line = f" (line {node.line})" if node is not None else ""
    how = "Write it as digits with a point, such as 0.25."
    if not isinstance(node, Leaf) or node.kind == "nothing":
        found.fault(file, f"{where}{line}", f"{what}: no number stands here", how)
        return None
    try:
        return exact(node.text)
    except NotANumber as error:
        found.fault(file, f"{where}{line}", f"{what}: {error}", how)
        return None
