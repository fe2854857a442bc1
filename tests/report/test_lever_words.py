"""Levers in plain words."""

from __future__ import annotations

import io
from datetime import date

import pytest
from rich.console import Console

from tests.report.test_terminal import agrees, shown
from tests.settlement.test_levers import small
from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.report.lever_words import change_words, lever_cells, lever_columns, lever_rows, lever_sentences, point_sentences
from zopa.report.terminal import summary
from zopa.settlement import ShareChange, compare_levers, settle

WAITS = "  x: {name: A better fallback, by: a, move: {a.no_deal: 5}}\n  y: {by: b, from: G, block: i = r}\n"


@pytest.mark.golden
@pytest.mark.parametrize("name", ["ukraine-2025", "labour-contract"])
def test_levers_of_shipped_cases(name: str) -> None:
    case = load_case(shipped_case(name))
    found = compare_levers(case, draws=40)
    lines = [*lever_sentences(found), *point_sentences(found), "", " | ".join(lever_columns(found))]
    lines += [" | ".join(lever_cells(found, row)) for row in lever_rows(found)]
    agrees(f"levers-{name}.txt", "\n".join(lines) + "\n")


def test_a_lever_says_what_it_does_and_who_pulls_it() -> None:
    found = compare_levers(small(WAITS))
    row, other = lever_rows(found)
    assert (row.lever, row.by, row.when) == ("A better fallback", "Ann", "yes")
    assert row.no_deal == "Ann: 3 to 8"
    assert row.alone == "2 to 0 (2 leave)"
    assert row.packages == "mid stops being acceptable"
    assert other.no_deal == "no change"
    assert lever_sentences(found)[0] == "With no lever pulled: the zone holds 2 packages."
    assert "Can it be pulled" not in lever_columns(found)
    assert not point_sentences(found)


def test_a_lever_that_waits_says_since_when() -> None:
    found = compare_levers(small(WAITS), day=date(2025, 1, 1))
    row = lever_rows(found)[1]
    assert (row.when, row.alone) == ("from 2025-06-01", "–")
    assert "Can it be pulled" in lever_columns(found)
    assert all(len(lever_cells(found, one)) == len(lever_columns(found)) for one in lever_rows(found))


def test_what_settlement_does_not_use_is_said() -> None:
    found = compare_levers(small("  x: {by: a, move: {w.no_deal: 5}}\n"))
    assert "x moves the no-deal value of Watcher, which settlement does not use." in lever_sentences(found)


def test_changes_of_shares_in_words() -> None:
    assert change_words(ShareChange(0, 0, 0, 0), 100) == "no change under any reading"
    assert change_words(ShareChange(-5, -5, 0, 5), 100) == "−5 points under every reading"
    assert change_words(ShareChange(-5, 2, 3, 5), 40) == "−12.5 to +5 points, by reading"
    assert change_words(ShareChange(0, 1, 1, 0), 10_000) == "0 to +0.1 points, by reading"


def test_the_terminal_shows_levers_and_says_which_are_pulled() -> None:
    case = small(WAITS)
    found = shown(summary(settle(case, levers=["x"]), None, compare_levers(case, chosen=["x"])), 200)
    assert "Levers pulled: A better fallback; no other." in found
    assert "With exactly the levers asked for (A better fallback): there is no zone." in found
    assert "No lever is pulled." in shown(summary(settle(case, levers=[]), None))
    conflict = shown(summary(settle(small("  x: {by: a, allow: i = q}\n"), levers=[]), None), 200)
    assert "not to be had unless this lever is pulled: x" in conflict
    assert "not to be had with these levers" in conflict


@pytest.mark.parametrize("width", [40, 80, 200])
def test_any_width_will_do(width: int) -> None:
    case = load_case(shipped_case("ukraine-2025"))
    found = shown(summary(settle(case), None, compare_levers(case)), width)
    assert max(map(len, found.splitlines())) <= width


def test_control_signs_do_not_reach_the_terminal() -> None:
    case = small('  x: {name: "[bold]x[/]", by: a, move: {a.no_deal: 5}}\n')
    buffer = io.StringIO()
    Console(file=buffer, width=120, force_terminal=True, highlight=False).print(summary(settle(case), None, compare_levers(case)))
    assert "[bold]x[/]" in buffer.getvalue()
