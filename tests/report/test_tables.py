"""The tables of a report as data: complete, exact, and the same figures as the settlement they come from."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import pytest

from tests.conftest import CASES
from zopa.case import Case, load_case
from zopa.cases import shipped_case
from zopa.report.tables import Cell, Table, packages, report_tables, rounded
from zopa.settlement import Sample, Settlement, compare_levers, sample, settle

NAMES = (
    "about packages named-packages frontier solution-points who-must-agree without-one-party solution-range levers "
    "lever-effects lever-points text-conditions text-readings positions zone-shares "
    "statements assumptions numbers issues rules"
).split()


@lru_cache(maxsize=1)
def ukraine() -> tuple[Case, Settlement, Sample, dict[str, Table]]:
    case = load_case(shipped_case("ukraine-2025"))
    settlement, drawn = settle(case), sample(case, draws=24, seed=1)
    levers = compare_levers(case, draws=8)
    return case, settlement, drawn, {one.name: one for one in report_tables(case, settlement, drawn, levers=levers)}


def column(table: Table, name: str) -> list[Cell]:
    at = table.columns.index(name)
    return [row[at] for row in table.rows]


def test_every_table_is_there_and_rectangular() -> None:
    _, _, _, tables = ukraine()
    assert list(tables) == NAMES
    for table in tables.values():
        assert table.rows, table.name
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.name
        assert len(set(table.columns)) == len(table.columns), table.name


def test_packages_hold_what_the_settlement_says() -> None:
    case, settlement, drawn, tables = ukraine()
    table = tables["packages"]
    assert len(table.rows) == int(settlement.verdicts.allowed.sum())
    assert column(table, "in the zone").count("yes") == len(settlement.zone)
    assert settlement.frontier is not None
    assert column(table, "efficient").count("yes") == len(settlement.frontier.rows)
    at = {index: row for row, index in enumerate(column(table, "package"))}
    for index in [int(settlement.zone[0]), *settlement.members("P4")]:
        view, row = settlement.view(index), at[index]
        assert column(table, "Ukraine: points")[row] == view.points["UKR"]
        assert column(table, "Ukraine: gain over no deal")[row] == view.gains["UKR"]
        assert column(table, "Ukraine: points, rounded")[row] == rounded(view.points["UKR"])
        span, blocked = drawn.acceptable_span([index]), drawn.blocked_span("UKR", [index])
        assert span is not None
        assert blocked is not None
        assert column(table, "acceptable, lowest share")[row] == rounded(Fraction(span.lowest, 24))
        assert column(table, "acceptable, highest share")[row] == rounded(Fraction(span.highest, 24))
        assert column(table, "acceptable, highest share if the unknown agreed")[row] == rounded(Fraction(span.possible, 24))
        assert column(table, "Ukraine blocks, highest share")[row] == rounded(Fraction(blocked[1], 24))
    assert column(table, "Fighting")[at[settlement.members("P0")[0]]] == case.issues["fighting"].options[0].name


def test_a_long_list_keeps_the_efficient_and_named_ones_and_says_so() -> None:
    case, settlement, drawn, _ = ukraine()
    table = packages(settlement, drawn, most=400)
    assert len(table.rows) == 400
    assert "400 of" in table.note
    assert settlement.frontier is not None
    kept = set(column(table, "package"))
    assert {int(index) for index in settlement.zone[settlement.frontier.rows]} <= kept
    assert {index for name in case.packages for index in settlement.members(name)} <= kept
    indices = [int(str(one)) for one in column(table, "package")]
    assert indices == sorted(indices)


def test_zone_shares_are_those_of_the_sample() -> None:
    _, _, drawn, tables = ukraine()
    table = tables["zone-shares"]
    kinds = column(table, "kind")
    assert kinds.count("band") == len(drawn.bands)
    assert kinds.count("level") == len(drawn.levels)
    assert kinds.count("reading") == len(drawn.readings)
    span = drawn.zone_span()
    assert table.rows[0][3:7] == (span.lowest, span.highest, span.possible, 24)


def test_every_number_and_statement_has_its_row() -> None:
    case, _, _, tables = ukraine()
    assert column(tables["statements"], "id") == list(case.statements)
    assert column(tables["assumptions"], "id") == list(case.assumptions)
    assert "preferences.UKR.no_deal" in column(tables["numbers"], "number")
    assert all(row[2] or row[3] for row in tables["numbers"].rows)
    assert {row[0] for row in tables["issues"].rows} == set(case.issues)


def test_what_is_unknown_is_empty_and_never_nought() -> None:
    _, _, _, tables = ukraine()
    assert set(column(tables["packages"], "NATO: points")) == {None}


def test_a_case_without_packages_has_the_tables_of_the_case(make_case: Callable[..., Path]) -> None:
    folder = make_case("zopa: 1\ntitle: t\nas_of: 2025-01-01\nparties: {a: A}\nissues: {rent: {scale: 0..10, unit: euros}}\n")
    tables = report_tables(load_case(folder), None, None)
    assert [one.name for one in tables] == ["about", "statements", "assumptions", "numbers", "issues", "rules"]


@pytest.mark.parametrize("name", ["labour", "conflict", "game", "elmira"])
def test_trial_cases_without_a_sample(name: str) -> None:
    case = load_case(CASES / f"{name}.yaml")
    for table in report_tables(case, settle(case), None):
        assert {len(row) for row in table.rows} <= {len(table.columns)}


def test_rounding() -> None:
    assert rounded(None) is None
    assert rounded(Fraction(71, 100)) == Decimal("0.71")
    assert rounded(Fraction(-1, 3)) == Decimal("-0.333333")
    assert rounded(Fraction(10**30)) == Decimal(10**30)
    assert rounded(Fraction(10**30 + 1, 3)) == Decimal(f"{'3' * 30}.666667")
