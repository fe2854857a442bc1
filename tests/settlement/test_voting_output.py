"""All solution points, their range, coalitions and outsiders as other programs read them."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from tests.conftest import CASES
from tests.settlement.voted import Voted, voted
from zopa.case import load_case
from zopa.settlement import CONCEPTS, settle, settlement_json, voting
from zopa.settlement.writing_json import capped, count, exact, package_list


def of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(settlement_json(settle(load_case(CASES / f"{name}.yaml")), None)))
    return found


def test_all_concepts_have_one_shape_and_a_range() -> None:
    data = of("labour")
    assert tuple(data["solutions"]) == CONCEPTS
    assert data["solutions"]["asymmetric_nash"] is None
    shape = {"value", "values", "packages", "ties", "vectors", "compares_points_between_parties"}
    for concept, one in data["solutions"].items():
        more = {"nash": {"gainers"}, "leximin": {"ascending_gains"}}.get(concept, set())
        assert one is None or set(one) == shape | more, concept
    assert data["solutions"]["leximin"]["ascending_gains"] == ["24", "28"]
    assert data["solutions_range"] == {
        "concepts": [concept for concept in CONCEPTS if concept != "asymmetric_nash"],
        "outcomes": 2,
        "packages": 2,
        "parties": {
            "union": {"points": {"lowest": "63", "highest": "75"}, "gain": {"lowest": "28", "highest": "40"}},
            "employer": {"points": {"lowest": "49", "highest": "59"}, "gain": {"lowest": "14", "highest": "24"}},
        },
    }
    assert of("conflict")["solutions_range"] is None


def test_votes_say_what_is_left_out_and_why() -> None:
    data = of("game")["voting"]
    assert (data["rule"], data["need"], data["veto"]) == ("votes", "5", ["dev", "fund"])
    assert data["left_out"]["concepts"][0] == "nash"
    assert "coalition" in data["left_out"]["why"]
    assert data["coalitions"]["list"][2]["nash"]["value"] == data["coalitions"]["list"][2]["nash"]["product_of_gains"]
    union = data["without"]["union"]
    assert (union["possible"], union["zone_count"], union["no_deal"]) == (True, 7, "50")
    assert union["loss_against_no_deal"] == {"lowest": "32", "highest": "32"}
    everybody = of("labour")["voting"]
    assert (everybody["rule"], everybody["left_out"]) == ("unanimity", None)
    assert everybody["in_every_coalition"] == ["union", "employer"]


@pytest.mark.property
@given(voted())
def test_every_settlement_can_be_written_and_says_the_same(spec: Voted) -> None:
    settlement = settle(spec.case())
    found = voting(settlement)
    data = json.loads(json.dumps(settlement_json(settlement, None)))
    for one, written in zip(found.coalitions, data["voting"]["coalitions"]["list"], strict=True):
        assert (written["members"], written["packages_accepted"]) == (list(one.members), len(one.packages))
        assert (written["nash"] is None) == (one.nash is None)
        assert ("conflict" in written) == (one.conflict is not None)
    for name, without in found.without.items():
        written = data["voting"]["without"][name]
        assert written["zone_count"] == (None if without.possible is None else len(without.packages))
        for key, span in (("points", without.points), ("loss_against_nash_with_it", without.loss_by_exclusion)):
            lowest = None if written[key] is None else Fraction(written[key]["lowest"])
            assert lowest == (None if span is None else span[0])


def test_numbers_and_lists_say_when_they_were_cut() -> None:
    assert (count(2**53 - 1), count(2**53)) == (2**53 - 1, str(2**53))
    assert (exact(None), exact(Fraction(1, 3))) == (None, "1/3")
    assert capped([1, 2, 3], 2) == {"list": [1, 2], "truncated": True}
    space = settle(load_case(CASES / "labour.yaml")).space
    assert [one["id"] for one in package_list(space, range(3), 2)["list"]] == [0, 1]
    assert package_list(space, range(3), 2)["truncated"]
    assert not package_list(space, range(2), 2)["truncated"]
