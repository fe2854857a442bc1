"""The report: one HTML file without scripts and without network, under a strict content-security policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from zopa import __version__
from zopa.case import Basis, Case, Judgement, Statement, format_amount, speaking_sources
from zopa.report.answer import answer_sentence, package_standing, shares_sure
from zopa.report.charts import Dot, RangeRow, range_chart, scatter
from zopa.report.ledger import uses
from zopa.report.plain import (
    CONCEPT_NAMES,
    CONCEPT_SAYS,
    clean,
    condition_words,
    conflict_words,
    issue_name,
    package_short,
    package_words,
    party_name,
    percent,
    percent_range,
    reading_label,
    red_line,
    red_line_words,
    short,
    signed,
    thousands,
)
from zopa.settlement import PackageView, Sample, Settlement, TextAlone
from zopa.space import Missing, judgements_of

LEVELS = (
    "direct quotation",
    "reported from a named source",
    "a named source about another",
    "unnamed, or an act told",
    "narration",
)
MOST_ROWS = 40
MOST_FORMS = 60


def page(case: Case, settlement: Settlement | None, drawn: Sample | None, missing: Sequence[Missing] = ()) -> str:
    """Return the report as HTML.

    Parameters
    ----------
    case : Case
        The case.
    settlement : Settlement or None
        Its base scenario; None when packages cannot be listed.
    drawn : Sample or None
        The sample beside it.
    missing : sequence of Missing
        Why there is no settlement.

    Returns
    -------
    str
        The whole page.  The same case, seed and version give the same text, byte for byte; everything
        that comes from a source is escaped.
    """
    style = (files("zopa.report") / "style.css").read_text(encoding="utf-8").strip()
    shared = {
        "case": case,
        "version": __version__,
        "style": Markup(style),
        "style_hash": base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii"),
        "caveats": speaking_sources(case),
        "settlement": settlement,
        "drawn": drawn,
        "missing": missing,
        "when": _when(case, settlement),
        "contents": _contents(settlement),
        "rules": [(rule, condition_words(case, rule.condition)) for rule in case.rules.values()],
        **_evidence(case),
    }
    answers = _answers(case, settlement, drawn) if settlement is not None else {}
    return str(_template().render(**shared, **answers))


@lru_cache(maxsize=1)
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("zopa.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(thousands=thousands, percent=percent)
    return environment.get_template("report.html.j2")


def _harmless(value: Any) -> Any:
    """Return what a page may show: text from a source loses its control characters and direction marks."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _contents(settlement: Settlement | None) -> list[tuple[str, str]]:
    first = [("text", "What the text alone decides"), ("answer", "Over the assumptions"), ("parties", "Parties")]
    middle = [*first, ("packages", "Packages and who blocks them")] if settlement is not None else [("text", "What is missing")]
    return [*middle, ("rules", "Issues and rules"), ("evidence", "Evidence"), ("assumptions", "Ledger of assumptions")]


def _when(case: Case, settlement: Settlement | None) -> str:
    if settlement is None:
        return ""
    moment = settlement.moment
    office = [party_name(case, f"{party}.{who}") for party, who in moment.in_office.items() if who is not None]
    acting = f" In office: {', '.join(office)}." if office else ""
    if moment.day is None:
        names = ", ".join(case.gates[name].name for name in moment.passed)
        return (f"All dated gates count as passed ({names})." if names else "") + acting
    waiting = ", ".join(case.levers[name].name for name in moment.waiting)
    shut = f" Not to be had on that day: {waiting}." if waiting else ""
    return f"Looked at on {moment.day}.{shut}{acting}"


# Answers -------------------------------------------------------------------------------------------


def _answers(case: Case, settlement: Settlement, drawn: Sample | None) -> dict[str, Any]:
    text = settlement.text
    counts = [one.compatible for one in text.readings]
    rows = [] if drawn is None or drawn.varied == 0 else range_rows(case, drawn)
    return {
        "text": text,
        "compatible": _count_range(counts),
        "conditions": [_condition_row(case, settlement, one.line) for one in text.conditions],
        "readings": _reading_rows(case, text),
        "without": list(text.without.items()),
        "speaking": [party for party in case.parties.values() if party.seat != "observer"],
        "positions": _position_rows(case, text),
        "waits": _waits(case, text),
        "answer": answer_sentence(case, settlement, drawn),
        "ranges": range_chart(rows, "Shares of assumptions with a zone of possible agreement") if rows else None,
        "range_rows": rows,
        "opens": _opens(case, drawn),
        "parties": [_party_row(case, name) for name in case.parties],
        **_packages(case, settlement, drawn),
        **_base(case, settlement),
    }


