"""A notebook's page: a storm opened at a step, and what the notebook's cells show of it.

What goes wrong is said once, where it went wrong; the cells after it stay quiet. Where nobody looks on
(papermill, CI), the page's last cell then fails with the same message, so that the run fails too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..storm.errors import StormError
from ..storm.model import Storm
from .chapters import footer, header
from .findings import findings_of_step
from .live import Where
from .mending import MendingPage
from .parameters import file_named
from .screen import somebody_looks_on
from .tables import TABLES, table_of

if TYPE_CHECKING:
    import pandas

    from ..board import Board
    from ..bus.simulation import Settings
    from .places import Place
    from .simulated import Simulation
    from .table import Table


class PageError(StormError):
    """A page could not do what it is for; shown as one line instead of a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class Page(MendingPage):
    """One notebook's view of one storm; see :class:`~anycompany.workbook.live.LivePage`."""

    def __init__(self, path: str, number: Where) -> None:
        super().__init__(path, number)
        self._wall: Board | None = None
        self._said: Settings | None = None
        self._simulates = True

    # -- what cells call

    def header(self) -> None:
        """Where we are: the step bar, and what a facilitator needs to know of the step."""
        from .glossary_page import folded_glossary

        self.show(lambda storm: header(self.chapter, storm) + folded_glossary())

    def diagram(self, name: str, service: str | None = None) -> None:
        """One of ``anycompany.diagrams.DIAGRAMS``; drawn again whenever the storm changes."""
        from ..diagrams import draw

        self.show(lambda storm: draw(storm, name, service=service))

    def table(self, name: str) -> None:
        """A table of the storm (``tables.TABLES``) or of its simulated day (``simulation_tables.SIMULATED``).

        Drawn again whenever the storm changes.
        """
        if name in TABLES or self._simulates:
            self.show(lambda storm: self._table(storm, name).markup())

    def frame(self, name: str) -> pandas.DataFrame:
        """The rows of a table as a pandas DataFrame, to sort, filter and count them."""
        return self._table(self._storm_now(), name).frame()

    def findings(self) -> None:
        """What the checks of this step found, with reason and remedy; dismissed ones apart."""
        self.show(lambda storm: findings_of_step(storm, self.chapter.number, self.path.parent))

    def board(self) -> None:
        """The wall at this step: a board where somebody looks on, elsewhere a picture of it and a text.

        The picture is on the page in both cases, as closed and untrusted notebooks show nothing else. A board
        that is alive hides it.
        """
        from .walls import picture_of_wall, wall

        number = self.chapter.number
        if self._book is not None:
            self._wall = wall(self._book.path, number)
        self.show(lambda storm: picture_of_wall(storm, number, self._wall))

    def workshop(self) -> None:
        """The board from which a workshop is steered, and the way in for guests.

        Where nobody looks on, and in a notebook that is read by somebody alone: what a facilitator has here.
        """
        from .workshop_page import steering_board, what_a_facilitator_has

        if self._book is not None:
            with self.telling():
                self._wall = steering_board(self._book.path)
        self.show(lambda storm: what_a_facilitator_has(storm, self._wall))

    def simulate(self, simulation: str | None = None) -> None:
        """A day of the storm, simulated by the settings in a file, or in the one beside the storm.

        What follows on the page of this day stays quiet where the settings are refused.
        """
        from .simulated import settings_for
        from .simulation_pages import summary

        self._simulates = False
        with self.telling():
            self._said = settings_for(self.path, simulation)
            _ = self._simulated(self._storm_now()).run
            self._simulates = True
            self.show(lambda storm: summary(self._simulated(storm)))

    def plot(self, name: str) -> None:
        """One of ``anycompany.workbook.simulation_pages.PLOTS``; drawn again whenever the storm changes."""
        from .plots import Plot
        from .record import record_plot
        from .simulation_pages import plot_of

        if self._simulates:
            self.show(lambda storm: plot_of(self._simulated(storm), name))
            if self.slots and isinstance(drawn := self.slots[-1].shown, Plot):
                record_plot(name, drawn)

    def play(self) -> None:
        """The simulated day playing over the flow, and on the wall above where somebody looks on."""
        from .simulation_pages import playing

        if not self._simulates or self.storm is None:
            return
        self.show(lambda storm: playing(self._simulated(storm).storm, self._simulated(storm).trace))
        if self._wall is not None:
            self._wall.play(self._simulated(self.storm).trace)

    def samples(self, events: str | None = None) -> None:
        """Sample events, by default the shipped ones, held against contracts and filters."""
        from .samples import about_samples, read_samples

        with self.telling():
            samples = read_samples(events)
            self.show(lambda storm: about_samples(storm, samples))

    def schemas(self) -> None:
        """The contracts as the schema registry takes them, folded away."""
        from .contract_pages import schemas

        self.show(schemas)

    def recorded(self, recorded: str | None = None) -> None:
        """A log of real events held against the design; how to give one, where none is given."""
        from .recorded_pages import recorded as against

        with self.telling():
            log = file_named(recorded, "recorded")
            self.show(lambda storm: against(storm, log))

    def place(  # noqa: PLR0917  # the parameters of a notebook, in their order
        self,
        target: str,
        region: str | None = None,
        profile: str | None = None,
        endpoint_url: str | None = None,
        apply: bool | None = None,
        stage: str | None = None,
        account: str | None = None,
        *,
        kinds: Iterable[str] | None = None,
    ) -> Place:
        """Where the storm's stacks go, from a notebook's parameters; see ``anycompany.workbook.places``.

        ``stage`` adds to the names of bus and stacks, ``account`` is the one it has to be. ``kinds`` limits
        it to stacks of these kinds: ``bus``, ``contracts``, ``service``, ``listeners``. Parameters that are
        not clear are explained on the page, and nothing is done.
        """
        from ..aws.session import Target
        from ..stacks.stages import refuse_no_stage
        from .places import Place, Wanted, refuse_unclear, target_from

        with self.telling():
            refuse_unclear(apply)
            refuse_no_stage(stage)
            where = target_from(target, region, profile, endpoint_url, account)
            return Place(self, where, apply, Wanted(tuple(kinds) if kinds else None, stage or None))
        return Place(self, Target(), False, Wanted(), reached=False)

    def finish(self) -> None:
        """How far the step is and what comes next; the last cell of every notebook.

        Raises ``PageError`` where nobody looks on and anything on the page failed, so that the run fails.
        """
        self.show(lambda storm: footer(self.chapter, storm))
        if self.failures and not somebody_looks_on():
            first = self.failures[0]
            raise PageError(first.what, first.where, first.remedy)

    # -- within

    def _table(self, storm: Storm, name: str) -> Table:
        if name not in TABLES:
            from .simulation_tables import SIMULATED

            if name in SIMULATED:
                return SIMULATED[name](self._simulated(storm))
        return table_of(storm, name)

    def _simulated(self, storm: Storm) -> Simulation:
        from .simulated import settings_for, simulated

        if self._said is None:
            self._said = settings_for(self.path, None)
        return simulated(storm, self._said)
