"""The presentation: the case as it would stand in a few large pages for a room, without anything to turn."""

from __future__ import annotations

from typing import Any, Final

from zopa.case import Case
from zopa.exploration import card_parts
from zopa.report.answer import base_caveat, vote_words
from zopa.report.package_view import still_picture
from zopa.report.plain import issue_name, option_name, package_short, party_row, percent_range
from zopa.report.text_view import text_view
from zopa.settlement import Settlement
from zopa.workbench.answers import Counted
from zopa.workbench.bar_view import bar_view
from zopa.workbench.context import Asked
from zopa.workbench.find_card import party_view
from zopa.workbench.find_columns import Columns

MOST_PACKAGES: Final = 12


def present_view(asked: Asked, columns: Columns | None, counted: Counted | None, chosen: list[int]) -> dict[str, Any]:
    """Return the pages of a presentation.

    Parameters
    ----------
    asked : Asked
        The case as it would stand.
    columns : Columns or None
        Its packages; None where it is not settled.
    counted : Counted or None
        The shares, where they have been counted.
    chosen : list of int
        Packages that get a page of their own, by index.

    Returns
    -------
    dict
        ``bar``, ``text``, ``picture``, ``levels``, ``matrix`` (who says what to the named packages) and ``packages``.
    """
    settled = asked.settled
    bar = bar_view(asked, counted)
    if settled is None or columns is None:
        return {"bar": bar, "settled": False, "picture": None, "levels": [], "matrix": None, "packages": [], "vote": ""}
    case = asked.case
    return {
        "bar": bar,
        "settled": True,
        **text_view(case, settled),
        "picture": still_picture(case, settled),
        "seats": [party_row(case, name) for name in settled.seats],
        "levels": [] if counted is None else counted.levels[:2],
        "sentences": [] if counted is None else counted.sentences,
        "matrix": matrix_view(settled, columns, counted),
        "packages": [package_page(settled, columns, index, counted) for index in chosen[:MOST_PACKAGES]],
        "vote": vote_words(case),
        "caveat": base_caveat(case) if case.assumptions else "",
    }


def matrix_view(settled: Settlement, columns: Columns, counted: Counted | None) -> dict[str, Any] | None:
    """Return who says what to each named package: its first form that keeps the rules; None where nothing is named."""
    case = settled.case
    if not case.packages:
        return None
    parties = [name for name in case.parties if settled.verdicts.parties[name].asked.possibly.any()]
    rows = []
    for name in list(case.packages)[:MOST_PACKAGES]:
        members = settled.members(name)
        if not members:
            continue
        view = settled.view(members[0])
        cells = [party_view(settled, columns, view, party) for party in parties]
        rows.append(
            {
                "id": name,
                "name": _named(case, name),
                "forms": len(members),
                "deal": view.deal and view.allowed,
                "zone": "yes" if view.adopted else "not known" if view.adopted is None else "no",
                "cells": [{"asked": one["asked"], "accepts": one["accepts"], "blocks": one["blocks"]} for one in cells],
                "share": _share(counted, members[0]),
            }
        )
    return {"parties": [party_row(case, name) for name in parties], "rows": rows, "counted": counted is not None}


def package_page(settled: Settlement, columns: Columns, index: int, counted: Counted | None) -> dict[str, Any]:
    """Return the page of one package: its terms, what every analysis says, what each party gets and says."""
    case, view = settled.case, settled.view(index)
    names = columns.names(index)
    return {
        "id": index,
        "title": "; ".join(_named(case, name) for name in names) or package_short(case, settled.space, index),
        "notes": [case.packages[name].basis.assume for name in names if case.packages[name].basis.assume],
        "options": [(issue_name(case, issue), option_name(case, issue, option)) for issue, option in view.options.items()],
        "parts": [{"title": part.title, "verdict": part.verdict, "lines": part.lines} for part in card_parts(settled, view)],
        "parties": [party_view(settled, columns, view, name) for name in case.parties],
        "share": _share(counted, index),
    }


def _named(case: Case, name: str) -> str:
    package = case.packages[name]
    return package.name if package.name == name else f"{name} {package.name}"


def _share(counted: Counted | None, index: int) -> str | None:
    """Return in which share of the assumptions a package is acceptable; None where that is not counted."""
    table = None if counted is None else counted.table
    shares = None if table is None or table.undecided or not table.spread else table.of(index)
    if shares is None:
        return None
    return percent_range(shares.acceptable[0] / shares.draws, shares.acceptable[1] / shares.draws)
