"""A storm of 1,000 events, 200 policies and 30 contexts: how it grows from 100, and what it costs in all."""

import math
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from anycompany.files import open_storm
from anycompany.files.page import new_page
from anycompany.files.snapshot import write_snapshot
from anycompany.stacks.synth import synth
from anycompany.storm.boundaries import suggested_boundaries
from anycompany.storm.coupling import coupling
from anycompany.storm.model import Storm
from anycompany.workbook.findings import all_findings

from .notebooks import seconds_of_near_empty_notebooks
from .ratio import Ratio
from .storms import generated

WORK: dict[str, Callable[[Storm], object]] = {
    "checks": lambda storm: all_findings(storm.changed()),
    "coupling": lambda storm: coupling(storm.changed()),
    "synth": lambda storm: synth(storm.changed()),
}
"""What is measured; ``changed()`` gives a storm that remembers nothing of the last time."""

EDITS = 100


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def best_of(times: int, work: Callable[[Storm], object], storm: Storm) -> float:
    return min(seconds(lambda: work(storm)) for _ in range(times))


def validation(storm: Storm) -> Callable[[Storm], object]:
    """Making a storm of plain data, which is the model's part."""
    document = storm.document()
    return lambda _: Storm.model_validate(document)


def seconds_of_an_edit(storm: Storm) -> float:
    """The median of many edits, each acknowledged, on the disk and under the lock."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.storm.yaml"
        write_snapshot(path, new_page(storm).text, None)
        with open_storm(path) as opened:
            opened.add_event("The first one writes the log's beginning")
            return median(seconds(lambda: opened.add_event("Thing Done")) for _ in range(EDITS))


def measure() -> list[Ratio]:
    small, large = generated(100), generated(1000)
    n_log_n = 1000 * math.log(1000) / (100 * math.log(100))
    ratios, total = [], 0.0
    measured = {
        "model": (validation(small), validation(large)),
        **{name: (work, work) for name, work in WORK.items()},
    }
    for name, (of_small, of_large) in measured.items():
        of_small(small)  # libraries load when first used
        little, much = best_of(9, of_small, small), best_of(7, of_large, large)
        total += much
        ratios.append(Ratio(f"{name}, 1,000 events", "100 events × 10 × log", much, little * n_log_n, 1.0))
    notebook = seconds_of_near_empty_notebooks(1)
    search = seconds(lambda: suggested_boundaries(large))
    note = f"boundary search apart, ten sweeps: {search / notebook:.2f} of a notebook"
    ratios.append(
        Ratio("model, checks, coupling, synth", "one near-empty notebook", total, notebook, 1.0, note)
    )
    edit = seconds_of_an_edit(large)
    return [*ratios, Ratio("an edit, acknowledged", "one near-empty notebook", edit, notebook, 0.01)]
