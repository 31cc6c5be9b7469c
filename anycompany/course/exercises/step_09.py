"""The exercises of notebook 9, deploying."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...storm.checks.finding import quoted
from ..exercise import Exercise
from ..judging.choosing import Option, choice, listing
from ..judging.ordering import Before, order
from ..misconceptions import named
from ..reading import UnreadableError, plain
from ..templates import template_in
from ..verdict import Seen, slip


def _read(text: str) -> Any:
    import yaml

    if "\t" in text:
        raise UnreadableError("YAML indents with spaces; there is a tab in it.")
    try:
        return plain(template_in(text))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        told = str(getattr(error, "problem", None) or "it cannot be understood")[:200]
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f" in line {line + 1}"
        raise UnreadableError(f"This is no YAML{where}: {told}.") from None


def _template(said: Any) -> Iterator[Seen]:
    data = _read(said) if isinstance(said, str) else said
    if not isinstance(data, dict):
        raise UnreadableError("A template has keys such as Resources and Outputs.")
    surplus = [key for key in ("Transform", "Globals") if key in data]
    resources = data.get("Resources")
    resources = resources if isinstance(resources, dict) else {}
    kinds = {name: one.get("Type") for name, one in resources.items() if isinstance(one, dict)}
    surplus += [
        name
        for name, kind in kinds.items()
        if isinstance(kind, str)
        and re.search(r"Function|Serverless|StateMachine|IAM::Role|Events::Rule$", kind)
    ]
    if surplus:
        yield Seen("more-than-the-bus", f"{quoted(surplus[0])} belongs to a service, not to the bus.")
    buses = [name for name, kind in kinds.items() if kind == "AWS::Events::EventBus"]
    if not buses:
        wrong = next(
            (kind for kind in kinds.values() if isinstance(kind, str) and "bus" in kind.lower()), None
        )
        yield slip(
            f"CloudFormation knows no {quoted(wrong)}."
            if wrong
            else "There is no event bus among its Resources."
        )
    if len(buses) > 1:
        yield Seen("two-buses", f"There are {len(buses)} buses in it.")
    for bus in buses:
        yield from _of_bus(resources[bus].get("Properties"))
    if len(buses) == 1:
        yield from _outputs(data, buses[0], resources[buses[0]].get("Properties"))
    elif not isinstance(data.get("Outputs"), dict):
        yield slip("Nobody learns the ARN of the bus: there are no Outputs.")
    if found := re.search(r"arn:aws[\w-]*:|\b\d{12}\b", str(data)):
        yield Seen("hard-coded", f"{quoted(found[0])} stands in it: that is one account, or one region.")


def _of_bus(said: Any) -> Iterator[Seen]:
    properties = said if isinstance(said, dict) else {}
    name = properties.get("Name")
    if not name:
        yield slip("The bus has no Name.")
    elif isinstance(name, str) and name.lower() == "default":
        yield Seen("default-bus", "“default” is the name of AWS's own bus.")
    if "EventSourceName" in properties:
        yield Seen("partner-bus", "EventSourceName is for the events of a partner.")


def _is(value: Any, bus: str, what: str) -> bool:
    """Whether a value of a template is the ARN, or the name, of the bus."""
    got = re.sub(r"['\" \[\]]", "", str(value))
    one = re.escape(bus)
    forms = {
        "Arn": (
            rf"GetAtt:{one}[.,]Arn\b",
            rf"\$\{{{one}\.Arn\}}",
            rf"arn:\$.*event-bus/\$\{{{one}(\.Name)?\}}",
        ),
        "Name": (rf"Ref:{one}\b", rf"GetAtt:{one}[.,]Name\b", rf"Fn::Sub:\$\{{{one}(\.Name)?\}}"),
    }
    return any(re.search(form, got) for form in forms[what])


def _outputs(data: dict[str, Any], bus: str, properties: Any) -> Iterator[Seen]:
    outputs = data.get("Outputs")
    if not isinstance(outputs, dict) or not outputs:
        yield slip("Nobody learns the ARN of the bus: there are no Outputs.")
        return
    told = [one.get("Value") if isinstance(one, dict) else one for one in outputs.values()]
    literal = [one for one in told if isinstance(one, str)]
    if any(one.startswith("arn:") for one in literal):
        yield Seen("hard-coded", "The ARN is written out in the Outputs.")
    elif not any(_is(one, bus, "Arn") for one in told):
        yield slip(f"Nobody learns the ARN of the bus from the Outputs: `!GetAtt {bus}.Arn` says it.")
    name = properties.get("Name") if isinstance(properties, dict) else None
    if any(_is(one, bus, "Name") or (isinstance(one, dict) and one == name) for one in told):
        return
    if any(not one.startswith("arn:") for one in literal):
        yield Seen("hard-coded", "The name is written out in the Outputs, a second time.")
    else:
        yield slip(f"Nobody learns the name of the bus from the Outputs: `!Ref {bus}` says it.")


_STACKS = ("the bus", "contracts of Renting", "service Renting", "service Accounts", "listeners of Audit")
_HAND = "click the rule together in the console"
_ONE = "one stack with everything in it"

_PLAN = {
    "a": Option(
        "add AWS::Events::Rule “Security hears”",
        "alarm-at-harmless",
        "something is added; nobody loses anything.",
    ),
    "b": Option("replace AWS::Events::EventBus “Bus” (its name changes)", "passes-danger", belongs=True),
    "c": Option("delete AWS::Events::Archive", "passes-danger", belongs=True),
    "d": Option(
        "contract Fee Charged: new optional field “currency”",
        "alarm-at-harmless",
        "whoever reads the old version goes on reading.",
    ),
    "e": Option("contract Fee Charged: “amount” from number to string", "passes-danger", belongs=True),
    "f": Option("change the description of a role", "alarm-at-harmless", "it is a text for people."),
    "g": Option("role of “Charge the fee”: events:PutEvents on *", "passes-danger", belongs=True),
    "h": Option("drift: the rule “Audit hears” was disabled by hand", "passes-danger", belongs=True),
    "i": Option(
        "add AWS::SSM::Parameter with the ARN of the bus",
        "alarm-at-harmless",
        "others will find the bus by it.",
    ),
}

EXERCISES = (
    Exercise(
        "smallest-bus",
        9,
        "The smallest bus",
        "Write the **CloudFormation** template of Spoke's bus, as YAML in a text: the bus and nothing "
        "else, with two outputs by which others learn its ARN and its name.",
        '"""\nDescription: …\n"""',
        _template,
        named("default-bus", "two-buses", "partner-bus", "hard-coded", "more-than-the-bus"),
        (
            "Two parts: `Resources` with one thing in it, and `Outputs` with two.",
            "The type is `AWS::Events::EventBus`; its only property here is `Name`.",
            "`!GetAtt EventBus.Arn` and `!Ref EventBus` (or `!GetAtt EventBus.Name`) are the values of "
            "the outputs, if the bus is called `EventBus` in the template.",
        ),
        "Eleven lines, and every service can find the bus without knowing the account or the region.",
    ),
    Exercise(
        "order-of-stacks",
        9,
        "What first?",
        "Put into the order in which they can be deployed: "
        + ", ".join(f"*{one}*" for one in (*_STACKS, _HAND, _ONE))
        + ". "
        'Leave out what does not belong. What can be deployed side by side shares a place: `["this", '
        '"that"]`.',
        '[\n    "",\n]',
        order(
            _STACKS,
            [
                Before(_STACKS[0], one, "it looks the bus up, or belongs to it.", "before-its-need")
                for one in _STACKS[1:]
            ],
            {
                _HAND: ("by-hand", "the next deploy knows nothing of it."),
                _ONE: ("all-in-one-stack", "then no team can deploy without all the others."),
            },
        ),
        named("before-its-need", "by-hand", "all-in-one-stack"),
        (
            "Which of them does everything else need?",
            "Two of them are bad habits. Do the services need each other?",
            "The bus comes first, and after it four in any order.",
        ),
        "Only the bus is needed by all. Services find it by a parameter and never wait for each other: "
        "that is what the bus is for.",
    ),
    Exercise(
        "read-the-plan",
        9,
        "Where do you stop?",
        "A pull request shows this plan for production. At which lines do you **stop and ask**? Give "
        "their letters.\n\n" + listing(_PLAN),
        "[]",
        choice(_PLAN, "lines at which to stop"),
        named("alarm-at-harmless", "passes-danger"),
        (
            "What cannot be undone by deploying again?",
            "Look for what is deleted, replaced, broken for those who listen, or allowed too much; and "
            "for what somebody did by hand.",
            "Five lines: two destroy something, one breaks a contract, one gives a right to everybody, "
            "one was done by hand.",
        ),
        "Additions pass. A replaced bus has lost its rules, a deleted archive its past, a broken "
        "contract its listeners, and a disabled rule its audit.",
    ),
)
