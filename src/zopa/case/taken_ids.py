"""The ids that a case has given away: all but options share one namespace."""

from __future__ import annotations

from zopa.case.model import Case


def taken_ids(case: Case) -> frozenset[str]:
    """Return every id of a case but those of options, which belong to their issue."""
    blocks = (
        case.sources,
        case.statements,
        case.tensions,
        case.parties,
        case.issues,
        case.rules,
        case.assumptions,
        case.packages,
        case.gates,
        case.levers,
    )
    found = {name for block in blocks for name in block}
    for preferences in case.preferences.values():
        found |= {line.id for line in preferences.red_lines} | {bonus.id for bonus in preferences.bonuses}
    for party in case.parties.values():
        found |= {principal.id for principal in party.principals}
    if case.holding is not None:
        found |= {effect.id for effect in case.holding.effects}
    return frozenset(found)
