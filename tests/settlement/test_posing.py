"""Problems posed from a case adopt the packages that the case adopts, whatever is unknown, left out or granted."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given

from tests.settlement.drawn import ensembles, made
from tests.settlement.problems import zone
from zopa.case import Case, at
from zopa.settlement import conflict_items, settle, voting
from zopa.settlement.listing import index_of
from zopa.settlement.posing import pose
from zopa.space import draw_scenarios


def indices(case: Case, packages: list[tuple[int, ...]]) -> list[int]:
    shape = tuple(len(issue.options) for issue in case.package_issues())
    return [index_of(one, shape) for one in packages]


@pytest.mark.oracle
@given(text=ensembles())
def test_the_sure_and_the_granted_zone(text: str) -> None:
    case = made(text)
    settlement = settle(case)
    posing = pose(settlement.scenarios, settlement.moment)
    assert indices(case, zone(posing.problem())) == settlement.zone.tolist()
    assert indices(case, zone(posing.problem(granted=True))) == settlement.possible.tolist()
    if posing.decided:
        assert settlement.zone.tolist() == settlement.possible.tolist()


@pytest.mark.oracle
@given(text=ensembles())
def test_points_and_no_deal_values(text: str) -> None:
    case = made(text)
    settlement = settle(case)
    posing = pose(settlement.scenarios, settlement.moment)
    problem = posing.problem()
    for place, party in enumerate(posing.parties):
        if not posing.known[place]:
            assert settlement.party_points(party, 0) is None
            continue
        bound = posing.thresholds[place]
        assert (None if bound is None else bound / posing.units[place]) == settlement.no_deal(party)
        for package in list(product(*map(range, posing.shape)))[:20]:
            index = index_of(package, posing.shape)
            points = settlement.party_points(party, index)
            assert points is not None
            assert problem.scores(package)[place] == points * posing.units[place]
            assert problem.scores(package)[place] >= posing.least(place)


@pytest.mark.oracle
@given(text=ensembles())
def test_a_party_that_accepts_everything(text: str) -> None:
    case = made(text)
    settlement = settle(case)
    posing = pose(settlement.scenarios, settlement.moment)
    for party, size in voting(settlement).opens.items():
        assert len(zone(posing.problem(accepting=party))) == size


@pytest.mark.oracle
@given(text=ensembles(votes=False))
def test_items_left_out(text: str) -> None:
    case = made(text)
    drawn = draw_scenarios(case)
    settlement = settle(case, scenarios=drawn)
    items = conflict_items(case, drawn, settlement.verdicts, settlement.moment)
    posing = pose(drawn, at(case, None))
    for left_out in items.masks:
        barred = np.zeros(drawn.space.size, dtype=np.bool_)
        for name, mask in items.masks.items():
            if name != left_out:
                barred |= mask
        assert indices(case, zone(posing.problem(granted=True, without=[left_out]))) == np.flatnonzero(~barred).tolist()
