"""Findings on what would be deployed: sizes, names, and texts that CloudFormation would take for code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..bus.rules import rules
from ..storm.checks.finding import Check, Found, check, quoted
from ..storm.guesses import with_guesses
from ..storm.model import Storm
from ..storm.tasks import single_tasks
from . import operating_checks
from .bus_policy import LARGEST_BUS_POLICY, size_of_bus_policy
from .roles import LARGEST_ROLE, size_of_role
from .stack import LARGEST_TEMPLATE
from .synth import synth, template_body
from .workflow import calls, checks as on_workflows
from .workflow.places import LAMBDA_ARN

MOST_RESOURCES = 500
"""Resources in one template (CloudFormation quota)."""


@check(
    "template-too-large",
    "error",
    7,
    title="A stack's template is within CloudFormation's limits",
    why="CloudFormation takes templates of up to 1 MB and 500 resources; the stack could not be deployed.",
    remedy="Split the service: give some of its entities a context, and so a service, of their own.",
    source="AWS CloudFormation quotas: template body 1 MB in Amazon S3, 500 resources",
)
def template_too_large(storm: Storm) -> Iterator[Found]:
    """Find stacks that CloudFormation would refuse for their size."""
    for stack in synth(with_guesses(storm)).stacks:
        size, count = len(template_body(stack).encode()), len(stack.template["Resources"])
        if size > LARGEST_TEMPLATE or count > MOST_RESOURCES:
            what = f"The stack {stack.name} would have {size:,} bytes and {count} resources."
            yield Found((_home(stack.kind, stack.of),), what)


@check(
    "bus-policy-too-large",
    "error",
    7,
    title="The bus policy is within EventBridge's limit",
    why="EventBridge takes bus policies of up to 10 KB; the bus could not be deployed.",
    remedy="Name the organization instead of its accounts, or let fewer events be started from outside.",
    source="Amazon EventBridge quotas: event bus policy size 10,240 characters",
)
def bus_policy_too_large(storm: Storm) -> Iterator[Found]:
    """Find a bus policy that EventBridge would refuse for its size."""
    if (size := size_of_bus_policy(with_guesses(storm))) > LARGEST_BUS_POLICY:
        yield Found(("bus",), f"The policy of the bus would have {size:,} bytes.")


@check(
    "role-too-large",
    "error",
    7,
    title="A workflow's role is within IAM's limit",
    why="IAM takes inline policies of up to 10,240 characters a role; the stack could not be deployed.",
    remedy="Let an event lead to a policy of its own that puts some of the events or does some of the tasks.",
    source="IAM quotas: aggregate size of a role's inline policies",
)
def role_too_large(storm: Storm) -> Iterator[Found]:
    """Find policies whose workflows put so many events, or use so much, that no role can say it."""
    guessed = with_guesses(storm)
    for key, policy in guessed.policies.items():
        folders = {task.run for task in single_tasks(policy.does) if task.run is not None}
        if (size := size_of_role(guessed, calls(guessed, key, folders))) > LARGEST_ROLE:
            what = f"The role of {quoted(policy.title(key))} would have a policy of {size:,} characters."
            yield Found((f"policies/{key}",), what)


@check(
    "reserved-bus-name",
    "error",
    7,
    title="The bus has a name of its own",
    why="The bus called default is the account's own, and SSM parameters may not begin with aws or ssm.",
    remedy="Give the bus a name: bus: {name: …}.",
    source="Amazon EventBridge CreateEventBus; AWS Systems Manager parameter names",
)
def reserved_bus_name(storm: Storm) -> Iterator[Found]:
    """Find a bus that would take the name of something of AWS's."""
    name = storm.bus_name
    if name.lower() == "default" or name.lower().startswith(("aws", "ssm")):
        yield Found(("bus",), f"The bus would be called {quoted(name)}.")


