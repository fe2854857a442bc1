"""Settlement without listing packages says what settlement with listed packages says, key by key."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.settlement.drawn import ensembles, made
from tests.settlement.test_settle import toy_text
from tests.settlement.voted import voted
from tests.strategies import Spec, specs
from zopa.case import Case, load_case, read_text
from zopa.cases import shipped_case, shipped_cases
from zopa.settlement import TooWide, settle, settlement_json
from zopa.settlement import composed as composed_module
from zopa.settlement.composed import compose_settlement
from zopa.settlement.composed_output import composed_json


def assert_equal(case: Case, day: date | None = None) -> None:
    """Compare both, as JSON, on every key that both have."""
    listed = settlement_json(settle(case, day=day), None)
    composed = composed_json(compose_settlement(case, day=day))
    json.dumps(composed)
    for key in ("case", "scenario", "date", "text", "packages", "seats", "solutions_range", "frontier"):
        assert composed[key] == listed[key], key
    for concept, point in listed["solutions"].items():
        ours = composed["solutions"][concept]
        if point is None:
            assert ours is None, concept
            continue
        assert ours.pop("status") == "exact"
        seen = {name for name, value in ours["values"].items() if value is not None}
        point["values"] = {name: value if name in seen else None for name, value in point["values"].items()}
        assert ours == point, concept
    zone, ours = listed["zone"], composed["zone"]
    for key in ("count", "packages", "conflict", "conflict_items", "if_party_accepts_everything"):
        assert ours[key] == zone[key], key
    assert ours["open"] == (True if zone["packages"]["list"] else None if zone["possible"] else False)
    assert ours["possible"] in {None, zone["possible"]}
    assert set(zone) <= set(ours)
    assert set(listed) == set(composed)
    for name, party in listed["parties"].items():
        assert set(composed["parties"][name]) == set(party)
        assert composed["parties"][name]["asked_in"] == party["asked_in"]
        assert composed["parties"][name]["no_deal"] in {None, party["no_deal"]}
    assert composed["missing"] == listed["missing"]
    notes = [note.replace("; Nash points stand beside each coalition", "") for note in listed["notes"]]
    assert composed["notes"][: len(notes)] == notes
    for key, value in composed["voting"].items():
        assert value == listed["voting"][key], key
    for name, named in listed["named"].items():
        assert_same_package(composed["named"][name], named)


def assert_same_package(ours: dict[str, Any], named: dict[str, Any]) -> None:
    for key in ("name", "count", "contradicts", "wishes_unmet", "truncated"):
        assert ours[key] == named[key], key
    for one, other in zip(ours["packages"], named["packages"], strict=True):
        for key in ("id", "options", "allowed", "deal", "available", "adopted", "efficient", "asked", "blockers"):
            assert one[key] == other[key], key
        for key in ("points", "gains"):
            assert one[key] == {party: other[key][party] for party in one[key]}
        heard = set(one["points"])
        assert one["refusals"] == [refusal for refusal in other["refusals"] if refusal["party"] in heard]


@pytest.mark.oracle
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(spec=specs())
def test_rules_red_lines_and_consent_as_listed(spec: Spec) -> None:
    assert_equal(spec.case())


@pytest.mark.oracle
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(spec=voted())
def test_votes_and_unknown_no_deal_values_as_listed(spec: Spec) -> None:
    assert_equal(spec.case())


@pytest.mark.oracle
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.one_of(ensembles(votes=False), ensembles()))
def test_shares_bonuses_readings_and_unknown_parties_as_listed(text: str) -> None:
    assert_equal(made(text))


@pytest.mark.published
def test_reference_domains_as_listed(shared: Path) -> None:
    """What listing finds on them is held against the published values in ``test_settle.py``."""
    cases: dict[str, dict[str, Any]] = json.loads((shared / "reference" / "settlement.json").read_text(encoding="utf-8"))["cases"]
    for one in cases.values():
        reading = read_text(toy_text(one), Path("toy/case.yaml"))
        assert reading.case is not None
        assert_equal(reading.case)


@pytest.mark.oracle
@pytest.mark.parametrize("name", shipped_cases())
def test_shipped_cases_as_listed(name: str) -> None:
    assert_equal(load_case(shipped_case(name)))


def test_nobody_signs_under_the_first_reading() -> None:
    open_seat = "parties:\n  a: {name: A, seat: s}\n  b: {name: B, seat: guarantor, consent_if: i0 = o0}\n"
    rest = "issues:\n  i0: {options: [o0, o1]}\nassumptions:\n  s: {value: observer | signatory}\npreferences:\n"
    for points in ("[3, 1]", "[1, 3]"):
        assert_equal(made(f"{open_seat}{rest}  b: {{points: {{i0: {points}}}, no_deal: 2}}\n"))


FINE = """\
parties: {a: A, b: B}
issues:
  i0: {options: [o0, o1, o2, o3]}
  i1: {options: [o0, o1, o2]}
preferences:
  a: {no_deal: NEED, points: {i0: [0, 0.3000000000001, 0.61, 0.70000000000007], i1: [0, 0.100000000000003, 0.3]}}
  b: {no_deal: 0.4, points: {i0: [0.7, 0.5500000000009, 0.4, 0.000000000001], i1: [0.299999999999, 0.1, 0]}}
"""


@pytest.mark.parametrize(("need", "opened"), [("0.2", True), ("0.95", False)])
def test_where_points_are_too_fine_for_the_solver(need: str, opened: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    case = made(FINE.replace("NEED", need))
    listed = settle(case)

    def too_wide(*_: object, **__: object) -> None:
        raise TooWide("for a test")

    monkeypatch.setattr(composed_module, "compose_frontier", too_wide)
    found = compose_settlement(case)
    assert found.zone_open is bool(len(listed.zone)) is opened
    data = composed_json(found)
    if not opened:
        assert data["zone"]["open"] is False
        assert [item.id for item in found.conflict] == [item.id for item in listed.conflict]
        return
    assert found.method == "integer programming"
    assert data["exact"] is False
    assert data["frontier"] is None
    for concept in ("nash", "egalitarian", "leximin", "utilitarian"):
        point, best = found.points[concept], listed.points[concept]
        assert found.view(point.packages[0]).adopted is True
        assert best.value is not None
        # Found with rounded points: near the best, worth what is said, and not called the best.
        assert point.value is not None
        assert best.value - Fraction(1, 10_000) < point.value <= best.value
        assert (point.exact, point.bound, point.complete) == (False, None, False)
    assert data["solutions"]["kalai_smorodinsky"] is None


@pytest.mark.slow
@pytest.mark.oracle
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(spec=st.one_of(specs(), voted()))
def test_many_cases_as_listed(spec: Spec) -> None:
    assert_equal(spec.case())
