"""Pronouns as sources: whom "he", "it" or "they" stands for, in the same or the previous sentence.

A person for "he" and "she", an institution for "it", several or unnamed people for "they". Who spoke last comes first;
a heading in between ends the search; where two candidates are left the source stays unresolved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from zopa.reading.extraction import Found
from zopa.reading.grammar import SUBJECTS
from zopa.reading.parsing import Sentence
from zopa.reading.sources import noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

Kind = Literal["person", "thing", "many", "speaker"]
PRONOUNS: Final[dict[str, Kind]] = {
    "he": "person", "she": "person", "him": "person", "her": "person", "his": "person", "himself": "person", "herself": "person",
    "it": "thing", "its": "thing", "itself": "thing",
    "they": "many", "their": "many", "them": "many", "themselves": "many", "both": "many",
    "i": "speaker", "we": "speaker", "my": "speaker", "our": "speaker", "us": "speaker", "me": "speaker",
}  # fmt: skip
_FORMS: Final = {"his": {"he"}, "him": {"he"}, "her": {"she"}, "its": {"it"}, "their": {"they"}, "them": {"they"}}


@dataclass(frozen=True)
class Antecedent:
    """What a pronoun stands for.

    Attributes
    ----------
    sentence
        Where it stands.
    first, last
        Its places there.
    """

    sentence: Sentence
    first: int
    last: int


def kind_of(sentence: Sentence, source: tuple[int, int]) -> Kind | None:
    """Return which kind of pronoun a source is, None for a noun."""
    if source[0] != source[1]:
        return None
    return PRONOUNS.get(sentence.tokens.doc[source[0]].lower_)


def antecedent(
    sentences: Sequence[Sentence],
    number: int,
    place: int,
    kind: Kind,
    spoke: Sequence[tuple[int, Found]],
    is_person: Callable[[Sentence, int, int], bool],
    steps: int = 3,
) -> Antecedent | None:
    """Return what a pronoun stands for, None where nothing or more than one thing fits.

    A chain of the same pronoun ("She said ... She added ...") is followed back sentence by sentence.

    Parameters
    ----------
    sentences
        All sentences of the article in order.
    number, place
        The sentence of the pronoun and its place in the document of its line.
    kind
        What it asks for.
    spoke
        The statements before it, each with the number of its sentence, for "who spoke last".
    is_person
        Whether a noun phrase names a person.
    steps
        How many sentences a chain may go back.
    """
    here = sentences[number]
    found = _same_sentence(here, place, kind, is_person)
    if found is not None:
        return found
    previous = _previous(sentences, number)
    if previous is None:
        return None
    speakers = [
        (one.sentence, one.source)
        for at, one in spoke
        if at == previous
        and one.source is not None
        and not one.inside_quotation
        and _fits(one.sentence, one.source, kind, is_person)
    ]
    outer = _outermost_first(speakers)
    if outer is not None:
        return outer
    if not speakers:
        subject_there = _subject_of(sentences[previous], kind, is_person)
        if subject_there is not None:
            return subject_there
        word = here.tokens.doc[place].lower_
        same = [
            token for token in sentences[previous].tokens if token.dep_ in SUBJECTS and token.lower_ in _FORMS.get(word, {word})
        ]
        if same and steps > 0:
            return antecedent(sentences, previous, same[0].i, kind, spoke, is_person, steps - 1)
    return None


def _outermost_first(speakers: Sequence[tuple[Sentence, tuple[int, int]]]) -> Antecedent | None:
    if not speakers:
        return None
    depth = [_depth(sentence.tokens.doc[source[1]]) for sentence, source in speakers]
    best = [one for one, how in zip(speakers, depth, strict=True) if how == min(depth)]
    names = {sentence.tokens.doc[source[1]].text for sentence, source in best}
    if len(names) > 1:
        return None
    sentence, source = best[-1]
    return Antecedent(sentence, *source)


def _depth(token: Token) -> int:
    steps = 0
    while token.head.i != token.i and steps < 60:
        token = token.head
        steps += 1
    return steps


def _fits(sentence: Sentence, source: tuple[int, int], kind: Kind, is_person: Callable[[Sentence, int, int], bool]) -> bool:
    if kind_of(sentence, source) is not None:
        return False
    head = _head(sentence, source)
    person = is_person(sentence, *source)
    if kind == "person":
        return person
    if kind == "thing":
        return not person and head.tag_ in {"NN", "NNP"}
    return head.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in head.children) or not person


def _head(sentence: Sentence, source: tuple[int, int]) -> Token:
    doc = sentence.tokens.doc
    inside = range(source[0], source[1] + 1)
    return next((doc[one] for one in inside if doc[one].head.i not in inside), doc[source[1]])


def _same_sentence(
    sentence: Sentence, place: int, kind: Kind, is_person: Callable[[Sentence, int, int], bool]
) -> Antecedent | None:
    """Return a fitting subject of the sentence: of a clause before the pronoun, or of the main clause behind a fronted one."""
    doc = sentence.tokens.doc
    candidates: list[Token] = []
    for token in sentence.tokens:
        if token.dep_ not in SUBJECTS or token.i == place or token.lower_ in PRONOUNS:
            continue
        phrase = noun_phrase(token)
        if phrase[0] <= place <= phrase[1] or not _fits(sentence, phrase, kind, is_person):
            continue
        behind = token.i > place
        if behind and not _is_fronted(doc[place], token):
            continue
        if not behind and not _governs(token.head, doc[place]):
            continue
        candidates.append(token)
    names = {token.text for token in candidates}
    if len(names) != 1:
        outer = [token for token in candidates if token.head.dep_ == "ROOT"]
        if len({token.text for token in outer}) != 1:
            return None
        candidates = outer
    return Antecedent(sentence, *noun_phrase(candidates[-1]))


def _is_fronted(pronoun: Token, other: Token) -> bool:
    """Return whether a pronoun stands in a clause that comes before the main clause of a subject ("While he ..., Kim said")."""
    token = pronoun
    while token.head.i != token.i and token.dep_ != "advcl":
        token = token.head
    return token.dep_ == "advcl" and token.i < other.i and token.head.i == other.head.i


def _governs(verb: Token, pronoun: Token) -> bool:
    """Return whether a pronoun stands in a clause below a verb, or beside it in coordination."""
    token = pronoun
    while token.head.i != token.i:
        token = token.head
        if token.i == verb.i:
            return True
    return any(one.i == verb.i for one in pronoun.head.conjuncts)


def _previous(sentences: Sequence[Sentence], number: int) -> int | None:
    if number == 0:
        return None
    here, before = sentences[number], sentences[number - 1]
    between = here.article.lines[before.line.number : here.line.number - 1]
    return None if any(line.kind == "heading" for line in between) else number - 1


def _subject_of(sentence: Sentence, kind: Kind, is_person: Callable[[Sentence, int, int], bool]) -> Antecedent | None:
    found = [token for token in sentence.tokens if token.dep_ in SUBJECTS and token.lower_ not in PRONOUNS]
    fitting = [token for token in found if _fits(sentence, noun_phrase(token), kind, is_person)]
    main = [token for token in fitting if token.head.dep_ == "ROOT"]
    chosen = main or fitting
    if len({token.text for token in chosen}) != 1:
        return None
    return Antecedent(sentence, *noun_phrase(chosen[-1]))
