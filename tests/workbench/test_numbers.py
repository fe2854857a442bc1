"""Change the numbers: what the page shows, what it keeps, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbench.find_app import Page
from tests.workbench.numbers_app import FIXED, copied, now, opened, written
from zopa.case import format_condition, judgement_at, judgements, load_case
from zopa.cases import shipped_case

UKRAINE = load_case(shipped_case("ukraine-2025"))


@pytest.fixture(scope="module")
def ukraine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client that changes nothing."""
    with opened(copied("ukraine-2025", tmp_path_factory.mktemp("ukraine"))) as client:
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(FIXED, tmp_path)


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    with opened(folder) as one:
        yield one


def basis(folder: Path, path: str) -> tuple[str, tuple[str, ...], str | None]:
    placed = judgement_at(now(folder), path)
    assert placed is not None
    return placed.text, placed.basis.because, placed.basis.assume


# What is shown -------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [*UKRAINE.parties, "*shared", "*influence"])
def test_every_number_of_a_part_is_on_its_page_with_its_amount_and_basis(ukraine: TestClient, part: str) -> None:
    page = Page(ukraine.get("/numbers", params={"party": part}).text)
    kinds = {"*shared": {"assumption"}, "*influence": {"influence"}}.get(part)
    wanted = [
        one
        for one in judgements(UKRAINE)
        if (one.kind in kinds if kinds else one.party == part and one.kind not in {"influence", "lever"})
    ]
    rows = {str(one["data-path"]): one for one in page.all("div") if "data-path" in one}
    assert set(rows) == {one.path for one in wanted}
    assert {path: row["data-was"] for path, row in rows.items()} == {one.path: one.text for one in wanted}
    for one in wanted:
        for name in one.basis.because:
            assert UKRAINE.statements[name].quote in page.text
    ids = [one["id"] for _, one in page.tags if one.get("id")]
    assert len(ids) == len(set(ids))


def test_every_number_has_a_text_field_and_a_range_two_thumbs(ukraine: TestClient) -> None:
    page = Page(ukraine.get("/numbers?party=RUS").text)
    fields = [one for one in page.all("input", type="text") if "data-amount" in one]
    thumbs = [one for one in page.all("input", type="range") if "data-thumb" in one]
    rows = [one for one in page.all("div") if "data-path" in one]
    assert len(fields) == len(rows)
    assert len(thumbs) == 2 * sum(one["data-editor"] == "range" for one in rows) + sum(
        one["data-editor"] == "fixed" for one in rows
    )
    assert all(one.get("aria-label") for one in thumbs)


def test_a_shared_number_says_so_and_offers_both_ways(ukraine: TestClient) -> None:
    page = Page(ukraine.get("/numbers?party=UKR").text)
    links = [one["href"] for one in page.all("a") if one.get("data-shared") == "assumptions.A9"]
    assert links == ["/numbers?party=*shared#A9"]
    assert "10..90" in [one.get("data-own") for one in page.all("button")]
    target = Page(ukraine.get("/numbers?party=*shared").text)
    assert "A9" in [one.get("id") for _, one in target.tags]


def test_red_lines_stand_in_words_with_when_they_bind(ukraine: TestClient) -> None:
    text = Page(ukraine.get("/numbers?party=RUS").text).text
    assert "No dated invitation" in text
    assert "It binds where: opposition to membership is a red line and Russia opposes a dated invitation too" in text


def test_sums_and_orders_stand_in_words(ukraine: TestClient, client: TestClient) -> None:
    assert "The weights add up to 100" in Page(ukraine.get("/numbers?party=UKR").text).text
    text = Page(client.get("/numbers?party=port").text).text
    assert "Rent weighs more than Length" in text
    assert "Only an order is known" in text


def test_where_there_are_no_numbers_it_says_so_in_words(client: TestClient, ukraine: TestClient) -> None:
    assert "not known" in Page(ukraine.get("/numbers?party=NATO").text).text
    text = Page(client.get("/numbers?party=union").text).text
    assert "what this party wants is not known" in text
    assert "Only this is known" in Page(client.get("/numbers?party=city").text).text
    assert "As good as a package: what is in force" in Page(client.get("/numbers?party=port").text).text


