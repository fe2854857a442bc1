"""Tables of levers: every set that is looked at, its zone, its no-deal values and its solution points, exactly."""

from __future__ import annotations

from fractions import Fraction

from tests.report.test_tables import column
from tests.settlement.test_levers import small
from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.report.lever_tables import lever_tables
from zopa.report.plain import CONCEPT_NAMES
from zopa.report.tables import Table, rounded
from zopa.settlement import LeverComparison, compare_levers, lever_change

SOME = "  x: {name: Better, by: a, move: {a.no_deal: 1}}\n  y: {by: b, block: i = r}\n  u: {by: b, move: {a.no_deal: unknown}}\n"


def tables(found: LeverComparison) -> dict[str, Table]:
    made = {one.name: one for one in lever_tables(found)}
    for table in made.values():
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.name
        assert len(set(table.columns)) == len(table.columns), table.name
    return made


def test_without_levers_there_are_no_tables() -> None:
    assert lever_tables(None) == ()
    assert lever_tables(compare_levers(load_case(shipped_case("panama-1977")))) == ()


def test_every_state_has_its_row() -> None:
    found = compare_levers(small(SOME))
    table = tables(found)["lever-effects"]
    states = found.states()
    assert len(table.rows) == len(states)
    assert column(table, "packages in the zone") == [one.count for one in states.values()]
    changes = [lever_change(found.ground(name), one) for name, one in states.items()]
    assert column(table, "packages that leave") == [one.lost for one in changes]
    assert column(table, "Ann: no-deal value") == [one.no_deal["a"] for one in states.values()]
    assert "lowest share with a zone" not in table.columns


def test_what_is_unknown_is_empty_and_named() -> None:
    made = tables(compare_levers(small(SOME)))
    levers = made["levers"]
    assert column(levers, "moves") == ["adds 1: a.no_deal", "", "adds an unknown amount: a.no_deal"]
    assert column(levers, "rules out")[0] is None
    assert column(levers, "rules out")[1]
    assert column(levers, "amounts not given")[2] == "levers.u.move.a.no_deal"
    rows = [row for row in made["lever-effects"].rows if row[1] == "u"]
    count = made["lever-effects"].columns.index("packages in the zone")
    assert rows
    assert all(row[count] is None for row in rows)


def test_points_are_exact() -> None:
    found = compare_levers(small(SOME))
    table = tables(found)["lever-points"]
    at = {name: table.columns.index(name) for name in ("what", "lever", "concept", "signatory", "points", "points, rounded")}
    alone = found.alone["x"]
    for concept, point in alone.solutions.items():
        rows = [row for row in table.rows if row[:3] == ("this lever alone", "x", CONCEPT_NAMES[concept])]
        assert [row[at["points"]] for row in rows] == list(point.points.values())
        assert [row[at["points, rounded"]] for row in rows] == [
            rounded(one) for one in point.points.values() if isinstance(one, Fraction)
        ]


def test_shares_are_those_of_the_comparison() -> None:
    found = compare_levers(load_case(shipped_case("labour-contract")), draws=8)
    assert found.shares is not None
    table = tables(found)["lever-effects"]
    for row, state in enumerate(found.states().values()):
        span = found.shares.span(state.pulled)
        wanted = None if span is None else rounded(Fraction(span.lowest, 8))
        assert column(table, "lowest share with a zone")[row] == wanted
