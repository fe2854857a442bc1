"""What a text has introduced: people, bodies, and keys made from names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.registry import (
    Bodies,
    People,
    corporate,
    is_outlet,
    key_of,
    nouns_for,
    plain,
    singular_key_name,
    status_of,
    surname_of,
)


def test_one_word_is_short_for_the_only_body_it_fits() -> None:
    bodies = Bodies([])
    club = bodies.add("Ashford Wanderers", 0, "organisation")
    firm = bodies.add("Harrow Capital", 10, "organisation", nouns_for("Harrow Capital"))
    bodies.add("Elm Street Union", 20, "organisation", ("union",))
    assert (bodies.short_of("Wanderers"), bodies.short_of("Ashford"), bodies.short_of("wanderers")) == (club, None, None)
    assert (bodies.named("Harrow"), bodies.short_of("Union"), bodies.short_of("Elm")) == (firm, None, None)
    bodies.add("Saltby Wanderers", 30, "organisation")
    assert bodies.short_of("Wanderers") is None


def test_a_longer_name_behind_a_shorter_one_and_a_branch_are_the_same_body() -> None:
    bodies = Bodies([])
    club = bodies.add("Wanderers", 0, "organisation")
    fund = bodies.add("WWF", 5, "organisation")
    assert bodies.add("Ashford Wanderers", 9, "organisation") is club
    assert bodies.add("WWF Norway", 20, "organisation") is fund
    assert [corporate(name) for name in ("WWF Norway", "RSPB Scotland", "Ida Norway")] == [True, True, False]


def test_a_union_is_announced_by_its_common_noun() -> None:
    bodies = Bodies([])
    union = bodies.add("Union", 0, "organisation")
    union.common = True
    bodies.refer("union", union.key, 0)
    name = "Northfield Nurses Association"
    assert bodies.add("Shipowners Association", 5, "organisation", nouns_for("Shipowners Association")) is not union
    assert bodies.add(name, 9, "organisation", nouns_for(name)) is union
    assert (union.name, union.key, union.common, bodies.named(name)) == (name, "UNION", False, union)
    other = bodies.add("Dockers Union", 30, "organisation", nouns_for("Dockers Union"))
    assert other is not union


def test_bodies_of_no_kind() -> None:
    bodies = Bodies([])
    bodies.add("Veltrane", 3, "organisation")
    bodies.add("Park Service", 4, "organisation", ("service",))
    bodies.add("Rumoured", 5, "organisation", assumed=True)
    assert (bodies.of_no_kind(2), bodies.of_no_kind(9)) == ([], ["VELTRANE"])
    bodies.refer("company", "VELTRANE", 6)
    assert (bodies.of_no_kind(5), bodies.of_no_kind(9)) == (["VELTRANE"], [])


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Acme Corp.", "ACME"),
        ("Tenants' association", "TENANTS_ASSOCIATION"),
        ("Škoda & Söhne", "SKODA_SOHNE"),
        ("3rd Front", "PARTY_3RD_FRONT"),
        ("李明", "PARTY"),
        ("Nor", "NOR_2"),
    ],
)
def test_keys(name: str, key: str) -> None:
    assert key_of(name, {"NOR"}) == key


@pytest.mark.property
@given(st.lists(st.text(min_size=1), max_size=8))
def test_keys_are_well_formed_and_never_shared(names: list[str]) -> None:
    taken: set[str] = {"NOR"}
    for name in names:
        key = key_of(name, taken)
        assert key not in taken
        assert key.isascii()
        assert key[0].isalpha()
        assert key.replace("_", "").isalnum()
        assert key == key.upper()
        taken.add(key)


@pytest.mark.parametrize(
    ("name", "surname"),
    [("Mark van der Berg", "berg"), ("Jean de la Cruz, Jr.", "cruz"), ("Mark O’Neil III", "o'neil"), ("", "")],
)
def test_surnames(name: str, surname: str) -> None:
    assert surname_of(name) == surname


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("President-elect", "incoming"),
        ("incoming prime minister", "incoming"),
        ("outgoing president", "outgoing"),
        ("Former minister", "former"),
        ("ex-minister", "former"),
        ("prime minister", "incumbent"),
    ],
)
def test_terms(title: str, status: str) -> None:
    assert status_of(title) == status


def test_people_are_found_by_any_part_of_their_names() -> None:
    people = People()
    dahl, kim = people.add("Kari Dahl", 5), people.add("Kim Jong Su", 10)
    assert people.called("Dahl", 20) == [dahl]
    assert people.called("KARI DAHL", 20) == [dahl]
    assert people.called("Kim", 20) == [kim]
    other = people.add("Ole Dahl", 30)
    assert people.called("Dahl", 20) == [dahl]
    assert people.called("Dahl", 40) == [dahl, other]
    assert people.called("Dahl", 1) == [dahl, other]


def test_bodies_are_found_by_short_forms_and_nouns() -> None:
    bodies = Bodies({"NOR"})
    union = bodies.add("Norwegian Seafarers Union", 3, "organisation", ("union",))
    assert bodies.named("NSU") is union
    assert bodies.referred("union", 3) == []
    assert bodies.referred("union", 4) == [union.key] == bodies.ever("union")
    guess = bodies.add("Bolt", 5, "organisation", assumed=True)
    assert bodies.add("Bolt", 9, "organisation") is guess
    assert not guess.assumed


def test_words_of_names() -> None:
    assert corporate("Acme Corp.")
    assert corporate("Moe & Dahl")
    assert not corporate("Kari Dahl")
    assert is_outlet("Harbour Times")
    assert not is_outlet("Kari Dahl")
    assert nouns_for("Acme Inc.") == ("company", "firm")
    assert nouns_for("Seafarers Union") == ("union",)
    assert plain("Mr. Tom Poe") == "Tom Poe"
    assert plain("Dr.") == "Dr."


def test_bodies_are_found_by_aliases_and_by_the_last_word_of_the_only_one() -> None:
    bodies = Bodies({"NOR"})
    front = bodies.add("National Front", 3, "organisation", nouns_for("National Front"))
    bodies.alias("NF", front)
    assert bodies.named("NF") is front
    assert bodies.named("Front") is front
    assert bodies.named("front") is None
    assert bodies.ending("front") == [front]
    assert bodies.referred("front", 9) == [front.key]
    bodies.add("Popular Front", 9, "organisation")
    assert bodies.named("Front") is None


def test_a_body_of_workers_is_a_union_and_plurals_may_be_irregular() -> None:
    assert nouns_for("United Port Workers") == ("union",)
    assert singular_key_name("fisherman", True) == "Fishermen"
    assert singular_key_name("fisherman", False) == "Fisherman"


def test_a_group_that_a_body_represents_is_that_body_from_there_on() -> None:
    bodies = Bodies([])
    own = bodies.add("Pilots", 3, "group")
    bodies.refer("pilot", own.key, 3)
    bodies.represent("pilot", "LEAGUE", 20)
    assert bodies.referred("pilot", 20) == ["PILOTS"]
    assert bodies.referred("pilot", 21) == ["LEAGUE"]


def test_a_long_name_belongs_to_the_short_one_only_where_it_is_the_same_kind_of_body() -> None:
    bodies = Bodies([])
    short = bodies.add("Hillside", 0, "organisation")
    assert bodies.add("Hillside Medical Center", 9, "organisation") is short
    assert bodies.add("Hillside Workers Union", 20, "organisation") is not short
