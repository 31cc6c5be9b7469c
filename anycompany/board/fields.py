"""The fields of an event's contract, found from one event in JSON that somebody pasted."""

from __future__ import annotations

import json
import re
from typing import Any

from ..storm.edits import Add, AnyEdit, Change, SetField
from ..storm.model import Storm
from ..storm.parts import ContractField
from .delta import plain
from .messages import MessageError

MOST_FIELDS = 200
"""Fields that one event may have."""

LONGEST_FIELD = 200
"""Characters of a field's name."""

ALWAYS_PERSONAL = {
    *("email", "mail", "phone", "telephone", "mobile", "fax", "address", "street", "postcode", "zip"),
    *("birth", "birthday", "birthdate", "dob", "gender", "age", "nationality", "passport", "iban", "bic"),
    *("ssn", "surname", "firstname", "lastname", "fullname", "nickname", "username", "holder", "cardholder"),
    *("latitude", "longitude", "ip", "pan", "cvv", "religion", "diagnosis", "salary", "signature"),
}
"""Words that make a field personal wherever they stand in its name."""

PEOPLE = {
    *("first", "last", "full", "given", "family", "middle", "maiden", "user", "customer", "guest", "patient"),
    *("contact", "person", "member", "employee", "driver", "owner", "author", "recipient", "sender", "child"),
    *("parent", "student", "teacher", "doctor", "borrower", "reader", "account", "billing", "shipping"),
}
"""Words before ``name`` that say that it is a person's: a product has a name too."""


def fields_in(storm: Storm, event: str, text: str) -> tuple[list[AnyEdit], str]:
    """The edits that give an event's contract the fields of a pasted event, and the event as its example.

    Parameters
    ----------
    storm : the storm as it is.
    event : the id of the event, which is there.
    text : the event in JSON: its detail alone, or whole as EventBridge delivers it.

    Returns the edits, and one sentence that says what was found. What the team said of a field before
    (personal, risk, optional) stays. Raises ``MessageError`` when the text is no JSON object, or has too many
    fields.
    """
    detail = _detail_in(text)
    known = storm.contracts.get(event)
    edits: list[AnyEdit] = []
    if known is None:
        edits.append(Add(to="contracts", name=event, id=event, keys={"example": detail}))
    elif known.example != detail:
        edits.append(Change(of="contracts", id=event, keys={"example": detail}))
    personal = []
    for name, value in detail.items():
        before = known.fields_.get(name) if known else None
        field = _field(name, value, before)
        if field.personal:
            personal.append(name)
        if field != before:
            edits.append(SetField.model_validate({"event": event, "field": name, "is": field}))
    said = f"{len(detail)} {'field' if len(detail) == 1 else 'fields'} found: {_listed(list(detail))}."
    return edits, f"{said} Marked as personal: {_listed(personal)}." if personal else said


def looks_personal(name: str, value: Any = None) -> bool:
    """Whether a field's name, or that of a field within its value, tells that it is about a person.

    >>> looks_personal("cardHolder"), looks_personal("product-name"), looks_personal("who", {"eMail": ""})
    (True, False, True)
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", " ", name[:LONGEST_FIELD])
    words = spaced.lower().split()
    joined = "".join(words)
    if ALWAYS_PERSONAL.intersection([*words, joined]) or joined in ("name", "email"):
        return True
    if words[-1:] == ["name"] and PEOPLE.intersection(words):
        return True
    inner = value[0] if isinstance(value, list) and value else value
    return isinstance(inner, dict) and any(looks_personal(key, one) for key, one in inner.items())


def _detail_in(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise MessageError(
            f"That is not JSON{line}.",
            remedy="Paste one event: {…}, with every name and text in double quotes.",
        ) from None
    whole = isinstance(said, dict) and isinstance(said.get("detail"), dict)
    detail = said["detail"] if whole and {"detail-type", "source"} & said.keys() else said
    if not isinstance(detail, dict):
        raise MessageError("An event is a JSON object.", remedy="Paste one event: {…}.")
    if len(detail) > MOST_FIELDS:
        raise MessageError(
            f"That event has {len(detail):,} fields; {MOST_FIELDS} are read.", remedy="Paste a smaller one."
        )
    if not all(0 < len(name) <= LONGEST_FIELD for name in detail):
        raise MessageError(
            f"A field's name has 1 to {LONGEST_FIELD} characters.",
            remedy="Correct the event, and paste it again.",
        )
    return dict(plain(detail))


def _field(name: str, value: Any, before: ContractField | None) -> ContractField:
    """What a field is, going by a value; null tells nothing but that it may be missing."""
    if value is None:
        return before or ContractField(optional=True, **_marked(name, value))
    kinds: dict[type, str] = {
        bool: "boolean",
        int: "integer",
        float: "number",
        str: "string",
        dict: "object",
        list: "array",
    }
    kind = kinds[type(value)]
    if before is not None:
        fits = before.type == kind or (before.type == "number" and kind == "integer")
        return before if fits else before.model_copy(update={"type": kind})
    return ContractField.model_validate({"type": kind, **_marked(name, value)})


def _marked(name: str, value: Any) -> dict[str, Any]:
    return {"personal": True} if looks_personal(name, value) else {}


def _listed(names: list[str], most: int = 6) -> str:
    shown = [name[:40] for name in names[:most]]
    return (
        ", ".join(shown) + (f" and {len(names) - most} more" if len(names) > most else "")
        if shown
        else "none"
    )
