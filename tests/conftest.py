"""Fixtures shared by all rooms."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from anycompany.aws.session import Clients

from .workshops import Opened, workshop

# Tests start hundreds of processes: what the first of them compiles, the others only load.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A person's run looks for new counterexamples; continuous integration repeats the same search.
settings.register_profile("workbook", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("workbook")


_TOGETHER = {
    "tests/browser/test_diagrams_in_the_browser.py": "JupyterLab",
    "tests/browser/test_board_in_jupyter.py": "JupyterLab",
    "tests/browser/test_notebooks_in_the_browser.py": "JupyterLab",
    "tests/test_aws_watch.py": "traces",
    "tests/test_bus_simulation_aws.py": "traces",
}
"""Files that share what takes long to start or to make."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A worker runs whole files, and all files of those above that belong together, so it starts things once."""
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return _TOGETHER.get(file, file)

    config.option.loadscopereorder = False  # the long ones come first as it is, and doctests last
    return Together(config, log)


@pytest.fixture(scope="session", autouse=True)
def _home_of_this_worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep tests away from the embedded AWS of whoever runs them, and parallel workers from each other."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ANYCOMPANY_HOME", str(tmp_path_factory.mktemp("home")))
        environment.delenv("ANYCOMPANY_LOCAL_ENDPOINT", raising=False)
        yield


@pytest.fixture(scope="session")
def _embedded_aws(_home_of_this_worker: None) -> Iterator[Clients]:
    from anycompany.aws import local
    from anycompany.aws.session import Target, connect

    yield connect(Target("local"))
    local.stop()


@pytest.fixture(scope="module")
def local_aws(_embedded_aws: Clients) -> Iterator[Clients]:
    """Clients of an embedded AWS that all tests of a file share: give everything a name of its own."""
    from anycompany.aws import local

    yield _embedded_aws
    local.reset()


@pytest.fixture
def fresh_local_aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clients]:
    """Clients of an embedded AWS of one's own, with nothing in it."""
    from anycompany.aws import local
    from anycompany.aws.session import Target, connect

    monkeypatch.setenv("ANYCOMPANY_HOME", str(tmp_path / "embedded"))
    yield connect(Target("local"))
    local.stop()


@pytest.fixture(scope="session")
def inn(tmp_path_factory: pytest.TempPathFactory, _home_of_this_worker: None) -> Iterator[Opened]:
    """A workshop that all tests of this worker join, below a path as JupyterHub has it."""
    with workshop(tmp_path_factory.mktemp("workshop"), base="/user/ada/") as opened:
        yield opened
