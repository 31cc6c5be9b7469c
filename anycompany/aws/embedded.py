"""The child process that is the embedded AWS: MiniStack, completed, on 127.0.0.1 only.

Run by :mod:`anycompany.aws.local` as ``python -m anycompany.aws.embedded HOME PORT OWNER``. It writes one
line of JSON to standard output, ``{"ready": true}`` or ``{"what": …, "remedy": …}``, and its log to standard
error. With OWNER ``program`` it ends when its standard input does.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

Asgi = Callable[[Any, Any, Any], Awaitable[None]]
LOOPBACK = "127.0.0.1"
_OURS = re.compile(rb"(127\.0\.0\.1|([^:]+\.)?localhost)(:\d+)?")
_GRACE_SECONDS = 5


def main(home: Path, port: int, owner: str) -> int:
    """Serve until told to end; the exit status is 1 if the server could not start.

    Parameters
    ----------
    home : the directory of the state file, the log and the locks.
    port : the port to listen on; 0 for any free one.
    owner : ``program`` to end with the process at the other end of standard input, or ``command``.
    """
    from filelock import FileLock, Timeout

    alive = FileLock(home / "alive.lock")
    if owner == "program":
        threading.Thread(target=_end_with_standard_input, daemon=True).start()
    try:
        alive.acquire(blocking=False)  # held until this process ends, however it ends
    except Timeout:
        return _cannot_start("Another embedded AWS is just starting.", "Repeat in a moment.")
    try:
        listener = _listen(port)
    except OSError as error:
        return _cannot_start(
            f"Port {port} cannot be used: {error.strerror}.",
            "Choose another port, leave it out to take a free one, or stop the program that has it.",
        )
    served_port: int = listener.getsockname()[1]
    _configure_ministack(os.environ, home, served_port)
    from anycompany.aws.completions import IncompatibleMiniStackError, completed_ministack

    try:
        app = completed_ministack()
    except IncompatibleMiniStackError as error:
        return _cannot_start(str(error), "Install the pinned version: the extra anycompany[local].")

    def tell_that_we_listen() -> None:
        _write_state(home, served_port, owner)
        _report({"ready": True})

    _serve(listener, _guarded(app, tell_that_we_listen))
    return 0


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":  # on Windows the option would let two programs share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((LOOPBACK, port))
    listener.listen(128)
    return listener


def _configure_ministack(environment: Any, home: Path, port: int) -> None:
    """Set the variables that MiniStack reads when it is imported."""
    environment.update(
        GATEWAY_PORT=str(port),
        STATE_DIR=str(home / "state"),
        IOT_MTLS_ENABLED="0",  # both would listen on every address of this machine
        SFTP_ENABLED="0",
        # It would remove every MiniStack container at start, including those of a server of the user's own.
        DOCKER_HOST=f"unix://{home / 'no-docker'}",
    )


def _write_state(home: Path, port: int, owner: str) -> None:
    state = {"endpoint": f"http://{LOOPBACK}:{port}", "port": port, "pid": os.getpid(), "owner": owner}
    new = home / "local.json.new"
    new.write_text(json.dumps(state), "utf-8")
    new.replace(home / "local.json")


def _report(message: dict[str, Any]) -> None:
    """Tell the program that started us, once; later output goes to the log."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


def _cannot_start(what: str, remedy: str) -> int:
    _report({"what": what, "remedy": remedy})
    return 1


def _end_with_standard_input() -> None:
    """End this process when the program that holds the other end of the pipe has ended."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)


def _guarded(app: Asgi, tell_that_we_listen: Callable[[], None]) -> Asgi:
    """The application, shut to web pages, that says when it is up and answers who it is."""

    async def guarded(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":

            async def tell(message: Any) -> None:
                await send(message)
                if message["type"] == "lifespan.startup.complete":
                    tell_that_we_listen()

            await app(scope, receive, tell)
        elif scope["type"] != "http" or _sent_by_a_web_page(scope):
            # Any page in the user's browser could otherwise have this machine run code: MiniStack lets
            # every origin in, and its Lambda functions are processes of the user.
            await _refuse(scope, send)
        elif scope["path"] == "/_anycompany":
            await _answer(send, 200, {"pid": os.getpid()})
        else:
            await app(scope, receive, send)

    return guarded


def _sent_by_a_web_page(scope: Any) -> bool:
    """Whether a browser marked the request, or it names a host that a page's owner may have pointed here."""
    headers = {name.lower(): value for name, value in scope["headers"]}
    return bool(
        {b"origin", b"sec-fetch-site"} & headers.keys() or not _OURS.fullmatch(headers.get(b"host", b""))
    )


async def _refuse(scope: Any, send: Any) -> None:
    if scope["type"] == "http":
        await _answer(send, 403, {"message": "Web pages may not use the embedded AWS."})
    else:
        await send({"type": "websocket.close", "code": 1008})


async def _answer(send: Any, status: int, body: dict[str, Any]) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})


def _serve(listener: socket.socket, app: Asgi) -> None:
    """Serve on a listening socket until SIGTERM or SIGINT."""
    import asyncio

    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    config = Config()
    config.bind = [f"fd://{listener.detach()}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    asyncio.run(serve(app, config))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
