"""The wall of a step on a page: the board to work on, and the picture that stands in for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..storm.model import Storm
from .screen import Markup

if TYPE_CHECKING:
    from ..board import Board

PICTURES: dict[int, str] = {
    1: "wall",
    2: "timeline",
    3: "flow",
    4: "entities",
    5: "contexts",
    6: "service",
    7: "architecture",
    8: "service",
}
"""For each step, the diagram that shows most of what its wall shows."""


def wall(storm: Path, step: int) -> Board:
    """A board on a storm file, put on the screen."""
    from IPython.display import display

    from ..board import Board

    board = Board(storm, step)
    display(board)  # type: ignore[no-untyped-call]
    return board


def wall_on_demand(storm: Path, step: int, opened: Callable[[], None]) -> None:
    """A button that opens a board where it stands: a page with many boards opens only those that are wanted.

    Parameters
    ----------
    storm : the storm file.
    step : the step that the board shows.
    opened : what to do when it is opened.
    """
    from IPython.display import display
    from ipywidgets import Button, Layout, VBox

    button = Button(
        description="Open the board", icon="pencil", layout=Layout(width="auto", align_self="flex-start")
    )
    place = VBox([button])

    def to_board(_: object) -> None:
        from ..board import Board

        button.disabled = True
        place.children = (Board(storm, step),)
        opened()

    button.on_click(to_board)
    display(place)  # type: ignore[no-untyped-call]


def picture_of_wall(storm: Storm, step: int, board: Board | None) -> Markup:
    """The wall of a step as a picture and a text, hidden as long as ``board`` is alive on the page."""
    from ..diagrams import draw

    bundle = draw(storm, PICTURES[step])._repr_mimebundle_()
    return standing_in(Markup(bundle["text/html"], bundle["text/plain"]), board)


def standing_in(markup: Markup, board: Board | None) -> Markup:
    """What is shown in place of a board, hidden as long as it is alive on the page."""
    hidden_by = f' class="{board.twin}"' if board else ""
    return Markup(f"<div{hidden_by}>{markup.html}</div>", markup.text)
