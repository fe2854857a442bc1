"""Coalitions, what they would choose and what outsiders would lose, against every set of seats and every package."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from tests.conftest import CASES
from tests.settlement.test_settle import toy_text
from tests.settlement.voted import Voted, voted
from zopa.case import load_case, read_text
from zopa.settlement import Coalition, settle, settlement_json, voting


def points(least: int, most: int) -> tuple[Fraction, Fraction]:
    return Fraction(least), Fraction(most)


def same_coalition(spec: Voted, found: Coalition, out: str | None = None) -> None:
    packages, product = spec.coalition_nash(found.members, out)
    assert found.packages.tolist() == [spec.index(package) for package in spec.accepted(found.members, out)]
    if not packages:
        assert found.nash is None
        return
    assert found.nash is not None
    assert set(found.nash.packages.tolist()) == packages
    gained = found.nash.point.value if found.nash.point.gainers == len(found.members) else 0
    assert gained == product


@pytest.mark.oracle
@pytest.mark.property
@given(voted())
def test_coalitions_agree_with_brute_force(spec: Voted) -> None:
    settlement = settle(spec.case())
    found = voting(settlement)
    assert settlement.zone.tolist() == [spec.index(package) for package in spec.packages() if spec.adopted(package)]
    assert found.complete
    assert sorted(one.members for one in found.coalitions) == sorted(spec.smallest())
    for one in found.coalitions:
        same_coalition(spec, one)
    for party, size in found.opens.items():
        assert size == sum(spec.adopted(package, gives_in=party) for package in spec.packages()), party
    asked = {party for party in spec.parties if any(spec.allowed(one) and spec.asked(party, one) for one in spec.packages())}
    assert set(found.opens) == asked


@pytest.mark.oracle
@pytest.mark.property
@given(voted())
def test_what_the_others_can_do_without_one_agrees_with_brute_force(spec: Voted) -> None:
    settlement = settle(spec.case())
    found = voting(settlement)
    assert list(found.without) == spec.seats()
    for party, one in found.without.items():
        alone = spec.need is None and spec.seats() == [party]
        packages = [] if alone else [package for package in spec.packages() if spec.adopted(package, out=party)]
        assert one.packages.tolist() == [spec.index(package) for package in packages]
        perhaps = not alone and any(spec.perhaps(package, out=party) for package in spec.packages())
        assert one.possible == (True if packages else None if perhaps else False)
        if alone or party in spec.veto:
            assert not one.coalitions
            continue
        assert sorted(coalition.members for coalition in one.coalitions) == sorted(spec.smallest(out=party))
        for coalition in one.coalitions:
            same_coalition(spec, coalition, party)
        values = {spec.index(package): spec.value(party, package) for package in spec.packages()}
        at_nash = [values[index] for members in spec.smallest(out=party) for index in spec.coalition_nash(members, party)[0]]
        with_it = [values[index] for members in spec.smallest() if party in members for index in spec.coalition_nash(members)[0]]
        ends = [
            (min(some), max(some)) if some else None for some in ([values[spec.index(x)] for x in packages], at_nash, with_it)
        ]
        assert [one.points, one.at_nash, one.with_it] == ends
        no_deal = None if party in spec.unknown else spec.no_deal[party]
        assert one.no_deal == no_deal
        if at_nash and no_deal is not None:
            assert one.loss == (no_deal - max(at_nash), no_deal - min(at_nash))
        if at_nash and with_it:
            assert one.loss_by_exclusion == (min(with_it) - max(at_nash), max(with_it) - min(at_nash))


@pytest.mark.oracle
@pytest.mark.property
@given(voted())
def test_every_coalition_without_a_package_has_its_conflicts(spec: Voted) -> None:
    settlement = settle(spec.case())
    found = voting(settlement)
    for one in found.coalitions:
        hopeless = spec.need is not None and not len(settlement.possible)
        assert (one.conflict is not None) == hopeless
        if one.conflict is None:
            continue
        rows = {spec.violations(one.members, package) for package in spec.packages()}
        minimal = {row for row in rows if not any(other < row for other in rows)}
        assert {frozenset(names) for names in one.conflict.removals} == minimal
        assert one.conflict.complete
        for names in (tuple(item.id for item in one.conflict.conflict), *one.conflict.sets):
            assert all(row & set(names) for row in rows)
            assert all(any(not row & (set(names) - {name}) for row in rows) for name in names)
        items = set().union(*rows)
        needed = {name for name in items if any(name in row for row in minimal)}
        assert set().union(*one.conflict.sets) == needed


@pytest.mark.published
def test_the_reference_case_with_votes(shared: Path) -> None:
    reference = json.loads((shared / "reference" / "settlement.json").read_text(encoding="utf-8"))
    toy: dict[str, Any] = reference["cases"]["toy_vote"]
    reading = read_text(toy_text(toy), Path("toy/case.yaml"))
    assert reading.case is not None
    settlement = settle(reading.case)
    data = settlement_json(settlement, None)
    by_coalition = {
        "+".join(toy["parties"][int(party[1:])] for party in one["members"]): one for one in data["voting"]["coalitions"]["list"]
    }
    expected = toy["results"]["nash_by_coalition"]
    assert set(by_coalition) == set(expected)
    for name, one in expected.items():
        assert by_coalition[name]["packages_accepted"] == one["packages_accepted"]
        assert Fraction(by_coalition[name]["nash"]["product_of_gains"]) == one["value"]
        assert [package["id"] for package in by_coalition[name]["nash"]["packages"]["list"]] == one["packages"]
    sizes = toy["results"]["zone_size_if_party_always_accepts"]
    assert data["zone"]["if_party_accepts_everything"] == {
        f"p{toy['parties'].index(title)}": size for title, size in sizes.items()
    }


def test_a_game_of_six_says_who_can_be_left_out() -> None:
    settlement = settle(load_case(CASES / "game.yaml"))
    found = voting(settlement)
    assert found.indispensable == ("dev", "fund")
    assert found.never_needed == ()
    assert [len(one.packages) for one in found.coalitions] == [2, 0, 7, 0]
    # Every package of the zone has exactly five yeses here, so the coalitions share it out.
    assert sum(len(one.packages) for one in found.coalitions) == len(settlement.zone)
    assert {name for name, one in found.without.items() if one.possible} == {"union", "port"}
    union = found.without["union"]
    assert union.loss == points(32, 32)
    assert union.loss_by_exclusion == points(52, 52)


def test_under_unanimity_the_party_is_not_asked() -> None:
    text = """\
