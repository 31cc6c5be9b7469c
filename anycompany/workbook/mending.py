"""The page on which a learner finds faults: a story, a board or a template of their own, and a verdict."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..storm.errors import StormError
from .learning import LearningPage
from .live import Where
from .screen import callout, somebody_looks_on

if TYPE_CHECKING:
    from ..course.faults import Fault


class MendingPage(LearningPage):
    """A page with faults to find; each has files of its own, beside the notebook."""

    def __init__(self, path: str, number: Where) -> None:
        super().__init__(path, number)
        self._read = Counter[str]()

    def faults(self) -> None:
        """All faults to find, by the step that they belong to."""
        from ..course.faults import faults
        from .fault_pages import all_faults

        self._say(all_faults(faults()).markup())

    def fault(self, named: object = None) -> None:
        """The story of a fault, and the flawed storm on a board, or the flawed template; to be mended."""
        from .fault_pages import story, template

        found = self._fault(named)
        if found is None:
            return
        try:
            path = self._to_mend(found, begin=somebody_looks_on())
            self._say(story(found, path))
            if path is not None and found.template:
                self._say(template(path.read_text("utf-8")))
            elif path is not None:
                from .walls import wall

                wall(path, min(found.step, 8))
        except (StormError, OSError) as error:
            self._tell(error)

    def mended(self, named: object = None) -> None:
        """Say of a fault whether it is mended, by running it: in any right way is right."""
        from ..course.faults import check
        from ..course.faults.fault import flawed_storm
        from ..files import read_storm
        from .fault_pages import told

        found = self._fault(named)
        if found is None:
            return
        try:
            path = self._to_mend(found)
            if found.template:
                verdict = check(found, path or found.flawed)
            else:
                verdict = check(found, read_storm(path) if path else flawed_storm(found))
            self._say(told(found, verdict))
        except (StormError, OSError) as error:
            self._tell(error)

    def fault_hint(self, named: object = None) -> None:
        """The next of a fault's three hints, and those before it."""
        from .fault_pages import hints

        found = self._fault(named)
        if found is not None:
            self._read[found.id] = min(self._read[found.id] + 1, len(found.hints))
            self._say(hints(found, self._read[found.id]))

    # -- within

    def _to_mend(self, fault: Fault, *, begin: bool = False) -> Path | None:
        """The file of a fault beside the notebook, made where it is to begin; None where there is none."""
        from ..files.resting import log_path

        folder = self._folder / "faults"
        path = folder / (f"{fault.id}.template.yaml" if fault.template else f"{fault.id}.storm.yaml")
        if not path.exists() and not log_path(path).exists():
            if not begin:
                return None
            folder.mkdir(exist_ok=True)
            with suppress(FileExistsError), path.open("x", encoding="utf-8") as file:
                file.write(fault.flawed.read_text("utf-8"))
            for other in fault.folder.glob("published*"):
                (folder / "published.yaml").write_text(other.read_text("utf-8"), "utf-8")
        return path

    def _fault(self, named: object) -> Fault | None:
        from ..course.faults import fault

        try:
            return fault(named)
        except StormError as error:
            self._tell(error)
            return None

    def _tell(self, error: StormError | OSError) -> None:
        if isinstance(error, StormError):
            self._say(callout("note", error.what, error.remedy))
        else:
            self._say(callout("note", f"The files cannot be kept here: {error.strerror or error}."))
