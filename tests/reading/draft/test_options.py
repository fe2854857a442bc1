from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reading.draft.statements import PORT, UNION, Story, harbour, river
from zopa.reading.draft.drafting import draft_case
from zopa.reading.draft.elements import ADDED, DraftIssue
from zopa.reading.statements import Bound


def issue(story: Story, name: str) -> DraftIssue:
    return next(one for one in draft_case([story.read()]).issues if one.id == name)


def names(one: DraftIssue) -> list[str]:
    return [option.name for option in one.options]


def wish(*contents: str, predicate: str = "want", present: str | None = None) -> DraftIssue:
    """The only issue of a text in which the union says some things."""
    lines = [f"The union wants {content}." for content in contents]
    story = Story("\n".join([*lines, *([present] if present else [])]), [UNION])
    for content in contents:
        story.say(content, "wants", predicate, "UNION", source="The union", stance_code="for")
    if present:
        story.say(present.split(" pays ")[1].rstrip("."), "pays", "fact", "narrator", level=4)
    (only,) = draft_case([story.read()]).issues
    return only


def test_amounts_of_one_unit_are_ordered_by_value_above_nothing() -> None:
    pay = issue(harbour(), "pay_rise")
    assert pay.ordered
    assert names(pay) == ["none", "3 percent", "4 percent", "not exceed 4 percent", "at least 5 percent"]
    assert pay.options[0].ground.assume == ADDED
    assert all(option.ground.because for option in pay.options[1:])


def test_bounded_amounts_show_their_bound_in_the_id() -> None:
    assert [option.id for option in issue(harbour(), "pay_rise").options] == [
        "none",
        "percent3",
        "percent4",
        "upto4percent",
        "from5percent",
    ]


def test_counted_things_keep_their_noun() -> None:
    assert names(issue(harbour(), "lost_jobs")) == ["none", "40 lost jobs"]


def test_changes_lie_between_ending_and_raising() -> None:
    fees = issue(river(), "water_fees")
    assert names(fees) == ["reduce", "as it is", "raise"]
    assert fees.ordered


def test_alone_lies_below_joint() -> None:
    assert [option.id for option in issue(river(), "guarantee").options] == ["none", "alone", "joint"]


def test_a_thing_named_once_stands_beside_anything_else() -> None:
    only = wish("a warm canteen")
    assert names(only) == ["a warm canteen", "anything else"]
    assert not only.ordered
    assert only.now is None


def test_a_delay_is_no_amount() -> None:
    only = wish("a new crane", "to put the new crane off", predicate="want")
    assert names(only) == ["a new crane", "put the new crane off", "anything else"]


def test_none_of_it_is_an_option_of_its_own() -> None:
    assert names(wish("a night ferry", "no night ferry")) == ["a night ferry", "none", "anything else"]


def test_sanctions_that_are_lifted_end() -> None:
    only = wish("to lift the sanctions", "to raise sanctions")
    assert names(only) == ["lift", "as it is", "raise"]


@pytest.mark.parametrize(
    ("line", "now"),
    [("The company currently pays 3 percent pay.", "percent3"), ("The company pays 3 percent pay.", None)],
)
def test_what_is_in_force_is_read_only_where_the_text_says_so(line: str, now: str | None) -> None:
    story = Story(f"{line}\nThe union wants 5 percent pay.", [UNION])
    fixed: Bound | None = None
    story.say("3 percent pay", "pays", "fact", "narrator", level=4, amounts=[("3 percent", 3, "percent", fixed)])
    story.say(
        "5 percent pay",
        "wants",
        "want",
        "UNION",
        source="The union",
        amounts=[("5 percent", 5, "percent", fixed)],
        stance_code="for",
    )
    (only,) = draft_case([story.read()]).issues
    assert only.now == now
    assert [option.id for option in only.options] == ["none", *([now] if now else []), "percent5"]


def test_amounts_of_two_units_have_no_order() -> None:
    story = Story("The union wants 5 percent pay.\nThe company offers 200 euros pay.", [UNION, PORT])
    story.say(
        "5 percent pay",
        "wants",
        "want",
        "UNION",
        source="The union",
        amounts=[("5 percent", 5, "percent", None)],
        stance_code="for",
    )
    story.say(
        "200 euros pay",
        "offers",
        "offer",
        "PORT",
        source="The company",
        amounts=[("200 euros", 200, "EUR", None)],
        stance_code="for",
    )
    (only,) = draft_case([story.read()]).issues
    assert not only.ordered
    assert names(only) == ["5 percent", "200 euros", "anything else"]


def test_every_option_rests_on_words_or_says_that_it_was_added() -> None:
    for story in (harbour(), river()):
        for one in draft_case([story.read()]).issues:
            assert len(one.options) > 1
            assert all(bool(option.ground.because) != bool(option.ground.assume) for option in one.options)


def test_a_freeze_lies_where_a_rise_begins() -> None:
    story = Story("The owner wants rents to rise by 9 percent.\nThe union wants to freeze rents.", [UNION, PORT])
    story.say(
        "rents to rise by 9 percent",
        "wants",
        "want",
        "PORT",
        source="The owner",
        amounts=[("9 percent", 9, "percent", None)],
        stance_code="for",
    )
    story.say("to freeze rents", "wants", "want", "UNION", source="The union", stance_code="for")
    (only,) = draft_case([story.read()]).issues
    assert only.ordered
    assert names(only) == ["freeze", "rise by 9 percent"]


def test_cuts_are_ordered_from_the_deepest() -> None:
    story = Story("The port wants to cut rents by 9 percent.\nThe union wants to cut rents by 5 percent.", [UNION, PORT])
    for party, amount in (("PORT", 9), ("UNION", 5)):
        words = f"{amount} percent"
        story.say(
            f"to cut rents by {words}",
            "wants",
            "want",
            party,
            source="The",
            amounts=[(words, amount, "percent", None)],
            stance_code="for",
        )
    (only,) = draft_case([story.read()]).issues
    assert names(only) == ["none", "cut rents by 9 percent", "cut rents by 5 percent"]


def test_the_purpose_of_a_plan_is_no_option() -> None:
    story = Story("A plan has emerged, which includes a new pier.\nThe pier plan aims to halt erosion.", [UNION])
    story.say("a new pier", "has emerged", "propose", "narrator", level=4)
    story.say("to halt erosion", "aims", "aim", "unnamed", level=4, source="The pier plan")
    (only,) = draft_case([story.read()]).issues
    assert names(only) == ["a new pier", "anything else"]


@pytest.mark.parametrize("name", ["Lower Saxony", "Cut Bank"])
def test_names_are_no_changes(name: str) -> None:
    assert names(wish(f"a ferry to {name}")) == [f"a ferry to {name}", "anything else"]


def test_an_adjective_of_a_party_tells_one_kind_from_another() -> None:
    savia, orba = replace(UNION, key="SAVIA", name="Savia"), replace(PORT, key="ORBA", name="Orba")
    story = Story("Savia wants Orban pilots.\nOrba wants more pilots.", [savia, orba])
    story.say("Orban pilots", "wants", "want", "SAVIA", source="Savia", stance_code="for")
    story.say("more pilots", "wants", "want", "ORBA", source="Orba", stance_code="for")
    assert names(draft_case([story.read()]).issues[0]) == ["Orban pilots", "more pilots", "anything else"]
