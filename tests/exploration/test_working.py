"""Running tasks: the same arrays however many run them, and nothing lost when a process or a machine fails."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import util
from pathlib import Path
from threading import Timer

import pytest

import zopa
from tests.conftest import ROOT
from tests.exploration import tasks
from tests.exploration.tasks import KEYS, SETTINGS, runs
from tests.exploration.test_storing import assert_same
from zopa.exploration import working
from zopa.exploration.storing import Arrays, PartStore
from zopa.exploration.working import WorkerDied, run_tasks

TASKS = {key: number for number, key in enumerate(KEYS)}
HEAVY = bytes([7]) * 3_000_000
LONGEST = 120  # seconds for one test, on a busy machine
EXPECTED = {key: tasks.numbers(7, number) for key, number in TASKS.items()}


@pytest.fixture(autouse=True)
def _nobody_waits_for_ever() -> Iterator[None]:
    """What hangs fails, and goes on failing while it clears up."""

    def give_up(_number: int, _frame: object) -> None:
        raise TimeoutError(f"no end after {LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, LONGEST, 30)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(autouse=True)
def _nobody_stays(_nobody_waits_for_ever: None) -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def assert_expected(found: dict[str, Arrays]) -> None:
    assert set(found) == set(EXPECTED)
    for key, arrays in EXPECTED.items():
        assert_same(found[key], arrays)


@pytest.mark.oracle
@pytest.mark.parametrize("workers", [1, 2, pytest.param(4, marks=pytest.mark.slow)])
def test_any_number_of_workers_gives_the_same(workers: int) -> None:
    assert_expected(dict(run_tasks(tasks.numbers, 7, TASKS, workers=workers)))


def test_nothing_to_do() -> None:
    assert list(run_tasks(tasks.numbers, 7, {}, workers=2)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_counts_up_to_all(tmp_path: Path, workers: int) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    for key in KEYS[:3]:
        store.write(key, EXPECTED[key])
    seen: list[tuple[int, int]] = []
    found = dict(
        run_tasks(tasks.numbers, 7, TASKS, workers=workers, store=store, progress=lambda done, total: seen.append((done, total)))
    )
    assert_expected(found)
    assert seen == [(done, 12) for done in range(1, 13)]


def test_what_is_stored_is_not_run(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    for key in KEYS[4:7]:
        store.write(key, EXPECTED[key])
    (store.folder / "part-reading_205.npz").write_bytes(b"PK")  # a part cut short is made again
    found = dict(run_tasks(tasks.noted, tmp_path, TASKS, store=store))
    assert_expected(found)
    assert runs(tmp_path, range(12)) == [1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1]
    for key in KEYS:
        assert_same(store.read(key) or {}, EXPECTED[key])
    assert_expected(dict(run_tasks(tasks.noted, tmp_path, TASKS, store=store)))
    assert sum(runs(tmp_path, range(12))) == 10


def test_a_result_is_kept_before_it_is_returned(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    for key, arrays in run_tasks(tasks.numbers, 7, TASKS, workers=2, store=store):
        assert_same(store.read(key), arrays)


def test_shared_things_arrive_once_in_each_process(tmp_path: Path) -> None:
    assert_expected(dict(run_tasks(tasks.told, tasks.Told(tmp_path), TASKS, workers=2)))
    arrivals = (tmp_path / "arrivals").read_text().split()
    at_work = {pid for number in range(12) for pid in (tmp_path / f"run-{number}").read_text().split()}
    assert sorted(arrivals) == sorted(set(arrivals))
    assert at_work <= set(arrivals)
    assert str(os.getpid()) not in at_work
    assert len(arrivals) <= 2


def test_few_tasks_are_under_way(tmp_path: Path) -> None:
    """A slow caller holds the workers up, so that results do not pile up in memory."""
    results = run_tasks(tasks.noted, tmp_path, TASKS, workers=2)
    first, arrays = next(results)
    time.sleep(0.5)
    assert sum(runs(tmp_path, range(12))) <= 1 + 4
    assert_expected({first: arrays} | dict(results))


def test_workers_compute_in_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    ((_, found),) = run_tasks(tasks.threads, None, {"a": 0}, workers=2)
    assert found["threads"].tolist() == [1, 1, 1]
    assert os.environ["OMP_NUM_THREADS"] == "2"
    assert "MKL_NUM_THREADS" not in os.environ


def test_a_caller_may_stop_early() -> None:
    results = run_tasks(tasks.numbers, 7, TASKS, workers=2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_workers_that_are_killed_are_replaced(tmp_path: Path) -> None:
    assert_expected(dict(run_tasks(tasks.killed_once, tmp_path, TASKS, workers=2)))
    assert runs(tmp_path, range(12)) == [2 if number in (2, 5) else 1 for number in range(12)]


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.2, 0.4])
@pytest.mark.skipif(os.name != "posix", reason="other systems start processes otherwise")
def test_workers_that_are_killed_at_their_start_are_replaced(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Also when the job is longer than what the system keeps for a process that does not read it any more."""
    killers: list[Timer] = []

    def kill_soon(pid: int) -> None:
        if len(killers) < 2:
            killers.append(Timer(seconds, killed, (pid,)))
            killers[-1].start()
            if not seconds:
                killers[-1].join()

    monkeypatch.setattr(util, "spawnv_passfds", tasks.with_each_start(kill_soon))
    try:
        assert_expected(dict(run_tasks(tasks.heavy, HEAVY, TASKS, workers=2)))
    finally:
        for killer in killers:
            killer.cancel()
            killer.join()
    assert len(killers) == 2


