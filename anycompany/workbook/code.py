"""The code of tasks on its way to a target: read from the storm's folder, packed where it is not inline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from anycompany.files.code import codes_of, files_of, package
from anycompany.storm.code import Code
from anycompany.storm.model import Storm

if TYPE_CHECKING:
    from anycompany.aws.packages import Packages


def codes_for(storm: Storm, home: Path | None, bucket: Callable[[], str]) -> dict[str, Code]:
    """The folders of code that tasks name, each with the bucket for it where it is not inline.

    Parameters
    ----------
    storm : whose tasks.
    home : the folder of the storm's file; None leaves placeholders.
    bucket : says which bucket; asked only if a package needs one.

    Raises
    ------
    StormError
        for a folder that cannot be deployed; what ``bucket`` raises.
    """
    found = codes_of(storm, home) if home else {}
    if all(code.inline for code in found.values()):
        return found
    name = bucket()
    return {run: code if code.inline else replace(code, bucket=name) for run, code in found.items()}


def packages_of(codes: Mapping[str, Code], home: Path | None) -> Packages:
    """What makes the packages of code that is not inline."""
    return {
        run: (code, partial(_packed, home, run)) for run, code in codes.items() if home and not code.inline
    }


def _packed(home: Path, run: str) -> bytes:
    return package(files_of(home, run))
