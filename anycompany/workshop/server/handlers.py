"""Pages and sockets: what a browser without Jupyter may ask the server for, and the kernel's own way in."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jupyter_server.auth.decorator import allow_unauthenticated, ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError, authenticated
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from . import limits
from .relay import Guest, Relay

FOLDER = Path(__file__).parent.parent / "page"
"""The pages; what they load is in ``static``, made by ``make bundle``."""

PAGES = {"join": FOLDER / "join.html", "screen": FOLDER / "screen.html"}
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # notes are placed by their style attributes
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
)
"""What the pages may do: nothing that does not come from this server."""

SECONDS_BETWEEN_PINGS = 20.0
FLOOD = "That was too much at once, so the connection was closed. What you typed is kept on your phone."
FULL = "There are as many connections as the workshop can have. Try again in a moment."


class Page(JupyterHandler):
    """The join page, the big screen, and what they are made of. Anybody may have them: nothing is in them."""

    def set_default_headers(self) -> None:
        """Headers that keep a page to itself."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        self.set_header("Cache-Control", "no-cache")

    @property
    def content_security_policy(self) -> str:
        """Ours instead of Jupyter's."""
        return POLICY

    @allow_unauthenticated
    def get(self, name: str) -> None:
        """Send one of the few files there are."""
        file = PAGES.get(name) or FOLDER / "static" / name
        self.set_header("Content-Type", f"{KINDS[file.suffix]}; charset=utf-8")
        try:
            self.finish(file.read_bytes())
        except FileNotFoundError:
            raise HTTPError(404) from None

    head = get


class _Socket(WebSocketHandler, JupyterHandler):  # type: ignore[misc]
    """What both sockets share; ``late`` is how many bytes may wait for the other end."""

    late = limits.LATE

    @property
    def ping_interval(self) -> float:
        """How often it is asked whether the other end is still there."""
        return SECONDS_BETWEEN_PINGS

    @property
    def ping_timeout(self) -> float:
        """For how long the other end may be silent."""
        return SECONDS_BETWEEN_PINGS

    def pass_on(self, text: str) -> None:
        """Send a text, if the other end is there and takes what it is sent."""
        if self.ws_connection is None or self.ws_connection.is_closing():
            return
        stream = self.ws_connection.stream
        if stream is None or len(getattr(stream, "_write_buffer", b"")) > self.late:
            self.ws_connection.close()  # it comes back and gets the whole storm
            return
        with suppress(WebSocketClosedError):
            _forget(self.write_message(text))

    def end(self, text: str) -> None:
        """Send a last text, and close."""
        self.pass_on(text)
        self.close(1000)

    def get_compression_options(self) -> dict[str, Any] | None:
        """Texts are small, and there are many: no compression."""
        return None


class GuestSocket(_Socket):
    """A guest's connection; what comes through it is bounded here and judged by the kernel."""

    def initialize(self, relay: Relay, places: limits.Places) -> None:
        """Take what the handlers share."""
        self._relay, self._places = relay, places
        self._guest: Guest | None = None

    @property
    def max_message_size(self) -> int:
        """Bytes of one message, at most."""
        return limits.LARGEST

    def check_origin(self, origin: str = "") -> bool:
        """Only pages of this very server may connect: no page of another origin, whatever Jupyter allows.

        A proxy may have changed the host that the browser has asked for, and says so.
        """
        said = self.request.headers.get("Origin")
        if said is None:
            return True  # no browser: it could say anything
        hosts = {self.request.headers.get("Host", "").lower()}
        hosts.add(self.request.headers.get("X-Forwarded-Host", "").split(",")[0].strip().lower())
        return urlsplit(said.lower()).netloc in hosts - {""}

    @allow_unauthenticated
    async def get(self, *given: Any, **named: Any) -> None:
        """Open the connection."""
        await WebSocketHandler.get(self, *given, **named)

    def open(self, *_: str, **__: str) -> None:
        """Let a guest's socket in, if there is room."""
        address = self.request.remote_ip or "?"
        if self._places.full(address):
            self.end(json.dumps({"type": "closed", "why": FULL, "again": True}))
            return
        now = time.monotonic()
        self._flow = self._places.come(address, now)
        self._own = limits.Bucket(limits.A_SECOND, limits.AT_ONCE, now)
        self._bytes = limits.Bucket(limits.BYTES_A_SECOND, limits.BYTES_AT_ONCE, now)
        self._guest = self._relay.come(self, address)

    def on_message(self, message: str | bytes) -> None:
        """Pass on what a guest says, unless it is too much."""
        if self._guest is None:
            return
        now, size = time.monotonic(), len(message)
        fits = self._own.take(1, now) & self._bytes.take(size, now) & self._flow.take(size, now)
        if not fits or isinstance(message, bytes):
            self.end(json.dumps({"type": "closed", "why": FLOOD, "again": True}))
            self.on_close()
        elif self._guest.workshop is not None or size <= limits.LARGEST_FIRST:
            self._relay.hear(self._guest, message)

    def on_close(self) -> None:
        """Let a guest go."""
        guest, self._guest = self._guest, None
        if guest is not None:
            self._places.go(guest.address)
            self._relay.go(guest)


class HostSocket(_Socket):
    """A hosting kernel's connection."""

    late = limits.LATE_OF_KERNEL

    def initialize(self, relay: Relay) -> None:
        """Take what the handlers share."""
        self._relay = relay
        self._workshop = ""

    @property
    def max_message_size(self) -> int:
        """Bytes of one message, at most."""
        return limits.LARGEST_OF_KERNEL

    @ws_authenticated
    async def get(self, *given: Any, **named: Any) -> None:
        """Open the connection of somebody who may run kernels here."""
        if self.request.headers.get("Origin"):
            raise HTTPError(403)  # a kernel is no page
        await WebSocketHandler.get(self, *given, **named)

    def open(self, *_: str, **__: str) -> None:
        """Take a kernel on, unless another one hosts the same workshop."""
        workshop = self.get_query_argument("workshop", "")[:100]
        if not workshop or not self._relay.host(workshop, self):
            self.end(json.dumps({"op": "taken"}))
            return
        self._workshop = workshop
        self.pass_on(json.dumps({"op": "hosting"}))

    def on_message(self, message: str | bytes) -> None:
        """Do what a kernel says with its guests."""
        envelope = json.loads(message)
        if self._workshop and isinstance(envelope, dict):
            self._relay.order(self._workshop, envelope)

    def on_close(self) -> None:
        """Let a kernel go."""
        if self._workshop:
            self._relay.leave(self._workshop, self)


class Hosts(JupyterHandler):
    """Which workshops are hosted, for whoever may run kernels here."""

    def initialize(self, relay: Relay) -> None:
        """Take what the handlers share."""
        self._relay = relay

    @authenticated
    def get(self) -> None:
        """Say their ids."""
        self.finish({"workshops": self._relay.workshops})


def handlers() -> list[tuple[str, type, dict[str, Any]]]:
    """The paths below the server's base URL, with who answers there."""
    relay, places = Relay(), limits.Places()
    return [
        (r"anycompany/(join|screen|[a-z]+\.(?:js|css))", Page, {}),
        (r"anycompany/join/socket", GuestSocket, {"relay": relay, "places": places}),
        (r"anycompany/workshop/host", HostSocket, {"relay": relay}),
        (r"anycompany/workshop/hosts", Hosts, {"relay": relay}),
    ]


def _forget(sending: Awaitable[None]) -> None:
    """A text that did not arrive is no fault of the server's: the page asks for what it has missed."""
    sending.add_done_callback(lambda done: done.exception())  # type: ignore[attr-defined]
