"""The workshop page: the agenda as a table, and the board from which a facilitator steers.

The same notebook serves those who read by themselves and a run where nobody looks on: then it says what a
facilitator would have here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..storm.model import Storm
from ..storm.workshop.agenda import agenda_of, phase_of
from ..storm.workshop.state import Workshop
from .screen import Markup, bullets, callout
from .table import Cell, Table
from .walls import standing_in

if TYPE_CHECKING:
    from ..board import Board

HERE = (
    "the wall of the whole team, and beside it a panel that nobody else has",
    "Next and Back through the agenda; each phase opens the actions of its step and holds back those of later"
    " ones, and brings every board to its step",
    "the timer, that everybody sees: start, pause, one minute more",
    "Blind: each person sees only their own notes; the reveal gathers what may mean the same, to be merged",
    "Lock, Everyone here, Spotlight, and a driver who edits while the others point, one after the other",
    "a vote with dots on hot spots and boundaries, hidden until it is closed",
    "who has not spoken yet, the parking lot, and the agenda with timings that can be changed",
    "the address, the QR code and the code by which guests join from their phones, to be changed or revoked",
)
"""What a facilitator has on this page."""


def agenda(storm: Storm) -> Table:
    """The agenda of the workshop on a storm; the usual one where none is planned."""
    on = phase_of(storm)
    rows: list[tuple[Cell, ...]] = [
        (slot.phase.day, slot.phase.name, slot.minutes, slot.phase.step, slot.phase.asks, slot.phase == on)
        for slot in agenda_of(storm.workshop or Workshop())
    ]
    columns = ("day", "phase", "minutes", "opens steps to", "what people do", "now")
    return Table("The agenda", columns, tuple(rows), "")


def hotspots(storm: Storm) -> Table:
    """The open questions, those with most dots first: about what, how many dots, and who answers."""
    spots = sorted(storm.hotspots.values(), key=lambda one: -len(one.votes))
    rows: list[tuple[Cell, ...]] = [
        (one.text, one.about or "", len(one.votes), one.owner or "nobody yet") for one in spots
    ]
    return Table(
        "Open hot spots",
        ("hot spot", "about", "dots", "owner"),
        tuple(rows),
        "No question is open: nobody has stuck a hot spot on the wall.",
    )


def steering_board(storm: Path) -> Board:
    """The board of whoever facilitates, put on the screen; guests can join from now on."""
    from IPython.display import display

    from ..board import Board
    from ..workshop import host

    board = Board(storm, hosted=host(storm))
    display(board)  # type: ignore[no-untyped-call]
    return board


def what_a_facilitator_has(storm: Storm, board: Board | None) -> Markup:
    """What would be here for a facilitator, in words, hidden as long as ``board`` is alive on the page."""
    on = phase_of(storm)
    stands = f"The workshop is at “{on.name}”." if on else "No workshop is on."
    note = callout("note", stands, "Run this page in JupyterLab to steer it: anycompany workshop NAME.")
    said = note + bullets("A facilitator has here", HERE)
    return standing_in(said, board)
