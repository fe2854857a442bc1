"""Findings of a check on a terminal; loads nothing but the words of the case room."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from zopa.case import Fault, Severity
from zopa.report.cleaning import clean


def text(words: str, style: str = "") -> Text:
    """Return words as they are: no markup, no control characters."""
    return Text(clean(words), style=style)


def print_findings(findings: tuple[Fault, ...], console: Console) -> None:
    """Print findings, each with its place, what is wrong and how to mend it."""
    styles = {Severity.FAULT: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
    for finding in findings:
        head = Text.assemble(
            text(f"{finding.place}: "),
            text(f"{finding.severity} {finding.code}: ", styles[finding.severity]),
            text(finding.message),
        )
        console.print(head, soft_wrap=True)
        if finding.text:
            console.print(Text.assemble(text("    "), text(finding.text, "dim")), soft_wrap=True)
        console.print(Text.assemble(text("    "), text(finding.remedy, "green")), soft_wrap=True)
