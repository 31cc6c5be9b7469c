"""The forms of steps 1 to 4, as data: what happens, when, why, and to what."""

from __future__ import annotations

from ...storm import edits as e
from ...storm.apply import valid
from ...storm.errors import EditError
from ...storm.guesses import guesses
from ...storm.model import Storm
from ...storm.parts import Trigger
from .. import choices as c
from .form import EVENT, Answers, Form, Input, add, many, one, one_of, remove, rename


def _paste(storm: Storm, answers: Answers) -> e.AnyEdit:
    from ...files.importing import lines_to_notes, notes_to_edit

    return notes_to_edit(storm, lines_to_notes("\n".join(answers["names"])))


def _place(_: Storm, answers: Answers) -> e.AnyEdit:
    where, neighbour = answers["where"], answers["neighbour"]
    if where != "end" and neighbour is None:
        raise EditError("No neighbour is named.", "Put into time", "Choose one, or put the event at the end.")
    return e.Place.model_validate(
        {"event": answers["event"]} | ({} if where == "end" else {where: neighbour})
    )


def _trigger(_: Storm, answers: Answers) -> e.AnyEdit:
    kind, who, more = answers["kind"], answers["who"], answers["more"]
    origin: Answers = {"aws": {"source": who, "detail-type": more or ""}} if kind == "aws" else {kind: who}
    if more and kind != "aws":
        origin["command" if kind == "actor" else "says"] = more
    trigger = valid(Trigger, origin, f"triggers/{answers['event']}")
    return e.SetTrigger(event=answers["event"], trigger=trigger)


def _add_policy(_: Storm, answers: Answers) -> e.AnyEdit:
    keys = {key: answers[key] for key in ("when", "does", "emits", "fails") if answers[key]}
    if answers["standard"]:
        keys["kind"] = "standard"
    return e.Add(to="policies", name=answers["name"], keys=keys)


def _accept_guesses(storm: Storm, _: Answers) -> e.AnyEdit:
    batch = guesses(storm)
    if not batch.edits:
        raise EditError(
            "There is nothing to guess.", "Guesses", "Every event is started already, or none is in order."
        )
    return batch


_PASTE = Form("Paste many", "Add all", (Input("names", "Events, one a line", "lines"),), _paste)
_MERGE = Form(
    "Two notes mean the same",
    "Merge",
    (
        one("keep", "Keep", c.things("events")),
        one("gone", "It also stands for", c.things("events")),
        Input("name", "Called from now on", optional=True),
    ),
    lambda _, a: e.Merge(**a),
)
_REPEAT = Form(
    "Repeat a pattern for other nouns",
    "Repeat",
    (
        many("events", "Events", "events", optional=False),
        Input("noun", "Their noun"),
        Input("nouns", "Other nouns", "lines"),
    ),
    lambda _, a: e.Repeat(**a),
)
_PARK = Form("Put aside for later", "Park", (EVENT,), lambda _, a: e.Park(**a))
_UNPARK = Form("Bring back", "Bring back", (one("event", "Parked", c.parked),), lambda _, a: e.Unpark(**a))
_PLACE = Form(
    "Put into time",
    "Place",
    (
        EVENT,
        one_of(
            "where",
            "Where",
            ("at the end", "end"),
            ("after", "after"),
            ("before", "before"),
            ("instead of (either this or that)", "instead_of"),
            ("at the same time as", "parallel_to"),
        ),
        one("neighbour", "Neighbour", c.placed, optional=True),
    ),
    _place,
)
_UNPLACE = Form(
    "Take out of time", "Take out", (one("event", "Event", c.placed),), lambda _, a: e.Unplace(**a)
)
_PIVOTAL = Form(
    "Mark as pivotal: after it everything is different",
    "Mark",
    (EVENT, Input("pivotal", "Pivotal", "tick")),
    lambda _, a: e.Change(of="events", id=a["event"], keys={"pivotal": a["pivotal"] or None}),
)
_TRIGGER = Form(
    "Say what starts an event",
    "Set",
    (
        EVENT,
        one_of(
            "kind",
            "Started by",
            ("a person", "actor"),
            ("an outside system", "external"),
            ("time", "schedule"),
            ("an AWS service", "aws"),
        ),
        Input("who", "Who, which system, rate(1 day), or aws.s3"),
        Input("more", "Command, remark, or AWS detail-type", optional=True),
    ),
    _trigger,
)
_UNTRIGGER = Form(
    "Take a trigger away",
    "Take away",
    (one("event", "Event", c.triggered),),
    lambda _, a: e.SetTrigger(event=a["event"], trigger=None),
)
_GUESS = Form("Accept the guesses from the order", "Accept all guesses", (), _accept_guesses)
_POLICY = Form(
    "Add: policy (whenever this, then that)",
    "Add",
    (
        Input("name", "Name"),
        many("when", "Whenever", "events"),
        Input("does", "Do, one task a line", "lines", optional=True),
        many("emits", "Then", "events"),
        many("fails", "If it fails", "events"),
        Input("standard", "May take longer than five minutes", "tick"),
    ),
    _add_policy,
)
_POLICY_EVENTS = Form(
    "Change the events of a policy",
    "Change",
    (
        one("id", "Policy", c.things("policies")),
        one_of("key", "Which", ("whenever", "when"), ("then", "emits"), ("if it fails", "fails")),
        many("events", "Events", "events"),
    ),
    lambda _, a: e.Change(of="policies", id=a["id"], keys={a["key"]: a["events"]}),
)
_EVENT_HOME = Form(
    "Put events into an entity",
    "Put",
    (
        many("events", "Events", "events", optional=False),
        one("to", "Entity (empty: none)", c.things("entities"), optional=True),
    ),
    lambda _, a: e.Batch(edits=[e.Assign(of="events", id=event, to=a["to"]) for event in a["events"]]),
)

FORMS: dict[int, tuple[Form, ...]] = {
    1: (
        add("events", name="Event"),
        _PASTE,
        rename("events"),
        _MERGE,
        _REPEAT,
        _PARK,
        _UNPARK,
        remove("events"),
    ),
    2: (_PLACE, _UNPLACE, _PIVOTAL, _MERGE, add("events", name="Event"), rename("events")),
    3: (_TRIGGER, _POLICY, _GUESS, _POLICY_EVENTS, _UNTRIGGER, rename("policies"), remove("policies")),
    4: (
        _EVENT_HOME,
        add("entities", many("events", "Events", "events")),
        rename("entities"),
        remove("entities"),
    ),
}
"""By the number of the step; the form that is used most comes first."""
