"""Reading of red lines and of the reading under which each binds."""

from __future__ import annotations

from zopa.case.model import (
    Basis,
    RedLine,
)
from zopa.case.nodes import Node, Scalar
from zopa.case.notation import Condition, Not
from zopa.case.reader import BASIS_KEYS, Reader


def read_red_lines(reader: Reader, node: Node | None, path: str, party: str, inherited: Basis) -> tuple[RedLine, ...]:
    """Return the red lines of a party."""
    block = reader.mapping(node, f"red_lines of {party}")
    found: list[RedLine] = []
    if block is None:
        return ()
    _, inside = reader.own(block, inherited, f"{path}.red_lines")
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        what = f"red line {name} of {party}"
        entry = reader.block(value, "red_line", what)
        if entry is None:
            continue
        basis = reader.basis(entry, inside)
        reader.need_basis(block.key(name), basis, what)
        refuses = reader.condition(entry.get("refuses"), f"refuses of {what}", "issue")
        requires = reader.condition(entry.get("requires"), f"requires of {what}", "issue")
        if ("refuses" in entry) == ("requires" in entry):
            reader.fault(
                block.key(name), "ZC012", f"{what} needs refuses or requires, one of them", "Write `refuses: CONDITION`."
            )
            continue
        binds, unknown = _binds(reader, entry.get("binds"), party, what)
        condition = refuses if refuses is not None else Not(requires) if requires is not None else None
        if condition is not None:
            label = reader.text(entry.get("name"), f"name of {what}") or name
            place = reader.place(block.key(name))
            found.append(RedLine(name, label, party, condition, requires, binds, unknown, basis, place))
    return tuple(found)


def _binds(reader: Reader, node: Node | None, party: str, what: str) -> tuple[Condition | None, bool]:
    single = reader.scalar(node, f"binds of {what}")
    if single is None or single.text.strip() == "yes":
        return None, False
    if single.text.strip() == "unknown":
        return None, True
    condition = reader.condition(single, f"binds of {what}", "assumption")
    if condition is not None:
        reader.later.append(lambda: _check_binds_party(reader, single, condition, party, what))
    return condition, False


def _check_binds_party(reader: Reader, node: Scalar, condition: Condition, party: str, what: str) -> None:
    from zopa.case.references import leaves

    for leaf in leaves(condition):
        base, _, part = leaf.name.partition(".")
        assumption = reader.assumptions.get(base)
        if assumption is None:
            continue
        parties = assumption.per_parties
        if parties and not part and party not in parties:
            reader.fault(
                node, "ZC020", f"binds of {what}: {base} has no value for {party}", f"It has one for {', '.join(parties)}.", base
            )
        if assumption.per_place:
            reader.fault(
                node,
                "ZC046",
                f"binds of {what}: {base} is drawn for each place, so no reading of it can be named",
                "Use an assumption that is drawn once, or per party.",
                base,
            )
