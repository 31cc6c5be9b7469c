"""The code of a task: what is known of it once its folder was read, handed in by the folder's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LARGEST_INLINE = 20_000
"""Bytes of code that stand within a template; CloudFormation takes more, but a template has to fit too."""


@dataclass(frozen=True)
class Code:
    """A folder of code that becomes a function.

    Parameters
    ----------
    runtime : Lambda's name of the runtime, such as ``python3.12``.
    handler : the module and function that is called, as Lambda writes it.
    inline : the text of the one small file; empty where there is more.
    digest : the SHA-256 of the packaged files, by which they are found in the bucket of code.
    depends_on : the packages that its files ask for.
    bucket : the bucket that holds the package; empty for code that is inline.
    """

    runtime: str
    handler: str
    inline: str
    digest: str
    depends_on: tuple[str, ...] = ()
    bucket: str = ""

    @property
    def key(self) -> str:
        """The key of the package in the bucket: another one for every content."""
        return f"anycompany/code/{self.digest}.zip"


Codes = Mapping[str, Code]
"""Code by the folder that tasks name as ``run``."""

NO_CODE: Codes = MappingProxyType({})
"""No folder of code: tasks that name one are placeholders."""
