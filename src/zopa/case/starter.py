"""A commented starter case, which passes the check."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from zopa.case.saving import write_whole

_SOURCE: Final = """\
# Minutes of a first talk (replace this text by your own source)

The owner of the workshop said that a lease of less than five years was out of the question.
The tenants asked for a lower rent and said that they could also live with a long lease.
Who pays for the new roof was not discussed.
"""

_CASE: Final = """\
# A Zopa case. Lines that begin with # are comments; they survive every save.
# Change it to your own negotiation, then run:  zopa check {folder}   and   zopa settle {folder}
zopa: 1
title: {title}
question: Is there a lease that both would sign?
as_of: 2025-03-01            # no evidence after this date counts

# 1. Where things are said. Put texts into the folder sources/ and quote them word for word.
sources:
  minutes: {{file: sources/minutes.md, title: Minutes of the first talk, date: 2025-02-20, kind: report, reliability: B}}

statements:                  # level: 0 direct quotation, 1 reported, 2 about another party, 3 unnamed, 4 narration
  s1:
    {{quote: a lease of less than five years was out of the question, speaker: the owner, party: owner, act: condition,
     level: 1, issue: term}}
  s2:
    {{quote: asked for a lower rent, speaker: the tenants, party: tenants, act: demand,
     level: 1, issue: rent, wants: rent <= 9}}

# 2. Who takes part. A party signs unless `seat:` says otherwise.
parties:
  owner: The owner
  tenants: The tenants

# 3. What is decided. `ordered` lists options from low to high; LOW..HIGH with a step is a numeric issue.
issues:
  rent: {{name: Rent a square metre, scale: 8..11, step: 1, unit: euros, now: 10}}
  term: {{name: Length of the lease, scale: ordered, options: {{y3: 3 years, y5: 5 years, y10: 10 years}}, now: y3}}
  roof:
    name: Who pays for the roof
    options: {{owner_pays: The owner, shared: Half each, tenants_pay: The tenants}}
    now: unknown

# 4. What is impossible, whoever wants it.
rules:
  R1: {{that: roof != tenants_pay if term = y3, assume: nobody builds a roof for three years}}

# 5. Named judgements. Ranges are normal: 20..40 means anything from 20 to 40.
assumptions:
  no_deal_range:
    name: No-deal value
    value: 20..50
    per: [owner, tenants]        # a draw for each party
    sweep: 20..35 | 35..50       # shown band by band as well
    assume: "neither side's alternatives are known, so both get the same range"

# 6. What each party wants. Every number needs a basis: `because:` a statement, or `assume:` a reason.
#    A basis given once for a block holds for what is inside it.
preferences:
  owner:
    weights: {{rent: 40..60, term: 20..40, roof: 10..30, sum: 100, assume: rent matters most to owners}}
    scores:
      rent: {{direction: up, assume: more rent is better for the owner}}
      term: {{direction: up, because: s1}}
      roof: {{owner_pays: 0, shared: 60, tenants_pay: 100, assume: half is worth more than half of the quarrel}}
    red_lines:
      L1: {{refuses: term < y5, because: s1}}
    no_deal: {{share: no_deal_range}}      # per cent of the way from the worst to the best package
  tenants:
    weights: {{rent: 40..60, term: 20..40, roof: 10..30, sum: 100, assume: the same ranges as for the owner}}
    scores:
      rent: {{direction: down, because: s2}}
      term: {{direction: up, assume: a longer lease is safer for a workshop}}
      roof: {{owner_pays: 100, shared: 60, tenants_pay: 0, assume: mirror of the owner}}
    no_deal: {{share: no_deal_range}}

# 7. Packages you want to see by name.
packages:
  offer: {{name: The owner's first offer, terms: {{rent: 10, term: y10, roof: tenants_pay}}, author: owner}}
"""


def write_starter(folder: Path, title: str | None = None) -> Path:
    """Write a starter case into a folder and return the case file.

    Parameters
    ----------
    folder : Path
        The folder; it is made when it is not there, and must hold nothing but hidden files.
    title : str, optional
        Title of the case; by default made from the folder's name.

    Raises
    ------
    FileExistsError
        When the folder holds something already; nothing is overwritten.
    OSError
        When the folder cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(not entry.name.startswith(".") for entry in folder.iterdir())):
        raise FileExistsError(f"{folder} is not empty")
    name = title or folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "A lease"
    quoted = '"' + re.sub(r"\s+", " ", name).replace("\\", "\\\\").replace('"', '\\"') + '"'
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    write_whole(folder / "sources" / "minutes.md", _SOURCE.encode("utf-8"))
    file = folder / "case.yaml"
    shown = re.sub(r"[^\w./ -]", "", folder.name) or "FOLDER"
    write_whole(file, _CASE.format(title=quoted, folder=shown).encode("utf-8"))
    return file
