"""What a run costs: prices, quantities, and the arithmetic that is shown."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from anycompany.bus.simulation import Arrival, Distribution, Down, Rate, Settings, Work, simulate
from anycompany.bus.simulation.bill import Bill, bill
from anycompany.bus.simulation.prices import FURTHER, NEEDED, Prices, prices_from
from anycompany.bus.simulation.what_if import CHANGES, changed, differences
from anycompany.files.prices import read_prices
from anycompany.stacks.standing import standing
from anycompany.stacks.synth import synth
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from tests.storms import EXAMPLE, ROOT, load

TABLE = ROOT / "data" / "prices.yaml"

STORM = (
    Storm(name="Post")
    .add_events(["Parcel Taken", "Parcel Sorted", "Parcel Lost"])
    .trigger("parcel-taken", schedule="rate(1 minute)")
    .add_policy("Sort", when=["parcel-taken"], does=["sort"], emits=["parcel-sorted"], fails=["parcel-lost"])
    .add_policy(
        "Carry",
        when=["parcel-sorted"],
        does=[{"do": "carry", "run": "arn:aws:lambda:us-east-1:000000000000:function:carry"}, "rest"],
        kind="standard",
    )
    .add_entity("parcel", ["parcel-taken", "parcel-sorted", "parcel-lost"])
    .add_context("Office", ["parcel"])
    .add_service("office", "office")
    .add_listener("Topic", for_="A", hears="all", to="topic")
    .add_listener("Queue", for_="A", hears=["parcel-sorted"], to="queue")
    .add_listener("Log", for_="B", hears="all", to="log")
    .add_contract("parcel-taken", {"id": {"type": "string"}})
)


def prices() -> Prices:
    return read_prices(TABLE)


def quantity(found: Bill, what: str) -> float:
    return sum(line.quantity for line in found.lines if line.what == what)


def test_the_price_table_has_a_date_and_a_source_for_every_price_and_is_the_one_that_is_shipped() -> None:
    table = prices()
    assert set(table.prices) == {*NEEDED, *FURTHER}
    assert all(price.source.startswith("https://aws.amazon.com/") for price in table.prices.values())
    assert read_prices() == table
    assert "list prices" in TABLE.read_text("utf-8")


def test_quantities_are_those_of_the_run() -> None:
    work = {"sort": Work(takes=Distribution(constant=0.25)), "carry": Work(takes=Distribution(constant=2))}
    run = simulate(STORM, settings=Settings(count=100, workflows=work))
    found = bill(STORM, run, prices())
    times = run.a_month
    assert times and found.period == "a month"
    assert quantity(found, "custom-events") == pytest.approx(200 * times)
    assert quantity(found, "schedule-invocations") == pytest.approx(100 * times)
    assert quantity(found, "express-requests") == pytest.approx(100 * times)
    assert quantity(found, "express-gigabyte-seconds") == pytest.approx(100 * times * 0.3 / 16)  # by 100 ms
    assert quantity(found, "standard-transitions") == pytest.approx(100 * times * 3)
    assert quantity(found, "lambda-requests") == pytest.approx(100 * times)
    assert quantity(found, "lambda-gigabyte-seconds") == pytest.approx(100 * times * 2 / 2 / 8)
    assert quantity(found, "topic-publishes") == pytest.approx(200 * times)
    assert quantity(found, "queue-requests") == pytest.approx(300 * times)
    assert quantity(found, "registry-schemas") == 1
    logged = {line.of: line.quantity * 1024**3 for line in found.lines if line.what == "logged-gigabytes"}
    assert 200 * times * 250 < logged["listeners/log"] < 200 * times * 500
    assert logged["services/office"] == pytest.approx(100 * times * (3 + 3) * 1024)
    assert {line.of for line in found.lines} == {
        "services/office",
        "bus",
        "listeners/topic",
        "listeners/queue",
        "listeners/log",
    }
    assert (
        sum(found.by("aws").values())
        == pytest.approx(found.total)
        == pytest.approx(sum(found.by("of").values()))
    )


def test_the_arithmetic_that_is_shown_is_right() -> None:
    run = simulate(
        load(EXAMPLE), settings=Settings(arrivals={"account-created": Rate(rate=50, per="second")})
    )
    found = bill(load(EXAMPLE), run, prices())
    assert found.lines == tuple(sorted(found.lines, key=lambda line: -line.dollars))
    for line in found.lines:
        parts = re.fullmatch(r"([\d,.e-]+) .+ × \$([\d,.]+)(?: / ([\d,]+))? = \$([\d,.]+)", line.told)
        assert parts, line.told
        much, dollars, per, cost = (float((part or "1").replace(",", "")) for part in parts.groups())
        assert cost == pytest.approx(much * dollars / per, rel=0.005, abs=0.005)


def test_large_events_are_billed_by_64_kilobytes() -> None:
    source, detail_type = STORM.relations.address_of["parcel-taken"]
    events = [
        Arrival(float(n), {"source": source, "detail-type": detail_type, "detail": {"id": "x" * size}})
        for n, size in enumerate([10, 65_000, 66_000, 200_000])
    ]
    run = simulate(STORM, events)
    (taken,) = [use for use in run.events if use.event == "parcel-taken"]
    assert (taken.count, taken.chunks) == (4, 1 + 1 + 2 + 4)
    assert taken.bytes > 331_000


def test_without_time_the_run_itself_is_billed() -> None:
    source, detail_type = STORM.relations.address_of["parcel-taken"]
    run = simulate(STORM, [Arrival(0.0, {"source": source, "detail-type": detail_type, "detail": {}})])
    found = bill(STORM, run, prices())
    assert found.period == "this run"
    assert quantity(found, "custom-events") == 2


def test_events_of_nobodys_service_and_of_aws_are_not_forgotten_and_not_billed() -> None:
    storm = STORM.add_event("Photo Taken").trigger(
        "photo-taken", aws={"source": "aws.s3", "detail-type": "Object Created"}
    )
    unknown = {"source": "com.else", "detail-type": "x", "detail": {}}
    aws = {"source": "aws.s3", "detail-type": "Object Created", "detail": {}}
    found = bill(storm, simulate(storm, [Arrival(0.0, unknown), Arrival(0.0, aws)]), prices())
    assert {line.of: line.quantity for line in found.lines if line.what == "custom-events"} == {"outside": 1}


def test_dead_letters_are_billed_as_messages() -> None:
    settings = Settings(
        count=60,
        arrivals={"parcel-taken": Rate(rate=10, comes="regular")},
        down=(Down(service="office", after=0, hours=40),),
    )
    run = simulate(STORM, settings=settings)
    assert run.a_month
    assert quantity(bill(STORM, run, prices()), "queue-requests") == pytest.approx(60 * 3 * run.a_month)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda data: data["prices"].pop("custom-events"), "there is no price of custom-events"),
        (lambda data: data["prices"]["custom-events"].update(dollars=-1), "greater than or equal to 0"),
        (lambda data: data["prices"]["custom-events"].update(dollars="free"), "valid number"),
        (lambda data: data["prices"]["custom-events"].update(per=0), "greater than or equal to 1"),
        (lambda data: data["prices"]["custom-events"].pop("as-of"), "Field required"),
        (lambda data: data["prices"]["custom-events"].pop("source"), "Field required"),
        (lambda data: data.update(more=1), "Extra inputs"),
        (lambda data: data.pop("prices"), "Field required"),
    ],
)
def test_a_table_that_lacks_something_is_refused_with_its_place(change: Any, says: str) -> None:
    data = YAML(typ="safe").load(TABLE.read_text("utf-8"))
    change(data)
    with pytest.raises(StormError, match=says) as caught:
        prices_from(data, "mine.yaml")
    assert caught.value.where.startswith("mine.yaml")
    with pytest.raises(StormError, match="valid dictionary"):
        prices_from(None, "mine.yaml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [", "mine.yaml:1: This is no YAML"),
        ("a: &x [1]\nb: *x", "aliases are not read here"),
        ("[" * 3_000, "mine.yaml: This is nested too deeply"),
        ("\x00", "This is no YAML"),
        ("a: !!python/object:os.system {}", "This is no YAML"),
        ("- " * 700_000, "larger than 1,000,000 bytes"),
    ],
    ids=["broken", "alias", "deep", "nul", "tag", "large"],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(StormError) as caught:
        read_prices(file)
    assert says in str(caught.value)
    with pytest.raises(StormError, match="Reading failed"):
        read_prices(tmp_path / "none.yaml")
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StormError, match="not UTF-8"):
        read_prices(file)


def test_what_if_compares_two_runs_and_says_only_what_differs() -> None:
    storm = load(EXAMPLE)
    settings = Settings(
        count=4_000,
        arrivals={"account-created": Rate(rate=1, per="second")},
        otherwise=Work(takes=Distribution(exponential=0.4), at_once=1),
    )
    run = simulate(storm, settings=settings)
    assert differences(run, run) == ()
    hours = run.seconds / 3_600
    twice = simulate(storm, settings=changed(settings, "twice", hours))
    found = {(one.of, one.measure): one for one in differences(run, twice)}
    busy = found["policies/settle-payment", "busy"]
    assert busy.after == pytest.approx(2 * busy.before, rel=0.1)
    waits = found["policies/settle-payment", "wait, p95"]
    assert waits.after > 3 * waits.before
    down = simulate(storm, settings=changed(settings, "down=billing", hours))
    found = {(one.of, one.measure): one for one in differences(run, down)}
    assert found["policies/take-payment", "retries by EventBridge"].after > 1_000
    assert ("policies/take-payment", "dead letters") not in found
    redrive = simulate(storm, settings=changed(settings, "redrive=billing", hours))
    found = {(one.of, one.measure): one for one in differences(run, redrive)}
    letters = found["policies/take-payment", "dead letters"].after
    assert letters > 0
    assert found["policies/take-payment", "dead letters put back"].after == letters


@pytest.mark.parametrize("change", ["", "thrice", "down", "down=", "redrive=", "twice=2", "=billing"])
def test_a_change_that_nobody_knows_is_refused(change: str) -> None:
    with pytest.raises(StormError, match="Nobody knows what if") as caught:
        changed(Settings(), change, 1.0)
    assert all(known in caught.value.remedy for known in CHANGES)


def test_what_stands_is_billed_each_month_and_what_a_table_has_no_price_of_is_left_out() -> None:
    stacks = synth(STORM).stacks
    stands = standing(STORM, stacks)
    run = simulate(STORM, settings=Settings(count=100))
    found = bill(STORM, run, prices(), stands)
    assert quantity(found, "dashboards") == 1
    made = [one["Type"] for stack in stacks for one in stack.template["Resources"].values()]
    least = made.count("AWS::CloudWatch::Alarm")
    assert quantity(found, "alarm-metrics") >= least > 5
    assert quantity(found, "custom-metrics") == 2  # succeeded and failed of the one policy that may fail
    assert {line.of for line in found.lines} <= {
        "bus",
        "services/office",
        *(f"listeners/{k}" for k in STORM.listeners),
    }
    table = prices()
    poor = table.model_copy(update={"prices": {key: table.prices[key] for key in NEEDED}})
    assert {line.what for line in bill(STORM, run, poor, stands).lines} <= set(NEEDED)
    at_once = simulate(STORM, [Arrival(0.0, {"source": "x", "detail-type": "y", "detail": {}})])
    assert quantity(bill(STORM, at_once, prices(), stands), "dashboards") == 0


def test_the_calls_of_tasks_of_once_and_of_a_buffer_are_billed() -> None:
    storm = Storm(name="Post").add_events(["Parcel Taken"]).trigger("parcel-taken", schedule="rate(1 minute)")
    does = [{"do": "a", "table": "t", "key": "id"}, {"do": "b", "topic": "t"}, {"do": "c", "ask": "Boss"}]
    storm = storm.add_policy("Sort", when=["parcel-taken"], does=does, once=True, buffer=True)
    run = simulate(storm, settings=Settings(count=100))
    found, times = bill(storm, run, prices()), run.a_month
    assert times
    for what, each in (
        ("table-writes", 2),
        ("topic-publishes", 2),
        ("queue-requests", 6),
        ("pipe-requests", 1),
    ):
        assert quantity(found, what) == pytest.approx(100 * each * times)
