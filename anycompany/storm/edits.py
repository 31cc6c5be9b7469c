"""Every edit a person can make, as small data with a kind.

The board, a notebook cell, an importer and a test all say edits; ``apply`` carries them out. Things are
named by id and places by their neighbours, never by index, so that edits of several people merge.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field as Key, TypeAdapter, model_validator

from .edit_base import EditBase
from .parts import ContractField, Id, Text, Trigger
from .workshop.steering import Conduct as Conduct, GoTo as GoTo, Plan as Plan, Timer as Timer  # noqa: PLC0414

Section = Literal[
    "events",
    "policies",
    "entities",
    "contexts",
    "services",
    "listeners",
    "contracts",
    "hotspots",
    "decisions",
]
"""The parts of a storm whose entries are added, changed and removed one by one."""

SINGULAR: dict[str, str] = {
    "events": "event",
    "policies": "policy",
    "entities": "entity",
    "contexts": "context",
    "services": "service",
    "listeners": "listener",
    "contracts": "contract",
    "hotspots": "hot spot",
    "decisions": "decision",
    "triggers": "trigger",
}
"""What one entry of a section is called in messages."""


class Add(EditBase):
    """Add one entry. Without ``id`` one is minted from ``name``; contracts take the id of their event."""

    kind: Literal["add"] = "add"
    to: Section
    name: Text
    id: Id | None = None
    keys: dict[str, Any] = {}


class Rename(EditBase):
    """Give a thing another name; its id stays."""

    kind: Literal["rename"] = "rename"
    of: Section
    id: Id
    name: Text


class Change(EditBase):
    """Change keys of one entry; a value of None takes the key away."""

    kind: Literal["change"] = "change"
    of: Section
    id: Id
    keys: dict[str, Any]


class Remove(EditBase):
    """Remove a thing and every mention of it."""

    kind: Literal["remove"] = "remove"
    of: Section
    id: Id


class Merge(EditBase):
    """Two event notes mean the same: keep one, and let every mention of the other mean it."""

    kind: Literal["merge"] = "merge"
    keep: Id
    gone: Id
    name: Text | None = None


class Place(EditBase):
    """Put an event into time: after or before another, beside it as an alternative, or parallel to it.

    With no neighbour named it goes to the end.
    """

    kind: Literal["place"] = "place"
    event: Id
    after: Id | None = None
    before: Id | None = None
    instead_of: Id | None = None
    parallel_to: Id | None = None


class Unplace(EditBase):
    """Take an event off the timeline; the note stays."""

    kind: Literal["unplace"] = "unplace"
    event: Id


class SetTrigger(EditBase):
    """Say what starts an event; None takes the trigger away."""

    kind: Literal["trigger"] = "trigger"
    event: Id
    trigger: Trigger | None


class Assign(EditBase):
    """Put an event into an entity, or an entity into a context; None makes it homeless."""

    kind: Literal["assign"] = "assign"
    of: Literal["events", "entities"]
    id: Id
    to: Id | None


class Copy(EditBase):
    """Keep a copy of an entity in another context, or give the copy up (``keep=False``)."""

    kind: Literal["copy"] = "copy"
    entity: Id
    context: Id
    keep: bool = True


class SetField(EditBase):
    """Say what a field of an event's contract is; None takes the field away."""

    kind: Literal["field"] = "field"
    event: Id
    field: str
    is_: ContractField | None = Key(alias="is")


class Publish(EditBase):
    """Freeze the detail-type and the version of an event's contract, as others now rely on them."""

    kind: Literal["publish"] = "publish"
    event: Id


class Vote(EditBase):
    """One person's dot on a hot spot or on a context, or its withdrawal (``up=False``)."""

    kind: Literal["vote"] = "vote"
    hotspot: Id | None = None
    context: Id | None = None
    who: Text
    up: bool = True

    @model_validator(mode="after")
    def _on_one_thing(self) -> Self:
        if (self.hotspot is None) == (self.context is None):
            raise ValueError("a vote is on one hot spot or on one context")
        return self

    @property
    def on(self) -> tuple[Literal["hotspots", "contexts"], str]:
        """The section and the id of what the dot is on."""
        return ("contexts", self.context) if self.context is not None else ("hotspots", self.hotspot or "")


