"""Stacks are planned, deployed, changed, and removed without a trace, on real endpoints."""

import copy
import dataclasses
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from anycompany.aws.bucket import name_of_bucket, over_tls_only
from anycompany.aws.deploy import DeployError, apply
from anycompany.aws.deployed import StackState, describe_deployed, physical_ids, state_of, storm_tag_of
from anycompany.aws.destroy import destroy
from anycompany.aws.errors import AwsError
from anycompany.aws.following import Progress
from anycompany.aws.plan import plan
from anycompany.aws.remedies import refuse_unless_ours, remedy_for
from anycompany.aws.session import Clients, Identity, Target, connect
from anycompany.aws.waves import in_waves
from anycompany.stacks.stack import LARGEST_TEMPLATE, LARGEST_TEMPLATE_BODY, Stack
from anycompany.stacks.synth import synth, template_body
from tests.aws_inventory import inventory, resources
from tests.storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of

SERVICE, LISTENERS = "anycompany-service-billing", "anycompany-listeners-security"


@pytest.fixture
def stacks(local_aws: Clients) -> Iterator[tuple[Stack, ...]]:
    """The stacks of the worked example, none deployed; whatever a test deploys of them is removed."""
    made = synth(load(EXAMPLE)).stacks
    before = inventory(local_aws)
    yield made
    destroy(local_aws, made)
    assert inventory(local_aws) == before


def changed(stacks: tuple[Stack, ...], name: str, **resources: dict[str, object]) -> tuple[Stack, ...]:
    """The stacks, with these resources added to the named one."""
    template = copy.deepcopy(next(stack.template for stack in stacks if stack.name == name))
    template["Resources"] |= resources
    return tuple(
        dataclasses.replace(stack, template=template) if stack.name == name else stack for stack in stacks
    )


def taken_parameter(name: str) -> dict[str, object]:
    return {
        "Type": "AWS::SSM::Parameter",
        "Metadata": {"AnyCompany": {"Note": "policies/take-payment"}},
        "Properties": {"Name": name, "Type": "String", "Value": "x"},
    }


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_a_storm_is_planned_deployed_left_alone_when_run_again_and_removed(
    local_aws: Clients, path: Path
) -> None:
    before = inventory(local_aws)
    stacks = synth(load(path)).stacks

    first = plan(local_aws, stacks)
    assert first.changes
    assert {row["action"] for row in first.rows()} == {"create"}
    assert len(first.rows()) == resources(stacks)
    assert all(row["note"] for row in first.rows())
    assert inventory(local_aws) == before

    deployed = apply(local_aws, stacks)
    assert set(deployed.actions.values()) == {"created"}
    assert all(state.healthy and state.storm for state in deployed.states)

    assert {row["action"] for row in plan(local_aws, stacks).rows()} == {"none"}
    again = apply(local_aws, stacks)
    assert not again.changed
    assert again.states == deployed.states

    destroyed = destroy(local_aws, stacks)
    large = any(len(template_body(stack).encode()) > LARGEST_TEMPLATE_BODY for stack in stacks)
    assert set(destroyed.removed) == {stack.name for stack in stacks} | (
        {own_bucket(stacks)} if large else set()
    )
    assert destroyed.left == ()
    assert inventory(local_aws) == before


def test_a_storm_of_hostile_texts_is_deployed_and_removed(local_aws: Clients) -> None:
    before = inventory(local_aws)
    stacks = synth(storm_of(HOSTILE_TEXTS)).stacks
    assert set(apply(local_aws, stacks).actions.values()) == {"created"}
    assert destroy(local_aws, stacks).left == ()
    assert inventory(local_aws) == before


def test_what_is_deployed_is_told_with_its_outputs(local_aws: Clients, stacks: tuple[Stack, ...]) -> None:
    assert {state.row()["status"] for state in describe_deployed(local_aws, stacks)} == {"not deployed"}
    bus = apply(local_aws, stacks[:1]).states[0]
    assert describe_deployed(local_aws, stacks)[0] == bus
    assert (bus.status, bus.outputs["EventBusName"]) == ("CREATE_COMPLETE", "anycompany")
    assert bus.changed


