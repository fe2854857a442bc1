from __future__ import annotations

from datetime import date

from tests.reading.draft.statements import UNION, Story, harbour, river
from zopa.reading.draft.drafting import draft_case
from zopa.reading.draft.elements import Stance
from zopa.reading.draft.positions import contradict, departs, positions_of


def stance(
    option: str, way: str = "for", day: int = 1, own: bool = True, value: float | None = None, bound: str | None = None
) -> Stance:
    assert way in {"for", "against"}
    return Stance(
        "A", "dam", "for" if way == "for" else "against", option, f"{way}_{option}_{day}", date(2024, 1, day), own, value, bound
    )


def test_positions_of_a_labour_contract() -> None:
    held = {(one.party, one.issue): (one.way, one.option) for one in draft_case([harbour().read()]).positions}
    assert held == {
        ("UNION", "pay_rise"): ("for", "from5percent"),
        ("PORT", "pay_rise"): ("for", "percent3"),
        ("UNION", "night_shifts"): ("for", "drop"),
        ("PORT", "night_shifts"): ("for", "drop"),
        ("PORT", "contract"): ("for", "year3"),
    }


def test_what_others_say_fills_no_position() -> None:
    draft = draft_case([river().read()])
    assert "nested" not in {name for one in draft.positions for name in one.ground.because}
    assert {(one.party, one.statement) for one in draft.reported} == {("LOWER", "nested")}


def test_who_refuses_to_do_without_something_wants_it() -> None:
    draft = draft_case([river().read()])
    held = {(one.party, one.issue): (one.way, one.option) for one in draft.positions}
    assert held["LOWER", "inspections"] == ("for", "inspections")
    assert held["UPPER", "inspections"] == ("against", "inspections")


def test_only_hearsay_leaves_a_party_unknown() -> None:
    story = river()
    draft = draft_case([story.read(without={"joint", "alone", "inspect_lower"})])
    assert not [one for one in draft.positions if one.party == "LOWER"]
    assert "  LOWER: unknown" in draft.text


def test_readiness_to_discuss_is_no_stand() -> None:
    story = Story("The union wants warm meals.\nThe union is ready to discuss night shifts.", [UNION])
    story.say("warm meals", "wants", "want", "UNION", source="The union", stance_code="for")
    story.say("to discuss night shifts", "is ready", "willing", "UNION", source="The union", stance_code="for")
    assert [one.issue for one in draft_case([story.read()]).positions] == ["warm_meals"]


def test_the_latest_word_stands_and_the_earlier_one_is_kept() -> None:
    (held,) = positions_of([stance("low", day=1), stance("high", day=2)])
    assert (held.option, held.ground.because) == ("high", ("for_high_2",))
    assert [one.statement for one in held.earlier] == ["for_low_1"]


def test_a_word_said_again_rests_on_both() -> None:
    (held,) = positions_of([stance("low", day=1), stance("low", day=2)])
    assert held.ground.because == ("for_low_1", "for_low_2")
    assert not held.earlier


def test_for_and_against_on_one_day_give_no_position() -> None:
    assert positions_of([stance("low"), stance("low", "against")]) == []


def test_what_is_not_own_words_counts_for_nothing() -> None:
    assert positions_of([stance("low", own=False)]) == []


def test_a_bound_leaves_room() -> None:
    ceiling, offer, wish = stance("upto4", value=4, bound="max"), stance("three", value=3), stance("five", value=5)
    assert not departs(ceiling, offer)
    assert departs(ceiling, wish)
    assert not contradict(ceiling, wish)
