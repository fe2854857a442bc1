"""The presentation: the same figures as everywhere, in large pages, with nothing to turn."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.workbench.find_app import Page, opened
from zopa.case import load_case
from zopa.cases import shipped_case, shipped_cases
from zopa.settlement import settle


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    place = tmp_path_factory.mktemp("case") / "ukraine"
    shutil.copytree(shipped_case("ukraine-2025"), place)
    with opened(place) as one:
        yield one


def test_there_is_nothing_to_turn(client: TestClient) -> None:
    page = Page(client.get("/present").text)
    inside = [tag for tag, attributes in page.tags if tag in {"input", "select", "textarea"}]
    assert inside == []
    headings = [dict(attributes)["aria-labelledby"] for tag, attributes in page.tags if dict(attributes).get("class") == "slide"]
    ids = {dict(attributes).get("id") for _, attributes in page.tags}
    assert headings
    assert set(headings) <= ids


def test_named_packages_are_shown_with_who_blocks_them(client: TestClient) -> None:
    case = load_case(shipped_case("ukraine-2025"))
    settled = settle(case)
    found = client.get("/present.json").json()
    assert found["as_of"] == "2025-01-10"
    slides = {one["id"]: one for one in found["packages"]}
    whole = [members[0] for name in case.packages if len(members := settled.members(name)) == 1]
    assert list(slides) == whole
    for index, slide in slides.items():
        view = settled.view(index)
        fit = view.allowed and view.deal and view.available
        assert slide["blockers"] == ([case.parties[name].name for name in view.blockers()] if fit else [])
        assert slide["verdicts"]["In the zone"] == {True: "yes", False: "no", None: "not known"}[view.adopted]


def test_chosen_packages_take_the_place_of_the_named_ones(client: TestClient) -> None:
    found = client.get("/present.json?package=P4&beside=P5").json()
    assert [one["title"] for one in found["packages"]] == ["P4 P2 with a joint guarantee", "P5 Ceasefire with a joint guarantee"]


def test_a_what_if_is_said_on_the_first_page(client: TestClient) -> None:
    words = Page(client.get("/present?set=assumptions.A9:80").text).words
    assert any("This is not the case as it is written" in one for one in words)
    assert not any("This is not the case as it is written" in one for one in Page(client.get("/present").text).words)


@pytest.mark.parametrize("name", shipped_cases())
def test_every_shipped_case_can_be_presented(name: str) -> None:
    with opened(shipped_case(name)) as one:
        Page(one.get("/present").text)
        assert one.get("/present.json").json()["settled"]
