"""The report at any moment: made in the background, of the case as it is written, under its own policy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import zopa.workbench.report_routes as routes
from tests.workbench.find_app import Page, opened
from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.report.making import make_report

SAFE = {"Origin": "http://127.0.0.1:8765", "Content-Type": "application/json", "HX-Request": "true"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "labour"
    shutil.copytree(shipped_case("labour-contract"), place)
    return place


@pytest.fixture
def client(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(routes, "DRAWS", 32)
    with opened(folder) as one:
        yield one


def test_the_report_is_the_one_of_the_command(client: TestClient, folder: Path) -> None:
    assert client.get("/report/page").status_code == 409
    assert client.get("/report.json").json() == {"state": "done", "done": 0, "total": 8, "error": None, "page": "/report/page"}
    answer = client.get("/report/page")
    assert answer.text == make_report(load_case(folder), draws=32, seed=1).html


def test_the_policy_names_the_scripts_of_the_page_and_nothing_else(client: TestClient) -> None:
    client.get("/report.json")
    answer = client.get("/report/page")
    policy = answer.headers["content-security-policy"]
    meta = re.search(r'Content-Security-Policy" content="([^"]*)"', answer.text)
    assert meta is not None
    assert policy == f"{meta.group(1)}; frame-ancestors 'none'"
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_page_says_what_is_not_in_the_report(client: TestClient) -> None:
    page = Page(client.get("/report?set=preferences.bakers.no_deal:unknown").text)
    assert any("The report is about the case as it is written" in words for words in page.words)
    html = client.post("/report/make", headers=SAFE).text
    assert "Open the report" in html
    assert "as it is written" not in html


def test_a_date_goes_along(client: TestClient) -> None:
    assert client.get("/report.json?at=2024-01-01").json()["page"] == "/report/page?at=2024-01-01"
    assert client.get("/report/page?at=2024-01-01").status_code == 200
    assert client.get("/report/page").status_code == 409


def test_progress_of_both_stretches_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "DRAWS", 32)
    heard: list[tuple[int, int]] = []

    def told(done: int, total: int) -> None:
        heard.append((done, total))

    html = routes.report_of(load_case(shipped_case("labour-contract")), None, told)
    assert html.startswith("<!doctype html>")
    assert heard[0] == (0, 100)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert max(done for done, _ in heard) <= 99
