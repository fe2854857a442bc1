"""``zopa serve``: what it says, where it listens, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from typer.testing import CliRunner

from zopa.case import write_starter
from zopa.cases import shipped_case
from zopa.cli import serving
from zopa.cli.application import application

PATIENCE = 60
ENDS = pytest.mark.skipif(os.name != "posix", reason="ends a program by signals")


@contextmanager
def served(folder: Path, *arguments: str, **surroundings: str) -> Iterator[subprocess.Popen[str]]:
    """Run the command and end it whatever happens."""
    command = [sys.executable, "-m", "zopa", "serve", *arguments]
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), PYTHONUTF8="1", **surroundings)
    program = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


def said(program: subprocess.Popen[str]) -> dict[str, Any]:
    """Return what the command says to programs once it answers."""
    assert program.stdout is not None
    lines = ""
    for line in program.stdout:
        lines += line
        if line == "}\n":
            return dict(json.loads(lines))
    raise AssertionError(program.stderr.read() if program.stderr is not None else "")


def ended(program: subprocess.Popen[str], number: int) -> tuple[int, str, str]:
    program.send_signal(number)
    out, err = program.communicate(timeout=PATIENCE)
    return program.returncode, out, err


def refused(tmp_path: Path, *arguments: str) -> tuple[int, str]:
    """Run a command that is to end by itself."""
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        done = CliRunner().invoke(application, ["serve", "--no-open", *arguments])
    finally:
        os.chdir(before)
    return done.exit_code, done.stderr


@pytest.fixture
def case(tmp_path: Path) -> Path:
    write_starter(tmp_path / "case")
    return tmp_path / "case"


@ENDS
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_cleanly(case: Path, number: int) -> None:
    with served(case.parent, str(case), "--port", "0") as program:
        assert program.stdout is not None
        line = program.stdout.readline()
        assert line.startswith("Workbench: http://127.0.0.1:")
        assert "Ctrl-C" in line
        address = line.split()[1]
        assert httpx2.get(f"{address}revision.json", timeout=PATIENCE).status_code == 200
        assert httpx2.get(f"{address}openapi.json", timeout=PATIENCE).status_code == 200
        assert ended(program, number) == (0, "", "")


@ENDS
def test_a_shipped_case_is_copied_and_the_copy_opened_again(tmp_path: Path) -> None:
    before = {file: file.read_bytes() for file in shipped_case("labour-contract").rglob("*") if file.is_file()}
    with served(tmp_path, "labour-contract", "--port", "0", "--json") as program:
        found = said(program)
        assert found["case"] == str((tmp_path / "labour-contract").resolve())
        assert found["token"] is None
        code, _, err = ended(program, signal.SIGINT)
        assert code == 0
        assert "copied the shipped case to" in err
    for file, content in before.items():
        copy = tmp_path / "labour-contract" / file.relative_to(shipped_case("labour-contract"))
        assert copy.read_bytes() == content
    own = tmp_path / "labour-contract" / "case.yaml"
    own.write_text(own.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    with served(tmp_path, "labour-contract", "--port", "0", "--json") as program:
        assert said(program)["case"] == found["case"]
        assert "copied" not in ended(program, signal.SIGINT)[2]
    assert own.read_text(encoding="utf-8").endswith("# mine\n")


@ENDS
def test_a_port_that_is_taken_is_said(case: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with served(case.parent, str(case / "case.yaml"), "--port", str(port), "--json") as program:
            found = said(program)
            assert f":{port}/" not in found["address"]
            assert f"port {port} is taken" in ended(program, signal.SIGINT)[2]


@ENDS
def test_other_machines_need_the_token_which_is_shown_once_and_stands_in_no_log(case: Path) -> None:
    with served(
        case.parent, str(case), "--port", "0", "--address", "0.0.0.0", "--name", "mediation.example", "--json"
    ) as program:
        found = said(program)
        token = found["token"]
        port = int(found["address"].partition("example:")[2].partition("/")[0])
        assert found["address"] == f"http://mediation.example:{port}/?token={token}"
        near = f"http://127.0.0.1:{port}"
        assert httpx2.get(f"{near}/revision.json", timeout=PATIENCE).status_code == 401
        with httpx2.Client(base_url=near, timeout=PATIENCE) as browser:
            assert browser.get(f"/?token={token}").status_code == 303
            assert browser.get("/revision.json").status_code == 200
        assert httpx2.get(f"{near}/?token=wrong", timeout=PATIENCE).status_code == 401
        key = {"Authorization": f"Bearer {token}", "Host": f"mediation.example:{port}"}
        assert httpx2.get(f"{near}/revision.json", headers=key, timeout=PATIENCE).status_code == 200
        code, out, err = ended(program, signal.SIGINT)
        assert code == 0
        assert token not in out + err


@ENDS
def test_a_token_that_was_given_is_not_shown_again(case: Path) -> None:
    with served(case.parent, str(case), "--port", "0", "--json", ZOPA_TOKEN="given-by-the-surroundings") as program:
        found = said(program)
        assert found["token"] is None
        assert "token" not in found["address"]
        assert httpx2.get(f"{found['address']}revision.json", timeout=PATIENCE).status_code == 401
        key = {"Authorization": "Bearer given-by-the-surroundings"}
        assert httpx2.get(f"{found['address']}revision.json", headers=key, timeout=PATIENCE).status_code == 200


@ENDS
def test_a_killed_server_leaves_no_process_behind(case: Path) -> None:
    if not Path("/proc/self/task").exists():
        pytest.skip("looks for processes in /proc")
    with served(case.parent, str(case), "--port", "0", "--json") as program:
        said(program)
        children: list[int] = []
        limit = time.monotonic() + PATIENCE
        while len(children) < 2 and time.monotonic() < limit:  # the tracker of Python, and the process for work
            children = [
                int(one)
                for task in Path(f"/proc/{program.pid}/task").iterdir()
                for one in (task / "children").read_text(encoding="utf-8").split()
            ]
            time.sleep(0.02)
        assert children
        program.kill()
        program.wait(PATIENCE)
        while any(_alive(one) for one in children) and time.monotonic() < limit:
            time.sleep(0.02)
        assert not [one for one in children if _alive(one)]


def _alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return False


def test_a_case_with_faults_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "case.yaml").write_text("zopa: 1\ntitle: [\n", encoding="utf-8")
    code, err = refused(tmp_path, "bad")
    assert code == 1
    assert "fault" in err
    assert "case.yaml:" in err
    assert "Traceback" not in err
    done = CliRunner().invoke(application, ["serve", str(tmp_path / "bad"), "--json"])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["faults"]
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path, "empty")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "there is no case at nowhere. Shipped cases: labour-contract"),
        (["case", "--address", "my.example"], "--address: my.example is no address"),
        (["case", "--address", "0.0.0.0"], "say with --name"),
        (["case", "--address", "::"], "say with --name"),
        (["case", "--address", "192.0.2.1"], "cannot be used"),
        (["case", "--address", "192.0.2.1", "--name", "a/b"], "--name: a/b is no name"),
        (["case", "--token", "short"], "--token: at least 16"),
        (["case", "--token", "with blanks in the middle"], "--token: at least 16"),
        (["case", "--token", "tökens-are-plain-letters"], "--token: at least 16"),
        (["case", "--port", "65536"], "65536"),
        (["case", "--port", "-1"], "-1"),
    ],
)
def test_wrong_use_is_said(tmp_path: Path, case: Path, arguments: list[str], words: str) -> None:
    code, err = refused(tmp_path, *arguments)
    assert code == 2
    assert words in " ".join(err.split())
    assert case.exists()


def test_without_its_extra_the_way_to_it_is_said(tmp_path: Path, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "find_spec", lambda _name: None)
    code, err = refused(tmp_path, str(case))
    assert code == 1
    assert 'pip install "zopa[workbench]"' in err


def test_the_files_of_the_package_are_never_opened_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = shipped_case("labour-contract")
    for asked in (str(folder), str(folder / "case.yaml"), "labour-contract"):
        assert serving._case_file(asked).resolve() == tmp_path / "labour-contract"
    assert (tmp_path / "labour-contract" / "case.yaml").exists()
    assert not list(tmp_path.glob(".*"))
    monkeypatch.chdir(folder.parent)
    import typer

    with pytest.raises(typer.Exit):
        serving._case_file("labour-contract")
