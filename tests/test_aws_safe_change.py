"""Changing what is deployed: what breaks or is lost is refused, what was reviewed is applied, what was good returns."""

import copy
import dataclasses
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from anycompany.aws import turn as turns
from anycompany.aws.change_sets import fresh_name
from anycompany.aws.deploy import Allowed, Deployed, DeployError, apply
from anycompany.aws.deployed import physical_ids, state_of
from anycompany.aws.destroy import destroy
from anycompany.aws.drift import drift
from anycompany.aws.errors import AwsError
from anycompany.aws.following import Progress
from anycompany.aws.ledger import path_of
from anycompany.aws.plan import plan
from anycompany.aws.reviewed import execute
from anycompany.aws.rollback import last_good, roll_back
from anycompany.aws.session import Clients, Target, connect, refuse_other_account
from anycompany.aws.turn import Turn, taking_turn
from anycompany.stacks.protection import KEEPS
from anycompany.stacks.stack import Stack
from anycompany.stacks.synth import synth, template_body
from anycompany.storm.model import Storm
from tests.aws_inventory import inventory, on_bus
from tests.storms import EXAMPLE, load

BUS = "safe-bus"
BILLING, SECURITY = "safe-service-billing", "safe-listeners-security"
STORM = on_bus(load(EXAMPLE), "safe")


def stacks_of(storm: Storm) -> tuple[Stack, ...]:
    return synth(storm).stacks


def hears_more(storm: Storm) -> Storm:
    return storm.change("policies", "settle-payment", when=["payment-attempted", "account-created"])


def breaks(storm: Storm) -> Storm:
    fields = {n: f for n, f in storm.contracts["account-created"].fields_.items() if n != "email"}
    return storm.change("contracts", "account-created", fields=fields)


def with_resource(stacks: tuple[Stack, ...], name: str, **resources: Any) -> tuple[Stack, ...]:
    """The stacks, the named one with these resources, or without where they are None."""
    template = copy.deepcopy(next(stack.template for stack in stacks if stack.name == name))
    for logical, resource in resources.items():
        if resource is None:
            del template["Resources"][logical]
        else:
            template["Resources"][logical] = resource
    return tuple(dataclasses.replace(s, template=template) if s.name == name else s for s in stacks)


def parameter(name: str, value: str = "x") -> dict[str, Any]:
    return {"Type": "AWS::SSM::Parameter", "Properties": {"Name": name, "Type": "String", "Value": value}}


@pytest.fixture
def deployed(local_aws: Clients) -> Iterator[tuple[Stack, ...]]:
    """The worked example on a bus of its own, deployed; removed afterwards, whatever became of it."""
    stacks = stacks_of(STORM)
    before = inventory(local_aws)
    apply(local_aws, stacks)
    yield stacks
    destroy(local_aws, stacks, allow_loss=True)
    assert inventory(local_aws) == before


def actions(done: Deployed) -> dict[str, str]:
    return {name: action for name, action in done.actions.items() if action != "unchanged"}


# -- the plan, by its meaning


