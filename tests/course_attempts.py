"""What learners type: for each exercise, attempts that are right, and attempts that show a misconception."""

from typing import Any

STORY = [
    "Bike Reserved",
    "Reservation Lapsed",
    "Bike Unlocked",
    "Bike Returned",
    "Fee Charged",
    "Card Declined",
    "Bike Repaired",
]
PAID = ["Payment Attempted", ["Payment Succeeded", "Payment Failed"]]
RIDE = ["Bike Reserved", "Bike Unlocked", "Bike Returned"]
OUTCOMES = {
    "Payment Succeeded": "Payment Failed",
    "Bike Unlocked": "Unlocking Failed",
    "Damage Repaired": "Bike Scrapped",
    "Reservation Confirmed": "Reservation Rejected",
}
ORIGINS = {
    "Bike Reserved": "actor: Rider, reserve a bike",
    "Reservation Lapsed": "schedule: after fifteen minutes",
    "Damage Reported": "actor: Rider, report a damage",
    "Fee Charged": "policy: whenever Bike Returned",
    "Card Declined": "external: the bank",
    "Station Counted": "schedule: every Monday at six",
}
POLICY = {
    "when": ["Bike Returned"],
    "does": ["Charge the card"],
    "emits": ["Fee Charged"],
    "fails": ["Card Declined"],
}
HIVES = {
    "Reservation": ["Bike Reserved", "Reservation Lapsed"],
    "Ride": ["Bike Unlocked", "Bike Returned"],
    "Payment": ["Payment Attempted", "Payment Succeeded", "Payment Failed"],
    "Bike": ["Damage Reported", "Bike Repaired"],
    "Rider": ["Rider Registered", "Rider Blocked"],
}
ALL_EVENTS = [event for events in HIVES.values() for event in events]
BORDERS = {"Renting": ["Reservation", "Ride"], "Fleet": ["Bike", "Damage"], "Accounts": ["Payment", "Rider"]}
ENTITIES = [entity for entities in BORDERS.values() for entity in entities]
SERVICES = {
    "Renting": ["Hold a bike", "Let a reservation lapse", "End a ride"],
    "Fleet": ["Plan a repair", "Retire a bike"],
    "Accounts": ["Charge the fee", "Send the receipt", "Block a rider"],
}
JOBS = [job for jobs in SERVICES.values() for job in jobs]
RIGHTS = {
    "show free bikes at a station": ["bikes:read"],
    "print the name tag of a rider": ["riders:read-name"],
    "take a bike out of service": ["bikes:read", "bikes:write"],
    "charge the fee": ["rides:read", "cards:charge"],
}
OVER = {"amount": [{"numeric": [">", 200]}]}
PATTERN = {"source": ["com.spoke.accounts"], "detail-type": ["fee-charged"], "detail": OVER}
BUS = [
    *("Renting -> spoke bus", "Fleet -> spoke bus", "Accounts -> spoke bus"),
    *("spoke bus -> Renting", "spoke bus -> Fleet", "spoke bus -> Accounts", "spoke bus -> Audit"),
]
CHARGE = {"when": ["Bike Returned"], "emits": ["Fee Charged"], "fails": ["Card Declined"]}
RECEIPT = {"when": ["Fee Charged"], "emits": ["Receipt Sent"]}
BLOCK = {"when": ["Card Declined"], "emits": ["Rider Blocked"]}
POLICIES = {"Charge the fee": CHARGE, "Send the receipt": RECEIPT, "Block the rider": BLOCK}
FIELDS = {"ride-id": "string", "amount": "number", "rider-email": {"type": "string", "personal": True}}
SECOND = {**FIELDS, "currency": {"type": "string", "optional": True}}
OWNERS = {"Fee Charged": "Accounts", "Bike Returned": "Renting", "Bike Repaired": "Fleet"}
TEMPLATE = """
Resources:
  EventBus:
    Type: AWS::Events::EventBus
    Properties: {Name: spoke}
Outputs:
  Arn: {Value: !GetAtt EventBus.Arn}
  Name: {Value: !Ref EventBus}
"""
STACKS = ["the bus", ["contracts of Renting", "service Renting", "service Accounts", "listeners of Audit"]]
ENTRY = {
    "Source": "com.spoke.fleet",
    "DetailType": "damage-reported",
    "Detail": {"severity": 4},
    "EventBusName": "spoke",
}


