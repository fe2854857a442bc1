"""The wheel people install: it holds the cases, the template and the style, and its program runs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.slow
def test_the_wheel_is_whole_and_runs(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        packed.extractall(tmp_path / "installed")
    for wanted in [
        "zopa/cases/ukraine-2025/case.yaml",
        "zopa/cases/ukraine-2025/sources/briefing.md",
        "zopa/report/templates/report.html.j2",
        "zopa/cases/panama-1977/case.yaml",
        "zopa/cases/labour-contract/case.yaml",
        "zopa/report/templates/sections/answer.html.j2",
        "zopa/report/static/design.css",
        "zopa/report/static/explore.js",
        "zopa/report/static/picture.js",
        "zopa/report/static/chart-runtime.js",
        "zopa/report/static/chart-runtime.LICENSES.txt",
        "zopa/workbench/static/htmx.min.js",
        "zopa/workbench/static/htmx.LICENSE.txt",
        "zopa/workbench/static/workbench.css",
        "zopa/workbench/templates/base.html.j2",
        "zopa/workbench/templates/mishap.html.j2",
    ]:
        assert wanted in names
    assert not [name for name in names if "tests" in name or name.endswith(".pyc")]
    environment = dict(os.environ, PYTHONPATH=str(tmp_path / "installed"), PYTHONUTF8="1")
    command = [sys.executable, "-m", "zopa", "demo", "--draws", "2"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "installed") in done.stdout
    assert (tmp_path / "ukraine-2025.html").exists()
