"""An ensemble in a file: labelled arrays that other programs read, and that a longer run goes on from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

import zopa
from zopa.exploration.labelled import read_labelled, write_labelled
from zopa.exploration.storing import StoreMismatch
from zopa.exploration.tasks import Work
from zopa.settlement import Arrays
from zopa.space import reading_words

if TYPE_CHECKING:
    import xarray

SETTING: Final = "setting_"
# The axes of every array but those of counts and of figures draw by draw.
AXES: Final[dict[str, tuple[str, ...]]] = {
    "open": ("reading", "draw"),
    "granted": ("reading", "draw"),
    "opens": ("reading", "party"),
    "asked": ("reading", "party"),
    "undecided": ("reading",),
    "band.open": ("band", "tried"),
    "band.granted": ("band", "tried"),
    "facts": ("fact",),
}
ANEW_AXES: Final[dict[str, tuple[str, ...]]] = {
    "first": ("tried", "anew"),
    "second": ("tried", "anew"),
    "mixed": ("group", "tried", "anew"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What a file keeps: the state of the totals, the drawn judgements, and the draws made anew."""

    totals: Arrays
    inputs: NDArray[np.float64]
    anew: Arrays


def write_kept(path: Path, work: Work, settings: Mapping[str, str], kept: Kept) -> None:
    """Write an ensemble to a netCDF file, whole or not at all."""
    write_labelled(path, dataset_of(work, settings, kept))


def dataset_of(work: Work, settings: Mapping[str, str], kept: Kept) -> xarray.Dataset:
    """Return an ensemble as labelled arrays.

    Returns
    -------
    xarray.Dataset
        ``open`` (reading, draw) says which scenarios have a zone; ``count.*`` (reading, package) count draws;
        ``trace.*`` (tried, draw) are figures draw by draw; ``input`` (judgement, draw) is what was drawn.
    """
    try:
        import xarray
    except ImportError:
        raise ValueError('saving an ensemble needs more than Zopa itself: pip install "zopa[ensembles]"') from None
    plan = work.plan
    arrays: dict[str, tuple[tuple[str, ...], NDArray[Any]]] = {}
    for name, rows in kept.totals.items():
        axes = ("reading", "package") if name.startswith("count.") else ("tried", "draw")
        arrays[name] = (AXES.get(name, axes), rows)
    arrays["input"] = (("judgement", "draw"), kept.inputs)
    arrays |= {f"anew.{name}": (ANEW_AXES[name], rows) for name, rows in kept.anew.items()}
    words = [reading_words(plan.case, reading) for reading in plan.readings]
    labels: dict[str, Any] = {
        "reading": ["; ".join(f"{key} = {word}" for key, word in one.items()) for one in words],
        "package": plan.indices,
        "party": list(plan.case.parties),
        "tried": np.array(plan.tried),
        "band": [f"{name}: {number}" for number, (name, _) in enumerate(plan.bands)],
        "judgement": list(work.keys),
        "group": [one.key for one in work.groups],
        "fact": ["draws", "judgements that vary", "approximate draws"],
    }
    used = {axis for axes, _ in arrays.values() for axis in axes}
    coordinates = {name: values for name, values in labels.items() if name in used and len(values)}
    attributes = {
        "title": plan.case.title,
        "digest": plan.case.digest,
        "seed": plan.streams.seed,
        "version": zopa.__version__,
        **{f"{SETTING}{name.replace(' ', '_')}": text for name, text in settings.items()},
    }
    kept_arrays = {name: value for name, value in arrays.items() if value[1].size}
    return xarray.Dataset(kept_arrays, coords=coordinates, attrs=attributes)


def read_kept(path: Path, settings: Mapping[str, str], draws: int) -> Kept:
    """Return what a file keeps, to go on from.

    Parameters
    ----------
    path : Path
        The file.
    settings : mapping of str to str
        What this run depends on; the file must be of the same.
    draws : int
        Draws wanted; the file must not have more.

    Raises
    ------
    ValueError
        When the file is something else, was made with other settings (:class:`StoreMismatch`), or has more draws.
    """
    dataset = read_labelled(path)
    before = {name: dataset.attrs.get(f"{SETTING}{name.replace(' ', '_')}") for name in settings}
    names = [name for name, text in settings.items() if before[name] != text]
    if "case" in names:
        raise StoreMismatch(
            f"{path} was made for another case, or another state of this one: give another file name, or delete it"
        )
    differing = [f"{name}: {before[name]}, now {settings[name]}" for name in names]
    if differing:
        raise StoreMismatch(
            f"{path} was made with other settings ({'; '.join(differing)}): give another file name, or delete the file"
        )
    found = {str(name): array.values for name, array in dataset.data_vars.items()}
    if int(found["facts"][0]) > draws:
        raise StoreMismatch(
            f"{path} holds {int(found['facts'][0])} draws, more than {draws}: ask for as many, or delete the file"
        )
    inputs = found.pop("input", np.empty((0, int(found["facts"][0]))))
    anew = {name.removeprefix("anew."): found.pop(name) for name in [*found] if name.startswith("anew.")}
    empty = (0, int(dataset.sizes.get("tried", 0)))
    for name in ("band.open", "band.granted"):
        found.setdefault(name, np.zeros(empty, dtype=np.int64))
    return Kept(found, inputs, anew)
