"""Reviewing a reading: one statement after another, accepted, edited, rejected or added, every step a pure function.

A :class:`Review` is a value: each operation returns a new one.  The terminal and the workbench use the same operations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from zopa.reading.applying import Applied, Standing, apply, changed, made, same_words, unmade
from zopa.reading.articles import Article, Span
from zopa.reading.decisions import (
    PIECES,
    SEEN,
    Decision,
    Piece,
    Value,
    Verdict,
    Whereabouts,
    added_id,
    check_fields,
    known_parties,
)
from zopa.reading.selecting import LEAVES, SILENT, ReadArticle, ReviewFault, reach, selected, sentences_of
from zopa.reading.statements import PSEUDO_PARTIES, Statement

NOTE_LENGTH: Final = 2_000


@dataclass(frozen=True)
class Progress:
    """How far a review has come: how many statements stand how."""

    total: int
    open: int
    accepted: int
    edited: int
    rejected: int
    added: int
    dropped: int

    @property
    def decided(self) -> int:
        """Statements that need no decision any more."""
        return self.total - self.open


@dataclass(frozen=True)
class Review:
    """A review under way.

    Attributes
    ----------
    readings
        What is reviewed, one for each article.
    decisions
        All decisions in the order in which they were made.
    position
        Id of the statement before the reader; None where the readings hold no statement.
    by
        Who reviews; only this person's decisions can be taken back.
    """

    readings: tuple[ReadArticle, ...]
    decisions: tuple[Decision, ...] = ()
    position: str | None = None
    by: str | None = None

    @cached_property
    def applied(self) -> Applied:
        """Every statement as it stands now."""
        return apply(self.readings, self.decisions)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The statements to walk, in the order of the texts; one found in several articles comes once."""
        found: dict[str, Standing] = {}
        for one in self.applied.standings:
            found.setdefault(one.statement.id, one)
        return tuple(found.values())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each statement stands in the walk, from 0."""
        return {one.statement.id: place for place, one in enumerate(self.standings)}

    @property
    def place(self) -> int:
        """Where the reader is, from 0."""
        return self.places.get(self.position or "", 0)

    @property
    def current(self) -> Standing | None:
        """The statement before the reader."""
        return self.standings[self.place] if self.standings else None


def start(
    readings: Sequence[ReadArticle],
    decisions: Sequence[Decision] = (),
    *,
    by: str | None = None,
    stopped_at: str | None = None,
) -> Review:
    """Return a review that begins where the reader stopped, or at the first open statement."""
    review = Review(tuple(readings), tuple(decisions), None, by)
    if stopped_at in review.places:
        return replace(review, position=stopped_at)
    return _at(review, _next_open(review, -1))


def progress(review: Review) -> Progress:
    """Return how many statements stand how."""
    states = [one.state for one in review.standings]
    names = ("open", "accepted", "edited", "rejected", "added", "dropped")
    return Progress(len(states), **{name: states.count(name) for name in names})  # type: ignore[arg-type]


def accept(review: Review, on: datetime, note: str | None = None) -> Review:
    """Accept the statement as it stands, and go on to the next open one.

    What a person edited or added stays as that person left it.
    """
    standing = _standing(review)
    if standing.state in {"accepted", "edited", "added"}:
        return _onward(review)
    return _onward(_decided(review, standing.statement, "accepted", on, note))


def reject(review: Review, on: datetime, note: str | None = None) -> Review:
    """Reject the statement, and with it what is nested in it; go on to the next open one."""
    standing = _standing(review)
    if standing.state == "rejected":
        return _onward(review)
    return _onward(_decided(review, standing.statement, "rejected", on, note))


def edit(
    review: Review,
    on: datetime,
    *,
    fields: Mapping[str, Value] | None = None,
    spans: Mapping[str, Span | None] | None = None,
    note: str | None = None,
) -> Review:
    """Change the statement and keep it; the reader stays at it, to look at the result.

    Parameters
    ----------
    review : Review
        The review.
    on : datetime
        When.
    fields : mapping, optional
        New values of predicate, party, issue, stance_code, level or firmness.
    spans : mapping, optional
        Words selected anew for source, cue or content, in offsets of the text; None for no source.
    note : str, optional
        Why.

    Raises
    ------
    ReviewFault
        When the text does not bear it out; nothing is changed.
    """
    standing = _standing(review)
    statement, reading = standing.statement, standing.reading
    pieces = {name: _piece(reading.article, standing.as_read, name, span) for name, span in (spans or {}).items()}
    new = {**fields} if fields else {}
    same = all(getattr(statement, name, None) == value for name, value in new.items())
    if same and all(getattr(statement, name, None) == span for name, span in (spans or {}).items()):
        raise ReviewFault("Nothing is changed.")
    _refuse_borrowed_words(review, standing, new)
    before = standing.decision if standing.state in {"edited", "added"} else None
    new = {**(before.fields if before else {}), **new}
    pieces = {**(before.pieces if before else {}), **pieces}
    parties = known_parties(review.readings)
    if before is not None and before.verdict == "added":
        made(reading, statement.sentence, statement.id, new, pieces, parties)
    else:
        changed(reading, standing.as_read, new, pieces, parties)
    verdict: Verdict = "added" if before is not None and before.verdict == "added" else "edited"
    decision = Decision(
        statement.id,
        verdict,
        on,
        review.by,
        new,
        pieces,
        before.place if before else None,
        {} if verdict == "added" else _seen(standing.as_read),
        statement.content.of(reading.article.text),
        _note(note),
    )
    return replace(review, decisions=(*review.decisions, decision))


def add(
    review: Review,
    on: datetime,
    *,
    article: str,
    spans: Mapping[str, Span | None],
    fields: Mapping[str, Value],
    note: str | None = None,
) -> Review:
    """Add a statement that the reader missed, from words selected in one sentence, and go to it.

    Parameters
    ----------
    review : Review
        The review.
    on : datetime
        When.
    article : str
        Name of the article.
    spans : mapping
        The words of cue and content, and of source where somebody speaks, in offsets of the text.
    fields : mapping
        Predicate and party, and whatever else is known.
    note : str, optional
        Why.

    Raises
    ------
    ReviewFault
        When the words do not stand in one sentence of the text, or a value is not allowed.
    """
    reading = next((one for one in review.readings if one.article.name == article), None)
    if reading is None:
        raise ReviewFault(f"There is no article called {article}.")
    parties = known_parties(review.readings)
    check_fields(fields, parties)
    chosen = [span for span in spans.values() if span is not None]
    if not chosen:
        raise ReviewFault("Nothing is selected.")
    sentence = _sentence(reading, Span(min(one.start for one in chosen), max(one.end for one in chosen)))
    blank = unmade(reading.article, sentence)
    pieces = {name: _piece(reading.article, blank, name, span) for name, span in spans.items()}
    name = added_id(sentence.of(reading.article.text), pieces, str(fields.get("predicate")))
    statement = made(reading, sentence, name, fields, pieces, parties)
    same = [one for one in review.standings if same_words(one.statement, statement) and one.reading is reading]
    if same:
        number = review.places[same[0].statement.id] + 1
        raise ReviewFault(f"Statement {number} says this already: accept or edit that one.")
    place = Whereabouts(article, sentence.start, sentence.of(reading.article.text))
    kept = {key: value for key, value in {**fields, "level": statement.level}.items() if value is not None}
    words = statement.content.of(reading.article.text)
    decision = Decision(name, "added", on, review.by, kept, pieces, place, words=words, note=_note(note))
    return replace(review, decisions=(*review.decisions, decision), position=name)


def move(review: Review, steps: int) -> Review:
    """Go on by so many statements, or back; at the ends the reader stays."""
    if not review.standings:
        return review
    return _at(review, min(max(review.place + steps, 0), len(review.standings) - 1))


def jump(review: Review, target: str) -> Review:
    """Go to a statement.

    Parameters
    ----------
    review : Review
        The review.
    target : str
        A number (``12``), a line of the same article (``L14``), an id or its beginning, or nothing for the next
        open statement.

    Raises
    ------
    ReviewFault
        When there is no such statement.
    """
    word = target.strip()
    if word in {"", "open"}:
        place = _next_open(review, review.place)
        if place is None:
            raise ReviewFault("No statement is open.")
        return _at(review, place)
    digits = word[1:] if word[0] in "lL" else ""
    if word.isdecimal():
        if not 1 <= int(word[:9]) <= len(review.standings):
            raise ReviewFault(f"There are statements 1 to {len(review.standings)}.")
        return _at(review, int(word) - 1)
    if digits.isdecimal():
        return _at(review, _from_line(review, int(digits[:9])))
    found = [place for name, place in review.places.items() if name == word] or [
        place for name, place in review.places.items() if name.startswith(word)
    ]
    if not found:
        raise ReviewFault(f"No statement is called {word}.")
    if len(found) > 1:
        raise ReviewFault(f"{len(found)} statements begin with {word}: write more of it.")
    return _at(review, found[0])


def undo(review: Review) -> Review:
    """Take back this person's last decision and go to its statement.

    Raises
    ------
    ReviewFault
        When there is none.
    """
    own = [place for place, one in enumerate(review.decisions) if one.by == review.by]
    if not own:
        raise ReviewFault("There is nothing to take back.")
    last = own[-1]
    decisions = (*review.decisions[:last], *review.decisions[last + 1 :])
    after = replace(review, decisions=decisions)
    name = review.decisions[last].id
    return replace(after, position=name) if name in after.places else _at(after, min(review.place, len(after.standings) - 1))


def _standing(review: Review) -> Standing:
    if review.current is None:
        raise ReviewFault("There is no statement to decide about.")
    return review.current


def _decided(review: Review, statement: Statement, verdict: Verdict, on: datetime, note: str | None) -> Review:
    article = _standing(review).reading.article
    seen = _seen(statement) if verdict == "accepted" else {}
    words = statement.content.of(article.text)
    decision = Decision(statement.id, verdict, on, review.by, seen=seen, words=words, note=_note(note))
    return replace(review, decisions=(*review.decisions, decision))


def _seen(statement: Statement) -> dict[str, Value]:
    return {name: getattr(statement, name) for name in SEEN}


def _note(note: str | None) -> str | None:
    return (note or "").strip()[:NOTE_LENGTH] or None


def _at(review: Review, place: int | None) -> Review:
    if place is None or not 0 <= place < len(review.standings):
        return replace(review, position=review.standings[0].statement.id if review.standings else None)
    return replace(review, position=review.standings[place].statement.id)


def _next_open(review: Review, place: int) -> int | None:
    """Return the next open statement after a place, going round once."""
    count = len(review.standings)
    around = (at % count for at in range(place + 1, place + 1 + count))
    return next((at for at in around if review.standings[at].state == "open"), None)


def _onward(review: Review) -> Review:
    place = _next_open(review, review.place)
    return review if place is None else _at(review, place)


def _from_line(review: Review, line: int) -> int:
    here = _standing(review).reading
    places = [place for place, one in enumerate(review.standings) if one.reading is here]
    found = next((place for place in places if review.standings[place].statement.line >= line), None)
    if found is None:
        raise ReviewFault(f"No statement stands in line {line} or below.")
    return found


def _piece(article: Article, statement: Statement, name: str, span: Span | None) -> Piece | None:
    if name not in PIECES:
        raise ReviewFault(f"{name} cannot be selected.")
    if span is None:
        return None
    found, start = selected(article, statement, span), reach(statement).start
    return Piece(found.start - start, found.end - start, found.of(article.text))


def _sentence(reading: ReadArticle, span: Span) -> Span:
    line = next((one for one in reading.article.lines if span.touches(one.span)), None)
    if line is not None and line.kind != "text":
        raise ReviewFault(SILENT)
    found = next((one for one in sentences_of(reading) if span.within(one)), None)
    if found is None:
        raise ReviewFault(LEAVES)
    return found


def _refuse_borrowed_words(review: Review, standing: Standing, fields: Mapping[str, Value]) -> None:
    """Refuse to make a party's own words of what another party says about it."""
    level, party = fields.get("level", standing.statement.level), fields.get("party", standing.statement.party)
    outer = next((one for one in review.standings if one.statement.id == standing.statement.nested_in), None)
    if outer is None or not isinstance(level, int) or level > 1 or party in PSEUDO_PARTIES or "level" not in fields:
        return
    if outer.statement.party != party:
        number = review.places[outer.statement.id] + 1
        raise ReviewFault(
            f"It stands inside what another party says (statement {number}): level 2 at least. "
            f"If that one is wrong, reject it first."
        )
