"""Makes recorded.jsonl: two days of what the parcel network's old program puts on its bus.

The same call gives the same file, letter by letter: python record.py > recorded.jsonl
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

BEGINS = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
SHIPMENTS = 44
CORE, TELEMATICS, SORTER, BANK, CUSTOMS = (
    f"net.parcels.{name}" for name in ("core", "telematics", "sorter", "ledger", "customs-desk")
)
DEPOTS = ("north", "south", "east", "west")

Said = tuple[datetime, str, str, dict[str, Any]]


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def shipment(number: int, chance: Random) -> Iterator[Said]:
    """What happens to one shipment."""
    at = BEGINS + hours(chance.uniform(0, 7))
    ids = {"shipmentId": f"sh-{5000 + number}", "senderId": f"shop-{chance.randrange(1, 9)}"}
    parcel = {"shipmentId": ids["shipmentId"], "parcelNumber": f"003400{12000 + number}"}
    weight = round(chance.uniform(0.3, 18), 1)
    yield at, CORE, "ShipmentBooked", {**ids, "weightBooked": weight}
    at += timedelta(seconds=chance.uniform(1, 4))
    if chance.random() < 0.15:
        yield at, CORE, "AddressQuestioned", {**ids, "reason": "no such street"}
        at += hours(chance.uniform(0.2, 1))
        yield at, CORE, "AddressCorrected", dict(ids)
    else:
        yield at, CORE, "AddressConfirmed", dict(ids)
    at += timedelta(seconds=chance.uniform(1, 3))
    yield at, CORE, "LabelPrinted", dict(parcel)
    at += hours(chance.uniform(0.5, 3))
    collected = chance.random() < 0.7
    yield at, CORE, "ParcelCollected" if collected else "ParcelHandedIn", dict(parcel)
    at += hours(chance.uniform(0.5, 2))
    heavier = chance.random() < 0.25
    measured = round(weight + (chance.uniform(0.6, 3) if heavier else 0), 1)
    # the scales of the west depot send a text
    depot = chance.choice(DEPOTS)
    yield at, SORTER, "ParcelMeasured", {
        **parcel, "weight": f"{measured}" if depot == "west" else measured, "depot": depot
    }  # fmt: skip
    if heavier:
        charged = {**parcel, "amount": round(1.2 + 0.3 * measured, 2)}
        yield at + timedelta(seconds=2), CORE, "SurchargeAdded", charged
    at += timedelta(minutes=chance.uniform(3, 20))
    if chance.random() < 0.06:
        yield at, SORTER, "LabelMisread", {**parcel, "depot": depot}
        at += timedelta(minutes=20)
    yield at, SORTER, "ParcelSorted", {**parcel, "depot": depot}
    if chance.random() < 0.06:
        yield at + timedelta(minutes=9), CORE, "DamageFound", {**parcel, "depot": depot}
        yield at + timedelta(minutes=41), CORE, "ParcelRepacked", dict(parcel)
    yield from delivery(parcel, chance)


def delivery(parcel: dict[str, Any], chance: Random) -> Iterator[Said]:
    """The day after: to the door, to a neighbour, into a locker, or to nobody."""
    at = BEGINS + hours(chance.uniform(26, 31))
    drawn = chance.random()
    if drawn < 0.6:
        yield at, CORE, "ParcelDelivered", dict(parcel)
    elif drawn < 0.72:
        yield at, CORE, "ParcelLeftWithNeighbour", dict(parcel)
    elif drawn < 0.87:
        yield at, CORE, "ParcelPutInLocker", {**parcel, "locker": f"L{chance.randrange(1, 40)}"}
        if chance.random() < 0.7:
            yield at + hours(chance.uniform(0.5, 8)), CORE, "ParcelPickedUp", dict(parcel)
    else:
        yield at, CORE, "ReceiverNotMet", {**parcel, "attempt": 1}
        if chance.random() < 0.3:
            yield at + hours(chance.uniform(1, 5)), CORE, "DeliveryRearranged", dict(parcel)
    if chance.random() < 0.12:
        claim = {"claimId": f"cl-{chance.randrange(100, 999)}", **parcel}
        yield at + hours(2), CORE, "ClaimMade", {**claim, "amount": round(chance.uniform(10, 200), 2)}
        ends = "ClaimSettled" if chance.random() < 0.6 else "ClaimRefused"
        yield at + hours(chance.uniform(4, 12)), CORE, ends, dict(claim)


def trucks(chance: Random) -> Iterator[Said]:
    """The night between the depots."""
    for number in range(8):
        truck = {"truckId": f"t-{number + 1}", "tripId": f"trip-{number + 1}"}
        at = BEGINS + hours(13 + chance.uniform(0, 2))
        yield at, CORE, "TruckLoaded", dict(truck)
        yield at + hours(0.3), TELEMATICS, "TruckDeparted", {**truck, "depot": DEPOTS[number % 4]}
        at += hours(chance.uniform(3, 6))
        yield at, TELEMATICS, "TruckArrived", {**truck, "depot": DEPOTS[(number + 1) % 4]}
        yield at + hours(0.7), CORE, "TruckUnloaded", dict(truck)
    for number in range(6):
        tour = {"tourId": f"tour-{number + 1}", "driverId": f"d-{number + 11}"}
        yield BEGINS + hours(25) + timedelta(seconds=number), CORE, "TourPlanned", dict(tour)
        yield BEGINS + hours(25.5) + timedelta(minutes=7 * number), CORE, "TourBegun", dict(tour)


def customs(chance: Random) -> Iterator[Said]:
    """What comes from abroad."""
    for number in range(9):
        said = {"declarationId": f"d-{80 + number}"}
        at = BEGINS + hours(chance.uniform(16, 20))
        yield at, CUSTOMS, "GoodsDeclared", {**said, "value": round(chance.uniform(20, 400), 2)}
        at += hours(chance.uniform(0.5, 2))
        if number % 3:
            yield at, CUSTOMS, "GoodsCleared", dict(said)
            continue
        yield at, CUSTOMS, "GoodsHeld", {**said, "reason": "duty is due"}
        yield at + timedelta(seconds=4), CUSTOMS, "DutyCharged", {**said, "amount": 14.4}
        yield at + hours(3), BANK, "DutyPaid", dict(said)


def money(chance: Random) -> Iterator[Said]:
    """Invoices of the week, and two senders over their limit."""
    for number in range(1, 9):
        said = {"invoiceId": f"i-{90 + number}", "senderId": f"shop-{number}"}
        yield BEGINS + hours(12) + timedelta(seconds=number), CORE, "InvoiceSent", dict(said)
        over = number in (3, 6)
        if over:
            yield BEGINS + hours(9), BANK, "CreditLimitReached", {"senderId": said["senderId"]}
        if over or chance.random() < 0.5:
            at = BEGINS + hours(chance.uniform(15, 40))
            yield at, BANK, "InvoicePaid", dict(said)
            if over:
                yield at + timedelta(seconds=3), CORE, "CreditRestored", {"senderId": said["senderId"]}


def noise(chance: Random) -> Iterator[Said]:
    """What the program says of itself: no event of the business."""
    for hour in range(0, 44, 4):
        at = BEGINS + hours(hour)
        yield at, CORE, "CacheRefreshed", {"table": "parcel", "rows": chance.randrange(200, 900)}
    for _ in range(40):
        at = BEGINS + hours(chance.uniform(0, 42))
        said = {"table": "parcel", "column": "status", "row": chance.randrange(12000, 12000 + SHIPMENTS)}
        yield at, CORE, "RowUpdated", said
    for night in (19, 43):
        yield BEGINS + hours(night), CORE, "NightlyJobFinished", {"job": "overwrite-status", "seconds": 814}


def recorded() -> Iterator[dict[str, Any]]:
    """All of it as EventBridge delivers it, in the order of its arrival."""
    chance = Random(20260303)
    said = [one for number in range(SHIPMENTS) for one in shipment(number, chance)]
    for others in (trucks, customs, money, noise):
        said += others(chance)
    said.sort(key=lambda one: (one[0], one[2]))
    for at, source, detail_type, detail in said:
        event = {
            "version": "0",
            "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "detail-type": detail_type,
            "source": source,
            "account": "111122223333",
            "time": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "region": "eu-central-1",
            "resources": [],
            "detail": detail,
        }
        yield event
        if chance.random() < 0.01:  # delivered twice, as EventBridge may
            yield event


if __name__ == "__main__":
    sys.stdout.writelines(json.dumps(event) + "\n" for event in recorded())
