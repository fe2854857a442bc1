"""YAML to a tree with lines, from the events of the parser: tags are refused, aliases never expand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zopa.formats.tree import Branch, Builder, Leaf, Listing, Node, Tree, TreeFault

if TYPE_CHECKING:
    from ruamel.yaml.events import Event

_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_WORDS: Final = frozenset({"true", "false", "True", "False", "TRUE", "FALSE", ".nan", ".NaN", ".NAN"})


def parse_yaml(data: bytes) -> Tree:
    """Return the tree of a YAML file.

    Parameters
    ----------
    data : bytes
        The whole file, in UTF-8.

    Raises
    ------
    TreeFault
        When it is no YAML, has tags (``!…``), several documents or no text keys, or is nested too deeply.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TreeFault("it is not UTF-8 text", 1, "Save it as UTF-8.") from None
    reader = _Reader()
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            reader.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        words = " ".join(str(error.problem or error.context or "").split())[:120]
        raise TreeFault(f"it is no YAML: {words}", mark.line + 1 if mark else 1, "Compare its indentation.") from None
    except TreeFault:
        raise
    except (YAMLError, ValueError, RecursionError, KeyError, AssertionError, IndexError, TypeError, AttributeError) as error:
        # The parser raises plain exceptions on some malformed files; none may reach the user.
        words = " ".join(str(error).split())[:120]
        raise TreeFault(f"it is no YAML: {words}", 1, "Save it as plain YAML text.") from None
    found = reader.builder.tree()
    if found is None:
        raise TreeFault("it is empty", 1, "Name a file with content.")
    return found


class _Reader:
    def __init__(self) -> None:
        self.builder = Builder()
        self.named: dict[str, Node] = {}
        self.open_names: list[str | None] = []
        self.documents = 0

    def take(self, event: Event) -> None:
        """Take one event of the parser."""
        from ruamel.yaml import events

        line = event.start_mark.line + 1
        if isinstance(event, events.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise TreeFault("it holds several documents", line, "Keep one; remove the line with three dashes.")
        elif isinstance(event, events.AliasEvent):
            self._alias(event.anchor, line)
        elif isinstance(event, events.ScalarEvent):
            _no_tag(event, line)
            leaf = _leaf(event, line)
            self._name(event.anchor, leaf)
            if self.builder.wants_key:
                self.builder.key(leaf.text)
            else:
                self.builder.add(leaf)
        elif isinstance(event, events.MappingStartEvent | events.SequenceStartEvent):
            _no_tag(event, line)
            if self.builder.wants_key:
                raise TreeFault("a list or block is used as a key", line, "Write keys as single words or numbers.")
            self.builder.open(Branch(line) if isinstance(event, events.MappingStartEvent) else Listing(line))
            self.open_names.append(event.anchor)
        elif isinstance(event, events.MappingEndEvent | events.SequenceEndEvent):
            self._name(self.open_names.pop(), self.builder.close())

    def _name(self, anchor: str | None, node: Node) -> None:
        if anchor is not None:
            self.named[anchor] = node

    def _alias(self, anchor: str, line: int) -> None:
        """Put what an alias stands for: the very same node, so that nothing grows."""
        node = self.named.get(anchor)
        if node is None:
            raise TreeFault(f"the alias *{anchor[:20]} stands for nothing that is complete", line, "Write the value out.")
        if self.builder.wants_key:
            if not isinstance(node, Leaf):
                raise TreeFault("a list or block is used as a key", line, "Write keys as single words or numbers.")
            self.builder.key(node.text)
        else:
            self.builder.add(node)


def _no_tag(event: object, line: int) -> None:
    if getattr(event, "tag", None) is not None or getattr(event, "ctag", None) is not None:
        raise TreeFault("it has a tag (!), which could call for a program and is not read", line, "Remove the tag.")


def _leaf(event: object, line: int) -> Leaf:
    text = str(getattr(event, "value", ""))
    if getattr(event, "style", None) is not None:
        return Leaf(text, "text", line)
    if text in _NOTHING:
        return Leaf(text, "nothing", line)
    if text in _WORDS:
        return Leaf(text, "word", line)
    return Leaf(text, "number" if text[:1] in "+-.0123456789" else "text", line)
