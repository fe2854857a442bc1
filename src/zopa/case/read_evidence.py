"""Reading of sources and statements, with the proof that every quotation stands where it says."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Final

from zopa.case.keys import PSEUDO_PARTIES, block_keys
from zopa.case.model import Quantity, Source, Statement, Tension
from zopa.case.nodes import Mapping, Node, Scalar, Sequence
from zopa.case.notation import NotationError, parse_date
from zopa.case.quotation import Folded, closest_passage, find_quotation, fold
from zopa.case.reader import BASIS_KEYS, Reader

MAX_SOURCE_BYTES: Final = 20_000_000
BOUNDS: Final = ("min", "max", "approx", "exact")


def read_sources(reader: Reader, node: Node | None) -> dict[str, Source]:
    """Return the sources of the case with their texts."""
    block = reader.mapping(node, "sources")
    sources: dict[str, Source] = {}
    if block is None:
        return sources
    for name, value in block.items():
        if name in BASIS_KEYS:
            reader.unknown_key(block, name, (), "sources")
            continue
        entry = reader.block(value, "source", f"source {name}")
        if entry is None:
            continue
        keys = block_keys("source")
        kind = reader.word(entry.get("kind"), keys["kind"], f"source {name}") if "kind" in entry else "report"
        text, digest, file = None, None, None
        before = len(reader.faults)
        if "file" in entry:
            file = reader.text(entry.get("file"), f"file of source {name}")
            if file is not None:
                text, digest = _read_source_file(reader, entry.get("file"), name, file)
        elif kind != "table":
            reader.fault(
                block.key(name),
                "ZC012",
                f"source {name} has no file",
                "Put its text into `sources/` and write `file: sources/NAME.md`, or `kind: table` for a published table.",
            )
        if reader.marred(before) or (file is None and (kind is None or "file" in entry)):
            reader.vague.add(name)
        date = reader.day(entry.get("date"), f"date of source {name}")
        if date is not None and reader.as_of is not None and date > reader.as_of:
            _hindsight(reader, entry.get("date"), f"source {name}", str(date))
        sources[name] = Source(
            name,
            reader.text(entry.get("title"), f"title of source {name}") or name,
            kind or "report",
            file,
            date,
            reader.word(entry.get("reliability"), keys["reliability"], f"source {name}"),
            text,
            digest,
            reader.place(block.key(name)),
        )
    return sources


def _hindsight(reader: Reader, node: Node | None, what: str, when: str) -> None:
    if node is not None:
        reader.fault(
            node,
            "ZC036",
            f"{what} is dated {when}, after the as-of date {reader.as_of}",
            "Leave it out, or move `as_of`; later knowledge is hindsight.",
            when,
        )


def _check_fact_time(reader: Reader, entry: Mapping, what: str) -> None:
    """Refuse a fact of a day after the as-of date; wishes, threats and offers may speak of the future."""
    act, node = entry.get("act"), entry.get("time")
    if not isinstance(act, Scalar) or not isinstance(node, Scalar) or act.text.strip() not in {"fact", "fact-claim"}:
        return
    day = _first_day(node.text.strip())
    if day is not None and reader.as_of is not None and day > reader.as_of:
        _hindsight(reader, node, f"the fact of {what}", node.text.strip())


def _first_day(text: str) -> date | None:
    """Return the first day of a time written as 2024, 2024-12 or 2024-12-01; `time` may also hold words."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text, re.ASCII)
    if match is None:
        return None
    try:
        return parse_date("-".join(part or "01" for part in match.groups()))
    except NotationError:
        return None


def _read_source_file(reader: Reader, node: Node | None, name: str, file: str) -> tuple[str | None, str | None]:
    assert node is not None
    folder = reader.file.parent.resolve()
    try:
        path = (reader.file.parent / file).resolve()
    except (OSError, ValueError, RuntimeError):
        # A link that leads to itself, or a name that no file can have.
        reader.fault(node, "ZC032", f"source {name} cannot be read: its name leads nowhere", "Check the name, and links in it.")
        return None, None
    if not path.is_relative_to(folder) or Path(file).is_absolute():
        reader.fault(
            node,
            "ZC031",
            f"source {name} lies outside the case folder",
            "Copy the text into the case folder, for example into `sources/`; links that lead out are refused.",
        )
        return None, None
    try:
        if not path.is_file():
            raise FileNotFoundError("there is no such file")
        if reader.file.exists() and path.samefile(reader.file):
            reader.fault(
                node,
                "ZC038",
                f"source {name} is the case file itself, which would prove its own quotations",
                "Put the text that is quoted into a file of its own in `sources/`.",
            )
            return None, None
        if path.stat().st_size > MAX_SOURCE_BYTES:
            reader.fault(
                node, "ZC003", f"source {name} is larger than {MAX_SOURCE_BYTES:,} bytes", "Keep the part that is quoted."
            )
            return None, None
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        reader.fault(node, "ZC032", f"source {name} cannot be read: {why.lower()}", "Check the file's name and its rights.")
        return None, None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reader.fault(node, "ZC002", f"source {name} is not UTF-8 text (byte {error.start})", "Save the file as UTF-8 text.")
        return None, None
    if "\0" in text:
        what = "is UTF-16 text" if wide(data) else "holds a character of code 0"
        reader.fault(node, "ZC002", f"source {name} {what}", "Save the file as UTF-8 text.")
        return None, None
    return text, hashlib.sha256(data).hexdigest()


