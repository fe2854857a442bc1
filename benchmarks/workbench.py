"""How quick the workbench is in a real browser: slider to redrawn answer, first view, and what is downloaded.

Prints JSON.  ``python3 benchmarks/workbench.py [MOVES]``; a server and Chromium run beside it, so that what a person waits
for is measured: from the input event of the slider to the frame in which the new answer has been painted.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zopa.cases import shipped_case

# Waits for the answer to be swapped in, and then for the frame after the next: by then it has been painted.
MOVE = """
(value) => new Promise((done) => {
  const slider = document.querySelector(SLIDER);
  const answer = document.getElementById("answer");
  const start = performance.now();
  const seen = new MutationObserver(() => {
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  });
  seen.observe(answer, { childList: true, subtree: true });
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
})
"""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Run `zopa serve` and give its address."""
    command = [sys.executable, "-m", "zopa", "serve", str(folder), "--port", "0", "--no-open", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            said = ""
            while "}" not in said:
                said += server.stdout.readline()
            yield str(json.loads(said)["address"])
        finally:
            server.terminate()


def quantile(values: list[float], part: float) -> float:
    """Return a quantile: the smallest value that at least this part of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(part * 1000) * len(ordered) // 1000) - 1))]


def measure(moves: int) -> dict[str, Any]:
    """Measure the workbench on the war case."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as place, sync_playwright() as running:
        folder = Path(place) / "ukraine-2025"
        shutil.copytree(shipped_case("ukraine-2025"), folder)
        with served(folder) as address:
            browser = running.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            for name in ("find", "ask", "numbers", "present"):
                fresh = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
                session = fresh.context.new_cdp_session(fresh)
                session.send("Network.enable")
                sizes: list[float] = []
                session.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"]))
                fresh.goto(f"{address}{name}", wait_until="load")
                timing = "performance.getEntriesByType('paint').find((one) => one.name === 'first-contentful-paint').startTime"
                fresh.wait_for_timeout(1500)
                found[f"first_view_{name}"] = fresh.evaluate(timing)
                found[f"download_{name}"] = sum(sizes)
                fresh.context.close()
            for name, where, slider in (
                ("ask", "ask?path=assumptions.A9", "#drag-range"),
                ("numbers", "numbers?party=UKR", "input[type=range]"),
            ):
                page.goto(f"{address}{where}")
                page.wait_for_timeout(3000)
                low, high, step = page.eval_on_selector(slider, "(one) => [+one.min, +one.max, +one.step || 1]")
                wide = (high - low) / step
                times = []
                for move in range(moves):
                    value = low + step * round(wide * (0.1 + 0.8 * ((move * 37) % moves) / moves))
                    times.append(page.evaluate(MOVE.replace("SLIDER", json.dumps(slider)), str(value)))
                    page.wait_for_timeout(30)
                times = times[3:]
                found[f"{name}_median"], found[f"{name}_p95"] = quantile(times, 0.5), quantile(times, 0.95)
                page.evaluate("document.activeElement && document.activeElement.blur()")
            browser.close()
    return found


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100)))