def test_a_plan_says_what_a_rule_hears_and_names_what_is_replaced_or_deleted(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    rows = {change.resource: change for change in plan(local_aws, stacks_of(hears_more(STORM))).all}
    assert 'rule also hears detail-type "account-created"' in rows["RuleSettlePayment"].means
    assert not rows["RuleSettlePayment"].grave

    archive = next(s for s in deployed if s.name == BUS).template["Resources"]["Archive"]
    renamed = copy.deepcopy(archive)
    renamed["Properties"]["ArchiveName"] = "another"
    other = with_resource(deployed, BUS, Archive=renamed, Registry=None)
    rows = {change.resource: change for change in plan(local_aws, other).all}
    assert rows["Registry"].action == "delete" and rows["Registry"].grave
    assert rows["Registry"].means[0].startswith("it is DELETED, and the contracts")
    assert rows["Archive"].grave
    assert rows["Archive"].means[0] == "it is REPLACED by a new one, and the archived events lost"


def test_a_plan_of_what_is_deployed_asks_next_to_nothing_and_still_sees_every_change(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    asked: list[str] = []

    def count(model: Any, **_: Any) -> None:
        asked.append(model.name)

    for service in ("cloudformation", "ssm"):
        local_aws.client(service).meta.events.register("before-call", count)
    try:
        assert not plan(local_aws, deployed).changes
    finally:
        for service in ("cloudformation", "ssm"):
            local_aws.client(service).meta.events.unregister("before-call", count)
    assert len(asked) == 2
    billing = next(stack for stack in deployed if stack.name == BILLING)
    local_aws.client("cloudformation").update_stack(
        StackName=BILLING,
        TemplateBody=template_body(
            with_resource(deployed, BILLING, More=parameter("/safe/more"))[deployed.index(billing)]
        ),
        Capabilities=["CAPABILITY_IAM"],
        Tags=[{"Key": "anycompany:storm", "Value": "safe"}],
    )
    [row] = [row for row in plan(local_aws, deployed).all if row.action != "none"]
    assert (row.stack, row.resource, row.action) == (BILLING, "More", "delete")


# -- what breaks, and what is lost


def test_a_contract_that_breaks_its_hearers_is_deployed_only_when_that_is_allowed(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    broken = stacks_of(breaks(STORM))
    planned = plan(local_aws, broken)
    assert {one.contract for one in planned.breaks} == {"contracts/account-created"}
    assert "listeners/everything" in planned.breaks[0].consumers
    with pytest.raises(AwsError, match=r"Nothing was deployed.*account-created.*email.*--allow-breaking"):
        apply(local_aws, broken)
    assert not plan(local_aws, deployed).changes
    done = apply(local_aws, broken, allowed=Allowed(breaking=True))
    assert actions(done)["safe-contracts-customer"] == "updated"
    assert not plan(local_aws, broken).changes


def test_a_contract_with_one_more_field_breaks_nobody(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    fields = STORM.contracts["account-created"].fields_
    more = STORM.change("contracts", "account-created", fields={**fields, "country": fields["plan"]})
    assert plan(local_aws, stacks_of(more)).breaks == ()
    assert actions(apply(local_aws, stacks_of(more)))["safe-contracts-customer"] == "updated"


def test_protected_stacks_lose_nothing_without_a_word(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    assert not apply(local_aws, deployed, protected=True).changed
    cloudformation = local_aws.client("cloudformation")
    for name in (BUS, SECURITY):
        assert state_of(local_aws, name).protected
        policy = json.loads(cloudformation.get_stack_policy(StackName=name)["StackPolicyBody"])
        [deny] = [one for one in policy["Statement"] if one["Effect"] == "Deny"]
        assert deny["Condition"]["StringEquals"]["ResourceType"] == sorted(KEEPS)

    lossy = with_resource(deployed, BUS, Archive=None)
    assert "Archive of safe-bus" in plan(local_aws, lossy).losses[0]
    with pytest.raises(AwsError, match=r"protected stacks would lose.*archived events.*--allow-loss"):
        apply(local_aws, lossy)
    fewer = [stack for stack in deployed if stack.name != SECURITY]
    with pytest.raises(AwsError, match=f"{SECURITY} would be deleted"):
        apply(local_aws, fewer, prune=True)
    left = dict(destroy(local_aws, deployed).left)
    assert "--allow-loss" in left[SECURITY] and "It is needed by" in left[BUS]
    assert state_of(local_aws, BUS).exists

    apply(local_aws, deployed)
    assert actions(apply(local_aws, lossy, allowed=Allowed(loss=True))) == {BUS: "updated"}
    policy = json.loads(cloudformation.get_stack_policy(StackName=BUS)["StackPolicyBody"])
    assert any(one["Effect"] == "Deny" for one in policy["Statement"])
    assert apply(local_aws, fewer, prune=True, allowed=Allowed(loss=True)).actions[SECURITY] == "deleted"


# -- drift


def test_what_somebody_changed_by_hand_is_told(local_aws: Clients, deployed: tuple[Stack, ...]) -> None:
    assert drift(local_aws, {stack.name: False for stack in deployed}) == ()
    resources = local_aws.client("cloudformation").list_stack_resources(StackName=SECURITY)
    [queue] = [r for r in resources["StackResourceSummaries"] if r["LogicalResourceId"] == "DeadLetters"]
    local_aws.client("sqs").set_queue_attributes(
        QueueUrl=queue["PhysicalResourceId"], Attributes={"MessageRetentionPeriod": "60"}
    )
    [found] = plan(local_aws, deployed, drift=True).drifted
    assert (found.stack, found.resource) == (SECURITY, "DeadLetters")
    assert "1209600 → 60" in found.what


def test_where_nobody_can_look_for_drift_that_is_said_and_nothing_fails(local_aws: Clients) -> None:
    [said] = drift(local_aws, {"no-such-stack": False})
    assert said.resource == "" and "Nobody looked for drift" in str(said)


# -- change sets that are kept for review


def test_what_was_reviewed_is_applied_whatever_the_storm_says_now(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    name = fresh_name()
    planned = plan(local_aws, stacks_of(hears_more(STORM)), keep=name)
    assert planned.kept == name
    assert not plan(local_aws, deployed).changes
    done = execute(local_aws, deployed, name)
    assert actions(done) == {BILLING: "updated"}
    assert not plan(local_aws, stacks_of(hears_more(STORM))).changes
    with pytest.raises(AwsError, match=r"were executed already|No change set is named"):
        execute(local_aws, deployed, name)


def test_what_was_reviewed_is_refused_once_the_stack_was_changed(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    name = fresh_name()
    plan(local_aws, stacks_of(hears_more(STORM)), keep=name)
    between = with_resource(deployed, BILLING, More=parameter("/safe/more"))
    apply(local_aws, between)
    with pytest.raises(AwsError, match=r"was changed since|No change set is named"):
        execute(local_aws, deployed, name)
    assert not plan(local_aws, between).changes
    with pytest.raises(AwsError, match="No change set is named"):
        execute(local_aws, deployed, "never-made")


def test_reviewed_change_sets_that_were_applied_in_part_are_applied_to_the_end(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    name = fresh_name()
    wanted = with_resource(stacks_of(hears_more(STORM)), SECURITY, Taken=parameter("/safe/in-the-way"))
    plan(local_aws, wanted, keep=name)
    cloudformation = local_aws.client("cloudformation")
    cloudformation.execute_change_set(StackName=BILLING, ChangeSetName=name)
    assert actions(execute(local_aws, deployed, name)) == {SECURITY: "updated"}
    assert not plan(local_aws, wanted).changes
    with pytest.raises(AwsError, match=r"were executed already"):
        execute(local_aws, deployed, name)


def test_a_reviewed_change_that_breaks_or_loses_has_to_be_allowed_too(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    apply(local_aws, deployed, protected=True)
    name = fresh_name()
    plan(local_aws, with_resource(stacks_of(breaks(STORM)), BUS, Archive=None), keep=name)
    with pytest.raises(AwsError, match="--allow-breaking"):
        execute(local_aws, deployed, name)
    with pytest.raises(AwsError, match="--allow-loss"):
        execute(local_aws, deployed, name, allowed=Allowed(breaking=True))
    done = execute(local_aws, deployed, name, allowed=Allowed(breaking=True, loss=True))
    assert actions(done).items() >= {(BUS, "updated"), ("safe-contracts-customer", "updated")}


def test_the_change_set_of_a_bus_that_is_not_there_is_kept_and_those_that_need_it_say_so(
    local_aws: Clients,
) -> None:
    before = inventory(local_aws)
    stacks, name = stacks_of(STORM), fresh_name()
    planned = plan(local_aws, stacks, keep=name)
    assert planned.kept == name
    assert "Deploy the bus first" in dict(planned.not_kept)[BILLING]
    assert execute(local_aws, stacks, name).actions[BUS] == "created"
    destroy(local_aws, stacks)
    assert inventory(local_aws) == before


# -- going back


def test_the_last_good_storm_comes_back_with_stacks_that_came_and_went(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    fewer = [stack for stack in stacks_of(hears_more(STORM)) if stack.name != SECURITY]
    apply(local_aws, fewer, prune=True)
    good = last_good(local_aws, deployed)
    assert {change.stack for change in good.plan.all if change.action != "none"} == {BILLING, SECURITY}
    done = roll_back(local_aws, good)
    assert actions(done) == {BILLING: "updated", SECURITY: "created"}
    assert not plan(local_aws, deployed).changes
    with pytest.raises(AwsError, match="no earlier deployment"):
        last_good(local_aws, deployed)


def test_after_a_deployment_that_failed_the_last_whole_one_comes_back(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    taken = with_resource(stacks_of(hears_more(STORM)), SECURITY, Taken=parameter("/safe/event-bus/arn"))
    with pytest.raises(DeployError, match=r"Done: .*safe-service-billing \(updated\)"):
        apply(local_aws, taken)
    assert plan(local_aws, deployed).changes
    roll_back(local_aws, last_good(local_aws, deployed))
    assert not plan(local_aws, deployed).changes


def test_where_nothing_was_kept_or_it_is_damaged_that_is_said(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    apply(local_aws, stacks_of(hears_more(STORM)))
    ssm = local_aws.client("ssm")
    for page in ssm.get_paginator("get_parameters_by_path").paginate(
        Path=path_of("safe", "deployed"), Recursive=True
    ):
        for kept in page["Parameters"]:
            ssm.put_parameter(Name=kept["Name"], Value="{not base 85", Overwrite=True)
    with pytest.raises(AwsError, match=r"is damaged\. Deploy the storm as it was then"):
        last_good(local_aws, deployed)
    ssm.put_parameter(Name=path_of("safe", "deployed"), Value='["nonsense"]', Overwrite=True)
    with pytest.raises(AwsError, match="Nothing was kept to go back to"):
        last_good(local_aws, deployed)
    assert plan(local_aws, deployed).changes


# -- taking turns


def test_the_second_who_deploys_is_told_who_is_at_it(local_aws: Clients, deployed: tuple[Stack, ...]) -> None:
    other = stacks_of(hears_more(STORM))
    with taking_turn(local_aws, "safe", "deploy"):
        for attempt in (apply, destroy):
            with pytest.raises(
                AwsError, match=rf"Somebody else is changing.*{turns.person()}.*{os.getpid()}"
            ):
                attempt(local_aws, other)
        assert turns.person() in plan(local_aws, other).turn
    assert actions(apply(local_aws, other)) == {BILLING: "updated"}


def a_turn(**told: Any) -> str:
    now = datetime.now(UTC)
    said = {"by": "ada@there", "does": "deploy", "host": "there", "process": 1, "token": "t"}
    times = {"since": now.isoformat(), "until": (now + timedelta(minutes=3)).isoformat()}
    return json.dumps(said | times | told)


def dead_process() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


@pytest.mark.parametrize(
    "left",
    [
        a_turn(until=(datetime.now(UTC) - timedelta(seconds=1)).isoformat()),
        a_turn(host=turns.socket.gethostname(), process=dead_process()),
        a_turn(host=turns.socket.gethostname(), process=os.getpid()),
        "nonsense",
        '{"by": 1}',
    ],
)
def test_a_turn_that_was_never_ended_is_taken_over(
    local_aws: Clients, deployed: tuple[Stack, ...], left: str
) -> None:
    name = path_of("safe", "deploying")
    local_aws.client("ssm").put_parameter(Name=name, Value=left, Type="String")
    assert actions(apply(local_aws, stacks_of(hears_more(STORM)))) == {BILLING: "updated"}
    assert local_aws.client("ssm").get_parameters(Names=[name])["Parameters"] == []


def test_somebody_on_another_machine_is_waited_for(local_aws: Clients, deployed: tuple[Stack, ...]) -> None:
    name = path_of("safe", "deploying")
    local_aws.client("ssm").put_parameter(Name=name, Value=a_turn(), Type="String")
    with pytest.raises(AwsError, match=r"ada@there.*its turn ends at 2"):
        apply(local_aws, deployed)
    local_aws.client("ssm").delete_parameter(Name=name)
    assert Turn(**json.loads(a_turn())).over is False


def test_of_two_who_begin_at_once_one_deploys_and_the_other_is_told(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    ends: list[object] = []
    start = threading.Barrier(2)

    def deploy() -> None:
        start.wait()
        try:
            ends.append(apply(local_aws, stacks_of(hears_more(STORM))))
        except AwsError as error:
            ends.append(str(error))

    threads = [threading.Thread(target=deploy) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = [end for end in ends if isinstance(end, str)]
    assert len(told) <= 1 and all("Somebody else is changing" in one for one in told)
    assert not plan(local_aws, stacks_of(hears_more(STORM))).changes


# -- going on


def slow(seconds: int) -> str:
    """A template that takes so long to be made, and then fails."""
    wait = {"Handle": {"Ref": "Handle"}, "Timeout": str(seconds), "Count": 1}
    return json.dumps(
        {
            "Resources": {
                "Handle": {"Type": "AWS::CloudFormation::WaitConditionHandle"},
                "Wait": {"Type": "AWS::CloudFormation::WaitCondition", "Properties": wait},
            }
        }
    )


def test_a_stack_that_is_under_way_is_waited_for_and_one_that_never_worked_is_made_anew(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    destroy(local_aws, deployed)
    local_aws.client("cloudformation").create_stack(
        StackName=BILLING, TemplateBody=slow(1), Tags=[{"Key": "anycompany:storm", "Value": "safe"}]
    )
    assert state_of(local_aws, BILLING).in_progress
    (row, *_) = [row for row in plan(local_aws, deployed).rows() if row["stack"] == BILLING]
    assert row["action"] == "wait" and "CREATE_IN_PROGRESS" in row["details"]
    news: list[Progress] = []
    done = apply(local_aws, deployed, progress=news.append)
    assert set(done.actions.values()) == {"created"}
    assert any(item.stack == BILLING and item.status == "ROLLBACK_COMPLETE" for item in news)


def test_an_update_that_stopped_halfway_is_rolled_back_first(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    broken = with_resource(deployed, BILLING, Taken=parameter("/safe/event-bus/arn"))
    local_aws.client("cloudformation").update_stack(
        StackName=BILLING,
        TemplateBody=template_body(next(stack for stack in broken if stack.name == BILLING)),
        Capabilities=["CAPABILITY_IAM"],
        Tags=[{"Key": "anycompany:storm", "Value": "safe"}],
        DisableRollback=True,
    )
    state = state_of(local_aws, BILLING)
    assert state.status == "UPDATE_FAILED"
    (row, *_) = [row for row in plan(local_aws, deployed).rows() if row["stack"] == BILLING]
    assert row["action"] == "roll-back" and "a deploy first rolls it back" in row["details"]
    apply(local_aws, stacks_of(hears_more(STORM)))
    assert state_of(local_aws, BILLING).healthy


NETWORK = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.9.0.0/16"}}


def doomed(stacks: tuple[Stack, ...], name: str, after: str, **resources: Any) -> dict[str, Any]:
    """What CloudFormation is told so that it makes the resource named, and fails a second later."""
    handle = {"Type": "AWS::CloudFormation::WaitConditionHandle"}
    wait = {
        "Type": "AWS::CloudFormation::WaitCondition",
        "DependsOn": after,
        "Properties": {"Handle": {"Ref": "Handle"}, "Timeout": "1", "Count": 1},
    }
    made = with_resource(stacks, name, Handle=handle, Wait=wait, **resources)
    return {
        "StackName": name,
        "TemplateBody": template_body(next(stack for stack in made if stack.name == name)),
        "Capabilities": ["CAPABILITY_IAM"],
        "Tags": [{"Key": "anycompany:storm", "Value": "safe"}],
    }


def meanwhile(clients: Clients, stack: str, resource: str, do: Callable[[str], Any]) -> str:
    """Do something to a resource once it is made or updated; the status that the stack ends with."""
    cloudformation = clients.client("cloudformation")
    while not any(
        one["LogicalResourceId"] == resource and one["ResourceStatus"].endswith("_COMPLETE")
        for one in cloudformation.describe_stack_events(StackName=stack)["StackEvents"][:30]
        if state_of(clients, stack).in_progress
    ):
        time.sleep(0.02)
    do(physical_ids(clients, stack)[resource])
    while state_of(clients, stack).in_progress:
        time.sleep(0.05)
    return state_of(clients, stack).status


def test_a_stack_that_could_neither_be_made_nor_rolled_back_is_deleted_and_made_anew(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    destroy(local_aws, deployed)
    apply(local_aws, [stack for stack in deployed if stack.name != BILLING], whole=False)
    ec2, told = local_aws.client("ec2"), doomed(deployed, BILLING, "Network", Network=NETWORK)
    local_aws.client("cloudformation").create_stack(**told)
    status = meanwhile(
        local_aws, BILLING, "Network", lambda vpc: ec2.create_subnet(VpcId=vpc, CidrBlock="10.9.1.0/24")
    )
    assert status == "ROLLBACK_FAILED"
    (row, *_) = [row for row in plan(local_aws, deployed).rows() if row["stack"] == BILLING]
    assert row["action"] == "delete-stuck" and "ROLLBACK_FAILED" in row["details"]
    assert actions(apply(local_aws, deployed)) == {BILLING: "created"}


def test_an_update_that_could_not_be_rolled_back_is_continued_and_says_what_resists(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    events = local_aws.client("events")
    archive = copy.deepcopy(next(s for s in deployed if s.name == BUS).template["Resources"]["Archive"])
    archive["Properties"]["RetentionDays"] = 77
    local_aws.client("cloudformation").update_stack(**doomed(deployed, BUS, "Archive", Archive=archive))
    status = meanwhile(local_aws, BUS, "Archive", lambda _: events.delete_archive(ArchiveName="safe"))
    assert status == "UPDATE_ROLLBACK_FAILED"
    (row, *_) = [row for row in plan(local_aws, deployed).rows() if row["stack"] == BUS]
    assert row["action"] == "roll-back" and "UPDATE_ROLLBACK_FAILED" in row["details"]
    with pytest.raises(DeployError, match=r"Rolling it back failed.*--resources-to-skip Archive"):
        apply(local_aws, deployed)
    arn = state_of(local_aws, BUS).outputs["EventBusArn"]
    events.create_archive(ArchiveName="safe", EventSourceArn=arn)
    assert actions(apply(local_aws, stacks_of(hears_more(STORM)))) == {BILLING: "updated"}
    assert state_of(local_aws, BUS).status == "UPDATE_ROLLBACK_COMPLETE"


def test_a_stack_that_could_not_be_deleted_says_what_resists_and_is_made_anew_once_that_is_gone(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    apply(local_aws, with_resource(deployed, BILLING, Network=NETWORK))
    ec2 = local_aws.client("ec2")
    vpc = physical_ids(local_aws, BILLING)["Network"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.9.1.0/24")["Subnet"]["SubnetId"]
    left = dict(destroy(local_aws, deployed).left)
    assert "delete-stack --stack-name safe-service-billing" in left[BILLING]
    assert "--retain-resources Network" in left[BILLING]
    assert state_of(local_aws, BILLING).status == "DELETE_FAILED"
    (row, *_) = [row for row in plan(local_aws, deployed).rows() if row["stack"] == BILLING]
    assert row["action"] == "delete-stuck" and "DELETE_FAILED" in row["details"]
    with pytest.raises(DeployError, match=r"Deleting it failed.*Network.*--retain-resources Network"):
        apply(local_aws, deployed)
    ec2.delete_subnet(SubnetId=subnet)
    assert actions(apply(local_aws, deployed)) == {BILLING: "created"}


def test_ctrl_c_anywhere_is_told_and_the_next_run_goes_on(
    local_aws: Clients, deployed: tuple[Stack, ...]
) -> None:
    changed = stacks_of(hears_more(STORM))
    cloudformation, ssm = local_aws.client("cloudformation"), local_aws.client("ssm")
    calls = [
        (cloudformation, "DescribeStacks"),
        (ssm, "PutParameter"),
        (ssm, "GetParameters"),
        (ssm, "DeleteParameters"),
    ]
    for client, call in calls:

        def press(**_: Any) -> None:
            raise KeyboardInterrupt

        client.meta.events.register(f"before-call.*.{call}", press)
        try:
            with pytest.raises(AwsError, match="Stopped"):
                apply(local_aws, changed)
        finally:
            client.meta.events.unregister(f"before-call.*.{call}", press)
    apply(local_aws, changed)
    assert not plan(local_aws, changed).changes


# -- accounts


def test_another_account_than_the_credentials_is_refused_before_anything_is_done(local_aws: Clients) -> None:
    wrong = connect(Target("local", account="123456789012"))
    with pytest.raises(
        AwsError, match="those of account 000000000000, not of 123456789012; nothing was done"
    ):
        refuse_other_account(wrong)
    refuse_other_account(connect(Target("local", account="000000000000")))
    refuse_other_account(local_aws)


@pytest.mark.parametrize("account", ["1234", "12345678901a", "", "123456789012\n"])
def test_what_is_no_account_is_refused(account: str) -> None:
    with pytest.raises(AwsError, match="is not an AWS account"):
        Target("aws", region="eu-central-1", account=account)
