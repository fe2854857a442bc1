"""What runs in a process beside the server: work that is sent to it, until nobody is there to send any."""

from __future__ import annotations

import _thread
import os
import pickle
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any, Final, NamedTuple

NICER: Final = 5  # so that what a person waits for comes first
BETWEEN: Final = 0.05  # seconds between two words of progress
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


class Message(NamedTuple):
    """What a process says: ready, progress, done, failed or stopped; about which work; and what."""

    kind: str
    number: int
    content: Any


class _NotWanted(BaseException):
    """Nobody wants this work any more; not an error that work could catch by mistake."""


class _Desk:
    """What the process is at, and what of it nobody wants any more."""

    def __init__(self) -> None:
        self.number = 0  # 0 where it must not be interrupted
        self.stopped: set[int] = set()

    def check(self) -> None:
        """Stop what nobody wants any more."""
        if self.number in self.stopped:
            self.number = 0
            raise _NotWanted

    def interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        """Take the stop key, or the word of the other thread that comes in its place; the key itself is for the server."""
        self.check()


def serve(pipe: Connection, ready: Sequence[str]) -> None:
    """Work until the other end of the pipe is closed, also because the server was killed.

    Parameters
    ----------
    pipe : Connection
        Brings ``("work", number, pickled function and arguments)`` and ``("stop", number, None)``, takes :class:`Message`.
    ready : sequence of str
        Modules to load at once.
    """
    desk = _Desk()
    signal.signal(signal.SIGINT, desk.interrupt)
    # One thread for matrices: the other processor belongs to the pages.
    os.environ.update(dict.fromkeys(THREADS, "1"))
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(NICER)
    asked: queue.SimpleQueue[tuple[int, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, asked, desk.stopped), daemon=True).start()
    for name in ready:
        import_module(name)
    with suppress(OSError):
        pipe.send(Message("ready", 0, None))
        while True:
            number, work = asked.get()
            pipe.send_bytes(_answer(pipe, number, work, desk))


def _listen(pipe: Connection, asked: queue.SimpleQueue[tuple[int, bytes]], stopped: set[int]) -> None:
    """Take in what is asked, also while work goes on; end the process when nobody can ask any more."""
    while True:
        try:
            kind, number, content = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        if kind == "stop":
            stopped.add(number)
            _thread.interrupt_main()  # between two steps of Python; work inside a library is ended with the process
        else:
            asked.put((number, content))


def _answer(pipe: Connection, number: int, work: bytes, desk: _Desk) -> bytes:
    try:
        try:
            function, arguments = pickle.loads(work)
            desk.number = number
            desk.check()
            result = function(*arguments, progress=_progress(pipe, desk))
        finally:
            desk.number = 0  # a message must not be cut in two
        return pickle.dumps(Message("done", number, result))
    except _NotWanted:
        return pickle.dumps(Message("stopped", number, None))
    except Exception as error:
        return pickle.dumps(Message("failed", number, (_words(error), traceback.format_exc())))


def _progress(pipe: Connection, desk: _Desk) -> Callable[[int, int], None]:
    told = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= BETWEEN or done >= total:
            told = now
            number, desk.number = desk.number, 0
            pipe.send(Message("progress", number, (done, total)))
            desk.number = number
        desk.check()

    return progress


def _words(error: Exception) -> str:
    """Return an error in words; those of our own rooms say in words what is wrong."""
    if isinstance(error, ValueError) and str(error):
        return str(error)
    return f"The program made an error ({type(error).__name__}). The details stand on standard error."
