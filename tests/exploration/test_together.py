"""Groups of judgements: who depends on whom, and whose answers hang on them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings

from tests.settlement.drawn import ensembles, made
from zopa.case import Case, load_case
from zopa.cases import shipped_case, shipped_cases
from zopa.exploration.together import Group, groups_of
from zopa.space import Streams, draw_scenarios, fixed_rules, judge, keys_of_parties, package_space, readings_of, sobol_keys

RICH = """\
parties: {a: A, b: B, c: {name: C, seat: chair}}
issues: {i: {scale: ordered, options: [x, y, z, w]}, j: {options: [u, v]}, k: {options: [s, t]}}
assumptions:
  own: {value: 0..100, per: [a, b]}
  chair: {value: signatory | observer}
  far: {value: 1..9}
  also: {value: 1..9}
  each: {value: 5..50, per: place}
correlations:
  - {between: [far, own.b], rank: 0.5}
  - {between: [far, also], rank: 0.3}
preferences:
  a:
    weights: {i: 20..70, j: 0..100, k: each, sum: 100}
    scores: {i: {order: x >= y >= z >= w}, j: {u: 0..9, v: 5}, k: {s: 0, t: 5..9}}
    no_deal: {share: own}
  b: {points: {i: [0..9, 5, 8, 0], j: [1..4, 4], k: [0..5, also]}, no_deal: {share: own}}
  c:
    weights: {i: 20..70, j: 10..30, k: 5, order: i > j}
    scores: {i: [far, 1, 2, 0], j: [0, 1], k: {s: 3..9, t: 1..5, order: s >= t}}
    no_deal: {share: 10..20}
"""


def sets(case: Case) -> dict[str, tuple[str, ...]]:
    return {group.key: group.members for group in groups_of(case)}


def each_key_once(groups: tuple[Group, ...], case: Case) -> None:
    members = [key for group in groups for key in group.members]
    assert sorted(members) == sorted(set(members)) == list(sobol_keys(case))
    assert [group.key for group in groups] == sorted({group.key for group in groups})
    users = keys_of_parties(case)
    for group in groups:
        assert list(group.members) == sorted(group.members)
        assert group.parties == {party for party, keys in users.items() if keys & set(group.members)}


@pytest.mark.property
@pytest.mark.parametrize("name", shipped_cases())
def test_every_judgement_of_a_shipped_case_is_in_one_group(name: str) -> None:
    case = load_case(shipped_case(name))
    groups = groups_of(case)
    each_key_once(groups, case)
    assert all(group.parties for group in groups)


@pytest.mark.property
@settings(max_examples=10)
@given(ensembles())
def test_every_judgement_of_a_drawn_case_is_in_one_group(text: str) -> None:
    case = made(text)
    each_key_once(groups_of(case), case)


def test_what_is_drawn_together_is_one_group() -> None:
    case = made(RICH)
    each_key_once(groups_of(case), case)
    found = sets(case)
    # Each is correlated with far, and so with one another.
    assert found["also"] == ("also", "far", "own.b")
    assert found["preferences.a.weights"] == ("preferences.a.weights.i", "preferences.a.weights.j")
    assert found["preferences.a.scores.i"] == ("preferences.a.scores.i.y", "preferences.a.scores.i.z")
    assert found["preferences.c.scores.k"] == ("preferences.c.scores.k.s", "preferences.c.scores.k.t")
    assert found["preferences.c.weights"] == ("preferences.c.weights.i", "preferences.c.weights.j")
    # Alone: scores and points without an order, a seat, and what an assumption is at its one place.
    alone = {key for key, members in found.items() if members == (key,)}
    assert {"chair", "own.a", "each@preferences.a.weights.k", "preferences.a.scores.j.u", "preferences.a.scores.k.t"} <= alone
    assert {"preferences.b.points.i.x", "preferences.b.points.k.s", "preferences.c.no_deal"} <= alone


def test_the_parties_of_a_group() -> None:
    groups = {key: group for group in groups_of(made(RICH)) for key in group.members}
    assert groups["far"].parties == {"b", "c"}
    assert groups["own.a"].parties == {"a"}
    assert groups["chair"].parties == groups["preferences.c.no_deal"].parties == {"c"}


def test_weights_that_keep_nothing_are_each_for_itself() -> None:
    case = made(
        "parties: {a: A}\nissues: {i: {options: [x, y]}, j: {options: [u, v]}}\n"
        "preferences: {a: {weights: {i: 20..70, j: 1..9}, scores: {i: [0, 1], j: [0, 1]}, no_deal: {share: 5}}}\n"
    )
    assert sets(case) == {key: (key,) for key in ("preferences.a.weights.i", "preferences.a.weights.j")}


def test_a_correlation_with_something_that_is_not_drawn_joins_nothing_else() -> None:
    case = made(
        "parties: {a: A, b: B}\nissues: {i: {options: [x, y]}}\n"
        "assumptions: {p: {value: 0..9}, q: {value: 0..9}, r: {value: 0..9}}\n"
        "correlations: [{between: [p, q], rank: 0.5}, {between: [q, r], rank: 0.5}]\n"
        "preferences: {a: {points: {i: [p, 3]}, no_deal: 3}, b: {points: {i: [1, r]}, no_deal: 1}}\n"
    )
    (group,) = groups_of(case)
    assert {"p", "r"} <= set(group.members)  # q ties them together, though no answer names it
    assert group.parties == {"a", "b"}


def test_a_case_without_ranges_has_no_groups() -> None:
    case = made("parties: {a: A}\nissues: {i: {options: [x, y]}}\npreferences: {a: {points: {i: [1, 3]}, no_deal: 3}}\n")
    assert groups_of(case) == ()


# Drawn anew --------------------------------------------------------------------------------------------


def numbers(case: Case, redrawn: frozenset[str], reading: Mapping[str, int]) -> dict[str, list[np.ndarray]]:
    drawn = draw_scenarios(case, 4, draws=40, reading=reading, streams=Streams(4, redrawn=redrawn))
    verdicts = judge(drawn, np.flatnonzero(fixed_rules(package_space(case), case)))
    return {
        party: [rows.surely for rows in (verdict.accepts, verdict.asked)]
        + ([] if drawn.parties[party].points is None else [np.asarray(drawn.parties[party].points)])
        for party, verdict in verdicts.parties.items()
    }


def differs(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    return any(first.shape != second.shape or bool((first != second).any()) for first, second in zip(one, other, strict=True))


@pytest.mark.property
def test_a_group_drawn_anew_moves_its_parties_and_nobody_else() -> None:
    case = made(RICH)
    (reading,) = readings_of(case)
    before = numbers(case, frozenset(), reading)
    for group in groups_of(case):
        after = numbers(case, frozenset(group.members), reading)
        moved = {party for party in before if differs(before[party], after[party])}
        assert moved <= group.parties, group.key
        assert moved, group.key


@pytest.mark.property
def test_groups_are_independent_of_each_other() -> None:
    """With one group drawn anew, no value of another one changes, not even where numbers are drawn until they fit."""
    case = made(RICH)
    groups = groups_of(case)
    before = draw_scenarios(case, 4, draws=40).drawer.uniform_cache
    for group in groups:
        after = draw_scenarios(case, 4, draws=40, streams=Streams(4, redrawn=frozenset(group.members))).drawer.uniform_cache
        changed = {key for key in before if "#" not in key and (before[key] != after[key]).any()}
        assert changed <= set(group.members)
