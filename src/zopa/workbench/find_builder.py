"""The package builder: one control for each issue, what each option would do, and which rule it would break."""

from __future__ import annotations

from math import prod
from typing import Any, Final

import numpy as np

from zopa.report.plain import condition_words, option_name
from zopa.settlement import Settlement, distances, nearest
from zopa.space import condition_on
from zopa.workbench.find_columns import Columns
from zopa.workbench.find_state import Addresses
from zopa.workbench.find_words import basis_words, package_link

MOST_RADIOS: Final = 12  # options of an issue that stand side by side; more of them become a list
MOST_NEAREST: Final = 3


def builder_view(settlement: Settlement, found: Columns, to: Addresses) -> dict[str, Any]:
    """Return what the builder shows for the package that is looked at.

    Returns
    -------
    dict
        ``issues``, each with its ``options``: chosen, in force, which rules it would break, and which it would mend, given
        the rest; whether the package with it would be in the zone; ``broken``: the rules that the package itself breaks,
        in words, and what they rest on; ``mend``: the nearest packages that keep the rules.
    """
    case, package, space = settlement.case, to.state.package, settlement.space
    digits = [int(digit) for digit in space.digits(np.array([package]))[0]]
    strides = [prod(space.shape[axis + 1 :]) for axis in range(len(space.shape))]
    swaps = np.concatenate(
        [package + (np.arange(count) - digits[axis]) * strides[axis] for axis, count in enumerate(space.shape)]
    ).astype(np.intp)
    breaks = _broken(settlement, swaps)
    here = breaks[digits[0]]  # the package itself stands among the options of the first issue
    adopted = settlement.verdicts.adopted
    issues = []
    place = 0
    for axis, issue in enumerate(space.issues):
        options = []
        for number, option in enumerate(issue.options):
            index = int(swaps[place])
            options.append(
                {
                    "id": option.id,
                    "name": option_name(case, issue.id, option.id),
                    "chosen": number == digits[axis],
                    "now": option.id == issue.now,
                    "package": index,
                    "breaks": [name for name in breaks[place] if name not in here],
                    "mends": [name for name in here if name not in breaks[place]],
                    "zone": "yes" if adopted.surely[0, index] else "not known" if adopted.possibly[0, index] else "no",
                }
            )
            place += 1
        issues.append(
            {
                "id": issue.id,
                "number": axis,
                "name": issue.name,
                "list": len(options) > MOST_RADIOS,
                "changed": issue.now is not None and issue.option_ids()[digits[axis]] != issue.now,
                "options": options,
            }
        )
    rules = [case.rules[name] for name in here]
    return {
        "issues": issues,
        "broken": [
            {"id": one.id, "words": condition_words(case, one.condition), "basis": basis_words(case, one.basis)} for one in rules
        ],
        "mend": _mend(settlement, found, to) if rules else [],
    }


def _broken(settlement: Settlement, packages: Any) -> list[tuple[str, ...]]:
    """Return for each package the rules that it breaks in the base scenario."""
    found: list[list[str]] = [[] for _ in packages]
    if not settlement.verdicts.allowed[0, packages].all():
        for rule in settlement.case.rules.values():
            met = condition_on(settlement.scenarios, rule.condition, packages).surely[0]
            for place in np.flatnonzero(~met).tolist():
                found[place].append(rule.id)
    return [tuple(names) for names in found]


def _mend(settlement: Settlement, found: Columns, to: Addresses) -> list[dict[str, Any]]:
    """Return the nearest packages that keep the rules, agreements first."""
    package = to.state.package
    apart = distances(settlement.space.shape, package)
    fit = settlement.verdicts.allowed[0]
    near = nearest(apart, (fit & settlement.verdicts.deals[0]), MOST_NEAREST) or nearest(apart, fit, MOST_NEAREST)
    return [] if near is None else [package_link(settlement, found, to, one, package) for one in near.packages]
