"""Why a flow did not go as its test says: what was expected, what was seen, and where it stopped."""

from __future__ import annotations

from collections.abc import Sequence

from anycompany.bus.pattern import explain, parse
from anycompany.bus.rules import listening_pattern
from anycompany.bus.trace import Step
from anycompany.storm.errors import StormError

from .rounds import Seen

_MOST_LINES = 40


def why_not_followed(seen: Seen, event: str, by: str, after: str, answers: Sequence[Step]) -> str:
    """Why an event did not follow from a policy."""
    expected = f"{event!r} should follow from {by!r} after {after!r}."
    if answers:
        came = ", ".join(repr(step.event) if step.event else "nothing on the bus" for step in answers)
        return f"{expected} {by!r} answered, but with {came}."
    return f"{expected} {_why_no_answer(seen, by, after)}"


def why_not_run(seen: Seen, policy: str, after: str, answers: Sequence[Step]) -> str:
    """Why a policy did not run, or did more than run."""
    expected = f"{policy!r} should run after {after!r} and put nothing on the bus."
    if answers:
        came = ", ".join(repr(step.event) for step in answers)
        return f"{expected} It put {came} there."
    return f"{expected} {_why_no_answer(seen, policy, after)}"


def _why_no_answer(seen: Seen, policy: str, after: str) -> str:
    if not any(step.event == after for step in seen.steps):
        gone = "" if after in seen.storm.events else " The storm has no such event."
        return f"It never came so far: {after!r} was not on the bus.{gone}"
    stopped = f"It stopped there: {policy!r} did not answer."
    said = seen.storm.policies.get(policy)
    if said is None:
        return f"{stopped} The storm has no such policy."
    if after not in said.when:
        return f"{stopped} In the storm it does not hear {after!r}."
    return f"{stopped}{_reason(seen, f'policies/{policy}')}"


def why_it_is_no_start(seen: Seen, event: str) -> str:
    """Why the first event of a flow was not on the bus, or one that should be heard."""
    expected = f"{event!r} should be on the bus, and was not."
    if event not in seen.storm.events:
        return f"{expected} The storm has no such event."
    trigger = seen.storm.triggers.get(event)
    if trigger and trigger.aws and seen.storm.services and not seen.storm.relations.owner_of(event):
        return f"{expected} No service owns it, so that nothing translates what AWS says into it."
    return f"{expected}{_reason(seen, f'events/{event}')}"


def why_not_heard(seen: Seen, listener: str, event: str) -> str:
    """Why a listener did not hear an event."""
    expected = f"{listener!r} should hear {event!r}, and did not."
    if not any(step.event == event for step in seen.steps):
        return f"{expected} {why_it_is_no_start(seen, event)}"
    said = seen.storm.listeners.get(listener)
    if said is None:
        return f"{expected} The storm has no such listener."
    if said.hears != "all" and event not in said.hears:
        return f"{expected} In the storm it does not listen for it."
    return f"{expected}{_reason(seen, f'listeners/{listener}')}{_filter(seen, listener, event)}"


def _filter(seen: Seen, listener: str, event: str) -> str:
    """What of a listener's pattern the first event of the flow does not meet."""
    if event != seen.flow.when or event not in seen.storm.events:
        return ""
    source, detail_type = seen.storm.relations.address_of[event]
    try:
        pattern = parse(listening_pattern(seen.storm, listener))
        told = explain(
            pattern, {"source": source, "detail-type": detail_type, "detail": dict(seen.flow.detail)}
        )
    except StormError as error:
        return f" {error.what}"
    return "" if told.matches else f"\nIts rule: {told}"


def _reason(seen: Seen, note: str) -> str:
    found = seen.unseen.get(note) or seen.hidden.get(note)
    found = found or next((one for one in seen.notes if note in one), None)
    return f" {found}" if found else ""


def with_what_was_seen(seen: Seen, why: str) -> str:
    """A reason, and below it everything that was seen of the flow, each answer below what it answers."""
    lines = [why, f"Seen of this flow {seen.where}:"]
    below: dict[str, list[Step]] = {}
    known = {step.event_id for step in seen.steps if step.event_id}
    for step in seen.steps:
        below.setdefault(step.after if step.after in known else "", []).append(step)
    waiting = [(step, 1) for step in reversed(below.get("", []))]
    while waiting:
        step, level = waiting.pop()
        lines.append(f"{'  ' * min(level, 20)}{_line(step)}")
        if step.event_id:
            waiting += [(one, level + 1) for one in reversed(below.get(step.event_id, []))]
    if len(lines) == 2:
        lines.append("  nothing")
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:] = [f"  … and {len(lines) - _MOST_LINES} more"]
    return "\n".join(lines)


def _line(step: Step) -> str:
    what = step.event or step.detail_type or "nothing on the bus"
    by = f" from {step.policy}" if step.policy else ""
    heard = f", heard by {', '.join(sorted(step.listeners))}" if step.listeners else ""
    return f"{what}{by}{heard}"
