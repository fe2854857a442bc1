"""What somebody would do on a condition: "would lift its ban only if the Union scrapped its rule", inside what is said.

The verb itself need not be a word of speech. The clause is kept as a condition of whoever would act, inside the statement
that reports it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from zopa.reading.complements import CONDITIONS
from zopa.reading.contents import pieces
from zopa.reading.cues import Cue
from zopa.reading.extraction import Found
from zopa.reading.grammar import children, first_child, is_passive, subject, subtree
from zopa.reading.lexicon import Entry
from zopa.reading.sources import noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODALS: Final = frozenset("would could might may will can".split())


def conditional_offers(found: Sequence[Found]) -> list[Found]:
    """Return a condition for each clause with a modal verb and an "if" inside the content of a statement.

    Parameters
    ----------
    found
        The statements of an article; a clause whose verb is a cue already is passed over.
    """
    result = []
    taken = {(id(one.sentence), one.cue.anchor) for one in found}
    for one in found:
        if one.cue.kind == "turn" or one.cue.entry.frame != "clause":
            continue
        for token in one.sentence.tokens:
            place = one.sentence.offset(token.idx)
            if token.pos_ != "VERB" or not any(span.start <= place < span.end for span in one.contents):
                continue
            offer = _offer(one, token)
            if offer is not None and (id(one.sentence), token.i) not in taken:
                taken.add((id(one.sentence), token.i))
                result.append(offer)
    return result


def _offer(one: Found, token: Token) -> Found | None:
    modal = next((child for child in children(token, "aux") if child.lower_ in _MODALS), None)
    own = subject(token)
    if (
        modal is None
        or own is None
        or is_passive(token)
        or own.pos_ not in {"PROPN", "NOUN", "PRON"}
        or own.lower_ in {"there", "that"}
    ):
        return None
    clause = next((child for child in children(token, "advcl") if _is_condition(child) and child.i > token.i), None)
    if clause is None:
        return None
    last = max((child.i for child in children(token, "neg") if child.i < token.i), default=modal.i)
    places = {place for place in subtree(token) if place > max(last, modal.i)}
    spans = pieces(one.sentence, places)
    if not spans or not any(spans[0].touches(span) for span in one.contents):
        return None
    # What comes if a warning is not heeded is no wish.
    threat = one.cue.entry.lemma in {"warn", "threaten", "caution"}
    entry = Entry("verb", token.lemma_, "threaten" if threat else "condition", "none" if threat else "for", "object")
    cue = Cue(token.i, "condition", entry, modal.i, max(last, modal.i), frozenset(places), token.i)
    return Found(one.sentence, cue, noun_phrase(own), (spans[0],))


def _is_condition(clause: Token) -> bool:
    mark = first_child(clause, "mark")
    return mark is not None and mark.lower_ in CONDITIONS
