"""The answers of the workbench: settled at once, kept while they may be asked for again, and counted in the background."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from zopa.exploration import ShareTable, share_table
from zopa.report.answer import reading_sentences
from zopa.report.answer_view import level_rows
from zopa.report.closing import closing_sentence
from zopa.settlement import Sample, Settlement, TextAlone, sample, settle, text_alone, unlisted
from zopa.space import LARGEST_SPACE, BaseScenarios, Missing, draw_scenarios, package_space, unlisted_issues
from zopa.workbench.whatif import Posed

KEPT: Final = 48  # answers that are kept; one of a million packages takes some 60 MB, so fewer of these
KEPT_LARGE: Final = 4
LARGE: Final = 200_000  # packages
MOST_PACKAGES: Final = min(1_000_000, LARGEST_SPACE)
DRAWS: Final = 256
MORE_DRAWS: Final = 2000
SEED: Final = 1
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Why a case has no settlement here: what is missing, or that it is too large to list."""

    missing: tuple[Missing, ...]


class Answers:
    """Settlements of cases as they would stand; safe for many threads, each answer made once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._making: dict[tuple[str, str], threading.Lock] = {}
        self._kept: OrderedDict[tuple[str, str], Any] = OrderedDict()
        self._scenarios = BaseScenarios()

    def settlement(self, posed: Posed) -> Settlement | Unsettled:
        """Return the settlement of the base scenario, by enumeration; or why there is none."""
        return self.once("settlement", posed.key, lambda: self._settle(posed))

    def _settle(self, posed: Posed) -> Settlement | Unsettled:
        case = posed.case
        if unlisted_issues(case):
            return Unsettled(unlisted(case))
        if not case.package_issues():
            return Unsettled((Missing("issues", "the case has no issue that a package decides", "Add one under `issues:`."),))
        if (count := package_space(case).size) > MOST_PACKAGES:
            what = f"the case has {count:,} packages, and the workbench lists at most {MOST_PACKAGES:,}"
            return Unsettled((Missing("issues", what, "Use `zopa settle`, which composes larger cases without listing them."),))
        try:
            scenarios = self._scenarios.draw(case, posed.reading)
            return settle(case, day=posed.day, scenarios=scenarios, levers=posed.levers, text=self.text(posed))
        except ValueError as error:
            # What the check of the file cannot see either: ranges that leave nothing to draw under their orders and sum.
            return Unsettled((Missing("preferences", str(error), "Widen a range, or change an order."),))

    def text(self, posed: Posed) -> TextAlone:
        """Return what the text alone decides; amounts that were set do not touch it."""
        key = f"{posed.written.digest}|{posed.whatif.without}|{posed.whatif.off}"
        return self.once("text", key, lambda: text_alone(posed.case, package_space(posed.case)))

    def once(self, kind: str, key: str, make: Callable[[], Made]) -> Made:
        """Return what was made for a key, making it now where it is not there; two who ask at once wait for one."""
        whole = (kind, key)
        with self._lock:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                found: Made = self._kept[whole]
                return found
            making = self._making.setdefault(whole, threading.Lock())
        with making:
            with self._lock:
                if whole in self._kept:
                    known: Made = self._kept[whole]
                    return known
            try:
                made = make()
                self._keep(whole, made)
            finally:
                with self._lock:
                    self._making.pop(whole, None)
        return made

    def _keep(self, key: tuple[str, str], made: Any) -> None:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            large = [one for one, value in self._kept.items() if isinstance(value, Settlement) and value.space.size > LARGE]
            for one in large[:-KEPT_LARGE]:
                del self._kept[one]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the background found out about a case as it would stand.

    Attributes
    ----------
    table : ShareTable
        Counts for each package.
    closing : str or None
        The sentence on what closes the zone.
    levels : list of dict
        For each swept range the share with a zone at each level: a name, a sentence, a chart and a table.
    sentences : list of str
        Under which readings the share is lowest and highest.
    """

    table: ShareTable
    closing: str | None
    levels: list[dict[str, Any]]
    sentences: list[str]


def count_shares(posed: Posed, draws: int, progress: Callable[[int, int], None] | None = None) -> Counted:
    """Return the shares of a case as it would stand, over all readings that are open; made by a worker.

    Parameters
    ----------
    posed : Posed
        The case.
    draws : int
        Draws under each reading.
    progress : callable, optional
        Called with (done, total).
    """
    found: Sample = sample(
        posed.case,
        draws=draws,
        seed=SEED,
        day=posed.day,
        levers=posed.levers,
        reading=posed.reading,
        fronts=True,
        progress=progress,
    )
    drawn = found if found.spread and not found.undecided else None
    levels = [] if drawn is None else level_rows(posed.case, drawn)
    base = settle(posed.case, day=posed.day, scenarios=draw_scenarios(posed.case, reading=posed.reading), levers=posed.levers)
    sentences = reading_sentences(posed.case, base, drawn)
    return Counted(share_table(found), closing_sentence(posed.case, drawn), levels, sentences)
