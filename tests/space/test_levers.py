"""Levers in scenarios: exact amounts, the same streams, and one value for what they share with the case."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import Case, load_case, read_text
from zopa.cases import shipped_case
from zopa.space import (
    LeverCache,
    draw_scenarios,
    lever_amount,
    levers_vary,
    no_deal_unit,
    pull_levers,
    shut_by_levers,
    unused_targets,
)

TEXT = """\
zopa: 1
title: A small case
as_of: 2025-01-01
assume: made up
parties: {a: Ann, b: Ben, c: Cas, d: {name: Dan, seat: observer}}
issues: {i: {options: [p, q, r]}, j: {options: [s, t]}}
assumptions:
  D: {value: 0 | 2..30, assume: size}
  each: {value: 0..9, per: [a, b, c], assume: size}
preferences:
  a: {points: {i: [0, D, 9], j: [1, 0]}, no_deal: 3}
  b: {points: {i: [9, 5, 0], j: [0, 1]}, no_deal: {share: 20..60}}
  c: {points: {i: [4, 5, 6], j: [0, 1]}, no_deal: {package: base}}
packages: {base: {terms: {i: q, j: t}}}
levers:
  x: {by: a, move: {a.no_deal: 1/3, b.no_deal: -D, c.no_deal: each}}
  y: {by: b, times: {a.no_deal: 2/7, c.no_deal: 3/2}, move: {a.no_deal: 0..1}}
  z: {by: c, move: {b.no_deal: unknown}, allow: i = r, block: j = t}
  w: {by: c, move: {d.no_deal: 4}}
"""


def case_of(text: str = TEXT) -> Case:
    reading = read_text(text, Path("small/case.yaml"))
    assert reading.case is not None, [str(one) for one in reading.findings]
    return reading.case


def test_amounts_are_exact_whatever_the_grain() -> None:
    base = draw_scenarios(case_of())
    assert lever_amount(base, "x", "a.no_deal") == Fraction(1, 3)
    assert lever_amount(base, "y", "a.no_deal", times=True) == Fraction(2, 7)
    moved = pull_levers(base, {"x", "y"}).parties["a"].no_deal
    assert moved is not None
    assert moved.moved is not None
    # 3 * 2/7, plus 1/3, plus the middle of 0..1.
    times, added = (Fraction(int(one[0]), moved.moved.denominator) for one in (moved.moved.times, moved.moved.added))
    assert (times, added) == (Fraction(2, 7), Fraction(1, 3) + Fraction(1, 2))


def test_what_a_lever_shares_with_the_case_has_one_value() -> None:
    drawn = draw_scenarios(case_of(), 5, draws=64)
    points = drawn.parties["a"].points
    assert points is not None
    shared = points[:, 1]  # what option q is worth to a: D
    moved = pull_levers(drawn, {"x"}).parties["b"].no_deal
    assert moved is not None
    assert moved.moved is not None
    found = [Fraction(int(one), moved.moved.denominator) for one in moved.moved.added]
    assert found == [-Fraction(int(value), drawn.scale) for value in shared]
    assert len(set(found)) > 10


def test_pulling_draws_nothing_else_and_moves_nobody_else() -> None:
    case = case_of()
    drawn = draw_scenarios(case, 5, draws=64)
    before = drawn.values(7)
    pulled = pull_levers(drawn, {"x", "y"})
    assert drawn.values(7) == before
    assert pulled.parties["d"] is drawn.parties["d"]
    for name, numbers in pulled.parties.items():
        assert numbers.points is drawn.parties[name].points
    plain = draw_scenarios(case_of(TEXT.partition("levers:")[0]), 5, draws=64)
    for name, numbers in plain.parties.items():
        if numbers.points is not None:
            assert np.array_equal(numbers.points, drawn.parties[name].points)  # type: ignore[arg-type]
    assert (drawn.levers, pulled.levers) == (None, frozenset({"x", "y"}))


@given(st.integers(0, 500), st.integers(1, 40))
def test_draw_k_of_a_lever_is_the_same_in_every_block(start: int, draws: int) -> None:
    case = case_of()
    block = pull_levers(draw_scenarios(case, 3, start=start, draws=draws), {"x", "y"})
    one = pull_levers(draw_scenarios(case, 3, start=start + draws - 1, draws=1), {"x", "y"})
    for name in "abc":
        both = [scenarios.parties[name].no_deal for scenarios in (block, one)]
        values = []
        for no_deal in both:
            assert no_deal is not None
            assert no_deal.moved is not None
            moved = no_deal.moved
            values.append([Fraction(int(row[-1]), moved.denominator) for row in (moved.times, moved.added)])
        assert values[0] == values[1]


def test_unknown_amounts_are_missing_and_equal_numbers_are_one_object() -> None:
    base, cache = draw_scenarios(case_of()), LeverCache()
    first, second = (pull_levers(base, {"z", "x"}, cache).parties["b"] for _ in range(2))
    assert first is second
    assert first.no_deal is None
    assert [one.path for one in first.missing] == ["levers.z.move.b.no_deal"]
    assert lever_amount(base, "z", "b.no_deal") is None


def test_what_is_out_of_reach() -> None:
    case = case_of()
    assert [name for name, _ in shut_by_levers(case, ())] == ["z"]
    (pair,) = shut_by_levers(case, {"z", "x"})
    assert pair == ("z", case.levers["z"].block)


def test_units_targets_and_what_varies() -> None:
    case = case_of()
    assert [no_deal_unit(case, name) for name in "abcd"] == ["points", "share", "package", None]
    assert (unused_targets(case, "w"), unused_targets(case, "x")) == (("d.no_deal",), ())
    assert [levers_vary(case, {name}) for name in "xywz"] == [True, True, False, True]
    assert not levers_vary(case, ())


def test_levers_are_pulled_once_and_only_those_there_are() -> None:
    base = draw_scenarios(case_of())
    with pytest.raises(ValueError, match="no lever called q"):
        pull_levers(base, {"q"})
    with pytest.raises(ValueError, match="pulled in these scenarios already"):
        pull_levers(pull_levers(base, {"x"}), {"y"})


def test_very_large_amounts_stay_exact() -> None:
    text = TEXT.replace("a.no_deal: 1/3", "a.no_deal: 123456789012345678901234567890")
    base = draw_scenarios(case_of(text))
    assert lever_amount(base, "x", "a.no_deal") == 123456789012345678901234567890


def test_a_reading_holds_for_levers_too() -> None:
    case = load_case(shipped_case("labour-contract"))
    for number, amount in ((0, 10), (1, 0)):  # ten points, less what the fund holds already
        base = draw_scenarios(case, reading={"fund": number})
        assert lever_amount(base, "strike_fund", "bakers.no_deal") == amount
