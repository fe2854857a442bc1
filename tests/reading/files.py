"""PDF and Word files made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

PAGE_TOP = 760
_ESCAPES = {ord(sign): f"\\{sign}" for sign in "()\\"}


def pdf_of(pages: Sequence[Sequence[tuple[float, float, str]]], *, size: float = 11, locked: bool = False) -> bytes:
    """Return a PDF with lines of text at (x, y) in points; locked, it names a password that is not the empty one."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>")
    for index, page in enumerate(pages):
        shown = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text.translate(_ESCAPES)}) Tj ET\n" for x, y, text in page
        ).encode("cp1252")
        resources = "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 612 792]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {resources} /Contents {5 + 2 * index} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
    trailer = f"/Size {len(objects) + 1} /Root 1 0 R"
    if locked:
        word = "00" * 32
        trailer += f" /ID [<{'01' * 16}> <{'01' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{word}> /U <{word}> >>"
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    places.append(len(out))
    table = "".join(f"{place:010d} 00000 n \n" for place in places[:-1])
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer\n<< {trailer} >>\nstartxref\n{places[-1]}\n%%EOF\n".encode()


def column(lines: list[str], *, left: float = 72, top: float = PAGE_TOP, pitch: float = 14) -> list[tuple[float, float, str]]:
    """Return lines one below the other; an empty one leaves a gap."""
    return [(left, top - pitch * index, line) for index, line in enumerate(lines) if line]


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_KIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS = (
    f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="r1" Type="{_KIN}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_NOTES = (
    f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="r1" Type="{_KIN}/footnotes" Target="footnotes.xml"/></Relationships>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_of(body: str, *, notes: str | None = None, head: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """Return a Word file from the markup of its body, with footnotes and further parts as given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
        if notes is not None:
            archive.writestr("word/_rels/document.xml.rels", _NOTES)
            archive.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="{WORD}">{notes}</w:footnotes>')
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def run(text: str) -> str:
    """Return the markup of a run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
