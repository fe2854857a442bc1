"""The page of a reading in a real browser: quiet, offline, accessible, usable by keyboard and without scripts, printable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.reading.readings import herring, lease
from tests.report.test_reading_page import hostile
from zopa.report.reading_page import reading_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("reading") / "reading.html"
    written.write_text(reading_page([herring(), lease()], title="Two disputes"), encoding="utf-8")
    return written


class Opened:
    """A page in a tab that notes whatever it says and asks for."""

    def __init__(self, browser: Any, file: Path, width: int = 1440, scheme: str = "light", **more: Any) -> None:
        settings = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "reduced_motion": "reduce"}
        self.context = browser.new_context(**settings, offline=True, **more)
        self.page = self.context.new_page()
        self.file = file
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.said.append(f"dialog: {dialog.message}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    def lit(self) -> str:
        """Return the words that are lit up."""
        return " ".join(self.page.locator(".mark.lit").all_text_contents())

    def quiet(self) -> None:
        """Check that the page asked for nothing but itself and said nothing."""
        assert self.asked == [self.file.as_uri()]
        assert self.said == []
        self.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_audit_finds_no_violation(browser: Any, file: Path, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    opened = Opened(browser, file, width, scheme)
    # Twice: as it opens, and with a statement chosen and the list narrowed.
    for chosen in (False, True):
        if chosen:
            opened.page.get_by_role("combobox", name="Party").select_option("UNION")
            opened.page.locator("#m2").focus()
        found = axe.Axe().run(opened.page)
        assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found.response["violations"]] == []
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    opened.context.close()


def test_a_number_reached_by_keyboard_shows_its_record(browser: Any, file: Path) -> None:
    opened = Opened(browser, file)
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "m2":
            break
    assert page.locator("#chosen h3").text_content() == "Statement 2"
    assert "will not sign" in page.locator("#chosen").inner_text()
    assert opened.lit() == "The coastal union will not sign a quota  above 400,000 tonnes"
    assert page.locator("#m2").get_attribute("aria-current") == "true"
    page.keyboard.press("Tab")
    assert page.locator("#chosen h3").text_content() == "Statement 1"
    assert page.locator("[aria-current]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#chosen h3").count() == 0
    assert opened.lit() == ""
    opened.quiet()


def test_pointing_at_words_goes_from_the_innermost_statement_outwards(browser: Any, file: Path) -> None:
    opened = Opened(browser, file)
    words = opened.page.locator(".mark", has_text="settle the dispute").first
    for wanted in ("Statement 4", "Statement 3", "Statement 4"):
        words.click()
        assert opened.page.locator("#chosen h3").text_content() == wanted
    opened.page.get_by_role("button", name="Close").click()
    assert opened.lit() == ""
    opened.quiet()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_record_is_seen_beside_or_below_the_words(browser: Any, file: Path, width: int) -> None:
    opened = Opened(browser, file, width)
    chip = opened.page.locator("#m5")
    chip.scroll_into_view_if_needed()
    chip.click()
    panel, mark = opened.page.locator("#chosen").bounding_box(), chip.bounding_box()
    assert panel["y"] >= 0
    assert panel["y"] + panel["height"] <= 901
    apart = panel["x"] >= mark["x"] + mark["width"] if width > 960 else panel["y"] >= mark["y"] + mark["height"]
    assert apart
    opened.quiet()


def test_a_link_of_a_record_leads_back_into_the_text(browser: Any, file: Path) -> None:
    opened = Opened(browser, file)
    opened.page.locator("#s7").get_by_role("link", name="line 7 of the text").click()
    assert opened.page.locator("#m7").evaluate("(node) => node.matches(':target')")
    opened.quiet()


def test_narrowing_agrees_in_list_table_and_text(browser: Any, file: Path) -> None:
    opened = Opened(browser, file)
    page = opened.page
    count = page.locator("#reading-count")
    assert count.text_content() == "9 of 9 statements"
    page.get_by_role("combobox", name="Party").select_option("ISLES")
    assert count.text_content() == "3 of 9 statements"
    assert page.locator(".records > li:visible").count() == 3
    assert page.locator("#by-party tbody tr:visible").count() == 3
    assert page.locator("a.chip:visible").all_inner_texts() == ["4 willing L2", "5 demand L1", "6 say L0"]
    # Words keep only the marks of the statements that are left.
    inner, outer = page.locator(".mark", has_text="settle the dispute").first, page.locator("#m3")
    assert inner.get_attribute("class") == "mark content deep-1"
    assert outer.is_hidden()
    assert page.get_by_text("She", exact=True).first.get_attribute("class") == "mark"
    inner.click()
    assert page.locator("#chosen h3").text_content() == "Statement 4"
    inner.click()
    assert page.locator("#chosen h3").text_content() == "Statement 4"
    page.get_by_role("combobox", name="Level").select_option("0")
    assert page.locator("#chosen h3").count() == 0
    assert count.text_content() == "1 of 9 statements"
    page.get_by_role("combobox", name="Act").select_option("reject")
    assert count.text_content() == "0 of 9 statements"
    page.get_by_role("button", name="Clear filters").click()
    assert count.text_content() == "9 of 9 statements"
    assert page.locator("a.chip:visible").count() == 9
    assert inner.get_attribute("class") == "mark content deep-2"
    opened.quiet()


def test_the_page_works_without_scripts(browser: Any, file: Path) -> None:
    opened = Opened(browser, file, java_script_enabled=False)
    page = opened.page
    assert page.locator("#reading-filters").is_hidden()
    assert page.locator("#chosen").is_hidden()
    assert page.locator(".records > li:visible").count() == 9
    page.locator("#m3").click()
    assert page.url.endswith("#s3")
    page.locator("#s3").get_by_role("link", name="line 3 of the text").click()
    assert page.url.endswith("#m3")
    opened.context.close()


def test_hostile_text_is_shown_as_text(browser: Any, tmp_path: Path) -> None:
    written = tmp_path / "hostile.html"
    written.write_text(reading_page([hostile()], title="W" * 300), encoding="utf-8")
    opened = Opened(browser, written, 390)
    opened.page.locator("#m1").click()
    assert "<script>alert(1)</script>" in opened.page.locator("#chosen").inner_text()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.page.locator("img, iframe, object, link").count() == 0
    opened.quiet()


def test_it_prints_without_controls_and_no_wider_than_the_sheet(browser: Any, file: Path, tmp_path: Path) -> None:
    opened = Opened(browser, file)
    opened.page.locator("#m2").click()
    opened.page.emulate_media(media="print")
    assert opened.page.locator("#reading-filters").is_hidden()
    assert opened.page.locator("#chosen").is_hidden()
    opened.page.set_viewport_size({"width": 794, "height": 1123})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 794
    data = opened.page.pdf(path=str(tmp_path / "reading.pdf"), format="A4", print_background=True)
    assert data.startswith(b"%PDF")
    opened.context.close()
