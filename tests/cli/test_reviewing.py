"""The walk in the terminal: what it shows, what keys do, how it stops, and that hostile text reaches no terminal."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from tests.reading.readings import Reading, article, herring, lease, statement
from zopa.cli.reviewing import KEYS, marked_sentence, review_case, walk
from zopa.reading.decision_file import load_decisions
from zopa.reading.review import Review, start
from zopa.reading.selecting import ReadArticle

NOON = datetime(2024, 3, 12, 12, 0, tzinfo=UTC)


def typing(*lines: str, end: type[BaseException] = EOFError) -> Callable[[str], str]:
    """Return what answers prompts with lines, and then ends."""
    waiting = iter(lines)

    def ask(_prompt: str) -> str:
        for line in waiting:
            return line
        raise end

    return ask


def console(**more: Any) -> Console:
    return Console(file=io.StringIO(), width=100, highlight=False, **more)


def shown(screen: Console) -> str:
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


class Walk:
    """A walk over the herring and the lease, with what it showed and saved."""

    def __init__(self, *lines: str, readings: Sequence[ReadArticle] = (), end: type[BaseException] = EOFError) -> None:
        self.saved: list[Review] = []
        screen = console()
        self.review = walk(
            start(readings or [herring(), lease()]), screen, typing(*lines, end=end), save=self.save, now=lambda: NOON
        )
        self.text = shown(screen)

    def save(self, review: Review) -> Review:
        self.saved.append(review)
        return review

    @property
    def verdicts(self) -> list[str]:
        return [one.verdict for one in self.review.decisions]


# Showing -------------------------------------------------------------------------------------------------


@pytest.mark.golden
def test_a_statement_is_shown_with_its_sentence_and_record() -> None:
    text = Walk("q").text
    for line in (
        "1 of 9: open",
        "herring.txt, line 3",
        "[The coastal union will not sign a quota above 400,000 tonnes], its chairwoman Ragna Dahl said on Tuesday.",
        "its chairwoman Ragna Dahl = Ragna Dahl",
        "Coastal union (UNION): chairwoman of the coastal union",
        "say, stance against",
        "firm, will not (firm)",
        "1 reported from a named source; own words: yes",
        "on Tuesday = 2024-03-12 (said)",
        "above 400,000 tonnes = at least 400 000 tonnes",
        KEYS,
        "Saved. 0 of 9 decided, 9 open.",
    ):
        assert " ".join(line.split()) in " ".join(text.split()), line


def test_what_stands_before_the_sentence_and_around_the_statement_is_shown() -> None:
    text = " ".join(Walk("j 4").text.split())
    assert "Ragna Dahl said on Tuesday. She added that the island government is eager to [settle the dispute" in text
    assert "inside statement 3" in text
    assert "a named source about another; own words: no" in text
    assert "a language model" in " ".join(Walk("j 7").text.split())
    assert "none: the narrator" in " ".join(Walk("j 8").text.split())


def test_source_cue_and_content_are_told_apart_without_colour() -> None:
    reading = herring()
    sentence = marked_sentence(start([reading]).standings[0])
    styles = {sentence.plain[one.start : one.end]: str(one.style) for one in sentence.spans}
    assert "underline" in styles["its chairwoman Ragna Dahl"]
    assert "reverse" in styles["said"]
    assert styles["The coastal union will not sign a quota above 400,000 tonnes"] == "green"
    assert sentence.plain.startswith("[The coastal union")


def test_only_what_stands_before_the_sentence_is_dim() -> None:
    screen = Console(file=io.StringIO(), width=300, highlight=False, force_terminal=True, color_system="standard", no_color=False)
    walk(start([herring()], stopped_at=herring().statements[2].id), screen, typing(), save=lambda one: one)
    (line,) = [one for one in shown(screen).splitlines() if "She" in one and "chairwoman" in one]
    assert "\x1b[2mThe coastal union will not sign" in line
    assert "\x1b[4;36mShe\x1b[0m \x1b[1;7madded\x1b[0m" in line


HOSTILE = "The [bold]port[/bold] \x1b]0;owned\x07 said\u202e \x1b[2Jit would \u200bagree :smile: [link=x]."


def test_hostile_text_reaches_no_terminal() -> None:
    text = article("ev\x1b[31mil.txt", ("text", HOSTILE))
    said = statement(
        text, HOSTILE, "The [bold]port[/bold] \x1b]0;owned\x07", "said", "it would \u200bagree :smile: [link=x]",
        party="PORT", speaker="port\x1b[5m", party_note="[red]note\x07", issue="a\x1bb", stance="\x9b1m",
        addressee="[blink]you", about="B\x00",
    )  # fmt: skip
    reading = Reading(text, None, (said,), party_names={"PORT": "The \x1b[7mport\u2066"})
    found = Walk("a no\x1bte\u202e", "+", "zz\x1b[31m", "e party \x1b[31mX", readings=[reading])
    assert not [one for one in found.text if ord(one) < 32 and one != "\n"]
    assert not set("\x7f\x9b\u200b\u202e\u2066") & set(found.text)
    assert "[bold]port[/bold]" in found.text
    assert ":smile:" in found.text


# Keys ----------------------------------------------------------------------------------------------------


def test_each_decision_is_saved_as_it_is_made() -> None:
    found = Walk("a", "r too vague", "n", "p", "e level 3", "q")
    assert found.verdicts == ["accepted", "rejected", "edited"]
    assert [len(one.decisions) for one in found.saved] == [1, 2, 3, 3]
    assert found.review.decisions[1].note == "too vague"
    assert {one.on for one in found.review.decisions} == {NOON}
    assert "Saved. 3 of 9 decided, 6 open." in found.text


def test_undo_and_the_ends_of_the_walk() -> None:
    found = Walk("p", "a", "u", "u", "j 9", "n", "j")
    assert found.verdicts == []
    for words in ("This is the first statement.", "There is nothing to take back.", "This is the last statement."):
        assert words in found.text


def test_jumping_may_ask_where_to() -> None:
    found = Walk("j", "L7", "j", "99", "j L99", "j xyz")
    assert "7 of 9: open" in found.text
    for words in ("There are statements 1 to 9.", "No statement stands in line 99 or below.", "No statement is called xyz."):
        assert words in found.text


def test_help_and_unknown_keys() -> None:
    found = Walk("?", "x", "")
    assert "u undo: take back your last decision" in " ".join(found.text.split())
    assert found.text.count(KEYS) == 3
    assert found.verdicts == []


@pytest.mark.parametrize(
    ("line", "wanted"),
    [("accept", "2 of 9"), ("NEXT", "2 of 9"), ("7", "7 of 9"), ("j7", "7 of 9"), ("jL7", "7 of 9"), ("j 7", "7 of 9")],
)
def test_whole_words_and_bare_numbers_are_understood(line: str, wanted: str) -> None:
    assert f"{wanted}: open" in Walk(line).text


@pytest.mark.parametrize("line", ["access", "rest", "no", "+party UNION", "Ж", "a\u00a0b"])
def test_what_is_no_command_decides_nothing(line: str) -> None:
    found = Walk(line)
    assert found.verdicts == []
    assert found.text.count(KEYS) == 2


def test_words_are_chosen_by_number_and_never_typed() -> None:
    found = Walk("e", "content 6-10; act reject; issue quota_2024; stance AGAINST", "q")
    assert "1·The 2·coastal 3·union 4·will 5·not 6·sign" in " ".join(found.text.split())
    (one,) = found.review.applied.kept
    text = herring().article.text
    assert one.content.of(text) == "will not sign a quota above 400,000 tonnes"  # with what governs it
    assert (one.predicate, one.issue) == ("reject", "quota_2024")
    unset = Walk("j 7", "e source none; party narrator; level 4; issue none; firmness plain", "q")
    (told,) = unset.review.applied.kept
    assert (told.source, told.party, told.issue, told.firmness) == (None, "narrator", None, "plain")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("e content the quota", "Name words by their numbers"),
        ("e content 3-99", "The sentence has words 1 to 18"),
        ("e content 5-3", "The sentence has words 1 to 18"),
        ("e content 0", "The sentence has words 1 to 18"),
        ("e level", "level needs a value"),
        ("e level high", "high is not a level"),
        ("e level 0", "Level 0 is a quotation"),
        ("e text new words", "text cannot be changed; these can: predicate"),
        ("e party NOBODY", "NOBODY is not a party of this reading"),
        ("+ party UNION; act say; cue 4", "needs a cue and a content"),
        ("+ cue 99", "The sentence has words 1 to 18"),
    ],
)
def test_what_cannot_be_changed_is_said_and_changes_nothing(line: str, why: str) -> None:
    found = Walk(line)
    assert why in " ".join(found.text.split())
    assert found.verdicts == []


def test_an_edit_or_addition_can_be_left() -> None:
    assert Walk("e", "", "+", "  ", "e ;").verdicts == []


def test_adding_a_statement_of_the_sentence_on_the_screen() -> None:
    found = Walk("j 3", "+", "party ISLES; act want; source 4-6; cue 7-9; content 10-12", "q")
    (one,) = found.review.applied.kept
    assert one.content.of(herring().article.text) == "settle the dispute"
    assert (one.level, one.own_words) == (2, False)
    assert "5 of 10: added" in found.text
    assert "parties: UNION, ISLES, LANDLORD, narrator" in found.text


# Stopping and coming again -------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_the_end_of_input_and_ctrl_c_save(end: type[BaseException]) -> None:
    found = Walk("a", "n", end=end)
    assert found.verdicts == ["accepted"]
    assert found.saved[-1] == found.review
    assert found.text.rstrip().endswith("Saved. 1 of 9 decided, 8 open.")


def reviewed(folder: Path, lines: Iterable[str], readings: Sequence[ReadArticle] = (), **more: Any) -> tuple[int, str]:
    screen = console()
    settings: dict[str, Any] = {"console": screen, "ask": typing(*lines), "interactive": True}
    return review_case(readings or [herring(), lease()], folder, **(settings | more)), shown(screen)


def test_one_comes_back_to_where_one_stopped(tmp_path: Path) -> None:
    assert reviewed(tmp_path, ["a", "j 6"], by="Ana")[0] == 0
    assert "6 of 9: open" in reviewed(tmp_path, [], by="Ana")[1]
    # Somebody else begins at what is open, and sees what was decided.
    code, text = reviewed(tmp_path, ["p"], by="Bo")
    assert code == 0
    assert "2 of 9: open" in text
    assert "1 of 9: accepted by Ana" in text
    stored = load_decisions(tmp_path / "review.json")
    assert set(stored.stopped_at) == {"Ana", "Bo"}
    assert [one.by for one in stored.decisions] == ["Ana"]


def test_a_decision_taken_back_is_gone_from_the_file(tmp_path: Path) -> None:
    reviewed(tmp_path, ["a", "e level 3", "u", "q"])
    assert [one.verdict for one in load_decisions(tmp_path / "review.json").decisions] == ["accepted"]


def test_two_people_at_once_lose_nothing(tmp_path: Path) -> None:
    def ask(prompt: str) -> str:
        if not asked:
            reviewed(tmp_path, ["r not so"], by="Bo")
        asked.append(prompt)
        return "a" if len(asked) == 1 else "q"

    asked: list[str] = []
    code, text = reviewed(tmp_path, [], ask=ask, by="Ana")
    assert code == 0
    assert [one.by for one in load_decisions(tmp_path / "review.json").decisions] == ["Bo", "Ana"]
    assert "1 of 9 decided" in text


def test_decisions_that_no_longer_fit_are_shown_and_kept(tmp_path: Path) -> None:
    reviewed(tmp_path, ["a", "a"])
    fewer = replace(herring(), statements=herring().statements[1:])
    code, text = reviewed(tmp_path, ["q"], readings=[fewer])
    assert code == 0
    assert "1 decision no longer fits the reading (kept in the file):" in text
    assert "accepted “The coastal union will not sign" in text
    assert len(load_decisions(tmp_path / "review.json").decisions) == 2


def test_without_a_terminal_a_review_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reviewed(tmp_path, ["a"], interactive=False)[0] == 2
    assert review_case([herring()], tmp_path, console=console()) == 2  # the tests have no terminal
    assert capsys.readouterr().err.count("a review needs somebody at a terminal") == 2
    assert list(tmp_path.iterdir()) == []


def test_a_faulty_file_ends_with_1_and_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "review.json"
    content = json.dumps({"zopa_review": 1, "decisions": [{"id": "a"}, {"id": "b\x1b[31m", "x\x1b": 1}]})
    file.write_text(content, encoding="utf-8")
    assert reviewed(tmp_path, ["a"])[0] == 1
    said = capsys.readouterr().err
    assert "decision 1: verdict must be text" in said
    assert "nothing was changed" in said
    assert "\x1b" not in said
    assert file.read_text(encoding="utf-8") == content


def test_a_folder_that_cannot_be_written_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reviewed(tmp_path / "missing", ["a"])[0] == 2
    assert "cannot be written" in capsys.readouterr().err
    (tmp_path / "review.json").mkdir()
    assert reviewed(tmp_path, ["a"])[0] == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_reading_without_statements_has_nothing_to_review(tmp_path: Path) -> None:
    empty = Reading(article("a.txt", ("text", "It rained.")), None, ())
    code, text = reviewed(tmp_path, ["a"], readings=[empty])
    assert (code, text.strip()) == (0, "The reading holds no statement: there is nothing to review.")
    assert list(tmp_path.iterdir()) == []
