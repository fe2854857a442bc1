"""Documents as people have them, as articles: plain text, Markdown, web pages, PDF and Word files.

The text of an article is what a case stores as its source.  Saved as ``.md`` or ``.txt`` and opened again it gives the
same text and the same lines, so that every offset stays right.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from zopa.reading.articles import Article, Line
from zopa.reading.document_faults import DocumentFault, shown
from zopa.reading.encodings import clean, decode
from zopa.reading.lines import offered_date, split_lines
from zopa.reading.markdown_text import plain_markdown
from zopa.reading.wrapping import unwrap

LARGEST_FILE: Final = 20_000_000
LONGEST_TEXT: Final = 2_000_000

_ROUNDS: Final = 8
_PDF: Final = b"%PDF-"
_ZIP: Final = b"PK\x03\x04"
_CONVERT: Final = "open it in a word processor and save it as DOCX or as plain text"
_OTHER_STARTS: Final = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is a Word document of the old kind (.doc), or one with a password"),
    (b"{\\rtf", "this is a document in Rich Text Format"),
)
_OTHER_NAMES: Final = {
    ".mht": "this is a web archive",
    ".mhtml": "this is a web archive",
    ".webarchive": "this is a web archive",
    ".pdf": "the file is named PDF but is none, or it is broken",
    ".docx": "the file is named DOCX but is none, or it is broken",
}
_OTHER_ARCHIVES: Final = (
    ("content.xml", "this is an OpenDocument file"),
    ("xl/workbook.xml", "this is a spreadsheet"),
    ("ppt/presentation.xml", "this is a presentation"),
    ("META-INF/container.xml", "this is an e-book"),
)
_MARKUP: Final = ("<!doctype html", "<html", "<head", "<body")
_MARKUP_NAMES: Final = frozenset({".html", ".htm", ".xhtml"})


@dataclass(frozen=True)
class _Content:
    text: str
    title: str | None = None
    dated: date | None = None


def open_article(path: Path, note: Callable[[str], object] | None = None) -> Article:
    """Read a file as an article.

    What the file is, its first bytes tell, and its suffix only where they leave it open.

    Parameters
    ----------
    path
        A text, Markdown, HTML, PDF or DOCX file.
    note
        Called with a line for the person who reads, such as that the encoding was guessed.

    Returns
    -------
    Article
        Its language is not looked at: see :func:`zopa.reading.english.refuse_other_languages`.

    Raises
    ------
    DocumentFault
        When the file is missing, no file, not readable, empty, too large, of another kind, broken, or holds no text.
    """
    file = shown(path.name)
    content = _content(_bytes_of(path, file), path.suffix.lower(), file, note)
    text = _stored(content.text, file)
    lines = split_lines(text)
    return Article(file, text, lines, content.title or _title_of(text, lines), content.dated or offered_date(text))


def _bytes_of(path: Path, file: str) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise DocumentFault(file, "this is a folder", "name the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise DocumentFault(file, "this is not a file", "save the text to a file first")
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)  # no more, even if the file grows meanwhile
    except FileNotFoundError as error:
        raise DocumentFault(file, "there is no such file", "check its name and folder") from error
    except PermissionError as error:
        raise DocumentFault(file, "the file may not be read", "ask its owner for the right to read it, or copy it") from error
    except OSError as error:
        raise DocumentFault(file, f"the file cannot be read ({error.strerror})", "copy it to another place") from error
    if not data:
        raise DocumentFault(file, "the file is empty", "check that it was saved or downloaded whole")
    if len(data) > LARGEST_FILE:
        raise DocumentFault(
            file, f"the file is larger than {LARGEST_FILE:,} bytes", "copy the part that matters to a file of its own"
        )
    return data


def _content(data: bytes, suffix: str, file: str, note: Callable[[str], object] | None) -> _Content:
    start = _start(data)
    if start.startswith(_PDF) or (suffix == ".pdf" and _PDF in data[:1024]):
        from zopa.reading.pdf_text import pdf_text

        return _Content(pdf_text(data, file))
    if start.startswith(_ZIP):
        from zopa.reading.docx_text import word_text

        _refuse_other_archives(data, file)
        word = word_text(data, file)
        return _Content(word.text, word.title)
    _refuse_other_kinds(start, suffix, file)
    markup = suffix in _MARKUP_NAMES or _is_markup(data[:1000].decode("latin-1"))
    decoded = decode(data, file, markup=markup)
    if decoded.guessed and note is not None:
        note(f"{file}: read as {decoded.encoding}, guessed from its letters")
    if not markup and not _is_markup(decoded.text):
        return _Content(decoded.text)
    from zopa.reading.html_text import page_text

    page = page_text(clean(decoded.text, file), file)
    return _Content(page.text, page.title, page.dated)


def _start(data: bytes) -> bytes:
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")


def _is_markup(text: str) -> bool:
    start = text[:1000].lstrip("\ufeff \t\r\n").lower()
    return start.startswith(_MARKUP) or (start.startswith("<?xml") and "<html" in start)


def _refuse_other_archives(data: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentFault(
            file, "the document is broken", "get it again, or save it again from the program it comes from"
        ) from error
    if "word/document.xml" in names:
        return
    for name, kind in _OTHER_ARCHIVES:
        if name in names:
            raise DocumentFault(file, kind, _CONVERT)
    raise DocumentFault(file, "this is an archive without a Word document in it", "unpack it and name the file inside")


def _refuse_other_kinds(start: bytes, suffix: str, file: str) -> None:
    for mark, kind in _OTHER_STARTS:
        if start.startswith(mark):
            raise DocumentFault(file, kind, _CONVERT)
    if suffix in _OTHER_NAMES:
        remedy = "save the page as HTML" if "web" in _OTHER_NAMES[suffix] else "get it again from where it comes from"
        raise DocumentFault(file, _OTHER_NAMES[suffix], remedy)


def _stored(text: str, file: str) -> str:
    """Return the text that is kept: a form that reading it again does not change."""
    text = clean(text, file)
    if len(text) > LONGEST_TEXT:
        limit = f"the text is longer than {LONGEST_TEXT:,} characters"
        raise DocumentFault(file, limit, "copy the part that matters to a file of its own")
    if not any(map(str.isalnum, text)):
        raise DocumentFault(file, "the file holds no words", "check that it was saved or downloaded whole")
    for _ in range(_ROUNDS):
        before, text = text, clean(unwrap(plain_markdown(text)), file)
        if text == before:
            break
    else:
        raise DocumentFault(file, "its marks of Markdown stand inside one another too deeply", "save it as plain text")
    start = _start(text[:64].encode("utf-8"))
    others = (_PDF, _ZIP, *(mark for mark, _ in _OTHER_STARTS))
    if start.startswith(others) or _is_markup(text) or not any(map(str.isalnum, text)):
        raise DocumentFault(file, "what it holds is no article", "copy the article and save it as plain text")
    return text


def _title_of(text: str, lines: tuple[Line, ...]) -> str | None:
    """Return the first heading above the text."""
    for line in lines:
        if line.kind == "heading":
            return line.span.of(text).strip().lstrip("#").strip() or None
        if line.kind == "text":
            return None
    return None
