"""The answer on a terminal for cases whose packages are too many to list."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.test_terminal import agrees, shown
from zopa.case import Case, read_text
from zopa.report.composed_terminal import composed_summary, zone_sentence
from zopa.settlement import compose_settlement

ISSUES, OPTIONS = 12, 8


def large(no_deal: str, *, red: str = "", more: str = "") -> Case:
    """Return a case of 68,719,476,736 packages: what is good for one is bad for the other, but not by as much."""
    issues = "\n".join(f"  i{at}: {{options: [{', '.join(f'o{one}' for one in range(OPTIONS))}]}}" for at in range(ISSUES))
    up = ", ".join(f"i{at}: {[at * one for one in range(OPTIONS)]}" for at in range(ISSUES))
    down = ", ".join(f"i{at}: {[(ISSUES - at) * (OPTIONS - 1 - one) for one in range(OPTIONS)]}" for at in range(ISSUES))
    text = (
        "zopa: 1\ntitle: A long list of issues\nas_of: 2025-01-01\nassume: made for a test\n"
        f"parties: {{a: Andorra, b: Bhutan}}\nissues:\n{issues}\nrules:\n  R1: i0 = o0 if i11 = o7\n{more}preferences:\n"
        f"  a: {{no_deal: {no_deal}, points: {{{up}}}}}\n  b: {{no_deal: 200, points: {{{down}}}{red}}}\n"
        "packages:\n  offer: {terms: {i0: o0, i11: o7, i10: o7, i1: o0}}\n  middle: {terms: {i5: o3, i6: o4}}\n"
    )
    reading = read_text(text, Path("large/case.yaml"))
    assert reading.case is not None, reading.findings
    return reading.case


@pytest.mark.golden
def test_a_zone_with_frontier_and_points() -> None:
    agrees("composed.txt", shown(composed_summary(compose_settlement(large("150")))))


@pytest.mark.golden
def test_no_zone_and_why() -> None:
    red = ", red_lines: {L1: {refuses: i11 = o7 or i10 = o7 or i9 = o7}}"
    agrees("composed-shut.txt", shown(composed_summary(compose_settlement(large("430", red=red)))))


def test_nothing_is_said_where_a_signatory_is_unknown() -> None:
    settlement = compose_settlement(large("unknown"))
    assert settlement.zone_count() is None
    assert "cannot be said" in zone_sentence(settlement)
    assert "Missing" in shown(composed_summary(settlement))