def _count_range(counts: Sequence[int]) -> str:
    low, high = min(counts, default=0), max(counts, default=0)
    return thousands(low) if low == high else f"{thousands(low)} to {thousands(high)}"


def _condition_row(case: Case, settlement: Settlement, name: str) -> dict[str, Any]:
    line = red_line(case, name)
    one = next(found for found in settlement.text.conditions if found.line == name)
    quotes = [(key, case.statements[key].quote if key in case.statements else case.sources[key].title) for key in one.because]
    return {
        "party": party_name(case, one.party),
        "says": red_line_words(case, line),
        "quotes": quotes,
        "reading": reading_label(case, dict(one.reading)) or "always",
        "name": line.name,
        "count": one.contradicting,
    }


def _reading_rows(case: Case, text: TextAlone) -> list[dict[str, Any]]:
    """Return the readings, those with the same effect together, the strictest first."""
    grouped: dict[tuple[tuple[str, ...], int], int] = {}
    for one in text.readings:
        grouped[one.binding, one.compatible] = grouped.get((one.binding, one.compatible), 0) + 1
    found = [
        {
            "binding": "; ".join(
                f"{party_name(case, red_line(case, name).party)}: {red_line(case, name).name}" for name in binding
            )
            or "none of them",
            "count": count,
            "left": left,
        }
        for (binding, left), count in grouped.items()
    ]
    return sorted(found, key=lambda row: row["left"])


def _position_rows(case: Case, text: TextAlone) -> list[tuple[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]]:
    speaking = [party for party in case.parties.values() if party.seat != "observer"]
    return [
        (case.issues[issue].name, [(row[party.id], text.reported[issue][party.id]) for party in speaking])
        for issue, row in text.positions.items()
    ]


def _waits(case: Case, text: TextAlone) -> list[str]:
    found = []
    for wait in text.waits:
        names = " and ".join(case.gates[name].name for name in wait.gates)
        under = f"If {reading_label(case, dict(wait.reading))}: " if wait.reading else ""
        behind = f" Behind them waits: {', '.join(case.gates[name].name for name in wait.behind)}." if wait.behind else ""
        found.append(f"{under}each of these needs the other first: {names}.{behind}")
    return found


def range_rows(case: Case, drawn: Sample) -> list[RangeRow]:
    """Return the shares of the zone: over everything, by band of each swept range, by reading."""
    lowest, highest = drawn.extremes()
    rows = [RangeRow("Over all readings", lowest.open_draws / drawn.draws, highest.open_draws / drawn.draws, strong=True)]
    for band in drawn.bands:
        label = f"{issue_name(case, band.assumption)} {band.band.replace('..', ' to ')}"
        rows.append(RangeRow(label, band.lowest / drawn.draws, band.highest / drawn.draws))
    for name, words in drawn.by_word().items():
        for word, share in words.items():
            rows.append(RangeRow(reading_label(case, {name: word}), share["lowest"], share["highest"]))
    return rows


def _opens(case: Case, drawn: Sample | None) -> list[tuple[str, float, float]]:
    if drawn is None or drawn.varied == 0:
        return []
    names = list(dict.fromkeys(name for one in drawn.readings for name in one.opens))
    found = []
    for name in names:
        counts = [one.opens.get(name, 0) / drawn.draws for one in drawn.readings]
        found.append((party_name(case, name), min(counts), max(counts)))
    return found


