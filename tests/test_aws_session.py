"""Clients for a target, who we are there, and what is said when the way is blocked."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from anycompany.aws.errors import AwsError, RefusedError, explaining
from anycompany.aws.session import Clients, Target, connect, whoami

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMIK7MDENG"
HTML = "<!doctype html><html lang=en><title>Welcome</title><p>It works!"


def sts_error(code: str) -> str:
    return (
        f"<ErrorResponse><Error><Code>{code}</Code><Message>{KEY} signed it</Message></Error></ErrorResponse>"
    )


@contextmanager
def web_server(status: int, body: str, content_type: str = "text/html") -> Iterator[tuple[str, list[str]]]:
    """An endpoint that gives one answer to everything, and the headers of the requests it got."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            seen.append(str(self.headers))
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST = answer  # noqa: N815 - the names the standard library calls

        def log_message(self, *_arguments: object) -> None:
            """Keep the test's output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", seen
        server.shutdown()


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment in which nobody ever configured AWS."""
    for name in list(os.environ):
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return monkeypatch


@pytest.fixture
def signed_in(settings: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    settings.setenv("AWS_ACCESS_KEY_ID", KEY)
    settings.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    settings.setenv("AWS_REGION", "eu-west-1")
    settings.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    return settings


def test_we_are_known_on_the_embedded_aws(local_aws: Clients) -> None:
    who = whoami(local_aws)
    assert (who.account, who.region) == ("000000000000", "us-east-1")
    assert who.endpoint == local_aws.endpoint_url
    assert who.arn.startswith("arn:aws:iam::000000000000:")


def test_local_takes_another_region(local_aws: Clients) -> None:
    elsewhere = connect(Target("local", region="eu-central-1"))
    bus = elsewhere.client("events").describe_event_bus(Name="default")
    assert bus["Arn"] == "arn:aws:events:eu-central-1:000000000000:event-bus/default"


def test_local_heeds_no_setting_of_the_aws_command_line(
    local_aws: Clients, signed_in: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "config").write_text("[this is not a configuration")
    signed_in.setenv("AWS_PROFILE", "nobody")
    signed_in.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    signed_in.setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1")
    signed_in.setenv("AWS_USE_FIPS_ENDPOINT", "true")
    signed_in.setenv("AWS_USE_DUALSTACK_ENDPOINT", "true")
    signed_in.setenv("AWS_RETRY_MODE", "nonsense")
    signed_in.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    signed_in.setenv("http_proxy", "http://127.0.0.1:1")
    clients = connect(Target("local"))
    assert whoami(clients).region == "us-east-1"
    assert "Buckets" in clients.client("s3").list_buckets()


def test_local_never_sends_the_users_own_credentials(signed_in: pytest.MonkeyPatch) -> None:
    signed_in.setenv("AWS_SESSION_TOKEN", "a-session-token")
    with web_server(200, '{"pid": 1}', "application/json") as (endpoint, seen):
        signed_in.setenv("ANYCOMPANY_LOCAL_ENDPOINT", endpoint)
        clients = connect(Target("local"))
        clients.client("events").list_event_buses()
    assert any("Credential=local/" in headers for headers in seen)
    assert not any(secret in "".join(seen) for secret in (KEY, SECRET, "a-session-token"))


def test_aws_uses_the_ordinary_chain_and_any_endpoint(
    local_aws: Clients, signed_in: pytest.MonkeyPatch
) -> None:
    signed_in.setenv("AWS_ACCESS_KEY_ID", "123456789012")  # the emulator takes this for the account
    elsewhere = connect(Target("aws", endpoint_url=local_aws.endpoint_url))
    who = whoami(elsewhere)
    assert (who.account, who.region, who.endpoint) == ("123456789012", "eu-west-1", local_aws.endpoint_url)


def test_a_client_is_made_once_even_when_threads_ask_together(local_aws: Clients) -> None:
    clients = connect(Target("local"))
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(clients.client, ["sqs", "sns"] * 8))
    assert len({id(client) for client in made}) == 2


def test_missing_credentials_are_reported(settings: pytest.MonkeyPatch) -> None:
    with pytest.raises(AwsError, match=r"ask AWS who we are: no AWS credentials were found.*aws sso login"):
        whoami(connect(Target("aws", region="eu-west-1", endpoint_url="http://127.0.0.1:1")))


def test_incomplete_credentials_are_reported(signed_in: pytest.MonkeyPatch) -> None:
    signed_in.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(AwsError, match="incomplete: AWS_SECRET_ACCESS_KEY is missing"):
        whoami(connect(Target("aws", endpoint_url="http://127.0.0.1:1")))


def test_a_missing_region_is_reported(settings: pytest.MonkeyPatch) -> None:
    with pytest.raises(AwsError, match=r"No AWS region is configured.*--region"):
        connect(Target("aws"))


