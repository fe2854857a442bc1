"""Reading of positions: where each party stands on the scale of an issue."""

from __future__ import annotations

from zopa.case.model import (
    Basis,
    Issue,
    Position,
)
from zopa.case.nodes import Mapping, Node, Scalar, Sequence
from zopa.case.reader import BASIS_KEYS, Reader


def read_positions(reader: Reader, node: Node | None, inherited: Basis) -> dict[str, dict[str, Position]]:
    """Return positions and saliences, issue by issue."""
    block = reader.mapping(node, "positions")
    found: dict[str, dict[str, Position]] = {}
    if block is None:
        return found
    _, inside = reader.own(block, inherited, "positions")
    for name, value in block.items():
        if name in BASIS_KEYS or reader.reference(block.key(name), "positions", "issue") is None:
            continue
        inner = reader.mapping(value, f"positions on {name}")
        if inner is None:
            continue
        issue = reader.issues.get(name)
        _, around = reader.own(inner, inside, f"positions.{name}")
        found[name] = {}
        for party, entry in inner.items():
            if party in BASIS_KEYS or reader.reference(inner.key(party), f"positions on {name}", "party") is None:
                continue
            found[name][party] = _read_position(reader, entry, f"positions.{name}.{party}", party, issue, around)
    return found


def _read_position(reader: Reader, node: Node, path: str, party: str, issue: Issue | None, inherited: Basis) -> Position:
    what = f"position of {party}"
    basis = inherited
    salience: Node | None = None
    position: Node | None = node
    if isinstance(node, Sequence):
        if len(node.items) != 2:
            reader.fault(node, "ZC010", f"{what} must be an amount or [position, salience]", "Write [40, 60].", "")
            return Position(None, None)
        position, salience = node.items
    elif isinstance(node, Mapping) and "value" not in node:
        entry = reader.block(node, "position", what)
        basis = reader.basis(entry, inherited)
        position, salience = node.get("position"), node.get("salience")
    low, high = _scale_bounds(issue)
    read = None
    if not (isinstance(position, Scalar) and position.text.strip() == "unknown"):
        position = _option_place(position, issue)
        read = reader.judgement(position, path, basis, what, low=low, high=high, party=party)
    weight = (
        reader.judgement(salience, f"{path}.salience", basis, f"salience of {party}", low=0, party=party) if salience else None
    )
    return Position(read, weight)


def _scale_bounds(issue: Issue | None) -> tuple[int | None, int | None]:
    if issue is None or issue.scale == "listed":
        return None, None
    if issue.scale != "numeric":
        return 0, 100
    whole = [int(end) if end is not None and end.denominator == 1 else None for end in (issue.low, issue.high)]
    return whole[0], whole[1]


def _option_place(node: Node | None, issue: Issue | None) -> Node | None:
    """Return the node of a position; the id of an option stands for its place on the scale."""
    from dataclasses import replace

    if not isinstance(node, Scalar) or issue is None:
        return node
    option = next((option for option in issue.options if option.id == node.text.strip() and option.at is not None), None)
    return node if option is None else replace(node, text=str(option.at))
