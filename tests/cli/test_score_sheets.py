"""`zopa import csv|xlsx`, `zopa export csv|xlsx|roles` and `--template`: from a command to a case and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.conftest import CASES
from zopa.cli.application import application

LABOUR = str(CASES / "labour.yaml")


def zopa(*arguments: str) -> Result:
    result = CliRunner().invoke(application, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_case_goes_out_as_a_score_sheet_and_comes_back(kind: str, tmp_path: Path) -> None:
    out, back = str(tmp_path / "out"), str(tmp_path / "back")
    result = zopa("export", kind, LABOUR, "-o", out)
    assert result.exit_code == 0
    assert f"A labour contract.{kind}" in result.output
    assert "Wage rise is written as a list of options" in result.output
    assert "1 lever (strike_fund)" in result.output
    result = zopa("import", kind, out, "-o", back)
    assert result.exit_code == 0
    assert result.output.startswith("Imported from score sheets: 2 parties, 4 issues, 81 packages.")
    assert zopa("check", back).exit_code == 0
    first, second = (json.loads(zopa("settle", case, "--json").stdout) for case in (LABOUR, back))
    assert second["zone"]["count"] == first["zone"]["count"]
    assert second["frontier"]["packages"] == first["frontier"]["packages"]
    assert [one["no_deal"] for one in second["parties"].values()] == [one["no_deal"] for one in first["parties"].values()]
    assert f"A labour contract.{kind}" in (tmp_path / "back" / "case.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_empty_template_needs_no_case(kind: str, tmp_path: Path) -> None:
    result = zopa("export", "--template", kind, "-o", str(tmp_path / "out"))
    assert result.exit_code == 0
    assert [one.name for one in (tmp_path / "out").iterdir()] == [f"template.{kind}"]
    assert f"zopa import {kind}" in result.output
    empty = zopa("import", kind, str(tmp_path / "out"), "-o", str(tmp_path / "case"))
    assert empty.exit_code == 1
    assert "no issue stands below the headings" in empty.stderr
    assert not (tmp_path / "case").exists()


def test_the_template_of_a_case_is_filled_and_taken_back(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    data = json.loads(zopa("export", "--template", "xlsx", LABOUR, "-o", str(tmp_path / "out"), "--json").stdout)
    assert data["files"] == ["A labour contract.xlsx"]
    assert data["parties"] == ["The union", "The employer"]
    file = tmp_path / "out" / data["files"][0]
    book = load_workbook(file)
    page = book["Points"]
    for row in range(2, page.max_row + 1):
        if page.cell(row, 2).value or page.cell(row, 1).value == "No deal":
            page.cell(row, 3).value, page.cell(row, 4).value = row, 20 - row
    book.save(file)
    assert zopa("import", "xlsx", str(file), "-o", str(tmp_path / "case"), "--date", "2025-01-01").exit_code == 0
    settled = json.loads(zopa("settle", str(tmp_path / "case"), "--json").stdout)
    assert settled["packages"]["total"] == 81
    assert all(one["no_deal"] is not None for one in settled["parties"].values())


def test_a_filled_csv_template_is_taken_back(tmp_path: Path) -> None:
    assert zopa("export", "--template", "csv", LABOUR, "-o", str(tmp_path / "out")).exit_code == 0
    file = tmp_path / "out" / "A labour contract.csv"
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Issue,Option,The union,The employer"
    filled = [lines[0], *(line[: -len(",")] + f"{at},{9 - at}" for at, line in enumerate(lines[1:]))]
    file.write_text("\n".join(filled), encoding="utf-8")
    assert zopa("import", "csv", str(file), "-o", str(tmp_path / "case")).exit_code == 0
    assert zopa("check", str(tmp_path / "case")).exit_code == 0


def test_lines_of_points_with_the_threshold_last(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("14,8,0\n11,7,5\n55\n", encoding="utf-8")
    (tmp_path / "two.txt").write_text("0,5,10\n1,2,3\n30\n", encoding="utf-8")
    result = zopa("import", "csv", str(tmp_path / "one.txt"), str(tmp_path / "two.txt"), "-o", str(tmp_path / "case"))
    assert result.exit_code == 0
    assert "the last as the no-deal value of one" in result.output
    settled = json.loads(zopa("settle", str(tmp_path / "case"), "--json").stdout)
    assert {name: one["no_deal"] for name, one in settled["parties"].items()} == {"one": "55", "two": "30"}


def test_role_sheets_one_page_for_each_party(tmp_path: Path) -> None:
    result = zopa("export", "roles", LABOUR, "-o", str(tmp_path / "out"))
    assert result.exit_code == 0
    assert "The union.html, The employer.html" in result.output
    assert "the levers" in result.output
    page = (tmp_path / "out" / "The union.html").read_text(encoding="utf-8")
    assert "<h1>The union</h1>" in page
    data = json.loads(zopa("export", "roles", LABOUR, "-o", str(tmp_path / "json"), "--json").stdout)
    assert (data["files"], data["lost"]) == (["The union.html", "The employer.html"], ["the levers"])
    refused = zopa("export", "roles", str(CASES / "directive.yaml"), "-o", str(tmp_path / "b"))
    assert refused.exit_code == 1
    assert "plants has no options" in refused.stderr


def test_all_faults_of_all_files_at_once_and_nothing_written(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("Issue,Option,Anna\nA,x,ten\nA,y,1/2\n", encoding="utf-8")
    (tmp_path / "two.csv").write_text("Issue,Option,Weight\nA,x,1\n", encoding="utf-8")
    result = zopa("import", "csv", str(tmp_path / "one.csv"), str(tmp_path / "two.csv"), "-o", str(tmp_path / "case"))
    assert result.exit_code == 1
    for part in ("one.csv, C2: “ten” is not a number. Write a number", "one.csv, C3", "two.csv, C1", "nothing was written"):
        assert part in result.stderr
    assert not (tmp_path / "case").exists()


def test_wrong_use_ends_with_2_and_changes_nothing(tmp_path: Path) -> None:
    target = str(tmp_path / "x")
    for arguments in (
        ["export", "--template", "xlsx"],
        ["export", "--template", "genius", "-o", target],
        ["export", "--template", "xlsx", "xlsx", LABOUR, "-o", target],
        ["export", "xlsx", "-o", target],
        ["export", "-o", target],
        ["export", "roles", LABOUR],
    ):
        result = zopa(*arguments)
        assert result.exit_code == 2, arguments
        assert result.stderr.startswith("zopa: "), arguments
    assert not (tmp_path / "x").exists()
    assert zopa("export", "--template", "xlsx", str(tmp_path / "nowhere"), "-o", target).exit_code == 1
