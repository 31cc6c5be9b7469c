"""Packages of code in a bucket: put there once for each content, so that going back finds them, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from anycompany.aws.bucket import Bucket
from anycompany.storm.code import Code

Packages = Mapping[str, tuple[Code, Callable[[], bytes]]]
"""The code and what makes its package, by the folder that tasks name."""


def upload(bucket: Bucket, packages: Packages) -> tuple[str, ...]:
    """Put packages into their bucket, unless they are there already.

    Parameters
    ----------
    bucket : where to; made where it is not there.
    packages : the packages.

    Returns
    -------
    tuple of str
        the keys that were not there before.

    Raises
    ------
    AwsError
        if S3 refuses.
    """
    new = []
    for code, package in packages.values():
        if not bucket.has(code.key):
            bucket.put(code.key, package(), "application/zip")
            new.append(code.key)
    return tuple(new)
