"""What closes the zone, in a sentence: the level of a range, or the reading, at which it goes from open to empty."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from zopa.case import Case, names_in_amount
from zopa.report.plain import issue_name, percent, reading_label
from zopa.settlement import Band, Sample

OPEN, SHUT = 0.95, 0.05  # a share of at least this counts as open, of at most that as shut


def closing_sentence(case: Case, drawn: Sample | None) -> str | None:
    """Return what closes the zone, or None where nothing is sampled or a signatory lacks an input.

    A swept range comes first; without one, the reading whose change moves the share most.
    """
    if drawn is None or not drawn.spread or drawn.undecided:
        return None
    if drawn.levels:
        return closing_words(case, drawn, drawn.levels[0].assumption)
    changes = [one for one in drawn.changes() if one.lowest or one.highest]
    if not changes:
        return None
    most = max(changes, key=lambda one: max(abs(one.lowest), abs(one.highest)))
    start, end = (reading_label(case, {most.key: word}) for word in (most.start, most.end))
    far = max(abs(most.lowest), abs(most.highest))
    return f"What moves the answer most is one reading: from “{start}” to “{end}” it moves by up to {percent(far, drawn.draws)}."


def closing_words(case: Case, drawn: Sample, name: str) -> str:
    """Return at which level of a swept range the zone is open in nearly all assumptions, and from which in nearly none."""
    levels = [level for level in drawn.levels if level.assumption == name]
    title = issue_name(case, name)
    falls = levels[0].span.highest >= levels[-1].span.highest
    ordered = levels if falls else levels[::-1]
    if not _one_way(ordered, drawn):
        low, high = (chosen(levels, key=lambda level: level.span.highest) for chosen in (min, max))
        most = percent(high.span.highest, drawn.draws)
        return (
            f"Over the range of {title} the share goes up and down: at {low.band} a zone exists in {_at_most(low, drawn)} of the "
            f"assumptions, at {high.band} in up to {most}."
        )
    still = _last(ordered, lambda one: one.span.lowest / drawn.draws >= OPEN)
    gone = next((one for one in ordered if one.span.possible / drawn.draws <= SHUT), None)
    if still is None and gone is None:
        return f"Over the range of {title} the zone is never open in nearly all, nor shut in nearly all, of the assumptions."
    way = "rises" if falls else "falls"
    if gone is None:
        assert still is not None
        edge = f"up to {title} {still.band}" if falls else f"from {title} {still.band} upwards"
        return f"A zone exists in {_at_least(still, drawn)} {edge}, and at no level is it shut in nearly all of them."
    if still is None:
        return (
            f"The zone closes as {title} {way}: at {gone.band} it exists in {_at_most(gone, drawn)} of the assumptions, "
            "and at no level in nearly all of them."
        )
    return (
        f"The zone closes as {title} {way}: at {still.band} it exists in {_at_least(still, drawn)}, "
        f"at {gone.band} in {_at_most(gone, drawn)}."
    )


def _one_way(levels: list[Band], drawn: Sample) -> bool:
    """Return whether shares only fall along the levels, but for what sampling may do."""
    slack = drawn.draws**0.5  # twice the largest standard error, in draws
    return all(
        after.span.lowest <= before.span.lowest + slack and after.span.highest <= before.span.highest + slack
        for before, after in pairwise(levels)
    )


def _at_least(level: Band, drawn: Sample) -> str:
    whole = level.span.lowest == drawn.draws
    return "all of the assumptions" if whole else f"at least {percent(level.span.lowest, drawn.draws)} of the assumptions"


def _at_most(level: Band, drawn: Sample) -> str:
    return f"at most {percent(level.span.possible, drawn.draws)}" if level.span.possible else "none"


def scale_words(case: Case, name: str) -> str:
    """Return what the ends of the scale mean where an assumption is the share that no deal is worth."""
    shares = [
        preferences.no_deal.judgement.amount
        for preferences in case.preferences.values()
        if preferences.no_deal is not None and preferences.no_deal.kind == "share" and preferences.no_deal.judgement is not None
    ]
    if not any(used.id.partition(".")[0] == name for amount in shares for used in names_in_amount(amount)):
        return ""
    return "At 0 no deal is worth as little to a party as its worst package, at 100 as much as its best."


def _last(levels: list[Band], good: Callable[[Band], bool]) -> Band | None:
    """Return the last level of an unbroken run of good ones from the start."""
    found = None
    for level in levels:
        if not good(level):
            break
        found = level
    return found
