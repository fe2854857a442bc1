from __future__ import annotations

import pytest

from tests.reading.draft.statements import UNION, Story
from zopa.reading.draft.ids import Names
from zopa.reading.draft.matters import inside, matter_of, turned
from zopa.reading.draft.merging import gather
from zopa.reading.draft.units import Unit, units_of
from zopa.reading.statements import Bound


def unit(content: str, predicate: str, amount: tuple[str, int, str, Bound | None] | None = None) -> Unit:
    story = Story(f"The union says {content}.", [UNION])
    amounts = [amount] if amount is not None else []
    story.say(content, "says", predicate, "UNION", source="The union", stance_code="for", amounts=amounts)
    gathered = gather([story.read()], Names())
    return units_of(gathered.said, gathered.names)[0]


@pytest.mark.parametrize(
    ("content", "matter"),
    [
        ("a treaty without inspections", "inspections"),
        ("less than a joint patrol", "a joint patrol"),
        ("we will not accept anything less than a joint patrol", "a joint patrol"),
        ("that anything short of a new dam", "a new dam"),
    ],
)
def test_what_is_lacking_is_at_issue_and_turns_the_stand(content: str, matter: str) -> None:
    one = unit(content, "reject")
    assert turned(one)
    assert matter_of(one) == matter


def test_a_bound_of_an_amount_is_no_lack() -> None:
    one = unit("less than 5 percent", "reject", ("less than 5 percent", 5, "percent", "max"))
    assert not turned(one)
    assert inside(one.said.statement.quantities[0], one)


def test_what_a_condition_needs_is_at_issue() -> None:
    one = unit("any deal would need the approval of both houses", "condition")
    assert matter_of(one) == "the approval of both houses"
    assert not turned(one)


def test_other_acts_are_about_all_of_their_words() -> None:
    assert matter_of(unit("the port needs new cranes", "want")) == "the port needs new cranes"


@pytest.mark.parametrize(
    ("content", "amount"),
    [
        ("more than 9 percent", ("more than 9 percent", 9, "percent", "max")),  # "cannot pay more than 9 percent"
        ("less than 5 percent", ("less than 5 percent", 5, "percent", "min")),  # "would not take less than 5 percent"
    ],
)
def test_a_bound_that_a_denial_turned_turns_the_stand(content: str, amount: tuple[str, int, str, Bound | None]) -> None:
    assert turned(unit(content, "reject", amount))