def without(things: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in things.items() if key not in keys}


RIGHT: dict[str, list[Any]] = {
    "name-events": [
        STORY,
        tuple(STORY[:6]),
        "\n".join(STORY),
        ["bike has been hired", "Hire expired", "BikePickedUp", "trip_ended", "Ride paid", "Damage fixed"],
        [
            "Booking Made",
            "Booking Expired",
            "Bicycle Unlocked",
            "Trip Finished",
            "Rider Charged",
            "Puncture Reported by Rider",
        ],
    ],
    "sort-notes": [["a", "d", "g", "j", "l"], "l, j, g, d, a", {"a", "d", "g", "j", "l"}, "adgjl"],
    "mend-names": [
        {
            "Charge the fee": "Fee paid",
            "Bike goes back to a station": "Ride Ended",
            "UPDATE bikes SET state = 'broken'": "Defect found on bike",
            "Click on 'Cancel reservation'": "Booking Cancelled",
        }
    ],
    "put-in-order": [
        [*RIDE, *PAID, "Receipt Sent", "Rider Registered"],
        [*RIDE, *PAID, "Rider Registered", "Receipt Sent"],
        [
            *RIDE,
            "Payment Attempted",
            "Payment Failed or Payment Succeeded",
            ["Receipt Sent", "Rider Registered"],
        ],
        [
            *RIDE,
            "Payment Attempted",
            {"or": ["Payment Succeeded", "payment failed"]},
            "receipt sent",
            "Rider registered",
        ],
    ],
    "and-if-not": [
        OUTCOMES,
        {
            **OUTCOMES,
            "Damage Repaired": "Repair Abandoned",
            "Bike Unlocked": "Lock jammed",
            "Payment Succeeded": "Card declined",
            "Reservation Confirmed": "Booking refused",
        },
    ],
    "what-starts-it": [
        ORIGINS,
        {
            **ORIGINS,
            "Card Declined": "policy: whenever Bike Returned",
            "Fee Charged": {"external": "bank"},
            "Station Counted": "actor: Mira",
        },
        {**ORIGINS, "Bike Reserved": {"actor": "Rider", "command": "Reserve a bike"}},
    ],
    "write-a-policy": [
        POLICY,
        "whenever: Bike Returned\ndoes: [Charge the card]\nemits: [Fee Charged]\nfails: Card Declined\n",
    ],
    "group-events": [
        HIVES,
        {**HIVES, "Ride": ["Bike Unlocked"], "Bike": ["Damage Reported", "Bike Repaired", "Bike Returned"]},
        {
            **without(HIVES, "Bike", "Ride"),
            "Rental": ["Bike Unlocked", "Bike Returned"],
            "Damage": ["Damage Reported", "Bike Repaired"],
        },
    ],
    "which-are-entities": [["a", "c", "g", "j"], ["Reservation", "Rider", "Damage", "Payment"]],
    "draw-borders": [
        BORDERS,
        {"Rides and Money": ["Reservation", "Ride", "Payment", "Rider"], "Fleet": ["Bike", "Damage"]},
    ],
    "loosen": [
        [{"move": "Ride", "to": "Office"}],
        {"move": "Reservation", "to": "Street Crew"},
        [{"move": "Ride", "to": "Renting"}, {"move": "Reservation", "to": "Renting"}],
    ],
    "split-the-monolith": [
        SERVICES,
        {
            "Rentals": SERVICES["Renting"],
            "Bikes": SERVICES["Fleet"],
            "Money and Riders": SERVICES["Accounts"],
        },
    ],
    "least-privilege": [RIGHTS, {**RIGHTS, "take a bike out of service": "bikes:write"}],
    "write-a-pattern": [
        PATTERN,
        '{"source": ["com.spoke.accounts"], "detail-type": [{"equals-ignore-case": "Fee-Charged"}], "detail": {"amount": [{"numeric": [">", 200]}]}}',
        {
            **PATTERN,
            "source": [{"prefix": "com.spoke.acc"}],
            "detail": {**OVER, "ride-id": [{"exists": True}]},
        },
    ],
    "connect-services": [
        BUS,
        [one.split(" -> ") for one in BUS],
        [*BUS[:5], "spoke bus -> slow queue -> Accounts", "spoke bus -> Audit"],
    ],
    "stop-the-loop": [
        POLICIES,
        {
            **POLICIES,
            "Try once more": {
                "when": ["Card Declined"],
                "emits": ["Fee Charged"],
                "fails": ["Card Declined Again"],
            },
            "Block the rider": {"when": ["Card Declined Again"], "emits": ["Rider Blocked"]},
        },
    ],
    "write-a-contract": [
        FIELDS,
        {"ride": "string", "amount": "integer", "rider-id": "string"},
        "fields:\n  ride-id: string\n  amount: {type: number}\n  rider-id: string\n",
    ],
    "next-version": [SECOND, {**SECOND, "discount": {"type": "number", "optional": True}}],
    "who-owns-it": [OWNERS, {event: f"the {owner} service" for event, owner in OWNERS.items()}],
    "smallest-bus": [
        TEMPLATE,
        TEMPLATE.replace("!Ref EventBus", "!GetAtt EventBus.Name"),
        {
            "Resources": {"B": {"Type": "AWS::Events::EventBus", "Properties": {"Name": "x"}}},
            "Outputs": {"A": {"Value": {"Fn::GetAtt": ["B", "Arn"]}}, "N": {"Value": {"Ref": "B"}}},
        },
    ],
    "order-of-stacks": [STACKS, ["the bus", *reversed(STACKS[1])]],
    "read-the-plan": ["bcegh"],
    "send-a-test-event": [ENTRY, {**ENTRY, "Detail": '{"severity": 3, "bike-id": "b"}'}, [ENTRY]],
    "who-heard-it": [["a", "c", "e"]],
    "fault-or-normal": [["c", "d", "g"]],
}
"""Attempts that are right, most of them in another way than the worked solution."""

