"""Trades, against plain loops over all changes, and the counts of published domains."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.test_settle import toy_text
from tests.strategies import Package, Spec, specs
from zopa.case import read_text
from zopa.settlement import Settlement, find_trades, logrolling_screen, settle, trades


def changed(start: Package, issues: tuple[int, ...], options: tuple[int, ...]) -> Package:
    found = list(start)
    for issue, option in zip(issues, options, strict=True):
        found[issue] = option
    return tuple(found)


def by_hand(spec: Spec, start: Package, named: list[str], issues: int) -> dict[int, dict[int, tuple[Fraction, ...]]]:
    """The packages that trades lead to, by the number of issues changed, with what each party named gains."""
    zone = set(spec.zone())

    def gains(package: Package) -> tuple[Fraction, ...]:
        return tuple(spec.value(party, package) - spec.value(party, start) for party in named)

    def good(package: Package) -> bool:
        lines = all(clause.holds(package) for party in named for clause in spec.red_lines.get(party, []))
        fit = package in zone if start in zone else spec.allowed(package)
        return fit and lines and bool(named) and all(gain > 0 for gain in gains(package))

    found: dict[int, dict[int, tuple[Fraction, ...]]] = {}
    for size in range(1, issues + 1):
        found[size] = {}
        for some in combinations(range(len(spec.shape)), size):
            for options in product(*(range(spec.shape[issue]) for issue in some)):
                package = changed(start, some, options)
                if any(option == start[issue] for issue, option in zip(some, options, strict=True)) or not good(package):
                    continue
                alone = [gains(changed(start, (issue,), (option,))) for issue, option in zip(some, options, strict=True)]
                if size > 1 and not all(max(one) > 0 > min(one) for one in alone):
                    continue
                parts = [part for fewer in range(2, size) for part in combinations(range(size), fewer)]
                if any(good(changed(start, tuple(some[x] for x in part), tuple(options[x] for x in part))) for part in parts):
                    continue
                found[size][spec.index(package)] = gains(package)
    return found


@pytest.mark.oracle
@pytest.mark.property
@given(specs(), st.data())
def test_trades_agree_with_loops_over_all_changes(spec: Spec, data: st.DataObject) -> None:
    settlement = settle(spec.case())
    start = data.draw(st.sampled_from(data.draw(st.sampled_from([list(spec.packages()), spec.zone() or list(spec.packages())]))))
    named = data.draw(st.sampled_from([None, spec.parties, spec.parties[:1]]))
    issues = data.draw(st.integers(2, 4))
    found = trades(settlement, spec.index(start), named, issues=issues, limit=10_000)
    assert found is not None
    wanted = by_hand(spec, start, spec.seats() if named is None else named, issues)
    assert found.within_zone == (start in spec.zone())
    lists = {1: found.improvements, **found.by_issues}
    for size in range(2, issues + 1):
        if size > max(len(spec.shape), 2):
            assert size not in lists
    for size, some in lists.items():
        assert {one.package: one.gains for one in some.listed} == wanted[size]
        assert some.count == len(wanted[size])
        keys = [(-min(one.gains), one.changes) for one in some.listed]
        assert keys == sorted(keys)
        for one in some.listed:
            issues_changed, options = zip(*one.changes, strict=True)
            assert spec.index(changed(start, issues_changed, options)) == one.package
        assert all(min(one.gains) == max(map(min, wanted[size].values())) for one in some.best)
        few = trades(settlement, spec.index(start), named, issues=issues, limit=2)
        assert few is not None
        kept = few.improvements if size == 1 else few.by_issues[size]
        assert (kept.count, kept.listed) == (some.count, some.listed[:2])


@pytest.mark.property
@given(specs(), st.data())
def test_no_trade_leads_away_from_an_efficient_package(spec: Spec, data: st.DataObject) -> None:
    efficient = spec.efficient()
    if not efficient:
        return
    settlement = settle(spec.case())
    found = trades(settlement, spec.index(data.draw(st.sampled_from(efficient))), issues=3)
    assert found is not None
    assert found.improvements.count == 0
    assert all(some.count == 0 for some in found.by_issues.values())


@pytest.mark.published
def test_trades_of_the_reference_domains(shared: Path) -> None:
    reference = json.loads((shared / "reference" / "settlement.json").read_text(encoding="utf-8"))
    checked = 0
    for one in reference["cases"].values():
        if "trades" not in one:
            continue
        reading = read_text(toy_text(one), Path("toy/case.yaml"))
        assert reading.case is not None
        wanted = one["trades"]
        found = trades(settle(reading.case), wanted["from_package"])
        assert found is not None
        pairs = found.by_issues[2]
        assert pairs.count == wanted["count"]
        shown = [([part for change in best.changes for part in change], best.package) for best in pairs.best]
        assert shown == [(best["change"], best["package"]) for best in wanted["best"]]
        for best, other in zip(pairs.best, wanted["best"], strict=True):
            assert [float(gain) for gain in best.gains] == pytest.approx(
                [float(Fraction(str(x))) for x in other["gains"]], abs=1e-8
            )
        checked += 1
    assert checked == 4


def test_numbers_beyond_64_bits_are_compared_exactly() -> None:
    huge = 10**30
    one = np.array([0, -1, huge, huge - 1], dtype=object)
    two = np.array([0, 5, -3, 2], dtype=np.int64)
    _, found = find_trades([(one, huge), (two, 7)], [2, 2], 0, np.ones(4, dtype=np.bool_))
    assert found[2].count == 1
    assert found[2].listed[0].gains == (Fraction(huge - 1, huge), Fraction(2, 7))


def test_too_many_combinations_are_refused_in_words() -> None:
    points = [(np.zeros(1, dtype=np.int64), 1)]
    with pytest.raises(ValueError, match="look at fewer issues at a time"):
        find_trades(points, [100] * 6, 0, np.ones(1, dtype=np.bool_), issues=5)
    with pytest.raises(ValueError, match="at least two issues"):
        find_trades(points, [2, 2], 0, np.ones(4, dtype=np.bool_), issues=1)


def test_the_points_of_everyone_named_are_needed() -> None:
    text = (
        "zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: test\nparties: {a: A, b: B}\n"
        "issues: {i: {options: [x, y]}, j: {options: [x, y]}}\n"
        "preferences:\n  a: {points: {i: [0, 5], j: [0, 1]}, no_deal: 0}\n  b: unknown\n"
    )
    reading = read_text(text, Path("t/case.yaml"))
    assert reading.case is not None
    settlement = settle(reading.case)
    assert trades(settlement, 0) is None
    alone = trades(settlement, 0, ["a"])
    assert alone is not None
    assert alone.improvements.count == 2


def best(row: list[Fraction]) -> set[int]:
    return {option for option, value in enumerate(row) if value == max(row)}


@pytest.mark.property
@given(specs())
def test_the_screen_names_issues_that_are_weighed_differently(spec: Spec) -> None:
    names = [f"i{issue}" for issue in range(len(spec.shape))]
    found = logrolling_screen(spec.points, names)
    assert [one.ratio for one in found] == sorted((one.ratio for one in found), reverse=True)
    seen = set()
    for one in found:
        first, second = int(one.first_issue[1:]), int(one.second_issue[1:])
        weight = {
            (party, issue): max(spec.points[party][issue]) - min(spec.points[party][issue])
            for party in (one.first, one.second)
            for issue in (first, second)
        }
        assert one.ratio >= 2
        assert one.ratio * weight[one.first, second] * weight[one.second, first] == (
            weight[one.first, first] * weight[one.second, second]
        )
        seen.add((one.first, one.second, frozenset({first, second})))
    for a, b in combinations(spec.parties, 2):
        for i, j in combinations(range(len(spec.shape)), 2):
            best = [
                [{at for at, v in enumerate(spec.points[p][x]) if v == max(spec.points[p][x])} for p in (a, b)] for x in (i, j)
            ]
            disputed = all(not (one & two) for one, two in best)
            span = {(p, x): max(spec.points[p][x]) - min(spec.points[p][x]) for p in (a, b) for x in (i, j)}
            left, right = span[a, i] * span[b, j], span[a, j] * span[b, i]
            apart = disputed and max(left, right) >= 2 * min(left, right)
            assert ((a, b, frozenset({i, j})) in seen) == apart


def settled(text: str) -> Settlement:
    reading = read_text("zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: test\n" + text, Path("t/case.yaml"))
    assert reading.case is not None, reading.findings
    return settle(reading.case)


GUARDED = """\
parties: {{a: A, b: B, g: {{name: G, seat: guarantor, consent_if: i = y and j = y}}}}
issues: {{i: {{options: [x, y]}}, j: {{options: [x, y]}}}}
preferences:
  a: {{points: {{i: [0, 5], j: [2, 0]}}, no_deal: {no_deal}}}
  b: {{points: {{i: [2, 0], j: [0, 5]}}, no_deal: 0}}
  g: {{points: {{i: [1, 0], j: [0, 0]}}, no_deal: 1}}
