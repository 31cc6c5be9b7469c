"""The embedded AWS of this user: started when needed, shared by all programs, stopped by who started it.

It is a child process (:mod:`anycompany.aws.embedded`) that listens on 127.0.0.1 only. In one directory per
user lie its state (``local.json``), its log (``local.log``) and two locks: ``local.lock`` is held by
whoever looks at or changes the state, so that two programs never start two servers; ``alive.lock`` is held
by the server for as long as it lives, so that a state left behind by a killed server, even one whose
process id was given to another process since, is never taken for a running one.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from anycompany.aws.errors import AwsError

MINISTACK_VERSION = "1.5.33"
INSTALL = 'pip install "anycompany[local]"'
_HIGHEST_PORT = 65535
_STARTING_SECONDS = 60
_STOPPING_SECONDS = 10

# All that the child inherits: enough to find Python, its libraries and a temporary directory, and nothing
# that could carry credentials into the code of Lambda functions or change how the server behaves.
_INHERITED = {
    *("PATH", "PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("HOME", "USERPROFILE", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR"),
    *("LANG", "LC_ALL", "LC_CTYPE", "TZ"),
}

# The servers this program keeps on a leash: each ends when the pipe to its standard input closes, as it
# does whenever this process ends, even by kill -9.
_leashed: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class Status:
    """A running embedded AWS.

    ``owner`` says who stops it: ``command`` (``anycompany local stop``), ``program`` (it ends with the
    program that started it) or ``environment`` (ANYCOMPANY_LOCAL_ENDPOINT named it; then ``pid`` is that
    of the server and ``log`` is None).
    """

    endpoint: str
    port: int
    pid: int
    owner: Literal["command", "program", "environment"]
    log: Path | None


def start(port: int = 0) -> Status:
    """Start the embedded AWS so that it outlives this program; leave a running one as it is.

    Parameters
    ----------
    port : the port to listen on; 0 takes any free one.

    Raises
    ------
    AwsError
        if the port is taken, the ``local`` extra is missing or of another version, another port is already
        served, or the server does not come up.
    """
    if not 0 <= port <= _HIGHEST_PORT:
        raise AwsError(f"{port} is not a port.", "port", f"Choose one up to {_HIGHEST_PORT}, or 0 for any.")
    home = _home()
    with _guard(home):
        running = _running(home)
        if running is None:
            return _spawn(home, port, "command")
        if port not in (0, running.port):
            raise AwsError(
                f"The embedded AWS already runs on port {running.port}.",
                running.endpoint,
                "Use it, or stop it first (anycompany local stop).",
            )
        return running


def ensure() -> Status:
    """The running embedded AWS, or a new one that ends with this program.

    Honours ANYCOMPANY_LOCAL_ENDPOINT, by which a program passes its server on to its children.

    Raises
    ------
    AwsError
        as :func:`start`, or if nothing of ours answers at ANYCOMPANY_LOCAL_ENDPOINT.
    """
    given = _given()
    if given:
        return given
    home = _home()
    with _guard(home):
        return _running(home) or _spawn(home, 0, "program")


def status() -> Status | None:
    """The embedded AWS that programs of this user would use now, or None if none runs."""
    given = _given()
    if given:
        return given
    home = _home()
    with _guard(home):
        return _running(home)


def stop() -> bool:
    """Stop the embedded AWS of this user, whoever started it; False if none ran.

    One that ANYCOMPANY_LOCAL_ENDPOINT names belongs to the program that set it and is left running.
    """
    home = _home()
    with _guard(home):
        running = _running(home)
        if running is None:
            return False
        for how in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
            os.kill(running.pid, how)
            if _ended(home, _STOPPING_SECONDS):
                break
        _state_file(home).unlink(missing_ok=True)
        return True


def reset() -> bool:
    """Empty the running embedded AWS: no stacks, no buses, no queues; False if none runs."""
    running = status()
    if running is None:
        return False
    try:
        _ask(f"{running.endpoint}/_ministack/reset", "POST")
    except OSError as error:
        raise AwsError(
            "The embedded AWS does not answer.",
            running.endpoint,
            "Stop it (anycompany local stop), which empties it too.",
        ) from error
    return True


def _home() -> Path:
    """The directory of this user's embedded AWS: ANYCOMPANY_HOME, or the platform's runtime directory."""
    chosen = os.environ.get("ANYCOMPANY_HOME")
    try:
        home = Path(chosen).expanduser().absolute() if chosen else _runtime_directory()
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise AwsError(
            f"The directory of the embedded AWS cannot be used: {error.strerror}.",
            str(error.filename or chosen or "runtime directory"),
            "Set ANYCOMPANY_HOME to a directory that you may write to.",
        ) from error
    return home


def _runtime_directory() -> Path:
    import platformdirs

    with warnings.catch_warnings():  # it warns where a system has none and a temporary one is used
        warnings.simplefilter("ignore")
        return platformdirs.user_runtime_path("anycompany")


def _state_file(home: Path) -> Path:
    return home / "local.json"


def _guard(home: Path) -> FileLock:
    return FileLock(home / "local.lock")


def _ended(home: Path, within_seconds: float) -> bool:
    """Whether no server lives, waiting so long for one to end."""
    try:
        with FileLock(home / "alive.lock").acquire(timeout=within_seconds):
            return True
    except Timeout:
        return False


def _running(home: Path) -> Status | None:
    """The server of the state file if it lives; a stale state file is removed. Call it under the guard."""
    file = _state_file(home)
    try:
        state = json.loads(file.read_text("utf-8"))
        found = Status(state["endpoint"], state["port"], state["pid"], state["owner"], log=home / "local.log")
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    if _ended(home, 0):
        file.unlink(missing_ok=True)
        return None
    return found


def _given() -> Status | None:
    """The server named by ANYCOMPANY_LOCAL_ENDPOINT, after it has answered."""
    endpoint = os.environ.get("ANYCOMPANY_LOCAL_ENDPOINT", "").rstrip("/")
    if not endpoint:
        return None
    try:
        answer = json.loads(_ask(f"{endpoint}/_anycompany"))
        return Status(endpoint, urlsplit(endpoint).port or 80, answer["pid"], "environment", log=None)
    except (OSError, ValueError, KeyError, TypeError):
        raise AwsError(
            "No embedded AWS of this workbook answers there.",
            f"ANYCOMPANY_LOCAL_ENDPOINT={endpoint}",
            "Unset that variable, or start the program again that set it.",
        ) from None


def _ask(url: str, method: str = "GET") -> bytes:
    """The body of an HTTP answer, past any proxy: the server is on this machine."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(urllib.request.Request(url, method=method), timeout=10) as answer:
        body: bytes = answer.read()
        return body


