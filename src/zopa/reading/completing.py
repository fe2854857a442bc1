"""Completing statements: from spans to records with party, level, time, hedges and quantities.

A statement is completed after the one that holds it, so that a report is never promoted to its subject's own words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from zopa.reading.amounts import amounts
from zopa.reading.articles import Article, Span
from zopa.reading.events import Events
from zopa.reading.extraction import Found
from zopa.reading.hedges import firmness, triggers
from zopa.reading.levels import Standing, refined, standing
from zopa.reading.parsing import Sentence
from zopa.reading.parties import Parties
from zopa.reading.pronouns import antecedent, kind_of
from zopa.reading.resolving import Resolved
from zopa.reading.selecting import trimmed
from zopa.reading.sources import addressee
from zopa.reading.statements import PSEUDO_PARTIES, Amount, Statement, TimeExpression
from zopa.reading.times import time_expressions

_REACH: Final = 60  # sentences before and after in which pieces of a quotation may lie
_NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "barely", "scarcely"})
# Words of speech that tell an attitude as well; other words of fear and doubt tell only that.
SPOKEN_ATTITUDES: Final = frozenset(
    {"warn", "caution", "predict", "call", "describe", "acknowledge", "conclude", "hail", "praise", "refuse"}
)


@dataclass
class Completion:
    """Completes the statements of one article.

    Attributes
    ----------
    article, sentences
        The text, parsed.
    parties
        The parties found in it.
    document_date, known_events
        What times are counted from.
    """

    article: Article
    sentences: Sequence[Sentence]
    parties: Parties
    document_date: date | None
    known_events: Events

    def __post_init__(self) -> None:
        self.numbers = {id(sentence): number for number, sentence in enumerate(self.sentences)}
        self.times = self._times()
        self.amounts = [amounts(self.article.text, one.span.start, one.span.end) for one in self.sentences]

    def _times(self) -> list[tuple[TimeExpression, ...]]:
        found: list[tuple[TimeExpression, ...]] = []
        previous: list[date | None] = [None, None]  # of the last two sentences
        for sentence in self.sentences:
            known = previous[-1] or previous[-2]
            here = time_expressions(
                self.article.text,
                sentence.span.start,
                sentence.span.end,
                self.document_date,
                previous=known,
                events=self.known_events,
            )
            points = [date.fromisoformat(one.norm) for one in here if one.kind == "point" and one.norm is not None]
            previous.append(points[-1] if points else None)
            found.append(here)
        return found

    def all_times(self) -> Iterator[TimeExpression]:
        """Yield all expressions of time in order."""
        for here in self.times:
            yield from here

    def all_amounts(self) -> Iterator[Amount]:
        """Yield all quantities in order."""
        for here in self.amounts:
            yield from here

    def statements(self, found: Sequence[Found], wholes: Mapping[int, Found]) -> list[Statement]:
        """Return the statements in the order of the text.

        Parameters
        ----------
        found
            Statements as spans.
        wholes
            For parts of a coordinated content the statement they are part of, by identity.
        """
        spoke: list[tuple[int, Found]] = []
        who: dict[int, Resolved | None] = {}
        stands: dict[int, Standing] = {}
        ids: dict[int, str] = {}
        seen: dict[str, int] = {}
        result: list[Statement] = []
        parents = {id(one): wholes.get(id(one)) or _parent(one, found) for one in found}
        # A statement is resolved after the one that holds it, which may come later in the text ("..., he said").
        for one in _parents_first(found, parents):
            above = parents[id(one)]
            resolved = self._who(one, above, who, spoke)
            who[id(one)] = resolved
            if one.source is not None:
                spoke.append((self.numbers[id(one.sentence)], one))
            party = self._party(one, resolved)
            holder = None if above is None else who.get(id(above))
            stands[id(one)] = (
                stands[id(above)]
                if above is not None and id(one) in wholes
                else self._standing(one, resolved, holder, None if above is None else stands[id(above)])
            )
            statement = self._statement(one, resolved, party, stands[id(one)], seen)
            if above is not None:
                statement = replace(statement, nested_in=ids[id(above)])
            ids[id(one)] = statement.id
            if party in PSEUDO_PARTIES and (
                one.cue.kind == "option" or (one.cue.entry.lemma == "need" and one.cue.last > one.cue.first)
            ):
                continue  # "14 smelters could close", "talks would need time": nobody's option or demand
            result.append(statement)
        order = {ids[id(one)]: number for number, one in enumerate(found)}
        return sorted(result, key=lambda statement: order[statement.id])

    def _who(
        self, one: Found, above: Found | None, who: Mapping[int, Resolved | None], spoke: Sequence[tuple[int, Found]]
    ) -> Resolved | None:
        if one.source is None:
            return None
        kind = kind_of(one.sentence, one.source)
        if kind is None:
            return self.parties.of(one.sentence, *one.source)
        if kind == "speaker":
            return who.get(id(above)) if above is not None else None
        number = self.numbers[id(one.sentence)]
        earlier = [(at, other) for at, other in spoke if at < number]
        found = antecedent(self.sentences, number, one.source[0], kind, earlier, self._is_person)
        if found is None:
            return None
        resolved = self.parties.of(found.sentence, found.first, found.last)
        words = found.sentence.over(found.first, found.last).of(self.article.text)
        note = f"“{one.sentence.over(*one.source).of(self.article.text)}” stands for {words}, line {found.sentence.line.number}"
        return replace(resolved, note=note if resolved.note is None else f"{resolved.note}; {note}")

    def _is_person(self, sentence: Sentence, first: int, last: int) -> bool:
        return self.parties.of(sentence, first, last).person

    def _party(self, one: Found, resolved: Resolved | None) -> str:
        if one.narrated:
            return "narrator" if one.source is None else "unnamed"
        return "unresolved" if resolved is None else resolved.party

    def _standing(self, one: Found, resolved: Resolved | None, holder: Resolved | None, above: Standing | None) -> Standing:
        known = resolved is not None and resolved.party not in PSEUDO_PARTIES
        predicate = one.cue.entry.predicate
        words = one.contents[0].of(self.article.text)
        partly = predicate in {"say", "stress", "assess", "report"} and any(mark in words for mark in '“"')
        same_party = known and holder is not None and resolved is not None and holder.party == resolved.party
        return standing(
            kind=one.cue.kind,
            predicate=predicate,
            # A person whose party the text does not tell is named all the same.
            named=resolved is not None and resolved.speaker is not None and (resolved.named or resolved.party == "unresolved"),
            # What a plan aims at is told by the narrator: a plan has no will.
            narrated=one.narrated or (predicate == "aim" and resolved is not None and resolved.party == "unnamed"),
            quoted=one.quoted or partly,
            spoken=one.cue.entry.lemma in SPOKEN_ATTITUDES,
            parent=above,
            same_party=same_party,
            same_voice=same_party
            and resolved is not None
            and holder is not None
            and (not resolved.person or resolved.speaker == holder.speaker),
        )

    def _statement(self, one: Found, resolved: Resolved | None, party: str, stands: Standing, seen: dict[str, int]) -> Statement:
        text = self.article.text
        sentence, pieces = self._by_sentences(one)
        content = pieces[0]
        predicate, stance = refined(
            one.cue.entry.predicate,
            one.cue.entry.stance,
            content.of(text),
            denied=_is_denied(one),
            refusing=one.cue.entry.part == "denied",
            past=not _has_modal(one),
            warned=one.cue.entry.lemma in {"warn", "caution"},
        )
        cue = one.cue_span
        hedges = triggers(text, min(cue.start, content.start), max(cue.end, content.end), cue=cue)
        number = self.numbers[id(one.sentence)]
        time = self._time(one, number)
        named = self._mentioned(one)
        others = tuple(key for key in named if key != party and key in self.parties.table)
        to = addressee(one.sentence.tokens.doc, one.cue)
        return Statement(
            id=_id(one, predicate, seen),
            article=self.article.name,
            line=one.sentence.line.number,
            sentence=sentence,
            source=one.source_span,
            cue=cue,
            content=content,
            further=tuple(sorted(pieces[1:])),
            predicate=predicate,
            party=party,
            party_note=None if resolved is None else resolved.note,
            speaker=None if resolved is None else resolved.speaker,
            about=others[0] if len(others) == 1 else None,
            level=stands.level,
            own_words=stands.own_words and party not in PSEUDO_PARTIES,
            stance_code=stance,
            hedges=hedges,
            firmness=firmness(hedges),
            quoted=one.quoted,
            time=None if time is None else time[0].span,
            time_norm=None if time is None else time[0].norm,
            time_role=None if time is None else ("said" if time[1] else "about"),
            quantities=tuple(amount for amount in self._near(number) if any(amount.span.within(piece) for piece in pieces)),
            addressee=one.sentence.over(*to).of(text) if to is not None else None,
            by=one.by,
            relative=None if one.relative is None else one.sentence.over(one.relative, one.relative),
        )

    def _near(self, number: int) -> Iterator[Amount]:
        """Yield the quantities of the sentences in which pieces of a statement may lie."""
        for here in self.amounts[max(0, number - _REACH) : number + _REACH]:
            yield from here

    def _by_sentences(self, one: Found) -> tuple[Span, list[Span]]:
        """Return the sentence of a statement and its content cut at the ends of sentences, the piece of that sentence first.

        A quotation may run over several sentences. One that is introduced by a colon belongs to the sentence of the colon,
        wherever the grammar and the line ends cut: only then does the sentence reach further.
        """
        number = self.numbers[id(one.sentence)]
        cut: list[Span] = []
        for span in one.contents:
            inside = [
                Span(max(span.start, other.span.start), min(span.end, other.span.end))
                for other in self.sentences[max(0, number - _REACH) : number + _REACH]
                if other.span.touches(span)
            ]
            cut += [trimmed(self.article.text, piece) for piece in inside] or [span]
        cut = [piece for piece in cut if piece.start < piece.end]
        here = one.sentence.span
        own = [piece for piece in cut if piece.within(here)]
        first = max(own, key=lambda piece: piece.end - piece.start) if own else cut[0]
        if not own:
            here = Span(min(here.start, first.start), max(here.end, first.end))
        return here, [first, *(piece for piece in cut if piece != first)]

    def _mentioned(self, one: Found) -> tuple[str, ...]:
        """Return the parties named in the first piece of a content."""
        inside = [
            token.i
            for token in one.sentence.tokens
            if one.contents[0].start <= one.sentence.offset(token.idx) < one.contents[0].end
        ]
        return self.parties.mentioned(one.sentence, inside[0], inside[-1]) if inside else ()

    def _time(self, one: Found, number: int) -> tuple[TimeExpression, bool] | None:
        """Return the time of a statement and whether it is when it was said: beside the content, else inside it."""
        here = self.times[number]
        inside = [time for time in here if time.span.within(one.contents[0])]
        beside = [time for time in here if not any(time.span.touches(span) for span in one.contents)]
        own = [time for time in beside if time.kind != "duration" and not self._held_elsewhere(time, one)]
        if own:
            return own[0], True
        return (inside[0], False) if inside else None

    def _held_elsewhere(self, time: TimeExpression, one: Found) -> bool:
        """Return whether an expression of time hangs on another verb than the cue."""
        doc = one.sentence.tokens.doc
        for token in one.sentence.tokens:
            place = one.sentence.offset(token.idx)
            if time.span.start <= place < time.span.end:
                while token.head.i != token.i and token.pos_ not in {"VERB", "AUX"}:
                    token = token.head
                return token.i != doc[one.cue.anchor].i
        return True


def _has_modal(one: Found) -> bool:
    """Return whether a modal verb stands in the cue."""
    doc = one.sentence.tokens.doc
    return any(doc[place].tag_ == "MD" for place in range(one.cue.first, one.cue.last + 1))


def _is_denied(one: Found) -> bool:
    """Return whether a negation governs the cue; "not only" denies nothing."""
    doc = one.sentence.tokens.doc
    words = [doc[place].lower_ for place in range(one.cue.first, one.cue.last + 1)]
    subject_words = [] if one.source is None else [doc[one.source[0]].lower_]
    denying = any(word in _NEGATIONS for word in words) or any(
        word in {"neither", "nobody", "no", "none"} for word in subject_words
    )
    # What refuses only because it is denied ("will not sign") is not turned once more.
    return denying and "only" not in words and one.by == "rules" and one.cue.entry.part != "denied"


def _parent(one: Found, found: Sequence[Found]) -> Found | None:
    """Return the statement whose content holds this one's cue most closely.

    Where two hold each other's cue ("asked, he said, what it meant"), the longer one is the outer.
    """
    place = one.cue_span
    best: Found | None = None
    for other in found:
        if other is one or other.narrated or other.part_of is not None or not _holds(other, place):
            continue
        if _holds(one, other.cue_span) and (_size(other), other.cue.head) <= (_size(one), one.cue.head):
            continue
        if best is None or _size(other) < _size(best):
            best = other
    return best


def _holds(one: Found, place: Span) -> bool:
    return any(place.within(span) for span in one.contents)


def _size(one: Found) -> int:
    return sum(span.end - span.start for span in one.contents)


def _parents_first(found: Sequence[Found], parents: Mapping[int, Found | None]) -> Iterator[Found]:
    done: set[int] = set()
    for one in found:
        chain: list[Found] = []
        current: Found | None = one
        while current is not None and id(current) not in done:
            chain.append(current)
            current = parents[id(current)]
        for step in reversed(chain):
            done.add(id(step))
            yield step


def _id(one: Found, predicate: str, seen: dict[str, int]) -> str:
    """Return an id that depends only on the sentence, the places inside it and the predicate."""
    start = one.sentence.span.start
    places = [one.source_span, one.cue_span, *one.contents]
    spans = ",".join("-" if span is None else f"{span.start - start}:{span.end - start}" for span in places)
    words = f"{one.sentence.text}\n{spans}\n{predicate}"
    digest = hashlib.sha256(words.encode("utf-8")).hexdigest()[:10]
    seen[digest] = seen.get(digest, 0) + 1
    return f"x{digest}" if seen[digest] == 1 else f"x{digest}_{seen[digest]}"
