from __future__ import annotations

import pytest

from tests.reading.draft.statements import HARBOUR, PORT, UNION, Story, harbour
from zopa.reading.draft.ids import Names
from zopa.reading.draft.merging import gather
from zopa.reading.draft.units import conjuncts_of, points_back, units_of


def texts(story: Story) -> dict[str, list[str]]:
    gathered = gather([story.read()], Names())
    found: dict[str, list[str]] = {}
    for unit in units_of(gathered.said, gathered.names):
        found.setdefault(unit.said.id, []).append(unit.text)
    return found


def test_an_exchange_has_two_terms() -> None:
    assert texts(harbour())["swap"] == ["to drop night shifts", "a contract of three years"]


def test_background_is_about_nothing() -> None:
    assert "background" not in texts(harbour())
    assert "bonus" in texts(harbour())


@pytest.mark.parametrize(
    ("content", "terms"),
    [
        ("a plan which includes a hostel plus two buses", ["a hostel", "two buses"]),
        ("longer leases in return for new roofs", ["longer leases", "new roofs"]),
        ("a shorter week, against lower pay", ["a shorter week", "lower pay"]),
        ("longer leases and new roofs", ["longer leases and new roofs"]),
    ],
)
def test_terms_of_what_is_put_forward(content: str, terms: list[str]) -> None:
    story = Story(f"The union proposed {content}.", [UNION])
    name = story.say(content, "proposed", "propose", "UNION", source="The union", stance_code="for")
    assert texts(story)[name] == terms


def test_conjuncts_stand_for_the_whole() -> None:
    story = Story("Moss demanded warm meals and dry boots.", [UNION])
    whole = story.say("warm meals and dry boots", "demanded", "demand", "UNION", source="Moss")
    first = story.say("warm meals", "demanded", "demand", "UNION", source="Moss", nested_in=whole)
    second = story.say("dry boots", "demanded", "demand", "UNION", source="Moss", nested_in=whole)
    assert list(texts(story)) == [first, second]
    gathered = gather([story.read()], Names())
    assert [one.id for one in conjuncts_of(gathered.said)[whole]] == [first, second]


@pytest.mark.parametrize("text", ["this approach", "to cut off that support", "such an agreement", "“these talks”"])
def test_pointing_back(text: str) -> None:
    assert points_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "that harbour dues are low, and this approach",
        "that talks have begun",
        "it and that talks have begun",
        "the leases that tenants hold",
        "thistle",
    ],
)
def test_a_clause_with_that_points_to_nothing(text: str) -> None:
    assert not points_back(text)


def test_the_subject_of_a_consequence_is_not_what_it_is_about() -> None:
    gathered = gather([harbour().read()], Names())
    stems = {unit.said.id: unit.stems for unit in units_of(gathered.said, gathered.names)}
    assert set(stems["effect"]) == {"lost", "job"}
    assert "mediator" in stems["plan"]
    assert HARBOUR.count("plan") == 2


def test_units_know_their_places() -> None:
    story = harbour(port=PORT)
    gathered = gather([story.read()], Names())
    for unit in units_of(gathered.said, gathered.names):
        assert unit.span.of(story.article.text) in unit.text


def test_a_promise_with_its_price_has_two_terms() -> None:
    story = Story("Moss said pensions may wait, but only if boots are dry.", [UNION])
    name = story.say(
        "pensions may wait, but only if boots are dry", "said", "condition", "UNION", source="Moss", stance_code="for"
    )
    assert texts(story)[name] == ["pensions may wait", "boots are dry"]


def test_a_promise_that_names_nothing_leaves_its_price() -> None:
    story = Story("Moss said we will sign only if boots are dry.", [UNION])
    name = story.say("we will sign only if boots are dry", "said", "condition", "UNION", source="Moss", stance_code="for")
    assert texts(story)[name] == ["boots are dry"]


def test_what_names_nothing_points_back() -> None:
    story = Story("Moss demanded warm meals.\nVenn rejected the demand.", [UNION, PORT])
    story.say("warm meals", "demanded", "demand", "UNION", source="Moss", stance_code="for")
    story.say("the demand", "rejected", "reject", "PORT", source="Venn", stance_code="against")
    gathered = gather([story.read()], Names())
    assert [unit.back for unit in units_of(gathered.said, gathered.names)] == [False, True]