@pytest.mark.parametrize("case", ["elmira", "elmira_prio"])
def test_rankings_and_priorities_stand_in_words(case: str, tmp_path: Path) -> None:
    from tests.conftest import ROOT

    folder = written((ROOT / "tests" / "cases" / f"{case}.yaml").read_text(encoding="utf-8"), tmp_path)
    with opened(folder) as one:
        words = Page(one.get("/numbers").text).text
    assert ("ranking of packages" if case == "elmira" else "prioritised conditions") in words


def test_names_from_a_case_are_only_words(client: TestClient) -> None:
    for party in ("city", "port", "union", "*shared"):
        html = client.get("/numbers", params={"party": party}).text
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html
        assert "style=" not in html


@pytest.mark.parametrize("party", ["", "nobody", "*", "<script>", "city' onmouseover='", "a" * 300])
def test_any_party_leads_to_a_page(client: TestClient, party: str) -> None:
    answer = client.get("/numbers", params={"party": party})
    assert answer.status_code == 200
    Page(answer.text)


def test_parties_are_shown_by_the_same_page(client: TestClient) -> None:
    pages = {}
    for party in ("city", "port"):
        page = Page(client.get("/numbers", params={"party": party}).text)
        pages[party] = [one.get("id") for one in page.all("section")]
    assert pages["city"] == pages["port"]


# What is looked at ---------------------------------------------------------------------------------


def test_what_is_looked_at_is_shown_as_not_saved(ukraine: TestClient) -> None:
    path = "preferences.UKR.weights.aid"
    page = Page(ukraine.get("/numbers", params={"party": "UKR", "set": f"{path}:3..9"}).text)
    row = next(one for one in page.all("div") if one.get("data-path") == path)
    assert "num-pending" in str(row["class"])
    assert "Not saved. In the case it is 2 to 25." in page.text
    sent = {
        str(one["name"]): one["value"] for one in page.all("input", type="hidden") if one.get("value") in {path, "3..9", "2..25"}
    }
    assert sent == {"path": path, "amount": "3..9", "was": "2..25"}


def test_what_cannot_be_is_said_at_its_row(ukraine: TestClient) -> None:
    path = "preferences.UKR.weights.aid"
    page = Page(ukraine.get("/numbers", params={"party": "UKR", "set": f"{path}:30..20"}).text)
    assert any(one.get("aria-invalid") == "true" for one in page.all("input", type="text"))
    assert any("upside down" in words for words in page.words)


@pytest.mark.parametrize(
    ("path", "amount", "fits"),
    [
        ("preferences.UKR.weights.aid", "3..9", True),
        ("preferences.UKR.weights.aid", "30..20", False),
        ("preferences.UKR.weights.aid", "30-50", False),
        ("preferences.UKR.weights.aid", "-3", False),
        ("preferences.UKR.weights.aid", "<b>", False),
        ("preferences.UKR.weights.aid", "200..300", False),
        ("preferences.UKR.no_deal", "101", False),
        ("preferences.UKR.no_deal", "A9", True),
        ("preferences.UKR.scores.nato.direction", "flat", True),
        ("preferences.UKR.scores.nato.direction", "40", False),
        ("assumptions.A9", "0..100", True),
        ("assumptions.A9", "0..101", False),
    ],
)
def test_an_amount_is_looked_at_as_one_types(ukraine: TestClient, path: str, amount: str, fits: bool) -> None:
    answer = ukraine.get("/numbers/check.json", params={"path": path, "amount": amount})
    assert answer.status_code == 200
    assert answer.json()["fits"] is fits
    assert bool(answer.json()["fault"]) is not fits


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/numbers/check.json?path=nothing&amount=3").status_code == 404
    assert client.get("/numbers/give.json?path=nothing&to=3").status_code == 404
    assert client.get("/numbers/row?path=nothing").status_code == 404


