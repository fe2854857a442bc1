"""The summary on a terminal."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from tests.case.broken import SOUND, SOURCE
from tests.conftest import CASES
from zopa.case import load_case, read_text, write_starter
from zopa.cases import shipped_case
from zopa.report.findings import print_findings
from zopa.report.plain import thousands
from zopa.report.terminal import summary
from zopa.settlement import sample, settle

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


def shown(part: RenderableType, width: int = 120) -> str:
    buffer = io.StringIO()
    Console(file=buffer, width=width, highlight=False, color_system=None).print(part)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def agrees(name: str, found: str) -> None:
    """Compare with the stored output; ``ZOPA_GOLDEN=write`` stores it anew for a person to look at."""
    file = GOLDEN / name
    if os.environ.get("ZOPA_GOLDEN") == "write":
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


@pytest.mark.golden
def test_the_ukraine_summary() -> None:
    case = load_case(shipped_case("ukraine-2025"))
    agrees("ukraine.txt", shown(summary(settle(case), sample(case, draws=40, seed=1))))


@pytest.mark.golden
def test_the_summary_of_the_starter(tmp_path: Path) -> None:
    case = load_case(write_starter(tmp_path / "lease"))
    agrees("starter.txt", shown(summary(settle(case), sample(case, draws=200, seed=1))))


@pytest.mark.golden
@pytest.mark.parametrize("name", ["labour", "conflict", "game"])
def test_summaries_of_trial_cases(name: str) -> None:
    case = load_case(CASES / f"{name}.yaml")
    agrees(f"{name}.txt", shown(summary(settle(case), None)))


@pytest.mark.golden
def test_findings(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "minutes.md").write_text(SOURCE, encoding="utf-8")
    text = (
        SOUND.replace("no lease beyond 30", "no lease beyond 20")
        .replace("term >= loan", "term >= laon")
        .replace("10..40", "40..10")
    )
    reading = read_text(text, tmp_path / "case.yaml")
    buffer = io.StringIO()
    print_findings(reading.findings, Console(file=buffer, width=160, highlight=False, color_system=None))
    agrees("findings.txt", buffer.getvalue().replace(str(tmp_path), "harbour"))


def test_control_signs_and_markup_of_a_case_do_not_reach_the_terminal(make_case: Callable[..., Path]) -> None:
    # Files with control signs are refused; nothing may come through from a case made otherwise either.
    title = "[bold red]x[/] [link=file:///etc]y[/link] \x1b[31m \x07 \u202e"
    case = replace(load_case(make_case(SOUND, minutes=SOURCE)), title=title)
    buffer = io.StringIO()
    Console(file=buffer, width=120, force_terminal=True, highlight=False).print(summary(settle(case), None))
    found = buffer.getvalue()
    assert "[bold red]x[/]" in found
    assert "\x1b[31m \x07" not in found
    assert "\x07" not in found
    assert "\u202e" not in found


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_any_width_will_do(width: int) -> None:
    case = load_case(shipped_case("ukraine-2025"))
    found = shown(summary(settle(case), sample(case, draws=2, seed=1)), width)
    assert max(map(len, found.splitlines())) <= width
    assert thousands(3_192) in found
