"""Tables of seats, coalitions, outsiders and the range between solution points: the figures of the settlement."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.conftest import CASES
from tests.report.test_tables import column
from tests.report.test_voting_words import three
from zopa.case import load_case
from zopa.report.tables import Table
from zopa.report.voting_tables import voting_tables
from zopa.settlement import Settlement, settle, voting


def tables(settlement: Settlement) -> dict[str, Table]:
    found = {one.name: one for one in voting_tables(settlement)}
    for table in found.values():
        assert {len(row) for row in table.rows} <= {len(table.columns)}, table.name
        assert len(set(table.columns)) == len(table.columns), table.name
    return found


def test_under_unanimity_there_is_no_table_of_coalitions() -> None:
    found = tables(settle(load_case(CASES / "labour.yaml")))
    assert list(found) == ["who-must-agree", "without-one-party", "solution-range"]
    assert found["who-must-agree"].note == "Needs the yes of every signatory."


@pytest.mark.parametrize("agreement", ["agreement: {need: 2}\n", "agreement: {need: {quota: 3, votes: {a: 2, b: 1, c: 0}}}\n"])
def test_coalitions_and_outsiders_are_those_of_the_vote(agreement: str) -> None:
    settlement = three(agreement)
    found, computed = tables(settlement), voting(settlement)
    table = found["coalitions"]
    assert column(table, "packages all members accept") == [len(one.packages) for one in computed.coalitions]
    for row, one in enumerate(computed.coalitions):
        assert one.nash is not None
        index = int(one.nash.packages[0])
        assert column(table, "package chosen")[row] == index
        assert column(table, "product of positive gains")[row] == one.nash.point.value
        for name, party in settlement.case.parties.items():
            assert column(table, f"{party.name}: points")[row] == settlement.party_points(name, index)
    outside = found["without-one-party"]
    for row, one_out in enumerate(computed.without.values()):
        assert column(outside, "packages")[row] == len(one_out.packages)
        wanted = (None, None) if one_out.loss is None else one_out.loss
        assert (column(outside, "loss against no deal, least")[row], column(outside, "loss against no deal, most")[row]) == wanted
    votes = column(found["who-must-agree"], "votes")
    assert votes == list(computed.rule.votes.values())


def test_what_is_not_known_is_empty() -> None:
    found = tables(three("agreement: {need: 2}\n", c="unknown"))
    outside = found["without-one-party"]
    assert column(outside, "no-deal value") == [Fraction(1), Fraction(1), None]
    assert column(outside, "loss against no deal, least")[2] is None
    chosen = column(found["coalitions"], "package chosen")
    assert None in chosen


def test_a_coalition_without_a_package_says_what_stands_in_the_way() -> None:
    found = tables(three("agreement: {need: 2}\n", a="9", b="9", c="9"))
    assert all(isinstance(why, str) and why for why in column(found["coalitions"], "what stands in the way"))
    assert found["solution-range"].rows == ()


def test_consent_stands_as_written() -> None:
    found = tables(settle(load_case(CASES / "game.yaml")))["who-must-agree"]
    where = dict(zip(column(found, "party"), column(found, "must say yes where"), strict=True))
    assert where["army"] is not None
    assert [name for name, words in where.items() if words is not None] == ["army"]
    assert dict(zip(column(found, "party"), column(found, "veto"), strict=True))["army"] is None


def test_the_range_is_exact() -> None:
    settlement = settle(load_case(CASES / "labour.yaml"))
    table, span = tables(settlement)["solution-range"], settlement.points_range()
    assert span is not None
    assert column(table, "least points") == list(span.lowest)
    assert column(table, "most points") == list(span.highest)
