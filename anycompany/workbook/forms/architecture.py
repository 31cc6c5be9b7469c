"""The forms of steps 5 to 8, as data: borders, services, listeners, contracts."""

from __future__ import annotations

from ...storm import edits as e
from ...storm.apply import valid
from ...storm.model import Storm
from ...storm.parts import ContractField
from .. import choices as c
from .form import EVENT, Answers, Form, Input, add, many, one, one_of, remove, rename


def _add_listener(_: Storm, answers: Answers) -> e.AnyEdit:
    keys = {"for": answers["for"], "hears": answers["hears"] or "all", "to": answers["to"]}
    return e.Add(
        to="listeners",
        name=answers["name"],
        keys=keys | ({"where": answers["where"]} if answers["where"] else {}),
    )


def _field(_: Storm, answers: Answers) -> e.AnyEdit:
    said = {key: True for key in ("personal", "optional") if answers[key]}
    is_ = valid(ContractField, {"type": answers["type"], **said}, f"contracts/{answers['event']}")
    return e.SetField(event=answers["event"], field=answers["field"], is_=is_)


_ENTITY_HOME = Form(
    "Put an entity into a context",
    "Put",
    (
        one("id", "Entity", c.things("entities")),
        one("to", "Context (empty: none)", c.things("contexts"), optional=True),
    ),
    lambda _, a: e.Assign(of="entities", **a),
)
_COPY = Form(
    "Keep a copy of an entity in another context",
    "Set",
    (
        one("entity", "Entity", c.things("entities")),
        one("context", "Context", c.things("contexts")),
        Input("keep", "Keep a copy (not ticked: give it up)", "tick"),
    ),
    lambda _, a: e.Copy(**a),
)
_OWNER = Form(
    "Say who owns a context",
    "Set",
    (one("id", "Context", c.things("contexts")), Input("owner", "Owner (empty: nobody)", optional=True)),
    lambda _, a: e.Change(of="contexts", id=a["id"], keys={"owner": a["owner"]}),
)
_SERVICE = add(
    "services",
    one("context", "Context", c.things("contexts")),
    Input("source", "Source on the bus (empty: made from the name)", optional=True),
)
_POLICY_HOME = Form(
    "Say which service a policy without events runs in",
    "Set",
    (one("id", "Policy", c.things("policies")), one("service", "Service", c.things("services"))),
    lambda _, a: e.Change(of="policies", id=a["id"], keys={"service": a["service"]}),
)


_LISTENER = Form(
    "Add: listener (hears, and answers nothing)",
    "Add",
    (
        Input("name", "Name"),
        Input("for", "For (audit, security, …)"),
        many("hears", "Hears (none chosen: everything)", "events"),
        Input("where", 'Only where, such as {"amount": [{"numeric": [">", 100]}]}', "json", optional=True),
        one_of("to", "To", ("topic, many may subscribe", "topic"), ("queue", "queue"), ("log", "log")),
    ),
    _add_listener,
)
_BUS = Form(
    "Name the bus",
    "Name",
    (Input("name", "Name of the bus"),),
    lambda storm, a: e.Settings(keys={"bus": {**storm.bus.document(), "name": a["name"]}}),
)
_TYPES = tuple((kind, kind) for kind in ("string", "number", "integer", "boolean", "object", "array"))
_FIELD = Form(
    "Add or change a field of a contract",
    "Set",
    (
        EVENT,
        Input("field", "Field"),
        one_of("type", "Type", *_TYPES),
        Input("personal", "Personal data", "tick"),
        Input("optional", "May be missing", "tick"),
    ),
    _field,
)
_UNFIELD = Form(
    "Take a field away",
    "Take away",
    (one("event", "Event", c.things("contracts")), Input("field", "Field")),
    lambda _, a: e.SetField(**a, is_=None),
)
_EXAMPLE = Form(
    "Write an example of an event's detail",
    "Set",
    (
        one("event", "Event", c.things("contracts")),
        Input("example", 'Detail, such as {"amount": 49.0}', "json"),
    ),
    lambda _, a: e.Change(of="contracts", id=a["event"], keys={"example": a["example"]}),
)
_PUBLISH = Form(
    "Freeze a contract: from now on a change breaks others",
    "Freeze",
    (one("event", "Event", c.things("contracts")),),
    lambda _, a: e.Publish(**a),
)

FORMS: dict[int, tuple[Form, ...]] = {
    5: (
        _ENTITY_HOME,
        add("contexts", many("entities", "Entities", "entities"), Input("owner", "Owner", optional=True)),
        _OWNER,
        _COPY,
        rename("contexts"),
        remove("contexts"),
    ),
    6: (_SERVICE, rename("services"), _POLICY_HOME, remove("services")),
    7: (_LISTENER, _BUS, rename("listeners"), remove("listeners")),
    8: (_FIELD, _EXAMPLE, _UNFIELD, _PUBLISH, remove("contracts")),
}
"""By the number of the step; the form that is used most comes first."""
