"""What if: changes to a case that are looked at and never written, held in the address of a page.

A :class:`WhatIf` is a value.  It is read from the query of an address and written back to one, so that a what-if can be
sent, bookmarked and undone by going back; :func:`posed` gives the case as it would stand.  Nothing here raises for
what somebody wrote into an address: what cannot be done is said in words and left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import quote

from zopa.case import (
    Case,
    Gone,
    NotationError,
    parse_date,
    with_amounts,
    without_assumptions,
    without_statements,
)
from zopa.exploration import answer_name, assumption_name, judgement_name
from zopa.report.cleaning import clean
from zopa.space import split_alternatives

MOST: Final = 200  # changes of one kind that an address may hold
LONGEST: Final = 400  # characters of one
KEYS: Final = ("set", "without", "off", "read", "pull", "at")
NO_LEVER: Final = "none"
# How every address that takes a what-if documents it.
WHATIF_QUERY: Final = {
    "parameters": [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": says,
            "schema": {"type": "array", "items": {"type": "string", "maxLength": LONGEST}, "maxItems": MOST},
        }
        for name, says in (
            ("set", "PATH:AMOUNT, the amount of a judgement or of an assumption (`assumptions.A9:20..60`)"),
            ("without", "a statement or source that is set aside"),
            ("off", "an assumption that counts as not known"),
            ("read", "KEY:WORD, the answer to a question about the text"),
            ("pull", "a lever that is pulled; `none` for none"),
            ("at", "the date looked at, such as 2025-01-20"),
        )
    ]
}


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Changes to a case, in the order in which they were made.

    Attributes
    ----------
    set : tuple of (str, str)
        Judgements by path, or named assumptions as ``assumptions.ID``, and the amount that takes the place of theirs.
    without : tuple of str
        Statements and sources that are set aside.
    off : tuple of str
        Assumptions that count as not known.
    read : tuple of (str, str)
        Questions about the text that are settled: the key of a split assumption, and its word.
    pull : tuple of str or None
        Exactly these levers are pulled; None leaves the case as it stands.
    day : date or None
        The date looked at; None for a time when every dated gate has passed.
    """

    set: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    read: tuple[tuple[str, str], ...] = ()
    pull: tuple[str, ...] | None = None
    day: date | None = None

    @property
    def nothing(self) -> bool:
        """True when the case stands as it is written."""
        return self == WhatIf()

    @property
    def count(self) -> int:
        """The number of changes."""
        return (
            len(self.set) + len(self.without) + len(self.off) + len(self.read) + (self.pull is not None) + (self.day is not None)
        )

    @classmethod
    def parse(cls, query: Mapping[str, Sequence[str]]) -> tuple[WhatIf, tuple[str, ...]]:
        """Return the changes that an address asks for, and in words what of it could not be read.

        Parameters
        ----------
        query : mapping of str to sequence of str
            All values of each key; other keys are left alone.
        """
        faults: list[str] = []

        def listed(key: str) -> list[str]:
            values = [value.strip() for value in query.get(key, ()) if value.strip()]
            if len(values) > MOST:
                faults.append(f"More than {MOST} changes of one kind: the others were left out.")
            long = [value for value in values if len(value) > LONGEST]
            if long:
                faults.append(f"A change of more than {LONGEST} characters was left out.")
            return [value for value in values[:MOST] if len(value) <= LONGEST]

        def pairs(key: str) -> tuple[tuple[str, str], ...]:
            found: dict[str, str] = {}
            for value in listed(key):
                name, mark, rest = (part.strip() for part in value.partition(":"))
                if not mark or not name or not rest:
                    faults.append(f"“{clean(value)}” names no value: write NAME:VALUE.")
                    continue
                found.pop(name, None)  # the last one counts, and stands last
                found[name] = rest
            return tuple(found.items())

        def names(key: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(name.strip() for value in listed(key) for name in value.split(",") if name.strip()))

        day = None
        for value in listed("at")[-1:]:
            try:
                day = parse_date(value)
            except (NotationError, ValueError):
                faults.append(f"“{clean(value)}” is no date: write it as 2025-01-31.")
        pull = names("pull") if any(value.strip() for value in query.get("pull", ())) else None
        if pull is not None:
            pull = tuple(name for name in pull if name != NO_LEVER)
        made = cls(pairs("set"), names("without"), names("off"), pairs("read"), pull, day)
        return made, tuple(dict.fromkeys(faults))

    def query(self) -> str:
        """Return the changes as the query of an address, without the question mark; empty for none."""
        parts = [("set", f"{path}:{amount}") for path, amount in self.set]
        parts += [("without", name) for name in self.without]
        parts += [("off", name) for name in self.off]
        parts += [("read", f"{key}:{word}") for key, word in self.read]
        if self.pull is not None:
            parts += [("pull", name) for name in self.pull or (NO_LEVER,)]
        if self.day is not None:
            parts.append(("at", self.day.isoformat()))
        return "&".join(f"{key}={quote(value, safe=':.,*/ ').replace(' ', '%20')}" for key, value in parts)

    def putting(self, path: str, amount: str | None) -> WhatIf:
        """Return the changes with one amount put in, or taken back (None)."""
        kept = tuple(pair for pair in self.set if pair[0] != path)
        return replace(self, set=kept if amount is None else (*kept, (path, amount)))

    def reading(self, key: str, word: str | None) -> WhatIf:
        """Return the changes with one question settled, or left open (None)."""
        kept = tuple(pair for pair in self.read if pair[0] != key)
        return replace(self, read=kept if word is None else (*kept, (key, word)))

    def toggled(self, kind: str, name: str) -> WhatIf:
        """Return the changes with a statement (``without``), an assumption (``off``) or a lever (``pull``) switched."""
        known: tuple[str, ...] = getattr(self, kind) or ()
        rest = tuple(one for one in known if one != name)
        now = rest if len(rest) < len(known) else (*known, name)
        if kind == "without":
            return replace(self, without=now)
        return replace(self, off=now) if kind == "off" else replace(self, pull=now)


