"""Two answers side by side: parties exchanged, statements set aside, or the case as of an earlier day.

Both cases are drawn with the same streams, so that nothing differs by chance.  Packages are the same ones before
and after, because issues and options stay.  A share is a share of scenarios, that is of assumptions, and stands
with its lowest and its highest over the readings; readings are never averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from zopa.case import Case, Difference, Gone, as_of, differences, swap_parties, without_statements
from zopa.exploration.naming import judgement_name, party_name
from zopa.exploration.sides import (
    Bounds,
    Figure,
    Side,
    Unit,
    figures_of,
    listed,
    same_counts,
    side_of,
    told_back,
    try_side,
    undecided_note,
)
from zopa.space import Streams

Kind = Literal["swap", "without", "as_of"]
_AS_IT_STANDS: Final = "the case as it stands"
_MAIN: Final = ("text.", "unlocked_by.", "acceptable.")
_ZONE: Final = ("zone_share", "zone_share.if_unknown_were_granted")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure before and after.

    Attributes
    ----------
    name, what : str
        The figure as programs call it (``acceptable.P3``), and in words.
    before, after : (float, float) or None
        The lowest and the highest over the readings: shares between 0 and 1, or numbers of deals; None where it
        cannot be said.
    unit : {'share', 'deals'}
        Which of the two.
    """

    name: str
    what: str
    before: Bounds | None
    after: Bounds | None
    unit: Unit = "share"

    @property
    def changed(self) -> bool:
        """True when the two are not the same."""
        return self.before != self.after

    @property
    def main(self) -> bool:
        """True for what a reader asks first: text, zone, who opens it, and packages in it."""
        return self.name in _ZONE or self.name.startswith(_MAIN)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two answers side by side.

    Attributes
    ----------
    kind : {'swap', 'without', 'as_of'}
        What was done to the case.
    what, before, after : str
        The same in a sentence, and what the two columns are called.
    rows : tuple of Row
        Figures: the text alone, the zone, each answer to a question about the text, parties, named packages.
    same : bool
        True when nothing differs: every count for every package, party and reading, not only the rows.
    notes : tuple of str
        What has to be known to read the rows, in sentences.
    gone : tuple of Gone
        What became of what rested on statements that are set aside.
    differences : tuple of Difference
        For exchanged parties, what the case gives the two differently: the program can be even-handed and the
        case need not be.
    draws, seed : int
        Draws under each reading, and the seed.
    parties : tuple of str
        The two that were exchanged, by name; empty otherwise.
    """

    kind: Kind
    what: str
    before: str
    after: str
    rows: tuple[Row, ...]
    same: bool
    notes: tuple[str, ...]
    gone: tuple[Gone, ...]
    differences: tuple[Difference, ...]
    draws: int
    seed: int
    parties: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[Row, ...]:
        """The rows that are not the same before and after."""
        return tuple(row for row in self.rows if row.changed)

    @property
    def says(self) -> str:
        """What came of it, in a sentence."""
        if self.kind == "swap":
            return (
                "Every figure is the same: the program treats the two alike. Whether the case does is listed apart."
                if self.same
                else "Figures differ although only names were exchanged: the program does not treat the two alike here."
            )
        if self.same:
            return "No figure changes."
        count = len(self.changed)
        if not count:
            return "The figures below are the same; counts behind them differ for single packages or readings."
        return f"{count} of {len(self.rows)} figures {'changes' if count == 1 else 'change'}."

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "kind": self.kind,
            "what": self.what,
            "before": self.before,
            "after": self.after,
            "same": self.same,
            "says": self.says,
            "figures": "shares of assumptions, never chances; lowest and highest over readings",
            "draws": self.draws,
            "seed": self.seed,
            "rows": [
                {
                    "name": row.name,
                    "what": row.what,
                    "unit": row.unit,
                    "before": _bounds_json(row.before),
                    "after": _bounds_json(row.after),
                    "changed": row.changed,
                }
                for row in self.rows
            ],
            "notes": list(self.notes),
            "gone": [_plain(asdict(one)) for one in self.gone],
            "parties": list(self.parties),
            "differences": [_plain(asdict(one)) for one in self.differences],
        }


def compare_swap(case: Case, first: str, second: str, *, draws: int = 1000, seed: int = 1, day: date | None = None) -> Comparison:
    """Return the answer beside the one for the case in which two parties have changed places.

    Parameters
    ----------
    case : Case
        The case.
    first, second : str
        Ids of two parties.
    draws, seed : int
        Draws under each reading, and the seed.
    day : date, optional
        The date looked at.

    Returns
    -------
    Comparison
        Figures after are told in the names of the case: those of the first party are its own, from the other
        chair.  ``differences`` says what the case gives the two differently.

    Raises
    ------
    ValueError
        When one of the two is no party, both are the same, or the case itself cannot be drawn.

    Notes
    -----
    Each number takes its stream along (`zopa.case.Swapped`), so a program that treats parties alike gives the same
    figures to the last bit.
    """
    swapped = swap_parties(case, first, second)
    before = side_of(case, Streams(seed), draws, day)
    there = {own: other for other, own in swapped.readings.items()}
    # The same readings in the same order, also where there are too many to go through them all.
    readings = [{there.get(key, key): number for key, number in one.items()} for one in before.numbers()]
    other = try_side(swapped.case, Streams(seed, swapped.streams), draws, day, readings)
    after = told_back(other, {first: second, second: first}, swapped.readings)
    names = (party_name(case, first), party_name(case, second))
    return _compared(
        _About(
            "swap",
            f"{names[0]} and {names[1]} change places: all that the case says of the one is said of the other",
            f"{names[0]} and {names[1]} exchanged",
            parties=names,
            differences=differences(case, first, second),
        ),
        before,
        after,
        seed,
    )


def compare_without(case: Case, ids: Iterable[str], *, draws: int = 1000, seed: int = 1, day: date | None = None) -> Comparison:
    """Return the answer beside the one for the case without some statements.

    Parameters
    ----------
    case : Case
        The case.
    ids : iterable of str
        Ids of statements; the id of a source stands for all that is quoted from it.
    draws, seed, day
        As for :func:`compare_swap`.

    Returns
    -------
    Comparison
        ``gone`` says what became of what rested on them.

    Raises
    ------
    ValueError
        When an id is neither a statement nor a source, or the case itself cannot be drawn.
    """
    wanted = tuple(dict.fromkeys(ids))
    fewer = without_statements(case, wanted)
    before = side_of(case, Streams(seed), draws, day)
    after = before if fewer.case is case else try_side(fewer.case, Streams(seed), draws, day)
    named = listed(wanted) if wanted else "nothing"
    about = _About("without", f"As if {named} had never been said: what rests on nothing else goes too", f"without {named}")
    return _compared(replace(about, gone=fewer.gone), before, after, seed)


def compare_as_of(case: Case, day: date, *, draws: int = 1000, seed: int = 1) -> Comparison:
    """Return the answer beside the one for the case as of an earlier day.

    Parameters
    ----------
    case : Case
        The case.
    day : date
        The last day whose evidence counts.  Both answers are looked at on that day, so that only what was
        known differs, not which gates have passed.
    draws, seed : int
        Draws under each reading, and the seed.

    Returns
    -------
    Comparison
        ``gone`` says what became of what rested on later statements.

    Raises
    ------
    ValueError
        When the case itself cannot be drawn.
    """
    earlier = as_of(case, day)
    before = side_of(case, Streams(seed), draws, day)
    after = before if earlier.case is case else try_side(earlier.case, Streams(seed), draws, day)
    notes = [f"Both answers are looked at on {day}: dates, offices and levers are the same for both."]
    if earlier.undated:
        notes.append(f"Without a date, and therefore kept: {listed(earlier.undated)}.")
    about = _About("as_of", earlier.says[0].upper() + earlier.says[1:], f"as of {day}", notes=tuple(notes), gone=earlier.gone)
    return _compared(about, before, after, seed)


@dataclass(frozen=True, slots=True)
class _About:
    """What was done to the case, in words."""

    kind: Kind
    what: str
    after: str
    notes: tuple[str, ...] = ()
    gone: tuple[Gone, ...] = ()
    differences: tuple[Difference, ...] = ()
    parties: tuple[str, ...] = ()


def _compared(about: _About, before: Side, after: Side, seed: int) -> Comparison:
    assert before.sample is not None
    one, other = figures_of(before.case, before), figures_of(before.case, after)
    rows = []
    for name in dict.fromkeys([*one, *other]):
        known = one.get(name) or other[name]
        row = Row(name, known.what, _of(one, name), _of(other, name), known.unit)
        if row.before is not None or row.after is not None or name == "zone_share":
            rows.append(row)
    return Comparison(
        about.kind,
        about.what,
        _AS_IT_STANDS,
        about.after,
        tuple(rows),
        not any(row.changed for row in rows) and same_counts(before.sample, after.sample),
        (*about.notes, *_notes(about, before, after)),
        about.gone,
        about.differences,
        before.sample.draws,
        seed,
        about.parties,
    )


def _of(found: Mapping[str, Figure], name: str) -> Bounds | None:
    return found[name].bounds if name in found else None


# Notes -------------------------------------------------------------------------------------------------


def _notes(about: _About, before: Side, after: Side) -> list[str]:
    assert before.sample is not None
    found = []
    readings = len(before.sample.readings)
    over = f"; lowest and highest over {readings} readings" if readings > 1 else ""
    found.append(f"Shares are shares of assumptions, never chances{over}. {before.sample.draws} scenarios for each, same draws.")
    if not before.sample.complete:
        found.append(f"There are more readings than the {readings} that were looked at; the ends may lie further apart.")
    found += undecided_note(_AS_IT_STANDS, before)
    if after.sample is None:
        found.append(f"{about.after[0].upper()}{about.after[1:]} no scenario can be drawn: {after.fault.rstrip('.')}.")
        return found
    if about.kind != "swap":
        # After an exchange the same inputs are missing, under the ids of the other chair.
        found += undecided_note(about.after, after)
    asked = after.sample.readings[0].reading
    moot = [key for key in before.sample.readings[0].reading if key not in asked]
    if moot:
        names = dict.fromkeys(judgement_name(before.case, key.partition(".")[0]) for key in moot)
        found.append(f"No longer asked, as the sentence behind it is set aside: {'; '.join(names)}.")
    return found


def _bounds_json(bounds: Bounds | None) -> dict[str, float] | None:
    return None if bounds is None else {"lowest": bounds[0], "highest": bounds[1]}


def _plain(value: Any) -> Any:
    """Return a value with lists in place of tuples, as JSON has them."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value
