"""`zopa import` and `zopa export`: what is printed, exit codes, nothing overwritten."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.conftest import CASES
from tests.formats.sheets import domain_xml, profile_xml, write_genius
from zopa.cli.application import application

ISSUES = [("Price", ["high", "low"]), ("Colour", ["red", "blue", "green"])]
SELLER = profile_xml(ISSUES, [["3", "1"], ["2", "4", "1"]], ["0.6", "0.4"], '<reservation value="0.3"/>')
BUYER = profile_xml(ISSUES, [["1", "5"], ["1", "1", "2"]], ["0.7", "0.4"], '<discount_factor value="0.5"/>')


def zopa(*arguments: str) -> Result:
    result = CliRunner().invoke(application, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A domain and two profiles, one of them odd."""
    made = {"domain.xml": domain_xml(ISSUES, "Sale"), "seller.xml": SELLER, "buyer.xml": BUYER}
    return [str(path) for path in write_genius(tmp_path / "xml", made)]


def test_import_says_what_came_and_what_was_odd_one_line_each(files: list[str], tmp_path: Path) -> None:
    case = str(tmp_path / "case")
    result = zopa("import", "genius", *files, "-o", case)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "Imported from GENIUS: 2 parties, 2 issues, 6 packages."
    odd = [line for line in lines if "buyer.xml" in line]
    assert len(odd) == 3
    assert any("the weights add up to 1.1" in line for line in odd)
    assert any("no reservation value" in line for line in odd)
    assert any("discount factor 0.5" in line for line in odd)
    assert zopa("check", case).exit_code == 0
    settled = json.loads(zopa("settle", case, "--json").stdout)
    assert settled["packages"]["total"] == 6
    assert settled["parties"]["seller"]["no_deal"] == str(Fraction(3, 10))
    # seller: .6 or .2 plus .2, .4 or .1; buyer: .14 or .7 plus .2, .2 or .4
    assert settled["zone"]["count"] == 6
    assert settled["solutions"]["utilitarian"]["values"] == {"seller": "3/5", "buyer": "9/10"}


def test_import_as_json(files: list[str], tmp_path: Path) -> None:
    result = zopa(
        "import", "genius", *files, "-o", str(tmp_path / "case"), "--json", "--title", "My sale", "--date", "2020-02-29"
    )
    data: dict[str, Any] = json.loads(result.stdout)
    assert data["case"] == str((tmp_path / "case" / "case.yaml").resolve())
    assert (data["program"], data["parties"], data["packages"]) == ("GENIUS", ["seller", "buyer"], 6)
    assert {frozenset(one) for one in data["defects"]} == {frozenset({"file", "where", "what", "remedy"})}
    assert len(data["defects"]) == 2
    assert len(data["not_taken"]) == 1
    text = (tmp_path / "case" / "case.yaml").read_text(encoding="utf-8")
    assert 'title: "My sale"' in text
    assert "as_of: 2020-02-29" in text
    assert "no reservation value" in text


def test_a_folder_will_do(files: list[str], tmp_path: Path) -> None:
    assert files
    assert zopa("import", "genius", str(tmp_path / "xml"), "-o", str(tmp_path / "case")).exit_code == 0


def test_files_that_cannot_be_taken_end_with_1_and_all_faults(files: list[str], tmp_path: Path) -> None:
    Path(files[1]).write_text(SELLER.replace("0.6", "six"), encoding="utf-8")
    Path(files[2]).write_text(BUYER[:50], encoding="utf-8")
    target = tmp_path / "case"
    result = zopa("import", "genius", *files, "-o", str(target))
    assert result.exit_code == 1
    assert "seller.xml" in result.stderr
    assert "buyer.xml, line 1" in result.stderr
    assert "2 faults; nothing was written" in result.stderr
    assert not target.exists()
    data = json.loads(zopa("import", "genius", *files, "-o", str(target), "--json").stdout)
    assert [one["file"] for one in data["faults"]] == ["seller.xml", "buyer.xml"]


def test_wrong_use_ends_with_2_and_changes_nothing(files: list[str], tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine", encoding="utf-8")
    for arguments in (
        ["import", "genius", *files],
        ["import", "genius", "-o", str(tmp_path / "x")],
        ["import", "excel97", *files, "-o", str(tmp_path / "x")],
        ["import", "genius", *files, "-o", str(full)],
        ["import", "genius", *files, "-o", str(full / "mine.txt")],
        ["import", "genius", *files, "-o", str(tmp_path / "x"), "--date", "soon"],
        ["export", "genius", str(CASES / "labour.yaml")],
        ["export", "negolog", str(CASES / "labour.yaml"), "-o", str(tmp_path / "x")],
        ["export", "genius", str(CASES / "labour.yaml"), "-o", str(full)],
    ):
        assert zopa(*arguments).exit_code == 2, arguments
    assert [one.name for one in full.iterdir()] == ["mine.txt"]
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("program", ["genius", "geniusweb", "negmas"])
def test_a_case_goes_out_and_comes_back(program: str, tmp_path: Path) -> None:
    out, back = str(tmp_path / "out"), str(tmp_path / "back")
    result = zopa("export", program, str(CASES / "labour.yaml"), "-o", out)
    assert result.exit_code == 0
    assert "1 lever (strike_fund)" in result.output
    assert zopa("import", program, out, "-o", back).exit_code == 0
    first = json.loads(zopa("settle", str(CASES / "labour.yaml"), "--json").stdout)
    second = json.loads(zopa("settle", back, "--json").stdout)
    assert second["zone"]["count"] == first["zone"]["count"]
    assert second["frontier"]["packages"] == first["frontier"]["packages"]
    ids = [[one["id"] for one in data["solutions"]["nash"]["packages"]["list"]] for data in (first, second)]
    assert ids[0] == ids[1]


def test_export_as_json_and_of_a_faulty_case(tmp_path: Path) -> None:
    data = json.loads(zopa("export", "negmas", str(CASES / "game.yaml"), "-o", str(tmp_path / "out"), "--json").stdout)
    assert len(data["files"]) == 8
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == sorted(data["files"])
    assert any("voting rule" in one for one in data["lost"])
    (tmp_path / "case.yaml").write_text("zopa: 1\n", encoding="utf-8")
    assert zopa("export", "genius", str(tmp_path), "-o", str(tmp_path / "b")).exit_code == 1
    assert json.loads(zopa("export", "genius", str(tmp_path), "-o", str(tmp_path / "b"), "--json").stdout)["faults"]
    assert not (tmp_path / "b").exists()


def test_a_case_without_points_cannot_go_out(tmp_path: Path) -> None:
    text = "zopa: 1\ntitle: T\nas_of: 2025-01-01\nparties: {a: A}\nissues: {x: {options: [p, q]}}\n"
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    result = zopa("export", "genius", str(tmp_path), "-o", str(tmp_path / "b"))
    assert result.exit_code == 1
    assert "nothing can be written" in result.stderr


def test_names_from_files_cannot_steer_the_terminal(tmp_path: Path) -> None:
    issue = {"\x1b[31mred\n\u202e": {"p": 1, "q\x07": 0}}
    profile = {"issueWeights": {"\x1b[31mred\n\u202e": 2}, "issues": issue}
    (tmp_path / "a\x1bb.json").write_text(json.dumps(profile), encoding="utf-8")
    result = zopa("import", "negolog", str(tmp_path / "a\x1bb.json"), "-o", str(tmp_path / "case"))
    assert result.exit_code == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(result.output)
    assert zopa("check", str(tmp_path / "case")).exit_code == 0
