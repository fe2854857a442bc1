"""From readings of articles to a draft case, of which every element names its statements or its assumption."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zopa.case import write_whole
from zopa.reading.draft import write
from zopa.reading.draft.elements import (
    DraftGate,
    DraftIssue,
    DraftPackage,
    DraftParty,
    DraftPosition,
    DraftRedLine,
    DraftTension,
    Stance,
)
from zopa.reading.draft.gates import gates_of
from zopa.reading.draft.ids import Names
from zopa.reading.draft.inputs import NothingToDraft, Read
from zopa.reading.draft.issues import clusters_of
from zopa.reading.draft.merging import Gathered, Said, SourceText, gather
from zopa.reading.draft.options import Valued, value_issue, without_process
from zopa.reading.draft.parties import parties_of
from zopa.reading.draft.positions import positions_of, stances_of
from zopa.reading.draft.proposals import packages_of
from zopa.reading.draft.records import Places, Record, record_of
from zopa.reading.draft.red_lines import red_lines_of
from zopa.reading.draft.tensions import tensions_of
from zopa.reading.draft.units import conjuncts_of, units_of
from zopa.reading.draft.unsaid import unsaid_of
from zopa.reading.draft.words import plain


@dataclass(frozen=True)
class Draft:
    """A case drafted from texts.

    Attributes
    ----------
    text
        The text of ``case.yaml``.
    sources
        Texts of the sources by their place in the case folder.
    title, as_of
        Of the case.
    parties, issues, positions, red_lines, gates, packages, tensions
        What the case holds.
    reported
        Stands that others ascribe to parties; they fill no position.
    statements
        The statements as the case holds them, in text order.
    issues_of
        Issues by id of the statement in the case.
    unsaid
        What the texts do not say.
    notes
        What a person should know about how the draft was made.
    """

    text: str
    sources: Mapping[str, str]
    title: str
    as_of: date
    parties: tuple[DraftParty, ...]
    issues: tuple[DraftIssue, ...]
    positions: tuple[DraftPosition, ...]
    red_lines: tuple[DraftRedLine, ...]
    gates: tuple[DraftGate, ...]
    packages: tuple[DraftPackage, ...]
    tensions: tuple[DraftTension, ...]
    reported: tuple[Stance, ...]
    statements: tuple[Record, ...]
    issues_of: Mapping[str, tuple[str, ...]]
    unsaid: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Elements:
    """What a draft is written from."""

    gathered: Gathered
    parties: tuple[DraftParty, ...]
    valued: tuple[Valued, ...]
    stances: tuple[Stance, ...]
    positions: tuple[DraftPosition, ...]
    red_lines: tuple[DraftRedLine, ...]
    gates: tuple[DraftGate, ...]
    packages: tuple[DraftPackage, ...]
    tensions: tuple[DraftTension, ...]
    issues_of: dict[str, tuple[str, ...]]
    notes: tuple[str, ...]

    @property
    def issues(self) -> tuple[DraftIssue, ...]:
        """The issues in text order."""
        return tuple(valued.issue for valued in self.valued)


def draft_case(reads: Sequence[Read], *, title: str | None = None, as_of: date | None = None) -> Draft:
    """Return the draft of a case from one or several articles.

    Parameters
    ----------
    reads
        The articles with their statements: those that were accepted, or that nobody has reviewed.
    title
        Title of the case; by default made from the titles of the articles.
    as_of
        Day up to which evidence counts; by default the last day of an article.

    Returns
    -------
    Draft
        Its text passes ``zopa check``.  Nothing in it is a weight or a value without an agreement; what
        nobody says stays unknown.

    Raises
    ------
    NothingToDraft
        When there is no statement, no party, nothing at issue, or no day.
    """
    elements = elements_of(reads, Names(), as_of)
    gathered = elements.gathered
    records = records_of(elements)
    unsaid = tuple(unsaid_of(elements.parties, elements.issues, elements.positions, elements.red_lines))
    name = " ".join((title or "").split()) or _title(gathered.sources)
    return Draft(
        text=_text(elements, records, unsaid, name),
        sources={source.file: source.text for source in gathered.sources},
        title=name,
        as_of=gathered.as_of,
        parties=elements.parties,
        issues=elements.issues,
        positions=elements.positions,
        red_lines=elements.red_lines,
        gates=elements.gates,
        packages=elements.packages,
        tensions=elements.tensions,
        reported=tuple(stance for stance in elements.stances if not stance.own),
        statements=tuple(records),
        issues_of=elements.issues_of,
        unsaid=unsaid,
        notes=elements.notes,
    )


def elements_of(
    reads: Iterable[Read], taken: Names, as_of: date | None = None, known: Mapping[str, str] | None = None
) -> Elements:
    """Return the elements of a draft; every id is taken from ``taken``.

    Parameters
    ----------
    reads, as_of
        As for :func:`draft_case`.
    taken
        Ids that stand already.
    known
        Ids of the parties that a case has already, by key; None for a new case, which needs parties and issues.

    Raises
    ------
    NothingToDraft
        As :func:`draft_case` does.
    """
    reads = list(reads)
    if known is None and not any(read.statements for read in reads):
        raise NothingToDraft("no statement was found: there is nothing to draft a case from")
    gathered = gather(reads, taken, as_of)
    if not gathered.parties and known is None:
        raise NothingToDraft("no party speaks in the text: whatever it says is the narrator's, and a case needs parties")
    parties = tuple(parties_of(gathered, taken, known))
    clusters = clusters_of(units_of(gathered.said, gathered.names), gathered.names)
    if not clusters and known is None:
        raise NothingToDraft("nothing is at issue in the text: nobody wants, offers, refuses or demands anything")
    valued = tuple(value_issue(cluster, gathered.names, taken, number) for number, cluster in enumerate(clusters, 1))
    notes: list[str] = []
    if known is None and all(one.issue.process for one in valued):
        valued = tuple(without_process(one) for one in valued)
        notes.append("Everything at issue is about talks, so these stand as issues of an agreement.")
    shown = {party.key: party.name for party in parties}
    stances = tuple(stances_of(valued))
    positions = tuple(positions_of(stances))
    red_lines = tuple(red_lines_of(valued, taken))
    packages = tuple(packages_of(valued, gathered.said, taken))
    gates = tuple(gates_of(valued, gathered.said, shown, taken))
    tensions = tuple(tensions_of(valued, stances, positions, red_lines, packages, gates, shown, taken))
    return Elements(
        gathered,
        parties,
        valued,
        stances,
        positions,
        red_lines,
        gates,
        packages,
        tensions,
        _issues_of(valued, gathered.said),
        tuple(notes),
    )


def records_of(elements: Elements) -> list[Record]:
    """Return the statements as the case holds them, in text order."""
    gathered = elements.gathered
    places = {source.id: Places(source.text) for source in gathered.sources}
    ids = {party.key: party.id for party in elements.parties}
    principals: dict[tuple[str, str], str] = {}
    for party in elements.parties:
        for office in party.principals:
            for voice in office.voices:
                principals.setdefault((party.key, plain(voice)), office.id)
                principals.setdefault((party.key, plain(voice.split()[-1])), office.id)  # the surname alone
    known = frozenset(one.id for one in gathered.said)
    return [
        record_of(one, places[one.source], ids, principals, elements.issues_of.get(one.id, ()), known, gathered.as_of)
        for one in gathered.said
    ]


def write_draft(folder: Path, draft: Draft) -> Path:
    """Write a draft into a folder and return its case file.

    Parameters
    ----------
    folder
        It is made when it is not there, and must hold nothing but hidden files.
    draft
        The draft.

    Raises
    ------
    FileExistsError
        When the folder holds something already; nothing is overwritten.
    OSError
        When the folder cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(not entry.name.startswith(".") for entry in folder.iterdir())):
        raise FileExistsError(f"{folder} is not empty")
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    for name, text in draft.sources.items():
        write_whole(folder / name, source_bytes(text))
    file = folder / "case.yaml"
    write_whole(file, draft.text.encode("utf-8"))
    return file


