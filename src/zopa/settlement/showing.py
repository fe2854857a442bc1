"""How a result shows itself: a flat list of outcomes, in a notebook and on a terminal."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

Outcome = bool | int | float | Fraction | str | None


class Shown(ABC):
    """A result with ``outcomes()``; the notebook and the terminal show them as a table."""

    __slots__ = ()

    @abstractmethod
    def outcomes(self) -> Mapping[str, Outcome]:
        """Return every figure of the result by name: what exploration compares from scenario to scenario."""

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{escape(shown(value))}</td></tr>" for name, value in self.outcomes().items()
        )
        return f"<table><caption>{escape(type(self).__name__)}</caption>{rows}</table>"

    def __rich__(self) -> Table:
        from rich.table import Table
        from rich.text import Text

        table = Table("outcome", "value", title=type(self).__name__, title_justify="left")
        for name, value in self.outcomes().items():
            table.add_row(Text(name), Text(shown(value)))
        return table


def shown(value: Outcome) -> str:
    """Return an outcome as text: exact values as they are, what is not known in words."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
