"""What stands on every page: the answer, the shares, the what-if in words, undo and redo."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.workbench.find_app import Page, opened
from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.settlement import sample, settle


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("case") / "ukraine"
    shutil.copytree(shipped_case("ukraine-2025"), place)
    return place


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with opened(folder) as one:
        yield one


def test_the_answer_is_that_of_settlement(client: TestClient, folder: Path) -> None:
    found = client.get("/answer.json").json()
    settled = settle(load_case(folder))
    assert settled.frontier is not None
    assert found["state"] == "open"
    assert [one["value"] for one in found["figures"]] == [str(len(settled.zone)), str(len(settled.frontier.rows))]
    assert found["chips"] == []
    assert found["faults"] == []


def test_a_what_if_is_answered_and_said(client: TestClient, folder: Path) -> None:
    found = client.get("/answer.json?set=assumptions.A9:80&read=table:signatory&pull=none&at=2025-01-15").json()
    assert found["state"] == "shut"
    assert found["conflict"]
    words = [one["words"] for one in found["chips"]]
    assert words == ["No-deal value: 80", "US and Europe sign as well", "no lever is pulled", "on 2025-01-15"]
    assert client.get("/answer.json").json()["state"] == "open"
    assert (folder / "case.yaml").read_bytes() == (shipped_case("ukraine-2025") / "case.yaml").read_bytes()


def test_what_cannot_be_applied_is_said_and_left_out(client: TestClient) -> None:
    bad = "set=assumptions.A9:banana&set=nothing&without=s999&off=A999&read=table:chair&pull=nobody&at=tomorrow"
    found = client.get(f"/answer.json?{bad}").json()
    assert found["state"] == "open"
    assert found["chips"] == []
    assert len(found["faults"]) == 7


def test_each_change_can_be_taken_back_alone(client: TestClient) -> None:
    html = client.get("/answer?set=assumptions.A9:80&without=s12", headers={"HX-Request": "true"}).text
    chips = [dict(attributes) for tag, attributes in Page(html).tags if tag == "a" and "data-put-back" in dict(attributes)]
    assert [one["href"] for one in chips] == ["/find?without=s12", "/find?set=assumptions.A9:80", "/find"]


def test_the_page_that_is_open_is_the_one_a_chip_leads_to(client: TestClient) -> None:
    here = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1:8765/ask?path=assumptions.A9&set=assumptions.A9:80"}
    html = client.get("/answer?set=assumptions.A9:80", headers=here).text
    assert 'href="/ask?path=assumptions.A9"' in html
    elsewhere = {"HX-Request": "true", "HX-Current-URL": "https://example.org/evil?x=<script>"}
    html = client.get("/answer?set=assumptions.A9:80", headers=elsewhere).text
    assert "example.org" not in html
    assert "<script" not in html


def test_shares_are_those_of_the_sample(client: TestClient, folder: Path) -> None:
    query = "read=table:guarantor&read=A6:up&read=row12:content&read=scope17:member&read=firm14:yes&read=firm17:yes"
    query += "".join(f"&read=A19.{party}:no" for party in ("RUS", "UKR", "USA", "EUR"))
    found = client.get(f"/shares.json?{query}").json()
    assert found["state"] == "done"
    keys = {"table": 0, "A6": 0, "row12": 0, "scope17": 0, "firm14": 0, "firm17": 0}
    keys |= {f"A19.{party}": 0 for party in ("RUS", "UKR", "USA", "EUR")}
    drawn = sample(load_case(folder), draws=found["draws"], seed=found["seed"], reading=keys)
    assert (found["readings"], found["zone_lowest"]) == (1, drawn.zone_span().lowest)
    html = client.get(f"/shares?{query}", headers={"HX-Request": "true"}).text
    assert "of the assumptions" in html
    assert "the one reading that is open" in html


def test_a_case_without_settlement_says_what_is_missing() -> None:
    with opened(Path(__file__).parent.parent / "cases" / "emission.yaml") as client:
        found = client.get("/answer.json").json()
        assert found["state"] == "missing"
        assert found["missing"][0]["remedy"]
        assert client.get("/shares.json").json()["state"] == "missing"
        for page in ("/find", "/ask", "/numbers", "/present", "/report"):
            answer = client.get(page)
            assert answer.status_code == 200, page
            Page(answer.text)


def test_nothing_to_undo_is_said_in_words(client: TestClient) -> None:
    answer = client.post("/undo", headers={"Origin": "http://127.0.0.1:8765", "Content-Type": "application/json"}, content="{}")
    assert answer.status_code == 409
    assert "undo" in answer.json()["detail"].lower()


@pytest.mark.parametrize("page", ["/find", "/ask", "/numbers", "/numbers?party=UKR", "/present", "/report"])
def test_pages_are_well_formed_carry_the_what_if_and_hold_no_inline_script(client: TestClient, page: str) -> None:
    mark = "&" if "?" in page else "?"
    html = client.get(f"{page}{mark}set=assumptions.A9:20..60").text
    found = Page(html)
    links = [dict(attributes).get("href") or "" for tag, attributes in found.tags if tag == "a"]
    for other in ("/find", "/ask", "/numbers", "/present", "/report"):
        assert f"{other}?set=assumptions.A9:20..60" in links
    assert all((dict(attributes).get("src") or "").startswith("/static/") for tag, attributes in found.tags if tag == "script")
    names = [name for _, attributes in found.tags for name in dict(attributes)]
    assert "style" not in names
    assert not [name for name in names if name.startswith(("on", "hx-on"))]
    ids = [dict(attributes)["id"] for _, attributes in found.tags if "id" in dict(attributes)]
    assert len(ids) == len(set(ids))


def test_hostile_names_stay_text(make_case: Callable[..., Path]) -> None:
    folder = shipped_case("labour-contract")
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    case = load_case(folder)
    place = make_case(text.replace(case.title, "<script>alert(1)</script>"))
    shutil.copytree(folder / "sources", place / "sources", dirs_exist_ok=True)
    with opened(place) as client:
        for page in ("/find", "/ask", "/numbers", "/present", "/report"):
            html = client.get(page).text
            assert "<script>alert" not in html
            assert "&lt;script&gt;alert(1)" in html
