"""The desk: saves, undo, changes made elsewhere, links, locks; nothing is lost and nothing half-written."""

from __future__ import annotations

import codecs
import os
import stat
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.case.broken import SOUND, SOURCE
from zopa.case import CaseFaults, holding, load_case, raw_at, read_data, replace_value, values_of
from zopa.workbench import desk as desk_module
from zopa.workbench.desk import Desk, DeskFault, Edit, EditConflict, NothingToUndo, Standing

Make = Callable[..., Path]
PATH = "assumptions.A2.value"


@pytest.fixture
def folder(make_case: Make) -> Path:
    return make_case(SOUND, minutes=SOURCE)


def text_of(folder: Path) -> str:
    return (folder / "case.yaml").read_text(encoding="utf-8")


def write_outside(folder: Path, text: str) -> None:
    (folder / "case.yaml").write_text(text, encoding="utf-8")


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_save_changes_the_file_and_can_be_undone_and_done_again(folder: Path) -> None:
    desk = Desk(folder)
    before = text_of(folder)
    first = desk.look()
    assert (first.count, first.undo, first.redo, first.outside, first.faults) == (0, None, None, None, ())
    assert first.revision == sha256(before.encode()).hexdigest()
    saved = desk.save([Edit(PATH, "10..40", "20..40"), Edit("rules.R2.note", None, None)], "the alternative of the city")
    assert text_of(folder) == before.replace("10..40", "20..40")
    assert (saved.count, saved.undo, saved.redo) == (1, "the alternative of the city", None)
    assert saved.revision == sha256(text_of(folder).encode()).hexdigest()
    assert saved.case.digest == load_case(folder).digest
    assert desk.look() == saved
    undone = desk.undo()
    assert text_of(folder) == before
    assert (undone.count, undone.undo, undone.redo) == (2, None, "the alternative of the city")
    assert (undone.revision, undone.case.digest) == (first.revision, first.case.digest)
    again = desk.redo()
    assert (again.revision, again.undo, again.redo) == (saved.revision, saved.undo, None)
    desk.undo()
    other = desk.save([Edit("title", "A harbour lease", "A lease")], "title")
    assert other.redo is None
    with pytest.raises(NothingToUndo, match="again"):
        desk.redo()
    assert names(folder) == ["case.yaml", "sources"]


def test_nothing_to_undo_is_said(folder: Path) -> None:
    with pytest.raises(NothingToUndo, match="nothing to undo"):
        Desk(folder).undo()


def test_a_save_that_changes_nothing_is_none(folder: Path) -> None:
    desk = Desk(folder)
    inode = (folder / "case.yaml").stat().st_ino
    assert desk.save([Edit(PATH, "10..40", "10..40")], "nothing") == desk.look()
    assert desk.save([], "nothing").undo is None
    assert (folder / "case.yaml").stat().st_ino == inode


def test_two_hundred_changes_can_be_undone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk_module.KEPT == 200
    monkeypatch.setattr(desk_module, "KEPT", 3)
    desk = Desk(folder)
    for number in range(5):
        desk.save([Edit("title", raw_at(text_of(folder), "title"), f"Title {number}")], f"title {number}")
    for number in (4, 3, 2):
        assert desk.look().undo == f"title {number}"
        desk.undo()
    assert raw_at(text_of(folder), "title") == "Title 1"
    with pytest.raises(NothingToUndo):
        desk.undo()


@pytest.mark.parametrize("value", ["60..10", "words", "[", "two\nlines", "1, b: 2}", "&a 1"])
def test_what_would_leave_faults_is_not_written(folder: Path, value: str) -> None:
    desk = Desk(folder)
    before = text_of(folder)
    with pytest.raises(CaseFaults):
        desk.save([Edit("title", "A harbour lease", "New"), Edit(PATH, "10..40", value)], "bad")
    assert text_of(folder) == before
    assert desk.look().undo is None
    assert names(folder) == ["case.yaml", "sources"]


def test_line_ends_and_byte_order_mark_stay(make_case: Make) -> None:
    folder = make_case("x", minutes=SOURCE)
    lines = SOUND.splitlines()
    data = codecs.BOM_UTF8 + "".join(line + ("\r\n", "\n", "\r\n")[number % 3] for number, line in enumerate(lines)).encode()
    (folder / "case.yaml").write_bytes(data)
    desk = Desk(folder / "case.yaml")
    desk.save([Edit(PATH, "10..40", "20..40"), Edit("packages.zzz", None, "{name: New, of: {}}")][:1], "x")
    assert (folder / "case.yaml").read_bytes() == data.replace(b"10..40", b"20..40")
    desk.undo()
    assert (folder / "case.yaml").read_bytes() == data


