"""NegoLog profiles (JSON): points are issue weight times the value of the option."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from zopa.formats.findings import Findings
from zopa.formats.gathering import Gathered, gather
from zopa.formats.model import Sheet, SheetIssue, SheetParty
from zopa.formats.naming import distinct
from zopa.formats.numbers import shortened
from zopa.formats.tree import Branch, number_of
from zopa.formats.tree_file import Row, block_of_file, row_of, say_sum, times


def read_negolog(paths: Sequence[Path]) -> Sheet:
    """Return what NegoLog profiles say.

    Parameters
    ----------
    paths : sequence of Path
        Profiles, or a folder that holds them; the first one says which issues and options there are.

    Raises
    ------
    FormatError
        With every fault of every file.
    """
    found = Findings()
    profiles: list[tuple[Gathered, Branch]] = []
    for file in gather(paths, {".json"}, found):
        block = block_of_file(file, found)
        if block is None:
            continue
        if block.branch("issues") is not None and block.branch("issueWeights") is not None:
            profiles.append((file, block))
        elif file.asked:
            what = "it is no profile (it lacks issues or issueWeights)"
            found.fault(file.name, "", what, "Name the profiles of the parties.")
        else:
            found.left(f"{file.name} in the folder is no profile")
    if not profiles and not found.faults:
        found.fault(str(paths[0]) if paths else "", "", "there is no profile", "Name the profiles of the parties.")
    found.stop_at_faults()
    first, block = profiles[0]
    issues = _issues(block, first.name, found)
    found.stop_at_faults()
    names = distinct([file.stem for file, _ in profiles])
    parties = tuple(_party(name, file, block, issues, found) for name, (file, block) in zip(names, profiles, strict=True))
    found.stop_at_faults()
    title = paths[0].resolve().name if paths[0].is_dir() else paths[0].resolve().parent.name or first.stem
    files = {file.name: file.data for file, _ in profiles}
    return Sheet(title, "NegoLog", issues, parties, files, tuple(found.defects), tuple(found.not_taken))


def _issues(block: Branch, file: str, found: Findings) -> tuple[SheetIssue, ...]:
    issues = []
    given = block.branch("issues") or Branch(block.line)
    for name, table in given.entries.items():
        if not isinstance(table, Branch) or not table.entries:
            where = f"issues.{shortened(name)} (line {table.line})"
            found.fault(file, where, "it has no options", "Write its options with numbers.")
            continue
        issues.append(SheetIssue(name, tuple(table.entries)))
    if not given.entries:
        found.fault(file, "issues", "it has no issues", "Write issues with options.")
    return tuple(issues)


def _party(name: str, file: Gathered, block: Branch, issues: Sequence[SheetIssue], found: Findings) -> SheetParty:
    given = block.branch("issues") or Branch(block.line)
    weights = block.branch("issueWeights") or Branch(block.line)
    known = {issue.name for issue in issues}
    strange = [one for one in (*given.entries, *weights.entries) if one not in known]
    if strange:
        what = f"the first profile has no issue {shortened(', '.join(dict.fromkeys(strange)), 80)}"
        found.fault(file.name, "issues", what, "Name profiles of one domain.")
    points, total = [], []
    for issue in issues:
        where = f"issues.{shortened(issue.name)}"
        table, weight = given.branch(issue.name), None
        if weights.get(issue.name) is None or table is None:
            what = "it has no weight" if table is not None else "it has no options"
            found.defect(file.name, where, what, "Its points are unknown; nothing was put in their place.")
        else:
            weight = number_of(weights.get(issue.name), found, file.name, where, "its weight")
            total += [] if weight is None else [weight]
        row: Row = [None] * len(issue.options)
        if table is not None:
            row = row_of(issue.options, table, found, file.name, where)
        points.append(times(weight, row))
    say_sum(total, found, file.name, "NegoLog")
    no_deal: Fraction | None = None
    if block.get("reservationValue") is None:
        what = "it gives no reservation value"
        found.defect(file.name, "reservationValue", what, "The no-deal value is unknown; nothing was put in its place.")
    else:
        no_deal = number_of(block.get("reservationValue"), found, file.name, "reservationValue", "the reservation value")
    return SheetParty(name, file.name, tuple(points), no_deal)
