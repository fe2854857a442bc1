"""What others fear or weigh that somebody might do: "concerns about whether the owner might sell" names an option.

The clause is nobody's statement of its own; it is kept as an option, inside the fear, so that the draft can list it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from zopa.reading.contents import pieces
from zopa.reading.cues import Cue
from zopa.reading.extraction import Found
from zopa.reading.grammar import is_passive, subject, subtree
from zopa.reading.lexicon import Entry
from zopa.reading.sources import noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

_FEARING: Final = frozenset({"fear", "threaten", "consider", "doubt"})
_MODALS: Final = frozenset("might could may would will can".split())


def feared_options(found: Sequence[Found]) -> list[Found]:
    """Return an option for each clause with a modal verb inside the content of a fear or a doubt."""
    result = []
    for one in found:
        if one.cue.entry.predicate not in _FEARING:
            continue
        for token in one.sentence.tokens:
            place = one.sentence.offset(token.idx)
            if token.pos_ == "VERB" and any(span.start <= place < span.end for span in one.contents):
                option = _option(one, token)
                if option is not None:
                    result.append(option)
                    break
    return result


def _option(one: Found, token: Token) -> Found | None:
    modal = next((child for child in token.children if child.dep_ == "aux" and child.lower_ in _MODALS), None)
    own = subject(token)
    if modal is None or own is None or is_passive(token) or own.pos_ not in {"PROPN", "NOUN", "PRON"}:
        return None
    places = {place for place in subtree(token) if place > modal.i}
    spans = pieces(one.sentence, places)
    if not spans:
        return None
    entry = Entry("verb", token.lemma_, "option", "open", "object")
    cue = Cue(token.i, "option", entry, modal.i, modal.i, frozenset(places), token.i)
    return Found(one.sentence, cue, noun_phrase(own), (spans[0],))
