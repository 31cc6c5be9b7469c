"""The page of permissions: all that the templates allow and deny, for a security review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from . import permission_tables as tables

if TYPE_CHECKING:
    from anycompany.stacks.stack import Stack
    from anycompany.storm.model import Storm


def permissions_html(storm: Storm, stacks: Sequence[Stack], made: datetime) -> str:
    """One HTML document, complete in itself: who may do what to what, from the templates alone.

    Parameters
    ----------
    storm : the storm, for its name.
    stacks : its stacks.
    made : when.
    """
    from anycompany.diagrams.palette import PAPER, SURROUNDINGS

    from .report import templates

    said = [tables.allowed(stack) for stack in stacks]
    return (
        templates()
        .get_template("permissions.html.j2")
        .render(
            storm=storm,
            made=made,
            wildcards=tables.wildcards(stacks),
            functions=tables.functions(stacks),
            stacks=[table for table in said if table.rows],
            themes=SURROUNDINGS,
            paper=PAPER,
        )
    )
