"""The JSON Schema of the storm file, made from the model, for editors that complete and check as people type.

``python -m anycompany.files.schema > data/storm.schema.json`` writes the committed copy anew; a test holds
the two equal.
"""

from __future__ import annotations

import json
from typing import Any

from ..storm.model import Storm

OWN_KEYS = "^x-"
"""The pattern of keys that any tool may use for its own."""

DESCRIPTIONS: dict[str, dict[str, str]] = {
    "Storm": {
        "format": "The version of this file format.",
        "name": "What the whole is called; names of AWS resources are made from it.",
        "language": "The language of the notes; checks of English verbs hold only for en.",
        "source": "The event source above all services' sources; com.NAME if left out.",
        "technical": "True where the business itself is technical, so that technical events are its own.",
        "bus": "The event bus.",
        "events": "The orange notes, by id: minted once from the first name, never changed, never reused.",
        "timeline": "Moments from left to right: an event, a list of parallel events, or alternatives.",
        "triggers": "For each event that no policy emits: what starts it.",
        "policies": "The lilac notes: whenever any of these, then do this and emit that.",
        "entities": "The things of the business; every event belongs to exactly one.",
        "contexts": "The bounded contexts; every entity has exactly one home.",
        "services": "The microservices, one for each context.",
        "listeners": "Audiences that hear events and answer nothing.",
        "contracts": "For each event: the schema of its detail.",
        "hotspots": "Questions, conflicts and risks.",
        "decisions": "What the team agreed, and why.",
        "dismissed": "For each finding that was dismissed: the reason.",
        "board": "Where notes lie, and parked notes; only the board reads it.",
        "workshop": "Where a workshop on this storm stands; steered from the board.",
    },
    "Workshop": {
        "agenda": "The minutes of each phase that is held; the usual ones if left out.",
        "phase": "The phase that is on.",
        "seconds": "What the timer showed at since, or shows while it stands.",
        "since": "Since when the timer runs, with the zone; left out while it stands.",
        "blind": "True while each person sees only their own notes.",
        "locked": "True while only facilitators edit.",
        "spotlight": "The note that all are pointed at, such as events/room-booked.",
        "driver": "Who edits while the others point.",
        "voting": "There while dots can be put on hot spots and contexts.",
        "here": "Where everybody was called last.",
    },
    "Driver": {
        "person": "How the ids of their edits begin.",
        "name": "What they call themselves.",
    },
    "Voting": {
        "dots": "How many dots each person has.",
        "hidden": "True where each sees only their own dots until the vote is closed.",
    },
    "Here": {
        "step": "The step that was shown.",
        "x": "The middle of what was in sight, from the left.",
        "y": "The middle of what was in sight, from the top.",
        "since": "When they were called.",
    },
    "Event": {
        "name": "Noun and past-tense verb, such as Payment Attempted.",
        "pivotal": "All is different after it.",
        "expected": "How often it has to come, such as every 1 hour; silence rings an alarm.",
    },
    "Alternatives": {"or": "The events of which one happens."},
    "AwsEvent": {
        "source": "The AWS source, such as aws.s3.",
        "detail-type": "The AWS detail-type, such as Object Created.",
    },
    "Trigger": {
        "actor": "Who starts the event.",
        "command": "What the actor says or clicks.",
        "external": "The outside system that starts the event.",
        "schedule": "rate(…), cron(…) or at(…).",
        "says": "The trigger in words.",
        "aws": "The AWS event that starts this one.",
    },
    "Task": {
        "do": "The team's own business logic, named here.",
        "run": "Where it is written: a folder below the storm, or the ARN of a Lambda function.",
        "table": "The DynamoDB table that what the task sees is put into: a name, or an ARN.",
        "key": "The field that the table finds an item by.",
        "topic": "The SNS topic that what the task sees is published to: a name, or an ARN.",
        "queue": "The SQS queue that what the task sees is sent to: a name, or an ARN.",
        "ask": "The person or group whose yes or no is waited for.",
        "parallel": "Lists of tasks that are done side by side.",
        "branch": "Ways of which one is taken: the first whose where matches the event's detail.",
        "needs": "The fields that it sees; without it, all but personal ones.",
        "reads": "The DynamoDB tables that its code reads.",
        "writes": "The DynamoDB tables that its code writes.",
        "input": "JSONata that makes what it gets, from $event and $known.",
        "output": "JSONata that makes what is known after it, from $answer, $event and $known.",
        "within": "How long it may take, such as 30 seconds or 2 days.",
        "retry": "How often it is tried again when it fails.",
    },
    "Branch": {
        "where": "An event pattern over the event's detail; left out in the last branch: otherwise.",
        "does": "The work of this branch.",
        "emits": "Those of the policy's events that only this branch leads to.",
    },
    "Retry": {
        "times": "How often.",
        "after": "How long it waits before the first time.",
        "backoff": "By how much each wait grows.",
        "most": "The longest wait.",
    },
    "Policy": {
        "name": "What people call it; else its id is read as words.",
        "when": "The events that set it off, each of them alone.",
        "does": "The work, step by step.",
        "emits": "All events that follow when the work succeeds.",
        "fails": "All events that follow when the work fails.",
        "service": "The service it belongs to where it emits nothing.",
        "kind": "The kind of state machine it becomes; chosen by rule if left out.",
        "once": "True where a second delivery of the same event must do nothing.",
        "buffer": "True where a topic and a queue stand between the rule and the workflow.",
    },
    "Entity": {"name": "What people call it; else its id is read as words.", "events": "The events it has."},
    "Context": {
        "name": "What people call it; else its id is read as words.",
        "entities": "The entities that have their home here.",
        "copies": "Entities of other contexts of which a copy is kept here.",
        "owner": "Who answers for it.",
        "votes": "Who put a dot on its boundary.",
    },
    "Service": {
        "name": "What people call it; else its id is read as words.",
        "context": "The context it serves.",
        "source": "What its events carry as source on the bus.",
    },
    "Listener": {
        "name": "What people call it; else its id is read as words.",
        "for": "The audience, such as Audit.",
        "hears": "The events it hears, or all.",
        "where": "An event pattern over the detail; only events that match are heard.",
        "to": "How it hears: a topic that fans out, a queue, or a log.",
        "more-than": "How many events within a time are too many: then an alarm rings.",
        "keep": "For how many days a log keeps what was heard; ten years if left out.",
    },
    "MoreThan": {
        "count": "More events than so many.",
        "within": "Within how long, such as 5 minutes.",
    },
    "ContractField": {
        "type": "The JSON type.",
        "personal": "True for data about a person.",
        "risk": "What could go wrong with it, in a few words.",
        "optional": "True where it may be missing.",
    },
    "Contract": {
        "version": "Rises with every breaking change.",
        "published": "The version that others rely on; publishing freezes the detail-type.",
        "detail-type": "The event's detail-type on the bus; follows the name until published.",
        "fields": "The fields of the detail.",
        "example": "A detail that conforms; test events are made from it.",
    },
    "HotSpot": {
        "text": "The question.",
        "about": "What it is about, by id.",
        "votes": "Who put a dot on it.",
        "owner": "Who brings the answer.",
    },
    "Decision": {"text": "What was agreed.", "because": "Why.", "about": "What it is about, by id."},
    "Bus": {
        "name": "Its name; else made from the storm's.",
        "kind": "Classic, or the bus of 2026.",
        "accounts": "Other AWS accounts that may put on the bus what people and outside systems start.",
        "organization": "The AWS organization, o-…, whose accounts all may do so.",
        "key": "Whose key encrypts what is stored: aws, own, or the ARN of a key.",
        "archive": "For how many days the archive keeps events for a replay.",
        "logs": "For how many days the logs of workflows are kept.",
    },
}
"""What each key is for, by class and key."""


