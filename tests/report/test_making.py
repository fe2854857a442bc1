"""Making a report: what it is made from, and who is told how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from zopa.case import load_case
from zopa.cases import shipped_case
from zopa.report.making import make_report


def test_a_report_tells_how_far_it_has_come_and_is_the_same_on_any_number_of_processes() -> None:
    case = load_case(shipped_case("labour-contract"))
    heard: dict[str, list[tuple[int, int]]] = {}

    @contextmanager
    def watch(title: str) -> Iterator[Callable[[int, int], None]]:
        heard[title] = []
        yield lambda done, total: heard[title].append((done, total))

    alone = make_report(case, draws=64, watch=watch)
    assert list(heard) == (["Scenarios", "Levers"] if case.levers else ["Scenarios"])
    assert heard["Scenarios"]
    assert all(0 <= done <= total for steps in heard.values() for done, total in steps)
    assert alone.html == make_report(case, draws=64, workers=2).html
    assert alone.drawn is not None
    assert alone.drawn.draws == 64


def test_without_draws_there_is_no_sample() -> None:
    made = make_report(load_case(shipped_case("labour-contract")), draws=0)
    assert made.drawn is None
    assert made.exploration is None
    assert "<!doctype html>" in made.html


def test_a_case_that_cannot_be_settled_says_what_is_missing() -> None:
    case = load_case(Path(__file__).parent.parent / "cases" / "emission.yaml")
    made = make_report(case)
    assert made.settlement is None
    assert made.missing
    assert made.missing[0].remedy in made.html
