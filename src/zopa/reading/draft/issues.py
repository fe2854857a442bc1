"""Candidate issues: contents that share their weighty words.

Similarity of two contents is the sum of the smaller weights of the stems they share, divided by the smaller of their totals
(an overlap coefficient); contents are joined by single link at 0.3.  A cluster that points back (``this approach``) and has no
earlier member joins the content before it.  Rather too many issues than too few: a person joins two more easily than parting one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from zopa.reading.draft.matters import matter_of
from zopa.reading.draft.units import Unit
from zopa.reading.draft.words import (
    EVALUATIVE,
    PROCESS,
    STOP,
    Word,
    WordClass,
    content_word,
    names_party,
    plain,
    says_whose,
    stem,
    word_class,
    words_of,
)

LINK: Final = 0.3
_MOST_LABEL_WORDS: Final = 3
# Acts that put something up for decision, whoever tells of them.
_FOUNDING: Final = frozenset(
    "want willing intend aim demand condition propose offer consider option consequence support agree concede oppose reject "
    "resist decline deny doubt fear threaten".split()
)
# Acts of which the content is at issue whatever is said of it.
_PUT_UP: Final = frozenset({"propose", "offer", "consider", "option", "consequence", "demand", "condition"})
# Generic nouns that may end a label behind another noun: "arms deals".
_TAILS: Final = frozenset("deal deals agreement agreements".split())
_QUALIFIERS: Final = frozenset("alone joint jointly both together unilateral sole further additional new ongoing current".split())


@dataclass(frozen=True)
class Cluster:
    """Contents about the same thing.

    Attributes
    ----------
    units
        In text order.
    label
        The commonest chunk of nouns, without words of judgement.
    process
        Whether it is about talks and meetings rather than their outcome.
    """

    units: tuple[Unit, ...]
    label: str
    process: bool


def similarity(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Return how much of the lighter content is in the other one, 0 to 1."""
    if not one or not other:
        return 0.0
    shared = sum(min(weight, other[key]) for key, weight in one.items() if key in other)
    return shared / min(sum(one.values()), sum(other.values()))


