"""The architecture: one bus as a bar, workflows below it in their services' lanes, listeners above it."""

from __future__ import annotations

from .bar import draw_bar, height_of_triggers, right_of_events
from .bus_rows import UNORDERED, Row, rows_of_bus
from .lanes import draw_lanes, right_of_workflows
from .lettering import in_sentence, listing
from .listening import HEIGHT, draw_listeners, listeners_of, right_of_listeners
from .scene import Scene
from .sheet import TOP, Stroke, Swatch, legend, nothing_yet
from .triggers import origin

_BETWEEN_ROWS = 52.0


def picture(scene: Scene) -> list[str]:
    """Draw the architecture, and over it what was seen running; returns what it shows in sentences."""
    if not scene.storm.events:
        remedy = "Step 1, event discovery: write everything that happens. The bus will carry these events."
        return nothing_yet(scene.canvas, "No events yet.", remedy)
    rows = rows_of_bus(scene.storm)
    needed = [max(right_of_events(row), right_of_workflows(row)) for row in rows]
    right = max(right_of_listeners(scene), *needed)
    top = TOP
    for number in range(len(rows)):
        top = _draw_row(scene, rows, number, top, right) + _BETWEEN_ROWS
    legend(scene.canvas, _samples(scene))
    return _sentences(scene, rows)


def _draw_row(scene: Scene, rows: list[Row], number: int, top: float, right: float) -> float:
    """Draw one row of the bus with all that hangs above and below it; returns the y below."""
    row = rows[number]
    before = {event for other in rows[:number] for event in other.events}
    above = listeners_of(scene, row, before)
    bar_top = top + (HEIGHT if above else 0) + height_of_triggers(scene, row)
    which = f"{number + 1} of {len(rows)}, " if len(rows) > 1 else ""
    bar = draw_bar(scene, row, bar_top, right, which)
    draw_listeners(scene, above, bar, top)

    def where(event: str) -> str:
        return f"row {next(place for place, other in enumerate(rows, 1) if event in other.events)}"

    services = _services(scene, row, last=number == len(rows) - 1)
    return draw_lanes(scene, row, bar, services, where)


def _services(scene: Scene, row: Row, last: bool) -> list[str | None]:
    """The services whose lanes a row shows: those at work in it, and in the last row those that never are."""
    relations = scene.storm.relations
    at_work = {relations.service_of_policy(policy) for policy in row.policies}
    shown: list[str | None] = [
        service
        for service in scene.storm.services
        if service in at_work or (last and not relations.policies_of.get(service))
    ]
    return [*shown, None] if None in at_work else shown


def _samples(scene: Scene) -> list[Swatch | Stroke]:
    storm = scene.storm
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
    if scene.overlay:
        samples.append(Swatch("not seen running", "card", "event", dashed=True))
    return samples


def _sentences(scene: Scene, rows: list[Row]) -> list[str]:
    storm = scene.storm
    sentences = [f"The bus {storm.bus_name} carries {len(storm.events)} events, from left to right:"]
    for group in dict.fromkeys((tuple(group.events), group.word) for row in rows for group in row.groups):
        names = [in_sentence(name) for name in scene.names(list(group[0]))]
        unordered = group[1] == UNORDERED
        said = (", " if unordered else f" {group[1]} ").join(names)
        sentences.append(f"{UNORDERED.capitalize()}: {said}." if unordered else f"{said}.")
    for event, trigger in storm.triggers.items():
        for name in scene.names([event]):
            started_by = origin(trigger)
            source = f"{started_by.caption} {in_sentence(started_by.name)}"
            sentences.append(f"{in_sentence(name)} is started by {source}.")
    for service in (*storm.services, None):
        sentences += _sentences_on_service(scene, service)
    for key, listener in storm.listeners.items():
        heard = "everything" if listener.hears == "all" else listing(scene.names(listener.hears))
        limit = listener.more_than
        rings = f", and rings at more than {limit.count} in {limit.within}" if limit else ""
        sentences.append(f"Listener {in_sentence(listener.title(key))} hears {heard}{rings}.")
    return sentences + (scene.overlay.sentences(storm) if scene.overlay else [])


def _sentences_on_service(scene: Scene, service: str | None) -> list[str]:
    storm = scene.storm
    policies = [key for key in storm.policies if storm.relations.service_of_policy(key) == service]
    title = "No service yet"
    if service is not None:
        title = f"Service {in_sentence(storm.services[service].title(service))}"
    if not policies:
        return [f"{title}: no workflows."] if service else []
    said = []
    for key in policies:
        policy = storm.policies[key]
        hears, puts, fails = (listing(scene.names(ids)) for ids in (policy.when, policy.emits, policy.fails))
        failing = f", and {fails} if the work fails" if policy.fails else ""
        said.append(f"workflow {in_sentence(policy.title(key))} hears {hears} and puts {puts}{failing}")
    return [f"{title}: {'; '.join(said)}."]
