"""Zones as rows and columns, against the listing of every package."""

from __future__ import annotations

import ctypes
import os
from dataclasses import replace
from math import inf

import pytest
from hypothesis import given

from tests.settlement.problems import problems, zone
from zopa.settlement import integer_program
from zopa.settlement.integer_program import Program, TooFine, _without_stray_lines, always_accepting, scale_of
from zopa.settlement.problem import Ballot, Extra, Problem
from zopa.space import Within, all_of, some_of

SECONDS = 20.0


def plain(rows: tuple[tuple[tuple[int, ...], ...], ...], **changes: object) -> Problem:
    """A problem that everybody has to accept, without conditions, with a no-deal value of nought."""
    count = len(rows)
    names, never, always = tuple("abcdefgh"[:count]), (False,) * count, (True,) * count
    shape = tuple(len(row) for row in rows[0])
    problem = Problem(shape, names, count, rows, (1,) * count, (), (0,) * count, (), always, never)
    return replace(problem, **changes)  # type: ignore[arg-type]


@pytest.mark.oracle
@given(problems())
def test_a_zone_is_found_where_there_is_one(problem: Problem) -> None:
    answer = Program(problem).maximise({}, SECONDS)
    listed = zone(problem)
    assert (answer.package in listed) if listed else answer.state == "none"


@pytest.mark.oracle
@given(problems())
def test_the_most_points_of_each_party(problem: Problem) -> None:
    program = Program(problem)
    listed = zone(problem)
    for party, scale in enumerate(program.scales):
        answer = program.maximise({program.points_column(party): 1.0}, SECONDS)
        if not listed:
            assert answer.state == "none"
            continue
        assert answer.package is not None
        assert scale.base + scale.step * answer.steps[party] == max(problem.scores(one)[party] for one in listed)
        assert answer.bound == pytest.approx(answer.steps[party], abs=1e-4)


@pytest.mark.oracle
@given(problems())
def test_leaving_out_vectors_lists_the_frontier_and_then_nothing(problem: Problem) -> None:
    program = Program(problem)
    columns = {program.points_column(seat): 1.0 for seat in range(problem.seats)}
    found: list[tuple[int, ...]] = []
    while (answer := program.maximise(columns, SECONDS)).package is not None:
        found.append(answer.steps[: problem.seats])
        assert len(set(found)) == len(found)
        program.exclude(answer.steps)
    assert answer.state == "none"
    listed = {program.steps(one)[: problem.seats] for one in zone(problem)}
    efficient = {
        one
        for one in listed
        if not any(other != one and all(a >= b for a, b in zip(other, one, strict=True)) for other in listed)
    }
    assert set(found) == efficient


@pytest.mark.oracle
@given(problems())
def test_what_opens_when_a_party_accepts_everything(problem: Problem) -> None:
    for party in range(len(problem.parties)):
        free = always_accepting(problem, party)
        listed = zone(free)
        assert set(zone(problem)) <= set(listed)
        answer = Program(free).maximise({}, SECONDS)
        assert (answer.package is not None) == bool(listed)
        for package in listed:
            least = free.minimums[party]
            assert least is not None
            assert least <= problem.scores(package)[party]


def test_points_are_counted_in_their_coarsest_steps() -> None:
    problem = plain((((10, 40), (5, 65)),))
    assert scale_of(problem, 0) == (scale := scale_of(problem, 0))
    assert (scale.base, scale.step, scale.width) == (15, 30, 3)
    assert [scale.steps(value) for value in (0, 15, 16, 45, 105, 106)] == [0, 0, 1, 1, 3, 4]
    more = replace(problem, extras=(Extra(0, all_of([Within(0, 2), Within(1, 2)]), -20), Extra(0, True, 7)))
    assert (scale := scale_of(more, 0)).base == 15 + 7 - 20
    assert (scale.step, scale.width) == (10, 11)


def test_a_party_without_any_difference_has_one_step() -> None:
    scale = scale_of(plain((((5, 5), (1, 1, 1)),)), 0)
    assert (scale.base, scale.step, scale.width) == (6, 1, 0)


