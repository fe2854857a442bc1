"""What can stand in the way of a package: rules, red lines, no-deal values, and what nobody can give up.

Each item comes with the packages it excludes, for a given answer to the question who has to accept what:
everybody asked under unanimity, or the members of one coalition under a voting rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zopa.case import Basis, Case, Condition, Moment, RedLine, Rule, format_condition
from zopa.settlement.available import shut_levers
from zopa.space import Scenarios, Verdict, Verdicts, truth

Flags = NDArray[np.bool_]
STANDING = frozenset({"hard_rule", "deal", "date", "not_pulled", "pulled"})


@dataclass(frozen=True, slots=True)
class ConflictItem:
    """One item of a conflict, with what it says.

    ``kind`` is rule, red_line or no_deal, which could be given up; or hard_rule, deal (what counts as
    agreement), date (a lever that cannot be pulled yet), not_pulled or pulled (a lever that keeps options
    out of reach where exactly some levers are pulled), which stand and are named where the conflict needs them.
    """

    id: str
    kind: str
    party: str | None
    says: str
    because: tuple[str, ...]
    assume: str | None

    @property
    def stands(self) -> bool:
        """True for what no party can give up."""
        return self.kind in STANDING


@dataclass(frozen=True, slots=True)
class ConflictItems:
    """Items by id, each with the packages it excludes (``masks``, one flag per package).

    What stands anyway comes last, so that a deletion filter does without it where it can.
    """

    items: Mapping[str, ConflictItem]
    masks: Mapping[str, Flags]

    def without_standing(self) -> tuple[dict[str, Flags], Flags]:
        """Return the masks of what could be given up, and the packages that what stands leaves over."""
        size = len(next(iter(self.masks.values())))
        left: Flags = np.ones(size, dtype=np.bool_)
        for name, mask in self.masks.items():
            if self.items[name].stands:
                left &= ~mask
        return {name: mask for name, mask in self.masks.items() if not self.items[name].stands}, left


def conflict_items(
    case: Case, drawn: Scenarios, verdicts: Verdicts, moment: Moment, asked: Mapping[str, Flags] | None = None
) -> ConflictItems:
    """Return everything that can exclude a package, for the parties that have to accept.

    Parameters
    ----------
    case, drawn, verdicts, moment
        What was judged: the whole space in one scenario.
    asked : mapping of str to ndarray of bool, shape (packages,), optional
        Where each party has to accept; a party that is left out never has to.  By default where the
        verdicts surely ask it, which is right under unanimity.

    Returns
    -------
    ConflictItems
        Together the items exclude exactly the packages that are surely not adopted.
    """
    space = drawn.space
    if asked is None:
        asked = {name: _row(verdict.asked.surely, space.size) for name, verdict in verdicts.parties.items()}
    masks: dict[str, Flags] = {}
    items: dict[str, ConflictItem] = {}
    standing: dict[str, tuple[Flags, ConflictItem]] = {}
    for rule in case.rules.values():
        values = drawn.condition_values(rule.condition)[0][0]
        broken = ~space.flat(truth(rule.condition, space, values).surely)
        item = rule_item(rule)
        if rule.hard:
            standing[rule.id] = (broken, item)
        else:
            masks[rule.id], items[rule.id] = broken, item
    for name, verdict in verdicts.parties.items():
        if name in asked:
            for item, mask in _party_items(case, name, verdict, space.size):
                masks[item.id], items[item.id] = mask & asked[name], item
    standing |= _standing(case, verdicts, moment, drawn)
    for key, (mask, item) in standing.items():
        masks[key], items[key] = mask, item
    return ConflictItems(items, masks)


def _row(flags: Flags, size: int) -> Flags:
    return np.asarray(np.broadcast_to(flags, (1, size))[0])


def _party_items(case: Case, name: str, verdict: Verdict, size: int) -> Iterator[tuple[ConflictItem, Flags]]:
    """Return a party's red lines and no-deal value, each with the packages it excludes."""
    preferences = case.preferences.get(name)
    for line in preferences.red_lines if preferences is not None else ():
        yield red_line_item(line), _row(verdict.crossed[line.id].surely, size)
    if verdict.threshold is not None:
        yield no_deal_item(case, name), ~_row(verdict.enough.possibly, size)


def _standing(case: Case, verdicts: Verdicts, moment: Moment, drawn: Scenarios) -> dict[str, tuple[Flags, ConflictItem]]:
    """Return what no party can give up: levers that keep options out of reach, and what counts as agreement."""
    found: dict[str, tuple[Flags, ConflictItem]] = {}
    space, levers = drawn.space, drawn.levers
    for name, condition in shut_levers(case, moment, levers):
        found[name] = (space.flat(truth(condition, space, {}).possibly), lever_item(case, name, condition, levers))
    found["deal"] = (~verdicts.deals[0], deal_item(case))
    return found


def rule_item(rule: Rule) -> ConflictItem:
    """Return a rule as an item."""
    says = format_condition(rule.condition)
    return ConflictItem(rule.id, "hard_rule" if rule.hard else "rule", None, says, rule.basis.because, rule.basis.assume)


def red_line_item(line: RedLine) -> ConflictItem:
    """Return a red line as an item."""
    says = format_condition(line.requires) if line.requires is not None else f"not ({format_condition(line.refuses)})"
    return ConflictItem(line.id, "red_line", line.party, says, line.basis.because, line.basis.assume)


def no_deal_item(case: Case, party: str) -> ConflictItem:
    """Return a party's no-deal value as an item."""
    preferences = case.preferences.get(party)
    no_deal = preferences.no_deal if preferences is not None else None
    basis = no_deal.basis if no_deal is not None else Basis()
    says = f"{party} gets at least what it has without an agreement"
    return ConflictItem(f"no_deal:{party}", "no_deal", party, says, basis.because, basis.assume)


def lever_item(case: Case, name: str, condition: Condition, levers: frozenset[str] | None) -> ConflictItem:
    """Return a lever that keeps the options of a condition out of reach as an item; ``levers`` are those pulled, if said."""
    lever = case.levers[name]
    kind = "date" if levers is None else "pulled" if name in levers else "not_pulled"
    return ConflictItem(name, kind, None, f"not ({format_condition(condition)})", lever.basis.because, lever.basis.assume)


def deal_item(case: Case) -> ConflictItem:
    """Return what counts as agreement as an item."""
    says = "another package than the one in force" if case.deal is None else format_condition(case.deal)
    return ConflictItem("deal", "deal", None, says, (), None)
