"""Statements as the case file holds them: the smallest span that covers who, what cue and what content, verbatim."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zopa.case import format_number
from zopa.reading.articles import Span
from zopa.reading.draft.inputs import NothingToDraft
from zopa.reading.draft.merging import Said
from zopa.reading.draft.parties import PRONOUNS
from zopa.reading.draft.words import WORD, plain
from zopa.reading.statements import PSEUDO_PARTIES, Amount

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True)
class Record:
    """One statement of the case.

    Attributes
    ----------
    id, source
        Its id and that of its source.
    quote, at
        The words, and their offsets where the words stand more than once in the source.
    speaker
        Who said it, in words.
    fields
        Further keys with their values, in the order in which they are written; none needs quotation marks.
    time
        The time it speaks about, in ISO form or in words.
    quantities
        Amounts inside the quotation.
    also
        Further sources.
    """

    id: str
    source: str
    quote: str
    at: tuple[int, int] | None
    speaker: str | None
    fields: tuple[tuple[str, str], ...]
    time: str | None
    quantities: tuple[Amount, ...]
    also: tuple[str, ...]


class Places:
    """Finds out whether words stand once in a text, whatever their quotation marks, dashes and blanks.

    Parameters
    ----------
    text
        The text of a source.
    """

    def __init__(self, text: str) -> None:
        self._words = _bare(text)

    def once(self, quote: str) -> bool:
        """Return whether the words of a quotation stand once; told apart by letters and digits alone, so rather no than yes."""
        words = _bare(quote)
        return self._words.find(words, self._words.find(words) + 1) < 0


def _bare(text: str) -> str:
    # Without blanks and accents: what differs in those counts as the same, so that no quotation seems more unique than it is.
    return "".join(one for one in unicodedata.normalize("NFKD", text).casefold() if one.isalnum())


def quote_span(one: Said) -> Span:
    """Return the smallest span of a sentence over source (when it is no pronoun), cue and content.

    Later pieces of a quotation that lie in the same sentence are inside; those of other sentences are not.
    """
    statement = one.statement
    text = one.read.article.text
    pieces = [statement.cue, statement.content]
    if statement.source is not None and plain(statement.source.of(text)) not in PRONOUNS:
        pieces.append(statement.source)
    pieces += [span for span in statement.further if span.within(statement.sentence)]
    start, end = min(span.start for span in pieces), max(span.end for span in pieces)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def record_of(
    one: Said,
    places: Places,
    parties: Mapping[str, str],
    principals: Mapping[tuple[str, str], str],
    issues: tuple[str, ...],
    ids: frozenset[str],
    as_of: date,
) -> Record:
    """Return a statement as the case holds it.

    Parameters
    ----------
    one
        The statement.
    places
        The words of its source.
    parties
        Id in the case of each party by key.
    principals
        Id of the principal by party key and speaker.
    issues
        Issues it is about.
    ids
        All statements of the case.
    as_of
        Day up to which evidence counts; what lies behind it is given in words.

    Raises
    ------
    NothingToDraft
        When the words hold a control character, which a case file cannot write.
    """
    statement = one.statement
    text = one.read.article.text
    span = quote_span(one)
    quote = span.of(text)
    if any(ord(letter) < 32 and letter not in "\t\n\r" for letter in quote):
        raise NothingToDraft(f"{one.read.article.name} holds control characters inside its sentences: clean the text first")
    speaker = statement.speaker if statement.speaker is not None else None
    fields: list[tuple[str, str]] = []
    base = statement.party.partition(".")[0]
    if base in parties:
        principal = principals.get((base, plain(speaker or "")))
        fields.append(("party", f"{parties[base]}.{principal}" if principal else parties[base]))
    else:
        fields.append(("party", statement.party if statement.party in PSEUDO_PARTIES else "unresolved"))
    about = (statement.about or "").partition(".")[0]
    # What a party says of itself and another stays its own: only a statement about the other names it here.
    if about in parties and about != base and statement.level >= 2:
        fields.append(("about", parties[about]))
    fields += [("act", statement.predicate), ("level", str(statement.level)), ("firm", statement.firmness)]
    time = None
    if statement.time_norm is not None:
        day = _day(statement.time_norm)
        if statement.time_role == "said":
            if day is not None and day <= as_of:
                fields.append(("said", day.isoformat()))
        else:
            fact = statement.predicate in {"fact", "fact-claim"}
            future = fact and _DAY.fullmatch(statement.time_norm) is not None and statement.time_norm > as_of.isoformat()
            time = statement.time.of(text) if future and statement.time is not None else None if future else statement.time_norm
    if issues:
        fields.append(("issue", issues[0] if len(issues) == 1 else f"[{', '.join(issues)}]"))
    fields.append(("stance", statement.stance_code))
    if statement.nested_in in ids:
        fields.append(("within", str(statement.nested_in)))
    amounts = tuple(amount for amount in statement.quantities if amount.span.within(span) and _writable(amount))
    once = places.once(quote)
    shown = None if speaker is None or plain(speaker) in PRONOUNS else " ".join(speaker.split()) or None
    return Record(
        one.id, one.source, quote, None if once else (span.start, span.end), shown, tuple(fields), time, amounts, one.also
    )


def number(value: int | float) -> str:
    """Return an amount as an exact number of the case format."""
    return format_number(Fraction(str(value)))


def _writable(amount: Amount) -> bool:
    """Return whether the case format can hold an amount, far from its longest numbers."""
    size = abs(amount.value)
    return bool(WORD.search(amount.text)) and math.isfinite(size) and (size == 0 or 1e-9 < size < 1e29)


def _day(norm: str) -> date | None:
    try:
        return date.fromisoformat(norm)
    except ValueError:
        return None
