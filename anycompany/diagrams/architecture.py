"""The architecture: one bus as a bar, workflows hanging below it in the services' lanes, listeners above it."""

from __future__ import annotations

from ..storm.model import Storm
from .bar import draw_bar, height_of_triggers, right_of_bar
from .bus_rows import UNORDERED, Row, rows_of_bus
from .canvas import Canvas
from .lanes import draw_lanes, right_of_workflows
from .lettering import in_sentence, listing
from .listening import HEIGHT, draw_listeners, listeners_of
from .seen import Seen
from .sheet import TOP, Stroke, Swatch, legend, nothing_yet
from .triggers import origin

_BETWEEN_ROWS = 52.0


def picture(canvas: Canvas, storm: Storm, overlay: Seen | None) -> list[str]:
    """Draw the architecture, and over it what was seen running; returns what it shows in sentences."""
    if not storm.events:
        remedy = "Step 1, event discovery: write everything that happens. The bus will carry these events."
        return nothing_yet(canvas, "No events yet.", remedy)
    rows = rows_of_bus(storm)
    right = max(max(right_of_bar(row), right_of_workflows(row)) for row in rows)
    top = TOP
    for number, row in enumerate(rows):
        top = _draw_row(canvas, storm, rows, number, top, right, overlay) + _BETWEEN_ROWS
    legend(canvas, _samples(storm, overlay))
    return _sentences(storm, overlay)


def _draw_row(
    canvas: Canvas, storm: Storm, rows: list[Row], number: int, top: float, right: float, overlay: Seen | None
) -> float:
    """Draw one row of the bus with all that hangs above and below it; returns the y below."""
    row = rows[number]
    above = listeners_of(storm, row, first=number == 0)
    bar_top = top + (HEIGHT if above else 0) + height_of_triggers(storm, row)
    which = f"{number + 1} of {len(rows)}" if len(rows) > 1 else ""
    bar = draw_bar(canvas, storm, row, bar_top, right, which, overlay)
    draw_listeners(canvas, storm, above, bar, top, overlay)

    def where(event: str) -> str:
        return f"row {next(place for place, other in enumerate(rows, 1) if event in other.events)}"

    services = _services(storm, row, idle=number == len(rows) - 1)
    return draw_lanes(canvas, storm, row, bar, services, where, overlay)


def _services(storm: Storm, row: Row, idle: bool) -> list[str | None]:
    """The services whose lanes a row shows: those at work in it, and in the last row those at work in none."""
    at_work = {storm.relations.service_of_policy(policy) for policy in row.policies}
    shown: list[str | None] = [
        service
        for service in storm.services
        if service in at_work or (idle and not storm.relations.policies_of.get(service))
    ]
    return [*shown, None] if None in at_work else shown


def _samples(storm: Storm, overlay: Seen | None) -> list[Swatch | Stroke]:
    samples: list[Swatch | Stroke] = [Swatch("event on the bus", "event")]
    if storm.policies:
        samples.append(Swatch("workflow of a service", "card", "service-0", "round"))
        samples.append(Stroke("down: hears, up: puts on the bus", "service-0"))
    if any(policy.fails for policy in storm.policies.values()):
        samples.append(Stroke("puts if the work fails", "service-0", "dashed"))
    if any(storm.relations.owner_of(event) for event in storm.events):
        samples.append(Swatch("colour below an event: its service", "service-0", form="strip"))
    if storm.listeners:
        samples.append(Stroke("a listener hears", style="dotted"))
    if overlay:
        samples.append(Swatch("not seen running", "card", "event", dashed=True))
    return samples


def _sentences(storm: Storm, overlay: Seen | None) -> list[str]:
    names = {key: event.name for key, event in storm.events.items()}
    sentences = [f"The bus {storm.bus_name} carries {len(names)} events; from left to right:"]
    for row in rows_of_bus(storm):
        for group in row.groups:
            joined = f" {group.word} " if group.word in {"or", "and"} else ", "
            said = joined.join(in_sentence(names[event]) for event in group.events)
            sentences.append(f"{group.word.capitalize()}: {said}." if group.word == UNORDERED else f"{said}.")
    for event, trigger in storm.triggers.items():
        if event in names:
            started_by = origin(trigger)
            sentences.append(
                f"{in_sentence(names[event])} is started by {started_by.caption} {in_sentence(started_by.name)}."
            )
    for service in (*storm.services, None):
        sentences += _sentences_on_service(storm, service)
    for key, listener in storm.listeners.items():
        heard = [names[event] for event in listener.hears if event in names]
        what = "everything" if listener.hears == "all" else listing(heard)
        sentences.append(f"Listener {in_sentence(listener.title(key))} hears {what}.")
    return sentences + (overlay.sentences(storm) if overlay else [])


def _sentences_on_service(storm: Storm, service: str | None) -> list[str]:
    policies = [key for key in storm.policies if storm.relations.service_of_policy(key) == service]
    if service is None:
        title = "No service yet"
    else:
        title = f"Service {in_sentence(storm.services[service].title(service))}"
    if not policies:
        return [f"{title}: no workflows."] if service else []
    said = []
    for key in policies:
        policy = storm.policies[key]
        hears, puts, fails = (
            listing([storm.events[event].name for event in events if event in storm.events])
            for events in (policy.when, policy.emits, policy.fails)
        )
        failing = f", and {fails} if the work fails" if policy.fails else ""
        said.append(f"workflow {in_sentence(policy.title(key))} hears {hears} and puts {puts}{failing}")
    return [f"{title}: {'; '.join(said)}."]
