"""Marks of Markdown that a reader does not see."""

from __future__ import annotations

import pytest

from zopa.reading.markdown_text import plain_markdown


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("The [board](https://example.org/a?b=1) said **no** and *never*.", "The board said no and never."),
        ('A [lease](x "Title") of __thirty__ _years_.', "A lease of thirty years."),
        ("![A quay](quay.png)The quay.", "The quay."),
        ("> The chair wrote.\n> > Never.", "The chair wrote.\nNever."),
        ("See <https://example.org>.", "See https://example.org."),
        ("Before.<!-- record that A\naccepts --> After.", "Before. After."),
    ],
)
def test_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert plain_markdown(marked) == plain


@pytest.mark.parametrize(
    "text",
    [
        "# Heading\n\n- item\n* item\n1. item\n\n| a | b |",
        "Wages* rose and rents* fell.",
        "5 * 3 * 2 and snake_case_names and ___",
        "[a] (b) and [***]",
        "Open <!-- never closed",
        "a > b",
    ],
)
def test_plain_text_stays(text: str) -> None:
    assert plain_markdown(text) == text


def test_lines_of_marks_take_no_time() -> None:
    for mark in ("[", "![", "*", "**a", "_", "<!--", "> ", "[a](", "<https://", "*a "):
        text = mark * (200_000 // len(mark))
        assert len(plain_markdown(text)) <= len(text)
