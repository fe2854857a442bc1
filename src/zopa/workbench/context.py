"""What every request works with: the case on the desk, the answers that are kept, and the work in the background."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zopa.case import Case
from zopa.settlement import Settlement
from zopa.workbench.answers import DRAWS, Answers, Counted, Unsettled, count_shares
from zopa.workbench.desk import Desk, Standing
from zopa.workbench.jobs import Job, Jobs
from zopa.workbench.templating import templates
from zopa.workbench.whatif import Posed, WhatIf, posed

LONGEST_TAB = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """A case as somebody wants to see it.

    Attributes
    ----------
    standing : Standing
        The case on the disk, and what can be undone.
    posed : Posed
        The case as it would stand.
    settlement : Settlement or Unsettled
        Its settlement in the base scenario.
    """

    standing: Standing
    posed: Posed
    settlement: Settlement | Unsettled

    @property
    def case(self) -> Case:
        """The case as it would stand."""
        return self.posed.case

    @property
    def settled(self) -> Settlement | None:
        """The settlement, None where there is none."""
        return self.settlement if isinstance(self.settlement, Settlement) else None

    @property
    def query(self) -> str:
        """The what-if as the query of an address."""
        return self.posed.whatif.query()


def shares_key(asked: Asked, draws: int = DRAWS) -> str:
    """Return the key of the work that counts the shares of a case as it would stand."""
    return f"shares {draws} {asked.posed.key}"


@dataclass(frozen=True, slots=True)
class Context:
    """The desk, the answers and the background of one server."""

    desk: Desk
    answers: Answers
    jobs: Jobs

    def ask(self, query: Iterable[tuple[str, str]]) -> Asked:
        """Return the case as a query asks for it.

        Parameters
        ----------
        query : iterable of (str, str)
            Keys and values of an address, such as ``request.query_params.multi_items()``.
        """
        values: dict[str, list[str]] = {}
        for key, value in query:
            values.setdefault(key, []).append(value)
        return self.asked(values)

    def asked(self, query: Mapping[str, Sequence[str]]) -> Asked:
        """Return the case as a query asks for it, all values of a key together."""
        standing = self.desk.look()
        whatif, faults = WhatIf.parse(query)
        key = f"{standing.case.digest}?{whatif.query()}&{faults}"
        as_posed: Posed = self.answers.once("posed", key, lambda: posed(standing.case, whatif, faults))
        return Asked(standing, as_posed, self.answers.settlement(as_posed))

    def shares(self, asked: Asked, tab: str = "", draws: int = DRAWS) -> Job:
        """Return the work that counts the shares of a case as it would stand, begun where it is not there yet.

        Parameters
        ----------
        asked : Asked
            The case, which must be settled.
        tab : str
            Whose work it is: what one tab wants next takes the place of what it wanted before.
        draws : int
            Draws under each reading.
        """
        slot = f"shares {tab[:LONGEST_TAB]}"
        return self.jobs.start(shares_key(asked, draws), count_shares, asked.posed, draws, slot=slot)

    def counted(self, asked: Asked, draws: int = DRAWS) -> Counted | None:
        """Return the shares of a case as it would stand, where they have been counted; begins nothing."""
        job = self.jobs.get(shares_key(asked, draws))
        found: Any = job.result if job is not None and job.state == "done" else None
        return found if isinstance(found, Counted) else None

    def warm_up(self) -> None:
        """Settle the case and make the templates ready, so that the first page comes as quickly as the next."""
        self.asked({})
        for name in templates().list_templates(extensions=["j2"]):
            templates().get_template(name)
