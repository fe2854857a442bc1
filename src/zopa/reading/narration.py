"""What the narrator says without a speaker: proposals, claimed consequences, aims of plans, facts with amounts.

These are statements of level 4: they set options and facts, never a party's position. Everything else that the
narrator tells is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from zopa.reading.amounts import amounts
from zopa.reading.articles import Span
from zopa.reading.asserted import DOCUMENTS
from zopa.reading.contents import pieces
from zopa.reading.cues import Cue
from zopa.reading.extraction import Found
from zopa.reading.grammar import children, first_child, is_infinitive, is_passive, subject, subtree, verb_group
from zopa.reading.lexicon import Entry
from zopa.reading.parsing import Sentence
from zopa.reading.sources import subject_phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

PROPOSALS: Final = frozenset(
    "proposal plan offer draft deal idea scheme compromise formula initiative blueprint package framework option agreement "
    "arrangement settlement solution treaty pact accord roadmap text clause zone ceasefire truce".split()
)
_EMERGING: Final = frozenset("emerge circulate surface arise float appear exist remain leak".split())
_HOLDING: Final = frozenset(
    "include contain provide envisage envision foresee involve entail comprise stipulate propose cover".split()
)
_AIMING: Final = frozenset("mean intend design suppose".split())
_MODALS: Final = frozenset("could would may might can".split())
# Facts count only with an amount of these kinds: a bare number says too little.
_UNITLESS: Final = frozenset({None, "time"})


def narrated(sentence: Sentence, covered: Sequence[Span]) -> list[Found]:
    """Return what the narrator claims in one sentence.

    Parameters
    ----------
    sentence
        The sentence.
    covered
        Source, cue and content of the statements that speakers make in it: nothing inside them is the narrator's.
    """
    found: list[Found] = []
    taken = list(covered)
    for token in sentence.tokens:
        if token.pos_ not in {"VERB", "AUX"}:
            continue
        place = sentence.offset(token.idx)
        if any(span.start <= place < span.end for span in taken):
            continue
        one = (
            _under(sentence, token)
            or _proposal(sentence, token)
            or _aim(sentence, token)
            or _consequence(sentence, token)
            or _fact(sentence, token)
        )
        if one is None or any(span.touches(content) for content in one.contents for span in taken):
            continue
        found.append(one)
        taken += [one.cue_span, *one.contents]
    return found


def _make(
    sentence: Sentence, token: Token, predicate: str, places: set[int], *, source: bool = False, last: int | None = None
) -> Found | None:
    first, end = verb_group(token)
    last = end if last is None else max(end, last)
    spans = pieces(sentence, {place for place in places if not first <= place <= last})
    if not spans:
        return None
    entry = Entry("verb", token.lemma_, predicate, "none", "object")
    who = subject_phrase(token) if source else None
    return Found(
        sentence, Cue(token.i, "narrator", entry, first, last, frozenset(places), token.i), who, (spans[0],), narrated=True
    )


def _under(sentence: Sentence, token: Token) -> Found | None:
    """Return what a proposal would bring: "Under the plan, wages would rise by a tenth"."""
    modal = first_child(token, "aux")
    under = next((child for child in children(token, "prep") if child.lower_ in {"under", "in"} and child.i < token.i), None)
    held = first_child(under, "pobj") if under is not None else None
    if under is None or modal is None or modal.tag_ != "MD" or not _is_document(held) or under.i > sentence.tokens.start + 2:
        return None
    named = subtree(under)
    places = set(range(max(named) + 1, sentence.tokens.end))
    spans = pieces(sentence, places)
    if not spans:
        return None
    entry = Entry("verb", "under", "propose", "none", "clause")
    return Found(
        sentence,
        Cue(token.i, "narrator", entry, under.i, max(named), frozenset(places), token.i),
        None,
        (spans[0],),
        narrated=True,
    )


def _is_document(noun: Token | None) -> bool:
    return noun is not None and noun.lemma_.lower() in DOCUMENTS


def _is_proposal(noun: Token | None) -> bool:
    return noun is not None and (noun.lemma_.lower() in PROPOSALS)


def _proposal(sentence: Sentence, token: Token) -> Found | None:
    own = subject(token)
    modal = next((child for child in children(token, "aux") if child.lower_ in {"would", "will"}), None)
    another = own is not None and own.lower_ in {"another", "other", "second", "third"}
    if own is not None and modal is not None and (_is_document(own) or another) and not is_passive(token):
        last = verb_group(token)[1]
        places = {place for place in subtree(token) if place > last}
        for other in children(token, "conj", "parataxis"):
            places -= {place for place in places if place >= min(subtree(other))}
        return _make(sentence, token, "propose", places, source=True) if places else None
    if not _is_proposal(own) or own is None:
        return None
    if token.lemma_ in _EMERGING and not is_passive(token):
        for relative in [*children(own, "relcl", "acl"), *children(token, "advcl", "relcl")]:
            if relative.lemma_ in _HOLDING:
                held = _object(relative)
                if held is not None:
                    return _make(sentence, token, "propose", held)
        detail = [child for child in own.children if child.dep_ in {"acl", "prep"} and child.i > own.i]
        return _make(sentence, token, "propose", subtree(detail[0]) if detail else subtree(own) - {token.i})
    if token.lemma_ in _HOLDING and not is_passive(token):
        held = _object(token)
        return None if held is None else _make(sentence, token, "propose", held, source=True)
    return None


def _object(verb: Token) -> set[int] | None:
    for child in children(verb, "dobj", "ccomp"):
        if child.i > verb.i:
            return subtree(child)
    for prep in children(verb, "prep"):
        if prep.lower_ == "for" and first_child(prep, "pobj") is not None:
            return subtree(prep) - {prep.i}
    return None


def _aim(sentence: Sentence, token: Token) -> Found | None:
    own = subject(token)
    if own is None or not is_passive(token) or token.lemma_ not in _AIMING:
        return None
    for child in children(token, "xcomp", "advcl"):
        if is_infinitive(child):
            return _make(sentence, token, "aim", subtree(child), source=True)
    return None


def _consequence(sentence: Sentence, token: Token) -> Found | None:
    modal = next((child for child in token.children if child.dep_ == "aux" and child.lower_ in _MODALS), None)
    governor = token
    if modal is None and token.dep_ == "conj" and token.tag_ == "VB":
        governor = token.head  # "could freeze the line and lead to ..."
        modal = next((child for child in governor.children if child.dep_ == "aux" and child.lower_ in _MODALS), None)
    own = subject(token) or subject(governor)
    if modal is None or own is None or is_passive(token) or not _refers_to_proposal(own, governor):
        return None
    last = verb_group(token)[1]
    places = {place for place in subtree(token) if place > last}
    for other in children(token, "conj"):
        if other.pos_ in {"VERB", "AUX"}:
            places = {place for place in places if place < min(subtree(other))}
    places = {place for place in places if sentence.tokens.doc[place].dep_ != "cc" or place != max(places)}
    prep = next((child for child in children(token, "prep") if child.i == last + 1 and child.lower_ in {"to", "in"}), None)
    if prep is not None:
        last = prep.i
        places -= {prep.i}
    return _make(sentence, token, "consequence", places, last=last) if places else None


def _refers_to_proposal(noun: Token, verb: Token) -> bool:
    if noun.lower_ in {"which", "that"} and verb.dep_ == "relcl":
        return verb.head.lemma_.lower() in PROPOSALS or any(child.lower_ in {"this", "such"} for child in verb.head.children)
    demonstrative = any(
        child.dep_ in {"det", "predet"} and child.lower_ in {"this", "that", "such", "these", "those"} for child in noun.children
    )
    return _is_proposal(noun) or demonstrative or noun.lower_ in {"this", "that"}


def _fact(sentence: Sentence, token: Token) -> Found | None:
    """Return a fact with an amount: money, a share, a length, an area; what lies in the future is none."""
    own = subject(token)
    if token.dep_ not in {"ROOT", "conj"} or own is None or own.pos_ == "PRON":
        return None
    if any(child.dep_ == "aux" and child.tag_ == "MD" for child in token.children):
        return None
    text = sentence.article.text
    last = verb_group(token)[1]
    places = {place for place in subtree(token) if place > last}
    for other in children(token, "conj", "parataxis"):
        places -= subtree(other)
    spans = pieces(sentence, places)
    if not spans or not any(amount.unit not in _UNITLESS for amount in amounts(text, spans[0].start, spans[0].end)):
        return None
    return _make(sentence, token, "fact", places)
