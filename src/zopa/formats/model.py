"""What a file of another program says, in one neutral form: every reader makes it, every writer takes it.

A :class:`Sheet` is additive: each party has points for every option of every issue, and a package is worth
their sum.  Numbers are exact fractions of what the file wrote; nothing is rescaled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


class FormatError(ValueError):
    """A file that cannot be taken, in words: which file, where in it, what is wrong and how to mend it.

    Attributes
    ----------
    faults : tuple of FormatFault
        All that was found, not only the first.
    """

    def __init__(self, *faults: FormatFault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class FormatFault:
    """One fault of a file, or a defect that was met and how it was read.

    Attributes
    ----------
    file : str
        The file, as the user named it.
    where : str
        The element, cell or key in it ("issue 3, item 2", "B7", "issueWeights.Price"), perhaps with its line.
    what : str
        What is wrong.
    remedy : str
        How to mend it; for a defect that is only reported: how it was read.
    """

    file: str
    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        at = ", ".join(part for part in (self.file, self.where) if part)
        return f"{at}: {self.what}. {self.remedy}" if at else f"{self.what}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class SheetIssue:
    """An issue as the file names it, with the names of its options in file order (no two alike).

    ``numbers`` holds the options as numbers where the file says that they are (an integer range).
    """

    name: str
    options: tuple[str, ...]
    numbers: tuple[Fraction, ...] | None = None


@dataclass(frozen=True, slots=True)
class SheetParty:
    """What one party's file or column says.

    Attributes
    ----------
    name : str
        Name of the party.
    file : str
        The file its numbers stand in.
    points : tuple of tuple of Fraction or None
        ``points[issue][option]``; None for a cell that was left empty.
    no_deal : Fraction or None
        Points without an agreement; None when the file gives none.
    no_deal_package : mapping of str to str or None
        For formats that name a package instead: issue name to option name.
    no_deal_note : str
        How the no-deal value was read, where the file did not write a number.
    """

    name: str
    file: str
    points: tuple[tuple[Fraction | None, ...], ...]
    no_deal: Fraction | None
    no_deal_package: Mapping[str, str] | None = None
    no_deal_note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole scenario as other programs keep it.

    Attributes
    ----------
    title : str
        Name of the domain.
    program : str
        What it came from, in words ("GENIUS", "NegMAS", "score sheet").
    issues : tuple of SheetIssue
        In file order.
    parties : tuple of SheetParty
        In the order given.
    files : mapping of str to bytes
        The files read, by name: the case keeps them as its sources.
    defects : tuple of FormatFault
        What was odd in the files and how it was read.
    not_taken : tuple of str
        What the files say that a case cannot hold (a discount factor), in words.
    """

    title: str
    program: str
    issues: tuple[SheetIssue, ...]
    parties: tuple[SheetParty, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    defects: tuple[FormatFault, ...] = ()
    not_taken: tuple[str, ...] = ()
