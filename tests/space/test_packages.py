"""Packages: numbering, families, words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import load_case, read_text
from zopa.cases import shipped_case
from zopa.space import PackageSpace, describe, package_space


def space_of(shape: list[int], more: str = "") -> PackageSpace:
    lines = [f"  i{number}: {{options: [{', '.join(f'o{one}' for one in range(count))}]}}" for number, count in enumerate(shape)]
    text = "zopa: 1\ntitle: t\nas_of: 2025-01-01\nparties: {a: A}\nissues:\n" + "\n".join(lines) + "\n" + more
    case = read_text(text, Path("drawn/case.yaml")).case
    assert case is not None
    return package_space(case)


@pytest.mark.oracle
@given(st.lists(st.integers(2, 5), min_size=1, max_size=5))
def test_the_first_issue_is_the_most_significant_digit(shape: list[int]) -> None:
    space = space_of(shape)
    table = np.indices(shape).reshape(len(shape), -1).T
    assert space.size == len(table)
    indices = np.arange(space.size)
    assert (space.digits(indices) == table).all()
    for index in indices[:: max(1, space.size // 20)].tolist():
        options = space.options(index)
        assert [int(option[1:]) for option in options.values()] == table[index].tolist()
        assert space.index(options) == index


def test_options_that_do_not_exist_are_refused() -> None:
    space = space_of([2, 3])
    with pytest.raises(KeyError):
        space.index({"i0": "o0"})
    with pytest.raises(KeyError):
        space.index({"i0": "o0", "i1": "o9"})


def test_continuous_scales_cannot_be_listed() -> None:
    text = "zopa: 1\ntitle: t\nas_of: 2025-01-01\nparties: {a: A}\nissues: {rent: {scale: 0..10}, fence: {scale: yesno}}\n"
    case = read_text(text, Path("drawn/case.yaml")).case
    assert case is not None
    with pytest.raises(ValueError, match="rent"):
        package_space(case)


def test_the_ukraine_families_hold_their_members() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    space = package_space(case)
    assert space.size == 15_120
    for package in case.packages.values():
        family = space.flat(space.family(package))
        for index in np.flatnonzero(family)[:50].tolist():
            chosen = space.options(index)
            assert all(chosen[issue] in options for issue, options in package.options.items() if options)
    words = describe(space, 0)
    assert words.count(";") == len(space.issues) - 1
