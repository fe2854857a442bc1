"""Statements made by hand for texts of our own, and those of the reference article where it is beside the checkout."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from zopa.reading.articles import Article, Line, Span
from zopa.reading.draft.inputs import PartyName, Read
from zopa.reading.statements import Amount, Bound, Statement, Trigger


def article(text: str, name: str = "story.txt") -> Article:
    """An article of plain lines."""
    lines, start = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        lines.append(Line(number, Span(start, start + len(line)), "text" if line.strip() else "empty"))
        start += len(line) + 1
    return Article(name, text, tuple(lines))


def place(text: str, words: str, inside: Span | None = None) -> Span:
    """Where words stand in a text, or in a part of it."""
    low, high = (inside.start, inside.end) if inside is not None else (0, len(text))
    start = text.index(words, low, high)
    return Span(start, start + len(words))


class Story:
    """A text with statements: each names its words, and their places are looked up.

    Sentences are the lines of the text.
    """

    def __init__(
        self, text: str, parties: Iterable[PartyName], day: date | None = date(2024, 5, 3), name: str = "story.txt"
    ) -> None:
        self.article = article(text, name)
        self.day = day
        self.parties = {party.key: party for party in parties}
        self.statements: list[Statement] = []

    def say(
        self,
        content: str,
        cue: str,
        predicate: str,
        party: str,
        *,
        source: str | None = None,
        level: int = 1,
        amounts: Iterable[tuple[str, int | float, str | None, Bound | None]] = (),
        firm: str | None = None,
        soft: str | None = None,
        time: str | None = None,
        **more: Any,
    ) -> str:
        """Add a statement and return its id."""
        text = self.article.text
        line = next(one for one in self.article.lines if content in one.span.of(text) and cue in one.span.of(text))
        inside = place(text, content, line.span)
        hedges = [Trigger(firm, place(text, firm, line.span), "firm")] if firm else []
        hedges += [Trigger(soft, place(text, soft, line.span), "soft")] if soft else []
        made = "s" + sha256(f"{line.number}|{cue}|{content}|{predicate}".encode()).hexdigest()[:8]
        self.statements.append(
            Statement(
                id=more.pop("id", made),
                article=self.article.name,
                line=line.number,
                sentence=line.span,
                source=place(text, source, line.span) if source else None,
                cue=place(text, cue, line.span),
                content=inside,
                predicate=predicate,
                party=party,
                level=level,
                own_words=more.pop("own_words", level <= 1 and party.isupper()),
                speaker=more.pop("speaker", source),
                hedges=tuple(hedges),
                firmness="soft" if soft else "firm" if firm else "plain",
                time=place(text, time, line.span) if time else None,
                quantities=tuple(
                    Amount(words, place(text, words, inside), value, unit, bound) for words, value, unit, bound in amounts
                ),
                **more,
            )
        )
        return self.statements[-1].id

    def read(self, without: Iterable[str] = ()) -> Read:
        """What was read of it."""
        left = set(without)
        kept = tuple(one for one in self.statements if one.id not in left)
        return Read(self.article, self.day, kept, self.parties)


_KEYS: Mapping[str, str] = {"Russia": "RUS", "United States": "USA", "Ukraine": "UKR", "NATO": "NATO", "Europe": "EUR"}
_BOUNDS: Mapping[str, Bound] = {"min": "min", "max": "max", "approx": "approx"}


def gold(shared: Path, *, must: bool = False) -> Read:
    """The reference article with its human reading, as this room's records."""
    folder = shared / "article"
    rows = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    text = (folder / "article.txt").read_text(encoding="utf-8")
    parties = {
        _KEYS[name]: PartyName(_KEYS[name], name, voices=tuple(words), words=("U.S.",) if name == "United States" else ())
        for name, words in rows["party_mentions"].items()
    }
    made = tuple(_statement(row, rows["quantities"]) for row in rows["statements"] if row["must"] or not must)
    return Read(article(text, "article.txt"), date.fromisoformat(rows["document_date"]), made, parties)


