"""One package on the command line."""

from __future__ import annotations

import pytest

from tests.cli.test_commands import UKRAINE, as_json, zopa
from tests.conftest import CASES
from zopa.cases import shipped_case

LABOUR = str(shipped_case("labour-contract"))
PANAMA = str(shipped_case("panama-1977"))


def test_a_named_package_says_who_refuses_and_what_is_near() -> None:
    found = zopa("settle", LABOUR, "--package", "bakers_best", "--for", "bakery").output
    assert "Package 62, What the bakers would like best" in found
    assert "The bakery: it lacks 35 points to what it has without a deal." in found
    assert "The bakery would accept package" in found
    assert "In the zone: package" in found
    assert "Pay rise moves points between The bakers' union (who gains as it goes up) and The bakery" in found
    assert "No change on one issue, and no trade on 2 issues, is good for The bakers' union and The bakery." in found


def test_a_package_by_number_and_by_options_is_the_same() -> None:
    one = as_json(zopa("settle", LABOUR, "--json", "--package", "62", "--for", "bakery"))
    two = as_json(zopa("settle", LABOUR, "--json", "--package", "pay=6,term=one,health=most,notice=half_year", "--for", "bakery"))
    assert one == two
    assert one["package"]["id"] == 62
    assert one["blockers"] == ["bakery"]
    assert one["nearest"]["parties"]["bakery"]["changes"] == one["nearest"]["zone"]["changes"] == "2"
    assert one["chosen"] == {"name": None, "packages": 1, "for": "bakery"}
    named = as_json(zopa("settle", LABOUR, "--json", "--package", "bakers_best"))
    assert named["chosen"] == {"name": "bakers_best", "packages": 1, "for": None}
    assert named["package"] == one["package"]


def test_trades_on_more_issues_when_asked() -> None:
    data = as_json(zopa("settle", PANAMA, "--json", "--package", "592", "--trade-issues", "3"))
    assert set(data["trades"]["by_issues"]) == {"2", "3"}
    assert data["trades"]["by_issues"]["2"]["count"] == 13
    best = data["trades"]["by_issues"]["2"]["list"][0]
    assert best["package"]["id"] == 529
    assert best["gains"] == {"USA": "12", "PAN": "10"}
    shown = " ".join(zopa("settle", PANAMA, "--package", "592").output.split())
    assert "together good for United States and Panama (4 of 13):" in shown
    assert "(United States +12, Panama +10; package 529)" in shown
    assert "which compares points of different parties" in shown


def test_a_name_that_leaves_packages_open_says_so() -> None:
    found = zopa("settle", PANAMA, "--package", "signed").output
    assert "The name leaves 16 packages open; this is the first that meets the rules." in found


def test_levers_and_dates_count() -> None:
    pulled = zopa("settle", UKRAINE, "--package", "P1", "--pull", "none").output
    assert "It is not in the zone." in pulled
    assert "The zone is empty." in pulled


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--for", "bakery"], "goes with --package"),
        (["--trade-issues", "3"], "goes with --package"),
        (["--package", "midle"], "Did you mean middle?"),
        (["--package", "99"], "numbered from 0 to 80"),
        (["--package", "pay=6"], "say term, health, notice, too"),
        (["--package", "\x1b[31mred"], "there is no package called [31mred"),
        (["--package", "middle", "--for", "bakry"], "Did you mean bakery?"),
    ],
)
def test_what_does_not_go_together_ends_with_2(arguments: list[str], words: str) -> None:
    found = zopa("settle", LABOUR, *arguments)
    assert found.exit_code == 2
    assert words in found.output
    assert "\x1b" not in found.output


def test_an_empty_zone_says_what_would_open_it() -> None:
    found = zopa("settle", str(CASES / "conflict.yaml"), "--draws", "0").output
    assert "What would open a zone:" in found
    assert "L2: Y refuses: border is “line3” (lets in 1 package)" in found
    assert "moving" in as_json(zopa("settle", LABOUR, "--json", "--draws", "0"))
