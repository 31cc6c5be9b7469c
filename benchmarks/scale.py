"""A storm of 1,000 events, 200 policies and 30 contexts: how it grows from 100, and what it costs in all."""

import math
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from anycompany.files import open_storm, write_storm
from anycompany.stacks.synth import synth
from anycompany.storm.coupling import coupling
from anycompany.storm.model import Storm
from anycompany.workbook.findings import findings

from .notebooks import seconds_of_a_near_empty_notebook
from .ratio import Ratio
from .storms import generated


def best_of(times: int, work: Callable[[], object]) -> float:
    def once() -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    return min(once() for _ in range(times))
