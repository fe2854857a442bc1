"""What a newcomer meets: README, `run`, CI, pinned requirements, and what must never be committed."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
import subprocess
import sys
from types import ModuleType

import pytest

from tests.conftest import ROOT, SHARED
from zopa.cases import shipped_case

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def run() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("front_door_run", str(ROOT / "run"))
    spec = importlib.util.spec_from_loader("front_door_run", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # no `runc` beside `run`
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("this is not a git checkout")
    return done.stdout.splitlines()


def test_the_readme_shows_the_two_commands_first() -> None:
    blocks = re.findall(r"```(?:sh|console|bash)\n(.*?)```", README, re.DOTALL)
    assert "python3 run demo" in blocks[0]
    assert "python3 run test" in blocks[0]
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / picture).exists(), picture


def test_every_task_the_readme_shows_exists(run: ModuleType) -> None:
    shown = set(re.findall(r"python3 run (\w+)", README))
    assert shown <= set(run.TASKS)
    assert {"demo", "test", "slow", "bench"} <= shown


def test_ci_calls_only_what_the_readme_shows() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith("python3 run")]
    assert commands
    for command in commands:
        assert command in README, command


def test_every_zopa_command_of_the_documents_exists() -> None:
    from typer.testing import CliRunner

    from zopa.cli.application import application

    known = set(re.findall(r"^  (\w+) ", CliRunner().invoke(application, ["--help"]).output, re.MULTILINE))
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    for document in documents:
        text = document.read_text(encoding="utf-8")
        for name in re.findall(r"^(?:\$ )?(?:\.venv/bin/)?zopa ([a-z]+)", text, re.MULTILINE):
            assert name in known, (document.name, name)


def test_an_old_python_is_refused_in_words(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run.check_version((3, 10, 4))
    assert stopped.value.code == 1
    assert "3.11" in capsys.readouterr().err
    run.check_version((3, 11, 0))


def test_an_unknown_task_ends_with_2(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["dmeo"]) == 2
    assert "demo" in capsys.readouterr().err
    assert run.main([]) == 2
    assert run.main(["help"]) == 0


@pytest.mark.parametrize("name", ["runtime", "develop"])
def test_requirements_are_pinned_with_hashes_and_name_no_host(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE)
    assert len(entries) > 8
    assert text.count("--hash=sha256:") >= len(entries)
    assert "://" not in text
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = re.findall(r'^    "([a-z0-9.-]+)>=', declared.partition("[project.scripts]")[0], re.MULTILINE)
    assert {one.lower().replace(".", "-") for one in wanted} <= {one.lower().replace(".", "-") for one in entries}


def test_no_host_of_a_registry_and_no_path_of_a_machine_is_committed() -> None:
    # Put together here, so that this file does not name them itself.
    forbidden = [
        f"{'py' + 'pi'}.org",
        f"{'python' + 'hosted'}.org",
        "/" + "work/",
        "/" + "home/",
        "/" + "root/",
        "/opt/" + "pypi",
    ]
    for name in tracked():
        path = ROOT / name
        if path.suffix in {".png", ".jpg"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        for word in forbidden:
            assert word not in text, (name, word)


def _word_runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_the_briefing_holds_no_sentence_of_the_article() -> None:
    """Facts are restated: no six words in a row, except where the register quotes on purpose."""
    article = SHARED / "article" / "article.txt"
    briefing = (shipped_case("ukraine-2025") / "sources" / "briefing.md").read_text(encoding="utf-8")
    assert "not an independent source" in " ".join(briefing.split()).lower()
    if not article.exists():
        pytest.skip("the article is not beside this checkout")
    shared = _word_runs(article.read_text(encoding="utf-8"), 6) & _word_runs(briefing, 6)
    quoted = [part for pair in re.findall(r"“([^”]+)”|\"([^\"]+)\"", briefing) for part in pair]
    assert shared <= set().union(*(_word_runs(part, 6) for part in quoted))