def _party_row(case: Case, name: str) -> dict[str, Any]:
    party = case.parties[name]
    preferences = case.preferences.get(name)
    seat = party.seat if party.seat is not None else f"open: {issue_name(case, party.seat_by or '')}"
    if party.consent_if is not None:
        seat = f"{seat}; must consent if {condition_words(case, party.consent_if)}"
    no_deal, basis = "not given", None
    if preferences is not None and preferences.no_deal is not None:
        given = preferences.no_deal
        basis = given.basis
        if given.judgement is not None:
            unit = "% of the way from its worst to its best package" if given.kind == "share" else "points"
            no_deal = f"{judgement_words(case, given.judgement)} {unit}"
        else:
            no_deal = f"as good as the package {given.package}"
    return {
        "id": name,
        "name": party.name,
        "principals": [
            f"{one.name}{f' from {one.start}' if one.start else ''}{f' until {one.end}' if one.end else ''}"
            for one in party.principals
        ],
        "seat": seat,
        "voices": ", ".join([*party.voices, *(voice for one in party.principals for voice in one.voices)]) or "–",
        "lines": [
            {
                "name": line.name,
                "says": red_line_words(case, line),
                "when": "known" if line.unknown else condition_words(case, line.binds) if line.binds is not None else "",
                "basis": line.basis,
            }
            for line in (preferences.red_lines if preferences is not None else ())
        ],
        "no_deal": no_deal,
        "no_deal_basis": basis,
    }


def judgement_words(case: Case, judgement: Judgement) -> str:
    """Return a judgement as written, with the range of an assumption it names."""
    written = format_amount(judgement.amount)
    assumption = case.assumptions.get(written.partition(".")[0])
    if assumption is not None and assumption.amount is not None and not assumption.words:
        return format_amount(assumption.amount).replace("..", " to ")
    return written.replace("..", " to ")


# Packages ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Family:
    """A named package with the packages that belong to it."""

    name: str
    members: tuple[int, ...]
    views: tuple[PackageView, ...]


def _packages(case: Case, settlement: Settlement, drawn: Sample | None) -> dict[str, Any]:
    sampled = drawn is not None and drawn.varied > 0
    rated = [
        name
        for name in case.parties
        if settlement.verdicts.parties[name].values is not None and settlement.verdicts.parties[name].asked.possibly.any()
    ]
    rows = []
    for name in case.packages:
        members = settlement.members(name)
        family = _Family(name, tuple(members), tuple(settlement.view(index) for index in members[:MOST_FORMS]))
        rows.append(_package_row(case, settlement, drawn if sampled else None, family, rated if sampled else []))
    return {"named": rows, "rated": [party_name(case, name) for name in rated] if sampled else []}


def _package_row(case: Case, settlement: Settlement, drawn: Sample | None, family: _Family, rated: list[str]) -> dict[str, Any]:
    package = case.packages[family.name]
    said = settlement.text.named[family.name]
    standing = package_standing(family.views)
    deal = standing is None
    lines = [red_line(case, name) for name in said["conditions"]]
    conditions = [f"{party_name(case, line.party)}: {line.name} ({', '.join(line.basis.because)})" for line in lines]
    stated = "; ".join(conditions) or ("none stated" if deal else "–")
    return {
        "id": family.name,
        "anchor": family.name,
        "name": package.name if package.name != family.name else "",
        "words": _family_words(case, settlement, family),
        "conditions": stated,
        "wishes": said["wishes"],
        "blocks": _block_lines(case, family) if deal else [],
        "none": standing or "nobody",
        "share": shares_sure(settlement, drawn, family.members, family.views) if deal else "–",
        "accepts": [
            _share(drawn, [drawn.accepted_range(name, index) for index in family.members]) if drawn is not None else "–"
            for name in rated
        ],
    }


def _share(drawn: Sample | None, ranges: Sequence[tuple[int, int] | None]) -> str:
    known = [one for one in ranges if one is not None]
    if drawn is None or not known:
        return "–"
    return percent_range(min(one[0] for one in known) / drawn.draws, max(one[1] for one in known) / drawn.draws)


def _family_words(case: Case, settlement: Settlement, family: _Family) -> str:
    if len(family.members) == 1:
        return _changes(case, settlement, family.members[0])
    package = case.packages[family.name]
    parts = []
    for issue in settlement.space.issues:
        chosen = package.options.get(issue.id, ())
        names = [option.name for option in issue.options if option.id in chosen] or ["any"]
        if list(chosen) != [issue.now]:
            parts.append(f"{issue.name}: {' or '.join(names)}")
    return f"{'; '.join(parts)} ({len(family.members)} packages)"


