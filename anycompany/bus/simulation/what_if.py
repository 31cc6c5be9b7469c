"""What if: the same storm under a change, beside how it runs as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...storm.errors import StormError
from .measuring import Latency
from .run import Run
from .settings import Down, Redrive, Settings

CHANGES = ("twice", "down=SERVICE", "redrive=SERVICE")
"""Twice the traffic; a service down for an hour; one down for longer than EventBridge tries, and its dead
letters put back."""

_LONGER_THAN_RETRIES = 26.0


def changed(settings: Settings, change: str, hours: float) -> Settings:
    """The settings under a change.

    Parameters
    ----------
    settings : how it runs as it is.
    change : one of :data:`CHANGES`, with the id of a service.
    hours : how long events arrive as it is; a service goes down after a third of that.

    Raises
    ------
    StormError
        for another change.

    >>> changed(Settings(), "twice", 1.0).traffic
    2.0
    """
    kind, _, service = change.partition("=")
    if change == "twice":
        return settings.model_copy(update={"traffic": settings.traffic * 2})
    if kind == "down" and service:
        down = Down(service=service, after=hours / 3, hours=1.0)
        return settings.model_copy(update={"down": (*settings.down, down)})
    if kind == "redrive" and service:
        down = Down(service=service, after=hours / 3, hours=_LONGER_THAN_RETRIES)
        back = Redrive(after=down.after + down.hours + 1)
        return settings.model_copy(update={"down": (*settings.down, down), "redrive": back})
    raise StormError(f"Nobody knows what if {change[:80]!r}.", "what-if", f"Say one of {', '.join(CHANGES)}.")


@dataclass(frozen=True)
class Difference:
    """One measure as it is and under a change; ``of`` is what it is measured of, in seconds or times."""

    of: str
    measure: str
    before: float
    after: float


def differences(before: Run, after: Run) -> tuple[Difference, ...]:
    """What differs between two runs of a storm."""
    found = [*_quotas(before, after), *_workflows(before, after), *_flows(before, after)]
    return tuple(one for one in found if one.before != one.after)


def _quotas(before: Run, after: Run) -> Iterator[Difference]:
    for old, new in zip(before.quotas, after.quotas, strict=True):
        if old.unit == "a second":
            yield Difference("AWS", f"{old.name} in the busiest second", old.used, new.used)


def _workflows(before: Run, after: Run) -> Iterator[Difference]:
    for old, new in zip(before.workflows, after.workflows, strict=True):
        yield Difference(old.note, "wait, p95", _p95(old.wait), _p95(new.wait))
        yield Difference(old.note, "longest queue", old.longest_queue, new.longest_queue)
        yield Difference(old.note, "at once, most", old.most_running, new.most_running)
        yield Difference(old.note, "busy", old.busy or 0.0, new.busy or 0.0)
        yield Difference(old.note, "retries by EventBridge", old.redelivered, new.redelivered)
        yield Difference(old.note, "dead letters", old.dead_letters, new.dead_letters)
        yield Difference(old.note, "dead letters put back", old.redriven, new.redriven)


def _flows(before: Run, after: Run) -> Iterator[Difference]:
    old_ones = {flow.start: flow for flow in before.flows}
    for new in after.flows:
        old = old_ones.get(new.start)
        if old:
            yield Difference(f"flow of {new.start}", "end to end, p95", _p95(old.total), _p95(new.total))
            yield Difference(f"flow of {new.start}", "never finished", old.lost, new.lost)


def _p95(latency: Latency | None) -> float:
    return latency.p95 if latency else 0.0
