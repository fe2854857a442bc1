from __future__ import annotations

from datetime import date

from tests.reading.draft.checking import sound
from tests.reading.draft.statements import PORT, UNION, Story, harbour
from zopa.reading.draft import Office, PartyName, draft_case
from zopa.reading.draft.elements import DraftParty
from zopa.reading.draft.parties import MENTIONED

CITY = PartyName("CITY", "The city", voices=("Mayor Brandt",))


def with_city(addressee: str | None = None) -> dict[str, DraftParty]:
    story = Story("The union offers the city a new quay.", [UNION, CITY])
    story.say("a new quay", "offers", "offer", "UNION", source="The union", stance_code="for", addressee=addressee)
    draft = draft_case([story.read()])
    sound(draft)
    return {party.id: party for party in draft.parties}


def test_who_is_only_named_is_mentioned() -> None:
    city = with_city()["CITY"]
    assert not city.speaks
    assert city.ground.assume == MENTIONED


def test_who_is_offered_something_takes_part() -> None:
    for words in ("CITY", "the city", "Mayor Brandt"):
        assert with_city(words)["CITY"].speaks


def test_parties_stand_in_the_order_in_which_they_speak() -> None:
    story = harbour()
    story.parties = {"PORT": PORT, "CITY": CITY, "UNION": UNION}
    assert [party.id for party in draft_case([story.read()]).parties] == ["UNION", "PORT", "CITY"]


def test_pseudo_parties_are_none() -> None:
    assert {party.id for party in draft_case([harbour().read()]).parties} == {"UNION", "PORT"}


def test_a_party_that_nobody_described_is_still_one() -> None:
    story = Story("The pilots want a quay.", [])
    story.say("a quay", "want", "want", "PILOTS", source="The pilots", stance_code="for")
    (party,) = draft_case([story.read()]).parties
    assert (party.id, party.name, party.voices) == ("PILOTS", "PILOTS", ("The pilots",))


def test_surnames_and_pronouns_are_no_further_voices() -> None:
    story = Story("She wants a quay.\nMoss wants a crane.", [UNION])
    story.say("a quay", "wants", "want", "UNION", source="She", stance_code="for")
    story.say("a crane", "wants", "want", "UNION", source="Moss", stance_code="for")
    assert draft_case([story.read()]).parties[0].voices == ("Rita Moss",)


def test_an_office_that_ends_before_it_begins_has_no_dates() -> None:
    party = PartyName("UNION", "The union", principals=(Office("Jo Hart", None, date(2024, 2, 1), date(2024, 1, 1)), Office(" ")))
    story = Story("Hart wants a quay.", [party])
    story.say("a quay", "wants", "want", "UNION", source="Hart", stance_code="for")
    draft = draft_case([story.read()])
    sound(draft)
    assert [(one.name, one.start) for one in draft.parties[0].principals] == [("Jo Hart", None)]
