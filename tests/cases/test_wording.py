"""Words of the shipped cases and of the report: none that judge, the same for all parties, none of them copied."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from tests.cases.transforming import pair_of, sample_from
from tests.conftest import ROOT, SHARED
from zopa.case import Case, load_case, swap_parties
from zopa.cases import shipped_case, shipped_cases
from zopa.report.terminal import summary
from zopa.settlement import settle
from zopa.space import Streams

SOURCE = ROOT / "src" / "zopa"
TEMPLATES = sorted((SOURCE / "report" / "templates").rglob("*.j2"))
LINES = (Path(__file__).parent / "evaluative.txt").read_text(encoding="utf-8").splitlines()
EVALUATIVE = [line for line in LINES if line and not line.startswith("#")]
JUDGING = re.compile(rf"\b(?:{'|'.join(re.escape(line) for line in EVALUATIVE)})\w*", re.IGNORECASE)
# Words that a public figure or a newspaper is quoted with on purpose.
PERMITTED = ("We have to get that war over with", "excellent", "800-mile DMZ")


def words_of(case: Case) -> Iterator[tuple[str, str]]:
    """Give every text of a case that we chose: where it stands, and the words. Quotations are not among them."""
    yield from [("title", case.title), ("question", case.question or ""), *(("absent", words) for words in case.absent)]
    for source in case.sources.values():
        yield f"source {source.id}", source.title
        # Quotation marks in our own texts hold the words of others.
        yield f"text of {source.id}", re.sub(r"“[^”]*”|\"[^\"]*\"", " ", source.text or "")
    for tension in case.tensions.values():
        yield f"tension {tension.id}", tension.says
    for party in case.parties.values():
        yield from [(f"party {party.id}", party.name), (f"party {party.id}", party.basis.assume or "")]
        yield from ((f"principal {one.id}", one.name) for one in party.principals)
    for issue in case.issues.values():
        yield f"issue {issue.id}", issue.name
        for option in issue.options:
            yield from [(f"option {option.id}", option.name), (f"option {option.id}", option.basis.assume or "")]
    for assumption in case.assumptions.values():
        yield from [(f"assumption {assumption.id}", assumption.name), (f"assumption {assumption.id}", assumption.reason)]
        yield from ((f"assumption {assumption.id}", label) for label in assumption.labels.values())
    for rule in case.rules.values():
        yield f"rule {rule.id}", rule.basis.assume or ""
    for preferences in case.preferences.values():
        for line in preferences.red_lines:
            yield from [(f"red line {line.id}", line.name), (f"red line {line.id}", line.basis.assume or "")]
    for package in case.packages.values():
        yield from [(f"package {package.id}", package.name), (f"package {package.id}", package.basis.assume or "")]
    for gate in case.gates.values():
        yield f"gate {gate.id}", gate.name
    for lever in case.levers.values():
        yield from [(f"lever {lever.id}", lever.name), (f"lever {lever.id}", lever.basis.assume or "")]
    comments = (line.partition("#")[2] for line in case.text.splitlines() if "#" in line)
    yield from (("comment", words) for words in comments)


def test_the_list_of_words_finds_what_it_should() -> None:
    assert len(EVALUATIVE) >= 40
    assert len(set(EVALUATIVE)) == len(EVALUATIVE)
    assert [bool(JUDGING.search(words)) for words in ("The aggressors", "A LAND GRAB", "an aggregate", "a devil", "liberal")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("name", shipped_cases())
def test_no_word_of_a_shipped_case_judges(name: str) -> None:
    found = [(where, hit[0]) for where, words in words_of(load_case(shipped_case(name))) for hit in JUDGING.finditer(words)]
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_of_a_template_judges(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert JUDGING.findall(text) == []


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 1


def test_no_template_knows_a_party_of_a_shipped_case() -> None:
    """One set of templates serves everybody: none names a party, so none can treat one apart."""
    cases = [load_case(shipped_case(name)) for name in shipped_cases()]
    names = {word for case in cases for party in case.parties.values() for word in (party.id, party.name)}
    names |= {"Russia", "Ukrainian", "Kremlin", "Kyiv", "Moscow", "Washington"}
    for path in [*TEMPLATES, *sorted((SOURCE / "report").rglob("*.py"))]:
        text = path.read_text(encoding="utf-8")
        found = [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)]
        assert found == [], path


@pytest.mark.parametrize("name", shipped_cases())
def test_both_sides_are_told_of_in_the_same_words(name: str) -> None:
    """With the data exchanged the summary says the same: no word hangs on which party has which place."""
    case = load_case(shipped_case(name))
    swapped = swap_parties(case, *pair_of(case))
    before, after = (
        sorted(re.findall(r"\w+", said(one, streams)))
        for one, streams in ((case, Streams(1)), (swapped.case, Streams(1, swapped.streams)))
    )
    assert after == before


def said(case: Case, streams: Streams) -> str:
    stream = io.StringIO()
    Console(file=stream, width=5000, highlight=False).print(summary(settle(case), sample_from(case, streams, 8)))
    return stream.getvalue()


# Nothing copied ----------------------------------------------------------------------------------------


def runs(text: str) -> set[tuple[str, ...]]:
    """Return all runs of six words, case and signs apart."""
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return {tuple(words[start : start + 6]) for start in range(len(words) - 5)}


def test_no_shipped_file_shares_six_words_in_a_row_with_the_article() -> None:
    article = SHARED / "article" / "article.txt"
    if not article.exists():
        pytest.skip("the article is not beside this checkout")
    theirs = runs(article.read_text(encoding="utf-8"))
    quoted = set().union(*(runs(words) for words in PERMITTED))
    suffixes = {".py", ".yaml", ".md", ".j2", ".css", ".js"}
    files = [path for path in sorted(SOURCE.rglob("*")) if path.suffix in suffixes]
    assert len(files) > 50
    for path in files:
        assert runs(path.read_text(encoding="utf-8")) & theirs <= quoted, path
