"""How a run went over time, for plots."""

import random

import pytest

from anycompany.bus.simulation import Settings, settings_from, simulate
from anycompany.bus.simulation.measuring import Spread
from anycompany.bus.simulation.over_time import SLICES, Slices
from anycompany.storm.model import Storm

INN = (
    Storm(name="Inn")
    .add_event("Room Booked")
    .add_event("Room Cleaned")
    .trigger("room-booked", actor="Guest")
    .add_policy("Clean", when=["room-booked"], emits=["room-cleaned"])
)


@pytest.mark.parametrize("lasting", [1.0, 359.0, 361.0, 1e6])
def test_however_long_it_takes_nothing_is_lost_and_the_slices_stay_few(lasting: float) -> None:
    chance = random.Random(1)
    moments = sorted(chance.uniform(0, lasting) for _ in range(1_000))
    sums, peaks = Slices("sum"), Slices("most")
    for start in range(0, 1_000, 100):
        some = moments[start : start + 100]
        sums.extend(some)
        peaks.extend(some, [float(start)] * len(some))
    course = sums.course()
    assert sum(course.values) == 1_000 and len(course.values) <= SLICES
    assert len(course.values) * course.seconds >= lasting * 0.9
    by_hand = [0] * len(course.values)
    for moment in moments:
        by_hand[int(moment / course.seconds)] += 1
    assert list(course.values) == by_hand
    assert max(peaks.course().values) == 900.0


def test_the_load_over_time_counts_every_event_on_the_bus() -> None:
    run = simulate(INN, settings=Settings(count=500))
    assert sum(run.over_time.load.values) == sum(use.count for use in run.events) == 1_000
    assert run.over_time.waiting == {}
    assert "over_time" not in run.as_json()


def test_where_workflows_wait_for_their_turn_the_queue_is_seen_over_time() -> None:
    settings = settings_from(
        {"count": 200, "arrivals": {"room-booked": 600}, "workflows": {"clean": {"takes": 30, "at_once": 1}}}
    )
    run = simulate(INN, settings=settings)
    [clean] = run.workflows
    course = run.over_time.waiting["policies/clean"]
    assert max(course.values) == clean.longest_queue > 10
    assert course.values[-1] <= 1  # by the end all is done


def test_the_spread_of_latencies_counts_every_flow() -> None:
    run = simulate(INN, settings=Settings(count=300))
    assert sum(count for _, count in run.over_time.totals["room-booked"]) == 300
    spread = Spread()
    spread.extend([0.0, 1.0, 1.0, 100.0])
    bounds = spread.histogram()
    assert [count for _, count in bounds] == [1, 2, 1]
    assert bounds[0][0] == 0.0 and 1.0 <= bounds[1][0] < 1.03 and 100 <= bounds[2][0] < 103