def _changes(case: Case, settlement: Settlement, index: int) -> str:
    """Return what a package changes; the whole package where it is not known what is in force."""
    now = {issue.id: issue.now for issue in settlement.space.issues}
    changed = frozenset(issue for issue, option in settlement.space.options(index).items() if option != now[issue])
    if not changed:
        return "nothing changes"
    rest = "; the rest as it is" if len(changed) < len(now) else ""
    return package_words(case, settlement.space, index, only=changed) + rest


def _block_lines(case: Case, family: _Family) -> list[str]:
    """Return who blocks, with the reason, and in how many forms of a family."""
    found: dict[str, list[PackageView]] = {}
    shortest: dict[str, Fraction] = {}
    for view in family.views:
        for one in view.refusals:
            if one.party not in view.asked:
                continue
            if one.kind == "red_line":
                reason = f"{party_name(case, one.party)}: red line “{red_line(case, one.item).name}”" + (
                    "" if one.certain else " (if it binds)"
                )
            elif one.kind == "no_deal":
                reason = f"{party_name(case, one.party)}: worth less than no deal"
                shortest[reason] = max(shortest.get(reason, Fraction(0)), one.short or Fraction(0))
            else:
                reason = f"{party_name(case, one.party)}: not known what it would accept"
            found.setdefault(reason, []).append(view)
    lines = []
    for reason, views in found.items():
        missing = f" (by up to {short(shortest[reason], 1)} points)" if reason in shortest else ""
        forms = "" if len(views) == len(family.views) else f", in {len(views)} of {len(family.views)} forms"
        lines.append(f"{reason}{missing}{forms}")
    return lines


# The base scenario -----------------------------------------------------------------------------------


def _base(case: Case, settlement: Settlement) -> dict[str, Any]:
    more = len(settlement.possible) - len(settlement.zone)
    if settlement.undecided:
        base = f"The zone cannot be counted; {thousands(len(settlement.possible))} packages are refused by nobody for sure."
    elif len(settlement.zone):
        hang = f" {thousands(more)} more hang on what is not known." if more else ""
        base = f"{thousands(len(settlement.zone))} packages are acceptable to everybody who must agree.{hang}"
    else:
        base = "No package is acceptable to everybody who must agree."
    if settlement.frontier is not None:
        base += (
            f" The frontier holds {thousands(len(settlement.frontier.vectors))} different outcomes, "
            f"reached by {thousands(len(settlement.frontier.rows))} packages."
        )
    return {
        "base": base,
        "conflict": _conflict(case, settlement),
        "picture": _picture(case, settlement),
        "seats": [party_name(case, name) for name in settlement.seats],
        "points": _point_rows(case, settlement),
        **_frontier_rows(case, settlement),
    }


def _conflict(case: Case, settlement: Settlement) -> list[dict[str, Any]]:
    return [
        {"id": item.id, "says": conflict_words(case, item), "because": item.because, "assume": item.assume}
        for item in settlement.conflict
    ]


def _point_rows(case: Case, settlement: Settlement) -> list[dict[str, Any]]:
    rows = []
    for concept, name in CONCEPT_NAMES.items():
        point = settlement.points.get(concept)
        if point is None or not point.vectors:
            continue
        tied = settlement.tied_packages(concept)
        view = settlement.view(int(tied[0]))
        rows.append(
            {
                "name": name,
                "says": CONCEPT_SAYS[concept],
                "cells": [f"{short(view.points[seat], 1)} ({signed(view.gains[seat])})" for seat in settlement.seats],
                "ties": thousands(len(tied)),
                "words": package_short(case, settlement.space, view.index),
            }
        )
    return rows


