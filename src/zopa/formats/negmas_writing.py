"""A sheet as a NegMAS scenario folder: an outcome space and a utility function for each party, in YAML.

NegMAS adds weight times the value of a table; every weight is 1 and the tables hold the points, so that nothing
is rounded.
"""

from __future__ import annotations

import json
from fractions import Fraction

from zopa.formats.exporting import Export, KnownParty, ending, known_parties, steps_down, told_factor, told_unknown, writable
from zopa.formats.model import Sheet, SheetIssue
from zopa.formats.naming import distinct, file_names
from zopa.formats.numbers import decimal

_LARGE = 1000


def negmas_files(sheet: Sheet) -> Export:
    """Return the NegMAS files of a sheet and what they cannot hold.

    Raises
    ------
    FormatError
        When there is no issue, or no party whose points are all known.
    """
    lost: list[str] = []
    parties = [_fitted(party, lost) for party in known_parties(sheet, "NegMAS", lost)]
    names = distinct([writable(issue.name, lost) for issue in sheet.issues])
    if [issue.name for issue in sheet.issues] != names:
        lost.append("issues with the same name have a number behind it")
    domain, *files = file_names([sheet.title, *(party.name for party in parties)], ".yml")
    lines = ["type: DiscreteCartesianOutcomeSpace", f"name: {_text(sheet.title, lost)}", "issues:"]
    for name, issue in zip(names, sheet.issues, strict=True):
        lines += [f"- name: {_text(name, lost)}", *_values(issue, lost)]
    made = {domain: _file(lines)}
    for file, party in zip(files, parties, strict=True):
        made[file] = _file(_function(sheet, party, lost))
    return Export(made, tuple(dict.fromkeys(lost)))


def _fitted(party: KnownParty, lost: list[str]) -> KnownParty:
    """Return a party all of whose numbers end as decimals."""
    numbers = [value for row in party.points for value in row] + ([] if party.no_deal is None else [party.no_deal])
    factor = Fraction(ending(numbers))
    if factor == 1:
        return party
    if factor > _LARGE:  # numbers that NegMAS, in doubles, can still tell apart
        factor = next(one for one in steps_down(factor) if one <= 1)
    lost.append(told_factor(party.name, factor, "so that its decimals end"))
    return party.changed(factor, [Fraction(0)] * len(party.points))


def _contiguous(issue: SheetIssue) -> tuple[int, int, int] | None:
    """Return low, high and step of an issue of whole numbers in even steps; else None."""
    numbers = issue.numbers
    if numbers is None or len(numbers) < 2 or any(one.denominator != 1 for one in numbers):
        return None
    whole = [int(one) for one in numbers]
    step = whole[1] - whole[0]
    if step < 1 or whole != list(range(whole[0], whole[-1] + 1, step)) or [str(one) for one in whole] != list(issue.options):
        return None
    return whole[0], whole[-1], step


def _values(issue: SheetIssue, lost: list[str]) -> list[str]:
    ends = _contiguous(issue)
    if ends is not None:
        low, high, step = ends
        more = [f"  - {step}"] if step != 1 else []
        return ["  type: ContiguousIssue", "  values:", f"  - {low}", f"  - {high}", *more]
    if issue.numbers is not None:
        lost.append(f"{issue.name} is written as a list of options: NegMAS knows whole numbers in even steps only")
    return ["  type: CategoricalIssue", "  values:", *(f"  - {_text(option, lost)}" for option in issue.options)]


def _function(sheet: Sheet, party: KnownParty, lost: list[str]) -> list[str]:
    lines = ["type: LinearAdditiveUtilityFunction", f"name: {_text(party.name, lost)}", "weights:"]
    lines += ["- 1.0"] * len(sheet.issues)
    lines.append("values:")
    for issue, row in zip(sheet.issues, party.points, strict=True):
        keys = issue.options if _contiguous(issue) is not None else [_text(option, lost) for option in issue.options]
        lines += ["- type: TableFun", "  mapping:"]
        lines += [f"    {key}: {_number(value)}" for key, value in zip(keys, row, strict=True)]
    if party.no_deal_package is not None:
        lines.append("reserved_outcome:")
        for issue in sheet.issues:
            option = party.no_deal_package[issue.name]
            lines.append(f"- {option if _contiguous(issue) is not None else _text(option, lost)}")
    elif party.no_deal is None:
        lost.append(told_unknown(party.name, "NegMAS then takes minus infinity"))
        lines.append("reserved_value: -.inf")
    else:
        lines.append(f"reserved_value: {_number(party.no_deal)}")
    return lines


def _number(value: Fraction) -> str:
    """Return a number as YAML reads it as one with a point."""
    text = decimal(value)
    return text if "." in text else f"{text}.0"


def _text(text: str, lost: list[str]) -> str:
    """Return a text in double quotation marks, as YAML reads it."""
    written = json.dumps(writable(text, lost), ensure_ascii=False)
    return "".join(
        one if one.isprintable() else f"\\u{ord(one):04x}" if ord(one) < 0x10000 else f"\\U{ord(one):08x}" for one in written
    )


def _file(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8")
