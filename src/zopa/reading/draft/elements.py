"""The elements of a draft; each says what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

ADDED = "added by zopa read"

Way = Literal["for", "against"]


@dataclass(frozen=True)
class Ground:
    """What an element rests on: ids of statements, or words that say it was assumed.

    Attributes
    ----------
    because
        Ids of statements, in text order.
    assume
        The assumption in words; None where statements suffice.
    """

    because: tuple[str, ...] = ()
    assume: str | None = None

    def __post_init__(self) -> None:
        if not self.because and not self.assume:
            raise ValueError("an element of a draft needs statements or an assumption")


@dataclass(frozen=True)
class DraftOption:
    """One option of an issue: ``id`` is used in the case, ``name`` is shown."""

    id: str
    name: str
    ground: Ground


@dataclass(frozen=True)
class DraftIssue:
    """Something to be decided.

    Attributes
    ----------
    id, name
        Its id in the case and its label.
    options
        From low to high where ``ordered``.
    ordered
        Whether the options have an order.
    process
        Whether it is about the talks and no part of packages.
    now
        Option in force, where the text says so, and the statements that say it.
    ground
        The statements it was found in.
    """

    id: str
    name: str
    options: tuple[DraftOption, ...]
    ordered: bool
    process: bool
    now: str | None
    now_because: tuple[str, ...]
    ground: Ground

    def option(self, name: str) -> DraftOption:
        """Return the option with an id."""
        return next(option for option in self.options if option.id == name)


@dataclass(frozen=True)
class Stance:
    """What one statement says for a party on an issue: for or against one of its options.

    Attributes
    ----------
    statement
        Id of the statement.
    day
        When it was said, or the day of its article.
    own
        Whether it is the party's own word; others stay reported.
    value, bound
        The amount it names, where it names one: "at most 4" leaves room for 3.
    """

    party: str
    issue: str
    way: Way
    option: str
    statement: str
    day: date | None
    own: bool
    value: float | None = None
    bound: str | None = None


@dataclass(frozen=True)
class DraftPosition:
    """The stand of a party on an issue, from its own words; ``earlier`` are those a later word replaced."""

    party: str
    issue: str
    way: Way
    option: str
    ground: Ground
    earlier: tuple[Stance, ...] = ()


@dataclass(frozen=True)
class DraftRedLine:
    """What a party says it will not do without, or not accept.

    Attributes
    ----------
    condition
        ``refuses`` or ``requires`` and the condition in the notation of the case.
    refused
        Options of the issue that it rules out.
    hard
        False where the words are hedged, or may only be about the talks: then it binds or not.
    """

    id: str
    party: str
    issue: str
    name: str
    word: Literal["refuses", "requires"]
    condition: str
    refused: frozenset[str]
    hard: bool
    remark: str | None
    ground: Ground


@dataclass(frozen=True)
class DraftGate:
    """A date or a fact before a step: exactly one of ``on`` and ``fact`` is set."""

    id: str
    name: str
    on: date | None
    fact: Literal["yes", "no", "unknown"] | None
    opens: tuple[str, str] | None
    issue: str | None
    ground: Ground
    party: str | None = None


@dataclass(frozen=True)
class DraftPackage:
    """Terms that the text puts together.

    Attributes
    ----------
    author
        Key of a party, or one of the pseudo-parties.
    status
        ``own words``, ``reported`` or ``unattributed``.
    terms
        Issue and option, or several options joined by ``|``.
    effects
        Statements that claim what would follow; they are no terms.
    """

    id: str
    name: str
    author: str
    status: Literal["own words", "reported", "unattributed"]
    terms: tuple[tuple[str, str], ...]
    effects: tuple[str, ...]
    ground: Ground


@dataclass(frozen=True)
class DraftTension:
    """Where statements pull in different directions."""

    id: str
    says: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class DraftPrincipal:
    """Who acts for a party, and when."""

    id: str
    name: str
    start: date | None
    end: date | None
    voices: tuple[str, ...]
    ground: Ground


@dataclass(frozen=True)
class DraftParty:
    """A party of the draft.

    Attributes
    ----------
    id, key
        Its id in the case, and what statements call it.
    speaks
        Whether any statement of level 0 to 3 is its own or told of it, or something is proposed to it.
    seat
        ``unknown``, or ``observer`` for one that merely is mentioned beside others that speak.
    """

    id: str
    key: str
    name: str
    voices: tuple[str, ...]
    principals: tuple[DraftPrincipal, ...]
    speaks: bool
    seat: Literal["unknown", "observer"]
    ground: Ground
