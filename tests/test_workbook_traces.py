"""What notebook 10 shows of traces and logs: beside the simulation, playing, and held against the design."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from anycompany.bus.scenarios import scenarios
from anycompany.bus.simulation import of_scenarios, simulate
from anycompany.bus.trace import Trace
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from anycompany.workbook.recorded_pages import recorded
from anycompany.workbook.simulation_pages import playing
from anycompany.workbook.trace_pages import beside_simulation

from .markup import check_harmless, pictures
from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of


def seen_of(storm: Storm) -> Trace:
    """What a target that does as the model says would show."""
    return simulate(storm, of_scenarios(storm, scenarios(storm))).trace()


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_target_that_does_as_the_model_says_gives_the_same_trace(path: Path) -> None:
    storm = load(path)
    said = beside_simulation(storm, seen_of(storm))
    check_harmless(said._repr_mimebundle_())
    assert "The simulation gives the same trace" in said.text and "What is different" not in said.text


def test_every_difference_is_named_with_its_side_and_scenario() -> None:
    storm = load(EXAMPLE)
    trace = seen_of(storm)
    lost = next(step for step in trace.steps if step.policy == "start-subscription")
    deaf = next(step for step in trace.steps if "high-value-payments" in step.listeners)
    steps = tuple(
        replace(step, listeners=("everything",)) if step is deaf else step
        for step in trace.steps
        if step is not lost
    )
    said = beside_simulation(storm, replace(trace, steps=steps)).text
    assert "3 steps were seen on one side only" in said
    assert "in the simulation" in said and "on the target" in said and lost.name in said


def test_a_trace_in_which_nothing_was_seen_is_compared_too() -> None:
    storm = load(EXAMPLE)
    said = beside_simulation(storm, replace(seen_of(storm), steps=())).text
    assert "seen on one side only" in said


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_hostile_names_are_harmless_beside_and_playing(hostile: str) -> None:
    storm = storm_of([hostile, "other"])
    trace = seen_of(storm)
    for shown in (beside_simulation(storm, trace), playing(storm, trace)):
        check_harmless(shown._repr_mimebundle_())
    assert pictures(playing(storm, trace).html)


def test_a_log_that_the_design_does_not_agree_with_is_told(tmp_path: Path) -> None:
    log = tmp_path / "log.ndjson"
    known = {
        "source": "com.anycompany.customer",
        "detail-type": "account-created",
        "time": "2026-01-01T00:00:00Z",
        "detail": {"account-id": 5},
    }
    unknown = {**known, "detail-type": "account-creatd"}
    log.write_text("\n".join([json.dumps(known), "broken", json.dumps(unknown)]) + "\n")
    said = recorded(load(EXAMPLE), log)
    check_harmless(said._repr_mimebundle_())
    assert "2 events were read" in said.text and "line 2" in said.text
    assert "account-creatd" in said.text and "detail.account-id" in said.text


def test_without_a_log_it_says_how_to_give_one() -> None:
    assert "Set recorded to a log" in recorded(load(EXAMPLE), None).text


def test_a_log_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StormError):
        recorded(load(EXAMPLE), tmp_path / "none.ndjson")


@pytest.mark.parametrize(
    "storm", [Storm(name="Nothing yet"), storm_of(HOSTILE_TEXTS)], ids=["empty", "hostile"]
)
def test_a_hostile_log_and_an_unfinished_storm_are_harmless(storm: Storm, tmp_path: Path) -> None:
    log = tmp_path / "log.ndjson"
    lines = [
        json.dumps({"source": one, "detail-type": one, "id": one, "time": one, "detail": {one: one}})
        for one in HOSTILE_TEXTS
    ]
    log.write_text("\n".join([*lines, "\x00\x1b[31m", "[" * 3_000, "5"]), "utf-8")
    check_harmless(recorded(storm, log)._repr_mimebundle_())
