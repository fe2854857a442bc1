"""The commands of ``zopa``.

Only typer is imported here; every command imports what it needs when it runs, so that ``zopa --help``
starts at once.
"""

from __future__ import annotations

import io
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from zopa.cli.formats import export_files, import_files
from zopa.cli.large import large_command
from zopa.cli.moving import ForOption, PackageOption, TradeOption, package_command
from zopa.cli.printing import console, print_json
from zopa.cli.pulling import PullOption, chosen_levers, lever_answer
from zopa.cli.serving import serve_case

if TYPE_CHECKING:
    from rich.console import Group

    from zopa.case import Case, Moment
    from zopa.report.making import Made

DONE, FAULTY, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

application = typer.Typer(
    name="zopa",
    help="Zone of possible agreement: from a sourced case to exact, even-handed answers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CaseArgument = Annotated[Path, typer.Argument(metavar="CASE", help="Case folder, or its case.yaml.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
DayOption = Annotated[
    str | None, typer.Option("--at", metavar="DATE", help="Look at this date (default: all dated gates passed).")
]
DrawsOption = Annotated[int, typer.Option("--draws", min=0, max=1_000_000, help="Scenarios under each reading; 0 for none.")]
PriorOption = Annotated[
    str | None,
    typer.Option("--prior", metavar="TEXT", help="The prior you adopt, in your words; only then words of likelihood are used."),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Seed of the sample: same seed, same answer.")]


def main() -> None:
    """Run the command line; never ends in a traceback for what a user wrote."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows few letters must not stop an answer
    try:
        application(prog_name="zopa")
    except KeyboardInterrupt:
        _say("stopped")
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader of our output has gone; silence the flush at exit as well.
        sys.stderr.close()
        raise SystemExit(DONE) from None


def _say(words: str) -> None:
    print(f"zopa: {words}", file=sys.stderr)


def _stop(words: str, code: int) -> NoReturn:
    _say(words)
    raise typer.Exit(code)


def _unanswered(case: Case, error: ValueError, *, as_json: bool) -> NoReturn:
    """End because a case without faults asks for more than can be computed."""
    if as_json:
        from zopa.case import Fault, Place

        fault = Fault("ZC060", Place(str(case.file), 1, 1), str(error), "Change what the message names.")
        print_json({"faults": [fault.as_json()]})
    _stop(str(error), FAULTY)


def _load(path: Path, *, as_json: bool) -> Case:
    """Return a case, or print its faults and end with exit code 1."""
    from zopa.case import read_case

    reading = read_case(path)
    if reading.case is not None:
        return reading.case
    if as_json:
        print_json({"faults": [fault.as_json() for fault in reading.faults]})
    else:
        from zopa.report.findings import print_findings

        print_findings(reading.faults, console(errors=True))
        _say(f"the case has {_plural(len(reading.faults), 'fault')}; mend them and start again")
    raise typer.Exit(FAULTY)


def _plural(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _moment(case: Case, day: date) -> Moment:
    from zopa.case import at

    return at(case, day)


def _day(written: str | None, option: str = "--at") -> date | None:
    from zopa.case import NotationError, parse_date

    if written is None:
        return None
    try:
        return parse_date(written)
    except NotationError as error:
        _stop(f"{option}: {error.message}. {error.remedy}", WRONG_USE)


@application.command()
def check(case: CaseArgument, as_json: JsonOption = False, at: DayOption = None) -> None:
    """Check a case: all faults at once, with file, line, column and how to mend them."""
    from zopa.case import read_case, sorted_faults

    day = _day(at)
    reading = read_case(case)
    findings = reading.findings
    if reading.part is not None:
        # A check counts packages and multiplies nothing: threads for matrices would only cost their start.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from zopa.space import check_packages

        findings = sorted_faults([*findings, *check_packages(reading.part)])
    faults = [finding for finding in findings if finding.severity == "fault"]
    if as_json:
        digest = reading.case.digest if reading.case is not None else None
        data: dict[str, Any] = {"ok": not faults, "digest": digest, "findings": [finding.as_json() for finding in findings]}
        if reading.case is not None and day is not None:
            data["date"] = _moment(reading.case, day).as_json()
        print_json(data)
    else:
        from zopa.report.findings import print_findings

        screen = console()
        print_findings(findings, screen)
        others = len(findings) - len(faults)
        if faults:
            screen.print(f"{_plural(len(faults), 'fault')}, {_plural(others, 'other finding')}", markup=False)
        else:
            also = f" ({_plural(others, 'finding')} to look at)" if others else ""
            screen.print(f"The case has no faults{also}.", markup=False)
        if reading.case is not None and day is not None:
            from zopa.report.terminal import moment_lines

            for line in moment_lines(reading.case, _moment(reading.case, day)):
                screen.print(line)
    raise typer.Exit(FAULTY if faults else DONE)


@application.command()
def settle(
    case: CaseArgument,
    as_json: JsonOption = False,
    at: DayOption = None,
    draws: DrawsOption = 1000,
    seed: SeedOption = 1,
    pull: PullOption = None,
    package: PackageOption = None,
    view_for: ForOption = None,
    trade_issues: TradeOption = 2,
) -> None:
    """Which agreements are possible, which are efficient and fair, and who blocks what."""
    day = _day(at)
    loaded = _load(case, as_json=as_json)
    if isinstance(pulled := chosen_levers(loaded, pull, day), str):
        _stop(_clean(pulled), WRONG_USE)
    from zopa.cli.answers import answer
    from zopa.settlement import settlement_json, unlisted, unsettled_json

    missing = unlisted(loaded)
    if missing:
        if as_json:
            print_json(unsettled_json(loaded, missing))
        else:
            from zopa.report.terminal_parts import missing_only

            console().print(missing_only(loaded, missing))
        return
    try:
        if package_command(loaded, package, view_for, trade_issues, day, pulled, as_json=as_json):
            return
        if large_command(loaded, day, pulled, as_json=as_json):
            return
        settlement, drawn = answer(loaded, day, draws, seed, pulled)
        levers = lever_answer(settlement, draws, seed)
    except ValueError as error:
        _unanswered(loaded, error, as_json=as_json)
    if as_json:
        print_json(settlement_json(settlement, drawn, levers))
    else:
        from zopa.report.terminal import summary

        console().print(summary(settlement, drawn, levers))


@application.command()
def explore(
    case: CaseArgument,
    as_json: JsonOption = False,
    at: DayOption = None,
    draws: Annotated[int, typer.Option("--draws", max=1_000_000, help="Scenarios under each reading.")] = 1000,
    seed: SeedOption = 1,
    sobol: Annotated[bool, typer.Option("--sobol", help="Scrambled Sobol' points in place of random numbers.")] = False,
    decisive_draws: Annotated[
        int,
        typer.Option("--decisive-draws", min=0, help="Scenarios in which one judgement after another is drawn anew; 0 for none."),
    ] = 1000,
    workers: Annotated[int, typer.Option("--workers", min=0, max=256, help="Processes; 0 for one per processor.")] = 0,
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="ADDRESS", help="A Dask cluster (tcp://…), or `local` to start one here.")
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE", help="Keep the ensemble (netCDF); the same command resumes or extends it."),
    ] = None,
    swap: Annotated[
        tuple[str, str] | None, typer.Option("--swap", metavar="A B", help="Compare: all data of two parties exchanged.")
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="STATEMENT", help="Compare: without a statement or source (repeatable)."),
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Compare: what was known on that day.")] = None,
    prior: PriorOption = None,
) -> None:
    """Say what the answer hangs on: shares with intervals, what decides, rules in words, what finding out would settle."""
    from zopa.cli.exploring import Compared, Wanted, comparison, explored

    wanted = Wanted(draws, seed, _day(at), sobol, decisive_draws, workers, dask, save, prior)
    compared = Compared(swap, tuple(without or ()), _day(as_of, "--as-of"))
    loaded = _load(case, as_json=as_json)
    if (fault := wanted.fault() or compared.fault(loaded, wanted)) is not None:
        _stop(_clean(fault), WRONG_USE)
    from zopa.exploration import StoreMismatch, WorkerDied, exploration_json, unexplored_json
    from zopa.settlement import unlisted

    missing = unlisted(loaded)
    if missing:
        if as_json:
            print_json(unexplored_json(loaded, missing))
        else:
            from zopa.report.terminal_parts import missing_only

            console().print(missing_only(loaded, missing))
        return
    try:
        if compared.asked:
            found = comparison(loaded, compared, wanted)
            if as_json:
                print_json(found.as_json())
            else:
                from zopa.report.compare_terminal import comparison_lines

                console().print(comparison_lines(found))
            return
        exploration = explored(loaded, wanted)
    except KeyboardInterrupt:
        kept = "" if save is None else f"; what is finished is kept beside {save}, and the same command goes on from there"
        _stop(f"stopped{kept}", INTERRUPTED)
    except StoreMismatch as error:
        _stop(_clean(str(error)), WRONG_USE)
    except WorkerDied as error:
        _stop(_clean(str(error)), FAULTY)
    except OSError as error:
        _stop(f"{save or 'the ensemble'} cannot be written: {(error.strerror or str(error)).lower()}", WRONG_USE)
    except ValueError as error:
        _unanswered(loaded, error, as_json=as_json)
    if as_json:
        print_json(exploration_json(exploration))
    else:
        from zopa.report.explore_terminal import explore_summary

        console().print(explore_summary(exploration, prior))
        if save is not None:
            print(f"\nEnsemble: {save.resolve()}")


@application.command()
def report(
    case: CaseArgument,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write (default: CASE.html).")
    ] = None,
    view_of: Annotated[str | None, typer.Option("--for", metavar="PARTY", help="One party's view: it comes first.")] = None,
    tables: Annotated[
        Path | None, typer.Option("--tables", metavar="FOLDER", help="Write its tables (CSV, XLSX) and charts (SVG) there, too.")
    ] = None,
    at: DayOption = None,
    draws: DrawsOption = 1000,
    seed: SeedOption = 1,
    prior: PriorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the report of a case: one HTML file that needs no network."""
    day = _day(at)
    loaded = _load(case, as_json=as_json)
    if view_of is not None:
        _known_party(loaded, view_of, "--for")
    from zopa.cli.targets import not_writable

    if output is not None and (reason := not_writable(output)) is not None:
        _stop(f"-o: {reason}", WRONG_USE)
    if tables is not None and tables.exists() and not tables.is_dir():
        _stop(f"--tables: {tables} is a file; name a folder", WRONG_USE)
    target = output if output is not None else Path(f"{loaded.folder.resolve().name}.html")
    made = _write_report(loaded, target, day, draws, seed, as_json=as_json, view_of=view_of, prior=prior)
    files = [] if tables is None else _write_tables(tables, loaded, made)
    if as_json:
        written = _written(loaded, target, seed)
        print_json(written if tables is None else {**written, "tables": [str(file.resolve()) for file in files]})
    else:
        print(f"Report: {target.resolve()}")
        if tables is not None:
            print(f"Tables: {tables.resolve()} ({_plural(len(files), 'file')})")


@application.command()
def demo(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Which shipped case.")] = "ukraine-2025",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write the report (default: NAME.html).")
    ] = None,
    draws: DrawsOption = 1000,
    seed: SeedOption = 1,
    as_json: JsonOption = False,
) -> None:
    """Write the report about a shipped case (the talks about the war in Ukraine) and print its summary."""
    from zopa.cases import shipped_case, shipped_cases

    if name not in shipped_cases():
        _stop(f"there is no shipped case called {_clean(name)}. There are: {', '.join(shipped_cases())}", WRONG_USE)
    loaded = _load(shipped_case(name), as_json=as_json)
    target = output if output is not None else Path(f"{name}.html")
    made = _write_report(loaded, target, None, draws, seed, as_json=as_json)
    if as_json:
        print_json(_written(loaded, target, seed))
        return
    console().print(_summary(made))
    print(f"\nReport: {target.resolve()}\nCase:   {loaded.folder}\nYour own: zopa new FOLDER")
    print(f"In the browser, to try what if and change numbers: zopa serve {name} (or: python3 run zopa serve {name})")


