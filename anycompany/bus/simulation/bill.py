"""What a run would cost, line by line, with the arithmetic shown."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...storm.model import Storm
from .billed_work import REQUESTS_A_MESSAGE, kept, of_workflows
from .prices import Prices
from .run import Run

ENVELOPE_BYTES = 250
"""What EventBridge adds to an event it delivers: version, id, account, time, region, resources."""

BUS, OUTSIDE = "bus", "outside"

NOTHING_STANDS: Mapping[tuple[str, str], float] = {}

TEN_YEARS = 3_653
"""Days that a listener's log keeps what it heard where nobody has said it."""

Quantities = Counter[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """What one part of the storm costs of one thing.

    Parameters
    ----------
    of : whose it is: a service's or listener's note (``section/id``), ``bus``, or ``outside`` for events of
        nobody's service.
    what : the key in the price table; ``aws`` the service of AWS.
    quantity, dollars : how much, and what it costs.
    told : the arithmetic, such as ``1,240,000 custom events × $1.00 / 1,000,000 = $1.24``.
    """

    of: str
    what: str
    aws: str
    quantity: float
    dollars: float
    told: str


@dataclass(frozen=True)
class Bill:
    """The lines of a bill, dearest first; ``period`` says whether they are for a month or for the run."""

    period: str
    currency: str
    region: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> float:
        """What all of it costs."""
        return sum(line.dollars for line in self.lines)

    def by(self, what: str) -> dict[str, float]:
        """The sums by ``of`` (whose it is) or by ``aws`` (which service of AWS), dearest first."""
        sums = Counter[str]()
        for line in self.lines:
            sums[getattr(line, what)] += line.dollars  # type: ignore[assignment]  # a Counter of dollars
        return dict(sorted(sums.items(), key=lambda one: (-one[1], one[0])))


def bill(
    storm: Storm, run: Run, prices: Prices, standing: Mapping[tuple[str, str], float] = NOTHING_STANDS
) -> Bill:
    """What a run would cost: a month of it where time passed in it, else the run itself.

    Parameters
    ----------
    storm : the storm that ran.
    run : how it ran.
    prices : what things cost; what a table has no price of, and need not have, is left out.
    standing : what is paid for each month whatever happens, by whose it is and the key in the price table, as
        :func:`anycompany.stacks.standing.standing` counts it; it is no part of what a run without time costs.
    """
    times = run.a_month or 1.0
    found = Quantities({key: much * times for key, much in _quantities(storm, run).items()})
    if run.a_month:
        found.update(standing)
    lines = [
        _line(of, what, quantity, prices)
        for (of, what), quantity in found.items()
        if quantity and what in prices.prices
    ]
    schemas = len(storm.contracts)
    if schemas:
        lines.append(_line(BUS, "registry-schemas", schemas, prices))
    ordered = sorted(lines, key=lambda line: (-line.dollars, line.of, line.what))
    period = "a month" if run.a_month else "this run"
    return Bill(period, prices.currency, prices.region, tuple(ordered))


def _quantities(storm: Storm, run: Run) -> Quantities:
    found = Quantities()
    for of, what, quantity in (*_events(storm, run), *of_workflows(storm, run), *_listeners(storm, run)):
        found[of, what] += quantity  # type: ignore[assignment]  # fractions too
    return found


def _events(storm: Storm, run: Run) -> Iterator[tuple[str, str, float]]:
    for use in run.events:
        if not use.own_bus:  # events of AWS's own services are free
            continue
        owner = storm.relations.owner_of(use.event) if use.event else None
        of = f"services/{owner}" if owner else OUTSIDE
        yield of, "custom-events", use.chunks
        archived = (use.bytes + use.count * ENVELOPE_BYTES) / 1024**3
        yield BUS, "archived-gigabytes", archived
        yield BUS, "archive-gigabyte-months", kept(archived, storm.bus.archive)
        trigger = storm.triggers.get(use.event)
        if trigger and trigger.kind == "schedule":
            yield of, "schedule-invocations", use.given


def _listeners(storm: Storm, run: Run) -> Iterator[tuple[str, str, float]]:
    for use in run.listening:
        of = f"listeners/{use.listener}"
        to = storm.listeners[use.listener].to
        if to == "topic":
            yield of, "topic-publishes", use.chunks
        elif to == "queue":
            yield of, "queue-requests", use.chunks * REQUESTS_A_MESSAGE
        else:
            logged = (use.bytes + use.count * ENVELOPE_BYTES) / 1024**3
            yield of, "logged-gigabytes", logged
            yield (
                of,
                "kept-log-gigabyte-months",
                kept(logged, storm.listeners[use.listener].keep or TEN_YEARS),
            )


def _line(of: str, what: str, quantity: float, prices: Prices) -> Line:
    price = prices.prices[what]
    dollars = quantity * price.dollars / price.per
    per = f" / {price.per:,}" if price.per != 1 else ""
    told = f"{_amount(quantity)} {price.unit} × {_money(price.dollars)}{per} = {_money(dollars)}"
    return Line(of, what, price.of, quantity, dollars, told)


def _amount(quantity: float) -> str:
    """A quantity with the digits that say something.

    >>> _amount(86467.1), _amount(1085.99), _amount(0.114989)
    ('86,467', '1,086', '0.115')
    """
    return f"{quantity:,.0f}" if quantity >= 1000 or quantity == int(quantity) else f"{quantity:,.3g}"


def _money(dollars: float) -> str:
    """Dollars to the cent; of less than ten cents, the four digits that say something.

    >>> _money(1234.5), _money(0.0898511272), _money(0.00001667), _money(0)
    ('$1,234.50', '$0.08985', '$0.00001667', '$0.00')
    """
    if dollars >= 0.1 or dollars == 0:
        return f"${dollars:,.2f}"
    if dollars < 1e-9:
        return "$0.00"
    return f"${dollars:.{3 - math.floor(math.log10(dollars))}f}".rstrip("0")
