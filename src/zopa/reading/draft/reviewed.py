"""After a review: the case takes what people accepted, and says of the rest that nobody has looked at it.

A case that is still as it was drafted is drafted anew from what is left. One that a person has edited is never redrafted:
accepted statements are marked, and what rests on rejected ones is named for the person to decide.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zopa.case import CaseFaults, case_file, read_case, replace_value, save_text, uses
from zopa.reading.draft.drafting import draft_case
from zopa.reading.draft.inputs import Read


@dataclass(frozen=True)
class Reviewed:
    """What a review changed in a case.

    Attributes
    ----------
    redrafted
        Whether the case was drafted anew.
    done
        Statements of the case that are now marked as reviewed.
    open
        How many nobody has decided about.
    resting
        Rejected statements that are still in the case because a person has edited it, with the places that rest on each.
    """

    redrafted: bool
    done: tuple[str, ...]
    open: int
    resting: Mapping[str, tuple[str, ...]]


def marked(text: str, done: Collection[str]) -> str:
    """Return the text of a case with statements marked as reviewed; those that are not in it are passed over."""
    for name in sorted(done):
        try:
            text = replace_value(text, f"statements.{name}.review", "done")
        except KeyError:
            continue
    return text


def update_case(
    folder: Path,
    before: Sequence[Read],
    done_before: Collection[str],
    after: Sequence[Read],
    done: Collection[str],
    gone: Collection[str],
) -> Reviewed:
    """Bring what people decided into a case.

    Parameters
    ----------
    folder
        The case folder.
    before, done_before
        What the case was drafted from, and which statements were marked as reviewed then: tells whether a person has
        edited the case since.
    after, done, gone
        What is left after the review, the ids of accepted statements, and those of rejected ones.

    Raises
    ------
    CaseFaults
        When the case has faults, or would have them; nothing is then changed.
    NothingToDraft
        When nothing is left to make a case of.
    """
    file = case_file(folder)
    reading = read_case(file)
    if reading.case is None:
        raise CaseFaults(reading.faults)
    case = reading.case
    written = file.read_text(encoding="utf-8")
    still_open = sum(statement.id not in done for read in after for statement in read.statements)
    if written == marked(draft_case(before, title=case.title).text, done_before):
        save_text(folder, marked(draft_case(after, title=case.title).text, done))
        return Reviewed(True, tuple(sorted(done)), still_open, {})
    known = [name for name in sorted(done) if name in case.statements]
    text = marked(written, known)
    if text != written:
        save_text(folder, text)
    resting = uses(case)
    left = {
        name: tuple(dict.fromkeys(use.what for use in resting.get(name, ()))) for name in sorted(gone) if name in case.statements
    }
    return Reviewed(False, tuple(known), still_open, left)
