"""The zone along one judgement in words, and for programs."""

from __future__ import annotations

from typing import Any, Final

from zopa.report.plain import thousands
from zopa.workbench.sweeping import Step, Stretch, Swept

STATE_WORDS: Final = {"open": "open", "shut": "empty", "unknown": "not known", "refused": "not possible"}
_EVERYWHERE: Final = {
    "open": "The zone is open at every place of the range.",
    "shut": "The zone is empty at every place of the range: this judgement alone does not open it.",
    "unknown": "At every place nothing is in the zone for sure, and some packages hang on what is not known.",
    "refused": "The case cannot have any of these amounts.",
}


def amount_words(text: str) -> str:
    """Return an amount for reading."""
    return text.replace("..", " to ").replace(" | ", " or ")


def swept_words(swept: Swept) -> list[str]:
    """Return in sentences where the zone is open along a judgement; words stand in the table alone."""
    stretches = swept.stretches
    if not stretches or stretches[0].first.value is None:
        return []
    if len(stretches) == 1:
        return [_EVERYWHERE[stretches[0].state]]
    said = [_stretch_words(one) for one in stretches]
    parts = sum(one.state == "open" for one in stretches)
    if parts > 1:
        said.append(f"The zone opens and shuts more than once: it is open in {parts} parts of the range.")
    if not all(one.exact for one in swept.crossings):
        said.append("It changes so often that some of the changes are told between two places only.")
    return said


def _stretch_words(one: Stretch) -> str:
    first, last = one.first.amount, one.last.amount
    where = f"At {first}" if first == last else f"From {first} to {last}"
    if one.state == "open":
        return f"{where} the zone is open: up to {_packages(one.most)}."
    if one.state == "unknown":
        hang = "hangs" if one.most == 1 else "hang"
        return f"{where} nothing is in the zone for sure; up to {_packages(one.most)} {hang} on what is not known."
    return f"{where} the zone is empty." if one.state == "shut" else f"{where} the case cannot have this number."


def _packages(number: int) -> str:
    return "1 package" if number == 1 else f"{thousands(number)} packages"


def swept_json(swept: Swept) -> dict[str, Any]:
    """Return the zone along a judgement for programs; numbers are exact, as text."""
    return {
        "steps": [step_json(one) for one in swept.steps],
        "crossings": [
            {"below": step_json(one.below), "above": step_json(one.above), "exact": one.exact} for one in swept.crossings
        ],
        "deals": swept.deals,
        "words": swept_words(swept),
    }


def step_json(one: Step) -> dict[str, Any]:
    """Return the zone at one place for programs."""
    return {"amount": one.amount, "state": one.state, "zone": one.zone, "possible": one.possible, "why": one.why}