_NAMES = {
    "command": "Book bike",
    "present-tense": "Bike is being repaired",
    "technical-event": "Reservation row inserted",
    "user-interface": "Reserve button clicked",
    "thing": "Bike",
    "query": "Show free bikes",
    "no-noun": "Returned",
    "two-facts": "Bike returned and fee charged",
}
_OTHER_NAMES = {
    "command": "Please return the bike",
    "present-tense": "Rider returns the bike",
    "technical-event": "Bike record saved in database",
    "user-interface": "Booking form submitted",
    "thing": "Bike available",
    "query": "Which bikes are free?",
}


def _changed(template: str) -> str:
    return TEMPLATE.replace("{Name: spoke}", template)


WRONG: dict[str, list[tuple[str, Any]]] = {
    "name-events": [
        *((shown, [*STORY, name]) for shown, name in _NAMES.items()),
        *((shown, [name]) for shown, name in _OTHER_NAMES.items()),
    ],
    "sort-notes": [
        ("command", "b"),
        ("technical-event", ["c"]),
        ("user-interface", "e"),
        ("present-tense", "f"),
        ("query", "h"),
        ("thing", "k"),
    ],
    "mend-names": [(shown, {"Charge the fee": name}) for shown, name in _NAMES.items()],
    "put-in-order": [
        ("database-order", ["Rider Registered", *RIDE, *PAID, "Receipt Sent"]),
        ("effect-before-cause", ["Bike Returned", "Bike Unlocked"]),
        (
            "both-outcomes",
            [
                *RIDE,
                "Payment Attempted",
                "Payment Succeeded",
                "Payment Failed",
                "Receipt Sent",
                "Rider Registered",
            ],
        ),
        (
            "alphabetical",
            sorted(
                [
                    *RIDE,
                    "Payment Attempted",
                    "Payment Succeeded",
                    "Payment Failed",
                    "Receipt Sent",
                    "Rider Registered",
                ]
            ),
        ),
    ],
    "and-if-not": [
        ("error-message", {"Payment Succeeded": "PaymentTimeoutException"}),
        ("error-message", {"Payment Succeeded": "HTTP 500"}),
        ("next-step", {"Payment Succeeded": "Retry the payment"}),
        ("next-step", {"Payment Succeeded": "Rider notified"}),
        ("same-outcome", {"Payment Succeeded": "payment succeeded"}),
        *(
            (shown, {"Payment Succeeded": name})
            for shown, name in _NAMES.items()
            if shown not in ("command", "technical-event")
        ),
        ("command", None),
        ("technical-event", None),
    ],
    "what-starts-it": [
        ("event-as-command", {"Bike Reserved": "Bike Found"}),
        ("event-as-command", {"Bike Reserved": "actor: Rider, Bike Reserved"}),
        ("software-as-actor", {"Bike Reserved": "actor: the system"}),
        ("time-as-person", {"Reservation Lapsed": "actor: a timer"}),
        ("time-as-person", {"Reservation Lapsed": "schedule: the rider"}),
        ("wrong-origin", {"Damage Reported": "external: the bank"}),
        ("waits-for-command", {"Fee Charged": "policy: whenever Charge fee"}),
        ("hears-itself", {"Fee Charged": "policy: whenever Fee Charged"}),
    ],
    "write-a-policy": [
        ("waits-for-command", {**POLICY, "when": ["Charge fee"]}),
        ("hears-itself", {**POLICY, "when": ["Bike Returned", "Card Declined"]}),
        ("never-fails", without(POLICY, "fails")),
        ("same-outcome", {**POLICY, "fails": ["Fee Charged"]}),
        ("work-as-event", {**POLICY, "does": ["Fee Charged"]}),
    ],
    "group-events": [
        ("event-in-two", {**HIVES, "Damage": ["Damage Reported"]}),
        ("one-for-all", {"Rental": ALL_EVENTS}),
        ("one-for-each", {f"Thing {number}": [event] for number, event in enumerate(ALL_EVENTS)}),
        ("by-outcome", {"Success": ["Payment Succeeded"], "Failures": ["Payment Failed"]}),
        ("table", {"tbl_bikes": HIVES["Bike"]}),
        ("department", {"Finance Department": HIVES["Payment"]}),
        ("software-as-entity", {"PaymentService": HIVES["Payment"]}),
        ("event-as-entity", {"Checkout process": HIVES["Payment"]}),
    ],
    "which-are-entities": [
        ("table", "b"),
        ("attribute", "d"),
        ("department", "e"),
        ("software-as-entity", "f"),
        ("event-as-entity", "h"),
    ],
    "draw-borders": [
        ("shared-entity", {**BORDERS, "More": ["Ride"]}),
        ("one-for-all", {"Spoke": ENTITIES}),
        ("by-table", {one: [one] for one in ENTITIES}),
        (
            "by-department",
            {"Office": ["Reservation", "Payment", "Rider"], "Crew": ["Ride", "Bike", "Damage"]},
        ),
        ("chatting", {"A": ["Reservation", "Bike"], "B": ["Ride", "Damage"], "C": ["Payment", "Rider"]}),
    ],
    "loosen": [
        ("shared-entity", [{"move": "Ride", "to": "Office"}, {"move": "Ride", "to": "Third"}]),
        ("one-for-all", [{"move": one, "to": "Office"} for one in ("Ride", "Bike", "Damage")]),
        ("by-table", [{"move": one, "to": one} for one in ENTITIES]),
        ("chatting", [{"move": "Bike", "to": "Office"}]),
        ("copies-of-everything", [{"copy": one, "to": "Office"} for one in ("Ride", "Bike", "Damage")]),
    ],
    "split-the-monolith": [
        ("service-is-function", {"Spoke": JOBS}),
        ("service-is-workflow", {job: [job] for job in JOBS}),
        ("service-is-workflow", {**SERVICES, "Fleet": ["Plan a repair"], "Retiring": ["Retire a bike"]}),
        ("service-across", {**SERVICES, "Fleet": JOBS[3:6], "Accounts": JOBS[6:]}),
        ("named-after-technology", {**without(SERVICES, "Fleet"), "BikeLambda": SERVICES["Fleet"]}),
    ],
    "least-privilege": [
        ("one-role-for-all", {**RIGHTS, "charge the fee": "*"}),
        ("one-role-for-all", {piece: ["bikes:read", "bikes:write"] for piece in RIGHTS}),
        ("reader-that-writes", {**RIGHTS, "show free bikes at a station": ["bikes:read", "bikes:write"]}),
        (
            "sees-personal-data",
            {**RIGHTS, "print the name tag of a rider": ["riders:read-everything", "riders:read-name"]},
        ),
        ("too-little", {**RIGHTS, "charge the fee": ["rides:read"]}),
    ],
    "write-a-pattern": [
        ("number-as-text", {**PATTERN, "detail": {"amount": [{"numeric": [">", "200"]}]}}),
        ("number-as-text", {**PATTERN, "detail": {"amount": ["200"]}}),
        ("filter-in-code", without(PATTERN, "detail")),
        ("no-source", without(PATTERN, "source")),
        ("value-without-list", {**PATTERN, "source": "com.spoke.accounts"}),
        ("field-at-top", {**without(PATTERN, "detail"), **OVER}),
        ("equals-instead-of-range", {**PATTERN, "detail": {"amount": [200, 201]}}),
        ("wrong-envelope", {**without(PATTERN, "detail-type"), "DetailType": ["fee-charged"]}),
    ],
    "connect-services": [
        ("point-to-point", ["Renting -> Accounts"]),
        ("queue-per-pair", ["Renting -> fee queue -> Accounts"]),
        ("two-buses", ["Renting -> bus one", "Fleet -> bus two"]),
        ("default-bus", [one.replace("spoke", "default") for one in BUS]),
        ("listener-answers", [*BUS, "Audit -> spoke bus"]),
    ],
    "stop-the-loop": [
        ("endless-loop", {**POLICIES, "Again": {"when": ["Card Declined"], "emits": ["Bike Returned"]}}),
        ("breaks-the-work", without(POLICIES, "Block the rider")),
    ],
    "write-a-contract": [
        ("number-as-text", {**FIELDS, "amount": "string"}),
        ("no-identity", without(FIELDS, "ride-id")),
        ("personal-unmarked", {**FIELDS, "rider-email": "string"}),
        ("needless-data", {**FIELDS, "card-number": "string"}),
        ("needless-data", {**FIELDS, "rider": "object"}),
    ],
    "next-version": [
        ("breaking-in-place", {**FIELDS, "currency": "string"}),
        ("breaking-in-place", {**without(SECOND, "amount"), "amount-in-cents": "integer"}),
        ("number-as-text", {**SECOND, "amount": "string"}),
        ("personal-unmarked", {**SECOND, "rider-email": "string"}),
    ],
    "who-owns-it": [
        ("owned-by-consumer", {**OWNERS, "Fee Charged": "Treasurer"}),
        ("owned-by-everybody", {**OWNERS, "Fee Charged": "a shared library"}),
    ],
    "smallest-bus": [
        ("default-bus", _changed("{Name: default}")),
        (
            "two-buses",
            TEMPLATE.replace(
                "Outputs:", "  Other: {Type: 'AWS::Events::EventBus', Properties: {Name: b}}\nOutputs:"
            ),
        ),
        ("partner-bus", _changed("{Name: spoke, EventSourceName: aws.partner/zendesk}")),
        (
            "hard-coded",
            TEMPLATE.replace(
                "!GetAtt EventBus.Arn", "'arn:aws:events:eu-central-1:111122223333:event-bus/spoke'"
            ),
        ),
        ("more-than-the-bus", "Transform: AWS::Serverless-2016-10-31" + TEMPLATE),
    ],
    "order-of-stacks": [
        ("before-its-need", ["service Renting", "the bus"]),
        ("by-hand", ["the bus", "click the rule together in the console"]),
        ("all-in-one-stack", ["one stack with everything in it"]),
    ],
    "read-the-plan": [("alarm-at-harmless", "abcegh"), ("passes-danger", "bceg")],
    "send-a-test-event": [
        ("wrong-bus", without(ENTRY, "EventBusName")),
        ("wrong-bus", {**ENTRY, "EventBusName": "default"}),
        ("forged-source", {**ENTRY, "Source": "com.spoke.renting"}),
        ("number-as-text", {**ENTRY, "Detail": {"severity": "4"}}),
        ("wrong-envelope", {**without(ENTRY, "DetailType"), "detail-type": "damage-reported"}),
        ("field-at-top", {**ENTRY, "severity": 4}),
    ],
    "who-heard-it": [("guessed-matching", "abce"), ("number-as-text", "acde")],
    "fault-or-normal": [("fault-is-normal", "acdg"), ("normal-is-fault", "cd")],
}
"""Attempts that show a misconception, with its id; None for one that the exercise names in other words."""
