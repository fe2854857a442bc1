"""The lexicon: every line of the file can be read, and says one thing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from zopa.reading import lexicon as module
from zopa.reading.lexicon import Entry, entries, lexicon
from zopa.reading.statements import PREDICATES, StanceCode

ALL = [entry for found in lexicon().values() for entry in found]
PREPOSITIONS = frozenset("for to on of about at against with over out as in from forward down by".split())


def test_entries_use_closed_lists() -> None:
    for entry in ALL:
        assert entry.part in get_args(module.Part), entry
        assert entry.predicate in PREDICATES, entry
        assert entry.stance in get_args(StanceCode), entry
        word = entry.frame.removeprefix("x+")
        assert entry.frame in {"clause", "infinitive", "object", "person", "on_person", "gerund"} or word in PREPOSITIONS, entry
        assert entry.lemma == entry.lemma.lower(), entry


def test_every_predicate_that_words_can_show_has_a_word() -> None:
    shown = {entry.predicate for entry in ALL}
    # These are found by rules: conditions in what is said, facts, options and consequences in what is told.
    assert set(PREDICATES) - shown == {"condition", "fact", "option", "consequence"}


def test_a_word_in_one_frame_has_one_reading() -> None:
    # The first entry that fits is taken, so that a second one would never be.
    readings = Counter((entry.part, entry.lemma, entry.frame) for entry in ALL)
    assert [one for one, number in readings.items() if number > 1] == []


@pytest.mark.parametrize(
    ("part", "lemma", "frame", "predicate", "stance"),
    [
        ("verb", "say", "clause", "say", "none"),
        ("verb", "refuse", "infinitive", "decline", "against"),
        ("verb", "call", "for", "demand", "for"),
        ("verb", "rule", "out", "reject", "against"),
        ("verb", "accuse", "x+of", "fact-claim", "none"),
        ("verb", "urge", "person", "demand", "for"),
        ("adjective", "open", "to", "willing", "for"),
        ("adjective", "reluctant", "infinitive", "resist", "against"),
        ("noun", "opposition", "to", "oppose", "against"),
        ("noun", "readiness", "infinitive", "willing", "for"),
    ],
)
def test_some_words(part: module.Part, lemma: str, frame: str, predicate: str, stance: StanceCode) -> None:
    assert Entry(part, lemma, predicate, stance, frame) in entries(part, lemma)
    assert entries(part, lemma.upper()) == entries(part, lemma)


@pytest.mark.parametrize(
    ("part", "lemma"), [("verb", "walk"), ("noun", "boat"), ("adjective", "green"), ("noun", "say"), ("verb", "")]
)
def test_other_words_announce_nothing(part: module.Part, lemma: str) -> None:
    assert entries(part, lemma) == ()


class _Files:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def files(self, _package: str) -> Path:
        return self.folder


@pytest.mark.parametrize(
    "line", ["verb | shout | none | clause | yell", "verb | say | none | clause", "verb | say | none | clause | a | b"]
)
def test_a_faulty_line_is_refused(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "cues.txt").write_text(f"# a remark\n\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(module, "resources", _Files(tmp_path))
    with pytest.raises(ValueError, match=r"predicate shout|unpack"):
        lexicon.__wrapped__()


def test_entries_keep_the_order_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    text = "verb | say | none | clause | a b\n# verb | say | none | clause | c\nverb | want | for | object | b\n"
    (tmp_path / "data" / "cues.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "resources", _Files(tmp_path))
    found = lexicon.__wrapped__()
    assert list(found) == [("verb", "a"), ("verb", "b")]
    assert [entry.predicate for entry in found["verb", "b"]] == ["say", "want"]
