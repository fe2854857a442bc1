"""Reviewing a reading in the terminal: the sentence with its words marked, the record below it, one key a decision.

The operations are those of :mod:`zopa.reading.review`; here is only what a terminal shows and what a person types.
Nobody types the words of a statement: they are chosen by number.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zopa.reading.applying import Standing
from zopa.reading.articles import Span
from zopa.reading.decision_file import (
    Decisions,
    FaultyDecisions,
    decision_file,
    load_decisions,
    reconciled,
    save_decisions,
)
from zopa.reading.decisions import PIECES, Value, known_parties
from zopa.reading.review import Review, accept, add, edit, jump, move, progress, reject, start, undo
from zopa.reading.selecting import ReadArticle, ReviewFault, line_at, reach, words_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

DONE, FAULTY, WRONG_USE = 0, 1, 2
CONTEXT: Final = 240
Ask = Callable[[str], str]
Save = Callable[[Review], Review]

KEYS: Final = "[a]ccept [e]dit [r]eject [+]add [n]ext [p]revious [j]ump [u]ndo [?]help [q]uit"
_HELP: Final = """\
In the sentence the source is underlined, the cue reversed, and the content stands in [ ].
a  accept: the statement is what the sentence says
e  edit: choose other words of the sentence, or another value; the statement is kept as you leave it
r  reject: it goes, and with it what is nested in it (accept a nested one by itself to keep it)
+  add a statement from this sentence that the reader missed
n  next   p  previous: move without deciding
j  jump: a number (12), a line (L14), the beginning of an id; Enter alone: the next open one
u  undo: take back your last decision
q  quit: every decision is saved as soon as it is made, and so is the place where you stop"""
_NAMES: Final = {
    "predicate": "predicate",
    "act": "predicate",
    "party": "party",
    "issue": "issue",
    "stance": "stance_code",
    "level": "level",
    "firmness": "firmness",
}
_COMMANDS: Final = {
    word: command[0]
    for command in ("accept", "edit", "reject", "+add", "next", "previous", "jump", "undo", "?help", "quit")
    for word in (command[0], command.lstrip("+?"))
}
_RANGE: Final = re.compile(r"(\d{1,6})(?:\s*(?:-|–|to)\s*(\d{1,6}))?\Z")
_NONE: Final = frozenset({"none", "-", "nobody"})


def review_case(
    readings: Sequence[ReadArticle],
    case: Path,
    *,
    by: str | None = None,
    console: Console | None = None,
    ask: Ask | None = None,
    interactive: bool | None = None,
) -> int:
    """Walk the statements of readings in the terminal, and keep the decisions beside the case.

    Parameters
    ----------
    readings : sequence of ReadArticle
        What reading gave, one for each article.
    case : Path
        The case folder; the decisions are kept in its ``review.json``.
    by : str, optional
        Who reviews.
    console : Console, optional
        Where to print; the standard output if not given.
    ask : callable, optional
        Told a prompt, returns what the person types; ``input`` if not given.
    interactive : bool, optional
        Whether somebody is there to answer; found out if not given.

    Returns
    -------
    int
        Exit code: 0 done, 1 the file of decisions has faults, 2 nobody can answer or the file cannot be written.
    """
    from rich.console import Console as Terminal

    console = console or Terminal(highlight=False)
    if not (sys.stdin.isatty() if interactive is None else interactive):
        _fail("a review needs somebody at a terminal; the report shows the same statements in the text")
        return WRONG_USE
    file = decision_file(case)
    try:
        stored = load_decisions(file)
    except FaultyDecisions as error:
        for fault in error.faults:
            _fail(fault)
        _fail("nothing was changed; mend the file or move it away, and start again")
        return FAULTY
    except OSError as error:
        _fail(f"{file} cannot be read: {(error.strerror or str(error)).lower()}")
        return WRONG_USE
    review = start(readings, stored.decisions, by=by, stopped_at=stored.stopped_at.get(by or ""))
    if not review.standings:
        console.print(_text("The reading holds no statement: there is nothing to review."))
        return DONE
    try:
        walk(review, console, ask or input, save=_saver(file, stored))
    except (OSError, FaultyDecisions) as error:
        why = (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
        _fail(f"{file} cannot be written: {why}; the last decision is not saved")
        return WRONG_USE
    return DONE


def _fail(words: str) -> None:
    from zopa.report.cleaning import clean

    print(f"zopa: {clean(words)}", file=sys.stderr)


def _saver(file: Path, stored: Decisions) -> Save:
    """Return what saves a review; somebody else who writes to the same file meanwhile loses nothing."""
    last = stored

    def save(review: Review) -> Review:
        nonlocal last
        theirs = load_decisions(file)
        decisions = review.decisions
        if theirs.decisions != last.decisions:
            decisions = reconciled(last.decisions, decisions, theirs.decisions)
        stopped = dict(theirs.stopped_at)
        if review.position is not None:
            stopped[review.by or ""] = review.position
        last = Decisions(decisions, stopped)
        save_decisions(file, last)
        return Review(review.readings, decisions, review.position, review.by)

    return save


def walk(
    review: Review,
    console: Console,
    ask: Ask,
    *,
    save: Save,
    now: Callable[[], datetime] = lambda: datetime.now(UTC).replace(microsecond=0),
) -> Review:
    """Show one statement after another and do what the person says, until it is enough.

    Parameters
    ----------
    review : Review
        Where to begin.
    console : Console
        Where to print.
    ask : callable
        Told a prompt, returns what the person types; the end of the input quits, and so does Ctrl-C.
    save : callable
        Keeps a review and returns it as kept; called after every decision and at the end.
    now : callable
        The clock.

    Returns
    -------
    Review
        The review as it was left, which is as it was saved.
    """
    _orphans(review, console)
    shown = ""
    try:
        while True:
            if review.position != shown:
                _show(review, console)
                shown = review.position or ""
            key, rest = _command(ask("> "))
            if key == "q":
                break
            try:
                after = _step(review, key, rest, console, ask, now)
            except ReviewFault as fault:
                console.print(_text(str(fault), "yellow"))
                continue
            if after.decisions != review.decisions:
                after = save(after)
                _tell(after, console)
                shown = ""  # what was decided changes how it stands
            review = after
    except (EOFError, KeyboardInterrupt):
        console.print()
    review = save(review)
    done = progress(review)
    console.print(_text(f"Saved. {done.decided} of {done.total} decided, {done.open} open."))
    return review


def _command(line: str) -> tuple[str, str]:
    """Return the key of what was typed, and what stands behind it; a whole word counts as its key, a number jumps."""
    word, _, rest = line.strip().partition(" ")
    if word.isdecimal():
        return "j", word
    if word[:1].lower() == "j" and word[1:].lstrip("lL").isdecimal():
        return "j", word[1:]
    return _COMMANDS.get(word.lower(), ""), rest.strip()


def _step(review: Review, key: str, rest: str, console: Console, ask: Ask, now: Callable[[], datetime]) -> Review:
    """Return the review after one command."""
    if key == "a":
        return accept(review, now(), rest or None)
    if key == "r":
        return reject(review, now(), rest or None)
    if key == "e":
        return _edited(review, rest, console, ask, now)
    if key == "+":
        return _added(review, rest, console, ask, now)
    if key in {"n", "p"}:
        after = move(review, 1 if key == "n" else -1)
        if after.position == review.position:
            raise ReviewFault("This is the last statement." if key == "n" else "This is the first statement.")
        return after
    if key == "j":
        return jump(review, rest or ask("to (number, L and a line, or an id; Enter: next open): "))
    if key == "u":
        return undo(review)
    console.print(_text(_HELP if key == "?" else KEYS))
    return review


# Changing ------------------------------------------------------------------------------------------


def _edited(review: Review, line: str, console: Console, ask: Ask, now: Callable[[], datetime]) -> Review:
    standing = review.current
    assert standing is not None
    _numbered(standing, console)
    if not line:
        line = ask("change (such as: level 2; content 4-12; source none; Enter: nothing): ")
    if not line.strip():
        return review
    fields, spans = _changes(line, standing)
    return edit(review, now(), fields=fields, spans=spans)


def _added(review: Review, line: str, console: Console, ask: Ask, now: Callable[[], datetime]) -> Review:
    standing = review.current
    assert standing is not None
    _numbered(standing, console)
    parties = ", ".join(known_parties(review.readings))
    console.print(_text(f"parties: {parties}", "dim"))
    if not line:
        line = ask("new statement (such as: party P; act demand; source 1-2; cue 3; content 4-12; Enter: nothing): ")
    if not line.strip():
        return review
    fields, spans = _changes(line, standing)
    return add(review, now(), article=standing.reading.article.name, spans=spans, fields=fields)


def _changes(line: str, standing: Standing) -> tuple[dict[str, Value], dict[str, Span | None]]:
    """Return what a line such as ``level 2; content 4-12`` asks for."""
    fields: dict[str, Value] = {}
    spans: dict[str, Span | None] = {}
    for part in line.split(";"):
        name, _, value = part.strip().partition(" ")
        name, value = name.lower().rstrip(":"), value.strip()
        if not name:
            continue
        if not value:
            raise ReviewFault(f"{name} needs a value, such as: level 2; content 4-12.")
        if name in PIECES:
            spans[name] = None if name == "source" and value.lower() in _NONE else _span(value, standing)
        elif name in _NAMES:
            field = _NAMES[name]
            fields[field] = _value(field, value)
        else:
            known = ", ".join([*_NAMES, *PIECES])
            raise ReviewFault(f"{name} cannot be changed; these can: {known}.")
    return fields, spans


def _value(field: str, value: str) -> Value:
    if field == "level" and value.isdecimal():
        return int(value[:9])
    if field == "issue":
        return None if value.lower() in _NONE else value
    return value if field == "party" else value.lower()


def _span(value: str, standing: Standing) -> Span:
    found = _RANGE.match(value)
    words = words_of(standing.reading.article.text, reach(standing.as_read))
    if found is None:
        raise ReviewFault("Name words by their numbers, such as 4-12 or 7.")
    first, last = int(found[1]), int(found[2] or found[1])
    if not 1 <= first <= last <= len(words):
        raise ReviewFault(f"The sentence has words 1 to {len(words)}; write the first, -, and the last.")
    return Span(words[first - 1].start, words[last - 1].end)


# Showing -------------------------------------------------------------------------------------------


def _text(words: str, style: str = "") -> Text:
    from zopa.report.findings import text

    return text(words, style)


def _plain(words: str) -> str:
    return " ".join(words.split())


def _orphans(review: Review, console: Console) -> None:
    found = review.applied.orphaned
    if found:
        many = "1 decision no longer fits" if len(found) == 1 else f"{len(found)} decisions no longer fit"
        console.print(_text(f"{many} the reading (kept in the file):", "yellow"))
        for one in found[:10]:
            console.print(_text(f"  {one.decision.verdict} “{_plain(one.decision.words)[:100]}”: {one.reason}", "yellow"))


def _tell(review: Review, console: Console) -> None:
    done = progress(review)
    console.print(_text(f"saved; {done.decided} of {done.total} decided", "dim"))


def _show(review: Review, console: Console) -> None:
    """Print the statement before the reader."""
    from rich.table import Table
    from rich.text import Text

    standing = review.current
    assert standing is not None
    console.print()
    console.rule(_text(f"{review.place + 1} of {len(review.standings)}: {_state(standing)}"), align="left", characters="-")
    console.print(_text(f"{standing.reading.article.name}, line {standing.statement.line}", "dim"))
    console.print(Text.assemble(_before(standing), marked_sentence(standing)))
    grid = Table.grid(padding=(0, 1))
    for name, words in _record(review, standing):
        grid.add_row(_text(f"  {name}", "dim"), _text(words))
    console.print(grid)
    console.print(_text(KEYS, "dim"))


def _state(standing: Standing) -> str:
    decision = standing.decision
    if standing.state == "dropped":
        return "went with the statement around it, which was rejected"
    if decision is None:
        return "open"
    by = f" by {decision.by}" if decision.by else ""
    note = f" ({_plain(decision.note)})" if decision.note else ""
    return f"{standing.state}{by}{note}"


def marked_sentence(standing: Standing) -> Text:
    """Return the sentence with source underlined, cue in bold type and reversed, and content between brackets and coloured."""
    from rich.text import Text as Rich

    statement, text = standing.statement, standing.reading.article.text
    shown = reach(standing.as_read)
    edges = {shown.start, shown.end, statement.content.start, statement.content.end}
    styled = [(statement.content, "green"), (statement.cue, "bold reverse")]
    if statement.source is not None:
        styled.append((statement.source, "cyan underline"))
    for span, _ in styled:
        edges |= {span.start, span.end}
    line = Rich("")
    places = sorted(edges)
    for begin, end in pairwise(places):
        piece = Span(begin, end)
        if begin == statement.content.start:
            line.append("[", "dim")
        line.append(_text(_flat(piece.of(text)), " ".join(style for span, style in styled if piece.within(span))))
        if end == statement.content.end:
            line.append("]", "dim")
    return line


def _before(standing: Standing) -> Text:
    """Return what stands on the line before the sentence, so that "she" and "this" can be judged."""
    article, at = standing.reading.article, reach(standing.as_read).start
    line = line_at(article, Span(at, at))
    words = "" if line is None else _flat(article.text[max(line.span.start, at - CONTEXT) : at])
    cut = "… " if line is not None and at - CONTEXT > line.span.start else ""
    return _text(f"{cut}{words}", "dim")


def _flat(words: str) -> str:
    return re.sub(r"\s", " ", words)


def _numbered(standing: Standing, console: Console) -> None:
    """Print the sentence with a number before each word."""
    text = standing.reading.article.text
    line = _text("")
    for number, word in enumerate(words_of(text, reach(standing.as_read)), 1):
        line.append(_text(f"{number}", "dim")).append(_text(f"·{word.of(text)}  "))
    console.print(line)


def _record(review: Review, standing: Standing) -> list[tuple[str, str]]:
    """Return the fields of a statement, in words."""
    from zopa.report.evidence_view import FIRMNESS, LEVELS
    from zopa.report.reading_view import amount_words

    one, text = standing.statement, standing.reading.article.text
    names: Mapping[str, str] = known_parties(review.readings)
    source = "none: the narrator" if one.source is None else _plain(one.source.of(text))
    if one.speaker and one.speaker != source:
        source += f" = {_plain(one.speaker)}"
    party = _plain(names.get(one.party, one.party)) + (f" ({one.party})" if names.get(one.party, one.party) != one.party else "")
    if one.party_note:
        party += f": {_plain(one.party_note)}"
    rows = [
        ("source", source),
        ("cue", _plain(one.cue.of(text))),
        ("content", _plain(one.content.of(text))),
        ("party", party),
        ("act", f"{one.predicate}, stance {one.stance_code}{f' ({_plain(one.stance)})' if one.stance else ''}"),
        ("firmness", FIRMNESS[one.firmness] + "".join(f", {_plain(hedge.text)} ({hedge.force})" for hedge in one.hedges)),
        ("level", f"{one.level} {LEVELS[one.level]}; own words: {'yes' if one.own_words else 'no'}"),
        ("issue", one.issue or "none"),
    ]
    if one.about:
        rows.append(("about", _plain(names.get(one.about, one.about))))
    if one.addressee:
        rows.append(("to", _plain(one.addressee)))
    if one.time is not None:
        rows.append(("time", f"{_plain(one.time.of(text))} = {one.time_norm or 'unresolved'} ({one.time_role or 'role open'})"))
    for amount in one.quantities:
        rows.append(("amount", f"{_plain(amount.text)} = {amount_words(amount)}"))
    if one.nested_in is not None and one.nested_in in review.places:
        rows.append(("inside", f"statement {review.places[one.nested_in] + 1}"))
    if one.by == "model":
        rows.append(("found by", "a language model, checked against the text"))
    return rows
