"""What excludes which package, for everybody asked or for some parties only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.settlement.voted import Voted, voted
from zopa.case import read_text
from zopa.settlement import settle
from zopa.settlement.available import available_packages, shut_levers
from zopa.settlement.conflict_items import conflict_items


@pytest.mark.oracle
@given(voted(), st.data())
def test_the_masks_agree_with_brute_force_for_any_parties(spec: Voted, data: st.DataObject) -> None:
    settlement = settle(spec.case())
    members = tuple(party for party in spec.seats() if data.draw(st.booleans()))
    packages = list(spec.packages())
    asked = {party: np.ones(len(packages), dtype=np.bool_) for party in members}
    asked |= {party: np.array([spec.asked(party, one) for one in packages]) for party in spec.consent}
    found = conflict_items(settlement.case, settlement.scenarios, settlement.verdicts, settlement.moment, asked)
    assert set(found.items) == set(found.masks)
    for at, package in enumerate(packages):
        assert {name for name, mask in found.masks.items() if mask[at]} == spec.violations(members, package)


@pytest.mark.oracle
@given(voted(unknown=False))
def test_by_default_everybody_who_is_asked_is_heard(spec: Voted) -> None:
    spec.need = None
    settlement = settle(spec.case())
    found = conflict_items(settlement.case, settlement.scenarios, settlement.verdicts, settlement.moment)
    free = ~np.logical_or.reduce(list(found.masks.values()))
    assert np.flatnonzero(free).tolist() == settlement.zone.tolist()


LEVER = """\
zopa: 1
title: A lever in time
as_of: 2025-01-01
assume: invented
parties: {a: A}
issues: {i: {options: {x: X, y: {by: tool}}}}
rules: {H: {that: not (i = x), hard: yes}, R: not (i = y)}
preferences: {a: {points: {i: [0, 5]}, no_deal: 1}}
gates: {open: {on: 2025-06-01}}
levers: {tool: {by: a, from: open, allow: i = y}}
"""


def test_what_stands_comes_last_and_is_set_apart() -> None:
    reading = read_text(LEVER.replace("y: {by: tool}", "y: Y"), Path("lever/case.yaml"))
    assert reading.case is not None, [str(finding) for finding in reading.findings]
    settlement = settle(reading.case, day=date(2025, 2, 1))
    found = conflict_items(settlement.case, settlement.scenarios, settlement.verdicts, settlement.moment)
    assert list(found.items) == ["R", "no_deal:a", "H", "tool", "deal"]
    assert [item.stands for item in found.items.values()] == [False, False, True, True, True]
    masks, left = found.without_standing()
    assert list(masks) == ["R", "no_deal:a"]
    assert left.tolist() == [False, False]
    assert [name for name, _ in shut_levers(settlement.case, settlement.moment)] == ["tool"]
    assert available_packages(settlement.case, settlement.space, settlement.moment).tolist() == [True, False]
    later = settle(reading.case, day=date(2025, 7, 1))
    assert available_packages(later.case, later.space, later.moment).tolist() == [True, True]
