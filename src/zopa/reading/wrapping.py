"""Hard-wrapped text as paragraphs: lines torn at a column are joined, every other text stays as it is."""

from __future__ import annotations

import re
from typing import Final

from zopa.reading.lines import ends_sentence, starts_item

NARROWEST: Final = 40
WIDEST: Final = 100
LEAST_TORN: Final = 2
TORN_SHARE: Final = 0.4

_ROUNDS: Final = 8
_WORD: Final = re.compile(r"\S+")


def unwrap(text: str) -> str:
    r"""Return a text with the lines of each paragraph joined where the text is hard-wrapped, else unchanged.

    A line is torn when it has 40 to 100 characters, does not end a sentence, and the next one goes on in lower case.  A text
    is hard-wrapped when at least two lines are torn and they are at least two in five of all lines followed by another.  In
    such a text a line is joined to the next when it is torn, or when the first word of the next would not have fitted into
    the widest torn line; that is how editors and mail programs break lines.  Lines that open an item are never joined to the
    line above.

    Applied twice it gives the same text.

    Parameters
    ----------
    text
        Any text; lines end with ``\n``.
    """
    joined = text
    for _ in range(_ROUNDS):
        before, joined = joined, _joined(joined)
        if joined == before:
            return joined
    return text  # no writer of text makes this; left alone, it stays the same however often it is read


def _joined(text: str) -> str:
    lines = text.split("\n")
    pairs = [
        index
        for index in range(len(lines) - 1)
        if lines[index].strip()
        and lines[index + 1].strip()
        and not lines[index].lstrip().startswith(("#", "|"))
        and not starts_item(lines[index + 1].lstrip())
    ]
    torn = {index for index in pairs if _is_torn(lines[index], lines[index + 1])}
    if len(torn) < LEAST_TORN or len(torn) < TORN_SHARE * len(pairs):
        return text
    width = max(len(lines[index].rstrip()) for index in torn)
    whole = set(pairs)
    paragraphs = [[lines[0]]]
    for index, line in enumerate(lines[1:]):
        if index in torn or (index in whole and _is_full(lines[index], line, width)):
            paragraphs[-1][-1] = paragraphs[-1][-1].rstrip()
            paragraphs[-1].append(line.lstrip())
        else:
            paragraphs.append([line])
    return "\n".join(" ".join(pieces) for pieces in paragraphs)


def _is_torn(line: str, after: str) -> bool:
    return NARROWEST <= len(line.rstrip()) <= WIDEST and not ends_sentence(line) and after.lstrip()[0].islower()


def _is_full(line: str, after: str, width: int) -> bool:
    """Return whether the first word of the next line would not have fitted into this one."""
    word = _WORD.search(after)
    assert word is not None
    length = len(line.rstrip())
    return length <= WIDEST and length + 1 + len(word.group()) > width
