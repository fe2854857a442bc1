"""The text of a Word document (DOCX): paragraphs, headings, lists, cells of tables, footnotes; no deleted or hidden text."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zopa.reading.document_faults import DocumentFault

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element  # type: ignore[import-untyped]

LARGEST_CONTENT: Final = 50_000_000
MOST_PARTS: Final = 5_000

_SAVE_AGAIN: Final = "open it in a word processor and save it again as DOCX or as plain text"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE: Final = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
_BLANKS: Final = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}ptab"})
_OFF: Final = frozenset({"0", "false", "off"})


@dataclass(frozen=True)
class WordText:
    """What a Word document gives: its text, with a blank line between paragraphs, and the title in its properties."""

    text: str
    title: str | None


def word_text(data: bytes, file: str) -> WordText:
    """Return the text of a DOCX file.

    Tracked insertions are read, tracked deletions are not; footnotes and endnotes follow the text.  Headings begin with ``#``,
    items of lists with ``-``, captions with ``Caption:``.

    Parameters
    ----------
    data
        All bytes of the file.
    file
        Short name, for messages.

    Raises
    ------
    DocumentFault
        For a broken file, one whose content is larger than :data:`LARGEST_CONTENT` once unpacked, one that declares entities,
        or one without text.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    plain = _checked(data, file)
    try:
        blocks, title = _read(docx.Document(plain))
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise DocumentFault(file, "this is not a Word document, or it is broken", _SAVE_AGAIN) from error
    if not blocks:
        raise DocumentFault(file, "the document holds no text", "if it holds a scanned picture, run text recognition on it first")
    return WordText("\n\n".join(blocks), title)


def _read(document: Document) -> tuple[list[str], str | None]:
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    blocks = list(_paragraphs(document.element.body, styles))
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
            blocks += _paragraphs(_parsed(relation.target_part.blob), styles)
    return blocks, " ".join(document.core_properties.title.split())[:300] or None


def _checked(data: bytes, file: str) -> io.BytesIO:
    """Return the parts of the file as a plain archive, after unpacking them step by step with the limit in view.

    Sizes that an archive declares may be false, so that what comes out is counted.  Pictures and fonts are emptied.
    """
    plain = io.BytesIO()
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(plain, "w") as copy:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts if _is_text(part)) > LARGEST_CONTENT:
                raise _too_large(file)
            if len({part.filename for part in parts}) < len(parts):
                raise DocumentFault(file, "the document holds two parts of one name", _SAVE_AGAIN)
            if any(part.flag_bits & 1 for part in parts):
                raise DocumentFault(file, "the document is encrypted", "open it with its password and save it without one")
            for part in parts:
                pieces: list[bytes] = []
                if _is_text(part):
                    with archive.open(part) as stream:
                        while piece := stream.read(65_536):
                            total += len(piece)
                            if total > LARGEST_CONTENT:
                                raise _too_large(file)
                            pieces.append(piece)
                content = b"".join(pieces)
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise DocumentFault(file, "the document declares entities, which Word never does", _SAVE_AGAIN)
                copy.writestr(zipfile.ZipInfo(part.filename), content)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, UnicodeError, zlib.error) as error:
        raise DocumentFault(file, "the document is broken", _SAVE_AGAIN) from error
    plain.seek(0)
    return plain


def _is_text(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels"))


def _too_large(file: str) -> DocumentFault:
    limit = f"the document is larger than {LARGEST_CONTENT:,} bytes once unpacked"
    return DocumentFault(file, limit, "copy the part that matters into a document of its own")


def _parsed(blob: bytes) -> _Element:
    from lxml import etree  # type: ignore[import-untyped]

    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _paragraphs(root: _Element, styles: dict[str, str]) -> Iterator[str]:
    """Yield every paragraph with words, in the order of the document; a box of text inside a paragraph comes after it."""
    for paragraph in root.iter(f"{_W}p"):
        if any(above.tag in _GONE for above in paragraph.iterancestors()):
            continue
        words = " ".join("".join(_words(paragraph)).split())
        if words:
            yield _mark(paragraph, styles, words) + words


def _words(paragraph: _Element) -> Iterator[str]:
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in _GONE or element.tag == f"{_W}p":
            continue
        if element.tag == f"{_W}r" and _is_hidden(element):
            continue
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif element.tag in _BLANKS:
            yield " "
        if element.tag != f"{_W}pPr":
            stack.extend(reversed(element))


def _is_hidden(run: _Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val", "1") not in _OFF


def _mark(paragraph: _Element, styles: dict[str, str], words: str) -> str:
    used = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(used.get(f"{_W}val", ""), "") if used is not None else ""
    if name == "title":
        return "# "
    if name.startswith("heading "):
        depth = name.removeprefix("heading ")
        return "#" * min(6, int(depth)) + " " if depth in "123456789" else "## "
    if name == "caption" and not words.lower().startswith("caption"):
        return "Caption: "
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return "- " if numbered or name.startswith("list ") else ""
