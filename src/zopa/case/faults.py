"""Faults of a case file: what is wrong, where, and how to mend it.

Every check of the project, from the YAML syntax to the reachability of options, reports through
:class:`Fault`, so that the command line, the workbench and the tests show the same thing.  The codes
are stable: a code is never reused for another meaning.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

CODES: Final = MappingProxyType(
    {
        "ZC001": "a file cannot be read",
        "ZC002": "a file is not plain UTF-8 text",
        "ZC003": "a file is too large",
        "ZC004": "the YAML is not well formed",
        "ZC005": "the YAML is nested too deeply or has too many elements",
        "ZC006": "anchors, aliases, tags and several documents are refused",
        "ZC007": "a key stands twice in one block",
        "ZC010": "a value has the wrong kind",
        "ZC011": "an unknown key",
        "ZC012": "a key or value is missing",
        "ZC013": "an id is malformed",
        "ZC014": "an id is a reserved word",
        "ZC015": "an id is used twice",
        "ZC016": "a word is not one of those allowed here",
        "ZC017": "a date, a time or a period cannot be read",
        "ZC018": "an amount, condition or order cannot be read",
        "ZC019": "the version of the case format is not supported",
        "ZC020": "a name refers to nothing",
        "ZC021": "a name refers to the wrong kind of thing",
        "ZC022": "an option does not belong to the issue",
        "ZC023": "an order is used on an issue without one",
        "ZC030": "a judgement has no basis",
        "ZC031": "a source lies outside the case folder",
        "ZC032": "a source cannot be read",
        "ZC033": "a quotation is not in its source",
        "ZC034": "a quotation stands several times in its source",
        "ZC035": "the offsets of a quotation are wrong",
        "ZC036": "evidence is dated after the as-of date",
        "ZC037": "a number rests only on sentences without a quantity",
        "ZC038": "a source is the case file itself",
        "ZC040": "a range is upside down",
        "ZC041": "orders contradict each other",
        "ZC042": "weights cannot reach their sum",
        "ZC043": "chances are wrong",
        "ZC044": "assumptions, packages or statements refer to each other in a circle",
        "ZC045": "a number is out of its bounds",
        "ZC046": "words stand where a number is needed, or a number where words are needed",
        "ZC047": "scores do not fit the options of the issue",
        "ZC048": "parties that should be treated alike are not",
        "ZC049": "the step of a numeric issue does not fit its scale",
        "ZC050": "the rules exclude every package",
        "ZC051": "an option is in no allowed package",
        "ZC052": "not checked: too many packages to enumerate",
        "ZC053": "gates wait for each other",
        "ZC054": "a named package breaks a rule",
        "ZC055": "an assumption is used nowhere",
        "ZC056": "a block is empty or too small",
        "ZC057": "no allowed package counts as agreement",
        "ZC058": "correlations contradict each other",
        "ZC059": "a divisor can be 0",
        "ZC060": "an answer cannot be computed",
    }
)


_UNSEEN: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """Return a text for one line of any terminal or file: controls, direction marks and half characters as escapes."""
    if text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if character in _TURNS or unicodedata.category(character) in _UNSEEN
        else character
        for character in text
    )


class Severity(StrEnum):
    """How much a finding matters: only faults make ``zopa check`` fail."""

    FAULT = "fault"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file; lines and columns count from 1, as editors show them."""

    file: str
    line: int
    column: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", printable(self.file))

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding: code, place, what is wrong, the offending text and the remedy in words."""

    code: str
    place: Place
    message: str
    remedy: str
    text: str = ""
    severity: Severity = Severity.FAULT

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown fault code {self.code}")
        # What stands in a file may hold anything; whoever shows a fault need not care.
        for name in ("message", "remedy", "text"):
            object.__setattr__(self, name, printable(getattr(self, name)))

    def __str__(self) -> str:
        shown = f" [{self.text}]" if self.text else ""
        return f"{self.place}: {self.severity} {self.code}: {self.message}{shown}. {self.remedy}"

    def as_json(self) -> dict[str, object]:
        """Return the finding as plain JSON data."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "message": self.message,
            "text": self.text,
            "remedy": self.remedy,
        }


class CaseFaults(ValueError):
    """Raised when a case has faults; carries all of them, in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted_faults(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def sorted_faults(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the findings in file order, faults before warnings on the same place, none twice."""
    rank = {Severity.FAULT: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    unique = dict.fromkeys(faults)
    return tuple(sorted(unique, key=lambda fault: (fault.place, rank[fault.severity], fault.code, fault.message)))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to a misspelt one, or None when nothing is close."""
    import difflib

    names = list(dict.fromkeys(known))
    folded = {name.casefold(): name for name in reversed(names)}
    close = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str], what: str = "names") -> str:
    """Return a remedy sentence for an unknown name: the nearest one, or the list when it is short."""
    names = list(dict.fromkeys(known))
    guess = nearest(word, names)
    if guess is not None:
        return f"Did you mean {guess}?"
    if not names:
        return f"There are no {what} to refer to."
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"Known {what}: {shown}."
