"""Sheets drawn at random, GENIUS files built by hand, and answers by brute force that share no code with the product."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from math import lcm
from pathlib import Path
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

from zopa.case import read_case
from zopa.formats import Export, FormatError, Sheet, SheetIssue, SheetParty, write_case, write_export

Rows = tuple[tuple[Fraction, ...], ...]
WILD = [
    "<b>&amp;</b>",
    "a \"quoted\" 'name'",
    "日本語",
    "é",
    "#x: [y]",
    "- *a",
    "{b: c}",
    "\U0001f600",
    "a\nb\tc",
    "yes",
    "10",
    "n/a",
    "~",
]
NAMES = st.one_of(st.sampled_from(WILD), st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)).filter(
    lambda one: bool(one.strip()) and "\ufffe" not in one and "\uffff" not in one
)
PLAIN = st.text("abcdeXYZ0123 é", min_size=1, max_size=8).filter(lambda one: one.strip() == one)


@st.composite
def sheets(draw: st.DrawFn, amounts: st.SearchStrategy[Fraction], *, no_deal: bool = True) -> Sheet:
    """Sheets of 1 to 3 parties and 1 to 4 issues of 2 to 4 options, with any names."""
    shape = draw(st.lists(st.integers(2, 4), min_size=1, max_size=4))
    names = draw(st.lists(NAMES, min_size=len(shape), max_size=len(shape), unique=True))
    issues = tuple(
        SheetIssue(name, tuple(draw(st.lists(NAMES, min_size=count, max_size=count, unique=True))))
        for name, count in zip(names, shape, strict=True)
    )
    # File systems may not tell capitals apart, so names of parties differ without them.
    parties = draw(st.lists(PLAIN, min_size=1, max_size=3, unique_by=lambda one: one.casefold()))
    made = []
    for party in sorted(parties):
        points = tuple(tuple(draw(amounts) for _ in range(count)) for count in shape)
        made.append(SheetParty(party, "", points, draw(amounts) if no_deal else None))
    return Sheet("A drawn sheet", "test", issues, tuple(made))


def decimals(least: int = 0) -> st.SearchStrategy[Fraction]:
    """Numbers with three decimals, small enough that four issues stay below 1."""
    return st.integers(least, 240).map(lambda one: Fraction(one, 1000))


def fractions() -> st.SearchStrategy[Fraction]:
    """Any small fractions, negative ones and thirds among them."""
    return st.fractions(min_value=-30, max_value=60, max_denominator=12)


def there_and_back(sheet: Sheet, write: Callable[[Sheet], Export], read: Callable[[Sequence[Path]], Sheet]) -> Sheet:
    """Return what is read from the files that a sheet is written to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "out"
        write_export(write(sheet), folder)
        return read([folder])


def same(first: Sheet, second: Sheet) -> None:
    """Hold two sheets against each other: issues, options, parties, points and no-deal values."""
    assert second.issues == first.issues
    assert [party.name for party in second.parties] == [party.name for party in first.parties]
    assert [party.points for party in second.parties] == [party.points for party in first.parties]
    assert [party.no_deal for party in second.parties] == [party.no_deal for party in first.parties]


def values(party: SheetParty) -> list[Fraction]:
    """Return what every package is worth, in the order of mixed radix."""
    rows = [[one for one in row if one is not None] for row in party.points]
    return [sum(row, Fraction(0)) for row in product(*rows)]


def bound(sheet: Sheet, party: SheetParty) -> Fraction | None:
    """Return the no-deal value of a party, that of its package where it names one."""
    if party.no_deal_package is None:
        return party.no_deal
    found = Fraction(0)
    for issue, row in zip(sheet.issues, party.points, strict=True):
        one = row[issue.options.index(party.no_deal_package[issue.name])]
        assert one is not None
        found += one
    return found


def zone(sheet: Sheet) -> set[int]:
    """Return the packages that all parties accept; a party without a no-deal value accepts everything."""
    accepted = []
    for party in sheet.parties:
        least = bound(sheet, party)
        accepted.append({at for at, one in enumerate(values(party)) if least is None or one >= least})
    return set.intersection(*accepted)


def efficient(sheet: Sheet) -> set[int]:
    """Return the packages of the zone that no other of the zone matches everywhere and exceeds somewhere."""
    columns = [values(party) for party in sheet.parties]
    vectors = {at: tuple(column[at] for column in columns) for at in zone(sheet)}

    def beaten(own: tuple[Fraction, ...]) -> bool:
        return any(other != own and all(a >= b for a, b in zip(other, own, strict=True)) for other in vectors.values())

    return {at for at, own in vectors.items() if not beaten(own)}


# GENIUS files built by hand ----------------------------------------------------------------------------------


