"""Numbers as people write them in score sheets: decimal commas, separators of thousands, percent signs, "n/a".

A text such as ``1,234`` is a thousand in one country and little more than one in another.  Which of them a file means is
decided by its other numbers, never by a guess; where nothing decides, the number is refused in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from zopa.formats.numbers import NotANumber, exact, shortened
from zopa.formats.score_sheet_grid import Cell

_UNKNOWN: Final = frozenset(
    "n/a|na|n.a.|#n/a|nan|none|null|unknown|?|??|-|–|—|…|...|tbd|k.a.|not known|not applicable".split("|")
)
_GROUPED: Final = r"[0-9]{1,3}(?:%s[0-9]{3})+"
_BLANKS: Final = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f'’](?=[0-9]{3}(?![0-9]))")
_DATE: Final = re.compile(r"\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{2}|\d{4}-\d{2}-\d{2}(?: 00:00:00)?")


@dataclass(frozen=True, slots=True)
class Notation:
    """How a file writes its numbers, as far as they show it.

    Attributes
    ----------
    comma : bool
        True when some number can only have a decimal comma.
    point : bool
        True when some number can only have a decimal point.
    """

    comma: bool
    point: bool


def notation_of(cells: Iterable[Cell]) -> Notation:
    """Return how the texts among some cells write numbers; texts that are none do not count."""
    comma = point = False
    for cell in cells:
        if cell.kind != "text":
            continue
        plain = _plain(cell.text)
        if re.fullmatch(r"[-+]?[0-9.,]+(?:[eE][-+]?[0-9]+)?", plain) is None:
            continue
        digits = re.split("[eE]", plain.lstrip("+-"))[0]
        if "," in digits and "." in digits:
            comma = comma or digits.rindex(",") > digits.rindex(".")
            point = point or digits.rindex(".") > digits.rindex(",")
        elif digits.count(",") > 1:
            point = True
        elif digits.count(".") > 1:
            comma = True
        elif "," in digits:
            comma = comma or not _could_be_thousands(digits, ",")
        elif "." in digits:
            point = point or not _could_be_thousands(digits, ".")
    return Notation(comma, point)


def _could_be_thousands(digits: str, sign: str) -> bool:
    return re.fullmatch(_GROUPED % re.escape(sign), digits) is not None and not digits.startswith("0")


def _plain(text: str) -> str:
    """Return a text without percent sign, guarding apostrophe, blanks between thousands, and with a plain minus."""
    plain = text.strip().replace("\u2212", "-").removeprefix("'").removesuffix("%").strip()
    return _BLANKS.sub("", plain)


def is_unknown(cell: Cell) -> bool:
    """Return whether a cell says that no number is known: it is empty, or holds "n/a" or a dash."""
    return not cell.text or (cell.kind in {"text", "error"} and " ".join(cell.text.casefold().split()) in _UNKNOWN)


def looks_like_date(text: str) -> bool:
    """Return whether a text is what a spreadsheet makes of "1-2" when it takes it for a date."""
    return _DATE.fullmatch(text) is not None


def has_percent(cell: Cell) -> bool:
    """Return whether a number carries a percent sign."""
    return cell.kind == "percent" or (cell.kind == "text" and cell.text.endswith("%"))


def number_in(cell: Cell, notation: Notation) -> Fraction:
    """Return the number that a cell shows; 25% counts as 25.

    Parameters
    ----------
    cell : Cell
        A cell that is not :func:`is_unknown`.
    notation : Notation
        How the file writes numbers.

    Raises
    ------
    NotANumber
        For anything else, in words.
    """
    if cell.kind in {"number", "percent"}:
        return exact(cell.text.removesuffix("%"))
    if cell.kind == "date":
        raise NotANumber(f"a date stands here ({shortened(cell.text)}); spreadsheets make dates of entries such as 1-2")
    if cell.kind == "formula":
        raise NotANumber(f"the result of the formula {shortened(cell.text)} is not stored in the file")
    if cell.kind == "error":
        raise NotANumber(f"the spreadsheet shows the error {shortened(cell.text)}")
    if cell.kind == "flag":
        raise NotANumber(f"{shortened(cell.text)} is not a number")
    return _of_text(cell.text, notation)


def _of_text(text: str, notation: Notation) -> Fraction:
    plain = _plain(text)
    head, *power = re.split("(?=[eE])", plain, maxsplit=1)
    sign = head[:1] if head[:1] in {"-", "+"} else ""
    digits = head.removeprefix(sign)
    if re.fullmatch("[0-9.,]*[0-9][0-9.,]*", digits) is None:
        raise NotANumber(f"“{shortened(text.strip())}” is not a number")
    for decimal, thousand in ((".", ","), (",", ".")):
        if thousand in digits and decimal in digits and digits.rindex(decimal) > digits.rindex(thousand):
            return _joined(text, sign, digits, decimal, thousand, power)
    for one, other in ((",", "."), (".", ",")):
        if digits.count(one) > 1:
            return _joined(text, sign, digits, other, one, power)
    if "," in digits:
        return _one_comma(text, sign, digits, power, notation)
    if notation.comma and _could_be_thousands(digits, "."):
        if notation.point:
            raise NotANumber(_unclear(text, digits))
        return _joined(text, sign, digits, ",", ".", power)
    return exact(sign + digits + "".join(power))


def _one_comma(text: str, sign: str, digits: str, power: list[str], notation: Notation) -> Fraction:
    """Return a number with a single comma and no point: a decimal comma unless thousands are possible and meant."""
    if not _could_be_thousands(digits, ","):
        return _joined(text, sign, digits, ",", ".", power)
    if notation.comma == notation.point:
        raise NotANumber(_unclear(text, digits))
    return _joined(text, sign, digits, *((",", ".") if notation.comma else (".", ",")), power)


def _unclear(text: str, digits: str) -> str:
    whole = re.sub("[.,]", "", digits)
    return f"“{shortened(text.strip())}” can mean {whole} or {digits.replace(',', '.')}, and the file does not show which"


def _joined(text: str, sign: str, digits: str, decimal: str, thousand: str, power: list[str]) -> Fraction:
    whole, _, behind = digits.partition(decimal)
    if thousand in whole and re.fullmatch(_GROUPED % re.escape(thousand), whole) is None:
        raise NotANumber(f"“{shortened(text.strip())}” is not a number")
    if thousand in behind or decimal in behind:
        raise NotANumber(f"“{shortened(text.strip())}” is not a number")
    return exact(f"{sign}{whole.replace(thousand, '')}.{behind}{''.join(power)}")
