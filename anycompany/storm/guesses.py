"""Guesses for step 3: who or what may start each event, read from the order alone.

They are proposals for a team to argue with. Where step 3 was skipped they stand in for it, with ``x-guess``.
"""

from __future__ import annotations

import re

from . import edits as e
from .ids import mint
from .method import steps_of_moment
from .model import Storm
from .parts import Alternatives, Trigger, events_of

_FAILURE = re.compile(
    r"\b(fail\w*|declin\w*|reject\w*|refus\w*|cancel\w*|expir\w*|den(y|ied)|abort\w*|lost|bounc\w*|unavailable)\b",
    re.I,
)


def sounds_like_failure(name: str) -> bool:
    """Whether an event's English name says that something went wrong.

    >>> sounds_like_failure("Payment Failed"), sounds_like_failure("Payment Settled")
    (True, False)
    """
    return _FAILURE.search(name) is not None


def guesses(storm: Storm) -> e.Batch:
    """The triggers and policies that the order suggests for events that nothing starts yet.

    The first moment is started by somebody; every later one by what stands before it. Of alternatives, the
    names that sound like failure become the failure branch.
    """
    batch: list[e.AnyEdit] = []
    taken = {*storm.policies, *storm.retired}
    started = storm.relations.emitters_of
    moments = steps_of_moment(storm)
    alternatives = {tuple(events_of(m)) for m in storm.timeline if isinstance(m, Alternatives)}
    for index, moment in enumerate(moments):
        orphans = [event for event in moment if event not in started and event not in storm.triggers]
        if not orphans:
            continue
        before = [event for event in moments[index - 1] if not sounds_like_failure(storm.events[event].name)]
        if index == 0 or not before:
            trigger = Trigger.model_validate({"actor": "Somebody", "x-guess": True})
            batch += [e.SetTrigger(event=event, trigger=trigger) for event in orphans]
            continue
        either = tuple(moment) in alternatives
        fails = [event for event in orphans if either and sounds_like_failure(storm.events[event].name)]
        emits = [event for event in orphans if event not in fails] or fails[:1]
        fails = [event for event in fails if event not in emits]
        if either and len(emits) > 1:
            emits, fails = emits[:1], [*emits[1:], *fails]
        name = f"After {' or '.join(storm.events[event].name for event in before)}"
        identifier = mint(f"after {' '.join(before)}", taken, "policy")
        taken.add(identifier)
        keys = {"when": before, "emits": emits, "x-guess": True} | ({"fails": fails} if fails else {})
        batch.append(e.Add(to="policies", name=name[:200], id=identifier, keys=keys))
    return e.Batch(edits=batch)


def with_guesses(storm: Storm) -> Storm:
    """The storm as it can be run: where step 3 was skipped altogether, with its guesses."""
    return storm if storm.policies or storm.triggers else storm.do(guesses(storm))
