"""Names that move from one stack to another."""

from __future__ import annotations

from typing import Any

from anycompany.stacks.moving import moves
from anycompany.stacks.synth import synth
from tests.storms import EXAMPLE, load


def named(*names: str) -> dict[str, Any]:
    return {
        "Resources": {
            f"Q{number}": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name}}
            for number, name in enumerate(names)
        }
    }


def test_a_name_that_another_stack_has_moves() -> None:
    [move] = moves({"old": named("bills", "rooms")}, {"old": named("rooms"), "new": named("bills")})
    assert (move.of, move.to) == ("old", "new")
    assert str(move) == "the queue bills is in old still, and would be made in new"
    [outdated] = moves({"gone": named("bills")}, {"new": named("bills")})
    assert outdated.of == "gone"


def test_a_name_that_stays_or_is_of_another_type_moves_nowhere() -> None:
    assert moves({"a": named("x")}, {"a": named("y", "x")}) == ()
    topic = {"Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "x"}}}}
    assert moves({"a": named("x")}, {"a": {}, "b": topic}) == ()
    unnamed = {"Resources": {"Q": {"Type": "AWS::SQS::Queue"}, "R": {"Type": "Some::Thing", "Properties": 7}}}
    assert moves({"a": unnamed}, {"b": unnamed}) == ()


def test_what_stacks_are_made_of_stays_where_it_is() -> None:
    templates = {stack.name: stack.template for stack in synth(load(EXAMPLE)).stacks}
    assert moves(templates, templates) == ()
    assert len(moves(templates, {f"{name}-2": template for name, template in templates.items()})) > 20
