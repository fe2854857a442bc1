"""Finding a quotation in its source.

A quotation counts as verbatim when it stands in the source after both have been folded: the Unicode
form, the shape of quotation marks and dashes, and the amount of white space do not matter; every
other character does, capitals included.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

_DOUBLE: Final = dict.fromkeys("“”„‟«»″", '"')
_SINGLE: Final = dict.fromkeys("‘’‚‛′`´", "'")
_DASH: Final = dict.fromkeys("‐‑‒–—―−", "-")
_FOLD: Final = _DOUBLE | _SINGLE | _DASH


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the offset in the original."""

    text: str
    offsets: tuple[int, ...]


def fold(text: str) -> Folded:
    """Return the folded text with a map back to the original offsets."""
    characters: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1  # a base character with its marks is normalised as one
        for character in unicodedata.normalize("NFC", text[position:end]):
            if character.isspace():
                if characters and characters[-1] == " ":
                    continue
                character = " "
            characters.append(_FOLD.get(character, character))
            offsets.append(position)
        position = end
    return Folded("".join(characters), (*offsets, len(text)))


def find_quotation(quote: str, source: Folded) -> list[tuple[int, int]]:
    """Return the (start, end) offsets in the original text of every place where the quotation stands.

    The quotation must begin and end at word boundaries, so that ``arms`` is not found in ``farms``.
    """
    wanted = fold(quote).text.strip()
    if not wanted:
        return []
    found: list[tuple[int, int]] = []
    start = source.text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if _boundary(source.text, start) and _boundary(source.text, end):
            # The next character's offset, so that accents written behind the last letter belong to it.
            found.append((source.offsets[start], max(source.offsets[end - 1] + 1, source.offsets[end])))
        start = source.text.find(wanted, start + 1)
    return found


def _boundary(text: str, position: int) -> bool:
    if position in {0, len(text)}:
        return True
    return not (text[position - 1].isalnum() and text[position].isalnum())


def closest_passage(quote: str, source: Folded) -> str | None:
    """Return the passage of the source that is most like a quotation that is not in it, if any is close."""
    import difflib

    wanted = fold(quote).text.strip().split(" ")
    words = source.text.split(" ")
    if len(wanted) > 200 or len(words) > 20_000:
        return None
    have = set(wanted)
    best, best_score = "", 0.0
    for start in range(max(1, len(words) - len(wanted) + 1)):
        window = words[start : start + len(wanted)]
        shared = sum(word in have for word in window) / len(wanted)
        if shared <= best_score or shared < 0.5:
            continue
        score = difflib.SequenceMatcher(None, wanted, window).ratio()
        if score > best_score:
            best, best_score = " ".join(window), score
    return best if best_score >= 0.5 else None
