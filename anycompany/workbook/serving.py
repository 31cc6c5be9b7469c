"""The embedded AWS for a program and the kernels it starts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

LOCAL_ENDPOINT = "ANYCOMPANY_LOCAL_ENDPOINT"
"""The environment variable by which kernels find the embedded AWS."""


@contextmanager
def embedded_aws() -> Iterator[dict[str, str]]:
    """The environment that leads kernels to the embedded AWS; if it had to be started it is stopped after.

    Raises
    ------
    AwsError
        if none runs and none can be started.
    """
    from anycompany.aws import local

    already = local.status()
    running = already or local.ensure()
    try:
        yield {LOCAL_ENDPOINT: running.endpoint}
    finally:
        if already is None:
            local.stop()
