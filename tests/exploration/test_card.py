"""The card of a package: what analyses say, what is better for somebody, in which share red lines are crossed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import CASES
from zopa.case import Case, load_case
from zopa.cases import shipped_case
from zopa.exploration import CARD_ANALYSES, CardPart, RedLineShares, better_packages, broken_rules, card_parts
from zopa.settlement import PackageView, Settlement, sample, settle
from zopa.space import condition_on, draw_scenarios, readings_of


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(shipped_case("ukraine-2025"))


@pytest.fixture(scope="module")
def settled(case: Case) -> Settlement:
    return settle(case)


def dominators(settlement: Settlement, package: int) -> list[int]:
    """Return by plain comparison what `better_packages` finds over arrays."""
    verdicts = settlement.verdicts
    inside = bool(verdicts.adopted.surely[0, package])
    own = [settlement.party_points(name, package) for name in settlement.seats]
    found = []
    for index in range(settlement.space.size):
        fits = bool((verdicts.allowed & verdicts.deals)[0, index]) and bool(settlement.available[index])
        fits = bool(verdicts.adopted.surely[0, index]) if inside else fits
        if not fits:
            continue
        crossed = [
            one
            for name in settlement.seats
            for one in verdicts.parties[name].crossed.values()
            if one.possibly[0, index if one.possibly.shape[1] > 1 else 0]
        ]
        if crossed and not inside:
            continue
        there = [settlement.party_points(name, index) for name in settlement.seats]
        pairs = [(one or Fraction(0), two or Fraction(0)) for one, two in zip(own, there, strict=True)]
        if all(one <= two for one, two in pairs) and any(one < two for one, two in pairs):
            found.append(index)
    return found


@pytest.mark.parametrize("name", ["labour.yaml", "panama.yaml", "game.yaml"])
def test_better_packages_are_those_of_a_plain_comparison(name: str) -> None:
    settlement = settle(load_case(CASES / name))
    for package in range(0, settlement.space.size, max(1, settlement.space.size // 12)):
        better = better_packages(settlement, package, limit=10_000)
        assert better is not None
        assert sorted(better.packages) == dominators(settlement, package)
        assert better.count == len(better.packages)


def test_an_efficient_package_is_bettered_by_none_of_the_zone(settled: Settlement) -> None:
    assert settled.frontier is not None
    efficient = {int(index) for index in settled.zone[settled.frontier.rows]}
    for package in settled.zone.tolist():
        better = better_packages(settled, package)
        assert better is not None
        assert (better.count == 0) == (package in efficient)


def test_strictly_better_means_more_for_every_signatory(settled: Settlement) -> None:
    package = settled.members("P4")[0]
    better = better_packages(settled, package, strict=True)
    assert better is not None
    assert better.packages
    for index in better.packages:
        for name in settled.seats:
            before, after = settled.party_points(name, package), settled.party_points(name, index)
            assert before is not None
            assert after is not None
            assert after > before
    smallest = [
        min((settled.party_points(name, index) or 0) - (settled.party_points(name, package) or 0) for name in settled.seats)
        for index in better.packages
    ]
    assert smallest == sorted(smallest, reverse=True)


def test_broken_rules_are_named(settled: Settlement) -> None:
    allowed = settled.verdicts.allowed[0]
    for package in range(0, settled.space.size, 97):
        assert bool(broken_rules(settled, package)) == (not allowed[package])


def test_settlement_says_its_three_verdicts_first(settled: Settlement) -> None:
    package = int(settled.tied_packages("nash")[0])
    parts = card_parts(settled, settled.view(package))
    assert [(part.key, part.verdict) for part in parts] == [("agreement", "yes"), ("zone", "yes"), ("efficient", "yes")]
    outside = settled.members("P5")[0]
    parts = card_parts(settled, settled.view(outside))
    assert [part.verdict for part in parts] == ["yes", "no", "no"]
    assert any("block it" in line for part in parts for line in part.lines)
    nothing = card_parts(settled, settled.view(settled.members("P0")[0]))
    assert nothing[0].verdict == "no"
    assert "It does not count as an agreement." in nothing[0].lines


def test_what_hangs_on_the_unknown_is_not_known(settled: Settlement) -> None:
    unknown = sorted(set(settled.possible.tolist()) - set(settled.zone.tolist()))
    verdicts = {part.key: part.verdict for part in card_parts(settled, settled.view(unknown[0]))}
    assert verdicts["zone"] == "not known"
    assert verdicts["efficient"] == "not known"


def test_another_analysis_joins(settled: Settlement) -> None:
    def holds(settlement: Settlement, view: PackageView) -> CardPart | None:
        return CardPart("holds", "Would hold", "not known", (f"{settlement.case.title}: {view.index}",)) if view.deal else None

    both = (*CARD_ANALYSES, holds)
    deal = card_parts(settled, settled.view(settled.members("P4")[0]), both)
    assert [part.key for part in deal][-1] == "holds"
    none = card_parts(settled, settled.view(settled.members("P0")[0]), both)
    assert [part.key for part in none] == ["agreement", "zone", "efficient"]


def plain_shares(case: Case, package: int, draws: int) -> dict[str, tuple[int, int, int]]:
    """Return red-line shares by going through every reading in full."""
    counts: dict[str, list[tuple[int, int]]] = {}
    for reading in readings_of(case):
        drawn = draw_scenarios(case, 1, draws=draws, reading=reading)
        for preferences in case.preferences.values():
            for line in preferences.red_lines:
                where = condition_on(drawn, line.refuses, np.array([package]))
                binds = drawn.parties[line.party].binds[line.id]
                sure = int((where.surely[:, 0] & (binds == 1)).sum())
                counts.setdefault(line.id, []).append((sure, int((where.possibly[:, 0] & (binds != 0)).sum())))
    return {
        line: (min(one for one, _ in found), max(one for one, _ in found), max(two for _, two in found))
        for line, found in counts.items()
    }


DRAWN = """\
zopa: 1
title: Lines
as_of: 2025-01-01
assume: made up
parties: {a: Anna, b: Ben}
issues:
  land: {name: Land, options: [none, half, all]}
  pay: {name: Pay, scale: 0..10, step: 5}
