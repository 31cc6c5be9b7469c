"""A real JupyterLab and a real Chromium."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from anycompany.workbook.laboratory import config_path

from ..board_server import serve
from ..storms import EXAMPLE, ROOT
from .boards import Process, Room

CHROMIUM = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-features=SpareRendererForSitePerProcess",  # one in reserve is one more for every window
]
STARTING_SECONDS = 60

expect.set_options(timeout=30_000)  # JupyterLab on a busy machine is slow to come back; nothing waits in vain


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its folder holds a copy of the notebooks and of the data."""

    url: str
    token: str
    folder: Path

    def address(self, notebook: str) -> str:
        """Where a notebook is opened alone, without the file browser."""
        return f"{self.url}/doc/tree/notebooks/{notebook}?token={self.token}&reset"


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory, _home_of_this_worker: None) -> Iterator[Lab]:
    """JupyterLab on a free port of loopback, with directories of its own."""
    with _jupyter("jupyterlab", "LabApp", tmp_path_factory.mktemp("lab")) as served:
        yield served


@pytest.fixture(scope="session")
def notebook_7(tmp_path_factory: pytest.TempPathFactory, _home_of_this_worker: None) -> Iterator[Lab]:
    """Notebook 7, as JupyterLab above."""
    with _jupyter("notebook", "JupyterNotebookApp", tmp_path_factory.mktemp("notebook")) as served:
        yield served


@contextmanager
def _jupyter(module: str, app: str, home: Path) -> Iterator[Lab]:
    folder = home / "work"
    for what in ("notebooks", "data"):
        shutil.copytree(ROOT / what, folder / what)
    settings = home / "config" / "labconfig" / "page_config.json"
    settings.parent.mkdir(parents=True)
    quiet = {"@jupyterlab/apputils-extension:announcements": True}
    settings.write_text(json.dumps({"disabledExtensions": quiet}))
    port, token = _free_port(), secrets.token_hex(16)
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_CONFIG_PATH": config_path(),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
    }
    options = [
        *("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"),
        *("--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
        *(f"--ServerApp.root_dir={folder}", f"--{app}.expose_app_in_browser=True"),
    ]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", module, *options], env=environment, stdout=log, stderr=log
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/api?token={token}", server)
            yield Lab(url, token, folder)
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    import time

    until = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("JupyterLab did not start")


def chromium() -> str:
    """The path of the system's Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(path for name in names if (path := shutil.which(name)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window; an error on the page fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def room(browser: Browser, tmp_path: Path) -> Iterator[Room]:
    """The worked example in a room of this process."""
    path = tmp_path / "anycompany.storm.yaml"
    shutil.copy(EXAMPLE, path)
    with serve(path) as url:
        opened = Room(path, url, browser)
        yield opened
        opened.close()


@pytest.fixture
def killable(browser: Browser, tmp_path: Path) -> Iterator[tuple[Room, Process]]:
    """The worked example in a room of another process, which can be killed."""
    path = tmp_path / "anycompany.storm.yaml"
    shutil.copy(EXAMPLE, path)
    process = Process(path)
    opened = Room(path, process.start(), browser)
    yield opened, process
    opened.close()
    process.kill()


OPENED = """async () => {
  while (!window.jupyterapp) await new Promise(done => setTimeout(done, 50));
  const app = window.jupyterapp;
  await app.restored;
  let panel;
  while (!(panel = app.shell.currentWidget) || !panel.sessionContext) await new Promise(done => setTimeout(done, 50));
  await panel.context.ready;
  await panel.sessionContext.ready;
  while (!panel.sessionContext.session?.kernel) await new Promise(done => setTimeout(done, 50));
  await panel.sessionContext.session.kernel.info;
}"""
"""Waits until Lab shows a notebook whose kernel answers."""


def open_notebook(page: Page, lab: Lab, notebook: str) -> None:
    """Open a notebook of the lab and wait until its kernel answers."""
    page.goto(lab.address(notebook))
    page.evaluate(OPENED)


def run_all(page: Page) -> None:
    """Run every cell and wait until the last one is done."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
