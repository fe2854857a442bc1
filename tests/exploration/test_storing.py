"""Parts of a run: read as they were written, or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zopa.exploration.storing import LONGEST_NAME, Arrays, PartStore, StoreMismatch, file_name

SETTINGS = {"seed": "1", "draws": "100", "case": "abc"}


def part() -> Arrays:
    return {
        "counts": np.arange(12).reshape(3, 4),
        "open": np.array([True, False]),
        "name": np.array(["Grüße", ""]),
        "none": np.zeros((0, 3)),
        "one": np.array(np.nan),
        "file": np.array([2**63], dtype=np.uint64),
    }


def assert_same(mine: Arrays | None, other: Arrays) -> None:
    assert mine is not None
    assert list(mine) == list(other)
    for name, array in other.items():
        assert mine[name].dtype == array.dtype
        assert mine[name].shape == array.shape
        assert mine[name].tobytes() == array.tobytes()


def test_a_part_comes_back_as_it_was(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    assert store.folder == tmp_path / "answer.nc.parts"
    assert store.read("reading 3, block 1") is None
    store.write("reading 3, block 1", part())
    assert_same(store.read("reading 3, block 1"), part())
    assert_same(PartStore.open(tmp_path / "answer.nc", SETTINGS).read("reading 3, block 1"), part())
    assert store.read("reading 3, block 2") is None


def test_equal_parts_are_equal_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        PartStore.open(tmp_path / name, SETTINGS).write("a", part())
    one, two = ((tmp_path / f"{name}.parts" / f"{file_name('a')}.npz").read_bytes() for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"seed": "2"}, "seed 1, now 2;"),
        ({"seed": "2", "draws": "50"}, "draws 100, now 50; seed 1, now 2;"),
        ({"workers": "x"}, "workers not given, now x;"),
    ],
)
def test_other_settings_are_refused_and_named(tmp_path: Path, others: dict[str, str], told: str) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    store.write("a", part())
    with pytest.raises(StoreMismatch, match=f"were made with {told}.*another file name, or delete the folder"):
        PartStore.open(tmp_path / "answer.nc", SETTINGS | others)
    assert_same(store.read("a"), part())


@pytest.mark.parametrize("said", ["", "{", "[1]", "\ud800"])
def test_settings_that_cannot_be_read_are_refused(tmp_path: Path, said: str) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    (store.folder / "settings.json").write_bytes(said.encode("utf-8", "surrogatepass"))
    with pytest.raises(StoreMismatch, match="cannot be read"):
        PartStore.open(tmp_path / "answer.nc", SETTINGS)


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "answer.nc.parts"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(StoreMismatch, match="no run of Zopa made"):
        PartStore.open(tmp_path / "answer.nc", SETTINGS)
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_start_that_broke_off_before_its_settings_is_no_hindrance(tmp_path: Path) -> None:
    folder = tmp_path / "answer.nc.parts"
    folder.mkdir()
    (folder / ".settings.json.17").write_text("{", encoding="utf-8")
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    store.finish()
    assert not folder.exists()


def test_a_part_cut_short_anywhere_is_not_there(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    store.write("a", part())
    (path,) = store.folder.glob("*.npz")
    whole = path.read_bytes()
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        assert store.read("a") is None, length
    store.write("a", part())
    assert_same(store.read("a"), part())


def test_a_part_with_a_changed_number_is_not_there(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    store.write("a", {"counts": np.arange(1000, 1400)})
    (path,) = store.folder.glob("*.npz")
    whole = path.read_bytes()
    start = whole.index(np.int64(1000).tobytes())
    for place in range(start, start + 3200, 61):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert store.read("a") is None, place


def test_a_part_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    with pytest.raises(ValueError, match="Object arrays"):
        store.write("a", {"counts": np.arange(3), "things": np.array([object()])})
    assert [path.name for path in store.folder.iterdir()] == ["settings.json"]


def test_finishing_removes_our_files_only(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path / "answer.nc", SETTINGS)
    store.write("a", part())
    # What a process left that was ended while it wrote.
    shutil.copy(store.folder / f"{file_name('a')}.npz", store.folder / f".{file_name('b')}.npz.17")
    (store.folder / "letter.txt").write_text("Dear", encoding="utf-8")
    store.finish()
    assert [path.name for path in store.folder.iterdir()] == ["letter.txt"]
    (store.folder / "letter.txt").unlink()
    store.finish()
    assert not store.folder.exists()


@pytest.mark.property
@given(st.lists(st.text(max_size=12), min_size=2, max_size=8, unique=True))
def test_every_key_has_a_file_name_of_its_own(keys: list[str]) -> None:
    keys = [key for key in keys if key.encode("utf-8", "replace") == key.encode("utf-8", "surrogatepass")]
    names = [file_name(key) for key in keys]
    assert len({name.casefold() for name in names}) == len(keys)
    for name in names:
        assert os.path.basename(name) == name  # noqa: PTH119
        assert name.isascii()
        assert not set(name) & set('<>:"/\\|?*. ')


def test_a_key_too_long_for_a_file_is_refused() -> None:
    assert len(file_name("a" * LONGEST_NAME)) < 250
    with pytest.raises(ValueError, match="too long"):
        file_name("a" * (LONGEST_NAME + 1))
