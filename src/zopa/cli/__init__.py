"""The command line: thin commands over the rooms."""

from zopa.cli.application import main

__all__ = ["main"]
