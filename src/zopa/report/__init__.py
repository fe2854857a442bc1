"""The report: words, tables and pictures for people, as a file and on the terminal.

Nothing is imported here: ``zopa check`` prints its findings through :mod:`zopa.report.findings` without loading the page.
"""
