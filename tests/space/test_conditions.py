"""Conditions over packages, against a package-by-package evaluation."""

from __future__ import annotations

from fractions import Fraction
from operator import ge, gt, le, lt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.case.notation.test_conditions import _joined
from zopa.case import Compare, Condition, Flag, InTop, evaluate, read_text
from zopa.space import package_space, truth
from zopa.space.conditions import certain, packed

TEXT = """\
zopa: 1
title: Conditions
as_of: 2025-01-01
assume: made up
parties: {a: A}
issues:
  rank: {scale: ordered, options: [low, middle, high]}
  rent: {scale: 0..10, step: 5}
  fence: {scale: yesno}
  roof: {options: [p, q, r]}
assumptions: {firm: {value: yes | no}, size: {value: 0..10}, mood: {value: calm | sour}}
packages: {P: {terms: {rank: low}}}
"""
_CASE = read_text(TEXT, Path("drawn/case.yaml")).case
assert _CASE is not None
SPACE = package_space(_CASE)
PLACES = {"rank": {"low": 0, "middle": 1, "high": 2}, "rent": {"0": 0, "5": 5, "10": 10}}
COMPARES = {"<": lt, "<=": le, ">": gt, ">=": ge}

LEAVES: st.SearchStrategy[Condition] = st.one_of(
    st.builds(
        Compare, st.just("rank"), st.sampled_from(["<", "<=", ">", ">="]), st.sampled_from([("low",), ("middle",), ("high",)])
    ),
    st.builds(Compare, st.just("rank"), st.sampled_from(["=", "!="]), st.sampled_from([("low",), ("low", "high")])),
    st.builds(
        Compare, st.just("rent"), st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), st.sampled_from([("0",), ("5",), ("10",)])
    ),
    st.builds(Compare, st.just("roof"), st.sampled_from(["=", "!="]), st.sampled_from([("p",), ("q", "r")])),
    st.builds(Compare, st.just("mood"), st.sampled_from(["=", "!="]), st.sampled_from([("calm",), ("sour",)])),
    st.builds(Compare, st.just("size"), st.sampled_from(["<", ">="]), st.sampled_from([("3",), ("7",)])),
    st.sampled_from([Flag("fence"), Flag("firm")]),
)
CONDITIONS = st.recursive(LEAVES, _joined, max_leaves=7)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "firm": st.sampled_from(["yes", "no"]),
        "mood": st.sampled_from(["calm", "sour"]),
        "size": st.integers(0, 10).map(Fraction),
    },
)


def by_hand(condition: Condition, chosen: dict[str, str], values: dict[str, str | Fraction]) -> bool | None:
    def flag(name: str) -> bool | None:
        return {"yes": True, "no": False}.get(str(chosen.get(name, values.get(name))))

    def compare(leaf: Compare | InTop) -> bool | None:
        assert isinstance(leaf, Compare)
        value: str | Fraction | None = chosen.get(leaf.name, values.get(leaf.name))
        if value is None:
            return None
        if leaf.op in COMPARES:
            places = PLACES.get(leaf.name)
            mine = places[str(value)] if places else Fraction(value)
            other = places[leaf.values[0]] if places else Fraction(leaf.values[0])
            return bool(COMPARES[leaf.op](mine, other))
        return (str(value) in leaf.values) == (leaf.op == "=")

    return evaluate(condition, flag, compare)


@pytest.mark.oracle
@given(CONDITIONS, VALUES)
def test_conditions_hold_where_they_hold_package_by_package(condition: Condition, values: dict[str, str | Fraction]) -> None:
    found = truth(condition, SPACE, values)
    surely, possibly = (SPACE.flat(part) for part in (found.surely, found.possibly))
    wanted = [by_hand(condition, SPACE.options(index), values) for index in range(SPACE.size)]
    assert surely.tolist() == [one is True for one in wanted]
    assert possibly.tolist() == [one is not False for one in wanted]


def test_arrays_vary_only_along_the_issues_named() -> None:
    found = truth(Compare("rank", "=", ("low",)), SPACE, {})
    assert found.surely.shape == (3, 1, 1, 1)
    assert found.decided


@pytest.mark.property
@given(st.integers(1, 20), st.integers(0, 2**20))
def test_packed_truth_holds_the_same_draws(draws: int, bits: int) -> None:
    flags = np.array([[bool(bits >> (draw % 20) & 1), bool(draw % 3)] for draw in range(draws)])
    whole = np.unpackbits(packed(certain(flags)).surely, axis=0)[:draws].astype(bool)
    assert (whole == flags).all() or draws == 1
    one = packed(certain(flags[:1])).surely
    assert one.tolist() == [[255 if flag else 0 for flag in flags[0]]]
