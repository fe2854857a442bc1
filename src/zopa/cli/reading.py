"""``zopa read``: from texts to statements and a draft case."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from zopa.cli.targets import not_writable

if TYPE_CHECKING:
    from zopa.reading import Actors, Article, ArticleReading, Decisions, Settings

DONE, FAULTY, WRONG_USE = 0, 1, 2
Tell = Callable[[str], None]


class Stopped(Exception):
    """The command ends: words for people and an exit code."""

    def __init__(self, words: str, code: int) -> None:
        super().__init__(words)
        self.code = code


def stop(words: str, code: int = FAULTY) -> NoReturn:
    """End the command."""
    raise Stopped(words, code)


def read_command(
    texts: Sequence[Path],
    *,
    dates: Sequence[str],
    trust_dates: bool,
    output: Path | None,
    title: str | None,
    as_json: bool,
    page: Path | None,
    review: bool,
    reviewer: str | None,
    actors_file: Path | None,
    no_actors: bool,
    events_file: Path | None,
    model: str | None,
    model_name: str | None,
    send: bool,
) -> None:
    """Run ``zopa read``.

    Raises
    ------
    Stopped
        With the words and the exit code, for everything that a user can mend.
    """
    if review and len(texts) == 1 and (texts[0] / "case.yaml").is_file():
        _review_case(texts[0], reviewer, actors_file=actors_file, no_actors=no_actors, events_file=events_file)
        return
    if review and output is None:
        stop(
            "--review keeps its decisions beside a case: give -o CASE as well, or the folder of a case instead of a text",
            WRONG_USE,
        )
    paths = list(_files(texts))
    if len(paths) > 1 and len(dates) > 1 and len(dates) != len(paths):
        stop(
            f"--date is given {len(dates)} times for {len(paths)} texts: give it once for all, or once for each in their order",
            WRONG_USE,
        )
    days = _days(dates, len(paths))
    if page is not None and (reason := not_writable(page, paths)) is not None:
        stop(f"--page: {reason}", WRONG_USE)
    if output is not None:
        _check_output(output, days, trust_dates)
    actors = _actors(actors_file, no_actors)
    base = _settings(actors, events_file, model, model_name, send)
    if output is not None or page is not None or review:
        readings = [reading for reading in _readings(paths, days, trust_dates, base) if reading is not None]
        if len(readings) < len(paths):
            stop("nothing was written, because not every text could be read: mend or leave out those named above")
        # What is said about files must not stand between the lines of JSON.
        tell: Tell = _say if as_json else print
        if output is not None:
            _draft(readings, actors, output, title, tell)
        if page is not None:
            _write_page(readings, page, title, output, tell)
        if as_json:
            for reading in readings:
                _print(reading, actors, lines=len(readings) > 1)
        elif output is None:
            _summaries(readings)
        if review and output is not None:
            _walk(readings, actors, output, reviewer)
        return
    failed = False
    for found in _readings(paths, days, trust_dates, base):
        if found is None:
            failed = True
        elif as_json:
            _print(found, actors, lines=len(paths) > 1)
        else:
            _summaries([found])
    if failed:
        raise typer.Exit(FAULTY)


def _check_output(folder: Path, days: Sequence[date | None], trust_dates: bool) -> None:
    """Refuse early what would be refused after the reading."""
    if None in days and not trust_dates:
        stop(
            "a case says up to which day evidence counts: give --date, or --dates-from-text to use what the text offers",
            WRONG_USE,
        )
    if folder.is_file():
        stop(f"{folder} is a file; name a folder", WRONG_USE)
    if folder.is_dir() and not (folder / "case.yaml").exists() and any(not one.name.startswith(".") for one in folder.iterdir()):
        stop(f"{folder} is not empty and holds no case; choose another folder, nothing was changed", WRONG_USE)


def _files(texts: Sequence[Path]) -> Iterator[Path]:
    for path in texts:
        if (path / "case.yaml").is_file():
            stop(f"{path} is a case: `zopa read --review {path}` walks its statements", WRONG_USE)
        if path.suffix.lower() in {".yaml", ".yml"}:
            stop(f"{path} is a case file, not a text: use `zopa check`", WRONG_USE)
        if path.is_dir():
            inside = sorted(
                one
                for one in path.iterdir()
                if one.is_file() and one.suffix.lower() in {".txt", ".md", ".html", ".htm", ".pdf", ".docx"}
            )
            if not inside:
                stop(f"{path} is a folder without texts (.txt, .md, .html, .pdf, .docx); name a text", WRONG_USE)
            yield from inside
        else:
            yield path


def _days(dates: Sequence[str], number: int) -> list[date | None]:
    from zopa.case import NotationError, parse_date

    days: list[date | None] = []
    for written in dates:
        try:
            days.append(parse_date(written))
        except NotationError as error:
            stop(f"--date: {error.message}. {error.remedy}", WRONG_USE)
    if not days:
        return [None] * number
    return days * number if len(days) == 1 else days


def _actors(file: Path | None, none: bool) -> Actors:
    from zopa.case import CaseFaults
    from zopa.reading import NO_ACTORS, default_actors, read_actors

    base = NO_ACTORS if none else default_actors()
    if file is None:
        return base
    try:
        return base.extended(read_actors(file))
    except CaseFaults as error:
        _print_faults(error)
        stop("the file of actors has faults; mend them and start again")


def _print_faults(error: Any) -> None:
    from rich.console import Console

    from zopa.report.findings import print_findings

    print_findings(error.faults, Console(stderr=True, width=None if sys.stderr.isatty() else 160, highlight=False))


def _settings(actors: Actors, events_file: Path | None, model: str | None, model_name: str | None, send: bool) -> Settings:
    from zopa.case import CaseFaults
    from zopa.reading import NO_EVENTS, Settings, read_events

    events = NO_EVENTS
    if events_file is not None:
        try:
            events = read_events(events_file)
        except CaseFaults as error:
            _print_faults(error)
            stop("the file of events has faults; mend them and start again")
    return Settings(None, actors, events, None if model is None else _proposer(model, model_name, send))


def _proposer(url: str, name: str | None, send: bool) -> Callable[..., Any]:
    """Return what asks the model, after the user has agreed that text leaves the machine."""
    from zopa.reading import ConsentMissing, EndpointError, endpoint, permission, propose

    ask = (lambda question: typer.confirm(question, default=False, err=True)) if sys.stdin.isatty() else None
    try:
        allowed = permission(endpoint(url, name), ask, send)
    except (ConsentMissing, EndpointError) as error:
        stop(str(error), WRONG_USE)

    def asked(article: Article, sentences: Any) -> Any:
        try:
            return propose(article, sentences, allowed)
        except EndpointError as error:
            stop(f"{error}; nothing was kept. Without --model the text is read by rules")

    return asked


def _readings(
    paths: Sequence[Path], days: Sequence[date | None], trust_dates: bool, base: Settings
) -> Iterator[ArticleReading | None]:
    """Read texts one after another; None for one that cannot be read, when there are several."""
    from dataclasses import replace

    from zopa.reading import DocumentFault, ReadingUnavailable, language, open_article, read_article, refuse_other_languages

    progress = _Progress(len(paths))
    for path, given in zip(paths, days, strict=True):
        try:
            article = open_article(path, _say)
            refuse_other_languages(article)
            language()
        except DocumentFault as error:
            if len(paths) == 1:
                stop(str(error))
            progress.clear()
            _say(str(error))
            yield None
            continue
        except ReadingUnavailable as error:
            stop(str(error))
        day = given or (article.dated if trust_dates else None)
        if day is None and article.dated is not None and not trust_dates:
            progress.clear()
            offered = article.dated.isoformat()
            _say(f"{path.name} offers {offered} as its date; to use it, give --date {offered} (or --dates-from-text)")
        yield read_article(article, replace(base, document_date=day))
        progress.step()
    progress.clear()


class _Progress:
    """A counter on standard error, only on a terminal and only for several texts."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self.shown = total > 1 and sys.stderr.isatty()

    def step(self) -> None:
        self.done += 1
        if self.shown:
            print(f"\rread {self.done} of {self.total} texts", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self.shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _say(words: object) -> None:
    print(f"zopa: {words}", file=sys.stderr)


def _with_issues(reading: ArticleReading, actors: Actors) -> ArticleReading:
    """Return a reading whose statements name their issue, as a draft of this text alone would."""
    from dataclasses import replace

    from zopa.reading import NothingToDraft, draft_case, draft_input

    try:
        draft = draft_case([draft_input(reading, actors)], as_of=reading.document_date or date.max)
    except NothingToDraft:
        return reading
    named = {name: issues[0] for name, issues in draft.issues_of.items() if issues}
    return replace(reading, statements=tuple(replace(one, issue=named.get(one.id)) for one in reading.statements))


def _print(reading: ArticleReading, actors: Actors, *, lines: bool) -> None:
    from zopa.reading import reading_json

    reading = _with_issues(reading, actors)
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(reading_json(reading), ensure_ascii=plain, indent=None if lines else 2))


