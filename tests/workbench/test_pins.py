"""Pinned packages: written into the case file with a note, undone, kept over a restart, shown in the report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.workbench.find_app import Page, opened
from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.report.page import page as report_page
from zopa.settlement import settle
from zopa.workbench.pins_editing import is_pin

Make = Callable[..., Path]
EVIL = 'quote " and \\ and {{ 7*7 }} # no comment: <script>alert(1)</script>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(shipped_case("ukraine-2025"), tmp_path / "case")
    return tmp_path / "case"


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    with opened(folder) as one:
        yield one


def post(client: TestClient, path: str, **sent: Any) -> Any:
    return client.post(path, content=json.dumps(sent), headers={"Content-Type": "application/json"})


def pinned_so_far(client: TestClient) -> list[str]:
    names = client.get("/find.json", params={"package": "P4"}).json()["card"]["names"]
    return [name for name in names if is_pin(name)]


def test_a_pin_is_written_with_its_note_and_comments_stay(client: TestClient, folder: Path) -> None:
    before = (folder / "case.yaml").read_text(encoding="utf-8")
    answer = post(client, "/find/pin", package="P4", title=EVIL, note="The room liked it.\nTwice.")
    assert answer.status_code == 200, answer.text
    assert json.loads(answer.headers["HX-Trigger"])["zopa:saved"]["words"].startswith("pinned: ")
    after = (folder / "case.yaml").read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    package = load_case(folder).packages["Pin1"]
    assert package.name == EVIL
    assert package.basis.assume == "The room liked it. Twice."
    assert pinned_so_far(client) == ["Pin1"]
    page = Page(client.get("/find").text)
    assert EVIL in page.text
    assert "The room liked it." in page.text
    assert "Unpin" in page.text


def test_undo_takes_a_pin_back_to_the_last_byte(client: TestClient, folder: Path) -> None:
    before = (folder / "case.yaml").read_bytes()
    assert post(client, "/find/pin", package="9", title="Mine", note="why").status_code in {200, 422}
    post(client, "/find/pin", package="P4", title="Mine", note="why")
    while client.get("/revision.json").json()["undo"] is not None:
        assert post(client, "/undo").status_code == 200
    assert (folder / "case.yaml").read_bytes() == before


def test_a_pin_survives_a_restart_and_stands_in_the_report(client: TestClient, folder: Path) -> None:
    assert post(client, "/find/pin", package="P4", title="The joint one", note="why").status_code == 200
    with opened(folder) as other:
        assert pinned_so_far(other) == ["Pin1"]
        rows = other.get("/find/table.json", params={"show": "named"}).json()["rows"]
        assert any("The joint one" in row["title"] for row in rows)
    case = load_case(folder)
    assert "The joint one" in report_page(case, settle(case), None)


def test_a_note_is_changed_and_compared_with_what_was_seen(client: TestClient, folder: Path) -> None:
    post(client, "/find/pin", package="P4", title="Mine", note="first")
    assert post(client, "/find/note", name="Pin1", note="second", was="first").status_code == 200
    assert load_case(folder).packages["Pin1"].basis.assume == "second"
    stale = post(client, "/find/note", name="Pin1", note="third", was="first")
    assert stale.status_code == 409
    assert "second" in stale.json()["detail"]
    assert post(client, "/find/note", name="Pin1", note="third", was="first", force="yes").status_code == 200
    assert load_case(folder).packages["Pin1"].basis.assume == "third"


def test_only_what_was_pinned_here_is_unpinned(client: TestClient, folder: Path) -> None:
    post(client, "/find/pin", package="P4", title="Mine", note="why")
    assert post(client, "/find/unpin", name="P4").status_code == 422
    assert post(client, "/find/unpin", name="Pin7").status_code == 422
    assert post(client, "/find/unpin", name="Pin1").status_code == 200
    assert "Pin1" not in load_case(folder).packages


def test_the_first_pin_of_a_case_without_packages_and_its_end(make_case: Make) -> None:
    text = (
        "zopa: 1\ntitle: Small\nas_of: 2025-01-01\nassume: made up\nparties: {a: Anna}\n"
        "issues:\n  fence: {name: Fence, scale: yesno}\n  pay: {name: Pay, scale: 0..1, step: 0.5}\n"
        "preferences:\n  assume: made up\n  a: {points: {fence: {no: 0, yes: 3}, pay: {0: 0, 1: 2}}, no_deal: {value: 1}}\n"
    )
    folder = make_case(text)
    with opened(folder) as client:
        for package in range(6):
            answer = post(client, "/find/pin", package=str(package), title=f"No {package}", note="why")
            assert answer.status_code == 200, answer.text
        case = load_case(folder)
        settled = settle(case)
        assert [settled.members(name) for name in case.packages] == [[package] for package in range(6)]
        for name in list(case.packages):
            assert post(client, "/find/unpin", name=name).status_code == 200
        assert load_case(folder).packages == {}


@pytest.mark.parametrize(
    "sent",
    [
        {"package": "P4", "title": " ", "note": "why"},
        {"package": "P4", "title": "Mine", "note": ""},
        {"package": "nobody", "title": "Mine", "note": "why"},
        {"package": "P4"},
        {"package": "x" * 3000, "title": "Mine", "note": "why"},
    ],
)
def test_what_cannot_be_pinned_changes_nothing(client: TestClient, folder: Path, sent: dict[str, str]) -> None:
    before = (folder / "case.yaml").read_bytes()
    assert post(client, "/find/pin", **sent).status_code == 422
    assert (folder / "case.yaml").read_bytes() == before
