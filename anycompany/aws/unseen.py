"""What of a design was not seen running, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from anycompany.aws.hunt import Hunt
from anycompany.bus.scenarios import expected
from anycompany.bus.trace import Step

Unseen = Iterator[tuple[str, str]]


def not_observable(hunt: Hunt) -> Unseen:
    """What no trace can show: note and reason."""
    for event, trigger in hunt.storm.triggers.items():
        if trigger.kind == "schedule" and event in hunt.storm.events:
            yield f"triggers/{event}", "Its event was put on the bus; its schedule was not waited for."
        if trigger.aws and event in hunt.translators:
            why = (
                f"Only AWS puts events of {trigger.aws.source} on its bus: its workflow was started directly."
            )
            yield f"triggers/{event}", why
    for policy in hunt.storm.policies:
        if _hidden(hunt, policy):
            why = "Its success emits nothing, and AWS does not list what express workflows did."
            if hunt.storm.policies[policy].workflow_kind == "standard":
                why = "Its success emits nothing, and the endpoint does not list what workflows did."
            yield f"policies/{policy}", why
    for listener, why in hunt.deaf.items():
        yield f"listeners/{listener}", f"Nobody can look what it heard: {why}"


def not_seen(hunt: Hunt, steps: Sequence[Step], seconds: float) -> Unseen:
    """What should have been seen and was not: note and reason.

    Parameters
    ----------
    hunt : the account of the trace.
    steps : what was seen.
    seconds : how long was waited.
    """
    awaited_in: dict[str, str] = {}
    for scenario in hunt.scenarios:
        follows = expected(hunt.storm, scenario)
        for note in (
            *(f"events/{event}" for event in follows.events),
            *(f"policies/{policy}" for policy in follows.policies),
            *(f"listeners/{listener}" for listener in follows.listeners),
        ):
            awaited_in.setdefault(note, scenario.name)
    yield from _events(hunt, steps, seconds, awaited_in)
    yield from _policies(hunt, steps, seconds, awaited_in)
    yield from _listeners(hunt, steps, seconds, awaited_in)


def _events(hunt: Hunt, steps: Sequence[Step], seconds: float, awaited_in: Mapping[str, str]) -> Unseen:
    seen = {step.event for step in steps}
    deployed = [hunt.storm.policies[policy] for policy in hunt.workflows]
    unsent = {scenario.event for number, scenario in enumerate(hunt.scenarios) if number not in hunt.begun}
    for event in (event for event in hunt.storm.events if event not in seen):
        note = f"events/{event}"
        if event in unsent:
            why = "The workflow that would put it on the bus is not deployed."
        elif note in awaited_in:
            why = f"It should have come by in “{awaited_in[note]}”, but did not within {seconds:.0f} s."
        elif any(event in (*policy.emits, *policy.fails) for policy in deployed):
            why = "Nothing that was tried leads to it: no event of these takes the way to it."
        else:
            why = "Nothing that was tried leads to it: no trigger, and no deployed policy that emits it."
        yield note, why


def _policies(hunt: Hunt, steps: Sequence[Step], seconds: float, awaited_in: Mapping[str, str]) -> Unseen:
    branches = {(step.policy, step.failed) for step in steps}
    for policy, said in hunt.storm.policies.items():
        note = f"policies/{policy}"
        seen, failed = (policy, False) in branches, (policy, True) in branches
        if policy not in hunt.workflows:
            yield note, _why_not_deployed(hunt, policy)
        elif note not in awaited_in and not seen and not failed:
            yield note, "Nothing that was tried leads to an event that it hears."
        elif not seen and not failed and not _hidden(hunt, policy):
            why = f"It should have answered in “{awaited_in[note]}”, but did not within {seconds:.0f} s."
            yield note, why + (hunt.end_of(policy) or _of_the_buffer(hunt, policy))
        elif not failed and hunt.storm.events.keys() & said.fails:
            yield note, "Its failure branch was not seen."
        elif not seen and hunt.storm.events.keys() & said.emits:
            yield note, "It was only seen failing."


def _of_the_buffer(hunt: Hunt, policy: str) -> str:
    """Where to look for what a buffered policy has heard, if nothing is known of its workflow."""
    if not hunt.storm.policies[policy].buffer or policy not in hunt.workflows:
        return ""
    return " It may wait in the policy's queue: look whether a pipe takes it from there (AWS::Pipes::Pipe)."


def _hidden(hunt: Hunt, policy: str) -> bool:
    """Whether the success of a policy can be seen nowhere."""
    return policy in hunt.unlisted and hunt.storm.events.keys().isdisjoint(hunt.storm.policies[policy].emits)


def _why_not_deployed(hunt: Hunt, policy: str) -> str:
    if hunt.storm.relations.service_of_policy(policy) is None:
        return "It is not deployed: no service owns what it emits or hears (steps 4 to 6)."
    if not hunt.storm.events.keys() & hunt.storm.policies[policy].when:
        return "It is not deployed: it hears no event (step 3)."
    return "Its stack is not deployed."


def _listeners(hunt: Hunt, steps: Sequence[Step], seconds: float, awaited_in: Mapping[str, str]) -> Unseen:
    seen = {listener for step in steps for listener in step.listeners}
    for listener, said in hunt.storm.listeners.items():
        note = f"listeners/{listener}"
        if listener in seen or listener in hunt.deaf:
            continue
        if not said.hears:
            why = "It is not deployed: it hears no event."
        elif listener not in hunt.ears:
            why = "Its stack is not deployed."
        elif note not in awaited_in:
            why = "Nothing that was tried leads to an event that it hears."
        else:
            why = (
                f"It should have heard something in “{awaited_in[note]}”; it did not within {seconds:.0f} s."
            )
        taken = " A consumer may have taken it from the queue before." if said.to == "queue" else ""
        yield note, why + (taken if note in awaited_in else "")
