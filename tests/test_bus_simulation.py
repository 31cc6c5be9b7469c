"""What happens to events in a simulated storm: who hears, what follows, what is lost, and what is said of it."""

import json
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from anycompany.bus.contract import example_detail, fields_of
from anycompany.bus.pattern import matches, parse
from anycompany.bus.recording import Recorded, Unread
from anycompany.bus.rules import rules
from anycompany.bus.scenarios import scenarios
from anycompany.bus.simulation import (
    Arrival,
    Distribution,
    Down,
    Rate,
    Redrive,
    Settings,
    Work,
    of_events,
    of_scenarios,
    simulate,
    starts_of,
)
from anycompany.bus.simulation.network import MOST_NAMES, OTHERS
from anycompany.bus.simulation.run import Run, WorkflowUse
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from tests.storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of
from tests.strategies import storms

SHOP = (
    Storm(name="Shop")
    .add_events(["Order Placed", "Order Paid", "Order Declined", "Order Shipped"])
    .trigger("order-placed", actor="Customer")
    .add_policy(
        "Charge", when=["order-placed"], does=["charge"], emits=["order-paid"], fails=["order-declined"]
    )
    .add_policy("Ship", when=["order-paid"], does=["ship"], emits=["order-shipped"], kind="standard")
    .add_entity("order", ["order-placed", "order-shipped"])
    .add_entity("payment", ["order-paid", "order-declined"])
    .add_context("Sales", ["order"])
    .add_context("Money", ["payment"])
    .add_service("sales", "sales")
    .add_service("money", "money")
)
PLACED = {"source": "com.shop.sales", "detail-type": "order-placed", "detail": {}}


def counts(run: Run) -> dict[str, int]:
    return {use.called: use.count for use in run.events}


def use_of(run: Run, policy: str) -> WorkflowUse:
    (use,) = [use for use in run.workflows if use.policy == policy]
    return use


def per_second(rate: float, **more: Any) -> dict[str, Rate]:
    return {"order-placed": Rate(rate=rate, per="second", **more)}


def constant(seconds: float) -> Distribution:
    return Distribution(constant=seconds)


def test_the_same_seed_gives_the_same_run_and_another_seed_another() -> None:
    storm = load(EXAMPLE)
    busy = Work(takes=Distribution(exponential=1), fails=0.2, errs=0.1, at_once=2)
    settings = Settings(count=2_000, otherwise=busy)
    first, second = simulate(storm, settings=settings), simulate(storm, settings=settings)
    assert first == second
    assert first.trace() == second.trace()
    assert simulate(storm, settings=settings.model_copy(update={"seed": 2})) != first


def test_what_is_changed_for_one_workflow_changes_nothing_that_does_not_follow_from_it() -> None:
    slow = Work(takes=Distribution(exponential=2))
    one = simulate(SHOP, settings=Settings(count=500, otherwise=slow))
    other = simulate(SHOP, settings=Settings(count=500, otherwise=slow, workflows={"ship": Work(errs=0.5)}))
    assert use_of(one, "charge") == use_of(other, "charge")
    assert one.seconds == other.seconds


def test_rules_workflows_crossings_and_listeners_are_counted() -> None:
    storm = SHOP.add_listener("Audit", for_="X", hears="all").add_listener(
        "Declines", for_="X", hears=["order-declined"]
    )
    run = simulate(storm, settings=Settings(count=1_000, workflows={"charge": Work(fails=0.25)}))
    declined = use_of(run, "charge").failed
    assert 200 < declined < 300
    assert counts(run) == {
        "order-placed": 1_000,
        "order-paid": 1_000 - declined,
        "order-declined": declined,
        "order-shipped": 1_000 - declined,
    }
    assert {use.note: use.count for use in run.rules} == {
        "policies/charge": 1_000,
        "policies/ship": 1_000 - declined,
        "listeners/audit": 3_000 - declined,
        "listeners/declines": declined,
    }
    assert run.listeners == {"audit": 3_000 - declined, "declines": declined}
    assert [(one.event, one.policy, one.of, one.by, one.count) for one in run.crossings] == [
        ("order-placed", "charge", "sales", "money", 1_000),
        ("order-paid", "ship", "money", "sales", 1_000 - declined),
    ]
    (flow,) = run.flows
    assert (flow.start, flow.count, flow.lost) == ("order-placed", 1_000, 0)
    assert flow.reaches["order-declined"].count == declined
    assert run.unheard == {}
    assert {use.event: use.unanswered for use in run.events if use.unanswered} == {
        "order-declined": declined,
        "order-shipped": 1_000 - declined,
    }


