"""The folder that a run writes to: what an earlier run left there is replaced, other files are left alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anycompany.storm.errors import StormError
from anycompany.storm.guesses import with_guesses
from anycompany.storm.model import Storm

from .record import DEPLOYED, TRACE, recorded

if TYPE_CHECKING:
    from anycompany.aws.traced import Trace
    from anycompany.diagrams import Diagram
    from anycompany.stacks.synth import Synthesis
    from anycompany.storm.boundaries import Suggestion

REPORT = "report.html"
MANIFEST = "run.json"
"""How the notebooks ended, and the files of the run, by which the next one knows what to replace."""

_OF_THE_WHOLE_STORM = ("timeline", "flow", "entities", "contexts", "architecture")


class Outputs:
    """What one run writes.

    Parameters
    ----------
    folder : where to; made if it is not there, and freed from what an earlier run wrote.

    Raises
    ------
    StormError
        if the folder cannot be written, or is a file.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notebooks = folder / "notebooks"
        self._written: dict[str, None] = {}
        self._pictures: dict[str, Diagram] = {}
        self._templates: dict[str, str] = {}
        self._synthesis: Synthesis | None = None
        self._suggestions: Sequence[Suggestion] = ()
        try:
            self._remove_earlier()
            self.notebooks.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StormError(
                f"The folder cannot be written: {error.strerror}.", str(folder), "Name another with --out."
            ) from error

    def draw(self, storm: Storm) -> tuple[str, ...]:
        """Write every diagram and every template of a storm; returns what could not be drawn, and why."""
        from anycompany.stacks.synth import synth, template_yaml
        from anycompany.storm.boundaries import suggested_boundaries

        problems = []
        for name in (*_OF_THE_WHOLE_STORM, *(f"service-{key}" for key in storm.services)):
            try:
                self._draw(storm, name)
            except StormError as error:
                problems.append(f"The diagram {name} was not drawn: {error}")
        self._synthesis = synth(with_guesses(storm))
        for stack in self._synthesis.stacks:
            self._templates[stack.name] = self._write(f"stacks/{stack.name}.yaml", template_yaml(stack))
        self._suggestions = suggested_boundaries(storm)
        return tuple(problems)

    def report(self, storm: Storm, runs: Sequence[dict[str, Any]], problems: Sequence[str]) -> Path:
        """Write the report, and the list of everything that was written.

        Parameters
        ----------
        storm : as it was drawn.
        runs : for each notebook its ``name``, ``seconds``, and what went ``wrong`` or ``""``.
        problems : what else went wrong.
        """
        from anycompany.aws.traced import Trace

        from .findings import all_findings
        from .report import Page, html_of

        assert self._synthesis is not None, "draw comes before report"
        traced = recorded(self.folder, TRACE)
        trace = Trace.from_json(traced) if traced else None
        if trace:
            self._draw_seen(storm, trace)
        page = Page(
            storm=storm,
            made=datetime.now(UTC),
            pictures=self._pictures,
            findings=all_findings(storm),
            synthesis=self._synthesis,
            templates=self._templates,
            deployed=recorded(self.folder, DEPLOYED),
            trace=trace,
            runs=runs,
            problems=problems,
            suggestions=self._suggestions,
        )
        self._write(REPORT, html_of(page))
        others = [f"notebooks/{run['name']}.ipynb" for run in runs] + [DEPLOYED, TRACE, MANIFEST]
        files = [*self._written, *(name for name in others if (self.folder / name).is_file())]
        manifest = {"storm": storm.name, "notebooks": list(runs), "problems": list(problems), "files": files}
        self._write(MANIFEST, json.dumps(manifest, indent=2) + "\n")
        return self.folder / REPORT

    def _draw(self, storm: Storm, name: str) -> None:
        from anycompany.diagrams import draw

        diagram, _, service = name.partition("-")
        self._pictures[name] = draw(storm, diagram, service=service or None)
        self._write(f"diagrams/{name}.svg", self._pictures[name].svg)

    def _draw_seen(self, storm: Storm, trace: Trace) -> None:
        from anycompany.diagrams import Seen, draw

        seen = Seen(trace.seen_events, trace.seen_policies, trace.seen_listeners)
        self._pictures["seen"] = draw(with_guesses(storm), "flow", overlay=seen)
        self._write("diagrams/seen.svg", self._pictures["seen"].svg)

    def _write(self, name: str, text: str) -> str:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", "backslashreplace")
        self._written[name] = None
        return text

    def _remove_earlier(self) -> None:
        try:
            files = json.loads((self.folder / MANIFEST).read_text("utf-8"))["files"]
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return
        home = self.folder.resolve()
        for name in files:
            path = (self.folder / str(name)).resolve()
            if path.is_relative_to(home) and path.is_file():
                path.unlink()
