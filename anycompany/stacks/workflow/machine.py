"""The state machine of a policy, and that of an AWS event that is said in the team's own words.

Business logic is a placeholder that succeeds, unless the team says how it is done. With the test marker a
policy can be told to fail, so that the failure branch is seen running too.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from ...bus.correlation import trail_in_jsonata
from ...bus.marker import MARKER, MOST_HOPS
from ...bus.quotas import TIMEOUT_SECONDS, timeout_seconds
from ...storm.model import Storm
from .expressions import evaluated, jsonata
from .names import StateNames
from .once import remembering
from .outcomes import Outcomes
from .putting import putting
from .retries import State, leads_to, then
from .work import Work


def state_machine(
    storm: Storm, policy: str, *, with_marker: bool, code: AbstractSet[str] = frozenset()
) -> dict[str, Any]:
    """The state machine of a policy in Amazon States Language.

    ``${…}`` stands in it only where an AWS resource is named, for a template's variable; all other text is
    literal.

    Parameters
    ----------
    storm, policy : whose workflow.
    with_marker : whether what the workbook's test events need is built in.
    code : the folders of code that become functions; a task that names another one is a placeholder.
    """
    said = storm.policies[policy]
    emits = [event for event in said.emits if event in storm.events]
    fails = [event for event in said.fails if event in storm.events]
    names = StateNames()
    start = names.new("Hear the event")
    first_time = names.new("Is it the first time?") if said.once else None
    work = Work(storm, policy, names, code)
    named = work.named(said.does)
    choice, end = names.new("Is this a test?"), names.new("Nothing more to do")
    succeeded = Outcomes(storm, policy, names, with_marker=with_marker).states(end)
    failed = putting(storm, policy, fails, names, with_marker=with_marker)
    on_success, on_failure = next(iter(succeeded), None), next(iter(failed), None)

    first_work, works = work.sequence(named, on_success, end, on_failure)
    turns = _turns_of_a_test(storm, policy, on_failure) if with_marker else []
    following = choice if turns else first_work
    states: dict[str, State] = {start: _hear() | then(first_time or following)}
    if first_time:
        states[first_time] = remembering(policy, following or end, end)
    if turns:
        states[choice] = {
            "Type": "Choice",
            "Comment": "Only the workbook's own test events carry the marker that leads anywhere else",
            "Choices": [{"Condition": condition, "Next": place or end} for condition, place in turns],
            "Default": first_work or end,
        }
    states |= works | succeeded | failed
    if leads_to(end, states):
        states[end] = {"Type": "Succeed"}
    return {
        "Comment": f"Policy {policy}: whenever {', '.join(said.when) or 'nothing yet'}, "
        f"then {', '.join(emits) or 'nothing more'}",
        "QueryLanguage": "JSONata",
        "StartAt": start,
        "TimeoutSeconds": timeout_seconds(said),
        "States": states,
    }


def translator(storm: Storm, event: str, *, with_marker: bool) -> dict[str, Any]:
    """The state machine that says an AWS service's event in the team's own words."""
    names = StateNames()
    start = names.new("Hear the event")
    puts = putting(storm, f"aws-{event}", [event], names, with_marker=with_marker)
    return {
        "Comment": f"Whenever AWS says so, {event} happened",
        "QueryLanguage": "JSONata",
        "StartAt": start,
        "TimeoutSeconds": TIMEOUT_SECONDS["express"],
        "States": {start: _hear() | then(next(iter(puts))), **puts},
    }


def _hear() -> State:
    """Keep the event; from a queue it comes in a list of one (EventBridge Pipes)."""
    detail = "$exists($states.input[0].detail) ? $states.input[0].detail : {}"
    return {
        "Type": "Pass",
        "Comment": "Keep the event, and what is known so far, for the states that follow",
        "Assign": {
            "event": "{% $states.input[0] %}",
            "known": f"{{% {detail} %}}",
            "trail": evaluated(trail_in_jsonata("$states.input[0]")),
        },
    }


def _turns_of_a_test(storm: Storm, policy: str, on_failure: str | None) -> list[tuple[str, str | None]]:
    """Where a test event's marker leads: conditions, and the state each leads to; None ends the workflow."""
    turns: list[tuple[str, str | None]] = []
    hops = f"$event.detail.`{MARKER}`.hops"
    if policy in storm.relations.looping:
        turns.append((evaluated(f"$exists({hops}) and {hops} >= {MOST_HOPS}"), None))
    if on_failure:
        turns.append((evaluated(f"{jsonata(policy)} in $event.detail.`{MARKER}`.fails"), on_failure))
    return turns
