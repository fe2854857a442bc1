"""Problems written in other steps: the same zone in whole steps, and bounds from either side when rounded."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.problems import problems, zone
from zopa.settlement.problem import Problem, in_coarse_steps, in_steps


@pytest.mark.property
@given(problem=st.one_of(problems(), problems(wide=True)))
def test_steps_keep_the_zone_and_the_points(problem: Problem) -> None:
    coarse, bases, steps = in_steps(problem)
    assert zone(coarse) == zone(problem)
    for package in product(*map(range, problem.shape)):
        back = [base + step * value for base, step, value in zip(bases, steps, coarse.scores(package), strict=True)]
        assert tuple(back) == problem.scores(package)


@pytest.mark.property
@given(problem=st.one_of(problems(), problems(wide=True)), bits=st.integers(0, 4))
def test_rounded_points_stay_on_their_side(problem: Problem, bits: int) -> None:
    down, up = (in_coarse_steps(problem, up=way, bits=bits) for way in (False, True))
    for package in product(*map(range, problem.shape)):
        for low, value, high in zip(down.scores(package), problem.scores(package), up.scores(package), strict=True):
            assert low <= value <= high
    assert set(zone(down)) <= set(zone(problem)) <= set(zone(up))
