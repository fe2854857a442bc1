"""What a case says of one of two parties and not of the other: what to read before calling it even-handed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from zopa.case.model import (
    Basis,
    Breakpoints,
    Case,
    Direction,
    IssueScore,
    Judgement,
    Leaning,
    Lever,
    OrderOnly,
    Preferences,
    RedLine,
    ScoreTable,
)
from zopa.case.notation import Chain, Condition, format_amount, format_chain, format_condition, format_number
from zopa.case.references import mentioned
from zopa.case.swapping import Turn, check_pair


@dataclass(frozen=True, slots=True)
class Side:
    """What the case says of one of the two: as written, and the statements, tables, assumptions and reasons behind it."""

    written: str
    because: tuple[str, ...]
    assume: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not the same for two parties: what it is, and what stands for each (None: nothing)."""

    what: str
    first: Side | None
    second: Side | None


def differences(case: Case, first: str, second: str) -> tuple[Difference, ...]:
    """Return the judgements of two parties that are not the same.

    Parameters
    ----------
    case : Case
        The case.
    first, second : str
        Ids of two parties.

    Returns
    -------
    tuple of Difference
        Seat and consent first, then influence, preferences, positions, levers, control and holding.  Things of
        which a party can have several (red lines, orders among weights, bonuses, levers) are compared as sets:
        what both have is left out, whatever its id.

    Raises
    ------
    ValueError
        When one of the two is no party of the case, or both are the same.

    Notes
    -----
    Nothing here says which difference is fair.  One that rests on a statement may be what the text says; one that
    rests on assumptions alone is the analyst's.
    """
    check_pair(case, first, second)
    ours, theirs = (_Said(case, party, Turn(case, *pair), pair) for party, pair in _pairs(first, second))
    found = []
    for what in dict.fromkeys([*ours.entries, *theirs.entries]):
        one, other = ours.entries.get(what, []), theirs.entries.get(what, [])
        # The first party's words stand as they are, the second's with the two exchanged: then the same is the same.
        left = _less(one, [entry.mirrored for entry in other], mirrored=False)
        right = _less(other, [entry.plain for entry in one], mirrored=True)
        if len(one) <= 1 and len(other) <= 1:
            found += [Difference(what, a, b) for a, b in zip_longest(left, right)]
        else:
            found += [Difference(what, side, None) for side in left] + [Difference(what, None, side) for side in right]
    return tuple(found)


def _pairs(first: str, second: str) -> tuple[tuple[str, tuple[str, str]], tuple[str, tuple[str, str]]]:
    return (first, (first, second)), (second, (second, first))


@dataclass(frozen=True, slots=True)
class _Entry:
    plain: str
    mirrored: str
    side: Side


def _less(entries: list[_Entry], others: list[str], *, mirrored: bool) -> list[Side]:
    """Return what is left of some entries when each takes away one equal other."""
    rest = list(others)
    left = []
    for entry in entries:
        key = entry.mirrored if mirrored else entry.plain
        if key in rest:
            rest.remove(key)
        else:
            left.append(entry.side)
    return left


