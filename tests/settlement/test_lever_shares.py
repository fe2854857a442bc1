"""Levers over the assumptions: draw by draw against one settlement after another, in the same draws."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settlement.drawn import ensembles, made
from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.settlement import lever_shares, sample, settle
from zopa.space import Streams, draw_scenarios, readings_of

LEVERS = """\
levers:
  lifts: {by: a, move: {a.no_deal: 0..3}}
  lowers: {by: a, move: {a.no_deal: -low}, times: {a.no_deal: 1/2}}
  opens: {by: a, allow: i0 = o1}
  shuts: {by: a, block: i0 = o0, move: {a.no_deal: worth}}
  silent: {by: a, move: {a.no_deal: unknown}}
"""
SETS = [(), ("lifts",), ("lowers", "opens"), ("opens", "shuts"), ("lifts", "lowers", "opens", "shuts"), ("silent",)]
DRAWS = 11


@pytest.mark.oracle
@pytest.mark.property
@settings(max_examples=25)
@given(ensembles())
def test_shares_agree_with_one_settlement_after_another(text: str) -> None:
    case = made(text + LEVERS)
    found = lever_shares(case, SETS, draws=DRAWS, seed=3)
    readings = readings_of(case)
    assert found.readings == found.readings_count == len(readings)
    for levers in SETS:
        opened, granted = [], []
        for reading in readings:
            scenarios = [draw_scenarios(case, 3, start=draw, reading=reading, streams=Streams(3)) for draw in range(DRAWS)]
            settled = [settle(case, scenarios=one, levers=levers) for one in scenarios]
            opened.append(sum(bool(len(one.zone)) for one in settled))
            granted.append(sum(bool(len(one.possible)) for one in settled))
        span = found.span(levers)
        row = found.sets.index(frozenset(levers))
        sure = [count for number, count in enumerate(opened) if not found.undecided[row, number]]
        assert found.possible(levers) == max(granted)
        assert (span is None) == (not sure)
        if span is not None:
            assert (span.lowest, span.highest) == (min(sure), max(sure))
    assert found.span(("silent",)) is None


@pytest.mark.property
@settings(max_examples=25)
@given(ensembles(), st.integers(0, 5))
def test_in_the_same_draws_a_raised_no_deal_value_never_opens_a_zone(text: str, seed: int) -> None:
    case = made(text + LEVERS)
    found = lever_shares(case, [(), ("lifts",), ("opens",)], draws=64, seed=seed)
    raised = found.change((), ("lifts",))
    if raised is not None:
        assert raised.highest <= 0
        assert raised.opened == 0
    offered = found.change((), ("opens",))
    if offered is not None:
        assert offered.lowest >= 0
        assert offered.closed == 0


@pytest.mark.property
@settings(max_examples=15)
@given(ensembles())
def test_a_sample_with_levers_is_the_same_count(text: str) -> None:
    case = made(text + LEVERS)
    levers = ("lowers", "opens")
    span = lever_shares(case, [levers], draws=40, seed=2).span(levers)
    drawn = sample(case, draws=40, seed=2, levers=levers)
    if span is None:
        assert drawn.undecided
    else:
        assert (span.lowest, span.highest, span.possible) == (
            drawn.zone_span().lowest,
            drawn.zone_span().highest,
            drawn.zone_span().possible,
        )


def test_the_options_of_the_ukraine_case_are_the_sample_as_it_stands() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    options = ("us_guarantee", "arms_deals", "eur_part", "accession")
    calls: list[tuple[int, int]] = []
    found = lever_shares(case, [options, (*options, "cut_aid")], draws=24, progress=lambda *done: calls.append(done))
    whole = sample(case, draws=24)
    span, tried = found.span(options), whole.zone_span()
    assert span is not None
    # Of many readings only some are tried, among them the extreme ones of the first draws, which are all here.
    assert (span.lowest, span.highest) == (tried.lowest, tried.highest)
    assert (found.readings, found.readings_count) == (16, 1024)
    assert calls[-1] == (len(calls), len(calls))


def test_where_only_a_lever_varies_its_draws_are_made() -> None:
    case = made(
        "parties: {a: A}\nissues: {i0: {options: [o0, o1]}}\npreferences: {a: {points: {i0: [0, 4]}, no_deal: 0}}\n"
        "levers: {lifts: {by: a, move: {a.no_deal: 0..8}}}\n"
    )
    found = lever_shares(case, [(), ("lifts",)], draws=200)
    nothing, up = found.span(()), found.span(("lifts",))
    assert nothing is not None
    assert up is not None
    assert nothing.lowest == 200
    assert 60 < up.lowest < 140
    drawn = sample(case, draws=200, levers=("lifts",))
    assert drawn.zone_span().lowest == up.lowest
    still = sample(case, draws=200)
    assert (still.zone_span().lowest, still.varied) == (200, 0)
    with pytest.raises(ValueError, match="at least one draw"):
        lever_shares(case, [()], draws=0)
