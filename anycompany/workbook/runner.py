"""The whole workbook, headless: executed notebooks, diagrams, templates and one report."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from anycompany.storm.errors import StormError

from .execution import Failure, Notebook, execute, inspected
from .layout import NOTEBOOKS, notebook_files, shipped
from .screen import HEADLESS

if TYPE_CHECKING:
    from anycompany.aws.session import Target
    from anycompany.storm.model import Storm

OUT = "ANYCOMPANY_OUT"
"""The environment variable that tells notebooks where a run collects what it found."""

OnProgress = Callable[[int, int, str], None]
"""Told how many cells are done, of how many, and what is done now."""
