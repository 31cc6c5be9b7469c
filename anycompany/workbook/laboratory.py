"""JupyterLab on the notebooks of a storm, with an embedded AWS beside it for as long as it runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

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
    board for reading.
    """
    said = os.environ.get("JUPYTER_CONFIG_PATH")
    return os.pathsep.join([str(Path(__file__).parent / "jupyter"), *([said] if said else [])])


def open_lab(storm: Path, options: Sequence[str] = ()) -> int:
    """Run JupyterLab on this machine only until it is ended; returns its exit status.

    Parameters
    ----------
    storm : the storm file.
    options : further ones of JupyterLab's own, such as ``--no-browser``.

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
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={folder.parent}",
        f"--LabApp.default_url=/lab/tree/{folder.name}/00_start_here.ipynb",
        *options,
    ]
    with embedded_aws() as environment:
        lab = subprocess.Popen(command, env=os.environ | environment | {"JUPYTER_CONFIG_PATH": config_path()})
        signal.signal(signal.SIGTERM, lambda *_: lab.terminate())
        while True:
            try:
                return lab.wait()
            except KeyboardInterrupt:
                continue  # the terminal sent it to JupyterLab too, which asks before it ends
