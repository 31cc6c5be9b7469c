"""Once for each event: a workflow remembers what it has seen, and does nothing for an event seen before."""

from __future__ import annotations

from .expressions import evaluated, jsonata
from .places import SEEN, service_call
from .retries import State, retrier

REMEMBERED_SECONDS = 1_296_000
"""Fifteen days: longer than a dead letter is kept, from where an event may be delivered once more."""


def remembering(policy: str, following: str, seen_before: str) -> State:
    """The state that puts the event's id into the table, unless it is there from another execution.

    What this execution itself put there does not count: a call that was answered too late is made again.
    """
    expires = f"$string($floor($millis() / 1000) + {REMEMBERED_SECONDS})"
    return {
        "Type": "Task",
        "Comment": "A second delivery of the same event does nothing",
        "Resource": service_call("dynamodb:putItem"),
        "Arguments": {
            "TableName": f"${{{SEEN}}}",
            "Item": {
                "id": {"S": evaluated(f"{jsonata(policy + ' ')} & $event.id")},
                "execution": {"S": "{% $states.context.Execution.Id %}"},
                "expires": {"N": evaluated(expires)},
            },
            "ConditionExpression": "attribute_not_exists(#id) OR #execution = :execution",
            "ExpressionAttributeNames": {"#id": "id", "#execution": "execution"},
            "ExpressionAttributeValues": {":execution": {"S": "{% $states.context.Execution.Id %}"}},
        },
        "Retry": [
            {"ErrorEquals": ["DynamoDB.ConditionalCheckFailedException"], "MaxAttempts": 0},
            retrier(["States.TaskFailed"], 5),
        ],
        "Catch": [{"ErrorEquals": ["DynamoDB.ConditionalCheckFailedException"], "Next": seen_before}],
        "Next": following,
    }
