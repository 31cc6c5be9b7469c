"""Latency and queues of the simulation: closed forms of queueing theory, and simpy on the same draws."""

from collections.abc import Iterator
from itertools import pairwise
from math import exp, factorial, log
from random import Random
from typing import Any

import pytest
import simpy

from anycompany.bus.simulation import Arrival, ByRate, Distribution, Rate, Settings, Work, simulate
from anycompany.bus.simulation.measuring import Spread
from anycompany.bus.simulation.run import Run
from anycompany.storm.model import Storm

SHOP = (
    Storm(name="Shop")
    .add_events(["Order Placed", "Order Paid", "Order Declined", "Order Shipped"])
    .trigger("order-placed", actor="Customer")
    .add_policy(
        "Charge", when=["order-placed"], does=["charge"], emits=["order-paid"], fails=["order-declined"]
    )
    .add_policy("Ship", when=["order-paid"], does=["ship"], emits=["order-shipped"])
)
EVENTS = 60_000


def shop(**workflows: Work) -> Settings:
    """Two orders a second, by Poisson."""
    return Settings(
        seed=7, count=EVENTS, arrivals={"order-placed": Rate(rate=2, per="second")}, workflows=workflows
    )


def use_of(run: Run, policy: str) -> Any:
    (use,) = [use for use in run.workflows if use.policy == policy]
    return use


def erlang_c(servers: int, offered: float) -> float:
    """The odds that somebody who comes has to wait (Erlang, 1917), for this much work offered."""
    last = offered**servers / factorial(servers) * servers / (servers - offered)
    return last / (sum(offered**k / factorial(k) for k in range(servers)) + last)


@pytest.mark.parametrize(("servers", "busy"), [(1, 0.5), (1, 0.7), (2, 0.8), (5, 0.8), (12, 0.85)])
def test_waits_before_exponential_work_are_those_of_erlang(servers: int, busy: float) -> None:
    seconds = busy * servers / 2
    run = simulate(SHOP, settings=shop(charge=Work(takes=Distribution(exponential=seconds), at_once=servers)))
    charge = use_of(run, "charge")
    waits, drain = erlang_c(servers, 2 * seconds), servers / seconds - 2
    assert charge.started == EVENTS
    assert charge.wait.mean == pytest.approx(waits / drain, rel=0.08)
    assert charge.service.mean == pytest.approx(seconds, rel=0.02)
    assert charge.busy == pytest.approx(busy, rel=0.02)
    for share, found in ((0.9, charge.wait.p90), (0.95, charge.wait.p95), (0.99, charge.wait.p99)):
        expected = max(log(waits / (1 - share)) / drain, 0.0)
        assert found == pytest.approx(expected, rel=0.15, abs=0.02)


@pytest.mark.parametrize("busy", [0.3, 0.6, 0.8])
def test_waits_before_work_of_constant_length_are_those_of_pollaczek_and_khinchine(busy: float) -> None:
    seconds = busy / 2
    run = simulate(SHOP, settings=shop(charge=Work(takes=Distribution(constant=seconds), at_once=1)))
    assert use_of(run, "charge").wait.mean == pytest.approx(busy * seconds / (2 * (1 - busy)), rel=0.06)


def test_without_a_limit_nobody_waits_and_as_many_run_as_little_says() -> None:
    run = simulate(SHOP, settings=shop(charge=Work(takes=Distribution(exponential=3.0))))
    charge = use_of(run, "charge")
    assert (charge.wait.most, charge.longest_queue) == (0, 0)
    assert charge.worked / run.seconds == pytest.approx(2 * 3.0, rel=0.02)
    assert charge.service.p50 == pytest.approx(3 * log(2), rel=0.03)
    assert charge.service.p99 == pytest.approx(3 * log(100), rel=0.03)


