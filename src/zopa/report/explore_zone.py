"""In which share of scenarios there is a zone, and what other ranges do to it: sentences and rows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from zopa.case import Amount, Case, Number, Range, Triangular
from zopa.report.explore_figures import amount_words, ends_words, many_readings, percent_words, share_words
from zopa.report.plain import issue_name, party_name

if TYPE_CHECKING:
    from zopa.exploration import Exploration, Share
    from zopa.settlement import Band


def fixed_sentence(exploration: Exploration) -> str:
    """Return what there is to say where nothing differs between scenarios."""
    if exploration.zone is None:
        return zone_sentence(exploration)
    return "Every number of this case is fixed and its text is read in one way: nothing is left that could turn the answer."


def unknown_whom(exploration: Exploration) -> str:
    """Return on whose unknown yes a zone may hang; nothing where every zone is known for sure."""
    if all(one.possible_draws == one.open_draws for one in exploration.readings):
        return ""
    paths = [one.path.split(".") for one in exploration.missing]
    names = [party_name(exploration.case, party) for party in exploration.case.parties if any(party in path for path in paths)]
    return " and ".join(names) or "those of whom nothing is known"


def zone_sentence(exploration: Exploration) -> str:
    """Return in which share of scenarios there is a zone for sure, in which if the unknown agreed, and in which none."""
    zone = exploration.zone
    if zone is None:
        return (
            "In which share of scenarios there is a zone cannot be said: under every reading somebody must agree of whom too "
            "little is known."
        )
    whom, draws = unknown_whom(exploration), exploration.draws
    sure = " for sure" if whom else ""
    found = f"A zone exists{sure} in {share_words(zone.lowest)} of the scenarios"
    if many_readings(exploration):
        found += f" under the reading with the fewest and in {share_words(zone.highest)} under the reading with the most"
    possible = [one.possible_draws / draws for one in exploration.readings]
    if whom:
        found += f", and in up to {percent_words(max(possible))} if {whom} agreed, which is not known"
    known = [share for share, one in zip(possible, exploration.readings, strict=True) if not one.undecided]
    empty = percent_words(1 - max(known), 1 - min(known))
    return f"{found}. It is empty{sure} in {empty}."


# Other ranges ----------------------------------------------------------------------------------------


def range_sentence(case: Case, exploration: Exploration) -> str | None:
    """Return what holding the first swept assumption in other ranges does to the share with a zone; None without one.

    That the answer hangs on the range is said only where the intervals of two ranges lie apart.
    """
    zone, bands = exploration.zone, exploration.sample.bands
    if zone is None or not bands:
        return None
    first = [one for one in bands if one.assumption == bands[0].assumption]
    name, assumed = issue_name(case, first[0].assumption), case.assumptions[first[0].assumption].amount
    sure = " for sure" if unknown_whom(exploration) else ""
    if not _apart(exploration, first):
        counts = [count for one in first for count in (one.span.lowest, one.span.highest)]
        span = percent_words(min(counts) / exploration.draws, max(counts) / exploration.draws)
        return f"Whichever range of {name} is taken of those below, a zone exists{sure} in {span} of the scenarios."
    shares = [percent_words(one.span.lowest / exploration.draws, one.span.highest / exploration.draws) for one in first]
    held = [f"held within {_held(first[0], assumed)}, a zone exists{sure} in {shares[0]} of the scenarios"]
    held += [f"within {_held(one, assumed)}, in {share}" for one, share in zip(first[1:], shares[1:], strict=True)]
    if assumed is not None:
        held.append(f"as assumed ({amount_words(assumed)}), in {ends_words(zone)}")
    return f"The answer hangs on the range of {name}: {'; '.join(held)}."


def _held(band: Band, assumed: Amount | None) -> str:
    how = compared(band.amount, assumed)
    return amount_words(band.amount) if how == "–" else f"{amount_words(band.amount)} ({how})"


def _apart(exploration: Exploration, bands: list[Band]) -> bool:
    """Return whether the intervals of the lowest or of the highest share of some two ranges do not overlap."""
    for ends in ([one.span.lowest for one in bands], [one.span.highest for one in bands]):
        if exploration.of(min(ends)).high < exploration.of(max(ends)).low:
            return True
    return False


def compared(band: Amount, assumed: Amount | None) -> str:
    """Return how a band compares with the range that the case assumes: narrower or wider, lower or higher."""
    ends, whole = _ends(band), None if assumed is None else _ends(assumed)
    if ends is None or whole is None:
        return "–"
    width, widest = ends[1] - ends[0], whole[1] - whole[0]
    found = [] if width == widest else ["narrower" if width < widest else "wider"]
    found += [] if sum(ends) == sum(whole) else ["lower" if sum(ends) < sum(whole) else "higher"]
    return " and ".join(found) or "as assumed"


def _ends(amount: Amount) -> tuple[Fraction, Fraction] | None:
    if isinstance(amount, Number):
        return amount.value, amount.value
    return (amount.low, amount.high) if isinstance(amount, Range | Triangular) else None


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A range that an assumption is held in: how it compares with what is assumed, the shares, the most that is possible."""

    held: str
    compared: str
    shares: tuple[Share, Share]
    possible: str


def range_rows(case: Case, exploration: Exploration) -> list[RangeRow]:
    """Return the share with a zone as the case assumes each swept range, and for each band of it."""
    zone, draws = exploration.zone, exploration.draws
    if zone is None:
        return []
    possible = max(one.possible_draws for one in exploration.readings)
    rows: list[RangeRow] = []
    for name in dict.fromkeys(one.assumption for one in exploration.sample.bands):
        title, assumed = issue_name(case, name), case.assumptions[name].amount
        if assumed is not None:
            ends = (zone.lowest, zone.highest)
            rows.append(RangeRow(f"{title} {amount_words(assumed)}", "as assumed", ends, percent_words(possible / draws)))
        for one in exploration.sample.bands:
            if one.assumption == name:
                ends = (exploration.of(one.span.lowest), exploration.of(one.span.highest))
                most = percent_words(one.span.possible / draws)
                rows.append(RangeRow(f"{title} {amount_words(one.amount)}", compared(one.amount, assumed), ends, most))
    return rows
