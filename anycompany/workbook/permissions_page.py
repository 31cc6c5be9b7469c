"""The page of permissions: all that the templates allow and deny, for a security review."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from . import permission_tables as tables

if TYPE_CHECKING:
    from markupsafe import Markup

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
    environment = templates()
    environment.filters["breakable"] = _breakable
    return environment.get_template("permissions.html.j2").render(
        storm=storm,
        made=made,
        wildcards=tables.wildcards(stacks),
        functions=tables.functions(stacks),
        stacks=[table for table in said if table.rows],
        themes=SURROUNDINGS,
        paper=PAPER,
    )


def _breakable(text: str) -> Markup:
    """A text, escaped, in which a line may break after slashes, and after the colons of ARNs."""
    from markupsafe import Markup, escape

    slashes = str(escape(text)).replace("/", "/<wbr>")
    return Markup(re.sub(r"arn:[^\s,]+", lambda arn: arn[0].replace(":", ":<wbr>"), slashes))
