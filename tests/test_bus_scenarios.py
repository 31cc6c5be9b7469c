from typing import Any

from anycompany.bus.branching import taken
from anycompany.bus.contract import example_detail, json_schema
from anycompany.bus.marker import MARKER, marked, marker_of
from anycompany.bus.outcomes import reached
from anycompany.bus.scenarios import expected, scenarios
from anycompany.storm.model import Storm

from .storms import ALL, EXAMPLE, ROOT, load


def test_every_trigger_every_failure_branch_and_every_filter_has_its_scenario() -> None:
    for path in ALL:
        storm = load(path)
        because = [
            scenario.because for scenario in scenarios(storm) if scenario.kind not in ("branch", "refusal")
        ]
        assert [b for b in because if b.startswith("triggers/")] == [
            f"triggers/{event}" for event in storm.triggers
        ]
        failing = [f"policies/{key}" for key, policy in storm.policies.items() if policy.fails]
        assert [b for b in because if b.startswith("policies/")] == failing
        filtering = [f"listeners/{key}" for key, listener in storm.listeners.items() if listener.where]
        assert [b for b in because if b.startswith("listeners/")] == filtering


def test_all_scenarios_together_reach_every_event_and_policy_of_a_finished_storm() -> None:
    for path in ALL:
        storm = load(path)
        followed = [expected(storm, scenario) for scenario in scenarios(storm)]
        assert {event for one in followed for event in one.events} == set(storm.events), path.name
        assert {policy for one in followed for policy in one.policies} == set(storm.policies), path.name


def test_who_may_say_no_does_so_in_a_scenario_of_its_own_and_the_failure_follows() -> None:
    storm = load(ROOT / "tests" / "domains" / "insurance.storm.yaml")
    (refusal,) = [scenario for scenario in scenarios(storm) if scenario.kind == "refusal"]
    assert (refusal.refused, refusal.fails) == (("assess-the-loss",), ())
    assert any(
        task.ask for task in reached(storm.policies["assess-the-loss"].does, {"detail": refusal.detail})
    )
    assert "loss-rejected" in expected(storm, refusal).events
    assert "loss-accepted" not in expected(storm, refusal).events


def test_account_created_runs_through_to_customer_subscribed() -> None:
    storm = load(EXAMPLE)
    first = next(s for s in scenarios(storm) if s.event == "account-created" and s.kind == "actor")
    assert expected(storm, first).events == (
        "account-created",
        "payment-attempted",
        "payment-succeeded",
        "customer-subscribed",
    )


def test_a_failure_far_from_any_trigger_is_reached_through_what_comes_before_it() -> None:
    storm = load(EXAMPLE)
    failing = next(s for s in scenarios(storm) if s.because == "policies/settle-payment")
    assert (failing.event, failing.fails) == ("account-created", ("settle-payment",))
    assert expected(storm, failing).events == ("account-created", "payment-attempted", "payment-failed")


def test_a_failure_after_a_failure_is_reached_too() -> None:
    storm = Storm(name="Inn").add_events(["A Done", "B Done", "B Failed", "C Done", "C Failed"])
    storm = storm.trigger("a-done", actor="Guest")
    storm = storm.add_policy("B", when=["a-done"], emits=["b-done"], fails=["b-failed"])
    storm = storm.add_policy("C", when=["b-failed"], emits=["c-done"], fails=["c-failed"])
    failing = next(s for s in scenarios(storm) if s.because == "policies/c")
    assert (failing.event, failing.fails) == ("a-done", ("b", "c"))


def test_a_loop_of_policies_ends_on_the_model() -> None:
    storm = Storm(name="Inn").add_events(["A Done", "B Done"]).trigger("a-done", actor="Guest")
    storm = storm.add_policy("B", when=["a-done"], emits=["b-done"]).add_policy(
        "A", when=["b-done"], emits=["a-done"]
    )
    storm = (
        storm.add_entity("Thing", ["a-done", "b-done"])
        .add_context("Inn", ["thing"])
        .add_service("Inn", "inn")
    )
    assert expected(storm, scenarios(storm)[0]).events == ("a-done", "b-done")


