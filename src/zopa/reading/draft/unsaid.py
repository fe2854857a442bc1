"""What the texts do not say, as far as a case would need it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zopa.reading.draft.elements import DraftIssue, DraftParty, DraftPosition, DraftRedLine


def unsaid_of(
    parties: Iterable[DraftParty],
    issues: Sequence[DraftIssue],
    positions: Iterable[DraftPosition],
    red_lines: Iterable[DraftRedLine],
) -> list[str]:
    """Return, one short line for each, what stays unknown in a draft.

    For each party the issues on which it says nothing itself, the issues of which the text does not say what is in force, and
    what no draft fills: weights, values without an agreement, seats, and who controls which option.
    """
    parties = list(parties)
    known = {(one.party, one.issue) for one in positions} | {(one.party, one.issue) for one in red_lines}
    terms = [issue for issue in issues if not issue.process]
    found: list[str] = []
    for party in parties:
        silent = [issue.name for issue in terms if (party.key, issue.id) not in known]
        if not party.speaks:
            found.append(f"any stand of {party.name}")
        elif silent:
            what = "any issue" if len(silent) == len(terms) else ", ".join(silent)
            found.append(f"in its own words, where {party.name} stands on {what}")
    standing = [issue.name for issue in issues if issue.now is None]
    if standing:
        found.append(f"what is in force now: {', '.join(standing)}")
    found += [
        "how much each issue weighs for each party",
        "what each party expects without an agreement",
        "who signs, and whose consent an agreement needs",
        "who can bring about or stop which option",
    ]
    return found
