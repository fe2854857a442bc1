"""Packages, changes and gains as the page on finding agreements shows them: the small parts its views share."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from markupsafe import Markup

from zopa.case import Basis, Case
from zopa.exploration import assumption_name
from zopa.report.plain import CONCEPT_NAMES, issue_name, option_name, party_row, signed
from zopa.settlement import Settlement, package_changes
from zopa.workbench.find_columns import Columns
from zopa.workbench.find_state import Addresses


def exact(value: Fraction | None) -> str | None:
    """Return a number as exact text such as 71/100, for programs."""
    return None if value is None else str(value)


def package_title(case: Case, found: Columns, package: int) -> str:
    """Return what a package is called: its names, or its number."""
    names = found.names(package)
    called = [f"{name}: {case.packages[name].name}" if case.packages[name].name != name else name for name in names]
    return " · ".join(called) or f"Package {package}"


def point_words(found: Columns, package: int) -> str:
    """Return which solution points a package belongs to, in words; nothing for most packages."""
    names = [CONCEPT_NAMES[concept] for concept in found.solution_points(package)]
    return f"{', '.join(names)} point{'' if len(names) == 1 else 's'}" if names else ""


def changes(settlement: Settlement, start: int, end: int) -> list[dict[str, str]]:
    """Return what has to change from one package to another, issue by issue."""
    case = settlement.case
    return [
        {
            "issue": issue,
            "name": issue_name(case, issue),
            "from": option_name(case, issue, old),
            "to": option_name(case, issue, new),
        }
        for issue, (old, new) in package_changes(settlement, start, end).items()
    ]


def gained(settlement: Settlement, start: int, end: int) -> list[dict[str, Any]]:
    """Return what each party with points gains from one package to another, in the order of the case."""
    found = []
    for name in settlement.case.parties:
        before, after = settlement.party_points(name, start), settlement.party_points(name, end)
        if before is not None and after is not None:
            found.append({**party_row(settlement.case, name), "gain": str(after - before), "words": signed(after - before)})
    return found


def package_link(settlement: Settlement, found: Columns, to: Addresses, package: int, start: int | None = None) -> dict[str, Any]:
    """Return a package as results list it: what changes, who gains what, where it stands, and where its links lead."""
    view = settlement.view(package)
    blockers = [party_row(settlement.case, name) for name in view.blockers()]
    return {
        "id": package,
        "options": dict(view.options),
        "title": package_title(settlement.case, found, package),
        "called": bool(found.names(package)),
        "changes": [] if start is None else changes(settlement, start, package),
        "gains": [] if start is None else gained(settlement, start, package),
        "zone": "not known" if view.adopted is None else "yes" if view.adopted else "no",
        "efficient": view.efficient,
        "blockers": blockers,
        "take": to.take(package),
        "beside": to.beside(package),
    }


def basis_words(case: Case, basis: Basis) -> list[dict[str, str]]:
    """Return what a judgement rests on: statements with their words, and the assumption or reason."""
    found = []
    for name in basis.because:
        statement = case.statements.get(name)
        source = case.sources.get(name)
        words = (
            f"“{statement.quote}”" if statement is not None and statement.quote else source.title if source is not None else ""
        )
        found.append({"kind": "statement", "id": name, "words": words})
    if basis.assume:
        known = case.assumptions.get(basis.assume)
        words = assumption_name(known) if known is not None else basis.assume
        found.append({"kind": "assumption", "id": basis.assume if known is not None else "", "words": words})
    return found


def gain_bar(reach: tuple[Fraction, Fraction], gain: Fraction, place: int) -> Markup:
    """Return a gain over no deal as a bar from nought, on the scale from the party's least to its most gain.

    It is a picture of the words beside it and hidden from readers of the screen.
    """
    low, high = min(reach[0], gain, Fraction(0)), max(reach[1], gain, Fraction(0))
    span = (high - low) or Fraction(1)

    def at(value: Fraction) -> float:
        return float((value - low) / span) * 196 + 2

    start, end = sorted((at(Fraction(0)), at(gain)))
    kind = "gain" if gain >= 0 else "loss"
    return Markup(
        '<svg class="gain-bar" viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<line class="grid" x1="2" y1="7" x2="198" y2="7"/>'
        '<rect class="{kind} g{place}" x="{x:.1f}" y="3" width="{width:.1f}" height="8"/>'
        '<line class="zero" x1="{zero:.1f}" y1="0" x2="{zero:.1f}" y2="14"/></svg>'
    ).format(kind=kind, place=place % 8, x=start, width=max(1.5, end - start), zero=at(Fraction(0)))


def number_words(number: int, one: str, many: str) -> str:
    """Return a count with its noun."""
    return f"1 {one}" if number == 1 else f"{number:,} {many}".replace(",", "\u202f")
