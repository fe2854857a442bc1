"""Cases turned round: two parties exchanged, statements left out, one statement redated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from zopa.case import Basis, Case, Preferences, uses
from zopa.settlement import Sample, counted, planned, sample_of
from zopa.space import Streams


def pair_of(case: Case) -> tuple[str, str]:
    """Return the parties declared alike, or else the first two that sign."""
    if case.alike:
        return case.alike[0][0], case.alike[0][1]
    first, second, *_ = [name for name, party in case.parties.items() if party.seat == "signatory"]
    return first, second


def turned(first: str, second: str) -> dict[str, str]:
    """Return who is called what after two parties have changed places."""
    return {first: second, second: first}


def relabelled(value: Any, names: Mapping[str, str]) -> Any:
    """Return JSON data with ids exchanged wherever they stand: as keys, in paths, in conditions and amounts, not in prose."""
    if isinstance(value, str):
        return value if " " in value else re.sub(r"\w+", lambda word: names.get(word[0], word[0]), value)
    if isinstance(value, Mapping):
        return {relabelled(key, names): relabelled(one, names) for key, one in value.items()}
    return [relabelled(one, names) for one in value] if isinstance(value, list) else value


def sample_from(case: Case, streams: Streams, draws: int) -> Sample:
    """Return a sample whose random numbers come from given streams."""
    plan, made = planned(case, streams, draws, None)
    return sample_of(plan, counted(plan, made), draws, draws // made)


def plain(data: Any) -> Any:
    """Return JSON data in which the order of lists no longer counts."""
    if isinstance(data, Mapping):
        return {key: plain(one) for key, one in data.items()}
    if isinstance(data, list):
        return sorted((plain(one) for one in data), key=lambda one: json.dumps(one, sort_keys=True))
    return data


# Statements ------------------------------------------------------------------------------------------


def narration(case: Case) -> list[str]:
    """Return the statements that only tell: no judgement, wish or tension rests on them."""
    used = set(uses(case)) | {name for one in case.tensions.values() for name in one.because}
    return [name for name, one in case.statements.items() if name not in used and one.wants is None]


def without(case: Case, dropped: Iterable[str]) -> Case:
    """Return a case without some statements, and without the red lines and orders that rest on them alone."""
    gone = set(dropped)
    kept = {name: one for name, one in case.statements.items() if name not in gone}
    tensions = {name: one for name, one in case.tensions.items() if not gone & set(one.because)}
    preferences = {
        name: replace(
            one,
            red_lines=tuple(line for line in one.red_lines if not rests_alone(line.basis, gone)),
            weight_orders=tuple(order for order in one.weight_orders if not rests_alone(order.basis, gone)),
        )
        for name, one in case.preferences.items()
    }
    changed: Case = _off_bases(replace(case, statements=kept, tensions=tensions, preferences=preferences), gone)
    return changed


def rests_alone(basis: Basis, gone: set[str]) -> bool:
    """Return whether a basis names statements, all of which are gone."""
    return bool(basis.because) and set(basis.because) <= gone


def limits(preferences: Preferences) -> tuple[int, int]:
    """Return how many red lines and orders a party has."""
    return len(preferences.red_lines), len(preferences.weight_orders)


def _off_bases(value: Any, gone: set[str]) -> Any:
    if isinstance(value, Basis):
        return replace(value, because=tuple(name for name in value.because if name not in gone))
    if isinstance(value, Mapping):
        return {key: _off_bases(one, gone) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_off_bases(one, gone) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _off_bases(getattr(value, one.name), gone) for one in fields(value)})
    return value


# Texts -----------------------------------------------------------------------------------------------


def without_line(text: str, name: str) -> str:
    """Return the text of a case file without the line of a statement."""
    changed, count = re.subn(rf"(?m)^  {name}: \{{.*\}}\n", "", text)
    assert count == 1, name
    return changed


def redated(text: str, name: str, key: str, day: date) -> str:
    """Return the text of a case file in which a statement or source (one line) has another date."""
    found = re.search(rf"(?m)^  {name}: \{{.*\}}$", text)
    assert found is not None, name
    line = re.sub(rf" {key}: [-\d]+,?", "", found[0]).replace(", }", "}")
    line = line.replace(": {", f": {{{key}: {day}, ", 1)
    return text[: found.start()] + line + text[found.end() :]


def day_after(case: Case) -> date:
    """Return the first day that no longer counts."""
    return case.as_of + timedelta(days=1)