def _spawn(home: Path, port: int, owner: Literal["command", "program"]) -> Status:
    """Start the server and wait until it listens. Call it under the guard."""
    _check_installed()
    log = home / "local.log"
    with log.open("wb") as log_stream:
        child = subprocess.Popen(
            [sys.executable, "-m", "anycompany.aws.embedded", str(home), str(port), owner],
            stdin=subprocess.PIPE if owner == "program" else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log_stream,
            start_new_session=True,  # Ctrl-C in a terminal or a notebook is not meant for the server
            env={name: os.environ[name] for name in _INHERITED if name in os.environ},
            cwd=home,
        )
    report = _first_report(child)
    if report.get("ready"):
        if owner == "program":
            _leashed[:] = [child, *(server for server in _leashed if server.poll() is None)]
        running = _running(home)
        if running:
            return running
    child.kill()
    child.wait()
    raise AwsError(
        report.get("what") or f"The embedded AWS ended while starting. {_last_line(log)}",
        f"127.0.0.1:{port}" if port else "embedded AWS",
        report.get("remedy") or f"Its log is {log}.",
    )


def _first_report(child: subprocess.Popen[bytes]) -> dict[str, Any]:
    """The one JSON line a server writes when it is ready or cannot start; empty if it died before."""
    assert child.stdout is not None
    too_late = threading.Timer(_STARTING_SECONDS, child.kill)
    too_late.start()
    try:
        with child.stdout:
            line = child.stdout.readline()
    finally:
        too_late.cancel()
    return dict(json.loads(line)) if line.startswith(b"{") else {}


def _last_line(log: Path) -> str:
    lines = log.read_text("utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _check_installed() -> None:
    """Whether the extra ``local`` is there, in exactly the version that the completion was made for."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("ministack")
    except PackageNotFoundError:
        raise AwsError(
            "The embedded AWS is not installed.", "target local", f"Install it: {INSTALL}"
        ) from None
    if found != MINISTACK_VERSION:
        raise AwsError(
            f"The embedded AWS needs MiniStack {MINISTACK_VERSION}, but {found} is installed.",
            "target local",
            f"Install the right one: {INSTALL}",
        )