"""


@pytest.mark.parametrize(("no_deal", "inside", "count"), [(2, True, 0), (3, False, 1)])
def test_a_trade_within_the_zone_stays_there(no_deal: int, inside: bool, count: int) -> None:
    # The guarantor refuses the only trade: that counts where the start is in the zone, and not where nobody agrees yet.
    found = trades(settled(GUARDED.format(no_deal=no_deal)), 0)
    assert found is not None
    assert (found.within_zone, found.by_issues[2].count) == (inside, count)


def test_three_issues_are_left_out_where_two_are_enough() -> None:
    issues = "issues: {i: {options: [x, y]}, j: {options: [x, y]}, k: {options: [x, y]}}\n"
    text = (
        "parties: {{a: A, b: B}}\n"
        + issues.replace("{", "{{").replace("}", "}}")
        + (
            "preferences:\n  a: {{points: {{i: [0, 5], j: [{j}, 0], k: [1, 0]}}, no_deal: 0}}\n"
            "  b: {{points: {{i: [{i}, 0], j: [0, 3], k: [0, 3]}}, no_deal: 0}}\n"
        )
    )
    enough = trades(settled(text.format(j=1, i=2)), 0, issues=3)
    needed = trades(settled(text.format(j=1, i=4)), 0, issues=3)
    assert enough is not None
    assert needed is not None
    assert (enough.by_issues[2].count, enough.by_issues[3].count) == (2, 0)
    assert (needed.by_issues[2].count, needed.by_issues[3].count) == (0, 1)
    assert needed.by_issues[3].listed[0].gains == (Fraction(3), Fraction(2))
