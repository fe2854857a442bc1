"""What the report shows of levers: each alone, several together, and nothing that nobody knows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.settlement.test_levers import SMALL, small
from zopa.case import Case, load_case, read_text
from zopa.cases import shipped_case
from zopa.report.lever_view import leading_concept, lever_pairs, lever_view, point_rows
from zopa.report.plain import CONCEPT_NAMES, signed
from zopa.settlement import LeverComparison, compare_levers, settle

TWO = "  x: {name: A better fallback, by: a, move: {a.no_deal: 2}}\n  y: {name: A ban, by: b, block: i = r}\n"
UNKNOWN = "  u: {name: Pressure, by: b, move: {a.no_deal: unknown}}\n"


def shown(case: Case, found: LeverComparison | None) -> dict[str, Any]:
    view: dict[str, Any] = lever_view(case, settle(case), found)["levered"]
    return view


def test_without_levers_there_is_no_section() -> None:
    case = load_case(shipped_case("panama-1977"))
    assert lever_view(case, settle(case), None) == {"levered": None}
    assert lever_view(case, settle(case), compare_levers(case)) == {"levered": None}


def test_each_alone_then_all_together() -> None:
    case = small(TWO)
    found = compare_levers(case)
    view = shown(case, found)
    assert [row[0] for row in view["rows"]] == ["A better fallback", "A ban", "All levers (A better fallback, A ban)"]
    assert [name for name, _, _ in lever_pairs(found)] == ["A better fallback", "A ban", "All levers"]
    assert not view["beside"]
    assert {len(row) for row in view["rows"]} == {len(view["columns"])}


def test_points_are_those_of_the_states() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    settlement, found = settle(case), compare_levers(case)
    pairs = lever_pairs(found)
    assert leading_concept(pairs) == "nash"
    for concept, title in CONCEPT_NAMES.items():
        rows = {row["name"]: row for row in point_rows(case, settlement, pairs, concept)}
        for name, before, after in pairs:
            one, other = before.solutions.get(concept), after.solutions.get(concept)
            if one is None or other is None:
                continue
            if name not in rows:
                assert (one.points, one.gains) == (other.points, other.gains)
                continue
            assert rows[name]["idea"] == title
            for cell, seat in zip(rows[name]["cells"], settlement.seats, strict=True):
                assert f"({signed(one.gains[seat])}), then " in cell
                assert cell.endswith(f"({signed(other.gains[seat])})")


def test_what_nobody_knows_is_said_and_not_drawn() -> None:
    case = small(TWO + UNKNOWN)
    view = shown(case, compare_levers(case))
    assert "The size of this lever is not given, so that nobody can say what would follow: Pressure." in view["sentences"]
    row = next(row for row in view["rows"] if row[0] == "Pressure")
    assert row[2] == "Ann: 3 to not known"
    assert row[3] == "not known"
    points = next(row for row in view["points"] if row["name"] == "Pressure")
    assert all(cell.endswith("then not known") for cell in points["cells"])
    assert "Pressure" in view["zone_chart"]
    assert "not known" in view["zone_chart"]
    assert view["gain_chart"] is None or "Pressure" not in view["gain_chart"]
    assert view["rows"][-1][0].startswith("All levers whose size is known (A better fallback, A ban)")


def test_a_lever_that_waits_has_a_row_but_no_figures() -> None:
    case = small("  x: {name: Now, by: a, move: {a.no_deal: 1}}\n  y: {name: Later, by: b, from: G, block: i = r}\n")
    found = compare_levers(case, day=date(2025, 1, 1))
    view = shown(case, found)
    later = next(row for row in view["rows"] if row[0] == "Later")
    assert later[2] == "from 2025-06-01"
    assert set(later[3:]) == {"–"}
    assert [name for name, _, _ in lever_pairs(found)] == ["Now"]


def test_where_nothing_varies_packages_are_counted_and_no_shares() -> None:
    case = small(TWO)
    view = shown(case, compare_levers(case, draws=64))
    assert not view["in_shares"]
    assert not [head for head in view["columns"] if "Share" in head]
    assert "Packages in the zone" in view["zone_chart"]
    varied = load_case(shipped_case("ukraine-2025"))
    assert shown(varied, compare_levers(varied, draws=8))["in_shares"]


def test_where_no_share_moves_the_picture_counts_packages_and_where_nothing_moves_there_is_none() -> None:
    levered = SMALL.replace("points: {i: [0, 4, 9], j: [1, 0]}", "points: {i: [0, 4, 9], j: [1..1.5, 0]}") + f"levers:\n{TWO}"
    case = read_text(levered, Path("small/case.yaml")).case
    assert case is not None
    view = shown(case, compare_levers(case, draws=8))
    assert [head for head in view["columns"] if "Share" in head]
    assert not view["in_shares"]
    assert "Packages in the zone" in view["zone_chart"]
    still = small("  x: {by: b, move: {w.no_deal: 1}}\n")
    assert shown(still, compare_levers(still))["zone_chart"] is None


def test_a_lever_that_closes_the_zone_leaves_no_point() -> None:
    case = small("  x: {by: a, move: {a.no_deal: 100}}\n")
    rows = point_rows(case, settle(case), lever_pairs(compare_levers(case)), "nash")
    assert rows
    assert all(cell.endswith("then no zone") for row in rows for cell in row["cells"])


def test_under_a_vote_the_points_are_those_that_run_over_all_seats() -> None:
    reading = read_text(SMALL.replace("parties:", "agreement: {need: 1}\nparties:") + f"levers:\n{TWO}", Path("small/case.yaml"))
    assert reading.case is not None
    found = compare_levers(reading.case)
    assert leading_concept(lever_pairs(found)) == "egalitarian"
    assert shown(reading.case, found)["concept"] == "Egalitarian"


@pytest.mark.parametrize("draws", [0, 8])
def test_names_from_a_case_are_escaped_in_the_pictures(draws: int) -> None:
    case = small('  x: {name: "<b>x</b>&", by: a, move: {a.no_deal: 2}}\n')
    view = shown(case, compare_levers(case, draws=draws))
    assert "<b>" not in view["zone_chart"]
    assert "&lt;b&gt;x" in view["zone_chart"]