def _frontier_rows(case: Case, settlement: Settlement) -> dict[str, Any]:
    frontier = settlement.frontier
    if frontier is None:
        return {"frontier_rows": [], "frontier_caption": ""}
    rows = []
    for number in range(min(len(frontier.vectors), MOST_ROWS)):
        index = int(settlement.zone[int(frontier.rows_of(number)[0])])
        rows.append(
            {
                "cells": [short(settlement.party_points(seat, index), 1) for seat in settlement.seats],
                "count": thousands(int(frontier.counts[number])),
                "words": package_short(case, settlement.space, index),
            }
        )
    cut = f" (the first {MOST_ROWS} of {thousands(len(frontier.vectors))})" if len(frontier.vectors) > MOST_ROWS else ""
    return {"frontier_rows": rows, "frontier_caption": f"Efficient outcomes with the number of packages that reach each{cut}"}


def _picture(case: Case, settlement: Settlement) -> Markup | None:
    """Return the zone as a picture for the first two signatories, thinned evenly when it is large."""
    frontier = settlement.frontier
    if frontier is None or len(settlement.seats) < 2:
        return None
    first, second = settlement.seats[:2]
    step = max(1, len(settlement.zone) // 1500)

    def dot(index: int, kind: str, label: str = "") -> Dot:
        x, y = settlement.party_points(first, index), settlement.party_points(second, index)
        return Dot(float(x or 0), float(y or 0), kind, label)

    spots = {(one.x, one.y): one for one in (dot(int(index), "zone") for index in settlement.zone[::step])}
    dots = list(spots.values())
    dots += [
        dot(int(settlement.zone[int(frontier.rows_of(number)[0])]), "frontier")
        for number in range(min(len(frontier.vectors), 500))
    ]
    labels: dict[int, list[str]] = {}
    for concept, name in CONCEPT_NAMES.items():
        if concept in settlement.points and settlement.points[concept].vectors:
            labels.setdefault(int(settlement.tied_packages(concept)[0]), []).append(name)
    dots += [dot(index, "named", ", ".join(names)) for index, names in labels.items()]
    no_deal = (float(settlement.no_deal(first) or 0), float(settlement.no_deal(second) or 0))
    names = (party_name(case, first), party_name(case, second))
    title = f"Packages of the zone by their points for {names[0]} and {names[1]}; the table below holds the same figures"
    return scatter(dots, names[0], names[1], no_deal, title)


# Evidence and ledger -------------------------------------------------------------------------------


def _evidence(case: Case) -> dict[str, Any]:
    used = uses(case)
    return {
        "statements": [_statement_row(case, one, used.get(one.id, ())) for one in case.statements.values()],
        "assumptions": [
            {
                "id": one.id,
                "name": one.name,
                "reason": one.reason,
                "because": one.basis.because,
                "value": format_amount(one.amount).replace("..", " to ").replace(" | ", " or ")
                if one.amount is not None
                else "a reason only",
                "drawn": _drawn_words(case, one.id),
                "uses": _some(used.get(one.id, ())),
            }
            for one in case.assumptions.values()
        ],
        "judgements": _judgements(case),
    }


def _statement_row(case: Case, one: Statement, used: tuple[str, ...]) -> dict[str, Any]:
    who = one.speaker or party_name(case, one.party)
    if one.speaker and one.party:
        who += f", for {party_name(case, one.party)}"
    if one.about:
        who += f", about {party_name(case, one.about)}"
    return {
        "id": one.id,
        "quote": one.quote,
        "who": who,
        "level": LEVELS[one.level] if one.level is not None else "–",
        "grade": one.credibility or "–",
        "uses": _some(used) or "shown only",
    }


def _some(used: tuple[str, ...]) -> str:
    """Return what rests on something; long lists say how much more there is."""
    return "; ".join(used[:8]) + (f"; and {len(used) - 8} more" if len(used) > 8 else "")


def _drawn_words(case: Case, name: str) -> str:
    assumption = case.assumptions[name]
    if assumption.amount is None:
        return "–"
    how = "one for all"
    if assumption.per_parties:
        how = f"for each of {', '.join(assumption.per_parties)}"
    elif assumption.per_place:
        how = "for each use"
    if assumption.split:
        how += "; readings shown apart"
    if assumption.sweep:
        bands = ", ".join(format_amount(band).replace("..", " to ") for band in assumption.sweep)
        how += f"; also shown over {bands}"
    return how


def _judgements(case: Case) -> list[tuple[str, str, Basis]]:
    return [(one.path, format_amount(one.amount).replace("..", " to "), one.basis) for one in judgements_of(case)]
