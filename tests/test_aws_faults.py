"""Whatever fails between us and the endpoint: a deploy ends applied, rolled back or resumable, and says which."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
import shlex
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from anycompany.aws import local
from anycompany.aws.deploy import apply
from anycompany.aws.destroy import destroy
from anycompany.aws.errors import AwsError
from anycompany.aws.plan import plan
from anycompany.aws.rollback import last_good
from anycompany.aws.session import Clients, Target, connect, whoami
from anycompany.files import write_storm
from anycompany.stacks.stack import LARGEST_TEMPLATE_BODY, Stack
from anycompany.stacks.synth import synth, template_body
from anycompany.storm.model import Storm
from tests.aws_inventory import inventory
from tests.deploying_process import begun, commanded, kill
from tests.fault_proxy import NOT_HANDED_ON, Call, Fault, FaultProxy, HastyClients, fault_proxy

Undisturbed = dict[str, set[tuple[str, str]]]

RUN_AGAIN = "un the same again"
CALLS = 19
"""Calls that a deploy of the small storm makes at least; a test holds this."""


def small_storm() -> Storm:
    """A storm of three stacks, one of which stands in the second wave beside another."""
    storm = Storm(name="Faulty").add_events(["Room Booked"])
    (event,) = storm.events
    storm = storm.place(event).trigger(event, actor="Guest", command="Book")
    storm = storm.add_entity("Booking", [event]).add_contract(event, {"id": {"type": "string"}})
    storm = storm.add_context("Front Desk", list(storm.entities))
    return storm.add_service("Front Desk", next(iter(storm.contexts)))


STORM = small_storm()
FIRST = synth(STORM).stacks
SECOND = synth(
    STORM.add_listener("auditors", for_="Audit", hears="all", to="queue").change(
        "contracts", "room-booked", version=2, fields={"id": {"type": "string"}, "beds": {"type": "integer"}}
    )
).stacks


@pytest.fixture(scope="module")
def only_ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clients]:
    """An embedded AWS for this module alone, that a test may empty."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ANYCOMPANY_HOME", str(tmp_path_factory.mktemp("embedded")))
        yield connect(Target("local"))
        local.stop()


@pytest.fixture(scope="module")
def direct(only_ours: Clients) -> Clients:
    """Clients without a proxy between them and the AWS."""
    return HastyClients(str(only_ours.endpoint_url))


@pytest.fixture(scope="module")
def a_proxy(direct: Clients) -> Iterator[FaultProxy]:
    with fault_proxy(direct) as proxy:
        yield proxy


@pytest.fixture
def proxy(a_proxy: FaultProxy, direct: Clients) -> FaultProxy:
    """The proxy before an AWS with nothing in it."""
    emptied(direct)
    a_proxy.now(lambda _: None)
    return a_proxy


@pytest.fixture(scope="module")
def hasty(a_proxy: FaultProxy) -> Clients:
    """Clients behind the proxy that ask once."""
    return HastyClients(a_proxy.endpoint)


def emptied(clients: Clients) -> None:
    import urllib.request

    request = urllib.request.Request(f"{clients.endpoint_url}/_ministack/reset", method="POST")
    urllib.request.urlopen(request, timeout=10).close()


def at(numbers: Callable[[int], bool], fault: Fault) -> Callable[[Call], Fault | None]:
    return lambda call: fault if numbers(call.number) else None


def throttled_at(operation: str, call: Call) -> Fault | None:
    return "throttled" if call.operation.startswith(operation) else None


def at_first(fault: Fault) -> Callable[[Call], Fault | None]:
    return lambda call: fault if call.attempt == 1 else None


def stands(clients: Clients) -> dict[str, tuple[str, object]]:
    """For each stack its status and template, as CloudFormation itself says once it has ended its work."""
    cloudformation = clients.client("cloudformation")
    for _ in range(200):
        found = cloudformation.describe_stacks()["Stacks"]
        statuses = {stack["StackName"]: stack["StackStatus"] for stack in found}
        if not any(s.endswith("_IN_PROGRESS") and not s.startswith("REVIEW") for s in statuses.values()):
            break
        time.sleep(0.02)
    return {
        name: (status, cloudformation.get_template(StackName=name)["TemplateBody"])
        for name, status in statuses.items()
        if status not in ("DELETE_COMPLETE", "REVIEW_IN_PROGRESS")
    }


def everything(clients: Clients) -> set[tuple[str, str]]:
    """All that there is, but for what is kept of deployments beside them."""
    return {(kind, name) for kind, name in inventory(clients) if not name.startswith("/anycompany/")}


