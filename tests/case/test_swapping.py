"""Two parties changing places: what moves, what stays, whose stream serves what."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from tests.strategies import Spec, specs
from zopa.case import Case, Judgement, ScoreTable, format_amount, format_condition, load_case, read_text, swap_parties
from zopa.cases import shipped_case, shipped_cases
from zopa.space import Scenarios, Streams, draw_scenarios, readings_of
from zopa.space.scenario import NoDealNumbers

PAIRS = {"ukraine-2025": ("RUS", "UKR"), "panama-1977": ("USA", "PAN"), "labour-contract": ("bakers", "bakery")}

# Everything a case can say of a party, and every way in which a draw can be keyed.
RICH = """
zopa: 1
title: Everything
as_of: 2025-01-01
assume: made up
alike: [C, B]
sources: {note: {title: A note, kind: table}}
parties:
  A: {name: First, seat: chair, principals: {old: {until: 2025-06-01}, new: {from: 2025-06-01}}}
  B: {name: Second, consent_if: i = o1|o2 or own.B = yes, voices: [Speaker]}
  C: {name: Third}
agreement: {need: {quota: 3, votes: {A: 2, B: 1, C: 1}}, veto: [A]}
influence: {A: 10..20, C: 30}
issues:
  i: {scale: ordered, options: {o0: Zero, o1: {name: One, by: A}, o2: Two}, by: A and C, moves: {A: up, C: down}}
  j: {options: [p0, p1]}
assumptions:
  x: {value: 10..60, per: [A, B, C]}
  y: {value: 0..9, per: [A]}
  z: {value: 5..50, per: place}
  chair: {value: signatory | guarantor, split: yes}
  own: {value: yes | no, per: [A, B], split: yes}
  firm: {value: yes | no, per: [A], split: yes}
correlations:
  - {between: [x.A, x.B], rank: 0.7}
  - {between: [x.A, y.A], rank: 0.2}
preferences:
  A:
    weights: {i: 20..70, j: 0..100, sum: 100}
    scores: {i: {order: o0 >= o1 >= o2}, j: {p0: x.B, p1: 10 + y}}
    red_lines: {LA: {refuses: j = p1, binds: own or firm}}
    no_deal: {share: x}
  B:
    weights: {i: 30, j: z}
    scores: {i: {o0: 0..100, o1: z, o2: 40..60}, j: {p0: 0..50, p1: 100 - x.A}}
    red_lines: {LB: {refuses: i = o0, binds: own.A}}
    bonus: {more: {when: i = o2, points: 0..5}}
    no_deal: {share: 10..30}
  C:
    points: {i: [0, 5, 9], j: [x, x.A]}
    no_deal: {share: 10..30}
positions: {i: {A: [20..40, 1..2], B: 60}}
packages: {offer: {terms: {i: o1, j: any}, author: B}}
gates: {g: {fact: unknown}, h: {needs: g and own.A}}
levers:
  pull: {by: A.new, from: g, move: {B.no_deal: -x.B, C.no_deal: 1..2}}
holding:
  between: [A, B]
  stake: [i]
  win: 0.2..0.8
  cost: x
  turnover: {A: g}
  effects: {calm: {when: i >= o1, move: {cost.A: 1..2}}}
