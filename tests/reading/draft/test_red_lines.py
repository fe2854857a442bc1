from __future__ import annotations

import pytest

from tests.reading.draft.statements import UNION, Story, harbour, river
from zopa.reading.draft.drafting import draft_case
from zopa.reading.draft.elements import DraftRedLine
from zopa.reading.draft.red_lines import HEDGED, TALKS_ONLY


def lines(
    content: str, predicate: str, *, firm: str | None = None, soft: str | None = None, stance: str = "for"
) -> list[DraftRedLine]:
    story = Story(
        f"The union {'must ' if firm else ''}{'perhaps ' if soft else ''}say: {content}.\nThe union wants no other boats.",
        [UNION],
    )
    story.say(content, "say", predicate, "UNION", source="The union", firm=firm, soft=soft, stance_code=stance)
    return list(draft_case([story.read()]).red_lines)


def test_a_firm_rejection_is_hard() -> None:
    (line,) = lines("night ferries", "reject", firm="must", stance="against")
    assert (line.word, line.condition, line.hard) == ("refuses", "night_ferries = ferries", True)


def test_a_hedge_leaves_it_open_whether_it_binds() -> None:
    (line,) = lines("night ferries", "demand", firm="must", soft="perhaps")
    assert (line.word, line.hard, line.remark) == ("requires", False, HEDGED)


@pytest.mark.parametrize("predicate", ["want", "aim", "intend", "support", "oppose"])
def test_a_goal_is_none_however_firm(predicate: str) -> None:
    assert lines("night ferries", predicate, firm="must") == []


def test_a_demand_without_a_firm_word_is_none() -> None:
    assert lines("night ferries", "demand") == []


def test_a_condition_of_talks_may_be_for_talks_only() -> None:
    (line,) = lines("talks need warm cabins", "condition", firm="must")
    assert (line.hard, line.remark) == (False, TALKS_ONLY)


def test_bounds_decide_which_options_are_ruled_out() -> None:
    found = {line.ground.because[0]: line for line in draft_case([harbour().read()]).red_lines}
    assert found["ceiling"].condition == "pay_rise <= upto4percent"
    assert found["ceiling"].refused == {"from5percent"}
    assert found["nights_union"].condition == "night_shifts = drop"


def test_what_is_said_of_a_party_is_no_red_line_of_it() -> None:
    story = river()
    story.statements = [one for one in story.statements if one.id != "inspect_lower"]
    assert not [line for line in draft_case([story.read()]).red_lines if line.party == "LOWER" and line.issue == "inspections"]


def test_two_statements_of_one_line_are_one_red_line() -> None:
    story = Story("The union must have warm cabins.\nWarm cabins are a must for the union.", [UNION])
    story.say("warm cabins", "must have", "demand", "UNION", source="The union", firm="must", stance_code="for")
    story.say("Warm cabins", "are a must", "demand", "UNION", source="the union", firm="must", soft="a", stance_code="for")
    (line,) = draft_case([story.read()]).red_lines
    assert len(line.ground.because) == 2
    assert line.hard