def domain_xml(issues: Sequence[tuple[str, Sequence[str]]], title: str = "Built") -> str:
    """Return a GENIUS domain."""
    lines = [f'<negotiation_template><utility_space number_of_issues="{len(issues)}">']
    lines.append(f'<objective index="0" name={quoteattr(title)} type="objective" etype="objective" description="">')
    for index, (name, options) in enumerate(issues, 1):
        lines.append(f'<issue index="{index}" name={quoteattr(name)} type="discrete" etype="discrete" vtype="discrete">')
        lines += [f'<item index="{at}" value={quoteattr(option)} cost="0"/>' for at, option in enumerate(options, 1)]
        lines.append("</issue>")
    return "\n".join([*lines, "</objective></utility_space></negotiation_template>"])


def profile_xml(
    issues: Sequence[tuple[str, Sequence[str]]],
    evaluations: Sequence[Sequence[str]],
    weights: Sequence[str],
    tail: str = "",
) -> str:
    """Return a GENIUS profile from evaluations and weights as written."""
    lines = ['<utility_space><objective index="0" name="any" type="objective" etype="objective" description="">']
    for index, ((name, options), row) in enumerate(zip(issues, evaluations, strict=True), 1):
        lines.append(f'<issue index="{index}" name={quoteattr(name)} type="discrete" etype="discrete">')
        pairs = enumerate(zip(options, row, strict=True), 1)
        lines += [f'<item index="{at}" value={quoteattr(option)} evaluation="{one}"/>' for at, (option, one) in pairs]
        lines.append("</issue>")
    lines += [f'<weight index="{index}" value="{weight}"/>' for index, weight in enumerate(weights, 1)]
    return "\n".join([*lines, f"</objective>{tail}</utility_space>"])


def write_genius(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write XML files and return them in the order given."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def proportions(row: Sequence[Fraction]) -> list[str]:
    """Return whole numbers in the proportion of points, as text."""
    unit = lcm(*(one.denominator for one in row))
    return [str(one * unit) for one in row]


def ended(value: Fraction) -> str:
    """Return a number as a decimal that ends."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return f"{int(value * 10**places)}e-{places}"


def mutated(data: bytes, seed: int) -> bytes:
    """Return a file after a few random wounds: bytes changed, cut out or doubled; for odd seeds, other values put in."""
    chance = random.Random(seed)
    if seed % 2:
        return _revalued(data, chance)
    wounded = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at, upto = sorted((chance.randrange(len(wounded) + 1), chance.randrange(len(wounded) + 1)))
        kind = chance.randrange(5)
        if kind == 0 and wounded:
            wounded[min(at, len(wounded) - 1)] = chance.randrange(256)
        elif kind == 1:
            del wounded[at : min(upto, at + 40)]
        elif kind == 2:
            wounded[at:at] = wounded[at : min(upto, at + 60)]
        elif kind == 3:
            wounded[at:at] = chance.choice(
                [b"<", b">", b'"', b"&x;", b"1e999", b"NaN", b"\xff", b"\0", b"- ", b"{", b"]", b"!", b"*a"]
            )
        else:
            digits = [place for place, one in enumerate(wounded) if 48 <= one <= 57]
            if digits:
                wounded[chance.choice(digits)] = chance.choice(b"0123456789.-eE,_x")
    return bytes(wounded)


def _revalued(data: bytes, chance: random.Random) -> bytes:
    """Return a file in which up to three values between quotation marks, or numbers, are others."""
    strange = [
        "",
        "0",
        "-1",
        "1e40",
        "1e999",
        "NaN",
        "٣",
        "null",
        "red",
        "2",
        "10001",
        "0.333",
        "integer",
        "real",
        "x" * 300,
        "\U0001f600",
    ]
    for _ in range(chance.randint(1, 3)):
        found = list(re.finditer(rb'"[^"]*"|-?[0-9]+(?:\.[0-9]+)?|\b[a-zA-Z]+\b', data))
        if not found:
            break
        at = chance.choice(found)
        other = chance.choice(strange).encode()
        mark = b'"' if at.group().startswith(b'"') else b""
        data = data[: at.start()] + mark + other + mark + data[at.end() :]
    return data


def fractions_of(*rows: Sequence[int | str | Fraction | None]) -> tuple[tuple[Fraction | None, ...], ...]:
    """Return rows of points from plain numbers."""
    return tuple(tuple(None if one is None else Fraction(one) for one in row) for row in rows)


def told_in_words(error: FormatError) -> bool:
    """Return whether every fault says what is wrong and how to mend it."""
    return bool(error.faults) and all(one.what and one.remedy for one in error.faults)


def taken_or_refused(read: Callable[[Sequence[Path]], Sheet], paths: Sequence[Path]) -> Sheet | None:
    """Return what is read, or None where it is refused in words; anything else is an error of the reader."""
    try:
        return read(paths)
    except FormatError as error:
        if not told_in_words(error):
            raise
        return None


def case_or_refused(sheet: Sheet | None, folder: Path) -> None:
    """Write what was read as a case, and hold that the case has no faults; a case may also be refused in words."""
    if sheet is None:
        return
    try:
        write_case(sheet, folder, as_of=date(2025, 1, 1))
    except FormatError as error:
        if not told_in_words(error):
            raise
        return
    assert read_case(folder).case is not None
