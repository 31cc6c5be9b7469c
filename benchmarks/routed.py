"""Generated events and rules as an event bus has them: some kinds come often, rules ask in every way."""

from __future__ import annotations

import random
from typing import Any

CONTEXTS = ("billing", "orders", "stock", "shipping", "identity", "catalog", "support", "loyalty")
THINGS = ("Order", "Payment", "Parcel", "Customer", "Article", "Case", "Invoice", "Refund", "Account", "Cart")
HAPPENED = ("Created", "Changed", "Accepted", "Rejected", "Sent", "Closed")
KINDS = tuple(
    (f"com.shop.{CONTEXTS[number % len(CONTEXTS)]}", f"{thing} {happened}")
    for number, thing in enumerate(THINGS)
    for happened in HAPPENED
)
STATES = ("new", "open", "paid", "late", "done", "void")
TIERS = ("gold", "silver", "bronze", "none")
COUNTRIES = ("de", "fr", "it", "es", "pl", "nl", "us", "gb", "jp", "br")
CHANNELS = ("Web", "App", "Shop", "Phone")
NAMES = ("Ada", "Ben", "Chiara", "Dev", "Eda", "Finn", "Gil", "Hana", "Ivo", "Jun")
HOSTS = ("mail", "post", "inbox")
REGIONS = ("eu-central-1", "eu-west-1", "us-east-1")


def events(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """So many events as EventBridge delivers them."""
    rand = random.Random(seed)
    return [_event(rand) for _ in range(count)]


def patterns(count: int, seed: int = 2) -> dict[str, dict[str, Any]]:
    """So many rules: most hear a kind of event or two, a few hear a whole context or everything."""
    rand = random.Random(seed)
    return {f"rule-{number}": _pattern(rand) for number in range(count)}


def _event(rand: random.Random) -> dict[str, Any]:
    source, detail_type = rand.choices(KINDS, [1 / (1 + n % 17) for n in range(len(KINDS))])[0]
    at = f"2026-{rand.randint(1, 12):02}-{rand.randint(1, 28):02}T{rand.randint(0, 23):02}"
    digits = f"{rand.getrandbits(128):032x}"
    detail: dict[str, Any] = {
        "id": f"{detail_type[:2].upper()}-{rand.randint(1, 10**7)}",
        "amount": round(rand.lognormvariate(4, 1.5), 2),
        "count": rand.randint(0, 40),
        "state": rand.choice(STATES),
        "channel": rand.choice(CHANNELS),
        "test": rand.random() < 0.05,
        "customer": {
            "tier": rand.choice(TIERS),
            "country": rand.choice(COUNTRIES),
            "name": f"{rand.choice(NAMES)} {rand.choice(NAMES)}",
            "language": "en",
            "mail": f"user{rand.randint(1, 5000)}@{rand.choice(HOSTS)}.{rand.choice(COUNTRIES)}",
        },
        "delivery": {
            "street": f"Harbour Road {rand.randint(1, 200)}",
            "city": rand.choice(("Hamburg", "Porto", "Gdansk", "Osaka")),
            "code": str(rand.randint(10000, 99999)),
        },
        "address": f"10.{rand.randint(0, 7)}.{rand.randint(0, 255)}.{rand.randint(1, 254)}",
        "path": f"/{rand.choice(CONTEXTS)}/{rand.choice(STATES)}/{rand.randint(1, 900)}.json",
        "labels": rand.sample(STATES, rand.randint(0, 3)),
    }
    if rand.random() < 0.3:
        detail["coupon"] = rand.choice((None, "SPRING", "Summer", "autumn"))
    if source in ("com.shop.orders", "com.shop.shipping", "com.shop.stock"):
        detail["lines"] = [_line(rand) for _ in range(rand.randint(1, 3))]
    detail["metadata"] = {
        "correlation-id": f"{rand.getrandbits(64):016x}",
        "produced-by": f"{source.rpartition('.')[2]}-service",
        "schema-version": f"1.{rand.randint(0, 4)}",
        "attempt": 1,
    }
    return {
        "version": "0",
        "id": f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}",
        "detail-type": detail_type,
        "source": source,
        "account": "123456789012",
        "time": f"{at}:{rand.randint(0, 59):02}:{rand.randint(0, 59):02}Z",
        "region": rand.choice(REGIONS),
        "resources": [],
        "detail": detail,
    }


def _line(rand: random.Random) -> dict[str, Any]:
    return {
        "sku": f"S{rand.randint(1, 400)}",
        "title": rand.choice(("Kettle", "Blanket", "Lamp with shade", "Folding chair")),
        "quantity": rand.randint(1, 5),
        "price": round(rand.uniform(1, 200), 2),
    }


def _pattern(rand: random.Random) -> dict[str, Any]:
    source, detail_type = rand.choice(KINDS)
    heard = rand.random()
    pattern: dict[str, Any] = {}
    if heard < 0.85:
        pattern = {"source": [source], "detail-type": [detail_type]}
        if heard < 0.1:
            pattern["detail-type"].append(rand.choice(KINDS)[1])
    elif heard < 0.93:
        pattern = {"source": [source]}
    elif heard < 0.98:
        pattern = {"source": [{"prefix": "com.shop."}], "detail-type": [{"suffix": rand.choice(HAPPENED)}]}
    detail: dict[str, Any] = {}
    for ask in rand.sample(_ASKS, rand.randint(1, 3)):
        path, asked = ask(rand)
        inner = detail
        *above, last = path.split(".")
        for key in above:
            inner = inner.setdefault(key, {})
        inner[last] = asked
    if rand.random() < 0.05:
        detail = {"$or": [detail, {"amount": [{"numeric": [">", rand.randint(500, 5000)]}]}]}
    return {**pattern, "detail": detail}


def _between(rand: random.Random) -> tuple[str, list[Any]]:
    low = rand.randint(0, 300)
    return "amount", [{"numeric": [">=", low, "<", low + rand.randint(1, 400)]}]


_ASKS = (
    lambda rand: ("state", rand.sample(STATES, rand.randint(1, 3))),
    lambda rand: ("customer.tier", [rand.choice(TIERS)]),
    lambda rand: ("customer.country", [{"anything-but": rand.sample(COUNTRIES, rand.randint(1, 4))}]),
    lambda rand: ("amount", [{"numeric": [">", rand.randint(1, 1000)]}]),
    _between,
    lambda rand: ("count", [{"numeric": ["<=", rand.randint(0, 40)]}, 40]),
    lambda rand: ("id", [{"prefix": f"{rand.choice(THINGS)[:2].upper()}-{rand.randint(1, 9)}"}]),
    lambda rand: ("customer.mail", [{"suffix": f".{rand.choice(COUNTRIES)}"}]),
    lambda rand: ("channel", [{"equals-ignore-case": rand.choice(CHANNELS).lower()}]),
    lambda rand: ("address", [{"cidr": f"10.{rand.randint(0, 7)}.0.0/{rand.randint(12, 20)}"}]),
    lambda rand: ("path", [{"wildcard": f"/{rand.choice(CONTEXTS)}/*{rand.randint(1, 99)}.json"}]),
    lambda rand: ("coupon", [{"exists": rand.random() < 0.5}]),
    lambda rand: ("labels", [rand.choice(STATES)]),
    lambda rand: ("test", [False]),
    lambda rand: ("lines.sku", [{"prefix": f"S{rand.randint(1, 9)}"}]),
)
