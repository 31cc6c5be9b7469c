"""The commands for the course: course learner."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .output import say

commands = typer.Typer(help="The course: what an instructor hands out.", no_args_is_help=True)


@commands.command()
def learner(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it may exist if empty.")],
) -> None:
    """Make the learner edition: all of the course, without worked solutions and references.

    It is a folder that can be put into a repository of its own: Binder opens it from its environment.yml.

    For example:

        anycompany course learner ../course-for-learners
    """
    from anycompany.course.edition import lay_out_learner_edition
    from anycompany.workbook.layout import NOTEBOOKS, shipped

    made = lay_out_learner_edition(folder, shipped(NOTEBOOKS), shipped("data"))
    say(f"Made {made}: no solutions in it. Begin with notebooks/00_start_here.ipynb")
