"""Faults of documents in one line."""

from __future__ import annotations

from zopa.reading.document_faults import DocumentFault


def test_a_fault_names_file_line_trouble_and_remedy() -> None:
    fault = DocumentFault("talks.txt", "letters are lost", "save it again", 3)
    assert str(fault) == "talks.txt:3: letters are lost; save it again"
    assert (fault.file, fault.line, fault.message, fault.remedy) == ("talks.txt", 3, "letters are lost", "save it again")
    assert str(DocumentFault("talks.txt", "it is empty", "save it again")) == "talks.txt: it is empty; save it again"


def test_nothing_that_steers_a_terminal_gets_out() -> None:
    fault = DocumentFault("a\x1b[31m\n\u202eb.txt", "no", "yes\x07")
    assert str(fault) == "a\\x1b[31m\\n\\u202eb.txt: no; yes\\x07"
