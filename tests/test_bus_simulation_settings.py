"""What people may say to a simulation, and what they are told of what cannot be meant."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st
from ruamel.yaml import YAML

from anycompany.bus.simulation import Distribution, Settings, simulate
from anycompany.bus.simulation.arrivals import rates
from anycompany.bus.simulation.schedules import seconds_between
from anycompany.bus.simulation.settings import settings_from
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from tests.storms import DOMAINS, EXAMPLE, ROOT, load
from tests.strategies import json_values

ALL_OF_IT = {
    "seed": 3,
    "count": 500,
    "arrivals": {
        "account-created": 200,
        "operation-initiated": {"rate": 5, "per": "second", "comes": "bursts"},
    },
    "workflows": {
        "settle-payment": {
            "takes": [{"exponential": 2}, 0.5],
            "fails": 0.1,
            "errs": 0.05,
            "retries": 2,
            "backoff": 1,
            "at_once": 50,
        },
        "run-operation": {
            "takes": {"lognormal": {"median": 2, "p95": 6}},
            "people": {"uniform": {"least": 0, "most": 2}},
        },
    },
    "otherwise": {"takes": {"constant": 0.1}},
    "traffic": 1.5,
    "down": [{"service": "billing", "after": 0.5, "hours": 1}],
    "redrive": {"after": 30, "per_second": 10},
    "most_hops": 6,
    "most_events": 100_000,
    "traced": 5,
}


def test_everything_that_can_be_said_runs() -> None:
    settings = settings_from(ALL_OF_IT)
    run = simulate(load(EXAMPLE), settings=settings)
    assert run.arrived == 500
    assert settings_from(settings.model_dump(mode="json", exclude_none=True)) == settings
    assert settings_from(None) == settings_from({}) == Settings()


@pytest.mark.parametrize(
    ("data", "where", "says"),
    [
        ({"sed": 1}, "settings/sed", "Extra inputs are not permitted"),
        ([], "settings", "should be a mapping"),
        ("text", "settings", "should be a mapping"),
        ({"count": 0}, "settings/count", "greater than or equal to 1, not 0"),
        ({"count": 10**12}, "settings/count", "less than or equal to 100000000"),
        ({"traffic": 0}, "settings/traffic", "greater than 0, not 0"),
        ({"traffic": 1e-300}, "settings/traffic", "too little to count with"),
        ({"traffic": float("nan")}, "settings/traffic", "finite"),
        ({"arrivals": {"a": -1}}, "settings/arrivals/a/rate", "greater than 0, not -1"),
        ({"arrivals": {"a": float("inf")}}, "settings/arrivals/a/rate", "finite"),
        ({"arrivals": {"a": {"rate": 1, "per": "week"}}}, "settings/arrivals/a/per", "'second', 'minute'"),
        ({"arrivals": [1]}, "settings/arrivals", "should be a mapping"),
        (
            {"workflows": {"p": {"fails": 1.5}}},
            "settings/workflows/p/fails",
            "less than or equal to 1, not 1.5",
        ),
        ({"workflows": {"p": {"errs": -0.1}}}, "settings/workflows/p/errs", "greater than or equal to 0"),
        ({"workflows": {"p": {"errs": float("nan")}}}, "settings/workflows/p/errs", "finite"),
        ({"workflows": {"p": {"at_once": 0}}}, "settings/workflows/p/at_once", "greater than or equal to 1"),
        ({"otherwise": {"takes": {}}}, "settings/otherwise/takes", "exactly one of constant, exponential"),
        (
            {"otherwise": {"takes": {"constant": 1, "exponential": 1}}},
            "settings/otherwise/takes",
            "exactly one",
        ),
        ({"otherwise": {"people": -1}}, "settings/otherwise/people/constant", "greater than or equal to 0"),
        (
            {"otherwise": {"people": {"lognormal": {"median": 5, "p95": 1}}}},
            "lognormal",
            "p95 is at least the median",
        ),
        (
            {"otherwise": {"people": {"uniform": {"least": 5, "most": 1}}}},
            "uniform",
            "most is at least as much",
        ),
        ({"down": [{"hours": 1}]}, "settings/down/0/service", "Field required"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(data: Any, where: str, says: str) -> None:
    with pytest.raises(StormError) as caught:
        settings_from(data)
    assert where in caught.value.where
    assert says in caught.value.what
    assert caught.value.remedy


@hypothesis_settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([*Settings.model_fields, "other"]), json_values, max_size=4))
def test_any_data_is_settings_or_one_clear_error(data: dict[str, Any]) -> None:
    try:
        assert isinstance(settings_from(data), Settings)
    except StormError as error:
        assert error.what and error.where.startswith("settings")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            {"workflows": {"take-paymint": {}}},
            "settings/workflows: There is no policy 'take-paymint' in the storm. Did you mean 'take-payment'?",
        ),
        ({"down": [{"service": "bilin"}]}, "settings/down/0: There is no service 'bilin' in the storm."),
        ({"arrivals": {"nobody": 5}}, "settings/arrivals: There is no event 'nobody' in the storm."),
    ],
)
def test_what_the_storm_does_not_have_is_named(data: Any, says: str) -> None:
    with pytest.raises(StormError) as caught:
        simulate(load(EXAMPLE), settings=settings_from(data))
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    ("schedule", "seconds"),
    [
        ("rate(5 minutes)", 300),
        ("rate(1 day)", 86_400),
        ("cron(0 3 * * ? *)", 86_400),
        ("cron(0/15 * * * ? *)", 900),
        ("cron(0 9,17 ? * MON-FRI *)", 86_400 / 2 * 7 / 5),
        ("cron(0 0 1 * ? *)", 30.4375 * 86_400),
        ("cron(0 0 1 1 ? *)", 12 * 30.4375 * 86_400),
        ("cron(0 22-2 ? * FRI-MON *)", 86_400 / 5 * 7 / 4),
        ("cron(* * *)", None),
        ("rate(0 days)", None),
        ("every day", None),
        ("cron(0/0 ٣ * * ? *)", None),
    ],
)
def test_schedules_say_themselves_how_often_they_come(schedule: str, seconds: float | None) -> None:
    found = seconds_between(schedule)
    assert found == (pytest.approx(seconds) if seconds else found)
    storm = Storm(name="Clock").add_event("Day Closed").trigger("day-closed", schedule=schedule)
    assert rates(storm, Settings())["day-closed"].a_second == pytest.approx(1 / (seconds or 60), rel=0.01)


@given(st.text(max_size=40))
def test_any_text_for_a_schedule_is_read_or_left_alone(text: str) -> None:
    for schedule in (text, f"rate({text})", f"cron({text})", f"cron({' '.join([text or '*'] * 6)})"):
        found = seconds_between(schedule)
        assert found is None or found > 0


@pytest.mark.parametrize(
    ("said", "mean"),
    [
        (2, 2),
        ({"exponential": 3}, 3),
        ({"uniform": {"least": 1, "most": 4}}, 2.5),
        ({"lognormal": {"median": 1, "p95": 5}}, 1.614),
    ],
)
def test_distributions_know_their_mean(said: Any, mean: float) -> None:
    from random import Random

    distribution = Distribution.model_validate(said)
    draw = distribution.sampler(Random(1))
    assert distribution.mean == pytest.approx(mean, rel=0.01)
    assert sum(draw() for _ in range(30_000)) / 30_000 == pytest.approx(mean, rel=0.03)


EXTREMES = st.sampled_from([1e-9, 1e-3, 1.0, 1e6, 1e9])
ODDS = st.sampled_from([0.0, 0.5, 1.0])
DISTRIBUTIONS = st.one_of(
    EXTREMES,
    EXTREMES.map(lambda mean: {"exponential": mean}),
    st.tuples(EXTREMES, EXTREMES).map(lambda two: {"lognormal": {"median": min(two), "p95": max(two)}}),
    st.tuples(EXTREMES, EXTREMES).map(lambda two: {"uniform": {"least": min(two), "most": max(two)}}),
)
WORK = st.fixed_dictionaries(
    {},
    optional={
        "takes": DISTRIBUTIONS,
        "people": DISTRIBUTIONS,
        "fails": ODDS,
        "errs": ODDS,
        "retries": st.sampled_from([0, 1, 100]),
        "backoff": EXTREMES,
        "at_once": st.sampled_from([1, 10**9]),
    },
)


@hypothesis_settings(max_examples=60)
@given(
    st.fixed_dictionaries({"rate": EXTREMES, "per": st.sampled_from(["second", "month"])}),
    WORK,
    WORK,
    EXTREMES,
    st.fixed_dictionaries({"service": st.just("billing"), "after": EXTREMES, "hours": EXTREMES}),
)
def test_settings_at_the_ends_of_what_is_allowed_run_to_finite_numbers(
    rate: dict[str, Any],
    first: dict[str, Any],
    otherwise: dict[str, Any],
    traffic: float,
    down: dict[str, Any],
) -> None:
    data = {
        "count": 60,
        "arrivals": {"account-created": rate},
        "workflows": {"take-payment": first},
        "otherwise": otherwise,
        "traffic": traffic,
        "down": [down],
        "redrive": {"after": 1e6},
    }
    run = simulate(load(EXAMPLE), settings=settings_from(data))
    assert run.arrived == 60
    json.dumps(run.as_json(), allow_nan=False)
    assert all(use.wait is None or use.wait.most >= use.wait.p50 >= 0 for use in run.workflows)


def test_the_settings_of_the_manual_are_read_and_run() -> None:
    manual = (ROOT / "docs" / "simulation.md").read_text("utf-8")
    (written,) = re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL)
    settings = settings_from(YAML(typ="safe").load(written))
    assert settings.model_fields_set == set(Settings.model_fields)
    hotel = next(path for path in DOMAINS if path.name.startswith("hotel"))
    run = simulate(load(hotel), settings=settings.model_copy(update={"count": 200}))
    assert run.arrived == 200


@pytest.mark.parametrize(
    ("takes", "said"),
    [
        ({"exponential": 0}, "workflows/charge/takes/exponential: Input should be greater than 0, not 0."),
        ([1, {"exponential": 0}], "workflows/charge/takes/1/exponential: Input should be greater than 0"),
        (-1, "workflows/charge/takes/constant: Input should be greater than or equal to 0, not -1."),
        ("fast", "workflows/charge/takes: Input should be a mapping, not 'fast'."),
    ],
)
def test_what_is_wrong_is_said_at_the_place_where_it_is_written(takes: Any, said: str) -> None:
    with pytest.raises(StormError) as caught:
        settings_from({"workflows": {"charge": {"takes": takes}}})
    assert said in str(caught.value) and "function" not in str(caught.value)
