"""The method: the eight steps of EventBridge Storming, as data.

Source: Ben Ellerby's EventBridge Storming, as walked through in "App 2025", episode 1. Durations and roles
are a facilitator's plan for a storm of a dozen to a hundred events; they are ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .model import Storm
from .parts import events_of


@dataclass(frozen=True)
class Progress:
    """How far a step is: ``done`` of ``total`` things, and what is missing, in words."""

    done: int
    total: int
    missing: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether there is something, and nothing is missing."""
        return self.total > 0 and not self.missing


@dataclass(frozen=True)
class Step:
    """One step of the method.

    ``question`` is what it asks the team, ``minutes`` how long a facilitator gives it, ``people`` who is
    needed, ``adds`` what the storm gains, ``not_yet`` what must not be done here, ``hint`` how to begin, and
    ``sections`` the parts of the storm it writes.
    """

    number: int
    name: str
    short: str
    question: str
    minutes: int
    people: tuple[str, ...]
    adds: str
    not_yet: str
    hint: str
    sections: tuple[str, ...]
    done_when: str
    progress: Callable[[Storm], Progress] = field(repr=False)
    optional: bool = False

    @property
    def notebook(self) -> str:
        """The name of the step's notebook, without its ending."""
        return f"{self.number:02d}_{self.name.lower().replace(' ', '_')}"

    def following(self) -> Step | None:
        """The step that comes next, or None after the eighth."""
        return STEPS[self.number] if self.number < len(STEPS) else None


EVERYBODY = ("domain experts", "developers", "product", "a facilitator")


def _all_of(storm: Storm, section: str, lacking: Callable[[str], bool], words: str) -> Progress:
    from .checks.finding import quoted

    things = getattr(storm, section)
    missing = [key for key in things if lacking(key)]
    called = (quoted(things[key].name if section == "events" else things[key].title(key)) for key in missing)
    return Progress(len(things) - len(missing), len(things), tuple(words.format(name) for name in called))


def _discovered(storm: Storm) -> Progress:
    count = len(storm.events)
    return Progress(count, count, () if count else ("no event has been named yet",))


def _sequenced(storm: Storm) -> Progress:
    placed = storm.relations.moment_of
    return _all_of(storm, "events", lambda event: event not in placed, "{} is not on the timeline")


def _triggered(storm: Storm) -> Progress:
    started = storm.relations.emitters_of
    return _all_of(
        storm,
        "events",
        lambda event: event not in started and event not in storm.triggers,
        "nothing starts {}",
    )


def _grouped(storm: Storm) -> Progress:
    homes = storm.relations.entities_of
    return _all_of(storm, "events", lambda event: event not in homes, "{} is in no entity")


def _bounded(storm: Storm) -> Progress:
    homes = storm.relations.contexts_of
    return _all_of(storm, "entities", lambda entity: entity not in homes, "{} is in no context")


def _named(storm: Storm) -> Progress:
    services = storm.relations.services_of
    return _all_of(storm, "contexts", lambda context: context not in services, "{} has no service")


def _connected(storm: Storm) -> Progress:
    from .checks.finding import quoted

    heard = storm.policies or storm.listeners
    homeless = [key for key in storm.policies if storm.relations.service_of_policy(key) is None]
    missing = [*(f"policy {quoted(storm.policies[key].title(key))} runs in no service" for key in homeless)]
    missing += [] if heard else ["nothing hears an event yet: no policy, no listener"]
    total = len(storm.policies) + len(storm.listeners)
    return Progress(total - len(homeless), max(total, 1), tuple(missing))


def _agreed(storm: Storm) -> Progress:
    return _all_of(storm, "events", lambda event: event not in storm.contracts, "{} has no contract")


