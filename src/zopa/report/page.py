"""The report: one HTML file without network, under a strict content-security policy.

Two scripts stand in the page: the chart runtime (Vega, unchanged but for bundling) and our own, which draws the
picture and fills the table of packages.  The policy allows these two and the style by their hashes and nothing
else; whatever comes from a case is escaped, and scripts put it on the page as text only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from zopa import __version__
from zopa.case import Case, speaking_sources
from zopa.report.answer_view import answer_view
from zopa.report.evidence_view import evidence_view
from zopa.report.explore_view import explore_view
from zopa.report.lever_view import lever_view
from zopa.report.moving_view import moving_view
from zopa.report.package_view import package_view
from zopa.report.party_view import party_card
from zopa.report.plain import party_name
from zopa.report.templating import content_hash, inline, static_text, templates
from zopa.report.text_view import text_view
from zopa.report.voting_view import voting_view
from zopa.settlement import LeverComparison, Sample, Settlement
from zopa.space import Missing

if TYPE_CHECKING:
    from zopa.exploration import Exploration

SCRIPTS = ("chart-runtime.js", "picture.js", "explore.js")


def page(
    case: Case,
    settlement: Settlement | None,
    drawn: Sample | None,
    missing: Sequence[Missing] = (),
    *,
    view_of: str | None = None,
    exploration: Exploration | None = None,
    prior: str | None = None,
    levers: LeverComparison | None = None,
) -> str:
    """Return the report as HTML.

    Parameters
    ----------
    case : Case
        The case.
    settlement : Settlement or None
        Its base scenario; None when packages cannot be listed.
    drawn : Sample or None
        The sample beside it.
    missing : sequence of Missing
        Why there is no settlement.
    view_of : str, optional
        A party whose view is shown: it comes first among the parties, on the picture and in the tables, and
        a section of its own says what it gains and what stops it.  No number changes.
    exploration : Exploration, optional
        What the answer hangs on: a short section before the answer, and one in full after it.
    prior : str, optional
        The prior that the reader has adopted, in the reader's words; only then does the section on what the
        answer hangs on use words of likelihood.
    levers : LeverComparison, optional
        What the levers do, one by one and together; without it the report says of levers only what they are.

    Returns
    -------
    str
        The whole page.  The same case, seed and version give the same text, byte for byte; everything
        that comes from a source is escaped.
    """
    style = static_text("design.css")
    answers: dict[str, Any] = {}
    if settlement is not None:
        answers = {
            **text_view(case, settlement),
            **answer_view(case, settlement, drawn),
            **explore_view(case, exploration, prior),
            **package_view(case, settlement, drawn, view_of),
            **voting_view(case, settlement),
            **lever_view(case, settlement, levers),
            **moving_view(case, settlement),
        }
    scripts = [inline(static_text(name)) for name in SCRIPTS] if answers.get("data_block") else []
    names = list(case.parties)
    if view_of is not None:
        names.sort(key=lambda name: name != view_of)
    return str(
        templates()
        .get_template("report.html.j2")
        .render(
            case=case,
            version=__version__,
            style=Markup(style),
            style_hash=content_hash(style),
            scripts=scripts,
            caveats=speaking_sources(case),
            settlement=settlement,
            drawn=drawn,
            missing=missing,
            view_of=None if view_of is None else party_name(case, view_of),
            when=_when(case, settlement),
            contents=_contents(case, settlement, answers),
            parties=[party_card(case, name) for name in names],
            **evidence_view(case),
            **answers,
        )
    )


def _contents(case: Case, settlement: Settlement | None, answers: dict[str, Any]) -> list[tuple[str, str]]:
    first = [("text", "What is missing")]
    if settlement is not None:
        first = [("text", "What the text alone decides")]
        first += [("hangs", "What the answer hangs on")] if answers["hangs"] else []
        first += [("answer", "The answer")]
        first += [("explored", "Scenarios in full")] if answers["hangs"] and not answers["hangs"]["fixed"] else []
        first += [("decides", "What decides it")] if answers["ranges"] else []
        first += [("view", f"The view of {answers['view']['name']}")] if answers["view"] else []
    middle = [("parties", "The parties")]
    if settlement is not None:
        middle += [("must-agree", "Who must say yes"), ("packages", "The packages")]
        middle += [("blocks", "Who blocks what")] if answers["named"] else []
        middle += [("lever-effects", "What the levers would do")] if answers["levered"] else []
        middle += [("moving", "What would move it")] if answers["moved"] else []
    absent = [("absent", "What is not in the text")] if case.absent else []
    last = [("rules", "Issues, rules, steps, levers"), ("evidence", "The evidence"), ("assumptions", "The ledger of assumptions")]
    return [*first, *middle, *absent, *last]


def _when(case: Case, settlement: Settlement | None) -> str:
    if settlement is None:
        return ""
    moment = settlement.moment
    office = [party_name(case, f"{party}.{who}") for party, who in moment.in_office.items() if who is not None]
    acting = f" In office: {', '.join(office)}." if office else ""
    if moment.day is None:
        names = ", ".join(case.gates[name].name for name in moment.passed)
        return (f"Dates that lie ahead count as passed ({names})." if names else "") + acting
    waiting = ", ".join(case.levers[name].name for name in moment.waiting)
    shut = f" Levers that cannot be pulled on that day: {waiting}." if waiting else ""
    return f"Looked at on {moment.day}.{shut}{acting}"