def wide(data: bytes) -> bool:
    """Return whether bytes look like UTF-16 without a mark: every other byte of western text is 0."""
    return max(data[0::2].count(0), data[1::2].count(0)) > len(data) // 4


def read_statements(reader: Reader, node: Node | None, sources: dict[str, Source]) -> dict[str, Statement]:
    """Return the statements; each quotation has been found in its source."""
    block = reader.mapping(node, "statements")
    statements: dict[str, Statement] = {}
    if block is None:
        return statements
    folded: dict[str, Folded] = {}
    for name, value in block.items():
        if name in BASIS_KEYS:
            reader.unknown_key(block, name, (), "statements")
            continue
        what = f"statement {name}"
        entry = reader.block(value, "statement", what)
        if entry is not None:
            statements[name] = _read_statement(reader, entry, name, block.key(name), sources, folded)
    _check_within(reader, block, statements)
    return statements


def _check_within(reader: Reader, block: Mapping, statements: dict[str, Statement]) -> None:
    """Report statements that contain themselves, directly or through others."""
    done: set[str] = set()
    for first in statements:
        trail: list[str] = []
        name: str | None = first
        while name in statements and name not in done and name not in trail:
            trail.append(name)
            name = statements[name].within
        if name in trail:
            circle = " -> ".join([*trail[trail.index(name) :], name])
            message = f"statements stand within each other in a circle: {circle}"
            reader.fault(block.key(name), "ZC044", message, "Let `within` name the longer quotation that contains this one.")
        done.update(trail)


def _read_statement(
    reader: Reader,
    entry: Mapping,
    name: str,
    key: Scalar,
    sources: dict[str, Source],
    folded: dict[str, Folded],
) -> Statement:
    what = f"statement {name}"
    keys = block_keys("statement")
    source = _source_of(reader, entry, key, what, sources)
    quote = reader.text(entry.get("quote"), f"quote of {what}") or ""
    reader.quotes[name] = quote
    span = (0, 0)
    if source is not None and quote:
        span = _span(reader, entry, what, quote, source, folded)
    said = reader.day(entry.get("said"), f"said of {what}")
    if said is not None and reader.as_of is not None and said > reader.as_of:
        _hindsight(reader, entry.get("said"), what, str(said))
    _check_fact_time(reader, entry, what)
    level = reader.word(entry.get("level"), keys["level"], what)
    quantities = _quantities(reader, entry.get("quantities"), what, quote)
    if quantities:
        reader.quantified.add(name)
    return Statement(
        id=name,
        source=source.id if source is not None else "",
        quote=quote,
        span=span,
        speaker=reader.text(entry.get("speaker"), f"speaker of {what}"),
        party=reader.party_reference(entry.get("party"), f"party of {what}", PSEUDO_PARTIES),
        about=reader.party_reference(entry.get("about"), f"about of {what}", PSEUDO_PARTIES),
        act=reader.word(entry.get("act"), keys["act"], what),
        level=int(level) if level is not None else None,
        firm=reader.word(entry.get("firm"), keys["firm"], what),
        said=said,
        time=reader.text(entry.get("time"), f"time of {what}"),
        issues=reader.references(entry.get("issue"), f"issue of {what}", "issue"),
        stance=reader.word(entry.get("stance"), keys["stance"], what),
        wants=reader.condition(entry.get("wants"), f"wants of {what}", "issue", "process"),
        within=next(iter(reader.references(entry.get("within"), f"within of {what}", "statement")), None),
        quantities=quantities,
        credibility=reader.word(entry.get("credibility"), keys["credibility"], what),
        review=reader.word(entry.get("review"), keys["review"], what),
        also=reader.references(entry.get("also"), f"also of {what}", "source"),
        place=reader.place(key),
    )


def _source_of(reader: Reader, entry: Mapping, key: Scalar, what: str, sources: dict[str, Source]) -> Source | None:
    if "source" in entry:
        node = reader.scalar(entry.get("source"), f"source of {what}")
        name = None if node is None else reader.reference(node, f"source of {what}", "source")
        return sources.get(name) if name is not None else None
    if "source" in reader.names.lost:
        return None
    if len(reader.names.of_kind("source")) == 1:
        return next(iter(sources.values()), None)
    reader.fault(
        key,
        "ZC012",
        f"{what} does not name its source",
        "Add `source:`; it can be left out only when the case has exactly one source.",
    )
    return None


