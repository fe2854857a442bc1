"""Amounts: numbers, ranges, alternatives, and sums over named assumptions.

``40``, ``40..60`` (uniform), ``20..40..60`` (triangular), ``0 | 0..10`` (alternatives), ``100 - A2``
(linked), ``up | down`` (words), ``unknown``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from zopa.case.notation.errors import NotationError
from zopa.case.notation.lexer import MAX_DIGITS, Cursor

_NUMBER: Final = re.compile(r"\s*([-+]?)\s*(\d+)(\.\d+)?(?:\s*/\s*(\d+))?\s*\Z")
_HOW: Final = "Write a number such as 40, 0.5 or 1/3, a range 20..40, or alternatives 0 | 20..40."


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number."""

    value: Fraction
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an assumption, or a word; whoever reads the amount decides which."""

    id: str
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class Negative:
    """An amount with the sign turned."""

    of: Amount
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two amounts joined by one of ``+ - * /``."""

    op: str
    left: Amount
    right: Amount
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class Range:
    """Any number from low to high, all alike (uniform)."""

    low: Fraction
    high: Fraction
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class Triangular:
    """Any number from low to high, likeliest at the mode (triangular)."""

    low: Fraction
    mode: Fraction
    high: Fraction
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is known."""

    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One of several amounts."""

    items: tuple[Amount, ...]
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)


Amount = Number | Name | Negative | Binary | Range | Triangular | Unknown | Alternatives


def parse_number(text: str) -> Fraction:
    """Return an exact number: ``12``, ``0.5``, ``-1/3``.

    Raises
    ------
    NotationError
        For anything else.
    """
    match = _NUMBER.match(text)
    if match is None:
        Cursor(text)  # common slips get their own message
        raise NotationError(f"{text.strip()[:40]} is not a number", 0, len(text), "Write a number such as 12, 0.5 or -1/3.")
    sign, whole, decimals, divisor = match.groups()
    if max(len(part or "") for part in (whole, decimals, divisor)) > MAX_DIGITS:
        raise NotationError("the number has too many digits", 0, len(text), f"Write at most {MAX_DIGITS} digits.")
    if divisor is not None and int(divisor) == 0:
        raise NotationError("division by zero", 0, len(text), "Write a divisor other than 0.")
    number = Fraction(whole + (decimals or ""))
    if divisor is not None:
        number /= int(divisor)
    return -number if sign == "-" else number


def parse_amount(text: str) -> Amount:
    """Return the amount a text holds.

    Raises
    ------
    NotationError
        With the place and a remedy.
    """
    cursor = Cursor(text)
    items = [_range(cursor)]
    while cursor.take("|"):
        items.append(_range(cursor))
    cursor.finish(_HOW)
    return items[0] if len(items) == 1 else Alternatives(tuple(items), 0, len(text))


def _range(cursor: Cursor) -> Amount:
    start = cursor.here.start
    first = _part(cursor)
    if not cursor.take(".."):
        return first
    ends = [_end(first), _end(_part(cursor))]
    if cursor.take(".."):
        ends.append(_end(_part(cursor)))
    stop = cursor.tokens[cursor.position - 1].end
    return Range(ends[0], ends[1], start, stop) if len(ends) == 2 else Triangular(ends[0], ends[1], ends[2], start, stop)


def _part(cursor: Cursor) -> Amount:
    """Return a sum that is not the difference of two plain numbers: `30-50` is meant as a range."""
    first = cursor.position
    amount = _sum(cursor)
    read = cursor.tokens[first : cursor.position]
    if [token.text if token.kind == "sign" else token.kind for token in read] == ["number", "-", "number"]:
        low, high = read[0].text, read[2].text
        result = format_number(Fraction(low) - Fraction(high))
        raise NotationError(
            f"{low} - {high} is a subtraction of two numbers",
            read[0].start,
            read[2].end,
            f"Did you mean {low}..{high}? A difference is written as its result, {result}, or in brackets: ({low} - {high}).",
        )
    return amount


def _end(amount: Amount) -> Fraction:
    if not isinstance(amount, Number):
        start, end = amount.start, amount.end
        raise NotationError(
            "the ends of a range must be numbers", start, end, "Write plain numbers, or name the range in `assumptions`."
        )
    return amount.value


def _sum(cursor: Cursor) -> Amount:
    left = _product(cursor)
    while token := cursor.take("+", "-"):
        left = _binary(token.text, left, _product(cursor))
    return left


