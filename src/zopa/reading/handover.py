"""From a reading to what a draft is made from: statements with their parties, and who acted for each and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zopa.reading.actors import Actor, Actors, folded
from zopa.reading.articles import Article
from zopa.reading.draft.inputs import Office, PartyName, Read
from zopa.reading.parties import PartyFound, PrincipalFound
from zopa.reading.pipeline import ArticleReading
from zopa.reading.statements import Statement


def draft_input(
    reading: ArticleReading, actors: Actors, statements: Sequence[Statement] | None = None, article: Article | None = None
) -> Read:
    """Return what a draft is made from.

    Parameters
    ----------
    reading
        What was read.
    actors
        The dated actors the reader used: they date the change of a principal.
    statements
        The statements to draft from, where a person has decided about some; all of them if not given.
    article
        The article under another name, where the case stores it so.
    """
    chosen = reading.statements if statements is None else tuple(statements)
    parties = {
        key: _party(found, chosen, actors, reading.document_date)
        for key, found in reading.parties.table.items()
        if not _is_pseudo(found, chosen)
    }
    return Read(article or reading.article, reading.document_date, chosen, parties, dict(reading.word_classes))


def _is_pseudo(found: PartyFound, statements: Sequence[Statement]) -> bool:
    """Return whether a name is only assumed to be a party, and nobody speaks for it or about it."""
    return found.assumed and not any(found.key in {one.party, one.about} for one in statements)


def _party(found: PartyFound, statements: Sequence[Statement], actors: Actors, day: date | None) -> PartyName:
    offices = tuple(_office(found, one, statements, actors, day) for one in _distinct(found.principals))
    words = tuple(dict.fromkeys(mention.text for mention in found.mentions))
    return PartyName(found.key, found.name, found.kind, found.voices, offices, words)


def _distinct(principals: Sequence[PrincipalFound]) -> list[PrincipalFound]:
    """Return each head of a party once, with the first title the text gives."""
    by_name: dict[str, PrincipalFound] = {}
    for one in principals:
        by_name.setdefault(folded(one.name), one)
    return list(by_name.values())


def _office(party: PartyFound, one: PrincipalFound, statements: Sequence[Statement], actors: Actors, day: date | None) -> Office:
    held = _term(one, [actor for actor in actors.named(one.name) if actor.party == party.key], day)
    because = tuple(statement.id for statement in statements if statement.speaker == one.name and statement.party == party.key)
    return Office(one.name, one.role, None if held is None else held.from_, None if held is None else held.until, (), because[:3])


def _term(one: PrincipalFound, entries: Sequence[Actor], day: date | None) -> Actor | None:
    """Return the term of office that a title speaks of: for who is elected the next one, else the one on that day."""
    if day is None:
        return entries[0] if len(entries) == 1 else None
    if one.status == "incoming":
        later = [actor for actor in entries if actor.from_ is not None and actor.from_ > day]
        return min(later, key=lambda actor: actor.from_ or day, default=None)
    return next((actor for actor in entries if actor.at(day)), None)
