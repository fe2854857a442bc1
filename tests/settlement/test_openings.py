"""What opens an empty zone, against every package and every set of items."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.test_settle import toy_text
from tests.settlement.voted import Voted, voted
from tests.strategies import Package
from zopa.case import read_text
from zopa.settlement import Ground, Opening, all_conflicts, grounds, openings, settle


def asked(spec: Voted, members: tuple[str, ...], party: str, package: Package) -> bool:
    return party in members or (party in spec.consent and spec.asked(party, package))


def clear_of_lines(spec: Voted, party: str, package: Package) -> bool:
    return all(clause.holds(package) for clause in spec.red_lines.get(party, []))


def short(spec: Voted, members: tuple[str, ...], party: str, package: Package) -> Fraction:
    if not asked(spec, members, party, package):
        return Fraction(0)
    return max(Fraction(0), spec.no_deal[party] - spec.value(party, package))


def same(spec: Voted, found: Opening | None, packages: list[Package], measure: Callable[[Package], Fraction]) -> None:
    assert (found is None) == (not packages)
    if found is None:
        return
    best = min(measure(package) for package in packages)
    ties = [spec.index(package) for package in packages if measure(package) == best]
    assert (found.points, list(found.packages), found.count) == (best, ties[:100], len(ties))


@pytest.mark.oracle
@pytest.mark.property
@given(voted())
def test_points_that_open_a_zone_agree_with_every_package(spec: Voted) -> None:
    settlement = settle(spec.case())
    found = grounds(settlement, limit=1000)
    assert found.complete
    assert sorted(one.coalition for one in found.list) == sorted(spec.smallest())
    for ground in found.list:
        members = ground.coalition
        allowed = [package for package in spec.packages() if spec.allowed(package)]
        heard = [party for party in spec.parties if any(asked(spec, members, party, one) for one in allowed)]
        lines = [
            package
            for package in allowed
            if all(clear_of_lines(spec, one, package) or not asked(spec, members, one, package) for one in heard)
        ]
        clear = [one for one in lines if not any(asked(spec, members, party, one) for party in spec.unknown)]
        one = openings(ground)
        assert one.clear == len(clear)
        assert set(one.lacking) == set(spec.unknown) & set(heard)
        total = {package: [short(spec, members, party, package) for party in heard] for package in clear}
        same(spec, one.least_total, clear, lambda package, total=total: sum(total[package], Fraction(0)))  # type: ignore[misc]
        same(spec, one.least_largest, clear, lambda package, total=total: max(total[package], default=Fraction(0)))  # type: ignore[misc]
        if one.least_total is not None:
            first = next(package for package in clear if spec.index(package) == one.least_total.packages[0])
            lacks = {party: short(spec, members, party, first) for party in heard}
            assert dict(one.least_total.short) == {party: lack for party, lack in lacks.items() if lack}
        check_alone(spec, ground, heard, lines)
        check_pooled(spec, ground, heard, clear)


def check_alone(spec: Voted, ground: Ground, heard: list[str], lines: list[Package]) -> None:
    """What one party could do alone, by lowering its no-deal value, or paid for one option."""
    found, members = openings(ground), ground.coalition
    assert list(found.concessions) == heard
    for party in heard:
        mine = [] if party in spec.unknown else lines
        others = [
            package
            for package in mine
            if all(spec.says_yes(one, package) or not asked(spec, members, one, package) for one in heard if one != party)
        ]
        same(spec, found.concessions[party], others, lambda package, party=party: short(spec, members, party, package))  # type: ignore[misc]
        sweet: dict[tuple[int, int], list[tuple[Fraction, int]]] = {}
        for package in others:
            for choice in enumerate(package):
                sweet.setdefault(choice, []).append((short(spec, members, party, package), spec.index(package)))
        wanted = []
        for (issue, option), rows in sweet.items():
            least = min(rows)[0]
            wanted.append((least, issue, option, sum(lack == least for lack, _ in rows), min(rows)[1]))
        shown = [(one.points, one.issue, one.option, one.count, one.package) for one in found.sweeteners[party]]
        assert shown == sorted(wanted)


def check_pooled(spec: Voted, ground: Ground, heard: list[str], clear: list[Package]) -> None:
    found = openings(ground).pooled
    assert (found is None) == (not clear)
    if found is None:
        return
    sums = {
        spec.index(package): sum(
            (
                spec.value(party, package) - spec.no_deal[party]
                for party in heard
                if asked(spec, ground.coalition, party, package)
            ),
            Fraction(0),
        )
        for package in clear
    }
    best = max(sums.values())
    assert found.points == best
    assert list(found.packages) == [index for index, value in sums.items() if value == best][:100]
    assert found.count == sum(value >= 0 for value in sums.values())


@pytest.mark.oracle
@pytest.mark.property
@given(voted())
def test_all_conflicts_and_removals_agree_with_every_package(spec: Voted) -> None:
    settlement = settle(spec.case())
    if len(settlement.possible):
        return
    for ground in grounds(settlement, limit=1000).list:
        found = all_conflicts(settlement, ground)
        rows = {package: spec.violations(ground.coalition, package) for package in spec.packages()}
        minimal = {row for row in rows.values() if not any(other < row for other in rows.values())}
        assert not found.stands
        assert found.complete
        assert {frozenset(one.items) for one in found.removals} == minimal
        assert found.removal_count == len(found.removals)
        assert {len(one.items) for one in found.fewest} == {min(map(len, minimal))}
        for names in found.conflicts:
            assert all(row & set(names) for row in rows.values())
            assert all(any(not row & (set(names) - {name}) for row in rows.values()) for name in names)
        assert set().union(*found.conflicts) == set().union(*minimal)
        for one in found.removals:
            inside = [package for package, row in rows.items() if row <= set(one.items)]
            assert (one.count, list(one.packages)) == (len(inside), [spec.index(package) for package in inside][:100])
            parties = [name.removeprefix("no_deal:") for name in one.items if name.startswith("no_deal:")]
            assert (one.points is None) == (not parties)
            if parties:
                same(
                    spec,
                    one.points,
                    inside,
                    lambda package, parties=parties: sum(  # type: ignore[misc]
                        (spec.no_deal[party] - spec.value(party, package) for party in parties), Fraction(0)
                    ),
                )


@pytest.mark.property
@given(voted(unknown=False), st.fractions(0, 3, max_denominator=4))
def test_the_zone_opens_by_what_is_said_and_by_nothing_less(spec: Voted, less: Fraction) -> None:
    settlement = settle(spec.case())
    if len(settlement.zone) or spec.need is not None:
        return
    found = openings(grounds(settlement).list[0])
    for party, one in found.concessions.items():
        if one is None:
            continue
        before = spec.no_deal[party]
        assert one.points > 0
        spec.no_deal[party] = before - one.points
        assert {spec.index(package) for package in spec.zone()} == set(one.packages)
        if less:
            spec.no_deal[party] = before - one.points + less
            assert not spec.zone()
        spec.no_deal[party] = before
    if found.least_total is not None:
        for party, lack in found.least_total.short.items():
            spec.no_deal[party] -= lack
        assert found.least_total.packages[0] in {spec.index(package) for package in spec.zone()}


@pytest.mark.published
def test_the_toys_of_the_reference(shared: Path) -> None:
    reference = json.loads((shared / "reference" / "settlement.json").read_text(encoding="utf-8"))
    checked = 0
    for toy in reference["cases"].values():
        wanted: dict[str, Any] = toy["results"]
        if "minimal_conflict_sets" not in wanted:
            continue
        reading = read_text(toy_text(toy), Path("toy/case.yaml"))
        assert reading.case is not None
        settlement = settle(reading.case)
        (ground,) = grounds(settlement).list
        titles = {f"p{number}": title for number, title in enumerate(toy["parties"])}

        def named(names: tuple[str, ...], titles: dict[str, str] = titles) -> frozenset[str]:
            return frozenset(f"no_deal:{titles[name[8:]]}" if name.startswith("no_deal:") else name for name in names)

        found, points = all_conflicts(settlement, ground), openings(ground)
        assert {named(one) for one in found.conflicts} == {frozenset(one) for one in wanted["minimal_conflict_sets"]}
        assert {named(one.items) for one in found.removals} == {frozenset(one) for one in wanted["minimal_removals"]}
        assert named(tuple(name for name, item in found.items.items() if not item.stands)) == frozenset(wanted["items"])
        assert points.clear == wanted["packages_clear_of_rules_and_red_lines"]
        for key, one in (("least_total_shortfall", points.least_total), ("least_largest_shortfall", points.least_largest)):
            if key in wanted:
                assert one is not None
                assert (one.points, list(one.packages)) == (Fraction(wanted[key]["points"]), wanted[key]["packages"])
        for title, amount in wanted.get("single_party_concession", {}).items():
            alone = points.concessions[f"p{toy['parties'].index(title)}"]
            assert (None if alone is None else alone.points) == amount
        checked += 1
    assert checked == 2


def test_a_limit_is_said() -> None:
    lines = "\n".join(f"      L{number}: {{refuses: i = o{number}}}" for number in range(12))
    options = ", ".join(f"o{number}" for number in range(12))
    text = (
        "zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: test\nparties: {a: A}\n"
        f"issues: {{i: {{options: [{options}]}}}}\npreferences:\n  a:\n    points: {{i: [{', '.join(['1'] * 12)}]}}\n"
        f"    no_deal: 2\n    red_lines:\n{lines}\n"
    )
    reading = read_text(text, Path("t/case.yaml"))
    assert reading.case is not None
    settlement = settle(reading.case)
    (ground,) = grounds(settlement).list
    found = all_conflicts(settlement, ground, limit=5)
    assert (len(found.removals), found.removal_count) == (5, 12)
    whole = all_conflicts(settlement, ground)
    assert (len(whole.removals), whole.complete) == (12, True)
    assert set(whole.conflicts) == {("no_deal:a",), tuple(f"L{number}" for number in range(12))}
    assert not all_conflicts(settlement, ground, limit=1).complete


def test_what_nobody_can_give_up_leaves_nothing() -> None:
    text = (
        "zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: test\nparties: {a: A}\nissues: {i: {options: [x, y]}}\n"
        "rules: {R: {that: not i = x, hard: yes}, S: {that: not i = y, hard: yes}}\n"
        "preferences: {a: {points: {i: [1, 2]}, no_deal: 0}}\n"
    )
    reading = read_text(text, Path("t/case.yaml"))
    assert reading.case is not None, reading.findings
    settlement = settle(reading.case)
    (ground,) = grounds(settlement).list
    found = all_conflicts(settlement, ground)
    assert found.stands
    assert not found.removals
    assert not found.fewest
    assert openings(ground).least_total is None


VOTE = """\
zopa: 1
title: A seat of whom it is not known whether it signs
as_of: 2025-01-01
assume: test
parties: {{a: A, b: B, c: {{name: C, seat: unknown{consent}}}}}
agreement: {{need: 2{veto}}}
issues: {{i: {{options: [x, y]}}}}
preferences:
  a: {{points: {{i: [1, 1]}}, no_deal: 1}}
  b: {{points: {{i: [0, 2]}}, no_deal: 3}}
  c: {{points: {{i: [0, 5]}}, no_deal: 6}}
"""


@pytest.mark.parametrize(
    ("consent", "veto", "least", "heard"),
    [("", "", 1, ("a", "b")), ("", ", veto: [c]", 2, ("a", "b", "c")), (", consent_if: i = y", "", 2, ("a", "b", "c"))],
)
def test_a_seat_that_may_sign_carries_nothing_but_can_stop(consent: str, veto: str, least: int, heard: tuple[str, ...]) -> None:
    reading = read_text(VOTE.format(consent=consent, veto=veto), Path("t/case.yaml"))
    assert reading.case is not None, reading.findings
    (ground,) = grounds(settle(reading.case)).list
    assert ground.coalition == ("a", "b")
    assert ground.heard == heard
    found = openings(ground)
    assert found.least_total is not None
    assert found.least_total.points == least
