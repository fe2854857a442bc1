"""Drawing judgements: bounds, grain, midpoints, alternatives, parties and places, correlations."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import Case, Number, read_text
from zopa.space import draw_scenarios
from zopa.space.drawing import Drawer
from zopa.space.judgements import measure
from zopa.space.sobol_keys import sobol_keys
from zopa.space.streams import ATTEMPT, SobolPoints, Streams

HEAD = "zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: made up\nparties: {a: A, b: B}\nissues: {i: {options: [p, q]}}\n"


def case_of(assumptions: str, points_a: str = "[0, 1]", points_b: str = "[0, 1]", more: str = "") -> Case:
    text = f"{HEAD}{more}assumptions: {{{assumptions}}}\npreferences:\n  a: {{points: {{i: {points_a}}}, no_deal: 0}}\n"
    text += f"  b: {{points: {{i: {points_b}}}, no_deal: 0}}\n"
    reading = read_text(text, Path("drawn/case.yaml"))
    assert reading.case is not None, reading.faults
    return reading.case


def drawn(
    case: Case, party: str, option: str = "q", seed: int | None = 1, draws: int = 4000, reading: dict[str, int] | None = None
) -> list[Fraction]:
    score = case.preferences[party].scores["i"]
    drawer = Drawer(case, seed, 0, draws if seed is not None else 1, reading or {})
    values = drawer.number(score.values[option], party)  # type: ignore[union-attr]
    assert values is not None
    return [Fraction(int(value), drawer.scale) for value in values]


def test_ranges_keep_their_bounds_and_the_grain() -> None:
    values = drawn(case_of("", "[0, 1/3..2/3]"), "a")
    assert all(Fraction(1, 3) <= value <= Fraction(2, 3) for value in values)
    assert all((value * 100).denominator == 1 for value in values)
    assert abs(float(sum(values)) / len(values) - 0.5) < 0.01
    assert drawn(case_of("", "[0, 1/3..2/3]"), "a", seed=None) == [Fraction(1, 2)]


def test_a_range_finer_than_the_grain_stays_inside() -> None:
    assert set(drawn(case_of("", "[0, 0.001..0.002]"), "a")) == {Fraction(1, 1000)}


def test_triangles_peak_at_their_mode() -> None:
    values = np.array([float(value) for value in drawn(case_of("", "[0, 0..20..100]"), "a")])
    assert abs(values.mean() - 40) < 1.5  # (low + mode + high) / 3
    assert abs((values < 20).mean() - 0.2) < 0.03  # (mode - low) / (high - low)
    assert drawn(case_of("", "[0, 0..20..100]"), "a", seed=None) == [Fraction(20)]


def test_one_assumption_is_one_number_and_per_party_means_two() -> None:
    shared = case_of("x: {value: 0..100}", "[0, x]", "[0, x]")
    assert drawn(shared, "a") == drawn(shared, "b")
    apart = case_of("x: {value: 0..100, per: [a, b]}", "[0, x]", "[0, x]")
    assert drawn(apart, "a") != drawn(apart, "b")
    named = case_of("x: {value: 0..100, per: [a, b]}", "[0, x]", "[0, x.a]")
    assert drawn(named, "a") == drawn(named, "b")
    placed = case_of("x: {value: 0..100, per: place}", "[x, x]")
    assert drawn(placed, "a", "p") != drawn(placed, "a", "q")


def test_reckoning_is_exact() -> None:
    case = case_of("x: {value: 1/3}, y: {value: 10..20}", "[0, 2 * x + 1]", "[0, y - 10]")
    assert set(drawn(case, "a")) == {Fraction(5, 3)}
    assert all(0 <= value <= 10 for value in drawn(case, "b"))
    assert measure(case).scale % 3 == 0


def test_alternatives_come_with_their_chance_or_in_their_reading() -> None:
    case = case_of("x: {value: 1 | 5, chance: [0.25, 0.75]}", "[0, x]")
    values = drawn(case, "a")
    assert set(values) == {1, 5}
    assert abs(values.count(Fraction(1)) / len(values) - 0.25) < 0.03
    assert drawn(case, "a", seed=None) == [Fraction(1)]
    split = case_of("x: {value: 1 | 5, split: yes}", "[0, x]")
    assert set(drawn(split, "a", reading={"x": 1})) == {5}


def test_an_unknown_number_stays_unknown() -> None:
    case = case_of("x: {value: unknown}", "[0, x]")
    score = case.preferences["a"].scores["i"]
    assert Drawer(case, 1, 0, 5).number(score.values["q"], "a") is None  # type: ignore[union-attr]


@pytest.mark.parametrize("rank", ["0.6", "-0.8"])
def test_rank_correlations_are_reached(rank: str) -> None:
    more = f"correlations: [{{between: [x.a, x.b], rank: {rank}, assume: test}}]\n"
    case = case_of("x: {value: 0..1000, per: [a, b]}", "[0, x]", "[0, x]", more)
    drawer = Drawer(case, 1, 0, 20_000)
    columns = [drawer.number(case.preferences[party].scores["i"].values["q"], party) for party in "ab"]  # type: ignore[union-attr]
    ranks = [np.argsort(np.argsort(column)) for column in columns if column is not None]
    assert abs(np.asarray(np.corrcoef(ranks))[0, 1] - float(rank)) < 0.02


def test_correlations_that_cannot_hold_together_are_refused() -> None:
    pairs = [("x", "y", 1), ("y", "z", 1), ("x", "z", -1)]
    more = "correlations: [" + ", ".join(f"{{between: [{a}, {b}], rank: {r}, assume: t}}" for a, b, r in pairs) + "]\n"
    case = case_of("x: {value: 0..9}, y: {value: 0..9}, z: {value: 0..9}", "[x, y]", "[0, z]", more)
    with pytest.raises(ValueError, match="cannot hold together"):
        drawn(case, "a")


def test_deleting_one_judgement_moves_no_other() -> None:
    both = case_of("x: {value: 0..100}, y: {value: 0..100}", "[y, x]")
    alone = case_of("x: {value: 0..100}", "[0, x]")
    assert drawn(both, "a") == drawn(alone, "a")


# Large and fine numbers --------------------------------------------------------------------------------


LARGE = [
    ("", "[0, 100000000000000000]"),
    ("", "[0, 0..100000000000000000]"),
    ("", "[0, 1..2..100000000000000000]"),
    ("x: {value: 1 | 100000000000000000}", "[0, x]"),
    ("x: {value: 0..100000000000}", "[0, x * x]"),
    ("x: {value: 0..100000000000}", "[0, -(x * x) / 1000000000]"),
    ("x: {value: 1..2}, y: {value: 1/1000000000}", "[0, x / y]"),
    ("x: {value: 1..2, sweep: 1..2 | 2..10000000000000000000}", "[0, x]"),
    ("", "[1/999999999989, 1/999999999961]"),
]


@pytest.mark.parametrize(("assumptions", "points"), LARGE)
def test_large_and_fine_numbers_are_drawn_exactly(assumptions: str, points: str) -> None:
    case = case_of(assumptions, points)
    assert measure(case).wide
    for seed in (None, 1):
        for value in drawn(case, "a", seed=seed, draws=50):
            assert (value / case.grain).denominator == 1 or value == Fraction(1, 999999999961)
        scenarios = draw_scenarios(case, seed, draws=3)
        assert scenarios.parties["a"].points is not None
        assert scenarios.parties["a"].points.dtype == object


@pytest.mark.property
@given(
    st.lists(st.tuples(st.integers(0, 24), st.integers(0, 9)), min_size=1, max_size=4),
    st.sampled_from([0, 2, 7]),
    st.sampled_from(["points", "scores"]),
    st.integers(0, 100),
)
def test_points_are_the_same_as_with_python_integers(sizes: list[tuple[int, int]], divisor: int, kind: str, seed: int) -> None:
    """However large or fine the numbers, the points are those that exact reckoning gives."""
    numbers = [Fraction(digit * 10**size, divisor or 1) for size, digit in sizes]
    issues = ", ".join(f"i{number}: {{options: [p, q]}}" for number in range(len(numbers)))
    heavy = ", ".join(f"i{one}: {value + 1}" for one, value in enumerate(numbers))
    weights = "" if kind == "points" else f"weights: {{{heavy}}}, "
    shown = ", ".join(f"i{one}: [0, {value if kind == 'points' else '0..100'}]" for one, value in enumerate(numbers))
    text = f"zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: m\nparties: {{a: A}}\nissues: {{{issues}}}\n"
    text += f"preferences:\n  a: {{{weights}{kind}: {{{shown}}}, no_deal: 0}}\n"
    case = read_text(text, Path("drawn/case.yaml")).case
    assert case is not None
    scenarios = draw_scenarios(case, seed, draws=2)
    party = scenarios.parties["a"]
    assert party.points is not None
    for draw in range(2):
        found = [Fraction(int(value), int(party.unit[draw])) for value in party.points[draw]][1::2]
        if kind == "points":
            assert found == numbers
            continue
        scores = [Fraction(scenarios.values(draw)[f"preferences.a.scores.i{one}.q"]) for one in range(len(numbers))]
        total = sum(value + 1 for value in numbers)
        assert found == [score * (value + 1) / total for score, value in zip(scores, numbers, strict=True)]


def test_ordinary_cases_keep_64_bits_and_are_measured_once() -> None:
    case = case_of("x: {value: 0..100}", "[0, x / 3]")
    assert not measure(case).wide
    assert measure(case) is measure(case)
    population = case_of("x: {value: 0..1000000000000}", "[0, 100]")
    assert not measure(population).wide  # used by nobody's points


def test_powers_of_powers_are_bounded_without_being_reckoned() -> None:
    names = ", ".join(f"x{number}: {{value: x{number - 1} * x{number - 1}}}" for number in range(1, 60))
    case = case_of(f"x0: {{value: 2}}, {names}, y: {{value: 1..2}}", "[0, y]")
    assert measure(case).wide


def test_a_single_value_in_place_of_a_range_goes_to_the_grain() -> None:
    """Other parts of the program put single values in place of a swept assumption."""
    case = case_of("x: {value: 0..1, sweep: 0..1}", "[0, x]")
    drawer = Drawer(case, 1, 0, 3, sweep={"x": Number(Fraction(2, 3))})
    values = drawer.number(case.preferences["a"].scores["i"].values["q"], "a")  # type: ignore[union-attr]
    assert values is not None
    assert {Fraction(int(value), drawer.scale) for value in values} == {Fraction(67, 100)}


def test_midpoints_are_rounded_up_from_halves() -> None:
    assert drawn(case_of("", "[0, 0..0.01]"), "a", seed=None) == [Fraction(1, 100)]
    assert drawn(case_of("", "[0, 0.14..0.15]"), "a", seed=None) == [Fraction(15, 100)]


def test_a_calculation_of_written_numbers_is_exact() -> None:
    case = case_of("x: {value: 10}", "[x / 3, x / 3 / 7]")
    assert drawn(case, "a", "p") == [Fraction(10, 3)] * 4000
    assert drawn(case, "a", "q", draws=2) == [Fraction(10, 21)] * 2


# Streams ---------------------------------------------------------------------------------------------


def values_of(case: Case, streams: Streams, draws: int = 40, start: int = 0) -> list[dict[str, str]]:
    scenarios = draw_scenarios(case, streams.seed, start=start, draws=draws, streams=streams)
    return [scenarios.values(draw) for draw in range(draws)]


THREE = "x: {value: 0..100, per: [a, b]}, y: {value: 0..100}"


@pytest.mark.parametrize("sobol", [False, True])
def test_only_what_is_redrawn_moves(sobol: bool) -> None:
    case = case_of(THREE, "[y, x]", "[0, x]")
    points = SobolPoints(sobol_keys(case)) if sobol else None
    before = values_of(case, Streams(2, sobol=points))
    after = values_of(case, Streams(2, redrawn=frozenset({"x.a"}), sobol=points))
    whole = values_of(case, Streams(2, all_redrawn=True, sobol=points))
    moved = {"x.a", "preferences.a.points.i.q"}
    for one, other, every in zip(before, after, whole, strict=True):
        assert {key for key in one if one[key] != other[key]} <= moved
        assert all(other[key] == every[key] for key in moved)
    assert sum(one["x.a"] != other["x.a"] for one, other in zip(before, after, strict=True)) > 35
    assert sum(one["y"] != every["y"] for one, every in zip(before, whole, strict=True)) > 35


@pytest.mark.parametrize("correlated", [False, True])
def test_two_parties_can_exchange_their_streams(correlated: bool) -> None:
    """A correlation too goes with the streams: which of the two is left as it is does not hang on names."""
    more = "correlations: [{between: [x.a, x.b], rank: 0.7, assume: test}]\n" if correlated else ""
    case = case_of(THREE, "[y, x]", "[0, x]", more)
    usual = values_of(case, Streams(2))
    turned = values_of(case, Streams(2, {"x.a": "x.b", "x.b": "x.a"}))
    for one, other in zip(usual, turned, strict=True):
        assert (one["x.a"], one["x.b"], one["y"]) == (other["x.b"], other["x.a"], other["y"])
    assert usual != turned


def test_scenarios_of_sobol_points_can_be_cut() -> None:
    case = case_of(THREE, "[y, x]", "[0, x]")
    streams = Streams(2, sobol=SobolPoints(sobol_keys(case)))
    whole = values_of(case, streams)
    assert whole == values_of(case, streams, 13) + values_of(case, streams, 27, 13)
    assert whole != values_of(case, Streams(2))
    names = [draw_scenarios(case, 2, streams=one).name(4) for one in (None, Streams(2), streams)]
    assert names[0] == names[1] == f"{case.digest[:12]}/2/4"
    assert names[2] not in names[:2]


def test_sobol_points_serve_every_judgement_that_is_drawn() -> None:
    """What stands behind one alternative of a split assumption, or in a band, is found as well."""
    case = case_of(
        "s: {value: 1 | z, split: yes}, z: {value: 0..9}, w: {value: 5, sweep: 0..9}, n: {value: 3}, "
        "c: {value: 2 | v}, v: {value: 0..9}, idle: {value: 0..9}, p: {value: 0..9, per: place}",
        "[s + p, w]",
        "[0..5, c + n]",
    )
    keys = sobol_keys(case)
    assert keys == ("c", "p@preferences.a.points.i.p", "preferences.b.points.i.p", "v", "w", "z")
    used: dict[str, np.ndarray] = {}
    for alternative in (0, 1):
        draw_scenarios(case, 7, draws=200, reading={"s": alternative}, uniform_cache=used)
    assert {key for key in used if ATTEMPT not in key} <= set(keys)


def test_no_draws_and_streams_of_another_seed_are_refused() -> None:
    case = case_of("", "[0, 1..2]")
    for draws in (0, -3):
        with pytest.raises(ValueError, match="ask for at least 1"):
            draw_scenarios(case, 1, draws=draws)
    with pytest.raises(ValueError, match="give both the same seed"):
        draw_scenarios(case, 1, streams=Streams(2))
    with pytest.raises(ValueError, match="base scenario draws nothing"):
        draw_scenarios(case, streams=Streams(2))
