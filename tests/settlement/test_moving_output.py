"""What would move a case as JSON: every figure of the result, and nothing that JSON cannot hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from tests.conftest import CASES
from tests.settlement.test_settle import toy_text
from tests.settlement.voted import Voted, voted
from zopa.case import load_case, read_text
from zopa.cases import shipped_case
from zopa.settlement import moving, moving_json, settle, settlement_json


def of_text(text: str) -> dict[str, Any]:
    reading = read_text(text, Path("t/case.yaml"))
    assert reading.case is not None, reading.findings
    data: dict[str, Any] = json.loads(json.dumps(settlement_json(settle(reading.case), None)))
    return data["moving"]  # type: ignore[no-any-return]


def test_a_zone_without_a_package_says_what_opens_it() -> None:
    settlement = settle(load_case(CASES / "conflict.yaml"))
    data = settlement_json(settlement, None)["moving"]
    (one,) = data["openings"]["list"]
    items = one["items"]
    assert one["members"] == ["x", "y"]
    assert items["fewest_items"] == [["L2"], ["L3"]]
    assert {frozenset(some) for some in items["minimal_conflict_sets"]["list"]} == {
        frozenset({"L2", "L3", "no_deal:x"}),
        frozenset({"L1", "L2", "L3", "R1"}),
    }
    assert not items["minimal_conflict_sets"]["truncated"]
    assert items["minimal_removals"]["count"] == 4
    assert items["what"]["L2"]["party"] == "y"
    assert set(items["what"]) == {"R1", "L1", "L2", "L3", "no_deal:x"}
    assert one["points"]["packages_clear_of_rules_and_red_lines"] == 0
    assert one["points"]["least_total_shortfall"] is None
    both = next(some for some in items["minimal_removals"]["list"] if some["items"] == ["L1", "no_deal:x"])
    assert both["least_points"] == {
        "points": "10",
        "short": {"x": "10"},
        "packages": {"list": [{"id": 1, "options": {"border": "line1", "guarantee": "pact"}}], "truncated": False, "count": 1},
    }
    assert set(data["adjusted_winner"]["tied_issues_at_first_to"]) == {"x", "y"}


@pytest.mark.published
def test_what_is_too_dear_in_the_reference(shared: Path) -> None:
    toy = json.loads((shared / "reference" / "settlement.json").read_text(encoding="utf-8"))["cases"]["toy_too_dear"]
    (one,) = of_text(toy_text(toy))["openings"]["list"]
    wanted, points = toy["results"], one["points"]
    for key in ("least_total_shortfall", "least_largest_shortfall"):
        assert points[key]["points"] == str(wanted[key]["points"])
        assert [some["id"] for some in points[key]["packages"]["list"]] == wanted[key]["packages"]
    alone = points["single_party_concession"]
    assert [None if alone[f"p{x}"] is None else int(alone[f"p{x}"]["points"]) for x in range(3)] == [15, 25, None]
    sweet = points["paid_with_one_option"]
    assert {(some["issue"], some["option"]) for some in sweet["p0"]["list"] if some["points"] == "15"} == {
        ("i0", "o1"),
        ("i1", "o0"),
    }
    assert sweet["p2"]["list"] == []


def test_the_panama_talks() -> None:
    data = settlement_json(settle(load_case(shipped_case("panama-1977"))), None)["moving"]
    winner = data["adjusted_winner"]
    assert winner["reason"] is None
    assert winner["tied"] == ["land"]
    for name, part in (("USA", "13/15"), ("PAN", "2/15")):
        split = winner["tied_issues_at_first_to"][name]
        assert split["totals"] == {"USA": "66", "PAN": "66"}
        assert {party: row["land"] for party, row in split["shares"].items()} == {"USA": "2/15", "PAN": "13/15"}
        assert split["moved"] == [{"issue": "land", "part": part}]
    assert winner["tied_issues_at_first_to"]["USA"]["at_first"] == {"USA": "79", "PAN": "53"}
    assert winner["tied_issues_at_first_to"]["PAN"]["at_first"] == {"USA": "64", "PAN": "68"}
    assert data["openings"] is None
    assert [one["name"] for one in data["starts"]] == ["stronger_USA", "stronger_PAN", "all_USA", "all_PAN"]
    # 14 points to 3 on the right to enlarge the canal, and 2 to 13 on the part in the defence.
    assert data["weighed_differently"]["list"][0] == {"cares_more_about": {"USA": "expansion", "PAN": "role"}, "ratio": "91/3"}


@pytest.mark.property
@given(voted())
def test_every_figure_has_its_place(spec: Voted) -> None:
    settlement = settle(spec.case())
    found = moving(settlement)
    data = json.loads(json.dumps(moving_json(settlement, found)))
    assert (data["openings"] is None) == bool(len(settlement.zone))
    for one, row in zip(found.openings, [] if data["openings"] is None else data["openings"]["list"], strict=True):
        assert row["members"] == list(one.members)
        assert row["points"]["not_known"] == list(one.points.lacking)
        assert set(row["points"]["single_party_concession"]) == set(one.points.concessions)
        assert (row["items"] is None) == (one.conflicts is None)
    for start, row in zip(found.starts, data["starts"], strict=True):
        moves = start.moves
        assert row["package"]["id"] == moves.package
        assert row["adopted"] == moves.view.adopted
        assert row["blockers"] == list(moves.view.blockers())
        near = row["nearest"]["efficient"]
        assert near["changes"] == "0"
        assert near["first_changes"] == {}
        assert [some["issue"] for some in row["side_payments"]] == [some.issue for some in moves.payments]
        assert row["trades"]["by_issues"]["2"] == {"list": [], "truncated": False, "count": 0}


def test_a_case_too_large_to_look_through_says_so() -> None:
    settlement = settle(load_case(CASES / "conflict.yaml"))
    data = moving_json(settlement, moving(settlement, largest=1))
    assert "more than the 1 among which" in data["skipped"]
    assert (data["openings"], data["starts"], data["adjusted_winner"]) == (None, [], None)
