"""Whether rules leave anything: empty spaces, options in no package, named packages that break rules.

By enumeration up to a bound; beyond it the check says that it was not made.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from zopa.case import Case, Fault, Place, Severity, format_condition
from zopa.space.acceptance import deal_packages, fixed_rules
from zopa.space.conditions import truth
from zopa.space.packages import package_space, unlisted_issues

BOUND: Final = 2_000_000


def check_packages(case: Case, bound: int = BOUND) -> tuple[Fault, ...]:
    """Return findings about the packages of a case.

    Parameters
    ----------
    case : Case
        A case without faults, or the part of a case that has none.
    bound : int
        Largest number of packages that is enumerated.

    Returns
    -------
    tuple of Fault
        ZC050 when the rules exclude every package, ZC057 when none that they allow counts as agreement,
        ZC051 for options in no allowed package, ZC054 for named packages of which none is allowed, ZC052
        when there are too many packages to tell.
    """
    if unlisted_issues(case):
        return ()
    space = package_space(case)
    first = next(iter(case.issues.values())).place
    if space.size > bound:
        message = f"whether the rules leave every option a package was not checked: {space.size:,} packages"
        return (Fault("ZC052", first, message, f"The bound is {bound:,}.", "", Severity.NOTE),)
    allowed = fixed_rules(space, case)
    rule_place = next(iter(case.rules.values())).place if case.rules else first
    if not allowed.any():
        rules = ", ".join(case.rules)
        return (Fault("ZC050", rule_place, "the rules exclude every package", f"Loosen one of {rules}.", rules),)
    found: list[Fault] = []
    if not (allowed & deal_packages(space, case)).any():
        found.append(_no_agreement(case, rule_place))
    grid = allowed.reshape(space.shape)
    for axis, issue in enumerate(space.issues):
        others = tuple(other for other in range(len(space.shape)) if other != axis)
        reached = grid.any(axis=others) if others else grid
        for option, possible in zip(issue.options, np.atleast_1d(reached).tolist(), strict=True):
            if not possible:
                message = f"no allowed package holds {issue.id} = {option.id}"
                found.append(
                    Fault("ZC051", issue.place, message, "Loosen a rule, or remove the option.", option.id, Severity.WARNING)
                )
    for package in case.packages.values():
        family = space.flat(space.family(package))
        if not (family & allowed).any():
            found.append(_forbidden(case, package.id, package.place))
    return tuple(found)


def _no_agreement(case: Case, rule_place: Place) -> Fault:
    if case.deal is None:
        remedy = "Loosen a rule, or say with `deal:` what counts as agreement."
        return Fault("ZC057", rule_place, "the rules allow only what is in force, which is no agreement", remedy)
    shown = format_condition(case.deal)
    return Fault("ZC057", case.place_of("deal"), "no allowed package meets `deal`", "Loosen `deal`, or a rule.", shown)


def _forbidden(case: Case, name: str, place: Place) -> Fault:
    space = package_space(case)
    family = space.flat(space.family(case.packages[name]))
    if not family.any():
        return Fault("ZC054", place, f"the package {name} is empty", "Loosen its terms or its `when`.", name, Severity.WARNING)
    broken = [
        f"{rule.id} ({format_condition(rule.condition)})"
        for rule in case.rules.values()
        if not (family & space.flat(truth(rule.condition, space, {}).possibly)).any()
    ]
    which = ", ".join(broken) or "its rules together"
    return Fault("ZC054", place, f"the package {name} breaks {which}", "Change its terms or the rule.", name, Severity.WARNING)