def test_a_change_is_planned_with_note_and_property_and_made_in_its_stack_only(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    apply(local_aws, stacks)
    storm = load(EXAMPLE)
    other = synth(
        storm.change("policies", "settle-payment", when=["payment-attempted", "account-created"])
    ).stacks

    def sets() -> list[str]:
        listed = local_aws.client("cloudformation").list_change_sets(StackName=SERVICE)["Summaries"]
        return [summary["ChangeSetName"] for summary in listed]

    before = sets()
    planned = plan(local_aws, other)
    (row,) = [row for row in planned.rows() if row["resource"] == "RuleSettlePayment"]
    assert (row["action"], row["note"]) == ("update", "policies/settle-payment")
    assert "EventPattern" in row["details"]
    assert {row["stack"] for row in planned.rows() if row["action"] != "none"} == {SERVICE}
    assert sets() == before
    assert not plan(local_aws, stacks).changes

    actions = apply(local_aws, other).actions
    assert [name for name, action in actions.items() if action != "unchanged"] == [SERVICE]
    assert actions[SERVICE] == "updated"


def test_a_resource_that_goes_and_one_that_is_replaced_are_planned_as_such(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    apply(local_aws, stacks)
    template = copy.deepcopy(stacks[0].template)
    del template["Resources"]["BusArnParameter"]
    template["Resources"]["BusNameParameter"]["Properties"]["Name"] = "/another/name"
    rows = plan(local_aws, [dataclasses.replace(stacks[0], template=template)], whole=False).rows()
    found = {row["resource"]: (row["action"], row["replacement"]) for row in rows}
    assert found == {"BusArnParameter": ("delete", ""), "BusNameParameter": ("replace", "yes")}


def test_progress_is_told_in_the_callers_thread_and_counts_up_to_all_stacks(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    news: list[tuple[Progress, int]] = []
    apply(local_aws, stacks, progress=lambda item: news.append((item, threading.get_ident())))
    assert {thread for _, thread in news} == {threading.get_ident()}
    done = [item.done for item, _ in news]
    assert done == sorted(done)
    assert (done[-1], news[-1][0].total) == (len(stacks), len(stacks))
    assert {item.stack for item, _ in news if item.status == "created"} == {stack.name for stack in stacks}
    (made,) = [i for i, _ in news if i.resource == "RuleTakePayment" and i.status == "CREATE_COMPLETE"]
    assert (made.type, made.note) == ("AWS::Events::Rule", "policies/take-payment")


def test_a_failing_stack_is_explained_its_wave_finishes_and_a_second_run_makes_it_anew(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    ssm = local_aws.client("ssm")
    ssm.put_parameter(Name="/in/the/way", Type="String", Value="x")
    try:
        broken = changed(stacks, SERVICE, Extra=taken_parameter("/in/the/way"))
        with pytest.raises(DeployError) as caught:
            apply(local_aws, broken)
        message = str(caught.value)
        for part in (SERVICE, "Extra", "policies/take-payment", "already exists", "remove it or rename it"):
            assert part in message
        assert list(caught.value.failed) == [SERVICE]
        assert set(caught.value.actions) == {stack.name for stack in stacks} - {SERVICE}
        assert state_of(local_aws, SERVICE).stuck

        (row, *_) = [row for row in plan(local_aws, broken).rows() if row["stack"] == SERVICE]
        assert row["action"] == "delete-stuck"
    finally:
        ssm.delete_parameter(Name="/in/the/way")
    actions = apply(local_aws, stacks).actions
    assert actions[SERVICE] == "created"
    assert {action for name, action in actions.items() if name != SERVICE} == {"unchanged"}


def test_a_failing_bus_keeps_everything_else_from_being_begun(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    local_aws.client("events").create_event_bus(Name="anycompany")
    try:
        with pytest.raises(DeployError, match=r"EventBus .*already exists") as caught:
            apply(local_aws, stacks)
        assert list(caught.value.failed) == ["anycompany-bus"]
        assert set(caught.value.not_applied) == {stack.name for stack in stacks[1:]}
        assert "Done: nothing." in str(caught.value)
        assert [state.name for state in describe_deployed(local_aws, stacks[1:]) if state.status] == []
    finally:
        destroy(local_aws, stacks)
        local_aws.client("events").delete_event_bus(Name="anycompany")


def test_an_update_that_fails_leaves_the_stack_as_it_was(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    apply(local_aws, stacks)
    broken = changed(stacks, SERVICE, Extra=taken_parameter("/anycompany/event-bus/arn"))
    with pytest.raises(DeployError, match=r"Updating it failed.*UPDATE_ROLLBACK_COMPLETE"):
        apply(local_aws, broken)
    assert not apply(local_aws, stacks).changed


def test_a_service_without_a_bus_says_to_deploy_the_bus_first(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    service = [stack for stack in stacks if stack.name == SERVICE]
    with pytest.raises(DeployError, match="Deploy the bus first"):
        apply(local_aws, service)
    assert not state_of(local_aws, SERVICE).status


def test_ctrl_c_says_what_goes_on_and_a_second_run_continues(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    def press_ctrl_c(news: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(
        DeployError, match=r"CloudFormation goes on by itself.*Not done: .*-service-"
    ) as caught:
        apply(local_aws, stacks, progress=press_ctrl_c)
    assert caught.value.remedy == "Run the same again to continue."
    assert {stack.name for stack in stacks[1:]} <= set(caught.value.not_applied)
    apply(local_aws, stacks)
    assert all(state.healthy for state in describe_deployed(local_aws, stacks))


def test_an_outdated_stack_is_reported_and_only_deleted_on_demand(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    apply(local_aws, stacks)
    fewer = [stack for stack in stacks if stack.name != LISTENERS]
    planned = plan(local_aws, fewer)
    assert [(row["stack"], row["action"]) for row in planned.rows() if row["action"] != "none"] == [
        (LISTENERS, "outdated")
    ]
    assert not planned.changes
    assert plan(local_aws, stacks[:1], whole=False).rows()[0]["action"] == "none"
    assert len(plan(local_aws, stacks[:1], whole=False).rows()) == 1
    assert not apply(local_aws, fewer).changed
    assert state_of(local_aws, LISTENERS).exists
    assert apply(local_aws, fewer, prune=True).actions[LISTENERS] == "deleted"
    assert not state_of(local_aws, LISTENERS).exists


def test_destroy_takes_outdated_stacks_along(local_aws: Clients, stacks: tuple[Stack, ...]) -> None:
    apply(local_aws, stacks)
    assert LISTENERS in destroy(local_aws, [stack for stack in stacks if stack.name != LISTENERS]).removed


def test_schedules_that_somebody_switched_off_stay_off(local_aws: Clients, stacks: tuple[Stack, ...]) -> None:
    apply(local_aws, stacks)
    name, cloudformation = "anycompany-service-customer", local_aws.client("cloudformation")
    stack = next(stack for stack in stacks if stack.name == name)
    cloudformation.update_stack(
        StackName=name,
        TemplateBody=template_body(stack),
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": "ScheduleState", "ParameterValue": "DISABLED"}],
    )
    apply(local_aws, changed(stacks, name, Extra=taken_parameter("/anycompany/extra")))
    assert state_of(local_aws, name).parameters["ScheduleState"] == "DISABLED"
    assert "Extra" in physical_ids(local_aws, name)


def padded(stacks: tuple[Stack, ...], characters: int) -> tuple[Stack, ...]:
    """The stacks, one of them with a template made larger by so many characters of metadata."""
    extra = taken_parameter("/anycompany/extra")
    return changed(stacks, SERVICE, Extra={**extra, "Metadata": {"Padding": "ß" * characters}})


def own_bucket(stacks: Sequence[Stack]) -> str:
    return f"anycompany-{storm_tag_of(stacks)}-000000000000-us-east-1"


def buckets(clients: Clients) -> list[str]:
    return [bucket["Name"] for bucket in clients.client("s3").list_buckets()["Buckets"]]


def test_a_template_over_the_limit_goes_through_a_bucket_that_the_plan_announces_and_destroy_removes(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    large, bucket, s3 = padded(stacks, 40_000), own_bucket(stacks), local_aws.client("s3")
    (name,) = [s.name for s in large if len(template_body(s).encode()) > LARGEST_TEMPLATE_BODY]
    assert (plan(local_aws, large).bucket, buckets(local_aws)) == (bucket, [])
    assert apply(local_aws, large).actions[name] == "created"
    planned = plan(local_aws, large)
    assert not planned.changes and not planned.bucket
    assert buckets(local_aws) == [bucket] and s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
    assert all(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values())
    assert s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    [rule] = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    assert rule["Expiration"] == {"Days": 1}
    assert bucket in destroy(local_aws, large).removed
    assert buckets(local_aws) == []


def test_a_stack_that_outgrows_the_call_is_planned_without_making_a_bucket_and_then_deployed(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    apply(local_aws, stacks)
    large = padded(stacks, 40_000)
    planned = plan(local_aws, large)
    assert planned.changes and planned.not_asked == (SERVICE,)
    assert (planned.bucket, buckets(local_aws)) == (own_bucket(stacks), [])
    assert apply(local_aws, large).actions[SERVICE] == "updated"


def test_a_bucket_that_was_not_finished_when_its_deploy_was_killed_is_finished_by_the_next(
    local_aws: Clients, stacks: tuple[Stack, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise MemoryError

    s3, bucket = local_aws.client("s3"), own_bucket(stacks)
    with monkeypatch.context() as patched:
        patched.setattr(s3, "put_public_access_block", killed)
        with pytest.raises(MemoryError):
            apply(local_aws, padded(stacks, 40_000))
    assert buckets(local_aws) == [bucket]
    assert plan(local_aws, padded(stacks, 40_000)).bucket == bucket
    apply(local_aws, padded(stacks, 40_000))
    assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]["BlockPublicAcls"]
    assert bucket in destroy(local_aws, stacks).removed


def test_over_tls_only_is_what_a_bucket_on_aws_says() -> None:
    aws = connect(Target("aws", region="cn-north-1"))
    [statement] = over_tls_only("b", aws)["Statement"]
    assert statement["Effect"] == "Deny" and "arn:aws-cn:s3:::b/*" in statement["Resource"]
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


@given(
    st.from_regex("[a-z][a-z0-9-]{0,100}", fullmatch=True), st.sampled_from(["us-gov-east-1", "me-south-1"])
)
def test_the_name_of_a_bucket_is_one_for_s3(storm: str, region: str) -> None:
    name = name_of_bucket(storm, Identity("123456789012", "", region, ""))
    assert re.fullmatch("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", name), name
    assert name != name_of_bucket(f"{storm}x", Identity("123456789012", "", region, ""))


def test_a_bucket_of_ones_own_is_used_and_kept(local_aws: Clients, stacks: tuple[Stack, ...]) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket="mine")
    try:
        assert apply(local_aws, padded(stacks, 40_000), bucket="mine").changed
        assert s3.list_objects_v2(Bucket="mine")["KeyCount"] == 0
    finally:
        s3.delete_bucket(Bucket="mine")


def test_a_template_over_one_megabyte_is_refused_before_anything_is_deployed(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    with pytest.raises(
        AwsError, match=f"{SERVICE}: The template has .*{LARGEST_TEMPLATE:,}.*Nothing was deployed"
    ):
        apply(local_aws, padded(stacks, 600_000))
    assert not any(state.status for state in describe_deployed(local_aws, stacks))


def test_destroy_says_what_it_left_and_what_stands_in_the_way(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    cloudformation = local_aws.client("cloudformation")
    apply(local_aws, stacks)
    cloudformation.update_termination_protection(StackName=SERVICE, EnableTerminationProtection=True)
    destroyed = destroy(local_aws, stacks)
    left = dict(destroyed.left)
    assert set(left) == {SERVICE, "anycompany-bus"}
    assert "termination protection" in left[SERVICE].lower()
    assert left["anycompany-bus"] == f"It is needed by {SERVICE}."
    assert len(destroyed.removed) == len(stacks) - 2
    assert [row["what"] for row in destroyed.rows() if not row["removed"]] == list(left)
    cloudformation.update_termination_protection(StackName=SERVICE, EnableTerminationProtection=False)


def test_destroy_says_what_a_stack_keeps_by_its_own_wish(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    kept = {**taken_parameter("/anycompany/kept"), "DeletionPolicy": "Retain"}
    apply(local_aws, changed(stacks, SERVICE, Extra=kept))
    left = destroy(local_aws, stacks).left
    local_aws.client("ssm").delete_parameter(Name="/anycompany/kept")
    assert left == ((f"Extra of {SERVICE}", "Its stack says that it is to be kept."),)


def test_destroy_leaves_a_stack_that_was_deployed_another_way_and_says_so(
    local_aws: Clients, stacks: tuple[Stack, ...]
) -> None:
    cloudformation = local_aws.client("cloudformation")
    cloudformation.create_stack(StackName="anycompany-bus", TemplateBody=template_body(stacks[0]))
    ((name, why),) = destroy(local_aws, stacks).left
    assert (name, "lacks the tag anycompany:storm=anycompany" in why) == ("anycompany-bus", True)
    assert state_of(local_aws, "anycompany-bus").exists
    with pytest.raises(AwsError, match="was not made from a storm"):
        apply(local_aws, stacks[:1])
    cloudformation.delete_stack(StackName="anycompany-bus")


def test_an_empty_list_of_stacks_is_refused_by_name(local_aws: Clients) -> None:
    for what in (plan, destroy):
        with pytest.raises(AwsError, match="There are no stacks to work on"):
            what(local_aws, [])


@pytest.mark.parametrize(
    "status", ["CREATE_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED", "UPDATE_IN_PROGRESS"]
)
def test_a_stack_of_another_storm_is_refused_in_every_state(status: str) -> None:
    with pytest.raises(AwsError, match="it belongs to the storm b"):
        refuse_unless_ours(StackState("a-bus", status, storm="b"), "a")
    refuse_unless_ours(StackState("a-bus", status, storm="a"), "a")


@pytest.mark.parametrize("status", ["", "REVIEW_IN_PROGRESS", "DELETE_COMPLETE"])
def test_what_is_no_stack_belongs_to_nobody(status: str) -> None:
    refuse_unless_ours(StackState("a-bus", status), "a")


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        (
            "Unable to fetch parameters [/anycompany/event-bus/name] from parameter store for this account.",
            "Deploy the bus first",
        ),
        (
            'Resource handler returned message: "User: arn:aws:iam::123456789012:user/x is not authorized to '
            'perform: iam:CreateRole" (HandlerErrorCode: AccessDenied)',
            "permission",
        ),
        (
            "Resource of type 'AWS::Events::EventBus' with identifier 'x' already exists.",
            "remove it or rename",
        ),
        (
            "The requested number of rules exceeds the limit (Service: EventBridge, Status Code: 400)",
            "higher quota",
        ),
        ("You must wait 60 seconds after deleting a queue before you can create another", "Wait a minute"),
        ("Rate exceeded", "Wait a minute"),
        ("Stack:arn:… is in UPDATE_IN_PROGRESS state and can not be updated.", "Somebody else"),
        ("Event bus x can't be deleted since it has rules.", "Remove the rules"),
        ("Registry with name x does not exist.", "Deploy the bus first"),
        ("something that nobody has seen before", "run it again"),
    ],
)
def test_what_cloudformation_says_comes_with_a_remedy(reason: str, remedy: str) -> None:
    assert remedy in remedy_for(reason)


@given(
    st.dictionaries(st.integers(0, 12), st.sets(st.integers(0, 12)), min_size=1), st.sets(st.integers(0, 12))
)
def test_work_is_done_after_what_it_needs_and_never_after_a_failure(
    wishes: dict[int, set[int]], failing: set[int]
) -> None:
    after = {str(name): {str(first) for first in before if first < name} for name, before in wishes.items()}
    began: list[str] = []

    def work(name: str, _: object, __: object) -> str:
        began.append(name)
        if int(name) in failing:
            raise AwsError("no")
        return name

    outcome = in_waves(after, work, lambda *_: None)
    for name in began:
        needed = after[name] & after.keys()
        assert needed <= set(outcome.done)
        assert all(began.index(first) < began.index(name) for first in needed)
    assert sorted([*outcome.done, *outcome.failed, *outcome.not_begun]) == sorted(after)
    assert set(outcome.failed) == {name for name in began if int(name) in failing}
    assert bool(outcome.not_begun) <= bool(outcome.failed)


def test_an_error_of_our_own_in_a_thread_is_not_swallowed() -> None:
    def work(*_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_waves({"a": ()}, work, lambda *_: None)


@pytest.fixture(scope="module")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clients]:
    """Clients of an endpoint that is not the embedded AWS: a moto server of this test's own."""
    log = tmp_path_factory.mktemp("moto") / "log"
    with log.open("w") as stream, pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ACCESS_KEY_ID", "test")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "test")
        environment.delenv("AWS_PROFILE", raising=False)
        server = subprocess.Popen(
            [sys.executable, "-u", "-c", MOTO], stdout=subprocess.PIPE, stderr=stream, text=True
        )
        try:
            assert server.stdout
            port = next(line.split()[1] for line in server.stdout if line.startswith("port"))
            yield connect(Target("aws", region="eu-central-1", endpoint_url=f"http://127.0.0.1:{port}"))
        finally:
            server.kill()
            server.wait()


MOTO = """
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
server.start()
print("port", server.get_host_and_port()[1], flush=True)
server._thread.join()
"""


@pytest.mark.parametrize("path", [EXAMPLE, ALL[-1]], ids=lambda path: path.name.partition(".")[0])
def test_all_stacks_deploy_on_an_endpoint_that_is_not_ours(moto: Clients, path: Path) -> None:
    stacks = synth(load(path)).stacks
    assert set(apply(moto, stacks).actions.values()) == {"created"}
    assert all(state.healthy for state in describe_deployed(moto, stacks))
    assert not apply(moto, stacks).changed
    assert not plan(moto, stacks).changes
    assert {stack.name for stack in stacks} <= set(destroy(moto, stacks).removed)
    assert moto.client("s3").list_buckets()["Buckets"] == []
    assert not any(state.exists for state in describe_deployed(moto, stacks))


def test_a_stack_that_is_not_the_storms_is_left_alone(fresh_local_aws: Clients) -> None:
    stacks = synth(load(EXAMPLE)).stacks
    template = '{"Resources": {"Precious": {"Type": "AWS::SQS::Queue"}}}'
    cloudformation = fresh_local_aws.client("cloudformation")
    cloudformation.create_stack(StackName=stacks[4].name, TemplateBody=template)
    for attempt in (plan, apply):
        with pytest.raises(
            AwsError, match="There is a stack of this name already, and it was not made from a storm"
        ):
            attempt(fresh_local_aws, stacks)
    resources = cloudformation.list_stack_resources(StackName=stacks[4].name)["StackResourceSummaries"]
    assert [resource["LogicalResourceId"] for resource in resources] == ["Precious"]
