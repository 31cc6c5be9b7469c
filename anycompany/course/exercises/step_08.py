"""The exercises of step 8, shared schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...bus.contract import Matchable, can_match, compare, detail_schema
from ...bus.contract.schema import envelope
from ...bus.pattern import parse
from ...storm.checks.finding import quoted
from ...storm.english import words_of
from ...storm.ids import slug
from ...storm.parts import ContractField
from ..exercise import Exercise
from ..misconceptions import named
from ..reading import UnreadableError, data_in
from ..verdict import Seen, slip

_TYPES = {
    "string": "string",
    "str": "string",
    "text": "string",
    "number": "number",
    "float": "number",
    "decimal": "number",
    "double": "number",
    "integer": "integer",
    "int": "integer",
    "boolean": "boolean",
    "bool": "boolean",
    "object": "object",
    "dict": "object",
    "array": "array",
    "list": "array",
}


_KNOWN_TYPES = ", ".join(dict.fromkeys(_TYPES.values()))


def fields_in(said: Any) -> dict[str, ContractField]:
    """The fields of a contract as they were typed: for each name its type, or what is said of it.

    Raises ``UnreadableError`` for what is none.

    >>> fields_in({"amount": "number"})["amount"].type
    'number'
    """
    data = data_in(said)
    if (
        isinstance(data, dict)
        and set(data) <= {"fields", "version", "detail-type", "example"}
        and isinstance(data.get("fields"), dict)
    ):
        data = data["fields"]
    if isinstance(data, dict) and isinstance(data.get("properties"), dict):
        data = _of_json_schema(data)
    if not isinstance(data, dict):
        raise UnreadableError('Write each field with its type: {"amount": "number"}.')
    fields = {}
    for name, is_ in _flat(data):
        given = {"type": is_} if isinstance(is_, str) or is_ is None else is_
        if not isinstance(given, dict):
            raise UnreadableError(f'{quoted(name)}: write a type, such as "number", or {{"type": "number"}}.')
        kind = _TYPES.get(str(given.get("type") or "string").lower())
        if kind is None:
            raise UnreadableError(
                f"{quoted(name)}: there is no type {quoted(str(given['type']))}; there are {_KNOWN_TYPES}."
            )
        fields[name] = ContractField.model_validate(
            {
                "type": kind,
                "personal": given.get("personal") is True,
                "optional": given.get("optional") is True or given.get("required") is False,
            }
        )
    return fields


def _of_json_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    required = schema.get("required")
    wanted = required if isinstance(required, list) else [*schema["properties"]]
    return {
        name: {**said, "optional": name not in wanted} if isinstance(said, dict) else said
        for name, said in schema["properties"].items()
    }


def _flat(data: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Each field with what is said of it; fields within an object by their path, as contracts have them."""
    for name, said in data.items():
        inner = (
            isinstance(said, dict) and said and not {"type", "personal", "optional", "required"} & set(said)
        )
        if inner:
            yield from _flat(said, f"{path}{name}.")
        else:
            yield f"{path}{name}", said


_OF_A_PLACE = re.compile(r"(?i)station|bike|dock|service|currency|product|tariff|city|event")
_MONEY = re.compile(r"(?i)\b(amounts?|fee|total|sum|price|costs?)\b")
_WHO = re.compile(r"(?i)rider|customer|recipient|payer|user|member|account|guest|person")
_PERSONAL = re.compile(
    r"(?i)e-?mail|phone|\bname\b|address|first-?name|last-?name|holder|contact|rider-?name|mobile"
)
_NEEDLESS = re.compile(
    r"(?i)birth|cvv|cvc|card-?(number|no|details)|\bcard\b|pin\b|password|passport|iban|gender|bearing|weather|bike-?colou?r|everything|whole|raw|record|database|row\b"
)
_IDENTITY = re.compile(
    r"(?i)(ride|payment|fee|charge|invoice|transaction|rental)[-_ ]?(id|number|no|key|ref(erence)?)?$|^id$"
)
MOST_FIELDS = 8


