"""Work in the background: a warm process beside the server, progress, cancel, and the latest wish wins.

One thread looks after all processes.  Work that is no longer wanted is interrupted where it stands; work that does not stop
soon enough is ended with its process, and a fresh one is made ready in its place.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Final, Literal

from zopa.workbench.job_process import Message, serve

State = Literal["waiting", "running", "done", "failed", "cancelled"]
KEPT: Final = 32  # jobs that are kept after they ended
MOST_WAITING: Final = 64
TRIES: Final = 2  # times that work may end its process before it counts as failed for good
STARTS: Final = 3  # processes in a row that may end before they begin
GRACE: Final = 0.25  # seconds for work that is no longer wanted to stop by itself
PATIENCE: Final = 5.0  # seconds for a process to end
READY: Final = ("zopa.workbench.answers",)  # what a process loads before it is asked for anything
BUSY: Final = "Too much is waiting to be worked out. Ask again in a moment."
GONE: Final = "The process that worked this out was ended from outside, as systems do when memory runs out."
NO_START: Final = "The process for work in the background does not start. The details stand on standard error."
CLOSED: Final = "The server is stopping."


@dataclass(eq=False, slots=True)
class Job:
    """Work in the background; read its fields, and change none.

    Attributes
    ----------
    key : str
        What it is known by.
    state : str
        ``waiting``, ``running``, ``done``, ``failed`` or ``cancelled``.
    done, total : int
        How far it has come; a total of 0 when nothing has been told yet.
    result : Any
        What it gave, once it is done.
    error : str or None
        In words why it failed.
    """

    key: str
    state: State = "waiting"
    done: int = 0
    total: int = 0
    result: Any = None
    error: str | None = None
    slots: set[str] = field(default_factory=set, repr=False)
    work: bytes = field(default=b"", repr=False)
    deaths: int = field(default=0, repr=False)
    again: bool = field(default=False, repr=False)  # failed in a way that another try may mend
    ended: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def alive(self) -> bool:
        """True while it waits or runs."""
        return self.state in {"waiting", "running"}

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it has ended; return whether it has."""
        return self.ended.wait(seconds)


@dataclass(eq=False, slots=True)
class _Worker:
    """A process and what it is at."""

    process: SpawnProcess
    pipe: Connection
    ready: bool = False
    job: Job | None = None
    number: int = 0  # of what it is at; what it says about anything before that is not listened to
    deadline: float | None = None  # when it is ended, because what it is at is not wanted any more
    killed: bool = False  # it was ended, and its pipe has not told so yet

    @property
    def free(self) -> bool:
        """True when it can be given work."""
        return self.ready and self.job is None and self.deadline is None and not self.killed


