"""Ids of a draft: made from words, never the same for two things, never a word the case format keeps for itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

# Words with a meaning of their own somewhere in a case file; none of them becomes an id.
_KEPT: Final = frozenset(
    (
        "because assume default order sum shape and or not if iff in top any now unknown yes no up down flat direction "
        "for against narrator anonymous unnamed unresolved all now name scale options true false null on off y n"
    ).split()
)
_GOOD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


def slug(text: str, most: int = 3) -> str:
    """Return an id made from the first words of a text: plain letters and digits joined by ``_``; "" where none are left."""
    plain = unicodedata.normalize("NFKD", text.replace("’s ", " ").replace("'s ", " "))
    plain = "".join(one for one in plain if not unicodedata.combining(one)).casefold()
    words = re.findall(r"[a-z0-9]+", plain)[:most]
    made = "_".join(words)[:40].strip("_")
    return made if not made or made[0].isalpha() else f"n{made}"


class Names:
    """The ids taken so far in one namespace.

    Parameters
    ----------
    taken
        Ids that stand already.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {one.casefold() for one in taken}

    def take(self, wanted: str, spare: str) -> str:
        """Return an id like the one wanted, or like ``spare`` where that is none, and take it."""
        base = wanted if _GOOD.match(wanted) else spare
        if base.casefold() in _KEPT:
            base = f"{base}_1"
        made, count = base, 1
        while made.casefold() in self._taken:
            count += 1
            made = f"{base}_{count}"
        self._taken.add(made.casefold())
        return made

    def number(self, letter: str) -> str:
        """Return the next free id of a letter with a number, such as ``L3``, and take it."""
        count = 1
        while f"{letter}{count}".casefold() in self._taken:
            count += 1
        self._taken.add(f"{letter}{count}".casefold())
        return f"{letter}{count}"
