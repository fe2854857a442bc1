"""Expressions of time, resolved against a document date."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading import times
from zopa.reading.events import NO_EVENTS, Event, Events
from zopa.reading.times import period_norm, time_expressions

FRIDAY = date(2025, 1, 10)
EVENTS = Events(
    (
        Event("the flood", ("Ostrava's flood",), date(2021, 7, 14), date(2021, 7, 16)),
        Event("the drought", (), date(2023, 4, 1)),
        Event("Ada's second term", ("her second term", "second term"), date(2024, 5, 1), date(2028, 5, 1)),
    )
)
WORDS = st.sampled_from(
    "on by until since from to between and early late mid the next last day week month year Friday Monday January May March 5 30 "
    "31st 2025 2024-02-30 10/11/2024 in ago 10 days years within at least for said will yesterday Q1 of summer the flood second "
    "term end earlier - – , .".split(" ")
)


def read(text: str, day: date | None = FRIDAY, **hints: object) -> list[tuple[str, str | None]]:
    return [(one.text, one.norm) for one in time_expressions(text, 0, len(text), day, **hints)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "words", "norm"),
    [
        ("The union rejected it on Monday.", "on Monday", "2025-01-06"),
        ("The crews will vote on Monday.", "on Monday", "2025-01-13"),
        ("On Friday, the tenants met.", "On Friday", "2025-01-10"),
        ("On Tuesday, the fleet will sail.", "On Tuesday", "2025-01-14"),
        ("They agreed to meet on Tuesday.", "on Tuesday", "2025-01-14"),
        ("Owners met last Friday.", "last Friday", "2025-01-03"),
        ("Owners meet next Friday.", "next Friday", "2025-01-17"),
        ("The lease ends by Wednesday.", "by Wednesday", "../2025-01-15"),
        ("It has rained since Monday.", "since Monday", "2025-01-06/.."),
        ("The lease was signed on January 20, 2019.", "January 20, 2019", "2019-01-20"),
        ("It was signed on the 3rd of March 2020.", "3rd of March 2020", "2020-03-03"),
        ("Boats sailed on 20 December.", "20 December", "2024-12-20"),
        ("Boats will sail on Dec. 20.", "Dec. 20", "2025-12-20"),
        ("The talks of 20 December", "20 December", "2024-12-20"),
        ("Wednesday, March 5, 2025", "Wednesday, March 5, 2025", "2025-03-05"),
        ("5-7 January 2024", "5-7 January 2024", "2024-01-05/2024-01-07"),
        ("no later than 30 June", "no later than 30 June", "../2025-06-30"),
        ("The strike began in November.", "in November", "2024-11-01/2024-11-30"),
        ("It will begin in November.", "in November", "2025-11-01/2025-11-30"),
        ("They left last January.", "last January", "2024-01-01/2024-01-31"),
        ("in 1994", "in 1994", "1994-01-01/1994-12-31"),
        ("the 2015 agreement", "2015", "2015-01-01/2015-12-31"),
        ("from the 2014 survey", "2014", "2014-01-01/2014-12-31"),
        ("since the 1960s", "since the 1960s", "1960-01-01/.."),
        ("the 1990s", "the 1990s", "1990-01-01/1999-12-31"),
        ("before 2030", "before 2030", "../2030-01-01"),
        ("after 2030", "after 2030", "2030-12-31/.."),
        ("from March to June 2024", "from March to June 2024", "2024-03-01/2024-06-30"),
        ("between March 1 and April 5", "between March 1 and April 5", "2025-03-01/2025-04-05"),
        ("by the end of the year", "by the end of the year", "../2025-12-31"),
        ("early 2025", "early 2025", "2025-01-01/2025-04-30"),
        ("late last month", "late last month", "2024-12-21/2024-12-31"),
        ("mid-January", "mid-January", "2025-01-11/2025-01-20"),
        ("early 1990s", "early 1990s", "1990-01-01/1993-04-30"),
        ("later this month", "later this month", "2025-01-10/2025-01-31"),
        ("yesterday", "yesterday", "2025-01-09"),
        ("the day after tomorrow", "the day after tomorrow", "2025-01-12"),
        ("last week", "last week", "2024-12-30/2025-01-05"),
        ("next month", "next month", "2025-02-01/2025-02-28"),
        ("this quarter", "this quarter", "2025-01-01/2025-03-31"),
        ("last summer", "last summer", "2024-06-01/2024-08-31"),
        ("next winter", "next winter", "2025-12-01/2026-02-28"),
        ("this spring", "this spring", "2025-03-01/2025-05-31"),
        ("Q2 2024", "Q2 2024", "2024-04-01/2024-06-30"),
        ("the second half of the year", "the second half of the year", "2025-07-01/2025-12-31"),
        ("over the next 10 years", "the next 10 years", "2025-01-10/2035-01-10"),
        ("two weeks ago", "two weeks ago", "2024-12-27"),
        ("They will pay in 10 days", "in 10 days", "2025-01-20"),
        ("2025-03-01", "2025-03-01", "2025-03-01"),
        ("25/12/2025", "25/12/2025", "2025-12-25"),
        ("12/25/2025", "12/25/2025", "2025-12-25"),
        ("31.12.2024", "31.12.2024", "2024-12-31"),
        ("for at least 15 years", "for at least 15 years", "P15Y"),
        ("within 90 days", "within 90 days", "P90D"),
        ("for two and a half years", "for two and a half years", "P2Y6M"),
        # What looks ahead.
        ("They threatened to empty the lake from July 1.", "from July 1", "2025-07-01/.."),
        ("A hearing is set for June 20.", "June 20", "2025-06-20"),
        ("A hearing is set for a week in June.", "in June", "2025-06-01/2025-06-30"),
        ("The deal would let the trawlers out before May 1.", "before May 1", "../2025-05-01"),
        ("The mine would be closed from May 1.", "from May 1", "2025-05-01/.."),
        ("The mine may not be reopened on Monday.", "on Monday", "2025-01-13"),
        ("The mine is to close on Monday.", "on Monday", "2025-01-13"),
        ("The crews won’t sail on Monday.", "on Monday", "2025-01-13"),
        ("The crews will sail after Monday.", "after Monday", "2025-01-13/.."),
        ("She told the owner to leave from Monday.", "from Monday", "2025-01-13/.."),
        ("It is lent provided that the lake fills before May 1.", "before May 1", "../2025-05-01"),
        ("Crews did not wait for Monday.", "Monday", "2025-01-13"),
        # What does not.
        ("The mine may have been sold on Monday.", "on Monday", "2025-01-06"),
        ("She told the owner to leave on Monday.", "on Monday", "2025-01-06"),
        ("She apologised for Monday’s delay.", "Monday", "2025-01-06"),
        ("They promised the boats to Chile on Monday.", "on Monday", "2025-01-06"),
        # Not until a day is from that day on.
        ("The tribunal does not sit until October 6.", "until October 6", "2025-10-06/.."),
        ("It closed, and the tribunal will not sit until October 6.", "until October 6", "2025-10-06/.."),
        ("No trawler may sail before May 1.", "before May 1", "2025-05-01/.."),
        ("The lake will not open until March.", "until March", "2025-03-01/.."),
        ("The crews did not sail until Monday.", "until Monday", "2025-01-06/.."),
        ("The crews will not wait until Monday.", "until Monday", "../2025-01-13"),
        ("It is not open, but the crews have until Monday.", "until Monday", "../2025-01-13"),
        # Over a length of time.
        ("The bloc may phase it in over 30 months.", "over 30 months", "P30M"),
        # What nothing can resolve.
        ("10/01/2025", "10/01/2025", None),
        ("February 30", "February 30", None),
        ("February 30, 2024", "February 30, 2024", None),
        ("the next day", "the next day", None),
        ("since the flood", "since the flood", None),
        ("ahead of Ada’s second term", "ahead of Ada’s second term", None),
    ],
)
def test_one_expression(text: str, words: str, norm: str | None) -> None:
    assert read(text) == [(words, norm)]


@pytest.mark.parametrize(
    "text",
    [
        "the Good Friday Agreement",
        "on Fridays",
        "May said it may rain on the march",
        "for 2,000 people at $2025",
        "a 20-year lease",
        "The summit fell through; most of the year was dry",
        "since the end of the war",
    ],
)
def test_no_expression(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["on Friday", "March 5", "in October", "last week", "yesterday", "They will pay in 10 days", "two weeks ago"]
)
def test_without_a_document_date_nothing_is_guessed(text: str) -> None:
    (one,) = time_expressions(text, 0, len(text), None)
    assert (one.norm, one.kind, one.needs) == (None, "unresolved", "document date")


def test_explicit_dates_and_durations_need_no_document_date() -> None:
    assert read("signed on 3 May 2019 for 20 years", None) == [("3 May 2019", "2019-05-03"), ("for 20 years", "P20Y")]


def test_the_hint_of_the_verb_decides() -> None:
    assert read("talks on Monday", forward=True) == [("on Monday", "2025-01-13")]
    assert read("talks on Monday", forward=False) == [("on Monday", "2025-01-06")]
    assert read("June 5", forward=False) == [("June 5", "2024-06-05")]
    assert read("since Monday", forward=True) == [("since Monday", "2025-01-06/..")]


def test_days_are_counted_from_the_previous_date() -> None:
    day = date(2025, 1, 6)
    assert read("the next day", previous=day) == [("the next day", "2025-01-07")]
    assert read("a day earlier", None, previous=day) == [("a day earlier", "2025-01-05")]
    assert read("two days later", previous=day) == [("two days later", "2025-01-08")]
    (one,) = time_expressions("the same day", 0, 12, FRIDAY, previous=day)
    assert (one.norm, one.needs) == ("2025-01-06", "previous date")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("since the flood", [("since the flood", "2021-07-14/..")]),
        ("after Ostrava’s flood", [("after Ostrava’s flood", "2021-07-16/..")]),
        ("during the drought", [("during the drought", "2023-04-01/..")]),
        ("until the drought", [("until the drought", "../2023-04-01")]),
        ("ahead of Ada’s second term", [("ahead of Ada’s second term", "../2024-05-01")]),
        ("in her second term", [("in her second term", "2024-05-01/2028-05-01")]),
        # Somebody else's term, and no adjunct of time.
        ("during Ben’s second term", [("during Ben’s second term", None)]),
        ("She prepares for her second term", []),
    ],
)
def test_events_are_the_users(text: str, wanted: list[tuple[str, str | None]]) -> None:
    assert read(text, None, events=EVENTS) == wanted


def test_vague_words_and_bounds_are_flagged() -> None:
    flags = {}
    for text in ("early 2025", "in 2025", "until March 2026", "on Friday", "two years ago", "two days ago"):
        (one,) = time_expressions(text, 0, len(text), FRIDAY)
        flags[text] = one.fuzzy
    assert flags == {
        "early 2025": True,
        "in 2025": False,
        "until March 2026": True,
        "on Friday": False,
        "two years ago": True,
        "two days ago": False,
    }
    bounds = [
        time_expressions(text, 0, len(text), FRIDAY)[0].bound for text in ("within 9 days", "at least 9 days", "about 9 days")
    ]
    assert bounds == ["max", "min", "approx"]


@pytest.mark.parametrize(
    ("value", "unit", "norm"),
    [
        (20, "year", "P20Y"),
        (0.5, "year", "P6M"),
        (2, "decade", "P20Y"),
        (1, "fortnight", "P2W"),
        (1.5, "week", "P1.5W"),
        (1.5, "day", "PT36H"),
        (0.5, "hour", "PT30M"),
        (90, "minute", "PT90M"),
        (3, "mile", None),
        (3, None, None),
    ],
)
def test_durations_in_iso_form(value: float, unit: str | None, norm: str | None) -> None:
    assert period_norm(value, unit) == norm


@pytest.mark.golden
def test_the_reference_article(shared: Path) -> None:
    text = (shared / "article" / "article.txt").read_text(encoding="utf-8")
    gold = json.loads((shared / "article" / "gold.json").read_text(encoding="utf-8"))["dates"]
    # The events file a user would write for this text, made from the gold reading.
    named = [(re.sub("^(since|ahead of|during) ", "", one["text"]), one["norm"]) for one in gold if "event" in one["needs"]]
    days = [(name, re.findall(r"[0-9-]{10}", norm)) for name, norm in named]
    table = Events(tuple(Event(name, (), *map(date.fromisoformat, ends)) for name, ends in days))
    assert len(table.events) == 3

    def found(day: date | None, events: Events) -> set[tuple[str, str]]:
        norms, at = set(), 0
        for line in text.split("\n"):
            for one in time_expressions(text, at, at + len(line), day, events=events):
                if one.norm is not None:
                    norms.add((one.text, one.norm))
            at += len(line) + 1
        return norms

    everything = {(one["text"], one["norm"]) for one in gold}
    duration = {one for one in everything if one[1].startswith("P")}
    assert found(FRIDAY, table) == everything
    assert found(FRIDAY, NO_EVENTS) == duration | {(one["text"], one["norm"]) for one in gold if one["kind"] == "point"}
    assert found(None, NO_EVENTS) == duration


@pytest.mark.property
@given(
    st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join)),
    st.one_of(st.none(), st.dates(), st.sampled_from([date.min, date.max])),
    st.sampled_from([None, True, False]),
    st.data(),
)
def test_spans_norms_and_kinds_agree(text: str, day: date | None, forward: bool | None, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    reach = start
    for one in time_expressions(text, start, end, day, forward=forward, previous=day, events=EVENTS):
        assert one.span.of(text) == one.text
        assert reach <= one.span.start < one.span.end <= end
        reach = one.span.end
        assert (one.norm is None) == (one.kind == "unresolved")
        if one.norm is not None and one.kind != "duration":
            ends = [date.fromisoformat(part) for part in one.norm.split("/") if part != ".."]
            assert ends == sorted(ends)
            assert (len(ends) == 1 and "/" not in one.norm) == (one.kind == "point")


@pytest.mark.property
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(times._WEEKDAYS), st.booleans())
def test_weekdays_are_within_a_week_on_the_right_side(day: date, name: str, forward: bool) -> None:
    for rel, nearest in (("", 0), ("next " if forward else "last ", 1)):
        ((_, norm),) = read(f"{rel}{name}", day, forward=forward)
        found = date.fromisoformat(norm or "")
        away = (found - day) if forward else (day - found)
        assert timedelta(days=nearest) <= away < timedelta(days=nearest + 7)
        assert times._WEEKDAYS[found.weekday()] == name


@pytest.mark.property
def test_patterns_have_no_open_repetition() -> None:
    patterns = [
        *times._CORES.values(),
        times._LEAD,
        times._VAGUE,
        times._EVENT_LEAD,
        times._OWNER,
        times._AMOUNT_LEAD,
        times._ABOUT,
    ]
    for pattern in patterns:
        assert "*" not in pattern.pattern
        assert "+" not in pattern.pattern
        assert ",}" not in pattern.pattern
    assert len(read("Friday " * 5_000)) == 5_000
