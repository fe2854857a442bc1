"""GeniusWeb domains and profiles (JSON): points are issue weight times the utility of the value.

The no-deal value is that of a package, the reservation bid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from zopa.formats.findings import Findings
from zopa.formats.gathering import Gathered, gather
from zopa.formats.model import Sheet, SheetIssue, SheetParty
from zopa.formats.naming import distinct
from zopa.formats.numbers import shortened
from zopa.formats.tree import Branch, Leaf, number_of
from zopa.formats.tree_file import block_of_file, names_in, row_of, say_sum, times

_PROFILE = "LinearAdditiveUtilitySpace"


@dataclass(frozen=True, slots=True)
class _Profile:
    file: Gathered
    block: Branch


def read_geniusweb(paths: Sequence[Path]) -> Sheet:
    """Return what GeniusWeb files say.

    Parameters
    ----------
    paths : sequence of Path
        A domain and its profiles in any order, profiles alone (each holds its domain), or a folder.

    Raises
    ------
    FormatError
        With every fault of every file.
    """
    found = Findings()
    domains: list[tuple[Gathered, Branch]] = []
    profiles: list[_Profile] = []
    files: dict[str, bytes] = {}
    for file in gather(paths, {".json"}, found):
        block = block_of_file(file, found)
        if block is None:
            continue
        inner = block.branch(_PROFILE)
        if inner is not None:
            profiles.append(_Profile(file, inner))
        elif block.branch("issuesValues") is not None:
            domains.append((file, block))
        elif file.asked or any("Utility" in key or "Ordering" in key for key in block.entries):
            keys = shortened(", ".join(block.entries) or "nothing", 80)
            what = f"it is neither a domain nor an additive profile (it holds {keys})"
            found.fault(file.name, "", what, f"Zopa reads profiles with the key {_PROFILE}, and domains with issuesValues.")
            continue
        else:
            found.left(f"{file.name} in the folder is no domain and no profile")
            continue
        files[file.name] = file.data
    if len(domains) > 1:
        listed = ", ".join(file.name for file, _ in domains)
        found.fault(domains[1][0].name, "", f"there are several domains ({listed})", "Name one domain and its profiles.")
    if not profiles and not found.faults:
        name = domains[0][0].name if domains else str(paths[0]) if paths else ""
        found.fault(name, "", "there is no profile, so nobody wants anything", "Name the profiles of the parties as well.")
    found.stop_at_faults()
    source, domain = domains[0] if domains else (profiles[0].file, profiles[0].block.branch("domain"))
    issues = _issues(domain, source.name, found)
    found.stop_at_faults()
    names = distinct([one.block.text("name") or one.file.stem for one in profiles])
    parties = tuple(_party(name, profile, issues, found) for name, profile in zip(names, profiles, strict=True))
    found.stop_at_faults()
    title = (domain.text("name") if domain is not None else "") or source.stem
    return Sheet(title, "GeniusWeb", issues, parties, files, tuple(found.defects), tuple(found.not_taken))


def _issues(domain: Branch | None, file: str, found: Findings) -> tuple[SheetIssue, ...]:
    values = domain.branch("issuesValues") if domain is not None else None
    if values is None or not values.entries:
        found.fault(file, "domain", "it has no issues", "Name the domain as well, or write issuesValues.")
        return ()
    issues = []
    for name, entry in values.entries.items():
        where = f"issuesValues.{shortened(name)} (line {entry.line})"
        if isinstance(entry, Branch) and entry.get("range") is not None:
            what = "it is a range of numbers, and a package needs options to choose from"
            found.fault(file, where, what, "List its values.")
            continue
        node = entry.get("values") if isinstance(entry, Branch) else entry
        issues.append(SheetIssue(name, tuple(names_in(node, found, file, where))))
    return tuple(issues)


def _party(name: str, profile: _Profile, issues: Sequence[SheetIssue], found: Findings) -> SheetParty:
    file, block = profile.file.name, profile.block
    weights = block.branch("issueWeights") or Branch(block.line)
    utilities = block.branch("issueUtilities") or Branch(block.line)
    if not utilities.entries:
        found.fault(file, "issueUtilities", "it gives no utilities", "Write issueUtilities for every issue.")
    names = {issue.name for issue in issues}
    for key, given in (("issueWeights", weights), ("issueUtilities", utilities)):
        strange = [one for one in given.entries if one not in names]
        if strange:
            what = f"the domain has no issue {shortened(', '.join(strange), 80)}"
            found.fault(file, key, what, "Name the domain that this profile was made for.")
    points = []
    known: list[Fraction] = []
    for issue in issues:
        weight = None
        where = f"issueWeights.{shortened(issue.name)}"
        if weights.get(issue.name) is None:
            found.defect(file, where, "it has no weight", "Its points are unknown; nothing was put in their place.")
        else:
            weight = number_of(weights.get(issue.name), found, file, where, "its weight")
            known += [] if weight is None else [weight]
        table = _table(utilities.get(issue.name), file, issue, found)
        points.append((None,) * len(issue.options) if table is None else times(weight, table))
    say_sum(known, found, file, "GeniusWeb")
    no_deal, package, note = _reservation(block, issues, points, file, found)
    return SheetParty(name, file, tuple(points), no_deal, package, note)


def _table(node: object, file: str, issue: SheetIssue, found: Findings) -> list[Fraction | None] | None:
    where = f"issueUtilities.{shortened(issue.name)}"
    if not isinstance(node, Branch):
        found.defect(file, where, "it has no utilities", "Its points are unknown; nothing was put in their place.")
        return None
    inner = node.branch("discreteutils") or node.branch("discreteUtils")
    table = inner.branch("valueUtilities") if inner is not None else None
    if table is None:
        kinds = shortened(", ".join(node.entries) or "nothing", 60)
        what = f"its utilities are no table of values (it has {kinds})"
        found.fault(file, f"{where} (line {node.line})", what, "Write discreteutils with valueUtilities.")
        return None
    row = row_of(issue.options, table, found, file, where)
    outside = sum(one is not None and not 0 <= one <= 1 for one in row)
    if outside:
        what = f"{outside} utilit{'y is' if outside == 1 else 'ies are'} not between 0 and 1"
        found.defect(file, where, what, "Read as written; GeniusWeb itself would refuse the file.")
    return row


def _reservation(
    block: Branch, issues: Sequence[SheetIssue], points: Sequence[Sequence[Fraction | None]], file: str, found: Findings
) -> tuple[Fraction | None, dict[str, str] | None, str]:
    """Return the no-deal value and package: the package alone where it is whole, the value of its parts where it is not."""
    bid = block.branch("reservationBid")
    values = bid.branch("issuevalues") or bid.branch("issueValues") if bid is not None else None
    if values is None or not values.entries:
        how = "The no-deal value is unknown; nothing was put in its place."
        found.defect(file, "reservationBid", "it names no reservation bid", how)
        return None, None, ""
    package: dict[str, str] = {}
    worth: Fraction | None = Fraction(0)
    known = {issue.name: number for number, issue in enumerate(issues)}
    for name, node in values.entries.items():
        where = f"reservationBid.{shortened(name)}"
        option = node.text if isinstance(node, Leaf) else ""
        if name not in known or option not in issues[known[name]].options:
            what = f"the domain has no such option ({shortened(option)})" if name in known else "the domain has no such issue"
            found.fault(file, where, what, "Write an issue and an option of the domain.")
            continue
        package[name] = option
        number = known[name]
        one = points[number][issues[number].options.index(option)]
        worth = None if worth is None or one is None else worth + one
    if len(package) == len(issues):
        return None, package, ""
    missing = [issue.name for issue in issues if issue.name not in package]
    what = f"the reservation bid leaves out {shortened(', '.join(missing), 80)}"
    found.defect(file, "reservationBid", what, "The no-deal value is the worth of what it names; the rest counts 0.")
    return worth, None, f"the reservation bid names {len(package)} of {len(issues)} issues; the others count 0"
