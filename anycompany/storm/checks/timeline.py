"""Step 2, temporal sequencing: where events stand in time, and outcomes that have only one side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ..edits import Add
from ..english import PARTICLES, base_of, words_of
from ..model import Storm
from ..parts import Alternatives, events_of
from .finding import Found, called, check, quoted
from .notes import is_english
from .vocabulary import FAILURES, OUTCOMES


@check(
    "not-in-time",
    "warning",
    2,
    title="Every event stands on the timeline",
    why="An event without a place in time is one that nobody has walked through yet.",
    remedy="Put it before, after or beside another event.",
    source="“App 2025”, episode 1, step 2: all events in time order, left to right",
)
def not_in_time(storm: Storm) -> Iterator[Found]:
    """Events that stand nowhere on the timeline."""
    for event in storm.events:
        if event not in storm.relations.moment_of:
            yield Found((f"events/{event}",), f"{called(storm, event)} is not on the timeline.")


@check(
    "twice-in-time",
    "warning",
    2,
    title="An event stands on the timeline once",
    why="Where it stands twice, the order says two things; what happens again is another event or a loop.",
    remedy="Keep the first place; name it differently if the second is another event.",
    source="“App 2025”, episode 1, step 2",
)
def twice_in_time(storm: Storm) -> Iterator[Found]:
    """Events that stand in several moments, or several times in one."""
    counted = Counter(event for moment in storm.timeline for event in events_of(moment))
    for event, count in counted.items():
        if count > 1:
            yield Found(
                (f"timeline/{event}",), f"{called(storm, event)} stands {count} times on the timeline."
            )


@check(
    "one-sided-outcome",
    "warning",
    2,
    title="An outcome that can go well can go badly too",
    why="Software that was never told what a refusal is called will lose it in an error log.",
    remedy="Name the other outcome, or say in a dismissal why there is none.",
    source="“App 2025”, episode 1: Payment Succeeded beside Payment Failed, and so with operations",
)
def one_sided_outcome(storm: Storm) -> Iterator[Found]:
    """Outcomes such as Approved without a Rejected of the same thing; English storms only.

    A policy that says what it emits when its work fails has said enough, and so has a failure that stands as
    the alternative on the timeline.
    """
    if not is_english(storm):
        return
    failures: set[str] = set()
    failed_things: set[str] = set()
    for event, said in storm.events.items():
        words = [word.lower() for word in words_of(said.name[:500])]
        if FAILURES.intersection(words):
            failures.add(event)
            failed_things.update(base_of(word) for word in words)
    beside_failure = {
        event
        for moment in storm.timeline
        if isinstance(moment, Alternatives) and failures.intersection(moment.or_)
        for event in moment.or_
    }
    for event, said in storm.events.items():
        words = words_of(said.name[:500])
        outcome = next(
            (
                word
                for word, after in pairwise([*words[1:], ""])
                if word.lower() in OUTCOMES and after.lower() not in PARTICLES
            ),
            None,
        )
        if outcome is None or event in beside_failure or event in failures:
            continue
        if any(storm.policies[policy].fails for policy in storm.relations.emitters_of.get(event, ())):
            continue
        things = words[: words.index(outcome)]
        if any(base_of(thing) in failed_things for thing in things):
            continue
        twin = OUTCOMES[outcome.lower()]
        name = " ".join([*things, twin.capitalize() if outcome[0].isupper() else twin])
        yield Found(
            (f"events/{event}",),
            f"{called(storm, event)} has no other side: what is it called when it does not?",
            f"Add {quoted(name)}, or what your business calls it.",
            Add(to="events", name=name),
        )


CHECKS = (not_in_time, twice_in_time, one_sided_outcome)
