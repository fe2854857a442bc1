"""Figures kept draw by draw: against exact points and zones, and what is not known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settlement.drawn import ensembles, made, plan_of
from zopa.case import Case, load_case
from zopa.cases import shipped_case
from zopa.settlement import Plan, run_block, settle
from zopa.settlement.tracing import Tracing
from zopa.space import draw_scenarios, package_space

TWO = """\
parties: {a: A, b: B}
issues: {i: {options: [x, y, z]}, j: {options: [u, v]}}
assumptions: {firm: {value: yes | no, split: yes}}
rules: {R: not (i = z and j = v)}
packages: {one: {terms: {i: y, j: u}}, either: {terms: {i: y, j: any}}, ruled_out: {terms: {i: z, j: v}}}
preferences:
  a: {points: {i: [10, 0..12, 6], j: [0, 3..6]}, no_deal: 9}
  b: {points: {i: [2, 10..30, 5], j: [4, 0]}, no_deal: 6, red_lines: {L: {refuses: j = u, binds: firm}}}
"""


def percents(plan: Plan, number: int, draw: int) -> dict[str, float]:
    """Return every party's best form of every named package, in percent of the way from its worst to its best package."""
    scenario = draw_scenarios(plan.case, plan.streams.seed, start=draw, reading=plan.readings[number], streams=plan.streams)
    one = settle(plan.case, scenarios=scenario)
    found = {}
    for party in plan.case.parties:
        points = {int(index): one.party_points(party, int(index)) for index in plan.indices}
        known = {index: value for index, value in points.items() if value is not None}
        if not known:
            continue
        low, width = min(known.values()), max(known.values()) - min(known.values())
        for name, package in plan.case.packages.items():
            family = np.flatnonzero(one.space.flat(one.space.family(package)))
            own = [known[int(index)] for index in family if int(index) in known]
            if own:
                found[f"points.{party}.{name}"] = float(100 * (max(own) - low) / width) if width else 0.0
    return found


def same_points(case: Case, draws: int, numbers: tuple[int, ...] = (0, -1), start: int = 0) -> None:
    whole = plan_of(case)
    plan = replace(whole, fronts=(), tried=tuple(sorted({number % len(whole.readings) for number in numbers})))
    block = run_block(plan, start, draws)
    names = {name for name in block if name.startswith("trace.points.")}
    for row, number in enumerate(plan.tried):
        for draw in range(draws):
            expected = percents(plan, number, start + draw)
            assert names == {f"trace.{name}" for name in expected}
            for name, value in expected.items():
                assert block[f"trace.{name}"][row, draw] == pytest.approx(value, rel=1e-12, abs=1e-9), name


@pytest.mark.oracle
@settings(max_examples=10)
@given(ensembles(), st.sampled_from([1, 9]))
def test_points_of_named_packages_of_drawn_cases(text: str, draws: int) -> None:
    same_points(made(text), draws)


@pytest.mark.oracle
@pytest.mark.parametrize(("name", "draws"), [("labour-contract", 9), ("panama-1977", 9), ("ukraine-2025", 1)])
def test_points_of_the_named_packages_of_shipped_cases(name: str, draws: int) -> None:
    same_points(load_case(shipped_case(name)), draws, (0, -1), start=5)


def test_a_package_that_the_rules_exclude_has_no_figures() -> None:
    block = run_block(plan_of(made(TWO)), 0, 12)
    names = {name.removeprefix("trace.") for name in block if name.startswith("trace.")}
    assert {name for name in names if name.startswith(("acceptable.", "points."))} == {
        f"{figure}.{package}" for figure in ("acceptable", "points.a", "points.b") for package in ("one", "either")
    }
    # Some form of a package is at least as good, and as acceptable, as one of its forms.
    for figure in ("acceptable", "points.a", "points.b"):
        assert (block[f"trace.{figure}.either"] >= block[f"trace.{figure}.one"]).all()
    assert (block["trace.acceptable.either"] > block["trace.acceptable.one"]).any()
    assert set(np.unique(block["trace.acceptable.one"])) <= {0.0, 1.0}


@pytest.mark.parametrize("vote", ["", "agreement: {need: 1}\n"])
def test_the_zone_is_open_where_it_holds_something(vote: str) -> None:
    block = run_block(plan_of(made(vote + TWO)), 0, 21)
    opened, count = block["trace.zone.open"], block["trace.zone.count"]
    assert opened.dtype == count.dtype == np.float64
    assert opened.shape == count.shape == (2, 21)
    assert (opened == (count > 0)).all()
    assert (count <= 5).all()
    assert opened.sum() > 0


def test_all_packages_alike_are_nought_percent_of_the_way() -> None:
    case = made(
        "parties: {a: A, b: B}\nissues: {i: {options: [x, y]}}\npackages: {p: {terms: {i: y}}}\n"
        "preferences:\n  a: {points: {i: [7, 7]}, no_deal: 7}\n  b: {points: {i: [0, 1..2]}, no_deal: 1}\n"
    )
    block = run_block(plan_of(case), 0, 9)
    assert block["trace.points.a.p"].tolist() == [[0.0] * 9]
    assert block["trace.points.b.p"].tolist() == [[100.0] * 9]


def test_points_beyond_64_bits_are_exact_until_they_are_percents() -> None:
    huge = 10**25
    case = made(
        "parties: {a: A}\nissues: {i: {options: [x, y, z]}}\npackages: {p: {terms: {i: y}}}\n"
        f"preferences:\n  a: {{points: {{i: [{huge}, {huge + 1}, {huge + 4}]}}, no_deal: {huge}}}\n"
    )
    block = run_block(plan_of(case), 0, 3)
    assert block["trace.points.a.p"].tolist() == [[25.0] * 3]


def test_a_reading_without_a_front_has_no_figures_of_one() -> None:
    traces = Tracing(made(TWO), package_space(made(TWO)), np.arange(5), 2)
    counted = {
        "trace_of": np.array([4, 7]),
        "trace.gain.nash.a": np.array([[1.0, 2.0], [3.0, 4.0]]),
        "efficient": np.zeros((8, 5)),
    }
    traces.take([7, -1, 4, 7], counted)
    np.testing.assert_array_equal(traces.arrays()["trace.gain.nash.a"], [[3.0, 4.0], [np.nan, np.nan], [1.0, 2.0], [3.0, 4.0]])
    empty = Tracing(made(TWO), package_space(made(TWO)), np.arange(5), 2)
    empty.take([-1], {"efficient": np.zeros((0, 5))})
    assert empty.arrays() == {}


def test_a_party_without_points_has_no_points_traced() -> None:
    text = TWO.replace("points: {i: [2, 10..30, 5], j: [4, 0]}, no_deal: 6, ", "")
    block = run_block(plan_of(made(text)), 0, 8)
    assert "trace.points.a.one" in block
    assert not any(name.startswith("trace.points.b") for name in block)
    assert np.isnan(block["trace.zone.count"]).all()  # not known: b signs and has no points
