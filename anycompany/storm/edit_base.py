"""What all edits have in common: immutable data with a kind, strict about keys."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class EditBase(BaseModel):
    """Base of all edits: immutable data, strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    kind: str

    def model_post_init(self, _: Any, /) -> None:
        """Count ``kind`` as said, so that the edits within a batch are recorded with it."""
        self.model_fields_set.add("kind")

    def record(self) -> dict[str, Any]:
        """The edit as JSON data for the log and for messages."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)