def test_a_flow_takes_as_long_as_its_workflows_one_after_the_other() -> None:
    run = simulate(
        SHOP,
        settings=shop(
            charge=Work(takes=Distribution(exponential=0.4), at_once=1),
            ship=Work(takes=Distribution(exponential=0.3), at_once=1),
        ),
    )
    (flow,) = run.flows
    tandem = 1 / (1 / 0.4 - 2) + 1 / (1 / 0.3 - 2)  # Burke: what leaves M/M/1 is Poisson again
    assert flow.total.mean == pytest.approx(tandem, rel=0.08)
    assert flow.reaches["order-paid"].mean == pytest.approx(1 / (1 / 0.4 - 2), rel=0.08)
    assert flow.reaches["order-shipped"] == flow.total


@pytest.mark.parametrize(
    ("charge", "ship"),
    [
        (Distribution(exponential=0.9), Distribution(constant=0.45)),
        (
            Distribution.model_validate({"lognormal": {"median": 0.5, "p95": 3}}),
            Distribution(exponential=0.3),
        ),
        (Distribution.model_validate({"uniform": {"least": 0, "most": 1.9}}), Distribution(exponential=0.49)),
    ],
    ids=["exponential", "lognormal", "uniform"],
)
def test_every_wait_and_latency_is_the_one_simpy_finds(charge: Distribution, ship: Distribution) -> None:
    settings = shop(charge=Work(takes=charge, at_once=2), ship=Work(takes=ship, at_once=1))
    settings = settings.model_copy(update={"count": 5_000})
    run = simulate(SHOP, settings=settings)
    waits, totals = in_simpy(settings, {"charge": (charge, 2), "ship": (ship, 1)})
    for policy, waited in waits.items():
        use = use_of(run, policy)
        assert use.started == len(waited)
        assert use.wait.mean == pytest.approx(sum(waited) / len(waited), rel=1e-6)
        assert use.wait.most == pytest.approx(max(waited), rel=1e-6)
        assert use.wait.p95 == pytest.approx(sorted(waited)[int(0.95 * len(waited))], rel=0.03)
    (flow,) = run.flows
    assert flow.total.mean == pytest.approx(sum(totals) / len(totals), rel=1e-6)


def in_simpy(
    settings: Settings, stations: dict[str, tuple[Distribution, int]]
) -> tuple[dict[str, list[float]], list[float]]:
    """The waits at each station, and the totals, of the same arrivals and the same draws."""
    world = simpy.Environment()
    draws = {
        key: takes.sampler(Random(f"{settings.seed}/workflows/policies/{key}"))
        for key, (takes, _) in stations.items()
    }
    desks = {key: simpy.Resource(world, capacity=places) for key, (_, places) in stations.items()}
    waits: dict[str, list[float]] = {key: [] for key in stations}
    totals: list[float] = []

    def order(at: float) -> Iterator[Any]:
        yield world.timeout(at)
        for key, desk in desks.items():
            came = world.now
            with desk.request() as place:
                yield place
                waits[key].append(world.now - came)
                yield world.timeout(draws[key]())
        totals.append(world.now - at)

    for arrival in ByRate(SHOP, settings):
        world.process(order(arrival.seconds))
    world.run()
    return waits, totals


@pytest.mark.parametrize(
    ("errs", "retries", "fails"), [(0.3, 2, 0.0), (0.0, 3, 0.25), (0.5, 1, 0.1), (1.0, 2, 0.0)]
)
def test_failures_and_retries_come_as_often_as_their_odds_say(
    errs: float, retries: int, fails: float
) -> None:
    work = Work(takes=Distribution(constant=0.1), errs=errs, retries=retries, fails=fails, backoff=0.5)
    run = simulate(SHOP, settings=shop(charge=work))
    charge = use_of(run, "charge")
    gives_up = errs ** (retries + 1)
    assert charge.failed / charge.started == pytest.approx(gives_up + (1 - gives_up) * fails, abs=0.01)
    expected_retries = sum(errs**n for n in range(1, retries + 1))
    assert charge.retries / charge.started == pytest.approx(expected_retries, rel=0.03, abs=1e-9)
    paused = sum(errs**n * (0.5 * 2 ** (n - 1) + 0.1) for n in range(1, retries + 1))
    assert charge.service.mean == pytest.approx(0.1 + paused, rel=0.03)
    counts = {use.event: use.count for use in run.events}
    assert counts.get("order-declined", 0) == charge.failed
    assert counts.get("order-paid", 0) == charge.succeeded
    assert charge.broken == 0


