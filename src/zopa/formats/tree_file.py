"""What the readers of JSON and YAML files share: a file as a block, rows of numbers by option, weights."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from zopa.formats.findings import Findings
from zopa.formats.gathering import Gathered
from zopa.formats.json_tree import parse_json
from zopa.formats.numbers import NotANumber, decimal, exact, shortened
from zopa.formats.tree import Branch, Leaf, Listing, Node, TreeFault, number_of
from zopa.formats.yaml_tree import parse_yaml

Row = list[Fraction | None]


def block_of_file(file: Gathered, found: Findings) -> Branch | None:
    """Return the block that a file holds; None with a fault when it is no JSON or YAML, or no block."""
    parse = parse_json if file.name.lower().endswith(".json") else parse_yaml
    try:
        tree = parse(file.data)
    except TreeFault as error:
        found.fault(file.name, f"line {error.line}", str(error), error.remedy)
        return None
    for key, line in tree.twice:
        what = f"the key {shortened(key)} is written twice in one block"
        found.defect(file.name, f"line {line}", what, "The last value counts.")
    if not isinstance(tree.root, Branch):
        found.fault(file.name, f"line {tree.root.line}", "it holds no block of keys", "Name a domain or a profile.")
        return None
    return tree.root


def names_in(node: Node | None, found: Findings, file: str, where: str) -> list[str]:
    """Return the option names of a list, each once; what is no single value is a fault."""
    if not isinstance(node, Listing):
        found.fault(file, where, "it has no list of options", "Write its options as a list.")
        return []
    names: dict[str, None] = {}
    for item in node.items:
        if not isinstance(item, Leaf) or item.kind == "nothing" or not item.text.strip():
            found.fault(file, f"{where}, line {item.line}", "an option is no name", "Write a word or a number.")
        elif item.text in names:
            what = f"the option {shortened(item.text)} is listed twice"
            found.defect(file, f"{where}, line {item.line}", what, "Read as one option.")
        else:
            names[item.text] = None
    if not names:
        found.fault(file, where, "it has no options", "Add options.")
    return list(names)


def row_of(options: Sequence[str], table: Branch, found: Findings, file: str, where: str) -> Row:
    """Return the number that a table gives for each option; None where it gives none, which is reported."""
    keys = {option: _key(option, table) for option in options}
    lost = [option for option, key in keys.items() if key is None]
    if lost:
        what = f"no number for the option{'' if len(lost) == 1 else 's'} {shortened(', '.join(lost), 80)}"
        found.defect(file, where, what, "Left unknown; nothing was put in its place.")
    extra = [key for key in table.entries if key not in keys.values()]
    if extra:
        what = f"the option{'' if len(extra) == 1 else 's'} {shortened(', '.join(extra), 80)} of the table are not in the domain"
        found.defect(file, where, what, "Left out.")
    return [
        None if key is None else number_of(table.entries[key], found, file, where, f"option {shortened(option)}")
        for option, key in keys.items()
    ]


def _key(option: str, table: Branch) -> str | None:
    """Return the key of an option: the same text, or the same number written otherwise."""
    if option in table.entries:
        return option
    value = _number(option)
    return None if value is None else next((key for key in table.entries if _number(key) == value), None)


def _number(text: str) -> Fraction | None:
    try:
        return exact(text)
    except NotANumber:
        return None


def say_sum(weights: Sequence[Fraction], found: Findings, file: str, program: str) -> None:
    """Report weights that do not add up to 1."""
    total = sum(weights, Fraction(0))
    if weights and total != 1:
        what = f"the weights add up to {decimal(total)}, not to 1"
        found.defect(file, "", what, f"Read as written, as {program} adds them; nothing was rescaled.")


def times(weight: Fraction | None, row: Row) -> tuple[Fraction | None, ...]:
    """Return a row of numbers times a weight; unknown where either is."""
    return tuple(None if weight is None or one is None else weight * one for one in row)