def check_that_the_plan_is_true(clients: Clients, stacks: Sequence[Stack]) -> None:
    found = stands(clients)
    planned = plan(clients, stacks)
    said = {
        name: {row.action for row in rows}
        for name, rows in itertools.groupby(planned.all, key=lambda row: row.stack)
    }
    for stack in stacks:
        status, template = found.get(stack.name, ("", {}))
        wanted = json.loads(template_body(stack))
        if not status:
            assert said[stack.name] == {"create"}
        elif status in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"):
            assert (said[stack.name] == {"none"}) == (template == wanted), (stack.name, status, said)
        else:
            assert {"delete-stuck", "roll-back"} & said[stack.name]
    assert planned.changes == any(actions != {"none"} for actions in said.values())


def check_that_it_goes_on(
    clients: Clients, stacks: Sequence[Stack], undisturbed: set[tuple[str, str]]
) -> None:
    """The command that every error names, the same again, ends applied, and another finds nothing to do."""
    check_that_the_plan_is_true(clients, stacks)
    apply(clients, stacks)
    assert not apply(clients, stacks).changed
    assert {name: status.partition("_")[2] for name, (status, _) in stands(clients).items()} == {
        stack.name: "COMPLETE" for stack in stacks
    }
    assert everything(clients) == undisturbed


@pytest.fixture(scope="module")
def undisturbed(direct: Clients) -> Undisturbed:
    """All that there is after a deploy in which nothing failed, and after the next."""
    emptied(direct)
    found = {}
    for name, stacks in (("first", FIRST), ("second", SECOND)):
        apply(direct, stacks)
        found[name] = everything(direct)
    return found


def deployed(clients: Clients, stacks: Sequence[Stack]) -> AwsError | None:
    """Deploy; the error that a person would see, which says what to do."""
    try:
        apply(clients, stacks)
    except AwsError as error:
        assert error.remedy, error
        return error
    return None


@pytest.mark.parametrize("number", range(1, CALLS + 1))
def test_a_deploy_that_fails_at_a_call_says_so_and_the_same_again_goes_on(
    proxy: FaultProxy, hasty: Clients, direct: Clients, undisturbed: Undisturbed, number: int
) -> None:
    fault = NOT_HANDED_ON[number % len(NOT_HANDED_ON)]
    proxy.now(at(lambda n: n == number, fault))
    deployed(hasty, FIRST)
    check_that_it_goes_on(direct, FIRST, undisturbed["first"])


@pytest.mark.parametrize("number", range(1, CALLS + 1))
def test_a_deploy_that_loses_an_answer_goes_on(
    proxy: FaultProxy, hasty: Clients, direct: Clients, undisturbed: Undisturbed, number: int
) -> None:
    proxy.now(at(lambda n: n == number, "lost"))
    deployed(hasty, FIRST)
    check_that_it_goes_on(direct, FIRST, undisturbed["first"])


@pytest.mark.parametrize("number", range(1, CALLS + 1, 3))
def test_credentials_that_expire_in_the_middle_are_named_and_new_ones_go_on(
    proxy: FaultProxy, hasty: Clients, direct: Clients, undisturbed: Undisturbed, number: int
) -> None:
    proxy.now(at(lambda n: n >= number, "expired"))
    error = deployed(hasty, FIRST)
    assert number == CALLS or (error and "the AWS credentials have expired" in str(error))
    assert not error or "Sign in again" in str(error)
    check_that_it_goes_on(direct, FIRST, undisturbed["first"])


