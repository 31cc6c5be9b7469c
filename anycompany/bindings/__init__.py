"""Typed code for a team's services, made from the contracts of the events they emit and hear.

Python through datamodel-code-generator (``pip install 'anycompany[bindings]'``), TypeScript through
json-schema-to-typescript (``npm install json-schema-to-typescript``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from ..storm.model import Storm
from .errors import BindingsError
from .schemas import service_schemas

Language = Literal["python", "typescript"]

__all__ = ["BindingsError", "Language", "bindings"]


def bindings(storm: Storm, language: Language, folder: Path | None = None) -> dict[str, str]:
    """The typed code of every service, as texts by file name: the events it emits and those it hears.

    Parameters
    ----------
    storm : the design; events without a contract have a detail that may be anything.
    language : ``python`` (pydantic models) or ``typescript`` (interfaces).
    folder : where to look for the generator of TypeScript that npm installed, there and in the folders above;
        None for the working directory.

    Raises
    ------
    BindingsError
        if the language is not known, or its generator is not installed or fails.
    """
    if language not in get_args(Language):
        raise BindingsError(
            f"There are no bindings for {language!r}.", "", f"Choose {' or '.join(get_args(Language))}."
        )
    schemas = service_schemas(storm)
    if not schemas:
        return {}
    if language == "python":
        from .python import python_modules

        return python_modules(schemas)
    from .typescript import typescript_modules

    return typescript_modules(schemas, folder or Path.cwd())
