"""Nodes of a case file: values as written, each with its line, its column and its place in the text.

Nothing is converted: ``no`` stays a word and ``0.29`` stays exact.  The offsets are what saving by
splicing needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Node:
    """Base of the three kinds of node; ``start`` and ``end`` are offsets in the text.

    A ``refused`` node has a fault of its own already: whoever reads it takes it as missing and says nothing.
    """

    path: str
    line: int
    column: int
    start: int
    end: int
    refused: bool = False


@dataclass(slots=True)
class Scalar(Node):
    """A single value as written, without interpretation."""

    text: str = ""
    plain: bool = True

    @property
    def empty(self) -> bool:
        """True when nothing (YAML's null, or only blanks in quotation marks) stands there."""
        return not self.text.strip() or (self.plain and self.text in {"~", "null", "Null", "NULL"})


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


def join_path(base: str, part: str | int) -> str:
    """Return the dotted path of a part; the root has the empty path."""
    return f"{base}.{part}" if base else str(part)


def children(node: Node) -> list[Node]:
    """Return the values inside a node, in file order."""
    if isinstance(node, Mapping):
        return [value for _, value in node.entries.values()]
    return list(node.items) if isinstance(node, Sequence) else []