@pytest.mark.skipif(os.name != "posix", reason="other systems start processes otherwise")
def test_workers_that_are_killed_at_their_start_each_time_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []

    def kill(pid: int) -> None:
        begun.append(pid)
        killed(pid)

    monkeypatch.setattr(util, "spawnv_passfds", tasks.with_each_start(kill))
    with pytest.raises(WorkerDied, match=r"end before they begin \(signal 9: killed.*0 of 12 tasks are done"):
        list(run_tasks(tasks.heavy, HEAVY, TASKS, workers=2))
    assert 3 <= len(begun) <= 4


def killed(pid: int) -> None:
    with suppress(ProcessLookupError):  # it may have done its work
        os.kill(pid, signal.SIGKILL)


def test_a_task_that_kills_its_worker_each_time_is_named(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    found: dict[str, Arrays] = {}
    with pytest.raises(
        WorkerDied,
        match=r"the task reading 5 ended its process 3 times \(signal 9: killed.*fewer workers.*of 12 tasks are done.*kept",
    ):
        found.update(run_tasks(tasks.killed_always, tmp_path, TASKS, workers=2, store=store))
    counted = runs(tmp_path, range(12))
    assert counted[5] == 3
    # Whoever else was at work is not to blame, and what was finished is kept.
    assert max(counted[:5] + counted[6:]) == 1
    kept = [key for key in KEYS if store.read(key) is not None]
    assert len(kept) >= 4
    for key in kept:
        assert_same(store.read(key), EXPECTED[key])
    assert_expected(dict(run_tasks(tasks.noted, tmp_path, TASKS, workers=2, store=store)))
    assert [runs(tmp_path, [TASKS[key]]) for key in kept] == [[1]] * len(kept)


def test_without_a_store_nothing_is_said_to_be_kept(tmp_path: Path) -> None:
    with pytest.raises(WorkerDied, match="nothing is kept without a file"):
        list(run_tasks(tasks.killed_always, tmp_path, {"reading 5": 5}, workers=2))


def test_a_script_without_a_guard_is_told_so(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from zopa.exploration.working import WorkerDied, run_tasks\n"
        "from tests.exploration.tasks import numbers\n"
        "try:\n    list(run_tasks(numbers, 7, {'a': 1}, workers=2))\n"
        "except WorkerDied as error:\n    print(error)\n",
        encoding="utf-8",
    )
    with started([str(script)]) as process:
        printed, _ = process.communicate(timeout=60)
    assert "if __name__ ==" in printed


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_function_comes_as_it_is(workers: int) -> None:
    with pytest.raises(ArithmeticError, match="the sum is not 100") as caught:
        list(run_tasks(tasks.failing, None, TASKS, workers=workers))
    notes = caught.value.__notes__
    assert notes[-1] == "This happened in the task reading 2."
    if workers > 1:
        assert "in failing" in notes[0]  # where it happened in the other process


def test_an_error_that_cannot_travel_comes_in_words() -> None:
    with pytest.raises(RuntimeError, match="Stubborn: 1 is not 2"):
        list(run_tasks(tasks.failing_oddly, None, TASKS, workers=2))


@pytest.mark.parametrize("workers", [0, -1])
def test_senseless_workers_are_refused_at_once(workers: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        run_tasks(tasks.numbers, 7, TASKS, workers=workers)


@pytest.mark.parametrize("cluster", ["lokal", "http://127.0.0.1:80", "tcp://127.0.0.1", "tcp://127.0.0.1:abc", "tcp://"])
def test_senseless_clusters_are_refused_at_once(cluster: str) -> None:
    with pytest.raises(ValueError, match=rf"tcp://127\.0\.0\.1:8786, not {cluster}"):
        run_tasks(tasks.numbers, 7, TASKS, cluster=cluster)


# A run that is ended


@contextmanager
def started(arguments: list[str]) -> Iterator[subprocess.Popen[str]]:
    """Start Python in a group of processes of its own, which ends here at the latest."""
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join([str(ROOT), *sys.path]))
    process = subprocess.Popen(
        [sys.executable, "-W", "error", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)


def parts_of_a_run_ended_by(signal_number: int, folder: Path, workers: int) -> tuple[set[str], int, str, str]:
    """Start a run, end it after three parts, and return what is kept, the exit code, and what was printed."""
    store = folder / "answer.nc.parts"
    with started(["-m", "tests.exploration.tasks", str(folder), str(workers)]) as process:
        give_up = time.monotonic() + 60
        while len(list(store.glob("part-*"))) < 3:
            assert process.poll() is None
            assert time.monotonic() < give_up
            time.sleep(0.01)
        if signal_number == signal.SIGINT:
            os.killpg(process.pid, signal_number)  # as a terminal does: to all processes
        else:
            process.kill()
        told = process.communicate(timeout=60)
    kept = PartStore.open(folder / "answer.nc", SETTINGS)
    return {key for key in KEYS if kept.read(key) is not None}, process.returncode, *told


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.skipif(os.name != "posix", reason="signals of other systems differ")
def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path: Path, workers: int) -> None:
    kept, code, *_ = parts_of_a_run_ended_by(signal.SIGKILL, tmp_path, workers)
    assert code == -signal.SIGKILL
    assert 3 <= len(kept) < 12
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    assert_expected(dict(run_tasks(tasks.slowly, tmp_path, TASKS, workers=2, store=store)))
    for key in kept:
        assert runs(tmp_path, [TASKS[key]]) == [1]
    # The parts are the same files as those of a run that nobody ended.
    whole = PartStore.open(tmp_path / "whole.nc", SETTINGS)
    for _ in run_tasks(tasks.numbers, 7, TASKS, store=whole):
        pass
    for path in whole.folder.iterdir():
        assert (store.folder / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.skipif(os.name != "posix", reason="signals of other systems differ")
def test_the_stop_key_stops_quietly_and_keeps_what_is_done(tmp_path: Path, workers: int) -> None:
    kept, code, printed, complained = parts_of_a_run_ended_by(signal.SIGINT, tmp_path, workers)
    assert (code, printed, complained) == (130, "stopped\n", "")
    assert 3 <= len(kept) < 12
    begun = sum(runs(tmp_path, range(12)))
    time.sleep(0.5)
    assert sum(runs(tmp_path, range(12))) == begun  # nobody works on


@pytest.mark.skipif(os.name != "posix", reason="signals of other systems differ")
def test_the_stop_key_while_workers_start_is_quiet_too(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys, time\n"
        "from multiprocessing import util\n"
        "from pathlib import Path\n"
        "from tests.exploration import tasks\n"
        "def stop(pid):\n    time.sleep(0.05)\n    os.killpg(0, signal.SIGINT)\n    time.sleep(0.05)\n"
        "util.spawnv_passfds = tasks.with_each_start(stop)\n"
        "tasks.main(Path(sys.argv[1]), 2)\n"
    )
    with started(["-c", program, str(tmp_path)]) as process:
        printed, complained = process.communicate(timeout=60)
    assert (process.returncode, printed, complained) == (130, "stopped\n", "")
    assert sum(runs(tmp_path, range(12))) == 0


# Dask


@pytest.mark.oracle
def test_a_dask_cluster_of_this_machine_gives_the_same(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    found = {}
    for key, arrays in run_tasks(tasks.noted, tmp_path, TASKS, workers=2, cluster="local", store=store):
        arrays["counts"] += 0  # results are the caller's, also those that came over a network
        found[key] = arrays
        assert_same(store.read(key), arrays)
    assert_expected(found)
    assert runs(tmp_path, range(12)) == [1] * 12
    assert_expected(dict(run_tasks(tasks.noted, tmp_path, TASKS, cluster="local", store=store)))


@pytest.mark.slow
def test_dask_workers_that_are_killed_are_replaced(tmp_path: Path) -> None:
    assert_expected(dict(run_tasks(tasks.killed_once, tmp_path, TASKS, workers=2, cluster="local")))


@pytest.mark.slow
def test_the_only_dask_worker_may_be_killed(tmp_path: Path) -> None:
    """What the tasks share lies there alone, and is made again."""
    assert_expected(dict(run_tasks(tasks.killed_once, tmp_path, TASKS, workers=1, cluster="local")))


@pytest.mark.slow
def test_a_task_that_kills_its_dask_worker_each_time_is_named(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    with pytest.raises(WorkerDied, match=r"the task reading 5 ended its process 3 times.*of 12 tasks are done.*kept"):
        list(run_tasks(tasks.killed_always, tmp_path, TASKS, workers=1, cluster="local", store=store))
    assert [key for key in KEYS if store.read(key) is not None]


def test_a_cluster_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Same arrays; errors as they are; workers with another version, or none at all, are refused."""
    from distributed import LocalCluster

    options = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "threads_per_worker": 1, "silence_logs": 60}
    with LocalCluster(n_workers=1, **options) as cluster:
        address = cluster.scheduler_address
        assert address.startswith("tcp://127.0.0.1:")
        assert_expected(dict(run_tasks(tasks.numbers, 7, TASKS, cluster=address)))
        with pytest.raises(ArithmeticError, match="the sum is not 100") as caught:
            list(run_tasks(tasks.failing, None, TASKS, cluster=address))
        assert caught.value.__notes__ == ["This happened in the task reading 2."]
        with monkeypatch.context() as other:
            other.setattr(zopa, "__version__", "99.0")
            with pytest.raises(ValueError, match=r"has Zopa 0.*, this is 99\.0: install the same"):
                list(run_tasks(tasks.numbers, 7, TASKS, cluster=address))
        monkeypatch.setattr(working, "PATIENCE", 0.5)
        cluster.scale(0)
        with pytest.raises(ValueError, match="no Dask cluster with workers answers"):
            list(run_tasks(tasks.numbers, 7, TASKS, cluster=address))


def test_a_worker_without_zopa_is_named() -> None:
    with pytest.raises(ValueError, match=r"worker tcp://b has no Zopa"):
        working._check_versions({"tcp://a": zopa.__version__, "tcp://b": ModuleNotFoundError("zopa")})


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1"])
def test_a_cluster_that_does_not_answer(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(working, "PATIENCE", 0.5)
    with pytest.raises(ValueError, match=f"answers at {address} within"):
        list(run_tasks(tasks.numbers, 7, TASKS, cluster=address))


def test_an_encrypted_cluster_needs_certificates() -> None:
    with pytest.raises(ValueError, match=r"tls://127\.0\.0\.1:1 needs certificates"):
        list(run_tasks(tasks.numbers, 7, TASKS, cluster="tls://127.0.0.1:1"))


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ValueError, match=r"zopa\[dask\]"):
        list(run_tasks(tasks.numbers, 7, TASKS, cluster="local"))