def test_events_that_nobody_hears_are_named() -> None:
    run = simulate(
        SHOP, of_events([PLACED, {**PLACED, "source": "com.shop"}, {**PLACED, "detail-type": "\x1b"}])
    )
    assert run.unheard == {"com.shop order-placed": 1, "com.shop.sales \x1b": 1, "order-shipped": 1}


def test_an_express_workflow_that_waits_for_people_times_out_and_a_standard_one_waits_a_day() -> None:
    people = Distribution(constant=2.0)
    run = simulate(SHOP, settings=Settings(count=50, otherwise=Work(people=people)))
    charge = use_of(run, "charge")
    assert (charge.started, charge.timed_out, charge.succeeded) == (50, 50, 0)
    assert charge.service and charge.service.most == 300
    assert any("“Charge” timed out 50 times: it may take 5 minutes. A standard" in note for note in run.notes)
    run = simulate(SHOP, settings=Settings(count=50, workflows={"ship": Work(people=people)}))
    ship = use_of(run, "ship")
    assert (ship.succeeded, ship.timed_out) == (50, 0)
    assert ship.service and ship.service.p50 == pytest.approx(7_200.2)
    assert ship.worked == pytest.approx(50 * 0.2)


def test_who_waits_for_people_lets_others_work_meanwhile() -> None:
    work = Work(takes=constant(10), at_once=1, people=Distribution(constant=1.0))
    run = simulate(SHOP, [Arrival(0.0, PLACED)] * 3, Settings(workflows={"ship": work}))
    assert run.flows[0].total
    assert run.flows[0].total.most == pytest.approx(0.2 + 3 * 10 + 3_600)
    assert use_of(run, "ship").longest_queue == 2
    steady = Settings(
        count=400,
        arrivals={"order-placed": Rate(rate=360, comes="regular")},
        workflows={"ship": Work(takes=constant(5), at_once=1, people=Distribution(constant=1.0))},
    )
    run = simulate(SHOP, settings=steady)
    assert use_of(run, "ship").busy == pytest.approx(0.5, rel=0.01)
    assert not any("cannot keep up" in note for note in run.notes)


def test_events_for_a_service_that_is_down_for_an_hour_wait_and_all_arrive() -> None:
    settings = Settings(
        count=2_000, arrivals=per_second(1), down=(Down(service="money", after=0.1, hours=1),)
    )
    calm = simulate(SHOP, settings=settings.model_copy(update={"down": ()}))
    run = simulate(SHOP, settings=settings)
    charge = use_of(run, "charge")
    assert (charge.started, charge.dead_letters) == (2_000, 0)
    assert charge.redelivered > 1_600
    assert charge.wait and 3_600 <= charge.wait.most <= 3_600 + 2 * 488
    assert counts(run) == counts(calm)
    assert use_of(run, "ship").started == 2_000
    assert charge.most_running > use_of(calm, "charge").most_running
    assert run.notes == ()


def test_what_is_down_for_longer_than_a_day_becomes_dead_letters_which_can_be_put_back() -> None:
    settings = Settings(
        count=96,
        arrivals={"order-placed": Rate(rate=1, comes="regular")},
        down=(Down(service="money", after=0, hours=30),),
    )
    lost = simulate(SHOP, settings=settings)
    charge = use_of(lost, "charge")
    assert charge.dead_letters == 6  # those of the first six hours
    assert (charge.started, charge.redriven) == (90, 0)
    assert lost.flows[0].lost == 6
    assert any("6 flows were never finished" in note for note in lost.notes)
    back = simulate(SHOP, settings=settings.model_copy(update={"redrive": Redrive(after=40, per_second=2)}))
    charge = use_of(back, "charge")
    assert (charge.dead_letters, charge.redriven, charge.started) == (6, 6, 96)
    assert back.flows[0].lost == 0
    assert back.flows[0].total and back.flows[0].total.most > 34 * 3_600
    too_soon = simulate(SHOP, settings=settings.model_copy(update={"redrive": Redrive(after=26)}))
    assert (use_of(too_soon, "charge").redriven, too_soon.flows[0].lost) == (0, 6)


