"""What `default:` gives in the scores and weights of a party, for an issue that has an entry of its own."""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import replace
from functools import cached_property

from zopa.case.composing import compose
from zopa.case.loading import FILE_NAME
from zopa.case.model import Case, Direction, IssueScore, Judgement, Leaning, OrderOnly, Preferences, ScoreTable
from zopa.case.nodes import Mapping


class Defaults:
    """The defaults of a case.

    The model holds them filled in, each under the path of its issue.  Which entries of a block are the default's
    is told by the text: those of issues that do not stand in the block.  The default of a block in which every
    issue has an entry serves nobody and is not known here.
    """

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def block(self) -> Mapping | None:
        """The preferences as they stand in the text, read when they are first asked for."""
        root = compose(self.case.text, FILE_NAME, lambda _fault: None)
        block = root.get("preferences") if isinstance(root, Mapping) else None
        return block if isinstance(block, Mapping) else None

    def score(self, preferences: Preferences, issue: str) -> IssueScore | None:
        """Return the score that the default gives for an issue, under the paths of that issue; None without one."""
        place = "points" if preferences.kind == "points" else "scores"
        filled, path = self._filled(preferences, place, preferences.scores)
        if filled is None:
            return None
        score, known = preferences.scores[filled], self.case.issues
        old, new = f"{path}.{filled}", f"{path}.{issue}"
        if isinstance(score, Direction) and known[issue].scale != "listed":
            shape = None if score.shape is None else _under(score.shape, old, new)
            return replace(score, value=_under(score.value, old, new), shape=shape)
        if known[filled].option_ids() != known[issue].option_ids():
            return None  # numbers, orders and leanings speak of options
        if isinstance(score, ScoreTable):
            return replace(score, values={option: _under(one, old, new) for option, one in score.values.items()})
        return score if isinstance(score, OrderOnly | Leaning) else None

    def weight(self, preferences: Preferences, issue: str) -> Judgement | None:
        """Return the weight that the default gives for an issue, under the path of that issue; None without one."""
        filled, path = self._filled(preferences, "weights", preferences.weights)
        return None if filled is None else _under(preferences.weights[filled], f"{path}.{filled}", f"{path}.{issue}")

    def _filled(self, preferences: Preferences, place: str, entries: Table[str, object]) -> tuple[str | None, str]:
        """Return an issue that the default of a block serves, and the path of the block."""
        name = self._name_in_text(preferences)
        party = self.block.get(name) if self.block is not None else None
        block = party.get(place) if isinstance(party, Mapping) else None
        if not isinstance(block, Mapping) or "default" not in block:
            return None, ""
        return next((issue for issue in entries if issue not in block), None), f"preferences.{name}.{place}"

    def _name_in_text(self, preferences: Preferences) -> str:
        """Return the id under which preferences stand in the text, which two parties may have exchanged since."""
        at = (preferences.place.line, preferences.place.column)
        keys = self.block.entries.items() if self.block is not None else ()
        return next((name for name, (key, _) in keys if (key.line, key.column) == at), preferences.party)


def _under(judgement: Judgement, old: str, new: str) -> Judgement:
    return replace(judgement, path=new + judgement.path.removeprefix(old))
