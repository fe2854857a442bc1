"""Joining what a model proposed with what the rules found in the same sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from zopa.reading.articles import Span
from zopa.reading.gate import Admitted
from zopa.reading.statements import Statement

LEAST: Final = Fraction(1, 2)

_WORD: Final = re.compile(r"\w+(?:[’'.,\-]\w+)*|[%$]")
_ARTICLES: Final = frozenset("the a an of and".split())


@dataclass(frozen=True)
class Merged:
    """Rule statements and proposals, joined one to one.

    Attributes
    ----------
    confirmed
        For the id of a rule statement the proposal that says the same. The rule statement stands as it is, its spans,
        numbers and hedges included: a proposal adds at most its hint at the issue.
    fresh
        Proposals that no rule statement says, in the order of the text.
    """

    confirmed: dict[str, Admitted]
    fresh: tuple[Admitted, ...]


def merge(statements: Sequence[Statement], proposals: Sequence[Admitted], text: str) -> Merged:
    """Join statements found by rules with proposals of the same article.

    Two are the same when they stand in one sentence, the words their contents cover have a Jaccard index of at least one
    half, and their sources share a word other than an article, or both have none. Best pairs are joined first; of equals
    those with the more alike cue, then the earlier ones.

    Parameters
    ----------
    statements
        Found by rules.
    proposals
        Let through by the gate.
    text
        The text that all spans count in.
    """
    pairs = []
    for place, proposal in enumerate(proposals):
        for order, statement in enumerate(statements):
            if (statement.article, statement.sentence) != (proposal.article, proposal.sentence):
                continue
            alike = _alike(text, statement.content, proposal.content)
            if alike >= LEAST and _same_source(text, statement.source, proposal.source):
                pairs.append((-alike, -_alike(text, statement.cue, proposal.cue), order, place))
    confirmed: dict[str, Admitted] = {}
    taken: set[int] = set()
    for _, _, order, place in sorted(pairs):
        if statements[order].id not in confirmed and place not in taken:
            confirmed[statements[order].id] = proposals[place]
            taken.add(place)
    return Merged(confirmed, tuple(proposal for place, proposal in enumerate(proposals) if place not in taken))


def enclosing(statements: Sequence[Statement], proposal: Admitted) -> Statement | None:
    """Return the innermost statement whose content holds cue and content of a proposal, or None.

    "The mayor said the port wants a lease": a proposal that the port wants a lease stands inside what the mayor said,
    also when the model left the mayor out, so that it must not count as the port's own words.
    """
    around = [
        one
        for one in statements
        if one.article == proposal.article and proposal.cue.within(one.content) and proposal.content.within(one.content)
    ]
    return min(around, key=lambda one: one.content.end - one.content.start, default=None)


def _alike(text: str, one: Span, other: Span) -> Fraction:
    """Return the Jaccard index of the words that two spans cover, word by word where they stand."""
    first, second = ({match.start() for match in _covered(text, span)} for span in (one, other))
    return Fraction(len(first & second), len(first | second)) if first | second else Fraction(0)


def _same_source(text: str, one: Span | None, other: Span | None) -> bool:
    if one is None or other is None:
        return one is other
    first, second = ({match.group().lower() for match in _covered(text, span)} for span in (one, other))
    return bool((first & second) - _ARTICLES)


def _covered(text: str, span: Span) -> Iterator[re.Match[str]]:
    return _WORD.finditer(text, span.start, span.end)
