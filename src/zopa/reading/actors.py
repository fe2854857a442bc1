"""Files of actors: who held which office when, written by people, by YAML."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from zopa.case import CaseFaults, Fault, Place, did_you_mean
from zopa.reading.countries import countries
from zopa.reading.metonyms import organisations

MAX_BYTES: Final = 2_000_000
_KEYS: Final = ("name", "aliases", "party", "party_name", "role", "from", "until", "note")


@dataclass(frozen=True)
class Actor:
    """One person (or body) in one office.

    Attributes
    ----------
    name, aliases
        Full name; other spellings and, where it is distinctive, the bare surname.
    party, party_name
        Key of the party spoken for, and its name where the key is not in our tables.
    role
        The office in words.
    from_, until
        First day in office, and the first day no longer in office; None where open.
    note
        Anything a reader should know.
    """

    name: str
    party: str
    party_name: str | None = None
    aliases: tuple[str, ...] = ()
    role: str | None = None
    from_: date | None = None
    until: date | None = None
    note: str | None = None

    def at(self, day: date) -> bool:
        """Return whether the office is held on a day."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day < self.until)


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return a name for comparing: composed, straight apostrophes, single blanks, small letters."""
    return " ".join(unicodedata.normalize("NFC", name).replace("’", "'").split()).casefold()


@dataclass(frozen=True)
class Actors:
    """All entries, by name and alias.

    Attributes
    ----------
    entries
        In file order.
    """

    entries: tuple[Actor, ...] = ()
    _named: Mapping[str, tuple[Actor, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named: dict[str, list[Actor]] = {}
        for actor in self.entries:
            for name in dict.fromkeys(folded(one) for one in (actor.name, *actor.aliases)):
                named.setdefault(name, []).append(actor)
        object.__setattr__(self, "_named", {name: tuple(actors) for name, actors in named.items()})

    def named(self, name: str) -> tuple[Actor, ...]:
        """Return the entries whose name or alias this is, whatever the case of its letters."""
        return self._named.get(folded(name), ())

    def extended(self, other: Actors) -> Actors:
        """Return these actors with those of another file; for a name in both, only the other file counts."""
        replaced = {folded(actor.name) for actor in other.entries}
        return Actors((*(actor for actor in self.entries if folded(actor.name) not in replaced), *other.entries))

    def words(self) -> frozenset[str]:
        """Return the names and aliases that are single words."""
        return frozenset(one for actor in self.entries for one in (actor.name, *actor.aliases) if " " not in one)

    def names(self) -> Mapping[str, str]:
        """Return the names of parties that the entries introduce, by key."""
        return MappingProxyType({actor.party: actor.party_name for actor in self.entries if actor.party_name})


NO_ACTORS: Final = Actors()


@cache
def default_actors() -> Actors:
    """Return the entries that ship with the project: well-known offices from 2010 to 2025, general knowledge."""
    path = files("zopa.reading") / "data" / "actors.yaml"
    return _read(path.read_text(encoding="utf-8"), "actors.yaml")


def read_actors(path: Path) -> Actors:
    """Return the entries of a file of actors.

    The file is YAML: ``actors:`` and a list of blocks with the keys ``name`` and ``party`` (a code such as ``NOR``, or any
    key of capital letters together with ``party_name``), and as wanted ``aliases`` (a list), ``role``, ``from``, ``until``
    (dates; ``until`` is the first day no longer in office) and ``note``.

    Raises
    ------
    zopa.case.CaseFaults
        With all faults of the file, each with its line and a remedy.
    """
    shown = str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CaseFaults(
                [
                    Fault(
                        "ZC003", Place(shown, 1, 1), f"a file of actors may hold {MAX_BYTES:,} bytes", "Keep only what is needed."
                    )
                ]
            )
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        fault = Fault("ZC001", Place(shown, 1, 1), f"the file of actors cannot be read: {error.strerror}", "Check its name.")
        raise CaseFaults([fault]) from error
    except UnicodeDecodeError as error:
        fault = Fault("ZC002", Place(shown, 1, 1), "the file of actors is not UTF-8 text", "Save it as UTF-8.")
        raise CaseFaults([fault]) from error
    return _read(text, shown)


def _read(text: str, shown: str) -> Actors:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    reader = _Reader(shown)
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
        problem = " ".join(str(error.problem or error.context or "cannot be read").split())
        remedy = "Compare brackets, colons and indentation with the entries above."
        fault = Fault("ZC004", Place(shown, line, column), f"the YAML is not well formed: {problem}", remedy)
        raise CaseFaults([fault]) from error
    except (YAMLError, ValueError, RecursionError, KeyError, AssertionError, IndexError, TypeError, AttributeError) as error:
        # The parser raises plain exceptions on some malformed texts; none may reach the user.
        problem = " ".join(str(error).split())[:200]
        fault = Fault("ZC004", Place(shown, 1, 1), f"the YAML cannot be read: {problem}", "Save the file as plain YAML text.")
        raise CaseFaults([fault]) from error
    actors = reader.actors(root)
    if reader.faults:
        raise CaseFaults(reader.faults)
    return Actors(actors)


class _Reader:
    """Takes entries from YAML nodes, and notes every fault with its place."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.faults: list[Fault] = []

    def fault(self, node: Any, code: str, message: str, remedy: str, text: str = "") -> None:
        mark = getattr(node, "start_mark", None)
        line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
        self.faults.append(Fault(code, Place(self.shown, line, column), message, remedy, text[:60]))

    def actors(self, root: Any) -> tuple[Actor, ...]:
        form = "Write `actors:` and below it a list of blocks with name and party."
        if root is None:
            self.fault(root, "ZC056", "the file of actors is empty", form)
            return ()
        if root.id != "mapping":
            self.fault(root, "ZC010", "a file of actors is a block with the key `actors`", form)
            return ()
        entries = self.block(root, ("actors",)).get("actors")
        if entries is None:
            self.fault(root, "ZC012", "the key `actors` is missing", form)
            return ()
        if entries.id != "sequence":
            self.fault(entries, "ZC010", "`actors` is not a list", form)
            return ()
        found = [self.actor(node) for node in entries.value]
        return tuple(actor for actor in found if actor is not None)

    def block(self, node: Any, known: Iterable[str]) -> dict[str, Any]:
        """Return the values of a block by key; doubled and unknown keys are faults."""
        values: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value) if key.id == "scalar" else ""
            if name not in known:
                self.fault(key, "ZC011", "an unknown key", did_you_mean(name, known, "keys"), name)
            elif name in values:
                self.fault(key, "ZC007", "a key stands twice in one block", "Remove one of them.", name)
            else:
                values[name] = value
        return values

    def actor(self, node: Any) -> Actor | None:
        if node.id != "mapping":
            self.fault(node, "ZC010", "an entry is not a block", "Write `- {name: ..., party: ...}`.")
            return None
        values = self.block(node, _KEYS)
        name, party = self.words(node, values, "name", True), self.words(node, values, "party", True)
        party_name = self.words(node, values, "party_name")
        if party is not None and party_name is None and party not in countries() and party not in organisations():
            remedy = did_you_mean(party, [*countries(), *organisations()], "parties")
            self.fault(values["party"], "ZC020", "a party that is in none of the tables needs `party_name`", remedy, party)
        if party is not None and not _is_key(party):
            remedy = "Use capital letters, digits and _, with a letter first."
            self.fault(values["party"], "ZC013", "a key of a party is malformed", remedy, party)
        first, last = self.day(values, "from"), self.day(values, "until")
        if first is not None and last is not None and last <= first:
            self.fault(values["until"], "ZC040", "`until` is not after `from`", "Swap or mend the two dates.", last.isoformat())
        aliases = self.aliases(values.get("aliases"))
        role, note = self.words(node, values, "role"), self.words(node, values, "note")
        if name is None or party is None:
            return None
        return Actor(name, party, party_name, aliases, role, first, last, note)

    def words(self, node: Any, values: Mapping[str, Any], key: str, required: bool = False) -> str | None:
        value = values.get(key)
        if value is None:
            if required:
                self.fault(node, "ZC012", f"an entry has no `{key}`", f"Add `{key}: ...`.")
            return None
        if value.id != "scalar" or not value.value.strip():
            self.fault(value, "ZC010", f"`{key}` is not a text", f"Write `{key}: ...` with a text.")
            return None
        return " ".join(value.value.split())

    def aliases(self, value: Any) -> tuple[str, ...]:
        if value is None:
            return ()
        if value.id != "sequence" or any(one.id != "scalar" or not one.value.strip() for one in value.value):
            self.fault(value, "ZC010", "`aliases` is not a list of texts", "Write `aliases: [One, Another]`.")
            return ()
        return tuple(" ".join(one.value.split()) for one in value.value)

    def day(self, values: Mapping[str, Any], key: str) -> date | None:
        value = values.get(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value.value)
        except (TypeError, ValueError):
            text = value.value if value.id == "scalar" else ""
            self.fault(value, "ZC017", f"`{key}` is not a date", "Write it as 2025-01-20.", text)
            return None


def _is_key(text: str) -> bool:
    return text.isascii() and text[:1].isalpha() and text.replace("_", "").isalnum() and text == text.upper()
