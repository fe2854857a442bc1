"""What the answer hangs on, as the report shows it: in short on the second screen, and in full after the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zopa.case import Case
from zopa.exploration import judgement_basis, judgement_name
from zopa.report.answer import tried_words
from zopa.report.explore_charts import Bar, Row, package_map, turning_chart
from zopa.report.explore_figures import (
    across_words,
    ends_words,
    index_words,
    many_readings,
    points_words,
    share_words,
    spread_words,
)
from zopa.report.explore_words import (
    basis_words,
    caveat_lines,
    date_sentence,
    decisive_name,
    few_line,
    finding_sentences,
    found_order,
    lifted,
    likelihood_lines,
    never_sentence,
    package_name,
    robust_sentence,
    rule_sentences,
    turns_sentence,
)
from zopa.report.explore_zone import fixed_sentence, range_rows, range_sentence, unknown_whom, zone_sentence
from zopa.report.likelihood import scale_rule
from zopa.report.plain import package_short, party_name, party_row, thousands
from zopa.space import judgements_of

if TYPE_CHECKING:
    from zopa.exploration import Across, Decisive, Exploration, NamedPackage, Share

MOST_SHORT = 5
MOST_DECISIVE = 10
MOST_FOUND = 5
MOST_ROBUST = 10


def explore_view(case: Case, exploration: Exploration | None, prior: str | None = None) -> dict[str, Any]:
    """Return what the two sections on what the answer hangs on show.

    Parameters
    ----------
    case : Case
        The case.
    exploration : Exploration or None
        None where the case was not explored: both sections are then left out.
    prior : str, optional
        Which prior the reader has adopted, in the reader's words.  Only then are there words of likelihood.

    Returns
    -------
    dict
        ``hangs`` is None without an exploration.
    """
    if exploration is None:
        return {"hangs": None}
    if not exploration.sample.spread:
        return {"hangs": {"fixed": fixed_sentence(exploration)}}
    decisive = exploration.decisive[:MOST_DECISIVE]
    shown = decisive[:MOST_SHORT]
    bars = [Bar(decisive_name(exploration, one), one.flips, ends_words(one.flips)) for one in shown]
    turning = [bar for bar in bars if bar.across.highest.high > 0]
    return {
        "hangs": {
            "fixed": "",
            "first": range_sentence(case, exploration),
            "zone": zone_sentence(exploration),
            "unknown": unknown_whom(exploration),
            "few": few_line(exploration) or "",
            "caveats": caveat_lines(case, exploration),
            "basis": basis_words(exploration),
            "date": date_sentence(exploration),
            "many": many_readings(exploration),
            "ends": [": lowest", ": highest"] if many_readings(exploration) else [""],
            "ranges": _range_rows(case, exploration),
            "tried": tried_words(exploration.sample),
            "turns": turns_sentence(exploration) if decisive else "",
            "turning_chart": turning_chart(turning, "Share of scenarios in which the answer turns") if turning else None,
            "decisive": [_decisive_row(case, exploration, one) for one in decisive],
            "short": len(shown),
            "left_short": max(0, len(exploration.decisive) - MOST_SHORT),
            "left": max(0, len(exploration.decisive) - MOST_DECISIVE),
            "decisive_draws": thousands(exploration.decisive_draws) if exploration.flips else "",
            "indices": any(one.total_order is not None for one in decisive),
            "rules": [rule_sentences(case, one, unknown_whom(exploration)) for one in exploration.rules],
            "finding": finding_sentences(case, exploration) if exploration.found else [],
            "found": [
                {**_judgement(case, one.key), "settled": across_words(one.settled), "gain": points_words(one.gain)}
                for one in found_order(exploration)[:MOST_FOUND]
            ],
            "left_found": max(0, len(exploration.found) - MOST_FOUND),
            **_packages(case, exploration),
            "lifted": [(party_row(case, name), across_words(one)) for name, one in lifted(case, exploration)],
            "prior": prior,
            "likelihood": likelihood_lines(case, exploration, prior),
            "scale": scale_rule(),
        }
    }


def _ends(exploration: Exploration, low: Share, high: Share) -> list[str]:
    """Return a share, or where there are readings the lowest and the highest."""
    return [share_words(low), share_words(high)] if many_readings(exploration) else [share_words(low)]


def _range_rows(case: Case, exploration: Exploration) -> list[dict[str, Any]]:
    return [
        {"held": one.held, "compared": one.compared, "shares": _ends(exploration, *one.shares), "possible": one.possible}
        for one in range_rows(case, exploration)
    ]


def _judgement(case: Case, key: str) -> dict[str, Any]:
    """Return a judgement with its name, the place in the ledger where it stands, and what it rests on."""
    base = key.partition("@")[0].partition(".")[0]
    basis = judgement_basis(case, key)
    if base in case.assumptions:
        return {"name": judgement_name(case, key), "anchor": base, "ids": [base, *basis.because], "reason": ""}
    paths = [one.path for one in judgements_of(case)]
    reasons = (basis.assume or "").split("; ")
    return {
        "name": judgement_name(case, key),
        "anchor": next((path for path in paths if path == key or path.startswith(f"{key}.")), ""),
        "ids": [*basis.because, *(name for name in reasons if name in case.assumptions)],
        "reason": "; ".join(words for words in reasons if words not in case.assumptions),
    }


def _decisive_row(case: Case, exploration: Exploration, one: Decisive) -> dict[str, Any]:
    return {
        **_judgement(case, one.key),
        "name": decisive_name(exploration, one),
        "shares": _ends(exploration, one.flips.lowest, one.flips.highest),
        "first": index_words(one.first_order),
        "total": index_words(one.total_order),
        "parties": ", ".join(party_name(case, name) for name in case.parties if name in one.parties) or "–",
    }


def _packages(case: Case, exploration: Exploration) -> dict[str, Any]:
    """Return the map of shares over named packages, their ranks and regrets, and the packages acceptable most often."""
    named = exploration.named
    parties = [name for name in case.parties if any(name in one.accepted_by for one in named)]
    ranked = [name for name in case.parties if any(name in one.ranks for one in named)]
    heads = ["All asked", "Efficient", *(case.parties[name].name for name in parties)]
    rows = [Row(package_name(case, one.name), _cells(one, parties)) for one in named if one.members]
    return {
        "map": package_map(heads, rows, "Share of scenarios in which each named package is acceptable or efficient")
        if rows
        else None,
        "map_heads": heads,
        "map_rows": [{"id": row.name, "cells": [across_words(cell) for cell in row.cells]} for row in rows],
        "ranked": [party_row(case, name) for name in ranked],
        "ranks": [
            {
                "id": package_name(case, one.name),
                "ranks": [spread_words(one.ranks[name]) if name in one.ranks else "–" for name in ranked],
                "regrets": [spread_words(one.regrets[name]) if name in one.regrets else "–" for name in ranked],
            }
            for one in named
            if one.ranks
        ],
        "robust": robust_sentence(exploration),
        "robust_rows": _robust_rows(case, exploration),
        "never": never_sentence(exploration),
    }


def _cells(one: NamedPackage, parties: list[str]) -> tuple[Across | None, ...]:
    return (one.acceptable, one.efficient, *(one.accepted_by.get(name) for name in parties))


def _robust_rows(case: Case, exploration: Exploration) -> list[dict[str, Any]]:
    if exploration.zone is None:
        return []
    rows = []
    for index in exploration.robust(MOST_ROBUST):
        row = exploration.row(index)
        least, most = (exploration.of(int(counts[row])) for counts in (exploration.least, exploration.most))
        efficient = ["–"] * (2 if many_readings(exploration) else 1)
        if exploration.least_efficient is not None and exploration.most_efficient is not None:
            counts = exploration.least_efficient[row], exploration.most_efficient[row]
            efficient = _ends(exploration, *(exploration.of(int(count)) for count in counts))
        words = package_short(case, exploration.space, index)
        rows.append({"words": words, "shares": _ends(exploration, least, most), "efficient": efficient})
    return rows
