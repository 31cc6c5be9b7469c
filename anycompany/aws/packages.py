"""Packages of code in a bucket: put there once for each content, so that going back finds them, too."""

from __future__ import annotations

from collections.abc import Mapping

from anycompany.aws.errors import explaining
from anycompany.aws.session import Clients
from anycompany.aws.templates import LONGEST_BUCKET_NAME, make_bucket
from anycompany.bus.names import limited
from anycompany.storm.code import Code


def bucket_of_code(base: str) -> str:
    """The bucket that is made for packages of code elsewhere than on AWS, by what stacks are called."""
    return limited(f"anycompany-code-{base.lower()}", LONGEST_BUCKET_NAME)


def upload(clients: Clients, packages: Mapping[str, tuple[Code, bytes]]) -> tuple[str, ...]:
    """Put packages into their bucket, unless they are there already.

    Parameters
    ----------
    clients : where the bucket is; elsewhere than on AWS itself it is made.
    packages : the code and its package, by the folder that tasks name.

    Returns
    -------
    tuple of str
        the keys that were not there before.

    Raises
    ------
    AwsError
        if S3 refuses.
    """
    from botocore.exceptions import ClientError

    s3, new = clients.client("s3"), []
    for folder, (code, package) in packages.items():
        if clients.endpoint_url:
            make_bucket(clients, code.bucket)
        with explaining("put the code into the bucket", f"{folder}, bucket {code.bucket}"):
            try:
                s3.head_object(Bucket=code.bucket, Key=code.key)
                continue
            except ClientError as error:
                if error.response["Error"].get("Code") not in ("404", "NoSuchKey", "NotFound"):
                    raise
            s3.put_object(Bucket=code.bucket, Key=code.key, Body=package, ContentType="application/zip")
            new.append(code.key)
    return tuple(new)