class _Said:
    """Everything the case says of one party, by what it is; in words of which none names the other party's side."""

    def __init__(self, case: Case, party: str, turn: Turn, pair: tuple[str, str]) -> None:
        self.case = case
        self.party = party
        self.other = pair[1]
        self.turn = turn
        self.entries: dict[str, list[_Entry]] = {}
        self._seat()
        self._judged("influence", case.influence.get(party))
        if party in case.preferences:
            self._preferences(case.preferences[party])
        for issue, row in case.positions.items():
            if party in row:
                self._judged(f"position on {issue}", row[party].position)
                self._judged(f"salience of {issue}", row[party].salience)
        for lever in case.levers.values():
            self._lever(lever)
        for known in case.issues.values():
            self._control(known.id, known.by)
            for option in known.options:
                self._control(f"{known.id} = {option.id}", option.by)
        if case.holding is not None:
            for name, judgement in case.holding.inputs.items():
                base, _, whose = name.partition(".")
                if whose == party:
                    self._judged(f"{base} of holding", judgement)

    # Entries -----------------------------------------------------------------------------------

    def _put(self, what: str, plain: str, mirrored: str, bases: Iterable[Basis], shown: str | None = None) -> None:
        known = list(bases)
        because = tuple(dict.fromkeys(name for basis in known for name in basis.because))
        assume = tuple(dict.fromkeys(basis.assume for basis in known if basis.assume))
        self.entries.setdefault(what, []).append(_Entry(plain, mirrored, Side(shown or plain, because, assume)))

    def _judged(self, what: str, *judgements: Judgement | None, around: str = "{}") -> None:
        known = [one for one in judgements if one is not None]
        if known:
            plain = around.format(*(_written(one) for one in known))
            mirrored = around.format(*(_written(self.turn.judgement(one)) for one in known))
            self._put(what, plain, mirrored, (one.basis for one in known))

    # What there is -----------------------------------------------------------------------------

    def _seat(self) -> None:
        party = self.case.parties[self.party]
        seat = party.seat or party.seat_by or ""
        self._put("seat", seat, seat, [party.basis])
        if party.consent_if is not None:
            turned = format_condition(self.turn.condition(party.consent_if))
            self._put("asked only if", format_condition(party.consent_if), turned, [party.basis])
        votes = self.case.agreement.votes
        if votes is not None:
            shown = format_number(votes[self.party]) if self.party in votes else "none"
            self._put("votes", shown, shown, [])
        if self.party in self.case.agreement.veto:
            self._put("veto", "yes", "yes", [])

    def _control(self, what: str, by: Condition | None) -> None:
        if by is not None and self.party in mentioned(by):
            self._put(f"a say over {what}", "yes", "yes", [])

    def _preferences(self, one: Preferences) -> None:
        self._put("kind of preferences", one.kind, one.kind, [one.basis])
        for issue, judgement in one.weights.items():
            self._judged(f"weight of {issue}", judgement)
        for order in one.weight_orders:
            shown = format_chain(order.that) if isinstance(order.that, Chain) else format_condition(order.that)
            self._put("order among weights", shown, shown, [order.basis])
        for issue, score in one.scores.items():
            self._score(f"{'points' if one.kind == 'points' else 'score'} on {issue}", score)
        for chain in one.ranking:
            self._put("ranking", format_chain(chain), format_chain(chain), [one.basis])
        for condition in one.priorities:
            self._put("priority", format_condition(condition), format_condition(condition), [one.basis])
        for bonus in one.bonuses:
            self._judged(f"bonus if {format_condition(bonus.when)}", bonus.points)
        for line in one.red_lines:
            self._red_line(line)
        if one.no_deal is not None and one.no_deal.judgement is not None:
            self._judged("no-deal value", one.no_deal.judgement, around=f"{one.no_deal.kind} {{}}")
        elif one.no_deal is not None:
            self._put("no-deal value", f"package {one.no_deal.package}", f"package {one.no_deal.package}", [one.no_deal.basis])

    def _score(self, what: str, score: IssueScore) -> None:
        if isinstance(score, ScoreTable):
            around = ", ".join(f"{option}: {{}}" for option in score.values)
            order = f"; {format_chain(score.order)}" if score.order is not None else ""
            self._judged(what, *score.values.values(), around=f"{around}{order}")
        elif isinstance(score, Breakpoints):
            around = ", ".join(f"{format_number(at)}: {{}}" for at, _ in score.points)
            self._judged(what, *(judgement for _, judgement in score.points), around=around)
        elif isinstance(score, Direction):
            self._judged(what, score.value)
            self._judged(what.replace(" on ", " shape on ", 1), score.shape)
        elif isinstance(score, OrderOnly):
            self._put(what, format_chain(score.order), format_chain(score.order), [score.basis])
        elif isinstance(score, Leaning):
            self._put(what, f"{score.stance} {score.option}", f"{score.stance} {score.option}", [score.basis])
        else:
            self._put(what, "unknown", "unknown", [])

    def _red_line(self, line: RedLine) -> None:
        plain = mirrored = ", not known whether it binds" if line.unknown else ""
        if line.binds is not None:
            plain, mirrored = (f", binds if {format_condition(one)}" for one in (line.binds, self.turn.condition(line.binds)))
        refuses = f"refuses {format_condition(line.refuses)}"
        written = refuses if line.requires is None else f"requires {format_condition(line.requires)}"
        self._put("red line", f"{refuses}{plain}", f"{refuses}{mirrored}", [line.basis], f"{written}{plain}")

    def _lever(self, lever: Lever) -> None:
        holder, _, principal = lever.by.partition(".")
        if holder != self.party:
            # Whoever holds it: what it does to this party's no-deal value.
            if holder != self.other:
                target = f"{self.party}.no_deal"
                self._judged(f"no-deal value moved by the lever {lever.id}", lever.moves.get(target))
                self._judged(f"no-deal value multiplied by the lever {lever.id}", lever.times.get(target))
            return
        words = [f"in the hands of {principal}"] if principal else []
        words += [f"{way} {moment}" for way, moment in (("from", lever.start), ("until", lever.end)) if moment is not None]
        words += [f"allows {format_condition(lever.allow)}"] if lever.allow is not None else []
        words += [f"blocks {format_condition(lever.block)}"] if lever.block is not None else []
        plain, mirrored = list(words), list(words)
        moved = [
            (way, target, one) for way, ones in (("by", lever.moves), ("times", lever.times)) for target, one in ones.items()
        ]
        for way, target, one in sorted(moved, key=lambda item: (item[0], self._whose(item[1]))):
            plain.append(f"moves {self._whose(target)} no-deal value {way} {_written(one)}")
            mirrored.append(f"moves {self._whose(target)} no-deal value {way} {_written(self.turn.judgement(one))}")
        self._put("lever", "; ".join(plain), "; ".join(mirrored), [lever.basis, *(one.basis for _, _, one in moved)])

    def _whose(self, target: str) -> str:
        party = target.partition(".")[0]
        return {self.party: "its own", self.other: "the other's"}.get(party, f"{party}'s")


def _written(judgement: Judgement) -> str:
    chance = "" if judgement.chance is None else f" (chances {', '.join(map(format_number, judgement.chance))})"
    return f"{format_amount(judgement.amount)}{chance}"
