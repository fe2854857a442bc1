"""Solution points by programming, against the definitions applied to every efficient vector."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.problems import frontier, problems, zone
from tests.settlement.test_integer_program import plain
from tests.settlement.test_program_searches import stopping
from zopa.settlement.composition import compose_frontier
from zopa.settlement.concepts import BY_COALITION, CONCEPTS, solution_points
from zopa.settlement.integer_program import Program
from zopa.settlement.problem import Ballot, Problem
from zopa.settlement.program_searches import Limits
from zopa.settlement.programmed_points import (
    ProgrammedPoint,
    most_points,
    opens_by,
    programmed_nash,
    programmed_points,
    zone_package,
)
from zopa.settlement.solutions import SolutionPoint
from zopa.space import Predicate, meets, some_of, within

ALL = Limits(seconds=20.0, vectors=500, near=500)
Vector = tuple[int, ...]


def same(found: ProgrammedPoint, expected: SolutionPoint, vectors: list[Vector], packages: dict[Vector, Any]) -> None:
    """The set of points, its value and what is said of it are those of the definition."""
    assert found.status == "exact"
    assert found.concept == expected.concept
    assert found.value == found.bound == expected.value
    assert found.gainers == expected.gainers
    assert found.ascending == expected.ascending
    if expected.concept not in {"nash", "asymmetric_nash"} or expected.vectors:
        assert found.compares == expected.compares
    assert found.complete
    assert list(found.vectors) == [vectors[number] for number in expected.vectors]
    for vector, package in zip(found.vectors, found.packages, strict=True):
        assert package in packages[vector]


def expected_points(
    problem: Problem, no_deal: list[Fraction], rules: tuple[Predicate, ...], influence: list[Fraction] | None
) -> tuple[dict[str, SolutionPoint], list[Vector], dict[Vector, Any]]:
    """Return the definitions applied to the listed frontier."""
    packages = frontier(problem)
    vectors = list(packages)
    units = problem.units[: problem.seats]
    every = list(product(*(range(count) for count in problem.shape)))
    allowed = [problem.scores(one) for one in every if all(meets(rule, one) for rule in rules)]
    zoned = [problem.scores(one) for one in zone(problem)]
    ideal, best = (
        [Fraction(max(scores[seat] for scores in some), units[seat]) for seat in range(problem.seats)]
        for some in (zoned, allowed)
    )
    rows = np.array(vectors, dtype=object)
    return (
        solution_points(rows, units, no_deal, ideal, best, influence, voting=problem.ballot is not None),
        vectors,
        packages,
    )


@pytest.mark.oracle
@given(problems(), st.data())
def test_every_concept_is_what_its_definition_gives(problem: Problem, data: st.DataObject) -> None:
    # A no-deal value between two points; the next whole one is the least that is accepted.
    no_deal = [Fraction(minimum or 0) - data.draw(st.sampled_from([Fraction(0), Fraction(1, 3)])) for minimum in problem.minimums]
    no_deal = no_deal[: problem.seats]
    influence = [Fraction(data.draw(st.integers(0, 3)), 2) for _ in no_deal] if data.draw(st.booleans()) else None
    rules = problem.required[:1]
    found = programmed_points(problem, no_deal, rules=rules, influence=influence, limits=ALL)
    if not zone(problem):
        assert all(one.status == "no_zone" and not one.packages for one in found.values())
        return
    expected, vectors, packages = expected_points(problem, no_deal, rules, influence)
    assert list(found) == list(expected)
    for concept, point in found.items():
        same(point, expected[concept], vectors, packages)


@pytest.mark.oracle
@given(problems(), st.data())
def test_gains_may_be_missing_or_below_nought(problem: Problem, data: st.DataObject) -> None:
    """No-deal values that have nothing to do with what is accepted; votes that bind nobody."""
    thirds = st.integers(-9, 36).map(lambda one: Fraction(one, 3))
    no_deal = [data.draw(thirds) for _ in range(problem.seats)]
    influence = [Fraction(data.draw(st.integers(0, 3))) for _ in no_deal]
    concepts = ("nash", "asymmetric_nash", "egalitarian", "leximin")
    packages = frontier(problem)
    program = Program(problem)
    found = programmed_points(problem, no_deal, concepts=concepts[2:], limits=ALL)
    found["nash"] = programmed_nash(program, no_deal, None, ALL)
    found["asymmetric_nash"] = programmed_nash(program, no_deal, influence, ALL)
    if not packages:
        assert all(one.status == "no_zone" for one in found.values())
        return
    nothing = [Fraction(0)] * problem.seats
    rows = np.array(list(packages), dtype=object)
    expected = solution_points(rows, problem.units[: problem.seats], no_deal, nothing, nothing, influence)
    for concept in concepts:
        same(found[concept], expected[concept], list(packages), packages)


@pytest.mark.oracle
@given(problems(wide=True))
def test_points_of_many_digits_on_a_coarse_scale(problem: Problem) -> None:
    no_deal = [Fraction(minimum or 0) for minimum in problem.minimums[: problem.seats]]
    if not zone(problem):
        assert zone_package(problem) == ("no_zone", None)
        return
    expected, vectors, packages = expected_points(problem, no_deal, problem.required, None)
    for concept, point in programmed_points(problem, no_deal, rules=problem.required, limits=ALL).items():
        if point.status == "exact":
            same(point, expected[concept], vectors, packages)
            continue
        # A gain of one beside steps of thirty digits: the sum of shares is beyond doubles, and the result says so.
        assert (point.status, concept) in {("bounded", "relative_welfare")}
        assert point.vectors[0] in packages
        value, most = point.value, expected[concept].value
        assert value is not None
        assert most is not None
        assert value <= most
        assert point.bound is None or point.bound >= most


@pytest.mark.oracle
@given(st.data())
def test_points_in_millionths_are_exact_or_bounded(data: st.DataObject) -> None:
    """Scales a hundred times finer than the solver's tolerance."""
    shape = tuple(data.draw(st.lists(st.integers(2, 4), min_size=1, max_size=3)))
    count = data.draw(st.integers(1, 3))
    values = st.integers(0, 5 * 10**7)
    rows = tuple(tuple(tuple(data.draw(values) for _ in range(options)) for options in shape) for _ in range(count))
    problem = plain(rows, minimums=tuple(data.draw(values) for _ in range(count)), units=(10**6,) * count)
    no_deal = [Fraction(minimum or 0, 10**6) for minimum in problem.minimums]
    found = programmed_points(problem, no_deal, rules=(), limits=ALL)
    if not zone(problem):
        assert {point.status for point in found.values()} == {"no_zone"}
        return
    expected, vectors, packages = expected_points(problem, no_deal, (), None)
    for concept, point in found.items():
        assert point.status in {"exact", "bounded"}
        value, most = point.value, expected[concept].value
        if point.status == "exact":
            assert value == most
        if point.complete:
            same(point, expected[concept], vectors, packages)
        if value is not None and most is not None and point.bound is not None:
            assert value <= most <= point.bound
        assert set(point.vectors) <= set(packages)


