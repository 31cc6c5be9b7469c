"""JupyterLab on the notebooks of a storm, with an embedded AWS beside it for as long as it runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import MappingProxyType

from anycompany.storm.errors import StormError

from .layout import NOTEBOOKS, shipped
from .serving import embedded_aws


def notebooks_of(storm: Path) -> Path:
    """The folder of notebooks that open this storm: ``notebooks`` beside it, as ``lay_out`` makes it.

    The worked example of a checkout has them beside its folder.

    Raises
    ------
    StormError
        if there are none.
    """
    beside = storm.parent / NOTEBOOKS
    if beside.is_dir():
        return beside
    checkout = storm.parent.parent / NOTEBOOKS
    if checkout.is_dir() and checkout.samefile(shipped(NOTEBOOKS)):
        return checkout
    raise StormError(
        "There are no notebooks beside this storm.", str(storm), "Make a working copy: anycompany new NAME."
    )


def config_path() -> str:
    """What Jupyter is to read its settings from beside its own places, as ``JUPYTER_CONFIG_PATH`` says it.

    Our settings make JupyterLab save the state of widgets, so that a notebook that was closed still shows its
    board for reading, and let guests of a workshop in (``anycompany.workshop.server``).
    """
    said = os.environ.get("JUPYTER_CONFIG_PATH")
    return os.pathsep.join([str(Path(__file__).parent / "jupyter"), *([said] if said else [])])


def open_lab(
    storm: Path,
    options: Sequence[str] = (),
    *,
    listens: str = "127.0.0.1",
    page: str = "00_start_here.ipynb",
    environment: Mapping[str, str] = MappingProxyType({}),
    beside: Callable[[int], AbstractContextManager[object]] = lambda _: nullcontext(),
) -> int:
    """Run JupyterLab until it is ended; returns its exit status.

    Parameters
    ----------
    storm : the storm file.
    options : further ones of JupyterLab's own, such as ``--no-browser``.
    listens : the address of this computer that it listens on; by default nobody else can reach it.
    page : the notebook that is opened first.
    environment : what its kernels find in their environment beside what this program's has.
    beside : what is entered, with JupyterLab's process id, once it was started, and left after its end.

    Raises
    ------
    StormError
        if the storm has no notebooks.
    AwsError
        if the embedded AWS does not start.
    """
    folder = notebooks_of(storm)
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.ip={listens}",
        f"--ServerApp.root_dir={folder.parent}",
        f"--LabApp.default_url=/lab/tree/{folder.name}/{page}",
        *options,
    ]
    with embedded_aws() as local:
        settings = {"JUPYTER_CONFIG_PATH": config_path()}
        lab = subprocess.Popen(command, env=os.environ | local | dict(environment) | settings)
        signal.signal(signal.SIGTERM, lambda *_: lab.terminate())
        with beside(lab.pid):
            while True:
                try:
                    return lab.wait()
                except KeyboardInterrupt:
                    continue  # the terminal sent it to JupyterLab too, which asks before it ends
