"""The programs whose files come in and go out, by the word that the commands take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from zopa.formats.exporting import Export
from zopa.formats.genius import read_genius
from zopa.formats.genius_writing import genius_files
from zopa.formats.geniusweb import read_geniusweb
from zopa.formats.geniusweb_writing import geniusweb_files
from zopa.formats.model import Sheet
from zopa.formats.negmas import read_negmas
from zopa.formats.negmas_writing import negmas_files
from zopa.formats.negolog import read_negolog

READERS: Final[MappingProxyType[str, Callable[[Sequence[Path]], Sheet]]] = MappingProxyType(
    {"genius": read_genius, "geniusweb": read_geniusweb, "negmas": read_negmas, "negolog": read_negolog}
)
WRITERS: Final[MappingProxyType[str, Callable[[Sheet], Export]]] = MappingProxyType(
    {"genius": genius_files, "geniusweb": geniusweb_files, "negmas": negmas_files}
)