@pytest.mark.parametrize("number", range(1, CALLS + 1, 2))
def test_an_update_that_fails_at_a_call_goes_on(
    proxy: FaultProxy, hasty: Clients, direct: Clients, undisturbed: Undisturbed, number: int
) -> None:
    apply(direct, FIRST)
    proxy.now(at(lambda n: n == number, ("lost", "throttled", "expired")[number // 2 % 3]))
    deployed(hasty, SECOND)
    check_that_it_goes_on(direct, SECOND, undisturbed["second"])


def test_what_fails_once_at_every_call_is_asked_again_and_nobody_notices(
    proxy: FaultProxy, direct: Clients, undisturbed: Undisturbed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0.0)
    patient = HastyClients(proxy.endpoint, attempts=3)
    for fault in ("throttled", "too many", "refused", "broken", "lost"):
        emptied(direct)
        proxy.now(at_first(fault))
        assert deployed(patient, FIRST) is None
        assert len({call.number for call in proxy.calls}) >= CALLS
        check_that_it_goes_on(direct, FIRST, undisturbed["first"])


@pytest.mark.parametrize(
    ("number", "how"),
    [(n, signal.SIGKILL) for n in range(1, CALLS + 1)] + [(n, signal.SIGINT) for n in range(2, CALLS + 1, 3)],
)
def test_a_deploy_that_is_killed_at_a_call_goes_on(
    proxy: FaultProxy, direct: Clients, undisturbed: Undisturbed, number: int, how: signal.Signals
) -> None:
    child: list[BaseProcess] = []
    ready = threading.Event()

    def kill_at(call: Call) -> Fault | None:
        if call.number == number:
            ready.wait(10)
            kill(child[0], how)
            return "refused" if how is signal.SIGKILL else "slow"
        return None

    proxy.now(kill_at)
    process, hears = begun(proxy.endpoint, "FIRST")
    child.append(process)
    ready.set()
    said = said_by(hears)
    process.join(30)
    proxy.wait_until_quiet()
    assert process.exitcode == (-signal.SIGKILL if how is signal.SIGKILL else 0)
    assert said == "" if how is signal.SIGKILL else said == "applied" or RUN_AGAIN in said
    check_that_it_goes_on(direct, FIRST, undisturbed["first"])


def said_by(hears: Connection) -> str:
    """What a child says before it ends; nothing if it is killed."""
    try:
        return str(hears.recv())
    except EOFError:
        return ""


@pytest.fixture
def storm_file(tmp_path: Path) -> Path:
    return write_storm(tmp_path / "faulty.storm.yaml", STORM)


SWEPT: list[tuple[int, Fault | signal.Signals, int]] = [
    *(
        (number, fault, 1)
        for number, fault in zip(range(1, 31, 4), itertools.cycle(NOT_HANDED_ON), strict=False)
    ),
    *((number, signal.SIGKILL, 1) for number in (11, 20)),
    *((number, signal.SIGINT, times) for number in (5, 19) for times in (1, 3)),
]
"""Calls of the command's, and what happens there: a fault of every attempt, or a signal, so many times."""


@pytest.mark.parametrize(("number", "what", "times"), SWEPT)
def test_a_command_that_fails_at_a_call_names_the_command_that_ends_applied(  # noqa: PLR0917
    proxy: FaultProxy,
    direct: Clients,
    storm_file: Path,
    number: int,
    what: Fault | signal.Signals,
    times: int,
) -> None:
    child: list[BaseProcess] = []
    ready = threading.Event()

    def choose(call: Call) -> Fault | None:
        if isinstance(what, str):
            return what if call.number == number else None
        if call.number == number:
            ready.wait(10)
            [process] = child
            for _ in range(times):
                kill(process, what)
                time.sleep(0.02)
            return "slow" if what == signal.SIGINT else "refused"
        return None

    words = ["deploy", str(storm_file), "--target", "aws", "--region", "us-east-1", "--yes"]
    words += ["--endpoint-url", proxy.endpoint]
    proxy.now(choose)
    status, said = ended(words, storm_file, child, ready)
    assert "Traceback" not in said and "should not happen" not in said
    if what == signal.SIGKILL:
        assert status == -signal.SIGKILL or proxy.calls[-1].number < number
    elif status:
        assert status == 1
        [named] = re.findall("^To go on: anycompany (.*)$", said, re.MULTILINE)
        assert shlex.split(named) == words
    proxy.now(lambda _: None)
    status, said = ended(words, storm_file, child, ready)
    assert status == 0, said
    assert not plan(direct, FIRST).changes
    assert {status for status, _ in stands(direct).values()} == {"CREATE_COMPLETE"}


def ended(
    words: Sequence[str], beside: Path, child: list[BaseProcess], ready: threading.Event
) -> tuple[int | None, str]:
    """How a command ended, and what it said."""
    output = beside.with_name("output")
    output.touch()
    child[:] = [commanded(words, output)]
    ready.set()
    child[0].join(60)
    return child[0].exitcode, output.read_text()


NONSENSE = [
    b"<!DOCTYPE html><html><body><h1>Sign in to the hotel's network</h1></body></html>",
    b"<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackN",
    b"",
    b"{}",
    b"[]",
    b"null",
    b'"hello"',
    b'{"Parameters": "hello", "Stacks": 7}',
    b'{"Parameters": [7, null, {"Name": null}]}',
    b"<a><b>1</b></a>",
    b"<DescribeStacksResponse/>",
    b"<DescribeStacksResponse><DescribeStacksResult><Stacks><member/></Stacks></DescribeStacksResult>"
    b"</DescribeStacksResponse>",
    b"<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>a</StackName><StackId>b</StackId>"
    b"<StackStatus>c</StackStatus><CreationTime>yesterday</CreationTime></member></Stacks></DescribeStacksResult>"
    b"</DescribeStacksResponse>",
    b"\x00\xff\xfe" * 1000,
]


@pytest.mark.parametrize("status", [200, 302, 404, 418, 500, 503])
def test_an_endpoint_that_answers_nonsense_is_said_to_and_nothing_is_done(status: int) -> None:
    does: list[Callable[[Clients], object]] = [
        whoami,
        lambda clients: apply(clients, FIRST),
        lambda clients: plan(clients, FIRST),
        lambda clients: destroy(clients, FIRST),
        lambda clients: last_good(clients, FIRST),
    ]
    with answering(status) as (endpoint, answers):
        clients = HastyClients(endpoint)
        for body in NONSENSE:
            answers[:] = [body]
            for do in does:
                with pytest.raises(AwsError) as caught:
                    do(clients)
                assert caught.value.remedy, (body, str(caught.value))


@contextmanager
def answering(status: int) -> Iterator[tuple[str, list[bytes]]]:
    """A web server that gives one answer to everything, the one in the list."""
    answers = [b""]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Length", str(len(answers[0])))
            self.end_headers()
            self.wfile.write(answers[0])

        do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", answers
    finally:
        server.shutdown()
        server.server_close()


def test_what_cloudformation_finds_before_it_begins_is_said_with_resource_note_and_remedy(
    proxy: FaultProxy, hasty: Clients, direct: Clients, undisturbed: Undisturbed
) -> None:
    proxy.now(
        lambda call: "found early" if call.operation in ("DescribeChangeSet", "DescribeEvents") else None
    )
    error = deployed(hasty, FIRST)
    assert error and error.where == "faulty-bus"
    assert "Archive (AWS::Events::Archive) of bus: Resource of type 'AWS::Events::Archive'" in str(error)
    assert "'faulty' already exists" in str(error) and "remove it or rename it" in str(error)
    assert stands(direct) == {}
    check_that_it_goes_on(direct, FIRST, undisturbed["first"])


def test_a_bucket_that_fails_is_told_like_all_else_and_goes_in_the_end(
    proxy: FaultProxy, hasty: Clients, direct: Clients, undisturbed: Undisturbed
) -> None:
    template = {**FIRST[0].template, "Metadata": {"Padding": "x" * LARGEST_TEMPLATE_BODY}}
    large = (dataclasses.replace(FIRST[0], template=template), *FIRST[1:])
    for failing in ("PUT /", "PUT /anycompany-faulty-000000000000-us-east-1/", "DELETE /"):
        emptied(direct)
        proxy.now(partial(throttled_at, failing))
        error = deployed(hasty, large)
        assert error
        assert "bucket" in str(error)
        assert ("All was done" in str(error)) == (failing == "DELETE /")
        assert ("--bucket NAME" in str(error)) == (failing == "PUT /")
        check_that_the_plan_is_true(direct, large)
        apply(direct, large)
        assert not plan(direct, large).changes
        destroy(direct, large)
        assert {name for kind, name in everything(direct) if kind == "Buckets"} == set()


def test_who_deploys_at_the_same_time_is_told_who_does_and_takes_a_turn_afterwards(
    proxy: FaultProxy, direct: Clients, undisturbed: Undisturbed
) -> None:
    begins, goes_on = threading.Event(), threading.Event()

    def wait_at_the_first_change_set(call: Call) -> Fault | None:
        if call.operation == "CreateChangeSet":
            begins.set()
            goes_on.wait(20)
        return None

    proxy.now(wait_at_the_first_change_set)
    child, hears = begun(proxy.endpoint, "FIRST")
    assert begins.wait(20)
    with pytest.raises(AwsError, match=rf"Somebody else is changing.*process {child.pid}.*Wait until"):
        apply(direct, SECOND)
    assert str(child.pid) in plan(direct, SECOND).turn
    goes_on.set()
    assert said_by(hears) == "applied"
    child.join(20)
    apply(direct, SECOND)
    check_that_it_goes_on(direct, SECOND, undisturbed["second"])
