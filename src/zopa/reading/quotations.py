"""Quotations: which characters of a line stand in quotation marks, also where a quotation runs over several lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zopa.reading.articles import Line, Span

_OPENING = "“„«"
_CLOSING = "”»"
MOST = 200  # quotations of a line; a line with more is no prose
_DOUBLED = ("''", "``")  # typewriters and wire services write two single marks


@dataclass(frozen=True)
class Quotation:
    """Words in quotation marks on one line.

    Attributes
    ----------
    outer
        With its marks.
    inner
        Without its marks and without blanks at both ends.
    closed
        False where the line ends first: newspapers open every paragraph of a long quotation and close only the last.
    """

    outer: Span
    inner: Span
    closed: bool


def quotations(text: str, line: Line) -> tuple[Quotation, ...]:
    """Return the quotations of a line in order.

    Straight double marks alternate between opening and closing; where that would leave one open in the middle, a mark
    before a letter opens and a mark after a letter closes. Two single marks count as a double one. Single
    marks are not taken as quotations: they are apostrophes far more often.

    Parameters
    ----------
    text
        The article's text.
    line
        One of its lines.
    """
    found: list[Quotation] = []
    start: int | None = None
    opened_by = 1
    place = line.span.start
    while place < line.span.end:
        letter = text[place]
        width = 2 if text[place : min(place + 2, line.span.end)] in _DOUBLED else 1
        opens, closes = letter in _OPENING or text[place : place + width] == "``", letter in _CLOSING
        if letter == '"' or (width == 2 and not opens):
            before = text[place - 1] if place > line.span.start else " "
            after = text[place + width] if place + width < line.span.end else " "
            # An opening mark stands after a blank or a bracket; a closing one after a word or a stop.
            opens = start is None and (before.isspace() or before in "([—–-" or not after.isspace())
            closes = not opens
        if opens:
            if start is None:
                start, opened_by = place, width
        elif closes and start is not None:
            _keep(found, text, Span(start, place + width), (opened_by, width))
            start = None
        place += width
    if start is not None:
        _keep(found, text, Span(start, line.span.end), (opened_by, 0))
    return tuple(found) if len(found) <= MOST else ()


def _keep(found: list[Quotation], text: str, outer: Span, widths: tuple[int, int]) -> None:
    start, end = outer.start + widths[0], outer.end - widths[1]
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Quotation(outer, Span(start, end), widths[1] > 0))


def covering(found: Sequence[Quotation], place: int) -> Quotation | None:
    """Return the quotation that holds a character, if one does."""
    for one in found:
        if one.outer.start <= place < one.outer.end:
            return one
    return None
