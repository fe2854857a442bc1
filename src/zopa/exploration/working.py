"""Running many tasks: here, in processes of this machine, or on a Dask cluster, with the same arrays to the last bit.

A task is a small description; what all tasks share goes to each process once.  Results come as they are finished, in any
order, and no more are under way than keep everybody busy, so that memory stays bounded however many tasks there are.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import pkgutil
import re
import signal
import threading
import traceback
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Final, Protocol

import numpy as np

import zopa
from zopa.exploration.storing import Arrays

Work = Callable[[Any, Any], Arrays]
Results = Generator[tuple[str, Arrays], None, None]
TRIES: Final = 3
PATIENCE: Final = 10  # seconds until a cluster that does not answer is given up
_ADDRESS: Final = re.compile(r"(tcp|tls)://.+:\d+")
_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


class WorkerDied(RuntimeError):
    """The process that ran a task was ended from outside, again and again."""


class Store(Protocol):
    """Where finished tasks are kept; ``PartStore`` is one."""

    def read(self, key: str) -> Arrays | None:
        """Return what is kept of a task, or None."""

    def write(self, key: str, arrays: Arrays) -> None:
        """Keep what a task gave."""


def run_tasks(
    function: Work,
    shared: Any,
    tasks: Mapping[str, Any],
    *,
    workers: int = 1,
    cluster: str | None = None,
    store: Store | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[str, Arrays]]:
    """Run a function on every task and return the results as they are finished.

    Parameters
    ----------
    function : callable
        ``function(shared, task)`` returns arrays by name; it stands at the top of a module and depends on nothing else.
    shared : Any
        What all tasks need, able to be pickled; it goes to each process once.
    tasks : mapping of str to Any
        A small description, able to be pickled, by the name of each task.
    workers : int
        Processes; with 1 the tasks run in this process, one after another.  Each process computes in one thread.
    cluster : str, optional
        ``local`` for a Dask cluster of ``workers`` processes on this machine, or the address of a scheduler such as
        ``tcp://10.0.0.5:8786``, whose workers then count.
    store : Store, optional
        What it holds is read and not run; what is finished is written there before it is returned.
    progress : callable, optional
        Called with the number of tasks done and of all tasks after each one.

    Returns
    -------
    iterator of (str, dict of str to ndarray)
        Name and arrays of each task, in no certain order: first what the store holds.

    Raises
    ------
    ValueError
        When ``workers`` or ``cluster`` make no sense, Dask is missing, or the cluster does not answer or has another Zopa.
    WorkerDied
        When a task ended its process three times, or a cluster was lost.  An error of the function itself comes as it is, with a
        note that names the task.
    """
    if workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")
    if cluster is not None and cluster != "local" and not _ADDRESS.fullmatch(cluster):
        raise ValueError(
            "a cluster is `local` or the address of a Dask scheduler, which begins with tcp:// or tls:// and ends with a port, "
            f"such as tcp://127.0.0.1:8786, not {cluster}"
        )
    return _results(function, shared, tasks, workers, cluster, store, progress or (lambda _done, _total: None))


def _results(
    function: Work,
    shared: Any,
    tasks: Mapping[str, Any],
    workers: int,
    cluster: str | None,
    store: Store | None,
    progress: Callable[[int, int], None],
) -> Results:
    done = 0
    left: dict[str, Any] = {}
    for key, task in tasks.items():
        found = store.read(key) if store is not None else None
        if found is None:
            left[key] = task
        else:
            done += 1
            progress(done, len(tasks))
            yield key, found
    if not left:
        return
    if cluster is not None:
        made = _on_cluster(function, shared, left, workers, cluster)
    elif workers > 1:
        made = _in_processes(function, shared, left, workers)
    else:
        made = _here(function, shared, left)
    try:
        with closing(made):
            for key, arrays in made:
                if store is not None:
                    store.write(key, arrays)
                done += 1
                progress(done, len(tasks))
                yield key, arrays
    except WorkerDied as error:
        kept = "nothing is kept without a file" if store is None else "what is finished is kept; a new start goes on there"
        raise WorkerDied(f"{error}. {done} of {len(tasks)} tasks are done; {kept}.") from None


def _here(function: Work, shared: Any, tasks: Mapping[str, Any]) -> Results:
    for key, task in tasks.items():
        try:
            arrays = function(shared, task)
        except Exception as error:
            error.add_note(_place(key))
            raise
        yield key, arrays


def _place(key: str) -> str:
    return f"This happened in the task {key}."


# Processes of this machine


@dataclass(frozen=True, slots=True)
class _Failed:
    """An error of the function, and where it came from in the other process."""

    error: Exception
    trace: str


@dataclass(slots=True)
class _Worker:
    """A process, the way to it, the task it holds or is to begin with, and whether it has said that it is there."""

    process: SpawnProcess
    pipe: Connection
    key: str | None
    ready: bool = False

    def begin(self, job: bytes, tasks: Mapping[str, Any]) -> None:
        """Hand over what all tasks share and the first task, to a process that has said that it is there."""
        self.ready = True
        # A process that is gone says so when its answer is read.
        with suppress(OSError):
            self.pipe.send_bytes(job)
            self.pipe.send(tasks[self.key])  # type: ignore[index]

    def take(self, tasks: Mapping[str, Any], waiting: deque[str]) -> None:
        """Hand over the next task, if any."""
        self.key = waiting.popleft() if waiting else None
        if self.key is not None:
            with suppress(OSError):
                self.pipe.send(tasks[self.key])


def _in_processes(function: Work, shared: Any, tasks: Mapping[str, Any], workers: int) -> Results:
    """Yield results from processes that hold one task each, so that a death has one possible culprit."""
    job = pickle.dumps((function, shared))
    waiting = deque(tasks)
    deaths: Counter[str | None] = Counter()
    crew: list[_Worker] = []
    try:
        for _ in range(min(workers, len(waiting))):
            _start(crew, waiting.popleft())
        while busy := {worker.pipe: worker for worker in crew if worker.key is not None}:
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]
                key = worker.key
                assert key is not None
                try:
                    answer = worker.pipe.recv()
                except (EOFError, OSError):
                    crew.remove(worker)
                    cause = _cause(worker)
                    culprit = key if worker.ready else None
                    deaths[culprit] += 1
                    if deaths[culprit] == TRIES:
                        raise WorkerDied(_told(culprit, cause)) from None
                    _start(crew, key)
                    continue
                if answer is None:
                    worker.begin(job, tasks)
                    continue
                # The process works on while the caller is busy with this result.
                worker.take(tasks, waiting)
                if isinstance(answer, _Failed):
                    for note in (answer.trace, _place(key)):
                        answer.error.add_note(note)
                    raise answer.error
                yield key, answer
    finally:
        _dismiss(crew)


def _start(crew: list[_Worker], key: str) -> None:
    """Start a process that is to begin with a task; a fresh one on every system, since a copy of this one would hold its
    threads and locks.

    It gets no more than its end of the pipe. What it gets is written while this process holds the other end as well, so that
    a job longer than the system keeps would wait for ever for a process that was killed.
    """
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=_serve, args=(its,), daemon=True, name="zopa worker")
    with closing(its), _one_thread(), _undisturbed():
        process.start()
        # Inside, where the stop key has to wait: whoever is started is also dismissed.
        crew.append(_Worker(process, mine, key))


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let processes that are started inside compute in one thread."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the stop key from processes that are started inside, and from this one until they are there."""
    pressed: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    mask = None
    if os.name == "posix":
        # The first start of a process also starts this, which would let the stop key through again.
        resource_tracker.ensure_running()
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    # A signal that is blocked here comes all the same by way of other threads, such as those of linear algebra.
    waits = callable(before) and threading.current_thread() is threading.main_thread()
    if waits:
        signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if waits:
            signal.signal(signal.SIGINT, before)
        if pressed and callable(before):
            before(signal.SIGINT, None)


