"""How templates get to CloudFormation: within the call, through a bucket, or in nested stacks."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from anycompany.aws.deployed import storm_tag_of
from anycompany.aws.errors import AwsError, explaining
from anycompany.aws.session import Clients
from anycompany.bus.names import limited
from anycompany.stacks.splitting import MOST_RESOURCES, Split, split, too_large
from anycompany.stacks.stack import LARGEST_TEMPLATE, LARGEST_TEMPLATE_BODY, Stack
from anycompany.stacks.synth import template_body, text_of

LONGEST_BUCKET_NAME = 63


class Reachable:
    """For each stack's name, the argument that gives CloudFormation its template; uploaded when asked for.

    Safe to share between threads. Nothing is uploaded for stacks that stay as they are.
    """

    def __init__(self, clients: Clients, stacks: Sequence[Stack], bucket: str | None) -> None:
        self._clients = clients
        self._own = "" if bucket else own_bucket(storm_tag_of(stacks))
        self._bucket = bucket or self._own
        self._bodies = {stack.name: template_body(stack) for stack in stacks}
        self._splits = {stack.name: split(stack.template) for stack in stacks if self._has_to_be_split(stack)}
        self._keys: list[str] = []
        self._bucket_is_there = bool(bucket)
        self._uploading = threading.Lock()
        for name, one in self._splits.items():
            _refuse_too_large(name, one)
        large = [name for name in self._bodies if self._is_large(name)]
        if large and not bucket and not clients.endpoint_url:
            raise AwsError(
                f"The template has {_size(self._bodies[large[0]]):,} bytes; CloudFormation takes more than "
                f"{LARGEST_TEMPLATE_BODY:,} only from a bucket.",
                large[0],
                "Name a bucket of yours in this region for it, or split the service.",
            )

    def __getitem__(self, name: str) -> dict[str, str]:
        """Raises ``AwsError`` if S3 refuses."""
        if not self._is_large(name):
            return {"TemplateBody": self._bodies[name]}
        with self._uploading:
            if not self._bucket_is_there:
                make_bucket(self._clients, self._bucket)
                self._bucket_is_there = True
            body = self._bodies[name]
            if name in self._splits:
                body = self._with_parts(name, self._splits[name])
            key = _key(name, body)
            self._keys.append(key)
            return {"TemplateURL": _upload(self._clients, self._bucket, key, body)}

    def remove(self) -> None:
        """Remove what was uploaded, but for nested stacks in a bucket of somebody's own.

        CloudFormation reads those again when it rolls back. Raises ``AwsError`` if S3 refuses.
        """
        if self._own and self._bucket_is_there:
            remove_bucket(self._clients, self._own)
            return
        for key in dict.fromkeys(self._keys):
            with explaining("remove a template from the bucket", self._bucket):
                self._clients.client("s3").delete_object(Bucket=self._bucket, Key=key)

    def _has_to_be_split(self, stack: Stack) -> bool:
        return too_large(stack.template, _size(self._bodies[stack.name]))

    def _is_large(self, name: str) -> bool:
        return name in self._splits or _size(self._bodies[name]) > LARGEST_TEMPLATE_BODY

    def _with_parts(self, name: str, made: Split) -> str:
        """The root of a split template, its parts uploaded."""
        for part, template in made.parts.items():
            body = text_of(template)
            url = _upload(self._clients, self._bucket, _key(f"{name}-{part}", body), body)
            made.root["Resources"][part]["Properties"]["TemplateURL"] = url
        return text_of(made.root)


@contextmanager
def reachable_templates(clients: Clients, stacks: Sequence[Stack], bucket: str | None) -> Iterator[Reachable]:
    """The templates of stacks as CloudFormation takes them, valid within the block.

    Parameters
    ----------
    clients : where the templates go.
    stacks : the stacks.
    bucket : the bucket for templates over 51,200 bytes; elsewhere than on AWS itself, ``None`` makes one.

    Raises
    ------
    AwsError
        before anything is done, if a template is too large even in nested stacks, or is over 51,200 bytes and
        has no bucket; if S3 refuses.
    """
    templates = Reachable(clients, stacks, bucket)
    try:
        yield templates
    except BaseException:
        with suppress(AwsError):  # why it failed is what a person has to know
            templates.remove()
        raise
    try:
        templates.remove()
    except AwsError as error:
        raise AwsError(
            f"All was done, but {error.what[:1].lower()}{error.what[1:]}",
            error.where,
            f"{error.remedy} It goes with the next deploy that needs one, and with destroy.".strip(),
        ) from error


def own_bucket(storm: str) -> str:
    """The name of the bucket that is made for the large templates of a storm, and removed with it."""
    return limited(f"anycompany-templates-{storm}", LONGEST_BUCKET_NAME)


def remove_bucket(clients: Clients, bucket: str) -> bool:
    """Empty and delete a bucket; False if there is none of that name.

    Raises
    ------
    AwsError
        if S3 refuses.
    """
    from botocore.exceptions import ClientError

    s3 = clients.client("s3")
    with explaining("remove the bucket of the templates", bucket):
        try:
            for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
                for item in page.get("Contents", []):
                    s3.delete_object(Bucket=bucket, Key=item["Key"])
            s3.delete_bucket(Bucket=bucket)
        except ClientError as error:
            if error.response["Error"].get("Code") not in ("NoSuchBucket", "404"):
                raise
            return False
    return True


def _refuse_too_large(name: str, made: Split) -> None:
    """Raise ``AwsError`` for what is too large even in nested stacks."""
    size = max(_size(text_of(template)) for template in (made.root, *made.parts.values()))
    count = len(made.root["Resources"])
    if size > LARGEST_TEMPLATE or count > MOST_RESOURCES:
        raise AwsError(
            f"The template has {size:,} bytes, and {count} resources, that belong together; "
            f"CloudFormation takes up to {LARGEST_TEMPLATE:,} and {MOST_RESOURCES}.",
            name,
            "Split the service: give some of its entities a context, and so a service, of their own. "
            "Nothing was deployed.",
        )


def make_bucket(clients: Clients, bucket: str) -> None:
    """Make a bucket, unless it is there already. Raises ``AwsError`` if S3 refuses."""
    s3 = clients.client("s3")
    place: dict[str, Any] = {}
    if clients.region != "us-east-1":  # which S3 takes for granted, and refuses to be told
        place = {"CreateBucketConfiguration": {"LocationConstraint": clients.region}}
    with explaining("make a bucket for the templates", bucket):
        try:
            s3.create_bucket(Bucket=bucket, **place)
        except s3.exceptions.BucketAlreadyOwnedByYou:
            return


def _size(body: str) -> int:
    return len(body.encode())


def _key(name: str, body: str) -> str:
    return f"anycompany/{name}-{hashlib.sha256(body.encode()).hexdigest()[:16]}.json"


def _upload(clients: Clients, bucket: str, key: str, body: str) -> str:
    """Put a template into the bucket; its address as CloudFormation reads it."""
    s3 = clients.client("s3")
    with explaining("put the template into the bucket", f"{key}, bucket {bucket}"):
        s3.put_object(Bucket=bucket, Key=key, Body=body.encode(), ContentType="application/json")
    return f"{s3.meta.endpoint_url}/{bucket}/{key}"
