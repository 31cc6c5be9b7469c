"""The bucket of a storm: made by the deploy that first needs one, and removed with the storm by destroy.

Templates over 51,200 bytes, nested stacks and packages of code have to be in a bucket (CloudFormation,
Lambda). That there is one, or that one is being made, is noted on the target before it is begun: what was
made by a deploy that was killed is found by the next, and by destroy.
"""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from anycompany.aws.errors import AwsError, explaining
from anycompany.aws.ledger import delete_parameters, path_of, put_parameter, read_parameters
from anycompany.aws.session import Clients, Identity, whoami
from anycompany.bus.names import limited
from anycompany.storm.errors import StormError

LONGEST_BUCKET_NAME = 63
PASSING = "anycompany/passing/"
"""What the keys begin with of what nobody needs after a deploy."""

_PRIVATE = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}
_ENCRYPTED = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}
_PASSES = {
    "Rules": [
        {"ID": "passing", "Status": "Enabled", "Filter": {"Prefix": PASSING}, "Expiration": {"Days": 1}}
    ]
}


def name_of_bucket(storm: str, who: Identity) -> str:
    """The name of a storm's own bucket in an account and region; there is only one of a name in the world.

    >>> name_of_bucket("hotel-prod", Identity("123456789012", "", "eu-central-1", ""))
    'anycompany-hotel-prod-123456789012-eu-central-1'
    """
    place = f"-{who.account}-{who.region}"
    return limited(f"anycompany-{storm.lower()}", LONGEST_BUCKET_NAME - len(place)) + place


@dataclass(frozen=True)
class Noted:
    """What is noted of a storm's own bucket: its name, and whether it was finished."""

    name: str
    ready: bool = False


def noted_from(text: str | None) -> Noted | None:
    """What a parameter says of a bucket; None where there is none, or it cannot be read."""
    try:
        return Noted(**json.loads(text)) if text else None
    except (ValueError, TypeError):
        return None


def noted_bucket(clients: Clients, storm: str) -> Noted | None:
    """What is noted of a storm's own bucket. Raises ``AwsError``."""
    name = path_of(storm, "bucket")
    return noted_from(read_parameters(clients, [name]).get(name))


class Bucket:
    """Where large templates and packages go: a bucket that a person named, or the storm's own.

    Safe to share between threads.

    Parameters
    ----------
    clients : the target.
    storm : the value of the storm tag.
    named : the bucket that a person named; None for the storm's own.
    noted : what was noted of the storm's own.
    """

    def __init__(self, clients: Clients, storm: str, named: str | None, noted: Noted | None) -> None:
        self._clients = clients
        self._storm = storm
        self._lock = threading.Lock()
        self.is_own = named is None
        self._there = named or (noted.name if noted and noted.ready else "")
        self._owner: dict[str, str] = {}

    @property
    def is_there(self) -> bool:
        """Whether nothing has to be made."""
        return bool(self._there)

    def name(self) -> str:
        """What it is called, or will be. Raises ``AwsError`` if AWS does not say who we are."""
        return self._there or name_of_bucket(self._storm, whoami(self._clients))

    def put(self, key: str, body: bytes, kind: str = "application/json") -> str:
        """Put something into it, making it where it is not there; its address as CloudFormation reads it.

        Raises
        ------
        AwsError
            if S3 refuses.
        """
        s3 = self._clients.client("s3")
        with self._lock:
            bucket, owner = self._made(), self._owned()
            with explaining(f"put {key} into the bucket", bucket):
                s3.put_object(Bucket=bucket, Key=key, Body=body, ContentType=kind, **owner)
        return f"{s3.meta.endpoint_url}/{bucket}/{key}"

    def has(self, key: str) -> bool:
        """Whether something is in it already. Raises ``AwsError`` if S3 refuses."""
        from botocore.exceptions import ClientError

        if not self._there:
            return False
        with explaining(f"look for {key} in the bucket", self._there):
            try:
                self._clients.client("s3").head_object(Bucket=self._there, Key=key, **self._owned())
            except ClientError as error:
                if error.response["Error"].get("Code") not in ("404", "NoSuchKey", "NotFound"):
                    raise
                return False
        return True

    def remove(self, key: str) -> None:
        """Take something out of it again. Raises ``AwsError`` if S3 refuses."""
        with explaining(f"remove {key} from the bucket", self._there):
            self._clients.client("s3").delete_object(Bucket=self._there, Key=key, **self._owned())

    def _made(self) -> str:
        if not self._there:
            who = whoami(self._clients)
            name = name_of_bucket(self._storm, who)
            _note(self._clients, self._storm, Noted(name))
            _make(self._clients, name, self._storm)
            _note(self._clients, self._storm, Noted(name, ready=True))
            self._there = name
        return self._there

    def _owned(self) -> dict[str, str]:
        """For the storm's own bucket, that it has to be this account's: a name can be taken by anybody."""
        if self.is_own and not self._owner:
            self._owner = {"ExpectedBucketOwner": whoami(self._clients).account}
        return self._owner


