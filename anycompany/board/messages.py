"""What browsers say to the room, read with care: anybody may send anything."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from ..storm.edits import Edit
from ..storm.errors import StormError
from .delta import plain

PROTOCOL = 1
"""The version of the protocol between the board and its kernel."""

LARGEST = 1_000_000
"""Characters of one message, at most."""

LONGEST_TEXT = 10_000
"""Characters of one text on a note, at most."""

LONGEST_NAME = 60
"""Characters of a person's name that are kept."""


class MessageError(StormError):
    """A message that the room does not understand, or will not carry out; nothing was changed."""


def _name(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    return " ".join(plain(text[: LONGEST_NAME * 4]).split())[:LONGEST_NAME]


Person = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
Tab = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{4}$")]
Name = Annotated[str, BeforeValidator(_name)]
Step = Annotated[int, Field(ge=1, le=8)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Key = Annotated[str, StringConstraints(max_length=300), AfterValidator(plain)]


class Message(BaseModel):
    """Base of all messages: who sends it, from which tab. Keys that are unknown are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    person: Person
    tab: Tab
    name: Name = ""

    @property
    def to(self) -> str:
        """The address of the sender's tab."""
        return f"{self.person}{self.tab}"


class Hello(Message):
    """A tab comes in, or has missed something: it wants the whole storm.

    With ``key`` it can be told what others on its line must not read; see ``sealing``.
    """

    type: Literal["hello"]
    protocol: int
    step: Step = 1
    revision: int | None = None
    key: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""


class Numbered(Message):
    """Something to carry out once. Its id begins with the person's and becomes that of the log's entry."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}_[0-9]{1,20}$")]


class EditSent(Numbered):
    """One edit; ``was`` is the text that a person began from who gives something another name."""

    type: Literal["edit"]
    edit: Edit
    was: str | None = None


class Undo(Numbered):
    """The person's last edit that still stands is to be taken back."""

    type: Literal["undo"]


class Redo(Numbered):
    """What the person took back last is to be done again."""

    type: Literal["redo"]


class Presence(Message):
    """A sign of life, with what has changed about where somebody is and what they hold."""

    type: Literal["presence"]
    step: Step | None = None
    pointer: tuple[Number, Number] | None = None
    holds: Key | None = None
    editing: Key | None = None


class Ask(Message):
    """A question; ``n`` comes back with its answer."""

    type: Literal["ask"]
    n: int
    question: str
    about: dict[str, Any] = {}


class Bye(Message):
    """A tab goes."""

    type: Literal["bye"]


AnyMessage = Hello | EditSent | Undo | Redo | Presence | Ask | Bye
_ADAPTER: TypeAdapter[AnyMessage] = TypeAdapter(Annotated[AnyMessage, Field(discriminator="type")])


def message_from(said: Any) -> AnyMessage:
    """A message, checked in every respect that needs no storm.

    Raises ``MessageError`` with words for the sender when it is none, too large, forged, or holds a text that
    is too long.
    """
    try:
        size = len(json.dumps(said))
    except (TypeError, ValueError, RecursionError):
        raise MessageError("That message is not JSON.", remedy="Reload the page.") from None
    if size > LARGEST:
        raise MessageError(
            f"That is too much at once: {size:,} characters, at most {LARGEST:,} go through.",
            remedy="Paste or change it in several parts.",
        )
    longest = max(_lengths(said.get("edit")), default=0) if isinstance(said, dict) else 0
    if longest > LONGEST_TEXT:
        raise MessageError(
            f"A note holds at most {LONGEST_TEXT:,} characters; this text has {longest:,}.",
            remedy="Shorten it, or split it into several notes.",
        )
    try:
        message = _ADAPTER.validate_python(said)
    except ValidationError as error:
        raise MessageError(_first_fault(error), remedy="Reload the page, and do it again.") from None
    if isinstance(message, Numbered) and not message.id.startswith(message.person):
        raise MessageError("That edit bears the id of somebody else.", remedy="Reload the page.")
    return message


def sender_of(said: Any) -> str | None:
    """The address of the tab that sent something, where that can be made out."""
    if not isinstance(said, dict):
        return None
    to = f"{said.get('person')}{said.get('tab')}"
    return to if re.fullmatch(r"[0-9a-f]{12}", to) else None


def id_in(said: Any) -> str | None:
    """The id of what was to be carried out, where the sender is waiting for an answer to it."""
    identifier = said.get("id") if isinstance(said, dict) else None
    return identifier if isinstance(identifier, str) and len(identifier) <= 100 else None


def _lengths(value: Any) -> list[int]:
    """The lengths of all texts in an edit."""
    if isinstance(value, str):
        return [len(value)]
    if isinstance(value, dict):
        return [n for key, item in value.items() for n in (len(str(key)), *_lengths(item))]
    return [n for item in value for n in _lengths(item)] if isinstance(value, list | tuple) else []


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_input=False)[0]
    place = "/".join(str(step)[:40] for step in fault["loc"])
    message = fault["msg"].removeprefix("Value error, ")[:300]
    return f"That message is not understood{f' at {place}' if place else ''}: {message}."
