"""One round of flows through a storm: simulated, or through what is deployed; and what was seen of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from anycompany.bus.scenarios import Scenario
from anycompany.bus.trace import Step
from anycompany.storm.errors import StormError
from anycompany.storm.guesses import with_guesses
from anycompany.storm.model import Storm

from .declaring import Declared


@dataclass(frozen=True)
class Where:
    """Where flows are tried: ``simulation``, ``local`` (the embedded AWS) or ``aws``."""

    target: str = "simulation"
    region: str | None = None
    profile: str | None = None
    endpoint_url: str | None = None

    def __str__(self) -> str:
        """The place, in words."""
        if self.target == "simulation":
            return "in the simulation"
        return "on the embedded AWS" if self.target == "local" else f"on {self.endpoint_url or 'AWS'}"


@dataclass(frozen=True)
class Seen:
    """What was seen of one flow.

    ``unseen`` are the reasons, by sticky note, why things were not seen in the whole round; ``hidden`` those
    of what cannot be seen there at all.
    """

    storm: Storm
    flow: Declared
    where: Where
    steps: tuple[Step, ...] = ()
    unseen: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def run_round(storm: Storm, flows: Mapping[str, Declared], where: Where) -> dict[str, Seen]:
    """Try flows of one storm, all at once, and say what was seen of each.

    Parameters
    ----------
    storm : as it is now. Where step 3 was skipped, what the order of events suggests stands in.
    flows : by names that are all different; those that begin with an event that the storm does not have are
        left out, with nothing seen of them.
    where : the simulation, or where the storm is deployed; nothing is deployed here.

    Raises
    ------
    StormError
        if it is not deployed there, or AWS refuses something.
    """
    storm = with_guesses(storm)
    tried = [_scenario(storm, name, flow) for name, flow in flows.items() if flow.when in storm.events]
    if where.target == "simulation":
        return _simulated(storm, flows, where, tried)
    return _deployed(storm, flows, where, tried)


def _scenario(storm: Storm, name: str, flow: Declared) -> Scenario:
    trigger = storm.triggers.get(flow.when)
    kind = "listener" if flow.about.startswith("listeners/") else "fails" if flow.fails else "external"
    return Scenario(
        name,
        flow.when,
        "aws" if trigger and trigger.aws else kind,  # type: ignore[arg-type]  # each of these is one
        dict(flow.detail),
        flow.fails,
        flow.about,
        flow.refused,
    )


def _simulated(
    storm: Storm, flows: Mapping[str, Declared], where: Where, tried: list[Scenario]
) -> dict[str, Seen]:
    from anycompany.bus.simulation import Settings, of_scenarios, simulate

    run = simulate(storm, of_scenarios(storm, tried), Settings(traced=len(tried)))
    steps = _by_scenario(run.trace().steps)
    notes = tuple(run.notes)
    return {
        name: Seen(storm, flow, where, tuple(steps.get(name, ())), notes=notes)
        for name, flow in flows.items()
    }


def _deployed(
    storm: Storm, flows: Mapping[str, Declared], where: Where, tried: list[Scenario]
) -> dict[str, Seen]:
    from anycompany.aws import local
    from anycompany.aws.session import Target, connect
    from anycompany.aws.trace import trace
    from anycompany.stacks.synth import synth

    target = Target(where.target, where.region, where.profile, where.endpoint_url)  # type: ignore[arg-type]
    if where.target == "local" and local.status() is None:
        raise StormError(
            "No embedded AWS runs, so nothing is deployed there.",
            "target local",
            "Deploy first: anycompany deploy STORM.",
        )
    found = trace(connect(target), storm, synth(storm).stacks, tried)
    steps = _by_scenario(found.steps)
    unseen, hidden = dict(found.not_seen), dict(found.not_observable)
    return {
        name: Seen(storm, flow, where, tuple(steps.get(name, ())), unseen, hidden)
        for name, flow in flows.items()
    }


def _by_scenario(steps: tuple[Step, ...]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for step in steps:
        found.setdefault(step.scenario, []).append(step)
    return found
