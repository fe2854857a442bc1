"""Judgements, answers and readings in words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.case.test_swapping import RICH
from zopa.case import Basis, Case, load_case, read_text
from zopa.cases import shipped_case, shipped_cases
from zopa.exploration.naming import (
    answer_name,
    assumption_name,
    group_name,
    judgement_basis,
    judgement_name,
    party_name,
    reading_name,
    word_name,
)
from zopa.exploration.together import groups_of
from zopa.space import sobol_keys

NUMBERS = """
zopa: 1
title: Numbers and words
as_of: 2025-01-01
assume: made up
sources: {note: {title: A note, kind: table}}
parties: {A: First party, B: Second party}
issues:
  pay: {name: Pay rise, scale: 2..6, step: 2, unit: percent}
  term: {name: Term, options: {short: One year, long: Two years}}
assumptions:
  told: {value: low | high, assume: nobody says how much of what was promised in the talks would be kept in the end}
  named: {name: How firm, value: yes | no, split: yes, labels: {yes: a firm word}}
preferences:
  A:
    points: {pay: {2: 0..10, 6: {value: 20, because: note}}, term: [0, 5..9]}
    bonus: {both: {when: pay = 6 and term = long, points: 1..2}}
    no_deal: {value: 3..4, because: note}
  B: {points: {pay: [9, 5, 0], term: [4, 0]}, no_deal: 3}