# The sum of fixed weights --------------------------------------------------------------------------


def test_the_others_give_way_and_held_ones_stay(client: TestClient) -> None:
    path = "preferences.city.weights."
    found = client.get("/numbers/give.json", params={"path": f"{path}term", "to": "55"}).json()
    assert found == {"amounts": {f"{path}term": "55", f"{path}rent": "30", f"{path}fence": "15"}, "fault": ""}
    held = client.get("/numbers/give.json", params={"path": f"{path}term", "to": "55", "held": f"{path}fence"}).json()
    assert held["amounts"][f"{path}fence"] == "20"
    full = client.get("/numbers/give.json", params={"path": f"{path}term", "to": "101"}).json()
    assert full["amounts"] == {}
    assert "at most 100" in full["fault"]


def test_only_fixed_weights_with_a_sum_give_way(client: TestClient) -> None:
    found = client.get("/numbers/give.json", params={"path": "preferences.port.weights.rent", "to": "55"}).json()
    assert found["amounts"] == {}
    assert found["fault"]


def test_weights_that_were_moved_together_are_looked_at_and_saved_together(client: TestClient, folder: Path) -> None:
    path = "preferences.city.weights."
    amounts = {f"{path}term": "55", f"{path}rent": "30", f"{path}fence": "15"}
    query = {"party": "city", "set": [f"{key}:{value}" for key, value in amounts.items()]}
    page = Page(client.get("/numbers", params=query).text)
    assert "the weights are saved together" in page.text
    assert "chip-faults" not in " ".join(str(one.get("class")) for _, one in page.tags)
    sent: dict[str, Any] = {
        "path": list(amounts),
        "amount": list(amounts.values()),
        "was": ["40", "40", "20"],
        "assume": "time: #1",
    }
    assert client.post("/numbers/weights", json=sent).status_code == 200
    assert {key: basis(folder, key) for key in amounts} == {key: (value, (), "time: #1") for key, value in amounts.items()}
    assert "# beside the weights" in (folder / "case.yaml").read_text(encoding="utf-8")
    assert client.post("/numbers/weights", json=sent).status_code == 409
    short = {**sent, "was": ["40"]}
    assert client.post("/numbers/weights", json=short).status_code == 422


# Keeping -------------------------------------------------------------------------------------------


def test_a_number_is_kept_with_its_reason_and_can_be_undone(client: TestClient, folder: Path) -> None:
    before = (folder / "case.yaml").read_text(encoding="utf-8")
    path = "preferences.city.scores.rent.mid"
    sent = {"path": path, "amount": "45..55", "was": "40..60", "because": ["minutes"], "assume": 'said: "so", #1'}
    answer = client.post("/numbers/keep", json=sent)
    assert answer.status_code == 200
    assert json.loads(answer.headers["HX-Trigger"])["zopa:saved"]["revision"] == answer.json()["revision"]
    assert basis(folder, path) == ("45..55", ("minutes",), 'said: "so", #1')
    assert client.post("/undo", json={}).status_code == 200
    assert (folder / "case.yaml").read_text(encoding="utf-8") == before


def test_keeping_the_present_basis_needs_no_words(client: TestClient, folder: Path) -> None:
    path = "preferences.city.weights.rent"
    sent = {"path": "preferences.city.scores.term.shape", "amount": "0.4..3", "was": "0.5..2", "keep_basis": "yes"}
    assert client.post("/numbers/keep", json=sent).status_code == 200
    assert basis(folder, "preferences.city.scores.term.shape") == ("0.4..3", (), "all guessed")
    assert basis(folder, path)[0] == "40"


def test_a_shared_number_can_become_ones_own(client: TestClient, folder: Path) -> None:
    path = "preferences.city.no_deal"
    sent = {"path": path, "amount": "10..20", "was": "own", "assume": "asked"}
    assert client.post("/numbers/keep", json=sent).status_code == 200
    assert basis(folder, path) == ("10..20", (), "asked")
    # Nothing uses the shared one any more: that is a warning, and no fault.
    assert now(folder).assumptions["own"].name == "Shared {number}"


