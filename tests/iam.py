"""Templates as AWS would fill them in for one account and region, and requests judged by iam-simulate."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anycompany.stacks.stack import Stack
from anycompany.storm.model import Storm

from .judges import judged

ACCOUNT, REGION = "123456789012", "eu-central-1"
_OF_AWS = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": "the-stack",
    "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/the-stack/1",
}
_ARNS = {
    "AWS::SQS::Queue": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{{}}",
    "AWS::SNS::Topic": f"arn:aws:sns:{REGION}:{ACCOUNT}:{{}}",
    "AWS::DynamoDB::Table": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{{}}",
    "AWS::Lambda::Function": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{{}}",
    "AWS::StepFunctions::StateMachine": f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{{}}",
    "AWS::Events::EventBus": f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{{}}",
    "AWS::IAM::Role": f"arn:aws:iam::{ACCOUNT}:role/{{}}",
    "AWS::IAM::ManagedPolicy": f"arn:aws:iam::{ACCOUNT}:policy/{{}}",
    "AWS::Logs::LogGroup": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{{}}:*",
    "AWS::KMS::Key": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{{}}",
    "AWS::SSM::Parameter": f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter{{}}",
}
_BY_ARN = {"AWS::SNS::Topic", "AWS::StepFunctions::StateMachine", "AWS::IAM::ManagedPolicy"}
_NAMES = (
    *("Name", "StateMachineName", "QueueName", "TopicName", "FunctionName", "TableName", "LogGroupName"),
    *("RoleName", "ManagedPolicyName"),
)


class Filled:
    """A stack's template with every reference filled in by what AWS would put there."""

    def __init__(self, storm: Storm, stack: Stack) -> None:
        self._template = stack.template
        self._stack = stack.name
        self._given = _OF_AWS | {
            "BusName": storm.bus_name,
            "BusArn": f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{storm.bus_name}",
            "KeyArn": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k",
        }
        self.resources: dict[str, Any] = {
            logical: {**one, "Properties": self.value(one.get("Properties", {}))}
            for logical, one in self._template["Resources"].items()
        }

    def value(self, value: Any) -> Any:
        """A value with its references filled in."""
        if isinstance(value, Mapping):
            if len(value) == 1:
                ((function, argument),) = value.items()
                if function == "Ref":
                    return self.ref(argument)
                if function == "Fn::GetAtt":
                    logical, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
                    return self.arn(logical) if attribute == "Arn" else f"{attribute} of {logical}"
                if function == "Fn::Sub":
                    text, given = argument if isinstance(argument, list) else (argument, {})
                    return self._substituted(text, {key: self.value(one) for key, one in given.items()})
                if function == "Fn::Join":
                    return argument[0].join(self.value(argument[1]))
                assert not function.startswith("Fn::"), function
            return {key: self.value(one) for key, one in value.items()}
        return [self.value(one) for one in value] if isinstance(value, list) else value

    def ref(self, name: str) -> Any:
        """What ``Ref`` gives."""
        if name in self._given:
            return self._given[name]
        if name in self._template.get("Parameters", {}):
            return self._template["Parameters"][name].get("Default", name)
        kind = self._template["Resources"][name]["Type"]
        if kind == "AWS::SQS::Queue":
            return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{self._name(name)}"
        return self.arn(name) if kind in _BY_ARN else self._name(name)

    def arn(self, logical: str) -> str:
        """The ARN of a resource."""
        return _ARNS[self._template["Resources"][logical]["Type"]].format(self._name(logical))

    def _name(self, logical: str) -> str:
        properties = self._template["Resources"][logical].get("Properties", {})
        given = next((properties[key] for key in _NAMES if key in properties), None)
        return str(self.value(given)) if given else f"{self._stack[:20]}-{logical[:40]}".replace(".", "-")

    def _substituted(self, text: str, given: Mapping[str, Any]) -> str:
        def filled(found: re.Match[str]) -> str:
            mark, name = found.groups()
            if mark:
                return f"${{{name}}}"
            if name in given:
                return str(given[name])
            logical, _, attribute = name.partition(".")
            return self.arn(logical) if attribute == "Arn" else str(self.ref(name))

        return re.sub(r"\$\{(!?)([^}]*)\}", filled, text)

    def of_type(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The logical ids and properties of the resources of a type."""
        for logical, one in self.resources.items():
            if one["Type"] == kind:
                yield logical, one["Properties"]

    def role(self, arn: str) -> dict[str, Any]:
        """The properties of the role with an ARN."""
        return next(role for logical, role in self.of_type("AWS::IAM::Role") if self.arn(logical) == arn)


@dataclass(frozen=True)
class Request:
    """Somebody asks for something: what the policies that apply should come to is ``allowed``."""

    action: str
    resource: str
    context: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    identity: tuple[Any, ...] = ()
    on_resource: Any = None
    principal: str = f"arn:aws:iam::{ACCOUNT}:role/somebody"
    allowed: bool = True

    def asked(self) -> dict[str, Any]:
        """The request as the simulator takes it."""
        return {
            "principal": self.principal,
            "action": self.action,
            "resource": self.resource,
            "account": ACCOUNT,
            "context": dict(self.context),
            "identity": [{"Version": "2012-10-17", "Statement": list(one)} for one in self.identity],
            "onResource": self.on_resource,
        }


def misjudged(requests: Iterable[Request]) -> list[str]:
    """The requests that the simulator answers otherwise than they say; each with its answer."""
    asked = list(requests)
    assert asked
    answers = judged("simulate_iam.mjs", (one.asked() for one in asked))
    expected = {True: ("Allowed",), False: ("ImplicitlyDenied", "ExplicitlyDenied")}
    return [
        f"{answer}: {one}"
        for one, answer in zip(asked, answers, strict=True)
        if answer not in expected[one.allowed]
    ]
