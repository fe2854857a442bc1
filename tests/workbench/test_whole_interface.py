"""The interface for programs as a whole: whatever is asked, the server makes no error, and answers as it says it does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fastapi import FastAPI
from schemathesis.errors import LoaderError

from tests.workbench.apps import TOKEN, bare_app
from tests.workbench.asking import ask, whole_app
from zopa.case import read_case, write_starter
from zopa.cases import shipped_case
from zopa.workbench.access import Access


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    write_starter(tmp_path / "case")
    return tmp_path / "case"


@pytest.mark.property
def test_every_answer_is_as_it_is_described(starter: Path) -> None:
    with whole_app(starter) as app:
        assert ask(app, examples=8) == {}
    assert read_case(starter).case is not None


@pytest.mark.slow
@pytest.mark.property
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("name", ["labour-contract", "ukraine-2025"])
def test_every_answer_about_a_shipped_case_is_as_it_is_described(tmp_path: Path, name: str, number: int) -> None:
    shutil.copytree(shipped_case(name), tmp_path / name)
    with whole_app(tmp_path / name) as app:
        assert ask(app, examples=60, number=number) == {}
    assert read_case(tmp_path / name).case is not None


def test_the_guards_answer_as_described_as_well(starter: Path) -> None:
    with whole_app(starter, Access.on(8765, token=TOKEN)) as app:
        assert ask(app, examples=3, headers={"Authorization": f"Bearer {TOKEN}"}) == {}
        with pytest.raises(LoaderError, match="403"):  # its description cannot be read from elsewhere
            ask(app, examples=1, headers={"Authorization": f"Bearer {TOKEN}", "Origin": "http://evil.example"})


def test_an_error_of_the_program_would_be_found() -> None:
    wrong = ask(bare_app(), examples=2)
    assert set(wrong) == {"GET /broken"}
    assert "Server error" in wrong["GET /broken"]


def test_an_answer_that_is_not_as_described_would_be_found() -> None:
    app: FastAPI = bare_app()
    broken = app.openapi()["paths"]["/bare"]["post"]["responses"]["200"]["content"]["application/json"]
    broken["schema"] = {"type": "integer"}
    assert "POST /bare" in ask(app, examples=2)
