"""Several articles as one: the same statement found twice is one statement with two sources, in the order of the days.

Two statements are the same when they speak for the same party, with the same kind of act, in the same words (folded: capitals,
quotation marks, dashes and blanks do not matter), whoever copied whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from zopa.reading.draft.ids import Names, slug
from zopa.reading.draft.inputs import NothingToDraft, Office, PartyName, Read
from zopa.reading.draft.words import plain, skeleton, words_of
from zopa.reading.statements import PSEUDO_PARTIES, Statement

_SOURCELESS: Final = frozenset(PSEUDO_PARTIES)
_NARRATION: Final = frozenset("say stress fact-claim report fact assess admire sympathise".split())
_AUXILIARY: Final = re.compile(
    r"\b(?:can|could|may|might|must|shall|should|will|would|is|are|was|were|has|have|had|do|does|did)\b"
)


@dataclass(frozen=True)
class SourceText:
    """A text of the case: ``id`` and ``file`` are its names in the case."""

    id: str
    file: str
    title: str
    day: date | None
    text: str


@dataclass(frozen=True)
class Said:
    """A statement in its place.

    Attributes
    ----------
    id
        Its id in the case.
    statement, read, source
        The record, the reading it comes from, and the id of the source.
    day
        When it was said where that is known to the day, else the day of its article.
    also
        Ids of further sources that say the same.
    """

    id: str
    statement: Statement
    read: Read
    source: str
    day: date | None
    also: tuple[str, ...] = ()

    @property
    def content(self) -> str:
        """The words of the content, later pieces of a quotation included."""
        text = self.read.article.text
        return " ".join(span.of(text) for span in (self.statement.content, *self.statement.further))

    @property
    def subject(self) -> str:
        """What stands before the cue where nobody is named as the source: what an unattributed proposal is about."""
        one = self.statement
        if one.party not in _SOURCELESS:
            return ""
        text = self.read.article.text[one.sentence.start : max(one.sentence.start, min(one.cue.start, one.content.start))]
        last = text.rpartition(",")[2]  # a fronted adjunct is not the subject
        return _AUXILIARY.split(last if last.strip() else text, maxsplit=1)[0]

    @property
    def background(self) -> bool:
        """Whether it is narration that puts nothing up for decision: no issue, no stand, no number of a term."""
        return self.told and self.statement.predicate in _NARRATION and not self.statement.quantities

    @property
    def told(self) -> bool:
        """Whether it is told by the narrator alone."""
        return self.statement.level >= 4 or self.statement.party == "narrator"

    @property
    def own(self) -> bool:
        """Whether it is a party's own word."""
        one = self.statement
        return one.own_words and one.level <= 1 and one.party not in _SOURCELESS


@dataclass(frozen=True)
class Gathered:
    """All that a draft is made from.

    Attributes
    ----------
    sources
        The texts.
    said
        Statements by day of their article, then in text order.
    parties
        By key, in the order in which they speak or are named first.
    names
        Words of the parties' names in small letters.
    as_of
        The last day of any article.
    """

    sources: tuple[SourceText, ...]
    said: tuple[Said, ...]
    parties: dict[str, PartyName]
    names: frozenset[str]
    as_of: date


def gather(reads: Iterable[Read], names: Names, as_of: date | None = None) -> Gathered:
    """Return the statements of several articles as those of one case.

    Parameters
    ----------
    reads
        The articles.
    names
        The ids of the case; those of sources and statements are taken from it.
    as_of
        The day up to which evidence counts; by default the last day of an article.

    Raises
    ------
    NothingToDraft
        When no day is known.
    """
    ordered = sorted(_once(reads), key=lambda read: read.document_date or date.max)
    days = [read.document_date for read in ordered if read.document_date is not None]
    if as_of is None and not days:
        raise NothingToDraft(
            "no article has a day: say when it was published (--date 2025-01-10), for a case says up to which day evidence counts"
        )
    last = as_of if as_of is not None else max(days)
    sources = _sources(ordered, names)
    said: dict[tuple[object, ...], Said] = {}
    taken: dict[str, str] = {}
    for read, source in zip(ordered, sources, strict=True):
        for one in sorted(read.statements, key=lambda one: (one.sentence, one.content.start, one.cue.start, -one.content.end)):
            key = same(read, one)
            if key in said:
                first = said[key]
                if source.id != first.source and source.id not in first.also:
                    said[key] = replace(first, also=(*first.also, source.id))
                taken.setdefault(one.id, first.id)
            else:
                name = names.take(one.id, f"s_{slug(one.id)}" if slug(one.id) else "s1")
                taken[one.id] = name
                said[key] = Said(name, one, read, source.id, _day(read, one))
    nested = {one.id: taken.get(one.statement.nested_in or "") for one in said.values()}
    found = tuple(replace(one, statement=replace(one.statement, nested_in=nested[one.id])) for one in said.values())
    parties = _parties(ordered, found)
    return Gathered(tuple(sources), found, parties, _names(parties.values()), last)


