"""The table of packages: sorted and filtered over all packages at once, one page of it in words."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from zopa.exploration import ShareTable
from zopa.report.plain import issue_name, option_name, party_row, percent_range, signed, thousands
from zopa.settlement import Settlement
from zopa.workbench.find_columns import Columns
from zopa.workbench.find_state import NOBODY, SHOWS, Addresses, rated_parties
from zopa.workbench.find_words import exact, package_title

PAGE: Final = 25
Rows = NDArray[np.intp]


def table_rows(settlement: Settlement, found: Columns, to: Addresses, shares: ShareTable | None) -> Rows:
    """Return the rows of the columns that pass the filters, in the order that is asked for; ties by index."""
    state = to.state
    kept = np.ones(len(found.indices), dtype=np.bool_)
    if state.show == "named":
        kept[:] = False
        for rows in found.named.values():
            kept[rows] = True
    elif state.show:
        kept &= {"zone": found.zone, "efficient": found.efficient, "unknown": found.unknown}[state.show]
    if state.who == NOBODY:
        kept &= found.blockers == 0
    elif state.who:
        kept &= found.blocked[state.who]
    for issue, option in state.options:
        kept &= _digits(settlement, found, issue) == _place(settlement, issue, option)
    rows = np.flatnonzero(kept)
    return rows[_order(settlement, found, to, shares, rows)]


def _order(settlement: Settlement, found: Columns, to: Addresses, shares: ShareTable | None, rows: Rows) -> Rows:
    down, kind, name = _sort(to.state.sort)
    keys: list[Any]
    if kind == "gain" and (values := _values(settlement, name)) is not None:
        keys = [values[found.indices[rows]]]
    elif kind == "issue" and any(issue.id == name for issue in settlement.space.issues):
        keys = [_digits(settlement, found, name)[rows]]
    elif kind == "blocks":
        keys = [found.blockers[rows]]
    elif kind == "share" and shares is not None:
        at = np.minimum(np.searchsorted(shares.indices, found.indices[rows]), len(shares.indices) - 1)
        keys = [shares.possible[at], shares.acceptable.low[at], shares.acceptable.high[at]]
    elif kind == "package":
        keys = [found.indices[rows]]
    else:
        # At first: efficient packages, then the zone, then those of which it is not known, each by index.
        return np.lexsort((~found.unknown[rows], ~found.zone[rows], ~found.efficient[rows]))
    return np.lexsort([_falling(key) for key in keys] if down else keys)


def _falling(key: Any) -> Any:
    return -(key if key.dtype == object else key.astype(np.int64))


def _sort(written: str) -> tuple[bool, str, str]:
    down = written.startswith("-")
    kind, _, name = written.lstrip("-").partition(".")
    return down, kind, name


def _values(settlement: Settlement, party: str) -> Any:
    verdict = settlement.verdicts.parties.get(party)
    return None if verdict is None or verdict.values is None else verdict.values[0]


def _digits(settlement: Settlement, found: Columns, issue: str) -> Any:
    space = settlement.space
    axis = space.axis(issue)
    stride = int(np.prod(space.shape[axis + 1 :], dtype=np.int64))
    return found.indices // stride % space.shape[axis]


def _place(settlement: Settlement, issue: str, option: str) -> int:
    return settlement.space.issues[settlement.space.axis(issue)].option_ids().index(option)


def table_view(settlement: Settlement, found: Columns, to: Addresses, shares: ShareTable | None) -> dict[str, Any]:
    """Return one page of the table.

    Returns
    -------
    dict
        ``columns`` (a title, a key, how it is sorted, where its heading leads), ``rows`` with their cells and links,
        ``count``, ``from`` and ``until`` in words, ``back`` and ``on``, and the ``filters`` with what each leads to.
    """
    rows = table_rows(settlement, found, to, shares)
    pages = max(1, -(-len(rows) // PAGE))
    page = min(to.state.page, pages)
    first = (page - 1) * PAGE
    shown = rows[first : first + PAGE]
    rated = [name for name in settlement.case.parties if name in rated_parties(settlement)]
    counted = shares is not None and shares.spread and not shares.undecided
    return {
        "columns": _columns(settlement, to, rated, counted),
        "rated": [party_row(settlement.case, name) for name in rated],
        "counted": counted,
        "rows": [
            _row(settlement, found, to, shares if counted else None, rated, int(found.indices[row])) for row in shown.tolist()
        ],
        "total": len(rows),
        "count": f"{thousands(first + 1)} to {thousands(first + len(shown))} of {thousands(len(rows))} packages"
        if len(shown)
        else "No package fits these filters.",
        "page": page,
        "pages": pages,
        "back": to.table(page=page - 1) if page > 1 else None,
        "on": to.table(page=page + 1) if page < pages else None,
        "filters": _filters(settlement, to),
        "clear": to.table(show="", who="", options=()) if to.state.show or to.state.who or to.state.options else None,
    }


def _columns(settlement: Settlement, to: Addresses, rated: list[str], counted: bool) -> list[dict[str, Any]]:
    case = settlement.case
    titles = [("package", "Package", False)]
    titles += [(f"issue.{issue.id}", issue.name, False) for issue in settlement.space.issues]
    titles += [("share", "Acceptable to all asked", True)] if counted else []
    titles += [("blocks", "Blocked by", False)]
    titles += [(f"gain.{name}", f"{case.parties[name].name}: gain over no deal", True) for name in rated]
    found = []
    for key, title, right in titles:
        down = to.state.sort == f"-{key}"
        up = to.state.sort == key
        follows = key if down or (not up and not right) else f"-{key}"
        found.append(
            {
                "key": key,
                "title": title,
                "right": right,
                "sorted": "descending" if down else "ascending" if up else "",
                "href": to.table(sort=follows),
            }
        )
    return found


def _row(
    settlement: Settlement, found: Columns, to: Addresses, shares: ShareTable | None, rated: list[str], index: int
) -> dict[str, Any]:
    view, case = settlement.view(index), settlement.case
    fit = view.allowed and view.deal and view.available
    one = None if shares is None else shares.of(index)
    blockers = [party_row(case, name) for name in view.blockers()] if fit else []
    return {
        "id": index,
        "title": package_title(case, found, index),
        "chosen": index == to.state.package,
        "options": {issue: option_name(case, issue, option) for issue, option in view.options.items()},
        "zone": "not known" if view.adopted is None else "yes" if view.adopted else "no",
        "efficient": view.efficient,
        "deal": view.deal,
        "available": view.available,
        "blockers": blockers,
        "gains": {name: {"words": signed(view.gains[name]), "exact": exact(view.gains[name])} for name in rated},
        "share": None
        if one is None
        else {
            "lowest": one.acceptable[0],
            "highest": one.acceptable[1],
            "draws": one.draws,
            "words": percent_range(one.acceptable[0] / one.draws, one.acceptable[1] / one.draws) if view.deal else "no agreement",
        },
        "take": to.take(index),
        "beside": to.beside(index),
    }


def _filters(settlement: Settlement, to: Addresses) -> list[dict[str, Any]]:
    """Return the filters as lists of choices; each choice holds the value of its key in the address."""
    case, state = settlement.case, to.state
    asked = [name for name, verdict in settlement.verdicts.parties.items() if verdict.asked.possibly.any()]
    filters = [
        {
            "key": "show",
            "title": "Show",
            "choices": [{"value": value, "words": words, "chosen": value == state.show} for value, words in SHOWS],
        },
        {
            "key": "who",
            "title": "Who blocks",
            "choices": [
                {"value": "", "words": "anybody or nobody", "chosen": not state.who},
                {"value": NOBODY, "words": "nobody", "chosen": state.who == NOBODY},
                *({"value": name, "words": f"{case.parties[name].name} blocks", "chosen": state.who == name} for name in asked),
            ],
        },
    ]
    chosen = dict(state.options)
    for issue in settlement.space.issues:
        filters.append(
            {
                "key": "with",
                "title": issue_name(case, issue.id),
                "choices": [
                    {"value": "", "words": "any", "chosen": issue.id not in chosen},
                    *(
                        {
                            "value": f"{issue.id}={option.id}",
                            "words": option_name(case, issue.id, option.id),
                            "chosen": chosen.get(issue.id) == option.id,
                        }
                        for option in issue.options
                    ),
                ],
            }
        )
    return filters
