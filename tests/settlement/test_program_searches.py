"""Sums and smallest gains that are proven, near ties, and what is said when the solver stops early."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.problems import frontier, problems, zone
from tests.settlement.test_integer_program import SECONDS, plain
from zopa.settlement import program_searches
from zopa.settlement.integer_program import Program
from zopa.settlement.problem import Problem
from zopa.settlement.program_searches import (
    Limits,
    Share,
    equally_good,
    largest_least,
    largest_sum,
    leximin_search,
    made_efficient,
    most_steps,
)

ALL = Limits(seconds=SECONDS, vectors=500, near=500)
fractions = st.builds(Fraction, st.integers(1, 12), st.integers(1, 7))


def stopping(monkeypatch: pytest.MonkeyPatch, more: float) -> None:
    """Let every run of the solver end as if its time were over, with a bound that is too high by so much."""
    run = Program._run

    def stopped(self: Program, objective: Any, seconds: float) -> Any:
        state, values, bound = run(self, objective, seconds)
        return ("open", values, bound + more) if state == "optimal" else (state, values, bound)

    monkeypatch.setattr(Program, "_run", stopped)


@pytest.mark.property
@given(fractions, st.fractions(-5, 5), st.fractions(-20, 20))
def test_steps_that_reach_and_pass_a_worth(slope: Fraction, offset: Fraction, worth: Fraction) -> None:
    share = Share(slope, offset)
    assert share.of(share.reaching(worth) - 1) < worth <= share.of(share.reaching(worth))
    assert share.of(share.above(worth) - 1) <= worth < share.of(share.above(worth))


@pytest.mark.oracle
@given(problems(), st.data())
def test_the_largest_weighted_sum_and_all_its_vectors(problem: Problem, data: st.DataObject) -> None:
    slopes = [data.draw(fractions) for _ in range(problem.seats)]
    program = Program(problem)
    found, unit = largest_sum(program, slopes, ALL)
    values = {one: sum(slope * step for slope, step in zip(slopes, program.steps(one), strict=False)) for one in zone(problem)}
    if not values:
        assert found.none
        return
    best = max(values.values())
    assert found.proven
    assert found.complete
    free = any(program.scales[seat].width == 0 for seat in range(problem.seats))
    if not free:
        assert float(found.bound) == pytest.approx(float(best / unit))
    vectors = {problem.scores(one)[: problem.seats] for one, value in values.items() if value == best}
    near = {problem.scores(one)[: problem.seats] for one in found.packages}
    assert vectors <= near <= set(frontier(problem))


@pytest.mark.oracle
@given(problems(), st.data())
def test_bounds_hold_when_the_solver_stops_early(problem: Problem, data: st.DataObject) -> None:
    shares = {seat: Share(data.draw(fractions), data.draw(st.fractions(-5, 5))) for seat in range(problem.seats)}
    program = Program(problem)
    with pytest.MonkeyPatch.context() as patch:
        stopping(patch, 7.0)
        total, unit = largest_sum(program, [share.slope for share in shares.values()], ALL)
        least = largest_least(program, shares, ALL)
        ordered = leximin_search(program, shares, ALL)
        answer, most = most_steps(program, 0, SECONDS)
    listed = [program.steps(one) for one in zone(problem)]
    if not listed:
        assert all(one.none for one in (total, least, ordered))
        assert answer.state == "none"
        return
    assert all(one.packages for one in (total, least, ordered))
    if len(listed) > 1:
        assert not total.complete
    sums = [sum(share.slope * steps[seat] for seat, share in shares.items() if program.scales[seat].width) for steps in listed]
    assert float(total.bound) >= float(max(sums) / unit) - 1e-9
    smallest = max(min(share.of(steps[seat]) for seat, share in shares.items()) for steps in listed)
    assert least.bound >= smallest
    assert ordered.bound >= smallest
    assert most >= max(steps[0] for steps in listed)
    assert answer.package is not None


@pytest.mark.oracle
@given(problems())
def test_a_package_is_made_efficient(problem: Problem) -> None:
    program = Program(problem)
    packages = {one for some in frontier(problem).values() for one in some}
    for package in zone(problem)[:5]:
        better, sure = made_efficient(program, package, ALL)
        assert sure
        assert better in packages
        assert all(
            more >= less for more, less in zip(program.steps(better), program.steps(package)[: problem.seats], strict=False)
        )


@pytest.mark.oracle
@given(problems())
def test_equally_good_packages_are_the_whole_frontier(problem: Problem) -> None:
    listed = zone(problem)
    if not listed:
        return
    found = equally_good(Program(problem), [Fraction(1)] * problem.seats, True, Fraction(0), listed[0], ALL)
    assert found.proven
    assert found.complete
    assert sorted(problem.scores(one)[: problem.seats] for one in found.packages) == sorted(frontier(problem))


def test_without_wanted_vectors_one_is_given_all_the_same() -> None:
    problem = plain((((0, 1, 1), (0, 0, 0)), ((0, 0, 2), (0, 0, 1))))
    found = equally_good(Program(problem), [Fraction(1)] * 2, True, Fraction(0), (1, 0), Limits(vectors=0))
    assert found.packages == [(2, 2)]
    assert not found.complete


def test_more_vectors_than_wanted_are_not_called_complete() -> None:
    problem = plain((tuple((0, 1) for _ in range(6)), tuple((1, 0) for _ in range(6))))
    program = Program(problem)
    one, _ = largest_sum(program, [Fraction(1)] * 2, Limits(vectors=1))
    assert (len(one.packages), one.proven, one.complete) == (1, True, False)
    seven, _ = largest_sum(program, [Fraction(1)] * 2, Limits(vectors=8))
    assert (len(seven.packages), seven.proven, seven.complete) == (7, True, True)


def test_the_level_of_parties_on_scales_far_apart() -> None:
    # One step of the first party is worth more than everything the second can have.
    shares = {0: Share(Fraction(10**25), Fraction(-(10**25))), 1: Share(Fraction(1, 3), Fraction(-2))}
    problem = plain((((0, 1, 2, 2),), ((30, 21, 12, 11),)))
    program = Program(problem)
    found = largest_least(program, shares, ALL)
    assert found.proven
    assert (found.packages, found.bound) == ([(1,)], 0)
    assert leximin_search(program, shares, ALL).packages == [(1,)]


@pytest.mark.oracle
@given(problems(), st.data())
def test_levels_by_halves_are_the_same(problem: Problem, data: st.DataObject) -> None:
    shares = {
        seat: Share(data.draw(fractions) * data.draw(st.sampled_from([1, 10**15])), data.draw(st.fractions(-5, 5)))
        for seat in range(problem.seats)
    }
    program = Program(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program_searches, "WIDEST", 3)
        least, ordered = largest_least(program, shares, ALL), leximin_search(program, shares, ALL)
    listed = [program.steps(one) for one in zone(problem)]
    if not listed:
        assert least.none
        assert ordered.none
        return
    worths = [sorted(share.of(steps[seat]) for seat, share in shares.items()) for steps in listed]
    assert least.proven
    assert ordered.proven
    assert least.bound == ordered.bound == max(one[0] for one in worths)
    for found, best in ((least, max(one[:1] for one in worths)), (ordered, max(worths))):
        steps = program.steps(found.packages[0])
        assert sorted(share.of(steps[seat]) for seat, share in shares.items())[: len(best)] == best


def test_an_empty_program_says_so() -> None:
    problem = plain((((0, 1),),), minimums=(2,))
    program = Program(problem)
    shares = {0: Share(Fraction(1), Fraction(0))}
    assert largest_sum(program, [Fraction(1)], ALL)[0].none
    assert largest_least(program, shares, ALL).none
    assert leximin_search(program, shares, ALL).none
    assert most_steps(program, 0, SECONDS)[0].bound == -inf
