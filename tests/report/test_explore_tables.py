"""The tables of an exploration as data: the same figures, empty where nothing is known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.report.test_explore_view import RULE, SMALL, labour, small, written
from zopa.exploration import NoRule, explore
from zopa.report import explore_tables
from zopa.report.explore_tables import exploration_tables
from zopa.report.spreadsheet import table_files
from zopa.report.tables import Cell, Table, report_tables, rounded
from zopa.settlement import settle

NAMES = "explored-ranges decisive rules-found finding-out explored-packages ranks package-shares".split()


def tables_of(tables: tuple[Table, ...]) -> dict[str, Table]:
    return {one.name: one for one in tables}


def column(table: Table, name: str) -> list[Cell]:
    return [row[table.columns.index(name)] for row in table.rows]


def decimals(values: list[float]) -> list[Decimal | None]:
    return [rounded(Fraction(value)) for value in values]


def test_every_table_is_there_and_rectangular() -> None:
    for explored in (labour(), small()):
        tables = exploration_tables(explored)
        assert [one.name for one in tables] == NAMES
        for table in tables:
            assert table.rows, table.name
            assert {len(row) for row in table.rows} == {len(table.columns)}, table.name
            assert len(set(table.columns)) == len(table.columns), table.name


def test_they_join_the_tables_of_the_report_and_its_files() -> None:
    explored = labour()
    settlement = settle(explored.case)
    found = report_tables(explored.case, settlement, explored.sample, explored)
    without = report_tables(explored.case, settlement, explored.sample)
    names = [one.name for one in found]
    assert [name for name in names if name not in {one.name for one in without}] == NAMES
    files = table_files(found, explored.case.title)
    assert {f"{name}.csv" for name in NAMES} <= set(files)
    assert files == table_files(found, explored.case.title)
    told = {str(row[0]): str(row[1]) for row in found[0].rows}
    assert "draws were made anew" in told["table decisive"]


def test_the_figures_are_those_of_the_exploration() -> None:
    explored = labour()
    tables = tables_of(exploration_tables(explored))
    flips = [one.flips for one in explored.decisive]
    assert column(tables["decisive"], "turns the answer, highest") == decimals([one.highest.value for one in flips])
    assert column(tables["decisive"], "turns the answer, lowest from") == decimals([one.lowest.low for one in flips])
    assert column(tables["finding-out"], "settled, highest to") == decimals([one.settled.highest.high for one in explored.found])
    ranges = tables["explored-ranges"]
    spans = [one.span for one in explored.sample.bands]
    assert column(ranges, "with a zone, lowest")[:-1] == decimals([span.lowest / explored.draws for span in spans])
    assert explored.zone is not None
    assert column(ranges, "with a zone, highest")[-1] == rounded(Fraction(explored.zone.highest.value))
    packages = tables["package-shares"]
    assert column(packages, "package") == explored.sample.indices.tolist()
    assert column(packages, "acceptable to all asked, lowest") == decimals([count / explored.draws for count in explored.least])
    assert explored.most_efficient is not None
    assert column(packages, "efficient, highest") == decimals([count / explored.draws for count in explored.most_efficient])
    first = explored.named[0]
    ranks = [row for row in tables["ranks"].rows if row[0] == first.name]
    assert ranks[1][2] == "The bakery"
    assert list(ranks[1][3:6]) == decimals(list(first.ranks["bakery"]))
    assert column(tables["explored-packages"], "acceptable to The bakery, highest")[0] == rounded(
        Fraction(first.accepted_by["bakery"].highest.value)
    )


def test_rules_stand_in_a_row_each() -> None:
    explored = replace(labour(), rules=(RULE, NoRule(False, "because", 0.25)))
    table = tables_of(exploration_tables(explored))["rules-found"]
    assert column(table, "density") == [Decimal("0.910000"), None]
    assert column(table, "coverage, to") == [Decimal("0.660000"), None]
    assert column(table, "density, lowest") == [Decimal("0.850000"), None]
    assert column(table, "reaches what was sought") == ["yes", None]
    assert column(table, "share without the rule") == [Decimal("0.400000"), Decimal("0.250000")]
    assert column(table, "rule")[1] == "no short rule that holds was found"


def test_what_is_unknown_is_empty_and_never_nought() -> None:
    explored = explore(written(SMALL.partition("  b: {points")[0] + "  b: unknown\n"), draws=10, seed=1)
    tables = tables_of(exploration_tables(explored))
    for name, head in (("explored-ranges", "with a zone, lowest"), ("explored-packages", "acceptable to all asked, lowest")):
        assert set(column(tables[name], head)) == {None}
    assert set(column(tables["package-shares"], "efficient, highest to")) == {None}


def test_a_long_list_keeps_those_acceptable_most_often(monkeypatch: pytest.MonkeyPatch) -> None:
    explored = labour()
    monkeypatch.setattr(explore_tables, "MOST_ROWS", 5)
    table = tables_of(exploration_tables(explored))["package-shares"]
    assert set(column(table, "package")) == set(explored.robust(5))
    assert "5 of 81 packages" in table.note
