"""The workbench as a new user meets it: one job from the first page to the report, every page for everybody, two tabs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zopa.case import judgement_at, load_case
from zopa.cases import shipped_case

pytestmark = pytest.mark.browser
PAGES = ("find?package=P4", "ask?path=assumptions.A9", "numbers?party=UKR", "present", "report", "api")
# A request that the page takes back for a newer one, or that ends because the page is left, is no fault; htmx notes it as one.
NO_FAULT = ("htmx:afterRequest", "htmx:sendAbort", "htmx:sendError")
PATIENCE = 20_000  # milliseconds for what must come; nothing is measured here


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("served") / "ukraine-2025"
    shutil.copytree(shipped_case("ukraine-2025"), place)
    return place


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "zopa", "serve", str(folder), "--port", "0", "--no-open", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = ""
        while "}" not in said:
            line = server.stdout.readline()
            assert line, "the server ended"
            said += line
        yield str(json.loads(said)["address"])
        server.terminate()
        assert server.wait(20) == 0


class Tab:
    """A tab that notes every message of the browser and every request that leaves the server."""

    def __init__(self, browser: Any, address: str, width: int = 1440, scheme: str = "light", height: int = 900) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.address = address
        self.faults: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda one: self.faults.append(str(one)))
        self.page.on(
            "request", lambda one: None if one.url.startswith((address, "data:", "blob:")) else self.elsewhere.append(one.url)
        )

    def _heard(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(NO_FAULT):
            self.faults.append(message.text)

    def go(self, where: str) -> Any:
        self.page.goto(f"{self.address}{where}")
        return self.page

    def close(self) -> None:
        self.context.close()
        assert self.elsewhere == []
        assert self.faults == []


def test_a_new_user_finds_who_blocks_changes_a_range_undoes_it_pins_and_makes_the_report(
    browser: Any, address: str, folder: Path
) -> None:
    before = (folder / "case.yaml").read_bytes()
    case = load_case(folder)
    tab = Tab(browser, address)
    page = tab.go("")
    page.get_by_role("heading", name="Find agreements").wait_for()

    # Who blocks P4, and what would move them?
    page.get_by_role("link", name=case.packages["P4"].name).first.click()
    page.locator("#card-title", has_text="P4").wait_for()
    shares = page.get_by_role("table", name="Shares of the assumptions by party")
    shares.get_by_role("row", name=case.parties["UKR"].name).first.wait_for()
    assert "%" in shares.get_by_role("row", name=case.parties["UKR"].name).first.inner_text()
    page.get_by_role("link", name="What would Ukraine need?").click()
    page.get_by_text("Ukraine accepts it as it is.").wait_for()
    page.get_by_role("link", name=case.packages["P3"].name).first.click()
    page.locator("#card-title", has_text="P3").wait_for()
    page.locator("#moves-answer .move").first.wait_for()

    # One range is changed, with a reason; the answer moves with the slider.
    tab.go("numbers?party=UKR")
    path = "preferences.UKR.weights.nato"
    row = page.locator(f'[data-path="{path}"]')
    was = judgement_at(case, path)
    assert was is not None
    low = row.get_by_role("slider").first
    low.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.locator(f'[data-path="{path}"]').get_by_text("Not saved").wait_for()
    assert (folder / "case.yaml").read_bytes() == before
    row.get_by_label("the same for Russian Federation", exact=False).check()
    row.get_by_role("button", name="Save").click()
    page.wait_for_function("(old) => document.body.dataset.revision !== old", arg=page.evaluate("document.body.dataset.revision"))
    changed = judgement_at(load_case(folder), path)
    assert changed is not None
    assert changed.text != was.text
    assert (folder / "case.yaml").read_text(encoding="utf-8").count("#") == before.decode().count("#")

    # And undone, to the byte.
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("undone").first.wait_for()
    assert (folder / "case.yaml").read_bytes() == before

    # A package is pinned with a note.
    tab.go("find?package=P5")
    page.get_by_text("Pin this package").click()
    page.get_by_label("Name", exact=True).fill('Our <b>pin</b>: "first"')
    page.get_by_label("Note: why it is kept").fill("To be looked at: it may do # really")
    page.get_by_role("button", name="Pin", exact=True).click()
    page.get_by_role("link", name='Our <b>pin</b>: "first"').first.wait_for()
    pinned = [one for one in load_case(folder).packages.values() if one.name == 'Our <b>pin</b>: "first"']
    assert len(pinned) == 1
    assert pinned[0].basis.assume == "To be looked at: it may do # really"

    # The report, made in the background and opened under its own policy.
    tab.go("report")
    page.get_by_role("button", name="Make the report").click()
    page.get_by_role("link", name="Open the report").click(timeout=180_000)
    page.get_by_role("heading", name=case.title, level=1).wait_for()
    page.get_by_text('Our <b>pin</b>: "first"').first.wait_for(state="attached")
    tab.close()
    (folder / "case.yaml").write_bytes(before)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("where", PAGES)
def test_every_page_is_for_everybody(browser: Any, address: str, where: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = Tab(browser, address, width, scheme)
    page = tab.go(where)
    page.wait_for_timeout(1500)
    found = Axe().run(page)
    told = [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found.response["violations"]]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.close()


@pytest.mark.parametrize("where", PAGES[:5])
def test_twice_as_large_letters_lose_nothing(browser: Any, address: str, where: str) -> None:
    """At 200 % a window of 1,280 pixels is one of 640 pixels."""
    tab = Tab(browser, address, 640, height=450)
    page = tab.go(where)
    page.wait_for_timeout(1000)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_role("navigation", name="Pages").is_visible() or where == "present"
    tab.close()


def test_by_keyboard_alone(browser: Any, address: str, folder: Path) -> None:
    before = (folder / "case.yaml").read_bytes()
    tab = Tab(browser, address)
    page = tab.go("find")
    page.wait_for_load_state("load")

    def press_until(wanted: str, most: int = 120, key: str = "Tab") -> None:
        for _ in range(most):
            page.keyboard.press(key)
            if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
                return
        raise AssertionError(f"the keyboard does not reach {wanted}")

    # The first stop skips to the content.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    # An option of the builder by arrow keys.
    chosen = page.locator("#card-title").get_attribute("data-package")
    press_until("#find-now input[type=radio]")
    page.keyboard.press("ArrowUp")
    page.wait_for_function("(old) => document.getElementById('card-title').dataset.package !== old", arg=chosen)
    # A package of the picture by arrow keys.
    chosen = page.locator("#card-title").get_attribute("data-package")
    press_until("#package-picture")
    page.keyboard.press("End")
    page.wait_for_function("(old) => document.getElementById('card-title').dataset.package !== old", arg=chosen)
    # The page on what if, by its link; a switch by space.
    page.keyboard.press("Home")
    tab.go("ask")
    press_until("main input[type=checkbox]", 200)
    page.keyboard.press("Space")
    page.locator(".chip").first.wait_for()
    page.go_back()
    page.locator(".chip").first.wait_for(state="detached")
    # Nothing of this was written.
    assert (folder / "case.yaml").read_bytes() == before
    # Every place where the keyboard stops can be seen there.
    tab.go("numbers?party=RUS")
    for _ in range(25):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            "(() => { const one = document.activeElement; const look = getComputedStyle(one);"
            " return one === document.body || look.outlineStyle !== 'none' || one.closest('.two') !== null; })()"
        )
        assert shown
    tab.close()


def test_the_presentation_by_keyboard(browser: Any, address: str) -> None:
    tab = Tab(browser, address)
    page = tab.go("present")
    page.locator("#show-count", has_text="1 of").wait_for()
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="What the text alone decides").wait_for()
    assert not page.get_by_role("navigation", name="Pages").is_visible()
    page.keyboard.press("End")
    assert page.get_by_role("button", name="Next").is_disabled()
    page.keyboard.press("Home")
    page.get_by_role("heading", level=1).wait_for()
    tab.close()


def test_a_slider_moves_the_answer_and_going_back_puts_it_back(browser: Any, address: str) -> None:
    tab = Tab(browser, address)
    page = tab.go("ask?path=assumptions.A9")
    sentence = page.locator(".bar-sentence").inner_text()
    slider = page.locator("#drag-range")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("PageUp")
    page.wait_for_function("(old) => document.querySelector('.bar-sentence').innerText !== old", arg=sentence)
    page.locator(".chip").first.wait_for()
    assert "set=assumptions.A9" in page.url
    page.get_by_role("link", name="Put the case back").click()
    page.wait_for_function("(old) => document.querySelector('.bar-sentence').innerText === old", arg=sentence)
    assert "set=" not in page.url
    tab.close()


def test_two_tabs_never_lose_an_edit(browser: Any, address: str, folder: Path) -> None:
    before = (folder / "case.yaml").read_bytes()
    one, two = Tab(browser, address), Tab(browser, address)

    def change(tab: Tab, party: str, path: str, amount: str) -> Any:
        tab.go(f"numbers?party={party}&set={path}:{amount}")
        return tab.page.locator(f'[data-path="{path}"]').get_by_role("button", name="Save")

    # Different numbers from two tabs: both are kept.
    first = change(one, "USA", "preferences.USA.weights.guarantee", "6..30")
    second = change(two, "EUR", "preferences.EUR.weights.nato", "3..45")
    first.click()
    one.page.wait_for_function("() => !location.search.includes('USA.weights')")
    second.click()
    two.page.wait_for_function("() => !location.search.includes('EUR.weights')")
    now = load_case(folder)
    kept = [judgement_at(now, path) for path in ("preferences.USA.weights.guarantee", "preferences.EUR.weights.nato")]
    assert [placed.text for placed in kept if placed is not None] == ["6..30", "3..45"]

    # The same number: the second is asked.
    path = "preferences.USA.weights.guarantee"

    def stands() -> str:
        found = judgement_at(load_case(folder), path)
        assert found is not None
        return found.text

    first, second = change(one, "USA", path, "7..30"), change(two, "USA", path, "8..30")
    two.page.route("**/revision.json", lambda route: route.abort())  # the tab has not noticed yet
    first.click()
    one.page.wait_for_function("() => !location.search.includes('USA.weights')")
    second.click()
    two.page.get_by_role("dialog").wait_for()
    assert stands() == "7..30"
    two.page.get_by_role("button", name="Take mine all the same").click()
    two.page.wait_for_function("() => !location.search.includes('USA.weights')")
    assert stands() == "8..30"
    two.faults.clear()  # the browser notes the refusal, and the look that was stopped
    one.close()
    two.close()
    (folder / "case.yaml").write_bytes(before)


def test_an_edit_outside_is_noticed_and_faults_are_shown(browser: Any, address: str, folder: Path) -> None:
    before = (folder / "case.yaml").read_bytes()
    tab = Tab(browser, address)
    page = tab.go("numbers?party=UKR")
    (folder / "case.yaml").write_bytes(before.replace(b"title: Talks about the war in Ukraine", b"title: Talks"))
    page.locator(".bench-outside").wait_for()
    (folder / "case.yaml").write_bytes(before.replace(b"zopa: 1", b"zopa: [1"))
    page.get_by_role("alert").get_by_text("The case file has faults").wait_for()
    (folder / "case.yaml").write_bytes(before)
    page.get_by_text("The case file has faults").wait_for(state="detached")
    tab.close()
