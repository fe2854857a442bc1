"""The text of a case file: blocks in the order of the starter case, prose in quotation marks, comments that help to edit it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from zopa.reading.draft.elements import (
    DraftGate,
    DraftIssue,
    DraftOption,
    DraftPackage,
    DraftParty,
    DraftPosition,
    DraftPrincipal,
    DraftRedLine,
    DraftTension,
    Ground,
)
from zopa.reading.draft.merging import SourceText
from zopa.reading.draft.records import Record, number

_MOST_COMMENT = 120


def quoted(text: str) -> str:
    """Return prose in double quotation marks, with every sign escaped that a terminal or a YAML reader could take for its own."""
    plain = "".join(one if one.isprintable() or one in "\t" else " " for one in " ".join(text.split()) if not _surrogate(one))
    return _escaped(plain or "-")


def verbatim(text: str) -> str:
    """Return a quotation in double quotation marks; nothing of it changes when it is read back."""
    return _escaped(text)


def _escaped(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return "".join(
        one if one.isprintable() else f"\\u{ord(one):04x}" if ord(one) < 0x10000 else f"\\U{ord(one):08x}" for one in written
    )


def _surrogate(one: str) -> bool:
    return 0xD800 <= ord(one) <= 0xDFFF


def comment(text: str) -> str:
    """Return words as they may stand behind a comment sign: one line, only signs that can be seen."""
    plain = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return plain if len(plain) <= _MOST_COMMENT else plain[: _MOST_COMMENT - 1] + "…"


def ids(names: Sequence[str]) -> str:
    """Return ids as a value: one by itself, several as a list."""
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def grounds(ground: Ground) -> str:
    """Return what an element rests on, as it stands inside braces."""
    parts = [f"because: {ids(ground.because)}"] if ground.because else []
    if ground.assume:
        parts.append(f"assume: {quoted(ground.assume)}")
    return ", ".join(parts)


# Values of single entries --------------------------------------------------------------------------


def source_value(source: SourceText) -> str:
    """Return the entry of a source."""
    day = f", date: {source.day.isoformat()}" if source.day is not None else ""
    return f"{{file: {source.file}, title: {quoted(source.title)}{day}, kind: report, reliability: F}}"


def statement_value(record: Record) -> str:
    """Return the entry of a statement; it names its source even where there is only one, so that others can be added."""
    parts = [f"quote: {verbatim(record.quote)}"]
    if record.at is not None:
        parts.append(f"at: [{record.at[0]}, {record.at[1]}]")
    parts.append(f"source: {record.source}")
    if record.speaker is not None:
        parts.append(f"speaker: {quoted(record.speaker)}")
    parts += [f"{key}: {value}" for key, value in record.fields]
    if record.time is not None:
        parts.append(f"time: {quoted(record.time)}")
    if record.quantities:
        inside = []
        for amount in record.quantities:
            unit = f", unit: {quoted(amount.unit)}" if amount.unit is not None else ""
            bound = f", bound: {amount.bound}" if amount.bound is not None else ""
            inside.append(f"{{quote: {verbatim(amount.text)}, value: {number(amount.value)}{unit}{bound}}}")
        parts.append(f"quantities: [{', '.join(inside)}]")
    if record.also:
        parts.append(f"also: {ids(record.also)}")
    parts.append("review: open")
    return f"{{{', '.join(parts)}}}"


def tension_value(tension: DraftTension) -> str:
    """Return the entry of a tension."""
    return f"{{says: {quoted(tension.says)}, because: [{', '.join(tension.because)}]}}"


def party_value(party: DraftParty) -> str:
    """Return the entry of a party: who merely is mentioned only observes until a person says otherwise."""
    parts = [f"name: {quoted(party.name)}", f"seat: {party.seat}"]
    if party.voices:
        parts.append(f"voices: [{', '.join(quoted(voice) for voice in party.voices)}]")
    if party.principals:
        inside = ", ".join(f"{one.id}: {principal_value(one)}" for one in party.principals)
        parts.append(f"principals: {{{inside}}}")
    return f"{{{', '.join([*parts, grounds(party.ground)])}}}"


def principal_value(one: DraftPrincipal) -> str:
    """Return the entry of somebody who acts for a party."""
    days = f", from: {one.start.isoformat()}" if one.start else ""
    days += f", until: {one.end.isoformat()}" if one.end else ""
    voices = ", ".join(quoted(voice) for voice in one.voices)
    return f"{{name: {quoted(one.name)}{days}, voices: [{voices}], {grounds(one.ground)}}}"


def option_value(option: DraftOption) -> str:
    """Return the entry of an option."""
    return f"{{name: {quoted(option.name)}, {grounds(option.ground)}}}"


def issue_value(issue: DraftIssue) -> str:
    """Return the entry of an issue on one line."""
    return f"{{{', '.join(f'{key}: {value}' for key, value in _issue_parts(issue))}}}"


def _issue_parts(issue: DraftIssue) -> list[tuple[str, str]]:
    options = ", ".join(f"{option.id}: {option_value(option)}" for option in issue.options)
    parts = [("name", quoted(issue.name))]
    parts += [("process", "yes")] if issue.process else []
    parts += [("scale", "ordered")] if issue.ordered else []
    parts += [("options", f"{{{options}}}"), ("now", issue.now or "unknown")]
    because = tuple(dict.fromkeys((*issue.ground.because, *issue.now_because)))
    return [*parts, ("because", ids(because))]


def score_value(position: DraftPosition) -> str:
    """Return the entry of a position: an option that is no worse, or no better, than what is in force."""
    return f"{{{position.way}: {position.option}, {grounds(position.ground)}}}"


def red_line_value(line: DraftRedLine) -> str:
    """Return the entry of a red line."""
    binds = "" if line.hard else ", binds: unknown"
    return f"{{name: {quoted(line.name)}, {line.word}: {line.condition}{binds}, {grounds(line.ground)}}}"


def package_value(package: DraftPackage, parties: Mapping[str, str]) -> str:
    """Return the entry of a package."""
    base, dot, principal = package.author.partition(".")
    author = f"{parties.get(base, base)}{dot}{principal}"
    terms = ", ".join(f"{issue}: {option}" for issue, option in package.terms)
    status = "" if package.status == "own words" else f"{package.status}: "
    return f"{{name: {quoted(status + package.name)}, author: {author}, terms: {{{terms}}}, {grounds(package.ground)}}}"


def gate_value(gate: DraftGate) -> str:
    """Return the entry of a gate."""
    when = f"on: {gate.on.isoformat()}" if gate.on is not None else f"fact: {gate.fact}"
    opens = f", opens: {gate.opens[0]} = {gate.opens[1]}" if gate.opens is not None else ""
    return f"{{name: {quoted(gate.name)}, {when}{opens}, {grounds(gate.ground)}}}"


# Blocks --------------------------------------------------------------------------------------------


def block(key: str, heading: Iterable[str], entries: Iterable[str]) -> list[str]:
    """Return the lines of a block under comments, or none where it has no entry."""
    inside = list(entries)
    return ["", *(f"# {comment(line)}" for line in heading), f"{key}:", *inside] if inside else []


def issue_lines(issue: DraftIssue) -> list[str]:
    """Return the lines of an issue, each option on its own."""
    lines = [f"  {issue.id}:"]
    for key, value in _issue_parts(issue):
        if key == "options":
            lines.append("    options:")
            lines += [f"      {option.id}: {option_value(option)}" for option in issue.options]
        else:
            lines.append(f"    {key}: {value}")
    return lines


def preference_lines(
    party: DraftParty, positions: Sequence[DraftPosition], red_lines: Sequence[DraftRedLine], reported: Sequence[str]
) -> list[str]:
    """Return the lines of what one party wants; what is only reported stands in a comment."""
    told = [f"    # only reported, no stand of its own words: {comment(', '.join(reported))}"] if reported else []
    if not positions and not red_lines:
        return [*(line[2:] for line in told), f"  {party.id}: unknown"]
    lines = [f"  {party.id}:", *told]
    if positions:
        lines.append("    scores:")
        for position in positions:
            for earlier in position.earlier:
                day = f" ({earlier.day})" if earlier.day else ""
                lines.append(f"      # changed: earlier {earlier.way} {earlier.option}, {earlier.statement}{day}")
            lines.append(f"      {position.issue}: {score_value(position)}")
    if red_lines:
        lines.append("    red_lines:")
        for line in red_lines:
            remark = f"   # {comment(line.remark)}" if line.remark else ""
            lines.append(f"      {line.id}: {red_line_value(line)}{remark}")
    return lines
