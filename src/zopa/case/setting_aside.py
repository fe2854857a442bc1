"""Setting statements aside: what is left of bases and judgements, and notes of what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from zopa.case.derived import with_names
from zopa.case.model import Basis, Case, Judgement
from zopa.case.notation import Amount, Unknown

Outcome = Literal["gone", "default", "unknown", "assumption"]
KEPT: Final = "kept by the analyst: the statements that named it are set aside"


@dataclass(frozen=True, slots=True)
class Gone:
    """Something that rested on what is set aside.

    Attributes
    ----------
    what, anchor : str
        What it is in words, and the id or path under which it stands.
    because : tuple of str
        The statements and tables set aside on which it rested; empty when it rested on an assumption that is gone.
    outcome : {'gone', 'default', 'unknown', 'assumption'}
        Not there any more; replaced by the default of its block; not known any more; or still there, on an
        assumption alone.
    instead : str
        What stands now: the default, or the assumption or reason; empty for the others.
    """

    what: str
    anchor: str
    because: tuple[str, ...]
    outcome: Outcome
    instead: str = ""

    def __str__(self) -> str:
        now = {
            "gone": "is gone",
            "default": f"falls back on the default of its block ({self.instead})",
            "unknown": "is not known any more",
            "assumption": f"rests on an assumption alone ({self.instead})",
        }[self.outcome]
        return f"{self.what} {now}; it rested on {' and '.join(self.because) or 'an assumption that is gone'}"


class SettingAside:
    """Sets statements, and sources with all that is quoted from them, aside, and assumptions that count as not known."""

    def __init__(self, case: Case, names: frozenset[str], off: frozenset[str] = frozenset()) -> None:
        self.names = names
        self.gone: list[Gone] = []
        bases = {name: one.basis for name, one in case.assumptions.items() if not self.left(one.basis)}
        # A split assumption asks how sentences are to be read; without any of them the question is moot.
        self.moot = {name for name, basis in bases.items() if basis.because and case.assumptions[name].split}
        self.dead: set[str] = set(off)
        grown = True
        while grown:
            before = len(self.dead)
            self.dead |= {
                name
                for name, basis in bases.items()
                if (basis.because or basis.assume in self.dead) and (not basis.assume or basis.assume in self.dead)
            }
            grown = len(self.dead) > before

    # Bases -------------------------------------------------------------------------------------

    def left(self, basis: Basis) -> tuple[str, ...]:
        """Return the statements and tables of a basis that stay."""
        return tuple(name for name in basis.because if name not in self.names)

    def lost(self, *bases: Basis) -> tuple[str, ...]:
        """Return the statements and tables of bases that are set aside, each once."""
        return tuple(dict.fromkeys(name for basis in bases for name in basis.because if name in self.names))

    def stands(self, basis: Basis) -> Basis | None:
        """Return what is left of a basis, or None when what rests on it is gone."""
        left = self.left(basis)
        if left or (not basis.because and basis.assume not in self.dead):
            return replace(basis, because=left)
        if not basis.assume or basis.assume in self.dead | self.moot:
            return None
        return replace(basis, because=())

    def kept(self, basis: Basis) -> Basis:
        """Return what is left of the basis of something that stays in any case."""
        return self.stands(basis) or Basis((), KEPT, basis.inherited)

    def note(self, what: str, anchor: str, because: tuple[str, ...], outcome: Outcome, instead: str = "") -> None:
        """Write down what became of something, once."""
        found = Gone(what, anchor, because, outcome, instead)
        if found not in self.gone:
            self.gone.append(found)

    def basis(self, what: str, anchor: str, basis: Basis, outcome: Outcome = "gone") -> Basis | None:
        """Return what is left of a basis, with a note if it is little: None when what rests on it is gone."""
        found = self.stands(basis)
        if found is None:
            self.note(what, anchor, self.lost(basis), outcome)
        elif basis.because and not found.because and found.assume:
            self.note(what, anchor, self.lost(basis), "assumption", found.assume)
        return found

    def analysts(self, what: str, anchor: str, basis: Basis) -> Basis:
        """Return what is left of the basis of something that the analyst lists, and that stays in any case."""
        if self.stands(basis) is None:
            self.note(what, anchor, self.lost(basis), "assumption", KEPT)
            return self.kept(basis)
        return self.basis(what, anchor, basis) or basis

    # Judgements --------------------------------------------------------------------------------

    def amount(self, amount: Amount) -> Amount:
        """Return an amount in which assumptions that are gone are unknown."""
        return with_names(amount, lambda name: Unknown(name.start, name.end) if name.id.partition(".")[0] in self.dead else name)

    def judged(self, one: Judgement, what: str) -> Judgement:
        """Return a judgement; its amount is unknown when it rested on nothing else."""
        basis = self.basis(what, one.path, one.basis, "unknown")
        if basis is None:
            return replace(one, amount=Unknown(), basis=self.kept(one.basis), chance=None)
        return replace(one, amount=self.amount(one.amount), basis=basis)

    def judged_or_none(self, one: Judgement | None, what: str, outcome: Outcome = "gone") -> Judgement | None:
        """Return a judgement, or None when it rested on nothing else."""
        if one is None or self.basis(what, one.path, one.basis, outcome) is None:
            return None
        return self.judged(one, what)

    def judgements(self, ones: Mapping[str, Judgement], what: str, outcome: Outcome = "gone") -> dict[str, Judgement]:
        """Return the judgements of a table that stay; ``what`` names one by its key."""
        found = {name: self.judged_or_none(one, what.format(name), outcome) for name, one in ones.items()}
        return {name: one for name, one in found.items() if one is not None}
