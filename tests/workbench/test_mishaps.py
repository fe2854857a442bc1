"""What goes wrong is said in words, to people and to programs, and the traceback stays here."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from tests.workbench.apps import HOST, bare_app, marked

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def client() -> TestClient:
    return TestClient(bare_app(), base_url=f"http://{HOST}", raise_server_exceptions=False)


def test_people_get_a_page_and_programs_json(client: TestClient) -> None:
    page = client.get("/nowhere", headers=PAGE)
    assert page.status_code == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "There is nothing at this address." in page.text
    assert '<html lang="en">' in page.text
    for path, headers in [
        ("/nowhere.json", PAGE),
        ("/nowhere", {}),
        ("/nowhere", {**PAGE, "HX-Request": "true"}),
        ("/nowhere", {"Accept": "application/json"}),
    ]:
        answer = client.get(path, headers=headers)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json() == {"detail": "There is nothing at this address.", "faults": []}
    assert client.post("/nowhere", headers=marked(**PAGE)).headers["content-type"] == "application/problem+json"


def test_what_an_address_does_not_take_is_said_with_what_it_takes(client: TestClient) -> None:
    answer = client.post("/page", headers=marked())
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert answer.json()["detail"] == "This address does not take such a request."


def test_all_faults_of_a_request_come_at_once_and_nothing_of_it_is_repeated(client: TestClient) -> None:
    answer = client.get("/page.json?many=-1&few=<script>")
    assert answer.status_code == 422
    faults = answer.json()["faults"]
    assert len(faults) == 2
    assert faults[0].startswith("many: ")
    assert faults[1].startswith("few: ")
    assert "script" not in answer.text
    assert client.post("/change", content=b"{", headers=marked(**{"Content-Type": "application/json"})).json()["faults"] == [
        "The request is not sound JSON."
    ]
    empty = client.post("/change", content=b"{}", headers=marked(**{"Content-Type": "application/json"}))
    assert empty.json()["faults"][0].startswith("path: ")


def test_faults_of_a_case_come_in_words(client: TestClient) -> None:
    answer = client.get("/faulty")
    assert answer.status_code == 422
    assert answer.json() == {"detail": "The case has faults.", "faults": ["the range is upside down. Turn it round."]}


@pytest.mark.parametrize("headers", [{}, PAGE])
def test_an_error_of_the_program_shows_a_number_and_no_traceback(
    client: TestClient, headers: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = client.get("/broken?without=a-secret", headers=headers)
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "confided" not in answer.text
    number = re.search(r"number ([0-9a-f]{8})", answer.text)
    assert number is not None
    said = capsys.readouterr().err
    assert f"error {number[1]} in GET /broken" in said
    assert "Traceback" in said
    assert "a-secret" not in said


def test_hostile_addresses_are_shown_as_text_or_not_at_all(client: TestClient) -> None:
    answer = client.get("/<script>alert(1)</script>?<script>", headers=PAGE)
    assert answer.status_code == 404
    assert "alert" not in answer.text
