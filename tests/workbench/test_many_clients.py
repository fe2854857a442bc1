"""Fifty clients at once: everybody is answered, and no save is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Annotated

import httpx2
import pytest
from fastapi import Body, FastAPI

from tests.workbench.servers import PATIENCE, running
from zopa.case import read_case, write_starter
from zopa.workbench.access import Access
from zopa.workbench.answers import Answers
from zopa.workbench.app import create_app
from zopa.workbench.context import Context
from zopa.workbench.desk import Desk, Edit, EditConflict
from zopa.workbench.jobs import Jobs

CLIENTS = 50
READ = ("/revision.json", "/answer.json", "/find.json", "/find", "/static/htmx.min.js", "/openapi.json", "/shares.json")
FIRST = "0..100"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A starter case with an assumption for each client, and one for which all of them compete."""
    file = write_starter(tmp_path / "case")
    text = file.read_text(encoding="utf-8")
    more = "".join(
        f"  c{one}: {{name: C{one}, value: {FIRST}, assume: for client {one}}}  # kept\n" for one in range(CLIENTS + 1)
    )
    file.write_text(text.replace("\nassumptions:\n", f"\nassumptions:\n{more}"), encoding="utf-8")
    return file.parent


@pytest.fixture
def address(case: Path) -> Iterator[str]:
    jobs = Jobs()
    context = Context(Desk(case), Answers(), jobs)

    def make(access: Access) -> FastAPI:
        app = create_app(context, access)

        @app.post("/save-for-the-test")
        def save(path: Annotated[str, Body()], before: Annotated[str, Body()], after: Annotated[str, Body()]) -> dict[str, bool]:
            try:
                context.desk.save([Edit(path, before, after)], f"{path} to {after}")
            except EditConflict:
                return {"saved": False}
            return {"saved": True}

        return app

    with running(make) as port:
        yield f"http://127.0.0.1:{port}"


def value(case: Path, name: str) -> str:
    """Return the amount that stands in the file."""
    found = re.search(rf"^  {name}: .*value: ([0-9.]+),.*# kept$", (case / "case.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("rounds", [1, pytest.param(4, marks=pytest.mark.slow)])
def test_fifty_clients_are_answered_and_no_save_is_lost(case: Path, address: str, rounds: int) -> None:
    start = Barrier(CLIENTS)

    def client(number: int) -> list[int]:
        path, stands = f"assumptions.c{number}.value", FIRST
        statuses: list[int] = []
        with httpx2.Client(base_url=address, timeout=PATIENCE, headers={"X-Zopa": "1"}) as browser:
            start.wait()
            for turn in range(rounds):
                statuses.append(browser.get(READ[(number + turn) % len(READ)]).status_code)
                after = f"{turn + 1}..{100 - number}"
                saved = browser.post("/save-for-the-test", json={"path": path, "before": stands, "after": after})
                statuses.append(saved.status_code)
                assert saved.json() == {"saved": True}
                stands = after
        return statuses

    with ThreadPoolExecutor(CLIENTS) as crowd:
        statuses = [status for found in crowd.map(client, range(CLIENTS)) for status in found]
    assert statuses == [200] * (2 * rounds * CLIENTS)
    assert [value(case, f"c{number}") for number in range(CLIENTS)] == [f"{rounds}..{100 - number}" for number in range(CLIENTS)]
    assert value(case, f"c{CLIENTS}") == FIRST
    assert read_case(case).faults == ()
    assert httpx2.get(f"{address}/revision.json", timeout=PATIENCE).json()["faults"] == []


def test_of_fifty_who_change_one_number_at_once_one_wins_and_the_others_are_told(case: Path, address: str) -> None:
    start = Barrier(CLIENTS)
    path = f"assumptions.c{CLIENTS}.value"

    def client(number: int) -> bool:
        with httpx2.Client(base_url=address, timeout=PATIENCE, headers={"X-Zopa": "1"}) as browser:
            start.wait()
            sent = {"path": path, "before": FIRST, "after": f"{number + 1}..100"}
            return bool(browser.post("/save-for-the-test", json=sent).json()["saved"])

    with ThreadPoolExecutor(CLIENTS) as crowd:
        saved = list(crowd.map(client, range(CLIENTS)))
    assert saved.count(True) == 1
    assert value(case, f"c{CLIENTS}") == f"{saved.index(True) + 1}..100"
    assert read_case(case).faults == ()
