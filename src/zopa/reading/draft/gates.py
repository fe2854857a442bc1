"""Gates: dates before or after which something happens, who is ready to talk, and what talks are said to need.

Durations are values of options, no gates.  How likely a date is, is said in words; no chance is drafted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Literal

from zopa.reading.draft.elements import DraftGate, Ground
from zopa.reading.draft.ids import Names
from zopa.reading.draft.merging import Said
from zopa.reading.draft.options import Valued
from zopa.reading.draft.red_lines import conditions_talks, hedged
from zopa.reading.draft.units import Unit
from zopa.reading.draft.words import shortened
from zopa.reading.statements import PSEUDO_PARTIES

_TRIGGER: Final = re.compile(
    r"\b(?:until|till|after|before|by|once|only from|as of|no later than|deadline|expires?|runs? out|takes? effect|due)\b",
    re.IGNORECASE,
)
_TERMS: Final = frozenset({"want", "propose", "offer", "consider", "option", "support", "oppose", "reject"})
_YEAR: Final = re.compile(r"\D*\d{4}\D*")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def gates_of(issues: Iterable[Valued], said: Iterable[Said], parties: Mapping[str, str], taken: Names) -> list[DraftGate]:
    """Return the gates of a draft in text order: dates, then readiness, then what talks need.

    Parameters
    ----------
    issues
        The issues of the case.
    said
        All statements.
    parties
        Name of each party by key.
    taken
        Ids of the case; those of the gates are taken from it.
    """
    issues = list(issues)
    where: dict[str, Valued] = {}
    for valued in issues:
        for unit in valued.cluster.units:
            where.setdefault(unit.said.id, valued)
    found = [*_dates(said, where), *_readiness(issues, parties), *_needs(issues, parties)]
    return [
        DraftGate(taken.number("G"), one.name, one.on, one.fact, one.opens, one.issue, one.ground, one.party) for one in found
    ]


def gate_day(one: Said) -> date | None:
    """Return the date that a statement makes something wait for, or end with, or None."""
    statement = one.statement
    if statement.time_role != "about" or statement.time_norm is None or statement.time is None:
        return None
    norm = statement.time_norm
    day = next((part for part in norm.split("/") if _DAY.fullmatch(part)), None)
    if day is None or (norm.count("/") == 1 and ".." not in norm):
        return None  # a stretch of time with two ends is no single day
    text = one.read.article.text
    if statement.predicate in _TERMS or _YEAR.fullmatch(statement.time.of(text)):
        return None  # "a freeze until 2027" is a term, and a year is no day
    start = (
        statement.content.start
        if statement.time.within(statement.content)
        else max(statement.sentence.start, statement.time.start - 40)
    )
    marked = norm.startswith("../") or _TRIGGER.search(text[start : statement.time.end]) is not None
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    told = one.read.document_date
    return found if marked and (told is None or found >= told) else None  # what lies behind the article opens nothing


def _dates(said: Iterable[Said], where: Mapping[str, Valued]) -> list[DraftGate]:
    found: dict[tuple[date, str], DraftGate] = {}
    seen: set[tuple[str, date]] = set()
    for one in said:
        day = gate_day(one)
        if day is None:
            continue
        if one.statement.nested_in is not None and (one.statement.nested_in, day) in seen:
            seen.add((one.id, day))
            continue  # the statement around it says the same
        seen.add((one.id, day))
        valued = where.get(one.id)
        issue = valued.issue if valued is not None else None
        soft = one.statement.firmness == "soft" or any(trigger.force == "soft" for trigger in one.statement.hedges)
        name = f"{'perhaps: ' if soft else ''}{shortened(one.content)}"
        opens = None
        if issue is not None and issue.process and one.statement.stance_code != "against":
            opens = (issue.id, next(option.id for option in issue.options if option.ground.because))
        party = one.statement.party.partition(".")[0]
        own = party if one.own else None
        key = (day, issue.id if issue is not None else one.id)
        if key in found:
            before = found[key]
            ground = Ground(tuple(dict.fromkeys((*before.ground.because, one.id))))
            found[key] = DraftGate("", before.name, day, None, before.opens, before.issue, ground, before.party)
        else:
            found[key] = DraftGate("", name, day, None, opens, issue.id if issue is not None else None, Ground((one.id,)), own)
    return list(found.values())


def _readiness(issues: Iterable[Valued], parties: Mapping[str, str]) -> list[DraftGate]:
    """Return for each party what it says itself about a meeting or talks: ready, not ready, or both (unknown)."""
    found: list[DraftGate] = []
    for valued in issues:
        if not valued.issue.process:
            continue
        voices: dict[str, list[tuple[str, str]]] = {}
        for unit in valued.cluster.units:
            one = unit.said.statement
            if unit.said.own and one.stance_code in {"for", "against"} and one.predicate != "condition" and not _of_another(unit):
                voices.setdefault(one.party.partition(".")[0], []).append((one.stance_code, unit.said.id))
        for party, inside in voices.items():
            ways = {way for way, _ in inside}
            fact: Literal["yes", "no", "unknown"] = "unknown" if len(ways) > 1 else "yes" if ways == {"for"} else "no"
            because = tuple(dict.fromkeys(name for _, name in inside))
            name = f"{parties.get(party, party)} speaks for it: {valued.issue.name}"
            found.append(DraftGate("", name, None, fact, None, valued.issue.id, Ground(because), party))
    return found


def _needs(issues: Iterable[Valued], parties: Mapping[str, str]) -> list[DraftGate]:
    """Return what a party says talks need, apart from the terms of an agreement."""
    found: dict[tuple[str, str], DraftGate] = {}
    for valued in issues:
        for unit in valued.cluster.units:
            one = unit.said.statement
            party = one.party.partition(".")[0]
            if not unit.said.own or party in PSEUDO_PARTIES or one.predicate != "condition" or gate_day(unit.said) is not None:
                continue
            if not (valued.issue.process or conditions_talks(unit)):
                continue
            name = f"{parties.get(party, party)} on what talks need: {shortened(unit.text)}"
            gate = DraftGate(
                "",
                f"perhaps: {name}" if hedged(unit) else name,
                None,
                "unknown",
                None,
                valued.issue.id,
                Ground((unit.said.id,)),
                party,
            )
            found.setdefault((party, unit.said.id), gate)
    return list(found.values())


def _of_another(unit: Unit) -> bool:
    one = unit.said.statement
    about = (one.about or "").partition(".")[0]
    return bool(about) and about != one.party.partition(".")[0] and one.predicate in {"say", "report", "fact-claim", "assess"}
