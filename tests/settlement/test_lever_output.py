"""Levers as JSON: everything that other programs rely on."""

from __future__ import annotations

import json
from datetime import date

from tests.settlement.test_levers import small
from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.settlement import compare_levers, levers_json, settle, settlement_json

TWO = "  x: {by: a, move: {a.no_deal: 1/3}}\n  y: {by: b, from: G, times: {b.no_deal: 2}, block: i = r}\n"


def test_a_case_without_levers_has_none() -> None:
    case = load_case(shipped_case("panama-1977"))
    assert levers_json(None) is None
    assert settlement_json(settle(case), None)["levers"] is None


def test_states_changes_and_facts() -> None:
    case = small(TWO)
    data = levers_json(compare_levers(case, draws=8, chosen=["x"]))
    assert data is not None
    assert json.loads(json.dumps(data)) == data
    assert list(data["states"]) == [
        "nothing",
        "options",
        "alone.x",
        "alone.y",
        "turned.x",
        "turned.y",
        "sized",
        "together",
        "chosen",
    ]
    assert data["pulled"] == ["x"]
    x, y = data["levers"]["x"], data["levers"]["y"]
    assert x["moves"] == [{"target": "a.no_deal", "way": "add", "unit": "points", "amount": "1/3"}]
    assert y["moves"] == [{"target": "b.no_deal", "way": "multiply", "unit": "points", "amount": "2"}]
    assert (y["rules_out"], y["makes_possible"], x["available"]) == ("i = r", None, True)
    alone = data["states"]["alone.x"]
    assert alone["zone"] == {"count": 2, "possible": 2, "open": True, "change": 0, "gained": 0, "lost": 0}
    assert (alone["no_deal"]["a"], alone["no_deal_change"]) == ("10/3", {"a": "1/3"})
    assert alone["solutions"]["nash"]["gains_change"] == {"a": "-1/3", "b": "0"}
    assert alone["acceptable"] == {"mid": True}
    assert alone["zone_share"]["change"] == {"lowest": 0, "highest": 0, "opened_at_most": 0, "closed_at_most": 0}
    doubled = data["states"]["together"]
    # b's no-deal value doubles to 6, which one package meets exactly; the named one falls short.
    assert (doubled["zone"]["count"], doubled["no_deal"]["b"], doubled["stops_being_acceptable"]) == (1, "6", ["mid"])
    assert doubled["zone_share"]["change"]["lowest"] == 0
    assert data["shares"] == {
        "draws": 8,
        "seed": 1,
        "readings_tried": 1,
        "readings_count": 1,
        "what": "shares of assumptions, never chances",
    }


def test_a_lever_that_waits_says_since_when() -> None:
    data = levers_json(compare_levers(small(TWO), day=date(2025, 1, 1)))
    assert data is not None
    y = data["levers"]["y"]
    assert (y["available"], y["why_not"], y["when"]) == (False, "not_before", "2025-06-01")
    assert "alone.y" not in data["states"]
    assert data["shares"] is None
    assert data["states"]["alone.x"]["zone_share"] is None


def test_unknown_effects_are_null_and_named() -> None:
    data = levers_json(compare_levers(load_case(shipped_case("labour-contract")), draws=4))
    assert data is not None
    assert data["levers"]["stock"]["unknown"] == ["levers.stock.move.bakery.no_deal"]
    alone = data["states"]["alone.stock"]
    assert alone["zone"]["count"] is None
    assert alone["zone"]["change"] is None
    assert alone["zone_share"]["lowest"] is None
    assert alone["zone_share"]["change"] is None
    assert alone["missing"][0]["path"] == "levers.stock.move.bakery.no_deal"
