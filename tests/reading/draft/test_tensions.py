from __future__ import annotations

from datetime import date

from tests.reading.draft.statements import LOWER, UNION, UPPER, Story, harbour, river
from zopa.reading.draft.drafting import draft_case


def because(*stories: Story) -> set[tuple[str, ...]]:
    return {one.because for one in draft_case([story.read() for story in stories]).tensions}


def test_hearsay_against_own_words() -> None:
    story = Story("Savia opposes night ferries.\nOrba said that Savia wants night ferries.", [LOWER, UPPER])
    own = story.say("night ferries", "opposes", "oppose", "LOWER", source="Savia", stance_code="against")
    told = story.say("night ferries", "wants", "want", "LOWER", source="Savia", level=2, stance_code="for")
    assert because(story) == {(told, own)}


def test_readiness_against_a_date_of_the_same_party() -> None:
    assert ("ready", "wait") in because(river())


def test_one_lever_used_both_ways() -> None:
    assert ("fees_down", "fees_up") in because(river())


def test_no_tension_where_a_bound_leaves_room() -> None:
    assert not [one for one in because(harbour()) if set(one) == {"pay_port", "ceiling"}]


def test_a_package_against_a_red_line() -> None:
    story = Story("Orba must have night ferries.\nA plan has emerged, which includes no night ferries.", [UPPER])
    line = story.say("night ferries", "must have", "demand", "UPPER", source="Orba", firm="must", stance_code="for")
    plan = story.say("no night ferries", "has emerged", "propose", "narrator", level=4)
    assert (plan, line) in because(story)


def test_red_lines_that_leave_nothing() -> None:
    story = Story("Orba must have night ferries.\nSavia must not see night ferries.", [UPPER, LOWER])
    one = story.say("night ferries", "must have", "demand", "UPPER", source="Orba", firm="must", stance_code="for")
    other = story.say("night ferries", "must not see", "reject", "LOWER", source="Savia", firm="must", stance_code="against")
    assert (one, other) in because(story)


def test_opposite_stands_and_two_values_of_one_party() -> None:
    story = Story(
        "Orba wants night ferries.\nOrba opposes night ferries.\nOrba offers 3 percent pay.\nOrba offers 4 percent pay.", [UPPER]
    )
    one = story.say("night ferries", "wants", "want", "UPPER", source="Orba", stance_code="for")
    other = story.say("night ferries", "opposes", "oppose", "UPPER", source="Orba", stance_code="against")
    low = story.say(
        "3 percent pay", "offers", "offer", "UPPER", source="Orba", amounts=[("3 percent", 3, "percent", None)], stance_code="for"
    )
    high = story.say(
        "4 percent pay", "offers", "offer", "UPPER", source="Orba", amounts=[("4 percent", 4, "percent", None)], stance_code="for"
    )
    assert because(story) == {(one, other), (low, high)}


def test_a_later_word_of_the_same_party_is_noted() -> None:
    first = Story("Orba opposes night ferries.", [UPPER], date(2024, 1, 1), "a.txt")
    old = first.say("night ferries", "opposes", "oppose", "UPPER", source="Orba", stance_code="against")
    second = Story("Orba wants night ferries.", [UPPER], date(2024, 2, 1), "b.txt")
    new = second.say("night ferries", "wants", "want", "UPPER", source="Orba", stance_code="for")
    draft = draft_case([second.read(), first.read()])
    (tension,) = draft.tensions
    assert tension.because == (old, new)
    assert "2024-01-01" in tension.says
    assert "the later word stands" in tension.says
    assert [(one.way, one.ground.because) for one in draft.positions] == [("for", (new,))]
    assert f"# changed: earlier against ferries, {old} (2024-01-01)" in draft.text


def test_sources_that_give_one_thing_different_amounts() -> None:
    stories = []
    for name, amount in (("a.txt", 300), ("b.txt", 400)):
        story = Story(f"The dam holds {amount} barrels of water.\nThe union wants more barrels of water.", [UNION], name=name)
        story.say(
            f"{amount} barrels of water",
            "holds",
            "fact",
            "narrator",
            level=4,
            amounts=[(f"{amount} barrels", amount, "barrel", None)],
            id=f"fact{amount}",
        )
        story.say("more barrels of water", "wants", "want", "UNION", source="The union", stance_code="for")
        stories.append(story)
    assert ("fact300", "fact400") in because(*stories)
