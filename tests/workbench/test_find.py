"""Finding agreements through the application: the page, its parts, its JSON twins, and what they do with odd cases."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.conftest import CASES
from tests.workbench.find_app import Page, opened
from zopa.cases import shipped_case
from zopa.exploration import CardPart
from zopa.exploration import card as card_module
from zopa.settlement import PackageView, Settlement
from zopa.workbench.find_json import Picture
from zopa.workbench.find_state import MOST_BESIDE

Make = Callable[..., Path]
PARTS = ["/find", "/find/now", "/find/rest", "/find/shares"]
TWINS = ["/find.json", "/find/table.json", "/find/moves.json", "/find/compare.json", "/find/picture.json"]
EVIL = "<script>alert(1)</script>\u202e{{ 7*7 }}"


@pytest.fixture(scope="module")
def ukraine() -> Iterator[TestClient]:
    with opened(shipped_case("ukraine-2025")) as client:
        yield client


def found(client: TestClient, path: str, **query: Any) -> Any:
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def shown(client: TestClient, path: str, **query: Any) -> Page:
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


# The card ------------------------------------------------------------------------------------------------


def test_it_starts_from_the_first_nash_package(ukraine: TestClient) -> None:
    card = found(ukraine, "/find.json")["card"]
    assert "Nash" in card["points"]
    assert [(part["key"], part["verdict"]) for part in card["parts"]] == [
        ("agreement", "yes"),
        ("zone", "yes"),
        ("efficient", "yes"),
    ]


def test_a_case_without_a_zone_starts_from_what_is_in_force(make_case: Make) -> None:
    text = (CASES / "conflict.yaml").read_text(encoding="utf-8")
    with opened(make_case(text)) as client:
        page = shown(client, "/find")
        assert "The zone is empty." in shown(client, "/find", moves="nearest").text
        assert page.all("form", id="builder")


def test_points_and_gains_are_exact(ukraine: TestClient) -> None:
    card = found(ukraine, "/find.json", package="P4")["card"]
    for party in card["parties"]:
        if party["points"] is None:
            assert party["gain"] is None
            continue
        assert Fraction(party["gain"]) == Fraction(party["points"]) - Fraction(party["no_deal"])
    assert {party["id"]: party["asked"] for party in card["parties"]}["opinion"] == "no"


def test_who_refuses_says_what_is_missing_and_which_red_line(ukraine: TestClient) -> None:
    card = found(ukraine, "/find.json", package="P6")["card"]
    russia = next(one for one in card["parties"] if one["id"] == "RUS")
    assert russia["blocks"] is True
    assert russia["accepts"] == "no"
    assert Fraction(russia["short"]) == -Fraction(russia["gain"])
    assert [line["id"] for line in russia["red_lines"]] == ["L17"]
    assert russia["red_lines"][0]["basis"][0] == {
        "kind": "statement",
        "id": "s17",
        "words": "“Russia is against that membership”",
    }
    assert card["blockers"][0] == "Russian Federation"
    words = shown(ukraine, "/find/now", package="P6").text
    assert "points are missing to its no-deal value" in words
    assert "No membership" in words


def test_every_party_has_the_same_place_on_the_card(ukraine: TestClient) -> None:
    page = shown(ukraine, "/find/now")
    shapes = [one["class"] for tag, one in page.tags if tag == "li" and str(one.get("class", "")).startswith("card-party")]
    assert shapes == [f"card-party party-{place}" for place in range(6)]


def test_a_new_analysis_stands_on_the_card_and_in_the_twin(ukraine: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def holds(_settlement: Settlement, view: PackageView) -> CardPart:
        return CardPart("holds", "Would hold <b>", "not known", (f"For {view.index}, {EVIL}",), packages=(5,), count=9)

    monkeypatch.setattr(card_module, "CARD_ANALYSES", (*card_module.CARD_ANALYSES, holds))
    part = found(ukraine, "/find.json", package="P4")["card"]["parts"][-1]
    assert (part["key"], part["verdict"], part["count"], part["packages"][0]["id"]) == ("holds", "not known", 9, 5)
    page = shown(ukraine, "/find/now", package="P4")
    assert "Would hold <b> ? not known" in page.text
    assert "<script>alert" in page.text
    assert "Would hold <b>" in shown(ukraine, "/find/rest", package="P4", beside="P5").text


# Shares ----------------------------------------------------------------------------------------------------


def test_shares_are_counted_after_a_pause_and_stand_on_the_card() -> None:
    with opened(shipped_case("ukraine-2025")) as client:
        first = client.get("/find/now", params={"package": "P4"}).text
        assert 'hx-trigger="load delay:500ms"' in first
        assert found(client, "/find.json", package="P4")["shares"] is None
        counted = shown(client, "/find/shares", package="P4")
        assert "never a chance" in counted.text
        shares = found(client, "/find.json", package="P4")["shares"]
        assert 0 <= shares["acceptable"]["lowest"] <= shares["acceptable"]["highest"] <= shares["acceptable"]["possible"]
        assert shares["draws"] == 256
        lines = {line["id"]: line for party in shares["parties"] for line in party["red_lines"]}
        assert (lines["L22r"]["lowest"], lines["L22r"]["highest"], lines["L22r"]["exact"]) == (0, 256, True)
        # From now on they stand on the card at once, and in the table.
        assert "never a chance" in shown(client, "/find/now", package="P5").text
        assert found(client, "/find/table.json")["rows"][0]["share"]["draws"] == 256
        assert "Acceptable to all asked" in shown(client, "/find/rest").text
        rows = found(client, "/find/table.json", sort="-share")["rows"]
        assert [row["share"]["highest"] for row in rows] == sorted((row["share"]["highest"] for row in rows), reverse=True)


def test_counting_shows_how_far_it_has_come_and_asks_again() -> None:
    with opened(shipped_case("ukraine-2025"), idle=True) as client:
        text = client.get("/find/shares").text
        assert 'value="0" max="8"' in text
        assert 'hx-trigger="load delay:400ms"' in text
        client.app.state.context.jobs.cancel(next(iter(client.app.state.context.jobs.found)))  # type: ignore[attr-defined]
        assert "Counting was stopped." in client.get("/find/shares").text


def test_a_forbidden_package_has_no_share() -> None:
    with opened(shipped_case("ukraine-2025")) as client:
        client.get("/find/shares")
        forbidden = "fighting=continues,dmz=large,territory=none,nato=open,guarantee=none,aid=cut,arms=none"
        assert "Shares are counted for packages that keep the rules." in shown(client, "/find/shares", package=forbidden).text
        assert found(client, "/find.json", package=forbidden)["shares"] is None


# The builder -------------------------------------------------------------------------------------------------


def test_a_forbidden_combination_says_its_rule_and_offers_the_nearest(ukraine: TestClient) -> None:
    forbidden = "fighting=continues,dmz=large,territory=none,nato=open,guarantee=none,aid=cut,arms=none"
    answer = found(ukraine, "/find.json", package=forbidden)
    assert [one["id"] for one in answer["broken"]] == ["R2"]
    assert answer["card"]["parts"][0]["verdict"] == "no"
    assert {len(one["changes"]) for one in answer["mend"]} == {1}
    page = shown(ukraine, "/find/now", package=forbidden)
    assert "This combination breaks a rule of the case." in page.text
    assert "mends R2" in page.text


def test_options_that_a_rule_forbids_are_marked(ukraine: TestClient) -> None:
    page = shown(ukraine, "/find/now", package="P4")
    assert "breaks R1" in page.text
    radios = page.all("input", type="radio")
    assert sum("checked" in one for one in radios) == 7
    assert len({one["id"] for one in radios}) == len(radios)


def test_an_issue_with_forty_options_is_a_list(make_case: Make) -> None:
    options = ", ".join(f"o{number}: Option {number}" for number in range(40))
    points = ", ".join(f"o{number}: {number}" for number in range(40))
    text = (
        "zopa: 1\ntitle: Many\nas_of: 2025-01-01\nassume: made up\nparties: {a: Anna}\n"
        f"issues:\n  much: {{name: How much, options: {{{options}}}}}\n"
        f"preferences:\n  assume: made up\n  a: {{points: {{much: {{{points}}}}}, no_deal: {{value: 5}}}}\n"
    )
    with opened(make_case(text)) as client:
        page = shown(client, "/find")
        assert page.all("select", id="issue-0")
        assert not page.all("input", type="radio")
        # One party and one issue: the picture has one party on both axes, and what is best is efficient.
        columns = found(client, "/find/picture.json")
        assert columns["axes"] == [0, 0]
        assert columns["efficient"] == "0" * 39 + "1"
        assert "Nothing improves it for everyone" in shown(client, "/find", package="39", moves="improve").text


def test_numbers_have_their_unit(make_case: Make) -> None:
    with opened(make_case((CASES / "labour_pay.yaml").read_text(encoding="utf-8"))) as client:
        issue = found(client, "/find/picture.json")["issues"][0]
        words = shown(client, "/find/now").text
        assert all(option["name"] in words for option in issue["options"])


# What could be done ------------------------------------------------------------------------------------------


def test_improving_for_everyone_leads_to_packages_that_are_better(ukraine: TestClient) -> None:
    moves = found(ukraine, "/find/moves.json", package="P4", moves="improve")
    assert moves["lists"]
    for some in moves["lists"]:
        for one in some["packages"]:
            gains = {gain["id"]: Fraction(gain["gain"]) for gain in one["gains"]}
            assert gains["RUS"] > 0
            assert gains["UKR"] > 0
            assert one["zone"] == "yes"
            assert one["changes"]
    assert "Nothing improves it for everyone" in shown(ukraine, "/find/now", moves="improve").text


def test_what_a_party_would_need_is_a_package_that_it_accepts(ukraine: TestClient) -> None:
    moves = found(ukraine, "/find/moves.json", package="P5", moves="need.RUS")
    assert any("points to its no-deal value" in line for line in moves["lines"])
    (near,) = moves["lists"]
    fewest = {len(one["changes"]) for one in near["packages"]}
    assert len(fewest) == 1
    for one in near["packages"]:
        card = found(ukraine, "/find.json", package=one["id"])["card"]
        assert next(party for party in card["parties"] if party["id"] == "RUS")["accepts"] == "yes"
    assert "accepts it as it is" in shown(ukraine, "/find/now", package="P4", moves="need.RUS").text
    assert "Not known" in shown(ukraine, "/find/now", package="P6", moves="need.NATO").text


def test_the_nearest_acceptable_packages_are_in_the_zone(ukraine: TestClient) -> None:
    moves = found(ukraine, "/find/moves.json", package="P5", moves="nearest")
    assert [one["title"] for one in moves["lists"]] == ["In the zone", "On the frontier"]
    assert all(one["zone"] == "yes" for some in moves["lists"] for one in some["packages"])
    assert all(one["efficient"] for one in moves["lists"][1]["packages"])


def test_results_lead_into_the_builder_and_beside(ukraine: TestClient) -> None:
    page = shown(ukraine, "/find/now", package="P5", moves="nearest", at="2025-03-01")
    links = [str(one["href"]) for tag, one in page.tags if tag == "a" and "data-find" in one]
    assert links
    # Every link carries the what-if and what else is looked at along.
    assert all("at=2025-03-01" in link for link in links)
    take = next(link for link in links if "moves=nearest" in link and "beside=" not in link and "package=" in link)
    assert ukraine.get(take).status_code == 200
    beside = next(link for link in links if "beside=" in link)
    assert "Side by side" in Page(ukraine.get(beside).text).text


# Side by side -------------------------------------------------------------------------------------------------


def test_packages_side_by_side_mark_what_differs(ukraine: TestClient) -> None:
    page = shown(ukraine, "/find/rest", package="P4", beside=["P5", "P6"])
    assert "≠" in page.text
    assert "differs:" in page.text
    cards = found(ukraine, "/find/compare.json", package="P4", beside=["P5", "P6"])["cards"]
    assert [card["names"] for card in cards] == [["P4"], ["P5"], ["P6"]]


def test_at_most_six_stand_side_by_side(ukraine: TestClient) -> None:
    answer = found(ukraine, "/find/compare.json", package="P4", beside=[str(number) for number in range(9)])
    assert len(answer["cards"]) == MOST_BESIDE + 1
    assert any("side by side" in fault for fault in answer["faults"])
    links = shown(ukraine, "/find/rest", package="P4", beside=[str(number) for number in range(9)])
    assert not links.all("a", class_="small beside")


# The picture --------------------------------------------------------------------------------------------------


def test_the_picture_holds_the_points_of_its_axes(ukraine: TestClient) -> None:
    columns = found(ukraine, "/find/picture.json", x="USA", y="EUR")
    assert columns["axes"] == [2, 3]
    assert [points is None for points in columns["points"]] == [True, True, False, False, True, True]
    row = columns["id"].index(columns["chosen"])
    card = found(ukraine, "/find.json")["card"]
    assert columns["points"][2][row] == round(Fraction(card["parties"][2]["points"]) * 100)
    assert columns["zone"][row] == "y"
    assert columns["efficient"][row] == "1"
    assert columns["zone"].count("y") == 176
    bare = found(ukraine, "/find/picture.json", bare="1")
    assert bare["issues"] is None


def test_the_number_of_a_package_gives_its_options(ukraine: TestClient) -> None:
    """The script spells a package from its number: the last issue counts fastest."""
    columns = found(ukraine, "/find/picture.json")
    card = found(ukraine, "/find.json", package="P4")["card"]
    index, digits = card["id"], []
    for issue in reversed(columns["issues"]):
        index, digit = divmod(index, len(issue["options"]))
        digits.append(issue["options"][digit]["id"])
    assert digits[::-1] == [option["option"] for option in card["options"]]


# Odd cases and odd addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        {"package": "nobody"},
        {"package": "99999999999999999999"},
        {"package": "fighting=ceasefire"},
        {"package": "fighting=peace,x=y"},
        {"package": EVIL},
        {
            "beside": EVIL,
            "x": EVIL,
            "y": "opinion",
            "sort": EVIL,
            "show": EVIL,
            "who": EVIL,
            "with": EVIL,
            "page": EVIL,
            "moves": EVIL,
        },
        {"sort": "-issue.nothing"},
        {"sort": "gain.NATO", "page": "100000000"},
        {"with": "fighting=peace"},
        {"with": "=", "page": "-3"},
        {"moves": "need.nobody"},
        {"set": "preferences.nobody:5"},
    ],
)
@pytest.mark.parametrize("path", PARTS + TWINS)
def test_no_address_breaks_it(ukraine: TestClient, path: str, query: dict[str, str]) -> None:
    answer = ukraine.get(path, params=query)
    assert answer.status_code == 200
    if path.endswith(".json"):
        assert answer.headers["content-type"] == "application/json"
    else:
        Page(answer.text)
        assert "<script>alert" not in answer.text


def test_a_package_that_is_not_there_is_said_in_words(ukraine: TestClient) -> None:
    assert "There is no package called P9" in shown(ukraine, "/find/now", package="P9").text
    assert found(ukraine, "/find.json", package="P9")["faults"]


def test_a_case_that_cannot_be_settled_says_what_is_missing(make_case: Make) -> None:
    text = "zopa: 1\ntitle: Bare\nas_of: 2025-01-01\nassume: made up\nparties: {a: Anna}\n"
    text += "issues:\n  rent: {name: Rent, scale: 0..10}\n"
    with opened(make_case(text)) as client:
        assert "continuous scale" in shown(client, "/find").text
        for path in PARTS:
            Page(client.get(path).text)
        for path in TWINS:
            answer = client.get(path)
            assert answer.status_code == 409
            assert "continuous scale" in " ".join(answer.json()["faults"])


def test_a_party_of_which_nothing_is_known_is_said_to_be_unknown(make_case: Make) -> None:
    text = (
        "zopa: 1\ntitle: Unknown\nas_of: 2025-01-01\nassume: made up\nparties: {a: Anna, b: Ben}\n"
        "issues:\n  land: {name: Land, options: [none, all], now: none}\n"
        "preferences:\n  assume: made up\n  a: {points: {land: {none: 0, all: 10}}, no_deal: {value: 5}}\n"
    )
    with opened(make_case(text)) as client:
        page = shown(client, "/find", package="land=all", moves="improve")
        assert "Not known, because points of Ben are missing." in page.text
        card = found(client, "/find.json", package="land=all")["card"]
        assert [part["verdict"] for part in card["parts"]] == ["yes", "not known", "not known"]
        assert [party["accepts"] for party in card["parties"]] == ["yes", "not known"]


def test_where_votes_decide_who_refuses_may_be_outvoted(make_case: Make) -> None:
    with opened(make_case((CASES / "game.yaml").read_text(encoding="utf-8"))) as client:
        page = shown(client, "/find")
        assert "An agreement needs votes of" in page.text
        rows = found(client, "/find/table.json", show="zone")["rows"]
        outvoted = [row for row in rows if row["blockers"]]
        for row in outvoted:
            card = found(client, "/find.json", package=row["id"])["card"]
            assert card["parts"][1]["verdict"] == "yes"
            assert "outvoted" in " ".join(card["parts"][1]["lines"])


def test_hostile_names_are_words(make_case: Make) -> None:
    evil = json.dumps(EVIL)
    long = json.dumps("A very long name of an option " * 12)
    text = (
        f"zopa: 1\ntitle: {evil}\nas_of: 2025-01-01\nassume: {evil}\nparties: {{a: {{name: {evil}}}, b: Ben}}\n"
        f"issues:\n  land: {{name: {evil}, options: {{none: {evil}, all: {long}}}, now: none}}\n"
        "  gold: {name: Gold, options: [none, all]}\n"
        f"rules:\n  R1: {{that: not (land = none and gold = all), assume: {evil}}}\n"
        f"packages:\n  P1: {{name: {evil}, terms: {{land: all, gold: none}}}}\n"
        f"preferences:\n  assume: {evil}\n"
        f"  a:\n    points: {{land: {{none: 0, all: 10}}, gold: {{none: 0, all: 1}}}}\n    no_deal: {{value: 5}}\n"
        f"    red_lines: {{L1: {{name: {evil}, refuses: gold = none}}}}\n"
        "  b: {points: {land: {none: 10, all: 4}, gold: {none: 5, all: 0}}, no_deal: {value: 5}}\n"
    )
    with opened(make_case(text)) as client:
        for path in PARTS:
            for query in (
                {},
                {"package": "P1", "moves": "nearest", "beside": "0"},
                {"package": "land=none,gold=all", "moves": "need.a"},
            ):
                answer = client.get(path, params=query)
                page = Page(answer.text)
                assert "<script>alert" not in answer.text
                assert "\u202e" not in answer.text
                assert not [name for _, one in page.tags for name in one if name.startswith("on") or name == "style"]
        for path in TWINS:
            answer = client.get(path, params={"package": "P1", "beside": "0"})
            assert answer.status_code == 200
        assert "<script>alert(1)</script>" in shown(client, "/find").text


def test_pages_have_no_inline_style_or_script(ukraine: TestClient) -> None:
    answer = ukraine.get("/find", params={"package": "P4", "beside": "P5", "moves": "improve"})
    page = Page(answer.text)
    assert not [name for _, one in page.tags for name in one if name.startswith(("on", "hx-on")) or name == "style"]
    assert all(one.get("src") for tag, one in page.tags if tag == "script")
    assert "picture.js" in answer.text
    ids = re.findall(r' id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))


def test_a_script_gets_the_content_alone(ukraine: TestClient) -> None:
    part = ukraine.get("/find", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert 'id="builder"' in part


def test_the_twins_are_described(ukraine: TestClient) -> None:
    described = ukraine.get("/openapi.json").json()["paths"]
    for path in TWINS:
        asked = {one["name"] for one in described[path]["get"]["parameters"]}
        assert {"package", "beside", "set", "at"} <= asked
        assert "409" in described[path]["get"]["responses"]
    assert "bare" in {one["name"] for one in described["/find/picture.json"]["get"]["parameters"]}
    # The picture is written straight away: it has to keep to its description all the same.
    for query in ({}, {"bare": "1"}):
        assert Picture.model_validate(found(ukraine, "/find/picture.json", **query)).whole is True
