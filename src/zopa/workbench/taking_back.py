"""A change of the case file that can be taken back: byte for byte where nothing else happened since, value by value otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zopa.case import encoded, raw_at, same_value
from zopa.workbench.disk import digest_of, text_of
from zopa.workbench.edit import Edit, inverse, made_edits


@dataclass(frozen=True, slots=True)
class Change:
    """A change that can be taken back.

    Attributes
    ----------
    words : str
        What it was.
    edits : tuple of Edit
        What takes it back, value by value.
    left : str
        Digest of the bytes that it left; where they still stand, the cut takes it back exactly.
    start : int
        Where the cut begins.
    old, new : bytes
        What stood there before, and what it left there.
    """

    words: str
    edits: tuple[Edit, ...]
    left: str
    start: int
    old: bytes
    new: bytes


def make(data: bytes, edits: Sequence[Edit], words: str) -> tuple[bytes, Change]:
    """Return the bytes of a case file after edits, and what takes them back.

    Raises as :func:`zopa.workbench.edit.apply_edits` does.
    """
    text, made = made_edits(text_of(data), edits)
    new = encoded(text, data) if made else data
    return new, _between(data, new, words, inverse(made))


def take_back(data: bytes, change: Change) -> tuple[bytes, Change]:
    """Return the bytes of a case file without a change, and what brings it again.

    Raises as :func:`zopa.workbench.edit.apply_edits` does.
    """
    if digest_of(data) == change.left:
        new = data[: change.start] + change.old + data[change.start + len(change.new) :]
        return new, _between(data, new, change.words, inverse(change.edits))
    text = text_of(data)
    new, again = make(data, [one for one in change.edits if not same_value(raw_at(text, one.path), one.after)], change.words)
    # Where others took it back already, nothing is to be done, and it can be brought again all the same.
    return new, again if again.edits else Change(change.words, inverse(change.edits), "", 0, b"", b"")


def _between(data: bytes, new: bytes, words: str, back: tuple[Edit, ...]) -> Change:
    start = _alike(data, new)
    tail = _alike(data[start:][::-1], new[start:][::-1])
    return Change(words, back, digest_of(new), start, data[start : len(data) - tail], new[start : len(new) - tail])


def _alike(one: bytes, other: bytes) -> int:
    """Return how many bytes two texts have in common from the start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low
