"""The whole workbook, headless: executed notebooks, diagrams, templates and one report.

Notebooks that know a ``target`` go to AWS one after the other; the others, which only read the storm, run
beside them.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anycompany.storm.errors import StormError

from .execution import Failure, Notebook, execute, inspected
from .layout import NOTEBOOKS, notebook_files, shipped
from .outputs import Outputs
from .record import OUT
from .screen import HEADLESS
from .serving import embedded_aws
from .simulated import settings_for

if TYPE_CHECKING:
    from anycompany.aws.session import Target
    from anycompany.storm.model import Storm

LANES = 2
"""Notebooks that run side by side; each has a kernel of about 100 MB."""

OnProgress = Callable[[int, int, str], None]
"""Told how many cells are done, of how many, and what is done now."""


@dataclass(frozen=True)
class Outcome:
    """How one notebook ended: with a failure, not begun (and why), or well."""

    name: str
    seconds: float = 0.0
    failure: Failure | None = None
    not_begun: str = ""

    @property
    def wrong(self) -> str:
        """What went wrong, in one line; empty if nothing did."""
        return str(self.failure) if self.failure else self.not_begun

    def record(self) -> dict[str, Any]:
        """This outcome as JSON data."""
        return {"name": self.name, "seconds": round(self.seconds, 3), "wrong": self.wrong}


@dataclass(frozen=True)
class RunResult:
    """What a run left behind: the folder, the report in it, and how each notebook ended."""

    out: Path
    report: Path
    outcomes: tuple[Outcome, ...]
    problems: tuple[str, ...] = ()

    @property
    def fine(self) -> bool:
        """Whether every notebook ran to its end, and everything was written."""
        return not self.problems and not any(outcome.wrong for outcome in self.outcomes)


def run(
    storm_path: Path,
    out: Path,
    *,
    target: Target,
    apply: bool | None = None,
    notebooks: Path | None = None,
    parameters: Mapping[str, Any] | None = None,
    progress: OnProgress = lambda done, of, doing: None,
) -> RunResult:
    """Execute the workbook on a storm and write what came of it.

    A notebook that fails does not end the run: those that do not build on it go on.

    Parameters
    ----------
    storm_path : the storm file.
    out : the folder to write to; what an earlier run left there is replaced, other files are left alone.
    target : where notebooks deploy to; the embedded AWS is started, and stopped again, unless one runs.
    apply : whether they deploy, or only plan; None: deploy on ``local`` only.
    notebooks : a folder with other notebooks than the shipped ones.
    parameters : further values for parameters that at least one notebook declares.
    progress : told of every cell.

    Raises
    ------
    StormError
        before anything runs: for a storm that cannot be read, a parameter that no notebook declares, a
        folder that cannot be written, an embedded AWS that does not start.
    """
    from concurrent.futures import ThreadPoolExecutor
    from importlib import import_module

    from anycompany.files import read_history, read_storm

    storm_path = storm_path.absolute()
    storm = read_storm(storm_path)
    with ThreadPoolExecutor(1) as beside, ExitStack() as serving:
        beside.submit(import_module, "papermill")  # takes as long as an embedded AWS to start
        served = serving.enter_context(embedded_aws()) if target.kind == "local" else {}
        found = [inspected(path) for path in notebook_files((notebooks or shipped(NOTEBOOKS)).absolute())]
        values = _values(found, storm_path, target, apply, parameters or {})
        outputs = Outputs(out.absolute())
        settings = partial(settings_for, storm_path, _from_the_notebooks(found, values.get("simulation")))
        drawing = beside.submit(outputs.draw, storm, settings, storm_path.parent, read_history(storm_path))
        with _environment({HEADLESS: "1", OUT: str(outputs.folder)} | served):
            outcomes = in_lanes(found, values, outputs.notebooks, progress)
        drawn = drawing.result()
    latest = read_storm(storm_path)
    if latest != storm:  # a notebook of the team's own may have edited it
        outputs.forget_plots()
        drawn = outputs.draw(latest, settings, storm_path.parent, read_history(storm_path))
    report = outputs.report(drawn, [outcome.record() for outcome in outcomes])
    problems = (*drawn.problems, *_not_deployed(latest, target, apply))
    return RunResult(outputs.folder, report, outcomes, problems)


def _not_deployed(storm: Storm, target: Target, apply: bool | None) -> list[str]:
    """Why the notebooks left out a deployment that nobody had to ask for: findings that are errors."""
    from anycompany.storm.checks import findings

    from .findings import all_checks

    if target.kind != "local" or apply is not None:
        return []
    errors = findings(storm, checks=[one for one in all_checks() if one.severity == "error"]).errors
    first = f"{', '.join(errors[0].where)}: {errors[0].what} {errors[0].remedy}" if errors else ""
    return [f"Nothing was deployed: {len(errors)} findings are errors. {first}"] if errors else []


def in_lanes(
    notebooks: Sequence[Notebook],
    values: Mapping[str, Any],
    folder: Path,
    progress: OnProgress = lambda done, of, doing: None,
) -> tuple[Outcome, ...]:
    """Execute notebooks side by side, those that build on each other in turn; their outcomes, in order."""
    return _Lanes(notebooks, values, folder, progress).run()


def _values(
    notebooks: Sequence[Notebook], storm: Path, target: Target, apply: bool | None, given: Mapping[str, Any]
) -> dict[str, Any]:
    """All values for parameters; refuses those that no notebook declares, and secrets."""
    own = {
        "storm": str(storm),
        "target": target.kind,
        "region": target.region,
        "profile": target.profile,
        "endpoint_url": target.endpoint_url,
        "apply": apply,
    }
    known = sorted(frozenset().union(*(notebook.parameters for notebook in notebooks)) - own.keys())
    for name in given:
        if name in own:
            raise StormError(f"The parameter {name!r} has an option of its own.", "", "Use that one.")
        if name not in known:
            raise StormError(
                f"No notebook has a parameter {name!r}.",
                "",
                f"Those that can be given are: {', '.join(known)}." if known else "None can be given.",
            )
    if target.endpoint_url and "@" in target.endpoint_url:
        raise StormError(
            "The endpoint's address carries a password, which would be stored in the executed notebooks.",
            "endpoint URL",
            "Leave it out of the address.",
        )
    return {name: value for name, value in (own | dict(given)).items() if value is not None}


def _from_the_notebooks(notebooks: Sequence[Notebook], given: Any) -> Any:
    """A path as a notebook takes it, from its own folder."""
    return str(notebooks[0].path.parent / given) if isinstance(given, str) else given


@contextmanager
def _environment(changes: Mapping[str, str]) -> Iterator[None]:
    """These variables in the environment, which kernels inherit, for a while."""
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class _Lanes:
    """Notebooks on their way: chains of those that build on each other, and who takes the next chain."""

    def __init__(
        self,
        notebooks: Sequence[Notebook],
        values: Mapping[str, Any],
        folder: Path,
        progress: OnProgress,
    ) -> None:
        chain = [notebook for notebook in notebooks if "target" in notebook.parameters]
        alone = [[notebook] for notebook in notebooks if notebook not in chain]
        self._waiting = deque([chain, *alone])
        self._notebooks, self._values, self._folder, self._progress = notebooks, values, folder, progress
        self._outcomes: dict[str, Outcome] = {}
        self._done: dict[str, int] = {}
        self._faults: list[BaseException] = []

    def run(self) -> tuple[Outcome, ...]:
        """Execute all of them; their outcomes, in the notebooks' order."""
        # Not a pool: whoever interrupts the run should not have to wait for the notebooks under way.
        lanes = [threading.Thread(target=self._lane, daemon=True) for _ in range(LANES)]
        for lane in lanes:
            lane.start()
        try:
            for lane in lanes:
                lane.join()
        except BaseException:
            self._waiting.clear()
            raise
        if self._faults:
            raise self._faults[0]
        return tuple(self._outcomes[notebook.name] for notebook in self._notebooks)

    def _lane(self) -> None:
        try:
            while self._waiting:
                with suppress(IndexError):  # the other lane may have taken the last one
                    self._execute(self._waiting.popleft())
        except BaseException as fault:
            self._faults.append(fault)

    def _execute(self, chain: Sequence[Notebook]) -> None:
        broken = ""
        for notebook in chain:
            if broken:
                outcome = Outcome(notebook.name, not_begun=f"not run, because {broken} failed")
            else:
                outcome = self._outcome(notebook)
                broken = notebook.name if outcome.wrong else ""
            self._outcomes[notebook.name] = outcome
            self._done[notebook.name] = notebook.cells

    def _outcome(self, notebook: Notebook) -> Outcome:
        values = {name: value for name, value in self._values.items() if name in notebook.parameters}
        output = self._folder / notebook.path.name
        began = time.perf_counter()
        failure = execute(notebook, output, values, lambda cell: self._tell(notebook, cell))
        return Outcome(notebook.name, time.perf_counter() - began, failure)

    def _tell(self, notebook: Notebook, cell: int) -> None:
        self._done[notebook.name] = min(cell, notebook.cells)
        doing = f"{notebook.name}, cell {min(cell + 1, notebook.cells)}"
        self._progress(sum(self._done.values()), sum(one.cells for one in self._notebooks), doing)
