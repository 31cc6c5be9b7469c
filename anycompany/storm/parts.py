"""The parts of a storm: sticky notes and what people say about them. Frozen, validated, nothing but data.

The attribute names are the keys of the file format; keys that Python reserves have a trailing underscore
and keys with a hyphen an underscore (``for_``, ``detail_type``). Unknown keys are errors unless they begin
with ``x-``, which any tool may use for its own and every edit keeps.
"""

from __future__ import annotations

import difflib
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field as Key,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)

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


class Event(Part):
    """A domain event: an orange note, noun and past-tense verb."""

    name: Text
    pivotal: bool = False


class Alternatives(Part):
    """A moment of which one event happens: either this or that."""

    or_: list[Id] = Key(alias="or", min_length=1)


Moment = Id | Alternatives | Annotated[list[Id], Key(min_length=1)]
"""One moment of the timeline: one event, parallel events, or alternatives."""


def events_of(moment: Moment) -> list[str]:
    """The ids of the events of one moment, in order.

    >>> events_of(["a", "b"]), events_of("a"), events_of(Alternatives(**{"or": ["a", "b"]}))
    (['a', 'b'], ['a'], ['a', 'b'])
    """
    if isinstance(moment, str):
        return [moment]
    return list(moment.or_) if isinstance(moment, Alternatives) else list(moment)


class AwsEvent(Part):
    """An event of an AWS service on the default bus, such as ``aws.s3`` / ``Object Created``."""

    source: Text
    detail_type: Text = Key(alias="detail-type")


class Trigger(Part):
    """What starts an event that no policy emits: an actor's command, an outside system, time, or AWS."""

    actor: Text | None = None
    command: Text | None = None
    external: Text | None = None
    schedule: Text | None = None
    says: Text | None = None
    aws: AwsEvent | None = None

    @model_validator(mode="after")
    def _exactly_one_origin(self) -> Self:
        origins = [key for key in ("actor", "external", "schedule", "aws") if getattr(self, key) is not None]
        if len(origins) > 1:
            raise ValueError(f"a trigger has one origin, not {' and '.join(origins)}: keep one of them")
        if not origins and self.command is None:
            raise ValueError("a trigger needs an actor, external, schedule or aws: say what starts the event")
        return self

    @property
    def kind(self) -> Literal["actor", "external", "schedule", "aws"]:
        """Which kind of origin this is; a command alone counts as an actor's."""
        if self.external is not None:
            return "external"
        if self.schedule is not None:
            return "schedule"
        return "aws" if self.aws is not None else "actor"


class Task(Part):
    """A piece of the team's own business logic: named here, written elsewhere (``run``)."""

    do: Text
    run: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"do": value} if isinstance(value, str) else value

    @model_serializer(mode="wrap")
    def _to_text(self, handler: SerializerFunctionWrapHandler) -> Any:
        document = handler(self)
        return self.do if set(document) == {"do"} else document


class Policy(Named):
    """Whenever any of ``when``, then do this and emit that: a lilac note that becomes one workflow."""

    when: list[Id] = []
    does: list[Task] = []
    emits: list[Id] = []
    fails: list[Id] = []
    service: Id | None = None
    kind: Literal["express", "standard"] = "express"


class Entity(Named):
    """A thing of the business with a life of its own; every event is in exactly one."""

    events: list[Id] = []

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: Any) -> Any:
        return {"events": value} if isinstance(value, list) else value

    @model_serializer(mode="wrap")
    def _to_list(self, handler: SerializerFunctionWrapHandler) -> Any:
        document = handler(self)
        return document["events"] if set(document) == {"events"} else document


class Context(Named):
    """A bounded context: the home of entities, with copies of others' entities at a price."""

    entities: list[Id] = []
    copies: list[Id] = []
    owner: Text | None = None


class Service(Named):
    """The microservice of one context; ``source`` is what its events carry on the bus."""

    context: Id | None = None
    source: Text | None = None


class Listener(Named):
    """An audience that hears events and answers nothing, such as audit or security."""

    for_: Text | None = Key(default=None, alias="for")
    hears: list[Id] | Literal["all"] = []
    where: dict[str, Any] | None = None
    to: Literal["topic", "queue", "log"] = "topic"


class ContractField(Part):
    """One field of an event's detail; ``risk`` says in words what could go wrong with it."""

    type: Literal["string", "number", "integer", "boolean", "object", "array"] = "string"
    personal: bool = False
    risk: Text | None = None
    optional: bool = False


class Contract(Part):
    """The schema of an event, owned by the service that emits it."""

    version: Annotated[int, Key(ge=1)] = 1
    published: Annotated[int, Key(ge=1)] | None = None
    detail_type: Text | None = Key(default=None, alias="detail-type", max_length=128)
    fields_: dict[str, ContractField] = Key(default={}, alias="fields")
    example: dict[str, Any] | None = None


class HotSpot(Part):
    """A question, conflict or risk: a neon pink note, tilted."""

    text: Text
    about: Id | None = None
    votes: list[Text] = []


class Decision(Part):
    """What the team agreed, and why."""

    text: Text
    because: Text | None = None
    about: Id | None = None


class Bus(Part):
    """The one custom event bus."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,100}$")] | None = None
    kind: Literal["classic", "v2"] = "classic"