def _summaries(readings: Sequence[ArticleReading]) -> None:
    from rich.console import Console

    from zopa.report.reading_terminal import reading_summary

    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    for reading in readings:
        console.print(reading_summary(reading))


def _draft(readings: Sequence[ArticleReading], actors: Actors, folder: Path, title: str | None, tell: Tell) -> None:
    from zopa.case import CaseFaults
    from zopa.reading import NothingToDraft, add_to_case, draft_case, draft_input, write_draft

    reads = [draft_input(reading, actors) for reading in readings]
    try:
        if (folder / "case.yaml").exists():
            removed = _removed(folder)
            added = add_to_case(folder, reads, removed=removed)
            numbers = f"{len(added.statements)} statements, {len(added.elements)} other entries, {len(added.sources)} sources"
            tell(f"Added to {folder}: {numbers}.")
            for words in added.skipped:
                tell(words)
        else:
            draft = draft_case(reads, title=title)
            write_draft(folder, draft)
            _tell(draft, folder, tell)
    except NothingToDraft as error:
        stop(str(error))
    except CaseFaults as error:
        _print_faults(error)
        stop(f"{folder} was left as it is")
    except OSError as error:
        stop(f"{folder} could not be written: {error}")


def _tell(draft: Any, folder: Path, tell: Tell) -> None:
    tell(f"{folder}: {len(draft.statements)} statements, {len(draft.parties)} parties, {len(draft.issues)} issues, unreviewed.")
    tell("No number was drafted: what the text does not say is listed in case.yaml.")
    tell(f"Next: zopa read --review {folder}, then edit {folder / 'case.yaml'} and run zopa check {folder}.")


