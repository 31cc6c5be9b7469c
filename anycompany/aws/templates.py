"""How templates get to CloudFormation: within the call, through a bucket, or in nested stacks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from anycompany.aws.deployed import storm_tag_of
from anycompany.aws.errors import AwsError, explaining
from anycompany.aws.session import Clients
from anycompany.bus.names import limited
from anycompany.stacks.splitting import MOST_RESOURCES, Split, split, too_large
from anycompany.stacks.stack import LARGEST_TEMPLATE, LARGEST_TEMPLATE_BODY, Stack, Template
from anycompany.stacks.synth import template_body, text_of

LONGEST_BUCKET_NAME = 63


def is_too_large(template: Template) -> bool:
    """Whether a template has to be split into nested stacks."""
    return too_large(template, _size(text_of(template)))


@contextmanager
def reachable_templates(
    clients: Clients, stacks: Sequence[Stack], bucket: str | None
) -> Iterator[dict[str, dict[str, str]]]:
    """For each stack's name, the argument that gives CloudFormation its template, valid within the block.

    Parameters
    ----------
    clients : where the templates go.
    stacks : the stacks.
    bucket : the bucket for templates over 51,200 bytes; elsewhere than on AWS itself, ``None`` makes one.

    Raises
    ------
    AwsError
        before anything is uploaded, if a template is over 1 MB, or is over 51,200 bytes and has no bucket;
        if S3 refuses.
    """
    whole = {stack.name: template_body(stack) for stack in stacks}
    bodies, splits = {}, {}
    for stack in stacks:
        bodies[stack.name] = whole[stack.name]
        if is_too_large(stack.template):
            splits[stack.name] = split(stack.template)
            bodies[stack.name] = text_of(splits[stack.name].root)
    _refuse_too_large(bodies, splits)
    large = [name for name, body in bodies.items() if _size(body) > LARGEST_TEMPLATE_BODY or name in splits]
    if large and not bucket and not clients.endpoint_url:
        raise AwsError(
            f"The template has {_size(whole[large[0]]):,} bytes; CloudFormation takes more than "
            f"{LARGEST_TEMPLATE_BODY:,} only from a bucket.",
            large[0],
            "Name a bucket of yours in this region for it, or split the service.",
        )
    arguments = {name: {"TemplateBody": body} for name, body in bodies.items()}
    with ExitStack() as cleaning:
        if large and not bucket:
            bucket = own_bucket(storm_tag_of(stacks))
            make_bucket(clients, bucket)
            cleaning.callback(remove_bucket, clients, bucket)
        for name, made in splits.items():
            for part, body in made.parts.items():  # kept: CloudFormation reads it again when it rolls back
                url = _upload(clients, str(bucket), f"{name}-{part}", text_of(body))
                made.root["Resources"][part]["Properties"]["TemplateURL"] = url
            bodies[name] = text_of(made.root)
        for name in large:
            arguments[name] = {"TemplateURL": _upload(clients, str(bucket), name, bodies[name], cleaning)}
        yield arguments


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


def _refuse_too_large(bodies: Mapping[str, str], splits: Mapping[str, Split]) -> None:
    """Raise ``AwsError`` for what is too large even in nested stacks."""
    for name, body in bodies.items():
        parts = splits[name].parts.values() if name in splits else ()
        size = max([_size(body), *(_size(text_of(part)) for part in parts)])
        count = len(splits[name].root["Resources"]) if name in splits else 0
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


def _upload(clients: Clients, bucket: str, stack: str, body: str, cleaning: ExitStack | None = None) -> str:
    """Put a template into the bucket, until ``cleaning`` ends; its address as CloudFormation reads it."""
    s3 = clients.client("s3")
    key = f"anycompany/{stack}-{hashlib.sha256(body.encode()).hexdigest()[:16]}.json"

    def remove() -> None:
        with explaining("remove a template from the bucket", bucket):
            s3.delete_object(Bucket=bucket, Key=key)

    with explaining("put the template into the bucket", f"{stack}, bucket {bucket}"):
        s3.put_object(Bucket=bucket, Key=key, Body=body.encode(), ContentType="application/json")
    if cleaning:
        cleaning.callback(remove)
    return f"{s3.meta.endpoint_url}/{bucket}/{key}"
