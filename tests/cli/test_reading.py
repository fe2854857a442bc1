"""``zopa read`` as people and programs use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from zopa.cases import shipped_case
from zopa.cli.application import application

LAKE = (
    "Peruvian minister Ana Ruiz said on Tuesday that Chile wants a new dam.\nThe lake board rejected the offer of $3 million.\n"
)
PIER = "The dockers' union said that the pier must close by June 3, 2024.\nThe harbour board refused to sell the pier.\n"
GERMAN = (
    "Der Minister sagte am Dienstag, dass der Damm voll ist und dass die Stadt nicht warten kann. Die Gewerkschaft lehnte ab.\n"
)


def zopa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(application, [str(one) for one in arguments])


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    return write(tmp_path / "lake.txt", LAKE)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def as_lines(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


# One text ---------------------------------------------------------------------------------------------------


def test_one_text_as_a_table(lake: Path) -> None:
    result = zopa("read", lake, "--date", "2024-03-13")
    assert result.exit_code == 0, result.output
    assert "Peru (Ana Ruiz)" in result.stdout
    assert "unreviewed" in result.stdout
    assert result.stderr == ""


def test_one_text_as_json(lake: Path) -> None:
    result = zopa("read", lake, "--date", "2024-03-13", "--json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["article"]["name"] == "lake.txt"
    assert data["document_date"] == "2024-03-13"
    assert data["statements"][0]["time_norm"] == "2024-03-12"
    assert data["quantities"][0]["value"] == 3_000_000
    text = lake.read_text(encoding="utf-8")
    assert all(text[slice(*one["content_span"])] == one["content"] for one in data["statements"])
    assert len(result.stdout.splitlines()) > 10


def test_without_a_date_nothing_is_guessed(lake: Path) -> None:
    result = zopa("read", lake, "--json")
    data = json.loads(result.stdout)
    assert data["document_date"] is None
    assert [one["norm"] for one in data["dates"]] == [None]
    assert "(--date)" in zopa("read", lake).stdout


def test_a_date_that_the_text_offers_is_used_only_when_confirmed(tmp_path: Path) -> None:
    text = write(tmp_path / "dated.txt", f"13 March 2024\n\n{LAKE}")
    result = zopa("read", text, "--json")
    assert json.loads(result.stdout)["document_date"] is None
    assert "--date 2024-03-13" in result.stderr
    trusted = zopa("read", text, "--json", "--dates-from-text")
    assert json.loads(trusted.stdout)["document_date"] == "2024-03-13"
    assert trusted.stderr == ""
    given = zopa("read", text, "--json", "--dates-from-text", "--date", "2024-03-20")
    assert json.loads(given.stdout)["document_date"] == "2024-03-20"


def test_a_text_without_statements_is_no_fault(tmp_path: Path) -> None:
    result = zopa("read", write(tmp_path / "boats.txt", "The boats left the harbour.\n"))
    assert result.exit_code == 0
    assert "No statement was found" in result.stdout


# Several texts ----------------------------------------------------------------------------------------------


def test_several_texts_are_json_lines(tmp_path: Path, lake: Path) -> None:
    pier = write(tmp_path / "pier.txt", PIER)
    result = zopa("read", lake, pier, "--json", "--date", "2024-03-13")
    assert result.exit_code == 0
    assert [one["article"]["name"] for one in as_lines(result)] == ["lake.txt", "pier.txt"]
    assert [one["document_date"] for one in as_lines(result)] == ["2024-03-13", "2024-03-13"]


def test_each_text_may_have_its_date(tmp_path: Path, lake: Path) -> None:
    pier = write(tmp_path / "pier.txt", PIER)
    result = zopa("read", lake, pier, "--json", "--date", "2024-03-13", "--date", "2024-05-01")
    assert [one["document_date"] for one in as_lines(result)] == ["2024-03-13", "2024-05-01"]


def test_a_folder_stands_for_its_texts_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    write(folder / "b.txt", LAKE)
    write(folder / "a.md", PIER)
    write(folder / "notes.csv", "1,2")
    write(folder / "inner" / "c.txt", LAKE)
    result = zopa("read", folder, "--json")
    assert [one["article"]["name"] for one in as_lines(result)] == ["a.md", "b.txt"]


@pytest.mark.parametrize(
    ("name", "text", "words"), [("gone.txt", None, "gone.txt"), ("leer.txt", "", "leer.txt"), ("damm.txt", GERMAN, "German")]
)
def test_a_bad_text_is_reported_and_the_others_go_on(name: str, text: str | None, words: str, tmp_path: Path, lake: Path) -> None:
    bad = tmp_path / name
    if text is not None:
        write(bad, text)
    pier = write(tmp_path / "pier.txt", PIER)
    result = zopa("read", lake, bad, pier, "--json")
    assert result.exit_code == 1
    assert [one["article"]["name"] for one in as_lines(result)] == ["lake.txt", "pier.txt"]
    assert words in result.stderr
    assert "Traceback" not in result.output
    alone = zopa("read", bad)
    assert alone.exit_code == 1
    assert words in alone.stderr
    assert alone.stdout == ""


def test_binary_data_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "picture.txt"
    bad.write_bytes(bytes(range(256)) * 20)
    result = zopa("read", bad)
    assert result.exit_code == 1
    assert "picture.txt" in result.stderr


# Wrong use --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["yesterday", "2024-13-01", "13.3.2024", ""])
def test_a_wrong_date_is_refused(day: str, lake: Path) -> None:
    result = zopa("read", lake, "--date", day)
    assert result.exit_code == 2
    assert "--date" in result.stderr
    assert result.stdout == ""


def test_wrong_use_ends_with_2_and_says_why(tmp_path: Path, lake: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    wrong: list[tuple[list[str | Path], str]] = [
        (["read"], "TEXT"),
        (["read", empty], "without texts"),
        (["read", lake, "--review"], "-o CASE"),
        (["read", lake, lake, lake, "--date", "2024-03-13", "--date", "2024-03-14"], "2 times for 3 texts"),
        (["read", lake, "--model", "http://192.0.2.1/v1"], "https"),
    ]
    for arguments, words in wrong:
        result = zopa(*arguments)
        assert result.exit_code == 2, arguments
        assert words in result.output
        assert "Traceback" not in result.output


@pytest.mark.parametrize("option", ["--actors", "--events"])
def test_faulty_files_of_actors_and_events_are_told(option: str, tmp_path: Path, lake: Path) -> None:
    result = zopa("read", lake, option, write(tmp_path / "own.yaml", "actors: 3\nevents: 3\n"))
    assert result.exit_code == 1
    assert "own.yaml" in result.stderr
    assert "mend them" in result.stderr


def test_own_actors_come_before_ours(tmp_path: Path) -> None:
    text = write(tmp_path / "moe.txt", "Kari Moe said that the river is low.\n")
    own = write(tmp_path / "own.yaml", "actors:\n  - {name: Kari Moe, party: WATERS, party_name: Friends of the Waters}\n")
    (one,) = json.loads(zopa("read", text, "--json", "--actors", own).stdout)["statements"]
    assert (one["party"], one["party_key"], one["speaker"]) == ("Friends of the Waters", "WATERS", "Kari Moe")
    (other,) = json.loads(zopa("read", text, "--json", "--no-actors").stdout)["statements"]
    assert other["party"] == "unresolved"


# Cases and pages --------------------------------------------------------------------------------------------


def test_a_draft_passes_the_check_and_a_second_text_is_added(tmp_path: Path, lake: Path) -> None:
    case = tmp_path / "case"
    result = zopa("read", lake, "--date", "2024-03-13", "-o", case, "--title", "Lake water")
    assert result.exit_code == 0, result.output
    assert "unreviewed" in result.stdout
    assert zopa("check", case).exit_code == 0
    before = (case / "case.yaml").read_text(encoding="utf-8")
    assert "Lake water" in before
    pier = write(tmp_path / "pier.txt", PIER)
    more = zopa("read", pier, "--date", "2024-03-14", "-o", case)
    assert more.exit_code == 0, more.output
    assert "Added to" in more.stdout
    assert zopa("check", case).exit_code == 0
    after = (case / "case.yaml").read_text(encoding="utf-8")
    assert "pier" in after
    assert "pier" not in before


def test_nothing_to_draft_is_said(tmp_path: Path) -> None:
    text = write(tmp_path / "boats.txt", "The boats left the harbour.\n")
    result = zopa("read", text, "--date", "2024-03-13", "-o", tmp_path / "case")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert not (tmp_path / "case").exists()


def test_the_text_with_its_statements_marked(tmp_path: Path, lake: Path) -> None:
    page = tmp_path / "page.html"
    result = zopa("read", lake, "--date", "2024-03-13", "--page", page)
    assert result.exit_code == 0, result.output
    assert "Ana Ruiz" in page.read_text(encoding="utf-8")
    assert str(page) in result.stdout.replace("\n", "")
    blocked = zopa("read", lake, "--page", tmp_path / "lake.txt" / "page.html")
    assert blocked.exit_code == 1
    assert "could not be written" in blocked.stderr


# The program as a whole -------------------------------------------------------------------------------------


def probe(*arguments: str) -> list[str]:
    """Return which heavy packages a command has loaded."""
    code = (
        "import sys\nfrom zopa.cli.application import application\n"
        f"try:\n    application({list(arguments)!r})\nexcept SystemExit:\n    pass\n"
        "print(sorted({'spacy', 'trafilatura', 'pypdfium2', 'docx', 'thinc', 'py3langid'} & set(sys.modules)), file=sys.stderr)"
    )
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), PYTHONUTF8="1")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    found: list[str] = json.loads(done.stderr.splitlines()[-1].replace("'", '"'))
    return found


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("read", "--help"), ("check", str(shipped_case("ukraine-2025"))), ("read", "gone.txt")],
    ids=lambda one: one[0],
)
def test_only_reading_loads_the_grammar(arguments: tuple[str, ...]) -> None:
    assert probe(*arguments) == []


def test_help_names_the_options() -> None:
    assert "read" in zopa("--help").output
    shown = zopa("read", "--help").output
    for option in ("--date", "--json", "--output", "--review", "--page", "--actors", "--events", "--model"):
        assert option in shown


def test_a_terminal_with_few_letters_stops_nothing(tmp_path: Path) -> None:
    text = write(tmp_path / "boat.txt", "Chile said “the 🚢 is Peru’s”.\n")
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")
    command = [sys.executable, "-m", "zopa", "read", str(text), "--json"]
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    (one,) = json.loads(done.stdout.decode("ascii"))["statements"]
    assert "🚢" in one["content"]
