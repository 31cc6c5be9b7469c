"""The events that arrive: given one by one, recorded, by scenario, or at a rate."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count, islice
from math import inf
from random import Random
from typing import Any, NamedTuple

from ...storm.errors import StormError
from ...storm.model import Storm
from ..contract import example_detail
from ..marker import marked
from ..recording import Recorded, Unread
from ..scenarios import Scenario
from .schedules import comes_once, seconds_between
from .settings import Rate, Settings

A_MINUTE = Rate(rate=1, per="minute")
"""How often an event arrives where nobody has said it."""

COUNT = 10_000
"""How many events arrive by rates where nobody has said it."""


A_SECOND = 1.0
"""How far apart events arrive that say nothing of time."""


class Arrival(NamedTuple):
    """An event that arrives, as EventBridge would deliver it, so many seconds after the beginning.

    ``scenario`` names what it belongs to in the trace; without one, what arrives is called by its event.
    """

    seconds: float
    event: Mapping[str, Any]
    scenario: str = ""


def of_scenarios(storm: Storm, scenarios: Sequence[Scenario], run: str = "simulated") -> tuple[Arrival, ...]:
    """The first events of scenarios, all at once, with the marker that tells workflows to fail.

    >>> from anycompany.bus.scenarios import scenarios
    >>> storm = Storm(name="Inn").add_event("Room Booked").trigger("room-booked", actor="Guest")
    >>> of_scenarios(storm, scenarios(storm))[0].scenario
    'Guest: Room Booked'
    """
    arrivals = []
    for number, scenario in enumerate(scenarios):
        detail = marked(scenario.detail, f"{run}-{number}", sorted(scenario.failing))
        address = _first_address(storm, scenario.event, by_aws=scenario.kind == "aws")
        arrivals.append(Arrival(0.0, {**address, "detail": detail}, scenario.name))
    return tuple(arrivals)


def _first_address(storm: Storm, event: str, *, by_aws: bool = True) -> dict[str, str]:
    """What starts a flow: the event itself or, where AWS starts it, the event of AWS on its own bus."""
    trigger = storm.triggers.get(event)
    if by_aws and trigger and trigger.aws:
        return {"source": trigger.aws.source, "detail-type": trigger.aws.detail_type}
    source, detail_type = storm.relations.address_of[event]
    return {"source": source, "detail-type": detail_type}


class Given:
    """Events given or recorded, as they arrive; made by :func:`of_events`.

    ``timed`` says, once they have arrived, whether any of them said when, ``late`` how many were older than
    one before them, and ``unread`` how many lines of the log were passed over.
    """

    def __init__(
        self,
        events: Iterable[Mapping[str, Any] | Recorded | Unread],
        only: Collection[tuple[str, str]] | None = None,
    ) -> None:
        self._events = events
        self._only = only
        self.timed = False
        self.unread = 0
        self.late = 0

    def __iter__(self) -> Iterator[Arrival]:
        return (Arrival(*one) for one in self.merged())

    def merged(self) -> Iterator[tuple[float, Any, str]]:
        """The same as plain tuples, which are quicker to make."""
        began, latest = 0.0, -A_SECOND
        text, at = None, None
        for one in self._events:
            if isinstance(one, Unread):
                self.unread += 1
                continue
            event = one.event if isinstance(one, Recorded) else one
            if self._only is not None and _address_of(event) not in self._only:
                continue
            time = event.get("time") if isinstance(event, dict) else None
            if time != text:  # many of a log have the same
                text, at = time, _seconds_of(time)
            if at is None:
                latest = latest if self.timed else latest + A_SECOND
            elif not self.timed:
                latest = max(latest, 0.0)
                began, self.timed = at - latest, True
            elif at - began >= latest:
                latest = at - began
            else:
                self.late += 1
            yield latest, event, ""


def starts_of(storm: Storm) -> frozenset[tuple[str, str]]:
    """Source and detail-type of all that starts a flow: what no policy puts on the bus, and AWS's events."""
    relations = storm.relations
    own = {address for event, address in relations.address_of.items() if event not in relations.emitters_of}
    aws = {(one.aws.source, one.aws.detail_type) for one in storm.triggers.values() if one.aws}
    return frozenset(own | aws)


def of_events(
    events: Iterable[Mapping[str, Any] | Recorded | Unread],
    only: Collection[tuple[str, str]] | None = None,
) -> Given:
    """Events given or recorded, at their own times (``time``, as EventBridge writes it).

    Parameters
    ----------
    events : the events; lines that could not be read are passed over.
    only : source and detail-type of those that arrive, such as ``starts_of(storm)`` for a log of all that was
        on a bus: what workflows put there they put there again. None for all of them.

    An event without a time, or older than one before it, comes together with the one before it. Where none
    has had a time yet they come one a second, so that something can be seen, and the run does not say what
    that would be in a month.

    >>> [arrival.seconds for arrival in of_events([{"time": "2026-01-31T12:00:00Z"}, {}])]
    [0.0, 0.0]
    """
    return Given(events, only)


