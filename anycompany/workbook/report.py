"""The one page that a team mails to its boss: what a run made of a storm, complete in itself.

Whatever people typed reaches the page through Jinja's autoescaping or inside pictures, which browsers show
without running anything in them; the page has no scripts and loads nothing.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anycompany.storm.boundaries import Suggestion
from anycompany.storm.coupling import coupling
from anycompany.storm.model import Storm

from ..stacks.permissions import permissions
from . import report_rows as rows
from .findings import Findings
from .permission_tables import functions, wildcards
from .report_day import day_of
from .rule_tables import matches
from .screen import line
from .watching_tables import watching_of

if TYPE_CHECKING:
    from jinja2 import Environment

    from anycompany.bus.trace import Trace
    from anycompany.diagrams import Diagram
    from anycompany.stacks.synth import Synthesis

    from .plots import Plot
    from .report_story import Told
    from .simulated import Simulation

_TEMPLATE = "report.html.j2"
SMALLEST_SCALE = 0.7
"""To what a picture is shrunk to fit the page; a wider one can be scrolled."""


@dataclass(frozen=True)
class Page:
    """All that a report shows.

    Parameters
    ----------
    storm : the storm, at the end of the run.
    made : when.
    pictures : diagrams by name; those of one service are called ``service-ID``, what plays ``playing``.
    findings : of all checks.
    synthesis : the stacks, and what of the storm is in none of them.
    templates : the text of each stack's template, by the stack's name.
    deployed : what notebook 09 wrote of the deploy; None if it did not get there.
    trace : what notebook 10 saw running; None if it did not get there.
    runs : for each notebook its name, seconds and, where it is not fine, what happened.
    problems : what of the run's own writing failed.
    suggestions : other boundaries that would couple less.
    simulation : the storm's simulated day; None where it could not be simulated.
    plots : of that day, by name.
    told : the story of the storm; None where no log tells it.
    """

    storm: Storm
    made: datetime
    pictures: Mapping[str, Diagram]
    findings: Findings
    synthesis: Synthesis
    templates: Mapping[str, str]
    deployed: Mapping[str, Any] | None = None
    trace: Trace | None = None
    runs: Sequence[Mapping[str, Any]] = ()
    problems: Sequence[str] = ()
    suggestions: Sequence[Suggestion] = ()
    simulation: Simulation | None = None
    plots: Mapping[str, Plot] = field(default_factory=dict)
    told: Told | None = None


def html_of(page: Page) -> str:
    """The page as one HTML document."""
    from anycompany.diagrams.palette import PAPER, SURROUNDINGS

    measured = coupling(page.storm)
    stacks = page.synthesis.stacks
    return (
        templates()
        .get_template(_TEMPLATE)
        .render(
            page=page,
            storm=page.storm,
            steps=rows.steps(page.storm),
            figures=rows.figures(page, measured),
            moments=rows.moments(page.storm),
            hotspots=rows.hotspots(page.storm),
            told=page.told,
            coupling=measured,
            borders=rows.borders(page.storm, measured),
            by_severity=rows.by_severity(page.findings),
            suggestions=rows.suggestions(page),
            scenarios=rows.scenarios(page),
            stacks=rows.stacks(page),
            rules=matches(page.storm),
            day=day_of(page.simulation) if page.simulation else None,
            failed=[run for run in page.runs if run["wrong"]],
            themes=SURROUNDINGS,
            paper=PAPER,
            statements=len(permissions(stacks)),
            wildcards=wildcards(stacks),
            watching=watching_of(page.storm, stacks),
            functions=functions(stacks),
        )
    )


def templates() -> Environment:
    """Where the templates of pages stand, all texts escaped, and how they write numbers, dates and lines."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"line": line, "image": _image, "size": _size, "plural": _plural, "date": _date}
    return environment


def _image(svg: str) -> str:
    """A picture as the address of an image; what is in an image cannot run."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _size(svg: str) -> str:
    """The style of a picture: as wide as it was drawn, on a narrower page smaller but still readable."""
    drawn = float(re.findall(r'<svg[^>]*? width="([0-9.]+)"', svg)[0])
    return f"width: max(100%, {drawn * SMALLEST_SCALE:.0f}px); max-width: {drawn:.0f}px"


def _date(when: datetime) -> str:
    """A moment as people write it, in UTC."""
    return f"{when.day} {when:%B %Y, %H:%M} UTC"


def _plural(number: int, one: str, many: str = "") -> str:
    """A number and what it counts.

    >>> _plural(1, "event"), _plural(3, "policy", "policies")
    ('1 event', '3 policies')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
