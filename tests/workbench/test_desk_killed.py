"""A program killed in the middle of saves, a hundred times: the case is always whole, and no save that was told is lost."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.case.broken import SOUND, SOURCE
from zopa.case import load_case
from zopa.workbench.desk import Desk

KILLS = 100
# Flushing is made slower, so that many kills fall between the writing of the new file and its taking the old one's place.
PROGRAM = textwrap.dedent(
    """
    import os, sys, time
    from pathlib import Path
    from zopa.case import raw_at
    from zopa.workbench.desk import Desk, Edit
    flush = os.fsync
    os.fsync = lambda descriptor: (time.sleep(0.01), flush(descriptor))
    desk = Desk(Path(sys.argv[1]))
    number = int(sys.argv[2])
    while True:
        before = raw_at(desk.look().case.text, "title")
        desk.save([Edit("title", before, f"Title {number + 1}")], "title")
        number += 1
        print(number, flush=True)
        if number % 5 == 0:  # back and forth, so that these are killed as well
            desk.undo()
            desk.redo()
    """
)


def text(number: int) -> str:
    return SOUND.replace("A harbour lease", f"Title {number}")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_desk_killed_a_hundred_times_loses_nothing(make_case: Callable[..., Path]) -> None:
    folder = make_case(text(0), minutes=SOURCE)
    file = folder / "case.yaml"
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    moments = random.Random(7)
    number, halves = 0, 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder), str(number)], stdout=subprocess.PIPE, env=environment, text=True
        )
        assert process.stdout is not None
        told = process.stdout.readline()
        time.sleep(moments.uniform(0, 0.2))
        process.kill()
        told += process.stdout.read()
        process.wait()
        process.stdout.close()
        last = int(told.split()[-1])
        assert last > number, "nothing was saved between two kills"
        found = file.read_text(encoding="utf-8")
        # The save in flight may be there; an undo in flight leads one back.
        wanted = {text(last), text(last + 1), *([text(last - 1)] if last % 5 == 0 else [])}
        assert found in wanted
        load_case(folder)
        halves += len(list(folder.glob(".case.yaml.*")))
        Desk(folder)
        assert sorted(one.name for one in folder.iterdir()) == ["case.yaml", "sources"]
        title = re.search(r"^title: Title (\d+)$", found, re.MULTILINE)
        assert title is not None
        number = int(title[1])
    assert halves, "no kill fell into the writing of a file"
