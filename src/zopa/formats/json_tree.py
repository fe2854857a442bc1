"""JSON to a tree with lines, read strictly (RFC 8259) and without recursion."""

from __future__ import annotations

import json
import re
from typing import Final

from zopa.formats.tree import Branch, Builder, Leaf, Listing, Tree, TreeFault

_TOKEN: Final = re.compile(
    r"""(?P<blank>[ \t\n\r]+)
    |(?P<text>"(?:[^"\\\x00-\x1f]|\\.)*")
    |(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)
    |(?P<word>-?[A-Za-z]+)
    |(?P<sign>[\[\]{},:])""",
    re.VERBOSE,
)
_HOW: Final = "Open it in an editor that knows JSON and mend it."


def parse_json(data: bytes) -> Tree:
    """Return the tree of a JSON file.

    Parameters
    ----------
    data : bytes
        The whole file, in UTF-8, UTF-16 or UTF-32.

    Raises
    ------
    TreeFault
        When it is no JSON, or nested too deeply.
    """
    try:
        text = data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise TreeFault("it is not UTF-8 text", 1, "Save it as UTF-8.") from None
    builder, expects = Builder(), "value"
    position, line = 0, 1
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _fault(f"{text[position]!r} cannot stand here", line)
        kind, words = match.lastgroup or "", match.group()
        if kind != "blank":
            if builder.root is not None and builder.inside is None:
                raise _fault("something follows behind the end", line)
            expects = _take(builder, expects, kind, words, line)
        line += words.count("\n")
        position = match.end()
    found = builder.tree()
    if found is None:
        raise _fault("it is empty", 1)
    if builder.inside is not None:
        raise _fault("it ends before its last bracket is closed", line)
    return found


def _take(builder: Builder, expects: str, kind: str, words: str, line: int) -> str:
    """Take one part, and return what may come next: value, key, first key, first value, colon or comma."""
    if words in {"}", "]"} and kind == "sign":
        fits = Branch if words == "}" else Listing
        if not isinstance(builder.inside, fits) or expects not in {"comma", "first key", "first value"}:
            raise _fault(f"{words} cannot stand here", line)
        builder.close()
        return "comma"
    if expects in {"comma", "colon"}:
        if words != ("," if expects == "comma" else ":") or kind != "sign":
            raise _fault(f"a {expects} is missing", line)
        return "key" if expects == "comma" and isinstance(builder.inside, Branch) else "value"
    if expects in {"key", "first key"}:
        if kind != "text":
            raise _fault("a key in quotation marks is missing", line)
        builder.key(_string(words, line))
        return "colon"
    if kind == "sign":
        if words == "{":
            builder.open(Branch(line))
            return "first key"
        if words == "[":
            builder.open(Listing(line))
            return "first value"
        raise _fault(f"a value is missing before {words}", line)
    builder.add(_leaf(kind, words, line))
    return "comma"


def _leaf(kind: str, words: str, line: int) -> Leaf:
    if kind == "text":
        return Leaf(_string(words, line), "text", line)
    if kind == "number":
        return Leaf(words, "number", line)
    if words == "null":
        return Leaf(words, "nothing", line)
    if words in {"true", "false", "NaN", "Infinity", "-Infinity"}:
        return Leaf(words, "word", line)  # no number, but programs write them for one
    raise _fault(f"the word {words[:20]} is not known", line)


def _string(words: str, line: int) -> str:
    try:
        text = json.loads(words)
    except ValueError:
        raise _fault("a backslash in a text cannot be read", line) from None
    assert isinstance(text, str)
    return text


def _fault(what: str, line: int) -> TreeFault:
    return TreeFault(f"it is no JSON: {what}", line, _HOW)
