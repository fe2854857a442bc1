"""Lines and their kinds, and the date a text offers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.lines import ends_sentence, offered_date, split_lines, starts_item


def kinds(text: str) -> list[str]:
    return [line.kind for line in split_lines(text)]


@pytest.mark.property
@given(st.text(alphabet='aB .!?:;,"“”-#*\n\r\u2028é\U0001f600(/)0', max_size=80))
def test_lines_cover_the_text_and_are_counted_from_one(text: str) -> None:
    lines = split_lines(text)
    assert "\n".join(line.span.of(text) for line in lines) == text
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        assert (line.kind == "empty") == (not line.span.of(text).strip())


@pytest.mark.parametrize(
    "line",
    [
        "Quotas and the Coast",
        "Dockers split over night shifts",
        "“A fair lease”",
        "## The board said it would sign.",
        "Will Norway Sign the Treaty?",
        "Who Pays for the Dam?",
        "What the union wants:",
        "Key terms:",
        "---",
        "Water (and power)",
    ],
)
def test_headings(line: str) -> None:
    assert kinds(f"Before it.\n\n{line}\n\nAfter it.") == ["text", "empty", "heading", "empty", "text"]


@pytest.mark.parametrize(
    "line",
    [
        "The board signs.",
        "Will they sign?",
        "Never!",
        "They will wait…",
        'The chair wrote: "Not yet."',
        '"We will see," she said',
        "- a lease of thirty years",
        "• higher pay",
        "(a) the tenant keeps the roof dry",
        "2. Rent is paid each quarter",
        "The minister said:",
        "The Harbour Times reports:",
        "The parties to this lease of the northern quay agree as follows:",
        "the first boat;",
        "in the first year,",
        "The ministry of fisheries wants to hold a new round of talks before the season opens in spring",
    ],
)
def test_text(line: str) -> None:
    assert kinds(line) == ["text"]


def test_a_label_that_introduces_a_quotation_is_text() -> None:
    assert kinds("From the letter:\n\n“We shall not sign.”")[0] == "text"
    assert kinds("From the letter:\n\nWe shall not sign.")[0] == "heading"


def test_a_piece_of_a_sentence_is_no_heading() -> None:
    assert kinds("The ministry said on Monday that it would\nwait for the other side.") == ["text", "text"]
    assert kinds("The ministry said that it would wait for the\nother side and then\nsign.") == ["text", "text", "text"]
    assert kinds("Night Shifts at the Quay\nde Vries rejects them.") == ["heading", "text"]


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Ann Lee",
        "Image",
        "Getty Images",
        "File photo: the quay in May.",
        "Image credit: Ann Lee",
        "Caption: Boats wait for the tide.",
        "Boats wait for the tide, Monday, March 3, 2025. (AP Photo/Ann Lee)",
        "The chair leaves the hall. REUTERS/Ann Lee",
        "FILE - The chair leaves the hall in May.",
        "By Jane Roe",
        "By JANE ROE and Tom van Dijk",
        "Reporting by Jane Roe in Oslo; editing by Tom Poe.",
        "(Additional reporting by A. Bee; Writing by C. Dee)",
        "Read more: Why the dam matters.",
    ],
)
def test_captions_and_bylines(line: str) -> None:
    assert kinds(line) == ["caption"]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the board wants an answer.",
        "Reporting by the commission shows that catches fell.",
        "Photographers said that the boats left at dawn.",
        "She sued Getty Images.",
        "Images of the quay were shown to the board.",
    ],
)
def test_sentences_like_captions_are_text(line: str) -> None:
    assert kinds(line) == ["text"]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("March 3, 2025", date(2025, 3, 3)),
        ("Monday, 3 March 2025", date(2025, 3, 3)),
        ("3rd of March 2025", date(2025, 3, 3)),
        ("2025-03-03T09:15:00Z", date(2025, 3, 3)),
        ("Published: 3 Mar. 2025", date(2025, 3, 3)),
        ("Last updated on March 3rd, 2025 at 9:15 p.m. EST", date(2025, 3, 3)),
        ("Mon 3 Sept 2024 | 10.15 BST", date(2024, 9, 3)),
        ("31/03/2025", date(2025, 3, 31)),
        ("03/31/2025", date(2025, 3, 31)),
        ("03/04/2025", None),
        ("31 February 2025", None),
        ("Updated March 3 at 10:00", None),
        ("OSLO, March 3, 2025 (Nordic News) –", date(2025, 3, 3)),
        ("OSLO (Nordic News) -", None),
    ],
)
def test_datelines(line: str, offered: date | None) -> None:
    assert kinds(line) == ["dateline"]
    assert offered_date(line) == offered


def test_a_date_inside_a_sentence_is_no_offer() -> None:
    text = "The lease ends on 3 March 2025.\nIt was signed in May 1995."
    assert kinds(text) == ["text", "text"]
    assert offered_date(text) is None


def test_the_head_of_an_agency_report_offers_its_date() -> None:
    text = "Quota Talks Stall\nOSLO, Jan. 10, 2025 (Nordic News) - The minister said she would wait."
    assert kinds(text) == ["heading", "text"]
    assert offered_date(text) == date(2025, 1, 10)
    assert offered_date("NATO - the lease of 10 January 2025 - was signed.") is None


def test_the_day_of_publication_goes_before_other_dates() -> None:
    assert offered_date("Updated 5 March 2025\n\nPublished 3 March 2025\n\nText.") == date(2025, 3, 3)
    assert offered_date("5 March 2025\n\n6 March 2025") == date(2025, 3, 5)
    assert offered_date("---\ntitle: Talks\ndate: 2025-03-05\n---\nText.") == date(2025, 3, 5)


def test_dates_are_looked_for_at_both_ends_only() -> None:
    filler = "The board met again.\n" * 20
    assert offered_date(filler + "3 March 2025\n" + filler) is None
    assert offered_date(filler + "Published 3 March 2025") == date(2025, 3, 3)


def test_data_before_a_markdown_text_does_not_speak() -> None:
    text = (
        "---\ntitle: The board said that it wants more, much more, than it will ever get from them.\ntags:\n- a\n---\nIt signs."
    )
    assert kinds(text) == ["caption"] * 5 + ["text"]
    assert kinds("---\nThe board signs.\n---")[1] == "text"


def test_ends_and_items() -> None:
    assert [ends_sentence(line) for line in ("Done.”", "Done?)", "Done", "", "”")] == [True, True, False, False, False]
    assert [starts_item(line) for line in ("- a", "12) a", "# A", "| a |", "-a", "The")] == [True] * 4 + [False] * 2


def test_long_lines_of_one_sign_take_no_time() -> None:
    for sign in ('"', "(", "A", " ", "-", "“ ", "A.", "1/", "March 1 "):
        line = sign * (200_000 // len(sign))
        assert len(split_lines(line)) == 1
        assert offered_date(line) is None


def test_the_reference_article(shared: Path) -> None:
    text = (shared / "article" / "article.txt").read_text(encoding="utf-8")
    lines = split_lines(text)
    assert [line.number for line in lines if line.kind != "text"] == [5, 10, 18, 22]
    assert {line.kind for line in lines} == {"text", "heading"}
