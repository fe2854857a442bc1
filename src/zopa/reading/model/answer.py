"""Reading what a language model answers, as text from a stranger: strictly, within bounds, never executed or repeated."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Final, NoReturn

from zopa.reading.gate import Candidate
from zopa.reading.statements import Reject

FIELDS: Final = ("sentence_id", "source_quote", "cue_quote", "content_quote", "predicate", "stance_code", "issue_hint")
MAX_ITEMS: Final = 400
MAX_QUOTE: Final = 4_000
_HINT: Final = 60
_WORDS: Final = re.compile(r"[\w'’-]+")
_SHOWN: Final = 200  # characters of a field kept with a reject


class BadAnswer(ValueError):
    """The answer is not the JSON that was asked for."""


def parse_json(text: str) -> object:
    """Parse JSON strictly: no NaN, no infinite numbers, no key twice, no bottomless nesting.

    Raises
    ------
    BadAnswer
        When it is not such JSON.
    """
    try:
        parsed: object = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise BadAnswer("broken JSON") from None
    return parsed


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def read_answer(text: str, sentences: Collection[int]) -> tuple[list[Candidate], list[Reject]]:
    """Return the proposals of an answer that have the right form, and what was refused.

    Parameters
    ----------
    text
        What the model wrote. One pair of Markdown fences around the whole is taken off.
    sentences
        Numbers of the sentences that were asked about.

    Returns
    -------
    tuple
        Candidates still to pass the gate; rejects with reasons ``broken JSON``, ``wrong form``, ``too many items``,
        ``unknown sentence``, ``too long`` or ``duplicate``. An item with keys that were not asked for (such as offsets) has
        the wrong form.
    """
    try:
        answer = parse_json(_without_fence(text))
    except BadAnswer as error:
        return [], [Reject(str(error), {"answer": text[:_SHOWN]})]
    items = answer.get("statements") if isinstance(answer, dict) and set(answer) == {"statements"} else None
    if not isinstance(items, list):
        return [], [Reject("wrong form", {"answer": text[:_SHOWN]})]
    if len(items) > MAX_ITEMS:
        return [], [Reject("too many items", {"items": len(items)})]
    candidates: dict[Candidate, None] = {}
    rejects = []
    for item in items:
        read = _candidate(item, sentences)
        if isinstance(read, str):
            rejects.append(Reject(read, _shown(item)))
        elif read in candidates:
            rejects.append(Reject("duplicate", _shown(item)))
        else:
            candidates[read] = None
    return list(candidates), rejects


def _without_fence(text: str) -> str:
    stripped = text.strip()
    if stripped.startswith("```") and stripped.endswith("```") and "\n" in stripped:
        return stripped[stripped.index("\n") : -3]
    return stripped


def _candidate(item: object, sentences: Collection[int]) -> Candidate | str:
    if not isinstance(item, dict) or set(item) != set(FIELDS):
        return "wrong form"
    number, source, cue, content, predicate, stance, issue = (item[name] for name in FIELDS)
    words = (cue, content, predicate, stance)
    if type(number) is not int or not all(isinstance(one, str) for one in words):
        return "wrong form"
    if not all(one is None or isinstance(one, str) for one in (source, issue)):
        return "wrong form"
    if any(len(one) > MAX_QUOTE for one in (*words, source or "", issue or "")):
        return "too long"
    if number not in sentences:
        return "unknown sentence"
    return Candidate(number, source, cue, content, predicate, stance, _hint(issue))


def _hint(issue: str | None) -> str | None:
    """Return the plain words of a hint, the only words of a model that are kept: no signs that could steer a terminal."""
    words = " ".join(_WORDS.findall(issue or ""))[:_HINT].strip()
    return words or None


def _shown(item: object) -> dict[str, object]:
    """Return a bounded copy of an item for people to look at."""
    if not isinstance(item, dict):
        return {"item": _short(item)}
    return {name[:_SHOWN]: _short(value) for name, value in list(item.items())[:20]}


def _short(value: object) -> object:
    if value is None or isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < 10**15):
        return value
    return value[:_SHOWN] if isinstance(value, str) else f"a {type(value).__name__}"
