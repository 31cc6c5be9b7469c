"""Children that deploy until they are killed: forked from one process that has loaded everything already."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
from collections.abc import Sequence
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

_CONTEXT: ForkServerContext = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    ["tests.deploying_process", "tests.fault_proxy", "anycompany.aws.deploy", "anycompany.cli.program"]
)


def begun(endpoint: str, wanted: str) -> tuple[BaseProcess, multiprocessing.connection.Connection]:
    """A child that deploys the stacks of a module's name to an endpoint, and where it says how that ended."""
    hears, says = _CONTEXT.Pipe(duplex=False)
    child = _CONTEXT.Process(target=_deploy, args=(endpoint, wanted, says))
    child.start()
    says.close()
    return child, hears


def _deploy(endpoint: str, wanted: str, says: multiprocessing.connection.Connection) -> None:
    from anycompany.aws.deploy import apply
    from anycompany.aws.errors import AwsError
    from tests import test_aws_faults
    from tests.fault_proxy import HastyClients

    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        apply(HastyClients(endpoint), getattr(test_aws_faults, wanted))
        says.send("applied")
    except AwsError as error:
        says.send(str(error))
    finally:
        says.close()


def kill(child: BaseProcess, how: signal.Signals) -> None:
    """Send a child this signal."""
    if child.pid is not None and child.is_alive():
        os.kill(child.pid, how)


def commanded(arguments: Sequence[str], output: Path) -> BaseProcess:
    """A child that is the program ``anycompany``, called with these arguments; it writes all it says to a file."""
    child = _CONTEXT.Process(target=_command, args=(list(arguments), str(output)))
    child.start()
    return child


def _command(arguments: list[str], output: str) -> None:
    import botocore.retries.adaptive
    import botocore.retries.standard

    from anycompany.cli import main

    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ |= {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}
    told = os.open(output, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.dup2(told, 1)
    os.dup2(told, 2)
    sys.argv = ["anycompany", *arguments]
    # whoever is told to wait does not
    for what, name, instead in (
        (botocore.retries.standard.ExponentialBackoff, "delay_amount", lambda *_: 0.0),
        (botocore.retries.adaptive.ClientRateLimiter, "on_sending_request", lambda *_, **__: None),
    ):
        setattr(what, name, instead)
    main()
