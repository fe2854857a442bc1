"""What an exploration says in sentences: the words that the page and the terminal share."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from zopa.case import Amount, Case, Number, Range, Triangular
from zopa.exploration import NoRule, group_name, judgement_name, word_name
from zopa.report.explore_figures import across_words, amount_words, many_readings, percent_words, points_words, share_words
from zopa.report.likelihood import likelihood_span
from zopa.report.plain import issue_name, short, thousands

if TYPE_CHECKING:
    from zopa.exploration import Across, Decisive, Exploration, Restriction, Rule

MIXED = 1.05  # an R-hat above it means that a chain has not forgotten where it began
MOST = 0.5  # acceptable in a larger share than this under every reading: robust
NEAR = 3  # names of judgements that may do as much as the first


# What closes the zone --------------------------------------------------------------------------------


def fixed_sentence(exploration: Exploration) -> str:
    """Return what there is to say where nothing differs between scenarios."""
    if exploration.zone is None:
        return zone_sentence(exploration)
    return "Every number of this case is fixed and its text is read in one way: nothing is left that could turn the answer."


def zone_sentence(exploration: Exploration) -> str:
    """Return in which share of scenarios there is a zone, and in which it is empty."""
    zone = exploration.zone
    if zone is None:
        return (
            "In which share of scenarios there is a zone cannot be said: under every reading somebody must agree of whom too "
            "little is known."
        )
    if not many_readings(exploration):
        return f"A zone exists in {share_words(zone.lowest)} of the scenarios; in the others it is empty."
    empty = percent_words(1 - zone.highest.value, 1 - zone.lowest.value)
    return (
        f"A zone exists in {share_words(zone.lowest)} of the scenarios under the reading with the fewest and in "
        f"{share_words(zone.highest)} under the reading with the most; it is empty in {empty}."
    )


def range_sentence(case: Case, exploration: Exploration) -> str | None:
    """Return what holding the first swept assumption in other ranges does to the share with a zone; None without one."""
    bands = exploration.sample.bands
    if exploration.zone is None or not bands:
        return None
    first = [one for one in bands if one.assumption == bands[0].assumption]
    shares = [percent_words(one.span.lowest / exploration.draws, one.span.highest / exploration.draws) for one in first]
    start, *others = zip((amount_words(one.amount) for one in first), shares, strict=True)
    held = [f"within {start[0]}, a zone exists in {start[1]} of the scenarios"]
    held += [f"within {amount}, in {share}" for amount, share in others]
    return f"The answer hangs on the range of {issue_name(case, first[0].assumption)}: held {'; '.join(held)}."


def compared(band: Amount, assumed: Amount | None) -> str:
    """Return how a band compares with the range that the case assumes: narrower or wider, lower or higher."""
    ends, whole = _ends(band), None if assumed is None else _ends(assumed)
    if ends is None or whole is None:
        return "–"
    width, widest = ends[1] - ends[0], whole[1] - whole[0]
    found = [] if width == widest else ["narrower" if width < widest else "wider"]
    found += [] if sum(ends) == sum(whole) else ["lower" if sum(ends) < sum(whole) else "higher"]
    return " and ".join(found) or "as assumed"


def _ends(amount: Amount) -> tuple[Fraction, Fraction] | None:
    if isinstance(amount, Number):
        return amount.value, amount.value
    return (amount.low, amount.high) if isinstance(amount, Range | Triangular) else None


# What turns it ---------------------------------------------------------------------------------------


def decisive_name(exploration: Exploration, one: Decisive) -> str:
    """Return what turns the answer in words: judgements that are drawn together, or a question about the text."""
    if one.kind == "reading":
        return f"Reading: {judgement_name(exploration.case, one.key)}"
    members = next((group.members for group in exploration.groups if group.key == one.key), ())
    return group_name(exploration.case, one.key, members)


def turns_sentence(exploration: Exploration) -> str:
    """Return what turns the answer most often."""
    turning = [one for one in exploration.decisive if one.flips.highest.value > 0]
    if not turning:
        return "Nothing turns the answer alone: in no scenario does one judgement drawn anew, or one other reading, change it."
    first = turning[0]
    what = "answered otherwise" if first.kind == "reading" else "drawn anew"
    return (
        f"What turns the answer most often is “{decisive_name(exploration, first)}”: {what}, everything else kept, it turns the "
        f"answer in {across_words(first.flips)} of the scenarios."
    )


# Rules -----------------------------------------------------------------------------------------------


def rule_sentences(case: Case, rule: Rule | NoRule) -> list[str]:
    """Return a rule in words, with its coverage, its density and what they are by reading; or why there is none."""
    if isinstance(rule, NoRule):
        what = "there mostly is a zone" if rule.answer else "there mostly is none"
        return [f"No short rule says when {what}: {rule.reason}."]
    what, whose = ("A zone exists", "with a zone") if rule.answer else ("There is no zone", "without a zone")
    *first, last = (restriction_words(case, one) for one in rule.restrictions)
    conditions = f"{', '.join(first)} and {last}" if first else last
    inside, covered = percent_words(*rule.density_interval), percent_words(*rule.coverage_interval)
    found = [
        f"{what} in {percent_words(rule.density)} (95 % interval {inside}) of the scenarios in which {conditions}; "
        f"these are {percent_words(rule.coverage)} ({covered}) of all scenarios {whose} (coverage).",
        f"Without the rule it is {percent_words(rule.base_share)}.",
    ]
    inner, outer = rule.density_by_reading, rule.coverage_by_reading
    if max(inner.readings, outer.readings) > 1:
        found.append(
            f"By reading: {percent_words(inner.low, inner.high)} of the scenarios inside the rule, and "
            f"{percent_words(outer.low, outer.high)} of all scenarios {whose}."
        )
    again = "; ".join(f"“{judgement_name(case, one.key)}” in {percent_words(one.reproduced)}" for one in rule.restrictions)
    found.append(f"Searches on resampled draws cut in the same way: {again}.")
    if not rule.reaches_floor:
        found.append(f"The rule is weak: {percent_words(rule.floor)} inside were sought, which the trial does not bear out.")
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
    """Return which single judgement would do most if it were known, and from which others it cannot be told apart."""
    helpful = [one for one in exploration.found if one.gain.highest.value > 0]
    if not helpful:
        return ["No single judgement, if it were known, would help to tell whether there is a zone."]
    first = helpful[0]
    found = [
        f"If one judgement could be found out, “{judgement_name(case, first.key)}” would do most: whoever knows it calls the "
        f"answer right more often, by {points_words(first.gain)} percentage points, and in {across_words(first.settled)} of the "
        "scenarios the answer is then settled."
    ]
    near = [f"“{judgement_name(case, one.key)}”" for one in helpful[1:] if one.gain.highest.high >= first.gain.highest.low]
    if near:
        more = f" and {len(near) - NEAR} more" if len(near) > NEAR else ""
        found.append(f"So many draws do not tell it apart from {', '.join(near[:NEAR])}{more}.")
    return found


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
        return f"{'1 package is' if count == 1 else f'{thousands(count)} packages are'} {most}; at best in {best}."
    worst = " under the reading that is worst for it" if many_readings(exploration) else ""
    return f"No package is {most}; the one that comes closest is so in {best}{worst}."


def never_sentence(exploration: Exploration) -> str | None:
    """Return how many packages are in the zone in some scenario and efficient in none; None where that was not counted.

    Only readings under which efficient packages were counted take part.
    """
    kept = [one for one in exploration.sample.counted if one.efficient is not None]
    if exploration.zone is None or not kept:
        return None
    entered = np.max([one.acceptable for one in kept], axis=0) > 0
    efficient = np.max([one.efficient for one in kept if one.efficient is not None], axis=0) > 0
    some, never = int(entered.sum()), int((entered & ~efficient).sum())
    if not some:
        return "No package is in the zone in any scenario."
    if not never:
        return f"Each of the {thousands(some)} packages that are in the zone in some scenario is efficient in some scenario."
    return (
        f"Of the {thousands(some)} packages that are in the zone in some scenario, {thousands(never)} are efficient in "
        "none: each time another package is better for one signatory and worse for none."
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
    return f"{thousands(exploration.draws)} scenarios{under}{kind}, seed {exploration.seed}."


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
    if len(exploration.tried) < total:
        found.append(
            f"Judgements drawn anew, finding out, ranks and regrets were run under {len(exploration.tried)} {of_all}, "
            "those with the fewest and the most scenarios with a zone among them."
        )
    counted = sum(one.efficient is not None for one in sample.counted)
    if 0 < counted < len(sample.counted):
        found.append(f"Which packages are efficient was counted under {counted} {of_all}.")
    if len(exploration.rule_readings) > 1:
        found.append(
            f"Rules were sought over {len(exploration.rule_readings)} readings together, each with the same weight; "
            "figures by reading stand beside them."
        )
    if sample.approximate_draws:
        found.append(f"{thousands(sample.approximate_draws)} draws come from a Markov chain and are approximate.")
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
