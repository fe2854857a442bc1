"""The workbench over a copy of a case, for the tests of changing its numbers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from tests.workbench.find_app import PORT, DoneAtOnce
from zopa.case import Case, load_case
from zopa.cases import shipped_case
from zopa.workbench.access import Access
from zopa.workbench.answers import Answers
from zopa.workbench.app import create_app
from zopa.workbench.context import Context
from zopa.workbench.desk import Desk

ROUTERS = ("bar_routes", "numbers_routes")
FIXED = """zopa: 1
title: A lease with fixed weights
as_of: 2025-01-01
sources: {minutes: {title: Minutes of the council, kind: table}}
parties: {city: {name: The city}, port: {name: "<script>alert(1)</script>"}, union: {name: The union, seat: observer}}
issues:
  term: {name: Length, scale: ordered, options: [y1, y2, y3], now: y1}
  rent: {name: Rent, scale: ordered, options: [low, mid, high], now: low}
  fence: {name: Fence, scale: yesno}
assumptions:
  own: {name: "Shared {number}", value: 10..20, assume: guessed}
preferences:
  assume: all guessed
  city:
    weights: {term: 40, rent: 40, fence: 20, sum: 100}   # beside the weights
    scores: {term: {direction: down, shape: 0.5..2}, rent: [0, 40..60, 100], fence: {for: yes}}
    no_deal: {share: own}
    red_lines: {L1: {name: Not for ever, refuses: term = y3, because: minutes}}
  port:
    weights: {term: 5..40, rent: 20..80, fence: 1 | 9, sum: 100, order: rent > term}
    scores: {term: {direction: up}, rent: {order: low > mid > high}, fence: [0, 100]}
    no_deal: {package: now}
  union: unknown
"""


def copied(case: str, folder: Path) -> Path:
    """Copy a shipped case into a folder, and return it."""
    shutil.copytree(shipped_case(case), folder / case)
    return folder / case


def written(text: str, folder: Path) -> Path:
    """Write a case into a folder, and return it."""
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return folder


@contextmanager
def opened(folder: Path) -> Iterator[TestClient]:
    """Yield a client of the workbench over a case."""
    context: Any = Context(Desk(folder), Answers(), DoneAtOnce())  # type: ignore[arg-type]
    app = create_app(context, Access.on(PORT), routers=ROUTERS)
    with TestClient(app, base_url=f"http://127.0.0.1:{PORT}", headers={"X-Zopa": "1"}) as client:
        yield client


def now(folder: Path) -> Case:
    """Return the case as it is on the disk."""
    return load_case(folder)
