"""What an exploration says in sentences: the words that the page and the terminal share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from zopa.case import Case
from zopa.exploration import NoRule, group_name, judgement_name, word_name
from zopa.report.explore_figures import across_words, counted_words, many_readings, percent_words, points_words
from zopa.report.likelihood import likelihood_span
from zopa.report.plain import short, thousands

if TYPE_CHECKING:
    from zopa.exploration import Across, Decisive, Exploration, Found, Restriction, Rule

MIXED = 1.05  # an R-hat above it means that a chain has not forgotten where it began
MOST = 0.5  # acceptable in a larger share than this under every reading: robust
NEAR = 3  # names of judgements that may do as much as the first
AGAIN = 0.3  # a rule holds where at least this share of the searches found each of its restrictions again


# What turns it ---------------------------------------------------------------------------------------


def decisive_name(exploration: Exploration, one: Decisive) -> str:
    """Return what turns the answer in words: judgements that are drawn together, or a question about the text."""
    if one.kind == "reading":
        return f"Reading: {judgement_name(exploration.case, one.key)}"
    members = next((group.members for group in exploration.groups if group.key == one.key), ())
    return group_name(exploration.case, one.key, members)


def judgements_tried(exploration: Exploration) -> bool:
    """Return whether judgements were drawn anew, often enough to say what turns the answer, or there are none."""
    return not exploration.groups or any(one.kind == "judgement" for one in exploration.decisive)


def few_line(exploration: Exploration) -> str | None:
    """Return what is not said because there are too few scenarios; None where there are enough."""
    if exploration.notes:
        what = "what judgements drawn anew would turn, for rules and for finding out"
        return f"Too few scenarios for {what}: {'; '.join(exploration.notes)}."
    if judgements_tried(exploration) or exploration.zone is None:
        return None
    anew = counted_words(exploration.decisive_draws, "scenario")
    return f"Too few scenarios to say which judgement turns the answer: {anew} drawn anew under each reading tried."


def turns_sentence(exploration: Exploration) -> str:
    """Return what turns the answer most often, as far as it was tried."""
    turning = [one for one in exploration.decisive if one.flips.highest.value > 0]
    if not judgements_tried(exploration):
        if not turning:
            return "In these scenarios no other reading of a sentence turns the answer; judgements were not tried."
        first = turning[0]
        name, often = judgement_name(exploration.case, first.key), across_words(first.flips)
        return (
            f"Of the questions about the text alone, “{name}” turns the answer most often: in {often} of the scenarios; "
            "judgements were not tried."
        )
    if not turning:
        return (
            "Nothing turns the answer alone in these scenarios: in none does one judgement drawn anew, or one other reading, "
            "change it."
        )
    first = turning[0]
    what = "answered otherwise" if first.kind == "reading" else "drawn anew"
    return (
        f"What turns the answer most often is “{decisive_name(exploration, first)}”: {what}, everything else kept, it turns the "
        f"answer in {across_words(first.flips)} of the scenarios."
    )


# Rules -----------------------------------------------------------------------------------------------


def rule_sentences(case: Case, rule: Rule | NoRule, whom: str = "") -> list[str]:
    """Return a rule in words, with its coverage, its density and what they are by reading; or that none holds.

    Parameters
    ----------
    case : Case
        The case.
    rule : Rule or NoRule
        What was found; a rule that does not hold well is told in short, as the best one.
    whom : str
        Of whom nothing is known, where zones hang on them.

    Returns
    -------
    list of str
        Sentences.
    """
    sure = " for sure" if whom else ""
    what, whose = f"a zone exists{sure}", f"with a zone{sure}"
    if not rule.answer:
        what = f"there is no zone, or it hangs on {whom}," if whom else "there is no zone"
        whose = f"without a zone{sure}"
    if isinstance(rule, NoRule):
        return [f"No short rule that holds was found; {what} in {percent_words(rule.base_share)} of these scenarios."]
    *first, last = (restriction_words(case, one) for one in rule.restrictions)
    conditions = f"{', '.join(first)} and {last}" if first else last
    inside, covered = percent_words(*rule.density_interval), percent_words(*rule.coverage_interval)
    held = (
        f"{what} in {percent_words(rule.density)} (95 % interval {inside}) of the scenarios in which {conditions}; "
        f"these are {percent_words(rule.coverage)} ({covered}) of all scenarios {whose} (coverage)."
    )
    faults = _rule_faults(case, rule)
    if faults:
        best = f"No rule that holds well was found; the best one was: {held}"
        return [best, f"Without it, it is {percent_words(rule.base_share)}.", f"It is weak: {'; '.join(faults)}."]
    found = [held[0].upper() + held[1:], f"Without the rule it is {percent_words(rule.base_share)}."]
    inner, outer = rule.density_by_reading, rule.coverage_by_reading
    if max(inner.readings, outer.readings) > 1:
        found.append(
            f"By reading: {percent_words(inner.low, inner.high)} of the scenarios inside the rule, and "
            f"{percent_words(outer.low, outer.high)} of all scenarios {whose}."
        )
    again = "; ".join(f"“{judgement_name(case, one.key)}” in {percent_words(one.reproduced)}" for one in rule.restrictions)
    found.append(f"Searches on resampled draws cut in the same way: {again}.")
    return found


def _rule_faults(case: Case, rule: Rule) -> list[str]:
    """Return why a rule does not hold well."""
    found = [] if rule.reaches_floor else [f"{percent_words(rule.floor)} inside were sought"]
    rare = [one for one in rule.restrictions if one.reproduced < AGAIN]
    if rare:
        names = ", ".join(f"“{judgement_name(case, one.key)}” in {percent_words(one.reproduced)}" for one in rare)
        found.append(f"few searches on resampled draws cut in the same way ({names})")
    return found


def restriction_words(case: Case, one: Restriction) -> str:
    """Return what a rule lets one input be, as it stands after “in which”."""
    name = f"“{judgement_name(case, one.key)}”"
    if one.words is not None:
        return f"{name} is {' or '.join(f'“{word_name(case, one.key, word)}”' for word in one.words)}"
    low, high = one.at_least, one.at_most
    if low is not None and high is not None:
        return f"{name} lies between {short(low, 4)} and {short(high, 4)}"
    return f"{name} is at most {short(high, 4)}" if low is None else f"{name} is at least {short(low, 4)}"


# Finding out -----------------------------------------------------------------------------------------


def finding_sentences(case: Case, exploration: Exploration) -> list[str]:
    """Return which single judgement would do most if it were known, and from which others it cannot be told apart.

    One counts only where the interval of its gain lies above nought under some reading.
    """
    sure = [one for one in found_order(exploration) if max(one.gain.lowest.low, one.gain.highest.low) > 0]
    if not sure:
        return [
            "As far as these scenarios tell, no single judgement, if it were known, would help to say whether there is a zone: "
            "no gain is larger than its error."
        ]
    first = sure[0]
    found = [
        f"If one judgement could be found out, “{judgement_name(case, first.key)}” would do most: whoever knows it calls the "
        f"answer right more often, by {_gain_words(first)}, and in {across_words(first.settled)} of the "
        "scenarios the answer is then settled."
    ]
    others = [one for one in found_order(exploration) if one is not first]
    near = [f"“{judgement_name(case, one.key)}”" for one in others if one.gain.highest.high >= first.gain.highest.low]
    if near:
        more = f" and {thousands(len(near) - NEAR)} more" if len(near) > NEAR else ""
        found.append(f"So many draws do not tell it apart from {', '.join(near[:NEAR])}{more}.")
    return found


def found_order(exploration: Exploration) -> list[Found]:
    """Return the judgements that could be found out, those with the largest gain first."""
    return sorted(exploration.found, key=lambda one: -one.gain.highest.value)


def _gain_words(one: Found) -> str:
    gain = one.gain
    if gain.lowest.low > 0 or gain.lowest == gain.highest:
        return f"{points_words(gain)} percentage points"
    most = replace(gain, lowest=gain.highest)
    return f"up to {points_words(most)} percentage points (under some readings by no more than the error)"


# Packages --------------------------------------------------------------------------------------------


def package_name(case: Case, name: str) -> str:
    """Return the id of a named package with its name."""
    known = case.packages[name].name
    return name if known == name else f"{name} {known}"


def robust_sentence(exploration: Exploration) -> str:
    """Return how many packages are acceptable to all in most scenarios whatever the reading, or how far the best gets."""
    if exploration.zone is None or not len(exploration.least):
        return "Which packages are acceptable in most scenarios cannot be counted."
    count = int((exploration.least > MOST * exploration.draws).sum())
    best = percent_words(int(exploration.least.max()) / exploration.draws)
    most = "acceptable to all asked in more than half of the scenarios"
    most += ", whatever the reading" if many_readings(exploration) else ""
    if count:
        return f"{counted_words(count, 'package')} {'is' if count == 1 else 'are'} {most}; at best in {best}."
    worst = " under the reading that is worst for it" if many_readings(exploration) else ""
    return f"No package is {most}; the one that comes closest is so in {best}{worst}."


def never_sentence(exploration: Exploration) -> str | None:
    """Return how many packages are in the zone in some scenario and efficient in none; None where that was not counted.

    Only readings under which efficient packages were counted take part.
    """
    kept = [one for one in exploration.sample.counted if one.efficient is not None]
    without = exploration.never_efficient()
    if exploration.zone is None or not kept or without is None:
        return None
    some, never = int((np.max([one.acceptable for one in kept], axis=0) > 0).sum()), len(without)
    total = len(exploration.readings)
    under = ""
    if total > 1:
        partly = f" under the {thousands(len(kept))} of {thousands(total)} readings for which efficient packages were counted"
        under = " under these readings" if len(kept) == total else partly
    draws = counted_words(exploration.draws, "scenario")
    if not some:
        return f"No package is in the zone in any of these {draws}{under}."
    where = f"in the zone in some of these {draws}{under}"
    if not never:
        each = "The 1 package" if some == 1 else f"Each of the {thousands(some)} packages"
        return f"{each} {where} is efficient in some scenario."
    return (
        f"Of the {counted_words(some, 'package')} {where}, {thousands(never)} {'is' if never == 1 else 'are'} "
        "efficient in none: each time another package is better for one signatory and worse for none."
    )


def lifted(case: Case, exploration: Exploration) -> list[tuple[str, Across]]:
    """Return for each party of which something is known how often a zone would open if it alone accepted everything."""
    known = [name for name in case.parties if name in case.preferences and case.preferences[name].kind != "unknown"]
    found = [(name, exploration.unlocked_by(name)) for name in known]
    return [(name, one) for name, one in found if one is not None]


# What to mind ----------------------------------------------------------------------------------------


def basis_words(exploration: Exploration) -> str:
    """Return on how many scenarios the figures rest."""
    readings = len(exploration.readings)
    under = f" under each of {thousands(readings)} readings" if readings > 1 else ""
    kind = f", Sobol' points in {exploration.replicates} scrambles" if exploration.points == "sobol" else ""
    return f"{counted_words(exploration.draws, 'scenario')}{under}{kind}, seed {exploration.seed}."


def date_sentence(exploration: Exploration) -> str:
    """Return which day is looked at, or that dates which lie ahead count as passed; nothing where the case has none."""
    gates, moment = exploration.case.gates, exploration.moment
    if moment.day is not None:
        shut = ", ".join(exploration.case.levers[name].name for name in moment.waiting)
        return f"Looked at on {moment.day}." + (f" Levers that cannot be pulled on that day: {shut}." if shut else "")
    names = ", ".join(gates[name].name for name in moment.passed)
    return f"Dates that lie ahead count as passed ({names})." if names else ""


def caveat_lines(case: Case, exploration: Exploration) -> list[str]:
    """Return what a reader must know about how the figures came about."""
    total, sample = len(exploration.readings), exploration.sample
    of_all = f"of the {thousands(total)} readings"
    found = []
    out = sum(one.undecided for one in exploration.readings)
    if out and exploration.zone is not None:
        found.append(f"Not counted: {thousands(out)} {of_all}, under which somebody signs of whom too little is known.")
    if not sample.complete:
        found.append("There are more readings than were run: the true ends may lie further apart.")
    few = few_line(exploration)
    if few is not None:
        found.append(few)
    elif len(exploration.tried) < total:
        found.append(
            f"Judgements drawn anew, finding out, ranks and regrets were run under {len(exploration.tried)} {of_all}, "
            "those with the fewest and the most scenarios with a zone among them."
        )
    counted = sum(one.efficient is not None for one in sample.counted)
    if 0 < counted < len(sample.counted):
        found.append(f"Which packages are efficient was counted under {counted} {of_all}.")
    if exploration.rules and len(exploration.rule_readings) > 1:
        found.append(
            f"Rules were sought over {len(exploration.rule_readings)} readings together, each with the same weight; "
            "figures by reading stand beside them."
        )
    if sample.approximate_draws:
        verb = "comes from a Markov chain and is" if sample.approximate_draws == 1 else "come from a Markov chain and are"
        found.append(f"{counted_words(sample.approximate_draws, 'draw')} {verb} approximate.")
    for key, worst in exploration.mixing.items():
        if worst > MIXED:
            name = judgement_name(case, key)
            found.append(f"The Markov chain behind “{name}” is not mixed (R-hat {worst:.2f}): do not rely on what it gave.")
    return found


# Likelihood ------------------------------------------------------------------------------------------


def likelihood_lines(case: Case, exploration: Exploration, prior: str | None) -> list[str]:
    """Return the likelihood of a zone and of each named package in words; nothing where no prior is adopted."""
    asked = [("a zone of possible agreement", exploration.zone)]
    for one in exploration.named:
        asked.append((f"“{package_name(case, one.name)}” being acceptable to all asked", one.acceptable))
    return [_likelihood(what, one) for what, one in asked if one is not None] if prior is not None else []


def _likelihood(what: str, one: Across) -> str:
    low, high = (likelihood_span(end.low, end.high, True) for end in (one.lowest, one.highest))
    if low == high:
        return f"Under the adopted prior, {what}: {low}."
    return f"Under the adopted prior, {what}: {low} under the reading with the fewest, {high} under the reading with the most."
