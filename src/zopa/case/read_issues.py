"""Reading of issues, their scales and options."""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from fractions import Fraction
from itertools import pairwise
from typing import Final

from zopa.case.faults import did_you_mean
from zopa.case.model import Basis, Issue, Option, Scale
from zopa.case.nodes import Mapping, Node, Scalar, Sequence
from zopa.case.notation import Chain, NotationError, Range, parse_amount, parse_chain, tiers
from zopa.case.reader import BASIS_KEYS, ID, Reader
from zopa.case.references import option_of

MAX_OPTIONS: Final = 10_000
Arrows = str | tuple[tuple[str, str], ...]


def read_issues(reader: Reader, node: Node | None, inherited: Basis) -> dict[str, Issue]:
    """Return the issues in file order."""
    block = reader.mapping(node, "issues")
    issues: dict[str, Issue] = {}
    if block is None:
        return issues
    _, inside = reader.own(block, inherited, "issues")
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        entry = reader.block(value, "issue", f"issue {name}")
        if entry is not None:
            issues[name] = _read_issue(reader, entry, name, block.key(name), inside)
    if not issues:
        reader.fault(block, "ZC056", "the case has no issue", "Add `issues: {price: {options: [low, high]}}`.", "")
    return issues


def number_text(number: Fraction) -> str:
    """Return a number as an option id: a decimal where that is exact, else a fraction."""
    denominator = number.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return str(number)
    digits = 0
    while (number * 10**digits).denominator != 1:
        digits += 1
    if digits == 0:
        return str(number)
    whole = abs(number.numerator * 10**digits // number.denominator)
    text = str(whole).rjust(digits + 1, "0")
    return f"{'-' if number < 0 else ''}{text[:-digits]}.{text[-digits:]}"


def _read_issue(reader: Reader, entry: Mapping, name: str, key: Scalar, inherited: Basis) -> Issue:
    what = f"issue {name}"
    basis, inside = reader.own(entry, inherited, f"issues.{name}")
    before = len(reader.faults)
    scale, chain, ends = _scale(reader, entry, what)
    step = reader.number(entry.get("step"), f"step of {what}")
    if scale == "numeric":
        options = _numeric_options(reader, entry, what, ends, step, inside)
    else:
        if step is not None:
            reader.fault(entry.key("step"), "ZC049", f"{what} is not numeric and has no step", "Remove `step`.")
        options = _options(reader, entry, what, scale, chain, inside, before)
    if reader.marred(before):
        reader.vague.add(name)
    issue = Issue(
        id=name,
        name=reader.text(entry.get("name"), f"name of {what}") or name,
        scale=scale,
        options=options,
        low=ends[0] if ends else None,
        high=ends[1] if ends else None,
        step=step,
        unit=reader.text(entry.get("unit"), f"unit of {what}"),
        by=reader.condition(entry.get("by"), f"by of {what}", "party"),
        moves="free",
        now=None,
        process=reader.flag(entry.get("process"), f"process of {what}"),
        basis=basis,
        place=reader.place(key),
    )
    return _with_option_references(reader, entry, issue)


def _with_option_references(reader: Reader, entry: Mapping, issue: Issue) -> Issue:
    from dataclasses import replace

    what = f"issue {issue.id}"
    now: str | None = "no" if issue.scale == "yesno" else None
    node = reader.scalar(entry.get("now"), f"now of {what}")
    if node is not None:
        written = node.text.strip()
        now = None if written == "unknown" else option_of(issue, written)
        if issue.id in reader.vague:
            pass
        elif now is None and written != "unknown" and issue.options:
            reader.fault(
                node,
                "ZC022",
                f"now of {what}: it has no option {written}",
                did_you_mean(written, issue.option_ids(), "options"),
                written,
            )
        elif not issue.options and written != "unknown":
            reader.parsed_number(node, f"now of {what}")
            now = written
    return replace(issue, now=now, moves=_moves(reader, entry, issue))


def _scale(reader: Reader, entry: Mapping, what: str) -> tuple[Scale, Chain | None, tuple[Fraction, Fraction] | None]:
    node = reader.scalar(entry.get("scale"), f"scale of {what}")
    if node is None:
        return "listed", None, None
    text = node.text.strip()
    if text == "listed":
        return "listed", None, None
    if text == "ordered":
        return "ordered", None, None
    if text == "yesno":
        return "yesno", None, None
    if ".." in text:
        try:
            amount = parse_amount(node.text)
        except NotationError as error:
            reader.notation_fault(node, f"scale of {what}", error)
            return "numeric", None, None
        if isinstance(amount, Range):
            if amount.low == amount.high:
                reader.fault(node, "ZC040", f"the scale of {what} is a single value", "Write LOW..HIGH, such as 0..100.")
                return "numeric", None, None
            if amount.low > amount.high:
                reader.fault(node, "ZC040", f"the scale of {what} is upside down", f"Write {amount.high}..{amount.low}.")
                return "numeric", None, None
            return "numeric", None, (amount.low, amount.high)
        reader.fault(node, "ZC018", f"the scale of {what} is not LOW..HIGH", "Write for example 0..100.")
        return "numeric", None, None
    if re.search(r"[<>=]", text):
        try:
            chain = parse_chain(node.text)
            tiers(chain)
        except NotationError as error:
            reader.notation_fault(node, f"scale of {what}", error)
            return "ordered", None, None
        return "ordered", chain, None
    known = ("listed", "ordered", "yesno", "0..100")
    reader.fault(
        node,
        "ZC016",
        f"scale of {what} cannot be {text}",
        did_you_mean(text, known, "scales") + " Or write the order: a < b < c.",
    )
    return "listed", None, None


def _numeric_options(
    reader: Reader, entry: Mapping, what: str, ends: tuple[Fraction, Fraction] | None, step: Fraction | None, basis: Basis
) -> tuple[Option, ...]:
    if "options" in entry:
        reader.fault(
            entry.key("options"), "ZC010", f"{what} is numeric and makes its options from scale and step", "Remove `options`."
        )
    if ends is None or step is None:
        return ()
    if step <= 0 or (ends[1] - ends[0]) % step != 0:
        reader.fault(
            entry.key("step"),
            "ZC049",
            f"the step of {what} does not divide its scale",
            f"The scale is {number_text(ends[1] - ends[0])} long: choose a step that fits a whole number of times.",
            str(step),
        )
        return ()
    count = int((ends[1] - ends[0]) / step) + 1
    if count > MAX_OPTIONS:
        reader.fault(entry.key("step"), "ZC049", f"{what} has {count:,} values", "Choose a larger step.", str(step))
        return ()
    values = [ends[0] + step * index for index in range(count)]
    return tuple(Option(number_text(value), number_text(value), None, value, basis) for value in values)


def _options(
    reader: Reader, entry: Mapping, what: str, scale: Scale, chain: Chain | None, inherited: Basis, before: int
) -> tuple[Option, ...]:
    node = entry.get("options")
    if scale == "yesno":
        if node is not None:
            reader.fault(entry.key("options"), "ZC010", f"{what} is yesno and has the options no and yes", "Remove `options`.")
        return (
            Option("no", "no", None, Fraction(0), inherited),
            Option("yes", "yes", None, Fraction(100), inherited),
        )
    listed = _listed_options(reader, node, what, inherited)
    if node is None and chain is not None:
        listed = {item: Option(item, item, None, None, inherited) for item in chain.items}
    if len(listed) < 2 and not reader.marred(before) and not (node is not None and node.refused):
        reader.fault(
            node if node is not None else entry,
            "ZC056",
            f"{what} has fewer than two options",
            "Add `options: [a, b]`; an issue with one option decides nothing.",
            "",
        )
    if scale == "listed" or reader.marred(before):
        return tuple(listed.values())
    return _placed(reader, entry, what, listed, chain)


def _listed_options(reader: Reader, node: Node | None, what: str, inherited: Basis) -> dict[str, Option]:
    options: dict[str, Option] = {}
    if isinstance(node, Sequence):
        for item in node.items:
            single = reader.scalar(item, f"an option of {what}")
            if single is None:
                continue
            name = single.text.strip()
            if _good_option(reader, single, name, what, options):
                options[name] = Option(name, name, None, None, inherited)
        return options
    if isinstance(node, Scalar) and not node.empty and not node.refused:
        reader.fault(node, "ZC010", f"options of {what} must be a list or a block", "Write [a, b], or `id: name` pairs.")
        return options
    block = reader.mapping(node, f"options of {what}")
    if block is None:
        return options
    _, inside = reader.own(block, inherited, block.path)
    for name, value in block.items():
        if name in BASIS_KEYS or not _good_option(reader, block.key(name), name, what, options):
            continue
        if isinstance(value, Scalar):
            options[name] = Option(name, reader.text(value, f"option {name} of {what}") or name, None, None, inside)
            continue
        about = f"option {name} of {what}"
        entry = reader.block(value, "option", about)
        if entry is not None:
            options[name] = Option(
                name,
                reader.text(entry.get("name"), f"name of {about}") or name,
                reader.condition(entry.get("by"), f"by of {about}", "party"),
                reader.number(entry.get("at"), f"at of {about}"),
                reader.basis(entry, inside),
            )
    return options


def _good_option(reader: Reader, key: Scalar, name: str, what: str, known: Table[str, Option]) -> bool:
    if not ID.match(name):
        reader.fault(
            key, "ZC013", f"the id of an option of {what} is malformed", "Use letters, digits and _, starting with a letter."
        )
        return False
    if name in {"any", "now", "unknown", "default", "order", "direction", "shape", "for", "against"}:
        reader.fault(key, "ZC014", f"{name} is a reserved word and cannot be an option of {what}", f"Name it {name}_1.")
        return False
    if name in known:
        reader.fault(key, "ZC015", f"{what} has the option {name} twice", "Rename one of the two.")
        return False
    twin = next((other for other in known if other.casefold() == name.casefold()), None)
    if twin is not None:
        reader.fault(key, "ZC015", f"the options {twin} and {name} of {what} differ only in capitals", "Rename one.")
        return False
    return True


def _placed(reader: Reader, entry: Mapping, what: str, listed: dict[str, Option], chain: Chain | None) -> tuple[Option, ...]:
    """Give each option its place on the scale: even steps from 0 to 100 in file order or by the chain."""
    from dataclasses import replace

    levels: list[tuple[str, ...]] = [(name,) for name in listed]
    if chain is not None:
        node = entry.get("scale")
        assert isinstance(node, Scalar)
        for item in chain.items:
            if item not in listed:
                reader.fault(
                    node, "ZC022", f"scale of {what}: it has no option {item}", did_you_mean(item, listed, "options"), item
                )
        for name in listed:
            if name not in chain.items and set(chain.items) <= set(listed):  # a misspelt one has been reported
                reader.fault(
                    node, "ZC047", f"the scale of {what} leaves out the option {name}", "Give every option a place.", name
                )
        levels = [level for level in reversed(tiers(chain)) if all(item in listed for item in level)]
    top = max(len(levels) - 1, 1)
    places = {name: Fraction(100 * index, top) for index, level in enumerate(levels) for name in level}
    declared = [option for option in listed.values() if option.at is not None]
    if declared and len(declared) != len(listed):
        reader.fault(
            entry, "ZC047", f"{what} gives only some options a place with `at`", "Give all options a place, or none.", ""
        )
    placed = tuple(
        replace(option, at=option.at if option.at is not None else places.get(option.id)) for option in listed.values()
    )
    along = [option.at for name in (item for level in levels for item in level) for option in placed if option.id == name]
    known = [place for place in along if place is not None]
    if declared and any(first > second for first, second in pairwise(known)):
        reader.fault(
            entry, "ZC041", f"the places of the options of {what} go against their order", "List them from low to high.", ""
        )
    return placed


def _moves(reader: Reader, entry: Mapping, issue: Issue) -> Arrows | dict[str, Arrows]:
    node = entry.get("moves")
    if node is None:
        return "free"
    if not isinstance(node, Mapping):
        return _arrows(reader, node, issue)
    found: dict[str, Arrows] = {}
    for party, value in node.items():
        if reader.reference(node.key(party), f"moves of issue {issue.id}", "party"):
            found[party] = _arrows(reader, value, issue)
    return found


def _arrows(reader: Reader, node: Node, issue: Issue) -> Arrows:
    what = f"moves of issue {issue.id}"
    if isinstance(node, Scalar) and node.text.strip() in {"free", "up", "down"}:
        word = node.text.strip()
        if word != "free" and issue.scale == "listed" and issue.id not in reader.vague:
            reader.fault(node, "ZC023", f"{what}: its options have no order", "Give it `scale: ordered`, or list a -> b.")
        return word
    arrows: list[tuple[str, str]] = []
    for item in reader.items(node, what):
        single = reader.scalar(item, what)
        if single is None:
            continue
        match = re.fullmatch(r"\s*(\S+)\s*->\s*(\S+)\s*", single.text)
        ends = [option_of(issue, end) for end in match.groups()] if match else []
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
            arrows.append((ends[0], ends[1]))
        elif not match or issue.id not in reader.vague:
            reader.fault(single, "ZC018", f"{what} cannot be read", f"Write free, up, down, or {issue.id}'s options as a -> b.")
    return tuple(arrows)
