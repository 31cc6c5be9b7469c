"""The way in for guests, as a facilitator's board shows it. Who hosts them is no business of this room's.

It is told in messages alone, never in a widget's state, which notebooks keep: a code must not be saved.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol


class Hosted(Protocol):
    """A workshop that guests can join, such as ``anycompany.workshop.Hosting``."""

    trouble: str

    @property
    def address(self) -> str:
        """Where guests go."""

    @property
    def screen_address(self) -> str:
        """Where the big screen goes."""

    @property
    def code(self) -> str | None:
        """What guests say; None while nobody is let in."""

    @property
    def seconds_left(self) -> float:
        """For how long the code lets people in."""

    @property
    def guests(self) -> list[str]:
        """The names of the guests who are here."""

    def qr_svg(self) -> str:
        """The address with the code as a QR code."""

    def change_code(self) -> str:
        """Make another code."""

    def revoke(self) -> None:
        """Let nobody in any more."""


Host = Callable[[Path], Hosted]
"""Begins to let guests into the workshop on a storm file."""


def door_answer(said: Any, hosted: Hosted | None) -> dict[str, Any] | None:
    """The answer to a facilitator's board about the way in; None when that is not what was said.

    Parameters
    ----------
    said : the message, whatever it is: ``look``, ``change`` the code, or ``revoke`` it.
    hosted : who lets guests in, if anybody does.
    """
    if not isinstance(said, dict) or said.get("type") != "door" or hosted is None:
        return None
    match said.get("do"):
        case "change":
            hosted.change_code()
        case "revoke":
            hosted.revoke()
    return {
        "type": "door",
        "address": hosted.address,
        "screen": hosted.screen_address,
        "code": hosted.code,
        "left": round(hosted.seconds_left),
        "guests": hosted.guests,
        "qr": hosted.qr_svg(),
        "trouble": hosted.trouble,
    }
