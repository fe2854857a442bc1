"""What is left of a reading when everything that people decided is applied to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from zopa.reading.articles import Article, Span
from zopa.reading.decisions import PIECES, SEEN, Decision, Piece, Value, Whereabouts, check_fields, known_parties
from zopa.reading.hedges import firmness, triggers
from zopa.reading.selecting import (
    LEAVES,
    SILENT,
    ReadArticle,
    ReviewFault,
    governed,
    line_at,
    quotation_of,
    reach,
    selected,
    sentences_of,
    with_whole_amounts,
)
from zopa.reading.statements import PSEUDO_PARTIES, Statement


@dataclass(frozen=True)
class Standing:
    """A statement and how it stands.

    Attributes
    ----------
    reading
        The reading that holds it.
    statement
        The statement, with what a person changed.
    as_read
        The statement before that.
    state
        A verdict, ``open`` where nobody decided, or ``dropped`` where the statement around it was rejected.
    decision
        The decision that counts, if there is one.
    """

    reading: ReadArticle
    statement: Statement
    as_read: Statement
    state: Literal["open", "accepted", "edited", "rejected", "added", "dropped"]
    decision: Decision | None = None


@dataclass(frozen=True)
class Orphan:
    """A decision that has lost its statement, or that no longer fits it."""

    decision: Decision
    reason: str


@dataclass(frozen=True)
class Applied:
    """Statements of readings after the decisions of people.

    Attributes
    ----------
    standings
        Every statement, in the order of the texts.
    orphaned
        Decisions that could not be applied, with the reason.
    """

    standings: tuple[Standing, ...]
    orphaned: tuple[Orphan, ...]

    @property
    def kept(self) -> tuple[Statement, ...]:
        """The statements that people accepted, edited or added."""
        return tuple(one.statement for one in self.standings if one.state in {"accepted", "edited", "added"})

    @property
    def open(self) -> tuple[Statement, ...]:
        """The statements that nobody has decided about."""
        return tuple(one.statement for one in self.standings if one.state == "open")

    @property
    def gone(self) -> tuple[Statement, ...]:
        """The statements that were rejected, and those that went with them."""
        return tuple(one.statement for one in self.standings if one.state in {"rejected", "dropped"})


def changed(
    reading: ReadArticle,
    statement: Statement,
    fields: Mapping[str, Value],
    pieces: Mapping[str, Piece | None],
    parties: Mapping[str, str],
) -> Statement:
    """Return a statement with other words of its sentence and other values.

    A cue takes in the negations and modal words that govern it, and so does a content, which also takes in what it cuts
    of an amount.  Hedges and amounts are read again by rules.  Whether the words are the party's own follows
    from the level; :func:`apply` takes it back where the statement stands inside that of another party.

    Raises
    ------
    ReviewFault
        When the words are not there any more, or a value or a selection is not allowed.
    """
    check_fields(fields, parties)
    text, sentence, start = reading.article.text, statement.sentence, reach(statement).start
    spans: dict[str, Span | None] = {"source": statement.source, "cue": statement.cue, "content": statement.content}
    for name, piece in pieces.items():
        if name not in PIECES:
            raise ReviewFault(f"{name} cannot be selected.")
        if piece is None:
            spans[name] = None
            continue
        span = Span(start + piece.start, start + piece.end)
        if span.of(text) != piece.words:
            raise ReviewFault("The words chosen for it no longer stand there.")
        spans[name] = selected(reading.article, statement, span)
    cue, content, source = spans["cue"], spans["content"], spans["source"]
    if cue is None or content is None:
        raise ReviewFault("A statement needs a cue and a content; only the source may be missing.")
    if "cue" in pieces:
        cue = governed(text, sentence, cue, content)
    if "content" in pieces:
        content = governed(text, sentence, content, cue)
        wide = with_whole_amounts(content, reading.amounts)
        content = content if wide.touches(cue) else wide
    new = replace(statement, **dict(fields), cue=cue, content=content, source=source)  # type: ignore[arg-type]  # checked above
    if "cue" in pieces or "content" in pieces:
        hedges = triggers(text, min(cue.start, content.start), max(cue.end, content.end), cue=cue)
        new = replace(new, hedges=hedges, firmness=new.firmness if "firmness" in fields else firmness(hedges))
    if "content" in pieces:
        inside = tuple(one for one in reading.amounts if one.span.within(content))
        new = replace(new, quantities=inside, quoted=quotation_of(reading.article, content)[0])
    if "source" in pieces:
        new = replace(new, speaker=None if source is None else " ".join(source.of(text).split()))
    if "party" in fields:
        new = replace(new, party_note="set in review")
    if new.source is None and new.level <= 2 and ("source" in pieces or "level" in fields):
        raise ReviewFault("Levels 0 to 2 need a source: select the words that name who speaks, or choose level 3 or 4.")
    elsewhere = "level" in fields or not content.within(statement.content)
    if new.level == 0 and elsewhere and not quotation_of(reading.article, content)[1]:
        raise ReviewFault("Level 0 is a quotation: nothing of the content stands in quotation marks.")
    if "level" in fields or "party" in fields:
        new = replace(new, own_words=new.level <= 1 and new.party not in PSEUDO_PARTIES)
    return new


def same_words(one: Statement, other: Statement) -> bool:
    """Return whether two statements take the same words of a text as the same act."""
    return (one.source, one.cue, one.content, one.predicate) == (other.source, other.cue, other.content, other.predicate)


def enclosing(reading: ReadArticle, statement: Statement) -> Statement | None:
    """Return the closest statement of the same sentence whose content holds the cue and the content of another."""
    around = [
        one
        for one in reading.statements
        if one.sentence == statement.sentence and statement.cue.within(one.content) and statement.content.within(one.content)
    ]
    return min(around, key=lambda one: one.content.end - one.content.start, default=None)


def apply(readings: Sequence[ReadArticle], decisions: Sequence[Decision]) -> Applied:
    """Return every statement as it stands after what people decided.

    The last decision about a statement counts.  What is nested in a rejected statement goes with it, unless a
    person accepted it by itself; it then hangs on the next statement around it that is left, and keeps its level:
    it never becomes the other party's own words by a rejection.  A decision about a statement that the reading
    no longer holds, or whose words have changed, is handed back, never dropped in silence; so is one about a statement
    that is now booked under another party or at another level than the person saw.  The statement is then open again.

    Parameters
    ----------
    readings : sequence of ReadArticle
        What reading gave, one for each article.
    decisions : sequence of Decision
        In the order in which they were made.
    """
    parties = known_parties(readings)
    latest = {one.id: one for one in decisions}
    additions = {one.id: one for one in decisions if one.verdict == "added"}
    orphaned: list[Orphan] = []
    rows: list[tuple[tuple[int, int, int], ReadArticle, Statement]] = []
    for place, reading in enumerate(readings):
        rows += [((place, one.sentence.start, order), reading, one) for order, one in enumerate(reading.statements)]
    known = {statement.id for _, _, statement in rows}
    for decision in additions.values():
        if decision.id in known:
            continue
        try:
            place, new = _added(readings, decision, parties)
        except ReviewFault as fault:
            orphaned.append(Orphan(latest[decision.id], str(fault)))
        else:
            if any(same_words(one, new) for one in readings[place].statements):
                found = "The reading now finds this statement by itself: accept it there."
                orphaned.append(Orphan(latest[decision.id], found))
            else:
                rows.append(((place, new.sentence.start, len(readings[place].statements)), readings[place], new))
        known.add(decision.id)
    orphaned += [Orphan(one, "The reading no longer holds this statement.") for one in latest.values() if one.id not in known]
    rows.sort(key=lambda row: row[0])
    standings: list[Standing] = []
    for _, reading, statement in rows:
        ruling = latest.get(statement.id)
        if ruling is None:
            standings.append(Standing(reading, statement, statement, "open"))
            continue
        try:
            standings.append(Standing(reading, _ruled(reading, statement, ruling, parties), statement, ruling.verdict, ruling))
        except ReviewFault as fault:
            orphaned.append(Orphan(ruling, str(fault)))
            standings.append(Standing(reading, statement, statement, "open"))
    return Applied(tuple(_nested(standings)), tuple(orphaned))


def _ruled(reading: ReadArticle, statement: Statement, ruling: Decision, parties: Mapping[str, str]) -> Statement:
    """Return a statement with what a decision changes in it."""
    if ruling.verdict in {"accepted", "edited"}:
        for name in SEEN:
            now = getattr(statement, name)
            if ruling.seen.get(name, now) != now:
                raise ReviewFault(f"Its {name} was {ruling.seen[name]} when it was {ruling.verdict}, and is now read as {now}.")
    return changed(reading, statement, ruling.fields, ruling.pieces, parties) if ruling.verdict == "edited" else statement


def _added(readings: Sequence[ReadArticle], decision: Decision, parties: Mapping[str, str]) -> tuple[int, Statement]:
    """Return the statement that a person added, and the place of its reading."""
    where = decision.place
    if where is None:
        raise ReviewFault("The file does not say from which sentence it was taken.")
    number = next((number for number, one in enumerate(readings) if one.article.name == where.article), None)
    if number is None:
        raise ReviewFault(f"The reading holds no article called {where.article}.")
    reading = readings[number]
    sentence = _sentence(reading, where)
    return number, made(reading, sentence, decision.id, decision.fields, decision.pieces, parties)


def _sentence(reading: ReadArticle, where: Whereabouts) -> Span:
    text, found = reading.article.text, []
    at = text.find(where.sentence) if where.sentence else -1
    while at >= 0:
        found.append(Span(at, at + len(where.sentence)))
        at = text.find(where.sentence, at + len(where.sentence))
    if not found:
        raise ReviewFault("Its sentence no longer stands in the text.")
    return min(found, key=lambda one: abs(one.start - where.start))


def unmade(article: Article, sentence: Span) -> Statement:
    """Return a statement of a sentence of which nothing is chosen yet."""
    line = line_at(article, sentence)
    if line is None:
        raise ReviewFault("The selection goes over the end of a line.")
    if line.kind != "text":
        raise ReviewFault(SILENT)
    blank = Span(sentence.start, sentence.start)
    return Statement("", article.name, line.number, sentence, None, blank, blank, "say", "narrator", 4, own_words=False)


def made(
    reading: ReadArticle,
    sentence: Span,
    name: str,
    fields: Mapping[str, Value],
    pieces: Mapping[str, Piece | None],
    parties: Mapping[str, str],
) -> Statement:
    """Return a statement that a person makes from words of a sentence.

    Without a level it gets the one that the words show: 0 in quotation marks, else 1, and 3 without a source.
    Inside what another party says it is that party's statement about this one: level 2 at least.

    Raises
    ------
    ReviewFault
        When a cue, a content, a predicate or a party is missing, or one of them is not allowed.
    """
    statement = replace(unmade(reading.article, sentence), id=name)
    spans = [Span(sentence.start + one.start, sentence.start + one.end) for one in pieces.values() if one is not None]
    if not any(all(span.within(one) for span in spans) for one in sentences_of(reading)):
        raise ReviewFault(LEAVES)
    if not {"predicate", "party"} <= fields.keys():
        raise ReviewFault("A statement needs a predicate and a party.")
    first = changed(reading, statement, {**fields, "level": 4}, {"cue": None, "content": None, **pieces}, parties)
    level = fields.get("level")
    if level is None:
        level = 3 if first.source is None else 0 if first.quoted else 1
    around = enclosing(reading, first)
    if around is not None and around.party != first.party and isinstance(level, int):
        level = max(level, 2)
    whole = changed(reading, statement, {**fields, "level": level}, pieces, parties)
    return replace(whole, nested_in=None if around is None else around.id)


def _nested(standings: Sequence[Standing]) -> Iterable[Standing]:
    """Give statements with what the rejection of others does to them."""
    by_place = {(id(one.reading), one.statement.id): one for one in standings}

    def around(one: Standing) -> list[Standing]:
        chain: dict[str, Standing] = {}
        name = one.statement.nested_in
        while name is not None and name not in chain and (outer := by_place.get((id(one.reading), name))) is not None:
            chain[name] = outer
            name = outer.statement.nested_in
        return [outer for outer in chain.values() if outer is not one]

    def stays(one: Standing) -> bool:
        decided = next((outer for outer in [one, *around(one)] if outer.state != "open"), None)
        return decided is None or decided.state != "rejected"

    for one in standings:
        outside = [outer for outer in around(one) if stays(outer)]
        statement = replace(one.statement, nested_in=outside[0].statement.id if outside else None)
        if one.state == "edited" or one.state == "added":
            foreign = any(outer.statement.party != statement.party for outer in outside)
            statement = replace(statement, own_words=statement.own_words and not foreign)
        state = one.state if one.state != "open" or stays(one) else "dropped"
        yield replace(one, statement=statement, state=state)
