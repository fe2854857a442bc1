"""How far ideas of fairness lie apart, who can carry an agreement, and who would be left out, in sentences."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from zopa.case import Case
from zopa.report.answer import opening_words, packages_words
from zopa.report.plain import conflict_words, package_short, party_name, short, thousands
from zopa.settlement import Coalition, ComposedSettlement, Settlement, Voting, Without

MOST_LINES: Final = 8


def listed(names: list[str]) -> str:
    """Return names as they stand in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nobody"


def range_sentences(settlement: Settlement | ComposedSettlement) -> list[str]:
    """Return what each signatory gets whichever idea of fairness is taken; nothing where there are fewer than two."""
    found = settlement.points_range()
    if found is None or len(found.concepts) < 2:
        return []
    parts = []
    for name, lowest, highest in zip(settlement.seats, found.lowest, found.highest, strict=True):
        low, high = short(lowest, 1), short(highest, 1)
        span = low if low == high else f"between {low} and {high}"
        parts.append(f"{span} for {party_name(settlement.case, name)}")
    if found.packages == 1:
        chosen = "They all choose the same package."
    else:
        different = "1 outcome" if found.vectors == 1 else f"{thousands(found.vectors)} different outcomes"
        chosen = f"Together they choose {different}."
        if found.packages is not None:
            chosen = f"Together they choose {packages_words(found.packages)} with {different}."
    return [f"Whichever of these {len(found.concepts)} ideas of fairness one takes, the points are {listed(parts)}. {chosen}"]


def voting_sentences(settlement: Settlement, voting: Voting) -> list[str]:
    """Return who can carry an agreement, and what each signatory would lose outside it.

    Where two or fewer must all agree there is nothing to say that the zone does not say already.
    """
    case, rule = settlement.case, voting.rule
    if rule.unanimous:
        return _outsiders(settlement, voting) if len(rule.seats) > 2 else []
    lines = [f"{short(rule.need)} of {short(sum(rule.votes.values(), Fraction(0)))} votes carry an agreement."]
    if not rule.carries(rule.seats):
        return [*lines, "Even all signatories together do not have them."]
    if voting.indispensable:
        lines.append(f"Nothing can be agreed without {names_words(case, voting.indispensable)}.")
    if voting.never_needed:
        lines.append(f"The vote never makes a difference of {names_words(case, voting.never_needed)}.")
    more = "" if voting.complete else " or more"
    count = len(voting.coalitions)
    those = "1 coalition is" if count == 1 and voting.complete else f"{count}{more} coalitions are"
    lines.append(f"{those} just enough to carry an agreement. Each would choose, by the product of its members' gains:")
    # First those that can carry something; where none can, what stands in the way of each.
    ordered = sorted(voting.coalitions, key=lambda one: not len(one.packages))
    lines += [f"  {_coalition(settlement, one)}" for one in ordered[:MOST_LINES]]
    if count > MOST_LINES:
        lines.append(f"  and {count - MOST_LINES}{more} coalitions that are not shown here.")
    if settlement.zone_count() == 0:
        moves = [f"{party_name(case, name)} ({thousands(size)})" for name, size in voting.opens.items() if size]
        lines.append(opening_words(moves))
        return lines
    return lines + _outsiders(settlement, voting)


def _coalition(settlement: Settlement, one: Coalition) -> str:
    case = settlement.case
    who = names_words(case, one.members)
    if one.nash is not None:
        first = package_short(case, settlement.space, int(one.nash.packages[0]))
        ties = len(one.nash.packages)
        tied = f" or {packages_words(ties - 1)} as good" if ties > 1 else ""
        return f"{who}: {packages_words(len(one.packages))} they all accept, and of these {first}{tied}."
    if one.conflict is not None and one.conflict.conflict:
        why = "; ".join(conflict_words(case, item) for item in one.conflict.conflict)
        return f"{who}: no package, because these together exclude every deal: {why}."
    return f"{who}: no package they all accept."


def _outsiders(settlement: Settlement, voting: Voting) -> list[str]:
    case = settlement.case
    lines = needed_sentences(case, voting)
    for name, one in voting.without.items():
        if one.possible:
            lines.append(_outsider(party_name(case, name), one, unanimous=voting.rule.unanimous))
    return lines


def needed_sentences(case: Case, voting: Voting) -> list[str]:
    """Return without whom the others find no package, where the votes alone do not say so."""
    known = () if voting.rule.unanimous else voting.indispensable
    never = tuple(name for name, one in voting.without.items() if one.possible is False and name not in known)
    unsure = tuple(name for name, one in voting.without.items() if one.possible is None)
    lines = []
    if never:
        each = ", nor without ".join(party_name(case, name) for name in never)
        lines.append(f"With these numbers the others find no package without {each}.")
    if unsure:
        each = ", or without ".join(party_name(case, name) for name in unsure)
        lines.append(f"It is not known whether the others could find a package without {each}.")
    return lines


def _outsider(name: str, one: Without, *, unanimous: bool) -> str:
    what = "if it were not asked" if unanimous else "without its vote"
    first = f"{name}: {what}, the others could agree on {packages_words(len(one.packages))}"
    if one.points is None:
        return f"{first}. What it would get there is not known."
    if one.at_nash is None:
        return f"{first}. It would get {span_points(one.points)} there. What the others would choose is not known."
    then = f"{first}. At what they would choose, it gets {span_points(one.at_nash)}"
    if one.loss is not None:
        then += f", {less_words(one.loss, 'without an agreement')}"
    if one.loss_by_exclusion is not None:
        then += f" and {less_words(one.loss_by_exclusion, 'at the Nash point that counts it in')}"
    return f"{then}."


def less_words(loss: tuple[Fraction, Fraction], than: str) -> str:
    """Return a loss from the least to the most, set against something; a loss below nought is a gain."""
    return f"as many as {than}" if loss[0] == loss[1] == 0 else f"{loss_words(loss)} than {than}"


def loss_words(loss: tuple[Fraction, Fraction]) -> str:
    """Return a loss of points from the least to the most; a loss below nought is a gain."""
    least, most = loss
    if least == most == 0:
        return "the same"
    if least >= 0:
        return f"{span_points(loss, points=False)} less"
    if most <= 0:
        return f"{span_points((-most, -least), points=False)} more"
    return f"from {short(-least, 1)} more to {short(most, 1)} less"


def span_points(span: tuple[Fraction, Fraction], *, points: bool = True) -> str:
    """Return points from the least to the most."""
    low, high = short(span[0], 1), short(span[1], 1)
    words = low if low == high else f"{low} to {high}"
    return f"{words} point{'' if span[0] == span[1] == 1 else 's'}" if points else words


def names_words(case: Case, parties: tuple[str, ...]) -> str:
    """Return the names of parties as they stand in a sentence."""
    return listed([party_name(case, name) for name in parties])