LOOP = (
    Storm(name="Loop")
    .add_events(["A Begun", "B Done", "C Done"])
    .trigger("a-begun", actor="Somebody")
    .add_policy("There", when=["a-begun", "c-done"], emits=["b-done"])
    .add_policy("Back", when=["b-done"], emits=["c-done"])
)


def test_a_loop_without_end_is_found_shown_and_stopped_by_the_hop_limit() -> None:
    run = simulate(LOOP, settings=Settings(count=10, most_hops=7))
    (loop,) = run.loops
    assert loop.cycle == ("policies/back", "events/c-done", "policies/there", "events/b-done")
    assert loop.ends_when == ()
    assert (loop.rounds, loop.stopped) == (30, 10)
    assert run.flows[0].most_hops == 7
    assert any("loops: the hop limit stopped it 10 times" in note for note in run.notes)


def test_a_retry_that_is_a_loop_is_shown_with_what_ends_it_and_how_often_it_goes_round() -> None:
    storm = SHOP.add_policy("Try again", when=["order-declined"], emits=["order-placed"])
    run = simulate(storm, settings=Settings(count=4_000, workflows={"charge": Work(fails=0.5)}, most_hops=40))
    (loop,) = run.loops
    assert loop.ends_when == ("“Charge” succeeds",)
    assert loop.stopped == 0
    assert use_of(run, "charge").started == pytest.approx(8_000, rel=0.03)
    assert counts(run)["order-shipped"] == 4_000
    assert run.flows[0].most_hops > 10


def test_a_loop_that_multiplies_is_ended_before_it_fills_the_machine() -> None:
    storm = LOOP.add_policy("Twice", when=["b-done"], emits=["c-done"])
    run = simulate(storm, settings=Settings(count=5, most_hops=10_000, most_events=50_000))
    assert sum(counts(run).values()) < 200_000
    assert any("more than most_events allows" in note for note in run.notes)


def test_a_long_row_of_policies_is_no_loop() -> None:
    storm = Storm(name="Row").add_events([f"E{n} Done" for n in range(60)]).trigger("e0-done", actor="A")
    for n in range(59):
        storm = storm.add_policy(f"P{n}", when=[f"e{n}-done"], emits=[f"e{n + 1}-done"])
    run = simulate(storm, settings=Settings(count=3))
    assert counts(run)["e59-done"] == 3
    assert run.loops == ()


def test_what_no_service_owns_does_not_run_and_before_step_6_everything_does() -> None:
    storm = SHOP.add_event("Coupon Sent").add_policy("Give", when=["coupon-sent"], emits=["coupon-sent"])
    run = simulate(storm, settings=Settings(count=10))
    assert [use.policy for use in run.workflows] == ["charge", "ship"]
    assert run.notes[0].startswith("What does not run") and run.notes[0].endswith(": give.")
    early = (
        Storm(name="Early")
        .add_events(["A Begun", "B Done"])
        .add_policy("Go", when=["a-begun"], emits=["b-done"])
    )
    assert counts(simulate(early, settings=Settings(count=10))) == {"a-begun": 10, "b-done": 10}


@pytest.mark.parametrize(
    "storm",
    [
        Storm(name="Nothing"),
        Storm(name="One").add_event("A Begun"),
        Storm(name="Deaf").add_event("A Begun").add_policy("Think").add_policy("Say", emits=["a-begun"]),
        Storm.model_validate({"name": "Dangling", "policies": {"p": {"when": ["gone"], "emits": ["lost"]}}}),
        Storm.model_validate({"name": "T", "triggers": {"gone": {"schedule": "rate(1 day)"}}}),
    ],
    ids=lambda storm: storm.name,
)
def test_a_storm_that_is_half_finished_runs_as_far_as_it_goes(storm: Storm) -> None:
    run = simulate(storm, settings=Settings(count=5))
    assert run.arrived in (0, 5)
    assert simulate(storm, of_scenarios(storm, scenarios(storm))).trace().as_json()["run"] == "simulated-1"
    json.dumps(run.as_json())


@hypothesis_settings(max_examples=60)
@given(storms)
def test_any_storm_runs_and_what_comes_of_it_is_json(storm: Storm) -> None:
    run = simulate(storm, settings=Settings(count=20, most_events=20_000))
    assert json.loads(json.dumps(run.as_json()))["arrived"] == run.arrived
    assert run.trace().shape() == type(run.trace()).from_json(run.trace().as_json()).shape()


