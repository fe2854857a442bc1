"""What an answer hangs on, in short, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table

from zopa.report.explore_figures import across_words, ends_words, many_readings, share_words
from zopa.report.explore_words import (
    basis_words,
    caveat_lines,
    date_sentence,
    decisive_name,
    finding_sentences,
    lifted,
    likelihood_lines,
    never_sentence,
    package_name,
    robust_sentence,
    rule_sentences,
    turns_sentence,
)
from zopa.report.explore_zone import fixed_sentence, range_rows, range_sentence, unknown_whom, zone_sentence
from zopa.report.findings import text
from zopa.report.likelihood import scale_rule
from zopa.report.plain import package_short, party_name, thousands

if TYPE_CHECKING:
    from zopa.exploration import Exploration

MOST_DECISIVE = 5
MOST_ROBUST = 5


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
    first, date = range_sentence(case, exploration), date_sentence(exploration)
    parts: list[RenderableType] = [
        text(case.title, "bold"),
        *([text(first)] if first is not None else []),
        text(zone_sentence(exploration)),
        text("A share counts assumptions: it is never the chance of an agreement. In brackets: 95 % intervals.", "dim"),
        text(basis_words(exploration), "dim"),
        *([text(date, "dim")] if date else []),
        *(text(line, "yellow") for line in caveat_lines(case, exploration)),
        *_ranges(exploration),
        *_decisive(exploration),
        *_rules(exploration),
        *_packages(exploration),
        *_lifted(exploration),
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


def _more(left: int, what: str) -> list[RenderableType]:
    return [text(f"{thousands(left)} more {what}.", "dim")] if left > 0 else []


def _ranges(exploration: Exploration) -> list[RenderableType]:
    rows = range_rows(exploration.case, exploration)
    if not rows:
        return []
    whom, many = unknown_whom(exploration), many_readings(exploration)
    ends = ("with a zone: lowest", "highest") if many else ("with a zone",)
    table = _table("Held within", "beside what is assumed", *ends, *([f"if {whom} agreed: highest"] if whom else []))
    for row in rows:
        shares = row.shares if many else row.shares[:1]
        cells = (row.held, row.compared, *(share_words(one) for one in shares), *([row.possible] if whom else []))
        table.add_row(*(text(cell) for cell in cells))
    return [_heading("Other ranges"), table]


def _decisive(exploration: Exploration) -> list[RenderableType]:
    if not exploration.decisive:
        return []
    table = _table("", "turns the answer in")
    for one in exploration.decisive[:MOST_DECISIVE]:
        table.add_row(text(decisive_name(exploration, one)), text(across_words(one.flips)))
    more = _more(len(exploration.decisive) - MOST_DECISIVE, "turn it less often")
    return [_heading("What turns the answer"), text(turns_sentence(exploration)), table, *more]


def _rules(exploration: Exploration) -> list[RenderableType]:
    if not exploration.rules:
        return []
    whom = unknown_whom(exploration)
    return [
        _heading("The rule in words"),
        text("Sought on one half of the draws; all figures are those of the draws held out for the trial.", "dim"),
        *(text(" ".join(rule_sentences(exploration.case, one, whom))) for one in exploration.rules),
    ]


def _packages(exploration: Exploration) -> list[RenderableType]:
    case = exploration.case
    parts: list[RenderableType] = [_heading("Packages"), text(robust_sentence(exploration))]
    never = never_sentence(exploration)
    if never is not None:
        parts.append(text(never))
    parts += _most_often(exploration)
    if exploration.named:
        table = _table("Named package", "acceptable to all asked", "efficient")
        for one in exploration.named:
            table.add_row(
                text(package_name(case, one.name)), text(across_words(one.acceptable)), text(across_words(one.efficient))
            )
        whom = unknown_whom(exploration)
        sure = [text(f"All shares are for sure: what hangs on {whom} is not counted.", "dim")] if whom else []
        parts += [text(""), *sure, table, *_accepted(exploration)]
    return parts


def _most_often(exploration: Exploration) -> list[RenderableType]:
    """Return the packages that are acceptable most often, whatever the reading."""
    kept = exploration.robust(MOST_ROBUST) if exploration.zone is not None else []
    if not kept:
        return []
    by = ", by their lowest share" if many_readings(exploration) else ""
    parts: list[RenderableType] = [text(f"Acceptable most often{by}:")]
    for index in kept:
        row = exploration.row(index)
        ends = (exploration.of(int(counts[row])) for counts in (exploration.least, exploration.most))
        shares = " to ".join(dict.fromkeys(share_words(end) for end in ends))
        parts.append(text(f"  {shares}: {package_short(exploration.case, exploration.space, index)}"))
    left = int((exploration.most > 0).sum()) - len(kept)
    return [*parts, *_more(left, f"{'is' if left == 1 else 'are'} in the zone in some scenario")]


def _accepted(exploration: Exploration) -> list[RenderableType]:
    """Return in which share of scenarios each party would accept each named package, in short."""
    case = exploration.case
    parties = [name for name in case.parties if any(name in one.accepted_by for one in exploration.named)]
    if not parties:
        return []
    table = _table("Accepted by", *(party_name(case, name) for name in parties))
    for one in exploration.named:
        cells = (ends_words(one.accepted_by[name]) if name in one.accepted_by else "–" for name in parties)
        table.add_row(text(one.name), *(text(cell) for cell in cells))
    return [text(""), table]


def _lifted(exploration: Exploration) -> list[RenderableType]:
    rows = lifted(exploration.case, exploration)
    if not rows:
        return []
    table = _table("Party", "a zone would open in")
    for party, share in rows:
        table.add_row(text(party_name(exploration.case, party)), text(across_words(share)))
    note = (
        "Not a verdict on anybody: scenarios without a zone that would have one if one party alone had no red lines and asked "
        "for nothing. A party with more recorded conditions has more to lift."
    )
    return [_heading("If the limits of one party were lifted"), text(note), table]


def _table(*columns: str) -> Table:
    table = Table(header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(text(column), overflow="fold")
    return table
