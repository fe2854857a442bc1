"""Pages are never written over a text, a case or anything else that is not a page."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from zopa.cli.application import application
from zopa.cli.targets import not_writable


def test_a_new_file_and_an_old_page_may_be_written(tmp_path: Path) -> None:
    assert not_writable(tmp_path / "new.html") is None
    page = tmp_path / "old.html"
    page.write_text("<!DOCTYPE html><title>x</title>", encoding="utf-8")
    assert not_writable(page) is None


def test_texts_cases_folders_and_inputs_may_not(tmp_path: Path) -> None:
    text = tmp_path / "talks.txt"
    text.write_text("Peru wants a treaty.\n", encoding="utf-8")
    assert "not a page" in (not_writable(text) or "")
    assert "folder" in (not_writable(tmp_path) or "")
    saved = tmp_path / "saved.html"
    saved.write_text("<html><p>Peru wants a treaty.</p></html>", encoding="utf-8")
    assert "what was read" in (not_writable(saved, [saved]) or "")


def test_the_commands_refuse_them(tmp_path: Path) -> None:
    text = tmp_path / "talks.txt"
    text.write_text("Peru wants a treaty.\n", encoding="utf-8")
    runner = CliRunner()
    result = runner.invoke(application, ["read", str(text), "--page", str(text)])
    assert result.exit_code == 2
    assert text.read_text(encoding="utf-8") == "Peru wants a treaty.\n"
    case = tmp_path / "case"
    assert runner.invoke(application, ["new", str(case)]).exit_code == 0
    before = (case / "case.yaml").read_bytes()
    assert runner.invoke(application, ["report", str(case), "-o", str(case / "case.yaml")]).exit_code == 2
    assert (case / "case.yaml").read_bytes() == before
    assert runner.invoke(application, ["read", str(case / "case.yaml")]).exit_code == 2
    assert runner.invoke(application, ["read", str(text), "-o", str(tmp_path / "other")]).exit_code == 2  # no date
