from __future__ import annotations

from tests.reading.draft.statements import PORT, UNION, Story, harbour
from zopa.reading.draft.drafting import draft_case
from zopa.reading.draft.elements import DraftPackage


def packages(story: Story) -> dict[str, DraftPackage]:
    return {one.ground.because[0]: one for one in draft_case([story.read()]).packages}


def test_an_exchange_is_a_package_of_its_author() -> None:
    swap = packages(harbour())["swap"]
    assert swap.terms == (("night_shifts", "drop"), ("contract", "year3"))
    assert (swap.author, swap.status) == ("PORT", "own words")


def test_a_plan_nobody_signed_is_unattributed() -> None:
    plan = packages(harbour())["plan"]
    assert plan.terms == (("pay_rise", "percent4"),)
    assert (plan.author, plan.status) == ("unnamed", "unattributed")
    assert plan.name == "A mediator's plan"


def test_what_follows_is_an_effect_and_no_term() -> None:
    story = Story("A plan has emerged, which includes longer leases.\nLonger leases could cost the city rents.", [UNION])
    plan = story.say("longer leases", "has emerged", "propose", "narrator", level=4)
    effect = story.say("Longer leases could cost the city rents", "could", "consequence", "narrator", level=4)
    found = packages(story)[plan]
    assert found.effects == (effect,)
    assert effect not in found.ground.because


def test_a_reported_exchange_told_twice_is_one_package() -> None:
    story = Story("Reports say the company weighs longer leases in exchange for new roofs.", [UNION, PORT])
    whole = story.say(
        "the company weighs longer leases in exchange for new roofs", "say", "report", "anonymous", source="Reports", level=3
    )
    inner = story.say(
        "longer leases in exchange for new roofs", "weighs", "consider", "PORT", source="the company", level=3, nested_in=whole
    )
    (found,) = draft_case([story.read()]).packages
    assert found.ground.because == (whole, inner)
    assert (found.author, found.status) == ("anonymous", "reported")
    assert [issue for issue, _ in found.terms] == ["leases", "roofs"]


def test_conditions_listed_by_one_voice_are_a_package() -> None:
    story = Story("Moss demanded warm meals and dry boots.", [UNION])
    whole = story.say("warm meals and dry boots", "demanded", "demand", "UNION", source="Moss", stance_code="for")
    for content in ("warm meals", "dry boots"):
        story.say(content, "demanded", "demand", "UNION", source="Moss", nested_in=whole, stance_code="for")
    (found,) = draft_case([story.read()]).packages
    assert [issue for issue, _ in found.terms] == ["warm_meals", "dry_boots"]
    assert found.author == "UNION"


def test_a_single_offer_of_a_party_is_a_position_and_no_package() -> None:
    assert "pay_port" not in packages(harbour())


def test_a_thing_without_degree_leaves_all_degrees_but_none() -> None:
    story = Story("The union offers pay in exchange for longer leases.\nThe port offers 3 percent pay.", [UNION, PORT])
    swap = story.say("pay in exchange for longer leases", "offers", "offer", "UNION", source="The union", stance_code="for")
    story.say(
        "3 percent pay",
        "offers",
        "offer",
        "PORT",
        source="The port",
        amounts=[("3 percent", 3, "percent", None)],
        stance_code="for",
    )
    assert dict(packages(story)[swap].terms)["pay"] == "percent3"
