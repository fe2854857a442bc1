"""Text of Word documents."""

from __future__ import annotations

import io
import struct
import zipfile

import docx
import pytest

from tests.reading.files import docx_of, run
from zopa.reading.document_faults import DocumentFault
from zopa.reading.docx_text import word_text


def blocks(data: bytes) -> list[str]:
    return word_text(data, "a.docx").text.split("\n\n")


def test_a_document_of_all_parts() -> None:
    made = docx.Document()
    made.core_properties.title = "Quay  Talks"
    made.add_heading("Quay Talks", 0)
    made.add_heading("What next", 2)
    made.add_paragraph("The board wants a lease\tof thirty years.")
    made.add_paragraph("higher pay", style="List Bullet")
    made.add_paragraph("The quay in May", style="Caption")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Rent"
    table.cell(0, 1).text = "It rises each year."
    made.add_paragraph("The town is against it.")
    out = io.BytesIO()
    made.save(out)
    read = word_text(out.getvalue(), "a.docx")
    assert read.title == "Quay Talks"
    assert read.text.split("\n\n") == [
        "# Quay Talks",
        "## What next",
        "The board wants a lease of thirty years.",
        "- higher pay",
        "Caption: The quay in May",
        "Rent",
        "It rises each year.",
        "The town is against it.",
    ]


def test_insertions_are_read_and_deletions_and_hidden_words_are_not() -> None:
    body = (
        f"<w:p>{run('The board wants ')}<w:del><w:r><w:delText>twenty</w:delText></w:r></w:del>"
        f"<w:ins>{run('thirty')}</w:ins><w:moveFrom>{run(' no')}</w:moveFrom>{run(' years.')}"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Record that it agrees.</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t xml:space="preserve"> Soon.</w:t></w:r></w:p>'
    )
    assert blocks(docx_of(body)) == ["The board wants thirty years. Soon."]


def test_links_controls_and_boxes_are_read_once() -> None:
    body = (
        f"<w:sdt><w:sdtContent><w:p>{run('In a control.')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:hyperlink>{run('A link')}</w:hyperlink>{run(' and a')}<w:r><w:br/></w:r>{run('break.')}"
        f"<w:r><w:pict><w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    assert blocks(docx_of(body)) == ["In a control.", "A link and a break.", "In a box."]


def test_footnotes_follow_the_text() -> None:
    notes = f"<w:footnote><w:p>{run('Rent is paid each quarter.')}</w:p></w:footnote>"
    assert blocks(docx_of(f"<w:p>{run('The lease ends.')}</w:p>", notes=notes)) == [
        "The lease ends.",
        "Rent is paid each quarter.",
    ]


def fault(data: bytes) -> DocumentFault:
    with pytest.raises(DocumentFault) as caught:
        word_text(data, "a.docx")
    return caught.value


PLAIN = f"<w:p>{run('The lease ends.')}</w:p>"


def test_a_bomb_is_refused_by_what_it_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zopa.reading.docx_text.LARGEST_CONTENT", 100_000)
    assert "larger than 100,000 bytes once unpacked" in fault(docx_of(PLAIN, extra={"word/big.xml": b" " * 200_000})).message


def test_a_bomb_that_declares_little_is_never_unpacked() -> None:
    data = docx_of(PLAIN, extra={"word/big.xml": b" " * 3_000_000})
    # Both places that declare the size of the part say 10 bytes now.
    lying = data.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 10))
    assert lying != data
    assert fault(lying).message == "the document is broken"


def test_pictures_are_left_out_of_the_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zopa.reading.docx_text.LARGEST_CONTENT", 100_000)
    assert blocks(docx_of(PLAIN, extra={"word/media/a.png": b" " * 200_000})) == ["The lease ends."]


def test_too_many_parts_are_refused() -> None:
    assert "larger" in fault(docx_of(PLAIN, extra={f"word/{number}.png": b"" for number in range(5_001)})).message


def test_entities_are_refused() -> None:
    head = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    assert "entities" in fault(docx_of(f"<w:p>{run('&c;')}</w:p>", head=head)).message


def test_what_is_broken_is_named() -> None:
    whole = docx_of(PLAIN)
    assert fault(whole[: len(whole) // 2]).message == "the document is broken"
    assert fault(docx_of("<w:p>")).message == "this is not a Word document, or it is broken"
    assert fault(docx_of("")).message == "the document holds no text"
    assert fault(docx_of(PLAIN, notes="<w:p>")).message == "this is not a Word document, or it is broken"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    assert fault(out.getvalue()).message == "this is not a Word document, or it is broken"


def test_an_encrypted_archive_is_named() -> None:
    data = bytearray(docx_of(PLAIN))
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    assert fault(bytes(data)).message == "the document is encrypted"


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(docx_of(PLAIN, extra={"word/documenX.xml": b"<a/>"}))
    twice = out.getvalue().replace(b"word/documenX.xml", b"word/document.xml")
    assert fault(twice).message == "the document holds two parts of one name"
