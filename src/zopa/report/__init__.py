"""The report: words, tables and pictures for people, as a file and on the terminal."""

from zopa.report.page import page

__all__ = ["page"]
