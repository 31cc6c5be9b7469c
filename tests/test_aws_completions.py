"""What we add to MiniStack takes: resource types, the schemas API, two kinds of delivery."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from anycompany.aws.completions import _HOOKS, missing_hooks
from anycompany.aws.session import Clients

CONTENT = json.dumps({"$schema": "http://json-schema.org/draft-04/schema#", "type": "object"})


class Stack:
    """One stack of a test, changed by change sets and read back."""

    def __init__(self, aws: Clients, name: str) -> None:
        self.name = name
        self._cloudformation = aws.client("cloudformation")
        self._changes = 0

    def deploy(self, resources: dict[str, Any], outputs: dict[str, Any] | None = None) -> dict[str, str]:
        """Create or update the stack; gives its outputs."""
        kind = "UPDATE" if self._changes else "CREATE"
        self._cloudformation.execute_change_set(
            ChangeSetName=self.plan(resources, outputs, kind)["ChangeSetId"]
        )
        self._cloudformation.get_waiter(f"stack_{kind.lower()}_complete").wait(StackName=self.name)
        (stack,) = self._cloudformation.describe_stacks(StackName=self.name)["Stacks"]
        return {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])}

    def plan(self, resources: dict[str, Any], outputs: dict[str, Any] | None, kind: str) -> dict[str, Any]:
        self._changes += 1
        template = {
            "Resources": resources,
            "Outputs": {name: {"Value": value} for name, value in (outputs or {}).items()},
        }
        made = self._cloudformation.create_change_set(
            StackName=self.name,
            ChangeSetName=f"change-{self._changes}",
            ChangeSetType=kind,
            TemplateBody=json.dumps(template),
        )
        planned: dict[str, Any] = self._cloudformation.describe_change_set(ChangeSetName=made["Id"])
        return planned

    def failure(self, resources: dict[str, Any]) -> str:
        """Why a stack of these resources cannot be created."""
        self._cloudformation.execute_change_set(
            ChangeSetName=self.plan(resources, None, "CREATE")["ChangeSetId"]
        )
        events = self._cloudformation.describe_stack_events(StackName=self.name)["StackEvents"]
        return " ".join(
            event["ResourceStatusReason"] for event in events if event["ResourceStatus"] == "CREATE_FAILED"
        )

    def delete(self) -> None:
        self._cloudformation.delete_stack(StackName=self.name)
        self._cloudformation.get_waiter("stack_delete_complete").wait(
            StackName=self.name, WaiterConfig={"Delay": 0.05, "MaxAttempts": 200}
        )


@pytest.fixture
def stack(local_aws: Clients, request: pytest.FixtureRequest) -> Iterator[Stack]:
    made = Stack(
        local_aws, "t-" + "".join(c for c in request.node.name.replace("_", "-") if c.isalnum() or c == "-")
    )
    yield made
    made.delete()


def bus_named(name: str) -> dict[str, Any]:
    return {"Type": "AWS::Events::EventBus", "Properties": {"Name": name}}


def policy_of(statement_id: str, **properties: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::Events::EventBusPolicy",
        "Properties": {"EventBusName": {"Ref": "Bus"}, "StatementId": statement_id, **properties},
    }


def statements(aws: Clients, bus: str) -> list[dict[str, Any]]:
    policy = aws.client("events").describe_event_bus(Name=bus).get("Policy", '{"Statement": []}')
    found: list[dict[str, Any]] = json.loads(policy)["Statement"]
    return found


def archive_of(**properties: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::Events::Archive",
        "Properties": {"SourceArn": {"Fn::GetAtt": ["Bus", "Arn"]}, **properties},
    }


def schema_in(registry: Any, **properties: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::EventSchemas::Schema",
        "Properties": {
            "RegistryName": registry,
            "Type": "JSONSchemaDraft4",
            "Content": CONTENT,
            **properties,
        },
    }


def test_every_private_name_that_the_completion_needs_is_there() -> None:
    assert list(missing_hooks({name: importlib.import_module(name) for name in _HOOKS})) == []


def test_a_name_that_is_gone_or_takes_other_parameters_is_noticed() -> None:
    modules = {name: importlib.import_module(name) for name in _HOOKS}
    changed = ModuleType("ministack.services.eventbridge")
    changed.__dict__.update(vars(modules["ministack.services.eventbridge"]))
    del changed.__dict__["_archives"]
    changed.__dict__["_invoke_target"] = lambda event, target: None
    assert list(missing_hooks({**modules, "ministack.services.eventbridge": changed})) == [
        "ministack.services.eventbridge._archives",
        "ministack.services.eventbridge._invoke_target",
    ]


def test_a_bus_policy_is_put_changed_and_removed_by_its_stack(local_aws: Clients, stack: Stack) -> None:
    allowed = {"Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": "*"}
    bus = {"Bus": bus_named("policed")}
    outputs = stack.deploy({**bus, "Policy": policy_of("one", Statement=allowed)}, {"Id": {"Ref": "Policy"}})
    assert outputs["Id"] == "policed|one"
    assert statements(local_aws, "policed") == [{**allowed, "Sid": "one"}]

    denied = {**allowed, "Effect": "Deny"}
    stack.deploy(
        {**bus, "Policy": policy_of("one", Statement=denied), "Two": policy_of("two", Statement=allowed)}
    )
    assert sorted(each["Effect"] for each in statements(local_aws, "policed")) == ["Allow", "Deny"]

    stack.deploy({**bus, "Two": policy_of("two", Statement=allowed)})
    assert statements(local_aws, "policed") == [{**allowed, "Sid": "two"}]
    stack.deploy(bus)
    assert statements(local_aws, "policed") == []


def test_another_statement_id_replaces_a_bus_policy(local_aws: Clients, stack: Stack) -> None:
    bus = {"Bus": bus_named("replaced-policy")}
    stack.deploy({**bus, "Policy": policy_of("old", Principal="111122223333", Action="events:PutEvents")})
    changed = {**bus, "Policy": policy_of("new", Principal="111122223333", Action="events:PutEvents")}
    (change,) = stack.plan(changed, None, "UPDATE")["Changes"]
    assert change["ResourceChange"]["Replacement"] == "True"
    stack.deploy(changed)
    assert [each["Sid"] for each in statements(local_aws, "replaced-policy")] == ["new"]


def test_a_bus_policy_in_the_older_form_keeps_its_condition(local_aws: Clients, stack: Stack) -> None:
    organization = {"Type": "StringEquals", "Key": "aws:PrincipalOrgID", "Value": "o-1"}
    policy = policy_of("org", Principal="*", Action="events:PutEvents", Condition=organization)
    stack.deploy({"Bus": bus_named("organized"), "Policy": policy})
    (statement,) = statements(local_aws, "organized")
    assert statement["Condition"] == {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}
    assert statement["Resource"] == "arn:aws:events:us-east-1:000000000000:event-bus/organized"


def test_a_policy_for_a_bus_that_does_not_exist_fails_its_stack(stack: Stack) -> None:
    policy = policy_of("one", Statement={"Effect": "Allow"})
    policy["Properties"]["EventBusName"] = "nowhere"
    assert "Event bus nowhere does not exist" in stack.failure({"Policy": policy})


def test_an_archive_keeps_the_events_it_is_for(local_aws: Clients, stack: Stack) -> None:
    archive = archive_of(ArchiveName="kept", RetentionDays=7, EventPattern={"detail-type": ["Paid"]})
    outputs = stack.deploy(
        {"Bus": bus_named("archived"), "Archive": archive},
        {"Name": {"Ref": "Archive"}, "Arn": {"Fn::GetAtt": ["Archive", "Arn"]}},
    )
    assert outputs == {"Name": "kept", "Arn": "arn:aws:events:us-east-1:000000000000:archive/kept"}
    events = local_aws.client("events")
    entry = {"EventBusName": "archived", "Source": "shop", "Detail": "{}"}
    events.put_events(Entries=[{**entry, "DetailType": kind} for kind in ("Paid", "Shipped")])
    described = events.describe_archive(ArchiveName="kept")
    assert (described["EventCount"], described["RetentionDays"]) == (1, 7)


def test_an_archive_is_changed_in_place_and_replaced_under_another_name(
    local_aws: Clients, stack: Stack
) -> None:
    def names() -> list[str]:
        found = local_aws.client("events").list_archives(NamePrefix="arc-")["Archives"]
        return [archive["ArchiveName"] for archive in found]

    bus = {"Bus": bus_named("re-archived")}
    stack.deploy({**bus, "Archive": archive_of(ArchiveName="arc-1", RetentionDays=7)})
    stack.deploy(
        {**bus, "Archive": archive_of(ArchiveName="arc-1", RetentionDays="30", Description="longer")}
    )
    described = local_aws.client("events").describe_archive(ArchiveName="arc-1")
    assert (described["RetentionDays"], described["Description"]) == (30, "longer")
    stack.deploy({**bus, "Archive": archive_of(ArchiveName="arc-2")})
    assert names() == ["arc-2"]
    stack.deploy(bus)
    assert names() == []


def test_an_archive_without_a_name_gets_one_that_is_short_enough(stack: Stack) -> None:
    outputs = stack.deploy(
        {"Bus": bus_named("unnamed-archive"), "Archive": archive_of()}, {"Name": {"Ref": "Archive"}}
    )
    assert 0 < len(outputs["Name"]) <= 48


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"ArchiveName": "a" * 49}, "more than 48 characters"),
        ({"EventPattern": {"source": "a"}}, "Event pattern is not valid"),
        ({"SourceArn": "arn:aws:events:us-east-1:000000000000:event-bus/nowhere"}, "does not exist"),
    ],
)
def test_an_archive_that_aws_refuses_fails_its_stack(
    stack: Stack, properties: dict[str, Any], reason: str
) -> None:
    assert reason in stack.failure({"Bus": bus_named("refused-archive"), "Archive": archive_of(**properties)})


def test_a_registry_and_its_schema_are_made_and_removed_by_their_stack(
    local_aws: Clients, stack: Stack
) -> None:
    schemas = local_aws.client("schemas")
    tags = [{"Key": "note", "Value": "account-created"}]
    registry = {
        "Type": "AWS::EventSchemas::Registry",
        "Properties": {"RegistryName": "contracts", "Description": "ours", "Tags": tags},
    }
    attributes = {
        name: {"Fn::GetAtt": ["Schema", name]}
        for name in ("SchemaArn", "SchemaName", "SchemaVersion", "LastModified", "VersionCreatedDate")
    }
    outputs = stack.deploy(
        {
            "Registry": registry,
            "Schema": schema_in(
                {"Fn::GetAtt": ["Registry", "RegistryName"]}, SchemaName="com.shop@Paid", Tags=tags
            ),
        },
        {"RegistryRef": {"Ref": "Registry"}, "SchemaRef": {"Ref": "Schema"}, **attributes},
    )
    assert outputs["RegistryRef"] == "arn:aws:schemas:us-east-1:000000000000:registry/contracts"
    arn = "arn:aws:schemas:us-east-1:000000000000:schema/contracts/com.shop@Paid"
    assert (outputs["SchemaRef"], outputs["SchemaArn"], outputs["SchemaVersion"]) == (arn, arn, "1")
    described = schemas.describe_schema(RegistryName="contracts", SchemaName="com.shop@Paid")
    assert (described["Content"], described["Tags"]) == (CONTENT, {"note": "account-created"})
    assert schemas.describe_registry(RegistryName="contracts")["Description"] == "ours"

    stack.delete()
    assert schemas.list_registries(RegistryNamePrefix="contracts")["Registries"] == []


def test_another_content_makes_a_new_version_and_another_description_does_not(
    local_aws: Clients, stack: Stack
) -> None:
    registry = {"Type": "AWS::EventSchemas::Registry", "Properties": {"RegistryName": "versions"}}
    version = {"Version": {"Fn::GetAtt": ["Schema", "SchemaVersion"]}}

    def deployed(**properties: Any) -> str:
        schema = schema_in("versions", SchemaName="s", **properties)
        return stack.deploy({"Registry": registry, "Schema": {**schema, "DependsOn": "Registry"}}, version)[
            "Version"
        ]

    assert deployed() == "1"
    assert deployed(Description="clearer") == "1"
    assert deployed(Content='{"openapi": "3.0.0"}', Type="OpenApi3") == "2"
    found = local_aws.client("schemas").list_schema_versions(RegistryName="versions", SchemaName="s")
    assert [each["SchemaVersion"] for each in found["SchemaVersions"]] == ["2", "1"]
    first = local_aws.client("schemas").describe_schema(
        RegistryName="versions", SchemaName="s", SchemaVersion="1"
    )
    assert (first["Content"], first["Description"]) == (CONTENT, "clearer")


def test_a_renamed_schema_is_a_replacement(local_aws: Clients, stack: Stack) -> None:
    registry = {"Type": "AWS::EventSchemas::Registry", "Properties": {"RegistryName": "renaming"}}
    for name in ("before", "after"):
        schema = {**schema_in("renaming", SchemaName=name), "DependsOn": "Registry"}
        stack.deploy({"Registry": registry, "Schema": schema})
    found = local_aws.client("schemas").list_schemas(RegistryName="renaming")["Schemas"]
    assert [each["SchemaName"] for each in found] == ["after"]


def test_a_schema_in_no_registry_fails_its_stack(stack: Stack) -> None:
    assert "Registry nowhere does not exist" in stack.failure(
        {"Schema": schema_in("nowhere", SchemaName="s")}
    )


def test_the_schemas_api_answers_as_the_client_library_expects(local_aws: Clients) -> None:
    schemas = local_aws.client("schemas")
    schemas.create_registry(RegistryName="api", Description="first", Tags={"team": "a"})
    assert schemas.update_registry(RegistryName="api", Description="second")["Tags"] == {"team": "a"}
    for name in ("Paid", "Refunded", "Shipped"):
        schemas.create_schema(RegistryName="api", SchemaName=name, Type="JSONSchemaDraft4", Content=CONTENT)
    updated = schemas.update_schema(
        RegistryName="api", SchemaName="Paid", Type="JSONSchemaDraft4", Content='{"title": "amount"}'
    )
    assert updated["SchemaVersion"] == "2"

    pages = schemas.get_paginator("list_schemas").paginate(
        RegistryName="api", PaginationConfig={"PageSize": 2}
    )
    listed = [(each["SchemaName"], each["VersionCount"]) for page in pages for each in page["Schemas"]]
    assert listed == [("Paid", 2), ("Refunded", 1), ("Shipped", 1)]
    prefixed = schemas.list_schemas(RegistryName="api", SchemaNamePrefix="Re")["Schemas"]
    assert [each["SchemaName"] for each in prefixed] == ["Refunded"]
    (hit,) = schemas.search_schemas(RegistryName="api", Keywords="amount paid")["Schemas"]
    assert (hit["SchemaName"], len(hit["SchemaVersions"])) == ("Paid", 2)

    with pytest.raises(schemas.exceptions.BadRequestException, match="still has schemas"):
        schemas.delete_registry(RegistryName="api")
    for name in ("Paid", "Refunded", "Shipped"):
        schemas.delete_schema(RegistryName="api", SchemaName=name)
    schemas.delete_registry(RegistryName="api")
    with pytest.raises(schemas.exceptions.NotFoundException, match="api does not exist"):
        schemas.describe_registry(RegistryName="api")


def test_the_schemas_api_refuses_what_aws_refuses(local_aws: Clients) -> None:
    schemas = local_aws.client("schemas")
    schemas.create_registry(RegistryName="strict")
    schema = {"RegistryName": "strict", "SchemaName": "s", "Type": "OpenApi3", "Content": "{}"}
    schemas.create_schema(**schema)
    with pytest.raises(schemas.exceptions.ConflictException):
        schemas.create_registry(RegistryName="strict")
    with pytest.raises(schemas.exceptions.ConflictException):
        schemas.create_schema(**schema)
    for wrong in ({"Content": "{"}, {"Content": "[]"}, {"Type": "Avro"}, {"SchemaName": "a b"}):
        with pytest.raises(schemas.exceptions.BadRequestException):
            schemas.create_schema(**{**schema, "SchemaName": "other", **wrong})
    with pytest.raises(schemas.exceptions.NotFoundException, match="no version 9"):
        schemas.describe_schema(RegistryName="strict", SchemaName="s", SchemaVersion="9")


@pytest.mark.parametrize("ending", ["", ":*"])
def test_a_rule_writes_its_events_to_a_log_group(local_aws: Clients, stack: Stack, ending: str) -> None:
    group = f"/aws/events/audit{len(ending)}"
    target = {"Fn::Sub": f"arn:aws:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:{group}{ending}"}
    bus = f"audited{len(ending)}"
    stack.deploy(
        {
            "Bus": bus_named(bus),
            "Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": group}},
            "Rule": {
                "Type": "AWS::Events::Rule",
                "Properties": {
                    "EventBusName": {"Ref": "Bus"},
                    "EventPattern": {"source": ["shop"]},
                    "Targets": [
                        {"Id": "gone", "Arn": f"arn:aws:logs:us-east-1:000000000000:log-group:no{group}"},
                        {"Id": "log", "Arn": target},
                    ],
                },
            },
        }
    )
    detail = {"amount": 49.0, "name": "<b>Zoë</b> ☃"}
    event = {"EventBusName": bus, "Source": "shop", "DetailType": "Paid", "Detail": json.dumps(detail)}
    put = local_aws.client("events").put_events(Entries=[event, {**event, "Source": "other"}])
    (logged,) = local_aws.client("logs").filter_log_events(logGroupName=group)["events"]
    message = json.loads(logged["message"])
    assert (message["detail-type"], message["detail"]) == ("Paid", detail)
    assert message["id"] == put["Entries"][0]["EventId"]


def test_a_schedule_puts_the_event_it_describes_on_its_bus(local_aws: Clients, stack: Stack) -> None:
    outputs = stack.deploy(
        {
            "Bus": bus_named("scheduled"),
            "Queue": {"Type": "AWS::SQS::Queue"},
            "Rule": {
                "Type": "AWS::Events::Rule",
                "Properties": {
                    "EventBusName": {"Ref": "Bus"},
                    "EventPattern": {"source": ["shop"], "detail-type": ["Period Ended"]},
                    "Targets": [{"Id": "queue", "Arn": {"Fn::GetAtt": ["Queue", "Arn"]}}],
                },
            },
            "Schedule": {
                "Type": "AWS::Scheduler::Schedule",
                "Properties": {
                    "ScheduleExpression": "at(2020-01-01T00:00:00)",
                    "FlexibleTimeWindow": {"Mode": "OFF"},
                    "Target": {
                        "Arn": {"Fn::GetAtt": ["Bus", "Arn"]},
                        "RoleArn": "arn:aws:iam::000000000000:role/scheduler",
                        "EventBridgeParameters": {"Source": "shop", "DetailType": "Period Ended"},
                        "Input": '{"period": "2020"}',
                    },
                },
            },
        },
        {"Queue": {"Ref": "Queue"}},
    )
    received = local_aws.client("sqs").receive_message(QueueUrl=outputs["Queue"], WaitTimeSeconds=10)
    (message,) = received["Messages"]
    assert json.loads(message["Body"])["detail"] == {"period": "2020"}


def test_an_alarm_on_a_calculation_is_made_changed_and_removed(stack: Stack, local_aws: Clients) -> None:
    failed = {"Namespace": "AWS/States", "MetricName": "ExecutionsFailed"}
    queries = [
        {"Id": "total", "Expression": "FILL(m0,0)"},
        {"Id": "m0", "ReturnData": False, "MetricStat": {"Metric": failed, "Period": 300, "Stat": "Sum"}},
    ]

    def alarm(threshold: int) -> dict[str, Any]:
        properties = {
            "AlarmName": "t-calculated",
            "ComparisonOperator": "GreaterThanThreshold",
            "EvaluationPeriods": 1,
            "Threshold": threshold,
            "Metrics": queries,
        }
        return {"Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}}

    cloudwatch = local_aws.client("cloudwatch")
    for threshold in (0, 5):
        stack.deploy(alarm(threshold))
        (found,) = cloudwatch.describe_alarms(AlarmNames=["t-calculated"])["MetricAlarms"]
        assert found["Threshold"] == threshold
