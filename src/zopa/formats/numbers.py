"""Numbers as files of other programs write them: exact fractions in, exact decimals out.

A decimal such as ``0.28812635027374`` or ``5.5E-17`` is read as the fraction it writes, never as the nearest
double.  What no case could hold (`NaN`, `1e999`, digits of other scripts) is refused in words.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

MAX_EXPONENT: Final = 60
MAX_DIGITS: Final = 100
_NUMBER: Final = re.compile(r"([-+]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([-+]?[0-9]{1,9}))?\Z")


class NotANumber(ValueError):
    """A text that is no number a case can hold; the message says what is wrong with it, for a sentence."""


def exact(text: str) -> Fraction:
    """Return the number that a text writes, as an exact fraction.

    Parameters
    ----------
    text : str
        Digits with an optional sign, point and power of ten; blanks around it do not count.

    Raises
    ------
    NotANumber
        For anything else, and for numbers with more than 100 digits or a power of ten beyond 60.
    """
    plain = text.strip()
    if not plain:
        raise NotANumber("no number stands here")
    match = _NUMBER.match(plain)
    if match is None:
        raise NotANumber(f"“{shortened(plain)}” is not a number")
    sign, whole, decimals, bare, exponent = match.groups()
    behind = decimals or bare or ""
    digits = (whole or "") + behind
    power = int(exponent or 0)
    if len(digits) > MAX_DIGITS or abs(power) > MAX_EXPONENT:
        raise NotANumber(f"“{shortened(plain)}” has too many digits")
    value = Fraction(int(digits)) * Fraction(10) ** (power - len(behind))
    return -value if sign == "-" else value


def whole_number(text: str) -> int:
    """Return the whole number that a text writes.

    Raises
    ------
    NotANumber
        For anything else.
    """
    value = exact(text)
    if value.denominator != 1:
        raise NotANumber(f"“{shortened(text.strip())}” is not a whole number")
    return int(value)


def shortened(text: str, most: int = 40) -> str:
    """Return the beginning of a text from a file, as a message may show it."""
    plain = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def odd_part(number: int) -> int:
    """Return a positive whole number without its factors 2 and 5."""
    for prime in (2, 5):
        while number % prime == 0:
            number //= prime
    return number


def has_decimal(value: Fraction) -> bool:
    """Return whether a number can be written as a decimal that ends."""
    return odd_part(value.denominator) == 1


def decimal(value: Fraction) -> str:
    """Return a number as the decimal that it is exactly.

    Raises
    ------
    ValueError
        For a number whose decimals never end, such as 1/3.
    """
    if not has_decimal(value):
        raise ValueError(f"{value} has decimals that never end")
    places = 0
    while 10**places % value.denominator:
        places += 1
    scaled = abs(value.numerator) * (10**places // value.denominator)
    digits = str(scaled).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 else text
