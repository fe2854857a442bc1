"""The starter case passes the check, with a zone, whatever its title."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import read_case, write_starter
from zopa.settlement import settle


def test_the_starter_passes_without_a_finding(tmp_path: Path) -> None:
    file = write_starter(tmp_path / "my-lease")
    reading = read_case(file)
    assert reading.findings == ()
    assert reading.case is not None
    assert reading.case.title == "My lease"
    assert len(settle(reading.case).zone) > 0


@pytest.mark.property
@given(st.text(min_size=1, max_size=30, alphabet=st.characters(exclude_categories=["Cc", "Cs"])).filter(str.strip))
def test_any_title_is_kept(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    file = write_starter(tmp_path_factory.mktemp("starter") / "case", title)
    case = read_case(file).case
    assert case is not None
    assert case.title.split() == title.split()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_starter(tmp_path)
    with pytest.raises(FileExistsError):
        write_starter(tmp_path / "notes.txt")
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]
