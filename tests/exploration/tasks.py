"""Tasks for the tests of running tasks; processes import them from here, so this module stays light."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import util
from pathlib import Path
from typing import Any

import numpy as np

from zopa.exploration.storing import Arrays, PartStore
from zopa.exploration.working import run_tasks

SETTINGS = {"seed": "7"}
KEYS = [f"reading {number}" for number in range(12)]


def numbers(shared: int, task: int) -> Arrays:
    """Counts, numbers and text that depend on the seed and the task alone."""
    rng = np.random.Generator(np.random.Philox(key=[shared, task]))
    drawn = rng.normal(size=(50, 40))
    return {
        "counts": (drawn > 0).sum(axis=0),
        "worth": np.log(np.abs(drawn)) @ rng.normal(size=40),
        "open": drawn[:, 0] > 0,
        "name": np.array(f"task {task}"),
        "none": np.zeros((0, 2)),
    }


def noted(shared: Path, task: int) -> Arrays:
    """The same, with a note that it was run, and by whom."""
    with (shared / f"run-{task}").open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")
    return numbers(7, task)


def slowly(shared: Path, task: int) -> Arrays:
    made = noted(shared, task)
    time.sleep(0.1)
    return made


def heavy(shared: bytes, task: int) -> Arrays:
    """The same, with a job that no pipe holds."""
    return numbers(shared[-1], task)


def killed_once(shared: Path, task: int) -> Arrays:
    """Tasks 2 and 5 end their process the first time, each in a way of its own."""
    if task in (2, 5) and not (shared / f"run-{task}").exists():
        noted(shared, task)
        if task == 2:
            os._exit(3)
        os.kill(os.getpid(), signal.SIGKILL)
    return noted(shared, task)


def killed_always(shared: Path, task: int) -> Arrays:
    made = noted(shared, task)
    if task == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return made


def failing(_shared: Any, task: int) -> Arrays:
    if task == 2:
        raise ArithmeticError("the sum is not 100")
    return numbers(7, task)


class Stubborn(Exception):
    """An error that cannot be sent as it is."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} is not {two}")


def failing_oddly(_shared: Any, _task: int) -> Arrays:
    raise Stubborn(1, 2)


def threads(_shared: Any, _task: int) -> Arrays:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {"threads": np.array([int(os.environ.get(name, "0")) for name in names])}


@dataclass
class Told:
    """Something shared that notes each time it arrives in a process."""

    folder: Path

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        with (self.folder / "arrivals").open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()}\n")


def told(shared: Told, task: int) -> Arrays:
    return noted(shared.folder, task)


def with_each_start(act: Callable[[int], None]) -> Callable[[str, Sequence[str | bytes], Sequence[int]], int]:
    """Return a stand-in for ``multiprocessing.util.spawnv_passfds`` that does something to each worker as soon as it is there."""
    start = util.spawnv_passfds

    def started(path: str, arguments: Sequence[str | bytes], passed: Sequence[int]) -> int:
        pid = start(path, arguments, passed)  # type: ignore[arg-type]  # text is what it is given
        if "--multiprocessing-fork" in arguments:
            act(pid)
        return pid

    return started


def runs(folder: Path, tasks: Iterable[int]) -> list[int]:
    """How often each task was begun."""
    return [len(path.read_text().split()) if (path := folder / f"run-{task}").exists() else 0 for task in tasks]


def main(folder: Path, workers: int) -> None:
    """Run slow tasks into a store until somebody ends this."""
    store = PartStore.open(folder / "answer.nc", SETTINGS)
    try:
        for _ in run_tasks(slowly, folder, {key: number for number, key in enumerate(KEYS)}, workers=workers, store=store):
            pass
    except KeyboardInterrupt:
        print("stopped")
        raise SystemExit(130) from None


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