def _contract(said: Any) -> Iterator[Seen]:
    fields = fields_in(said)
    amounts = [
        name for name in fields if _MONEY.search(" ".join(words_of(name))) and not re.search(r"(?i)id$", name)
    ]
    amounts.sort(key=lambda name: fields[name].type not in ("number", "integer"))
    amount = next(iter(amounts), None)
    if amount is None:
        yield slip("The treasurer filters by the amount, which is not there yet: call it `amount`.")
    elif fields[amount].type == "string":
        yield Seen(
            "number-as-text",
            f'{quoted(amount)} is a text, and `{{"numeric": [">", 200]}}` never matches one.',
        )
    elif not _filter_can_match(fields, amount):
        yield slip(f"A filter for {quoted(amount)} above 200 can never match a field of this type.")
    if not any(_IDENTITY.search(slug(name)) for name in fields if name != amount):
        yield Seen("no-identity", "It does not say for which ride the fee is.")
    contact = [
        name
        for name in fields
        if _PERSONAL.search(name) and not (_OF_A_PLACE.search(name) and not _WHO.search(name))
    ]
    if not contact and not any(_WHO.search(name) or said.personal for name, said in fields.items()):
        yield slip("The receipt has to reach the rider: say who that is, or where to send it.")
    for name in contact:
        if not fields[name].personal:
            yield Seen("personal-unmarked", f"{quoted(name)} identifies a person.")
    for name, said_of in fields.items():
        if _NEEDLESS.search(slug(name)) or (
            said_of.type == "object"
            and re.search(r"(?i)rider|customer|card|bike", name)
            and not any(other.startswith(f"{name}.") for other in fields)
        ):
            yield Seen("needless-data", f"Nobody who hears the event needs {quoted(name)}.")
    if len(fields) > MOST_FIELDS:
        yield Seen("needless-data", f"{len(fields)} fields: who needs all of them?")


def _filter_can_match(fields: Mapping[str, ContractField], amount: str) -> bool:
    detail: Any = [{"numeric": [">", 200]}]
    for part in reversed(amount.split(".")):
        detail = {part: detail}
    schema = envelope(["com.spoke.accounts"], ["fee-charged"], detail_schema(fields))
    return isinstance(can_match(parse({"detail": detail}), schema), Matchable)


_FIRST = {
    "ride-id": {"type": "string"},
    "amount": {"type": "number"},
    "rider-email": {"type": "string", "personal": True},
}


def _next_version(said: Any) -> Iterator[Seen]:
    before, after = fields_in(_FIRST), fields_in(said)
    comparison = compare(detail_schema(before), detail_schema(after))
    for difference in comparison.differences:
        if "forward" in difference.breaks:
            text = after.get("amount")
            astray = (
                "number-as-text"
                if difference.path == "amount" and text and text.type == "string"
                else "breaking-in-place"
            )
            yield Seen(astray, f"{difference.what} Whoever hears version 1 stumbles over it.")
        elif "backward" in difference.breaks:
            yield Seen("breaking-in-place", f"{difference.what} The events in the archive do not have it.")
    for name, was in before.items():
        if was.personal and name in after and not after[name].personal:
            yield Seen("personal-unmarked", f"{quoted(name)} still identifies a person.")
    if not any("currency" in name.lower() for name in after):
        yield slip("The currency is not there yet: call the field `currency`.")


_OWNERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Fee Charged": ("Accounts", ("Treasurer", "Audit", "Renting")),
    "Bike Returned": ("Renting", ("Accounts", "Fleet", "Audit")),
    "Bike Repaired": ("Fleet", ("Renting", "Audit")),
}
_EVERYBODY = re.compile(
    r"(?i)\b(all|everybody|everyone|shared|common|central|platform|architect\w*|library|nobody|both|committee|"
    r"registry|bus)\b"
)
_TEAMS = ("Accounts", "Renting", "Fleet", "Treasurer", "Audit")
_NOT = re.compile(r"(?i)\b(not|never|instead of|rather than)( by)?( the)? \w+")


