"""Gates that wait for each other, against brute force."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import circular_waits, load_case, open_gates, read_text
from zopa.cases import shipped_case

HEAD = "zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: x\nparties: {a: A}\nissues: {i: {options: [p, q]}}\n"


def test_the_ukraine_wait_exists_under_one_reading_only() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    waits = circular_waits(case.gates, case.assumptions)
    assert len(waits) == 1
    assert len(waits[0].reading) == 1


@pytest.mark.oracle
@given(st.lists(st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=2), min_size=0, max_size=2), min_size=2, max_size=5))
def test_what_opens_is_the_least_fixpoint(needs: list[list[list[int]]]) -> None:
    """Gate k needs any of several groups of gates; brute force opens them round by round."""
    count = len(needs)
    needs = [[[other % count for other in group] for group in groups] for groups in needs]
    lines = [
        f"  G{number}: {{needs: {' or '.join('(' + ' and '.join(f'G{one}' for one in group) + ')' for group in groups)}}}"
        if groups
        else f"  G{number}: {{on: 2025-02-01}}"
        for number, groups in enumerate(needs)
    ]
    case = read_text(HEAD + "gates:\n" + "\n".join(lines) + "\n", Path("drawn/case.yaml")).case
    assert case is not None
    opened = {number for number, groups in enumerate(needs) if not groups}
    while True:
        more = {number for number, groups in enumerate(needs) if any(set(group) <= opened for group in groups)} - opened
        if not more:
            break
        opened |= more
    assert open_gates(case.gates, {}) == {f"G{number}" for number in opened}
    waits = circular_waits(case.gates, case.assumptions)
    waiting = {name for wait in waits for name in wait.gates}
    assert not waiting & {f"G{number}" for number in opened}
    # Whatever cannot open is in a wait or behind one.
    assert bool(waits) == (len(opened) < count)
    for wait in waits:
        assert wait.reading == {}
        for name in wait.gates:
            groups = needs[int(name[1:])]
            assert any(f"G{other}" in wait.gates for group in groups for other in group)


def test_a_wait_is_a_warning_and_not_a_fault() -> None:
    text = HEAD + "gates:\n  G1: {needs: G2}\n  G2: {needs: G1}\n  G3: {needs: G1}\n"
    reading = read_text(text, Path("drawn/case.yaml"))
    assert reading.case is not None
    assert [one.code for one in reading.findings].count("ZC053") == 1
    (wait,) = circular_waits(reading.case.gates, reading.case.assumptions)
    assert (wait.gates, wait.behind) == (("G1", "G2"), ("G3",))
