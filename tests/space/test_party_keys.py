"""Which judgements a party's answers hang on: with any other one drawn anew, nothing of the party moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tests.settlement.drawn import ensembles, made
from zopa.case import Case, load_case
from zopa.cases import shipped_case, shipped_cases
from zopa.space import (
    Scenarios,
    Streams,
    draw_scenarios,
    fixed_rules,
    judge,
    keys_of_parties,
    package_space,
    readings_of,
    sobol_keys,
)

DRAWS = 24


def answers(case: Case, redrawn: frozenset[str], reading: dict[str, int]) -> tuple[Scenarios, dict[str, list[np.ndarray]]]:
    """Return every number and answer of each party, with some judgements drawn anew."""
    streams = Streams(6, redrawn=redrawn)
    drawn = draw_scenarios(case, 6, draws=DRAWS, reading=reading, streams=streams)
    verdicts = judge(drawn, np.flatnonzero(fixed_rules(package_space(case), case)))
    found: dict[str, list[np.ndarray]] = {}
    for party, numbers in drawn.parties.items():
        verdict = verdicts.parties[party]
        rows = [verdict.accepts.surely, verdict.accepts.possibly, verdict.asked.surely, verdict.asked.possibly]
        rows += [numbers.unit, *numbers.binds.values(), *(extra for _, extra in numbers.bonuses)]
        rows += [] if numbers.points is None else [numbers.points]
        rows += [] if verdict.threshold is None else [verdict.threshold.whole]
        found[party] = rows
    return drawn, found


def moved(case: Case, key: str, reading: dict[str, int]) -> set[str]:
    """Return the parties of which anything changes when one judgement is drawn anew."""
    before, after = answers(case, frozenset(), reading)[1], answers(case, frozenset({key}), reading)[1]
    return {
        party
        for party, rows in before.items()
        if any(one.shape != other.shape or (one != other).any() for one, other in zip(rows, after[party], strict=True))
    }


def nobody_else_moves(case: Case, step: int = 1) -> set[str]:
    """Hold each judgement against the parties it is said to reach; return the keys that moved somebody."""
    users = keys_of_parties(case)
    assert list(users) == list(case.parties)
    readings, found = readings_of(case), set()
    for key in sobol_keys(case)[::step]:
        for reading in (readings[0], readings[-1]):
            reached = moved(case, key, reading)
            assert reached <= {party for party, keys in users.items() if key in keys}, key
            found |= {key} if reached else set()
    return found


@pytest.mark.property
@pytest.mark.parametrize(("name", "step"), [("labour-contract", 1), ("panama-1977", 5), ("ukraine-2025", 60)])
def test_a_judgement_of_a_shipped_case_moves_only_its_parties(name: str, step: int) -> None:
    assert nobody_else_moves(load_case(shipped_case(name)), step)


@pytest.mark.property
@settings(max_examples=8)
@given(ensembles())
def test_a_judgement_of_a_drawn_case_moves_only_its_parties(text: str) -> None:
    nobody_else_moves(made(text))


EVERYTHING = """\
parties: {a: A, b: {name: B, seat: chair}, c: {name: C, seat: guarantor, consent_if: i = x and asked}, d: D}
issues: {i: {scale: ordered, options: [x, y, z]}, j: {options: [u, v]}}
assumptions:
  chair: {value: signatory | observer}
  asked: {value: no | yes}
  own: {value: 0..100, per: [a, b]}
  each: {value: 5..50, per: place}
  base: {value: 10..60}
  outer: {value: base}
  firm: {value: yes | no, split: yes}
  rare: {value: yes | no}
  ruled: {value: no | yes}
correlations: [{between: [own.a, base], rank: 0.5}]
rules: {R: not (i = z and j = v) if ruled}
preferences:
  a:
    weights: {i: 20..70, j: 0..100, sum: 100}
    scores: {i: {order: x >= y >= z}, j: {u: own.b, v: each}}
    no_deal: {share: own}
  b:
    points: {i: [0..9, 5, each], j: [1, 4]}
    bonus: {more: {when: i = y, points: 0..5}}
    red_lines: {L: {refuses: i = x, binds: firm}}
    no_deal: {share: 10..30}
  c: {points: {i: [0, 0..9, 3], j: [1, 4]}, no_deal: {share: outer}, red_lines: {M: {refuses: j = v, binds: rare}}}
  d: {points: {i: [0, 0, 3], j: [1, 4]}, no_deal: 1}
"""


@pytest.mark.property
def test_a_case_with_every_kind_of_judgement() -> None:
    """No judgement moves a party that is not said to hang on it, and each of them moves somebody."""
    case = made(EVERYTHING)
    users = keys_of_parties(case)
    assert set(nobody_else_moves(case)) == set(sobol_keys(case))
    # A rule binds everybody; what is correlated with a judgement counts with it.
    assert all("ruled" in keys for keys in users.values())
    assert {"own.a", "own.b", "base"} <= users["a"]
    assert {"own.a", "base", "rare", "asked"} <= users["c"]
    assert {"chair", "preferences.b.bonus.more", "preferences.b.no_deal"} <= users["b"]
    assert users["d"] & set(sobol_keys(case)) == {"ruled"}


def test_every_judgement_that_is_drawn_reaches_somebody() -> None:
    for name in shipped_cases():
        case = load_case(shipped_case(name))
        users = keys_of_parties(case)
        assert set(sobol_keys(case)) <= set().union(*users.values()), name


def test_a_judgement_behind_one_answer_to_a_question_is_found() -> None:
    case = made(
        "parties: {a: A}\nissues: {i: {options: [x, y]}}\n"
        "assumptions: {one: {value: 0..5}, other: {value: 1..9}, which: {value: one | other, split: yes}}\n"
        "preferences: {a: {points: {i: [which, 4]}, no_deal: 3}}\n"
    )
    assert {"one", "other"} <= keys_of_parties(case)["a"]
    assert keys_of_parties(replace(case, preferences={})) == {"a": frozenset()}
