"""The one place that makes AWS clients, for a target: ``local`` or ``aws``.

``local`` is the embedded AWS: its clients carry fixed dummy credentials and read neither the environment
nor the files of the AWS command line, so that nobody's own credentials, profile or endpoint settings are
read or sent. ``aws`` is the ordinary credential chain of boto3.
"""

from __future__ import annotations

import os
import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from anycompany.aws import local
from anycompany.aws.answers import refuse_nonsense
from anycompany.aws.errors import AwsError, RefusedError, explaining

if TYPE_CHECKING:
    import boto3
    from botocore.config import Config

LOCAL_REGION = "us-east-1"
_ACCOUNT = re.compile(r"[0-9]{12}")
_BUSY_SERVICES = ("cloudformation", "ssm")
_DUMMY_KEYS = {"aws_access_key_id": "local", "aws_secret_access_key": "local"}


@dataclass(frozen=True)
class Target:
    """Where stacks go.

    Parameters
    ----------
    kind : ``local`` for the embedded AWS, ``aws`` for an account or any other endpoint.
    region : an AWS region; ``None`` means us-east-1 on ``local``, the configured one on ``aws``.
    profile : an AWS profile; only with ``aws``.
    endpoint_url : an endpoint instead of AWS's own, such as another emulator's; only with ``aws``.
    account : the twelve digits of the account that it has to be; see :func:`refuse_other_account`.

    Raises
    ------
    AwsError
        for an unknown kind, a profile or endpoint on ``local``, an endpoint that is no http(s) address, what
        is no account.

    >>> Target("aws", region="eu-central-1").region
    'eu-central-1'
    """

    kind: Literal["local", "aws"] = "local"
    region: str | None = None
    profile: str | None = None
    endpoint_url: str | None = None
    account: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in ("local", "aws"):
            raise AwsError(f"There is no target {self.kind!r}.", "target", "Choose local or aws.")
        if self.kind == "local" and (self.profile or self.endpoint_url):
            raise AwsError(
                "A profile or an endpoint cannot be used with the embedded AWS.",
                "target local",
                "Choose target aws, or leave them out.",
            )
        if self.endpoint_url and not _is_web_address(self.endpoint_url):
            raise AwsError(
                f"{self.endpoint_url!r} is not the address of an endpoint.",
                "endpoint URL",
                "Give it with scheme and port, such as http://127.0.0.1:4566.",
            )
        if self.account is not None and not _ACCOUNT.fullmatch(str(self.account)):
            raise AwsError(
                f"{str(self.account)[:60]!r} is not an AWS account.",
                "account",
                "Give its twelve digits as a text, such as 123456789012.",
            )


@dataclass(frozen=True)
class Identity:
    """Who we are on a target: the account, the caller's ARN, the region, and the endpoint that said so."""

    account: str
    arn: str
    region: str
    endpoint: str


class Clients:
    """The boto3 clients of one target, each made once; safe to share between threads.

    Made by :func:`connect`. ``target`` is what was asked for, ``region`` the region in use, ``endpoint_url``
    the endpoint of every client, or ``None`` for AWS's own.
    """

    def __init__(
        self, target: Target, session: boto3.Session, region: str, endpoint_url: str | None, config: Config
    ) -> None:
        self.target = target
        self.region = region
        self.endpoint_url = endpoint_url
        self._session = session
        self._config = config
        self._made: dict[str, Any] = {}
        self._making = threading.Lock()  # sessions, unlike clients, may not be shared between threads

    def client(self, service: str) -> Any:
        """The client of a service.

        Parameters
        ----------
        service : boto3's name of it, such as ``events`` or ``stepfunctions``.

        Raises
        ------
        AwsError
            if it cannot be made, for example because an SSO profile is incomplete.
        """
        with self._making:
            if service not in self._made:
                credentials = _DUMMY_KEYS if self.target.kind == "local" else {}
                with explaining(f"make a client for {service}", self._place()):
                    self._made[service] = self._session.client(
                        service,  # type: ignore[call-overload]  # one overload per service, we take any
                        region_name=self.region,
                        endpoint_url=self.endpoint_url,
                        config=self._config.merge(_patient()) if service in _BUSY_SERVICES else self._config,
                        **credentials,
                    )
                refuse_nonsense(self._made[service])
            return self._made[service]

    def _place(self) -> str:
        return self.endpoint_url or f"AWS in {self.region}"