def test_points_too_fine_for_doubles_are_refused_in_words() -> None:
    with pytest.raises(TooFine, match="points of a have 10,000,000,001 steps"):
        Program(plain((((0, 1), (0, 10**10)),)))


def test_fine_points_that_just_fit_are_compared_exactly() -> None:
    # The solver sees thousands of millions of steps; the packages differ by one of them.
    fine = 2**30
    rows = (((fine, fine - 1, 0),), ((0, 1, fine),))
    for least, expected in ((fine, (0,)), (fine - 1, (1,))):
        program = Program(plain(rows, minimums=(least, 0)))
        answer = program.maximise({program.points_column(1): 1.0}, SECONDS)
        assert (answer.state, answer.package) == ("optimal", expected)
    assert Program(plain(rows, minimums=(fine, 1))).maximise({}, SECONDS).state == "none"


def test_large_nested_conditions_get_columns_of_their_own() -> None:
    # Either all of twelve issues take option 1 or all take option 0: 144 clauses when multiplied out.
    count = 12
    alike = some_of([all_of([Within(axis, 1 << option) for axis in range(count)]) for option in (0, 1)])
    rows = (tuple((0, 1) if axis % 3 else (2, 0) for axis in range(count)),)
    program = Program(plain(rows, required=(alike,)))
    answer = program.maximise({program.points_column(0): 1.0}, SECONDS)
    assert answer.package in {(0,) * count, (1,) * count}
    assert answer.steps == (8,)


def test_no_time_leaves_the_question_open() -> None:
    rows = tuple(tuple(tuple((party * option * axis) % 7 for option in range(5)) for axis in range(30)) for party in (1, 2, 3))
    answer = Program(plain(rows)).maximise({}, 0.0)
    assert answer.state == "open"


def test_standard_output_stays_clean(capfd: pytest.CaptureFixture[str]) -> None:
    library = ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
    print("before", flush=True)
    with _without_stray_lines():
        os.write(1, b"stray\n")
        library.printf(b"stray too\n")
    print("after", flush=True)
    assert capfd.readouterr().out == "before\nafter\n"


def test_nobody_need_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_: int) -> int:
        raise OSError("bad file descriptor")

    monkeypatch.setattr(os, "dup", closed)
    assert Program(plain((((0, 1),),))).maximise({}, SECONDS).package is not None


def test_a_package_that_fails_the_exact_check_is_barred(monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(plain((((0, 1, 2), (0, 5, 9)),)))
    objective = {program.points_column(0): 1.0}
    monkeypatch.setattr(Problem, "adopts", lambda _, package: package[1] != 2)
    assert program.maximise(objective, SECONDS).package == (2, 1)
    monkeypatch.setattr(Problem, "adopts", lambda *_: False)
    assert program.maximise(objective, SECONDS).state == "none"
    monkeypatch.setattr(integer_program, "MOST_BARRED", 3)
    assert program.maximise(objective, SECONDS).state == "open"


def test_a_failure_of_the_solver_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    import scipy.optimize

    tried: list[bool] = []

    def failing(*_: object, options: dict[str, bool], **__: object) -> object:
        tried.append(options["presolve"])
        return scipy.optimize.OptimizeResult(status=4, x=None, mip_dual_bound=None)

    monkeypatch.setattr(scipy.optimize, "milp", failing)
    answer = Program(plain((((0, 1),),))).maximise({}, SECONDS)
    assert (answer.state, answer.package, answer.bound) == ("open", None, inf)
    assert tried == [True, False]


def test_votes_too_far_apart_are_refused_in_words() -> None:
    rows = (((0, 1),), ((1, 0),))
    with pytest.raises(TooFine, match="votes"):
        Program(plain(rows, ballot=Ballot(1, (1, 2**32), ())))
    program = Program(plain(rows, minimums=(1, 1), ballot=Ballot(2**40, (2**40, 2**41), (1,))))
    assert program.maximise({}, SECONDS).package == (0,)
