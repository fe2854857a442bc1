"""Negations and modal words that govern a span from outside it: "didn't | provide", "might | accept".

Read by closed lists and by closeness, not by a grammar, so that any backend's spans can be judged the same way, also
without a parser. A word governs what follows when only auxiliaries, adverbs and "to" stand between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from zopa.reading.articles import Span

# Invisible format characters are read as part of a word, so that they cannot hide a "not".
_LETTERS: Final = "\\w\u00ad\u200b-\u200d\u2060\ufeff"
_WORD: Final = re.compile(rf"[{_LETTERS}]+(?:[’'‘‛′`´][{_LETTERS}]+)*")
_PLAIN: Final = str.maketrans(dict.fromkeys("’‘‛′`´", "'") | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_AUXILIARIES: Final = frozenset("am is are was were be been being have has had having do does did to".split())
_ADVERBS: Final = frozenset("also still yet ever even now soon then longer at all just only quite so far very again once".split())
_MODALS: Final = frozenset("can could may might must shall should will would ought".split())
_NEGATIONS: Final = frozenset("not never no nor neither cannot hardly scarcely barely rarely seldom nothing none nobody".split())
# Words that deny what follows them without being negations.
_DENIERS: Final = frozenset(
    "refuse refuses refused refusing decline declines declined declining fail fails failed failing deny denies denied denying "
    "unlikely unable unwilling reluctant refusal failure".split()
)
_REFUSALS: Final = re.compile(r"(?:refus|reject|oppos|den(?:y|ie)|doubt|resist|declin|rul(?:e|ed|es|ing) out)", re.IGNORECASE)
_STOPS: Final = re.compile(r"[,;:()\"“”„«»\n]")
_GAP: Final = 80  # a negation further before a content than this is not looked for


@dataclass(frozen=True)
class Governors:
    """What governs a span from outside.

    Attributes
    ----------
    start
        Where the first negation or modal word begins; None without any.
    negated, modal
        Whether a negation, and whether a modal word, is among them.
    """

    start: int | None = None
    negated: bool = False
    modal: bool = False


def governors(text: str, floor: int, at: int) -> Governors:
    """Return the negations and modal words between ``floor`` and ``at`` that govern what begins at ``at``."""
    start: int | None = None
    negated = modal = False
    upper = at
    words = list(_words(text, max(floor, at - _GAP), at))
    for index in range(len(words) - 1, -1, -1):
        first, last, word = words[index]
        if text[last:upper].strip():
            break
        before = words[index - 1][2] if index else ""
        following = words[index + 1][2] if index + 1 < len(words) else ""
        if (word, following) == ("not", "only"):
            pass
        elif word in _NEGATIONS or word.endswith("n't") or word == "without" or word in _DENIERS:
            negated, start = True, first
            modal |= word == "cannot" or word.removesuffix("n't") in _MODALS | {"wo", "ca"}
        elif word in _MODALS and text[first].islower():  # but "May" is a name or a month
            modal, start = True, first
        elif word.endswith(("'ll", "'d")):
            modal, start = True, last - len(word.rpartition("'")[2]) - 1
            break
        elif before == "no" and word != "doubt" and not text[words[index - 1][1] : first].strip():
            negated, start = True, words[index - 1][0]  # "no concrete | offer"
            break
        elif word not in _AUXILIARIES and word not in _ADVERBS and not word.endswith("ly"):
            break
        elif start == upper and word in _AUXILIARIES and word != "to":
            start = first  # "did not": the negation is kept with its auxiliary
        upper = first
    return Governors(start, negated, modal)


def denied_between(text: str, start: int, end: int) -> bool:
    """Return whether a negation stands between a cue and the content that follows it in the same run of words.

    "said it is not true that | the talks failed": the content alone would say the contrary.
    """
    if not 0 < end - start <= _GAP or _STOPS.search(text, start, end):
        return False
    return any(word in _NEGATIONS or word in _DENIERS or word.endswith("n't") for _, _, word in _words(text, start, end))


def has_negation(text: str, span: Span) -> bool:
    """Return whether a negation stands inside a span; "not only" is none."""
    words = [word for _, _, word in _words(text, span.start, span.end)]
    for word, following in pairwise([*words, ""]):
        if (word in _NEGATIONS or word.endswith("n't")) and (word, following) not in {("not", "only"), ("no", "doubt")}:
            return True
    return False


def is_refusal(words: str) -> bool:
    """Return whether a cue is a verb or noun of refusal itself, so that a negation turns it round."""
    return _REFUSALS.search(words) is not None


def negated_source(text: str, floor: int, source: Span) -> bool:
    """Return whether a source is denied: "no minister", "neither the union", "none of the ports"."""
    inside = list(_words(text, source.start, source.end))
    if inside and inside[0][2] in _NEGATIONS:
        return True
    upper = source.start
    for first, last, word in reversed(list(_words(text, max(floor, source.start - _GAP), source.start))):
        if text[last:upper].strip():
            return False
        if word in _NEGATIONS:
            return True
        if word not in {"the", "a", "an", "of", "at", "in", "from", "any", "one", "even"}:
            return False
        upper = first
    return False


def _words(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    found = [(match.start(), match.end(), match.group().lower().translate(_PLAIN)) for match in _WORD.finditer(text, start, end)]
    return [one for one in found if one[2]]