def test_a_storm_of_hostile_texts_runs() -> None:
    run = simulate(storm_of(HOSTILE_TEXTS), settings=Settings(count=50))
    assert run.arrived == 50


def test_a_filter_that_eventbridge_refuses_hears_nothing_and_it_is_said() -> None:
    storm = SHOP.add_listener("Wrong", for_="X", hears="all", where={"a": [{"numeric": ["about", 5]}]})
    run = simulate(storm, settings=Settings(count=5))
    assert run.listeners == {"wrong": 0}
    assert run.notes[0].startswith("listeners/wrong hears nothing: ")


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        deep(5_000),
        float("nan"),
        10**400,
        "\ud800",
        [1] * 100_000,
        {"a": {"a": deep(900)}},
        "x" * 100_000,
        None,
    ],
    ids=["deep", "nan", "huge", "surrogate", "long", "nested", "text", "null"],
)
def test_events_with_hostile_details_are_counted_like_others(value: Any) -> None:
    run = simulate(SHOP, of_events([{**PLACED, "detail": {"amount": value}}] * 3))
    assert counts(run)["order-placed"] == 3
    asking = SHOP.add_listener("Filter", for_="X", hears="all", where={"amount": [{"exists": True}]})
    run = simulate(asking, of_events([{**PLACED, "detail": {"amount": value, "other": value}}] * 3))
    impossible = 3 if any("3 of what was to arrive are no events" in note for note in run.notes) else 0
    assert run.arrived == 3 - impossible
    assert impossible == 0 or isinstance(value, list | float)


def test_events_that_the_storm_does_not_know_are_counted_together_from_some_number_on() -> None:
    run = simulate(SHOP, of_events({**PLACED, "detail-type": f"kind {n}"} for n in range(MOST_NAMES + 500)))
    assert len(run.events) == MOST_NAMES + 1
    assert counts(run)[f"{OTHERS} {OTHERS}"] == 500


@pytest.mark.parametrize(
    "wrong",
    [{}, {"source": "a"}, {**PLACED, "source": 1}, [], None, "text", {**PLACED, "detail-type": ["a"]}],
)
def test_what_is_no_event_is_refused(wrong: Any) -> None:
    with pytest.raises(StormError, match="This is no event"):
        simulate(SHOP, [Arrival(0.0, wrong)])


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf")])
def test_nothing_arrives_before_the_beginning_or_never(seconds: float) -> None:
    with pytest.raises(StormError, match="cannot arrive"):
        simulate(SHOP, [Arrival(seconds, PLACED)])


def test_recorded_events_arrive_at_their_own_times() -> None:
    def at(time: str) -> dict[str, Any]:
        return {**PLACED, "time": f"2026-01-31T{time}Z"}

    log: list[Recorded | Unread] = [
        Recorded(1, at("12:00:00")),
        Unread(2, "broken"),
        Recorded(3, at("12:00:30")),
        Recorded(4, at("11:00:00")),  # late: it arrives with the one before
        Recorded(5, {**PLACED, "source": "com.shop.money", "detail-type": "order-paid"}),
        Recorded(6, at("13:00:00")),
    ]
    run = simulate(SHOP, of_events(log))
    assert (run.arrived, run.seconds) == (5, 3_600)
    assert run.a_month == pytest.approx(730)
    assert any("1 lines of the log could not be read" in note for note in run.notes)
    assert any("1 events are older than one before them" in note for note in run.notes)
    assert any("“Order Paid” arrived though policies put such events" in note for note in run.notes)
    firsts = simulate(SHOP, of_events(log, only=starts_of(SHOP)))
    assert counts(firsts) == {"order-placed": 4, "order-paid": 4, "order-shipped": 4}
    untimed = simulate(SHOP, of_events([PLACED] * 5))
    assert (untimed.a_month, untimed.seconds) == (None, 4)


def test_twice_the_traffic_is_the_same_in_half_the_time() -> None:
    settings = Settings(count=20_000, arrivals=per_second(5))
    once = simulate(SHOP, settings=settings)
    twice = simulate(SHOP, settings=settings.model_copy(update={"traffic": 2}))
    assert twice.seconds == pytest.approx(once.seconds / 2)
    peaks = [{use.name: use.used for use in run.quotas} for run in (once, twice)]
    assert peaks[1]["events put on the bus"] > 1.3 * peaks[0]["events put on the bus"]
    given = [Arrival(float(n), PLACED) for n in range(11)]
    assert simulate(SHOP, given, Settings(traffic=2)).seconds == 5


