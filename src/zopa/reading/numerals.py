"""Numbers in English words and digits: "1,200", "2½ million", "one hundred and fifty thousand", "two-thirds".

A text is cut into words, numbers and signs once; each number looks at a bounded number of tokens.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, NamedTuple

from zopa.reading.measures import UNITS, UNITS_OF_TIME

_GROUPED: Final = r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3}){1,4}(?:\.[0-9]{1,9})?(?![0-9])"  # 1 200 000
_TOKEN: Final = re.compile(rf"{_GROUPED}|[0-9]+(?:[.,][0-9]+)*|[^\W\d_]\w*|[^\s]")
_PLAIN: Final = re.compile(rf"{_GROUPED}|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,5}}(?:\.[0-9]{{1,9}})?|[0-9]{{1,15}}(?:\.[0-9]{{1,9}})?")
HYPHENS: Final = frozenset("-‐‑")
DASHES: Final = HYPHENS | frozenset("–")

_SMALL: Final = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
ONES: Final = {word: value for value, word in enumerate((*_SMALL.split(), "eighteen", "nineteen"))}
_TENS: Final = {word: 20 + 10 * at for at, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_SCALES: Final = {
    "thousand": 10**3, "million": 10**6, "mn": 10**6, "mln": 10**6, "billion": 10**9, "bn": 10**9, "tn": 10**12,
    "trillion": 10**12,
}  # fmt: skip
_ATTACHED: Final = {"k": 10**3, "m": 10**6, "b": 10**9}  # only right behind the digits: 5m
_FRACTIONS: Final = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
_VULGAR: Final = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}
ANY_NUMBER: Final = re.compile(
    rf"\d|[{''.join(_VULGAR)}]|\b(?:{'|'.join([*ONES, *_TENS, *_SCALES, *_FRACTIONS, 'hundred', 'dozen'])})"
    rf"|\ban? (?:{'|'.join(sorted(UNITS_OF_TIME))})",
    re.IGNORECASE,
)


class Token(NamedTuple):
    """A word, a number in digits or a sign, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @property
    def digits(self) -> bool:
        """Whether it begins with a digit."""
        return "0" <= self.text[0] <= "9"

    @property
    def word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()


class Numeral(NamedTuple):
    """A number: the token behind it, its value as ``base`` times ``scale``, and how it is put.

    ``spelt`` numbers stand in words, a ``share`` is in percent, and an ``article`` ("a year") is a number only where
    something else makes it one.
    """

    last: int
    base: Fraction
    scale: int
    spelt: bool
    share: bool = False
    article: bool = False


