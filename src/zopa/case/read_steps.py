"""Reading of rules, named packages, gates, levers and the inputs of holding."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, cast

from zopa.case.faults import did_you_mean
from zopa.case.keys import PSEUDO_PARTIES, block_keys
from zopa.case.model import Basis, Effect, Gate, Holding, Issue, Judgement, Lever, NamedPackage, Rule
from zopa.case.nodes import Mapping, Node, Scalar, join_path
from zopa.case.notation import NotationError, Period, parse_date, parse_period, parse_timing
from zopa.case.reader import BASIS_KEYS, Reader
from zopa.case.references import option_of

_HOLDING_FIXED = frozenset({"between", "stake", "period", "effects", "class"})


def read_rules(reader: Reader, node: Node | None, inherited: Basis) -> dict[str, Rule]:
    """Return the rules that bind every package."""
    block = reader.mapping(node, "rules")
    found: dict[str, Rule] = {}
    if block is None:
        return found
    _, inside = reader.own(block, inherited, "rules")
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        key = block.key(name)
        what = f"rule {name}"
        basis, hard, inner = inside, False, value
        if isinstance(value, Mapping):
            entry = reader.block(value, "rule", what)
            basis = reader.basis(entry, inside)
            hard = reader.flag(value.get("hard"), f"hard of {what}")
            if "that" not in value:
                continue
            inner = value.entries["that"][1]
        condition = reader.condition(inner, what, "issue", "assumption")
        reader.need_basis(key, basis, what)
        if condition is not None:
            found[name] = Rule(name, condition, hard, basis, reader.place(key))
    return found


# Named packages ------------------------------------------------------------------------------------


def read_packages(reader: Reader, node: Node | None, inherited: Basis) -> dict[str, NamedPackage]:
    """Return the named packages with the options each leaves open; `like` has been followed."""
    block = reader.mapping(node, "packages")
    found: dict[str, NamedPackage] = {}
    if block is None:
        return found
    _, inside = reader.own(block, inherited, "packages")
    circles: set[str] = set()
    for name in block.entries:
        if name not in BASIS_KEYS:
            _package(reader, block, name, found, inside, (), circles)
    return {name: found[name] for name in block.entries if name in found}


def now_options(reader: Reader) -> dict[str, tuple[str, ...]]:
    """Return the options in force for each package issue; none listed where that is unknown."""
    return {name: (issue.now,) if issue.now is not None else () for name, issue in reader.issues.items() if not issue.process}


def _package(
    reader: Reader,
    block: Mapping,
    name: str,
    found: dict[str, NamedPackage],
    inherited: Basis,
    trail: tuple[str, ...],
    circles: set[str],
) -> NamedPackage | None:
    if name in found or name in circles:
        return found.get(name)
    key, value = block.entries[name]
    what = f"package {name}"
    if name in trail:
        circles.update(trail)
        reader.fault(
            key, "ZC044", f"packages are like each other in a circle: {' -> '.join([*trail, name])}", "Give one its own terms."
        )
        return None
    if isinstance(value, Scalar):
        options = _pattern(reader, value, what)
        if options is None:
            return None
        found[name] = NamedPackage(name, name, options, None, False, None, inherited, reader.place(key))
        return found[name]
    entry = reader.block(value, "package", what)
    if entry is None:
        return None
    options = dict.fromkeys(now_options(reader), ())
    when = reader.condition(entry.get("when"), f"when of {what}", "issue")
    like = reader.scalar(entry.get("like"), f"like of {what}")
    if like is not None:
        other = like.text.strip()
        if other == "now":
            options = now_options(reader)
        elif other not in block.entries or other in BASIS_KEYS:
            known = ["now", *reader.names.of_kind("package")]
            reader.fault(
                like, "ZC020", f"like of {what}: there is no package called {other}", did_you_mean(other, known, "packages")
            )
        else:
            model = _package(reader, block, other, found, inherited, (*trail, name), circles)
            if model is None:
                return None
            options, when = dict(model.options), when if when is not None else model.when
    _apply_terms(reader, entry.get("terms"), options, what)
    author = reader.party_reference(entry.get("author"), f"author of {what}", PSEUDO_PARTIES)
    label = reader.text(entry.get("name"), f"name of {what}") or name
    as_one = reader.flag(entry.get("as_one"), f"as_one of {what}")
    basis = reader.basis(entry, inherited)
    found[name] = NamedPackage(name, label, options, when, as_one, author, basis, reader.place(key))
    return found[name]


def _pattern(reader: Reader, node: Scalar, what: str) -> dict[str, tuple[str, ...]] | None:
    text = node.text.strip()
    binary = [name for name, issue in reader.issues.items() if issue.scale == "yesno" and not issue.process]
    pattern = re.fullmatch(r"[YN-]+", text) is not None
    if pattern and reader.vague:
        return None  # how many yes/no issues there are is not known
    if not binary:
        reader.fault(
            node,
            "ZC018",
            f"{what} cannot be {'a pattern of Y, N and -, for the case has no yes/no issue' if pattern else text}",
            "Write {terms: {ISSUE: OPTION}}.",
        )
        return None
    if not pattern or len(text) != len(binary):
        reader.fault(
            node,
            "ZC018",
            f"{what} is no pattern of Y, N and - over the {len(binary)} yes/no issues",
            f"Write a letter for each of: {', '.join(binary)}; or {{terms: {{ISSUE: OPTION}}}}.",
        )
        return None
    options: dict[str, tuple[str, ...]] = dict.fromkeys(now_options(reader), ())
    for name, letter in zip(binary, text, strict=True):
        options[name] = {"Y": ("yes",), "N": ("no",), "-": ()}[letter]
    return options


def _apply_terms(reader: Reader, node: Node | None, options: dict[str, tuple[str, ...]], what: str) -> None:
    terms = reader.mapping(node, f"terms of {what}")
    if terms is None:
        return
    for name, value in terms.items():
        key = terms.key(name)
        if reader.reference(key, f"terms of {what}", "issue") is None:
            continue
        issue = reader.issues.get(name)
        single = reader.scalar(value, f"{name} in {what}")
        if issue is None or single is None:
            continue
        if issue.process:
            reader.fault(key, "ZC021", f"terms of {what}: {name} is a process issue", "Packages hold no steps of the process.")
            continue
        options[name] = _term(reader, single, issue, what)


def _term(reader: Reader, node: Scalar, issue: Issue, what: str) -> tuple[str, ...]:
    text = node.text.strip()
    if text == "any":
        return ()
    chosen: list[str] = []
    for part in text.split("|"):
        option = option_of(issue, part.strip())
        if option is None and issue.id in reader.vague:
            continue
        if option is None:
            reader.fault(
                node,
                "ZC022",
                f"terms of {what}: {issue.id} has no option {part.strip()}",
                did_you_mean(part.strip(), issue.option_ids(), "options"),
                part.strip(),
                offset=node.text.find(part.strip()),
            )
        elif option not in chosen:
            chosen.append(option)
    return tuple(chosen)


# Gates and levers ----------------------------------------------------------------------------------


def read_gates(reader: Reader, node: Node | None, inherited: Basis) -> dict[str, Gate]:
    """Return what must be true, or what date must pass, before a step."""
    block = reader.mapping(node, "gates")
    found: dict[str, Gate] = {}
    if block is None:
        return found
    _, inside = reader.own(block, inherited, "gates")
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        key = block.key(name)
        what = f"gate {name}"
        entry = reader.block(value, "gate", what)
        if entry is None:
            continue
        forms = [form for form in ("on", "fact", "needs") if form in entry]
        if len(forms) != 1:
            reader.fault(
                key, "ZC012", f"{what} needs exactly one of on, fact, needs", "Write `on: DATE`, `fact: unknown` or `needs: …`."
            )
        basis = reader.basis(entry, inside)
        reader.need_basis(key, basis, what)
        fact = reader.word(entry.get("fact"), block_keys("gate")["fact"], what)
        timing = None
        node_on = reader.scalar(entry.get("on"), f"on of {what}")
        if node_on is not None:
            try:
                timing = parse_timing(node_on.text.strip())
            except NotationError as error:
                reader.fault(node_on, "ZC017", f"on of {what} cannot be read: {error.message}", error.remedy)
        early = reader.judgement(entry.get("early"), f"gates.{name}.early", basis, f"early of {what}", low=0, high=1)
        found[name] = Gate(
            name,
            reader.text(entry.get("name"), f"name of {what}") or name,
            timing,
            cast("Literal['yes', 'no', 'unknown'] | None", fact),
            reader.condition(entry.get("needs"), f"needs of {what}", "gate", "assumption"),
            early,
            reader.condition(entry.get("opens"), f"opens of {what}", "issue", "process"),
            basis,
            reader.place(key),
        )
    return found


def read_levers(reader: Reader, node: Node | None, inherited: Basis) -> dict[str, Lever]:
    """Return who can move whose no-deal value, or switch an option on or off."""
    block = reader.mapping(node, "levers")
    found: dict[str, Lever] = {}
    if block is None:
        return found
    _, inside = reader.own(block, inherited, "levers")
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        key = block.key(name)
        what = f"lever {name}"
        entry = reader.block(value, "lever", what)
        if entry is None:
            continue
        basis = reader.basis(entry, inside)
        reader.need_basis(key, basis, what)
        by = reader.party_reference(entry.get("by"), f"by of {what}")
        lever = Lever(
            name,
            reader.text(entry.get("name"), f"name of {what}") or name,
            by or "",
            _moment(reader, entry.get("from"), f"from of {what}"),
            _moment(reader, entry.get("until"), f"until of {what}"),
            _targets(reader, entry.get("move"), f"levers.{name}.move", basis, what, ("no_deal",)),
            _targets(reader, entry.get("times"), f"levers.{name}.times", basis, what, ("no_deal",)),
            reader.condition(entry.get("allow"), f"allow of {what}", "issue"),
            reader.condition(entry.get("block"), f"block of {what}", "issue"),
            basis,
            reader.place(key),
        )
        if not {"move", "times", "allow", "block"} & entry.entries.keys():
            reader.fault(key, "ZC012", f"{what} moves nothing", "Add `move: {PARTY.no_deal: AMOUNT}`, `allow:` or `block:`.")
        found[name] = lever
    return found


def _moment(reader: Reader, node: Node | None, what: str) -> date | str | None:
    single = reader.scalar(node, what)
    if single is None:
        return None
    text = single.text.strip()
    if reader.names.is_a(text, "gate"):
        return text
    try:
        return parse_date(text)
    except NotationError:
        known = reader.names.of_kind("gate")
        reader.fault(single, "ZC020", f"{what} is neither a date nor a gate", did_you_mean(text, known, "gates"), text)
        return None


def _targets(
    reader: Reader, node: Node | None, path: str, inherited: Basis, what: str, parts: tuple[str, ...]
) -> dict[str, Judgement]:
    block = reader.mapping(node, f"the targets of {what}")
    found: dict[str, Judgement] = {}
    if block is None:
        return found
    _, inside = reader.own(block, inherited, path)
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        key = block.key(name)
        party, _, part = name.partition(".")
        if not reader.names.is_a(party, "party") or part not in parts:
            known = [f"{party}.{part}" for party in reader.names.of_kind("party") for part in parts]
            reader.fault(key, "ZC020", f"{what} cannot move {name}", did_you_mean(name, known, "targets"), name)
            continue
        if isinstance(value, Scalar) and value.text.strip() == "unknown":
            reader.need_basis(value, inside, f"{name} in {what}")
        judgement = reader.judgement(value, join_path(path, name), inside, f"{name} in {what}", party=party)
        if judgement is not None:
            found[name] = judgement
    return found


# Holding -------------------------------------------------------------------------------------------


def read_holding(reader: Reader, node: Node | None, inherited: Basis) -> Holding | None:
    """Return the inputs of the question whether an agreement would last; amounts for each party are keyed NAME.PARTY."""
    entry = reader.block(node, "holding", "holding")
    if entry is None:
        return None
    basis, inside = reader.own(entry, inherited, "holding")
    between = reader.references(entry.get("between"), "between of holding", "party")
    inputs: dict[str, Judgement] = {}
    texts: dict[str, str] = {}
    for name, value in entry.items():
        if name in _HOLDING_FIXED or name in BASIS_KEYS or name not in block_keys("holding"):
            continue
        _read_input(reader, name, value, between, inside, inputs, texts)
    kind = reader.text(entry.get("class"), "class of holding")
    if kind is not None:
        texts["class"] = kind
    return Holding(
        between,
        reader.references(entry.get("stake"), "stake of holding", "issue"),
        _period(reader, entry.get("period")),
        inputs,
        texts,
        _effects(reader, entry.get("effects"), inside),
        basis,
    )


def _read_input(
    reader: Reader,
    name: str,
    node: Node,
    between: tuple[str, ...],
    inherited: Basis,
    inputs: dict[str, Judgement],
    texts: dict[str, str],
) -> None:
    if isinstance(node, Mapping) and "value" not in node:
        _, inside = reader.own(node, inherited, f"holding.{name}")
        for party, value in node.items():
            if party in BASIS_KEYS or reader.reference(node.key(party), f"{name} of holding", "party") is None:
                continue
            _one_input(reader, f"{name}.{party}", value, party, inside, inputs, texts)
        return
    base = node.text.strip() if isinstance(node, Scalar) else ""
    assumption = reader.assumptions.get(base)
    if assumption is not None and assumption.per_parties:
        for party in assumption.per_parties:
            if not between or party in between:
                _one_input(reader, f"{name}.{party}", node, party, inherited, inputs, texts)
        return
    _one_input(reader, name, node, None, inherited, inputs, texts)


def _one_input(
    reader: Reader,
    name: str,
    node: Node,
    party: str | None,
    inherited: Basis,
    inputs: dict[str, Judgement],
    texts: dict[str, str],
) -> None:
    if isinstance(node, Scalar) and reader.names.is_a(node.text.strip(), "gate"):
        texts[name] = node.text.strip()  # a recurring gate, such as elections behind a change of principal
        return
    if isinstance(node, Scalar) and node.text.strip() == "unknown":
        texts[name] = "unknown"
        return
    judgement = reader.judgement(node, f"holding.{name}", inherited, f"{name} of holding", party=party)
    if judgement is not None:
        inputs[name] = judgement


def _period(reader: Reader, node: Node | None) -> Period | None:
    single = reader.scalar(node, "period of holding")
    if single is None:
        return None
    try:
        return parse_period(single.text.strip())
    except NotationError as error:
        reader.fault(single, "ZC017", f"period of holding cannot be read: {error.message}", error.remedy)
        return None


def _effects(reader: Reader, node: Node | None, inherited: Basis) -> tuple[Effect, ...]:
    block = reader.mapping(node, "effects of holding")
    found: list[Effect] = []
    if block is None:
        return ()
    _, inside = reader.own(block, inherited, "holding.effects")
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        what = f"effect {name}"
        entry = reader.block(value, "effect", what)
        if entry is None:
            continue
        basis = reader.basis(entry, inside)
        when = reader.condition(entry.get("when"), f"when of {what}", "issue")
        if when is None:
            continue
        moves = _effect_targets(reader, entry.get("move"), name, "move", basis)
        times = _effect_targets(reader, entry.get("times"), name, "times", basis)
        found.append(Effect(name, when, moves, times))
    return tuple(found)


def _effect_targets(reader: Reader, node: Node | None, effect: str, way: str, basis: Basis) -> dict[str, Judgement]:
    block = reader.mapping(node, f"{way} of effect {effect}")
    found: dict[str, Judgement] = {}
    if block is None:
        return found
    known = [name for name in block_keys("holding") if name not in _HOLDING_FIXED and name not in BASIS_KEYS]
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        base, _, party = name.partition(".")
        if base not in known or (party and not reader.names.is_a(party, "party")):
            reader.fault(
                block.key(name), "ZC020", f"effect {effect} cannot move {name}", did_you_mean(base, known, "inputs"), name
            )
            continue
        path = f"holding.effects.{effect}.{way}.{name}"
        judgement = reader.judgement(value, path, basis, f"{name} in effect {effect}", party=party or None)
        if judgement is not None:
            found[name] = judgement
    return found
