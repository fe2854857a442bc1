"""What would move a case, in sentences."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.conftest import CASES
from zopa.case import load_case, read_text
from zopa.report.moving_words import opening_sentences, package_sections, payment_sentences
from zopa.settlement import Interval, Payment, Settlement, chosen_package, package_moves, settle

HEAD = "zopa: 1\ntitle: T\nas_of: 2025-01-01\nassume: test\n"
DEAR = """\
parties: {a: A, b: B, c: C}
issues:
  price: {name: Price, scale: 0..10, step: 10, unit: EUR}
  term: {name: Term, scale: ordered, options: {short: Short, long: Long}}
preferences:
  a: {points: {price: [0, 100], term: [0, 0]}, no_deal: 40}
  b: {points: {price: [100, 0], term: [0, 10]}, no_deal: 45}
  c: {points: {price: [0, 0], term: [0, 5]}, no_deal: 0}
"""


def settled(text: str) -> Settlement:
    reading = read_text(HEAD + text, Path("t/case.yaml"))
    assert reading.case is not None, reading.findings
    return settle(reading.case)


def sections(settlement: Settlement, written: str, party: str | None = None, issues: int = 2) -> dict[str, list[str]]:
    chosen = chosen_package(settlement, written)
    moves = package_moves(settlement, chosen.package, party, issues=issues)
    return dict(package_sections(settlement, moves, chosen, party))


def test_points_that_open_a_zone() -> None:
    assert opening_sentences(settled(DEAR)) == [
        "What would open a zone:",
        "  Giving up one condition is enough:",
        "    A lowers its no-deal value, by 40 points or more (lets in 2 packages)",
        "    B lowers its no-deal value, by 35 points or more (lets in 2 packages)",
        "  Fewest points in all, with every rule and red line kept: 35, given up by B 35, at 10 EUR / Long.",
        "  A alone: 40 points below its no-deal value, or a payment worth as much to it, at 0 EUR / Short or 1 package as near.",
        "  B alone: 35 points below its no-deal value, or a payment worth as much to it, at 10 EUR / Long.",
        "  No number of points from C alone opens a zone.",
        "  A number between the listed ones would do: Price 4 to 5.5 EUR, with Term: Short.",
        "  If a point of one party could be paid with a point of another, 4 packages would suit everybody asked. "
        "This compares points of different parties.",
    ]


def test_whoever_gives_most_gives_least() -> None:
    lines = opening_sentences(
        settled(
            "parties: {a: A, b: B}\nissues: {i: {options: [x, y, z]}}\n"
            "preferences:\n  a: {points: {i: [0, 4, 10]}, no_deal: 10}\n  b: {points: {i: [10, 3, 0]}, no_deal: 10}\n"
        )
    )
    assert "  Fewest points in all, with every rule and red line kept: 10, given up by A 10, at x or 1 package as near." in lines
    assert "  So that whoever gives most gives least: 7 at most, given up by A 6, B 7, at y." in lines
    assert any("Even if a point of one party could be paid" in line for line in lines)


def test_an_open_zone_needs_no_opening() -> None:
    assert opening_sentences(settled(DEAR.replace("no_deal: 45", "no_deal: 0"))) == []


def test_what_is_not_known_is_named() -> None:
    lines = opening_sentences(settled(DEAR.replace("  c: {points: {price: [0, 0], term: [0, 5]}, no_deal: 0}", "  c: unknown")))
    assert "  What is not known of C (points, or the no-deal value) leaves open what it would take." in lines
    assert not any("Fewest points" in line for line in lines)


def test_what_nobody_can_give_up() -> None:
    rules = "rules: {R: {that: not term = long, hard: yes}, S: {that: not term = short, hard: yes}}\n"
    assert opening_sentences(settled(rules + DEAR)) == [
        "What would open a zone:",
        "  Nothing that a party could give up: what nobody can give up excludes every deal.",
    ]


def test_coalitions_have_openings_of_their_own() -> None:
    lines = opening_sentences(settled("agreement: {need: 2}\n" + DEAR.replace("no_deal: 0", "no_deal: 6")))
    assert "What would open a zone for A and B:" in lines
    assert "What would open a zone for A and C:" in lines
    assert lines[-1] == "1 more coalition is not shown here."


def test_a_package_with_red_lines_and_unknown_points() -> None:
    text = DEAR.replace(
        "no_deal: 40}", "no_deal: 40, red_lines: {L: {refuses: term = long}, M: {refuses: price = 10, binds: unknown}}}"
    )
    settlement = settled(text.replace("  c: {points: {price: [0, 0], term: [0, 5]}, no_deal: 0}", "  c: unknown"))
    found = sections(settlement, "price=10,term=long", "b")
    assert "Whether it is in the zone hangs on what is not known." not in found["Package 3"]
    assert found["Who refuses it"] == [
        "A refuses: Term is “Long”.",
        "A refuses: Price is “10 EUR” (if the line binds, which is not known).",
        "B: it lacks 35 points to what it has without a deal.",
        "C: not known, because points or the no-deal value are missing.",
    ]
    assert found["Nearest packages"] == [
        "A accepts no deal that can be had.",
        "B would accept package 1, 1 issue changed: Price: 0 EUR (was 10 EUR).",
        "C: not known.",
        "The zone is empty.",
    ]
    assert found["Trades"] == ["Not known, because points of C are missing."]


def test_a_package_in_force_and_its_trades() -> None:
    text = (
        "parties: {a: A, b: B}\nissues:\n  i: {name: I, options: [x, y], now: x}\n  j: {name: J, options: [x, y], now: x}\n"
        "  k: {name: K, options: [x, y], now: x}\n"
        "preferences:\n  a: {points: {i: [0, 5], j: [2, 0], k: [0, 1]}, no_deal: 0}\n"
        "  b: {points: {i: [2, 0], j: [0, 5], k: [0, 1]}, no_deal: 0}\n"
        "packages: {all: {terms: {i: any, j: any, k: any}}}\n"
    )
    settlement = settled(text)
    found = sections(settlement, "0", issues=3)
    assert "It does not count as an agreement." in found["Package 0"]
    assert found["Who refuses it"] == ["Nobody who is asked."]
    assert found["Trades"] == [
        "One change alone is good for A and B (1 in all):",
        "  K: y (A +1, B +1; package 1)",
        "On 2 issues, each change alone good for one and bad for another, together good for A and B (1 in all):",
        "  I: y; J: y (A +3, B +3; package 6)",
        "They stand in the order of the smallest gain, which compares points of different parties.",
    ]
    assert found["Side payments"] == ["No numeric or ordered issue moves points from one party to another."]
    best = sections(settlement, "7", "a")
    assert best["Nearest packages"] == ["A accepts it as it is."]
    assert sections(settlement, "7")["Nearest packages"] == ["It is in the zone and on the frontier itself."]
    assert "Within the zone nothing is better for one signatory without being worse for another." in best["Package 7"]
    assert (
        "The name leaves 8 packages open; this is the first that meets the rules."
        in sections(settlement, "all")["Package 0, all"]
    )


def test_a_package_that_breaks_a_rule() -> None:
    found = sections(settled("rules: {R: not term = long}\n" + DEAR), "price=0,term=long")
    assert "It breaks a rule of the case." in found["Package 1"]
    assert "It is not in the zone." in found["Package 1"]


def test_side_payments_in_words() -> None:
    found = sections(settled(DEAR.replace("no_deal: 40", "no_deal: 100/3")), "price=0,term=long")
    assert found["Side payments"] == [
        "Price moves points between A (who gains as it goes up) and B (who gains as it goes down).",
        "  Going up by 1 EUR is worth in points: A +10, B −10.",
        # Ends are rounded into the range, so that what is printed is accepted.
        "  Everybody asked would accept the package with 3.34 to 6.5 EUR, the other issues as they are.",
        "Between listed numbers, points are taken to go in straight lines.",
    ]
    none = sections(settled(DEAR.replace("no_deal: 40", "no_deal: 90")), "price=0,term=long")
    assert "Nothing on Price alone suits everybody asked, the other issues as they are." in none["Side payments"]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((Interval(Fraction(2), Fraction(2)),), "with 2 EUR,"),
        ((Interval(Fraction(0), Fraction(1)), Interval(Fraction(4), Fraction(5))), "with 0 to 1 EUR or 4 to 5 EUR,"),
    ],
)
def test_ranges_in_words(parts: tuple[Interval, ...], words: str) -> None:
    payment = Payment("price", ("a",), ("b",), {}, {}, (), between=True, ranges={}, range=parts)
    assert any(words in line for line in payment_sentences(settled(DEAR).case, [payment]))


def test_a_game_of_six_stays_short() -> None:
    game = load_case(CASES / "game.yaml")
    assert opening_sentences(settle(game)) == []
