"""The JSON that other programs rely on: statements, quantities and dates of a reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zopa.reading.articles import Article, Span
from zopa.reading.parties import PartyFound
from zopa.reading.pipeline import ArticleReading
from zopa.reading.statements import Amount, Statement, TimeExpression


def reading_json(reading: ArticleReading) -> dict[str, Any]:
    """Return a reading as plain data.

    ``statements``, ``quantities`` and ``dates`` are as ``score_reading.py --statements`` reads them: ``source`` holds
    the speaker's words in the text, ``party`` the party's name. Spans are half-open and count code points of the
    stored text, whose digest stands beside them. Durations stand apart from dates.
    """
    text = reading.article.text
    names = reading.party_names
    times = [_time(one) for one in reading.times]
    return {
        "article": _article(reading.article),
        "document_date": None if reading.document_date is None else reading.document_date.isoformat(),
        "statements": [statement_json(one, text, names) for one in reading.statements],
        "quantities": [_amount(one) for one in reading.amounts],
        "dates": [one for one in times if one["kind"] != "duration"],
        "durations": [one for one in times if one["kind"] == "duration"],
        "parties": {key: _party(found) for key, found in reading.parties.table.items()},
        "rejects": [{"reason": one.reason, "proposal": one.proposal} for one in reading.rejects],
        "by_rules": all(one.by == "rules" for one in reading.statements),
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "name": article.name,
        "title": article.title,
        "sha256": article.digest,
        "characters": len(article.text),
        "offered_date": None if article.dated is None else article.dated.isoformat(),
        "headings": [list(_pair(line.span)) for line in article.lines if line.kind == "heading"],
    }


def statement_json(one: Statement, text: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Return one statement as plain data; a span is ``[start, end]``, and every word stands in the text."""
    hedges = [{"text": hedge.text, "span": list(_pair(hedge.span)), "force": hedge.force} for hedge in one.hedges]
    return {
        "id": one.id,
        "line": one.line,
        "sentence": one.sentence.of(text),
        "sentence_span": list(_pair(one.sentence)),
        **_words("source", one.source, text),
        **_words("cue", one.cue, text),
        **_words("content", one.content, text),
        "further": [{"text": span.of(text), "span": list(_pair(span))} for span in one.further],
        "quoted": one.quoted,
        "speaker": one.speaker,
        "party": names.get(one.party, one.party),
        "party_key": one.party,
        "party_note": one.party_note,
        "about": None if one.about is None else names.get(one.about, one.about),
        "predicate": one.predicate,
        "issue": one.issue,
        "stance_code": one.stance_code,
        "stance": one.stance,
        "hedges": hedges,
        "hedge": ", ".join(hedge.text for hedge in one.hedges if hedge.force == "soft") or None,
        "firmness": one.firmness,
        "level": one.level,
        "nested_in": one.nested_in,
        "own_words": one.own_words,
        **_words("time", one.time, text),
        "time_norm": one.time_norm,
        "time_role": one.time_role,
        "quantities": [_amount(amount) for amount in one.quantities],
        "addressee": one.addressee,
        "by": one.by,
    }


def _words(name: str, span: Span | None, text: str) -> dict[str, Any]:
    return {name: None if span is None else span.of(text), f"{name}_span": None if span is None else list(_pair(span))}


def _party(found: PartyFound) -> dict[str, Any]:
    return {
        "name": found.name,
        "kind": found.kind,
        "assumed": found.assumed,
        "voices": list(found.voices),
        "principals": [{"name": one.name, "role": one.role, "status": one.status} for one in found.principals],
        "mentions": [{"text": one.text, "span": list(_pair(one.span)), "line": one.line} for one in found.mentions],
    }


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _amount(one: Amount) -> dict[str, Any]:
    return {"text": one.text, "span": list(_pair(one.span)), "value": one.value, "unit": one.unit, "bound": one.bound}


def _time(one: TimeExpression) -> dict[str, Any]:
    return {
        "text": one.text,
        "span": list(_pair(one.span)),
        "norm": one.norm,
        "kind": one.kind,
        "needs": one.needs,
        "fuzzy": one.fuzzy,
        "bound": one.bound,
    }
