"""The file of decisions: written whole, read back the same, refused in words, safe for two people at once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.reading.decision_file import (
    MAX_BYTES,
    Decisions,
    FaultyDecisions,
    decision_file,
    load_decisions,
    reconciled,
    save_decisions,
    written_decisions,
)
from zopa.reading.decisions import Decision, Piece, Verdict, Whereabouts

NOON = datetime(2024, 3, 12, 12, 0, tzinfo=UTC)
TEXTS = st.text(max_size=20)
NAMES = st.text(min_size=1, max_size=12)
PIECES = st.builds(lambda start, more, words: Piece(start, start + more, words), st.integers(0, 99), st.integers(1, 9), NAMES)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    verdicts: list[Verdict] = ["accepted", "edited", "rejected", "added"]
    verdict = draw(st.sampled_from(verdicts))
    changes = verdict in {"edited", "added"}
    fields: Any = st.fixed_dictionaries({}, optional={"party": NAMES, "level": st.integers(0, 4), "issue": st.none() | NAMES})
    pieces = st.fixed_dictionaries({}, optional={"source": st.none() | PIECES, "content": PIECES})
    seen: Any = st.fixed_dictionaries({}, optional={"party": NAMES, "level": st.integers(0, 4)})
    minutes = draw(st.integers(-700, 700))
    return Decision(
        draw(NAMES),
        verdict,
        draw(st.datetimes()).replace(tzinfo=timezone(timedelta(minutes=minutes))),
        draw(st.none() | NAMES),
        draw(fields) if changes else {},
        draw(pieces) if changes else {},
        Whereabouts(draw(NAMES), draw(st.integers(0, 99)), draw(NAMES)) if verdict == "added" else None,
        draw(seen),
        draw(TEXTS),
        draw(st.none() | NAMES),
    )


@pytest.mark.property
@given(st.lists(decisions(), max_size=4), st.dictionaries(TEXTS, NAMES, max_size=3))
def test_what_is_written_is_read_back_the_same(tmp_path: Path, made: list[Decision], stopped: dict[str, str]) -> None:
    file = tmp_path / "review.json"
    stored = Decisions(tuple(made), stopped)
    save_decisions(file, stored)
    assert load_decisions(file) == stored
    assert [one.name for one in file.parent.iterdir()] == ["review.json"]
    assert file.read_text(encoding="utf-8").count("\n") == max(1, len(made)) + 6


def test_the_file_reads_as_text_with_one_decision_a_line(tmp_path: Path) -> None:
    hidden = Decision("a1", "rejected", NOON, note="turns\u202eback\u200b\x1b[31m", words="la pêche “côtière”")
    text = written_decisions(Decisions((hidden, Decision("b2", "accepted", NOON, by="Ana"))))
    assert '  {"id": "b2", "verdict": "accepted", "on": "2024-03-12T12:00:00+00:00", "by": "Ana"}\n' in text
    assert "la pêche “côtière”" in text
    assert all(one.isprintable() or one == "\n" for one in text)
    (tmp_path / "review.json").write_text(text, encoding="utf-8")
    assert load_decisions(tmp_path / "review.json").decisions[0] == hidden


def test_where_the_file_stands(tmp_path: Path) -> None:
    assert decision_file(tmp_path) == tmp_path / "review.json"
    assert decision_file(tmp_path / "case.yaml") == tmp_path / "review.json"
    assert load_decisions(tmp_path / "review.json") == Decisions()


HEAD = {"zopa_review": 1}
SOUND: dict[str, Any] = {"id": "a1", "verdict": "accepted", "on": "2024-03-12T12:00:00+00:00"}
PLACE = {"article": "a.txt", "start": 0, "sentence": "The port agreed."}


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("accepted", "not a block"),
        ({**SOUND, "extra": 1}, "extra is not known"),
        ({**SOUND, "id": ""}, "id must be text"),
        ({**SOUND, "id": 7}, "id must be text"),
        ({**SOUND, "verdict": "maybe"}, "verdict must be one of accepted, edited"),
        ({**SOUND, "on": "yesterday"}, "yesterday is not a time"),
        ({**SOUND, "set": {"level": 1}}, "what is accepted changes nothing"),
        ({**SOUND, "set": []}, "are blocks"),
        ({**SOUND, "place": PLACE}, "an added statement, and no other"),
        ({**SOUND, "verdict": "added"}, "an added statement, and no other"),
        ({**SOUND, "verdict": "added", "place": {"article": "a.txt"}}, "place needs article, start and sentence"),
        ({**SOUND, "verdict": "edited", "set": {"content": "typed words"}}, "content cannot be changed"),
        ({**SOUND, "verdict": "edited", "set": {"level": 1.0}}, "level must be text or a number"),
        ({**SOUND, "verdict": "edited", "set": {"level": True}}, "level must be text or a number"),
        ({**SOUND, "verdict": "edited", "select": {"time": None}}, "time cannot be selected"),
        ({**SOUND, "verdict": "edited", "select": {"cue": "says"}}, "cue needs from, to and words"),
        ({**SOUND, "verdict": "edited", "select": {"cue": {"from": -1, "to": 2, "words": "x"}}}, "whole numbers from 0"),
        ({**SOUND, "verdict": "edited", "select": {"cue": {"from": 0, "to": True, "words": "x"}}}, "whole numbers from 0"),
        ({**SOUND, "verdict": "edited", "select": {"cue": {"from": 0, "to": 2, "words": ""}}}, "words must be text"),
    ],
)
def test_a_faulty_entry_is_named(tmp_path: Path, entry: Any, why: str) -> None:
    file = tmp_path / "review.json"
    file.write_text(json.dumps({**HEAD, "decisions": [SOUND, entry]}), encoding="utf-8")
    with pytest.raises(FaultyDecisions, match=why) as found:
        load_decisions(file)
    assert found.value.faults[0].startswith("review.json: decision 2: ")


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    file = tmp_path / "review.json"
    bad = {**SOUND, "verdict": "maybe"}
    file.write_text(json.dumps({**HEAD, "decisions": [bad, SOUND, bad], "stopped_at": {"Ana": 3}}), encoding="utf-8")
    with pytest.raises(FaultyDecisions) as found:
        load_decisions(file)
    assert len(found.value.faults) == 3


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "this is not JSON"),
        (b'{\n "zopa_review": 1,\n oops', "review.json:3: this is not JSON"),
        (b"\xff\xfe{", "not UTF-8"),
        (b"[" * 200_000, "nested too deep"),
        (b"[]", "no file of decisions"),
        (b'{"zopa_review": 2, "decisions": []}', "no file of decisions"),
        (b'{"zopa_review": 1}', "no file of decisions"),
    ],
)
def test_what_is_no_file_of_decisions(tmp_path: Path, data: bytes, why: str) -> None:
    file = tmp_path / "review.json"
    file.write_bytes(data)
    with pytest.raises(FaultyDecisions, match=why):
        load_decisions(file)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "review.json"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(FaultyDecisions, match="larger than"):
        load_decisions(file)


def test_a_time_without_zone_counts_as_universal_time(tmp_path: Path) -> None:
    file = tmp_path / "review.json"
    file.write_text(json.dumps({**HEAD, "decisions": [{**SOUND, "on": "2024-03-12T12:00:00"}]}), encoding="utf-8")
    assert load_decisions(file).decisions[0].on == NOON


def test_two_people_at_once_lose_nothing() -> None:
    first, second, mine, hers = (
        Decision(name, "accepted", NOON + timedelta(minutes=place), by)
        for place, (name, by) in enumerate([("a", "Ana"), ("b", "Ana"), ("c", "Ana"), ("c", "Bo")])
    )
    base = (first, second)
    assert reconciled(base, (first, second, mine), (first, second, hers)) == (first, second, hers, mine)
    # What I took back stays taken back, and so does what she took back.
    assert reconciled(base, (first,), (first, second, hers)) == (first, hers)
    assert reconciled(base, (first, second, mine), (second,)) == (second, mine)
    assert reconciled(base, base, base) == base
