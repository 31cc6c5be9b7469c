"""Findings on workflows: what people say of the work and Step Functions cannot do."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ...storm.checks.finding import Check, Found, check, quoted
from ...storm.model import Storm
from ...storm.tasks import branching_tasks
from .conditions import fault_in_condition
from .machine import state_machine

LONGEST_DEFINITION = 1_048_576
"""Bytes of a state machine in Amazon States Language (Step Functions quota)."""


@check(
    "branch-not-exact",
    "error",
    6,
    title="A branch asks for what a workflow can ask exactly",
    why="A branch that asks for something else than was meant would be taken by the wrong events.",
    remedy="Ask for values, by prefix, suffix, numeric, exists or anything-but, or leave it to a listener.",
    source="AWS Step Functions developer guide: transforming data with JSONata",
)
def branch_not_exact(storm: Storm) -> Iterator[Found]:
    """Find branches whose pattern is none, or cannot be said exactly in JSONata."""
    for key, policy in storm.policies.items():
        for task, branch in ((t, b) for t in branching_tasks(policy.does) for b in t.branch or ()):
            fault = fault_in_condition(branch.where) if branch.where is not None else None
            if fault:
                asked = quoted(json.dumps(branch.where, ensure_ascii=False), 100)
                whose = f"{quoted(task.title)} of {quoted(policy.title(key))}"
                what = f"{whose} asks for {asked}: {fault.rstrip('.')}."
                yield Found((f"policies/{key}/does",), what)


@check(
    "workflow-too-large",
    "error",
    6,
    title="A workflow is within Step Functions' limits",
    why="Step Functions takes state machines of up to 1 MB; the stack could not be deployed.",
    remedy="Let an event lead to a policy of its own.",
    source="AWS Step Functions quotas: maximum state machine definition size",
)
def workflow_too_large(storm: Storm) -> Iterator[Found]:
    """Find policies whose state machine Step Functions would refuse for its size."""
    for key, policy in storm.policies.items():
        if len(policy.model_dump_json()) > LONGEST_DEFINITION // 100:
            size = len(json.dumps(state_machine(storm, key, with_marker=True)).encode())
            if size > LONGEST_DEFINITION:
                what = f"{quoted(policy.title(key))} would be a workflow of {size:,} bytes."
                yield Found((f"policies/{key}",), what)


CHECKS: tuple[Check, ...] = (branch_not_exact, workflow_too_large)
"""Every check of workflows."""
