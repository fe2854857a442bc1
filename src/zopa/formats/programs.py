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
from zopa.formats.score_sheet import read_score_csv, read_score_xlsx
from zopa.formats.score_sheet_writing import score_csv_files, score_csv_template
from zopa.formats.workbook_writing import score_xlsx_files, score_xlsx_template

READERS: Final[MappingProxyType[str, Callable[[Sequence[Path]], Sheet]]] = MappingProxyType(
    {
        "genius": read_genius,
        "geniusweb": read_geniusweb,
        "negmas": read_negmas,
        "negolog": read_negolog,
        "csv": read_score_csv,
        "xlsx": read_score_xlsx,
    }
)
WRITERS: Final[MappingProxyType[str, Callable[[Sheet], Export]]] = MappingProxyType(
    {
        "genius": genius_files,
        "geniusweb": geniusweb_files,
        "negmas": negmas_files,
        "csv": score_csv_files,
        "xlsx": score_xlsx_files,
    }
)
TEMPLATES: Final[MappingProxyType[str, Callable[[Sheet | None], Export]]] = MappingProxyType(
    {"csv": score_csv_template, "xlsx": score_xlsx_template}
)
