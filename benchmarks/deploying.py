"""Deploying the worked example from nothing, against plain boto3 making the same change sets."""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from graphlib import TopologicalSorter
from statistics import median
from time import perf_counter, sleep
from typing import Any

from anycompany.aws import local
from anycompany.aws.deploy import apply
from anycompany.aws.deployed import STORM_TAG, storm_tag_of
from anycompany.aws.destroy import destroy
from anycompany.aws.following import pauses
from anycompany.aws.plan import plan
from anycompany.aws.session import Clients, Target, connect
from anycompany.aws.waves import MOST_AT_ONCE
from anycompany.files import read_storm
from anycompany.stacks.stack import LARGEST_TEMPLATE_BODY, Stack
from anycompany.stacks.synth import synth, template_body
from anycompany.workbook.layout import shipped

from .ratio import Ratio

ROUNDS = 11
SERVICES = ("cloudformation", "ssm", "s3", "sts")


class Counted:
    """What a piece of work costs in requests and seconds."""

    def __init__(self, clients: Clients) -> None:
        self._requests = 0
        self._lock = threading.Lock()
        for service in SERVICES:
            clients.client(service).meta.events.register("request-created", self._count)

    def _count(self, **_: Any) -> None:
        with self._lock:
            self._requests += 1

    def __call__(self, work: Callable[[], object]) -> tuple[int, float]:
        self._requests, start = 0, perf_counter()
        work()
        return self._requests, perf_counter() - start


def by_boto3(clients: Clients, stacks: Sequence[Stack]) -> None:
    """Each stack by a change set, once those it depends on are there, as many at once as we do."""
    bucket = f"plain-{storm_tag_of(stacks)}"
    s3, large = clients.client("s3"), [stack for stack in stacks if _size(stack) > LARGEST_TEMPLATE_BODY]
    if large:
        s3.create_bucket(Bucket=bucket)
    for stack in large:
        s3.put_object(Bucket=bucket, Key=stack.name, Body=template_body(stack).encode())

    def make(name: str) -> None:
        stack, cloudformation = by_name[name], clients.client("cloudformation")
        url = f"{clients.endpoint_url}/{bucket}/{name}"
        made = cloudformation.create_change_set(
            StackName=name,
            ChangeSetName="plain",
            ChangeSetType="CREATE",
            Capabilities=["CAPABILITY_IAM"],
            Tags=[{"Key": STORM_TAG, "Value": storm_tag_of(stacks)}],
            **({"TemplateURL": url} if stack in large else {"TemplateBody": template_body(stack)}),
        )
        for pause in pauses(clients):
            if cloudformation.describe_change_set(ChangeSetName=made["Id"])["Status"] == "CREATE_COMPLETE":
                break
            sleep(pause)
        cloudformation.execute_change_set(ChangeSetName=made["Id"])
        for pause in pauses(clients):
            status = cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
            if status == "CREATE_COMPLETE":
                return
            assert status.endswith("_IN_PROGRESS"), (name, status)
            sleep(pause)

    by_name = {stack.name: stack for stack in stacks}
    order = TopologicalSorter({stack.name: stack.depends_on for stack in stacks})
    order.prepare()
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        while order.is_active():
            wave = order.get_ready()
            list(pool.map(make, wave))
            order.done(*wave)
    for stack in large:
        s3.delete_object(Bucket=bucket, Key=stack.name)
    if large:
        s3.delete_bucket(Bucket=bucket)


def _size(stack: Stack) -> int:
    return len(template_body(stack).encode())


@contextmanager
def embedded() -> Iterator[Clients]:
    """An embedded AWS of this benchmark's own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["ANYCOMPANY_HOME"] = home
        try:
            yield connect(Target("local"))
        finally:
            local.stop()
            del os.environ["ANYCOMPANY_HOME"]


def measure() -> list[Ratio]:
    storm = read_storm(shipped("data") / "anycompany.storm.yaml")
    ours: list[tuple[int, float]] = []
    plain: list[tuple[int, float]] = []
    planned: list[tuple[int, float]] = []
    with embedded() as clients:
        counted = Counted(clients)

        def deploy() -> None:
            made, known = synth(storm).stacks, synth(storm).stacks  # as a new process has them
            ours.append(counted(lambda: apply(clients, made, progress=lambda _: None)))
            planned.append(counted(lambda: plan(clients, known)))
            destroy(clients, made)

        def deploy_plainly() -> None:
            made = synth(storm).stacks
            plain.append(counted(lambda: by_boto3(clients, made)))
            destroy(clients, made)

        for number in range(1 + ROUNDS):  # in turns, so that neither has the better place
            for work in (deploy, deploy_plainly) if number % 2 else (deploy_plainly, deploy):
                work()
    for measured in (ours, plain, planned):
        del measured[0]  # connections were made
    (calls, seconds), (plain_calls, plain_seconds), (plan_calls, plan_seconds) = (
        tuple(map(median, zip(*measured, strict=True))) for measured in (ours, plain, planned)
    )
    what, peer, none = "deploying AnyCompany from nothing", "plain boto3", "planning with no change"
    return [
        Ratio(f"{what}: calls", f"{peer}: calls", calls, plain_calls, 1.3, f"{calls} to {plain_calls}"),
        Ratio(
            f"{what}: seconds",
            f"{peer}: seconds",
            seconds,
            plain_seconds,
            1.5,
            f"{seconds:.2f} to {plain_seconds:.2f}",
        ),
        Ratio(f"{none}: calls", f"{what}: calls", plan_calls, calls, 0.1, f"{plan_calls} calls"),
        Ratio(f"{none}: seconds", f"{what}: seconds", plan_seconds, seconds, 0.1),
    ]
