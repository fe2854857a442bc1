"""The text of a PDF: lines put together into paragraphs, without the headers and footers that come back on every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from zopa.reading.document_faults import DocumentFault
from zopa.reading.lines import ends_sentence, starts_item

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped]

MOST_PAGES: Final = 3_000
MOST_CHARACTERS: Final = 2_000_000
EDGE_LINES: Final = 3

_HYPHENS: Final = "-\u2010\xad"
_TORN: Final = "\x02\ufffe"  # how the library marks a hyphen at the end of a line, and the end with it
_PASSWORD: Final = 4
_PAGE_NUMBER: Final = re.compile(
    r"(?:page\s)?[-–—(\[]?\s?(?:\d{1,4}|[ivxl]{1,6})\s?[-–—)\]]?(?:\s?(?:of|/)\s?\d{1,4})?", re.IGNORECASE
)
_FIGURES: Final = re.compile(r"\d+")


@dataclass(frozen=True)
class PrintedLine:
    """One line as it stands on a page.

    Attributes
    ----------
    text
        Its words, without blanks at both ends.
    page
        Page counted from 1.
    left, right, bottom
        Where its first and last sign stand, in points from the lower left corner.
    size
        Size of its letters in points.
    edge
        Place among the lines of the page from the top (1, 2, …) or from the bottom (-1, -2, …), whichever is nearer; 0 for
        lines in the middle.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    size: float
    edge: int = 0


def pdf_text(data: bytes, file: str) -> str:
    """Return the text of a PDF, with a blank line between paragraphs.

    Parameters
    ----------
    data
        All bytes of the file.
    file
        Short name, for messages.

    Raises
    ------
    DocumentFault
        For a file that is broken, needs a password, holds no text (a scan), or is too long.
    """
    text = "\n\n".join(paragraphs(body_lines(_printed_lines(data, file))))
    if not any(map(str.isalnum, text)):
        raise DocumentFault(
            file, "the PDF holds no text, so that it is probably a scan", "run text recognition (OCR) on it first"
        )
    return text


def _printed_lines(data: bytes, file: str) -> list[PrintedLine]:
    """Read page after page; of each only its lines are kept."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise DocumentFault(file, "the PDF needs a password", "open it with its password and save it without one") from error
        raise DocumentFault(file, "the PDF is broken", "open it in a viewer and print it to a new PDF") from error
    try:
        return _all_lines(document, file)
    finally:
        document.close()


def _all_lines(document: PdfDocument, file: str) -> list[PrintedLine]:
    import pypdfium2

    if len(document) > MOST_PAGES:
        raise DocumentFault(file, f"the PDF has more than {MOST_PAGES:,} pages", "print the pages that matter to a new PDF")
    lines: list[PrintedLine] = []
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            try:
                found = list(_lines_of(page, number + 1))
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            remedy = "open it in a viewer and print it to a new PDF"
            raise DocumentFault(file, f"page {number + 1} of the PDF is broken", remedy) from error
        characters += sum(len(line.text) + 1 for line in found)
        if characters > MOST_CHARACTERS:
            limit = f"the PDF holds more than {MOST_CHARACTERS:,} characters"
            raise DocumentFault(file, limit, "print the pages that matter to a new PDF")
        lines += _with_edges(found)
    return lines


def _lines_of(page: PdfPage, number: int) -> Iterator[PrintedLine]:
    from pypdfium2 import raw

    words = page.get_textpage()
    try:
        signs: list[str] = []
        first = last = -1
        count = words.count_chars()
        for index in range(count + 1):
            sign = chr(raw.FPDFText_GetUnicode(words, index)) if index < count else "\n"
            if sign in _TORN:
                signs.append("-")
            elif sign not in "\r\n":
                signs.append(sign)
                if not sign.isspace():
                    first, last = (index if first < 0 else first), index
                continue
            if first >= 0:
                text = _text_of(signs)
                if text:
                    left, bottom, _, _ = words.get_charbox(first, loose=True)
                    _, _, right, _ = words.get_charbox(last, loose=True)
                    yield PrintedLine(text, number, left, right, bottom, raw.FPDFText_GetFontSize(words, first))
            signs, first = [], -1
    finally:
        words.close()


def _text_of(signs: list[str]) -> str:
    """Return the words of a line; signs that need two halves arrive as halves, and lost ones as zeros."""
    joined = "".join(signs).replace("\0", "")
    return " ".join(joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore").split())


def _with_edges(lines: list[PrintedLine]) -> Iterator[PrintedLine]:
    for index, line in enumerate(lines):
        top, bottom = index + 1, index - len(lines)
        edge = top if top <= -bottom else bottom
        yield replace(line, edge=edge) if abs(edge) <= EDGE_LINES else line


def body_lines(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Return the lines without page numbers and without headers and footers.

    A header or footer is one of the three first or last lines of a page that stands at the same place on at least three
    pages, or on both of two, and on at least one page in three, figures in it aside.
    """
    pages = len({line.page for line in lines})
    if pages < 2:
        return lines
    often = Counter(key for _, key in {(line.page, _key(line)) for line in lines if line.edge})
    least = max(min(pages, 3), pages / 3)
    return [
        line
        for line in lines
        if not (line.edge and often[_key(line)] >= least)
        and not (abs(line.edge) == 1 and _PAGE_NUMBER.fullmatch(line.text) is not None)
    ]


def _key(line: PrintedLine) -> tuple[str, int]:
    # Pages that mirror each other move a header sideways, never up or down by more than its own height.
    return _FIGURES.sub("#", line.text), line.edge


def paragraphs(lines: list[PrintedLine]) -> Iterator[str]:
    """Yield the paragraphs that the lines of pages make up.

    A new paragraph begins after a gap, at another size of letters, at an indent, at an item of a list, or after a line that
    ends a sentence well before the right margin.  A word torn by a hyphen is joined where it goes on in lower case.
    """
    if not lines:
        return
    pitches = [above.bottom - below.bottom for above, below in pairwise(lines) if above.page == below.page]
    pitch = median([one for one in pitches if one > 0] or [1.0])
    margins = _margins(lines)
    pieces = [lines[0].text]
    for above, below in pairwise(lines):
        if not _goes_on(above, below, pitch, margins):
            yield "".join(pieces)
            pieces = [below.text]
        elif _is_torn_word(above.text, below.text):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(below.text)
        else:
            pieces += [" ", below.text]
    yield "".join(pieces)


def _margins(lines: list[PrintedLine]) -> dict[int, float]:
    margins: dict[int, float] = {}
    for line in lines:
        margins[line.page] = max(margins.get(line.page, 0.0), line.right)
    return margins


def _goes_on(above: PrintedLine, below: PrintedLine, pitch: float, margins: dict[int, float]) -> bool:
    if abs(above.size - below.size) > 0.1 * max(above.size, below.size) or starts_item(below.text):
        return False
    torn = not ends_sentence(above.text)
    drop = above.bottom - below.bottom
    if above.page != below.page or drop < 0:
        return torn and below.text[0].islower()  # over a page or a column only where the sentence itself goes on
    if drop > 1.4 * pitch:
        return False
    if below.left - above.left > below.size and not torn:
        return False
    short = above.right < above.left + 0.8 * (margins[above.page] - above.left)
    return not short or (torn and below.text[0].islower())


def _is_torn_word(above: str, below: str) -> bool:
    return len(above) > 1 and above[-1] in _HYPHENS and above[-2].isalpha() and below[0].islower()