@check(
    "dynamic-reference",
    "error",
    7,
    title="No text on the bus looks like a dynamic reference or a variable",
    why="CloudFormation would put the value of a parameter or a secret in its place.",
    remedy="Write the text without {{ and without ${.",
    source="AWS CloudFormation: dynamic references, {{resolve:…}}, and Fn::Sub, ${…}",
)
def dynamic_reference(storm: Storm) -> Iterator[Found]:
    """Find sources, detail-types, filters and schedules with ``{{`` or ``${`` in them."""
    for event in storm.events:
        for text in (storm.source_of(event), storm.detail_type(event)):
            if _like_code(text):
                yield Found((f"events/{event}",), f"On the bus the event would be called {quoted(text)}.")
    for rule in rules(storm):
        if _like_code(_texts(rule.pattern)):
            yield Found((rule.note,), "The event pattern of the rule has {{ or ${ in a text.")
    for event, trigger in storm.triggers.items():
        if _like_code(trigger.schedule or ""):
            yield Found((f"triggers/{event}",), f"The schedule is {quoted(trigger.schedule or '')}.")


@check(
    "not-a-function",
    "error",
    6,
    title="What a task runs is a Lambda function that can be named",
    why="A task whose ARN is wrong would be deployed as a placeholder, and succeed without doing anything.",
    remedy="Write arn:aws:lambda:REGION:ACCOUNT:function:NAME, or the folder of the code to be written.",
    source="AWS Lambda: function ARNs",
)
def not_a_function(storm: Storm) -> Iterator[Found]:
    """Find tasks whose ``run`` begins like an ARN and is none of a Lambda function."""
    for key, policy in storm.policies.items():
        for task in single_tasks(policy.does):
            if task.run and task.run.startswith("arn:") and not LAMBDA_ARN.fullmatch(task.run):
                what = f"{quoted(task.do)} of {quoted(policy.title(key))} would run {quoted(task.run, 100)}."
                yield Found((f"policies/{key}/does",), what)


@check(
    "published-without-detail-type",
    "error",
    8,
    title="A published contract keeps its detail-type",
    why="Without one it follows the event's name: a rename would change what others rely on.",
    remedy="Write the published detail-type into the contract.",
    source="The file format: a published contract's detail-type is frozen",
)
def published_without_detail_type(storm: Storm) -> Iterator[Found]:
    """Find contracts that are published and leave their detail-type to the event's name."""
    for event, contract in storm.contracts.items():
        if contract.published and not contract.detail_type:
            what = f"The contract is published as version {contract.published}."
            yield Found((f"contracts/{event}",), what)


@check(
    "stacks-of-one-name",
    "error",
    7,
    title="No two stacks want one name",
    why="The second would overwrite the first.",
    remedy="Rename one of the services or audiences.",
    source="AWS CloudFormation: stack names are unique in an account and region",
)
def stacks_of_one_name(storm: Storm) -> Iterator[Found]:
    """Find stacks whose names, once made fit for AWS, are the same."""
    stacks = synth(with_guesses(storm)).stacks
    for name, count in Counter(stack.name.lower() for stack in stacks).items():
        if count > 1:
            homes = tuple(_home(s.kind, s.of) for s in stacks if s.name.lower() == name)
            yield Found(homes, f"{count} stacks would be called {name}.")


CHECKS: tuple[Check, ...] = (
    template_too_large,
    bus_policy_too_large,
    role_too_large,
    reserved_bus_name,
    dynamic_reference,
    not_a_function,
    published_without_detail_type,
    stacks_of_one_name,
    *on_workflows.CHECKS,
    *operating_checks.CHECKS,
)
"""Every check of what would be deployed."""


def _home(kind: str, of: str) -> str:
    return (
        f"services/{of}"
        if kind in ("service", "contracts")
        else "bus"
        if kind == "bus"
        else f"listeners ({of})"
    )


def _like_code(text: str) -> bool:
    return "{{" in text or "${" in text


def _texts(data: Any) -> str:
    """All texts within plain data, one a line."""
    if isinstance(data, dict):
        return "\n".join(f"{key}\n{_texts(value)}" for key, value in data.items())
    if isinstance(data, list):
        return "\n".join(_texts(item) for item in data)
    return data if isinstance(data, str) else ""
