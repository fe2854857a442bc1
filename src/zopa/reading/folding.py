"""Folding a text for comparison, with a way back: folded index -> place in the original.

Two texts count as the same words when they agree after folding: Unicode form NFC, one shape of double quotes, of
single quotes and of dashes, one space for any white space. Every other character counts, capitals included.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import Final

_SHAPES: Final = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("‐‑‒–—―−", "-"),
)
_NUMBER_JOINTS: Final = frozenset(".,:/-")
_CLUSTER: Final = 32  # characters; endless marks on one letter would take endless time to order
_KEPT: Final = 50_000  # texts longer than this are not kept folded


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text.

    Attributes
    ----------
    text
        The folded words.
    starts, ends
        For each folded character, the half-open range of the original that it stands for: a base character together
        with its marks, or a whole run of white space.
    cuts
        For each position ``0..len(text)``, whether a quotation may begin or end there: not inside a word, nor before a
        mark, nor inside a number ("61.4", "10:30", "20-30"), nor before the "'t" of "can't". Invisible format
        characters (joiners, soft hyphens) do not split a word.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    cuts: tuple[bool, ...]

    def places(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Yield the original ranges of every occurrence of folded words between two cuts, from left to right."""
        if not wanted or wanted not in self.text:
            return
        # Only cuts are tried, so that a word of one letter a thousand times is no more work than any other.
        for at in compress(range(len(self.text) - len(wanted) + 1), self.cuts):
            end = at + len(wanted)
            if self.cuts[end] and self.text.startswith(wanted, at):
                yield self.starts[at], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Return the folded text with its map back to the original.

    The Unicode form is taken cluster by cluster, where a cluster is what composition can join: the result is the NFC
    form of the whole text (Unicode Standard Annex 15), except where more than 31 marks follow one letter, which no
    language writes (the annex's stream-safe text allows 30).
    """
    return _kept(text) if len(text) <= _KEPT else _fold(text)


@lru_cache(maxsize=16)
def _kept(text: str) -> Folded:
    return _fold(text)


def _fold(text: str) -> Folded:
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for character in unicodedata.normalize("NFC", text[start:end]).translate(_SHAPES):
            if character.isspace():
                if characters and characters[-1] == " ":
                    ends[-1] = end
                    continue
                character = " "
            characters.append(character)
            starts.append(start)
            ends.append(end)
    folded = "".join(characters)
    return Folded(folded, tuple(starts), tuple(ends), tuple(_cuts(folded)))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _joins(text, start, at):
            yield start, at
            start = at


def _joins(text: str, start: int, at: int) -> bool:
    """Return whether the character at ``at`` belongs to the cluster that begins at ``start``."""
    character = text[at]
    if character.isascii() or text[start].isspace() or at - start >= _CLUSTER:
        return False
    if unicodedata.category(character)[0] == "M":
        return True
    # Letters that compose: Hangul and a few others, at most four in a row.
    before = text[max(start, at - 3) : at]
    normal = unicodedata.normalize
    return normal("NFC", before + character) != normal("NFC", before) + normal("NFC", character)


def _cuts(text: str) -> Iterator[bool]:
    kinds = [_kind(character) for character in text]
    following = ["other"] * (len(text) + 1)  # the kind at or after each position, past format characters
    for at in range(len(text) - 1, -1, -1):
        following[at] = following[at + 1] if kinds[at] == "format" else kinds[at]
    before = "other"
    for at in range(len(text) + 1):
        if at in {0, len(text)}:
            yield True
        else:
            inside = before in {"word", "mark"} and following[at] in {"word", "mark"}
            yield not (inside or kinds[at] == "mark" or _inside_number(text, at) or _inside_negation(text, at))
        if at < len(text) and kinds[at] != "format":
            before = kinds[at]


def _kind(character: str) -> str:
    if character.isalnum() or character == "_":
        return "word"
    if character.isascii():
        return "other"
    category = unicodedata.category(character)
    return "mark" if category[0] == "M" else "format" if category == "Cf" else "other"


def _inside_number(text: str, at: int) -> bool:
    for joint in (at - 1, at):
        if text[joint] in _NUMBER_JOINTS and text[joint - 1 : joint].isdigit() and text[joint + 1 : joint + 2].isdigit():
            return True
    return False


def _inside_negation(text: str, at: int) -> bool:
    """Return whether a position lies before or behind the apostrophe of "n't"."""
    for apostrophe in (at - 1, at):
        ends = apostrophe + 2 >= len(text) or _kind(text[apostrophe + 2]) not in {"word", "mark"}
        if text[apostrophe] == "'" and ends and text[max(0, apostrophe - 1) : apostrophe + 2].lower() == "n't":
            return True
    return False
