"""What a state machine calls, read from its states alone: which action on which resource."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .iam import ACCOUNT, REGION


@dataclass(frozen=True)
class Called:
    """One call of a state; ``sources`` and ``detail_types`` are those of the events that it puts."""

    action: str
    resource: str
    sources: frozenset[str] = frozenset()
    detail_types: frozenset[str] = frozenset()

    @property
    def context(self) -> dict[str, list[str]]:
        """The condition keys that AWS fills in for the call."""
        if not self.sources:
            return {}
        return {"events:source": sorted(self.sources), "events:detail-type": sorted(self.detail_types)}


def calls_of(definition: Mapping[str, Any]) -> list[Called]:
    """The calls of all states of a state machine, those in parallel and in maps too."""
    return list(dict.fromkeys(call for state in _states(definition) for call in _calls(state)))


def _states(definition: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for state in definition["States"].values():
        yield state
        for inner in (*state.get("Branches", []), *filter(None, [state.get("ItemProcessor")])):
            yield from _states(inner)


def _calls(state: Mapping[str, Any]) -> Iterator[Called]:
    if state["Type"] != "Task":
        return
    prefix, what = state["Resource"].split(":::")
    assert prefix == "arn:aws:states", state
    service, api = what.split(":")
    api, _, pattern = api.partition(".")
    assert pattern in ("", "waitForTaskToken"), state
    action = f"{service}:{api[0].upper()}{api[1:]}"
    arguments = state["Arguments"]
    if action == "events:PutEvents":
        by_bus: dict[str, list[Mapping[str, Any]]] = {}
        for entry in arguments["Entries"]:
            by_bus.setdefault(entry["EventBusName"], []).append(entry)
        for bus, entries in by_bus.items():
            sources = frozenset(literal(entry["Source"]) for entry in entries)
            detail_types = frozenset(literal(entry["DetailType"]) for entry in entries)
            yield Called(action, arn("events", f"event-bus/{bus}"), sources, detail_types)
    elif action == "lambda:Invoke":
        yield Called("lambda:InvokeFunction", arn("lambda", f"function:{arguments['FunctionName']}"))
    elif action == "dynamodb:PutItem":
        yield Called(action, arn("dynamodb", f"table/{arguments['TableName']}"))
    elif action == "sns:Publish":
        yield Called(action, arguments["TopicArn"])
    elif action == "sqs:SendMessage":
        host, account, name = arguments["QueueUrl"].removeprefix("https://").split("/")
        yield Called(action, f"arn:aws:sqs:{host.split('.')[1]}:{account}:{name}")
    else:
        raise AssertionError(f"nobody has said which permission {what} needs")


def arn(service: str, what: str) -> str:
    """What is named, as an ARN: a name alone is one of this account and region."""
    named = what[what.find("arn:") :] if "arn:" in what else ""
    return named or f"arn:aws:{service}:{REGION}:{ACCOUNT}:{what}"


def literal(text: str) -> str:
    """A text of a state, written as an expression where it would look like one."""
    return json.loads(text[2:-2]) if text.startswith("{%") else text


def more_than_called(statements: Iterable[Mapping[str, Any]], called: Iterable[Called]) -> set[str]:
    """Each action, resource, source or detail-type of Allow statements that no call needs."""
    calls = list(called)
    needed = {(call.action, call.resource) for call in calls}
    sources = {one for call in calls for one in call.sources}
    types = {one for call in calls for one in call.detail_types}
    found = set()
    for statement in statements:
        pairs = {(a, r) for a in _list(statement["Action"]) for r in _list(statement["Resource"])}
        found |= {f"{action} on {resource}" for action, resource in pairs - needed}
        conditions = statement.get("Condition", {}).get("ForAllValues:StringEquals", {})
        found |= set(conditions.get("events:source", ())) - sources
        found |= set(conditions.get("events:detail-type", ())) - types
        if "events:PutEvents" in _list(statement["Action"]) and not {
            "events:source",
            "events:detail-type",
        } <= set(conditions):
            found.add("events:PutEvents of any event")
    return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
