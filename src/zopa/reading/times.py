"""Expressions of time in one sentence, resolved against the document date by rules.

Cores such as "Friday", "20 January" or "last month" are found by patterns whose repetitions are all bounded; the words
right before a core ("by", "since", "late") then turn it into an interval.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from zopa.reading.amounts import amounts
from zopa.reading.articles import Span
from zopa.reading.calendars import SEASONS, calendar_date, month_span, plus_months, season, shifted, stretch, third
from zopa.reading.events import NO_EVENTS, Event, Events
from zopa.reading.governing import Denial, denial
from zopa.reading.statements import Amount, TimeExpression

Needs = Literal["document date", "event", "previous date"]

_S: Final = r"[\s\u00a0]{1,3}"
_MONTH_NAMES: Final = "January February March April May June July August September October November December".split()
_MONTHS: Final = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH: Final = rf"(?P<month>{'|'.join(_MONTH_NAMES)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAY: Final = "|".join(_WEEKDAYS)
_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?!\w|[,.:][0-9]|%)"
_TO: Final = rf"(?:[\s\u00a0]?[-–][\s\u00a0]?|{_S}(?:to|through){_S}(?:the{_S})?)"
_UNTIL: Final = rf"(?:{_TO}(?P<to>[0-9]{{1,2}})(?:st|nd|rd|th)?(?!\w|[,.:][0-9]))?"
_YEAR: Final = rf"(?:,?{_S}(?P<year>[12][0-9]{{3}})(?!\w|[.,][0-9]))?"
_NUMBER: Final = r"(?P<count>a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]{1,3})"
_COUNTS: Final = {word: at for at, word in enumerate("a one two three four five six seven eight nine ten eleven twelve".split())}
_LENGTH: Final = r"(?P<unit>day|week|month|year|decade|hour|minute)s?\b"
_PERIOD: Final = "weekend|week|month|year|quarter|decade|century|spring|summer|autumn|fall|winter"
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_COUNTED: Final = frozenset({"window", "relative", "period", "weekday"})  # nothing without a document date
# Tried in this order; what an earlier one has taken is not read again.
_CORES: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "iso": r"(?<![\w/.\-])(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?![\w/\-])",
        "numeric": r"(?<![\w/.\-])(?P<a>[0-9]{1,2})(?P<s>[/.])(?P<b>[0-9]{1,2})(?P=s)(?P<y>[12][0-9]{3})(?![\w/\-])",
        "us": rf"(?:\b(?:{_WEEKDAY}),?{_S})?\b{_MONTH}{_S}{_DAY}{_UNTIL}{_YEAR}",
        "uk": rf"(?:\b(?:{_WEEKDAY}),?{_S}(?:the{_S})?)?(?<![\w/.,:$€£\-]){_DAY}{_UNTIL}{_S}(?:of{_S})?{_MONTH}(?!\w){_YEAR}",
        "quarter": rf"\b(?:Q(?P<q>[1-4])|(?:the{_S})?(?P<nth>first|second|third|fourth){_S}(?P<part>quarter|half){_S}of)"
        rf"{_S}(?:(?P<year>[12][0-9]{{3}})\b|(?:the|this){_S}year\b)",
        "season": rf"\b(?P<period>spring|summer|autumn|winter|fall){_S}(?:of{_S})?(?P<year>[12][0-9]{{3}})\b",
        "month": rf"\b(?:(?P<rel>[Ll]ast|[Nn]ext|[Tt]his){_S})?{_MONTH}(?!\w|[’'-]\w\w){_YEAR}",
        "count_back": rf"\b{_NUMBER}{_S}{_LENGTH}{_S}(?P<way>ago|from{_S}(?:now|today)|earlier|later)\b",
        "window": rf"\b(?:[Tt]he{_S})?(?P<way>[Ll]ast|[Pp]ast|[Pp]revious|[Nn]ext|[Cc]oming){_S}{_NUMBER}{_S}{_LENGTH}",
        "anchored": rf"\b(?P<way>[Tt]he{_S}(?:next|following|previous){_S}day|[Tt]he{_S}day{_S}(?:before|after)"
        rf"|[Tt]he{_S}same{_S}day)\b(?!{_S}(?:yesterday|tomorrow))",
        "relative": rf"\b(?P<word>[Tt]he{_S}day{_S}(?:before{_S}yesterday|after{_S}tomorrow)|[Yy]esterday|[Tt]oday|[Tt]omorrow"
        rf"|[Tt]onight|[Ll]ast{_S}night|[Tt]his{_S}(?:morning|afternoon|evening))\b",
        "period": rf"\b(?P<rel>[Ll]ast|[Pp]ast|[Pp]revious|[Nn]ext|[Cc]oming|[Tt]his|[Cc]urrent){_S}(?P<period>{_PERIOD})\b",
        "whole": rf"(?<=\bof[\s\u00a0])the{_S}(?P<period>week|month|year|quarter|decade|century)\b",
        "weekday": rf"(?<!Good )(?<!Black )(?<!Bloody )(?<!Easter )(?<!Ash )(?<!Super )(?<!Palm )"
        rf"\b(?:(?P<rel>[Ll]ast|[Nn]ext|[Tt]his|[Cc]oming){_S})?(?P<weekday>{_WEEKDAY})(?!\w)"
        rf"(?:{_S}(?:morning|afternoon|evening|night)\b)?",
        "decade": r"\b(?:the[\s\u00a0])?(?P<y>[12][0-9]{2}0)s\b",
        "year": r"(?<![\w/.,:$€£#\-–])(?P<y>1[5-9][0-9]{2}|20[0-9]{2})(?!\w|[.,:/\-–%][0-9]|%)",
    }.items()
}
# What stands right before a core.
_LEAD: Final = re.compile(
    rf"(?:^|(?<=[^\w]))(?P<lead>[Oo]n{_S}or{_S}before|[Nn]o{_S}later{_S}than|[Aa]head{_S}of|[Pp]rior{_S}to|[Bb]y|[Uu]ntil|[Tt]ill|[Uu]p{_S}to"
    rf"|[Tt]hrough|[Bb]efore|[Ss]ince|[Aa]fter|[Ff]rom|[Bb]etween|[Dd]uring|[Tt]hroughout|[Ii]n|[Oo]n|[Oo]f|[Tt]o|[Aa]s{_S}of){_S}(?:the{_S})?$"
)
_VAGUE: Final = re.compile(
    rf"(?:^|(?<=[^\w]))(?:[Tt]he{_S})?(?P<vague>[Ee]arly|[Mm]id|[Mm]iddle{_S}of|[Ll]ater?|[Ee]arlier|[Ee]nd{_S}of|[Cc]lose{_S}of|[Ss]tart{_S}of"
    rf"|[Bb]eginning{_S}of)(?:{_S}|[-‐‑])(?:in{_S})?$"
)
_ABOUT: Final = re.compile(rf"\b(?:[Mm]ore{_S}than|[Aa]bout|[Aa]lmost|[Nn]early|[Oo]ver|[Aa]t{_S}least){_S}$")
_AMOUNT_LEAD: Final = re.compile(rf"\b(?P<lead>[Ff]or|[Ii]n|[Dd]uring|[Oo]ver|[Ww]ithin|[Ll]asting){_S}(?:a{_S})?$")
_TO_END, _TO_START, _FROM_START, _FROM_END = "../{last}", "../{first}", "{first}/..", "{last}/.."
_SIDES: Final = {
    **dict.fromkeys(("by", "until", "till", "up to", "through", "on or before", "no later than"), _TO_END),
    **dict.fromkeys(("before", "ahead of", "prior to"), _TO_START),
    **dict.fromkeys(("since", "from", "as of"), _FROM_START),
    "after": _FROM_END,
}
_THIRDS: Final = {"early": 0, "start": 0, "beginning": 0, "earlier": 0, "mid": 1, "middle": 1}
_BACK: Final = 32  # characters looked at before a core
_OPEN_MONTHS: Final = frozenset({"March", "April", "May", "June", "August"})  # also names and other words
_YEAR_LEADS: Final = frozenset("in since by until till before after from during of to through throughout between and the".split())

_MODALS: Final = frozenset("will shall would must should may might could can".split())
_FORWARD: Final = _MODALS | frozenset(
    "plan plans planned planning due expected expects until till by scheduled slated intend intends deadline upcoming begins "
    "starts ends expires resumes takes hopes wants proposed proposes threatens threaten threatening".split()
)
_PROMISES: Final = frozenset("agreed vowed pledged promised decided threatened set ready offered prepared".split())  # with "to"
_ORDERS: Final = frozenset("ordered asked told urged invited instructed required obliged warned called".split())  # and someone
_APPOINTED: Final = frozenset("set fixed booked timed due scheduled slated planned".split())  # with "for"
_BACKWARD: Final = frozenset(
    "said told was were had met began spoke wrote held took made went came gave left won lost saw found sent put cut set led "
    "did say says after since ago let paid".split()
)
_LINKS: Final = frozenset("be not never also then again soon now only still yet".split())  # between a modal and its verb
_NO_VERB: Final = frozenset("the a an its their his her our this that these those all both each it them him us".split())
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_SHORT: Final = {"wo": "will", "ca": "can", "sha": "shall"}  # before "n't"
_FOR: Final = re.compile(rf"\bfor{_S}$")
# Verbs that last: "will not wait until Monday" still ends with Monday.
_STAYING: Final = re.compile(r"\b(?:wait|stay|remain|last|hold|keep|continue|survive|go on)(?:ed|s|ing)?\b")
_EVENT_NOUN: Final = re.compile(
    r"\b(?:invasion|war|elections?|term|ceasefire|truce|inauguration|coup|summit|referendum|withdrawal|independence|annexation"
    r"|attacks?|revolution|pandemic|strike|presidency|takeover|uprising|siege|occupation|crisis|flood|earthquake|merger)\b"
)
_EVENT_LEAD: Final = re.compile(
    rf"\b(?P<lead>[Ss]ince|[Aa]fter|[Bb]efore|[Dd]uring|[Uu]ntil|[Aa]head{_S}of|[Pp]rior{_S}to){_S}"
    rf"(?=(?:the|his|her|its|their|our|my|a|an|last|[A-Z][\w.]{{0,30}})\b)"
)
_OWNER: Final = re.compile(rf"(?:(?:the|his|her|its|their)|[A-Z][\w.\-]{{0,30}}[’'](?:s)?){_S}$")


@dataclass(frozen=True)
class _Core:
    """A stretch of days, or an unresolved one (``first`` is None), and the words that name it."""

    start: int
    end: int
    first: date | None
    last: date | None
    needs: Needs | None = None
    fuzzy: bool = False
    kind: str = "day"
    event: Event | None = None


def time_expressions(
    text: str,
    start: int,
    end: int,
    document_date: date | None,
    *,
    forward: bool | None = None,
    previous: date | None = None,
    events: Events = NO_EVENTS,
) -> tuple[TimeExpression, ...]:
    """Return the expressions of time of one sentence, in order, never overlapping.

    A bare weekday, or a day and month without a year, is the latest on or before the document date behind a past verb
    and the first on or after it behind a future one; without either a date is the nearest. "last" is strictly before,
    "next" strictly after. A modal, an infinitive of promise or order and "set for" look ahead, and so does "for" a
    day whatever its verb: "did not wait for Monday" names the coming Monday. Months, years, weeks (Monday to Sunday),
    quarters and seasons (of the northern year) are intervals. "by" and "until" a stretch reach to its end, "before"
    to its start; "since" and "from" start with it, "after" at its end; a negation makes what "until" and "before"
    name the first day ("does not sit until October 6" is open to the right), unless its verb lasts ("will not wait
    until"). With more than one day these are conventions and flagged fuzzy, as are thirds ("early 2025") and months
    or years counted from a date. A numeric date whose day and month cannot be told apart stays unresolved.

    Parameters
    ----------
    text : str
        The stored text; all spans count its code points.
    start, end : int
        The sentence.
    document_date : date or None
        The date of the text; without it nothing that needs it is resolved.
    forward : bool, optional
        Whether the governing verb looks ahead; None decides from the words around each expression.
    previous : date, optional
        The last point date of the sentences before, for "the next day".
    events : Events
        The user's dated events.

    Returns
    -------
    tuple of TimeExpression
        Impossible dates ("February 30") come unresolved.
    """
    return _Sentence(text, start, end, document_date, forward, previous, events).read()


class _Sentence:
    """One sentence and what its dates are counted from."""

    def __init__(
        self, text: str, start: int, end: int, today: date | None, forward: bool | None, previous: date | None, events: Events
    ) -> None:
        self.text, self.start, self.end = text, start, end
        self.today, self.forward, self.previous, self.events = today, forward, previous, events
        self.amounts = amounts(text, start, end)
        self.cues = list(_cues(text, start, end))
        self.cue_places = [at for at, _, _ in self.cues]

    def read(self) -> tuple[TimeExpression, ...]:
        taken: list[tuple[int, int]] = []
        cores: list[_Core] = []
        for core in (*self._event_cores(), *self._cores()):
            at = bisect_left(taken, (core.start, core.end))
            if (at == 0 or taken[at - 1][1] <= core.start) and (at == len(taken) or core.end <= taken[at][0]):
                taken.insert(at, (core.start, core.end))
                cores.append(core)
        found = list(self._joined(sorted(cores, key=lambda core: core.start)))
        dated = [one.span for one in found]
        for duration in filter(None, map(self._duration, self.amounts)):
            at = bisect_left(dated, duration.span)
            if not any(duration.span.touches(span) for span in dated[max(0, at - 1) : at + 1]):
                found.append(duration)
        return tuple(sorted(found, key=lambda one: one.span))

    def _cores(self) -> Iterator[_Core]:
        for name, pattern in _CORES.items():
            for match in pattern.finditer(self.text, self.start, self.end):
                if name not in _COUNTED:
                    core = getattr(self, f"_core_{name}")(match)
                elif self.today is None:
                    core = self._core(match, None, None, "document date")
                else:
                    core = getattr(self, f"_core_{name}")(match, self.today)
                if core is not None:
                    yield core

    def _core(self, match: re.Match[str], first: date | None, last: date | None = None, needs: Needs | None = None) -> _Core:
        last = first if last is None else last
        if first is None or last is None or last < first:
            first = last = None
        return _Core(match.start(), match.end(), first, last, needs, kind="day" if first == last else "span")

    def _core_iso(self, match: re.Match[str]) -> _Core:
        return self._core(match, calendar_date(int(match["y"]), int(match["m"]), int(match["d"])))

    def _core_numeric(self, match: re.Match[str]) -> _Core:
        one, other, year = int(match["a"]), int(match["b"]), int(match["y"])
        day_first, month_first = calendar_date(year, other, one), calendar_date(year, one, other)
        if match["s"] == ".":
            return self._core(match, day_first)
        known = {day for day in (day_first, month_first) if day is not None}
        return self._core(match, known.pop() if len(known) == 1 else None)

    def _core_us(self, match: re.Match[str]) -> _Core | None:
        month, day, to = _MONTHS[match["month"][:3]], int(match["day"]), match["to"]
        if match["year"] is not None:
            year = int(match["year"])
            last = calendar_date(year, month, int(to)) if to else None
            return self._core(match, calendar_date(year, month, day), last)
        if self.today is None:
            return self._core(match, None, None, "document date")
        near = [calendar_date(self.today.year + step, month, day) for step in (-1, 0, 1)]
        first = self._nearest([one for one in near if one is not None], self._way(match))
        last = calendar_date(first.year, month, int(to)) if to and first is not None else None
        return self._core(match, first, last, "document date")

    _core_uk = _core_us

    def _core_month(self, match: re.Match[str]) -> _Core | None:
        month, name = _MONTHS[match["month"][:3]], match["month"]
        if match["year"] is not None:
            return self._core(match, *month_span(int(match["year"]), month))
        led = any(one.search(self._before(match.start())) for one in (_LEAD, _VAGUE)) or match["rel"] is not None
        if name not in _MONTH_NAMES or (name in _OPEN_MONTHS and not led):
            return None
        if self.today is None:
            return self._core(match, None, None, "document date")
        way = {"last": False, "next": True, "this": None}.get((match["rel"] or "").lower(), self._way(match))
        years = [year for year in range(self.today.year - 1, self.today.year + 2) if 1 <= year <= 9999]
        here = (self.today.year, self.today.month)
        strict = match["rel"] is not None and way is not None
        others = [one for one in years if way is None or ((one, month) != here and ((one, month) > here) == way)]
        months = [*others, *([here[0]] if month == here[1] and not strict else [])]
        if not months:  # at the first and the last year that there is
            return self._core(match, None, None, "document date")
        year = min(months, key=lambda one: abs((one - here[0]) * 12 + month - here[1]))
        return self._core(match, *month_span(year, month), "document date")

    def _core_quarter(self, match: re.Match[str]) -> _Core:
        number = _ORDINALS[match["q"] or match["nth"]]
        length = 6 if match["part"] == "half" else 3
        if match["year"] is None and self.today is None:
            return self._core(match, None, None, "document date")
        year = int(match["year"]) if match["year"] else self.today.year if self.today else 0
        first = calendar_date(year, (number - 1) * length + 1, 1)
        needs: Needs | None = None if match["year"] else "document date"
        return self._core(match, first, None if first is None else plus_months(first, length, -1), needs)

    def _core_season(self, match: re.Match[str]) -> _Core:
        first, last = season(int(match["year"]), match["period"])
        return replace(self._core(match, first, last), fuzzy=True)

    def _core_count_back(self, match: re.Match[str]) -> _Core | None:
        way, count, unit = match["way"], _count(match["count"]), match["unit"]
        earlier = way in {"ago", "earlier"}
        needs: Needs = "previous date" if way in {"earlier", "later"} else "document date"
        base = self.previous if needs == "previous date" else self.today
        if unit in {"hour", "minute"}:
            return None
        day = None if base is None else shifted(base, -count if earlier else count, unit)
        approx = _ABOUT.search(self._before(match.start()))
        start = match.start() - (0 if approx is None else len(approx.group()))
        return replace(
            self._core(match, day, None, needs), start=start, fuzzy=unit not in {"day", "week"} or start != match.start()
        )

    def _core_window(self, match: re.Match[str], today: date) -> _Core:
        count, unit, ahead = _count(match["count"]), match["unit"], match["way"].lower() in {"next", "coming"}
        if unit in {"hour", "minute"}:
            count, unit = -(-count // (24 if unit == "hour" else 1440)), "day"
        other = shifted(today, count if ahead else -count, unit)
        first, last = (today, other) if ahead else (other, today)
        return self._core(match, first, last, "document date")

    def _core_anchored(self, match: re.Match[str]) -> _Core:
        words = match["way"].split()
        step = 1 if words[1] in {"next", "following"} or words[-1] == "after" else -1
        day = None if self.previous is None else shifted(self.previous, 0 if words[1] == "same" else step, "day")
        return self._core(match, day, None, "previous date")

    def _core_relative(self, match: re.Match[str], today: date) -> _Core:
        words = match["word"].lower().split()
        step = {"yesterday": -1, "tomorrow": 1, "night": -1}.get(words[-1], 0) * (2 if words[0] == "the" else 1)
        return self._core(match, shifted(today, step, "day"), None, "document date")

    def _core_period(self, match: re.Match[str], today: date) -> _Core:
        rel, period = match["rel"].lower(), match["period"]
        step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(rel, 0)
        if rel == "past" and period in {"week", "month", "year", "decade"}:
            first, last = shifted(today, -1, period), today
        else:
            first, last = stretch(today, period, step)  # type: ignore[assignment]
        return replace(self._core(match, first, last, "document date"), fuzzy=period in SEASONS)

    def _core_whole(self, match: re.Match[str]) -> _Core | None:
        if _VAGUE.search(self._before(match.start())) is None:
            return None  # "most of the year"
        if self.today is None:
            return self._core(match, None, None, "document date")
        return self._core(match, *stretch(self.today, match["period"], 0), "document date")

    def _core_weekday(self, match: re.Match[str], today: date) -> _Core:
        rel = (match["rel"] or "").lower()
        way = {"last": False, "next": True, "this": True, "coming": True}.get(rel, self._way(match))
        ahead = (_WEEKDAYS.index(match["weekday"]) - today.weekday()) % 7
        if way is None:  # news tells what has happened
            way = False
        strict = rel in {"last", "next"} and ahead == 0
        step = ahead + 7 * strict if way else (ahead - 7 if ahead or strict else 0)
        return self._core(match, shifted(today, step, "day"), None, "document date")

    def _core_decade(self, match: re.Match[str]) -> _Core:
        return self._core(match, date(int(match["y"]), 1, 1), date(int(match["y"]) + 9, 12, 31))

    def _core_year(self, match: re.Match[str]) -> _Core | None:
        before = re.search(r"(\w+)\W{0,3}$", self._before(match.start()))
        led = before is not None and before[1].lower() in _YEAR_LEADS
        here = Span(match.start(), match.end())
        if not (led or _VAGUE.search(self._before(match.start()))) or any(
            one.span.touches(here) for one in self._amounts_near(here)
        ):
            return None
        return self._core(match, date(int(match["y"]), 1, 1), date(int(match["y"]), 12, 31))

    def _amounts_near(self, span: Span) -> tuple[Amount, ...]:
        at = bisect_left(self.amounts, span.start, key=lambda one: one.span.end)
        return self.amounts[at : at + 2]

    def _event_cores(self) -> Iterator[_Core]:
        for span, event in self.events.mentions(self.text, self.start, self.end):
            before = self._before(span.start)
            owner = _OWNER.search(before)
            if (
                owner is not None
                and owner.group().rstrip()[-2:].strip("’'") in {"", "s"}
                and "’" in owner.group().replace("'", "’")
            ):
                continue  # somebody else's: "Ann's first term" is not "first term"
            at = span.start if owner is None else span.start - len(owner.group())
            if _LEAD.search(self._before(at)) is not None:
                yield _Core(at, span.end, event.start, event.end, "event", kind="event", event=event)
        for lead in _EVENT_LEAD.finditer(self.text, self.start, self.end):
            noun = _EVENT_NOUN.search(self.text, lead.end(), min(self.end, lead.end() + 60))
            between = "" if noun is None else self.text[lead.end() : noun.start()]
            if (
                noun is not None
                and len(between.split()) <= 5
                and not re.search(r"[,.;:!?()“”\"]|\b(?:of|in|to|and|that)\b", between)
            ):
                yield _Core(lead.end(), noun.end(), None, None, "event", kind="event")

    def _before(self, at: int) -> str:
        return self.text[max(self.start, at - _BACK) : at]

    def _lead(self, at: int) -> tuple[str, int]:
        """Return the preposition right before a place and where it starts; no word and the place itself without one."""
        found = _LEAD.search(self._before(at))
        if found is not None and found.group().endswith("the ") and self.text[at : at + 5].strip(" ,").isdigit():
            return "", at  # "from the 2014 survey" names the survey
        return ("", at) if found is None else (" ".join(found["lead"].lower().split()), at - len(found.group()))

    def _way(self, match: re.Match[str]) -> bool | None:
        """Return whether the words around an expression look ahead: its own preposition, the verb hint, the nearest cue."""
        word, begin = self._lead(match.start())
        if word == "since":
            return False
        if self.forward is not None:
            return self.forward
        if _SIDES.get(word) == _TO_END:
            denied = self._denied(word, begin)
            return denied is None or not denied.past  # "did not sign until Monday"
        if _FOR.search(self._before(match.start())) and not self.text.startswith(("'", "’"), match.end()):
            return True  # one waits for a day to come, and a vote is set for it
        at = bisect_left(self.cue_places, begin)
        if at:
            _, way, order = self.cues[at - 1]
            # News tells when an order was given: "told the tenants to leave on Monday".
            return way and not (order and word in {"", "on"} and match.re is _CORES["weekday"])
        at = bisect_left(self.cue_places, match.end())
        return self.cues[at][1] if at < len(self.cues) else _way(word)

    def _denied(self, word: str, begin: int) -> Denial | None:
        """Return the negation that makes "until" or "before" a day the first day: "does not sit until October 6"."""
        if word not in {"until", "till", "before", "prior to"}:
            return None
        found = denial(self.text, self.start, begin)
        return None if found is None or _STAYING.search(self.text, found.end, begin) else found

    def _nearest(self, days: list[date], way: bool | None) -> date | None:
        assert self.today is not None
        today = self.today
        if way is not None:
            days = [one for one in days if (one >= today if way else one <= today)]
        return min(days, key=lambda one: abs((one - today).days), default=None)

    def _joined(self, cores: list[_Core]) -> Iterator[TimeExpression]:
        at = 0
        while at < len(cores):
            core = self._vague(cores[at])
            following = self._vague(cores[at + 1]) if at + 1 < len(cores) else None
            word, begin = self._lead(core.start)
            between = "" if following is None else self.text[core.end : following.start].strip().lower()
            pair = (word == "from" and between in {"to", "until", "till", "through", "to the"}) or (
                word == "between" and between == "and"
            )
            if following is not None and (pair or (between in {"-", "–"} and core.kind != "event")):
                yield self._pair(core, following, begin if pair else core.start)
                at += 2
                continue
            yield self._alone(core, word, begin)
            at += 1

    def _vague(self, core: _Core) -> _Core:
        """Return a core narrowed by "early", "mid", "late", "end of" before it."""
        found = _VAGUE.search(self._before(core.start))
        if found is None or (core.kind in {"day", "event"} and core.first is not None):
            return core
        start = core.start - len(found.group())
        if core.first is None or core.last is None:
            return replace(core, start=start, fuzzy=True)
        word = found["vague"].lower().split()[0]
        first, last = core.first, core.last
        if word in {"earlier", "later"} and self.today is not None and first <= self.today <= last:
            first, last = (first, self.today) if word == "earlier" else (self.today, last)
        elif word in {"end", "close"} and _SIDES.get(self._lead(start)[0], "").startswith(".."):
            return replace(core, start=start, first=last, last=last, kind="day")  # "by the end of 2025"
        else:
            first, last = third(first, last, _THIRDS.get(word, 2))
        return replace(core, start=start, first=first, last=last, fuzzy=True)

    def _pair(self, one: _Core, other: _Core, start: int) -> TimeExpression:
        needs = one.needs or other.needs
        first, last = one.first, other.last
        if one.needs == "document date" and other.needs is None and first is not None and other.first is not None:
            # "from March to June 2024": the year stands once.
            first = calendar_date(other.first.year, first.month, first.day) or first
            needs = None
        span = Span(start, other.end)
        if first is None or last is None or last < first:
            return TimeExpression(span.of(self.text), span, None, "unresolved", needs)
        return TimeExpression(span.of(self.text), span, f"{first}/{last}", "interval", needs, one.fuzzy or other.fuzzy)

    def _alone(self, core: _Core, word: str, begin: int) -> TimeExpression:
        side = _SIDES.get(word) if self._denied(word, begin) is None else _FROM_START
        weekday = core.kind == "day" and self.text.startswith(tuple(_WEEKDAYS), core.start)
        shown = side is not None or (word == "on" and weekday) or word in {"in", "during", "throughout"}
        span = Span(begin if shown else core.start, core.end)
        words = span.of(self.text)
        if core.first is None:
            return TimeExpression(words, span, None, "unresolved", core.needs, core.fuzzy)
        if side is None and core.kind == "day":
            return TimeExpression(words, span, str(core.first), "point", core.needs, core.fuzzy)
        if side == _TO_END and core.kind == "event":
            side = _TO_START  # up to an event means up to its start
        norm = (side or "{first}/{last}").format(first=core.first, last=core.last or (core.first if side else ".."))
        fuzzy = core.fuzzy or (side is not None and core.kind == "span")
        return TimeExpression(words, span, norm, "interval", core.needs, fuzzy)

    def _duration(self, amount: Amount) -> TimeExpression | None:
        """Return the duration an amount of time is, or the day it counts to ("in ten days")."""
        norm = period_norm(amount.value, amount.unit)
        if norm is None or any(hyphen in amount.text for hyphen in "-‐‑") or amount.value < 0:
            return None
        lead = _AMOUNT_LEAD.search(self._before(amount.span.start))
        start = amount.span.start - (0 if lead is None else len(lead.group()))
        span = Span(start, amount.span.end)
        word = "" if lead is None else lead["lead"].lower()
        exact = amount.bound is None and isinstance(amount.value, int) and amount.value < 10_000
        if word == "in" and exact and amount.unit in {"day", "week", "month", "year"} and self._ahead_of(span):
            if self.today is None:
                return TimeExpression(span.of(self.text), span, None, "unresolved", "document date")
            day = shifted(self.today, int(amount.value), amount.unit)
            if day is not None:
                vague = amount.unit in {"month", "year"}
                return TimeExpression(span.of(self.text), span, str(day), "point", "document date", vague)
        return TimeExpression(span.of(self.text), span, norm, "duration", bound=amount.bound)

    def _ahead_of(self, span: Span) -> bool:
        if self.forward is not None:
            return self.forward
        at = bisect_left(self.cue_places, span.start)
        return at > 0 and self.cues[at - 1][1]


def period_norm(value: int | float, unit: str | None) -> str | None:
    """Return an amount of time as an ISO 8601 duration ("P2Y6M" for two and a half years), None for other units."""
    number = Fraction(value).limit_denominator(1000)
    if unit in {"decade", "century", "fortnight"}:
        number, unit = number * {"decade": 10, "century": 100, "fortnight": 2}[unit], "week" if unit == "fortnight" else "year"
    if unit in {"hour", "minute", "second"}:
        if unit != "second" and number.denominator != 1:
            return period_norm(float(number * 60), "minute" if unit == "hour" else "second")
        return f"PT{_plain(number)}{unit[0].upper()}"
    if unit not in {"year", "month", "week", "day"}:
        return None
    if unit == "year" and number.denominator != 1 and (number * 12).denominator == 1:
        years, months = divmod(int(number * 12), 12)
        return f"P{years}Y{months}M" if years else f"P{months}M"
    if unit == "week" and number.denominator != 1 and (number * 7).denominator == 1:
        number, unit = number * 7, "day"
    if unit == "day" and number.denominator != 1:
        return period_norm(float(number * 24), "hour")
    return f"P{_plain(number)}{unit[0].upper()}"


def _plain(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.3f}".rstrip("0")


def _cues(text: str, start: int, end: int) -> Iterator[tuple[int, bool, bool]]:
    """Yield the words that look ahead or back: where they stand, whether ahead, and whether by an order to somebody.

    A modal looks ahead with the verb it governs ("would let", "will be closed"), not with a perfect ("may have sold");
    so does the infinitive of a promise or an order ("threatened to close", "is to sail").
    """
    matches = list(_WORD.finditer(text, start, end))
    words = [_plain_word(match.group()) for match in matches]
    promised = ordered = -9  # the last promise or order since another cue
    modal = False  # whether the next verb belongs to a modal
    for at, (match, word) in enumerate(zip(matches, words, strict=True)):
        before, following = words[at - 1] if at else "", matches[at + 1].group() if at + 1 < len(words) else ""
        way, order = _way(word), False
        if word == "may" and match.group() != "may":
            way = None  # the month
        elif word == "to":
            verb = following.islower() and following not in _NO_VERB
            order = verb and ordered >= at - 6
            way = True if before in _PROMISES or (verb and (order or promised >= at - 6 or before in {"is", "are"})) else None
        elif (word == "for" and before in _APPOINTED) or (word == "that" and before == "provided"):
            way = True
        elif word == "have" and modal and (following == "been" or _way(following) is False):
            way = False  # "may have sold", not "would have to sell"
        elif way is False and modal:
            way = None  # "would be let"
        if way is not None:
            yield match.start(), way, order
            promised = ordered = -9
        if word in _PROMISES - {"set", "ready", "offered", "prepared"}:
            promised = at
        elif word in _ORDERS:
            ordered = at
        modal = (way is True and (word in _MODALS or word == "to")) or (modal and (word in _LINKS or word.endswith("ly")))


def _plain_word(word: str) -> str:
    """Return the verb of a contraction ("won't", "they'll", "she'd"), the owner of a possessive, else the word."""
    head, _, tail = word.lower().replace("’", "'").partition("'")
    if tail == "t":
        head = head.removesuffix("n")
        return _SHORT.get(head, head)
    return {"ll": "will", "d": "would"}.get(tail, head)


def _way(word: str) -> bool | None:
    if word in _FORWARD:
        return True
    return False if word in _BACKWARD or (len(word) > 4 and word.endswith("ed")) else None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else max(1, _COUNTS.get(word, 1))
