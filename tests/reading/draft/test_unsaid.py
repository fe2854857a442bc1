from __future__ import annotations

from tests.reading.draft.checking import sound
from tests.reading.draft.statements import PORT, UNION, Story, harbour
from zopa.reading.draft import draft_case


def test_what_stays_unknown_is_listed_for_each_party() -> None:
    unsaid = draft_case([harbour().read()]).unsaid
    assert "in its own words, where The dockers' union stands on Contract, Lost jobs" in unsaid
    assert "in its own words, where The harbour company stands on Lost jobs" in unsaid
    assert "what each party expects without an agreement" in unsaid


def test_a_silent_party_has_no_stand_on_anything() -> None:
    story = Story("The union wants a quay.\nThe port says it is cold.", [UNION, PORT])
    story.say("a quay", "wants", "want", "UNION", source="The union", stance_code="for")
    story.say("it is cold", "says", "say", "PORT", source="The port")
    assert "in its own words, where The harbour company stands on any issue" in draft_case([story.read()]).unsaid


def test_talks_are_nothing_to_stand_on() -> None:
    assert not [line for line in draft_case([harbour().read()]).unsaid if line.startswith("in its own words") and "Talks" in line]


def test_the_list_stands_in_the_case() -> None:
    draft = draft_case([harbour().read()])
    assert sound(draft).absent == draft.unsaid
