"""Names from files made into ids of a case, into names that differ, and into names of files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

# Words with a meaning of their own somewhere in a case; none of them becomes an id.
_KEPT: Final = frozenset(
    (
        "because assume default order sum shape and or not if iff in top any now unknown yes no up down flat direction "
        "for against narrator anonymous unnamed unresolved all name scale options true false null on off y n"
    ).split()
)
_LONGEST: Final = 40
_DEVICES: Final = frozenset({"con", "prn", "aux", "nul", *(f"{one}{at}" for one in ("com", "lpt") for at in range(1, 10))})


def slug(text: str) -> str:
    """Return a text as plain small letters and digits joined by ``_``; "" where none are left."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(one for one in plain if not unicodedata.combining(one)).casefold()
    made = "_".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST].strip("_")
    return made if not made or made[0].isalpha() else f"n{made}"


class Ids:
    """Ids of one namespace: never the same for two things, the same for the same names in the same order."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def take(self, name: str, spare: str) -> str:
        """Return an id made from a name, or from ``spare`` where the name gives none, and take it."""
        base = slug(name) or spare
        if base in _KEPT:
            base = f"{base}_1"
        made, count = base, 1
        while made in self._taken:
            count += 1
            made = f"{base}_{count}"
        self._taken.add(made)
        return made


def distinct(names: Sequence[str]) -> list[str]:
    """Return names of which no two are alike: the second of a kind gets ``(2)`` behind it."""
    given = set(names)
    found: dict[str, None] = {}
    for name in names:
        made, count = name, 1
        while made in found or (made != name and made in given):
            count += 1
            made = f"{name} ({count})"
        found[made] = None
    return list(found)


def file_names(names: Sequence[str], ending: str = "") -> list[str]:
    """Return names for files, safe on every system and none alike, also without regard to capitals.

    Parameters
    ----------
    names : sequence of str
        What the files are called; of a path only the last part counts.
    ending : str
        What they end in; "" keeps the endings that the names have.
    """
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        stem, tail = (name, ending) if ending else _parted(re.split(r"[/\\]", name)[-1])
        plain = unicodedata.normalize("NFC", stem)
        safe = re.sub(r"[^\w &'()+.-]+", "_", plain)[:60].strip(" .") or "file"
        safe = f"{safe}_" if safe.casefold() in _DEVICES else safe
        made, number = safe + tail, 1
        while made.casefold() in taken:
            number += 1
            made = f"{safe}_{number}{tail}"
        taken.add(made.casefold())
        found.append(made)
    return found


def _parted(name: str) -> tuple[str, str]:
    """Return a file name without its ending, and the ending in small letters."""
    stem, dot, ending = name.rpartition(".")
    if not stem or not re.fullmatch(r"[A-Za-z0-9]{1,8}", ending):
        return name, ""
    return stem, dot + ending.lower()
