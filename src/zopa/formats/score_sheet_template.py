"""A case as a score sheet without numbers: its parties, issues and options, for a teacher to fill in."""

from __future__ import annotations

from zopa.case import Case
from zopa.formats.model import FormatError, FormatFault, Sheet, SheetIssue, SheetParty
from zopa.formats.naming import distinct
from zopa.space import draw_scenarios, unlisted_issues


def blank_sheet_of_case(case: Case) -> Sheet:
    """Return the parties, issues and options of a case with every number unknown.

    Parameters
    ----------
    case : Case
        Any case without faults; it needs no preferences.

    Raises
    ------
    FormatError
        When a numeric issue has no step, so that its options cannot be listed.
    """
    unlisted = unlisted_issues(case)
    if unlisted:
        what = f"{', '.join(unlisted)} has no options"
        raise FormatError(FormatFault(str(case.file), "issues", what, "Add `step:` to each continuous scale."))
    listed = draw_scenarios(case).space.issues
    names = distinct([issue.name for issue in listed])
    options = [tuple(distinct([option.name for option in issue.options])) for issue in listed]
    blank = tuple((None,) * len(row) for row in options)
    # Who neither signs nor consents has no points to give, unless the case says otherwise.
    seated = [one for one in case.parties.values() if one.seat not in {"facilitator", "observer"} or one.id in case.preferences]
    parties = distinct([party.name for party in seated])
    return Sheet(
        case.title,
        "case",
        tuple(map(SheetIssue, names, options)),
        tuple(SheetParty(name, "", blank, None) for name in parties),
    )