class Numerals:
    """The tokens of one part of a text, and the numbers that start at them.

    Parameters
    ----------
    text : str
        The stored text; tokens count its code points.
    start, end : int
        The part to read.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.tokens = [Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(text, start, end)]

    def low(self, at: int) -> str:
        """Return the word at a place in lower case, or nothing beyond the ends."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def word(self, at: int) -> str:
        """Return the word at a place as written, or nothing beyond the ends."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def glued(self, at: int) -> bool:
        """Return whether nothing stands between a token and the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def hyphen(self, at: int) -> bool:
        """Return whether a hyphen between two words stands at a place."""
        return self.word(at) in HYPHENS and self.glued(at) and self.glued(at + 1)

    def number(self, at: int) -> Numeral | None:
        """Return the number that starts at a place, without sign, currency and unit."""
        if self.word(at) in _VULGAR:
            return Numeral(at + 1, _VULGAR[self.word(at)], 1, False)
        return self._digits(at) if self.tokens[at].digits else self._words(at)

    def _digits(self, at: int) -> Numeral | None:
        token = self.tokens[at]
        if _PLAIN.fullmatch(token.text) is None:
            return None
        base, last = Fraction(re.sub(r"[^0-9.]", "", token.text)), at + 1
        if self.glued(last) and self.word(last) in _VULGAR:
            base, last = base + _VULGAR[self.word(last)], last + 1
        base, last = self._and_a_half(base, last)
        scale, last = self._scale(last)
        return Numeral(last, base, scale, False)

    def _scale(self, at: int) -> tuple[int, int]:
        """Return the scale that starts at a token, and where it ends; at most two words ("hundred thousand")."""
        hyphen = at + 1 if self.glued(at) and self.word(at) in HYPHENS and self.low(at + 1) in _SCALES else at
        word = self.low(hyphen)
        if word in {"hundred", "dozen"}:
            more = _SCALES.get(self.low(hyphen + 1), 1) if word == "hundred" else 1
            return (100 if word == "hundred" else 12) * more, hyphen + (2 if more > 1 else 1)
        if word in _SCALES:
            return _SCALES[word], hyphen + 1
        if self.glued(at) and word in _ATTACHED:
            return _ATTACHED[word], at + 1
        return 1, at

    def _and_a_half(self, base: Fraction, at: int) -> tuple[Fraction, int]:
        if (self.low(at), self.low(at + 1), self.low(at + 2)) == ("and", "a", "half"):
            return base + Fraction(1, 2), at + 3
        return base, at

    def _words(self, at: int) -> Numeral | None:
        word = self.low(at)
        if word == "half":
            before, following, after = self.low(at - 1), self.low(at + 1), self.low(at + 2)
            if following in {"a", "an"} and (after in _SCALES or after == "dozen" or after in UNITS):
                scale, last = self._scale(at + 2)
                return Numeral(last, Fraction(1, 2), scale, True)
            share = following in {"of", "the", "its", "their"} and before not in {"first", "second", "last", "other"}
            return Numeral(at + 1, Fraction(50), 1, True, share=True) if share else None
        if word in {"a", "an"}:
            return self._after_article(at)
        if word not in ONES and word not in _TENS:
            return None
        return self._share(at) or self._spelt(at)

    def _after_article(self, at: int) -> Numeral | None:
        after = self.low(at + 1)
        if after in _FRACTIONS and after not in {"half", "second"} and self.low(at + 2) == "of":
            return Numeral(at + 2, Fraction(100, _FRACTIONS[after]), 1, True, share=True)
        if after in _SCALES or after in {"hundred", "dozen"}:
            scale, last = self._scale(at + 1)
            return Numeral(last, Fraction(1), scale, True)
        if after in UNITS and (UNITS[after] in UNITS_OF_TIME or after in {"mile", "percent", "tonne", "hectare"}):
            return Numeral(at + 1, Fraction(1), 1, True, article=True)
        return None

    def _share(self, at: int) -> Numeral | None:
        """Return a fraction as a share in percent: "two-thirds", "one third of"."""
        count = ONES.get(self.low(at))
        hyphen = self.hyphen(at + 1)
        name = at + 2 if hyphen else at + 1
        part = _FRACTIONS.get(self.low(name))
        if count is None or part is None or not 0 < count < part:
            return None
        if not hyphen and self.low(name + 1) not in {"of", "majority"}:
            return None  # "the two quarters", "one third party"
        return Numeral(name + 1, Fraction(100 * count, part), 1, True, share=True)

    def _spelt(self, at: int) -> Numeral:
        """Return a number in words; every scale is smaller than the one before, which bounds its length and size."""
        total, current, last_scale, last = Fraction(0), Fraction(-1), 10**15, at
        joined = self.low(at - 1) != "between"  # "between one hundred and two hundred"
        while last < len(self.tokens):
            here = last
            conjoined = joined and self.low(here) == "and" and (current >= 100 or (current < 0 and total))
            if conjoined or (current >= 0 and self.hyphen(here)):
                here += 1
            word = self.low(here)
            value = ONES.get(word, _TENS.get(word))
            if value is not None:
                room = (current % 100 == 0 and current > 0) or (current % 100 in _TENS.values() and 0 < value < 10)
                if current >= 0 and (not room or value == 0):
                    break
                current = value + max(current, Fraction(0))
            elif word == "hundred" and 0 < current < 100:
                current *= 100
            elif word in _SCALES and current > 0 and _SCALES[word] < last_scale:
                last_scale = _SCALES[word]
                total, current = total + current * last_scale, Fraction(-1)
            else:
                break
            last = here + 1
        base = total + max(current, Fraction(0))
        base, last = self._and_a_half(base, last)
        scale, last = (1, last) if total else self._scale(last)
        return Numeral(last, base, scale, True)
