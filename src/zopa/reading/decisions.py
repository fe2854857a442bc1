"""What people decided about statements.

Decisions name statements by id, so they outlive a second reading of the text.  They hold no text of their own:
an edit chooses other words of the same sentence by their place in it, and keeps the words only to notice when
they are no longer there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, get_args

from zopa.case import did_you_mean
from zopa.reading.selecting import ReadArticle, ReviewFault
from zopa.reading.statements import PREDICATES, PSEUDO_PARTIES, Firmness, StanceCode

Verdict = Literal["accepted", "edited", "rejected", "added"]
Value = str | int | None
VERDICTS: Final[tuple[str, ...]] = get_args(Verdict)
FIELDS: Final = ("predicate", "party", "issue", "stance_code", "level", "firmness")
PIECES: Final = ("source", "cue", "content")
SEEN: Final = ("party", "level")
_CLOSED: Final[dict[str, tuple[Any, ...]]] = {
    "predicate": PREDICATES,
    "stance_code": get_args(StanceCode),
    "firmness": get_args(Firmness),
    "level": (0, 1, 2, 3, 4),
}
_ISSUE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,79}\Z")


@dataclass(frozen=True)
class Piece:
    """Words of a sentence, chosen by their place.

    Attributes
    ----------
    start, end
        Offsets in code points from the start of the sentence.
    words
        The words that stood there when they were chosen.
    """

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Whereabouts:
    """The sentence of a statement that a person added.

    Attributes
    ----------
    article
        Name of the article.
    start
        Where the sentence began when the statement was added; of several like it, the nearest counts.
    sentence
        The sentence as written.
    """

    article: str
    start: int
    sentence: str


@dataclass(frozen=True)
class Decision:
    """What one person decided about one statement.

    Attributes
    ----------
    id
        Of the statement.
    verdict
        ``accepted``, ``edited``, ``rejected`` or ``added``.
    on
        When, with time zone.
    by
        Who, where a name was given.
    fields
        New values of :data:`FIELDS`, for an edit or an addition.
    pieces
        Words chosen anew for :data:`PIECES`; a source of None means that the narrator speaks.
    place
        The sentence of an added statement.
    seen
        What the person saw of :data:`SEEN` when accepting or editing; where a later reading differs, it must be seen again.
    words
        The content as read, for people who look at the file; nothing rests on it.
    note
        Why, in the person's words.
    """

    id: str
    verdict: Verdict
    on: datetime
    by: str | None = None
    fields: Mapping[str, Value] = field(default_factory=dict)
    pieces: Mapping[str, Piece | None] = field(default_factory=dict)
    place: Whereabouts | None = None
    seen: Mapping[str, Value] = field(default_factory=dict)
    words: str = ""
    note: str | None = None


def added_id(sentence: str, pieces: Mapping[str, Piece | None], predicate: str) -> str:
    """Return the id of a statement that a person added: the same words and act give the same id."""
    spans = [None if (one := pieces.get(name)) is None else [one.start, one.end] for name in PIECES]
    packed = json.dumps([sentence, spans, predicate], ensure_ascii=True)
    return "added_" + hashlib.sha256(packed.encode("ascii")).hexdigest()[:12]


def known_parties(readings: Iterable[ReadArticle]) -> dict[str, str]:
    """Return the parties that a statement may be booked under: those of the readings, and the stand-ins."""
    found = {key: name for reading in readings for key, name in reading.party_names.items()}
    return found | {name: name for name in PSEUDO_PARTIES}


def check_fields(fields: Mapping[str, Value], parties: Mapping[str, str]) -> None:
    """Refuse values outside the closed lists.

    Raises
    ------
    ReviewFault
        Naming the first value that is not allowed, and what is.
    """
    for name, value in fields.items():
        if name in _CLOSED:
            if value not in _CLOSED[name] or isinstance(value, bool):
                allowed = ", ".join(map(str, _CLOSED[name]))
                raise ReviewFault(f"{value} is not a {name.replace('_code', '')}; choose one of: {allowed}.")
        elif name == "party":
            if value not in parties:
                hint = did_you_mean(str(value), list(parties))
                raise ReviewFault(
                    f"{value} is not a party of this reading.{f' {hint}' if hint else ''} New parties go into the actors file."
                )
        elif name != "issue":
            raise ReviewFault(f"{name} cannot be changed.")
        elif value is not None and not _ISSUE.match(str(value)):
            raise ReviewFault(f"{value} cannot name an issue: use letters, digits, _ and -, a letter first.")
