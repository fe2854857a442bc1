"""Packages side by side: issues, parties and what is said on each, a column for every package."""

from __future__ import annotations

from typing import Any, Final

from zopa.exploration import ShareTable
from zopa.report.plain import percent_range
from zopa.settlement import Settlement
from zopa.workbench.find_card import card_view
from zopa.workbench.find_columns import Columns
from zopa.workbench.find_state import Addresses

CELL: Final = ("gain", "gain_words", "points_words", "bar", "says", "asked", "accepts", "blocks", "short_words")


def compare_view(settlement: Settlement, found: Columns, to: Addresses, shares: ShareTable | None) -> dict[str, Any]:
    """Return the packages side by side; nothing to compare where only one is looked at.

    Returns
    -------
    dict
        ``packages`` (title and links), ``issues`` and ``verdicts`` and ``parties`` as rows with one cell for each package;
        ``differs`` says that the cells of a row are not all the same.
    """
    chosen = (to.state.package, *to.state.beside)
    cards = [card_view(settlement, found, to, one) for one in chosen]
    counted = shares is not None and shares.spread and not shares.undecided
    found_shares = [shares.of(one) if shares is not None and counted else None for one in chosen]
    issues = []
    for place, first in enumerate(cards[0]["options"]):
        mine = [card["options"][place] for card in cards]
        cells = [{"words": one["name"], "same": one["option"] == first["option"]} for one in mine]
        issues.append({"name": first["issue_name"], "cells": cells, "differs": not all(cell["same"] for cell in cells)})
    verdicts = []
    for part in cards[0]["parts"]:
        if part["verdict"] is not None:
            said = [next((one["verdict"] or "" for one in card["parts"] if one["key"] == part["key"]), "") for card in cards]
            verdicts.append({"name": part["title"], "cells": said, "differs": len(set(said)) > 1})
    if counted:
        spans = [("Acceptable", [None if one is None else (one.acceptable, one.draws) for one in found_shares])]
        if all(one is None or one.efficient is not None for one in found_shares):
            efficient = [None if one is None or one.efficient is None else (one.efficient, one.draws) for one in found_shares]
            spans.append(("Efficient", efficient))
        for title, ends in spans:
            words = ["–" if one is None else percent_range(one[0][0] / one[1], one[0][1] / one[1]) for one in ends]
            verdicts.append({"name": f"{title} in this share of the assumptions", "cells": words, "differs": len(set(words)) > 1})
    parties = []
    for place, party in enumerate(cards[0]["parties"]):
        mine = [card["parties"][place] for card in cards]
        parties.append(
            {
                **{key: party[key] for key in ("id", "name", "place")},
                "cells": [
                    {
                        key: one[key]
                        for key in (
                            "gain",
                            "gain_words",
                            "points_words",
                            "bar",
                            "says",
                            "asked",
                            "accepts",
                            "blocks",
                            "short_words",
                        )
                    }
                    | {"red_lines": [line["name"] for line in one["red_lines"]]}
                    for one in mine
                ],
                "differs": len({(one["gain"], one["says"], tuple(line["id"] for line in one["red_lines"])) for one in mine}) > 1,
            }
        )
    return {
        "several": len(chosen) > 1,
        "packages": [
            {
                "id": card["id"],
                "title": card["title"],
                "current": card["id"] == to.state.package,
                "take": to.take(card["id"]),
                "remove": to.without(card["id"]),
            }
            for card in cards
        ],
        "issues": issues,
        "verdicts": verdicts,
        "parties": parties,
    }
