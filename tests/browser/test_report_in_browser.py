"""The report in a real browser: quiet, offline, accessible, usable by keyboard, printable, deaf to hostile text.

Run by ``python3 run browser``, which installs what these tests need.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.case.broken import SOUND
from tests.report.test_page import EVIL, WRITTEN
from zopa.case import Case, load_case, read_text
from zopa.cases import shipped_case, shipped_cases
from zopa.exploration import explore
from zopa.report.page import page as report_page
from zopa.settlement import compare_levers, sample, settle

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    found = {}
    for name in shipped_cases():
        found[name] = write(load_case(shipped_case(name)), folder / f"{name}.html")
    return found


def write(case: Case, file: Path, view_of: str | None = None) -> Path:
    levers = compare_levers(case, draws=32)
    html = report_page(case, settle(case), sample(case, draws=100, seed=1), view_of=view_of, levers=levers)
    file.write_text(html, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Reports with the section on what the answer hangs on, with words of likelihood."""
    folder = tmp_path_factory.mktemp("explored")
    found = {}
    for name in shipped_cases():
        case = load_case(shipped_case(name))
        made = explore(case, draws=40, seed=1, decisive_draws=8)
        found[name] = folder / f"{name}.html"
        html = report_page(case, settle(case), made.sample, exploration=made, prior="the ranges of the ledger")
        found[name].write_text(html, encoding="utf-8")
    return found


class Opened:
    """A report in a tab that notes whatever it says and asks for."""

    def __init__(self, browser: Any, file: Path, width: int = 1440, scheme: str = "light", height: int = 900) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            offline=True,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())
        self.page.wait_for_selector("#package-picture canvas")
        self.file = file

    def quiet(self) -> None:
        """Check that the page asked for nothing but itself and said nothing."""
        assert [url for url in self.asked if not url.startswith(("blob:", "data:"))] == [self.file.as_uri()]
        assert self.said == []
        self.context.close()


@pytest.mark.parametrize("name", shipped_cases())
def test_no_request_leaves_and_nothing_is_said(browser: Any, reports: dict[str, Path], name: str) -> None:
    opened = Opened(browser, reports[name])
    opened.page.mouse.wheel(0, 4000)
    opened.page.get_by_label("From left to right").select_option(index=1)
    opened.page.wait_for_timeout(200)
    opened.quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", shipped_cases())
def test_the_audit_finds_no_violation(browser: Any, reports: dict[str, Path], name: str, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    opened = Opened(browser, reports[name], width, scheme)
    opened.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    # The audit is a script that the page's policy would refuse; it is put in by the browser, not by the page.
    found = axe.Axe().run(opened.page)
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found.response["violations"]] == []
    # Nothing runs out of the page sideways.
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    opened.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", shipped_cases())
def test_the_audit_of_what_the_answer_hangs_on(
    browser: Any, explored: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    opened = Opened(browser, explored[name], width, scheme)
    opened.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = axe.Axe().run(opened.page)
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found.response["violations"]] == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    # No label of a picture runs into the next one, and none out of its picture.
    for picture in opened.page.locator("#hangs svg, #explored svg").all():
        boxes = picture.locator("text").evaluate_all(
            "(all) => all.map((one) => one.getBBox()).map((b) => [b.x, b.y, b.width, b.height])"
        )
        right = picture.evaluate("(one) => one.viewBox.baseVal.width")
        assert all(x >= 0 and x + wide <= right for x, _, wide, _ in boxes)
        # Where a picture does not fit, a line above it says that it moves.
        pan = picture.locator("xpath=..")
        cut = pan.evaluate("(one) => one.scrollWidth > one.clientWidth")
        assert not cut or pan.locator("xpath=preceding-sibling::p").is_visible()
        for one, other in combinations(boxes, 2):
            apart = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
            assert apart or one[1] + one[3] <= other[1] + 2 or other[1] + other[3] <= one[1] + 2
    opened.context.close()


