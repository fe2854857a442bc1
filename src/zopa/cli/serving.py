"""``zopa serve``: the workbench in a browser."""

from __future__ import annotations

import re
import shutil
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from zopa.cli.printing import console, print_json

if TYPE_CHECKING:
    import socket

    from zopa.workbench.access import Access

DONE, FAULTY, WRONG_USE = 0, 1, 2
PORT = 8765
NAME = re.compile(r"([A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")


def serve_case(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Case folder, its case.yaml, or the name of a shipped case.")],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 for any that is free.")] = PORT,
    address: Annotated[
        str, typer.Option("--address", metavar="ADDRESS", help="Let other machines in, at this address of yours; needs a token.")
    ] = "127.0.0.1",
    names: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME[:PORT]", help="A name under which browsers reach this server (repeatable)."),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option("--token", metavar="TEXT", envvar="ZOPA_TOKEN", help="What others must know; made for you where needed."),
    ] = None,
    open_browser: Annotated[
        bool | None, typer.Option("--open/--no-open", help="Open the browser (default: where somebody watches).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the address as JSON for other programs.")] = False,
) -> None:
    """Open a case in the workbench, in a browser; it runs on this machine and needs no network."""
    if find_spec("fastapi") is None or find_spec("uvicorn") is None:
        _stop('the workbench needs FastAPI: install zopa with its extra `workbench` (pip install "zopa[workbench]")', FAULTY)
    _check_way_in(address, names or [], token)
    file = _case_file(case)
    from zopa.case import CaseFaults
    from zopa.workbench.access import Access, is_loopback, new_token
    from zopa.workbench.answers import Answers
    from zopa.workbench.app import create_app
    from zopa.workbench.context import Context
    from zopa.workbench.desk import Desk
    from zopa.workbench.jobs import Jobs
    from zopa.workbench.serving import Server

    try:
        desk = Desk(file)
    except CaseFaults as error:
        _refuse(error, as_json=as_json)
    listening = _listen(port, address)
    made = new_token() if token is None and not is_loopback(address) else None
    access = Access.on(listening.getsockname()[1], address, names or [], token or made)
    context = Context(desk, Answers(), Jobs())
    app = create_app(context, access)
    context.warm_up()
    wanted = sys.stdout.isatty() if open_browser is None else open_browser
    place = _place(listening, address, access)

    def begun() -> None:
        entry = place if access.token is None else f"{place}?token={access.token}"
        # A token that was given is known; one that was made here is shown this once.
        _announce(entry if made is not None else place, file, made, as_json=as_json)
        if wanted:
            import webbrowser

            threading.Thread(target=webbrowser.open, args=(entry,), daemon=True).start()

    Server(app, begun).run(sockets=[listening])


def _check_way_in(address: str, names: list[str], token: str | None) -> None:
    """Refuse an address, a name or a token that cannot be."""
    from zopa.workbench.access import SHORTEST_TOKEN, is_everywhere

    try:
        everywhere = is_everywhere(address)
    except ValueError:
        _stop(f"--address: {_clean(address)} is no address such as 192.168.1.20; a name goes to --name", WRONG_USE)
    for name in names:
        if not NAME.fullmatch(name):
            _stop(f"--name: {_clean(name)} is no name such as mediation.example or mediation.example:8765", WRONG_USE)
    if everywhere and not names:
        _stop(
            "--address: for all addresses at once, say with --name under which name browsers come, such as 192.168.1.20",
            WRONG_USE,
        )
    if token is not None and (len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token):
        _stop(
            f"--token: at least {SHORTEST_TOKEN} letters, digits or signs without blanks; without --token one is made", WRONG_USE
        )


def _case_file(case: str) -> Path:
    """Return the case to open: the one that is named, or a copy of a shipped case, whose own files are never edited."""
    from zopa.cases import shipped_case, shipped_cases

    path = Path(case)
    inside = [name for name in shipped_cases() if path.resolve() in {shipped_case(name), shipped_case(name) / "case.yaml"}]
    if path.exists() and not inside:
        return path
    names = inside or [name for name in shipped_cases() if name == case]
    if not names:
        _stop(f"there is no case at {_clean(case)}. Shipped cases: {', '.join(shipped_cases())}", WRONG_USE)
    copy = Path(names[0])
    if copy.resolve() == shipped_case(names[0]):
        _stop("this is the folder of the shipped cases, which are not edited; start in another folder", WRONG_USE)
    if copy.exists():
        _say(f"opening the copy in {copy.resolve()}")
        return copy
    try:
        _copy(shipped_case(names[0]), copy)
    except OSError as error:
        _stop(f"a copy cannot be written to {copy.resolve()}: {(error.strerror or str(error)).lower()}", WRONG_USE)
    _say(f"copied the shipped case to {copy.resolve()}; changes go there")
    return copy


def _copy(folder: Path, copy: Path) -> None:
    """Copy a case; it is there as a whole, or not at all."""
    part = copy.with_name(f".{copy.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            target = part / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)  # without its rights: a package may be installed for reading alone
    part.rename(copy)


def _listen(port: int, address: str) -> socket.socket:
    from zopa.workbench.serving import listen

    try:
        listening = listen(port, "127.0.0.1" if address == "localhost" else address)
    except OSError as error:
        _stop(f"port {port} of {address} cannot be used: {(error.strerror or str(error)).lower()}; try another --port", WRONG_USE)
    except OverflowError:
        _stop(f"--port: there is no port {port}", WRONG_USE)
    found = listening.getsockname()[1]
    if port not in {0, found}:
        _say(f"port {port} is taken, so this is {found}")
    return listening


def _place(listening: socket.socket, address: str, access: Access) -> str:
    """Return the address to open, under a name that the server answers to."""
    from zopa.workbench.access import bracketed, has_port, is_everywhere

    port = listening.getsockname()[1]
    host = f"{bracketed(address)}:{port}"
    if is_everywhere(address):
        local = {f"{one}:{port}" for one in ("127.0.0.1", "localhost", "[::1]")}
        host = sorted(one for one in access.hosts - local if has_port(one))[0]
    return f"http://{host}/"


def _announce(place: str, file: Path, token: str | None, *, as_json: bool) -> None:
    if as_json:
        print_json({"address": place, "case": str(file.resolve()), "token": token})
    else:
        also = " The token in this address is shown only now." if token is not None else ""
        print(f"Workbench: {place}   Stop with Ctrl-C.{also}")
    sys.stdout.flush()


def _refuse(error: Exception, *, as_json: bool) -> NoReturn:
    """Print the faults of a case and end."""
    from zopa.case import CaseFaults
    from zopa.report.findings import print_findings

    assert isinstance(error, CaseFaults)
    if as_json:
        print_json({"faults": [fault.as_json() for fault in error.faults]})
    else:
        print_findings(error.faults, console(errors=True))
        count = len(error.faults)
        _say(f"the case has {count} fault{'' if count == 1 else 's'}; mend them and start again")
    raise typer.Exit(FAULTY)


def _clean(words: str) -> str:
    from zopa.report.cleaning import clean

    return clean(words)


def _say(words: str) -> None:
    print(f"zopa: {words}", file=sys.stderr, flush=True)


def _stop(words: str, code: int) -> NoReturn:
    _say(words)
    raise typer.Exit(code)