def _span(reader: Reader, entry: Mapping, what: str, quote: str, source: Source, folded: dict[str, Folded]) -> tuple[int, int]:
    node = entry.get("quote")
    assert node is not None
    if not any(character.isalnum() for character in quote):
        reader.fault(node, "ZC012", f"the quotation of {what} holds no word", "Quote the words that the statement rests on.")
        return (0, 0)
    if source.text is None:
        if source.file is None and source.id not in reader.vague:
            reader.fault(
                node, "ZC033", f"the quotation of {what} cannot be proved: {source.id} has no file", "Give the source a file."
            )
        return (0, 0)
    if source.id not in folded:
        folded[source.id] = fold(source.text)
    text = folded[source.id]
    found = find_quotation(quote, text)
    if not found:
        passage = closest_passage(quote, text)
        remedy = f"The closest passage is: “{passage}”." if passage else f"Copy the words from {source.file}."
        reader.fault(node, "ZC033", f"the quotation of {what} does not stand in {source.file}", remedy)
        return (0, 0)
    if "at" in entry:
        return _declared_span(reader, entry.get("at"), what, found, quote, source.text)
    if len(found) > 1:
        reader.fault(
            node,
            "ZC034",
            f"the quotation of {what} stands {len(found)} times in {source.file}",
            f"Quote more words, or add `at: [{found[0][0]}, {found[0][1]}]` (or another of its places).",
        )
    return found[0]


def _declared_span(
    reader: Reader, node: Node | None, what: str, found: list[tuple[int, int]], quote: str, text: str
) -> tuple[int, int]:
    assert node is not None
    numbers = [reader.number(item, f"at of {what}") for item in node.items] if isinstance(node, Sequence) else []
    declared = tuple(int(number) for number in numbers if number is not None and number.denominator == 1)
    if len(declared) == 2 and declared in found:
        return (declared[0], declared[1])
    if (
        len(declared) == 2
        and 0 <= declared[0] < declared[1] <= len(text)
        and fold(text[declared[0] : declared[1]]).text.strip() == fold(quote).text.strip()
    ):
        return (declared[0], declared[1])
    places = ", ".join(f"[{start}, {end}]" for start, end in found[:5])
    reader.fault(node, "ZC035", f"the offsets of {what} are not where the quotation stands", f"It stands at {places}.", "")
    return found[0]


def _quantities(reader: Reader, node: Node | None, what: str, quote: str) -> tuple[Quantity, ...]:
    if node is None:
        return ()
    found: list[Quantity] = []
    for item in node.items if isinstance(node, Sequence) else [node]:
        entry = reader.mapping(item, f"a quantity of {what}")
        if entry is None:
            continue
        for name in entry.entries:
            if name not in {"quote", "value", "unit", "bound"}:
                reader.unknown_key(entry, name, ("quote", "value", "unit", "bound"), f"a quantity of {what}")
        part = reader.text(entry.get("quote"), f"quote of a quantity of {what}")
        value_node = entry.get("value")
        value_read = reader.number(value_node, f"value of a quantity of {what}")
        bound = reader.text(entry.get("bound"), f"bound of a quantity of {what}")
        if part is None and "quote" in entry:
            continue
        if value_node is None or part is None:
            reader.fault(
                item, "ZC012", f"a quantity of {what} needs quote and value", 'Write {quote: "20 years", value: 20}.', ""
            )
            continue
        if not find_quotation(part, fold(quote)):
            reader.fault(item, "ZC033", f"a quantity of {what} is not in its quotation", "Quote its words as they stand.", part)
        if bound is not None and bound not in BOUNDS:
            reader.fault(
                item, "ZC016", f"the bound of a quantity of {what} cannot be {bound}", "Write min, max, approx or exact.", bound
            )
        if value_read is not None:
            unit = reader.text(entry.get("unit"), f"unit of a quantity of {what}")
            found.append(Quantity(part, value_read, unit, bound))
    return tuple(found)


def read_tensions(reader: Reader, node: Node | None) -> dict[str, Tension]:
    """Return where statements pull in different directions."""
    block = reader.mapping(node, "tensions")
    found: dict[str, Tension] = {}
    if block is None:
        return found
    for name, value in block.items():
        if name in BASIS_KEYS:
            reader.unknown_key(block, name, (), "tensions")
            continue
        what = f"tension {name}"
        entry = reader.block(value, "tension", what)
        if entry is not None:
            node_because = entry.get("because")
            if isinstance(node_because, Sequence) and not node_because.items:
                reader.fault(node_because, "ZC012", f"because of {what} is empty", "Name the statements.", "because")
            because = reader.references(node_because, f"because of {what}", "statement")
            says = reader.text(entry.get("says"), f"says of {what}") or ""
            found[name] = Tension(name, says, because, reader.place(block.key(name)))
    return found


def table_sources(root: Mapping) -> set[str]:
    """Return the ids of sources of kind table, before the sources themselves are read."""
    node = root.get("sources")
    found: set[str] = set()
    if isinstance(node, Mapping):
        for name, value in node.items():
            kind = value.get("kind") if isinstance(value, Mapping) else None
            if isinstance(kind, Scalar) and kind.text.strip() == "table":
                found.add(name)
    return found
