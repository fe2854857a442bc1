"""Orders among weights and scores: ties, circles, what is given, and the faults where they cannot be kept."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import Case, Fault, Severity, fits_grain, ordering, parse_amount, parse_chain, parse_condition, read_text
from zopa.case.group_corners import corners

NAMES = ["a", "b", "c", "d"]


# Orders ----------------------------------------------------------------------------------------------


def test_tied_members_are_one_class() -> None:
    found = ordering(NAMES, [parse_chain("a = b"), parse_chain("c > a"), parse_chain("b >= d")])
    assert found.classes == ((0, 1), (2,), (3,))
    assert found.pairs == ((0, 2, False), (1, 0, True))


def test_members_no_less_than_each_other_in_a_circle_are_tied() -> None:
    chains = [parse_chain("a >= b >= c"), parse_chain("c >= a")]
    assert ordering(NAMES, chains).classes == ((0, 1, 2), (3,))


def test_the_first_in_the_top_is_above_all() -> None:
    found = ordering(NAMES, [parse_condition("c in top 1"), parse_chain("c > a")])
    assert set(found.pairs) == {(2, 0, True), (2, 1, False), (2, 3, False)}
    assert found.in_top == ()
    assert ordering(NAMES, [parse_condition("c in top 2")]).in_top == ((2, 2),)
    assert ordering(NAMES, [parse_condition("c in top 4")]).in_top == ()


@pytest.mark.parametrize(
    "orders",
    [["a > b >= c", "c >= a"], ["a = b", "b > a"], ["a > b", "b in top 1"], ["a >= d", "b > d", "d in top 2"]],
)
def test_contradictions_are_refused(orders: list[str]) -> None:
    read = [parse_condition(order) if " in top " in order else parse_chain(order) for order in orders]
    with pytest.raises(ValueError, match="would have to be"):
        ordering(NAMES, read)


@pytest.mark.oracle
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from([">", ">=", "="]), st.sampled_from(NAMES)), max_size=5))
def test_nothing_is_lost_and_nothing_added(drawn: list[tuple[str, str, str]]) -> None:
    """The classes and pairs allow the same whole numbers as the orders, each read by itself."""
    orders = [(high, sign, low) for high, sign, low in drawn if high != low]
    allowed = set()
    for numbers in product(range(4), repeat=4):
        at = dict(zip(NAMES, numbers, strict=True))
        kept = [
            at[high] > at[low] if sign == ">" else at[high] >= at[low] if sign == ">=" else at[high] == at[low]
            for high, sign, low in orders
        ]
        if all(kept):
            allowed.add(numbers)
    try:
        found = ordering(NAMES, [parse_chain(f"{high} {sign} {low}") for high, sign, low in orders])
    except ValueError:
        assert not allowed
        return
    assert sorted(member for members in found.classes for member in members) == [0, 1, 2, 3]
    mine = set()
    for numbers in product(range(4), repeat=4):
        if any(len({numbers[member] for member in members}) > 1 for members in found.classes):
            continue
        level = [numbers[members[0]] for members in found.classes]
        if all(level[high] - level[low] >= strict for high, low, strict in found.pairs):
            mine.add(numbers)
    assert mine == allowed
    # One pass upwards carries everything: no lower class is raised after it was used.
    low = [0] * len(found.classes)
    for high, below, strict in found.pairs:
        low[high] = max(low[high], low[below] + strict)
    assert all(low[high] >= low[below] + strict for high, below, strict in found.pairs)


def test_long_orders_are_quick() -> None:
    names = [f"n{number}" for number in range(600)]
    found = ordering(names, [parse_chain(" > ".join(names))])
    assert len(found.pairs) == 599


# Corners -----------------------------------------------------------------------------------------------

HEAD = "zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: made up\nparties: {a: A, b: B}\nissues:\n"
ISSUES = "".join(f"  {name}: {{options: [p, q, r]}}\n" for name in "xyz")


def read(weights: str, assumptions: str = "", scores: str = "") -> tuple[Case | None, tuple[Fault, ...]]:
    text = HEAD + ISSUES + (f"assumptions: {{{assumptions}}}\n" if assumptions else "")
    text += (
        f"preferences:\n  a:\n    weights: {{{weights}}}\n    scores: {{{scores or 'default: [0, 50, 100]'}}}\n    no_deal: 0\n"
    )
    reading = read_text(text, Path("drawn/case.yaml"))
    return reading.case, tuple(one for one in reading.findings if one.severity is Severity.FAULT)


def corners_of(weights: str, assumptions: str = "") -> list[tuple[int, ...]] | None:
    case, faults = read(f"{weights}, z: 1", assumptions)
    assert case is not None, faults
    found = corners([case.preferences["a"].weights[name] for name in "xy"], "a", case.assumptions)
    return None if found is None else [tuple(int(value) for value in corner) for corner in found]


def test_corners_follow_what_is_drawn_together() -> None:
    assert corners_of("x: k, y: 100 - k", "k: {value: 0..100}") == [(0, 100), (100, 0)]
    assert corners_of("x: 1..2..3, y: 5 | 7..9") == [(1, 5), (1, 7), (1, 9), (3, 5), (3, 7), (3, 9)]
    assert corners_of("x: k, y: k", "k: {value: 1..2, per: place}") == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert corners_of("x: k, y: k.b", "k: {value: 1..2, per: [a, b]}") == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert corners_of("x: k, y: m", "k: {value: 2 * m}, m: {value: 1 | 3}") == [(2, 1), (6, 3)]
    assert corners_of("x: k, y: 1", "k: {value: 10..20, sweep: 5..15 | 15..20}") == [(10, 1), (20, 1), (5, 1), (15, 1)]
    assert corners_of("x: 60 / k, y: 1", "k: {value: 2..3}") == [(30, 1), (20, 1)]
    assert corners_of("x: k, y: 1", "k: {value: unknown}") == []


def test_too_many_corners_are_not_looked_at() -> None:
    names = [f"k{number}" for number in range(13)]
    assumptions = ", ".join(f"{name}: {{value: 1..2}}" for name in names)
    assert corners_of(f"x: {' + '.join(names)}, y: 1", assumptions) is None
    # Then it is the draw that finds out.
    case, faults = read(f"x: {' + '.join(names)}, y: 10..20, z: 1, order: y > x", assumptions)
    assert case is not None, faults


@pytest.mark.parametrize(
    ("amount", "fits"),
    [
        ("40", True),
        ("1/3", False),
        ("0.001..0.002", False),
        ("1/3..2/3", True),
        ("1 | 2.5", True),
        ("2 * k - 0.01", True),
        ("k * k", False),
        ("k / 2", False),
        ("t", False),
        ("1..2..3", True),
    ],
)
def test_what_is_sure_to_fall_on_the_grain(amount: str, fits: bool) -> None:
    case, faults = read("default: 1", "k: {value: 0..1}, t: {value: 1/3}")
    assert case is not None, faults
    assert fits_grain(parse_amount(amount), case.grain, case.assumptions) is fits


# Faults --------------------------------------------------------------------------------------------------

NEVER = [
    (
        "x: 10 | 30, y: 20, z: 5, order: x > y",
        "",
        "ZC041",
        "with x = 10 (drawn before the rest) nothing is left for y",
        "10..30 for x",
    ),
    ("x: 20..40..60, y: 20..40..60, z: 0, sum: 100", "", "ZC042", "with x = 20, y = 20 (drawn before the rest)", "20..60 for x"),
    ("x: k, y: 10..90, z: 0, sum: 100", "k: {value: 0..100}", "ZC042", "with x = 0 (drawn before the rest)", "0..100 for x"),
    ("x: 0..20, y: 20..40, z: 1, order: x > y", "", "ZC041", "nothing is left for x", "Change an order"),
    ("x: 0..60, y: 50..60, z: 0, order: x > y, sum: 100", "", "ZC042", "from 100.01 to 119.99", "Change an order"),
    (
        "x: k, y: 0..100, z: 20, order: x > y > z",
        "k: {value: 10..30}",
        "ZC041",
        "with x = 10 (drawn before the rest) nothing is left for y",
        "10..30 for x",
    ),
    (
        "x: k, y: 20, z: 1, order: x = y",
        "k: {value: 10..30}",
        "ZC041",
        "with x = 10 (drawn before the rest) nothing is left for y",
        "for x",
    ),
    ("x: k, y: 20..25, z: 1, order: x > y", "k: {value: 30..40, sweep: 20..30 | 30..40}", "ZC041", "with x = 20", "20..40 for x"),
    ("x: 1..10, y: 20..30, z: 20..30, order: x in top 2", "", "ZC041", "nothing is left for x", "Change an order"),
    ("x: 0..10, y: 0..10, z: 0", "", "ZC042", "can all be zero", "sum: 100"),
    ("x: 0..10, y: 0 | 5, z: k", "k: {value: 0..1}", "ZC042", "can all be zero", "sum: 100"),
]


@pytest.mark.parametrize(("weights", "assumptions", "code", "message", "remedy"), NEVER)
def test_groups_that_cannot_always_be_drawn(weights: str, assumptions: str, code: str, message: str, remedy: str) -> None:
    case, faults = read(weights, assumptions)
    assert case is None
    assert [fault.code for fault in faults] == [code], faults
    assert message in faults[0].message
    assert remedy in faults[0].remedy


ALWAYS = [
    ("x: k, y: 100 - k, z: 0, sum: 100", "k: {value: 0..100}"),
    ("x: 0 | 0..10, y: 2..45, z: 5..98, sum: 100", ""),
    ("x: k, y: 0..40, z: 1, order: y >= x", "k: {value: 10..40}"),
    ("x: 0..10, y: 0..10, z: 0, order: x > y", ""),
    ("x: k, y: 10 - k, z: 0", "k: {value: 0..10}"),
    ("x: 20..40, y: 20..40, z: 20..40, order: x = y = z, sum: 100", ""),
    ("x: k, y: 5..10, z: 1, order: x > y", "k: {value: unknown}"),
]


@pytest.mark.parametrize(("weights", "assumptions"), ALWAYS)
def test_groups_that_can(weights: str, assumptions: str) -> None:
    case, faults = read(weights, assumptions)
    assert case is not None, faults


def test_scores_are_checked_as_well() -> None:
    case, faults = read("default: 1", "k: {value: 10..60}", "default: [0, 50, 100], x: {p: 50, q: k, r: 0..100, order: p > q}")
    assert case is None
    assert faults[0].code == "ZC041"
    assert (
        "the scores of a on x cannot always be kept: with q = 60 (drawn before the rest) nothing is left for p"
        in faults[0].message
    )
    mirror = "default: [0, 50, 100], x: {p: 100, q: 0..100, r: 100 - k, order: p >= q >= r}"
    assert read("default: 1", "k: {value: 0..100}", mirror)[0] is not None


def test_an_order_with_more_steps_than_grains_is_refused() -> None:
    options = ", ".join(f"o{number}" for number in range(102))
    chain = " > ".join(f"o{number}" for number in range(102))
    text = HEAD.replace("assume", "grain: 1\nassume") + f"  i: {{options: [{options}]}}\n"
    text += f"preferences: {{a: {{weights: {{i: 1}}, scores: {{i: {{order: {chain}}}}}, no_deal: 0}}}}\n"
    reading = read_text(text, Path("drawn/case.yaml"))
    assert [fault.code for fault in reading.faults] == ["ZC041"]
    assert "101 steps" in reading.faults[0].message


def test_the_fault_stands_at_the_order_that_names_what_is_left() -> None:
    text = HEAD + ISSUES + "preferences:\n  a:\n    weights:\n      x: 10 | 30\n      y: 20\n      z: 5..6\n      order:\n"
    text += "        - y >= z\n        - x > y\n    scores: {default: [0, 50, 100]}\n    no_deal: 0\n"
    fault = read_text(text, Path("drawn/case.yaml")).faults[0]
    assert text.splitlines()[fault.place.line - 1].strip() == "- x > y"
