"""The answer in a sentence, and how a named package stands: the words that the page and the terminal share."""

from __future__ import annotations

from collections.abc import Sequence

from zopa.case import Case
from zopa.report.plain import differing, party_name, percent_range, reading_label, thousands
from zopa.settlement import PackageView, Sample, Settlement


def answer_sentence(case: Case, settlement: Settlement, drawn: Sample | None) -> str:
    """Return the answer in one sentence, with its share of assumptions."""
    if settlement.undecided:
        lacking = ", ".join(
            party_name(case, name)
            for name in settlement.seats
            if settlement.verdicts.parties[name].values is None or settlement.verdicts.parties[name].threshold is None
        )
        return (
            "Whether there is a zone of possible agreement cannot be said: the case does not say what "
            f"agreements, or no agreement, are worth to {lacking}. "
            f"{thousands(len(settlement.possible))} packages are refused by nobody for sure."
        )
    if drawn is None or drawn.varied == 0:
        size = len(settlement.zone)
        if not size and len(settlement.possible):
            hang = thousands(len(settlement.possible))
            return f"No package is acceptable for sure to everybody who must agree; {hang} hang on what is not known."
        if not size:
            return "There is no package that everybody who must agree would accept."
        return f"There is a zone of possible agreement: {thousands(size)} packages that everybody who must agree would accept."
    lowest, highest = drawn.extremes()
    share = percent_range(lowest.open_draws / drawn.draws, highest.open_draws / drawn.draws)
    first = f"There is a package acceptable to everybody who must agree in {share} of the assumptions"
    if len(drawn.readings) == 1:
        return f"{first}."
    turned, changed = differing(lowest.reading, highest.reading)
    if not changed:
        return f"{first}, however the sentences are read."
    return f"{first}: fewest if {reading_label(case, turned)}; most if {reading_label(case, changed)}."


def package_standing(views: Sequence[PackageView]) -> str | None:
    """Return why nobody is asked about a named package, or None when its acceptance is a question."""
    if not any(view.deal for view in views):
        return "no agreement"
    if not any(view.deal and view.available for view in views):
        return "not to be had on that day"
    return None


def unknown_parties(views: Sequence[PackageView]) -> list[str]:
    """Return the parties asked of which it is not known whether they accept a package."""
    return list(
        dict.fromkeys(one.party for view in views for one in view.refusals if not one.certain and one.party in view.asked)
    )


def shares_sure(settlement: Settlement, drawn: Sample | None, members: Sequence[int], views: Sequence[PackageView]) -> str:
    """Return the share of assumptions in which a named package is acceptable to everybody asked.

    Where somebody's answer is not known the share counts what is sure, and says so; where a signatory's
    is not known there is nothing to count.
    """
    if settlement.undecided:
        return "not known"
    known = [one for index in members if drawn is not None and (one := drawn.acceptable_range(index)) is not None]
    if drawn is None or not known:
        return "–"
    shown = percent_range(min(one[0] for one in known) / drawn.draws, max(one[1] for one in known) / drawn.draws)
    return f"{shown} for sure" if unknown_parties(views) else shown
