"""The parts of a storm: sticky notes and what people say about them. Frozen, validated, nothing but data.

What they have in common is in ``part``, and the work of a policy in ``tasks``.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field as Key,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)

from .part import Id, Named, Part, Text
from .tasks import Branch, Retry, Task, not_too_deep
from .watching import ChosenKey, Days, Expectation, MoreThan
from .workflow_kind import chosen_kind

__all__ = [
    "Alternatives", "AwsEvent", "Branch", "Bus", "Context", "Contract", "ContractField", "Decision",
    "Entity", "Event", "HotSpot", "Id", "Listener", "Moment", "MoreThan", "Named", "Part", "Policy", "Retry",
    "Service", "Task", "Text", "Trigger", "events_of",
]  # fmt: skip


class Event(Part):
    """A domain event: an orange note, noun and past-tense verb."""

    name: Text
    pivotal: bool = False
    expected: Expectation | None = None


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


class Policy(Named):
    """Whenever any of ``when``, then do this and emit that: a lilac note that becomes one workflow.

    ``kind`` is the kind of its state machine as people said it, ``workflow_kind`` the one it becomes.
    ``once``: a second delivery of the same event does nothing. ``buffer``: a topic and a queue stand between
    the rule and the workflow.
    """

    when: list[Id] = []
    does: Annotated[list[Task], AfterValidator(not_too_deep)] = []
    emits: list[Id] = []
    fails: list[Id] = []
    service: Id | None = None
    kind: Literal["express", "standard"] | None = None
    once: bool = False
    buffer: bool = False

    @property
    def workflow_kind(self) -> Literal["express", "standard"]:
        """The kind of its state machine: standard where it has to be, else what is said, else express."""
        return chosen_kind(self.kind, self.does, self.once)


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
    """A bounded context: the home of entities, with copies of others' entities at a price.

    ``votes``: who put a dot on its boundary, as on a hot spot.
    """

    entities: list[Id] = []
    copies: list[Id] = []
    owner: Text | None = None
    votes: list[Text] = []


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
    more_than: MoreThan | None = Key(default=None, alias="more-than")
    keep: Days | None = None


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
    """A question, conflict or risk: a neon pink note, tilted. ``owner``: who brings the answer."""

    text: Text
    about: Id | None = None
    votes: list[Text] = []
    owner: Text | None = None


class Decision(Part):
    """What the team agreed, and why."""

    text: Text
    because: Text | None = None
    about: Id | None = None


def _account(value: Any) -> Any:
    """An AWS account's number; YAML reads one without quotes as a number, and drops zeros before it."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str) and not re.fullmatch(r"[0-9]{12}", text):
        raise ValueError(f"{text[:40]!r} is no AWS account: write its twelve digits, in quotes")
    return text


Account = Annotated[str, BeforeValidator(_account)]


class Bus(Part):
    """The one custom event bus; ``accounts`` and an ``organization`` of others may put events on it."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,100}$")] | None = None
    kind: Literal["classic", "v2"] = "classic"
    accounts: list[Account] = []
    organization: Annotated[str, StringConstraints(pattern=r"^o-[a-z0-9]{10,32}$")] | None = None
    key: ChosenKey = "aws"
    archive: Days = 90
    logs: Days = 365