STEPS: tuple[Step, ...] = (
    Step(
        1,
        "Event Discovery",
        "Discover",
        "What happens in our business?",
        30,
        EVERYBODY,
        "domain events: a noun and a verb in the past tense, on orange notes",
        "No order, no grouping, no argument about words. Duplicates and two names for one thing are welcome.",
        "Everybody writes at once. Begin with the event you would hate to miss.",
        ("events",),
        "nobody has written a new note for five minutes",
        _discovered,
    ),
    Step(
        2,
        "Temporal Sequencing",
        "Sequence",
        "In which order do these things happen?",
        30,
        EVERYBODY,
        "moments of time from left to right; alternatives stand together, duplicates are merged",
        "No causes and no owners yet: only before, after, instead of, at the same time.",
        "Lay out the happy path first, then ask at every event: and if not?",
        ("timeline",),
        "every event stands on the timeline once",
        _sequenced,
    ),
    Step(
        3,
        "Trigger Detection",
        "Trigger",
        "What makes each of these things happen?",
        40,
        EVERYBODY,
        "actors with their commands, outside systems, schedules, and policies: whenever this, then that",
        "No technology: who or what starts it, not how it is built.",
        "Read every policy aloud: whenever …, then …. The workbook proposes triggers from the order.",
        ("triggers", "policies"),
        "every event is started by somebody or something",
        _triggered,
        optional=True,
    ),
    Step(
        4,
        "Entities and Aggregates",
        "Entities",
        "Which thing of the business does each event happen to?",
        30,
        ("domain experts", "developers", "a facilitator"),
        "entities, each a hive of its events",
        "No tables, no classes, no services.",
        "Read the nouns: events that share one often share a home.",
        ("entities",),
        "every event is in exactly one entity",
        _grouped,
    ),
    Step(
        5,
        "Bounded Contexts",
        "Contexts",
        "Which of these belong together, so that nobody has to ask another team?",
        40,
        EVERYBODY,
        "bounded contexts with an owner; the aim is no communication across contexts",
        "No microservices yet. A word that means different things in two contexts is not a fault.",
        "Move the border and watch what crosses it. The organization's own words decide.",
        ("contexts",),
        "every entity has one home, and what still crosses a border is meant to",
        _bounded,
    ),
    Step(
        6,
        "Microservices",
        "Services",
        "What do we call the service of each context?",
        15,
        ("developers", "owners of the contexts"),
        "one named microservice for each context; a service has many workflows",
        "A microservice is not a single function, and a workflow is not a microservice.",
        "Use the word that the owner's team would say on the phone.",
        ("services",),
        "every context has a service",
        _named,
    ),
    Step(
        7,
        "Event Bus",
        "Bus",
        "Who hears what, on one bus?",
        30,
        ("developers", "operations", "audit and security"),
        "one custom EventBridge bus, rules from events to workflows, and listeners that answer nothing",
        "No calls between services: whoever cares listens.",
        "Ask audit and security what they would want to hear; nobody else has to know.",
        ("bus", "listeners"),
        "every policy runs in a service, and the bus stack is deployed",
        _connected,
    ),
    Step(
        8,
        "Shared Schemas",
        "Schemas",
        "What does each event say, and who may change it?",
        40,
        ("developers",),
        "contracts in the schema registry, each owned by the service that emits the event",
        "No field that nobody needs; personal data is marked.",
        "Write an example first; the fields follow from it.",
        ("contracts",),
        "every event has a contract, and the contracts are published",
        _agreed,
    ),
)


def next_step(storm: Storm) -> Step | None:
    """The first step that is not finished; an optional step is passed over once a later one has begun.

    >>> next_step(Storm(name="Inn")).short, next_step(Storm(name="Inn").add_event("Room Booked")).short
    ('Discover', 'Sequence')
    """
    for step in STEPS:
        if step.progress(storm).finished:
            continue
        if step.optional and any(
            getattr(storm, section) for later in STEPS[step.number : 6] for section in later.sections
        ):
            continue
        return step
    return None


def steps_of_moment(storm: Storm) -> list[list[str]]:
    """The events of each moment that are still there, in order of time."""
    moments = ([event for event in events_of(moment) if event in storm.events] for moment in storm.timeline)
    return [moment for moment in moments if moment]
