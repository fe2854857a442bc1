"""Words and numbers for people: short decimals, shares, names, and text that cannot do harm."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from zopa.case import (
    AfterSignature,
    And,
    Case,
    Compare,
    Condition,
    Flag,
    If,
    Iff,
    InTop,
    Not,
    OnDate,
    Or,
    Period,
    Recurring,
    RedLine,
    option_of,
)
from zopa.settlement import ConflictItem
from zopa.space import PackageSpace

_NO_BREAK: Final = "\u00a0"
_OPS: Final = {"=": "is", "!=": "is not", "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"}
CONCEPT_NAMES: Final = {
    "nash": "Nash",
    "asymmetric_nash": "Weighted Nash",
    "kalai_smorodinsky": "Kalai-Smorodinsky",
    "kalai_smorodinsky_global": "Kalai-Smorodinsky (all packages)",
    "egalitarian": "Egalitarian",
    "leximin": "Leximin",
    "utilitarian": "Utilitarian",
    "relative_welfare": "Relative welfare",
}
CONCEPT_SAYS: Final = {
    "nash": "the largest product of the gains over no deal",
    "asymmetric_nash": "the largest product of the gains over no deal, where a party with more influence counts for more",
    "kalai_smorodinsky": "everybody gets the same part, as nearly as possible, of the most they could gain",
    "kalai_smorodinsky_global": (
        "everybody gets the same part, as nearly as possible, of the most they could gain if nobody else had to agree"
    ),
    "egalitarian": "the smallest gain is as large as possible",
    "leximin": "the smallest gain is as large as possible, then the second smallest, and so on",
    "utilitarian": "the largest sum of points",
    "relative_welfare": "the largest sum when every party's gain is counted as a part of the most it could gain",
}


def short(value: Fraction | None, digits: int = 2) -> str:
    """Return a number for reading: whole, or rounded to some digits; a dash when it is missing.

    Below 1 it has three digits at least: on a scale from 0 to 1 fewer would make different points look alike.
    """
    if value is None:
        return "–"
    if value.denominator == 1:
        return f"{value.numerator}"
    if abs(value) < 1:
        digits = max(digits, 3)
    return f"{float(value):.{digits}f}".rstrip("0").rstrip(".")


def needed(value: Fraction | None, digits: int = 1) -> str:
    """Return an amount that is needed, rounded up so that what is printed is enough; never 0 when something is needed."""
    if value is None:
        return "–"
    while True:
        whole = -(-value.numerator * 10**digits // value.denominator)
        # Below 1 two digits that count are kept: 0.00123 is 0.0013.
        if value <= 0 or value >= 1 or whole >= 10:
            return short(Fraction(whole, 10**digits), digits)
        digits += 1


def signed(value: Fraction | None) -> str:
    """Return a gain with its sign; a number that rounds to nothing keeps saying on which side it is."""
    if value is None:
        return "?"
    shown = short(value, 1)
    if value > 0:
        return f"+{shown}" if shown != "0" else "+0.0"
    return shown.replace("-", "−") if value < 0 and shown not in {"0", "-0"} else ("−0.0" if value < 0 else "0")


def ties_words(packages: int, outcomes: int) -> str:
    """Return how many packages are tied, and in how many outcomes where there is more than one."""
    return thousands(packages) if outcomes == 1 else f"{thousands(packages)} ({thousands(outcomes)} outcomes)"


def percent(part: int | float, whole: int | float = 1) -> str:
    """Return a share in per cent; never 0 or 100 when it is not exactly so."""
    if whole == 0:
        return "–"
    share = 100 * part / whole
    if share in {0, 100}:
        return f"{share:.0f}{_NO_BREAK}%"
    if share < 1:
        return f"below 1{_NO_BREAK}%"
    if share > 99:
        return f"above 99{_NO_BREAK}%"
    return f"{share:.0f}{_NO_BREAK}%"


def percent_range(lowest: float, highest: float) -> str:
    """Return two shares as a range, or one when they read the same."""
    low, high = percent(lowest), percent(highest)
    if low == high:
        return low
    if low[0].isdigit() and high[0].isdigit():
        return f"{low[:-2]} to {high}"
    return f"{low} to {high}"


def thousands(number: int) -> str:
    """Return a count with thin spaces."""
    return f"{number:,}".replace(",", "\u202f")


def party_name(case: Case, party: str | None) -> str:
    """Return the name of a party or principal."""
    if party is None:
        return "nobody named"
    base, _, principal = party.partition(".")
    if base not in case.parties:
        return {"narrator": "the narrator", "anonymous": "an anonymous source", "unnamed": "somebody unnamed"}.get(base, base)
    known = case.parties[base]
    person = next((one.name for one in known.principals if one.id == principal), "")
    return f"{known.name} ({person})" if person else known.name


def party_row(case: Case, party: str) -> dict[str, Any]:
    """Return a party as pages show it: id, name, and its place in the case, which gives colour and shape."""
    return {"id": party, "name": case.parties[party].name, "place": list(case.parties).index(party)}


def issue_name(case: Case, issue: str) -> str:
    """Return the name of an issue or assumption."""
    if issue in case.issues:
        return case.issues[issue].name
    if issue in case.assumptions:
        return case.assumptions[issue].name
    return case.gates[issue].name if issue in case.gates else issue


def option_name(case: Case, issue: str, option: str) -> str:
    """Return the name of an option with its unit."""
    known = case.issues.get(issue)
    found = None if known is None else option_of(known, option)
    if known is None or found is None:
        return option.replace("_", " ")
    name = next(one.name for one in known.options if one.id == found)
    return f"{name} {known.unit}" if known.unit and known.scale == "numeric" else name


def condition_words(case: Case, condition: Condition) -> str:
    """Return a condition as a sentence fragment with the names of issues and options."""
    said = _labelled(case, condition)
    if said is not None:
        return said
    if isinstance(condition, Compare):
        values = " or ".join(f"“{option_name(case, condition.name, value)}”" for value in condition.values)
        return f"{issue_name(case, condition.name)} {_OPS[condition.op]} {values}"
    if isinstance(condition, Flag):
        return issue_name(case, condition.name)
    if isinstance(condition, InTop):
        return f"{issue_name(case, condition.name)} is among the first {condition.count}"
    if isinstance(condition, Not):
        if isinstance(condition.of, Compare) and condition.of.op in {"=", "!="}:
            turned = Compare(condition.of.name, "!=" if condition.of.op == "=" else "=", condition.of.values)
            return condition_words(case, turned)
        return f"not: {condition_words(case, condition.of)}"
    if isinstance(condition, And):
        return " and ".join(_inner(case, item) for item in condition.items)
    if isinstance(condition, Or):
        return " or ".join(_inner(case, item) for item in condition.items)
    if isinstance(condition, If):
        return f"{_inner(case, condition.then)}, wherever {_inner(case, condition.when)}"
    assert isinstance(condition, Iff)
    return f"{_inner(case, condition.left)} exactly when {_inner(case, condition.right)}"


def _labelled(case: Case, condition: Condition) -> str | None:
    """Return what an author wrote for readers about the value of an assumption, where a condition asks for it."""
    words: tuple[str, ...]
    if isinstance(condition, Flag):
        name, words = condition.name, ("yes",)
    elif isinstance(condition, Not) and isinstance(condition.of, Flag):
        name, words = condition.of.name, ("no",)
    elif isinstance(condition, Compare) and condition.op == "=":
        name, words = condition.name, condition.values
    else:
        return None
    base, _, party = name.partition(".")
    assumption = case.assumptions.get(base)
    labels = [assumption.labels.get(word) for word in words] if assumption is not None else [None]
    known = [label for label in labels if label is not None]
    owner = f"{case.parties[party].name}: " if party in case.parties else ""
    return owner + " or ".join(known) if len(known) == len(labels) else None


def _inner(case: Case, condition: Condition) -> str:
    shown = condition_words(case, condition)
    return f"({shown})" if isinstance(condition, And | Or | If | Iff) else shown


def timing_words(timing: OnDate | AfterSignature | Recurring | None) -> str:
    """Return when a dated gate opens."""
    if isinstance(timing, OnDate):
        return f"on {timing.date}"
    if isinstance(timing, Recurring):
        return f"on {timing.date} and every {period_words(timing.period)}"
    return f"{period_words(timing.period)} after signature" if timing is not None else "not dated"


def period_words(period: Period) -> str:
    """Return a length of time in words."""
    parts = [(period.years, "year"), (period.months, "month"), (period.days, "day")]
    return " and ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts if number) or "no time"


def reading_label(case: Case, reading: dict[str, str] | object) -> str:
    """Return a reading in words, key by key."""
    assert isinstance(reading, dict)
    parts = []
    for key, word in reading.items():
        base, _, party = key.partition(".")
        known = case.assumptions.get(base)
        label = known.labels.get(word) if known is not None else None
        owner = f"{case.parties[party].name}: " if party in case.parties else ""
        parts.append(f"{owner}{label}" if label else f"{owner}{issue_name(case, base)}: {word}")
    return "; ".join(parts)


def red_line_words(case: Case, line: RedLine) -> str:
    """Return what a red line says, in words."""
    if line.requires is not None:
        return f"requires: {condition_words(case, line.requires)}"
    return f"refuses: {condition_words(case, line.refuses)}"


def red_line(case: Case, name: str) -> RedLine:
    """Return the red line with an id."""
    return next(line for one in case.preferences.values() for line in one.red_lines if line.id == name)


def conflict_words(case: Case, item: ConflictItem) -> str:
    """Return what one item of a conflict says, in words."""
    if item.kind in {"rule", "hard_rule"}:
        return condition_words(case, case.rules[item.id].condition)
    if item.kind == "date":
        return f"not to be had on that day: {case.levers[item.id].name}"
    if item.kind in {"not_pulled", "pulled"}:
        why = "not to be had unless this lever is pulled" if item.kind == "not_pulled" else "ruled out by this lever"
        return f"{why}: {case.levers[item.id].name}"
    if item.kind == "deal":
        if case.deal is None:
            return "what is in force is no agreement"
        return f"an agreement needs: {condition_words(case, case.deal)}"
    if item.kind == "red_line":
        return f"{party_name(case, item.party)} {red_line_words(case, red_line(case, item.id))}"
    return f"{party_name(case, item.party)} accepts nothing worth less to it than no deal"


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return two readings without the words they share."""
    keys = [key for key in one if one[key] != other[key]]
    return {key: one[key] for key in keys}, {key: other[key] for key in keys}


def package_words(case: Case, space: PackageSpace, index: int, *, only: frozenset[str] | None = None) -> str:
    """Return a package in words, issue by issue."""
    options = space.options(index)
    return "; ".join(
        f"{issue_name(case, issue)}: {option_name(case, issue, option)}"
        for issue, option in options.items()
        if only is None or issue in only
    )


def package_short(case: Case, space: PackageSpace, index: int) -> str:
    """Return the options of a package alone, in the order of the issues."""
    return " / ".join(option_name(case, issue, option) for issue, option in space.options(index).items())
