"""What a test says should follow: each a method that fails with what was expected and what was seen."""

from __future__ import annotations

import warnings

from anycompany.bus.trace import Step

from .rounds import Seen
from .telling import (
    why_it_is_no_start,
    why_not_followed,
    why_not_heard,
    why_not_run,
    with_what_was_seen,
)


class FlowError(AssertionError):
    """A flow that does not go as its test says."""


class Then:
    """What was seen of the flow of a test, to be held against what should follow.

    Every method raises ``AssertionError`` where it was not so, with what was seen and where it stopped.
    """

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._expected = {seen.flow.when}
        self._event_of = {step.event_id: step.event for step in seen.steps if step.event_id}

    def follows(self, event: str, *, by: str, after: str) -> None:
        """An event follows: put on the bus by a policy, in answer to another event.

        Parameters
        ----------
        event, by, after : ids of the event, of the policy and of the event that it answers.
        """
        self._expected.add(event)
        if not any(step.event == event for step in self._answers(by, after)):
            self._fail(why_not_followed(self._seen, event, by, after, self._answers(by, after)))

    def runs(self, policy: str, *, after: str) -> None:
        """A policy does its work in answer to an event, and puts nothing on the bus.

        Where that cannot be seen, as AWS does not list what express workflows did, it is only warned of.
        """
        answers = self._answers(policy, after)
        if any(not step.event for step in answers):
            return
        hidden = self._seen.hidden.get(f"policies/{policy}")
        if hidden and not answers and after in self._event_of.values():
            warnings.warn(f"policies/{policy} cannot be seen running: {hidden}", stacklevel=2)
            return
        self._fail(why_not_run(self._seen, policy, after, answers))

    def hears(self, listener: str, *events: str) -> None:
        """A listener hears each of these events."""
        for event in events:
            if not self._heard(listener, event):
                self._fail(why_not_heard(self._seen, listener, event))

    def does_not_hear(self, listener: str, *events: str) -> None:
        """A listener hears none of these events, which are on the bus."""
        for event in events:
            if event not in self._event_of.values():
                self._fail(why_it_is_no_start(self._seen, event))
            if self._heard(listener, event):
                self._fail(f"{listener!r} should not hear {event!r}, and did.")

    def nothing_else(self) -> None:
        """The first event is on the bus, and of what follows nothing is left unsaid."""
        if self._seen.flow.when not in self._event_of.values():
            self._fail(why_it_is_no_start(self._seen, self._seen.flow.when))
        more = dict.fromkeys(
            step.event or step.detail_type
            for step in self._seen.steps
            if step.event_id and step.event not in self._expected
        )
        if more:
            self._fail(f"Nothing else should follow, and this did: {', '.join(map(repr, more))}.")

    def _answers(self, policy: str, after: str) -> list[Step]:
        """What a policy did in answer to an event."""
        return [
            step
            for step in self._seen.steps
            if step.policy == policy and self._event_of.get(step.after) == after
        ]

    def _heard(self, listener: str, event: str) -> bool:
        return any(step.event == event and listener in step.listeners for step in self._seen.steps)

    def _fail(self, why: str) -> None:
        raise FlowError(with_what_was_seen(self._seen, why))