def _owners(said: Any) -> Iterator[Seen]:
    data = data_in(said)
    if not isinstance(data, dict):
        raise UnreadableError('Write beside each event who owns its schema: {"Fee Charged": "…"}.')
    given = {slug(key[:200]): value for key, value in data.items()}
    for event, (owner, consumers) in _OWNERS.items():
        value = given.get(slug(event))
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "").strip()
        told = _NOT.sub("", text[:300])
        named_ = [one for one in _TEAMS if re.search(rf"(?i)\b{one}\b", told)]
        if not text:
            yield slip(f"Who owns the schema of {quoted(event)}?")
        elif named_ == [owner] and not _EVERYBODY.search(told):
            continue
        elif _EVERYBODY.search(told) or len(named_) > 1:
            yield Seen("owned-by-everybody", f"{quoted(event)}: {quoted(text)} cannot be asked.")
        elif {*named_} & {*consumers}:
            yield Seen("owned-by-consumer", f"{quoted(event)}: {quoted(text)} hears it, and emits others.")
        else:
            yield slip(f"{quoted(event)}: {quoted(text)} does not emit it.")


EXERCISES = (
    Exercise(
        "write-a-contract",
        8,
        "What does “Fee Charged” say?",
        "Accounts puts *Fee Charged* on the bus. A workflow sends the **receipt** (for which ride, how "
        "much, to whom); the **treasurer** has a rule for amounts above 200; **audit** hears "
        "everything. "
        "Accounts knows: the ride, the amount, the rider with name, e-mail, address and birthday, and "
        "the card with its number.\n\n"
        'Write the **contract**: `{"field": "type", …}`; or `{"field": {"type": "string", "personal": '
        "True}, …}` for what identifies a person. Types: string, number, integer, boolean, object, "
        "array.",
        '{\n    "": "",\n}',
        _contract,
        named("number-as-text", "no-identity", "personal-unmarked", "needless-data"),
        (
            "Write an example first: what would the mail say, and what does the treasurer's rule look at?",
            "Three or four fields do. A rule can compare an amount only if it is a number, and audit "
            "hears whatever you put in.",
            "`ride-id`, `amount`, and where the receipt goes: an e-mail address that is marked as "
            "personal, or the id of the rider.",
        ),
        "Everybody who listens gets what they need, the filter can match, and what nobody needs is not "
        "on the bus.",
    ),
    Exercise(
        "next-version",
        8,
        "A second version",
        "Spoke opens abroad: *Fee Charged* has to say in which **currency**. Consumers of version 1 go "
        "on listening, and the new ones replay old events from the archive. Change the contract so "
        "that nobody stumbles.",
        '{\n    "ride-id": {"type": "string"},\n    "amount": {"type": "number"},\n    "rider-email": '
        '{"type": "string", "personal": True},\n}',
        _next_version,
        named("breaking-in-place", "number-as-text", "personal-unmarked"),
        (
            "Put yourself in the place of somebody who reads version 1: what may not change?",
            "And somebody who reads version 2 gets events from last year: what may they not rely on?",
            'Everything stays, and one field is added with `"optional": True`.',
        ),
        "An optional field can be added at any time. What has to be renamed or retyped gets a new "
        "event, and the old one is emitted beside it until nobody listens.",
    ),
    Exercise(
        "who-owns-it",
        8,
        "Who owns the schema?",
        "**Accounts** charges fees; the treasurer and audit listen to that. **Renting** takes bikes "
        "back; Accounts and Fleet listen. **Fleet** repairs; Renting listens. Who **owns the schema** "
        "of each event?",
        "{\n" + "".join(f'    "{event}": "",\n' for event in _OWNERS) + "}",
        _owners,
        named("owned-by-consumer", "owned-by-everybody"),
        (
            "Who knows first that it has happened, and says so?",
            "Consumers may ask for a field. Who decides?",
            "For each event: the service that puts it on the bus.",
        ),
        "The owner defines it, publishes it in the registry and has the last word, so that consumers "
        "need not even talk to that team.",
    ),
)