def test_rights_stay(folder: Path) -> None:
    (folder / "case.yaml").chmod(0o640)
    Desk(folder).save([Edit(PATH, "10..40", "20..40")], "x")
    assert stat.S_IMODE((folder / "case.yaml").stat().st_mode) == 0o640


# Changes made elsewhere ------------------------------------------------------------------------------


def test_a_change_made_elsewhere_is_taken_over(folder: Path) -> None:
    desk = Desk(folder)
    desk.save([Edit(PATH, "10..40", "20..40")], "mine")
    write_outside(
        folder,
        text_of(folder).replace("A harbour lease", "Another lease").replace("euros", "dollars"),
    )
    seen = desk.look()
    assert seen.case.title == "Another lease"
    assert seen.outside is not None
    assert "2 values" in seen.outside
    assert (seen.count, seen.undo, seen.faults) == (2, "mine", ())
    assert desk.look() is seen
    undone = desk.undo()  # by its path: what others changed stays
    assert undone.case.title == "Another lease"
    assert raw_at(text_of(folder), PATH) == "10..40"
    assert desk.redo().case.title == "Another lease"
    assert raw_at(text_of(folder), PATH) == "20..40"


def test_layout_alone_is_said_to_be_layout(folder: Path) -> None:
    desk = Desk(folder)
    write_outside(folder, "# a comment\n" + text_of(folder))
    assert "no value" in (desk.look().outside or "")
    desk.save([Edit(PATH, "10..40", "20..40")], "mine")
    assert text_of(folder).startswith("# a comment\n")


def test_a_rewrite_of_the_same_size_and_time_is_noticed(folder: Path) -> None:
    desk = Desk(folder)
    found = (folder / "case.yaml").stat()
    with (folder / "case.yaml").open("r+", encoding="utf-8") as file:
        text = file.read()
        file.seek(0)
        file.write(text.replace("10..40", "10..41"))
    os.utime(folder / "case.yaml", ns=(found.st_atime_ns, found.st_mtime_ns))
    assert (folder / "case.yaml").stat().st_mtime_ns == found.st_mtime_ns
    assert "one value" in (desk.look().outside or "")


def test_an_old_file_that_did_not_change_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (folder / "case.yaml", folder / "sources" / "minutes.md"):
        os.utime(path, ns=(10**18, 10**18))
    desk = Desk(folder)
    desk.look()
    monkeypatch.setattr(Path, "open", lambda *_arguments: pytest.fail("read again"))
    assert desk.look().count == 0


def test_the_same_value_changed_elsewhere_is_a_conflict(folder: Path) -> None:
    desk = Desk(folder)
    desk.save([Edit(PATH, "10..40", "20..40")], "mine")
    write_outside(folder, text_of(folder).replace("20..40", "30..40"))
    before = text_of(folder)
    with pytest.raises(EditConflict, match=r"20\.\.40 stood there, and 30\.\.40 does now"):
        desk.save([Edit("title", "A harbour lease", "x"), Edit(PATH, "20..40", "25..40")], "again")
    with pytest.raises(EditConflict):
        desk.undo()
    assert text_of(folder) == before
    assert desk.look().undo == "mine"
    write_outside(folder, before.replace("30..40", "20..40"))
    desk.undo()
    assert text_of(folder) == SOUND


def test_what_others_undid_already_counts_as_undone(folder: Path) -> None:
    desk = Desk(folder)
    desk.save([Edit(PATH, "10..40", "20..40")], "mine")
    edited = SOUND.replace("A harbour lease", "Another lease")
    write_outside(folder, edited)
    undone = desk.undo()
    assert (undone.undo, undone.redo) == (None, "mine")
    assert text_of(folder) == edited
    desk.redo()
    assert text_of(folder) == edited.replace("10..40", "20..40")


