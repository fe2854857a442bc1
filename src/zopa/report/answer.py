"""The answer in sentences, and how a named package stands: the words that the page and the terminal share."""

from __future__ import annotations

from collections.abc import Sequence

from zopa.case import Alternatives, Case
from zopa.report.plain import condition_words, differing, issue_name, party_name, percent, percent_range, reading_label, thousands
from zopa.settlement import PackageView, Sample, Settlement, Span, TextAlone
from zopa.space import hang_on


def who_agrees(case: Case) -> str:
    """Return whose yes an agreement needs: everybody's, or as many as the vote asks for."""
    return "everybody who must agree" if case.agreement.need is None else "as many as the vote needs"


def vote_words(case: Case) -> str:
    """Return what a vote means for the answers, or nothing where everybody must agree."""
    if case.agreement.need is None:
        return ""
    veto = ", ".join(party_name(case, name) for name in case.agreement.veto)
    without = f"; nothing is agreed without {veto}" if veto else ""
    first = f"An agreement needs votes of {case.agreement.need} in all{without}."
    return f"{first} A party that blocks, below, refuses: it is outvoted where the others have votes enough."


def packages_words(number: int) -> str:
    """Return a number of packages in words."""
    return "1 package" if number == 1 else f"{thousands(number)} packages"


def opening_words(parties: Sequence[str]) -> str:
    """Return whose accepting everything would open an empty zone; ``parties`` are names with the size of the zone."""
    if not parties:
        return "No single party could open a zone by accepting everything."
    return f"A zone would open if one party accepted everything: {', '.join(parties)}."


def answer_sentence(case: Case, settlement: Settlement, drawn: Sample | None) -> str:
    """Return the answer in one sentence, with its share of assumptions, or as resting on the numbers given."""
    if drawn is not None and drawn.spread and not drawn.undecided:
        shares = span_words(drawn.zone_span(), drawn, unknown_consents(settlement))
        return f"There is a package acceptable to {who_agrees(case)} in {shares} of the assumptions."
    size = settlement.zone_count()
    if size is None:
        lacking = ", ".join(
            party_name(case, name)
            for name in settlement.seats
            if settlement.verdicts.parties[name].values is None or settlement.verdicts.parties[name].threshold is None
        )
        possible = len(settlement.possible)
        return (
            "Whether there is a zone of possible agreement cannot be said: the case does not say what "
            f"agreements, or no agreement, are worth to {lacking}. "
            f"{packages_words(possible)} {'is' if possible == 1 else 'are'} refused by nobody for sure."
        )
    given = "With the numbers given"
    if not size and len(settlement.possible):
        hang = thousands(len(settlement.possible))
        return f"{given}, no package is acceptable for sure to {who_agrees(case)}; {hang} hang on what is not known."
    if not size:
        return f"{given}, there is no package acceptable to {who_agrees(case)}."
    return f"{given}, there is a zone of possible agreement: {packages_words(size)} acceptable to {who_agrees(case)}."


def reading_sentences(case: Case, settlement: Settlement, drawn: Sample | None) -> list[str]:
    """Return under which readings the share is lowest and highest, and what stands in the way there."""
    if drawn is None or len(drawn.readings) == 1 or drawn.undecided:
        return []
    lowest, highest = drawn.extremes()
    turned, changed = differing(lowest.reading, highest.reading)
    found = []
    if not changed:
        found.append("It is the same however the sentences are read.")
    else:
        found += [f"Fewest if {reading_label(case, turned)}.", f"Most if {reading_label(case, changed)}."]
        shared = {key: word for key, word in lowest.reading.items() if key not in turned}
        if shared:
            found.append(f"In both: {reading_label(case, shared)}.")
    out = len(drawn.readings) - len(drawn.counted)
    if out:
        readings = f"{thousands(out)} of the {thousands(len(drawn.readings))} readings"
        found.append(f"Not counted: {readings}, under which somebody signs of whom too little is known.")
    for wait in settlement.text.waits:
        if wait.reading and wait.reading.items() <= highest.reading.items():
            names = " and ".join(f"“{case.gates[name].name}”" for name in wait.gates)
            found.append(f"Under the reading with the most, {names} wait for each other; somebody would have to break that wait.")
    return found


def tried_words(drawn: Sample) -> str:
    """Return under how many readings bands and levels were run, where these are not all."""
    if drawn.tried == len(drawn.readings) or not (drawn.bands or drawn.levels):
        return ""
    some = f"{drawn.tried} of the {thousands(len(drawn.readings))} readings"
    return f"Bands and levels were run under {some}, those with the fewest and the most among them."


def span_words(span: Span, drawn: Sample, unknown: Sequence[str]) -> str:
    """Return shares from the fewest to the most, and apart from them what the unknown could add."""
    draws = drawn.draws
    sure = percent_range(span.lowest / draws, span.highest / draws)
    if span.possible <= span.highest:
        return sure
    whom = " and ".join(unknown) or "those of whom nothing is known"
    return f"{sure} (up to {percent(span.possible, draws)} if {whom} agreed, which is not known)"


def unknown_consents(settlement: Settlement) -> list[str]:
    """Return the names of parties that are asked somewhere and of which it is not known what they would accept."""
    return [
        settlement.case.parties[name].name
        for name, verdict in settlement.verdicts.parties.items()
        if (verdict.values is None or verdict.threshold is None) and verdict.asked.possibly.any()
    ]


