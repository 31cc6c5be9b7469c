"""The command line: one module for each group of commands, all of them thin."""

from __future__ import annotations

import io
import sys

__all__ = ["main"]


def main() -> None:
    """The entry point of ``anycompany``; ends the process with 0 fine, 1 findings or failed, 2 wrong use."""
    from .program import program

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name that the terminal cannot show is no reason to fail
            stream.reconfigure(errors="backslashreplace")
    program(prog_name="anycompany")
