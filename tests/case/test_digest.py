"""The digest names what a case says, not how it is laid out."""

from __future__ import annotations

from pathlib import Path

from tests.case.broken import SOUND, SOURCE
from zopa.case import read_text


def digest(text: str, folder: Path, source: str = SOURCE) -> str:
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "minutes.md").write_text(source, encoding="utf-8")
    case = read_text(text, folder / "case.yaml").case
    assert case is not None
    return case.digest


def test_layout_changes_nothing(tmp_path: Path) -> None:
    first = digest(SOUND, tmp_path)
    for text in [
        "# a comment\n" + SOUND,
        SOUND.replace("title: A harbour lease", 'title:   "A harbour lease"   # quoted'),
        SOUND.replace("deal: term != y20\nalike: [city, port]", "alike: [city, port]\ndeal: term != y20"),
        SOUND.replace(
            "{that: not (fence and rent > 5), assume: logic, hard: yes}",
            "{hard: yes, assume: logic, that: not (fence and rent > 5)}",
        ),
    ]:
        assert text != SOUND
        assert digest(text, tmp_path) == first


def test_content_changes_it(tmp_path: Path) -> None:
    seen = {digest(SOUND, tmp_path)}
    for text in [
        SOUND.replace("10..40", "10..41"),
        SOUND.replace("A harbour lease", "A harbour lease!"),
        SOUND.replace("[city, port]", "[port, city]"),
        SOUND.replace("options: [no_talks, open_talks]", "options: [open_talks, no_talks]"),
    ]:
        seen.add(digest(text, tmp_path))
    seen.add(digest(SOUND, tmp_path, SOURCE + "One more line.\n"))
    assert len(seen) == 6
