"""What the page "Ask what if" shows: the comparison, and one judgement dragged from end to end of its range."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import parse_qs

from zopa.case import Case, Number, Placed, format_amount, format_number, judgement_at, judgements, names_in_amount
from zopa.exploration import judgement_name, word_name
from zopa.report.plain import party_name, short, thousands
from zopa.workbench.ask_charts import sweep_chart
from zopa.workbench.ask_comparing import compared
from zopa.workbench.ask_words import STATE_WORDS, swept_words
from zopa.workbench.context import Asked, Context
from zopa.workbench.jobs import Job
from zopa.workbench.numbers_spans import middle, span
from zopa.workbench.sweeping import Swept, places_between, sweep_zone
from zopa.workbench.whatif import set_name

KINDS = {
    "weight": "Weights",
    "score": "Scores",
    "points": "Points",
    "direction": "Directions",
    "shape": "Curvatures",
    "bonus": "Points for combinations",
    "no_deal": "No-deal value",
    "influence": "Influence",
    "lever": "What levers move",
    "assumption": "Shared assumptions",
}


def compare_view(asked: Asked, context: Context) -> dict[str, Any]:
    """Return the case as it is written beside the case as it would stand, and what became of what rested on what is off."""
    written = context.asked({}) if asked.posed.differs else asked
    found = compared(written.settled, asked.settled)
    return {"comparison": found, "differs": asked.posed.differs, "gone": [str(one) for one in asked.posed.gone]}


def drag_groups(case: Case) -> list[dict[str, Any]]:
    """Return every judgement that can be dragged, in groups by party and kind; the shared assumptions first."""
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    known = judgements(case)
    for one in (*(one for one in known if one.kind == "assumption"), *(one for one in known if one.kind != "assumption")):
        who = "" if one.party is None else party_name(case, one.party)
        name = KINDS[one.kind] if not who else f"{who}: {KINDS[one.kind].lower()}"
        entry = {"path": one.path, "name": set_name(case, one.path), "amount": one.text}
        groups.setdefault((who, name), []).append(entry)
    return [{"name": name, "entries": entries} for (_, name), entries in groups.items()]


@dataclass(frozen=True, slots=True)
class Dragged:
    """One judgement that is dragged: where it stands, how far it goes, the case without its own what-if."""

    placed: Placed
    written: str
    present: str
    value: Fraction | None
    low: Fraction
    high: Fraction
    base: Asked

    @property
    def words(self) -> tuple[str, ...]:
        """The words it may be; empty for a number."""
        return self.placed.words

    @property
    def amounts(self) -> tuple[str, ...]:
        """The places at which the zone is looked at, as amounts."""
        if self.words:
            return self.words
        return tuple(format_number(value) for value in places_between(self.low, self.high, self.base.case.grain))

    @property
    def key(self) -> str:
        """What the zone along it hangs on."""
        ends = "" if self.words else f"{self.low} {self.high}"
        return f"sweep {self.placed.path} {ends} {self.base.posed.key}"


def first_path(case: Case) -> str:
    """Return the judgement that is shown when nobody chose one: the first that is shown over bands, else the first range."""
    swept = next((name for name, one in case.assumptions.items() if one.sweep and one.amount is not None and not one.words), None)
    if swept is not None:
        return f"assumptions.{swept}"
    known = [one for one in judgements(case) if not one.words]
    wide = next((one for one in known if not isinstance(one.amount, Number) and middle(case, one.amount) is not None), None)
    return wide.path if wide is not None else known[0].path if known else ""


def dragged(asked: Asked, context: Context, path: str) -> Dragged | None:
    """Return a judgement to drag; None where the case has none of that path."""
    case = asked.posed.written
    before = judgement_at(case, path)
    if before is None:
        return None
    rest = asked.posed.whatif.putting(path, None)
    base = asked if rest == asked.posed.whatif else context.asked(parse_qs(rest.query()))
    now = judgement_at(asked.case, path) or before
    low, high = (Fraction(0), Fraction(0)) if before.words else span(case, before)
    value = None if before.words else middle(asked.case, now.amount)
    if value is not None:
        low, high = min(low, value), max(high, value)
    return Dragged(before, before.text, now.text, value, low, high, base)


def drag_view(found: Dragged, job: Job | None, levels: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the slider, and the zone along it as far as it has been worked out."""
    case, one = found.base.posed.written, found.placed
    name = set_name(case, one.path)
    swept = job.result if job is not None and job.state == "done" else None
    grain = case.grain
    step = max(grain, Fraction(1, 10 ** _digits(found.high - found.low)))
    result: dict[str, Any] = {
        "path": one.path,
        "name": name,
        "kind": one.kind,
        "written": found.written.replace("..", " to "),
        "present": found.present,
        "value": "" if found.value is None else format_number(found.value),
        "shown": "not known" if found.value is None else short(found.value),
        "low": format_number(found.low),
        "high": format_number(found.high),
        "slider_low": f"{float(found.low)}",
        "slider_high": f"{float(found.high)}",
        "slider_value": f"{float(found.value if found.value is not None else found.low)}",
        "step": f"{float(step):.9f}".rstrip("0").rstrip("."),
        "grain": format_number(grain),
        "words": [{"word": word, "says": word_name(case, one.path.removeprefix("assumptions."), word)} for word in one.words],
        "shared": [
            _shared(case, each) for each in dict.fromkeys(each.id for each in names_in_amount(one.amount)) if not one.words
        ],
        "levels": levels,
        "state": "missing" if job is None else job.state,
        "done": 0 if job is None else job.done,
        "total": 0 if job is None else job.total,
        "error": None if job is None else job.error,
        "sentences": [],
        "picture": None,
        "rows": [],
    }
    if isinstance(swept, Swept):
        result["sentences"] = swept_words(swept)
        result["rows"] = [
            {
                "amount": word_name(case, one.path.removeprefix("assumptions."), each.amount) if one.words else each.amount,
                "zone": "–" if each.zone is None else thousands(each.zone),
                "possible": thousands(each.possible),
                "state": STATE_WORDS[each.state],
            }
            for each in swept.steps
        ]
        if not one.words and swept.steps:
            result["picture"] = sweep_chart(swept, name, f"Packages in the zone along: {name}", found.value)
    return result


def _shared(case: Case, name: str) -> dict[str, str]:
    base = name.partition(".")[0]
    amount = case.assumptions[base].amount if base in case.assumptions else None
    words = "" if amount is None else format_amount(amount).replace("..", " to ")
    return {"path": f"assumptions.{base}", "name": judgement_name(case, base), "amount": words}


def _digits(width: Fraction) -> int:
    """Return how many digits a slider shows, so that it has some hundreds of places at least."""
    digits = 0
    while width * 10**digits < 400 and digits < 9:
        digits += 1
    return digits


def start_sweep(context: Context, found: Dragged, tab: str) -> Job | None:
    """Return the work that looks along a judgement, begun where it is not there yet; None where nothing can be settled."""
    if found.base.settled is None:
        return None
    return context.jobs.start(found.key, sweep_zone, found.base.posed, found.placed.path, found.amounts, slot=f"sweep {tab[:40]}")
