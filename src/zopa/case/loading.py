"""Reading a whole case: all faults at once, or a case without any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

from zopa.case.checks import check_case_as_a_whole
from zopa.case.composing import MAX_BYTES, compose
from zopa.case.digest import case_digest
from zopa.case.faults import CaseFaults, Fault, Place, Severity, sorted_faults
from zopa.case.model import Basis, Case
from zopa.case.nodes import Mapping, Node, Scalar, Sequence
from zopa.case.read_assumptions import read_assumptions, read_correlations
from zopa.case.read_evidence import read_sources, read_statements, read_tensions, table_sources, wide
from zopa.case.read_issues import read_issues
from zopa.case.read_parties import collect_principals, read_agreement, read_influence, read_parties
from zopa.case.read_positions import read_positions
from zopa.case.read_preferences import read_preferences
from zopa.case.read_steps import read_gates, read_holding, read_levers, read_packages, read_rules
from zopa.case.reader import Reader
from zopa.case.soundness import Soundness, counted_once, sound_part

FILE_NAME: Final = "case.yaml"
FINEST_GRAIN: Final = 10**9
_TOO_LARGE: Final = f"Keep it below {MAX_BYTES:,} bytes: long texts belong into files in `sources/`."
_NAMESPACE: Final = (
    ("sources", "source"),
    ("statements", "statement"),
    ("tensions", "tension"),
    ("parties", "party"),
    ("issues", "issue"),
    ("rules", "rule"),
    ("assumptions", "assumption"),
    ("packages", "package"),
    ("gates", "gate"),
    ("levers", "lever"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a case gave: the case when it has no fault, and every finding in file order.

    ``part`` is what of the case can be checked further, whatever faults the rest has: it holds all issues
    and the rules, packages and preferences without a fault.  It is None where issues have faults.
    """

    case: Case | None
    findings: tuple[Fault, ...]
    part: Case | None = None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The findings that make the case unusable."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.FAULT)


def case_file(path: Path | str) -> Path:
    """Return the case file of a folder (or the file itself when one is given)."""
    path = Path(path)
    return path if path.suffix in {".yaml", ".yml"} and not path.is_dir() else path / FILE_NAME


def load_case(path: Path | str) -> Case:
    """Return a case.

    Parameters
    ----------
    path : Path or str
        The case folder, or its ``case.yaml``.

    Raises
    ------
    CaseFaults
        With every fault of the case, each with its place and remedy.
    """
    reading = read_case(path)
    if reading.case is None:
        raise CaseFaults(reading.faults)
    return reading.case


def read_case(path: Path | str) -> Reading:
    """Return the case and all findings; never raises for what stands in the files."""
    file = case_file(path)
    shown = str(file)
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            fault = Fault("ZC003", Place(shown, 1, 1), f"the case file has {size:,} bytes", _TOO_LARGE)
            return Reading(None, (fault,))
        data = file.read_bytes()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        remedy = f"`zopa new {file.parent}` writes a starter case." if not file.exists() else "Check its name and its rights."
        return Reading(None, (Fault("ZC001", Place(shown, 1, 1), f"the case file cannot be read: {why}", remedy),))
    return read_data(data, file)


