"""Work for the tests of the background; a fresh process must find it by name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

Progress = Callable[[int, int], None]


def double(number: int, *, progress: Progress) -> int:
    progress(1, 1)
    return 2 * number


def process_of(_name: str, *, progress: Progress) -> tuple[int, int, str]:
    progress(1, 1)
    return os.getpid(), os.nice(0), os.environ["OPENBLAS_NUM_THREADS"]


def steps(marks: str, *, progress: Progress) -> str:
    """Go on for a minute, telling progress; leave a mark that it began."""
    Path(marks).write_text(str(os.getpid()), encoding="utf-8")
    for step in range(1200):
        progress(step, 1200)
        time.sleep(0.05)
    return marks


def silence(marks: str, *, progress: Progress) -> str:  # noqa: ARG001
    """Go on for a minute and tell nothing."""
    Path(marks).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(60)
    return marks


def churn(marks: str, *, progress: Progress) -> int:  # noqa: ARG001
    """Count for a long time and tell nothing."""
    Path(marks).write_text(str(os.getpid()), encoding="utf-8")
    return sum(number % 7 for number in range(10**10))


def dies(_name: str, *, progress: Progress) -> NoReturn:
    progress(0, 1)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def refuses(words: str, *, progress: Progress) -> NoReturn:  # noqa: ARG001
    raise ValueError(words)


def breaks(secret: str, *, progress: Progress) -> NoReturn:  # noqa: ARG001
    raise KeyError(secret)


def unreadable(_name: str, *, progress: Progress) -> object:  # noqa: ARG001
    return lambda: None
