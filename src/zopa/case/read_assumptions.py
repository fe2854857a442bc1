"""Reading of the register of assumptions and of correlations between them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations

from zopa.case.faults import Severity, did_you_mean
from zopa.case.model import Assumption, Basis, Correlation
from zopa.case.nodes import Mapping, Node, Scalar, Sequence
from zopa.case.notation import Alternatives, Amount, Name, Range, Triangular, Unknown, names_in_amount
from zopa.case.reader import BASIS_KEYS, Reader
from zopa.case.references import assumption_bounds, bounds, check_amount, check_divisors, check_ranges, item_start


def read_assumptions(reader: Reader, node: Node | None, inherited: Basis) -> dict[str, Assumption]:
    """Return the named assumptions; a plain text is only a reason."""
    block = reader.mapping(node, "assumptions")
    found: dict[str, Assumption] = {}
    if block is None:
        return found
    _, inside = reader.own(block, inherited, "assumptions")
    for name, value in block.items():
        if name in BASIS_KEYS:
            continue
        key = block.key(name)
        if isinstance(value, Scalar):
            reason = reader.text(value, f"assumption {name}") or ""
            place = reader.place(key)
            found[name] = Assumption(name, name, reason, None, (), {}, (), False, False, (), None, Basis((), reason), place)
            continue
        entry = reader.block(value, "assumption", f"assumption {name}")
        if entry is not None:
            found[name] = _read_assumption(reader, entry, name, key, inside)
    reader.later.append(lambda: _check_circles(reader, found))
    return found


def _read_assumption(reader: Reader, entry: Mapping, name: str, key: Scalar, inherited: Basis) -> Assumption:
    what = f"assumption {name}"
    basis = reader.basis(entry, inherited)
    before = len(reader.faults)
    amount, words = _value(reader, entry, what)
    parties, place = _per(reader, entry, what)
    idle = next((key for key in ("chance", "split", "sweep", "per", "labels") if key in entry), None)
    if idle is not None and "value" not in entry:
        reader.fault(entry.key(idle), "ZC012", f"{what} has {idle} and no value", "Add `value:`.")
    if reader.marred(before):
        reader.vague.add(name)
    split = reader.flag(entry.get("split"), f"split of {what}")
    if split and amount is not None and not words and not isinstance(amount, Alternatives):
        reader.fault(
            entry.key("split"),
            "ZC046",
            f"{what} is split but has no alternatives",
            "Write alternatives such as `10..30 | 40..60`, or `sweep:` for a line.",
        )
    if split and place:
        reader.fault(entry.key("split"), "ZC046", f"{what} is both split and drawn for each place", "Keep one of the two.")
    if amount is not None:
        reader.need_basis(key, basis, what)
    return Assumption(
        id=name,
        name=reader.text(entry.get("name"), f"name of {what}") or name,
        reason=basis.assume or "",
        amount=amount,
        words=words,
        labels=_labels(reader, entry, what, words),
        per_parties=parties,
        per_place=place,
        split=split,
        sweep=_sweep(reader, entry, what, words),
        chance=_checked_chances(reader, entry, what, amount),
        basis=basis,
        place=reader.place(key),
    )


def _value(reader: Reader, entry: Mapping, what: str) -> tuple[Amount | None, tuple[str, ...]]:
    node = reader.scalar(entry.get("value"), f"value of {what}")
    amount = None if node is None else reader.amount(node, f"value of {what}")
    if node is None or amount is None:
        return None, ()
    items = amount.items if isinstance(amount, Alternatives) else (amount,)
    registered = reader.names.of_kind("assumption")
    words = [item.id for item in items if isinstance(item, Name) and item.id.partition(".")[0] not in registered]
    if words and len(words) == len(items):
        if len(set(words)) != len(words):
            reader.fault(node, "ZC015", f"value of {what} lists a word twice", "Keep each word once.")
        return amount, tuple(dict.fromkeys(words))
    if words:
        known = [*registered]
        reader.fault(
            node,
            "ZC046",
            f"value of {what} mixes words and numbers ({', '.join(words)})",
            did_you_mean(words[0], known, "assumptions") + " Alternatives are all words or all numbers.",
        )
        return None, ()
    if any(isinstance(item, Unknown) for item in items) and len(items) > 1:
        reader.fault(node, "ZC046", f"value of {what} mixes unknown with numbers", "Write unknown alone, or leave it out.")
        return None, ()
    reader.later.append(lambda: _check_value(reader, node, amount, what))
    return amount, ()


def _check_value(reader: Reader, node: Scalar, amount: Amount, what: str) -> None:
    # An assumption drawn per party may refer to another one drawn per party, so no party is asked for here.
    before = len(reader.faults)
    check_ranges(reader, node, amount, f"value of {what}")
    for name in names_in_amount(amount):
        base = name.id.partition(".")[0]
        other = reader.assumptions.get(base)
        if other is None and not reader.names.is_a(base, "assumption"):
            known = reader.names.of_kind("assumption")
            reader.fault(
                node,
                "ZC020",
                f"value of {what}: there is no assumption called {base}",
                did_you_mean(base, known, "assumptions"),
                name.id,
                offset=name.start,
            )
        elif other is not None and base not in reader.vague and (other.amount is None or other.words):
            reader.fault(node, "ZC046", f"value of {what}: {base} is not a number", "Refer to a number.", base, offset=name.start)
    if len(reader.faults) == before:
        check_divisors(reader, node, amount, f"value of {what}")


def _labels(reader: Reader, entry: Mapping, what: str, words: tuple[str, ...]) -> dict[str, str]:
    block = reader.mapping(entry.get("labels"), f"labels of {what}")
    found: dict[str, str] = {}
    if block is None:
        return found
    for word, value in block.items():
        if word not in words:
            reader.fault(
                block.key(word), "ZC022", f"labels of {what}: it is never {word}", did_you_mean(word, words, "words of it")
            )
        label = reader.text(value, f"label {word} of {what}")
        if label is not None:
            found[word] = label
    return found


def _per(reader: Reader, entry: Mapping, what: str) -> tuple[tuple[str, ...], bool]:
    node = entry.get("per")
    if node is None:
        return (), False
    if isinstance(node, Scalar) and node.text.strip() == "place":
        return (), True
    return reader.references(node, f"per of {what}", "party"), False


def _sweep(reader: Reader, entry: Mapping, what: str, words: tuple[str, ...]) -> tuple[Amount, ...]:
    node = reader.scalar(entry.get("sweep"), f"sweep of {what}")
    amount = None if node is None else reader.amount(node, f"sweep of {what}")
    if node is None or amount is None:
        return ()
    items = amount.items if isinstance(amount, Alternatives) else (amount,)
    if words or not all(isinstance(item, Range | Triangular) for item in items):
        reader.fault(node, "ZC046", f"sweep of {what} must be ranges", "Write a line `0..1` or bands `10..50 | 50..90`.")
        return ()
    check_amount(reader, node, amount, f"sweep of {what}", words=(), low=None, high=None, party=None, chance=None)
    reader.later.append(lambda: _check_sweep(reader, node, items, what, entry))
    return tuple(items)


def _check_sweep(reader: Reader, node: Scalar, items: Iterable[Amount], what: str, entry: Mapping) -> None:
    """Warn of bands with numbers that the value never takes; a line over more than the whole range is meant so."""
    value = assumption_bounds(reader, entry.path.rpartition(".")[2])
    if value is None:
        return
    for item in items:
        band = bounds(item, lambda _name: None)
        if isinstance(item, Range) and item.low > item.high:
            continue  # that has its own fault
        if band is None or band[0] <= value[0] <= value[1] <= band[1]:
            continue
        if not value[0] <= band[0] <= band[1] <= value[1]:
            start, end = item_start(item), int(getattr(item, "end", 0))
            reader.fault(
                node,
                "ZC045",
                f"sweep of {what} leaves the range of its value, which reaches from {value[0]} to {value[1]}",
                "Sweep inside the range, or widen the value.",
                node.text[start:end],
                offset=start,
                severity=Severity.WARNING,
            )


def _checked_chances(reader: Reader, entry: Mapping, what: str, amount: Amount | None) -> tuple[Fraction, ...] | None:
    node = entry.get("chance")
    chances = reader.chances(node, what)
    count = len(amount.items) if isinstance(amount, Alternatives) else 1
    if node is not None and chances is not None and amount is not None and len(chances) != count:
        reader.fault(
            node, "ZC043", f"{what} has {count} alternatives but {len(chances)} chances", "Give each alternative a chance.", ""
        )
        return None
    return chances


def _check_circles(reader: Reader, found: dict[str, Assumption]) -> None:
    """Report assumptions that refer to each other in a circle, each circle once."""
    uses = {
        name: [
            used.id.partition(".")[0]
            for used in (names_in_amount(assumption.amount) if assumption.amount is not None else ())
            if used.id.partition(".")[0] in found and not assumption.words
        ]
        for name, assumption in found.items()
    }
    done: set[str] = set()
    for first in uses:
        trail: list[str] = []
        name: str | None = first
        # A depth-first walk over the first unfinished use is enough to name one circle through `first`.
        stack = [(first, iter(uses[first]))]
        trail = [first]
        while stack and first not in done:
            name, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                done.add(name)
                stack.pop()
                trail.pop()
            elif following in trail:
                circle = [*trail[trail.index(following) :], following]
                reader.fault_at(
                    found[following].place,
                    "ZC044",
                    f"assumptions refer to each other in a circle: {' -> '.join(circle)}",
                    "Give one of them a value of its own.",
                    following,
                )
                done.update(trail)
            elif following not in done:
                stack.append((following, iter(uses[following])))
                trail.append(following)


def read_correlations(reader: Reader, node: Node | None, inherited: Basis) -> tuple[Correlation, ...]:
    """Return the declared correlations between named judgements."""
    found: list[Correlation] = []
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        reader.fault(node, "ZC010", "correlations must be a list", "Write `- {between: [A.x, A.y], rank: 0.5, assume: …}`.", "")
        return ()
    for item in node.items:
        entry = reader.block(item, "correlation", "a correlation")
        if entry is None:
            continue
        basis = reader.basis(entry, inherited)
        reader.need_basis(entry, basis, "a correlation")
        names: list[str] = []
        parts = reader.items(entry.get("between"), "between of a correlation")
        for part in parts:
            single = reader.scalar(part, "between of a correlation")
            if single is not None and _drawn(reader, single):
                names.append(single.text.strip())
        # A name that is not known has been reported already.
        if "between" in entry and (len(parts) < 2 or len(names) > len(set(names))):
            reader.fault(entry, "ZC056", "a correlation needs two judgements", "Write `between: [A12.RUS, A12.UKR]`.", "")
        rank = reader.number(entry.get("rank"), "rank of a correlation")
        if rank is not None and not -1 <= rank <= 1:
            reader.fault(entry, "ZC045", "rank of a correlation must lie from -1 to 1", "Write for example 0.5.", str(rank))
        if rank is not None:
            found.append(Correlation(tuple(names), rank, basis, reader.place(entry)))
    _check_pairs(reader, found)
    return tuple(found)


def _check_pairs(reader: Reader, found: list[Correlation]) -> None:
    """Report pairs that are correlated twice."""
    first: dict[frozenset[str], Correlation] = {}
    for one in found:
        for pair in map(frozenset, combinations(one.between, 2)):
            known = first.setdefault(pair, one)
            if known is one:
                continue
            same = known.rank == one.rank
            reader.fault_at(
                one.place,
                "ZC058",
                f"{' and '.join(sorted(pair))} are correlated {'twice' if same else 'in two ways'}: "
                f"{known.rank} in line {known.place.line} and {one.rank} here",
                "Keep one of the two.",
                str(one.rank),
            )
            break


def _drawn(reader: Reader, node: Scalar) -> bool:
    base, dot, party = node.text.strip().partition(".")
    assumption = reader.assumptions.get(base)
    reader.used.add(base)
    if assumption is None and reader.names.is_a(base, "assumption"):
        return False
    if assumption is None:
        known = reader.names.of_kind("assumption")
        reader.fault(
            node, "ZC020", f"correlation: there is no assumption called {base}", did_you_mean(base, known, "assumptions")
        )
        return False
    if base in reader.vague:
        return False
    if assumption.amount is None or assumption.words:
        reader.fault(node, "ZC046", f"correlation: {base} is not a number", "Correlate numbers that are drawn.")
        return False
    if bool(assumption.per_parties) != bool(dot) or (dot and party not in assumption.per_parties):
        allowed = [f"{base}.{name}" for name in assumption.per_parties] or [base]
        reader.fault(node, "ZC020", f"correlation: {node.text.strip()} is not drawn", f"Write {', '.join(allowed)}.")
        return False
    return True
