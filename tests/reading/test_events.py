"""A user's dated events."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.case import CaseFaults
from zopa.reading.events import NO_EVENTS, Event, Events, read_events

FLOOD = Event("the flood", ("the great flood", "Storm-water"), date(2021, 7, 14), date(2021, 7, 16))
TERM = Event("Ada's first term", (), date(2019, 5, 1))


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "events.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return file


def faults(folder: Path, text: str | bytes) -> list[tuple[str, int]]:
    with pytest.raises(CaseFaults) as caught:
        read_events(written(folder, text))
    assert all(fault.remedy and fault.place.file.endswith("events.yaml") for fault in caught.value.faults)
    return [(fault.code, fault.place.line) for fault in caught.value.faults]


def test_a_file_is_read_as_written(tmp_path: Path) -> None:
    text = """\
# dated events
events:
  - name: the flood
    aliases: [the great flood, Storm-water]
    from: 2021-07-14
    until: 2021-07-16
  - {name: "Ada's first term", from: 2019-05-01}
"""
    assert read_events(written(tmp_path, text)) == Events((FLOOD, TERM))
    assert read_events(written(tmp_path, "\ufeff" + text.replace("\n", "\r\n"))) == Events((FLOOD, TERM))


def test_all_faults_come_at_once_with_their_lines(tmp_path: Path) -> None:
    text = """\
events:
  - name: the flood
    from: 2021-02-30
    untill: 2021-07-16
  - from: yesterday
  - name: The Flood
    aliases: wet
    from: 2021-07-14
    until: 2020-01-01
  - plain words
  - {name: [a], from: 2020-01-01, from: 2020-01-02}
  - {name: "!?", from: ""}
"""
    assert faults(tmp_path, text) == [
        ("ZC017", 3),
        ("ZC011", 4),
        ("ZC012", 5),
        ("ZC017", 5),
        ("ZC015", 6),
        ("ZC010", 7),
        ("ZC040", 9),
        ("ZC010", 10),
        ("ZC010", 11),
        ("ZC007", 11),
        ("ZC010", 12),
        ("ZC010", 12),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", [("ZC056", 1)]),
        ("- one\n", [("ZC010", 1)]),
        ("event: []\n", [("ZC011", 1), ("ZC012", 1)]),
        ("events: {}\n", [("ZC010", 1)]),
        ("events:\n  - {name: a, from: [\n", [("ZC004", 3)]),
        ("events: []\n---\nevents: []\n", [("ZC004", 2)]),
        ("events:\n  - name: a\x07\n", [("ZC002", 2)]),
        (b"events:\n  - name: \xff\n", [("ZC002", 2)]),
        ("[" * 20_000, [("ZC004", 1)]),
        ("x" * 1_000_001, [("ZC003", 1)]),
    ],
)
def test_what_is_no_events_file(tmp_path: Path, text: str | bytes, wanted: list[tuple[str, int]]) -> None:
    assert faults(tmp_path, text) == wanted


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CaseFaults, match="ZC001"):
        read_events(tmp_path / "none.yaml")


def test_the_fullest_name_wins_and_case_and_apostrophes_do_not_matter() -> None:
    text = "After the Great Flood, in ADA’S FIRST TERM, the floodgate and the flood; storm water; the. flood"
    found = [(span.of(text), event.name) for span, event in Events((FLOOD, TERM)).mentions(text, 0, len(text))]
    assert found == [
        ("the Great Flood", "the flood"),
        ("ADA’S FIRST TERM", "Ada's first term"),
        ("the flood", "the flood"),
        ("storm water", "the flood"),
    ]


def test_no_events_name_nothing() -> None:
    assert list(NO_EVENTS.mentions("the flood", 0, 9)) == []


@pytest.mark.property
@given(st.one_of(st.text(), st.lists(st.sampled_from(["the", "flood", "great ", "-", "’s", " ", "term", "Ada"])).map(" ".join)))
def test_mentions_stay_in_the_text_and_apart(text: str) -> None:
    reach = 0
    for span, _ in Events((FLOOD, TERM)).mentions(text, 0, len(text)):
        assert reach <= span.start < span.end <= len(text)
        reach = span.end


@pytest.mark.property
@given(text=st.text())
def test_any_other_text_is_refused_with_faults(tmp_path: Path, text: str) -> None:
    # Without the key `events` no text is an events file.
    with pytest.raises(CaseFaults, match="ZC"):
        read_events(written(tmp_path, text.replace("events", "").encode("utf-8", "replace")))