def source_bytes(text: str) -> bytes:
    """Return the text of a source as bytes that are read back with the same offsets."""
    # A reader drops one mark at the start; where the text itself begins with one, it gets a second.
    return text.encode("utf-8-sig" if text.startswith("\ufeff") else "utf-8")


def _issues_of(valued: Iterable[Valued], said: Sequence[Said]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in valued:
        for unit in one.cluster.units:
            own = found.get(unit.said.id, ())
            found[unit.said.id] = own if one.issue.id in own else (*own, one.issue.id)
    for parent, parts in conjuncts_of(said).items():
        found[parent] = tuple(dict.fromkeys(issue for part in parts for issue in found.get(part.id, ())))
    return {name: issues for name, issues in found.items() if issues}


def _title(sources: Sequence[SourceText]) -> str:
    if len(sources) == 1:
        return f"Draft from {sources[0].title}"
    return f"Draft from {sources[0].title} and {len(sources) - 1} more"


def _text(elements: Elements, records: Sequence[Record], unsaid: Sequence[str], title: str) -> str:
    gathered = elements.gathered
    ids = {party.key: party.id for party in elements.parties}
    lines = [
        f"# Drafted by `zopa read`: {len(records)} statements, unreviewed. Edit everything; comments survive every save.",
        "# What the text says carries `because:`; what was added says so. No weight and no value without an agreement",
        "# is drafted: whatever nobody says in the text is unknown, never guessed.",
        *(f"# {write.comment(note)}" for note in elements.notes),
        "zopa: 1",
        f"title: {write.quoted(title)}",
        f"as_of: {gathered.as_of.isoformat()}            # no evidence after this date counts",
        "",
        "# What the text does not say: fill it in, with a reason, or leave it unknown.",
        "absent:",
        *(f"  - {write.quoted(line)}" for line in unsaid),
    ]
    lines += write.block(
        "sources",
        ["1. Where things are said. reliability F: cannot be judged; grade it A to F."],
        (f"  {source.id}: {write.source_value(source)}" for source in gathered.sources),
    )
    lines += write.block(
        "statements",
        [
            "In text order. level: 0 quoted, 1 reported, 2 about another party, 3 unnamed or told, 4 narration.",
            "Only level 0 and 1 fill what parties want. Write `review: done` when you have checked one.",
        ],
        (f"  {record.id}: {write.statement_value(record)}" for record in records),
    )
    lines += write.block(
        "tensions",
        ["Where statements pull in different directions; shown with the answers, never scored."],
        (f"  {one.id}: {write.tension_value(one)}" for one in elements.tensions),
    )
    lines += write.block(
        "parties",
        ["2. Who takes part. The text names no table: say who signs (signatory, guarantor, facilitator, observer)."],
        (f"  {party.id}: {write.party_value(party)}" for party in elements.parties),
    )
    lines += write.block(
        "issues",
        ["3. What is decided. Join issues that are one, part what is not; `ordered` lists options from low to high."],
        (line for issue in elements.issues for line in write.issue_lines(issue)),
    )
    lines += write.block(
        "preferences",
        [
            "4. What each party wants, from its own words. `for` is no worse, `against` no better than what is in force.",
            "Red lines are candidates: `binds: unknown` where the words leave it open. Add weights and no_deal to settle.",
        ],
        _preferences(elements),
    )
    lines += write.block(
        "packages",
        ["5. Terms that the text puts together; effects that are claimed for them are no terms."],
        _packages(elements, ids),
    )
    lines += write.block(
        "gates",
        ["6. Dates and facts before a step. What talks need is kept apart from what an agreement holds."],
        (f"  {gate.id}: {write.gate_value(gate)}" for gate in elements.gates),
    )
    return "\n".join(lines) + "\n"


def _preferences(elements: Elements) -> list[str]:
    lines: list[str] = []
    for party in elements.parties:
        positions = [one for one in elements.positions if one.party == party.key]
        red_lines = [one for one in elements.red_lines if one.party == party.key]
        reported = [
            f"{one.issue} {one.way} {one.option} ({one.statement})"
            for one in elements.stances
            if not one.own and one.party == party.key
        ]
        lines += write.preference_lines(party, positions, red_lines, reported)
    return lines


def _packages(elements: Elements, ids: Mapping[str, str]) -> list[str]:
    lines: list[str] = []
    for package in elements.packages:
        if package.effects:
            lines.append(f"  # {package.id}: claimed effects in {', '.join(package.effects)}")
        lines.append(f"  {package.id}: {write.package_value(package, ids)}")
    return lines
