"""Negations and modal words that govern a span from outside it: "didn't | provide", "might | accept".

Read by closed lists and by closeness, not by a grammar, so that any backend's spans can be judged the same way, also
without a parser. A word governs what follows when only auxiliaries, adverbs and "to" stand between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

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
_LEADS_TO: Final = _DENIERS - {"deny", "denies", "denied", "denying"}  # "refused to", "is unable to"
_CLAUSES: Final = frozenset(
    "but and that because while although though whereas if whether when where why how what unless until till since which who "
    "whom whose after before".split()
)
_FINITE: Final = frozenset("do does did will would can could may might must shall should is are was were has have had".split())
_CLAUSE_ENDS: Final = re.compile(r"[;:()\n]|[.!?](?!\w)|\s[-–—]+\s|—")
_COMMA: Final = re.compile(r",(?=\W)")  # none in "1,200"
_CLAUSE: Final = 160  # a negation further before a comparison than this is not looked for
_ASIDE_OPENERS: Final = frozenset("even for in under at on with as despite during if given".split())
_SUBJECTS: Final = frozenset({"no", "nobody", "none", "neither"})
# Denied, these allow what follows: "did not rule out cuts of more than 40 percent".
_BARS: Final = re.compile(r"reject|oppos|deny|denie|doubt|resist|exclud|object|prevent|avoid|rul(?:e|ed|ing)\Z")
_PASTS: Final = frozenset("paid lost sold won took made got fell rose left went came cost".split())
_ASIDE: Final = 8  # words between two commas that a clause runs across: "will not, the union said, accept"
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


class Denial(NamedTuple):
    """A negation that governs what follows in its clause.

    Attributes
    ----------
    start, end
        Where its word stands.
    perfect
        Whether it stands in a perfect: "has not", "had never".
    past
        Whether it tells of the past: "did not", "was not".
    """

    start: int
    end: int
    perfect: bool
    past: bool


def denial(text: str, floor: int, at: int) -> Denial | None:
    """Return the negation between ``floor`` and ``at`` in whose clause ``at`` stands, or None.

    "not", "n't", "cannot", "never", "nobody", "no one", "neither", "no" with a subject behind it, and "refused to"
    deny; two of them cancel out. A clause begins behind "but", "and", "that" and other conjunctions, a semicolon, a
    colon, a bracket, a dash, a full stop, and behind a comma that does not close a short aside. "not only" and "no
    doubt" deny nothing, and what is "not ruled out" is not denied. Read by closed lists: a relative clause that ends
    without a comma is taken to run on, unless a finite verb of a list or one in "-ed" follows it.
    """
    floor = max(floor, at - _CLAUSE)
    while 0 < floor < at and text[floor - 1].isalnum() and text[floor].isalnum():
        floor += 1  # the window begins with a whole word: "knot" holds no "not"
    for end in _CLAUSE_ENDS.finditer(text, floor, at):
        floor = end.end()
    words = _words(text, floor, at)
    plain = [word for _, _, word in words]
    found: list[int] = []
    index, upper = len(words) - 1, at
    while index >= 0:
        if _COMMA.search(text, words[index][1], upper):
            index = _before_aside(text, words, index, at)
            if index < 0:
                break
        if plain[index] in _CLAUSES:
            break
        if _denies(plain, index):
            found.append(index)
        upper = words[index][0]
        index -= 1
    if len(found) != 1 or _left_behind(plain, found[0]) or any(_BARS.match(word) for word in plain[found[0] + 1 :]):
        return None
    first, last, word = words[found[0]]
    near = plain[max(0, found[0] - 2) : found[0] + (6 if word in _SUBJECTS else 1)]
    near = [one.removesuffix("n't") for one in near]
    return Denial(first, last, not {"has", "have", "had"}.isdisjoint(near), not {"did", "had", "was", "were"}.isdisjoint(near))


def _before_aside(text: str, words: list[tuple[int, int, str]], index: int, at: int) -> int:
    """Return the last word before the aside that ends with a comma behind a word; -1 where the comma opens a clause."""
    behind = words[index + 1][0] if index + 1 < len(words) else at
    for place in range(index - 1, max(-1, index - 1 - _ASIDE), -1):
        if _COMMA.search(text, words[place][1], words[place + 1][0]):
            # "Although it did not win, the port said, more than 40 boats left": a clause begins with the comparison.
            return place if behind != at or words[place + 1][2] in _ASIDE_OPENERS else -1
    return -1


def _denies(plain: list[str], index: int) -> bool:
    word, following = plain[index], plain[index + 1] if index + 1 < len(plain) else ""
    if word == "not":
        return following not in {"only", "just", "merely", "simply"}
    if word == "no":
        subject = not _FINITE.isdisjoint(plain[index + 1 : index + 6])  # "no boat may land more than"
        return following in {"one", "longer"} or (subject and following != "doubt")
    if word in _LEADS_TO:
        return following == "to"
    return word in {"cannot", "never", "nobody", "none", "neither"} or word.endswith("n't")


def _left_behind(plain: list[str], index: int) -> bool:
    """Return whether a negation stands in a relative clause that ends before: "those who did not bid paid ..."."""
    opener = index - 1
    while opener >= 0 and (plain[opener] in _FINITE or plain[opener] in _ADVERBS):
        opener -= 1
    begins = {plain[opener] if opener >= 0 else "", plain[opener + 1] if opener + 1 < index else ""}
    if begins.isdisjoint({"who", "which", "that"}):
        return False
    return any(word in _FINITE or word in _PASTS or (len(word) > 4 and word.endswith("ed")) for word in plain[index + 2 :])


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
