"""A sheet as GENIUS files: a domain and a profile for each party.

GENIUS divides evaluations by the largest of their issue and cuts the sum at 1.  So the weight of an issue is its
largest point value, its evaluations are whole numbers in the proportion of the points, and where the best package
is worth more than 1 all points of the party are divided by 2, 5, 10, 20 …
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Final

from zopa.formats.exporting import (
    Export,
    KnownParty,
    ending,
    known_parties,
    steps_down,
    told_factor,
    told_shift,
    told_unknown,
    writable,
)
from zopa.formats.model import Sheet, SheetIssue
from zopa.formats.naming import file_names
from zopa.formats.numbers import decimal, has_decimal

_LITTLE: Final = Fraction(1, 100)  # weights as people round them pass 1 by less
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ESCAPES: Final = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
}  # fmt: skip


def genius_files(sheet: Sheet) -> Export:
    """Return the GENIUS files of a sheet and what they cannot hold.

    Raises
    ------
    FormatError
        When there is no issue, or no party whose points are all known.
    """
    lost: list[str] = []
    parties = [_fitted(sheet, party, lost) for party in known_parties(sheet, "GENIUS", lost)]
    integers = [_as_integer(issue, number, parties) for number, issue in enumerate(sheet.issues)]
    for issue, integer in zip(sheet.issues, integers, strict=True):
        if issue.numbers is not None and not integer:
            lost.append(
                f"{issue.name} is written as a list of options: GENIUS knows whole numbers one by one, on a straight line"
            )
    domain, *names = file_names([sheet.title, *(party.name for party in parties)], ".xml")
    title = writable(sheet.title, lost)
    opening = f'<utility_space number_of_issues="{len(sheet.issues)}">'
    space = [opening, *_tree(sheet, title, integers, None, lost), "</utility_space>"]
    files = {domain: _file(["<negotiation_template>", *space, "</negotiation_template>"])}
    for name, party in zip(names, parties, strict=True):
        lines = ["<utility_space>", *_tree(sheet, title, integers, party, lost), '<discount_factor value="1.0"/>']
        if party.no_deal is None:
            lost.append(told_unknown(party.name, "GENIUS reads a profile without one as 0"))
        else:
            lines.append(f'<reservation value="{decimal(party.no_deal)}"/>')
        files[name] = _file([*lines, "</utility_space>"])
    return Export(files, tuple(dict.fromkeys(lost)))


def _fitted(sheet: Sheet, party: KnownParty, lost: list[str]) -> KnownParty:
    """Return a party whose points GENIUS can hold: exact decimals, a best package of at most 1, no issue below 0."""
    shifts = [-min(row) if max(row) <= 0 and min(row) < 0 else Fraction(0) for row in party.points]
    for issue, shift in zip(sheet.issues, shifts, strict=True):
        if shift:
            told = told_shift(party.name, issue.name, shift)
            lost.append(f"{told}, because GENIUS reads an issue without a positive point as 0")
    moved = party.changed(Fraction(1), shifts)
    numbers = [max(row) for row in moved.points] + ([] if moved.no_deal is None else [moved.no_deal])
    whole = Fraction(ending(numbers))
    factor = whole
    if moved.best() * whole > 1 + _LITTLE:
        factor = next(one for one in steps_down(whole) if moved.best() * one <= 1)
    if factor != 1:
        why = "GENIUS cuts packages at 1" if moved.best() > 1 else "so that its decimals end"
        lost.append(told_factor(party.name, factor, why))
    if moved.best() * factor > 1:
        lost.append(f"packages of {party.name} above 1 are written as they are; GENIUS itself counts them as 1")
    if party.no_deal_package is not None:
        lost.append(f"the no-deal value of {party.name} is the worth of a package; its points are written")
    return moved.changed(factor, [Fraction(0)] * len(shifts))


def _as_integer(issue: SheetIssue, number: int, parties: list[KnownParty]) -> bool:
    """Return whether an issue can be an integer issue: whole numbers one after another, straight lines, ends 0 to 1."""
    values = issue.numbers
    if values is None or len(values) < 2 or any(str(value) != name for value, name in zip(values, issue.options, strict=True)):
        return False
    if any(value != values[0] + place or value.denominator != 1 for place, value in enumerate(values)):
        return False
    return all(_line(party.points[number]) is not None for party in parties)


def _line(row: tuple[Fraction, ...]) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return weight, slope and offset of points on a straight line, where they end as decimals; else None."""
    weight = max(row)
    if weight < 0 or min(row) < 0 or not has_decimal(weight):
        return None
    slope = row[1] - row[0]
    if any(second - first != slope for first, second in pairwise(row)):
        return None
    if weight == 0:
        return Fraction(0), Fraction(0), Fraction(0)
    found = weight, slope / weight, row[0] / weight
    return found if all(has_decimal(one) for one in found) else None


def _tree(sheet: Sheet, title: str, integers: list[bool], party: KnownParty | None, lost: list[str]) -> list[str]:
    lines = [f'<objective index="0" name="{_escaped(title)}" description="" type="objective" etype="objective">']
    weights = []
    for number, (issue, integer) in enumerate(zip(sheet.issues, integers, strict=True)):
        name = _escaped(writable(issue.name, lost))
        kind = "integer" if integer else "discrete"
        opening = f'<issue index="{number + 1}" name="{name}" type="{kind}" etype="{kind}" vtype="{kind}"'
        row = None if party is None else party.points[number]
        if row is not None:
            weights.append(f'<weight index="{number + 1}" value="{decimal(max(row))}"/>')
        if integer:
            lines.append(f'{opening} lowerbound="{issue.options[0]}" upperbound="{issue.options[-1]}">')
            line = None if row is None else _line(row)
            if line is not None:
                lines.append(f'<evaluator ftype="linear" slope="{decimal(line[1])}" offset="{decimal(line[2])}"/>')
        else:
            lines.append(f"{opening}>")
            evaluations = [""] * len(issue.options) if row is None else [f' evaluation="{one}"' for one in _evaluations(row)]
            for at, (option, evaluation) in enumerate(zip(issue.options, evaluations, strict=True), 1):
                lines.append(f'<item index="{at}" value="{_escaped(writable(option, lost))}"{evaluation}/>')
        lines.append("</issue>")
    return [*lines, *weights, "</objective>"]


def _evaluations(row: tuple[Fraction, ...]) -> list[int]:
    """Return whole numbers in the proportion of points."""
    unit = lcm(*(one.denominator for one in row))
    whole = [int(one * unit) for one in row]
    return whole if any(whole) else [1] * len(row)  # their weight is 0; GENIUS should not meet an issue of zeros


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(one, one) for one in text)


def _file(lines: list[str]) -> bytes:
    return (_HEAD + "\n".join(lines) + "\n").encode("utf-8")