def _removed(folder: Path) -> set[str]:
    """Return the statements of a case that people rejected: they do not come back."""
    latest = {one.id: one for one in _decisions(folder).decisions}
    return {name for name, one in latest.items() if one.verdict == "rejected"}


def _decisions(folder: Path) -> Decisions:
    from zopa.reading import FaultyDecisions, decision_file, load_decisions

    try:
        return load_decisions(decision_file(folder))
    except FaultyDecisions as error:
        stop(f"{decision_file(folder)} has faults: {'; '.join(error.faults)}")


def _write_page(readings: Sequence[ArticleReading], page: Path, title: str | None, case: Path | None, tell: Tell) -> None:
    from zopa.case import write_whole
    from zopa.report.reading_page import reading_page

    name = title or ", ".join(reading.article.title or reading.article.name for reading in readings[:3])
    decisions = () if case is None else _decisions(case).decisions
    try:
        write_whole(page, reading_page(readings, title=name, decisions=decisions).encode("utf-8"))
    except OSError as error:
        stop(f"{page} could not be written: {error}")
    tell(f"The text with its statements marked: {page}")


def _review_case(
    folder: Path, reviewer: str | None, *, actors_file: Path | None, no_actors: bool, events_file: Path | None
) -> None:
    """Walk the statements of the sources of a case again, and bring the decisions into the case."""
    from dataclasses import replace

    from zopa.case import CaseFaults, read_case
    from zopa.reading import DocumentFault, ReadingUnavailable, open_article, read_article

    reading = read_case(folder)
    if reading.case is None:
        _print_faults(CaseFaults(reading.faults))
        stop("the case has faults; mend them and start again")
    actors = _actors(actors_file, no_actors)
    base = _settings(actors, events_file, None, None, False)
    readings = []
    for source in reading.case.sources.values():
        if source.file is None or source.kind == "table":
            continue
        try:
            readings.append(read_article(open_article(folder / source.file), replace(base, document_date=source.date)))
        except (DocumentFault, ReadingUnavailable) as error:
            stop(str(error))
    if not readings:
        stop("the case has no source whose text could be read")
    _walk(readings, actors, folder, reviewer)


def _walk(readings: Sequence[ArticleReading], actors: Actors, folder: Path, reviewer: str | None) -> NoReturn:
    """Walk the statements in the terminal, then bring what was decided into the case."""
    from zopa.cli.reviewing import review_case

    before = _decisions(folder)
    code = review_case(readings, folder, by=reviewer)
    after = _decisions(folder)
    if code == DONE and after.decisions != before.decisions:
        _bring(readings, actors, folder, before, after)
    raise typer.Exit(code)


def _bring(readings: Sequence[ArticleReading], actors: Actors, folder: Path, before: Decisions, after: Decisions) -> None:
    from zopa.case import CaseFaults
    from zopa.reading import NothingToDraft, apply, draft_input, update_case

    then, now = apply(readings, before.decisions), apply(readings, after.decisions)

    def reads(applied: Any) -> list[Any]:
        left = {one.id: one for one in (*applied.kept, *applied.open)}
        return [
            draft_input(
                reading,
                actors,
                [one.statement for one in applied.standings if one.reading is reading and one.statement.id in left],
            )
            for reading in readings
        ]

    try:
        result = update_case(
            folder,
            reads(then),
            {one.id for one in then.kept},
            reads(now),
            {one.id for one in now.kept},
            {one.id for one in now.gone},
        )
    except NothingToDraft as error:
        stop(f"the decisions are kept, and the case is as it was: {error}")
    except CaseFaults as error:
        _print_faults(error)
        stop("the decisions are kept, and the case is as it was: with them it would have faults")
    if result.redrafted:
        print(f"{folder} was drafted anew: {len(result.done)} statements reviewed, {result.open} unreviewed.")
    else:
        print(f"You have edited {folder}, so it was not drafted anew: {len(result.done)} statements are marked as reviewed.")
    for name, places in result.resting.items():
        print(f"  {name} was rejected and is still in the case; on it rest: {', '.join(places) or 'nothing'}")
