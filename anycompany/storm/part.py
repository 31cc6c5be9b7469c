"""What all parts of a storm have in common: immutable, strict about keys, nothing but data.

The attribute names are the keys of the file format; keys that Python reserves have a trailing underscore
and keys with a hyphen an underscore (``for_``, ``detail_type``). Unknown keys are errors unless they begin
with ``x-``, which any tool may use for its own and every edit keeps.
"""

from __future__ import annotations

import difflib
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator

from .ids import ID_PATTERN, words

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Text = Annotated[str, AfterValidator(lambda text: text.encode("utf-8", "replace").decode("utf-8"))]


class Part(BaseModel):
    """Base of everything in a storm: immutable, strict about keys, keeps ``x-`` keys."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True, protected_namespaces=())

    @model_validator(mode="after")
    def _refuse_unknown_keys(self) -> Self:
        for key in self.__pydantic_extra__ or {}:
            if not key.startswith("x-"):
                known = [field.alias or name for name, field in type(self).model_fields.items()]
                near = difflib.get_close_matches(key, known, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"the keys here are {', '.join(known)}"
                raise ValueError(f"unknown key {key!r}: {hint} (keys of your own begin with 'x-')")
        return self

    def document(self) -> Any:
        """This part as plain data, with the keys of the file format and only what was said."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


class Named(Part):
    """A part that may carry a name; without one its id is read as words."""

    name: Text | None = None

    def title(self, identifier: str) -> str:
        """What people call it: the name if it has one, else the id as words."""
        return self.name or words(identifier)