def test_what_somebody_else_changed_meanwhile_is_asked_about(client: TestClient, folder: Path) -> None:
    path = "preferences.city.scores.rent.mid"
    file = folder / "case.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("40..60", "30..70"), encoding="utf-8")
    sent = {"path": path, "amount": "45..55", "was": "40..60", "assume": "mine"}
    answer = client.post("/numbers/keep", json=sent)
    assert answer.status_code == 409
    assert "30..70" in answer.json()["detail"]
    assert basis(folder, path)[0] == "30..70"
    assert client.post("/numbers/keep", json={**sent, "force": "yes"}).status_code == 200
    assert basis(folder, path)[0] == "45..55"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"assume": "", "because": []}, "reason"),
        ({"assume": "a\x00b"}, "control character"),
        ({"because": ["s99"]}, "no statement called s99"),
        ({"amount": "30-50"}, "30..50"),
        ({"amount": "60..40"}, "upside down"),
        ({"amount": "-3"}, ""),
        ({"amount": ""}, ""),
        ({"amount": "1 # 2"}, ""),
        ({"amount": "{a: b}"}, ""),
        ({"path": "preferences.city.scores.rent.nothing"}, "no number"),
        ({"path": "title"}, "no number"),
        ({"path": "assumptions.nothing"}, "no number"),
        ({"amount": "40..60", "assume": "", "keep_basis": "yes"}, "Nothing would change"),
        ({"amount": "4" * 401}, ""),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_and_nothing_is_written(
    client: TestClient, folder: Path, change: dict[str, Any], words: str
) -> None:
    before = (folder / "case.yaml").read_bytes()
    sent = {"path": "preferences.city.scores.rent.mid", "amount": "45", "was": "40..60", "assume": "said", **change}
    answer = client.post("/numbers/keep", json=sent)
    assert answer.status_code == 422
    said = " ".join([answer.json()["detail"], *answer.json()["faults"]])
    assert words in said
    assert len(said) > 10
    assert (folder / "case.yaml").read_bytes() == before


def test_weights_that_miss_their_sum_are_refused(client: TestClient) -> None:
    sent = {"path": "preferences.city.weights.term", "amount": "50", "was": "40", "assume": "said"}
    answer = client.post("/numbers/keep", json=sent)
    assert answer.status_code == 422
    assert "100" in " ".join(answer.json()["faults"])


def test_a_broken_file_is_not_saved_over(client: TestClient, folder: Path) -> None:
    (folder / "case.yaml").write_text("zopa: 1\n", encoding="utf-8")
    sent = {"path": "preferences.city.scores.rent.mid", "amount": "45", "was": "40..60", "assume": "said"}
    answer = client.post("/numbers/keep", json=sent)
    assert answer.status_code == 422
    assert "mend it first" in answer.json()["detail"]
    assert client.get("/numbers?party=city").status_code == 200
    assert (folder / "case.yaml").read_text(encoding="utf-8") == "zopa: 1\n"


def test_a_no_deal_value_can_be_given_where_it_is_a_package(client: TestClient, folder: Path) -> None:
    assert client.post("/numbers/no-deal", json={"party": "port", "share": "20..40"}).status_code == 422
    assert client.post("/numbers/no-deal", json={"party": "port", "share": "20..40", "assume": "said"}).status_code == 200
    assert basis(folder, "preferences.port.no_deal") == ("20..40", (), "said")
    again = {"party": "port", "share": "50", "assume": "said"}
    assert client.post("/numbers/no-deal", json=again).status_code == 409
    assert basis(folder, "preferences.port.no_deal")[0] == "20..40"
    assert client.post("/numbers/no-deal", json={**again, "was": "20..40"}).status_code == 200
    for party in ("union", "nobody", "a.b", ""):
        assert client.post("/numbers/no-deal", json={"party": party, "share": "20", "assume": "said"}).status_code == 422


