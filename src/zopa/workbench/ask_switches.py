"""What can be switched off and on: statements, assumptions, questions about the text, levers, dates, with what rests on each."""

from __future__ import annotations

from typing import Any, Final

from zopa.case import Amount, Case, Lever, OnDate, at, format_amount, names_in_amount, uses, without_assumptions
from zopa.exploration import assumption_name, judgement_name, word_name
from zopa.report.plain import condition_words, party_name, timing_words
from zopa.space import split_alternatives
from zopa.workbench.ask_words import amount_words
from zopa.workbench.context import Asked, Context

MOST_USES: Final = 12  # that are named for one statement; the others are counted


def switches_view(context: Context, asked: Asked) -> dict[str, Any]:
    """Return the switches of a case as it is written, each with its state in the what-if.

    Parameters
    ----------
    context : Context
        Keeps what hangs on the case alone.
    asked : Asked
        The case as it would stand.

    Returns
    -------
    dict
        ``statements``, ``assumptions``, ``questions``, ``levers``, ``gates`` (lists of dict), ``undated`` (text), ``pulling``
        (whether levers are chosen), ``day`` and ``as_of`` (text), ``ahead`` (gates that have not opened on the day), and how
        many of each kind are ``switched``.
    """
    case, what = asked.posed.written, asked.posed.whatif
    known = context.answers.once("switches", case.digest, lambda: _known(case))
    chosen, moment = dict(what.read), at(case, what.day)
    day = "" if what.day is None else what.day.isoformat()
    off = {*what.without}
    return {
        "statements": [{**one, "on": not {one["id"], one["source_id"]} & off} for one in known["statements"]],
        "assumptions": [{**one, "on": one["id"] not in what.off} for one in known["assumptions"]],
        "questions": [{**one, "chosen": chosen.get(one["key"], "")} for one in known["questions"]],
        "levers": [
            {**one, "ready": one["id"] in moment.ready, "on": what.pull is not None and one["id"] in what.pull}
            for one in known["levers"]
        ],
        "gates": [{**one, "here": one["date"] == day} for one in known["gates"]],
        "undated": known["undated"],
        "pulling": what.pull is not None,
        "day": day,
        "as_of": case.as_of.isoformat(),
        "ahead": [case.gates[name].name for name in moment.ahead],
        "switched": {"statements": len(what.without), "assumptions": len(what.off)},
    }


def _known(case: Case) -> dict[str, Any]:
    """Return what hangs on the case alone."""
    resting = uses(case)

    def used(name: str) -> dict[str, Any]:
        found = [one.what for one in resting.get(name, ())]
        return {"uses": found[:MOST_USES], "count": len(found)}

    return {
        "statements": [
            {
                "id": one.id,
                "quote": one.quote,
                "who": _who(case, one.speaker, one.party, one.about),
                "source": case.sources[one.source].title,
                "source_id": one.source,
                **used(one.id),
            }
            for one in case.statements.values()
        ],
        "assumptions": [
            {
                "id": one.id,
                "name": assumption_name(one),
                "reason": one.reason or "",
                "amount": "" if one.amount is None else amount_words(format_amount(one.amount)),
                "fixed": _fixed(case, one.id),
                **used(one.id),
            }
            for one in case.assumptions.values()
        ],
        "questions": [
            {
                "key": key,
                "name": judgement_name(case, key),
                "party": key.partition(".")[2],
                "because": [{"id": name, "quote": case.statements[name].quote} for name in _because(case, key)],
                "words": [{"word": word, "says": word_name(case, key, word)} for word in words],
            }
            for key, words in split_alternatives(case).items()
        ],
        "levers": [
            {"id": one.id, "name": one.name, "by": party_name(case, one.by), "does": lever_words(case, one)}
            for one in case.levers.values()
        ],
        "gates": [
            {"id": one.id, "name": one.name, "date": one.timing.date.isoformat()}
            for one in case.gates.values()
            if isinstance(one.timing, OnDate)
        ],
        "undated": [
            f"{one.name}: {timing_words(one.timing)}"
            for one in case.gates.values()
            if one.timing is not None and not isinstance(one.timing, OnDate)
        ],
    }


def _fixed(case: Case, name: str) -> str:
    """Return why an assumption cannot be switched off; empty where it can."""
    try:
        without_assumptions(case, [name])
    except ValueError as error:
        return str(error)
    return ""


def _because(case: Case, key: str) -> tuple[str, ...]:
    known = case.assumptions[key.partition(".")[0]].basis.because
    return tuple(name for name in known if name in case.statements)


def _who(case: Case, speaker: str | None, party: str | None, about: str | None) -> str:
    who = speaker or party_name(case, party)
    if speaker and party:
        who += f", for {party_name(case, party)}"
    return f"{who}, about {party_name(case, about)}" if about else who


def lever_words(case: Case, lever: Lever) -> list[str]:
    """Return what a lever does: whose no-deal value it moves, what it makes possible, what it rules out."""
    said = []
    for verb, condition in (("makes possible", lever.allow), ("rules out", lever.block)):
        if condition is not None:
            said.append(f"{verb}: {condition_words(case, condition)}")
    for way, targets in (("add", lever.moves), ("times", lever.times)):
        for target, judgement in targets.items():
            owner, _, rest = target.partition(".")
            whose = f"no-deal value of {party_name(case, owner)}" if rest == "no_deal" else target
            amount = amount_words(format_amount(judgement.amount)) + _named(case, judgement.amount)
            said.append(f"adds {amount} to the {whose}" if way == "add" else f"multiplies the {whose} by {amount}")
    return said


def _named(case: Case, amount: Amount) -> str:
    """Return in brackets what the assumptions are that an amount names; nothing where it names none."""
    bases = dict.fromkeys(name.id.partition(".")[0] for name in names_in_amount(amount))
    known = [case.assumptions[name] for name in bases if name in case.assumptions]
    said = [f"{one.id}: {one.name}, {amount_words(format_amount(one.amount))}" for one in known if one.amount is not None]
    return f" ({'; '.join(said)})" if said else ""
