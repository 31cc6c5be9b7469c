"""Errors about a storm file or its log, each with the file and the line."""

from __future__ import annotations

from pathlib import Path

from ..storm.errors import StormError


class StormFileError(StormError):
    """A storm file, or its log, that cannot be read or written; nothing was changed.

    Parameters
    ----------
    what : one sentence that names the thing and what is wrong with it.
    where : ``FILE`` or ``FILE:LINE``.
    remedy : what to do about it, as an instruction.
    inside : the place within the document, such as ``policies/take-payment/emits``; may be empty.
    """

    def __init__(self, what: str, where: str = "", remedy: str = "", inside: str = "") -> None:
        super().__init__(f"{inside}: {what}" if inside else what, where, remedy)
        self.inside = inside


def refused_by_the_system(path: Path, doing: str, error: OSError) -> StormFileError:
    """What to tell people when the operating system refuses to read or write a file."""
    remedies = {
        "PermissionError": "Ask for the right to do so, or copy the storm to a folder of your own.",
        "IsADirectoryError": "Name the storm file in that folder.",
    }
    remedy = remedies.get(type(error).__name__, "Make room or repair the disk, and do it again.")
    return StormFileError(f"{doing} failed: {error.strerror or error}.", str(path), remedy)
