"""Quantities of a text with their bounds, by rules: (bound) (currency) number (scale) (unit) (per unit).

A text is cut into words, numbers and signs once, and read from left to right; each token is looked at a fixed
number of times, so that the time grows with the length of the text whatever it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from zopa.reading.articles import Span
from zopa.reading.governing import denial
from zopa.reading.measures import COUNTED, SAME_IN_PLURAL, UNITS, UNITS_OF_TIME, singular
from zopa.reading.numerals import ANY_NUMBER, DASHES, HYPHENS, ONES, Numeral, Numerals
from zopa.reading.statements import Amount, Bound

_SIGNS: Final = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH", "₩": "KRW", "₪": "ILS", "₺": "TRY",
}  # fmt: skip
_DOLLARS: Final = {
    "us": "USD", "a": "AUD", "c": "CAD", "hk": "HKD", "nz": "NZD", "s": "SGD", "american": "USD", "australian": "AUD",
    "canadian": "CAD", "singapore": "SGD",
}  # fmt: skip
_CODES: Final = frozenset(
    "USD EUR GBP JPY CNY CHF RUB UAH INR CAD AUD NZD SEK NOK DKK PLN CZK HUF TRY ILS KRW BRL MXN ZAR SAR AED EGP IRR".split()
)
_MONEY: Final = {
    "dollar": "USD", "euro": "EUR", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "ruble": "RUB", "rouble": "RUB",
    "hryvnia": "UAH", "rupee": "INR", "shekel": "ILS", "zloty": "PLN",
}  # fmt: skip

_NO_PLURAL: Final = frozenset(
    "was is has does says means was this its his hers ours theirs us as plus minus versus always perhaps besides is yes "
    "thus remains includes begins starts ends comes goes gives takes makes wants needs allows shows sees gets lets puts "
    "across towards afterwards upwards downwards less unless others needless sometimes nevertheless overseas".split()
)


def _bounds(low: str, high: str, near: str) -> dict[str, Bound]:
    kinds: tuple[tuple[Bound, str], ...] = (("min", low), ("max", high), ("approx", near))
    return {words: bound for bound, table in kinds for words in re.split(r"\s*\|", table)}


# Bound words before and behind a number; a sign is a word of its own.
_BEFORE: Final = _bounds(
    """at least|no fewer than|no less than|not less than|not fewer than|more than|over|just over|well over|above|exceed
    |exceeds|exceeding|a minimum of|minimum of|greater than|longer than|upwards of|in excess of|no shorter than""",
    """up to|no more than|not more than|never more than|no longer than|no greater than|no higher than|at most|at the most
    |within|less than|fewer than|under|just under|below|as much as|as many as|as long as|a maximum of|maximum of|not exceed
    |not exceeding|not to exceed|cannot exceed|capped at|a ceiling of|a cap of|limited to""",
    "about|nearly|around|roughly|some|almost|approximately|circa|close to|an estimated|estimated|in the region of|~|≈",
)
_AFTER: Final = _bounds(
    "or more|or longer|or above|or over|and above|and over|or higher|at least|at a minimum|+",
    "or less|or fewer|or below|or under|and under|or lower|at most|at the most",
    "or so",
)
_LONGEST: Final = 4  # words in a bound
# Bounds that a negation before them turns round: "would not settle for less than 31 percent" is at least that.
_COMPARISONS: Final = frozenset(
    {"more than", "greater than", "longer than", "over", "just over", "well over", "above", "in excess of"}
    | {"less than", "fewer than", "under", "just under", "below"}
)
_OPPOSITE: Final[dict[Bound, Bound]] = {"min": "max", "max": "min"}
# Words behind which "over" and a length of time is more than that length, not in the course of it.
_LASTING: Final = frozenset(
    "last lasts lasted lasting take takes took taken taking spend spends spent spending wait waits waited waiting need needs "
    "needed require requires required serve serves served live lived stay stays stayed remain remains remained exceed is are "
    "was were be been being for of to from by with than at and or after within until till a an the term terms sentence "
    "sentences contract contracts lease leases delay delays period periods duration tenure absence absences total totals "
    "totalled cost costs".split()
)
_ENDURING: Final = frozenset("last lasted stay stayed remain remained survive survived hold held run".split())
_LIFE: Final = 120  # years; nobody is older
_SUBJECTS: Final = frozenset("the a an its it their they his he her she our we you i this these those".split())
# With a bare number or a mere plural these are prepositions of place and topic.
_MEASURED_ONLY: Final = frozenset({"within", "under", "below", "above"})
_ABOUT_A_TOPIC: Final = frozenset({"about", "over"})
_TOPICS: Final = frozenset(
    "talk talks talked talking dispute disputes war clash clashes row concern concerns concerned worry worries worried spoke "
    "speak ask asked complain complained know think debate question questions doubt doubts conflict fight control".split()
)
_LABELS: Final = frozenset(
    "article articles clause clauses section sections chapter page pages paragraph paragraphs resolution resolutions number no "
    "nos phase level room route line item rule protocol version grade category band stage step title annex appendix lot block "
    "zone tier flight channel gate floor age ages aged art sec para pp figure table act".split()
)
_MONTHS: Final = frozenset(
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept "
    "Oct Nov Dec".split()
)
_YEAR_AFTER: Final = frozenset(
    "in since by until till from during early late mid before after year of and to through the".split()
)
_FUNCTION_WORDS: Final = frozenset(
    "the a an in at of with by for from to and or but only another these those their its his her our all some about nearly "
    "almost over under between within around roughly than least most up if when while where that which after before until "
    "since on as not no more less every each both either is are was were just approximately us usd eur gbp against "
    "into per".split()
)
_CLOSED_GROUP: Final = frozenset("the these those all both their its his her our your my".split())
_CHANGES: Final = frozenset(
    "raise raised raises raising rise rises rose risen rising cut cuts cutting increase increased increases increasing reduce "
    "reduced reduces reducing fall falls fell fallen drop drops dropped lower lowered grow grew grown extend extended go "
    "went move moved".split()
)


@dataclass(frozen=True)
class _Quantity:
    """One number with what belongs to it; ``first`` and ``last`` are tokens, the last one excluded."""

    first: int
    last: int
    base: Fraction
    scale: int
    unit: str | None
    bound: Bound | None = None
    measured: bool = False  # currency, percent or a unit of measure: a number that can hardly be anything else
    sure: bool = False  # currency or percent
    spelt: bool = False
    hyphen: bool = False

    @property
    def value(self) -> Fraction:
        return self.base * self.scale


def amounts(text: str, start: int = 0, end: int | None = None) -> tuple[Amount, ...]:
    """Return the quantities of a text, in order, never overlapping.

    Dates, years, times of day, ordinals, ages of persons and numbers in names ("Article 5") are no quantities, nor are "one",
    "both" or small bare number words. A share ("two-thirds", "a third of") comes as ``percent``, and so do percentage
    points; pounds are money with a scale or with "sterling", else mass; an attached ``m`` is a million. Metric and
    imperial units are spelt one way (``kilometre`` for "km" and "kilometers"). Of a range the lower number is a ``min``
    and the upper a ``max``, unless it tells of a change ("rose from 10 to 20 percent"). A negation in the same clause
    turns the bound of a comparison behind it ("cannot pay more than 4" is a ``max``); "over" and a length of time behind
    words of doing is no bound ("phased in over 18 months").

    Parameters
    ----------
    text : str
        The stored text; all spans count its code points.
    start, end : int
        The part to read, such as one sentence.

    Returns
    -------
    tuple of Amount
        Values are whole numbers where the words give one.
    """
    stop = len(text) if end is None else end
    if ANY_NUMBER.search(text, start, stop) is None:
        return ()  # most sentences
    return _Reader(text, start, stop).read()


class _Reader(Numerals):
    """Reads the quantities of one part of a text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        super().__init__(text, start, end)
        self.floor = 0  # tokens before it are taken

    def read(self) -> tuple[Amount, ...]:
        found: list[Amount] = []
        at = 0
        while at < len(self.tokens):
            quantity = self._quantity(at)
            if quantity is None:
                at += 1
                continue
            kept = self._range(quantity) or (quantity,)
            if len(kept) == 1 and not self._counts(quantity):
                at = quantity.last
                continue
            found.extend(self._amount(one) for one in kept)
            at = self.floor = kept[-1].last
        return tuple(found)

    def _amount(self, quantity: _Quantity) -> Amount:
        span = Span(self.tokens[quantity.first].start, self.tokens[quantity.last - 1].end)
        value = quantity.value
        number = value.numerator if value.denominator == 1 else float(value)
        return Amount(span.of(self.text), span, number, quantity.unit, quantity.bound)

    def _opens(self, at: int) -> bool:
        """Return whether a token is the first of a sentence or quotation."""
        return at == 0 or self.word(at - 1) in {".", "!", "?", "“", '"', ":", "‘", "("}

    def _currency_before(self, at: int) -> tuple[str | None, int]:
        """Return the currency that ends right before a token, and where it starts."""
        sign = self.word(at - 1)
        if sign in _SIGNS and at - 1 >= self.floor:
            prefix = self.low(at - 2)
            if sign == "$" and prefix in _DOLLARS and self.glued(at - 1) and at - 2 >= self.floor:
                return _DOLLARS[prefix], at - 2
            return _SIGNS[sign], at - 1
        if sign in _CODES and at - 1 >= self.floor:
            return sign, at - 1
        return None, at

    def _currency_after(self, at: int, scaled: bool) -> tuple[str | None, int]:
        text, low = self.word(at), self.low(at)
        if text in _SIGNS or text in _CODES:
            return _SIGNS.get(text, text), at + 1
        if text == "U" and [self.word(at + step) for step in range(1, 4)] == [".", "S", "."]:
            return ("USD", at + 5) if self.low(at + 4) in {"dollar", "dollars"} else (None, at)
        if low in _DOLLARS and self.low(at + 1) in {"dollar", "dollars"}:
            return _DOLLARS[low], at + 2
        if low == "swiss" and self.low(at + 1) in {"franc", "francs"}:
            return "CHF", at + 2
        if low in {"pound", "pounds"} and (scaled or self.low(at + 1) == "sterling"):
            return "GBP", at + (2 if self.low(at + 1) == "sterling" else 1)
        name = low if low in _MONEY else low.removesuffix("s")
        return (_MONEY[name], at + 1) if name in _MONEY else (None, at)

    def _unit(self, at: int, number: Numeral) -> tuple[str | None, bool, int]:
        """Return the unit that starts at a token, whether it is one of measure, and where it ends."""
        hyphen = self.hyphen(at)
        here = at + 1 if hyphen else at
        low, following = self.low(here), self.low(here + 1)
        if low in {"%", "percent"}:
            return "percent", True, here + 1
        if (low == "per" and following == "cent") or (low == "percentage" and following in {"point", "points"}):
            return "percent", True, here + 2
        if low == "°":
            return "degree", True, here + (2 if following in {"c", "f"} else 1)
        currency, last = self._currency_after(here, number.scale > 1 or number.base >= 1000)
        if currency is not None:
            return currency, True, last
        if low == "metric" and following in {"ton", "tons", "tonne", "tonnes"}:
            return "tonne", True, here + 2
        pair = f"{low} {UNITS.get(following, following)}"
        if pair in UNITS:
            return UNITS[pair], True, here + 2
        if low == "m" and not self.glued(here):
            return "metre", True, here + 1
        if low in UNITS:
            return UNITS[low], low not in COUNTED, here + 1
        word = self.word(here)
        if hyphen or self.glued(here) or not (word.isalpha() and word.isascii()):
            return None, False, at
        if word.islower() and (singular(word) != word or word in SAME_IN_PLURAL) and word not in _NO_PLURAL:
            return singular(word), False, here + 1
        if following in COUNTED and low not in _FUNCTION_WORDS and not self.glued(here + 1):
            return COUNTED[following], False, here + 2  # "15 foreign soldiers"
        return None, False, at

    def _per(self, at: int, unit: str) -> tuple[str, int]:
        low = self.low(at)
        pair = UNITS.get(f"{self.low(at + 1)} {UNITS.get(self.low(at + 2), '')}")
        if low in {"per", "a", "/"} and pair is not None:
            return f"{unit} per {pair}", at + 3  # "per square foot"
        known = UNITS.get(self.low(at + 1))
        if low in {"per", "/"} and (known or self.word(at + 1).islower()) and self.low(at + 1) != "cent":
            return f"{unit} per {known or self.low(at + 1)}", at + 2
        if low in {"a", "an", "each", "every"} and known in {*UNITS_OF_TIME, "barrel", "tonne", "ton"}:
            return f"{unit} per {known}", at + 2
        return unit, at

    def _bound_before(self, at: int, number: Numeral, unit: str, measured: bool) -> tuple[int, Bound | None]:
        """Return where the bound words right before a token start, and the bound as a negation before it leaves it."""
        last = at - 1 if self.low(at - 1) == "another" else at  # "up to another 20 vessels"
        for first in range(max(last - _LONGEST, self.floor), last):
            words = " ".join(self.low(one) for one in range(first, last))
            bound = _BEFORE.get(words)
            if bound is None or (words in _MEASURED_ONLY and not measured):
                continue
            topic = words in _ABOUT_A_TOPIC and self.low(first - 1) in _TOPICS
            behind_a_sum = first == self.floor > 0  # "60 million over ten years"
            during = unit in UNITS_OF_TIME and self._during(first, number.last + 1)
            if not topic and not (words == "over" and (behind_a_sum or during)):
                return first, _OPPOSITE[bound] if words in _COMPARISONS and self._denied(first, unit) else bound
        return at, None

    def _during(self, at: int, behind: int) -> bool:
        """Return whether "over" before a length of time means in the course of it: "paid over five years".

        It is a bound behind words that ask for a length ("lasted over", "a lease of over"), before "of" ("over three
        years of talks"), and where it opens a clause without a comma or a subject behind the length.
        """
        before, last, after = self.low(at - 1), self.low(at - 2), self.low(behind)
        if after in {"of", "old", "ago", "earlier", "later", "late", "longer"}:
            return False
        if before == "in":
            return any(self.low(one).startswith(("phas", "bring", "brought")) for one in range(at - 5, at - 1))
        if before in {"us", "them", "him", "her", "me", "it", "you"}:
            return last not in _LASTING  # "took them over 18 months"
        if not before or not before[0].isalnum():
            return after == "," or after in _SUBJECTS
        return before not in _LASTING

    def _denied(self, at: int, unit: str) -> bool:
        """Return whether a negation governs the comparison that starts at a token."""
        if self.low(at - 1) in _CLOSED_GROUP:
            return False  # "did not speak of the more than 40 crews"
        place = self.tokens[at].start
        found = denial(self.text, self.tokens[0].start, place)
        # "has not met for more than two years" tells how long nothing happened, "has not lasted for" how long something did.
        absence = self.low(at - 1) in {"for", "in"} and unit in UNITS_OF_TIME and self.low(at - 2) not in _ENDURING
        return found is not None and not (absence and (found.perfect or found.past))

    def _bound_after(self, at: int) -> tuple[int, Bound | None]:
        for count in (3, 2, 1):
            bound = _AFTER.get(" ".join(self.low(one) for one in range(at, at + count)))
            if bound is not None and self.low(at + count) != "than":  # "less than 3 or more than 5"
                return at + count, bound
        return at, None

    def _quantity(self, at: int, money: str | None = None) -> _Quantity | None:
        """Return the quantity whose number starts at a token; ``money`` is the currency it inherits in a range."""
        number = self.number(at)
        if number is None or self._in_a_name(at, number):
            return None
        currency, first = self._currency_before(at)
        currency = currency or money
        minus = self.word(at - 1) in {"-", "−"} and at - 1 >= self.floor and not self.glued(at - 1)
        if first == at and minus and self.glued(at):  # a minus sign, no dash
            number, first = number._replace(base=-number.base), at - 1
        if number.share:
            unit, measured, last, bound, hyphen = "percent", True, number.last, None, False
        else:
            last, bound = self._bound_after(number.last)  # "20 or more vessels"
            hyphen = self.hyphen(last)
            if currency is not None:
                unit, measured = currency, True
            else:
                unit_found, measured, last = self._unit(last, number)
                unit = unit_found or ""
                hyphen = hyphen and last > number.last
            if unit and not (hyphen and currency is None):
                unit, last = self._per(last, unit)
        if bound is None:
            last, bound = self._bound_after(last)
        start, before = self._bound_before(first, number, unit, measured)
        if number.article and before is None and self.low(at - 1) != "over":
            return None  # "at least a year" is a length, "a year" alone tells how often
        if before is not None:
            first, bound = start, before
        if self.low(last + 1 if hyphen and self.word(last) in HYPHENS else last) == "old" and self._told_age(number, unit, bound):
            return None
        sure = measured and (currency is not None or unit.split(" per ")[0] not in UNITS or unit.startswith("percent"))
        return _Quantity(
            first, last, number.base, number.scale, unit or None, bound, measured, sure, number.spelt, hyphen and currency is None
        )

    def _in_a_name(self, at: int, number: Numeral) -> bool:
        """Return whether a number is part of a name, a date, a time of day or another code."""
        token, before, after = self.tokens[at], self.word(at - 1), self.word(number.last)
        if token.digits:
            if self.glued(number.last):
                # "5th", "5G", "2024-25", "9/11", "5:30", "1990s"; a unit, a scale or a percent sign may be attached.
                low = self.low(number.last)
                coded = after in {"/", ":", "_", "@"} and self.glued(number.last + 1) and self.tokens[number.last + 1].digits
                if coded or (after[0].isalpha() and low not in UNITS):
                    return True
            if self.glued(at) and (before in {"/", ":", "#", "№", "@", "_", "%", ".", "+"} or before[-1].isalnum()):
                return True
            if self.glued(at) and before in DASHES and self.glued(at - 1) and at - 1 > self.floor:
                return True  # F-16, COVID-19, 2025-01-10
            if before == "." and (self.low(at - 2) in _LABELS or self.word(at - 2) in _MONTHS):
                return True
        low, following = self.low(number.last), self.word(number.last + 1)
        if low in {"am", "pm"} or (low in {"o", "a", "p"} and following in {"'", "’", "."}):
            return True
        if before in _MONTHS or after in _MONTHS or (low == "of" and following in _MONTHS):
            return True
        # "one in five"
        return self.low(at - 1) in {"in", "of"} and self._is_number(at - (3 if self.low(at - 2) == "out" else 2))

    def _is_number(self, at: int) -> bool:
        low = self.low(at)
        return low in ONES or (low != "" and self.tokens[at].digits and len(low) < 3)

    def _counts(self, quantity: _Quantity) -> bool:
        """Return whether a number is a quantity at all, by what stands around it."""
        at = quantity.first
        previous, before = self.word(at - 1), self.low(at - 1)
        bound, last = quantity.bound is not None, quantity.last
        if quantity.sure:
            return True  # money and shares
        if quantity.spelt and self.word(at)[0].isupper() and not self._opens(at) and not bound:
            return False  # the Group of Seven
        clear = bound or quantity.hyphen or quantity.measured
        if before in _LABELS or (previous[:1].isupper() and before not in _FUNCTION_WORDS and not clear):
            return False  # Article 5 guarantees
        if quantity.spelt and quantity.value == 1 and not quantity.measured:
            return False
        if quantity.measured:
            return not (self._year(quantity) and before in _YEAR_AFTER and not bound)
        if self._year(quantity):
            return quantity.unit is not None and (bound or (quantity.unit in COUNTED and before not in _YEAR_AFTER))
        if quantity.spelt and quantity.value <= 10 and before in _CLOSED_GROUP and not bound:
            return False  # the two sides
        if quantity.unit is not None:
            return True
        if quantity.spelt:
            return bound or quantity.value > 10
        return not (self._age(at, last) or self._list_mark(at, last) or self._near_month(at, last) or self.word(last) in DASHES)

    def _year(self, quantity: _Quantity) -> bool:
        token = next((one.text for one in self.tokens[quantity.first : quantity.last] if one.digits), "")
        return quantity.scale == 1 and len(token) == 4 and "1500" <= token <= "2199"

    def _age(self, at: int, last: int) -> bool:
        return self.word(at - 1) == "," and self.word(last) == "," and at > 1 and self.tokens[at - 2].word

    def _told_age(self, number: Numeral, unit: str, bound: Bound | None) -> bool:
        """Return whether a length of time before "old" is the age that a person is told with ("29 years old").

        A limit ("at least 16 years old"), a length of days and one beyond a life ("300 years old") are quantities.
        """
        return bound in {None, "approx"} and unit in {"year", "month"} and number.base * number.scale <= _LIFE

    def _list_mark(self, at: int, last: int) -> bool:
        begins = at == 0 and (self.start == 0 or self.text[self.start - 1] == "\n") and self.tokens[0].digits
        return begins and self.word(last) in {".", ")"}

    def _near_month(self, at: int, last: int) -> bool:
        near = {self.word(one) for one in (*range(at - 4, at), *range(last, last + 3))}
        return not near.isdisjoint(_MONTHS)

    def _range(self, low: _Quantity) -> tuple[_Quantity, ...]:
        """Return both ends of the range that starts with a quantity, or nothing."""
        joint, at = self.low(low.last), low.last + 1
        opening = self.low(low.first - 1) if low.first > self.floor else ""
        dash = joint in DASHES and self.glued(low.last) == self.glued(at)
        if low.hyphen or not (dash or joint in {"to", "or"} or (joint == "and" and opening == "between")):
            return ()
        while at < low.last + 3 and (self.word(at) in _SIGNS or self.word(at) in _CODES or self.low(at) in _DOLLARS):
            at += 1
        floor, self.floor = self.floor, low.last + 1
        currency = (low.unit or "").split(" per ")[0]
        high = self._quantity(at, currency if low.sure and currency != "percent" else None) if at < len(self.tokens) else None
        self.floor = floor
        if high is None or (high.unit is None and opening != "between"):
            return ()
        if low.unit is None or (high.unit or "").startswith(f"{low.unit} per"):
            low = replace(low, unit=high.unit)
        if low.scale == 1 and high.scale > 1 and 0 <= low.base < high.base:
            low = replace(low, scale=high.scale)
        if low.unit != high.unit or self._year(low) or self._year(high):
            return ()
        if opening == "from" and any(self.low(low.first - step) in _CHANGES for step in range(2, 8)):
            return replace(low, bound=None), replace(high, bound=None)
        if low.value >= high.value:
            return ()
        first = low.first - 1 if opening == "between" else low.first
        return replace(low, first=first, bound="min"), replace(high, bound="max")