def read_data(data: bytes, file: Path) -> Reading:
    """Return the case that the bytes of a file hold, read as if they stood in ``file`` (whose folder holds the sources)."""
    shown = str(file)
    if len(data) > MAX_BYTES:
        return Reading(None, (Fault("ZC003", Place(shown, 1, 1), f"the case file has {len(data):,} bytes", _TOO_LARGE),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        fault = Fault("ZC002", Place(shown, line, column), "the case file is not UTF-8 text", "Save it as UTF-8 text.")
        return Reading(None, (fault,))
    if "\0" in text and wide(data):
        fault = Fault("ZC002", Place(shown, 1, 1), "the case file is UTF-16 text", "Save it as UTF-8 text.")
        return Reading(None, (fault,))
    return read_text(text, file)


def read_text(text: str, file: Path) -> Reading:
    """Return the case a text holds, read as if it stood in ``file`` (whose folder holds the sources)."""
    shown = str(file)
    control = next((index for index, character in enumerate(text) if ord(character) < 32 and character not in "\t\n\r"), None)
    if control is not None:
        line = text.count("\n", 0, control) + 1
        column = control - (text.rfind("\n", 0, control) + 1) + 1
        fault = Fault("ZC002", Place(shown, line, column), "the case file holds a control character", "Remove it.", text[control])
        return Reading(None, (fault,))
    # Line ends are made one character, so that offsets and columns are the same on every system.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = Reader(file, shown, text)
    root = compose(text, shown, reader.faults.append)
    block = None if root is None else reader.block(root, "case", "the case")
    if block is None:
        return Reading(None, sorted_faults(reader.faults))
    case = _read_root(reader, block, text)
    for check in reader.later:
        check()
    reader.faults = counted_once(text, reader.faults, reader.shared)
    sound = Soundness(block, text, reader.faults)
    part = sound_part(case, sound)
    check_case_as_a_whole(part, reader, sound)
    findings = sorted_faults(reader.faults)
    broken = any(finding.severity is Severity.FAULT for finding in findings)
    return Reading(None if broken else case, findings, part if sound.options() else None)


def _read_root(reader: Reader, root: Mapping, text: str) -> Case:
    _check_version(reader, root)
    reader.as_of = reader.day(root.get("as_of"), "as_of")
    reader.table_sources = table_sources(root)
    for block, kind in _NAMESPACE:
        reader.register(root, block, kind)
    _register_inner(reader, root)
    collect_principals(reader, root)
    basis = reader.inherit(reader.basis(root, Basis()), "")
    # Issues and assumptions first: conditions and amounts of all other blocks refer to them.
    reader.issues = read_issues(reader, root.get("issues"), basis)
    reader.assumptions = read_assumptions(reader, root.get("assumptions"), basis)
    sources = read_sources(reader, root.get("sources"))
    statements = read_statements(reader, root.get("statements"), sources)
    parties = read_parties(reader, root.get("parties"), basis)
    return Case(
        file=reader.file,
        digest=case_digest(root, {source.id: source.digest or "" for source in sources.values()}),
        text=text,
        version=1,
        title=reader.text(root.get("title"), "title") or "",
        question=reader.text(root.get("question"), "question"),
        as_of=reader.as_of or date.min,
        grain=_grain(reader, root),
        absent=reader.texts(root.get("absent"), "absent"),
        deal=reader.condition(root.get("deal"), "deal", "issue"),
        alike=_alike(reader, root.get("alike")),
        sources=sources,
        statements=statements,
        tensions=read_tensions(reader, root.get("tensions")),
        parties=parties,
        agreement=read_agreement(reader, root.get("agreement")),
        influence=read_influence(reader, root.get("influence"), basis),
        issues=reader.issues,
        rules=read_rules(reader, root.get("rules"), basis),
        assumptions=reader.assumptions,
        correlations=read_correlations(reader, root.get("correlations"), basis),
        preferences=read_preferences(reader, root.get("preferences"), basis),
        positions=read_positions(reader, root.get("positions"), basis),
        packages=read_packages(reader, root.get("packages"), basis),
        gates=read_gates(reader, root.get("gates"), basis),
        levers=read_levers(reader, root.get("levers"), basis),
        holding=read_holding(reader, root.get("holding"), basis),
    )


def _check_version(reader: Reader, root: Mapping) -> None:
    node = root.get("zopa")
    if node is not None and reader.text(node, "zopa") not in {"1", None}:
        reader.fault(node, "ZC019", "this version of the case format is not supported", "Write `zopa: 1`.")


def _register_inner(reader: Reader, root: Mapping) -> None:
    """Take the ids of red lines and bonuses into the common namespace."""
    preferences = root.get("preferences")
    if not isinstance(preferences, Mapping):
        return
    for party, entry in preferences.items():
        if not isinstance(entry, Mapping):
            continue
        for block, kind in (("red_lines", "red line"), ("bonus", "bonus")):
            inner = entry.get(block)
            if isinstance(inner, Mapping):
                reader.register_keys(inner, kind, f"a {kind} of {party}")


def _grain(reader: Reader, root: Mapping) -> Fraction:
    node = root.get("grain")
    if node is None:
        return Fraction(1, 100)
    grain = reader.number(node, "grain")
    if grain is None:
        return Fraction(1, 100)
    if not 0 < grain <= 1 or (1 / grain).denominator != 1:
        reader.fault(node, "ZC045", "grain must be one over a whole number", "Write for example 0.01.", str(grain))
        return Fraction(1, 100)
    if grain < Fraction(1, FINEST_GRAIN):
        reader.fault(node, "ZC045", f"grain is finer than 1/{FINEST_GRAIN}", "Write for example 0.01, or 0.000001.")
        return Fraction(1, 100)
    return grain


def _alike(reader: Reader, node: Node | None) -> tuple[tuple[str, ...], ...]:
    if node is None:
        return ()
    nested = isinstance(node, Sequence) and all(isinstance(item, Sequence) for item in node.items)
    groups: Iterator[Node] = iter(node.items if nested and isinstance(node, Sequence) else [node])
    found: list[tuple[str, ...]] = []
    for group in groups:
        names = reader.references(group, "alike", "party")
        written = group.items if isinstance(group, Sequence) else [group]
        if len(written) < 2:
            reader.fault(group, "ZC056", "alike needs two parties", "Write [A, B].", "")
        elif len({item.text.strip() for item in written if isinstance(item, Scalar)}) < len(written):
            reader.fault(group, "ZC056", "alike names a party twice", "Write [A, B].", "")
        found.append(names)
    return tuple(found)
