"""What the page of a reading shows: texts cut at the edges of their marks, records, and rows for its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from zopa.reading import (
    PREDICATES,
    PSEUDO_PARTIES,
    Amount,
    Applied,
    Article,
    Decision,
    ReadArticle,
    Span,
    Standing,
    Statement,
    TimeExpression,
    apply,
    known_parties,
)
from zopa.report.evidence_view import FIRMNESS, LEVELS
from zopa.report.plain import thousands

DEEPEST: Final = 3
MARKS: Final = ("source", "cue", "content", "quantity", "time")
STANCES: Final = {"for": "for", "against": "against", "open": "open to it", "none": "no stance"}
STATES: Final = {"open": "unreviewed", "accepted": "accepted", "edited": "edited", "added": "added"}
BOUNDS: Final = {"min": "at least", "max": "at most", "approx": "about"}
STAND_INS: Final = {
    "narrator": "The narrator",
    "anonymous": "Anonymous",
    "unnamed": "Unnamed",
    "unresolved": "Not resolved",
}


@dataclass(frozen=True)
class _Shown:
    """A statement with its number in the page."""

    number: int
    standing: Standing

    @property
    def statement(self) -> Statement:
        return self.standing.statement


@dataclass(slots=True)
class _Edges:
    """What begins and ends at an offset of a text."""

    opens: list[tuple[str, int, str]] = field(default_factory=list)
    closes: list[tuple[str, int, str]] = field(default_factory=list)


def reading_view(readings: Sequence[ReadArticle], decisions: Sequence[Decision]) -> dict[str, Any]:
    """Return what the page of readings shows.

    Parameters
    ----------
    readings : sequence of ReadArticle
        What reading gave, one for each article.
    decisions : sequence of Decision
        What people decided; statements they rejected, and what went with those, are counted and not shown.
    """
    applied = apply(readings, decisions)
    shown = [
        _Shown(number, standing)
        for number, standing in enumerate((one for one in applied.standings if one.state not in {"rejected", "dropped"}), 1)
    ]
    names = {**known_parties(readings), **STAND_INS}
    keys = [key for reading in readings for key in reading.party_names]
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    numbers = {(id(one.standing.reading), one.statement.id): one.number for one in shown}
    records = {one.number: _record(one, names, places, numbers) for one in shown}
    articles = []
    for place, reading in enumerate(readings, 1):
        own = [one for one in shown if one.standing.reading is reading]
        articles.append(
            {
                "id": f"a{place}",
                "name": reading.article.name,
                "title": reading.article.title or reading.article.name,
                "date": reading.document_date,
                "lines": list(_lines(reading, own, records)),
                "records": [records[one.number] for one in own],
                "measures": _measures(reading, own),
                "rejects": [{"reason": one.reason, "proposal": _proposal(one.proposal)} for one in reading.rejects],
            }
        )
    by_party = sorted(records.values(), key=lambda row: (row["party"]["order"], row["number"]))
    return {
        "articles": articles,
        "by_party": by_party,
        "counts": _counts(applied, shown, readings),
        "filters": _filters(by_party),
        "levels": list(enumerate(LEVELS)),
        "orphans": [
            {"verdict": one.decision.verdict, "words": one.decision.words or one.decision.id, "reason": one.reason}
            for one in applied.orphaned
        ],
    }


def _counts(applied: Applied, shown: Sequence[_Shown], readings: Sequence[ReadArticle]) -> dict[str, Any]:
    return {
        "statements": len(shown),
        "own": sum(one.statement.own_words for one in shown),
        "open": sum(one.standing.state == "open" for one in shown),
        "gone": len(applied.gone),
        "model": sum(one.statement.by == "model" for one in shown),
        "rejects": sum(len(one.rejects) for one in readings),
        "undated": [one.article.name for one in readings if one.document_date is None],
    }


# Records -------------------------------------------------------------------------------------------


def _party(key: str, names: Mapping[str, str], places: Mapping[str, int]) -> dict[str, Any]:
    """Return a party as the template draws it; stand-ins have no sign of their own and come last."""
    stand_in = key in PSEUDO_PARTIES
    order = (1, -PSEUDO_PARTIES.index(key), "") if stand_in else (0, places.get(key, len(places)), key)
    return {"key": key, "name": names.get(key, key), "place": None if stand_in else places.get(key, len(places)), "order": order}


def _record(
    shown: _Shown, names: Mapping[str, str], places: Mapping[str, int], numbers: Mapping[tuple[int, str], int]
) -> dict[str, Any]:
    one, reading = shown.statement, shown.standing.reading
    text = reading.article.text
    decision = shown.standing.decision
    state = STATES[shown.standing.state]
    if decision is not None and decision.by:
        state += f" by {decision.by}"
    return {
        "number": shown.number,
        "id": one.id,
        "line": one.line,
        "party": _party(one.party, names, places),
        "note": one.party_note,
        "speaker": one.speaker,
        "source": None if one.source is None else one.source.of(text),
        "cue": one.cue.of(text),
        "content": one.content.of(text),
        "further": [span.of(text) for span in one.further],
        "act": one.predicate,
        "level": one.level,
        "level_words": LEVELS[one.level],
        "own": one.own_words,
        "about": None if one.about is None else names.get(one.about, one.about),
        "addressee": None if one.addressee is None else names.get(one.addressee, one.addressee),
        "issue": one.issue,
        "stance": STANCES[one.stance_code] + (f": {one.stance}" if one.stance else ""),
        "firmness": "" if one.firmness == "plain" else FIRMNESS[one.firmness],
        "hedges": [{"text": hedge.text, "force": hedge.force} for hedge in one.hedges],
        "time": None if one.time is None else {"text": one.time.of(text), "norm": one.time_norm, "role": one.time_role},
        "amounts": [{"text": amount.text, "norm": amount_words(amount)} for amount in one.quantities],
        "inside": None if one.nested_in is None else numbers.get((id(reading), one.nested_in)),
        "by": one.by,
        "state": state,
        "open": shown.standing.state == "open",
        "decision_note": None if decision is None else decision.note,
    }


def amount_words(amount: Amount) -> str:
    """Return what an amount comes to: bound, number and unit."""
    number = thousands(amount.value) if isinstance(amount.value, int) else f"{amount.value:g}"
    bound = BOUNDS[amount.bound] if amount.bound else ""
    unit = (amount.unit or "") if amount.value == 1 else _plural(amount.unit or "")
    return " ".join(word for word in (bound, number, unit) if word)


def _plural(unit: str) -> str:
    """Return a unit for more than one: units are singular nouns, codes of currencies and "percent"."""
    if not unit.isalpha() or not unit.islower() or unit.endswith("s") or unit == "percent":
        return unit
    if unit == "foot":
        return "feet"
    if unit.endswith(("ch", "x", "sh")):
        return f"{unit}es"
    return f"{unit[:-1]}ies" if unit.endswith("y") and unit[-2:-1] not in "aeiou" else f"{unit}s"


def time_words(time: TimeExpression) -> str:
    """Return what an expression of time comes to, and what it took or would take to resolve it."""
    if time.norm is None:
        return f"unresolved{f', needs: {time.needs}' if time.needs else ''}"
    bound = f"{BOUNDS[time.bound]} " if time.bound else ""
    vague = ", by convention for a vague word" if time.fuzzy else ""
    counted = f", counted from: {time.needs}" if time.needs else ""
    return f"{bound}{time.norm} ({time.kind}{vague}{counted})"


def _measures(reading: ReadArticle, own: Sequence[_Shown]) -> list[dict[str, Any]]:
    """Return the quantities and times of a text, in its order, each with the statements that hold it."""
    found: list[tuple[Span, str, str, str]] = [
        *((one.span, "quantity", one.text, amount_words(one)) for one in reading.amounts),
        *((one.span, "time", one.text, time_words(one)) for one in reading.times),
    ]
    rows = []
    for span, kind, words, norm in sorted(found, key=lambda row: (row[0], row[1])):
        holding = [
            one.number
            for one in own
            if span.within(one.statement.content) or (one.statement.time is not None and one.statement.time.touches(span))
        ]
        rows.append({"kind": kind, "text": words, "norm": norm, "numbers": holding, "line": _line_number(reading.article, span)})
    return rows


def _line_number(article: Article, span: Span) -> int | None:
    return next((line.number for line in article.lines if span.within(line.span)), None)


def _proposal(proposal: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(str(name).replace("_", " "), str(value)) for name, value in proposal.items() if value not in (None, "", ())]


def _filters(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the choices by which the page can be narrowed; one with a single choice is left out."""
    parties = {row["party"]["key"]: row["party"]["name"] for row in rows}
    issues = {row["issue"]: row["issue"] for row in rows if row["issue"]}
    levels = {level: f"{level} {LEVELS[level]}" for level in sorted({row["level"] for row in rows})}
    used = {row["act"] for row in rows}
    acts = {act: act for act in PREDICATES if act in used}
    states = {"open": "unreviewed", "seen": "reviewed"} if len({row["open"] for row in rows}) > 1 else {}
    named = [("party", "Party", parties), ("issue", "Issue", issues), ("level", "Level", levels), ("act", "Act", acts)]
    named.append(("state", "Review", states))
    return [{"key": key, "name": name, "choices": list(found.items())} for key, name, found in named if len(found) > 1]


