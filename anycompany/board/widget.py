"""The board as a Jupyter widget: one wall on a page, any number of tabs looking at it."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ..bus.trace import Trace
from .door import enter, leave
from .entrance import Hosted, door_answer
from .room import Room

STATIC = Path(__file__).parent / "static"
"""The board's JavaScript and CSS, made by ``make bundle``."""


class Board(anywidget.AnyWidget):
    """The wall of a storm file at one step of the method; show it as a cell's result.

    Everybody who has a board on the same file sees the same wall, in this notebook, in others and on other
    computers' browsers.

    Parameters
    ----------
    storm : the storm file.
    step : the step that the wall shows first, 1 to 8.
    hosted : who lets guests into the workshop on this storm; with it, whoever looks at the board steers the
        workshop.

    Attributes
    ----------
    twin : the CSS class of whatever stands in for the board where no board can be; the board hides it.

    Raises ``StormFileError`` when there is no such storm, or it cannot be read.
    """

    _esm = STATIC / "board.js"
    _css = STATIC / "board.css"
    step = traitlets.Int(1, min=1, max=8).tag(sync=True)
    path = traitlets.Unicode(read_only=True, help="where the board finds its storm after a restart").tag(
        sync=True
    )
    twin = traitlets.Unicode(read_only=True).tag(sync=True)
    facilitates = traitlets.Bool(False, read_only=True).tag(sync=True)
    saved = traitlets.Any(None, help="the wall as a notebook keeps it; written by the browser").tag(sync=True)

    _room: Room | None = None
    _hosted: Hosted | None = None

    def __init__(self, storm: str | os.PathLike[str], step: int = 1, *, hosted: Hosted | None = None) -> None:
        self.set_trait("path", os.path.realpath(storm))
        self.set_trait("twin", f"anycompany-twin-{uuid.uuid4().hex[:12]}")
        self.set_trait("facilitates", hosted is not None)
        self._hosted = hosted
        self._room = enter(self.path, self)
        super().__init__(step=step)
        self.on_msg(self._hear)

    def play(self, trace: Trace) -> None:
        """Play a trace on the wall of everybody who has a board on this storm in this kernel.

        Events light up and travel along the bus in the order and the scaled time of the trace, at step 7;
        what the storm does not have is left out. A board that appears within a minute plays it too, and one
        that appears later can.

        Parameters
        ----------
        trace : what a simulation or a deployed target has done.
        """
        if self._room is not None:
            self._room.play(trace)

    def close(self) -> None:
        """Leave the room and take the board off all pages."""
        if self._room is not None:
            leave(self._room, self)
        super().close()

    def _hear(self, _: Any, content: Any, __: Any) -> None:
        if answer := door_answer(content, self._hosted):
            self.send(answer)
        elif self._room is not None:
            self._room.receive(content, self)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        said, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        storm = Path(self.path).name
        return said | {
            "text/plain": f"The board of {storm} at step {self.step}: run this cell to work on it."
        }, metadata
