"""All concepts of one frontier, and the range between them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.test_settle import points_of
from tests.strategies import Spec, specs
from zopa.case import read_text
from zopa.settlement import Settlement, settle, settlement_json
from zopa.settlement.concepts import BY_COALITION, CONCEPTS, points_range, solution_points
from zopa.settlement.solutions import SolutionPoint

VECTORS = np.array([[9, 1], [6, 5], [2, 8]])
NOTHING = [Fraction(0), Fraction(0)]
IDEAL = [Fraction(9), Fraction(8)]


def test_what_lacks_an_input_has_no_entry() -> None:
    weights = [Fraction(1), Fraction(2)]
    everything = solution_points(VECTORS, [1, 1], NOTHING, IDEAL, IDEAL, weights)
    assert tuple(everything) == CONCEPTS
    assert all(point.concept == concept for concept, point in everything.items())
    assert set(solution_points(VECTORS, [1, 1], NOTHING, IDEAL, IDEAL)) == set(CONCEPTS) - {"asymmetric_nash"}
    assert set(solution_points(VECTORS, [1, 1], None, IDEAL, IDEAL, weights)) == {"utilitarian"}
    voted = solution_points(VECTORS, [1, 1], NOTHING, IDEAL, IDEAL, weights, voting=True)
    assert set(voted) == set(CONCEPTS) - set(BY_COALITION)


def test_the_two_ideals_give_two_points() -> None:
    # The first party could have 30 if nobody else had to agree, so its share there is small in every package.
    found = solution_points(VECTORS, [1, 1], NOTHING, IDEAL, [Fraction(30), Fraction(8)])
    assert found["kalai_smorodinsky"].vectors == (1,)
    assert found["kalai_smorodinsky_global"].vectors == (1,)
    assert found["kalai_smorodinsky_global"].value == Fraction(1, 5)
    assert solution_points(VECTORS, [1, 1], NOTHING, IDEAL, [Fraction(90), Fraction(8)])["kalai_smorodinsky_global"].vectors == (
        0,
    )


def test_which_points_compare_different_parties() -> None:
    found = solution_points(VECTORS, [1, 1], NOTHING, IDEAL, IDEAL, [Fraction(1), Fraction(2)])
    assert {concept for concept, point in found.items() if point.compares} == {"egalitarian", "leximin", "utilitarian"}


@pytest.mark.oracle
@given(st.data())
def test_the_range_is_over_every_vector_of_every_concept(data: st.DataObject) -> None:
    parties, size = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 6))
    rows = data.draw(st.lists(st.lists(st.integers(-9, 9), min_size=parties, max_size=parties), min_size=size, max_size=size))
    counts = data.draw(st.lists(st.integers(1, 5), min_size=size, max_size=size))
    units = data.draw(st.lists(st.sampled_from([1, 2, 7]), min_size=parties, max_size=parties))
    chosen = data.draw(st.lists(st.lists(st.integers(0, size - 1), max_size=3, unique=True), max_size=3))
    points = {f"c{at}": SolutionPoint(f"c{at}", None, tuple(vectors)) for at, vectors in enumerate(chosen)}
    found = points_range(points, np.array(rows), units, counts)
    union = {vector for vectors in chosen for vector in vectors}
    if not union:
        assert found is None
        return
    assert found is not None
    assert found.concepts == tuple(f"c{at}" for at, vectors in enumerate(chosen) if vectors)
    for party, unit in enumerate(units):
        values = [Fraction(rows[vector][party], unit) for vector in union]
        assert (found.lowest[party], found.highest[party]) == (min(values), max(values))
    assert (found.vectors, found.packages) == (len(union), sum(counts[vector] for vector in union))


# Influence, from the case --------------------------------------------------------------------------------


def with_influence(spec: Spec, influence: str) -> Settlement:
    text = spec.yaml().replace("issues:\n", f"influence: {influence}\nissues:\n", 1)
    reading = read_text(text, Path("drawn/case.yaml"))
    assert reading.case is not None, [str(finding) for finding in reading.findings]
    return settle(reading.case)


@pytest.mark.oracle
@pytest.mark.property
@given(specs(), st.data())
def test_influence_weighs_the_nash_point(spec: Spec, data: st.DataObject) -> None:
    weights = {party: data.draw(st.integers(1, 4)) for party in spec.parties}
    # Any proportion will do: a third of each is the same.
    settlement = with_influence(spec, "{" + ", ".join(f"{party}: {weight}/3" for party, weight in weights.items()) + "}")
    if spec.zone():
        assert points_of(settlement, "asymmetric_nash") == spec.asymmetric_nash(weights)
        assert not settlement.missing


def test_influence_that_is_not_there_is_named() -> None:
    points = {party: [[Fraction(0), Fraction(1), Fraction(2)]] for party in "ab"}
    spec = Spec(["a", "b"], [3], points, {"a": Fraction(0), "b": Fraction(0)})
    none = settle(spec.case())
    assert "asymmetric_nash" not in none.points
    assert not none.missing
    assert any("influence" in note for note in none.notes)
    for given_influence in ("{a: 2}", "{a: 2, b: unknown}"):
        some = with_influence(spec, given_influence)
        assert "asymmetric_nash" not in some.points
        assert [one.path for one in some.missing] == ["influence.b"]
        assert settlement_json(some, None)["solutions"]["asymmetric_nash"] is None
    drawn = with_influence(spec, "{a: 1..3, b: 2}")
    assert points_of(drawn, "asymmetric_nash") == {2}
    nothing = with_influence(spec, "{a: 0, b: 0}")
    assert nothing.points["asymmetric_nash"].vectors == ()
    assert any("influence of every signatory is 0" in note for note in nothing.notes)
