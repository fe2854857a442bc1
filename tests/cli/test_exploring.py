"""`zopa explore` as people and programs use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from zopa.cases import shipped_case
from zopa.cli.application import application

Make = Callable[..., Path]
LABOUR = str(shipped_case("labour-contract"))
QUICK = ("--draws", "80", "--decisive-draws", "60", "--workers", "1")


def zopa(*arguments: str) -> Result:
    return CliRunner().invoke(application, list(arguments))


def data_of(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_json_that_other_programs_rely_on() -> None:
    data = data_of(zopa("explore", LABOUR, *QUICK, "--json"))
    assert (data["draws"], data["seed"]) == (80, 1)
    assert len(data["readings"]) == 4
    for one in data["readings"]:
        assert 0 <= one["zone_share"] <= 1
        low, high = one["zone_share_interval"]
        assert low <= one["zone_share"] <= high
        for package in one["packages"]:
            assert 0 <= package["efficient_share"] <= package["acceptable_share"] <= 1
        assert one["decisive"]
    shares = [one["zone_share"] for one in data["readings"]]
    assert data["zone_share"]["lowest"]["value"] == min(shares)
    assert data["zone_share"]["highest"]["value"] == max(shares)
    assert data["empty_share"]["lowest"]["value"] == pytest.approx(1 - max(shares))
    assert {one["kind"] for one in data["decisive"]} == {"judgement", "reading"}
    assert all(one["because"] or one["assume"] for one in data["decisive"])
    assert data["packages"][0]["options"]
    assert data["missing"] == []


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, again = (zopa("explore", LABOUR, *QUICK, "--json").stdout for _ in range(2))
    assert first == again
    assert zopa("explore", LABOUR, *QUICK, "--json", "--seed", "2").stdout != first


def test_the_summary_names_what_decides() -> None:
    result = zopa("explore", LABOUR, *QUICK)
    assert result.exit_code == 0
    assert "What turns the answer" in result.output
    assert "never the chance" in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--draws", "0"), "at least one draw"),
        (("--swap", "bakers", "nobody"), "no party called nobody"),
        (("--swap", "bakers", "bakers"), "two different parties"),
        (("--without", "nothing"), "no statement or source called nothing"),
        (("--without", "s1", "--as-of", "2020-01-01"), "one at a time"),
        (("--without", "s1", "--sobol"), "do not go with a comparison"),
        (("--as-of", "soon"), "--as-of"),
        (("--save", "nowhere/at/all.nc"), "no folder"),
    ],
)
def test_wrong_use_is_said_in_words(arguments: tuple[str, ...], words: str) -> None:
    result = zopa("explore", LABOUR, *arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


def test_saved_resumed_and_refused(tmp_path: Path) -> None:
    kept = tmp_path / "kept.nc"
    first = zopa("explore", LABOUR, *QUICK, "--save", str(kept), "--json")
    assert first.exit_code == 0
    assert kept.exists()
    assert zopa("explore", LABOUR, *QUICK, "--save", str(kept), "--json").stdout == first.stdout
    other = zopa("explore", LABOUR, *QUICK, "--save", str(kept), "--seed", "5")
    assert other.exit_code == 2
    assert "other settings" in other.output
    folder = zopa("explore", LABOUR, *QUICK, "--save", str(tmp_path))
    assert folder.exit_code == 2
    assert "is a folder" in folder.output


def test_comparisons_side_by_side() -> None:
    data = data_of(zopa("explore", LABOUR, "--draws", "60", "--swap", "bakers", "bakery", "--json"))
    assert data["same"] is True
    shown = zopa("explore", LABOUR, "--draws", "60", "--swap", "bakers", "bakery")
    assert "Every figure is the same" in shown.output
    statement = next(iter(data_of(zopa("settle", LABOUR, "--draws", "0", "--json"))["bases"]["statements"]))
    without = data_of(zopa("explore", LABOUR, "--draws", "60", "--without", statement, "--json"))
    assert without["same"] is False or without["rows"]


def test_packages_that_cannot_be_listed_are_named(make_case: Make) -> None:
    text = """
zopa: 1
title: A continuous scale
as_of: 2025-01-01
assume: for a test
parties: {a: A, b: B}
issues: {price: {scale: 0..10}}
preferences:
  a: {points: {price: {0: 0, 10: 10}}, no_deal: 1}
  b: {points: {price: {0: 10, 10: 0}}, no_deal: 1}
"""
    folder = str(make_case(text))
    data = data_of(zopa("explore", folder, "--json"))
    assert data["readings"] == []
    assert data["missing"][0]["path"] == "issues.price.step"
    assert zopa("explore", folder).exit_code == 0