def _written(loaded: Case, target: Path, seed: int) -> dict[str, Any]:
    return {"report": str(target.resolve()), "bytes": target.stat().st_size, "digest": loaded.digest, "seed": seed}


def _known_party(loaded: Case, name: str, option: str) -> None:
    from zopa.case import did_you_mean

    if name not in loaded.parties:
        _stop(f"{option}: there is no party called {_clean(name)}. {did_you_mean(name, loaded.parties, 'parties')}", WRONG_USE)


def _clean(words: str) -> str:
    from zopa.report.cleaning import clean

    return clean(words)


def _summary(made: Made) -> Group:
    """Return the summary of a report for the terminal."""
    from zopa.report.terminal import summary
    from zopa.report.terminal_parts import missing_only

    if made.settlement is None:
        return missing_only(made.case, made.missing)
    return summary(made.settlement, made.drawn, made.levers)


def _write_report(
    loaded: Case,
    target: Path,
    day: date | None,
    draws: int,
    seed: int,
    *,
    as_json: bool,
    view_of: str | None = None,
    prior: str | None = None,
) -> Made:
    """Write a report and return what it was made from."""
    from zopa.case import write_whole
    from zopa.cli.exploring import processors
    from zopa.cli.watching import watched
    from zopa.report.making import make_report

    options: dict[str, Any] = {"draws": draws, "seed": seed, "day": day, "view_of": view_of, "prior": prior}
    try:
        made = make_report(loaded, **options, workers=processors(), watch=watched)
    except ValueError as error:
        _unanswered(loaded, error, as_json=as_json)
    try:
        write_whole(target, made.html.encode("utf-8"))
    except OSError as error:
        _stop(f"the report cannot be written to {target}: {(error.strerror or str(error)).lower()}", WRONG_USE)
    return made


