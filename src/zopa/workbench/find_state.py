"""What the page on finding agreements looks at, held in its address: a package, the axes, those beside it, the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from zopa.report.cleaning import clean
from zopa.settlement import Settlement, chosen_package
from zopa.workbench.pages import address

MOST_BESIDE: Final = 5  # besides the one that is looked at
LONGEST_SPELT: Final = 240
LONGEST: Final = 2000  # characters of one value
MOST_FILTERS: Final = 40
LAST_PAGE: Final = 10**6
KEYS: Final = ("package", "x", "y", "beside", "sort", "show", "who", "with", "page", "moves")
SHOWS: Final = (
    ("", "all that keep the rules"),
    ("zone", "in the zone"),
    ("efficient", "efficient"),
    ("named", "named and pinned"),
    ("unknown", "hanging on what is not known"),
)
NOBODY: Final = "nobody"


@dataclass(frozen=True, slots=True)
class FindState:
    """What the page looks at.

    Attributes
    ----------
    package : int
        The package of the builder and of the card.
    x, y : str or None
        The parties of the axes; None where no party has points.
    beside : tuple of int
        Packages compared with it.
    sort, show, who : str
        Order and filters of the table; empty for none.
    options : tuple of (str, str)
        Issues and the option that the table is narrowed to.
    page : int
        Page of the table, from 1.
    moves : str
        What is asked of the package: improve, nearest, need.PARTY, or nothing.
    faults : tuple of str
        What of the address could not be followed, in words.
    query : str
        The what-if, as the query of an address.
    """

    package: int
    x: str | None
    y: str | None
    beside: tuple[int, ...] = ()
    sort: str = ""
    show: str = ""
    who: str = ""
    options: tuple[tuple[str, str], ...] = ()
    page: int = 1
    moves: str = ""
    faults: tuple[str, ...] = ()
    query: str = ""


def rated_parties(settlement: Settlement) -> list[str]:
    """Return the parties with points, those that sign first."""
    rated = [name for name, verdict in settlement.verdicts.parties.items() if verdict.values is not None]
    return [name for name in settlement.seats if name in rated] + [name for name in rated if name not in settlement.seats]


def first_package(settlement: Settlement) -> int:
    """Return where to start: the first package of the Nash point, the one in force, the first deal, or the first of all."""
    if "nash" in settlement.points and settlement.points["nash"].vectors:
        return int(settlement.tied_packages("nash")[0])
    now = {issue.id: issue.now for issue in settlement.space.issues if issue.now is not None}
    if len(now) == len(settlement.space.issues):
        return settlement.space.index(now)
    deals = (settlement.verdicts.allowed & settlement.verdicts.deals)[0] & settlement.available
    return int(deals.argmax())


def find_state(settlement: Settlement, query: Iterable[tuple[str, str]], whatif: str = "") -> FindState:
    """Return what an address asks for; what cannot be followed falls back, and is said.

    Parameters
    ----------
    settlement : Settlement
        The case as it would stand.
    query : iterable of (str, str)
        Keys and values of the address.
    whatif : str
        The what-if as a query, carried along by every address.
    """
    values: dict[str, list[str]] = {}
    for key, value in query:
        if key in KEYS and value.strip():
            values.setdefault(key, []).append(value.strip()[:LONGEST])
    faults: list[str] = []
    last = {key: found[-1] for key, found in values.items()}
    package = _package(settlement, last.get("package"), faults)
    beside = _beside(settlement, values.get("beside", ()), package, faults)
    x, y = _axes(settlement, last, faults)
    return FindState(
        first_package(settlement) if package is None else package,
        x,
        y,
        beside,
        last.get("sort", ""),
        _known(last.get("show", ""), [key for key, _ in SHOWS], "filter", faults),
        _known(last.get("who", ""), ["", NOBODY, *settlement.case.parties], "party", faults),
        _options(settlement, values.get("with", ()), faults),
        _number(last.get("page")),
        _moves(settlement, last.get("moves", ""), faults),
        tuple(dict.fromkeys(faults)),
        whatif,
    )


def _package(settlement: Settlement, written: str | None, faults: list[str]) -> int | None:
    if written is None:
        return None
    try:
        return chosen_package(settlement, written).package
    except (ValueError, KeyError) as error:
        said = str(error.args[0] if error.args else error)
        faults.append(clean(f"{said[:1].upper()}{said[1:]}{'' if said.endswith(('.', '?')) else '.'} Another package is shown."))
        return None


def _beside(settlement: Settlement, written: Sequence[str], package: int | None, faults: list[str]) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for one in written[: 10 * MOST_BESIDE]:
        index = _package(settlement, one, faults)
        if index is not None and index != package:
            found[index] = None
    if len(found) > MOST_BESIDE:
        faults.append(f"At most {MOST_BESIDE + 1} packages stand side by side: the others were left out.")
    return tuple(found)[:MOST_BESIDE]


def _axes(settlement: Settlement, last: Mapping[str, str], faults: list[str]) -> tuple[str | None, str | None]:
    rated = rated_parties(settlement)
    if not rated:
        return None, None
    found = []
    for place, key in enumerate(("x", "y")):
        wanted = last.get(key)
        if wanted is not None and wanted not in rated:
            faults.append(f"{clean(wanted)} has no points to be drawn.")
            wanted = None
        found.append(rated[min(place, len(rated) - 1)] if wanted is None else wanted)
    return found[0], found[1]


def _options(settlement: Settlement, written: Sequence[str], faults: list[str]) -> tuple[tuple[str, str], ...]:
    issues = {issue.id: issue for issue in settlement.space.issues}
    found: dict[str, str] = {}
    for one in written[:MOST_FILTERS]:
        name, _, option = (part.strip() for part in one.partition("="))
        if name in issues and option in issues[name].option_ids():
            found[name] = option
        elif option:
            faults.append(f"There is no option {clean(option)} of {clean(name)}.")
    return tuple(found.items())


def _known(wanted: str, known: Sequence[str], what: str, faults: list[str]) -> str:
    if wanted in known:
        return wanted
    faults.append(f"There is no {what} called {clean(wanted)}.")
    return ""


def _moves(settlement: Settlement, wanted: str, faults: list[str]) -> str:
    kind, _, party = wanted.partition(".")
    if wanted in {"", "improve", "nearest"} or (kind == "need" and party in settlement.case.parties):
        return wanted
    faults.append(f"Nothing is known about “{clean(wanted)}”.")
    return ""


def _number(written: str | None) -> int:
    known = written is not None and written.isascii() and written.isdigit() and len(written) < 8
    return max(1, min(LAST_PAGE, int(written or "1"))) if known else 1


class Addresses:
    """The addresses of the page: each carries the what-if and everything else that is looked at along."""

    def __init__(self, settlement: Settlement, state: FindState, path: str = "/find") -> None:
        self.settlement = settlement
        self.state = state
        self.path = path

    def spelt(self, package: int) -> str:
        """Return a package as an address names it: option by option where that is short enough, else by number."""
        words = ",".join(f"{issue}={option}" for issue, option in self.settlement.space.options(package).items())
        return words if words and len(words) <= LONGEST_SPELT else str(package)

    def own(self, state: FindState) -> str:
        """Return what an address says besides the what-if."""
        known = state.x is not None and rated_parties(self.settlement)[:2] != [state.x, state.y]
        parts = [("package", self.spelt(state.package))]
        parts += [("x", state.x or ""), ("y", state.y or "")] if known else []
        parts += [("beside", self.spelt(one)) for one in state.beside]
        parts += [("sort", state.sort), ("show", state.show), ("who", state.who), ("moves", state.moves)]
        parts += [("with", f"{issue}={option}") for issue, option in state.options]
        parts += [("page", str(state.page))] if state.page > 1 else []
        return urlencode([(key, value) for key, value in parts if value], safe=",=.:*")

    def to(self, state: FindState) -> str:
        """Return the address that looks at something else."""
        return address(self.path, self.state.query, self.own(state))

    def take(self, package: int) -> str:
        """Return the address that takes a package into the builder."""
        rest = tuple(one for one in self.state.beside if one != package)
        return self.to(replace(self.state, package=package, beside=rest))

    def beside(self, package: int) -> str | None:
        """Return the address that puts a package beside; None where it stands there already, or nothing more fits."""
        full = len(self.state.beside) >= MOST_BESIDE or package in (self.state.package, *self.state.beside)
        return None if full else self.to(replace(self.state, beside=(*self.state.beside, package)))

    def without(self, package: int) -> str:
        """Return the address that takes a package away from those side by side; the first of the others takes its place."""
        rest = tuple(one for one in self.state.beside if one != package)
        if package == self.state.package and rest:
            return self.to(replace(self.state, package=rest[0], beside=rest[1:]))
        return self.to(replace(self.state, beside=rest))

    def asking(self, moves: str) -> str:
        """Return the address that asks something of the package."""
        return self.to(replace(self.state, moves=moves))

    def table(self, **changed: object) -> str:
        """Return the address with another order, filter or page of the table; a new filter starts at its first page."""
        return self.to(replace(self.state, **{"page": 1, **changed}))  # type: ignore[arg-type]
