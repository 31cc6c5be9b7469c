"""A proxy on loopback between boto3 and an endpoint, that answers chosen calls as AWS does on a bad day."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import boto3

from anycompany.aws.answers import refuse_nonsense
from anycompany.aws.session import Clients, Target

_ONE_AT_A_TIME = threading.Lock()

Fault = Literal[
    "throttled",
    "too many",
    "expired",
    "broken",
    "html",
    "half xml",
    "nothing",
    "refused",
    "lost",
    "slow",
    "found early",
    "unknown",
]
"""What becomes of a request.

``throttled`` and ``too many`` are AWS's two ways to say so, ``expired`` the credentials', ``broken`` an error
500; ``html``, ``half xml`` and ``nothing`` are answers of something that is not AWS. The connection of
``refused`` ends before the request is handed on, that of ``lost`` after it was done; ``slow`` is answered late.
``found early`` is what CloudFormation answers on a change set with a resource that exists already; ``unknown``
is what an emulator says of an operation that it does not have.
"""

ANSWERED: tuple[Fault, ...] = ("throttled", "too many", "expired", "broken", "html", "half xml", "nothing")
NOT_HANDED_ON: tuple[Fault, ...] = (*ANSWERED, "refused")


@dataclass(frozen=True)
class Call:
    """A call of boto3's: the ``number`` counts calls from one, ``attempt`` the requests made for it."""

    number: int
    attempt: int
    operation: str


