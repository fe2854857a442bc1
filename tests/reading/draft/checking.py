"""Whether a draft is a sound case."""

from __future__ import annotations

import tempfile
from pathlib import Path

from zopa.case import Case, read_case
from zopa.reading.draft import Draft, write_draft
from zopa.space import check_packages


def sound(draft: Draft) -> Case:
    """Write a draft, check it as `zopa check` does, and return the case."""
    with tempfile.TemporaryDirectory() as folder:
        reading = read_case(write_draft(Path(folder) / "case", draft))
        assert reading.case is not None, reading.findings
        assert not [finding for finding in reading.findings if finding.code != "ZC052"], reading.findings
        assert not [finding for finding in check_packages(reading.case) if finding.code != "ZC052"]
        return reading.case
