"""What a state does when it fails: try again with growing, scattered waits, then go to the failure branch."""

from __future__ import annotations

from typing import Any

from ...storm.parts import Retry
from ...storm.spans import seconds_of
from .expressions import evaluated, jsonata

State = dict[str, Any]

REFUSED = "Refused"
"""The error that a workflow gets when a person says no; its cause is the reason they gave."""

_PASSING = [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
]
"""Errors of Lambda's own that pass (Step Functions developer guide: handle transient Lambda errors)."""


def retrying(said: Retry | None, *, of_function: bool, waits: bool) -> list[State]:
    """The retriers of a task: as people said, else for errors of AWS's own that pass.

    Without a word a function is not tried again for what went wrong in it: that may be done already. Nobody
    is asked again who ``waits`` said no, or nothing.
    """
    if waits:
        return [retrier(["SQS.SdkClientException", "SQS.AmazonSQSException"], 3)]
    if said is not None:
        if not said.times:
            return []
        longest = min(seconds_of(said.most), 31_622_400)
        first = min(seconds_of(said.after), longest)
        growing = {"IntervalSeconds": first, "BackoffRate": said.backoff}
        limit = {"MaxDelaySeconds": longest} if longest > first else {}
        errors = ["States.TaskFailed", "States.Timeout"]
        return [
            {"ErrorEquals": errors, **growing, "MaxAttempts": said.times, **limit, "JitterStrategy": "FULL"}
        ]
    return [retrier(_PASSING, 3) if of_function else retrier(["States.TaskFailed"], 3)]


def retrier(errors: list[str], times: int) -> State:
    """A retrier: a second before the first time, twice as long before every next, scattered (full jitter)."""
    return {
        "ErrorEquals": errors,
        "IntervalSeconds": 1,
        "MaxAttempts": times,
        "BackoffRate": 2,
        "JitterStrategy": "FULL",
    }


def catching(on_failure: str | None, *, asks: bool = False) -> State:
    """The catcher that leads to the failure branch, as keys of a state; none where there is no branch.

    Where the state ``asks`` a person, what they said with their no is known from there on, as after a yes.
    """
    if not on_failure:
        return {}
    catcher: State = {"ErrorEquals": ["States.ALL"], "Next": on_failure}
    if asks:
        error = "$states.errorOutput"
        said = f'{{"approved": false, "reason": {error}.Cause}}'
        refused = f"$merge([$known, {error}.Error = {jsonata(REFUSED)} ? {said} : {{}}])"
        catcher["Assign"] = {"known": evaluated(refused)}
    return {"Catch": [catcher]}


def then(following: str | None) -> State:
    """Where a state leads to, as keys of a state."""
    return {"Next": following} if following else {"End": True}


def leads_to(name: str, states: dict[str, State]) -> bool:
    """Whether any state leads to the one of this name."""
    for state in states.values():
        nexts = [state.get("Next"), state.get("Default")]
        nexts += [one["Next"] for one in (*state.get("Choices", ()), *state.get("Catch", ()))]
        if name in nexts:
            return True
    return False
