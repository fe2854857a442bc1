"""What is found while files are read: all faults at once, defects and what is not taken, in the order met."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from zopa.formats.model import FormatError, FormatFault
from zopa.formats.numbers import NotANumber, exact, whole_number


@dataclass(slots=True)
class Findings:
    """Collects what readers find."""

    faults: list[FormatFault] = field(default_factory=list)
    defects: list[FormatFault] = field(default_factory=list)
    not_taken: list[str] = field(default_factory=list)

    def fault(self, file: str, where: str, what: str, remedy: str) -> None:
        """Note something for which the file cannot be taken."""
        self.faults.append(FormatFault(file, where, what, remedy))

    def defect(self, file: str, where: str, what: str, how_read: str) -> None:
        """Note something odd, and how it was read."""
        self.defects.append(FormatFault(file, where, what, how_read))

    def left(self, words: str) -> None:
        """Note something that a case cannot hold."""
        if words not in self.not_taken:
            self.not_taken.append(words)

    def stop_at_faults(self) -> None:
        """Raise everything that was found when there is a fault.

        Raises
        ------
        FormatError
            With all faults found so far.
        """
        if self.faults:
            raise FormatError(*self.faults)

    def number(self, text: str | None, file: str, where: str, what: str) -> Fraction | None:
        """Return an exact number, or note a fault and return None."""
        try:
            return exact(text or "")
        except NotANumber as error:
            self.fault(file, where, f"{what}: {error}", "Write it as digits with a point, such as 0.25.")
            return None

    def whole(self, text: str | None, file: str, where: str, what: str) -> int | None:
        """Return a whole number, or note a fault and return None."""
        try:
            return whole_number(text or "")
        except NotANumber as error:
            self.fault(file, where, f"{what}: {error}", "Write a whole number such as 3.")
            return None