def test_faults_made_elsewhere_keep_the_last_whole_case_and_stop_saving(folder: Path) -> None:
    desk = Desk(folder)
    desk.save([Edit(PATH, "10..40", "20..40")], "mine")
    whole = text_of(folder)
    write_outside(folder, whole.replace("as_of: 2024-03-01", "as_of: never"))
    seen = desk.look()
    assert seen.faults
    assert seen.case.title == "A harbour lease"
    assert "fault" in (seen.outside or "")
    broken = text_of(folder)
    acts: list[Callable[[], Standing]] = [lambda: desk.save([Edit(PATH, "20..40", "1..2")], "x"), desk.undo]
    for act in acts:
        with pytest.raises(CaseFaults):
            act()
    assert text_of(folder) == broken
    write_outside(folder, whole)
    mended = desk.look()
    assert (mended.faults, mended.undo, mended.count) == ((), "mine", 3)
    desk.undo()
    assert text_of(folder) == SOUND


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", "zopa: 1".encode("utf-16"), b"a: [", b"x" * 2_000_001], ids=lambda one: repr(one[:9])
)
def test_rubbish_made_elsewhere_is_told(folder: Path, data: bytes) -> None:
    desk = Desk(folder)
    (folder / "case.yaml").write_bytes(data)
    seen = desk.look()
    assert seen.faults
    assert desk.look() is seen
    assert seen.revision == sha256(data).hexdigest()
    write_outside(folder, SOUND)
    assert desk.look().faults == ()


def test_a_file_that_is_gone_is_told_and_may_come_back(folder: Path) -> None:
    desk = Desk(folder)
    (folder / "case.yaml").rename(folder / "kept.txt")
    seen = desk.look()
    assert [one.code for one in seen.faults] == ["ZC001"]
    assert desk.look() is seen
    with pytest.raises(CaseFaults):
        desk.save([Edit(PATH, "10..40", "20..40")], "x")
    assert names(folder) == ["kept.txt", "sources"]
    (folder / "kept.txt").rename(folder / "case.yaml")
    assert desk.look().faults == ()
    (folder / "case.yaml").unlink()
    (folder / "case.yaml").mkdir()
    assert desk.look().faults
    with pytest.raises(CaseFaults):
        Desk(folder)


def test_a_source_changed_elsewhere_is_noticed(folder: Path) -> None:
    desk = Desk(folder)
    source = folder / "sources" / "minutes.md"
    source.write_text(SOURCE + "More.\n", encoding="utf-8")
    seen = desk.look()
    assert "minutes.md" in (seen.outside or "")
    assert seen.case.digest == load_case(folder).digest
    source.unlink()
    assert desk.look().faults
    source.write_text(SOURCE, encoding="utf-8")
    assert desk.look().faults == ()
    write_outside(folder, SOUND.replace("sources/minutes.md", "sources/other.md"))
    assert desk.look().faults
    (folder / "sources" / "other.md").write_text(SOURCE, encoding="utf-8")
    assert desk.look().faults == ()


def test_somebody_who_writes_while_a_change_is_checked_loses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(folder)
    real = read_data
    times = iter(range(2))

    def slow(data: bytes, file: Path) -> object:
        if next(times, None) is not None:
            write_outside(folder, text_of(folder) + "# again\n")
        return real(data, file)

    monkeypatch.setattr(desk_module, "read_data", slow)
    desk.save([Edit(PATH, "10..40", "20..40")], "mine")
    assert text_of(folder) == SOUND.replace("10..40", "20..40") + "# again\n" * 2


