"""Drafts of whole articles pass the check, one by one and all together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zopa.case import read_case
from zopa.reading import Settings, default_actors, draft_case, draft_input, open_article, read_article, write_draft
from zopa.reading.draft.inputs import Read
from zopa.space import check_packages

FOLDER = Path(__file__).resolve().parent.parent / "articles"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


def read(name: str) -> Read:
    reading = read_article(open_article(FOLDER / f"{name}.txt"), Settings(date(2026, 6, 1)))
    return draft_input(reading, default_actors())


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_has_no_faults(name: str, tmp_path: Path) -> None:
    draft = draft_case([read(name)])
    write_draft(tmp_path / "case", draft)
    reading = read_case(tmp_path / "case")
    assert [str(one) for one in reading.faults] == []
    assert reading.case is not None
    assert [one for one in check_packages(reading.case) if one.severity == "fault"] == []
    assert draft.issues
    assert draft.unsaid


def test_all_of_them_in_one_case(tmp_path: Path) -> None:
    write_draft(tmp_path / "case", draft_case([read(name) for name in NAMES]))
    reading = read_case(tmp_path / "case")
    assert [str(one) for one in reading.faults] == []
    assert reading.case is not None
    assert len(reading.case.sources) == len(NAMES)


def test_no_number_is_drafted_for_what_a_party_wants(tmp_path: Path) -> None:
    write_draft(tmp_path / "case", draft_case([read("harbour")]))
    case = read_case(tmp_path / "case").case
    assert case is not None
    for preferences in case.preferences.values():
        assert preferences.weights is None or not preferences.weights
        assert preferences.no_deal is None
