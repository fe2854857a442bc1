"""One judgement dragged from end to end of its range: where it stands, how far it goes, and the zone along it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final
from urllib.parse import parse_qs

from zopa.case import Case, Number, Placed, format_amount, format_number, judgement_at, judgements, names_in_amount
from zopa.exploration import judgement_basis, judgement_name, word_name
from zopa.report.plain import issue_name, party_name, thousands
from zopa.workbench.answers import DRAWS
from zopa.workbench.ask_charts import sweep_chart
from zopa.workbench.ask_words import STATE_WORDS, amount_words, swept_words
from zopa.workbench.context import Asked, Context
from zopa.workbench.find_words import basis_words
from zopa.workbench.jobs import Job
from zopa.workbench.numbers_spans import hull, middle, span
from zopa.workbench.sweeping import Swept, places_between, sweep_zone
from zopa.workbench.whatif import set_name

ASSUMPTIONS: Final = "assumptions."
UNKNOWN: Final = "unknown"
TICKS: Final = 200  # of a slider, at most
MOST_LISTED: Final = 2_000  # judgements to choose from
KINDS: Final = {
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


def drag_groups(case: Case) -> list[dict[str, Any]]:
    """Return every judgement that can be dragged, in groups by party and kind; the shared assumptions first."""
    groups: dict[str, list[dict[str, str]]] = {}
    known = judgements(case)
    shared = [one for one in known if one.kind == "assumption"]
    for one in [*shared, *(one for one in known if one.kind != "assumption")][:MOST_LISTED]:
        who = "" if one.party is None else party_name(case, one.party)
        name = KINDS[one.kind] if not who else f"{who}: {KINDS[one.kind].lower()}"
        groups.setdefault(name, []).append({"path": one.path, "name": set_name(case, one.path), "amount": amount_words(one.text)})
    return [{"name": name, "entries": entries} for name, entries in groups.items()]


@dataclass(frozen=True, slots=True)
class Slider:
    """From where to where a slider goes, and by which steps; digits are those after the point."""

    low: Fraction
    high: Fraction
    step: Fraction

    @property
    def digits(self) -> int:
        """How many digits after the point its numbers have."""
        return len(format_number(self.step).partition(".")[2])


@dataclass(frozen=True, slots=True)
class Dragged:
    """One judgement that is dragged.

    Attributes
    ----------
    placed : Placed
        As it is written.
    asked : Asked
        The case as it would stand.
    base : Asked
        The same, but for what is set here.
    slider : Slider or None
        None for a word.
    """

    placed: Placed
    asked: Asked
    base: Asked
    slider: Slider | None

    @property
    def path(self) -> str:
        """Where it stands."""
        return self.placed.path

    @property
    def amounts(self) -> tuple[str, ...]:
        """The places at which the zone is looked at, as amounts."""
        if self.slider is None:
            return (*self.placed.words, UNKNOWN)
        places = places_between(self.slider.low, self.slider.high, self.base.case.grain)
        return tuple(format_number(value) for value in places)

    @property
    def key(self) -> str:
        """What the zone along it hangs on: the case, every other change, the places."""
        rest = self.asked.posed.whatif.putting(self.path, None).query()
        ends = "" if self.slider is None else f"{self.slider.low} {self.slider.high}"
        return f"sweep {self.path} {ends} {self.asked.posed.written.digest}?{rest}"

    @property
    def set(self) -> str | None:
        """The amount that somebody set."""
        return dict(self.asked.posed.whatif.set).get(self.path)

    @property
    def value(self) -> Fraction | None:
        """The number at which it stands in the base scenario; None for a word, or when it is not known."""
        if self.slider is None:
            return None
        now = judgement_at(self.asked.case, self.path)
        settled = self.asked.settled
        # What is drawn together, such as weights that keep a sum, may come to another number than the middle of its range.
        if self.set is None and settled is not None and self.placed.kind != "assumption":
            drawn = settled.scenarios.values().get(self.path)
            if drawn not in {None, UNKNOWN}:
                return Fraction(str(drawn))
        return None if now is None else middle(self.asked.case, now.amount)


def first_path(case: Case) -> str:
    """Return the judgement that is shown when nobody chose one: the first that is shown over bands, else the first range."""
    swept = next((name for name, one in case.assumptions.items() if one.sweep and one.amount is not None and not one.words), None)
    if swept is not None:
        return f"{ASSUMPTIONS}{swept}"
    known = [one for one in judgements(case) if not one.words]
    wide = next((one for one in known if not isinstance(one.amount, Number) and middle(case, one.amount) is not None), None)
    return wide.path if wide is not None else known[0].path if known else ""


def dragged(asked: Asked, context: Context, path: str) -> Dragged | None:
    """Return a judgement to drag; None where the case has none of that path."""
    case = asked.posed.written
    placed = judgement_at(case, path)
    if placed is None:
        return None
    rest = asked.posed.whatif.putting(path, None)
    base = asked if rest == asked.posed.whatif else context.asked(parse_qs(rest.query()))
    now = judgement_at(asked.case, path)
    reach = None if now is None else hull(asked.case, now.amount)
    return Dragged(placed, asked, base, None if placed.words else slider_of(case, placed, reach))


def slider_of(case: Case, placed: Placed, reach: tuple[Fraction, Fraction] | None) -> Slider:
    """Return the slider of a number: over its range and beyond, within its bounds, in round steps; wider for what was set."""
    low, high = span(case, placed)
    if reach is not None:
        low, high = min(low, reach[0]), max(high, reach[1])
    step = _round_step((high - low) / TICKS, case.grain)
    # Ends that are no decimal numbers would not fit a slider of the browser.
    low, high = low // step * step, -(-high // step) * step
    if placed.low is not None:
        low = max(low, Fraction(placed.low))
    if placed.high is not None:
        high = min(high, Fraction(placed.high))
    return Slider(low, high if high > low else low + step, step)


def _round_step(least: Fraction, grain: Fraction) -> Fraction:
    """Return the smallest of 1, 2 and 5 times a power of ten that is large enough and not below the grain."""
    least = max(least, grain)
    step = Fraction(1)
    while step / 10 >= least:
        step /= 10
    while True:
        for part in (1, 2, 5):
            if step * part >= least:
                return step * part
        step *= 10


def start_sweep(context: Context, found: Dragged, tab: str) -> Job | None:
    """Return the work that looks along a judgement, begun where it is not there yet; None where nothing can be settled."""
    if found.base.settled is None:
        return None
    return context.jobs.start(found.key, sweep_zone, found.asked.posed, found.path, found.amounts, slot=f"sweep {tab[:40]}")


# The view ----------------------------------------------------------------------------------------------------


def drag_view(context: Context, found: Dragged, job: Job | None) -> dict[str, Any]:
    """Return the slider, and the zone along it as far as it has been worked out."""
    case, placed, slider, value = found.base.posed.written, found.placed, found.slider, found.value
    bare = found.path.removeprefix(ASSUMPTIONS)
    swept: Any = job.result if job is not None and job.state == "done" else None
    reach = None if slider is None else hull(case, placed.amount)
    result: dict[str, Any] = {
        "path": found.path,
        "name": set_name(case, found.path),
        "kind": placed.kind,
        "party": "" if placed.party is None else placed.party,
        "written": placed.text,
        "written_words": amount_words(placed.text),
        "set": found.set,
        "set_words": None if found.set is None else amount_words(found.set),
        "value": "" if value is None else format_number(value),
        "basis": basis_words(case, judgement_basis(case, bare)),
        "slider": None if slider is None else _slider_texts(slider, value),
        "words": [] if slider is not None else _words(case, found),
        "shared": []
        if slider is None
        else [_shared(case, name) for name in dict.fromkeys(one.id.partition(".")[0] for one in names_in_amount(placed.amount))],
        "levels": _levels(context, found),
        "levelled": placed.kind == "assumption" and bool(case.assumptions[bare].sweep),
        "grain": format_number(case.grain),
        "state": "missing" if job is None else job.state,
        "done": 0 if job is None else job.done,
        "total": 0 if job is None else job.total,
        "error": None if job is None else job.error,
        "sentences": [],
        "picture": None,
        "rows": [],
        "refused": "",
    }
    if isinstance(swept, Swept):
        result["sentences"] = swept_words(swept)
        result["refused"] = next((one.why for one in swept.steps if one.state == "refused"), "")
        result["rows"] = [
            {
                "amount": one.amount if slider is not None else word_name(case, bare, one.amount),
                "zone": "–" if one.zone is None else thousands(one.zone),
                "possible": thousands(one.possible) if one.state != "refused" else "–",
                "state": STATE_WORDS[one.state],
                "here": one.amount == found.set,
            }
            for one in swept.steps
        ]
        if slider is not None:
            title = f"Packages in the zone along: {result['name']}; the sentences and the table hold the same figures"
            result["picture"] = sweep_chart(swept, result["name"], title, value, reach)
    return result


def _slider_texts(slider: Slider, value: Fraction | None) -> dict[str, Any]:
    at = slider.low if value is None else min(max(value, slider.low), slider.high)
    return {
        "low": format_number(slider.low),
        "high": format_number(slider.high),
        "step": format_number(slider.step),
        "digits": slider.digits,
        "at": f"{float(at):.{slider.digits + 2}f}",
    }


def _words(case: Case, found: Dragged) -> list[dict[str, Any]]:
    bare = found.path.removeprefix(ASSUMPTIONS)
    written = {"word": "", "says": f"as written: {amount_words(found.placed.text)}", "chosen": found.set is None}
    known = [
        {"word": word, "says": "not known" if word == UNKNOWN else word_name(case, bare, word), "chosen": word == found.set}
        for word in found.amounts
    ]
    return [written, *known]


def _shared(case: Case, name: str) -> dict[str, str]:
    amount = case.assumptions[name].amount if name in case.assumptions else None
    words = "" if amount is None else amount_words(format_amount(amount))
    return {"path": f"{ASSUMPTIONS}{name}", "name": judgement_name(case, name), "amount": words}


def _levels(context: Context, found: Dragged) -> list[dict[str, Any]]:
    """Return the share of the assumptions with a zone at each level of an assumption, where it has been counted."""
    if found.placed.kind != "assumption":
        return []
    title = issue_name(found.asked.posed.written, found.path.removeprefix(ASSUMPTIONS))
    counted = context.counted(found.base, DRAWS) or context.counted(found.asked, DRAWS)
    return [] if counted is None else [one for one in counted.levels if one["name"] == title]
