"""Where a character of a value stands in the file.

YAML folds lines, strips indentation and resolves escapes, so that the tenth character of a value is not
the tenth one behind its start.  Both are walked through side by side: blanks may differ in number, every
other character must come in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_ESCAPES: Final = {
    **dict(zip("0abtnvfre", "\0\a\b\t\n\v\f\r\x1b", strict=True)),
    **{"\t": "\t", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"},
}
_CODES: Final = {"x": 2, "u": 4, "U": 8}


def spot(raw: str, value: str, offset: int) -> int:
    """Return where in the text of a scalar a character of its value stands.

    Parameters
    ----------
    raw : str
        The scalar as the file writes it, quotation marks or ``|`` and ``>`` included.
    value : str
        What YAML makes of it.
    offset : int
        Number of a character of the value; one past the last stands for its end.

    Returns
    -------
    int
        Offset in ``raw``; 0 when the two do not belong together.
    """
    units = list(_units(raw))
    index, found = 0, 0
    for number, wanted in enumerate(value[: offset + 1]):
        if wanted.isspace():
            found = units[index][1] if index < len(units) else len(raw)
            if index < len(units) and units[index][0].isspace():
                index += 1
        else:
            while index < len(units) and units[index][0] != wanted and units[index][0].isspace():
                index += 1
            if index == len(units) or units[index][0] != wanted:
                return 0
            found = units[index][1]
            index += 1
        if number == offset:
            return found
    return found + 1 if value else 0


def _units(raw: str) -> Iterator[tuple[str, int]]:
    """Yield the characters of a scalar with the offset at which each is written."""
    style = raw[:1]
    if style in {"|", ">"}:
        start = raw.find("\n") + 1
        yield from ((raw[at], at) for at in range(start or len(raw), len(raw)))
        return
    quoted = style in {"'", '"'}
    at, end = (1, len(raw) - 1) if quoted else (0, len(raw))
    while at < end:
        character, width = raw[at], 1
        if style == "'" and raw.startswith("''", at):
            width = 2
        elif style == '"' and character == "\\":
            character, width = _escaped(raw, at)
        if character:
            yield character, at
        at += width


def _escaped(raw: str, at: int) -> tuple[str, int]:
    """Return the character an escape stands for, and the length of the escape; none for a continued line."""
    letter = raw[at + 1 : at + 2]
    if letter in _CODES:
        code = raw[at + 2 : at + 2 + _CODES[letter]]
        try:
            return chr(int(code, 16)), 2 + len(code)
        except (ValueError, OverflowError):
            return "", 2
    return ("", 2) if letter == "\n" else (_ESCAPES.get(letter, letter), 2)