def remove_bucket(clients: Clients, storm: str, noted: Noted) -> bool:
    """Empty and delete a storm's own bucket, and forget that it was noted; False if there was none.

    Raises
    ------
    AwsError
        if S3 refuses, with the command that removes it.
    """
    from botocore.exceptions import ClientError

    s3, found = clients.client("s3"), True
    try:
        with explaining("remove the bucket of templates and code", noted.name):
            try:
                for page in s3.get_paginator("list_objects_v2").paginate(Bucket=noted.name):
                    keys = [{"Key": item["Key"]} for item in page.get("Contents", [])]
                    if keys:
                        s3.delete_objects(Bucket=noted.name, Delete={"Objects": keys, "Quiet": True})
                s3.delete_bucket(Bucket=noted.name)
            except ClientError as error:
                if error.response["Error"].get("Code") not in ("NoSuchBucket", "404"):
                    raise
                found = False
    except AwsError as error:
        raise AwsError(error.what, error.where, f"{error.remedy} {_by_hand(clients, noted.name)}") from error
    delete_parameters(clients, [path_of(storm, "bucket")])
    return found


def _by_hand(clients: Clients, bucket: str) -> str:
    words = ["aws s3 rb --force", f"s3://{bucket}", "--region", clients.region]
    words += ["--profile", clients.target.profile] if clients.target.profile else []
    words += ["--endpoint-url", clients.endpoint_url] if clients.endpoint_url else []
    return f"By hand: {' '.join(words)}"


def _note(clients: Clients, storm: str, noted: Noted) -> None:
    put_parameter(clients, path_of(storm, "bucket"), json.dumps(vars(noted)))


def _make(clients: Clients, bucket: str, storm: str) -> None:
    """Make a bucket that is private, encrypted, and empties itself; what is there of it already is right."""
    s3 = clients.client("s3")
    place: dict[str, Any] = {}
    if clients.region != "us-east-1":  # which S3 takes for granted, and refuses to be told
        place = {"CreateBucketConfiguration": {"LocationConstraint": clients.region}}
    remedy = "Put that right and run it again; or name a bucket of yours in this region: --bucket NAME."
    try:
        with explaining("make a bucket for templates and code", bucket):
            with suppress(s3.exceptions.BucketAlreadyOwnedByYou):  # begun by a deploy that was killed
                s3.create_bucket(Bucket=bucket, **place)
            s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=_PRIVATE)
            s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration=_ENCRYPTED)
            s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration=_PASSES)
            if not str(clients.endpoint_url or "https:").startswith("http:"):
                s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(over_tls_only(bucket, clients)))
            s3.put_bucket_tagging(
                Bucket=bucket, Tagging={"TagSet": [{"Key": "anycompany:storm", "Value": storm}]}
            )
    except StormError as error:
        raise AwsError(error.what, error.where, f"{error.remedy} {remedy}".strip()) from error


def over_tls_only(bucket: str, clients: Clients) -> dict[str, Any]:
    """The policy by which a bucket answers over TLS only."""
    partition = clients.client("s3").meta.partition
    arn = f"arn:{partition}:s3:::{bucket}"
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "OverTlsOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:*",
                "Resource": [arn, f"{arn}/*"],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }
