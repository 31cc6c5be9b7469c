"""What stands beside JupyterLab while a workshop is open: a hosting kernel, and words for the terminal."""

from __future__ import annotations

import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from . import addresses
from .codes import Codes, shown
from .errors import WorkshopError

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_TO_START = 60.0
SECONDS_FOR_A_KERNEL = 60.0


@dataclass(frozen=True)
class Share:
    """Where the server listens, how guests reach it, and what that opens, in words."""

    listens: str
    public: str | None
    base: str | None
    words: str


def share_of(address: str | None) -> Share:
    """What ``--share ADDRESS`` means: an address of this computer, or the URL of a proxy before it.

    Parameters
    ----------
    address : as given; None for this computer alone.

    Raises
    ------
    WorkshopError
        if it is neither.
    """
    if address is None:
        words = (
            "Only this computer can reach it. To let guests in from your network, name this computer's"
            " address: anycompany workshop NAME --share ADDRESS."
        )
        return Share("127.0.0.1", None, None, words)
    if "://" in address:
        return _proxied(address)
    listens = address.strip("[]")
    try:
        found = socket.getaddrinfo(listens, 0, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], socket.SOCK_STREAM) as trying:
            trying.bind((found[4][0], 0))
    except OSError:
        raise WorkshopError(
            "This computer does not have that address.",
            address,
            "Name one of its own, such as 192.168.1.5, or the URL of a proxy that leads here.",
        ) from None
    listens = str(found[4][0])
    reached = _own_address() if listens in ("0.0.0.0", "::") else listens
    words = (
        f"Everybody who can reach {reached} can open the join page, and sees JupyterLab's login, which asks"
        " for its token. It is plain http: others on this network can read along, the code too. Share it only"
        " where you trust the network, and keep the link with the token to yourself."
    )
    return Share(listens, reached, None, words)


def _proxied(address: str) -> Share:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise WorkshopError(
            "That is no address of a proxy.", address, "Write it as https://HOST/ or https://HOST/PATH/."
        )
    words = (
        f"JupyterLab itself listens on this computer only. Whoever reaches {address} reaches the join page"
        " through your proxy, and JupyterLab's login too, unless the proxy passes on what begins with"
        " anycompany/ alone."
    )
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    return Share("127.0.0.1", f"{parts.scheme}://{parts.netloc}{path}", path, words)


def _own_address() -> str:
    """The address by which others on the network reach this computer; no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
            return str(asking.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def options_of(share: Share) -> list[str]:
    """The options of JupyterLab for that, beside the address that it listens on."""
    options = ["--ServerApp.log_level=WARN"]
    if share.base is not None:
        host = urlsplit(share.public or "").hostname
        options += [f"--ServerApp.base_url={share.base}", f"--ServerApp.local_hostnames={host}"]
        options += ["--ServerApp.trust_xheaders=True"]
    return options


class Keeper:
    """Sees that a kernel hosts the workshop for as long as JupyterLab runs, and says where guests go.

    A kernel that was restarted, or shut down, knows nothing of the workshop: the notebook's kernel is asked
    again. Hosting that was stopped on purpose is left alone.

    Parameters
    ----------
    storm : the storm file.
    notebook : the notebook whose kernel hosts, from the server's folder.
    pid : the process of JupyterLab.
    shared : the address that guests reach it by, or its host alone, where it is another than the server's.
    say : prints a text.
    """

    def __init__(
        self, storm: Path, notebook: str, pid: int, shared: str | None, say: Callable[[str], None]
    ) -> None:
        self._storm, self._notebook, self._pid, self._shared, self._say = storm, notebook, pid, shared, say
        self._codes = Codes(storm)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="anycompany-keeper", daemon=True)

    def __enter__(self) -> Keeper:
        self._codes.open()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join(5)

    def _keep(self) -> None:
        server = self._server()
        if server is None:
            return
        told = False
        began = time.monotonic()
        while not self._stopped.wait(0 if not told else SECONDS_BETWEEN_LOOKS):
            try:
                hosted = self._codes.id in _get(server, "anycompany/workshop/hosts")["workshops"]
                if not hosted and not self._codes.stopped:
                    self._have_it_hosted(server)
            except (OSError, ValueError, KeyError):
                hosted = False  # the server is busy, or ends
            if not told and (hosted or time.monotonic() - began > SECONDS_TO_START):
                told = True
                self._say(invitation(self._codes, server.public(self._shared)))
            if not told:
                time.sleep(0.2)

    def _server(self) -> addresses.Server | None:
        until = time.monotonic() + SECONDS_TO_START
        while not self._stopped.wait(0.2) and time.monotonic() < until:
            with suppress(WorkshopError, OSError):
                server = addresses.server_of(self._pid)
                _get(server, "api/status")
                return server
        return None

    def _have_it_hosted(self, server: addresses.Server) -> None:
        sessions = _get(server, "api/sessions")
        kernel = next((one["kernel"]["id"] for one in sessions if one["path"] == self._notebook), None)
        if kernel is None:
            wanted = {
                "path": self._notebook,
                "name": Path(self._notebook).name,
                "type": "notebook",
                "kernel": {"name": "python3"},
            }
            kernel = _get(server, "api/sessions", wanted)["kernel"]["id"]
        _run_in(str(kernel), f"from anycompany.workshop import host; host({str(self._storm)!r}).wait()")


def invitation(codes: Codes, public: str) -> str:
    """What the terminal says to whoever opened the workshop: where guests go, with the code.

    Parameters
    ----------
    codes : of the workshop.
    public : the server's address for guests.
    """
    code = codes.code
    address = addresses.join_address(public)
    if code is None:
        return (
            f"Guests go to {address}. There is no code: make one by anycompany workshop NAME --change-code."
        )
    hours = codes.seconds_left / 3600
    drawn = addresses.qr_terminal(f"{address}#{code}")
    return (
        f"\n{drawn}\n  Guests go to  {address}\n  and say       {shown(code)}   (for {hours:.0f} hours)\n\n"
        f"  The big screen: {addresses.screen_address(public, codes.screen)}\n"
    )


def _get(server: addresses.Server, path: str, body: dict[str, Any] | None = None) -> Any:
    request = urllib.request.Request(
        f"{server.url}{quote(path)}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"token {server.token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=SECONDS_FOR_A_KERNEL) as answer:
        return json.load(answer)


def _run_in(kernel: str, code: str) -> None:
    """Have a kernel on this computer run something that shows nothing; it waits for the cell that runs."""
    from jupyter_client.blocking.client import BlockingKernelClient
    from jupyter_core.paths import jupyter_runtime_dir

    client = BlockingKernelClient(connection_file=str(Path(jupyter_runtime_dir()) / f"kernel-{kernel}.json"))
    client.load_connection_file()
    client.start_channels(stdin=False, hb=False)
    try:
        with suppress(TimeoutError, RuntimeError):
            client.wait_for_ready(SECONDS_FOR_A_KERNEL)
            client.execute_interactive(
                code, silent=True, store_history=False, allow_stdin=False, timeout=SECONDS_FOR_A_KERNEL
            )
    finally:
        client.stop_channels()
