"""What the writers of all formats share: exported files, decimals that end, names without half characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count
from math import lcm
from pathlib import Path

from zopa.case import write_whole
from zopa.formats.model import FormatError, FormatFault, Sheet, SheetParty
from zopa.formats.numbers import decimal, odd_part


@dataclass(frozen=True, slots=True)
class Export:
    """Files of another program.

    Attributes
    ----------
    files : mapping of str to bytes
        By name inside the folder.
    lost : tuple of str
        What the format cannot hold, or holds otherwise, in words.
    """

    files: dict[str, bytes]
    lost: tuple[str, ...]


def write_export(export: Export, folder: Path) -> list[Path]:
    """Write exported files into a folder that does not exist yet or is empty, and return them.

    Raises
    ------
    FileExistsError
        When the folder holds something already; nothing is overwritten.
    OSError
        When the folder cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in export.files.items():
        write_whole(folder / name, data)
    return [folder / name for name in export.files]


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party all of whose points are known."""

    name: str
    points: tuple[tuple[Fraction, ...], ...]
    no_deal: Fraction | None
    no_deal_package: dict[str, str] | None

    def changed(self, factor: Fraction, shifts: Sequence[Fraction]) -> KnownParty:
        """Return the party with a number added to each issue, then everything multiplied."""
        points = tuple(tuple((one + shift) * factor for one in row) for row, shift in zip(self.points, shifts, strict=True))
        no_deal = None if self.no_deal is None else (self.no_deal + sum(shifts)) * factor
        return replace(self, points=points, no_deal=no_deal)

    def best(self) -> Fraction:
        """Return the points of the party's best package."""
        return sum((max(row) for row in self.points), Fraction(0))


def known_parties(sheet: Sheet, program: str, lost: list[str]) -> list[KnownParty]:
    """Return the parties that can be written; those with unknown points are named in ``lost``.

    Raises
    ------
    FormatError
        When no party can be written, or there is no issue.
    """
    found = []
    for party in sheet.parties:
        gaps = [issue.name for issue, row in zip(sheet.issues, party.points, strict=True) if None in row]
        if gaps:
            lost.append(f"{party.name} is left out: its points are unknown on {', '.join(gaps)}")
            continue
        found.append(_known(party))
    if not sheet.issues:
        raise FormatError(FormatFault(sheet.title, "", "there is no issue to write", "Give the case an issue with options."))
    if not found:
        words = "; ".join(lost) or "there is no party"
        remedy = f"{program} needs a number for every option; complete the points of at least one party."
        raise FormatError(FormatFault(sheet.title, "", f"nothing can be written: {words}", remedy))
    return found


def _known(party: SheetParty) -> KnownParty:
    points = tuple(tuple(one for one in row if one is not None) for row in party.points)
    package = None if party.no_deal_package is None else dict(party.no_deal_package)
    return KnownParty(party.name, points, party.no_deal, package)


def ending(numbers: Iterable[Fraction]) -> int:
    """Return the smallest whole number by which all of some numbers must be multiplied to have decimals that end."""
    return lcm(1, *(odd_part(one.denominator) for one in numbers))


def steps_down(factor: Fraction) -> Iterator[Fraction]:
    """Yield a factor and ever smaller ones that leave decimals ending: a half, a fifth, a tenth and so on."""
    yield factor
    for power in count():
        for part in (2, 5, 10):
            yield factor / (part * 10**power)


def told_factor(name: str, factor: Fraction, why: str) -> str:
    """Return in words that a party's points and no-deal value are written in another unit."""
    shown = (
        f"divided by {1 / factor}"
        if factor < 1 and (1 / factor).denominator == 1
        else f"multiplied by {decimal_or_fraction(factor)}"
    )
    return f"the points of {name} are {shown} ({why}); that changes no zone and no efficient package"


def told_unknown(name: str, what_then: str) -> str:
    """Return in words that a no-deal value is not known."""
    return f"the no-deal value of {name} is unknown and was left out; {what_then}"


def told_shift(name: str, issue: str, shift: Fraction) -> str:
    """Return in words that a number was added to all options of an issue, and to the no-deal value."""
    return f"{decimal_or_fraction(shift)} is added to the points of {name} on {issue}, and to its no-deal value"


def decimal_or_fraction(value: Fraction) -> str:
    """Return a number for people."""
    return decimal(value) if odd_part(value.denominator) == 1 else str(value)


def writable(text: str, lost: list[str]) -> str:
    """Return a name without signs that text files cannot hold; what was replaced is named in ``lost``."""
    made = "".join("\N{REPLACEMENT CHARACTER}" if not _plain(one) else one for one in text)
    if made != text:
        lost.append(f"control signs in the name {made!r} were replaced")
    return made


def _plain(one: str) -> bool:
    if one in "\t\n\r":
        return True
    return unicodedata.category(one) not in {"Cc", "Cs"} and one not in "\ufffe\uffff"
