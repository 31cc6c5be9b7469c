"""The edits that steer a workshop, in words for the log."""

from __future__ import annotations

from typing import Any

from .agenda import phase_named
from .steering import Conduct, GoTo, Plan, Timer


def sentence(edit: Plan | GoTo | Timer | Conduct) -> str:
    """One sentence that says how the workshop was steered.

    >>> sentence(GoTo(phase="alone")), sentence(Timer(seconds=90)), sentence(Conduct(keys={"locked": True}))
    ('went to “Exploration, each alone”', 'stopped the timer at 1:30', 'locked the wall')
    """
    match edit:
        case GoTo():
            return f"went to “{phase_named(edit.phase).name}”" if edit.phase else "ended the workshop"
        case Timer():
            if edit.seconds is None:
                return "took the timer away"
            shown = f"{edit.seconds // 60}:{edit.seconds % 60:02}"
            return f"let the timer run from {shown}" if edit.since else f"stopped the timer at {shown}"
        case Plan():
            return "planned " + ", ".join(
                f"{minutes} minutes for “{phase_named(phase).name}”"
                if minutes
                else f"nothing for “{phase_named(phase).name}”"
                for phase, minutes in edit.minutes.items()
            )
        case Conduct():
            return ", ".join(_conducted(key, value) for key, value in edit.keys.items())


def _conducted(key: str, value: Any) -> str:
    match key:
        case "blind":
            return "let each see only their own notes" if value else "revealed all notes"
        case "locked":
            return "locked the wall" if value else "opened the wall"
        case "spotlight":
            return f"pointed all at {value}" if value else "took the spotlight away"
        case "driver":
            name = value.get("name") if isinstance(value, dict) else None
            return f"gave the wheel to {name or 'somebody'}" if value else "let all drive"
        case "voting":
            dots = value.get("dots", 5) if isinstance(value, dict) else 5
            return f"opened a vote with {dots} dots each" if value else "closed the vote"
        case _:
            return "brought everyone here" if value else "let all go"
