"""The file of decisions beside a case: ``review.json``, one decision a line, for people and for version control."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from zopa.case import write_whole
from zopa.reading.decisions import FIELDS, PIECES, SEEN, VERDICTS, Decision, Piece, Value, Whereabouts

FILE_NAME: Final = "review.json"
MAX_BYTES: Final = 50_000_000
_VERSION: Final = 1


class FaultyDecisions(ValueError):
    """A file of decisions that cannot be used; ``faults`` holds every reason, each in words for people."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Decisions:
    """What the file holds.

    Attributes
    ----------
    decisions
        In the order in which they were made; of several about one statement the last counts.
    stopped_at
        For each person (``""`` for nobody in particular) the statement where the work stopped.
    """

    decisions: tuple[Decision, ...] = ()
    stopped_at: Mapping[str, str] = field(default_factory=dict)


def decision_file(case: Path) -> Path:
    """Return where the decisions of a case folder, or beside a case file, are kept."""
    return (case.parent if case.suffix in {".yaml", ".yml"} and not case.is_dir() else case) / FILE_NAME


def load_decisions(file: Path) -> Decisions:
    """Return the decisions of a file; none where there is no file yet.

    Raises
    ------
    FaultyDecisions
        With everything that is wrong, each with the number of the decision.
    OSError
        When the file cannot be read.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Decisions()
    if len(data) > MAX_BYTES:
        raise FaultyDecisions([f"{file.name} is larger than {MAX_BYTES:,} bytes."])
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FaultyDecisions([f"{file.name} is not UTF-8 text."]) from None
    except json.JSONDecodeError as error:
        raise FaultyDecisions([f"{file.name}:{error.lineno}: this is not JSON: {error.msg}."]) from None
    except RecursionError:
        raise FaultyDecisions([f"{file.name} is nested too deep."]) from None
    return _decisions(content, file.name)


def _decisions(content: Any, name: str) -> Decisions:
    if not isinstance(content, dict) or content.get("zopa_review") != _VERSION or not isinstance(content.get("decisions"), list):
        raise FaultyDecisions(
            [f'{name} is no file of decisions: it starts with "zopa_review": {_VERSION} and holds a list "decisions".']
        )
    faults: list[str] = []
    found: list[Decision] = []
    for number, entry in enumerate(content["decisions"], 1):
        try:
            found.append(_decision(entry))
        except _Wrong as wrong:
            faults.append(f"{name}: decision {number}: {wrong}.")
    stopped = content.get("stopped_at", {})
    if not isinstance(stopped, dict) or not all(isinstance(value, str) for value in stopped.values()):
        faults.append(f'{name}: "stopped_at" names a statement for each person.')
    if faults:
        raise FaultyDecisions(faults)
    return Decisions(tuple(found), dict(stopped))


class _Wrong(Exception):
    """Something wrong with one entry."""


def _decision(entry: Any) -> Decision:
    if not isinstance(entry, dict):
        raise _Wrong("it is not a block")
    unknown = sorted(entry.keys() - {"id", "verdict", "on", "by", "set", "select", "place", "seen", "words", "note"})
    if unknown:
        raise _Wrong(f"{unknown[0]} is not known here")
    verdict = _text(entry, "verdict")
    if verdict not in VERDICTS:
        raise _Wrong(f"verdict must be one of {', '.join(VERDICTS)}")
    fields, pieces, seen = (entry.get(name, {}) for name in ("set", "select", "seen"))
    if not all(isinstance(one, dict) for one in (fields, pieces, seen)):
        raise _Wrong("set, select and seen are blocks")
    if verdict in {"accepted", "rejected"} and (fields or pieces):
        raise _Wrong(f"what is {verdict} changes nothing: remove set and select")
    where = entry.get("place")
    if (where is None) != (verdict != "added"):
        raise _Wrong("an added statement, and no other, has a place")
    return Decision(
        _text(entry, "id"),
        verdict,  # type: ignore[arg-type]  # one of VERDICTS
        _moment(_text(entry, "on")),
        _text(entry, "by", optional=True) or None,
        {name: _value(name, value) for name, value in fields.items()},
        {name: _piece(name, piece) for name, piece in pieces.items()},
        None if where is None else _place(where),
        {name: _value(name, value) for name, value in seen.items()},
        _text(entry, "words", optional=True),
        _text(entry, "note", optional=True) or None,
    )


def _text(entry: Mapping[str, Any], name: str, *, optional: bool = False) -> str:
    value = entry.get(name)
    if value is None and optional:
        return ""
    if not isinstance(value, str) or not (value or optional):
        raise _Wrong(f"{name} must be text")
    return value


def _moment(written: str) -> datetime:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise _Wrong(f"{written} is not a time such as 2025-01-31T09:30:00+00:00") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _value(name: str, value: Any) -> Value:
    if name not in FIELDS:
        raise _Wrong(f"{name} cannot be changed")
    if isinstance(value, bool) or not (value is None or isinstance(value, str | int)):
        raise _Wrong(f"{name} must be text or a number")
    return value


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _Wrong("offsets are whole numbers from 0 on")
    return value


def _piece(name: str, piece: Any) -> Piece | None:
    if name not in PIECES:
        raise _Wrong(f"{name} cannot be selected")
    if piece is None:
        return None
    if not isinstance(piece, dict) or piece.keys() != {"from", "to", "words"}:
        raise _Wrong(f"{name} needs from, to and words")
    return Piece(_number(piece["from"]), _number(piece["to"]), _text(piece, "words"))


def _place(where: Any) -> Whereabouts:
    if not isinstance(where, dict) or where.keys() != {"article", "start", "sentence"}:
        raise _Wrong("place needs article, start and sentence")
    return Whereabouts(_text(where, "article"), _number(where["start"]), _text(where, "sentence"))


def written_decisions(decisions: Decisions) -> str:
    """Return the text of a file of decisions: the same decisions give the same text."""
    rows = ",\n".join(f"  {_written(_entry(one))}" for one in decisions.decisions)
    stopped = _written(dict(sorted(decisions.stopped_at.items())))
    return f'{{\n "zopa_review": {_VERSION},\n "stopped_at": {stopped},\n "decisions": [\n{rows}\n ]\n}}\n'


def save_decisions(file: Path, decisions: Decisions) -> None:
    """Write the decisions, whole or not at all.

    Raises
    ------
    OSError
        When the file cannot be written; the old one is then untouched.
    """
    write_whole(file, written_decisions(decisions).encode("utf-8"))


def reconciled(base: Sequence[Decision], ours: Sequence[Decision], theirs: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions after two people wrote to the same file at once.

    Parameters
    ----------
    base : sequence of Decision
        What both started from.
    ours, theirs : sequence of Decision
        What each has now.  What one of them took back is gone, and what one of them added stays; ours come last,
        so about the same statement ours count, and theirs stay in the history.
    """
    kept = [one for one in theirs if one in ours or one not in base]
    return (*kept, *(one for one in ours if one not in theirs and one not in base))


def _entry(one: Decision) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": one.id, "verdict": one.verdict, "on": one.on.isoformat()}
    if one.by is not None:
        entry["by"] = one.by
    if one.fields:
        entry["set"] = {name: one.fields[name] for name in FIELDS if name in one.fields}
    if one.pieces:
        entry["select"] = {name: _piece_entry(one.pieces[name]) for name in PIECES if name in one.pieces}
    if one.place is not None:
        entry["place"] = {"article": one.place.article, "start": one.place.start, "sentence": one.place.sentence}
    if one.seen:
        entry["seen"] = {name: one.seen[name] for name in SEEN if name in one.seen}
    if one.words:
        entry["words"] = one.words
    if one.note is not None:
        entry["note"] = one.note
    return entry


def _piece_entry(piece: Piece | None) -> dict[str, Any] | None:
    return None if piece is None else {"from": piece.start, "to": piece.end, "words": piece.words}


def _written(entry: Mapping[str, Any]) -> str:
    """Return an entry on one line, with every character that does not show written as its number."""
    text = json.dumps(entry, ensure_ascii=False)
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)
