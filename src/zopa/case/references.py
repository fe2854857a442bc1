"""Checks of what amounts and conditions refer to, run once every block has been read."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from zopa.case.faults import did_you_mean
from zopa.case.model import Issue
from zopa.case.names import with_article
from zopa.case.notation import (
    Alternatives,
    Amount,
    And,
    Binary,
    Compare,
    Condition,
    Flag,
    If,
    Iff,
    InTop,
    Name,
    Negative,
    Not,
    NotationError,
    Number,
    Or,
    Range,
    Triangular,
    Unknown,
    format_amount,
    names_in_amount,
    parse_number,
)

if TYPE_CHECKING:
    from zopa.case.nodes import Scalar
    from zopa.case.reader import Reader

YES_NO = frozenset({"yes", "no"})
Interval = tuple[Fraction, Fraction]


def leaves(condition: Condition) -> list[Compare | Flag | InTop]:
    """Return the elementary parts of a condition, from left to right."""
    if isinstance(condition, Not):
        return leaves(condition.of)
    if isinstance(condition, And | Or):
        return [leaf for item in condition.items for leaf in leaves(item)]
    if isinstance(condition, If):
        return leaves(condition.then) + leaves(condition.when)
    if isinstance(condition, Iff):
        return leaves(condition.left) + leaves(condition.right)
    return [condition]


def mentioned(condition: Condition) -> frozenset[str]:
    """Return the names a condition refers to, principals and parties cut off."""
    return frozenset(leaf.name.partition(".")[0] for leaf in leaves(condition))


def check_condition(reader: Reader, node: Scalar, condition: Condition, what: str, kinds: tuple[str, ...]) -> None:
    """Report names of a condition that refer to nothing, or to what may not stand there."""
    wanted = {"issue" if kind == "process" else kind for kind in kinds}
    for leaf in leaves(condition):
        name, _, part = leaf.name.partition(".")
        kind = reader.names.kind(name, *wanted)
        if kind not in wanted:
            known = reader.names.of_kind(*wanted)
            if kind is None and name in known_options(reader) and "issue" in wanted:
                remedy = f"{name} is an option: write ISSUE = {name}."
            else:
                remedy = did_you_mean(name, known, "names here")
            code = "ZC020" if kind is None else "ZC021"
            message = f"there is nothing called {name}" if kind is None else f"{name} is {with_article(kind)}"
            reader.fault(node, code, f"{what}: {message}", remedy, name, offset=leaf.start)
        elif isinstance(leaf, InTop):
            reader.fault(node, "ZC018", f"{what}: `in top` belongs to orders of weights", "Compare options instead.", name)
        elif kind == "issue":
            issue = reader.issues.get(name)
            if issue is not None:
                _check_issue_leaf(reader, node, leaf, issue, what, "process" in kinds)
        elif kind == "assumption":
            _check_assumption_leaf(reader, node, leaf, name, part, what)
        elif isinstance(leaf, Compare):
            reader.fault(
                node,
                "ZC021",
                f"{what}: the {kind} {name} has no values to compare",
                f"Write {name} alone.",
                name,
                offset=leaf.start,
            )
        elif kind == "party" and part and part not in reader.principals.get(name, ()) and name in reader.names.kinds:
            reader.fault(
                node,
                "ZC020",
                f"{what}: {name} has no principal called {part}",
                did_you_mean(part, reader.principals.get(name, ()), "principals"),
                leaf.name,
                offset=leaf.start,
            )
    if "gate" in wanted:
        _check_no_negated_gate(reader, node, condition, what)


def known_options(reader: Reader) -> frozenset[str]:
    """Return the ids of all options of all issues."""
    return frozenset(option for issue in reader.issues.values() for option in issue.option_ids())


def _check_issue_leaf(reader: Reader, node: Scalar, leaf: Compare | Flag, issue: Issue, what: str, process_allowed: bool) -> None:
    if issue.process and not process_allowed:
        reader.fault(
            node,
            "ZC021",
            f"{what}: {issue.id} is a process issue and no part of packages",
            "Use gates for steps of the process.",
            issue.id,
            offset=leaf.start,
        )
    if issue.id in reader.vague:
        return
    if isinstance(leaf, Flag):
        if issue.scale != "yesno":
            reader.fault(
                node,
                "ZC021",
                f"{what}: {issue.id} is not a yes/no issue",
                f"Compare it, for example {issue.id} = {next(iter(issue.option_ids()), '1')}.",
                issue.id,
                offset=leaf.start,
            )
        return
    if leaf.op not in {"=", "!="} and not issue.ordered:
        reader.fault(
            node,
            "ZC023",
            f"{what}: the options of {issue.id} have no order, so {leaf.op} says nothing",
            f"Give {issue.id} `scale: ordered`, or list the options: {issue.id} = a|b.",
            issue.id,
            offset=leaf.start,
        )
    for value in leaf.values:
        if issue.scale == "numeric" and not issue.options:
            continue
        if option_of(issue, value) is None:
            reader.fault(
                node,
                "ZC022",
                f"{what}: {issue.id} has no option {value}",
                did_you_mean(value, issue.option_ids(), "options"),
                value,
                offset=node.text.find(value, leaf.start),
            )


def option_of(issue: Issue, value: str) -> str | None:
    """Return the id of the option a written value means (numbers by value: 2.0 is 2), or None."""
    ids = issue.option_ids()
    if value in ids:
        return value
    if issue.scale != "numeric":
        return None
    try:
        number = parse_number(value)
    except NotationError:
        return None
    return next((option.id for option in issue.options if option.at == number), None)


def _check_assumption_leaf(reader: Reader, node: Scalar, leaf: Compare | Flag, name: str, part: str, what: str) -> None:
    assumption = reader.assumptions.get(name)
    if assumption is None or name in reader.vague:
        return
    if part and part not in assumption.per_parties:
        reader.fault(
            node,
            "ZC020",
            f"{what}: {name} has no value for {part}",
            did_you_mean(part, assumption.per_parties, "parties of it"),
            leaf.name,
            offset=leaf.start,
        )
    if assumption.amount is None:
        reader.fault(node, "ZC046", f"{what}: {name} is a reason without a value", "Give it `value:`.", name, offset=leaf.start)
    elif isinstance(leaf, Flag):
        if set(assumption.words) - YES_NO or not assumption.words:
            reader.fault(
                node,
                "ZC046",
                f"{what}: {name} is not a yes/no assumption",
                f"Compare it, for example {name} = {assumption.words[0] if assumption.words else '1'}.",
                name,
                offset=leaf.start,
            )
    elif assumption.words:
        if leaf.op not in {"=", "!="}:
            reader.fault(node, "ZC023", f"{what}: the words of {name} have no order", "Use = or !=.", name, offset=leaf.start)
        for value in leaf.values:
            if value not in assumption.words:
                reader.fault(
                    node,
                    "ZC022",
                    f"{what}: {name} is never {value}",
                    did_you_mean(value, assumption.words, "words of it"),
                    value,
                    offset=node.text.find(value, leaf.start),
                )
    else:
        for value in leaf.values:
            try:
                parse_number(value)
            except NotationError:
                reader.fault(
                    node,
                    "ZC046",
                    f"{what}: {name} is a number and cannot be {value}",
                    "Write a number.",
                    value,
                    offset=leaf.start,
                )


def _check_no_negated_gate(reader: Reader, node: Scalar, condition: Condition, what: str) -> None:
    def walk(part: Condition, negated: bool) -> None:
        if isinstance(part, Flag):
            if negated and reader.names.is_a(part.name, "gate"):
                reader.fault(
                    node,
                    "ZC021",
                    f"{what}: `not` cannot stand before the gate {part.name}",
                    "A gate only opens; say what must be open.",
                    part.name,
                    offset=part.start,
                )
        elif isinstance(part, Not):
            walk(part.of, True)
        elif isinstance(part, And | Or):
            for item in part.items:
                walk(item, negated)
        elif isinstance(part, If):
            walk(part.then, negated)
            walk(part.when, True)
        elif isinstance(part, Iff):
            walk(part.left, True)
            walk(part.right, True)

    walk(condition, False)


def check_amount(
    reader: Reader,
    node: Scalar,
    amount: Amount,
    what: str,
    *,
    words: tuple[str, ...],
    low: int | None,
    high: int | None,
    party: str | None,
    chance: tuple[Fraction, ...] | None,
) -> None:
    """Report references, ranges, words and bounds of an amount that are wrong."""
    before = len(reader.faults)
    count = len(amount.items) if isinstance(amount, Alternatives) else 1
    if chance is not None and len(chance) != count:
        reader.fault(
            node, "ZC043", f"{what} has {count} alternatives but {len(chance)} chances", "Give each alternative a chance."
        )
    if words:
        _check_words(reader, node, amount, what, words, party)
        return
    check_ranges(reader, node, amount, what)
    for name in names_in_amount(amount):
        _check_numeric_name(reader, node, name, what, party)
    if len(reader.faults) == before:
        check_divisors(reader, node, amount, what)
    if len(reader.faults) > before or (low is None and high is None):
        return
    found = bounds(amount, lambda name: assumption_bounds(reader, name))
    if found is None:
        return
    smallest, largest = found
    if (low is not None and smallest < low) or (high is not None and largest > high):
        if low is not None and high is not None:
            must = f"lie from {low} to {high}"
        else:
            must = f"not be below {low}" if low is not None else f"not be above {high}"
        reader.fault(node, "ZC045", f"{what} must {must}", f"It reaches from {smallest} to {largest}: narrow it.")


def check_ranges(reader: Reader, node: Scalar, amount: Amount, what: str) -> None:
    """Report ranges whose ends stand in the wrong order."""
    for item in amount.items if isinstance(amount, Alternatives) else (amount,):
        if isinstance(item, Range) and item.low > item.high:
            remedy = f"Write {item.high}..{item.low}."
        elif isinstance(item, Triangular) and not item.low <= item.mode <= item.high:
            ends = sorted((item.low, item.mode, item.high))
            remedy = f"Write {ends[0]}..{ends[1]}..{ends[2]}: lowest, likeliest, highest."
        else:
            continue
        reader.fault(
            node, "ZC040", f"{what} has a range that is upside down", remedy, node.text[item.start : item.end], offset=item.start
        )


def check_divisors(reader: Reader, node: Scalar, amount: Amount, what: str) -> None:
    """Report divisors that can be 0."""
    if isinstance(amount, Alternatives):
        for item in amount.items:
            check_divisors(reader, node, item, what)
    elif isinstance(amount, Negative):
        check_divisors(reader, node, amount.of, what)
    elif isinstance(amount, Binary):
        check_divisors(reader, node, amount.left, what)
        check_divisors(reader, node, amount.right, what)
        ends = bounds(amount.right, lambda name: assumption_bounds(reader, name)) if amount.op == "/" else None
        if ends is not None and ends[0] <= 0 <= ends[1]:
            divisor = format_amount(amount.right)
            reach = "is 0" if ends[0] == ends[1] else f"can be 0: it reaches from {ends[0]} to {ends[1]}"
            remedy = "Divide by something that stays above 0."
            reader.fault(node, "ZC059", f"{what}: the divisor {divisor} {reach}", remedy, offset=amount.right.start)


def _check_numeric_name(reader: Reader, node: Scalar, name: Name, what: str, party: str | None) -> None:
    base, _, part = name.id.partition(".")
    assumption = reader.assumptions.get(base)
    if assumption is None:
        kind = reader.names.kind(base, "assumption")
        if kind == "assumption":
            return  # it is there but could not be read; that has its own fault
        code = "ZC020" if kind is None else "ZC021"
        message = (
            f"there is no assumption called {base}" if kind is None else f"{base} is {with_article(kind)}, not an assumption"
        )
        known = reader.names.of_kind("assumption")
        reader.fault(node, code, f"{what}: {message}", did_you_mean(base, known, "assumptions"), name.id, offset=name.start)
        return
    if base in reader.vague:
        return
    if assumption.amount is None or assumption.words:
        why = "is a reason without a value" if assumption.amount is None else "has words, not numbers"
        reader.fault(
            node, "ZC046", f"{what}: {base} {why}", "Refer to an assumption that has a number.", name.id, offset=name.start
        )
        return
    _check_per_party(reader, node, name, base, part, what, party)


def _check_per_party(reader: Reader, node: Scalar, name: Name, base: str, part: str, what: str, party: str | None) -> None:
    parties = reader.assumptions[base].per_parties
    whose = part or party
    if parties and whose not in parties:
        message = f"{base} has a value for each of {', '.join(parties)}" + (f", not for {whose}" if whose else "")
        reader.fault(node, "ZC020", f"{what}: {message}", f"Write for example {base}.{parties[0]}.", name.id, offset=name.start)
    elif part and not parties:
        reader.fault(node, "ZC020", f"{what}: {base} is one for all parties", f"Write {base}.", name.id, offset=name.start)


def _check_words(reader: Reader, node: Scalar, amount: Amount, what: str, words: tuple[str, ...], party: str | None) -> None:
    for item in amount.items if isinstance(amount, Alternatives) else (amount,):
        if isinstance(item, Unknown):
            continue
        if not isinstance(item, Name):
            reader.fault(
                node, "ZC046", f"{what} takes words, not numbers", f"Write one of: {', '.join(words)}.", offset=item_start(item)
            )
            continue
        if item.id in words:
            continue
        base, _, part = item.id.partition(".")
        assumption = reader.assumptions.get(base)
        if assumption is None:
            if not reader.names.is_a(base, "assumption"):
                known = [*words, *reader.names.of_kind("assumption")]
                remedy = did_you_mean(item.id, known, "words and assumptions here")
                reader.fault(node, "ZC016", f"{what} cannot be {item.id}", remedy, item.id, offset=item.start)
        elif base in reader.vague:
            continue
        elif assumption.amount is None or set(assumption.words) - set(words) or not assumption.words:
            reader.fault(
                node,
                "ZC046",
                f"{what}: {base} does not hold one of {', '.join(words)}",
                f"Refer to an assumption such as `value: {' | '.join(words[:2])}`.",
                item.id,
                offset=item.start,
            )
        else:
            _check_per_party(reader, node, item, base, part, what, party)


def item_start(amount: Amount) -> int:
    """Return where an amount starts in its text."""
    return int(getattr(amount, "start", 0))


def assumption_bounds(reader: Reader, name: str, seen: frozenset[str] = frozenset()) -> Interval | None:
    """Return the smallest and largest value of an assumption; None when unknown or circular."""
    base = name.partition(".")[0]
    assumption = reader.assumptions.get(base)
    if assumption is None or assumption.amount is None or assumption.words or base in seen:
        return None
    # Kept for each assumption: a long chain of names that use each other twice would take for ever otherwise.  Circles
    # are a fault of their own, so that what is kept never hangs on where the look-up began.
    if base not in reader.ends:
        reader.ends[base] = bounds(assumption.amount, lambda inner: assumption_bounds(reader, inner, seen | {base}))
    return reader.ends[base]


def bounds(amount: Amount, lookup: object) -> Interval | None:
    """Return the smallest and largest value an amount can take, by interval arithmetic.

    ``lookup`` gives the bounds of a named assumption, or None.  The result is None when a part is
    unknown or a divisor may be zero.
    """
    assert callable(lookup)
    if isinstance(amount, Number):
        return amount.value, amount.value
    if isinstance(amount, Range):
        return min(amount.low, amount.high), max(amount.low, amount.high)
    if isinstance(amount, Triangular):
        ends = (amount.low, amount.mode, amount.high)
        return min(ends), max(ends)
    if isinstance(amount, Name):
        found = lookup(amount.id)
        return found if found is None else (Fraction(found[0]), Fraction(found[1]))
    if isinstance(amount, Negative):
        inner = bounds(amount.of, lookup)
        return None if inner is None else (-inner[1], -inner[0])
    if isinstance(amount, Alternatives):
        parts = [bounds(item, lookup) for item in amount.items]
        known = [part for part in parts if part is not None]
        if len(known) != len(parts):
            return None
        return min(part[0] for part in known), max(part[1] for part in known)
    if isinstance(amount, Binary):
        left, right = bounds(amount.left, lookup), bounds(amount.right, lookup)
        return None if left is None or right is None else _combine(amount.op, left, right)
    return None


def _combine(op: str, left: Interval, right: Interval) -> Interval | None:
    if op == "+":
        return left[0] + right[0], left[1] + right[1]
    if op == "-":
        return left[0] - right[1], left[1] - right[0]
    if op == "/":
        if right[0] <= 0 <= right[1]:
            return None
        right = (1 / right[1], 1 / right[0])
    products = [a * b for a in left for b in right]
    return min(products), max(products)


def is_quantified(reader: Reader, basis_id: str) -> bool:
    """Return whether a basis names a quantity: a table, a declared quantity, or a digit in the quotation."""
    if basis_id not in reader.names.kinds or not reader.names.is_a(basis_id, "statement"):
        return True
    quote = reader.quotes.get(basis_id, "")
    return bool(re.search(r"\d", quote)) or basis_id in reader.quantified
