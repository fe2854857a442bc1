"""A dataset in a file: the same after reading, in bytes that depend on nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zopa.exploration.labelled import COMPRESSED_FROM, FORMAT, NOTE, read_labelled, write_labelled

if TYPE_CHECKING:
    import xarray

ATTRIBUTES = {"title": "A harbour lease — “draft”", "digest": "0" * 64, "seed": 1, "version": "0.1.0"}


def dataset(readings: int = 8, packages: int = 300, seed: int = 0) -> xarray.Dataset:
    import xarray

    rng = np.random.default_rng(seed)
    parties = ["RUS", "UKR", "Ελλάς"]
    return xarray.Dataset(
        {
            "acceptable": (
                ("reading", "package"),
                rng.integers(0, 2**40, (readings, packages)),
                {"of": 80},
            ),
            "blocks": (("reading", "party"), rng.integers(-3, 3, (readings, 3)).astype(np.int16)),
            "fell": (("reading", "party"), rng.random((readings, 3)) < 0.5),
            "margin": (("party",), np.array([0.1, np.nan, -np.inf])),
            "words": (("party",), np.array(["yes", "", "no\nand no"])),
            "draws": ((), np.int64(2**53 + 1)),
            "nothing": (("none",), np.zeros(0)),
        },
        coords={"reading": [f"zone = {k}" for k in range(readings)], "party": parties, "package": np.arange(packages)},
        attrs=ATTRIBUTES,
    )


def test_what_was_written_is_read(tmp_path: Path) -> None:
    given_set = dataset()
    path = tmp_path / "answer.nc"
    write_labelled(path, given_set)
    found = read_labelled(path)
    assert found.identical(given_set.assign_attrs(format=FORMAT, note=NOTE))
    for name in given_set.variables:
        assert found[name].dtype == given_set[name].dtype, name
    assert type(found.attrs["seed"]) is int
    assert [one.name for one in tmp_path.iterdir()] == ["answer.nc"]


def test_equal_datasets_are_equal_bytes(tmp_path: Path) -> None:
    write_labelled(tmp_path / "one.nc", dataset())
    time.sleep(1.1)  # whole seconds are what the format's time stamps count
    write_labelled(tmp_path / "two.nc", dataset())
    assert (tmp_path / "one.nc").read_bytes() == (tmp_path / "two.nc").read_bytes()
    # Neither does it matter that a dataset was in a file before.
    write_labelled(tmp_path / "three.nc", read_labelled(tmp_path / "one.nc"))
    assert (tmp_path / "one.nc").read_bytes() == (tmp_path / "three.nc").read_bytes()


def test_a_part_of_a_read_dataset_can_be_written(tmp_path: Path) -> None:
    write_labelled(tmp_path / "one.nc", dataset())
    some = read_labelled(tmp_path / "one.nc").isel(reading=slice(0, 2))
    write_labelled(tmp_path / "two.nc", some)
    assert read_labelled(tmp_path / "two.nc").identical(some)


def test_large_arrays_are_compressed(tmp_path: Path) -> None:
    import xarray

    flat = xarray.Dataset({"counts": (("package",), np.zeros(200_000, dtype=np.int64))}, attrs=ATTRIBUTES)
    write_labelled(tmp_path / "flat.nc", flat)
    assert (tmp_path / "flat.nc").stat().st_size < 200_000
    assert COMPRESSED_FROM < 8 * 200_000


@pytest.mark.oracle
def test_the_netcdf_can_be_read_by_others(tmp_path: Path) -> None:
    """Names, shapes, dimensions and truth values as the file format has them, without xarray."""
    import h5py

    given_set = dataset()
    write_labelled(tmp_path / "answer.nc", given_set)
    with h5py.File(tmp_path / "answer.nc") as file:
        assert np.array_equal(file["acceptable"][...], given_set["acceptable"].values)
        assert [axis[0].name for axis in file["acceptable"].dims] == ["/reading", "/package"]
        assert file["fell"].dtype == np.int8
        assert file["fell"].attrs["dtype"] == "bool"
        assert file["party"].asstr()[2] == "Ελλάς"
        assert "_FillValue" not in file["margin"].attrs
        assert file.attrs["note"] == NOTE


@pytest.mark.property
@settings(max_examples=6)
@given(st.integers(0, 5), st.integers(0, 3), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_any_size_comes_back(tmp_path_factory: pytest.TempPathFactory, readings: int, packages: int, title: str) -> None:
    path = tmp_path_factory.mktemp("sizes") / "answer.nc"
    given_set = dataset(readings, packages).assign_attrs(title=title)
    write_labelled(path, given_set)
    assert read_labelled(path).equals(given_set)
    assert read_labelled(path).attrs["title"] == title


def test_a_dataset_must_say_where_it_comes_from(tmp_path: Path) -> None:
    given_set = dataset()
    del given_set.attrs["seed"], given_set.attrs["digest"]
    with pytest.raises(ValueError, match="lacks digest, seed among its attributes"):
        write_labelled(tmp_path / "answer.nc", given_set)
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "answer.nc"
    write_labelled(path, dataset())
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write_labelled(path, dataset().assign_attrs(extra={"a": 1}))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("keep", [3000, 20_000, -1])
def test_a_damaged_file_is_refused_in_words(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "answer.nc"
    write_labelled(path, dataset())
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match=r"answer\.nc is damaged: delete it and run again$"):
        read_labelled(path)


@pytest.mark.parametrize("keep", [0, 1, 100])
def test_what_cannot_be_told_to_be_ours_is_not_to_be_deleted(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "answer.nc"
    write_labelled(path, dataset())
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match=r"answer\.nc is not a saved ensemble: give another file name$"):
        read_labelled(path)


def test_files_of_others_are_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "answer.nc"
    with pytest.raises(ValueError, match="there is no file"):
        read_labelled(path)
    path.write_text("reading,package\n", encoding="utf-8")
    with pytest.raises(ValueError, match="is not a saved ensemble: give another file name"):
        read_labelled(path)
    path.unlink()
    dataset().to_netcdf(path, engine="h5netcdf")
    with pytest.raises(ValueError, match="is not a saved ensemble: give another file name"):
        read_labelled(path)
    for other in (tmp_path, Path(os.devnull)):
        with pytest.raises(ValueError, match="is no regular file, such as a saved ensemble is: give another file name"):
            read_labelled(other)


def test_without_xarray_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given_set = dataset()
    monkeypatch.setattr("zopa.exploration.labelled.find_spec", lambda name: None if name == "h5netcdf" else name)
    with pytest.raises(ValueError, match=r"zopa\[ensembles\]"):
        write_labelled(tmp_path / "answer.nc", given_set)
    with pytest.raises(ValueError, match=r"zopa\[ensembles\]"):
        read_labelled(tmp_path / "answer.nc")
