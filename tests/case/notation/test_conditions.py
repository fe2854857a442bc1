"""Conditions: reading, writing, three-valued truth, and what is left when parts are decided."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import (
    And,
    Compare,
    Condition,
    Flag,
    If,
    Iff,
    InTop,
    Not,
    NotationError,
    Or,
    evaluate,
    format_condition,
    parse_condition,
    substitute,
)

A, B, C = Flag("a"), Flag("b"), Flag("c")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("dmz", Flag("dmz")),
        ("dmz > none", Compare("dmz", ">", ("none",))),
        ("guarantee = joint|collective", Compare("guarantee", "=", ("joint", "collective"))),
        ("guarantee != joint | collective", Compare("guarantee", "!=", ("joint", "collective"))),
        ("rent <= -1.50", Compare("rent", "<=", ("-1.50",))),
        ("rent = 1/3", Compare("rent", "=", ("1/3",))),
        ("fighting in top 2", InTop("fighting", 2)),
        ("A12.RUS > 20", Compare("A12.RUS", ">", ("20",))),
        ("a and b or c", Or((And((A, B)), C))),
        ("a and (b or c)", And((A, Or((B, C))))),
        ("not a and b", And((Not(A), B))),
        ("not (a and b)", Not(And((A, B)))),
        ("a or b if c", If(Or((A, B)), C)),
        ("a iff b and c", Iff(A, And((B, C)))),
        ("(a if b) if c", If(If(A, B), C)),
        ("not not a", Not(Not(A))),
    ],
)
def test_conditions_are_read(text: str, wanted: Condition) -> None:
    assert parse_condition(text) == wanted


@pytest.mark.parametrize(
    ("text", "start", "remedy"),
    [
        ("a == b", 2, "single ="),
        ("a && b", 2, "`and`"),
        ("a || b", 2, "`or`"),
        ("a ≥ b", 2, ">="),
        ("a = ", 4, "option"),
        ("a > b|c", 5, "= or !="),
        ("(a", 2, "bracket"),
        ("a if b if c", 7, "brackets"),
        ("a if b iff c", 7, "brackets"),
        ("a b", 2, ""),
        ("a in top 0", 9, "whole number"),
        ("a in front", 5, "in top 2"),
        ("and a", 0, ""),
        ("a = and", 4, "option"),
        ("a = 1/0", 6, "1/3"),
        ("a, b", 1, ""),
    ],
)
def test_slips_are_placed_and_mended(text: str, start: int, remedy: str) -> None:
    with pytest.raises(NotationError) as found:
        parse_condition(text)
    assert found.value.start == start
    assert remedy in found.value.remedy


NAMES = st.sampled_from(["a", "b", "c", "d"])
LEAVES = st.one_of(
    NAMES.map(Flag),
    st.builds(
        Compare,
        NAMES,
        st.sampled_from(["=", "!="]),
        st.lists(st.sampled_from(["p", "q", "3"]), min_size=1, max_size=2).map(tuple),
    ),
    st.builds(Compare, NAMES, st.sampled_from(["<", "<=", ">", ">="]), st.just(("p",))),
    st.builds(InTop, NAMES, st.integers(1, 3)),
)


def _joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Not, inner),
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(If, inner, inner),
        st.builds(Iff, inner, inner),
    )


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(LEAVES, _joined, max_leaves=8)


@pytest.mark.property
@given(CONDITIONS)
def test_written_and_read_again_is_the_same(condition: Condition) -> None:
    assert parse_condition(format_condition(condition)) == condition


def _leaves(condition: Condition) -> set[str]:
    """Elementary parts, as text."""
    if isinstance(condition, Flag | Compare | InTop):
        return {format_condition(condition)}
    if isinstance(condition, Not):
        return _leaves(condition.of)
    if isinstance(condition, And | Or):
        return set().union(*(_leaves(item) for item in condition.items))
    if isinstance(condition, If):
        return _leaves(condition.then) | _leaves(condition.when)
    return _leaves(condition.left) | _leaves(condition.right)


def _truth(condition: Condition, world: dict[str, bool]) -> bool:
    """Two-valued truth, written independently."""
    if isinstance(condition, Not):
        return not _truth(condition.of, world)
    if isinstance(condition, And):
        return all(_truth(item, world) for item in condition.items)
    if isinstance(condition, Or):
        return any(_truth(item, world) for item in condition.items)
    if isinstance(condition, If):
        return _truth(condition.then, world) or not _truth(condition.when, world)
    if isinstance(condition, Iff):
        return _truth(condition.left, world) is _truth(condition.right, world)
    return world[format_condition(condition)]


def _three_valued(condition: Condition, world: dict[str, bool | None]) -> bool | None:
    return evaluate(condition, lambda name: world[name], lambda leaf: world[format_condition(leaf)])


@pytest.mark.oracle
@given(CONDITIONS, st.data())
def test_three_valued_truth_is_never_wrong(condition: Condition, data: st.DataObject) -> None:
    """What Kleene's tables decide holds in every completion; nothing unknown decides everything."""
    names = sorted(_leaves(condition))
    world = {name: data.draw(st.sampled_from([True, False, None])) for name in names}
    open_names = [name for name in names if world[name] is None][:8]
    found = _three_valued(condition, world)
    completions = {
        _truth(condition, {**{name: bool(value) for name, value in world.items()}, **dict(zip(open_names, filled, strict=True))})
        for filled in product([True, False], repeat=len(open_names))
    }
    if found is not None:
        assert completions == {found}
    if not open_names:
        assert found is completions.pop()


@pytest.mark.oracle
@given(CONDITIONS, st.data())
def test_what_is_left_after_deciding_parts_is_the_same_condition(condition: Condition, data: st.DataObject) -> None:
    names = sorted(_leaves(condition))
    world = {name: data.draw(st.booleans()) for name in names}
    decided = {name: world[name] for name in names if data.draw(st.booleans())}
    rest = substitute(condition, lambda leaf: decided.get(format_condition(leaf)))
    if isinstance(rest, bool):
        assert rest is _truth(condition, world)
    else:
        assert not (_leaves(rest) & set(decided))
        assert _truth(rest, world) is _truth(condition, world)


@pytest.mark.property
@given(st.text(alphabet="ab()=<>!|&. 12-ifnotr", max_size=30))
def test_any_text_is_a_condition_or_a_clear_slip(text: str) -> None:
    try:
        condition = parse_condition(text)
    except NotationError:
        return
    assert parse_condition(format_condition(condition)) == condition


def test_brackets_without_end_are_refused() -> None:
    for text in ["(" * 5000 + "a", "not " * 2000 + "a"]:
        with pytest.raises(NotationError):
            parse_condition(text)
