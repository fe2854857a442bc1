"""Frontiers and solution points of whole blocks: what the parties bring, and how they are counted package by package."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settlement.drawn import ensembles, made, one_by_one, plan_of, same_shares, same_traces, totals_of
from zopa.case import Case, load_case
from zopa.cases import shipped_case
from zopa.settlement import run_block
from zopa.settlement.zones import CONCEPTS, Fronts, Signatory
from zopa.space import Threshold, VerdictCache, draw_scenarios, judge, package_space

THREE = """\
parties: {a: A, b: B, c: {name: C, seat: guarantor, consent_if: j = v}}
issues: {i: {options: [x, y, z]}, j: {options: [u, v]}}
assumptions: {firm: {value: yes | no, split: yes}, idle: {value: yes | no, split: yes}, low: {value: 0..100, per: [a, b]}}
preferences:
  a: {points: {i: [10, 12, 14..16], j: [0, 3..6]}, no_deal: {share: low}}
  b: {points: {i: [20, 10..30, 5], j: [4, 0]}, no_deal: {share: low}, red_lines: {L: {refuses: i = z, binds: firm}}}
  c: {points: {i: [1, 2, 3], j: [0, 0..4]}, no_deal: 4}
"""


def fronts_of(case: Case, draws: int, reading: dict[str, int] | None = None) -> tuple[Fronts, int]:
    """Return the collected zones of one reading, and the number of its front."""
    space = package_space(case)
    indices = np.arange(space.size)
    cache = VerdictCache()
    drawn = draw_scenarios(case, 3, draws=draws, reading=reading)
    verdicts = judge(drawn, indices, cache=cache, pack=case.agreement.need is None)
    fronts = Fronts(case, space, indices, draws)
    return fronts, fronts.add(drawn, verdicts, cache, trace=True)


@pytest.mark.oracle
@pytest.mark.parametrize("draws", [1, 7, 8, 9, 17])
def test_fronts_are_those_of_every_scenario_however_many_draws(draws: int) -> None:
    plan = plan_of(made(THREE))
    totals = totals_of(plan, {0: draws})
    for number, (shares, traces) in enumerate(zip(totals.shares(), [totals.traces()] * 4, strict=True)):
        counted = one_by_one(plan, number, draws)
        same_shares(plan, shares, counted)
        same_traces(traces, number, counted)


def test_readings_that_leave_everything_as_it_is_have_one_front() -> None:
    block = run_block(plan_of(made(THREE)), 0, 40)
    assert block["front_of"].tolist() == [0, 0, 1, 1]  # firm changes an answer, idle none
    assert {name for name in block if name.startswith("solution.")} == {f"solution.{name}" for name in CONCEPTS}
    assert all(block[name].shape == (2, 6) for name in block if name == "efficient" or name.startswith("solution."))


@pytest.mark.property
@settings(max_examples=15)
@given(ensembles(), st.sampled_from([1, 11]))
def test_what_is_efficient_is_in_the_zone_and_what_is_chosen_is_efficient(text: str, draws: int) -> None:
    plan = plan_of(made(text))
    for shares in totals_of(plan, {0: draws}).shares():
        assert shares.efficient is not None
        assert (shares.efficient <= shares.acceptable).all()
        for counts in shares.solutions.values():
            assert (counts <= shares.efficient).all()
        # Every zone with points has a utilitarian point, and an egalitarian one where no no-deal value is missing.
        utilitarian = shares.solutions["utilitarian"]
        assert shares.efficient.sum() == 0 or utilitarian.sum() > 0


def test_counts_that_wait_and_counts_made_at_once_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(made(THREE))
    before = run_block(plan, 0, 30)
    monkeypatch.setattr("zopa.settlement.zones.WAITING", 0)
    after = run_block(plan, 0, 30)
    assert before["efficient"].sum() > 24  # more than are held back at once
    for name, rows in before.items():
        np.testing.assert_array_equal(rows, after[name], err_msg=name)


def test_without_points_there_is_no_front() -> None:
    fronts, number = fronts_of(made(THREE.split("  b: {points")[0] + "  b: unknown\n"), 9)
    assert number == -1
    found = fronts.counts()
    assert found["efficient"].shape == (0, 6)
    assert not any(name.startswith("trace") for name in found)


def test_without_a_no_deal_value_only_sums_are_compared() -> None:
    text = THREE.replace(
        "b: {points: {i: [20, 10..30, 5], j: [4, 0]}, no_deal: {share: low}", "b: {points: {i: [20, 9, 5], j: [4, 0]}"
    )
    fronts, number = fronts_of(made(text), 9)
    assert number == 0
    # What b gets without agreement is not known, so that nothing is surely in the zone.
    assert all(not rows.any() for name, rows in fronts.counts().items() if not name.startswith("trace"))


def test_traces_stand_for_the_fronts_that_are_asked_for() -> None:
    plan = replace(plan_of(made(THREE)), tried=(2,))
    found = run_block(plan, 0, 20)
    whole = run_block(plan_of(made(THREE)), 0, 20)
    gains = {name for name in whole if name.startswith("trace.gain.")}
    assert gains == {f"trace.gain.{concept}.{party}" for concept in CONCEPTS for party in "ab"}
    for name in gains | {"trace.frontier.packages", "trace.frontier.vectors", "trace.zone.count"}:
        np.testing.assert_array_equal(found[name], whole[name][[2]], err_msg=name)


def test_a_signatory_brings_its_no_deal_value_in_points() -> None:
    bound = Threshold(np.array([30, 50]), 100)
    signatory = Signatory("a", lambda draw, columns: columns + draw, np.array([1, 3]), bound)
    assert [signatory.no_deal(draw) for draw in range(2)] == [Fraction(3, 10), Fraction(1, 6)]
    assert replace(signatory, threshold=None).no_deal(0) is None


@pytest.mark.oracle
def test_ties_are_all_counted() -> None:
    """Two packages with the same points, and two different ones with the same product of gains."""
    case = made(
        "parties: {a: A, b: B}\nissues: {i: {options: [x, y, z, w]}}\n"
        "preferences:\n  a: {points: {i: [2, 6, 2, 0]}, no_deal: 0}\n  b: {points: {i: [6, 2, 6, 9]}, no_deal: 0}\n"
    )
    (shares,) = totals_of(plan_of(case), {0: 3}).shares()
    assert shares.efficient is not None
    assert shares.efficient.tolist() == [3, 3, 3, 3]
    assert shares.solutions["nash"].tolist() == shares.solutions["egalitarian"].tolist() == [3, 3, 3, 0]
    assert shares.solutions["utilitarian"].tolist() == [0, 0, 0, 3]


@pytest.mark.oracle
def test_the_ukraine_fronts_of_some_readings() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    whole = plan_of(case)
    plan = replace(whole, readings=whole.readings[5::400], fronts=(0, 2), tried=(0, 2))
    totals = totals_of(plan, {3: 2})
    traces = totals.traces()
    for row, number in enumerate((0, 2)):
        counted = one_by_one(plan, number, 2, start=3)
        same_shares(plan, totals.shares()[number], counted)
        same_traces(traces, row, counted)