def storm_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a storm file."""
    made = Storm.model_json_schema(by_alias=True)
    parts: dict[str, dict[str, Any]] = made.pop("$defs")
    for name, part in [("Storm", made), *parts.items()]:
        _describe(name, part)
    _allow_shorthand(parts, "Task", {"type": "string", "description": "What is done."})
    _allow_shorthand(parts, "Retry", {"type": "integer", "minimum": 0, "maximum": 100})
    _allow_shorthand(parts, "Entity", parts["Entity"]["properties"]["events"])
    for key, section in made["properties"].items():
        if key in Storm.model_fields and section.get("type") in ("object", "array"):
            section["type"] = [section["type"], "null"]  # a heading with nothing below it yet
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A storm: all that a team said, from the first orange note to the shared schemas",
        **made,
        "$defs": parts,
    }


def schema_text() -> str:
    """The schema as the text of its file."""
    return json.dumps(storm_schema(), indent=2, ensure_ascii=False) + "\n"


def _describe(name: str, part: dict[str, Any]) -> None:
    """Close one class but for keys of one's own, and say what each key is for."""
    part.pop("title", None)
    part["description"] = part.get("description", "").split("\n")[0].replace("``", "`")
    part["additionalProperties"] = False
    part["patternProperties"] = {OWN_KEYS: {}}
    for key, value in part["properties"].items():
        value.pop("title", None)
        value["description"] = DESCRIPTIONS[name][key]
        if "patternProperties" in value:
            value["additionalProperties"] = False


def _allow_shorthand(parts: dict[str, dict[str, Any]], name: str, shorthand: dict[str, Any]) -> None:
    parts[name] = {"anyOf": [shorthand, parts[name]]}


if __name__ == "__main__":
    print(schema_text(), end="")
