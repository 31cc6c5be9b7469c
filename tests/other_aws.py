"""An endpoint of AWS's that is not the embedded one: LocalStack, in a process of its own, from ``.tools``.

Its engine of JSONata is fetched from the internet when it is first asked for; here another one stands in.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .storms import ROOT

PYTHON = ROOT / ".tools" / "other-aws" / "bin" / "python"

PROGRAM = """
import json
import jsonata
from localstack.services.stepfunctions.asl.jsonata import jsonata as engine

def evaluated(expression):
    try:
        return json.loads(json.dumps(jsonata.Jsonata(expression).evaluate(None)))
    except Exception as error:
        raise engine.JSONataException("UNKNOWN", str(error)) from None

engine.eval_jsonata_expression = evaluated
from localstack.runtime.main import main
main()
"""


@contextmanager
def other_aws(home: Path) -> Iterator[str]:
    """The address of the endpoint, which runs as long as the block lasts; it keeps its files in ``home``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    alone = {
        "ACTIVATE_PRO": "0",
        "DISABLE_EVENTS": "1",
        "DNS_ADDRESS": "0",
        "GATEWAY_SERVER": "hypercorn",  # the usual one listens to the whole network
        "FILESYSTEM_ROOT": str(home / "files"),
        "GATEWAY_LISTEN": f"127.0.0.1:{port}",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "XDG_CACHE_HOME": str(home / "cache"),
    }
    log = home / "log"
    with log.open("wb") as out:
        process = subprocess.Popen([PYTHON, "-c", PROGRAM], env=os.environ | alone, stdout=out, stderr=out)
    try:
        until = time.monotonic() + 120
        while "Ready." not in log.read_text("utf-8", "replace"):
            assert process.poll() is None and time.monotonic() < until, log.read_text("utf-8", "replace")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()  # asked to end, it takes longer than anybody wants to wait
        process.wait()