def sampling_error(drawn: Sample) -> str:
    """Return how far a share may be off because scenarios are drawn: twice the largest standard error."""
    error = 200 * 0.5 / drawn.draws**0.5
    return f"{error:.0f}" if error >= 1 else f"{error:.1f}"


def base_caveat(case: Case) -> str:
    """Return what the base scenario takes where a case lists alternatives."""
    used = hang_on(case)
    listed = [
        one.name
        for one in case.assumptions.values()
        if one.id in used and (len(one.words) > 1 or isinstance(one.amount, Alternatives))
    ]
    words = (
        "The base scenario takes the middle of every range and the first of every list of alternatives: a point of reference for "
        "pictures and gains, not a finding."
    )
    if listed:
        few = "; ".join(listed[:4]) + (f"; and {len(listed) - 4} more" if len(listed) > 4 else "")
        words += f" Which alternative comes first is arbitrary ({few}); taken the other way round the picture is another one."
    return words


# The text alone --------------------------------------------------------------------------------------


def text_left(text: TextAlone) -> str:
    """Return how many deals contradict nobody's stated condition."""
    counts = [one.compatible for one in text.readings]
    low, high = min(counts, default=text.deals), max(counts, default=text.deals)
    return thousands(low) if low == high else f"{thousands(low)} to {thousands(high)}"


def depends_words(text: TextAlone) -> str:
    """Return on which questions about which sentences the count depends."""
    questions, sentences = text.questions(), text.sentences()
    if len({one.compatible for one in text.readings}) < 2:
        return ""
    how_many = "one question" if len(questions) == 1 else f"{len(questions)} questions"
    meant = "is meant" if len(sentences) == 1 else "are meant"
    return f"depending on the answers to {how_many} about how {', '.join(sentences)} {meant}"


def listed_words(case: Case, text: TextAlone) -> str:
    """Return what the counts rest on although no number was used: options and rules that an analyst wrote."""
    if not case.statements:
        return ""
    rules = [rule.id for rule in case.rules.values() if not rule.basis.because]
    parts = [
        f"{text.added} of the {text.options} options rest on no statement and were added to complete the list"
        if text.added
        else f"all {text.options} options rest on a statement or a table"
    ]
    if rules:
        one = len(rules) == 1
        words = f"the rule{'' if one else 's'} {', '.join(rules)} rest{'s' if one else ''}"
        parts.append(f"{words} on a reason, not on a statement")
    return f"The counts use no weight, score or no-deal value, but they depend on the list of options: {'; '.join(parts)}."


def silence_lines(case: Case, text: TextAlone) -> list[str]:
    """Return for each party on what the source gives no stand of its own."""
    found = []
    inside = {issue.id for issue in case.package_issues()}
    for name, issues in text.silent().items():
        party = case.parties[name]
        about = [issue for issue in issues if issue in inside]
        if party.seat == "observer" or not about:
            continue
        what = "any" if len(issues) == len(case.issues) else ", ".join(issue_name(case, issue) for issue in about)
        found.append(f"{party.name}: {what}")
    return found


def condition_note(case: Case, line_id: str) -> str:
    """Return a contradicted condition with its statements and the reading under which it binds, in few words."""
    line = next(one for preferences in case.preferences.values() for one in preferences.red_lines if one.id == line_id)
    under = f", if {condition_words(case, line.binds)}" if line.binds is not None else ""
    return f"{party_name(case, line.party)}: {line.name} ({', '.join(line.basis.because)}{under})"


# Named packages --------------------------------------------------------------------------------------


def package_standing(views: Sequence[PackageView], *, levers_chosen: bool = False) -> str | None:
    """Return why nobody is asked about a named package, or None when its acceptance is a question.

    With ``levers_chosen`` exactly some levers are pulled, so that these, not the day, decide what can be had.
    """
    if not any(view.deal for view in views):
        return "no agreement"
    if not any(view.deal and view.available for view in views):
        return "not to be had with these levers" if levers_chosen else "not to be had on that day"
    return None


def unknown_parties(views: Sequence[PackageView]) -> list[str]:
    """Return the parties asked of which it is not known whether they accept a package."""
    return list(
        dict.fromkeys(one.party for view in views for one in view.refusals if not one.certain and one.party in view.asked)
    )


def acceptable_words(settlement: Settlement, drawn: Sample | None, members: Sequence[int], views: Sequence[PackageView]) -> str:
    """Return the share of assumptions in which a named package is acceptable to everybody asked.

    Where somebody's answer is not known, what is sure and what could be stand apart; where a signatory's is
    not known there is nothing to count.
    """
    if drawn.undecided if drawn is not None else settlement.undecided:
        return "not known"
    span = None if drawn is None else drawn.acceptable_span(members)
    if drawn is None or span is None:
        return "–"
    return span_words(span, drawn, [party_name(settlement.case, name) for name in unknown_parties(views)])


def blocked_words(case: Case, drawn: Sample, name: str, members: Sequence[int]) -> str | None:
    """Return the share of assumptions in which a party is asked about a package and refuses; None when it never does."""
    span = drawn.blocked_span(name, members)
    if span is None or span[1] == 0:
        return None
    return f"{party_name(case, name)} {percent_range(span[0] / drawn.draws, span[1] / drawn.draws)}"