def _span(row: Mapping[str, Any], name: str) -> Span | None:
    found = row[f"{name}_span"]
    return None if found is None else Span(*found)


def _statement(row: Mapping[str, Any], quantities: Iterable[Mapping[str, Any]]) -> Statement:
    content, cue, sentence = _span(row, "content"), _span(row, "cue"), _span(row, "sentence")
    assert content is not None
    assert cue is not None
    assert sentence is not None
    hedge = row["hedge"] or ""
    firm = row["predicate"] in {"condition", "demand"} and not hedge.startswith('"')
    time = _span(row, "time")
    inside = [one for one in quantities if Span(*one["span"]).within(content)]
    return Statement(
        id=f"g{row['id']}",
        article="article.txt",
        line=row["line"],
        sentence=sentence,
        source=_span(row, "source"),
        cue=cue,
        content=content,
        predicate=row["predicate"],
        party=_KEYS.get(row["party"], row["party"]),
        level=row["level"],
        own_words=row["own_words"],
        speaker=row["source"],
        issue=row["issue"],
        stance_code=row["stance_code"],
        stance=row["stance"],
        firmness="firm" if firm else "soft" if '"' in hedge else "plain",
        nested_in=None if row["nested_in"] is None else f"g{row['nested_in']}",
        time=time,
        time_norm=row["time_norm"],
        time_role=None if time is None else "said" if not time.within(content) else "about",
        quantities=tuple(
            Amount(one["text"], Span(*one["span"]), one["value"], one["unit"], _BOUNDS.get(one["bound"] or "")) for one in inside
        ),
        addressee=row["addressee"],
    )


UNION = PartyName("UNION", "The dockers' union", voices=("Rita Moss",))
PORT = PartyName("PORT", "The harbour company", voices=("Paul Venn",))
HARBOUR = """\
The dockers' union wants a pay rise of at least 5 percent, its chair Rita Moss said on Monday.
The harbour company offers 3 percent, its director Paul Venn said.
The company currently pays a bonus of 200 euros.
Moss said the union would never accept night shifts.
Venn is willing to drop night shifts in exchange for a contract of three years.
A mediator's plan has emerged, which includes a pay rise of 4 percent.
The plan could lead to 40 lost jobs.
Venn insisted that any pay rise must not exceed 4 percent.
Talks will begin after 1 June, Venn said.
The harbour has a proud past."""


def harbour(text: str = HARBOUR, union: PartyName = UNION, port: PartyName = PORT) -> Story:
    """A labour contract; with other names in the text and the parties, the same talks between others."""
    made = Story(text, [union, port])
    moss, venn = union.voices[0].split()[-1], port.voices[0].split()[-1]
    made.say(
        "a pay rise of at least 5 percent",
        "wants",
        "want",
        union.key,
        source=union.name,
        amounts=[("at least 5 percent", 5, "percent", "min")],
        stance_code="for",
        id="pay_union",
    )
    made.say(
        "3 percent",
        "offers",
        "offer",
        port.key,
        source=port.name,
        amounts=[("3 percent", 3, "percent", None)],
        stance_code="for",
        id="pay_port",
    )
    made.say(
        "a bonus of 200 euros",
        "currently pays",
        "fact",
        "narrator",
        level=4,
        amounts=[("200 euros", 200, "EUR", None)],
        id="bonus",
    )
    made.say(
        "night shifts",
        "would never accept",
        "reject",
        union.key,
        source=moss,
        firm="never",
        stance_code="against",
        id="nights_union",
    )
    made.say(
        "to drop night shifts in exchange for a contract of three years",
        "is willing",
        "willing",
        port.key,
        source=venn,
        amounts=[("three years", 3, "year", None)],
        stance_code="for",
        id="swap",
    )
    made.say(
        "a pay rise of 4 percent",
        "has emerged",
        "propose",
        "narrator",
        level=4,
        amounts=[("4 percent", 4, "percent", None)],
        id="plan",
    )
    made.say(
        "40 lost jobs",
        "lead to",
        "consequence",
        "narrator",
        level=4,
        amounts=[("40", 40, None, None)],
        soft="could",
        id="effect",
    )
    made.say(
        "that any pay rise must not exceed 4 percent",
        "insisted",
        "demand",
        port.key,
        source=venn,
        amounts=[("not exceed 4 percent", 4, "percent", "max")],
        firm="must",
        stance_code="for",
        id="ceiling",
    )
    made.say(
        "Talks will begin after 1 June",
        "said",
        "condition",
        port.key,
        source=venn,
        time="after 1 June",
        time_norm="2024-06-01/..",
        time_role="about",
        stance_code="for",
        id="gate",
    )
    made.say("a proud past", "has", "assess", "narrator", level=4, id="background")
    return made