@pytest.mark.oracle
@given(problems())
def test_ideals_and_who_opens(problem: Problem) -> None:
    listed = zone(problem)
    for seat, most in enumerate(most_points(problem)):
        if listed:
            assert most.status == "exact"
            assert most.points == most.bound == max(problem.scores(one)[seat] for one in listed)
            assert most.package in listed
        else:
            assert (most.status, most.points, most.package) == ("no_zone", None, None)
    for party in range(len(problem.parties)):
        status, package = opens_by(problem, party)
        assert status in {"exact", "no_zone"}
        assert (package is not None) == (status == "exact")
        if listed:
            assert status == "exact"


def drawn(seed: int, issues: int, options: int, parties: int, rules: int) -> Problem:
    """A problem of small whole points with rules of the kind "if this, then that"."""
    generator = np.random.default_rng(seed)
    rows = tuple(
        tuple(tuple(int(value) for value in generator.integers(0, 8, options)) for _ in range(issues)) for _ in range(parties)
    )
    required = []
    for _ in range(rules):
        first, second = (int(axis) for axis in generator.choice(issues, 2, replace=False))
        option, other = (int(one) for one in generator.integers(options, size=2))
        unless = within(first, (1 << options) - 1 - (1 << option), options)
        required.append(some_of([unless, within(second, 1 << other, options)]))
    return plain(rows, minimums=(3 * issues,) * parties, required=tuple(required))


