"""The exercises of step 7, the event bus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...bus.pattern import PatternError, matches, parse
from ...storm.checks.finding import quoted
from ...storm.checks.loops import breakable_cycles, endless_cycles
from ...storm.ids import slug
from ..exercise import Exercise
from ..judging.patterns import faults_of_pattern
from ..judging.wiring import arrows_in, follows, judge_connections, policy_in, storm_of
from ..misconceptions import named
from ..reading import UnreadableError, data_in
from ..verdict import Seen, slip

SOURCE, DETAIL_TYPE = "com.spoke.accounts", "fee-charged"


def event(
    amount: Any, source: str = SOURCE, detail_type: str = DETAIL_TYPE, station: str = "Harbour"
) -> dict[str, Any]:
    """An event as EventBridge delivers it."""
    detail = {"ride-id": f"r-{amount}", "amount": amount, "station": station}
    return {
        "version": "0",
        "id": "1",
        "source": source,
        "account": "111122223333",
        "time": "2026-01-01T00:00:00Z",
        "region": "eu-central-1",
        "resources": [],
        "detail-type": detail_type,
        "detail": detail,
    }


_SAMPLES = (
    (event(200.01), True, "a fee of 200.01"),
    (event(250), True, "a fee of 250"),
    (event(1_000_000), True, "a fee of a million"),
    (event(300, station="Old Town"), True, "a fee of 300 at another station"),
    (event(200), False, "a fee of exactly 200"),
    (event(12.5), False, "a fee of 12.50"),
    (event(900, detail_type="fee-refunded"), False, "a refund of 900"),
    (event(900, source="com.spoke.renting"), False, "a fee of 900 that Renting talks about"),
    (event(900, source="com.spoke.lab"), False, "a fee of 900 that the lab's test service invents"),
)


def _pattern(said: Any) -> Iterator[Seen]:
    pattern = data_in(said)
    if isinstance(pattern, dict) and list(pattern) == ["EventPattern"]:
        pattern = pattern["EventPattern"]  # as a rule in a template has it
    if not isinstance(pattern, dict):
        raise UnreadableError('An event pattern is a JSON object: {"source": ["…"], …}.')
    seen = list(faults_of_pattern(pattern, "amount"))
    yield from seen
    try:
        parsed = parse(pattern)
    except PatternError as error:
        if not any(one.misconception for one in seen):
            yield slip(f"EventBridge refuses this pattern: {error.what}")
        return
    if seen:
        return
    if astray := _spelt_otherwise(pattern.get("detail-type")):
        yield slip(
            f"{quoted(astray)} never equals “{DETAIL_TYPE}”: capital letters, spaces and hyphens count."
        )
        return
    for sample, wanted, told in _SAMPLES:
        if matches(parsed, sample) is not wanted:
            yield slip(f"It lets {told} through." if not wanted else f"It does not let {told} through.")


def _spelt_otherwise(asked: Any) -> str:
    texts = [one for one in asked if isinstance(one, str)] if isinstance(asked, list) else []
    return next((one for one in texts if one != DETAIL_TYPE and slug(one[:200]) == DETAIL_TYPE), "")


_SERVICES = ("Renting", "Fleet", "Accounts", "Audit")
_HEARS = {
    "Accounts": ("Renting",),
    "Fleet": ("Renting",),
    "Renting": ("Fleet", "Accounts"),
    "Audit": ("Renting", "Fleet", "Accounts"),
}


def _connections(said: Any) -> Iterator[Seen]:
    yield from judge_connections(arrows_in(said), _SERVICES, _HEARS, "Audit")


_LOOP = {
    "Charge the fee": {
        "when": ["Bike Returned", "Card Declined"],
        "emits": ["Fee Charged"],
        "fails": ["Card Declined"],
    },
    "Send the receipt": {"when": ["Fee Charged"], "emits": ["Receipt Sent"]},
    "Block the rider": {"when": ["Card Declined"], "emits": ["Rider Blocked"]},
}


def _no_loop(said: Any) -> Iterator[Seen]:
    data = data_in(said)
    if not isinstance(data, Mapping) or not all(isinstance(one, dict) for one in data.values()):
        raise UnreadableError(
            'Write each policy by its name, with its parts: {"Charge the fee": {"when": […], …}}.'
        )
    policies = {name: policy_in(policy, quoted(name)) for name, policy in data.items()}
    storm = storm_of("Spoke", policies)
    for cycle in dict.fromkeys([*endless_cycles(storm), *breakable_cycles(storm)]):
        yield Seen("endless-loop", f"It still goes round: {cycle.told}")
    lost = []
    if "fee-charged" not in follows(policies.values(), "Bike Returned"):
        lost.append("a bike is returned, and no fee is charged")
    if "receipt-sent" not in follows(policies.values(), "Fee Charged"):
        lost.append("a fee is charged, and no receipt is sent")
    if "card-declined" not in follows(policies.values(), "Bike Returned"):
        lost.append("a card is declined, and nobody hears of it")
    if "rider-blocked" not in follows(policies.values(), "Bike Returned"):
        lost.append("the card is declined for good, and the rider is not blocked")
    for what in lost:
        yield Seen("breaks-the-work", f"Now {what}.")


EXERCISES = (
    Exercise(
        "write-a-pattern",
        7,
        "Only the large ones",
        "Spoke's treasurer wants to hear of every fee of **more than 200**, and of nothing else. Write "
        "the **event pattern** of the rule, as a dict or as JSON text. An event looks so:\n\n"
        '```json\n{"source": "com.spoke.accounts", "detail-type": "fee-charged",\n "detail": '
        '{"ride-id": "r-7", "amount": 249.5, "station": "Harbour"}}\n```\n\n'
        "Other services put events on the same bus, some of them with an amount.",
        "{}",
        _pattern,
        named(
            "number-as-text",
            "filter-in-code",
            "no-source",
            "value-without-list",
            "field-at-top",
            "equals-instead-of-range",
            "wrong-envelope",
        ),
        (
            "A pattern has the shape of the event, with a list of what is allowed in the place of each "
            "value.",
            "Three things have to be so: who says it, what it is, and how large the amount is. The "
            "amount is a field of `detail`.",
            '`{"source": ["…"], "detail-type": ["…"], "detail": {"amount": [{"numeric": [">", …]}]}}`',
        ),
        "The rule filters before anything runs, can be read by an auditor, and changes without "
        "touching anybody's code.",
    ),
    Exercise(
        "connect-services",
        7,
        "Who gives to whom?",
        "At *Spoke*, **Accounts** and **Fleet** have to hear the events of **Renting**; Renting has to "
        "hear those of both; **Audit** has to hear everything. "
        'Connect them: pairs `["from", "to"]`, or texts `"from -> to"`. Besides the four there may be '
        "buses (with “bus” in the name) and queues (with “queue”).",
        '[\n    "",\n]',
        _connections,
        named("point-to-point", "queue-per-pair", "two-buses", "default-bus", "listener-answers"),
        (
            "Suppose that a fifth service wants to listen tomorrow. Who has to change?",
            "Whoever gives, gives to one place; whoever cares, takes from there. Audit gives nothing.",
            "Seven arrows with one bus in the middle: three lead to it, four away from it.",
        ),
        "Nobody who gives knows who takes. A fifth service is one more arrow away from the bus, and a "
        "change of nobody.",
    ),
    Exercise(
        "stop-the-loop",
        7,
        "Stop the loop",
        "These policies try a declined card again, at once and for ever; each try is paid for. Mend "
        "them, so that nothing goes round, and still: a returned bike is charged, who has paid gets a "
        "receipt, and whose card is declined for good is blocked. One second try, under names of its "
        "own, is allowed.",
        "{\n"
        + "".join(
            f'    "{name}": {{\n'
            + "".join(f'        "{part}": {said!r},\n' for part, said in policy.items()).replace("'", '"')
            + "    },\n"
            for name, policy in _LOOP.items()
        )
        + "}",
        _no_loop,
        named("endless-loop", "breaks-the-work"),
        (
            "Follow a dead card: which policy answers to its own event?",
            "Either do not try again, or let the second try be a policy of its own, whose failure has "
            "a name of its own.",
            "The shortest way: take one event out of one `when`.",
        ),
        "A circle of rules has no end by itself, and no bill that is capped. A retry within the "
        "workflow, or a second event with its own name, has an end.",
    ),
)
