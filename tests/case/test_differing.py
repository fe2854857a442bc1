"""What a case says of one of two parties and not of the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from tests.strategies import Spec, specs
from zopa.case import Case, Side, differences, load_case, read_text, swap_parties
from zopa.cases import shipped_case, shipped_cases

PAIRS = {"ukraine-2025": ("RUS", "UKR"), "panama-1977": ("USA", "PAN"), "labour-contract": ("bakers", "bakery")}

ALIKE = """
zopa: 1
title: Two who are alike
as_of: 2025-01-01
assume: made up
parties: {A: One, B: Other}
issues:
  i: {scale: ordered, options: [o0, o1, o2], by: A and B}
assumptions:
  x: {value: 10..60, per: [A, B]}
  own: {value: yes | no, per: [A, B], split: yes}
preferences:
  A:
    points: {i: [0, x, x.B]}
    red_lines: {LA: {refuses: i = o0, binds: own}, LA2: {refuses: i = o2, binds: own.B}}
    no_deal: x.A
  B:
    points: {i: [0, x, x.A]}
    red_lines: {LB2: {refuses: i = o2, binds: own.A}, LB: {refuses: i = o0, binds: own}}
    no_deal: x.B
levers:
  press_A: {by: B, move: {A.no_deal: -x.A, B.no_deal: 1}}
  press_B: {by: A, move: {B.no_deal: -x.B, A.no_deal: 1}}
"""


def shipped(name: str) -> Case:
    return load_case(shipped_case(name))


def read(text: str) -> Case:
    reading = read_text(text.lstrip(), Path("made/case.yaml"))
    assert reading.case is not None, "\n".join(map(str, reading.findings))
    return reading.case


def test_what_a_reader_of_the_ukraine_case_has_to_see() -> None:
    found = differences(shipped("ukraine-2025"), "RUS", "UKR")
    said = {(one.what, one.first and one.first.written, one.second and one.second.written) for one in found}
    assert said == {
        ("score on territory", "up", "down"),
        ("score on nato", "down", "up"),
        (
            "score on guarantee",
            "none: 100, european: 0..100, joint: 100 - A2, collective: 0; none >= european >= joint",
            "up",
        ),
        ("score shape on guarantee", None, "A8"),
        ("score on aid", "down", "up"),
        ("score on arms", "down", "up"),
        ("red line", "refuses nato = member, binds if firm17", None),
        ("red line", "refuses nato = invitation, binds if firm17 and scope17 = invitation", None),
        ("red line", None, "requires guarantee > none, binds if row12 = content"),
        ("red line", None, "requires guarantee >= joint, binds if firm14"),
        ("order among weights", None, "guarantee >= dmz"),
        ("order among weights", None, "guarantee >= arms"),
        ("order among weights", None, "nato >= arms"),
        ("no-deal value moved by the lever cut_aid", "r * D", "-D"),
        ("a say over nato", None, "yes"),
        ("a say over arms", None, "yes"),
    }
    nato = next(one for one in found if one.what == "score on nato")
    assert nato.first == Side("down", ("s17",), ())
    assert nato.second == Side("up", ("s15",), ())
    territory = next(one for one in found if one.what == "score on territory")
    assert territory.first == Side("up", (), ("A1",))


def test_the_same_in_other_words_is_no_difference() -> None:
    """Own and other are compared, not names: x.B is to A what x.A is to B; ids and the order of red lines do not count."""
    assert differences(read(ALIKE), "A", "B") == ()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("no_deal: x.B", "no_deal: x.A", "no-deal value"),
        ("no_deal: x.B", "no_deal: {share: x.B}", "no-deal value"),
        ("[0, x, x.A]", "[0, x, x.B]", "points on i"),
        ("binds: own.A}", "binds: own.B}", "red line"),
        ("{A.no_deal: -x.A", "{A.no_deal: -x.B", "lever"),
        ("by: A and B", "by: B", "a say over i"),
        ("parties: {A: One, B: Other}", "parties: {A: One, B: {seat: guarantor}}", "seat"),
        ("levers:", "influence: {A: 1, B: 2}\nlevers:", "influence"),
        ("levers:", "positions: {i: {A: [10, 5], B: [10, 6]}}\nlevers:", "salience of i"),
        ("levers:", "agreement: {need: {quota: 1, votes: {A: 1}}}\nlevers:", "votes"),
        ("levers:", "agreement: {veto: [A]}\nlevers:", "veto"),
        ("levers:", "holding: {between: [A, B], cost: {A: 1..2, B: 1..3}}\nlevers:", "cost of holding"),
    ],
)
def test_each_kind_of_difference_is_found_alone(old: str, new: str, what: str) -> None:
    assert old in ALIKE
    found = differences(read(ALIKE.replace(old, new)), "A", "B")
    assert {one.what for one in found} == {what}


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_the_order_of_the_two_does_not_matter(name: str) -> None:
    case = shipped(name)
    first, second = PAIRS[name]
    found, turned = differences(case, first, second), differences(case, second, first)
    assert {(one.what, one.first, one.second) for one in found} == {(one.what, one.second, one.first) for one in turned}


@pytest.mark.property
@given(specs().filter(lambda spec: len(spec.parties) > 1))
def test_nothing_is_found_between_a_party_and_its_double(spec: Spec) -> None:
    first, second, *_ = spec.parties
    spec.points[second], spec.no_deal[second] = spec.points[first], spec.no_deal[first]
    spec.red_lines[second] = spec.red_lines.get(first, [])
    spec.consent.clear()
    assert differences(spec.case(), first, second) == ()
    spec.no_deal[second] += 1
    assert [one.what for one in differences(spec.case(), first, second)] == ["no-deal value"]


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_a_swap_turns_the_differences(name: str) -> None:
    case = shipped(name)
    pair = PAIRS[name]
    turned = differences(swap_parties(case, *pair).case, *pair)
    assert {(one.what, one.first, one.second) for one in differences(case, *pair)} == {
        (one.what, one.second, one.first) for one in turned
    }


def test_wrong_parties_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"no party called bakerz"):
        differences(shipped("labour-contract"), "bakerz", "bakery")
