"""The rooms of the house: who may import whom, how large a module grows, what stays light."""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "zopa"
# Each room and the rooms it may look into; the command line may look everywhere.
ROOMS: dict[str, set[str]] = {
    "case": set(),
    "cases": set(),
    "space": {"case"},
    "settlement": {"case", "space"},
    "exploration": {"case", "space", "settlement"},
    "reading": {"case"},
    "formats": {"case", "space"},
    "report": {"case", "space", "settlement", "exploration", "reading"},
    "workbench": {"case", "cases", "space", "settlement", "exploration", "reading", "formats", "report"},
    "cli": {"case", "cases", "space", "settlement", "exploration", "reading", "formats", "report", "workbench"},
}
MODULES = sorted(SOURCE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Modules of ours that a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("zopa"):
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names if alias.name.startswith("zopa"))
    return found


@pytest.mark.parametrize("path", [one for one in MODULES if one.parent != SOURCE], ids=lambda path: str(path.relative_to(SOURCE)))
def test_rooms_look_only_where_they_may(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0]
    for name in imported(path):
        parts = name.split(".")
        if len(parts) == 1:
            continue  # zopa itself: the version
        assert parts[1] == room or parts[1] in ROOMS[room], f"{room} must not import {name}"
        # Other rooms are entered by the front door; the report has none, and the workbench shows its parts.
        entered = len(parts) == 2 or room == "cli" or (room == "workbench" and parts[1] == "report")
        assert parts[1] == room or entered, f"{name}: import from zopa.{parts[1]}"


def test_every_room_is_known() -> None:
    assert {one.name for one in SOURCE.iterdir() if one.is_dir() and (one / "__init__.py").exists()} == set(ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 600


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_public_names_exist_and_are_sorted(room: str) -> None:
    module = importlib.import_module(f"zopa.{room}")
    names = getattr(module, "__all__", [])
    assert list(names) == sorted(names)
    for name in names:
        thing = getattr(module, name)
        if callable(thing) and getattr(thing, "__module__", "").startswith("zopa"):
            assert thing.__doc__, name


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("zopa.case", {"numpy", "scipy", "moocore", "jinja2", "rich"}),
        ("zopa.settlement", {"jinja2", "rich", "scipy"}),
        (
            "zopa.exploration",
            {"xarray", "pandas", "dask", "distributed", "h5py", "h5netcdf", "scipy", "rich", "jinja2"},
        ),
        ("zopa.formats", {"scipy", "rich", "jinja2", "openpyxl", "xlsxwriter"}),
        ("zopa.workbench", {"fastapi", "starlette", "uvicorn", "pydantic", "jinja2", "numpy"}),
        ("zopa.reading", {"spacy", "trafilatura", "lxml", "docx", "pypdfium2", "py3langid", "numpy", "jinja2", "rich"}),
    ],
)
def test_rooms_load_nothing_heavy(module: str, heavy: set[str]) -> None:
    probe = f"import sys, {module}; print(sorted({heavy!r} & set(sys.modules)))"
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "[]"


def test_tests_mirror_the_sources() -> None:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        room = path.relative_to(ROOT / "tests").parts[0]
        # The browser tests look at whole pages; everything else stands with its room.
        assert room in {*ROOMS, "browser"} or path.parent == ROOT / "tests", path
