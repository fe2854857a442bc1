"""The commands as people and programs use them: exit codes, JSON, files, and no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.case.broken import SOUND, SOURCE
from tests.conftest import CASES
from zopa import __version__
from zopa.cases import shipped_case
from zopa.cli.application import application

Make = Callable[..., Path]
UKRAINE = str(shipped_case("ukraine-2025"))


def zopa(*arguments: str) -> Result:
    return CliRunner().invoke(application, list(arguments))


def program(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the real program, as a shell does."""
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), PYTHONUTF8="1", COLUMNS="120")
    return subprocess.run(
        [sys.executable, "-m", "zopa", *arguments], capture_output=True, text=True, env=environment, cwd=folder, check=False
    )


def as_json(result: Result) -> Any:
    return json.loads(result.stdout)


# check ---------------------------------------------------------------------------------------------------


def test_a_sound_case_ends_with_0_and_a_broken_one_with_1(make_case: Make) -> None:
    assert zopa("check", UKRAINE).exit_code == 0
    broken = make_case(SOUND.replace("level: 1, issue: term", "level: 9, issue: trem"), minutes=SOURCE)
    found = zopa("check", str(broken))
    assert found.exit_code == 1
    assert "case.yaml:13:" in found.output
    assert "Did you mean term?" in found.output
    assert "2 faults" in found.output


def test_findings_as_json(make_case: Make) -> None:
    broken = make_case(SOUND.replace("10..40", "40..10"), minutes=SOURCE)
    result = zopa("check", str(broken), "--json")
    assert result.exit_code == 1
    data = as_json(result)
    assert data["ok"] is False
    (fault,) = [one for one in data["findings"] if one["severity"] == "fault"]
    assert {"code", "severity", "file", "line", "column", "message", "text", "remedy"} <= set(fault)
    assert (fault["code"], fault["text"]) == ("ZC040", "40..10")
    sound = as_json(zopa("check", UKRAINE, "--json"))
    assert sound["ok"] is True
    assert [one["severity"] for one in sound["findings"]] == ["warning"]


def test_a_case_can_be_named_by_its_folder_or_its_file() -> None:
    assert (
        as_json(zopa("check", UKRAINE, "--json"))["digest"] == as_json(zopa("check", f"{UKRAINE}/case.yaml", "--json"))["digest"]
    )


def test_check_says_what_holds_on_a_date() -> None:
    lines = zopa("check", UKRAINE, "--at", "2025-01-19").output
    assert "gates passed: none" in lines
    assert "Biden" in lines
    data = as_json(zopa("check", UKRAINE, "--at", "2025-01-21", "--json"))["date"]
    assert data["at"] == "2025-01-21"
    assert data["gates_passed"]


# settle ----------------------------------------------------------------------------------------------------


def test_settle_of_a_faulty_case_lists_its_faults(make_case: Make) -> None:
    broken = make_case(SOUND.replace("10..40", "40..10"), minutes=SOURCE)
    result = zopa("settle", str(broken), "--json")
    assert result.exit_code == 1
    assert [one["code"] for one in as_json(result)["faults"]] == ["ZC040"]
    assert "mend" in zopa("settle", str(broken)).output


def test_the_same_seed_gives_the_same_bytes() -> None:
    lease = str(CASES / "elmira.yaml")
    one, two = (zopa("settle", lease, "--json", "--draws", "50", "--seed", "3").stdout for _ in range(2))
    assert one == two


