"""Policies that start each other: the cycle, and what ends it."""

import pytest

from anycompany.storm.checks import findings
from anycompany.storm.model import Storm

from .mutations import of_check


def loop(**policies: dict[str, list[str]]) -> Storm:
    events = {event for said in policies.values() for ids in said.values() for event in ids}
    document = {"name": "Loop", "events": {key: {"name": f"{key.title()} Done"} for key in sorted(events)}}
    return Storm.model_validate(document | {"policies": policies})


def test_a_loop_without_an_outcome_that_ends_it_is_an_error_with_the_cycle() -> None:
    storm = loop(p={"when": ["a"], "emits": ["b"]}, q={"when": ["b"], "emits": ["a"]})
    (finding,) = findings(storm).errors
    assert finding.where == ("policies/p", "policies/q")
    assert "“P” → “B Done” → “Q” → “A Done” → “P”" in finding.what


@pytest.mark.parametrize(("side", "ending"), [("fails", "“P” succeeds"), ("emits", "“P” fails")])
def test_a_loop_that_an_outcome_ends_is_a_warning_that_names_it(side: str, ending: str) -> None:
    other = "emits" if side == "fails" else "fails"
    storm = loop(p={"when": ["a"], side: ["b"], other: ["c"]}, q={"when": ["b"], "emits": ["a"]})
    if side == "emits":
        storm = storm.change("policies", "p", fails=["c"])
    assert findings(storm).errors == ()
    (finding,) = of_check(storm, "policy-loop")
    assert f"It ends only when {ending}." in finding.what


def test_policies_in_a_row_and_side_by_side_are_no_loop() -> None:
    storm = loop(
        p={"when": ["a"], "emits": ["b", "c"]}, q={"when": ["b"], "emits": ["d"]}, r={"when": ["c", "d"]}
    )
    assert {finding.check for finding in findings(storm).open} & {"endless-loop", "policy-loop"} == set()


def test_a_loop_is_not_also_reported_as_a_wrong_order() -> None:
    storm = loop(p={"when": ["b"], "emits": ["a"]}, q={"when": ["a"], "emits": ["b"]}).place("a").place("b")
    assert not of_check(storm, "reacts-to-the-future")


def test_an_outcome_that_leads_round_another_way_is_not_said_to_end_the_loop() -> None:
    both_ways = {
        "p": {"when": ["a"], "emits": ["b"], "fails": ["c"]},
        "q": {"when": ["b", "c"], "emits": ["a"]},
    }
    storm = loop(**both_ways)
    (finding,) = findings(storm).errors
    assert finding.check == "endless-loop" and not of_check(storm, "policy-loop")
    (ends,) = of_check(loop(**both_ways | {"q": {"when": ["b"], "emits": ["a"]}}), "policy-loop")
    assert "It ends only when “P” fails." in ends.what


def test_a_way_out_beside_the_shortest_way_round_is_named() -> None:
    storm = loop(
        p={"when": ["a"], "emits": ["b"], "fails": ["a"]},
        q={"when": ["b"], "emits": ["a"], "fails": ["d"]},
    )
    assert findings(storm).errors == ()
    (finding,) = of_check(storm, "policy-loop")
    assert "It ends only when “Q” fails." in finding.what
