"""The forms of every step: hot spots, votes, decisions, and answers to findings."""

from __future__ import annotations

from collections.abc import Callable

from ...storm import edits as e
from ...storm.errors import EditError
from ...storm.model import Storm
from .. import choices as c
from ..findings import all_findings
from .form import ABOUT, Answers, Form, Input, add, one, remove


def _fix(step: int) -> Callable[[Storm, Answers], e.AnyEdit]:
    def edit(storm: Storm, answers: Answers) -> e.AnyEdit:
        for finding in all_findings(storm, step).open:
            if finding.key == answers["finding"] and finding.fix:
                return finding.fix
        raise EditError("That finding is gone.", "Findings", "Somebody remedied it already: choose another.")

    return edit


def anytime(step: int) -> tuple[Form, ...]:
    """What can be said at every step: hot spots, votes, decisions, and answers to findings."""
    return (
        add("hotspots", ABOUT, name="Question, conflict or risk"),
        Form(
            "Vote on a hot spot",
            "Vote",
            (
                one("hotspot", "Hot spot", c.things("hotspots")),
                Input("who", "Your initials"),
                Input("back", "Take the vote back", "tick"),
            ),
            lambda _, a: e.Vote(hotspot=a["hotspot"], who=a["who"], up=not a["back"]),
        ),
        add("decisions", Input("because", "Because", optional=True), ABOUT, name="What was decided"),
        remove("hotspots"),
        Form("Remedy a finding", "Do it", (one("finding", "Finding", c.remedies(step)),), _fix(step)),
        Form(
            "Dismiss a finding",
            "Dismiss",
            (one("finding", "Finding", c.open_findings(step)), Input("because", "Because")),
            lambda _, a: e.Dismiss(**a),
        ),
        Form(
            "Take a dismissed finding up again",
            "Take up",
            (one("finding", "Dismissed", c.dismissed),),
            lambda _, a: e.Dismiss(finding=a["finding"], because=None),
        ),
    )