def test_a_date_changes_what_can_be_had() -> None:
    before, after = (
        as_json(zopa("settle", UKRAINE, "--json", "--draws", "0", "--at", day)) for day in ["2025-01-19", "2025-01-21"]
    )
    assert before != after
    assert before["case"] == after["case"]
    text = zopa("settle", UKRAINE, "--draws", "0", "--at", "2025-01-19").output
    assert "Looked at on 2025-01-19" in text
    assert "Levers that cannot be pulled on that day: Cutting US aid" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["settle", UKRAINE, "--at", "20 January"], "2025-01-31"),
        (["settle", UKRAINE, "--draws", "-1"], "draws"),
        (["settle", UKRAINE, "--seed", "x"], "seed"),
        (["settle"], "CASE"),
        (["setle", UKRAINE], "setle"),
    ],
)
def test_wrong_use_ends_with_2_and_says_why(arguments: list[str], words: str) -> None:
    result = zopa(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_case_that_cannot_be_listed_says_what_to_add(make_case: Make) -> None:
    case = make_case("zopa: 1\ntitle: t\nas_of: 2025-01-01\nparties: {a: A}\nissues: {rent: {scale: 0..10, unit: euros}}\n")
    result = zopa("settle", str(case))
    assert result.exit_code == 0
    assert "step" in result.output
    assert as_json(zopa("settle", str(case), "--json"))["missing"]
    output = case / "report.html"
    assert zopa("report", str(case), "-o", str(output)).exit_code == 0
    assert "What is missing" in output.read_text(encoding="utf-8")


def test_a_case_too_large_to_list_is_composed(make_case: Make) -> None:
    issues = "\n".join(f"  i{number}: {{options: [{', '.join(f'o{one}' for one in range(10))}]}}" for number in range(12))
    points = ", ".join(f"i{number}: [{', '.join(map(str, range(10)))}]" for number in range(12))
    text = f"zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: x\nparties: {{a: A}}\nissues:\n{issues}\n"
    case = make_case(f"{text}preferences:\n  a: {{no_deal: 1, points: {{{points}}}}}\n")
    assert zopa("check", str(case)).exit_code == 0
    result = zopa("settle", str(case))
    assert result.exit_code == 0
    assert "999,999,999,999 packages" in result.output.replace("\u202f", ",").replace("\xa0", ",").replace(" ", ",").replace(
        ",packages", " packages"
    )
    found = as_json(zopa("settle", str(case), "--json"))
    assert found["method"] == "composition"
    assert found["exact"] is True
    assert found["zone"]["count"] == 10**12 - 1
    assert found["solutions"]["nash"]["values"] == {"a": "108"}
    assert found["solutions"]["nash"]["ties"] == 1


def test_a_report_on_a_case_too_large_to_list_is_an_error_that_says_what_answers(make_case: Make) -> None:
    issues = "\n".join(f"  i{number}: {{options: [{', '.join(f'o{one}' for one in range(10))}]}}" for number in range(12))
    points = ", ".join(f"i{number}: [{', '.join(map(str, range(10)))}]" for number in range(12))
    text = f"zopa: 1\ntitle: t\nas_of: 2025-01-01\nassume: x\nparties: {{a: A}}\nissues:\n{issues}\n"
    case = make_case(f"{text}preferences:\n  a: {{no_deal: 0, points: {{{points}}}}}\n")
    for arguments in (["report", str(case), "--json", "-o", str(case / "report.html")], ["explore", str(case), "--json"]):
        result = zopa(*arguments)
        assert result.exit_code == 1
        (fault,) = as_json(result)["faults"]
        assert fault["code"] == "ZC060"
        assert "1,000,000,000,000" in fault["message"].replace("\u202f", ",").replace("\xa0", ",")
        assert "zopa settle" in fault["message"]
    assert not (case / "report.html").exists()


def test_check_names_faults_of_packages_beside_faults_of_values(make_case: Make) -> None:
    text = SOUND.replace("level: 1, issue: term", "level: 9, issue: term").replace(
        "deal: term != y20", "deal: fence and not fence"
    )
    result = zopa("check", str(make_case(text, minutes=SOURCE)), "--json")
    assert [one["code"] for one in as_json(result)["findings"] if one["severity"] == "fault"] == ["ZC057", "ZC016"]


def test_a_terminal_with_few_letters_stops_nothing(make_case: Make) -> None:
    folder = make_case(SOUND.replace("title: A harbour lease", 'title: "Hafen Łódź \\ud800"'), minutes=SOURCE)
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    for arguments in (["check", str(folder)], ["check", str(folder), "--json"], ["settle", str(folder), "--json"]):
        command = [sys.executable, "-m", "zopa", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "ZC002" in done.stdout
        if "--json" in arguments:
            assert json.loads(done.stdout)


# report, demo, new, schema -------------------------------------------------------------------------------------


def test_a_report_is_written_where_it_was_asked_for(tmp_path: Path) -> None:
    output = tmp_path / "lease.html"
    result = zopa("report", str(CASES / "elmira.yaml"), "-o", str(output), "--draws", "20")
    assert result.exit_code == 0
    assert str(output) in result.output.replace("\n", "")
    assert (
        output.read_text(encoding="utf-8").startswith("<!doctype html>")
        or "<!doctype html>" in output.read_text(encoding="utf-8")[:20]
    )


def test_a_report_names_itself_as_json(tmp_path: Path) -> None:
    output = tmp_path / "lease.html"
    data = as_json(zopa("report", str(CASES / "elmira.yaml"), "-o", str(output), "--draws", "5", "--json"))
    assert Path(data["report"]) == output.resolve()
    assert data["bytes"] == output.stat().st_size


def test_a_report_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    result = zopa("report", str(CASES / "elmira.yaml"), "-o", str(tmp_path / "no" / "such" / "report.html"), "--draws", "0")
    assert result.exit_code == 2
    assert "cannot be written" in result.output


def test_an_old_report_is_not_lost_when_the_case_is_faulty(make_case: Make, tmp_path: Path) -> None:
    output = tmp_path / "report.html"
    output.write_text("old", encoding="utf-8")
    broken = make_case(SOUND.replace("10..40", "40..10"), minutes=SOURCE)
    assert zopa("report", str(broken), "-o", str(output)).exit_code == 1
    assert output.read_text(encoding="utf-8") == "old"


def test_new_then_check_then_settle(tmp_path: Path) -> None:
    folder = tmp_path / "my-talks"
    made = zopa("new", str(folder), "--title", "My talks")
    assert made.exit_code == 0
    assert "zopa check" in made.output
    assert zopa("check", str(folder)).exit_code == 0
    assert "My talks" in zopa("settle", str(folder), "--draws", "10").output
    again = zopa("new", str(folder))
    assert again.exit_code == 2
    assert "nothing was changed" in again.output


def test_schema_and_version() -> None:
    assert as_json(zopa("schema"))["type"] == "object"
    assert zopa("--version").output.strip() == f"zopa {__version__}"


# The program ---------------------------------------------------------------------------------------------------


def test_the_demo_prints_the_summary_and_where_the_report_lies(tmp_path: Path) -> None:
    done = program("demo", "--draws", "5", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "What the text alone decides" in done.stdout
    assert str(tmp_path.resolve() / "ukraine-2025.html") in done.stdout
    assert (tmp_path / "ukraine-2025.html").exists()


def test_the_demo_takes_any_shipped_case_and_names_them_all(tmp_path: Path) -> None:
    done = program("demo", "labour-contract", "--draws", "5", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "labour-contract.html").exists()
    assert "A labour contract" in done.stdout
    wrong = program("demo", "atlantis", folder=tmp_path)
    assert wrong.returncode == 2
    assert "labour-contract, panama-1977, ukraine-2025" in wrong.stderr


def test_no_user_mistake_ends_in_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder.yaml").mkdir()
    tries = [
        ["check", str(tmp_path / "nowhere")],
        ["settle", str(tmp_path)],
        ["check", str(tmp_path / "folder.yaml")],
        ["check", ""],
        ["check", "\x00"] if os.name != "posix" else ["check", "-"],
        ["new", str(tmp_path)],
        ["report", str(tmp_path / "nowhere")],
    ]
    for arguments in tries:
        done = program(*arguments, folder=tmp_path)
        assert done.returncode in {1, 2}, (arguments, done)
        assert "Traceback" not in done.stderr, arguments
        assert (done.stderr + done.stdout).strip()


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f'"{sys.executable}" -m zopa schema | head -1'
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, env=environment, check=False)
    assert done.stderr == ""


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    probe = (
        "import sys\nfrom zopa.cli.application import application\n"
        "heavy = {'numpy', 'scipy', 'moocore', 'jinja2', 'ruamel'} & set(sys.modules)\nprint(sorted(heavy))"
    )
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "[]"
    output = zopa("--help").output
    for name in ["check", "settle", "report", "demo", "new", "schema"]:
        assert name in output