def test_an_invalid_region_is_reported(signed_in: pytest.MonkeyPatch) -> None:
    with pytest.raises(AwsError, match="no valid AWS region"):
        connect(Target("aws", region="eu west 1/../")).client("sts")


def test_an_unknown_profile_is_named(settings: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedError, match="there is no AWS profile named 'finance'"):
        connect(Target("aws", profile="finance", region="eu-west-1"))


def test_a_broken_configuration_file_is_named(settings: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("[this is not a configuration")
    with pytest.raises(AwsError, match=r"configuration file .*config cannot be read"):
        connect(Target("aws"))


def test_an_incomplete_single_sign_on_profile_is_reported(
    settings: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "config").write_text("[profile team]\nregion = eu-west-1\nsso_session = ours\n")
    with pytest.raises(AwsError, match="Could not"):
        whoami(connect(Target("aws", profile="team", endpoint_url="http://127.0.0.1:1")))


def test_an_expired_single_sign_on_is_reported(settings: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "config").write_text(
        "[profile team]\nregion = eu-west-1\nsso_start_url = https://example.com/start\n"
        "sso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = team\n"
    )
    with pytest.raises(AwsError, match=r"sign-in is missing or has expired.*aws sso login"):
        whoami(connect(Target("aws", profile="team", endpoint_url="http://127.0.0.1:1")))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("ExpiredToken", "the AWS credentials have expired"),
        ("InvalidClientTokenId", r"AWS does not accept the credentials \(InvalidClientTokenId\)"),
        ("SignatureDoesNotMatch", "AWS does not accept the credentials"),
        ("AccessDenied", "AWS says AccessDenied"),
    ],
)
def test_what_aws_answers_is_explained(signed_in: pytest.MonkeyPatch, code: str, reason: str) -> None:
    with web_server(403, sts_error(code), "text/xml") as (endpoint, _):
        clients = connect(Target("aws", endpoint_url=endpoint))
        with pytest.raises(AwsError, match=reason) as raised:
            whoami(clients)
    assert raised.value.where == endpoint
    assert raised.value.remedy


@pytest.mark.parametrize("code", ["ExpiredToken", "InvalidClientTokenId", "SignatureDoesNotMatch"])
def test_no_name_of_a_credential_is_in_an_error(signed_in: pytest.MonkeyPatch, code: str) -> None:
    with web_server(403, sts_error(code), "text/xml") as (endpoint, _):
        clients = connect(Target("aws", endpoint_url=endpoint))
        with pytest.raises(AwsError) as raised:
            whoami(clients)
    assert KEY not in str(raised.value)


def test_an_endpoint_that_cannot_be_reached_is_named(signed_in: pytest.MonkeyPatch) -> None:
    with pytest.raises(AwsError, match=r"^http://127\.0\.0\.1:1: .*cannot be reached.*Check the endpoint"):
        whoami(connect(Target("aws", endpoint_url="http://127.0.0.1:1")))


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, HTML),
        (404, HTML),
        (405, ""),
        (200, "{}"),
        (400, '{"error": "no"}'),
        (404, "<html><p>no</p></html>"),
    ],
)
def test_an_endpoint_that_is_not_aws_is_told_apart(
    signed_in: pytest.MonkeyPatch, status: int, body: str
) -> None:
    with web_server(status, body) as (endpoint, _):
        clients = connect(Target("aws", endpoint_url=endpoint))
        with pytest.raises(AwsError, match="does not answer like AWS") as raised:
            whoami(clients)
    assert raised.value.where == endpoint


def test_an_answer_with_an_error_keeps_what_aws_says(local_aws: Clients) -> None:
    with (
        pytest.raises(AwsError, match=r"^bus nowhere: Could not read the bus: AWS says ResourceNotFound"),
        explaining("read the bus", "bus nowhere"),
    ):
        local_aws.client("events").describe_event_bus(Name="nowhere")


def test_errors_that_are_not_of_aws_pass_unchanged() -> None:
    with pytest.raises(KeyError), explaining("look something up"):
        dict[str, str]()["nothing"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"kind": "azure"}, "no target 'azure'"),
        ({"kind": "local", "profile": "team"}, "cannot be used with the embedded AWS"),
        ({"kind": "local", "endpoint_url": "http://127.0.0.1:4566"}, "cannot be used with the embedded AWS"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(wrong: dict[str, str], reason: str) -> None:
    with pytest.raises(AwsError, match=reason):
        Target(**wrong)  # type: ignore[arg-type]


@given(st.text(min_size=1) | st.text(min_size=1).map("http://{}".format))
def test_any_text_as_an_endpoint_is_taken_or_refused_with_a_remedy(text: str) -> None:
    try:
        assert Target("aws", endpoint_url=text).endpoint_url == text
    except AwsError as error:
        assert "http://127.0.0.1:4566" in error.remedy