def test_somebody_who_writes_all_the_time_is_not_overwritten(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(folder)
    real = read_data

    def slow(data: bytes, file: Path) -> object:
        write_outside(folder, text_of(folder) + "# again\n")
        return real(data, file)

    monkeypatch.setattr(desk_module, "read_data", slow)
    with pytest.raises(DeskFault, match="all the time"):
        desk.save([Edit(PATH, "10..40", "20..40")], "mine")
    assert "10..40" in text_of(folder)
    assert "# again" in text_of(folder)


# Several at once -------------------------------------------------------------------------------------


def add_many(desk: Desk, who: str, count: int) -> None:
    for number in range(count):
        desk.save([Edit(f"assumptions.{who}{number}", None, f"by {who}")], f"{who} {number}")
        desk.look()


def test_two_desks_in_threads_lose_nothing(folder: Path) -> None:
    shared, other = Desk(folder), Desk(folder)
    desks = {"X": shared, "Y": other, "Z": shared}
    threads = [threading.Thread(target=add_many, args=(desk, who, 6)) for who, desk in desks.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    values = values_of(text_of(folder))
    assert {f"assumptions.{who}{number}" for who in desks for number in range(6)} <= set(values)
    assert load_case(folder)
    assert shared.look().revision == other.look().revision
    assert names(folder) == ["case.yaml", "sources"]


@pytest.mark.skipif(os.name == "nt", reason="locks of POSIX")
def test_two_processes_lose_nothing(folder: Path) -> None:
    program = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from zopa.workbench.desk import Desk, Edit
        desk = Desk(Path(sys.argv[1]))
        print("ready", flush=True)
        sys.stdin.readline()
        for number in range(8):
            desk.save([Edit(f"assumptions.{sys.argv[2]}{number}", None, "added")], "x")
        """
    )
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(folder), who], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        for who in "XY"
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"ready\n"
    for worker in workers:
        worker.communicate(b"go\n")
        assert worker.returncode == 0
    values = values_of(text_of(folder))
    assert {f"assumptions.{who}{number}" for who in "XY" for number in range(8)} <= set(values)


def test_looking_does_not_wait_for_a_save(folder: Path) -> None:
    desk = Desk(folder)
    before = desk.look()
    write_outside(folder, SOUND.replace("A harbour lease", "Another"))
    found: list[object] = []
    with desk._lock:
        thread = threading.Thread(target=lambda: found.append(desk.look()))
        thread.start()
        thread.join()
    assert found == [before]
    assert desk.look().case.title == "Another"


@pytest.mark.skipif(os.name == "nt", reason="locks of POSIX")
def test_a_folder_held_too_long_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(folder)
    monkeypatch.setattr(desk_module, "holding", lambda path: holding(path, patience=0.02))
    with holding(folder), pytest.raises(DeskFault, match="another program holds the case folder"):
        desk.save([Edit(PATH, "10..40", "20..40")], "x")
    assert text_of(folder) == SOUND
    desk.save([Edit(PATH, "10..40", "20..40")], "x")


# What the system refuses -----------------------------------------------------------------------------


def test_a_case_file_that_leads_outside_is_refused(folder: Path, tmp_path: Path) -> None:
    desk = Desk(folder)
    outside = tmp_path / "outside.yaml"
    (folder / "case.yaml").rename(outside)
    (folder / "case.yaml").symlink_to(outside)
    with pytest.raises(DeskFault, match="leads outside"):
        Desk(folder)
    seen = desk.look()
    assert "leads outside" in seen.faults[0].message
    assert desk.look() is seen
    outside.write_text(SOUND.replace("A harbour lease", "Secret"), encoding="utf-8")
    assert desk.look() is seen
    before = outside.read_bytes()
    acts: list[Callable[[], Standing]] = [lambda: desk.save([Edit(PATH, "10..40", "20..40")], "x"), desk.undo]
    for act in acts:
        with pytest.raises(CaseFaults):
            act()
    assert outside.read_bytes() == before
    (folder / "case.yaml").unlink()
    write_outside(folder, SOUND)
    assert desk.look().faults == ()


def test_a_link_inside_the_folder_stays_a_link(folder: Path) -> None:
    (folder / "case.yaml").rename(folder / "real.yaml")
    (folder / "case.yaml").symlink_to("real.yaml")
    Desk(folder).save([Edit(PATH, "10..40", "20..40")], "x")
    assert (folder / "case.yaml").is_symlink()
    assert "20..40" in (folder / "real.yaml").read_text(encoding="utf-8")


def test_a_folder_that_is_a_link_is_the_folder_it_leads_to(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    Desk(tmp_path / "link").save([Edit(PATH, "10..40", "20..40")], "x")
    assert "20..40" in text_of(folder)


def guarded(real: Callable[..., Any], secret: Path) -> Callable[..., Any]:
    def act(path: Path, *arguments: Any, **named: Any) -> Any:
        assert path.resolve() != secret, "read outside"
        return real(path, *arguments, **named)

    return act


def test_a_source_that_leads_outside_is_never_read(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(folder)
    secret = tmp_path / "secret.md"
    secret.write_text(SOURCE, encoding="utf-8")
    source = folder / "sources" / "minutes.md"
    source.unlink()
    source.symlink_to(secret)
    for name in ("open", "read_bytes"):
        monkeypatch.setattr(Path, name, guarded(getattr(Path, name), secret))
    assert [one.code for one in desk.look().faults] == ["ZC031"]
    with pytest.raises(CaseFaults):
        Desk(folder)
    source.unlink()
    source.write_text(SOURCE, encoding="utf-8")
    assert desk.look().faults == ()
    for name in (str(secret), "../secret.md", "sources", "\\0", "case.yaml"):
        with pytest.raises(CaseFaults):
            desk.save([Edit("sources.minutes.file", "sources/minutes.md", f'"{name}"')], "x")
        write_outside(folder, replace_value(SOUND, "sources.minutes.file", f'"{name}"'))
        assert desk.look().faults
        write_outside(folder, SOUND)
        assert desk.look().faults == ()


@pytest.mark.parametrize(("number", "words"), [(28, "no space left on device"), (13, "permission denied"), (30, "read-only")])
def test_what_the_system_refuses_is_told_and_nothing_is_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    desk = Desk(folder)
    desk.save([Edit(PATH, "10..40", "20..40")], "first")
    before = text_of(folder)

    def refuse(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    acts: list[Callable[[], Standing]] = [lambda: desk.save([Edit(PATH, "20..40", "30..40")], "second"), desk.undo]
    for act in acts:
        with pytest.raises(DeskFault, match=words) as caught:
            act()
        assert "Nothing was changed" in str(caught.value)
    monkeypatch.undo()
    assert text_of(folder) == before
    assert names(folder) == ["case.yaml", "sources"]
    seen = desk.look()
    assert (seen.undo, seen.count, seen.faults) == ("first", 1, ())
    desk.undo()
    assert text_of(folder) == SOUND


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights that bind this user")
def test_a_folder_without_rights_can_be_read_but_not_saved(folder: Path) -> None:
    folder.chmod(0o500)
    try:
        desk = Desk(folder)
        with pytest.raises(DeskFault, match="permission denied"):
            desk.save([Edit(PATH, "10..40", "20..40")], "x")
    finally:
        folder.chmod(0o700)
    assert text_of(folder) == SOUND


def test_leftovers_of_a_killed_save_go_at_the_next_start(folder: Path) -> None:
    for name in (".case.yaml.abcdefgh.part", ".case.yaml.notes.part", "case.yaml.part", ".other.yaml.abcdefgh.part"):
        (folder / name).write_text("half", encoding="utf-8")
    Desk(folder)
    assert names(folder) == [".case.yaml.notes.part", ".other.yaml.abcdefgh.part", "case.yaml", "case.yaml.part", "sources"]


def test_a_case_with_faults_or_without_a_file_is_not_opened(make_case: Make, tmp_path: Path) -> None:
    with pytest.raises(CaseFaults):
        Desk(make_case("zopa: 1\n"))
    with pytest.raises(CaseFaults):
        Desk(tmp_path / "nowhere")


# Any order of things ---------------------------------------------------------------------------------

CHANGES: dict[str, list[str | None]] = {
    "title": ["A", "B", "C"],
    PATH: ["10..40", "20..30", "15..35"],
    "issues.rent.unit": ["euros", "dollars"],
    "assumptions.new": [None, "one", "{value: 1..2, assume: why}"],
    "rules.R1.because": ["s1", "[s1, s2]"],
}


@pytest.mark.property
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(st.sampled_from(["undo", "redo"]), st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 2))), max_size=12
    )
)
def test_undo_restores_every_byte(make_case: Make, steps: list[str | tuple[str, int]]) -> None:
    folder = make_case(SOUND, minutes=SOURCE)
    desk = Desk(folder)
    past, future = [SOUND], list[str]()
    for step in steps:
        if step == "undo":
            if len(past) == 1:
                continue
            desk.undo()
            future.append(past.pop())
        elif step == "redo":
            if not future:
                continue
            desk.redo()
            past.append(future.pop())
        else:
            assert not isinstance(step, str)
            path, number = step
            values = CHANGES[path]
            before = raw_at(text_of(folder), path)
            desk.save([Edit(path, before, values[number % len(values)])], path)
            if text_of(folder) != past[-1]:
                past.append(text_of(folder))
                future.clear()
        assert text_of(folder) == past[-1]
        assert (desk.look().undo is None, desk.look().redo is None) == (len(past) == 1, not future)
