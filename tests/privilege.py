"""Storms with their stacks filled in, whose policies the tests of least privilege look at."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from anycompany.stacks.roles import EXTRAS, needed_by_aws
from anycompany.stacks.synth import synth
from anycompany.storm.code import Code
from anycompany.storm.guesses import with_guesses
from anycompany.storm.model import Storm

from .iam import ACCOUNT, REGION, Filled, Request
from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of
from .workflow_calls import Called

FRIEND, STRANGER = "111122223333", "999988887777"
ORGANIZATION = "o-abcdefghij"
NAMED_KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def shared(storm: Storm) -> Storm:
    """The storm on a bus that others may put events on, and that has a key of its own."""
    return storm.set(bus={"accounts": [FRIEND], "organization": ORGANIZATION, "key": "own"})


def with_functions() -> Storm:
    """A storm whose tasks are code: one reads a table, another writes it, a third does neither."""
    storm = Storm(name="Inn").add_events(["Room Booked", "Room Ready"]).trigger("room-booked", actor="Guest")
    storm = storm.add_policy(
        "Prepare",
        when=["room-booked"],
        does=[
            {"do": "Look", "run": "code/look", "reads": ["rooms"]},
            {"do": "Keep", "run": "code/keep", "writes": ["rooms"]},
            {"do": "Say", "run": "code/say"},
            {"do": "File", "table": "rooms", "key": "room-id"},
        ],
        emits=["room-ready"],
    )
    storm = storm.add_entity("Room", list(storm.events)).add_context("Inn", ["room"])
    return storm.add_service("Rooms", "inn")


def harbour() -> Storm:
    """A storm with hostile names in which everything is used: others' accounts, a key, a buffer, questions."""
    names = ['Ship "Ankunft" Registered', "Cargo ${AWS::AccountId} Unloaded", "<script>x</script> Sealed"]
    names += [
        "سفينة وصلت Arrived",
        "{{resolve:ssm:x}} Assigned",
        "Vessel " + "x" * 70,
        "a,b;c\\d'e`f %x% Failed",
    ]
    storm = Storm(name='Harbour "<b>${x}</b>" 🚢').add_events(names)
    registered, unloaded, is_sealed, arrived, assigned, left, failed = storm.events
    code = {"do": 'Weigh "${y}"', "run": "code/look"}
    unload = [
        {"do": "Write ${it} down", "table": "manifests", "key": "ship ${id}"},
        {"do": "Tell the <pier>", "topic": "pier"},
        {"do": "Queue {% $x %}", "queue": "cranes"},
        {"parallel": [[code | {"reads": ["manifests"]}], [code | {"writes": ["manifests"]}]]},
    ]
    document = storm.document() | {
        "bus": {"accounts": [FRIEND], "organization": ORGANIZATION, "key": NAMED_KEY},
        "triggers": {
            registered: {"actor": 'Captain "<i>"', "command": "Register ${}"},
            assigned: {"schedule": "rate(1 day)"},
            arrived: {"aws": {"source": "aws.s3", "detail-type": "Object Created"}},
        },
        "policies": {
            "unload": {"when": [registered], "does": unload, "emits": [unloaded], "fails": [failed]}
            | {"name": "Unload ${AWS::StackName} <script>", "once": True, "buffer": True},
            "seal": {"when": [unloaded, arrived], "does": [{"ask": "Sealed? ${y} {% $x %}"}]}
            | {"emits": [is_sealed], "fails": [failed]},
            "go": {"when": [is_sealed, assigned], "does": ["{% weird %}"], "emits": [left]},
            "note": {"when": [left], "does": ["${AWS::Region}"], "service": "port"},
        },
        "entities": {"ship": list(storm.events)},
        "contexts": {"port": {"entities": ["ship"]}},
        "services": {"port": {"context": "port", "name": 'Port ${x} "q"'}},
        "listeners": {
            "all": {"for": 'Audit "<b>" 🚨', "hears": "all", "to": "log"},
            "rate": {"for": "Sec", "hears": [failed], "more-than": {"count": 3, "within": "10 minutes"}},
            "some": {"for": 'Audit "<b>" 🚨', "hears": [unloaded], "to": "queue"},
        },
        "contracts": {registered: {"fields": {"captain ${name}": {"type": "string", "personal": True}}}},
    }
    return Storm.model_validate(document)


CODE = {
    f"code/{name}": Code(
        "python3.13", "index.handler", "def handler(event, context): return '${AWS::Region} ${x}'\n", "0" * 64
    )
    for name in ("look", "keep", "say")
}
STORMS = {path.name.removesuffix(".storm.yaml"): with_guesses(load(path)) for path in ALL}
STORMS |= {"functions": with_functions(), "hostile": storm_of(HOSTILE_TEXTS), "shared": shared(load(EXAMPLE))}
every_storm = pytest.mark.parametrize("name", STORMS)


@dataclass(frozen=True)
class Workflow:
    """A state machine with its role's policies, filled in."""

    name: str
    arn: str
    definition: dict[str, Any]
    statements: tuple[dict[str, Any], ...]
    trust: dict[str, Any]
    role: str

    @property
    def own(self) -> list[dict[str, Any]]:
        """What the role may do for its workflow; AWS's own needs left out."""
        return [one for one in self.statements if not needed_by_aws_itself(one)]


def needed_by_aws_itself(statement: dict[str, Any]) -> bool:
    """Whether a statement is one of AWS's own needs, to the letter."""
    key = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/"
    on = statement["Resource"] if str(statement["Resource"]).startswith(key) else "*"
    return any(
        statement == needed_by_aws(name, on) and (on != "*") == (name == "use of the key") for name in EXTRAS
    )


@cache
def filled(name: str) -> tuple[Filled, ...]:
    """The stacks of a storm, filled in."""
    storm = STORMS[name]
    return tuple(Filled(storm, stack) for stack in synth(storm, code=CODE).stacks)


def workflows_of(stacks: tuple[Filled, ...]) -> Iterator[Workflow]:
    for stack in stacks:
        for logical, properties in stack.of_type("AWS::StepFunctions::StateMachine"):
            role = stack.role(properties["RoleArn"])
            yield Workflow(
                properties["StateMachineName"],
                stack.arn(logical),
                json.loads(properties["DefinitionString"]),
                tuple(statements_of(role)),
                role["AssumeRolePolicyDocument"],
                properties["RoleArn"],
            )


def statements_of(role: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for policy in role.get("Policies", []) for one in policy["PolicyDocument"]["Statement"]]


def asks(call: Called, **more: Any) -> Request:
    return Request(call.action, call.resource, call.context, **more)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def rule_arn(rule: dict[str, Any]) -> str:
    bus = f"{rule['EventBusName']}/" if "EventBusName" in rule else ""
    return f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{bus}{rule['Name']}"