class FaultProxy:
    """Hands requests on to an endpoint; ``choose`` says for each what becomes of it, None for nothing bad.

    ``calls`` are those that were made, in order. Requests that are not boto3's, such as those for a template,
    are handed on uncounted.
    """

    def __init__(self, upstream: str) -> None:
        self.choose: Callable[[Call], Fault | None] = lambda _: None
        self.calls: list[Call] = []
        self._numbers: dict[str, int] = {}
        self._lock = threading.Lock()
        self._quiet, self._busy = threading.Condition(), 0
        self._upstream = urlsplit(upstream).netloc
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def now(self, choose: Callable[[Call], Fault | None]) -> None:
        """From now on let this become of the requests, and count from one."""
        with self._lock:
            self.choose = choose
            self.calls = []
            self._numbers = {}

    def wait_until_quiet(self) -> None:
        """Wait for what somebody who was killed has asked for, and is handed on still."""
        with self._quiet:
            self._quiet.wait_for(lambda: not self._busy, timeout=30)

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        with self._quiet:
            self._busy += 1
        try:
            yield
        finally:
            with self._quiet:
                self._busy -= 1
                self._quiet.notify_all()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def _called(self, request: BaseHTTPRequestHandler, body: bytes) -> Call | None:
        invocation = request.headers.get("amz-sdk-invocation-id")
        if not invocation:
            return None
        attempt = re.search(r"attempt=(\d+)", request.headers.get("amz-sdk-request", ""))
        with self._lock:
            number = self._numbers.setdefault(invocation, len(self._numbers) + 1)
            call = Call(number, int(attempt[1]) if attempt else 1, _operation(request, body))
            self.calls.append(call)
        return call

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                with proxy._at_work():
                    self._handle()

            def _handle(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                call = proxy._called(self, body)
                fault = proxy.choose(call) if call else None
                if fault == "slow":
                    time.sleep(0.3)
                if fault == "refused":
                    self._hang_up()
                elif fault == "unknown":
                    self._answer(*_not_there(call.operation if call else "", "X-Amz-Target" in self.headers))
                elif fault == "found early":
                    self._answer(200, "text/xml", _found_early(body))
                elif fault in ANSWERED:
                    self._answer(*_bad_answer(fault, "X-Amz-Target" in self.headers))
                else:
                    status, kind, answer = self._handed_on(body)
                    if fault == "lost":
                        self._hang_up()
                    else:
                        self._answer(status, kind, answer)

            def _handed_on(self, body: bytes) -> tuple[int, str, bytes]:
                connection = http.client.HTTPConnection(proxy._upstream, timeout=60)
                headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
                try:
                    connection.request(self.command, self.path, body, headers | {"Connection": "close"})
                    answer = connection.getresponse()
                    return answer.status, answer.getheader("Content-Type", ""), answer.read()
                finally:
                    connection.close()

            def _answer(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def _hang_up(self) -> None:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)

            do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = handle_any  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except OSError:  # whoever asked was killed
                    self.close_connection = True

        return Handler


class HastyClients(Clients):
    """Clients that ask so many times before they give up, however busy the service."""

    def __init__(self, endpoint: str, attempts: int = 1) -> None:
        from botocore.config import Config

        target = Target("aws", region="us-east-1", endpoint_url=endpoint)
        retries = {"mode": "standard", "total_max_attempts": attempts}
        once = Config(retries=retries, connect_timeout=5, read_timeout=60, max_pool_connections=32)
        self.asks = once.merge(Config(s3={"addressing_style": "path"}))
        super().__init__(target, boto3.Session(), "us-east-1", endpoint, self.asks)
        self._hasty: dict[str, Any] = {}

    def client(self, service: str) -> Any:
        """The client of a service."""
        with _ONE_AT_A_TIME:
            if service not in self._hasty:
                self._hasty[service] = self._session.client(
                    service,
                    region_name=self.region,
                    endpoint_url=self.endpoint_url,
                    config=self.asks,
                    aws_access_key_id="x",
                    aws_secret_access_key="x",
                )
                refuse_nonsense(self._hasty[service])
            return self._hasty[service]


@contextmanager
def fault_proxy(upstream: Clients) -> Iterator[FaultProxy]:
    """A proxy before the endpoint of these clients, within the block."""
    proxy = FaultProxy(str(upstream.endpoint_url))
    try:
        yield proxy
    finally:
        proxy.close()


def _operation(request: BaseHTTPRequestHandler, body: bytes) -> str:
    target = request.headers.get("X-Amz-Target")
    if target:
        return target.rpartition(".")[2]
    action = parse_qs(body.decode("utf-8", "replace")).get("Action") if request.command == "POST" else None
    return action[0] if action else f"{request.command} {request.path}"


def _found_early(body: bytes) -> bytes:
    """The description of a change set that failed, or its events, as CloudFormation gives them."""
    given = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    action = given["Action"]
    if action == "DescribeChangeSet":
        said = (
            f"<ChangeSetId>{given['ChangeSetName']}</ChangeSetId><StackId>{given['StackName']}</StackId>"
            "<Status>FAILED</Status><StatusReason>The following hook(s)/validation failed: "
            "[AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the "
            "DescribeEvents API for detailed failure information.</StatusReason><Changes/>"
        )
    else:
        said = (
            "<OperationEvents><member><EventId>1</EventId><EventType>VALIDATION_ERROR</EventType>"
            "<LogicalResourceId>Archive</LogicalResourceId><ResourceType>AWS::Events::Archive</ResourceType>"
            "<ValidationName>NAME_CONFLICT_VALIDATION</ValidationName><ValidationStatus>FAILED"
            "</ValidationStatus><ValidationStatusReason>Resource of type 'AWS::Events::Archive' with identifier "
            "'faulty' already exists.</ValidationStatusReason></member></OperationEvents>"
        )
    return f"<{action}Response><{action}Result>{said}</{action}Result></{action}Response>".encode()


def _not_there(operation: str, in_json: bool) -> tuple[int, str, bytes]:
    """How emulators answer on an operation that they do not have."""
    what = f"The operation {operation} is not implemented."
    if in_json:
        said = json.dumps({"__type": "UnknownOperationException", "message": what}).encode()
        return 501, "application/x-amz-json-1.0", said
    error = f"<Error><Code>InternalFailure</Code><Message>{what}</Message></Error>"
    return 501, "text/xml", f"<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>".encode()


def _bad_answer(fault: Fault | None, json_spoken: bool) -> tuple[int, str, bytes]:
    if fault == "html":
        return 200, "text/html", b"<!DOCTYPE html><html><body><h1>Welcome to nginx!</h1><p>&nbsp;</body>"
    if fault == "half xml":
        return 200, "text/xml", b"<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackN"
    if fault == "nothing":
        return 200, "text/xml", b""
    status, code, said = {
        "throttled": (400, "ThrottlingException" if json_spoken else "Throttling", "Rate exceeded"),
        "too many": (429, "TooManyRequestsException", "Too many requests"),
        "expired": (403, "ExpiredTokenException" if json_spoken else "ExpiredToken", "The token has expired"),
        "broken": (500, "InternalFailure", "An internal error occurred"),
    }[str(fault)]
    if json_spoken:
        return (
            status,
            "application/x-amz-json-1.1",
            json.dumps({"__type": code, "message": said}).encode(),
        )
    error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{said}</Message></Error>"
    return status, "text/xml", f"<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>".encode()