LOWER = PartyName("LOWER", "Lower Savia", kind="state", voices=("Ana Ruel",), words=("Savian",))
UPPER = PartyName("UPPER", "Upper Orba", kind="state", voices=("Tom Kesh",), words=("Orban",))


def river() -> Story:
    """A water treaty: a guarantee of flow, a dam, a meeting, reports and hearsay."""
    made = Story(
        """\
Lower Savia demands a joint guarantee of the river flow, its minister Ana Ruel said.
A guarantee by Upper Orba alone would not suffice, Ruel said.
Ruel ruled out any treaty without strict inspections of the dam.
Upper Orba opposes inspections of the dam, its envoy Tom Kesh said.
Kesh said Lower Savia would accept inspections of the dam only later.
Kesh is open to a meeting with Ruel.
The meeting must wait until 1 September, Kesh said.
Reports say Upper Orba may reduce its water fees.
Upper Orba will raise its water fees, Kesh said.
Upper Orba has spoken warmly of Lower Savia.""",
        [LOWER, UPPER],
        name="river.txt",
    )
    made.say(
        "a joint guarantee of the river flow", "demands", "demand", "LOWER", source="Lower Savia", stance_code="for", id="joint"
    )
    made.say(
        "A guarantee by Upper Orba alone would not suffice",
        "said",
        "doubt",
        "LOWER",
        source="Ruel",
        stance_code="against",
        id="alone",
    )
    made.say(
        "any treaty without strict inspections of the dam",
        "ruled out",
        "reject",
        "LOWER",
        source="Ruel",
        firm="ruled out",
        stance_code="against",
        id="inspect_lower",
    )
    made.say(
        "inspections of the dam", "opposes", "oppose", "UPPER", source="Upper Orba", stance_code="against", id="inspect_upper"
    )
    made.say(
        "Lower Savia would accept inspections of the dam only later",
        "said",
        "say",
        "UPPER",
        source="Kesh",
        about="LOWER",
        stance_code="none",
        id="hearsay",
    )
    made.say(
        "inspections of the dam",
        "would accept",
        "agree",
        "LOWER",
        source="Lower Savia",
        level=2,
        nested_in="hearsay",
        stance_code="for",
        id="nested",
    )
    made.say("a meeting with Ruel", "is open to", "willing", "UPPER", source="Kesh", stance_code="for", id="ready")
    made.say(
        "The meeting must wait until 1 September",
        "said",
        "condition",
        "UPPER",
        source="Kesh",
        firm="must",
        time="until 1 September",
        time_norm="2024-09-01",
        time_role="about",
        stance_code="for",
        id="wait",
    )
    made.say(
        "reduce its water fees",
        "may",
        "option",
        "UPPER",
        source="Upper Orba",
        level=3,
        soft="may",
        stance_code="open",
        id="fees_down",
    )
    made.say("raise its water fees", "will", "intend", "UPPER", source="Kesh", stance_code="for", id="fees_up")
    made.say("warmly of Lower Savia", "has spoken", "admire", "UPPER", source="Upper Orba", level=4, id="warm")
    return made
