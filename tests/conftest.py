"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).resolve().parent / "cases"
SHARED = ROOT.parent / "shared"

_QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("quick", deadline=None, max_examples=40, suppress_health_check=_QUIET)
settings.register_profile("ci", deadline=None, max_examples=80, suppress_health_check=_QUIET)
settings.register_profile("slow", deadline=None, max_examples=1500, suppress_health_check=_QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "quick"))


@pytest.fixture
def shared() -> Path:
    """The pages shared with other projects of ours; tests that read them also run without them."""
    if not SHARED.is_dir():
        pytest.skip("the shared pages are not beside this checkout")
    return SHARED


@pytest.fixture
def make_case(tmp_path: Path) -> Callable[..., Path]:
    """Write a case folder from a text and sources, and return the folder."""
    made = 0

    def make(text: str, **sources: str) -> Path:
        nonlocal made
        made += 1
        folder = tmp_path / f"case{made}"
        (folder / "sources").mkdir(parents=True)
        (folder / "case.yaml").write_text(text, encoding="utf-8")
        for name, words in sources.items():
            (folder / "sources" / f"{name}.md").write_text(words, encoding="utf-8")
        return folder

    return make
