"""The documents say what the program does: key tables, examples, links."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from zopa.case import read_case
from zopa.case.keys import BLOCKS
from zopa.space import check_packages

DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
CASE_FILE = ROOT / "docs" / "case-file.md"
START, END = "<!-- keys: written by the tests from the table of keys -->\n", "<!-- end of keys -->"


def key_tables() -> str:
    parts = []
    for block, keys in BLOCKS.items():
        rows = "".join(
            f"| `{key.name}`{' (needed)' if key.required else ''} | {_meaning(key.doc, key.words)} |\n" for key in keys
        )
        parts.append(f"\n**{block}**\n\n| key | meaning |\n|---|---|\n{rows}")
    return "".join(parts) + "\n"


def _meaning(doc: str, words: tuple[str, ...]) -> str:
    listed = f": {', '.join(words)}" if words and len(words) <= 8 and words[0] not in doc else ""
    return f"{doc}{listed}".replace("|", "\\|")


@pytest.mark.golden
def test_every_key_stands_in_the_reference() -> None:
    text = CASE_FILE.read_text(encoding="utf-8")
    head, _, rest = text.partition(START)
    _, _, tail = rest.partition(END)
    wanted = f"{head}{START}{key_tables()}{END}{tail}"
    if os.environ.get("ZOPA_GOLDEN") == "write":
        CASE_FILE.write_text(wanted, encoding="utf-8")
        text = wanted
    assert text == wanted


def test_the_example_of_the_reference_is_sound(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", CASE_FILE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "minutes.md").write_text("The mayor said: no lease beyond 30 years.", encoding="utf-8")
    (tmp_path / "case.yaml").write_text(example, encoding="utf-8")
    reading = read_case(tmp_path)
    assert [str(one) for one in reading.findings] == []
    assert reading.case is not None
    assert check_packages(reading.case) == ()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        assert "://" not in target or target.startswith("https://"), target
        if "://" not in target:
            assert (document.parent / target).exists(), (document.name, target)


def test_the_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from zopa.case import write_starter

    monkeypatch.chdir(tmp_path)
    write_starter(Path("my-case"))
    programs = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(compile("\n".join(programs), "README.md", "exec"), {})
    shown = capsys.readouterr().out
    assert "zone.open" in shown
    assert "Across(lowest=" in shown


def test_every_page_of_the_handbook_is_listed() -> None:
    book = ROOT / "docs" / "handbook"
    index = (book / "README.md").read_text(encoding="utf-8")
    for page in book.glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in index