def _address_of(event: Any) -> tuple[str, str]:
    found = isinstance(event, Mapping) and (event.get("source"), event.get("detail-type"))
    return (str(found[0]), str(found[1])) if found else ("", "")


def _seconds_of(time: Any) -> float | None:
    if not isinstance(time, str):
        return None
    try:
        return datetime.fromisoformat(time[:40]).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


class ByRate:
    """Events of every trigger, each at its own rate, merged in order of time; as many as asked for.

    Parameters
    ----------
    storm : whose triggers start them.
    settings : says the rates; what it does not say follows from schedules, or is one a minute.

    Raises
    ------
    StormError
        for a rate of an event that the storm does not have.
    """

    def __init__(self, storm: Storm, settings: Settings) -> None:
        for event in settings.arrivals:
            if event not in storm.events:
                raise StormError(
                    f"There is no event {event[:80]!r} in the storm.",
                    "settings/arrivals",
                    "Use the id of one of its events.",
                )
        self.rates = rates(storm, settings)
        self.templates = {
            event: {**_first_address(storm, event), "detail": example_detail(storm, event)}
            for event in self.rates
        }
        self._settings = settings

    def __iter__(self) -> Iterator[Arrival]:
        return (Arrival(*one) for one in self.merged())

    def merged(self) -> Iterator[tuple[float, Mapping[str, Any], str]]:
        """The same as plain tuples, which are quicker to make."""
        streams = [self._stream(event, rate) for event, rate in self.rates.items()]
        following = [(next(stream), number) for number, stream in enumerate(streams)]
        heapq.heapify(following)
        templates = list(self.templates.values())
        for _ in range((self._settings.count or COUNT) if following else 0):
            seconds, number = following[0]
            yield seconds, templates[number], ""
            heapq.heapreplace(following, (next(streams[number]), number))

    def _stream(self, event: str, rate: Rate) -> Iterator[float]:
        random = Random(f"{self._settings.seed}/arrivals/{event}")
        a_second = rate.a_second * self._settings.traffic
        if rate.comes == "poisson":
            seconds, draw = 0.0, random.expovariate
            while True:
                seconds += draw(a_second)
                yield seconds
        size = rate.burst if rate.comes == "bursts" else 1
        offset = random.random()
        for number in count():
            for _ in range(size):
                yield (number + offset) * size / a_second


def in_order(arrivals: Iterable[Arrival], settings: Settings) -> Iterator[tuple[float, Any, str]]:
    """What arrives, in order of time, as much as was asked for, in so many times the traffic."""
    if isinstance(arrivals, ByRate):
        yield from arrivals.merged()
        return
    if isinstance(arrivals, Given):
        for at, event, scenario in islice(arrivals.merged(), settings.count):
            yield at / settings.traffic, event, scenario
        return
    latest, faster = 0.0, settings.traffic
    given = sorted(arrivals, key=lambda one: one[0]) if isinstance(arrivals, Sequence) else arrivals
    for number, (seconds, event, scenario) in enumerate(islice(given, settings.count), 1):
        at = seconds / faster
        latest = max(latest, at)
        if not 0 <= at < inf:
            raise StormError(
                f"An event cannot arrive {seconds} seconds after the beginning.",
                f"arrival {number}",
                "Give it a time that is not negative.",
            )
        yield latest, event, scenario


def rates(storm: Storm, settings: Settings) -> dict[str, Rate]:
    """For each event that arrives, how often: as said, else by its schedule, else one a minute.

    Where no trigger is known, the events that no policy emits are taken to arrive. What a schedule puts only
    once has no rate.
    """
    relations = storm.relations
    starting = [event for event in storm.triggers if event in storm.events] or [
        event for event in storm.events if event not in relations.emitters_of
    ]
    found: dict[str, Rate] = {}
    for event in dict.fromkeys([*starting, *settings.arrivals]):
        trigger = storm.triggers.get(event)
        if trigger and comes_once(trigger.schedule or "") and event not in settings.arrivals:
            continue
        every = seconds_between(trigger.schedule) if trigger and trigger.schedule else None
        by_clock = Rate(rate=86_400 / every, per="day", comes="regular") if every else A_MINUTE
        found[event] = settings.arrivals.get(event, by_clock)
    return found
