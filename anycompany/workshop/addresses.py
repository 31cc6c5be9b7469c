"""Where a workshop is reached: the Jupyter server that this kernel belongs to, and its address for guests."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from .errors import WorkshopError

SHARED = "ANYCOMPANY_WORKSHOP_ADDRESS"
"""The environment variable with the address under which guests reach the server, where it is another."""

EVERYWHERE = ("", "*", "0.0.0.0", "::")
"""What a server says to listen on that listens on all addresses of its computer."""

JOIN = "anycompany/join"
SCREEN = "anycompany/screen"
HOST = "anycompany/workshop/host"


@dataclass(frozen=True)
class Server:
    """A Jupyter server as its kernels reach it; ``token`` is shown to nobody."""

    url: str
    token: str

    def __repr__(self) -> str:
        return f"Server(url={self.url!r})"

    @property
    def socket(self) -> str:
        """The address of the kernel's own way in."""
        return self.url.replace("http", "ws", 1) + HOST

    def public(self, shared: str | None = None) -> str:
        """The server's address for guests, with a slash at the end.

        Parameters
        ----------
        shared : the address that guests reach it by, or its host alone; by default as the environment says.
        """
        known = shared or os.environ.get(SHARED) or os.environ.get("JUPYTERHUB_PUBLIC_URL") or self.url
        if "://" in known:
            return _with_slash(known)
        host = f"[{known}]" if ":" in known else known
        parts = urlsplit(self.url)
        return parts._replace(netloc=f"{host}:{parts.port}").geturl()


def own_server() -> Server:
    """The Jupyter server that has started this kernel.

    Raises
    ------
    WorkshopError
        if there is none, as under papermill, or it has no token by which its kernels may speak to it.
    """
    parent = os.environ.get("JPY_PARENT_PID", "")
    return server_of(int(parent) if parent.isdigit() else 0)


def server_of(pid: int) -> Server:
    """The Jupyter server that is a process of this computer.

    Parameters
    ----------
    pid : the process.

    Raises
    ------
    WorkshopError
        if it is none, or has no token.
    """
    from jupyter_core.paths import jupyter_runtime_dir

    try:
        info = json.loads((Path(jupyter_runtime_dir()) / f"jpserver-{pid}.json").read_text("utf-8"))
        url, token = str(info["url"]), str(info["token"])
    except (OSError, ValueError, KeyError):
        raise WorkshopError(
            "No Jupyter server has started this kernel, so that no guests can come.",
            "",
            "Open the workshop in JupyterLab: anycompany workshop NAME.",
        ) from None
    token = token or os.environ.get("JUPYTERHUB_API_TOKEN", "")
    if not token:
        raise WorkshopError(
            "This Jupyter server has a password and no token, so that its kernels cannot speak to it.",
            "",
            "Start it by: anycompany workshop NAME.",
        )
    if info.get("hostname") in EVERYWHERE:
        parts = urlsplit(url)
        url = parts._replace(netloc=f"127.0.0.1:{parts.port}").geturl()
    return Server(_with_slash(url), token)


def join_address(public: str, code: str | None = None) -> str:
    """Where guests go; with a code, it need not be typed.

    The code stands behind the ``#``, which browsers keep to themselves: it is in no log on the way.

    >>> join_address("http://192.168.1.5:8888/", "BCDFGH")
    'http://192.168.1.5:8888/anycompany/join#BCDFGH'
    """
    return f"{public}{JOIN}{f'#{code}' if code else ''}"


def screen_address(public: str, key: str) -> str:
    """Where the big-screen view is."""
    return f"{public}{SCREEN}#{key}"


def is_loopback(address: str) -> bool:
    """Whether an address can be reached from its own computer only.

    >>> is_loopback("http://127.0.0.1:8888/"), is_loopback("http://192.168.1.5:8888/")
    (True, False)
    """
    host = urlsplit(address).hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.")


def learnt(public: str, screen: str) -> str:
    """The server's address for guests, once a big screen has said by which address it was reached.

    Behind a proxy a kernel may know no better than its own computer; whoever opens the big screen comes from
    outside.

    Parameters
    ----------
    public : what is known so far.
    screen : the address of the big screen's page, as its browser has it.

    >>> learnt("http://127.0.0.1:8888/user/ada/", "https://hub.example/user/ada/anycompany/screen")
    'https://hub.example/user/ada/'
    """
    parts = urlsplit(screen)
    path = parts.path.removesuffix(SCREEN)
    known = parts.scheme in ("http", "https") and parts.hostname and path != parts.path
    if not known or is_loopback(screen) or not is_loopback(public):
        return public
    return f"{parts.scheme}://{parts.netloc}{path}"


@lru_cache(maxsize=8)
def qr(text: str) -> tuple[str, ...]:
    """A QR code as rows of ``1`` (dark) and ``0``, without a margin.

    >>> qr("http://127.0.0.1:8888/anycompany/join#BCDFGH")[0][:8]
    '11111110'
    """
    import segno

    return tuple(
        "".join(str(cell) for cell in row) for row in segno.make(text, error="m", micro=False).matrix
    )


def qr_svg(text: str) -> str:
    """A QR code as SVG for a page, black on white in either theme, with a name for who cannot see it."""
    import segno

    drawn: str = segno.make(text, error="m", micro=False).svg_inline(
        scale=5, border=4, light="#fff", title="QR code of the join address", omitsize=True
    )
    return drawn


def qr_terminal(text: str) -> str:
    """A QR code in the characters of a terminal."""
    import io

    import segno

    out = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()


def _with_slash(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"
