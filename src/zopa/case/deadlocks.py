"""Gates that wait for each other.

A gate opens when its date has passed, when its fact is not known to be false, or when what it needs is
open.  Opening gates one after another until nothing more opens (the least fixpoint) leaves those that
can never open; among them, the ones that need each other form a circular wait.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from zopa.case.combinations import combinations_of
from zopa.case.model import Assumption, Gate
from zopa.case.notation import Compare, Condition, Flag, InTop, evaluate
from zopa.case.references import leaves, mentioned

MOST_READINGS: Final = 4096


@dataclass(frozen=True, slots=True)
class CircularWait:
    """Gates that wait for each other under a reading (assumption id to word; empty: always).

    ``behind`` are further gates that cannot open because they need one of these.
    """

    gates: tuple[str, ...]
    reading: Mapping[str, str]
    behind: tuple[str, ...] = ()


def circular_waits(gates: Mapping[str, Gate], assumptions: Mapping[str, Assumption]) -> tuple[CircularWait, ...]:
    """Return the circular waits under each reading of the assumptions that the gates mention (at most 4,096).

    Facts count as true unless they are known to be false, and dates as passed: what still cannot open
    waits for itself.  A wait that exists under every reading is returned once with an empty reading.
    """
    found: dict[tuple[str, ...], list[dict[str, str]]] = {}
    total = 0
    for reading in _readings(gates, assumptions):
        total += 1
        for group in _waiting_groups(gates, reading):
            found.setdefault(group, []).append(reading)
    waits: list[CircularWait] = []
    for group, readings in found.items():
        kept: list[dict[str, str]] = [{}] if len(readings) == total else readings
        waits.extend(CircularWait(group, reading, _behind(gates, group, readings[0])) for reading in kept)
    return tuple(waits)


def open_gates(gates: Mapping[str, Gate], reading: Mapping[str, str], closed: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the gates that open under a reading, leaving out those held ``closed``.

    Parameters
    ----------
    gates : mapping of str to Gate
        All gates of a case.
    reading : mapping of str to str
        A word for each assumption the gates mention (an assumption left out counts as undecided).
    closed : frozenset of str
        Gates that do not open whatever they need, such as dates that have not passed.
    """
    opened: frozenset[str] = frozenset()
    while True:
        more = frozenset(name for name, gate in gates.items() if name not in closed and _opens(gate, opened, reading))
        if more == opened:
            return opened
        opened = more


def _opens(gate: Gate, opened: frozenset[str], reading: Mapping[str, str]) -> bool:
    if gate.needs is None:
        return gate.fact != "no"

    def flag(name: str) -> bool | None:
        if name in reading:
            return reading[name] == "yes"
        return name in opened

    def compare(leaf: Compare | InTop) -> bool | None:
        if not isinstance(leaf, Compare) or leaf.name not in reading:
            return None
        return (reading[leaf.name] in leaf.values) == (leaf.op == "=")

    return evaluate(gate.needs, flag, compare) is True


def _readings(gates: Mapping[str, Gate], assumptions: Mapping[str, Assumption]) -> Iterator[dict[str, str]]:
    names = sorted({name for gate in gates.values() if gate.needs is not None for name in mentioned(gate.needs)})
    discrete = [name for name in names if name in assumptions and assumptions[name].words]
    for numbers in combinations_of([len(assumptions[name].words) for name in discrete], MOST_READINGS):
        yield {name: assumptions[name].words[number] for name, number in zip(discrete, numbers, strict=True)}


def _waiting_groups(gates: Mapping[str, Gate], reading: Mapping[str, str]) -> list[tuple[str, ...]]:
    shut = set(gates) - open_gates(gates, reading)
    needs = {
        name: {other for other in _gates_in(gate.needs, gates) if other in shut}
        for name in gates
        if name in shut and (gate := gates[name]).needs is not None
    }
    reach = {name: _reachable(name, needs) for name in needs}
    groups: list[tuple[str, ...]] = []
    for name in needs:
        group = tuple(other for other in needs if other in reach[name] and name in reach[other])
        if group and group not in groups and (len(group) > 1 or name in needs[name]):
            groups.append(group)
    return groups


def _behind(gates: Mapping[str, Gate], group: tuple[str, ...], reading: Mapping[str, str]) -> tuple[str, ...]:
    """Return the gates that would open if the group did, and do not now."""
    without = {name: gate for name, gate in gates.items() if name not in group}
    freed = {name: replace(gates[name], needs=None, fact="yes") for name in group}
    would = open_gates({**without, **freed}, reading)
    return tuple(name for name in without if name in would and name not in open_gates(gates, reading))


def _gates_in(condition: Condition | None, gates: Mapping[str, Gate]) -> set[str]:
    if condition is None:
        return set()
    return {leaf.name for leaf in leaves(condition) if isinstance(leaf, Flag) and leaf.name in gates}


def _reachable(start: str, needs: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    stack = list(needs.get(start, ()))
    while stack:
        name = stack.pop()
        if name not in seen:
            seen.add(name)
            stack.extend(needs.get(name, ()))
    return seen
