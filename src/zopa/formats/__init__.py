"""The field's file formats: GENIUS, GeniusWeb, NegMAS, NegoLog and score sheets, in and out."""

from zopa.formats.exporting import Export, write_export
from zopa.formats.from_case import CaseSheet, sheet_of_case
from zopa.formats.genius import read_genius
from zopa.formats.genius_writing import genius_files
from zopa.formats.geniusweb import read_geniusweb
from zopa.formats.geniusweb_writing import geniusweb_files
from zopa.formats.model import FormatError, FormatFault, Sheet, SheetIssue, SheetParty
from zopa.formats.negmas import read_negmas
from zopa.formats.negmas_writing import negmas_files
from zopa.formats.negolog import read_negolog
from zopa.formats.programs import READERS, TEMPLATES, WRITERS
from zopa.formats.score_sheet_template import blank_sheet_of_case
from zopa.formats.writing import WrittenCase, case_of_sheet, write_case

__all__ = [
    "CaseSheet",
    "Export",
    "FormatError",
    "FormatFault",
    "READERS",
    "Sheet",
    "SheetIssue",
    "SheetParty",
    "TEMPLATES",
    "WRITERS",
    "WrittenCase",
    "blank_sheet_of_case",
    "case_of_sheet",
    "genius_files",
    "geniusweb_files",
    "negmas_files",
    "read_genius",
    "read_geniusweb",
    "read_negmas",
    "read_negolog",
    "sheet_of_case",
    "write_case",
    "write_export",
]
