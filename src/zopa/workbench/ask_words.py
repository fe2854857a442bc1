"""The zone along one judgement in words, and for programs."""

from __future__ import annotations

from typing import Any, Final

from zopa.workbench.sweeping import Crossing, Swept

STATE_WORDS: Final = {
    "open": "open",
    "shut": "empty",
    "unknown": "not known: nothing in it for sure, but some packages hang on what is not known",
    "refused": "not possible here: the case cannot have such an amount",
}
_SHORT: Final = {"open": "open", "shut": "empty", "unknown": "not known", "refused": "not possible"}
_EVERYWHERE: Final = {
    "open": "The zone is open at every place of the range.",
    "shut": "The zone is empty at every place of the range: this judgement alone does not open it.",
    "unknown": "At every place nothing is in the zone for sure, and some packages hang on what is not known.",
    "refused": "The case cannot have any of these amounts.",
}


def swept_words(swept: Swept) -> list[str]:
    """Return in sentences where the zone opens and shuts along a judgement."""
    steps = swept.steps
    states = list(dict.fromkeys(one.state for one in steps))
    if len(states) == 1 and not swept.crossings:
        return [_EVERYWHERE[states[0]]]
    if steps[0].value is None:
        return [f"With “{one.amount}” the zone is {STATE_WORDS[one.state]}." for one in steps]
    said = [_crossing_words(one) for one in swept.crossings]
    turns = [one for one in swept.crossings if "open" in {one.below.state, one.above.state}]
    if len(turns) > 1:
        said.append("The zone opens and shuts more than once along this range.")
    return said


def _crossing_words(one: Crossing) -> str:
    below, above = one.below.amount, one.above.amount
    if not one.exact:
        return f"Between {below} and {above} the zone goes from {_SHORT[one.below.state]} to {_SHORT[one.above.state]}."
    if one.below.state == "open":
        return f"The zone is open up to {below}, and {_SHORT[one.above.state]} from {above}."
    if one.above.state == "open":
        return f"The zone opens at {above}; at {below} it is {_SHORT[one.below.state]}."
    return f"Up to {below} the zone is {_SHORT[one.below.state]}, from {above} {_SHORT[one.above.state]}."


def swept_json(swept: Swept) -> dict[str, Any]:
    """Return the zone along a judgement for programs; numbers are exact, as text."""
    return {
        "steps": [
            {"amount": one.amount, "state": one.state, "zone": one.zone, "possible": one.possible, "why": one.why}
            for one in swept.steps
        ],
        "crossings": [
            {
                "below": one.below.amount,
                "above": one.above.amount,
                "before": one.below.state,
                "after": one.above.state,
                "exact": one.exact,
            }
            for one in swept.crossings
        ],
        "deals": swept.deals,
        "words": swept_words(swept),
    }
