"""As written and as it would stand, side by side: the zone, what is efficient, and every named package."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

import numpy as np

from zopa.case import Case
from zopa.report.answer import package_standing, unknown_parties
from zopa.report.plain import party_row, thousands
from zopa.settlement import Settlement
from zopa.workbench.context import Asked, Context
from zopa.workbench.find_columns import columns_of
from zopa.workbench.whatif import set_name

MOST_FORMS: Final = 12  # forms of a named package of which it is said whose answer is not known
PARTS: Final = {"assumptions": "*shared", "influence": "*influence"}  # of the page for numbers, besides the parties
MOST_GONE: Final = 100
MOST_PACKAGES: Final = 200


def compare_view(context: Context, asked: Asked) -> dict[str, Any]:
    """Return what changes from the case as it is written to the case as it would stand.

    Parameters
    ----------
    context : Context
        The answers.
    asked : Asked
        The case as it would stand.

    Returns
    -------
    dict
        ``differs``; ``zone`` and ``efficient``, each with ``before``, ``after`` and ``change`` in words; ``packages``, each
        with how it stands before and after; ``gone``, what rested on what is switched off; ``missing`` before and after;
        ``keep``, the amounts that could be kept in the case.
    """
    written = context.asked({})
    before, after = written.settled, asked.settled
    gone = [str(one) for one in asked.posed.gone]
    return {
        "differs": asked.posed.differs,
        "zone": zone_change(before, after),
        "efficient": efficient_change(before, after),
        "packages": package_changes(context, written, asked),
        "packages_more": max(0, len(written.case.packages) - MOST_PACKAGES),
        "gone": gone[:MOST_GONE],
        "gone_more": max(0, len(gone) - MOST_GONE),
        "missing": [
            {"when": when, "what": one.what, "remedy": one.remedy}
            for when, found in (("as written", written), ("as it would stand", asked))
            for one in getattr(found.settlement, "missing", ())
            if found.settled is None
        ],
        "faults": list(asked.posed.faults),
        "keep": keep_links(asked),
    }


def zone_change(before: Settlement | None, after: Settlement | None) -> dict[str, str]:
    """Return the zone before and after, and the change, in words."""
    one, other = _zone_state(before), _zone_state(after)
    if one != other:
        if one == "missing":
            words = {"open": "there is an answer: open", "shut": "there is an answer: empty", "unknown": "not known"}
        else:
            words = {"open": "the zone opens", "shut": "the zone is empty now", "unknown": "not known any more"}
        change = words.get(other, "no answer")
    elif before is None or after is None:
        change = "no answer"
    else:
        change = _size_change(before.zone_count(), after.zone_count(), len(before.possible), len(after.possible))
    sizes = [(0, 0) if found is None else (found.zone_count() or 0, len(found.possible)) for found in (before, after)]
    return {
        "before": _zone_words(before),
        "after": _zone_words(after),
        "before_state": one,
        "after_state": other,
        "change": change,
        "way": _way(sizes[0], sizes[1], one == other and change == "the same"),
    }


def _way(one: tuple[int, int], other: tuple[int, int], same: bool) -> str:
    """Return whether something grew (``in``), shrank (``out``), changed otherwise or stayed the same."""
    if same:
        return "same"
    return "other" if one == other else "in" if other > one else "out"


def _size_change(one: int | None, other: int | None, possible: int, now_possible: int) -> str:
    if one is None or other is None:
        one, other = possible, now_possible
    if one == other:
        return "the same" if possible == now_possible else "the same for sure; what is not known changes"
    return f"{thousands(abs(other - one))} {'more' if other > one else 'fewer'}"


def _zone_state(settled: Settlement | None) -> str:
    if settled is None:
        return "missing"
    size = settled.zone_count()
    return "open" if size else "unknown" if len(settled.possible) else "shut"


def _zone_words(settled: Settlement | None) -> str:
    if settled is None:
        return "cannot be settled"
    size, possible = settled.zone_count(), len(settled.possible)
    if size is None:
        return f"not known; {_packages(possible)} refused by nobody for sure"
    hang = possible - size
    more = f"; {thousands(hang)} {'more ' if size else ''}hang on what is not known" if hang else ""
    return f"{_packages(size) if size else 'empty'}{more}"


def _packages(number: int) -> str:
    return "1 package" if number == 1 else f"{thousands(number)} packages"


def efficient_change(before: Settlement | None, after: Settlement | None) -> dict[str, str]:
    """Return how many packages are efficient before and after, and the change, in words."""
    counts = [_efficient(one) for one in (before, after)]
    words = ["not known" if count is None else _packages(count) if count else "none" for count in counts]
    one, other = counts
    if one is None or other is None:
        change = "the same" if one == other else "not known" if other is None else "known now"
    else:
        change = _size_change(one, other, 0, 0)
    return {
        "before": words[0],
        "after": words[1],
        "change": change,
        "way": _way((one or 0, 0), (other or 0, 0), change == "the same"),
    }


def _efficient(settled: Settlement | None) -> int | None:
    if settled is None or settled.frontier is None:
        return 0 if settled is not None and settled.zone_count() == 0 else None  # in an empty zone nothing is efficient
    return len(settled.frontier.rows)


# Named packages ----------------------------------------------------------------------------------------------


def package_changes(context: Context, written: Asked, asked: Asked) -> list[dict[str, Any]]:
    """Return how each named package stands before and after, and what changed, in words."""
    before, after = _standings(context, written), _standings(context, asked)
    rows = []
    for name, package in list(written.case.packages.items())[:MOST_PACKAGES]:
        one, other = before.get(name), after.get(name)
        change, gain = _package_change(one, other)
        rows.append({"id": name, "name": package.name, "before": one, "after": other, "change": change, "way": gain})
    return rows


def _standings(context: Context, asked: Asked) -> dict[str, dict[str, Any]]:
    settled = asked.settled
    if settled is None:
        return {}
    return {name: package_stands(context, asked, settled, name) for name in list(asked.case.packages)[:MOST_PACKAGES]}


def package_stands(context: Context, asked: Asked, settled: Settlement, name: str) -> dict[str, Any]:
    """Return how a named package stands: in the zone or not, efficient or not, who blocks it, whose answer is not known."""
    case, columns = settled.case, columns_of(context, asked, settled)
    rows = columns.named[name]  # its forms that meet the rules
    views = [settled.view(index) for index in settled.members(name)[:MOST_FORMS]]
    standing = package_standing(views, levers_chosen=asked.posed.levers is not None) if views else "no package of the case"
    if not len(rows):
        standing = standing or "breaks a rule of the case"
    zone = bool(columns.zone[rows].any())
    unknown = bool(columns.unknown[rows].any())
    verdict = "yes" if zone else "not known" if unknown else "no"
    blocked = {party: flags[rows] for party, flags in columns.blocked.items()}
    asked_about = [index for index, view in enumerate(views) if view.deal and view.available]
    always = [party for party, flags in blocked.items() if len(flags) and bool(np.all(flags))]
    some = [party for party, flags in blocked.items() if party not in always and bool(np.any(flags))]
    return {
        "verdict": verdict,
        "standing": "" if zone or unknown else standing or "",
        "efficient": bool(columns.efficient[rows].any()),
        "forms": len(rows),
        "in_zone": int(columns.zone[rows].sum()),
        "blockers": [] if zone else _parties(case, always),
        "sometimes": [] if zone else _parties(case, some),
        "not_known": [] if zone else _parties(case, unknown_parties([views[index] for index in asked_about])),
    }


def _parties(case: Case, names: list[str]) -> list[dict[str, Any]]:
    return [party_row(case, name) for name in case.parties if name in names]


def _package_change(before: dict[str, Any] | None, after: dict[str, Any] | None) -> tuple[str, str]:
    """Return what changed in words, and whether it came in (``in``), went out (``out``), changed otherwise or not at all."""
    if after is None:
        return ("the package is gone" if before is not None else "no answer"), "out" if before is not None else "same"
    if before is None:
        return "there is an answer now", "other"
    if before["verdict"] != after["verdict"]:
        way = {"yes": "in", "no": "out"}.get(after["verdict"], "other")
        words = {"yes": "in the zone now", "no": "out of the zone now", "not known": "not known now"}[after["verdict"]]
        return words, way
    changes = []
    if before["standing"] != after["standing"]:
        changes.append(after["standing"] or "a question again")
    old, new = ({one["id"]: one["name"] for one in found["blockers"]} for found in (before, after))
    changes += [f"{name} blocks it now" for key, name in new.items() if key not in old]
    changes += [f"{name} no longer blocks it" for key, name in old.items() if key not in new]
    if before["efficient"] != after["efficient"]:
        changes.append("efficient now" if after["efficient"] else "no longer efficient")
    if before["in_zone"] != after["in_zone"] and not changes:
        changes.append(f"{after['in_zone']} of {after['forms']} forms in the zone now")
    return ("; ".join(changes), "other") if changes else ("the same", "same")


# Keeping -----------------------------------------------------------------------------------------------------


def keep_links(asked: Asked) -> list[dict[str, str]]:
    """Return the amounts that somebody set, each with the address where it can be kept in the case."""
    rows = []
    for path, amount in asked.posed.whatif.set:
        root, _, rest = path.partition(".")
        part = rest.partition(".")[0] if root == "preferences" else PARTS.get(root, "")
        own = urlencode({"party": part}, safe="*") if part else ""
        query = "&".join(part for part in (own, asked.query) if part)
        rows.append({"path": path, "name": set_name(asked.posed.written, path), "amount": amount, "href": f"/numbers?{query}"})
    return rows
