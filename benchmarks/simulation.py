"""The simulation: against routing the same events, against itself at a hundredth, and against simpy."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random
from time import process_time
from typing import Any

import simpy

from anycompany.bus.contract import example_detail
from anycompany.bus.pattern import parse
from anycompany.bus.router import Router
from anycompany.bus.rules import rules
from anycompany.bus.simulation import ByRate, Distribution, Rate, Settings, Work, of_events, simulate
from anycompany.storm.model import Storm
from anycompany.workbook.layout import shipped

from .ratio import Ratio

MANY, FEW, RECORDED, JOBS = 1_000_000, 10_000, 200_000, 100_000
SHOP = (
    Storm(name="Shop")
    .add_events(["Order Placed", "Order Paid"])
    .trigger("order-placed", actor="Customer")
    .add_policy("Charge", when=["order-placed"], emits=["order-paid"])
)


def seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def best_of(times: int, work: Callable[[], object]) -> float:
    return min(seconds(work) for _ in range(times))


def routed(storm: Storm, events: Iterable[Mapping[str, Any]]) -> None:
    router = Router({rule.note: parse(rule.pattern) for rule in rules(storm)})
    for event in events:
        router.match(event)


def busy(storm: Storm, count: int) -> Settings:
    """Every trigger ten times a second; work that takes time and fails now and then."""
    return Settings(
        count=count,
        arrivals={event: Rate(rate=10, per="second") for event in storm.triggers},
        otherwise=Work(takes=Distribution(exponential=0.5), fails=0.05),
    )


def recorded(storm: Storm, count: int) -> Iterator[dict[str, Any]]:
    """Events of every kind, no two alike."""
    random = Random(1)
    kinds = [(*storm.relations.address_of[event], example_detail(storm, event)) for event in storm.events]
    for number in range(count):
        source, detail_type, detail = random.choice(kinds)
        amount = {"amount": round(random.lognormvariate(4, 2), 2)} if "amount" in detail else {}
        yield {
            "id": str(number),
            "time": f"2026-01-31T{number * 24 // count:02d}:{number % 3_600 // 60:02d}:00Z",
            "source": source,
            "detail-type": detail_type,
            "detail": {**detail, **amount, "number": number},
        }


def in_simpy(arrivals: list[float], takes: Distribution, places: int) -> None:
    world = simpy.Environment()
    desk, draw = simpy.Resource(world, capacity=places), takes.sampler(Random(1))

    def order(at: float) -> Iterator[Any]:
        yield world.timeout(at)
        with desk.request() as place:
            yield place
            yield world.timeout(draw())

    for at in arrivals:
        world.process(order(at))
    world.run()


def measure() -> Iterator[Ratio]:
    from anycompany.files import read_storm

    storm = read_storm(shipped("data") / "anycompany.storm.yaml")
    settings = busy(storm, MANY)
    events = [arrival.event for arrival in ByRate(storm, settings)]
    routing = best_of(2, lambda: routed(storm, events))
    simulating = best_of(2, lambda: simulate(storm, settings=settings))
    yield Ratio("a million events simulated", "routed", simulating, routing, 10)
    few = best_of(5, lambda: simulate(storm, settings=busy(storm, FEW)))
    yield Ratio("a million events simulated", "10,000 × 100", simulating, few * MANY / FEW, 1.2)
    log = list(recorded(storm, RECORDED))
    routing = best_of(3, lambda: routed(storm, log))
    simulating = best_of(3, lambda: simulate(storm, of_events(log)))
    yield Ratio("200,000 recorded events simulated", "routed", simulating, routing, 10, "no two alike")
    takes, places = Distribution(exponential=4), 5
    work = Settings(
        count=JOBS,
        arrivals={"order-placed": Rate(rate=1, per="second")},
        otherwise=Work(takes=takes, at_once=places),
    )
    times = [arrival.seconds for arrival in ByRate(SHOP, work)]
    yield Ratio(
        "100,000 jobs through a queue",
        "simpy",
        best_of(3, lambda: simulate(SHOP, settings=work)),
        best_of(1, lambda: in_simpy(times, takes, places)),
        0.5,
    )