def _product(cursor: Cursor) -> Amount:
    left = _signed(cursor)
    while token := cursor.take("*", "/"):
        left = _binary(token.text, left, _signed(cursor))
    return left


def _binary(op: str, left: Amount, right: Amount) -> Amount:
    start, end = left.start, right.end
    if op == "/" and isinstance(right, Number) and right.value == 0:
        raise NotationError("division by zero", right.start, right.end, "Write a divisor other than 0.")
    for part in (left, right):
        if isinstance(part, Unknown):
            raise NotationError("unknown cannot be reckoned with", part.start, part.end, "Write unknown alone.")
    if isinstance(left, Number) and isinstance(right, Number):
        value = _folded(op, left.value, right.value)
        if max(abs(value.numerator), value.denominator) >= 10**MAX_DIGITS:
            raise NotationError("the number is too large or too fine", start, end, "Write a shorter calculation.")
        return Number(value, start, end)
    return Binary(op, left, right, start, end)


def _folded(op: str, left: Fraction, right: Fraction) -> Fraction:
    if op == "/":
        return left / right
    return {"+": left + right, "-": left - right, "*": left * right}[op]


def _signed(cursor: Cursor) -> Amount:
    cursor.deeper()
    try:
        if token := cursor.take("-"):
            inner = _signed(cursor)
            if isinstance(inner, Unknown):
                raise NotationError("unknown cannot be reckoned with", inner.start, inner.end, "Write unknown alone.")
            if isinstance(inner, Number):
                return Number(-inner.value, token.start, inner.end)
            return Negative(inner, token.start, inner.end)
        cursor.take("+")
        if opening := cursor.take("("):
            inner = _sum(cursor)
            closing = cursor.expect(")", "Close every bracket.")
            del opening, closing
            return inner
        token = cursor.here
        if token.kind == "number":
            cursor.next()
            return Number(Fraction(token.text), token.start, token.end)
        if token.kind == "name":
            cursor.next()
            return Unknown(token.start, token.end) if token.text == "unknown" else Name(token.text, token.start, token.end)
        raise cursor.unexpected(_HOW)
    finally:
        cursor.shallower()


def names_in_amount(amount: Amount) -> tuple[Name, ...]:
    """Return the names in an amount, from left to right."""
    if isinstance(amount, Name):
        return (amount,)
    if isinstance(amount, Negative):
        return names_in_amount(amount.of)
    if isinstance(amount, Binary):
        return names_in_amount(amount.left) + names_in_amount(amount.right)
    if isinstance(amount, Alternatives):
        return tuple(name for item in amount.items for name in names_in_amount(item))
    return ()


def format_number(number: Fraction) -> str:
    """Return a number as text: a decimal where that is exact, else a fraction."""
    denominator, digits = number.denominator, 0
    while denominator % 10 == 0:
        denominator //= 10
        digits += 1
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    digits += max(twos, fives)
    if denominator != 1 or digits > MAX_DIGITS:
        return f"{number.numerator}/{number.denominator}"
    if digits == 0:
        return str(number.numerator)
    scaled = abs(number.numerator) * 10**digits // number.denominator
    shown = str(scaled).rjust(digits + 1, "0")
    return f"{'-' if number < 0 else ''}{shown[:-digits]}.{shown[-digits:]}"


def format_amount(amount: Amount) -> str:
    """Return an amount in the notation; reading it gives the same amount again."""
    return _format(amount, 0)


_LEVEL: Final = {"+": 1, "-": 1, "*": 2, "/": 2}


def _format(amount: Amount, level: int) -> str:
    if isinstance(amount, Number):
        shown = format_number(amount.value)
        return f"({shown})" if level and (amount.value < 0 or "/" in shown) else shown
    if isinstance(amount, Name):
        return amount.id
    if isinstance(amount, Range):
        return f"{format_number(amount.low)}..{format_number(amount.high)}"
    if isinstance(amount, Triangular):
        return f"{format_number(amount.low)}..{format_number(amount.mode)}..{format_number(amount.high)}"
    if isinstance(amount, Unknown):
        return "unknown"
    if isinstance(amount, Alternatives):
        return " | ".join(_format(item, 0) for item in amount.items)
    if isinstance(amount, Negative):
        shown = f"-{_format(amount.of, 3)}"
        return f"({shown})" if level else shown
    own = _LEVEL[amount.op]
    shown = f"{_format(amount.left, own)} {amount.op} {_format(amount.right, own + 1)}"
    return f"({shown})" if own < level else shown
