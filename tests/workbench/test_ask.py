"""Ask what if through the application: the page, its parts, its JSON twins, and what they do with odd cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.conftest import CASES
from tests.workbench.find_app import PORT, DoneAtOnce, Page
from zopa.case import judgements, load_case
from zopa.cases import shipped_case, shipped_cases
from zopa.settlement import settle
from zopa.space import draw_scenarios, split_alternatives
from zopa.workbench.access import Access
from zopa.workbench.answers import Answers
from zopa.workbench.app import create_app
from zopa.workbench.context import Context
from zopa.workbench.desk import Desk
from zopa.workbench.whatif import WhatIf, posed

Make = Callable[..., Path]
PARTS = ["/ask", "/ask/compare", "/ask/switches", "/ask/drag", "/ask/sweep"]
EVIL = "<script>alert(1)</script>\u202e{{ 7*7 }}"
NO_DEAL = "preferences.UKR.no_deal"
UKRAINE = load_case(shipped_case("ukraine-2025"))


@contextmanager
def opened(folder: Path, *, idle: bool = False) -> Iterator[TestClient]:
    """Yield a client of the page over a case; work in the background is done at once, or never begins (`idle`)."""
    context: Any = Context(Desk(folder), Answers(), DoneAtOnce(idle=idle))  # type: ignore[arg-type]
    app = create_app(context, Access.on(PORT), routers=("bar_routes", "ask_routes"))
    with TestClient(app, base_url=f"http://127.0.0.1:{PORT}", headers={"X-Zopa": "1"}) as client:
        yield client


@pytest.fixture(scope="module")
def ukraine() -> Iterator[TestClient]:
    with opened(shipped_case("ukraine-2025")) as client:
        yield client


def found(client: TestClient, where: str, /, **query: Any) -> Any:
    answer = client.get(where, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def shown(client: TestClient, where: str, /, **query: Any) -> Page:
    answer = client.get(where, params=query)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


def bare(more: str = "", *, parties: str = "  a: {name: A, seat: signatory}\n") -> str:
    return f"""\
