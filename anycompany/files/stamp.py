"""The last line of a saved storm file: which revision it was made from, and a hash of all the rest.

By it the next reader knows whether somebody edited the file by hand, and from what.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_STAMP = re.compile(
    r"^# anycompany: revision (\d{1,9}) \(edit ([0-9a-f]{1,64})\), sha256 ([0-9a-f]{64})[ \t]*(?:\r?\n|\Z)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the last line says."""

    revision: int
    edit: str
    digest: str


def split(text: str) -> tuple[str, Stamp | None]:
    """A file's text without its stamp, wherever somebody moved it, and the stamp.

    >>> split(stamped("name: Hotel", Stamp(3, "a1", "")))[0]
    'name: Hotel\\n'
    """
    found = list(_STAMP.finditer(text))
    if not found:
        return text, None
    revision, edit, digest = found[-1].groups()
    return _STAMP.sub("", text), Stamp(int(revision), edit, digest)


def stamped(content: str, stamp: Stamp) -> str:
    """The content with its stamp as the last line; the digest is made here."""
    content = content if content.endswith("\n") else content + "\n"
    newline = "\r\n" if content.endswith("\r\n") else "\n"
    last = f"# anycompany: revision {stamp.revision} (edit {stamp.edit}), sha256 {digest_of(content)}"
    return content + last + newline


def digest_of(content: str) -> str:
    """The SHA-256 of a file's text without its stamp."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()
