"""A trace at the size and speed that a person can watch: what a picture or a wall plays of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..storm.model import Storm
from .trace import Step, Trace

ANSWER = 1.2
"""Seconds in which the eye follows an event to a policy and back; less where time is short."""

APART = 0.35
"""Seconds between two things that did not happen at the same moment."""

LEAD = 0.6
"""Seconds before the first thing happens."""

_FOR_EVER = 1e12
"""Seconds that no trace lasts; a moment that is no number is not less either."""


@dataclass(frozen=True)
class Beat:
    """One thing that happens: an event comes on the bus, or a policy has run and emitted nothing.

    Parameters
    ----------
    step : as the trace has it, with only what the storm knows.
    after : the storm's id of the event that was answered; empty where nothing was, or it is not known.
    start, at : when the answered event had come, and when this happens, in seconds of the playback.
    counts : by ``section/id``, how often the whole trace has seen a thing so far, for all that it has seen
        since the beat before.
    """

    step: Step
    after: str
    start: float
    at: float
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Playback:
    """What is played of a trace, in order.

    Parameters
    ----------
    beats : what happens, the earliest first.
    length : seconds until the last thing has happened.
    began, lasted : at which second of the trace its first step was, and how many seconds later its last.
    steps : how many steps of the trace the storm knows; where there are fewer beats, the rest is left out.
    unknown : how many steps are of things that the storm does not have.
    totals : how often everything was seen in the whole trace, by ``section/id``.
    """

    beats: tuple[Beat, ...]
    length: float
    began: float
    lasted: float
    steps: int
    unknown: int
    totals: Mapping[str, int]

    @property
    def left_out(self) -> str:
        """What is not played, as a sentence; empty when everything is."""
        said = []
        if self.steps > len(self.beats):
            said.append(f"{len(self.beats)} of {self.steps:,} steps are played; the counts are of all.")
        if self.unknown:
            steps, are = ("step", "is") if self.unknown == 1 else ("steps", "are")
            said.append(f"{self.unknown:,} {steps} {are} of things that the storm does not have.")
        return " ".join(said)


def playback(trace: Trace, storm: Storm, *, most: int, longest: float = 26.0) -> Playback:
    """A trace made ready to be watched on a storm.

    Of a long trace whole chains of events are played: first those that show something new, then others from
    all of its time. Order is kept; time is scaled, with room for the eye, and long waits are shortened.

    Parameters
    ----------
    trace : simulated or real; what the storm does not know is left out, and counted.
    most : beats, at most.
    longest : seconds, at most.

    >>> storm = Storm(name="Inn").add_event("Room Booked")
    >>> step = Step("Guest", 0.0, event="room-booked", event_id="e-1")
    >>> played = playback(Trace("r", "", "", "", 0.0, (step,)), storm, most=60)
    >>> [beat.step.event for beat in played.beats], played.left_out
    (['room-booked'], '')
    """
    steps = _in_order([_known(step, storm) for step in trace.steps])
    shown = [step for step in steps if step.event or step.policy]
    came = {step.event_id: step for step in reversed(steps) if step.event_id}
    chosen = _chosen(shown, came, most)
    counted, totals = _counts(shown, chosen)
    starts, ats = _times(chosen, longest)
    beats = []
    for step, start, at, counts in zip(chosen, starts, ats, counted, strict=True):
        answered = came.get(step.after)
        beats.append(Beat(step, answered.event if answered else "", start, at, counts))
    began, ended = (shown[0].seconds, shown[-1].seconds) if shown else (0.0, 0.0)
    return Playback(
        beats=tuple(beats),
        length=ats[-1] if ats else 0.0,
        began=began,
        lasted=ended - began,
        steps=len(shown),
        unknown=len(steps) - len(shown),
        totals=totals,
    )


def _known(step: Step, storm: Storm) -> Step:
    """The step with only what the storm has, at a moment that is a number."""
    seconds = step.seconds if abs(step.seconds) < _FOR_EVER else 0.0
    event = step.event if step.event in storm.events else ""
    policy = step.policy if step.policy in storm.policies else ""
    listeners = tuple([one for one in step.listeners if one in storm.listeners])
    known = (seconds, event, policy, listeners)
    if known == (step.seconds, step.event, step.policy, step.listeners):
        return step
    return replace(step, seconds=seconds, event=event, policy=policy, listeners=listeners)


def _in_order(steps: list[Step]) -> list[Step]:
    """By time; of what happened at one moment, what was answered comes before its answers."""
    place = {step.event_id: number for number, step in enumerate(steps) if step.event_id}
    depths: dict[int, int] = {}
    for number in range(len(steps)):
        climbed = []
        here: int | None = number
        while here is not None and here not in depths:
            depths[here] = 0  # where events answer each other in a circle, this is as good as any
            climbed.append(here)
            here = place.get(steps[here].after)
        depth = -1 if here is None else depths[here]
        for back in reversed(climbed):
            depth += 1
            depths[back] = depth
    order = sorted(range(len(steps)), key=lambda number: (steps[number].seconds, depths[number]))
    return [steps[number] for number in order]


def _chosen(steps: list[Step], came: Mapping[str, Step], most: int) -> list[Step]:
    """At most so many of the steps, in their order; nothing without what it answers, where that is known."""
    if len(steps) <= most:
        return steps
    chains = _chains(steps)
    wanted: set[int] = set()
    shown: set[tuple[str, ...]] = set()
    rests = []
    for chain in chains:
        last = 0
        for length, number in enumerate(chain, 1):
            new = _shows(steps[number], came) - shown
            if new and len(wanted) + length <= most:
                shown |= new
                last = length
        wanted.update(chain[:last])
        if chain[last:]:
            rests.append(chain[last:])
    left = most - len(wanted)
    average = max(1, round(sum(map(len, rests)) / max(1, len(rests))))
    some = max(1, min(len(rests), left // average))
    for rest in [rests[len(rests) * turn // some] for turn in range(some)] if rests and left else []:
        wanted.update(rest[: most - len(wanted)])
    return [steps[number] for number in sorted(wanted)]


def _chains(steps: list[Step]) -> list[list[int]]:
    """The places of the steps that follow from one another, chain by chain."""
    chains: list[list[int]] = []
    chain_of: dict[str, list[int]] = {}
    for number, step in enumerate(steps):
        chain = chain_of.get(step.after)
        if chain is None:
            chain = []
            chains.append(chain)
        chain.append(number)
        if step.event_id:
            chain_of.setdefault(step.event_id, chain)
    return chains


def _shows(step: Step, came: Mapping[str, Step]) -> set[tuple[str, ...]]:
    """What can be seen of a step: its event, the ways it came, who hears it."""
    answered = came.get(step.after)
    ways = {("by", answered.event if answered else "", step.policy, step.event, str(step.failed))}
    return {("event", step.event)} | ways | {("hears", step.event, one) for one in step.listeners}


def _counts(steps: list[Step], chosen: list[Step]) -> tuple[list[dict[str, int]], dict[str, int]]:
    """For each chosen step what was seen since the one before, and how often so far; and all in the end."""
    totals: Counter[str] = Counter()
    since: set[str] = set()
    counted = []
    runs: set[tuple[str, str]] = set()
    wanted = {id(step) for step in chosen}
    for step in steps:
        things = things_in(step)
        if step.policy and (step.policy, step.after) in runs:
            things.remove(f"policies/{step.policy}")  # one run that emits several events
        runs.add((step.policy, step.after))
        totals.update(things)
        since.update(things)
        if id(step) in wanted:
            counted.append({thing: totals[thing] for thing in sorted(since)})
            since.clear()
    return counted, dict(totals)


def things_in(step: Step) -> list[str]:
    """Everything that takes part in a step, as ``section/id``.

    >>> things_in(Step("Guest", 0.0, event="room-booked", policy="book", listeners=("audit",)))
    ['policies/book', 'events/room-booked', 'listeners/audit']
    """
    return [
        *([f"policies/{step.policy}"] if step.policy else []),
        *([f"events/{step.event}"] if step.event else []),
        *(f"listeners/{one}" for one in step.listeners),
    ]


def _times(steps: Sequence[Step], longest: float) -> tuple[list[float], list[float]]:
    """When each step's answered event had come, and when the step happens, in seconds of the playback.

    As true to the trace's own time as leaves room for the eye: at most half of the playback is waiting, and
    none of it is slower than it was.
    """
    if not steps:
        return [], []
    starts, ats = _laid_out(steps, 0.0)
    if ats[-1] > longest:
        shrink = longest / ats[-1]
        return [start * shrink for start in starts], [at * shrink for at in ats]
    room = min(longest, 2 * ats[-1])
    scales = (min(1.0, longest / max(steps[-1].seconds - steps[0].seconds, 1e-9)) / 1.2**n for n in range(40))
    laid_out = (_laid_out(steps, scale) for scale in scales)
    return next((times for times in laid_out if times[1][-1] <= room), (starts, ats))


def _laid_out(steps: Sequence[Step], scale: float) -> tuple[list[float], list[float]]:
    """The times where a second of the trace takes at least so many seconds."""
    starts: list[float] = []
    ats: list[float] = []
    came: dict[str, float] = {}
    for number, step in enumerate(steps):
        at = LEAD + (step.seconds - steps[0].seconds) * scale
        if number:
            at = max(at, ats[-1] + (APART if step.seconds > steps[number - 1].seconds else 0.0))
        if step.policy:
            at = max(at, came.get(step.after, LEAD) + ANSWER)
        starts.append(came.get(step.after, max(0.0, at - ANSWER)))
        ats.append(at)
        if step.event_id:
            came.setdefault(step.event_id, at)
    return starts, ats


def clock(seconds: float) -> str:
    """A time of the trace as people say it.

    >>> clock(3.21), clock(754), clock(200_000)
    ('3.2 s', '12 min 34 s', '2 d 7 h 33 min')
    """
    if seconds < 100:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days:,} d {hours} h {minutes} min"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
