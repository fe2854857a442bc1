"""Reading of parties, agreement and influence."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, cast

from zopa.case.faults import did_you_mean
from zopa.case.keys import SEATS
from zopa.case.model import Agreement, Basis, Judgement, Party, Principal, Seat
from zopa.case.nodes import Mapping, Node, Scalar, join_path
from zopa.case.reader import BASIS_KEYS, ID, Reader

_NEED: Final = "Write all, a number such as 2, or {quota: 1.5, votes: {a: 1, b: 1}}."


def collect_principals(reader: Reader, root: Mapping) -> None:
    """Note the principals of each party before anything refers to them."""
    node = root.get("parties")
    if not isinstance(node, Mapping):
        return
    for name, value in node.items():
        principals = value.get("principals") if isinstance(value, Mapping) else None
        if isinstance(principals, Mapping):
            reader.principals[name] = tuple(key for key in principals.entries if key not in BASIS_KEYS)


def read_parties(reader: Reader, node: Node | None, inherited: Basis) -> dict[str, Party]:
    """Return the parties in file order."""
    block = reader.mapping(node, "parties")
    parties: dict[str, Party] = {}
    if block is None:
        return parties
    _, inside = reader.own(block, inherited, "parties")
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        key = block.key(name)
        if isinstance(value, Scalar):
            label = reader.text(value, f"party {name}")
            parties[name] = Party(name, label or name, "signatory", None, None, (), (), inside, reader.place(key))
            continue
        entry = reader.block(value, "party", f"party {name}")
        if entry is not None:
            parties[name] = _read_party(reader, entry, name, key, inside)
    if not parties:
        reader.fault(block, "ZC056", "the case has no party", "Add `parties: {a: Name of A, b: Name of B}`.", "")
    return parties


def _read_party(reader: Reader, entry: Mapping, name: str, key: Scalar, inherited: Basis) -> Party:
    what = f"party {name}"
    basis, inside = reader.own(entry, inherited, f"parties.{name}")
    seat: Seat | None = "signatory"
    seat_by: str | None = None
    node = reader.scalar(entry.get("seat"), f"seat of {what}")
    if node is not None:
        written = node.text.strip()
        if written in SEATS:
            seat = cast("Seat", written)
        elif written in reader.assumptions:
            seat, seat_by = None, written
            reader.used.add(written)
            wrong = [word for word in reader.assumptions[written].words if word not in SEATS]
            if wrong or not reader.assumptions[written].words:
                reader.fault(
                    node,
                    "ZC046",
                    f"seat of {what}: {written} does not hold seats",
                    f"Its words must be among {', '.join(SEATS)}.",
                )
        else:
            known = [*SEATS, *reader.names.of_kind("assumption")]
            reader.fault(node, "ZC016", f"seat of {what} cannot be {written}", did_you_mean(written, known, "seats"))
    principals: list[Principal] = []
    people = reader.mapping(entry.get("principals"), f"principals of {what}")
    if people is not None:
        _, around = reader.own(people, inside, people.path)
        for person, value in people.items():
            if person not in BASIS_KEYS:
                principals.extend(_read_principal(reader, people, person, value, what, around))
    return Party(
        name,
        reader.text(entry.get("name"), f"name of {what}") or name,
        seat,
        seat_by,
        reader.condition(entry.get("consent_if"), f"consent_if of {what}", "issue", "assumption"),
        tuple(principals),
        reader.texts(entry.get("voices"), f"voices of {what}"),
        basis,
        reader.place(key),
    )


def _read_principal(reader: Reader, block: Mapping, name: str, value: Node, of: str, inherited: Basis) -> list[Principal]:
    what = f"principal {name} of {of}"
    if not ID.match(name):
        reader.fault(block.key(name), "ZC013", f"the id of {what} is malformed", "Use letters, digits and _.")
    if isinstance(value, Scalar):
        return [Principal(name, reader.text(value, what) or name, None, None, (), inherited)]
    entry = reader.block(value, "principal", what)
    if entry is None:
        return []
    start, end = reader.day(entry.get("from"), f"from of {what}"), reader.day(entry.get("until"), f"until of {what}")
    if start is not None and end is not None and start >= end:
        reader.fault(entry, "ZC040", f"{what} ends before it begins", "Let `from` lie before `until`.", f"{start} to {end}")
    return [
        Principal(
            name,
            reader.text(entry.get("name"), f"name of {what}") or name,
            start,
            end,
            reader.texts(entry.get("voices"), f"voices of {what}"),
            reader.basis(entry, inherited),
        )
    ]


def read_agreement(reader: Reader, node: Node | None) -> Agreement:
    """Return who must say yes."""
    if node is None:
        return Agreement()
    entry = reader.block(node, "agreement", "agreement")
    if entry is None:
        return Agreement()
    need: Fraction | None = None
    votes: dict[str, Fraction] | None = None
    wanted = entry.get("need")
    if isinstance(wanted, Mapping):
        for key in wanted.entries:
            if key not in {"quota", "votes"}:
                reader.unknown_key(wanted, key, ("quota", "votes"), "need of agreement")
        need = reader.number(wanted.get("quota"), "quota of agreement")
        block = reader.mapping(wanted.get("votes"), "votes of agreement")
        if need is None or block is None:
            reader.fault(wanted, "ZC012", "need of agreement needs quota and votes", "Write {quota: 2, votes: {a: 1, b: 2}}.", "")
        else:
            votes = {}
            for party, value in block.items():
                number = reader.number(value, f"votes of {party}")
                if reader.reference(block.key(party), "votes of agreement", "party") and number is not None:
                    votes[party] = number
                if number is not None and number < 0:
                    reader.fault(value, "ZC045", f"the votes of {party} must not be below 0", "Write 0 or more.")
    elif wanted is not None and reader.text(wanted, "need of agreement") != "all":
        need = reader.number(wanted, "need of agreement")
        if need is not None and need.denominator != 1:
            reader.fault(wanted, "ZC045", "need of agreement is no whole number of signatories", _NEED)
    if need is not None and need <= 0:
        at = wanted.get("quota") if isinstance(wanted, Mapping) else wanted
        reader.fault(at or entry, "ZC045", "the votes needed for an agreement must be more than 0", _NEED)
    return Agreement(need, votes, reader.references(entry.get("veto"), "veto of agreement", "party"))


def read_influence(reader: Reader, node: Node | None, inherited: Basis) -> dict[str, Judgement]:
    """Return the power of each party."""
    block = reader.mapping(node, "influence")
    found: dict[str, Judgement] = {}
    if block is None:
        return found
    _, inside = reader.own(block, inherited, "influence")
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        if reader.reference(block.key(name), "influence", "party") is None:
            continue
        path = join_path("influence", name)
        judgement = reader.judgement(value, path, inside, f"influence of {name}", low=0, party=name)
        if judgement is not None:
            found[name] = judgement
    return found
