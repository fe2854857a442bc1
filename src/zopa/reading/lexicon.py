"""The lexicon of cues: which words announce a statement, and what may follow them as its content.

The list is written by hand (``data/cues.txt``) from general knowledge of English; the classes follow the verbs and
nouns of communication and attitude that grammars of reported speech describe (Quirk and others, 1985, chapter 16).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal

from zopa.reading.statements import PREDICATES, StanceCode

Part = Literal["verb", "adjective", "noun", "denied"]
# Lemmas that the grammar gets wrong ("hoped" as a form of "hop").
MISTAKEN: Final = {"hop": "hope"}


@dataclass(frozen=True)
class Entry:
    """One reading of a cue word.

    Attributes
    ----------
    part, lemma
        Which word.
    predicate, stance
        What it makes of its content.
    frame
        What follows as content, as the head of the file says: ``clause``, ``infinitive``, ``object`` ..., or a preposition.
    """

    part: Part
    lemma: str
    predicate: str
    stance: StanceCode
    frame: str


@cache
def lexicon() -> dict[tuple[str, str], tuple[Entry, ...]]:
    """Return all entries by part of speech and lemma, in the order of the file.

    Raises
    ------
    ValueError
        When a line of the file does not have five fields or names an unknown predicate.
    """
    found: dict[tuple[str, str], list[Entry]] = {}
    text = resources.files("zopa.reading").joinpath("data/cues.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        part, predicate, stance, frame, words = (field.strip() for field in line.split("|"))
        if predicate not in PREDICATES:
            raise ValueError(f"cues.txt: unknown predicate {predicate}")
        for lemma in words.split():
            entry = Entry(part, lemma, predicate, stance, frame)  # type: ignore[arg-type]
            found.setdefault((part, lemma), []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def entries(part: Part, lemma: str) -> tuple[Entry, ...]:
    """Return the entries of a word, none for a word that announces nothing."""
    small = lemma.lower()
    return lexicon().get((part, MISTAKEN.get(small, small)), ())
