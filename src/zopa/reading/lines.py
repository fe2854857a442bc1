"""Lines of a text, and which of them speak: headings, datelines, captions and bylines yield no statements.

Newlines come before sentences, because a grammar glues a heading to the sentence after it.  Nothing is changed here:
every line keeps its place in the text.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from zopa.reading.articles import Line, LineKind, Span

HEADING_WORDS: Final = 15
LABEL_WORDS: Final = 6

_CLOSING: Final = "\"'”’»›)]}*_ \t\xa0"
_OPENING: Final = "\"'“‘«‹([{*_ \t\xa0"
_FINAL: Final = ".!?…。！？؟।"  # of other scripts too, so that a foreign text is not taken for headings
_MARK: Final = re.compile(r"#{1,6}(?:\s|$)")
_BULLET: Final = re.compile(r"(?:[-*+•‣▪◦·–—]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s")
_PAIRED: Final = re.compile(r"[\"“«][^\"“”«»]*[\"”»]")
_SPEECH: Final = re.compile(
    r"\b(?:said|says|saying|told|tells|asked|asks|adds|added|wrote|writes|stated|states|warned|warns|insisted|insists|replied"
    r"|declared|announced|reports|reported|continued|continues|concluded|tweeted|argued|argues|noted|notes|explained|claimed"
    r"|claims|called|calls|remarked|demanded|according to)\b",
    re.IGNORECASE,
)
_SMALL: Final = frozenset(
    "a an and as at but by for from if in into is its nor of off on onto or out over per so than the to up via vs with".split()
)

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
        "|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH: Final = "(?P<month>" + "|".join(_MONTHS) + r")\b\.?"
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)",
        r"\b" + _MONTH + r"\s{0,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(?P<year>\d{4})\b",
        r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\s{1,3}(?:of\s)?" + _MONTH + r",?\s{1,3}(?P<year>\d{4})\b",
    )
)
_FIGURES: Final = re.compile(r"\b(\d{1,2})([./])(\d{1,2})\2(\d{4})\b")
_CLOCK: Final = re.compile(
    r"(?:T|\b)\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\.\d{1,6})?(?:Z\b|\s?[ap]\.?m\b\.?|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_BESIDE_DATES: Final = re.compile(
    r"(?:\b(?:published|posted|updated|last|modified|issued|released|first|date|dated|on|at|of|the|and|am|pm|a\.m|p\.m|time"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|gmt|utc|bst|cet|cest|eet|eest|msk|est|edt|et|cst|cdt|pst|pdt|ist|jst|local)\b|[\s,.:;|·•()/–—-])",
    re.IGNORECASE,
)
_NO_YEAR: Final = re.compile(
    r"\b" + _MONTH + r"\s{0,3}\d{1,2}\b|\b\d{1,2}\s{1,3}" + _MONTH.replace("?P<month>", "?:"), re.IGNORECASE
)
_AGENCY: Final = re.compile(r"[^\W\d_]{2}[^()\n]{0,80}\([^()\n]{2,40}\)\s?[-–—]{1,3}")

_CAPTION: Final = re.compile(
    r"(?:file (?:photo|picture|image)|photo(?:s|graph|graphs)?|image|picture|caption|credits?|illustration|graphic|video|watch"
    r"|read (?:more|also|next)|also read|see also|related(?: \w{1,12})?|advertisement|source)"
    r"(?: (?:by|credit|courtesy(?: of)?|from)\b[^:\n]{0,60})?\s?(?::|$)",
    re.IGNORECASE,
)
_CREDIT: Final = re.compile(
    r"^FILE [-–—] |\((?:AP|AFP|EPA|Reuters|Getty|Photo|Image|Picture)[^()\n]{0,20}[ /:][^()\n]{0,80}\)"
    r"|(?:^|[/|,(]\s?|via )Getty Images\)?\.?$|\b(?:REUTERS|AFP|EPA|AP)/[A-Z][^\n]{0,60}$"
    r"|\bvia (?:AP|AFP|Reuters|REUTERS|Getty)\b\)?$"
)
_BYLINE: Final = re.compile(
    r"[([]?(?:by|(?:additional |with )?(?:reporting|writing|editing|words|text) by)\s(?=[\w‘'’])", re.IGNORECASE
)
_BYLINE_SMALL: Final = frozenset(
    "by and in at from for of the with de la von van der den al el additional reporting writing editing".split()
)


def split_lines(text: str) -> tuple[Line, ...]:
    r"""Return all lines of a text with their kind.

    A line is a heading when it ends in none of ``. ! ? …`` (closing quotation marks and brackets aside), has at most
    :data:`HEADING_WORDS` words and no bullet; so is every Markdown ``#`` line and every line in Title Case, whatever its end.
    Kept as text all the same: a quotation with a word of speech, a line that goes on in lower case on the next one, and one
    that ends in a comma, a semicolon, or a colon unless it is a label of at most :data:`LABEL_WORDS` words.

    Parameters
    ----------
    text
        Any text; lines end with ``\n`` only.

    Returns
    -------
    tuple of Line
        As many as there are line ends, and one; joined by ``\n`` their spans give back the text.
    """
    pieces = text.split("\n")
    kinds = _kinds([piece.strip() for piece in pieces])
    lines = []
    start = 0
    for number, (piece, kind) in enumerate(zip(pieces, kinds, strict=True), start=1):
        lines.append(Line(number, Span(start, start + len(piece)), kind))
        start += len(piece) + 1
    return tuple(lines)


def _kinds(lines: list[str]) -> list[LineKind]:
    matter = _front_matter(lines)
    kinds: list[LineKind] = []
    below = ""
    for index in reversed(range(len(lines))):
        line = lines[index]
        before = lines[index - 1] if index else ""
        after = lines[index + 1] if index + 1 < len(lines) else ""
        kinds.append("caption" if index < matter and line else _kind(line, before, after, below))
        below = line or below
    return kinds[::-1]


def _front_matter(lines: list[str]) -> int:
    """Return how many lines the block of data before a Markdown text takes, 0 where there is none."""
    if lines[0] != "---":
        return 0
    for index, line in enumerate(lines[1:40], start=1):
        if line == "---":
            return index + 1
        if not re.match(r"[\w-]{1,40}:|- |$", line):
            return 0
    return 0


def _kind(line: str, before: str, after: str, below: str) -> LineKind:
    if not line:
        return "empty"
    if _MARK.match(line):
        return "heading"
    if _is_dateline(line):
        return "dateline"
    if _is_caption(line):
        return "caption"
    return "heading" if _is_heading(line, before, after, below) else "text"


def _is_heading(line: str, before: str, after: str, below: str) -> bool:
    words = line.split()
    if len(words) > HEADING_WORDS or _BULLET.match(line):
        return False
    speech = _SPEECH.search(line) is not None
    if speech and _PAIRED.search(line):
        return False
    bare = line.rstrip(_CLOSING)
    if not bare:
        return True
    if _title_case(words) and bare[-1] in "!?":
        return True
    if bare[-1] in _FINAL:
        return False
    if bare[-1] in ",;":
        return False
    if bare[-1] == ":":
        return len(words) <= LABEL_WORDS and not speech and not below.startswith(tuple("\"'“‘«"))
    # A line without its end may be a piece of a sentence that goes on below, or has begun above.
    goes_on = after[:1].islower() and not _title_case(words)
    begun = line[0].islower() and before != "" and not ends_sentence(before)
    return not (goes_on or begun)


def ends_sentence(line: str) -> bool:
    """Return whether a line ends in one of ``. ! ? …``, closing quotation marks and brackets aside."""
    bare = line.rstrip(_CLOSING)
    return bare != "" and bare[-1] in _FINAL


def starts_item(line: str) -> bool:
    """Return whether a line opens something of its own: a bullet, a number of a list, a Markdown heading, a table row."""
    return _BULLET.match(line) is not None or _MARK.match(line) is not None or line.startswith(("|", ">"))


def _title_case(words: list[str]) -> bool:
    """Return whether at least two words have capitals, and all but the small ones."""
    letters = [bare for word in words if (bare := word.strip(_OPENING + _CLOSING + _FINAL + ",;:")) and bare[0].isalnum()]
    capitals = sum(1 for word in letters if word[0].isupper())
    return capitals >= 2 and all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in letters)


def _is_caption(line: str) -> bool:
    words = line.split()
    if _CREDIT.search(line):
        return len(words) <= 60
    if _CAPTION.match(line):
        return True
    if _BYLINE.match(line) is None or len(words) > 40:
        return False
    names = [word.strip("()[],;.") for word in words]
    return all(not name or not name[0].islower() or name in _BYLINE_SMALL for name in names)


def _is_dateline(line: str) -> bool:
    if len(line) > 120:
        return False
    if (agency := _AGENCY.fullmatch(line)) is not None:
        return line.split("(")[0].split(",")[0].isupper() or _date_in(agency.group()) is not None
    rest = line
    dated = False
    for pattern in (*_DATES, _FIGURES, _NO_YEAR):
        rest, found = pattern.subn(" ", rest)
        dated = dated or found > 0
    return dated and not _BESIDE_DATES.sub("", _CLOCK.sub(" ", rest))


def offered_date(text: str) -> date | None:
    """Return the date a text gives itself, if it gives one with its year.

    Looked for in the first ten and the last three lines that are not blank: a line that holds a date only, one that says
    ``Published``, or the head of an agency report ("OSLO, Jan. 10, 2025 (Agency) -").  The first found counts, but a line
    that says ``Published`` goes before.  It is an offer; the text may be wrong about itself.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    date or None
        None also for figures that may be day and month or month and day.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    near = lines[:10] + lines[max(10, len(lines) - 3) :]
    published: date | None = None
    other: date | None = None
    for line in near:
        found = _offer(line)
        if found is None:
            continue
        if re.match(r"(?:first )?(?:published|posted)\b", line, re.IGNORECASE):
            published = published or found
        else:
            other = other or found
    return published or other


