"""The page on which a learner finds faults: a story, a board or a template of their own, and a verdict."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..storm.errors import StormError
from .learning import LearningPage, one_hint_more
from .screen import Markup, Slot, callout, somebody_looks_on

if TYPE_CHECKING:
    from ..course.faults import Fault


class MendingPage(LearningPage):
    """A page with faults to find; each has files of its own, beside the notebook."""

    def faults(self) -> None:
        """All faults to find, by the step that they belong to."""
        from ..course.faults import faults
        from .fault_pages import all_faults

        self._say(all_faults(faults()).markup())

    def fault(self, named: object = None) -> None:
        """The story of a fault, with a picture of its storm and a button for its board, or its template."""
        from ..course.faults.fault import flawed_storm
        from .fault_pages import story, template
        from .walls import picture_of_wall

        found = self._fault(named)
        if found is None:
            return
        try:
            path = self._to_mend(found, begin=somebody_looks_on())
            self._say(story(found, path))
            if path is not None and found.template:
                self._say(template(path.read_text("utf-8")))
            elif path is not None:
                self._show(path, min(found.step, 8))
            elif not found.template:
                self._say(picture_of_wall(flawed_storm(found), min(found.step, 8), None))
        except (StormError, OSError) as error:
            self._tell(error)

    def mended(self, named: object = None) -> None:
        """Say of a fault whether it is mended, by running it: in any right way is right."""
        from ..course.faults import check
        from ..course.faults.fault import flawed_storm
        from ..course.progress import note_progress
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
            if verdict.state != "not attempted":
                note_progress(self._folder, found.id, lambda record: record.after(verdict.state), "faults")
            self._say(told(found, verdict))
        except (StormError, OSError) as error:
            self._tell(error)

    def fault_hint(self, named: object = None) -> None:
        """The next of a fault's three hints, and those before it."""
        from ..course.progress import note_progress
        from .fault_pages import hints

        found = self._fault(named)
        if found is not None:
            record, _ = note_progress(self._folder, found.id, one_hint_more, "faults")
            self._say(hints(found, self._hints_shown(found.id, record)))

    # -- within

    def _show(self, path: Path, step: int) -> None:
        """A picture of a storm, and a button that puts its board in the picture's place."""
        from ..files import read_storm
        from .walls import picture_of_wall, wall_on_demand

        picture = Slot(lambda: picture_of_wall(read_storm(path), step, None))
        wall_on_demand(path, step, lambda: picture.replace(Markup("", "")))

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
