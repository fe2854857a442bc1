"""Exploration as JSON that other programs may rely on: shares per reading, with intervals; nothing averaged over readings."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from zopa.exploration.answers import Across, Exploration, NamedPackage, Share, across_counts
from zopa.exploration.discovery import AcrossReadings, NoRule, Rule
from zopa.exploration.naming import group_name, judgement_basis, judgement_name, word_name
from zopa.settlement import Band, ReadingShares, Span, case_json
from zopa.space import Missing

MOST_PACKAGES: Final = 1000  # listed for a reading
CELLS: Final = 2_000  # packages listed over all readings that are shown in full
IN_FULL: Final = 100  # readings shown in full; of more, those that are tried
SHARES: Final = "shares of assumptions, never chances"


def exploration_json(found: Exploration) -> dict[str, Any]:
    """Return an exploration as JSON data.

    Figures over readings are ``{lowest, highest}``, each ``{value, low, high}`` with its 95% interval.  Under
    ``readings`` stands one entry for each reading, with the packages most often in its zone.
    """
    sample = found.sample
    full = set(range(len(found.readings)) if len(found.readings) <= IN_FULL else found.tried)
    listed = max(10, min(MOST_PACKAGES, CELLS // max(len(full), 1)))
    return {
        "case": case_json(found.case),
        "what": SHARES,
        "draws": found.draws,
        "seed": found.seed,
        "points": found.points,
        "scrambles": found.replicates,
        "date": found.moment.as_json(),
        "level": 0.95,
        "varied": sample.varied,
        "approximate_draws": sample.approximate_draws,
        "mixing": {what: round(worst, 4) for what, worst in found.mixing.items()},
        "zone_share": across_json(found.zone),
        "empty_share": _empty_json(found),
        "highest_if_unknown_granted": max(one.possible_draws for one in found.readings) / found.draws,
        "readings": [_reading_json(found, number, listed if number in full else 0) for number in range(len(found.readings))],
        "readings_complete": sample.complete,
        "readings_tried": list(found.tried),
        "bands": [_band_json(found, one) for one in sample.bands],
        "levels": [_band_json(found, one) for one in sample.levels],
        "packages": _packages_json(found),
        "named": [_named_json(found, number) for number in range(len(found.named))],
        "robust": [_package_json(found, index) for index in found.robust(100) if 2 * found.least[found.row(index)] > found.draws],
        "most_often_acceptable": [_package_json(found, index) for index in found.robust()],
        "never_efficient": _never_json(found),
        "blockers": {
            party: {"no_zone_but_for_it": across_json(found.unlocked_by(party))}
            for party in found.case.parties
            if found.unlocked_by(party) is not None
        },
        "decisive": [_decisive_json(found, number) for number in range(len(found.decisive))],
        "decisive_draws": found.decisive_draws,
        "finding_out": [
            {
                "key": one.key,
                "name": judgement_name(found.case, one.key),
                "settled": across_json(one.settled),
                "called_right_more": across_json(one.gain),
            }
            for one in found.found
        ],
        "rules": [rule_json(found, one) for one in found.rules],
        "rule_readings": list(found.rule_readings),
        "notes": list(found.notes),
        "missing": [one.as_json() for one in found.missing],
    }


def unexplored_json(case: Any, missing: tuple[Missing, ...]) -> dict[str, Any]:
    """Return the JSON of a case whose packages cannot be listed: nulls, and what is missing."""
    return {
        "case": case_json(case),
        "what": SHARES,
        **dict.fromkeys(("draws", "seed", "zone_share", "empty_share"), None),
        "readings": [],
        "packages": [],
        "decisive": [],
        "missing": [one.as_json() for one in missing],
    }


def share_json(one: Share | None) -> dict[str, float] | None:
    """Return a share with its interval."""
    return None if one is None else {"value": one.value, "low": one.low, "high": one.high}


def across_json(one: Across | None) -> dict[str, Any] | None:
    """Return a figure over readings."""
    if one is None:
        return None
    return {
        "lowest": share_json(one.lowest),
        "highest": share_json(one.highest),
        "lowest_reading": one.lowest_reading,
        "highest_reading": one.highest_reading,
    }


def _empty_json(found: Exploration) -> dict[str, Any] | None:
    """Return the share of scenarios in which there is surely no zone: none even if what is unknown were granted."""
    if found.zone is None:
        return None
    counts = {number: found.draws - one.possible_draws for number, one in enumerate(found.readings) if not one.undecided}
    return across_json(across_counts(counts, found.draws, varied=found.sample.varied > 0))


def _reading_json(found: Exploration, number: int, listed: int) -> dict[str, Any]:
    """Return one reading: named packages, and as many of those most often in its zone as are to be listed."""
    one = found.readings[number]
    zone = found.zone_share(number)
    entry = {
        "id": number,
        "reading": dict(one.reading),
        "zone_share": None if zone is None else zone.value,
        "zone_share_interval": None if zone is None else [zone.low, zone.high],
        "empty_share": None if zone is None else (found.draws - one.possible_draws) / found.draws,
        "if_unknown_were_granted": one.possible_draws / found.draws,
        "if_party_accepts_everything": {party: count / found.draws for party, count in one.opens.items()},
        "packages": [_in_reading(found, one, row, full=listed > 0) for row in _most_often(found, one, listed)],
        "packages_truncated": len(found.sample.indices) > listed,
    }
    entry["decisive"] = None
    if number in found.flips:
        flips = found.flips[number]
        order = np.lexsort((np.array(flips.groups), -flips.shares))
        entry["decisive"] = [
            {
                "key": flips.groups[place],
                "flips": {"value": float(flips.shares[place]), "low": float(flips.low[place]), "high": float(flips.high[place])},
                **_variance_json(found, number, int(place)),
            }
            for place in order[:10]
        ]
    return entry


def _variance_json(found: Exploration, number: int, place: int) -> dict[str, Any]:
    one = found.sensitivities[number]
    if one.constant:
        return {"zone_size_first_order": None, "zone_size_total_order": None}
    return {
        f"zone_size_{name}": {
            "value": float(getattr(one, name)[place]),
            "error": float(getattr(one, f"{name}_error")[place]),
            "low": float(getattr(one, f"{name}_interval")[0, place]),
            "high": float(getattr(one, f"{name}_interval")[1, place]),
        }
        for name in ("first_order", "total_order")
    }


def _most_often(found: Exploration, one: ReadingShares, listed: int) -> list[int]:
    """Return rows of the named packages, then of those most often in the zone."""
    named = [found.row(index) for package in found.named for index in package.members]
    order = np.lexsort((found.sample.indices, -one.acceptable))[:listed]
    return list(dict.fromkeys([*named, *(int(row) for row in order)]))


def _in_reading(found: Exploration, one: ReadingShares, row: int, *, full: bool) -> dict[str, Any]:
    index = int(found.sample.indices[row])
    acceptable = None if one.undecided else found.of(int(one.acceptable[row]))
    efficient = None if one.undecided or one.efficient is None else found.of(int(one.efficient[row]))
    short = {
        "id": index,
        "acceptable_share": None if acceptable is None else acceptable.value,
        "efficient_share": None if efficient is None else efficient.value,
    }
    if not full:
        return short
    return {
        **short,
        "options": found.space.options(index),
        "acceptable_interval": None if acceptable is None else [acceptable.low, acceptable.high],
        "efficient_interval": None if efficient is None else [efficient.low, efficient.high],
        "accepted_by": {party: int(counts[row]) / found.draws for party, counts in one.accepted_by.items()},
        "blocked_by": {party: int(counts[row]) / found.draws for party, counts in one.blocked_by.items() if counts[row]},
    }


def _band_json(found: Exploration, band: Band) -> dict[str, Any]:
    return {"assumption": band.assumption, "band": band.band, "zone_share": _span_json(found, band.span)}


def _span_json(found: Exploration, span: Span) -> dict[str, Any] | None:
    if found.sample.undecided:
        return None
    return {
        "lowest": share_json(found.of(span.lowest)),
        "highest": share_json(found.of(span.highest)),
        "highest_if_unknown_granted": span.possible / found.draws,
    }


def _package_json(found: Exploration, index: int) -> dict[str, Any]:
    row = found.row(index)
    sure = not found.sample.undecided
    entry: dict[str, Any] = {"id": index, "options": found.space.options(index)}
    for name, least, most in (
        ("acceptable_share", found.least, found.most),
        ("efficient_share", found.least_efficient, found.most_efficient),
    ):
        known = sure and least is not None and most is not None
        entry[name] = (
            {"lowest": share_json(found.of(int(least[row]))), "highest": share_json(found.of(int(most[row])))}
            if known and least is not None and most is not None
            else None
        )
    return entry


def _packages_json(found: Exploration) -> list[dict[str, Any]]:
    """Return the named packages and the most robust ones, over readings."""
    named = [index for package in found.named for index in package.members]
    return [_package_json(found, index) for index in dict.fromkeys([*named, *found.robust(100)])]


def _never_json(found: Exploration) -> dict[str, Any] | None:
    never = found.never_efficient()
    if never is None:
        return None
    return {
        "count": len(never),
        "in_zone_sometimes": found.sometimes(),
        "named": [one.name for one in found.named if _never(one)],
        "list": [{"id": int(index), "options": found.space.options(int(index))} for index in never[:100]],
        "truncated": len(never) > 100,
    }


def _never(one: NamedPackage) -> bool:
    """Return whether a package is acceptable to all asked in some scenario, and efficient in none."""
    if one.acceptable is None or one.efficient is None:
        return False
    return one.acceptable.highest.value > 0 and one.efficient.highest.value == 0


def _named_json(found: Exploration, number: int) -> dict[str, Any]:
    one = found.named[number]
    spread = ("tenth", "middle", "ninetieth")
    return {
        "name": one.name,
        "title": found.case.packages[one.name].name,
        "packages": list(one.members),
        "acceptable_share": across_json(one.acceptable),
        "efficient_share": across_json(one.efficient),
        "accepted_by": {party: across_json(value) for party, value in one.accepted_by.items()},
        "rank": {party: dict(zip(spread, value, strict=True)) for party, value in one.ranks.items()},
        "regret": {party: dict(zip(spread, value, strict=True)) for party, value in one.regrets.items()},
    }


def _decisive_json(found: Exploration, number: int) -> dict[str, Any]:
    one = found.decisive[number]
    basis = judgement_basis(found.case, one.key)
    members = next((group.members for group in found.groups if group.key == one.key), ())
    return {
        "key": one.key,
        "name": group_name(found.case, one.key, members),
        "kind": one.kind,
        "parties": [party for party in found.case.parties if party in one.parties],
        "flips": across_json(one.flips),
        "zone_size": {"first_order": across_json(one.first_order), "total_order": across_json(one.total_order)},
        "because": list(basis.because),
        "assume": basis.assume,
    }


def rule_json(found: Exploration, rule: Rule | NoRule) -> dict[str, Any]:
    """Return a rule, or why there is none."""
    if isinstance(rule, NoRule):
        return {"zone": rule.answer, "rule": None, "reason": rule.reason, "base_share": rule.base_share}
    return {
        "zone": rule.answer,
        "rule": [
            {
                "key": one.key,
                "name": judgement_name(found.case, one.key),
                "at_least": None if one.at_least is None else str(one.at_least),
                "at_most": None if one.at_most is None else str(one.at_most),
                "words": None if one.words is None else list(one.words),
                "says": None if one.words is None else [word_name(found.case, one.key, word) for word in one.words],
                "kept": one.kept,
                "density_without": one.density_without,
                "reproduced": one.reproduced,
            }
            for one in rule.restrictions
        ],
        "coverage": rule.coverage,
        "coverage_interval": list(rule.coverage_interval),
        "coverage_by_reading": _ends(rule.coverage_by_reading),
        "density": rule.density,
        "density_interval": list(rule.density_interval),
        "density_by_reading": _ends(rule.density_by_reading),
        "base_share": rule.base_share,
        "reaches_floor": rule.reaches_floor,
        "floor": rule.floor,
        "held_out_draws": rule.draws,
    }


def _ends(one: AcrossReadings) -> dict[str, Any]:
    return {"lowest": one.low, "highest": one.high, "readings": one.readings}
