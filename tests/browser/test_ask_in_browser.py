"""Ask what if in a real browser: switches and the slider move the answer, by mouse and by keyboard, and can be put back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.workbench.servers import running
from zopa.cases import shipped_case
from zopa.workbench.access import Access
from zopa.workbench.answers import Answers
from zopa.workbench.app import create_app
from zopa.workbench.context import Context
from zopa.workbench.desk import Desk
from zopa.workbench.jobs import Jobs

pytestmark = pytest.mark.browser
# A request that is taken back for a newer one, or under way when the page is left, is cut off, and htmx says so.
NO_FAULT = ("htmx:afterRequest", "htmx:sendAbort", "htmx:sendError")
PICTURE = "document.querySelector('#ask-sweep svg') !== null"
FIGURE = "document.querySelector('.bar-figures b').textContent"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("case") / "ukraine"
    shutil.copytree(shipped_case("ukraine-2025"), folder)
    with running(lambda access: application(folder, access)) as port:
        yield f"http://127.0.0.1:{port}"


def application(folder: Path, access: Access) -> Any:
    return create_app(Context(Desk(folder), Answers(), Jobs()), access)


class Tab:
    """A page that notes whatever it says and asks for."""

    def __init__(self, browser: Any, address: str, query: str = "", width: int = 1440, scheme: str = "light") -> None:
        from playwright.sync_api import Error

        self.error = Error
        size = {"width": width, "height": 900}
        self.context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("console", lambda one: self.said.append(one.text) if one.type == "error" else None)
        self.page.on("request", lambda one: self.asked.append(one.url))
        self.address = address
        self.page.goto(f"{address}/ask?{query}")

    def wait_for(self, script: str) -> None:
        """Wait until a script says yes; asked from outside, because the policy of the page refuses what is made from text."""
        for _ in range(1200):
            with suppress(self.error):  # the page may be on its way to another
                if self.page.evaluate(script):
                    return
            self.page.wait_for_timeout(25)
        raise AssertionError(f"never: {script}")

    def quiet(self) -> None:
        assert [words for words in self.said if not words.startswith(NO_FAULT)] == []
        assert [url for url in self.asked if not url.startswith(self.address)] == []
        self.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "path=preferences.UKR.no_deal&set=preferences.UKR.no_deal:85&without=s14&pull=accession&read=A6:down&at=2025-01-20",
        "path=preferences.RUS.scores.territory.direction&off=A9",
    ],
)
def test_the_audit_finds_no_violation(browser: Any, address: str, query: str, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    tab = Tab(browser, address, query, width, scheme)
    tab.wait_for("document.querySelector('#ask-sweep details') !== null")
    tab.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = axe.Axe().run(tab.page)
    assert found.response["violations"] == [], found.generate_report()
    assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.quiet()


def test_dragging_moves_the_answer_and_the_mark_and_going_back_puts_both_back(browser: Any, address: str) -> None:
    tab = Tab(browser, address)
    tab.wait_for(PICTURE)
    before, place = tab.page.evaluate(FIGURE), tab.page.evaluate("document.getElementById('sweep-present').getAttribute('x1')")
    slider = tab.page.locator("#drag-range")
    box = slider.bounding_box()
    tab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.page.mouse.down()
    for share in (0.55, 0.6, 0.7, 0.8):
        tab.page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
    assert float(tab.page.evaluate("document.getElementById('sweep-present').getAttribute('x1')")) > float(place)
    assert tab.page.input_value("#drag-value") == slider.input_value()
    tab.page.mouse.up()
    tab.wait_for(f"{FIGURE} === '0'")
    tab.wait_for("document.querySelector('#ask-compare').textContent.includes('the zone is empty now')")
    assert "set=assumptions.A9" in tab.page.url
    assert tab.page.locator(".chip").count() == 2
    tab.page.go_back()
    tab.wait_for(f"{FIGURE} === '{before}'")
    assert "set=" not in tab.page.url
    tab.quiet()


def test_the_slider_by_keyboard_and_a_number_typed(browser: Any, address: str) -> None:
    tab = Tab(browser, address, "path=preferences.UKR.no_deal")
    tab.wait_for(PICTURE)
    tab.page.focus("#drag-range")
    tab.page.keyboard.press("End")
    tab.wait_for(f"{FIGURE} === '0'")
    assert "set=preferences.UKR.no_deal%3A100" in tab.page.url or "set=preferences.UKR.no_deal:100" in tab.page.url
    assert tab.page.evaluate("document.activeElement.id") == "drag-range"
    tab.page.fill("#drag-value", "81.5")
    tab.page.keyboard.press("Tab")
    tab.wait_for("document.querySelector('.bar-unknown') !== null")
    tab.page.click("[data-back]")
    tab.wait_for(f"{FIGURE} !== '0' && !location.search.includes('set=')")
    tab.quiet()


def test_every_kind_of_switch_redraws_the_answer(browser: Any, address: str) -> None:
    tab = Tab(browser, address)
    for press, said in [
        ("#group-statements > summary", ""),
        ("[data-switch=without][value=s14]", "without s14"),
        ("#group-assumptions > summary", ""),
        ("[data-switch=off][value=A8]", "not known"),
        ("[data-read=A6][value=down]", "Europe"),
        ("[data-lever=accession]", "pulled: Consent to accession"),
        ("[data-day='2025-01-20']", "on 2025-01-20"),
    ]:
        tab.page.locator(press).first.click()
        if said:
            tab.wait_for(f"document.querySelector('#answer .chips')?.textContent.includes({said!r})")
    tab.wait_for("document.querySelectorAll('#answer .chip').length === 6")
    tab.wait_for("document.querySelector('#ask-compare').textContent.includes('What rested on it and is gone')")
    assert tab.page.locator("#pulling-yes").is_checked()
    tab.page.locator("[data-switch=off][value=A8]").click()
    tab.page.locator("#pulling-no").click()
    tab.page.locator("#read-0-open").click()
    tab.page.locator("[data-day='']").click()
    tab.wait_for("document.querySelectorAll('#answer .chip').length === 2")
    tab.page.locator("#ask-compare [data-put-back]").click()
    tab.wait_for("!location.search.includes('without') && document.querySelectorAll('#answer .chip').length === 0")
    assert tab.page.locator("[data-switch=without][value=s14]").is_checked()
    tab.quiet()


def test_long_lists_can_be_searched(browser: Any, address: str) -> None:
    tab = Tab(browser, address)
    tab.page.fill("#switch-search", "accession")
    tab.wait_for("document.getElementById('switch-found').textContent.endsWith('found')")
    seen = tab.page.locator(".ask-item:visible")
    assert 0 < seen.count() < 12
    assert all("accession" in words.lower() for words in seen.all_inner_texts())
    tab.page.fill("#switch-search", "")
    assert tab.page.locator(".ask-item:visible").count() > 12
    tab.page.fill("#drag-search", "territory")
    shown = "[...document.querySelectorAll('#drag-path option')].filter((one) => !one.hidden)"
    hidden = f"{shown}.every((one) => /territory/i.test(one.textContent + one.parentElement.label))"
    tab.wait_for(hidden)
    tab.page.select_option("#drag-path", "preferences.RUS.weights.territory")
    tab.wait_for("document.getElementById('dragged').dataset.path === 'preferences.RUS.weights.territory'")
    tab.wait_for(PICTURE)
    assert "path=preferences.RUS.weights.territory" in tab.page.url
    tab.quiet()


def test_another_switch_moves_the_whole_curve(browser: Any, address: str) -> None:
    tab = Tab(browser, address)
    tab.wait_for(PICTURE)
    before = tab.page.inner_text(".ask-crossings")
    tab.page.locator("[data-read=A6][value=down]").click()
    tab.wait_for(f"document.querySelector('.ask-crossings') && document.querySelector('.ask-crossings').innerText !== {before!r}")
    tab.quiet()


def test_the_share_at_each_level_joins_the_zone_once_it_is_counted(browser: Any, address: str) -> None:
    tab = Tab(browser, address, "path=assumptions.A9&read=A6:down&read=table:guarantor")
    tab.wait_for(PICTURE)
    tab.wait_for("document.querySelector('#ask-sweep .ask-levels svg') !== null")
    assert "not a chance" in tab.page.inner_text(".ask-levels")
    tab.quiet()


def test_a_number_beyond_the_range_makes_the_slider_longer(browser: Any, address: str) -> None:
    tab = Tab(browser, address, "path=assumptions.A12")
    tab.wait_for(PICTURE)
    tab.page.fill("#drag-value", "7")
    tab.page.keyboard.press("Tab")
    tab.wait_for("Number(document.getElementById('drag-range').max) === 7")
    tab.wait_for("document.getElementById('sweep-present')?.dataset.high === '7.0'")
    tab.quiet()
