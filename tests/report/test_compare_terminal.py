"""Two answers side by side on a terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from rich.console import Console

from tests.case.test_swapping import RICH
from tests.exploration.test_comparing import read
from zopa.case import Difference, Gone, Side
from zopa.exploration.comparing import Comparison, Row, compare_as_of, compare_swap
from zopa.report.compare_terminal import comparison_lines

ROWS = (
    Row("text.deals", "Deals that meet the rules", (3192, 3192), (6552, 6552), "deals"),
    Row("text.compatible", "Deals that contradict no stated condition", (840, 3192), (840, 3192), "deals"),
    Row("zone_share", "Share with a zone", (0.4, 0.67), (0.004, 0.67)),
    Row("zone_share.q.yes", "Share with a zone, if read: a limit", (0.4, 0.5), (0.4, 0.5)),
    Row("zone_share.q.no", "Share with a zone, if read: a wish", (0.5, 0.5), (0.6, 0.6)),
    Row("acceptable.P", "Share in the zone: The [red]plan", (0.0, 0.1), None),
    Row("blocked.P.A", "Share refused by A where it is asked: The plan", (0.1, 0.1), (0.1, 0.1)),
)
GONE = (Gone("red line L of A", "L", ("s1",), "gone"), Gone("no-deal value of A", "x", ("s1",), "unknown"))


def comparison(rows: tuple[Row, ...] = ROWS, gone: tuple[Gone, ...] = GONE) -> Comparison:
    same = not any(row.changed for row in rows)
    return Comparison(
        "without", "As if s1 was not said", "as it stands", "without s1", rows, same, ("A note.",), gone, (), 100, 1
    )


def printed(found: Comparison, width: int = 160) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, highlight=False).print(comparison_lines(found))
    return stream.getvalue().replace("\u00a0", " ").replace("\u202f", " ")


def line(text: str, start: str) -> str:
    (found,) = (one for one in text.splitlines() if one.startswith(start))
    return re.sub(r" {2,}", " | ", found.strip())


@pytest.mark.golden
def test_both_columns_stand_in_one_row_and_changes_are_named_by_a_word() -> None:
    text = printed(comparison())
    assert line(text, "figure") == "figure (shares of assumptions) | as it stands | without s1"
    assert line(text, "Deals that meet") == "Deals that meet the rules | 3 192 | 6 552 | changed"
    assert line(text, "Deals that contradict") == "Deals that contradict no stated condition | 840 to 3 192 | 840 to 3 192"
    assert line(text, "Share with a zone  ") == "Share with a zone | 40 to 67 % | below 1 % to 67 % | changed"
    assert line(text, "Share in the zone") == "Share in the zone: The [red]plan | 0 to 10 % | cannot be said | changed"
    assert "4 of 7 figures change." in text
    assert "A note." in text


def test_what_is_shown_is_what_a_reader_asks_first_and_what_changed() -> None:
    text = printed(comparison())
    assert "a wish" in text
    assert "a limit" not in text
    assert "2 further figures are the same (--json lists all)." in text
    assert "1 further figure is the same" in printed(comparison(ROWS[:4]))
    assert "further" not in printed(comparison(ROWS[:3]))


def test_the_error_of_a_share_is_said_and_counts_are_grouped() -> None:
    text = " ".join(printed(comparison()).split())
    # Clopper and Pearson (1934): 50 of 100 draws, 39.8 to 60.2 per cent.
    assert "with 100 scenarios for each reading, one of 50 % may be off by 10.2 points (95 %)" in text
    told = printed(replace(comparison(), notes=("lowest and highest over 1024 readings; since 2025.",), draws=1))
    assert "over 1 024 readings; since 2025." in told
    assert "with 1 scenario for each" in told


def test_who_opens_a_zone_is_no_verdict() -> None:
    row = Row("unlocked_by.A", "Share with a zone if A accepted everything", (0.1, 0.2), (0.1, 0.2))
    assert "Not a verdict on anybody" in printed(comparison((*ROWS, row)))
    assert "verdict" not in printed(comparison())
    assert "are kept, so that both columns count the same packages" in printed(comparison())
    assert "are kept" not in printed(comparison(gone=()))


def test_what_went_is_listed_with_what_it_rested_on() -> None:
    text = printed(comparison())
    assert "What rested on what is set aside" in text
    assert "  red line L of A is gone; it rested on s1." in text
    assert "  no-deal value of A is not known any more; it rested on s1." in text
    assert "set aside" not in printed(comparison(gone=()))


def test_without_a_change_no_row_says_that_there_is_one() -> None:
    text = printed(comparison(tuple(row for row in ROWS if not row.changed)))
    assert "No figure changes." in text
    assert "changed" not in text


def test_differences_of_two_parties_stand_beside_each_other_with_their_bases() -> None:
    text = printed(compare_swap(read(RICH), "A", "B", draws=20))
    assert "First and Second change places" in text
    assert "Every figure is the same" in text
    assert "What the case gives First and Second differently, and why" in text
    assert line(text, "score on i") == "score on i | o0 >= o1 >= o2 (made up) | o0: 0..100, o1: z, o2: 40..60 (made up, z)"
    assert (
        line(text, "red line")
        == "red line | refuses j = p1, binds if own or firm (made up) | refuses i = o0, binds if own.A (made up)"
    )
    assert "What rests on assumptions alone is the analyst's" in text


def test_parties_that_are_given_the_same_are_said_to_be() -> None:
    found = compare_swap(read(RICH), "A", "B", draws=5)
    bare = Comparison("swap", "A and B", "x", "y", found.rows, True, (), (), (), 5, 1, ("One", "Other"))
    assert "The case gives One and Other the same in everything." in printed(bare)
    side = Side("yes", (), ())
    told = Comparison("swap", "A and B", "x", "y", (), True, (), (), (Difference("veto", side, None),), 5, 1, ("One", "Other"))
    assert line(printed(told), "veto") == "veto | yes | –"


def test_a_narrow_terminal_loses_nothing() -> None:
    text = printed(compare_as_of(read(RICH), date(2025, 1, 1), draws=5), width=60)
    assert max(map(len, text.splitlines())) <= 60
    assert "The case knows nothing after 2025-01-01" in " ".join(text.split())
    words = set(re.findall(r"\w+", printed(compare_as_of(read(RICH), date(2025, 1, 1), draws=5), width=300)))
    assert words - set(re.findall(r"\w+", text)) == set()