def _serve(pipe: Connection) -> None:
    """Answer tasks until nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, ConnectionError):
        pipe.send(None)
        job = pipe.recv_bytes()
        asked: list[Any] = []
        while True:
            task = pipe.recv()
            try:
                if not asked:
                    asked.extend(pickle.loads(job))
                answer = asked[0](asked[1], task)
            except Exception as error:
                answer = _Failed(_able_to_travel(error), traceback.format_exc())
            pipe.send(answer)


def _able_to_travel(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _cause(worker: _Worker) -> str:
    """Return in words how a process ended."""
    worker.pipe.close()
    code = _ended(worker.process)
    if code >= 0:
        return f"exit code {code}"
    return f"signal {-code}: {'killed, as systems do when memory runs out' if code == -9 else signal.strsignal(-code)}"


def _told(key: str | None, cause: str) -> str:
    if key is None:
        return (
            f"worker processes end before they begin ({cause}); "
            'a script that uses workers must start its work under `if __name__ == "__main__":`'
        )
    return f"the task {key} ended its process {TRIES} times ({cause}); try fewer workers, or smaller tasks"


def _dismiss(crew: list[_Worker]) -> None:
    """End all processes: those that wait see the closed pipe, those at work are stopped."""
    for worker in crew:
        worker.pipe.close()
        if worker.key is not None:
            worker.process.terminate()
    for worker in crew:
        _ended(worker.process)


def _ended(process: SpawnProcess) -> int:
    """Wait for a process, not for ever, and return its exit code."""
    process.join(PATIENCE)
    if process.exitcode is None:
        process.kill()
        process.join()
    code = process.exitcode or 0
    process.close()
    return code


# Dask


def _on_cluster(function: Work, shared: Any, tasks: Mapping[str, Any], workers: int, address: str) -> Results:
    """Yield results from a Dask cluster, at most two tasks for each of its threads under way."""
    try:
        from distributed import CancelledError, Client, KilledWorker, LocalCluster, as_completed
        from distributed.comm.core import CommClosedError
    except ImportError:
        raise ValueError("Clusters need Dask: install zopa with its extra `dask` (pip install 'zopa[dask]').") from None
    import dask

    with ExitStack() as stack:
        place: Any = address
        if address == "local":
            settings = {"distributed.scheduler.allowed-failures": TRIES - 1, "distributed.scheduler.http.routes": []}
            stack.enter_context(dask.config.set(settings))
            place = stack.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address=None,
                    # Without this, Dask would still take port 8787, for pages that nobody opens.
                    scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                    silence_logs=logging.CRITICAL + 1,  # lost processes are told to the caller
                )
            )
        try:
            client = stack.enter_context(Client(place, timeout=PATIENCE, set_as_default=False))
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            raise ValueError(
                f"no Dask cluster with workers answers at {address} within {PATIENCE} seconds: check the address and that it runs"
            ) from error
        except TypeError as error:
            raise ValueError(
                f"{address} needs certificates, which Dask's settings do not name: see distributed.comm.tls"
            ) from error
        _check_versions(client.run(pkgutil.resolve_name, "zopa:__version__", on_error="return"))
        # A task rather than data laid out: if the process that holds it is lost, Dask makes it again.
        job = client.submit(pickle.loads, pickle.dumps((function, shared)), pure=False)
        names: dict[str, str] = {}

        def ask(key: str) -> Any:
            future = client.submit(_call, job, pickle.dumps(tasks[key]), pure=False)
            names[future.key] = key
            return future

        waiting = iter(tasks)
        first = [ask(key) for key in islice(waiting, 2 * sum(client.nthreads().values()))]
        flow = as_completed(first, loop=client.loop)
        for future in flow:
            flow.update([ask(key) for key in islice(waiting, 1)])
            key = names.pop(future.key)
            try:
                arrays = future.result()
            except KilledWorker as error:
                raise WorkerDied(_told(key, f"last on {error.last_worker.address}")) from None
            except (CancelledError, CommClosedError):
                raise WorkerDied(f"the Dask cluster at {address} was lost in the task {key}") from None
            except Exception as error:
                error.add_note(_place(key))
                raise
            # What came over the network stands in memory that is not ours to write; elsewhere it is.
            yield key, {name: np.require(array, requirements="W") for name, array in arrays.items()}


def _call(job: tuple[Work, Any], task: bytes) -> Arrays:
    function, shared = job
    return function(shared, pickle.loads(task))


def _check_versions(found: Mapping[str, Any]) -> None:
    """Raise when a worker of a cluster has no Zopa or another one."""
    for worker, version in found.items():
        if version != zopa.__version__:
            has = f"Zopa {version}" if isinstance(version, str) else "no Zopa"
            raise ValueError(
                f"the worker {worker} has {has}, this is {zopa.__version__}: install the same on every machine of the cluster"
            )