def test_arrivals_are_as_many_and_as_regular_as_was_said() -> None:
    def gaps(comes: str, burst: int = 10) -> list[float]:
        rate = Rate.model_validate({"rate": 60, "per": "minute", "comes": comes, "burst": burst})
        arrivals = [
            one.seconds for one in ByRate(SHOP, Settings(count=20_000, arrivals={"order-placed": rate}))
        ]
        assert arrivals == sorted(arrivals)
        assert arrivals[-1] == pytest.approx(20_000, rel=0.03)
        return [after - before for before, after in pairwise(arrivals)]

    assert {round(gap, 6) for gap in gaps("regular")} == {1.0}
    bursts = [round(gap, 6) for gap in gaps("bursts", 4)]
    assert bursts[:8] == [0, 0, 0, 4, 0, 0, 0, 4]
    poisson = gaps("poisson")
    assert sum(gap > 1 for gap in poisson) / len(poisson) == pytest.approx(exp(-1), abs=0.01)
    assert sum(gap > 3 for gap in poisson) / len(poisson) == pytest.approx(exp(-3), abs=0.01)


def test_percentiles_without_the_values_are_within_one_percent() -> None:
    random = Random(3)
    values = [random.lognormvariate(0, 3) for _ in range(20_000)]
    spread = Spread()
    for start in range(0, len(values), 700):
        spread.extend(values[start : start + 700])
    ordered = sorted(values)
    for share in (0.01, 0.5, 0.9, 0.99, 0.999):
        assert spread.quantile(share) == pytest.approx(ordered[round(share * len(ordered)) - 1], rel=0.0101)
    latency = spread.latency()
    assert latency and (latency.least, latency.most) == (ordered[0], ordered[-1])
    assert latency.mean == pytest.approx(sum(values) / len(values))
    assert Spread().latency() is None


def clinic(**more: Any) -> Storm:
    """Two ways, one of which asks a doctor; ``more`` is said of the policy."""
    storm = Storm(name="Clinic").add_events(["Sample Analysed", "Result Filed", "Result Withheld"])
    ways = [
        {
            "where": {"level": [{"numeric": [">", 9]}]},
            "does": [{"do": "Look", "ask": "Doctor", "within": "4 hours"}],
        }
    ]
    said: dict[str, Any] = {
        "does": [{"branch": ways}],
        "emits": ["result-filed"],
        "fails": ["result-withheld"],
    }
    return storm.add_policy("Judge", when=["sample-analysed"], **said | more)


def analysed(storm: Storm, *levels: int) -> list[Arrival]:
    source, detail_type = storm.relations.address_of["sample-analysed"]
    event = {"source": source, "detail-type": detail_type}
    return [Arrival(float(n), {**event, "detail": {"level": level}}) for n, level in enumerate(levels)]


def test_people_are_waited_for_only_where_the_way_asks_them_and_no_answer_in_time_is_a_no() -> None:
    storm = clinic()
    steps = simulate(storm, analysed(storm, 3, 12)).trace().steps
    at = {step.after: step.seconds for step in steps if step.event == "result-filed"}
    assert sorted(round(seconds) for seconds in at.values()) == [0, 3601]
    slow = Settings(workflows={"judge": Work(people=Distribution(constant=5))})
    (use,) = simulate(storm, analysed(storm, 3, 12), slow).workflows
    assert (use.succeeded, use.failed) == (1, 1)


@pytest.mark.parametrize(("once", "filed", "ignored"), [(False, 20, 0), (True, 10, 10)])
def test_what_is_delivered_twice_is_done_twice_unless_it_is_to_be_done_once(
    once: bool, filed: int, ignored: int
) -> None:
    storm = clinic(once=once)
    run = simulate(storm, analysed(storm, *[3] * 10), Settings(twice=1))
    (use,) = run.workflows
    assert (use.succeeded, use.repeated, use.ignored) == (filed, 10, ignored)
    assert any("a second time" in note for note in run.notes) is not once
    assert {event.event: event.count for event in run.events}["result-filed"] == filed