def test_parties_that_are_alike_are_changed_together_or_with_a_statement(tmp_path: Path) -> None:
    folder = copied("ukraine-2025", tmp_path)
    ours, theirs = "preferences.UKR.no_deal", "preferences.RUS.no_deal"
    sent = {"path": ours, "amount": "20..40", "was": "A9", "assume": "asked"}
    with opened(folder) as client:
        alone = client.post("/numbers/keep", json=sent)
        assert alone.status_code == 422
        assert "alike" in " ".join(alone.json()["faults"])
        assert client.post("/numbers/keep", json={**sent, "alike": "yes"}).status_code == 200
        assert [basis(folder, path) for path in (ours, theirs)] == [("20..40", (), "asked")] * 2
        assert client.post("/undo", json={}).status_code == 200
        assert [basis(folder, path)[0] for path in (ours, theirs)] == ["A9", "A9"]
        # A statement may make the difference; then what the other has is not taken away unasked.
        assert client.post("/numbers/keep", json={**sent, "because": ["s12"]}).status_code == 200
        both = {**sent, "was": "20..40", "amount": "30..50", "alike": "yes"}
        answer = client.post("/numbers/keep", json=both)
        assert answer.status_code == 409
        assert "A9" in answer.json()["detail"]
        assert client.post("/numbers/keep", json={**both, "force": "yes"}).status_code == 200
        assert [basis(folder, path)[0] for path in (ours, theirs)] == ["30..50", "30..50"]


# Red lines -----------------------------------------------------------------------------------------


def red_lines(folder: Path, party: str) -> list[tuple[str, str, str | None]]:
    return [
        (one.id, format_condition(one.requires or one.refuses), one.basis.assume)
        for one in now(folder).preferences[party].red_lines
    ]


def test_red_lines_are_added_changed_and_removed(client: TestClient, folder: Path) -> None:
    add = {
        "do": "add",
        "party": "port",
        "way": "requires",
        "issue": "rent",
        "comparison": ">=",
        "option": ["mid"],
        "assume": "said",
    }
    assert client.post("/numbers/red-line", json=add).status_code == 200
    assert red_lines(folder, "port") == [("L2", "rent >= mid", "said")]
    change = {
        "do": "change",
        "id": "L2",
        "way": "refuses",
        "condition": "rent = low",
        "was": "requires: rent >= mid",
        "assume": "new",
    }
    assert client.post("/numbers/red-line", json=change).status_code == 200
    assert red_lines(folder, "port") == [("L2", "rent = low", "new")]
    assert client.post("/numbers/red-line", json=change).status_code == 409
    remove = {"do": "remove", "id": "L2", "was": "refuses: rent = low"}
    silent = client.post("/numbers/red-line", json=remove)
    assert silent.status_code == 422
    assert "why" in silent.json()["detail"]
    answer = client.post("/numbers/red-line", json={**remove, "assume": "withdrawn in June"})
    assert answer.status_code == 200
    assert answer.json()["words"] == "red line L2 removed (withdrawn in June)"
    assert client.get("/revision.json").json()["undo"] == "red line L2 removed (withdrawn in June)"
    assert red_lines(folder, "port") == []
    assert red_lines(folder, "city")[0][0] == "L1"


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "add", "party": "port", "issue": "rent", "option": ["mid"]},
        {"do": "add", "party": "union", "issue": "rent", "option": ["mid"], "assume": "x"},
        {"do": "add", "party": "port", "issue": "nothing", "option": ["mid"], "assume": "x"},
        {"do": "add", "party": "port", "issue": "rent", "option": [], "assume": "x"},
        {"do": "add", "party": "port", "issue": "fence", "comparison": "<", "option": ["yes"], "assume": "x"},
        {"do": "add", "party": "port", "condition": "rent = mid }, b: {", "assume": "x"},
        {"do": "change", "id": "L9", "condition": "rent = mid", "assume": "x"},
        {"do": "remove", "id": "L9", "assume": "x"},
        {"do": "burn", "id": "L1"},
    ],
)
def test_red_lines_that_cannot_be_are_refused_in_words(client: TestClient, folder: Path, sent: dict[str, Any]) -> None:
    before = (folder / "case.yaml").read_bytes()
    answer = client.post("/numbers/red-line", json=sent)
    assert answer.status_code == 422
    assert len(answer.json()["detail"]) > 10
    assert (folder / "case.yaml").read_bytes() == before


