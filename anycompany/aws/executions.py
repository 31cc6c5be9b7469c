"""The workflows of a storm as deployed: where they are, starting one, and what their executions heard."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anycompany.aws.deployed import describe_deployed, physical_ids
from anycompany.aws.errors import explaining
from anycompany.aws.missing import MissingError, unless_missing
from anycompany.aws.session import Clients
from anycompany.bus.rules import rules
from anycompany.stacks.names import logical_id
from anycompany.stacks.stack import Stack
from anycompany.storm.model import Storm


@dataclass(frozen=True)
class Workflow:
    """A deployed workflow: the ARN of its state machine, and the name of the rule that starts it."""

    arn: str
    rule: str

    @property
    def name(self) -> str:
        """The state machine's name."""
        return self.arn.rsplit(":", 1)[-1]


@dataclass(frozen=True)
class Execution:
    """One execution of a workflow: the event it heard, its status, why it failed, and when it began."""

    event: dict[str, Any]
    status: str
    reason: str
    at: float

    @property
    def succeeded(self) -> bool:
        """Whether it came to its end."""
        return self.status == "SUCCEEDED"


def workflows_of(
    clients: Clients, storm: Storm, stacks: Sequence[Stack]
) -> tuple[dict[str, Workflow], dict[str, Workflow]]:
    """The deployed workflows: by policy, and those that translate AWS's own events, by event.

    Raises
    ------
    AwsError
        if AWS cannot be asked.
    """
    found: dict[str, str] = {}
    for state in describe_deployed(clients, [stack for stack in stacks if stack.kind == "service"]):
        if state.exists:
            found |= physical_ids(clients, state.name)

    leads = {rule.id: rule.led_by for rule in rules(storm) if rule.led_by}

    def named(prefix: str, ids: Sequence[str]) -> dict[str, Workflow]:
        return {
            key: Workflow(found[machine], found.get(logical_id(f"{prefix}Rule", rule), "").split("|")[-1])
            for key in ids
            if (machine := logical_id(f"{prefix}Workflow", key)) in found
            for rule in [leads.get(key, key) if not prefix else key]
        }

    return named("", list(storm.policies)), named("Aws", list(storm.triggers))


def start(clients: Clients, workflow: Workflow, event: dict[str, Any]) -> None:
    """Start a workflow with an event, as its rule would.

    Raises
    ------
    AwsError
        if AWS refuses.
    """
    with explaining("start the workflow", workflow.name):
        clients.client("stepfunctions").start_execution(
            stateMachineArn=workflow.arn, input=json.dumps(event, ensure_ascii=False)
        )


class Executions:
    """The executions of one workflow since a time; each is read once it has ended."""

    def __init__(self, clients: Clients, workflow: Workflow, since: datetime) -> None:
        self._clients = clients
        self._workflow = workflow
        self._since = since
        self._ended: dict[str, Execution] = {}

    def seen(self) -> list[Execution] | None:
        """The executions that have ended; None if they cannot be known.

        AWS does not list express ones, and an emulator may list none.

        Raises
        ------
        AwsError
            if AWS refuses for another reason.
        """
        stepfunctions = self._clients.client("stepfunctions")
        with explaining("list the executions of the workflow", self._workflow.name):
            try:
                with unless_missing():
                    self._look(stepfunctions)
            except (stepfunctions.exceptions.StateMachineTypeNotSupported, MissingError):
                return None
        return [*self._ended.values()]

    def _look(self, stepfunctions: Any) -> None:
        """Read what has ended since the last look."""
        pages = stepfunctions.get_paginator("list_executions").paginate(stateMachineArn=self._workflow.arn)
        for page in pages:
            for listed in page["executions"]:
                if listed["startDate"] < self._since:
                    return
                if listed["executionArn"] not in self._ended and listed["status"] != "RUNNING":
                    self._ended[listed["executionArn"]] = self._read(listed["executionArn"])

    def _read(self, arn: str) -> Execution:
        found = self._clients.client("stepfunctions").describe_execution(executionArn=arn)
        try:
            event = json.loads(found.get("input") or "{}")
        except ValueError:
            event = {}
        reason = ": ".join(text for text in (found.get("error"), found.get("cause")) if text)
        return Execution(
            event if isinstance(event, dict) else {}, found["status"], reason, found["startDate"].timestamp()
        )
