"""The edits that give an event the contract which samples of it follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...storm.edits import Add, AnyEdit, Change, SetField
from ...storm.model import Storm
from ...storm.parts import ContractField
from .inferring import fields_from


def adopting(storm: Storm, event: str, schema: Mapping[str, Any], example: dict[str, Any]) -> list[AnyEdit]:
    """The edits that make a schema of samples the contract of an event.

    What the team said of a field before (personal, risk) stays, and so do fields that no sample has. An
    example is only given where there is none.

    Parameters
    ----------
    storm : the storm, which has the event.
    event : its id.
    schema : as ``inferred`` makes it, of details or of whole events.
    example : the detail of one of the samples.

    >>> from anycompany.bus.contract import inferred
    >>> storm = Storm(name="Inn").add_event("Room Booked")
    >>> [edit.kind for edit in adopting(storm, "room-booked", inferred([{"nights": 2}]), {"nights": 2})]
    ['add', 'field']
    """
    known = storm.contracts.get(event)
    edits: list[AnyEdit] = []
    if known is None:
        edits.append(Add(to="contracts", name=event, id=event, keys={"example": example}))
    elif known.example is None:
        edits.append(Change(of="contracts", id=event, keys={"example": example}))
    for name, said in fields_from(schema).items():
        before = known.fields_.get(name) if known else None
        field = (
            ContractField.model_validate(said)
            if before is None
            else before.model_copy(update={"type": said["type"], "optional": said.get("optional", False)})
        )
        if field != before:
            edits.append(SetField.model_validate({"event": event, "field": name, "is": field}))
    return edits