def _offer(line: str) -> date | None:
    if _is_dateline(line):
        return _date_in(line)
    label = re.match(r"(?:date|dated|(?:first )?published|posted|updated|last updated)\b(?: on)?\s?:?\s", line, re.IGNORECASE)
    if label is not None:
        found = _date_in(line[label.end() : label.end() + 40])
        if found is not None and len(line.split()) <= HEADING_WORDS:
            return found
    head = re.split(r"\s[-–—]+\s|[–—]|--", line[:100], maxsplit=1)
    if len(head) == 2 and re.match(r"[^\W\d_a-z]{2}", head[0]) and head[0].split(",")[0].split("(")[0].isupper():
        return _date_in(head[0])
    return None


def _date_in(text: str) -> date | None:
    """Return the first full date written in a short text."""
    found: list[tuple[int, date]] = []
    for pattern in _DATES:
        if (match := pattern.search(text)) is not None:
            named = match.groupdict()
            month = int(named["number"]) if "number" in named else _MONTHS[named["month"].lower()]
            found += _day(match.start(), named["year"], month, named["day"])
    if (match := _FIGURES.search(text)) is not None:
        first, second = int(match[1]), int(match[3])
        if first > 12 or first == second:
            found += _day(match.start(), match[4], second, first)
        elif second > 12:
            found += _day(match.start(), match[4], first, second)
    return min(found)[1] if found else None


def _day(place: int, year: str, month: int, day: str | int) -> list[tuple[int, date]]:
    try:
        return [(place, date(int(year), month, int(day)))]
    except ValueError:
        return []
