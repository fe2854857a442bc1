"""Exports on the command line: tables, one party's view, copies without what others must not see."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.case.broken import SOUND, SOURCE
from tests.conftest import CASES
from zopa.cases import shipped_case
from zopa.cli.application import application

Make = Callable[..., Path]
UKRAINE = str(shipped_case("ukraine-2025"))
LEASE = str(CASES / "elmira.yaml")


def zopa(*arguments: str) -> Result:
    return CliRunner().invoke(application, list(arguments))


def test_tables_stand_in_their_folder_and_repeat(tmp_path: Path) -> None:
    contents = []
    for name in ("one", "two"):
        folder = tmp_path / name
        result = zopa("report", LEASE, "-o", str(tmp_path / "r.html"), "--tables", str(folder), "--draws", "20")
        assert result.exit_code == 0, result.output
        assert "Tables:" in result.output
        contents.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert contents[0] == contents[1]
    assert {"packages.csv", "numbers.csv", "about.csv", "tables.xlsx"} <= contents[0].keys()


def test_tables_as_json(tmp_path: Path) -> None:
    arguments = ["report", LEASE, "-o", str(tmp_path / "r.html"), "--tables", str(tmp_path / "t"), "--draws", "0", "--json"]
    data = json.loads(zopa(*arguments).stdout)
    assert all(Path(file).is_file() for file in data["tables"])
    assert "zone-shares.csv" not in [Path(file).name for file in data["tables"]]


def test_tables_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    result = zopa("report", LEASE, "-o", str(tmp_path / "r.html"), "--tables", str(tmp_path / "file"), "--draws", "0")
    assert result.exit_code == 2
    assert "name a folder" in result.output
    result = zopa("report", LEASE, "-o", str(tmp_path / "r.html"), "--tables", str(tmp_path / "file" / "x"), "--draws", "0")
    assert result.exit_code == 2
    assert "cannot be written" in result.output
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_one_partys_view(tmp_path: Path) -> None:
    output = tmp_path / "r.html"
    assert zopa("report", UKRAINE, "-o", str(output), "--for", "UKR", "--draws", "0").exit_code == 0
    plain = tmp_path / "plain.html"
    assert zopa("report", UKRAINE, "-o", str(plain), "--draws", "0").exit_code == 0
    assert output.read_bytes() != plain.read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", UKRAINE, "--for", "UKRR", "--draws", "0"],
        ["copy", UKRAINE, "--without", "RUS,UKRR", "-o", "copy"],
    ],
)
def test_an_unknown_party_is_wrong_use(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = zopa(*arguments)
    assert result.exit_code == 2
    assert "Did you mean UKR?" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_hostile_party_name_reaches_no_terminal(tmp_path: Path) -> None:
    for arguments in (["report", UKRAINE, "--for"], ["copy", UKRAINE, "-o", str(tmp_path / "c"), "--without"]):
        result = zopa(*arguments, "\x1b[31mX\u202e[bold]")
        assert result.exit_code == 2
        assert "\x1b" not in result.output
        assert "\u202e" not in result.output
        assert "[bold]" in result.output


def test_a_copy_passes_the_check_and_says_what_it_lacks(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    result = zopa("copy", UKRAINE, "-o", str(folder), "--without", "RUS,USA", "--without-notes", "--without-sources")
    assert result.exit_code == 0, result.output
    assert "LEFT-OUT.md" in result.output
    assert zopa("check", str(folder)).exit_code == 0
    assert sorted(file.name for file in folder.iterdir()) == ["LEFT-OUT.md", "case.yaml"]
    assert zopa("settle", str(folder), "--draws", "5").exit_code == 0
    assert (
        zopa("report", str(folder), "--draws", "5", "-o", str(tmp_path / "r.html"), "--tables", str(tmp_path / "t")).exit_code
        == 0
    )


def test_a_copy_as_json(tmp_path: Path) -> None:
    result = zopa("copy", UKRAINE, "-o", str(tmp_path / "c"), "--without", "EUR", "--without", "NATO", "--json")
    data = json.loads(result.stdout)
    assert data["without"] == {"parties": ["EUR", "NATO"], "notes": False, "sources": False}
    assert Path(data["copy"]).is_file()


def test_a_copy_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    result = zopa("copy", UKRAINE, "-o", str(tmp_path), "--without", "RUS")
    assert result.exit_code == 2
    assert "nothing was changed" in result.output
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]
    result = zopa("copy", UKRAINE, "-o", str(tmp_path / "mine.txt" / "x"), "--without", "RUS")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_copy_of_everything_is_no_copy_without_something(tmp_path: Path) -> None:
    result = zopa("copy", UKRAINE, "-o", str(tmp_path / "c"))
    assert result.exit_code == 2
    assert "nothing to leave out" in result.output


def test_a_faulty_case_is_not_copied(make_case: Make, tmp_path: Path) -> None:
    broken = make_case(SOUND.replace("10..40", "40..10"), minutes=SOURCE)
    assert zopa("copy", str(broken), "-o", str(tmp_path / "c"), "--without", "city").exit_code == 1
    assert not (tmp_path / "c").exists()
