"""A storm simulated for a page: what is assumed, the run itself, and what-ifs beside it.

What a team says stands in a file of settings, ``NAME.simulation.yaml`` beside its storm by default. What it
does not say is assumed, and every page shows which is which.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..storm.guesses import with_guesses
from ..storm.model import Storm
from .parameters import file_named
from .screen import somebody_looks_on

if TYPE_CHECKING:
    from ..bus.simulation import Distribution, Run, Settings, Work
    from ..bus.trace import Trace

A_DAY = 86_400

EVENTS = 10_000
"""Events that arrive in a simulated day, at most; a day with more of them ends sooner."""

EVENTS_LIVE = 2_000
"""The same where somebody edits the storm and waits for the page to follow."""

FOLLOWING = 20
"""How many events may follow from each that arrives, on average; where many more do, the day ends sooner."""

PLAYED = 200
"""How many of the events that arrive are followed one by one, for the trace that the flow plays."""

A_TASK = {"lognormal": {"median": 0.3, "p95": 1.5}}
"""What a workflow takes where nobody has said it: about as long as a few calls over a network."""

FAILS, ERRS = 0.05, 0.01
"""The odds that work comes to nothing, where the policy has a branch for it, and that a try breaks."""


@dataclass(frozen=True)
class WhatIf:
    """The same day under another condition."""

    name: str
    run: Run


@dataclass(frozen=True)
class Assumption:
    """One thing that the simulation goes by, and whether the team has said it."""

    about: str
    value: str
    said: bool


class Simulation:
    """A storm's day, simulated when it is first asked for.

    Parameters
    ----------
    storm : the storm; where step 3 was skipped, what the order suggests stands in.
    said : what the team says in its settings.
    events : how many events arrive at most.
    """

    def __init__(self, storm: Storm, said: Settings, events: int) -> None:
        self.storm = with_guesses(storm)
        self.said = said
        self._events = events

    @cached_property
    def settings(self) -> Settings:
        """What was said, completed by what is assumed, for a day or as many events as a page can bear."""
        from ..bus.simulation import Distribution, Work
        from ..bus.simulation.arrivals import rates

        said = self.said
        task = Distribution.model_validate(A_TASK)
        otherwise = said.otherwise
        if otherwise == Work():
            otherwise = Work(takes=task, errs=ERRS)
        may_fail = otherwise if said.otherwise.fails else otherwise.model_copy(update={"fails": FAILS})
        works = {key: may_fail for key, policy in self.storm.policies.items() if policy.fails}
        a_second = sum(rate.a_second for rate in rates(self.storm, said).values()) * said.traffic
        a_day = max(2, min(round(a_second * A_DAY), self._events))
        return said.model_copy(
            update={
                "otherwise": otherwise,
                "workflows": works | said.workflows,
                "count": min(said.count or a_day, self._events),
                "most_events": min(said.most_events, self._events * FOLLOWING),
                "traced": min(said.traced, PLAYED) if "traced" in said.model_fields_set else PLAYED,
            }
        )

    @cached_property
    def run(self) -> Run:
        """The day as it is."""
        from ..bus.simulation import simulate

        return simulate(self.storm, settings=self.settings)

    @property
    def trace(self) -> Trace:
        """What the first events led to, one by one."""
        return self.run.trace()

    @cached_property
    def what_ifs(self) -> tuple[WhatIf, ...]:
        """Twice the traffic; and the busiest service down for an hour."""
        from ..bus.simulation import simulate
        from ..bus.simulation.what_if import changed

        hours = self.run.seconds / 3_600
        settings = self.settings.model_copy(update={"traced": 0})
        twice = changed(settings, "twice", hours).model_copy(update={"count": (settings.count or 1) * 2})
        found = [WhatIf("twice the traffic", simulate(self.storm, settings=twice))]
        if service := self.busiest_service:
            broken = changed(settings, f"down={service}", hours)
            title = self.storm.services[service].title(service)
            found.append(WhatIf(f"{title} down for an hour", simulate(self.storm, settings=broken)))
        return tuple(found)

    @property
    def busiest_service(self) -> str:
        """The service whose workflows run most; empty where none runs any."""
        ran: dict[str, int] = {}
        for use in self.run.workflows:
            if use.service_id in self.storm.services and use.started:
                ran[use.service_id] = ran.get(use.service_id, 0) + use.started
        return max(ran, key=lambda service: ran[service]) if ran else ""

    def assumptions(self) -> list[Assumption]:
        """How often events arrive, and how workflows work, each with whether the team has said it."""
        from ..bus.simulation.arrivals import rates

        storm, settings, said = self.storm, self.settings, self.said
        found = []
        for event, rate in rates(storm, said).items():
            trigger = storm.triggers.get(event)
            name = storm.events[event].name
            by_clock = event not in said.arrivals and trigger is not None and trigger.schedule
            how = f"as scheduled, {by_clock}" if by_clock else f"{rate.rate:,g} a {rate.per}, {rate.comes}"
            found.append(Assumption(name, how, event in said.arrivals or bool(by_clock)))
        for key, policy in storm.policies.items():
            work = settings.workflows.get(key, settings.otherwise)
            known = key in said.workflows or "otherwise" in said.model_fields_set
            found.append(Assumption(policy.title(key), _in_words(work), known))
        return found


_LATEST: list[tuple[Storm, Settings, int, Simulation]] = []
"""The one that was asked for last: a page asks many times, and neither storms nor settings ever change."""


def simulated(storm: Storm, said: Settings | None = None) -> Simulation:
    """The simulation of a storm with these settings, made once however often it is asked for."""
    from ..bus.simulation import Settings

    said = said or Settings()
    events = EVENTS_LIVE if somebody_looks_on() else EVENTS
    for known in _LATEST:
        if known[0] is storm and known[1] == said and known[2] == events:
            return known[3]
    made = Simulation(storm, said, events)
    _LATEST[:] = [(storm, said, events, made)]
    return made


def settings_for(storm: Path, given: str | None) -> Settings:
    """The settings in a file, by default in the one beside the storm; nothing said where there is none.

    Parameters
    ----------
    storm : the storm's file.
    given : the path of the settings as a notebook's parameter has it, from the notebook's own folder.

    Raises
    ------
    StormError
        for a file that was named and cannot be read, and for settings that cannot be meant.
    """
    from ..bus.simulation import settings_from
    from ..files.prices import read_yaml

    beside = storm.with_name(storm.name.removesuffix(".yaml").removesuffix(".storm") + ".simulation.yaml")
    if given is None and not beside.is_file():
        return settings_from({})
    path = file_named(given, "simulation") or beside
    return settings_from(read_yaml(path), str(path))


def _in_words(work: Work) -> str:
    """How a workflow works, in a few words."""
    said = []
    takes = work.takes if isinstance(work.takes, list) else [work.takes] if work.takes else []
    said.append(f"takes {' and then '.join(_spread(one) for one in takes[:4])}" if takes else "0.2 s a task")
    if work.fails:
        said.append(f"comes to nothing {work.fails:.3g} of the time")
    if work.errs:
        said.append(f"a try breaks {work.errs:.3g} of the time, up to {work.retries} retries")
    if work.at_once:
        said.append(f"{work.at_once:,} at once")
    if work.people:
        said.append(f"then people take {_spread(work.people)} in hours")
    return "; ".join(said)


def _spread(one: Distribution) -> str:
    if one.lognormal:
        return f"{one.lognormal.median:g} s at the median, {one.lognormal.p95:g} s at the 95th percentile"
    if one.uniform:
        return f"{one.uniform.least:g} to {one.uniform.most:g} s"
    return f"{one.exponential:g} s on average" if one.exponential else f"{one.constant:g} s"
