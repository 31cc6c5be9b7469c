"""The extension of a Jupyter server by which guests reach a workshop.

It relays and interprets nothing: who may come in and what a guest may do, the kernel decides. Without a
kernel that hosts, its pages say that the workshop is resting, and nothing is behind them.
"""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """What Jupyter is to load: this module."""
    return [{"module": "anycompany.workshop.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the pages and sockets to a server."""
    from jupyter_server.utils import url_path_join

    from .handlers import handlers

    base = server.web_app.settings["base_url"]
    server.web_app.add_handlers(
        ".*$", [(url_path_join(base, path), handler, given) for path, handler, given in handlers()]
    )
