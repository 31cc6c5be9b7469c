"""What is in an AWS account, as far as our stacks and tools could leave something there."""

from typing import Any

from anycompany.aws.session import Clients
from anycompany.storm.model import Storm
from anycompany.storm.parts import Bus

LISTS = (
    ("cloudformation", "describe_stacks", "Stacks", "StackName"),
    ("events", "list_event_buses", "EventBuses", "Name"),
    ("events", "list_rules", "Rules", "Name"),
    ("events", "list_archives", "Archives", "ArchiveName"),
    ("schemas", "list_registries", "Registries", "RegistryName"),
    ("scheduler", "list_schedules", "Schedules", "Name"),
    ("stepfunctions", "list_state_machines", "stateMachines", "name"),
    ("iam", "list_roles", "Roles", "RoleName"),
    ("sqs", "list_queues", "QueueUrls", None),
    ("sns", "list_topics", "Topics", "TopicArn"),
    ("sns", "list_subscriptions", "Subscriptions", "SubscriptionArn"),
    ("logs", "describe_log_groups", "logGroups", "logGroupName"),
    ("logs", "describe_resource_policies", "resourcePolicies", "policyName"),
    ("ssm", "describe_parameters", "Parameters", "Name"),
    ("s3", "list_buckets", "Buckets", "Name"),
    ("dynamodb", "list_tables", "TableNames", None),
    ("lambda", "list_functions", "Functions", "FunctionName"),
    ("pipes", "list_pipes", "Pipes", "Name"),
)


def inventory(clients: Clients) -> set[tuple[str, str]]:
    """Everything there is, as pairs of its kind and its name."""
    found = set()
    for service, call, key, name in LISTS:
        for item in _all(clients, service, call, key):
            found.add((key, item if name is None else item[name]))
    for bus in _all(clients, "events", "list_event_buses", "EventBuses"):
        for rule in _all(clients, "events", "list_rules", "Rules", EventBusName=bus["Name"]):
            found.add((f"rules of {bus['Name']}", rule["Name"]))
    policies = _all(clients, "iam", "list_policies", "Policies", Scope="Local")
    return found | {("Policies", policy["PolicyName"]) for policy in policies}


def _all(clients: Clients, service: str, call: str, key: str, **given: str) -> list[Any]:
    """What a list has, on all its pages: other tests leave things behind, too."""
    client: Any = clients.client(service)
    if not client.can_paginate(call):
        return list(getattr(client, call)(**given).get(key, []))
    return [item for page in client.get_paginator(call).paginate(**given) for item in page.get(key, [])]


def on_bus(storm: Storm, name: str) -> Storm:
    """The same storm on a bus of its own, so that its stacks are its own too."""
    return storm.changed(bus=Bus(name=name))


def resources(stacks: Any) -> int:
    """How many resources all these stacks have."""
    return sum(len(stack.template["Resources"]) for stack in stacks)