def same(read: Read, statement: Statement) -> tuple[object, ...]:
    """Return what two findings of the same statement share."""
    text = read.article.text
    words = [skeleton(span.of(text)) for span in (statement.content, *statement.further)]
    cue = skeleton(statement.cue.of(text))
    return statement.party, statement.predicate, statement.level, cue, tuple(words)


def _once(reads: Iterable[Read]) -> list[Read]:
    """Leave out an article that was given twice."""
    found: dict[tuple[str, date | None], Read] = {}
    for read in reads:
        found.setdefault((read.article.text, read.document_date), read)
    return list(found.values())


def _day(read: Read, statement: Statement) -> date | None:
    if statement.time_role == "said" and statement.time_norm is not None:
        try:
            return date.fromisoformat(statement.time_norm)
        except ValueError:
            pass  # an interval: the day of the article stands
    return read.document_date


def _sources(reads: Sequence[Read], names: Names) -> list[SourceText]:
    found: list[SourceText] = []
    files = Names()
    for read in reads:
        stem = read.article.name.rsplit("/", 1)[-1]
        stem = stem.rsplit(".", 1)[0] if "." in stem.strip(".") else stem
        name = names.number("a")  # short, for it stands in every statement
        file = files.take(slug(stem, 6), name)
        title = " ".join((read.article.title or stem).split()) or name
        found.append(SourceText(name, f"sources/{file}.md", title, read.document_date, read.article.text))
    return found


def _parties(reads: Iterable[Read], said: Iterable[Said]) -> dict[str, PartyName]:
    """Return the parties in the order in which statements name them, then those only mentioned in their own order."""
    known: dict[str, PartyName] = {}
    for read in reads:
        for key, party in read.parties.items():
            known[key] = party if key not in known else _both(known[key], party)
    order: dict[str, None] = {}
    for one in said:
        for named in (one.statement.party, one.statement.about, one.statement.addressee):
            base = (named or "").partition(".")[0]
            if base in known:
                order.setdefault(base)
    for one in said:  # a party that nobody described is still a party
        if one.statement.party not in _SOURCELESS and one.statement.party.partition(".")[0] not in known:
            base = one.statement.party.partition(".")[0]
            known[base] = PartyName(base, base)
            order.setdefault(base)
    return {key: known[key] for key in [*order, *(key for key in known if key not in order)]}


def _both(one: PartyName, other: PartyName) -> PartyName:
    """Return a party as two articles name it: a new holder of an office makes no new party."""
    offices: dict[str, Office] = {}
    for office in (*one.principals, *other.principals):
        before = offices.get(plain(office.name))
        offices[plain(office.name)] = office if before is None else _one_office(before, office)
    return replace(
        one,
        voices=tuple(dict.fromkeys((*one.voices, *other.voices))),
        principals=tuple(offices.values()),
        words=tuple(dict.fromkeys((*one.words, *other.words))),
    )


def _one_office(before: Office, after: Office) -> Office:
    return Office(
        before.name,
        before.role or after.role,
        before.start or after.start,
        before.end or after.end,
        tuple(dict.fromkeys((*before.voices, *after.voices))),
        tuple(dict.fromkeys((*before.because, *after.because))),
    )


def _names(parties: Iterable[PartyName]) -> frozenset[str]:
    texts = [
        text
        for party in parties
        for text in (party.key, party.name, *party.voices, *party.words, *(office.name for office in party.principals))
    ]
    return frozenset(word.plain for text in texts for word in words_of(text) if len(word.plain) > 1)
