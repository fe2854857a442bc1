from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.reading.draft.checking import sound
from tests.reading.draft.statements import HARBOUR, PORT, UNION, Story, harbour
from zopa.reading.draft import Office, PartyName, draft_case
from zopa.reading.draft.ids import Names
from zopa.reading.draft.merging import gather


def later(text: str = "Moss said that “The Union would never accept  night shifts”.", name: str = "later.txt") -> Story:
    return Story(text, [UNION, PORT], date(2024, 6, 1), name)


def test_the_same_statement_found_twice_is_one_with_two_sources() -> None:
    second = later("Moss said the union would never accept night shifts, again.")
    second.say("night shifts", "would never accept", "reject", "UNION", source="Moss", firm="never", stance_code="against")
    draft = draft_case([harbour().read(), second.read()])
    (record,) = [one for one in draft.statements if one.id == "nights_union"]
    assert (record.source, record.also) == ("a1", ("a2",))
    assert len(draft.statements) == len(harbour().statements)
    assert sound(draft).statements["nights_union"].also == ("a2",)


def test_quotation_marks_and_blanks_make_no_other_statement() -> None:
    second = later("Moss: the union would  never accept “night\xa0shifts”.")
    second.say("“night\xa0shifts”", "would  never accept", "reject", "UNION", source="Moss", firm="never", stance_code="against")
    assert len(draft_case([harbour().read(), second.read()]).statements) == len(harbour().statements)


def test_the_same_words_for_another_party_are_another_statement() -> None:
    second = later("Venn said the port would never accept night shifts.")
    second.say("night shifts", "would never accept", "reject", "PORT", source="Venn", firm="never", stance_code="against")
    assert len(draft_case([harbour().read(), second.read()]).statements) == len(harbour().statements) + 1


def test_an_article_given_twice_counts_once() -> None:
    one, both = draft_case([harbour().read()]), draft_case([harbour().read(), harbour().read()])
    assert one.text == both.text


def test_articles_stand_in_the_order_of_their_days() -> None:
    second = later("The union wants a sauna.")
    second.say("a sauna", "wants", "want", "UNION", source="The union", stance_code="for", id="sauna")
    one = draft_case([harbour().read(), second.read()])
    other = draft_case([second.read(), harbour().read()])
    assert one.text == other.text
    assert one.as_of == date(2024, 6, 1)
    assert one.statements[-1].id == "sauna"


def test_equal_ids_of_different_statements_are_parted() -> None:
    second = later("The union wants a sauna.")
    second.say("a sauna", "wants", "want", "UNION", source="The union", stance_code="for", id="pay_union")
    draft = draft_case([harbour().read(), second.read()])
    assert [one.id for one in draft.statements if one.id.startswith("pay_union")] == ["pay_union", "pay_union_2"]
    sound(draft)


def test_sources_of_one_name_get_ids_of_their_own() -> None:
    second = later("The union wants a sauna.", "story.txt")
    second.say("a sauna", "wants", "want", "UNION", source="The union", stance_code="for")
    draft = draft_case([harbour().read(), second.read()])
    assert list(draft.sources) == ["sources/story.md", "sources/story_2.md"]
    sound(draft)


def test_two_administrations_are_one_party() -> None:
    old = PartyName("UNION", "The dockers' union", principals=(Office("Rita Moss", "chair", end=date(2024, 6, 1)),))
    new = PartyName("UNION", "The dockers' union", principals=(Office("Jo Hart", "chair", start=date(2024, 6, 1)),))
    first, second = harbour(), later("Hart wants a sauna.")
    second.say("a sauna", "wants", "want", "UNION", source="Hart", stance_code="for", id="sauna")
    reads = [replace(first.read(), parties={"UNION": old, "PORT": PORT}), replace(second.read(), parties={"UNION": new})]
    draft = draft_case(reads)
    union = next(party for party in draft.parties if party.id == "UNION")
    assert [(one.id, one.start, one.end) for one in union.principals] == [
        ("moss", None, date(2024, 6, 1)),
        ("hart", date(2024, 6, 1), None),
    ]
    case = sound(draft)
    assert case.statements["sauna"].party == "UNION.hart"
    assert case.statements["nights_union"].party == "UNION.moss"


def test_a_parent_that_is_gone_is_not_named() -> None:
    story = harbour()
    story.statements[0] = replace(story.statements[0], nested_in="nobody")
    assert gather([story.read()], Names()).said[0].statement.nested_in is None


def test_a_statement_said_on_a_day_counts_from_that_day() -> None:
    story = Story(HARBOUR, [UNION, PORT])
    story.say(
        "night shifts",
        "would never accept",
        "reject",
        "UNION",
        source="Moss",
        time="Moss",
        time_norm="2024-04-30",
        time_role="said",
    )
    assert gather([story.read()], Names()).said[0].day == date(2024, 4, 30)
