"""Files of all kinds as articles."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.files import column, docx_of, pdf_of, run
from zopa.reading.articles import Article
from zopa.reading.document_faults import DocumentFault
from zopa.reading.documents import open_article

TEXT = "Quay Talks\n3 March 2025\nThe board said that it won’t sign.\n\nThe union is “open” to a café.\n"
PAGE = (
    "<!DOCTYPE html><html><head><title>Quay talks</title></head><body><article><h1>Quay talks resume</h1>"
    "<p>The harbour board said on Monday that it wants a lease of thirty years for the northern quay.</p>"
    "<p>The union of dockers rejects the plan, because it would cost forty jobs at the quay and in the town.</p>"
    "</article></body></html>"
)
SENTENCE = "The lease of the northern quay ends in spring."


def opened(folder: Path, name: str, data: bytes | str) -> Article:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return open_article(path)


def again(folder: Path, article: Article) -> None:
    """Saved as text, whatever it was, an article reads the same."""
    for name in ("stored.md", "stored.txt"):
        stored = opened(folder, name, article.text)
        assert (stored.text, stored.lines) == (article.text, article.lines)


def test_a_plain_text_stays_as_it_is(tmp_path: Path) -> None:
    article = opened(tmp_path, "talks.txt", TEXT)
    assert (article.name, article.text, article.title, article.dated) == ("talks.txt", TEXT, "Quay Talks", date(2025, 3, 3))
    assert [line.kind for line in article.lines] == ["heading", "dateline", "text", "empty", "text", "empty"]
    again(tmp_path, article)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_do_not_matter(tmp_path: Path, encoding: str, end: str) -> None:
    assert opened(tmp_path, "talks.txt", TEXT.replace("\n", end).encode(encoding)).text == TEXT


def test_a_guess_is_told(tmp_path: Path) -> None:
    path = tmp_path / "talks.txt"
    path.write_bytes(TEXT.encode("cp1252"))
    notes: list[str] = []
    open_article(path, notes.append)
    assert notes == ["talks.txt: read as cp1252, guessed from its letters"]
    path.write_bytes(TEXT.encode("utf-8"))
    open_article(path, notes.append)
    assert len(notes) == 1


def test_markdown_and_wrapped_lines(tmp_path: Path) -> None:
    marked = (
        "# Quay Talks\n\nThe **board** said that it wants a lease of [thirty](x)\nyears for the northern quay, and that it"
        " will\nnot sign.\n"
    )
    article = opened(tmp_path, "talks.md", marked)
    assert article.text == (
        "# Quay Talks\n\nThe board said that it wants a lease of thirty years for the northern quay, and that it will not sign.\n"
    )
    assert article.title == "Quay Talks"
    again(tmp_path, article)


@pytest.mark.parametrize("name", ["page.html", "page.HTM", "page", "page.txt"])
def test_pages_are_known_by_their_content(tmp_path: Path, name: str) -> None:
    article = opened(tmp_path, name, PAGE)
    assert article.text.startswith("# Quay talks resume\n\nThe harbour board said on Monday")
    assert [line.kind for line in article.lines] == ["heading", "empty", "text", "empty", "text"]
    again(tmp_path, article)


def test_pages_in_other_encodings(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">').replace("The union", "The café’s union")
    assert "The café’s union" in opened(tmp_path, "page.html", page.encode("cp1252")).text
    assert "The café’s union" in opened(tmp_path, "page", page.encode("utf-16")).text


@pytest.mark.parametrize("name", ["lease.pdf", "lease.txt", "lease"])
def test_pdfs_are_known_by_their_content(tmp_path: Path, name: str) -> None:
    article = opened(tmp_path, name, pdf_of([column(["Quay Talks", "", SENTENCE])]))
    assert article.text == f"Quay Talks\n\n{SENTENCE}"
    again(tmp_path, article)


def test_a_pdf_after_other_bytes_is_known_by_its_name(tmp_path: Path) -> None:
    assert opened(tmp_path, "lease.pdf", b"HTTP/1.1 200 OK\r\n\r\n" + pdf_of([column([SENTENCE])])).text == SENTENCE


@pytest.mark.parametrize("name", ["lease.docx", "lease"])
def test_word_files_are_known_by_their_content(tmp_path: Path, name: str) -> None:
    article = opened(tmp_path, name, docx_of(f"<w:p>{run('Quay Talks')}</w:p><w:p>{run(SENTENCE)}</w:p>"))
    assert article.text == f"Quay Talks\n\n{SENTENCE}"
    again(tmp_path, article)


def test_a_text_of_headings_only_has_nothing_that_speaks(tmp_path: Path) -> None:
    assert {line.kind for line in opened(tmp_path, "a.txt", "Quay Talks\n\nWhat Next?\n").lines} == {"heading", "empty"}


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "")
    return out.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\t\r\n", "the file holds no words"),
        ("a.txt", b"\xef\xbb\xbf", "the file holds no words"),
        ("a.txt", b"*** --- ***", "the file holds no words"),
        ("a.md", b"<!-- The board agrees. -->", "what it holds is no article"),
        ("a", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is not a text (it holds zero bytes)"),
        ("a.doc", OLD, "this is a Word document of the old kind (.doc), or one with a password"),
        ("a.docx", OLD, "this is a Word document of the old kind (.doc), or one with a password"),
        ("a.txt", b"{\\rtf1 The board agrees.}", "this is a document in Rich Text Format"),
        ("a.odt", archive("mimetype", "content.xml"), "this is an OpenDocument file"),
        ("a.xlsx", archive("xl/workbook.xml"), "this is a spreadsheet"),
        ("a.zip", archive("talks.txt"), "this is an archive without a Word document in it"),
        ("a.docx", b"PK\x03\x04 and no more", "the document is broken"),
        ("a.docx", b"The board agrees.", "the file is named DOCX but is none, or it is broken"),
        ("a.pdf", b"The board agrees.", "the file is named PDF but is none, or it is broken"),
        ("a.mhtml", b"MIME-Version: 1.0", "this is a web archive"),
        ("a.html", b"<html></html>", "the page holds no text"),
        ("a.html", b"<html><body><p>%PDF-1.4 is how these files begin.</p></body></html>", "what it holds is no article"),
        ("a.html", b"<html><body>&lt;html&gt; is how these files begin.</body></html>", "what it holds is no article"),
        ("a.txt", b"> " + b"{\\rtf1 The board agrees.}", "what it holds is no article"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_remedy(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    with pytest.raises(DocumentFault) as caught:
        opened(tmp_path, name, data)
    assert (caught.value.file, caught.value.message) == (name, message)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_what_is_no_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DocumentFault, match="this is a folder"):
        open_article(tmp_path)
    with pytest.raises(DocumentFault, match="there is no such file"):
        open_article(tmp_path / "a.txt")
    with pytest.raises(DocumentFault, match="cannot be read"):
        open_article(tmp_path / ("a" * 300))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentFault, match="this is not a file"):
        open_article(tmp_path / "pipe")
    (tmp_path / "b.txt").write_text(SENTENCE, encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)  # whoever may read everything cannot be refused by the file itself
    with pytest.raises(DocumentFault, match="may not be read"):
        open_article(tmp_path / "b.txt")


def test_limits_are_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentFault, match="larger than 20,000,000 bytes"):
        opened(tmp_path, "a.txt", b"a" * 20_000_001)
    with pytest.raises(DocumentFault, match="longer than 2,000,000 characters"):
        opened(tmp_path, "a.txt", b"One more. " * 200_001)
    assert len(opened(tmp_path, "a.txt", (SENTENCE + "\n") * 40_000).lines) == 40_001


def test_marks_inside_marks_come_to_an_end(tmp_path: Path) -> None:
    again(tmp_path, opened(tmp_path, "a.md", "The [[board](a)](b) *signs* <!-<!-- a -->- b -->.\n"))
    with pytest.raises(DocumentFault, match="too deeply"):
        opened(tmp_path, "a.md", "[" * 20 + "The board" + "](x)" * 20 + " signs.")


def test_a_hostile_name_is_shown_as_escapes(tmp_path: Path) -> None:
    with pytest.raises(DocumentFault) as caught:
        opened(tmp_path, "a\x1b[2J\n.txt", b"")
    assert str(caught.value).startswith("a\\x1b[2J\\n.txt: ")


WORDS = ["The board said that it wants a lease of thirty years for", "the northern quay, and will not sign."]
MARKS = '\n|\r\n|\n\n|\u2028|\x0c|\ufeff|\xad|\u202e| |*|**|_|[a](b)|> |# |- |<!--|-->|"|“|”|:|;|é|\U0001f600|Ã|£'.split("|")
STARTS = ["%PDF-", "<html>", "{\\rtf", "PK\x03\x04", "1. "]
PIECES = st.sampled_from([*WORDS, *MARKS, *STARTS])


@pytest.mark.property
@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from(["a.txt", "a.md", "a.html", "a"]))
def test_a_stored_text_reads_the_same(tmp_path: Path, text: str, name: str) -> None:
    try:
        article = opened(tmp_path, name, text)
    except DocumentFault:
        return
    again(tmp_path, article)


def test_the_reference_article_stays_as_it_is(shared: Path) -> None:
    path = shared / "article" / "article.txt"
    assert open_article(path).text == path.read_text(encoding="utf-8")