zopa: 1
title: Little
as_of: 2024-01-01
parties:
{parties}issues:
  one: {{name: One, options: [no, yes], now: no}}
{more}"""


# Switches --------------------------------------------------------------------------------------------------


def test_everything_that_can_be_switched_is_there(ukraine: TestClient) -> None:
    page, twin = shown(ukraine, "/ask"), found(ukraine, "/ask.json")
    statements = page.all("input", data_switch="without")
    assert [one["value"] for one in statements] == list(UKRAINE.statements) == [one["id"] for one in twin["statements"]]
    assert [one["value"] for one in page.all("input", data_switch="off")] == list(UKRAINE.assumptions)
    assert {one["data-read"] for one in page.all("input", type="radio") if "data-read" in one} == set(split_alternatives(UKRAINE))
    assert [one["data-lever"] for one in page.all("input") if "data-lever" in one] == list(UKRAINE.levers)
    assert {one["data-day"] for one in page.all("button") if "data-day" in one} == {"", "2025-01-20", UKRAINE.as_of.isoformat()}
    assert all("checked" in one for one in statements)
    assert all(one["on"] for one in twin["statements"] + twin["assumptions"])
    assert not any(one["on"] for one in twin["levers"])
    assert len(twin["judgements"]) == len(judgements(UKRAINE))


def test_every_control_has_a_label_and_an_id_of_its_own(ukraine: TestClient) -> None:
    page = shown(ukraine, "/ask")
    ids = [one["id"] for _, one in page.tags if one.get("id")]
    assert len(ids) == len(set(ids))
    for one in page.all("input"):
        assert one.get("id"), one


def test_a_switch_says_what_rests_on_it(ukraine: TestClient) -> None:
    twin = found(ukraine, "/ask.json")
    s14 = next(one for one in twin["statements"] if one["id"] == "s14")
    assert s14["count"] >= len(s14["uses"]) > 0
    assert any("us_guarantee" in words for words in s14["uses"])
    assert "Nothing rests on it." in shown(ukraine, "/ask/switches").text
    reason_only = next(one for one in twin["assumptions"] if one["id"] == "A1")
    assert reason_only["amount"] == ""
    assert "a reason only" in shown(ukraine, "/ask/switches").text


def test_switches_stand_as_the_address_has_them(ukraine: TestClient) -> None:
    query = {"without": "s14", "off": "A9", "read": "A6:down", "pull": "accession", "at": "2025-01-20"}
    page, twin = shown(ukraine, "/ask", **query), found(ukraine, "/ask.json", **query)
    checked = {one["value"] for one in page.all("input", data_switch="without") if "checked" in one}
    assert checked == set(UKRAINE.statements) - {"s14"}
    assert [one["id"] for one in twin["assumptions"] if not one["on"]] == ["A9"]
    assert {one["key"]: one["chosen"] for one in twin["questions"]}["A6"] == "down"
    assert [one["value"] for one in page.all("input", data_read="A6") if "checked" in one] == ["down"]
    assert [one["id"] for one in twin["levers"] if one["on"]] == ["accession"]
    assert twin["pulling"]
    assert twin["day"] == "2025-01-20"
    assert [one["aria-pressed"] for one in page.all("button", data_day="2025-01-20")] == ["true"]


def test_a_source_that_is_set_aside_takes_its_statements_along(ukraine: TestClient) -> None:
    source = next(iter(UKRAINE.sources))
    twin = found(ukraine, "/ask.json", without=source)
    inside = [one.id for one in UKRAINE.statements.values() if one.source == source]
    assert [one["id"] for one in twin["statements"] if not one["on"]] == inside


def test_questions_are_asked_in_words_one_for_each_party(ukraine: TestClient) -> None:
    questions = {one["key"]: one for one in found(ukraine, "/ask.json")["questions"]}
    assert {one["party"] for one in questions.values() if one["key"].startswith("A19.")} == {"RUS", "UKR", "USA", "EUR"}
    assert UKRAINE.parties["RUS"].name in questions["A19.RUS"]["name"]
    assert [one["word"] for one in questions["A6"]["words"]] == ["up", "down"]
    assert questions["A6"]["words"][0]["says"] not in {"up", "down"}


def test_levers_say_what_they_do_and_when(ukraine: TestClient) -> None:
    before = {one["id"]: one for one in found(ukraine, "/ask.json", at="2025-01-01")["levers"]}
    after = {one["id"]: one for one in found(ukraine, "/ask.json", at="2025-01-21")["levers"]}
    assert (before["cut_aid"]["ready"], after["cut_aid"]["ready"]) == (False, True)
    assert any("no-deal value" in words for words in after["cut_aid"]["does"])
    assert all(UKRAINE.assumptions["D"].name in words for words in after["cut_aid"]["does"])
    assert any("makes possible" in words for words in after["accession"]["does"])


# What moves ------------------------------------------------------------------------------------------------


def test_nothing_moves_where_nothing_is_asked(ukraine: TestClient) -> None:
    seen = found(ukraine, "/ask.json")["comparison"]
    assert not seen["differs"]
    assert {one["change"] for one in (seen["zone"], seen["efficient"], *seen["packages"])} == {"the same"}
    assert "As it would stand" not in shown(ukraine, "/ask/compare").text


@pytest.mark.oracle
@pytest.mark.parametrize("query", [{"set": f"{NO_DEAL}:75"}, {"without": "s14"}, {"read": "A6:down"}, {"off": "A9"}])
def test_packages_before_and_after_are_those_of_settlement(ukraine: TestClient, query: dict[str, str]) -> None:
    what, _ = WhatIf.parse({key: [value] for key, value in query.items()})
    now = posed(UKRAINE, what)
    settled = settle(now.case, scenarios=draw_scenarios(now.case, reading=now.reading))
    before = settle(UKRAINE)
    seen = found(ukraine, "/ask.json", **query)["comparison"]
    verdict = {True: "yes", False: "no", None: "not known"}
    for one in seen["packages"]:
        for when, found_there in (("before", before), ("after", settled)):
            if one["id"] not in found_there.case.packages:
                assert one[when] is None
                continue
            outcome = found_there.outcomes()[f"acceptable.{one['id']}"]
            assert one[when]["verdict"] == verdict[outcome]  # type: ignore[index]
            views = [found_there.view(index) for index in found_there.members(one["id"])]
            asked = [view for view in views if view.allowed and view.deal and view.available]
            if asked and outcome is not True and len(asked) == len([view for view in views if view.allowed]):
                always = [party for party in UKRAINE.parties if all(party in view.blockers() for view in asked)]
                assert [party["id"] for party in one[when]["blockers"]] == always
        if one["before"] == one["after"]:
            assert one["change"] == "the same"
        elif one["before"] is not None and one["after"] is not None and one["before"]["verdict"] != one["after"]["verdict"]:
            assert "now" in one["change"]


def test_a_zone_that_shuts_is_said_to(ukraine: TestClient) -> None:
    seen = found(ukraine, "/ask.json", set="assumptions.A9:90")["comparison"]
    assert seen["zone"]["after"] == "empty"
    assert seen["zone"]["change"] == "the zone is empty now"
    out = [one for one in seen["packages"] if one["change"] == "out of the zone now"]
    assert out
    assert all(one["before"]["verdict"] == "yes" and one["after"]["verdict"] == "no" for one in out)
    page = shown(ukraine, "/ask/compare", set="assumptions.A9:90")
    assert "the zone is empty now" in page.text
    assert "out of the zone now" in page.text
    assert "blocked by" in page.text


def test_what_is_not_known_is_said_to_be_so(ukraine: TestClient) -> None:
    seen = found(ukraine, "/ask.json", off="A9")["comparison"]
    assert seen["zone"]["after"].startswith("not known")
    assert seen["zone"]["change"] == "not known any more"
    assert any(one["after"]["verdict"] == "not known" for one in seen["packages"])
    assert any(one["after"]["not_known"] for one in seen["packages"])


def test_what_is_gone_is_listed_and_what_cannot_be_done_is_said(ukraine: TestClient) -> None:
    seen = found(ukraine, "/ask.json", without=["s14", "nothing"])["comparison"]
    assert any("s14" in words for words in seen["gone"])
    assert seen["faults"] == ["There is no statement called nothing."]
    page = shown(ukraine, "/ask/compare", without="s14")
    assert "What rested on it and is gone" in page.text


def test_it_can_be_put_back_and_numbers_can_be_kept(ukraine: TestClient) -> None:
    query = {"set": [f"{NO_DEAL}:75", "assumptions.A9:40"], "path": NO_DEAL, "read": "A6:down"}
    page = shown(ukraine, "/ask/compare", **query)
    back = [one["href"] for one in page.all("a") if "data-put-back" in one]
    assert back == [f"/ask?path={NO_DEAL}"]
    keep = {one["path"]: one["href"] for one in found(ukraine, "/ask.json", **query)["comparison"]["keep"]}
    assert keep[NO_DEAL].startswith("/numbers?party=UKR&set=")
    assert "read=A6:down" in keep[NO_DEAL]
    assert keep["assumptions.A9"].startswith("/numbers?party=*shared&set=")
    assert {one["href"] for one in page.all("a") if str(one["href"]).startswith("/numbers")} == set(keep.values())


# Dragging --------------------------------------------------------------------------------------------------


def test_the_first_range_that_is_shown_over_bands_comes_first(ukraine: TestClient) -> None:
    page = shown(ukraine, "/ask")
    assert [one["data-path"] for one in page.all("div", id="dragged")] == ["assumptions.A9"]
    (slider,) = page.all("input", id="drag-range")
    assert (slider["min"], slider["max"], float(str(slider["value"]))) == ("0", "100", 50)
    assert "From 0 to 64.71 the zone is open" in page.text
    assert "From 64.72 to 100 the zone is empty." in page.text
    assert page.all("line", id="sweep-present")
    assert page.all("svg", **{"class": "chart"})
    options = page.all("option")
    assert [one["value"] for one in options if "selected" in one] == ["assumptions.A9"]
    assert len(options) == len(judgements(UKRAINE))


def test_the_place_where_it_closes_is_exact(ukraine: TestClient) -> None:
    swept = found(ukraine, "/ask/sweep.json", path="assumptions.A9")
    assert swept["state"] == "done"
    assert len(swept["steps"]) == 41
    (crossing,) = swept["crossings"]
    assert (crossing["below"]["amount"], crossing["above"]["amount"]) == ("64.71", "64.72")
    for amount, state in (("64.71", "open"), ("64.72", "shut")):
        assert found(ukraine, "/answer.json", set=f"assumptions.A9:{amount}")["state"] == state
    for step in swept["steps"][::10]:
        seen = found(ukraine, "/answer.json", set=f"assumptions.A9:{step['amount']}")
        assert seen["figures"][0]["value"].replace("\u202f", "") == str(step["zone"])


def test_dragging_does_not_move_what_it_is_dragged_along(ukraine: TestClient) -> None:
    one, other = (found(ukraine, "/ask/sweep.json", path=NO_DEAL, **query) for query in ({}, {"set": f"{NO_DEAL}:90"}))
    assert one["steps"] == other["steps"]
    assert (one["set"], other["set"], other["value"]) == (None, "90", "90")
    third = found(ukraine, "/ask/sweep.json", path=NO_DEAL, set="assumptions.A9:20")
    assert third["steps"] != one["steps"]


def test_a_zone_that_hangs_on_what_is_not_known_is_shown_as_such(ukraine: TestClient) -> None:
    page = shown(ukraine, "/ask/drag", path=NO_DEAL)
    assert "From 81.21 to 81.91 nothing is in the zone for sure" in page.text
    assert page.all("rect", **{"class": "strip strip-unknown"})
    assert page.all("polyline", **{"class": "more"})


def test_words_are_chosen_not_dragged(ukraine: TestClient) -> None:
    path = "preferences.RUS.scores.territory.direction"
    page = shown(ukraine, "/ask/drag", path=path, set=f"{path}:down")
    assert not page.all("input", id="drag-range")
    chosen = [one["value"] for one in page.all("input", type="radio") if "checked" in one]
    assert chosen == ["down"]
    assert [one["value"] for one in page.all("input", type="radio")] == ["", "up", "down", "flat", "unknown"]
    assert [one["amount"] for one in found(ukraine, "/ask/sweep.json", path=path)["steps"]] == ["up", "down", "flat", "unknown"]


def test_what_is_not_known_starts_at_no_place(ukraine: TestClient) -> None:
    path = "levers.press_ukr.move.UKR.no_deal"
    page = shown(ukraine, "/ask/drag", path=path)
    assert "Not known: move the slider to see what it would take." in page.text
    assert [one["value"] for one in page.all("input", id="drag-value")] == [""]
    assert not page.all("line", id="sweep-present")
    assert "looked at: 10" in shown(ukraine, "/ask/drag", path=path, set=f"{path}:10").text


def test_a_number_beyond_the_range_makes_the_slider_longer(ukraine: TestClient) -> None:
    path = "assumptions.A12"
    (slider,) = shown(ukraine, "/ask/drag", path=path).all("input", id="drag-range")
    (wider,) = shown(ukraine, "/ask/drag", path=path, set=f"{path}:7").all("input", id="drag-range")
    assert float(str(slider["max"])) < 7 == float(str(wider["max"]))
    assert float(str(wider["value"])) == 7


def test_amounts_that_cannot_be_are_shaded_and_said(ukraine: TestClient) -> None:
    page = shown(ukraine, "/ask/drag", path="preferences.RUS.weights.dmz")
    assert "the case cannot have this number" in page.text
    assert page.all("rect", **{"class": "strip strip-refused"})
    assert "Where it is not possible:" in page.text


def test_an_unknown_path_shows_the_first_judgement_and_its_twin_says_no(ukraine: TestClient) -> None:
    for path in (EVIL, "preferences.UKR", "assumptions.A1", "assumptions.", "."):
        assert [one["data-path"] for one in shown(ukraine, "/ask/drag", path=path).all("div", id="dragged")] == ["assumptions.A9"]
        assert ukraine.get("/ask/sweep.json", params={"path": path}).status_code == 404
    assert ukraine.get("/ask/sweep.json", params={"path": "x" * 500}).status_code == 422
    assert ukraine.get("/ask/sweep.json").status_code == 422


def test_levels_are_shown_beside_it_where_they_are_counted() -> None:
    with opened(shipped_case("labour-contract")) as client:
        assert "Over the assumptions" not in shown(client, "/ask/sweep", path="assumptions.no_contract").text
        assert found(client, "/shares.json")["state"] == "done"
        page = shown(client, "/ask/sweep", path="assumptions.no_contract", set="assumptions.no_contract:30")
        assert "Over the assumptions" in page.text
        assert "not a chance" in page.text
        assert "Over the assumptions" not in shown(client, "/ask/sweep", path="assumptions.fund").text


def test_work_in_the_background_can_be_stopped_and_begun_again() -> None:
    with opened(shipped_case("labour-contract"), idle=True) as client:
        first = shown(client, "/ask/sweep")
        assert first.all("progress")
        assert first.all("button", hx_post="/ask/sweep/cancel")
        assert found(client, "/ask/sweep.json", path="assumptions.no_contract")["state"] == "running"
        assert "was stopped" in Page(client.post("/ask/sweep/cancel").text).text
        assert "was stopped" in shown(client, "/ask/sweep").text


# Odd cases -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*shipped_cases(), *sorted(one.stem for one in CASES.glob("*.yaml"))])
@pytest.mark.parametrize("query", [{}, {"at": "2000-01-01", "pull": "none"}])
def test_no_case_makes_it_fail(name: str, query: dict[str, str]) -> None:
    place = shipped_case(name) if name in shipped_cases() else CASES / f"{name}.yaml"
    with opened(place) as client:
        for part in PARTS:
            shown(client, part, **query)
        found(client, "/ask.json", **query)


def test_a_case_with_next_to_nothing(make_case: Make) -> None:
    with opened(make_case(bare())) as client:
        page = shown(client, "/ask")
        assert "The case has no judgement that could be dragged." in page.text
        assert "No gate of the case has a date of its own." in page.text
        assert not page.all("details", id="group-levers")
        assert not page.all("details", id="group-statements")
        twin = found(client, "/ask.json")
        assert twin["statements"] == twin["levers"] == twin["questions"] == twin["judgements"] == []
        assert client.get("/ask/sweep.json", params={"path": "preferences.a.no_deal"}).status_code == 404


def test_a_case_that_cannot_be_settled_says_what_is_missing() -> None:
    with opened(CASES / "emission.yaml") as client:
        page = shown(client, "/ask")
        assert "Settlement cannot be computed." in page.text
        twin = found(client, "/ask.json")["comparison"]
        assert twin["missing"]
        assert {one["when"] for one in twin["missing"]} == {"as written", "as it would stand"}
        path = found(client, "/ask.json")["judgements"][0]["path"]
        assert found(client, "/ask/sweep.json", path=path)["state"] == "missing"


POINTS = """\
assumptions:
  x: {{value: 0..10, assume: nobody knows}}
