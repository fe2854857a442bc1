"""From statements to a draft case that a person edits."""

from zopa.reading.draft.drafting import (
    Draft,
    draft_case,
    write_draft,
)
from zopa.reading.draft.existing import (
    Added,
    add_to_case,
)
from zopa.reading.draft.inputs import (
    NothingToDraft,
    Office,
    PartyName,
    Read,
)

__all__ = [
    "Added",
    "Draft",
    "NothingToDraft",
    "Office",
    "PartyName",
    "Read",
    "add_to_case",
    "draft_case",
    "write_draft",
]
