"""The summary of a reading on the terminal."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console, RenderableType

from zopa.reading import NO_ACTORS, Article, ArticleReading, Reject, Settings, read_article, split_lines
from zopa.report.reading_terminal import LEVELS, reading_summary

DAY = date(2024, 3, 13)
TEXT = """Water talks resume
Peruvian minister Ana Ruiz said that Chile wants a new dam.
The teachers' union rejected the offer.
Kari Moe said the river is low.
This truce could stop the fishing."""


def read(text: str = TEXT, day: date | None = DAY, title: str | None = None) -> ArticleReading:
    return read_article(Article("talks.txt", text, split_lines(text), title), Settings(day, NO_ACTORS))


def shown(part: RenderableType, width: int = 160) -> str:
    buffer = io.StringIO()
    Console(file=buffer, width=width, highlight=False, color_system=None).print(part)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())


@pytest.mark.golden
def test_a_summary_lists_who_says_what() -> None:
    lines = [" ".join(line.split()) for line in shown(reading_summary(read())).splitlines()]
    assert lines[0] == "talks.txt"
    assert lines[1] == "line party act level words"
    assert lines[2:7] == [
        "2 Peru (Ana Ruiz) say 1 reported that Chile wants a new dam",
        "2 Chile want 2 about another a new dam",
        "3 Teachers' union reject 1 reported the offer",
        "4 unresolved (Kari Moe) say 1 reported the river is low",
        "5 narrator consequence 4 narration the fishing",
    ]
    assert lines[7] == "5 statements by rules, unreviewed; 2 of them a party's own words."
    assert lines[8] == "1 have a speaker whose party is not known: Kari Moe."
    assert len(lines) == 9


def test_a_title_comes_before_the_name_of_the_file() -> None:
    assert shown(reading_summary(read(title="Water"))).splitlines()[0] == "Water"


def test_without_statements_it_says_so() -> None:
    text = shown(reading_summary(read("The boats left.")))
    assert "No statement was found." in text
    assert "own words" not in text


def test_without_a_date_it_says_what_stays_open() -> None:
    assert "(--date)" in shown(reading_summary(read(day=None)))
    assert "(--date)" not in shown(reading_summary(read()))


def test_proposals_of_a_model_and_rejects_are_counted() -> None:
    reading = read()
    first = replace(reading.statements[0], by="model")
    text = shown(
        reading_summary(
            replace(reading, statements=(first, *reading.statements[1:]), rejects=(Reject("empty"), Reject("heading")))
        )
    )
    assert "1 were proposed by a language model" in text
    assert "2 proposals were not kept; --json lists them with the reason." in text


def test_many_speakers_without_a_party_are_not_all_listed() -> None:
    names = ["Kari Moe", "Ole Holm", "Eva Lind", "Jon Dahl", "Ida Berg", "Per Vik", "Tor Aas"]
    text = shown(reading_summary(read("\n".join(f"{name} said the river is low." for name in names))))
    assert f"7 have a speaker whose party is not known: {', '.join(names[:5])} and 2 more." in text


def test_hostile_text_reaches_no_terminal() -> None:
    hostile = "Chile said the dam is \x1b]0;owned\x07\x9b full\u202e\u200b."
    text = shown(reading_summary(read(hostile, title="\x1b[31mred\u202e [bold]dam[/bold] :smile: [link=x]")))
    assert not [one for one in text if ord(one) < 32 and one != "\n"]
    assert not set("\x7f\x9b\u200b\u202e") & set(text)
    assert text.startswith("[31mred [bold]dam[/bold] :smile: [link=x]\n")
    assert "the dam is ]0;owned" in text


def test_there_is_a_word_for_every_level() -> None:
    assert len(LEVELS) == len(set(LEVELS)) == 5
