"""Reading of preferences: points, weights and scores, rankings, priorities, bonuses, no-deal values."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from zopa.case.faults import did_you_mean
from zopa.case.keys import DIRECTIONS, block_keys
from zopa.case.model import (
    Basis,
    Bonus,
    Breakpoints,
    Direction,
    Issue,
    IssueScore,
    Judgement,
    Leaning,
    NoDeal,
    OrderOnly,
    Preferences,
    ScoreTable,
    UnknownScore,
    WeightOrder,
)
from zopa.case.nodes import Mapping, Node, Scalar, Sequence, join_path
from zopa.case.notation import Chain, Condition, InTop, NotationError, parse_chain, parse_condition
from zopa.case.read_red_lines import read_red_lines
from zopa.case.reader import BASIS_KEYS, Reader
from zopa.case.references import option_of

_SCORE_KEYS = frozenset({"direction", "shape", "order", "for", "against"})
Kind = Literal["points", "weighted", "ranking", "priorities", "unknown", "none"]


def read_preferences(reader: Reader, node: Node | None, inherited: Basis) -> dict[str, Preferences]:
    """Return what each party wants."""
    block = reader.mapping(node, "preferences")
    found: dict[str, Preferences] = {}
    if block is None:
        return found
    _, inside = reader.own(block, inherited, "preferences")
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        key = block.key(name)
        if reader.reference(key, "preferences", "party") is None:
            continue
        if isinstance(value, Scalar):
            if reader.text(value, f"preferences of {name}") not in {"unknown", None}:
                reader.fault(value, "ZC010", f"preferences of {name} must be a block, or unknown", "Write unknown, or its keys.")
            found[name] = _nothing(name, "unknown", inside, reader, key)
            continue
        entry = reader.block(value, "preferences", f"preferences of {name}")
        if entry is not None:
            found[name] = _read_party(reader, entry, name, key, inside)
    return found


def _nothing(name: str, kind: Kind, basis: Basis, reader: Reader, key: Scalar) -> Preferences:
    return Preferences(name, kind, {}, {}, None, (), (), (), (), (), None, basis, reader.place(key))


def _read_party(reader: Reader, entry: Mapping, name: str, key: Scalar, inherited: Basis) -> Preferences:
    what = f"preferences of {name}"
    path = f"preferences.{name}"
    basis, inside = reader.own(entry, inherited, path)
    ways = [way for way in ("points", "scores", "ranking", "priorities") if way in entry]
    if len(ways) > 1:
        reader.fault(
            entry.key(ways[1]),
            "ZC010",
            f"{what} are written in {len(ways)} ways ({', '.join(ways)})",
            "Keep one of them.",
        )
    if "points" in entry and "weights" in entry:
        reader.fault(
            entry.key("weights"),
            "ZC010",
            f"{what}: points are added as written and take no weights",
            "Use scores, or drop the weights.",
        )
    kind: Kind = "none"
    scores: dict[str, IssueScore] = {}
    if "points" in entry:
        kind = "points"
        scores = _read_scores(reader, entry.get("points"), f"{path}.points", name, inside, weighted=False)
    elif "scores" in entry:
        kind = "weighted"
        scores = _read_scores(reader, entry.get("scores"), f"{path}.scores", name, inside, weighted=True)
    elif "ranking" in entry:
        kind = "ranking"
    elif "priorities" in entry:
        kind = "priorities"
    weights, weight_sum, orders = _read_weights(reader, entry.get("weights"), f"{path}.weights", name, inside)
    if kind in {"ranking", "priorities"}:
        reader.need_basis(entry.key(kind), inside, f"the {kind} of {name}")
    return Preferences(
        party=name,
        kind=kind,
        scores=scores,
        weights=weights,
        weight_sum=weight_sum,
        weight_orders=orders,
        ranking=_read_ranking(reader, entry.get("ranking"), name),
        priorities=_read_priorities(reader, entry.get("priorities"), name),
        bonuses=_read_bonuses(reader, entry.get("bonus"), path, name, inside),
        red_lines=read_red_lines(reader, entry.get("red_lines"), path, name, inside),
        no_deal=_read_no_deal(reader, entry.get("no_deal"), path, name, inside),
        basis=basis,
        place=reader.place(key),
    )


def _package_issues(reader: Reader) -> dict[str, Issue]:
    return {name: issue for name, issue in reader.issues.items() if not issue.process}


def _issue_of(reader: Reader, key: Scalar, what: str) -> Issue | None:
    name = reader.reference(key, what, "issue")
    issue = reader.issues.get(name) if name is not None else None
    if issue is not None and issue.process:
        reader.fault(key, "ZC021", f"{what}: {name} is a process issue and no part of packages", "Leave it out.")
        return None
    return issue


# Scores and points ---------------------------------------------------------------------------------


def _read_scores(
    reader: Reader, node: Node | None, path: str, party: str, inherited: Basis, *, weighted: bool
) -> dict[str, IssueScore]:
    word = "scores" if weighted else "points"
    what = f"{word} of {party}"
    block = reader.mapping(node, what)
    if block is None:
        return {}
    _, inside = reader.own(block, inherited, path)
    found: dict[str, IssueScore] = {}
    for name, value in block.items():
        if name in BASIS_KEYS or name in {"default", "shape"}:
            continue
        issue = _issue_of(reader, block.key(name), what)
        if issue is not None:
            score = _read_score(reader, value, issue, join_path(path, name), party, inside, block.get("shape"), weighted)
            if score is not None:
                found[name] = score
    default = block.get("default")
    reader.shared += [node for node in (default, block.get("shape")) if node is not None]
    if default is not None:
        for name, issue in _package_issues(reader).items():
            if name not in block:
                score = _read_score(reader, default, issue, join_path(path, name), party, inside, block.get("shape"), weighted)
                if score is not None:
                    found[name] = score
    return {name: found[name] for name in _package_issues(reader) if name in found}


def _read_score(
    reader: Reader,
    node: Node,
    issue: Issue,
    path: str,
    party: str,
    inherited: Basis,
    shape_node: Node | None,
    weighted: bool,
) -> IssueScore | None:
    what = f"{'score' if weighted else 'points'} of {party} on {issue.id}"
    low, high = (0, 100) if weighted else (None, None)
    if isinstance(node, Scalar):
        if reader.text(node, what) == "unknown":
            return UnknownScore(reader.place(node))
        if not node.empty:
            reader.fault(node, "ZC010", f"{what} must be a list, a table or a direction", "Write [0, 50, 100] in option order.")
        return None
    if isinstance(node, Sequence):
        options = issue.option_ids()
        if issue.id in reader.vague:
            options = tuple(map(str, range(len(node.items))))
        if len(node.items) != len(options):
            reader.fault(
                node,
                "ZC047",
                f"{what} lists {len(node.items)} numbers for {len(options)} options",
                f"Give one number for each of: {', '.join(options) or 'no options'}.",
                "",
            )
            return None
        values = {
            option: reader.judgement(item, f"{path}.{option}", inherited, what, low=low, high=high, party=party)
            for option, item in zip(options, node.items, strict=True)
        }
        read = {option: judgement for option, judgement in values.items() if judgement is not None}
        whole = len(read) == len(values) and issue.id not in reader.vague
        return ScoreTable(read, None, reader.place(node)) if whole else None
    block = reader.mapping(node, what)
    if block is None:
        return None
    if not (_SCORE_KEYS - {"order"}) & block.entries.keys() and set(block.entries) - BASIS_KEYS - {"order"}:
        return _read_table(reader, block, issue, path, party, inherited, what, low, high)
    return _read_vague(reader, block, issue, path, party, inherited, what, shape_node)


def _read_table(
    reader: Reader,
    block: Mapping,
    issue: Issue,
    path: str,
    party: str,
    inherited: Basis,
    what: str,
    low: int | None,
    high: int | None,
) -> IssueScore | None:
    _, inside = reader.own(block, inherited, path)
    values: dict[str, Judgement] = {}
    misspelt = False
    before = len(reader.faults)
    points: list[tuple[Fraction, Judgement]] = []
    for name, value in block.items():
        if name in BASIS_KEYS or name in {"order", "default"}:
            continue
        key = block.key(name)
        option = option_of(issue, name)
        vague = issue.id in reader.vague
        misspelt = misspelt or option is None
        if option is None and issue.scale != "numeric" and not vague:
            reader.fault(
                key, "ZC022", f"{what}: {issue.id} has no option {name}", did_you_mean(name, issue.option_ids(), "options")
            )
            continue
        judgement = reader.judgement(value, f"{path}.{option or name}", inside, what, low=low, high=high, party=party)
        if issue.scale == "numeric":
            at = reader.parsed_number(key, f"a value of {issue.id}")
            if at is not None and issue.low is not None and issue.high is not None and not issue.low <= at <= issue.high:
                reader.fault(
                    key,
                    "ZC045",
                    f"{what}: {name} is off the scale of {issue.id}",
                    f"It reaches from {issue.low} to {issue.high}.",
                )
            elif at is not None and judgement is not None:
                points.append((at, judgement))
        elif judgement is not None and option is not None:
            values[option] = judgement
    order = _option_order(reader, block.get("order"), issue, what)
    if issue.scale == "numeric" and reader.marred(before):
        return None
    if issue.scale == "numeric":
        return _breakpoints(reader, block, issue, points, what)
    default = block.get("default")
    for option in issue.option_ids():
        if option in block.entries or option in values or misspelt or issue.id in reader.vague:
            continue
        if default is None:
            reader.fault(block, "ZC047", f"{what} leaves out the option {option}", f"Add `{option}: …`, or `default: …`.", "")
        else:
            judgement = reader.judgement(default, f"{path}.{option}", inside, what, low=low, high=high, party=party)
            if judgement is not None:
                values[option] = judgement
    if set(values) != set(issue.option_ids()) or issue.id in reader.vague:
        return None
    return ScoreTable({option: values[option] for option in issue.option_ids()}, order, reader.place(block))


def _breakpoints(
    reader: Reader, block: Mapping, issue: Issue, points: list[tuple[Fraction, Judgement]], what: str
) -> Breakpoints | None:
    points.sort(key=lambda point: point[0])
    if not points:
        return None
    if issue.low is not None and issue.high is not None and (points[0][0] > issue.low or points[-1][0] < issue.high):
        reader.fault(
            block,
            "ZC047",
            f"{what} does not cover the scale of {issue.id}",
            f"Give a number at {issue.low} and at {issue.high}; between them the line is straight.",
            "",
        )
        return None
    return Breakpoints(tuple(points), reader.place(block))


def _option_order(reader: Reader, node: Node | None, issue: Issue, what: str) -> Chain | None:
    chain = reader.chain(node, f"order of {what}")
    if chain is None or node is None:
        return None
    assert isinstance(node, Scalar)
    good = True
    for item in chain.items:
        if option_of(issue, item) is not None:
            continue
        good = False
        if issue.id not in reader.vague:
            reader.fault(
                node,
                "ZC022",
                f"order of {what}: {issue.id} has no option {item}",
                did_you_mean(item, issue.option_ids(), "options"),
                item,
            )
    return chain.best_first() if good else None


def _read_vague(
    reader: Reader,
    block: Mapping,
    issue: Issue,
    path: str,
    party: str,
    inherited: Basis,
    what: str,
    shape_node: Node | None,
) -> IssueScore | None:
    for name in block.entries:
        if name not in block_keys("score"):
            reader.unknown_key(block, name, [*block_keys("score"), *issue.option_ids()], what)
    basis = reader.basis(block, inherited)
    forms = [name for name in ("direction", "order", "for", "against") if name in block]
    if len(forms) != 1:
        reader.fault(
            block,
            "ZC010",
            f"{what} needs exactly one of direction, order, for, against",
            "Write for example {direction: up}.",
            "",
        )
        return None
    place = reader.place(block)
    if forms[0] == "direction":
        if issue.scale == "listed" and issue.id not in reader.vague:
            reader.fault(
                block.key("direction"),
                "ZC023",
                f"{what}: the options of {issue.id} have no order to go up or down",
                f"Give {issue.id} `scale: ordered`, or give a number for each option.",
            )
        way = reader.judgement(
            block.get("direction"), f"{path}.direction", basis, f"direction of {what}", words=DIRECTIONS, party=party
        )
        own = block.get("shape")
        shape = None
        if own is not None:
            shape = reader.judgement(own, f"{path}.shape", basis, f"shape of {what}", low=0, party=party)
        elif shape_node is not None:
            shape = reader.judgement(
                shape_node, f"{path}.shape", inherited, f"shape of the scores of {party}", low=0, party=party
            )
        return None if way is None else Direction(way, shape, place)
    reader.need_basis(block, basis, what)
    if forms[0] == "order":
        chain = _option_order(reader, block.get("order"), issue, what)
        missing = [option for option in issue.option_ids() if chain is not None and option not in chain.items]
        if missing and issue.id not in reader.vague:
            reader.fault(block, "ZC047", f"order of {what} leaves out {', '.join(missing)}", "Give every option a place.", "")
            return None
        return None if chain is None else OrderOnly(chain, basis, place)
    node = reader.scalar(block.get(forms[0]), f"{forms[0]} of {what}")
    option = None if node is None else option_of(issue, node.text.strip())
    if node is not None and option is None and issue.id not in reader.vague:
        reader.fault(
            node, "ZC022", f"{what}: {issue.id} has no option {node.text}", did_you_mean(node.text, issue.option_ids(), "options")
        )
    if option is None:
        return None
    return Leaning("for" if forms[0] == "for" else "against", option, basis, place)


# Weights -------------------------------------------------------------------------------------------


def _read_weights(
    reader: Reader, node: Node | None, path: str, party: str, inherited: Basis
) -> tuple[dict[str, Judgement], Fraction | None, tuple[WeightOrder, ...]]:
    what = f"weights of {party}"
    block = reader.mapping(node, what)
    if block is None:
        return {}, None, ()
    _, inside = reader.own(block, inherited, path)
    found: dict[str, Judgement] = {}
    for name, value in block.items():
        if name in BASIS_KEYS or name in {"default", "sum", "order"}:
            continue
        issue = _issue_of(reader, block.key(name), what)
        if issue is not None:
            judgement = reader.judgement(
                value, join_path(path, name), inside, f"weight of {name} for {party}", low=0, party=party
            )
            if judgement is not None:
                found[name] = judgement
    if "default" in block:
        reader.shared.append(block.entries["default"][1])
        for name in _package_issues(reader):
            if name not in block:
                judgement = reader.judgement(
                    block.get("default"), join_path(path, name), inside, f"weight of {name} for {party}", low=0, party=party
                )
                if judgement is not None:
                    found[name] = judgement
    total = reader.number(block.get("sum"), f"sum of the {what}")
    if total is not None and total <= 0:
        reader.fault(block.key("sum"), "ZC045", f"sum of the {what} must be positive", "Write for example 100.", str(total))
        total = None
    ordered = {name: found[name] for name in _package_issues(reader) if name in found}
    return ordered, total, _read_weight_orders(reader, block.get("order"), what, inside)


def _read_weight_orders(reader: Reader, node: Node | None, what: str, inherited: Basis) -> tuple[WeightOrder, ...]:
    found: list[WeightOrder] = []
    for item in reader.items(node, f"order of {what}") if not isinstance(node, Mapping) else [node]:
        basis = inherited
        inner: Node | None = item
        if isinstance(item, Mapping):
            entry = reader.block(item, "order", f"an order of {what}")
            basis = reader.basis(entry, inherited)
            inner = item.get("that")
        single = reader.scalar(inner, f"an order of {what}")
        if single is None:
            continue
        reader.need_basis(single, basis, f"an order of {what}")
        that = _order_notation(reader, single, what)
        if that is not None:
            found.append(WeightOrder(that, basis, reader.place(single)))
    return tuple(found)


def _order_notation(reader: Reader, node: Scalar, what: str) -> Chain | Condition | None:
    try:
        if " in top " in node.text:
            condition = parse_condition(node.text)
            if not isinstance(condition, InTop):
                reader.fault(node, "ZC018", f"an order of {what} cannot be read", "Write `ISSUE in top 2` alone.")
                return None
            names: tuple[str, ...] = (condition.name,)
            that: Chain | Condition = condition
        else:
            chain = parse_chain(node.text)
            names, that = chain.items, chain.best_first()
    except NotationError as error:
        reader.notation_fault(node, f"an order of {what}", error)
        return None
    good = True
    for name in names:
        if not reader.names.is_a(name, "issue"):
            known = reader.names.of_kind("issue")
            reader.fault(
                node, "ZC020", f"an order of {what}: there is no issue called {name}", did_you_mean(name, known, "issues"), name
            )
            good = False
    return that if good else None


# Rankings, priorities, bonuses ------------------------------------------------------------------------


def _read_ranking(reader: Reader, node: Node | None, party: str) -> tuple[Chain, ...]:
    what = f"ranking of {party}"
    found: list[Chain] = []
    for item in reader.items(node, what):
        chain = reader.chain(item, what)
        if chain is None or not isinstance(item, Scalar):
            continue
        single = list(_package_issues(reader).values())
        options = single[0].option_ids() if len(single) == 1 else ()
        if len(single) == 1 and single[0].id in reader.vague:
            continue
        for name in chain.items:
            if name != "now" and name not in options and not reader.names.is_a(name, "package"):
                known = [*reader.names.of_kind("package"), *options]
                reader.fault(
                    item, "ZC020", f"{what}: there is no package called {name}", did_you_mean(name, known, "packages"), name
                )
        found.append(chain.best_first())
    return tuple(found)


def _read_priorities(reader: Reader, node: Node | None, party: str) -> tuple[Condition, ...]:
    found = (reader.condition(item, f"a priority of {party}", "issue") for item in reader.items(node, f"priorities of {party}"))
    return tuple(condition for condition in found if condition is not None)


def _read_bonuses(reader: Reader, node: Node | None, path: str, party: str, inherited: Basis) -> tuple[Bonus, ...]:
    block = reader.mapping(node, f"bonus of {party}")
    found: list[Bonus] = []
    if block is None:
        return ()
    _, inside = reader.own(block, inherited, f"{path}.bonus")
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        entry = reader.block(value, "bonus", f"bonus {name} of {party}")
        if entry is None:
            continue
        basis = reader.basis(entry, inside)
        when = reader.condition(entry.get("when"), f"when of bonus {name}", "issue")
        points = reader.judgement(entry.get("points"), f"{path}.bonus.{name}", basis, f"points of bonus {name}", party=party)
        if when is not None and points is not None:
            found.append(Bonus(name, when, points))
    return tuple(found)


def _read_no_deal(reader: Reader, node: Node | None, path: str, party: str, inherited: Basis) -> NoDeal | None:
    what = f"no-deal value of {party}"
    place_path = f"{path}.no_deal"
    if node is None or (isinstance(node, Scalar) and node.text.strip() == "unknown"):
        return None
    if not isinstance(node, Mapping):
        judgement = reader.judgement(node, place_path, inherited, what, party=party)
        return None if judgement is None else NoDeal("points", judgement, None, judgement.basis, reader.place(node))
    entry = reader.block(node, "no_deal", what)
    forms = [name for name in ("value", "share", "package") if name in node]
    if entry is None or len(forms) != 1:
        reader.fault(
            node, "ZC012", f"the {what} needs exactly one of value, share, package", "Write for example {share: 20..40}.", ""
        )
        return None
    basis = reader.basis(entry, inherited)
    place = reader.place(node)
    if forms[0] == "package":
        reader.need_basis(node, basis, f"the {what}")
        single = reader.scalar(entry.get("package"), what)
        if single is None:
            return None
        name = single.text.strip()
        if name != "now" and reader.reference(single, what, "package") is None:
            return None
        return NoDeal("package", None, name, basis, place)
    low, high = (0, 100) if forms[0] == "share" else (None, None)
    plain = reader.judgement(_long_form(entry, forms[0]), place_path, basis, what, low=low, high=high, party=party)
    if plain is None:
        return None
    return NoDeal("share" if forms[0] == "share" else "points", plain, None, plain.basis, place)


def _long_form(entry: Mapping, name: str) -> Node | None:
    """Return the amount of {share: ..} or {value: .., chance: ..} as a judgement node."""
    from dataclasses import replace

    if name == "value" or "chance" in entry:
        entries = {("value" if key == name else key): pair for key, pair in entry.entries.items()}
        return replace(entry, entries=entries)
    own = {key: pair for key, pair in entry.entries.items() if key in BASIS_KEYS}
    if not own:
        return entry.get(name)
    return replace(entry, entries={"value": entry.entries[name], **own})