def connect(target: Target) -> Clients:
    """Clients for a target; starts the embedded AWS if ``local`` is asked for and none runs.

    Parameters
    ----------
    target : where to; nothing is sent to AWS by connecting.

    Raises
    ------
    AwsError
        for an unknown profile, unreadable configuration, no region, an embedded AWS that cannot start.
    """
    if target.kind == "local":
        endpoint = local.ensure().endpoint
        region = target.region or LOCAL_REGION
        return Clients(target, _session_that_reads_no_settings(), region, endpoint, _config(endpoint, {}))
    import boto3

    with explaining("use the AWS configuration", _place_of_profile(target)):
        session = boto3.Session(profile_name=target.profile, region_name=target.region)
        region_or_none = session.region_name
    if not region_or_none:
        raise AwsError(
            "No AWS region is configured.", _place_of_profile(target), "Name one: --region eu-central-1."
        )
    return Clients(target, session, region_or_none, target.endpoint_url, _config(target.endpoint_url, None))


def whoami(clients: Clients) -> Identity:
    """Ask STS for the account and caller behind these clients.

    Raises
    ------
    AwsError
        for missing, incomplete, expired or refused credentials, an endpoint that cannot be reached, and
        an endpoint that answers but is not AWS.
    """
    from botocore.exceptions import ClientError

    sts = clients.client("sts")
    endpoint: str = sts.meta.endpoint_url
    with explaining("ask AWS who we are", endpoint):
        try:
            answer = sts.get_caller_identity()
        except ClientError as error:
            # Only something that is not AWS refuses without one of AWS's codes: botocore then makes one
            # up from the HTTP status.
            code = error.response.get("Error", {}).get("Code", "")
            if code.isalpha() and code != "Unknown":
                raise
            answer = {}
    if not {"Account", "Arn"} <= answer.keys():
        raise AwsError("The endpoint does not answer like AWS.", endpoint, "Check its address and port.")
    return Identity(answer["Account"], answer["Arn"], clients.region, endpoint)


def refuse_other_account(clients: Clients) -> None:
    """Make sure, before anything is done, that the target's account is the one we have credentials for.

    Raises
    ------
    RefusedError
        if it is another.
    AwsError
        if nobody says which.
    """
    wanted = clients.target.account
    if wanted is not None:
        found = whoami(clients)
        if found.account != wanted:
            raise RefusedError(
                f"The credentials are those of account {found.account}, not of {wanted}; nothing was done.",
                found.endpoint,
                "Choose the profile of that account, or correct the account.",
            )


def _session_that_reads_no_settings() -> boto3.Session:
    """A session that looks at no environment variable and no configuration file."""
    import boto3
    from botocore.session import Session

    deaf = {name: (None, None, default, convert) for name, (_, _, default, convert) in _settings().items()}
    for file in ("config_file", "credentials_file"):
        deaf[file] = (None, None, os.devnull, None)
    return boto3.Session(botocore_session=Session(session_vars=deaf))


def _settings() -> dict[str, tuple[Any, Any, Any, Any]]:
    from botocore.session import Session

    return dict(Session.SESSION_VARIABLES)


def _config(endpoint_url: str | None, proxies: dict[str, str] | None) -> Config:
    """Timeouts and retries for everybody; an empty dict of proxies means none, ``None`` the environment's."""
    from botocore.config import Config

    return Config(
        connect_timeout=5,
        read_timeout=60,
        retries={"mode": "standard", "total_max_attempts": 3},
        max_pool_connections=32,
        user_agent_extra="anycompany",
        proxies=proxies,
        # other endpoints have no host name per bucket
        s3={"addressing_style": "path"} if endpoint_url else None,
    )


def _patient() -> Config:
    """Retries where AWS throttles whoever asks often: backing off, and slower from then on (adaptive)."""
    from botocore.config import Config

    return Config(retries={"mode": "adaptive", "total_max_attempts": 8})


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _place_of_profile(target: Target) -> str:
    return f"AWS profile {target.profile}" if target.profile else "AWS configuration"
