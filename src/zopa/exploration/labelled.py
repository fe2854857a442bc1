"""Labelled arrays in one file: an ``xarray.Dataset`` as netCDF-4, which other programs of the field read as it stands.

A file says what it was made from and what its shares are.  Equal datasets give equal bytes with the same versions of the
libraries: no times and no names of machines go in.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import xarray

NEEDED: Final = ("title", "digest", "seed", "version")
FORMAT: Final = "zopa ensemble 1"
NOTE: Final = "Shares are shares of assumptions (scenarios), never chances."
MARKED_WITHIN: Final = 65536  # bytes; attributes stand before the arrays
COMPRESSED_FROM: Final = 4096  # bytes; below, the frame of a compressed array outweighs what it saves


def write_labelled(path: Path, dataset: xarray.Dataset) -> None:
    """Write a dataset to a netCDF file, whole or not at all.

    Arrays of 4 kB and more are compressed (zlib, level 4, bytes shuffled).  Text stands as text of any length; truth values stand
    as 8-bit integers marked ``dtype = "bool"``, since netCDF has none, and come back as truth values.

    Parameters
    ----------
    path : Path
        The file; an old one is replaced only when the new one is complete.
    dataset : xarray.Dataset
        Its attributes tell where it comes from: ``title``, ``digest`` (of the case), ``seed``, ``version`` (of Zopa).  A note
        on what shares mean and the name of the format are added.

    Raises
    ------
    ValueError
        When an attribute is missing, or the extra ``ensembles`` is not installed.

    References
    ----------
    NetCDF-4 as HDF5 (Unidata, *NetCDF File Format Specifications*); Hoyer and Hamman (2017) for labelled arrays.
    """
    _check_installed()
    missing = [name for name in NEEDED if name not in dataset.attrs]
    if missing:
        raise ValueError(f"the dataset lacks {', '.join(missing)} among its attributes: a file must say what it was made from")
    # What a former file had for chunks and filling would stick to its arrays, and make bytes depend on history.
    fresh = dataset.drop_encoding().assign_attrs(format=FORMAT, note=NOTE)
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.to_netcdf(
            made, format="NETCDF4", engine="h5netcdf", encoding={name: _encoding(fresh[name]) for name in fresh.variables}
        )
        with made.open("rb+") as file:
            # The parts that it was made from may be deleted next, so it has to be on the disk.
            os.fsync(file.fileno())
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def read_labelled(path: Path) -> xarray.Dataset:
    """Return the dataset of a file that ``write_labelled`` made, all of it in memory.

    Raises
    ------
    ValueError
        When there is no file, it is damaged, no regular file or from elsewhere, or the extra ``ensembles`` is not installed.
    """
    _check_installed()
    import xarray

    if not path.exists():
        raise ValueError(f"there is no file {path}")
    if not path.is_file():
        raise ValueError(f"{path} is no regular file, such as a saved ensemble is: give another file name")
    try:
        with xarray.open_dataset(path, engine="h5netcdf", decode_times=False) as opened:
            dataset = opened.load().drop_encoding()
    except (OSError, ValueError, KeyError, RuntimeError):
        raise ValueError(_unreadable(path)) from None
    if dataset.attrs.get("format") != FORMAT:
        raise ValueError(_foreign(path))
    # Whole numbers come as arrays' elements; a plain number prints and compares as it was given.
    attributes = {name: value.item() if hasattr(value, "item") else value for name, value in dataset.attrs.items()}
    return dataset.assign_attrs(attributes)


def _unreadable(path: Path) -> str:
    """Return in words why a file cannot be read; nobody is told to delete what may be somebody else's."""
    try:
        with path.open("rb") as file:
            start = file.read(MARKED_WITHIN)
    except OSError as error:
        return f"{path} cannot be read: {error.strerror}"
    return f"{path} is damaged: delete it and run again" if FORMAT.encode() in start else _foreign(path)


def _foreign(path: Path) -> str:
    return f"{path} is not a saved ensemble: give another file name"


def _encoding(array: xarray.DataArray) -> dict[str, object]:
    """Return how an array is laid down."""
    kind = array.dtype.kind
    if kind in "OUST":
        return {}
    # Without this, what is not a number would be declared as missing.
    filling: dict[str, object] = {"_FillValue": None}
    return filling | ({"zlib": True, "complevel": 4, "shuffle": True} if array.nbytes >= COMPRESSED_FROM else {})


def _check_installed() -> None:
    if any(find_spec(name) is None for name in ("xarray", "h5netcdf", "h5py")):
        raise ValueError("Ensemble files need xarray: install zopa with its extra `ensembles` (pip install 'zopa[ensembles]').")
