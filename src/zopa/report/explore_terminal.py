"""What an answer hangs on, in short, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table

from zopa.report.explore_figures import across_words
from zopa.report.explore_words import (
    basis_words,
    caveat_lines,
    decisive_name,
    finding_sentences,
    fixed_sentence,
    likelihood_lines,
    never_sentence,
    package_name,
    range_sentence,
    robust_sentence,
    rule_sentences,
    turns_sentence,
    zone_sentence,
)
from zopa.report.findings import text
from zopa.report.likelihood import scale_rule

if TYPE_CHECKING:
    from zopa.exploration import Exploration

MOST_DECISIVE = 5


def explore_summary(exploration: Exploration, prior: str | None = None) -> Group:
    """Return what the answer hangs on, for a terminal.

    Parameters
    ----------
    exploration : Exploration
        The exploration.
    prior : str, optional
        Which prior the reader has adopted, in the reader's words.  Only then are there words of likelihood.

    Returns
    -------
    rich.console.Group
        Shares of scenarios, each with its 95% interval in brackets.
    """
    case = exploration.case
    if not exploration.sample.spread:
        return Group(text(case.title, "bold"), text(fixed_sentence(exploration)))
    first = range_sentence(case, exploration)
    parts: list[RenderableType] = [
        text(case.title, "bold"),
        *([text(first)] if first is not None else []),
        text(zone_sentence(exploration)),
        text("A share counts assumptions: it is never the chance of an agreement. In brackets: 95 % intervals.", "dim"),
        text(basis_words(exploration), "dim"),
        *(text(line, "yellow") for line in caveat_lines(case, exploration)),
        *_decisive(exploration),
        *_rules(exploration),
        *_packages(exploration),
    ]
    if exploration.found:
        parts += [_heading("Finding out"), text(" ".join(finding_sentences(case, exploration)))]
    likelihood = likelihood_lines(case, exploration, prior)
    if likelihood:
        parts += [_heading("In words of likelihood"), text(f"The prior that was adopted: {prior}"), text(scale_rule(), "dim")]
        parts += [text(line) for line in likelihood]
    return Group(*parts)


def _heading(words: str) -> RenderableType:
    return text(f"\n{words}", "bold")


def _decisive(exploration: Exploration) -> list[RenderableType]:
    if not exploration.decisive:
        return []
    table = _table("", "turns the answer in")
    for one in exploration.decisive[:MOST_DECISIVE]:
        table.add_row(text(decisive_name(exploration, one)), text(across_words(one.flips)))
    return [_heading("What turns the answer"), text(turns_sentence(exploration)), table]


def _rules(exploration: Exploration) -> list[RenderableType]:
    if not exploration.rules:
        return []
    return [_heading("The rule in words"), *(text(" ".join(rule_sentences(exploration.case, one))) for one in exploration.rules)]


def _packages(exploration: Exploration) -> list[RenderableType]:
    case = exploration.case
    parts: list[RenderableType] = [_heading("Packages"), text(robust_sentence(exploration))]
    never = never_sentence(exploration)
    if never is not None:
        parts.append(text(never))
    if exploration.named:
        table = _table("Named package", "acceptable to all asked", "efficient")
        for one in exploration.named:
            table.add_row(
                text(package_name(case, one.name)), text(across_words(one.acceptable)), text(across_words(one.efficient))
            )
        parts.append(table)
    return parts


def _table(*columns: str) -> Table:
    table = Table(header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(text(column), overflow="fold")
    return table
