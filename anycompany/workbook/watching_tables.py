"""What watches what, once it is deployed: alarms and logs, note by note, read from the templates alone."""

from __future__ import annotations

from collections.abc import Sequence

from ..stacks.rates import LIMITS
from ..stacks.stack import Stack, Template
from ..stacks.synth import synth
from ..storm.guesses import with_guesses
from ..storm.model import Storm
from .naming import called
from .table import Table


def watching(storm: Storm) -> Table:
    """Step 7: for each sticky note what rings, and what its log keeps."""
    return watching_of(storm, synth(with_guesses(storm)).stacks)


def watching_of(storm: Storm, stacks: Sequence[Stack]) -> Table:
    """The same of stacks that are made already."""
    rings: dict[str, list[str]] = {}
    logs: dict[str, str] = {}
    for stack in stacks:
        for resource in stack.template["Resources"].values():
            note = resource.get("Metadata", {}).get("AnyCompany", {}).get("Note", "")
            if resource["Type"] == "AWS::CloudWatch::Alarm":
                rings.setdefault(note, []).append(_what(storm, note, resource["Properties"]))
            elif resource["Type"] == "AWS::StepFunctions::StateMachine":
                logs[note] = _steps(resource["Properties"])
            elif resource["Type"] == "AWS::Logs::LogGroup" and note.startswith("listeners/"):
                logs[note] = f"what is heard, {resource['Properties']['RetentionInDays']:,} days"
    rows = tuple(
        (called(storm, note), "; ".join(rings.get(note, ())), logs.get(note, "")) for note in rings | logs
    )
    columns = ("note", "an alarm rings when", "its log keeps")
    return Table("What watches what", columns, rows, "Nothing is watched yet: no service or listener runs.")


def _what(storm: Storm, note: str, alarm: Template) -> str:
    """What an alarm says in its name, without the bus, the note's title and the note."""
    name: str = alarm["AlarmName"].removesuffix(f" ({note})").removeprefix(f"{storm.bus_name}: ")
    what = name.rpartition(": ")[2]
    return f"{what} ({LIMITS})" if LIMITS in alarm["AlarmDescription"] else what


def _steps(workflow: Template) -> str:
    """What the log of a workflow holds."""
    data = workflow["LoggingConfiguration"]["IncludeExecutionData"]
    return "every step, and the data" if data else "every step; no data, as some is personal"
