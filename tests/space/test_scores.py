"""Scores: tables with orders, lines and directions exact, orders alone."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import Case, format_number, parse_chain, read_text
from zopa.space import Scenarios, draw_scenarios
from zopa.space.judgements import measure

GRAIN = Fraction(1, 100)


def text_of(issue: str, scores: str, assumptions: str = "", kind: str = "scores") -> str:
    text = "zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: made up\nparties: {a: A}\n"
    text += f"issues: {{i: {issue}}}\n"
    text += f"assumptions: {{{assumptions}}}\n" if assumptions else ""
    weights = "weights: {i: 1}, " if kind == "scores" else ""
    return text + f"preferences:\n  a: {{{weights}{kind}: {{i: {scores}}}, no_deal: 0}}\n"


def case_of(issue: str, scores: str, assumptions: str = "", kind: str = "scores") -> Case:
    reading = read_text(text_of(issue, scores, assumptions, kind), Path("drawn/case.yaml"))
    assert reading.case is not None, "\n".join(map(str, reading.findings))
    return reading.case


def scores(drawn: Scenarios) -> list[list[Fraction]]:
    """The scores of the options in every draw, exactly."""
    numbers = drawn.parties["a"]
    assert numbers.points is not None
    return [[Fraction(int(value), int(unit)) for value in row] for row, unit in zip(numbers.points, numbers.unit, strict=True)]


def listed(count: int) -> str:
    return f"{{scale: ordered, options: [{', '.join(f'o{number}' for number in range(count))}]}}"


# Tables --------------------------------------------------------------------------------------------


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, str, str, list[int], list[str]]:
    """A table around falling scores, with the amounts that stay as given and the order among the options."""
    count = draw(st.integers(2, 6))
    point = sorted((draw(st.integers(10, 90)) for _ in range(count)), reverse=True)
    parts, given_at, assumptions = [], [], ""
    for number, value in enumerate(point):
        kind = draw(st.sampled_from(["range", "range", "range", "number", "named", "triangle"]))
        if kind == "range":
            parts.append(f"o{number}: {max(0, value - draw(st.integers(0, 30)))}..{min(100, value + draw(st.integers(0, 30)))}")
            continue
        given_at.append(number)
        if kind == "number":
            parts.append(f"o{number}: {value}")
        elif kind == "named":
            assumptions = "k: {value: 0..2}"
            parts.append(f"o{number}: {value} + k - 1")
        else:
            parts.append(f"o{number}: {value - 1}..{value}..{value + 1}")
    chain = "o0"
    signs = []
    for number in range(1, count):
        apart = point[number - 1] - point[number] > 3
        sign = draw(st.sampled_from([">", ">="] if apart else [">="]))
        if not apart and not {number - 1, number} & set(given_at) and draw(st.booleans()):
            sign = "="
        signs.append(sign)
        chain += f" {sign} o{number}"
    return f"{{{', '.join(parts)}, order: {chain}}}", f"{{{', '.join(parts)}}}", assumptions, given_at, signs


@pytest.mark.property
@given(tables(), st.integers(0, 1000))
def test_tables_keep_their_order_and_what_is_given(table: tuple[str, str, str, list[int], list[str]], seed: int) -> None:
    ordered, alone, assumptions, given_at, signs = table
    count = len(signs) + 1
    reading = read_text(text_of(listed(count), ordered, assumptions), Path("drawn/case.yaml"))
    case = reading.case
    if case is None:
        assert {fault.code for fault in reading.faults} == {"ZC041"}
        return
    bare = case_of(listed(count), alone, assumptions)
    for one in (None, seed):
        drawn, free = (scores(draw_scenarios(each, one, draws=20)) for each in (case, bare))
        for row, other in zip(drawn, free, strict=True):
            assert all(row[number] == other[number] for number in given_at)
            assert all(0 <= value <= 100 and (value / GRAIN).denominator == 1 for value in row)
            for number, sign in enumerate(signs):
                gap = row[number] - row[number + 1]
                assert gap == 0 if sign == "=" else gap >= (GRAIN if sign == ">" else 0)


def test_the_base_scenario_keeps_the_order_of_a_table() -> None:
    case = case_of(listed(3), "{o0: 0..50, o1: 20..80, o2: 0..100, order: o0 > o1 > o2}")
    row = scores(draw_scenarios(case))[0]
    assert row[0] > row[1] > row[2]


def test_points_of_a_score_sheet_keep_an_order_too() -> None:
    case = case_of(listed(2), "{o0: -10..5, o1: -10..5, order: o1 > o0}", kind="points")
    for row in scores(draw_scenarios(case, 1, draws=50)):
        assert row[1] > row[0]


# Lines and directions --------------------------------------------------------------------------------


def test_values_between_written_breakpoints_are_exact() -> None:
    case = case_of("{scale: 3..6, step: 1}", "{3: 6, 6: 67}")
    assert scores(draw_scenarios(case))[0] == [6, Fraction(79, 3), Fraction(140, 3), 67]
    assert measure(case).scale == 300
    named = case_of("{scale: 3..6, step: 1}", "{3: 6, 6: k + 1}", "k: {value: 200 / 3}")
    assert scores(draw_scenarios(named, 1))[0][1] == 6 + (Fraction(203, 3) - 6) / 3


def test_values_between_drawn_breakpoints_are_rounded_whatever_else_the_case_says() -> None:
    for more in ("", "k: {value: 1/7}"):
        case = case_of("{scale: 0..3, step: 1}", "{0: 0, 3: 50..60}", more)
        for row in scores(draw_scenarios(case, 1, draws=20)):
            assert all((value / GRAIN).denominator == 1 for value in row)
            assert abs(row[1] - row[3] / 3) <= GRAIN / 2


def test_straight_directions_are_exact() -> None:
    for shape in ("", ", shape: 1", ", shape: k"):
        case = case_of(listed(4), f"{{direction: up{shape}}}", "k: {value: 1}")
        assert scores(draw_scenarios(case, 1))[0] == [0, Fraction(100, 3), Fraction(200, 3), 100]
        down = case_of(listed(4), f"{{direction: down{shape}}}", "k: {value: 1}")
        assert scores(draw_scenarios(down))[0] == [100, Fraction(200, 3), Fraction(100, 3), 0]
    either = case_of("{scale: 0..7, step: 1}", "{direction: up | down}")
    rows = scores(draw_scenarios(either, 1, draws=30))
    assert {tuple(row) for row in rows} == {
        tuple(Fraction(100 * step, 7) for step in steps) for steps in (range(8), range(7, -1, -1))
    }
    flat = case_of(listed(4), "{direction: flat}")
    assert scores(draw_scenarios(flat))[0] == [50] * 4


def test_bent_directions_are_rounded_to_the_grain() -> None:
    case = case_of(listed(4), "{direction: up, shape: 0.5..2}")
    for row in scores(draw_scenarios(case, 1, draws=20)):
        assert row[0] == 0
        assert row[3] == 100
        assert all((value / GRAIN).denominator == 1 for value in row)


# Orders alone ----------------------------------------------------------------------------------------


@pytest.mark.property
@given(st.lists(st.sampled_from([">", ">=", "=", ">>"]), min_size=1, max_size=7), st.integers(0, 100))
def test_orders_alone_run_from_100_to_0(signs: list[str], seed: int) -> None:
    chain = "o0" + "".join(f" {sign} o{number}" for number, sign in enumerate(signs, 1))
    case = case_of(listed(len(signs) + 1), f"{{order: {chain}}}")
    for one in (None, seed):
        drawn = draw_scenarios(case, one, draws=10)
        assert not drawn.parties["a"].approximate.any()
        for row in scores(drawn):
            assert row[0] == 100
            assert row[-1] == 0 or set(signs) == {"="}
            for number, sign in enumerate(signs):
                gap = row[number] - row[number + 1]
                assert gap == 0 if sign == "=" else gap >= (GRAIN if sign in {">", ">>"} else 0)


def test_the_base_scenario_has_even_steps_between_levels() -> None:
    case = case_of(listed(4), "{order: o0 = o1 > o2 >= o3}")
    assert scores(draw_scenarios(case))[0] == [100, 100, 50, 0]
    assert parse_chain("o3 < o2").best_first().items == ("o2", "o3")
    rising = case_of(listed(3), "{order: o0 < o1 = o2}")
    assert scores(draw_scenarios(rising, 1))[0] == [0, 100, 100]


@pytest.mark.published
def test_levels_between_are_spaced_like_sorted_uniforms() -> None:
    """The k-th largest of n uniform numbers has the mean (n + 1 - k) / (n + 1) (David and Nagaraja 2003, 2.1)."""
    case = case_of(listed(8), "{order: o0 > o1 > o2 > o3 > o4 > o5 > o6 > o7}")
    start = perf_counter()
    drawn = draw_scenarios(case, 1, draws=4000)
    assert perf_counter() - start < 2
    means = np.array([[float(value) for value in row] for row in scores(drawn)]).mean(axis=0)
    assert np.allclose(means, [100 * (7 - place) / 7 for place in range(8)], atol=0.8)


def test_numbers_in_the_notation_are_what_is_drawn() -> None:
    case = case_of(listed(2), f"{{o0: {format_number(Fraction(1, 3))}, o1: 50}}")
    assert scores(draw_scenarios(case))[0] == [Fraction(1, 3), 50]
