"""The columns of the picture: points as whole hundredths, rounded as exact numbers are."""

from __future__ import annotations

import pytest

from tests.conftest import CASES
from zopa.case import load_case
from zopa.cases import shipped_case, shipped_cases
from zopa.report.package_data import hundredths, listed_packages
from zopa.settlement import settle


@pytest.mark.parametrize("name", [*shipped_cases(), "labour.yaml", "game.yaml"])
def test_points_are_rounded_as_exact_numbers_are(name: str) -> None:
    case = load_case(CASES / name if name.endswith(".yaml") else shipped_case(name))
    settlement = settle(case)
    indices, _ = listed_packages(settlement)
    rated = 0
    for party in case.parties:
        exact = [settlement.party_points(party, index) for index in indices.tolist()]
        found = hundredths(settlement, party, indices)
        known = [value for value in exact if value is not None]
        assert found == ([round(value * 100) for value in known] if len(known) == len(exact) else None)
        rated += found is not None
    assert rated
