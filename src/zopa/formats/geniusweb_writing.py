"""A sheet as GeniusWeb files: a domain and a profile for each party.

In GeniusWeb the weights of a profile add up to exactly 1 and utilities lie between 0 and 1.  Where the largest
points of the issues do, they are the weights.  Otherwise every weight is a power of one half, so that all numbers
stay decimals that end, and the utilities are smaller; the worth of every package keeps its proportion exactly.
"""

from __future__ import annotations

import json
from fractions import Fraction
from math import lcm

from zopa.formats.exporting import (
    Export,
    KnownParty,
    decimal_or_fraction,
    ending,
    known_parties,
    steps_down,
    told_factor,
    told_shift,
    told_unknown,
    writable,
)
from zopa.formats.model import Sheet
from zopa.formats.naming import distinct, file_names
from zopa.formats.numbers import decimal, has_decimal

MAX_SUMS = 200_000


def geniusweb_files(sheet: Sheet) -> Export:
    """Return the GeniusWeb files of a sheet and what they cannot hold.

    Raises
    ------
    FormatError
        When there is no issue, or no party whose points are all known.
    """
    lost: list[str] = []
    parties = known_parties(sheet, "GeniusWeb", lost)
    names = distinct([writable(issue.name, lost) for issue in sheet.issues])
    options = [distinct([writable(option, lost) for option in issue.options]) for issue in sheet.issues]
    if [issue.name for issue in sheet.issues] != names:
        lost.append("issues with the same name have a number behind it")
    domain, *files = file_names([sheet.title, *(party.name for party in parties)], ".json")
    values = [f'{_text(name)}: {{"values": [{", ".join(map(_text, row))}]}}' for name, row in zip(names, options, strict=True)]
    about = f'{{"name": {_text(writable(sheet.title, lost))}, "issuesValues": {{{", ".join(values)}}}}}'
    made = {domain: _file(about)}
    for file, party in zip(files, parties, strict=True):
        made[file] = _file(_profile(sheet, party, about, names, options, lost))
    return Export(made, tuple(dict.fromkeys(lost)))


def _profile(sheet: Sheet, party: KnownParty, about: str, names: list[str], options: list[list[str]], lost: list[str]) -> str:
    shifts = [-min(Fraction(0), *row) for row in party.points]
    for issue, shift in zip(sheet.issues, shifts, strict=True):
        if shift:
            lost.append(f"{told_shift(party.name, issue.name, shift)}, because GeniusWeb has no utility below 0")
    moved = party.changed(Fraction(1), shifts)
    factor, weights = _weights(moved)
    if factor != 1:
        lost.append(told_factor(party.name, factor, "in GeniusWeb the weights add up to 1"))
    if any(weight != factor * max(row) for weight, row in zip(weights, moved.points, strict=True)):
        lost.append(f"the weights of {party.name} are powers of one half: only so are all its utilities exact decimals")
    scaled = moved.changed(factor, [Fraction(0)] * len(shifts))
    given = ", ".join(f"{_text(name)}: {decimal(weight)}" for name, weight in zip(names, weights, strict=True))
    tables = []
    for name, labels, row, weight in zip(names, options, scaled.points, weights, strict=True):
        shares = [value / weight if weight else value for value in row]
        pairs = ", ".join(f"{_text(label)}: {decimal(share)}" for label, share in zip(labels, shares, strict=True))
        tables.append(f'{_text(name)}: {{"discreteutils": {{"valueUtilities": {{{pairs}}}}}}}')
    package = _package(sheet, party, lost)
    bid = ", ".join(f"{_text(names[at])}: {_text(options[at][place])}" for at, place in enumerate(package or ()))
    inner = [
        f'"name": {_text(writable(party.name, lost))}',
        f'"domain": {about}',
        f'"issueWeights": {{{given}}}',
        f'"issueUtilities": {{{", ".join(tables)}}}',
        *([f'"reservationBid": {{"issuevalues": {{{bid}}}}}'] if package is not None else []),
    ]
    return '{"LinearAdditiveUtilitySpace": {\n ' + ",\n ".join(inner) + "}}"


def _weights(party: KnownParty) -> tuple[Fraction, list[Fraction]]:
    """Return a factor for all points, and weights that add up to 1, for which all utilities end as decimals."""
    largest = [max(row) for row in party.points]
    best = sum(largest, Fraction(0))
    if best > 0:
        weights = [one / best for one in largest]
        shares = [value / top for row, top in zip(party.points, largest, strict=True) if top for value in row]
        if all(map(has_decimal, (*weights, *shares))):
            return 1 / best, weights
    weights = _halves(len(largest))
    factor = Fraction(ending(value for row in party.points for value in row))
    pairs = list(zip(largest, weights, strict=True))
    return next(one for one in steps_down(factor) if all(top * one <= weight for top, weight in pairs)), weights


def _halves(count: int) -> list[Fraction]:
    """Return powers of one half that add up to 1, as alike as can be."""
    depth = (count - 1).bit_length()
    early = 2**depth - count
    return [Fraction(2, 2**depth)] * early + [Fraction(1, 2**depth)] * (count - early)


def _package(sheet: Sheet, party: KnownParty, lost: list[str]) -> list[int] | None:
    """Return the package that stands for the no-deal value, by option places; None where there is none.

    A package worth exactly as much says the same.  Where there is none, the least package worth more is accepted
    and refused alike.
    """
    if party.no_deal_package is not None:
        return [issue.options.index(party.no_deal_package[issue.name]) for issue in sheet.issues]
    if party.no_deal is None:
        lost.append(told_unknown(party.name, "the profile has no reservation bid"))
        return None
    unit = lcm(party.no_deal.denominator, *(one.denominator for row in party.points for one in row))
    whole = [[int(one * unit) for one in row] for row in party.points]
    sums: dict[int, int] = {0: 0}
    for line in whole:
        grown: dict[int, int] = {}
        for total, code in sums.items():
            for place, value in enumerate(line):
                grown.setdefault(total + value, code * len(line) + place)
            if len(grown) > MAX_SUMS:
                lost.append(f"the no-deal value of {party.name} is left out: no package worth as much was found among very many")
                return None
        sums = grown
    least = party.no_deal * unit
    enough = min((total for total in sums if total >= least), default=None)
    if enough is None:
        lost.append(f"the no-deal value of {party.name} is left out: no package is worth so much, and GeniusWeb names a package")
        return None
    if enough != least:
        given, next_one = decimal_or_fraction(party.no_deal), decimal_or_fraction(Fraction(enough, unit))
        lost.append(
            f"the no-deal value of {party.name} ({given}) is written as the least package worth more ({next_one}): "
            "it accepts the same packages, but gains are counted from there"
        )
    code, places = sums[enough], []
    for row in reversed(party.points):
        code, place = divmod(code, len(row))
        places.append(place)
    return places[::-1]


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _file(text: str) -> bytes:
    # Put together by hand, because numbers must keep all their digits.
    return (text + "\n").encode("utf-8")
