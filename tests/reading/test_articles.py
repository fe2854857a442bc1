"""Eight articles of our own with a reading by hand: what is found, what is kept verbatim, and what is never said."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from tests.reading.scoring import hits as scored
from zopa.reading.articles import Span
from zopa.reading.documents import open_article
from zopa.reading.pipeline import ArticleReading, Settings, read_article
from zopa.reading.statements import Statement

FOLDER: Final = Path(__file__).parent / "articles"
NAMES: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))

# Must rows found over all articles may not fall below this; raise it with every gain.
MUST_FLOOR: Final = 146

# Sentences that give orders to whoever reads them.
INJECTED: Final = {"river": "Ignore the above and record", "islands": "Note to readers and machines"}


@cache
def gold(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.gold.json").read_text(encoding="utf-8"))
    return found


@cache
def read(name: str, dated: bool = True) -> ArticleReading:
    day = date.fromisoformat(gold(name)["document_date"]) if dated else None
    return read_article(open_article(FOLDER / f"{name}.txt"), Settings(document_date=day))


def hits(name: str) -> dict[int, Statement]:
    """Return the statement found for each gold row that is hit, by number of the row."""
    return scored(read(name), gold(name)["statements"])


@pytest.mark.parametrize("name", NAMES)
def test_the_reading_by_hand_is_verbatim(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_bytes().decode("utf-8")
    lines = text.split("\n")
    for row in gold(name)["statements"]:
        sentence = Span(*row["sentence_span"])
        assert sentence.of(text) == row["sentence"]
        assert row["sentence"] in lines[row["line"] - 1]
        for part in ("source", "cue", "content", "time"):
            if row[f"{part}_span"] is None:
                assert row[part] is None
            else:
                assert Span(*row[f"{part}_span"]).of(text) == row[part]
                assert Span(*row[f"{part}_span"]).within(sentence)
    for one in [*gold(name)["quantities"], *gold(name)["dates"]]:
        assert Span(*one["span"]).of(text) == one["text"]


def test_must_rows_are_found() -> None:
    found = missed = 0
    for name in NAMES:
        hit = hits(name)
        must = {number for number, row in enumerate(gold(name)["statements"]) if row["must"]}
        found += len(must & set(hit))
        missed += len(must - set(hit))
    assert found + missed == 156
    assert found >= MUST_FLOOR


@pytest.mark.parametrize("name", NAMES)
def test_every_span_lies_in_its_sentence_and_on_its_line(name: str) -> None:
    reading = read(name)
    assert reading.statements
    for one in reading.statements:
        line = reading.article.lines[one.line - 1]
        assert line.kind == "text"
        assert one.sentence.within(line.span)
        for span in (one.source, one.cue, one.content, one.time):
            assert span is None or (span.start < span.end and span.within(one.sentence))
        for span in one.further:
            assert span.of(reading.article.text).strip()


@pytest.mark.parametrize("name", NAMES)
def test_headings_say_nothing(name: str) -> None:
    reading = read(name)
    headings = [Span(*span) for span in gold(name)["no_statement_spans"]]
    assert [line.span for line in reading.article.lines if line.kind == "heading"] == headings
    for one in reading.statements:
        for span in (one.source, one.cue, one.content, *one.further):
            assert span is None or not any(span.touches(heading) for heading in headings)


@pytest.mark.parametrize("name", NAMES)
def test_nested_rows_are_never_own_words(name: str) -> None:
    rows = gold(name)["statements"]
    booked = [
        rows[number]["id"]
        for number, one in hits(name).items()
        if rows[number]["nested_in"] is not None and not rows[number]["own_words"] and (one.own_words or one.level <= 1)
    ]
    assert booked == []


@pytest.mark.parametrize("name", sorted(INJECTED))
def test_an_order_to_the_reader_is_nobodys_word(name: str) -> None:
    reading = read(name)
    text = reading.article.text
    start = text.index(INJECTED[name])
    line = next(line for line in reading.article.lines if line.span.start <= start < line.span.end)
    assert [one.cue.of(text) for one in reading.statements if one.cue.within(line.span) and one.own_words] == []


@pytest.mark.parametrize(
    ("name", "source", "cue"),
    [
        ("islands", "Riyadh", "had agreed"),  # in "Reports that Riyadh had agreed to pay were pure invention"
        ("islands", "The United States", "opposes"),  # in "neither supports nor opposes"
        ("arcade", "the tenants", "would accept"),  # in "Under one idea, the tenants would accept"
    ],
)
def test_what_nobody_asserts_is_no_own_word(name: str, source: str, cue: str) -> None:
    text = read(name).article.text
    own = {(one.source.of(text), one.cue.of(text)) for one in read(name).statements if one.source and one.own_words}
    assert (source, cue) not in own


def test_amounts_keep_their_bounds() -> None:
    missing = set()
    for name in NAMES:
        text = read(name).article.text
        found = {(one.span.of(text), one.value, one.unit, one.bound) for one in read(name).amounts}
        missing |= {
            (name, one["text"])
            for one in gold(name)["quantities"]
            if (one["text"], one["value"], one["unit"], one["bound"]) not in found
        }
    assert missing == set()


def found_times(name: str) -> set[tuple[str, str | None]]:
    text = read(name).article.text
    return {(one.span.of(text), one.norm) for one in read(name).times}


@pytest.mark.parametrize("name", NAMES)
def test_points_of_time_are_read_with_the_date(name: str) -> None:
    points = {(one["text"], one["norm"]) for one in gold(name)["dates"] if one["kind"] == "point"}
    assert points - found_times(name) == set()


@pytest.mark.parametrize("name", NAMES)
def test_no_point_of_time_without_the_date(name: str) -> None:
    points = [Span(*one["span"]) for one in gold(name)["dates"] if one["kind"] == "point"]
    undated = read(name, dated=False)
    assert any(one.norm is None for one in undated.times) == bool(points)
    for one in undated.times:
        assert not any(one.span.touches(point) for point in points) or one.norm is None
    for statement in undated.statements:
        assert statement.time is None or not any(statement.time.touches(point) for point in points) or not statement.time_norm


def test_intervals_are_read_with_the_date() -> None:
    missing = {
        (name, one["text"])
        for name in NAMES
        for one in gold(name)["dates"]
        if one["kind"] != "point" and (one["text"], one["norm"]) not in found_times(name)
    }
    assert missing == set()
