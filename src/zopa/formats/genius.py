"""GENIUS domains and profiles: which points the options have, by the rules of GENIUS 10.4.

A discrete option is worth weight times evaluation over the largest evaluation of its issue (0 for all when that is
below 0.00001); a value *v* of an integer issue is worth weight times ``offset + slope * (v - lowerbound)``, kept
between 0 and 1.  All decimals are exact.  Weights are not rescaled and the sum is not cut at 1, where GENIUS
itself would; both are reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

from zopa.formats.findings import Findings
from zopa.formats.gathering import Gathered, gather
from zopa.formats.genius_file import GeniusFile, GeniusIssue, read_genius_file
from zopa.formats.model import Sheet, SheetIssue, SheetParty
from zopa.formats.naming import distinct
from zopa.formats.numbers import decimal, shortened

SMALLEST: Final = Fraction(1, 100_000)
_NO_TITLE: Final = frozenset({"", "any", "root", "objective", "domain"})
NO_RESERVATION: Final = "the file gives no reservation value, and GENIUS then takes 0"


def read_genius(paths: Sequence[Path]) -> Sheet:
    """Return what GENIUS files say.

    Parameters
    ----------
    paths : sequence of Path
        A domain and its profiles in any order, profiles alone, or a folder that holds them.

    Raises
    ------
    FormatError
        With every fault of every file.
    """
    found = Findings()
    files = gather(paths, {".xml"}, found)
    read = [one for one in (read_genius_file(file, found) for file in files) if one is not None]
    domains = [one for one in read if not one.profile]
    profiles = [one for one in read if one.profile]
    if len(domains) > 1:
        listed = ", ".join(one.file.name for one in domains)
        found.fault(domains[1].file.name, "", f"there are several domains ({listed})", "Name one domain and its profiles.")
    if not profiles and not found.faults:
        name = domains[0].file.name if domains else str(paths[0]) if paths else ""
        found.fault(name, "", "there is no profile, so nobody wants anything", "Name the profiles of the parties as well.")
    found.stop_at_faults()
    domain = domains[0] if domains else profiles[0]
    matches = [_matched(domain, profile, found) for profile in profiles]
    bounds = _bounds(domain, profiles, matches, found)
    found.stop_at_faults()
    issues = [_sheet_issue(issue, bounds.get(issue.index)) for issue in domain.issues]
    names = distinct([one.file.stem for one in profiles])
    parties = tuple(
        _party(name, profile, domain, match, issues, found) for name, profile, match in zip(names, profiles, matches, strict=True)
    )
    title = domain.title if domain.title.strip().lower() not in _NO_TITLE else domain.file.stem
    kept = {one.name: one.data for one in _used(files, read)}
    return Sheet(title, "GENIUS", tuple(issues), parties, kept, tuple(found.defects), tuple(found.not_taken))


def _used(files: Sequence[Gathered], read: Sequence[GeniusFile]) -> list[Gathered]:
    names = {one.file.name for one in read}
    return [file for file in files if file.name in names]


# Which issue of a profile is which issue of the domain -----------------------------------------------------


def _matched(domain: GeniusFile, profile: GeniusFile, found: Findings) -> Mapping[int, GeniusIssue]:
    """Return for each index of the domain the issue of the profile.

    GENIUS goes by the index.  Where the index leads to an issue of the same name, or of the same options, that is
    the issue; where it does not but all names fit, the names count; everything else is a fault.
    """
    if profile is domain:
        return {issue.index: issue for issue in domain.issues}
    by_index = {issue.index: issue for issue in profile.issues}
    own_names = [issue.name for issue in profile.issues]
    if all(_alike(issue, by_index.get(issue.index)) for issue in domain.issues):
        for issue in domain.issues:
            other = by_index[issue.index]
            if other.name != issue.name:
                what = f"the domain calls this issue {shortened(issue.name)}"
                found.defect(profile.file.name, other.where, what, f"Taken as the same: index {issue.index}, same options.")
        return {issue.index: by_index[issue.index] for issue in domain.issues} if _none_left(domain, profile, found) else {}
    names = [issue.name for issue in domain.issues]
    by_name = {issue.name: issue for issue in profile.issues}
    clear = sorted(names) == sorted(own_names) and len(set(names)) == len(names)
    if clear and all(by_name[issue.name].kind == issue.kind for issue in domain.issues):
        what = "its issues have other indices than in the domain"
        found.defect(profile.file.name, "", what, "Taken by their names.")
        return {issue.index: by_name[issue.name] for issue in domain.issues}
    lost = [issue for issue in domain.issues if not _alike(issue, by_index.get(issue.index))]
    shown = shortened(", ".join(f"{issue.name} (index {issue.index}, {issue.kind})" for issue in lost), 120)
    what = f"it belongs to another domain than {domain.file.name}: it has nothing that fits {shown}"
    found.fault(profile.file.name, "", what, "Name the domain that this profile was made for.")
    return {}


def _alike(issue: GeniusIssue, other: GeniusIssue | None) -> bool:
    if other is None or issue.kind != other.kind:
        return False
    return issue.name == other.name or (issue.kind == "discrete" and set(issue.values()) == set(other.values()))


def _none_left(domain: GeniusFile, profile: GeniusFile, found: Findings) -> bool:
    known = {issue.index for issue in domain.issues}
    extra = [issue for issue in profile.issues if issue.index not in known]
    for issue in extra:
        what = f"the domain {domain.file.name} has no such issue"
        found.fault(profile.file.name, issue.where, what, "Name the domain that this profile was made for.")
    return not extra


def _bounds(
    domain: GeniusFile, profiles: Sequence[GeniusFile], matches: Sequence[Mapping[int, GeniusIssue]], found: Findings
) -> dict[int, tuple[int, int]]:
    """Return the range of each integer issue: that of the domain, else that of the first profile that gives one."""
    known: dict[int, tuple[int, int]] = {}
    for issue in domain.issues:
        if issue.kind != "integer":
            continue
        given = [match[issue.index].bounds for match in matches if issue.index in match]
        bounds = issue.bounds or next((one for one in given if one is not None), None)
        if bounds is None:
            found.fault(domain.file.name, issue.where, "it has no lowerbound and upperbound", "Add both.")
            continue
        known[issue.index] = bounds
        for profile, own in zip(profiles, given, strict=False):
            if own is not None and own != bounds:
                what = f"its range {own[0]} to {own[1]} is not that of the domain ({bounds[0]} to {bounds[1]})"
                remedy = "The values are the domain's; the line starts at the profile's lowerbound, as in GENIUS."
                found.defect(profile.file.name, f"issue {shortened(issue.name)}", what, remedy)
    return known


def _sheet_issue(issue: GeniusIssue, bounds: tuple[int, int] | None) -> SheetIssue:
    if bounds is None:
        return SheetIssue(issue.name, tuple(issue.values()))
    numbers = range(bounds[0], bounds[1] + 1)
    return SheetIssue(issue.name, tuple(map(str, numbers)), tuple(map(Fraction, numbers)))


# Points ----------------------------------------------------------------------------------------------------


def _party(
    name: str,
    profile: GeniusFile,
    domain: GeniusFile,
    match: Mapping[int, GeniusIssue],
    issues: Sequence[SheetIssue],
    found: Findings,
) -> SheetParty:
    file = profile.file.name
    points: list[tuple[Fraction | None, ...]] = []
    weights: list[Fraction] = []
    for issue, sheet in zip(domain.issues, issues, strict=True):
        own = match[issue.index]
        weight = profile.weights.get(own.index)
        if weight is None:
            found.defect(file, own.where, "it has no weight", "Its points are unknown; nothing was put in their place.")
            points.append((None,) * len(sheet.options))
            continue
        weights.append(weight)
        if weight < 0:
            found.defect(file, own.where, f"its weight is negative ({decimal(weight)})", "Read as written.")
        worth = _discrete(own, sheet, file, found) if own.kind == "discrete" else _integer(own, sheet)
        points.append(tuple(None if one is None else weight * one for one in worth))
    _say_sum(file, weights, points, found)
    spare = set(profile.weights) - {issue.index for issue in profile.issues} - profile.groups
    if spare:
        shown = ", ".join(map(str, sorted(spare)))
        found.defect(file, "", f"there are weights for indices that no issue has ({shown})", "They were not used.")
    if profile.reservation is None:
        found.defect(file, "", "it gives no reservation value", "Taken as 0, which is GENIUS's convention; the case says so.")
        return SheetParty(name, file, tuple(points), Fraction(0), None, NO_RESERVATION)
    return SheetParty(name, file, tuple(points), profile.reservation)


def _discrete(own: GeniusIssue, sheet: SheetIssue, file: str, found: Findings) -> list[Fraction | None]:
    evaluations = {item.value: item.evaluation for item in own.items}  # of a value listed twice the last one counts
    known = [one for one in evaluations.values() if one is not None]
    if not known:
        return [None] * len(sheet.options)
    lost = [option for option in sheet.options if option not in evaluations]
    if lost:
        what = f"the options {shortened(', '.join(lost), 80)} of the domain are not in the profile"
        found.defect(file, own.where, what, "Their points are unknown; nothing was put in their place.")
    extra = [value for value in evaluations if value not in sheet.options]
    if extra:
        what = f"the options {shortened(', '.join(extra), 80)} are not in the domain"
        found.defect(file, own.where, what, "Left out; the largest evaluation of the issue counts them, as in GENIUS.")
    negative = sum(one < 0 for one in known)
    if negative:
        what = f"{negative} evaluation{' is' if negative == 1 else 's are'} negative"
        found.defect(file, own.where, what, "Read as written.")
    largest = max(known)
    if largest < SMALLEST:
        found.defect(file, own.where, "no evaluation reaches 0.00001", "All its options are worth 0, as GENIUS reads them.")
        return [Fraction(0)] * len(sheet.options)
    worth = (evaluations.get(option) for option in sheet.options)
    return [None if one is None else one / largest for one in worth]


def _integer(own: GeniusIssue, sheet: SheetIssue) -> list[Fraction | None]:
    assert own.linear is not None
    assert sheet.numbers is not None
    slope, offset = own.linear
    low = own.bounds[0] if own.bounds is not None else sheet.numbers[0]
    return [min(max(offset + slope * (value - low), Fraction(0)), Fraction(1)) for value in sheet.numbers]


def _say_sum(file: str, weights: Sequence[Fraction], points: Sequence[Sequence[Fraction | None]], found: Findings) -> None:
    total = sum(weights, Fraction(0))
    best = sum((max((one for one in row if one is not None), default=Fraction(0)) for row in points), Fraction(0))
    capped = " GENIUS itself counts a package above 1 as 1." if best > 1 else ""
    if weights and total != 1:
        how = f"Read as written, nothing was rescaled.{capped}"
        found.defect(file, "", f"the weights add up to {decimal(total)}, not to 1", how)
    elif capped:
        found.defect(file, "", "the best package is worth more than 1", f"Read as written.{capped}")
