"""The command line: one module for each group of commands, all of them thin."""

from __future__ import annotations

import io
import os
import signal
import sys

__all__ = ["main"]


def main() -> None:
    """The entry point of ``anycompany``; ends the process with 0 fine, 1 findings or failed, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name that the terminal cannot show is no reason to fail
            stream.reconfigure(errors="backslashreplace")
    try:
        from .program import program

        program(prog_name="anycompany")
    except KeyboardInterrupt:
        print("anycompany: Stopped.", file=sys.stderr)
        sys.exit(1)
    finally:
        # all is said: whoever does not wait for the last answers of an endpoint ends it at once
        signal.signal(signal.SIGINT, lambda *_: os._exit(1))