class Park(EditBase):
    """Put an event aside for later: off the storm, kept on the board."""

    kind: Literal["park"] = "park"
    event: Id


class Unpark(EditBase):
    """Bring a parked event back, under its old id."""

    kind: Literal["unpark"] = "unpark"
    event: Id


class Move(EditBase):
    """Move a note on the board."""

    kind: Literal["move"] = "move"
    note: str
    x: float
    y: float


class Dismiss(EditBase):
    """Dismiss a finding with a reason, or take it up again (``because=None``)."""

    kind: Literal["dismiss"] = "dismiss"
    finding: str
    because: Text | None


class Settings(EditBase):
    """Change what the storm says of itself: name, language, source, technical, bus."""

    kind: Literal["settings"] = "settings"
    keys: dict[Literal["name", "language", "source", "technical", "bus"], Any]


class Repeat(EditBase):
    """Repeat a pattern of events for other nouns: Operation Initiated, Succeeded, Failed for fulfilment too.

    Each new event gets the old one's place among its fellows; policies and triggers within the pattern are
    repeated with it.
    """

    kind: Literal["repeat"] = "repeat"
    events: list[Id]
    noun: Text
    nouns: list[Text]


Way = Annotated[list[str], Key(min_length=1)]
"""The keys from the root of a storm's document to a value; the root itself is no value."""


class Set(BaseModel):
    """One value at a path; ``was`` is what stood there."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    path: Way
    to: Any
    was: Any = None


class Unset(BaseModel):
    """One key taken away; ``was`` is what stood there."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    path: Way
    was: Any = None


class Insert(BaseModel):
    """One item put into the list at a path, after its neighbour (None: first)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    path: Way
    item: str
    after: str | None = None


class Drop(BaseModel):
    """One item taken from the list at a path."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    path: Way
    drop: str


class Timeline(BaseModel):
    """One event's place in time: in the moment that begins with ``beside``, or as the one after ``after``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    place: Id | None = None
    take: Id | None = None
    after: Id | None = None
    beside: Id | None = None
    how: Literal["or", "and"] = "or"


PatchStep = Annotated[Set | Unset | Insert | Drop | Timeline, Key(union_mode="left_to_right")]


class Patch(EditBase):
    """A difference between two storms, as steps: what undo and edits by hand in the file consist of.

    ``gently`` leaves alone what somebody changed since (undo); otherwise the patch wins.
    """

    kind: Literal["patch"] = "patch"
    steps: list[PatchStep]
    gently: bool = False
    undoes: str | None = None


class Batch(EditBase):
    """Several edits that happen together or not at all, such as a pasted list."""

    kind: Literal["batch"] = "batch"
    edits: list[Edit]


AnyEdit = (
    Add | Rename | Change | Remove | Merge | Place | Unplace | SetTrigger | Assign | Copy | SetField | Publish
    | Vote | Park | Unpark | Move | Dismiss | Settings | Repeat | Patch | Batch
    | Plan | GoTo | Timer | Conduct
)  # fmt: skip
Edit = Annotated[AnyEdit, Key(discriminator="kind")]
"""Any edit; ``kind`` says which."""

Batch.model_rebuild()
_ADAPTER: TypeAdapter[AnyEdit] = TypeAdapter(Edit)


def edit_from(record: Any) -> AnyEdit:
    """An edit from its JSON data, validated.

    Raises ``pydantic.ValidationError`` when the data is not an edit.

    >>> edit_from({"kind": "add", "to": "events", "name": "Room Booked"}).name
    'Room Booked'
    """
    return _ADAPTER.validate_python(record)