@pytest.mark.oracle
@pytest.mark.parametrize(("seed", "issues", "parties", "rules"), [(1, 25, 2, 20), (2, 16, 3, 12), (3, 20, 3, 0), (4, 9, 4, 8)])
def test_points_of_spaces_nobody_lists_are_those_of_the_composed_frontier(
    seed: int, issues: int, parties: int, rules: int
) -> None:
    problem = drawn(seed, issues, 4, parties, rules)
    composed = compose_frontier(problem)
    no_deal = [Fraction(3 * issues)] * parties
    ideal = [Fraction(int(composed.vectors[:, party].max())) for party in range(parties)]
    best = [one.points for one in most_points(problem.only_rules(problem.required))]
    assert all(point is not None for point in best)
    influence = [Fraction(party + 1) for party in range(parties)]
    expected = solution_points(
        composed.vectors, problem.units, no_deal, ideal, [point for point in best if point is not None], influence
    )
    found = programmed_points(problem, no_deal, rules=problem.required, influence=influence)
    assert list(found) == list(CONCEPTS)
    for concept, point in found.items():
        assert (point.status, point.value) == ("exact", expected[concept].value), concept
        numbers = [composed.vectors.tolist().index(list(vector)) for vector in point.vectors]
        assert set(numbers) <= set(expected[concept].vectors)
        assert not point.complete or numbers == list(expected[concept].vectors)
        for vector, package in zip(point.vectors, point.packages, strict=True):
            assert problem.adopts(package)
            assert problem.scores(package) == vector


@pytest.mark.oracle
@given(problems())
def test_bounds_hold_when_the_solver_stops_early(problem: Problem) -> None:
    no_deal = [Fraction(minimum or 0) for minimum in problem.minimums[: problem.seats]]
    influence = [Fraction(seat + 1) for seat in range(problem.seats)]
    with pytest.MonkeyPatch.context() as patch:
        stopping(patch, 3.0)
        found = programmed_points(problem, no_deal, influence=influence, limits=ALL)
    if not zone(problem):
        assert {one.status for one in found.values()} == {"no_zone"}
        return
    expected, _, _ = expected_points(problem, no_deal, (), influence)
    for concept, point in found.items():
        assert point.status in {"exact", "bounded", "unknown"}
        if point.status == "unknown":
            assert not point.packages  # ideals are not known, so that shares of them are not either
            continue
        value = expected[concept].value
        if point.status == "exact":
            assert point.value == value
        elif value is not None and point.bound is not None:
            assert point.bound >= value, concept
        assert all(vector in {problem.scores(one)[: problem.seats] for one in zone(problem)} for vector in point.vectors)


def test_near_ties_are_told_apart() -> None:
    fine = 10**6
    problem = plain((((0, fine + 1, fine, 2 * fine),), ((2 * fine, fine - 1, fine, 0),)))
    for influence in (None, [Fraction(1), Fraction(1)]):
        concept = "nash" if influence is None else "asymmetric_nash"
        point = programmed_points(problem, [Fraction(0)] * 2, influence=influence, concepts=(concept,))[concept]
        assert (point.status, point.complete) == ("exact", True)
        assert point.value == fine**2
        assert (point.vectors, point.packages) == (((fine, fine),), ((2,),))


def test_equal_products_are_all_given() -> None:
    problem = plain((((4, 6, 9, 5),), ((9, 6, 4, 7),)))
    point = programmed_points(problem, [Fraction(0)] * 2, concepts=("nash",))["nash"]
    assert (point.vectors, point.complete) == (((9, 4), (6, 6), (4, 9)), True)


def test_too_many_near_ties_are_only_bounded() -> None:
    fine = 10**6
    rows = tuple((tuple(fine + sign * more for more in range(-40, 41)),) for sign in (1, -1))
    point = programmed_points(plain(rows), [Fraction(0)] * 2, concepts=("nash",), limits=Limits(near=7))["nash"]
    assert (point.status, point.complete) == ("bounded", False)
    assert point.value is not None
    assert point.bound is not None
    assert point.value <= fine**2 <= point.bound <= fine**2 * Fraction(1001, 1000)


