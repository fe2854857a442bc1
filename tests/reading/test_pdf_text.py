"""Text of PDFs."""

from __future__ import annotations

import pytest

from tests.reading.files import column, pdf_of
from zopa.reading.document_faults import DocumentFault
from zopa.reading.pdf_text import PrintedLine, body_lines, paragraphs, pdf_text

FIRST = [
    "The harbour board said on Monday that it wants a lease of",
    "thirty years for the northern quay. The dockers are against",
    "it, and so is the town.",
]
SECOND = ["The union calls the plan a threat to forty jobs, and sug-", "gests another round of talks in spring."]


def test_lines_become_paragraphs() -> None:
    page = column(["Quay Talks Resume", "", *FIRST, "", *SECOND])
    assert pdf_text(pdf_of([page]), "a.pdf").split("\n\n") == [
        "Quay Talks Resume",
        " ".join(FIRST),
        "The union calls the plan a threat to forty jobs, and suggests another round of talks in spring.",
    ]


def test_paragraphs_without_a_gap_end_where_a_short_line_ends_a_sentence() -> None:
    assert pdf_text(pdf_of([column([*FIRST, *FIRST])]), "a.pdf").split("\n\n") == [" ".join(FIRST)] * 2


def test_an_indent_begins_a_paragraph() -> None:
    full = [
        "The harbour board wants the quay for a term of thirty years.",
        "It has said so in each of the letters it has sent out.",
    ]
    page = [(72, 700, full[0]), (96, 686, full[1])]
    assert pdf_text(pdf_of([page]), "a.pdf").split("\n\n") == full


def test_headers_footers_and_page_numbers_go() -> None:
    pages = [
        [
            (72, 770, "Harbour Times"),
            *column([f"The board met {word} and wants a longer lease for the quay.", *FIRST], top=700),
            (72, 40, f"Harbour Times, sheet {number}"),
            (300, 20, str(number)),
        ]
        for number, word in enumerate(("once", "twice", "again"), start=1)
    ]
    text = pdf_text(pdf_of(pages), "a.pdf")
    assert "Harbour Times" not in text
    assert "sheet" not in text
    assert text.count("wants a longer lease") == 3
    assert not [line for line in text.split("\n\n") if line.isdigit()]


def test_a_sentence_goes_on_over_the_page() -> None:
    pages = [
        column(["The board said that the talks on the lease of the quay"]),
        column(["go on in spring, whatever the union says."]),
    ]
    assert (
        pdf_text(pdf_of(pages), "a.pdf")
        == "The board said that the talks on the lease of the quay go on in spring, whatever the union says."
    )


def test_a_line_that_comes_back_in_the_middle_stays() -> None:
    lines = [
        PrintedLine(text, page, 72, 300, 700 - 14 * index, 11, edge)
        for page in (1, 2, 3)
        for index, (text, edge) in enumerate([(f"Top {'abc'[page - 1]}", 1), ("The board agrees.", 0), ("7", 0), ("Foot", -1)])
    ]
    assert [line.text for line in body_lines(lines)] == [
        text for page in "abc" for text in (f"Top {page}", "The board agrees.", "7")
    ]
    assert body_lines(lines[:4]) == lines[:4]  # one page has no headers


def test_larger_letters_and_items_stand_alone() -> None:
    lines = [
        PrintedLine("Quay Talks", 1, 72, 200, 700, 18),
        PrintedLine("The board wants a lease of thirty years, which", 1, 72, 300, 686, 11),
        PrintedLine("- the town opposes", 1, 72, 300, 672, 11),
    ]
    assert list(paragraphs(lines)) == [line.text for line in lines]
    assert list(paragraphs([])) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pdf_of([column(FIRST)], locked=True), "the PDF needs a password"),
        (pdf_of([[]]), "the PDF holds no text, so that it is probably a scan"),
        (b"%PDF-1.4\nnothing of the kind", "the PDF is broken"),
        (pdf_of([[]] * 3_001), "the PDF has more than 3,000 pages"),
    ],
    ids=["locked", "scan", "broken", "pages"],
)
def test_what_cannot_be_read_is_named(data: bytes, message: str) -> None:
    with pytest.raises(DocumentFault) as caught:
        pdf_text(data, "a.pdf")
    assert caught.value.message == message
    assert caught.value.remedy


def test_no_more_characters_are_kept_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zopa.reading.pdf_text.MOST_CHARACTERS", 100)
    with pytest.raises(DocumentFault, match="more than 100 characters"):
        pdf_text(pdf_of([column(FIRST)]), "a.pdf")