def group(stems: Sequence[Mapping[str, int]], to: Sequence[int | None], link: float = LINK) -> list[int]:
    """Return the number of the cluster of each content; clusters are numbered by their first member.

    Parameters
    ----------
    stems
        Weighted stems of each content, in text order.
    to
        Number of an earlier content that each joins where it has no earlier one like it, or None.
    link
        Least similarity that joins two contents.
    """
    parent = list(range(len(stems)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    def join(one: int, other: int) -> None:
        low, high = sorted((root(one), root(other)))
        parent[high] = low

    holders: dict[str, list[int]] = {}
    for number, own in enumerate(stems):
        near = {other for key in own for other in holders.get(key, ())}
        for other in sorted(near):
            if root(other) != root(number) and similarity(own, stems[other]) >= link:
                join(other, number)
        for key in own:
            holders.setdefault(key, []).append(number)
    for number, earlier in enumerate(to):
        if earlier is not None and root(number) == number:
            join(earlier, number)
    return [root(number) for number in range(len(stems))]


def earlier_of(units: Sequence[Unit]) -> list[int | None]:
    """Return for each unit the earlier one it points to, or None.

    "This approach" points to the unit before it; an amount without a noun ("offers 3 percent") to the last one with an amount in
    the same unit.
    """
    found: list[int | None] = []
    last: dict[str | None, int] = {}
    for number, unit in enumerate(units):
        own = [amount.unit for amount in unit.said.statement.quantities if amount.span.within(unit.span)]
        back = number - 1 if unit.back and number else None
        if back is None and not unit.stems and own:
            back = last.get(own[0])
        found.append(back)
        last.update(dict.fromkeys(own, number))
    return found


def clusters_of(units: Sequence[Unit], names: frozenset[str]) -> list[Cluster]:
    """Return the candidate issues among units, in text order.

    A cluster in which nobody wants, offers, refuses or fears anything is no issue: narration is background.  Nor is one that
    names nothing but parties.
    """
    numbers = group([unit.stems for unit in units], earlier_of(units))
    members: dict[int, list[Unit]] = {}
    for unit, number in zip(units, numbers, strict=True):
        members.setdefault(number, []).append(unit)
    return [
        _cluster(inside, names)
        for inside in members.values()
        if any(_founds(unit) for unit in inside) and any(unit.stems or unit.said.statement.quantities for unit in inside)
    ]


def _cluster(units: Sequence[Unit], names: frozenset[str]) -> Cluster:
    process = _process(units, names)
    return Cluster(tuple(units), label_of(units, names, process=process), process)


def _founds(unit: Unit) -> bool:
    one = unit.said.statement
    if unit.term and not unit.said.told:
        return True
    if one.stance_code == "none" and one.predicate not in _PUT_UP:
        return False
    if one.predicate in _FOUNDING:
        # What the narrator says a party wants, fears or resists is its telling; a proposal or a consequence stands by itself.
        return not unit.said.told or one.predicate in _PUT_UP
    return one.level <= 1 and one.predicate in {"say", "stress"}


# Labels --------------------------------------------------------------------------------------------


def label_of(units: Iterable[Unit], names: frozenset[str], *, process: bool = False) -> str:
    """Return the commonest chunk of nouns of some contents, in small letters but for names.

    Where the contents are about talks, it names these; else what the talks are about, where that is named.
    """
    chunks: list[tuple[Word, ...]] = []
    counts: Counter[str] = Counter()
    units = list(units)
    for unit in units:
        own = chunks_of(matter_of(unit), names, unit.said.read.word_classes) or chunks_of(unit.said.subject, names)
        chunks += own
        counts.update({stem(word.text) for chunk in own for word in chunk if not names_party(word.text, names)})
    if not chunks:
        return _fallback(units)
    chunks = [chunk for chunk in chunks if (chunk[-1].plain in PROCESS) == process] or chunks

    def rank(number: int) -> tuple[int, int, int, int]:
        chunk = chunks[number]
        inner = [stem(word.text) for word in chunk if not names_party(word.text, names)]
        return counts[stem(chunk[-1].text)], sum(counts[one] for one in inner), len(chunk), -number

    best = chunks[max(range(len(chunks)), key=rank)]
    return " ".join(_shown(word.text, names) for word in best)


def chunks_of(text: str, names: frozenset[str], classes: Mapping[str, WordClass] | None = None) -> list[tuple[Word, ...]]:
    """Return the runs of nouns of a text with the words before them that describe them, at most three words each."""
    found: list[tuple[Word, ...]] = []
    run: list[tuple[Word, bool]] = []  # words, and whether each may end a chunk
    before: str | None = None
    words = words_of(text)
    for number, word in enumerate(words):
        if run and text[run[-1][0].end : word.start].strip():
            found += _chunk(run, names)
            run = []
        small = word.plain
        possessive = word.text.endswith(("'s", "’s", "'", "’"))
        last = number + 1 == len(words)
        kind = word_class(word.text, before, classes)
        describes = not last and small.endswith({"VERB": ("ed",), "ADJ": ("ed", "ive", "al", "ary", "ic")}.get(kind, ()))
        named = names_party(word.text, names) and word.text[:1].isupper()
        if possessive:
            usable = False
        elif small in _TAILS:
            usable = bool(run)
        else:
            usable = content_word(word.text) and small not in EVALUATIVE | _QUALIFIERS and (kind == "NOUN" or describes or named)
        if usable:
            run.append((word, kind == "NOUN" and not named))
        else:
            found += _chunk(run, names)
            run = []
        before = small
    return found + _chunk(run, names)


def _chunk(run: list[tuple[Word, bool]], names: frozenset[str]) -> list[tuple[Word, ...]]:
    """Return the words of a run up to its last noun, without adjectives of a party's name in front: these say whose, not what."""
    while run and not run[-1][1]:
        run = run[:-1]
    words = [word for word, _ in run]
    while words and says_whose(words[0].text, names):
        words = words[1:]
    return [tuple(words[-_MOST_LABEL_WORDS:])] if words else []


def _shown(word: str, names: frozenset[str]) -> str:
    return word if word[1:2].isupper() or names_party(word, names) else word.casefold()


def _fallback(units: Sequence[Unit]) -> str:
    """Return the first words of a content from its first weighty one on, where it has no noun."""
    words = words_of(units[0].text)
    first = next((number for number, word in enumerate(words) if stem(word.text) in units[0].stems), None)
    if first is None:
        first = next((number for number, word in enumerate(words) if word.plain not in STOP), 0)
    shown = [word.text for word in words[first : first + _MOST_LABEL_WORDS]]
    while len(shown) > 1 and plain(shown[-1]) in STOP:
        shown.pop()
    return " ".join(shown) or "what is at issue"


def _process(units: Sequence[Unit], names: frozenset[str]) -> bool:
    """Return whether most contents are about a meeting or talks, as a noun or a verb."""
    about = 0
    for unit in units:
        matter = matter_of(unit)
        chunks = chunks_of(matter, names, unit.said.read.word_classes)
        words = [word.plain for word in words_of(matter)]
        others = {word.plain for chunk in chunks for word in chunk if word.plain not in PROCESS}
        heads = [chunk[-1].plain for chunk in chunks]
        about += any(head in PROCESS for head in heads) or (not others and any(word in PROCESS for word in words))
    return about * 2 > len(units)