def test_one_party_has_all_points_at_its_best() -> None:
    problem = plain((((1, 5, 5), (2, 2, 0)),))
    found = programmed_points(problem, [Fraction(1)], rules=(), influence=[Fraction(2)])
    assert {(point.status, point.vectors) for point in found.values()} == {("exact", ((7,),))}
    assert not any(point.compares for point in found.values())


def test_no_zone_is_said() -> None:
    problem = plain((((0, 3),), ((3, 0),)), minimums=(2, 2))
    found = programmed_points(problem, [Fraction(2)] * 2, rules=(), influence=[Fraction(1)] * 2)
    assert list(found) == list(CONCEPTS)
    assert {(point.status, point.value, point.bound, point.packages) for point in found.values()} == {("no_zone", None, None, ())}
    assert opens_by(problem, 0)[1] == (0,)
    assert opens_by(problem, 1)[1] == (1,)


def test_nobody_gains_and_shares_order_nothing() -> None:
    problem = plain((((2, 2),), ((2, 2),)), minimums=(2, 2))
    found = programmed_points(problem, [Fraction(2)] * 2, rules=())
    assert found["nash"].value == 1
    assert (found["nash"].status, found["nash"].gainers) == ("exact", 0)
    for concept in ("kalai_smorodinsky", "kalai_smorodinsky_global", "relative_welfare"):
        assert (found[concept].status, found[concept].value, found[concept].vectors) == ("exact", None, ())


def test_weights_of_nought_order_nothing_and_below_have_no_meaning() -> None:
    problem = plain((((2, 3),), ((3, 2),)))
    none = programmed_points(problem, [Fraction(0)] * 2, influence=[Fraction(0)] * 2, concepts=("asymmetric_nash",))
    assert (none["asymmetric_nash"].status, none["asymmetric_nash"].vectors) == ("exact", ())
    with pytest.raises(ValueError, match="weight below 0"):
        programmed_points(problem, [Fraction(0)] * 2, influence=[Fraction(1), Fraction(-1)])


def test_what_is_missing_leaves_points_out() -> None:
    problem = plain((((2, 3),), ((3, 2),)))
    assert list(programmed_points(problem, None, rules=(), influence=[Fraction(1)] * 2)) == ["utilitarian"]
    assert set(CONCEPTS) - set(programmed_points(problem, [Fraction(0)] * 2)) == {"asymmetric_nash", "kalai_smorodinsky_global"}
    voting = plain((((2, 3),), ((3, 2),)), ballot=Ballot(1, (1, 1), ()))
    assert not set(programmed_points(voting, [Fraction(0)] * 2, rules=())) & set(BY_COALITION)


def test_gains_below_nought_under_votes() -> None:
    # Two of three carry it; the third loses as little as can be.
    rows = (((9, 5, 6),), ((9, 5, 6),), ((-9, -3, -4),))
    problem = plain(rows, ballot=Ballot(2, (1, 1, 1), ()))
    point = programmed_points(problem, [Fraction(0)] * 3, concepts=("egalitarian",))["egalitarian"]
    assert point.value == -3
    assert (point.status, point.packages) == ("exact", ((1,),))


def test_a_best_below_no_deal_has_no_shares() -> None:
    problem = plain((((2, 3),), ((3, 2),)))
    with pytest.raises(ValueError, match="below its no-deal value"):
        programmed_points(problem, [Fraction(9), Fraction(0)], concepts=("kalai_smorodinsky",))


def test_nobody_signs() -> None:
    with pytest.raises(ValueError, match="nobody signs"):
        programmed_points(plain((((2, 3),),), seats=0, asked=(False,)), [])


def test_no_time_is_not_called_no_zone() -> None:
    problem = drawn(5, 40, 5, 5, 40)
    found = programmed_points(problem, [Fraction(120)] * 5, limits=Limits(seconds=0.0))
    assert {point.status for point in found.values()} == {"unknown"}
    assert zone_package(problem, seconds=0.0) == ("unknown", None)
    assert {one.status for one in most_points(problem, seconds=0.0)} == {"unknown"}