@dataclass(frozen=True, slots=True)
class Chip:
    """One change in words, and the changes that are left when it is taken back."""

    kind: str
    name: str
    words: str
    rest: WhatIf


@dataclass(frozen=True, slots=True)
class Posed:
    """A case as it would stand.

    Attributes
    ----------
    written : Case
        The case as it is written.
    case : Case
        The case with the changes; its digest hangs on them.
    whatif : WhatIf
        The changes that could be made.
    reading : mapping of str to int
        Questions that are settled, by key, with the number of the alternative.
    levers : frozenset of str or None
        The levers that are pulled.
    day : date or None
        The date looked at.
    gone : tuple of Gone
        What became of what rested on statements and assumptions that are set aside.
    faults : tuple of str
        What could not be done, in words.
    """

    written: Case
    case: Case
    whatif: WhatIf
    reading: Mapping[str, int]
    levers: frozenset[str] | None
    day: date | None
    gone: tuple[Gone, ...]
    faults: tuple[str, ...]

    @property
    def key(self) -> str:
        """What every answer hangs on: equal keys have equal answers."""
        reading = ",".join(f"{key}={number}" for key, number in sorted(self.reading.items()))
        # No lever at all is something else than the case as it stands.
        levers = "" if self.levers is None else f"+{'+'.join(sorted(self.levers))}"
        return f"{self.case.digest}|{reading}|{levers}|{self.day or ''}"

    @property
    def differs(self) -> bool:
        """True when anything differs from what is written."""
        return self.case is not self.written or bool(self.reading) or self.levers is not None or self.day is not None

    def chips(self) -> tuple[Chip, ...]:
        """Return every change in words, each with what is left when it is taken back."""
        case, what = self.written, self.whatif
        found = [Chip("set", path, f"{set_name(case, path)}: {amount}", what.putting(path, None)) for path, amount in what.set]
        found += [Chip("without", name, f"without {name}", what.toggled("without", name)) for name in what.without]
        found += [
            Chip("off", name, f"not known: {assumption_name(case.assumptions[name])}", what.toggled("off", name))
            for name in what.off
        ]
        found += [Chip("read", key, answer_name(case, key, word), what.reading(key, None)) for key, word in what.read]
        if what.pull is not None:
            # The last one that is taken back leaves the case as it stands: that no lever is pulled is a choice of its own.
            stands, others = replace(what, pull=None), len(what.pull) > 1
            found += [
                Chip("pull", name, f"pulled: {case.levers[name].name}", what.toggled("pull", name) if others else stands)
                for name in what.pull
            ]
            found += [Chip("pull", NO_LEVER, "no lever is pulled", stands)] if not what.pull else []
        if what.day is not None:
            found.append(Chip("at", what.day.isoformat(), f"on {what.day}", replace(what, day=None)))
        return tuple(found)