def test_the_use_of_quotas_is_that_of_the_busiest_second() -> None:
    storm = SHOP.add_listener("Audit", for_="X", hears="all")
    burst = [Arrival(10.0, PLACED)] * 250 + [Arrival(float(n), PLACED) for n in range(10)]
    used = {
        use.name: use for use in simulate(storm, burst, Settings(otherwise=Work(takes=constant(60)))).quotas
    }
    assert used["rules on the bus"].used == 3
    assert used["events put on the bus"].used == 250
    assert used["targets invoked by rules"].used == 500
    assert used["express workflows started"].used == 250
    assert used["standard workflows started"].used == 250
    assert used["standard workflows started"].share == pytest.approx(250 / 300)
    assert used["state transitions of standard workflows"].used == 750


def test_only_the_first_events_are_followed_one_by_one() -> None:
    run = simulate(SHOP, settings=Settings(count=500, traced=3))
    steps = run.trace().steps
    assert len(steps) == 9
    assert [step.event for step in steps[:3]] == ["order-placed", "order-paid", "order-shipped"]
    assert (steps[1].policy, steps[1].rule, steps[1].after) == (
        "charge",
        "shop-money-charge",
        steps[0].event_id,
    )
    assert simulate(SHOP, settings=Settings(count=500, traced=0)).trace().steps == ()


def test_memory_does_not_grow_with_the_events() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        simulate(SHOP, settings=Settings(count=count, arrivals=per_second(50)))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1_000)
    assert peak(30_000) < 8_000_000


def test_a_thousand_policies_run() -> None:
    size = 1_000
    document = {
        "name": "Large",
        "events": {f"e{n}": {"name": f"Event{n} Done"} for n in range(size + 1)},
        "policies": {
            f"p{n}": {"when": [f"e{n}"], "emits": [f"e{n + 1}"] if n % 10 else []} for n in range(size)
        },
    }
    run = simulate(Storm.model_validate(document), settings=Settings(count=2_000))
    assert len(run.workflows) == size
    assert sum(use.started for use in run.workflows) > 2_000


# What a memo of kinds must not change: every event matched by every rule, one by one, its detail in full.

VALUES = st.sampled_from(
    [0, 1, 5, 5.0, "5", "abc", "ABC", True, None, [], [1, 7], {"b": 1}, {"b": [3]}, {"b": {"c": 5}}]
)
DETAILS = st.dictionaries(st.sampled_from(["a", "a.b", "b", "c", "note"]), VALUES, max_size=4)
CONDITIONS = st.sampled_from(
    [
        [5],
        ["abc"],
        [{"exists": False}],
        [{"exists": True}],
        [{"numeric": [">", 2]}],
        [{"prefix": "a"}],
        [{"anything-but": 5}],
        [None],
    ]
)
FILTERS = st.dictionaries(
    st.sampled_from(["a", "a.b", "b", "c"]),
    CONDITIONS | st.fixed_dictionaries({"b": CONDITIONS}),
    min_size=1,
    max_size=2,
)
FIELDS = st.dictionaries(
    st.sampled_from(["a", "b", "c", "a.b"]), st.just({"type": "number", "optional": True}), max_size=3
)


@hypothesis_settings(max_examples=80)
@given(
    st.lists(DETAILS, min_size=1, max_size=6),
    FILTERS,
    FILTERS,
    st.lists(FIELDS, min_size=3, max_size=3),
    DETAILS,
)
def test_events_that_are_alike_go_the_way_that_each_of_them_would(
    details: list[dict[str, Any]],
    first: dict[str, Any],
    second: dict[str, Any],
    fields: list[dict[str, Any]],
    example: dict[str, Any],
) -> None:
    storm = SHOP.add_listener("First", for_="X", hears="all", where=first).add_listener(
        "Second", for_="X", hears=["order-paid", "order-shipped"], where=second
    )
    for event, said in zip(("order-placed", "order-paid", "order-shipped"), fields, strict=True):
        storm = storm.add_contract(event, said, {key: example[key] for key in example if key in said})
    given_events = [{**PLACED, "detail": detail} for detail in details]
    run = simulate(storm, [Arrival(0.0, event) for event in [*given_events, *given_events]])
    assert {use.note: use.count for use in run.rules} == dict(
        one_by_one(storm, [*given_events, *given_events])
    )


