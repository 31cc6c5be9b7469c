"""What came of a simulation: plain data, for tables, plots and files."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from ..trace import Trace
from .loops import Loop
from .measuring import Latency
from .over_time import OverTime
from .settings import Settings


@dataclass(frozen=True)
class EventUse:
    """How often an event was put on the bus; ``event`` is empty for one that the storm does not know.

    ``given`` of them arrived, workflows put the others. ``unheard`` were heard by no rule, ``unanswered`` by
    listeners at most. ``own_bus`` is False for events of AWS's own on the default bus. ``bytes`` and
    ``chunks`` of 64 KB are what AWS bills.
    """

    event: str
    name: str
    source: str
    detail_type: str
    count: int
    given: int
    unheard: int
    unanswered: int
    own_bus: bool
    bytes: int
    chunks: int

    @property
    def called(self) -> str:
        """The event's id, else its source and detail-type."""
        return self.event or f"{self.source} {self.detail_type}"


@dataclass(frozen=True)
class RuleUse:
    """How often a rule heard an event; ``note`` is the sticky note it comes from, as ``section/id``."""

    note: str
    count: int


@dataclass(frozen=True)
class ListenerUse:
    """How often a listener heard an event, and how much that was, as AWS bills it.

    ``rang`` is in how many windows of its ``more-than`` it heard too many.
    """

    listener: str
    count: int
    bytes: int
    chunks: int
    rang: int = 0


@dataclass(frozen=True)
class WorkflowUse:
    """How a workflow ran; ``policy`` is empty for one that translates an event of AWS.

    Parameters
    ----------
    started, succeeded, failed, broken, timed_out : executions: all, by the policy's success or its failure
        branch, without either because a try broke for good, or because the time was over.
    retries : tries beyond the first.
    stopped : those that did nothing because the hop limit ended a loop.
    redelivered, dead_letters, redriven : what EventBridge tried again while the service was down, gave up,
        and delivered again from the queue of dead letters.
    repeated, ignored : second deliveries of an event, and those that ``once`` let do nothing.
    service, wait : the seconds of an execution, and those before it began, from its event on the bus.
    most_running, longest_queue : at any time.
    busy : the share of the places (``at_once``) that were taken, on average while events arrived.
    billed : seconds as express workflows are billed, by 100 ms.
    transitions : of states.
    tasks, functions : how many tasks the policy has, and how many of them run a Lambda function.
    worked : the seconds of all executions, without those in which they waited for people.
    """

    note: str
    policy: str
    service_id: str | None
    kind: str
    started: int
    succeeded: int
    failed: int
    broken: int
    timed_out: int
    retries: int
    stopped: int
    redelivered: int
    dead_letters: int
    redriven: int
    repeated: int
    ignored: int
    service: Latency | None
    wait: Latency | None
    most_running: int
    longest_queue: int
    busy: float | None
    billed: float
    transitions: int
    tasks: int
    functions: int
    worked: float


@dataclass(frozen=True)
class Crossing:
    """How often an event of one service was heard by a policy of another."""

    event: str
    policy: str
    of: str
    by: str
    count: int


@dataclass(frozen=True)
class FlowUse:
    """All flows that one event started.

    Parameters
    ----------
    start : the event that arrived.
    count : how often; ``alone`` of them nothing followed, of ``lost`` ones a part is a dead letter.
    total : the seconds until nothing more followed, of those that something followed.
    reaches : for each event in it, the seconds until it was on the bus.
    most_hops : the longest row of workflows that loop.
    """

    start: str
    count: int
    alone: int
    lost: int
    total: Latency | None
    reaches: dict[str, Latency]
    most_hops: int


@dataclass(frozen=True)
class QuotaUse:
    """How much of an AWS quota was used, in the busiest second or in all."""

    name: str
    used: float
    limit: float
    unit: str
    share: float
    adjustable: bool
    source: str
    as_of: str


@dataclass(frozen=True)
class Run:
    """A simulation that ended.

    Parameters
    ----------
    storm : the storm's name.
    settings : how it was run.
    arrived : how many events arrived, within ``seconds``; ``ended`` is when the last of all happened.
    a_month : what the counts are multiplied by to have those of a month; None where no time passed.
    events, rules, workflows, crossings, listening, flows : what was used, how often.
    loops : policies that may start each other again, with what would break them, and how often they did.
    quotas : how much of AWS's quotas was used.
    notes : what else there is to say of it, in sentences.
    over_time : how it went, for plots.
    """

    storm: str
    settings: Settings
    arrived: int
    seconds: float
    ended: float
    a_month: float | None
    events: tuple[EventUse, ...]
    rules: tuple[RuleUse, ...]
    workflows: tuple[WorkflowUse, ...]
    crossings: tuple[Crossing, ...]
    listening: tuple[ListenerUse, ...]
    flows: tuple[FlowUse, ...]
    loops: tuple[Loop, ...]
    quotas: tuple[QuotaUse, ...]
    notes: tuple[str, ...]
    over_time: OverTime = field(repr=False)
    _trace: Trace = field(repr=False, compare=False)

    @property
    def listeners(self) -> dict[str, int]:
        """For each listener, how often it heard an event."""
        return {use.listener: use.count for use in self.listening}

    @property
    def unheard(self) -> dict[str, int]:
        """For each event that no rule heard, how often; by its id, else by source and detail-type."""
        return {use.called: use.unheard for use in self.events if use.unheard}

    def trace(self) -> Trace:
        """What the first events that arrived led to, as the trace of a deployed target has it."""
        return self._trace

    def as_json(self) -> dict[str, Any]:
        """This run as data that JSON can hold, without its trace and its course over time."""
        data = asdict(self) | {"settings": self.settings.model_dump(mode="json")}
        del data["_trace"], data["over_time"]
        return data