assumptions:
  A1: {value: yes | no, split: yes, assume: two readings}
  A2: {value: yes | no, chance: [0.25, 0.75], assume: nobody knows}
  A3: {value: yes | no, split: yes, per: [a, b], assume: two readings}
preferences:
  assume: made up
  a:
    points: {land: {none: 0, half: 5, all: 10}, pay: {0: 0, 10: 10}}
    no_deal: {value: 4}
    red_lines:
      L1: {refuses: land = none, binds: A1}
      L2: {refuses: pay < 5, binds: A2}
      L3: {refuses: pay = 0, binds: A3 and A2}
      L4: {refuses: land = all}
      L5: {refuses: land = half, binds: unknown}
  b:
    points: {land: {none: 10, half: 5, all: 0}, pay: {0: 10, 10: 0}}
    no_deal: {value: 4}
    red_lines: {L6: {refuses: land = all, binds: A3 or A1}}
"""


@pytest.fixture(scope="module")
def drawn_case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder: Path = tmp_path_factory.mktemp("lines")
    (folder / "case.yaml").write_text(DRAWN, encoding="utf-8")
    return load_case(folder)


def test_red_lines_are_counted_as_over_all_readings(drawn_case: Case) -> None:
    settlement = settle(drawn_case)
    shares = RedLineShares(settlement, 64, 1)
    for package in range(settlement.space.size):
        found = shares.of(package)
        assert {line: (one.lowest, one.highest, one.possible) for line, one in found.items()} == plain_shares(
            drawn_case, package, 64
        )
    assert {line for line, one in shares.of(0).items() if one.exact} == {"L1", "L4", "L5", "L6"}


def test_a_settled_reading_settles_its_red_lines(drawn_case: Case) -> None:
    settlement = settle(drawn_case)
    package = settlement.space.index({"land": "none", "pay": "0"})
    assert {(one.lowest, one.highest) for one in [RedLineShares(settlement, 32, 1).of(package)["L1"]]} == {(0, 32)}
    for number, count in ((0, 32), (1, 0)):
        one = RedLineShares(settlement, 32, 1, {"A1": number}).of(package)["L1"]
        assert (one.lowest, one.highest, one.exact) == (count, count, True)


def test_red_lines_of_the_worked_case_agree_with_who_blocks(case: Case, settled: Settlement) -> None:
    """Whoever crosses a red line in every draw blocks in every draw, if asked: two counts made apart."""
    counted = sample(case, draws=32, seed=1)
    shares = RedLineShares(settled, 32, 1)
    rows = {int(index): row for row, index in enumerate(counted.indices)}
    for package in [settled.members(name)[0] for name in ("P4", "P5", "P6")]:
        found = shares.of(package)
        for party in settled.seats:
            lines = [found[line.id].highest for line in case.preferences[party].red_lines]
            blocked = max(int(one.blocked_by[party][rows[package]]) for one in counted.readings)
            assert blocked >= max(lines)
    assert shares.ready
