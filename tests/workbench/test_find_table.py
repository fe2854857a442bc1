"""The table of packages: filters and orders against plain comparison, pages, and a hundred thousand packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.workbench.find_app import Page, opened
from zopa.cases import shipped_case
from zopa.workbench.find_table import PAGE

Make = Callable[..., Path]


@pytest.fixture(scope="module")
def ukraine() -> Iterator[TestClient]:
    with opened(shipped_case("ukraine-2025")) as client:
        yield client


def table(client: TestClient, **query: Any) -> Any:
    answer = client.get("/find/table.json", params=query)
    assert answer.status_code == 200
    return answer.json()


def everything(client: TestClient, **query: Any) -> list[Any]:
    first = table(client, **query)
    rows = list(first["rows"])
    for page in range(2, first["pages"] + 1):
        rows += table(client, **query, page=page)["rows"]
    assert len(rows) == first["total"]
    return rows


def test_at_first_the_efficient_come_then_the_zone(ukraine: TestClient) -> None:
    rows = everything(ukraine, show="zone")
    assert len(rows) == 176
    assert [row["efficient"] for row in rows] == [True] * 58 + [False] * 118
    for some in (rows[:58], rows[58:]):
        assert [row["id"] for row in some] == sorted(row["id"] for row in some)


def test_filters_keep_what_they_say(ukraine: TestClient) -> None:
    assert {row["efficient"] for row in everything(ukraine, show="efficient")} == {True}
    assert all(
        row["title"].startswith("P") and not row["title"].startswith("Package ") for row in everything(ukraine, show="named")
    )
    assert {row["zone"] for row in everything(ukraine, show="unknown")} == {"not known"}
    assert not [row for row in everything(ukraine, who="nobody", show="named") if row["blockers"]]
    blocked = table(ukraine, who="UKR")
    assert all("UKR" in [one["id"] for one in row["blockers"]] for row in blocked["rows"])
    narrowed = everything(ukraine, **{"with": ["guarantee=joint", "dmz=large"]}, show="zone")
    assert {(row["options"]["guarantee"], row["options"]["dmz"]) for row in narrowed} == {("Joint US-European", "Large")}


@pytest.mark.parametrize("sort", ["gain.UKR", "gain.RUS"])
def test_gains_are_in_order_exactly(ukraine: TestClient, sort: str) -> None:
    party = sort.partition(".")[2]
    rising = [Fraction(row["gains"][party]["exact"]) for row in everything(ukraine, show="zone", sort=sort)]
    falling = [Fraction(row["gains"][party]["exact"]) for row in everything(ukraine, show="zone", sort=f"-{sort}")]
    assert rising == sorted(rising)
    assert falling == sorted(rising, reverse=True)


def test_issues_and_blockers_are_in_order(ukraine: TestClient) -> None:
    page = [row["options"]["aid"] for row in everything(ukraine, show="zone", sort="issue.aid")]
    order = ["Cut off", "Reduced", "Maintained", "Increased"]
    assert page == sorted(page, key=order.index)
    blockers = [len(row["blockers"]) for row in table(ukraine, sort="-blocks")["rows"]]
    assert blockers == sorted(blockers, reverse=True)


def test_a_page_beyond_the_last_is_the_last(ukraine: TestClient) -> None:
    last = table(ukraine, page=9999)
    assert last["page"] == last["pages"]
    assert 0 < len(last["rows"]) <= PAGE


def test_headings_are_links_that_turn_the_order(ukraine: TestClient) -> None:
    page = Page(ukraine.get("/find/rest", params={"sort": "-gain.UKR"}).text)
    assert [one["aria-sort"] for tag, one in page.tags if tag == "th" and "aria-sort" in one] == ["descending"]
    heads = [str(one["href"]) for tag, one in page.tags if tag == "a" and one.get("class") == "sort"]
    assert any("sort=gain.UKR" in one for one in heads)
    assert any("sort=-gain.RUS" in one for one in heads)


def test_a_filter_that_nothing_passes_says_so(ukraine: TestClient) -> None:
    page = Page(ukraine.get("/find/rest", params={"show": "efficient", "who": "UKR"}).text)
    assert "No package fits these filters." in page.text


def test_a_hundred_thousand_packages(make_case: Make) -> None:
    issues = "".join(f"  i{number}: {{name: Issue {number}, options: [a, b, c, d, e, f, g, h, i, j]}}\n" for number in range(5))
    scores = ", ".join(f"{one}: {place}" for place, one in enumerate("abcdefghij"))
    turned = ", ".join(f"{one}: {9 - place}" for place, one in enumerate("abcdefghij"))
    ours = ", ".join(f"i{number}: {{{scores}}}" for number in range(5))
    theirs = ", ".join(f"i{number}: {{{turned}}}" for number in range(5))
    text = (
        f"zopa: 1\ntitle: Large\nas_of: 2025-01-01\nassume: made up\nparties: {{a: Anna, b: Ben}}\nissues:\n{issues}"
        f"preferences:\n  assume: made up\n  a: {{points: {{{ours}}}, no_deal: {{value: 20}}}}\n"
        f"  b: {{points: {{{theirs}}}, no_deal: {{value: 20}}}}\n"
    )
    with opened(make_case(text)) as client:
        first = table(client, sort="-gain.a")
        assert first["total"] == 100_000
        assert Fraction(first["rows"][0]["gains"]["a"]["exact"]) == 25
        zone = table(client, show="zone", page=3)
        assert all(row["zone"] == "yes" for row in zone["rows"])
        columns = client.get("/find/picture.json").json()
        assert columns["whole"] is False
        assert len(columns["id"]) <= 4000
        for path in ("/find", "/find/now?moves=improve", "/find/now?moves=nearest", "/find/rest?beside=7&beside=99999"):
            Page(client.get(path).text)
