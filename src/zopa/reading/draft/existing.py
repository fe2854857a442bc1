"""Adding an article to a case that a person may have edited.

Nothing that stands in the case is changed or removed: entries are spliced in, comments and layout stay.  Only what rests on a new
statement is added, so that what a person took out is not put back by reading the same article again; a statement that a person
rejected is left out when its id is named.  Where a party's new word goes against what the case holds, the case keeps its value
and a tension says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zopa.case import (
    Case,
    CaseFaults,
    Leaning,
    Reading,
    case_file,
    insert_entry,
    read_case,
    read_text,
    replace_value,
    save_text,
    taken_ids,
    write_whole,
)
from zopa.reading.draft import write
from zopa.reading.draft.drafting import Elements, elements_of, records_of, source_bytes
from zopa.reading.draft.elements import DraftParty, DraftPosition, DraftTension
from zopa.reading.draft.ids import Names
from zopa.reading.draft.inputs import PartyName, Read
from zopa.reading.draft.issues import LINK, similarity
from zopa.reading.draft.merging import Said
from zopa.reading.draft.options import Valued
from zopa.reading.draft.records import Record, quote_span
from zopa.reading.draft.words import plain, skeleton, stem, weighted_stems, words_of
from zopa.reading.statements import Statement

_Splice = tuple[str, str, str]  # path of the block, key, value


@dataclass(frozen=True)
class Added:
    """What was added to a case.

    Attributes
    ----------
    reading
        The case as it now is on the disk.
    sources
        New files in the case folder.
    statements
        Ids of the new statements.
    elements
        Paths of the other entries added, such as ``issues.fees``.
    skipped
        What was found and not added, and why.
    """

    reading: Reading
    sources: tuple[str, ...]
    statements: tuple[str, ...]
    elements: tuple[str, ...]
    skipped: tuple[str, ...]


def add_to_case(folder: Path, reads: Sequence[Read], *, removed: Collection[str] = ()) -> Added:
    """Add articles to a case on the disk.

    Parameters
    ----------
    folder
        The case folder.
    reads
        The articles with their statements.
    removed
        Ids of statements, and ids of other elements, that a person took out and that must not come back.

    Returns
    -------
    Added
        What was added; a second call with the same articles adds nothing.

    Raises
    ------
    CaseFaults
        When the case has faults already, or would have them; nothing on the disk is then changed.
    NothingToDraft
        When no day is known.
    """
    file = case_file(folder)
    reading = read_case(file)
    if reading.case is None:
        raise CaseFaults(reading.faults)
    case = reading.case
    found = _Found(case, reads, frozenset(removed))
    if found.elements is None and not found.also:
        return Added(reading, (), (), (), tuple(found.skipped))
    written = _write_sources(file.parent, found)
    try:
        text = _with_evidence(case, found)
        base = read_text(text, file)
        if base.case is None:
            raise CaseFaults(base.faults)
        text, elements = _with_elements(text, file, found)
        after = save_text(folder, text)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    names = tuple(path.relative_to(file.parent).as_posix() for path in written)
    return Added(after, names, tuple(record.id for record in found.records), tuple(elements), tuple(found.skipped))


class _Found:
    """What articles add to a case.

    Parameters
    ----------
    case
        The case as it stands.
    reads
        The articles.
    removed
        What must not come back.
    """

    def __init__(self, case: Case, reads: Sequence[Read], removed: frozenset[str]) -> None:
        self.case = case
        self.removed = removed
        self.skipped: list[str] = []
        self.also: dict[str, list[str]] = {}
        self._texts: dict[str, str] = {source.text: source.id for source in case.sources.values() if source.text is not None}
        self._words = {
            (skeleton(one.quote), (one.party or "").partition(".")[0], one.act): one.id for one in case.statements.values()
        }
        self.parties = _known_parties(case, reads)
        self.names = Names(taken_ids(case))
        kept = [self._new(read) for read in reads]
        fresh = [read for read, ids in kept if read.statements or (ids and read.article.text not in self._texts)]
        self.elements: Elements | None = None
        self.records: list[Record] = []
        self.sources: dict[str, str] = {}
        if fresh:
            days = [read.document_date for read in fresh if read.document_date is not None]
            self.elements = elements_of(fresh, self.names, max([case.as_of, *days]), self.parties)
            fitted = tuple(_fitted(party, case, self.skipped) for party in self.elements.parties)
            self.elements = replace(self.elements, parties=fitted)
            for source in self.elements.gathered.sources:
                self.sources[source.id] = self._texts.get(source.text, source.id)
            self.records = [replace(one, source=self.sources[one.source]) for one in records_of(self.elements)]
        self._note_repeats([(read, ids) for read, ids in kept if ids])

    def _new(self, read: Read) -> tuple[Read, list[str]]:
        """Return a reading with the statements that the case does not hold, and the ids of those it does."""
        kept: list[Statement] = []
        repeats: list[str] = []
        for one in read.statements:
            known = self._known(read, one)
            if one.id in self.removed:
                self.skipped.append(f"statement {one.id}: removed by a person")
            elif known is not None:
                repeats.append(known)
            else:
                kept.append(one)
        return replace(read, statements=tuple(kept)), repeats

    def _known(self, read: Read, statement: Statement) -> str | None:
        """Return the statement of the case that says the same: by its id, or by its words, party and act."""
        text = read.article.text
        quote = skeleton(quote_span(Said(statement.id, statement, read, "", None)).of(text))
        content = skeleton(statement.content.of(text))
        held = self.case.statements.get(statement.id)
        if held is not None and _inside(content, skeleton(held.quote)):
            return statement.id
        party = self.parties.get(statement.party.partition(".")[0], statement.party)
        return self._words.get((quote, party, statement.predicate))

    def _note_repeats(self, repeated: Iterable[tuple[Read, list[str]]]) -> None:
        """Note where a statement of the case is said again by another source that the case has or gets."""
        new = self.elements.gathered.sources if self.elements is not None else ()
        ids = {source.text: source.id for source in new} | self._texts
        for read, names in repeated:
            own = ids[read.article.text]
            for name in names:
                held = self.case.statements[name]
                if own != held.source and own not in (*held.also, *self.also.get(name, ())):
                    self.also.setdefault(name, []).append(own)

    @property
    def new_sources(self) -> dict[str, str]:
        """Texts of new sources by their place in the case folder."""
        if self.elements is None:
            return {}
        return {one.file: one.text for one in self.elements.gathered.sources if one.text not in self._texts}


def _inside(words: tuple[str, ...], quote: tuple[str, ...]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(quote)} "


def _known_parties(case: Case, reads: Iterable[Read]) -> dict[str, str]:
    """Return the party of the case for each key of the articles: the same id, the same name, or a voice they share."""
    found: dict[str, str] = {}
    for read in reads:
        for key, party in read.parties.items():
            match = _match(case, party)
            if match is not None:
                found.setdefault(key, match)
    return found


def _match(case: Case, party: PartyName) -> str | None:
    if party.key in case.parties:
        return party.key
    names = {skeleton(name) for name in (party.name, *party.voices, *(office.name for office in party.principals))}
    for own in case.parties.values():
        voices = (own.name, *own.voices, *(name for office in own.principals for name in (office.name, *office.voices)))
        if names & {skeleton(voice) for voice in voices}:
            return own.id
    return None


def _fitted(party: DraftParty, case: Case, skipped: list[str]) -> DraftParty:
    """Return a party whose principals are called as in the case; where the case gives it only a name, it has none."""
    held = case.parties.get(party.id)
    if held is None or not party.principals:
        return party
    try:
        insert_entry(case.text, f"parties.{party.id}", "probe", "1")
    except KeyError:
        skipped.append(f"principals of {party.id}: its entry is only a name")
        return replace(party, principals=())
    own = {words: office.id for office in held.principals for words in map(skeleton, (office.name, *office.voices))}
    names = Names(office.id for office in held.principals)
    found = []
    for office in party.principals:
        known = next((own[words] for words in map(skeleton, (office.name, *office.voices)) if words in own), None)
        found.append(replace(office, id=known if known is not None else names.take(office.id, "principal")))
    return replace(party, principals=tuple(found))


def _write_sources(folder: Path, found: _Found) -> list[Path]:
    written: list[Path] = []
    for name, text in found.new_sources.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.read_bytes() == source_bytes(text):
            continue
        if path.exists():
            raise FileExistsError(f"{path} stands already and is no source of the case")
        write_whole(path, source_bytes(text))
        written.append(path)
    return written


def _with_evidence(case: Case, found: _Found) -> str:
    """Return the text of the case with new sources, statements and parties; these must fit, or nothing is added."""
    text = case.text
    if found.elements is not None:
        gathered = found.elements.gathered
        if gathered.as_of > case.as_of:
            text = replace_value(text, "as_of", gathered.as_of.isoformat())
        new = [one for one in gathered.sources if found.sources[one.id] == one.id]
        if new and len(case.sources) == 1:
            # With a second source, every statement has to name its own.
            only = next(iter(case.sources))
            for name in case.statements:
                try:
                    text = insert_entry(text, f"statements.{name}", "source", only)
                except ValueError:
                    continue  # it names it already
        for source in new:
            text = _put(text, "sources", source.id, write.source_value(source))
        for party in found.elements.parties:
            if party.id not in case.parties:
                text = _put(text, "parties", party.id, write.party_value(party))
        text = _with_principals(text, case, found.elements.parties)
        issues = _matched(case, found)
        for record in found.records:
            text = _put(text, "statements", record.id, write.statement_value(_about(record, case, found, issues)))
    for name, sources in found.also.items():
        held = case.statements[name].also
        value = f"[{', '.join((*held, *sources))}]"
        where = f"statements.{name}"
        text = replace_value(text, f"{where}.also", value) if held else insert_entry(text, where, "also", value)
    return text


def _put(text: str, path: str, key: str, value: str) -> str:
    """Add an entry to a block, making the blocks around it where they are missing; ``unknown`` gives way to what is known."""
    try:
        return insert_entry(text, path, key, value)
    except KeyError:
        above, _, block = path.rpartition(".")
        if not path:
            raise
    entry = f"{{{key}: {value}}}"
    try:
        return _put(text, above, block, entry)
    except ValueError:
        return replace_value(text, path, entry)


def _with_principals(text: str, case: Case, parties: Iterable[DraftParty]) -> str:
    """Add new holders of offices to parties of the case: a change of persons, not a new party."""
    for party in parties:
        held = case.parties.get(party.id)
        if held is None:
            continue
        known = {office.id for office in held.principals}
        for office in party.principals:
            if office.id not in known:
                text = _put(text, f"parties.{party.id}.principals", office.id, write.principal_value(office))
    return text


# Issues and what rests on them ---------------------------------------------------------------------


def _matched(case: Case, found: _Found) -> dict[str, str | None]:
    """Return for each new issue the issue of the case it is about, or None where the case has none like it."""
    assert found.elements is not None
    names = found.elements.gathered.names
    held: dict[str, list[dict[str, int]]] = {name: [weighted_stems(issue.name, names)] for name, issue in case.issues.items()}
    for one in case.statements.values():
        for name in one.issues:
            held.setdefault(name, []).append(weighted_stems(one.quote, names))
    result: dict[str, str | None] = {}
    for valued in found.elements.valued:
        best: tuple[float, str | None] = (0.0, None)
        for name, inside in held.items():
            like = max(similarity(unit.stems, stems) for unit in valued.cluster.units for stems in inside)
            if like >= LINK and like > best[0]:
                best = (like, name)
        result[valued.issue.id] = best[1]
    return result


def _about(record: Record, case: Case, found: _Found, issues: Mapping[str, str | None]) -> Record:
    """Return a statement that names issues of the case; new issues come later, so that they can be left out."""
    assert found.elements is not None
    own = [issues.get(name) for name in found.elements.issues_of.get(record.id, ())]
    kept = tuple(dict.fromkeys(name for name in own if name is not None and name in case.issues))
    fields = [(key, value) for key, value in record.fields if key != "issue"]
    if kept:
        fields.insert(-1, ("issue", kept[0] if len(kept) == 1 else f"[{', '.join(kept)}]"))
    return replace(record, fields=tuple(fields))


def _with_elements(text: str, file: Path, found: _Found) -> tuple[str, list[str]]:
    """Return the text with what rests on new statements: each group of entries is added only where the case stays sound."""
    added: list[str] = []
    if found.elements is None:
        return text, added
    groups: list[tuple[str, list[_Splice]]] = []
    for name, group in _groups(found):
        if name in found.removed:
            found.skipped.append(f"{name}: removed by a person")
        else:
            groups.append((name, group))
    together = _try(text, file, [splice for _, group in groups for splice in group])
    if isinstance(together, tuple):
        return together[0], [f"{path}.{key}" for _, group in groups for path, key, _ in group]
    for name, group in groups:
        alone = _try(text, file, group)
        if isinstance(alone, str):
            found.skipped.append(f"{name}: {alone}")
        else:
            text = alone[0]
            added += [f"{path}.{key}" for path, key, _ in group]
    return text, added


def _try(text: str, file: Path, group: Iterable[_Splice]) -> tuple[str] | str:
    """Return the text with some entries added, alone in a tuple; or why the case would not stay sound."""
    try:
        for path, key, value in group:
            text = _put(text, path, key, value)
    except (KeyError, ValueError) as error:
        return str(error)
    after = read_text(text, file)
    return (text,) if after.case is not None else after.faults[0].message


def _groups(found: _Found) -> list[tuple[str, list[_Splice]]]:
    elements, case = found.elements, found.case
    assert elements is not None
    matched = _matched(case, found)
    groups: list[tuple[str, list[_Splice]]] = []
    fresh = [valued for valued in elements.valued if matched[valued.issue.id] is None]
    for valued in fresh:
        issue = valued.issue
        entries: list[_Splice] = [("issues", issue.id, write.issue_value(issue))]
        for statement, issues in elements.issues_of.items():
            if issues[0] == issue.id and not any(matched[name] for name in issues):
                entries.append((f"statements.{statement}", "issue", issue.id))
        groups.append((issue.id, entries))
    ids = {party.key: party.id for party in elements.parties}
    options = {
        valued.issue.id: _options(valued, case, matched[valued.issue.id]) if matched[valued.issue.id] else None
        for valued in elements.valued
    }
    for position in elements.positions:
        groups += _position(found, position, ids[position.party], matched, options)
    new_issues = {valued.issue.id for valued in fresh}
    for line in elements.red_lines:
        if line.issue in new_issues:
            path = f"preferences.{ids[line.party]}.red_lines"
            groups.append((line.id, [(path, line.id, write.red_line_value(line))]))
    for package in elements.packages:
        if all(issue in new_issues for issue, _ in package.terms):
            groups.append((package.id, [("packages", package.id, write.package_value(package, ids))]))
    for gate in elements.gates:
        gone = gate.opens is not None and gate.opens[0] not in new_issues
        groups.append((gate.id, [("gates", gate.id, write.gate_value(replace(gate, opens=None) if gone else gate))]))
    groups += [(one.id, [("tensions", one.id, write.tension_value(one))]) for one in elements.tensions]
    return groups


def _options(valued: Valued, case: Case, held: str | None) -> dict[str, str]:
    """Return the option of an issue of the case for each option of a new one: the same id, or a name with the same words."""
    assert held is not None
    known = case.issues[held].options
    found: dict[str, str] = {}
    for option in valued.issue.options:
        words = {stem(word.text) for word in words_of(option.name)}
        match = next((own.id for own in known if {stem(word.text) for word in words_of(own.name)} == words), None)
        if match is not None:
            found[option.id] = match
    return found


def _position(
    found: _Found,
    position: DraftPosition,
    party: str,
    matched: Mapping[str, str | None],
    options: Mapping[str, dict[str, str] | None],
) -> list[tuple[str, list[_Splice]]]:
    case = found.case
    held = matched[position.issue]
    known = options[position.issue]
    if held is None or known is None:
        issue, option = position.issue, position.option
    elif position.option in known:
        issue, option = held, known[position.option]
    else:
        found.skipped.append(f"{party} on {held}: the case has no option “{plain(position.option)}”")
        return []
    preferences = case.preferences.get(party)
    score = preferences.scores.get(issue) if preferences is not None else None
    if score is None:
        if preferences is not None and preferences.kind not in {"weighted", "none"}:
            found.skipped.append(f"{party} on {issue}: its preferences are {preferences.kind}")
            return []
        value = write.score_value(replace(position, option=option))
        return [(f"{party}.{issue}", [(f"preferences.{party}.scores", issue, value)])]
    if isinstance(score, Leaning) and (score.stance, score.option) != (position.way, option) and score.basis.because:
        says = (
            f"{case.parties[party].name} on {case.issues[issue].name}: the case holds {score.stance} {score.option}, "
            f"and newer words are {position.way} {option}"
        )
        tension = DraftTension(found.names.number("T"), says, (*score.basis.because, *position.ground.because))
        return [(tension.id, [("tensions", tension.id, write.tension_value(tension))])]
    return []