preferences:
  assume: nobody knows
  a:
    points: {{one: {{no: 0, yes: x}}}}
    no_deal: {{value: {no_deal}}}
"""


@pytest.mark.parametrize(("no_deal", "says"), [(-5, "open at every place"), (50, "empty at every place")])
def test_one_answer_everywhere(make_case: Make, no_deal: int, says: str) -> None:
    with opened(make_case(bare(POINTS.format(no_deal=no_deal)))) as client:
        assert says in shown(client, "/ask/drag", path="assumptions.x").text


def test_three_hundred_statements_and_hostile_words(make_case: Make) -> None:
    quotes = [f"Word {number} was said." for number in range(300)]
    lines = "".join(f'  s{number}: {{source: m, quote: "{quote}", party: a, level: 1}}\n' for number, quote in enumerate(quotes))
    more = f"sources:\n  m: {{file: sources/m.md, title: Minutes, date: 2024-01-01, kind: report}}\nstatements:\n{lines}"
    parties = f"  a: {{name: '{EVIL}', seat: signatory}}\n"
    with opened(make_case(bare(more + POINTS.format(no_deal=4), parties=parties), m="\n".join(quotes))) as client:
        answer = client.get("/ask", params={"without": [f"s{number}" for number in range(250)], "off": EVIL, "path": EVIL})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "\u202e" not in answer.text
        page = Page(answer.text)
        assert len(page.all("input", data_switch="without")) == 300
        assert len([one for one in page.all("input", data_switch="without") if "checked" not in one]) == 200
        twin = found(client, "/ask.json")
        assert len(twin["statements"]) == 300