"""


def shipped(name: str) -> Case:
    return load_case(shipped_case(name))


def read(text: str) -> Case:
    reading = read_text(text.lstrip(), Path("made/case.yaml"))
    assert reading.case is not None, "\n".join(map(str, reading.findings))
    return reading.case


def in_order(case: Case) -> list[list[str]]:
    rows = [case.parties, case.preferences, case.influence, *case.positions.values()]
    rows += [one.moves for one in case.levers.values()] + ([] if case.holding is None else [case.holding.inputs])
    return [list(row) for row in rows]


def the_same_after_two_swaps(case: Case, first: str, second: str) -> None:
    once = swap_parties(case, first, second)
    assert once.case.digest != case.digest
    assert replace(once.case, digest=case.digest) != case
    twice = swap_parties(once.case, second, first)
    assert replace(twice.case, digest=case.digest) == case
    assert in_order(twice.case) == in_order(case)
    # What each swap takes from the other chair the next one puts back.
    for keys, back in ((once.streams, twice.streams), (once.readings, twice.readings)):
        assert {old: new for new, old in keys.items()} == dict(back)


# Twice is not at all ---------------------------------------------------------------------------------


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_two_swaps_of_a_shipped_case_give_it_back(name: str) -> None:
    the_same_after_two_swaps(shipped(name), *PAIRS[name])


@pytest.mark.property
@pytest.mark.parametrize("pair", [("A", "B"), ("A", "C"), ("B", "C")])
def test_two_swaps_of_a_case_that_says_everything_give_it_back(pair: tuple[str, str]) -> None:
    the_same_after_two_swaps(read(RICH), *pair)


@pytest.mark.property
@given(specs().filter(lambda spec: len(spec.parties) > 1))
def test_two_swaps_of_a_drawn_case_give_it_back(spec: Spec) -> None:
    the_same_after_two_swaps(spec.case(), spec.parties[0], spec.parties[-1])


# What stays --------------------------------------------------------------------------------------------


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_options_rules_packages_and_gates_stay(name: str) -> None:
    case = shipped(name)
    other = swap_parties(case, *PAIRS[name]).case
    assert list(other.issues) == list(case.issues)
    for one, turned in zip(case.issues.values(), other.issues.values(), strict=True):
        assert replace(turned, by=one.by, options=one.options) == one
        for option, chosen in zip(one.options, turned.options, strict=True):
            assert replace(chosen, by=option.by) == option
    assert (other.rules, other.gates, other.deal, other.text) == (case.rules, case.gates, case.deal, case.text)
    for package, same in zip(case.packages.values(), other.packages.values(), strict=True):
        assert replace(same, author=package.author) == package
    assert list(other.parties) == list(case.parties)
    outsiders = [party for party in case.parties if party not in PAIRS[name]]
    assert [other.preferences.get(party) for party in outsiders] == [case.preferences.get(party) for party in outsiders]


# What moves --------------------------------------------------------------------------------------------


def test_everything_said_of_a_party_moves() -> None:
    case = read(RICH)
    other = swap_parties(case, "A", "B").case
    first, second = other.parties["A"], other.parties["B"]
    assert (first.name, first.voices, second.seat_by) == ("Second", ("Speaker",), "chair")
    assert [person.id for person in second.principals] == ["old", "new"]
    assert first.consent_if is not None
    assert format_condition(first.consent_if) == "i = o1|o2 or own.A = yes"
    assert other.agreement.votes == {"A": Fraction(1), "B": Fraction(2), "C": Fraction(1)}
    assert other.agreement.veto == ("B",)
    assert list(other.influence) == ["B", "C"]
    assert other.influence["B"] == case.influence["A"]
    issue = other.issues["i"]
    assert issue.by is not None
    assert format_condition(issue.by) == "B and C"
    assert issue.options[1].by is not None
    assert format_condition(issue.options[1].by) == "B"
    assert issue.moves == {"B": "up", "C": "down"}
    assert other.alike == (("C", "A"),)
    assert other.assumptions["y"].per_parties == ("B",)
    assert [set(one.between) for one in other.correlations] == [{"x.B", "x.A"}, {"x.B", "y.B"}]
    assert other.positions["i"]["B"] == case.positions["i"]["A"]
    assert other.packages["offer"].author == "A"
    assert other.gates["h"].needs is not None
    assert format_condition(other.gates["h"].needs) == "g and own.B"
    lever = other.levers["pull"]
    assert (lever.by, list(lever.moves)) == ("B.new", ["A.no_deal", "C.no_deal"])
    assert format_amount(lever.moves["A.no_deal"].amount) == "-x.A"
    holding, before = other.holding, case.holding
    assert holding is not None
    assert before is not None
    assert holding.between == ("B", "A")
    assert holding.inputs["cost.B"] == before.inputs["cost.A"]
    assert holding.texts == {"turnover.B": "g"}
    assert list(holding.effects[0].moves) == ["cost.B"]


def test_judgements_keep_their_paths_and_red_lines_their_ids() -> None:
    case = read(RICH)
    other = swap_parties(case, "A", "B").case
    held = other.preferences["B"]
    assert held.party == "B"
    assert held.weights["i"] == case.preferences["A"].weights["i"]
    assert held.weights["i"].path == "preferences.A.weights.i"
    assert held.no_deal == case.preferences["A"].no_deal
    line = held.red_lines[0]
    assert (line.id, line.party) == ("LA", "B")
    own = other.preferences["A"].red_lines[0]
    assert own.binds is not None
    assert format_condition(own.binds) == "own.B"
    # A third party's number that names one of the two names the other one now.
    assert [format_amount(one.amount) for one in _table(other, "C", "j")] == ["x", "x.B"]


def _table(case: Case, party: str, issue: str) -> list[Judgement]:
    score = case.preferences[party].scores[issue]
    assert isinstance(score, ScoreTable)
    return list(score.values.values())


def test_statements_move_with_their_attribution() -> None:
    case = shipped("ukraine-2025")
    other = swap_parties(case, "RUS", "UKR").case
    assert (other.statements["s12"].party, other.statements["s17"].party) == ("RUS", "UKR")
    assert (other.statements["s5"].party, other.statements["s5"].about) == ("USA.incoming", "UKR")
    assert other.statements["s12"].quote == case.statements["s12"].quote
    away = swap_parties(case, "USA", "EUR").case
    assert away.statements["s5"].party == "EUR.incoming"
    assert away.levers["cut_aid"].by == "EUR.incoming"


# Streams -----------------------------------------------------------------------------------------------


def test_streams_and_readings_are_exchanged_where_a_key_names_a_party() -> None:
    found = swap_parties(shipped("ukraine-2025"), "RUS", "UKR")
    names = {"A9", "A12", "A13", "A15", "A19"}
    assert found.streams == {f"{name}.{party}": f"{name}.{other}" for name in names for party, other in _both("RUS", "UKR")}
    assert found.readings == {"A19.RUS": "A19.UKR", "A19.UKR": "A19.RUS"}
    one_sided = swap_parties(shipped("ukraine-2025"), "RUS", "EUR")
    assert {key: old for key, old in one_sided.streams.items() if "A12" in key or "A16" in key} == {
        "A12.EUR": "A12.RUS",
        "A16.RUS": "A16.EUR",
    }


def _both(first: str, second: str) -> list[tuple[str, str]]:
    return [(first, second), (second, first)]


def test_orders_are_keyed_by_the_chair_and_numbers_in_their_way_step_aside() -> None:
    case = read(RICH)
    found = swap_parties(case, "A", "B")
    assert found.streams["preferences.B.scores.i.o1"] == "preferences.A.scores.i.o1"
    # B's numbers on the same issue would draw under that very key; they take the other one, and their stream along.
    assert [one.path for one in _table(found.case, "A", "i")] == [f"preferences.A.scores.i.o{k}" for k in range(3)]
    assert found.streams["preferences.A.scores.i.o1"] == "preferences.B.scores.i.o1"
    assert found.streams["z@preferences.A.scores.i.o1"] == "z@preferences.B.scores.i.o1"
    assert "preferences.A.scores.j.p0" not in found.streams


def as_list(no_deal: NoDealNumbers | None) -> object:
    if no_deal is None or no_deal.values is None:
        return no_deal
    return no_deal.kind, no_deal.values.tolist()


def drawn_alike(case: Case, first: str, second: str, seed: int, reading: dict[str, int]) -> tuple[Scenarios, Scenarios]:
    """Draw a case and the case with two parties exchanged, streams and reading taken along; compare every number."""
    turned = swap_parties(case, first, second)
    mirrored = {key: reading[turned.readings.get(key, key)] for key in [*readings_of(turned.case, 1)[0]]}
    before = draw_scenarios(case, seed, draws=25, reading=reading)
    streams = Streams(seed, turned.streams)
    after = draw_scenarios(turned.case, seed, draws=25, reading=mirrored, streams=streams)
    names = dict(_both(first, second))
    for party, one in before.parties.items():
        other = after.parties[names.get(party, party)]
        assert (one.points is None) == (other.points is None)
        if one.points is not None and other.points is not None:
            assert np.array_equal(one.points, other.points)
            assert np.array_equal(one.unit, other.unit)
        assert [numbers.tolist() for _, numbers in one.bonuses] == [numbers.tolist() for _, numbers in other.bonuses]
        assert as_list(one.no_deal) == as_list(other.no_deal)
        assert {line: row.tolist() for line, row in one.binds.items()} == {
            line: row.tolist() for line, row in other.binds.items()
        }
    return before, after


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_numbers_of_a_shipped_case_change_places(name: str) -> None:
    case = shipped(name)
    for number, reading in enumerate(readings_of(case, 2)):
        drawn_alike(case, *PAIRS[name], number, reading)


@pytest.mark.property
@pytest.mark.parametrize("pair", [("A", "B"), ("A", "C"), ("B", "C")])
def test_numbers_of_a_case_that_says_everything_change_places(pair: tuple[str, str]) -> None:
    case = read(RICH)
    for seed, reading in enumerate(readings_of(case)):
        before, _ = drawn_alike(case, *pair, seed, reading)
    points = before.parties["A"].points
    assert points is not None
    assert len(np.unique(points, axis=0)) > 1


def test_without_the_streams_the_numbers_differ() -> None:
    """The comparison would notice: the two sides draw apart."""
    case = read(RICH)
    turned = swap_parties(case, "A", "B").case
    before, after = draw_scenarios(case, 1, draws=25), draw_scenarios(turned, 1, draws=25)
    one, other = before.parties["A"].points, after.parties["B"].points
    assert one is not None
    assert other is not None
    assert not np.array_equal(one, other)


# Wrong names ---------------------------------------------------------------------------------------------


def test_wrong_parties_are_refused_in_words() -> None:
    case = shipped("ukraine-2025")
    with pytest.raises(ValueError, match=r"no party called RUSS. Did you mean RUS\?"):
        swap_parties(case, "UKR", "RUSS")
    with pytest.raises(ValueError, match=r"UKR cannot change places with itself. Name two different parties"):
        swap_parties(case, "UKR", "UKR")