# The text with its marks ---------------------------------------------------------------------------


def _lines(reading: ReadArticle, own: Sequence[_Shown], records: Mapping[int, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the lines of a text, each cut where a mark begins or ends."""
    article = reading.article
    edges = _edges(reading, own)
    offsets = sorted(edges)
    active: dict[tuple[str, int, str], None] = {}
    at = 0
    for line in article.lines:
        pieces = []
        position = line.span.start
        while at < len(offsets) and offsets[at] <= line.span.end:
            offset = offsets[at]
            at += 1
            if offset > position:
                pieces.append(_piece(article.text[position:offset], active))
                position = offset
            for mark in edges[offset].closes:
                active.pop(mark, None)
            chips = [number for role, number, _ in edges[offset].closes if role == "cue"]
            if chips and pieces:
                pieces[-1]["chips"] = [records[number] for number in sorted(chips)]
                under = [mark for mark in active if mark[0] == "content"]
                pieces[-1]["under"] = (_depth(under), _of(under)) if under else ()
            active.update(dict.fromkeys(edges[offset].opens))
        if position < line.span.end:
            pieces.append(_piece(article.text[position : line.span.end], active))
        if line.kind != "empty":
            yield {"number": line.number, "kind": line.kind, "pieces": pieces}


def _edges(reading: ReadArticle, own: Sequence[_Shown]) -> dict[int, _Edges]:
    edges: dict[int, _Edges] = {}

    def mark(role: str, span: Span, number: int = 0, says: str = "") -> None:
        if span.start < span.end:
            edges.setdefault(span.start, _Edges()).opens.append((role, number, says))
            edges.setdefault(span.end, _Edges()).closes.append((role, number, says))

    # The wider content first, so that of several statements at a place the innermost comes last.
    for one in sorted(own, key=lambda one: one.statement.content.start - one.statement.content.end):
        statement = one.statement
        mark("content", statement.content, one.number)
        for number, span in enumerate(statement.further):
            mark("content", span, one.number, str(number))
        mark("cue", statement.cue, one.number)
        if statement.source is not None:
            mark("source", statement.source, one.number)
    for amount in reading.amounts:
        mark("quantity", amount.span, says=amount_words(amount))
    for time in reading.times:
        mark("time", time.span, says=time_words(time))
    return edges


def _piece(words: str, active: Iterable[tuple[str, int, str]]) -> dict[str, Any]:
    """Return a stretch of text with everything that covers it."""
    marks = list(active)
    roles = {role for role, _, _ in marks}
    kinds = [role for role in MARKS if role in roles] + ([f"deep-{depth}"] if (depth := _depth(marks)) else [])
    says = [f"{role}: {words}" for role, _, words in marks if role in {"quantity", "time"}]
    return {
        "text": words,
        "kinds": " ".join(kinds),
        "of": _of(marks),
        "says": "; ".join(dict.fromkeys(says)),
        "chips": [],
        "under": (),
    }


def _of(marks: Iterable[tuple[str, int, str]]) -> str:
    """Return which statements cover a stretch of text as what, the outermost first, as the script of the page reads it."""
    return " ".join(dict.fromkeys(f"{number}.{role}" for role, number, _ in marks if number))


def _depth(marks: Iterable[tuple[str, int, str]]) -> int:
    """Return how many contents lie over each other, as far as the page tells them apart."""
    return min(len({number for role, number, _ in marks if role == "content"}), DEEPEST)
