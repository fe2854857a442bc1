"""Hard-wrapped texts as paragraphs."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.wrapping import unwrap

PARAGRAPHS = [
    "The harbour board said on Monday that it wants a lease of thirty years for the northern quay, and that it will not"
    " sign anything shorter before the end of the season. The dockers are against it.",
    "The union of dockers rejects the plan because, as its chair Ines Moen told reporters in the evening, it would cost forty"
    " jobs at the quay and many more in the town behind it. She wants to talk again. Nothing has been set.",
]


@pytest.mark.parametrize("width", [50, 60, 72, 80])
def test_paragraphs_come_back(width: int) -> None:
    whole = "\n\n".join(PARAGRAPHS)
    wrapped = "\n\n".join(textwrap.fill(one, width) for one in PARAGRAPHS)
    assert unwrap(wrapped) == whole


def test_what_opens_an_item_stays_on_a_line_of_its_own() -> None:
    wrapped = "\n".join(["# Quay Talks", *(textwrap.fill(one, 70) for one in PARAGRAPHS), "- a longer lease", "- higher pay"])
    lines = unwrap(wrapped).split("\n")
    assert lines[0] == "# Quay Talks"
    assert lines[-2:] == ["- a longer lease", "- higher pay"]
    assert PARAGRAPHS[0] in lines


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One sentence.\nAnother one, on its own line.\nQuay Talks\nA third one.\n",
        "The board of the northern harbour wants a longer lease.\nThe dockers want a shorter one, or none at all.\n" * 5,
        "roses are red\nviolets are blue\nthe quay is shut\nand so are you\n",
        "A single torn line of about fifty characters, which\ngoes on here.\n",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert unwrap(text) == text


@pytest.mark.property
@given(
    st.lists(
        st.sampled_from([*(" ".join(one.split()[:n]) for one in PARAGRAPHS for n in (3, 7, 8, 9, 12, 25)), "", "- a", "# B"])
    ),
)
def test_twice_is_once_and_no_word_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    once = unwrap(text)
    assert unwrap(once) == once
    assert once.split() == text.split()


def test_the_reference_article_is_not_wrapped(shared: Path) -> None:
    text = (shared / "article" / "article.txt").read_text(encoding="utf-8")
    assert unwrap(text) == text