# For programs --------------------------------------------------------------------------------------


def test_the_twin_holds_every_number(ukraine: TestClient) -> None:
    found = ukraine.get("/numbers.json", params={"set": "assumptions.A9:101"}).json()["judgements"]
    assert [(one["path"], one["amount"]) for one in found] == [(one.path, one.text) for one in judgements(UKRAINE)]
    looked = {one["path"]: one for one in found}["assumptions.A9"]
    assert looked["looked_at"] == "101"
    assert looked["fault"]
    assert looked["bounds"] == ["0", "100"]


ODD = [
    "",
    "title",
    "preferences",
    "preferences..",
    "assumptions.",
    "levers.x.move.y.z",
    "preferences.nobody.no_deal",
    "influence.x",
]
ODD += [
    "preferences.city.scores.fence.yes",
    "preferences.city.scores.term.for",
    "preferences.city.bonus.x",
    "preferences.union.no_deal",
]
PATHS = [
    *ODD,
    *(f"preferences.city.weights.{name}" for name in ("term", "rent", "fence")),
    "assumptions.own",
    "preferences.city.no_deal",
]
AMOUNTS = ["3", "1..2", "own", "own.city", "own.", "unknown", "up", "1 | 2", "-1", "1/3", "1e5", "{a: 1}", "", "1/own", "9" * 90]


@pytest.mark.property
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["keep", "weights", "red-line", "no-deal", "check", "give", "row", "page"]),
    st.sampled_from(PATHS) | st.text(max_size=40),
    st.sampled_from(AMOUNTS) | st.text(max_size=40),
    st.sampled_from(AMOUNTS) | st.text(max_size=40),
    st.text(max_size=40),
    st.sampled_from(["city", "port", "union", "L1", "rent", "add"]) | st.text(max_size=20),
)
def test_whatever_is_sent_is_answered_in_words_and_the_case_stays_whole(
    client: TestClient, folder: Path, way: str, path: str, amount: str, was: str, reason: str, name: str
) -> None:
    more = {"assume": reason, "force": "yes"}
    sent: dict[str, Any]
    if way == "keep":
        answer = client.post("/numbers/keep", json={"path": path, "amount": amount, "was": was, **more})
    elif way == "weights":
        sent = {"path": [path, "preferences.city.weights.rent"], "amount": [amount, was], "was": [was, amount]}
        answer = client.post("/numbers/weights", json={**sent, **more})
    elif way == "red-line":
        sent = {"do": "change" if name == "L1" else "add", "party": name, "id": name, "condition": amount, "name": was}
        answer = client.post("/numbers/red-line", json={**sent, "issue": name, "option": [was], **more})
    elif way == "no-deal":
        answer = client.post("/numbers/no-deal", json={"party": name, "share": amount, **more})
    elif way == "check":
        answer = client.get("/numbers/check.json", params={"path": path, "amount": amount})
    elif way == "give":
        answer = client.get("/numbers/give.json", params={"path": path, "to": amount, "held": was, "set": f"{path}:{was}"})
    elif way == "row":
        answer = client.get("/numbers/row", params={"path": path, "set": f"{path}:{amount}"})
    else:
        answer = client.get("/numbers", params={"party": name, "set": [f"{path}:{amount}", f"{was}:{amount}"]})
    assert answer.status_code in {200, 404, 409, 422}
    if answer.status_code in {409, 422}:
        assert answer.json()["detail"]
    now(folder)
