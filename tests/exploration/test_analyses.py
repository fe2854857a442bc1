"""The interface of analyses: any function of one scenario, settlement itself, and what was drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from tests.settlement.drawn import made, one_by_one, plan_of, same_traces, totals_of
from zopa.case import Case
from zopa.exploration.analyses import ANALYSES, EachScenario, SettlementAnalysis, inputs_of
from zopa.settlement import Outcome, Plan, Totals, run_block, settle
from zopa.space import Scenarios, Streams, draw_scenarios

TEXT = """\
parties: {a: A, b: B}
issues: {i: {scale: ordered, options: [x, y, z]}, j: {options: [u, v]}}
assumptions:
  low: {value: 0..100, per: [a, b]}
  firm: {value: yes | no, split: yes}
  mood: {value: calm | tense | cold}
  seat: {value: signatory | observer}
packages: {offer: {terms: {i: y, j: u}}}
preferences:
  a: {points: {i: [10, 0..12, 6], j: [0, 3..6]}, no_deal: {share: low}}
  b: {points: {i: [2, 10..30, 5], j: [4, 0]}, no_deal: {share: low}, red_lines: {L: {refuses: j = u, binds: firm or mood = cold}}}
"""


@dataclass(frozen=True)
class Toy:
    """A result with an outcome of every kind."""

    figures: Mapping[str, Outcome]

    def outcomes(self) -> Mapping[str, Outcome]:
        return self.figures


def toy(scenarios: Scenarios) -> Toy:
    """Return figures that anybody can work out from the draw and the reading."""
    draw, firm = scenarios.start, scenarios.reading["firm"]
    return Toy(
        {
            "even": draw % 2 == 0,
            "third": Fraction(draw, 3),
            "count": 10 * firm + draw,
            "half": draw / 2,
            "known late": None if draw < 4 else draw,
            "never": None,
            "mood": "calm" if draw % 3 else "tense",
            "word or nothing": None if draw % 2 else "yes",
            **({"sometimes": 1} if draw > 5 else {}),
        }
    )


def settled(scenarios: Scenarios) -> Toy:
    return Toy(settle(scenarios.case, scenarios=scenarios).outcomes())


def case_of() -> Case:
    return made(TEXT)


def plan() -> Plan:
    return plan_of(case_of())


def rows_of(analysis: EachScenario, plan: Plan, start: int, count: int) -> dict[str, list[list[float]]]:
    return {name: rows.tolist() for name, rows in analysis.over(plan, start, count).items()}


def test_every_kind_of_outcome_becomes_a_number() -> None:
    nan = np.nan
    found = EachScenario("toy", toy).over(plan(), 2, 5)  # draws 2 to 6
    assert all(rows.shape == (2, 5) and rows.dtype == np.float64 for rows in found.values())
    expected = {
        "even": [1, 0, 1, 0, 1],
        "third": [2 / 3, 1, 4 / 3, 5 / 3, 2],
        "half": [1, 1.5, 2, 2.5, 3],
        "known late": [nan, nan, 4, 5, 6],
        "never": [nan] * 5,
        "mood=calm": [1, 0, 1, 1, 0],
        "mood=tense": [0, 1, 0, 0, 1],
        "sometimes": [nan, nan, nan, nan, 1],
    }
    for name, row in expected.items():
        np.testing.assert_array_equal(found[f"trace.toy.{name}"], [row, row], err_msg=name)
    assert found["trace.toy.count"].tolist() == [[2, 3, 4, 5, 6], [12, 13, 14, 15, 16]]


def test_a_word_that_is_not_known_is_neither_yes_nor_no() -> None:
    found = EachScenario("toy", toy).over(plan(), 0, 4)
    np.testing.assert_array_equal(found["trace.toy.word or nothing=yes"], [[1, np.nan, 1, np.nan]] * 2)


def test_only_the_readings_that_are_tried_are_run() -> None:
    found = EachScenario("toy", toy).over(replace(plan(), tried=(1,)), 0, 3)
    assert found["trace.toy.count"].tolist() == [[10, 11, 12]]


def test_blocks_of_words_come_to_the_same_however_cut() -> None:
    """A word that does not come up in one block is no there, not unknown."""
    analysis, whole = EachScenario("toy", toy), plan()
    totals = []
    for cuts in ((0, 8), (0, 1, 2, 8)):
        total = Totals(whole)
        for start, end in pairwise(cuts):
            total.add(
                start, run_block(replace(whole, traced=False), start, end - start) | analysis.over(whole, start, end - start)
            )
        totals.append(total.traces())
    assert set(totals[0]) == set(totals[1])
    for name, rows in totals[0].items():
        np.testing.assert_array_equal(rows, totals[1][name], err_msg=name)


def test_each_scenario_is_drawn_from_the_streams_of_the_plan() -> None:
    """The numbers a function sees are those of settlement over the same streams: redrawn ones too."""

    def value(scenarios: Scenarios) -> Toy:
        return Toy({"low": Fraction(scenarios.values()["low.a"])})

    for streams in (Streams(3), Streams(3, redrawn=frozenset({"low.a"})), Streams(3, {"low.a": "low.b", "low.b": "low.a"})):
        found = EachScenario("one", value).over(replace(plan(), streams=streams), 5, 4)["trace.one.low"]
        drawn = draw_scenarios(case_of(), 3, start=5, draws=4, streams=streams)
        expected = [float(Fraction(drawn.values(draw)["low.a"])) for draw in range(4)]
        assert found.tolist() == [expected, expected]


@pytest.mark.oracle
def test_settlement_one_scenario_at_a_time_is_settlement() -> None:
    """The outcomes of `settle` in each scenario, and the figures of all readings at once, are the same figures."""
    whole = plan()
    quick = SettlementAnalysis().over(whole, 3, 9)
    slow = EachScenario("settled", settled).over(whole, 3, 9)
    for name in ("zone.open", "zone.count", "acceptable.offer", "gain.nash.a", "gain.kalai_smorodinsky.b", "gain.utilitarian.a"):
        np.testing.assert_allclose(quick[f"trace.{name}"], slow[f"trace.settled.{name}"], rtol=1e-12, err_msg=name)
    for name in ("frontier.packages", "frontier.vectors"):
        np.testing.assert_array_equal(quick[f"trace.{name}"], np.nan_to_num(slow[f"trace.settled.{name}"]), err_msg=name)
    for number in range(2):
        same_traces(totals_of(whole, {0: 9}).traces(), number, one_by_one(whole, number, 9))


def test_settlement_is_an_analysis_like_any_other() -> None:
    assert [one.name for one in ANALYSES] == ["settlement"]
    whole = plan()
    for name, rows in ANALYSES[0].over(whole, 8, 5).items():
        np.testing.assert_array_equal(rows, run_block(whole, 8, 5)[name])


# What was drawn ----------------------------------------------------------------------------------------


def test_inputs_are_what_was_drawn() -> None:
    case = case_of()
    drawn = draw_scenarios(case, 3, draws=30)
    whole = plan_of(case, streams=Streams(3))
    found = {one.key: one for one in inputs_of(whole, 0, 30)}
    assert list(found) == sorted(found)
    assert {"low.a", "low.b", "mood", "preferences.a.points.i.y"} <= set(found)
    assert "firm" not in found  # read one way or the other, not drawn
    for key, one in found.items():
        for draw in range(30):
            written = drawn.values(draw)[key]
            assert (one.words[int(one.values[draw])] if one.words else float(Fraction(written))) == (
                written if one.words else one.values[draw]
            )
    assert found["mood"].words == ("calm", "tense", "cold")
    assert found["low.a"].words == ()


def test_repeated_attempts_are_no_inputs() -> None:
    case = made(
        "parties: {a: A}\nissues: {i: {options: [x, y]}, j: {options: [u, v]}, k: {options: [s, t]}}\n"
        "preferences:\n  a:\n    weights: {i: 5..90, j: 5..90, k: 5..90, sum: 100, order: i > j > k}\n"
        "    scores: {i: [0, 1], j: [0, 1], k: [0, 1]}\n    no_deal: {share: 5}\n"
    )
    found = {one.key: one.values for one in inputs_of(plan_of(case, streams=Streams(3)), 0, 30)}
    assert set(found) == {f"preferences.a.weights.{issue}" for issue in "ijk"}
    assert sum(found.values()) == pytest.approx(np.full(30, 100.0))
    assert (found["preferences.a.weights.i"] > found["preferences.a.weights.j"]).all()