zopa: 1
title: Three share a site
as_of: 2025-01-01
assume: invented
parties: {a: A, b: B, c: C}
issues: {i: {options: [x, y, z]}}
preferences:
  a: {points: {i: [9, 5, 0]}, no_deal: 1}
  b: {points: {i: [8, 5, 0]}, no_deal: 1}
  c: {points: {i: [0, 5, 9]}, no_deal: 2}
"""
    reading = read_text(text, Path("three/case.yaml"))
    assert reading.case is not None
    found = voting(settle(reading.case))
    assert found.rule.unanimous
    assert found.indispensable == ("a", "b", "c")
    without = found.without["c"]
    assert without.packages.tolist() == [0, 1]
    assert without.at_nash == points(0, 0)
    assert without.with_it == points(5, 5)
    assert without.loss == points(2, 2)
    assert without.loss_by_exclusion == points(5, 5)
    # Without a, b and c still need the middle, so that a loses nothing.
    assert found.without["a"].loss == points(-4, -4)
    assert found.without["a"].loss_by_exclusion == points(0, 0)


def test_many_seats_are_cut_and_say_so() -> None:
    names = [f"s{number}" for number in range(20)]
    lines = ["zopa: 1", "title: Twenty", "as_of: 2025-01-01", "assume: invented", "parties:"]
    lines += [f"  {name}: {name.upper()}" for name in names]
    lines += ["agreement: {need: 10}", "issues: {i: {options: [x, y]}}", "preferences:"]
    lines += [f"  {name}: {{points: {{i: [{number}, 10]}}, no_deal: 5}}" for number, name in enumerate(names)]
    reading = read_text("\n".join(lines) + "\n", Path("twenty/case.yaml"))
    assert reading.case is not None
    data = settlement_json(settle(reading.case), None)
    assert data["voting"]["coalitions"]["truncated"]
    assert len(data["voting"]["coalitions"]["list"]) == 100
    assert data["voting"]["without"]["s0"]["coalitions"]["truncated"]
    assert data["voting"]["never_needed"] == []
