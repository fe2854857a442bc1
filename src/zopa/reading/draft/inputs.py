"""What a draft is made from: the readings of articles, and the parties their statements name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from zopa.reading.articles import Article
from zopa.reading.draft.words import WordClass
from zopa.reading.statements import Statement


class NothingToDraft(ValueError):
    """There is nothing to make a case of: no party speaks, nothing is at issue, or no day is known."""


@dataclass(frozen=True)
class Office:
    """Who acts for a party for a time.

    Attributes
    ----------
    name
        The person.
    role
        The office in words, such as "president-elect".
    start, end
        First day, and the day on which the next one takes over, where known.
    voices
        Others who speak for this person.
    because
        Ids of the statements that show it.
    """

    name: str
    role: str | None = None
    start: date | None = None
    end: date | None = None
    voices: tuple[str, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartyName:
    """A party as the texts name it.

    Attributes
    ----------
    key
        What statements call it, such as ``RUS``.
    name
        Its name in words.
    kind
        ``state``, ``institution``, ``person`` or another word.
    voices
        Who speaks for it.
    principals
        Who acts for it, and when; one party may have several.
    words
        Further words that mean it (adjectives, capitals), left out when contents are compared.
    """

    key: str
    name: str
    kind: str = "institution"
    voices: tuple[str, ...] = ()
    principals: tuple[Office, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """One article as read: its statements that were accepted or are not reviewed yet, and its parties.

    Attributes
    ----------
    article
        The text.
    document_date
        Day of publication, where it is known.
    statements
        In any order; spans count the characters of the article's text.
    parties
        By key.
    word_classes
        What kind of word each is, where a grammar has said so.
    """

    article: Article
    document_date: date | None
    statements: tuple[Statement, ...]
    parties: Mapping[str, PartyName] = field(default_factory=dict)
    word_classes: Mapping[str, WordClass] | None = None
