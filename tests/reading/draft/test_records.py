from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.draft.checking import sound
from tests.reading.draft.statements import UNION, Story, harbour
from zopa.reading.draft import draft_case
from zopa.reading.draft.records import Places, Record, number


def only(text: str, content: str, source: str | None, **more: Any) -> Record:
    story = Story(text, [UNION])
    predicate = more.pop("predicate", "want")
    story.say(content, more.pop("cue", "wants"), predicate, "UNION", source=source, stance_code="for", **more)
    story.say("a crane", "wants", "want", "UNION", source=None, stance_code="for", id="extra") if "a crane" in text else None
    draft = draft_case([story.read()])
    sound(draft)
    return draft.statements[0]


def test_the_quotation_covers_source_cue_and_content_and_no_more() -> None:
    assert only("On Monday the union wants a quay, she said.", "a quay", "the union").quote == "the union wants a quay"


def test_a_pronoun_is_not_quoted_and_is_no_speaker() -> None:
    record = only("On Monday she wants a quay, it is said.", "a quay", "she")
    assert record.quote == "wants a quay"
    assert record.speaker is None


def test_words_that_stand_twice_name_their_place() -> None:
    text = "The union wants a quay.\nThe union  wants a “quay”."
    assert only(text, "a quay", "The union").at == (0, 22)


def test_words_that_stand_once_need_no_place() -> None:
    assert all(record.at is None for record in draft_case([harbour().read()]).statements)


@pytest.mark.property
@given(st.text(alphabet="aA b-’'\u0301é", max_size=12), st.text(alphabet="aA b-’'\u0301é", min_size=1, max_size=4))
def test_once_is_never_said_of_words_that_stand_twice(text: str, quote: str) -> None:
    places = [start for start in range(len(text)) if text.startswith(quote, start)]
    if len(places) > 1 and any(letter.isalnum() for letter in quote):
        assert not Places(text).once(quote)


def test_what_was_said_when_is_a_day() -> None:
    record = only(
        "On Monday the union wants a quay.", "a quay", "the union", time="On Monday", time_norm="2024-04-29", time_role="said"
    )
    assert ("said", "2024-04-29") in record.fields
    assert record.time is None


def test_evidence_from_after_the_last_day_is_not_dated() -> None:
    record = only(
        "On Monday the union wants a quay.", "a quay", "the union", time="On Monday", time_norm="2024-05-06", time_role="said"
    )
    assert not [value for key, value in record.fields if key == "said"]


def test_a_fact_of_a_later_day_keeps_its_words() -> None:
    record = only(
        "The union says the quay opens on 9 May.\nThe union wants a crane.",
        "the quay opens on 9 May",
        "The union",
        cue="says",
        predicate="fact-claim",
        time="on 9 May",
        time_norm="2024-05-09",
        time_role="about",
    )
    assert record.time == "on 9 May"


def test_numbers_are_exact() -> None:
    assert number(61400000000.0) == "61400000000"
    assert number(0.1) == "0.1"
    assert number(20) == "20"


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 1e300, 1e-300])
def test_numbers_the_format_cannot_hold_are_left_out(value: float) -> None:
    story = Story("The union wants 5 boats.", [UNION])
    story.say("5 boats", "wants", "want", "UNION", source="The union", stance_code="for", amounts=[("5", 5, None, None)])
    story.statements = [replace(one, quantities=(replace(one.quantities[0], value=value),)) for one in story.statements]
    assert draft_case([story.read()]).statements[0].quantities == ()


def test_a_text_that_begins_with_a_mark_keeps_its_places() -> None:
    record = only("\ufeffThe union wants a quay.\nThe union wants a quay.", "a quay", "The union")
    assert record.at == (1, 23)


def test_a_party_nobody_knows_is_unresolved() -> None:
    story = Story("The union wants a quay.\nOthers want a quay.", [UNION])
    story.say("a quay", "wants", "want", "UNION", source="The union", stance_code="for")
    story.say("a quay", "Others want", "want", "unresolved", source="Others", stance_code="for", level=3)
    assert ("party", "unresolved") in draft_case([story.read()]).statements[1].fields


def test_days_behind_the_last_one_stay_out_when_the_last_day_is_given() -> None:
    story = Story("On Monday the union wants a quay.", [UNION])
    story.say(
        "a quay",
        "wants",
        "want",
        "UNION",
        source="the union",
        stance_code="for",
        time="On Monday",
        time_norm="2024-04-29",
        time_role="said",
    )
    draft = draft_case([replace(story.read(), document_date=None)], as_of=date(2024, 4, 1))
    assert not [value for key, value in draft.statements[0].fields if key == "said"]