VOTE = """\
zopa: 1
title: Five seats
as_of: 2025-01-01
assume: invented
parties: {a: Aline, b: Bert, c: Cora, d: A council with a rather long name, g: {name: Guard, seat: guarantor, consent_if: i = z}}
agreement: {need: {quota: 4, votes: {a: 2, b: 2, c: 1, d: 1}}, veto: [a]}
issues: {i: {name: Site, options: [x, y, z]}, j: {name: Money, options: [p, q, r]}}
preferences:
  a: {points: {i: [9, 5, 0], j: [0, 2, 5]}, no_deal: 3}
  b: {points: {i: [8, 5, 0], j: [5, 3, 0]}, no_deal: 2..6}
  c: {points: {i: [0, 5, 9], j: [1, 2, 3]}, no_deal: 4}
  d: {points: {i: [0, 4, 9], j: [3, 2, 3]}, no_deal: 4}
  g: {points: {i: [0, 4, 9], j: [3, 2, 3]}, no_deal: 4}
levers:
  x: {name: A better fallback for one who has so far had none worth the name, by: a, move: {a.no_deal: 5}}
  y: {name: Sealing the site, by: b, block: i = x}
  z: {name: Pressure of unknown size, by: c, move: {b.no_deal: unknown}}
"""


@pytest.fixture(scope="module")
def voted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report in which votes decide, with levers."""
    case = read_text(VOTE, Path("vote/case.yaml")).case
    assert case is not None
    return write(case, tmp_path_factory.mktemp("voted") / "vote.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", ["vote", "ukraine-2025"])
def test_the_audit_of_votes_and_levers(
    browser: Any, reports: dict[str, Path], voted: Path, name: str, width: int, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    opened = Opened(browser, voted if name == "vote" else reports[name], width, scheme)
    opened.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = axe.Axe().run(opened.page)
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found.response["violations"]] == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.locator("#lever-effects svg").count() == 2
    assert opened.page.locator("#must-agree table").count() == (3 if name == "vote" else 0)
    for picture in opened.page.locator("#lever-effects svg").all():
        boxes = picture.locator("text").evaluate_all(
            "(all) => all.map((one) => one.getBBox()).map((b) => [b.x, b.y, b.width, b.height])"
        )
        right = picture.evaluate("(one) => one.viewBox.baseVal.width")
        assert all(x >= 0 and x + wide <= right for x, _, wide, _ in boxes)
        for one, other in combinations(boxes, 2):
            apart = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
            assert apart or one[1] + one[3] <= other[1] + 2 or other[1] + other[3] <= one[1] + 2
        # Figures are not told by colour alone: every mark has its words beside it.
        assert picture.locator("text.value").count() > 0
    opened.context.close()


def test_what_turns_the_answer_leads_to_its_line_in_the_ledger(browser: Any, explored: dict[str, Path]) -> None:
    opened = Opened(browser, explored["ukraine-2025"])
    link = opened.page.locator("#hangs tbody th a").first
    target = link.get_attribute("href")
    link.click()
    assert opened.page.locator(f"[id='{target[1:]}']").is_visible()
    opened.page.emulate_media(media="print")
    opened.page.set_viewport_size({"width": 794, "height": 1123})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 794
    opened.quiet()


def test_a_walk_by_keyboard_reads_packages_and_turns_the_table(browser: Any, reports: dict[str, Path]) -> None:
    opened = Opened(browser, reports["ukraine-2025"])
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    reached = False
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "package-picture":
            reached = True
            break
    assert reached
    page.keyboard.press("Home")
    first = page.locator("#package-card h4").text_content()
    page.keyboard.press("ArrowRight")
    second = page.locator("#package-card h4").text_content()
    assert first != second
    assert second in page.locator("#package-live").text_content()
    # On to the table: sort by a heading, then choose a package.
    button = page.get_by_role("button", name="Acceptable to all asked")
    button.focus()
    page.keyboard.press("Enter")
    assert button.locator("xpath=..").get_attribute("aria-sort") == "ascending"
    picked = page.locator("#package-rows button.pick").first
    picked.focus()
    name = picked.text_content()
    page.keyboard.press("Enter")
    assert page.locator("#package-card h4").text_content().endswith(name.replace("no. ", ""))
    opened.quiet()


def test_filters_agree_with_the_settlement(browser: Any, reports: dict[str, Path]) -> None:
    case = load_case(shipped_case("ukraine-2025"))
    settlement = settle(case)
    opened = Opened(browser, reports["ukraine-2025"])
    page = opened.page
    count = page.locator("#package-count")
    assert count.text_content().endswith("of 3,268 packages")
    page.get_by_label("Show").select_option("the zone of the base scenario")
    assert count.text_content().endswith(f"of {len(settlement.zone):,} packages")
    page.get_by_role("button", name="Clear filters").click()
    page.locator("#package-filters label").filter(has_text="Fighting").locator("select").select_option("Continues")
    assert count.text_content().endswith("of 76 packages")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save this table (CSV)").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 77
    opened.quiet()


def test_pointing_at_a_package_reads_it_in_words(browser: Any, reports: dict[str, Path]) -> None:
    opened = Opened(browser, reports["panama-1977"])
    page = opened.page
    page.locator("#package-picture").scroll_into_view_if_needed()
    box = page.locator("#package-picture canvas").bounding_box()
    empty = page.locator("#package-card").text_content()
    # A grid over the picture is sure to meet some package.
    for step in range(1, 40):
        page.mouse.move(box["x"] + box["width"] * step / 40, box["y"] + box["height"] * (1 - step / 45))
        if page.locator("#package-card").text_content() != empty:
            break
    assert page.locator("#package-card dt").count() == 10
    for name in ("Save as SVG", "Save as PNG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        assert Path(download.value.path()).stat().st_size > 5_000
    opened.quiet()


def test_hostile_text_is_shown_as_text(browser: Any, make_case: Any, tmp_path: Path) -> None:
    quoted = '"' + (EVIL + "W" * 300).replace("\\", "\\\\").replace('"', '\\"') + '"'
    source = "# Minutes\nno lease beyond 30 years " + EVIL + " end.\nput its costs at 12 million\nasked for a long lease again\n"
    text = SOUND
    for old in WRITTEN:
        text = text.replace(old, quoted, 1)
    case = load_case(make_case(text, minutes=source))
    opened = Opened(browser, write(case, tmp_path / "hostile.html"), 390)
    opened.page.on("dialog", lambda dialog: opened.said.append(f"dialog: {dialog.message}"))
    opened.page.locator("#package-rows button.pick").first.click()
    assert "<script>alert(1)</script>" in opened.page.locator("#package-card").inner_text()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.page.locator("img, iframe, object, link").count() == 0
    opened.quiet()


def test_it_prints_to_pdf_without_broken_pages(browser: Any, reports: dict[str, Path], tmp_path: Path) -> None:
    opened = Opened(browser, reports["ukraine-2025"])
    opened.page.emulate_media(media="print")
    # Controls are gone on paper, and nothing is wider than the sheet.
    assert opened.page.locator("#package-filters").is_hidden()
    opened.page.set_viewport_size({"width": 794, "height": 1123})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 794
    data = opened.page.pdf(path=str(tmp_path / "report.pdf"), format="A4", print_background=True)
    assert data.startswith(b"%PDF")
    pages = data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") + data.count(b"/Type/Page/")
    assert 5 <= pages <= 120
    opened.context.close()


def test_the_page_works_without_scripts(browser: Any, reports: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(reports["ukraine-2025"].as_uri())
    assert page.locator("#explore").is_hidden()
    assert page.locator("noscript svg.chart").count() == 1
    assert page.locator("#blocks table").is_visible()
    context.close()
