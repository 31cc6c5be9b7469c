"""The board on pages of its own, without Jupyter: for tests in real browsers, many of them in one room.

``python -m tests.board_server STORM [--port N]`` serves it and says where.

A page takes what it is from its address: ``/?step=5&name=Ada&theme=dark&readonly``; with ``&facilitates`` it steers
the workshop. The person is the browser's own
(its local storage), so every browser context of a test is somebody else. Killing the process and starting it
again on the same port is what a kernel's restart looks like.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tornado.httpserver
import tornado.netutil
import tornado.web
import tornado.websocket

from anycompany.board import door

STATIC = Path(door.__file__).parent / "static"
LARGEST = 20_000_000
"""Bytes of a message that get as far as the room, which has a limit of its own."""

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Board</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/board.css">
<style>
  html, body, #board { height: 100%; margin: 0 }
  body[data-jp-theme-light="true"] { background: #fbfbfd }
  body[data-jp-theme-light="false"] { background: #15171c }
  #board > * { height: 100% }
</style>
<body>
<div id="board"></div>
<script type="module">
  import board, * as everything from '/board.js';

  const asked = new URLSearchParams(location.search);
  const dark = asked.get('theme') === 'dark';
  document.body.dataset.jpThemeLight = String(!dark);
  document.body.dataset.theme = dark ? 'dark' : 'light';

  /** A wire over a WebSocket that comes back by itself. */
  function socketWire(address) {
    let socket, hear = () => {}, tell = () => {}, closed = false, timer;
    const connect = () => {
      socket = new WebSocket(address);
      socket.onopen = () => tell('open');
      socket.onmessage = ({ data }) => hear(JSON.parse(data));
      socket.onclose = () => {
        if (closed) return;
        tell('closed');
        timer = setTimeout(connect, 200);
      };
    };
    connect();
    return {
      send(message) {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
      },
      onMessage(listener) { hear = listener; },
      onStatus(listener) { tell = listener; },
      close() { closed = true; clearTimeout(timer); socket.close(); },
      break() { socket.close(); },
    };
  }

  const wire = socketWire(location.origin.replace('http', 'ws') + '/room' + (asked.has('facilitates') ? '?facilitates' : ''));
  const mountBoard = everything.mountBoard ?? board.mountBoard;
  const mounted = mountBoard(document.getElementById('board'), {
    wire,
    step: Number(asked.get('step')) || 1,
    name: asked.get('name') ?? undefined,
    readonly: asked.has('readonly'),
  });
  Object.assign(window, { wire, mounted, board: mounted?.board });
  addEventListener('pagehide', () => mounted?.close?.());
</script>
</body>
</html>
"""


class _Page(tornado.web.RequestHandler):
    def get(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.finish(PAGE)


class _Bundle(tornado.web.StaticFileHandler):
    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")


class _Connection(tornado.websocket.WebSocketHandler):
    """One tab's connection, as a member of the room."""

    def initialize(self, path: Path) -> None:
        self._path = path

    def open(self, *_: str, **__: str) -> None:
        self._loop = asyncio.get_running_loop()
        self.facilitates = self.request.query == "facilitates"
        self._room = door.enter(self._path, self)

    def on_message(self, message: str | bytes) -> None:
        try:
            said = json.loads(message)
        except ValueError:
            said = None
        self._room.receive(said, self)

    def send(self, content: dict[str, Any]) -> None:
        text = json.dumps(content, ensure_ascii=False, allow_nan=False)
        self._loop.call_soon_threadsafe(self._write, text)

    def on_close(self) -> None:
        door.leave(self._room, self)

    def _write(self, text: str) -> None:
        if self.ws_connection is not None and not self.ws_connection.is_closing():
            self.write_message(text).add_done_callback(lambda done: done.exception())  # type: ignore[attr-defined]


@contextmanager
def serve(path: Path, port: int = 0) -> Iterator[str]:
    """A server of a storm's board in this process; yields its address without a slash at the end."""
    started: dict[str, Any] = {}
    ready = threading.Event()

    def run() -> None:
        async def main() -> None:
            application = tornado.web.Application(
                [
                    (r"/", _Page),
                    (r"/room", _Connection, {"path": path}),
                    (r"/(board\.(?:js|css))", _Bundle, {"path": str(STATIC)}),
                ],
                websocket_max_message_size=LARGEST,
            )
            sockets = tornado.netutil.bind_sockets(port, "127.0.0.1", reuse_port=False)
            server = tornado.httpserver.HTTPServer(application)
            server.add_sockets(sockets)
            started.update(
                loop=asyncio.get_running_loop(), stop=asyncio.Event(), port=sockets[0].getsockname()[1]
            )
            ready.set()
            await started["stop"].wait()
            server.stop()
            await server.close_all_connections()

        try:
            asyncio.run(main())
        except BaseException as error:
            started["error"] = error
            raise
        finally:
            ready.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait()
    if "error" in started:
        raise started["error"]
    try:
        yield f"http://127.0.0.1:{started['port']}"
    finally:
        started["loop"].call_soon_threadsafe(started["stop"].set)
        thread.join(5)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Serve the board of a storm file on a page of its own.")
    parser.add_argument("storm", type=Path)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    with serve(given.storm, given.port) as address:
        print(address, flush=True)
        threading.Event().wait()
