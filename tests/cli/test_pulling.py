"""Pulling levers on the command line."""

from __future__ import annotations

import pytest

from tests.cli.test_commands import UKRAINE, as_json, zopa
from zopa.cases import shipped_case

LABOUR = str(shipped_case("labour-contract"))


def test_exactly_these_levers_are_pulled() -> None:
    data = as_json(zopa("settle", LABOUR, "--json", "--draws", "20", "--pull", "strike_fund"))
    assert data["zone"]["count"] == 36
    assert data["levers"]["pulled"] == ["strike_fund"]
    assert data["levers"]["states"]["chosen"]["zone"]["count"] == 36
    assert data["levers"]["states"]["nothing"]["zone"]["count"] == 51
    assert data["parties"]["bakers"]["no_deal"] == "45"
    assert data["scenarios"]["zone_share"]["highest"] == data["levers"]["states"]["chosen"]["zone_share"]["highest"]
    plain = as_json(zopa("settle", LABOUR, "--json", "--draws", "0"))
    assert plain["zone"]["count"] == 51
    assert plain["levers"]["pulled"] is None
    assert plain["levers"]["shares"] is None


def test_all_and_none() -> None:
    nothing = as_json(zopa("settle", UKRAINE, "--json", "--draws", "0", "--pull", "none"))
    assert nothing["zone"]["count"] == 0
    assert nothing["levers"]["pulled"] == []
    every = as_json(zopa("settle", UKRAINE, "--json", "--draws", "0", "--pull", "all", "--at", "2024-12-20"))
    assert "cut_aid" not in every["levers"]["pulled"]
    assert len(every["levers"]["pulled"]) == 6
    assert every["zone"]["count"] is None
    assert {"levers.press_ukr.move.UKR.no_deal"} <= {one["path"] for one in every["missing"]}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pull", "cut_iad"], "Did you mean cut_aid?"),
        (["--pull", "cut_aid", "--at", "2024-12-20"], "it can from 2025-01-20"),
        (["--pull", "none", "--pull", "cut_aid"], "--pull none stands alone"),
    ],
)
def test_what_cannot_be_pulled_ends_with_2(arguments: list[str], words: str) -> None:
    found = zopa("settle", UKRAINE, *arguments)
    assert found.exit_code == 2
    assert words in found.output


def test_a_case_without_levers() -> None:
    panama = str(shipped_case("panama-1977"))
    assert "the case has no levers" in zopa("settle", panama, "--pull", "x").output
    assert as_json(zopa("settle", panama, "--json", "--draws", "0"))["levers"] is None
    assert "Levers" not in zopa("settle", panama, "--draws", "0").output


def test_the_terminal_says_what_levers_do() -> None:
    found = zopa("settle", LABOUR, "--draws", "20").output
    assert "Levers: what would change if somebody pulled one" in found
    assert "Filling the strike fund" in found