def set_name(case: Case, path: str) -> str:
    """Return what a judgement or a named assumption that can be set is about, in words."""
    root, _, rest = path.partition(".")
    if root == "influence" and rest in case.parties:
        return f"Influence of {case.parties[rest].name}"
    lever, _, target = rest.partition(".")
    if root == "levers" and lever in case.levers:
        owner, _, part = target.partition(".")[2].partition(".")
        whose = f"no-deal value of {case.parties[owner].name}" if owner in case.parties and part == "no_deal" else target
        return f"{case.levers[lever].name}: {whose}"
    return judgement_name(case, path.removeprefix("assumptions."))


def posed(case: Case, whatif: WhatIf, faults: Sequence[str] = ()) -> Posed:
    """Return a case as it would stand.

    Parameters
    ----------
    case : Case
        The case as it is written.
    whatif : WhatIf
        The changes; those that cannot be made are left out.
    faults : sequence of str
        What could not be read before.

    Notes
    -----
    Statements go first, then assumptions, then amounts: an amount that somebody sets counts, whatever it rested on.
    """
    said = list(faults)
    now = case
    gone: list[Gone] = []
    without = []
    for name in whatif.without:
        if name in case.statements or name in case.sources:
            without.append(name)
        else:
            said.append(f"There is no statement called {clean(name)}.")
    if without:
        fewer = without_statements(now, without)
        now, gone = fewer.case, [*fewer.gone]
    off = []
    for name in whatif.off:
        try:
            less = without_assumptions(now, [name])
        except ValueError as error:
            said.append(clean(_sentence(str(error))))
        else:
            now = less.case
            gone += less.gone
            off.append(name)
    made = []
    for group in _set_groups(case, whatif.set):
        try:
            now = with_amounts(now, dict(group))
        except ValueError as error:
            path, amount = group[0]
            what = f"{set_name(case, path)} cannot be {amount}" if len(group) == 1 else f"These {len(group)} weights cannot be so"
            said.append(clean(_sentence(f"{what}: {error}")))
        else:
            made += group
    words = split_alternatives(now)
    reading: dict[str, int] = {}
    read = []
    for key, word in whatif.read:
        if word in words.get(key, ()):
            reading[key] = words[key].index(word)
            read.append((key, word))
        else:
            said.append(f"“{clean(key)}: {clean(word)}” settles no question about the text.")
    pull = whatif.pull
    if pull is not None:
        said += [f"There is no lever called {clean(name)}." for name in pull if name not in now.levers]
        pull = (
            tuple(name for name in pull if name in now.levers) if any(name in now.levers for name in pull) or not pull else None
        )
    kept = WhatIf(tuple(made), tuple(without), tuple(off), tuple(read), pull, whatif.day)
    levers = None if pull is None else frozenset(pull)
    return Posed(case, now, kept, reading, levers, whatif.day, tuple(gone), tuple(dict.fromkeys(said)))


def _set_groups(case: Case, pairs: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Return amounts in groups that are set at once: weights that are to keep one sum, everything else alone."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for path, amount in pairs:
        party, _, rest = path.removeprefix("preferences.").partition(".")
        summed = party in case.preferences and case.preferences[party].weight_sum is not None
        together = path.startswith("preferences.") and rest.startswith("weights.") and summed
        groups.setdefault(f"weights of {party}" if together else path, []).append((path, amount))
    return list(groups.values())


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
