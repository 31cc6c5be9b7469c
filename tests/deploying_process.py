"""Children that deploy until they are killed: forked from one process that has loaded everything already."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess

_CONTEXT: ForkServerContext = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.deploying_process", "tests.fault_proxy", "anycompany.aws.deploy"])


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
