"""The nearest package that does, against the distance of every package."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.test_settle import toy_text
from tests.strategies import Package, Spec, specs
from zopa.case import read_text
from zopa.settlement import nearby, package_changes, settle
from zopa.settlement.nearest import Nearest, distances, nearest


def by_hand(spec: Spec, start: Package, wanted: list[Package], weights: list[Fraction]) -> tuple[Fraction, list[int]] | None:
    if not wanted:
        return None

    def apart(package: Package) -> Fraction:
        pairs = zip(start, package, weights, strict=True)
        return sum((weight for mine, theirs, weight in pairs if mine != theirs), Fraction(0))

    least = min(apart(package) for package in wanted)
    return least, sorted(spec.index(package) for package in wanted if apart(package) == least)


def same(found: Nearest | None, wanted: tuple[Fraction, list[int]] | None) -> None:
    assert (found is None) == (wanted is None)
    if found is not None and wanted is not None:
        assert (found.distance, list(found.packages), found.count) == (wanted[0], wanted[1], len(wanted[1]))


@pytest.mark.oracle
@pytest.mark.property
@given(specs(), st.data())
def test_nearest_packages_agree_with_the_distance_of_every_package(spec: Spec, data: st.DataObject) -> None:
    settlement = settle(spec.case())
    start = data.draw(st.sampled_from(list(spec.packages())))
    given_weights = data.draw(
        st.one_of(st.none(), st.lists(st.fractions(0, 3, max_denominator=6), min_size=len(spec.shape), max_size=len(spec.shape)))
    )
    weights = [Fraction(1)] * len(spec.shape) if given_weights is None else given_weights
    found = nearby(settlement, spec.index(start), spec.parties, given_weights, limit=10_000)
    same(found.zone, by_hand(spec, start, spec.zone(), weights))
    same(found.efficient, by_hand(spec, start, spec.efficient(), weights))
    for party in spec.parties:
        wanted = [package for package in spec.packages() if spec.allowed(package) and spec.accepts(party, package)]
        same(found.parties[party], by_hand(spec, start, wanted, weights))
    if start in spec.zone():
        assert found.zone is not None
        assert (found.zone.distance, found.zone.packages) == (Fraction(0), (spec.index(start),)) or 0 in weights
    looked = nearby(settlement, spec.index(start)).parties
    assert set(looked) == {party for party in spec.parties if spec.asked(party, start) and not spec.accepts(party, start)}


@pytest.mark.property
@given(specs(), st.data())
def test_what_changes_from_one_package_to_another(spec: Spec, data: st.DataObject) -> None:
    settlement = settle(spec.case())
    one, two = (data.draw(st.sampled_from(list(spec.packages()))) for _ in range(2))
    wanted = {
        f"i{issue}": (f"o{mine}", f"o{theirs}")
        for issue, (mine, theirs) in enumerate(zip(one, two, strict=True))
        if mine != theirs
    }
    assert package_changes(settlement, spec.index(one), spec.index(two)) == wanted


@pytest.mark.published
def test_the_nearest_efficient_packages_of_the_reference_domains(shared: Path) -> None:
    reference = json.loads((shared / "reference" / "settlement.json").read_text(encoding="utf-8"))
    checked = 0
    for one in reference["cases"].values():
        if "nearest_efficient" not in one:
            continue
        reading = read_text(toy_text(one), Path("toy/case.yaml"))
        assert reading.case is not None
        wanted = one["nearest_efficient"]
        found = nearby(settle(reading.case), wanted["from_package"]).efficient
        assert found is not None
        assert (found.distance, list(found.packages)) == (wanted["changes"], wanted["packages"])
        checked += 1
    assert checked == 4


def test_distances_of_many_issues_and_heavy_weights() -> None:
    steps, common = distances([2] * 10, 0, [Fraction(10**30)] * 10)
    assert (steps.max(), common) == (10**31, 1)
    steps, common = distances([2, 3], 4, [Fraction(1, 2), Fraction(1, 3)])
    assert (steps.tolist(), common) == ([5, 3, 5, 2, 0, 2], 6)
    assert nearest((steps, common), np.array([False, True, False, True, False, False]), limit=1) == Nearest(
        Fraction(1, 3), (3,), 1
    )


@pytest.mark.parametrize("weights", [[Fraction(1)], [Fraction(1), Fraction(-1)]])
def test_weights_that_make_no_sense_are_refused(weights: list[Fraction]) -> None:
    with pytest.raises(ValueError, match="one weight for each issue"):
        distances([2, 2], 0, weights)
