"""Deals counted without listing are the deals that are listed."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.settlement.drawn import ensembles, made
from tests.strategies import Spec, specs
from zopa.case import Case, load_case
from zopa.cases import shipped_case, shipped_cases
from zopa.settlement.deal_sets import ComposedDeals, ListedDeals, family_predicate
from zopa.space import meets, package_space


def assert_same(case: Case) -> None:
    space = package_space(case)
    lines = [line for preferences in case.preferences.values() for line in preferences.red_lines]
    listed, composed = ListedDeals(case, space, lines), ComposedDeals(case, space, lines)
    assert composed.allowed == listed.allowed
    assert composed.deals == listed.deals
    for line in lines:
        assert composed.crossing(line.id) == listed.crossing(line.id)
        assert composed.first_crossing(line.id, 7) == listed.first_crossing(line.id, 7)
    names = [line.id for line in lines]
    for upto in range(len(names) + 1):
        assert composed.clear_of(names[:upto]) == listed.clear_of(names[:upto])
    for package in case.packages.values():
        assert composed.has_deal(package) == listed.has_deal(package)
        predicate = family_predicate(space, package)
        members = space.flat(space.family(package))
        for index in range(0, space.size, max(1, space.size // 50)):
            options = [issue.option_ids().index(space.options(index)[issue.id]) for issue in space.issues]
            assert meets(predicate, options) == bool(members[index])
        for line in lines:
            assert composed.always(package, line.refuses) == listed.always(package, line.refuses)
            assert composed.ever(package, line.refuses) == listed.ever(package, line.refuses)


@pytest.mark.oracle
@given(spec=specs())
def test_rules_and_red_lines(spec: Spec) -> None:
    assert_same(spec.case())


@pytest.mark.oracle
@given(text=ensembles())
def test_readings_named_packages_and_unknowns(text: str) -> None:
    assert_same(made(text))


@pytest.mark.oracle
@pytest.mark.parametrize("name", shipped_cases())
def test_shipped_cases(name: str) -> None:
    assert_same(load_case(shipped_case(name)))
