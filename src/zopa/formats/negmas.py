"""NegMAS scenario folders (YAML or JSON): points are weight times the value of the table, added as written.

A discount wrapped around a utility function is reported and the function inside is read; its reserved value counts.
``-.inf`` means that no value is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from zopa.formats.findings import Findings
from zopa.formats.gathering import Gathered, gather
from zopa.formats.genius_file import MAX_OPTIONS
from zopa.formats.model import Sheet, SheetIssue, SheetParty
from zopa.formats.naming import distinct
from zopa.formats.numbers import NotANumber, decimal, exact, shortened, whole_number
from zopa.formats.tree import Branch, Leaf, Listing, Node, number_of
from zopa.formats.tree_file import Row, block_of_file, names_in, row_of, times

_ADDITIVE = frozenset({"LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction"})
_TYPES = ("type", "__python_class__")


@dataclass(frozen=True, slots=True)
class _Function:
    """A utility function: its file, the additive block inside all wrappers, and the outermost block."""

    file: Gathered
    block: Branch
    outer: Branch


def read_negmas(paths: Sequence[Path]) -> Sheet:
    """Return what a NegMAS scenario says.

    Parameters
    ----------
    paths : sequence of Path
        A scenario folder, or its domain and utility functions one by one.  Files of a folder whose names begin
        with ``_`` are statistics and are passed over.

    Raises
    ------
    FormatError
        With every fault of every file.
    """
    found = Findings()
    domains: list[tuple[Gathered, Branch]] = []
    functions: list[_Function] = []
    files: dict[str, bytes] = {}
    for file in gather(paths, {".yaml", ".yml", ".json"}, found):
        if not file.asked and file.name.rsplit("/", 1)[-1].startswith("_"):
            continue
        block = block_of_file(file, found)
        if block is None:
            continue
        kind = _type(block)
        if "OutcomeSpace" in kind or (not kind and block.get("issues") is not None):
            domains.append((file, block))
        elif "Fun" in kind or block.get("ufun") is not None:
            function = _unwrapped(file, block, found)
            functions += [] if function is None else [function]
        elif file.asked:
            what = f"it is no outcome space and no utility function (its type is {shortened(kind or 'not given')})"
            found.fault(file.name, "type", what, "Name the domain file and the files of the parties.")
            continue
        else:
            found.left(f"{file.name} in the folder is no outcome space and no utility function")
            continue
        files[file.name] = file.data
    _enough(domains, functions, paths, found)
    found.stop_at_faults()
    source, domain = domains[0]
    issues = _issues(domain, source.name, found)
    if domain.get("constraints") is not None:
        found.left(f"{source.name}: rules between issues (constraints)")
    found.stop_at_faults()
    names = distinct([one.block.text("name") or one.outer.text("name") or one.file.stem for one in functions])
    parties = tuple(_party(name, one, issues, found) for name, one in zip(names, functions, strict=True))
    found.stop_at_faults()
    title = domain.text("name") or source.stem
    return Sheet(title, "NegMAS", issues, parties, files, tuple(found.defects), tuple(found.not_taken))


def _enough(
    domains: Sequence[tuple[Gathered, Branch]], functions: Sequence[_Function], paths: Sequence[Path], found: Findings
) -> None:
    """Note a fault where there is not exactly one domain, or no utility function."""
    if len(domains) > 1:
        names = ", ".join(file.name for file, _ in domains)
        found.fault(domains[1][0].name, "", f"there are several domains ({names})", "Name one domain and its utility functions.")
    if found.faults:
        return
    first = str(paths[0]) if paths else ""
    if not domains:
        found.fault(first, "", "there is no domain (an outcome space with issues)", "Name the domain file as well.")
    elif not functions:
        what = "there is no utility function, so nobody wants anything"
        found.fault(first, "", what, "Name the files of the parties as well.")


def _type(block: Branch) -> str:
    """Return the last part of the type of a block, "" where it has none."""
    return next((block.text(key) for key in _TYPES if block.text(key)), "").rsplit(".", 1)[-1]


def _unwrapped(file: Gathered, block: Branch, found: Findings) -> _Function | None:
    inner = block
    while (wrapped := inner.branch("ufun")) is not None:
        told = next(
            (f"{key} {shortened(inner.text(key))}" for key in ("discount", "cost", "factor") if inner.text(key)), "its rate"
        )
        found.left(f"{file.name}: {shortened(_type(inner) or 'a wrapper')} ({told}); a case has no clock")
        inner = wrapped
    if _type(inner) not in _ADDITIVE:
        what = f"its type {shortened(_type(inner) or 'is not given')} is no weighted sum over issues"
        found.fault(file.name, f"line {inner.line}", what, "Zopa reads LinearAdditiveUtilityFunction.")
        return None
    return _Function(file, inner, block)


# Issues ----------------------------------------------------------------------------------------------------


def _issues(domain: Branch, file: str, found: Findings) -> tuple[SheetIssue, ...]:
    listed = domain.get("issues")
    if not isinstance(listed, Listing) or not listed.items:
        found.fault(file, "issues", "it has no issues", "Write a list of issues.")
        return ()
    issues = []
    names: set[str] = set()
    for number, item in enumerate(listed.items, 1):
        where = f"issue {number} (line {item.line})"
        if not isinstance(item, Branch):
            found.fault(file, where, "it is no block of keys", "Write its name, type and values.")
            continue
        name = item.text("name") or f"Issue {number}"
        if name in names:
            found.fault(file, where, f"a second issue is called {shortened(name)}", "Rename one of the two.")
        names.add(name)
        issues.append(_issue(name, item, file, f"issue {shortened(name)} (line {item.line})", found))
    return tuple(issues)


def _issue(name: str, item: Branch, file: str, where: str, found: Findings) -> SheetIssue:
    kind, values = _type(item), item.get("values")
    if "Continuous" in kind:
        what = "it is a real number, and a package needs options to choose from"
        found.fault(file, where, what, "List its values, or make it a ContiguousIssue.")
        return SheetIssue(name, ())
    if "Contiguous" in kind or isinstance(values, Leaf):
        numbers = _range(values, item, file, where, found)
        return SheetIssue(name, tuple(str(one) for one in numbers), tuple(map(Fraction, numbers)))
    return SheetIssue(name, tuple(names_in(values, found, file, where)))


def _range(values: Node | None, item: Branch, file: str, where: str, found: Findings) -> range:
    """Return the whole numbers of an issue: a count from 0, [low, high] or [low, high, step]."""
    given = values.items if isinstance(values, Listing) else [] if values is None else [values]
    step = item.get("step")
    try:
        numbers = [whole_number(one.text if isinstance(one, Leaf) else "") for one in given]
        by = whole_number(step.text if isinstance(step, Leaf) else "") if step is not None else 1
    except NotANumber as error:
        found.fault(file, where, f"its values: {error}", "Write [low, high] in whole numbers.")
        return range(0)
    if len(numbers) == 1:
        numbers = [0, numbers[0] - 1]
    by = numbers[2] if len(numbers) == 3 else by
    if len(numbers) not in {2, 3} or by < 1 or numbers[1] < numbers[0]:
        found.fault(file, where, "its values are no range of whole numbers", "Write [low, high].")
        return range(0)
    options = (numbers[1] - numbers[0]) // by + 1  # a range of too many cannot even be counted
    if options > MAX_OPTIONS:
        what = f"it has {options:,} options, more than the {MAX_OPTIONS:,} that a case takes"
        found.fault(file, where, what, "Give it fewer, in coarser steps.")
        return range(0)
    return range(numbers[0], numbers[1] + 1, by)


# Parties ---------------------------------------------------------------------------------------------------


def _party(name: str, function: _Function, issues: Sequence[SheetIssue], found: Findings) -> SheetParty:
    file, block = function.file.name, function.block
    functions = _by_issue(block.get("values"), issues, file, "values", found)
    weights = _by_issue(block.get("weights"), issues, file, "weights", found) if block.get("weights") is not None else None
    if weights is None:
        found.defect(file, "weights", "it has no weights", "Each counts 1, as in NegMAS.")
    points = []
    for number, issue in enumerate(issues):
        where = f"issue {shortened(issue.name)}"
        weight: Fraction | None = Fraction(1)
        if weights is not None:
            weight = number_of(weights[number], found, file, where, "its weight")
        points.append(times(weight, _row(functions[number], issue, file, where, found)))
    bias = number_of(block.get("bias"), found, file, "bias", "the bias") if block.get("bias") is not None else None
    if bias and points:
        points[0] = tuple(None if one is None else one + bias for one in points[0])
        what = f"every package is worth {decimal(bias)} more (bias)"
        found.defect(file, "bias", what, f"Added to the points of each option of {shortened(issues[0].name)}.")
    no_deal, package = _reserved(function, issues, file, found)
    return SheetParty(name, file, tuple(points), no_deal, package)


def _by_issue(node: Node | None, issues: Sequence[SheetIssue], file: str, key: str, found: Findings) -> list[Node | None]:
    """Return an entry for each issue, from a list in their order or a block by their names."""
    if isinstance(node, Branch):
        return [node.get(issue.name) for issue in issues]
    items = node.items if isinstance(node, Listing) else []
    if len(items) != len(issues):
        what = f"it has {len(items)} {key} for {len(issues)} issues"
        found.fault(file, key, what, "Name the domain that belongs to it.")
        return [None] * len(issues)
    return list(items)


def _row(node: Node | None, issue: SheetIssue, file: str, where: str, found: Findings) -> Row:
    lost: Row = [None] * len(issue.options)
    if not isinstance(node, Branch):
        if not found.faults:
            found.defect(file, where, "it has no values", "Its points are unknown; nothing was put in their place.")
        return lost
    kind = _type(node)
    table = node.branch("mapping") or (node if not kind else None)
    if kind in {"TableFun", ""} and table is not None:
        return row_of(issue.options, table, found, file, where)
    if kind not in {"AffineFun", "LinearFun", "IdentityFun", "ConstFun"}:
        found.fault(file, f"{where}, line {node.line}", f"its values are a {shortened(kind or 'block')}", "Write a TableFun.")
        return lost
    slope = Fraction(0 if kind == "ConstFun" else 1)
    if kind in {"AffineFun", "LinearFun"}:
        slope = number_of(node.get("slope"), found, file, where, "its slope") or Fraction(0)
    bias = Fraction(0)
    if node.get("bias") is not None:
        bias = number_of(node.get("bias"), found, file, where, "its bias") or Fraction(0)
    try:
        numbers = issue.numbers or tuple(exact(option) if slope else Fraction(0) for option in issue.options)
    except NotANumber as error:
        found.fault(file, where, f"its values are reckoned from numbers, but {error}", "Write a TableFun.")
        return lost
    return [slope * one + bias for one in numbers]


def _reserved(
    function: _Function, issues: Sequence[SheetIssue], file: str, found: Findings
) -> tuple[Fraction | None, dict[str, str] | None]:
    """Return the no-deal value, or the package whose value it is; None and None where nothing is known."""
    for block in (function.block, function.outer):
        value = block.get("reserved_value")
        if value is None or (isinstance(value, Leaf) and value.endless):
            continue
        return number_of(value, found, file, "reserved_value", "the reserved value"), None
    outcome = function.block.get("reserved_outcome") or function.outer.get("reserved_outcome")
    if outcome is None:
        what = "it gives no reserved value (none, or minus infinity)"
        found.defect(file, "reserved_value", what, "The no-deal value is unknown; nothing was put in its place.")
        return None, None
    parts = _by_issue(outcome, issues, file, "reserved_outcome", found)
    package = {}
    for issue, part in zip(issues, parts, strict=True):
        option = part.text if isinstance(part, Leaf) else ""
        if option not in issue.options:
            what = f"the issue {shortened(issue.name)} has no option {shortened(option or '(none)')}"
            found.fault(file, "reserved_outcome", what, "Write an option of every issue.")
        package[issue.name] = option
    return None, package
