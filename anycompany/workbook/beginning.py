"""The working copy in which somebody models a domain of the course, or looks for a fault."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from anycompany.storm.model import Storm

from .layout import WorkingCopy, lay_out

if TYPE_CHECKING:
    from anycompany.course.domains import Domain


def lay_out_domain(folder: Path, domain: Domain) -> WorkingCopy:
    """Make a folder with the brief of a domain, a storm to fill, and the notebooks that open it.

    Parameters
    ----------
    folder : where to; it may exist if it is empty.
    domain : which one; where it starts from recorded events they lie beside the brief.

    Raises
    ------
    StormError
        if there is anything already, or the folder cannot be made.
    """
    from anycompany.course.domains import MARK
    from anycompany.files import write_storm
    from anycompany.files.errors import refused_by_the_system

    copy = lay_out(folder)
    try:
        for name in ("brief.md", *([domain.recorded] if domain.recorded else [])):
            shutil.copyfile(domain.folder / name, copy.folder / name)
        write_storm(copy.storm, Storm.model_validate({"name": domain.title, MARK: domain.id}))
    except OSError as error:
        raise refused_by_the_system(copy.folder, "Writing", error) from None
    return copy