def test_a_test_event_tells_its_marker() -> None:
    detail = marked({"amount": 1}, "t-1", ["settle"])
    assert detail["amount"] == 1
    assert marker_of({"detail": detail}) == {"trace": "t-1", "fails": ["settle"], "hops": 0}
    assert marker_of({"detail": {}}) == marker_of({"detail": "text"}) == marker_of({}) == {}
    assert MARKER in detail


def heard(where: dict[str, Any], fields: dict[str, Any], example: dict[str, Any]) -> dict[str, Any] | None:
    """The detail of the scenario of one listener's filter."""
    storm = Storm(name="Inn").add_event("Room Booked").add_contract("room-booked", fields, example)
    storm = storm.add_listener("Alarm", for_="Desk", hears=["room-booked"], where=where)
    return next((one.detail for one in scenarios(storm) if one.kind == "listener"), None)


def test_a_filter_is_met_by_the_example_with_as_little_changed_as_can_be() -> None:
    fields = {"amount": {"type": "number"}, "plan": {}, "guest.country": {}}
    example = {"amount": 49.0, "plan": "team", "guest": {"country": "IT"}}
    assert heard({"amount": [{"numeric": [">", 10000]}]}, fields, example) == {**example, "amount": 10001}
    assert heard({"guest": {"country": ["FR", "IT"]}}, fields, example) == example
    assert heard({"guest.country": [{"anything-but": "IT"}]}, fields, example) == {
        **example,
        "guest": {"country": "text"},
    }


def test_a_filter_that_nothing_passes_has_no_scenario() -> None:
    assert heard({"amount": [{"numeric": [">", 10000]}]}, {"amount": {}}, {"amount": "49"}) is None


def test_an_event_without_a_contract_is_given_what_the_filter_asks_for() -> None:
    assert heard({"guest": {"country": [{"prefix": "I"}]}}, {}, {}) == {"guest": {"country": "I"}}


def test_a_schema_marks_what_is_required_and_what_is_personal() -> None:
    storm = load(EXAMPLE)
    schema = json_schema(storm, "customer-cancelled")["properties"]["detail"]
    assert schema["required"] == ["account-id", "subscription-id"]
    personal = json_schema(storm, "account-created")["properties"]["detail"]["properties"]["email"]
    assert personal == {"type": "string", "x-personal": True}


def test_an_example_has_a_value_for_every_field_that_is_not_optional() -> None:
    storm = Storm(name="Inn").add_event("Room Booked")
    fields = {
        "nights": {"type": "integer"},
        "note": {"type": "string", "optional": True},
        "open": {"type": "boolean"},
    }
    storm = storm.add_contract("room-booked", fields, {"open": False})
    assert example_detail(storm, "room-booked") == {"nights": 1, "open": False}


def test_every_branch_that_an_event_can_take_has_its_scenario() -> None:
    storm = load(ROOT / "tests" / "domains" / "insurance.storm.yaml")
    ways = [scenario for scenario in scenarios(storm) if scenario.kind == "branch"]
    branches = next(task.branch for task in storm.policies["assess-the-loss"].does if task.branch)
    assert [taken(branches, {"detail": way.detail}) for way in ways] == [0, 1, 2]


def test_a_branch_that_no_event_of_the_contract_takes_has_no_scenario() -> None:
    storm = Storm(name="Inn").add_event("Room Booked")
    storm = storm.add_contract("room-booked", {"nights": {"type": "number"}}, {"nights": 2})
    branch = {
        "branch": [{"where": {"nights": ["two"]}, "does": ["a"]}, {"where": {"nights": [2]}, "does": []}]
    }
    storm = storm.add_policy("Clean", when=["room-booked"], does=[branch])
    ways = [scenario for scenario in scenarios(storm) if scenario.kind == "branch"]
    assert [way.name for way in ways] == ["Clean, Which way: way 2", "Clean, Which way: way 3"]
    assert ways[0].detail == {"nights": 2}
    assert isinstance(ways[1].detail["nights"], int | float)