"""


def read(text: str) -> Case:
    reading = read_text(text, Path("made/case.yaml"))
    assert reading.case is not None, "\n".join(map(str, reading.findings))
    return reading.case


@pytest.fixture(scope="module")
def ukraine() -> Case:
    return load_case(shipped_case("ukraine-2025"))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("A9.RUS", "No-deal value: Russian Federation"),
        ("A9.UKR", "No-deal value: Ukraine"),
        ("A2", "Russia's loss at a joint guarantee"),
        ("row12", "What the guarantees are needed for"),
        ("A19.RUS", "Is one of the unnamed reluctant: Russian Federation"),
        ("preferences.UKR.weights", "Weights of Ukraine"),
        ("preferences.UKR.weights.dmz", "Weight of Demilitarised zone, for Ukraine"),
        ("preferences.RUS.scores.guarantee", "Scores on Security guarantee for Ukraine, for Russian Federation"),
        (
            "preferences.RUS.scores.guarantee.european",
            "Score of European only (Security guarantee for Ukraine), for Russian Federation",
        ),
        ("preferences.UKR.scores.nato.direction", "Direction of scores on NATO membership of Ukraine, for Ukraine"),
        ("preferences.UKR.scores.nato.shape", "Curvature of scores on NATO membership of Ukraine, for Ukraine"),
        (
            "A22@preferences.EUR.scores.aid.direction",
            "Direction not stated: US military support after 20 January, for Europe (collective)",
        ),
        ("A8@preferences.EUR.scores.dmz.shape", "Curvature of scores: Demilitarised zone, for Europe (collective)"),
        ("A8@somewhere.else", "Curvature of scores: somewhere.else"),
        ("preferences.RUS.no_deal", "No-deal value of Russian Federation"),
        ("A7", "A7 (weights cannot be read from news; equal support for both …)"),
    ],
)
def test_a_key_in_words(ukraine: Case, key: str, words: str) -> None:
    assert judgement_name(ukraine, key) == words


@pytest.mark.parametrize(
    "key",
    [
        "nothing",
        "preferences",
        "preferences.RUS",
        "preferences.XYZ.weights",
        "preferences.RUS.weights.tolls",
        "preferences.RUS.wishes.dmz",
        "preferences.RUS.bonus.none",
        "preferences.RUS.scores.nato.other",
    ],
)
def test_an_unknown_key_stays_as_it_is(ukraine: Case, key: str) -> None:
    assert judgement_name(ukraine, key) == key
    assert judgement_basis(ukraine, "nothing") == Basis()


def test_numbers_units_points_and_bonuses() -> None:
    case = read(NUMBERS)
    assert judgement_name(case, "preferences.A.points.pay.6") == "Points of 6 percent (Pay rise), for First party"
    assert judgement_name(case, "preferences.A.points.term.long") == "Points of Two years (Term), for First party"
    assert judgement_name(case, "preferences.A.points.term") == "Points on Term, for First party"
    assert judgement_name(case, "preferences.A.bonus.both") == "Bonus of First party if pay = 6 and term = long"
    assert judgement_name(case, "told") == "told (nobody says how much of what was promised in the talks …)"
    assert judgement_basis(case, "preferences.A.points.pay").because == ("note",)
    assert judgement_basis(case, "preferences.A.points.pay.2").because == ()
    assert judgement_basis(case, "preferences.A.no_deal").because == ("note",)
    assert judgement_basis(case, "preferences.A.bonus.both") == Basis((), "made up")


def test_an_assumption_without_name_or_reason_keeps_its_id(ukraine: Case) -> None:
    assert assumption_name(replace(ukraine.assumptions["A7"], reason="")) == "A7"
    assert assumption_name(replace(ukraine.assumptions["A7"], reason="short")) == "A7 (short)"
    assert assumption_name(read(RICH).assumptions["x"]) == "x"  # the reason is that of the whole file


@pytest.mark.parametrize(
    ("key", "because", "assume"),
    [
        ("preferences.UKR.weights", ("s12", "s15"), "A7"),
        ("preferences.UKR.weights.dmz", (), "A7"),
        ("preferences.USA.weights", ("s7", "s8", "s9"), "A5; A4"),
        ("preferences.RUS.scores.guarantee", ("s17",), "A2"),
        ("preferences.RUS.scores.nato.direction", ("s17",), None),
        ("preferences.RUS.no_deal", (), "A9"),
    ],
)
def test_what_stands_behind_a_key(ukraine: Case, key: str, because: tuple[str, ...], assume: str | None) -> None:
    assert judgement_basis(ukraine, key) == Basis(because, assume)


def test_what_is_drawn_for_an_assumption_rests_on_the_assumption(ukraine: Case) -> None:
    for key, name in (("A9.RUS", "A9"), ("A22@preferences.EUR.scores.aid.direction", "A22"), ("A19.UKR", "A19")):
        assert judgement_basis(ukraine, key) == ukraine.assumptions[name].basis
    assert judgement_basis(ukraine, "A19.UKR").because == ("s22",)


def test_scores_known_by_their_order_alone_rest_on_the_order() -> None:
    case = read(RICH)
    assert judgement_basis(case, "preferences.A.scores.i.o1") == Basis((), "made up")
    assert judgement_basis(case, "preferences.A.scores.i.o7") == Basis()
    assert judgement_name(case, "preferences.A.scores.i.o1") == "Score of One (i), for First"


def test_what_a_correlation_ties_to_a_group_is_named_with_it() -> None:
    case = read(RICH)
    groups = {one.key: one for one in groups_of(case)}
    tied = groups["x.A"]
    assert group_name(case, tied.key, tied.members) == "x: First together with x: Second together with y: First"
    alone = groups["preferences.A.weights"]
    assert len(alone.members) == 2
    assert group_name(case, alone.key, alone.members) == "Weights of First"
    mixed = ("preferences.A.scores.i.o0", "preferences.A.scores.i.o2", "preferences.B.scores.i.o0", "x.A")
    expected = "x: First together with Scores on i, for First together with Score of Zero (i), for Second"
    assert group_name(case, "x.A", mixed) == expected


def test_an_answer_in_the_words_of_the_case(ukraine: Case) -> None:
    assert word_name(ukraine, "A6", "up") == "Europe wants a stronger guarantee"
    assert word_name(ukraine, "A22@preferences.EUR.scores.aid.direction", "up") == "up"
    assert word_name(ukraine, "preferences.UKR.scores.nato.direction", "up") == "up"
    assert answer_name(ukraine, "A19.RUS", "no") == "Russian Federation: not one of the unnamed reluctant"
    assert answer_name(ukraine, "firm14", "yes") == "a joint guarantee is a must"
    assert reading_name(ukraine, {"firm14": "no", "A6": "down"}) == "a joint guarantee is a wish; Europe is averse to the burden"
    case = read(NUMBERS)
    assert [answer_name(case, "named", word) for word in ("yes", "no")] == ["a firm word", "How firm: no"]


@pytest.mark.parametrize("name", shipped_cases())
def test_every_judgement_of_a_shipped_case_has_a_name_of_its_own(name: str) -> None:
    case = load_case(shipped_case(name))
    keys = list(dict.fromkeys([*sobol_keys(case), *(one.key for one in groups_of(case))]))
    names = [judgement_name(case, key) for key in keys]
    assert len(set(names)) == len(names)
    assert not [key for key, words in zip(keys, names, strict=True) if re.search(r"[@_]|preferences", words)]
    assert all(judgement_basis(case, key) != Basis() for key in keys)


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_one_template_serves_all_parties(name: str) -> None:
    """Where two parties have a judgement of the same kind, its names differ in the name of the party alone."""
    case = load_case(shipped_case(name))
    keys = sobol_keys(case)
    compared = 0
    for key in keys:
        for party in case.parties:
            parts = re.split(r"([.@])", key)
            if party not in parts:
                continue
            for other in case.parties:
                twin = "".join(other if part == party else part for part in parts)
                if twin in keys:
                    words = judgement_name(case, key).removesuffix(party_name(case, party))
                    assert words == judgement_name(case, twin).removesuffix(party_name(case, other))
                    compared += other != party
    assert compared
