"""Finding agreements in a real browser: the builder, the picture and the table move together, by mouse and by keyboard."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.workbench.find_app import DoneAtOnce
from zopa.cases import shipped_case

pytestmark = pytest.mark.browser
WIDTHS = [390, 1440]
CHOSEN = "document.getElementById('card-title')?.dataset.package"


class Served:
    """The workbench over a case, on a port of its own."""

    def __init__(self, folder: Path) -> None:
        import uvicorn

        from zopa.workbench.access import Access
        from zopa.workbench.answers import Answers
        from zopa.workbench.app import create_app
        from zopa.workbench.context import Context
        from zopa.workbench.desk import Desk

        context: Any = Context(Desk(folder), Answers(), DoneAtOnce())  # type: ignore[arg-type]
        config = uvicorn.Config(lambda: None, port=0, log_level="warning", lifespan="off")
        with config.bind_socket() as socket:
            self.port = int(socket.getsockname()[1])
            config = uvicorn.Config(create_app(context, Access.on(self.port)), log_level="warning", lifespan="off")
            self.server = uvicorn.Server(config)
            self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [socket.dup()]}, daemon=True)
            self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    import shutil

    folder = tmp_path_factory.mktemp("case") / "ukraine"
    shutil.copytree(shipped_case("ukraine-2025"), folder)
    one = Served(folder)
    yield one
    one.close()


class Tab:
    """A page that notes whatever it says."""

    def __init__(self, browser: Any, served: Served, query: str = "", width: int = 1440, scheme: str = "light") -> None:
        size = {"width": width, "height": 900}
        from playwright.sync_api import Error

        self.errors = Error
        self.context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        # A request that is taken back for a newer one is no fault; htmx notes it as one.
        taken_back = ("htmx:afterRequest", "htmx:sendAbort")
        self.page.on(
            "console",
            lambda one: self.said.append(one.text) if one.type == "error" and not one.text.startswith(taken_back) else None,
        )
        self.page.on("request", lambda one: self.asked.append(one.url))
        self.home = f"http://127.0.0.1:{served.port}"
        self.page.goto(f"{self.home}/find?{query}")
        self.page.wait_for_selector("#package-picture canvas")

    def wait_for(self, script: str) -> None:
        """Wait until a script says yes; asked from outside, because the policy of the page refuses what is made from text."""
        for _ in range(400):
            with suppress(self.errors):  # the page may be on its way to another
                if self.page.evaluate(script):
                    return
            self.page.wait_for_timeout(25)
        raise AssertionError(f"never: {script}")

    def quiet(self) -> None:
        assert self.said == []
        assert [url for url in self.asked if not url.startswith(self.home)] == []
        self.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "query",
    [
        "package=P4&beside=P5&beside=P6&moves=improve",
        "package=fighting=continues,dmz=large,territory=none,nato=member,guarantee=none,aid=cut,arms=large&moves=need.UKR&show=named",
    ],
)
def test_the_audit_finds_no_violation(browser: Any, served: Served, query: str, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    tab = Tab(browser, served, query, width, scheme)
    tab.page.wait_for_selector(".share-table, .card-shares p")
    tab.page.wait_for_timeout(1500)
    tab.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = axe.Axe().run(tab.page)
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found.response["violations"]] == []
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    tab.quiet()


def test_the_builder_redraws_the_card_and_marks_the_picture(browser: Any, served: Served) -> None:
    tab = Tab(browser, served, "package=P4")
    before = tab.page.evaluate(CHOSEN)
    tab.page.get_by_role("radio", name="European only").check(force=True)
    tab.wait_for(f"{CHOSEN} !== '{before}'")
    assert "guarantee%3Deuropean" in tab.page.url
    assert tab.page.locator("#card-title").inner_text() == "P3: P2 with a European guarantee"
    # Going back undoes it.
    tab.page.go_back()
    tab.wait_for(f"{CHOSEN} === '{before}'")
    tab.quiet()


def test_the_builder_works_by_keyboard_and_keeps_the_place(browser: Any, served: Served) -> None:
    tab = Tab(browser, served, "package=P4")
    radio = tab.page.locator("#builder input[type=radio]:checked").first
    radio.focus()
    for option in ("settlement", "continues"):
        before = tab.page.evaluate(CHOSEN)
        tab.page.keyboard.press("ArrowRight")
        tab.wait_for(f"{CHOSEN} !== '{before}'")
        assert tab.page.evaluate("document.activeElement.checked && document.activeElement.value") == option
        assert f"fighting%3D{option}" in tab.page.url
    tab.quiet()


def test_the_picture_chooses_by_keyboard(browser: Any, served: Served) -> None:
    tab = Tab(browser, served, "package=P4")
    before = tab.page.evaluate(CHOSEN)
    tab.page.locator("#package-picture").focus()
    tab.page.keyboard.press("End")
    tab.wait_for(f"{CHOSEN} !== '{before}'")
    words = tab.page.locator("#picture-words").inner_text()
    assert "Fighting:" in words
    assert tab.page.evaluate("document.activeElement.id") == "package-picture"
    tab.quiet()


def test_a_click_on_a_point_takes_the_package(browser: Any, served: Served) -> None:
    tab = Tab(browser, served, "package=P6")
    before = tab.page.evaluate(CHOSEN)
    box = tab.page.locator("#package-picture canvas").bounding_box()
    # Points lie close together in the middle of the picture: one of these hits.
    for step in range(40):
        tab.page.mouse.click(box["x"] + box["width"] * (0.45 + 0.006 * step), box["y"] + box["height"] * 0.5)
        tab.page.wait_for_timeout(60)
        if tab.page.evaluate(CHOSEN) != before:
            break
    assert tab.page.evaluate(CHOSEN) != before
    tab.quiet()


def test_the_table_takes_a_package_and_puts_one_beside(browser: Any, served: Served) -> None:
    tab = Tab(browser, served, "package=P4")
    row = tab.page.locator("table.packages tbody tr").nth(3)
    row.get_by_role("link").first.focus()
    tab.page.keyboard.press("Enter")
    tab.wait_for("document.querySelectorAll('table.packages tbody tr')[3].hasAttribute('data-chosen')")
    tab.page.locator("table.packages tbody tr").nth(5).get_by_role("link", name="Beside").click()
    tab.page.wait_for_selector("table.compare")
    assert tab.page.locator("table.compare thead th").count() == 2
    # Sorting and filtering keep what is chosen.
    tab.page.get_by_label("Who blocks").select_option("UKR")
    tab.wait_for("location.search.includes('who=UKR')")
    tab.page.wait_for_selector("table.compare")
    tab.quiet()


def test_other_axes_are_drawn(browser: Any, served: Served) -> None:
    tab = Tab(browser, served, "package=P4")
    with tab.page.expect_response(lambda one: "/find/picture.json" in one.url and "x=EUR" in one.url):
        tab.page.get_by_label("From left to right").select_option("EUR")
    tab.wait_for("location.search.includes('x=EUR')")
    tab.quiet()


def test_the_picture_follows_a_judgement_without_being_made_anew(browser: Any, served: Served) -> None:
    tab = Tab(browser, served, "package=P4")
    tab.page.evaluate("document.querySelector('#package-picture canvas').dataset.first = 'yes'")
    for share in (30, 35, 40, 45, 50):
        tab.page.evaluate(f"zopa.set('assumptions.A9', '{share}', false)")
        tab.page.wait_for_timeout(40)
    with tab.page.expect_response(lambda one: "/find/picture.json" in one.url and "bare=1" in one.url):
        tab.page.evaluate("zopa.set('assumptions.A9', '55', true)")
    tab.page.wait_for_timeout(900)
    assert tab.page.evaluate("document.querySelector('#package-picture canvas').dataset.first") == "yes"
    assert "A9%3A55" in tab.page.url
    tab.quiet()
