"""The kernel's side of a workshop: guests who come through the Jupyter server join the board's room.

It runs on a thread of its own, so that a cell that takes long keeps nobody waiting. The connection goes out
from here, by the server's own token, which no guest ever sees.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from ..files.errors import StormFileError
from . import addresses
from .codes import Codes
from .errors import WorkshopError
from .lobby import Lobby

SECONDS_BETWEEN_TRIES = 1.0
"""How often a lost server is looked for."""

SECONDS_BETWEEN_LOOKS = 0.5
"""How often it is looked whether somebody was put out, or the code is another."""

State = Literal["no server", "connecting", "hosting", "waiting", "refused", "stopped"]

NO_EXTENSION = (
    "This Jupyter server does not know workshops: end it, and start it by anycompany workshop NAME,"
    " or enable the extension: jupyter server extension enable anycompany.workshop.server."
)

_HOSTINGS: dict[Path, Hosting] = {}
_GUARD = threading.Lock()


def host(storm: str | os.PathLike[str]) -> Hosting:
    """Let guests without Jupyter into the workshop on a storm file; see ``Hosting``.

    Called again it gives the same hosting. While another kernel hosts the workshop this one waits, and takes
    over as soon as that one is gone. Where no Jupyter server is, as under papermill, nothing is opened and
    ``trouble`` says so.

    Parameters
    ----------
    storm : the storm file.

    Raises
    ------
    StormFileError
        if there is no such storm, or it cannot be read.
    """
    real = Path(os.path.realpath(storm))
    with _GUARD:
        known = _HOSTINGS.get(real)
        if known is None or known.state == "stopped":
            known = _HOSTINGS[real] = Hosting(real)
        return known


class Hosting:
    """A workshop that guests can join; made by ``host``.

    Parameters
    ----------
    storm : the storm file, links resolved.
    """

    def __init__(self, storm: Path) -> None:
        self.storm = storm
        self.trouble = ""
        self._codes = Codes(storm)
        self._server: addresses.Server | None = None
        self._known_public = ""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wire: Any = None
        self._state: State = "connecting"
        self._changed = threading.Condition()
        self._ended = threading.Event()
        self._lobby: Lobby | None = None
        try:
            self._server = addresses.own_server()
        except WorkshopError as error:
            self._be("no server", str(error))
            return
        self._known_public = self._server.public()
        self._codes.open()
        threading.Thread(target=self._run, name="anycompany-hosting", daemon=True).start()

    @property
    def state(self) -> State:
        """Where it stands: ``hosting`` while guests can come, ``waiting`` while another kernel hosts."""
        return self._state

    @property
    def address(self) -> str:
        """The address that guests go to; empty where no server is."""
        return addresses.join_address(self._public) if self._server else ""

    @property
    def screen_address(self) -> str:
        """The address of the big-screen view: whoever has it sees the code. Empty where no server is."""
        return addresses.screen_address(self._public, self._codes.screen) if self._server else ""

    @property
    def code(self) -> str | None:
        """The code that guests say; None when it was revoked or its time is over, and where no server is."""
        return self._codes.code if self._server else None

    @property
    def seconds_left(self) -> float:
        """How long the code still lets people in."""
        return self._codes.seconds_left if self._server else 0.0

    @property
    def guests(self) -> list[str]:
        """The names of the guests who are here now, each person once."""
        lobby = self._lobby
        return lobby.audience.names() if lobby else []

    def qr_svg(self) -> str:
        """The QR code of the address with the code in it, as SVG; empty where nobody can come."""
        if self._server is None or self.code is None:
            return ""
        return addresses.qr_svg(addresses.join_address(self._public, self.code))

    def change_code(self, hours: float | None = None) -> str:
        """Make another code; whoever is in stays.

        Parameters
        ----------
        hours : for how long it lets people in; half a day by default.

        Raises
        ------
        WorkshopError
            if that is no time.
        """
        return self._codes.change(hours) if hours is not None else self._codes.change()

    def revoke(self) -> None:
        """Let nobody in any more and put everybody out, until the code is changed."""
        self._codes.revoke()

    def stop(self) -> None:
        """End it: guests see that the workshop is resting, until ``host`` is called again."""
        if self._server:
            self._codes.stop()
        self._be("stopped")
        self._ended.set()
        with suppress(RuntimeError):
            if self._loop:
                self._loop.call_soon_threadsafe(self._hang_up)

    def wait(self, seconds: float = 10.0) -> State:
        """Wait until it is known whether guests can come; gives the state."""
        with self._changed:
            self._changed.wait_for(lambda: self._state != "connecting", seconds)
        return self._state

    @property
    def _public(self) -> str:
        """The server's address for guests, as well as it is known."""
        lobby = self._lobby
        return lobby.public if lobby else self._known_public

    # -- the thread

    def _run(self) -> None:
        with suppress(RuntimeError):  # the kernel ends
            asyncio.run(self._host())

    async def _host(self) -> None:
        self._loop = asyncio.get_running_loop()
        while not self._ended.is_set():
            try:
                await self._connected()
            except StormFileError as error:
                self._be("refused", str(error))
            except Exception as error:  # whatever it is: guests must be able to come back
                why = f"The server is not reached ({type(error).__name__}: {str(error)[:200]})."
                self._be("connecting", why)
            if not self._ended.is_set():
                await asyncio.sleep(SECONDS_BETWEEN_TRIES)

    async def _connected(self) -> None:
        from tornado.httpclient import HTTPClientError, HTTPRequest
        from tornado.websocket import websocket_connect

        assert self._server
        url = f"{self._server.socket}?workshop={self._codes.id}"
        request = HTTPRequest(
            url,
            headers={"Authorization": f"token {self._server.token}"},
            validate_cert=not addresses.is_loopback(self._server.url),  # there it is for another name
        )
        try:
            wire = await websocket_connect(request, max_message_size=2_000_000, ping_interval=10)
        except HTTPClientError as error:
            self._be("refused", NO_EXTENSION if error.code == 404 else f"The server refuses: {error}.")
            return
        looking = asyncio.create_task(self._look())
        try:
            while (text := await wire.read_message()) is not None:
                envelope = json.loads(text)
                if envelope.get("op") == "hosting":
                    self._wire = wire
                    self._lobby = Lobby(self.storm, self._codes, self._public, self._post)
                    self._be("hosting")
                elif envelope.get("op") == "taken":
                    self._be(
                        "waiting", "Another kernel hosts this workshop; this one takes over when that ends."
                    )
                elif self._lobby:
                    self._lobby.hear(envelope)
        finally:
            looking.cancel()
            self._wire = None
            wire.close()
            lobby, self._lobby = self._lobby, None
            if lobby:
                self._known_public = lobby.public
                lobby.close()
            if self._state == "hosting":
                self._be("connecting", "The connection to the server was lost.")

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            if self._lobby:
                self._lobby.look()

    def _post(self, envelope: dict[str, Any]) -> None:
        """Post an envelope from any thread."""

        def post() -> None:
            if self._wire is not None:
                with suppress(Exception):
                    self._wire.write_message(text)

        text = json.dumps(envelope, ensure_ascii=False)
        with suppress(RuntimeError):
            if self._loop:
                self._loop.call_soon_threadsafe(post)

    def _hang_up(self) -> None:
        if self._wire is not None:
            self._wire.close()

    def _be(self, state: State, trouble: str = "") -> None:
        with self._changed:
            if self._state != "stopped":
                self._state, self.trouble = state, trouble
            self._changed.notify_all()