class Jobs:
    """Work in the background; safe for many threads.

    Parameters
    ----------
    workers : int
        Processes.
    ready : sequence of str
        Modules that a process loads before it is asked for anything.
    """

    def __init__(self, workers: int = 1, ready: Sequence[str] = READY) -> None:
        self._ready = tuple(ready)
        self._count = workers
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._slots: dict[str, Job] = {}
        self._waiting: deque[Job] = deque()
        self._crew: list[_Worker] = []
        self._failed_starts = 0
        self._numbers = 0
        self._closed = False
        self._bell, self._rung = multiprocessing.get_context("spawn").Pipe(duplex=False)
        # This once lets the stop key through to whoever starts it, so it comes before that key is held back.
        if sys.platform != "win32":
            resource_tracker.ensure_running()
        self._thread = threading.Thread(target=self._look_after, name="zopa jobs", daemon=True)
        self._thread.start()

    def start(self, key: str, function: Callable[..., Any], *arguments: Any, slot: str) -> Job:
        """Begin work, or return the job that has the same key and is under way or has ended.

        Parameters
        ----------
        key : str
            What the work is known by: the same key means the same work.
        function : callable
            Stands at the top of a module; called with the arguments and ``progress``, a callable that takes what is done and
            the total.
        arguments : Any
            Able to be pickled.
        slot : str
            Whose wish it is.  A slot wishes for one thing: what it wished for before is cancelled, unless another slot wants it.
        """
        with self._lock:
            job = self._jobs.get(key)
            deaths = 0 if job is None else job.deaths
            if job is None or job.state == "cancelled" or (job.state == "failed" and job.again):
                job = Job(key, work=pickle.dumps((function, arguments)), deaths=deaths)
                self._jobs[key] = job
                if self._closed:
                    self._end(job, "cancelled", CLOSED)
                elif len(self._waiting) >= MOST_WAITING:
                    self._end(job, "failed", BUSY, again=True)
                else:
                    self._waiting.append(job)
            self._jobs.move_to_end(key)
            self._wish(slot, job)
            self._forget()
        self._ring()
        return job

    def get(self, key: str) -> Job | None:
        """Return the job of a key; None where there is none, or it ended too long ago."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None:
                self._jobs.move_to_end(key)
            return job

    def cancel(self, key: str) -> None:
        """Cancel the job of a key, if it is under way."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and job.alive:
                self._cancel(job)
        self._ring()

    def close(self) -> None:
        """End all work and all processes."""
        with self._lock:
            self._closed = True
            for job in [one for one in self._jobs.values() if one.alive]:
                self._cancel(job)
        self._ring()
        self._thread.join(2 * PATIENCE)

    # With the lock held

    def _wish(self, slot: str, job: Job) -> None:
        before = self._slots.pop(slot, None)
        if before is not None and before is not job:
            before.slots.discard(slot)
            if not before.slots and before.alive:
                self._cancel(before)
        if job.alive:
            job.slots.add(slot)
            self._slots[slot] = job

    def _cancel(self, job: Job) -> None:
        if job in self._waiting:
            self._waiting.remove(job)
        for worker in self._crew:
            if worker.job is job:
                worker.deadline = time.monotonic() + GRACE
                worker.job = None
                self._send(worker, ("stop", worker.number, None))
        self._end(job, "cancelled")

    def _end(self, job: Job, state: State, error: str | None = None, *, again: bool = False) -> None:
        job.error, job.again = error, again
        job.work = b""
        job.state = state  # last, since other threads read it without the lock
        job.ended.set()
        for slot in job.slots:
            if self._slots.get(slot) is job:
                del self._slots[slot]
        job.slots.clear()
        self._forget()

    def _forget(self) -> None:
        over = [key for key, job in self._jobs.items() if not job.alive][:-KEPT]
        for key in over:
            del self._jobs[key]

    def _send(self, worker: _Worker, message: tuple[str, int, Any]) -> None:
        with suppress(OSError):  # one that has just ended is seen to have
            worker.pipe.send(message)

    # In the thread that looks after the processes

    def _ring(self) -> None:
        with suppress(OSError, ValueError):
            self._rung.send_bytes(b"")

    def _look_after(self) -> None:
        if sys.platform != "win32":
            # Processes inherit it: the stop key of the terminal is for the server, which then ends them.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        while not self._closed:
            self._fill()
            with self._lock:
                crew = {worker.pipe: worker for worker in self._crew}
                deadlines = [worker.deadline for worker in self._crew if worker.deadline is not None]
            left = None if not deadlines else max(0.0, min(deadlines) - time.monotonic())
            for pipe in wait([self._bell, *crew], left):
                if pipe is self._bell:
                    self._bell.recv_bytes()
                else:
                    self._listen(crew[pipe])  # type: ignore[index]
            for worker in crew.values():
                if worker.deadline is not None and worker.deadline <= time.monotonic():
                    worker.process.kill()
                    worker.killed, worker.deadline = True, None
        for worker in self._crew:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._crew:
            _reap(worker.process)

    def _fill(self) -> None:
        """Start the processes that are lacking, and hand out what waits."""
        while len(self._crew) < self._count and not self._closed and self._failed_starts < STARTS:
            worker = _start(self._ready)
            with self._lock:
                self._crew.append(worker)
        with self._lock:
            if self._failed_starts >= STARTS and self._waiting and not self._crew:
                for job in list(self._waiting):
                    self._end(job, "failed", NO_START, again=True)
                self._waiting.clear()
                self._failed_starts = STARTS - 1  # the next wish is worth one more try
            for worker in self._crew:
                if worker.free and self._waiting:
                    job = self._waiting.popleft()
                    self._numbers += 1
                    worker.job, worker.number = job, self._numbers
                    job.state = "running"
                    self._send(worker, ("work", worker.number, job.work))

    def _listen(self, worker: _Worker) -> None:
        """Take in what a process says, or that it has ended."""
        try:
            message: Message = worker.pipe.recv()
        except (EOFError, OSError):
            worker.pipe.close()
            worker.deadline = None
            _reap(worker.process)
            with self._lock:
                self._crew.remove(worker)
                self._failed_starts = 0 if worker.ready else self._failed_starts + 1
                if worker.job is not None:
                    worker.job.deaths += 1
                    self._end(worker.job, "failed", GONE, again=worker.job.deaths < TRIES)
            return
        except Exception as error:  # a result that cannot be read here
            message = Message("failed", worker.number, (f"What came of it cannot be read: {type(error).__name__}", repr(error)))
        with self._lock:
            if message.kind == "ready":
                worker.ready = True
                self._failed_starts = 0
                return
            if message.number != worker.number:
                return
            job = worker.job
            if message.kind == "progress":
                if job is not None:
                    job.done, job.total = message.content
                return
            worker.job, worker.deadline = None, None
            if job is None:
                return
            if message.kind == "done":
                job.result = message.content
                self._end(job, "done")
                return
            words, trace = message.content
            self._end(job, "failed", words)
        print(f"zopa: work in the background failed\n{trace}", file=sys.stderr, flush=True)


def _start(ready: Sequence[str]) -> _Worker:
    """Start a process; a fresh one on every system, since a copy of this one would hold its threads and locks."""
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=serve, args=(its, tuple(ready)), daemon=True, name="zopa background")
    try:
        process.start()
    finally:
        its.close()
    return _Worker(process, mine)


def _reap(process: SpawnProcess) -> None:
    process.join(PATIENCE)
    if process.exitcode is None:
        process.kill()
        process.join()
    process.close()
