"""Levers in plain words: sentences and table rows for the report and the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zopa.case import Case
from zopa.report.answer import packages_words
from zopa.report.plain import CONCEPT_NAMES, party_name, percent_range, short, signed, thousands
from zopa.settlement import LeverChange, LeverComparison, LeverFacts, LeverState, ShareChange, lever_change

HEADING = "Levers: what would change if somebody pulled one"


@dataclass(frozen=True, slots=True)
class LeverRow:
    """One lever as a row of a table, in words."""

    lever: str
    by: str
    when: str
    no_deal: str
    alone: str
    beside: str
    share: str
    packages: str


def lever_columns(found: LeverComparison) -> list[str]:
    """Return the headings of the rows of :func:`lever_rows`."""
    heads = ["Lever", "Pulled by"]
    heads += ["Can it be pulled"] if _some_wait(found) else []
    heads += ["No-deal values", "Zone, this lever alone"]
    heads += ["Zone, beside the options of the others"] if has_options(found) else []
    heads += ["Share of the assumptions with a zone"] if found.shares is not None else []
    return [*heads, "Named packages"]


def lever_cells(found: LeverComparison, row: LeverRow) -> list[str]:
    """Return the cells of a row, one for each heading of :func:`lever_columns`."""
    cells = [row.lever, row.by]
    cells += [row.when] if _some_wait(found) else []
    cells += [row.no_deal, row.alone]
    cells += [row.beside] if has_options(found) else []
    cells += [row.share] if found.shares is not None else []
    return [*cells, row.packages]


def _some_wait(found: LeverComparison) -> bool:
    return not all(one.available for one in found.facts.values())


def has_options(found: LeverComparison) -> bool:
    """Return whether some lever only makes options possible, so that two grounds of comparison differ."""
    return bool(found.options.pulled)


def lever_rows(found: LeverComparison) -> list[LeverRow]:
    """Return a row for every lever, in file order, also for those that cannot be pulled on the day."""
    return [_row(found, one) for one in found.facts.values()]


def _row(found: LeverComparison, one: LeverFacts) -> LeverRow:
    case = found.case
    name, by, when = case.levers[one.id].name, party_name(case, one.by), waiting_words(found, one)
    if not one.available:
        return LeverRow(name, by, when, "–", "–", "–", "–", "–")
    alone = lever_change(found.nothing, found.alone[one.id])
    # Where options hang on levers, a lever is best seen beside those of the others.
    ground, state = seen_states(found, one.id)
    turned = lever_change(ground, state)
    return LeverRow(
        name,
        by,
        when,
        _moved_words(found, found.alone[one.id], turned),
        _zone_words(found.nothing, found.alone[one.id], alone),
        _zone_words(ground, state, turned),
        _share_change(found, ground, state),
        _named_words(case, turned) or ("not known" if turned.zone is None else "no change"),
    )


def seen_states(found: LeverComparison, lever: str) -> tuple[LeverState, LeverState]:
    """Return the states between which the lever is pulled, from not pulled to pulled."""
    turned = found.turned[lever]
    return (turned, found.options) if lever in found.options.pulled else (found.options, turned)


def together_states(found: LeverComparison) -> list[tuple[str, LeverState]]:
    """Return the sets of several levers that are looked at, each with its name, in words."""
    known: dict[tuple[str, ...], tuple[str, LeverState]] = {}
    if has_options(found):
        known[found.options.pulled] = ("All that only make options possible", found.options)
    whose = "" if found.sized is found.together else " whose size is known"
    known.setdefault(found.sized.pulled, (f"All levers{whose}", found.sized))
    if found.chosen is not None:
        known.setdefault(found.chosen.pulled, ("Exactly those asked for", found.chosen))
    return [(name, state) for name, state in known.values() if len(state.pulled) > 1]


def together_rows(found: LeverComparison) -> list[LeverRow]:
    """Return a row for each set of several levers, against no lever pulled."""
    rows = []
    for name, state in together_states(found):
        change = lever_change(found.nothing, state)
        beside = lever_change(found.options, state)
        rows.append(
            LeverRow(
                f"{name} ({_names(found.case, state.pulled)})",
                "–",
                "–",
                _moved_words(found, state, change),
                _zone_words(found.nothing, state, change),
                "–" if state is found.options else _zone_words(found.options, state, beside),
                _share_change(found, found.nothing, state),
                _named_words(found.case, change) or ("not known" if change.zone is None else "no change"),
            )
        )
    return rows


def waiting_words(found: LeverComparison, one: LeverFacts) -> str:
    """Return whether a lever can be pulled on the day, and if not, since or until when."""
    if one.why is None:
        return "yes"
    if one.why == "not_before":
        return f"from {one.when}"
    if one.why == "ended":
        return f"only until {one.when}"
    return f"no: {party_name(found.case, one.by)} is not in office"


def lever_sentences(found: LeverComparison) -> list[str]:
    """Return what the levers come to, in sentences: together first, then what nobody can say."""
    lines = ["Packages are counted in the base scenario, a point of reference."] if found.shares is not None else []
    lines.append(f"With no lever pulled: {_size(found.nothing)}.")
    if has_options(found):
        names = _names(found.case, found.options.pulled)
        lines.append(f"With every lever pulled that only makes options possible ({names}): {_size(found.options)}.")
    if found.sized.pulled and found.sized.pulled != found.options.pulled:
        all_of_them = found.sized is found.together
        what = "With all levers pulled" if all_of_them else "With all levers pulled whose size is known"
        lines.append(f"{what} ({_names(found.case, found.sized.pulled)}): {_size(found.sized)}.")
    if found.chosen is not None:
        names = _names(found.case, found.chosen.pulled) or "none"
        lines.append(f"With exactly the levers asked for ({names}): {_size(found.chosen)}.")
    unknown = [one.id for one in found.facts.values() if one.available and one.unknown]
    if unknown:
        which = "The size of this lever is" if len(unknown) == 1 else "The sizes of these levers are"
        lines.append(f"{which} not given, so that nobody can say what would follow: {_names(found.case, unknown)}.")
    for one in found.facts.values():
        for target in one.unused:
            whom, _, part = target.partition(".")
            what = "the no-deal value" if part == "no_deal" else part.replace("_", " ")
            lever = found.case.levers[one.id].name
            lines.append(f"{lever} moves {what} of {party_name(found.case, whom)}, which settlement does not use.")
    lines += _share_sentences(found)
    return lines


def point_sentences(found: LeverComparison, concept: str = "nash") -> list[str]:
    """Return how each lever moves a solution point: what every signatory gains over no deal, without and with it.

    A lever that leaves the gains as they are is left out.
    """
    case, lines = found.case, []
    for name, one in found.facts.items():
        if not one.available:
            continue
        before, after = (state.solutions.get(concept) for state in seen_states(found, name))
        if before is None or after is None or before.gains == after.gains:
            continue
        moved = [
            f"{party_name(case, party)} {signed(before.gains[party])} to {signed(gain)}" for party, gain in after.gains.items()
        ]
        lines.append(f"{case.levers[name].name}: gains at the {CONCEPT_NAMES[concept]} point, {', '.join(moved)}.")
    return lines


def _share_sentences(found: LeverComparison) -> list[str]:
    shares = found.shares
    if shares is None:
        return []
    lines = [f"With no lever pulled there is a zone in {share_words(found, found.nothing)} of the assumptions."]
    if has_options(found):
        lines.append(f"With the options of the levers on the table: in {share_words(found, found.options)} of them.")
    tried, all_of_them = thousands(shares.readings), thousands(shares.readings_count)
    some = f"each of {tried}" if shares.readings == shares.readings_count else f"{tried} of {all_of_them}"
    under = f" under {some} readings" if shares.readings_count > 1 else ""
    lines.append(f"These shares rest on {thousands(shares.draws)} scenarios{under}, the same for every lever.")
    return lines


def share_words(found: LeverComparison, state: LeverState) -> str:
    """Return the share of the assumptions with a zone in a state, from the fewest to the most over readings."""
    assert found.shares is not None
    span, draws = found.shares.span(state.pulled), found.shares.draws
    if span is None:
        return "an unknown share"
    return percent_range(span.lowest / draws, span.highest / draws)


def _share_change(found: LeverComparison, before: LeverState, after: LeverState) -> str:
    shares = found.shares
    if shares is None:
        return "–"
    change = shares.change(before.pulled, after.pulled)
    if change is None:
        return "not known"
    return f"{share_words(found, before)}, then {share_words(found, after)} ({change_words(change, shares.draws)})"


def change_words(change: ShareChange, draws: int) -> str:
    """Return the change of a share under the same reading, from the lowest to the highest, in points of per cent."""
    if change.lowest == change.highest == 0:
        return "no change under any reading"
    low, high = (_points(number, draws) for number in (change.lowest, change.highest))
    return f"{low} points under every reading" if low == high else f"{low} to {high} points, by reading"


def _points(number: int, draws: int) -> str:
    if number == 0:
        return "0"
    size = f"{max(100 * abs(number) / draws, 0.1):.1f}".removesuffix(".0")
    return f"{'+' if number > 0 else '−'}{size}"


def _size(state: LeverState) -> str:
    if state.count is None:
        return f"the zone is not known ({packages_words(state.possible)} are refused by nobody for sure)"
    if state.count == 0:
        return "there is no zone" + (
            f" for sure ({packages_words(state.possible)} hang on what is unknown)" if state.possible else ""
        )
    return f"the zone holds {packages_words(state.count)}"


def _zone_words(before: LeverState, after: LeverState, change: LeverChange) -> str:
    if before.count is None or after.count is None:
        return "not known"
    if not change.gained and not change.lost:
        return f"{thousands(after.count)}, no change"
    moved = [f"{thousands(number)} {word}" for number, word in ((change.gained, "join"), (change.lost, "leave")) if number]
    return f"{thousands(before.count)} to {thousands(after.count)} ({', '.join(moved)})"


def _moved_words(found: LeverComparison, after: LeverState, change: LeverChange) -> str:
    """Return the no-deal values that change, from no lever pulled to a state."""
    case, before = found.case, found.nothing
    parts = []
    for party in change.no_deal:
        new = after.no_deal[party]
        to = "not known" if new is None else short(new, 1)
        parts.append(f"{party_name(case, party)}: {short(before.no_deal[party], 1)} to {to}")
    return "; ".join(parts) or "no change"


def _named_words(case: Case, change: LeverChange) -> str:
    parts = []
    for verb, names in (("become acceptable", change.becomes), ("stop being acceptable", change.stops)):
        if names:
            one = verb if len(names) > 1 else verb.replace("become", "becomes").replace("stop ", "stops ")
            parts.append(f"{_package_names(case, names)} {one}")
    return "; ".join(parts)


def _package_names(case: Case, names: Sequence[str]) -> str:
    return ", ".join(case.packages[name].name for name in names)


def _names(case: Case, levers: Iterable[str]) -> str:
    return ", ".join(case.levers[name].name for name in levers)
