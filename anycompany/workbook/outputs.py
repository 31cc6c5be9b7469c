"""The folder that a run writes to: what an earlier run left there is replaced, other files are left alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anycompany.storm.checks import Findings
from anycompany.storm.code import NO_CODE, Codes
from anycompany.storm.errors import StormError
from anycompany.storm.guesses import with_guesses
from anycompany.storm.model import Storm

from .record import DEPLOYED, PLOTS, TRACE, recorded

if TYPE_CHECKING:
    from anycompany.bus.simulation import Settings
    from anycompany.bus.trace import Trace
    from anycompany.diagrams import Diagram
    from anycompany.files.journal import Entry
    from anycompany.stacks.synth import Synthesis
    from anycompany.storm.boundaries import Suggestion

    from .plots import Plot
    from .report_story import Told
    from .simulated import Simulation

REPORT = "report.html"
PERMISSIONS = "permissions.html"
MANIFEST = "run.json"
"""How the notebooks ended, and the files of the run, by which the next one knows what to replace."""

_OF_THE_WHOLE_STORM = ("timeline", "flow", "entities", "contexts", "architecture")


@dataclass(frozen=True)
class Drawn:
    """What was made of a storm: diagrams by name, stacks with their templates' texts, a simulated day.

    ``problems`` says what could not be drawn, and why; ``told`` is the story that the log tells.
    """

    storm: Storm
    pictures: Mapping[str, Diagram]
    synthesis: Synthesis
    templates: Mapping[str, str]
    findings: Findings
    suggestions: Sequence[Suggestion]
    problems: tuple[str, ...]
    simulation: Simulation | None = None
    told: Told | None = None


class Outputs:
    """What one run writes.

    Parameters
    ----------
    folder : where to; made if it is not there, and freed from what an earlier run wrote.

    Raises
    ------
    StormError
        if the folder cannot be written, or is a file; so do the methods.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notebooks = folder / "notebooks"
        self._written: dict[str, None] = {}
        try:
            self._remove_earlier()
            self.notebooks.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot_be_written(folder, error) from error

    def draw(
        self,
        storm: Storm,
        settings: Callable[[], Settings] | None = None,
        home: Path | None = None,
        history: Sequence[Entry] = (),
    ) -> Drawn:
        """Write every diagram and every template of a storm, and simulate a day of it.

        Parameters
        ----------
        storm : the storm.
        settings : gives what the team says of the day; None where nothing is said.
        home : the folder of the storm's file, below which the folders of code stand; None for no code.
        history : the storm's log.
        """
        from anycompany.bus.simulation import Settings
        from anycompany.diagrams import draw
        from anycompany.files.code import codes_of
        from anycompany.stacks.synth import synth, template_files, template_yaml
        from anycompany.storm.boundaries import suggested_boundaries

        from .findings import all_findings
        from .report_story import told
        from .simulated import EVENTS, Simulation

        pictures, problems = {}, []
        views: list[tuple[str, str, str | None]] = [(name, name, None) for name in _OF_THE_WHOLE_STORM]
        views += [(f"service-{key}", "service", key) for key in storm.services]
        for name, diagram, service in views:
            try:
                pictures[name] = draw(storm, diagram, service=service)
            except StormError as error:
                problems.append(f"The diagram {name} was not drawn: {error}")
            else:
                self._write(f"diagrams/{name}.svg", pictures[name].svg)
        code: Codes = NO_CODE
        try:
            code = codes_of(storm, home) if home else NO_CODE
        except StormError as error:
            problems.append(f"The templates lack the functions that run code: {error}")
        synthesis = synth(with_guesses(storm), code=code)
        templates = {}
        for stack in synthesis.stacks:
            files = template_files(stack)
            for name, text in files.items():
                self._write(f"stacks/{name}", text)
            templates[stack.name] = template_yaml(stack) if len(files) > 1 else files[f"{stack.name}.yaml"]
        findings, suggestions = all_findings(storm, home=home), suggested_boundaries(storm)
        simulation = None
        try:
            simulation = Simulation(storm, settings() if settings else Settings(), EVENTS)
            pictures["playing"] = draw(simulation.storm, "flow", playing=simulation.trace)
        except StormError as error:
            simulation = None
            problems.append(f"The storm was not simulated: {error}")
        return Drawn(
            storm,
            pictures,
            synthesis,
            templates,
            findings,
            suggestions,
            tuple(problems),
            simulation,
            told(history),
        )

    def forget_plots(self) -> None:
        """Draw the plots of the day anew, as the storm is another now."""
        (self.folder / PLOTS).unlink(missing_ok=True)

    def report(self, drawn: Drawn, runs: Sequence[dict[str, Any]]) -> Path:
        """Write the report, and the list of everything that was written.

        Parameters
        ----------
        drawn : what was made of the storm.
        runs : for each notebook its ``name``, ``seconds``, and what went ``wrong`` or ``""``.
        """
        from anycompany.bus.trace import Trace

        from .permissions_page import permissions_html
        from .report import Page, html_of

        traced = recorded(self.folder, TRACE)
        trace = Trace.from_json(traced) if traced else None
        page = Page(
            storm=drawn.storm,
            made=datetime.now(UTC),
            pictures={**drawn.pictures, **(self._draw_seen(drawn.storm, trace) if trace else {})},
            findings=drawn.findings,
            synthesis=drawn.synthesis,
            templates=drawn.templates,
            deployed=recorded(self.folder, DEPLOYED),
            trace=trace,
            runs=runs,
            problems=drawn.problems,
            suggestions=drawn.suggestions,
            simulation=drawn.simulation,
            plots=self._plots(drawn.simulation) if drawn.simulation else {},
            told=drawn.told,
        )
        self._write(REPORT, html_of(page))
        self._write(PERMISSIONS, permissions_html(page.storm, page.synthesis.stacks, page.made))
        others = [f"notebooks/{run['name']}.ipynb" for run in runs] + [DEPLOYED, TRACE, PLOTS, MANIFEST]
        files = [*self._written, *(name for name in others if (self.folder / name).is_file())]
        manifest = {
            "storm": drawn.storm.name,
            "notebooks": list(runs),
            "problems": drawn.problems,
            "files": files,
        }
        self._write(MANIFEST, json.dumps(manifest, indent=2) + "\n")
        return self.folder / REPORT

    def _plots(self, simulation: Simulation) -> dict[str, Plot]:
        """The plots of the day: those that notebook 07 drew, else drawn now."""
        from .plots import Plot
        from .simulation_pages import plots_of

        left = recorded(self.folder, PLOTS) or {}
        plots = plots_of(simulation, {name: Plot(**said) for name, said in left.items()})
        for name, plot in plots.items():
            self._write(f"diagrams/day-{name}.svg", plot.svg)
        return plots

    def _draw_seen(self, storm: Storm, trace: Trace) -> dict[str, Diagram]:
        from anycompany.diagrams import draw

        picture = draw(with_guesses(storm), "flow", playing=trace)
        self._write("diagrams/seen.svg", picture.svg)
        return {"playing": picture}

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        try:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8", "backslashreplace")
        except OSError as error:
            raise _cannot_be_written(path, error) from error
        self._written[name] = None

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


def _cannot_be_written(path: Path, error: OSError) -> StormError:
    return StormError(
        f"It cannot be written: {error.strerror}.", str(path), "Name another folder with --out."
    )
