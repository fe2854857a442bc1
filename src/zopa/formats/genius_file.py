"""One GENIUS XML file, a domain or a profile, as it stands: issues, options, evaluations, weights.

Nothing is reckoned here.  The names of elements and attributes are those of GENIUS 10.4 (Lin, Kraus, Baarslag,
Tykhonov, Hindriks and Jonker 2014, *GENIUS: an integrated environment for supporting the design of generic
automated negotiators*).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from zopa.formats.findings import Findings
from zopa.formats.gathering import Gathered
from zopa.formats.numbers import shortened
from zopa.formats.xml_tree import Element, XmlFault, parse_xml

MAX_OPTIONS: Final = 10_000
ADDITIVE: Final = (None, "", "additive", "any", "linear", "uncertain")
_KNOWN: Final = frozenset({"objective", "issue", "weight", "discount_factor", "reservation"})
_RULES: Final = frozenset(
    {"utility", "ufun", "hyperrectangle", "constraint", "constraints", "zerooutcomeconstraint", "includes", "rank", "bundle"}
)


@dataclass(frozen=True, slots=True)
class Item:
    """One option of a discrete issue; no evaluation in domain files."""

    value: str
    evaluation: Fraction | None
    line: int


@dataclass(slots=True)
class GeniusIssue:
    """One issue: ``kind`` is discrete or integer; ``linear`` holds slope and offset of an integer issue."""

    name: str
    index: int
    kind: str
    line: int
    items: list[Item] = field(default_factory=list)
    bounds: tuple[int, int] | None = None
    linear: tuple[Fraction, Fraction] | None = None

    @property
    def where(self) -> str:
        """The issue as a message names it."""
        return f"issue {shortened(self.name)} (line {self.line})"

    def values(self) -> list[str]:
        """Return the names of the options, each once."""
        if self.bounds is not None:
            return [str(number) for number in range(self.bounds[0], self.bounds[1] + 1)]
        return list(dict.fromkeys(item.value for item in self.items))


@dataclass(slots=True)
class GeniusFile:
    """A domain or profile; ``groups`` are the indices of objectives inside the root, ``reservation`` is None where not given."""

    file: Gathered
    profile: bool
    title: str
    issues: list[GeniusIssue]
    weights: dict[int, Fraction]
    groups: frozenset[int] = frozenset()
    reservation: Fraction | None = None


def read_genius_file(file: Gathered, found: Findings) -> GeniusFile | None:
    """Return what a file holds; None when it is no additive domain or profile, with the reason among the findings."""
    try:
        root = parse_xml(file.data)
    except XmlFault as error:
        found.fault(file.name, f"line {error.line}", str(error), error.remedy)
        return None
    space, profile = root, True
    if root.tag == "negotiation_template":
        profile = False
        spaces = root.all("utility_space")
        space = spaces[0] if spaces else root
    elif root.tag != "utility_space":
        if file.asked:
            what = f"the root is <{shortened(root.tag)}>, so this is no domain and no profile"
            found.fault(file.name, "line 1", what, "Name a domain (negotiation_template) or profiles (utility_space).")
        else:
            found.left(f"{file.name} in the folder is no domain and no profile (its root is <{shortened(root.tag)}>)")
        return None
    if not _additive(root, space, file, found):
        return None
    before = len(found.faults)
    reader = _Reader(file, found, profile)
    for objective in space.all("objective") or [space]:
        reader.objective(objective)
    reader.count_oddities()
    if not reader.issues and len(found.faults) == before:
        found.fault(file.name, f"line {space.line}", "it has no issue", "Put <issue> elements inside the <objective>.")
    title = next((one.get("name") or "" for one in space.all("objective")), "")
    made = GeniusFile(file, profile, title, reader.issues, reader.weights, frozenset(reader.objectives))
    if profile:
        made.reservation = _reservation(space, file, found)
        _discount(space, file, found)
        _leftovers(space, file, found)
    return made if len(found.faults) == before else None


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _walk(child)


def _additive(root: Element, space: Element, file: Gathered, found: Findings) -> bool:
    """Refuse what is not a sum over issues, in words."""
    kind = (space.get("type") or root.get("type") or "").strip().lower()
    rules = next((one for one in _walk(root) if one.tag.lower() in _RULES), None)
    if rules is None and kind in ADDITIVE:
        return True
    line = space.line if rules is None else rules.line
    named = f'its type is "{shortened(kind)}"' if kind not in ADDITIVE else f"it has a <{shortened(rules.tag if rules else '')}>"
    remedy = "Zopa reads additive files, in which a package is worth the sum over its issues."
    found.fault(file.name, f"line {line}", f"its worth is no sum over the issues ({named})", remedy)
    return False


def _reservation(space: Element, file: Gathered, found: Findings) -> Fraction | None:
    given = [one for one in _walk(space) if one.tag == "reservation"]
    if not given:
        return None
    if len(given) > 1:
        where = f"line {given[1].line}"
        found.defect(file.name, where, "it has several reservation values", "The first was taken, as GENIUS does.")
    if not (given[0].get("value") or "").strip():
        found.defect(file.name, f"line {given[0].line}", "the reservation value is empty", "It counts as not given.")
        return None
    return found.number(given[0].get("value"), file.name, f"line {given[0].line}", "the reservation value")


def _discount(space: Element, file: Gathered, found: Findings) -> None:
    for one in (inner for inner in _walk(space) if inner.tag == "discount_factor"):
        written = (one.get("value") or "").strip()
        if written.rstrip("0") not in {"1", "1.", ""}:
            found.left(f"{file.name}: the discount factor {shortened(written)} (line {one.line}); a case has no clock")


def _leftovers(space: Element, file: Gathered, found: Findings) -> None:
    others = dict.fromkeys(shortened(one.tag) for one in space.children if one.tag not in _KNOWN)
    if others:
        found.left(f"{file.name}: {', '.join(others)}")


class _Reader:
    """Walks the tree of objectives and keeps its issues and weights."""

    def __init__(self, file: Gathered, found: Findings, profile: bool) -> None:
        self.file, self.found, self.profile = file, found, profile
        self.issues: list[GeniusIssue] = []
        self.weights: dict[int, Fraction] = {}
        self.objectives: dict[int, Element] = {}
        self.seen: dict[int, Element] = {}
        self.untyped = 0
        self.conflicting = 0
        self.costly = 0

    def objective(self, element: Element) -> None:
        """Take what stands directly in an objective, then what stands in the objectives inside it."""
        for child in element.children:
            if child.tag == "issue":
                self._issue(child)
            elif child.tag == "weight":
                self._weight(child)
            elif child.tag == "objective":
                self._inner(child)

    def _inner(self, element: Element) -> None:
        with suppress(ValueError):  # only its weight would need the index, and that is not used
            self.objectives[int(element.get("index") or "")] = element
        self.objective(element)

    def count_oddities(self) -> None:
        """Note once for the file what may stand at every issue."""
        if self.untyped:
            what = f"{_issues(self.untyped)} no type"
            self.found.defect(self.file.name, "", what, "Read as discrete, as GENIUS does.")
        if self.conflicting:
            what = f"{_issues(self.conflicting)} two different types (type and etype)"
            self.found.defect(self.file.name, "", what, "The first was taken, as GENIUS does.")
        if self.costly:
            self.found.left(f"{self.file.name}: the costs of {self.costly} option{'' if self.costly == 1 else 's'}")
        if self.profile:
            for index, element in self.objectives.items():
                if index in self.weights and index not in self.seen:
                    where = f"objective {shortened(element.get('name') or '')} (line {element.line})"
                    what = "a weight is given to a group of issues"
                    self.found.defect(self.file.name, where, what, "It was not used: GENIUS counts the weights of issues only.")

    def _weight(self, element: Element) -> None:
        where = f"weight (line {element.line})"
        index = self.found.whole(element.get("index"), self.file.name, where, "its index")
        value = self.found.number(element.get("value"), self.file.name, where, "its value")
        if index is None or value is None:
            return
        if index in self.weights:
            self.found.defect(self.file.name, where, f"there is a second weight for index {index}", "The last one was taken.")
        self.weights[index] = value

    def _issue(self, element: Element) -> None:
        place = f"issue (line {element.line})"
        index = len(self.issues) + 1
        if element.get("index") is None:
            self.found.defect(self.file.name, place, "it has no index", f"Read as index {index}, its place in the file.")
        else:
            given = self.found.whole(element.get("index"), self.file.name, place, "its index")
            if given is None:
                return
            index = given
        name = element.get("name") or ""
        if not name.strip():
            name = f"Issue {index}"
            self.found.defect(self.file.name, place, "it has no name", f"Called {name}.")
        if index in self.seen:
            what = f"two issues have the index {index}, so their weights cannot be told apart"
            self.found.fault(self.file.name, f"issue {shortened(name)} (line {element.line})", what, "Give each its own index.")
            return
        self.seen[index] = element
        kind = self._kind(element)
        issue = GeniusIssue(name, index, kind, element.line)
        if kind == "real":
            what = "it is a real number, and a package needs options to choose from"
            self.found.fault(self.file.name, issue.where, what, "Write it as an integer or discrete issue, in steps.")
            return
        if kind not in {"discrete", "integer"}:
            what = f'its type "{shortened(kind)}" is not known'
            self.found.fault(self.file.name, issue.where, what, "Write discrete or integer.")
            return
        if kind == "integer":
            self._integer(issue, element)
        else:
            self._items(issue, element)
        self.issues.append(issue)

    def _kind(self, element: Element) -> str:
        """Return what kind of issue it is: the first of type, etype and vtype, or what stands in it."""
        given = [(element.get(name) or "").strip().lower() for name in ("type", "etype", "vtype")]
        known = [one for one in given if one]
        whole = element.get("lowerbound") is not None or any(one.get("lowerbound") is not None for one in element.all("range"))
        if not known:
            if whole and not element.all("item"):
                return "integer"
            self.untyped += 1
            return "discrete"
        if given[0] and given[1] and given[0] != given[1]:
            self.conflicting += 1
        if known[0] == "discrete" and "integer" in known and whole and not element.all("item"):
            return "integer"  # some programs write the kind only as vtype
        return known[0]

    def _items(self, issue: GeniusIssue, element: Element) -> None:
        missing = []
        for number, item in enumerate(element.all("item"), 1):
            value = item.get("value")
            where = f"{issue.where}, item {number} (line {item.line})"
            if value is None or not value.strip():
                self.found.fault(self.file.name, where, "the option has no value", 'Give it a name: value="…".')
                continue
            written = item.get("evaluation")
            evaluation = None
            if self.profile and (written is None or written.strip() in {"", "null"}):
                missing.append(value)
            elif self.profile:
                evaluation = self.found.number(written, self.file.name, where, "its evaluation")
            if (item.get("cost") or "0").strip().strip("0.") != "":
                self.costly += 1
            issue.items.append(Item(value, evaluation, item.line))
        if not issue.items:
            self.found.fault(self.file.name, issue.where, "it has no options", "Add <item> elements.")
        elif len(issue.items) > MAX_OPTIONS:
            self._too_many(issue, len(issue.items))
        if missing:
            count = f"{len(missing)} option{'' if len(missing) == 1 else 's'}"
            what = f"{count} without an evaluation ({shortened(', '.join(missing))})"
            self.found.defect(self.file.name, issue.where, what, "Left unknown; nothing was put in its place.")
        self._twice(issue)

    def _twice(self, issue: GeniusIssue) -> None:
        by_value: dict[str, list[Item]] = {}
        for item in issue.items:
            by_value.setdefault(item.value, []).append(item)
        for value, items in by_value.items():
            if len(items) > 1:
                what = f"the option {shortened(value)} is listed {'twice' if len(items) == 2 else f'{len(items)} times'}"
                told = ""
                if len({item.evaluation for item in items}) > 1:
                    told = f" with evaluations {', '.join(str(item.evaluation) for item in items)}"
                where = f"{issue.where}, line {items[-1].line}"
                how = "Read as one option; the last evaluation counts, as in GENIUS."
                self.found.defect(self.file.name, where, what + told, how)

    def _integer(self, issue: GeniusIssue, element: Element) -> None:
        holder = element if element.get("lowerbound") is not None else next(iter(element.all("range")), element)
        if holder.get("lowerbound") is None and holder.get("upperbound") is None and self.profile:
            pass  # the domain has the bounds
        else:
            low = self.found.whole(holder.get("lowerbound"), self.file.name, issue.where, "its lowerbound")
            high = self.found.whole(holder.get("upperbound"), self.file.name, issue.where, "its upperbound")
            if low is not None and high is not None:
                if high < low:
                    what = f"its upperbound {high} is below its lowerbound {low}"
                    self.found.fault(self.file.name, issue.where, what, "Exchange the two.")
                elif high - low >= MAX_OPTIONS:
                    self._too_many(issue, high - low + 1)
                else:
                    issue.bounds = (low, high)
        if not self.profile:
            return
        evaluators = element.all("evaluator")
        if not evaluators:
            issue.linear = (Fraction(0), Fraction(0))
            self.found.defect(self.file.name, issue.where, "it has no evaluator", "Worth 0, as GENIUS reads it.")
            return
        form = (evaluators[0].get("ftype") or "linear").strip().lower()
        if form != "linear":
            what = f'its evaluator is "{shortened(form)}"'
            self.found.fault(self.file.name, issue.where, what, "Write a linear evaluator with slope and offset.")
            return
        slope = self.found.number(evaluators[0].get("slope"), self.file.name, issue.where, "the slope of its evaluator")
        offset = self.found.number(evaluators[0].get("offset"), self.file.name, issue.where, "the offset of its evaluator")
        if slope is not None and offset is not None:
            issue.linear = (slope, offset)

    def _too_many(self, issue: GeniusIssue, count: int) -> None:
        what = f"it has {count:,} options, more than the {MAX_OPTIONS:,} that a case takes"
        self.found.fault(self.file.name, issue.where, what, "Give it fewer, in coarser steps.")


def _issues(count: int) -> str:
    return "1 issue has" if count == 1 else f"{count} issues have"
