"""Work in the background: progress, cancel, the latest wish wins, and nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.workbench import background_work as work
from zopa.workbench import jobs as module
from zopa.workbench.jobs import Jobs

pytestmark = pytest.mark.skipif(os.name != "posix", reason="ends processes by signals")
SECONDS = 60.0  # how long a test waits for what must come; nothing is measured


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs(ready=())
    try:
        yield made
    finally:
        made.close()


def begun(marks: Path) -> int:
    """Wait until work has left its mark, and return its process."""
    limit = time.monotonic() + SECONDS
    while time.monotonic() < limit:
        if marks.exists() and (text := marks.read_text(encoding="utf-8")):
            return int(text)
        time.sleep(0.01)
    raise AssertionError("the work did not begin")


def gone(process: int) -> bool:
    """Wait until a process has ended."""
    limit = time.monotonic() + SECONDS
    while time.monotonic() < limit:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if "\nState:\tZ" in status(process):
            return True
        time.sleep(0.01)
    return False


def status(process: int) -> str:
    try:
        return Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return ""


def test_work_gives_its_result_and_is_kept(jobs: Jobs) -> None:
    job = jobs.start("a", work.double, 21, slot="one")
    assert job.wait(SECONDS)
    assert (job.state, job.result, job.error) == ("done", 42, None)
    assert (job.done, job.total) == (1, 1)
    assert jobs.start("a", work.double, 21, slot="two") is job
    assert jobs.get("a") is job
    assert jobs.get("b") is None


def test_a_process_stays_warm_and_gives_way(jobs: Jobs) -> None:
    first, second = (jobs.start(name, work.process_of, name, slot=name) for name in "ab")
    assert first.wait(SECONDS)
    assert second.wait(SECONDS)
    assert first.result == second.result
    assert first.result[0] != os.getpid()
    assert first.result[1] >= min(os.nice(0) + 5, 19)
    assert first.result[2] == "1"


def test_progress_is_told(jobs: Jobs, tmp_path: Path) -> None:
    job = jobs.start("a", work.steps, str(tmp_path / "a"), slot="one")
    begun(tmp_path / "a")
    limit = time.monotonic() + SECONDS
    while job.done == 0 and time.monotonic() < limit:
        time.sleep(0.01)
    assert job.state == "running"
    assert 0 < job.done < job.total == 1200


@pytest.mark.parametrize("function", [work.steps, work.silence, work.churn])
def test_cancelled_work_makes_way_for_the_next(jobs: Jobs, tmp_path: Path, function: object) -> None:
    job = jobs.start("a", function, str(tmp_path / "a"), slot="one")  # type: ignore[arg-type]
    begun(tmp_path / "a")
    jobs.cancel("a")
    assert str(job.state) == "cancelled"
    following = jobs.start("b", work.double, 1, slot="two")
    assert following.wait(SECONDS)
    assert following.result == 2
    again = jobs.start("a", work.double, 2, slot="one")
    assert again is not job
    assert again.wait(SECONDS)
    assert again.result == 4


@pytest.mark.parametrize("function", [work.steps, work.churn])
def test_work_in_python_keeps_its_process_when_it_is_cancelled(
    jobs: Jobs, tmp_path: Path, function: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GRACE", SECONDS)
    jobs.start("a", function, str(tmp_path / "a"), slot="one")  # type: ignore[arg-type]
    process = begun(tmp_path / "a")
    jobs.cancel("a")
    after = jobs.start("b", work.process_of, "b", slot="one")
    assert after.wait(SECONDS)
    assert after.result[0] == process


def test_work_that_does_not_stop_is_ended_with_its_process(jobs: Jobs, tmp_path: Path) -> None:
    jobs.start("a", work.silence, str(tmp_path / "a"), slot="one")
    process = begun(tmp_path / "a")
    jobs.cancel("a")
    assert gone(process)


def test_a_storm_of_wishes_ends_with_the_last_one(jobs: Jobs, tmp_path: Path) -> None:
    first = jobs.start("first", work.process_of, "first", slot="one")
    assert first.wait(SECONDS)
    for number in range(200):
        jobs.start(f"a{number}", work.churn if number % 2 else work.double, str(tmp_path / "a"), slot="one")
        time.sleep(0.0005 * (number % 5))
    last = jobs.start("last", work.process_of, "last", slot="one")
    assert last.wait(SECONDS)
    assert last.state == "done"
    states = {job.state for number in range(170, 200) if (job := jobs.get(f"a{number}")) is not None}
    assert states <= {"cancelled", "done"}


def test_the_latest_wish_of_a_slot_wins(jobs: Jobs, tmp_path: Path) -> None:
    first = jobs.start("a", work.silence, str(tmp_path / "a"), slot="one")
    begun(tmp_path / "a")
    between = [jobs.start(f"b{number}", work.silence, str(tmp_path / "b"), slot="one") for number in range(5)]
    last = jobs.start("c", work.double, 3, slot="one")
    assert [one.state for one in (first, *between)] == ["cancelled"] * 6
    assert last.wait(SECONDS)
    assert last.result == 6
    assert not (tmp_path / "b").exists()


def test_what_another_slot_wants_as_well_goes_on(jobs: Jobs, tmp_path: Path) -> None:
    shared = jobs.start("a", work.steps, str(tmp_path / "a"), slot="one")
    assert jobs.start("a", work.steps, str(tmp_path / "a"), slot="two") is shared
    begun(tmp_path / "a")
    jobs.start("b", work.double, 1, slot="one")
    assert shared.state == "running"
    jobs.start("c", work.double, 1, slot="two")
    assert str(shared.state) == "cancelled"


def test_what_waits_can_be_cancelled(jobs: Jobs, tmp_path: Path) -> None:
    jobs.start("a", work.steps, str(tmp_path / "a"), slot="one")
    waiting = jobs.start("b", work.steps, str(tmp_path / "b"), slot="two")
    begun(tmp_path / "a")
    assert waiting.state == "waiting"
    jobs.cancel("b")
    jobs.cancel("a")
    jobs.cancel("nobody knows this")
    after = jobs.start("c", work.double, 4, slot="one")
    assert after.wait(SECONDS)
    assert str(waiting.state) == "cancelled"
    assert not (tmp_path / "b").exists()


def test_a_killed_process_fails_its_work_in_words_and_the_next_work_is_done(jobs: Jobs, tmp_path: Path) -> None:
    job = jobs.start("a", work.silence, str(tmp_path / "a"), slot="one")
    os.kill(begun(tmp_path / "a"), signal.SIGKILL)
    assert job.wait(SECONDS)
    assert job.state == "failed"
    assert job.error == module.GONE
    after = jobs.start("b", work.double, 5, slot="one")
    assert after.wait(SECONDS)
    assert after.result == 10


def test_work_that_ends_its_process_twice_is_not_tried_for_ever(jobs: Jobs) -> None:
    tried = []
    for _ in range(4):
        job = jobs.start("a", work.dies, "a", slot="one")
        assert job.wait(SECONDS)
        assert job.state == "failed"
        tried.append(job)
    assert tried[0] is not tried[1]
    assert tried[1] is tried[2] is tried[3]


def test_errors_come_back_as_words_and_the_traceback_on_standard_error(jobs: Jobs, capfd: pytest.CaptureFixture[str]) -> None:
    said = jobs.start("a", work.refuses, "The range of A1 is upside down.", slot="one")
    assert said.wait(SECONDS)
    assert (said.state, said.error) == ("failed", "The range of A1 is upside down.")
    error = jobs.start("b", work.breaks, "what was confided", slot="one")
    assert error.wait(SECONDS)
    assert error.error is not None
    assert "KeyError" in error.error
    assert "what was confided" not in error.error
    assert "Traceback" not in error.error
    jobs.close()
    assert "Traceback" in capfd.readouterr().err
    assert jobs.start("b", work.breaks, "what was confided", slot="one") is error


def test_a_result_that_cannot_travel_fails_in_words(jobs: Jobs) -> None:
    job = jobs.start("a", work.unreadable, "a", slot="one")
    assert job.wait(SECONDS)
    assert job.state == "failed"
    after = jobs.start("b", work.double, 6, slot="one")
    assert after.wait(SECONDS)
    assert after.result == 12


def test_the_oldest_results_are_forgotten(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 3)
    for number in range(5):
        assert jobs.start(str(number), work.double, number, slot="one").wait(SECONDS)
        assert jobs.get("0") is not None  # asked for again and again, it stays
    assert [name for name in "01234" if jobs.get(name) is not None] == ["0", "3", "4"]


def test_too_much_at_once_is_refused_in_words(jobs: Jobs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 2)
    jobs.start("a", work.steps, str(tmp_path / "a"), slot="a")
    begun(tmp_path / "a")
    states = [jobs.start(name, work.double, 1, slot=name).state for name in "bcd"]
    assert states == ["waiting", "waiting", "failed"]
    refused = jobs.get("d")
    assert refused is not None
    assert refused.error == module.BUSY
    jobs.cancel("a")
    second = jobs.get("c")
    assert second is not None
    assert second.wait(SECONDS)
    assert jobs.start("d", work.double, 1, slot="d").wait(SECONDS)


def test_processes_that_do_not_start_are_given_up_in_words(capfd: pytest.CaptureFixture[str]) -> None:
    jobs = Jobs(ready=("zopa.workbench.there_is_no_such_module",))
    try:
        job = jobs.start("a", work.double, 1, slot="one")
        assert job.wait(SECONDS)
        assert (job.state, job.error) == ("failed", module.NO_START)
    finally:
        jobs.close()
    assert "there_is_no_such_module" in capfd.readouterr().err


def test_after_the_end_nothing_begins(tmp_path: Path) -> None:
    jobs = Jobs(ready=())
    running = jobs.start("a", work.silence, str(tmp_path / "a"), slot="one")
    process = begun(tmp_path / "a")
    jobs.close()
    assert running.state == "cancelled"
    assert gone(process)
    assert jobs.start("b", work.double, 1, slot="one").state == "cancelled"
    jobs.close()


PARENT = """
import sys, time
from pathlib import Path
from tests.workbench import background_work as work
from zopa.workbench.jobs import Jobs

if __name__ == "__main__":
    jobs = Jobs(ready=())
    jobs.start("a", work.silence, sys.argv[1], slot="one")
    while not Path(sys.argv[1]).exists():
        time.sleep(0.01)
    {end}
"""


@pytest.mark.parametrize("end", ["time.sleep(600)", "sys.exit(0)"], ids=["killed", "ended"])
def test_the_process_ends_with_its_parent(tmp_path: Path, end: str) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT.replace("{end}", end), encoding="utf-8")
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join([str(ROOT), *sys.path]))
    parent = subprocess.Popen([sys.executable, str(script), str(tmp_path / "mark")], env=environment, cwd=ROOT)
    try:
        process = begun(tmp_path / "mark")
        if "sleep" in end:
            parent.kill()
        parent.wait(SECONDS)
        assert gone(process)
    finally:
        parent.kill()
        parent.wait()
