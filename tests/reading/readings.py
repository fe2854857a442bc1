"""Readings made by hand for tests: texts on varied subjects with statements whose words are looked up, not counted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zopa.reading.articles import Article, Line, LineKind, Span
from zopa.reading.statements import Amount, Reject, Statement, TimeExpression, Trigger


@dataclass(frozen=True)
class Reading:
    """The shape of what reading an article gives."""

    article: Article
    document_date: date | None
    statements: tuple[Statement, ...]
    times: tuple[TimeExpression, ...] = ()
    amounts: tuple[Amount, ...] = ()
    rejects: tuple[Reject, ...] = ()
    party_names: Mapping[str, str] = field(default_factory=dict)


def article(name: str, *lines: tuple[LineKind, str]) -> Article:
    """Return an article of lines."""
    found: list[Line] = []
    at = 0
    for number, (kind, words) in enumerate(lines, 1):
        found.append(Line(number, Span(at, at + len(words)), kind))
        at += len(words) + 1
    return Article(name, "\n".join(words for _, words in lines), tuple(found))


def span(text: str, words: str, inside: Span | None = None) -> Span:
    """Return where words stand, in a sentence or in the whole text."""
    at = text.index(words, inside.start if inside else 0, inside.end if inside else len(text))
    return Span(at, at + len(words))


def statement(
    text: Article, sentence: str, source: str | None, cue: str, content: str, predicate: str = "say", **more: Any
) -> Statement:
    """Return a statement whose words are looked up in a sentence."""
    place = span(text.text, sentence)
    line = next(one for one in text.lines if place.within(one.span))
    values: dict[str, Any] = {"party": "unnamed", "level": 1, "own_words": True, **more}
    if isinstance(values.get("time"), str):
        values["time"] = span(text.text, values["time"], place)
    packed = repr((sentence, source, cue, content, predicate)).encode("utf-8", "backslashreplace")
    return Statement(
        id=hashlib.sha256(packed).hexdigest()[:12],
        article=text.name,
        line=line.number,
        sentence=place,
        source=None if source is None else span(text.text, source, place),
        cue=span(text.text, cue, place),
        content=span(text.text, content, place),
        predicate=predicate,
        **values,
    )


QUOTA = "The coastal union will not sign a quota above 400,000 tonnes, its chairwoman Ragna Dahl said on Tuesday."
EAGER = "She added that the island government is eager to settle the dispute before the spring season."
SHARE = "Minister Jón Lind demanded a share of at least 15 percent, and said: “We cannot wait another year.”"
FLEET = "A senior official suggested that part of the fleet could be laid up in return for compensation."
YEARS = "The last agreement ran out in 2019."


def herring() -> Reading:
    """A fisheries dispute with nesting, a quotation, an unnamed source, narration, amounts and times."""
    text = article(
        "herring.txt",
        ("heading", "Herring talks open on the islands"),
        ("dateline", "12 March 2024"),
        ("text", f"{QUOTA} {EAGER}"),
        ("empty", ""),
        ("heading", "What the islands want"),
        ("text", SHARE),
        ("text", f"{FLEET} {YEARS}"),
    )
    limit = Amount("above 400,000 tonnes", span(text.text, "above 400,000 tonnes"), 400_000, "tonne", "min")
    share = Amount("at least 15 percent", span(text.text, "at least 15 percent"), 15, "percent", "min")
    tuesday = TimeExpression("on Tuesday", span(text.text, "on Tuesday"), "2024-03-12", "point", "document date")
    season = TimeExpression("before the spring season", span(text.text, "before the spring season"), None, "unresolved", "event")
    ended = TimeExpression("in 2019", span(text.text, "in 2019"), "2019-01-01/2019-12-31", "interval")
    refusal = "The coastal union will not sign a quota above 400,000 tonnes"
    firm = Trigger("will not", span(text.text, "will not"), "firm")
    said = statement(
        text, QUOTA, "its chairwoman Ragna Dahl", "said", refusal,
        party="UNION", speaker="Ragna Dahl", party_note="chairwoman of the coastal union", stance_code="against", firmness="firm",
        hedges=(firm,), quantities=(limit,), time="on Tuesday", time_norm="2024-03-12", time_role="said", issue="quota",
    )  # fmt: skip
    refuses = statement(
        text, QUOTA, "The coastal union", "will not sign", "a quota above 400,000 tonnes", "reject",
        party="UNION", stance_code="against", firmness="firm", hedges=(firm,), quantities=(limit,),
        nested_in=said.id, issue="quota",
    )  # fmt: skip
    eager = "the island government is eager to settle the dispute before the spring season"
    added = statement(
        text, EAGER, "She", "added", f"that {eager}", party="UNION", speaker="Ragna Dahl", party_note="pronoun", about="ISLES"
    )
    willing = statement(
        text, EAGER, "the island government", "is eager to", "settle the dispute before the spring season", "willing",
        party="ISLES", level=2, own_words=False, nested_in=added.id, stance_code="for", issue="dispute",
    )  # fmt: skip
    demand = statement(
        text, SHARE, "Minister Jón Lind", "demanded", "a share of at least 15 percent", "demand",
        party="ISLES", speaker="Jón Lind", quantities=(share,), issue="share",
    )  # fmt: skip
    quoted = statement(
        text, SHARE, "Minister Jón Lind", "said", "We cannot wait another year.",
        party="ISLES", speaker="Jón Lind", level=0, quoted=True,
    )  # fmt: skip
    official = statement(
        text, FLEET, "A senior official", "suggested",
        "that part of the fleet could be laid up in return for compensation", "propose",
        party="anonymous", level=3, own_words=False, firmness="soft", by="model",
        hedges=(Trigger("could", span(text.text, "could"), "soft"),),
    )  # fmt: skip
    told = statement(
        text, YEARS, None, "ran out", "The last agreement ran out in 2019", "fact",
        party="narrator", level=4, own_words=False, time="in 2019", time_norm="2019-01-01/2019-12-31", time_role="about",
    )  # fmt: skip
    return Reading(
        text,
        date(2024, 3, 12),
        (said, refuses, added, willing, demand, quoted, official, told),
        (tuesday, season, ended),
        (limit, share),
        (Reject("not in sentence", {"content_quote": "a quota above 500,000 tonnes", "predicate": "demand"}),),
        {"UNION": "Coastal union", "ISLES": "Island government"},
    )


LEASE = "The landlord said the rent may rise by up to 4 percent a year."


def lease() -> Reading:
    """A second text, on another subject."""
    text = article("lease.md", ("text", LEASE))
    rise = Amount("up to 4 percent", span(text.text, "up to 4 percent"), 4, "percent", "max")
    said = statement(
        text, LEASE, "The landlord", "said", "the rent may rise by up to 4 percent a year",
        party="LANDLORD", firmness="soft", quantities=(rise,), issue="rent",
    )  # fmt: skip
    return Reading(text, None, (said,), (), (rise,), (), {"LANDLORD": "Landlord"})