def one_by_one(storm: Storm, events: Iterable[Mapping[str, Any]]) -> Counter[str]:
    found = {rule.note: parse(rule.pattern) for rule in rules(storm)}
    heard = Counter(dict.fromkeys(found, 0))
    waiting = list(events)
    while waiting:
        event = waiting.pop()
        for note, pattern in found.items():
            if matches(pattern, event):
                heard[note] += 1
                if note.startswith("policies/"):
                    waiting += [
                        answer(storm, event, key) for key in storm.policies[note.partition("/")[2]].emits
                    ]
    return heard


def answer(storm: Storm, event: Mapping[str, Any], key: str) -> dict[str, Any]:
    source, detail_type = storm.relations.address_of[key]
    known = {name: value for name, value in event["detail"].items() if name in fields_of(storm, key)}
    return {"source": source, "detail-type": detail_type, "detail": {**example_detail(storm, key), **known}}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.partition(".")[0])
def test_a_log_of_what_was_simulated_runs_again_to_the_same_counts(path: Any) -> None:
    storm = load(path)
    run = simulate(storm, settings=Settings(count=300))
    given = [use for use in run.events if use.given and use.own_bus]
    events = [
        {"source": use.source, "detail-type": use.detail_type, "detail": example_detail(storm, use.event)}
        for use in given
        for _ in range(use.given)
    ]
    again = simulate(storm, of_events(events))
    aws = sum(use.given for use in run.events if not use.own_bus)
    assert aws or counts(again) == counts(run)


def test_more_than_aws_allows_and_retries_that_feed_themselves_are_said() -> None:
    burst = [Arrival(0.0, PLACED)] * 400
    run = simulate(SHOP, burst, Settings(workflows={"charge": Work(errs=0.9, retries=5, backoff=0)}))
    assert use_of(run, "charge").retries > 400
    assert any("“Charge” tries again more often than it starts" in note for note in run.notes)
    calm = simulate(SHOP, burst, Settings(workflows={"charge": Work(takes=constant(0))}))
    (note,) = calm.notes
    assert note.startswith(
        "In the busiest second there are 400 standard workflows started, and AWS allows 300: ask"
    )


@pytest.mark.parametrize(("hops", "runs"), [(0, 7), (6, 1), (7, 0), (99, 0), (-5, 7), ("many", 7)])
def test_a_test_event_has_as_many_hops_left_as_its_marker_says(hops: Any, runs: int) -> None:
    source, detail_type = LOOP.relations.address_of["a-begun"]
    detail = {"anycompany-test": {"trace": "t", "fails": [], "hops": hops}}
    event = {"source": source, "detail-type": detail_type, "detail": detail}
    run = simulate(LOOP, [Arrival(0.0, event)], Settings(most_hops=7))
    assert sum(use.started for use in run.workflows) == runs


def test_a_replay_is_answered_again_and_listeners_have_heard_it_before() -> None:
    storm = SHOP.add_listener("Audit", for_="X", hears="all")
    run = simulate(storm, of_events([{**PLACED, "replay-name": "again"}, PLACED]))
    assert use_of(run, "charge").started == 2
    assert run.listeners == {"audit": 5}


def test_policies_that_each_lead_to_many_more_end_the_run() -> None:
    events = [f"e{n}" for n in range(40)]
    document = {
        "name": "Boom",
        "events": {event: {"name": f"{event} Done"} for event in events},
        "triggers": {"e0": {"actor": "Somebody"}},
        "policies": {f"p{n}": {"when": events, "emits": events} for n in range(20)},
    }
    run = simulate(Storm.model_validate(document), settings=Settings(count=2))
    assert any("each leads to many more" in note for note in run.notes)


def test_what_is_scheduled_once_does_not_come_once_a_minute() -> None:
    storm = (
        Storm(name="Sale")
        .add_events(["Sale Opened", "Shop Visited"])
        .trigger("sale-opened", schedule="at(2030-01-01T00:00:00)")
        .trigger("shop-visited", actor="Guest")
        .add_policy("Greet", when=["sale-opened"])
    )
    run = simulate(storm, settings=Settings(count=50))
    assert {use.event: use.count for use in run.events} == {"shop-visited": 50}
    assert any(
        "“Sale Opened” comes only once, at(2030-01-01T00:00:00), and was left out" in n for n in run.notes
    )
    said = simulate(storm, settings=Settings(count=50, arrivals={"sale-opened": Rate(rate=600)}))
    assert "sale-opened" in {use.event for use in said.events}
