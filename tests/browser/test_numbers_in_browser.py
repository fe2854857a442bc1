"""Changing numbers in a real browser: sliders, reasons, sums, and what somebody else changes meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.workbench.find_app import DoneAtOnce
from tests.workbench.numbers_app import FIXED, ROUTERS, copied, now, written
from zopa.case import format_condition, judgement_at

pytestmark = pytest.mark.browser
WIDTHS = [390, 1440]
ROW = "document.querySelector('[data-path=\"{path}\"]')"


class Served:
    """The workbench over a case, on a port of its own; shares are never counted."""

    def __init__(self, folder: Path) -> None:
        import uvicorn

        from zopa.workbench.access import Access
        from zopa.workbench.answers import Answers
        from zopa.workbench.app import create_app
        from zopa.workbench.context import Context
        from zopa.workbench.desk import Desk

        self.folder = folder
        context: Any = Context(Desk(folder), Answers(), DoneAtOnce(idle=True))  # type: ignore[arg-type]
        config = uvicorn.Config(lambda: None, port=0, log_level="warning", lifespan="off")
        with config.bind_socket() as socket:
            self.port = int(socket.getsockname()[1])
            app = create_app(context, Access.on(self.port), routers=ROUTERS)
            config = uvicorn.Config(app, log_level="warning", lifespan="off")
            self.server = uvicorn.Server(config)
            self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [socket.dup()]}, daemon=True)
            self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def text(self, path: str) -> tuple[str, str | None]:
        """Return an amount and its reason as they are on the disk."""
        placed = judgement_at(now(self.folder), path)
        assert placed is not None
        return placed.text, placed.basis.assume

    def change(self, old: str, new: str) -> None:
        """Change the file as an editor does."""
        file = self.folder / "case.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture
def fixed(tmp_path: Path) -> Iterator[Served]:
    one = Served(written(FIXED, tmp_path))
    yield one
    one.close()


@pytest.fixture(scope="module")
def ukraine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    one = Served(copied("ukraine-2025", tmp_path_factory.mktemp("case")))
    yield one
    one.close()


def _refusal(words: str) -> bool:
    """A request that was refused is noted by browsers and by htmx; here refusals are meant."""
    taken_back = ("htmx:afterRequest", "htmx:sendAbort")  # a request that a newer one, or leaving the page, cuts off
    return "status of" in words or words.startswith(("Response Status Error Code 4", *taken_back))


class Tab:
    """A page that notes whatever it says."""

    def __init__(self, browser: Any, served: Served, query: str, width: int = 1440, scheme: str = "light") -> None:
        size = {"width": width, "height": 900}
        self.context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on(
            "console", lambda one: self.said.append(one.text) if one.type == "error" and not _refusal(one.text) else None
        )
        self.page.goto(f"http://127.0.0.1:{served.port}/numbers?{query}")
        self.page.wait_for_selector("#numbers")
        self.page.wait_for_load_state("load")

    def wait_for(self, script: str) -> None:
        """Wait until a script says yes; asked from outside, because the policy of the page refuses what is made from text."""
        for _ in range(400):
            with suppress(Exception):  # the page may be on its way to another
                if self.page.evaluate(script):
                    return
            self.page.wait_for_timeout(25)
        raise AssertionError(f"never: {script}")

    def row(self, path: str) -> Any:
        return self.page.locator(f'[data-path="{path}"]')

    def wait_in(self, path: str, words: str) -> None:
        self.wait_for(f"{ROW.format(path=path)}.textContent.includes({words!r})")

    def amount(self, path: str) -> str:
        return str(self.row(path).locator("[data-amount]").input_value())

    def quiet(self) -> None:
        assert self.said == []
        self.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_audit_finds_no_violation(browser: Any, ukraine: Served, fixed: Served, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    looked = "set=preferences.UKR.weights.aid:3..9&set=preferences.UKR.no_deal:20..40"
    moved = "&".join(
        f"set=preferences.city.weights.{name}:{value}" for name, value in (("term", 55), ("rent", 30), ("fence", 15))
    )
    pages = [
        (ukraine, f"party=UKR&{looked}"),
        (ukraine, "party=NATO"),
        (ukraine, "party=*shared"),
        (fixed, f"party=city&{moved}"),
    ]
    for served, query in pages:
        tab = Tab(browser, served, query, width, scheme)
        tab.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        tab.page.wait_for_timeout(300)
        found = axe.Axe().run(tab.page)
        assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found.response["violations"]] == []
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        tab.quiet()


def test_a_thumb_moves_by_keyboard_the_answer_follows_and_going_back_undoes_it(browser: Any, ukraine: Served) -> None:
    path = "preferences.UKR.weights.aid"
    tab = Tab(browser, ukraine, "party=UKR")
    answer = tab.page.locator("#answer").inner_text()
    thumb = tab.row(path).locator('[data-thumb="0"]')
    thumb.focus()
    tab.page.keyboard.press("Shift+ArrowRight")
    tab.wait_in(path, "Not saved.")
    amount = tab.amount(path)
    assert amount.endswith("..25")
    assert amount != "2..25"
    assert f"set={path}" in tab.page.url
    assert tab.page.evaluate("document.activeElement.dataset.thumb") == "0"
    tab.wait_for("document.querySelector('#answer .chip') !== null")
    assert tab.page.locator("#answer").inner_text() != answer
    assert ukraine.text(path)[0] == "2..25"
    tab.page.go_back()
    tab.wait_for("!location.search.includes('set=')")
    tab.wait_for(f"{ROW.format(path=path)}.querySelector('[data-amount]').value === '2..25'")
    tab.quiet()


def test_the_low_end_never_passes_the_high_end(browser: Any, fixed: Served) -> None:
    path = "preferences.city.scores.rent.mid"
    tab = Tab(browser, fixed, "party=city")
    tab.row(path).locator('[data-thumb="0"]').focus()
    tab.page.keyboard.press("End")
    tab.wait_in(path, "Not saved.")
    assert tab.amount(path) == "60..60"
    tab.quiet()


def test_a_number_is_saved_with_a_reason_and_leaves_the_address(browser: Any, fixed: Served) -> None:
    path = "preferences.city.scores.rent.mid"
    tab = Tab(browser, fixed, "party=city")
    row = tab.row(path)
    row.locator("[data-amount]").fill("45..55")
    tab.wait_in(path, "Not saved.")
    assert "In the case it is 40 to 60" in row.inner_text()
    row.locator("textarea").fill("The council said so: 45, #1")
    assert row.locator("[data-other]").is_checked()
    row.get_by_role("button", name="Save").click()
    tab.wait_for("!location.search.includes('set=')")
    tab.wait_in(path, "assumed: The council said so: 45, #1")
    assert fixed.text(path) == ("45..55", "The council said so: 45, #1")
    tab.wait_for("!document.querySelector('#history button').disabled")
    tab.page.locator("#history button").first.click()
    tab.wait_for(f"{ROW.format(path=path)}.querySelector('[data-amount]').value === '40..60'")
    assert fixed.text(path) == ("40..60", "all guessed")
    tab.quiet()


def test_a_reason_is_asked_for(browser: Any, fixed: Served) -> None:
    path = "preferences.city.scores.rent.mid"
    tab = Tab(browser, fixed, f"party=city&set={path}:45..55")
    row = tab.row(path)
    row.locator("[data-other]").check()
    row.get_by_role("button", name="Save").click()
    tab.wait_for("document.getElementById('notices').textContent.includes('needs a reason')")
    assert fixed.text(path)[0] == "40..60"
    tab.quiet()


def test_what_is_wrong_is_said_while_one_types_and_nothing_is_set(browser: Any, fixed: Served) -> None:
    path = "preferences.city.scores.rent.mid"
    tab = Tab(browser, fixed, "party=city")
    field = tab.row(path).locator("[data-amount]")
    for amount, words in (("60..40", "upside down"), ("30-50", "30..50"), ("140", "100"), ("", "Write an amount")):
        field.fill(amount)
        tab.wait_in(path, words)
        assert field.get_attribute("aria-invalid") == "true"
        assert "set=" not in tab.page.url
    tab.quiet()


def test_a_half_written_reason_and_the_place_stay_when_something_else_is_saved_elsewhere(browser: Any, fixed: Served) -> None:
    path, other = "preferences.city.scores.rent.mid", "preferences.city.scores.term.shape"
    tab = Tab(browser, fixed, f"party=city&set={path}:45..55")
    words = tab.row(path).locator("textarea")
    words.fill("half a rea")
    fixed.change("shape: 0.5..2", "shape: 0.7..3")
    tab.wait_for(f"{ROW.format(path=other)}.querySelector('[data-amount]').value === '0.7..3'")
    assert words.input_value() == "half a rea"
    assert tab.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    tab.quiet()


@pytest.mark.parametrize("mine", [True, False])
def test_the_same_number_changed_elsewhere_is_asked_about(browser: Any, fixed: Served, mine: bool) -> None:
    path = "preferences.city.scores.rent.mid"
    tab = Tab(browser, fixed, f"party=city&set={path}:45..55")
    row = tab.row(path)
    row.locator("textarea").fill("mine")
    fixed.change("40..60", "30..70")
    tab.wait_in(path, "Changed elsewhere to 30..70")
    row.get_by_role("button", name="Save").click()
    tab.wait_for("document.getElementById('conflict').open")
    assert "30..70" in tab.page.locator("#conflict-words").inner_text()
    tab.page.get_by_role("button", name="Take mine all the same" if mine else "Keep what stands there now").click()
    if mine:
        tab.wait_for("!location.search.includes('set=')")
    else:
        tab.wait_for("!document.getElementById('conflict').open")
    assert fixed.text(path) == (("45..55", "mine") if mine else ("30..70", "all guessed"))
    tab.quiet()


def test_weights_with_a_sum_give_way_to_one_another_and_are_saved_together(browser: Any, fixed: Served) -> None:
    base = "preferences.city.weights"
    tab = Tab(browser, fixed, "party=city")
    tab.row(f"{base}.fence").locator("[data-hold]").check()
    thumb = tab.row(f"{base}.term").locator("[data-thumb]")
    thumb.focus()
    tab.page.keyboard.press("Shift+ArrowRight")
    tab.wait_for("document.getElementById('weights-form') !== null")
    amounts = [float(tab.amount(f"{base}.{name}")) for name in ("term", "rent", "fence")]
    assert sum(amounts) == 100
    assert amounts[2] == 20
    assert amounts[0] > 40
    tab.row(f"{base}.term").locator("[data-amount]").fill("50")
    tab.wait_for(f"{ROW.format(path=base + '.rent')}.querySelector('[data-amount]').value === '30'")
    tab.wait_for("document.querySelector('#weights-form [name=\"amount[]\"]').value === '50'")
    tab.page.locator("#weights-form textarea").fill("time counts")
    tab.page.get_by_role("button", name="Save these weights").click()
    tab.wait_for("!location.search.includes('set=')")
    tab.wait_for("document.getElementById('weights-form') === null")
    assert [fixed.text(f"{base}.{name}")[0] for name in ("term", "rent", "fence")] == ["50", "30", "20"]
    tab.quiet()


def test_a_shared_number_becomes_ones_own_and_is_put_back(browser: Any, fixed: Served) -> None:
    path = "preferences.city.no_deal"
    tab = Tab(browser, fixed, "party=city")
    tab.row(path).get_by_role("button", name="give this one its own number").click()
    tab.wait_for(f"{ROW.format(path=path)}.querySelectorAll('[data-thumb]').length === 2")
    assert tab.amount(path) == "10..20"
    tab.row(path).get_by_role("button", name="Put it back").click()
    tab.wait_for("!location.search.includes('set=')")
    tab.wait_for(f"{ROW.format(path=path)}.querySelector('[data-amount]').value === 'own'")
    tab.row(path).get_by_role("link", name="change it for all").click()
    tab.page.wait_for_selector('[data-path="assumptions.own"]')
    tab.quiet()


def test_a_red_line_is_added_from_lists(browser: Any, fixed: Served) -> None:
    tab = Tab(browser, fixed, "party=port")
    tab.page.get_by_text("Add a red line").click()
    form = tab.page.locator("#line-new form")
    form.get_by_label("Issue").select_option("rent")
    form.get_by_label("Comparison").select_option(">=")
    form.locator('[data-issue="rent"] select').select_option("high")
    form.locator("textarea").fill("too dear")
    form.get_by_role("button", name="Add the red line").click()
    tab.wait_for("document.querySelector('#part-lines').textContent.includes('refuses: Rent is at least')")
    lines = now(fixed.folder).preferences["port"].red_lines
    assert [(format_condition(one.refuses), one.basis.assume) for one in lines] == [("rent >= high", "too dear")]
    tab.quiet()