def _write_tables(folder: Path, loaded: Case, made: Made) -> list[Path]:
    """Write the tables and charts of a report and return the files."""
    from zopa.report.chart_files import chart_files
    from zopa.report.spreadsheet import table_files, write_files
    from zopa.report.tables import report_tables

    files = table_files(report_tables(loaded, made.settlement, made.drawn, made.exploration, made.levers), loaded.title)
    if made.settlement is not None:
        files |= chart_files(loaded, made.settlement, made.drawn, made.exploration, made.levers)
    try:
        return write_files(folder, files)
    except OSError as error:
        _stop(f"the tables cannot be written to {folder}: {(error.strerror or str(error)).lower()}", WRONG_USE)


@application.command("copy")
def copy_case(
    case: CaseArgument,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="A folder that does not exist yet, or is empty.")
    ],
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="PARTY[,PARTY]", help="Parties whose numbers and red lines stay behind."),
    ] = None,
    without_notes: Annotated[bool, typer.Option("--without-notes", help="Leave out the comments of the file.")] = False,
    without_sources: Annotated[bool, typer.Option("--without-sources", help="Leave out source files and quotations.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Copy a case without what others must not see; LEFT-OUT.md in the copy says what that was."""
    parties = [name.strip() for some in without or [] for name in some.split(",") if name.strip()]
    if not (parties or without_notes or without_sources):
        _stop("nothing to leave out: add --without PARTY, --without-notes or --without-sources", WRONG_USE)
    loaded = _load(case, as_json=as_json)
    for name in parties:
        _known_party(loaded, name, "--without")
    from zopa.case import RedactionError, redact, write_copy

    try:
        copy = redact(loaded, without=parties, notes=not without_notes, sources=not without_sources)
        file = write_copy(copy, output)
    except RedactionError as error:
        _stop(_clean(str(error)), FAULTY)
    except FileExistsError as error:
        _stop(f"{error}; choose another folder, nothing was changed", WRONG_USE)
    except OSError as error:
        _stop(f"the copy cannot be written to {output}: {(error.strerror or str(error)).lower()}", WRONG_USE)
    if as_json:
        print_json({"copy": str(file.resolve()), **copy.as_json()})
        return
    print(f"Copy: {file.resolve()}\nLeft out: {_plural(len(copy.left_out), 'thing')}, {_plural(copy.comments, 'comment')}")
    if copy.look_at:
        print(f"Look at {_plural(len(copy.look_at), 'place')} before you pass it on: {file.with_name('LEFT-OUT.md')}")


@application.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that does not exist yet, or is empty.")],
    title: Annotated[str | None, typer.Option("--title", help="Title of the case.")] = None,
) -> None:
    """Make a commented starter case, which passes the check."""
    from zopa.case import write_starter

    try:
        file = write_starter(folder, title)
    except FileExistsError as error:
        _stop(f"{error}; choose another folder, nothing was changed", WRONG_USE)
    except OSError as error:
        _stop(f"{folder} cannot be written: {(error.strerror or str(error)).lower()}", WRONG_USE)
    print(f"Wrote {file}\nNext: zopa check {folder}   then   zopa settle {folder}")


@application.command()
def read(
    texts: Annotated[
        list[Path], typer.Argument(metavar="TEXT...", help="Texts (.txt .md .html .pdf .docx), or a folder of them.")
    ],
    dates: Annotated[
        list[str] | None,
        typer.Option("--date", metavar="DATE", help="Day of publication; once for all texts, or once for each in order."),
    ] = None,
    trust_dates: Annotated[bool, typer.Option("--dates-from-text", help="Use the date that a text itself offers.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="CASE", help="Draft a case there, or add to the case that is there.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of the case.")] = None,
    as_json: JsonOption = False,
    page: Annotated[
        Path | None, typer.Option("--page", metavar="FILE", help="Write the text with its statements marked, as one HTML file.")
    ] = None,
    review: Annotated[
        bool, typer.Option("--review", help="Walk the statements: accept, edit, reject. Also on a case folder.")
    ] = False,
    reviewer: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who reviews; kept with each decision.")] = None,
    actors: Annotated[
        Path | None, typer.Option("--actors", metavar="FILE", help="Your own dated actors (YAML); they come before ours.")
    ] = None,
    no_actors: Annotated[bool, typer.Option("--no-actors", help="Do not use the actors that ship with Zopa.")] = False,
    events: Annotated[
        Path | None, typer.Option("--events", metavar="FILE", help="Dated events (YAML), such as a ceasefire or a strike.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", metavar="URL", help="Ask a language model there, too (OpenAI-compatible; key in ZOPA_MODEL_KEY)."
        ),
    ] = None,
    model_name: Annotated[str | None, typer.Option("--model-name", metavar="NAME", help="Which model there.")] = None,
    yes_send: Annotated[bool, typer.Option("--yes-send", help="Agree that the text is sent to --model.")] = False,
) -> None:
    """Read texts: sourced statements, and with -o a draft case. Offline unless --model is given."""
    from zopa.cli.reading import Stopped, read_command

    try:
        read_command(
            texts,
            dates=dates or [],
            trust_dates=trust_dates,
            output=output,
            title=title,
            as_json=as_json,
            page=page,
            review=review,
            reviewer=reviewer,
            actors_file=actors,
            no_actors=no_actors,
            events_file=events,
            model=model,
            model_name=model_name,
            send=yes_send,
        )
    except Stopped as error:
        _stop(str(error), error.code)


application.command("import")(import_files)
application.command("export")(export_files)
application.command("serve")(serve_case)


@application.command()
def schema() -> None:
    """Print the JSON Schema of the case file, for editors."""
    from zopa.case import case_schema

    print_json(case_schema())


@application.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        from zopa import __version__

        print(f"zopa {__version__}")
        raise typer.Exit(DONE)
